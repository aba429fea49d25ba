//! Handing a measure in, and what a critical answer of it opens.

use super::{Busy, Focus, MeasureScreen};
use crate::rules::plan::words::first_upper;
use crate::service::api::{ChartView, HeardAsk};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::critical;

impl MeasureScreen {
    pub(super) fn save(&mut self, cx: &Cx) -> Vec<Step> {
        if let Err(why) = self.take_typed(cx) {
            return vec![Step::Warn(why)];
        }
        let Some(measure) = self.measure(cx) else { return Vec::new() };
        if let Some(at) = self.first_unseen(measure) {
            let all =
                measure.items.iter().zip(&self.sheet.answers).all(|(_, (_, reply))| reply.key().is_none());
            (self.focus, self.ends) = (Focus::Item(at), false);
            let item = measure.items[at].name();
            let why = if all {
                format!("Nothing is answered yet. Begin with {item}.")
            } else {
                format!("{item} is not answered. Type - if it is missing on the form.")
            };
            return vec![Step::Warn(first_upper(&why))];
        }
        self.busy = Some(Busy::Save);
        vec![Step::Ask(HeardAsk::Save(Box::new(self.sheet.clone())).into())]
    }

    /// Opens what is done about the newest critical answer of this sitting that nobody has decided on.
    pub(super) fn act_on_critical(&self, asked: bool, chart: &ChartView, cx: &Cx) -> Option<Step> {
        let mine = |number: &crate::domain::Number| {
            let found = chart.criticals.iter().find(|kept| kept.value.number == *number);
            found.is_some_and(|kept| kept.value.begun == self.sheet.begun)
        };
        let number = critical::undecided(chart).into_iter().rev().find(mine)?;
        let open = if asked { critical::question } else { critical::unasked };
        Some(open(number, chart, cx))
    }
}

//! The signed document one is at: turned to the client, or made into a page.

use super::Notes;
use super::list::Entry;
use super::reading::{Reading, What};
use crate::domain::{Number, Paper};
use crate::service::api::ChartView;
use crate::tui::action::Scope;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::{turning, words};

impl Notes {
    /// The signed document that is read or highlighted.
    pub(super) fn signed_here(&self, chart: &ChartView, cx: &Cx) -> Result<Number, Box<Step>> {
        let of = match (&self.reading, self.list.here(chart, cx.me())) {
            (Some(Reading { what: What::Signed(view), .. }), _) => {
                (view.part.client == chart.client.value.id).then_some(view.part.number)
            }
            (None, Some(Entry::Note { head, .. })) => Some(head.number),
            _ => None,
        };
        of.ok_or_else(|| {
            Box::new(Step::Say("Highlight or open a signed note of this chart first.".to_owned()))
        })
    }

    /// Turns the screen to the client with the document that is read or highlighted.
    pub(super) fn turn(&mut self, before: Option<Number>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(why) = words::no_writing(chart, cx) {
            return vec![Step::Warn(why)];
        }
        match self.signed_here(chart, cx) {
            Ok(number) => {
                let again = before == Some(number);
                self.turning = (!again).then_some(number);
                turning::turn(Paper::Document(number), again, Scope::Notes, chart, cx)
            }
            Err(step) => vec![*step],
        }
    }
}

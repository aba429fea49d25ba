//! The way out of a note: what Esc goes back from, and how a draft is left.
//!
//! Owns nothing: whether it is kept is seen from the draft.

use super::{Asked, Notes};
use crate::service::api::DocAsk;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

impl Notes {
    /// It was opened over something else.
    pub(in crate::tui::screens::chart) fn lies_over(&mut self) {
        self.over = true;
    }

    /// Leaves the open draft. It closes when the service has it. One in which nothing was ever written is not kept.
    pub(super) fn ask_leave(&mut self, new: bool) -> Vec<Step> {
        let Some(writing) = &self.writing else { return Vec::new() };
        if writing.is_untouched() && new {
            return vec![Step::Say("This note is still empty. Write here.".to_owned())];
        }
        if writing.is_untouched() {
            let (client, number) = (writing.client, writing.number);
            self.asked = Asked::Delete(number);
            return vec![Step::Ask(DocAsk::Drop { client, number }.into())];
        }
        self.asked = Asked::Leave { edits: writing.edits(), new };
        vec![Step::Ask(DocAsk::Leave(writing.save()).into())]
    }

    /// Esc: from what is nearest; `None` leaves the chart.
    pub(super) fn step_back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        if self.is_signing() {
            return Some(Vec::new());
        }
        if self.versions.take().is_some() {
            return Some(Vec::new());
        }
        if let Some(writing) = &mut self.writing {
            if writing.beside.take().is_some() {
                writing.show(cx);
                return Some(Vec::new());
            }
            let modal = cx.keymap.is_modal();
            return Some(match writing.on_page(cx, |editors| editors.escape(modal)) {
                Some(acted) => acted.said.map(Step::Say).into_iter().collect(),
                None if self.over => return None,
                None => self.ask_leave(false),
            });
        }
        if self.over {
            return None;
        }
        let reading = self.reading.take()?;
        if let Some(hits) = self.back_to_hits(cx) {
            return Some(vec![hits]);
        }
        let plan = std::mem::take(&mut self.from_plan).then_some(Action::RoomPlan);
        Some(plan.or(reading.page()).map(Step::Run).into_iter().collect())
    }
}

//! A draft in the wrong chart: to whose chart it goes, asked twice.
//!
//! Owns the questions. What goes along and what is cleared is the service's.

use super::life::{LifePurpose, prompt, then, whose};
use super::list::Entry;
use super::{Asked, Notes};
use crate::domain::{ClientId, Number};
use crate::service::api::{ChartView, DraftView, Person};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Confirm, Item, Overlay, Picker};
use crate::tui::screen::Step;
use crate::tui::screens::chart::{Opening, RoomName};
use crate::tui::widgets::field::{Field, birth_typed};
use crate::tui::widgets::form::Form;

impl Notes {
    /// Asks to whose chart the draft that is open or highlighted goes.
    pub(super) fn move_draft(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let own = match (&self.writing, self.list.here(chart, cx.me())) {
            (Some(writing), _) => Some(writing.number),
            (None, Some(Entry::Draft(draft))) if Some(draft.by) == cx.me() => Some(draft.number),
            _ => None,
        };
        let Some(number) = own else {
            return vec![Step::Say("Highlight a draft of yours first.".to_owned())];
        };
        let here = chart.client.value.id;
        let others = cx.people().iter().map(|person| &person.summary);
        let items: Vec<Item> = others
            .filter(|summary| summary.client != here && summary.episode.is_some())
            .map(|summary| {
                let born = cx.listed_birth(summary.birth);
                let detail = format!("{}  {born}", summary.record_no);
                Item::person(hex(summary.client), &summary.name, detail, cx)
            })
            .collect();
        if items.is_empty() {
            return vec![Step::Warn("There is nobody else on your list to move it to.".to_owned())];
        }
        let picker =
            Picker::one("To whose chart does this draft belong?", items, then(LifePurpose::MoveTo(number)));
        vec![Step::Over(Overlay::Picker(picker))]
    }

    /// A draft that was moved is open in the chart it went to: this one has nothing of it.
    pub(super) fn moved(&mut self, view: &DraftView, here: ClientId) -> Option<Vec<Step>> {
        if view.client == here || self.asked != Asked::Move {
            return None;
        }
        self.close(None);
        let name = view.chart.client.value.header_name();
        let (client, room) = (view.client, RoomName::Notes);
        let opening = Opening::Draft(view.number);
        Some(vec![
            Step::OpenChart { client, room, opening },
            Step::Say(format!(
                "Moved to {name}, {}. Links are cleared: link it anew.",
                view.chart.client.value.record_no
            )),
        ])
    }
}

/// The first question: from whom to whom.
pub(super) fn ask_move(number: Number, to: &Person, chart: &ChartView, cx: &Cx) -> Step {
    let there = &to.summary;
    let born = birth_typed(there.birth);
    Step::Over(Overlay::Confirm(Confirm {
        title: "Move this draft to another chart?".to_owned(),
        lines: vec![
            format!("from  {}", whose(chart, cx)),
            format!("to    {}   {born}   {}", there.name, there.record_no),
            String::new(),
            "The text goes along. Links and what was filled in from the chart are cleared. Both charts record it."
                .to_owned(),
        ],
        yes: "go on".to_owned(),
        then: then(LifePurpose::MoveAsk(number, there.client)),
    }))
}

/// The second question: whose record number it is, typed, so that no key held too long moves a draft.
pub(super) fn ask_record_no(number: Number, to: ClientId, wrong: Option<String>, cx: &Cx) -> Vec<Step> {
    let Some(person) = cx.person(to) else { return Vec::new() };
    let name = &person.summary.name;
    let form = Form::new("Move", vec![Field::text("record", "Record number", "").required()]);
    let lines = vec![format!("Type the record number of {name} to move the draft to them.")];
    let ask = prompt("Move this draft", lines, form, LifePurpose::MoveCheck(number, to));
    std::iter::once(ask).chain(wrong.map(Step::Warn)).collect()
}

/// A person as the key of a list to choose from.
pub(super) fn hex(client: ClientId) -> String {
    use std::fmt::Write as _;
    client.0.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

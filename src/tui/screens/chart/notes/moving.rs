//! A draft in the wrong chart: to whose chart it goes, asked twice.
//!
//! Owns the questions. What goes along and what is cleared is the service's.

use super::life::whose;
use super::list::Entry;
use super::{Asked, Notes};
use crate::domain::{ClientId, Number};
use crate::service::api::{ChartView, DocAsk, DraftView, Person};
use crate::tui::facts::Cx;
use crate::tui::facts::birth_typed;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

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
                let born = birth_typed(summary.birth);
                let detail = format!("{}  {born}", summary.record_no);
                Item::person(hex(summary.client), &summary.name, detail, cx)
            })
            .collect();
        if items.is_empty() {
            return vec![Step::Warn("There is nobody else on your list to move it to.".to_owned())];
        }
        vec![
            Question::pick("To whose chart does this draft belong?", items, move |key, cx| {
                let to = cx.people().iter().find(|person| hex(person.summary.client) == key);
                to.zip(cx.chart(here))
                    .map(|(to, chart)| ask_move(number, to, chart, cx))
                    .into_iter()
                    .collect()
            })
            .open(),
        ]
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
fn ask_move(number: Number, to: &Person, chart: &ChartView, cx: &Cx) -> Step {
    let (there, client) = (&to.summary, chart.client.value.id);
    let born = birth_typed(there.birth);
    let lines = vec![
        format!("from  {}", whose(chart, cx)),
        format!("to    {}   {born}   {}", there.name, there.record_no),
        String::new(),
        "The text goes along. Links and what was filled in from the chart are cleared. Both charts record it."
            .to_owned(),
    ];
    let to = there.client;
    let ask = move |cx: &Cx| {
        cx.person(to).map(|person| ask_record_no(number, client, person)).into_iter().collect()
    };
    Question::confirm("Move this draft to another chart?", lines, "go on", ask).open()
}

/// The second question: whose record number it is, typed, so that no key held too long moves a draft.
fn ask_record_no(number: Number, client: ClientId, to: &Person) -> Step {
    let form = Form::new("Move", vec![Field::text("record", "Record number", "").required()]);
    let line = format!("Type the record number of {} to move the draft to them.", to.summary.name);
    let (to, record_no) = (to.summary.client, to.summary.record_no.clone());
    Question::form("Move this draft", form, move |form, _| {
        let typed = form.typed("record");
        if !record_no.eq_ignore_ascii_case(&typed) {
            let why = format!("{typed} is not their record number; nothing is moved.");
            return Err(Wrong::new("record", why));
        }
        let ask = DocAsk::MoveDraft { client, number, to };
        Ok(to_room(|notes: &mut Notes, _, _| notes.move_to(ask)))
    })
    .lines(vec![line])
    .open()
}

/// A person as the key of a list to choose from.
fn hex(client: ClientId) -> String {
    use std::fmt::Write as _;
    client.0.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

//! Finding words in the signed notes: what is looked for, and the notes that have it.

use super::Notes;
use super::list::Id;
use crate::domain::{ClientId, counted};
use crate::rules::when;
use crate::service::api::{ChartView, DocAsk, NoteFound};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// Asks for the words.
pub(super) fn question(chart: &ChartView) -> Step {
    let field = Field::text("words", "Find", "").hint("case and accents do not matter").required();
    ask(chart, "Find in the signed notes", Form::new("Find", vec![field]), |form, chart, _| {
        Ok(asks(DocAsk::Find { client: chart.client.value.id, words: form.typed("words") }))
    })
    .open()
}

/// The notes that have the words; Enter opens one.
pub(super) fn found(client: ClientId, words: &str, of: usize, found: &[NoteFound], cx: &Cx) -> Vec<Step> {
    let notes = counted(of, "signed note", "signed notes");
    if found.is_empty() {
        return vec![Step::Say(format!("None of {notes} has \"{words}\"."))];
    }
    let item = |note: &NoteFound| {
        let on = when::short(note.on, cx.today());
        Item::new(note.number.to_string(), format!("{on}  {}", note.passage), note.section.clone())
    };
    let items = found.iter().map(item).collect();
    let title = format!("\"{words}\": {} of {notes}", found.len());
    let open = move |key: &str, _: &Cx| {
        let number = key.parse().unwrap_or_default();
        to_room(move |room: &mut Notes, chart, _| {
            if chart.client.value.id == client {
                room.open(Id::Note(number), None, chart)
            } else {
                Vec::new()
            }
        })
    };
    vec![Question::pick(title, items, open).open()]
}

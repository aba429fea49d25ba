//! Finding words in the signed notes: what is looked for, and the notes that have it.

use super::Notes;
use super::list::Id;
use crate::domain::{ClientId, Number, counted};
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

/// What was found last, and which of it was opened.
#[derive(Clone, Debug)]
pub(super) struct Hits {
    client: ClientId,
    words: String,
    of: usize,
    found: Vec<NoteFound>,
    /// The note that was opened from the list; 0 before one was.
    opened: Number,
}

impl Hits {
    /// The notes that have the words, out of so many.
    pub(super) fn new(client: ClientId, words: &str, of: usize, found: &[NoteFound]) -> Self {
        Self { client, words: words.to_owned(), of, found: found.to_vec(), opened: 0 }
    }

    /// What was looked for.
    pub(super) fn words(&self) -> &str {
        &self.words
    }

    /// The list of them, the highlight where it was; Enter opens one.
    pub(super) fn list(&self, cx: &Cx) -> Step {
        let notes = counted(self.of, "signed note", "signed notes");
        if self.found.is_empty() {
            return Step::Say(format!("None of {notes} has \"{}\".", self.words));
        }
        let item = |note: &NoteFound| {
            let on = when::short(note.on, cx.today());
            Item::new(note.number.to_string(), format!("{on}  {}", note.passage), note.section.clone())
        };
        let items = self.found.iter().map(item).collect();
        let title = format!("\"{}\": {} of {notes}", self.words, self.found.len());
        let client = self.client;
        let open =
            move |key: &str, _: &Cx| {
                let number: Number = key.parse().unwrap_or_default();
                to_room(move |room: &mut Notes, chart, _| {
                    if chart.client.value.id == client { room.open_hit(number, chart) } else { Vec::new() }
                })
            };
        let list = Question::pick(title, items, open);
        if self.opened > 0 { list.at(&self.opened.to_string()) } else { list }.open()
    }
}

impl Notes {
    /// Opens a note that was found: its words stand out, and Esc comes back to the list.
    fn open_hit(&mut self, number: Number, chart: &ChartView) -> Vec<Step> {
        let steps = self.open(Id::Note(number), None, chart);
        if let Some(hits) = &mut self.hits {
            hits.opened = number;
            self.from_hits = true;
        }
        steps
    }

    /// The words that the note about to be read was found by; none if it was opened otherwise.
    pub(super) fn sought(&self) -> Option<&str> {
        self.hits.as_ref().filter(|_| self.from_hits).map(Hits::words)
    }

    /// Back to what was found, if the note was opened from there.
    pub(super) fn back_to_hits(&mut self, cx: &Cx) -> Option<Step> {
        let from_hits = std::mem::take(&mut self.from_hits);
        self.hits.as_ref().filter(|_| from_hits).map(|hits| hits.list(cx))
    }
}

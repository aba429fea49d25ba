//! What is put into a note besides typing: snippets by short name, templates, what was planned last, sections copied
//! forward.
//!
//! Owns how a phrase finds its text and its place.

use super::fields::Fields;
use super::writing::Writing;
use super::{Earlier, Notes};
use crate::domain::{Phrase, PhraseKind};
use crate::rules::phrases::{self, Filled, Mark};
use crate::rules::plan::agenda;
use crate::service::api::{ChartView, Origin, PhraseLine};
use crate::tui::editor::Pos;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;

/// What is around the text: where fields are filled from.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    pub(super) earlier: &'a Earlier,
    pub(super) chart: &'a ChartView,
    pub(super) cx: &'a Cx,
}

impl Writing {
    /// Fills a phrase from the chart.
    pub(super) fn filled(&self, text: &str, around: Around<'_>) -> Filled {
        let Around { earlier, chart, cx } = around;
        let fields = Fields { note: &self.frame, earlier, chart, cx };
        phrases::fill(text, |path| fields.get(path))
    }

    /// What the plan has for today.
    pub(super) fn agenda(&self, around: Around<'_>) -> Vec<agenda::Item> {
        let Around { earlier, chart, cx } = around;
        Fields { note: &self.frame, earlier, chart, cx }.agenda()
    }

    /// The short name right before the cursor, and where its dot is.
    fn short_name(&mut self) -> Option<(Pos, Pos, String)> {
        let editor = self.here();
        let end = editor.cursor();
        let (start, word) = editor.word_before_cursor()?;
        let dot = word.rfind('.')?;
        let name = phrases::short_name(&word[dot..])?;
        let inside = word[..dot].chars().next_back().is_some_and(char::is_alphanumeric);
        (!inside).then_some((Pos { byte: start.byte + dot, ..start }, end, name))
    }

    /// Expands the snippet whose short name stands before the cursor. `None`: there is no short name.
    pub(super) fn expand(&mut self, around: Around<'_>) -> Option<Result<bool, String>> {
        let (from, to, name) = self.short_name()?;
        let snippet =
            |line: &&PhraseLine| line.phrase.kind == PhraseKind::Snippet && line.phrase.name == name;
        let Some(line) = around.cx.phrases().iter().find(snippet) else {
            return Some(Err(format!(
                "There is no snippet called .{name}. Press [key:insert-phrase] to see those there are."
            )));
        };
        let filled = self.filled(&line.phrase.text, around);
        Some(Ok(self.put_over(Some((from, to)), &filled, around.cx)))
    }

    /// Puts a snippet in at the cursor, or a template into its sections.
    pub(super) fn put_phrase(&mut self, phrase: &Phrase, around: Around<'_>) -> bool {
        if phrase.kind == PhraseKind::Snippet {
            let filled = self.filled(&phrase.text, around);
            return self.put_in(&filled, around.cx);
        }
        if let Some(format) = around.cx.format(&phrase.format)
            && format.key != self.frame.format
        {
            self.reformat(format);
        }
        self.put_template(phrase, around)
    }

    /// The filled texts of a template by the section they go to, in the order of the sections; a heading that is no section
    /// here goes where the cursor is.
    fn by_section(&self, phrase: &Phrase, around: Around<'_>) -> Vec<(usize, Filled)> {
        let mut out: Vec<(usize, Filled)> = Vec::new();
        for (title, text) in phrases::sections(&phrase.text) {
            let of = |section: &crate::domain::Section| {
                section.title.eq_ignore_ascii_case(&title) || section.key.eq_ignore_ascii_case(&title)
            };
            let at = self.frame.sections.iter().position(of).unwrap_or(self.focus());
            let filled = self.filled(&text, around);
            match out.iter_mut().find(|(there, _)| *there == at) {
                Some((_, there)) => there.add_below(filled),
                None => out.push((at, filled)),
            }
        }
        out.sort_by_key(|(at, _)| *at);
        out
    }

    fn put_template(&mut self, phrase: &Phrase, around: Around<'_>) -> bool {
        let mut put = Vec::new();
        for (at, filled) in self.by_section(phrase, around) {
            self.turn(at);
            let editor = self.here();
            let end = editor.at_offset(usize::MAX);
            editor.go_to_place(end);
            let text = if editor.is_empty() {
                filled
            } else {
                let mut below = Filled::default();
                below.add_below(filled);
                below
            };
            if self.put_step(None, &text, around.cx) {
                put.push(at);
            }
        }
        // Undone in all its sections at once.
        self.editors.settle();
        if let Some(first) = put.first() {
            self.turn(*first);
            self.here().go_to_place(Pos::default());
            self.next_blank(false, around.cx);
        }
        self.show(around.cx);
        !put.is_empty()
    }
}

/// A section of the last note, to be put in: marked until somebody edits it.
pub(super) fn copied(text: &str, from: u32) -> Filled {
    let text = text.trim().to_owned();
    let marks = vec![(0..text.len(), Mark::Copied(from))];
    Filled { text, marks }
}

/// The picker of templates and snippets, each as it would read here.
pub(super) fn picker(writing: &Writing, around: Around<'_>) -> Step {
    let mut items = Vec::new();
    let mut seen: Vec<(PhraseKind, &str)> = Vec::new();
    let fits = |phrase: &Phrase| {
        phrase.format.is_empty() || phrase.format == writing.frame.format || writing.is_blank()
    };
    let mut lines: Vec<(usize, &PhraseLine)> = around.cx.phrases().iter().enumerate().collect();
    // Templates of the note's own format come first.
    lines.sort_by_key(|(_, line)| {
        !line.phrase.format.is_empty() && line.phrase.format != writing.frame.format
    });
    for kind in [PhraseKind::Template, PhraseKind::Snippet] {
        for (at, line) in &lines {
            let phrase = &line.phrase;
            // Of one name only the nearest to the person is offered.
            if phrase.kind != kind || !fits(phrase) || seen.contains(&(kind, &phrase.name)) {
                continue;
            }
            seen.push((kind, &phrase.name));
            let label = match kind {
                PhraseKind::Snippet => format!(".{:<10} {}", phrase.name, phrase.title),
                PhraseKind::Template => format!("{:<11} {}", phrase.name, phrase.title),
            };
            let detail = format!("{}{}", detail(kind, &phrase.format), origin(line.origin));
            let preview = writing.filled(&phrase.text, around).text;
            items.push(Item::new(at.to_string(), label, detail).preview(&preview));
        }
    }
    let title = "Insert a template or snippet";
    Question::pick(title, items, |key, _| {
        let at = key.parse::<usize>().unwrap_or(usize::MAX);
        to_room(move |notes: &mut Notes, chart, cx| notes.take_phrase(at, chart, cx))
    })
    .open()
}

fn detail(kind: PhraseKind, format: &str) -> String {
    match kind {
        PhraseKind::Template if format.is_empty() => "template  ".to_owned(),
        PhraseKind::Template => format!("template, {format}  "),
        PhraseKind::Snippet => String::new(),
    }
}

/// Whose a phrase is, where that is worth a word.
pub(super) fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Mine => "yours",
        Origin::Agency => "agency",
        Origin::Shipped => "",
    }
}

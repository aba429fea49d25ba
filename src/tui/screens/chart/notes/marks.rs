//! What is marked in a note being written: misspelled words, words with a better one, passages that are elsewhere too.
//!
//! Owns the one table of marks: where they are, how they look, what is shown about them. Only what is in sight is looked
//! at while typing. Advice only: nothing here changes a text, and nothing keeps anyone from signing.

use super::writing::Writing;
use crate::domain::{Client, Date, Number};
use crate::rules::sketch::{Known, Repeated, repeated};
use crate::rules::when;
use crate::service::api::{ChartView, OwnNote};
use crate::spell::words;
use crate::tui::editor::{Decoration, Editor, Pos, Seen};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use std::collections::HashMap;
use std::ops::Range;

/// A marked stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) paragraph: usize,
    pub(super) range: Range<usize>,
    pub(super) what: What,
}

/// Why it is marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// No list knows the word.
    Misspelled,
    /// There is a better word.
    Better(String),
    /// The passage is in another note of the author's; the date, if it is this client's.
    Repeated(Option<Date>),
}

impl What {
    fn role(&self) -> Role {
        match self {
            Self::Misspelled => Role::Misspelled,
            Self::Better(_) => Role::Better,
            Self::Repeated(_) => Role::Repeated,
        }
    }

    /// What is shown while the cursor is in it.
    pub(super) fn said(&self, today: Date) -> String {
        match self {
            Self::Misspelled => "not in the dictionary".to_owned(),
            Self::Better(better) => format!("better: {better}"),
            Self::Repeated(Some(date)) => {
                format!("this passage is also in your note of {}", when::short(*date, today))
            }
            Self::Repeated(None) => "this passage is also in another note of yours".to_owned(),
        }
    }
}

/// What the author wrote elsewhere, and which passages of this note are there; looked up at a pause, never on a key.
#[derive(Default)]
pub(super) struct Repeats {
    known: Known,
    dates: Vec<Option<Date>>,
    found: HashMap<(usize, u64), Vec<Repeated>>,
}

/// Never a word of anyone.
impl std::fmt::Debug for Repeats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Repeats({} notes)", self.dates.len())
    }
}

impl Repeats {
    /// Takes over the author's other notes. Those of this client come last and count; the one that is amended is no other.
    pub(super) fn take(&mut self, notes: &[OwnNote], amends: Number) {
        self.known.clear();
        self.dates = notes.iter().map(|note| note.on).collect();
        let others = (0..).zip(notes).filter(|(_, note)| amends == 0 || note.number != amends);
        for (at, note) in others {
            self.known.extend(note.sketch.iter().map(|number| (*number, at)));
        }
        self.found.clear();
    }

    /// Looks at the paragraphs that changed since the last pause.
    pub(super) fn look(&mut self, editors: &[Editor]) {
        if self.known.is_empty() {
            return;
        }
        let mut found = HashMap::new();
        for (section, editor) in editors.iter().enumerate() {
            for paragraph in 0..editor.paragraphs() {
                let which = (section, editor.version(paragraph));
                let here = self
                    .found
                    .remove(&which)
                    .unwrap_or_else(|| repeated(editor.paragraph(paragraph), &self.known));
                found.insert(which, here);
            }
        }
        self.found = found;
    }

    fn of(&self, section: usize, version: u64) -> impl Iterator<Item = (Range<usize>, Option<Date>)> {
        let found = self.found.get(&(section, version)).into_iter().flatten();
        found.map(|one| (one.range.clone(), self.dates.get(one.note as usize).copied().flatten()))
    }
}

/// The marks of a section's paragraph in a range of it, in order; a misspelled word inside a passage is both.
fn marks(writing: &Writing, section: usize, seen: &Seen, client: &Client, cx: &Cx) -> Vec<Mark> {
    let Some(editor) = writing.editors.get(section).filter(|_| !cx.spelling.quiet) else { return Vec::new() };
    let text = editor.paragraph(seen.paragraph);
    let mark = |range, what| Mark { paragraph: seen.paragraph, range, what };
    let mut all: Vec<Mark> = writing
        .repeats
        .of(section, seen.version)
        .map(|(range, date)| mark(range, What::Repeated(date)))
        .collect();
    for found in cx.spelling.hints().find(text, seen.range.clone()) {
        all.push(mark(found.range, What::Better(found.better)));
    }
    let names = names_of(client);
    let start = seen.range.start;
    for piece in words(text.get(seen.range.clone()).unwrap_or_default()) {
        if !cx.spelling.passes(piece.word) && !is_name(piece.word, &names) {
            all.push(mark(start + piece.range.start..start + piece.range.end, What::Misspelled));
        }
    }
    all
}

/// The client's own names pass.
fn names_of(client: &Client) -> Vec<String> {
    let header = client.header_name();
    let legal = client.legal_name();
    let whole = format!("{header} {legal}");
    whole
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn is_name(word: &str, names: &[String]) -> bool {
    let small = word.to_lowercase();
    let stem = small.split(['\'', '\u{2019}']).next().unwrap_or(&small);
    stem.split('-').all(|part| names.iter().any(|name| name == part))
}

/// The marks of what is in sight of a section.
pub(super) fn in_sight(
    writing: &Writing,
    section: usize,
    seen: &[Seen],
    chart: &ChartView,
    cx: &Cx,
) -> Vec<Mark> {
    seen.iter().flat_map(|one| marks(writing, section, one, &chart.client.value, cx)).collect()
}

/// How marks look. The word at the cursor (if the keys are in this section) is being typed and is left alone.
pub(super) fn decorations(marks: &[Mark], cursor: Option<Pos>, cx: &Cx) -> Vec<Decoration> {
    let typing = |mark: &Mark| {
        mark.what == What::Misspelled
            && cursor.is_some_and(|at| {
                at.paragraph == mark.paragraph && mark.range.start < at.byte && at.byte <= mark.range.end
            })
    };
    let decoration = |mark: &Mark| Decoration {
        paragraph: mark.paragraph,
        range: mark.range.clone(),
        style: cx.theme.style(mark.what.role()),
    };
    marks.iter().filter(|mark| !typing(mark)).map(decoration).collect()
}

/// The mark at the cursor, about which something is shown; none while the word there is being typed.
pub(super) fn at_cursor(marks: Vec<Mark>, at: Pos) -> Option<Mark> {
    // A word is nearer than the passage around it.
    marks.into_iter().rev().find(|mark| {
        let inside = mark.range.start <= at.byte && at.byte < mark.range.end;
        let behind = at.byte == mark.range.end && mark.what != What::Misspelled;
        mark.paragraph == at.paragraph && (inside || behind)
    })
}

/// The next mark behind the cursor, over all sections and round the end: which section, and where.
pub(super) fn next(writing: &Writing, chart: &ChartView, cx: &Cx) -> Option<(usize, Mark)> {
    let count = writing.editors.len();
    let here = writing.editors.get(writing.focus())?;
    let from = here.selection().map_or(here.cursor(), |(start, _)| Pos { byte: start.byte + 1, ..start });
    let whole = |section: usize| {
        let editor = &writing.editors[section];
        (0..editor.paragraphs()).flat_map(move |paragraph| {
            let range = 0..editor.paragraph(paragraph).len();
            let seen = Seen { paragraph, range, version: editor.version(paragraph) };
            let mut all = marks(writing, section, &seen, &chart.client.value, cx);
            all.sort_by_key(|mark| mark.range.start);
            all
        })
    };
    let place = |mark: &Mark| Pos { paragraph: mark.paragraph, byte: mark.range.start };
    let behind = whole(writing.focus()).find(|mark| place(mark) >= from).map(|mark| (writing.focus(), mark));
    behind
        .or_else(|| {
            (1..count)
                .map(|step| (writing.focus() + step) % count)
                .find_map(|section| whole(section).next().map(|mark| (section, mark)))
        })
        .or_else(|| whole(writing.focus()).next().map(|mark| (writing.focus(), mark)))
}

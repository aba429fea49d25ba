//! The earlier versions of the open draft: when and why they were kept, what is different now, and putting one back.
//!
//! Owns the list while it is looked at. Putting back is an edit of the open draft, and the state before it is kept as a
//! version first, so nothing is lost either way.

use super::Notes;
use super::writing::Writing;
use crate::domain::NoteDraft;
use crate::rules::changes::{Change, Run, runs};
use crate::rules::when;
use crate::service::api::{DraftBody, KeptFor, VersionView};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{empty, rule};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Rows of the list, at most, on a short screen.
const ROWS: u16 = 7;

/// The list of versions with the highlight.
pub(super) struct Versions {
    all: Vec<VersionView>,
    on: usize,
    /// First row of the difference in sight.
    scroll: usize,
}

/// Never a word of anyone.
impl std::fmt::Debug for Versions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Versions({}, on {})", self.all.len(), self.on)
    }
}

fn why(why: KeptFor) -> &'static str {
    match why {
        KeptFor::Opened => "when you opened it",
        KeptFor::Typing => "while typing",
        KeptFor::Paste => "before a paste",
        KeptFor::Template => "before a template",
        KeptFor::Replace => "before a replacement",
        KeptFor::Lock => "when Concord locked",
        KeptFor::Recovery => "found after Concord stopped",
        KeptFor::Format => "before another format",
        KeptFor::PutBack => "before another was put back",
    }
}

fn note(version: &VersionView) -> Option<&NoteDraft> {
    match &version.body {
        DraftBody::Note(note) => Some(note),
        DraftBody::Assessment(_)
        | DraftBody::Answers(_)
        | DraftBody::Review(_)
        | DraftBody::Discharge(_)
        | DraftBody::Safety(_) => None,
    }
}

impl Notes {
    /// Puts the highlighted version in the place of the text: an edit like any other, and what it replaces is kept first.
    pub(super) fn put_back(&mut self, cx: &Cx) -> Vec<Step> {
        let (Some(writing), Some(versions)) = (&mut self.writing, &self.versions) else { return Vec::new() };
        let Some(note) = versions.chosen() else { return Vec::new() };
        let mut steps = writing.keep(KeptFor::PutBack);
        writing.put_back(note, cx);
        self.versions = None;
        let said = "That version is back in the draft. What it replaced is kept as a version too.".to_owned();
        steps.extend([Step::Unsaved, Step::Say(said)]);
        steps
    }
}

impl Versions {
    pub(super) fn new(versions: &[VersionView]) -> Self {
        Self { all: versions.to_vec(), on: 0, scroll: 0 }
    }

    /// Moves the highlight or the text below.
    pub(super) fn act(&mut self, action: Action, cx: &Cx) {
        let last = self.all.len().saturating_sub(1);
        let on = match action {
            Action::Up => self.on.saturating_sub(1),
            Action::Down => (self.on + 1).min(last),
            Action::First => 0,
            Action::Last => last,
            Action::PageDown => {
                self.scroll += cx.page() / 2;
                return;
            }
            Action::PageUp => {
                self.scroll = self.scroll.saturating_sub(cx.page() / 2);
                return;
            }
            _ => return,
        };
        (self.on, self.scroll) = (on, 0);
    }

    pub(super) fn click(&mut self, at: Position, area: Rect) {
        let row = usize::from(at.y.saturating_sub(area.y + 1));
        if at.y > area.y && row < usize::from(self.rows(area)) {
            (self.on, self.scroll) = ((self.first(area) + row).min(self.all.len().saturating_sub(1)), 0);
        }
    }

    /// The highlighted version, to be put back.
    pub(super) fn chosen(&self) -> Option<&NoteDraft> {
        self.all.get(self.on).and_then(note)
    }

    fn rows(&self, area: Rect) -> u16 {
        (self.all.len() as u16).min(ROWS.max(area.height / 3))
    }

    fn first(&self, area: Rect) -> usize {
        (self.on + 1).saturating_sub(usize::from(self.rows(area)))
    }

    pub(super) fn draw(&self, writing: &Writing, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.all.is_empty() {
            let words = [
                "No earlier version of this draft yet.".to_owned(),
                "A version is kept every five minutes of typing, before a paste, and when Concord locks."
                    .to_owned(),
            ];
            return empty(frame, area, &words, cx);
        }
        let now = writing.note();
        let key = cx.key(Action::PutBack, Scope::Versions);
        let title = format!(" Earlier versions of this draft   {key} puts one back, Esc returns to the text");
        let line = Rect { height: 1, ..area };
        frame.render_widget(Span::styled(title, cx.theme.style(Role::Dim)), line);
        let (rows, first) = (self.rows(area), self.first(area));
        for (at, version) in self.all.iter().enumerate().skip(first).take(usize::from(rows)) {
            let y = area.y + 1 + (at - first) as u16;
            frame.render_widget(self.line(at, version, &now, cx), Rect { y, height: 1, ..area });
        }
        let below = Rect { y: area.y + 1 + rows, height: 1, ..area };
        frame.render_widget(rule(area.width, cx), below);
        let rest = Rect { y: below.y + 1, height: area.bottom().saturating_sub(below.y + 1), ..area };
        let Some(version) = self.all.get(self.on).and_then(note) else { return };
        let lines = difference(version, &now, usize::from(area.width.min(super::page::PROSE + 2)), cx);
        let top = self.scroll.min(lines.len().saturating_sub(usize::from(rest.height)));
        window::lines(frame, rest, lines.into_iter().skip(top).collect());
    }

    fn line(&self, at: usize, version: &VersionView, now: &NoteDraft, cx: &Cx) -> Line<'static> {
        let local = version.at;
        let when = format!("{} {}:{:02}", when::short(local.date, cx.today()), local.time, local.second);
        let words = note(version).map_or(0, words_in);
        let more = words_in(now).abs_diff(words);
        let than = match words.cmp(&words_in(now)) {
            std::cmp::Ordering::Less => format!("{more} fewer than now"),
            std::cmp::Ordering::Equal => "as many as now".to_owned(),
            std::cmp::Ordering::Greater => format!("{more} more than now"),
        };
        let mark = if at == self.on { cx.theme.glyphs.pointer } else { " " };
        let line = format!(" {mark} {when}  {:<28}  {words} words, {than}", why(version.why));
        let role = if at == self.on { Role::Selected } else { Role::Normal };
        Line::styled(line, cx.theme.style(role))
    }
}

fn words_in(note: &NoteDraft) -> usize {
    note.sections.iter().map(|section| section.text.split_whitespace().count()).sum()
}

/// What is different, section by section: in brackets what only the version has, bold what was written since.
fn difference(then: &NoteDraft, now: &NoteDraft, cells: usize, cx: &Cx) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let keys = now.sections.iter().chain(&then.sections).map(|section| (&section.key, &section.title));
    let mut done: Vec<&str> = Vec::new();
    for (key, title) in keys {
        if done.contains(&key.as_str()) {
            continue;
        }
        done.push(key);
        let text = |note: &NoteDraft| {
            note.sections
                .iter()
                .find(|section| section.key == *key)
                .map_or(String::new(), |one| one.text.clone())
        };
        let found = changed(&text(then), &text(now));
        if !found.is_empty() {
            lines.push(Line::styled(format!(" {}", text::line(title)), cx.theme.style(Role::Dim)));
            lines.extend(found.iter().flat_map(|runs| paragraph(runs, cells, cx)));
        }
    }
    let legend = if lines.is_empty() {
        " The text is the same as now."
    } else {
        " [in brackets] only in this version   bold: written since"
    };
    lines.insert(0, Line::styled(legend, cx.theme.style(Role::Dim)));
    lines
}

/// One paragraph with its differences, wrapped at words.
fn paragraph(runs: &[Run], cells: usize, cx: &Cx) -> Vec<Line<'static>> {
    let room = cells.saturating_sub(2).max(10);
    let style = |change| {
        cx.theme.style(match change {
            Change::Same => Role::Dim,
            Change::Gone => Role::Normal,
            Change::New => Role::Now,
        })
    };
    let (mut lines, mut row, mut used) = (Vec::new(), vec![Span::raw("  ")], 0);
    let pieces = runs.iter().flat_map(|run| {
        let text = if run.change == Change::Gone { bracketed(&run.text) } else { run.text.clone() };
        let pieces: Vec<String> = text.split_inclusive(' ').map(str::to_owned).collect();
        pieces.into_iter().map(move |piece| (text::line(&piece).into_owned(), run.change))
    });
    for (piece, change) in pieces {
        if used > 0 && used + text::width(piece.trim_end()) > room {
            lines.push(Line::from(std::mem::replace(&mut row, vec![Span::raw("  ")])));
            used = 0;
        }
        used += text::width(&piece);
        row.push(Span::styled(piece, style(change)));
    }
    lines.push(Line::from(row));
    lines
}

/// What only the earlier version has is in square brackets, apart from what follows.
fn bracketed(text: &str) -> String {
    let words = text.trim_end_matches(' ');
    format!("[{words}] ")
}

/// The paragraphs of a comparison in which something changed.
fn changed(then: &str, now: &str) -> Vec<Vec<Run>> {
    let (mut all, mut here) = (Vec::new(), Vec::new());
    for run in runs(then, now) {
        for (at, piece) in run.text.split('\n').enumerate() {
            if at > 0 {
                all.push(std::mem::take(&mut here));
            }
            if !piece.is_empty() {
                here.push(Run { change: run.change, text: piece.to_owned() });
            }
        }
    }
    all.push(here);
    all.retain(|paragraph| paragraph.iter().any(|run| run.change != Change::Same));
    all
}

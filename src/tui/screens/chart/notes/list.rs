//! The list of notes: drafts first, then signed notes, newest service first, addenda below the note they add to.
//!
//! Owns which line is highlighted and the heads seen so far. Heads only: reading a text is its own act, and audited.

use super::linking::line_words;
use super::page::{PROSE, side_area};
use super::words::{self, problem_words};
use crate::domain::{DocKind, Life, NoteHead, Number, StaffId};
use crate::rules::doc_life;
use crate::rules::when;
use crate::service::api::{ChartAsk, ChartView, Command, DraftLine};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{Cell, NARROW, fitted, marked, numbered};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use std::collections::BTreeMap;

/// Names a line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Id {
    /// An open draft.
    Draft(Number),
    /// A signed note.
    Note(Number),
}

/// A line of the list.
pub(super) enum Entry<'a> {
    /// An open draft.
    Draft(&'a DraftLine),
    /// A signed note; `nested` below the note it adds to.
    Note {
        head: &'a NoteHead,
        /// An addendum below its note.
        nested: bool,
    },
}

impl Entry<'_> {
    pub(super) fn id(&self) -> Id {
        match self {
            Self::Draft(draft) => Id::Draft(draft.number),
            Self::Note { head, .. } => Id::Note(head.number),
        }
    }
}

/// The state of the list.
#[derive(Debug, Default)]
pub(super) struct List {
    /// What is highlighted; the first line until something was.
    pub(super) on: Option<Id>,
    /// Every head seen in this chart. Signed heads never change, so that keeping them is safe.
    heads: BTreeMap<Number, NoteHead>,
    /// Where the documents seen in this chart are, as this person may know it.
    lives: Vec<Life>,
    more: Option<bool>,
    /// Old versions and notes in error are shown too.
    all: bool,
    /// Older ones were asked for.
    pub(super) loading: bool,
}

impl List {
    /// Takes in the heads of a newer chart.
    pub(super) fn changed(&mut self, chart: &ChartView) {
        self.more.get_or_insert(chart.older_notes);
        self.heads.extend(chart.notes.iter().map(|head| (head.number, head.clone())));
        self.take_lives(&chart.lives);
    }

    fn take_lives(&mut self, fresh: &[Life]) {
        self.lives.retain(|life| fresh.iter().all(|one| one.number != life.number));
        self.lives.extend_from_slice(fresh);
    }

    /// Neither replaced by an amended version nor entered in error.
    fn stands(&self, number: Number) -> bool {
        self.life_of(number).is_none_or(Life::stands)
    }

    /// Where a note is, as far as this person may know.
    fn life_of(&self, number: Number) -> Option<&Life> {
        self.lives.iter().find(|life| life.number == number)
    }

    /// Takes in older heads.
    pub(super) fn older(&mut self, notes: &[NoteHead], lives: &[Life], more: bool) {
        self.take_lives(lives);
        self.heads.extend(notes.iter().map(|head| (head.number, head.clone())));
        (self.more, self.loading) = (Some(more), false);
    }

    /// The newest signed note that is no addendum and is, by date of service, among those that are such.
    pub(super) fn latest(&self, such: impl Fn(&NoteHead) -> bool) -> Option<&NoteHead> {
        self.heads
            .values()
            .filter(|head| head.addendum_to == 0 && self.stands(head.number) && such(head))
            .max_by_key(|head| (head.service.date, head.service.start, head.number))
    }

    /// Shows old versions and notes in error, or hides them again; says which.
    pub(super) fn show_hidden(&mut self) -> &'static str {
        let hidden = |head: &NoteHead| !self.stands(head.number);
        if !self.all && !self.heads.values().any(hidden) {
            return "Nothing is hidden: there is no old version and nothing entered in error.";
        }
        self.all = !self.all;
        if self.all {
            "Old versions and notes in error are shown."
        } else {
            "Old versions and notes in error are hidden."
        }
    }

    /// The lines, in order.
    pub(super) fn entries<'a>(&'a self, chart: &'a ChartView, me: Option<StaffId>) -> Vec<Entry<'a>> {
        let mut drafts: Vec<&DraftLine> =
            chart.drafts.iter().filter(|draft| draft.kind == DocKind::Note).collect();
        drafts.sort_by_key(|draft| (Some(draft.by) != me, &draft.by_name, draft.number));
        let mut out: Vec<Entry<'_>> = drafts.into_iter().map(Entry::Draft).collect();
        let shown = |head: &&NoteHead| self.all || self.stands(head.number);
        // What was added to a version that was amended since is below the newest.
        let parent = |head: &NoteHead| match head.addendum_to {
            0 => 0,
            number if self.all => number,
            number => doc_life::newest(&self.lives, number),
        };
        let loose = |head: &&NoteHead| head.addendum_to == 0 || !self.heads.contains_key(&parent(head));
        let mut notes: Vec<&NoteHead> = self.heads.values().filter(shown).filter(loose).collect();
        notes.sort_by_key(|head| std::cmp::Reverse((head.service.date, head.service.start, head.number)));
        let mut added: BTreeMap<Number, Vec<&NoteHead>> = BTreeMap::new();
        for head in self.heads.values().filter(shown).filter(|head| head.addendum_to > 0) {
            added.entry(parent(head)).or_default().push(head);
        }
        for head in notes {
            out.push(Entry::Note { head, nested: false });
            for head in added.get(&head.number).into_iter().flatten() {
                out.push(Entry::Note { head, nested: true });
            }
        }
        out
    }

    fn cursor(&self, entries: &[Entry<'_>]) -> Cursor {
        Cursor { at: entries.iter().position(|entry| Some(entry.id()) == self.on).unwrap_or(0) }
    }

    /// What is highlighted.
    pub(super) fn here<'a>(&'a self, chart: &'a ChartView, me: Option<StaffId>) -> Option<Entry<'a>> {
        let mut entries = self.entries(chart, me);
        let at = self.cursor(&entries).at;
        (at < entries.len()).then(|| entries.swap_remove(at))
    }

    /// How many lines there are.
    pub(super) fn lines(&self, chart: &ChartView, cx: &Cx) -> usize {
        self.entries(chart, cx.me()).len()
    }

    /// Moves the highlight; at the end older notes are asked for. `None` if it was no motion.
    pub(super) fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        let entries = self.entries(chart, cx.me());
        let mut cursor = self.cursor(&entries);
        if !cursor.act(action, entries.len(), cx.page()) {
            return None;
        }
        let on = entries.get(cursor.at).map(Entry::id);
        let end = cursor.at + 1 >= entries.len();
        self.on = on;
        let before = self.heads.keys().next().copied();
        match before.filter(|_| end && self.more == Some(true) && !self.loading) {
            Some(before) => {
                self.loading = true;
                let client = chart.client.value.id;
                Some(vec![Step::Ask(Command::Chart(ChartAsk::OlderNotes { client, before }))])
            }
            None => Some(Vec::new()),
        }
    }

    /// A click on a line; says whether it was highlighted already, which opens it.
    pub(super) fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> bool {
        let rows = body(list_area(area), area);
        let entries = self.entries(chart, cx.me());
        let cursor = self.cursor(&entries);
        let window = cursor.window(entries.len(), usize::from(rows.height));
        let row = window.start + usize::from(at.y.saturating_sub(rows.y));
        if !rows.contains(at) || !window.contains(&row) {
            return false;
        }
        let on = Some(entries[row].id());
        let again = row == cursor.at;
        self.on = on;
        again
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        let entries = self.entries(chart, cx.me());
        if entries.is_empty() {
            let key = cx.key(Action::NewNote, Scope::Notes);
            let words = format!(
                "No notes yet. {key} begins one; it is saved while you type, and stays a draft that only you and \
                 your supervisor see until you sign it."
            );
            let read = "This person has no notes yet.".to_owned();
            empty(frame, area, &[if chart.may_write { words } else { read }], cx);
            return;
        }
        let list = list_area(area);
        let cells = usize::from(list.width);
        let titles = TITLES.map(|title| vec![Span::styled(title, cx.theme.style(Role::Dim))]);
        let titles = row(cells, titles, cx);
        frame.render_widget(marked(titles, false, 0, cx), Rect { height: 1, ..list });
        let rows = body(list, area);
        let cursor = self.cursor(&entries);
        for (n, at) in cursor.window(entries.len(), usize::from(rows.height)).enumerate() {
            let spans = match &entries[at] {
                Entry::Draft(draft) => draft_line(draft, cells, cx),
                Entry::Note { head, nested } => {
                    note_line(head, *nested, self.life_of(head.number), cells, cx)
                }
            };
            let line = numbered(at, spans, at == cursor.at, cells, cx);
            frame.render_widget(line, Rect { y: rows.y + n as u16, height: 1, ..rows });
        }
        if let (Some(side), Some(entry)) = (side_area(area), entries.get(cursor.at)) {
            preview(entry, frame, side, chart, cx);
        } else if let Some(entry) = entries.get(cursor.at) {
            let gist = match entry {
                Entry::Draft(draft) => format!("   {}", text::line(&draft_words(draft, cx))),
                Entry::Note { head, .. } => {
                    format!("   {}{}", text::line(&head.gist), cx.theme.glyphs.ellipsis)
                }
            };
            let gist = text::cut(&gist, cells, cx.theme.glyphs.ellipsis).into_owned();
            let line = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
            frame.render_widget(Span::styled(gist, cx.theme.style(Role::Dim)), line);
        }
    }
}

/// The list beside its preview, or alone.
fn list_area(area: Rect) -> Rect {
    side_area(area).map_or(area, |side| Rect { width: side.x - 2 - area.x, ..area })
}

/// The lines below the titles. Without a preview the last row is for the first words of what is highlighted.
fn body(list: Rect, area: Rect) -> Rect {
    let below = if side_area(area).is_some() { 1 } else { 2 };
    Rect { y: list.y + 1, height: list.height.saturating_sub(below), ..list }
}

const TITLES: [&str; 8] = ["Service", "From", "Min", "Format", "Author", "On plan", "", "Words"];

/// Cells of each column of [`TITLES`]; the author has what the others leave.
fn widths(cells: usize) -> [usize; 8] {
    let mut widths = [11, 5, 4, 9, 0, 8, 11, 5];
    if cells < usize::from(NARROW) {
        widths = [8, 5, 0, 7, 0, 8, 11, 0];
    }
    let used: usize = widths.iter().sum::<usize>() + 3 + widths.len();
    widths[4] = cells.saturating_sub(used);
    widths
}

/// Cells side by side in the columns of the list.
fn row(cells: usize, given: [Cell; 8], cx: &Cx) -> Cell {
    let mut out = Vec::new();
    for (at, (cell, width)) in given.into_iter().zip(widths(cells)).enumerate() {
        let number = matches!(at, 2 | 7);
        out.extend(fitted(cell, width, number, cx));
        out.push(Span::raw(" "));
    }
    out
}

/// What a draft is, and the day it is about: of `DAP note, 20 Nov` that is `DAP` and `20 Nov`.
fn draft_parts(about: &str) -> (&str, &str) {
    for (words, what) in [("addendum to the note of ", "addendum"), ("amendment of the note of ", "amends")] {
        if let Some(day) = about.strip_prefix(words) {
            return (what, day);
        }
    }
    about.split_once(" note, ").unwrap_or((about, ""))
}

fn draft_line(draft: &DraftLine, cells: usize, cx: &Cx) -> Cell {
    let mine = Some(draft.by) == cx.me();
    let plain = |text: &str| vec![Span::raw(text::line(text).into_owned())];
    let (format, day) = draft_parts(&draft.about);
    let mark = Span::styled(if mine { "DRAFT" } else { "draft" }, cx.theme.style(Role::Now));
    let none = Vec::new;
    let cells_of = [
        plain(day),
        none(),
        none(),
        plain(cx.format_name(format)),
        plain(&draft.by_name),
        none(),
        vec![mark],
        none(),
    ];
    row(cells, cells_of, cx)
}

/// A draft in a sentence: what it is, when it was saved, whose it is.
fn draft_words(draft: &DraftLine, cx: &Cx) -> String {
    let by = if Some(draft.by) == cx.me() {
        String::new()
    } else {
        format!("; by {}, to read only", draft.by_name)
    };
    format!("Draft: {}, saved {}{by}", draft.about, when::at(draft.saved, cx.today()))
}

/// The mark of a line: what is to be done or warned of first, then what it is.
fn mark_of(head: &NoteHead, nested: bool, life: Option<&Life>, cx: &Cx) -> Cell {
    let (now, overdue, dim) =
        (cx.theme.style(Role::Now), cx.theme.style(Role::Overdue), cx.theme.style(Role::Dim));
    let mark = life.map_or("", doc_life::mark);
    let (mark, style) = match (mark, head.late) {
        ("co-sign" | "returned" | "in error?", _) => (mark, now),
        ("in error" | "old version", _) => (mark, dim),
        (_, _) if head.amends > 0 => ("AMENDED", overdue),
        (_, true) => ("LATE", overdue),
        (_, false) if head.addendum_to > 0 && !nested => ("addendum", dim),
        (mark, false) => (mark, dim),
    };
    if mark.is_empty() { Vec::new() } else { vec![Span::styled(mark, style)] }
}

fn note_line(head: &NoteHead, nested: bool, life: Option<&Life>, cells: usize, cx: &Cx) -> Cell {
    let plain = |text: String| vec![Span::raw(text)];
    let dim = |text: String| vec![Span::styled(text, cx.theme.style(Role::Dim))];
    let lines = head.lines.iter().map(|served| served.line.to_string());
    let links: Vec<String> = lines.chain(head.links.iter().map(|number| format!("P{number}"))).collect();
    let mark = mark_of(head, nested, life, cx);
    let (date, start, minutes) = if nested {
        (dim("  addendum".to_owned()), Vec::new(), Vec::new())
    } else {
        let service = &head.service;
        (
            plain(when::short(service.date, cx.today())),
            plain(service.start.to_string()),
            plain(service.minutes.to_string()),
        )
    };
    let cells_of = [
        date,
        start,
        minutes,
        plain(cx.format_name(&head.format).to_owned()),
        plain(head.signature.name.clone()),
        plain(links.join(" ")),
        mark,
        dim(head.words.to_string()),
    ];
    row(cells, cells_of, cx)
}

/// What is known of the highlighted line without reading its text.
fn preview(entry: &Entry<'_>, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
    for y in area.y..area.bottom() {
        let bar = Span::styled(cx.theme.glyphs.bar, cx.theme.style(Role::Rule));
        frame.render_widget(bar, Rect { x: area.x - 2, y, width: 1, height: 1 });
    }
    let cells = usize::from(area.width.min(PROSE));
    let mut lines: Vec<Line<'static>> = Vec::new();
    match entry {
        Entry::Draft(draft) => {
            lines.push(Line::styled(text::line(&draft.about).into_owned(), cx.theme.style(Role::Now)));
            let (begun, saved) = (when::at(draft.since, cx.today()), when::at(draft.saved, cx.today()));
            let by = format!("{}  begun {begun}  saved {saved}", draft.by_name);
            lines.extend(words::prose(&by, cells).into_iter().map(Line::from));
        }
        Entry::Note { head, .. } => {
            let service = words::service(&head.service, cx.today());
            let title = format!("{}  {service}", cx.format_name(&head.format));
            lines.extend(
                words::prose(&title, cells)
                    .into_iter()
                    .map(|row| Line::styled(row, cx.theme.style(Role::Now))),
            );
            lines.push(Line::raw(text::line(&head.signature.name).into_owned()));
            let served = head.lines.iter().map(|served| line_words(served.line, &chart.plan.plan));
            let problems = head.links.iter().map(|number| problem_words(*number, chart));
            for words in served.chain(problems) {
                lines.extend(words::prose(&words, cells).into_iter().map(Line::from));
            }
            lines.push(Line::default());
            let gist = format!("{}{}", head.gist, cx.theme.glyphs.ellipsis);
            let dim = cx.theme.style(Role::Dim);
            lines.extend(words::prose(&gist, cells).into_iter().map(|row| Line::styled(row, dim)));
        }
    }
    window::lines(frame, area, lines);
}

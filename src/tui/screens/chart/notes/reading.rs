//! A document to read: a signed one as it was frozen, with its addenda, or the draft of somebody one supervises.
//!
//! Owns what is read and how far it is scrolled. It changes nothing of it.

use super::page::PROSE;
use super::{signing, sought, told, words};
use crate::domain::{Block, Content, DocKind, LocalTime};
use crate::rules::content;
use crate::rules::when;
use crate::service::api::{DocPart, DocView, DraftBody, DraftView};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What is read.
#[derive(Debug)]
pub(in crate::tui::screens) enum What {
    /// A signed document.
    Signed(Box<DocView>),
    /// Another person's draft.
    Draft {
        /// What it said when it was opened.
        content: Box<Content>,
        /// Whose.
        by: String,
        /// Saved when.
        saved: LocalTime,
        /// What keeps it from being signed as it is.
        missing: Option<String>,
    },
}

/// A document being read.
#[derive(Debug)]
pub(in crate::tui::screens) struct Reading {
    pub(in crate::tui::screens) what: What,
    top: Cursor,
    face: Face,
    /// The keys of the notes room work here.
    keys: bool,
    /// Words that were looked for: they stand out.
    sought: String,
    /// How many lines were in sight, one after the other from the top on. What was jumped over was not.
    seen: usize,
    /// The end was reached that way.
    is_read: bool,
}

/// Which face of a signed document is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    /// As it stands.
    Newest,
    /// An earlier version, the newest of them first.
    Version(usize),
    /// As it stands, with what changed since the version before.
    Changes,
}

impl Reading {
    /// A signed document; whoever is to co-sign an answer sees first what changed.
    pub(in crate::tui::screens) fn signed(view: &DocView) -> Self {
        let face = if view.may.co_sign && !view.versions.is_empty() { Face::Changes } else { Face::Newest };
        Self {
            what: What::Signed(Box::new(view.clone())),
            top: Cursor::default(),
            face,
            keys: true,
            sought: String::new(),
            seen: 0,
            is_read: false,
        }
    }

    /// With these words standing out, the first of them in sight.
    #[must_use]
    pub(super) fn sought(mut self, words: &str, cx: &Cx) -> Self {
        words.clone_into(&mut self.sought);
        let found = sought::first(&self.plain_lines(cx), words);
        let height = usize::from(cx.content().height);
        // In the upper third, so that what comes before it is read too.
        self.top.at = found.unwrap_or(0).saturating_sub(height / 3);
        let places = window::places(self.plain_lines(cx).len(), cx.content());
        self.top.at = self.top.at.min(places.saturating_sub(1));
        self
    }

    /// The page it was opened from, if it has no line among the notes.
    pub(super) fn page(&self) -> Option<Action> {
        let What::Signed(view) = &self.what else { return None };
        match view.part.kind {
            DocKind::Note => None,
            DocKind::Assessment => Some(Action::RoomGrid),
            DocKind::Plan | DocKind::Answers | DocKind::Review => Some(Action::RoomPlan),
            DocKind::Discharge => Some(Action::RoomOverview),
            DocKind::Safety => Some(Action::SafetyPlan),
        }
    }

    /// Turns to the next face: the version before, those before it, what changed, and back. Says whether there is one.
    pub(super) fn turn(&mut self) -> bool {
        let What::Signed(view) = &self.what else { return false };
        if view.versions.is_empty() {
            return false;
        }
        self.face = match self.face {
            Face::Newest => Face::Version(0),
            Face::Version(at) if at + 1 < view.versions.len() => Face::Version(at + 1),
            Face::Version(_) => Face::Changes,
            Face::Changes => Face::Newest,
        };
        (self.top, self.seen) = (Cursor::default(), 0);
        true
    }

    /// Takes in what is in sight in an area of this height, if it follows on what was.
    fn look(&mut self, height: u16, cx: &Cx) {
        if matches!(self.face, Face::Version(_)) {
            return;
        }
        let count = self.plain_lines(cx).len();
        let visible = (count + 1).saturating_sub(window::places(count, Rect { height, ..cx.content() }));
        if self.top.at <= self.seen {
            self.seen = self.seen.max(self.top.at + visible);
        }
        self.is_read |= self.seen + self.tail(cx) >= count;
    }

    /// Lines below what was written: the signature, what is said of it, and the keys.
    fn tail(&self, cx: &Cx) -> usize {
        let What::Signed(view) = &self.what else { return 0 };
        let last = view.addenda.last().unwrap_or(&view.part);
        let mut out = Vec::new();
        signature(last, cx, &mut out);
        told::under_signature(view, last.number, cx, &mut out);
        if self.keys {
            told::keys(view, cx, &mut out);
        }
        out.len()
    }

    /// How many lines of it were not in sight yet; 0 once its end was reached by scrolling.
    pub(super) fn unread(&mut self, cx: &Cx) -> usize {
        self.look(cx.content().height, cx);
        if self.is_read { 0 } else { self.plain_lines(cx).len().saturating_sub(self.seen) }
    }

    /// Goes on to what was not in sight yet, with the last line that was.
    pub(super) fn read_on(&mut self, cx: &Cx) {
        if matches!(self.face, Face::Version(_)) {
            self.face = Face::Newest;
        }
        let places = window::places(self.plain_lines(cx).len(), cx.content());
        self.top.at = self.seen.saturating_sub(1).min(places.saturating_sub(1));
        self.look(cx.content().height, cx);
    }

    /// To be read where the keys of the notes room do not work.
    #[must_use]
    pub(in crate::tui::screens) fn without_keys(mut self) -> Self {
        self.keys = false;
        self
    }

    /// Whether the end is in sight.
    pub(in crate::tui::screens) fn at_end(&self, height: u16, cx: &Cx) -> bool {
        self.top.at + usize::from(height) >= self.lines(cx).len()
    }

    /// Another person's draft.
    pub(in crate::tui::screens) fn draft(view: &DraftView, cx: &Cx) -> Self {
        let (content, missing) = match &view.body {
            DraftBody::Note(note) => {
                let content = content::note(&note.text(), cx.format_name(&note.format), cx.today());
                let asked = || {
                    let doubts = signing::doubts(note, cx.chart(view.client)?, cx);
                    doubts.into_iter().next().map(|doubt| format!("{doubt} Open it alone to sign it."))
                };
                (content, signing::missing(note, cx).or_else(asked))
            }
            DraftBody::Assessment(grid) => (content::assessment(grid, cx.today()), None),
            // Answers are looked at where they are taken over, the others on their own page.
            DraftBody::Answers(_) | DraftBody::Review(_) | DraftBody::Discharge(_) | DraftBody::Safety(_) => {
                (Content::default(), None)
            }
        };
        let missing = missing.map(|words| cx.keyed(&words));
        let by = cx.staff_name(view.by).to_owned();
        let what = What::Draft { content: Box::new(content), by, saved: view.saved, missing };
        Self {
            what,
            top: Cursor::default(),
            face: Face::Newest,
            keys: true,
            sought: String::new(),
            seen: 0,
            is_read: false,
        }
    }

    /// Scrolls; says whether that was asked.
    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> bool {
        self.scroll(action, cx.content().height, cx)
    }

    /// Scrolls in an area of this height; says whether that was asked.
    pub(in crate::tui::screens) fn scroll(&mut self, action: Action, height: u16, cx: &Cx) -> bool {
        self.look(height, cx);
        let scroll = window::places(self.lines(cx).len(), Rect { height, ..cx.content() });
        let scrolled = self.top.act(action, scroll, usize::from(height).saturating_sub(2).max(1));
        self.look(height, cx);
        scrolled
    }

    pub(in crate::tui::screens) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let all = self.lines(cx);
        window::scrolled(frame, area, all, self.top.at, cx);
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let mut lines = self.plain_lines(cx);
        sought::mark(&mut lines, &self.sought, cx);
        lines
    }

    /// Its lines without what was looked for standing out.
    fn plain_lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        match &self.what {
            What::Signed(view) => match self.face {
                Face::Version(at) => version(view, at, cx, &mut out),
                face => signed(view, face == Face::Changes, self.keys, cx, &mut out),
            },
            What::Draft { content, by, saved, .. } => draft(content, by, *saved, cx, &mut out),
        }
        out
    }
}

fn say(words: &str, role: Role, cx: &Cx, out: &mut Vec<Line<'static>>) {
    for row in words::prose(words, cx.prose(usize::from(PROSE))) {
        out.push(Line::from(vec![Span::raw(" "), Span::styled(row, cx.theme.style(role))]));
    }
}

/// An earlier version, as it was signed.
fn version(view: &DocView, at: usize, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let Some(version) = view.versions.get(at) else { return };
    let key = cx.key(Action::EarlierVersion, Scope::Notes);
    let later = at.checked_sub(1).and_then(|at| view.versions.get(at)).unwrap_or(&view.part);
    let words = format!("OLD VERSION, amended {}. Press {key} to go on to the newest.", later.signed);
    say(&words, Role::Overdue, cx, out);
    front(&version.content, cx, out);
    body(&version.content, cx, out);
    signature(version, cx, out);
    told::under_signature(view, version.number, cx, out);
}

fn signed(view: &DocView, changes: bool, keys: bool, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let part = &view.part;
    if !(part.intact && view.addenda.iter().all(|addendum| addendum.intact)) {
        let words = "A SIGNATURE HERE DOES NOT MATCH THE TEXT. What you read may not be what was signed. \
         Tell your admin.";
        say(words, Role::Error, cx, out);
        out.push(Line::default());
    }
    if !view.lives_hold {
        let words = "AN ENTRY UNDER THIS NOTE DOES NOT MATCH ITS SIGNATURE. Tell your admin.";
        say(words, Role::Error, cx, out);
        out.push(Line::default());
    }
    told::above(view, keys, cx, out);
    front(&part.content, cx, out);
    if part.late {
        // An amended version was late, or was not, when it was first signed.
        let signed = view.versions.last().map_or(part.signed, |first| first.signed);
        let words = format!("LATE ENTRY: service {}, signed {signed}.", part.times);
        say(&words, Role::Overdue, cx, out);
    }
    match view.versions.first().filter(|_| changes) {
        Some(before) => {
            say("What changed since the version before: [-gone-] {+new+}", Role::Dim, cx, out);
            told::changes(&before.content, &part.content, cx, out);
        }
        None => body(&part.content, cx, out),
    }
    signature(part, cx, out);
    told::under_signature(view, part.number, cx, out);
    for addendum in &view.addenda {
        out.push(Line::default());
        let title = Span::styled(" Addendum", cx.theme.style(Role::Now));
        let when = Span::styled(format!("  {}", addendum.signed), cx.theme.style(Role::Dim));
        out.push(Line::from(vec![title, when]));
        body(&addendum.content, cx, out);
        signature(addendum, cx, out);
        told::under_signature(view, addendum.number, cx, out);
    }
    if keys {
        told::keys(view, cx, out);
    }
}

/// What the document is, and what is said about it before its text.
fn front(content: &Content, cx: &Cx, out: &mut Vec<Line<'static>>) {
    say(&content.title, Role::Now, cx, out);
    for block in content.front() {
        let role = if matches!(block, Block::Answer { .. }) { Role::Normal } else { Role::Dim };
        say(&block.words(), role, cx, out);
    }
}

/// The text of a document, heading by heading.
fn body(content: &Content, cx: &Cx, out: &mut Vec<Line<'static>>) {
    for (_, title, blocks) in content.parts() {
        out.push(Line::default());
        say(title, Role::Dim, cx, out);
        let mut written = blocks.iter().filter(|block| !block.words().trim().is_empty()).peekable();
        // A section that was left empty says so; a heading that stands by itself says all there is.
        if written.peek().is_none() && !blocks.is_empty() {
            say(cx.theme.glyphs.none, Role::Dim, cx, out);
        }
        for block in written {
            match block {
                Block::Quote { words, on } => {
                    let on = on.map(|on| format!("  {}", when::short(on, cx.today()))).unwrap_or_default();
                    say(&format!("\"{words}\"{on}"), Role::Quote, cx, out);
                }
                other => say(&other.words(), Role::Normal, cx, out),
            }
        }
    }
}

fn signature(part: &DocPart, cx: &Cx, out: &mut Vec<Line<'static>>) {
    out.push(Line::default());
    let who = format!(" Signed {} by {}. ", part.signed, text::line(&part.by));
    let (holds, role) = if part.intact {
        ("The signature is valid.", Role::Dim)
    } else {
        ("The signature IS NOT VALID.", Role::Error)
    };
    out.push(Line::from(vec![Span::raw(who), Span::styled(holds, cx.theme.style(role))]));
}

fn draft(content: &Content, by: &str, saved: LocalTime, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let saved = when::at(saved, cx.today());
    let words = format!("Draft of {by}, saved {saved}. You can only read it; it is not part of the record.");
    say(&words, Role::Now, cx, out);
    front(content, cx, out);
    body(content, cx, out);
}

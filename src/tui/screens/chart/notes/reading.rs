//! A note to read: a signed one as it was frozen, with its addenda, or the draft of somebody one supervises.
//!
//! Owns what is read and how far it is scrolled. It changes nothing of it.

use super::page::PROSE;
use super::{answered, told, words};
use crate::domain::{LocalTime, NoteDraft, NoteHead, NoteText, Section};
use crate::service::api::{DraftBody, DraftView, NoteView};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::draw;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// What is read.
#[derive(Debug)]
pub(in crate::tui::screens) enum What {
    /// A signed note.
    Signed(Box<NoteView>),
    /// Another person's draft.
    Draft {
        /// As it was when it was opened.
        note: Box<NoteDraft>,
        /// Whose.
        by: String,
        /// Saved when.
        saved: LocalTime,
    },
}

/// A note being read.
#[derive(Debug)]
pub(in crate::tui::screens) struct Reading {
    pub(in crate::tui::screens) what: What,
    top: Cursor,
    face: Face,
    /// The keys of the notes room work here.
    keys: bool,
}

/// Which face of a signed note is shown.
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
    /// A signed note; whoever is to co-sign an answer sees first what changed.
    pub(in crate::tui::screens) fn signed(view: &NoteView) -> Self {
        let face = if view.may.co_sign && !view.versions.is_empty() { Face::Changes } else { Face::Newest };
        Self { what: What::Signed(Box::new(view.clone())), top: Cursor::default(), face, keys: true }
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
        self.top = Cursor::default();
        true
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

    /// Another person's draft; `None` if it is no note.
    pub(in crate::tui::screens) fn draft(view: &DraftView, cx: &Cx) -> Option<Self> {
        let DraftBody::Note(note) = &view.body else { return None };
        let by = cx.staff_name(view.by).to_owned();
        let what = What::Draft { note: Box::new(note.clone()), by, saved: view.saved };
        Some(Self { what, top: Cursor::default(), face: Face::Newest, keys: true })
    }

    /// Scrolls; says whether that was asked.
    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> bool {
        self.scroll(action, cx.content().height, cx)
    }

    /// Scrolls in an area of this height; says whether that was asked.
    pub(in crate::tui::screens) fn scroll(&mut self, action: Action, height: u16, cx: &Cx) -> bool {
        let scroll = self.lines(cx).len().saturating_sub(usize::from(height)) + 1;
        self.top.act(action, scroll, usize::from(height).saturating_sub(2).max(1))
    }

    pub(in crate::tui::screens) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let all = self.lines(cx);
        let top = self.top.at.min(all.len().saturating_sub(usize::from(area.height)));
        draw::lines(frame, area, all.into_iter().skip(top).collect());
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        match &self.what {
            What::Signed(view) => match self.face {
                Face::Version(at) => version(view, at, cx, &mut out),
                face => signed(view, face == Face::Changes, self.keys, cx, &mut out),
            },
            What::Draft { note, by, saved } => draft(note, by, *saved, cx, &mut out),
        }
        out
    }
}

fn say(words: &str, role: Role, cx: &Cx, out: &mut Vec<Line<'static>>) {
    for row in words::prose(words, usize::from(PROSE)) {
        out.push(Line::from(vec![Span::raw(" "), Span::styled(row, cx.theme.style(role))]));
    }
}

/// An earlier version, as it was signed.
fn version(view: &NoteView, at: usize, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let Some(version) = view.versions.get(at) else { return };
    let key = cx.key(Action::EarlierVersion, Scope::Notes);
    let after =
        at.checked_sub(1).and_then(|at| view.versions.get(at)).map_or(view.signed, |later| later.signed);
    say(&format!("OLD VERSION, amended {after}. {key} turns on to the newest."), Role::Overdue, cx, out);
    top_lines(&version.text, cx, out);
    sections(&version.text.sections, cx, out);
    signature(&version.head, version.signed, version.intact, cx, out);
    told::under_signature(view, version.head.number, cx, out);
}

fn signed(view: &NoteView, changes: bool, keys: bool, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let (head, note) = (&view.head, &view.text);
    let intact = view.intact && view.addenda.iter().all(|addendum| addendum.intact);
    if !intact {
        let words = "A SIGNATURE HERE DOES NOT VERIFY. What you read may not be what was signed. Tell your administrator.";
        say(words, Role::Error, cx, out);
        out.push(Line::default());
    }
    told::above(view, keys, cx, out);
    top_lines(note, cx, out);
    if head.late {
        let service = &head.service;
        let words = format!(
            "LATE ENTRY: service {} {}, signed {}.",
            service.date,
            words::times(service),
            // An amended version was late, or was not, when it was first signed.
            view.versions.last().map_or(view.signed, |first| first.signed)
        );
        say(&words, Role::Overdue, cx, out);
    }
    match view.versions.first().filter(|_| changes) {
        Some(before) => {
            say("What changed since the version before: [-gone-] {+new+}", Role::Dim, cx, out);
            told::changed_sections(before, &note.sections, cx, out);
        }
        None => sections(&note.sections, cx, out),
    }
    signature(head, view.signed, view.intact, cx, out);
    told::under_signature(view, head.number, cx, out);
    for addendum in &view.addenda {
        out.push(Line::default());
        let title = Span::styled(" Addendum", cx.theme.style(Role::Now));
        let when = Span::styled(format!("  {}", addendum.signed), cx.theme.style(Role::Dim));
        out.push(Line::from(vec![title, when]));
        sections(&addendum.text.sections, cx, out);
        signature(&addendum.head, addendum.signed, addendum.intact, cx, out);
        told::under_signature(view, addendum.head.number, cx, out);
    }
    if keys {
        told::keys(view, cx, out);
    }
}

fn top_lines(note: &NoteText, cx: &Cx, out: &mut Vec<Line<'static>>) {
    // As it was called when it was signed: the agency's own formats come and go.
    let named = Some(note.format_name.as_str()).filter(|name| !name.is_empty());
    let named = named.unwrap_or_else(|| cx.format_name(&note.format));
    let what = if note.addendum_to > 0 { "Addendum" } else { named };
    out.push(Line::from(vec![
        Span::styled(format!(" {what}  "), cx.theme.style(Role::Now)),
        Span::raw(text::line(&words::service(&note.service, cx.today())).into_owned()),
    ]));
    say(&format!("for {}, {}", note.client_name, note.record_no), Role::Dim, cx, out);
    for (number, wording) in &note.links {
        say(&format!("serves P{number} {wording}"), Role::Dim, cx, out);
    }
    for line in answered::of_text(note, cx) {
        say(&line, Role::Normal, cx, out);
    }
}

fn sections(sections: &[Section], cx: &Cx, out: &mut Vec<Line<'static>>) {
    for section in sections {
        out.push(Line::default());
        say(&section.title, Role::Dim, cx, out);
        if section.text.trim().is_empty() {
            say(cx.theme.glyphs.none, Role::Dim, cx, out);
        } else {
            say(&section.text, Role::Normal, cx, out);
        }
    }
}

fn signature(head: &NoteHead, signed: LocalTime, intact: bool, cx: &Cx, out: &mut Vec<Line<'static>>) {
    out.push(Line::default());
    let who = format!(" Signed {signed} by {}. ", text::line(&head.signature.name));
    let (holds, role) = if intact {
        ("The signature holds.", Role::Dim)
    } else {
        ("The signature DOES NOT VERIFY.", Role::Error)
    };
    out.push(Line::from(vec![Span::raw(who), Span::styled(holds, cx.theme.style(role))]));
}

fn draft(note: &NoteDraft, by: &str, saved: LocalTime, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let words = format!("Draft of {by}, saved {saved}. To read only; it is not part of the record.");
    say(&words, Role::Now, cx, out);
    let service = words::service(&note.service, cx.today());
    say(&format!("{}  {service}", cx.format_name(&note.format)), Role::Normal, cx, out);
    for line in answered::of_draft(note, cx) {
        say(&line, Role::Normal, cx, out);
    }
    sections(&note.sections, cx, out);
}

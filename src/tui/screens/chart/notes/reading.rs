//! A note to read: a signed one as it was frozen, with its addenda, or the draft of somebody one supervises.
//!
//! Owns what is read and how far it is scrolled. It changes nothing of it.

use super::page::PROSE;
use super::{answered, words};
use crate::domain::{LocalTime, NoteDraft, NoteHead, NoteText, Section};
use crate::service::api::{DraftBody, DraftView, NoteView};
use crate::tui::action::{Action, Scope};
use crate::tui::app::key_of;
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
pub(super) enum What {
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
pub(super) struct Reading {
    pub(super) what: What,
    top: Cursor,
}

impl Reading {
    pub(super) fn signed(view: &NoteView) -> Self {
        Self { what: What::Signed(Box::new(view.clone())), top: Cursor::default() }
    }

    /// Another person's draft; `None` if it is no note.
    pub(super) fn draft(view: &DraftView, cx: &Cx) -> Option<Self> {
        let DraftBody::Note(note) = &view.body else { return None };
        let by = cx.staff_name(view.by).to_owned();
        let what = What::Draft { note: Box::new(note.clone()), by, saved: view.saved };
        Some(Self { what, top: Cursor::default() })
    }

    /// Scrolls; says whether that was asked.
    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> bool {
        let height = usize::from(cx.content().height);
        let scroll = self.lines(cx).len().saturating_sub(height) + 1;
        self.top.act(action, scroll, cx.page())
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let all = self.lines(cx);
        let top = self.top.at.min(all.len().saturating_sub(usize::from(area.height)));
        draw::lines(frame, area, all.into_iter().skip(top).collect());
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        let mut out = Vec::new();
        match &self.what {
            What::Signed(view) => signed(view, cx, &mut out),
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

fn signed(view: &NoteView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let (head, note) = (&view.head, &view.text);
    let intact = view.intact && view.addenda.iter().all(|addendum| addendum.intact);
    if !intact {
        let words = "A SIGNATURE HERE DOES NOT VERIFY. What you read may not be what was signed. Tell your administrator.";
        say(words, Role::Error, cx, out);
        out.push(Line::default());
    }
    top_lines(note, cx, out);
    if head.late {
        let service = &head.service;
        let words = format!(
            "LATE ENTRY: service {} {}, signed {}.",
            service.date,
            words::times(service),
            view.signed
        );
        say(&words, Role::Overdue, cx, out);
    }
    sections(&note.sections, cx, out);
    signature(head, view.signed, view.intact, cx, out);
    for addendum in &view.addenda {
        out.push(Line::default());
        let title = Span::styled(" Addendum", cx.theme.style(Role::Now));
        let when = Span::styled(format!("  {}", addendum.signed), cx.theme.style(Role::Dim));
        out.push(Line::from(vec![title, when]));
        sections(&addendum.text.sections, cx, out);
        signature(&addendum.head, addendum.signed, addendum.intact, cx, out);
    }
    if view.addenda.is_empty() {
        let key = key_of(Action::Addendum, &[Scope::Notes], cx);
        out.push(Line::default());
        say(&format!("A signed note never changes; {key} adds an addendum."), Role::Dim, cx, out);
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

//! A group session in one pass: members marked down the left, each one's part on the right, the shared part once.
//!
//! Owns what is typed until the service has it. Each part is an ordinary draft in its member's chart; the shared part is in one's
//! own first part while it is written.

use super::part::{Column, Part, SHARED, Writing};
use super::same::Before;
use super::{forms, session_view, signing};
use crate::domain::{ClientId, Date, GroupId, Number, Reply};
use crate::service::api::{
    Answer, Becomes, Command, DocAsk, DraftSave, GroupAnswer, GroupAsk, GroupChecked, GroupMember,
    GroupSessionView, GroupSigning, Place,
};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Kind, Scope};
use crate::tui::editor::EditorCommand;
use crate::tui::facts::Cx;
use crate::tui::screen::{Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// A group session.
#[derive(Debug)]
pub struct GroupSessionScreen {
    pub(super) group: GroupId,
    date: Date,
    pub(super) view: Option<Box<GroupSessionView>>,
    /// 0 = the shared part, then the members.
    pub(super) at: usize,
    pub(super) column: Column,
    pub(super) parts: Vec<Part>,
    pub(super) writing: Option<Writing>,
    pub(super) checked: Option<Box<GroupChecked>>,
    /// What is typed of the highlighted member's slip.
    pub(super) slip: Vec<Reply>,
    /// Marks that are not answered yet.
    pub(super) asked: usize,
    /// The parts as they were before the same words were put into them, while that can be undone.
    pub(super) same: Vec<Before>,
}

impl GroupSessionScreen {
    /// The session of a group on this day.
    pub fn of(group: GroupId, date: Date) -> Self {
        Self {
            group,
            date,
            view: None,
            at: 1,
            column: Column::default(),
            parts: Vec::new(),
            writing: None,
            checked: None,
            slip: Vec::new(),
            asked: 0,
            same: Vec::new(),
        }
    }

    pub(super) fn members(&self) -> &[GroupMember] {
        self.view.as_ref().map_or(&[], |view| &view.members)
    }

    /// The highlighted member.
    pub(super) fn here(&self) -> Option<&GroupMember> {
        self.members().get(self.at.checked_sub(1)?)
    }

    pub(super) fn part_of(&self, client: ClientId) -> Option<&Part> {
        self.parts.iter().find(|part| part.client == client)
    }

    pub(super) fn part_mut(&mut self, client: ClientId) -> Option<&mut Part> {
        self.parts.iter_mut().find(|part| part.client == client)
    }

    pub(super) fn number(&self) -> Number {
        self.view.as_ref().map_or(0, |view| view.session.number)
    }

    /// The part that holds the shared words while they are written: the one that carries them, else the first that has some,
    /// else the first.
    pub(super) fn carrier(&self) -> Option<&Part> {
        let carries = self.parts.iter().find(|part| part.note.group.carries);
        let written = || self.parts.iter().find(|part| !part.text(SHARED).trim().is_empty());
        carries.or_else(written).or_else(|| self.parts.first())
    }

    /// The shared part as it is on the screen. Where it was emptied it is empty, whatever was kept before.
    pub(super) fn shared(&self) -> &str {
        let carrier =
            self.carrier().filter(|part| part.note.group.carries || !part.text(SHARED).trim().is_empty());
        carrier.map_or_else(
            || self.view.as_ref().map_or("", |view| view.shared.as_str()),
            |part| part.text(SHARED),
        )
    }

    /// The session as it stands on the screen.
    pub(super) fn signing(&self) -> GroupSigning {
        GroupSigning {
            group: self.group,
            session: self.number(),
            shared: self.shared().to_owned(),
            parts: self.parts.iter().map(Part::save).collect(),
            beyond: String::new(),
        }
    }

    fn check(&self) -> Vec<Step> {
        vec![Step::Ask(GroupAsk::Check(Box::new(self.signing())).into())]
    }

    /// Somebody else than a member: the first name that was found in the highlighted row.
    fn not_a_member(&self) -> Vec<Step> {
        let Some(checked) = &self.checked else {
            return vec![Step::Say("[key:sign] looks for names first.".to_owned())];
        };
        let client = self.here().map(|member| member.entry.client);
        let found = match client {
            None => checked.shared.first(),
            Some(client) => {
                checked.lines.iter().find(|line| line.client == client).and_then(|line| line.found.first())
            }
        };
        match found {
            Some(found) => vec![forms::somebody_else(self.group, self.number(), client, found)],
            None => vec![Step::Say("No name was found in this part.".to_owned())],
        }
    }
}

impl View for GroupSessionScreen {
    fn scopes(&self) -> Vec<Scope> {
        if self.writing.is_some() { vec![Scope::GroupText] } else { vec![Scope::GroupSession] }
    }

    fn place(&self, place: &mut Place) {
        Action::Groups.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        let Some(view) = &self.view else { return Header::desk(cx, Vec::new()) };
        let day = self.date.naive().format("%a %-d %b");
        let words = format!("{day} {}, {} min", view.session.start, view.session.minutes);
        Header {
            left: vec![(format!("GROUP  {}", view.name), Role::Now), (words, Role::Normal)],
            keep: 1,
            danger: 0,
            right: format!(
                "with {}{}",
                view.facilitators.join(" and "),
                if view.stands_in { ", you stand in" } else { "" }
            ),
        }
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(GroupAsk::Begin { group: self.group, date: self.date }.into())]
    }

    fn claims(&self, action: Action) -> bool {
        match action {
            Action::Undo => self.writing.is_some() || self.can_undo_same(),
            Action::Redo => self.writing.is_some(),
            _ => false,
        }
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        match action {
            // The acts of a note have nothing to act on here.
            _ if self.writing.is_some() => {
                matches!(action, Action::Sign | Action::SameWords | Action::HeaderKeys)
                    || matches!(action.kind(), Kind::Text | Kind::System)
                    || matches!(action, Action::Undo | Action::Redo)
            }
            Action::NotAMember => self.checked.is_some(),
            Action::LinkPart | Action::SameWords | Action::HeaderKeys | Action::RaiseNeed => {
                self.here().is_some()
            }
            _ => true,
        }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.view.is_none() {
            return Vec::new();
        }
        if self.writing.is_some() {
            return match action {
                Action::Sign => {
                    self.writing = None;
                    self.check()
                }
                Action::SameWords => self.same_words(cx),
                Action::HeaderKeys => self.ask_answers(cx),
                Action::TabOn | Action::NextSection => self.next_text(),
                Action::TabBack | Action::PrevSection => self.back_text(),
                other => EditorCommand::of(other).map_or_else(Vec::new, |command| self.apply(command, cx)),
            };
        }
        let last = self.members().len();
        if !self.slip.is_empty() {
            self.slip.clear();
            return vec![Step::Warn("That slip was not finished: type its three answers again.".to_owned())];
        }
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::First | Action::PageUp => self.at = 0,
            Action::Last | Action::PageDown => self.at = last,
            Action::Right => {
                self.column = match self.column {
                    Column::Here => Column::TookPart,
                    Column::TookPart => Column::Progress,
                    Column::Progress | Column::Slip => Column::Slip,
                };
            }
            Action::Left => {
                self.column = match self.column {
                    Column::Slip => Column::Progress,
                    Column::Progress => Column::TookPart,
                    Column::Here | Column::TookPart => Column::Here,
                };
            }
            Action::NextLeaf => return self.next_unwritten(false),
            Action::Open => return self.write(),
            Action::Sign => return self.check(),
            Action::LinkPart => return self.link_part(cx),
            Action::SameWords => return self.same_words(cx),
            Action::HeaderKeys => return self.ask_answers(cx),
            Action::RaiseNeed => return self.raise_need(cx),
            Action::Undo => return self.undo_same(),
            Action::NotAMember => return self.not_a_member(),
            Action::EditTopic => {
                let Some(view) = &self.view else { return Vec::new() };
                return vec![forms::topic(self.group, view)];
            }
            _ => {}
        }
        Vec::new()
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        if self.writing.is_some() {
            return text.chars().flat_map(|c| self.apply(EditorCommand::InsertChar(c), cx)).collect();
        }
        if self.view.is_none() {
            return Vec::new();
        }
        text.chars().next().map_or_else(Vec::new, |typed| self.digit(typed, cx))
    }

    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        if self.writing.is_some() {
            return self.apply(EditorCommand::InsertText(text.to_owned()), cx);
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, _cx: &Cx) -> Vec<Step> {
        let Some(row) = session_view::hit(self, at, area).filter(|_| self.writing.is_none()) else {
            return Vec::new();
        };
        let again = self.at == row;
        self.at = row;
        if again { self.write() } else { Vec::new() }
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        if !self.slip.is_empty() {
            self.slip.clear();
            return Some(Vec::new());
        }
        self.writing.take().map(|_| Vec::new())
    }

    fn leaves(&self, _cx: &Cx) -> Option<&'static str> {
        self.writing.is_none().then_some("back, all stays")
    }

    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        self.writing = None;
        let unsaved = self.unsaved_all().into_iter();
        let mut steps: Vec<Step> = unsaved.map(|save| Step::Ask(DocAsk::Save(save).into())).collect();
        if self.view.as_ref().is_some_and(|view| view.shared != self.shared()) {
            let (group, session, shared) = (self.group, self.number(), self.shared().to_owned());
            steps.push(Step::Ask(Command::from(GroupAsk::Keep { group, session, shared })));
        }
        steps
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::DraftSaved { client, number, edits, .. } => {
                let part = self.parts.iter_mut().find(|one| (one.client, one.number) == (*client, *number));
                if let Some(part) = part {
                    part.saved = part.saved.max(*edits);
                }
                if self.unsaved().is_some() { vec![Step::Unsaved] } else { Vec::new() }
            }
            Answer::Group(GroupAnswer::Session(view)) => {
                self.take(view);
                if view.said.is_empty() {
                    return Vec::new();
                }
                self.checked = None;
                vec![Step::Say(view.said.clone()), Step::Refresh]
            }
            Answer::Group(GroupAnswer::Marked(member)) => {
                self.took(member);
                Vec::new()
            }
            Answer::Group(GroupAnswer::Checked(checked)) => {
                self.checked = Some(checked.clone());
                self.show_first_doubt(checked);
                signing::ask(self, checked, cx)
            }
            Answer::Group(GroupAnswer::Ended(said)) => {
                // Nothing of it is left on the screen, so nothing is saved on the way out.
                (self.view, self.checked) = (None, None);
                self.parts.clear();
                vec![Step::Close, Step::Say(said.clone()), Step::Refresh]
            }
            _ => Vec::new(),
        }
    }

    /// A mark that was refused is not so: what is so is asked for again. A session that cannot be begun is closed.
    fn failed(&mut self, _fault: &Fault, cx: &Cx) -> Vec<Step> {
        if self.view.is_none() {
            return vec![Step::Close];
        }
        if std::mem::take(&mut self.asked) > 0 { self.begin(cx) } else { Vec::new() }
    }

    fn unsaved(&self) -> Option<DraftSave> {
        self.parts.iter().find(|part| part.edits > part.saved).map(Part::save)
    }

    fn unsaved_all(&self) -> Vec<DraftSave> {
        self.parts.iter().filter(|part| part.edits > part.saved).map(Part::save).collect()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        session_view::draw(self, frame, area, cx);
    }
}

impl GroupSessionScreen {
    /// The highlight goes to what is in doubt first.
    fn show_first_doubt(&mut self, checked: &GroupChecked) {
        if !checked.shared.is_empty() {
            self.at = 0;
            return;
        }
        let doubt =
            checked.lines.iter().find(|line| line.becomes == Becomes::Draft && !line.found.is_empty());
        let at = doubt
            .and_then(|line| self.members().iter().position(|member| member.entry.client == line.client));
        if let Some(at) = at {
            self.at = at + 1;
        }
    }

    /// Signs what is ready.
    pub(super) fn sign(&self, beyond: String, passphrase: crate::service::api::Secret) -> Vec<Step> {
        let signing = Box::new(GroupSigning { beyond, ..self.signing() });
        vec![Step::Ask(GroupAsk::Sign { signing, passphrase }.into())]
    }
}

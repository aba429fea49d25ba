//! A group session in one pass: members marked down the left, each one's part on the right, the shared part once.
//!
//! Owns what is typed until the service has it. Each part is an ordinary draft in its member's chart; the shared part is in one's
//! own first part while it is written.

use super::{forms, session_view, signing};
use crate::domain::{
    ClientId, Date, GroupEntry, GroupId, Here, LineRef, NoteDraft, Number, Progress, Served,
};
use crate::service::api::{
    Answer, Becomes, Command, DocAsk, DraftBody, DraftSave, GroupAnswer, GroupAsk, GroupChecked, GroupMember,
    GroupSessionView, GroupSigning, Place,
};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Kind, Scope};
use crate::tui::editor::{Editor, EditorCommand};
use crate::tui::facts::{Clip, Cx};
use crate::tui::screen::{Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Header;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Section of a part that everybody's has in common.
pub(super) const SHARED: &str = "shared";
/// Section that a part has to have words in.
pub(super) const PART: &str = "part";

/// What a digit says in the highlighted row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    #[default]
    Here,
    TookPart,
    Progress,
}

/// One's own part of a member, as it is on the screen.
#[derive(Debug)]
pub(super) struct Part {
    pub client: ClientId,
    pub number: Number,
    pub note: NoteDraft,
    edits: u64,
    saved: u64,
}

impl Part {
    /// The words of a section.
    pub fn text(&self, key: &str) -> &str {
        self.note.sections.iter().find(|one| one.key == key).map_or("", |one| one.text.as_str())
    }

    fn put(&mut self, key: &str, text: &str) {
        if let Some(section) = self.note.sections.iter_mut().find(|one| one.key == key) {
            text.clone_into(&mut section.text);
        }
        self.edits += 1;
    }

    /// Whether it has the words it needs.
    pub fn is_written(&self) -> bool {
        !self.text(PART).trim().is_empty()
    }

    fn save(&self) -> DraftSave {
        let body = DraftBody::Note(self.note.clone());
        DraftSave { client: self.client, number: self.number, edits: self.edits, body }
    }
}

/// Where the keys write.
#[derive(Debug)]
pub(super) struct Writing {
    /// Whose part; `None` = the shared one.
    pub client: Option<ClientId>,
    /// Which section.
    pub key: String,
    pub editor: Editor,
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.editor.wipe();
    }
}

/// A group session.
#[derive(Debug)]
pub struct GroupSessionScreen {
    group: GroupId,
    date: Date,
    pub(super) view: Option<Box<GroupSessionView>>,
    /// 0 = the shared part, then the members.
    pub(super) at: usize,
    pub(super) column: Column,
    pub(super) parts: Vec<Part>,
    pub(super) writing: Option<Writing>,
    pub(super) checked: Option<Box<GroupChecked>>,
    /// Marks that are not answered yet.
    asked: usize,
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
            asked: 0,
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

    fn part_mut(&mut self, client: ClientId) -> Option<&mut Part> {
        self.parts.iter_mut().find(|part| part.client == client)
    }

    fn number(&self) -> Number {
        self.view.as_ref().map_or(0, |view| view.session.number)
    }

    /// The part that holds the shared words while they are written: the first that has some, else the first.
    fn carrier(&self) -> Option<&Part> {
        self.parts.iter().find(|part| !part.text(SHARED).trim().is_empty()).or_else(|| self.parts.first())
    }

    /// The shared part as it is on the screen.
    pub(super) fn shared(&self) -> &str {
        let carried = self.carrier().map_or("", |part| part.text(SHARED));
        let kept = self.view.as_ref().map_or("", |view| view.shared.as_str());
        if carried.trim().is_empty() { kept } else { carried }
    }

    /// Whether a digit in this column has something to say of a member.
    fn takes(&self, member: &GroupMember, column: Column) -> bool {
        match column {
            Column::Here => member.entry.note == 0,
            Column::TookPart => member.entry.here.came() && member.entry.note == 0,
            Column::Progress => {
                self.part_of(member.entry.client).is_some_and(|part| !part.note.lines.is_empty())
            }
        }
    }

    /// The cursor goes down by itself; behind the last member it goes to the top of the next column.
    fn go_on(&mut self) {
        let next = |from: usize, column| {
            (from..=self.members().len())
                .find(|at| at.checked_sub(1).is_some_and(|at| self.takes(&self.members()[at], column)))
        };
        if let Some(at) = next(self.at + 1, self.column) {
            self.at = at;
            return;
        }
        let column = match self.column {
            Column::Here => Column::TookPart,
            Column::TookPart | Column::Progress => Column::Progress,
        };
        let first = next(1, column).filter(|_| column != self.column);
        if let Some(at) = first {
            (self.at, self.column) = (at, column);
        }
    }

    /// A digit, or the sign that takes a mark back.
    fn digit(&mut self, typed: char, cx: &Cx) -> Vec<Step> {
        let Some(member) = self.here() else { return Vec::new() };
        let digit = typed.to_digit(10).filter(|digit| (1..=5).contains(digit)).unwrap_or(0) as usize;
        if digit == 0 && typed != '-' {
            return Vec::new();
        }
        let (entry, client) = (member.entry.clone(), member.entry.client);
        let name = cx.listed(&member.name).into_owned();
        if !self.takes(member, self.column) {
            let why = match self.column {
                Column::Here => "The note of this member is signed. Amend it in their chart.",
                Column::TookPart => "Say first that they were there.",
                Column::Progress => "This part works on no objective yet. [key:link-part] links one.",
            };
            return vec![Step::Say(why.to_owned())];
        }
        match self.column {
            Column::Here => {
                let here = if digit == 0 { Here::NotMarked } else { Here::ALL[digit - 1] };
                let entry = GroupEntry { here, ..entry };
                match here {
                    Here::Late | Here::LeftEarly => {
                        let minutes = self.view.as_ref().map_or(0, |view| view.session.minutes);
                        vec![forms::minutes((self.group, self.number()), entry, &name, minutes)]
                    }
                    Here::Excused => vec![forms::excused((self.group, self.number()), entry, &name)],
                    _ => self.mark(entry),
                }
            }
            Column::TookPart => self.mark(GroupEntry { took_part: digit as u8, ..entry }),
            Column::Progress => {
                let progress = if digit == 0 { Progress::Unsaid } else { Progress::ALL[digit - 1] };
                if let Some(part) = self.part_mut(client)
                    && let Some(line) = part.note.lines.first_mut()
                {
                    line.progress = progress;
                    part.edits += 1;
                }
                self.go_on();
                vec![Step::Unsaved]
            }
        }
    }

    /// Marks a member: shown at once, written by the service.
    fn mark(&mut self, mut entry: GroupEntry) -> Vec<Step> {
        if entry.here != Here::Late {
            entry.late = 0;
        }
        if entry.here != Here::LeftEarly {
            entry.left = 0;
        }
        if entry.here != Here::Excused {
            entry.reason.clear();
        }
        if !entry.here.came() {
            entry.took_part = 0;
        }
        let (group, session) = (self.group, self.number());
        if let Some(member) = self.member_mut(entry.client) {
            member.entry = entry.clone();
        }
        if let Some(at) = self.members().iter().position(|one| one.entry.client == entry.client) {
            self.at = at + 1;
        }
        self.asked += 1;
        self.checked = None;
        self.go_on();
        vec![Step::Ask(GroupAsk::Mark { group, session, entry }.into())]
    }

    fn member_mut(&mut self, client: ClientId) -> Option<&mut GroupMember> {
        self.view.as_mut()?.members.iter_mut().find(|one| one.entry.client == client)
    }

    /// Links a part with these lines; what was said of them stays.
    pub(super) fn link(&mut self, client: ClientId, lines: &[LineRef]) -> Vec<Step> {
        let Some(part) = self.part_mut(client) else { return Vec::new() };
        let before = std::mem::take(&mut part.note.lines);
        let of = |line: &LineRef| {
            let kept = before.iter().find(|served| served.line == *line).cloned();
            kept.unwrap_or_else(|| Served { line: *line, ..Served::default() })
        };
        part.note.lines = lines.iter().map(of).collect();
        part.edits += 1;
        let ask_why = part.note.lines.is_empty();
        let why = part.note.serves_nothing.clone();
        let mut steps = vec![Step::Unsaved];
        if ask_why {
            steps.push(forms::serves_nothing(client, &why));
        }
        steps
    }

    pub(super) fn no_line(&mut self, client: ClientId, why: String) -> Vec<Step> {
        let Some(part) = self.part_mut(client) else { return Vec::new() };
        part.note.serves_nothing = why;
        part.edits += 1;
        vec![Step::Unsaved]
    }

    fn link_part(&self, cx: &Cx) -> Vec<Step> {
        let Some(member) = self.here() else { return Vec::new() };
        let client = member.entry.client;
        let Some(part) = self.part_of(client) else {
            return vec![Step::Say("Say first that they were there; then their part can be linked.".to_owned())];
        };
        if member.objectives.is_empty() {
            return vec![forms::serves_nothing(client, &part.note.serves_nothing)];
        }
        let served: Vec<LineRef> = part.note.lines.iter().map(|one| one.line).collect();
        vec![forms::works_on(client, &member.objectives, &served, &cx.listed(&member.name))]
    }

    /// Goes into a text: the highlighted member's part, or the shared one.
    fn write(&mut self) -> Vec<Step> {
        if self.at == 0 {
            if self.parts.is_empty() {
                let why = "Say first who was there: the shared part is written into their parts.";
                return vec![Step::Say(why.to_owned())];
            }
            let text = self.shared().to_owned();
            return self.into_text(None, SHARED, &text);
        }
        let Some(member) = self.here() else { return Vec::new() };
        let (client, signed) = (member.entry.client, member.entry.note > 0);
        match self.part_of(client).map(|part| part.text(PART).to_owned()) {
            Some(text) => self.into_text(Some(client), PART, &text),
            None if signed => vec![Step::Say("This part is signed. It can be amended in the chart.".to_owned())],
            None => vec![Step::Say("Say first that they were there; whoever was not has no part.".to_owned())],
        }
    }

    fn into_text(&mut self, client: Option<ClientId>, key: &str, text: &str) -> Vec<Step> {
        let mut editor = Editor::new(text);
        editor.apply(EditorCommand::Move(crate::tui::editor::Motion::TextEnd));
        self.writing = Some(Writing { client, key: key.to_owned(), editor });
        self.checked = None;
        Vec::new()
    }

    /// What was typed goes into its part at each key, so that a save finds it there.
    fn typed(&mut self) -> Vec<Step> {
        let Some(writing) = &self.writing else { return Vec::new() };
        let (text, key) = (writing.editor.text(), writing.key.clone());
        let client = writing.client.or_else(|| self.carrier().map(|part| part.client));
        if let Some(part) = client.and_then(|client| self.part_mut(client)) {
            part.put(&key, &text);
        }
        vec![Step::Unsaved]
    }

    fn apply(&mut self, command: EditorCommand, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.editor.at_time(cx.now.moment.0);
        writing.editor.set_clipboard(cx.clip.text());
        let effect = writing.editor.apply(command);
        let mut steps = if effect.changed { self.typed() } else { Vec::new() };
        if let Some(text) = effect.clipboard {
            steps.push(Step::Clip(Clip::of(&text)));
        }
        steps
    }

    /// The next section; behind the last one the next part without words; behind the last of those the list.
    fn next_text(&mut self) -> Vec<Step> {
        let Some(writing) = self.writing.take() else { return Vec::new() };
        let client = writing.client;
        if let Some(part) = client.and_then(|client| self.part_of(client)) {
            let own: Vec<&str> =
                part.note.sections.iter().map(|one| one.key.as_str()).filter(|key| *key != SHARED).collect();
            let next = own.iter().position(|key| *key == writing.key).and_then(|at| own.get(at + 1));
            if let Some((key, text)) = next.map(|key| ((*key).to_owned(), part.text(key).to_owned())) {
                return self.into_text(client, &key, &text);
            }
        }
        self.next_unwritten(true)
    }

    /// To the next member whose part has no words yet, behind the highlighted one first.
    fn next_unwritten(&mut self, into: bool) -> Vec<Step> {
        let count = self.members().len();
        let open = |at: &usize| {
            let member = &self.members()[*at];
            self.part_of(member.entry.client).is_some_and(|part| !part.is_written())
        };
        let next = (self.at..count).chain(0..self.at.min(count)).find(open);
        match next {
            Some(at) => {
                self.at = at + 1;
                if into { self.write() } else { Vec::new() }
            }
            None => vec![Step::Say("Every part has words. [key:sign] signs them.".to_owned())],
        }
    }

    fn back_text(&mut self) -> Vec<Step> {
        let Some(writing) = self.writing.take() else { return Vec::new() };
        if writing.key != PART && writing.key != SHARED {
            return self.write();
        }
        self.at = self.at.saturating_sub(1);
        if self.at > 0 && self.here().is_some_and(|one| self.part_of(one.entry.client).is_some()) {
            return self.write();
        }
        Vec::new()
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
            Some(found) => vec![forms::somebody_else(self.group, self.number(), client, &found.words)],
            None => vec![Step::Say("No name was found in this part.".to_owned())],
        }
    }

    fn take(&mut self, view: &GroupSessionView) {
        let mut parts = Vec::new();
        for member in &view.members {
            let Some(part) = member.part.as_ref().filter(|part| part.by.is_none()) else { continue };
            let client = member.entry.client;
            let kept = self.parts.iter().position(|one| one.client == client && one.number == part.number);
            match kept.map(|at| self.parts.swap_remove(at)).filter(|one| one.edits > one.saved) {
                Some(unsaved) => parts.push(unsaved),
                None => parts.push(Part {
                    client,
                    number: part.number,
                    note: part.note.clone(),
                    edits: 0,
                    saved: 0,
                }),
            }
        }
        self.parts = parts;
        self.at = self.at.min(view.members.len());
        self.view = Some(Box::new(view.clone()));
        let gone = |writing: &Writing| writing.client.is_some_and(|one| self.part_of(one).is_none());
        if self.writing.as_ref().is_some_and(gone) {
            self.writing = None;
        }
    }

    fn took(&mut self, marked: &GroupMember) {
        // One that was asked in a window is not on the screen yet.
        let in_a_window = self.asked == 0;
        self.asked = self.asked.saturating_sub(1);
        let client = marked.entry.client;
        let own = marked.part.as_ref().filter(|part| part.by.is_none());
        match own {
            None => self.parts.retain(|part| part.client != client),
            Some(part) if self.part_of(client).is_none_or(|known| known.number != part.number) => {
                self.parts.retain(|part| part.client != client);
                let (number, note) = (part.number, part.note.clone());
                self.parts.push(Part { client, number, note, edits: 0, saved: 0 });
                let order: Vec<ClientId> = self.members().iter().map(|one| one.entry.client).collect();
                self.parts.sort_by_key(|part| order.iter().position(|one| *one == part.client));
            }
            Some(_) => {}
        }
        let last = self.asked == 0;
        if let Some(member) = self.member_mut(client) {
            let entry = if last { marked.entry.clone() } else { member.entry.clone() };
            *member = GroupMember { entry, ..marked.clone() };
        }
        if last && let Some(view) = &mut self.view {
            let entries = view.members.iter().map(|member| member.entry.clone()).collect();
            view.session.entries = entries;
        }
        if in_a_window {
            self.checked = None;
            self.go_on();
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
            left: vec![
                (format!("GROUP  {}", view.name), Role::Now),
                (words, Role::Normal),
            ],
            keep: 1,
            right: format!("with {}", view.facilitators.join(" and ")),
        }
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(GroupAsk::Begin { group: self.group, date: self.date }.into())]
    }

    fn claims(&self, action: Action) -> bool {
        self.writing.is_some() && matches!(action, Action::Undo | Action::Redo)
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        match action {
            // The acts of a note have nothing to act on here.
            _ if self.writing.is_some() => {
                action == Action::Sign
                    || matches!(action.kind(), Kind::Text | Kind::System)
                    || matches!(action, Action::Undo | Action::Redo)
            }
            Action::NotAMember => self.checked.is_some(),
            Action::LinkPart => self.here().is_some(),
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
                Action::NextLeaf | Action::NextSection | Action::NextField => self.next_text(),
                Action::PrevLeaf | Action::PrevSection | Action::PrevField => self.back_text(),
                other => EditorCommand::of(other).map_or_else(Vec::new, |command| self.apply(command, cx)),
            };
        }
        let last = self.members().len();
        match action {
            Action::Up => self.at = self.at.saturating_sub(1),
            Action::Down => self.at = (self.at + 1).min(last),
            Action::First | Action::PageUp => self.at = 0,
            Action::Last | Action::PageDown => self.at = last,
            Action::Right => {
                self.column = match self.column {
                    Column::Here => Column::TookPart,
                    _ => Column::Progress,
                };
            }
            Action::Left => {
                self.column = match self.column {
                    Column::Progress => Column::TookPart,
                    _ => Column::Here,
                };
            }
            Action::NextLeaf => return self.next_unwritten(false),
            Action::Open => return self.write(),
            Action::Sign => return self.check(),
            Action::LinkPart => return self.link_part(cx),
            Action::NotAMember => return self.not_a_member(),
            Action::EditTopic => {
                let Some(view) = &self.view else { return Vec::new() };
                let session = &view.session;
                return vec![forms::topic(self.group, session.number, &session.topic, &session.facilitators)];
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
                self.to_first_doubt(checked);
                signing::ask(self, checked, cx)
            }
            Answer::Group(GroupAnswer::Group(view)) => vec![Step::Close, Step::Say(view.said.clone())],
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
    fn to_first_doubt(&mut self, checked: &GroupChecked) {
        if !checked.shared.is_empty() {
            self.at = 0;
            return;
        }
        let doubt = checked.lines.iter().find(|line| line.becomes == Becomes::Draft && !line.found.is_empty());
        let at = doubt.and_then(|line| {
            self.members().iter().position(|member| member.entry.client == line.client)
        });
        if let Some(at) = at {
            self.at = at + 1;
        }
    }

    /// Signs what is ready.
    pub(super) fn sign(
        &self,
        beyond: String,
        passphrase: crate::service::api::Secret,
    ) -> Vec<Step> {
        let signing = Box::new(GroupSigning { beyond, ..self.signing() });
        vec![Step::Ask(GroupAsk::Sign { signing, passphrase }.into())]
    }
}

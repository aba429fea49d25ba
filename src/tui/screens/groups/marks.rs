//! Digits: what became of members, how they took part, how far they have come; and what their parts work on.

use super::forms;
use super::part::Column;
use super::session::GroupSessionScreen;
use crate::domain::{ClientId, GroupEntry, Here, LineRef, Progress, Served};
use crate::service::api::{DocAsk, GroupAsk, GroupMember};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

impl GroupSessionScreen {
    /// Whether a digit in this column has something to say of a member.
    pub(super) fn takes(&self, member: &GroupMember, column: Column) -> bool {
        match column {
            Column::Here => member.entry.note == 0,
            Column::TookPart => member.entry.here.came() && member.entry.note == 0,
            Column::Slip => member.entry.here.came(),
            Column::Progress => {
                self.part_of(member.entry.client).is_some_and(|part| !part.note.lines.is_empty())
            }
        }
    }

    /// The cursor goes down by itself; behind the last member it goes to the top of the next column.
    pub(super) fn go_on(&mut self) {
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
            Column::Slip => Column::Slip,
        };
        let first = next(1, column).filter(|_| column != self.column);
        if let Some(at) = first {
            (self.at, self.column) = (at, column);
        }
    }

    /// A digit, or the sign that takes a mark back.
    pub(super) fn digit(&mut self, typed: char, cx: &Cx) -> Vec<Step> {
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
                Column::TookPart | Column::Slip => "Say first that they were there.",
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
            Column::Slip => self.slip_digit(client, digit, &name),
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
    pub(super) fn mark(&mut self, mut entry: GroupEntry) -> Vec<Step> {
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
        // A part that goes may hold what was typed of the shared part: the service takes that over, so it has to have it.
        let goes = self.part_of(entry.client).filter(|part| !entry.here.came() && part.edits > part.saved);
        let mut steps: Vec<Step> =
            goes.map(|part| Step::Ask(DocAsk::Save(part.save()).into())).into_iter().collect();
        if let Some(member) = self.member_mut(entry.client) {
            member.entry = entry.clone();
        }
        if let Some(at) = self.members().iter().position(|one| one.entry.client == entry.client) {
            self.at = at + 1;
        }
        self.asked += 1;
        self.checked = None;
        self.same.clear();
        self.go_on();
        steps.push(Step::Ask(GroupAsk::Mark { group, session, entry }.into()));
        steps
    }

    pub(super) fn member_mut(&mut self, client: ClientId) -> Option<&mut GroupMember> {
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

    pub(super) fn link_part(&self, cx: &Cx) -> Vec<Step> {
        let Some(member) = self.here() else { return Vec::new() };
        let client = member.entry.client;
        let Some(part) = self.part_of(client) else {
            return vec![Step::Say(
                "Say first that they were there; then their part can be linked.".to_owned(),
            )];
        };
        if member.objectives.is_empty() {
            return vec![forms::serves_nothing(client, &part.note.serves_nothing)];
        }
        let served: Vec<LineRef> = part.note.lines.iter().map(|one| one.line).collect();
        vec![forms::works_on(client, &member.objectives, &served, &cx.listed(&member.name))]
    }
}

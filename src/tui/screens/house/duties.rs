//! What a member of staff carries: their people, what is open with each, and handing them to a colleague.

use super::{key, of_key};
use crate::domain::{ClientId, StaffId, counted};
use crate::rules::when;
use crate::service::api::{Answer, Command, Duties, DutyLine, HouseAnswer, HouseAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;
use std::collections::BTreeSet;

#[derive(Debug)]
pub struct DutiesScreen {
    staff: StaffId,
    duties: Option<Box<Duties>>,
    marked: BTreeSet<ClientId>,
    list: List,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Mark,
    Person,
    Record,
    Program,
    Part,
    Open,
}

fn columns() -> [Column<Col>; 6] {
    [
        Column::left(Col::Mark, "", 1),
        Column::left(Col::Person, "Person", 20),
        Column::left(Col::Record, "Record", 8),
        Column::left(Col::Program, "Program", 16),
        Column::left(Col::Part, "As", 9),
        Column::left(Col::Open, "Open", 0),
    ]
}

/// The lines of a caseload; none before it is here.
fn lines(duties: Option<&Duties>) -> &[DutyLine] {
    duties.map_or(&[], |duties| &duties.lines)
}

/// What the lines are found by.
fn texts(lines: &[DutyLine]) -> impl Iterator<Item = [&str; 3]> {
    lines.iter().map(|line| [&*line.name, &*line.record_no, &*line.program])
}

impl DutiesScreen {
    /// Of this member of staff.
    pub fn of(staff: StaffId) -> Self {
        Self { staff, duties: None, marked: BTreeSet::new(), list: List::default() }
    }

    /// The lines that what was typed leaves.
    fn shown(&self) -> Vec<&DutyLine> {
        let all = lines(self.duties.as_deref());
        self.list.shown(texts(all)).into_iter().map(|at| &all[at]).collect()
    }

    fn takers(&self) -> &[(StaffId, String)] {
        self.duties.as_ref().map_or(&[], |duties| &duties.takers)
    }

    /// Asked before anything is written: no key takes a hand-over back.
    fn ask_first(&self, to: &str) -> Option<Step> {
        let to = of_key(to, self.takers().iter().map(|(id, _)| id))?;
        let clients: Vec<ClientId> = self.marked.iter().copied().collect();
        let name = &self.takers().iter().find(|(id, _)| *id == to)?.1;
        let from = &self.duties.as_ref()?.name;
        let who = counted(clients.len(), "person goes", "people go");
        let yes = if clients.len() == 1 { "hand the person over" } else { "hand them over" };
        let lines = vec![
            format!("{who} from {from} to {name}."),
            "Undo does not bring this back. You would have to hand them over again.".to_owned(),
        ];
        let from = self.staff;
        let hand_over = move |_: &Cx| {
            let ask = HouseAsk::HandOver { from, to, clients: clients.clone() };
            vec![Step::Ask(Command::House(ask))]
        };
        Some(Question::confirm("Hand over?", lines, yes, hand_over).open())
    }

    /// Who can be handed over: a draft stays its author's.
    fn can_go(line: &DutyLine) -> bool {
        line.counselor || line.program.trim() != ""
    }

    fn mark(&mut self) {
        let shown = self.shown();
        let last = shown.len().saturating_sub(1);
        let here = shown.get(self.list.cursor.at).filter(|line| Self::can_go(line));
        let Some(client) = here.map(|line| line.client) else { return };
        if !self.marked.remove(&client) {
            self.marked.insert(client);
        }
        self.list.cursor.at = (self.list.cursor.at + 1).min(last);
    }

    /// All of those in sight, or none of them.
    fn mark_all(&mut self) {
        let all: BTreeSet<ClientId> =
            self.shown().into_iter().filter(|line| Self::can_go(line)).map(|line| line.client).collect();
        if all.is_subset(&self.marked) {
            self.marked.retain(|client| !all.contains(client));
        } else {
            self.marked.extend(all);
        }
    }

    fn hand_over(&self, cx: &Cx) -> Vec<Step> {
        if self.marked.is_empty() {
            let key = cx.key(Action::MarkAll, Scope::Duties);
            return vec![Step::Say(format!(
                "Nobody is marked yet. Press Enter to mark a person, {key} to mark everyone."
            ))];
        }
        let items: Vec<Item> =
            self.takers().iter().map(|(id, name)| Item::new(key(*id), name.clone(), "")).collect();
        if items.is_empty() {
            return vec![Step::Warn("There is no other counselor who can sign in.".to_owned())];
        }
        let title = format!("Hand {} to", counted(self.marked.len(), "person", "people"));
        let ask = |to: &str, _: &Cx| {
            let to = to.to_owned();
            vec![Tell::to(move |screen: &mut Self, _| screen.ask_first(&to).into_iter().collect())]
        };
        vec![Question::pick(title, items, ask).open()]
    }

    /// Below the count of marks, which has the first line, as the find line has.
    fn rows(area: Rect) -> Rect {
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    }
}

/// What is open with a person, in a few words.
fn open(line: &DutyLine) -> String {
    let mut parts = Vec::new();
    if line.needs > 0 {
        parts.push("NOW".to_owned());
    }
    if line.drafts > 0 {
        parts.push(counted(line.drafts, "draft", "drafts"));
    }
    if line.review_over > 0 {
        parts.push(format!("review {}", when::due_in(-line.review_over)));
    }
    parts.join(", ")
}

impl View for DutiesScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Duties)
    }

    fn header(&self, cx: &Cx) -> Header {
        let name = self.duties.as_ref().map_or_else(String::new, |duties| {
            let gone = if duties.active { "" } else { ", who left" };
            format!("Caseload of {}{gone}", duties.name)
        });
        Header::desk(cx, vec![(name, Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(Command::House(HouseAsk::Duties(self.staff)))]
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.list.act(action, texts(lines(self.duties.as_deref())), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::Open | Action::MarkPerson => self.mark(),
            Action::MarkAll => self.mark_all(),
            Action::HandOver => return self.hand_over(cx),
            _ => {}
        }
        Vec::new()
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        match action {
            Action::MarkPerson | Action::MarkAll => !lines(self.duties.as_deref()).is_empty(),
            Action::HandOver => !self.marked.is_empty(),
            _ => true,
        }
    }

    fn click(&mut self, at: Position, area: Rect, _cx: &Cx) -> Vec<Step> {
        let (columns, count) = (columns(), self.shown().len());
        let row = self.list.table(&columns, count).hit(at, Self::rows(area));
        if row.is_some_and(|row| self.list.clicked(row)) {
            self.mark();
        }
        Vec::new()
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        self.list.text(text);
        Vec::new()
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        self.list.back(texts(lines(self.duties.as_deref()))).then(Vec::new)
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        let Answer::House(HouseAnswer::Duties(duties)) = answer else { return Vec::new() };
        if duties.staff != self.staff {
            return Vec::new();
        }
        let here = self.shown().get(self.list.cursor.at).map(|line| line.client);
        let place = here.and_then(|here| duties.lines.iter().position(|line| line.client == here));
        self.duties = Some(duties.clone());
        self.list.put_on(place, texts(lines(self.duties.as_deref())));
        if duties.said.is_empty() {
            return Vec::new();
        }
        self.marked.clear();
        vec![Step::Say(duties.said.clone()), Step::Refresh]
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let Some(duties) = &self.duties else {
            empty(frame, area, &["One moment.".to_owned()], cx);
            return;
        };
        if duties.lines.is_empty() {
            let words = format!(
                "{} has no people and no drafts. This page lists those whom somebody counsels, to hand them to a \
                 colleague. Press Esc to go back.",
                duties.name
            );
            empty(frame, area, &[words], cx);
            return;
        }
        let words =
            format!(" {} of {} marked; drafts stay with their author", self.marked.len(), duties.lines.len());
        let first = Rect { height: 1, ..area };
        if self.list.is_narrowed() {
            self.list.draw_find(frame, first, cx);
        } else {
            frame.render_widget(Span::styled(words, cx.theme.style(Role::Dim)), first);
        }
        let shown = self.shown();
        if shown.is_empty() {
            empty(frame, Self::rows(area), &[NOTHING_FOUND.to_owned()], cx);
            return;
        }
        let cells = |at: usize, col| shown.get(at).map_or_else(Vec::new, |line| self.cell(line, col, cx));
        self.list.table(&columns(), shown.len()).draw(frame, Self::rows(area), cx, cells);
    }
}

impl DutiesScreen {
    fn cell(&self, line: &DutyLine, col: Col, cx: &Cx) -> Cell {
        let plain = |text: String| vec![Span::raw(text)];
        match col {
            Col::Mark => {
                plain(if self.marked.contains(&line.client) { "x".to_owned() } else { String::new() })
            }
            Col::Person => plain(cx.listed(&line.name).into_owned()),
            Col::Record => plain(line.record_no.clone()),
            Col::Program => plain(line.program.clone()),
            Col::Part => plain(
                match (line.counselor, Self::can_go(line)) {
                    (true, _) => "counselor",
                    (false, true) => "team",
                    (false, false) => "draft",
                }
                .to_owned(),
            ),
            Col::Open => {
                let role = if line.needs > 0 { Role::TierNow } else { Role::Normal };
                vec![Span::styled(open(line), cx.theme.style(role))]
            }
        }
    }
}

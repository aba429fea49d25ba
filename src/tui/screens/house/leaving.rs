//! Leaving or away: everything one member of staff holds on one page, passed on kind by kind, and what is left of it.
//!
//! Owns the question who gets it and the batches that follow one another; what can go and what it writes is the service's.

use super::duties::DutiesScreen;
use super::leaving_words::{amount, goes, label, state, why};
use super::{key, of_key};
use crate::domain::{StaffId, counted};
use crate::rules::when::{self, Lean};
use crate::service::api::{
    Absence, Answer, Command, Holding, HoldingLine, Holdings, HouseAnswer, HouseAsk, PassOn, Taker,
};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell, View};
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::table::{Cell, Column, Table};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// From this height on there are empty lines between the parts.
const ROOMY: u16 = 18;

/// The page of one member of staff.
#[derive(Debug)]
pub struct LeavingScreen {
    staff: StaffId,
    absence: Option<Absence>,
    holdings: Option<Box<Holdings>>,
    cursor: Cursor,
    /// What is being passed on, batch after batch, and how many went so far.
    going: Option<(PassOn, usize)>,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    What,
    Left,
    State,
}

fn columns() -> [Column<Col>; 3] {
    [
        Column::left(Col::What, "What", 25),
        Column::right(Col::Left, "Left", 4),
        Column::left(Col::State, "", 0),
    ]
}

/// The key of whoever counsels the person.
const THEIR_OWN: &str = "own";

fn ask(ask: HouseAsk) -> Step {
    Step::Ask(Command::House(ask))
}

impl LeavingScreen {
    /// Of somebody who works here: for how long they are gone is asked first.
    pub fn of(staff: StaffId) -> Self {
        Self { staff, absence: None, holdings: None, cursor: Cursor::default(), going: None }
    }

    /// Of somebody who left.
    pub fn gone(staff: StaffId, cx: &Cx) -> Self {
        Self { absence: Some(Absence { from: cx.today(), until: None }), ..Self::of(staff) }
    }

    /// The step that asks whose page is to be opened, and opens it.
    pub fn ask_who(cx: &Cx) -> Step {
        let items = cx.colleagues().iter().map(|(id, name)| Item::new(key(*id), name.clone(), "")).collect();
        Question::pick("Who leaves or is away?", items, move |chosen, cx| {
            let open = |id| Step::Push(Box::new(Self::of(id)) as Box<dyn View>);
            of_key(chosen, cx.colleagues().iter().map(|(id, _)| id)).map(open).into_iter().collect()
        })
        .open()
    }

    /// Leaving or away, and from when until when.
    fn ask_days(&self, cx: &Cx) -> Step {
        let items = vec![
            Item::new("away", "away for a time", "comes back; somebody stands in"),
            Item::new("leaving", "leaving for good", "everything goes to colleagues"),
        ];
        let chosen = match self.absence {
            Some(absence) if absence.is_for_good() => "leaving",
            Some(_) => "away",
            None => "",
        };
        let from = self.absence.map_or(cx.today(), |absence| absence.from);
        let until = self.absence.and_then(|absence| absence.until);
        let fields = vec![
            Field::choice("how", "Is", items, chosen).required(),
            Field::date("from", "First day", Some(from), Lean::Future).hint("T, mon, 4/25/26").required(),
            Field::date("until", "Last day", until, Lean::Future).hint("T+2w; empty if leaving"),
        ];
        let staff = self.staff;
        let title = format!("Leaving or away: {}", cx.staff_name(self.staff));
        Question::form(title, Form::new("Show it", fields), move |form, cx| {
            let absence = read_days(form, cx)?;
            let take = Tell::to(move |screen: &mut Self, _| {
                screen.absence = Some(absence);
                vec![Step::Absent(staff, absence)]
            });
            Ok(vec![take, ask(HouseAsk::Holdings { staff, absence })])
        })
        .lines(vec!["Nothing is passed on yet. You choose who gets what on the page.".to_owned()])
        .open()
    }

    fn line(&self) -> Option<&HoldingLine> {
        self.holdings.as_ref()?.lines.get(self.cursor.at)
    }

    /// Asks who gets what is of these kinds.
    fn pass_on(&self, what: &[Holding]) -> Vec<Step> {
        let (Some(holdings), Some(absence)) = (&self.holdings, self.absence) else { return Vec::new() };
        let goes: Vec<&HoldingLine> =
            holdings.lines.iter().filter(|line| what.contains(&line.what) && goes(line, holdings)).collect();
        if goes.is_empty() {
            return vec![Step::Say(self.line().map(|line| why(line, holdings)).unwrap_or_default())];
        }
        let what: Vec<Holding> = goes.iter().map(|line| line.what).collect();
        let what_goes = what.clone();
        let own = Item::new(THEIR_OWN, "whoever counsels the person now", "");
        let own = what.iter().all(|one| one.follows_people()).then_some(own);
        // Whoever can take all of it; where nobody can, whoever can take some.
        let takes_all = |taker: &&Taker| what.iter().all(|one| taker.can_take(*one));
        let takes_some = |taker: &&Taker| what.iter().any(|one| taker.can_take(*one));
        let mut takers: Vec<&Taker> = holdings.takers.iter().filter(takes_all).collect();
        if takers.is_empty() {
            takers = holdings.takers.iter().filter(takes_some).collect();
        }
        let takers = takers.into_iter().map(|taker| {
            let what = if taker.supervises { "supervisor" } else { "" };
            Item::new(key(taker.id), taker.name.clone(), what)
        });
        let items: Vec<Item> = own.into_iter().chain(takers).collect();
        if items.is_empty() {
            return vec![Step::Warn("There is no colleague who could take this and can sign in.".to_owned())];
        }
        let list: Vec<String> = goes.iter().map(|line| amount(line, absence)).collect();
        let staff: Vec<StaffId> = holdings.takers.iter().map(|taker| taker.id).collect();
        let base = PassOn { from: self.staff, absence, what, to: None, even_so: false };
        let form = Form::new("Pass on", vec![Field::choice("to", "To", items, "").required()]);
        let title = format!("Pass on from {}", holdings.name);
        let with = holdings.lines.iter().find(|line| line.what == Holding::Assessments && line.left > 0);
        let with = with.filter(|_| what_goes.contains(&Holding::People));
        let with =
            with.map_or_else(String::new, |line| format!(" With the people: {}.", amount(line, absence)));
        let lines = vec![
            format!("{}.{with}", list.join(", ")),
            "Undo does not bring this back. You would have to pass it on again.".to_owned(),
        ];
        let read = move |form: &mut Form, _: &Cx| {
            let to = match form.chosen("to") {
                THEIR_OWN => None,
                chosen => {
                    Some(of_key(chosen, &staff).ok_or_else(|| Wrong::new("to", "Choose a colleague."))?)
                }
            };
            let pass = PassOn { to, even_so: form.is_meant(), ..base.clone() };
            let going = pass.clone();
            let begin = Tell::to(move |screen: &mut Self, _| {
                screen.going = Some((going, 0));
                Vec::new()
            });
            Ok(vec![begin, ask(HouseAsk::PassOn(pass))])
        };
        vec![Question::form(title, form, read).lines(lines).open()]
    }

    /// A batch went: the next one, or the end.
    fn passed(&mut self) -> Vec<Step> {
        let Some(holdings) = &self.holdings else { return Vec::new() };
        let Some((pass, before)) = self.going.take() else { return vec![Step::Say(holdings.said.clone())] };
        let total = before + holdings.passed;
        if holdings.more {
            let said = format!("{total} passed on so far. Press Esc to stop after this batch.");
            let next = ask(HouseAsk::PassOn(pass.clone()));
            self.going = Some((pass, total));
            return vec![Step::Say(said), next];
        }
        let said = if before == 0 { holdings.said.clone() } else { format!("All {total} are passed on.") };
        vec![Step::Say(said), Step::Refresh]
    }

    /// The lines above the table.
    fn above(&self, width: u16) -> Vec<String> {
        let Some(holdings) = &self.holdings else { return Vec::new() };
        let day = |date: crate::domain::Date| when::day_month(date);
        let Absence { from, until } = holdings.absence;
        let is = match until {
            Some(until) => format!("{} is away from {} to {}.", holdings.name, day(from), day(until)),
            None => format!("{} leaves on {}.", holdings.name, day(from)),
        };
        let left: Vec<String> = holdings
            .lines
            .iter()
            .filter(|line| line.left > 0)
            .map(|line| amount(line, holdings.absence))
            .collect();
        let left =
            if left.is_empty() { nothing_left(holdings) } else { format!("Left: {}.", left.join(", ")) };
        window::wrapped(&[format!("{is} {left}")], usize::from(width).saturating_sub(2))
    }

    /// Above, table, below.
    fn layout(&self, area: Rect) -> [Rect; 3] {
        // On a low screen the sentence below needs the room of the empty lines.
        let gap = u16::from(area.height >= ROOMY);
        let above = (self.above(area.width).len() as u16 + gap).min(area.height);
        let table = Rect { y: area.y + above, height: area.height - above, ..area };
        let rows = (Holding::ALL.len() as u16 + 1).min(table.height);
        let below = Rect { y: table.y + rows, height: table.height - rows, ..area };
        [Rect { height: above, ..area }, Rect { height: rows, ..table }, below]
    }
}

/// Leaving or away as filled in.
fn read_days(form: &Form, cx: &Cx) -> Result<Absence, Wrong> {
    let from = form.date("from", cx.today()).ok_or_else(|| {
        Wrong::new("from", "\"First day\" is not a date. Type it like T, mon or 2026-04-12.")
    })?;
    if form.chosen("how") == "leaving" {
        return Ok(Absence { from, until: None });
    }
    let until = form
        .date("until", cx.today())
        .ok_or_else(|| Wrong::new("until", "Type the last day they are away, such as T+2w or 2026-04-12."))?;
    if until < from {
        return Err(Wrong::new("until", "The last day is before the first day. Change one of the two."));
    }
    Ok(Absence { from, until: Some(until) })
}

/// That everything has gone, and whether somebody who leaves for good can still sign in.
fn nothing_left(holdings: &Holdings) -> String {
    let words = match (holdings.absence.is_for_good(), holdings.active) {
        (false, _) => "Nothing is left.",
        (true, true) => "Nothing is left. They can sign in until an admin ends that, in the list of staff.",
        (true, false) => "Nothing is left, and they can no longer sign in.",
    };
    words.to_owned()
}

impl View for LeavingScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Leaving]
    }

    fn header(&self, cx: &Cx) -> Header {
        let name = self.holdings.as_ref().map_or(cx.staff_name(self.staff), |holdings| &holdings.name);
        let title = format!("Leaving or away: {name}");
        Header::desk(cx, vec![(title, Role::Focus)])
    }

    /// What was answered on this page before, since one signed in, is not asked again: a key changes it.
    fn begin(&mut self, cx: &Cx) -> Vec<Step> {
        self.absence = self.absence.or_else(|| cx.absence_of(self.staff));
        match self.absence {
            Some(absence) => vec![ask(HouseAsk::Holdings { staff: self.staff, absence })],
            None => vec![self.ask_days(cx)],
        }
    }

    /// One by one was done over it.
    fn hears(&mut self, news: &crate::tui::screen::News<'_>, _cx: &Cx) -> Vec<Step> {
        match (news, self.absence) {
            (crate::tui::screen::News::OnTop, Some(absence)) if self.going.is_none() => {
                vec![ask(HouseAsk::Holdings { staff: self.staff, absence })]
            }
            _ => Vec::new(),
        }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, Holding::ALL.len(), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::Open => {
                self.line().map(|line| line.what).map_or_else(Vec::new, |what| self.pass_on(&[what]))
            }
            Action::PassAllOn => self.pass_on(&Holding::ALL),
            Action::AbsenceDays => vec![self.ask_days(cx)],
            Action::ShowDuties => vec![Step::Push(Box::new(DutiesScreen::of(self.staff)))],
            _ => Vec::new(),
        }
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        let Some(holdings) = &self.holdings else { return action != Action::PassAllOn };
        match action {
            Action::Open => self.line().is_some_and(|line| goes(line, holdings)),
            Action::PassAllOn => holdings.lines.iter().any(|line| goes(line, holdings)),
            _ => true,
        }
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let columns = columns();
        let table =
            Table { columns: &columns, count: Holding::ALL.len(), cursor: self.cursor, highlighted: true };
        let Some(row) = table.hit(at, self.layout(area)[1]) else { return Vec::new() };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        if again { self.act(Action::Open, cx) } else { Vec::new() }
    }

    /// Esc while batches follow one another stops behind the one that is under way.
    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        let (_, passed) = self.going.take()?;
        Some(vec![Step::Say(format!("Stopped. {passed} are passed on, the rest is still theirs."))])
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        let Answer::House(HouseAnswer::Holdings(holdings)) = answer else { return Vec::new() };
        self.holdings = Some(holdings.clone());
        if holdings.said.is_empty() { Vec::new() } else { self.passed() }
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.going = None;
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let Some(holdings) = &self.holdings else {
            let key = cx.key(Action::AbsenceDays, Scope::Leaving);
            let how = format!("Press {key} to say whether they leave or are away.");
            empty(frame, area, &[if self.absence.is_some() { "One moment.".to_owned() } else { how }], cx);
            return;
        };
        let [above, rows, below] = self.layout(area);
        let lines = self.above(area.width).into_iter().map(|line| Line::from(format!(" {line}")));
        frame.render_widget(ratatui::text::Text::from(lines.collect::<Vec<_>>()), above);
        let columns = columns();
        let table =
            Table { columns: &columns, count: holdings.lines.len(), cursor: self.cursor, highlighted: true };
        let cells = |at: usize, col| {
            holdings.lines.get(at).map_or_else(Vec::new, |line| cell(line, holdings, col, cx))
        };
        table.draw(frame, rows, cx, cells);
        if let Some(line) = self.line() {
            let words = window::wrapped(&[why(line, holdings)], usize::from(area.width).saturating_sub(2));
            let gap = usize::from(words.len() < usize::from(below.height));
            let words =
                words.into_iter().map(|line| Line::styled(format!(" {line}"), cx.theme.style(Role::Dim)));
            let lines: Vec<Line<'_>> = std::iter::repeat_n(Line::default(), gap).chain(words).collect();
            frame.render_widget(ratatui::text::Text::from(lines), below);
        }
    }
}

fn cell(line: &HoldingLine, holdings: &Holdings, col: Col, cx: &Cx) -> Cell {
    let role = if line.left == 0 { Role::Dim } else { Role::Normal };
    match col {
        Col::What => vec![Span::styled(label(line.what, holdings.absence), cx.theme.style(role))],
        Col::Left => {
            let left = if line.left == 0 { "–".to_owned() } else { line.left.to_string() };
            vec![Span::styled(left, cx.theme.style(role))]
        }
        Col::State => {
            let mut spans = Vec::new();
            if line.what == Holding::People && holdings.needs > 0 {
                let needs = counted(holdings.needs, "NOW open", "NOW open");
                spans.push(Span::styled(format!("{needs}  "), cx.theme.style(Role::TierNow)));
            }
            spans.push(Span::styled(state(line, holdings), cx.theme.style(role)));
            spans
        }
    }
}

//! The walk through a plan that asks line by line: one digit answers a line and goes on to the next that was not asked yet.
//!
//! Owns which lines are asked. A line whose answer holds is passed; who goes to it and answers again is told what it replaces.

use super::rows::Row;
use super::view;
use crate::domain::{Assent, LineRef, Party};
use crate::rules::plan::AnyLine;
use crate::rules::plan::Plan as Tree;
use crate::rules::plan::agreed::{Standing, standing};
use crate::rules::plan::tree::{Node, Show};
use crate::rules::when::{self, Lean};
use crate::service::api::{Answered, ChartView, PlanAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::text;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// A walk: which lines are asked, and which is next.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    /// What the walk is about, as its title says it.
    scope: String,
    lines: Vec<LineRef>,
    at: usize,
    whose: Party,
    /// Lines answered here whose answer has not come back from the service.
    sent: Vec<LineRef>,
    /// An answer that would replace one that holds: the same key again records it.
    again: Option<Assent>,
}

impl Walk {
    /// Returns a walk over the lines that begin at a row: a line and all that is under it, a problem's goals and tasks, or the
    /// whole plan. It begins at the first line that was not asked as it reads now.
    pub(super) fn begin(row: Row, plan: &Tree) -> Option<Self> {
        let mut inside = None;
        let mut lines = Vec::new();
        for placed in plan.rows(Show::Plan) {
            // What is under a row is deeper than it, and ends where something is not.
            inside = inside.filter(|depth| placed.depth > *depth);
            let begins = match (row, placed.node) {
                (Row::Problem(number), Node::Problem(here)) => number == here,
                (Row::Line(name), Node::Line(here)) => name == here,
                _ => false,
            };
            if begins {
                inside = Some(placed.depth);
            }
            let Node::Line(name) = placed.node else { continue };
            let asked = row == Row::Wants || inside.is_some();
            if asked && plan.line(name).is_some_and(|line| plan.counts(line)) {
                lines.push(name);
            }
        }
        let scope = match (row, lines.as_slice()) {
            (Row::Line(name), [only]) if name == *only => name.to_string(),
            (Row::Line(name), _) => format!("{name} and what is under it"),
            (Row::Problem(number), _) => format!("P{number} and what is under it"),
            _ => "the whole plan".to_owned(),
        };
        let (at, whose, sent, again) = (0, Party::Client, Vec::new(), None);
        let mut walk = (!lines.is_empty()).then_some(Self { scope, lines, at, whose, sent, again })?;
        walk.at = (0..walk.lines.len()).find(|at| walk.is_open(*at, plan)).unwrap_or(0);
        Some(walk)
    }

    /// The line that is asked.
    pub(super) fn line(&self) -> Option<LineRef> {
        self.lines.get(self.at).copied()
    }

    fn standing<'a>(&self, name: LineRef, plan: &'a Tree) -> Standing<'a> {
        let terms = plan.line(name).map(AnyLine::terms);
        terms.map(|terms| standing(&plan.agreements, name, &self.whose, &terms)).unwrap_or_default()
    }

    /// Whether a line is still to be asked: nothing was answered to what it says now.
    fn is_open(&self, at: usize, plan: &Tree) -> bool {
        let open = |name: LineRef| !self.sent.contains(&name) && self.standing(name, plan).is_open();
        self.lines.get(at).is_some_and(|name| open(*name))
    }

    /// Goes to the line below, or above, whether it was asked or not; false if there is none.
    pub(super) fn go(&mut self, on: bool) -> bool {
        self.again = None;
        let to = if on { Some(self.at + 1) } else { self.at.checked_sub(1) };
        let Some(to) = to.filter(|to| *to < self.lines.len()) else { return false };
        self.at = to;
        true
    }

    /// Goes to a line of the walk that was clicked.
    pub(super) fn put(&mut self, name: LineRef) {
        if let Some(at) = self.lines.iter().position(|line| *line == name) {
            (self.at, self.again) = (at, None);
        }
    }

    /// Goes to the next line that was not asked. Behind the last of them the walk ends, or goes on line by line if the answer
    /// just given `replaced` an older one.
    pub(super) fn go_on(&mut self, replaced: bool, plan: &Tree) -> bool {
        self.again = None;
        match (self.at + 1..self.lines.len()).find(|at| self.is_open(*at, plan)) {
            Some(next) => {
                self.at = next;
                true
            }
            None => replaced && self.go(true),
        }
    }

    /// `Agreement: G2 and what is under it, 2 of 3 not asked`.
    pub(super) fn title(&self, plan: &Tree) -> String {
        let open = (0..self.lines.len()).filter(|at| self.is_open(*at, plan)).count();
        let asked = match (open, self.lines.len()) {
            (0, 1) => "asked already".to_owned(),
            (1, 1) => "not asked yet".to_owned(),
            (0, all) => format!("all {all} asked already"),
            (open, all) => format!("{open} of {all} not asked"),
        };
        format!("Agreement: {}, {asked}", self.scope)
    }

    /// Whose answers are asked for.
    pub(super) fn whose(&self) -> &Party {
        &self.whose
    }

    /// What was answered to a line, and when: `agreed, 8 Apr`, `not asked`, `changed since`.
    pub(super) fn column(&self, name: LineRef, plan: &Tree, cells: usize, cx: &Cx) -> String {
        match self.standing(name, plan) {
            Standing::Unasked => "not asked".to_owned(),
            Standing::Before(_) => "changed since".to_owned(),
            Standing::Given(one) => {
                let day = when::short(one.given, cx.today());
                let word = if one.answer == Assent::NotSaid { "not said" } else { one.answer.word() };
                let whole = format!("{word}, {day}");
                // The mark before the words says which answer it was.
                if text::width(&whole) > cells { day } else { whole }
            }
        }
    }

    /// The chart is here as it is now: what it knows the answer of is no longer on its way.
    pub(super) fn refresh(&mut self, plan: &Tree) {
        let sent = std::mem::take(&mut self.sent);
        self.sent = sent.into_iter().filter(|name| self.standing(*name, plan).is_open()).collect();
    }

    /// Nothing that was sent comes back: it was refused.
    pub(super) fn refused(&mut self) {
        self.sent.clear();
    }

    /// A line was answered in the form.
    fn answered(&mut self, name: LineRef, whose: &Party) {
        if *whose == self.whose && !self.sent.contains(&name) {
            self.sent.push(name);
        }
    }

    /// The answer of a key.
    pub(super) fn assent(action: Action) -> Option<Assent> {
        Some(match action {
            Action::Agreed => Assent::Agreed,
            Action::Partly => Assent::Partly,
            Action::Declined => Assent::Declined,
            Action::NotAsked => Assent::NotAsked,
            _ => return None,
        })
    }

    /// Takes an answer to the line that is asked, given today: records it, or first says which answer it would replace.
    pub(super) fn answer(&mut self, assent: Assent, key: &str, chart: &ChartView, cx: &Cx) -> Taken {
        let Some(about) = self.line() else { return Taken::Asks(Vec::new()) };
        let plan = &chart.plan.plan;
        let before = match self.standing(about, plan) {
            _ if self.sent.contains(&about) => Some(format!("{about} was answered just now.")),
            Standing::Given(one) => {
                let day = when::short(one.given, cx.today());
                Some(format!("{about}: {} already, {day}.", one.answer.word()))
            }
            _ => None,
        };
        let replaces = before.is_some();
        if let Some(before) = before.filter(|_| self.again != Some(assent)) {
            self.again = Some(assent);
            let words = assent.word();
            let asks = format!("{before} Press {key} again to replace it with \"{words}\" today.");
            return Taken::Asks(vec![Step::Warn(asks)]);
        }
        // A line that nobody asked about is passed: there is nothing to take back.
        if assent == Assent::NotAsked && !replaces {
            return Taken::Recorded { steps: Vec::new(), replaces };
        }
        self.answered(about, &self.whose.clone());
        let whose = self.whose.clone();
        let steps = record(about, whose, assent, String::new(), cx.today(), chart);
        Taken::Recorded { steps, replaces }
    }

    /// The four fields of an answer: answer, whose, words, day.
    pub(super) fn whole(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(about) = self.line() else { return Vec::new() };
        vec![form(about, &self.whose, chart, cx)]
    }
}

/// What became of an answer.
pub(super) enum Taken {
    /// It would replace an older one, and says so.
    Asks(Vec<Step>),
    /// It goes to the service.
    Recorded {
        steps: Vec<Step>,
        /// An older answer held until now.
        replaces: bool,
    },
}

impl super::Plan {
    pub(super) fn begin_walk(&mut self, here: Option<Row>, chart: &ChartView) -> Vec<Step> {
        // Above the problems, what is asked is the whole plan.
        let row = match here {
            Some(row @ (Row::Problem(_) | Row::Line(_))) => row,
            _ => Row::Wants,
        };
        self.walk = Walk::begin(row, &chart.plan.plan);
        if self.walk.is_some() {
            (self.show, self.then) = (Show::Plan, None);
            return Vec::new();
        }
        vec![Step::Say(match row {
            Row::Wants => "There is no active goal or task to agree on yet. Add a goal first.".to_owned(),
            _ => {
                "There is nothing to agree on here. Highlight an active goal, objective or method.".to_owned()
            }
        })]
    }

    /// An answer of the walk, or a motion in it.
    pub(super) fn walk_act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(walk) = &mut self.walk else { return Vec::new() };
        if let Some(assent) = Walk::assent(action) {
            let key = cx.key(action, Scope::Agree);
            return match walk.answer(assent, &key, chart, cx) {
                Taken::Asks(steps) => steps,
                Taken::Recorded { mut steps, replaces } => {
                    steps.extend(self.walk_on(replaces, chart));
                    steps
                }
            };
        }
        match action {
            Action::Open => return walk.whole(chart, cx),
            Action::Down if !walk.go(true) => {
                self.end_walk(chart);
                self.walked = true;
                let words = "That was the last line, and you are on the plan again.";
                return vec![Step::Say(words.to_owned())];
            }
            Action::Up => _ = walk.go(false),
            _ => {}
        }
        Vec::new()
    }

    /// The next line that was not asked is asked, or the walk ends.
    fn walk_on(&mut self, replaced: bool, chart: &ChartView) -> Vec<Step> {
        let Some(walk) = &mut self.walk else { return Vec::new() };
        if !walk.go_on(replaced, &chart.plan.plan) {
            self.end_walk(chart);
            self.walked = true;
        }
        Vec::new()
    }

    pub(super) fn end_walk(&mut self, chart: &ChartView) {
        let last = self.walk.take().and_then(|walk| walk.line());
        if let Some(line) = last {
            self.spot.put(Row::Line(line), &view::keys(self, chart));
        }
    }
}

fn record(
    about: LineRef,
    whose: Party,
    answer: Assent,
    words: String,
    given: crate::domain::Date,
    chart: &ChartView,
) -> Vec<Step> {
    let Some(line) = chart.plan.plan.line(about) else { return Vec::new() };
    let to = line.terms();
    let answers = vec![Answered { about, answer, words, to }];
    asks(PlanAsk::Record { client: chart.client.value.id, whose, given, answers })
}

const ANSWERS: [Assent; 5] =
    [Assent::Agreed, Assent::Partly, Assent::Declined, Assent::NotSaid, Assent::NotAsked];

fn form(about: LineRef, whose: &Party, chart: &ChartView, cx: &Cx) -> Step {
    let answers = ANSWERS.map(|one| Item::new(one.word(), one.word(), ""));
    let parties = vec![
        Item::new("client", "the client", ""),
        Item::new("guardian", "a guardian", "name below"),
        Item::new("participant", "somebody who took part", "name below"),
    ];
    let (party, name) = match whose {
        Party::Client => ("client", ""),
        Party::Guardian(name) => ("guardian", name.as_str()),
        Party::Participant(name) => ("participant", name.as_str()),
    };
    let fields = vec![
        Field::choice("answer", "Answer", answers.to_vec(), "").required(),
        Field::choice("whose", "Whose", parties, party).required(),
        Field::text("name", "  name", name),
        Field::text("words", "In their words", ""),
        Field::date("given", "Given on", Some(cx.today()), Lean::Past).hint("T, T-3, 18 Nov"),
    ];
    let plan = &chart.plan.plan;
    let mut lines = vec![plan.line(about).map(crate::rules::plan::words::wording).unwrap_or_default()];
    if plan.line(about).is_some_and(|line| plan.answered(line).newest().is_some()) {
        let before = before(about, plan, cx);
        lines.push(format!("The client: {before} That answer stays in the history."));
    }
    ask(chart, format!("Answer to {about}"), Form::new("Record it", fields), move |form, chart, cx| {
        let answer = ANSWERS.into_iter().find(|one| one.word() == form.chosen("answer"));
        let answer = answer.ok_or_else(|| Wrong::new("answer", "Choose the answer."))?;
        let given = form.date("given", cx.today()).unwrap_or_else(|| cx.today());
        if given > cx.today() {
            return Err(Wrong::new("given", "\"Given on\" is in the future. Use today or an earlier day."));
        }
        let whose = party_of(form)?;
        let mut steps = record(about, whose.clone(), answer, form.typed("words"), given, chart);
        steps.extend(to_room(move |room: &mut super::Plan, chart, _| {
            let Some(walk) = &mut room.walk else { return Vec::new() };
            walk.answered(about, &whose);
            room.walk_on(false, chart)
        }));
        Ok(steps)
    })
    .lines(lines)
    .open()
}

fn party_of(form: &Form) -> Result<Party, Wrong> {
    let name = form.typed("name");
    if form.chosen("whose") != "client" && name.is_empty() {
        return Err(Wrong::new("name", "Write whose answer it is."));
    }
    Ok(match form.chosen("whose") {
        "guardian" => Party::Guardian(name),
        "participant" => Party::Participant(name),
        _ => Party::Client,
    })
}

/// What was answered to a line before, in a sentence; empty if nothing was.
pub(super) fn before(about: LineRef, plan: &Tree, cx: &Cx) -> String {
    let Some(line) = plan.line(about) else { return String::new() };
    let standing = plan.answered(line);
    let Some(newest) = standing.newest() else { return "Not asked yet.".to_owned() };
    let day = when::short(newest.given, cx.today());
    let words = match newest.words.trim() {
        "" => String::new(),
        words => format!(" “{words}”"),
    };
    if standing.is_open() {
        format!("{} on {day}, before it changed.{words}", first_upper(newest.answer.word()))
    } else {
        format!("{}, {day}.{words}", first_upper(newest.answer.word()))
    }
}

fn first_upper(words: &str) -> String {
    crate::rules::plan::words::first_upper(words)
}

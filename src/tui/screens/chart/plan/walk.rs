//! The walk through a plan that asks each line: one digit answers a line and goes on to the next.

use super::rows::Row;
use crate::domain::{Assent, LineRef, Party};
use crate::rules::plan::Plan as Tree;
use crate::rules::plan::tree::{Node, Show};
use crate::rules::when::{self, Lean};
use crate::service::api::{Answered, ChartView, PlanAsk};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// A walk: which lines are asked, and which is next.
#[derive(Clone, Debug)]
pub(super) struct Walk {
    lines: Vec<LineRef>,
    at: usize,
    whose: Party,
}

impl Walk {
    /// A walk that begins at a row: that line alone, a problem's goals and tasks, or the whole plan.
    pub(super) fn begin(row: Row, plan: &Tree) -> Option<Self> {
        let mut inside = false;
        let mut lines = Vec::new();
        for placed in plan.rows(Show::Plan) {
            let Node::Line(name) = placed.node else {
                inside = match (row, placed.node) {
                    (Row::Problem(number), Node::Problem(here)) => number == here,
                    (Row::Wants, _) => true,
                    _ => false,
                };
                continue;
            };
            let asked = inside || row == Row::Line(name);
            if asked && plan.line(name).is_some_and(|line| plan.counts(line)) {
                lines.push(name);
            }
        }
        (!lines.is_empty()).then_some(Self { lines, at: 0, whose: Party::Client })
    }

    /// The line that is asked.
    pub(super) fn line(&self) -> Option<LineRef> {
        self.lines.get(self.at).copied()
    }

    /// Goes to the next line, or the one before; false if there is none.
    pub(super) fn go(&mut self, on: bool) -> bool {
        let to = if on { Some(self.at + 1) } else { self.at.checked_sub(1) };
        let Some(to) = to.filter(|to| *to < self.lines.len()) else { return false };
        self.at = to;
        true
    }

    /// `line 5 of 9`.
    pub(super) fn place(&self) -> String {
        format!("line {} of {}", self.at + 1, self.lines.len())
    }

    /// Whose answers are asked for.
    pub(super) fn whose(&self) -> &Party {
        &self.whose
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

    /// Records an answer to the line that is asked, given today.
    pub(super) fn answer(&self, assent: Assent, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(about) = self.line() else { return Vec::new() };
        record(about, self.whose.clone(), assent, String::new(), cx.today(), chart)
    }

    /// The four fields of an answer: answer, whose, words, day.
    pub(super) fn whole(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(about) = self.line() else { return Vec::new() };
        vec![form(about, &self.whose, chart, cx)]
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
    let said = chart.plan.plan.line(about).map(crate::rules::plan::words::wording).unwrap_or_default();
    ask(chart, format!("Answer to {about}"), Form::new("Record it", fields), move |form, chart, cx| {
        let answer = ANSWERS.into_iter().find(|one| one.word() == form.chosen("answer"));
        let answer = answer.ok_or_else(|| Wrong::new("answer", "Choose the answer."))?;
        let given = form.date("given", cx.today()).unwrap_or_else(|| cx.today());
        if given > cx.today() {
            return Err(Wrong::new("given", "\"Given on\" is in the future. Use today or an earlier day."));
        }
        let mut steps = record(about, party_of(form)?, answer, form.typed("words"), given, chart);
        steps.extend(to_room(|room: &mut super::Plan, chart, cx| room.walk_on(chart, cx)));
        Ok(steps)
    })
    .lines(vec![said])
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

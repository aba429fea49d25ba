//! What changed between two moments of a plan, line by line.
//!
//! Lines are compared by number, never by their words: a line that was rewritten from the first to the last word is one changed
//! line, and a line that moved is no line that went and another that came. [`apply`] undoes the comparison: what changed from one
//! plan to another, applied to the first, gives the second.

use super::{AnyLine, Plan};
use crate::domain::{
    Agreement, Goal, LineRef, LineState, Method, Number, Objective, PlanBasics, PlanLine, Problem, Terms,
};
use std::collections::{BTreeMap, BTreeSet};

/// A line with all that is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    Goal(Box<Goal>),
    Objective(Box<Objective>),
    Method(Box<Method>),
}

impl Whole {
    /// The line, borrowed.
    pub fn line(&self) -> AnyLine<'_> {
        match self {
            Self::Goal(goal) => AnyLine::Goal(goal),
            Self::Objective(objective) => AnyLine::Objective(objective),
            Self::Method(method) => AnyLine::Method(method),
        }
    }

    fn of(line: AnyLine<'_>) -> Self {
        match line {
            AnyLine::Goal(goal) => Self::Goal(Box::new(goal.clone())),
            AnyLine::Objective(objective) => Self::Objective(Box::new(objective.clone())),
            AnyLine::Method(method) => Self::Method(Box::new(method.clone())),
        }
    }
}

/// What became of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The line as it was; `None` if it was added.
    pub was: Option<Whole>,
    /// The line as it is; `None` if it is not there any more.
    pub now: Option<Whole>,
    /// In what it changed.
    pub how: How,
}

impl Changed {
    /// Whether a reader of the plan sees a difference; else only who touched it when is another.
    pub fn matters(&self) -> bool {
        !self.how.is_nothing()
    }
}

/// In what a line changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct How {
    /// It was added to the plan: it is new, or it is open again.
    pub added: bool,
    /// It is not on the plan any more: it ended, or was entered in error.
    pub gone: bool,
    /// It has another state.
    pub state: bool,
    /// It is at another place, or under something else.
    pub moved: bool,
    /// What an answer is given to is different.
    pub terms: bool,
    /// Something else in it is different.
    pub rest: bool,
}

impl How {
    fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// Everything that changed between two moments of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Lines, in the order of their kinds and numbers.
    pub lines: Vec<Changed>,
    /// Problems that are new or different, as they are now.
    pub problems: Vec<Problem>,
    /// Problems whose addition was undone.
    pub problems_gone: Vec<Number>,
    /// Answers that were given.
    pub answers: Vec<Agreement>,
    /// Answers that were taken back.
    pub unanswered: Vec<Number>,
    /// What belongs to the plan besides its lines, if it is different.
    pub basics: Option<Box<PlanBasics>>,
}

impl Changes {
    /// Returns how many lines, problems and other pieces of the plan say something else. What somebody answered to a line changes
    /// nothing of what it says: an answer has its own day, and needs no new version to be signed.
    pub fn count(&self) -> usize {
        let changed = self.lines.iter().filter(|change| change.matters()).count();
        changed + self.problems.len() + self.problems_gone.len() + usize::from(self.basics.is_some())
    }
}

/// Returns what changed from one plan to another. Progress and who changed what are no change of the plan.
pub fn between(before: &Plan, after: &Plan) -> Changes {
    let moved = moved(before, after);
    let names: BTreeSet<LineRef> = before.lines().chain(after.lines()).map(AnyLine::name).collect();
    let mut lines = Vec::new();
    for name in names {
        let (was, now) = (before.line(name), after.line(name));
        let how = how(was, now, moved.contains(&name));
        if !how.is_nothing() || differ(was, now) {
            lines.push(Changed { was: was.map(Whole::of), now: now.map(Whole::of), how });
        }
    }
    let problems = after.problems.iter().filter(|problem| before.problem(problem.number) != Some(*problem));
    let gone = before
        .problems
        .iter()
        .map(|problem| problem.number)
        .filter(|number| after.problem(*number).is_none());
    let known: BTreeSet<Number> = before.agreements.iter().map(|one| one.number).collect();
    let held: BTreeSet<Number> = after.agreements.iter().map(|one| one.number).collect();
    Changes {
        lines,
        problems: problems.cloned().collect(),
        problems_gone: gone.collect(),
        answers: after.agreements.iter().filter(|one| !known.contains(&one.number)).cloned().collect(),
        unanswered: known.difference(&held).copied().collect(),
        basics: (before.basics != after.basics).then(|| Box::new(after.basics.clone())),
    }
}

/// Applies what changed to the plan it is a change of.
#[cfg_attr(concord_closed, expect(dead_code, reason = "tests hold the comparison to it"))]
pub fn apply(changes: &Changes, to: &Plan) -> Plan {
    let mut plan = to.clone();
    for change in &changes.lines {
        if let Some(gone) = &change.was {
            remove(&mut plan, gone.line().name());
        }
        match &change.now {
            Some(Whole::Goal(goal)) => plan.goals.push((**goal).clone()),
            Some(Whole::Objective(objective)) => plan.objectives.push((**objective).clone()),
            Some(Whole::Method(method)) => plan.methods.push((**method).clone()),
            None => {}
        }
    }
    plan.goals.sort_by_key(|goal| goal.line.number);
    plan.objectives.sort_by_key(|objective| objective.line.number);
    plan.methods.sort_by_key(|method| method.line.number);
    for problem in &changes.problems {
        plan.problems.retain(|known| known.number != problem.number);
        plan.problems.push(problem.clone());
    }
    plan.problems.retain(|problem| !changes.problems_gone.contains(&problem.number));
    plan.problems.sort_by_key(|problem| (problem.rank, problem.number));
    plan.agreements.retain(|one| !changes.unanswered.contains(&one.number));
    plan.agreements.extend(changes.answers.iter().cloned());
    plan.agreements.sort_by_key(|one| one.number);
    if let Some(basics) = &changes.basics {
        plan.basics = (**basics).clone();
    }
    plan
}

#[cfg_attr(concord_closed, expect(dead_code, reason = "as apply"))]
fn remove(plan: &mut Plan, name: LineRef) {
    plan.goals.retain(|goal| LineRef::goal(goal.line.number) != name);
    plan.objectives.retain(|objective| LineRef::objective(objective.line.number) != name);
    plan.methods.retain(|method| LineRef::method(method.line.number) != name);
}

/// Whether two states of a line are not the same to the byte: who changed it when is kept, though it is no change of the plan.
fn differ(was: Option<AnyLine<'_>>, now: Option<AnyLine<'_>>) -> bool {
    was != now
}

fn how(was: Option<AnyLine<'_>>, now: Option<AnyLine<'_>>, moved: bool) -> How {
    let open = |line: Option<AnyLine<'_>>| line.is_some_and(|line| line.line().state.is_open());
    let (Some(was), Some(now)) = (was, now) else {
        return How { added: open(now), gone: open(was), ..How::default() };
    };
    if !open(Some(was)) && !open(Some(now)) {
        return How { state: was.line().state != now.line().state, ..How::default() };
    }
    How {
        added: !open(Some(was)) && open(Some(now)),
        gone: open(Some(was)) && !open(Some(now)),
        state: was.line().state != now.line().state,
        moved,
        terms: was.terms() != now.terms(),
        rest: rest(was) != rest(now),
    }
}

/// A line without its state, its place, what an answer is given to, and who changed it when.
fn rest(line: AnyLine<'_>) -> Whole {
    let plain = |line: &PlanLine| PlanLine {
        state: LineState::default(),
        state_on: crate::domain::Date::default(),
        state_words: String::new(),
        rank: 0,
        changed_at: crate::domain::Moment::default(),
        changed_by: crate::domain::StaffId::default(),
        changed_by_name: String::new(),
        ..line.clone()
    };
    match Whole::of(line) {
        Whole::Goal(mut goal) => {
            goal.line = plain(&goal.line);
            (goal.words.words, goal.wording, goal.know) = Default::default();
            (goal.by, goal.problems) = (None, answered(&goal.problems));
            Whole::Goal(goal)
        }
        Whole::Objective(mut objective) => {
            objective.line = plain(&objective.line);
            (objective.step, objective.amount, objective.by) = Default::default();
            (objective.doer, objective.goal) = Default::default();
            Whole::Objective(objective)
        }
        Whole::Method(mut method) => {
            method.line = plain(&method.line);
            (method.wording, method.dose, method.who) = Default::default();
            (method.from, method.until, method.goal, method.objective) = Default::default();
            Whole::Method(method)
        }
    }
}

/// The problems a goal answers as a set: another one is a change, another order is a move.
fn answered(problems: &[Number]) -> Vec<Number> {
    let set: BTreeSet<Number> = problems.iter().copied().collect();
    set.into_iter().collect()
}

/// Names of the lines that are at another place: under something else, or passed by a sibling that stayed.
fn moved(before: &Plan, after: &Plan) -> BTreeSet<LineRef> {
    let (was, now) = (Places::of(before), Places::of(after));
    let mut moved = BTreeSet::new();
    for (parent, order) in &now.children {
        let stayed: Vec<LineRef> =
            order.iter().copied().filter(|name| was.parent(*name) == Some(*parent)).collect();
        moved.extend(order.iter().filter(|name| was.parent(**name).is_some_and(|one| one != *parent)));
        let old = was.children.get(parent).cloned().unwrap_or_default();
        let place = |name: &LineRef| old.iter().position(|one| one == name).unwrap_or(usize::MAX);
        let kept_rank = |name: &LineRef| was.rank.get(name) == now.rank.get(name);
        let steady = longest_rising(&stayed, &place, &kept_rank);
        moved.extend(stayed.into_iter().filter(|name| !steady.contains(name)));
    }
    moved
}

/// Where a line is: under the wants, a problem, a goal or an objective.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Parent {
    Wants,
    Problem(Number),
    Line(LineRef),
}

#[derive(Default)]
struct Places {
    children: BTreeMap<Parent, Vec<LineRef>>,
    rank: BTreeMap<LineRef, u32>,
}

impl Places {
    fn of(plan: &Plan) -> Self {
        let mut places = Self::default();
        let mut lines: Vec<AnyLine<'_>> = plan.lines().filter(|line| line.line().state.is_open()).collect();
        lines.sort_by_key(|line| (line.line().rank, line.line().number));
        for line in lines {
            let parent = match line {
                AnyLine::Goal(goal) => plan.home(goal).map_or(Parent::Wants, Parent::Problem),
                AnyLine::Objective(objective) => Parent::Line(LineRef::goal(objective.goal)),
                AnyLine::Method(method) if method.objective > 0 => {
                    Parent::Line(LineRef::objective(method.objective))
                }
                AnyLine::Method(method) => Parent::Line(LineRef::goal(method.goal)),
            };
            places.children.entry(parent).or_default().push(line.name());
            places.rank.insert(line.name(), line.line().rank);
        }
        places
    }

    fn parent(&self, name: LineRef) -> Option<Parent> {
        self.children.iter().find(|(_, names)| names.contains(&name)).map(|(parent, _)| *parent)
    }
}

/// The most names whose old places rise in their new order. Where that can be had in several ways, those whose rank nobody
/// touched stay.
fn longest_rising(
    order: &[LineRef],
    place: &dyn Fn(&LineRef) -> usize,
    kept_rank: &dyn Fn(&LineRef) -> bool,
) -> BTreeSet<LineRef> {
    // (how many, how many of them untouched), and the one before.
    let mut best: Vec<((usize, usize), Option<usize>)> = Vec::with_capacity(order.len());
    for (at, name) in order.iter().enumerate() {
        let own = (1, usize::from(kept_rank(name)));
        let before = (0..at).filter(|&one| place(&order[one]) < place(name)).max_by_key(|&one| best[one].0);
        let ((many, untouched), before) = match before {
            Some(one) => ((best[one].0.0 + 1, best[one].0.1 + own.1), Some(one)),
            None => (own, None),
        };
        best.push(((many, untouched), before));
    }
    let mut at = (0..order.len()).max_by_key(|&one| best[one].0);
    let mut steady = BTreeSet::new();
    while let Some(one) = at {
        steady.insert(order[one]);
        at = best[one].1;
    }
    steady
}

/// Returns the fields in which two states of what an answer is given to differ: a word for each, what it was and what it is.
pub fn terms(was: &Terms, now: &Terms, today: crate::domain::Date) -> Vec<(&'static str, String, String)> {
    let dates = |terms: &Terms| {
        let words: Vec<String> = terms.dates.iter().map(|on| crate::rules::when::short(*on, today)).collect();
        words.join(" to ")
    };
    let fields = [
        ("wording", was.wording.clone(), now.wording.clone()),
        ("how much", was.amount.clone(), now.amount.clone()),
        ("by", dates(was), dates(now)),
        ("who", was.doer.clone(), now.doer.clone()),
    ];
    fields.into_iter().filter(|(_, was, now)| was != now).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tree::STEP;
    use super::*;
    use crate::domain::{Assent, Dose, Often, Per, ProblemStatus};

    fn line(number: Number, rank: u32) -> PlanLine {
        PlanLine { number, rank: rank * STEP, ..PlanLine::default() }
    }

    fn objective(number: Number, rank: u32, step: &str) -> Objective {
        Objective { line: line(number, rank), goal: 1, step: step.into(), ..Objective::default() }
    }

    fn weekly(times: u8) -> Dose {
        Dose { often: Often::Times { times, per: Per::Week }, ..Dose::default() }
    }

    /// P1 > G1 > (O1 > M1, O2), P2 > G2.
    fn version_1() -> Plan {
        let goal =
            |number, problem| Goal { line: line(number, number), problems: vec![problem], ..Goal::default() };
        let problem = |number| Problem { number, rank: number, ..Problem::default() };
        Plan {
            problems: vec![problem(1), problem(2)],
            goals: vec![goal(1, 1), goal(2, 2)],
            objectives: vec![objective(1, 1, "call L."), objective(2, 2, "write the diary")],
            methods: vec![Method {
                line: line(1, 1),
                goal: 1,
                objective: 1,
                wording: "CBT for sleep".into(),
                dose: weekly(1),
                ..Method::default()
            }],
            ..Plan::default()
        }
    }

    fn told(changes: &Changes) -> Vec<String> {
        let told = |changed: &Changed| {
            let line = changed.now.as_ref().or(changed.was.as_ref()).unwrap().line();
            let How { added, gone, state, moved, terms, rest } = changed.how;
            let words = [
                (added, "added"),
                (gone, "gone"),
                (state, "state"),
                (moved, "moved"),
                (terms, "terms"),
                (rest, "rest"),
            ];
            let words: Vec<&str> = words.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
            format!("{} {}", line.name(), words.join(" "))
        };
        changes.lines.iter().map(told).collect()
    }

    #[test]
    fn a_move_is_no_line_that_went_and_another_that_came() {
        let before = version_1();
        let mut after = before.clone();
        after.objectives[1].line.rank = STEP / 2;
        after.methods[0].objective = 2;
        after.methods[0].dose = weekly(2);
        after.goals[0].problems.push(2);
        assert_eq!(told(&between(&before, &after)), ["G1 rest", "O2 moved", "M1 moved terms"]);
        // Moving down instead: the one that was touched is the one that moved.
        let mut after = before.clone();
        after.objectives[0].line.rank = 3 * STEP;
        assert_eq!(told(&between(&before, &after)), ["O1 moved"]);
    }

    #[test]
    fn swapped_wordings_are_two_changed_lines() {
        let before = version_1();
        let mut after = before.clone();
        after.objectives[0].step = "write the diary".into();
        after.objectives[1].step = "call L.".into();
        assert_eq!(told(&between(&before, &after)), ["O1 terms", "O2 terms"]);
        after.objectives[0].step = "something else entirely".into();
        assert_eq!(told(&between(&before, &after)), ["O1 terms", "O2 terms"]);
    }

    #[test]
    fn new_ranks_for_all_are_no_move() {
        let before = version_1();
        let mut after = before.clone();
        for objective in &mut after.objectives {
            objective.line.rank *= 7;
        }
        let changes = between(&before, &after);
        assert!(changes.lines.iter().all(|changed| changed.how == How::default()));
        assert_eq!(apply(&changes, &before), after);
    }

    #[test]
    fn what_ends_is_gone_and_what_comes_back_is_added() {
        let before = version_1();
        let mut after = before.clone();
        after.objectives[0].line.state = LineState::Met;
        assert_eq!(told(&between(&before, &after)), ["O1 gone state"]);
        assert_eq!(told(&between(&after, &before)), ["O1 added state"]);
        let mut after = before.clone();
        after.objectives.push(objective(3, 3, "walk"));
        assert_eq!(told(&between(&before, &after)), ["O3 added"]);
        assert_eq!(told(&between(&after, &before)), ["O3 gone"]);
    }

    #[test]
    fn who_changed_a_line_is_no_change_of_the_plan() {
        let before = version_1();
        let mut after = before.clone();
        after.goals[0].line.changed_by_name = "M.O.".into();
        let changes = between(&before, &after);
        assert_eq!(told(&changes), ["G1 "]);
        assert!(changes.lines[0].how.is_nothing());
    }

    #[test]
    fn an_answer_is_no_change_of_the_plan() {
        let before = version_1();
        let mut after = before.clone();
        after.agreements.push(Agreement { number: 99, about: LineRef::goal(1), ..Agreement::default() });
        let changes = between(&before, &after);
        assert_eq!((changes.answers.len(), changes.count()), (1, 0));
        assert_eq!(apply(&changes, &before), after);
        after.goals[0].by = Some(crate::domain::Date(20_000));
        assert_eq!(between(&before, &after).count(), 1, "the line it is about is one, answered or not");
    }

    #[test]
    fn what_an_answer_is_given_to_is_told_field_by_field() {
        let was = Terms { wording: "a".into(), amount: "2 nights".into(), ..Terms::default() };
        let dates = vec![crate::domain::Date::from_ymd(2026, 12, 9).unwrap()];
        let now = Terms { amount: "3 nights".into(), dates, ..was.clone() };
        let today = crate::domain::Date::from_ymd(2026, 12, 1).unwrap();
        let told = terms(&was, &now, today);
        assert_eq!(
            told,
            [
                ("how much", "2 nights".to_owned(), "3 nights".to_owned()),
                ("by", String::new(), "9 Dec".to_owned())
            ]
        );
    }

    mod properties {
        use super::*;
        use proptest::prelude::*;

        #[derive(Clone, Debug)]
        enum Edit {
            Step(usize, String),
            State(usize, LineState),
            Rank(usize, u32),
            Under(usize, Number),
            Add(String),
            Answer(Number),
            Problem(usize),
            Strengths(String),
            Unanswer,
        }

        fn edits() -> impl Strategy<Value = Edit> {
            let state = prop_oneof![
                Just(LineState::Active),
                Just(LineState::Met),
                Just(LineState::EnteredInError),
                Just(LineState::Proposed)
            ];
            prop_oneof![
                (0..9_usize, "[a-c]{0,3}").prop_map(|(at, step)| Edit::Step(at, step)),
                (0..9_usize, state).prop_map(|(at, state)| Edit::State(at, state)),
                (0..9_usize, 0..9_u32).prop_map(|(at, rank)| Edit::Rank(at, rank)),
                (0..9_usize, 1..4_u32).prop_map(|(at, goal)| Edit::Under(at, goal)),
                "[a-c]{1,3}".prop_map(Edit::Add),
                (1..6_u32).prop_map(Edit::Answer),
                (0..2_usize).prop_map(Edit::Problem),
                "[a-c]{0,3}".prop_map(Edit::Strengths),
                Just(Edit::Unanswer),
            ]
        }

        fn edit(plan: &mut Plan, edit: Edit) {
            let many = plan.objectives.len();
            match edit {
                Edit::Step(at, step) => plan.objectives[at % many].step = step,
                Edit::State(at, state) => plan.objectives[at % many].line.state = state,
                Edit::Rank(at, rank) => plan.objectives[at % many].line.rank = rank,
                Edit::Under(at, goal) => plan.objectives[at % many].goal = goal,
                Edit::Add(step) => {
                    let number = plan.objectives.iter().map(|one| one.line.number).max().unwrap_or(0) + 1;
                    plan.objectives.push(objective(number, number, &step));
                }
                Edit::Answer(number) => {
                    let about = LineRef::objective(number);
                    let Some(line) = plan.line(about) else { return };
                    let (to, next) = (line.terms(), plan.agreements.last().map_or(1, |one| one.number + 1));
                    let answer = Assent::Agreed;
                    plan.agreements.push(Agreement {
                        number: next,
                        about,
                        answer,
                        to,
                        ..Agreement::default()
                    });
                }
                Edit::Problem(at) => plan.problems[at].status = ProblemStatus::Resolved { note: "x".into() },
                Edit::Strengths(words) => plan.basics.strengths.words = words,
                Edit::Unanswer => drop(plan.agreements.pop()),
            }
        }

        proptest! {
            #[test]
            fn what_changed_applied_to_what_was_gives_what_is(
                first in prop::collection::vec(edits(), 0..6),
                second in prop::collection::vec(edits(), 0..12),
            ) {
                let mut before = version_1();
                for one in first {
                    edit(&mut before, one);
                }
                let mut after = before.clone();
                for one in second {
                    edit(&mut after, one);
                }
                // An answer that was taken back never gives its number to another.
                let reused = after.agreements.iter().any(|one| {
                    before.agreements.iter().any(|old| old.number == one.number && old != one)
                });
                prop_assume!(!reused);
                let changes = between(&before, &after);
                prop_assert_eq!(apply(&changes, &before), after.clone());
                prop_assert_eq!(changes == Changes::default(), before == after);
                prop_assert_eq!(between(&after, &after), Changes::default());
            }
        }
    }
}

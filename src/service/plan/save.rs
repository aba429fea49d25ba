//! Adding and changing lines.

use super::super::api::{Answer, Kept};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::steps::Said;
use super::super::unit::Unit;
use super::{answers, episode};
use crate::domain::{
    Act, ClientId, Goal, LineKind, LineRef, LineState, Method, Number, Objective, PlanLine, Problem,
    ProblemStatus, Served, Taken,
};
use crate::rules::access::Capability;
use crate::rules::plan::change::Whole;
use crate::rules::plan::tree::rank_behind;
use crate::rules::plan::words::wording;
use crate::rules::plan::{AnyLine, Plan, taken};
use crate::store::Record;

/// Adds (number 0) or changes a line.
pub(super) fn line(desk: &mut Desk, line: Whole, rev: u32, same_meaning: bool) -> Result<Answer, Fault> {
    check(desk, &line)?;
    match line {
        Whole::Goal(goal) => save(desk, *goal, rev, same_meaning),
        Whole::Objective(objective) => save(desk, *objective, rev, same_meaning),
        Whole::Method(method) => save(desk, *method, rev, same_meaning),
    }
}

/// A record that is a line of the plan.
pub(super) trait Line: Record + Clone {
    /// Which kind of line it is.
    const LINE: LineKind;

    fn line(&self) -> &PlanLine;
    fn line_mut(&mut self) -> &mut PlanLine;
    fn any(&self) -> AnyLine<'_>;

    /// Whether both are under the same line.
    fn is_beside(&self, other: &Self) -> bool;
}

macro_rules! line {
    ($type:ident, |$a:ident, $b:ident| $beside:expr) => {
        impl Line for $type {
            const LINE: LineKind = LineKind::$type;

            fn line(&self) -> &PlanLine {
                &self.line
            }

            fn line_mut(&mut self) -> &mut PlanLine {
                &mut self.line
            }

            fn any(&self) -> AnyLine<'_> {
                AnyLine::$type(self)
            }

            fn is_beside(&self, other: &Self) -> bool {
                let ($a, $b) = (self, other);
                $beside
            }
        }
    };
}

line!(Goal, |a, b| a.problems.first() == b.problems.first());
line!(Objective, |a, b| a.goal == b.goal);
line!(Method, |a, b| (a.goal, a.objective) == (b.goal, b.objective));

/// The line of this number as it is stored.
pub(super) fn stored<L: Line>(desk: &Desk, client: ClientId, number: Number, rev: u32) -> Result<L, Fault> {
    desk.books().at::<L>(client, number, rev, &LineRef { kind: L::LINE, number }.to_string())
}

/// Says who changes a line, and when.
pub(super) fn stamp<L: Line>(desk: &Desk, line: &mut L) -> Result<(), Fault> {
    let staff = desk.staff()?;
    let (at, by, name) = (desk.moment(), staff.id, staff.signature_name());
    let line = line.line_mut();
    (line.changed_at, line.changed_by, line.changed_by_name) = (at, by, name);
    Ok(())
}

fn save<L: Line>(desk: &mut Desk, mut line: L, rev: u32, same_meaning: bool) -> Result<Answer, Fault> {
    stamp(desk, &mut line)?;
    let earlier = earlier_words(desk, line.line())?;
    line.line_mut().taken = taken::now(line.any(), earlier.as_deref());
    if rev == 0 { add(desk, line) } else { change(desk, line, rev, same_meaning) }
}

/// The words of the line of an earlier stay that a line was taken from, if this person has it.
fn earlier_words(desk: &Desk, line: &PlanLine) -> Result<Option<String>, Fault> {
    let Taken::Earlier { line: from, episode } = line.taken else { return Ok(None) };
    match from.kind {
        LineKind::Goal => words_of::<Goal>(desk, line.client, from.number, episode),
        LineKind::Objective => words_of::<Objective>(desk, line.client, from.number, episode),
        LineKind::Method => words_of::<Method>(desk, line.client, from.number, episode),
    }
}

/// The words of a line of this number, if it is of that episode.
fn words_of<L: Line>(
    desk: &Desk,
    client: ClientId,
    number: Number,
    episode: Number,
) -> Result<Option<String>, Fault> {
    let found = desk.books().get::<L>(client, number)?;
    let of_it = found.filter(|kept| kept.value.line().episode == episode);
    Ok(of_it.map(|kept| taken::said(kept.value.any()).to_owned()))
}

fn add<L: Line>(desk: &mut Desk, mut line: L) -> Result<Answer, Fault> {
    let client = line.line().client;
    let there: Vec<Kept<L>> = desk.books().list::<L>(client)?;
    let beside = there.iter().map(|kept| &kept.value).filter(|one| one.is_beside(&line));
    let rank = rank_behind(beside.map(Line::any));
    let number = desk.books().next_number::<L>(client)?;
    let (episode, today) = (episode(desk, client)?, desk.now().local.date);
    let fields = line.line_mut();
    (fields.number, fields.episode, fields.rank) = (number, episode, rank);
    (fields.added_at, fields.added_by) = (fields.changed_at, fields.changed_by);
    fields.added_by_name.clone_from(&fields.changed_by_name);
    fields.state_on = today;
    if !matches!(fields.state, LineState::Active | LineState::Proposed) {
        return Err(Fault::internal("a new line is active or proposed"));
    }
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanLineAdded, Some(client), number)?;
    unit.put(&line, client, number, 0);
    desk.done(unit, client, said_of(line.any().name()))
}

fn said_of(name: LineRef) -> Said {
    Said::new(format!("{name} is on the plan."), format!("{name} is no longer on the plan."))
}

fn change<L: Line>(desk: &mut Desk, mut line: L, rev: u32, same_meaning: bool) -> Result<Answer, Fault> {
    let (client, number) = (line.line().client, line.line().number);
    let before = stored::<L>(desk, client, number, rev)?;
    let fields = line.line_mut();
    let was = before.line();
    *fields = PlanLine {
        required_by: std::mem::take(&mut fields.required_by),
        taken: std::mem::take(&mut fields.taken),
        changed_at: fields.changed_at,
        changed_by: fields.changed_by,
        changed_by_name: std::mem::take(&mut fields.changed_by_name),
        ..was.clone()
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanLineChanged, Some(client), number)?;
    unit.put(&line, client, number, rev);
    let said = said(desk, &mut unit, before.any(), line.any(), same_meaning)?;
    let undone = format!("{} is as it was before the change.", line.any().name());
    desk.done(unit, client, Said::new(said, undone))
}

/// What is shown about a change: whether answers still hold. Answers are carried over where the meaning is the same.
fn said(
    desk: &Desk,
    unit: &mut Unit,
    before: AnyLine<'_>,
    after: AnyLine<'_>,
    same_meaning: bool,
) -> Result<String, Fault> {
    let (was, now) = (before.terms(), after.terms());
    let name = after.name();
    if was == now {
        return Ok(format!("{name} is changed."));
    }
    if same_meaning && !was.differs_in_wording_only(&now) {
        return Err(Fault::user(
            "How much, by when or who does it changed too, so the meaning is not the same.",
        )
        .hint("Save it as a change. Who agreed is asked again."));
    }
    if same_meaning {
        answers::carry(desk, unit, after.line().client, name, (&was, &now))?;
        return Ok(format!("{name} is corrected. Answers to it still hold."));
    }
    let asked = answers::standing(desk, after.line().client, name, &was)?;
    Ok(if asked {
        format!("{name} is changed. It was agreed before it changed, so it counts as not asked.")
    } else {
        format!("{name} is changed.")
    })
}

fn check(desk: &Desk, line: &Whole) -> Result<(), Fault> {
    let empty = |text: &str| text.trim().is_empty();
    if let Some(blank) = taken::blank(line.line()) {
        return Err(Fault::user(format!("{blank} is a blank. Write what is so for this client.")));
    }
    match line {
        Whole::Goal(goal) => {
            if empty(&goal.words.words) && empty(&goal.wording) {
                return Err(Fault::user("A goal needs words: the client's, a plain wording, or both."));
            }
            answers_problems(desk, goal)
        }
        Whole::Objective(objective) => {
            if empty(&objective.step) {
                return Err(Fault::user("An objective needs a step: what will be done?"));
            }
            if objective.sure.is_some_and(|sure| sure > 10) {
                return Err(Fault::user("\"How sure\" takes a number from 0 to 10."));
            }
            under_goal(desk, objective.line.client, objective.goal, objective.line.number == 0)
        }
        Whole::Method(method) => {
            if empty(&method.wording) {
                return Err(Fault::user("A method needs words: what is done?"));
            }
            if let (Some(from), Some(until)) = (method.from, method.until)
                && until < from
            {
                return Err(Fault::user("The last day is before the first day. Change one of the two."));
            }
            under_goal(desk, method.line.client, method.goal, method.line.number == 0)?;
            under_objective(desk, method)
        }
    }
}

fn answers_problems(desk: &Desk, goal: &Goal) -> Result<(), Fault> {
    for number in &goal.problems {
        let problem = desk.books().get::<Problem>(goal.line.client, *number)?;
        let there =
            problem.is_some_and(|kept| !matches!(kept.value.status, ProblemStatus::EnteredInError { .. }));
        if !there {
            return Err(Fault::user(format!("P{number} is not on the problem list.")));
        }
    }
    Ok(())
}

/// The goal a line is under is there; a new line needs one that did not end.
fn under_goal(desk: &Desk, client: ClientId, goal: Number, new: bool) -> Result<(), Fault> {
    let Some(goal) = desk.books().get::<Goal>(client, goal)? else {
        return Err(Fault::user("The goal it belongs to is not on the plan."));
    };
    if new && !goal.value.line.state.is_open() {
        return Err(Fault::user(format!(
            "G{} is {}. A line under it needs the goal to be active again.",
            goal.value.line.number,
            goal.value.line.state.word()
        )));
    }
    Ok(())
}

fn under_objective(desk: &Desk, method: &Method) -> Result<(), Fault> {
    if method.objective == 0 {
        return Ok(());
    }
    let objective = desk.books().get::<Objective>(method.line.client, method.objective)?;
    if objective.is_none_or(|kept| kept.value.goal != method.goal) {
        return Err(Fault::user("The objective it works on is not under this goal."));
    }
    Ok(())
}

/// The lines of a plan as they are stored, with no more than is needed to order them.
pub(super) fn stored_plan(desk: &Desk, client: ClientId) -> Result<Plan, Fault> {
    fn all<R: Record>(desk: &Desk, client: ClientId) -> Result<Vec<R>, Fault> {
        Ok(desk.books().list::<R>(client)?.into_iter().map(|kept| kept.value).collect())
    }
    let episode = episode(desk, client)?;
    let mut plan = Plan {
        problems: all(desk, client)?,
        goals: all(desk, client)?,
        objectives: all(desk, client)?,
        methods: all(desk, client)?,
        ..Plan::default()
    };
    plan.goals.retain(|goal| goal.line.episode == episode);
    plan.objectives.retain(|objective| objective.line.episode == episode);
    plan.methods.retain(|method| method.line.episode == episode);
    Ok(plan)
}

/// The wording of these lines as they are; a line that is not on the plan has none.
pub(in crate::service) fn wordings(
    desk: &Desk,
    client: ClientId,
    served: &[Served],
) -> Result<Vec<(LineRef, String)>, Fault> {
    fn one<L: Line>(desk: &Desk, client: ClientId, number: Number) -> Result<Option<String>, Fault> {
        let kept = desk.books().get::<L>(client, number)?;
        Ok(kept.map(|kept| wording(kept.value.any())))
    }
    let mut found = Vec::new();
    for line in served.iter().map(|served| served.line) {
        let words = match line.kind {
            LineKind::Goal => one::<Goal>(desk, client, line.number)?,
            LineKind::Objective => one::<Objective>(desk, client, line.number)?,
            LineKind::Method => one::<Method>(desk, client, line.number)?,
        };
        let words =
            words.ok_or_else(|| Fault::user(format!("{line} is not on the plan. Unlink it, then sign.")))?;
        found.push((line, words));
    }
    Ok(found)
}

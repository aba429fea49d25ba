//! State and place of lines, and the few goals that are worked on now.

use super::super::api::Answer;
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::steps::Said;
use super::super::unit::Unit;
use super::save::{Line, stamp, stored, stored_plan};
use crate::domain::{Act, ClientId, Goal, LineKind, LineRef, LineState, Method, Number, Objective};
use crate::rules::access::Capability;
use crate::rules::plan::AnyLine;
use crate::rules::plan::state::check;
use crate::rules::plan::tree::{Move, moved};

/// Gives a line another state.
pub(super) fn set(
    desk: &mut Desk,
    client: ClientId,
    (line, rev): (LineRef, u32),
    state: LineState,
    words: &str,
) -> Result<Answer, Fault> {
    match line.kind {
        LineKind::Goal => set_of::<Goal>(desk, client, (line.number, rev), state, words),
        LineKind::Objective => set_of::<Objective>(desk, client, (line.number, rev), state, words),
        LineKind::Method => set_of::<Method>(desk, client, (line.number, rev), state, words),
    }
}

fn set_of<L: Line>(
    desk: &mut Desk,
    client: ClientId,
    (number, rev): (Number, u32),
    state: LineState,
    words: &str,
) -> Result<Answer, Fault> {
    let today = desk.now().local.date;
    let mut line = stored::<L>(desk, client, number, rev)?;
    check(line.line().state, state, words, today).map_err(|error| Fault::user(error.to_string()))?;
    stamp(desk, &mut line)?;
    let was = line.line().state;
    let fields = line.line_mut();
    (fields.state, fields.state_on, fields.state_words) = (state, today, words.trim().to_owned());
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanLineState, Some(client), number)?;
    unit.put(&line, client, number, rev);
    let name = line.any().name();
    let under = if state.is_open() { String::new() } else { still_open(desk, client, name)? };
    let done = format!("{name} is {}.{under}", state.word());
    let said = Said::new(done, format!("{name} is {} again.", was.word()));
    desk.done(unit, client, said)
}

/// Says what under a line that ends goes on: nothing ends that nobody decided about.
fn still_open(desk: &Desk, client: ClientId, name: LineRef) -> Result<String, Fault> {
    let plan = stored_plan(desk, client)?;
    let open = plan.open_under(name);
    let names: Vec<String> = open.iter().map(LineRef::to_string).collect();
    let is_safety = |line: &&LineRef| plan.line(**line).is_some_and(AnyLine::is_safety);
    let safety = if open.iter().any(|line| is_safety(&line)) { " It is for safety." } else { "" };
    Ok(match names.as_slice() {
        [] => String::new(),
        [only] => format!(" {only} under it is still open.{safety} [key:state] sets its state."),
        [first, rest @ ..] => {
            let safety = if safety.is_empty() { "" } else { ", one of them for safety" };
            let more = rest.join(", ");
            format!(" {first}, {more} under it are still open{safety}. [key:state] sets the state of each.")
        }
    })
}

/// Moves a line up or down among those beside it.
pub(super) fn shift(desk: &mut Desk, client: ClientId, line: LineRef, up: bool) -> Result<Answer, Fault> {
    let plan = stored_plan(desk, client)?;
    let siblings = plan.siblings(line);
    if siblings.is_empty() {
        return Err(Fault::user(format!("{line} is not on the plan.")));
    }
    let Some(step) = moved(&siblings, line, up) else {
        return Err(Fault::user(if up {
            "It is the first in its order already."
        } else {
            "It is the last in its order already."
        }));
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanLineChanged, Some(client), line.number)?;
    let ranks = match step {
        Move::One(rank) => vec![(line, rank)],
        Move::All(ranks) => ranks,
    };
    for (line, rank) in ranks {
        match line.kind {
            LineKind::Goal => put_rank::<Goal>(desk, &mut unit, client, line.number, rank)?,
            LineKind::Objective => put_rank::<Objective>(desk, &mut unit, client, line.number, rank)?,
            LineKind::Method => put_rank::<Method>(desk, &mut unit, client, line.number, rank)?,
        }
    }
    desk.done(unit, client, Said::moved(&line.to_string(), up))
}

fn put_rank<L: Line>(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    number: Number,
    rank: u32,
) -> Result<(), Fault> {
    let kept = desk.books().get::<L>(client, number)?;
    let mut kept = kept.ok_or_else(|| Fault::user("A line next to it is no longer there. Look again."))?;
    stamp(desk, &mut kept.value)?;
    kept.value.line_mut().rank = rank;
    unit.put(&kept.value, client, number, kept.rev);
    Ok(())
}

/// Says that a goal is, or is not, one of the few that are worked on now.
pub(super) fn focus(desk: &mut Desk, client: ClientId, goal: Number, on: bool) -> Result<Answer, Fault> {
    let plan = stored_plan(desk, client)?;
    let focused: Vec<String> = plan
        .goals
        .iter()
        .filter(|one| one.focus && one.line.state.is_open() && one.line.number != goal)
        .map(|one| format!("G{}", one.line.number))
        .collect();
    if on && focused.len() >= desk.practice.rules.focus {
        return Err(Fault::user(format!("{} are in focus already.", focused.join(", ")))
            .hint("Take one of them out of focus first."));
    }
    let kept = desk.books().get::<Goal>(client, goal)?;
    let mut kept = kept.ok_or_else(|| Fault::user(format!("G{goal} is not on the plan.")))?;
    stamp(desk, &mut kept.value)?;
    kept.value.focus = on;
    let mut unit = desk.unit(Capability::WriteChart, Act::PlanLineChanged, Some(client), goal)?;
    unit.put(&kept.value, client, goal, kept.rev);
    let (focus, out) = (format!("G{goal} is in focus."), format!("G{goal} is out of focus."));
    let said = if on { Said::new(focus, out) } else { Said::new(out, focus) };
    desk.done(unit, client, said)
}

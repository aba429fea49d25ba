//! Lines of a plan that end because their stay does, in the act that signs the discharge summary.

use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::save::{Line, stamp};
use crate::domain::{Discharge, Goal, LeaveKind, LineEnd, LineRef, LineState, Method, Objective, StopWhy};
use crate::rules::discharge::end_of_method;
use crate::rules::when::with_year;

/// Ends every active line of the episode: goals and objectives as it was said of each, methods with what they served.
pub(in crate::service) fn end_lines(
    desk: &Desk,
    unit: &mut Unit,
    discharge: &Discharge,
) -> Result<(), Fault> {
    let said =
        |line: LineRef| discharge.end(line).and_then(|end| Some((end.end?, end.words.trim().to_owned())));
    end::<Goal>(desk, unit, discharge, |goal| said(LineRef::goal(goal.line.number)))?;
    end::<Objective>(desk, unit, discharge, |one| said(LineRef::objective(one.line.number)))?;
    // A method whose goal had ended before goes on for nobody.
    end::<Method>(desk, unit, discharge, |method| {
        Some((end_of_method(discharge, method).unwrap_or(LineEnd::NotMet), String::new()))
    })
}

fn end<L: Line>(
    desk: &Desk,
    unit: &mut Unit,
    discharge: &Discharge,
    how: impl Fn(&L) -> Option<(LineEnd, String)>,
) -> Result<(), Fault> {
    for mut kept in desk.books().list::<L>(discharge.client)? {
        let line = kept.value.line();
        if line.episode != discharge.episode || !line.state.is_active() {
            continue;
        }
        let died = discharge.kind.is_some_and(LeaveKind::is_death);
        let (state, words) = if died {
            (LineState::Stopped(StopWhy::Other), "the client has died".to_owned())
        } else {
            let Some((end, words)) = how(&kept.value) else { continue };
            (end.state(), words)
        };
        stamp(desk, &mut kept.value)?;
        let line = kept.value.line_mut();
        (line.state, line.state_on) = (state, discharge.on);
        line.state_words =
            if words.is_empty() { format!("the stay ended {}", with_year(discharge.on)) } else { words };
        let number = line.number;
        unit.put(&kept.value, discharge.client, number, kept.rev);
    }
    Ok(())
}

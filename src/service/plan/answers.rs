//! Answers to lines: recorded once each, and never changed.

use super::super::api::{Answer, Answered};
use super::super::desk::Desk;
use super::super::fault::{Fault, FaultKind};
use super::super::steps::Said;
use super::super::unit::Unit;
use super::save::stored_plan;
use crate::domain::{Act, Agreement, Assent, ClientId, Date, LineRef, Number, Party, Terms};
use crate::rules::access::Capability;
use crate::rules::plan::Plan;
use crate::rules::plan::agreed::{Standing, others, standing as standing_of};

/// Records what somebody answered to lines, all in one act.
pub(super) fn record(
    desk: &mut Desk,
    client: ClientId,
    whose: &Party,
    given: Date,
    answers: Vec<Answered>,
) -> Result<Answer, Fault> {
    check(desk, whose, given, &answers)?;
    let plan = stored_plan(desk, client)?;
    let first = desk.books().next_number::<Agreement>(client)?;
    let count = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    let said = said(whose, &answers);
    let undone = match answers.as_slice() {
        [one] => format!("the answer to {} counts as it did before.", one.about),
        several => format!("the answers to {} lines count as they did before.", several.len()),
    };
    let mut unit = desk.unit(Capability::WriteChart, Act::AnswersRecorded, Some(client), first)?;
    unit.set_count(count);
    for (number, answered) in (first..).zip(answers) {
        let mut agreement = blank(desk, client, number)?;
        agreement.episode = as_on_the_screen(&plan, &answered)?;
        agreement.about = answered.about;
        agreement.whose = whose.clone();
        agreement.answer = answered.answer;
        answered.words.trim().clone_into(&mut agreement.words);
        agreement.to = answered.to;
        agreement.given = given;
        unit.put(&agreement, client, number, 0);
    }
    desk.done(unit, client, Said::new(said, undone))
}

fn check(desk: &Desk, whose: &Party, given: Date, answers: &[Answered]) -> Result<(), Fault> {
    if answers.is_empty() {
        return Err(Fault::user("No line was answered."));
    }
    if given > desk.now().local.date {
        return Err(Fault::user("\"Given on\" is in the future. Use today or an earlier day."));
    }
    match whose {
        Party::Guardian(name) | Party::Participant(name) if name.trim().is_empty() => {
            Err(Fault::user("Write whose answer it is."))
        }
        _ => Ok(()),
    }
}

/// What is answered is what was on the screen: a line that says something else by now is refused. Answers its episode.
fn as_on_the_screen(plan: &Plan, answered: &Answered) -> Result<Number, Fault> {
    let name = answered.about;
    let line = plan.line(name).ok_or_else(|| Fault::user(format!("{name} is no longer on the plan.")))?;
    if line.terms() != answered.to {
        let who = &line.line().changed_by_name;
        return Err(Fault::new(
            FaultKind::Conflict,
            format!("{who} changed {name} after you opened it, so nothing was saved."),
        )
        .hint("Look at it again, then ask."));
    }
    Ok(line.line().episode)
}

fn said(whose: &Party, answers: &[Answered]) -> String {
    let whose = match whose {
        Party::Client => String::new(),
        Party::Guardian(name) | Party::Participant(name) => format!(" by {}", name.trim()),
    };
    match answers {
        [one] if one.answer == Assent::NotAsked => format!("{} counts as not asked{whose}.", one.about),
        [one] => format!("{} is answered{whose}: {}.", one.about, one.answer.word()),
        several => format!("{} lines are answered{whose}.", several.len()),
    }
}

fn blank(desk: &Desk, client: ClientId, number: Number) -> Result<Agreement, Fault> {
    let staff = desk.staff()?;
    Ok(Agreement {
        client,
        number,
        typed_at: desk.moment(),
        by: staff.id,
        by_name: staff.signature_name(),
        ..Agreement::default()
    })
}

/// Carries the answers that hold for a line over to its corrected wording.
pub(super) fn carry(
    desk: &Desk,
    unit: &mut Unit,
    client: ClientId,
    about: LineRef,
    (was, now): (&Terms, &Terms),
) -> Result<(), Fault> {
    let stored = stored(desk, client)?;
    let mut number = desk.books().next_number::<Agreement>(client)?;
    let parties = [Party::Client].into_iter().chain(others(&stored));
    for party in parties {
        let Standing::Given(held) = standing_of(&stored, about, &party, was) else { continue };
        let fresh = blank(desk, client, number)?;
        let carried = Agreement {
            number,
            to: now.clone(),
            carries: held.number,
            typed_at: fresh.typed_at,
            by: fresh.by,
            by_name: fresh.by_name,
            ..held.clone()
        };
        unit.put(&carried, client, number, 0);
        number += 1;
    }
    Ok(())
}

/// Whether somebody answered a line while it said this.
pub(super) fn standing(desk: &Desk, client: ClientId, about: LineRef, terms: &Terms) -> Result<bool, Fault> {
    let stored = stored(desk, client)?;
    let mut parties = [Party::Client].into_iter().chain(others(&stored));
    Ok(parties.any(|party| matches!(standing_of(&stored, about, &party, terms), Standing::Given(_))))
}

fn stored(desk: &Desk, client: ClientId) -> Result<Vec<Agreement>, Fault> {
    Ok(desk.books().list::<Agreement>(client)?.into_iter().map(|kept| kept.value).collect())
}

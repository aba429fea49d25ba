//! Hints about the plan as a whole and about its problems.

use super::super::Plan;
use super::super::coverage::holds;
use super::super::version::SignedVersion;
use super::line::better;
use super::{About, Around, Hint, Mend};
use crate::domain::{AskedParty, MedicationAnswer, Method, Often, Per, Written, counted};
use crate::rules::diagnosis::asks_for_medication;
use crate::rules::level::is_unexplained;

pub(super) fn add(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    safety(around, found);
    covered(plan, around, found);
    basics(plan, around, found);
    goals(plan, around, found);
    level(plan, around, found);
    review(plan, around, found);
    problems(plan, around, found);
}

fn of_plan(code: u8, words: impl Into<String>, mend: Mend, found: &mut Vec<Hint>) {
    found.push(Hint { code, about: About::Plan, words: words.into(), mend });
}

/// L22: an open need in dimension 3, or a risk in the newest note, and no current safety plan.
fn safety(around: Around<'_>, found: &mut Vec<Hint>) {
    let need = around.needs.iter().any(|need| need.state.open() && need.dimension.number == 3);
    if (need || around.risk) && !around.safe {
        of_plan(22, "There is a need about safety, and no current safety plan.", Mend::Safety, found);
    }
}

/// L04: a problem, or a dimension in NOW or PLAN, that nothing answers.
fn covered(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    for dimension in around.bare {
        of_plan(
            4,
            format!("D{dimension} is rated high and has no problem on the list yet."),
            Mend::Add,
            found,
        );
    }
    for problem in plan.problems.iter().filter(|problem| problem.status.is_active()) {
        if !holds(plan.coverage(problem), around.today) {
            let about = About::Problem(problem.number);
            let words = format!("P{} has no goal yet.", problem.number);
            found.push(Hint { code: 4, about, words, mend: Mend::Add });
        }
    }
}

/// L13, L14, L23, L29: what belongs to every plan besides its lines.
fn basics(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    if plan.goals.iter().all(|goal| !goal.line.state.is_active()) {
        return;
    }
    let basics = &plan.basics;
    let in_goals = plan.goals.iter().any(|goal| !goal.strengths.trim().is_empty());
    if Written::is_empty(&basics.strengths) && !in_goals {
        of_plan(13, "No strength of the person is written down.", Mend::Basics, found);
    }
    if basics.complete_when.is_empty() || basics.after.is_empty() {
        let words = "The plan does not say when it is complete and what comes after.";
        of_plan(14, words, Mend::Basics, found);
    }
    if basics.supports.people.is_empty() && basics.supports.declined.trim().is_empty() {
        of_plan(23, "Nobody is named who supports the person, and nobody was declined.", Mend::Basics, found);
    }
    if basics.medication == MedicationAnswer::NotAsked && asks_for_medication(around.diagnoses, around.today)
    {
        of_plan(29, "Medication for addiction has no answer yet.", Mend::Basics, found);
    }
}

/// L21, L30: what all goals together say.
fn goals(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let active: Vec<_> = plan.goals.iter().filter(|goal| goal.line.state.is_active()).collect();
    if !active.is_empty() && active.iter().all(|goal| !goal.line.required_by.trim().is_empty()) {
        let words = "Every goal is required by somebody else: what does the person want for themselves?";
        of_plan(21, words, Mend::Add, found);
    }
    let (focus, most) = (active.iter().filter(|goal| goal.focus).count(), around.rules.focus);
    if focus > most {
        let words = format!("{focus} goals are in focus at once; {most} are enough.");
        of_plan(30, words, Mend::State, found);
    }
}

/// L12, L27: the level of care.
fn level(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    if around.level.is_some_and(is_unexplained) {
        let words = "The level of care is not the one indicated, and nobody has said why.";
        of_plan(12, words, Mend::Background, found);
    }
    let Some(least) =
        around.least_hours.filter(|_| plan.methods.iter().any(|one| one.line.state.is_active()))
    else {
        return;
    };
    let minutes: u32 = plan.methods.iter().filter(|one| one.line.state.is_active()).map(weekly_minutes).sum();
    if minutes < u32::from(least) * 60 {
        let hours = minutes / 60;
        let words = format!("The plan holds about {hours} h a week; this level has at least {least} h.");
        of_plan(27, words, Mend::Change, found);
    }
}

/// L02, L06: a review is over; nothing that is signed says that the client took part.
fn review(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    if let Some(days) = around.review_over.filter(|_| plan.goals.iter().any(|goal| goal.line.state.is_open()))
    {
        let mend = if around.version.is_some() { Mend::Review } else { Mend::Assess };
        of_plan(2, format!("A review was due {} ago.", counted(days, "day", "days")), mend, found);
    }
    if around.version.is_some_and(is_without_the_client) {
        let words =
            "The signed plan does not say how the client took part, and no signature of theirs is recorded.";
        of_plan(6, words, Mend::Sign, found);
    }
}

/// Whether nothing in a version says that the client had a part in it: no word on how, and no answer of theirs.
fn is_without_the_client(version: &SignedVersion) -> bool {
    version.facts.took_part.is_none() && version.answer(AskedParty::Client).is_none()
}

/// L05, L11: a problem that somebody else has in the same words, or in words that judge.
fn problems(plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    for problem in plan.problems.iter().filter(|problem| problem.status.is_active()) {
        let (about, name) = (About::Problem(problem.number), format!("P{}", problem.number));
        if around.alike.contains(&about) {
            let words =
                format!("{name} is nearly in the same words for somebody else: what is it for this person?");
            found.push(Hint { code: 5, about, words, mend: Mend::Change });
        }
        better(about, &name, &problem.wording, around, found);
    }
}

/// Minutes a week that a method is planned for.
fn weekly_minutes(method: &Method) -> u32 {
    let minutes = u32::from(method.dose.minutes);
    match method.dose.often {
        Often::Times { times, per: Per::Day } => minutes * u32::from(times) * 7,
        Often::Times { times, per: Per::Week } => minutes * u32::from(times),
        Often::Times { times, per: Per::Month } => minutes * u32::from(times) / 4,
        Often::EveryWeeks(every) => minutes / u32::from(every.max(1)),
        Often::InAll(times) if method.dose.weeks > 0 => {
            minutes * u32::from(times) / u32::from(method.dose.weeks)
        }
        _ => 0,
    }
}

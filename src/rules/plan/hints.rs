//! Hints about a plan: what a reader or a surveyor would ask (`clinical.md` 2.7), with the place where it is mended.
//!
//! Hints advise and decide nothing. Codes stand in help only; on screen stands the sentence. Must not read the store: plan
//! and facts are handed in.

mod line;
mod whole;

use super::Plan;
use super::version::SignedVersion;
use crate::domain::{Date, Diagnosis, ImmediateNeed, LevelDecision, LineRef, Moment, Number};
use crate::packs::{Library, PlanRules};
use crate::rules::hints::Hints;

/// What a hint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The plan as a whole, or what belongs to it besides its lines.
    Plan,
    /// A problem.
    Problem(Number),
    /// A line.
    Line(LineRef),
}

/// Where a hint is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mend {
    /// In the line's or problem's own form.
    Change,
    /// By adding something below it.
    Add,
    /// By asking who agrees.
    Agree,
    /// By giving it another state.
    State,
    /// In what belongs to the plan besides its lines.
    Basics,
    /// On the page of diagnoses and levels.
    Background,
    /// By a review of the plan.
    Review,
    /// By looking at the person's ratings again: until a plan is signed, an assessment is its review.
    Assess,
    /// By signing it, with how the client took part.
    Sign,
    /// By making a safety plan together.
    Safety,
}

/// One hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Its number in `clinical.md` 2.7; 0 for a question of the plan that has none.
    pub code: u8,
    /// What it is about.
    pub about: About,
    /// The sentence.
    pub words: String,
    /// Where it is mended.
    pub mend: Mend,
}

/// What is known besides the plan.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Today where the agency is.
    pub today: Date,
    /// Now.
    pub now: Moment,
    /// Dimensions of the agency's set that are in NOW or PLAN and have no active problem.
    pub bare: &'a [u8],
    /// The level of care given.
    pub level: Option<&'a LevelDecision>,
    /// Least hours a week at that level; `None` where it asks for none.
    pub least_hours: Option<u16>,
    /// Diagnoses.
    pub diagnoses: &'a [Diagnosis],
    /// Immediate needs.
    pub needs: &'a [ImmediateNeed],
    /// A safety plan of this episode is signed.
    pub safe: bool,
    /// The newest note speaks of a risk of suicide.
    pub risk: bool,
    /// What the agency decided about plans.
    pub rules: &'a PlanRules,
    /// The agency's library.
    pub library: &'a Library,
    /// What says the same as a line of somebody else.
    pub alike: &'a [About],
    /// Days since a review was due; `None` if none is over.
    pub review_over: Option<i32>,
    /// The newest signed version of the episode.
    pub version: Option<&'a SignedVersion>,
    /// Words that have a better one.
    pub better: &'a Hints,
}

/// Returns every hint about a plan that the agency shows: about the plan itself, its problems, then line by line.
pub fn hints(plan: &Plan, around: Around<'_>) -> Vec<Hint> {
    let mut found = Vec::new();
    whole::add(plan, around, &mut found);
    for goal in plan.goals.iter().filter(|goal| goal.line.state.is_active()) {
        line::goal(goal, plan, around, &mut found);
    }
    let active_goal = |number: Number| plan.goal(number).is_some_and(|goal| goal.line.state.is_active());
    for one in plan.objectives.iter().filter(|one| one.line.state.is_active() && active_goal(one.goal)) {
        line::objective(one, plan, around, &mut found);
    }
    for one in plan.methods.iter().filter(|one| one.line.state.is_active() && active_goal(one.goal)) {
        line::method(one, plan, around, &mut found);
    }
    found.retain(|hint| around.rules.shows(hint.code));
    found
}

impl Around<'_> {
    /// The day of a moment, reckoned back from now: exact to the day where the clock was not changed since.
    fn day(&self, moment: Moment) -> Date {
        let days = (self.now.0 - moment.0).max(0) / (24 * Moment::HOUR);
        self.today.plus_days(-i32::try_from(days).unwrap_or(i32::MAX))
    }
}

#[cfg(test)]
mod table;
#[cfg(test)]
mod tests;

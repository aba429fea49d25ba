//! Whether what is rated high has somewhere to go: a goal, a referral, or a day on which somebody looks again.
//!
//! Source: `agreement.md` 4, *a high rating must land somewhere*.

use super::Plan;
use crate::domain::{Date, Number, Problem, ProblemFacts, ProblemStatus, ReferralKept};

/// How a problem is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Covered {
    /// Nothing answers it.
    No,
    /// An active goal does.
    ByGoal,
    /// It was put off, or referred to somebody, until this day; on that day it counts again.
    Until(Date),
    /// Somebody else has taken it.
    Elsewhere,
}

impl Plan {
    /// Returns how a problem is answered by this plan.
    pub fn coverage(&self, problem: &Problem) -> Covered {
        if self.goal_of(problem.number).is_some() {
            return Covered::ByGoal;
        }
        of_status(&problem.status)
    }

    /// Returns an active goal that answers a problem.
    pub fn goal_of(&self, problem: Number) -> Option<Number> {
        let answers = self.goals.iter().filter(|goal| goal.problems.contains(&problem));
        answers.filter(|goal| goal.line.state.is_active()).map(|goal| goal.line.number).min()
    }
}

/// Returns how a problem is answered without a goal.
pub fn of_status(status: &ProblemStatus) -> Covered {
    match status {
        ProblemStatus::Deferred { revisit, .. } => Covered::Until(*revisit),
        ProblemStatus::Referred { kept: ReferralKept::Kept, .. } => Covered::Elsewhere,
        ProblemStatus::Referred { kept: ReferralKept::Made, look_again: Some(on), .. } => Covered::Until(*on),
        _ => Covered::No,
    }
}

/// Whether a problem is answered on a day.
pub fn holds(covered: Covered, today: Date) -> bool {
    match covered {
        Covered::No => false,
        Covered::ByGoal | Covered::Elsewhere => true,
        Covered::Until(day) => today < day,
    }
}

/// Whether a problem of a list counts as open on a day: it is active, or the day on which somebody looks again has come.
pub fn is_open(facts: &ProblemFacts, today: Date) -> bool {
    facts.active || !is_covered(facts, today)
}

/// Whether a problem of a list is answered on a day.
pub fn is_covered(facts: &ProblemFacts, today: Date) -> bool {
    facts.goal || facts.away_until.is_some_and(|day| today < day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Goal, LineState, PlanLine};

    const TODAY: Date = Date(20_000);

    fn problem(status: ProblemStatus) -> Problem {
        Problem { number: 1, status, ..Problem::default() }
    }

    fn goal(state: LineState) -> Plan {
        let line = PlanLine { number: 2, state, ..PlanLine::default() };
        Plan { goals: vec![Goal { line, problems: vec![1], ..Goal::default() }], ..Plan::default() }
    }

    #[test]
    fn only_an_active_goal_answers_a_problem() {
        let active = problem(ProblemStatus::Active);
        assert_eq!(goal(LineState::Active).coverage(&active), Covered::ByGoal);
        let until = Date(20_100);
        for state in [LineState::Proposed, LineState::Met, LineState::Deferred { until, agrees: None }] {
            assert_eq!(goal(state).coverage(&active), Covered::No, "{state:?}");
        }
    }

    #[test]
    fn what_was_put_off_counts_again_on_its_day() {
        let off = |revisit| of_status(&ProblemStatus::Deferred { reason: "later".into(), revisit });
        assert!(
            holds(off(Date(20_001)), TODAY) && !holds(off(TODAY), TODAY) && !holds(off(Date(19_999)), TODAY)
        );
    }

    #[test]
    fn a_referral_answers_while_it_is_kept_or_somebody_still_waits() {
        let referred = |kept, look_again| {
            of_status(&ProblemStatus::Referred { to: "the clinic".into(), kept, look_again })
        };
        assert!(holds(referred(ReferralKept::Kept, None), TODAY));
        assert!(holds(referred(ReferralKept::Made, Some(Date(20_001))), TODAY));
        assert!(!holds(referred(ReferralKept::Made, Some(TODAY)), TODAY));
        assert!(!holds(referred(ReferralKept::Made, None), TODAY), "nobody looks again");
        for kept in [ReferralKept::NotKept, ReferralKept::Declined, ReferralKept::NoAnswer] {
            assert!(!holds(referred(kept, Some(Date(20_100))), TODAY), "{kept:?}");
        }
    }
}

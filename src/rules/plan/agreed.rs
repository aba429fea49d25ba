//! What people agreed to: the answer that holds for a line, and the counts over the whole plan.

use super::{AnyLine, Plan};
use crate::domain::{Agreement, Assent, LineKind, LineRef, Party, Terms};

/// How a line is answered by somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing<'a> {
    #[default]
    Unasked,
    /// The answer was given to what the line says now.
    Given(&'a Agreement),
    /// The answer was given before the line changed: it counts as not asked.
    Before(&'a Agreement),
}

impl<'a> Standing<'a> {
    /// Returns the answer that holds.
    pub fn assent(self) -> Assent {
        match self {
            Self::Given(agreement) => agreement.answer,
            Self::Unasked | Self::Before(_) => Assent::NotAsked,
        }
    }

    /// Returns the newest answer, whether it still holds or not.
    pub fn newest(self) -> Option<&'a Agreement> {
        match self {
            Self::Given(agreement) | Self::Before(agreement) => Some(agreement),
            Self::Unasked => None,
        }
    }

    /// Whether somebody has to ask: nothing was answered to what the line says now.
    pub fn is_open(self) -> bool {
        self.assent() == Assent::NotAsked
    }
}

/// Returns how a line is answered by a party. Of several answers the newest counts.
pub fn standing<'a>(answers: &'a [Agreement], about: LineRef, whose: &Party, terms: &Terms) -> Standing<'a> {
    let newest =
        answers.iter().filter(|one| one.about == about && one.whose == *whose).max_by_key(|one| one.number);
    match newest {
        None => Standing::Unasked,
        Some(one) if one.answer == Assent::NotAsked => Standing::Unasked,
        Some(one) if one.to == *terms => Standing::Given(one),
        Some(one) => Standing::Before(one),
    }
}

/// Everybody but the client who answered something, in the order in which they first did.
pub fn others(answers: &[Agreement]) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for one in answers.iter().filter(|one| one.whose != Party::Client) {
        if !found.contains(&one.whose) {
            found.push(one.whose.clone());
        }
    }
    found
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Of {
    /// So many are agreed.
    pub agreed: u16,
    /// Of so many.
    pub of: u16,
}

/// What the client agreed to, counted over a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub goals: Of,
    /// Active objectives and methods under an active goal.
    pub tasks: Of,
    /// Of both, those that nobody asked about as they are now.
    pub unasked: u16,
}

impl Plan {
    /// Returns how the client answered a line.
    pub fn answered(&self, line: AnyLine<'_>) -> Standing<'_> {
        standing(&self.agreements, line.name(), &Party::Client, &line.terms())
    }

    /// Whether a line counts in what was agreed: it is active, and so is its goal.
    pub fn counts(&self, line: AnyLine<'_>) -> bool {
        let goal_is_active = self.goal(line.goal()).is_some_and(|goal| goal.line.state.is_active());
        line.line().state.is_active() && goal_is_active
    }

    /// Counts what the client agreed to.
    pub fn agreed(&self) -> Counts {
        let mut counts = Counts::default();
        for line in self.lines().filter(|line| self.counts(*line)) {
            let answer = self.answered(line).assent();
            let of = if line.name().kind == LineKind::Goal { &mut counts.goals } else { &mut counts.tasks };
            of.of = of.of.saturating_add(1);
            of.agreed = of.agreed.saturating_add(u16::from(answer == Assent::Agreed));
            counts.unasked = counts.unasked.saturating_add(u16::from(answer == Assent::NotAsked));
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Goal, LineState, Method, Objective, PlanLine};

    fn line(number: u32) -> PlanLine {
        PlanLine { number, ..PlanLine::default() }
    }

    fn plan() -> Plan {
        Plan {
            goals: vec![Goal { line: line(1), ..Goal::default() }, Goal { line: line(2), ..Goal::default() }],
            objectives: vec![Objective {
                line: line(3),
                goal: 1,
                step: "write the diary".into(),
                amount: "2 nights a week".into(),
                ..Objective::default()
            }],
            methods: vec![Method { line: line(1), goal: 1, objective: 3, ..Method::default() }],
            ..Plan::default()
        }
    }

    fn answer(plan: &mut Plan, about: LineRef, answer: Assent) {
        let to = plan.line(about).unwrap().terms();
        let number = plan.agreements.len() as u32 + 1;
        plan.agreements.push(Agreement { number, about, answer, to, ..Agreement::default() });
    }

    #[test]
    fn an_answer_belongs_to_a_wording() {
        let mut plan = plan();
        answer(&mut plan, LineRef::objective(3), Assent::Agreed);
        assert_eq!(plan.agreed().tasks, Of { agreed: 1, of: 2 });
        let before = plan.objectives[0].clone();
        plan.objectives[0].amount = "3 nights a week".into();
        let now = plan.answered(AnyLine::Objective(&plan.objectives[0]));
        assert!(matches!(now, Standing::Before(_)) && now.is_open());
        assert_eq!(plan.agreed().tasks, Of { agreed: 0, of: 2 });
        for change in [
            |o: &mut Objective| o.by = Some(Date(20_000)),
            |o: &mut Objective| o.step = "keep the diary".into(),
            |o: &mut Objective| o.doer = crate::domain::Doer::Other("L.".into()),
        ] {
            plan.objectives[0] = before.clone();
            assert_eq!(plan.agreed().tasks.agreed, 1, "as it was, the answer holds again");
            change(&mut plan.objectives[0]);
            assert_eq!(plan.agreed().tasks.agreed, 0);
        }
        // What was only added to it is no other agreement.
        plan.objectives[0] = Objective { sure: Some(6), see: "the diary".into(), ..before };
        assert_eq!(plan.agreed().tasks.agreed, 1);
    }

    #[test]
    fn partly_and_rather_not_say_are_answers_and_no_agreement() {
        let mut plan = plan();
        for (about, assent) in [
            (LineRef::goal(1), Assent::Agreed),
            (LineRef::goal(2), Assent::Declined),
            (LineRef::objective(3), Assent::Partly),
            (LineRef::method(1), Assent::NotSaid),
        ] {
            answer(&mut plan, about, assent);
        }
        let counts = plan.agreed();
        assert_eq!((counts.goals, counts.tasks), (Of { agreed: 1, of: 2 }, Of { agreed: 0, of: 2 }));
        assert_eq!(counts.unasked, 0);
        answer(&mut plan, LineRef::goal(1), Assent::NotAsked);
        assert_eq!(plan.agreed().unasked, 1, "an answer can be taken back by another one");
    }

    #[test]
    fn what_is_under_a_goal_that_waits_is_not_counted() {
        let mut plan = plan();
        answer(&mut plan, LineRef::objective(3), Assent::Agreed);
        plan.goals[0].line.state = LineState::Deferred { until: Date(20_100), agrees: None };
        let counts = plan.agreed();
        assert_eq!((counts.goals, counts.tasks), (Of { agreed: 0, of: 1 }, Of::default()));
    }

    #[test]
    fn everybody_answers_for_themselves() {
        let mut plan = plan();
        answer(&mut plan, LineRef::goal(1), Assent::Agreed);
        let sister = Party::Participant("L.".into());
        let mut hers = plan.agreements[0].clone();
        (hers.number, hers.whose, hers.answer) = (2, sister.clone(), Assent::Declined);
        plan.agreements.push(hers);
        let goal = AnyLine::Goal(&plan.goals[0]);
        assert_eq!(plan.answered(goal).assent(), Assent::Agreed);
        assert_eq!(
            standing(&plan.agreements, goal.name(), &sister, &goal.terms()).assent(),
            Assent::Declined
        );
        assert_eq!(others(&plan.agreements), [sister]);
    }
}

//! What a plan has for the next session: an agenda to choose from, drawn from what is recorded.
//!
//! Owns what is on it, in which order. It decides nothing and writes nothing: who meets the client chooses.

use super::coverage::holds;
use super::words::{amount, first_upper, wording};
use super::{AnyLine, Plan};
use crate::domain::{Date, LineState, Method, Problem, ProblemStatus, ReferralKept, StaffId, Who};
use crate::rules::when;

/// Why something is on the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It keeps somebody safe.
    Safety,
    /// A goal that is worked on now.
    Focus,
    /// A method that names whoever asks.
    Mine,
    /// What was planned or asked last time.
    LastTime,
    /// A problem that nothing answers.
    Uncovered,
    /// The day on which somebody looks again has come.
    LookAgain,
}

impl Why {
    /// The words before an item.
    pub fn word(self) -> &'static str {
        match self {
            Self::Safety => "Safety",
            Self::Focus => "Focus",
            Self::Mine => "You",
            Self::LastTime => "Last time",
            Self::Uncovered => "No goal yet",
            Self::LookAgain => "Look again",
        }
    }
}

/// One line of an agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub why: Why,
    pub words: String,
}

impl Item {
    /// The line as it is read: `Focus: I want to sleep`.
    pub fn line(&self) -> String {
        format!("{}: {}", self.why.word(), self.words)
    }
}

/// Returns the agenda of a session: safety first, then the goals in focus, what names whoever asks, what was planned last, what
/// nothing answers yet, and what was to be looked at again by today.
pub fn agenda(plan: &Plan, me: StaffId, last: Option<&str>, today: Date) -> Vec<Item> {
    let mut items = Vec::new();
    let mut add = |why, words: String| items.push(Item { why, words });
    let active = |line: &AnyLine<'_>| plan.counts(*line);
    for line in plan.lines().filter(|line| active(line) && line.is_safety()) {
        add(Why::Safety, said(line));
    }
    for goal in plan.goals.iter().filter(|goal| goal.focus && goal.line.state.is_active()) {
        add(Why::Focus, wording(AnyLine::Goal(goal)));
    }
    for method in plan.methods.iter().filter(|one| names(one, me)) {
        let line = AnyLine::Method(method);
        if active(&line) && !line.is_safety() {
            add(Why::Mine, said(line));
        }
    }
    if let Some(last) = last.map(str::trim).filter(|last| !last.is_empty()) {
        add(Why::LastTime, last.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    for problem in plan.problems.iter().filter(|one| one.status.is_active()) {
        if !holds(plan.coverage(problem), today) {
            add(Why::Uncovered, format!("P{} {}", problem.number, named(problem)));
        }
    }
    for (words, on) in again(plan, today) {
        add(Why::LookAgain, format!("{words}, {}", when::short(on, today)));
    }
    items
}

fn names(method: &Method, me: StaffId) -> bool {
    matches!(&method.who, Who::Staff { id, .. } if *id == me)
}

/// `O1 Call L. before 20:00, 4 of 4`.
fn said(line: AnyLine<'_>) -> String {
    let words = first_upper(wording(line).trim().trim_end_matches('.'));
    let amount = amount(line);
    let amount = if amount.is_empty() { amount } else { format!(", {amount}") };
    format!("{} {words}{amount}", line.name())
}

fn named(problem: &Problem) -> &str {
    let words = if problem.wording.trim().is_empty() { &problem.words } else { &problem.wording };
    words.trim()
}

/// Referrals and deferrals whose day has come, the oldest first.
fn again(plan: &Plan, today: Date) -> Vec<(String, Date)> {
    let mut found = Vec::new();
    for problem in &plan.problems {
        let on = match &problem.status {
            ProblemStatus::Deferred { revisit, .. } => Some(*revisit),
            ProblemStatus::Referred { kept: ReferralKept::Made, look_again, .. } => *look_again,
            _ => None,
        };
        found.extend(on.map(|on| (format!("P{} {}", problem.number, named(problem)), on)));
    }
    for line in plan.lines() {
        if let LineState::Deferred { until, .. } = line.line().state {
            found.push((said(line), until));
        }
    }
    for method in plan.methods.iter().filter(|one| plan.counts(AnyLine::Method(one))) {
        let waits = method.referral.as_ref().filter(|one| one.kept == ReferralKept::Made);
        found.extend(waits.and_then(|one| one.look_again).map(|on| (said(AnyLine::Method(method)), on)));
    }
    found.retain(|(_, on)| *on <= today);
    found.sort_by_key(|(_, on)| *on);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Goal, Objective, PlanLine, Quote, Referral};

    const TODAY: Date = Date(20_000);
    const ME: StaffId = StaffId([1; 16]);

    fn line(number: u32) -> PlanLine {
        PlanLine { number, ..PlanLine::default() }
    }

    fn goal(number: u32, words: &str, focus: bool) -> Goal {
        let words = Quote { words: words.into(), ..Quote::default() };
        Goal { line: line(number), words, problems: vec![1], focus, ..Goal::default() }
    }

    fn method(number: u32, wording: &str, id: StaffId) -> Method {
        let who = Who::Staff { id, name: "Rosa".into() };
        Method { line: line(number), goal: 1, wording: wording.into(), who, ..Method::default() }
    }

    fn problem(number: u32, wording: &str, status: ProblemStatus) -> Problem {
        Problem { number, wording: wording.into(), status, ..Problem::default() }
    }

    fn plan() -> Plan {
        let step = |number, step: &str, safety| Objective {
            line: line(number),
            goal: 1,
            step: step.into(),
            safety,
            ..Objective::default()
        };
        let waits = |on| Some(Referral { look_again: Some(Date(on)), ..Referral::default() });
        let deferred = |on| ProblemStatus::Deferred { reason: "later".into(), revisit: Date(on) };
        let mut asleep = goal(3, "later", false);
        asleep.line.state = LineState::Deferred { until: Date(19_990), agrees: None };
        Plan {
            problems: vec![
                problem(1, "low mood", ProblemStatus::Active),
                problem(2, "no work", ProblemStatus::Active),
                problem(3, "teeth", deferred(20_000)),
                problem(4, "debts", deferred(20_001)),
            ],
            goals: vec![goal(1, "I want to sleep.", true), goal(2, "other", false), asleep],
            objectives: vec![step(1, "write the diary", false), step(2, "call L. before 20:00", true)],
            methods: vec![
                method(1, "sleep restriction", ME),
                method(2, "not mine", StaffId([2; 16])),
                Method { referral: waits(19_999), ..method(3, "sleep clinic", StaffId([2; 16])) },
                Method { referral: waits(20_002), ..method(4, "dentist", StaffId([2; 16])) },
            ],
            ..Plan::default()
        }
    }

    #[test]
    fn safety_is_first_then_focus_and_what_names_whoever_asks() {
        let lines: Vec<String> =
            agenda(&plan(), ME, Some(" call the\nsister "), TODAY).iter().map(Item::line).collect();
        let (nov, today) = (when::short(Date(19_999), TODAY), when::short(TODAY, TODAY));
        assert_eq!(
            lines,
            [
                "Safety: O2 Call L. before 20:00".to_owned(),
                "Focus: \u{201c}I want to sleep.\u{201d}".into(),
                "You: M1 Sleep restriction".into(),
                "Last time: call the sister".into(),
                "No goal yet: P2 no work".into(),
                format!("Look again: G3 \u{201c}later\u{201d}, {}", when::short(Date(19_990), TODAY)),
                format!("Look again: M3 Sleep clinic, {nov}"),
                format!("Look again: P3 teeth, {today}"),
            ]
        );
    }

    #[test]
    fn what_ended_is_on_no_agenda() {
        let mut plan = plan();
        for goal in &mut plan.goals {
            goal.line.state = LineState::Met;
        }
        plan.problems.clear();
        assert_eq!(agenda(&plan, ME, None, TODAY), [], "the lines under them do not count either");
        assert_eq!(agenda(&Plan::default(), ME, Some(""), TODAY), []);
    }
}

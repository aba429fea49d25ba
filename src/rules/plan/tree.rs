//! The plan as a tree: which line is under which, in which order, in each view.
//!
//! Owns the order. Goals are under the problem they answer (under the first one that is open, if there are several), or under
//! what the client wants; objectives are under goals, methods under objectives or goals. Nothing is stored.

use super::{AnyLine, Plan};
use crate::domain::{Goal, LineKind, LineRef, LineState, Number, Problem, ProblemStatus};

/// What a row of the tree is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// What the client wants.
    Wants,
    Problem(Number),
    Line(LineRef),
}

/// A row of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub node: Node,
    /// How deep it is: 0 for what the client wants and for problems.
    pub depth: u8,
    /// The row it is under.
    pub under: Option<Node>,
}

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// What is on the plan: open problems, open lines, and what has ended as long as something under it is open.
    #[default]
    Plan,
    /// Open problems alone.
    Problems,
    /// Everything there ever was.
    Everything,
}

/// Whether a problem is one that a plan has to answer.
pub fn is_open(problem: &Problem) -> bool {
    !matches!(problem.status, ProblemStatus::Resolved { .. } | ProblemStatus::EnteredInError { .. })
}

impl Plan {
    /// Returns the problem under which a goal is shown: the first open one of those it answers, else the first of all; `None`
    /// if it answers what the client wants.
    pub fn home(&self, goal: &Goal) -> Option<Number> {
        let of = |number: &&Number| self.problem(**number).is_some();
        let open = |number: &&Number| self.problem(**number).is_some_and(is_open);
        goal.problems.iter().find(open).or_else(|| goal.problems.iter().find(of)).copied()
    }

    /// The problems a goal answers besides the one it is shown under, if they are open.
    pub fn also(&self, goal: &Goal) -> Vec<Number> {
        let home = self.home(goal);
        let open = |number: &Number| self.problem(*number).is_some_and(is_open);
        goal.problems.iter().copied().filter(|number| Some(*number) != home && open(number)).collect()
    }

    /// The open goals that answer a problem and are shown under another one.
    pub fn goals_elsewhere(&self, problem: Number) -> Vec<Number> {
        let answers = self.goals.iter().filter(|goal| goal.line.state.is_open());
        answers.filter(|goal| self.also(goal).contains(&problem)).map(|goal| goal.line.number).collect()
    }

    /// Whether no problem that a goal answers is open any more: somebody has to say what becomes of it.
    pub fn is_orphan(&self, goal: &Goal) -> bool {
        let open = |number: &Number| self.problem(*number).is_some_and(is_open);
        goal.line.state.is_open() && !goal.problems.is_empty() && !goal.problems.iter().any(open)
    }

    /// Returns the rows of a view, from the top down.
    pub fn rows(&self, show: Show) -> Vec<Row> {
        let mut rows = Vec::new();
        let goals = if show == Show::Problems { Vec::new() } else { self.goals_in_order(show) };
        let wanted: Vec<&Goal> = goals.iter().copied().filter(|goal| self.home(goal).is_none()).collect();
        rows.push(Row { node: Node::Wants, depth: 0, under: None });
        for goal in wanted {
            self.goal_rows(goal, Node::Wants, show, &mut rows);
        }
        for problem in self.problems_in_order() {
            let node = Node::Problem(problem.number);
            let mine: Vec<&Goal> =
                goals.iter().copied().filter(|goal| self.home(goal) == Some(problem.number)).collect();
            if !(is_open(problem) || !mine.is_empty() || show == Show::Everything) {
                continue;
            }
            rows.push(Row { node, depth: 0, under: None });
            for goal in mine {
                self.goal_rows(goal, node, show, &mut rows);
            }
        }
        rows
    }

    fn goal_rows(&self, goal: &Goal, under: Node, show: Show, rows: &mut Vec<Row>) {
        let number = goal.line.number;
        let node = Node::Line(LineRef::goal(number));
        rows.push(Row { node, depth: 1, under: Some(under) });
        let objectives = self.objectives.iter().filter(|one| one.goal == number).map(AnyLine::Objective);
        let objectives = in_order(objectives.filter(|one| self.is_shown(*one, show)));
        for objective in objectives {
            let of = Node::Line(objective.name());
            rows.push(Row { node: of, depth: 2, under: Some(node) });
            self.method_rows(number, objective.line().number, of, 3, show, rows);
        }
        self.method_rows(number, 0, node, 2, show, rows);
    }

    fn method_rows(
        &self,
        goal: Number,
        objective: Number,
        under: Node,
        depth: u8,
        show: Show,
        rows: &mut Vec<Row>,
    ) {
        let methods = self.methods.iter().filter(|one| one.goal == goal && one.objective == objective);
        for method in in_order(methods.map(AnyLine::Method).filter(|one| self.is_shown(*one, show))) {
            rows.push(Row { node: Node::Line(method.name()), depth, under: Some(under) });
        }
    }

    fn goals_in_order(&self, show: Show) -> Vec<&Goal> {
        let mut goals: Vec<&Goal> =
            self.goals.iter().filter(|goal| self.is_shown(AnyLine::Goal(goal), show)).collect();
        goals.sort_by_key(|goal| (goal.line.rank, goal.line.number));
        goals
    }

    fn problems_in_order(&self) -> Vec<&Problem> {
        let mut problems: Vec<&Problem> = self.problems.iter().collect();
        problems.sort_by_key(|problem| (problem.rank, problem.number));
        problems
    }

    /// Returns the lines beside which a line is, itself among them, in their order.
    pub fn siblings(&self, name: LineRef) -> Vec<AnyLine<'_>> {
        let Some(line) = self.line(name) else { return Vec::new() };
        match line {
            AnyLine::Goal(goal) => {
                let home = self.home(goal);
                let beside = self.goals.iter().filter(|one| self.home(one) == home).map(AnyLine::Goal);
                in_order(beside.filter(|one| self.is_shown(*one, Show::Plan)))
            }
            AnyLine::Objective(objective) => {
                let beside = self.objectives.iter().filter(|one| one.goal == objective.goal);
                in_order(beside.map(AnyLine::Objective).filter(|one| self.is_shown(*one, Show::Plan)))
            }
            AnyLine::Method(method) => {
                let beside = self
                    .methods
                    .iter()
                    .filter(|one| (one.goal, one.objective) == (method.goal, method.objective));
                in_order(beside.map(AnyLine::Method).filter(|one| self.is_shown(*one, Show::Plan)))
            }
        }
    }

    /// Returns the open lines under a line, whatever its own state is: nothing ends because what it serves has ended.
    pub fn open_under(&self, name: LineRef) -> Vec<LineRef> {
        let under = |line: &AnyLine<'_>| match (name.kind, *line) {
            (LineKind::Goal, AnyLine::Objective(one)) => one.goal == name.number,
            (LineKind::Goal, AnyLine::Method(one)) => one.goal == name.number,
            (LineKind::Objective, AnyLine::Method(one)) => one.objective == name.number,
            _ => false,
        };
        let open = self.lines().filter(|line| line.line().state.is_open());
        open.filter(under).map(AnyLine::name).collect()
    }

    fn is_shown(&self, line: AnyLine<'_>, show: Show) -> bool {
        let state = line.line().state;
        let was = state != LineState::EnteredInError;
        state.is_open() || show == Show::Everything || was && !self.open_under(line.name()).is_empty()
    }
}

fn in_order<'a>(lines: impl Iterator<Item = AnyLine<'a>>) -> Vec<AnyLine<'a>> {
    let mut lines: Vec<AnyLine<'a>> = lines.collect();
    lines.sort_by_key(|line| (line.line().rank, line.line().number));
    lines
}

/// How far apart ranks are when lines are added one after the other: room to move others in between.
pub const STEP: u32 = 1 << 16;

/// Returns the rank of a line that is added behind these.
pub fn rank_behind<'a>(siblings: impl IntoIterator<Item = AnyLine<'a>>) -> u32 {
    let last = siblings.into_iter().map(|line| line.line().rank).max();
    last.map_or(STEP, |last| last.saturating_add(STEP))
}

/// What moving a line takes: a rank for it, or new ranks for all where there is no room between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// The line alone gets another rank.
    One(u32),
    /// Every sibling gets a rank, in this order.
    All(Vec<(LineRef, u32)>),
}

/// Returns how a line moves one place up or down among its siblings; `None` if it is the first or the last already.
pub fn moved(siblings: &[AnyLine<'_>], name: LineRef, up: bool) -> Option<Move> {
    let at = siblings.iter().position(|line| line.name() == name)?;
    let to = if up { at.checked_sub(1)? } else { at + 1 };
    if to >= siblings.len() {
        return None;
    }
    let rank = |index: usize| siblings[index].line().rank;
    let (below, above) = if up {
        (to.checked_sub(1).map_or(0, rank), rank(to))
    } else {
        (rank(to), siblings.get(to + 1).map_or(u32::MAX, |line| line.line().rank))
    };
    let middle = if above == u32::MAX { below.saturating_add(STEP) } else { below + (above - below) / 2 };
    if middle > below && middle < above {
        return Some(Move::One(middle));
    }
    let mut order: Vec<LineRef> = siblings.iter().map(|line| line.name()).collect();
    order.swap(at, to);
    Some(Move::All(order.into_iter().zip((1..).map(|place: u32| place * STEP)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Method, Objective, PlanLine};

    fn line(number: Number, rank: u32) -> PlanLine {
        PlanLine { number, rank: rank * STEP, ..PlanLine::default() }
    }

    fn problem(number: Number) -> Problem {
        Problem { number, rank: number, ..Problem::default() }
    }

    fn goal(number: Number, problems: &[Number]) -> Goal {
        Goal { line: line(number, number), problems: problems.to_vec(), ..Goal::default() }
    }

    fn objective(number: Number, goal: Number, rank: u32) -> Objective {
        Objective { line: line(number, rank), goal, ..Objective::default() }
    }

    fn method(number: Number, goal: Number, objective: Number) -> Method {
        Method { line: line(number, number), goal, objective, ..Method::default() }
    }

    fn plan() -> Plan {
        Plan {
            problems: vec![problem(1), problem(2)],
            goals: vec![goal(1, &[1, 2]), goal(2, &[1]), goal(3, &[])],
            objectives: vec![objective(1, 1, 2), objective(2, 1, 1), objective(3, 2, 1)],
            methods: vec![method(1, 1, 1), method(2, 2, 0)],
            ..Plan::default()
        }
    }

    fn drawn(plan: &Plan, show: Show) -> Vec<String> {
        let name = |node| match node {
            Node::Wants => "wants".to_owned(),
            Node::Problem(number) => format!("P{number}"),
            Node::Line(name) => name.to_string(),
        };
        plan.rows(show)
            .iter()
            .map(|row| format!("{}{}", " ".repeat(row.depth.into()), name(row.node)))
            .collect()
    }

    #[test]
    fn lines_are_under_what_they_serve_in_their_order() {
        let tree = ["wants", " G3", "P1", " G1", "  O2", "  O1", "   M1", " G2", "  O3", "  M2", "P2"];
        assert_eq!(drawn(&plan(), Show::Plan), tree);
        assert_eq!(drawn(&plan(), Show::Problems), ["wants", "P1", "P2"]);
        assert_eq!(plan().also(&plan().goals[0]), [2]);
    }

    #[test]
    fn a_parent_that_ends_takes_nothing_with_it() {
        let mut plan = plan();
        plan.problems[0].status = ProblemStatus::Resolved { note: "better".into() };
        let tree = ["wants", " G3", "P1", " G2", "  O3", "  M2", "P2", " G1", "  O2", "  O1", "   M1"];
        assert_eq!(drawn(&plan, Show::Plan), tree, "G1 answers P2 as well; G2 stays where it is");
        assert!(plan.is_orphan(&plan.goals[1]) && !plan.is_orphan(&plan.goals[0]));
        // What ended stays as long as something under it is open, and goes with the last of it.
        plan.goals[1].line.state = LineState::Met;
        assert_eq!(drawn(&plan, Show::Plan), tree);
        plan.objectives[2].line.state = LineState::Met;
        assert_eq!(plan.open_under(LineRef::goal(2)), [LineRef::method(2)]);
        plan.methods[1].line.state = LineState::Stopped(crate::domain::StopWhy::Other);
        assert_eq!(drawn(&plan, Show::Plan), ["wants", " G3", "P2", " G1", "  O2", "  O1", "   M1"]);
        assert!(drawn(&plan, Show::Everything).contains(&"  O3".to_owned()));
    }

    #[test]
    fn a_method_stays_under_an_objective_that_is_met() {
        let mut plan = plan();
        let before = drawn(&plan, Show::Plan);
        plan.methods[0].safety = true;
        plan.objectives[0].line.state = LineState::Met;
        assert_eq!(drawn(&plan, Show::Plan), before);
        assert_eq!(plan.open_under(LineRef::objective(1)), [LineRef::method(1)]);
        plan.objectives[0].line.state = LineState::PartlyMet;
        assert_eq!(drawn(&plan, Show::Plan), before);
        plan.methods[0].line.state = LineState::Met;
        assert!(!drawn(&plan, Show::Plan).contains(&"  O1".to_owned()));
    }

    #[test]
    fn what_waits_stays_visible_with_all_that_is_under_it() {
        let mut plan = plan();
        let before = drawn(&plan, Show::Plan);
        let until = crate::domain::Date(20_000);
        plan.goals[0].line.state = LineState::Deferred { until, agrees: None };
        assert_eq!(drawn(&plan, Show::Plan), before);
    }

    #[test]
    fn moving_changes_the_line_that_is_moved_alone() {
        let mut plan = plan();
        let o1 = LineRef::objective(1);
        let Some(Move::One(rank)) = moved(&plan.siblings(o1), o1, true) else { panic!() };
        plan.objectives[0].line.rank = rank;
        assert_eq!(
            plan.siblings(o1).iter().map(|line| line.name()).collect::<Vec<_>>(),
            [o1, LineRef::objective(2)]
        );
        assert_eq!(moved(&plan.siblings(o1), o1, true), None);
        let Some(Move::One(rank)) = moved(&plan.siblings(o1), o1, false) else { panic!() };
        assert!(rank > plan.objectives[1].line.rank);
    }

    #[test]
    fn where_there_is_no_room_between_two_all_are_ranked_again() {
        let mut plan = plan();
        (plan.objectives[0].line.rank, plan.objectives[1].line.rank) = (2, 1);
        let o3 = objective(4, 1, 0);
        plan.objectives.push(Objective { line: PlanLine { rank: 3, ..o3.line.clone() }, ..o3 });
        let last = LineRef::objective(4);
        let Some(Move::All(ranks)) = moved(&plan.siblings(last), last, true) else { panic!() };
        let order: Vec<u32> = ranks.iter().map(|(name, _)| name.number).collect();
        assert_eq!(order, [2, 4, 1]);
        assert!(ranks.windows(2).all(|two| two[0].1 < two[1].1));
    }
}

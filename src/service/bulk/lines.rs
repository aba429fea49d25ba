//! A whole plan as records.

use crate::domain::{Agreement, ClientId, Goal, LineRef, Log, Method, Objective};
use crate::rules::plan::AnyLine;
use crate::rules::plan::words::wording;
use crate::service::unit::Unit;

/// A plan, numbered from 1 by kind.
#[derive(Clone, Debug, Default)]
pub struct BulkPlan {
    pub goals: Vec<Goal>,
    pub objectives: Vec<Objective>,
    pub methods: Vec<Method>,
    pub agreements: Vec<Agreement>,
    pub logs: Vec<Log>,
}

impl BulkPlan {
    pub(super) fn records(&self) -> usize {
        // A trail may come with each line.
        2 * (self.goals.len() + self.objectives.len() + self.methods.len())
            + self.agreements.len()
            + self.logs.len()
    }

    pub(super) fn put(&self, unit: &mut Unit, id: ClientId) {
        for goal in &self.goals {
            unit.put(goal, id, goal.line.number, 0);
        }
        for objective in &self.objectives {
            unit.put(objective, id, objective.line.number, 0);
        }
        for method in &self.methods {
            unit.put(method, id, method.line.number, 0);
        }
        for agreement in &self.agreements {
            unit.put(agreement, id, agreement.number, 0);
        }
        for log in &self.logs {
            unit.put(log, id, log.number, 0);
        }
    }

    /// What each line is called.
    pub(super) fn wordings(&self) -> Vec<(LineRef, String)> {
        let goals = self.goals.iter().map(AnyLine::Goal);
        let objectives = self.objectives.iter().map(AnyLine::Objective);
        let all = goals.chain(objectives).chain(self.methods.iter().map(AnyLine::Method));
        all.map(|line| (line.name(), wording(line))).collect()
    }
}

//! What the person at the desk may see of a client: how they are to each other, and a line of the list in that light.

use super::api::Person;
use super::desk::Desk;
use super::fault::Fault;
use super::seat::{names_only, particulars};
use crate::domain::{ClientId, Summary};
use crate::rules::access::{Capability, Reach, Relation, may};
use crate::rules::caseload::Standing;
use std::sync::Arc;

impl Desk {
    /// How far the person here reaches now.
    pub(super) fn reach(&self) -> Result<Reach, Fault> {
        let now = self.now();
        Ok(self.seat()?.reach(now.local.date, now.moment))
    }

    /// The person's relation to a chart, from the summary kept in memory.
    pub(super) fn relation(&self, client: Option<ClientId>) -> Result<Relation, Fault> {
        let seat = self.seat()?;
        let Some(client) = client else { return Ok(Relation::Agency) };
        let summary = seat.summaries.get(&client);
        let summary = summary.ok_or_else(|| Fault::user("This person is not in the store."))?;
        Ok(seat.relation(&self.reach()?, summary))
    }

    /// A line of the list, as the person here may see it.
    pub(super) fn person(&self, summary: &Arc<Summary>) -> Result<Person, Fault> {
        let relation = self.seat()?.relation(&self.reach()?, summary);
        self.person_as(summary, relation)
    }

    /// A line of the list in a relation. Who may not read the chart gets particulars and episode, and nothing that
    /// follows from the rest; who may answer danger there also gets the immediate needs.
    pub(super) fn person_as(&self, summary: &Arc<Summary>, relation: Relation) -> Result<Person, Fault> {
        let roles = &self.seat()?.staff.value.roles;
        let shown = if may(roles, Capability::ReadChart, relation) {
            Arc::clone(summary)
        } else {
            let answers = may(roles, Capability::AnswerDanger, relation) && !summary.needs.is_empty();
            let known = if may(roles, Capability::SeeDemographics, relation) {
                particulars(summary)
            } else {
                names_only(summary)
            };
            if !answers {
                return Ok(Person { summary: Arc::new(known), ..Person::default() });
            }
            Arc::new(Summary { needs: summary.needs.clone(), ..known })
        };
        let now = self.now();
        let standing = Standing::new(&shown, now.local.date, now.moment, &self.caseload_context()?);
        Ok(Person { summary: shown, standing: Arc::new(standing), also: Vec::new() })
    }
}

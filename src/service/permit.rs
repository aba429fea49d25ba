//! Permission to act, as a value: without one nothing is written.
//!
//! A [`Permit`] can only be made here, from the access table (`rules::access`) and a person's relation to a chart.

use super::fault::Fault;
use crate::domain::{ClientId, Staff, StaffId};
use crate::rules::access::{Capability, Relation, may};

/// Somebody may do something, to one record if it names one. Private fields: only this file makes one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Permit {
    who: Option<StaffId>,
    subject: Option<ClientId>,
    /// What was asked for; nothing for a person's own coming and going.
    capability: Option<Capability>,
}

impl Permit {
    /// Asks the table. `relation` is the person's relation to the subject ([`Relation::Agency`] without one).
    pub(super) fn ask(
        staff: &Staff,
        capability: Capability,
        subject: Option<ClientId>,
        relation: Relation,
    ) -> Result<Self, Fault> {
        if may(&staff.roles, capability, relation) {
            return Ok(Self { who: Some(staff.id), subject, capability: Some(capability) });
        }
        let words: Vec<&str> = staff.roles.iter().map(|role| role.word()).collect();
        Err(Fault::denied(format!("Your roles ({}) do not cover this here.", words.join(", ")))
            .hint(hint(relation)))
    }

    /// A person's own coming and going.
    pub(super) fn own(staff: StaffId) -> Self {
        Self { who: Some(staff), subject: None, capability: None }
    }

    /// Anyone may knock: a failed sign-in is recorded without a person.
    pub(super) fn knock() -> Self {
        Self { who: None, subject: None, capability: None }
    }

    /// Who was permitted.
    pub(super) fn who(&self) -> Option<StaffId> {
        self.who
    }

    /// What was permitted.
    pub(super) fn capability(&self) -> Option<Capability> {
        self.capability
    }

    /// To whose record.
    pub(super) fn subject(&self) -> Option<ClientId> {
        self.subject
    }
}

fn hint(relation: Relation) -> &'static str {
    match relation {
        Relation::NoEpisode => "A chart is kept from admission on: admit the person first.",
        Relation::Agency => "An admin can.",
        _ => {
            "The counselor of the episode and their supervisor can; beyond your own people a reason opens a chart."
        }
    }
}

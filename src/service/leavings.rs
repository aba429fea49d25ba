//! Pages on their way out: what the desk knows of each until it is told what became of it.

use super::permit::Permit;
use crate::domain::{ClientId, Moment, Number, Paper, ShownHow, ToGuardian};
use crate::rules::leaving::Basis;
use std::collections::BTreeMap;

/// A page on its way, from its event to its end. Only the gate makes one.
#[derive(Clone, Debug)]
pub(super) struct Leaving {
    pub permit: Permit,
    pub basis: Basis,
    pub client: ClientId,
    /// The episode of the plan that is on it.
    pub episode: Number,
    pub what: Paper,
    pub how: ShownHow,
    /// The moment whose records are on the page.
    pub at: Moment,
    /// Name and credential of who made it.
    pub by_name: String,
    /// The guardian it is made for.
    pub guardian: Option<Box<ToGuardian>>,
}

/// The pages on their way, and those that ended while nobody was signed in.
#[derive(Debug, Default)]
pub(super) struct Leavings {
    /// The newest number given.
    pub last: u64,
    /// By number.
    pub open: BTreeMap<u64, Leaving>,
    /// Who has the backup written that is on its way.
    pub backup: Option<Permit>,
    /// What became of them.
    pub ended: Vec<(Leaving, Result<String, String>)>,
}

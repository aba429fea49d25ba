//! Records as they were before a change.
//!
//! Owns what is kept of them and how they are read. Which kinds keep their past is the table of kinds' to say; the sealer
//! writes a [`Past`] with every change of such a record, so that nobody can forget it.

use super::{Kind, Owner, Record, Repo, StoreError};
use crate::domain::{Moment, Number, StaffId, numbered};
use std::ops::Range;

/// A record as it was before a change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The kind of the record, as the byte of its key.
    pub kind: u8,
    pub number: Number,
    /// The revision it had.
    pub rev: u32,
    /// It had been undone then.
    pub undone: bool,
    /// Its payload, as it was stored.
    pub payload: Vec<u8>,
    /// When it was changed.
    pub at: Moment,
    /// Who changed it; `None` if nobody was signed in.
    pub by: Option<StaffId>,
    /// The audit event of the change.
    pub audit: Number,
}

numbered!(Past {
    1 kind, 2 number, 3 rev, 4 undone, 5 payload, 6 at, 7 by, 8 audit,
});

/// Who changes something, when, and by which event: what a [`Past`] says besides the record itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    pub at: Moment,
    pub by: Option<StaffId>,
    /// The audit event.
    pub audit: Number,
}

impl Past {
    /// The record as it was; `None` if its addition had been undone.
    ///
    /// # Errors
    /// As [`Record::decode`].
    pub fn record<R: Record>(&self) -> Result<Option<R>, StoreError> {
        if self.undone { Ok(None) } else { R::decode(&self.payload).map(Some) }
    }
}

/// Numbers of the past of one kind: each kind has its own range among the numbers of an owner, so that the past of
/// one kind is read without the others'.
pub(crate) fn numbers_of(kind: Kind) -> Range<Number> {
    let first = u32::from(kind as u8) << 24;
    first..first | 0x00ff_ffff
}

impl Repo<'_> {
    /// Returns the earlier states of every record of a kind with this owner, oldest first.
    pub fn past<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<Past>, StoreError> {
        let found = self.between::<Past>(owner, numbers_of(R::KIND))?;
        Ok(found.into_iter().map(|found| found.value).collect())
    }
}

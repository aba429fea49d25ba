//! What tells that somebody without a key, or without the right, changed the stored files.

use super::fields::numbered;
use super::{Moment, Number, StaffId};
use serde::{Deserialize, Serialize};

/// In what the stored files do not match. Appended to, never reordered: it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Mismatch {
    /// Nothing says how the last act left the store.
    NoCheckpoint,
    /// What says so was signed by nobody who may sign in.
    CheckpointUnsigned,
    /// Records are not those that the last act left.
    RecordsDiffer,
    /// The list of staff keys is not the one that the last act left.
    KeysDiffer,
    /// The store is before its own last act.
    StoreOlder,
    /// Events are missing, exchanged, or do not follow each other.
    AuditDiffers,
    /// A staff record is not what the list of staff keys says: its roles do not count.
    StaffDiffers(StaffId),
    /// Fewer failed sign-ins are counted than before.
    FewerFailures,
    /// An older state was put in the place of one that was seen on this computer.
    OlderThanSeen,
}

impl Mismatch {
    /// Returns what it is in plain words, to stand after "Something in the stored files does not match:".
    pub fn words(self) -> &'static str {
        match self {
            Self::NoCheckpoint => "the note of how the last act left the files is gone",
            Self::CheckpointUnsigned => {
                "the note of how the last act left the files is not signed by anyone who works here"
            }
            Self::RecordsDiffer => "records were changed, added or removed since the last act",
            Self::KeysDiffer => "the list of staff keys is not the one that the last act left",
            Self::StoreOlder => "the files are older than their own last act",
            Self::AuditDiffers => "events of the audit are missing or were exchanged",
            Self::StaffDiffers(_) => {
                "an entry of staff is not what an admin signed, so its roles do not count"
            }
            Self::FewerFailures => "failed sign-ins were removed",
            Self::OlderThanSeen => "the files are older than what was last seen on this computer",
        }
    }
}

/// A mismatch that was found, kept until an admin acknowledges it and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MismatchCase {
    pub number: Number,
    pub at: Moment,
    /// At whose sign-in.
    pub by: StaffId,
    pub what: Vec<Mismatch>,
    /// Who acknowledged it; `None` = it is open.
    pub ended: Option<CaseEnd>,
}

numbered!(MismatchCase { 1 number, 2 at, 3 by, 4 what, 5 ended });

/// That an admin acknowledged a mismatch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseEnd {
    pub by: StaffId,
    pub at: Moment,
    /// What they found out, or why it can stay.
    pub reason: String,
}

numbered!(CaseEnd { 1 by, 2 at, 3 reason });

/// How often somebody failed to sign in as a person, ever. Written while nobody is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Knocks {
    pub failed: u32,
}

numbered!(Knocks { 1 failed });

/// When a person last signed in, and how many failed sign-ins were counted then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LastSignIn {
    pub at: Moment,
    pub failed: u32,
}

numbered!(LastSignIn { 1 at, 2 failed });

//! What makes a type a record: its kind, its schema, how it becomes bytes and back.

use super::{Kind, StoreError, codec};
use crate::domain::{
    Access, Client, Cover, DueChoice, Episode, HandOver, HouseRules, ImmediateNeed, ImportRun, Imported,
    Lexicon, Miss, NoteLife, Phrase, Problem, Remark, Session, Task, TaskDone, Team, Triage, Wants,
};
use serde::{Deserialize, Serialize};

/// A type that is stored. The shape of every schema that was ever written stays readable: a changed struct gets a new
/// `SCHEMA`, and `decode` upgrades the older ones, whose structs are kept frozen. Golden bytes hold this.
pub trait Record: Sized {
    /// What it is.
    const KIND: Kind;
    /// The schema written now.
    const SCHEMA: u8;

    /// The payload in the newest schema.
    fn encode(&self) -> Result<Vec<u8>, StoreError>;

    /// Reads a payload of this or an older schema (`schema` is at most [`Record::SCHEMA`]; the store refused newer).
    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError>;
}

/// Encodes a value as a record of this kind.
pub(crate) fn encode_as<T: Serialize>(kind: Kind, value: &T) -> Result<Vec<u8>, StoreError> {
    codec::encode(value).map_err(|_| StoreError::Malformed { kind })
}

/// Decodes a record of this kind.
pub(crate) fn decode_as<T: serde::de::DeserializeOwned>(kind: Kind, payload: &[u8]) -> Result<T, StoreError> {
    codec::decode(payload).map_err(|_| StoreError::Malformed { kind })
}

/// A record whose only schema so far is the type itself.
macro_rules! first_schema {
    ($($type:ty => $kind:ident),* $(,)?) => {
        $(impl $crate::store::Record for $type {
            const KIND: $crate::store::Kind = $crate::store::Kind::$kind;
            const SCHEMA: u8 = 1;

            fn encode(&self) -> Result<Vec<u8>, $crate::store::StoreError> {
                $crate::store::record::encode_as(Self::KIND, self)
            }

            fn decode(schema: u8, payload: &[u8]) -> Result<Self, $crate::store::StoreError> {
                match schema {
                    1 => $crate::store::record::decode_as(Self::KIND, payload),
                    _ => Err($crate::store::StoreError::Malformed { kind: Self::KIND }),
                }
            }
        })*
    };
}
pub(crate) use first_schema;

/// Where a person left off: written and read by the service alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Whatever the service put there.
    pub bytes: Vec<u8>,
}

first_schema! {
    ImportRun => ImportRun,
    Place => Place,
    Client => Client,
    Episode => Episode,
    ImmediateNeed => Need,
    Wants => Wants,
    Problem => Problem,
    Imported => Imported,
    Lexicon => Lexicon,
    NoteLife => NoteLife,
    Remark => Remark,
    Phrase => Phrase,
    Session => Session,
    Task => Task,
    TaskDone => TaskDone,
    Miss => Miss,
    DueChoice => DueChoice,
    Triage => Triage,
    Cover => Cover,
    Team => Team,
    Access => Access,
    HouseRules => HouseRules,
    HandOver => HandOver,
}

//! What makes a type a record: its kind, how it becomes bytes and back.

use super::{Kind, StoreError, codec};
use crate::domain::{Values, numbered};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A type that is stored. The table of kinds ([`Kind`]) names the type of every kind.
pub trait Record: Sized {
    /// The kind of record it is.
    const KIND: Kind;

    /// Returns the payload that is stored.
    ///
    /// # Errors
    /// [`StoreError::Malformed`] if the value has no stored form.
    fn encode(&self) -> Result<Vec<u8>, StoreError>;

    /// Reads a stored payload, all of it.
    ///
    /// # Errors
    /// [`StoreError::Newer`] if it holds a field this program does not know, [`StoreError::Malformed`] if it makes no sense.
    fn decode(payload: &[u8]) -> Result<Self, StoreError>;

    /// Returns its fields with what each holds, to be shown; nothing for what says itself how it is stored.
    fn values(&self) -> Values {
        Values::new()
    }
}

/// Encodes a value as a record of this kind.
pub(crate) fn encode_as<T: Serialize>(kind: Kind, value: &T) -> Result<Vec<u8>, StoreError> {
    codec::encode(value).map_err(|_| StoreError::Malformed { kind })
}

/// Decodes a record of this kind.
pub(crate) fn decode_as<T: DeserializeOwned>(kind: Kind, payload: &[u8]) -> Result<T, StoreError> {
    codec::decode(payload).map_err(|error| match error {
        codec::Undecodable::Newer => StoreError::Newer { kind },
        codec::Undecodable::Nonsense => StoreError::Malformed { kind },
    })
}

/// Where a person left off: written and read by the service alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whatever the service put there.
    pub bytes: Vec<u8>,
}

numbered!(Place {
    1 bytes,
});

/// What a person has typed into forms and windows and not saved: written and read by the service alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Whatever the service put there.
    pub bytes: Vec<u8>,
}

numbered!(Typed {
    1 bytes,
});

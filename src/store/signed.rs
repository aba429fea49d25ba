//! Signed text: payloads that are frozen at signing and never encoded again.
//!
//! The signature is Ed25519 over [`signing_hash`] of the payload *as stored*: encodings are not canonical, so a payload
//! is kept as bytes and read from them, and a later version never rewrites it.

use super::record::{decode_as, encode_as};
use super::{Kind, Owner, Record, StoreError};
use crate::domain::{Assessment, CoSignText, NoteText, Number, Signature};
use crate::engine::Key;
use crate::vault;
use serde::{Deserialize, Serialize};

/// What is signed: SHA-256 over kind, key and frozen payload.
pub fn signing_hash(kind: Kind, owner: impl Into<Owner>, number: Number, payload: &[u8]) -> [u8; 32] {
    let key = Key::new(kind as u8, owner.into().0, number);
    vault::sha256(&[b"concord signed text v1", &[kind as u8], &key.0, payload])
}

/// The text of a signed note: the payload as it was signed, byte for byte.
#[derive(Clone, PartialEq, Eq)]
pub struct FrozenNote {
    payload: Vec<u8>,
}

impl FrozenNote {
    /// Freezes a text. From here on only the bytes count.
    pub fn freeze(text: &NoteText) -> Result<Self, StoreError> {
        Ok(Self { payload: encode_as(Kind::NoteText, text)? })
    }

    /// The bytes that are signed.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }

    /// The text they hold.
    pub fn text(&self) -> Result<NoteText, StoreError> {
        decode_as(Kind::NoteText, &self.payload)
    }
}

impl std::fmt::Debug for FrozenNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FrozenNote({} bytes)", self.payload.len())
    }
}

/// The record is the payload itself.
impl Record for FrozenNote {
    const KIND: Kind = Kind::NoteText;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        Ok(self.payload.clone())
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        let frozen = Self { payload: payload.to_vec() };
        frozen.text()?;
        Ok(frozen)
    }
}

/// An assessment as stored: what was signed as bytes, the signature beside it.
#[derive(Serialize, Deserialize)]
struct Stored {
    frozen: Vec<u8>,
    completed: Option<Signature>,
}

/// The bytes that are signed when an assessment is completed: all of it but the signature. For one that is stored, take
/// [`super::Repo::assessment_payload`], which gives the bytes as they were signed.
pub fn assessment_payload(assessment: &Assessment) -> Result<Vec<u8>, StoreError> {
    let mut unsigned = assessment.clone();
    unsigned.completed = None;
    encode_as(Kind::Assessment, &unsigned)
}

/// The signed bytes in a stored assessment's payload.
pub(crate) fn frozen_assessment(payload: &[u8]) -> Result<Vec<u8>, StoreError> {
    Ok(decode_as::<Stored>(Kind::Assessment, payload)?.frozen)
}

impl Record for Assessment {
    const KIND: Kind = Kind::Assessment;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let stored = Stored { frozen: assessment_payload(self)?, completed: self.completed.clone() };
        encode_as(Kind::Assessment, &stored)
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        let stored: Stored = decode_as(Kind::Assessment, payload)?;
        let mut assessment: Self = decode_as(Kind::Assessment, &stored.frozen)?;
        assessment.completed = stored.completed;
        Ok(assessment)
    }
}

/// The bytes a co-signer signs. They are kept as they are.
pub fn cosign_payload(text: &CoSignText) -> Result<Vec<u8>, StoreError> {
    encode_as(Kind::NoteLife, text)
}

/// What the bytes of a co-signature say.
pub fn cosign_text(payload: &[u8]) -> Result<CoSignText, StoreError> {
    decode_as(Kind::NoteLife, payload)
}

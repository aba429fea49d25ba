//! Signed documents as they are stored: bytes that are frozen at signing and never encoded again.
//!
//! Owns what a signature covers. The author signs [`signing_hash`] of store, place, facts and text *as stored*: encodings are
//! not canonical, so both are kept as bytes and read from them. Whoever signs an entry in a document's life signs
//! [`entry_hash`], which also covers the entry before, so that none can be taken out or put in between.

use super::record::{decode_as, encode_as};
use super::{Kind, Record, StoreError};
use crate::domain::{
    Assessment, ClientId, DischargeFacts, DischargeText, DocFacts, LifeEntry, LifeText, NoteFacts, NoteHead,
    NoteText, Number, OwnFacts, PlanText, ReviewFacts, ReviewText, SafetyFacts, SafetyText, Signature,
    VersionFacts, numbered,
};
use crate::engine::Key;
use crate::vault;

/// What the author of a document signs: SHA-256 over the store, the place of the document, its facts and its text.
pub fn signing_hash(
    store_id: &[u8; 16],
    client: ClientId,
    number: Number,
    facts: &[u8],
    text: &[u8],
) -> [u8; 32] {
    let key = Key::new(Kind::DocHead as u8, client.0, number);
    let length = (facts.len() as u64).to_le_bytes();
    vault::sha256(&[b"concord document v1", store_id, &key.0, &length, facts, text])
}

/// What is signed under an entry in a document's life: SHA-256 over the store, the place of the life and the entry.
pub fn entry_hash(store_id: &[u8; 16], client: ClientId, number: Number, frozen: &[u8]) -> [u8; 32] {
    let key = Key::new(Kind::DocLife as u8, client.0, number);
    vault::sha256(&[b"concord life entry v1", store_id, &key.0, frozen])
}

/// A signed document without its text: its facts and the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocHead {
    pub client: ClientId,
    /// Which document of theirs; the number says of which kind.
    pub number: Number,
    /// The author's signature.
    pub signature: Signature,
    /// What lists show of it.
    facts: DocFacts,
    /// The same as bytes, as they were signed.
    frozen: Vec<u8>,
}

/// The stored form.
#[derive(Default)]
struct Stored {
    client: ClientId,
    number: Number,
    signature: Signature,
    facts: Vec<u8>,
}

numbered!(Stored { 1 client, 2 number, 3 signature, 4 facts });

impl DocHead {
    /// Freezes facts. From here on only the bytes count.
    pub fn freeze(facts: &DocFacts) -> Result<Vec<u8>, StoreError> {
        encode_as(Kind::DocHead, facts)
    }

    /// A head of frozen facts, signed.
    pub fn signed(
        client: ClientId,
        number: Number,
        signature: Signature,
        frozen: Vec<u8>,
    ) -> Result<Self, StoreError> {
        let facts = decode_as(Kind::DocHead, &frozen)?;
        Ok(Self { client, number, signature, facts, frozen })
    }

    /// What lists show of it.
    pub fn facts(&self) -> &DocFacts {
        &self.facts
    }

    /// The facts as they were signed.
    pub fn frozen(&self) -> &[u8] {
        &self.frozen
    }

    /// The note it is the head of; `None` if it is another kind of document.
    pub fn note(&self) -> Option<NoteHead> {
        let OwnFacts::Note(own) = &self.facts.own else { return None };
        Some(self.note_of(own))
    }

    fn note_of(&self, own: &NoteFacts) -> NoteHead {
        let DocFacts { episode, adds_to, amends, reason, begun, late, .. } = &self.facts;
        NoteHead {
            client: self.client,
            number: self.number,
            episode: *episode,
            addendum_to: *adds_to,
            amends: *amends,
            reason: reason.clone(),
            begun: *begun,
            late: *late,
            signature: self.signature.clone(),
            facts: own.clone(),
        }
    }

    /// The assessment it is the head of; `None` if it is another kind of document.
    pub fn assessment(&self) -> Option<&Assessment> {
        if let OwnFacts::Assessment(own) = &self.facts.own { Some(own) } else { None }
    }

    /// The version of the plan it is the head of; `None` if it is another kind of document.
    pub fn plan(&self) -> Option<&VersionFacts> {
        if let OwnFacts::Plan(own) = &self.facts.own { Some(own) } else { None }
    }

    /// The review it is the head of; `None` if it is another kind of document.
    pub fn review(&self) -> Option<&ReviewFacts> {
        if let OwnFacts::Review(own) = &self.facts.own { Some(own) } else { None }
    }

    /// The discharge summary it is the head of; `None` if it is another kind of document.
    pub fn discharge(&self) -> Option<&DischargeFacts> {
        if let OwnFacts::Discharge(own) = &self.facts.own { Some(own) } else { None }
    }

    /// The safety plan it is the head of; `None` if it is another kind of document.
    pub fn safety(&self) -> Option<&SafetyFacts> {
        if let OwnFacts::Safety(own) = &self.facts.own { Some(own) } else { None }
    }
}

impl Record for DocHead {
    const KIND: Kind = Kind::DocHead;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let stored = Stored {
            client: self.client,
            number: self.number,
            signature: self.signature.clone(),
            facts: self.frozen.clone(),
        };
        encode_as(Self::KIND, &stored)
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        let Stored { client, number, signature, facts } = decode_as(Self::KIND, payload)?;
        Self::signed(client, number, signature, facts)
    }
}

/// The text of a signed document: the bytes that were signed. Empty where the facts say all there is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct DocText(Vec<u8>);

impl DocText {
    /// Freezes the text of a note.
    pub fn of_note(text: &NoteText) -> Result<Self, StoreError> {
        encode_as(Kind::DocText, text).map(Self)
    }

    /// Freezes a plan.
    pub fn of_plan(text: &PlanText) -> Result<Self, StoreError> {
        encode_as(Kind::DocText, text).map(Self)
    }

    /// Freezes a review.
    pub fn of_review(text: &ReviewText) -> Result<Self, StoreError> {
        encode_as(Kind::DocText, text).map(Self)
    }

    /// Freezes a discharge summary.
    pub fn of_discharge(text: &DischargeText) -> Result<Self, StoreError> {
        encode_as(Kind::DocText, text).map(Self)
    }

    /// Freezes a safety plan.
    pub fn of_safety(text: &SafetyText) -> Result<Self, StoreError> {
        encode_as(Kind::DocText, text).map(Self)
    }

    /// The safety plan that was frozen.
    pub fn safety(&self) -> Result<SafetyText, StoreError> {
        decode_as(Kind::DocText, &self.0)
    }

    /// The discharge summary that was frozen.
    pub fn discharge(&self) -> Result<DischargeText, StoreError> {
        decode_as(Kind::DocText, &self.0)
    }

    /// The review that was frozen.
    pub fn review(&self) -> Result<ReviewText, StoreError> {
        decode_as(Kind::DocText, &self.0)
    }

    /// The plan that was frozen.
    pub fn plan(&self) -> Result<PlanText, StoreError> {
        decode_as(Kind::DocText, &self.0)
    }

    /// The text of a document whose facts say all there is.
    pub fn none() -> Self {
        Self::default()
    }

    /// The bytes that were signed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text of a note they hold.
    pub fn note(&self) -> Result<NoteText, StoreError> {
        decode_as(Kind::DocText, &self.0)
    }
}

impl std::fmt::Debug for DocText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DocText({} bytes)", self.0.len())
    }
}

impl Record for DocText {
    const KIND: Kind = Kind::DocText;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.clone())
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        Ok(Self(payload.to_vec()))
    }
}

/// What people signed about a document after its signing, oldest first. Entries are only ever added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocLife {
    pub client: ClientId,
    pub number: Number,
    pub entries: Vec<LifeEntry>,
}

numbered!(DocLife { 1 client, 2 number, 3 entries });

impl DocLife {
    /// What the entries say, oldest first.
    pub fn texts(&self) -> Result<Vec<LifeText>, StoreError> {
        self.entries.iter().map(|entry| decode_as(Kind::DocLife, &entry.frozen)).collect()
    }

    /// Freezes what an entry says.
    pub fn freeze(text: &LifeText) -> Result<Vec<u8>, StoreError> {
        encode_as(Kind::DocLife, text)
    }

    /// The hash of the newest entry, which the next one names; zeros while there is none.
    pub fn newest(&self) -> [u8; 32] {
        self.entries.last().map_or([0; 32], |entry| entry.signature.hash)
    }
}

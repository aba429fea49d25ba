//! Shapes that were stored once, frozen, each beside its upgrade. Nothing here is ever changed; golden bytes hold it.

use super::Record;
use super::record::{decode_as, encode_as};
use super::{Kind, StoreError};
use crate::domain::{
    AgencySettings, ClientId, ClockTime, Date, Modality, Mode, Moment, NoteDraft, NoteHead, NoteRules,
    NoteText, Number, Section, Service, Signature, StaffId,
};
use serde::{Deserialize, Serialize};

/// A service as the first schema of notes had it.
#[derive(Serialize, Deserialize)]
struct ServiceV1 {
    date: Date,
    start: ClockTime,
    minutes: u16,
    kind: String,
}

impl From<ServiceV1> for Service {
    /// Modality and mode are known only where the kind of service said them.
    fn from(old: ServiceV1) -> Self {
        let modality = match old.kind.as_str() {
            "individual" => Some(Modality::Individual),
            "family" => Some(Modality::Family),
            "collateral" => Some(Modality::Collateral),
            _ => None,
        };
        let mode = match old.kind.as_str() {
            "phone" => Some(Mode::Phone),
            "video" => Some(Mode::Video),
            _ => None,
        };
        Self { modality, mode, ..Self::new(old.date, old.start, old.minutes, &old.kind) }
    }
}

#[derive(Serialize, Deserialize)]
struct SectionV1 {
    key: String,
    title: String,
    text: String,
}

impl From<SectionV1> for Section {
    fn from(old: SectionV1) -> Self {
        Self { key: old.key, title: old.title, text: old.text }
    }
}

#[derive(Serialize, Deserialize)]
struct SignatureV1 {
    by: StaffId,
    name: String,
    at: Moment,
    hash: [u8; 32],
    proof: Vec<u8>,
    key: Vec<u8>,
}

impl From<SignatureV1> for Signature {
    fn from(old: SignatureV1) -> Self {
        let SignatureV1 { by, name, at, hash, proof, key } = old;
        Self { by, name, at, hash, proof, key }
    }
}

fn sections(old: Vec<SectionV1>) -> Vec<Section> {
    old.into_iter().map(Section::from).collect()
}

#[derive(Serialize, Deserialize)]
struct NoteDraftV1 {
    format: String,
    service: ServiceV1,
    links: Vec<Number>,
    sections: Vec<SectionV1>,
    addendum_to: Number,
}

/// A note draft as one of its schemas wrote it.
pub(super) fn note_draft(schema: u8, payload: &[u8]) -> Result<NoteDraft, StoreError> {
    match schema {
        1 => {
            let old: NoteDraftV1 = decode_as(Kind::DraftHead, payload)?;
            Ok(NoteDraft {
                format: old.format,
                service: old.service.into(),
                links: old.links,
                sections: sections(old.sections),
                addendum_to: old.addendum_to,
                ..NoteDraft::default()
            })
        }
        2 => decode_as(Kind::DraftHead, payload),
        _ => Err(StoreError::Newer { kind: Kind::DraftHead, schema: schema.into(), known: 2 }),
    }
}

#[derive(Serialize, Deserialize)]
struct NoteTextV1 {
    sections: Vec<SectionV1>,
    client_name: String,
    record_no: String,
    format: String,
    service: ServiceV1,
    links: Vec<(Number, String)>,
    author: String,
    signed_at: Moment,
    addendum_to: Number,
}

/// A frozen text as one of its schemas wrote it. Whether a first-schema text was late stands in its head.
pub(super) fn note_text(schema: u8, payload: &[u8]) -> Result<NoteText, StoreError> {
    match schema {
        1 => {
            let old: NoteTextV1 = decode_as(Kind::NoteText, payload)?;
            Ok(NoteText {
                sections: sections(old.sections),
                client_name: old.client_name,
                record_no: old.record_no,
                format: old.format,
                service: old.service.into(),
                links: old.links,
                author: old.author,
                signed_at: old.signed_at,
                addendum_to: old.addendum_to,
                begun: old.signed_at,
                ..NoteText::default()
            })
        }
        2 => decode_as(Kind::NoteText, payload),
        _ => Err(StoreError::Malformed { kind: Kind::NoteText }),
    }
}

#[derive(Serialize, Deserialize)]
struct NoteHeadV1 {
    client: ClientId,
    number: Number,
    episode: Number,
    format: String,
    service: ServiceV1,
    links: Vec<Number>,
    addendum_to: Number,
    signature: SignatureV1,
    late: bool,
    words: u32,
    gist: String,
}

impl From<NoteHeadV1> for NoteHead {
    fn from(old: NoteHeadV1) -> Self {
        Self {
            client: old.client,
            number: old.number,
            episode: old.episode,
            format: old.format,
            service: old.service.into(),
            links: old.links,
            addendum_to: old.addendum_to,
            begun: old.signature.at,
            signature: old.signature.into(),
            late: old.late,
            words: old.words,
            gist: old.gist,
            ..Self::default()
        }
    }
}

impl Record for NoteHead {
    const KIND: Kind = Kind::NoteHead;
    const SCHEMA: u8 = 2;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Self::KIND, self)
    }

    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError> {
        match schema {
            1 => decode_as::<NoteHeadV1>(Self::KIND, payload).map(Self::from),
            2 => decode_as(Self::KIND, payload),
            _ => Err(StoreError::Malformed { kind: Self::KIND }),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct SettingsV1 {
    set: String,
    programs: Vec<String>,
    next_record_no: u32,
    late_after_hours: u16,
    first_assessment_days: u16,
    review_days: u16,
    note_format: String,
    demo: bool,
}

impl From<SettingsV1> for AgencySettings {
    fn from(old: SettingsV1) -> Self {
        Self {
            set: old.set,
            programs: old.programs,
            next_record_no: old.next_record_no,
            late_after_hours: old.late_after_hours,
            first_assessment_days: old.first_assessment_days,
            review_days: old.review_days,
            note_format: old.note_format,
            demo: old.demo,
            notes: NoteRules::default(),
        }
    }
}

impl Record for AgencySettings {
    const KIND: Kind = Kind::Settings;
    const SCHEMA: u8 = 2;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Self::KIND, self)
    }

    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError> {
        match schema {
            1 => decode_as::<SettingsV1>(Self::KIND, payload).map(Self::from),
            2 => decode_as(Self::KIND, payload),
            _ => Err(StoreError::Malformed { kind: Self::KIND }),
        }
    }
}

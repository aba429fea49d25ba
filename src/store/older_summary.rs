//! The first schema of summaries, frozen beside its upgrade. Its facts have kept their shapes since.

use super::record::{decode_as, encode_as};
use super::{Kind, Record, StoreError};
use crate::domain::{
    Birth, ClientId, Date, DayFacts, DraftFacts, EpisodeFacts, ImportId, NeedFacts, ProblemFacts,
    RatingFacts, Summary,
};
use serde::{Deserialize, Serialize};

/// A summary before signed notes could wait for somebody, and before there were sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SummaryV1 {
    client: ClientId,
    name: Box<str>,
    legal: Box<str>,
    sort: Box<str>,
    find: Box<str>,
    record_no: Box<str>,
    birth: Birth,
    deceased: bool,
    episode: Option<EpisodeFacts>,
    ratings: Vec<RatingFacts>,
    set: Box<str>,
    assessed: Option<Date>,
    needs: Vec<NeedFacts>,
    client_first: Vec<u8>,
    wants_set: Box<str>,
    wants: Box<str>,
    barriers: Box<str>,
    preferences: Box<str>,
    wants_on: Option<Date>,
    problems: Vec<ProblemFacts>,
    last_contact: Option<Date>,
    drafts: Vec<DraftFacts>,
    notes: u32,
    proposals: u16,
    import: Option<ImportId>,
}

/// No note of that time waited for anybody, and nobody had sessions.
impl From<SummaryV1> for Summary {
    fn from(old: SummaryV1) -> Self {
        Self {
            client: old.client,
            name: old.name,
            legal: old.legal,
            sort: old.sort,
            find: old.find,
            record_no: old.record_no,
            birth: old.birth,
            deceased: old.deceased,
            episode: old.episode,
            ratings: old.ratings,
            set: old.set,
            assessed: old.assessed,
            needs: old.needs,
            client_first: old.client_first,
            wants_set: old.wants_set,
            wants: old.wants,
            barriers: old.barriers,
            preferences: old.preferences,
            wants_on: old.wants_on,
            problems: old.problems,
            last_contact: old.last_contact,
            drafts: old.drafts,
            notes: old.notes,
            proposals: old.proposals,
            import: old.import,
            waiting: Vec::new(),
            days: DayFacts::default(),
        }
    }
}

impl Record for Summary {
    const KIND: Kind = Kind::Summary;
    const SCHEMA: u8 = 2;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode_as(Self::KIND, self)
    }

    fn decode(schema: u8, payload: &[u8]) -> Result<Self, StoreError> {
        match schema {
            1 => decode_as::<SummaryV1>(Self::KIND, payload).map(Self::from),
            2 => decode_as(Self::KIND, payload),
            _ => Err(StoreError::Malformed { kind: Self::KIND }),
        }
    }
}

//! The records of the chart that is open at the desk.
//!
//! Owns the table of what a chart's rooms show, and how it is read: all of it when the chart is opened, and after a
//! change only the kinds that changed.

use super::api::Kept;
use super::books::Books;
use super::fault::Fault;
use crate::domain::{
    Administration, AfterContact, Agreement, Alert, CheckIn, Client, ClientId, Contract, CriticalWaiting,
    Diagnosis, DocKind, EarlierHelp, Episode, Goal, ImmediateNeed, Imported, LevelDecision, Log, Method,
    Number, Objective, PlanBasics, PlanEvent, Problem, Trail, Triage, Wants,
};
use crate::store::{DocHead, DocLife, DocText, DraftHead, Kind, Read, Record, ahead};
use std::collections::HashMap;

/// Note heads a chart opens with; older ones come on demand.
pub(super) const FIRST_NOTES: usize = 50;

/// Reads what a row of the table says: everything, the newest of everything, the one there is, or its earlier states.
macro_rules! read {
    (list, $books:expr, $client:expr, $type:ty) => {
        $books.list::<$type>($client)?
    };
    (one, $books:expr, $client:expr, $type:ty) => {
        $books.get::<$type>($client, 1)?
    };
    (past, $books:expr, $client:expr, $type:ty) => {
        $books.past::<$type>($client)?
    };
    (newest $most:literal, $books:expr, $client:expr, $type:ty) => {
        $books.newest::<$type>($client, None, $most)?
    };
}

/// What a row of the table is read by.
macro_rules! announced {
    (list, $client:expr, $type:ty) => {
        ahead::every::<$type>($client)
    };
    (one, $client:expr, $type:ty) => {
        ahead::one::<$type>($client, 1)
    };
    (past, $client:expr, $type:ty) => {
        ahead::past::<$type>($client)
    };
    (newest $most:literal, $client:expr, $type:ty) => {
        ahead::newest::<$type>($client, None, $most)
    };
}

macro_rules! shape {
    (one, $type:ty) => { Option<Kept<$type>> };
    (past, $type:ty) => { Vec<$type> };
    ($how:ident, $type:ty) => { Vec<Kept<$type>> };
}

macro_rules! chart_kinds {
    ($($field:ident: $how:ident $($most:literal)? $type:ty;)*) => {
        /// What the rooms of a chart show, as it is stored.
        #[derive(Clone, Debug)]
        pub(super) struct ChartRecords {
            /// Whose chart it is.
            pub id: ClientId,
            /// Its signed documents.
            pub docs: Docs,
            $(pub $field: shape!($how, $type),)*
        }

        impl ChartRecords {
            /// Reads all of it. The drafts, which are read next, are announced together with it.
            pub(super) fn load(books: &Books, id: ClientId) -> Result<Self, Fault> {
                let mut reads = vec![$(announced!($how $($most)?, id, $type),)* ahead::every::<DraftHead>(id)];
                reads.extend(Docs::reads(id));
                books.ahead(&reads);
                Ok(Self { id, docs: Docs::load(books, id)?, $($field: read!($how $($most)?, books, id, $type),)* })
            }

            /// Reads again what is of this kind.
            pub(super) fn reload(&mut self, books: &Books, kind: Kind) -> Result<(), Fault> {
                $(if kind == <$type as Record>::KIND {
                    self.$field = read!($how $($most)?, books, self.id, $type);
                })*
                if matches!(kind, Kind::DocHead | Kind::DocLife) {
                    self.docs = Docs::load(books, self.id)?;
                }
                Ok(())
            }
        }
    };
}

// Field, how it is read, type. A room that shows another kind of record adds a row.
chart_kinds! {
    client: one Client;
    episodes: list Episode;
    needs: list ImmediateNeed;
    wants: one Wants;
    wants_before: past Wants;
    problems: list Problem;
    goals: list Goal;
    objectives: list Objective;
    methods: list Method;
    agreements: list Agreement;
    trails: list Trail;
    basics: list PlanBasics;
    contracts: list Contract;
    events: list PlanEvent;
    logs: list Log;
    diagnoses: list Diagnosis;
    helps: list EarlierHelp;
    levels: list LevelDecision;
    contacts: list AfterContact;
    measures: list Administration;
    criticals: list CriticalWaiting;
    checkins: list CheckIn;
    alerts: list Alert;
    imported: one Imported;
    triages: newest 1 Triage;
}

/// The signed documents a chart opens with: the newest notes, every assessment, version of the plan, review, discharge summary and
/// safety plan, with what became of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Docs {
    /// The newest notes, one more than are shown if there are older ones.
    pub notes: Vec<DocHead>,
    pub assessments: Vec<DocHead>,
    /// Versions of the plan.
    pub versions: Vec<DocHead>,
    /// Reviews of the plan.
    pub reviews: Vec<DocHead>,
    /// Discharge summaries.
    pub discharges: Vec<DocHead>,
    /// Safety plans.
    pub safeties: Vec<DocHead>,
    /// The text of the newest safety plan, with its number.
    pub safety_text: Option<(Number, DocText)>,
    /// The text of the newest version.
    pub version_text: DocText,
    /// The entries in the lives of both.
    pub lives: HashMap<Number, DocLife>,
}

impl Docs {
    /// What they are read by, except what depends on the notes found.
    fn reads(id: ClientId) -> [Read; 3] {
        let first = DocKind::Assessment.numbers().start;
        [
            ahead::newest::<DocHead>(id, Some(DocKind::Note.numbers().end), FIRST_NOTES + 1),
            ahead::from::<DocHead>(id, first),
            ahead::from::<DocLife>(id, first),
        ]
    }

    fn load(books: &Books, id: ClientId) -> Result<Self, Fault> {
        let notes = books.newest_in::<DocHead>(id, &DocKind::Note.numbers(), None, FIRST_NOTES + 1)?;
        let first = notes.last().map_or(0, |kept| kept.value.number);
        let of_notes = books.between::<DocLife>(id, first..DocKind::Note.numbers().end)?;
        let assessments = books.between::<DocHead>(id, DocKind::Assessment.numbers())?;
        let of_assessments = books.between::<DocLife>(id, DocKind::Assessment.numbers())?;
        let versions = heads(books.between::<DocHead>(id, DocKind::Plan.numbers())?);
        let of_versions = books.between::<DocLife>(id, DocKind::Plan.numbers())?;
        let version_text = match versions.last() {
            Some(newest) => {
                books.get::<DocText>(id, newest.number)?.map(|kept| kept.value).unwrap_or_default()
            }
            None => DocText::none(),
        };
        let reviews = heads(books.between::<DocHead>(id, DocKind::Review.numbers())?);
        let of_reviews = books.between::<DocLife>(id, DocKind::Review.numbers())?;
        let discharges = heads(books.between::<DocHead>(id, DocKind::Discharge.numbers())?);
        let of_discharges = books.between::<DocLife>(id, DocKind::Discharge.numbers())?;
        let lives = of_notes.into_iter().chain(of_assessments).chain(of_versions).chain(of_reviews);
        let safeties = heads(books.between::<DocHead>(id, DocKind::Safety.numbers())?);
        let of_safeties = books.between::<DocLife>(id, DocKind::Safety.numbers())?;
        let lives = lives.chain(of_discharges).chain(of_safeties);
        let lives: HashMap<Number, DocLife> = lives.map(|kept| (kept.value.number, kept.value)).collect();
        let (notes, assessments) = (heads(notes), heads(assessments));
        let safety_text = match safeties.last().map(|newest| newest.number) {
            Some(newest) => books.get::<DocText>(id, newest)?.map(|kept| (newest, kept.value)),
            None => None,
        };
        Ok(Self {
            notes,
            assessments,
            versions,
            reviews,
            discharges,
            safeties,
            safety_text,
            version_text,
            lives,
        })
    }

    /// The entries in a document's life.
    pub(super) fn entries(&self, number: Number) -> DocLife {
        self.lives.get(&number).cloned().unwrap_or_default()
    }
}

fn heads(kept: Vec<Kept<DocHead>>) -> Vec<DocHead> {
    kept.into_iter().map(|kept| kept.value).collect()
}

//! The records a chart is made of, read together and summed up together.
//!
//! Owns how a change of one record becomes the client's fresh summary in the same unit.

use super::api::Kept;
use super::books::{Books, Unit};
use super::fault::Fault;
use crate::clock::Clock;
use crate::domain::{
    Assessment, Client, ClientId, DraftFacts, Episode, ImmediateNeed, Imported, Miss, NoteHead, NoteLife,
    Number, Problem, Session, Summary, Wants,
};
use crate::rules::note_life;
use crate::rules::summary::{Records, summarise};
use crate::store::{Read, ahead};

/// A chart's records, without notes and drafts (the summary counts those).
#[derive(Clone, Debug)]
pub(super) struct ChartRecords {
    pub client: Kept<Client>,
    pub episodes: Vec<Kept<Episode>>,
    pub assessments: Vec<Kept<Assessment>>,
    pub needs: Vec<Kept<ImmediateNeed>>,
    pub wants: Option<Kept<Wants>>,
    pub problems: Vec<Kept<Problem>>,
    pub imported: Option<Kept<Imported>>,
    pub lives: Vec<Kept<NoteLife>>,
    pub sessions: Vec<Kept<Session>>,
    pub misses: Vec<Kept<Miss>>,
    pub summary: Kept<Summary>,
}

impl ChartRecords {
    /// Reads them.
    pub(super) fn load(books: &Books, id: ClientId) -> Result<Self, Fault> {
        Self::load_with(books, id, &[])
    }

    /// Reads them; what is read after them is announced together with them.
    pub(super) fn load_with(books: &Books, id: ClientId, then: &[Read]) -> Result<Self, Fault> {
        books.ahead(&[&Self::reads(id), then].concat());
        let client =
            books.get::<Client>(id, 1)?.ok_or_else(|| Fault::user("This person is not in the store."))?;
        let summary =
            books.get::<Summary>(id, 1)?.unwrap_or_else(|| Kept { rev: 0, value: Summary::default() });
        Ok(Self {
            client,
            episodes: books.list::<Episode>(id)?,
            assessments: books.list::<Assessment>(id)?,
            needs: books.list::<ImmediateNeed>(id)?,
            wants: books.get::<Wants>(id, 1)?,
            problems: books.list::<Problem>(id)?,
            imported: books.get::<Imported>(id, 1)?,
            lives: books.list::<NoteLife>(id)?,
            sessions: books.list::<Session>(id)?,
            misses: books.list::<Miss>(id)?,
            summary,
        })
    }

    /// What a chart's records are read by.
    fn reads(id: ClientId) -> [Read; 11] {
        [
            ahead::one::<Client>(id, 1),
            ahead::one::<Summary>(id, 1),
            ahead::every::<Episode>(id),
            ahead::every::<Assessment>(id),
            ahead::every::<ImmediateNeed>(id),
            ahead::one::<Wants>(id, 1),
            ahead::every::<Problem>(id),
            ahead::one::<Imported>(id, 1),
            ahead::every::<NoteLife>(id),
            ahead::every::<Session>(id),
            ahead::every::<Miss>(id),
        ]
    }

    /// The chart of a person who is being registered.
    pub(super) fn fresh(client: Client) -> Self {
        Self {
            client: Kept { rev: 0, value: client },
            episodes: Vec::new(),
            assessments: Vec::new(),
            needs: Vec::new(),
            wants: None,
            problems: Vec::new(),
            imported: None,
            lives: Vec::new(),
            sessions: Vec::new(),
            misses: Vec::new(),
            summary: Kept { rev: 0, value: Summary::default() },
        }
    }

    /// The open episode.
    pub(super) fn open_episode(&self) -> Option<&Kept<Episode>> {
        self.episodes.iter().rev().find(|episode| episode.value.discharged.is_none())
    }

    /// The last completed assessment.
    pub(super) fn last_assessment(&self) -> Option<&Assessment> {
        self.assessments
            .iter()
            .map(|kept| &kept.value)
            .max_by_key(|assessment| (assessment.date, assessment.number))
    }

    /// Sums up the records as they stand in `self` now, with what only the old summary knows.
    pub(super) fn summarise(&self, clock: &Clock) -> Summary {
        let old = &self.summary.value;
        let assessments = values(&self.assessments);
        let waiting =
            |imported: &Imported| imported.proposals.iter().filter(|p| p.accepted.is_none()).count();
        let mut summary = summarise(&Records {
            client: &self.client.value,
            episode: self.open_episode().map(|kept| &kept.value),
            assessments: &assessments,
            needs: &values(&self.needs),
            wants: self.wants.as_ref().map(|kept| &kept.value),
            problems: &values(&self.problems),
            proposals: self.imported.as_ref().map_or(0, |kept| waiting(&kept.value) as u16),
            last_contact: old.last_contact,
            notes: old.notes,
            drafts: &old.drafts,
            waiting: &note_life::waiting(&values(&self.lives)),
            sessions: &values(&self.sessions),
            misses: &values(&self.misses),
            day_of: &|at| clock.local(at).date,
        });
        summary.import = self.client.value.import;
        summary
    }

    /// Puts the fresh summary into the unit and keeps it here.
    pub(super) fn put_summary(&mut self, clock: &Clock, unit: &mut Unit) {
        let summary = self.summarise(clock);
        unit.put_summary(&summary, self.summary.rev);
        self.summary = Kept { rev: self.summary.rev + 1, value: summary };
    }

    /// The next number of a list of numbered records.
    pub(super) fn next_number<T>(records: &[Kept<T>], number: impl Fn(&T) -> Number) -> Number {
        records.iter().map(|kept| number(&kept.value)).max().unwrap_or(0) + 1
    }

    /// What became of the chart's notes.
    pub(super) fn lives(&self) -> Vec<NoteLife> {
        values(&self.lives)
    }

    /// What became of a note; a new life, not stored yet, if nothing did.
    pub(super) fn life_of(&self, head: &NoteHead) -> Kept<NoteLife> {
        let found = self.lives.iter().find(|kept| kept.value.number == head.number);
        found.cloned().unwrap_or_else(|| Kept { rev: 0, value: NoteLife::of(head) })
    }

    /// Puts a changed life into the unit and keeps it here, so that the summary is right.
    pub(super) fn put_life(&mut self, unit: &mut Unit, life: Kept<NoteLife>) {
        unit.put(&life.value, life.value.client, life.value.number, life.rev);
        self.lives.retain(|kept| kept.value.number != life.value.number);
        self.lives.push(Kept { rev: life.rev + 1, value: life.value });
    }

    /// The last contact over again, from every note that stands: an amended service date or a note entered in error may
    /// have moved it. `fresh` is signed in the same unit.
    pub(super) fn find_last_contact(&mut self, books: &Books, fresh: Option<&NoteHead>) -> Result<(), Fault> {
        let stored = books.list::<NoteHead>(self.client.value.id)?;
        let heads = stored.iter().map(|kept| &kept.value).chain(fresh);
        let lives = values(&self.lives);
        self.summary.value.last_contact = note_life::last_contact(&lives, heads);
        Ok(())
    }

    /// Notes that a draft was opened.
    pub(super) fn draft_opened(&mut self, draft: DraftFacts) {
        self.summary.value.drafts.push(draft);
    }

    /// Notes that a draft is gone (signed or deleted).
    pub(super) fn draft_gone(&mut self, number: Number) {
        self.summary.value.drafts.retain(|draft| draft.number != number);
    }
}

impl ChartRecords {
    /// Sets records to what the same unit makes of them, so that the summary is right.
    pub(super) fn apply(&mut self, after: &[super::undo::After]) {
        use super::undo::After;
        for record in after {
            match record {
                After::Problem(number, problem) => {
                    self.problems.retain(|kept| kept.value.number != *number);
                    self.problems
                        .extend(problem.iter().map(|problem| Kept { rev: 0, value: problem.clone() }));
                }
                After::Imported(imported) => {
                    self.imported = imported.as_ref().map(|value| Kept { rev: 0, value: value.clone() });
                }
                After::Wants(wants) => {
                    self.wants = wants.as_ref().map(|value| Kept { rev: 0, value: value.clone() });
                }
                After::Session(number, session) => {
                    self.sessions.retain(|kept| kept.value.number != *number);
                    self.sessions
                        .extend(session.iter().map(|session| Kept { rev: 0, value: session.clone() }));
                }
                After::Client(client) => self.client.value = client.as_ref().clone(),
                After::Episode(episode) => {
                    self.episodes.retain(|kept| kept.value.number != episode.number);
                    self.episodes.push(Kept { rev: 0, value: episode.clone() });
                }
            }
        }
    }
}

fn values<T: Clone>(kept: &[Kept<T>]) -> Vec<T> {
    kept.iter().map(|kept| kept.value.clone()).collect()
}

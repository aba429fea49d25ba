//! Opening everything once: which records of each kind open and make sense.

use super::repo::{decode_unsealed, scan};
use super::{
    Anchor, AuditRecord, DraftHead, DraftVersion, Front, FrozenNote, Kind, Login, Place, Record, Repo,
    StoreError, Versioned,
};
use crate::domain::{
    Access, AgencySettings, Assessment, Client, ClientId, Cover, DueChoice, Episode, HandOver, HouseRules,
    ImmediateNeed, ImportRun, Imported, Lexicon, Miss, NoteHead, NoteLife, Phrase, Problem, Remark, Session,
    Staff, Summary, Task, TaskDone, Team, Triage, Wants,
};
use crate::engine::{Span, Stored};

/// What opening every record of one kind found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCheck {
    /// Which kind.
    pub kind: Kind,
    /// How many there are.
    pub records: u64,
    /// How many of them do not open or make no sense.
    pub bad: u64,
}

impl Repo<'_> {
    /// Opens and decodes every record of every kind. A record that does not open is counted; a disk that refuses ends
    /// it.
    pub fn check_all(&self) -> Result<Vec<KindCheck>, StoreError> {
        Kind::ALL.iter().map(|kind| self.check_kind(*kind)).collect()
    }

    /// Visits every record of a kind that opens, and passes over those that do not.
    pub fn scan_what_opens<R: Record>(&self, mut visit: impl FnMut(Versioned<R>)) -> Result<(), StoreError> {
        scan(self.store.engine(), &Span::kind(R::KIND as u8), |stored| match self.decode(stored) {
            Ok(found) => {
                visit(found);
                Ok(())
            }
            Err(StoreError::Engine(error)) => Err(error.into()),
            Err(_) => Ok(()),
        })
    }

    fn check_kind(&self, kind: Kind) -> Result<KindCheck, StoreError> {
        let mut check = KindCheck { kind, records: 0, bad: 0 };
        scan(self.store.engine(), &Span::kind(kind as u8), |stored| {
            check.records += 1;
            match self.opens(kind, stored) {
                Err(StoreError::Engine(error)) => Err(error.into()),
                Err(_) => {
                    check.bad += 1;
                    Ok(())
                }
                Ok(()) => Ok(()),
            }
        })?;
        Ok(check)
    }

    fn opens(&self, kind: Kind, stored: &Stored) -> Result<(), StoreError> {
        match kind {
            Kind::Front => done(self.decode::<Front>(stored)),
            Kind::Login => done(self.decode::<Login>(stored)),
            Kind::Settings => done(self.decode::<AgencySettings>(stored)),
            Kind::Staff => done(self.decode::<Staff>(stored)),
            Kind::Place => done(self.decode::<Place>(stored)),
            Kind::ImportRun => done(self.decode::<ImportRun>(stored)),
            Kind::Phrase => done(self.decode::<Phrase>(stored)),
            Kind::Client => done(self.decode::<Client>(stored)),
            Kind::Summary => done(self.decode::<Summary>(stored)),
            Kind::Episode => done(self.decode::<Episode>(stored)),
            Kind::Assessment => done(self.decode::<Assessment>(stored)),
            Kind::Need => done(self.decode::<ImmediateNeed>(stored)),
            Kind::Session => done(self.decode::<Session>(stored)),
            Kind::Task => done(self.decode::<Task>(stored)),
            Kind::TaskDone => done(self.decode::<TaskDone>(stored)),
            Kind::Miss => done(self.decode::<Miss>(stored)),
            Kind::DueChoice => done(self.decode::<DueChoice>(stored)),
            Kind::Wants => done(self.decode::<Wants>(stored)),
            Kind::Problem => done(self.decode::<Problem>(stored)),
            Kind::NoteHead => done(self.decode::<NoteHead>(stored)),
            Kind::NoteText => done(self.decode::<FrozenNote>(stored)),
            Kind::Imported => done(self.decode::<Imported>(stored)),
            Kind::NoteLife => done(self.decode::<NoteLife>(stored)),
            Kind::Remark => done(self.decode::<Remark>(stored)),
            Kind::DraftHead => {
                let head = self.decode::<DraftHead>(stored)?;
                self.draft(ClientId(head.owner.0), head.number).map(drop)
            }
            Kind::DraftVersion => done(self.decode::<DraftVersion>(stored)),
            Kind::Lexicon => done(self.decode::<Lexicon>(stored)),
            // Opened with the record they belong to: their sealing names it.
            Kind::Chunk | Kind::Part => Ok(()),
            Kind::Anchor => done(self.decode::<Anchor>(stored)),
            Kind::Audit => done(decode_unsealed::<AuditRecord>(stored)),
            Kind::Triage => done(self.decode::<Triage>(stored)),
            Kind::Cover => done(self.decode::<Cover>(stored)),
            Kind::Team => done(self.decode::<Team>(stored)),
            Kind::Access => done(self.decode::<Access>(stored)),
            Kind::HouseRules => done(self.decode::<HouseRules>(stored)),
            Kind::HandOver => done(self.decode::<HandOver>(stored)),
        }
    }
}

fn done<R>(read: Result<Versioned<R>, StoreError>) -> Result<(), StoreError> {
    read.map(drop)
}

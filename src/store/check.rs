//! Opening everything once: which records of each kind open and make sense.

use super::repo::scan;
use super::{ForKind, Kind, Owner, Record, Repo, StoreError, Versioned};
use crate::domain::ClientId;
use crate::engine::{Span, Stored};

/// What opening every record of one kind found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindCheck {
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

    /// Visits every record of a kind that opens, and returns whose those are that do not.
    pub fn scan_what_opens<R: Record>(
        &self,
        mut visit: impl FnMut(Versioned<R>),
    ) -> Result<Vec<Owner>, StoreError> {
        let mut closed = Vec::new();
        scan(self.store.engine(), &Span::kind(R::KIND as u8), |stored| match self.decode(stored) {
            Ok(found) => {
                found.map(&mut visit);
                Ok(())
            }
            Err(StoreError::Engine(error)) => Err(error.into()),
            Err(_) => {
                closed.push(Owner(stored.key.owner()));
                Ok(())
            }
        })?;
        Ok(closed)
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
            Kind::DraftHead => self.draft(ClientId(stored.key.owner()), stored.key.number()).map(drop),
            // Opened with the record they belong to: their sealing names it.
            Kind::Chunk | Kind::Part | Kind::DraftPart => Ok(()),
            _ => kind.with(Opens { repo: self, stored }),
        }
    }
}

/// Opens and decodes one stored record as the type of its kind.
struct Opens<'a, 'r> {
    repo: &'a Repo<'r>,
    stored: &'a Stored,
}

impl ForKind for Opens<'_, '_> {
    type Out = Result<(), StoreError>;

    fn with<R: Record>(self) -> Self::Out {
        self.repo.decode::<R>(self.stored).map(drop)
    }
}

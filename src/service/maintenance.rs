//! What is here and what is wrong: the checks behind `concord doctor`.
//!
//! Owns the half that needs no key ([`Desk::outside`]) and the permitted, audited half ([`Desk::check_up`],
//! [`Desk::rebuild_summaries`]). It counts, opens and compares; it reads nobody's words aloud and changes nothing but
//! summaries, and those only when told to.

use super::api::Kept;
use super::books::Books;
use super::clock_behind;
use super::desk::Desk;
use super::documents::read;
use super::fault::{Fault, FaultKind};
use super::{plan, sums};
use crate::domain::{
    Act, Alert, Client, ClientId, DocKind, Episode, ImportId, ImportRun, Imported, LocalTime, Mismatch,
    Number, Session, Summary, Task,
};
use crate::rules::access::Capability;
use crate::store::{Checkpoint, Descent, DocHead, DocLife, Kind, KindCheck, Stored};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Summaries written in one act.
const AT_ONCE: usize = 200;

/// What can be said of a store without anyone signed in.
#[derive(Clone, Debug)]
pub struct Outside {
    /// The agency's name.
    pub agency: String,
    pub zone: String,
    /// Form the store is written in.
    pub format: u16,
    /// Commits so far.
    pub seq: u64,
    pub records: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// What the engine says after recounting everything; `None` = it adds up.
    pub engine: Option<String>,
    pub audit_events: u32,
    /// Where the audit chain breaks first.
    pub audit_broken_at: Option<Number>,
    /// In what the store is not where the last act left it, in plain words.
    pub mismatches: Vec<&'static str>,
    /// Mismatches found before that no admin has acknowledged yet.
    pub open_mismatches: u32,
    /// What people compare with what was printed at the setting up; `None` if the list of staff keys does not hold.
    pub fingerprint: Option<String>,
}

/// How much of everything there is. What an unfinished import brought is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub clients: u64,
    /// Episodes, open or closed.
    pub episodes: u64,
    /// Problems of every status.
    pub problems: u64,
    /// Proposals nobody has taken on yet.
    pub proposals: u64,
    pub assessments: u64,
    /// Signed notes and addenda.
    pub notes: u64,
    pub drafts: u64,
    pub groups: u64,
    /// Sessions of groups.
    pub group_sessions: u64,
    pub audit_events: u64,
}

/// What opening everything found.
#[derive(Clone, Debug)]
pub struct CheckUp {
    /// How much there is.
    pub counts: Counts,
    /// Kinds with records that do not open: their word, how many.
    pub unreadable: Vec<(&'static str, u64)>,
    /// Records of kinds this program does not know.
    pub unknown: u64,
    /// Seals that opened.
    pub opened: u64,
    /// Seals that are not this person's to open.
    pub closed: u64,
    /// Mismatches that no admin has acknowledged yet: when they were found, and in what.
    pub mismatches: Vec<(LocalTime, Vec<&'static str>)>,
    /// Clients whose summary is not what their records say, is missing, or belongs to nobody.
    pub wrong_summaries: Vec<ClientId>,
    /// Signed notes and assessments whose signature does not hold.
    pub broken_signatures: u64,
    /// What does not hold of plans that do not replay, and of how many plans.
    pub broken_plans: BTreeMap<&'static str, u64>,
    /// Sessions, tasks and alerts that name a stay which is not there.
    pub without_stay: u64,
    /// Imports that were begun and neither finished nor removed: when, how many people.
    pub unfinished_imports: Vec<(LocalTime, u32)>,
    /// The newest entry, if the computer's clock is before it.
    pub clock_behind: Option<LocalTime>,
    /// Where the clock fell back between two entries: from when to when, the newest fall first. Nothing for whoever does not
    /// hold the key to the audit.
    pub clock_falls: Vec<(LocalTime, LocalTime)>,
}

/// How a store lies to an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveFinding {
    /// The store is at or after the archive.
    Fits,
    /// The store is before the archive's last act: an older state was put in its place.
    StoreOlder {
        /// Audit events the store lacks, at least.
        behind: u64,
    },
    /// The store does not descend from the archive: what was done until then is not what was done in the store.
    Parted,
    /// It is an archive of another store, holds no witness, or was changed.
    NotOurs,
}

impl Desk {
    /// What can be said without anyone signed in: sizes, and whether records and audit chain add up. Reads everything
    /// once.
    pub fn outside(&self) -> Result<Outside, Fault> {
        let (head, bytes) = self.books().head();
        let audit = self.books().audit_verify()?;
        let mismatches = self.compare()?.into_iter().map(Mismatch::words).collect();
        Ok(Outside {
            mismatches,
            open_mismatches: self.books().open_mismatches(),
            fingerprint: self.fingerprint(),
            agency: self.front.name.clone(),
            zone: self.front.zone.clone(),
            format: self.books().front().format,
            seq: head.seq,
            records: head.count,
            bytes,
            engine: self.books().verify_engine().err().map(|fault| fault.what),
            audit_events: audit.events,
            audit_broken_at: audit.broken_at,
        })
    }

    /// Mismatches in the stored files, as far as they are known without a key and without reading the records.
    pub fn mismatches_without_key(&self) -> Result<usize, Fault> {
        Ok(self.compare()?.len() + self.books().open_mismatches() as usize)
    }

    /// Opens every record and compares every summary with a fresh one. Audited before anything is answered.
    pub fn check_up(&mut self) -> Result<CheckUp, Fault> {
        self.check_passphrase_chosen()?;
        let unit = self.unit(Capability::Maintain, Act::DoctorRun, None, 0)?;
        self.record(unit)?;
        let (mut kinds, unknown) = kinds(self.books())?;
        let mut unfinished = Vec::new();
        let mut hidden = HashSet::new();
        self.books().each_that_opens::<ImportRun>(|run| {
            if !run.value.done {
                hidden.insert(run.value.id);
                unfinished.push((self.clock.local(run.value.started), run.value.clients));
            }
        })?;
        // The audit has its own key; who does not hold it cannot say more of an event than that it is there.
        let audit = kinds.iter_mut().find(|check| check.kind == Kind::Audit);
        let (mut closed, mut falls) = (0, Vec::new());
        if let Some(audit) = audit {
            match self.books().audit_opens()? {
                Some(seen) => {
                    audit.bad = audit.records.saturating_sub(seen.opened);
                    falls = seen.falls;
                }
                None => closed = audit.records.saturating_sub(audit.bad),
            }
        }
        let found = self.open_cases()?;
        let words = |what: Vec<Mismatch>| what.into_iter().map(Mismatch::words).collect();
        let mismatches = found.into_iter().map(|(at, what)| (at, words(what))).collect();
        Ok(CheckUp {
            counts: counts(self.books(), &kinds, &hidden)?,
            unreadable: kinds.iter().filter(|k| k.bad > 0).map(|k| (k.kind.word(), k.bad)).collect(),
            unknown,
            opened: kinds
                .iter()
                .map(|check| check.records.saturating_sub(check.bad))
                .sum::<u64>()
                .saturating_sub(closed),
            closed,
            mismatches,
            wrong_summaries: wrong_summaries(self)?.iter().map(|wrong| wrong.client).collect(),
            broken_signatures: broken_signatures(self.books())?,
            broken_plans: broken_plans(self)?,
            without_stay: without_stay(self.books())?,
            unfinished_imports: unfinished,
            clock_behind: clock_behind::behind(self).map(|newest| self.clock.local(newest)),
            clock_falls: falls
                .into_iter()
                .map(|(from, to)| (self.clock.local(from), self.clock.local(to)))
                .collect(),
        })
    }

    /// How this store lies to an archive of it, by the signed witness in the archive's trailer. Audited.
    pub fn compare_with_archive(&mut self, witness: Option<&Stored>) -> Result<ArchiveFinding, Fault> {
        self.check_passphrase_chosen()?;
        let unit = self.unit(Capability::Maintain, Act::DoctorRun, None, 0)?;
        self.record(unit)?;
        let archived = witness.and_then(Checkpoint::of_archive);
        let descent = archived.map(|archived| self.books().descends_from(&archived)).transpose()?.flatten();
        Ok(match descent {
            Some(Descent::Holds) => ArchiveFinding::Fits,
            Some(Descent::Older { behind }) => ArchiveFinding::StoreOlder { behind },
            Some(Descent::Parted) => ArchiveFinding::Parted,
            None => ArchiveFinding::NotOurs,
        })
    }

    /// Writes the summaries that are wrong as they should be; removes those that belong to nobody. Answers how many.
    pub fn rebuild_summaries(&mut self) -> Result<usize, Fault> {
        self.check_passphrase_chosen()?;
        self.permit(Capability::Maintain, None)?;
        let wrong = wrong_summaries(self)?;
        for some in wrong.chunks(AT_ONCE) {
            let mut unit = self.unit(Capability::Maintain, Act::SummaryRebuilt, None, 0)?;
            unit.set_count(some.len() as u32);
            for wrong in some {
                match &wrong.fresh {
                    Some(fresh) => unit.put_summary(fresh.clone(), wrong.rev),
                    None => unit.delete::<Summary>(wrong.client, 1, wrong.rev),
                }
            }
            self.commit(unit)?;
            for nobody in some.iter().filter(|wrong| wrong.fresh.is_none()) {
                self.seat_mut()?.summaries.remove(&nobody.client);
            }
        }
        Ok(wrong.len())
    }
}

/// Every kind opened, and how many records are of no kind known here.
fn kinds(books: &Books) -> Result<(Vec<KindCheck>, u64), Fault> {
    let kinds = books.check_all()?;
    let known: u64 = kinds.iter().map(|kind| kind.records).sum();
    Ok((kinds, books.head().0.count.saturating_sub(known)))
}

fn counts(books: &Books, kinds: &[KindCheck], hidden: &HashSet<ImportId>) -> Result<Counts, Fault> {
    let of = |kind: Kind| kinds.iter().find(|check| check.kind == kind).map_or(0, |check| check.records);
    let mut clients = 0;
    books.each_that_opens::<Client>(|client| {
        clients += u64::from(client.value.import.is_none_or(|import| !hidden.contains(&import)));
    })?;
    let mut proposals = 0;
    books.each_that_opens::<Imported>(|imported| {
        if !hidden.contains(&imported.value.import) {
            let waiting = imported.value.proposals.iter().filter(|proposal| proposal.accepted.is_none());
            proposals += waiting.count() as u64;
        }
    })?;
    let mut found: HashMap<DocKind, u64> = HashMap::new();
    books.each_that_opens::<DocHead>(|head| {
        *found.entry(DocKind::of(head.value.number).unwrap_or_default()).or_default() += 1;
    })?;
    let documents = |kind| found.get(&kind).copied().unwrap_or_default();
    Ok(Counts {
        clients,
        episodes: of(Kind::Episode),
        problems: of(Kind::Problem),
        proposals,
        assessments: documents(DocKind::Assessment),
        notes: documents(DocKind::Note),
        drafts: of(Kind::DraftHead),
        groups: of(Kind::Group),
        group_sessions: of(Kind::GroupSession),
        audit_events: of(Kind::Audit),
    })
}

/// A summary that is not what it should be; `fresh` = what it should be, `None` = it belongs to nobody.
struct Wrong {
    client: ClientId,
    rev: u32,
    fresh: Option<Summary>,
}

fn wrong_summaries(desk: &Desk) -> Result<Vec<Wrong>, Fault> {
    let books = desk.books();
    let mut clients = Vec::new();
    books.each_that_opens::<Client>(|client| clients.push(client.value.id))?;
    let mut wrong = Vec::new();
    let nothing = desk.unit(Capability::Maintain, Act::SummaryRebuilt, None, 0)?;
    for client in &clients {
        match sums::compare(books, &desk.clock, &nothing, *client) {
            Ok((Kept { rev, value }, fresh)) if rev == 0 || value != fresh => {
                wrong.push(Wrong { client: *client, rev, fresh: Some(fresh) });
            }
            Ok(_) => {}
            // A record that does not open is told of by itself.
            Err(fault) if fault.kind == FaultKind::Storage => {}
            Err(fault) => return Err(fault),
        }
    }
    let known: HashSet<ClientId> = clients.into_iter().collect();
    books.each_that_opens::<Summary>(|kept| {
        let client = kept.value.client;
        if !known.contains(&client) {
            wrong.push(Wrong { client, rev: kept.rev, fresh: None });
        }
    })?;
    Ok(wrong)
}

/// Plans that do not replay, counted by what does not hold.
fn broken_plans(desk: &Desk) -> Result<BTreeMap<&'static str, u64>, Fault> {
    let books = desk.books();
    let mut clients = Vec::new();
    books.each_that_opens::<Client>(|client| clients.push(client.value.id))?;
    let nothing = desk.unit(Capability::Maintain, Act::DoctorRun, None, 0)?;
    let mut found = BTreeMap::new();
    for client in clients {
        match plan::replay_faults(books, &nothing, client) {
            Ok(faults) => faults.into_iter().for_each(|fault| *found.entry(fault).or_default() += 1),
            // A record that does not open is told of by itself.
            Err(fault) if fault.kind == FaultKind::Storage => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(found)
}

/// Sessions, tasks and alerts that name a stay of their client which was never there; one whose addition was undone was.
fn without_stay(books: &Books) -> Result<u64, Fault> {
    let mut stays = HashSet::new();
    let all = books.each_ever::<Episode>(|one| {
        stays.insert((one.client, one.number));
    });
    match all {
        // A record that does not open is told of by itself.
        Err(fault) if fault.kind == FaultKind::Storage => return Ok(0),
        found => found?,
    }
    let mut lost = 0;
    let mut look =
        |client: ClientId, stay: Number| lost += u64::from(stay > 0 && !stays.contains(&(client, stay)));
    books.each_that_opens::<Session>(|kept| look(kept.value.client, kept.value.episode))?;
    books.each_that_opens::<Alert>(|kept| look(kept.value.client, kept.value.episode))?;
    books.each_that_opens::<Task>(|kept| {
        if let Some(client) = kept.value.client {
            look(client, kept.value.episode);
        }
    })?;
    Ok(lost)
}

/// Signatures under documents, and under the entries in their lives, that do not hold.
fn broken_signatures(books: &Books) -> Result<u64, Fault> {
    let mut heads = HashMap::new();
    books.each_that_opens::<DocHead>(|kept| {
        heads.insert((kept.value.client, kept.value.number), kept.value);
    })?;
    let mut broken = 0;
    for head in heads.values() {
        let holds = match read::text(books, head) {
            Ok(text) => read::is_intact(books, head, &text),
            Err(_) => false,
        };
        broken += u64::from(!holds);
    }
    let mut lives = Vec::new();
    books.each_that_opens::<DocLife>(|kept| lives.push(kept.value))?;
    for life in lives {
        let holds = match heads.get(&(life.client, life.number)) {
            Some(head) => read::intact_entries(books, head, &life)?,
            None => vec![false; life.entries.len()],
        };
        broken += holds.iter().filter(|holds| !**holds).count() as u64;
    }
    Ok(broken)
}

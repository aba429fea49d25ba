//! The books: the store, and the two things without which nothing is written to it.
//!
//! A [`Unit`] needs a [`Permit`] and an [`AuditEvent`]; a [`DraftUnit`] needs a permit and can put nothing but drafts.
//! The store is private to this file, so a write without permission or without audit does not compile. What a unit is
//! about to write is read through [`Books::with`].

use super::api::Kept;
use super::fault::{Fault, FaultKind};
use super::permit::Permit;
use super::unit::{Committed, DraftUnit, KeptDraft, Next, Unit};
use crate::domain::{AuditEvent, ClientId, Mismatch, Moment, Number, Staff, StaffId};
use crate::store::{
    AuditHead, AuditReport, Checkpoint, CheckpointText, Cost, Descent, Doomed, DraftHead, DraftVersion,
    Engine, Front, Head, Key, KindCheck, Login, Opening, Outcome, Owner, Past, Raw, Read, Record, Repo, Rev,
    Roster, RosterChange, RosterSigner, SealedBatch, StaffKeys, Stamp, Store, StoreError, Unlocked, Witness,
    version_numbers,
};
use std::collections::BTreeMap;
use std::ops::Range;

/// The store and, while somebody is signed in, the keys.
pub(super) struct Books {
    store: Store,
    front: Front,
    audit: AuditHead,
    keys: Option<Unlocked>,
    /// Whose public keys are whose, as it was read and checked last.
    roster: Roster,
    /// Mismatches that no admin has acknowledged yet.
    open: u32,
    /// A write whose outcome nobody knows may have moved the audit head: it is read again before the next one.
    audit_unsure: bool,
    /// When the last event of this run happened, to flag a clock that went back.
    last_event: Moment,
    /// The newest moment of any unit so far, while somebody is signed in. Whoever says that the clock is right sets it.
    pub(super) newest: Moment,
    /// Events of reading that the disk refused: written before anything else once it takes them.
    waiting: Vec<AuditEvent>,
    /// The user of this computer's system whom the program runs as; each event names them.
    pub(super) os_user: String,
}

/// How far behind the last entry a clock may be: two clocks that were set by hand differ by so much.
const SLACK: i64 = 5 * 60_000;

/// Whether a clock that says `now` is behind one that said `newest`.
pub(super) fn is_behind(now: Moment, newest: Moment) -> bool {
    now.plus_ms(SLACK) < newest
}

/// What the audit says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct AuditSeen {
    /// Events that open.
    pub(super) opened: u64,
    /// Where an entry is from before the one it follows: the moment of the earlier entry and of the later one, the newest
    /// fall first.
    pub(super) falls: Vec<(Moment, Moment)>,
}

impl Books {
    fn new(store: Store, front: Front, audit: AuditHead, roster: Roster) -> Self {
        Self {
            store,
            front,
            audit,
            keys: None,
            roster,
            open: 0,
            audit_unsure: false,
            last_event: Moment(i64::MIN),
            newest: Moment::default(),
            waiting: Vec::new(),
            os_user: String::new(),
        }
    }

    /// Books of an engine that may hold an agency already.
    pub(super) fn open(engine: Box<dyn Engine>) -> Result<Result<Self, Box<dyn Engine>>, Fault> {
        match Store::open(engine)? {
            Opening::Founded(store, front) => {
                let audit = store.audit_head()?;
                // One that does not hold is reported by whoever wants to sign in.
                let roster = Roster::of(&store).unwrap_or_default();
                let mut books = Self::new(store, front.value, audit, roster);
                books.open = books.checkpoint().map_or(0, |text| text.open);
                Ok(Ok(books))
            }
            Opening::Empty(engine) => Ok(Err(engine)),
        }
    }

    /// Books of an agency that is being founded: nothing is written yet.
    pub(super) fn begin(engine: Box<dyn Engine>, front: Front) -> Result<Self, Fault> {
        let store = Store::new(engine, front.store_id, front.desk);
        let audit = store.audit_head()?;
        Ok(Self::new(store, front, audit, Roster::default()))
    }

    /// The list of staff keys of an agency that is being founded.
    pub(super) fn take_roster(&mut self, roster: Roster) {
        self.roster = roster;
    }

    /// Reads the list of staff keys again and checks what is new in it. Before any passphrase is used.
    pub(super) fn read_roster(&mut self) -> Result<(), Fault> {
        self.roster = self.roster.again(&self.store)?;
        Ok(())
    }

    /// Whose public keys are whose.
    pub(super) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Whether a staff record says what an admin signed.
    pub(super) fn is_as_signed(&self, staff: &Staff) -> Result<bool, Fault> {
        Ok(self.roster.matches(self.store.id(), staff)?)
    }

    /// Adds a link to the list of staff keys, signed by who holds the keys here.
    pub(super) fn link(&self, unit: &mut Unit, changes: Vec<RosterChange>, now: Moment) -> Result<(), Fault> {
        let keys = self.keys()?;
        self.link_as(unit, &RosterSigner::Staff(keys.staff, &keys.keys), changes, now)
    }

    /// The same, signed by somebody else: the root.
    pub(super) fn link_as(
        &self,
        unit: &mut Unit,
        by: &RosterSigner<'_>,
        changes: Vec<RosterChange>,
        now: Moment,
    ) -> Result<(), Fault> {
        // What was signed until now must not end before it, whatever the clock says by now.
        let at = now.max(self.newest);
        let before = unit.next().roster.as_ref().unwrap_or(&self.roster);
        let (roster, link) = before.link(self.store.id(), by, at, changes)?;
        unit.put(&link, Owner::AGENCY, roster.head().number, 0);
        unit.next_mut().roster = Some(roster);
        Ok(())
    }

    /// What the checkpoint says, if it is proven.
    pub(super) fn checkpoint(&self) -> Option<CheckpointText> {
        self.store.checkpoint().ok().flatten()?.proven(self.store.id(), &self.roster)
    }

    /// Mismatches that no admin has acknowledged yet.
    pub(super) fn open_mismatches(&self) -> u32 {
        self.open
    }

    /// So many are open, as the records say.
    pub(super) fn set_open_mismatches(&mut self, open: u32) {
        self.open = open;
    }

    /// A record of this kind that anyone can read.
    pub(super) fn public<R: Record>(&self, owner: impl Into<Owner>) -> Result<Option<Kept<R>>, Fault> {
        Ok(self.store.public::<R>(owner, 1)?.map(kept))
    }

    pub(super) fn front(&self) -> &Front {
        &self.front
    }

    /// The front as it is stored, with its revision.
    pub(super) fn kept_front(&self) -> Result<Kept<Front>, Fault> {
        let found = self.store.public::<Front>(Owner::AGENCY, 1)?;
        found.map(kept).ok_or_else(|| Fault::mismatch("the agency's name and settings are missing"))
    }

    /// Takes over a front that was just committed.
    pub(super) fn take_front(&mut self, front: Front) {
        self.front = front;
    }

    /// Audit events, newest first, below `before`, for holders of the audit key.
    pub(super) fn audit_page(
        &self,
        limit: usize,
        before: Option<Number>,
    ) -> Result<Vec<crate::store::AuditEntry>, Fault> {
        let secret = self.keys()?.audit.as_ref();
        let secret = secret.ok_or_else(|| {
            Fault::denied("You do not have the key to the record of who did what yet.")
                .hint("An admin gives it to you: open Staff, change your entry and save it.")
        })?;
        Ok(self.store.audit_read(secret, limit, before)?)
    }

    /// What the audit says of itself to whoever is here; `None` = they hold no key to it. Page by page: never all at once in
    /// memory.
    pub(super) fn audit_opens(&self) -> Result<Option<AuditSeen>, Fault> {
        const AT_ONCE: usize = 500;
        let Some(secret) = self.keys()?.audit.as_ref() else { return Ok(None) };
        let (mut seen, mut before, mut later) = (AuditSeen::default(), None, None);
        loop {
            let page = self.store.audit_read(secret, AT_ONCE, before)?;
            for event in page.iter().filter_map(|entry| entry.event.as_ref()) {
                seen.opened += 1;
                if let Some(to) = later.replace(event.at)
                    && is_behind(to, event.at)
                {
                    seen.falls.push((event.at, to));
                }
            }
            match page.last() {
                Some(last) if page.len() == AT_ONCE => before = Some(last.number),
                _ => return Ok(Some(seen)),
            }
        }
    }

    /// The keys are here from now on.
    pub(super) fn unlock(&mut self, mut keys: Unlocked) {
        keys.agency = keys.agency.with_older(&self.store);
        keys.audit = keys.audit.map(|audit| audit.with_older(&self.store));
        // A checkpoint that does not hold is reported by its check.
        self.newest = self.store.newest(&self.roster).unwrap_or_default();
        self.last_event = self.last_event.max(self.newest);
        self.keys = Some(keys);
    }

    /// Wipes the keys.
    pub(super) fn lock(&mut self) {
        self.keys = None;
    }

    pub(super) fn keys(&self) -> Result<&Unlocked, Fault> {
        self.keys.as_ref().ok_or_else(|| Fault::new(FaultKind::Locked, "Nobody is signed in."))
    }

    fn repo(&self) -> Result<Repo<'_>, Fault> {
        Ok(self.store.repo(&self.keys()?.agency))
    }

    /// The store's own id, bound into every sealed value.
    pub(super) fn store_id(&self) -> [u8; 16] {
        *self.store.id()
    }

    pub(super) fn get<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
    ) -> Result<Option<Kept<R>>, Fault> {
        Ok(self.repo()?.get::<R>(owner, number)?.map(kept))
    }

    /// A record as it is stored: what undoing reads.
    pub(super) fn raw(&self, key: &Key) -> Result<Option<Raw>, Fault> {
        Ok(self.repo()?.raw(key)?)
    }

    /// The earlier states of the records of a kind and owner, oldest first. What had been undone then is left out.
    pub(super) fn past<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<R>, Fault> {
        let past = self.repo()?.past::<R>(owner)?;
        let read = past.iter().filter_map(|past| past.record::<R>().transpose());
        Ok(read.collect::<Result<_, _>>()?)
    }

    /// The earlier states of the records of a kind and owner, oldest first, with when each was changed.
    pub(super) fn past_states<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<Past>, Fault> {
        Ok(self.repo()?.past::<R>(owner)?)
    }

    /// The revision of a record, undone or not; 0 = there is none. It is not opened.
    pub(super) fn rev<R: Record>(&self, owner: impl Into<Owner>, number: Number) -> Result<u32, Fault> {
        let found = self.repo()?.revisions::<R>(owner, number..number.saturating_add(1))?;
        Ok(found.first().map_or(0, |(_, rev)| rev.0))
    }

    /// One record that somebody saw at this revision: a fault if it was changed since, or is gone. `what` names it.
    pub(super) fn at<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
        rev: u32,
        what: &str,
    ) -> Result<R, Fault> {
        match self.get::<R>(owner, number)? {
            Some(kept) if kept.rev == rev => Ok(kept.value),
            Some(_) => Err(Fault::changed(what).hint("Look at it again, then change it.")),
            None => Err(Fault::user(format!("Somebody took {what} away, so nothing was saved."))),
        }
    }

    /// Every record of a kind and owner, by number.
    pub(super) fn list<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<Kept<R>>, Fault> {
        Ok(self.repo()?.list::<R>(owner)?.into_iter().map(kept).collect())
    }

    /// The newest numbers of a kind and owner, newest first.
    pub(super) fn newest<R: Record>(
        &self,
        owner: impl Into<Owner>,
        before: Option<Number>,
        limit: usize,
    ) -> Result<Vec<Kept<R>>, Fault> {
        Ok(self.repo()?.newest::<R>(owner, limit, before)?.into_iter().map(kept).collect())
    }

    /// Visits every record of a kind.
    pub(super) fn each<R: Record>(&self, mut visit: impl FnMut(Kept<R>)) -> Result<(), Fault> {
        self.repo()?.scan::<R>(|found| {
            visit(kept(found));
            Ok(())
        })?;
        Ok(())
    }

    /// Visits every record of a kind that opens, and returns whose those are that do not.
    pub(super) fn each_that_opens<R: Record>(
        &self,
        mut visit: impl FnMut(Kept<R>),
    ) -> Result<Vec<Owner>, Fault> {
        Ok(self.repo()?.scan_what_opens::<R>(|found| visit(kept(found)))?)
    }

    /// Visits every record of a kind, those whose addition was undone too.
    pub(super) fn each_ever<R: Record>(&self, visit: impl FnMut(R)) -> Result<(), Fault> {
        Ok(self.repo()?.each_ever::<R>(visit)?)
    }

    /// Everything of an owner, as it lies in the store.
    pub(super) fn everything_of(&self, owner: impl Into<Owner>) -> Result<Vec<Doomed>, Fault> {
        Ok(self.repo()?.everything_of(owner)?)
    }

    /// One record with its parts and its earlier states, as they lie in the store.
    pub(super) fn all_of<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
    ) -> Result<Vec<Doomed>, Fault> {
        Ok(self.repo()?.all_of::<R>(owner, number)?)
    }

    /// The copies of the store that it goes on from, by name.
    pub(super) fn copies(&self) -> Vec<String> {
        self.store.engine().copies()
    }

    /// Opens every record of every kind.
    pub(super) fn check_all(&self) -> Result<Vec<KindCheck>, Fault> {
        Ok(self.repo()?.check_all()?)
    }

    /// Records of a kind and owner whose number is in a range, by number.
    pub(super) fn between<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: Range<Number>,
    ) -> Result<Vec<Kept<R>>, Fault> {
        Ok(self.repo()?.between::<R>(owner, numbers)?.into_iter().map(kept).collect())
    }

    /// The newest records of a kind and owner whose number is in a range, newest first, below `before` if given.
    pub(super) fn newest_in<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: &Range<Number>,
        before: Option<Number>,
        limit: usize,
    ) -> Result<Vec<Kept<R>>, Fault> {
        let below = before.unwrap_or(numbers.end).min(numbers.end);
        let found = self.repo()?.newest::<R>(owner, limit, Some(below))?.into_iter();
        Ok(found.take_while(|found| found.number >= numbers.start).map(kept).collect())
    }

    /// The next number of a kind and owner within a range.
    pub(super) fn next_in<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: &Range<Number>,
    ) -> Result<Number, Fault> {
        Ok(self.repo()?.next_in::<R>(owner, numbers)?)
    }

    /// The next number of a kind and owner.
    pub(super) fn next_number<R: Record>(&self, owner: impl Into<Owner>) -> Result<Number, Fault> {
        Ok(self.repo()?.next_number::<R>(owner)?)
    }

    /// A login by its folded name.
    pub(super) fn login(&self, folded: &str) -> Result<Option<Kept<Login>>, Fault> {
        Ok(self.store.login(folded)?.map(kept))
    }

    /// Everybody's login.
    pub(super) fn logins(&self) -> Result<Vec<Kept<Login>>, Fault> {
        Ok(self.store.public_list::<Login>()?.into_iter().map(kept).collect())
    }

    /// How often the agency's key was followed by another.
    pub(super) fn key_turns(&self) -> Result<Number, Fault> {
        Ok(self.store.key_turns()?)
    }

    /// What a folded login is looked up by.
    pub(super) fn login_hash(&self, folded: &str) -> [u8; 32] {
        self.store.login_hash(folded)
    }

    /// A login by its person.
    pub(super) fn login_of(&self, staff: StaffId) -> Result<Kept<Login>, Fault> {
        let found = self.store.public::<Login>(staff, 1)?;
        found
            .map(kept)
            .ok_or_else(|| Fault::user("This person has no login, so there is no passphrase to set."))
    }

    /// A new login with new keys; costs one key derivation. Nothing is granted or written yet.
    pub(super) fn new_login(
        &self,
        root: &[u8; 32],
        (staff, folded): (StaffId, &str),
        passphrase: &str,
        cost: Cost,
    ) -> Result<(Login, StaffKeys), Fault> {
        Ok(Login::create(&self.store, root, (staff, folded), passphrase, cost)?)
    }

    /// What a new passphrase and an unknown login cost.
    pub(super) fn cost(&self) -> Result<Cost, Fault> {
        let logins = self.store.public_list::<Login>()?;
        Ok(Cost::usual(logins.iter().map(|login| login.value.cost.into())))
    }

    /// Whether this was a signing key of theirs at that moment.
    pub(super) fn is_signing_key(&self, staff: StaffId, key: &[u8], at: Moment) -> bool {
        self.roster.signs(staff, key, at)
    }

    /// Whether only a new process can make the engine what it was.
    pub(super) fn needs_new_process(&self) -> bool {
        self.store.engine().needs_new_process()
    }

    /// Says which reads come next.
    pub(super) fn ahead(&self, reads: &[Read]) {
        self.store.engine().ahead(reads);
    }

    /// Heads of the drafts in a chart.
    pub(super) fn drafts(&self, client: ClientId) -> Result<Vec<DraftHead>, Fault> {
        Ok(self.repo()?.list::<DraftHead>(client)?.into_iter().map(|found| found.value).collect())
    }

    pub(super) fn draft(&self, client: ClientId, number: Number) -> Result<Option<KeptDraft>, Fault> {
        let repo = self.repo()?;
        let Some((doc, rev)) = repo.draft(client, number)? else { return Ok(None) };
        let versions = repo.revisions::<DraftVersion>(client, version_numbers(number))?;
        Ok(Some(KeptDraft { head: doc.head, body: doc.body, rev, versions }))
    }

    /// A unit of work: needs the permission and says what is done.
    pub(super) fn unit(&self, permit: Permit, event: AuditEvent, id: [u8; 16]) -> Unit {
        Unit::new(permit, event, self.store.begin(id))
    }

    /// A unit that can put nothing but drafts.
    pub(super) fn draft_unit(&self, permit: Permit, id: [u8; 16]) -> DraftUnit {
        DraftUnit::new(permit, self.store.begin_draft(id))
    }

    /// Reading as it will be once this unit is written.
    pub(super) fn with<'a>(&'a self, unit: &'a Unit) -> View<'a> {
        View { books: self, unit }
    }

    /// Commits a unit with its events: durable when this returns.
    pub(super) fn commit(&mut self, mut unit: Unit) -> Result<Committed, Fault> {
        unit.check()?;
        let (batch, head) = self.seal(&mut unit)?;
        self.write_unit(&batch, head)?;
        let Next { roster, open, keys, agency, audit, front } = std::mem::take(unit.next_mut());
        self.roster = roster.unwrap_or_else(|| std::mem::take(&mut self.roster));
        self.open = open.unwrap_or(self.open);
        if let Some(held) = &mut self.keys {
            held.renew(keys, agency, audit);
        }
        self.front = front.unwrap_or_else(|| std::mem::take(&mut self.front));
        self.last_event = unit.event().at;
        self.newest = self.newest.max(self.last_event);
        Ok(unit.committed(&batch))
    }

    /// Commits a unit that writes nothing but its event. If the disk refuses, the event waits and reading goes on;
    /// `false` says so.
    pub(super) fn record(&mut self, unit: Unit) -> Result<bool, Fault> {
        let event = unit.event().clone();
        match self.commit(unit) {
            Ok(_) => Ok(true),
            Err(fault) if fault.kind == FaultKind::Storage => {
                self.wait_with(event);
                Ok(false)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Keeps an event until the disk takes one again.
    pub(super) fn wait_with(&mut self, event: AuditEvent) {
        self.waiting.push(event);
    }

    /// Seals a unit into a batch that needs no key any more.
    pub(super) fn seal(&self, unit: &mut Unit) -> Result<(SealedBatch, AuditHead), Fault> {
        let mut head = if self.audit_unsure { self.store.audit_head()? } else { self.audit };
        let mut own = 0;
        let (transaction, events, next) = unit.parts(self.last_event);
        let roster = next.roster.as_ref().unwrap_or(&self.roster);
        for (number, event) in self.waiting.iter().chain(events.iter()).enumerate() {
            let event = AuditEvent { os_user: self.os_user.clone(), ..event.clone() };
            head = transaction.audit(roster.audit(), head, &event)?;
            if number == self.waiting.len() {
                own = head.number;
            }
        }
        let Some(keys) = &self.keys else { return Ok((self.store.seal_keyless(transaction)?, head)) };
        if let Some(act) = events.first() {
            transaction.stamp(Stamp { at: act.at, by: act.who, audit: own });
        }
        let at = events.first().map_or(self.newest, |event| event.at);
        transaction.checkpoint(Witness {
            by: keys.staff,
            audit: head,
            newest: self.newest.max(at),
            roster: roster.head(),
            open: next.open.unwrap_or(self.open),
        });
        let signer = next.keys.as_ref().unwrap_or(&keys.keys);
        Ok((self.store.seal_signed(transaction, &keys.agency, signer)?, head))
    }

    /// Writes a sealed unit and takes over the audit head it ends in. The events that waited are in it.
    pub(super) fn write_unit(&mut self, batch: &SealedBatch, audit: AuditHead) -> Result<(), Fault> {
        if let Err(fault) = self.write(batch) {
            self.audit_unsure = true;
            return Err(fault);
        }
        self.audit = audit;
        self.audit_unsure = false;
        self.waiting.clear();
        Ok(())
    }

    /// Seals drafts into a batch that needs no key any more.
    pub(super) fn seal_drafts(&self, unit: &DraftUnit) -> Result<SealedBatch, Fault> {
        Ok(self.store.seal_draft(unit.transaction(), &self.keys()?.agency)?)
    }

    pub(super) fn commit_draft(&mut self, unit: &DraftUnit) -> Result<(), Fault> {
        let batch = self.seal_drafts(unit)?;
        self.write(&batch)
    }

    /// Writes a sealed batch.
    pub(super) fn write(&mut self, batch: &SealedBatch) -> Result<(), Fault> {
        match self.store.commit(batch) {
            Outcome::Ok => Ok(()),
            Outcome::Conflict(_) => Err(Fault::changed("this")),
            Outcome::NotSaved(why) => {
                Err(Fault::storage(format!("Not saved: {why}")).hint("Nothing was changed."))
            }
            Outcome::Unknown(why) => match self.store.settled(batch) {
                Ok(true) => Ok(()),
                Ok(false) => Err(Fault::storage(format!("Not saved: {why}")).hint("Nothing was changed.")),
                Err(error) => {
                    Err(Fault::storage(format!("Concord does not know whether this was saved: {error}"))
                        .hint("Close Concord, open it again and look whether it is there."))
                }
            },
        }
    }

    /// Events that wait for the disk.
    pub(super) fn waiting_events(&self) -> usize {
        self.waiting.len()
    }

    /// In what the store is not where the last act left it. Needs no key.
    pub(super) fn compare(&self) -> Result<Vec<Mismatch>, Fault> {
        Ok(self.store.compare(&self.roster)?)
    }

    /// Where the last act left the store, as it is signed.
    pub(super) fn signed_checkpoint(&self) -> Option<Checkpoint> {
        self.store.checkpoint().ok().flatten()
    }

    /// Checks the audit chain. Needs no key.
    pub(super) fn audit_verify(&self) -> Result<AuditReport, Fault> {
        Ok(self.store.audit_verify()?)
    }

    /// The state of the engine, and its bytes on disk.
    pub(super) fn head(&self) -> (Head, u64) {
        (self.store.head(), self.store.engine().disk_bytes())
    }

    /// How the store lies to a checkpoint that was kept elsewhere; `None` if nobody of this agency signed it.
    pub(super) fn descends_from(&self, checkpoint: &Checkpoint) -> Result<Option<Descent>, Fault> {
        let Some(then) = checkpoint.signed_once(self.store.id(), &self.roster) else { return Ok(None) };
        Ok(Some(self.store.descends_from(&then, &self.roster)?))
    }

    /// Counts and compares everything in the engine. Needs no key.
    pub(super) fn verify_engine(&self) -> Result<(), Fault> {
        Ok(self.store.engine().verify().map_err(StoreError::from)?)
    }

    /// After a bulk write: makes the next start fast.
    pub(super) fn settle(&mut self) -> Result<(), Fault> {
        Ok(self.store.engine_mut().settle().map_err(StoreError::from)?)
    }
}

fn kept<R>(found: crate::store::Versioned<R>) -> Kept<R> {
    Kept { rev: found.rev.0, value: found.value }
}

/// The books as they will be once a unit is written: what it puts lies over what is stored.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    books: &'a Books,
    unit: &'a Unit,
}

impl<'a> View<'a> {
    /// The unit that lies over the books.
    pub(super) fn unit(&self) -> &'a Unit {
        self.unit
    }

    pub(super) fn get<R: Record>(
        &self,
        owner: impl Into<Owner>,
        number: Number,
    ) -> Result<Option<Kept<R>>, Fault> {
        let owner = owner.into();
        let pending = self.unit.transaction().pending::<R>(owner)?;
        match pending.into_iter().rev().find(|(at, _)| *at == number) {
            Some((_, made)) => Ok(made.map(|(rev, value)| Kept { rev: rev.0, value })),
            None if self.unit.is_fresh(owner) => Ok(None),
            None => self.books.get::<R>(owner, number),
        }
    }

    /// Every record of a kind and owner, by number.
    pub(super) fn list<R: Record>(&self, owner: impl Into<Owner>) -> Result<Vec<Kept<R>>, Fault> {
        self.between(owner, 0..Number::MAX)
    }

    /// Records of a kind and owner whose number is in a range, by number.
    pub(super) fn between<R: Record>(
        &self,
        owner: impl Into<Owner>,
        numbers: Range<Number>,
    ) -> Result<Vec<Kept<R>>, Fault> {
        let owner = owner.into();
        let stored = if self.unit.is_fresh(owner) {
            Vec::new()
        } else {
            self.books.repo()?.between::<R>(owner, numbers.clone())?
        };
        let mut all: BTreeMap<Number, (Rev, R)> =
            stored.into_iter().map(|found| (found.number, (found.rev, found.value))).collect();
        for (number, made) in self.unit.transaction().pending::<R>(owner)? {
            match made.filter(|_| numbers.contains(&number)) {
                Some(record) => drop(all.insert(number, record)),
                None => drop(all.remove(&number)),
            }
        }
        Ok(all.into_values().map(|(rev, value)| Kept { rev: rev.0, value }).collect())
    }

    /// The next number of a kind and owner, behind those this unit gives.
    pub(super) fn next_number<R: Record>(&self, owner: impl Into<Owner>) -> Result<Number, Fault> {
        let owner = owner.into();
        let pending = self.unit.transaction().pending::<R>(owner)?;
        let highest = pending.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
        Ok(highest.max(self.books.next_number::<R>(owner)?))
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        let kind = match &error {
            StoreError::TooLong { .. } => FaultKind::User,
            StoreError::NoKey => FaultKind::Locked,
            StoreError::Twice { .. } => FaultKind::Internal,
            _ => FaultKind::Storage,
        };
        Self::new(kind, sentence(&error.to_string()))
    }
}

impl From<crate::store::VaultError> for Fault {
    fn from(error: crate::store::VaultError) -> Self {
        Self::internal(sentence(&error.to_string()))
    }
}

/// First letter large, full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut out: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    out.push_str(letters.as_str());
    if !out.ends_with('.') {
        out.push('.');
    }
    out
}

//! The desk: who is signed in, and every command's way to the store.

use super::api::{Answer, Done, Epoch, FrontView, Kept, LastBackup, Now, OwnSecret};
use super::books::Books;
use super::doorkeeper::Doorkeeper;
use super::fault::{Fault, FaultKind};
use super::unit::{DraftUnit, Unit};
use super::{leavings::Leavings, permit::Permit, pinned::Pinned, seat::Seat, seen::Seen};
use crate::clock::{Clock, Ids};
use crate::domain::{Act, AgencyFront, AuditEvent, ClientId, Date, Moment, Number, Role, Staff, StaffId};
use crate::packs::{self, DimensionSet, Format, Formats, Instruments, Practice, ShortForms};
use crate::rules::access::{Capability, draft_relation};
use crate::rules::caseload::CaseloadContext;
use crate::store::{Cost, DraftHead, Front, SealedBatch};
use std::path::PathBuf;
use std::sync::Arc;

/// Asked when the last backup was made; `None` = never.
type AskBackup = Box<dyn Fn() -> Option<Moment> + Send>;
/// Answers which file a backup becomes in a folder as typed, or why it cannot be there.
type AskPlace = Box<dyn Fn(&str, bool) -> Result<PathBuf, Fault> + Send>;

/// What somebody says of a clock that is before the last entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClockSaid {
    /// It is right; the last entry was written by a wrong one.
    Right,
    /// It may be wrong; they go on all the same.
    GoOn,
}

/// Answers whether a word is one of the dictionary.
type AskWord = Box<dyn Fn(&str) -> bool + Send>;

/// The front desk of one store. Owned by one thread.
pub struct Desk {
    books: Books,
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) cost: Cost,
    pub(super) front: AgencyFront,
    /// Idle seconds until the lock, as this machine decided.
    lock_after: Option<u32>,
    pub(super) doorkeeper: Doorkeeper,
    pub(super) epoch: Epoch,
    /// Drafts and leavings sealed at a lock that the disk has not taken yet.
    pub(super) waiting: Vec<(ClientId, Number, SealedBatch)>,
    pub(super) notices: Vec<String>,
    /// What whoever signs in says of a clock that is before the last entry, while they do.
    pub(super) clock_said: Option<ClockSaid>,
    /// Keys of the person who set a PIN, sealed under it.
    pub(super) pin: Option<Pinned>,
    /// Tells whether a text is the passphrase of whoever is signed in.
    pub(super) own: OwnSecret,
    /// Note formats: those that ship and the agency's own.
    pub(super) formats: Formats,
    /// What the agency decided about plans and diagnoses.
    pub(super) practice: Arc<Practice>,
    /// Measures: those that ship and the agency's own.
    pub(super) measures: Instruments,
    /// Short forms: those that ship and the agency's own.
    pub(super) forms: ShortForms,
    /// Answers when the last backup was made; `None` where nobody needs one.
    backups: Option<AskBackup>,
    /// Where a backup can be written; `None` where nobody writes one.
    backup_place: Option<AskPlace>,
    /// The dictionary; `None` where there is none, and every name is then taken for one.
    dictionary: Option<AskWord>,
    /// What was last seen of the store on this computer; `None` where nobody keeps it.
    pub(super) seen: Option<Box<dyn Seen>>,
    /// Pages on their way out.
    pub(super) leavings: Leavings,
    seat: Option<Seat>,
}

impl Desk {
    /// A desk over books that are open. Nobody is signed in.
    pub(super) fn new(books: Books, clock: &Clock, ids: Ids) -> Result<Self, Fault> {
        let front = books.front().agency.clone();
        let cost = books.cost()?;
        let clock =
            clock.in_zone(&front.zone).map_err(|error| Fault::new(FaultKind::Config, error.to_string()))?;
        Ok(Self {
            books,
            clock,
            ids,
            cost,
            front,
            lock_after: None,
            doorkeeper: Doorkeeper::default(),
            epoch: 0,
            waiting: Vec::new(),
            notices: Vec::new(),
            clock_said: None,
            pin: None,
            own: OwnSecret::default(),
            formats: Formats::default(),
            practice: Arc::default(),
            measures: Instruments::default(),
            forms: ShortForms::default(),
            seen: None,
            backups: None,
            backup_place: None,
            dictionary: None,
            leavings: Leavings::default(),
            seat: None,
        })
    }

    /// What the screen knows before anyone signs in.
    pub fn front(&self) -> FrontView {
        let fingerprint = self.fingerprint();
        FrontView { front: self.front.clone(), notices: self.notices.clone(), fingerprint }
    }

    /// What people compare with what set-up showed; `None` if the list of staff keys does not hold.
    pub(super) fn fingerprint(&self) -> Option<String> {
        let roster = self.books.roster();
        (roster.head().number > 0).then(|| roster.fingerprint())
    }

    /// Something to be known at this desk, before and after signing in: one sentence or two.
    pub fn add_notice(&mut self, notice: String) {
        self.notices.push(notice);
    }

    /// The user of this computer's system whom the program runs as: every event of the audit names them.
    pub fn set_os_user(&mut self, name: &str) {
        name.clone_into(&mut self.books.os_user);
    }

    /// Whom to ask how old the last backup is.
    pub fn set_backups(&mut self, ask: Box<dyn Fn() -> Option<Moment> + Send>) {
        self.backups = Some(ask);
    }

    /// Whom to ask where a backup can be written.
    pub fn set_backup_place(&mut self, ask: AskPlace) {
        self.backup_place = Some(ask);
    }

    /// Whom to ask whether a word is one of the dictionary.
    pub fn set_dictionary(&mut self, ask: AskWord) {
        self.dictionary = Some(ask);
    }

    /// Whether a word is one of the dictionary, so that as a name it is doubtful.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.dictionary.as_ref().is_some_and(|ask| ask(word))
    }

    /// The file that a backup in this folder becomes; `make`: the folder is made where it is not there.
    pub(super) fn backup_file(&self, folder: &str, make: bool) -> Result<PathBuf, Fault> {
        let ask = self.backup_place.as_ref();
        ask.ok_or_else(|| Fault::user("No backup can be made here."))?(folder, make)
    }

    /// How old the last backup is.
    pub(super) fn last_backup(&self) -> LastBackup {
        const DAY: i64 = 24 * 3_600_000;
        match self.backups.as_ref().map(|ask| ask()) {
            None => LastBackup::NotNeeded,
            Some(None) => LastBackup::Never,
            Some(Some(made)) => LastBackup::Days(((self.clock.now().0 - made.0).max(0) / DAY) as u32),
        }
    }

    /// Idle seconds until this desk locks, instead of the agency's. Not stored.
    pub fn set_lock_after(&mut self, seconds: u32) {
        self.lock_after = Some(seconds);
        self.front.lock_after_s = seconds;
    }

    /// Note formats of this desk, instead of those that ship; and what is wrong with files of formats, one sentence each.
    pub fn set_formats(&mut self, formats: Formats, faults: Vec<String>) {
        self.formats = formats;
        self.notices.extend(faults);
    }

    /// What the agency decided about plans and diagnoses, instead of what ships.
    pub fn set_practice(&mut self, practice: Arc<Practice>) {
        self.practice = practice;
    }

    /// Measures of this desk, instead of those that ship; and what is wrong with files of measures, one sentence each.
    pub fn set_measures(&mut self, measures: Instruments, faults: Vec<String>) {
        self.measures = measures;
        self.notices.extend(faults);
    }

    /// Short forms of this desk, instead of those that ship; and what is wrong with their files, one sentence each.
    pub fn set_forms(&mut self, forms: ShortForms, faults: Vec<String>) {
        self.forms = forms;
        self.notices.extend(faults);
    }

    /// The note format of a key, or a fault that says what to do.
    pub(super) fn format(&self, key: &str) -> Result<&Format, Fault> {
        self.formats.get(key).ok_or_else(|| {
            Fault::new(FaultKind::Config, format!("The note format \"{key}\" is not on this computer."))
                .hint("Press [key:note-format] and choose another format. The text is kept.")
        })
    }

    /// The clock's reading in the agency's zone.
    pub fn now(&self) -> Now {
        Now::of(&self.clock)
    }

    /// A clock in the agency's zone, for the screen's loop.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// Whoever was given a passphrase by an admin chooses their own before anything else: until then two people know it.
    pub(super) fn check_passphrase_chosen(&self) -> Result<(), Fault> {
        if self.staff()?.must_change {
            return Err(Fault::denied(
                "Choose your own passphrase first, because somebody else knows the one you have.",
            ));
        }
        Ok(())
    }

    pub(super) fn books(&self) -> &Books {
        &self.books
    }

    pub(super) fn books_mut(&mut self) -> &mut Books {
        &mut self.books
    }

    /// Who sits here; a fault if nobody does.
    pub(super) fn seat(&self) -> Result<&Seat, Fault> {
        self.seat.as_ref().ok_or_else(|| Fault::new(FaultKind::Locked, "Nobody is signed in."))
    }

    pub(super) fn seat_mut(&mut self) -> Result<&mut Seat, Fault> {
        self.seat.as_mut().ok_or_else(|| Fault::new(FaultKind::Locked, "Nobody is signed in."))
    }

    /// Somebody sits down.
    pub(super) fn take_seat(&mut self, seat: Seat) {
        self.epoch += 1;
        self.seat = Some(seat);
    }

    /// Wipes who sat here and the keys they held.
    pub(super) fn leave_seat(&mut self) {
        self.epoch += 1;
        self.seat = None;
        self.own.forget();
        self.books.lock();
    }

    pub(super) fn staff(&self) -> Result<&Staff, Fault> {
        Ok(&self.seat()?.staff.value)
    }

    /// Permission by the access table.
    pub(super) fn permit(&self, capability: Capability, client: Option<ClientId>) -> Result<Permit, Fault> {
        Permit::ask(self.staff()?, capability, client, self.relation(client)?)
    }

    /// An event of now.
    pub(super) fn event(&self, act: Act, client: Option<ClientId>, number: Number) -> AuditEvent {
        AuditEvent {
            at: self.clock.now(),
            who: self.seat.as_ref().map(|seat| seat.staff.value.id),
            act,
            client,
            number,
            count: 1,
            ..AuditEvent::default()
        }
    }

    /// A unit of work: needs the permission and says what is done.
    pub(super) fn unit(
        &self,
        capability: Capability,
        act: Act,
        client: Option<ClientId>,
        number: Number,
    ) -> Result<Unit, Fault> {
        let permit = self.permit(capability, client)?;
        Ok(self.books.unit(permit, self.event(act, client, number), self.ids.fresh()))
    }

    /// A unit of a person's own coming and going.
    pub(super) fn own_unit(&self, act: Act) -> Result<Unit, Fault> {
        let permit = Permit::own(self.staff()?.id);
        Ok(self.books.unit(permit, self.event(act, None, 0), self.ids.fresh()))
    }

    /// Who answers for an author's work today: their supervisor, or the person here while they stand in for that supervisor
    /// and are one themselves.
    pub(super) fn answers_for(&self, author: StaffId) -> Option<StaffId> {
        let seat = self.seat().ok()?;
        let supervisor = seat.active_supervisor_of(author)?;
        let me = &seat.staff.value;
        let mut covers = seat.house.covers.iter().filter(|one| one.by == me.id && one.away == supervisor);
        let stands_in = me.has(Role::Supervisor)
            && author != me.id
            && covers.any(|cover| cover.holds_on(self.now().local.date));
        Some(if stands_in { me.id } else { supervisor })
    }

    /// Permission to read or write a draft: by whose it is, not by the chart. Whoever handed a person over still ends
    /// their own draft.
    pub(super) fn draft_permit(
        &self,
        capability: Capability,
        client: ClientId,
        by: StaffId,
    ) -> Result<Permit, Fault> {
        let seat = self.seat()?;
        let relation = draft_relation(seat.staff.value.id, by, self.answers_for(by));
        Permit::ask(&seat.staff.value, capability, Some(client), relation)
    }

    /// A unit that can put nothing but drafts: autosave.
    pub(super) fn autosave_unit(&self, draft: &DraftHead) -> Result<DraftUnit, Fault> {
        let permit = self.draft_permit(Capability::WriteDraft, draft.client, draft.by)?;
        Ok(self.books.draft_unit(permit, self.ids.fresh()))
    }

    /// A unit that can put nothing but what the person here has typed.
    pub(super) fn own_autosave(&self) -> Result<DraftUnit, Fault> {
        Ok(self.books.draft_unit(Permit::own(self.staff()?.id), self.ids.fresh()))
    }

    /// A unit about a draft that is there: take up, leave, delete, sign.
    pub(super) fn draft_unit(
        &self,
        capability: Capability,
        act: Act,
        draft: &DraftHead,
        number: Number,
    ) -> Result<Unit, Fault> {
        let permit = self.draft_permit(capability, draft.client, draft.by)?;
        Ok(self.books.unit(permit, self.event(act, Some(draft.client), number), self.ids.fresh()))
    }

    /// Writes an event of reading. If the disk refuses, the event waits and reading goes on.
    pub(super) fn record(&mut self, unit: Unit) -> Result<(), Fault> {
        self.books.record(unit).map(|_| ())
    }

    /// Tries again to write what a lock sealed and the disk did not take. Needs no key.
    pub fn retry_waiting(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for (client, number, batch) in waiting {
            if self.books.write(&batch).is_err_and(|fault| fault.kind == FaultKind::Storage) {
                self.waiting.push((client, number, batch));
            }
        }
    }

    /// Whether only a new process can make the store what it was. Everything is answered and saved all the same.
    pub fn needs_new_process(&self) -> bool {
        self.books.needs_new_process()
    }

    /// Text of a lock waits for the disk.
    pub fn has_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// The front was changed: what this machine decided for itself stays.
    pub(super) fn take_front(&mut self, front: Front) {
        let lock_after_s = self.lock_after.unwrap_or(front.agency.lock_after_s);
        self.front = AgencyFront { lock_after_s, ..front.agency.clone() };
        self.books.take_front(front);
    }

    /// A plain success.
    pub(super) fn said(said: &str) -> Answer {
        Answer::Done(Box::new(Done { said: said.to_owned(), ..Done::default() }))
    }

    /// Whoever sits here may be the member of staff who was changed.
    pub(super) fn staff_changed(&mut self, staff: Staff, rev: u32) -> Result<(), Fault> {
        let seat = self.seat_mut()?;
        if seat.staff.value.id == staff.id {
            seat.staff = Kept { rev, value: staff };
        }
        Ok(())
    }

    /// What the rules need beside a summary.
    pub(super) fn caseload_context(&self) -> Result<CaseloadContext<'_>, Fault> {
        let seat = self.seat()?;
        let settings = &seat.settings.value;
        Ok(CaseloadContext {
            set: seat.set,
            first_assessment_days: settings.first_assessment_days,
            review_days: settings.review_days,
            late_after_hours: settings.late_after_hours,
            choice: &seat.due.value,
        })
    }

    /// The dimension set by name, or a fault that says the pack is missing.
    pub(super) fn find_set(key: &str) -> Result<&'static DimensionSet, Fault> {
        packs::set(key).ok_or_else(|| {
            Fault::new(FaultKind::Config, format!("The dimension set \"{key}\" is not on this computer."))
        })
    }

    /// The moment at which a day ends, where the agency is.
    pub(super) fn end_of(&self, day: Date) -> Moment {
        self.clock.end_of(day)
    }

    pub(super) fn moment(&self) -> Moment {
        self.clock.now()
    }
}

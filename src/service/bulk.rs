//! Many charts at once: one command per 200-2,000 records, one batch, one event.
//!
//! Owns how whole charts, made elsewhere, become records with their summaries. Notes and assessments are signed with
//! the keys of the staff this file itself added, and in an invented agency only: in a real one nobody can sign for
//! somebody else, and this refuses to.

use super::api::Secret;
use super::desk::Desk;
use super::documents::kind::{self, Around, Document, Known};
use super::documents::{entries, sign};
use super::fault::Fault;
use super::founding::fold_login;
use super::plan;
use super::unit::Unit;
use crate::domain::{
    Act, Administration, AgencySettings, Alert, Assessment, Attested, CheckIn, Client, ClientId, Contract,
    Date, Diagnosis, Discharge, DocFacts, DocKind, EarlierHelp, Episode, ImmediateNeed, LevelDecision,
    LifeWhat, LineRef, Moment, NoteDraft, Number, PlanBasics, PlanText, Problem, Review, Rupture, SafetyPlan,
    Session, SessionState, ShortEntry, Staff, StaffId, Task, Wants, WaysOfWorking,
};
use crate::rules::access::{self, Capability};
use crate::rules::{header, note};
use crate::store::{DocHead, DocLife, DraftBody, DraftDoc, Owner, RosterChange, StaffKeys};
pub use lines::BulkPlan;

mod lines;

/// Most records of one batch.
pub const MOST: usize = 2_000;
/// Notes of the last days wait for their co-signature; older ones have it.
const COSIGN_DAYS: i64 = 6;

/// One client, whole. Numbers are given from 1; nothing of it is in the store yet.
#[derive(Clone, Debug)]
pub struct BulkChart {
    pub client: Client,
    pub episodes: Vec<Episode>,
    /// Assessments, oldest first, with the moment each is signed by its author.
    pub assessments: Vec<(Assessment, Moment)>,
    pub needs: Vec<ImmediateNeed>,
    /// What they want.
    pub wants: Option<Wants>,
    pub problems: Vec<Problem>,
    pub plan: BulkPlan,
    /// Versions of the plan to sign, oldest first.
    pub versions: Vec<BulkVersion>,
    /// Reviews of the plan to sign, oldest first.
    pub reviews: Vec<BulkReview>,
    /// Discharge summaries to sign, oldest first.
    pub discharges: Vec<BulkDischarge>,
    /// Safety plans to sign, oldest first.
    pub safeties: Vec<BulkSafety>,
    /// What is known besides.
    pub background: BulkBackground,
    /// Notes to sign, oldest first.
    pub notes: Vec<BulkNote>,
    /// Open drafts: text, whose, since when.
    pub drafts: Vec<(NoteDraft, StaffId, Moment)>,
    /// Sessions, numbered from 1.
    pub sessions: Vec<Session>,
}

/// What is known besides the plan, numbered from 1 by kind.
#[derive(Clone, Debug, Default)]
pub struct BulkBackground {
    /// Decisions on the level of care.
    pub levels: Vec<LevelDecision>,
    /// Diagnoses.
    pub diagnoses: Vec<Diagnosis>,
    /// Earlier help.
    pub helps: Vec<EarlierHelp>,
    /// The contract.
    pub contract: Option<Contract>,
    /// What belongs to the plan besides its lines.
    pub basics: Option<PlanBasics>,
    /// Filled-in measures.
    pub measures: Vec<Administration>,
    /// Check-ins.
    pub checkins: Vec<CheckIn>,
    /// Alerts.
    pub alerts: Vec<Alert>,
    /// How one works with the client.
    pub ways: Option<WaysOfWorking>,
    /// Ruptures, numbered among their authors' own.
    pub ruptures: Vec<Rupture>,
    /// Entries of short forms.
    pub short: Vec<ShortEntry>,
}

impl BulkBackground {
    fn records(&self) -> usize {
        let one = [self.contract.is_some(), self.basics.is_some(), self.ways.is_some()];
        let single: usize = one.map(usize::from).iter().sum();
        self.levels.len()
            + self.diagnoses.len()
            + self.helps.len()
            + self.measures.len()
            + self.checkins.len()
            + self.alerts.len()
            + self.ruptures.len()
            + self.short.len()
            + single
    }

    fn put(&self, unit: &mut Unit, id: ClientId) {
        for level in &self.levels {
            unit.put(level, id, level.number, 0);
        }
        for diagnosis in &self.diagnoses {
            unit.put(diagnosis, id, diagnosis.number, 0);
        }
        for help in &self.helps {
            unit.put(help, id, help.number, 0);
        }
        for filled in &self.measures {
            unit.put(filled, id, filled.number, 0);
        }
        for checkin in &self.checkins {
            unit.put(checkin, id, checkin.number, 0);
        }
        for alert in &self.alerts {
            unit.put(alert, id, alert.number, 0);
        }
        for rupture in &self.ruptures {
            unit.put(rupture, rupture.by, rupture.number, 0);
        }
        for entry in &self.short {
            unit.put(entry, id, entry.number, 0);
        }
        if let Some(ways) = &self.ways {
            unit.put(ways, id, WaysOfWorking::NUMBER, 0);
        }
        if let Some(contract) = &self.contract {
            unit.put(contract, id, contract.episode, 0);
        }
        if let Some(basics) = &self.basics {
            unit.put(basics, id, basics.episode, 0);
        }
    }
}

/// A version of a plan to sign.
#[derive(Clone, Debug)]
pub struct BulkVersion {
    pub text: PlanText,
    /// Who signs it.
    pub by: StaffId,
    pub on: Date,
    pub signed_at: Moment,
    pub episode: Number,
    /// How people answered it.
    pub attested: Vec<Attested>,
}

/// A review of a plan to sign, with what was known of its span.
#[derive(Clone, Debug)]
pub struct BulkReview {
    pub review: Review,
    /// Who signs it.
    pub by: StaffId,
    pub signed_at: Moment,
    pub episode: Number,
}

/// A discharge summary to sign, with what was known of the stay.
#[derive(Clone, Debug)]
pub struct BulkDischarge {
    pub discharge: Discharge,
    /// Who signs it.
    pub by: StaffId,
    pub signed_at: Moment,
}

/// A safety plan to sign.
#[derive(Clone, Debug)]
pub struct BulkSafety {
    pub plan: SafetyPlan,
    /// Who signs it.
    pub by: StaffId,
    pub signed_at: Moment,
}

/// A note to sign.
#[derive(Clone, Debug)]
pub struct BulkNote {
    pub note: NoteDraft,
    pub by: StaffId,
    pub signed_at: Moment,
    /// In which episode.
    pub episode: Number,
}

impl BulkChart {
    /// How many records it makes (a long one may take a few more).
    pub fn records(&self) -> usize {
        2 + self.episodes.len()
            + self.assessments.len()
            + self.needs.len()
            + usize::from(self.wants.is_some())
            + self.problems.len()
            + self.plan.records()
            + self.background.records()
            // Head, text, and what becomes of it.
            + 3 * self.notes.len()
            // As those, and a long text has more parts.
            + 8 * self.versions.len()
            + 4 * self.reviews.len()
            + 4 * self.discharges.len()
            + 3 * self.safeties.len()
            + 2 * self.drafts.len()
            + self.sessions.len()
    }
}

/// What a document takes from its chart.
struct Words<'a> {
    client: &'a Client,
    problems: &'a [Problem],
    lines: &'a [(LineRef, String)],
}

/// Writes an invented agency. Whoever sits at the desk must be its admin.
pub struct Bulk<'a> {
    desk: &'a mut Desk,
    signers: Vec<(Staff, Option<StaffKeys>)>,
    late_after_hours: u16,
}

impl<'a> Bulk<'a> {
    /// Refused in a real agency, and to anyone who may not import.
    pub fn begin(desk: &'a mut Desk) -> Result<Self, Fault> {
        desk.permit(Capability::Import, None)?;
        let seat = desk.seat()?;
        let settings = &seat.settings.value;
        if !settings.demo {
            return Err(Fault::denied("This agency is real; invented charts have no place in it."));
        }
        let late_after_hours = settings.late_after_hours;
        let signers = vec![(seat.staff.value.clone(), None)];
        Ok(Self { desk, signers, late_after_hours })
    }

    /// Who sits here.
    pub fn founder(&self) -> &Staff {
        &self.signers[0].0
    }

    /// Adds staff with a passphrase each may keep, and changes the founder's own entry if it is among them. Also says
    /// which record number comes next.
    pub fn staff(&mut self, staff: &[Staff], passphrase: &Secret, next_record_no: u32) -> Result<(), Fault> {
        let (founder, rev) = (self.founder().id, self.desk.seat()?.staff.rev);
        let mut unit = self.unit()?;
        let root = *self.desk.books().roster().root();
        for person in staff.iter().filter(|person| person.id != founder) {
            let books = self.desk.books();
            let named = (person.id, &*fold_login(&person.login));
            let (mut login, keys) = books.new_login(&root, named, &passphrase.0, self.desk.cost)?;
            let held = books.keys()?;
            let audit = access::holds_audit_key(&person.roles);
            let audit = held.audit.as_ref().filter(|_| audit);
            let (receive, sign) = (keys.receive_public()?, keys.sign_public());
            login.grant(&books.store_id(), &receive, &held.agency, audit)?;
            // They have signed long before this agency was made.
            let from = Moment::default();
            self.desk
                .relink(&mut unit, vec![RosterChange::Keys { staff: person.id, receive, sign, from }])?;
            unit.put(&login, person.id, 1, 0);
            let person = self.desk.put_staff(&mut unit, person.clone(), 0)?;
            self.signers.push((person, Some(keys)));
        }
        // Last: from then on the founder may no longer manage staff.
        if let Some(person) = staff.iter().find(|person| person.id == founder) {
            self.signers[0].0 = self.desk.put_staff(&mut unit, person.clone(), rev)?;
        }
        let settings = &self.desk.seat()?.settings;
        let changed = AgencySettings { next_record_no, ..settings.value.clone() };
        unit.put(&changed, Owner::AGENCY, 1, settings.rev);
        self.commit(unit)
    }

    /// Writes charts: one batch, one event.
    pub fn write(&mut self, charts: Vec<BulkChart>) -> Result<(), Fault> {
        let mut unit = self.unit()?;
        for chart in charts {
            self.chart(&mut unit, chart)?;
        }
        self.commit(unit)
    }

    /// Writes open tasks: one batch, one event.
    pub fn tasks(&mut self, tasks: &[Task]) -> Result<(), Fault> {
        let mut unit = self.unit()?;
        for task in tasks {
            unit.put(task, task.id, 1, 0);
        }
        self.commit(unit)
    }

    /// Makes the next start fast and leaves the desk locked.
    pub fn finish(self) -> Result<(), Fault> {
        let settled = self.desk.books_mut().settle();
        self.desk.leave_seat();
        settled
    }

    fn unit(&self) -> Result<Unit, Fault> {
        self.desk.unit(Capability::Import, Act::DemoMade, None, 0)
    }

    fn commit(&mut self, mut unit: Unit) -> Result<(), Fault> {
        unit.set_count(u32::try_from(unit.len()).unwrap_or(u32::MAX));
        // The summaries stay out of the seat's memory: whoever signs in next reads them afresh.
        self.desk.commit_unseen(unit).map(drop)
    }

    fn chart(&self, unit: &mut Unit, chart: BulkChart) -> Result<(), Fault> {
        let id = chart.client.id;
        unit.is_new(id);
        unit.put(&chart.client, id, 1, 0);
        for episode in &chart.episodes {
            unit.put(episode, id, episode.number, 0);
        }
        for need in &chart.needs {
            unit.put(need, id, need.number, 0);
        }
        if let Some(wants) = &chart.wants {
            unit.put(wants, id, 1, 0);
        }
        for problem in &chart.problems {
            unit.put(problem, id, problem.number, 0);
        }
        chart.plan.put(unit, id);
        chart.background.put(unit, id);
        for session in &chart.sessions {
            unit.put(session, id, session.number, 0);
        }
        let lines = chart.plan.wordings();
        let words = Words { client: &chart.client, problems: &chart.problems, lines: &lines };
        for (assessment, signed_at) in &chart.assessments {
            let number = DocKind::Assessment.numbers().start + assessment.number;
            let when = Written { by: assessment.by, at: *signed_at, number, episode: assessment.episode };
            self.document(unit, &words, assessment, &when, (false, &[]))?;
        }
        for (number, bulk) in (1..).zip(&chart.notes) {
            let when = Written { by: bulk.by, at: bulk.signed_at, number, episode: bulk.episode };
            let contact = is_contact(bulk, &chart.sessions);
            self.document(unit, &words, &bulk.note, &when, (contact, &[]))?;
        }
        for version in &chart.versions {
            let number = DocKind::Plan.numbers().start + version.text.facts.version;
            let BulkVersion { by, signed_at, episode, .. } = *version;
            let when = Written { by, at: signed_at, number, episode };
            let doc = plan::Version { text: version.text.clone(), on: version.on };
            self.document(unit, &words, &doc, &when, (false, &version.attested))?;
        }
        for (at, bulk) in (1..).zip(&chart.reviews) {
            let number = DocKind::Review.numbers().start + at;
            let when = Written { by: bulk.by, at: bulk.signed_at, number, episode: bulk.episode };
            self.document(unit, &words, &bulk.review, &when, (false, &[]))?;
        }
        for (at, bulk) in (1..).zip(&chart.discharges) {
            let number = DocKind::Discharge.numbers().start + at;
            let when = Written { by: bulk.by, at: bulk.signed_at, number, episode: bulk.discharge.episode };
            self.document(unit, &words, &bulk.discharge, &when, (false, &[]))?;
        }
        for (at, bulk) in (1..).zip(&chart.safeties) {
            let number = DocKind::Safety.numbers().start + at;
            let when = Written { by: bulk.by, at: bulk.signed_at, number, episode: bulk.plan.episode };
            self.document(unit, &words, &bulk.plan, &when, (false, &[]))?;
        }
        for (number, (note, by, since)) in (1..).zip(chart.drafts) {
            let mut doc = DraftDoc::new(id, number, by, since, DraftBody::Note(note));
            doc.head.meta = kind::of(&doc.body).about().into_bytes();
            unit.put_draft(&doc);
        }
        Ok(())
    }

    /// Signs a document with the keys of its author, and what its author's supervisor has done about it since.
    fn document(
        &self,
        unit: &mut Unit,
        words: &Words<'_>,
        doc: &dyn Document,
        written: &Written,
        (contact, attested): (bool, &[Attested]),
    ) -> Result<(), Fault> {
        let Written { by, at, number, episode } = *written;
        let author = &self.signer(by)?.0;
        let late =
            doc.ended(&self.desk.clock).is_some_and(|ended| note::late(ended, at, self.late_after_hours));
        let formats = &self.desk.formats;
        let Words { client, problems, lines } = *words;
        let known = Known::Nothing;
        let around =
            Around { client, problems, lines, formats, author, at, begun: at, late, contact, number, known };
        let facts = DocFacts {
            episode,
            on: doc.on(),
            root: number,
            begun: at,
            late,
            cosign: author.cosign_needed,
            ..DocFacts::default()
        };
        let store_id = self.desk.books().store_id();
        let head = sign::put(unit, &store_id, doc, facts, &around, self.keys(by)?)?;
        let mut life = DocLife { client: client.id, number, entries: Vec::new() };
        for answer in attested {
            let what = LifeWhat::Attested(Box::new(answer.clone()));
            entries::enter(&mut life, &store_id, &head, what, author, self.keys(by)?, at)?;
        }
        self.co_sign(&mut life, &head, at)?;
        if !life.entries.is_empty() {
            unit.put(&life, client.id, number, 0);
        }
        Ok(())
    }

    /// The newest documents of an author who needs a co-signature wait for it; their supervisor has co-signed the rest.
    fn co_sign(&self, life: &mut DocLife, head: &DocHead, signed_at: Moment) -> Result<(), Fault> {
        const DAY: i64 = 24 * Moment::HOUR;
        let author = &self.signer(head.signature.by)?.0;
        let Some(supervisor) = author.supervisor.filter(|_| author.cosign_needed) else { return Ok(()) };
        if signed_at > self.desk.moment().plus_ms(-COSIGN_DAYS * DAY) {
            return Ok(());
        }
        let (store_id, by) = (self.desk.books().store_id(), &self.signer(supervisor)?.0);
        let (keys, at) = (self.keys(supervisor)?, signed_at.plus_ms(DAY));
        entries::enter(life, &store_id, head, LifeWhat::CoSigned, by, keys, at)
    }

    fn signer(&self, by: StaffId) -> Result<&(Staff, Option<StaffKeys>), Fault> {
        let found = self.signers.iter().find(|(staff, _)| staff.id == by);
        found.ok_or_else(|| Fault::internal("nobody here can sign this"))
    }

    fn keys(&self, by: StaffId) -> Result<&StaffKeys, Fault> {
        match &self.signer(by)?.1 {
            Some(keys) => Ok(keys),
            None => Ok(&self.desk.books().keys()?.keys),
        }
    }
}

/// By whom and when a document was written, and its state.
struct Written {
    by: StaffId,
    at: Moment,
    number: Number,
    episode: Number,
}

/// Whether a note speaks of a contact: a service of that kind, in a session that was held if it speaks of one.
fn is_contact(note: &BulkNote, sessions: &[Session]) -> bool {
    let session = sessions.iter().find(|session| session.number == note.note.session);
    let met = session.filter(|_| note.note.session > 0).is_none_or(|one| one.state == SessionState::Held);
    met && header::is_contact(&note.note.service)
}

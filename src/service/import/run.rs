//! One file's way into the store: in one batch, or in parts that become visible with the last.
//!
//! Owns the import run's record, its parts and their removal. The people of a run that is not done are hidden at
//! sign-in; nothing else needs to know of them.

use super::aside::Aside;
use super::known::Found;
use super::removal;
use super::{Doubt, ImportReport, ImportSession, Resembling};
use crate::domain::{
    Act, AgencySettings, Birth, Client, ClientId, Episode, Identifier, ImportId, ImportRun, Imported, Moment,
    OutsideContact, ToAdmit,
};
use crate::exchange::fhir::{Doubted, PersonPlan};
use crate::rules::access::Capability;
use crate::service::api::Kept;
use crate::service::arrivals::{admit, more};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::house::not_asked;
use crate::service::people::next_record_no;
use crate::service::unit::Unit;
use crate::store::Owner;
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// Most records of one batch.
const BATCH_RECORDS: usize = 2_000;
/// Most bytes of one batch: long charts reach this first, and memory stays small.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Records a person takes: client, summary, what was imported, and with an admission episode and triage.
const PER_PERSON: usize = 5;
/// Records a part needs for itself: run, settings, event, anchor, and reading events that waited.
const PER_PART: usize = 8;
/// Records of people who were here that are written in one batch: each comes with its own event.
const MORE_AT_ONCE: usize = 300;

/// What is new of somebody who was here.
#[derive(Default)]
struct Later {
    imported: Imported,
    /// Conditions that were taken back.
    taken_back: Vec<(Identifier, String)>,
    /// They were not admitted, and are now.
    episode: Option<Episode>,
}

/// A file that is being written.
pub(super) struct Run {
    pub(super) id: ImportId,
    started: Moment,
    /// Revision of the run's record, 0 = not stored.
    rev: u32,
    part: u32,
    unit: Option<Unit>,
    /// People in the unit.
    pending: u32,
    /// From which place on whoever is known came with this file.
    from: usize,
    /// People who are stored and not shown yet.
    hidden: u32,
    /// What is new of people who were here.
    more: BTreeMap<ClientId, Later>,
    settings: Kept<AgencySettings>,
    contacts: HashSet<u64>,
    state: RandomState,
    /// Who was left out so far.
    pub(super) aside: Aside,
    pub(super) report: ImportReport,
}

impl Run {
    pub(super) fn new(session: &ImportSession<'_>) -> Self {
        Self {
            id: ImportId(session.desk.ids.fresh()),
            started: session.desk.moment(),
            rev: 0,
            part: 0,
            unit: None,
            pending: 0,
            from: session.known.len(),
            hidden: 0,
            more: BTreeMap::new(),
            settings: session.settings.clone(),
            contacts: HashSet::new(),
            state: RandomState::new(),
            aside: Aside::default(),
            report: ImportReport::default(),
        }
    }

    /// Takes one person: new, here already, or alike.
    pub(super) fn take(
        &mut self,
        session: &mut ImportSession<'_>,
        file: &str,
        plan: PersonPlan,
    ) -> Result<(), Fault> {
        match session.known.find(session.desk.books(), &plan.client)? {
            Found::New => {}
            Found::Here(id) => {
                self.report.already_here += 1;
                return self.add_to(session, file, id, plan);
            }
            Found::Resembles(like) => {
                if let Some(here) = session.known.told_apart(&plan.client)? {
                    self.report.already_here += 1;
                    return self.add_to(session, file, here, plan);
                }
                let brought_in = session.options.accept_look_alikes;
                let (place, line) = (plan.place.clone(), plan.line);
                let (record_no, why) = (like.record_no.clone(), like.why);
                let named = Resembling { file: file.to_owned(), place, line, record_no, why, brought_in };
                self.report.look_alikes.push(named);
                if !brought_in {
                    return self.set_aside(session, file, plan, &like);
                }
            }
        }
        for what in &plan.doubts {
            let Doubted { place, line, what } = what.clone();
            self.report.doubt(Doubt { file: file.to_owned(), place, line, what });
        }
        let (said, line) = (plan.admission.clone(), plan.line);
        let waited = session.known.waits(&plan.client)?;
        let (client, imported) = self.complete(session, plan)?;
        let episode = match &said {
            Some(said) => self.admission(session, &client, said, (file, line))?,
            None => None,
        };
        self.count(&client, &imported);
        self.report.admitted += usize::from(episode.is_some());
        session.known.add(&client)?;
        if session.options.dry_run {
            return Ok(());
        }
        self.make_room(session)?;
        self.put(session, &client, &imported, episode)?;
        self.no_longer_waits(session, waited, client.id)
    }

    /// Writes what was collected if one more would be too much for a batch.
    pub(super) fn make_room(&mut self, session: &mut ImportSession<'_>) -> Result<(), Fault> {
        let full = |unit: &Unit| {
            unit.len() + self.pending as usize + PER_PERSON + PER_PART > BATCH_RECORDS
                || unit.bytes() >= BATCH_BYTES
        };
        if self.unit.as_ref().is_some_and(full) {
            self.write_part(session, false)?;
        }
        Ok(())
    }

    /// The batch that is collected.
    pub(super) fn unit_of(&mut self, session: &ImportSession<'_>) -> Result<&mut Unit, Fault> {
        let unit = match self.unit.take() {
            Some(unit) => unit,
            None => session.desk.unit(Capability::Import, Act::ImportStarted, None, 0)?,
        };
        Ok(self.unit.insert(unit))
    }

    /// The episode that a roster says of somebody; if there can be none, why is remembered.
    fn admission(
        &mut self,
        session: &ImportSession<'_>,
        client: &Client,
        said: &ToAdmit,
        (file, line): (&str, u64),
    ) -> Result<Option<Episode>, Fault> {
        Ok(match admit::episode(session.desk, client, said)? {
            Ok(episode) => Some(episode),
            Err(why) => {
                self.report.not_admitted(&why, 1, &[(file.to_owned(), line)]);
                None
            }
        })
    }

    /// Keeps what is new of somebody who is here, for the end. What was brought before the import is compared at once, so
    /// that a delivery that says nothing new takes no room.
    fn add_to(
        &mut self,
        session: &ImportSession<'_>,
        file: &str,
        id: ClientId,
        plan: PersonPlan,
    ) -> Result<(), Fault> {
        let (books, links) = (session.desk.books(), &session.desk.seat()?.house.links);
        // Charts that are linked: what is new is written where new things go.
        let id = links.leading(id).unwrap_or(id);
        let known = books.get::<Client>(id, 1)?;
        let dead = plan.deceased || plan.client.deceased.is_some();
        if let Some(known) = known.as_ref().filter(|known| dead && known.value.deceased.is_none()) {
            let what = format!(
                "says that {}, who is here, has died; that is for a person to record",
                known.value.record_no
            );
            let (place, line) = (plan.place.clone(), plan.line);
            self.report.doubt(Doubt { file: file.to_owned(), place, line, what });
        }
        let mut imported = plan.imported;
        if let Some(known) = &known {
            imported.as_recorded.extend(more::differing(&known.value, &plan.client));
        }
        for other in links.others(id) {
            if let Some(other) = books.get::<Imported>(*other, 1)? {
                more::without(&mut imported, &other.value);
            }
        }
        let mut stored = books.get::<Imported>(id, 1)?.map(|kept| kept.value).unwrap_or_default();
        if more::take_back(&mut stored, &plan.taken_back) {
            self.more.entry(id).or_default().taken_back.extend(plan.taken_back);
        }
        if more::add(&mut stored, imported.clone()) {
            more::add(&mut self.more.entry(id).or_default().imported, imported);
        }
        if let (Some(said), Some(known)) = (&plan.admission, known)
            && !dead
            && admit::is_not_admitted(session.desk.books(), id)?
            && let Some(episode) = self.admission(session, &known.value, said, (file, plan.line))?
        {
            self.more.entry(id).or_default().episode = Some(episode);
        }
        Ok(())
    }

    /// Writes what is new of people who were here, each of whom the history names.
    fn write_more(&mut self, session: &mut ImportSession<'_>) -> Result<(), Fault> {
        let mut all = std::mem::take(&mut self.more).into_iter().peekable();
        while all.peek().is_some() {
            let mut unit = session.desk.unit(Capability::Import, Act::ImportFinished, None, 0)?;
            let (mut added, mut admitted) = (0, 0);
            while unit.len() < MORE_AT_ONCE && unit.bytes() < BATCH_BYTES {
                let Some((id, Later { imported: later, taken_back, episode })) = all.next() else { break };
                let kept = session.desk.books().get::<Imported>(id, 1)?;
                // What was undone keeps its place.
                let rev = session.desk.books().rev::<Imported>(id, 1)?;
                let mut known = kept.map_or_else(
                    || Imported { client: id, import: self.id, ..Imported::default() },
                    |kept| kept.value,
                );
                let taken_back = more::take_back(&mut known, &taken_back);
                if more::add(&mut known, later) || taken_back {
                    unit.put(&known, id, 1, rev);
                    unit.also_about(id);
                    added += 1;
                }
                if let Some(episode) = episode
                    && admit::is_not_admitted(session.desk.books(), id)?
                {
                    admit::put_episode(session.desk, &mut unit, episode)?;
                    unit.also_about(id);
                    admitted += 1;
                }
            }
            self.report.added += added;
            self.report.admitted += admitted;
            if added + admitted > 0 && !session.options.dry_run {
                unit.set_count((added + admitted) as u32);
                session.desk.commit_unseen(unit)?;
                session.wrote = true;
            }
        }
        Ok(())
    }

    /// Fills in what only the desk knows.
    fn complete(
        &mut self,
        session: &ImportSession<'_>,
        plan: PersonPlan,
    ) -> Result<(Client, Imported), Fault> {
        let (mut client, mut imported) = as_said(session.desk, plan);
        client.id = ClientId(session.desk.ids.fresh());
        client.record_no = next_record_no(&mut self.settings.value);
        client.import = Some(self.id);
        client.created = session.desk.moment();
        client.created_by = session.desk.staff()?.id;
        imported.client = client.id;
        imported.import = self.id;
        Ok((client, imported))
    }

    fn count(&mut self, client: &Client, imported: &Imported) {
        for OutsideContact { name, source, .. } in &imported.contacts {
            self.contacts.insert(self.state.hash_one((name, source)));
        }
        let report = &mut self.report;
        report.people += 1;
        report.deceased += usize::from(client.deceased.is_some());
        report.no_birth_date += usize::from(client.birth == Birth::Unknown);
        report.conditions += imported.proposals.len();
        report.allergies += imported.allergies.len();
        report.medications += imported.medications.len();
        report.encounters += imported.encounters.len();
        report.around += client.circle.len();
        report.practitioners = self.contacts.len();
    }

    fn put(
        &mut self,
        session: &mut ImportSession<'_>,
        client: &Client,
        imported: &Imported,
        episode: Option<Episode>,
    ) -> Result<(), Fault> {
        let id = client.id;
        let triage = match &episode {
            Some(_) => Some(not_asked(session.desk, id)?),
            None => None,
        };
        let unit = self.unit_of(session)?;
        unit.is_new(id);
        unit.put(client, id, 1, 0);
        // Most people of a roster come with nothing beside who they are.
        if has_anything(imported) {
            unit.put(imported, id, 1, 0);
        }
        if let Some(episode) = episode {
            unit.put(&Episode { number: 1, ..episode }, id, 1, 0);
        }
        if let Some(triage) = triage {
            unit.put(&triage, id, 1, 0);
        }
        self.pending += 1;
        Ok(())
    }

    /// Writes what was collected; with the last part everybody of the run is visible.
    fn write_part(&mut self, session: &mut ImportSession<'_>, last: bool) -> Result<(), Fault> {
        let Some(mut unit) = self.unit.take() else { return Ok(()) };
        self.part += 1;
        let people = self.pending;
        let run = ImportRun {
            id: self.id,
            started: self.started,
            by: session.desk.staff()?.id,
            done: last,
            clients: self.hidden.saturating_add(people),
        };
        unit.put(&run, self.id, 1, self.rev);
        unit.put(&self.settings.value, Owner::AGENCY, 1, self.settings.rev);
        unit.became(if last { Act::ImportFinished } else { Act::ImportStarted }, self.part);
        unit.set_count(people);
        session.desk.commit_unseen(unit)?;
        self.rev += 1;
        self.settings.rev += 1;
        self.hidden = self.hidden.saturating_add(people);
        session.wrote = true;
        session.known.forget();
        self.pending = 0;
        self.aside.written(&mut session.known);
        session.desk.seat_mut()?.settings = self.settings.clone();
        Ok(())
    }

    /// The last part; then everybody is shown.
    pub(super) fn finish(&mut self, session: &mut ImportSession<'_>) -> Result<(), Fault> {
        if !self.more.is_empty() {
            // The parts stay hidden until what is new of others is in as well.
            self.write_part(session, false)?;
            self.write_more(session)?;
            if self.rev > 0 {
                self.unit = Some(session.desk.unit(Capability::Import, Act::ImportStarted, None, 0)?);
            }
        }
        self.write_part(session, true)?;
        session.settings = self.settings.clone();
        // Nobody is kept in memory for that: the list is read when it is asked for.
        session.desk.seat_mut()?.behind |= session.wrote;
        Ok(())
    }

    /// Nothing of the file stays.
    pub(super) fn put_aside(self, session: &mut ImportSession<'_>) -> Result<(), Fault> {
        session.known.put_aside(self.from);
        if session.options.dry_run {
            return Ok(());
        }
        // Asked of the store, not of `rev`: a batch of unknown outcome may be there.
        let stored = session.desk.books().get::<ImportRun>(self.id, 1)?;
        let removed = match stored {
            Some(kept) if !kept.value.done => removal::remove(session.desk, self.id).map(|_| ()),
            _ => Ok(()),
        };
        session.settings = session.desk.seat()?.settings.clone();
        removed
    }
}

/// Whether anything is said beside who somebody is.
fn has_anything(imported: &Imported) -> bool {
    let bare = Imported { client: imported.client, import: imported.import, ..Imported::default() };
    *imported != bare
}

/// Who somebody is as a file says, and what else it says. Of a death without a day, the day is the latest it can have been.
pub(super) fn as_said(desk: &Desk, plan: PersonPlan) -> (Client, Imported) {
    let PersonPlan { mut client, mut imported, deceased, .. } = plan;
    if deceased && client.deceased.is_none() {
        client.deceased = Some(desk.now().local.date);
        imported.as_recorded.push(("Patient".to_owned(), r#"{"deceasedBoolean":true}"#.to_owned()));
    }
    (client, imported)
}

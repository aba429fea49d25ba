//! Whom an import leaves out because they look like somebody: kept, sealed, until a person decides; once, however often their
//! file comes.

use super::ImportSession;
use super::known::{Known, Like};
use super::run::{Run, as_said};
use crate::domain::{
    Act, Client, ClientId, Decided, ImportId, Imported, Moment, Number, SetAside, StaffId, WhoTheyAre,
};
use crate::exchange::fhir::PersonPlan;
use crate::rules::access::Capability;
use crate::service::arrivals::more;
use crate::service::books::Books;
use crate::service::fault::Fault;
use crate::store::Record;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// Two hashes over everything a file says of who somebody is: by them they are known again.
pub(super) type Print = [u64; 2];

/// People who were left out by imports before this one.
#[derive(Default)]
pub(super) struct LeftOut {
    states: [RandomState; 2],
    waiting: HashMap<Print, (ImportId, Number)>,
    decided: HashMap<Print, ClientId>,
}

impl LeftOut {
    /// Everybody in the store but those of these imports, which never came to their end.
    pub(super) fn load(books: &Books, but: &[ImportId]) -> Result<Self, Fault> {
        let (mut known, mut fault) = (Self::default(), Ok(()));
        books.each::<SetAside>(|kept| {
            let aside = kept.value;
            match known.print(&aside.client) {
                Ok(_) if but.contains(&aside.import) => {}
                Ok(print) => match aside.decided {
                    Some(decided) => drop(known.decided.insert(print, decided.client)),
                    None => known.add(print, (aside.import, aside.number)),
                },
                Err(error) => fault = Err(error),
            }
        })?;
        fault.map(|()| known)
    }

    /// By what somebody is known again: nothing that the desk gives.
    pub(super) fn print(&self, client: &Client) -> Result<Print, Fault> {
        let said = Client {
            id: ClientId::default(),
            record_no: String::new(),
            import: None,
            created: Moment::default(),
            created_by: StaffId::default(),
            ..client.clone()
        };
        let bytes = said.encode()?;
        Ok([self.states[0].hash_one(&bytes), self.states[1].hash_one(&bytes)])
    }

    pub(super) fn decided(&self, client: &Client) -> Result<Option<ClientId>, Fault> {
        if self.decided.is_empty() { Ok(None) } else { Ok(self.decided.get(&self.print(client)?).copied()) }
    }

    pub(super) fn waits(&self, client: &Client) -> Result<Option<(ImportId, Number)>, Fault> {
        if self.waiting.is_empty() { Ok(None) } else { Ok(self.waiting.get(&self.print(client)?).copied()) }
    }

    pub(super) fn add(&mut self, print: Print, place: (ImportId, Number)) {
        self.waiting.insert(print, place);
    }

    pub(super) fn remove(&mut self, print: &Print) {
        self.waiting.remove(print);
    }
}

/// Whom a run left out.
#[derive(Default)]
pub(super) struct Aside {
    count: Number,
    /// Those whose batch is not written yet.
    unwritten: Vec<(Print, (ImportId, Number))>,
}

impl Aside {
    /// The batch is written: they are known again from now on.
    pub(super) fn written(&mut self, known: &mut Known) {
        for (print, place) in self.unwritten.drain(..) {
            known.now_waits(print, place);
        }
    }
}

impl Run {
    /// Keeps somebody who looks like somebody else, until a person decides. Whoever waits already waits once, with what is
    /// new of them.
    pub(super) fn set_aside(
        &mut self,
        session: &mut ImportSession<'_>,
        file: &str,
        plan: PersonPlan,
        like: &Like,
    ) -> Result<(), Fault> {
        if session.options.dry_run {
            return Ok(());
        }
        self.make_room(session)?;
        let (place, admission) = (plan.place.clone(), plan.admission.clone());
        let (client, imported) = as_said(session.desk, plan);
        if let Some((import, number)) = session.known.waits(&client)?
            && let Some(mut kept) = session.desk.books().get::<SetAside>(import, number)?
        {
            let aside = &mut kept.value;
            let new = more::add(&mut aside.imported, imported);
            if new || (admission.is_some() && aside.admission != admission) {
                aside.admission = admission.or_else(|| aside.admission.take());
                let mut unit = session.desk.unit(Capability::Import, Act::ImportFinished, None, 0)?;
                unit.put(&kept.value, import, number, kept.rev);
                session.desk.commit_unseen(unit)?;
                session.wrote = true;
            }
            return Ok(());
        }
        self.aside.count += 1;
        let number = self.aside.count;
        let print = session.known.print(&client)?;
        let aside = SetAside {
            import: self.id,
            number,
            file: file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            place,
            like: like.id,
            why: like.why.to_owned(),
            client,
            imported,
            admission,
            ..SetAside::default()
        };
        let import = self.id;
        self.unit_of(session)?.put(&aside, import, number, 0);
        self.aside.unwritten.push((print, (import, number)));
        Ok(())
    }
    /// Somebody who waited is brought in as a person of their own after all: nobody has to decide any more.
    pub(super) fn no_longer_waits(
        &mut self,
        session: &mut ImportSession<'_>,
        waited: Option<(ImportId, Number)>,
        chart: ClientId,
    ) -> Result<(), Fault> {
        let Some((import, number)) = waited else { return Ok(()) };
        let Some(kept) = session.desk.books().get::<SetAside>(import, number)? else { return Ok(()) };
        let (by, at) = (session.desk.staff()?.id, session.desk.moment());
        let decided = Decided { what: WhoTheyAre::AnotherPerson, client: chart, by, at };
        let print = session.known.print(&kept.value.client)?;
        let told = SetAside { imported: Imported::default(), decided: Some(decided), ..kept.value };
        self.unit_of(session)?.put(&told, import, number, kept.rev);
        session.known.no_longer_waits(&print);
        Ok(())
    }
}

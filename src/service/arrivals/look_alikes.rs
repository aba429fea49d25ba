//! People an import left out because they look like somebody here: they wait until a person decides, one pair at a time.
//!
//! Nothing is decided by likeness alone. Each decision is in the history of the charts it concerns.

use super::{admit, more};
use crate::domain::{
    Act, Client, ClientId, Decided, ImportId, ImportRun, Imported, Number, SetAside, WhoTheyAre, counted,
};
use crate::rules::access::Capability;
use crate::rules::likeness::pair::{joined, side_by_side};
use crate::service::alike;
use crate::service::api::{Answer, HouseAnswer, Kept, LookAlikeDecision, LookAlikePair, LookAlikesView};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::people::next_record_no;
use crate::service::seat::Waiting;
use crate::service::steps::{Said, Step};
use crate::service::unit::Unit;
use crate::store::Owner;

/// Everybody who waits, for somebody who sits down. What an import that is not done left out does not count yet.
pub(in crate::service) fn load(desk: &Desk) -> Result<Vec<Waiting>, Fault> {
    let mut unfinished = Vec::new();
    desk.books().each_that_opens::<ImportRun>(|kept| {
        if !kept.value.done {
            unfinished.push(kept.value.id);
        }
    })?;
    let mut waiting = Vec::new();
    desk.books().each_that_opens::<SetAside>(|kept| {
        let SetAside { import, number, like, .. } = kept.value;
        if kept.value.is_open() && !unfinished.contains(&import) {
            waiting.push(Waiting { import, number, like });
        }
    })?;
    Ok(waiting)
}

/// Reads again whether somebody waits, after a change of their record.
pub(in crate::service) fn reload(desk: &mut Desk, import: ImportId, number: Number) -> Result<(), Fault> {
    let found = desk.books().get::<SetAside>(import, number)?.map(|kept| kept.value);
    let found = found.filter(SetAside::is_open);
    let waiting = &mut desk.seat_mut()?.house.waiting;
    let at = waiting.iter().position(|one| (one.import, one.number) == (import, number));
    match (at, found.map(|one| one.like)) {
        (Some(at), Some(like)) => waiting[at].like = like,
        (Some(at), None) => drop(waiting.remove(at)),
        (None, Some(like)) => {
            waiting.push(Waiting { import, number, like });
            waiting.sort_by_key(|one| (one.import, one.number));
        }
        (None, None) => {}
    }
    Ok(())
}

/// Those this person may decide on: they see whom they are compared with.
fn mine(desk: &Desk) -> Result<Vec<Waiting>, Fault> {
    let may = |one: &&Waiting| {
        desk.permit(Capability::DecideLookAlikes, Some(one.like)).is_ok()
            && desk.permit(Capability::SeeNames, Some(one.like)).is_ok()
    };
    Ok(desk.seat()?.house.waiting.iter().filter(may).copied().collect())
}

/// How many wait for this person.
pub(in crate::service) fn count(desk: &Desk) -> Result<usize, Fault> {
    Ok(mine(desk)?.len())
}

/// Shows the pair at this place, round the list. That somebody looked is in the history of whoever is here.
pub(in crate::service) fn show(desk: &mut Desk, at: usize) -> Result<Answer, Fault> {
    shown(desk, at, String::new())
}

fn shown(desk: &mut Desk, at: usize, said: String) -> Result<Answer, Fault> {
    desk.permit(Capability::DecideLookAlikes, None)?;
    let waiting = mine(desk)?;
    let at = at.checked_rem(waiting.len()).unwrap_or_default();
    let pair = match waiting.get(at) {
        Some(one) => Some(pair(desk, *one)?),
        None => None,
    };
    let view = LookAlikesView { pair, at, of: waiting.len(), said };
    Ok(Answer::House(HouseAnswer::LookAlikes(Box::new(view))))
}

fn pair(desk: &mut Desk, one: Waiting) -> Result<LookAlikePair, Fault> {
    let kept = desk.books().get::<SetAside>(one.import, one.number)?;
    let Kept { rev, value: aside } = kept.ok_or_else(gone)?;
    let here = client(desk, one.like)?;
    let all = desk.permit(Capability::SeeDemographics, Some(one.like)).is_ok();
    let unit = desk.unit(Capability::DecideLookAlikes, Act::LookAlikeCompared, Some(one.like), one.number)?;
    desk.record(unit)?;
    Ok(LookAlikePair {
        import: one.import,
        number: one.number,
        rev,
        here: one.like,
        record_no: here.value.record_no.clone(),
        why: aside.why.clone(),
        came: format!("{}, {}", aside.file, aside.place),
        rows: side_by_side(&here.value, &aside.client, all),
        also: also(&aside),
    })
}

/// What came beyond the particulars; counts only, since not everybody who decides may read charts.
fn also(aside: &SetAside) -> Vec<String> {
    let Imported { proposals, allergies, medications, encounters, contacts, as_recorded, .. } =
        &aside.imported;
    let entries = proposals.len() + allergies.len() + medications.len() + encounters.len() + contacts.len();
    let mut also = Vec::new();
    if entries > 0 {
        also.push(format!("{} came with them.", counted(entries, "entry of a chart", "entries of a chart")));
    }
    if !as_recorded.is_empty() {
        let many = counted(as_recorded.len(), "other fact", "other facts");
        also.push(format!("{many} came with them and would be kept beside the chart."));
    }
    if let Some(to) = &aside.admission {
        let program = if to.program.is_empty() { "the program" } else { &to.program };
        let with = if to.counselor.is_empty() { "nobody" } else { &to.counselor };
        also.push(format!("The file admits them to {program}, counselor {with}."));
    }
    also
}

fn gone() -> Fault {
    Fault::user("Somebody has decided on this pair already.")
}

fn client(desk: &Desk, id: ClientId) -> Result<Kept<Client>, Fault> {
    let found = desk.books().get::<Client>(id, 1)?;
    found.ok_or_else(|| Fault::user("This person is not in the store."))
}

/// Writes down who somebody is, and shows the next pair.
pub(in crate::service) fn decide(desk: &mut Desk, decision: &LookAlikeDecision) -> Result<Answer, Fault> {
    let LookAlikeDecision { import, number, rev, here, what, at } = *decision;
    desk.permit(Capability::DecideLookAlikes, Some(here))?;
    desk.permit(Capability::SeeNames, Some(here))?;
    let aside = desk.books().at::<SetAside>(import, number, rev, "this pair")?;
    if !aside.is_open() || aside.like != here {
        return Err(gone());
    }
    let said = match what {
        WhoTheyAre::SamePerson => join(desk, aside, rev)?,
        WhoTheyAre::AnotherPerson => match next_like(desk, &aside)? {
            Some((like, why)) => ask_next(desk, aside, rev, like, why)?,
            None => register(desk, aside, rev)?,
        },
    };
    shown(desk, at, said)
}

/// Whom else they look like, of whom nobody has said yet that they are another person.
fn next_like(desk: &Desk, aside: &SetAside) -> Result<Option<(ClientId, &'static str)>, Fault> {
    let links = &desk.seat()?.house.links;
    let told: Vec<ClientId> =
        aside.not.iter().chain([&aside.like]).flat_map(|id| links.charts(*id)).collect();
    Ok(alike::likely(desk, &aside.client)?.into_iter().find(|(id, _)| !told.contains(id)))
}

/// They are not whom they were compared with, and look like somebody else too.
fn ask_next(
    desk: &mut Desk,
    mut aside: SetAside,
    rev: u32,
    like: ClientId,
    why: &str,
) -> Result<String, Fault> {
    let (before, next) = (client(desk, aside.like)?.value.record_no, client(desk, like)?.value.record_no);
    let (import, number, was) = (aside.import, aside.number, aside.like);
    aside.not.push(was);
    (aside.like, aside.why) = (like, why.to_owned());
    let mut unit = desk.unit(Capability::DecideLookAlikes, Act::LookAlikeOther, Some(was), number)?;
    unit.put(&aside, import, number, rev);
    desk.commit(unit)?;
    Ok(format!("Another person than {before}. They also look like {next}, who is compared next."))
}

/// What the record of somebody becomes once it was decided who they are.
fn decided(desk: &Desk, aside: SetAside, what: WhoTheyAre, chart: ClientId) -> Result<SetAside, Fault> {
    let decided = Decided { what, client: chart, by: desk.staff()?.id, at: desk.moment() };
    Ok(SetAside { imported: Imported::default(), decided: Some(decided), ..aside })
}

/// They are one person: what came is added to the chart that is here.
fn join(desk: &mut Desk, aside: SetAside, rev: u32) -> Result<String, Fault> {
    let (import, number, id) = (aside.import, aside.number, aside.like);
    let Kept { rev: at, value: here } = client(desk, id)?;
    let (one, beside) = joined(&here, &aside.client);
    let mut unit = desk.unit(Capability::DecideLookAlikes, Act::LookAlikeSame, Some(id), number)?;
    if one != here {
        unit.put(&one, id, 1, at);
    }
    let mut later = aside.imported.clone();
    later.as_recorded.extend(beside);
    add_imported(desk, &mut unit, id, import, later)?;
    let admitted = admit_here(desk, &mut unit, &one, &aside)?;
    let died = aside.client.deceased.is_some() && here.deceased.is_none();
    let set = decided(desk, aside, WhoTheyAre::SamePerson, id)?;
    unit.put(&set, import, number, rev);
    let committed = desk.commit(unit)?;
    let record_no = here.record_no;
    let mut said = format!("One person: what came is added to {record_no}.");
    match admitted {
        Admitted::No => {
            let undone = format!("{record_no} is as it was, and the pair waits for a decision again.");
            desk.remember(Step::of(&committed, Some(id), Said::new(said.clone(), undone)))?;
        }
        Admitted::Yes => said += " They are admitted as the file says.",
        Admitted::Not(why) => said = format!("{said} They are not admitted: {why}."),
    }
    if died {
        said.push_str(" The file says that they have died; record that in their details if it is so.");
    }
    Ok(said)
}

/// What else came with them is written beside the chart that new entries go to.
fn add_imported(
    desk: &Desk,
    unit: &mut Unit,
    id: ClientId,
    import: ImportId,
    later: Imported,
) -> Result<(), Fault> {
    let id = desk.seat()?.house.links.leading(id).unwrap_or(id);
    let rev = desk.books().rev::<Imported>(id, 1)?;
    let known = desk.books().get::<Imported>(id, 1)?.map(|kept| kept.value);
    let mut known = known.unwrap_or(Imported { client: id, import, ..Imported::default() });
    if more::add(&mut known, later) {
        unit.put(&known, id, 1, rev);
    }
    Ok(())
}

/// Whether somebody was admitted as the file says.
enum Admitted {
    /// The file admits nobody, or they are admitted already.
    No,
    Yes,
    Not(String),
}

/// Admits somebody who is here as the file says, if they have no open episode.
fn admit_here(desk: &Desk, unit: &mut Unit, client: &Client, aside: &SetAside) -> Result<Admitted, Fault> {
    let Some(to) = aside.admission.as_ref().filter(|_| aside.client.deceased.is_none()) else {
        return Ok(Admitted::No);
    };
    if !admit::is_not_admitted(desk.books(), client.id)? {
        return Ok(Admitted::No);
    }
    Ok(match admit::episode(desk, client, to)? {
        Ok(episode) => {
            admit::put_episode(desk, unit, episode)?;
            Admitted::Yes
        }
        Err(why) => Admitted::Not(why),
    })
}

/// They are another person than everybody here: they get a chart, as the import would have given them one.
fn register(desk: &mut Desk, aside: SetAside, rev: u32) -> Result<String, Fault> {
    let (import, number, was) = (aside.import, aside.number, aside.like);
    let Kept { rev: at, value: mut settings } = desk.seat()?.settings.clone();
    let client = Client {
        id: ClientId(desk.ids.fresh()),
        record_no: next_record_no(&mut settings),
        import: Some(import),
        created: desk.moment(),
        created_by: desk.staff()?.id,
        ..aside.client.clone()
    };
    let id = client.id;
    let imported = Imported { client: id, import, ..aside.imported.clone() };
    let mut unit = desk.unit(Capability::DecideLookAlikes, Act::LookAlikeRegistered, None, number)?;
    unit.about(id);
    unit.also(desk.permit(Capability::DecideLookAlikes, Some(was))?, Act::LookAlikeOther, number);
    unit.is_new(id);
    unit.put(&client, id, 1, 0);
    unit.put(&imported, id, 1, 0);
    unit.put(&settings, Owner::AGENCY, 1, at);
    let admitted = admit_here(desk, &mut unit, &client, &aside)?;
    let set = decided(desk, aside, WhoTheyAre::AnotherPerson, id)?;
    unit.put(&set, import, number, rev);
    desk.commit(unit)?;
    desk.seat_mut()?.settings = Kept { rev: at + 1, value: settings };
    let said = format!("Another person: {} is registered as {}", client.display_name(), client.record_no);
    Ok(match admitted {
        Admitted::No => format!("{said}."),
        Admitted::Yes => format!("{said}, and admitted as the file says."),
        Admitted::Not(why) => format!("{said}. They are not admitted: {why}."),
    })
}

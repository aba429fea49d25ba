//! The list of people; register, change, admit.

use super::alike::look_alikes;
use super::api::{Answer, Kept, PeopleList, Person, Whose};
use super::background;
use super::desk::Desk;
use super::fault::Fault;
use super::sessions;
use super::steps::Said;
use super::unit::Unit;
use crate::domain::{
    Act, AgencySettings, Birth, Client, ClientId, Episode, LevelDecision, LevelEvent, NeedFacts, NeedStands,
    Number, PeopleSort, Session, SessionState, Summary, counted,
};
use crate::rules::access::{Capability, Relation, counsels, may};
use crate::rules::priority::Tier;
use crate::rules::{caseload, episodes, level, when};
use crate::store::Owner;

/// The list in caseload order: mine, or all this person may see.
pub(super) fn list(desk: &Desk, whose: Whose) -> Result<PeopleList, Fault> {
    let seat = desk.seat()?;
    let reach = desk.reach()?;
    // Who keeps no charts has no people of their own: they see all they may.
    let me = &seat.staff.value;
    let whose = if may(&me.roles, Capability::ReadChart, Relation::Team) { whose } else { Whose::All };
    let on_team = |summary: &Summary| {
        let counselor = summary.episode.as_ref().map(|episode| episode.counselor);
        counselor.is_some_and(|counselor| desk.answers_for(counselor) == Some(me.id))
    };
    let mut rows: Vec<Person> = Vec::new();
    let (mut beyond, mut hidden) = (Vec::new(), 0);
    for summary in seat.summaries.values() {
        let Some((summary, also)) = seat.line(summary) else { continue };
        let relation = seat.relation(&reach, &summary);
        let mine =
            matches!(relation, Relation::Team | Relation::Opened) || answers_alone(desk, &summary, relation)?;
        let shown = match whose {
            Whose::Mine => false,
            Whose::Team => on_team(&summary),
            Whose::All => true,
        };
        if mine || shown && seen(desk, relation)? {
            rows.push(Person { also, ..desk.person_as(&summary, relation)? });
        } else if seen(desk, relation)? {
            beyond.push(summary);
        } else {
            hidden += 1;
        }
    }
    let pressing =
        |a: &Person, b: &Person| caseload::compare((&a.summary, &a.standing), (&b.summary, &b.standing));
    match seat.staff.value.settings.sort {
        PeopleSort::Pressing => rows.sort_by(pressing),
        PeopleSort::Name => {
            rows.sort_by(|a, b| a.summary.sort.cmp(&b.summary.sort).then_with(|| pressing(a, b)));
        }
        // Danger now stands first in every order.
        PeopleSort::Contact => rows.sort_by(|a, b| {
            let calm = |person: &Person| person.standing.tier != Some(Tier::Now);
            let since =
                |person: &Person| (calm(person), !person.standing.in_care, person.summary.last_contact);
            since(a).cmp(&since(b)).then_with(|| pressing(a, b))
        }),
    }
    let (watch, last_backup) = (super::house::count(desk)?, desk.last_backup());
    let look_alikes = super::arrivals::count(desk)?;
    Ok(PeopleList {
        whose,
        rows: rows.into(),
        beyond: beyond.into(),
        hidden,
        watch,
        look_alikes,
        last_backup,
    })
}

/// Whether this person raised or decided a danger of somebody whom nobody has on a caseload, and it is still open: until
/// a counselor has them, it is theirs to see. What they see of the client is the access table's to say.
fn answers_alone(desk: &Desk, summary: &Summary, relation: Relation) -> Result<bool, Fault> {
    let open = |need: &NeedFacts| !matches!(need.stands, NeedStands::Resolved { .. });
    // Danger that was open when somebody left stays their counselor's.
    if relation == Relation::Left && summary.needs.iter().any(open) {
        return Ok(true);
    }
    let roles = &desk.staff()?.roles;
    if summary.episode.is_some()
        || !summary.needs.iter().any(open)
        || !may(roles, Capability::AnswerDanger, relation)
        || !seen(desk, relation)?
    {
        return Ok(false);
    }
    let me = desk.staff()?.id;
    Ok(summary.needs.iter().any(|need| open(need) && (need.by == me || need.state_by == me)))
}

/// Whether the list shows people this person stands to like this.
fn seen(desk: &Desk, relation: Relation) -> Result<bool, Fault> {
    Ok(may(&desk.staff()?.roles, Capability::SeeNames, relation))
}

/// Registers a person; look-alikes are shown first.
pub(super) fn register(desk: &mut Desk, mut client: Client, seen: bool) -> Result<Answer, Fault> {
    desk.permit(Capability::Register, None)?;
    check_client(desk, &client, false)?;
    if !seen {
        let found = look_alikes(desk, &client, None)?;
        if !found.is_empty() {
            return Ok(Answer::LookAlikes(found));
        }
    }
    let Kept { rev, value: mut settings } = desk.seat()?.settings.clone();
    client.id = ClientId(desk.ids.fresh());
    if client.record_no.trim().is_empty() {
        client.record_no = next_record_no(&mut settings);
    }
    client.import = None;
    client.created = desk.moment();
    client.created_by = desk.staff()?.id;
    let id = client.id;
    let name = client.display_name();
    let record_no = client.record_no.clone();
    let mut unit = desk.unit(Capability::Register, Act::ClientRegistered, None, 0)?;
    unit.about(id);
    unit.put(&client, id, 1, 0);
    if settings != desk.seat()?.settings.value {
        unit.put(&settings, Owner::AGENCY, 1, rev);
    }
    unit.is_new(id);
    desk.commit(unit)?;
    if settings != desk.seat()?.settings.value {
        desk.seat_mut()?.settings = Kept { rev: rev + 1, value: settings };
    }
    let admits = desk.permit(Capability::Admit, Some(id)).is_ok();
    let next = if admits { " [key:admit] admits them to a program." } else { "" };
    desk.done_for_good(id, format!("{name} is registered as {record_no}.{next}"))
}

/// `A-1042`, counted up.
pub(super) fn next_record_no(settings: &mut AgencySettings) -> String {
    let number = settings.next_record_no;
    settings.next_record_no += 1;
    format!("A-{number}")
}

/// `may_be_unknown`: they came from elsewhere without a birth date, which stays so until somebody knows it.
fn check_client(desk: &Desk, client: &Client, may_be_unknown: bool) -> Result<(), Fault> {
    if client.name.given.trim().is_empty() && client.name.family.trim().is_empty() {
        return Err(Fault::user("Type a name, or \"unknown\"."));
    }
    let today = desk.now().local.date;
    match client.birth {
        Birth::On(date) if date > today => {
            Err(Fault::user("The birth date is in the future. Check the year."))
        }
        Birth::On(date) if today.years_since(date) > 130 => {
            Err(Fault::user("The birth date is over 130 years ago. Check the year."))
        }
        Birth::Unknown if !may_be_unknown => {
            Err(Fault::user("Type a birth date, a year, or an estimate such as \"about 35\"."))
        }
        _ => Ok(()),
    }
}

/// Changes a person's particulars; whoever knows no more than how to reach somebody changes no more than that.
pub(super) fn change(desk: &mut Desk, mut client: Client, rev: u32, seen: bool) -> Result<Answer, Fault> {
    let id = client.id;
    let all = desk.permit(Capability::ChangeDemographics, Some(id)).is_ok();
    let capability = if all { Capability::ChangeDemographics } else { Capability::ChangeContact };
    desk.permit(capability, Some(id))?;
    let before = desk.books().at::<Client>(id, 1, rev, "this person's record")?;
    check_client(desk, &client, before.birth == Birth::Unknown)?;
    if !all {
        client = with_contact(&before, client);
    }
    if !seen {
        let found = look_alikes(desk, &client, Some(&before))?;
        if !found.is_empty() {
            return Ok(Answer::LookAlikes(found));
        }
    }
    client.renamed_from(&before, desk.now().local.date);
    client.created = before.created;
    client.created_by = before.created_by;
    client.import = before.import;
    let mut unit = desk.unit(capability, Act::ClientChanged, Some(id), 0)?;
    unit.put(&client, id, 1, rev);
    desk.done(unit, id, Said::new("The details are changed.", "the details are as they were before."))
}

/// A person as they are, with who they are and how to reach them from what was said.
fn with_contact(before: &Client, said: Client) -> Client {
    Client {
        name: said.name,
        preferred: said.preferred,
        other_names: said.other_names,
        pronouns: said.pronouns,
        birth: said.birth,
        phones: said.phones,
        addresses: said.addresses,
        reach: said.reach,
        private: said.private,
        may_leave_message: said.may_leave_message,
        languages: said.languages,
        interpreter: said.interpreter,
        ..before.clone()
    }
}

/// Admits a person to a program.
pub(super) fn admit(desk: &mut Desk, mut episode: Episode, level: LevelDecision) -> Result<Answer, Fault> {
    let id = episode.client;
    desk.permit(Capability::SeeDemographics, Some(id))?;
    let client = desk.books().get::<Client>(id, 1)?;
    let client = client.ok_or_else(|| Fault::user("This person is not in the store."))?.value;
    check_admission(desk, &client, &episode)?;
    let level = LevelDecision { on: episode.admitted, event: LevelEvent::Admission, ..level };
    if let Some(why) = level::unsaid(&level) {
        return Err(Fault::user(why));
    }
    episode.number = desk.books().next_number::<Episode>(id)?;
    episode.created = desk.moment();
    episode.created_by = desk.staff()?.id;
    episode.discharged = None;
    let (name, program) = (client.display_name(), episode.program.clone());
    let mut unit = desk.unit(Capability::Admit, Act::ClientAdmitted, Some(id), episode.number)?;
    unit.put(&episode, id, episode.number, 0);
    let number = desk.books().next_number::<LevelDecision>(id)?;
    let level = LevelDecision { client: id, number, episode: episode.number, ..level };
    background::decide(desk, &mut unit, level, 0)?;
    desk.commit(unit)?;
    desk.done_for_good(
        id,
        format!("{name} is admitted to {program}. Press [key:room-grid] to go to the assessment."),
    )
}

fn check_admission(desk: &Desk, client: &Client, episode: &Episode) -> Result<(), Fault> {
    let today = desk.now().local.date;
    if client.deceased.is_some() {
        return Err(Fault::user("The record says that this person has died, so nobody can be admitted.")
            .hint("If that is wrong, correct the person's details first, with [key:edit-person]."));
    }
    let there = desk.books().list::<Episode>(client.id)?;
    if there.iter().any(|kept| kept.value.discharged.is_none()) {
        return Err(Fault::user("This person is admitted already."));
    }
    // A new stay begins when the one before it is over.
    let until = there.iter().filter_map(|kept| kept.value.discharged.map(|(on, _)| on)).max();
    if let Some(until) = until.filter(|until| episode.admitted < *until) {
        let until = when::with_year(until);
        return Err(Fault::user(format!(
            "An earlier stay here ended on {until}, so this one begins then or later."
        ))
        .hint("Write the year with the day, such as 4 Dec 2026.")
        .about("admitted"));
    }
    if client.birth.age(today).is_some_and(|age| age < 18) && client.guardian_name().is_empty() {
        return Err(Fault::user("This person is a minor. Write down the parent or guardian first.")
            .hint("Press [key:edit-person] on their chart."));
    }
    // What is wrong with the admission itself is said only to who may admit.
    desk.permit(Capability::Admit, Some(client.id))?;
    check_episode(desk, episode)
}

/// What is other in an episode: its program, its counselor.
fn said_of(desk: &Desk, before: &Episode, now: &Episode) -> Result<Vec<String>, Fault> {
    let program = (before.program != now.program).then(|| now.program.clone());
    let counselor = (before.counselor != now.counselor).then_some(now.counselor);
    let seat = desk.seat()?;
    Ok(program.into_iter().chain(counselor.map(|id| seat.name_of(id))).collect())
}

fn check_episode(desk: &Desk, episode: &Episode) -> Result<(), Fault> {
    let seat = desk.seat()?;
    if !seat.settings.value.programs.contains(&episode.program) {
        return Err(Fault::user("Choose a program."));
    }
    if episode.admitted > desk.now().local.date {
        return Err(Fault::user("The date of admission is in the future. Use today or an earlier day."));
    }
    if !seat.colleagues.iter().any(|staff| staff.id == episode.counselor && counsels(staff)) {
        return Err(Fault::user("Choose a counselor who can sign in."));
    }
    Ok(())
}

/// Sessions to come of this stay that the counselor before holds go to the new one, with their day and hour. Returns how many.
fn move_sessions(desk: &Desk, unit: &mut Unit, before: &Episode, now: &Episode) -> Result<usize, Fault> {
    desk.permit(Capability::Schedule, Some(now.client))?;
    let today = desk.now().local.date;
    let mut moved = 0;
    let stays = desk.stays(now.client)?;
    for kept in desk.books().list::<Session>(now.client)? {
        let session = kept.value;
        if episodes::of_record(session.episode, &stays, session.date) != now.number {
            continue;
        }
        let to_come = session.state == SessionState::Planned && session.date >= today;
        if to_come && session.staff == before.counselor {
            sessions::put(desk, unit, Session { staff: now.counselor, ..session }, kept.rev)?;
            moved += 1;
        }
    }
    Ok(moved)
}

/// Goes on in another open stay: chart, notes and what is due are that stay's from then on.
pub(super) fn work_in(desk: &mut Desk, client: ClientId, number: Number) -> Result<Answer, Fault> {
    desk.permit(Capability::WriteChart, Some(client))?;
    let there = desk.books().list::<Episode>(client)?;
    let all = || there.iter().map(|kept| &kept.value);
    let kept = there.iter().find(|kept| kept.value.number == number && kept.value.discharged.is_none());
    let kept = kept.ok_or_else(|| Fault::user("This stay has ended. Open the chart again."))?;
    let before = episodes::worked_on(all()).map(|one| one.program.clone()).unwrap_or_default();
    let chosen = all().map(|one| one.chosen).max().unwrap_or_default() + 1;
    let episode = Episode { chosen, ..kept.value.clone() };
    let mut unit = desk.unit(Capability::WriteChart, Act::StayChosen, Some(client), number)?;
    unit.put(&episode, client, number, kept.rev);
    let since = when::with_year(episode.admitted);
    let said = Said::new(
        format!(
            "You are in the stay in {}, since {since}. Notes, plan and dates are that stay's.",
            episode.program
        ),
        format!("you are in the stay in {before} again."),
    );
    desk.done(unit, client, said)
}

/// Changes the open episode: program, counselor, team. A decision on the level of care is written in the same act.
pub(super) fn change_episode(
    desk: &mut Desk,
    mut episode: Episode,
    rev: u32,
    level: Option<LevelDecision>,
    with_sessions: bool,
) -> Result<Answer, Fault> {
    let (id, number) = (episode.client, episode.number);
    desk.permit(Capability::WriteChart, Some(id))?;
    check_episode(desk, &episode)?;
    let before = desk.books().at::<Episode>(id, number, rev, "this episode")?;
    if before.discharged.is_some() {
        return Err(Fault::user("This stay has ended, so it stays as it was."));
    }
    (episode.created, episode.chosen) = (before.created, before.chosen);
    episode.created_by = before.created_by;
    episode.discharged = before.discharged;
    let mut unit = desk.unit(Capability::WriteChart, Act::EpisodeChanged, Some(id), number)?;
    unit.put(&episode, id, number, rev);
    let mut said = said_of(desk, &before, &episode)?;
    if let Some(level) = level {
        said.push(format!("level {}", level.actual));
        let decided = background::decide_in(desk, &mut unit, &episode, level)?;
        unit.also(desk.permit(Capability::WriteChart, Some(id))?, Act::LevelDecided, decided);
    }
    if with_sessions && before.counselor != episode.counselor {
        let moved = move_sessions(desk, &mut unit, &before, &episode)?;
        said.extend((moved > 0).then(|| counted(moved as u64, "planned session", "planned sessions")));
    }
    let said = if said.is_empty() {
        "The episode is changed.".to_owned()
    } else {
        format!("Transferred: {}.", said.join(", "))
    };
    desk.done(unit, id, Said::new(said, "program, counselor and level of care are as they were before."))
}

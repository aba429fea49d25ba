//! The groups of the invented agency: three of them, and two families, formed at the front desk as anybody forms one.

use crate::demo;
use crate::domain::{CirclePerson, CircleRole, ClientId, ClockTime, Date, Group, Staff, StaffId, Topic};
use crate::service::Desk;
use crate::service::api::{
    Answer, ChartAsk, Command, Door, GroupAnswer, GroupAsk, People, Person, Place, Secret, Whose,
};
use crate::service::fault::Fault;

/// A group to be formed: name, neutral name, kind, code, start, minutes, days from today to its weekday, members.
type Form = (&'static str, &'static str, &'static str, &'static str, u16, u16, i32, usize);

const GROUPS: [Form; 3] = [
    ("Evening group 2", "Group B", "process", "90853", 17 * 60 + 30, 90, 0, 9),
    ("Afternoon skills", "Skills group", "education", "H0005", 15 * 60 + 30, 60, -1, 7),
    ("Intensive, weekdays", "Day group", "intensive", "T1012", 13 * 60, 90, 2, 8),
];
const FAMILIES: [Form; 2] = [
    ("Family, third floor", "Family session", "family", "", 17 * 60, 60, -1, 2),
    ("Couple, front room", "Couple session", "family", "", 11 * 60, 60, 4, 2),
];

/// What the skills group teaches.
const TAUGHT: [&str; 6] = ["Urges", "Sleep", "Money", "Saying no", "Anger", "Asking for help"];

/// Forms them as the supervisor, each led by the counselor of its first member, and a second one for the first.
pub(super) fn form(desk: &mut Desk, staff: &[Staff]) -> Result<(), Fault> {
    let passphrase = Secret::new(demo::PASSPHRASE.to_owned());
    desk.handle(Command::Door(Door::SignIn { login: "ingrid".to_owned(), passphrase }))?;
    let people = desk.handle(Command::People(People::List { whose: Whose::All }))?;
    if let Answer::People(list) = people {
        let rows: Vec<&Person> = list.rows.iter().collect();
        for (at, form) in GROUPS.into_iter().chain(FAMILIES).enumerate() {
            one(desk, staff, &rows, (at, form))?;
        }
    }
    let lock = || Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false };
    desk.handle(Command::Door(lock()))?;
    let passphrase = Secret::new(demo::PASSPHRASE.to_owned());
    desk.handle(Command::Door(Door::SignIn { login: "rosa".to_owned(), passphrase }))?;
    super::demo_sessions::write(desk)?;
    desk.handle(Command::Door(lock())).map(drop)
}

/// The people around the first of a family: a mother who decides for them, whose phone is not to be shared, and somebody whom
/// nobody may bring together with them.
fn around(desk: &mut Desk, client: ClientId) -> Result<(), Fault> {
    let Answer::Chart(chart) = desk.handle(Command::Chart(ChartAsk::Open(client)))? else { return Ok(()) };
    let family = &chart.client.value.name.family;
    let mother = CirclePerson {
        name: format!("Claire {family}"),
        relation: "mother".to_owned(),
        phone: "555-0186".to_owned(),
        roles: vec![CircleRole::Guardian, CircleRole::MayBeTold, CircleRole::NotShared],
        ..CirclePerson::default()
    };
    let other = CirclePerson {
        name: "Bertram Voss".to_owned(),
        relation: "mother's former partner".to_owned(),
        roles: vec![CircleRole::Unsafe],
        about: "no-contact order of 3 May".to_owned(),
        ..CirclePerson::default()
    };
    let ask = People::Circle { client, rev: chart.client.rev, people: vec![mother, other] };
    desk.handle(Command::People(ask)).map(drop)
}

fn one(
    desk: &mut Desk,
    staff: &[Staff],
    rows: &[&Person],
    (place, form): (usize, Form),
) -> Result<(), Fault> {
    use chrono::Datelike;
    let (name, neutral, kind, code, start, minutes, ahead, members) = form;
    let today = desk.now().local.date;
    let weekday = today.plus_days(ahead).naive().weekday().num_days_from_monday();
    // Whoever counsels most of those who are left over leads it.
    let leads = |login: &str| staff.iter().find(|one| one.login == login).map(|one| one.id);
    let Some(rosa) = leads("rosa") else { return Ok(()) };
    let chosen = if place == GROUPS.len() {
        family(rows, rosa, members, today)
    } else {
        chosen(rows, rosa, place, members)
    };
    let Some(program) = chosen.first().map(|one| one.1.clone()) else { return Ok(()) };
    let group = Group {
        name: name.to_owned(),
        neutral: neutral.to_owned(),
        kind: kind.to_owned(),
        code: code.to_owned(),
        program,
        facilitators: vec![rosa],
        weekday: u8::try_from(weekday).ok(),
        start: ClockTime(start),
        minutes,
        curriculum: if kind == "education" { taught(minutes) } else { Vec::new() },
        ..Group::default()
    };
    let mut asked = desk.handle(GroupAsk::Save { group: Box::new(group), rev: 0 }.into())?;
    if let Some((first, _)) = chosen.first().filter(|_| place == GROUPS.len()) {
        around(desk, *first)?;
    }
    for (client, _) in chosen {
        let Answer::Group(GroupAnswer::Group(view)) = &asked else { return Ok(()) };
        let (group, rev) = (view.group.value.id, view.group.rev);
        let from: Date = today.plus_days(-42);
        asked = desk.handle(GroupAsk::Join { group, rev, client, from }.into())?;
    }
    Ok(())
}

fn taught(minutes: u16) -> Vec<Topic> {
    let topic =
        |(number, title): (u32, &str)| Topic { number, title: title.to_owned(), minutes, ..Topic::default() };
    (1..).zip(TAUGHT).map(topic).collect()
}

/// A family with a youth in it, if the leader has one: that is whom it is about.
fn family(rows: &[&Person], leader: StaffId, count: usize, today: Date) -> Vec<(ClientId, String)> {
    let is_young = |row: &&&Person| row.summary.birth.age(today).is_some_and(|age| age < 18);
    let is_theirs = |row: &&&Person| row.summary.episode.as_ref().is_some_and(|one| one.counselor == leader);
    let youth = rows.iter().find(|row| is_young(row) && is_theirs(row));
    let named = |row: &&Person| Some((row.summary.client, row.summary.episode.as_ref()?.program.to_string()));
    let mut all: Vec<(ClientId, String)> = youth.and_then(named).into_iter().collect();
    let others = chosen(rows, leader, GROUPS.len(), count);
    let missing = count - all.len().min(count);
    let first = all.first().map(|one| one.0);
    all.extend(others.into_iter().filter(|one| Some(one.0) != first).take(missing));
    all
}

/// Who comes into a group: two in three of them the leader's own people, the others a colleague's.
fn chosen(rows: &[&Person], leader: StaffId, from: usize, count: usize) -> Vec<(ClientId, String)> {
    let of = |own: bool, skip: usize, count: usize| {
        let open = rows.iter().filter_map(|row| Some((row.summary.client, row.summary.episode.as_ref()?)));
        let theirs = open.filter(move |(_, episode)| (episode.counselor == leader) == own);
        let named = theirs.map(|(client, episode)| (client, episode.program.to_string()));
        named.skip(skip).take(count).collect::<Vec<_>>()
    };
    let others = count / 3;
    let mut all = of(true, from * 3, count - others);
    all.extend(of(false, from * 3, others));
    all
}

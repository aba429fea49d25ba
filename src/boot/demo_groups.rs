//! The groups of the invented agency: three of them, and two families, formed at the front desk as anybody forms one.

use crate::demo;
use crate::domain::{ClientId, ClockTime, Date, Group, Staff, StaffId};
use crate::service::Desk;
use crate::service::api::{
    Answer, Command, Door, GroupAnswer, GroupAsk, People, Person, Place, Secret, Whose,
};
use crate::service::fault::Fault;

/// A group to be formed: name, neutral name, kind, code, start, minutes, days from today to its weekday, members.
type Form = (&'static str, &'static str, &'static str, &'static str, u16, u16, i32, usize);

const GROUPS: [Form; 3] = [
    ("Evening group 2", "Group B", "process", "90853", 17 * 60 + 30, 90, 0, 9),
    ("Morning skills", "Skills group", "education", "H0005", 9 * 60 + 30, 60, 1, 7),
    ("Intensive, weekdays", "Day group", "intensive", "T1012", 13 * 60, 90, 2, 8),
];
const FAMILIES: [Form; 2] = [
    ("Family, third floor", "Family session", "family", "", 16 * 60, 60, 3, 2),
    ("Couple, front room", "Couple session", "family", "", 11 * 60, 60, 4, 2),
];

/// Forms them as the supervisor, each led by the counselor of its first member, and a second one for the first.
pub(super) fn form(desk: &mut Desk, staff: &[Staff]) -> Result<(), Fault> {
    let passphrase = Secret::new(demo::PASSPHRASE.to_owned());
    desk.handle(Command::Door(Door::SignIn { login: "ingrid".to_owned(), passphrase }))?;
    let people = desk.handle(Command::People(People::List { whose: Whose::All }))?;
    if let Answer::People(list) = people {
        let rows: Vec<&Person> = list.rows.iter().collect();
        for form in GROUPS.into_iter().chain(FAMILIES) {
            one(desk, staff, &rows, form)?;
        }
    }
    let lock = Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false };
    desk.handle(Command::Door(lock)).map(drop)
}

fn one(desk: &mut Desk, staff: &[Staff], rows: &[&Person], form: Form) -> Result<(), Fault> {
    use chrono::Datelike;
    let (name, neutral, kind, code, start, minutes, ahead, members) = form;
    let today = desk.now().local.date;
    let weekday = today.plus_days(ahead).naive().weekday().num_days_from_monday();
    // Whoever counsels most of those who are left over leads it.
    let leads = |login: &str| staff.iter().find(|one| one.login == login).map(|one| one.id);
    let Some(rosa) = leads("rosa") else { return Ok(()) };
    let chosen = chosen(rows, rosa, ahead as usize, members);
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
        ..Group::default()
    };
    let mut asked = desk.handle(GroupAsk::Save { group: Box::new(group), rev: 0 }.into())?;
    for (client, _) in chosen {
        let Answer::Group(GroupAnswer::Group(view)) = &asked else { return Ok(()) };
        let (group, rev) = (view.group.value.id, view.group.rev);
        let from: Date = today.plus_days(-42);
        asked = desk.handle(GroupAsk::Join { group, rev, client, from }.into())?;
    }
    Ok(())
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

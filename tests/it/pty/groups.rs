//! A group session of twelve in the built program, killed while it is signed: every part is a note, or none is.

use super::discharged::desk;
use super::terminal::{House, PASSPHRASE};
use super::typed::house;
use crate::rig::{client, episode};
use concord::domain::*;
use concord::service::Desk;
use concord::service::api::*;
use rustix::process::Signal;
use std::time::Duration;

const GIVEN: [&str; 12] =
    ["Bao", "Cem", "Dov", "Eun", "Fen", "Gil", "Hal", "Ivo", "Jon", "Kai", "Lev", "Mio"];

fn group_of(desk: &mut Desk, ask: GroupAsk) -> GroupView {
    match desk.handle(ask.into()).unwrap() {
        Answer::Group(GroupAnswer::Group(view)) => *view,
        other => panic!("no group: {other:?}"),
    }
}

/// Today's session of the group, as whoever leads it sees it.
fn session_of(desk: &mut Desk, group: GroupId) -> GroupSessionView {
    let date = desk.now().local.date;
    match desk.handle(GroupAsk::Begin { group, date }.into()).unwrap() {
        Answer::Group(GroupAnswer::Session(view)) => *view,
        other => panic!("no session: {other:?}"),
    }
}

fn admitted(desk: &mut Desk, given: &str, counselor: StaffId) -> ClientId {
    let register = People::Register { client: Box::new(client(given, "Zzuk")), seen: true };
    let Answer::Done(done) = desk.handle(Command::People(register)).unwrap() else {
        panic!("not registered")
    };
    let id = done.chart.unwrap().client.value.id;
    let episode = Box::new(episode(id, counselor, desk.now().local.date));
    desk.handle(Command::People(People::Admit { episode, level: crate::rig::level() })).unwrap();
    id
}

/// Twelve members who were there, each with a part that lacks nothing but the signature.
fn ready() -> (House, GroupId) {
    let house = house();
    let (mut desk, rosa) = desk(&house);
    let desk = &mut desk;
    let all = GIVEN.map(|given| admitted(desk, given, rosa));
    let program = match desk.handle(Command::Chart(ChartAsk::Open(all[0]))).unwrap() {
        Answer::Chart(chart) => chart.open_episode().unwrap().program.clone(),
        other => panic!("no chart: {other:?}"),
    };
    let made = Group { program, weekday: None, start: ClockTime(0), ..*crate::groups::new_group(vec![rosa]) };
    let view = group_of(desk, GroupAsk::Save { group: Box::new(made), rev: 0 });
    let (group, mut rev) = (view.group.value.id, view.group.rev);
    let from = desk.now().local.date;
    for client in all {
        rev = group_of(desk, GroupAsk::Join { group, rev, client, from }).group.rev;
    }
    let session = session_of(desk, group).session.number;
    for client in all {
        let entry = GroupEntry { client, here: Here::Present, ..GroupEntry::default() };
        desk.handle(GroupAsk::Mark { group, session, entry }.into()).unwrap();
    }
    for member in session_of(desk, group).members {
        let part = member.part.unwrap();
        let mut note = part.note;
        for section in &mut note.sections {
            section.text = format!("Worked on {}.", section.key);
        }
        let body = DraftBody::Note(note);
        let save = DraftSave { client: member.entry.client, number: part.number, edits: 1, body };
        desk.handle(DocAsk::Save(save).into()).unwrap();
    }
    (house, group)
}

#[test]
fn killed_while_twelve_are_signed_all_are_or_none() {
    // From before the key is read to after the commit is on disk.
    for after in [0, 8, 40, 200, 900] {
        let (house, group) = ready();
        let mut screen = house.signed_in();
        screen.types("\t").sees("Evening group 2").types("\r").sees("Present 12");
        screen.types("\x1b[20~").sees("Sign 12 notes").types(PASSPHRASE).types("\r");
        screen.becomes(Duration::from_millis(after), |_| false);
        screen.signal(Signal::KILL);
        screen.ends();
        let (mut desk, _) = desk(&house);
        let view = session_of(&mut desk, group);
        let states: Vec<(bool, bool)> =
            view.members.iter().map(|one| (one.entry.note > 0, one.part.is_some())).collect();
        let signed = states[0].0;
        assert_eq!(states, [(signed, !signed); 12], "killed {after} ms after the key");
        for member in &view.members {
            let open = Command::Chart(ChartAsk::Open(member.entry.client));
            let Answer::Chart(chart) = desk.handle(open).unwrap() else { panic!("no chart") };
            let is = (chart.notes.len(), chart.drafts.len());
            assert_eq!(is, if signed { (1, 0) } else { (0, 1) }, "{}: killed after {after} ms", member.name);
        }
    }
}

//! The right person: who is asked about before somebody is registered or changed, who is found, who is a namesake.

use crate::rig::{Rig, client};
use concord::domain::{Birth, Client, ClientId, Date};
use concord::rules::find::{Candidate, find};
use concord::service::api::{Answer, Command, People, Whose};

fn rig() -> Rig {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    rig
}

fn born(client: Client, year: i32, month: u32, day: u32) -> Client {
    Client { birth: Birth::On(Date::from_ymd(year, month, day).unwrap()), ..client }
}

/// What registering them asks about first.
fn asked(rig: &mut Rig, client: Client) -> Vec<String> {
    match rig.ok(Command::People(People::Register { client: Box::new(client), seen: false })) {
        Answer::LookAlikes(found) => found.into_iter().map(|one| one.why).collect(),
        Answer::Done(_) => Vec::new(),
        other => panic!("{other:?}"),
    }
}

fn change(rig: &mut Rig, id: ClientId, change: impl FnOnce(&mut Client), seen: bool) -> Answer {
    let mut kept = rig.open(id).client;
    change(&mut kept.value);
    rig.ok(Command::People(People::Change { client: Box::new(kept.value), rev: kept.rev, seen }))
}

/// Record numbers of the people who are found by what is typed.
fn found(rig: &mut Rig, typed: &str) -> Vec<String> {
    let Answer::People(list) = rig.ok(Command::People(People::List { whose: Whose::All })) else {
        panic!("no list")
    };
    let rows: Vec<_> = list.rows.iter().map(|row| row.summary.clone()).collect();
    let hits = find(rows.iter().map(|row| Candidate::from(&**row)), typed);
    hits.found.into_iter().map(|at| rows[at].record_no.to_string()).collect()
}

#[test]
fn whoever_looks_alike_is_asked_about_however_the_name_is_spelled() {
    let mut rig = rig();
    rig.registered("Jürgen", "Müller");
    for (given, family) in [("Juergen", "Mueller"), ("Jurgen", "Muller"), ("JÜRGEN", "MÜLLER")] {
        assert_eq!(asked(&mut rig, client(given, family)), ["same name and birth date"], "{given} {family}");
    }
    let turned = born(client("Jurgen", "Mueler"), 1991, 12, 4);
    assert_eq!(
        asked(&mut rig, turned),
        ["close name; day and month of the birth date are the other way round"]
    );
    assert!(asked(&mut rig, born(client("Tyler", "Beaumont"), 1980, 1, 1)).is_empty());
}

#[test]
fn a_change_asks_about_those_alone_whom_it_makes_alike() {
    let mut rig = rig();
    rig.registered("Ada", "North");
    let Answer::Done(done) = rig.ok(Command::People(People::Register {
        client: Box::new(born(client("Ada", "North"), 1975, 11, 30)),
        seen: true,
    })) else {
        panic!("registered")
    };
    let other = done.chart.unwrap().client.value.id;
    // They were namesakes before: a phone changes nothing of that.
    let phone = |client: &mut Client| client.reach = "mornings".into();
    assert!(matches!(change(&mut rig, other, phone, false), Answer::Done(_)));
    let same = |client: &mut Client| *client = born(client.clone(), 1991, 4, 12);
    let Answer::LookAlikes(found) = change(&mut rig, other, same, false) else { panic!("it must be asked") };
    assert_eq!(found[0].why, "same name and birth date");
    assert_eq!(rig.open(other).client.value.birth, Birth::On(Date::from_ymd(1975, 11, 30).unwrap()));
    assert!(matches!(change(&mut rig, other, same, true), Answer::Done(_)));
}

#[test]
fn a_name_that_was_changed_is_a_former_one_and_still_finds_them() {
    let mut rig = rig();
    let id = rig.registered("Ada", "East");
    change(&mut rig, id, |client| client.name.family = "North".into(), false);
    let chart = rig.open(id);
    assert_eq!(chart.client.value.former_names[0].name, "Ada East");
    assert_eq!(chart.client.value.former_names[0].until, "2026-11-21");
    assert_eq!(&*chart.person.summary.former, "Ada East");
    assert_eq!(found(&mut rig, "east"), ["A-1001"]);
    assert_eq!(found(&mut rig, "ada north"), ["A-1001"]);
    assert_eq!(asked(&mut rig, client("Ada", "East")), ["same name and birth date"]);
    // Back again: it is no former name any more.
    change(&mut rig, id, |client| client.name.family = "East".into(), false);
    let former: Vec<String> =
        rig.open(id).client.value.former_names.into_iter().map(|former| former.name).collect();
    assert_eq!(former, ["Ada North"]);
}

#[test]
fn namesakes_are_known_in_each_others_charts() {
    let mut rig = rig();
    let one = rig.registered("Sofía", "Ortiz");
    assert!(rig.open(one).namesakes.is_empty());
    let other = Box::new(born(client("Sofia", "Ortiz"), 1970, 1, 2));
    let done = rig.done(Command::People(People::Register { client: other, seen: true }));
    let other = done.chart.unwrap();
    assert_eq!(&*other.namesakes[0].record_no, "A-1001");
    assert_eq!(&*rig.open(one).namesakes[0].record_no, "A-1002");
    let third = rig.registered("Sofia", "Ortega");
    assert!(rig.open(third).namesakes.is_empty());
}

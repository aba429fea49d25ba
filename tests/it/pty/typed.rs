//! Typed text in the built binary: killed, told to end, hung up on, locked, all in mid-sentence.

use super::terminal::{House, PASSPHRASE, Terminal};
use crate::rig::{client, episode};
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::service::api::{Answer, Command, Door, People, Secret};
use rustix::process::Signal;
use std::time::{Duration, Instant};

/// A house where rosa has Jo Rivera on her caseload.
pub fn house() -> House {
    let house = House::founded();
    let engine =
        EmbeddedEngine::open(&house.store(), &Options::usual("test", concord::store::LOOSE)).unwrap();
    let clock = Clock::system("America/Chicago").unwrap();
    let mut desk = boot::open_on(Box::new(engine), &clock, &Ids::System).unwrap();
    let passphrase = Secret::new(PASSPHRASE.into());
    let signed_in = desk.handle(Command::Door(Door::SignIn { login: "rosa".into(), passphrase })).unwrap();
    let Answer::SignedIn(session) = signed_in else { panic!("{signed_in:?}") };
    let register = People::Register { client: Box::new(client("Jo", "Rivera")), seen: false };
    let Answer::Done(done) = desk.handle(Command::People(register)).unwrap() else {
        panic!("not registered")
    };
    let id = done.chart.unwrap().client.value.id;
    let admit = People::Admit {
        episode: Box::new(episode(id, session.staff.id, desk.now().local.date)),
        level: crate::rig::level(),
    };
    desk.handle(Command::People(admit)).unwrap();
    house
}

/// The desk with a new note of Jo's open.
fn writing(house: &House) -> Terminal {
    let mut desk = house.signed_in();
    desk.sees("Jo Rivera").send(b"\x0e").sees("RIVERA, Jo").sees("0 words");
    desk
}

/// Signs in where the message line will have more to say than who came.
pub fn back(desk: &mut Terminal) -> &mut Terminal {
    desk.sees("Passphrase").types("rosa\t").sees("► Passphrase").types(PASSPHRASE).types("\r")
}

#[test]
fn what_was_called_saved_is_there_after_a_kill_and_it_is_saved_within_about_a_second() {
    let house = house();
    let mut desk = writing(&house);
    desk.types("I walked, I did not dr");
    let typed = Instant::now();
    desk.sees("Not saved yet").sees("I walked, I did not dr").sees("Saved ");
    let took = typed.elapsed();
    desk.signal(Signal::KILL);
    desk.ends();
    // The promise is a second; a machine busy with other tests may draw late.
    assert!(took < Duration::from_secs(10), "{took:?}");
    let mut desk = house.open();
    back(&mut desk).sees("Recovered: Jo Rivera, note, 6 words, as saved ").sees("I walked, I did not dr");
    desk.sees("Recovered, saved ");
    // And on from there.
    desk.types("ink.").sees("did not drink.").sees_no_more("Recovered").quits();
    house.signed_in().sees("did not drink.");
}

#[test]
fn killed_while_typing_goes_on_only_the_last_moment_is_missing() {
    let house = house();
    let mut desk = writing(&house);
    // Words with numbers, a pause of a sixth of a second each: typing that never stops.
    let mut typed = Vec::new();
    for n in 0..24 {
        desk.types(&format!("w{n} "));
        typed.push(Instant::now());
        desk.becomes(Duration::from_millis(150), |_| false);
    }
    let killed = Instant::now();
    desk.signal(Signal::KILL);
    desk.ends();
    let mut desk = house.open();
    back(&mut desk).sees("Recovered: Jo Rivera").sees("w0 ");
    let text = desk.text();
    let there =
        (0..24).take_while(|n| text.contains(&format!("w{n} ")) || text.contains(&format!("w{n}\n"))).count();
    // Two seconds instead of one: the machine may be busy with other tests.
    let owed = typed.iter().filter(|at| killed.duration_since(**at) > Duration::from_secs(2)).count();
    assert!(there >= owed && owed > 5, "{there} of at least {owed} words are there:\n{text}");
}

fn a_signal_in_mid_sentence(signal: Signal) {
    let house = house();
    let mut desk = writing(&house);
    desk.types("half a sen").sees("half a sen");
    desk.signal(signal);
    let (code, took) = desk.ends();
    assert_eq!(code, 0);
    assert!(took < Duration::from_secs(5), "{took:?}");
    desk.is_given_back();
    house.signed_in().sees("half a sen").sees("You are where you were");
}

#[test]
fn a_terminate_signal_in_mid_sentence_loses_nothing() {
    a_signal_in_mid_sentence(Signal::TERM);
}

#[test]
fn a_hang_up_in_mid_sentence_loses_nothing() {
    a_signal_in_mid_sentence(Signal::HUP);
}

#[test]
fn a_lock_in_mid_sentence_keeps_it_and_shows_nothing_of_it() {
    let house = house();
    let mut desk = writing(&house);
    desk.types("half a sen").sees("half a sen");
    let shown = desk.raw.len();
    desk.send(b"\x0c").sees("Concord is locked").sees("► Passphrase");
    assert!(!String::from_utf8_lossy(&desk.raw[shown..]).contains("half a sen"), "written after the lock");
    desk.passphrase().sees("half a sen").sees("You are where you were").quits();
}

#[test]
fn spelling_comes_from_the_helper_while_one_types() {
    let house = house();
    let mut desk = writing(&house);
    desk.types("They recieve help every week, ").sees("help every week,");
    let row = desk.row_of("recieve");
    let marked = desk
        .becomes(Duration::from_mins(1), |screen| screen.cell(row, 6).is_some_and(vt100::Cell::underline));
    assert!(marked, "{}", desk.text());
    desk.send(b"\x1b[18~").sees("\"recieve\" is not in the dictionary").sees("receive").types("\r");
    desk.sees("They receive help").quits();
}

//! A discharge in the built program, killed while it is signed: all of it is there, or none.

use super::terminal::{House, PASSPHRASE};
use super::typed::house;
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::domain::*;
use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::service::Desk;
use concord::service::api::*;
use rustix::process::Signal;
use std::time::Duration;

/// The desk of a house whose program is not running, and who is signed in to it.
pub fn desk(house: &House) -> (Desk, StaffId) {
    let engine =
        EmbeddedEngine::open(&house.store(), &Options::usual("test", concord::store::LOOSE)).unwrap();
    let clock = Clock::system("America/Chicago").unwrap();
    let mut desk = boot::open_on(Box::new(engine), &clock, &Ids::System).unwrap();
    let passphrase = Secret::new(PASSPHRASE.into());
    let signed_in = desk.handle(Command::Door(Door::SignIn { login: "rosa".into(), passphrase })).unwrap();
    let Answer::SignedIn(session) = signed_in else { panic!("{signed_in:?}") };
    (desk, session.staff.id)
}

fn jo(desk: &mut Desk) -> ClientId {
    let Answer::People(people) = desk.handle(Command::People(People::List { whose: Whose::All })).unwrap()
    else {
        panic!("a list")
    };
    people.rows[0].summary.client
}

fn planned(desk: &mut Desk, date: Date) -> usize {
    let Answer::Day(view) = desk.handle(DaysAsk::Day { date, all: true }.into()).unwrap() else {
        panic!("a day")
    };
    view.lines.iter().filter(|line| line.session.value.state == SessionState::Planned).count()
}

/// Jo has a session next week, and a discharge summary that lacks nothing but the signature.
fn ready() -> (House, Date) {
    let house = house();
    let (mut desk, rosa) = desk(&house);
    let client = jo(&mut desk);
    let date = desk.now().local.date.plus_days(7);
    let session = Session {
        client,
        date,
        start: ClockTime(9 * 60),
        minutes: 50,
        staff: rosa,
        kind: "counseling".into(),
        ..Session::default()
    };
    desk.handle(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: true }.into()).unwrap();
    let Answer::Draft(view) = desk.handle(DocAsk::NewDischarge { client }.into()).unwrap() else {
        panic!("a draft")
    };
    desk.handle(DocAsk::Leave(crate::discharged::answered(&view, LeaveKind::Completed)).into()).unwrap();
    (house, date)
}

#[test]
fn killed_while_it_is_signed_it_ends_everything_or_nothing() {
    // From before the key is read to after the commit is on disk.
    for after in [0, 3, 12, 40, 150, 600] {
        let (house, date) = ready();
        let mut screen = house.signed_in();
        // The desk comes back to the page where the draft was left.
        screen.sees("RIVERA, Jo").send(b"\x04").sees("nothing left to answer");
        screen.types("\x1b[20~").sees("Sign the discharge summary").types(PASSPHRASE).types("\r");
        screen.becomes(Duration::from_millis(after), |_| false);
        screen.signal(Signal::KILL);
        screen.ends();
        let (mut desk, _) = desk(&house);
        let client = jo(&mut desk);
        let Answer::Chart(chart) = desk.handle(Command::Chart(ChartAsk::Open(client))).unwrap() else {
            panic!()
        };
        let open = chart.open_episode().is_some();
        let drafts = chart.drafts.iter().filter(|draft| draft.kind == DocKind::Discharge).count();
        let state = (chart.discharges.len(), drafts, planned(&mut desk, date));
        assert_eq!(state, if open { (0, 1, 1) } else { (1, 0, 0) }, "killed {after} ms after the key");
        assert_eq!(chart.person.summary.left.is_some(), !open);
    }
}

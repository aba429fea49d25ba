//! A purge in the built program, killed while it is agreed to: all of the chart is there, or nothing of it, and the store is sound.

use super::terminal::{House, PASSPHRASE};
use concord::boot;
use concord::clock::{Clock, Ids};
use concord::domain::*;
use concord::engine::embedded::{EmbeddedEngine, Options};
use concord::service::Desk;
use concord::service::api::*;
use rustix::process::Signal;
use std::time::Duration;

fn ok(desk: &mut Desk, command: impl Into<Command>) -> Answer {
    desk.handle(command.into()).unwrap()
}

fn retention(desk: &mut Desk, ask: RetentionAsk) -> RetentionView {
    let Answer::House(HouseAnswer::Retention(view)) = ok(desk, Command::House(HouseAsk::Retention(ask)))
    else {
        panic!("no list")
    };
    *view
}

/// The desk of a house whose program is not running, with this person signed in.
fn desk(house: &House, login: &str, passphrase: &str) -> (Desk, StaffId) {
    let engine =
        EmbeddedEngine::open(&house.store(), &Options::usual("test", concord::store::LOOSE)).unwrap();
    let clock = Clock::system("America/Chicago").unwrap();
    let mut desk = boot::open_on(Box::new(engine), &clock, &Ids::System).unwrap();
    let door = Door::SignIn { login: login.into(), passphrase: Secret::new(passphrase.into()) };
    let Answer::SignedIn(session) = ok(&mut desk, Command::Door(door)) else { panic!("nobody is signed in") };
    (desk, session.staff.id)
}

/// Jo left ten years ago. Rosa asked for the purge of the chart, and Kim, another admin, may agree to it.
fn asked() -> House {
    let house = House::founded();
    let (mut rosa, me) = desk(&house, "rosa", PASSPHRASE);
    let today = rosa.now().local.date;
    let register = People::Register { client: Box::new(crate::rig::client("Jo", "Rivera")), seen: false };
    let Answer::Done(done) = ok(&mut rosa, Command::People(register)) else { panic!("not registered") };
    let client = done.chart.unwrap().client.value.id;
    let admitted = today.plus_days(-11 * 366);
    let episode = Box::new(crate::rig::episode(client, me, admitted));
    let level = Box::new(LevelDecision { on: admitted, ..*crate::rig::level() });
    ok(&mut rosa, Command::People(People::Admit { episode, level }));
    let Answer::Draft(view) = ok(&mut rosa, DocAsk::NewDischarge { client }) else { panic!("no draft") };
    let mut save = crate::discharged::answered(&view, LeaveKind::Completed);
    let DraftBody::Discharge(body) = &mut save.body else { panic!("no summary") };
    body.on = today.plus_days(-10 * 366);
    ok(&mut rosa, DocAsk::Sign { save, passphrase: Secret::new(PASSPHRASE.into()) });
    let given = || Secret::new(crate::hire::GIVEN.into());
    let staff = Box::new(crate::hire::staff("kim", &[Role::Admin], None));
    ok(&mut rosa, Command::Staff(StaffAsk::Add { staff, passphrase: given() }));
    retention(&mut rosa, RetentionAsk::AskPurge { client });
    drop(rosa);
    let (mut kim, _) = desk(&house, "kim", crate::hire::GIVEN);
    let new = Secret::new(PASSPHRASE.into());
    ok(&mut kim, Command::Door(Door::ChangePassphrase { old: given(), new }));
    drop(kim);
    house
}

#[test]
fn killed_while_it_is_agreed_to_a_purge_removes_everything_or_nothing() {
    // From before the command is read to after the commit is on disk.
    for after in [0, 3, 12, 40, 150, 600] {
        let house = asked();
        let mut screen = house.open();
        screen.sees("Passphrase").types("kim\t").sees("► Passphrase").types(PASSPHRASE).types("\r");
        screen.sees("Signed in").send(b"\x10").sees("Find anything");
        screen.types("how long records are kept").send(b"\r").sees("to be agreed");
        screen.send(b"\x07").sees("agree, and purge it now").send(b"\r").sees("Purge A-1001");
        screen.types("A-1001").send(b"\r");
        screen.becomes(Duration::from_millis(after), |_| false);
        screen.signal(Signal::KILL);
        screen.ends();
        let said = house.run(&["verify"]);
        assert!(said.status.success(), "{after} ms: {}", String::from_utf8_lossy(&said.stderr));
        let (mut rosa, _) = desk(&house, "rosa", PASSPHRASE);
        let list = retention(&mut rosa, RetentionAsk::Show);
        let waits = list.rows.iter().any(|row| row.asked.is_some());
        assert_eq!(list.done.len(), usize::from(!waits), "{after} ms: it waits or is done");
        let Answer::People(people) = ok(&mut rosa, Command::People(People::List { whose: Whose::All }))
        else {
            panic!("no list")
        };
        assert_eq!(people.rows.len(), usize::from(waits), "{after} ms: the person goes with the chart");
        let found = rosa.check_up().unwrap();
        assert!(
            found.unreadable.is_empty() && found.wrong_summaries.is_empty() && found.broken_plans.is_empty(),
            "{after} ms: {found:?}"
        );
    }
}

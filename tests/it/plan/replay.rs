//! What `doctor` finds of a plan that no act of the program wrote as it is.

use super::*;
use concord::engine::{Key, Rev};
use concord::store::{Expect, Kind};
use std::collections::BTreeMap;

fn found(rig: &mut Rig) -> Vec<&'static str> {
    rig.desk.check_up().unwrap().broken_plans.into_keys().collect()
}

/// A plan with an answer, a change of a line, an addition that was undone, and a note's progress.
fn worked_on() -> (Rig, ClientId) {
    let (mut rig, jo, view) = planned();
    let today = rig.desk.now().local.date;
    let o1 = LineRef::objective(1);
    let view = shown(rig.done(answer(&view.plan, o1, Assent::Agreed, today).into()));
    let changed = Objective { amount: "5 nights a week".into(), ..view.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(changed)), view.rev(o1)));
    rig.done(add_goal(jo, "a wrong one"));
    rig.done(Command::Undo);
    rig.done(add_goal(jo, "the right one"));
    signed_note(&mut rig, jo, &[serves(Progress::Some, "one night")]);
    (rig, jo)
}

fn key(kind: Kind, client: ClientId, number: u32) -> Key {
    Key::new(kind as u8, client.0, number)
}

#[test]
fn a_sound_plan_replays_and_so_does_a_whole_agency() {
    let (mut rig, _) = worked_on();
    assert_eq!(rig.desk.check_up().unwrap().broken_plans, BTreeMap::new());
    let mut demo = Rig::demo(12);
    let passphrase = Secret::new(concord::demo::PASSPHRASE.to_owned());
    demo.ok(Command::Door(Door::SignIn { login: "ingrid".into(), passphrase }));
    assert_eq!(demo.desk.check_up().unwrap().broken_plans, BTreeMap::new());
}

#[test]
fn what_is_missing_is_found() {
    for (kind, number, fault) in [
        (Kind::Goal, 1, "a number of a line, a problem or an answer is missing"),
        (Kind::Goal, 2, "a number of a line, a problem or an answer is missing"),
        (Kind::Trail, LineRef::objective(1).key(), "progress is not what the signed notes say"),
    ] {
        let (mut rig, jo) = worked_on();
        assert_eq!(found(&mut rig), [""; 0]);
        rig.engine.faults().tamper(key(kind, jo, number), None);
        assert_eq!(found(&mut rig), [fault], "{kind:?} {number}");
    }
    let (mut rig, jo) = worked_on();
    let first = u32::from(Kind::Objective as u8) << 24;
    let past = (first..first + 4).find(|number| {
        use concord::engine::Engine;
        rig.engine.get(&key(Kind::Past, jo, *number)).unwrap().is_some()
    });
    rig.engine.faults().tamper(key(Kind::Past, jo, past.expect("an earlier state")), None);
    let told = found(&mut rig);
    assert!(told.contains(&"an earlier state is missing"), "{told:?}");
    assert!(told.contains(&"an answer was given to words that its line never had"), "{told:?}");
}

#[test]
fn an_answer_that_was_written_again_is_found() {
    let (mut rig, jo) = worked_on();
    let (mut store, keys) = rig.reader();
    let mut forged = store.repo(&keys.agency).get::<Agreement>(jo, 1).unwrap().unwrap().value;
    forged.answer = Assent::Declined;
    let mut transaction = store.begin([9; 16]);
    transaction.put(jo, 1, Expect::At(Rev(1)), &forged).unwrap();
    let batch = crate::rig::sealed(&store, &keys, transaction);
    assert_eq!(store.commit(&batch), concord::engine::Outcome::Ok);
    assert_eq!(found(&mut rig), ["an answer was changed after it was given"]);
}

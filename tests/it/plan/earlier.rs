//! Looking back: the contract as of a day, and plan and contract of an earlier episode.

use super::*;

fn agreed(client: ClientId, words: &str) -> Contract {
    let written = Written { words: words.into(), ..Written::default() };
    let cell = ContractCell { row: ContractRow::How, view: ContractView::Agreed, written, plan_said: None };
    Contract { client, cells: vec![cell], ..Contract::default() }
}

fn said(then: &ContractThen) -> &str {
    then.contract.cell(ContractRow::How, ContractView::Agreed).map_or("", |cell| &cell.written.words)
}

fn then(rig: &mut Rig, client: ClientId, back: Back) -> ContractThen {
    let Answer::ContractThen(then) = rig.ok(PlanAsk::ContractThen { client, back }.into()) else { panic!() };
    *then
}

/// Jo's first episode, with a plan and a contract, ended 30 days after its begin; a second one begun 10 days later.
fn two_episodes() -> (Rig, ClientId, Date) {
    let (mut rig, jo, _) = planned();
    let begun = rig.desk.now().local.date;
    rig.done(PlanAsk::SaveContract { contract: Box::new(agreed(jo, "talk weekly")), rev: 0 }.into());
    rig.advance_ms(30 * 24 * Moment::HOUR);
    rig.sign_in("rosa");
    // Nothing ends an episode yet but another program.
    let today = rig.desk.now().local.date;
    let (mut store, keys) = rig.reader();
    let kept = store.repo(&keys.agency).get::<Episode>(jo, 1).unwrap().unwrap();
    let ended = Episode { discharged: Some((today, LeaveKind::Completed)), ..kept.value };
    let mut transaction = store.begin([9; 16]);
    transaction.put(jo, 1, concord::store::Expect::At(kept.rev), &ended).unwrap();
    let batch = crate::rig::sealed(&store, &keys, transaction);
    assert_eq!(store.commit(&batch), concord::engine::Outcome::Ok);
    rig.advance_ms(10 * 24 * Moment::HOUR);
    rig.sign_in("rosa");
    rig.desk.rebuild_summaries().unwrap();
    let episode = Box::new(rig.episode_of(jo, rig.me()));
    rig.done(Command::People(People::Admit { episode, level: crate::rig::level() }));
    (rig, jo, begun)
}

#[test]
fn an_earlier_episode_is_read_as_it_was_when_it_ended() {
    let (mut rig, jo, _) = two_episodes();
    rig.done(add_goal(jo, "I want a room of my own."));
    let view = rig.open(jo).plan;
    assert_eq!(view.plan.goals.iter().map(|goal| goal.line.number).collect::<Vec<_>>(), [2]);
    let Answer::PlanThen { plan, episode, .. } = rig.ok(PlanAsk::OfEpisode { client: jo, episode: 1 }.into())
    else {
        panic!()
    };
    assert_eq!((episode, plan.goals.len(), plan.goals[0].line.number, plan.methods.len()), (1, 1, 1, 1));
    assert_eq!(said(&then(&mut rig, jo, Back::Episode(1))), "talk weekly");
    let fault = rig.fault(PlanAsk::OfEpisode { client: jo, episode: 2 }.into());
    assert!(fault.what.contains("has not ended"), "{}", fault.what);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p");
    desk.keys("ctrl-w").types("earlier").keys("enter").sees("Which episode").keys("enter");
    desk.sees("An earlier episode's plan when it ended")
        .sees("through those nights")
        .sees_no("a room of my own");
    desk.keys("ctrl-a").sees("when an earlier episode ended").keys("esc").sees("a room of my own");
    desk.keys("t").sees("0 of 15 answers").keys("ctrl-w").types("earlier").keys("enter enter");
    desk.sees("An earlier episode's contract when it ended").keys("down down right").sees("talk weekly");
    desk.keys("down down down enter")
        .sees("This is the contract as it was.")
        .keys("esc")
        .sees("0 of 15 answers");
}

#[test]
fn the_contract_of_a_day_is_what_it_said_when_that_day_ended() {
    let (mut rig, jo, _) = planned();
    let day = rig.desk.now().local.date;
    let wants = |words: &str, on| Wants { wants: words.into(), set: "ASAM3".into(), on, ..Wants::default() };
    let record = |wants, rev| ChartAsk::RecordWants { client: jo, wants: Box::new(wants), rev }.into();
    rig.done(record(wants("Keep the flat.", day), 0));
    rig.done(PlanAsk::SaveContract { contract: Box::new(agreed(jo, "talk weekly")), rev: 0 }.into());
    rig.advance_ms(5 * 24 * Moment::HOUR);
    rig.sign_in("rosa");
    let later = rig.desk.now().local.date;
    rig.done(record(wants("See M. on Fridays.", later), 1));
    rig.done(PlanAsk::SaveContract { contract: Box::new(agreed(jo, "talk twice a week")), rev: 1 }.into());
    let told = |rig: &mut Rig, day| {
        let then = then(rig, jo, Back::Day(day));
        (said(&then).to_owned(), then.wants.map_or_else(String::new, |wants| wants.wants))
    };
    assert_eq!(told(&mut rig, day.plus_days(-1)), (String::new(), String::new()));
    assert_eq!(told(&mut rig, day), ("talk weekly".into(), "Keep the flat.".into()));
    assert_eq!(told(&mut rig, later.plus_days(-1)), ("talk weekly".into(), "Keep the flat.".into()));
    assert_eq!(told(&mut rig, later), ("talk twice a week".into(), "See M. on Fridays.".into()));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter t ctrl-w").types("on a day").keys("enter");
    desk.types("T-1").keys("enter").sees("The contract as it was at the end of").sees("Keep the flat.");
    desk.keys("down down right").sees("talk weekly").sees_no("The plan offers");
    desk.keys("ctrl-w enter").sees("See M. on Fridays.");
}

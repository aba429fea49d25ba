//! The end of a stay: a summary begun from facts, what ends with its signature and what stays owed, and how it is taken back.

use crate::driver::Driver;
use crate::paper::{asked, request};
use crate::plan::{add_goal, planned};
use crate::rig::Rig;
use crate::signed::{on_paper, sign};
use concord::domain::*;
use concord::engine::memory::CommitFault;
use concord::rules::owed::Duty;
use concord::service::api::*;
use concord::store::DocHead;
use proptest::prelude::*;

const DAY: i64 = 24 * Moment::HOUR;

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

/// Jo's plan is signed and ten days have gone by; one session was held, two are planned, and one task is open.
pub fn in_care() -> (Rig, ClientId) {
    let (mut rig, jo, _) = planned();
    let attested = on_paper(&rig);
    sign(&mut rig, jo, attested);
    rig.advance_ms(10 * DAY);
    rig.sign_in("rosa");
    session(&mut rig, jo, 0, 1);
    let Answer::Day(view) = rig.ok(DaysAsk::Day { date: today(&rig), all: false }.into()) else { panic!() };
    let kept = &view.lines[0].session;
    let mark = Mark {
        client: jo,
        number: kept.value.number,
        rev: kept.rev,
        state: SessionState::Held,
        following: false,
    };
    rig.done(DaysAsk::Mark(mark).into());
    session(&mut rig, jo, 7, 2);
    let task = Task {
        text: "Send the letter".into(),
        due: today(&rig).plus_days(3),
        to: rig.me(),
        client: Some(jo),
        ..Task::default()
    };
    rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
    (rig, jo)
}

fn session(rig: &mut Rig, client: ClientId, days: i32, weeks: u16) {
    let (date, staff) = (today(rig).plus_days(days), rig.me());
    let session = Session {
        client,
        date,
        start: ClockTime(9 * 60),
        minutes: 50,
        staff,
        kind: "counseling".into(),
        ..Session::default()
    };
    rig.done(DaysAsk::Plan { session: Box::new(session), weeks, even_so: true }.into());
}

fn begin(rig: &mut Rig, client: ClientId) -> DraftView {
    rig.draft(DocAsk::NewDischarge { client })
}

/// A summary that lacks nothing: the goal is partly met, its step met, sessions and tasks end.
pub fn answered(view: &DraftView, kind: LeaveKind) -> DraftSave {
    let DraftBody::Discharge(body) = &view.body else { panic!("no discharge summary") };
    let mut body = body.clone();
    (body.kind, body.course) = (Some(kind), "Ten weeks of evenings.".into());
    for (line, end) in [(LineRef::goal(1), LineEnd::Partly), (LineRef::objective(1), LineEnd::Met)] {
        body.end_mut(line).end = Some(end);
    }
    body.end_mut(LineRef::goal(1)).words = "Five nights of seven.".into();
    (body.risk, body.level) = (Asked::NoneReported, "1".into());
    body.care = ContinuingCare {
        kind: Some(CareKind::Arranged),
        place: "Oak House".into(),
        hard: "Ring Lidia, then 988.".into(),
        appointed: Some(Appointed::ToBeMade),
        ..ContinuingCare::default()
    };
    body.took_part = Some(TookPart::Together);
    (body.sessions, body.tasks) = (Some(Ahead::Ends), Some(Ahead::Ends));
    for need in view.chart.needs.iter().filter(|kept| kept.value.state.open()) {
        body.need_mut(need.value.number).goes = Some(NeedGoes::Stays);
    }
    DraftSave { client: view.client, number: view.number, edits: 1, body: DraftBody::Discharge(body) }
}

fn sign_it(rig: &mut Rig, save: DraftSave) -> Done {
    rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into())
}

/// Ends the open stay.
pub fn discharge(rig: &mut Rig, client: ClientId, kind: LeaveKind) -> ChartView {
    let view = begin(rig, client);
    sign_it(rig, answered(&view, kind));
    rig.open(client)
}

pub fn admit(rig: &mut Rig, client: ClientId) {
    let episode = Box::new(rig.episode_of(client, rig.me()));
    rig.done(Command::People(People::Admit { episode, level: crate::rig::level() }));
}

fn sessions_of(rig: &Rig, client: ClientId) -> Vec<Session> {
    let (store, keys) = rig.reader();
    let all = store.repo(&keys.agency).list::<Session>(client).unwrap();
    all.into_iter().map(|kept| kept.value).collect()
}

#[test]
fn a_summary_begins_with_facts_that_say_where_they_come_from() {
    let (mut rig, jo) = in_care();
    let view = begin(&mut rig, jo);
    let DraftBody::Discharge(body) = &view.body else { panic!("no discharge summary") };
    assert!(body.is_blank(), "nothing of what people answer is filled in");
    let known = view.chart.stay_known(body, today(&rig), &rig.session().measures);
    let fact = |label: &str| known.facts.iter().find(|fact| fact.label == label).expect(label);
    assert!(fact("Sessions").words.starts_with("held 1 of 1"), "{}", fact("Sessions").words);
    assert_eq!(fact("Services").words, "counseling: 1 session, 50 minutes");
    assert!(fact("Plan").words.starts_with("plan 1, signed"), "{}", fact("Plan").words);
    assert!(known.facts.iter().all(|fact| !fact.source.is_empty() && !fact.words.is_empty()));
    let lines: Vec<String> = known.lines.iter().map(|line| line.line.to_string()).collect();
    assert_eq!((lines, known.sessions.len(), known.tasks.len()), (vec!["G1".into(), "O1".into()], 2, 1));
    assert_eq!(known.owed, ["the note of the session of 1 Dec 2026, Rosa Imani LADC"]);
    // It is taken up again, and listed as unfinished work.
    rig.ok(DocAsk::Save(answered(&view, LeaveKind::Completed)).into());
    assert_eq!(begin(&mut rig, jo).number, view.number);
    let owed = crate::days::owed(&mut rig);
    assert!(owed.iter().any(|line| line.owed.duty == Duty::Unsigned(DocKind::Discharge)));
}

#[test]
fn what_is_lacking_is_named_before_the_secret_and_nothing_is_written() {
    let (mut rig, jo) = in_care();
    let view = begin(&mut rig, jo);
    // A goal that was added meanwhile asks for its end, too.
    rig.done(add_goal(jo, "Keep the flat."));
    let save = answered(&view, LeaveKind::Completed);
    let fault = rig.fault(DocAsk::Sign { save, passphrase: Secret::new("not this".into()) }.into());
    assert_eq!(fault.what, "Not signed: say how G2 ended.");
    assert!(rig.open(jo).open_episode().is_some());
}

#[test]
fn the_signature_ends_the_stay_its_plan_and_what_was_answered_in_one_commit() {
    let (mut rig, jo) = in_care();
    let view = begin(&mut rig, jo);
    let before = rig.engine_head().seq;
    sign_it(&mut rig, answered(&view, LeaveKind::Completed));
    assert_eq!(rig.engine_head().seq, before + 1, "one commit");
    let chart = rig.open(jo);
    assert_eq!(chart.episodes[0].value.discharged, Some((today(&rig), LeaveKind::Completed)));
    let plan = &chart.plan.plan;
    let states = (plan.goals[0].line.state, plan.objectives[0].line.state, plan.methods[0].line.state);
    assert_eq!(states, (LineState::PartlyMet, LineState::Met, LineState::Met));
    assert_eq!(plan.goals[0].line.state_words, "Five nights of seven.");
    assert!(chart.drafts.is_empty() && chart.person.summary.plan.named.is_empty());
    let called_off = |one: &Session| matches!(one.state, SessionState::Cancelled { .. });
    assert_eq!(sessions_of(&rig, jo).iter().filter(|one| called_off(one)).count(), 2);
    // The note of the session that was held stays owed, and the first contact afterwards is due.
    let owed = crate::days::owed(&mut rig);
    assert_eq!(
        owed.iter().map(|line| line.owed.duty).collect::<Vec<_>>(),
        [Duty::MissingNote, Duty::Contact]
    );
    // What was signed says it, with the source of each fact.
    let Answer::Document(doc) = rig.ok(DocAsk::TakeUp { client: jo, number: chart.discharges[0].doc }.into())
    else {
        panic!("no document")
    };
    let said: Vec<String> = doc.part.content.blocks.iter().map(Block::words).collect();
    assert!(said.iter().any(|line| line.contains("partly met. Five nights of seven.")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("[the sessions held]")), "{said:?}");
    assert!(doc.part.intact);
    // Ctrl-Z does not reach it, and the plan stays as it was.
    rig.fault(Command::Undo);
    assert!(rig.fault(add_goal(jo, "one more")).what.starts_with("The stay ended on"));
}

/// What is had and missed of a curriculum is a fact; the groups of the stay are named, and left with it on its last day.
#[test]
fn groups_are_shown_and_left_with_the_stay() {
    let (mut rig, jo) = in_care();
    let topics = [(1, "Urges"), (2, "Money")].map(|(number, title)| Topic {
        number,
        title: title.into(),
        minutes: 90,
        ..Topic::default()
    });
    let group = Group { curriculum: topics.to_vec(), ..*crate::groups::new_group(vec![rig.me()]) };
    let view = crate::groups::group_of(&mut rig, GroupAsk::Save { group: Box::new(group), rev: 0 });
    let (id, rev, from) = (view.group.value.id, view.group.rev, today(&rig).plus_days(-5));
    crate::groups::group_of(&mut rig, GroupAsk::Join { group: id, rev, client: jo, from });
    let date = today(&rig).plus_days(-1);
    crate::groups::session_of(&mut rig, GroupAsk::Begin { group: id, date });
    let topics = vec![TopicHeld { number: 1, title: "Urges".into(), minutes: 90 }];
    let set =
        GroupAsk::Set { group: id, session: 1, topic: String::new(), topics, guests: Guests::default() };
    rig.ok(set.into());
    let entry = GroupEntry { client: jo, here: Here::Absent, ..GroupEntry::default() };
    crate::groups::marked(&mut rig, GroupAsk::Mark { group: id, session: 1, entry });
    // A review says the same of its span.
    let review = rig.draft(DocAsk::NewReview { client: jo });
    assert_eq!(
        review.chart.plan.groups[0].words,
        "Group B: had 0 min, missed 1 h 30; 0 of 2 topics, missed 1"
    );
    rig.ok(DocAsk::Delete { client: jo, number: review.number }.into());
    let view = begin(&mut rig, jo);
    let DraftBody::Discharge(body) = &view.body else { panic!("no discharge summary") };
    let known = view.chart.stay_known(body, today(&rig), &rig.session().measures);
    let fact = known.facts.iter().find(|fact| fact.label == "Group").expect("its hours are a fact");
    assert_eq!(fact.words, review.chart.plan.groups[0].words);
    let since = concord::rules::when::with_year(from);
    assert_eq!(known.groups, [format!("Group B, since {since}")]);
    sign_it(&mut rig, answered(&view, LeaveKind::Completed));
    let member = crate::groups::group_of(&mut rig, GroupAsk::Open(id)).members.remove(0);
    assert_eq!((member.until, member.reason.as_str()), (Some(today(&rig)), "the stay ended"));
    // Nothing of it comes back with a new stay.
    admit(&mut rig, jo);
    let member = crate::groups::group_of(&mut rig, GroupAsk::Open(id)).members.remove(0);
    assert!(member.until.is_some());
}

#[test]
fn an_open_alert_is_shown_and_closes_with_the_stay_as_not_answered() {
    let (mut rig, jo) = in_care();
    let reply = |key| concord::domain::Reply::Given(Hundredths::whole(key));
    let answers = ["goal", "task", "bond"].map(str::to_owned).into_iter().zip([5, 5, 3].map(reply));
    let checkin = CheckIn { client: jo, on: today(&rig), answers: answers.collect(), ..CheckIn::default() };
    rig.done(HeardAsk::CheckIn(Box::new(checkin)).into());
    assert!(crate::days::owed(&mut rig).iter().any(|line| line.owed.duty == Duty::Alert));
    let view = begin(&mut rig, jo);
    let DraftBody::Discharge(body) = &view.body else { panic!("no discharge summary") };
    let known = view.chart.stay_known(body, today(&rig), &rig.session().measures);
    let fact = known.facts.iter().find(|fact| fact.label == "Open alert").expect("it is shown");
    assert_eq!(fact.words, format!("bond is 3, {}", concord::rules::when::with_year(today(&rig))));
    sign_it(&mut rig, answered(&view, LeaveKind::Completed));
    let answer = rig.open(jo).alerts[0].value.answer.clone().expect("closed");
    assert_eq!((answer.done, answer.done.is_answer()), (AlertDone::NotAnswered, false));
    assert!(crate::days::owed(&mut rig).iter().all(|line| line.owed.duty != Duty::Alert));
}

#[test]
fn a_commit_that_the_disk_refuses_or_loses_ends_nothing() {
    for fault in [CommitFault::NotSaved, CommitFault::UnknownLost] {
        let (mut rig, jo) = in_care();
        let view = begin(&mut rig, jo);
        let save = answered(&view, LeaveKind::Completed);
        rig.engine.faults().next_commit(fault);
        rig.fault(DocAsk::Sign { save: save.clone(), passphrase: Rig::secret() }.into());
        rig.restart();
        rig.sign_in("rosa");
        let chart = rig.open(jo);
        assert!(chart.open_episode().is_some() && chart.discharges.is_empty());
        assert!(chart.plan.plan.goals[0].line.state.is_active());
        assert_eq!(chart.drafts.len(), 1, "the draft is there");
        assert!(sessions_of(&rig, jo).iter().all(|one| !matches!(one.state, SessionState::Cancelled { .. })));
        sign_it(&mut rig, save);
        assert!(rig.open(jo).open_episode().is_none());
    }
}

#[test]
fn an_open_danger_is_answered_for_and_stays_owed_by_the_counselor() {
    let (mut rig, jo) = in_care();
    rig.done(Command::Chart(ChartAsk::RaiseNeed {
        client: jo,
        dimension: DimensionRef { set: "ASAM3".into(), number: 3 },
        reason: "means at home".into(),
        source: NeedSource::Clinician,
        done: None,
    }));
    let view = begin(&mut rig, jo);
    let mut save = answered(&view, LeaveKind::Completed);
    let DraftBody::Discharge(body) = &mut save.body else { panic!() };
    body.needs.clear();
    let fault = rig.fault(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    assert_eq!(fault.what, "Not signed: say who answers for this danger from now on.");
    sign_it(&mut rig, answered(&view, LeaveKind::Completed));
    let chart = rig.open(jo);
    assert!(chart.needs[0].value.state.open() && chart.open_episode().is_none());
    let owed = crate::days::owed(&mut rig);
    assert_eq!((owed[0].owed.duty, owed[0].owed.by), (Duty::Need, Some(rig.me())));
    let Answer::People(people) = rig.ok(Command::People(People::List { whose: Whose::Mine })) else {
        panic!()
    };
    assert!(people.rows.iter().any(|row| row.summary.client == jo), "still on the list");
}

#[test]
fn what_is_signed_later_belongs_to_the_stay_of_its_day() {
    let (mut rig, jo) = in_care();
    let number = crate::plan::signed_note(&mut rig, jo, &[]);
    let held = begin_note(&mut rig, jo);
    discharge(&mut rig, jo, LeaveKind::Completed);
    rig.advance_ms(5 * DAY);
    rig.sign_in("rosa");
    admit(&mut rig, jo);
    crate::plan::sign(&mut rig, &held, &[]);
    let after = crate::plan::signed_note(&mut rig, jo, &[]);
    let (store, keys) = rig.reader();
    let episode =
        |number| store.repo(&keys.agency).get::<DocHead>(jo, number).unwrap().unwrap().value.facts().episode;
    let heads = store.repo(&keys.agency).list::<DocHead>(jo).unwrap();
    let late = heads
        .iter()
        .filter_map(|kept| kept.value.note())
        .map(|note| note.number)
        .find(|one| ![number, after].contains(one));
    assert_eq!([number, late.unwrap(), after].map(episode), [1, 1, 2]);
}

fn begin_note(rig: &mut Rig, client: ClientId) -> DraftView {
    rig.draft(DocAsk::NewNote { client, format: String::new(), addendum_to: 0 })
}

#[test]
fn a_death_closes_with_care() {
    let (mut rig, jo) = in_care();
    let view = begin(&mut rig, jo);
    let mut save = answered(&view, LeaveKind::Deceased);
    let DraftBody::Discharge(body) = &mut save.body else { panic!() };
    // Nothing was asked of them, and nobody says that sessions stay.
    (body.risk, body.level, body.took_part, body.sessions) = (Asked::Unsaid, String::new(), None, None);
    body.ends.clear();
    body.care = ContinuingCare::default();
    sign_it(&mut rig, save);
    let chart = rig.open(jo);
    assert_eq!(chart.client.value.deceased, Some(today(&rig)));
    let goal = &chart.plan.plan.goals[0].line;
    assert_eq!(
        (goal.state, goal.state_words.as_str()),
        (LineState::Stopped(StopWhy::Other), "the client has died")
    );
    assert!(sessions_of(&rig, jo).iter().all(|one| one.state != SessionState::Planned));
    let episode = Box::new(rig.episode_of(jo, rig.me()));
    let fault = rig.fault(Command::People(People::Admit { episode, level: crate::rig::level() }));
    assert!(fault.what.contains("has died"), "{}", fault.what);
}

/// N48: a summary is entered in error by two people, and its stay is open again, unless another one is.
#[test]
fn n48_a_discharge_is_taken_back_by_two_people_and_never_into_two_open_stays() {
    let mut house = crate::life::house();
    let jo = house.jo;
    let problem = house.rig.problem(jo, "low mood", "");
    house.rig.done(problem);
    house.rig.done(add_goal(jo, "Sleep."));
    let chart = discharge_of(&mut house.rig, jo);
    let number = chart.discharges[0].doc;
    let call = |reason: &str| DocAsk::CallInError { client: jo, number, reason: reason.into() };
    admit(&mut house.rig, jo);
    let fault = house.rig.fault(call("wrong person").into());
    assert!(fault.what.starts_with("A stay in Outpatient is open since"), "{}", fault.what);
    discharge_of(&mut house.rig, jo);
    house.rig.done(call("wrong person").into());
    house.turn("kim");
    house.rig.done(DocAsk::AgreeInError { client: jo, number, passphrase: Rig::secret() }.into());
    let chart = house.rig.open(jo);
    let open: Vec<Number> = chart
        .episodes
        .iter()
        .filter(|kept| kept.value.discharged.is_none())
        .map(|kept| kept.value.number)
        .collect();
    assert_eq!(open, [1]);
    // Its goal stays as it ended, until a person sets it active again.
    assert!(chart.plan.plan.goals.iter().all(|goal| !goal.line.state.is_active()));
}

/// Jo, whose stay in Outpatient is open again beside a newer one in the Night clinic; nobody is signed in.
fn two_stays() -> (Rig, ClientId) {
    let (mut house, jo) = opened_again();
    house.rig.lock();
    (house.rig, jo)
}

/// N48, the other half: admitted to another program meanwhile, both stays are open, and the header says which one is worked on.
#[test]
fn n48_a_stay_is_opened_again_beside_one_in_another_program() {
    let (mut house, jo) = opened_again();
    let chart = house.rig.open(jo);
    let open = |chart: &ChartView| chart.open_episode().map(|one| (one.number, one.program.clone()));
    assert_eq!(open(&chart), Some((2, "Night clinic".into())));
    assert_eq!(chart.also_open().map(|one| one.number).collect::<Vec<_>>(), [1]);
    // Numbers go on, and what is new is of the stay that is worked on.
    house.turn("sam");
    let plan = house.rig.done(add_goal(jo, "Work.")).chart.unwrap().plan;
    assert_eq!(
        plan.plan.goals.iter().map(|goal| (goal.line.number, goal.line.episode)).collect::<Vec<_>>(),
        [(2, 2)]
    );
    house.rig.lock();
    let mut desk = Driver::over(house.rig);
    desk.sign_in("sam").types("rivera").keys("enter o").sees("Night clinic").sees("Also open");
    let mut rig = desk.rig;
    // Once it has ended, the other one is worked on again.
    let view = begin(&mut rig, jo);
    let mut save = answered(&view, LeaveKind::Completed);
    let DraftBody::Discharge(body) = &mut save.body else { panic!() };
    body.end_mut(LineRef::goal(2)).end = Some(LineEnd::NotMet);
    sign_it(&mut rig, save);
    assert_eq!(open(&rig.open(jo)).map(|(number, _)| number), Some(1));
}

/// The stay that was ended by mistake is open again, and another one was begun meanwhile.
fn opened_again() -> (crate::life::House, ClientId) {
    let mut house = crate::life::house();
    let jo = house.jo;
    let problem = house.rig.problem(jo, "low mood", "");
    house.rig.done(problem);
    house.rig.done(add_goal(jo, "Sleep."));
    let number = discharge_of(&mut house.rig, jo).discharges[0].doc;
    house.turn("rosa");
    let Answer::House(HouseAnswer::Rules { draft, .. }) = house.rig.ok(Command::House(HouseAsk::Rules))
    else {
        panic!("no rules")
    };
    let mut draft = *draft;
    draft.programs.push("Night clinic".into());
    house.rig.ok(Command::House(HouseAsk::SaveRules(Box::new(draft))));
    house.turn("sam");
    let episode = Episode { program: "Night clinic".into(), ..house.rig.episode_of(jo, house.rig.me()) };
    let level = crate::rig::level();
    house.rig.done(Command::People(People::Admit { episode: Box::new(episode), level }));
    house.rig.done(DocAsk::CallInError { client: jo, number, reason: "wrong person".into() }.into());
    house.turn("kim");
    house.rig.done(DocAsk::AgreeInError { client: jo, number, passphrase: Rig::secret() }.into());
    (house, jo)
}

/// Of two open stays one is chosen with a key, and says so. Plan, notes and dates are that stay's; the other one waits, can be ended
/// first, and is still its counselor's.
#[test]
fn of_two_open_stays_the_one_is_worked_on_that_was_chosen() {
    let (rig, jo) = two_stays();
    let mut desk = Driver::over(rig);
    desk.sign_in("sam").types("rivera").keys("enter o").sees("Night clinic").sees("Ctrl-W goes there");
    desk.keys("ctrl-w").sees("the other open stay").keys("enter").sees("You are in the stay in Outpatient");
    desk.sees("Program          Outpatient").sees("Also open        Night clinic");
    desk.keys("ctrl-z")
        .sees("you are in the stay in Night clinic again")
        .keys("ctrl-y")
        .sees("in Outpatient");
    desk.keys("p ctrl-w").sees("the other open stay").keys("esc");
    let mut rig = desk.rig;
    let summary = rig.open(jo).person.summary.clone();
    assert_eq!(summary.episode.as_ref().map(|one| one.number), Some(1));
    assert_eq!(summary.also.iter().map(|one| one.number).collect::<Vec<_>>(), [2]);
    let plan = rig.done(add_goal(jo, "Work.")).chart.unwrap().plan.plan;
    assert!(plan.goals.iter().any(|goal| (goal.line.number, goal.line.episode) == (2, 1)));
    let note = crate::plan::signed_note(&mut rig, jo, &[]);
    let (store, keys) = rig.reader();
    let head = store.repo(&keys.agency).get::<DocHead>(jo, note).unwrap().unwrap();
    assert_eq!(head.value.facts().episode, 1, "a note of today is of the stay that is worked on");
    // The older one ends first; the newer one goes on.
    let view = begin(&mut rig, jo);
    let mut save = answered(&view, LeaveKind::Completed);
    let DraftBody::Discharge(body) = &mut save.body else { panic!() };
    body.end_mut(LineRef::goal(2)).end = Some(LineEnd::NotMet);
    let other = Command::People(People::WorkIn { client: jo, episode: 2 });
    rig.done(other.clone());
    let fault = rig.fault(DocAsk::Sign { save: save.clone(), passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("ends the stay in Outpatient, and you are in another one"), "{}", fault.what);
    rig.done(Command::People(People::WorkIn { client: jo, episode: 1 }));
    sign_it(&mut rig, save);
    let chart = rig.open(jo);
    assert_eq!(chart.open_episode().map(|one| one.number), Some(2));
    assert_eq!(chart.also_open().count(), 0);
    assert_eq!(
        rig.fault(Command::People(People::WorkIn { client: jo, episode: 1 })).what,
        "This stay has ended. Open the chart again."
    );
}

/// Sessions, tasks and alerts belong to one stay: what the end of one shows, calls off, does with and closes is its own, and what is of
/// the other one stays as it is.
#[test]
fn of_two_open_stays_the_end_of_one_leaves_what_is_of_the_other() {
    let (mut house, jo) = opened_again();
    house.turn("sam");
    let rig = &mut house.rig;
    let work_in = |rig: &mut Rig, episode| {
        rig.done(Command::People(People::WorkIn { client: jo, episode }));
    };
    let task = |rig: &mut Rig, text: &str| {
        let (due, to) = (today(rig).plus_days(3), rig.me());
        let task = Task { text: text.into(), due, to, client: Some(jo), ..Task::default() };
        rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
    };
    let low = |rig: &mut Rig| {
        let answers = ["goal", "task", "bond"].map(str::to_owned).into_iter();
        let answers =
            answers.zip([5, 5, 3].map(|key| concord::domain::Reply::Given(Hundredths::whole(key)))).collect();
        let checkin = CheckIn { client: jo, on: today(rig), answers, ..CheckIn::default() };
        rig.done(HeardAsk::CheckIn(Box::new(checkin)).into());
    };
    for (stay, days, text) in [(1, 3, "Letter of the first"), (2, 5, "Letter of the second")] {
        work_in(rig, stay);
        session(rig, jo, days, 2);
        task(rig, text);
        low(rig);
    }
    let of = |rig: &Rig| -> Vec<(Number, bool)> {
        let planned = |one: &Session| one.state == SessionState::Planned;
        sessions_of(rig, jo)
            .iter()
            .filter(|one| one.series > 0)
            .map(|one| (one.episode, planned(one)))
            .collect()
    };
    assert_eq!(of(rig), [(1, true), (1, true), (2, true), (2, true)]);
    work_in(rig, 1);
    let view = begin(rig, jo);
    let DraftBody::Discharge(body) = &view.body else { panic!("no discharge summary") };
    let known = view.chart.stay_known(body, today(rig), &rig.session().measures);
    assert_eq!((known.sessions.len(), known.tasks.len()), (2, 1), "{:?}", known.sessions);
    assert!(known.tasks[0].starts_with("Letter of the first"), "{:?}", known.tasks);
    assert_eq!(known.facts.iter().filter(|fact| fact.label == "Open alert").count(), 1);
    sign_it(rig, answered(&view, LeaveKind::Completed));
    assert_eq!(of(rig), [(1, false), (1, false), (2, true), (2, true)], "a series of the other stay goes on");
    let chart = rig.open(jo);
    let open: Vec<Number> = chart
        .alerts
        .iter()
        .map(|kept| &kept.value)
        .filter(|one| one.is_open())
        .map(|one| one.episode)
        .collect();
    assert_eq!(open, [2]);
    let left: Vec<Number> = chart_tasks(rig, jo).iter().map(|task| task.episode).collect();
    assert_eq!(left, [2]);
}

/// The open tasks about a client, as they are stored.
fn chart_tasks(rig: &Rig, client: ClientId) -> Vec<Task> {
    let (store, keys) = rig.reader();
    let mut tasks = Vec::new();
    let read = store.repo(&keys.agency).scan::<Task>(|kept| {
        tasks.push(kept.value);
        Ok(())
    });
    read.unwrap();
    tasks.retain(|task| task.client == Some(client));
    tasks
}

/// Ends the open stay, whatever lines its plan has.
fn discharge_of(rig: &mut Rig, client: ClientId) -> ChartView {
    let view = begin(rig, client);
    let mut save = answered(&view, LeaveKind::Completed);
    let DraftBody::Discharge(body) = &mut save.body else { panic!() };
    body.end_mut(LineRef::goal(1)).end = Some(LineEnd::NotMet);
    sign_it(rig, save);
    rig.open(client)
}

/// The counselor's whole way by keys: a client whose plan is in order, at most 25 keys besides words.
#[test]
fn a_discharge_by_keys() {
    let (mut rig, jo) = in_care();
    rig.lock();
    let _ = jo;
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter").sees("RIVERA");
    let before = desk.pressed;
    desk.keys("ctrl-d").sees("Discharge, Outpatient").sees("left to answer");
    desk.keys("1").sees("How the stay ends").keys("1").types("Ten weeks of evenings.").keys("tab");
    // How the goal and its step ended; each answer opens the next row that needs one.
    desk.sees("2 partly met").keys("2").sees("O1").keys("1").sees("Danger at the end").keys("1");
    // The level now is highlighted, and has to be taken.
    desk.sees("Level of care indicated from now on").keys("enter").sees("Where the client goes on").keys("1");
    desk.sees("* When it gets hard: nothing").sees("*► Where").types("Oak House").keys("tab tab tab tab");
    desk.sees("*► When it gets hard  what");
    desk.types("Ring Lidia, then 988.").sees_no("*► When").keys("tab tab").sees("The appointment").keys("2");
    desk.sees("How the client took part")
        .keys("1")
        .sees("Planned sessions")
        .keys("1")
        .sees("Open tasks")
        .keys("1");
    desk.sees("Oak House").sees("nothing left to answer").sees("Nothing is missing. F9 signs");
    desk.keys("f9").sees("The stay ends: completed.").types(Rig::PASSPHRASE).keys("enter");
    desk.sees("The stay has ended.").sees("Earlier stay").sees("not in care now");
    let keys = desk.pressed - before;
    assert!(keys <= 25, "{keys} keys");
    desk.keys("ctrl-w").sees("Discharge summary").sees("Ten weeks of evenings.");
}

/// An author who needs a co-signature ends the stay with theirs; the supervisor still reaches the summary, and co-signs it.
#[test]
fn a_summary_waits_for_its_co_signature_after_the_stay_has_ended() {
    let mut house = crate::life::house();
    let jo = house.jo;
    let number = discharge(&mut house.rig, jo, LeaveKind::Completed).discharges[0].doc;
    assert!(house.owed("kim").contains(&(Duty::CoSign, jo, number)));
    house.read(jo, number);
    house.cosign(jo, number);
    assert!(house.owed("kim").is_empty());
}

#[test]
fn the_clients_page_says_what_comes_next_and_nothing_of_the_record() {
    let (mut rig, jo) = in_care();
    let number = discharge(&mut rig, jo, LeaveKind::Completed).discharges[0].doc;
    let page = asked(&mut rig, request(jo, Paper::Leaving(number), Recipient::Client));
    let content = &page.sheet().content;
    let said: Vec<String> = content.blocks.iter().map(Block::words).collect();
    let said = format!("{} {}", content.title, said.join(" | "));
    for words in [
        "What comes next, Jo",
        "Where I go | Oak House",
        "There is no appointment yet.",
        "Ring Lidia, then 988.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for words in ["G1", "O1", "completed", "2.1", "A-10", "partly"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
    assert_eq!(rig.open(jo).plan.plan.goals.len(), 1, "it is no showing of the plan");
}

/// A new stay begins with nothing of the earlier one: no rating, no goal, no answer. The earlier ones are a key away.
#[test]
fn n50_readmission_carries_nothing_silently() {
    let (mut rig, jo) = in_care();
    let grid = rig.draft(DocAsk::NewAssessment { client: jo });
    let DraftBody::Assessment(mut body) = grid.body else { panic!("no grid") };
    body.cells.iter_mut().for_each(|cell| cell.severity = Some(Severity::Moderate));
    let save = DraftSave { client: jo, number: grid.number, edits: 1, body: DraftBody::Assessment(body) };
    rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    let ended = discharge(&mut rig, jo, LeaveKind::LostToContact);
    assert!(
        !ended.person.summary.ratings.is_empty(),
        "the last ratings stay in sight until somebody is back"
    );
    rig.advance_ms(30 * DAY);
    rig.sign_in("rosa");
    admit(&mut rig, jo);
    let chart = rig.open(jo);
    let summary = &chart.person.summary;
    assert!(summary.ratings.is_empty() && summary.assessed.is_none() && summary.plan.made.is_none());
    assert!(chart.plan.plan.goals.is_empty() && chart.plan.plan.agreements.is_empty());
    assert_eq!(chart.plan.plan.basics.medication, MedicationAnswer::NotAsked);
    // Beside it: the summary, the ratings and the plan of the earlier stay.
    assert_eq!((chart.discharges.len(), chart.assessments.len(), chart.plan.versions.len()), (1, 1, 1));
    assert!(chart.discharge_of(1).is_some() && chart.last_stay().is_some());
}

/// N11: a line of the stay before is taken over by a person: its words alone, the client's as a quotation of its day, marked as copied
/// until one is changed. The line it came from stays as it is, to the byte.
#[test]
fn n11_a_line_of_the_stay_before_is_taken_over_with_nothing_but_its_words() {
    let (mut rig, jo) = in_care();
    discharge(&mut rig, jo, LeaveKind::Completed);
    rig.advance_ms(30 * DAY);
    rig.sign_in("rosa");
    admit(&mut rig, jo);
    let first = |rig: &Rig| {
        let (store, keys) = rig.reader();
        store.repo(&keys.agency).get::<Goal>(jo, 1).unwrap().unwrap()
    };
    let before = first(&rig);
    let chart = rig.open(jo);
    assert!(chart.plan.plan.goals.is_empty(), "nothing is carried over by itself");
    assert_eq!((chart.plan.earlier.goals.len(), chart.plan.earlier.objectives.len()), (1, 1));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter p ctrl-a enter").sees("the stay before");
    desk.keys("ctrl-t")
        .sees("From the stay before")
        .sees("G1 of the stay before")
        .keys("enter")
        .sees("2024-10-04")
        .keys("ctrl-s")
        .sees("G2 is on the plan")
        .sees("copied  said 4 Oct 2024")
        .sees("from G1 of the stay from");
    let rig = &mut desk.rig;
    let goal = rig.open(jo).plan.plan.goals[0].clone();
    assert_eq!((goal.line.number, goal.line.episode), (2, 2));
    assert_eq!(goal.line.taken, Taken::Earlier { line: LineRef::goal(1), episode: 1 });
    assert!(goal.by.is_none(), "no day by which");
    assert_eq!(
        (&goal.words, goal.wording.as_str()),
        (&before.value.words, ""),
        "the client's words stay theirs"
    );
    let plan = rig.open(jo).plan.plan;
    assert!(plan.agreements.is_empty() && plan.trail(LineRef::goal(2)).is_none());
    // Its own words from the first change on.
    let rev = rig.open(jo).plan.rev(LineRef::goal(2));
    let changed = Goal { wording: format!("{} at last", goal.wording), ..goal };
    let line = Box::new(concord::rules::plan::change::Whole::Goal(Box::new(changed)));
    rig.done(PlanAsk::SaveLine { line, rev, same_meaning: false }.into());
    assert_eq!(rig.open(jo).plan.plan.goals[0].line.taken, Taken::Own);
    assert_eq!((first(rig).rev, first(rig).value), (before.rev, before.value));
}

/// Words that are changed after they were taken over do not keep the day of the old ones unseen.
#[test]
fn new_words_in_a_goal_that_is_taken_over_are_asked_for_their_day() {
    let (mut rig, jo) = in_care();
    discharge(&mut rig, jo, LeaveKind::Completed);
    rig.advance_ms(30 * DAY);
    rig.sign_in("rosa");
    admit(&mut rig, jo);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter p ctrl-a enter ctrl-t enter");
    desk.types(" And to stay well.").keys("ctrl-s").sees("The words were changed and still have the day");
    desk.keys("t ctrl-s").sees("G2 is on the plan");
    let today = today(&desk.rig);
    let goal = desk.rig.open(jo).plan.plan.goals[0].clone();
    assert_eq!((goal.words.on, goal.line.taken), (today, Taken::Own));
}

/// A transfer goes on in the same chart: one commit writes the stay and the decision on the level of care, and numbers go on.
#[test]
fn a_transfer_within_the_stay_writes_the_level_and_keeps_the_chart() {
    let (mut rig, jo) = in_care();
    let kim = rig.hire("kim", &[Role::Counselor], None);
    let kept = rig.open(jo).episodes[0].clone();
    let (levels, goals) = (rig.open(jo).levels.len(), rig.open(jo).plan.plan.goals.len());
    let level = LevelDecision {
        indicated: "1".into(),
        actual: "1".into(),
        note: "the evenings hold".into(),
        event: LevelEvent::Change,
        on: today(&rig),
        ..LevelDecision::default()
    };
    let episode = Episode { counselor: kim, ..kept.value.clone() };
    let change = |episode: &Episode, level: &LevelDecision| {
        let level = Some(Box::new(level.clone()));
        Command::People(People::ChangeEpisode {
            episode: Box::new(episode.clone()),
            rev: kept.rev,
            level,
            sessions: true,
        })
    };
    let early = LevelDecision { on: kept.value.admitted.plus_days(-1), ..level.clone() };
    assert_eq!(rig.fault(change(&episode, &early)).what, "The day of the transfer is before the admission.");
    let differs = LevelDecision { indicated: "2.1".into(), ..level.clone() };
    rig.fault(change(&episode, &differs));
    assert_eq!(rig.open(jo).levels.len(), levels, "what is refused writes nothing");
    let before = rig.engine_head().seq;
    let done = rig.done(change(&episode, &level));
    assert_eq!(done.said, "Transferred: kim Person, level 1, 2 planned sessions.");
    let to_come = |one: &Session| one.state == SessionState::Planned;
    assert!(sessions_of(&rig, jo).iter().filter(|one| to_come(one)).all(|one| one.staff == kim));
    assert_eq!(rig.engine_head().seq, before + 1, "one commit");
    let numbers = |chart: &ChartView| chart.levels.iter().map(|kept| kept.value.number).collect::<Vec<_>>();
    rig.lock();
    rig.sign_in("kim");
    let chart = rig.open(jo);
    assert_eq!((chart.episodes.len(), chart.episodes[0].value.number), (1, 1));
    assert_eq!(chart.plan.plan.goals.len(), goals);
    assert_eq!(chart.level().map(|level| (level.episode, level.actual.as_str())), Some((1, "1")));
    assert_eq!(numbers(&chart), [2, 1], "the earlier decision stays");
    assert_eq!(
        chart.person.summary.episode.as_ref().map(|one| (one.counselor, &*one.level)),
        Some((kim, "1"))
    );
}

/// The same by keys.
#[test]
fn a_transfer_by_keys() {
    let (mut rig, _) = in_care();
    rig.hire("kim", &[Role::Counselor], None);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter o ctrl-u").sees("Transfer within the stay");
    desk.keys("ctrl-s").sees("Nothing is other than now.");
    desk.keys("tab tab enter").types("2.5").keys("enter ctrl-s");
    desk.sees("Transferred: level 2.5.").sees("LOC 2.5");
    // Another counselor: whether planned sessions go along is asked then.
    desk.keys("ctrl-u tab enter")
        .types("kim")
        .keys("enter")
        .sees("Sessions go along")
        .keys("up up up up y ctrl-s");
    desk.sees("2 planned sessions").keys("ctrl-z").sees("Undone");
    // It is one act, and is undone as one.
    desk.keys("ctrl-z").sees("Undone").sees("LOC 2.1");
}

/// N49: what is still open is shown, stays owed after a discharge and after a death, and after a death nobody calls or reminds.
#[test]
fn n49_what_is_owed_stays_owed_and_nobody_calls_after_a_death() {
    for (kind, contacts) in [(LeaveKind::Completed, 1), (LeaveKind::Deceased, 0)] {
        let (mut rig, jo) = in_care();
        let note = begin_note(&mut rig, jo);
        let filled = Administration {
            client: jo,
            measure: "PHQ-9".into(),
            on: today(&rig),
            answers: (1..=9)
                .map(|item| (item.to_string(), concord::domain::Reply::Given(Hundredths::whole(1))))
                .collect(),
            begun: Moment(1),
            ..Administration::default()
        };
        rig.done(HeardAsk::Save(Box::new(filled)).into());
        let view = begin(&mut rig, jo);
        let DraftBody::Discharge(body) = &view.body else { panic!() };
        let known = view.chart.stay_known(body, today(&rig), &rig.session().measures);
        assert_eq!((known.sessions.len(), known.tasks.len(), known.needs.len()), (2, 1, 1), "each is shown");
        assert!(known.owed.iter().any(|line| line.starts_with("note, begun by")), "{:?}", known.owed);
        // The critical answer is decided on first.
        let mut save = answered(&view, kind);
        let fault = rig.fault(DocAsk::Sign { save: save.clone(), passphrase: Rig::secret() }.into());
        assert_eq!(fault.what, "Not signed: decide about this danger first.");
        let need = rig.open(jo).needs[0].clone();
        rig.done(Command::Chart(ChartAsk::DecideNeed {
            client: jo,
            number: need.value.number,
            state: NeedState::Confirmed,
            rev: need.rev,
        }));
        if kind.is_death() {
            let DraftBody::Discharge(body) = &mut save.body else { panic!() };
            body.ends.clear();
        }
        sign_it(&mut rig, save);
        assert!(sessions_of(&rig, jo).iter().all(|one| one.state != SessionState::Planned));
        let duties: Vec<Duty> = crate::days::owed(&mut rig).iter().map(|line| line.owed.duty).collect();
        let count = |duty| duties.iter().filter(|one| **one == duty).count();
        assert_eq!((count(Duty::Need), count(Duty::Unsigned(DocKind::Note))), (1, 1), "{duties:?}");
        assert_eq!(count(Duty::Contact), contacts, "{duties:?}");
        let of_a_stay = [Duty::Assessment, Duty::Review, Duty::PlanReview, Duty::Plan, Duty::SafetyPlan];
        assert!(of_a_stay.iter().all(|duty| count(*duty) == 0), "nothing of a stay is due: {duties:?}");
        rig.advance_ms(40 * DAY);
        rig.sign_in("rosa");
        let duties: Vec<Duty> = crate::days::owed(&mut rig).iter().map(|line| line.owed.duty).collect();
        assert_eq!(duties.iter().filter(|duty| **duty == Duty::Contact).count(), 2 * contacts);
        crate::plan::sign(&mut rig, &note, &[]);
    }
}

/// Something that happens in the life of a chart, as far as it can.
#[derive(Clone, Copy, Debug)]
enum Event {
    Discharge,
    Admit,
    /// Another counselor within the stay, and back again.
    Transfer,
    Goal,
    Note,
    /// Two sessions of a weekly row and a task.
    Ahead,
    /// A note of a contact so many days ago, whichever stay that was in.
    LateNote(u8),
    SignPlan,
    Days(u8),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        3 => Just(Event::Discharge),
        3 => Just(Event::Admit),
        2 => Just(Event::Transfer),
        2 => Just(Event::Goal),
        2 => Just(Event::Note),
        2 => Just(Event::Ahead),
        1 => (1..20_u8).prop_map(Event::LateNote),
        1 => Just(Event::SignPlan),
        3 => (1..40_u8).prop_map(Event::Days),
    ];
    proptest::collection::vec(event, 4..16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 40, ..ProptestConfig::default() })]

    /// After any order of admission, transfer, discharge and readmission each line, document and due item belongs to exactly one stay.
    #[test]
    fn everything_belongs_to_one_stay_in_any_order(events in events()) {
        let mut rig = Rig::founded();
        rig.sign_in("rosa");
        let kim = rig.hire("kim", &[Role::Counselor], None);
        let jo = rig.admitted("Jo", "Rivera");
        let problem = rig.problem(jo, "low mood", "");
        rig.done(problem);
        for event in events {
            step(&mut rig, jo, kim, event);
            check(&mut rig, jo);
        }
    }
}

/// Something happens, as far as it can.
fn step(rig: &mut Rig, client: ClientId, kim: StaffId, event: Event) {
    let open = rig.open(client).open_episode().cloned();
    match (event, open) {
        (Event::Discharge, Some(_)) => drop(end_stay(rig, client)),
        (Event::Admit, None) => admit(rig, client),
        (Event::Transfer, Some(episode)) => {
            let to = if episode.counselor == kim { rig.me() } else { kim };
            let rev = rig.open(client).episodes[0].rev;
            let episode = Box::new(Episode { counselor: to, ..episode });
            rig.done(Command::People(People::ChangeEpisode { episode, rev, level: None, sessions: false }));
        }
        (Event::Goal, Some(_)) => drop(rig.done(add_goal(client, "Sleep."))),
        (Event::Ahead, Some(_)) => {
            session(rig, client, 3, 2);
            let (due, to) = (today(rig).plus_days(9), rig.me());
            let task = Task { text: "Call".into(), due, to, client: Some(client), ..Task::default() };
            rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
        }
        (Event::Note, _) => drop(crate::plan::signed_note(rig, client, &[])),
        (Event::LateNote(days), _) => late_note(rig, client, i32::from(days)),
        (Event::SignPlan, Some(_)) => {
            let attested = on_paper(rig);
            let active = rig.open(client).plan.plan.goals.iter().any(|goal| goal.line.state.is_active());
            if active && rig.open(client).plan.newest(rig.open(client).episodes[0].value.number).is_none() {
                sign(rig, client, attested);
            }
        }
        (Event::Days(days), _) => {
            rig.advance_ms(i64::from(days) * DAY);
            rig.sign_in("rosa");
        }
        _ => {}
    }
}

/// A note of a contact so many days ago, if somebody was in care by then.
fn late_note(rig: &mut Rig, client: ClientId, days: i32) {
    let on = today(rig).plus_days(-days);
    if rig.open(client).episodes.iter().all(|kept| on < kept.value.admitted) {
        return;
    }
    let mut view = rig.draft(DocAsk::NewNote { client, format: "DAP".into(), addendum_to: 0 });
    let DraftBody::Note(body) = &mut view.body else { panic!("no note") };
    body.service.date = on;
    crate::plan::sign(rig, &view, &[]);
}

/// Ends the open stay, each of its goals *not met*.
fn end_stay(rig: &mut Rig, client: ClientId) -> ChartView {
    let view = begin(rig, client);
    let mut save = answered(&view, LeaveKind::Transferred);
    let DraftBody::Discharge(body) = &mut save.body else { panic!() };
    for goal in &view.chart.plan.plan.goals {
        body.end_mut(LineRef::goal(goal.line.number)).end = Some(LineEnd::NotMet);
    }
    sign_it(rig, save);
    rig.open(client)
}

fn check(rig: &mut Rig, client: ClientId) {
    let (store, keys) = rig.reader();
    let repo = store.repo(&keys.agency);
    let episodes: Vec<Episode> =
        repo.list::<Episode>(client).unwrap().into_iter().map(|kept| kept.value).collect();
    let is_open = |number| episodes.iter().any(|one| one.number == number && one.discharged.is_none());
    assert!(episodes.iter().filter(|one| one.discharged.is_none()).count() <= 1);
    for goal in repo.list::<Goal>(client).unwrap() {
        let line = goal.value.line;
        assert_eq!(episodes.iter().filter(|one| one.number == line.episode).count(), 1);
        assert_eq!(line.state.is_active(), is_open(line.episode), "G{}", line.number);
    }
    for head in repo.list::<DocHead>(client).unwrap() {
        let facts = head.value.facts();
        let named = episodes.iter().find(|one| one.number == facts.episode).expect("its stay");
        // A contact before the first day, while nobody was in care, is of the stay that it prepares.
        let held =
            |one: &Episode| one.admitted <= facts.on && one.discharged.is_none_or(|(day, _)| facts.on <= day);
        let prepares = named.discharged.is_none() && !episodes.iter().any(held);
        assert!(named.admitted <= facts.on || prepares, "nothing is of a stay that had not begun");
        let later = episodes.iter().find(|one| one.number > facts.episode && one.admitted <= facts.on);
        assert!(later.is_none_or(|one| one.admitted == facts.on), "and nothing of one that was over by then");
    }
    for one in sessions_of(rig, client).iter().filter(|one| one.series > 0) {
        assert_eq!(
            episodes.iter().filter(|stay| stay.number == one.episode).count(),
            1,
            "a session has one stay"
        );
        let last = episodes.iter().find(|stay| stay.number == one.episode).and_then(|stay| stay.discharged);
        let ahead = last.is_some_and(|(day, _)| day < one.date);
        assert!(!ahead || one.state != SessionState::Planned, "what was ahead when it ended is called off");
    }
    for task in chart_tasks(rig, client) {
        assert!(is_open(task.episode), "an open task is of an open stay");
    }
    let owed = crate::days::owed(rig);
    let open = episodes.iter().find(|one| one.discharged.is_none());
    for line in owed.iter().filter(|line| line.owed.client == client) {
        if matches!(line.owed.duty, Duty::Assessment | Duty::Plan | Duty::InitialPlan | Duty::PlanReview) {
            let open = open.expect("a rule of a stay asks only while one is open");
            assert!(line.owed.since >= open.admitted, "{:?}", line.owed);
        }
    }
}

/// Contacts 7 and 30 days after a discharge are due by the rules of the place, until somebody says what came of them.
#[test]
fn contacts_afterwards_are_due_until_their_outcome_is_recorded() {
    let (mut rig, jo) = in_care();
    discharge(&mut rig, jo, LeaveKind::Completed);
    let due = |rig: &mut Rig| -> Vec<(Number, i32)> {
        let today = today(rig);
        let owed = crate::days::owed(rig);
        let contacts = owed.iter().filter(|line| line.owed.duty == Duty::Contact);
        contacts.map(|line| (line.owed.number, line.owed.deadline.unwrap().on.days_since(today))).collect()
    };
    assert_eq!(due(&mut rig), [(7, 7)], "the other one is not in sight yet");
    rig.advance_ms(20 * DAY);
    rig.sign_in("rosa");
    assert_eq!(due(&mut rig), [(7, -13), (30, 10)]);
    let record = |rig: &Rig, outcome, words: &str| -> Command {
        let on = today(rig);
        let words = words.to_owned();
        let contact =
            AfterContact { client: jo, episode: 1, days: 7, on, outcome, words, ..AfterContact::default() };
        BackgroundAsk::Contact { contact: Box::new(contact) }.into()
    };
    let asked = record(&rig, ContactOutcome::NeedsHelp, "");
    assert_eq!(rig.fault(asked).what, "Write what they need, and what is done about it.");
    let asked = record(&rig, ContactOutcome::NeedsHelp, "wants the group back; called Oak House");
    rig.done(asked);
    assert_eq!(due(&mut rig), [(30, 10)]);
    rig.done(Command::Undo);
    assert_eq!(due(&mut rig), [(7, -13), (30, 10)], "taken back, it is due again");
    let asked = record(&rig, ContactOutcome::NotReached, "");
    rig.done(asked);
    // Back in care, nothing of it is due; and nobody calls for somebody who has died.
    admit(&mut rig, jo);
    assert_eq!(due(&mut rig), []);
    let view = begin(&mut rig, jo);
    sign_it(&mut rig, answered(&view, LeaveKind::Deceased));
    assert_eq!(due(&mut rig), []);
}

/// After the discharge the overview makes the client's page and opens the contact that is due; the plan, which is closed, says so before
/// anything is typed.
#[test]
fn after_a_discharge_every_key_of_the_overview_does_what_it_says() {
    let (mut rig, jo) = in_care();
    discharge(&mut rig, jo, LeaveKind::Completed);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter enter").sees("7 days after: due");
    desk.keys("f3").sees("what comes next").keys("esc");
    desk.keys("enter").sees("Discharge summary").keys("esc o");
    desk.keys("p ctrl-a").sees("and its plan with it").sees_no("a goal");
    desk.keys("f9").sees("and its plan with it").keys("f6").sees("and its plan with it");
    desk.rig.advance_ms(7 * DAY);
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").types("rivera").keys("enter enter enter").sees("7 days after the discharge");
    desk.keys("1 ctrl-s").sees("7 days after: ").sees_no("7 days after: due").sees("30 days after: due");
}

/// A session, a task or an alert that names a stay which is not there is told by `doctor` and `verify`.
#[test]
fn a_stay_that_is_missing_is_told_of_by_what_names_it() {
    let (mut rig, jo) = in_care();
    assert_eq!(rig.desk.check_up().unwrap().without_stay, 0);
    let stay = concord::engine::Key::new(concord::store::Kind::Episode as u8, jo.0, 1);
    rig.engine.faults().tamper(stay, None);
    assert_eq!(rig.desk.check_up().unwrap().without_stay, 4, "three sessions and a task");
}

/// Before anybody is admitted again, the window names what goes on in the new stay and what does not.
#[test]
fn a_stay_begins_after_the_one_before_it() {
    let (mut rig, jo) = in_care();
    discharge(&mut rig, jo, LeaveKind::Completed);
    let mut episode = rig.episode_of(jo, rig.me());
    episode.admitted = today(&rig).plus_days(-1);
    let admit =
        |episode| Command::People(People::Admit { episode: Box::new(episode), level: crate::rig::level() });
    let fault = rig.desk.handle(admit(episode.clone())).unwrap_err();
    assert!(fault.to_string().contains("An earlier stay here ended on"), "{fault}");
    assert!(rig.open(jo).open_episode().is_none());
    rig.done(admit(Episode { admitted: today(&rig), ..episode }));
    assert!(rig.open(jo).open_episode().is_some());
}

#[test]
fn a_readmission_names_what_it_carries_before_anything_is_saved() {
    let (mut rig, jo) = in_care();
    discharge(&mut rig, jo, LeaveKind::Completed);
    rig.advance_ms(30 * DAY);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("rivera").keys("enter enter ctrl-d");
    // The questions about danger come first.
    for _ in 0..12 {
        if !desk.screen().contains("Triage:") {
            break;
        }
        desk.keys("2");
    }
    if desk.screen().contains("Triage:") {
        desk.keys("ctrl-s");
    }
    desk.sees("Here before: Outpatient");
    desk.sees("These go on in the new stay").sees("Problems: P1").sees("Safety plan: none.");
    desk.keys("esc");
    assert!(desk.rig.open(jo).open_episode().is_none(), "nothing is saved by looking");
}

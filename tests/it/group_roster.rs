//! What a group teaches and who has had it; who leads one session of it, what they see, and what ends afterwards.

use crate::groups::{Circle, circle, group_of, marked, session_of};
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::*;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::store::DocText;

/// The curriculum of the group is written down.
fn teach(circle: &mut Circle, titles: &[&str]) {
    let group = circle.group;
    let view = group_of(circle.rig(), GroupAsk::Open(group)).group;
    let topic = |(at, title): (usize, &&str)| Topic {
        number: at as u32 + 1,
        title: (*title).into(),
        minutes: 90,
        ..Topic::default()
    };
    let curriculum = titles.iter().enumerate().map(topic).collect();
    let group = Box::new(Group { curriculum, ..view.value });
    let said = group_of(circle.rig(), GroupAsk::Save { group, rev: view.rev }).said;
    assert!(said.contains("topic"), "{said}");
}

fn held(circle: &Circle, number: u32, title: &str) -> GroupAsk {
    let topics = vec![TopicHeld { number, title: title.into(), minutes: 90 }];
    let (group, guests) = (circle.group, Guests::default());
    GroupAsk::Set { group, session: 1, topic: "a role play".into(), topics, guests }
}

#[test]
fn a_note_says_the_minutes_of_a_topic_and_the_next_session_says_what_was_had_and_missed() {
    let mut circle = circle();
    let (jo, ann, theirs, group) = (circle.house.jo, circle.house.ann, circle.theirs, circle.group);
    teach(&mut circle, &["Urges", "Money"]);
    let view = group_of(circle.rig(), GroupAsk::Open(group)).group;
    let ask = GroupAsk::Ordered { group, rev: view.rev, client: jo, hours: 24 };
    assert!(group_of(circle.rig(), ask).said.contains("24 hours"));
    let begun = circle.begin();
    assert_eq!((begun.next_topic, begun.curriculum.len()), (1, 2));
    circle.mark(jo, Here::Present);
    circle.mark(ann, Here::Absent);
    circle.mark(theirs, Here::Late);
    let ask = held(&circle, 7, "Nothing");
    assert!(circle.rig().fault(ask.into()).what.contains("curriculum"));
    let ask = held(&circle, 1, "Urges");
    session_of(circle.rig(), ask);
    let signing = circle.signing("Spoke of the weekend.");
    circle.sign(signing);
    let (store, keys) = circle.house.rig.reader();
    let field = |client, key: &str| {
        let text = store.repo(&keys.agency).get::<DocText>(client, 1).unwrap().unwrap().value.note().unwrap();
        text.fields.iter().find(|field| field.key == key).unwrap().value.clone()
    };
    assert_eq!(field(jo, "topic"), "1 Urges; a role play");
    assert_eq!(field(jo, "curriculum"), "1 Urges, 90 of 90 minutes");
    assert_eq!(field(theirs, "curriculum"), "1 Urges, 70 of 90 minutes");
    // The next session shows it beside each member.
    let date = circle.date.plus_days(1);
    let next = session_of(circle.rig(), GroupAsk::Begin { group, date });
    let had = |client| &next.members.iter().find(|one| one.entry.client == client).unwrap().had;
    assert_eq!(had(jo), "1 of 2 topics, 1 h 30 of 24 h");
    assert_eq!(had(ann), "0 of 2 topics, 0 min, missed 1");
    assert_eq!(had(theirs), "0 of 2 topics, 1 h 10, partly 1");
    assert_eq!(next.next_topic, 2);
}

#[test]
fn a_title_of_a_topic_is_searched_for_names_too() {
    let mut circle = circle();
    let (jo, theirs) = (circle.house.jo, circle.theirs);
    teach(&mut circle, &["What Vexa did"]);
    circle.begin();
    circle.mark(jo, Here::Present);
    circle.mark(theirs, Here::Present);
    let ask = held(&circle, 1, "What Vexa did");
    session_of(circle.rig(), ask);
    let signing = Box::new(circle.signing("Listened well."));
    let fault = circle.rig().fault(GroupAsk::Sign { signing, passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("\"Vexa\""), "{fault}");
}

/// Ida, a counselor who has nothing to do with the group, stands in for the session of the day.
fn substitute() -> (Circle, StaffId) {
    let mut circle = circle();
    circle.house.turn("rosa");
    let ida = circle.rig().hire("ida", &[Role::Counselor], None);
    (circle, ida)
}

#[test]
fn a_substitute_sees_one_session_from_its_start_until_all_of_it_is_signed() {
    let (mut circle, ida) = substitute();
    let (jo, ann, theirs, group, date) =
        (circle.house.jo, circle.house.ann, circle.theirs, circle.group, circle.date);
    let hand_on = |who: StaffId| GroupAsk::HandOn { group, date, facilitators: vec![who] };
    // Neither the substitute nor anybody else takes the session; a leader, or a supervisor of the program, gives it.
    circle.house.turn("ida");
    assert_eq!(circle.rig().fault(hand_on(ida).into()).kind, FaultKind::Denied);
    assert_eq!(circle.rig().fault(GroupAsk::Begin { group, date }.into()).kind, FaultKind::Denied);
    circle.house.turn("kim");
    let said = group_of(circle.rig(), hand_on(ida)).said;
    assert!(said.contains("leads the session"), "{said}");
    // It is on the substitute's day, and on nobody else's.
    let on_day = |rig: &mut Rig| match rig.ok(DaysAsk::Day { date, all: false }.into()) {
        Answer::Day(day) => day.groups.iter().map(|one| (one.stands_in, one.begun)).collect::<Vec<_>>(),
        other => panic!("no day: {other:?}"),
    };
    circle.house.turn("sam");
    assert!(on_day(circle.rig()).is_empty());
    circle.house.turn("ida");
    assert_eq!(on_day(circle.rig()), [(true, false)]);
    let view = circle.begin();
    assert!(view.stands_in && view.said.contains("You stand in"), "{}", view.said);
    assert_eq!(view.members.len(), 3);
    assert_eq!(circle.rig().fault(GroupAsk::Open(group).into()).kind, FaultKind::Denied, "not the roster");
    let earlier = GroupAsk::Begin { group, date: date.plus_days(-7) };
    assert_eq!(circle.rig().fault(earlier.into()).kind, FaultKind::Denied, "no other session");
    assert_eq!(circle.rig().fault(Command::Chart(ChartAsk::Open(jo))).kind, FaultKind::Denied);
    circle.mark(jo, Here::Present);
    circle.mark(ann, Here::Absent);
    circle.mark(theirs, Here::Present);
    // Whoever has begun parts goes on leading it.
    circle.house.turn("kim");
    let sam = circle.house.sam;
    assert!(circle.rig().fault(hand_on(sam).into()).what.contains("has begun parts"));
    circle.house.turn("ida");
    let signing = Box::new(circle.signing("Spoke of the weekend."));
    match circle.rig().ok(GroupAsk::Sign { signing, passphrase: Rig::secret() }.into()) {
        Answer::Group(GroupAnswer::Ended(said)) => {
            assert!(said.starts_with("2 notes are signed."), "{said}");
        }
        other => panic!("it goes on: {other:?}"),
    }
    let fault = circle.rig().fault(GroupAsk::Begin { group, date }.into());
    assert!(fault.kind == FaultKind::Denied && fault.what.contains("stood in"), "{fault}");
    let entry = GroupEntry { client: jo, here: Here::Present, ..GroupEntry::default() };
    circle.rig().fault(GroupAsk::Mark { group, session: 1, entry }.into());
    assert_eq!((circle.notes(jo).len(), circle.notes(ann).len(), circle.notes(theirs).len()), (1, 0, 1));
}

#[test]
fn a_substitute_sees_nobody_before_the_session_begins() {
    let (mut circle, ida) = substitute();
    let group = circle.group;
    let date = circle.rig().desk.now().local.date.plus_days(7);
    circle.house.turn("kim");
    let view = group_of(circle.rig(), GroupAsk::HandOn { group, date, facilitators: vec![ida] });
    assert!(view.sessions.iter().any(|one| one.date == date && !one.is_begun()));
    circle.house.turn("ida");
    let fault = circle.rig().fault(GroupAsk::Begin { group, date }.into());
    assert!(fault.what.contains("from 10:00 on"), "{fault}");
    // A day that was only given away is neither the newest session nor one that was missed.
    circle.house.turn("sam");
    let view = group_of(circle.rig(), GroupAsk::Open(group));
    assert_eq!(view.sessions.len(), 1);
    match circle.rig().ok(GroupAsk::List.into()) {
        Answer::Group(GroupAnswer::List(lines)) => assert_eq!(lines[0].last, None),
        other => panic!("no list: {other:?}"),
    }
}

#[test]
fn what_a_co_leader_signs_is_theirs_and_the_session_stays_open_to_the_group() {
    let (mut circle, ida) = substitute();
    let (jo, ann, group, date, sam) =
        (circle.house.jo, circle.house.ann, circle.group, circle.date, circle.house.sam);
    circle.house.turn("sam");
    group_of(circle.rig(), GroupAsk::HandOn { group, date, facilitators: vec![sam, ida] });
    circle.begin();
    circle.mark(ann, Here::Present);
    circle.house.turn("ida");
    circle.begin();
    let entry = GroupEntry { client: jo, here: Here::Present, ..GroupEntry::default() };
    marked(circle.rig(), GroupAsk::Mark { group, session: 1, entry });
    let signing = circle.signing("Spoke of the weekend.");
    assert_eq!(signing.parts.len(), 1, "each part has one author");
    circle.sign(signing);
    assert_eq!((circle.notes(jo).len(), circle.notes(ann).len()), (1, 0));
    // Something of the session is open, so it goes on for both.
    assert!(circle.begin().stands_in);
    circle.house.turn("sam");
    assert!(!circle.begin().stands_in);
}

/// A slip with these three answers.
fn slip(group: GroupId, client: ClientId, said: [i16; 3]) -> GroupAsk {
    let answer = |(item, key): (&str, i16)| (item.to_owned(), Reply::Given(Hundredths::whole(key)));
    let answers = ["goal", "task", "bond"].into_iter().zip(said).map(answer).collect();
    GroupAsk::Slip { group, session: 1, client, answers }
}

#[test]
fn a_slip_is_a_check_in_of_that_member_and_nowhere_else() {
    let mut circle = circle();
    let (jo, ann, theirs, group) = (circle.house.jo, circle.house.ann, circle.theirs, circle.group);
    circle.begin();
    circle.mark(jo, Here::Present);
    circle.mark(theirs, Here::Present);
    assert!(circle.rig().fault(slip(group, ann, [4, 4, 4]).into()).what.contains("they were there"));
    marked(circle.rig(), slip(group, jo, [5, 5, 4]));
    let member = marked(circle.rig(), slip(group, theirs, [4, 2, 1]));
    assert_eq!(member.entry.slip, 1);
    // Typed again: the newer one counts, and the first is kept as in error.
    let member = marked(circle.rig(), slip(group, theirs, [4, 3, 2]));
    assert_eq!(member.entry.slip, 2);
    let (store, keys) = circle.house.rig.reader();
    let repo = store.repo(&keys.agency);
    let of =
        |client| repo.list::<CheckIn>(client).unwrap().into_iter().map(|kept| kept.value).collect::<Vec<_>>();
    assert_eq!((of(jo).len(), of(ann).len(), of(theirs).len()), (1, 0, 2));
    assert!(!of(theirs)[0].in_error.is_empty() && of(theirs)[1].in_error.is_empty());
    assert_eq!((of(jo)[0].form.as_str(), of(jo)[0].name.as_str()), ("group", "client, in Group B"));
    let session = repo.get::<GroupSession>(group, 1).unwrap().unwrap().value;
    assert!(
        !format!("{session:?}").contains("Given"),
        "the session knows that there is a slip, not what it says"
    );
    // Their counselor hears of it in the chart, as of any check-in; whoever leads the group is told nothing more.
    assert_eq!(circle.rig().fault(Command::Chart(ChartAsk::Open(theirs))).kind, FaultKind::Denied);
    circle.house.turn("gus");
    let chart = circle.rig().open(theirs);
    let open: Vec<&str> =
        chart.alerts.iter().filter(|one| one.value.is_open()).map(|one| one.value.name.as_str()).collect();
    assert_eq!(open, ["client, in Group B"]);
    let events = circle.house.rig.audit_events();
    let taken = |client| {
        events
            .iter()
            .filter(|event| event.act == Act::CheckInRecorded && event.client == Some(client))
            .count()
    };
    assert_eq!((taken(jo), taken(theirs)), (1, 3));
    // A slip stays when a mark is changed.
    circle.house.turn("sam");
    assert_eq!(circle.mark(theirs, Here::Late).entry.slip, 2);
}

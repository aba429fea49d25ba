//! Groups at the real front desk: rosters, a session written in one pass, one signed note for each, no name in the wrong chart.

use crate::life::{House, house};
use crate::rig::Rig;
use concord::boot;
use concord::domain::*;
use concord::engine::memory::CommitFault;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::store::{DocHead, DocText};

/// Sam's group with three members of his, on the day before today, with one of Gus's people in it.
pub struct Circle {
    pub house: House,
    pub group: GroupId,
    pub theirs: ClientId,
    pub date: Date,
}

fn day(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

fn answer(rig: &mut Rig, ask: GroupAsk) -> GroupAnswer {
    match rig.ok(ask.into()) {
        Answer::Group(answer) => answer,
        other => panic!("no group: {other:?}"),
    }
}

pub fn group_of(rig: &mut Rig, ask: GroupAsk) -> GroupView {
    match answer(rig, ask) {
        GroupAnswer::Group(view) => *view,
        other => panic!("no group: {other:?}"),
    }
}

pub fn session_of(rig: &mut Rig, ask: GroupAsk) -> GroupSessionView {
    match answer(rig, ask) {
        GroupAnswer::Session(view) => *view,
        other => panic!("no session: {other:?}"),
    }
}

pub fn marked(rig: &mut Rig, ask: GroupAsk) -> GroupMember {
    match answer(rig, ask) {
        GroupAnswer::Marked(member) => *member,
        other => panic!("not marked: {other:?}"),
    }
}

pub fn new_group(facilitators: Vec<StaffId>) -> Box<Group> {
    Box::new(Group {
        name: "Evening group 2".into(),
        neutral: "Group B".into(),
        kind: "process".into(),
        code: "90853".into(),
        program: "Outpatient".into(),
        facilitators,
        weekday: Some(4),
        start: ClockTime(10 * 60),
        minutes: 90,
        ..Group::default()
    })
}

pub fn circle() -> Circle {
    let mut house = house();
    boot::know_words(&mut house.rig.desk);
    house.turn("rosa");
    let gus = house.rig.hire("gus", &[Role::Counselor], None);
    house.turn("gus");
    let theirs = house.rig.admitted("Vexa", "Ruul");
    house.turn("kim");
    let group = new_group(vec![house.sam, gus]);
    let view = group_of(&mut house.rig, GroupAsk::Save { group, rev: 0 });
    let (group, date) = (view.group.value.id, day(&house.rig).plus_days(-1));
    let mut rev = view.group.rev;
    for client in [house.jo, house.ann, theirs] {
        let view = group_of(&mut house.rig, GroupAsk::Join { group, rev, client, from: date.plus_days(-30) });
        rev = view.group.rev;
    }
    house.turn("sam");
    Circle { house, group, theirs, date }
}

impl Circle {
    pub fn rig(&mut self) -> &mut Rig {
        &mut self.house.rig
    }

    pub fn begin(&mut self) -> GroupSessionView {
        let (group, date) = (self.group, self.date);
        session_of(self.rig(), GroupAsk::Begin { group, date })
    }

    pub fn mark(&mut self, client: ClientId, here: Here) -> GroupMember {
        let entry = GroupEntry {
            client,
            here,
            late: if here == Here::Late { 20 } else { 0 },
            reason: if here == Here::Excused { "at court".into() } else { String::new() },
            took_part: 3,
            ..GroupEntry::default()
        };
        let group = self.group;
        marked(self.rig(), GroupAsk::Mark { group, session: 1, entry })
    }

    /// What is signed, with these words in each of one's own parts.
    pub fn signing(&mut self, words: &str) -> GroupSigning {
        let view = self.begin();
        let parts = view.members.iter().filter_map(|member| {
            let part = member.part.as_ref().filter(|part| part.by.is_none())?;
            let mut note = part.note.clone();
            let text = format!("{words} {}", member.entry.client.0[15]);
            note.sections.iter_mut().find(|one| one.key == "part").unwrap().text = text;
            let body = DraftBody::Note(note);
            Some(DraftSave { client: member.entry.client, number: part.number, edits: 1, body })
        });
        let (parts, group) = (parts.collect(), self.group);
        let shared = "Ways to wait out an urge.".to_owned();
        GroupSigning { group, session: 1, shared, parts, beyond: String::new() }
    }

    pub fn sign(&mut self, signing: GroupSigning) -> GroupSessionView {
        let signing = Box::new(signing);
        session_of(self.rig(), GroupAsk::Sign { signing, passphrase: Rig::secret() })
    }

    pub fn notes(&self, client: ClientId) -> Vec<NoteHead> {
        let (store, keys) = self.house.rig.reader();
        let heads = store.repo(&keys.agency).list::<DocHead>(client).unwrap();
        heads.into_iter().filter_map(|kept| kept.value.note()).collect()
    }

    pub fn sessions(&self, client: ClientId) -> Vec<Session> {
        let (store, keys) = self.house.rig.reader();
        store.repo(&keys.agency).list::<Session>(client).unwrap().into_iter().map(|kept| kept.value).collect()
    }

    fn tasks(&self) -> Vec<Task> {
        let (store, keys) = self.house.rig.reader();
        let mut all = Vec::new();
        store
            .repo(&keys.agency)
            .scan::<Task>(|kept| {
                all.push(kept.value);
                Ok(())
            })
            .unwrap();
        all
    }
}

#[test]
fn a_roster_is_seen_by_those_who_lead_it_and_by_supervisors_of_its_program() {
    let mut circle = circle();
    let group = circle.group;
    let lists = |rig: &mut Rig| match rig.desk.handle(GroupAsk::List.into()) {
        Ok(Answer::Group(GroupAnswer::List(lines))) => lines.len(),
        Ok(other) => panic!("no list: {other:?}"),
        Err(fault) => {
            assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
            0
        }
    };
    for (login, seen) in [("sam", 1), ("gus", 1), ("kim", 1), ("ben", 1), ("rosa", 1)] {
        circle.house.turn(login);
        assert_eq!(lists(circle.rig()), seen, "{login}");
    }
    circle.house.turn("rosa");
    circle.rig().hire("ida", &[Role::Counselor], None);
    circle.rig().hire("fay", &[Role::FrontDesk], None);
    circle.rig().hire("ada", &[Role::Admin], None);
    for login in ["ida", "fay", "ada"] {
        circle.house.turn(login);
        assert_eq!(lists(circle.rig()), 0, "{login}");
        let fault = circle.rig().fault(GroupAsk::Open(group).into());
        assert_eq!(fault.kind, FaultKind::Denied, "{login}: {fault}");
    }
}

#[test]
fn a_facilitator_sees_a_members_card_and_not_the_chart() {
    let mut circle = circle();
    let theirs = circle.theirs;
    let view = circle.begin();
    assert_eq!(view.members.len(), 3);
    let card = view.members.iter().find(|one| one.entry.client == theirs).unwrap();
    assert_eq!(card.name, "Vexa Ruul");
    // The chart is another matter.
    let fault = circle.rig().fault(Command::Chart(ChartAsk::Open(theirs)));
    assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
    let events = circle.house.rig.audit_events();
    let seen = events.iter().filter(|event| event.act == Act::GroupService && event.client == Some(theirs));
    assert_eq!(seen.count(), 1, "their history says that their card was seen");
    let of_group = events.iter().filter(|event| event.act == Act::GroupSessionWritten);
    assert!(of_group.clone().count() >= 2 && of_group.clone().all(|event| event.client.is_none()));
    // Kim supervises the program and did not lead it.
    circle.house.turn("kim");
    let (group, date) = (circle.group, circle.date);
    let fault = circle.rig().fault(GroupAsk::Begin { group, date }.into());
    assert_eq!(fault.kind, FaultKind::Denied, "{fault}");
}

#[test]
fn case_n41_members_of_the_day_can_be_written_about_and_nobody_else() {
    let mut circle = circle();
    let (group, date, ann) = (circle.group, circle.date, circle.house.ann);
    let rev = group_of(circle.rig(), GroupAsk::Open(group)).group.rev;
    let until = date.plus_days(-7);
    let reason = "moved away".to_owned();
    let part = GroupAsk::Part { group, rev, client: ann, until, reason };
    let said = group_of(circle.rig(), part).said;
    assert!(said.contains("last day"), "{said}");
    let names = |view: GroupSessionView| view.members.into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names(circle.begin()), ["Jo Rivera", "Vexa Ruul"]);
    let earlier = GroupAsk::Begin { group, date: until };
    assert_eq!(names(session_of(circle.rig(), earlier)), ["Ann Smith", "Jo Rivera", "Vexa Ruul"]);
    let entry = GroupEntry { client: ann, here: Here::Present, ..GroupEntry::default() };
    let mark = GroupAsk::Mark { group, session: 1, entry };
    assert_eq!(circle.rig().fault(mark.into()).kind, FaultKind::Denied, "not on that day");
}

#[test]
fn case_n42_who_was_there_gets_a_note_and_who_was_not_gets_none() {
    let mut circle = circle();
    let (jo, ann, theirs) = (circle.house.jo, circle.house.ann, circle.theirs);
    circle.begin();
    circle.mark(jo, Here::Present);
    circle.mark(ann, Here::Absent);
    circle.mark(theirs, Here::Excused);
    let signing = circle.signing("Spoke of the weekend.");
    let fault = circle
        .rig()
        .fault(GroupAsk::Sign { signing: Box::new(signing.clone()), passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("Fewer than 2"), "{fault}");
    let view = circle.sign(GroupSigning { beyond: "one came".into(), ..signing });
    assert!(view.said.starts_with("1 note is signed."), "{}", view.said);
    assert_eq!((circle.notes(jo).len(), circle.notes(ann).len(), circle.notes(theirs).len()), (1, 0, 0));
    let session = &circle.sessions(jo)[0];
    assert_eq!((session.with.as_str(), session.units, session.minutes), ("Group B", 1, 90));
    assert!(matches!(session.note, SessionNote::Signed(_)));
    assert_eq!(circle.sessions(ann)[0].state, SessionState::Missed);
    let cancelled = &circle.sessions(theirs)[0].state;
    assert!(matches!(cancelled, SessionState::Cancelled { by: CancelledBy::Client, .. }));
    let tasks = circle.tasks();
    assert_eq!(
        tasks.iter().map(|task| task.client).collect::<Vec<_>>(),
        [Some(ann)],
        "outreach for who was absent"
    );
    // Signed is signed: neither marked otherwise nor signed twice.
    let entry = GroupEntry { client: jo, here: Here::Absent, ..GroupEntry::default() };
    let group = circle.group;
    circle.rig().fault(GroupAsk::Mark { group, session: 1, entry }.into());
    let signing = circle.signing("Spoke again.");
    circle.rig().fault(GroupAsk::Sign { signing: Box::new(signing), passphrase: Rig::secret() }.into());
    assert_eq!(circle.notes(jo).len(), 1);
}

/// N46: a part that says what one's own last part said is pointed out before it is signed, and is not held up.
#[test]
fn case_n46_a_part_with_the_words_of_the_last_one_is_pointed_out() {
    let mut circle = circle();
    let (jo, ann) = (circle.house.jo, circle.house.ann);
    circle.begin();
    circle.mark(jo, Here::Present);
    circle.mark(ann, Here::Present);
    let signing = circle.signing("Spoke of the weekend.");
    circle.sign(signing);
    let (group, date) = (circle.group, circle.date.plus_days(1));
    session_of(circle.rig(), GroupAsk::Begin { group, date });
    for client in [jo, ann] {
        let entry = GroupEntry { client, here: Here::Present, took_part: 3, ..GroupEntry::default() };
        marked(circle.rig(), GroupAsk::Mark { group, session: 2, entry });
    }
    let view = session_of(circle.rig(), GroupAsk::Begin { group, date });
    let part = |client: ClientId, words: String| {
        let member = view.members.iter().find(|one| one.entry.client == client).unwrap();
        let part = member.part.as_ref().unwrap();
        let mut note = part.note.clone();
        note.sections.iter_mut().find(|one| one.key == "part").unwrap().text = words;
        DraftSave { client, number: part.number, edits: 1, body: DraftBody::Note(note) }
    };
    let same = format!("Spoke of the weekend. {}", jo.0[15]);
    let parts = vec![part(jo, same), part(ann, "Spoke of something else.".into())];
    let signing =
        GroupSigning { group, session: 2, shared: "Ways to wait.".into(), parts, beyond: String::new() };
    let GroupAnswer::Checked(checked) = answer(circle.rig(), GroupAsk::Check(Box::new(signing))) else {
        panic!("nothing was checked")
    };
    let why = |client| checked.lines.iter().find(|line| line.client == client).map(|line| line.why.as_str());
    assert_eq!(why(jo), Some("the same words as the last part"));
    assert_ne!(why(ann), why(jo));
}

#[test]
fn case_n45_a_changed_mind_leaves_one_part_and_each_part_its_author() {
    let mut circle = circle();
    let (jo, ann, theirs, group) = (circle.house.jo, circle.house.ann, circle.theirs, circle.group);
    circle.begin();
    for here in [Here::Present, Here::Absent, Here::Present] {
        circle.mark(jo, here);
    }
    circle.mark(theirs, Here::Late);
    circle.house.turn("gus");
    circle.mark(ann, Here::Present);
    let view = circle.begin();
    let by =
        |client| view.members.iter().find(|one| one.entry.client == client).unwrap().part.clone().unwrap().by;
    assert_eq!((by(jo).as_deref(), by(ann)), (Some("sam Person"), None));
    let signing = circle.signing("Gus's words.");
    assert_eq!(signing.parts.len(), 1);
    circle.sign(signing);
    assert_eq!((circle.notes(jo).len(), circle.notes(ann).len()), (0, 1), "sam's wait for sam");
    circle.house.turn("sam");
    // What was kept of the shared part by the other is there.
    assert_eq!(circle.begin().shared, "Ways to wait out an urge.");
    let signing = circle.signing("Sam's words.");
    circle.sign(signing);
    assert_eq!((circle.notes(jo).len(), circle.notes(ann).len(), circle.notes(theirs).len()), (1, 1, 1));
    assert_eq!(circle.sessions(theirs)[0].minutes, 70, "late by 20");
    assert!(circle.tasks().is_empty(), "nothing is left of the absence that was taken back");
    assert_eq!(circle.notes(ann)[0].signature.name, "gus Person");
    let open = circle.rig().open(jo);
    assert!(open.drafts.is_empty());
    let _ = group;
}

#[test]
fn no_name_of_another_member_is_signed_and_the_reason_of_an_exception_is_in_no_chart() {
    let mut circle = circle();
    let (jo, ann, theirs, group) = (circle.house.jo, circle.house.ann, circle.theirs, circle.group);
    circle.begin();
    for client in [jo, ann, theirs] {
        circle.mark(client, Here::Present);
    }
    let named = |circle: &mut Circle, words: &str| {
        let mut signing = circle.signing("Listened well.");
        let part = signing.parts.iter_mut().find(|save| save.client == jo).unwrap();
        let DraftBody::Note(note) = &mut part.body else { panic!("no note") };
        note.sections.iter_mut().find(|one| one.key == "part").unwrap().text = words.to_owned();
        signing
    };
    let check = |circle: &mut Circle, signing: GroupSigning| match answer(
        circle.rig(),
        GroupAsk::Check(Box::new(signing)),
    ) {
        GroupAnswer::Checked(checked) => *checked,
        other => panic!("not checked: {other:?}"),
    };
    for words in ["Answered Vexa.", "Sat beside V.R. today.", "Lent ruul’s book.", "Spoke after Ann S. did"]
    {
        let signing = named(&mut circle, words);
        let checked = check(&mut circle, signing);
        let line = checked.lines.iter().find(|line| line.client == jo).unwrap();
        assert_eq!((line.becomes, line.why.as_str()), (Becomes::Draft, "a name in it"), "{words}");
        assert_eq!(checked.ready(), 2, "{words}");
    }
    // In the shared part it holds everything up.
    let mut signing = named(&mut circle, "Listened.");
    signing.shared = "Vexa showed how.".into();
    let fault =
        circle.rig().fault(GroupAsk::Sign { signing: Box::new(signing), passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("\"Vexa\" in the shared part"), "{fault}");
    // An aunt of that name is nobody of the group.
    let words = GroupAsk::NotAMember {
        group,
        session: 1,
        client: Some(jo),
        words: "Vexa".into(),
        reason: "QZX her aunt".into(),
    };
    session_of(circle.rig(), words);
    let signing = named(&mut circle, "Spoke of aunt Vexa.");
    let view = circle.sign(signing);
    assert!(view.said.starts_with("3 notes are signed."), "{}", view.said);
    let (store, keys) = circle.house.rig.reader();
    let repo = store.repo(&keys.agency);
    repo.scan::<DocText>(|kept| {
        let text = kept.value.note().unwrap();
        assert!(!format!("{text:?}").contains("QZX"), "the reason is in no chart");
        assert!(!format!("{text:?}").contains("Evening group 2"), "charts show the neutral name");
        Ok(())
    })
    .unwrap();
    // An addendum and an amended version are asked too.
    let addendum = circle.house.draft(ann, "Vexa called afterwards", 1);
    let fault = circle.rig().fault(DocAsk::Sign { save: addendum, passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("another member of the group"), "{fault}");
    // Nobody signs a part by itself, past the rule.
    let mut other = circle;
    let date = other.date.plus_days(-7);
    let view = session_of(other.rig(), GroupAsk::Begin { group, date });
    let entry = GroupEntry { client: jo, here: Here::Present, ..GroupEntry::default() };
    let member = marked(other.rig(), GroupAsk::Mark { group, session: view.session.number, entry });
    let part = member.part.unwrap();
    let mut note = part.note;
    note.sections.iter_mut().for_each(|section| section.text = "Vexa".into());
    note.group = GroupPart::default();
    let save = DraftSave { client: jo, number: part.number, edits: 1, body: DraftBody::Note(note) };
    let fault = other.rig().fault(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("part of a group session"), "{fault}");
}

#[test]
fn twelve_are_signed_or_none() {
    let mut circle = circle();
    circle.house.turn("sam");
    let (group, date) = (circle.group, circle.date);
    let mut all = vec![circle.house.jo, circle.house.ann, circle.theirs];
    for number in 0..9 {
        let client = circle
            .rig()
            .admitted(["Qua", "Rex", "Sue", "Tam", "Uma", "Vio", "Wes", "Xan", "Yan"][number], "Zzuk");
        let rev = group_of(circle.rig(), GroupAsk::Open(group)).group.rev;
        group_of(circle.rig(), GroupAsk::Join { group, rev, client, from: date });
        all.push(client);
    }
    circle.begin();
    for client in &all {
        circle.mark(*client, Here::Present);
    }
    let signing = circle.signing("Spoke of the weekend and of work.");
    assert_eq!(signing.parts.len(), 12);
    // A wrong secret, and a disk that refuses: nothing is signed, and every draft is there.
    let wrong = Secret::new("not it at all".into());
    let ask = |passphrase| GroupAsk::Sign { signing: Box::new(signing.clone()), passphrase };
    assert_eq!(circle.rig().fault(ask(wrong).into()).kind, FaultKind::Denied);
    circle.house.rig.engine.faults().next_commit(CommitFault::NotSaved);
    assert_eq!(circle.rig().fault(ask(Rig::secret()).into()).kind, FaultKind::Storage);
    assert!(all.iter().all(|client| circle.notes(*client).is_empty()));
    assert_eq!(circle.begin().members.iter().filter(|one| one.part.is_some()).count(), 12);
    let before = circle.house.rig.engine_head();
    circle.sign(signing.clone());
    let after = circle.house.rig.engine_head();
    assert_eq!(after.seq - before.seq, 1, "one batch");
    assert!(all.iter().all(|client| circle.notes(*client).len() == 1));
    let signed = circle.house.rig.audit_events();
    let of = |client| {
        signed.iter().filter(|event| event.act == Act::DocumentSigned && event.client == Some(client)).count()
    };
    assert!(all.iter().all(|client| of(*client) == 1), "an event in each chart");
}

#[test]
fn danger_is_raised_by_whoever_led_the_session_and_by_nobody_else_without_the_chart() {
    let mut circle = circle();
    let (theirs, group) = (circle.theirs, circle.group);
    circle.begin();
    let set = "ASAM3".to_owned();
    let danger = |client| GroupAsk::Danger {
        group,
        session: 1,
        client,
        dimension: DimensionRef { set: set.clone(), number: 3 },
        reason: "has a plan".into(),
        done: None,
    };
    // Gus counsels this member, Sam does not: the card lets him write danger down, and nothing more of the chart.
    let view = session_of(circle.rig(), danger(theirs));
    assert!(view.said.contains("immediate need in D3"), "{}", view.said);
    assert_eq!(circle.rig().fault(Command::Chart(ChartAsk::Open(theirs))).kind, FaultKind::Denied);
    let events = circle.house.rig.audit_events();
    let raised = events.iter().filter(|event| event.act == Act::NeedRaised && event.client == Some(theirs));
    assert_eq!(raised.count(), 1);
    let decide = ChartAsk::DecideNeed { client: theirs, number: 1, rev: 1, state: NeedState::Confirmed };
    assert_eq!(circle.rig().fault(decide.into()).kind, FaultKind::Denied, "deciding is the counselor's");
    circle.house.turn("kim");
    assert_eq!(circle.rig().fault(danger(theirs).into()).kind, FaultKind::Denied, "Kim did not lead it");
    // Words again extend the need that is open.
    circle.house.turn("gus");
    session_of(circle.rig(), danger(theirs));
    let open = circle.rig().open(theirs);
    assert_eq!(open.needs.len(), 1);
    assert_eq!(open.needs[0].value.history.len(), 2);
}

#[test]
fn guests_are_a_role_and_a_number_in_charts_and_their_names_are_found() {
    let mut circle = circle();
    let (jo, ann, group) = (circle.house.jo, circle.house.ann, circle.group);
    circle.begin();
    circle.mark(jo, Here::Present);
    circle.mark(ann, Here::Present);
    let set = |counts: Vec<GuestCount>, names: &[&str]| GroupAsk::Set {
        group,
        session: 1,
        topic: "Urges".into(),
        topics: Vec::new(),
        guests: Guests { counts, names: names.iter().map(|one| (*one).into()).collect(), agreed: true },
    };
    let fault = circle.rig().fault(set(Vec::new(), &["Wilma"]).into());
    assert!(fault.what.contains("how many guests"), "{fault}");
    let counts =
        vec![GuestCount { role: "speaker".into(), count: 1 }, GuestCount { role: "family".into(), count: 2 }];
    session_of(circle.rig(), set(counts, &["Wilma Quast"]));
    let signing = circle.signing("Asked Wilma about work.");
    let fault =
        circle.rig().fault(GroupAsk::Sign { signing: Box::new(signing), passphrase: Rig::secret() }.into());
    assert!(fault.what.contains("\"Wilma\"") && fault.what.contains("a guest"), "{fault}");
    assert!(!fault.what.contains("another member"), "{fault}");
    let signing = circle.signing("Asked the speaker about work.");
    circle.sign(signing);
    let (store, keys) = circle.house.rig.reader();
    let text = store.repo(&keys.agency).get::<DocText>(jo, 1).unwrap().unwrap().value.note().unwrap();
    let guests = text.fields.iter().find(|field| field.key == "guests").unwrap();
    assert_eq!(guests.value, "1 speaker, 2 family");
    assert!(!format!("{text:?}").contains("Wilma"));
    let present = text.fields.iter().find(|field| field.key == "present").unwrap();
    assert_eq!(present.value, "2", "guests are no members");
}

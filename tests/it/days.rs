//! Sessions, due dates and tasks at the front desk: the real service over the memory engine.

use crate::rig::Rig;
use concord::domain::*;
use concord::rules::due::About;
use concord::rules::owed::Duty;
use concord::service::api::{
    Answer, Ask, Command, DayView, DaysAsk, DocAsk, Door, DueView, HouseAsk, Mark, OwedLine, People, Place,
    StaffAsk,
};
use concord::service::fault::FaultKind;

fn at(hour: u32, minute: u32) -> ClockTime {
    ClockTime::new(hour, minute).unwrap()
}

fn today(rig: &Rig) -> Date {
    rig.desk.now().local.date
}

/// A session of whoever sits here.
pub fn session(rig: &Rig, client: ClientId, date: Date, start: ClockTime) -> Session {
    Session {
        client,
        date,
        start,
        minutes: 50,
        kind: "individual".into(),
        modality: Some(Modality::Individual),
        mode: Some(Mode::Person),
        place: "room 2".into(),
        with: "her sister Maria".into(),
        staff: rig.me(),
        ..Session::default()
    }
}

impl Rig {
    fn plan(&mut self, session: Session, weeks: u16) -> String {
        self.done(DaysAsk::Plan { session: Box::new(session), weeks, even_so: true }.into()).said
    }
}

fn day(rig: &mut Rig, date: Date, all: bool) -> DayView {
    match rig.ok(DaysAsk::Day { date, all }.into()) {
        Answer::Day(view) => *view,
        other => panic!("no day: {other:?}"),
    }
}

fn due(rig: &mut Rig) -> DueView {
    match rig.ok(DaysAsk::Due.into()) {
        Answer::Due(view) => *view,
        other => panic!("nothing due: {other:?}"),
    }
}

fn mark(view: &DayView, index: usize, state: SessionState) -> Command {
    let kept = &view.lines[index].session;
    let (client, number, rev) = (kept.value.client, kept.value.number, kept.rev);
    DaysAsk::Mark(Mark { client, number, rev, state, following: false }).into()
}

/// Everything that is owed, as it is told to whoever sits here.
pub fn owed(rig: &mut Rig) -> Vec<OwedLine> {
    let ask = Ask { ticket: 1, epoch: rig.session().epoch, command: DaysAsk::Due.into() };
    rig.desk.answer(ask).owed.expect("asked for, it is told").to_vec()
}

fn abouts(lines: &[OwedLine]) -> Vec<Option<About>> {
    lines.iter().map(|line| line.rule.as_ref().map(|rule| rule.about)).collect()
}

/// Nobody's summary differs from what the records say: the doctor compares every one.
fn summaries_hold(rig: &mut Rig) {
    let found = rig.desk.check_up().expect("an admin may");
    assert_eq!((found.wrong_summaries, found.unreadable), (vec![], vec![]));
}

#[test]
fn a_weekly_session_keeps_its_hour_over_daylight_saving_and_leaves_holidays_out() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    // Thursdays at 14:00 from 19 November 2026 (Thanksgiving is the 26th) past 14 March 2027, when the clock moves.
    let first = Date::from_ymd(2026, 12, 3).unwrap();
    let said = rig.plan(session(&rig, jo, first.plus_days(-14), at(14, 0)), 20);
    assert!(said.contains("19 sessions") && said.contains("Closed, left out: 26 Nov"), "{said}");
    let clock = rig.clock();
    let mut instants = Vec::new();
    for week in 0..19 {
        let date = first.plus_days(week * 7 - if week == 0 { 14 } else { 7 });
        let view = day(&mut rig, date, false);
        let lines: Vec<_> = view.lines.iter().map(|line| line.session.value.start).collect();
        assert_eq!(lines, [at(14, 0)], "{date}");
        instants.push(clock.instant(date, at(14, 0)));
    }
    let weeks: Vec<i64> =
        instants.windows(2).skip(1).map(|pair| (pair[1].0 - pair[0].0) / Moment::HOUR).collect();
    assert_eq!(
        weeks.iter().filter(|hours| **hours == 167).count(),
        1,
        "one week is an hour short: {weeks:?}"
    );
    assert!(weeks.iter().all(|hours| [167, 168].contains(hours)));
    summaries_hold(&mut rig);
}

#[test]
fn what_became_of_a_session_is_said_once_and_taken_back_by_undo() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    rig.plan(session(&rig, jo, date, at(9, 0)), 1);
    rig.plan(session(&rig, jo, date, at(16, 0)), 1);
    let view = day(&mut rig, date, false);
    let too_early = rig.fault(mark(&view, 1, SessionState::Missed));
    assert!(too_early.what.contains("It can be marked after that"), "{too_early}");
    let said = rig.done(mark(&view, 0, SessionState::Held)).said;
    assert!(said.contains("held") && said.contains("needs a note"), "{said}");
    // The line was read before: what stands now is not written over.
    let again = rig.fault(mark(&view, 0, SessionState::Missed));
    assert_eq!(again.kind, FaultKind::Conflict);
    assert_eq!(abouts(&owed(&mut rig))[0], Some(About::Session(1)));
    rig.done(Command::Undo);
    assert_eq!(day(&mut rig, date, false).lines[0].session.value.state, SessionState::Planned);
    rig.done(Command::Redo);
    assert_eq!(day(&mut rig, date, false).lines[0].session.value.state, SessionState::Held);
    // Called off, with the later ones of its row.
    rig.plan(session(&rig, jo, date.plus_days(2), at(11, 0)), 4);
    let view = day(&mut rig, date.plus_days(9), false);
    let kept = &view.lines[0].session;
    let state = SessionState::Cancelled {
        by: CancelledBy::Client,
        at: Moment::default(),
        reason: "moved to nights".into(),
    };
    let (number, rev) = (kept.value.number, kept.rev);
    let said = rig.done(DaysAsk::Mark(Mark { client: jo, number, rev, state, following: true }).into()).said;
    assert!(said.contains("2 later ones"), "{said}");
    let off = |rig: &mut Rig, ahead: i32| {
        day(rig, date.plus_days(ahead), false).lines[0].session.value.state.clone()
    };
    assert_eq!(off(&mut rig, 2), SessionState::Planned);
    assert!([9, 16, 23].iter().all(|ahead| matches!(off(&mut rig, *ahead), SessionState::Cancelled { .. })));
    rig.done(Command::Undo);
    assert!([9, 16, 23].iter().all(|ahead| off(&mut rig, *ahead) == SessionState::Planned));
    summaries_hold(&mut rig);
}

#[test]
fn two_missed_in_a_row_lift_a_person_until_they_come() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    for start in [at(8, 0), at(9, 0), at(10, 0)] {
        rig.plan(session(&rig, jo, date, start), 1);
    }
    for index in 0..2 {
        let view = day(&mut rig, date, false);
        rig.done(mark(&view, index, SessionState::Missed));
    }
    let chart = rig.open(jo);
    assert_eq!(chart.person.standing.engagement.missed, Some(2));
    assert!(chart.person.standing.signals.engagement);
    let kept = day(&mut rig, date, false).lines[1].session.clone();
    let outreach = Outreach {
        at: Moment::default(),
        on: Date::default(),
        by: StaffId::default(),
        how: "call".into(),
        reached: true,
        words: "Overslept; wants mornings.".into(),
    };
    let outreach = Box::new(outreach);
    rig.done(DaysAsk::Reach { client: jo, number: kept.value.number, rev: kept.rev, outreach }.into());
    assert_eq!(rig.open(jo).person.summary.contact(), Some(date), "reached is contact");
    let view = day(&mut rig, date, false);
    rig.done(mark(&view, 2, SessionState::Held));
    assert!(!rig.open(jo).person.standing.signals.engagement);
    summaries_hold(&mut rig);
}

#[test]
fn a_note_begins_with_the_times_of_its_session_and_ends_what_is_owed() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    rig.plan(session(&rig, jo, date, at(11, 30)), 1);
    let view = rig.draft(DocAsk::NoteOf { client: jo, session: 1 });
    let concord::service::api::DraftBody::Note(note) = &view.body else { panic!("a note") };
    assert_eq!((note.service.date, note.service.start, note.service.minutes), (date, at(11, 30), 50));
    assert_eq!((note.session, note.service.modality), (1, Some(Modality::Individual)));
    assert_eq!(note.service.location, "room 2");
    // Begun again it is the same draft; the session counts as held; the note is owed until it is signed.
    assert_eq!(rig.draft(DocAsk::NoteOf { client: jo, session: 1 }).number, view.number);
    let line = day(&mut rig, date, false).lines[0].session.value.clone();
    assert_eq!((line.state, line.note), (SessionState::Held, SessionNote::Draft(view.number)));
    let lines = owed(&mut rig);
    let notes = lines.iter().filter(|line| line.owed.duty == Duty::Unsigned(DocKind::Note));
    let notes: Vec<_> = notes.map(|line| (line.owed.number, line.session)).collect();
    assert_eq!(notes, [(view.number, Some((date, at(11, 30))))], "told once, not twice");
    assert!(!lines.iter().any(|line| line.owed.duty == Duty::MissingNote));
    let view_of_day = day(&mut rig, date, false);
    let refused = rig.fault(mark(&view_of_day, 0, SessionState::Missed));
    assert!(refused.what.contains("note"), "{refused}");
    // Deleted, the note is owed again; written and signed it is not.
    rig.done(Command::Document(Box::new(DocAsk::Delete { client: jo, number: view.number })));
    assert_eq!(day(&mut rig, date, false).lines[0].session.value.note, SessionNote::None);
    summaries_hold(&mut rig);
    let view = rig.draft(DocAsk::NoteOf { client: jo, session: 1 });
    let mut body = view.body.clone();
    if let concord::service::api::DraftBody::Note(note) = &mut body {
        for section in &mut note.sections {
            section.text = "Came on time and spoke of the hearing.".into();
        }
    }
    let save = concord::service::api::DraftSave { client: jo, number: view.number, edits: 1, body };
    rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
    assert!(matches!(day(&mut rig, date, false).lines[0].session.value.note, SessionNote::Signed(_)));
    assert!(!abouts(&owed(&mut rig)).contains(&Some(About::Session(1))));
    summaries_hold(&mut rig);
}

/// A note of the night is not the note of the session that is planned for the morning, and says so before it is signed.
#[test]
fn a_signature_never_marks_a_session_that_has_not_begun() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    rig.plan(session(&rig, jo, date, at(17, 0)), 1);
    let view = rig.draft(DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 });
    let mut body = view.body.clone();
    if let concord::service::api::DraftBody::Note(note) = &mut body {
        assert_eq!(note.session, 0);
        note.sections.iter_mut().for_each(|section| section.text = "Spoke of the hearing.".into());
    }
    let save = concord::service::api::DraftSave { client: jo, number: view.number, edits: 1, body };
    rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
    let line = day(&mut rig, date, false).lines[0].session.value.clone();
    assert_eq!((line.state, line.note), (SessionState::Planned, SessionNote::None));
    summaries_hold(&mut rig);
}

/// A note begun from a session that turns out to be about nobody's coming gives the session back: what became of it is asked again.
#[test]
fn a_note_that_nobody_came_marks_nothing_as_held() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    rig.plan(session(&rig, jo, date, at(11, 0)), 1);
    let view = rig.draft(DocAsk::NoteOf { client: jo, session: 1 });
    let mut body = view.body.clone();
    if let concord::service::api::DraftBody::Note(note) = &mut body {
        let format = concord::packs::formats().iter().find(|one| one.key == "no-show").unwrap();
        note.format = format.key.clone();
        note.sections = format
            .sections
            .iter()
            .map(|one| concord::domain::Section {
                key: one.key.clone(),
                title: one.title.clone(),
                ..concord::domain::Section::default()
            })
            .collect();
        note.service.minutes = 0;
        note.sections.iter_mut().for_each(|section| section.text = "Called twice.".into());
        let field = |key: &str, value: &str| concord::domain::NoteField {
            key: key.into(),
            value: value.into(),
            ..concord::domain::NoteField::default()
        };
        note.fields = vec![field("notice", "none")];
    }
    let save = concord::service::api::DraftSave { client: jo, number: view.number, edits: 1, body };
    rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
    let line = day(&mut rig, date, false).lines[0].session.value.clone();
    assert_eq!((line.state, line.note), (SessionState::Planned, SessionNote::None));
    summaries_hold(&mut rig);
}

/// A note that was begun in the chart, not from the line, is still the note of the day's only session.
#[test]
fn a_note_begun_in_the_chart_ends_what_the_days_session_owes() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    rig.plan(session(&rig, jo, date, at(11, 0)), 1);
    let write = |rig: &mut Rig| {
        let ask = DocAsk::NewNote { client: jo, format: String::new(), addendum_to: 0 };
        let view = rig.draft(ask);
        let mut body = view.body.clone();
        if let concord::service::api::DraftBody::Note(note) = &mut body {
            note.sections.iter_mut().for_each(|section| section.text = "Spoke of the hearing.".into());
        }
        let save = concord::service::api::DraftSave { client: jo, number: view.number, edits: 1, body };
        rig.done(Command::Document(Box::new(DocAsk::Sign { save, passphrase: Rig::secret() })));
    };
    write(&mut rig);
    let line = day(&mut rig, date, false).lines[0].session.value.clone();
    assert_eq!((line.state, line.note), (SessionState::Held, SessionNote::Signed(1)));
    assert_eq!(rig.open(jo).notes[0].service.start, at(11, 0), "with the times of the session");
    // Entered in error, it is no note of the session any more.
    let reason = "another person's".to_owned();
    rig.done(DocAsk::CallInError { client: jo, number: 1, reason }.into());
    let me = rig.me();
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    let row = rig.staff_rows(StaffAsk::List).into_iter().find(|row| row.staff.value.id == me).unwrap();
    let staff = Box::new(Staff { supervisor: Some(kim), ..row.staff.value });
    rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    rig.lock();
    rig.sign_in("kim");
    rig.done(DocAsk::AgreeInError { client: jo, number: 1, passphrase: Rig::secret() }.into());
    rig.lock();
    rig.sign_in("rosa");
    let line = day(&mut rig, date, false).lines[0].session.value.clone();
    assert_eq!((line.state, line.note), (SessionState::Held, SessionNote::None));
    write(&mut rig);
    // With two that owe one it is not guessed which.
    rig.plan(session(&rig, jo, date, at(8, 0)), 1);
    rig.plan(session(&rig, jo, date, at(9, 0)), 1);
    write(&mut rig);
    let owed = day(&mut rig, date, false)
        .lines
        .iter()
        .filter(|line| line.session.value.note == SessionNote::None)
        .count();
    assert_eq!(owed, 2);
    summaries_hold(&mut rig);
}

#[test]
fn the_front_desk_knows_names_times_and_phones_and_nothing_else() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    rig.hire("fred", &[Role::FrontDesk], None);
    let chart = rig.open(jo);
    let mut client = chart.client.value.clone();
    client.phones = vec![Telecom { kind: "phone".into(), value: "555-0100".into(), usage: "mobile".into() }];
    rig.done(Command::People(People::Change { client: Box::new(client), rev: chart.client.rev, seen: true }));
    let date = today(&rig);
    rig.plan(session(&rig, jo, date, at(9, 0)), 1);
    rig.plan(session(&rig, jo, date, at(12, 30)), 1);
    let view = day(&mut rig, date, false);
    rig.done(mark(&view, 0, SessionState::Missed));
    let rosa = rig.me();
    rig.lock();
    rig.sign_in("fred");
    // Names on the list, nothing that follows from a chart.
    let people = rig.session().people.clone();
    assert_eq!(people.rows.len(), 1);
    let person = &people.rows[0];
    assert_eq!((&*person.summary.name, &*person.summary.record_no), ("Jo Rivera", "A-1001"));
    let expected = SessionFacts {
        number: 2,
        date,
        start: at(12, 30),
        minutes: 50,
        mode: Some(Mode::Person),
        staff: rosa,
        ..SessionFacts::default()
    };
    let bare = Summary {
        client: jo,
        name: person.summary.name.clone(),
        legal: person.summary.legal.clone(),
        sort: person.summary.sort.clone(),
        find: person.summary.find.clone(),
        record_no: person.summary.record_no.clone(),
        birth: person.summary.birth,
        // When they come next, as on the list of the day: no type of service.
        days: DayFacts { sessions: vec![expected], ..DayFacts::default() },
        ..Summary::default()
    };
    assert_eq!(*person.summary, bare);
    // Times and phones on the day, and no word on what the session is.
    let view = day(&mut rig, date, false);
    assert_eq!(view.lines.len(), 2, "everyone's day");
    let line = &view.lines[1];
    assert_eq!(
        (line.phones.as_str(), line.missed, line.may_read, line.may_hold),
        ("555-0100", 0, false, false)
    );
    let stored = &line.session.value;
    assert_eq!((stored.kind.as_str(), stored.place.as_str(), stored.with.as_str()), ("", "", ""));
    assert_eq!((stored.modality, stored.mode, stored.staff), (None, Some(Mode::Person), rosa));
    // They say who arrived, missed or called off, and plan; that it took place, and notes, are not theirs.
    rig.done(mark(&view, 1, SessionState::Arrived { at: Moment::default() }));
    let view = day(&mut rig, date, false);
    let refused = |rig: &mut Rig, command: Command| assert_eq!(rig.fault(command).kind, FaultKind::Denied);
    refused(&mut rig, mark(&view, 1, SessionState::Held));
    refused(&mut rig, DocAsk::NoteOf { client: jo, session: 2 }.into());
    // What they open of a person is name, birth date, record number and phones.
    let card = rig.open(jo);
    assert_eq!(
        (card.may_read, card.may_write, card.may_answer, card.may_history),
        (false, false, false, false)
    );
    let known = Client {
        id: jo,
        record_no: "A-1001".into(),
        name: PersonName { given: "Jo".into(), family: "Rivera".into() },
        phones: card.client.value.phones.clone(),
        birth: card.client.value.birth,
        created: card.client.value.created,
        created_by: card.client.value.created_by,
        ..Client::default()
    };
    assert_eq!((&card.client.value, known.phones.len()), (&known, 1));
    // Whoever is here is expected no more.
    assert_eq!(*card.person.summary, Summary { days: DayFacts::default(), ..bare });
    assert!(
        card.episodes.is_empty() && card.notes.is_empty() && card.drafts.is_empty() && card.needs.is_empty()
    );
    refused(&mut rig, DaysAsk::NoNote { client: jo, number: 2, reason: "x".into() }.into());
    let outreach = |words: &str| {
        Box::new(Outreach {
            at: Moment::default(),
            on: Date::default(),
            by: StaffId::default(),
            how: "call".into(),
            reached: false,
            words: words.into(),
        })
    };
    let kept = view.lines[0].session.clone();
    let reach = |words: &str| -> Command {
        DaysAsk::Reach { client: jo, number: 1, rev: kept.rev, outreach: outreach(words) }.into()
    };
    refused(&mut rig, reach("his mother says he is drinking"));
    // The card is open: it comes again as it is now, and with no more in it.
    for command in [reach(""), Command::Undo] {
        let card = rig.done(command).chart.expect("the card that is open");
        assert_eq!(card.client.value, known);
        assert!(card.episodes.is_empty() && card.notes.is_empty() && card.needs.is_empty());
    }
    rig.plan(Session { staff: rosa, ..session(&rig, jo, date.plus_days(1), at(10, 0)) }, 1);
    // Moving a session they were not shown the words of keeps those words.
    let mut moved = view.lines[1].session.value.clone();
    moved.start = at(12, 45);
    let rev = view.lines[1].session.rev;
    rig.done(DaysAsk::Change { session: Box::new(moved), rev, following: false, even_so: true }.into());
    assert_eq!(owed(&mut rig).len(), 0, "nothing of a chart is owed by them, nor shown");
    rig.lock();
    rig.sign_in("rosa");
    let line = day(&mut rig, date, false).lines[1].session.value.clone();
    assert_eq!((line.start, line.kind.as_str(), line.place.as_str()), (at(12, 45), "individual", "room 2"));
    summaries_hold(&mut rig);
}

/// Who may do what about days, for every role alone: the table, and the service beneath it.
#[test]
fn every_role_and_every_act_of_the_day() {
    for role in Role::ALL {
        let mut rig = Rig::founded();
        rig.sign_in("rosa");
        let jo = rig.admitted("Jo", "Rivera");
        let date = today(&rig);
        rig.plan(session(&rig, jo, date, at(9, 0)), 1);
        let rosa = rig.me();
        rig.hire("someone", &[role], None);
        rig.lock();
        rig.sign_in("someone");
        let me = rig.me();
        let may = |done: Result<Answer, concord::service::fault::Fault>| match done {
            Ok(_) => true,
            Err(fault) => {
                assert_eq!(fault.kind, FaultKind::Denied, "{role:?}: {fault}");
                false
            }
        };
        let planned = Session { staff: rosa, ..session(&rig, jo, date, at(17, 0)) };
        let plan: Command = DaysAsk::Plan { session: Box::new(planned), weeks: 1, even_so: true }.into();
        let hold: Command = DaysAsk::Mark(Mark {
            client: jo,
            number: 1,
            rev: 1,
            state: SessionState::Held,
            following: false,
        })
        .into();
        let task = Task { text: "Call back".into(), due: date, to: me, ..Task::default() };
        let keep: Command = DaysAsk::Keep { task: Box::new(task), rev: 0 }.into();
        let rules: Command = DaysAsk::Rules(DueChoice::default()).into();
        let did = [plan, hold, keep, rules].map(|command| may(rig.desk.handle(command)));
        let lines = day(&mut rig, date, true).lines.len();
        let expected = match role {
            // Somebody else's client: a counselor has no part in it.
            Role::Counselor => ([false, false, true, false], 0),
            Role::Supervisor => ([true, true, true, false], 2),
            Role::Admin => ([false, false, true, true], 1),
            Role::FrontDesk => ([true, false, true, false], 2),
            Role::Auditor => ([false, false, false, false], 0),
        };
        assert_eq!((did, lines), expected, "{role:?}");
    }
}

#[test]
fn tasks_are_kept_handed_on_and_ticked_off() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let (rosa, date) = (rig.me(), today(&rig));
    let malik = rig.hire("malik", &[Role::Counselor], None);
    rig.hire("teo", &[Role::Counselor], None);
    let task = Task {
        text: " Call the pharmacy ".into(),
        due: date.plus_days(1),
        to: rosa,
        client: Some(jo),
        ..Task::default()
    };
    let said = rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into()).said;
    assert!(said.contains("due Sun"), "{said}");
    let kept = |rig: &mut Rig| {
        let line = owed(rig).into_iter().find(|line| line.task.is_some())?;
        Some((*line.task?, line.name, line.mine))
    };
    let (mut mine, name, _) = kept(&mut rig).unwrap();
    assert_eq!((mine.value.text.as_str(), &*name), ("Call the pharmacy", "Jo Rivera"));
    assert_eq!(day(&mut rig, date.plus_days(1), false).tasks.len(), 1);
    // Over, it stands with today's.
    rig.advance_ms(3 * 24 * Moment::HOUR);
    let now = today(&rig);
    assert!(day(&mut rig, now, false).tasks[0].owed.is_over(rig.clock().now(), now));
    // Handed on: who sees it changes with it; the client's name goes only to whoever may know it.
    mine.value.to = malik;
    let said = rig.done(DaysAsk::Keep { task: Box::new(mine.value.clone()), rev: mine.rev }.into()).said;
    assert!(said.contains("handed to"), "{said}");
    assert!(kept(&mut rig).is_none(), "not mine any more, and malik has no supervisor");
    let id = mine.value.id;
    rig.lock();
    rig.sign_in("teo");
    assert_eq!(rig.fault(DaysAsk::Finish { id, rev: 2 }.into()).kind, FaultKind::Denied);
    rig.lock();
    rig.sign_in("malik");
    let (his, name, is_his) = kept(&mut rig).unwrap();
    assert_eq!((his.value.handed.len(), &*name, is_his), (1, "", true));
    rig.done(DaysAsk::Finish { id, rev: his.rev }.into());
    assert!(kept(&mut rig).is_none());
    rig.done(Command::Undo);
    assert!(kept(&mut rig).is_some());
    rig.done(Command::Redo);
    assert!(kept(&mut rig).is_none());
    rig.restart();
    rig.sign_in("malik");
    assert!(kept(&mut rig).is_none(), "done over a restart");
    rig.lock();
    rig.sign_in("rosa");
    summaries_hold(&mut rig);
}

#[test]
fn a_supervisor_sees_what_their_people_owe() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let rosa = rig.me();
    rig.hire("malik", &[Role::Counselor], Some(rosa));
    rig.lock();
    rig.sign_in("malik");
    let sam = rig.admitted("Sam", "Okafor");
    let date = today(&rig);
    rig.plan(session(&rig, sam, date, at(9, 0)), 1);
    let view = day(&mut rig, date, false);
    rig.done(mark(&view, 0, SessionState::Held));
    rig.advance_ms(11 * 24 * Moment::HOUR);
    assert!(owed(&mut rig).iter().all(|line| line.mine && line.owed.client == sam));
    rig.lock();
    rig.sign_in("rosa");
    let lines = owed(&mut rig);
    assert_eq!(abouts(&lines), [Some(About::Session(1)), Some(About::Assessment)]);
    assert!(lines.iter().all(|line| !line.mine && line.who.starts_with("malik")));
    let view = due(&mut rig);
    assert_eq!(view.rules, [("Outpatient".to_owned(), "Typical outpatient".to_owned())]);
}

#[test]
fn a_programs_rules_are_chosen_and_a_miss_asks_for_its_reason() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    let choice =
        DueChoice { programs: vec![("Outpatient".into(), "mn-residential".into())], closed: Vec::new() };
    rig.done(DaysAsk::Rules(choice).into());
    let line = owed(&mut rig).remove(0);
    let deadline = line.owed.deadline.unwrap();
    assert_eq!(deadline.on, date.plus_days(5), "5 calendar days, the first excluded");
    assert_eq!(rig.open(jo).person.standing.assessment_due_in, Some(5), "the list of people says the same");
    rig.advance_ms(6 * 24 * Moment::HOUR);
    let obligation = owed(&mut rig).remove(0).rule.expect("a rule");
    assert!(obligation.over && obligation.reason_asked);
    let miss = |planned| Miss {
        client: jo,
        number: 0,
        duty: "assessment".into(),
        session: 0,
        due: date.plus_days(5),
        planned,
        reason: "in hospital until Friday".into(),
        at: Moment::default(),
        by: StaffId::default(),
    };
    let past = rig.fault(DaysAsk::Explain(Box::new(miss(date))).into());
    assert!(past.what.contains("past"), "{past}");
    rig.done(DaysAsk::Explain(Box::new(miss(date.plus_days(9)))).into());
    let obligation = owed(&mut rig).remove(0).rule.expect("a rule");
    assert_eq!((obligation.reason_asked, obligation.planned), (false, Some(date.plus_days(9))));
    let unknown = DueChoice { programs: vec![("Outpatient".into(), "nowhere".into())], closed: Vec::new() };
    assert!(rig.fault(DaysAsk::Rules(unknown).into()).what.contains("nowhere"));
    // It holds over a restart.
    let _ = rig.ok(Command::Door(Door::Lock { drafts: Vec::new(), place: Place::default(), idle: false }));
    rig.restart();
    rig.sign_in("rosa");
    assert_eq!(rig.session().due.programs[0].1, "mn-residential");
    summaries_hold(&mut rig);
}

/// How far somebody reaches is one thing: cover and a reason count on the day as they count in the chart.
#[test]
fn whoever_stands_in_or_opened_a_chart_with_a_reason_does_on_the_day_what_the_team_does() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let (jo, ann) = (rig.admitted("Jo", "Rivera"), rig.admitted("Ann", "Able"));
    let lee = rig.hire("lee", &[Role::Counselor], None);
    let (rosa, date) = (rig.me(), today(&rig));
    rig.plan(session(&rig, jo, date, at(9, 0)), 1);
    rig.plan(session(&rig, ann, date, at(9, 0)), 1);
    let before = day(&mut rig, date, true);
    assert_eq!(before.lines.len(), 2);
    let of = |view: &DayView, client| view.lines.iter().position(|line| line.session.value.client == client);
    let held = |view: &DayView, client| mark(view, of(view, client).unwrap(), SessionState::Held);
    rig.lock();

    // A colleague sees neither of them, and may say nothing of either.
    rig.sign_in("lee");
    assert!(day(&mut rig, date, true).lines.is_empty());
    assert_eq!(rig.fault(held(&before, jo)).kind, FaultKind::Denied);
    // With a reason: this one, wholly.
    let reason = AccessReason::default();
    rig.done(Command::House(HouseAsk::OpenBeyond { client: jo, reason, words: "they are here".into() }));
    let view = day(&mut rig, date, true);
    assert_eq!((view.lines.len(), of(&view, ann)), (1, None));
    assert!(view.lines[0].may_read && view.lines[0].may_hold);
    rig.done(held(&view, jo));
    rig.ok(DocAsk::NoteOf { client: jo, session: 1 }.into());
    assert_eq!(rig.fault(held(&before, ann)).kind, FaultKind::Denied);
    rig.lock();

    // By cover: everybody of the one who is away.
    rig.sign_in("rosa");
    let cover = Cover { away: rosa, by: lee, from: date, until: date, ..Cover::default() };
    rig.ok(Command::House(HouseAsk::SaveCover { cover: Box::new(cover), rev: 0 }));
    rig.lock();
    rig.sign_in("lee");
    let view = day(&mut rig, date, true);
    assert_eq!(view.lines.len(), 2);
    rig.done(held(&view, ann));
}

/// A day long past is read from the records: the summary keeps the newest closed sessions only.
#[test]
fn a_day_long_past_is_still_there() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    let date = today(&rig);
    for n in 0..12 {
        let on = date.plus_days(-n);
        rig.plan(session(&rig, jo, on, at(8, 0)), 1);
        let view = day(&mut rig, on, false);
        rig.done(mark(&view, 0, SessionState::Missed));
    }
    assert_eq!(rig.open(jo).person.summary.days.sessions.len(), 8);
    for n in 0..12 {
        assert_eq!(day(&mut rig, date.plus_days(-n), false).lines.len(), 1, "{n} days ago");
    }
    assert_eq!(day(&mut rig, date.plus_days(-12), false).lines.len(), 0);
    summaries_hold(&mut rig);
}

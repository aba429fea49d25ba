//! Filled-in measures and critical answers at the front desk, over the real service.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::*;
use concord::service::api::*;

fn jo() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    (rig, jo)
}

/// Answers as they are typed: `-` is missing.
fn filled(client: ClientId, measure: &str, on: Date, line: &str) -> Administration {
    let reply = |word: &str| match word {
        "-" => Reply::Blank,
        "r" => Reply::Declined,
        number => Reply::Given(Hundredths::parse(number).unwrap()),
    };
    let answers = (1..).map(|id: usize| id.to_string()).zip(line.split(' ').map(reply)).collect();
    Administration {
        client,
        measure: measure.into(),
        on,
        answers,
        begun: Moment(1),
        ..Administration::default()
    }
}

impl Rig {
    fn save(&mut self, filled: Administration) -> ChartView {
        *self.done(HeardAsk::Save(Box::new(filled)).into()).chart.expect("the chart")
    }

    fn notice(&mut self, filled: &Administration) -> Option<ChartView> {
        self.done(HeardAsk::Notice(Box::new(filled.clone())).into()).chart.map(|chart| *chart)
    }

    fn phq9(&mut self, client: ClientId, on: Date, line: &str) -> Administration {
        let chart = self.save(filled(client, "PHQ-9", on, line));
        chart.measures.last().unwrap().value.clone()
    }
}

fn total(one: &Administration) -> (Option<String>, &str) {
    let result = one.result("total").unwrap();
    (result.score.map(|score| score.shown(3)), &result.band)
}

/// N25.
#[test]
fn a_prorated_score_is_kept_as_it_is_and_has_the_band_it_falls_in() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    for (line, score, band) in [
        ("2 2 1 - 1 2 0 1 0", Some("10.125"), "moderate"),
        ("1 1 0 - 1 0 1 0 0", Some("4.500"), "minimal"),
        ("2 2 2 - 2 2 1 2 0", Some("14.625"), "moderate"),
        ("2 - 1 - - 2 0 1 0", None, ""),
        ("1 1 1 1 1 1 1 1 -", None, ""),
        ("1 1 r 1 1 1 1 1 0", Some("7.875"), "mild"),
    ] {
        let one = rig.phq9(jo, today, line);
        assert_eq!(total(&one), (score.map(str::to_owned), band), "{line}");
        assert_eq!(one.answers.len(), 9, "what was missing stays missing");
    }
}

/// N38.
#[test]
fn what_is_typed_later_stands_where_it_was_filled_in_and_changes_no_stored_class() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let ago = |days: i32| today.plus_days(-days);
    assert_eq!(rig.phq9(jo, ago(14), "2 2 2 2 2 2 2 0 0").class, "", "the first has nothing to compare with");
    let second = rig.phq9(jo, ago(7), "2 2 2 2 2 2 0 0 0");
    assert_eq!(second.class, "unchanged");
    let early = rig.phq9(jo, ago(26), "3 3 3 3 2 2 0 0 0");
    assert_eq!((early.class.as_str(), early.on), ("", ago(26)));
    let at = |hour| ClockTime::new(hour, 0);
    for (time, line) in [(at(9), "2 2 2 2 1 1 1 0 0"), (at(16), "2 2 2 2 1 1 0 0 0")] {
        let one = Administration { time, ..filled(jo, "PHQ-9", today, line) };
        rig.save(one);
    }
    let chart = rig.open(jo);
    assert_eq!(chart.measures.len(), 5, "two of one day are two");
    assert_eq!(chart.measures.last().unwrap().value.class, "improved", "10 against the 16 of 26 days ago");
    assert_eq!(chart.measures[1].value.class, "unchanged", "what was saved stays as it was");
}

#[test]
fn the_age_of_the_day_is_kept_with_the_result() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let chart = rig.open(jo);
    let birth = chart.client.value.birth;
    let one = rig.phq9(jo, today, "1 1 1 1 1 1 1 1 0");
    assert_eq!(one.age.map(i32::from), birth.age(today));
}

/// N39, from paper.
#[test]
fn a_critical_answer_is_written_at_its_key_and_outlives_the_program() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let sheet = filled(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 2");
    let chart = rig.notice(&sheet).expect("the chart");
    assert!(chart.measures.is_empty(), "nothing but the critical answer is written");
    let waiting = &chart.criticals[0].value;
    assert_eq!((waiting.item.as_str(), waiting.entries.len()), ("9", 1));
    assert_eq!(waiting.entries[0].value, "2");
    let need = &chart.needs[0].value;
    assert_eq!(
        (need.state.clone(), need.source, need.hours),
        (NeedState::Proposed, NeedSource::Instrument, 1)
    );
    assert_eq!(need.dimension.number, 3);
    // Sent again unchanged it writes nothing; changed to 0 it is a second entry, and the first stays open.
    assert!(rig.notice(&sheet).is_none());
    rig.notice(&filled(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 0"));
    // Killed: the next sign-in has it first.
    rig.restart();
    rig.sign_in("rosa");
    let chart = rig.open(jo);
    let entries: Vec<&str> =
        chart.criticals[0].value.entries.iter().map(|entry| entry.value.as_str()).collect();
    assert_eq!((entries, chart.needs.len()), (vec!["2", "0"], 1));
    assert_eq!(chart.needs[0].value.state, NeedState::Proposed);
    let line = rig.session().people.rows.iter().find(|person| person.summary.client == jo).unwrap().clone();
    assert_eq!(line.summary.needs[0].stands, NeedStands::Proposed);
    let owed =
        rig.session().owed.iter().find(|line| line.owed.client == jo && line.need.is_some()).unwrap().clone();
    assert_eq!(owed.need.unwrap().hours, 1);
    assert!(owed.rule.unwrap().supervisor, "the supervisor sees it from the key on");
}

#[test]
fn saving_the_form_does_not_ask_again_about_what_was_noticed_and_decided() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let sheet = filled(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 1");
    let chart = rig.notice(&sheet).unwrap();
    let kept = &chart.criticals[0];
    let act = |rev, state| HeardAsk::Act {
        client: jo,
        number: 1,
        rev,
        done: Box::new(CriticalDone { here: "in this room".into(), ..CriticalDone::default() }),
        state,
    };
    let chart = *rig.done(act(kept.rev, None).into()).chart.unwrap();
    assert_eq!(chart.needs[0].value.state, NeedState::Proposed, "what is undecided stays on the lists");
    assert_eq!(chart.criticals[0].value.done[0].by_name, "Rosa Imani LADC");
    let dismissed = NeedState::Dismissed { reason: "misread".into() };
    let chart = *rig.done(act(chart.criticals[0].rev, Some(dismissed)).into()).chart.unwrap();
    assert!(!chart.needs[0].value.state.open());
    let chart = rig.save(sheet.clone());
    assert_eq!((chart.needs.len(), chart.criticals.len()), (1, 1), "it is the same answer");
    // Another form of the same day is another answer.
    let chart = rig.save(Administration { begun: Moment(2), ..sheet });
    assert_eq!((chart.needs.len(), chart.criticals.len()), (2, 2));
    assert_eq!(chart.needs[0].value.state, NeedState::Proposed);
}

#[test]
fn a_critical_answer_belongs_to_no_need_of_another_dimension() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let dimension = DimensionRef { set: "ASAM3".into(), number: 1 };
    let (reason, source) = ("shakes".to_owned(), NeedSource::Clinician);
    rig.done(ChartAsk::RaiseNeed { client: jo, dimension, reason, source, done: None }.into());
    let chart = rig.notice(&filled(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 1")).unwrap();
    let other = chart.needs.iter().find(|need| need.value.dimension.number == 1).unwrap();
    let before = rig.engine_head();
    let act = HeardAsk::Act {
        client: jo,
        number: 1,
        rev: chart.criticals[0].rev,
        done: Box::new(CriticalDone { joins: Some(other.value.number), ..CriticalDone::default() }),
        state: Some(NeedState::Dismissed { reason: "it is the need that is open already".into() }),
    };
    assert!(rig.fault(act.into()).what.contains("of the same dimension"));
    assert_eq!(rig.engine_head(), before, "nothing was written");
}

#[test]
fn several_critical_answers_of_one_dimension_are_one_proposal() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let sheet = filled(jo, "C-SSRS screener", today, "1 1 0 1 0 0");
    let chart = rig.notice(&sheet).unwrap();
    assert_eq!((chart.needs.len(), chart.criticals.len()), (1, 3));
    let need = &chart.needs[0].value;
    assert!(need.reason.contains("item 1") && need.reason.contains("item 4"), "{}", need.reason);
    // N30: back to 2: no. The yes answers stay; the no is a second entry.
    rig.notice(&filled(jo, "C-SSRS screener", today, "1 0 0 1 0 0"));
    let chart = rig.open(jo);
    let second = chart.criticals.iter().find(|kept| kept.value.item == "2").unwrap();
    assert_eq!(second.value.entries.len(), 2);
    assert_eq!(chart.needs[0].value.state, NeedState::Proposed);
}

#[test]
fn a_critical_answer_beside_a_need_in_hand_proposes_one_of_its_own() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let source = NeedSource::Clinician;
    rig.done(
        ChartAsk::RaiseNeed { client: jo, dimension, reason: "has a plan".into(), source, done: None }.into(),
    );
    let chart = rig.notice(&filled(jo, "PHQ-9", today, "0 0 0 0 0 0 0 0 1")).unwrap();
    assert_eq!(chart.needs.len(), 2, "what was decided before does not decide this");
    assert_eq!(chart.needs[0].value.state, NeedState::Proposed);
}

#[test]
fn a_blank_critical_item_is_owed_until_somebody_asked() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let chart = rig.save(filled(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 -"));
    assert_eq!(chart.measures[0].value.ask, ["9"]);
    assert!(chart.needs.is_empty(), "nobody said that there is danger");
    let asks =
        |rig: &Rig| rig.session().people.rows.iter().map(|one| one.summary.heard.asks.len()).sum::<usize>();
    rig.lock();
    rig.sign_in("rosa");
    assert_eq!(asks(&rig), 1);
    assert!(rig.session().owed.iter().any(|line| line.owed.client == jo && line.owed.number == 1));
    let (number, rev) = (1, chart.measures[0].rev);
    let mark = MeasureMark::Asked("no thoughts of it".into());
    rig.done(HeardAsk::Mark { client: jo, number, rev, mark }.into());
    rig.lock();
    rig.sign_in("rosa");
    assert_eq!(asks(&rig), 0);
}

#[test]
fn what_cannot_be_a_filled_in_measure_is_refused_with_what_would_work() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let mut refused = |filled: Administration| rig.fault(HeardAsk::Save(Box::new(filled)).into()).to_string();
    assert!(refused(filled(jo, "PHQ-9", today, "- - - - - - - - -")).contains("was not taken"));
    assert!(refused(filled(jo, "PHQ-9", today, "4 0 0 0 0 0 0 0 0")).contains("4 is no answer to item 1"));
    assert!(refused(filled(jo, "PHQ-9", today.plus_days(1), "1 0 0 0 0 0 0 0 0")).contains("not over yet"));
    assert!(refused(filled(jo, "Nothing", today, "1")).contains("not on this computer"));
    assert!(refused(filled(jo, "ProQOL 5", today, "1 1 1")).contains("no part of a client's chart"));
}

#[test]
fn a_measure_in_error_counts_for_nothing_and_its_critical_answer_stays() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let chart = rig.save(filled(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 1"));
    let (number, rev) = (1, chart.measures[0].rev);
    let mark = MeasureMark::InError("another person's".into());
    let chart = *rig.done(HeardAsk::Mark { client: jo, number, rev, mark }.into()).chart.unwrap();
    assert_eq!(chart.measures[0].value.in_error, "another person's");
    assert_eq!(chart.needs[0].value.state, NeedState::Proposed);
    // Nor does undoing it take back what was said about danger.
    rig.done(Command::Undo);
    rig.done(Command::Undo);
    let chart = rig.open(jo);
    assert!(chart.measures.is_empty());
    assert_eq!((chart.criticals.len(), chart.needs[0].value.state.clone()), (1, NeedState::Proposed));
}

fn checkin(client: ClientId, on: Date, keys: [i16; 3]) -> CheckIn {
    let reply = |key: i16| Reply::Given(Hundredths::whole(key));
    let of = |keys: [i16; 3]| {
        ["goal", "task", "bond"].map(str::to_owned).into_iter().zip(keys.map(reply)).collect()
    };
    CheckIn { client, on, answers: of(keys), guess: of([4, 4, 4]), ..CheckIn::default() }
}

#[test]
fn a_check_in_is_about_somebody_and_its_guess_is_its_authors_alone() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let rosa = rig.me();
    let june = rig.hire("june", &[Role::Supervisor], None);
    let rows = rig.staff_rows(StaffAsk::List);
    let row = rows.into_iter().find(|row| row.staff.value.id == rosa).unwrap();
    let staff = Box::new(Staff { supervisor: Some(june), ..row.staff.value });
    rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    let done = rig.done(HeardAsk::CheckIn(Box::new(checkin(jo, today, [5, 3, 4]))).into());
    assert!(done.undoable);
    let kept = &done.chart.unwrap().checkins[0];
    assert_eq!((kept.value.about, kept.value.guess.len()), (rosa, 3));
    assert_eq!(
        kept.value.about_name, kept.value.by_name,
        "about whoever took it, unless somebody else is chosen"
    );
    // Nobody else is told the guess, the supervisor neither.
    rig.lock();
    rig.sign_in("june");
    let chart = rig.open(jo);
    assert_eq!((chart.checkins.len(), chart.checkins[0].value.guess.len()), (1, 0));
    assert_eq!(chart.checkins[0].value.reply("task"), Reply::Given(Hundredths::whole(3)));
}

impl Rig {
    fn check_in(&mut self, client: ClientId, on: Date, keys: [i16; 3]) -> Done {
        self.done(HeardAsk::CheckIn(Box::new(checkin(client, on, keys))).into())
    }

    fn answer_alert(&mut self, client: ClientId, done: AlertDone) -> Done {
        let chart = self.open(client);
        let kept = chart.alerts.iter().rev().find(|kept| kept.value.is_open()).expect("an open alert");
        let (number, rev) = (kept.value.number, kept.rev);
        self.done(HeardAsk::Answer { client, number, rev, done, words: String::new() }.into())
    }

    fn letter(&mut self, client: ClientId) -> Option<char> {
        let Answer::People(list) = self.ok(Command::People(People::List { whose: Whose::Mine })) else {
            panic!("no list")
        };
        let row = list.rows.iter().find(|row| row.summary.client == client).expect("on the list");
        row.standing.signals.heard.letter()
    }
}

/// N40.
#[test]
fn one_fact_is_one_alert_until_it_is_answered() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let ago = |days: i32| today.plus_days(-days);
    // Session 5: low. Entered in error and typed again with the right number, it is closed as typed wrong.
    let done = rig.check_in(jo, ago(20), [5, 5, 3]);
    assert_eq!(done.said, "The check-in is saved, and it opens an alert: bond is 3.");
    let chart = done.chart.unwrap();
    assert_eq!((chart.alerts.len(), chart.alerts[0].value.kind), (1, AlertKind::Alliance));
    assert_eq!(rig.letter(jo), Some('a'));
    let (number, rev) = (chart.checkins[0].value.number, chart.checkins[0].rev);
    let words = "typed wrong".to_owned();
    let chart = rig.done(HeardAsk::CheckInError { client: jo, number, rev, words }.into()).chart.unwrap();
    let answer = chart.alerts[0].value.answer.clone().expect("closed");
    assert_eq!((answer.done, answer.done.is_answer()), (AlertDone::TypedWrong, false));
    assert_eq!(rig.letter(jo), None);
    rig.check_in(jo, ago(20), [5, 5, 4]);
    assert_eq!(rig.open(jo).alerts.len(), 1, "4 after nothing is no fall");
    // Session 6 opens one, session 7 adds its fact to it.
    rig.check_in(jo, ago(13), [5, 5, 3]);
    rig.check_in(jo, ago(6), [5, 5, 3]);
    let chart = rig.open(jo);
    let alert = &chart.alerts[1].value;
    assert_eq!((chart.alerts.len(), alert.facts.len(), alert.since()), (2, 2, ago(13)));
    assert_eq!(alert.words(), "bond is 3");
    // Answered, it is gone from the list, and the next low one is an alert of its own.
    let done = rig.answer_alert(jo, AlertDone::Talked);
    assert!(done.undoable);
    assert_eq!(rig.letter(jo), None);
    rig.done(Command::Undo);
    assert_eq!(rig.letter(jo), Some('a'));
    rig.answer_alert(jo, AlertDone::Talked);
    rig.check_in(jo, today, [5, 5, 2]);
    assert_eq!(rig.open(jo).alerts.len(), 3);
}

#[test]
fn a_check_in_that_is_undone_takes_its_alert_back() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    rig.check_in(jo, today.plus_days(-7), [5, 5, 3]);
    rig.check_in(jo, today, [5, 5, 2]);
    assert_eq!(rig.open(jo).alerts[0].value.facts.len(), 2);
    rig.done(Command::Undo);
    let chart = rig.open(jo);
    assert_eq!((chart.checkins.len(), chart.alerts.len(), chart.alerts[0].value.facts.len()), (1, 1, 1));
    rig.done(Command::Undo);
    assert!(rig.open(jo).alerts.is_empty());
    assert_eq!(rig.letter(jo), None);
}

/// N38.
#[test]
fn a_day_that_lies_behind_opens_nothing_and_a_hint_needs_no_answer() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    rig.check_in(jo, today, [5, 5, 5]);
    rig.check_in(jo, today.plus_days(-7), [1, 1, 1]);
    assert!(rig.open(jo).alerts.is_empty());
    rig.check_in(jo, today, [5, 5, 4]);
    assert!(rig.open(jo).alerts.is_empty(), "a fall of one is a hint");
    for (days, line) in [(21, "1 1 1 1 1 1 1 0 0"), (0, "1 1 1 1 1 1 1 1 0"), (7, "3 3 3 3 3 3 0 0 0")] {
        rig.phq9(jo, today.plus_days(-days), line);
    }
    assert!(rig.open(jo).alerts.is_empty(), "the form of a week ago was typed after that of today");
    rig.phq9(jo, today, "3 3 3 3 2 0 0 0 0");
    let chart = rig.open(jo);
    assert_eq!(chart.alerts[0].value.words(), "PHQ-9 is worse, from 7 to 14");
    assert_eq!(rig.letter(jo), Some('w'));
}

#[test]
fn an_answer_says_what_was_done_and_only_once() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    rig.check_in(jo, today, [2, 5, 5]);
    let rev = rig.open(jo).alerts[0].rev;
    let ask = |done, words: &str| {
        HeardAsk::Answer { client: jo, number: 1, rev, done, words: words.to_owned() }.into()
    };
    assert!(rig.fault(ask(AlertDone::Other, " ")).to_string().contains("in a few words"));
    assert!(rig.fault(ask(AlertDone::NotAnswered, "")).to_string().contains("Choose what was done"));
    rig.done(ask(AlertDone::Other, "She brought her sister."));
    let rev = rig.open(jo).alerts[0].rev;
    let again =
        HeardAsk::Answer { client: jo, number: 1, rev, done: AlertDone::Talked, words: String::new() };
    assert!(rig.fault(again.into()).to_string().contains("answered already"));
}

fn rupture(client: ClientId, on: Date) -> Rupture {
    Rupture { client, on, marks: vec!["short answers".into()], ..Rupture::default() }
}

#[test]
fn a_rupture_is_its_authors_and_the_supervisors_and_nobody_elses() {
    let mut house = crate::life::house();
    let (jo, today) = (house.jo, house.rig.clock().today());
    let ask = |rupture, rev| HeardAsk::Rupture { rupture: Box::new(rupture), rev }.into();
    let chart = house.rig.done(ask(rupture(jo, today), 0)).chart.unwrap();
    let kept = chart.ruptures[0].clone();
    assert_eq!((kept.value.by, kept.value.is_open()), (house.rig.me(), true));
    // The event says nothing of whose work it is.
    let event = house.rig.audit_events().pop().unwrap();
    assert_eq!((event.act, event.client), (Act::OwnWorkNoted, None));
    // A colleague who reads the chart is told nothing, the supervisor is.
    house.turn("rosa");
    let chart = house.rig.open(jo);
    assert!(chart.may_read && chart.ruptures.is_empty());
    house.turn("kim");
    let chart = house.rig.open(jo);
    assert_eq!(chart.ruptures.len(), 1);
    // Only its author changes it, and closing says what was done.
    let closed = Rupture { outcome: RuptureOutcome::Repaired, ..kept.value.clone() };
    house.rig.fault(ask(closed.clone(), kept.rev));
    house.turn("sam");
    assert!(house.rig.fault(ask(closed.clone(), kept.rev)).to_string().contains("Say what was done"));
    let closed = Rupture { repair: vec!["owned my part".into()], ..closed };
    let chart = house.rig.done(ask(closed, kept.rev)).chart.unwrap();
    let one = &chart.ruptures[0].value;
    assert_eq!((one.outcome, one.outcome_on), (RuptureOutcome::Repaired, Some(today)));
    assert_eq!(one.at, kept.value.at, "when it was written down stays");
    assert!(house.rig.fault(ask(rupture(jo, today.plus_days(1)), 0)).to_string().contains("not over yet"));
}

/// A guess that lies far from the answers is told to the supervisor where the agency wishes it, and its numbers to nobody.
#[test]
fn a_supervisor_is_told_that_a_guess_was_far_apart_and_never_the_numbers() {
    let mut house = crate::life::house();
    let (jo, today) = (house.jo, house.rig.clock().today());
    let guessed = |keys, guess: [i16; 3]| {
        let all = ["goal", "task", "bond"].into_iter().zip(guess);
        let guess = all.map(|(item, key)| (item.to_owned(), Reply::Given(Hundredths::whole(key)))).collect();
        HeardAsk::CheckIn(Box::new(CheckIn { guess, ..checkin(jo, today, keys) }))
    };
    house.rig.done(guessed([5, 5, 5], [4, 5, 5]).into());
    house.rig.done(guessed([5, 5, 5], [5, 5, 3]).into());
    house.turn("kim");
    let chart = house.rig.open(jo);
    assert!(chart.apart.is_empty(), "nothing is told unless the agency decided it");
    house.turn("rosa");
    let rules = |answer| match answer {
        Answer::House(HouseAnswer::Rules { draft, said, .. }) => (*draft, said),
        other => panic!("no rules: {other:?}"),
    };
    let (mut draft, _) = rules(house.rig.ok(Command::House(HouseAsk::Rules)));
    (draft.rules.far_apart, draft.rules.ruptures) = (true, RupturesIn::Chart);
    let (_, said) = rules(house.rig.ok(Command::House(HouseAsk::SaveRules(Box::new(draft)))));
    assert!(said.contains("Ruptures belong to the chart, before supervision"), "{said}");
    house.turn("kim");
    let chart = house.rig.open(jo);
    assert_eq!(chart.apart, [chart.checkins[1].value.number]);
    assert!(chart.checkins.iter().all(|kept| kept.value.guess.is_empty()));
    house.turn("rosa");
    assert!(house.rig.open(jo).apart.is_empty(), "a colleague is told nothing");
    house.turn("sam");
    let chart = house.rig.open(jo);
    assert!(chart.apart.is_empty(), "the author has the numbers");
    assert!(chart.checkins.iter().all(|kept| !kept.value.guess.is_empty()));
}

#[test]
fn what_is_no_check_in_is_refused() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let mut refused = |checkin: CheckIn| rig.fault(HeardAsk::CheckIn(Box::new(checkin)).into()).to_string();
    assert!(refused(checkin(jo, today, [6, 3, 4])).contains("1, 2, 3, 4 or 5"));
    assert!(refused(checkin(jo, today.plus_days(1), [5, 3, 4])).contains("not over yet"));
    assert!(
        refused(CheckIn { client: jo, on: today, ..CheckIn::default() }).contains("Nothing was answered")
    );
}

#[test]
fn five_hundred_measures_open_with_the_chart() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    for day in 0..20 {
        rig.phq9(jo, today.plus_days(-day), "1 1 1 1 1 1 1 1 0");
    }
    assert_eq!(rig.open(jo).measures.len(), 20);
}

#[test]
fn from_the_chart_by_keys_to_the_lists_and_back() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let today = desk.rig.clock().today();
    desk.rig.phq9(jo, today.plus_days(-20), "1 1 1 1 1 1 1 1 0");
    desk.rig.lock();
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.keys("r i v enter m").sees("PHQ-9");
    desk.keys("ctrl-a 2 2 2 2 1 2 1 1 1").sees("Act on this first").sees("item 9");
    desk.keys("esc enter").sees("PHQ-9 14, moderate is saved.").sees("NOW? D3");
    desk.keys("enter").sees("Act on this first").keys("1 1 tab 1").types("called her sister").keys("ctrl-s");
    desk.sees("The immediate need is in hand.").sees("NOW D3");
    // A lock in the middle of a form keeps what was answered.
    desk.keys("ctrl-a 1 2 3 ctrl-l");
    desk.types(Rig::PASSPHRASE)
        .keys("enter")
        .sees("What you had typed is here again")
        .sees("This one")
        .sees_no("Act on this first");
}

/// Danger is listed once: what is answered while a need of the dimension is open is told there.
#[test]
fn a_critical_answer_can_belong_to_the_need_that_is_open() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let today = desk.rig.clock().today();
    desk.rig.phq9(jo, today.plus_days(-20), "1 1 1 1 1 1 1 1 0");
    desk.rig.lock();
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.keys("r i v enter m ctrl-a 2 2 2 2 1 2 1 1 1").sees("Act on this first").keys("enter");
    desk.sees_no("Open already").keys("1 1 tab 1").types("called her sister");
    desk.keys("tab tab tab 3").keys("ctrl-s").sees("in hand").keys("enter").sees("is saved.");
    // The same again some days later: the need of before is said, with what was said of means at home.
    desk.keys("ctrl-a 2 2 2 2 1 2 1 1 2").sees("Act on this first").keys("enter");
    desk.sees("Open already in D3:").sees("called her sister").sees("yes, not secured");
    desk.keys("1 1").types("nights again").keys("tab 4 ctrl-s").sees_no("Act on this first");
    let chart = desk.rig.open(jo);
    let open: Vec<_> = chart.needs.iter().filter(|need| need.value.state.open()).collect();
    assert_eq!(open.len(), 1, "listed once");
    let told = &open[0].value.history.last().unwrap().words;
    assert!(told.contains('2') && told.ends_with("; nights again"), "{told}");
    assert!(chart.criticals.iter().any(|one| one.value.done.last().is_some_and(|done| done.joins.is_some())));
}

/// No danger now, and not done with either: the need is watched, and what was written before stands in the form.
#[test]
fn a_critical_answer_can_be_watched() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let today = desk.rig.clock().today();
    desk.rig.phq9(jo, today.plus_days(-20), "1 1 1 1 1 1 1 1 0");
    desk.rig.lock();
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
    desk.keys("r i v enter m ctrl-a 2 2 2 2 1 2 1 1 1").sees("Act on this first");
    // It came unasked: the digits of the items that follow on paper answer nothing here.
    desk.keys("2 3")
        .sees("Press Enter to begin")
        .sees("Still here           –")
        .sees("The need             –");
    desk.keys("enter 1 1").types("only thoughts").keys("ctrl-s").sees("is not decided yet");
    desk.keys("enter").sees("is saved.").keys("enter").sees("Act on this first");
    desk.sees("in this room").sees("by talking").sees("only thoughts");
    // Handed in as it stands, it writes nothing a second time.
    desk.keys("ctrl-s").sees("All of this is written down already");
    desk.keys("tab tab tab 3")
        .types("asks again each session")
        .keys("ctrl-s")
        .sees("The immediate need is in hand.");
}

/// Undoing a filled-in measure takes back neither a critical answer nor its need, and the sentence says so and what to do.
#[test]
fn the_undo_of_a_measure_says_what_stays_of_its_danger() {
    for (line, stays) in [("1 1 1 1 1 1 1 1 1", true), ("1 1 1 1 1 1 1 1 0", false)] {
        let (mut rig, jo) = jo();
        let today = rig.desk.now().local.date;
        rig.done(HeardAsk::Save(Box::new(filled(jo, "PHQ-9", today, line))).into());
        let said = rig.done(Command::Undo).said;
        assert_eq!(said.contains("the immediate need in D3 stay"), stays, "{said}");
        assert_eq!(said.contains("[key:answer-need]"), stays, "{said}");
        let open = rig.open(jo).needs.iter().filter(|kept| kept.value.state.open()).count();
        assert_eq!(open, usize::from(stays));
    }
}

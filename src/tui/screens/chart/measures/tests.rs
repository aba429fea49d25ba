//! Filled-in measures by keys: what is due, how one is typed in, what a critical answer opens, what is shown.

use crate::domain::Reply;
use crate::domain::*;
use crate::service::api::*;
use crate::service::fault::Fault;
use crate::tui::app::rig::{self, Rig};

fn date(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter").answer(Answer::Chart(Box::new(chart)));
    rig.keys("m");
    rig
}

fn jo() -> ChartView {
    rig::chart(1, "Jo", "Rivera")
}

/// A PHQ-9 with these answers, as it is stored.
fn filled(number: Number, on: Date, answers: [i16; 9], band: &str) -> Kept<Administration> {
    let replies = answers.iter().map(|key| Reply::Given(Hundredths::whole(*key)));
    let total: i16 = answers.iter().sum();
    let value = Administration {
        client: ClientId([1; 16]),
        number,
        episode: 1,
        measure: "PHQ-9".into(),
        version: 1,
        on,
        answered_by: "client".into(),
        answers: (1..).map(|id: usize| id.to_string()).zip(replies).collect(),
        results: vec![ScaleResult {
            scale: "total".into(),
            score: Some(Score::from(Hundredths::whole(total))),
            band: band.into(),
            ..ScaleResult::default()
        }],
        by_name: "Rosa Imani LADC".into(),
        ..Administration::default()
    };
    Kept { rev: 1, value }
}

fn with(measures: Vec<Kept<Administration>>) -> ChartView {
    ChartView { measures, ..jo() }
}

fn asked(rig: &Rig) -> HeardAsk {
    match rig.command() {
        Command::Heard(ask) => ask.clone(),
        other => panic!("{other:?}"),
    }
}

/// A chart in which item 9 of the sheet waits with its need.
fn critical(sheet: &Administration) -> ChartView {
    let mut chart = jo();
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let waiting = CriticalWaiting {
        client: sheet.client,
        number: 1,
        need: 1,
        dimension: dimension.clone(),
        measure: "PHQ-9".into(),
        item: "9".into(),
        about: "PHQ-9, item 9 (thoughts of death or self-harm)".into(),
        on: sheet.on,
        begun: sheet.begun,
        entries: vec![CriticalEntry { at: sheet.begun, by: StaffId([7; 16]), value: "2".into() }],
        ..CriticalWaiting::default()
    };
    let need = ImmediateNeed {
        client: sheet.client,
        number: 1,
        dimension,
        source: NeedSource::Instrument,
        state: NeedState::Proposed,
        hours: 1,
        ..ImmediateNeed::default()
    };
    chart.criticals = vec![Kept { rev: 1, value: waiting }];
    chart.needs = vec![Kept { rev: 1, value: need }];
    chart
}

fn done(chart: ChartView) -> Answer {
    Answer::Done(Box::new(Done { chart: Some(Box::new(chart)), ..Done::default() }))
}

#[test]
fn a_page_without_measures_says_how_one_begins() {
    let mut rig = room(jo());
    rig.sees("No measure is filled in yet. Ctrl-A begins one.");
    rig.keys("?").sees("Filled-in measures");
}

#[test]
fn a_whole_phq_9_from_paper_is_twelve_keys_from_the_chart() {
    let chart = with(vec![filled(1, date(10, 23), [2, 2, 2, 1, 1, 1, 2, 0, 0], "moderate")]);
    let mut rig = Rig::home();
    rig.keys("enter").answer(Answer::Chart(Box::new(chart)));
    let keys = "m ctrl-a 2 2 2 2 1 2 1 1 0 enter";
    assert!(keys.split(' ').count() <= 12);
    rig.keys(keys);
    let HeardAsk::Save(sheet) = asked(&rig) else { panic!() };
    let given: Vec<Reply> = sheet.answers.iter().map(|(_, reply)| *reply).collect();
    let wanted = [2, 2, 2, 2, 1, 2, 1, 1, 0].map(|key| Reply::Given(Hundredths::whole(key)));
    assert_eq!(given[..9], wanted);
    assert_eq!((given[9], sheet.how, sheet.on), (Reply::Blank, HowTaken::Paper, rig.cx().today()));
}

#[test]
fn the_cursor_goes_on_a_wrong_number_is_refused_and_the_total_comes_when_it_may() {
    let chart = with(vec![filled(1, date(11, 6), [1, 2, 1, 2, 1, 1, 1, 1, 0], "moderate")]);
    let mut rig = room(chart);
    rig.keys("ctrl-a").sees("This one: 0 not at all, 1 several days").sees_not("prorated");
    rig.keys("4").sees("4 is no answer here.");
    rig.keys("x").sees("x is no answer here");
    rig.keys("2 2 2 2 1 2 1 1").sees_not("severe");
    rig.keys("0")
        .sees("13")
        .sees("moderate")
        .sees("3 more: a change of this size can be chance (6 is needed)");
    // N32: going back and changing an answer is followed by the total.
    rig.keys("up up 3").sees("15").sees("moderately severe");
    rig.keys("up up -").sees("missing").sees("prorated, 1 not answered");
}

#[test]
fn a_total_waits_for_answers_that_were_not_passed_on_purpose() {
    let mut rig = room(with(vec![filled(1, date(11, 6), [0; 9], "minimal")]));
    rig.keys("ctrl-a 1 1 1 ctrl-s")
        .sees("Item 4 (tired) is not answered. Type - if it is missing on the form.");
    rig.keys("1 1 1 1 1 -").sees("item 9 is not answered: ask");
}

#[test]
fn a_critical_answer_goes_out_at_its_key_and_opens_what_is_done() {
    let mut rig = room(with(vec![filled(1, date(11, 6), [0; 9], "minimal")]));
    rig.keys("ctrl-a 1 1 1 1 1 1 1 1 2");
    let HeardAsk::Notice(sheet) = asked(&rig) else { panic!() };
    rig.answer(done(critical(&sheet)));
    rig.sees("Act on this first").sees("Still here").sees("The need").sees("Safety plan");
    // Left undecided, the form can still be saved; the row says so.
    rig.keys("esc").sees("danger, act on it");
    rig.keys("enter");
    assert!(matches!(asked(&rig), HeardAsk::Save(_)));
}

#[test]
fn a_change_of_a_critical_answer_goes_out_too_and_a_refusal_is_tried_again() {
    let mut rig = room(with(vec![filled(1, date(11, 6), [0; 9], "minimal")]));
    rig.keys("ctrl-a 1 1 1 1 1 1 1 1 2");
    rig.refuse(Fault::storage("The disk is full."));
    rig.keys("up");
    let HeardAsk::Notice(sheet) = asked(&rig) else { panic!("it is tried again") };
    assert_eq!(sheet.reply("9"), Reply::Given(Hundredths::whole(2)));
    rig.answer(done(critical(&sheet)));
    rig.keys("esc 0");
    let HeardAsk::Notice(sheet) = asked(&rig) else { panic!("the change to 0 goes out") };
    assert_eq!(sheet.reply("9"), Reply::Given(Hundredths::default()));
}

#[test]
fn what_is_done_decides_the_need_or_leaves_it_open() {
    let sheet = Administration {
        client: ClientId([1; 16]),
        begun: Moment(9),
        on: date(11, 20),
        ..Administration::default()
    };
    let mut rig = room(critical(&sheet));
    rig.keys("enter").sees("Act on this first");
    rig.keys("ctrl-s").sees("Nothing is written yet. Press Esc");
    rig.keys("1 1").types("I would not do it.").keys("enter 2 ctrl-s").sees("Say how you know");
    rig.types("asked again, no plan").keys("ctrl-s");
    let HeardAsk::Act { number: 1, rev: 1, done, state, .. } = asked(&rig) else { panic!() };
    assert_eq!((done.here.as_str(), done.assessed.as_str()), ("in this room", "by talking"));
    assert_eq!(done.words, "I would not do it.");
    assert_eq!(state, Some(NeedState::Dismissed { reason: "asked again, no plan".into() }));
}

#[test]
fn a_measure_over_time_is_drawn_and_always_a_table() {
    let rows = vec![
        filled(1, date(10, 18), [2, 2, 2, 3, 2, 2, 3, 3, 0], "moderately severe"),
        filled(2, date(11, 4), [1, 1, 1, 2, 2, 1, 1, 2, 0], "moderate"),
        filled(3, date(11, 21), [2, 2, 2, 2, 2, 2, 2, 2, 1], "moderately severe"),
    ];
    let mut rig = room(with(rows));
    rig.sees("PHQ-9 17, 21 Nov").sees("0 to 27, less is better").sees("● 19").sees("21 Nov").sees("6 more");
    rig.sees("Not shown to the client.");
    rig.keys("ctrl-w").sees_not("● 19").sees("18 Oct").sees("first");
    rig.keys("right").sees("item 9 (thoughts of death or self-harm)");
    rig.keys("esc").sees_not("item 9 (thoughts");
    rig.resize(60, 20);
    rig.sees("21 Nov").sees("18 Oct").sees_not("● 19");
}

#[test]
fn what_is_due_by_its_interval_stands_first() {
    let mut gad = filled(1, date(10, 20), [1; 9], "moderate");
    gad.value.measure = "GAD-7".into();
    let rows = vec![gad, filled(2, date(11, 18), [1; 9], "mild")];
    let mut rig = room(with(rows));
    rig.sees("GAD-7").sees("due");
    rig.keys("ctrl-a").sees("GAD-7");
    rig.keys("esc tab ctrl-a").sees("filled in on");
}

#[test]
fn answers_survive_a_lock() {
    let mut rig = room(with(vec![filled(1, date(11, 6), [0; 9], "minimal")]));
    rig.keys("ctrl-a 1 2 3 ctrl-l");
    let Door::Lock { place, .. } = rig.locked_with() else { panic!() };
    let kept = &place.typed[0];
    assert_eq!(kept.kind, FormKind::Measure);
    assert!(kept.fields.contains(&("=3".to_owned(), "3".to_owned())));
}

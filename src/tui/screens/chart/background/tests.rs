//! The background of a chart, pressed key by key.

use crate::domain::*;
use crate::service::api::{Answer, BackgroundAsk, ChartView, Command, Done, Kept};
use crate::tui::app::rig::{self, Rig};

fn date(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("b");
    rig
}

fn jo() -> ChartView {
    rig::chart(1, "Jo", "Rivera")
}

fn alcohol() -> Diagnosis {
    Diagnosis {
        client: ClientId([1; 16]),
        number: 1,
        code: "F10.20".into(),
        wording: "Alcohol dependence, uncomplicated".into(),
        kind: DiagnosisKind::Principal,
        made_on: date(11, 4),
        made_by: "Ann Lee".into(),
        credential: "MD".into(),
        source: "outside record".into(),
        ..Diagnosis::default()
    }
}

fn asked(rig: &Rig) -> BackgroundAsk {
    match rig.command() {
        Command::Background(ask) => (**ask).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_empty_says_how_it_begins() {
    let mut rig = room(jo());
    rig.sees("No diagnosis is recorded. Ctrl-A adds one.")
        .sees("No earlier help is written down.")
        .sees("2.1");
    rig.keys("?").sees("Diagnoses, level of care, earlier help");
}

#[test]
fn a_code_is_found_in_five_keys() {
    let mut rig = room(jo());
    rig.keys("ctrl-a enter").sees("Diagnosis (ICD-10-CM 2026): code or words");
    rig.keys("f 1 0 2 enter").sees("Record F10.20").sees("Alcohol dependence, uncomplicated");
    let mut rig = room(jo());
    rig.keys("ctrl-a enter").types("opioid use dis mod").keys("enter").sees("Record F11.20");
    let mut rig = room(jo());
    rig.keys("ctrl-a enter").types("r45851").keys("enter").sees("Record R45.851").sees("Suicidal ideations");
}

#[test]
fn whoever_diagnoses_is_named_with_their_credential() {
    let mut rig = room(jo());
    rig.keys("ctrl-a enter f 1 0 2 enter ctrl-s");
    let BackgroundAsk::Diagnosis { diagnosis, rev: 0 } = asked(&rig) else { panic!() };
    assert_eq!((diagnosis.code.as_str(), diagnosis.kind), ("F10.20", DiagnosisKind::Principal));
    assert_eq!((diagnosis.made_by.as_str(), diagnosis.credential.as_str()), ("Rosa Imani", "LADC"));
    assert_eq!((diagnosis.source.as_str(), diagnosis.edition.as_str()), ("own", "ICD-10-CM 2026"));
}

#[test]
fn a_diagnosis_ends_or_is_excluded_in_words_nobody_misreads() {
    let mut chart = jo();
    chart.diagnoses = vec![Kept { rev: 4, value: alcohol() }];
    let mut rig = room(chart);
    rig.sees("F10.20    principal      Alcohol dependence")
        .sees("made by Ann Lee MD (outside record), 4 Nov");
    rig.keys("ctrl-u").sees("looked into, does not hold");
    rig.keys("e x c enter");
    let BackgroundAsk::Diagnosis { diagnosis, rev: 4 } = asked(&rig) else { panic!() };
    assert_eq!(diagnosis.kind, DiagnosisKind::Excluded);
    rig.done();
    rig.keys("ctrl-u enter").sees("It ended on");
    rig.keys("enter");
    let BackgroundAsk::Diagnosis { diagnosis, .. } = asked(&rig) else { panic!() };
    assert_eq!(diagnosis.until, Some(rig::now().local.date));
}

#[test]
fn a_level_that_differs_asks_why_and_a_waiting_list_what_is_done_meanwhile() {
    let mut rig = room(jo());
    rig.keys("ctrl-a down enter").sees("Level of care");
    rig.keys("enter").types("2.5").keys("enter enter").types("1 ").keys("enter ctrl-s");
    rig.sees("The level given is not the one indicated. Choose why.");
    rig.keys("enter").types("wait").keys("enter ctrl-s").sees("say what is done meanwhile");
    rig.types("The evening group.").keys("ctrl-s").sees("ask about the waiting list again");
    rig.types("T+7").keys("ctrl-s");
    let BackgroundAsk::Level { level, rev: 0, again } = asked(&rig) else { panic!() };
    assert_eq!((level.indicated.as_str(), level.reason.as_str()), ("2.5", "waiting list"));
    assert_eq!(again, Some(rig::now().local.date.plus_days(7)));
}

#[test]
fn earlier_help_keeps_the_clients_words() {
    let mut rig = room(jo());
    rig.keys("ctrl-a end enter").sees("Earlier help");
    rig.keys("tab").types("Harbor House").keys("tab tab").types("2019").keys("ctrl-s");
    let BackgroundAsk::Help { help, rev: 0 } = asked(&rig) else { panic!() };
    assert_eq!((help.place.as_str(), help.from.as_str()), ("Harbor House", "2019"));
    let mut chart = jo();
    let help = EarlierHelp { number: 1, helped: "The walks.".into(), ..*help };
    chart.helps = vec![Kept { rev: 1, value: help }];
    room(chart).sees("Harbor House").sees("“The walks.”  helped");
}

#[test]
fn a_low_grid_asks_about_a_lower_level_and_decides_nothing() {
    let mut chart = jo();
    let mut summary = (*chart.person.summary).clone();
    let low = |dimension| RatingFacts { dimension, now: Some(Severity::Mild), ..RatingFacts::default() };
    summary.ratings = (1..=6).map(low).collect();
    chart.person = rig::person_of(summary);
    room(chart).sees("no dimension at 2 or above: consider step-down");
}

#[test]
fn the_highlight_goes_to_what_was_added_here_and_not_to_what_others_add() {
    let with = |numbers: &[Number]| {
        let mut chart = jo();
        let one = |number: &Number| Kept { rev: 1, value: Diagnosis { number: *number, ..alcohol() } };
        chart.diagnoses = numbers.iter().map(one).collect();
        chart
    };
    let done = |numbers: &[Number]| {
        Answer::Done(Box::new(Done { chart: Some(Box::new(with(numbers))), ..Done::default() }))
    };
    let mut rig = room(with(&[1]));
    rig.answer(Answer::Chart(Box::new(with(&[1, 2]))));
    rig.keys("ctrl-e");
    rig.types("x").keys("ctrl-s");
    let BackgroundAsk::Diagnosis { diagnosis, .. } = asked(&rig) else { panic!() };
    assert_eq!(diagnosis.number, 1, "another desk added one");
    rig.answer(done(&[1, 2]));
    rig.keys("ctrl-a enter f 1 0 2 enter ctrl-s");
    rig.answer(done(&[1, 2, 3]));
    rig.keys("ctrl-e");
    rig.types("x").keys("ctrl-s");
    let BackgroundAsk::Diagnosis { diagnosis, .. } = asked(&rig) else { panic!() };
    assert_eq!(diagnosis.number, 3);
}

#[test]
fn a_long_wording_is_wrapped_and_a_year_is_said_once() {
    let mut chart = jo();
    let wording =
        "Post-traumatic stress disorder, chronic, with a long remark that does not fit beside its kind";
    chart.diagnoses = vec![Kept { rev: 1, value: Diagnosis { wording: wording.into(), ..alcohol() } }];
    let help = EarlierHelp {
        from: "2019".into(),
        until: "2019".into(),
        place: "Harbor House".into(),
        ..EarlierHelp::default()
    };
    chart.helps = vec![Kept { rev: 1, value: help }];
    let rig = room(chart);
    rig.sees("does not fit")
        .sees("beside its kind")
        .sees("2019      substance use")
        .sees_not("2019-2019")
        .sees_not("…");
}

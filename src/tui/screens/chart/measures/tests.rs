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

/// N25 and N32: the total follows each correction, the band meets it unrounded, and it is shown with one decimal.
#[test]
fn the_total_follows_every_correction() {
    let begin = || {
        let mut rig = room(with(vec![filled(1, date(11, 6), [0; 9], "minimal")]));
        rig.keys("ctrl-a");
        rig
    };
    for (keys, score, band) in
        [("2 2 1 - 1 2 0 1 0", "10.1", "moderate"), ("1 1 0 - 1 0 1 0 0", "4.5", "minimal")]
    {
        begin().keys(keys).sees(score).sees(&format!("{band}, prorated, 1 not answered, verify"));
    }
    begin().keys("2 - 1 - - 2 0 1 0").sees("no total: 3 of 9 not answered");
    let mut rig = begin();
    rig.keys("1 1 1 1 1 1 1 1 1");
    let HeardAsk::Notice(sheet) = asked(&rig) else { panic!("item 9 is noticed") };
    rig.answer(done(critical(&sheet)));
    rig.keys("esc").sees("   9  mild");
    rig.keys("up up up up up up up up 3").sees("  11  moderate");
    rig.keys("down down -").sees("  11.3").sees("moderate, prorated, 1 not answered, verify");
    rig.keys("up 0").sees("  10  moderate");
    rig.keys("down down down down enter");
    let HeardAsk::Save(sheet) = asked(&rig) else { panic!("the last state is saved") };
    let keys: Vec<String> = sheet.answers[..9]
        .iter()
        .map(|(_, reply)| reply.key().map(|key| key.to_string()).unwrap_or_default())
        .collect();
    assert_eq!(keys, ["1", "3", "1", "1", "0", "1", "1", "1", "1"]);
}

/// N26 and N27: a form that is not full shows what is not decided; who would rather not say is still asked about item 9.
#[test]
fn what_is_missing_is_named_and_nothing_is_made_of_it() {
    let mut gad = filled(1, date(11, 6), [0; 9], "minimal");
    gad.value.measure = "PCL-5".into();
    let mut rig = room(with(vec![gad]));
    rig.keys("ctrl-a 2 0 0 0 0 2 0 2 0 0 0 - 0 0 2 2 0 0 0 0").sees("no total: 1 of 20 not answered");
    rig.sees("Clusters of symptoms: not decided");
    let mut rig = room(with(vec![filled(1, date(11, 6), [0; 9], "minimal")]));
    rig.keys("ctrl-a 1 1 r 1 1 1 1 1 0").sees("rather not say").sees("7.9").sees("mild, prorated");
    rig.keys("up r").sees("no total: item 9 is not answered: ask");
}

/// N33: a form opens with the words in which it was asked, and other words are marked in its line.
#[test]
fn a_form_opens_with_the_words_in_which_it_was_asked() {
    let mut rows = [filled(1, date(11, 6), [1; 9], "mild"), filled(2, date(11, 20), [1; 9], "mild")];
    let worded = |number: Number, words: &str| Wording {
        number,
        measure: "PHQ-9".into(),
        items: vec![WordedItem { item: "1".into(), words: words.into(), answers: Vec::new() }],
        ..Wording::default()
    };
    rows[0].value.wording = 1;
    rows[1].value.wording = 2;
    let wordings = vec![worded(1, "zebra in the first words"), worded(2, "zebra in other words")];
    let mut rig = room(ChartView { wordings, ..with(rows.to_vec()) });
    rig.keys("ctrl-w")
        .sees("no change, other wording")
        .sees("The form had other words than the time before.");
    rig.keys("right").sees("zebra in other words").sees_not("zebra in the first");
    rig.keys("down").sees("zebra in the first words").sees_not("zebra in other");
}

/// What other people answer and what is in error is not between two of one series.
#[test]
fn a_row_is_compared_with_the_one_before_it_of_the_same_series() {
    let mut rows = vec![
        filled(1, date(11, 1), [2, 2, 2, 2, 0, 0, 0, 0, 0], "mild"),
        filled(2, date(11, 8), [1; 9], "mild"),
        filled(3, date(11, 15), [3, 3, 3, 3, 3, 0, 0, 0, 0], "moderately severe"),
        filled(4, date(11, 22), [3, 3, 3, 3, 2, 0, 0, 0, 0], "moderate"),
    ];
    rows[1].value.in_error = "another person's".into();
    rows[2].value.answered_by = "caregiver".into();
    let mut rig = room(with(rows));
    rig.keys("ctrl-w").sees("14  6 more").sees("in error").sees("15  first").sees("8  first");
}

/// N37: what the score lacks is named, and both cut-offs are shown where nobody knows which holds.
#[test]
fn a_fact_that_is_missing_is_named_beside_the_score() {
    let one = |key: &str, total: i16| {
        let mut row = filled(1, date(11, 20), [0; 9], "");
        row.value.measure = key.into();
        row.value.results[0].score = Some(Score::from(Hundredths::whole(total)));
        let mut rig = room(with(vec![row]));
        rig.keys("ctrl-w");
        rig
    };
    one("ORS", 27).sees("28 or less for age 13 to 17").sees("The birth date is missing, so the cut-off");
    one("AUDIT-C", 3).sees("4 or more for male: no (verify)").sees("3 or more for female: yes (verify)");
}

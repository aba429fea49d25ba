use crate::domain::{
    Date, DimensionRef, ImmediateNeed, Moment, NeedFacts, NeedSource, NeedStands, NeedState, RatingFacts,
    Severity, StaffId, Wants,
};
use crate::service::api::{Answer, ChartAsk, ChartView, Command, Done, Kept};
use crate::service::fault::Fault;
use crate::tui::app::rig::{self, Rig};
use std::sync::Arc;

fn date(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn d(number: u8) -> DimensionRef {
    DimensionRef { set: "ASAM3".into(), number }
}

fn rating(dimension: u8, now: u8, before: u8) -> RatingFacts {
    RatingFacts {
        dimension,
        now: Severity::from_digit(now),
        on: date(11, 4),
        was: vec![Severity::from_digit(before)],
        ..RatingFacts::default()
    }
}

fn need(number: u32, dimension: DimensionRef, state: NeedState) -> Kept<ImmediateNeed> {
    let hours = |n: i64| Moment(rig::now().moment.0 - n * Moment::HOUR);
    let value = ImmediateNeed {
        client: crate::domain::ClientId([1; 16]),
        number,
        dimension,
        raised_at: hours(3),
        raised_by: StaffId([7; 16]),
        reason: format!("danger {number}"),
        source: NeedSource::Clinician,
        state,
        state_by: StaffId([7; 16]),
        state_at: hours(1),
        history: Vec::new(),
        hours: 0,
    };
    Kept { rev: 4, value }
}

fn in_hand(hours: i64) -> NeedState {
    NeedState::InHand {
        action: "sister called".into(),
        owner: StaffId([7; 16]),
        recheck_at: rig::now().moment.plus_ms(hours * Moment::HOUR),
    }
}

/// Worked example E1 of `clinical.md` 2.4: what she wants is to keep her apartment.
fn e1() -> ChartView {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    chart.wants = Some(Kept {
        rev: 2,
        value: Wants {
            wants: "keep my apartment".into(),
            why_now: "the hearing is on 3 December".into(),
            first: vec![6, 3],
            set: "ASAM3".into(),
            words: "a place of my own".into(),
            on: date(11, 19),
            ..Wants::default()
        },
    });
    let before = Wants { on: date(11, 4), wants: "be left alone".into(), first: vec![5], ..Wants::default() };
    chart.wants_before = vec![before];
    chart.needs = vec![need(1, d(3), NeedState::Confirmed)];
    let mut summary = rig::summary(1, "Jo", "Rivera");
    summary.assessed = Some(date(11, 4));
    summary.ratings = vec![
        rating(1, 1, 2),
        rating(2, 0, 0),
        rating(3, 3, 2),
        rating(4, 2, 2),
        RatingFacts {
            words: "Evenings are the worst.".into(),
            words_on: Some(date(11, 18)),
            ..rating(5, 3, 3)
        },
        rating(6, 3, 2),
    ];
    summary.client_first = vec![6, 3];
    summary.wants_set = "ASAM3".into();
    summary.needs = vec![NeedFacts {
        number: 1,
        set: "ASAM3".into(),
        dimension: 3,
        stands: NeedStands::Confirmed,
        raised_at: Moment(0),
        ..NeedFacts::default()
    }];
    chart.person.summary = Arc::new(summary);
    chart
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("r");
    rig
}

fn line_of(rig: &Rig, text: &str) -> usize {
    let screen = rig.screen();
    screen.lines().position(|line| line.contains(text)).unwrap_or_else(|| panic!("no {text:?} in\n{screen}"))
}

fn decided(rig: &Rig) -> (u32, u32, NeedState) {
    match rig.command() {
        Command::Chart(ChartAsk::DecideNeed { number, rev, state, .. }) => (*number, *rev, state.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_they_want_stands_on_top_and_the_dimensions_in_rank_order() {
    let rig = room(e1());
    rig.sees("Wants      “keep my apartment”  19 Nov, 1 earlier");
    rig.sees("Why now    “the hearing is on 3 December”");
    rig.sees("Puts first D6 home, D3 emotional").sees("“a place of my own”");
    rig.sees("NOW    D3 emotional  confirmed, no action yet")
        .sees("danger 1; raised 3 h ago by Rosa Imani LADC");
    let order: Vec<usize> =
        ["PLAN   D6 home", "PLAN   D5 relapse", "WATCH  D4 readiness", "STEADY D1", "STEADY D2"]
            .map(|row| line_of(&rig, row))
            .to_vec();
    assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{order:?}\n{}", rig.screen());
    rig.sees("3▲ no stage   worse (2→3) · client's #1");
}

#[test]
fn the_trace_unfolds_and_folds_under_its_row() {
    let mut rig = room(e1());
    rig.keys("down down right");
    rig.sees("PLAN · severity 3 · worse (2→3) · client's #1").sees("client: put it first");
    rig.sees("place: after D3, since NOW goes before PLAN");
    rig.keys("down right").sees("“Evenings are the worst.”  18 Nov");
    rig.keys("left").sees_not("Evenings are the worst");
    rig.keys("home right").sees("1 earlier:").sees("“be left alone”  ranked D5 relapse");
    rig.keys("enter").sees_not("be left alone");
}

#[test]
fn the_highlighted_need_is_the_one_decided_on() {
    let mut chart = e1();
    chart.needs = vec![need(2, d(5), in_hand(2)), need(1, d(3), NeedState::Proposed)];
    let mut rig = room(chart);
    rig.sees("recheck in 2 h").sees("sister called").sees("NOW?   D3 emotional  proposed, to decide");
    rig.keys("ctrl-o");
    assert_eq!(decided(&rig), (1, 4, NeedState::Confirmed), "the proposed one stands above");
    rig.keys("down ctrl-k v enter").sees("What came of it?").sees("D5, open since");
    rig.types("safe, sister is there").keys("enter");
    assert_eq!(decided(&rig), (2, 4, NeedState::Resolved { outcome: "safe, sister is there".into() }));
    rig.done().keys("ctrl-k d enter").types("1misheard").keys("enter");
    assert_eq!(decided(&rig), (2, 4, NeedState::Dismissed { reason: "misheard".into() }));
}

#[test]
fn taking_in_hand_asks_action_owner_and_recheck() {
    let mut rig = room(e1());
    let before = rig.asked.len();
    rig.keys("ctrl-k h enter").sees("What is being done?").sees("Rosa Imani LADC").sees("+24h");
    rig.types("call the sister").keys("tab tab ctrl-u").types("soon").keys("enter");
    assert_eq!(rig.asked.len(), before, "this is not a time");
    rig.sees("is not a time").sees("call the sister");
    rig.keys("ctrl-u").types("16:03").keys("enter");
    let (number, _, state) = decided(&rig);
    let recheck_at = rig::now().moment.plus_ms(2 * Moment::HOUR - 22_000);
    let owner = StaffId([7; 16]);
    assert_eq!(
        (number, state),
        (1, NeedState::InHand { action: "call the sister".into(), owner, recheck_at })
    );
}

#[test]
fn a_passed_recheck_and_closed_needs_are_told() {
    let mut chart = e1();
    let over = NeedState::Dismissed { reason: "a misunderstanding".into() };
    chart.needs = vec![need(2, d(3), in_hand(-3)), need(1, d(1), over)];
    let mut rig = room(chart);
    rig.sees("recheck 3 h over");
    rig.keys("end").sees("1 immediate need over, Right shows").sees_not("misunderstanding");
    rig.keys("right").sees("D1 withdrawal, dismissed 1 h ago by Rosa Imani LADC: a misunderstanding");
}

#[test]
fn raising_begins_at_the_highlighted_dimension() {
    let mut rig = room(e1());
    rig.keys("down down !").sees("6 Recovery/Living Environment");
    rig.types("no bed tonight").keys("ctrl-s");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::RaiseNeed { dimension, reason, .. })
        if dimension.number == 6 && reason == "no bed tonight"));
}

#[test]
fn a_need_without_a_counterpart_here_is_not_lost() {
    let mut chart = e1();
    let foreign = DimensionRef { set: "ASAM4".into(), number: 6 };
    chart.needs = vec![need(1, foreign, NeedState::Confirmed)];
    let mut summary = (*chart.person.summary).clone();
    summary.needs[0].set = "ASAM4".into();
    summary.needs[0].dimension = 6;
    chart.person.summary = Arc::new(summary);
    let rig = room(chart);
    rig.sees("NOW    D6 person'").sees("NOW    elsewhere");
}

#[test]
fn wants_are_typed_checked_and_kept_when_refused() {
    let mut rig = room(e1());
    let before = rig.asked.len();
    rig.keys("ctrl-e").sees("keep my apartment").sees("6 3");
    rig.types(" and my job").keys("tab tab ctrl-u").types("6 9").keys("tab tab enter");
    assert_eq!(rig.asked.len(), before);
    rig.sees("1 to 6").sees("and my job");
    rig.keys("ctrl-u").types("5 d3 6").keys("tab tab ctrl-u").types("T+2").keys("enter");
    assert_eq!(rig.asked.len(), before);
    rig.sees("is in the future");
    rig.keys("ctrl-u").types("T-1").keys("enter");
    let Command::Chart(ChartAsk::RecordWants { wants, rev: 2, .. }) = rig.command() else { panic!() };
    assert_eq!(
        (wants.wants.as_str(), wants.first.as_slice()),
        ("keep my apartment and my job", &[5, 3, 6][..])
    );
    assert_eq!((wants.on, wants.set.as_str()), (date(11, 20), "ASAM3"));
    rig.refuse(Fault::user("The store is busy."));
    rig.sees("Not done: The store is busy.").sees("and my job");
    rig.keys("end tab tab tab tab tab enter");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::RecordWants { .. })));
    let done = Done {
        said: "Written down in their words.".into(),
        chart: Some(Box::new(e1())),
        undoable: true,
        ..Done::default()
    };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("Written down in their words. Ctrl-Z undoes it.");
}

#[test]
fn the_order_can_be_chosen() {
    let mut rig = room(rig::chart(1, "Jo", "Rivera"));
    let before = rig.asked.len();
    rig.keys("ctrl-g ctrl-s").sees("Nothing is written down yet.");
    rig.keys("enter end enter enter end enter").keys("ctrl-s");
    assert_eq!(rig.asked.len(), before);
    rig.sees("D6 is there twice.");
    rig.keys("enter up enter ctrl-s").keys("tab enter");
    let asked = rig.asked.iter().rev().find_map(|ask| match &ask.command {
        Command::Chart(ChartAsk::RecordWants { wants, rev, .. }) => Some((wants.first.clone(), *rev)),
        _ => None,
    });
    assert_eq!(asked, Some((vec![6, 5], 0)));
}

#[test]
fn an_empty_room_teaches() {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    let mut summary = rig::summary(1, "Jo", "Rivera");
    summary.ratings.clear();
    chart.person.summary = Arc::new(summary);
    let mut rig = room(chart);
    rig.sees("Nothing is rated yet. Press g to go to the assessment grid.")
        .sees("What does the client want, and why now? Press Ctrl-E");
    rig.sees_not("ASSESS");
    let before = rig.asked.len();
    rig.types("wxyzv").keys("down up right left home end");
    assert_eq!(rig.asked.len(), before, "no plain key writes");
}

#[test]
fn doing_well_prompts_a_step_down() {
    let mut chart = e1();
    let mut summary = (*chart.person.summary).clone();
    summary.needs.clear();
    for rating in &mut summary.ratings {
        rating.now = Severity::from_digit(1);
        rating.was = vec![Severity::from_digit(1)];
    }
    chart.needs.clear();
    chart.person.summary = Arc::new(summary);
    room(chart).sees("No dimension at 2 or above: consider step-down or transition.").sees("WATCH  D6 home");
}

#[test]
fn the_dimension_that_is_talked_about_stands_beside() {
    let mut chart = e1();
    if let Some(kept) = &mut chart.wants {
        kept.value.barriers = "no car".into();
        kept.value.preferences = "evenings only".into();
    }
    let mut rig = Rig::closed();
    rig.keys("r o s a tab x enter");
    let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
    session.settings.set = "ASAM4".into();
    rig.answer(Answer::SignedIn(Box::new(session)));
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("r end").sees("D6 person, talked about and not rated").sees("“evenings only”").sees("3'");
    rig.resize(120, 40);
    rig.sees("D6 person, talked about and not rated").sees("Wants      “keep my apartment”").sees("“no car”");
}

#[test]
fn who_may_not_write_is_told_why() {
    let mut chart = e1();
    chart.may_write = false;
    let mut rig = room(chart);
    let before = rig.asked.len();
    rig.keys("ctrl-e")
        .sees("You can read this chart, not write in it: it is not one of yours.")
        .sees_not("Write it down");
    rig.keys("! ctrl-g ctrl-o");
    assert_eq!(rig.asked.len(), before);
}

#[test]
fn it_stands_in_every_size_and_in_ascii() {
    let mut rig = room(e1());
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        rig.resize(width, height);
        rig.sees("Wants").sees("WATCH  D4 readiness").sees("STEADY D2 health");
    }
    rig.resize(59, 20);
    rig.sees("too small").sees_not("apartment");
    rig.resize(80, 24);
    rig.ascii();
    rig.sees("\"keep my apartment\"").sees("> NOW").sees("3^");
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
}

#[test]
fn a_click_highlights_and_a_second_unfolds() {
    let mut rig = room(e1());
    let y = u16::try_from(line_of(&rig, "D4 readiness")).unwrap();
    rig.click(10, y);
    rig.sees("► WATCH").sees_not("group:");
    rig.click(10, y);
    rig.sees("group:");
}

#[test]
fn enter_on_the_overview_decides_on_the_need_and_a_key_without_a_meaning_says_so() {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart.clone())));
    rig.keys("enter").sees("There is nothing to open on this page.");
    rig.keys("f9").sees("F9 does nothing here. It works in: the grid (g), the plan (p), the notes (n).");
    rig.keys("x").sees_not("does nothing here");
    rig.sees("Esc leave chart");
    chart.needs = vec![need(1, d(3), NeedState::Proposed), need(2, d(5), NeedState::Proposed)];
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.sees("danger 1  (proposed, nobody has decided").sees("Enter decides");
    assert_eq!(rig.screen().matches("Enter decides").count(), 1, "it is about the first");
    rig.keys("enter").sees("danger 1").sees("Confirm");
}

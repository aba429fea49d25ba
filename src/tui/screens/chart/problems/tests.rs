use crate::domain::{
    ClientId, Date, DimensionRef, Moment, Number, Problem, ProblemStatus, Proposal, StaffId, Stage,
};
use crate::service::api::{Answer, ChartAsk, ChartView, Command, Done, Kept};
use crate::service::fault::Fault;
use crate::tui::app::rig::{self, Rig};

fn date(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn problem(
    number: Number,
    dimension: u8,
    wording: &str,
    words: &str,
    status: ProblemStatus,
) -> Kept<Problem> {
    let added = Moment(rig::now().moment.0 - 19 * 24 * Moment::HOUR);
    let value = Problem {
        client: ClientId([1; 16]),
        number,
        wording: wording.into(),
        words: words.into(),
        dimension: DimensionRef { set: "ASAM3".into(), number: dimension },
        second: None,
        stages: Vec::new(),
        status,
        status_on: date(11, 9),
        rank: number,
        code: None,
        added_at: added,
        added_by: StaffId([7; 16]),
        added_by_name: "Rosa Imani LADC".into(),
        changed_at: added,
        changed_by: StaffId([7; 16]),
    };
    Kept { rev: 3, value }
}

fn proposal(number: Number, wording: &str, status: &str) -> Proposal {
    Proposal {
        number,
        wording: wording.into(),
        status: status.into(),
        code: Some(("SNOMED".into(), "59621000".into())),
        onset: Some(Date::from_ymd(2019, 4, 2).unwrap()),
        ..Proposal::default()
    }
}

fn full() -> ChartView {
    let mut chart = rig::chart(1, "Jo", "Rivera");
    let mut drinks = problem(
        3,
        5,
        "Drinks within two hours of each argument",
        "Evenings after court are the worst.",
        ProblemStatus::Active,
    );
    drinks.value.stages = vec![(date(10, 18), Stage::Precontemplation), (date(11, 4), Stage::Contemplation)];
    let deferred = |revisit| ProblemStatus::Deferred { reason: "dental work first".into(), revisit };
    let wrong = ProblemStatus::EnteredInError { reason: "another person".into() };
    let resolved = ProblemStatus::Resolved { note: "has a room".into() };
    chart.problems = vec![
        drinks,
        problem(1, 3, "Sleeps three hours a night", "", ProblemStatus::Active),
        problem(2, 2, "Toothache", "It hurts.", deferred(date(11, 18))),
        problem(4, 4, "Court costs", "", deferred(date(12, 1))),
        problem(5, 6, "No bed", "", resolved),
        problem(6, 1, "Wrong chart", "", wrong),
    ];
    let mut taken = proposal(3, "Taken already", "active");
    taken.accepted = Some(1);
    chart.imported.proposals = vec![
        proposal(1, "Sprain of ankle", "resolved"),
        proposal(2, "Essential hypertension", "active"),
        taken,
    ];
    chart
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("p");
    rig
}

fn saved(rig: &Rig) -> (Problem, u32) {
    match rig.command() {
        Command::Chart(ChartAsk::SaveProblem { problem, rev }) => ((**problem).clone(), *rev),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_list_shows_both_wordings_and_what_is_known_of_the_highlighted() {
    let mut rig = room(full());
    rig.sees("► P3  D5 relapse    Drinks within two hours").sees("contemplation    active 12 d");
    rig.sees("“Evenings after court are the worst.”")
        .sees("contemplation 4 Nov, before precontemplation 18 Oct");
    rig.sees("19 d ago by Rosa Imani LADC").sees("ask stage");
    rig.sees("P2  D2 health     Toothache").sees("deferred, revisit 3 d over");
    rig.sees("2 active, 2 deferred, 1 resolved").sees_not("Court costs").sees_not("Wrong chart");
    rig.keys("down down").sees("dental work first; since 9 Nov, look again 18 Nov");
}

#[test]
fn all_shows_everything_and_keeps_the_highlight() {
    let mut rig = room(full());
    rig.resize(80, 40);
    rig.keys("down ctrl-w").sees("Wrong chart").sees("deferred, revisit in 10 d").sees("1 entered in error");
    rig.sees("► P1");
    rig.keys("ctrl-w").sees_not("Wrong chart").sees("► P1");
}

#[test]
fn a_problem_is_typed_checked_and_added() {
    let mut rig = room(full());
    let before = rig.asked.len();
    rig.keys("ctrl-a").sees("no label").sees("RIVERA, Jo, A-1001");
    rig.keys("tab tab enter end enter").keys("ctrl-s");
    assert_eq!(rig.asked.len(), before);
    rig.sees("needs a wording");
    rig.types("Everyone at home uses").keys("tab").types("They all do it.");
    rig.keys("tab tab enter end enter ctrl-s").sees("another dimension, or none");
    rig.keys("enter down up home enter")
        .keys("enter down down enter")
        .keys("ctrl-u")
        .types("T+3")
        .keys("enter enter");
    assert_eq!(rig.asked.len(), before);
    rig.sees("lies ahead");
    rig.keys("ctrl-u").types("T-2").keys("enter").types("ICD-10-CM Z63.72").keys("enter");
    let (problem, rev) = saved(&rig);
    assert_eq!((problem.number, rev, problem.dimension.number, problem.second), (0, 0, 6, None));
    assert_eq!(
        (problem.wording.as_str(), problem.words.as_str()),
        ("Everyone at home uses", "They all do it.")
    );
    assert_eq!(problem.stages, [(date(11, 19), Stage::Contemplation)]);
    assert_eq!(problem.code, Some(("ICD-10-CM".into(), "Z63.72".into())));
    rig.refuse(Fault::user("Admit the person first."));
    rig.sees("Not done: Admit the person first.").sees("Everyone at home uses");
}

#[test]
fn much_the_same_is_pointed_out_and_never_blocked() {
    let mut rig = room(full());
    rig.keys("ctrl-a").types("Sleeps three hours each night").keys("tab tab enter enter ctrl-s");
    assert_eq!(saved(&rig).0.number, 0);
    let done = Done {
        said: "P7 is on the list.".into(),
        chart: Some(Box::new(full())),
        undoable: true,
        ..Done::default()
    };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("P7 is on the list. P1 says much the same. Ctrl-Z takes it back.");
    rig.keys("ctrl-up");
    let done = Done {
        said: "P3 moved up.".into(),
        chart: Some(Box::new(full())),
        undoable: true,
        ..Done::default()
    };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("P3 moved up. Ctrl-Z takes it back.").sees_not("much the same");
}

#[test]
fn editing_keeps_what_is_not_on_the_form() {
    let mut chart = full();
    chart.problems[0].value.dimension = DimensionRef { set: "ASAM4".into(), number: 4 };
    let mut rig = room(chart);
    rig.sees("D4 use risk'");
    rig.keys("ctrl-e").types(", again").keys("down down down down down down enter");
    let (problem, rev) = saved(&rig);
    assert_eq!((problem.number, rev), (3, 3));
    assert_eq!(problem.wording, "Drinks within two hours of each argument, again");
    assert_eq!(problem.stages.len(), 2, "the stage was not asked again");
    assert_eq!(problem.dimension.set, "ASAM4", "its counterpart is still chosen");
}

#[test]
fn a_stage_is_asked_with_its_day_and_the_history_stays() {
    let mut rig = room(full());
    rig.keys("ctrl-t").sees("Stage of change of P3").sees("contemplation");
    rig.keys("enter down enter").keys("ctrl-u").types("10/25/26").keys("enter");
    let (problem, _) = saved(&rig);
    let days: Vec<Date> = problem.stages.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [date(10, 18), date(10, 25), date(11, 4)], "kept in the order of their days");
    assert_eq!(problem.stages[1].1, Stage::Preparation);
}

#[test]
fn every_status_asks_what_it_needs() {
    let mut rig = room(full());
    let before = rig.asked.len();
    rig.keys("ctrl-u").sees("where does it stand?");
    rig.keys("enter").sees("active already");
    rig.keys("ctrl-u d e f enter").sees("Why not now");
    rig.types("court first").keys("tab").types("T-1").keys("enter");
    assert_eq!(rig.asked.len(), before);
    rig.sees("lies behind");
    rig.keys("ctrl-u").types("T+30").keys("enter");
    let reason = "court first".to_owned();
    assert_eq!(saved(&rig).0.status, ProblemStatus::Deferred { reason, revisit: date(12, 21) });
    rig.done().keys("ctrl-u r e f enter enter").sees("To whom is needed");
    rig.types("dental clinic").keys("enter");
    assert_eq!(saved(&rig).0.status, ProblemStatus::Referred { to: "dental clinic".into() });
    rig.done().keys("ctrl-u r e s enter").types("sleeps again").keys("enter");
    assert_eq!(saved(&rig).0.status, ProblemStatus::Resolved { note: "sleeps again".into() });
    rig.done().keys("ctrl-u e n t enter").types("another chart").keys("enter");
    assert_eq!(saved(&rig).0.status, ProblemStatus::EnteredInError { reason: "another chart".into() });
    rig.done().keys("down down ctrl-u home enter");
    assert_eq!(
        saved(&rig),
        (Problem { status: ProblemStatus::Active, ..full().problems[2].value.clone() }, 3)
    );
}

#[test]
fn problems_are_moved_by_hand_and_the_highlight_goes_with_them() {
    let mut rig = room(full());
    rig.keys("down ctrl-up");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::MoveProblem { number: 1, up: true, .. })));
    let mut chart = full();
    chart.problems.swap(0, 1);
    let done =
        Done { said: "P1 moved up.".into(), chart: Some(Box::new(chart)), undoable: true, ..Done::default() };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("► P1");
    rig.keys("ctrl-k > enter");
    assert!(matches!(rig.command(), Command::Chart(ChartAsk::MoveProblem { number: 1, up: false, .. })));
}

#[test]
fn a_proposal_is_accepted_with_a_dimension() {
    let mut rig = room(full());
    rig.keys("end").sees("2 proposals from another system, Right unfolds").sees_not("hypertension");
    rig.keys("ctrl-o").sees("Highlight a proposal first");
    rig.keys("right")
        .sees("Essential hypertension")
        .sees("active  since 2019-04-02")
        .sees_not("Taken already");
    rig.keys("down").sees("Counted nowhere until Ctrl-O accepts it");
    let before = rig.asked.len();
    rig.keys("ctrl-o").sees("Accept the proposed problem");
    rig.keys("ctrl-s").sees("Dimension is needed.");
    assert_eq!(rig.asked.len(), before);
    rig.keys("enter down enter").types("the pressure thing").keys("tab enter down enter enter");
    assert!(
        matches!(rig.command(), Command::Chart(ChartAsk::AcceptProposal { proposal: 2, dimension, words, stage, .. })
        if dimension.number == 2 && words == "the pressure thing" && *stage == Some(Stage::Precontemplation)),
        "{:?}",
        rig.command()
    );
    rig.done().keys("left").sees_not("Essential hypertension").sees("2 proposals");
}

#[test]
fn empty_unadmitted_and_read_only_rooms_say_what_to_do() {
    let mut rig = room(rig::chart(1, "Jo", "Rivera"));
    rig.sees("No problem is on the list.").sees("Ctrl-A adds one.");
    let before = rig.asked.len();
    rig.keys("ctrl-e").sees("Highlight a problem first.");
    rig.types("abcdefijklmqstuvwxyz<>").keys("ctrl-up");
    assert_eq!(rig.asked.len(), before, "no plain key writes");
    let mut chart = full();
    chart.may_write = false;
    chart.may_answer = false;
    let mut rig = room(chart.clone());
    rig.keys("ctrl-a").sees("You may not write in this chart.").sees_not("Add it");
    chart.episodes.clear();
    room(chart.clone()).keys("ctrl-a").sees("Admit first: Ctrl-D admits.");
    chart.may_read = false;
    room(chart).sees("Admit first").sees_not("Drinks");
}

#[test]
fn it_stands_in_every_size_and_in_ascii() {
    let mut rig = room(full());
    for (width, height) in [(80, 24), (120, 40), (200, 60)] {
        rig.resize(width, height);
        rig.sees("► P3  D5 relapse").sees("19 d ago by Rosa Imani LADC").sees("2 proposals");
    }
    rig.resize(79, 23);
    rig.sees("too small").sees_not("Drinks");
    rig.resize(80, 24);
    rig.ascii();
    rig.sees("> P3").sees("\"Evenings after court are the worst.\"");
    assert!(rig.screen().is_ascii(), "{}", rig.screen());
}

#[test]
fn a_second_click_opens_the_tray() {
    let mut rig = room(full());
    let screen = rig.screen();
    let y = screen.lines().position(|line| line.contains("2 proposals")).unwrap();
    let y = u16::try_from(y).unwrap();
    rig.click(8, y);
    rig.sees_not("hypertension");
    rig.click(8, y);
    rig.sees("hypertension");
}

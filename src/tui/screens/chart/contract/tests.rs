//! The contract, pressed key by key.

use crate::domain::*;
use crate::service::api::{Answer, ChartView, Command, Kept, PlanAsk};
use crate::tui::app::rig::{self, Rig};

fn goal(words: &str) -> Goal {
    let mut goal = Goal { words: Quote { words: words.into(), ..Quote::default() }, ..Goal::default() };
    (goal.line.number, goal.line.state) = (1, LineState::Active);
    goal
}

fn chart() -> ChartView {
    let mut chart = rig::chart(1, "Sam", "Okafor");
    let on = Date::from_ymd(2026, 11, 2).unwrap();
    let wants = Wants {
        wants: "Get off probation.".into(),
        why_now: "My boy asks where I was.".into(),
        on,
        ..Wants::default()
    };
    chart.wants = Some(Kept { rev: 1, value: wants });
    chart.plan.plan.goals = vec![goal("Be home on paydays.")];
    chart
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter");
    rig.answer(Answer::Chart(Box::new(chart)));
    rig.keys("t");
    rig
}

fn saved(rig: &Rig) -> Contract {
    match rig.command() {
        Command::Plan(ask) => match ask.as_ref() {
            PlanAsk::SaveContract { contract, .. } => (**contract).clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn five_rows_one_open_and_a_question_under_what_is_empty() {
    let mut rig = room(chart());
    rig.sees("2 of 15 answers")
        .sees("“Get off probation.”")
        .sees("1 of 3")
        .sees_not("What does the person need?");
    rig.keys("right").sees("What does the person need?").sees("The plan offers: Be home on paydays.");
    rig.keys("end right").sees("How soon? How much do you want it?").sees_not("What does the person need?");
    rig.keys("left").sees_not("How soon?");
}

#[test]
fn an_answer_is_written_and_what_the_plan_offers_is_taken_over() {
    let mut rig = room(chart());
    rig.keys("right down down").keys("enter").sees("What: What does the person need?");
    rig.types("A licence.");
    rig.keys("enter");
    let contract = saved(&rig);
    let cell = contract.cell(ContractRow::What, ContractView::Assessment).unwrap();
    assert_eq!((cell.written.words.as_str(), cell.plan_said.as_deref()), ("A licence.", None));
    rig.done();
    rig.keys("down ctrl-o").sees("Be home on paydays.");
    rig.keys("enter");
    let contract = saved(&rig);
    let cell = contract.cell(ContractRow::What, ContractView::Agreed).unwrap();
    assert_eq!(
        (cell.written.words.as_str(), cell.plan_said.as_deref()),
        ("Be home on paydays.", Some("Be home on paydays."))
    );
}

#[test]
fn enter_on_a_row_opens_it_and_closes_it_again() {
    let mut rig = room(chart());
    rig.sees_not("What does the person need?");
    rig.keys("enter").sees("What does the person need?");
    rig.keys("enter").sees_not("What does the person need?");
    rig.keys("ctrl-e").sees("What does the person need?");
}

#[test]
fn what_the_client_wants_has_one_place() {
    let mut rig = room(chart());
    rig.keys("right down enter").sees("What the client wants, and why now").sees("Get off probation.");
}

#[test]
fn what_others_set_stands_apart_from_what_the_client_wants() {
    let mut rig = room(chart());
    rig.keys("down right").sees("The court or authority wants").sees("If it is not kept").sees("My boy asks");
    rig.keys("down down enter").sees("what follows if it is not kept");
    rig.types("Four months.").keys("enter");
    assert_eq!(saved(&rig).if_not_kept.words, "Four months.");
    let mut chart = chart();
    chart.episodes[0].value.mandated = false;
    room(chart).keys("down right").sees_not("The court or authority wants");
}

#[test]
fn an_agreed_answer_says_that_the_plan_changed_since() {
    let mut chart = chart();
    let cell = ContractCell {
        row: ContractRow::What,
        view: ContractView::Agreed,
        written: Written {
            words: "Home on paydays.".into(),
            by_name: "Rosa Imani LADC".into(),
            ..Written::default()
        },
        plan_said: Some("Something else.".into()),
    };
    chart.plan.contract = Contract { cells: vec![cell], ..Contract::default() };
    let mut rig = room(chart);
    rig.sees("the plan changed since in 1").sees("plan changed since, 2 of 3");
    rig.keys("right").sees("Changed since; the plan now says: Be home on paydays.").sees("Rosa Imani LADC");
}

#[test]
fn nobody_writes_before_admission() {
    let mut chart = chart();
    chart.may_write = false;
    chart.episodes.clear();
    room(chart).keys("right down down enter").sees("is not admitted yet. Press Ctrl-D to admit");
}

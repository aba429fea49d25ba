//! Diagnoses, earlier help, the level of care and the contract, at the front desk.

use crate::life::{House, house};
use crate::rig::Rig;
use concord::domain::*;
use concord::service::api::*;

fn jo() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    (rig, jo)
}

fn diagnosis(client: ClientId, code: &str, kind: DiagnosisKind) -> Diagnosis {
    Diagnosis {
        client,
        code: code.into(),
        wording: format!("wording of {code}"),
        kind,
        made_by: "Ann Lee".into(),
        source: "outside record".into(),
        ..Diagnosis::default()
    }
}

fn record(diagnosis: Diagnosis, rev: u32) -> Command {
    BackgroundAsk::Diagnosis { diagnosis: Box::new(diagnosis), rev }.into()
}

fn decide(level: LevelDecision, rev: u32, again: Option<Date>) -> Command {
    BackgroundAsk::Level { level: Box::new(level), rev, again }.into()
}

fn chart(done: Done) -> ChartView {
    *done.chart.expect("the chart")
}

#[test]
fn an_admission_decides_the_first_level_and_the_newest_one_counts() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let level = LevelDecision {
        client: jo,
        on: today,
        indicated: "2.5".into(),
        actual: "1".into(),
        event: LevelEvent::Change,
        ..LevelDecision::default()
    };
    let refused = rig.fault(decide(level.clone(), 0, None));
    assert_eq!(refused.to_string(), "Indicated and actual level differ: say why.");
    let level =
        LevelDecision { reason: "waiting list".into(), interim: "The evening group.".into(), ..level };
    let done = chart(rig.done(decide(level.clone(), 0, Some(today.plus_days(7)))));
    let found: Vec<&str> = done.levels.iter().map(|kept| kept.value.actual.as_str()).collect();
    assert_eq!(found, ["1", "2.1"], "newest first; the one of the admission stays");
    assert_eq!(done.level().map(|level| level.by_name.as_str()), Some("Rosa Imani LADC"));
    assert_eq!(done.person.summary.episode.as_ref().map(|episode| &*episode.level), Some("1"));
    // The day to ask about the waiting list again is a task.
    let tasks = |rig: &mut Rig| {
        let owed = crate::days::owed(rig);
        owed.into_iter().filter_map(|line| line.task).map(|kept| kept.value).collect::<Vec<Task>>()
    };
    let task = tasks(&mut rig).pop().expect("a task");
    assert_eq!(
        (task.text.as_str(), task.due),
        ("Ask about the waiting list for level 2.5.", today.plus_days(7))
    );
    // Another one is another task, and each decision in the audit has its number.
    let again = chart(rig.done(decide(level.clone(), 0, Some(today.plus_days(9)))));
    assert_eq!(tasks(&mut rig).len(), 2);
    let decided: Vec<Number> = rig
        .audit_events()
        .iter()
        .filter(|event| event.act == Act::LevelDecided)
        .map(|event| event.number)
        .collect();
    assert_eq!(decided, [2, 3]);
    let last = again.levels[0].clone();
    rig.done(decide(LevelDecision { in_error: "twice".into(), ..last.value }, last.rev, None));
    // Entered in error: the one before counts again.
    let newest = done.levels[0].clone();
    let wrong = LevelDecision { in_error: "another person's".into(), ..newest.value };
    let done = chart(rig.done(decide(wrong, newest.rev, None)));
    assert_eq!(done.level().map(|level| level.actual.as_str()), Some("2.1"));
    assert_eq!(done.person.summary.episode.as_ref().map(|episode| &*episode.level), Some("2.1"));
}

#[test]
fn one_diagnosis_is_the_principal_one_and_the_sentence_says_which_no_longer_is() {
    let (mut rig, jo) = jo();
    rig.done(record(diagnosis(jo, "F10.20", DiagnosisKind::Principal), 0));
    let done = rig.done(record(diagnosis(jo, "F33.1", DiagnosisKind::Principal), 0));
    assert_eq!(done.said, "F33.1 is recorded as principal. F10.20 is now other.");
    let kinds: Vec<DiagnosisKind> = chart(done).diagnoses.iter().map(|kept| kept.value.kind).collect();
    assert_eq!(kinds, [DiagnosisKind::Other, DiagnosisKind::Principal]);
    // One act: one undo brings both back.
    let done = chart(rig.done(Command::Undo));
    let kinds: Vec<DiagnosisKind> = done.diagnoses.iter().map(|kept| kept.value.kind).collect();
    assert_eq!(kinds, [DiagnosisKind::Principal]);
    let done = chart(rig.done(record(diagnosis(jo, "F41.1", DiagnosisKind::Provisional), 0)));
    let last = done.diagnoses.last().map(|kept| kept.value.number);
    assert_eq!(last, Some(3), "the number of what was undone is never given again");
}

#[test]
fn what_was_done_in_another_chart_or_before_what_stays_is_undone_only_after_it_was_said() {
    let (mut rig, jo) = jo();
    rig.done(record(diagnosis(jo, "F10.20", DiagnosisKind::Principal), 0));
    let sam = rig.admitted("Sam", "Okafor");
    rig.open(sam);
    // An admission stays. What can be undone came before it, about somebody else.
    let said = rig.desk.handle(Command::Undo).unwrap_err().to_string();
    assert!(said.contains("Sam Okafor is admitted") && said.contains("F10.20 is recorded"), "{said}");
    assert_eq!(rig.open(jo).diagnoses.len(), 1, "nothing is undone by the first press");
    assert!(chart(rig.done(Command::Undo)).diagnoses.is_empty(), "the next one undoes it");
    // The same where the last act is undoable, and another chart is open.
    rig.done(record(diagnosis(jo, "F33.1", DiagnosisKind::Principal), 0));
    rig.open(sam);
    let said = rig.desk.handle(Command::Undo).unwrap_err().to_string();
    assert!(said.contains("not in this chart") && said.contains("F33.1 is recorded"), "{said}");
    // Said over one chart, it is not said over the next.
    let kim = rig.admitted("Kim", "Lindgren");
    rig.open(kim);
    let said = rig.desk.handle(Command::Undo).unwrap_err().to_string();
    assert!(said.contains("Kim Lindgren is admitted"), "{said}");
    rig.open(sam);
    let said = rig.desk.handle(Command::Undo).unwrap_err().to_string();
    assert!(said.contains("not in this chart"), "{said}");
    assert!(chart(rig.done(Command::Undo)).diagnoses.is_empty());
    // In its own chart one press is enough.
    rig.open(jo);
    rig.done(record(diagnosis(jo, "F41.1", DiagnosisKind::Principal), 0));
    assert!(chart(rig.done(Command::Undo)).diagnoses.is_empty());
}

#[test]
fn whoever_may_not_diagnose_records_somebody_elses_and_is_told_so() {
    let (mut rig, jo) = jo();
    let own =
        |client| Diagnosis { source: "own".into(), ..diagnosis(client, "F10.20", DiagnosisKind::Principal) };
    rig.done(record(own(jo), 0));
    // Sam's notes wait for a co-signature.
    let House { mut rig, jo, .. } = house();
    let refused = rig.fault(record(own(jo), 0));
    assert!(refused.to_string().contains("You record diagnoses that somebody else made"), "{refused}");
}

#[test]
fn the_contract_keeps_day_and_author_of_each_answer() {
    let (mut rig, jo) = jo();
    let cell = |row, view, words: &str| ContractCell {
        row,
        view,
        written: Written { words: words.into(), ..Written::default() },
        plan_said: Some("the plan".into()),
    };
    let cells = vec![
        cell(ContractRow::What, ContractView::Assessment, "A quiet place."),
        cell(ContractRow::What, ContractView::Agreed, "Be home on paydays."),
        cell(ContractRow::How, ContractView::Client, "  "),
    ];
    let contract = Contract { client: jo, cells, ..Contract::default() };
    let save = |contract: &Contract, rev| -> Command {
        PlanAsk::SaveContract { contract: Box::new(contract.clone()), rev }.into()
    };
    let done = chart(rig.done(save(&contract, 0)));
    let (kept, rev) = (&done.plan.contract, done.plan.contract_rev);
    assert_eq!(kept.cells.len(), 2, "an empty answer is none");
    assert!(kept.cells.iter().all(|cell| cell.written.by_name == "Rosa Imani LADC"));
    let said: Vec<Option<&str>> = kept.cells.iter().map(|cell| cell.plan_said.as_deref()).collect();
    assert_eq!(said, [None, Some("the plan")], "what the plan said belongs to what is agreed");
    // Words that were not changed keep their author.
    let mut next = kept.clone();
    next.cells[0].written.words = "A quiet room.".into();
    rig.hire("kim", &[Role::Supervisor], None);
    rig.lock();
    rig.sign_in("kim");
    let done = chart(rig.done(save(&next, rev)));
    let authors: Vec<&str> =
        done.plan.contract.cells.iter().map(|cell| cell.written.by_name.as_str()).collect();
    assert!(!authors[0].starts_with("Rosa") && authors[1].starts_with("Rosa"), "{authors:?}");
    // Whoever saw an older one changes nothing.
    rig.fault(save(&next, rev));
}

#[test]
fn earlier_help_says_something() {
    let (mut rig, jo) = jo();
    let help = |help: EarlierHelp| -> Command { BackgroundAsk::Help { help: Box::new(help), rev: 0 }.into() };
    let empty = EarlierHelp { client: jo, from: "2019".into(), ..EarlierHelp::default() };
    rig.fault(help(empty.clone()));
    let done = chart(rig.done(help(EarlierHelp { place: "Harbor House".into(), ..empty })));
    assert_eq!(done.helps[0].value.written.by_name, "Rosa Imani LADC");
}

#[test]
fn whoever_may_not_read_the_chart_sees_the_level_and_nothing_written_about_it() {
    let (mut rig, jo) = jo();
    let level = LevelDecision {
        client: jo,
        on: rig.clock().today(),
        indicated: "2.5".into(),
        actual: "1".into(),
        reason: "other".into(),
        note: "afraid of somebody there".into(),
        ..LevelDecision::default()
    };
    rig.done(decide(level, 0, None));
    rig.hire("dana", &[Role::Admin], None);
    rig.lock();
    rig.sign_in("dana");
    let chart = rig.open(jo);
    assert!(!chart.may_read);
    assert_eq!(chart.level().map(|level| (level.actual.as_str(), level.note.as_str())), Some(("1", "")));
    assert!(chart.diagnoses.is_empty() && chart.helps.is_empty() && chart.plan.contract.cells.is_empty());
}

//! The invented agency: the same from the same seed, nobody like anybody else, and real in every signature.

use concord::boot::{self, DemoOptions};
use concord::clock::{Clock, Ids};
use concord::demo::{self, Chart, Plan};
use concord::domain::{
    ClientId, ClockTime, Date, NeedState, NoteHead, ProblemStatus, SafetySigned, Staff, StaffId, Summary,
};
use concord::engine::memory::MemoryEngine;
use concord::rules::caseload::Standing;
use concord::rules::priority::Tier;
use concord::rules::summary::{Noted, Records, summarise};
use concord::service::Desk;
use concord::service::api::{
    Answer, ChartAsk, ChartView, Command, DocAsk, Door, HouseAnswer, HouseAsk, RetentionAsk, Secret, SignedIn,
};
use std::collections::{HashMap, HashSet};

use crate::rig::Rig;

fn clock() -> Clock {
    Clock::fixed("America/Chicago", Rig::NOW).unwrap()
}

fn charts(seed: u64, clients: u32, notes: Option<u32>) -> Vec<Chart> {
    let clock = clock();
    let instant = |date: Date, time: ClockTime| clock.instant(date, time);
    let plan = Plan {
        seed,
        clients,
        notes_per_client: notes,
        today: clock.today(),
        now: clock.now(),
        instant: &instant,
    };
    let staff = demo::staff(seed, StaffId([7; 16]), clock.now());
    (0..clients).map(|index| demo::chart(&plan, &staff, index)).collect()
}

fn made(clients: u32) -> (Desk, Vec<Staff>) {
    let options = DemoOptions { seed: 1, clients, notes_per_client: None };
    boot::make_demo(
        Box::new(MemoryEngine::new(concord::store::LOOSE)),
        &options,
        &clock(),
        &Ids::counted(5),
        |_| {},
    )
    .unwrap()
}

fn sign_in(desk: &mut Desk, login: &str) -> SignedIn {
    let passphrase = Secret::new(demo::PASSPHRASE.to_owned());
    match desk.handle(Command::Door(Door::SignIn { login: login.to_owned(), passphrase })).unwrap() {
        Answer::SignedIn(session) => *session,
        other => panic!("not signed in: {other:?}"),
    }
}

fn open(desk: &mut Desk, client: ClientId) -> ChartView {
    match desk.handle(Command::Chart(ChartAsk::Open(client))).unwrap() {
        Answer::Chart(chart) => *chart,
        other => panic!("no chart: {other:?}"),
    }
}

/// Sentences of at least so many words, folded.
fn sentences(text: &str, words: usize) -> Vec<String> {
    text.split(['.', '?', '!', ';', ':', '"'])
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
        .filter(|part| part.split(' ').count() >= words)
        .collect()
}

/// Everything that is said of or by the client outside the notes.
fn own_words(chart: &Chart) -> Vec<&str> {
    let mut words = Vec::new();
    for problem in &chart.problems {
        words.extend([problem.wording.as_str(), problem.words.as_str()]);
        match &problem.status {
            ProblemStatus::Deferred { reason, .. } => words.push(reason),
            ProblemStatus::Referred { to, .. } => words.push(to),
            ProblemStatus::Resolved { note } => words.push(note),
            _ => {}
        }
    }
    for (assessment, _) in &chart.assessments {
        for cell in &assessment.cells {
            words.extend([&*cell.history, &*cell.here_and_now, &*cell.strengths, &*cell.words]);
        }
    }
    if let Some(wants) = &chart.wants {
        words.extend([&*wants.wants, &*wants.why_now]);
    }
    for need in &chart.needs {
        words.push(&need.reason);
        if let NeedState::InHand { action, .. } = &need.state {
            words.push(action);
        }
    }
    words
}

/// Sentences that stand in two charts.
fn shared(charts: &[Chart], words: usize, texts: impl Fn(&Chart) -> Vec<&str>) -> Vec<String> {
    let mut seen: HashMap<String, ClientId> = HashMap::new();
    let mut twice = Vec::new();
    for chart in charts {
        for sentence in texts(chart).into_iter().flat_map(|text| sentences(text, words)) {
            let owner = *seen.entry(sentence.clone()).or_insert(chart.client.id);
            if owner != chart.client.id {
                twice.push(sentence);
            }
        }
    }
    twice
}

fn note_texts(chart: &Chart) -> Vec<&str> {
    chart.notes.iter().flat_map(|it| &it.note.sections).map(|section| section.text.as_str()).collect()
}

#[test]
fn the_same_seed_and_day_give_the_same_people() {
    assert_eq!(charts(1, 60, None), charts(1, 60, None));
    assert_ne!(charts(1, 3, None), charts(2, 3, None));
}

#[test]
fn no_two_charts_share_a_sentence() {
    let charts = charts(1, demo::DEFAULT_CLIENTS, None);
    assert_eq!(shared(&charts, 6, own_words), Vec::<String>::new());
    assert_eq!(shared(&charts, 10, note_texts), Vec::<String>::new());
    let names: HashSet<String> = charts.iter().map(|chart| chart.client.legal_name()).collect();
    assert_eq!(names.len(), charts.len());
}

#[test]
fn no_two_notes_are_the_same_and_all_are_whole() {
    for (seed, clients) in [(1, demo::DEFAULT_CLIENTS), (9, 300)] {
        let charts = charts(seed, clients, None);
        let mut seen = HashSet::new();
        for chart in &charts {
            for written in &chart.notes {
                let text: Vec<&str> =
                    written.note.sections.iter().map(|section| section.text.as_str()).collect();
                let text = text.join("\n");
                for mark in ['{', '}', '%', '|'] {
                    assert!(!text.contains(mark), "a gap is left open: {text}");
                }
                assert!(!text.contains("  ") && !text.contains(".."), "{text}");
                assert!(seen.insert(text.clone()), "twice: {text}");
            }
        }
        assert!(seen.len() > clients as usize * 8, "only {} notes", seen.len());
    }
}

#[test]
fn time_runs_forward_in_every_chart_and_ends_before_now() {
    let clock = clock();
    for chart in charts(3, 120, None) {
        let born = chart.client.birth.age(clock.today()).unwrap();
        assert!((10..100).contains(&born), "{}", chart.client.record_no);
        let Some(episode) = chart.episodes.first() else {
            assert!(chart.notes.is_empty() && chart.assessments.is_empty());
            continue;
        };
        let mut last = clock.instant(episode.admitted, ClockTime(0));
        for written in &chart.notes {
            let service = &written.note.service;
            let starts = clock.instant(service.date, service.start);
            assert!(service.date >= episode.admitted && starts < written.signed_at);
            assert!(
                written.signed_at < clock.now() && written.signed_at > last,
                "{}",
                chart.client.record_no
            );
            last = starts;
        }
        for pair in chart.assessments.windows(2) {
            assert!(pair[0].0.date < pair[1].0.date, "{}", chart.client.record_no);
        }
        for (assessment, signed) in &chart.assessments {
            assert!(*signed < clock.now() && assessment.cells.len() == 6);
        }
        for problem in &chart.problems {
            assert!(problem.status_on <= clock.today() && problem.changed_at < clock.now());
            assert!(!problem.stages.is_empty() && problem.stages.is_sorted_by_key(|(date, _)| *date));
        }
    }
}

/// One person came back, and one has left lately: their stays ended with a signed summary.
#[test]
fn somebody_came_back_and_somebody_has_left() {
    let (mut desk, _) = made(demo::DEFAULT_CLIENTS);
    sign_in(&mut desk, "rosa");
    let Answer::People(list) = desk.handle(all_people()).unwrap() else { panic!("a list was asked for") };
    let left = |row: &&concord::service::api::Person| row.summary.left.is_some();
    let ended: Vec<_> = list.rows.iter().filter(left).map(|row| row.summary.client).collect();
    let stays = ended.iter().map(|client| {
        let chart = open(&mut desk, *client);
        let last = chart.last_stay().unwrap().number;
        assert!(chart.discharge_of(last).is_some() && !chart.levels.is_empty());
        (chart.episodes.len(), chart.open_episode().map(|episode| episode.number))
    });
    let mut stays: Vec<_> = stays.collect();
    stays.sort_unstable();
    assert_eq!(stays, [(1, None), (1, None), (2, Some(2))]);
    // One of them is past its time and may be purged; a log has a week to type in.
    sign_in(&mut desk, "dana");
    let ask = Command::House(HouseAsk::Retention(RetentionAsk::Show));
    let Answer::House(HouseAnswer::Retention(kept)) = desk.handle(ask).unwrap() else { panic!("no list") };
    assert!(kept.rows.len() == 1 && kept.rows[0].hinders.is_empty(), "{:?}", kept.rows);
    let logs: Vec<_> = charts(1, 44, None).into_iter().flat_map(|chart| chart.agreed.logs).collect();
    let today = logs[0].from.plus_days(21);
    assert!(logs.len() == 1 && logs[0].entries.iter().all(|one| today.days_since(one.on) > 7), "{logs:?}");
}

#[test]
fn the_asked_for_number_of_notes_is_given() {
    for chart in charts(1, 30, Some(25)) {
        // Of a stay that has ended only the summary is there.
        let asked = if chart.episodes.is_empty() { 0 } else { 25 };
        assert_eq!(chart.notes.len(), asked, "{}", chart.client.record_no);
    }
}

#[test]
fn every_tier_stands_on_rosas_caseload_and_everybody_can_sign_in() {
    let (mut desk, staff) = made(demo::DEFAULT_CLIENTS);
    assert!(desk.front().front.demo_hint.contains("rosa"));
    assert_eq!(staff.len(), 7);
    for person in &staff {
        let session = sign_in(&mut desk, &person.login);
        assert!(session.settings.demo && session.notices.is_empty(), "{:?}", session.notices);
        assert_eq!(session.staff.roles, person.roles);
        assert!(!session.staff.must_change);
    }
    let session = sign_in(&mut desk, "rosa");
    let tops: HashSet<Tier> = session.people.rows.iter().map(|row| top(&row.standing)).collect();
    for tier in [Tier::Now, Tier::Assess, Tier::Plan, Tier::Watch, Tier::Steady] {
        assert!(tops.contains(&tier), "nobody stands in {tier:?}");
    }
    let rows = &session.people.rows;
    assert!(rows.len() >= 18, "{}", rows.len());
    assert!(rows[0].standing.why.starts_with("NOW"), "{}", rows[0].standing.why);
    assert!(rows.iter().any(|row| row.summary.episode.as_ref().is_some_and(|it| it.mandated)));
    assert!(rows.iter().any(|row| row.summary.drafts.len() == 1));
    assert!(rows.iter().flat_map(|row| &row.summary.ratings).any(|rating| rating.worse_on.is_some()));
}

fn top(standing: &Standing) -> Tier {
    standing.rows.iter().map(|row| row.tier).min().unwrap()
}

#[test]
fn notes_verify_and_summaries_are_what_the_records_say() {
    let (mut desk, _) = made(demo::DEFAULT_CLIENTS);
    let session = sign_in(&mut desk, "ingrid");
    let (clock, mut notes) = (desk.clock(), 0);
    let Answer::People(list) = desk.handle(all_people()).unwrap() else { panic!("a list was asked for") };
    assert!(list.rows.len() >= session.people.rows.len());
    assert_eq!(list.rows.len(), demo::DEFAULT_CLIENTS as usize);
    for row in list.rows.iter() {
        let chart = open(&mut desk, row.summary.client);
        assert_eq!(summary_of(&chart, &clock), *row.summary, "{}", row.summary.record_no);
        for head in &chart.notes {
            assert_verifies(&mut desk, head);
            notes += 1;
        }
    }
    assert!(notes > 300, "{notes}");
}

fn all_people() -> Command {
    Command::People(concord::service::api::People::List { whose: concord::service::api::Whose::All })
}

fn assert_verifies(desk: &mut Desk, head: &NoteHead) {
    let ask = DocAsk::Read { client: head.client, number: head.number };
    let Answer::Document(view) = desk.handle(ask.into()).unwrap() else { panic!("a note was asked for") };
    assert!(view.part.intact && !view.part.late);
    // A group session of yesterday is signed today, within the day.
    let days = view.part.signed.date.days_since(view.part.on);
    assert_eq!(days, i32::from(head.facts.format == "group"), "signed on the day");
    assert!(view.addenda.is_empty());
}

fn summary_of(chart: &ChartView, clock: &Clock) -> Summary {
    let mut needs: Vec<_> = chart.needs.iter().map(|kept| kept.value.clone()).collect();
    needs.sort_by_key(|need| need.number);
    let mut problems: Vec<_> = chart.problems.iter().map(|kept| kept.value.clone()).collect();
    problems.sort_by_key(|problem| problem.number);
    let levels: Vec<_> = chart.levels.iter().map(|kept| kept.value.clone()).collect();
    let episodes: Vec<_> = chart.episodes.iter().map(|kept| kept.value.clone()).collect();
    let last_contact = chart.notes.iter().filter(|head| head.contact).map(|head| head.service.date).max();
    let waiting = chart.person.summary.waiting.clone();
    let notes = Noted { count: chart.notes.len() as u32, last_contact, waiting };
    let measures: Vec<_> = chart.measures.iter().map(|kept| kept.value.clone()).collect();
    let checkins: Vec<_> = chart.checkins.iter().map(|kept| kept.value.clone()).collect();
    let alerts: Vec<_> = chart.alerts.iter().map(|kept| kept.value.clone()).collect();
    let day_of = |at| clock.local(at).date;
    let safety =
        chart.safety_plan().map(|one| SafetySigned { episode: one.episode, on: one.on, look_again: None });
    let safety: Vec<SafetySigned> = safety.into_iter().collect();
    let mut summary = summarise(&Records {
        client: Some(&chart.client.value),
        episodes: &episodes,
        levels: &levels,
        assessments: &chart.assessments,
        needs: &needs,
        wants: chart.wants.as_ref().map(|kept| &kept.value),
        problems: &problems,
        goals: &chart.plan.plan.goals,
        notes: &notes,
        measures: &measures,
        checkins: &checkins,
        alerts: &alerts,
        ways: chart.ways.as_ref().map(|kept| &kept.value),
        short: &chart.short,
        safety: &safety,
        drafts: &chart.person.summary.drafts,
        ..Records::none(&day_of)
    });
    // What follows from sessions and from the plan has tests of its own; a chart does not hold all of it.
    summary.days = chart.person.summary.days.clone();
    summary.plan = chart.person.summary.plan.clone();
    summary
}

#[test]
fn a_real_agency_takes_no_invented_charts() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let refused = concord::service::bulk::Bulk::begin(&mut rig.desk).map(|_| ());
    assert_eq!(refused.unwrap_err().kind, concord::service::fault::FaultKind::Denied);
}

mod command {
    use super::*;
    use std::path::Path;
    use std::process::Output;

    fn concord(store: &Path, more: &[&str]) -> Output {
        std::process::Command::new(env!("CARGO_BIN_EXE_concord"))
            .args(["demo", "--no-open", "--clients", "5", "--store"])
            .arg(store)
            .args(more)
            .env("HOME", store.parent().unwrap())
            .env_remove("CONCORD_STORE")
            .env_remove("CONCORD_CONFIG")
            .output()
            .unwrap()
    }

    #[test]
    fn it_says_what_it_made_and_leaves_other_folders_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = dir.path().join("demo");
        let made = concord(&store, &["--json"]);
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let said: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
        assert_eq!(said["store"], store.to_str().unwrap());
        assert_eq!(said["passphrase"], demo::PASSPHRASE);
        let logins = said["logins"].as_array().unwrap();
        assert_eq!(logins.len(), 7);
        let rosa = logins.iter().find(|it| it["login"] == "rosa").unwrap();
        assert_eq!(rosa["name"], "Rosa Imani");
        assert_eq!(rosa["roles"], serde_json::json!(["counselor"]));

        let again = concord(&store, &[]);
        assert!(String::from_utf8_lossy(&again.stdout).contains("was there already"));
        let other = concord(&store, &["--seed", "2"]);
        assert!(String::from_utf8_lossy(&other.stdout).contains("is made"));

        let theirs = dir.path().join("theirs");
        std::fs::create_dir(&theirs).unwrap();
        std::fs::write(theirs.join("letter.txt"), "dear").unwrap();
        let refused = concord(&theirs, &["--fresh"]);
        assert_eq!(refused.status.code(), Some(1));
        assert_eq!(std::fs::read_dir(&theirs).unwrap().count(), 1, "nothing was added or removed");
    }
}

#[test]
fn what_was_agreed_is_to_be_done_on_a_day_still_to_come() {
    for chart in charts(1, 45, Some(2)) {
        let plan = &chart.agreed;
        let goals = plan.goals.iter().map(|goal| goal.by);
        for by in goals.chain(plan.objectives.iter().map(|one| one.by)).flatten() {
            assert!(by >= clock().today(), "{}: {by}", chart.client.legal_name());
        }
    }
}

/// Whoever is in danger has something in their plan that keeps them safe.
#[test]
fn whoever_is_in_danger_has_a_safety_line() {
    for chart in charts(1, 45, Some(2)) {
        let plan = &chart.agreed;
        let open = chart.needs.iter().any(|need| need.state.open());
        let safe = plan.objectives.iter().any(|one| one.safety) || plan.methods.iter().any(|one| one.safety);
        assert!(!open || safe, "{}", chart.client.legal_name());
    }
}

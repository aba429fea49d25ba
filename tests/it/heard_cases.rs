//! Cases N25 to N40 over the real service: what is stored, what a correction changes, and what stays for good.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::*;
use concord::packs::instruments;
use concord::rules::owed::Duty;
use concord::rules::when::plus_months;
use concord::service::api::*;
use std::process::Command as Process;

fn jo() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = rig.admitted("Jo", "Rivera");
    (rig, jo)
}

/// A filled-in measure with the answers of a line, one for each of the first items; `-` is missing.
fn sheet(client: ClientId, key: &str, on: Date, line: &str) -> Administration {
    let measure = instruments().iter().find(|one| one.key == key).unwrap();
    let reply = |word: &str| match word {
        "-" => Reply::Blank,
        "r" => Reply::Declined,
        number => Reply::Given(Hundredths::parse(number).unwrap()),
    };
    let items = measure.items.iter().map(|item| item.id.clone());
    Administration {
        client,
        measure: key.into(),
        on,
        answers: items.zip(line.split(' ').map(reply)).collect(),
        begun: Moment(1),
        ..Administration::default()
    }
}

fn save(rig: &mut Rig, sheet: Administration) -> Administration {
    let chart = rig.done(HeardAsk::Save(Box::new(sheet)).into()).chart.unwrap();
    chart.measures.iter().max_by_key(|kept| kept.value.number).unwrap().value.clone()
}

fn checkin(client: ClientId, on: Date, keys: [i16; 3]) -> HeardAsk {
    let reply = |key: i16| if key == 0 { Reply::Declined } else { Reply::Given(Hundredths::whole(key)) };
    let answers = ["goal", "task", "bond"].map(str::to_owned).into_iter().zip(keys.map(reply)).collect();
    HeardAsk::CheckIn(Box::new(CheckIn { client, on, answers, ..CheckIn::default() }))
}

/// N26: PCL-5 with item 12 blank. Its clusters are not decided, and that is kept with the result.
#[test]
fn a_form_that_is_not_full_keeps_what_is_not_decided() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let one = save(&mut rig, sheet(jo, "PCL-5", today, "2 0 0 0 0 2 0 2 0 0 0 - 0 0 2 2 0 0 0 0"));
    let total = one.result("total").unwrap();
    assert_eq!((total.score, total.band.as_str(), total.missing), (None, "", 1));
    assert_eq!(one.findings[0], "Clusters of symptoms: not decided");
    assert!(
        one.findings.iter().any(|line| line.contains("1 of 2 needed, not decided")),
        "{:?}",
        one.findings
    );
    assert_eq!(one.class, "");
    let full = save(&mut rig, sheet(jo, "PCL-5", today, "2 0 0 0 0 2 0 2 2 0 0 0 0 0 2 2 0 0 0 0"));
    assert_eq!(
        (full.findings[0].as_str(), full.class.as_str()),
        ("Clusters of symptoms: met", ""),
        "it is the first"
    );
}

/// N27: what somebody would rather not say is a gap, and nobody falls by it.
#[test]
fn a_check_in_with_a_gap_opens_nothing_and_is_compared_across() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    for (days, keys) in [(14, [4, 4, 5]), (7, [0, 4, 0]), (0, [4, 4, 4])] {
        rig.done(checkin(jo, today.plus_days(-days), keys).into());
    }
    let chart = rig.open(jo);
    assert!(chart.alerts.is_empty());
    assert_eq!(chart.checkins[1].value.reply("goal"), Reply::Declined);
}

/// N28: the stored answer is what the client chose, never the turned value.
#[test]
fn what_the_client_chose_is_stored_and_never_the_turned_value() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let sixes = vec!["6"; 19].join(" ");
    let one = save(&mut rig, sheet(jo, "HAq-II", today, &sixes));
    assert_eq!(one.result("total").unwrap().score, Some(Score::from(Hundredths::whole(89))));
    assert!(one.answers.iter().all(|(_, reply)| *reply == Reply::Given(Hundredths::whole(6))));
    let core = save(&mut rig, sheet(jo, "CORE-10", today, "2 3 3 2 0 0 1 2 1 3"));
    let total = core.result("total").unwrap();
    assert_eq!((total.score, total.band.as_str()), (Some(Score::from(Hundredths::whole(13))), "mild"));
    assert_eq!(core.reply("2"), Reply::Given(Hundredths::whole(3)));
}

/// N29: an alert names the version of the file that opened it.
#[test]
fn a_result_and_its_alert_name_the_version_of_their_file() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    save(&mut rig, sheet(jo, "PHQ-9", today.plus_days(-14), "1 1 1 1 1 1 1 1 0"));
    let one = save(&mut rig, sheet(jo, "PHQ-9", today, "2 2 2 2 2 2 2 2 0"));
    let alert = &rig.open(jo).alerts[0].value;
    assert_eq!((alert.kind, alert.measure.as_str()), (AlertKind::Worse, "PHQ-9"));
    assert_eq!((alert.version, one.version), (1, 1));
}

/// N30: questions on a path that was left count for nothing; what was said on it stays beside the triage.
#[test]
fn answers_on_a_path_that_was_left_are_shown_beside_the_triage() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let notice = |line: &str| HeardAsk::Notice(Box::new(sheet(jo, "C-SSRS screener", today, line)));
    rig.done(notice("1 1 0 1 - -").into());
    rig.done(notice("1 0 0 1 - 0").into());
    let one = save(&mut rig, sheet(jo, "C-SSRS screener", today, "1 0 0 1 - 0"));
    assert_eq!(one.findings, ["Triage: low"]);
    let chart = rig.open(jo);
    let entries = |item: &str| {
        let found = chart.criticals.iter().find(|kept| kept.value.item == item).unwrap();
        found.value.entries.iter().map(|entry| entry.value.clone()).collect::<Vec<String>>()
    };
    assert_eq!((entries("2"), entries("4")), (vec!["1".to_owned(), "0".to_owned()], vec!["1".to_owned()]));
    assert!(chart.needs.iter().all(|need| need.value.state == NeedState::Proposed), "they stay open");
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter m").sees("Triage: low");
    desk.sees("The answer to item 2").sees("taken back: no");
    desk.keys("ctrl-w").sees("The answer to item 4 was yes, 21 Nov 13:00, and was then left out by an");
}

/// N31: a comma or a point, whatever the language of the computer.
#[test]
fn a_decimal_is_read_alike_under_every_language() {
    let dir = tempfile::tempdir().unwrap();
    for language in ["C", "de_DE.UTF-8", "en_US.UTF-8"] {
        let score = |typed: &str| {
            let mut process = Process::new(env!("CARGO_BIN_EXE_concord"));
            process.current_dir(dir.path()).env_clear().env("HOME", dir.path()).env("LC_ALL", language);
            let output = process.args(["score", "SRS", typed, "--json"]).output().unwrap();
            (output.status.code(), String::from_utf8(output.stdout).unwrap(), output.stderr)
        };
        for (typed, wanted) in [("36.4", "36.4"), ("36,4", "36.4"), ("36,", "36")] {
            let (code, said, _) = score(typed);
            assert_eq!(code, Some(0), "{language} {typed}");
            let said: serde_json::Value = serde_json::from_str(&said).unwrap();
            assert_eq!(said["total"].to_string().trim_end_matches(".0"), wanted, "{language} {typed}");
        }
        for typed in ["3,64", "1,036", "36.45", "40.1"] {
            let (code, said, told) = score(typed);
            assert_eq!((code, said.as_str()), (Some(2), ""), "{language} {typed}");
            let told = String::from_utf8(told).unwrap();
            assert!(told.contains("0 to 40, one decimal, such as 36.4"), "{language} {typed}: {told}");
        }
    }
}

/// N37: the age is that of the day, for good; another birth date changes no stored band and is named.
#[test]
fn another_birth_date_changes_nothing_that_was_reckoned_and_is_named() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    let birth = |rig: &mut Rig, birth: Birth| {
        let kept = rig.open(jo).client;
        let client = Box::new(Client { birth, ..kept.value });
        rig.done(Command::People(People::Change { client, rev: kept.rev, seen: true }));
    };
    // Eighteen in three days.
    birth(&mut rig, Birth::On(plus_months(today.plus_days(3), -18 * 12)));
    let one = save(&mut rig, sheet(jo, "ORS", today, "27"));
    assert_eq!(one.age, Some(17));
    birth(&mut rig, Birth::On(plus_months(today, -38 * 12)));
    save(&mut rig, sheet(jo, "ORS", today, "26"));
    let chart = rig.open(jo);
    assert_eq!((chart.measures[0].value.age, chart.measures[1].value.age), (Some(17), Some(38)));
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter m ctrl-w").sees("25 or less for age 18 and over: no");
    desk.sees_no("Reckoned with another birth date");
    desk.keys("down").sees("28 or less for age 13 to 17: yes").sees("Reckoned with another birth date");
}

/// N38: a form of a day that lies behind acts on danger at once, opens no alert, and its panel shows the day of the form.
#[test]
fn danger_in_a_form_of_a_day_that_lies_behind_acts_at_once() {
    let (mut rig, jo) = jo();
    let today = rig.clock().today();
    save(&mut rig, sheet(jo, "PHQ-9", today, "1 1 1 1 1 1 1 1 0"));
    let behind = today.plus_days(-26);
    let late = Administration { begun: Moment(9), ..sheet(jo, "PHQ-9", behind, "3 3 3 3 3 3 3 3 1") };
    save(&mut rig, late);
    let chart = rig.open(jo);
    assert!(chart.alerts.is_empty(), "{:?}", chart.alerts);
    assert_eq!((chart.criticals[0].value.on, chart.needs.len()), (behind, 1));
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter m");
    desk.resize(120, 40);
    let day = concord::rules::when::short(behind, today);
    desk.keys("enter").sees("Act on this first").sees(&format!("Filled in on {day}"));
}

/// N40: one row on the supervisor's list, with the newest fact and the age of the oldest; typed wrong is no answer.
#[test]
fn a_supervisor_sees_one_row_for_one_alert() {
    let (mut rig, jo) = jo();
    let rosa = rig.me();
    let june = rig.hire("june", &[Role::Supervisor], None);
    let row = rig.staff_rows(StaffAsk::List).into_iter().find(|row| row.staff.value.id == rosa).unwrap();
    let staff = Box::new(Staff { supervisor: Some(june), ..row.staff.value });
    rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    let today = rig.clock().today();
    rig.done(checkin(jo, today.plus_days(-10), [5, 5, 3]).into());
    rig.done(checkin(jo, today.plus_days(-2), [5, 2, 5]).into());
    let chart = rig.open(jo);
    assert_eq!((chart.alerts.len(), chart.alerts[0].value.facts.len()), (1, 2));
    rig.lock();
    rig.sign_in("june");
    let alerts: Vec<&OwedLine> = rig
        .session()
        .owed
        .iter()
        .filter(|line| line.owed.client == jo && line.owed.duty == Duty::Alert)
        .collect();
    assert_eq!(alerts.len(), 1);
    assert_eq!(
        (alerts[0].about.as_str(), alerts[0].owed.since),
        ("task fell from 5 to 2", today.plus_days(-10))
    );
}

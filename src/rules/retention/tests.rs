use super::*;
use crate::domain::{ClientId, DraftFacts, EpisodeFacts, LeaveKind, Lifted, PurgeSaid, SessionFacts};
use crate::packs::read_retention;

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd(year, month, day).unwrap()
}

fn stay(number: u32, program: &str, ended: Option<Date>) -> Episode {
    let discharged = ended.map(|on| (on, LeaveKind::Completed));
    Episode { number, program: program.into(), discharged, ..Episode::default() }
}

fn rules() -> Retention {
    let own = "[[class]]\nkey = \"d\"\nname = \"Detox\"\nyears = 10\nprograms = [\"Detox\"]\nsource = \"contract\"\nchecked = true\n\
               [[class]]\nkey = \"c\"\nname = \"Counseling\"\nyears = 7\nminors_from = 18\nsource = \"law\"\n";
    read_retention("own.toml", own).unwrap()
}

const GROWN: fn() -> Birth = || Birth::On(day(1990, 1, 1));

fn ends(episodes: &[Episode], birth: Birth, contact: Option<Date>) -> Option<Date> {
    of_chart(episodes, birth, contact, &rules()).and_then(|kept| kept.ends)
}

#[test]
fn years_are_counted_from_the_last_service() {
    let left = [stay(1, "IOP", Some(day(2019, 3, 5)))];
    let kept = of_chart(&left, GROWN(), None, &rules()).unwrap();
    assert_eq!((kept.last_service, kept.ends), (day(2019, 3, 5), Some(day(2026, 3, 5))));
    assert!(!kept.is_over(day(2026, 3, 4)) && kept.is_over(day(2026, 3, 5)));
    assert!(kept.rule.contains("law") && kept.rule.contains("not checked"), "{}", kept.rule);
    // A contact after the stay is service; one within it is not later than its end.
    assert_eq!(ends(&left, GROWN(), Some(day(2019, 4, 4))), Some(day(2026, 4, 4)));
    assert_eq!(ends(&left, GROWN(), Some(day(2019, 1, 1))), Some(day(2026, 3, 5)));
    assert_eq!(ends(&[stay(1, "IOP", Some(day(2020, 2, 29)))], GROWN(), None), Some(day(2027, 2, 28)));
}

#[test]
fn a_minors_clock_begins_at_18_and_an_unknown_birth_keeps_the_chart() {
    let left = [stay(1, "IOP", Some(day(2019, 3, 5)))];
    assert_eq!(ends(&left, Birth::On(day(2008, 7, 1)), None), Some(day(2033, 7, 1)));
    assert_eq!(ends(&left, Birth::Partly { year: 2008, month: None }, None), Some(day(2033, 12, 31)));
    assert_eq!(ends(&left, Birth::Partly { year: 2008, month: Some(2) }, None), Some(day(2033, 2, 28)));
    // About 16 then: perhaps 11.
    let about = Birth::About { age: 16, on: day(2019, 3, 5) };
    assert_eq!(ends(&left, about, None), Some(day(2033, 3, 5)));
    assert_eq!(ends(&left, Birth::Unknown, None), None);
    assert!(!of_chart(&left, Birth::Unknown, None, &rules()).unwrap().is_over(day(2500, 1, 1)));
}

#[test]
fn the_longest_class_of_its_stays_keeps_a_chart_and_an_open_stay_has_no_end() {
    let both = [stay(1, "Detox", Some(day(2018, 1, 1))), stay(2, "IOP", Some(day(2019, 1, 1)))];
    assert_eq!(
        ends(&both, GROWN(), Some(day(2019, 2, 1))),
        Some(day(2028, 1, 1)),
        "the contact is not of the stay before"
    );
    assert_eq!(of_chart(&both, GROWN(), None, &rules()).unwrap().class, "Detox");
    let again = [both[0].clone(), stay(2, "IOP", None)];
    assert_eq!(of_chart(&again, GROWN(), None, &rules()), None);
    assert_eq!(of_chart(&[], GROWN(), None, &rules()), None);
}

fn over() -> Kept {
    of_chart(&[stay(1, "IOP", Some(day(2010, 1, 1)))], GROWN(), None, &rules()).unwrap()
}

#[test]
fn a_hold_a_link_and_open_work_keep_a_chart_whose_time_is_over() {
    let today = day(2026, 11, 29);
    let quiet = Summary::default();
    let about = |summary| About { summary, holds: &[], tasks: 0, linked: false, compared: false };
    assert!(hinders(Some(&over()), &about(&quiet), today).is_empty());
    let says = |why: &[String], words: &str| assert!(why.iter().any(|one| one.contains(words)), "{why:?}");
    says(&hinders(Some(&over()), &about(&quiet), day(2016, 12, 31)), "kept until 1 Jan 2017");
    let in_care = Summary { episode: Some(EpisodeFacts::default()), ..Summary::default() };
    says(&hinders(None, &about(&in_care), today), "in care");
    says(&hinders(None, &about(&quiet), today), "never admitted");
    let mut holds = vec![LegalHold { number: 1, ..LegalHold::default() }];
    says(&hinders(Some(&over()), &About { holds: &holds, ..about(&quiet) }, today), "legal hold");
    holds[0].lifted = Some(Lifted::default());
    assert!(hinders(Some(&over()), &About { holds: &holds, ..about(&quiet) }, today).is_empty());
    says(&hinders(Some(&over()), &About { linked: true, ..about(&quiet) }, today), "Unlink");
    says(&hinders(Some(&over()), &About { compared: true, ..about(&quiet) }, today), "Decide on that");
    says(&hinders(Some(&over()), &About { tasks: 2, ..about(&quiet) }, today), "2 open tasks");
    let mut busy = Summary::default();
    busy.drafts.push(DraftFacts::default());
    busy.days.sessions.push(SessionFacts { stands: SessionStands::Planned, ..SessionFacts::default() });
    let why = hinders(Some(&over()), &about(&busy), today);
    says(&why, "1 unsigned draft, 1 planned session");
}

#[test]
fn two_people_decide_and_nobody_alone() {
    let (one, other) = (StaffId([1; 16]), StaffId([2; 16]));
    let mut purge = Purge { client: ClientId([9; 16]), ..Purge::default() };
    assert!(decided(&purge, one, true).is_err(), "nobody asked");
    purge.said.push(PurgeSaid { what: PurgeWhat::Asked, by: one, ..PurgeSaid::default() });
    assert!(waits(&purge) && decided(&purge, one, true).is_err());
    assert_eq!(decided(&purge, other, true), Ok(PurgeWhat::Done));
    assert_eq!(decided(&purge, one, false), Ok(PurgeWhat::NotDone));
    purge.said.push(PurgeSaid { what: PurgeWhat::NotDone, by: one, ..PurgeSaid::default() });
    assert!(!waits(&purge) && decided(&purge, other, true).is_err());
}

//! Who is in a group, minutes, units, limits.

use super::*;
use crate::domain::Member;
use crate::packs;

fn day(month: u32, day: u32) -> Date {
    Date::from_ymd(2026, month, day).unwrap()
}

fn member(id: u8, from: Date, until: Option<Date>) -> Member {
    Member { client: ClientId([id; 16]), from, until, ..Member::default() }
}

#[test]
fn case_n41_each_days_own_members() {
    let members = vec![
        member(1, day(10, 1), None),
        member(2, day(10, 1), Some(day(11, 5))),
        member(3, day(11, 20), None),
    ];
    let group = Group { members, ..Group::default() };
    let on = |date| members_on(&group, date).iter().map(|one| one.0[0]).collect::<Vec<u8>>();
    assert_eq!((on(day(10, 29)), on(day(11, 12)), on(day(11, 26))), (vec![1, 2], vec![1], vec![1, 3]));
    let b = ClientId([2; 16]);
    assert!(looked_for(&group, day(11, 26)).contains(&b), "21 days after they left");
    assert!(!looked_for(&group, Date::from_ymd(2027, 2, 10).unwrap()).contains(&b), "97 days after");
}

fn entry(here: Here, late: u16, left: u16) -> GroupEntry {
    GroupEntry { here, late, left, ..GroupEntry::default() }
}

#[test]
fn case_n44_minutes_and_units() {
    let kind = GroupKind { pause_after: 45, pause: 10, ..GroupKind::default() };
    let all = [
        entry(Here::Present, 0, 0),
        entry(Here::Late, 20, 0),
        entry(Here::LeftEarly, 0, 55),
        entry(Here::Late, 50, 0),
        entry(Here::Absent, 0, 0),
    ];
    // The fourth came in the middle of the break: of it, five minutes were theirs.
    assert_eq!(all.each_ref().map(|one| minutes(90, one, &kind)), [80, 60, 35, 35, 0]);
    let of = |key: &str| {
        let code = packs::groups().code(key).unwrap();
        [80, 60, 35, 35, 0].map(|minutes| units(minutes, code))
    };
    assert_eq!(of("90853"), [1, 1, 1, 1, 0]);
    assert_eq!(of("H0005"), [5, 4, 2, 2, 0]);
    assert_eq!(of("T1012"), [6, 4, 3, 3, 0]);
    assert_eq!(of("H2017"), [5, 4, 0, 0, 0]);
    let words = units_words(35, packs::groups().code("H2017").unwrap());
    assert_eq!(words, "0 of H2017: 35 minutes are fewer than 45");
}

#[test]
fn limits_are_their_kinds() {
    let words = |key: &str, present, staff, minutes| {
        let all = beyond(&packs::groups().kind(key), present, staff, minutes);
        all.into_iter().map(|one| (one.hard, one.words)).collect::<Vec<_>>()
    };
    assert_eq!(words("process", 12, 1, 90), []);
    assert!(!words("process", 13, 1, 90)[0].0);
    assert!(words("adult-16", 17, 2, 90)[0].0, "hard");
    assert_eq!(words("process", 1, 1, 90).len(), 1);
    assert_eq!(words("intensive", 8, 1, 45).len(), 1, "too short");
    assert_eq!(words("not here any more", 40, 1, 5), []);
}

#[test]
fn a_family_session_is_the_one_members_who_came_first_and_was_there() {
    let members = vec![member(3, day(10, 1), None), member(1, day(10, 1), None), member(2, day(10, 1), None)];
    let group = Group { members, ..Group::default() };
    let subject_of = |billed: Option<ClientId>, came: &[u8]| {
        let entry = |id: u8| GroupEntry {
            client: ClientId([id; 16]),
            here: if came.contains(&id) { Here::Late } else { Here::Absent },
            ..GroupEntry::default()
        };
        let entries = [1, 2, 3].map(entry).to_vec();
        let session = GroupSession { entries, billed, ..GroupSession::default() };
        subject(&group, &session).map(|client| client.0[0])
    };
    let first = [&[1, 2, 3][..], &[1, 2], &[2], &[]].map(|came| subject_of(None, came));
    assert_eq!(first, [Some(3), Some(1), Some(2), None]);
    let counted = Some(ClientId([2; 16]));
    assert_eq!(subject_of(counted, &[1, 2, 3]), Some(2), "what is counted already is not counted again");
}

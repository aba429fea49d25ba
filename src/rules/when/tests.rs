use super::*;

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd(year, month, day).unwrap()
}

fn today() -> Date {
    day(2026, 11, 21)
}

#[test]
fn dates_are_read_as_people_type_them() {
    let cases = [
        ("T", day(2026, 11, 21)),
        ("t-30", day(2026, 10, 22)),
        ("T+2w", day(2026, 12, 5)),
        ("T+3m", day(2027, 2, 21)),
        ("t - 1y", day(2025, 11, 21)),
        ("mon", day(2026, 11, 23)),
        ("sat", day(2026, 11, 21)),
        ("Tuesday", day(2026, 11, 24)),
        ("2026-04-12", day(2026, 4, 12)),
        ("4/12/26", day(2026, 4, 12)),
        ("4/12/91", day(1991, 4, 12)),
        ("12 apr 2026", day(2026, 4, 12)),
        ("apr 12, 2026", day(2026, 4, 12)),
        ("12apr26", day(2026, 4, 12)),
        ("12 apr", day(2027, 4, 12)),
        ("29 feb", day(2028, 2, 29)),
        ("2024-02-29", day(2024, 2, 29)),
    ];
    for (text, date) in cases {
        assert_eq!(parse(text, today(), Lean::Future), Ok(date), "{text}");
    }
    assert_eq!(parse("mon", today(), Lean::Past), Ok(day(2026, 11, 16)));
    assert_eq!(parse("12 apr", today(), Lean::Past), Ok(day(2026, 4, 12)));
    assert_eq!(parse("31 dec", today(), Lean::Past), Ok(day(2025, 12, 31)));
}

#[test]
fn what_is_no_date_says_so() {
    for text in
        ["soon", "12", "4/31/26", "2026-13-01", "T+", "T*2", "T+2q", "tomato", "1/2/3/4", "4/12/026", "é"]
    {
        let error = parse(text, today(), Lean::Future).unwrap_err();
        assert!(matches!(error, WhenError::Unclear | WhenError::NoSuchDay), "{text}");
    }
    assert_eq!(parse("  ", today(), Lean::Future), Err(WhenError::Empty));
    assert_eq!(parse("2026-02-30", today(), Lean::Future), Err(WhenError::NoSuchDay));
    assert!(parse("T+99999999999", today(), Lean::Future).is_err());
}

#[test]
fn a_birth_date_has_been() {
    assert_eq!(parse_birth("4/12/91", today()), Ok(day(1991, 4, 12)));
    assert_eq!(parse_birth("4/12/30", today()), Ok(day(1930, 4, 12)));
    assert_eq!(parse_birth("1930-04-12", today()), Ok(day(1930, 4, 12)));
    assert!(parse_birth("2027-01-01", today()).is_err());
    assert!(parse_birth("12 apr", today()).is_err());
}

#[test]
fn a_part_of_a_birth_date_finds_it() {
    let birth = Birth::On(day(1991, 4, 12));
    for text in ["1991-04-12", "4/12/91", "4/12/1991", "12 apr", "apr 1991", "1991", "4/12"] {
        assert!(BirthPattern::read(text).unwrap().matches(birth), "{text}");
    }
    for text in ["1992", "12 may", "4/13"] {
        assert!(!BirthPattern::read(text).unwrap().matches(birth), "{text}");
    }
    for text in ["1", "12", "99/99", "a-1042", "0000"] {
        assert_eq!(BirthPattern::read(text), None, "{text}");
    }
    assert!(BirthPattern::read("1991").unwrap().matches(Birth::Partly { year: 1991, month: None }));
    assert!(!BirthPattern::read("apr 1991").unwrap().matches(Birth::Partly { year: 1991, month: None }));
    assert!(!BirthPattern::read("1991").unwrap().matches(Birth::Unknown));
}

#[test]
fn time_is_said_as_one_decides_by_it() {
    assert_eq!(ago(day(2026, 11, 19), today()), "2 d");
    assert_eq!(due(day(2026, 11, 24), today()), "in 3 d");
    assert_eq!(due(day(2026, 11, 12), today()), "9 d over");
    assert_eq!(coming(day(2026, 11, 24), today()), "Tue");
    assert_eq!(coming(day(2026, 11, 28), today()), "28 Nov");
    assert_eq!(short(day(2026, 11, 19), today()), "19 Nov");
    assert_eq!(short(day(2025, 11, 19), today()), "19 Nov 2025");
    assert_eq!(span(-125), "2 h");
    assert_eq!(span(40), "40 min");
    assert_eq!(span(3 * 1440), "3 d");
}

#[test]
fn a_stored_text_shows_its_dates_as_people_read_them() {
    let today = Date::from_ymd(2026, 11, 28).unwrap();
    for (stored, read) in [
        ("DAP note, 2026-11-20", "DAP note, 20 Nov"),
        ("addendum to the note of 2025-01-02", "addendum to the note of 2 Jan 2025"),
        ("2026-11-20 to 2026-11-28.", "20 Nov to 28 Nov."),
        ("12026-11-20, 2026-11-201, 2026-13-40, 555-0123", "12026-11-20, 2026-11-201, 2026-13-40, 555-0123"),
        ("Ä–ö 2026-1", "Ä–ö 2026-1"),
    ] {
        assert_eq!(as_read(stored, today), read);
    }
}

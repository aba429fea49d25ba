use super::*;
use crate::domain::{FormerName, Identifier};
use proptest::prelude::*;

const SSN: &str = "http://hl7.org/fhir/sid/us-ssn";

fn born(text: &str) -> Birth {
    let parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
    Birth::On(Date::from_ymd(parts[0] as i32, parts[1], parts[2]).unwrap())
}

/// `Ada M. North, 1980-02-03`; a birth date of `-` is not known.
fn person(text: &str) -> Client {
    let (name, birth) = text.split_once(", ").unwrap();
    let (given, family) = name.split_once(" / ").or_else(|| name.rsplit_once(' ')).unwrap_or(("", name));
    Client {
        name: PersonName { given: given.into(), family: family.into() },
        birth: if birth == "-" { Birth::Unknown } else { born(birth) },
        ..Client::default()
    }
}

fn why(one: &str, other: &str) -> Option<Likeness> {
    let (one, other) = (Face::of(&person(one)), Face::of(&person(other)));
    let found = compare(&one, &other);
    assert_eq!(found, compare(&other, &one), "the rule does not mind who comes first");
    if found.is_some_and(|like| like.grade == Grade::Likely) {
        assert!(!one.keys().is_disjoint(&other.keys()), "an index finds them");
    }
    found
}

fn grade(one: &str, other: &str) -> Option<Grade> {
    why(one, other).map(|like| like.grade)
}

#[test]
fn a_name_and_a_birth_date_that_agree_or_almost_agree_are_likely() {
    let likely = Some(Grade::Likely);
    for (one, other) in [
        ("Ada North, 1980-02-03", "ADA NORTH, 1980-02-03"),
        ("Jürgen Müller, 1980-02-03", "Juergen Mueller, 1980-02-03"),
        ("Jürgen Müller, 1980-02-03", "Jurgen Muller, 1980-02-03"),
        ("Søren Ødegård, 1980-02-03", "Soeren Oedegaard, 1980-02-03"),
        ("Anna Петрова, 1980-02-03", "Анна Petrova, 1980-02-03"),
        ("王 / 芳, 1980-02-03", "Wang / Fang, 1980-02-03"),
        ("محمد / علي, 1980-02-03", "Muhammad / Ali, 1980-02-03"),
        ("Hernán / Carrión, 1980-02-03", "HERNAN J. / Carrion, 1980-02-03"),
        ("Mary / O'Neil-Smith, 1980-02-03", "mary / ONeil Smith, 1980-02-03"),
        ("Anne-Marie / De La Cruz, 1980-02-03", "Annemarie / Delacruz, 1980-02-03"),
        // Close names, with a birth date that is the same or the other way round.
        ("Mary Smith, 1980-04-03", "Maria Smith, 1980-03-04"),
        ("Mary Smith, 1980-04-03", "Marie Smyth, 1980-04-03"),
        ("Catherine Meyer, 1980-04-03", "Katharina Maier, 1980-04-03"),
        ("Jo Rivera, 1980-04-03", "Josefina Rivera, 1980-04-03"),
        ("J. Rivera, 1980-04-03", "Josefina Rivera, 1980-04-03"),
        ("Steven Thomson, 1980-04-03", "Stephen Thompson, 1980-04-03"),
        ("Ana / Smith-Jones, 1980-04-03", "Ana / Jones, 1980-04-03"),
        ("North Ada, 1980-02-03", "Ada North, 1980-02-03"),
        // A birth date that differs by a slip of the pen, or is not known.
        ("Ada North, 1980-02-03", "Ada North, 1980-03-02"),
        ("Ada North, 1980-02-03", "Ada North, 1980-02-13"),
        ("Ada North, 1980-02-03", "Ada North, 1908-02-03"),
        ("Ada North, 1980-02-03", "Ada North, -"),
        ("Ada North, -", "Ada North, -"),
        ("Suharto, 1980-02-03", "Suharto, 1980-02-03"),
    ] {
        assert_eq!(grade(one, other), likely, "{one} and {other}");
    }
}

#[test]
fn namesakes_twins_and_new_family_names_are_worth_knowing_and_hold_nobody_up() {
    let possible = Some(Grade::Possible);
    for (one, other) in [
        ("Ada North, 1980-02-03", "Ada North, 1975-11-30"),
        ("Ada North, 1980-02-03", "Eve North, 1980-02-03"),
        ("Ada North, 1980-02-03", "Ada East, 1980-02-03"),
        ("Mary Smith, 1980-04-03", "Maria Smith, 1980-04-13"),
        // Names that are easily taken for each other, whatever the birth dates say.
        ("Ana Pereira, 1996-01-22", "Anna Pereira, 1988-07-09"),
        ("Mary Smith, 1980-04-03", "Mary Smyth, 1975-11-30"),
        ("Mary Smith, -", "Maria Smith, -"),
    ] {
        assert_eq!(grade(one, other), possible, "{one} and {other}");
    }
}

#[test]
fn people_who_share_no_more_than_chance_are_not_alike() {
    for (one, other) in [
        ("Ada North, 1980-02-03", "Ben South, 1980-02-03"),
        ("Ada North, 1980-02-03", "Eve North, 2012-02-03"),
        ("J. Rivera, 1980-04-03", "Josefina Rivera, 1975-11-30"),
        ("Mary Smith, 1980-04-03", "Marie Smyth, 1975-11-30"),
        ("Kim Lee, 1980-04-03", "Keisha Montgomery, 1980-04-03"),
        ("Lee Tran, 1980-04-03", "Tyler Beaumont, 1980-04-03"),
        ("unknown, 1980-04-03", "unknown, 1980-04-03"),
        (" / (no name recorded), -", " / (no name recorded), -"),
    ] {
        assert_eq!(why(one, other), None, "{one} and {other}");
    }
}

#[test]
fn names_that_are_easily_taken_for_each_other_are_confusable() {
    for (one, other) in [("Ana Pereira", "Anna Pereira"), ("Jo Rivera", "Jo Rivera"), ("Jon Doe", "John Doe")]
    {
        assert!(are_confusable(one, other), "{one} and {other}");
    }
    assert!(!are_confusable("Ana Pereira", "Jo Pereira") && !are_confusable("Ana Pereira", "Ana Lee"));
}

#[test]
fn every_name_somebody_has_or_had_counts() {
    let mut married = person("Ada East, 1980-02-03");
    married.former_names.push(FormerName { name: "Ada North".into(), until: "2015".into() });
    married.preferred = "Addie".into();
    married.other_names.push("Hattie West".into());
    for name in ["Ada North", "Addie East", "Hattie West", "Ada East"] {
        let like = compare(&Face::of(&married), &Face::of(&person(&format!("{name}, 1980-02-03"))));
        assert_eq!(like.map(|like| like.why), Some("same name and birth date"), "{name}");
        assert!(namesakes(&Face::of(&married), &Face::of(&person(&format!("{name}, 1999-01-01")))), "{name}");
    }
}

#[test]
fn a_birth_date_known_in_part_fits_or_does_not() {
    let at = |birth| Client { birth, ..person("Ada North, -") };
    let year = Birth::Partly { year: 1980, month: None };
    let about = Birth::About { age: 45, on: Date::from_ymd(2026, 1, 1).unwrap() };
    let with =
        |birth| compare(&Face::of(&at(birth)), &Face::of(&person("Ada North, 1980-02-03"))).unwrap().grade;
    assert_eq!((with(year), with(about)), (Grade::Likely, Grade::Likely));
    assert_eq!(with(Birth::Partly { year: 1990, month: None }), Grade::Possible);
}

#[test]
fn father_and_son_are_told_apart_by_what_stands_behind_the_name() {
    let with = |suffix: &str, birth: &str| Client {
        suffix: suffix.into(),
        ..person(&format!("Ben South, {birth}"))
    };
    let grade = |a: &Client, b: &Client| compare(&Face::of(a), &Face::of(b)).map(|like| like.grade);
    assert_eq!(grade(&with("Jr.", "-"), &with("Sr.", "-")), Some(Grade::Possible));
    assert_eq!(grade(&with("Jr.", "-"), &with("", "-")), Some(Grade::Likely));
    assert_eq!(grade(&with("Jr.", "1980-02-03"), &with("jr", "1980-02-03")), Some(Grade::Likely));
}

fn numbered(text: &str, numbers: &[(&str, &str)]) -> Client {
    let identifiers =
        numbers.iter().map(|(system, value)| Identifier { system: (*system).into(), value: (*value).into() });
    Client { identifiers: identifiers.collect(), ..person(text) }
}

#[test]
fn a_shared_number_is_one_person_only_if_name_and_birth_agree() {
    let ada = numbered("Ada North, 1980-02-03", &[("urn:mrn", "a12"), ("urn:dl", "7")]);
    let mrn = [("urn:mrn", " A12 ")];
    let with = |text: &str| by_number(&ada, &numbered(text, &mrn));
    for one in ["Ada North, 1980-02-03", "Ada M. / North, 1980-02-03", "ADA NORTH, -", "Ada East, 1980-02-03"]
    {
        assert_eq!(with(one), Some(SameNumber::OnePerson), "{one}");
    }
    for chance in
        ["Eve North, 2012-02-03", "Cleo East, 1990-05-06", "Ben North, -", "Maria South, 1980-02-03"]
    {
        assert_eq!(with(chance), Some(SameNumber::Chance), "{chance}");
    }
    for doubt in [
        "Ada North, 1975-11-30",
        "Ada North, 1980-03-02",
        "Eve North, 1980-02-03",
        "Adda North, 1980-02-03",
        "North Ada, 1980-02-03",
    ] {
        assert!(matches!(with(doubt), Some(SameNumber::Doubt(_))), "{doubt}: {:?}", with(doubt));
    }
    let other = [("urn:mrn", "a12"), ("urn:dl", "8")];
    let contradicted = by_number(&ada, &numbered("Ada North, 1980-02-03", &other));
    assert_eq!(contradicted, Some(SameNumber::Doubt("one number is the same, another differs")));
    assert_eq!(by_number(&ada, &numbered("Ada North, 1980-02-03", &[("urn:other", "a12")])), None);
    assert_eq!(by_number(&ada, &numbered("Ada North, 1980-02-03", &[])), None);
}

#[test]
fn placeholders_say_nothing() {
    for (system, value) in [
        ("", "12"),
        ("urn:mrn", ""),
        ("urn:mrn", "unknown"),
        ("urn:mrn", "N/A"),
        ("urn:mrn", "0000"),
        ("urn:mrn", "99999"),
        ("urn:mrn", "--"),
        (SSN, "999-46-7933"),
        (SSN, "123-45-6789"),
        (SSN, "12"),
    ] {
        let one = numbered("Ada North, 1980-02-03", &[(system, value)]);
        assert_eq!(by_number(&one, &one), None, "{system} {value}");
    }
    for (system, value) in [(SSN, "212-09-9998"), ("urn:mrn", "7"), ("urn:mrn", "11"), ("urn:mrn", "333")] {
        let one = numbered("Ada North, 1980-02-03", &[(system, value)]);
        assert_eq!(by_number(&one, &one), Some(SameNumber::OnePerson), "{system} {value}");
    }
}

#[test]
fn words_are_near_by_their_letters_and_their_sound() {
    for (one, other, want) in [
        ("kim", "kim", Near::Same),
        ("kim", "kimura", Near::Begins),
        ("kim", "kym", Near::Close),
        ("jon", "john", Near::Close),
        ("mary", "maria", Near::Close),
        ("schmidt", "schmitt", Near::Close),
        ("philip", "filip", Near::Close),
        ("juan", "johan", Near::Close),
        ("montgomery", "montgommerie", Near::Close),
        ("kim", "keisha", Near::Apart),
        ("kim", "montgomery", Near::Apart),
        ("kim", "kamau", Near::Apart),
        ("lee", "tyler", Near::Apart),
        ("pin", "espinoza", Near::Apart),
        ("mary", "gary", Near::Apart),
        ("li", "lee", Near::Apart),
    ] {
        assert_eq!(near(one, other), want, "{one} {other}");
    }
}

proptest! {
    #[test]
    fn whatever_the_names_an_index_finds_who_is_likely(
        given in "[A-Za-zäöüéß' -]{0,9}", family in "[A-Za-zäöüéß' -]{1,9}",
        other_given in "[A-Za-zäöüéß' -]{0,9}", other_family in "[A-Za-zäöüéß' -]{1,9}",
        turned in any::<bool>(), same in any::<bool>(),
    ) {
        let one = Client { name: PersonName { given: given.clone(), family: family.clone() }, birth: born("1980-02-03"), ..Client::default() };
        let (given, family) = if same { (given, family) } else { (other_given, other_family) };
        let birth = if turned { "1980-03-02" } else { "1980-02-03" };
        let other = Client { name: PersonName { given, family }, birth: born(birth), ..Client::default() };
        let (one, other) = (Face::of(&one), Face::of(&other));
        let found = compare(&one, &other);
        prop_assert_eq!(found, compare(&other, &one));
        if found.is_some_and(|like| like.grade == Grade::Likely) {
            prop_assert!(!one.keys().is_disjoint(&other.keys()), "{:?} {:?}", one, other);
        }
    }
}

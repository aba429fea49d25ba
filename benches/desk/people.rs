//! Invented people, notes and prose: the same in every run.

use super::measure::Dice;
use concord::domain::{Birth, ClientId, Date, EpisodeFacts, Moment, RatingFacts, Severity, StaffId, Summary};
use concord::rules::find::fold_for_find;

/// `2026-11-21 13:00` in Chicago.
pub(crate) const NOW: Moment = Moment(1_795_287_600_000);
/// That day.
pub(crate) const TODAY: Date = Date(20_778);
/// The agency's dimension set.
pub(crate) const SET: &str = "ASAM3";

const GIVEN: [&str; 40] = [
    "Ada", "Amir", "Anna", "Ben", "Bruna", "Carla", "Chen", "Dana", "David", "Elif", "Emma", "Farid",
    "Grace", "Hana", "Hugo", "Ines", "Ivan", "Jo", "Jonas", "Karim", "Kofi", "Lena", "Łukasz", "Maria",
    "Mia", "Nadia", "Noah", "Olu", "Paula", "Quinn", "Rosa", "Sam", "Sofía", "Tariq", "Tess", "Uma",
    "Viktor", "Wen", "Yara", "Zoë",
];
const FAMILY: [&str; 50] = [
    "Abbott",
    "Adeyemi",
    "Alvarez",
    "Andersen",
    "Baker",
    "Bianchi",
    "Brown",
    "Castillo",
    "Chaudhry",
    "Cohen",
    "Costa",
    "Diaz",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Foster",
    "Garcia",
    "Gray",
    "Haddad",
    "Hansen",
    "Ito",
    "Jackson",
    "Janssen",
    "Kamau",
    "Kim",
    "Kowalski",
    "Larsen",
    "Lee",
    "Lopez",
    "Martin",
    "Mensah",
    "Miller",
    "Moreau",
    "Müller",
    "Nguyen",
    "Novak",
    "Okafor",
    "O'Neill",
    "Park",
    "Pereira",
    "Rivera",
    "Rossi",
    "Singh",
    "Smith",
    "Smithers",
    "Sørensen",
    "Tanaka",
    "Weber",
    "Williams",
    "Yilmaz",
];
const WORDS: [&str; 48] = [
    "we", "talked", "about", "the", "week", "and", "what", "had", "helped", "at", "home", "work", "sleep",
    "sister", "calls", "evenings", "are", "hard", "after", "payday", "he", "she", "said", "wants", "to",
    "keep", "plan", "for", "weekend", "meeting", "group", "went", "well", "cravings", "came", "twice",
    "walked", "with", "friend", "instead", "next", "step", "is", "small", "agreed", "on", "Thursday",
    "morning",
];

/// So many words of prose as paragraphs of so many words each.
pub(crate) fn prose(words: usize, a_paragraph: usize) -> String {
    let mut dice = Dice(7);
    let mut text = String::new();
    for n in 1..=words {
        text.push_str(dice.one_of(&WORDS));
        text.push_str(match n {
            n if n == words => ".",
            n if n % a_paragraph == 0 => ".\n",
            n if n % 13 == 0 => ". ",
            _ => " ",
        });
    }
    text
}

/// The id of the n-th person.
pub(crate) fn client(n: u32) -> ClientId {
    let mut dice = Dice(u64::from(n) ^ 0x51ed_270b);
    ClientId(std::array::from_fn(|_| dice.below(256) as u8))
}

/// Given and family name of the n-th person; in 10,000 many share both.
pub(crate) fn name(n: u32) -> (String, String) {
    let mut dice = Dice(u64::from(n));
    let family = dice.one_of(&FAMILY).to_owned();
    let family = if dice.below(6) == 0 { format!("{family}-{}", dice.one_of(&FAMILY)) } else { family };
    (dice.one_of(&GIVEN).to_owned(), family)
}

/// What lists know of the n-th person, who is on this counselor's caseload.
pub(crate) fn summary(n: u32, counselor: StaffId) -> Summary {
    let mut dice = Dice(u64::from(n) ^ 0xfac7);
    let (given, family) = name(n);
    let record = format!("A-{}", 1001 + n);
    let admitted = TODAY.plus_days(-(dice.below(400) as i32));
    let rated = admitted.max(TODAY.plus_days(-(dice.below(120) as i32)));
    let ratings = (1..=6).map(|dimension| rating(dimension, rated, &mut dice)).collect();
    Summary {
        client: client(n),
        name: format!("{given} {family}").into(),
        sort: fold_for_find(&format!("{family} {given}")).into(),
        find: fold_for_find(&format!("{given} {family} {record}")).into(),
        record_no: record.into(),
        birth: Birth::On(TODAY.plus_days(-(7_000 + dice.below(16_000) as i32))),
        episode: Some(EpisodeFacts {
            number: 1,
            admitted,
            level: "2.1".into(),
            program: "Outpatient".into(),
            counselor,
            team: Vec::new(),
            review_days: 90,
            mandated: dice.below(5) == 0,
        }),
        ratings,
        set: SET.into(),
        assessed: Some(rated),
        client_first: vec![1 + dice.below(6) as u8],
        wants_set: SET.into(),
        wants: phrase(&mut dice, 14).into(),
        wants_on: Some(rated),
        last_contact: Some(TODAY.plus_days(-(dice.below(30) as i32))),
        notes: 10,
        ..Summary::default()
    }
}

fn rating(dimension: u8, on: Date, dice: &mut Dice) -> RatingFacts {
    let mut severity = || Severity::from_digit(dice.below(4) as u8);
    let (now, was) = (severity(), vec![severity(), severity()]);
    let words = if dice.below(2) == 0 { phrase(dice, 9) } else { String::new() };
    RatingFacts {
        dimension,
        now,
        on,
        was,
        worse_on: None,
        words: words.into(),
        words_on: Some(on),
        ..RatingFacts::default()
    }
}

fn phrase(dice: &mut Dice, words: usize) -> String {
    let words: Vec<&str> = (0..words).map(|_| dice.one_of(&WORDS)).collect();
    words.join(" ")
}

//! Who may be the same person as whom: one rule for finding, registering, editing, rosters and other systems' records.
//!
//! Owns what two people have in common; how near two words are is in `sounds`, what a number says is in `numbers`.
//! Closeness is never identity: what is close is shown to a person, who decides.

mod numbers;
pub mod pair;
mod sounds;

use super::spelling::{spellings, words_of};
use crate::domain::{Birth, Client, Date, PersonName};
use chrono::Datelike;
pub use numbers::{SameNumber, by_number, is_social, number_key};
pub use sounds::{Near, near};
use sounds::{SHORTEST, apart, close, has_figure, sound};
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// One name of a person, as it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    /// Given names, each in every spelling; the last entry is all of them as one word.
    given: Vec<Vec<String>>,
    /// The family name as one word, in every spelling.
    family: Vec<String>,
    /// Words of the family name.
    words: Vec<String>,
}

impl Name {
    fn of(given: &str, family: &str) -> Self {
        let says =
            |word: &Vec<String>| !word.is_empty() && !word.iter().any(|one| NOBODY.contains(&one.as_str()));
        let tokens: Vec<&str> = given.split(|c: char| c.is_whitespace() || c == '.').collect();
        let mut all: Vec<Vec<String>> = tokens.iter().map(|token| spellings(token)).filter(says).collect();
        if all.len() > 1 {
            all.push(spellings(&tokens.concat()));
        }
        let one: String = family.split_whitespace().collect();
        let family_words = words_of(family);
        let family = Some(spellings(&one)).filter(says).unwrap_or_default();
        Self { given: all, family, words: family_words }
    }

    /// A name in one piece: its last word is taken for the family name.
    fn of_whole(whole: &str) -> Self {
        let (given, family) = whole.trim().rsplit_once(' ').unwrap_or(("", whole.trim()));
        Self::of(given, family)
    }

    fn first(&self) -> &[String] {
        self.given.first().map_or(&[], Vec::as_slice)
    }
}

/// How two names are alike, the nearest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    Apart,
    /// The family name is the same, the given name another.
    Family,
    /// The given name is the same, the family name another.
    Given,
    /// Both are close or the same.
    Close,
    /// One is the same, the other is written or spoken almost alike (`Ana` and `Anna Pereira`).
    Alike,
    /// Given and family name are the other way round.
    Turned,
    Same,
}

fn share(one: &[String], other: &[String]) -> bool {
    one.iter().any(|word| other.contains(word))
}

fn are_close(one: &[String], other: &[String]) -> bool {
    one.iter().any(|a| other.iter().any(|b| close(a, b)))
}

/// Given names: the first or all of them the same; close; one short for the other, down to the first letter; or the first of
/// one among the others of the other.
fn given_near(one: &Name, other: &Name) -> Near {
    let (first, other_first) = match (one.given.first(), other.given.first()) {
        (Some(first), Some(other_first)) => (first, other_first),
        (None, None) => return Near::Same,
        _ => return Near::Apart,
    };
    let joined = |name: &Name| name.given.last().cloned().unwrap_or_default();
    let begins = |short: &[String], long: &[String]| {
        short.iter().any(|a| long.iter().any(|b| b.starts_with(a.as_str())))
    };
    let among = |first: &[String], name: &Name| name.given.iter().skip(1).any(|given| share(given, first));
    if share(first, other_first) || share(&joined(one), &joined(other)) {
        Near::Same
    } else if are_close(first, other_first)
        || begins(first, other_first)
        || begins(other_first, first)
        || among(first, other)
        || among(other_first, one)
    {
        Near::Close
    } else {
        Near::Apart
    }
}

/// Family names: the same; close; or one of two that the other has (`Smith-Jones`, `Jones`).
fn family_near(one: &Name, other: &Name) -> Near {
    if share(&one.family, &other.family) {
        Near::Same
    } else if are_close(&one.family, &other.family)
        || one.words.iter().any(|word| word.len() > SHORTEST && other.words.contains(word))
    {
        Near::Close
    } else {
        Near::Apart
    }
}

fn names_near(one: &Name, other: &Name) -> Names {
    match (given_near(one, other), family_near(one, other)) {
        (Near::Same, Near::Same) => Names::Same,
        (Near::Apart, Near::Apart) if turned(one, other) => Names::Turned,
        (Near::Apart, Near::Apart | Near::Close) => Names::Apart,
        (Near::Apart, _) => Names::Family,
        (Near::Same, Near::Apart) => Names::Given,
        (_, Near::Apart) => Names::Apart,
        (Near::Same, _) if are_close(&one.family, &other.family) => Names::Alike,
        (_, Near::Same) if are_close(one.first(), other.first()) => Names::Alike,
        _ => Names::Close,
    }
}

fn turned(one: &Name, other: &Name) -> bool {
    share(one.first(), &other.family) && share(&one.family, other.first())
}

/// How two births are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Births {
    Same,
    /// Day and month the other way round.
    Turned,
    /// One figure is another, or two have changed places.
    Slip,
    /// Known in part on one side, and nothing against it.
    Fits,
    /// Not known on one side.
    Unknown,
    Apart,
}

fn births(one: Birth, other: Birth) -> Births {
    match (one, other) {
        (Birth::Unknown, _) | (_, Birth::Unknown) => Births::Unknown,
        (Birth::On(a), Birth::On(b)) => dates(a, b),
        _ => match (years(one), years(other)) {
            (Some((low, high)), Some((other_low, other_high))) if low <= other_high && other_low <= high => {
                Births::Fits
            }
            _ => Births::Apart,
        },
    }
}

/// The years in which a birth may have been.
fn years(birth: Birth) -> Option<(i32, i32)> {
    match birth {
        Birth::On(date) => Some((date.naive().year(), date.naive().year())),
        Birth::Partly { year, .. } => Some((i32::from(year), i32::from(year))),
        Birth::About { age, on } => {
            let year = on.naive().year() - i32::from(age);
            Some((year - 2, year + 2))
        }
        Birth::Unknown => None,
    }
}

fn dates(one: Date, other: Date) -> Births {
    let (a, b) = (one.naive(), other.naive());
    if a == b {
        return Births::Same;
    }
    if a.year() == b.year() && (a.month(), a.day()) == (b.day(), b.month()) {
        return Births::Turned;
    }
    let (a, b) = (one.to_string(), other.to_string());
    if apart(&a, &b) == 1 { Births::Slip } else { Births::Apart }
}

/// What of a person is compared.
#[derive(Clone, Debug)]
pub struct Face {
    names: Vec<Name>,
    birth: Birth,
    suffix: String,
}

/// Names that say nothing of who somebody is.
const NOBODY: [&str; 5] = ["unknown", "nonamerecorded", "noname", "notknown", "anonymous"];

impl Face {
    /// The face of a client: by every name they have or had.
    pub fn of(client: &Client) -> Self {
        let PersonName { given, family } = &client.name;
        let mut names = vec![Name::of(given, family)];
        if !client.preferred.is_empty() {
            names.push(Name::of(&client.preferred, family));
        }
        let others = client.other_names.iter().map(String::as_str);
        let former = client.former_names.iter().map(|former| former.name.as_str());
        names.extend(others.chain(former).map(Name::of_whole));
        names.retain(|name| !name.given.is_empty() || !name.family.is_empty());
        names.dedup();
        let suffix = client.suffix.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        Self { names, birth: client.birth, suffix }
    }

    /// Keys for an index: two people whom [`compare`] finds [`Grade::Likely`] have one in common, but for a few whose names
    /// differ by two sounds.
    pub fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        let day = self.birth.date().map(|date| {
            let date = date.naive();
            let mut days = [date.month(), date.day()];
            days.sort_unstable();
            format!("{} {days:?}", date.year())
        });
        let heard = |words: &[String]| {
            words.iter().find(|word| word.is_ascii()).map(|word| sound(word)).unwrap_or_default()
        };
        for name in &self.names {
            let family = heard(&name.family);
            let given: BTreeSet<String> = name.given.iter().map(|given| heard(given)).collect();
            for given in given.iter().chain(given.is_empty().then_some(&String::new())) {
                // The same sounds, whichever of the two is the family name.
                let mut sounds = [given.as_str(), &family];
                sounds.sort_unstable();
                keys.insert(format!("s{}|{}", sounds[0], sounds[1]));
                let Some(day) = &day else { continue };
                // The same day, the same initial, and a family name or a part of it that is one sound away.
                let initial = given.chars().next().unwrap_or('-');
                let words = name.words.iter().filter(|word| word.is_ascii()).map(|word| sound(word));
                for family in words.chain([family.clone()]) {
                    keys.extend(without_one(&family).iter().map(|left| format!("b{initial}{left}|{day}")));
                }
            }
        }
        keys
    }
}

/// A word, and the word without each of its letters: two that are one letter apart share one of them. A word with a figure
/// in it is never close to another.
fn without_one(word: &str) -> Vec<String> {
    let count = if has_figure(word) { 0 } else { word.chars().count() };
    let skipped = |skip: usize| word.chars().enumerate().filter(move |(at, _)| *at != skip).map(|(_, c)| c);
    let mut all: Vec<String> = (0..count).map(|skip| skipped(skip).collect()).collect();
    all.push(word.to_owned());
    all
}

/// How much it takes to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Worth knowing where one person is registered or changed: a namesake, a twin, a new family name.
    Possible,
    /// Nobody comes in beside such a person without somebody having looked.
    Likely,
}

/// What two people have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likeness {
    pub grade: Grade,
    /// In plain words.
    pub why: &'static str,
}

/// What the names and the births of two people have in common.
fn in_common(one: &Face, other: &Face) -> (Names, Births) {
    let pairs = one.names.iter().flat_map(|a| other.names.iter().map(move |b| names_near(a, b)));
    let births = births(one.birth, other.birth);
    // A father and his son: the name is the same, and says itself that they are two.
    let generations = !one.suffix.is_empty() && !other.suffix.is_empty() && one.suffix != other.suffix;
    let births = if generations && births != Births::Same { Births::Apart } else { births };
    (pairs.max().unwrap_or(Names::Apart), births)
}

/// What two people have in common that makes them look like one; `None` if it is no more than chance.
pub fn compare(one: &Face, other: &Face) -> Option<Likeness> {
    let likely = |why| Some(Likeness { grade: Grade::Likely, why });
    let possible = |why| Some(Likeness { grade: Grade::Possible, why });
    match in_common(one, other) {
        (Names::Same, Births::Same) => likely("same name and birth date"),
        (Names::Same, Births::Turned) => {
            likely("same name; day and month of the birth date are the other way round")
        }
        (Names::Same, Births::Slip) => likely("same name; one figure of the birth date differs"),
        (Names::Same, Births::Fits) => likely("same name; a birth date that is known in part fits"),
        (Names::Same, Births::Unknown) => likely("same name, and no birth date to tell them apart"),
        (Names::Same, Births::Apart) => possible("same name, another birth date"),
        (Names::Turned, Births::Same) => likely("given and family name the other way round, same birth date"),
        (Names::Turned, Births::Unknown) => possible("given and family name the other way round"),
        (Names::Close | Names::Alike, Births::Same) => likely("close name, same birth date"),
        (Names::Close | Names::Alike, Births::Turned) => {
            likely("close name; day and month of the birth date are the other way round")
        }
        (Names::Close | Names::Alike, Births::Slip) => {
            possible("close name; one figure of the birth date differs")
        }
        (Names::Close | Names::Alike, Births::Fits) => {
            possible("close name; a birth date that is known in part fits")
        }
        (Names::Alike, Births::Unknown) => possible("close name, and no birth date to tell them apart"),
        (Names::Alike, Births::Apart) => possible("close name, another birth date"),
        (Names::Given, Births::Same) => possible("same given name and birth date, another family name"),
        (Names::Family, Births::Same) => possible("same family name and birth date, another given name"),
        _ => None,
    }
}

/// Whether somebody with these words in their names may be like somebody who is found by `find` (`Summary::find`): a quick
/// look before the names themselves are compared.
pub fn may_be_alike(words: &[String], find: &str) -> bool {
    let text = find.split('\t').next().unwrap_or_default();
    let near_any = |word: &String| text.split(' ').any(|other| near(word, other) >= Near::Close);
    words.iter().filter(|word| word.len() > 1).any(near_any)
}

/// The words of all names of a client, in every spelling.
pub fn words_of_client(client: &Client) -> Vec<String> {
    let mut parts = vec![client.name.given.as_str(), &client.name.family, &client.preferred];
    parts.extend(client.other_names.iter().map(String::as_str));
    parts.extend(client.former_names.iter().map(|former| former.name.as_str()));
    parts.into_iter().flat_map(words_of).collect()
}

/// Whether somebody who is found by `find` (`Summary::find`) may have the same name: a quick look before the names
/// themselves are compared.
pub fn may_be_namesake(face: &Face, find: &str) -> bool {
    let words: Vec<&str> = find.split('\t').next().unwrap_or_default().split(' ').collect();
    let has = |spelled: &[String]| spelled.iter().any(|one| words.contains(&one.as_str()));
    face.names.iter().any(|name| {
        (name.family.is_empty() || has(&name.family))
            && (name.given.is_empty() || name.given.iter().any(|one| has(one)))
    })
}

/// Whether two names, each in one piece, are easily taken for each other: the same, or written or spoken almost alike.
pub fn are_confusable(one: &str, other: &str) -> bool {
    names_near(&Name::of_whole(one), &Name::of_whole(other)) >= Names::Close
}

/// Whether two people have the same name, whatever their births: namesakes.
pub fn namesakes(one: &Face, other: &Face) -> bool {
    one.names.iter().any(|a| other.names.iter().any(|b| names_near(a, b) == Names::Same))
}

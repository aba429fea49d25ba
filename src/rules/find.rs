//! Finding people by what is typed: words in any order, however they are spelled, numbers and birth dates too.
//!
//! Owns what counts as found: whole words and their beginnings. Names that are only close are apart, and nobody opens
//! one of those without having chosen it. Must not know where rows come from.

use super::likeness::{Near, near};
use super::phone;
pub use super::spelling::fold_for_find;
use super::spelling::{pieces, spellings, words_of};
use crate::domain::Birth;
use crate::rules::when::BirthPattern;

#[cfg(test)]
mod tests;

/// Characters of a query that count; the rest is ignored.
const QUERY_MAX: usize = 64;
/// Shortest word that finds names which are only close, or have it in their middle.
const LOOSE_MIN: usize = 3;
/// Shortest part of a number from elsewhere, or of a phone number, that finds it.
const NUMBER_MIN: usize = 4;
/// Fewest digits of a phone number that is typed in groups, or before which a country code may stand.
const PHONE_MIN: usize = 7;

/// What of a row is searched.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Words of every name in every spelling, then, behind a tab, numbers (`Summary::find`).
    pub text: &'a str,
    /// Record number as shown.
    pub record_no: &'a str,
    pub birth: Birth,
}

impl<'a> From<&'a crate::domain::Summary> for Candidate<'a> {
    fn from(summary: &'a crate::domain::Summary) -> Self {
        Self { text: &summary.find, record_no: &summary.record_no, birth: summary.birth }
    }
}

/// The rows that match, by their places as they were handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Those in which every word that was typed is a whole word or its beginning, the nearest first.
    pub found: Vec<usize>,
    /// Those that are only close, the nearest first.
    pub loose: Vec<usize>,
}

/// One word of a query.
#[derive(Clone, Debug)]
enum Term {
    /// Letters: each part between hyphens in every spelling, and all of it as one.
    Word { parts: Vec<Vec<String>>, whole: Vec<String> },
    /// Has a digit: part of a number, or a birth date.
    Number { squeezed: String, birth: Option<BirthPattern> },
    /// Began with `#`: part of the record number only.
    Record(String),
    /// A date of more than one word (`12 apr 1991`).
    Born(BirthPattern),
}

/// Rows that match every word of the query. An empty query finds all rows, in the order handed in.
pub fn find<'a>(rows: impl IntoIterator<Item = Candidate<'a>>, query: &str) -> Hits {
    Haystack::new(rows).find(query)
}

/// Rows gathered to be searched key after key: their texts in one piece, so that a key reads memory in order.
#[derive(Default)]
pub struct Haystack {
    text: String,
    rows: Vec<Straw>,
}

/// A row of a haystack: where its words, its numbers and its squeezed record number are in the whole.
struct Straw {
    signs: u64,
    start: usize,
    numbers: usize,
    record: usize,
    end: usize,
    birth: Birth,
}

impl std::fmt::Debug for Haystack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Haystack({} rows)", self.rows.len())
    }
}

/// How a row matches: loosely matched words, words that only begin with what was typed.
type Score = (usize, usize);

impl Haystack {
    /// Gathers the rows; hits name them by their place here.
    pub fn new<'a>(rows: impl IntoIterator<Item = Candidate<'a>>) -> Self {
        let mut hay = Self::default();
        for row in rows {
            let (words, numbers) = row.text.split_once('\t').unwrap_or((row.text, ""));
            let start = hay.text.len();
            hay.text.push_str(words);
            let numbers_at = hay.text.len();
            hay.text.push_str(numbers);
            let record = hay.text.len();
            squeeze_into(row.record_no, &mut hay.text);
            let end = hay.text.len();
            hay.rows.push(Straw {
                signs: signs(words),
                start,
                numbers: numbers_at,
                record,
                end,
                birth: row.birth,
            });
        }
        hay
    }

    /// As [`find`], in these rows.
    pub fn find(&self, query: &str) -> Hits {
        let query: String = query.chars().take(QUERY_MAX).collect();
        let terms = terms(&query.to_lowercase());
        if terms.is_empty() {
            return Hits { found: (0..self.rows.len()).collect(), loose: Vec::new() };
        }
        let mut hits: Vec<(Score, usize, usize)> = (0..self.rows.len())
            .filter_map(|at| {
                let row = self.rows.get(at)?;
                Some((self.score(row, &terms)?, row.numbers - row.start, at))
            })
            .collect();
        hits.sort_unstable();
        let strict = hits.partition_point(|((loose, _), ..)| *loose == 0);
        let mut all = hits.into_iter().map(|(.., at)| at);
        Hits { found: all.by_ref().take(strict).collect(), loose: all.collect() }
    }

    fn score(&self, row: &Straw, terms: &[Term]) -> Option<Score> {
        let words = self.text.get(row.start..row.numbers)?;
        let (numbers, record) =
            (self.text.get(row.numbers..row.record)?, self.text.get(row.record..row.end)?);
        let (mut loose, mut begins) = (0, 0);
        for term in terms {
            match term {
                Term::Word { parts, whole } => match word_near(parts, whole, words, row.signs) {
                    Near::Same => {}
                    Near::Begins => begins += 1,
                    Near::Close => loose += 1,
                    Near::Apart => return None,
                },
                Term::Number { squeezed, birth } => {
                    let born = birth.is_some_and(|pattern| pattern.matches(row.birth));
                    let mut known = numbers.split(' ').chain([record]);
                    let part =
                        |one: &str, least: usize| squeezed.len() >= least && one.contains(squeezed.as_str());
                    if !born && !known.any(|one| one == squeezed) {
                        let number = |one: &str| part(one, NUMBER_MIN) || same_phone(squeezed, one);
                        if !part(record, 1) && !numbers.split(' ').any(number) {
                            return None;
                        }
                        begins += 1;
                    }
                }
                Term::Record(squeezed) if record == squeezed => {}
                Term::Record(squeezed) if record.contains(squeezed.as_str()) => begins += 1,
                Term::Record(_) => return None,
                Term::Born(pattern) => pattern.matches(row.birth).then_some(())?,
            }
        }
        Some((loose, begins))
    }
}

/// Whether two phone numbers, digits only, are the same but for a country code or zeros in front that one of them has.
pub fn same_phone(typed: &str, known: &str) -> bool {
    let (typed, known) = (typed.trim_start_matches('0'), known.trim_start_matches('0'));
    let (shorter, longer) = if typed.len() < known.len() { (typed, known) } else { (known, typed) };
    shorter.len() >= PHONE_MIN && shorter.bytes().all(|b| b.is_ascii_digit()) && longer.ends_with(shorter)
}

/// The word of another name by which somebody was found: the name that is shown does not have it. `find` is
/// `Summary::find`, `shown` are the names that stand there.
pub fn other_name(query: &str, find: &str, shown: &[&str]) -> Option<String> {
    let known: Vec<String> = shown.iter().flat_map(|name| words_of(name)).collect();
    let words = find.split('\t').next().unwrap_or_default();
    let begins = |typed: &str, word: &str| near_or_begins(typed, word) >= Near::Begins;
    query.split_whitespace().flat_map(pieces).flat_map(spellings).find_map(|typed| {
        if typed.bytes().any(|b| b.is_ascii_digit()) || known.iter().any(|word| begins(&typed, word)) {
            return None;
        }
        let word = words.split(' ').find(|word| begins(&typed, word))?;
        let mut letters = word.chars();
        Some(letters.next()?.to_uppercase().chain(letters).collect())
    })
}

/// The number (a phone, or one from elsewhere) by which somebody was found, where it is neither their record number nor their
/// birth date, which lists show. `find` is `Summary::find`.
pub fn number_found(query: &str, find: &str, record_no: &str, born: Birth) -> Option<String> {
    let numbers = find.split_once('\t')?.1;
    let record = squeeze(record_no);
    terms(&query.to_lowercase()).iter().find_map(|term| {
        let Term::Number { squeezed, birth } = term else { return None };
        if record.contains(squeezed.as_str()) || birth.is_some_and(|pattern| pattern.matches(born)) {
            return None;
        }
        let part = |one: &str| squeezed.len() >= NUMBER_MIN && one.contains(squeezed.as_str());
        let is_it = |one: &&str| *one == squeezed || part(one) || same_phone(squeezed, one);
        numbers.split(' ').find(is_it).map(phone::shown)
    })
}

/// How near a typed word is to the words of a row: as one word, or each part of it.
fn word_near(parts: &[Vec<String>], whole: &[String], words: &str, signs: u64) -> Near {
    let nearest = |spelled: &[String]| {
        spelled.iter().map(|one| spelled_near(one, words, signs)).max().unwrap_or(Near::Apart)
    };
    let apart = parts.iter().map(|part| nearest(part)).min().unwrap_or(Near::Apart);
    if parts.len() > 1 { apart.max(nearest(whole)) } else { apart }
}

fn spelled_near(typed: &str, words: &str, row: u64) -> Near {
    let kinds = signs(typed);
    let missing = (kinds & !row).count_ones();
    // A slip of the pen brings in one or two letters that the word does not have.
    if missing > 2 {
        return Near::Apart;
    }
    let loose = typed.len() >= LOOSE_MIN;
    let one = |word: &str| match near_or_begins(typed, word) {
        Near::Apart if loose && (word.contains(typed) || near(typed, word) == Near::Close) => Near::Close,
        near => near,
    };
    words.split(' ').map(one).max().unwrap_or(Near::Apart)
}

fn near_or_begins(typed: &str, word: &str) -> Near {
    match word.strip_prefix(typed) {
        Some("") => Near::Same,
        Some(_) => Near::Begins,
        None => Near::Apart,
    }
}

/// The set of characters in a text, by 64 kinds.
fn signs(text: &str) -> u64 {
    text.chars().fold(0, |signs, c| {
        let c = c.to_ascii_lowercase();
        let kind = if c.is_ascii_alphanumeric() { c as u32 % 48 } else { 48 + c as u32 % 16 };
        signs | 1 << kind
    })
}

fn terms(query: &str) -> Vec<Term> {
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut terms = Vec::new();
    let mut rest = words.as_slice();
    while let [first, after @ ..] = rest {
        let grouped = || date_of_words(rest).or_else(|| number_of_words(rest));
        let (term, used) = grouped().unwrap_or_else(|| (one_word(first), 1));
        terms.extend(term);
        rest = after.get(used - 1..).unwrap_or_default();
    }
    terms
}

/// `12 apr 1991`, `apr 12`, `apr 1991`: two or three words of which one is a month's name and one has a digit.
fn date_of_words(words: &[&str]) -> Option<(Option<Term>, usize)> {
    (2..=3.min(words.len())).rev().find_map(|count| {
        let taken = words.get(..count)?;
        let digits = |word: &&str| word.bytes().all(|b| b.is_ascii_digit() || b == b',');
        let mixed = taken.iter().any(digits) && taken.iter().filter(|word| !digits(word)).count() == 1;
        let pattern = mixed.then(|| BirthPattern::read(&taken.join(" ")))??;
        Some((Some(Term::Born(pattern)), count))
    })
}

/// `(555) 0164-849`, `+1 555 016 4849`, `12 04 1991`: groups of digits that make one number.
fn number_of_words(words: &[&str]) -> Option<(Option<Term>, usize)> {
    let group = |word: &&&str| {
        word.bytes().any(|b| b.is_ascii_digit())
            && word.bytes().all(|b| b.is_ascii_digit() || b"+()-./".contains(&b))
    };
    let count = words.iter().take_while(group).count();
    let taken = words.get(..count).filter(|_| count > 1)?;
    let squeezed = squeeze(&taken.concat());
    (squeezed.len() >= PHONE_MIN).then(|| {
        let birth = BirthPattern::read(&taken.join("/"));
        (Some(Term::Number { squeezed, birth }), count)
    })
}

/// `None` for a word that says nothing (a lone `#` or `-`).
fn one_word(word: &str) -> Option<Term> {
    if let Some(number) = word.strip_prefix('#') {
        let squeezed = squeeze(number);
        return (!squeezed.is_empty()).then_some(Term::Record(squeezed));
    }
    if word.bytes().any(|b| b.is_ascii_digit()) {
        return Some(Term::Number { squeezed: squeeze(word), birth: BirthPattern::read(word) });
    }
    let parts: Vec<Vec<String>> = pieces(word).map(spellings).filter(|spelled| !spelled.is_empty()).collect();
    (!parts.is_empty()).then(|| Term::Word { parts, whole: spellings(word) })
}

/// Letters and digits only, lower case: `A-1042` and `a1042` are the same number.
pub fn squeeze(number: &str) -> String {
    let mut squeezed = String::new();
    squeeze_into(number, &mut squeezed);
    squeezed
}

fn squeeze_into(number: &str, squeezed: &mut String) {
    squeezed.extend(number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
}

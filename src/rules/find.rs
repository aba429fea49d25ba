//! Finding people by what is typed: words in any order, accents and case ignored, record number and birth date too.
//!
//! Owns folding and matching; the only file that names the fuzzy matcher. Must not know where rows come from.

use crate::domain::Birth;
use crate::rules::when::BirthPattern;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

#[cfg(test)]
mod tests;

/// Characters of a query that count; the rest is ignored (the matcher's time grows with query times text).
const QUERY_MAX: usize = 64;
/// Characters of a person's text that count.
const TEXT_MAX: usize = 256;
/// Score of a record number or birth date that matches: above what words of a name reach.
const EXACT: i64 = 1_000;

/// Text as it is stored for finding: compatibility-decomposed, marks stripped, lower case, letters that do not
/// decompose written in plain ones (ł ø đ ß æ œ and their kin), runs of blanks as one.
pub fn fold_for_find(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŧ' => folded.push('t'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '’' | '‘' | 'ʼ' | '`' => folded.push('\''),
            '‐' | '‑' | '–' => folded.push('-'),
            // Lower-casing can give a mark of its own (İ); control characters never help to find anybody.
            c if is_combining_mark(c) || (c.is_control() && !c.is_whitespace()) => {}
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// What of a row is searched.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// Folded words (`Summary::find`).
    pub text: &'a str,
    /// Record number as shown.
    pub record_no: &'a str,
    /// Birth.
    pub birth: Birth,
}

impl<'a> From<&'a crate::domain::Summary> for Candidate<'a> {
    fn from(summary: &'a crate::domain::Summary) -> Self {
        Self { text: &summary.find, record_no: &summary.record_no, birth: summary.birth }
    }
}

/// A row that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the row as handed in.
    pub index: usize,
    /// Higher is nearer.
    pub score: i64,
}

/// One word of a query.
#[derive(Clone, Debug)]
enum Term {
    /// Letters: matched loosely in the folded text.
    Word(String),
    /// Has a digit: part of the record number, or a birth date.
    Number { squeezed: String, birth: Option<BirthPattern> },
    /// Began with `#`: part of the record number only.
    Record(String),
    /// A date of more than one word (`12 apr 1991`).
    Born(BirthPattern),
}

/// Rows that match every word of the query, nearest first: by score, then those that begin with the query, then
/// shorter text, then as handed in. An empty query matches all rows, in the order handed in.
pub fn find<'a>(rows: impl IntoIterator<Item = Candidate<'a>>, query: &str) -> Vec<Hit> {
    Haystack::new(rows).find(query)
}

/// Rows gathered to be searched key after key: their texts in one piece, so that a key reads memory in order, and what
/// the query before matched, so that one that goes on only narrows.
pub struct Haystack {
    matcher: SkimMatcherV2,
    text: String,
    rows: Vec<Straw>,
    /// The last query and the rows it matched, if a longer query can only match among them.
    last: Option<(String, Vec<u32>)>,
}

/// A row of a haystack: where its text, then its squeezed record number, stand in the whole.
struct Straw {
    signs: u64,
    start: usize,
    number: usize,
    end: usize,
    birth: Birth,
}

impl std::fmt::Debug for Haystack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Haystack({} rows)", self.rows.len())
    }
}

impl Haystack {
    /// Gathers the rows; hits name them by their place here.
    pub fn new<'a>(rows: impl IntoIterator<Item = Candidate<'a>>) -> Self {
        let matcher = SkimMatcherV2::default().ignore_case();
        let mut hay = Self { matcher, text: String::new(), rows: Vec::new(), last: None };
        for row in rows {
            let text = head(row.text);
            let start = hay.text.len();
            hay.text.push_str(text);
            let number = hay.text.len();
            squeeze_into(row.record_no, &mut hay.text);
            let end = hay.text.len();
            hay.rows.push(Straw { signs: signs(text), start, number, end, birth: row.birth });
        }
        hay
    }

    /// As [`find`], in these rows.
    pub fn find(&mut self, query: &str) -> Vec<Hit> {
        let query: String = query.chars().take(QUERY_MAX).collect();
        let query = fold_for_find(&query);
        let terms = terms(&query);
        let narrows = terms.iter().all(|term| matches!(term, Term::Word(_)));
        let before = self.last.take().filter(|(last, _)| narrows && query.starts_with(last.as_str()));
        let hit = |at: usize| self.hit(at, &terms, &query);
        let mut hits: Vec<(Hit, bool, usize)> = match &before {
            Some((_, rows)) => rows.iter().filter_map(|at| hit(*at as usize)).collect(),
            None => (0..self.rows.len()).filter_map(hit).collect(),
        };
        if narrows {
            self.last = Some((query, hits.iter().map(|(hit, ..)| hit.index as u32).collect()));
        }
        if !terms.is_empty() {
            hits.sort_unstable_by_key(|(hit, prefix, length)| {
                (std::cmp::Reverse(hit.score), std::cmp::Reverse(*prefix), *length, hit.index)
            });
        }
        hits.into_iter().map(|(hit, ..)| hit).collect()
    }

    /// The row as a hit, whether its text begins with the query, and the text's length.
    fn hit(&self, index: usize, terms: &[Term], query: &str) -> Option<(Hit, bool, usize)> {
        let row = self.rows.get(index)?;
        let misses = |term: &Term| matches!(term, Term::Word(word) if signs(word) & !row.signs != 0);
        if terms.iter().any(misses) {
            return None;
        }
        let (text, number) = (self.text.get(row.start..row.number)?, self.text.get(row.number..row.end)?);
        let score = terms.iter().try_fold(0, |sum: i64, term| {
            score(&self.matcher, term, text, number, row.birth).map(|score| sum.saturating_add(score))
        })?;
        Some((Hit { index, score }, text.starts_with(query), text.len()))
    }
}

/// The set of characters in a text, by 64 kinds: a word with a kind that a text lacks cannot match it.
fn signs(text: &str) -> u64 {
    text.chars().fold(0, |signs, c| {
        let c = c.to_ascii_lowercase();
        let kind = if c.is_ascii_alphanumeric() { c as u32 % 48 } else { 48 + c as u32 % 16 };
        signs | 1 << kind
    })
}

fn score(matcher: &SkimMatcherV2, term: &Term, text: &str, number: &str, birth: Birth) -> Option<i64> {
    match term {
        Term::Word(word) => matcher.fuzzy_match(text, word),
        Term::Number { squeezed, birth: pattern } => {
            let numbered = number_score(number, squeezed);
            let born = pattern.filter(|pattern| pattern.matches(birth)).map(|_| EXACT);
            numbered.max(born)
        }
        Term::Record(squeezed) => number_score(number, squeezed),
        Term::Born(pattern) => pattern.matches(birth).then_some(EXACT),
    }
}

/// The whole number beats its end, its end beats its middle.
fn number_score(number: &str, typed: &str) -> Option<i64> {
    if number == typed {
        Some(EXACT + 100)
    } else if number.ends_with(typed) {
        Some(EXACT + 50)
    } else {
        number.contains(typed).then_some(EXACT)
    }
}

fn terms(query: &str) -> Vec<Term> {
    let words: Vec<&str> = query.split(' ').filter(|word| !word.is_empty()).collect();
    let mut terms = Vec::new();
    let mut rest = words.as_slice();
    while let [first, after @ ..] = rest {
        let (term, used) = date_of_words(rest).unwrap_or_else(|| (one_word(first), 1));
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

/// `None` for a word that says nothing (a lone `#` or `-`).
fn one_word(word: &str) -> Option<Term> {
    if let Some(number) = word.strip_prefix('#') {
        let squeezed = squeeze(number);
        return (!squeezed.is_empty()).then_some(Term::Record(squeezed));
    }
    if !word.chars().any(char::is_alphanumeric) {
        return None;
    }
    Some(if word.bytes().any(|b| b.is_ascii_digit()) {
        Term::Number { squeezed: squeeze(word), birth: BirthPattern::read(word) }
    } else {
        Term::Word(word.to_owned())
    })
}

/// Letters and digits only, lower case: `A-1042` and `a1042` are the same number.
fn squeeze(number: &str) -> String {
    let mut squeezed = String::new();
    squeeze_into(number, &mut squeezed);
    squeezed
}

fn squeeze_into(number: &str, squeezed: &mut String) {
    squeezed.extend(number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
}

/// The first characters that count.
fn head(text: &str) -> &str {
    if text.len() <= TEXT_MAX {
        return text;
    }
    text.char_indices().nth(TEXT_MAX).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

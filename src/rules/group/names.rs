//! The name rule: no member's name in another's chart.
//!
//! Owns one function, [`find`], which is asked before a part of a group session, an addendum or an amendment of one is signed.
//! It looks for first, last, preferred and other names, initials and record numbers, folded, as whole words and possessives.
//! What is also a word of the dictionary is a name only with a capital inside a sentence or beside the rest of the name.

use crate::domain::{Client, PersonName};
use crate::rules::spelling::fold_for_find;
use std::collections::BTreeSet;

/// Words in front of a family name that say nothing of whose it is.
const PARTICLES: [&str; 16] =
    ["de", "da", "do", "di", "du", "la", "le", "del", "van", "von", "der", "den", "al", "el", "bin", "st"];

/// What somebody is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Called {
    /// Given, preferred and other names, folded, without what separates their parts.
    given: BTreeSet<String>,
    family: BTreeSet<String>,
    /// Two letters.
    initials: BTreeSet<String>,
    /// Letters and digits alone; empty = none.
    record_no: String,
}

/// Words that are or may be another member's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// First byte in the text.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// Which of those that were looked for.
    pub who: usize,
    /// As what it was found.
    pub by: FoundBy,
    /// It keeps the part from being signed; else it is only listed.
    pub stops: bool,
}

/// As what somebody was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundBy {
    Name,
    Initials,
    RecordNo,
    /// An address or a phone that is not to be shared.
    Contact,
}

impl FoundBy {
    /// Returns the word shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Initials => "initials",
            Self::RecordNo => "record number",
            Self::Contact => "not to be shared",
        }
    }
}

/// Letters and digits of a text, folded.
fn letters(text: &str) -> String {
    fold_for_find(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The words of a name, folded, and the whole of it; particles and single letters are none.
fn parts(name: &str) -> impl Iterator<Item = String> {
    let whole = letters(name);
    let each = name.split(|c: char| c.is_whitespace() || c == '-' || c == ',').map(letters);
    let each: Vec<String> = each.filter(|one| one.chars().count() > 1).collect();
    let only = each.len() == 1;
    let keep = move |one: &String| only || !PARTICLES.contains(&one.as_str());
    each.into_iter().filter(keep).chain((!whole.is_empty()).then_some(whole)).filter(|one| one.len() > 1)
}

impl Called {
    /// What a client is called.
    pub fn of(client: &Client) -> Self {
        let mut called = Self { record_no: letters(&client.record_no), ..Self::default() };
        let former = client.former_names.iter().map(|one| one.name.as_str());
        let others: Vec<&str> = client.other_names.iter().map(String::as_str).chain(former).collect();
        let given = [client.name.given.as_str(), client.preferred.as_str()];
        called.given.extend(given.into_iter().chain(others).flat_map(parts));
        called.family.extend(parts(&client.name.family));
        let first = |name: &str| letters(name).chars().next();
        for one in given {
            if let (Some(one), Some(two)) = (first(one), first(&client.name.family)) {
                called.initials.insert([one, two].iter().collect());
            }
        }
        called
    }

    /// What somebody is called of whom no more than a name is known.
    pub fn named(name: &str) -> Self {
        let (given, family) = match name.split_once(',') {
            Some((family, given)) => (given, family),
            None => name.trim().rsplit_once(' ').unwrap_or((name, "")),
        };
        let name = PersonName { given: given.trim().to_owned(), family: family.trim().to_owned() };
        Self::of(&Client { name, ..Client::default() })
    }

    fn is_name(&self, word: &str) -> bool {
        self.given.contains(word) || self.family.contains(word)
    }

    /// Whether `beside` is another part of this name than `word` is.
    fn goes_with(&self, word: &str, beside: &str) -> bool {
        self.given.contains(word) && self.family.contains(beside)
            || self.family.contains(word) && self.given.contains(beside)
    }
}

/// A word of a text.
#[derive(Clone, Debug)]
struct Token<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// Letters and digits, folded, without a possessive.
    folded: String,
    /// Nothing but blanks is between it and the one before.
    joins: bool,
    /// Only a mark that names are written with is between them (`O'Neil`, `A-1042`, `V. R.`).
    touches: bool,
    /// It begins a sentence.
    begins: bool,
}

/// The word without a possessive.
fn bare(text: &str) -> &str {
    let cut = |end: &str| text.strip_suffix(end);
    let ends = ["'s", "\u{2019}s", "\u{2018}s", "\u{2bc}s", "'S", "\u{2019}S", "'", "\u{2019}"];
    ends.iter().find_map(|end| cut(end)).unwrap_or(text)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '`')
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut all: Vec<Token<'_>> = Vec::new();
    let mut letters_of = text.char_indices().peekable();
    let mut last = 0;
    while let Some((start, first)) = letters_of.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = letters_of.peek().copied() {
            let inside = is_apostrophe(c)
                && text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
            // A mark that is written over the letter before belongs to the word.
            let over = unicode_normalization::char::is_combining_mark(c);
            if !(c.is_alphanumeric() || inside || over) {
                break;
            }
            end = at + c.len_utf8();
            letters_of.next();
        }
        let (word, between) = (&text[start..end], &text[last..start]);
        let marks = between.chars().filter(|c| !c.is_whitespace());
        let marks: Vec<char> = marks.filter(|c| !"\"“”„«»()[]*_".contains(*c)).collect();
        let new_line = between.contains('\n');
        let ends = |c: &char| ".!?:;…•".contains(*c);
        all.push(Token {
            start,
            end,
            text: word,
            folded: letters(bare(word)),
            joins: !all.is_empty() && between.chars().all(char::is_whitespace),
            touches: !all.is_empty() && matches!(between, "-" | "\u{2010}" | "\u{2011}" | "." | ". "),
            begins: all.is_empty() || new_line || marks.last().is_some_and(|c| ends(c) || *c == '-'),
        });
        last = end;
    }
    all
}

fn is_capital(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase)
}

/// Finds what in a text is or may be the name of one of `others`. `own` are the names that may stand in it: the member's, and
/// those of their circle. `cleared` are words, as [`compared`] gives them, that somebody said are nobody of the group.
pub fn find(
    text: &str,
    others: &[Called],
    own: &[Called],
    cleared: &BTreeSet<String>,
    is_word: &dyn Fn(&str) -> bool,
) -> Vec<Found> {
    let all = tokens(text);
    let mut found: Vec<Found> = Vec::new();
    for at in 0..all.len() {
        for (who, called) in others.iter().enumerate() {
            let one = name_at(&all, at, called, own, is_word)
                .or_else(|| initials_at(text, &all, at, called, own, is_word))
                .or_else(|| record_at(&all, at, called));
            let Some((until, by, stops)) = one else { continue };
            let (start, end) = (all[at].start, all[until].end);
            let end = if by == FoundBy::Initials && text[end..].starts_with('.') { end + 1 } else { end };
            let covered = found.iter().any(|before| before.start <= start && end <= before.end);
            if !covered && !cleared.contains(&compared(&text[start..end])) {
                found.push(Found { start, end, who, by, stops });
            }
        }
    }
    found
}

/// Words as they are compared with those that somebody said are nobody of the group.
pub fn compared(words: &str) -> String {
    letters(bare(words))
}

type Hit = (usize, FoundBy, bool);

/// A name that begins with this word: the word itself, or two words that are one name.
fn name_at(
    all: &[Token<'_>],
    at: usize,
    called: &Called,
    own: &[Called],
    is_word: &dyn Fn(&str) -> bool,
) -> Option<Hit> {
    let here = &all[at];
    let next = all.get(at + 1).filter(|next| next.joins || next.touches);
    if called.is_name(&here.folded) {
        if own.iter().any(|one| one.is_name(&here.folded)) {
            return None;
        }
        let beside = |other: Option<&Token<'_>>, joins: bool| {
            joins && other.is_some_and(|other| called.goes_with(&here.folded, &other.folded))
        };
        let before = at.checked_sub(1).map(|before| &all[before]);
        let with = beside(before, here.joins || here.touches) || beside(next, next.is_some());
        let plain = here.text.to_lowercase();
        let common = is_word(bare(&plain));
        let stops = !common || with || (is_capital(here.text) && !here.begins);
        return Some((at, FoundBy::Name, stops));
    }
    let next = next?;
    let both = format!("{}{}", here.folded, next.folded);
    // Two common words side by side are two words; a name written as two is one of them with a capital.
    let named = called.is_name(&both) && (is_capital(here.text) || is_capital(next.text));
    (named && !own.iter().any(|one| one.is_name(&both))).then_some((at + 1, FoundBy::Name, true))
}

/// Initials: two capitals with points, or a word of their own that is no word of the dictionary.
fn initials_at(
    text: &str,
    all: &[Token<'_>],
    at: usize,
    called: &Called,
    own: &[Called],
    is_word: &dyn Fn(&str) -> bool,
) -> Option<Hit> {
    let here = &all[at];
    let capital = |token: &Token<'_>| token.text.chars().count() == 1 && is_capital(token.text);
    let named = |initials: &str| {
        called.initials.contains(initials) && !own.iter().any(|one| one.initials.contains(initials))
    };
    if capital(here) {
        let next = all.get(at + 1).filter(|next| capital(next))?;
        let between = &text[here.end..next.start];
        let both = format!("{}{}", here.folded, next.folded);
        return (matches!(between, "." | ". ") && named(&both)).then_some((at + 1, FoundBy::Initials, true));
    }
    let word = bare(here.text);
    let two = word.chars().count() == 2 && word.chars().all(char::is_uppercase);
    let known = || is_word(word) || is_word(&word.to_lowercase());
    (two && named(&here.folded) && !known()).then_some((at, FoundBy::Initials, true))
}

/// A record number, in one word or in several that touch.
fn record_at(all: &[Token<'_>], at: usize, called: &Called) -> Option<Hit> {
    if called.record_no.is_empty() || !called.record_no.starts_with(&all[at].folded) {
        return None;
    }
    let mut written = String::new();
    for (until, token) in all.iter().enumerate().skip(at).take(4) {
        if until > at && !(token.touches || token.joins) {
            return None;
        }
        written.push_str(&token.folded);
        if written == called.record_no {
            return Some((until, FoundBy::RecordNo, true));
        }
    }
    None
}

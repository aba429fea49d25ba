//! A name in one cell to its parts: given names, family name, and what is before and behind them.

use super::nothing::says_dead;
use crate::domain::PersonName;

/// A name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) name: PersonName,
    /// What tells generations apart (`Jr.`).
    pub(super) suffix: String,
    /// What they are called, where the name says so: `Ada "Bunny" North`.
    pub(super) called: String,
    /// Titles, degrees or words in brackets were with it and were left away.
    pub(super) titled: bool,
    /// It says that they have died: `North, Ada (deceased)`.
    pub(super) dead: bool,
}

/// `Rivera, Jo`, `Jo Rivera`, `Rivera, Jo, Jr.`, `Dr. Cy East, PhD`; `Rivera Jo` where the family name is first.
pub(super) fn whole(text: &str, family_first: bool) -> Parts {
    let mut parts = Parts::default();
    let text = parts.without_asides(&text.replace('*', " "));
    let sign = if text.contains(',') { ',' } else { ';' };
    let mut before = 0;
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(sign) {
        let stripped = parts.strip(piece, before > 1);
        before += stripped.split_whitespace().count();
        pieces.push(stripped);
    }
    pieces.retain(|piece| !piece.is_empty());
    parts.name = match pieces.as_slice() {
        [family, given @ ..] if !given.is_empty() => {
            PersonName { given: given.join(" "), family: family.clone() }
        }
        [one] => in_one(one, family_first),
        _ => PersonName::default(),
    };
    parts
}

/// Small words that begin a family name: `Anna van der Berg`.
const BEGIN: [&str; 16] = [
    "van", "von", "vom", "der", "den", "de", "del", "la", "las", "los", "da", "das", "do", "dos", "di", "du",
];

/// A name without a comma.
fn in_one(name: &str, family_first: bool) -> PersonName {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = |word: &&&str| BEGIN.contains(*word);
    let at = if family_first {
        let begin = words.iter().take_while(small).count();
        (begin + 1).min(words.len())
    } else {
        let last = words.len().saturating_sub(1);
        last - words.iter().take(last).skip(1).rev().take_while(small).count()
    };
    let (first, second) = words.split_at(at);
    let (given, family) = if family_first { (second, first) } else { (first, second) };
    PersonName { given: given.join(" "), family: family.join(" ") }
}

/// Given and family name from cells of their own.
pub(super) fn apart(given: &str, family: &str) -> Parts {
    let mut parts = Parts::default();
    let mut part = |text: &str| {
        let pieces: Vec<String> = text.split(',').map(|piece| parts.strip(piece, false)).collect();
        pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let name = PersonName { given: part(given), family: part(family) };
    parts.name = name;
    parts
}

impl Parts {
    /// A name without what is in brackets or quotation marks within it; the latter is what they are called.
    fn without_asides(&mut self, text: &str) -> String {
        let mut rest = text.to_owned();
        for (open, close) in [('(', ')'), ('[', ']'), ('"', '"'), ('\u{201c}', '\u{201d}')] {
            let Some(start) = rest.find(open) else { continue };
            let inner = start + open.len_utf8();
            let Some(end) = rest[inner..].find(close).map(|at| inner + at) else { continue };
            let before_or_behind = format!("{} {}", &rest[..start], &rest[end + close.len_utf8()..]);
            if before_or_behind.trim().is_empty() {
                continue;
            }
            self.dead |= says_dead(&rest[inner..end]);
            if !matches!(open, '(' | '[') {
                rest[inner..end].trim().clone_into(&mut self.called);
            }
            self.titled = true;
            rest = before_or_behind;
        }
        rest
    }

    /// A piece between commas without title, generation and degree. `behind`: a whole name is before it.
    fn strip(&mut self, piece: &str, behind: bool) -> String {
        let mut words: Vec<&str> = piece.split_whitespace().collect();
        let mixed = piece.chars().any(char::is_lowercase);
        if behind && words.iter().all(|word| is_title(word)) {
            self.titled |= !words.is_empty();
            return String::new();
        }
        while words.len() > 1 && words.first().is_some_and(|word| is_title(word)) {
            words.remove(0);
            self.titled = true;
        }
        if words.len() > 1 && words.last().is_some_and(|word| says_dead(word)) {
            words.pop();
            (self.dead, self.titled) = (true, true);
        }
        while let Some(last) = words.last().copied() {
            // A lone word is a name unless it can be nothing else.
            if is_generation(last) && (last != "V" || words.len() > 2) {
                last.clone_into(&mut self.suffix);
            } else if is_degree(last, behind || words.len() > 2 && mixed) {
                self.titled = true;
            } else {
                break;
            }
            words.pop();
        }
        words.join(" ")
    }
}

fn bare(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "dr", "mr", "mrs", "ms", "mx", "miss", "prof", "rev", "hon", "capt", "sgt", "lt", "col", "fr", "sr", "sra", "srta", "mme",
    "mlle", "herr", "frau", "mag", "ing", "dipling", "med", "phil", "jur",
];

/// A title before a name: with a point behind it, or one of those that stand without.
fn is_title(word: &str) -> bool {
    let known = TITLES.contains(&bare(word).as_str());
    known
        && (word.ends_with('.')
            || matches!(word, "Herr" | "Frau" | "Dr" | "Mr" | "Mrs" | "Ms" | "Miss" | "Mme" | "Mlle"))
}

/// What tells generations apart.
pub(super) fn is_generation(word: &str) -> bool {
    matches!(bare(word).as_str(), "jr" | "sr" | "jnr" | "snr")
        || matches!(word, "II" | "III" | "IV" | "V" | "2nd" | "3rd" | "4th")
}

#[rustfmt::skip]
const DEGREES: &[&str] = &[
    "phd", "md", "rn", "lcsw", "lpc", "esq", "dds", "jd", "msw", "edd", "psyd", "bsn", "msn", "mba", "mph", "lmft", "lmsw", "lcdc",
    "ladc", "cadc", "cpa", "dvm", "dnp", "aprn", "np", "fnp", "fnpbc", "pac", "rph", "pharmd", "bs", "bsc", "msc", "lmhc", "lpcc",
];
/// Degrees that are names as well: only behind a whole name.
const MAYBE_DEGREES: &[&str] = &["ma", "ba", "do", "ms", "pa"];

/// A degree behind a name, in capitals as they are written: `Do` and `Ma` are names. `behind`: a whole name is before it.
fn is_degree(word: &str, behind: bool) -> bool {
    let (bare, capitals) = (bare(word), word.chars().filter(char::is_ascii_uppercase).count());
    let known = DEGREES.contains(&bare.as_str()) && capitals > 0 && !word.ends_with("sq");
    known || behind && MAYBE_DEGREES.contains(&bare.as_str()) && capitals == bare.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String, String) {
        let parts = whole(text, false);
        (parts.name.given, parts.name.family, parts.suffix)
    }

    #[test]
    fn titles_degrees_and_generations_are_no_names() {
        for (text, given, family, suffix) in [
            ("North, Ada, Jr.", "Ada", "North", "Jr."),
            ("North Jr., Ada", "Ada", "North", "Jr."),
            ("Ben South Jr.", "Ben", "South", "Jr."),
            ("Ben South III", "Ben", "South", "III"),
            ("Dr. Cy East, PhD", "Cy", "East", ""),
            ("Cy East, M.D.", "Cy", "East", ""),
            ("Rivera, Jo", "Jo", "Rivera", ""),
            ("Sam Lee Okafor", "Sam Lee", "Okafor", ""),
            ("Suharto", "", "Suharto", ""),
            ("Ana de la Cruz", "Ana", "de la Cruz", ""),
            ("van der Berg, Anna", "Anna", "van der Berg", ""),
            ("Mary Ann O'Neil (Smith)", "Mary Ann", "O'Neil", ""),
            ("Ada \"Bunny\" North", "Ada", "North", ""),
            ("Do, Linh", "Linh", "Do", ""),
        ] {
            assert_eq!(read(text), (given.into(), family.into(), suffix.into()), "{text}");
        }
        let parts = apart("Sam", "O'Neil, Sr.");
        assert_eq!((parts.name.family.as_str(), parts.suffix.as_str()), ("O'Neil", "Sr."));
        assert!(whole("Dr. Cy East", false).titled && !whole("Cy East", false).titled);
        assert_eq!(whole("North, Ada \"Bunny\"", false).called, "Bunny");
        let first = |text| whole(text, true).name;
        assert_eq!(
            (first("North Ada M.").family.as_str(), first("North Ada M.").given.as_str()),
            ("North", "Ada M.")
        );
        assert_eq!(first("de la Cruz Ana").family, "de la Cruz");
        assert_eq!(first("North, Ada").given, "Ada");
    }
}

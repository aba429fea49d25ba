//! Amounts as they are typed: `3 nights a week`, `4 of 4`, `once`.
//!
//! Owns whether words name an amount at all, and how many there are in a span, for a log and a review.

use crate::domain::Per;

/// What a typed amount says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How many times.
    pub times: u16,
    /// Of how many, where it says so: `4 of 4`.
    pub of: Option<u16>,
    /// In what span; `None` = in all.
    pub per: Option<Per>,
}

/// Words that are numbers.
const NUMBERS: [(&str, u16); 12] = [
    ("once", 1),
    ("twice", 2),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
];

/// Reads an amount. `None` if the words name none: `more often`, `when I can`.
pub fn read(words: &str) -> Option<Amount> {
    let lower = words.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let per = span(&words);
    let first = words.iter().position(|word| number(word).is_some());
    let Some(at) = first else {
        // "daily", "every day", "weekly" name a number without one.
        return per.filter(|_| says_each(&words)).map(|per| Amount { times: 1, of: None, per: Some(per) });
    };
    let times = number(words[at])?;
    let of = match words.get(at + 1..at + 3) {
        Some(["of" | "out", rest]) => number(rest).or_else(|| number(words.get(at + 3)?)),
        _ => None,
    };
    Some(Amount { times, of, per })
}

fn number(word: &str) -> Option<u16> {
    let named = NUMBERS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number);
    named.or_else(|| word.parse().ok())
}

fn span(words: &[&str]) -> Option<Per> {
    words.iter().find_map(|word| match *word {
        "day" | "days" | "daily" | "night" | "nights" | "nightly" if is_span(words, word) => Some(Per::Day),
        "week" | "weekly" => Some(Per::Week),
        "month" | "monthly" => Some(Per::Month),
        _ => None,
    })
}

/// `3 nights a week` counts nights in a week: the span is what follows "a", "per" or "every".
fn is_span(words: &[&str], word: &str) -> bool {
    if word.ends_with("ly") {
        return true;
    }
    let at = words.iter().position(|one| *one == word).unwrap_or(0);
    at > 0 && matches!(words[at - 1], "a" | "per" | "every" | "each")
}

fn says_each(words: &[&str]) -> bool {
    words.iter().any(|word| matches!(*word, "every" | "each" | "daily" | "nightly" | "weekly" | "monthly"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[allow(clippy::unnecessary_wraps)] // as what it is compared with
    fn amount(times: u16, of: Option<u16>, per: Option<Per>) -> Option<Amount> {
        Some(Amount { times, of, per })
    }

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        assert_eq!(read("3 nights a week"), amount(3, None, Some(Per::Week)));
        assert_eq!(read("twice a month"), amount(2, None, Some(Per::Month)));
        assert_eq!(read("4 of 4"), amount(4, Some(4), None));
        assert_eq!(read("4 out of 5 court days"), amount(4, Some(5), None));
        assert_eq!(read("once"), amount(1, None, None));
        assert_eq!(read("every day"), amount(1, None, Some(Per::Day)));
        assert_eq!(read("weekly"), amount(1, None, Some(Per::Week)));
        assert_eq!(read("three times a day, before meals"), amount(3, None, Some(Per::Day)));
        assert_eq!(read("10 minutes every night"), amount(10, None, Some(Per::Day)));
    }

    #[test]
    fn words_without_an_amount_name_none() {
        for words in ["", "more often", "when I can", "as needed", "regularly", "the week after"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}

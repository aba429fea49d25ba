//! What people, spreadsheets and databases write where they know nothing: words, zeros, days that stand for no day.

use super::columns::fold;
use super::dates::{self, Ways};
use crate::domain::{Birth, Date};

/// Words for "not known", without blanks.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "unknown", "unk", "na", "nan", "nat", "none", "null", "notknown", "notavailable", "notrecorded", "notgiven",
    "notprovided", "notasked", "missing", "refused", "declined", "tbd", "tba", "ref", "name", "value", "div0", "num",
    "blank", "empty", "invaliddate", "unbekannt", "unbek", "nichtbekannt", "ka", "keineangabe", "keineangaben",
    "desconocido", "desconocida", "noconsta", "sindato", "sindatos", "nose", "sd", "inconnu", "inconnue",
];

/// Words one of which is enough where no figure is: `client refused`, `not on file`, `see chart`.
#[rustfmt::skip]
const SAYS_SO: &[&str] = &[
    "unknown", "unk", "not", "no", "none", "refused", "refuses", "declined", "declines", "pending", "missing", "see",
    "undisclosed", "unspecified", "unavailable", "withheld", "unsure", "keine", "nicht", "unbekannt", "sin", "inconnue",
];

/// Whether a cell says that nothing is known: `N/A`, `0`, `#REF!`, `client refused`, `mm/dd/yyyy`, midnight.
pub(super) fn is_nothing(text: &str) -> bool {
    let bare: String = fold(text).chars().filter(|c| *c != ' ').collect();
    // Excel's own words for an error: `#N/A`, `#REF!`.
    let bare = if text.trim().starts_with('#') { bare.trim_start_matches("number") } else { &bare };
    let all = |digit: char| bare.chars().all(|c| c == digit);
    all('0') || all('9') || WORDS.contains(&bare) || matches!(bare, "120000am" | "1200am") || says_so(text)
}

fn says_so(text: &str) -> bool {
    if text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    let folded = fold(text);
    // The form in which a date was to be written, and was not.
    let is_form = text.contains(['/', '-', '.', '_']) && folded.chars().all(|c| " dmyxjta".contains(c));
    is_form || folded.split(' ').any(|word| SAYS_SO.contains(&word))
}

/// Whether a cell is nobody's number: zeros, or words for nothing.
pub(super) fn is_no_number(text: &str) -> bool {
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    if has_digit { !text.chars().any(|c| c.is_alphanumeric() && c != '0') } else { is_nothing(text) }
}

/// The days that spreadsheets and databases make of an empty cell or of zero, or write for "no date"; the three numbers
/// of a date in any order.
pub(super) fn is_no_day([first, second, third]: [u32; 3]) -> bool {
    [[first, second, third], [third, first, second], [third, second, first]].into_iter().any(
        |[year, month, day]| {
            let zero = [
                [1899, 12, 30],
                [1899, 12, 31],
                [1900, 1, 0],
                [1900, 0, 1],
                [1900, 1, 1],
                [1904, 1, 1],
                [1753, 1, 1],
                [1601, 1, 1],
                [1, 1, 1],
            ];
            zero.contains(&[year, month, day]) || year >= 2_900 && month <= 12 && day <= 31
        },
    )
}

/// Whether a cell that may say yes, or when, says neither.
pub(super) fn says_no(text: &str) -> bool {
    let word = fold(text);
    let no = [
        "n", "no", "false", "f", "nein", "alive", "living", "lebt", "vivo", "viva", "active", "current",
        "non",
    ];
    no.contains(&word.as_str()) || is_nothing(text) || dates::numbers(text).is_some_and(is_no_day)
}

/// Whether a cell under *alive* says that somebody is not. An empty cell and a word for nothing say neither.
pub(super) fn not_alive(text: &str) -> bool {
    matches!(fold(text).as_str(), "n" | "no" | "false" | "f" | "nein" | "non" | "0") || says_dead(text)
}

/// A day of death, and whether the cell says that somebody has died at all.
pub(super) fn died(text: &str, ways: Ways) -> Result<(bool, Option<Date>), String> {
    let bare: String = text.trim().to_lowercase();
    if says_dead(&bare) || matches!(bare.as_str(), "y" | "yes" | "true" | "1" | "ja" | "si" | "s\u{ed}" | "x")
    {
        return Ok((true, None));
    }
    if says_no(text) {
        return Ok((false, None));
    }
    let read =
        dates::read(text, ways.of_others()).map_err(|what| what.replace("birth date", "date of death"))?;
    let died = |birth: Birth| birth != Birth::Unknown;
    Ok((read.doubt.is_none() && died(read.birth), read.birth.date()))
}

/// Whether a word says that somebody has died.
pub(super) fn says_dead(text: &str) -> bool {
    let word = fold(text);
    [
        "deceased",
        "dead",
        "died",
        "verstorben",
        "gestorben",
        "tot",
        "fallecido",
        "fallecida",
        "decede",
        "decedee",
        "exitus",
    ]
    .contains(&word.as_str())
}

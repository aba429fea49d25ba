//! A name in one cell to its parts: given names, family name, and what is before and behind them.

use crate::domain::PersonName;

/// A name, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) name: PersonName,
    /// What tells generations apart (`Jr.`).
    pub(super) suffix: String,
    /// Titles or degrees was with it and were left away.
    pub(super) titled: bool,
}

/// `Rivera, Jo`, `Jo Rivera`, `Rivera, Jo, Jr.`, `Dr. Cy East, PhD`.
pub(super) fn whole(text: &str) -> Parts {
    let mut parts = Parts::default();
    let mut pieces: Vec<String> = text.split(',').map(|piece| parts.strip(piece)).collect();
    pieces.retain(|piece| !piece.is_empty());
    parts.name = match pieces.as_slice() {
        [family, given @ ..] if !given.is_empty() => {
            PersonName { given: given.join(" "), family: family.clone() }
        }
        [one] => {
            let (given, family) = one.rsplit_once(' ').unwrap_or(("", one));
            PersonName { given: given.trim().to_owned(), family: family.trim().to_owned() }
        }
        _ => PersonName::default(),
    };
    parts
}

/// Given and family name from cells of their own.
pub(super) fn apart(given: &str, family: &str) -> Parts {
    let mut parts = Parts::default();
    let mut part = |text: &str| {
        let pieces: Vec<String> = text.split(',').map(|piece| parts.strip(piece)).collect();
        pieces.into_iter().filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let name = PersonName { given: part(given), family: part(family) };
    parts.name = name;
    parts
}

impl Parts {
    /// A piece between commas without title, generation and degree.
    fn strip(&mut self, piece: &str) -> String {
        let mut words: Vec<&str> = piece.split_whitespace().collect();
        while words.len() > 1 && words.first().is_some_and(|word| is_title(word)) {
            words.remove(0);
            self.titled = true;
        }
        while let Some(last) = words.last().copied() {
            // A lone word is a name unless it can be nothing else.
            if is_generation(last) && (words.len() > 1 || !piece.trim().eq_ignore_ascii_case("v")) {
                last.clone_into(&mut self.suffix);
            } else if is_degree(last) {
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

fn is_title(word: &str) -> bool {
    matches!(bare(word).as_str(), "dr" | "mr" | "mrs" | "ms" | "mx" | "prof" | "rev" | "herr" | "frau")
        && (word.ends_with('.') || matches!(word, "Herr" | "Frau" | "Dr" | "Mr" | "Mrs" | "Ms"))
}

fn is_generation(word: &str) -> bool {
    matches!(bare(word).as_str(), "jr" | "sr" | "jnr" | "snr")
        || matches!(word, "II" | "III" | "IV" | "2nd" | "3rd" | "4th")
}

fn is_degree(word: &str) -> bool {
    let known = ["phd", "md", "rn", "lcsw", "lpc", "esq", "dds", "jd", "msw", "edd", "psyd"];
    // In capitals, as they are written: `Do` and `Ma` are names.
    known.contains(&bare(word).as_str()) && word.chars().any(char::is_uppercase) && !word.ends_with("sq")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String, String) {
        let parts = whole(text);
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
            ("Ana de la Cruz", "Ana de la", "Cruz", ""),
            ("Do, Linh", "Linh", "Do", ""),
        ] {
            assert_eq!(read(text), (given.into(), family.into(), suffix.into()), "{text}");
        }
        let parts = apart("Sam", "O'Neil, Sr.");
        assert_eq!((parts.name.family.as_str(), parts.suffix.as_str()), ("O'Neil", "Sr."));
        assert!(whole("Dr. Cy East").titled && !whole("Cy East").titled);
    }
}

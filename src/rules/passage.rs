//! Finding words in what was written, and the passage around them.

use super::spelling::fold_for_find;
use std::ops::Range;

/// Letters of a passage before what was found, and after it began.
const BEFORE: usize = 24;
const AFTER: usize = 72;

/// Returns the passage around the first place that has these words, whatever case and accents; `None` if there is none.
///
/// The passage lies in one line of the text. Whole words, cut at blanks.
pub fn around(text: &str, words: &str) -> Option<String> {
    let sought = fold_for_find(words);
    if sought.is_empty() {
        return None;
    }
    text.lines().find_map(|line| {
        let folded = fold_for_find(line);
        let at = folded[..folded.find(&sought)?].chars().count();
        // Folding may write one letter in two: the passage begins a little earlier then.
        Some(passage(line.trim(), at.min(line.trim().chars().count())))
    })
}

fn passage(line: &str, at: usize) -> String {
    let letters: Vec<char> = line.chars().collect();
    let blank = |at: &usize| letters[*at] == ' ';
    let from = at.saturating_sub(BEFORE);
    let from = if from == 0 { 0 } else { (from..at).find(blank).map_or(at, |blank| blank + 1) };
    let to = (at + AFTER).min(letters.len());
    let to = if to == letters.len() { to } else { (at..to).rev().find(blank).unwrap_or(to) };
    letters[from..to].iter().collect()
}

/// Returns where these words are in a text, whatever case and accents, as ranges of its bytes in order.
pub fn places(text: &str, words: &str) -> Vec<Range<usize>> {
    let sought = fold_for_find(words);
    if sought.is_empty() {
        return Vec::new();
    }
    // Each letter as it is compared, and where in the text it is from.
    let (mut folded, mut from) = (String::new(), Vec::new());
    for (at, c) in text.char_indices() {
        let one = if c.is_whitespace() { " ".to_owned() } else { fold_for_find(c.encode_utf8(&mut [0; 4])) };
        if one == " " && folded.ends_with(' ') {
            continue;
        }
        from.extend(std::iter::repeat_n(at..at + c.len_utf8(), one.len()));
        folded.push_str(&one);
    }
    let found = folded.match_indices(&sought).filter_map(|(at, found)| {
        let (first, last) = (from.get(at)?, from.get(at + found.len() - 1)?);
        Some(first.start..last.end)
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_case_and_accents_with_what_is_around_them() {
        let text = "Came on time.\nSpoke of the café where her brother works, of the nights there and of what she \
                    wants to say to him on Friday when he is back.";
        assert_eq!(around(text, "ON TIME").as_deref(), Some("Came on time."));
        let found = around(text, "cafe").unwrap();
        assert!(found.starts_with("Spoke of the café where") && !found.contains("Friday"), "{found}");
        let found = around(text, "Friday").unwrap();
        assert!(found.starts_with("wants to say to him on Friday") && found.ends_with("is back."), "{found}");
        assert_eq!(around(text, "Saturday"), None);
        assert_eq!(around(text, "  "), None);
    }

    #[test]
    fn the_places_of_words_are_those_of_the_text_as_it_is_written() {
        let text = "Café at nine;  the\nCAFE\u{301} again, Straße.";
        let of = |words: &str| places(text, words).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(of("cafe"), ["Café", "CAFE"]);
        assert_eq!(of("nine; the cafe"), ["nine;  the\nCAFE"]);
        assert_eq!(of("strasse"), ["Straße"]);
        assert!(of("tea").is_empty() && of(" ").is_empty());
    }
}

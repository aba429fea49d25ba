//! Text from outside made safe to store and to print.
//!
//! Owns what is taken out: control characters, whole terminal escape sequences, direction overrides, invisible
//! characters, towers of combining marks. Must not change any character a person could see and mean.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most combining marks kept on one base character.
const MARKS: usize = 4;

/// `text` for one line: cleaned, line breaks and tabs made spaces, ends trimmed; and whether anything but
/// surrounding blanks was changed.
pub fn line(text: &str) -> (String, bool) {
    let (kept, mut changed) = filter(text);
    let flat = kept.replace(['\n', '\t', '\u{2028}', '\u{2029}'], " ");
    changed |= flat != kept;
    let line = flat.trim();
    // A letter and its mark are one letter, however they were written.
    let line = if line.is_ascii() { line.to_owned() } else { line.nfc().collect() };
    (line, changed)
}

fn filter(text: &str) -> (String, bool) {
    if text.bytes().all(|b| (b' '..0x7f).contains(&b)) {
        return (text.to_owned(), false);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        if let Some(after) = escape(c, rest.as_str()) {
            rest = after.chars();
            continue;
        }
        let joins = c == '\u{200d}'
            && out.chars().next_back().is_some_and(pictorial)
            && rest.clone().next().is_some_and(pictorial);
        if unwanted(c) && !joins {
            continue;
        }
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MARKS {
            out.push(c);
        }
    }
    let changed = out != text;
    (out, changed)
}

/// What follows the terminal escape sequence that `first` starts, if it starts one. An unended one loses its opening only.
fn escape(first: char, rest: &str) -> Option<&str> {
    let (kind, body) = match first {
        '\u{1b}' => {
            let mut chars = rest.chars();
            match chars.next() {
                Some(kind) => (kind, chars.as_str()),
                None => return Some(rest),
            }
        }
        '\u{9b}' => ('[', rest),
        '\u{90}' => ('P', rest),
        '\u{9d}' => (']', rest),
        _ => return None,
    };
    match kind {
        '[' => {
            let end = body.find(|c: char| !(' '..='?').contains(&c));
            match end.and_then(|at| body[at..].chars().next().map(|c| (at, c))) {
                Some((at, c)) if ('@'..='~').contains(&c) => Some(&body[at + c.len_utf8()..]),
                _ => Some(body),
            }
        }
        ']' | 'P' | 'X' | '^' | '_' => {
            let end = body.find(['\u{7}', '\u{9c}', '\u{1b}']);
            Some(end.map_or(body, |at| {
                let tail = &body[at..];
                tail.strip_prefix("\u{1b}\\").unwrap_or_else(|| tail.trim_start_matches(['\u{7}', '\u{9c}']))
            }))
        }
        // A lone escape before ordinary text: only the escape goes.
        _ => Some(rest),
    }
}

/// Characters that are never shown, or change how others are.
fn unwanted(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || c == '\u{61c}'
}

fn pictorial(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_obey_is_gone() {
        for (dirty, want) in [
            ("\u{1b}[31mRosa\u{1b}[0m", "Rosa"),
            ("\u{1b}]0;title\u{7}Rosa", "Rosa"),
            ("\u{1b}]52;c;aGk=\u{1b}\\Rosa", "Rosa"),
            ("\u{9b}2JRosa", "Rosa"),
            ("Ro\u{1b}sa", "Rosa"),
            ("Rosa\u{1b}", "Rosa"),
            ("Rosa\u{1b}[", "Rosa"),
            ("\u{202e}asoR\u{202c}", "asoR"),
            ("Ro\u{0}s\u{8}a\u{7f}", "Rosa"),
            ("Ro\u{200b}sa\u{feff}", "Rosa"),
            ("Rosa\nLee\tM", "Rosa Lee M"),
            ("\u{1b}[3\u{e9}Rosa", "3\u{e9}Rosa"),
        ] {
            assert_eq!(line(dirty), (want.to_owned(), true), "{dirty:?}");
        }
    }

    #[test]
    fn what_a_person_means_stays() {
        for text in [
            "Hern\u{e1}n Carri\u{f3}n",
            "O'Neil-\u{141}uk",
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            "\u{738b}\u{82b3}",
        ] {
            assert_eq!(line(text), (text.to_owned(), false));
        }
        let family = "\u{1f469}\u{200d}\u{1f467}";
        assert_eq!(line(family), (family.to_owned(), false));
        assert_eq!(line("a\u{200d}b").0, "ab");
        assert_eq!(line("  Rosa "), ("Rosa".to_owned(), false));
    }

    #[test]
    fn towers_of_marks_are_cut() {
        let tower = format!("a{}", "\u{301}".repeat(50));
        assert_eq!(line(&tower).0.chars().count(), MARKS, "the first mark and its letter are one");
        assert_eq!(line("Zoe\u{308}").0, "Zo\u{eb}");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once_and_no_control_survives(text in "\\PC*|[\u{0}-\u{ff}]*") {
            let once = line(&text).0;
            prop_assert!(!once.chars().any(char::is_control));
            prop_assert_eq!(line(&once).0, once);
        }
    }
}

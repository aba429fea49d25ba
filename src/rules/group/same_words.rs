//! Same words for several: what was written for one member, put into the parts of others with a copy mark.
//!
//! Owns how the words are put in and which of them nobody has changed since. A mark names no other member.

use crate::domain::{Copied, NoteDraft};
use crate::rules::phrases;

/// Puts words into a section, below what is there, marked as copied. Blanks take no mark, so that filling one leaves the mark on
/// the rest. Returns whether anything was put in: words that are there already are not put in twice.
pub fn put_in(note: &mut NoteDraft, key: &str, words: &str) -> bool {
    let words = words.trim();
    let Some(section) = note.sections.iter_mut().find(|one| one.key == key) else { return false };
    if words.is_empty() || section.text.contains(words) {
        return false;
    }
    if section.text.trim().is_empty() {
        section.text.clear();
        note.copied.retain(|one| one.section != key);
    } else if !section.text.ends_with('\n') {
        section.text.push('\n');
    }
    let start = section.text.len();
    section.text.push_str(words);
    let mut from = 0;
    let end = words.len()..words.len();
    for blank in phrases::blanks(words).into_iter().chain(std::iter::once(end)) {
        let (first, last) = (start + from, start + blank.start);
        if !words[from..blank.start].trim().is_empty() {
            let (start, end) = (first as u32, last as u32);
            note.copied.push(Copied { section: key.to_owned(), start, end, from: 0, in_common: true });
        }
        from = blank.end;
    }
    true
}

/// How many passages of a part are as they were put in.
pub fn unchanged(note: &NoteDraft) -> usize {
    note.copied.iter().filter(|one| one.in_common).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Section;

    fn note(text: &str) -> NoteDraft {
        let section = Section { key: "part".into(), text: text.into(), ..Section::default() };
        NoteDraft { sections: vec![section], ..NoteDraft::default() }
    }

    fn marked(note: &NoteDraft) -> Vec<&str> {
        let text = &note.sections[0].text;
        note.copied.iter().map(|one| &text[one.start as usize..one.end as usize]).collect()
    }

    #[test]
    fn words_go_below_what_is_there_and_only_they_are_marked() {
        let mut part = note("Came late.");
        assert!(put_in(&mut part, "part", " Drew a map of the week. "));
        assert_eq!(part.sections[0].text, "Came late.\nDrew a map of the week.");
        assert_eq!(marked(&part), ["Drew a map of the week."]);
        assert_eq!(unchanged(&part), 1);
        assert!(part.copied.iter().all(|one| one.is_copy() && one.from == 0));
    }

    #[test]
    fn words_are_put_in_once_and_nowhere_else() {
        let mut part = note("");
        assert!(put_in(&mut part, "part", "Listened."));
        assert!(!put_in(&mut part, "part", "Listened."), "they are there already");
        assert!(!put_in(&mut part, "next", "Listened."), "there is no such section");
        assert!(!put_in(&mut part, "part", "  "));
        assert_eq!((part.sections[0].text.as_str(), unchanged(&part)), ("Listened.", 1));
    }

    #[test]
    fn a_blank_takes_no_mark() {
        let mut part = note("");
        assert!(put_in(&mut part, "part", "Said that «what» helps, and «what else»"));
        assert_eq!(marked(&part), ["Said that ", " helps, and "]);
    }
}

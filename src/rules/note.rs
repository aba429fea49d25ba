//! The life of a note: what keeps it from being signed, when it is late, how lists show it.
//!
//! Sources: late entry and signing rules `clinical.md` 5.6; checks of times 5.5.

use crate::domain::{Moment, NoteDraft};
use crate::packs::{Format, FormatSection};

/// Characters of a note's first words kept for lists.
const GIST_CHARS: usize = 90;
/// Longest service in minutes: a program day.
const LONGEST_MINUTES: u16 = 24 * 60;

/// What keeps a note from being signed, as one sentence; `None` = nothing. `starts` is the service's start and `now` the
/// moment of signing.
pub fn missing(draft: &NoteDraft, format: &Format, starts: Moment, now: Moment) -> Option<String> {
    if draft.sections.iter().all(|section| section.text.trim().is_empty()) {
        return Some("The note is empty. Write something first, then sign.".to_owned());
    }
    let length = |section: &FormatSection| length(draft, section);
    let required = || format.sections.iter().filter(|section| section.required);
    let empty: Vec<&str> = required().filter(|one| length(one) == 0).map(|one| one.title.as_str()).collect();
    if !empty.is_empty() {
        return Some(format!("Not signed: there is no text yet under {}.", empty.join(" and ")));
    }
    if let Some(short) = required().find(|one| length(one) < usize::from(one.min_chars)) {
        let (has, least) = (length(short), short.min_chars);
        return Some(format!(
            "Not signed: {} has {has} characters, the format asks for {least}.",
            short.title
        ));
    }
    let minutes = draft.service.minutes;
    if draft.addendum_to == 0 && ((format.held && minutes == 0) || minutes > LONGEST_MINUTES) {
        return Some(
            "Not signed: \"Minutes\" is empty. Press [key:edit-header] and type how long the service \
         was."
                .to_owned(),
        );
    }
    if starts > now {
        return Some(
            "Not signed: the service is in the future. Press [key:edit-header] and change its day or when it \
         began."
                .to_owned(),
        );
    }
    None
}

/// The key of the first section that has to have text, or more of it, before the note can be signed.
pub fn short_section<'a>(draft: &NoteDraft, format: &'a Format) -> Option<&'a str> {
    let least = |section: &FormatSection| usize::from(section.min_chars).max(1);
    let short = |section: &&FormatSection| section.required && length(draft, section) < least(section);
    format.sections.iter().find(short).map(|section| section.key.as_str())
}

/// Characters written in a section.
fn length(draft: &NoteDraft, section: &FormatSection) -> usize {
    let text = draft.sections.iter().find(|written| written.key == section.key);
    text.map_or(0, |written| written.text.trim().chars().count())
}

/// A late entry: signed more than so many hours after the service ended.
pub fn late(ended: Moment, signed: Moment, after_hours: u16) -> bool {
    signed.0 - ended.0 > i64::from(after_hours) * Moment::HOUR
}

/// Words in all sections.
pub fn words(draft: &NoteDraft) -> u32 {
    draft.sections.iter().map(|section| section.text.split_whitespace().count() as u32).sum()
}

/// The first words, on one line, for lists.
pub fn gist(draft: &NoteDraft) -> String {
    let mut gist = String::new();
    for word in draft.sections.iter().flat_map(|section| section.text.split_whitespace()) {
        if gist.chars().count() + word.chars().count() >= GIST_CHARS {
            break;
        }
        if !gist.is_empty() {
            gist.push(' ');
        }
        gist.push_str(word);
    }
    gist
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Section, Service};
    use crate::packs;

    fn draft(texts: [&str; 3]) -> NoteDraft {
        let keys = packs::format("DAP").unwrap().sections.iter().map(|section| section.key.clone());
        let sections = keys
            .zip(texts)
            .map(|(key, text)| Section { key, title: String::new(), text: text.to_owned() })
            .collect();
        let service = Service { minutes: 50, ..Service::default() };
        NoteDraft { format: "DAP".to_owned(), service, sections, ..NoteDraft::default() }
    }

    #[test]
    fn a_note_is_signed_only_when_its_required_sections_are_written() {
        let format = packs::format("DAP").unwrap();
        let full = draft(["Came on time.", "Less tense than last week.", "Same time next week."]);
        assert_eq!(missing(&full, format, Moment(0), Moment(1)), None);
        assert!(missing(&draft(["", " ", ""]), format, Moment(0), Moment(1)).unwrap().contains("empty"));
        let half = missing(&draft(["Came on time.", "", ""]), format, Moment(0), Moment(1)).unwrap();
        assert!(half.contains(&format.sections[1].title), "{half}");
        assert!(missing(&full, format, Moment(2), Moment(1)).unwrap().contains("future"));
    }

    #[test]
    fn lateness_counts_from_the_end_of_the_service() {
        assert!(!late(Moment(0), Moment(24 * Moment::HOUR), 24));
        assert!(late(Moment(0), Moment(24 * Moment::HOUR + 1), 24));
    }

    #[test]
    fn the_gist_is_one_line_of_whole_words() {
        let long = "word ".repeat(100);
        let gist = gist(&draft([&long, "", ""]));
        assert!(gist.chars().count() < GIST_CHARS && gist.ends_with("word"), "{gist}");
        assert_eq!(words(&draft(["one two", "three", ""])), 3);
    }
}

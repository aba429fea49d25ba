//! Filling snippets and templates: fields from the chart, blanks for what is not known, sections of a template.
//!
//! Owns the grammar of a phrase: `{field}`, `[[blank]]` (shown as `«blank»`), and `# Section` lines of a template. What a
//! field holds is asked of the caller; what nobody knows becomes a blank that can be seen, never a gap.

use crate::domain::{NoteDraft, Number, WantsCheck};
use std::ops::Range;

/// The fields, with what each says: shown where phrases are written, and in the manual.
pub const FIELDS: &[(&str, &str)] = &[
    ("client.preferred", "the name the client wants to be called by"),
    ("client.legal", "legal name"),
    ("client.pronouns", "pronouns"),
    ("client.record", "record number"),
    ("client.age", "age in years"),
    ("client.wants", "what the client wants, in their words"),
    ("client.why", "why now, in their words"),
    ("client.first", "what the client puts first"),
    ("episode.program", "program"),
    ("episode.level", "level of care"),
    ("episode.admitted", "date of admission"),
    ("episode.day", "day of the episode"),
    ("service.date", "date of the service"),
    ("service.start", "when it began"),
    ("service.end", "when it ended"),
    ("service.minutes", "minutes"),
    ("service.place", "where"),
    ("today", "today's date"),
    ("author", "your name with credential"),
    ("problems", "the problems this note is linked to, or all active ones"),
    ("problem.1", "the first problem on the list; .2 the second, ..."),
    ("problem.1.words", "the same in the client's words"),
    ("problem.1.stage", "its stage of change"),
    ("plan.agenda", "what the plan has for today: safety, goals in focus, what names you, what is open"),
    ("plan.goal", "the goal this note works on, in the client's words; else the first active one"),
    ("plan.objective", "the objective this note works on; else the first active one of that goal"),
    ("plan.method", "the method this note delivers; else the first active one of that goal"),
    ("grid.D3.now", "rating of dimension 3 with its word; any dimension"),
    ("grid.D3.was", "the rating before it, with its date"),
    ("grid.D3.here", "what was written under here and now"),
    ("grid.D3.words", "the client's words there"),
    ("grid.top", "number of the dimension rated highest"),
    ("grid.top.now", "its rating with its word"),
    ("need", "immediate needs that are open"),
    ("last.note.date", "date of the last signed note"),
    ("last.note.plan", "its plan; marked as copied until you edit it"),
    ("last.note.data", "any other section of it, by key"),
    ("next.session", "next session, as the header says"),
];

/// What a field holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    pub text: String,
    /// Signed note it is copied from, 0 = filled from the chart.
    pub from: Number,
}

/// What a stretch of a filled phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// To be filled by hand.
    Blank,
    /// Filled from the chart.
    Filled,
    /// Copied from the signed note of this number.
    Copied(Number),
}

/// A phrase filled from a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub text: String,
    /// What is where in it, bytes.
    pub marks: Vec<(Range<usize>, Mark)>,
}

/// Fills a phrase. `look_up` says what a field holds; `None` or nothing but space makes a blank.
pub fn fill(text: &str, look_up: impl Fn(&str) -> Option<Value>) -> Filled {
    let mut filled = Filled::default();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[', '«']) {
        let (before, here) = rest.split_at(at);
        filled.text.push_str(before);
        rest = if let Some((path, after)) = between(here, "{", "}").filter(|(path, _)| is_path(path)) {
            filled.field(path, look_up(path));
            after
        } else if let Some((name, after)) = between(here, "[[", "]]").or_else(|| between(here, "«", "»")) {
            filled.blank(name);
            after
        } else {
            let next = here.chars().next().map_or(0, char::len_utf8);
            filled.text.push_str(&here[..next]);
            &here[next..]
        };
    }
    filled.text.push_str(rest);
    filled
}

impl Filled {
    /// Adds another one below, on its own line.
    pub fn add_below(&mut self, other: Self) {
        self.text.push('\n');
        let start = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(
            other.marks.into_iter().map(|(range, mark)| (range.start + start..range.end + start, mark)),
        );
    }

    fn field(&mut self, path: &str, value: Option<Value>) {
        match value.filter(|value| !value.text.trim().is_empty()) {
            Some(value) => {
                let mark = if value.from > 0 { Mark::Copied(value.from) } else { Mark::Filled };
                self.put(value.text.trim(), mark);
            }
            None => self.blank(&path.replace('.', " ")),
        }
    }

    fn blank(&mut self, name: &str) {
        self.put(&format!("«{}»", name.trim()), Mark::Blank);
    }

    fn put(&mut self, text: &str, mark: Mark) {
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.push((start..self.text.len(), mark));
    }
}

/// What is between two signs at the start of a text, on one line, and what comes after.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    let inside = text.strip_prefix(open)?;
    let (inside, after) = inside.split_once(close)?;
    (!inside.is_empty() && !inside.contains('\n') && !inside.contains(open)).then_some((inside, after))
}

/// Whether a text in braces is meant as a field: words, digits and hyphens parted by dots.
fn is_path(text: &str) -> bool {
    text.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    })
}

/// The blanks of a text, bytes: `«...»` on one line.
pub fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('«').map(|start| at + start) {
        match between(&text[start..], "«", "»") {
            Some((inside, _)) => {
                let end = start + inside.len() + "«»".len();
                found.push(start..end);
                at = end;
            }
            None => at = start + "«".len(),
        }
    }
    found
}

/// The sections of a template: title or key as written behind `#`, and text. Text before the first heading has an empty
/// one.
pub fn sections(text: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, Vec<&str>)> = vec![(String::new(), Vec::new())];
    for line in text.lines() {
        match (line.strip_prefix("# "), out.last_mut()) {
            (Some(title), _) => out.push((title.trim().to_owned(), Vec::new())),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    let joined = out.into_iter().map(|(title, lines)| (title, lines.join("\n").trim().to_owned()));
    joined.filter(|(title, text)| !title.is_empty() || !text.is_empty()).collect()
}

/// A short name as it is stored: without its dot, in small letters. `None`: not a name that can be typed behind a dot.
pub fn short_name(typed: &str) -> Option<String> {
    let name = typed.trim().trim_start_matches('.').to_lowercase();
    let fits = |c: char| c.is_alphanumeric() || c == '-';
    let length = name.chars().count();
    ((1..=crate::domain::Phrase::LONGEST_NAME).contains(&length) && name.chars().all(fits)).then_some(name)
}

/// A draft for another person's chart: what its writer typed about the person in mind stays, what was taken from the
/// chart it was in goes. Links, objectives, session, stages and the check of wants go; a passage that was filled in or
/// copied becomes a blank in sight, so that nothing disappears unseen.
pub fn for_another_chart(mut draft: NoteDraft) -> NoteDraft {
    draft.links.clear();
    draft.lines.clear();
    draft.session = 0;
    draft.answers.stages.clear();
    draft.answers.wants = WantsCheck::Unsaid;
    draft.answers.wants_detail.clear();
    let mut copied = std::mem::take(&mut draft.copied);
    // From the back, so that the places in front of a passage stay where they are.
    copied.sort_by_key(|passage| std::cmp::Reverse(passage.start));
    for passage in copied {
        let section = draft.sections.iter_mut().find(|section| section.key == passage.section);
        let Some(section) = section else { continue };
        let range = passage.start as usize..passage.end as usize;
        if let Some(text) = section.text.get(range.clone()) {
            let after = &text[text.trim_end().len()..];
            section.text.replace_range(range, &format!("«to be written again»{after}"));
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Copied, Section};
    use crate::packs;

    fn known(path: &str) -> Option<Value> {
        match path {
            "client.preferred" => Some(Value { text: "Jo".into(), from: 0 }),
            "last.note.plan" => Some(Value { text: "Call the sister.".into(), from: 7 }),
            "client.wants" => Some(Value { text: "  ".into(), from: 0 }),
            _ => None,
        }
    }

    #[test]
    fn fields_fill_and_what_is_not_known_is_a_blank_in_sight() {
        let filled =
            fill("{client.preferred} wants {client.wants}. {plan.goal} [[who]]: {last.note.plan}", known);
        assert_eq!(filled.text, "Jo wants «client wants». «plan goal» «who»: Call the sister.");
        let marks: Vec<(&str, Mark)> =
            filled.marks.iter().map(|(range, mark)| (&filled.text[range.clone()], *mark)).collect();
        assert_eq!(
            marks,
            [
                ("Jo", Mark::Filled),
                ("«client wants»", Mark::Blank),
                ("«plan goal»", Mark::Blank),
                ("«who»", Mark::Blank),
                ("Call the sister.", Mark::Copied(7)),
            ]
        );
    }

    #[test]
    fn what_is_no_field_stays_as_it_is_written() {
        for text in ["a { b", "{not a field}", "[one]", "[[", "{", "{}", "« open", "{a\n.b}", "é{"] {
            assert_eq!(fill(text, known).text, text);
        }
    }

    #[test]
    fn blanks_are_found_in_any_text() {
        let text = "a «b» «c\nd» «e» «";
        let found: Vec<&str> = blanks(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["«b»", "«e»"]);
    }

    #[test]
    fn a_template_falls_into_its_sections() {
        let parted = sections("first\n# Data\none\ntwo\n\n# Plan\n\nthree\n");
        let expected = [("", "first"), ("Data", "one\ntwo"), ("Plan", "three")];
        assert_eq!(parted, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert!(sections("  \n").is_empty());
    }

    #[test]
    fn short_names_are_what_can_be_typed_behind_a_dot() {
        assert_eq!(short_name(" .CBT "), Some("cbt".to_owned()));
        assert_eq!(short_name("two words"), None);
        assert_eq!(short_name("."), None);
        assert_eq!(short_name(&"x".repeat(21)), None);
    }

    #[test]
    fn every_shipped_phrase_has_a_name_a_format_and_fields_that_exist() {
        let is_known = |path: &str| {
            let family = |known: &str| {
                known
                    .strip_prefix("grid.D3.")
                    .is_some_and(|leaf| path.starts_with("grid.") && path.ends_with(leaf))
            };
            FIELDS.iter().any(|(known, _)| *known == path || family(known))
        };
        for phrase in packs::phrases() {
            assert_eq!(short_name(&phrase.name).as_ref(), Some(&phrase.name));
            assert!(phrase.title.chars().count() <= 45, "{}", phrase.title);
            fill(&phrase.text, |path| {
                assert!(is_known(path), "{path} in {}", phrase.name);
                None
            });
            if phrase.format.is_empty() {
                continue;
            }
            let format = packs::format(&phrase.format).unwrap();
            for (title, _) in sections(&phrase.text) {
                assert!(format.sections.iter().any(|one| one.title == title), "{title} in {}", phrase.name);
            }
        }
        assert!(packs::phrases().len() >= 15);
    }

    #[test]
    fn moving_a_draft_takes_what_came_from_the_chart() {
        let text = "Jo said: call the sister. My own words.".to_owned();
        let passage =
            |start, end, from| Copied { section: "data".into(), start, end, from, in_common: false };
        let draft = NoteDraft {
            links: vec![1],
            serves_nothing: "crisis".into(),
            sections: vec![Section { key: "data".into(), title: "Data".into(), text }],
            copied: vec![passage(0, 2, 0), passage(9, 25, 7)],
            ..NoteDraft::default()
        };
        let moved = for_another_chart(draft);
        assert_eq!(moved.sections[0].text, "«to be written again» said: «to be written again» My own words.");
        assert!(moved.links.is_empty() && moved.copied.is_empty() && moved.session == 0);
    }
}

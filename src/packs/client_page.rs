//! What the client's page says around what was written: headings and fixed sentences, a file for each language.

use super::load::{PackError, Place};
use crate::domain::Date;
use chrono::Datelike;
use serde::Deserialize;

/// The words of the client's page in one language. In braces is what is put in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageWords {
    /// As PDF and web name it: `en`.
    pub language: String,
    pub title: String,
    pub changes_title: String,
    pub head: String,
    pub foot: String,
    pub page: String,
    /// How a day is written.
    day: String,
    weekdays: [String; 7],
    months: [String; 12],
    pub headings: PageHeadings,
    pub sentences: PageSentences,
}

/// The headings of the client's page, and of the page of changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageHeadings {
    pub want: String,
    pub why: String,
    pub agreed: String,
    pub me: String,
    pub counselor: String,
    pub others: String,
    pub barriers: String,
    pub know: String,
    pub dates: String,
    pub after: String,
    pub call: String,
    pub new: String,
    pub changed: String,
    pub gone: String,
    pub answers: String,
}

/// The fixed sentences of both pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageSentences {
    pub not_signed: String,
    pub signed: String,
    pub changed: String,
    pub authority: String,
    pub if_not_kept: String,
    pub agreed: String,
    pub partly: String,
    pub declined: String,
    pub not_said: String,
    pub not_asked: String,
    pub proposed: String,
    pub in_my_words: String,
    pub required: String,
    pub i_will: String,
    pub will: String,
    pub by: String,
    pub until: String,
    pub see: String,
    pub with: String,
    pub purpose: String,
    pub works_for: String,
    pub support: String,
    pub barrier: String,
    pub session: String,
    pub review: String,
    pub due: String,
    pub complete: String,
    pub after: String,
    pub from: String,
    pub counselor: String,
    pub nobody_to_call: String,
    pub last_seen: String,
    pub nothing_new: String,
    pub was: String,
    pub now: String,
}

impl PageWords {
    /// Returns a day as it is written in this language: `Monday 30 November 2026`.
    pub fn day(&self, on: Date) -> String {
        let on = on.naive();
        let weekday = &self.weekdays[on.weekday().num_days_from_monday() as usize];
        let month = &self.months[on.month0() as usize];
        let parts = [("weekday", weekday.as_str()), ("month", month.as_str())];
        let (day, year) = (on.day().to_string(), on.year().to_string());
        fill(&self.day, &[parts[0], parts[1], ("day", &day), ("year", &year)])
    }
}

/// Returns a sentence with what belongs in its braces. What is put in is never read again, whatever it says.
pub fn fill(sentence: &str, with: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = behind.split_once('}') else {
            out.push('{');
            rest = behind;
            continue;
        };
        out.push_str(with.iter().find(|(key, _)| *key == name).map_or("", |(_, words)| words));
        rest = after;
    }
    out.push_str(rest);
    out
}

pub(super) fn read(file: &str, text: &str) -> Result<PageWords, Vec<PackError>> {
    Place { file, text }.parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_read_again() {
        assert_eq!(
            fill("I will {what}, {by}", &[("what", "{by} {"), ("by", "9 Dec")]),
            "I will {by} {, 9 Dec"
        );
        assert_eq!(fill("open { only", &[]), "open { only");
    }

    #[test]
    fn a_day_has_its_weekday_and_its_year() {
        let words = crate::packs::page_words();
        assert_eq!(words.day(Date::from_ymd(2026, 11, 30).unwrap()), "Monday 30 November 2026");
    }
}

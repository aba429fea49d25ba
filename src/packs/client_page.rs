//! What the client's page says around what was written, on paper and at the turned screen: headings and fixed sentences, a file
//! for each language. A language is complete or it does not read.

use super::guardian_words::GuardianWords;
use super::load::{PackError, Place};
use super::review_words::ReviewWords;
use crate::domain::{Date, Dose, Modality, Often, Per, SafetyPart};
use chrono::Datelike;
use serde::Deserialize;

/// The words of the client's page in one language. In braces is what is put in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageWords {
    /// As PDF and web name it: `en`.
    pub language: String,
    /// As its speakers call it.
    pub name: String,
    /// As it is written among the languages of a client, in small letters.
    called: Vec<String>,
    pub title: String,
    pub changes_title: String,
    pub head: String,
    pub foot: String,
    pub foot_plan: String,
    pub foot_changed: String,
    pub foot_unsigned: String,
    pub page: String,
    /// How a day is written.
    day: String,
    weekdays: [String; 7],
    months: [String; 12],
    pub headings: PageHeadings,
    pub sentences: PageSentences,
    often: OftenWords,
    pub turned: TurnedWords,
    pub review: ReviewWords,
    pub leaving: LeavingWords,
    pub safety: SafetyWords,
    pub(super) guardian: GuardianWords,
    pub form: FormWords,
    pub log: LogWords,
    pub line: LineWords,
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
    pub i_signed: String,
    pub i_said_yes: String,
    pub i_did_not_sign: String,
    pub guardian_signed: String,
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
    /// There are more sessions than the page lists.
    pub more_sessions: String,
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

/// How often something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct OftenWords {
    daily: String,
    weekly: String,
    monthly: String,
    twice_a_day: String,
    twice_a_week: String,
    twice_a_month: String,
    times_a_day: String,
    times_a_week: String,
    times_a_month: String,
    every_weeks: String,
    once: String,
    in_all: String,
    when_needed: String,
    when_needed_for: String,
    minutes: String,
    one_week: String,
    weeks: String,
    individual: String,
    group: String,
    family: String,
    collateral: String,
}

/// What is around the page of what comes next when a stay ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeavingWords {
    pub title: String,
    pub place: String,
    pub person: String,
    pub contact: String,
    pub when: String,
    pub no_day: String,
    pub transport: String,
    pub hard: String,
    pub supports: String,
    pub i_arrange: String,
    pub declined: String,
    pub not_arranged: String,
}

/// What is around a form that the client fills in at the turned screen. A key comes with what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormWords {
    pub about: String,
    pub heading: String,
    pub end: String,
    pub tell: String,
    pub thanks: String,
    pub number: String,
    pub key_item: [String; 2],
    pub key_sides: [String; 2],
    pub key_clear: [String; 2],
}

/// What is around the blank sheet of a log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogWords {
    pub title: String,
    pub about: String,
    pub often: String,
    pub yes_no: String,
    pub number: String,
    pub words: String,
}

/// What is around the client's own line over time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineWords {
    pub title: String,
    pub about: String,
    pub checkins: String,
    pub checkin: String,
    /// The words of the answers 1 to 5.
    pub answers: [String; 5],
    pub unsaid: String,
    pub said: String,
    pub measure: String,
    pub less: String,
    pub more: String,
    pub score: String,
}

/// What is around a safety plan, on the card and at the turned screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SafetyWords {
    pub title: String,
    pub about: String,
    pub card_about: String,
    /// The headings of the parts, in their order.
    headings: [String; 7],
}

impl SafetyWords {
    /// Returns the heading of a part.
    pub fn heading(&self, part: SafetyPart) -> &str {
        SafetyPart::ALL.iter().position(|one| *one == part).map_or("", |at| &self.headings[at])
    }
}

/// What is around the page at the turned screen. A key comes with what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnedWords {
    pub note_title: String,
    pub note_about: String,
    pub agreed: String,
    pub partly: String,
    pub declined: String,
    pub not_said: String,
    pub before: String,
    pub in_my_words: String,
    pub write: String,
    pub key_agreed: [String; 2],
    pub key_partly: [String; 2],
    pub key_declined: [String; 2],
    pub key_not_said: [String; 2],
    pub key_words: [String; 2],
    pub key_move: [String; 2],
    pub key_page: [String; 2],
    pub key_sign: [String; 2],
    pub key_wider: [String; 2],
    pub key_hide: [String; 2],
    pub key_lock: [String; 2],
    pub key_leave: [String; 2],
    pub key_yes: [String; 2],
    pub key_no: [String; 2],
    pub key_signs: [String; 2],
    pub key_disagrees: [String; 2],
    pub key_declines: [String; 2],
    pub key_show: [String; 2],
    pub key_back: [String; 2],
    pub sign: String,
    pub sign_freely: String,
    pub signs: String,
    pub disagrees: String,
    pub declines: String,
    pub my_name: String,
    pub copy: String,
    pub yes: String,
    pub no: String,
    pub more: String,
    pub larger: String,
    pub hidden: String,
    pub give_back: String,
    pub secret: String,
    pub moment: String,
    pub wrong: String,
    pub wait: String,
    pub pin_over: String,
    pub no_paste: String,
    pub not_saved: String,
    pub small: String,
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

impl PageWords {
    /// Whether a client's language, as it was typed, is this one.
    pub fn is_called(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        typed == self.language || self.called.contains(&typed)
    }

    /// Returns how much of a method is planned, as this language says it: `individual, twice a week, 50 min, 8 weeks`.
    pub fn dose(&self, modality: Option<Modality>, dose: &Dose) -> String {
        let often = &self.often;
        let with = modality.map(|modality| match modality {
            Modality::Individual => often.individual.clone(),
            Modality::Group => often.group.clone(),
            Modality::Family => often.family.clone(),
            Modality::Collateral => often.collateral.clone(),
        });
        let n = |sentence: &str, n: u16| fill(sentence, &[("n", &n.to_string())]);
        let minutes = (dose.minutes > 0).then(|| n(&often.minutes, dose.minutes));
        let weeks = match dose.weeks {
            0 => None,
            1 => Some(often.one_week.clone()),
            weeks => Some(n(&often.weeks, weeks)),
        };
        let often = self.how_often(&dose.often);
        let parts = with.into_iter().chain([often]).chain(minutes).chain(weeks);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn how_often(&self, how: &Often) -> String {
        let often = &self.often;
        let n = |sentence: &str, n: u16| fill(sentence, &[("n", &n.to_string())]);
        match how {
            Often::Unsaid => String::new(),
            Often::Times { times, per } => {
                let (one, two, more) = match per {
                    Per::Day => (&often.daily, &often.twice_a_day, &often.times_a_day),
                    Per::Week => (&often.weekly, &often.twice_a_week, &often.times_a_week),
                    Per::Month => (&often.monthly, &often.twice_a_month, &often.times_a_month),
                };
                match times {
                    1 => one.clone(),
                    2 => two.clone(),
                    times => n(more, (*times).into()),
                }
            }
            Often::EveryWeeks(1) => often.weekly.clone(),
            Often::EveryWeeks(weeks) => n(&often.every_weeks, (*weeks).into()),
            Often::InAll(1) | Often::Once => often.once.clone(),
            Often::InAll(times) => n(&often.in_all, *times),
            Often::WhenNeeded(what) if what.trim().is_empty() => often.when_needed.clone(),
            Often::WhenNeeded(what) => fill(&often.when_needed_for, &[("what", what.trim())]),
        }
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
    fn every_language_reads_whole_and_has_the_places_that_are_filled_in() {
        let places = |text: &str| {
            let parsed: toml::Table = toml::from_str(text).unwrap();
            let mut found = Vec::new();
            let mut open = vec![("", toml::Value::Table(parsed))];
            while let Some((key, value)) = open.pop() {
                match value {
                    toml::Value::Table(table) => {
                        open.extend(table.into_iter().map(|(key, value)| (&*key.leak(), value)));
                    }
                    toml::Value::String(words) => {
                        let mut names: Vec<&str> = words.split('{').skip(1).collect();
                        for name in &mut names {
                            *name = name.split('}').next().unwrap();
                        }
                        names.sort_unstable();
                        assert!(!words.trim().is_empty(), "{key} is empty");
                        found.push((key.to_owned(), names.join(" ")));
                    }
                    _ => {}
                }
            }
            found.sort();
            found
        };
        let (first, rest) = super::super::PAGES.split_first().unwrap();
        assert!(!rest.is_empty(), "there are two languages at least");
        for (file, text) in super::super::PAGES {
            let words = read(file, text).unwrap_or_else(|errors| panic!("{errors:?}"));
            assert_eq!(crate::packs::page_words(&words.language), &words);
            assert_eq!(places(text), places(first.1), "{file}: the braces are those of {}", first.0);
        }
        // A sentence that is missing is an error with its name.
        let short = first.1.replace("no_paste", "# no_paste");
        assert!(read("short.toml", &short).unwrap_err()[0].message.contains("no_paste"));
    }

    #[test]
    fn how_much_is_said_in_each_language() {
        let dose = Dose { often: Often::Times { times: 3, per: Per::Week }, minutes: 50, weeks: 8 };
        let said = |language, dose| crate::packs::page_words(language).dose(Some(Modality::Group), dose);
        assert_eq!(said("en", &dose), "group, 3 times a week, 50 min, 8 weeks");
        assert_eq!(said("es", &dose), "en grupo, 3 veces por semana, 50 min, 8 semanas");
        let rare = Dose { often: Often::WhenNeeded("a bad night".into()), ..Dose::default() };
        assert_eq!(said("es", &rare), "en grupo, cuando haga falta: a bad night");
    }

    #[test]
    fn a_day_has_its_weekday_and_its_year() {
        let words = crate::packs::page_words("en");
        assert_eq!(words.day(Date::from_ymd(2026, 11, 30).unwrap()), "Monday 30 November 2026");
    }
}

//! The client's own line over time, in plain words: what they answered about the work, and how their measures went. On paper and
//! at the turned screen. Nothing of anybody else is in it: no guess, no alert, no answer of the family.

use super::alliance::{self, ITEMS};
use super::measured;
use crate::domain::{Administration, Block, CheckIn, Content, Reply, TurnedPage, TurnedPart, TurnedSaid};
use crate::packs::{Better, Instrument, PageWords, Respondent, fill};

/// Days that are told of each line, the newest.
const MOST: usize = 24;

/// What the page is made of.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What the client is called.
    pub name: &'a str,
    pub checkins: &'a [&'a CheckIn],
    pub measures: &'a [&'a Administration],
    /// The file of a measure.
    pub file: &'a dyn Fn(&str) -> Option<&'a Instrument>,
}

/// Returns the page on paper; `None` while the client has answered nothing.
pub fn content(around: &Around<'_>, words: &PageWords) -> Option<Content> {
    let parts = parts(around, words);
    if parts.is_empty() {
        return None;
    }
    let mut blocks = vec![Block::About(words.line.about.clone())];
    for (at, (heading, says)) in parts.into_iter().enumerate() {
        blocks.push(Block::Heading { key: format!("line{at}"), words: heading });
        blocks.extend(says.into_iter().map(Block::Prose));
    }
    Some(Content { title: fill(&words.line.title, &[("name", around.name)]), blocks })
}

/// Returns the page as it is turned; `None` while the client has answered nothing.
pub fn turned(around: &Around<'_>, words: &PageWords) -> Option<TurnedPage> {
    let parts = parts(around, words);
    if parts.is_empty() {
        return None;
    }
    let part = |(heading, says): (String, Vec<String>)| {
        let says = says.into_iter().map(|words| TurnedSaid { words, ..TurnedSaid::default() });
        TurnedPart { heading, says: says.collect() }
    };
    Some(TurnedPage {
        title: fill(&words.line.title, &[("name", around.name)]),
        about: words.line.about.clone(),
        parts: parts.into_iter().map(part).collect(),
        signs: false,
        items: Vec::new(),
    })
}

fn is_client(word: &str) -> bool {
    measured::respondent(word) == Some(Respondent::Client)
}

/// Headings, each with its lines, the newest first.
fn parts(around: &Around<'_>, words: &PageWords) -> Vec<(String, Vec<String>)> {
    let mut parts = Vec::new();
    let theirs = around.checkins.iter().copied().filter(|one| is_client(&one.answered_by));
    for line in alliance::lines(theirs) {
        let by = line.first().map_or("", |first| first.about_name.as_str());
        let heading = fill(&words.line.checkins, &[("by", by)]);
        let days = line.iter().rev().take(MOST).flat_map(|one| told(one, words));
        parts.push((heading, days.collect()));
    }
    parts.extend(series(around, words));
    parts
}

/// What was answered on a day, and what was said.
fn told(one: &CheckIn, words: &PageWords) -> Vec<String> {
    let line = &words.line;
    let said = |item: &str| match one.reply(item) {
        Reply::Given(key) => {
            let place = usize::try_from(key.0 / 100 - 1).ok();
            place.and_then(|place| line.answers.get(place)).map_or_else(|| key.to_string(), Clone::clone)
        }
        Reply::Blank | Reply::Declined => line.unsaid.clone(),
    };
    let [goal, task, bond] = ITEMS.map(|(item, _)| said(item));
    let with = [("day", words.day(one.on)), ("goal", goal), ("task", task), ("bond", bond)];
    let with: Vec<(&str, &str)> = with.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut out = vec![fill(&line.checkin, &with)];
    if !one.words.trim().is_empty() {
        out.push(fill(&line.said, &[("words", one.words.trim())]));
    }
    out
}

/// Each measure that the client filled in, with its scores.
fn series(around: &Around<'_>, words: &PageWords) -> Vec<(String, Vec<String>)> {
    let theirs = |one: &&&Administration| one.in_error.is_empty() && is_client(&one.answered_by);
    let mut keys: Vec<&str> = around.measures.iter().filter(theirs).map(|one| one.measure.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().filter_map(|key| one_series(key, around, words)).collect()
}

fn one_series(key: &str, around: &Around<'_>, words: &PageWords) -> Option<(String, Vec<String>)> {
    let measure = (around.file)(key)?;
    let scale = measured::main_scale(measure)?;
    let mut rows: Vec<&Administration> = around
        .measures
        .iter()
        .copied()
        .filter(|one| one.measure == key && one.in_error.is_empty() && is_client(&one.answered_by))
        .collect();
    rows.sort_by_key(|one| std::cmp::Reverse(one.taken()));
    let score = |one: &&Administration| {
        let score = measured::stored(measure, scale, one).shown()?;
        Some(fill(&words.line.score, &[("day", &words.day(one.on)), ("score", &score)]))
    };
    let scores: Vec<String> = rows.iter().filter_map(score).take(MOST).collect();
    if scores.is_empty() {
        return None;
    }
    let (lowest, highest) = measure.bounds(scale);
    let (lowest, highest) = (lowest.shown(lowest.decimals()), highest.shown(highest.decimals()));
    let better = match scale.better {
        Better::Lower => words.line.less.as_str(),
        Better::Higher => words.line.more.as_str(),
        Better::Unsaid => "",
    };
    let with = [("measure", key), ("lowest", &lowest), ("highest", &highest), ("better", better)];
    Some((fill(&words.line.measure, &with).trim().to_owned(), scores))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Hundredths, ScaleResult, Score, StaffId};
    use crate::packs::{instruments, page_words};

    fn day(day: u32) -> Date {
        Date::from_ymd(2026, 11, day).unwrap()
    }

    fn checkin(number: u32, about: u8, keys: [i16; 3], words: &str) -> CheckIn {
        let reply = |key: i16| if key == 0 { Reply::Declined } else { Reply::Given(Hundredths::whole(key)) };
        let of = |keys: [i16; 3]| {
            ITEMS.iter().zip(keys).map(|((id, _), key)| ((*id).to_owned(), reply(key))).collect()
        };
        CheckIn {
            number,
            on: day(number),
            about: StaffId([about; 16]),
            about_name: if about == 7 { "Rosa Imani" } else { "Sam Person" }.into(),
            answered_by: "client".into(),
            answers: of(keys),
            guess: of([1, 1, 1]),
            words: words.into(),
            ..CheckIn::default()
        }
    }

    fn filled(number: u32, score: Option<i16>) -> Administration {
        Administration {
            number,
            on: day(number),
            measure: "PHQ-9".into(),
            answered_by: "client".into(),
            results: vec![ScaleResult {
                scale: "total".into(),
                score: score.map(|score| Score::from(Hundredths::whole(score))),
                band: "severe".into(),
                ..ScaleResult::default()
            }],
            class: "worse".into(),
            ..Administration::default()
        }
    }

    fn all(checkins: &[CheckIn], measures: &[Administration]) -> Option<(Content, TurnedPage)> {
        let (checkins, measures): (Vec<_>, Vec<_>) = (checkins.iter().collect(), measures.iter().collect());
        let file = |key: &str| instruments().iter().find(|one| one.key == key);
        let around = Around { name: "Jo", checkins: &checkins, measures: &measures, file: &file };
        content(&around, page_words("en")).zip(turned(&around, page_words("en")))
    }

    #[test]
    fn a_client_reads_their_own_answers_in_words_and_nothing_of_anybody_else() {
        let mut caregiver = checkin(9, 7, [2, 2, 2], "I see no change");
        caregiver.answered_by = "caregiver".into();
        let mut wrong = checkin(10, 7, [3, 3, 3], "of another person");
        wrong.in_error = "typed wrong".into();
        let checkins = [
            checkin(7, 7, [5, 4, 0], ""),
            checkin(14, 7, [5, 3, 1], "It was a lot."),
            checkin(21, 8, [4, 4, 4], ""),
            caregiver,
            wrong,
        ];
        let measures = [filled(2, Some(19)), filled(16, Some(11)), filled(18, None)];
        let (page, turned) = all(&checkins, &measures).unwrap();
        let text = format!("{page:?}");
        for there in [
            "very much",
            "mostly",
            "not said",
            "It was a lot.",
            "Rosa Imani",
            "Sam Person",
            "PHQ-9, from 0 to 27",
            "Less is better",
            "19",
            "11",
        ] {
            assert!(text.contains(there), "{there}: {text}");
        }
        for not in ["no change", "another person", "severe", "worse", "guess", "caregiver"] {
            assert!(!text.contains(not), "{not}: {text}");
        }
        assert_eq!(turned.parts.len(), 3, "a line for each counselor, and the measure");
        assert!(!turned.signs && turned.items.is_empty() && turned.parts[2].says.len() == 2);
        let newest = &turned.parts[1].says[0].words;
        assert!(newest.contains("14 November") && newest.contains("partly"), "{newest}");
    }

    #[test]
    fn there_is_no_page_while_nothing_was_answered() {
        assert!(all(&[], &[]).is_none());
        assert!(all(&[], &[filled(2, None)]).is_none(), "a form without a score draws no line");
    }
}

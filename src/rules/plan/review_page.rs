//! A signed review as it is turned to the client: how far each line has come, what helped, how they see it and how it goes on.
//!
//! Ratings, levels of care, and the numbers of the record are left out, as on the client's page.

use super::words::{ended, first_upper};
use crate::domain::{
    Date, Review, ReviewKnown, ReviewLine, ReviewMark, ReviewText, StillWanted, TurnedPage, TurnedPart,
    TurnedSaid,
};
use crate::packs::{PageWords, fill};

/// Returns a signed review of a day as it is turned to the client, who can sign under it.
pub fn review_page(text: &ReviewText, on: Date, name: &str, words: &PageWords) -> TurnedPage {
    let ReviewText { review, known, .. } = text;
    let heads = &words.review;
    let parts = [
        (&words.headings.want, wants(review, known)),
        (&heads.far, far(review, known, words)),
        (&heads.helped, helped(review, known, words)),
        (&heads.view, quoted(&review.view).into_iter().collect()),
        (&heads.on, goes_on(review, words)),
    ];
    let parts = parts.into_iter().filter(|(_, says)| !says.is_empty());
    TurnedPage {
        title: fill(&heads.title, &[("name", name)]),
        about: fill(&heads.about, &[("day", &words.day(on)), ("by", &text.author)]),
        parts: parts.map(|(heading, says)| TurnedPart { heading: heading.clone(), says }).collect(),
        signs: true,
        items: Vec::new(),
    }
}

fn said(words: impl Into<String>) -> TurnedSaid {
    TurnedSaid { words: words.into(), ..TurnedSaid::default() }
}

fn quoted(words: &str) -> Option<TurnedSaid> {
    let words = words.trim();
    (!words.is_empty()).then(|| TurnedSaid { quote: true, ..said(words) })
}

fn wants(review: &Review, known: &ReviewKnown) -> Vec<TurnedSaid> {
    let changed = review.wants == Some(StillWanted::Changed);
    quoted(if changed { &review.wants_words } else { &known.wants.wants }).into_iter().collect()
}

/// Goals and steps that the review says something of, with how often one met.
fn far(review: &Review, known: &ReviewKnown, words: &PageWords) -> Vec<TurnedSaid> {
    let sums = known.sessions;
    let (held, planned) = (sums.held.to_string(), sums.planned.to_string());
    let met = fill(&words.review.met, &[("held", &held), ("planned", &planned)]);
    let met = (sums.planned > 0).then(|| said(met));
    let lines =
        known.lines.iter().filter_map(|line| Some(said(line_words(line, review.mark(line.line)?, words))));
    met.into_iter().chain(lines).collect()
}

fn line_words(line: &ReviewLine, mark: &ReviewMark, words: &PageWords) -> String {
    let heads = &words.review;
    let wording = line.wording.trim().trim_end_matches('.');
    let mut parts = vec![match heads.progress(mark.progress) {
        "" => ended(&first_upper(wording)),
        far => ended(&fill(&heads.how_far, &[("what", &first_upper(wording)), ("far", far)])),
    }];
    let done = mark.done.trim();
    if !done.is_empty() {
        let of = if line.amount.trim().is_empty() {
            done.to_owned()
        } else {
            format!("{done} / {}", line.amount.trim())
        };
        parts.push(ended(&fill(&heads.did_it, &[("what", &of)])));
    }
    parts.extend((!mark.sentence.trim().is_empty()).then(|| ended(mark.sentence.trim())));
    if let Some(change) = mark.change {
        let what = heads.change(change);
        let said = match mark.change_words.trim() {
            "" => fill(&heads.changes, &[("what", what)]),
            why => fill(&heads.changes_words, &[("what", what), ("words", why)]),
        };
        parts.push(ended(&said));
    }
    parts.join(" ")
}

fn helped(review: &Review, known: &ReviewKnown, words: &PageWords) -> Vec<TurnedSaid> {
    let heads = &words.review;
    let one = |method: &crate::domain::ReviewMethod| {
        let help = review.help(method.method)?;
        let what = first_upper(method.wording.trim().trim_end_matches('.'));
        let far = heads.help(help.helped?);
        let mut line = ended(&fill(&heads.how_far, &[("what", &what), ("far", far)]));
        if !help.words.trim().is_empty() {
            line = format!("{line} {}", ended(help.words.trim()));
        }
        Some(said(line))
    };
    known.methods.iter().filter_map(one).collect()
}

/// How it goes on, whether they agreed, and when one looks again.
fn goes_on(review: &Review, words: &PageWords) -> Vec<TurnedSaid> {
    let Some(choice) = review.choice else { return Vec::new() };
    let sentences = &words.sentences;
    let answer = review.agrees.map(|agrees| if agrees { &sentences.agreed } else { &sentences.declined });
    let why = review.level_words.trim();
    let parts = [words.review.choice(choice).to_owned()].into_iter();
    let parts = parts.chain((!why.is_empty()).then(|| ended(&first_upper(why)))).chain(answer.cloned());
    let again = review.next.map(|on| said(fill(&words.review.again, &[("day", &words.day(on))])));
    [said(parts.collect::<Vec<_>>().join(" "))].into_iter().chain(again).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Helped, LevelChoice, LineRef, Progress, ReviewHelp, ReviewMethod, ReviewRating, ReviewSessions,
        WhatChanges,
    };
    use crate::packs::page_words;

    fn text() -> ReviewText {
        let mark = ReviewMark {
            line: LineRef::goal(1),
            progress: Progress::Some,
            sentence: "Two nights of four were quiet".into(),
            change: Some(WhatChanges::SmallerStep),
            ..ReviewMark::default()
        };
        let step = ReviewMark { line: LineRef::objective(1), done: "2".into(), ..ReviewMark::default() };
        let review = Review {
            marks: vec![mark, step],
            helps: vec![ReviewHelp { method: 1, helped: Some(Helped::Partly), words: String::new() }],
            view: "It is getting lighter.".into(),
            choice: Some(LevelChoice::Continue),
            level_words: "the evenings hold".into(),
            new_level: "2.1".into(),
            agrees: Some(true),
            next: Date::from_ymd(2026, 12, 19),
            ..Review::default()
        };
        let line = |line, wording: &str, amount: &str| ReviewLine {
            line,
            wording: wording.into(),
            amount: amount.into(),
            ..ReviewLine::default()
        };
        let known = ReviewKnown {
            ratings: vec![ReviewRating {
                dimension: 3,
                then_words: "On a floor.".into(),
                ..ReviewRating::default()
            }],
            sessions: ReviewSessions { planned: 4, held: 3, missed: 1, ..ReviewSessions::default() },
            methods: vec![ReviewMethod {
                method: 1,
                wording: "CBT for sleep".into(),
                planned: Some(4),
                held: 3,
            }],
            lines: vec![
                line(LineRef::goal(1), "get through those nights.", ""),
                line(LineRef::objective(1), "write the diary", "3 nights"),
                line(LineRef::objective(2), "not marked", ""),
            ],
            indicated: "2.1".into(),
            ..ReviewKnown::default()
        };
        ReviewText {
            author: "Rosa Imani LADC".into(),
            record_no: "A-1001".into(),
            review,
            known,
            ..ReviewText::default()
        }
    }

    fn read(language: &str) -> String {
        let on = Date::from_ymd(2026, 11, 21).unwrap();
        let page = review_page(&text(), on, "Jo", page_words(language));
        assert!(page.signs && page.parts.iter().all(|part| part.says.iter().all(|said| said.line.is_none())));
        let mut lines = vec![page.title, page.about];
        for part in page.parts {
            lines.push(part.heading);
            lines.extend(part.says.into_iter().map(|said| said.words));
        }
        lines.join("\n")
    }

    #[test]
    fn a_review_reads_as_one_would_tell_it() {
        let expected = "\
How it is going, Jo
This is the review of Saturday 21 November 2026. Rosa Imani LADC signed it.
How far I have come
We met 3 of 4 times.
Get through those nights: some of the way. Two nights of four were quiet. What will be different: a smaller step.
Write the diary. Done: 2 / 3 nights.
What helped
CBT for sleep: it helped in part.
How I see it
It is getting lighter.
How it goes on
We go on as we are. the evenings hold. I agree.
We look at this again on Saturday 19 December 2026.";
        assert_eq!(read("en"), expected.replace("the evenings", "The evenings"));
    }

    #[test]
    fn no_number_rating_or_level_is_on_it_in_any_language() {
        for language in crate::packs::page_languages() {
            let words = read(&language.language);
            for code in ["G1", "O1", "M1", "D3", "2.1", "A-1001", "On a floor", "not marked"] {
                assert!(!words.contains(code), "{code}: {words}");
            }
        }
    }
}

//! Filled-in measures of one client: their order in time, their change, and when one is due again.
//!
//! Owns what follows from stored results. A result is never reckoned again: only its change, its side of a cut-off and the class of
//! both follow from the others, by the measure file as it is.

use super::scoring::{self, Change, Facts, NoScore, ScaleScore, Scored};
use crate::domain::{Administration, Birth, Date, Number, Reply, ScaleResult};
use crate::packs::{Critical, Every, First, Instrument, Respondent, Scale};
use crate::rules::when::plus_months;

/// Returns who answers, by the word that is stored.
pub fn respondent(word: &str) -> Option<Respondent> {
    Respondent::ALL.into_iter().find(|one| one.word() == word)
}

/// Returns the age on the day, if it is known and one a person can have.
pub fn age_on(birth: Birth, day: Date) -> Option<u8> {
    birth.age(day).and_then(|age| u8::try_from(age).ok())
}

/// Returns what is known about whoever filled it in, on the day they did.
pub fn facts(filled: &Administration) -> Facts {
    Facts {
        age: filled.age,
        sex: None,
        form: (!filled.form.is_empty()).then(|| filled.form.clone()),
        by: respondent(&filled.answered_by),
    }
}

/// Returns the answers in the order of the measure's items.
pub fn replies(measure: &Instrument, filled: &Administration) -> Vec<Reply> {
    filled.replies(measure.items.iter().map(|item| item.id.as_str()))
}

/// Returns what is stored of a score: every scale with its name, and whether a figure behind it has to be checked.
pub fn results(scored: &Scored<'_>) -> Vec<ScaleResult> {
    let of = |score: &ScaleScore<'_>| ScaleResult {
        scale: score.scale.key.clone(),
        score: score.score.ok(),
        missing: score.missing.min(usize::from(u8::MAX)) as u8,
        band: score.band.as_ref().map_or(String::new(), |band| band.band.words.clone()),
        verify: score.band.as_ref().is_some_and(|band| band.verify)
            || score.is_prorated() && score.scale.missing.as_ref().is_some_and(|missing| missing.verify),
    };
    scored.scales.iter().map(of).collect()
}

/// Returns the scale that stands for the whole: the total, else the first.
pub fn main_scale(measure: &Instrument) -> Option<&Scale> {
    measure.scale("total").map(|at| &measure.scales[at]).or_else(|| measure.scales.first())
}

/// Returns a stored score as scoring would say it, with the cut-offs that hold for the person on that day.
pub fn stored<'a>(measure: &'a Instrument, scale: &'a Scale, filled: &Administration) -> ScaleScore<'a> {
    let result = filled.result(&scale.key);
    let score = result.and_then(|result| result.score).ok_or(NoScore::NotTaken);
    let missing = result.map_or(0, |result| usize::from(result.missing));
    scoring::stored(measure, scale, score, missing, &facts(filled))
}

/// Whether two were filled in by the same person on the same form, so that they can be compared.
pub fn is_alike(one: &Administration, other: &Administration) -> bool {
    one.measure == other.measure
        && one.form == other.form
        && one.answered_by == other.answered_by
        && one.name == other.name
}

/// Returns those that are like this one and belong here, in the order in which they were filled in: by day and time, never by when
/// they were typed.
pub fn series<'a>(
    all: impl Iterator<Item = &'a Administration>,
    like: &Administration,
) -> Vec<&'a Administration> {
    let mut found: Vec<&Administration> =
        all.filter(|one| one.in_error.is_empty() && is_alike(one, like)).collect();
    found.sort_by_key(|one| one.taken());
    found
}

/// Returns the first of an episode that has a score on this scale: what later ones are compared with.
pub fn baseline<'a>(
    series: &[&'a Administration],
    scale: &Scale,
    episode: Number,
) -> Option<&'a Administration> {
    let scored = |one: &&&Administration| {
        one.episode == episode && one.result(&scale.key).is_some_and(|result| result.score.is_some())
    };
    series.iter().find(scored).copied()
}

/// Returns the change of the main scale from one to a later one.
pub fn change_of(measure: &Instrument, before: &Administration, now: &Administration) -> Option<Change> {
    let scale = main_scale(measure)?;
    let (first, later) = (stored(measure, scale, before), stored(measure, scale, now));
    scoring::change(measure, &first, &later, &facts(now))
}

/// Returns the word of the class of the change since the first of its episode; empty where it is the first, or is not classed.
pub fn class_of(measure: &Instrument, series: &[&Administration], now: &Administration) -> &'static str {
    let first = main_scale(measure).and_then(|scale| baseline(series, scale, now.episode));
    let first = first.filter(|first| first.taken() < now.taken());
    let change = first.and_then(|first| change_of(measure, first, now));
    change.and_then(|change| change.class).map_or("", scoring::ChangeClass::word)
}

/// Returns the name of the item or scale a critical rule looks at.
pub fn place_of(rule: &Critical) -> &str {
    rule.item.as_ref().or(rule.scale.as_ref()).map_or("", String::as_str)
}

/// Returns what a critical rule is about, for people: `PHQ-9, item 9 (thoughts of death or self-harm)`.
pub fn about(measure: &Instrument, rule: &Critical) -> String {
    let what = match &rule.item {
        Some(id) => measure.item(id).map_or_else(|| format!("item {id}"), |at| measure.items[at].name()),
        None => rule
            .scale
            .as_ref()
            .and_then(|key| measure.scale(key))
            .map_or_else(String::new, |at| measure.scales[at].name.to_lowercase()),
    };
    format!("{}, {what}", measure.key)
}

/// Returns the day from which a measure is due, if it is by today. `taken` are the days of this episode on which it was, `held` those
/// of the sessions held in it.
pub fn due_since(
    measure: &Instrument,
    taken: &[Date],
    admitted: Date,
    held: &[Date],
    today: Date,
) -> Option<Date> {
    let interval = measure.interval.as_ref()?;
    let since = match taken.iter().max() {
        None => match interval.first? {
            First::Admission => Some(admitted),
            First::Session(from, _) => held.get(usize::from(from).saturating_sub(1)).copied(),
        },
        Some(last) => match interval.every? {
            Every::Hours(..) => Some(last.plus_days(1)),
            Every::Days(from, _) => Some(last.plus_days(i32::from(from))),
            Every::Months(from, _) => Some(plus_months(*last, i32::from(from))),
            Every::Sessions(from, _) => {
                held.iter().filter(|day| *day > last).nth(usize::from(from).saturating_sub(1)).copied()
            }
        },
    };
    since.filter(|day| *day <= today)
}

#[cfg(test)]
mod tests;

//! What follows from the answers so far: items that are asked, critical answers, what may still be typed.

use crate::domain::{Administration, Hundredths};
use crate::packs::{AnswerSet, Instrument};
use crate::rules::measured;
use crate::rules::scoring::{Scored, score};

/// The score so far; `None` if the measure is not for this person.
pub(super) fn scored<'a>(measure: &'a Instrument, sheet: &Administration) -> Option<Scored<'a>> {
    score(measure, &measured::replies(measure, sheet), &measured::facts(sheet)).ok()
}

/// Places of the items that are asked.
pub(super) fn asked(measure: &Instrument, sheet: &Administration) -> Vec<usize> {
    let skipped = scored(measure, sheet).map(|scored| scored.skipped).unwrap_or_default();
    (0..measure.items.len()).filter(|at| !skipped.contains(at)).collect()
}

/// Items and scales with a critical answer, each with its value.
pub(super) fn critical(measure: &Instrument, sheet: &Administration) -> Vec<(String, String)> {
    let Some(scored) = scored(measure, sheet) else { return Vec::new() };
    let shown = |value: crate::domain::Score| value.shown(value.decimals());
    scored
        .critical
        .iter()
        .map(|answer| (measured::place_of(answer.rule).to_owned(), shown(answer.value)))
        .collect()
}

/// Whether one digit is a whole answer.
pub(super) fn is_one_key(set: &AnswerSet) -> bool {
    let whole = |number: Hundredths| number.0 % 100 == 0 && number.0 < 1000;
    match &set.range {
        Some(range) => whole(range.highest) && whole(range.step),
        None => set.choices.iter().all(|choice| whole(choice.key)),
    }
}

/// Whether a longer number can still become an answer.
pub(super) fn may_become(set: &AnswerSet, typed: &str) -> bool {
    let Some(number) = Hundredths::parse(typed) else { return false };
    match &set.range {
        Some(range) => {
            let part = typed.split_once(['.', ',']).map_or("", |(_, part)| part);
            let decimals = if range.step.0 % 100 == 0 { 0 } else { 2 - usize::from(range.step.0 % 10 == 0) };
            let pointed = typed.contains(['.', ',']);
            number <= range.highest && part.len() <= decimals && (!pointed || decimals > 0)
        }
        None => set.choices.iter().any(|choice| choice.key.to_string().starts_with(typed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packs::instruments;

    fn set(key: &str, item: usize) -> &'static AnswerSet {
        let measure = instruments().iter().find(|one| one.key == key).unwrap();
        measure.answers_of(&measure.items[item])
    }

    #[test]
    fn one_digit_is_a_whole_answer_where_no_longer_one_begins_with_it() {
        assert!(is_one_key(set("PHQ-9", 0)) && is_one_key(set("AUDIT", 8)) && is_one_key(set("CIWA-Ar", 9)));
        assert!(!is_one_key(set("SRS", 0)) && !is_one_key(set("BAM-R", 2)));
    }

    #[test]
    fn a_number_of_several_digits_is_refused_at_the_key_that_spoils_it() {
        let total = set("SRS", 0);
        for typed in ["3", "36", "36.", "36,", "36.4", "36,4", "40"] {
            assert!(may_become(total, typed), "{typed}");
        }
        for typed in ["41", "3,64", "1,036", "36.45", "40.1", "x", ".", ""] {
            assert!(!may_become(total, typed), "{typed}");
        }
        assert!(!may_become(set("BAM-R", 2), "31") && !may_become(set("BAM-R", 2), "3."));
    }
}

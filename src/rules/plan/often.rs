//! How often a method is done, as it is typed.

use super::amount;
use crate::domain::{Dose, Method, Often, Per};

/// Reads how often. `None` if the words do not say it.
pub fn read(words: &str) -> Option<Often> {
    let lower = words.trim().to_lowercase();
    if lower.is_empty() {
        return Some(Often::Unsaid);
    }
    if let Some(what) = when_needed(words.trim()) {
        return Some(Often::WhenNeeded(what));
    }
    let parts: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["once"] => return Some(Often::Once),
        ["fortnightly"] | ["every", "other" | "second", "week"] => return Some(Often::EveryWeeks(2)),
        ["every", weeks, "weeks"] => return weeks.parse().ok().filter(|n| *n > 0).map(Often::EveryWeeks),
        [times, "in", "all" | "total"] | [times, "times" | "sessions", ..] if in_all(&parts) => {
            return times.parse().ok().filter(|n| *n > 0).map(Often::InAll);
        }
        _ => {}
    }
    let read = amount::read(&lower)?;
    match (read.per, read.of) {
        (Some(per), _) => u8::try_from(read.times).ok().map(|times| Often::Times { times, per }),
        (None, Some(of)) => Some(Often::InAll(of)),
        (None, None) => None,
    }
}

/// How many times a method is planned in all, where that can be counted: `weekly` over `8 weeks` is 8.
pub fn planned(method: &Method) -> Option<u32> {
    let Dose { often, weeks, .. } = &method.dose;
    let weeks = u32::from(*weeks);
    Some(match often {
        Often::Once => 1,
        Often::InAll(times) => u32::from(*times),
        Often::Times { times, per } if weeks > 0 => match per {
            Per::Day => u32::from(*times) * 7 * weeks,
            Per::Week => u32::from(*times) * weeks,
            Per::Month => (u32::from(*times) * weeks).div_ceil(4),
        },
        Often::EveryWeeks(every) if weeks > 0 && *every > 0 => weeks.div_ceil(u32::from(*every)),
        _ => return None,
    })
}

/// How often a method was held, beside what is planned: `held 4 of 10`; `held 10, planned 3` where it was held more often, which
/// is no fraction of it.
pub fn held_words(held: u32, planned: Option<u32>) -> String {
    match planned {
        Some(planned) if held > planned => format!("held {held}, planned {planned}"),
        Some(planned) => format!("held {held} of {planned}"),
        None => format!("held {held}"),
    }
}

/// How many times a method is planned in so many days, where that can be counted: `weekly` in 40 days is 6. Never more than in all.
pub fn planned_in(method: &Method, days: i32) -> Option<u32> {
    let days = u32::try_from(days).unwrap_or(0);
    // To the nearest whole time.
    let times = |times: u32, span: u32| (times * days + span / 2) / span;
    let in_span = match &method.dose.often {
        Often::Times { times: n, per } => {
            let span = match per {
                Per::Day => 1,
                Per::Week => 7,
                Per::Month => 30,
            };
            Some(times(u32::from(*n), span))
        }
        Often::EveryWeeks(every) if *every > 0 => Some(times(1, 7 * u32::from(*every))),
        _ => None,
    };
    match (in_span, planned(method)) {
        (Some(in_span), Some(in_all)) => Some(in_span.min(in_all)),
        (in_span, in_all) => in_span.or(in_all),
    }
}

/// `8 in all`, `8 times in all`, `8 sessions`: no span is named.
fn in_all(parts: &[&str]) -> bool {
    parts.iter().any(|part| matches!(*part, "all" | "total")) || matches!(parts, [_, "sessions"])
}

/// `when needed: a bad night`, `as needed`: the rest says for what.
fn when_needed(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let start =
        ["when needed", "as needed", "if needed"].into_iter().find(|start| lower.starts_with(start))?;
    let rest = words.get(start.len()..).unwrap_or_default();
    Some(rest.trim_start_matches([':', ',', ' ']).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Per;
    use crate::rules::plan::words::often;

    #[test]
    fn more_than_was_planned_is_no_fraction_of_it() {
        let said =
            [(4, Some(10)), (3, Some(3)), (10, Some(3)), (2, None)].map(|(held, of)| held_words(held, of));
        assert_eq!(said, ["held 4 of 10", "held 3 of 3", "held 10, planned 3", "held 2"]);
    }

    #[test]
    fn how_often_is_read_as_people_write_it() {
        let times = |times, per| Some(Often::Times { times, per });
        assert_eq!(read("weekly"), times(1, Per::Week));
        assert_eq!(read("Twice a week"), times(2, Per::Week));
        assert_eq!(read("3 times a day"), times(3, Per::Day));
        assert_eq!(read("every 2 weeks"), Some(Often::EveryWeeks(2)));
        assert_eq!(read("every other week"), Some(Often::EveryWeeks(2)));
        assert_eq!(read("8 in all"), Some(Often::InAll(8)));
        assert_eq!(read("8 sessions"), Some(Often::InAll(8)));
        assert_eq!(read("once"), Some(Often::Once));
        assert_eq!(read("when needed: A bad night"), Some(Often::WhenNeeded("A bad night".into())));
        assert_eq!(read("  "), Some(Often::Unsaid));
        for words in ["regularly", "every 0 weeks", "soon", "a lot"] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn what_is_shown_reads_back_as_itself() {
        for one in [
            Often::Unsaid,
            Often::Times { times: 1, per: Per::Day },
            Often::Times { times: 2, per: Per::Month },
            Often::Times { times: 5, per: Per::Week },
            Often::EveryWeeks(3),
            Often::InAll(8),
            Often::Once,
            Often::WhenNeeded(String::new()),
            Often::WhenNeeded("a bad night".into()),
        ] {
            assert_eq!(read(&often(&one)), Some(one));
        }
    }
}

//! The level of care over time: which decision is the newest, whether a gap is explained, and what could be asked.
//!
//! Prompts, never decisions (`agreement.md` 7). Must not read the store: decisions and facts are handed in.

use crate::domain::{ImmediateNeed, LevelDecision, Moment, Number, RatingFacts};

/// The reason that asks for interim service and a day to look again (`clinical.md` 1.4).
pub const WAITING_LIST: &str = "waiting list";

/// Days in which two immediate needs ask whether a higher level fits (`agreement.md` 7).
const NOW_TWICE_DAYS: i64 = 30;

/// Returns the newest decision of an episode: the latest day, and of one day the highest number.
pub fn newest<'a>(
    levels: impl IntoIterator<Item = &'a LevelDecision>,
    episode: Number,
) -> Option<&'a LevelDecision> {
    of_episode(levels, episode).max_by_key(|level| (level.on, level.number))
}

/// Returns the decisions of an episode that were not entered in error.
pub fn of_episode<'a>(
    levels: impl IntoIterator<Item = &'a LevelDecision>,
    episode: Number,
) -> impl Iterator<Item = &'a LevelDecision> {
    let stands = move |level: &&LevelDecision| level.episode == episode && level.in_error.trim().is_empty();
    levels.into_iter().filter(stands)
}

/// Whether the level given is not the one indicated.
pub fn differs(level: &LevelDecision) -> bool {
    !level.indicated.is_empty() && level.indicated != level.actual
}

/// Whether the two levels differ and nobody has said why.
pub fn is_unexplained(level: &LevelDecision) -> bool {
    differs(level) && level.reason.trim().is_empty()
}

/// Says what even an admission has to say of a level, or `None`.
pub fn unsaid(level: &LevelDecision) -> Option<&'static str> {
    if level.actual.trim().is_empty() {
        return Some("Choose the level of care the person gets.");
    }
    is_unexplained(level).then_some("Indicated and actual level differ: say why.")
}

/// Says what is missing in a decision, or `None`.
pub fn missing(level: &LevelDecision) -> Option<&'static str> {
    if let Some(why) = unsaid(level) {
        return Some(why);
    }
    if level.reason == WAITING_LIST && level.interim.trim().is_empty() {
        return Some("The person waits for another level: say what is done meanwhile.");
    }
    if level.reason == "other" && level.note.trim().is_empty() {
        return Some("Say in words why the levels differ.");
    }
    None
}

/// A question about a higher level of care that the facts ask. The one about a lower level is the priority rule's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A dimension was rated worse twice running.
    WorseTwice,
    /// Two immediate needs within thirty days.
    NowTwice,
}

impl Ask {
    /// The question in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::WorseTwice => "A rating became worse twice running: step up?",
            Self::NowTwice => "Two immediate needs within 30 days: step up?",
        }
    }
}

/// Returns what could be asked about a higher level. `needs` are those of the client that were not dismissed.
pub fn asks<'a>(
    ratings: &[RatingFacts],
    needs: impl Iterator<Item = &'a ImmediateNeed>,
    now: Moment,
) -> Option<Ask> {
    let recent = needs.filter(|need| now.0 - need.raised_at.0 <= NOW_TWICE_DAYS * 24 * Moment::HOUR).count();
    if recent >= 2 {
        return Some(Ask::NowTwice);
    }
    ratings.iter().any(worse_twice).then_some(Ask::WorseTwice)
}

fn worse_twice(rating: &RatingFacts) -> bool {
    match (rating.now, rating.was.as_slice()) {
        (Some(now), [Some(last), Some(first), ..]) => now > *last && last > first,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, Severity};

    fn level(number: Number, on: i32, indicated: &str, actual: &str) -> LevelDecision {
        let (indicated, actual) = (indicated.to_owned(), actual.to_owned());
        LevelDecision { number, episode: 1, on: Date(on), indicated, actual, ..LevelDecision::default() }
    }

    #[test]
    fn the_newest_day_counts_and_what_is_in_error_does_not() {
        let mut levels = [level(1, 10, "2.1", "2.1"), level(2, 30, "1", "1"), level(3, 20, "", "3.1")];
        assert_eq!(newest(&levels, 1).map(|level| level.number), Some(2));
        levels[1].in_error = "another person's".into();
        assert_eq!(newest(&levels, 1).map(|level| level.number), Some(3));
        assert_eq!(newest(&levels, 2), None, "of another episode");
    }

    #[test]
    fn a_gap_needs_its_reason_and_a_waiting_list_what_is_done_meanwhile() {
        let mut level = level(1, 10, "3.5", "2.1");
        assert!(is_unexplained(&level));
        assert_eq!(missing(&level), Some("Indicated and actual level differ: say why."));
        level.reason = WAITING_LIST.into();
        assert!(missing(&level).is_some_and(|why| why.contains("meanwhile")));
        level.interim = "Two calls a week and the evening group.".into();
        assert_eq!(missing(&level), None);
        level.reason = "other".into();
        assert!(missing(&level).is_some_and(|why| why.contains("in words")));
        level.indicated = "2.1".into();
        level.reason.clear();
        assert!(!is_unexplained(&level) && missing(&level).is_none());
    }

    #[test]
    fn a_level_is_asked_about_and_never_decided() {
        let rating = |now: Option<Severity>, was: &[Severity]| RatingFacts {
            now,
            was: was.iter().copied().map(Some).collect(),
            ..RatingFacts::default()
        };
        let need = |days: i64| ImmediateNeed {
            raised_at: Moment(days * 24 * Moment::HOUR),
            ..ImmediateNeed::default()
        };
        let now = Moment(100 * 24 * Moment::HOUR);
        let ask = |ratings: &[RatingFacts], needs: &[ImmediateNeed]| asks(ratings, needs.iter(), now);
        let (low, mid) = (Severity::Mild, Severity::Moderate);
        assert_eq!(ask(&[rating(Some(low), &[])], &[]), None);
        assert_eq!(ask(&[rating(Some(mid), &[low])], &[]), None);
        assert_eq!(ask(&[rating(Some(Severity::Serious), &[mid, low])], &[]), Some(Ask::WorseTwice));
        assert_eq!(ask(&[rating(Some(Severity::Serious), &[mid, mid])], &[]), None);
        assert_eq!(ask(&[rating(Some(mid), &[])], &[need(71), need(99)]), Some(Ask::NowTwice));
        assert_eq!(ask(&[rating(Some(mid), &[])], &[need(69), need(99)]), None);
    }
}

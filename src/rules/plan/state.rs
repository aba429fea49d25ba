//! Which state of a line may follow which, and what has to be said with it.

use crate::domain::LineState;

/// Why a line may not take a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// The line has this state already.
    #[error("It is {0} already.")]
    Same(&'static str),
    /// This state never follows the one it has.
    #[error("A line that is {from} cannot become {to}.")]
    Never {
        /// The word of the state it has.
        from: &'static str,
        /// The word of the state it would take.
        to: &'static str,
    },
    /// Nobody said why.
    #[error("Write why in a sentence. It stays in the history.")]
    WhyMissing,
    /// The day to look again is not ahead.
    #[error("Choose a day to look again that is not in the past.")]
    DayPast,
}

/// Whether `to` may ever follow `from`.
#[allow(clippy::match_same_arms)] // a row for each rule
pub fn may_follow(from: LineState, to: LineState) -> bool {
    use LineState as S;
    match (from, to) {
        // It can be put off again, to another day.
        (S::Deferred { .. }, S::Deferred { .. }) => from != to,
        // What was stopped for a wrong reason gets another one.
        (S::Stopped(a), S::Stopped(b)) => a != b,
        (S::EnteredInError, _) => false,
        (_, S::EnteredInError) => true,
        (_, S::Proposed) => false,
        (S::Proposed, S::Met | S::PartlyMet) => false,
        (S::Proposed, _) => true,
        (S::Active | S::Deferred { .. }, _) => from != to,
        // What ended may go on, or have ended otherwise.
        (S::Met | S::PartlyMet | S::Stopped(_), S::Deferred { .. }) => false,
        (S::Met | S::PartlyMet | S::Stopped(_), _) => from != to,
    }
}

/// Whether the change has to be explained in words: whatever puts a line aside, takes it away, or opens it again.
pub fn needs_words(from: LineState, to: LineState) -> bool {
    use LineState as S;
    match to {
        S::Deferred { .. } | S::EnteredInError | S::Stopped(_) | S::PartlyMet => true,
        S::Active => !matches!(from, S::Proposed),
        S::Met | S::Proposed => false,
    }
}

/// Checks that a line may take a state on a day, with these words.
pub fn check(
    from: LineState,
    to: LineState,
    words: &str,
    today: crate::domain::Date,
) -> Result<(), StateError> {
    if from == to {
        return Err(StateError::Same(to.word()));
    }
    if !may_follow(from, to) {
        return Err(StateError::Never { from: from.word(), to: to.word() });
    }
    if let LineState::Deferred { until, .. } = to
        && until < today
    {
        return Err(StateError::DayPast);
    }
    if needs_words(from, to) && words.trim().is_empty() {
        return Err(StateError::WhyMissing);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, StopWhy};

    const TODAY: Date = Date(20_000);

    fn all() -> [LineState; 7] {
        let until = Date(20_030);
        [
            LineState::Proposed,
            LineState::Active,
            LineState::Met,
            LineState::PartlyMet,
            LineState::Stopped(StopWhy::NotWanted),
            LineState::Deferred { until, agrees: None },
            LineState::EnteredInError,
        ]
    }

    #[test]
    fn the_table_of_states_is_as_it_is_written_down() {
        // From each state, in the order of `all`: `x` may follow, `.` may not.
        let table = ["·x..xxx", "·.xxxxx", ".x.xx.x", ".xx.x.x", ".xxx..x", ".xxxx.x", "......."];
        for (from, row) in all().into_iter().zip(table) {
            for (to, mark) in all().into_iter().zip(row.chars()) {
                assert_eq!(may_follow(from, to), mark == 'x', "{from:?} -> {to:?}");
            }
        }
        let later = LineState::Deferred { until: Date(20_060), agrees: Some(true) };
        assert!(may_follow(LineState::Deferred { until: Date(20_030), agrees: None }, later));
    }

    #[test]
    fn what_puts_aside_or_opens_again_is_explained() {
        let deferred = LineState::Deferred { until: Date(20_030), agrees: None };
        assert_eq!(check(LineState::Active, deferred, " ", TODAY), Err(StateError::WhyMissing));
        assert_eq!(check(LineState::Active, deferred, "her mother is ill", TODAY), Ok(()));
        assert_eq!(check(LineState::Met, LineState::Active, "", TODAY), Err(StateError::WhyMissing));
        assert_eq!(check(LineState::Proposed, LineState::Active, "", TODAY), Ok(()));
        assert_eq!(check(LineState::Active, LineState::Met, "", TODAY), Ok(()));
        let past = LineState::Deferred { until: Date(19_999), agrees: None };
        assert_eq!(check(LineState::Active, past, "later", TODAY), Err(StateError::DayPast));
        assert_eq!(check(LineState::Met, LineState::Met, "", TODAY), Err(StateError::Same("met")));
        let error = check(LineState::EnteredInError, LineState::Active, "no", TODAY).unwrap_err();
        assert_eq!(error.to_string(), "A line that is entered in error cannot become active.");
    }
}

//! The life of an immediate need (`clinical.md` 2.2 and 2.4): what a 4 asks, which steps a person may take.
//!
//! Instruments and ratings only propose; nothing clears by itself. Must not write anything.

pub mod story;
pub mod told;

use crate::domain::{ClockTime, LocalTime, Moment, NeedFacts, NeedStands, NeedState, Severity, TriageAnswer};
use crate::packs::FourIsNow;
use std::fmt;

/// What entering or carrying a rating calls for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnRating {
    /// Nothing.
    Nothing,
    /// A need is proposed (source: rating).
    Propose,
    /// "Immediate action needed?" is asked, No highlighted. Yes asks for the reason; Esc keeps the 4 and proposes.
    Ask,
}

/// What a rating in one dimension calls for. `needs` are those of this dimension: while one is open a 4 calls for no
/// second; a carried 4 calls for none either if one was resolved for it.
pub fn on_rating<'a>(
    severity: Option<Severity>,
    carried: bool,
    four_is_now: FourIsNow,
    needs: impl IntoIterator<Item = &'a NeedFacts>,
) -> OnRating {
    let answered = |need: &NeedFacts| carried || !matches!(need.stands, NeedStands::Resolved { .. });
    if severity != Some(Severity::Severe) || needs.into_iter().any(answered) {
        return OnRating::Nothing;
    }
    match four_is_now {
        FourIsNow::On => OnRating::Propose,
        FourIsNow::Ask => OnRating::Ask,
    }
}

/// Why a need cannot go where it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedError {
    /// It is resolved or dismissed; a new one must be raised.
    Over,
    /// A need does not go back to proposed, nor from in hand to confirmed.
    Backwards,
    /// In hand without an action.
    ActionMissing,
    /// Resolved without a word on what was done or found.
    OutcomeMissing,
    /// Dismissed without a reason.
    ReasonMissing,
    /// It is open: there is nothing to take back.
    NotOver,
    /// Opened again without a word on what was wrong.
    MistakeMissing,
    /// A correction without words.
    WordsMissing,
    /// There are no words there to correct.
    NoSuchWords,
    /// Since when there has been danger is later than when it was written down.
    AfterItWasWritten,
    /// It is in that dimension already.
    SameDimension,
}

impl fmt::Display for NeedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Over => {
                "This immediate need is over. Open it again if that was a mistake, or raise a new one."
            }
            Self::Backwards => "An immediate need cannot go back. Take it in hand, resolve it or dismiss it.",
            Self::ActionMissing => "Write what is being done.",
            Self::OutcomeMissing => "Write what was done or found.",
            Self::ReasonMissing => "Write why it is dismissed, for example: yes was pressed by mistake.",
            Self::NotOver => "This immediate need is open.",
            Self::MistakeMissing => "Write what was wrong, for example: dismissed by mistake.",
            Self::WordsMissing => "Type the words as they should be.",
            Self::NoSuchWords => "There are no words there to correct.",
            Self::AfterItWasWritten => {
                "That is later than it was written down. Type when the danger began, as far as it is known."
            }
            Self::SameDimension => "It is in that dimension already. Choose another one.",
        })
    }
}

impl std::error::Error for NeedError {}

/// Whether a person may move a need from one state to the next. In hand may be renewed (another action, a later
/// recheck).
pub fn may_become(from: &NeedState, to: &NeedState) -> Result<(), NeedError> {
    let missing = |text: &str| text.trim().is_empty();
    match (from, to) {
        (NeedState::Resolved { .. } | NeedState::Dismissed { .. }, _) => Err(NeedError::Over),
        (_, NeedState::Proposed)
        | (NeedState::Confirmed | NeedState::InHand { .. }, NeedState::Confirmed) => {
            Err(NeedError::Backwards)
        }
        (_, NeedState::InHand { action, .. }) if missing(action) => Err(NeedError::ActionMissing),
        (_, NeedState::Resolved { outcome }) if missing(outcome) => Err(NeedError::OutcomeMissing),
        (_, NeedState::Dismissed { reason }) if missing(reason) => Err(NeedError::ReasonMissing),
        _ => Ok(()),
    }
}

/// When to look again at a need taken in hand, as typed, unless a person says otherwise (`clinical.md` 2.2).
pub const USUAL_RECHECK: &str = "+24h";

/// Reads when to look again as typed: `+24h`, `+30m`, `+2d`, hours alone (`2`), or a time of day (`16:00`, `4pm`, the next
/// one). `None` if it is none of these or lies more than 30 days ahead.
pub fn read_recheck(text: &str, now: Moment, local: LocalTime) -> Option<Moment> {
    let text = text.trim().to_lowercase();
    if text.contains(':') || ["am", "pm", "noon"].iter().any(|end| text.ends_with(end)) {
        let minutes = i64::from(ClockTime::parse(&text)?.0) - i64::from(local.time.0);
        let ahead = if minutes > 0 { minutes } else { minutes + 24 * 60 };
        return Some(now.plus_ms(ahead * 60_000 - i64::from(local.second) * 1_000));
    }
    let span = text.strip_prefix('+').unwrap_or(&text).trim();
    let digits = span.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match span.get(digits.len()..)?.trim() {
        "" | "h" => 60,
        "m" | "min" => 1,
        "d" => 24 * 60,
        _ => return None,
    };
    let minutes = digits.trim().parse::<i64>().ok()?.checked_mul(unit)?;
    (1..=30 * 24 * 60).contains(&minutes).then(|| now.plus_ms(minutes * 60_000))
}

/// Why a triage is not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TriageError {
    /// Not one answer for each dimension that has questions, in their order.
    OtherQuestions,
    /// This dimension is not answered, and no yes lets it wait.
    Unanswered(u8),
    /// A yes in this dimension without what the danger is.
    ReasonMissing(u8),
}

/// Whether a triage can be written down: every line is answered or left for later on purpose, or there is at least one
/// yes, which lets the rest wait; every yes has its reason. `asked` are the dimensions that have questions.
pub fn check_triage(asked: &[u8], answers: &[TriageAnswer]) -> Result<(), TriageError> {
    if !answers.iter().map(|answer| answer.dimension).eq(asked.iter().copied()) {
        return Err(TriageError::OtherQuestions);
    }
    let yes = |answer: &&TriageAnswer| answer.danger == Some(true);
    if let Some(answer) = answers.iter().filter(yes).find(|answer| answer.reason.trim().is_empty()) {
        return Err(TriageError::ReasonMissing(answer.dimension));
    }
    if let Some(answer) = answers.iter().filter(yes).find(|answer| is_only_answers(&answer.reason)) {
        return Err(TriageError::ReasonMissing(answer.dimension));
    }
    let waits = answers.iter().find(|answer| answer.danger.is_none() && !answer.later);
    match waits {
        Some(answer) if !answers.iter().any(|answer| answer.danger == Some(true)) => {
            Err(TriageError::Unanswered(answer.dimension))
        }
        _ => Ok(()),
    }
}

/// Whether a text holds nothing but answers (`2`, `222`, `y n`): keys that were meant for the next questions.
pub fn is_only_answers(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| !c.is_whitespace()).peekable();
    letters.peek().is_some() && letters.all(|c| matches!(c.to_ascii_lowercase(), 'y' | 'n' | '1' | '2' | '-'))
}

/// Hours within which a proposed need is decided on, where the rules of a place say nothing else.
pub const DECIDE_WITHIN_HOURS: u16 = 24;

/// By when somebody acts on a need; `None` once it is resolved. `hours` are those within which it is decided on, unless what raised
/// the need leaves fewer.
pub fn act_by(need: &NeedFacts, hours: u16) -> Option<Moment> {
    let hours = if need.hours > 0 { hours.min(need.hours) } else { hours };
    match need.stands {
        NeedStands::Proposed => Some(need.raised_at.plus_ms(i64::from(hours) * Moment::HOUR)),
        NeedStands::Confirmed => Some(need.raised_at),
        NeedStands::InHand { recheck_at } => Some(recheck_at),
        NeedStands::Resolved { .. } => None,
    }
}

/// Shown to the supervisor: it waits too long to be decided on, or the recheck has passed. While nobody has the person on
/// a caseload, whatever nobody acts on yet is shown at once: nobody else would see it.
pub fn calls_supervisor(need: &NeedFacts, now: Moment, hours: u16, is_nobodys: bool) -> bool {
    match need.stands {
        NeedStands::Proposed | NeedStands::Confirmed if is_nobodys => true,
        // A critical answer is shown from the key on.
        NeedStands::Proposed if need.hours > 0 => true,
        NeedStands::Confirmed => false,
        _ => act_by(need, hours).is_some_and(|by| by <= now),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, StaffId};

    fn need(stands: NeedStands) -> NeedFacts {
        NeedFacts {
            number: 1,
            set: "ASAM3".into(),
            dimension: 3,
            stands,
            raised_at: Moment(0),
            ..NeedFacts::default()
        }
    }

    #[test]
    fn a_four_proposes_or_asks_once() {
        let four = Some(Severity::Severe);
        assert_eq!(on_rating(four, false, FourIsNow::On, []), OnRating::Propose);
        assert_eq!(on_rating(four, false, FourIsNow::Ask, []), OnRating::Ask);
        assert_eq!(on_rating(four, true, FourIsNow::On, []), OnRating::Propose);
        assert_eq!(on_rating(Some(Severity::Serious), false, FourIsNow::On, []), OnRating::Nothing);
        assert_eq!(on_rating(None, false, FourIsNow::On, []), OnRating::Nothing);
        let open = [need(NeedStands::Confirmed)];
        assert_eq!(on_rating(four, false, FourIsNow::On, &open), OnRating::Nothing);
        let resolved = [need(NeedStands::Resolved { on: Date(0) })];
        assert_eq!(on_rating(four, true, FourIsNow::On, &resolved), OnRating::Nothing);
        assert_eq!(on_rating(four, false, FourIsNow::On, &resolved), OnRating::Propose);
    }

    #[test]
    fn a_need_only_goes_forward_and_says_why() {
        let hand = |action: &str| NeedState::InHand {
            action: action.into(),
            owner: StaffId::default(),
            recheck_at: Moment(0),
        };
        let resolved = |outcome: &str| NeedState::Resolved { outcome: outcome.into() };
        let dismissed = |reason: &str| NeedState::Dismissed { reason: reason.into() };
        for open in [NeedState::Proposed, NeedState::Confirmed, hand("call")] {
            for to in [hand("call"), resolved("safe"), dismissed("misread")] {
                assert_eq!(may_become(&open, &to), Ok(()));
            }
            assert_eq!(may_become(&open, &NeedState::Proposed), Err(NeedError::Backwards));
            assert_eq!(may_become(&open, &hand(" ")), Err(NeedError::ActionMissing));
            assert_eq!(may_become(&open, &resolved("")), Err(NeedError::OutcomeMissing));
            assert_eq!(may_become(&open, &dismissed("")), Err(NeedError::ReasonMissing));
        }
        assert_eq!(may_become(&NeedState::Proposed, &NeedState::Confirmed), Ok(()));
        assert_eq!(may_become(&hand("x"), &NeedState::Confirmed), Err(NeedError::Backwards));
        assert_eq!(may_become(&resolved("x"), &hand("x")), Err(NeedError::Over));
    }

    #[test]
    fn a_triage_is_whole_or_a_yes_lets_the_rest_wait() {
        let answer = |dimension, danger, reason: &str| TriageAnswer {
            dimension,
            danger,
            reason: reason.into(),
            ..TriageAnswer::default()
        };
        let (no, none) = (Some(false), None);
        let of = |answers: &[(Option<bool>, &str)]| {
            let answers: Vec<_> =
                (1..).zip(answers).map(|(n, (danger, why))| answer(n, *danger, why)).collect();
            check_triage(&[1, 2, 3], &answers)
        };
        assert_eq!(of(&[(no, ""), (no, ""), (no, "")]), Ok(()));
        assert_eq!(of(&[(no, ""), (none, ""), (no, "")]), Err(TriageError::Unanswered(2)));
        assert_eq!(of(&[(none, ""), (none, ""), (none, "")]), Err(TriageError::Unanswered(1)));
        assert_eq!(of(&[(none, ""), (Some(true), "a plan"), (none, "")]), Ok(()));
        assert_eq!(of(&[(no, ""), (Some(true), " "), (none, "")]), Err(TriageError::ReasonMissing(2)));
        assert_eq!(of(&[(no, ""), (no, "")]), Err(TriageError::OtherQuestions));
        assert_eq!(of(&[(no, ""), (Some(true), "nnn"), (none, "")]), Err(TriageError::ReasonMissing(2)));
        let later = TriageAnswer { later: true, ..answer(3, None, "") };
        assert_eq!(check_triage(&[1, 2, 3], &[answer(1, no, ""), answer(2, no, ""), later]), Ok(()));
    }

    #[test]
    fn a_recheck_is_read_as_it_is_typed() {
        let local = LocalTime { date: Date(0), time: ClockTime::new(14, 3).unwrap(), second: 22 };
        let minutes = |text| read_recheck(text, Moment(0), local).map(|at| at.0 / 60_000);
        assert_eq!(minutes(USUAL_RECHECK), Some(24 * 60));
        assert_eq!(minutes("2"), Some(120));
        assert_eq!(minutes(" +30 min"), Some(30));
        assert_eq!(minutes("+2d"), Some(2 * 24 * 60));
        assert_eq!(read_recheck("16:00", Moment(22_000), local), Some(Moment(117 * 60_000)));
        assert_eq!(read_recheck("4 pm", Moment(22_000), local), Some(Moment(117 * 60_000)));
        assert_eq!(read_recheck("9:00", Moment(22_000), local), Some(Moment((24 * 60 - 303) * 60_000)));
        for text in ["", "soon", "0", "-2", "+99d", "25:00", "9999999999999999999"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }

    #[test]
    fn what_waits_too_long_is_shown_to_the_supervisor() {
        let day = Moment(24 * Moment::HOUR);
        assert!(calls_supervisor(&need(NeedStands::Proposed), day, DECIDE_WITHIN_HOURS, false));
        assert!(!calls_supervisor(
            &need(NeedStands::Proposed),
            Moment(day.0 - 1),
            DECIDE_WITHIN_HOURS,
            false
        ));
        let at = Moment(24 * Moment::HOUR);
        assert!(calls_supervisor(
            &need(NeedStands::InHand { recheck_at: at }),
            day,
            DECIDE_WITHIN_HOURS,
            false
        ));
        assert!(!calls_supervisor(
            &need(NeedStands::InHand { recheck_at: at }),
            Moment(day.0 - 1),
            DECIDE_WITHIN_HOURS,
            false
        ));
        assert!(!calls_supervisor(
            &need(NeedStands::Confirmed),
            Moment(i64::MAX),
            DECIDE_WITHIN_HOURS,
            false
        ));
    }

    #[test]
    fn a_critical_answer_is_decided_within_its_own_hours_and_is_the_supervisors_at_once() {
        let of = |hours| NeedFacts { hours, ..need(NeedStands::Proposed) };
        assert_eq!(act_by(&of(1), 24), Some(Moment(Moment::HOUR)));
        assert_eq!(act_by(&of(24), 8), Some(Moment(8 * Moment::HOUR)), "the rule of the place is stricter");
        assert_eq!(act_by(&of(0), 24), Some(Moment(24 * Moment::HOUR)));
        assert!(
            calls_supervisor(&of(1), Moment(0), 24, false) && !calls_supervisor(&of(0), Moment(0), 24, false)
        );
    }

    #[test]
    fn danger_of_somebody_nobody_counsels_is_shown_to_the_supervisor_at_once() {
        let at_once = |stands| calls_supervisor(&need(stands), Moment(1), DECIDE_WITHIN_HOURS, true);
        assert!(at_once(NeedStands::Proposed) && at_once(NeedStands::Confirmed));
        let recheck_at = Moment(24 * Moment::HOUR);
        assert!(!at_once(NeedStands::InHand { recheck_at }), "somebody acts on it");
    }
}

//! The story of one immediate need: everything that is said, changed and decided about it is an entry with date and author.
//!
//! Nothing that was said about danger is ever replaced without its old wording being kept.

use super::{NeedError, may_become};
use crate::domain::{
    ClientId, DimensionRef, ImmediateNeed, Moment, NeedEntry, NeedSource, NeedState, NeedStep, Number,
    StaffId,
};

/// Who acts, and when.
#[derive(Clone, Copy, Debug)]
pub struct Acting {
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Moment,
}

impl Acting {
    fn entry(self, step: NeedStep, words: &str) -> NeedEntry {
        NeedEntry { at: self.at, by: self.by, step, words: words.trim().to_owned(), ..NeedEntry::default() }
    }
}

/// Returns a need as it is raised: a person's is confirmed at once, any other only proposed.
pub fn raised(
    (client, number): (ClientId, Number),
    dimension: DimensionRef,
    reason: &str,
    source: NeedSource,
    acting: Acting,
) -> ImmediateNeed {
    let state = if source == NeedSource::Clinician { NeedState::Confirmed } else { NeedState::Proposed };
    ImmediateNeed {
        client,
        number,
        dimension,
        raised_at: acting.at,
        raised_by: acting.by,
        reason: reason.trim().to_owned(),
        source,
        state,
        state_by: acting.by,
        state_at: acting.at,
        history: vec![acting.entry(NeedStep::Raised, reason)],
        hours: 0,
    }
}

/// Returns a need as a critical answer proposes it, with the hours within which it is decided on.
pub fn proposed(
    (client, number): (ClientId, Number),
    dimension: DimensionRef,
    reason: &str,
    hours: u16,
    acting: Acting,
) -> ImmediateNeed {
    ImmediateNeed { hours, ..raised((client, number), dimension, reason, NeedSource::Instrument, acting) }
}

/// Another critical answer while the proposal is undecided: its words are added, and the fewer hours hold.
pub fn proposed_again(need: &mut ImmediateNeed, words: &str, hours: u16, acting: Acting) {
    need.history.push(acting.entry(NeedStep::SaidAgain, words));
    need.reason = format!("{}; {}", need.reason, words.trim());
    need.hours = if need.hours == 0 { hours } else { need.hours.min(hours) };
}

/// Danger is found again while the need is open: the new words extend it, and a proposal is confirmed.
pub fn said_again(need: &mut ImmediateNeed, words: &str, acting: Acting) {
    need.history.push(acting.entry(NeedStep::SaidAgain, words));
    if !words.trim().is_empty() {
        words.trim().clone_into(&mut need.reason);
    }
    if need.state == NeedState::Proposed {
        need.history.push(acting.entry(NeedStep::Confirmed, ""));
        (need.state, need.state_by, need.state_at) = (NeedState::Confirmed, acting.by, acting.at);
    }
}

/// Danger was asked about while the need is open, and the answer was no. The need stays open until a person decides.
pub fn answered_no(need: &mut ImmediateNeed, acting: Acting) {
    need.history.push(acting.entry(NeedStep::AnsweredNo, ""));
}

/// A person decides that the need stays open.
pub fn kept(need: &mut ImmediateNeed, words: &str, acting: Acting) -> Result<(), NeedError> {
    if !need.state.open() {
        return Err(NeedError::Over);
    }
    need.history.push(acting.entry(NeedStep::Kept, words));
    Ok(())
}

/// A person moves the need on.
pub fn decided(need: &mut ImmediateNeed, state: NeedState, acting: Acting) -> Result<(), NeedError> {
    may_become(&need.state, &state)?;
    let (step, words) = match &state {
        NeedState::Proposed | NeedState::Confirmed => (NeedStep::Confirmed, ""),
        NeedState::InHand { action, .. } => (NeedStep::InHand, action.as_str()),
        NeedState::Resolved { outcome } => (NeedStep::Resolved, outcome.as_str()),
        NeedState::Dismissed { reason } => (NeedStep::Dismissed, reason.as_str()),
    };
    need.history.push(acting.entry(step, words));
    (need.state, need.state_by, need.state_at) = (state, acting.by, acting.at);
    Ok(())
}

/// Takes back that the need is over. It goes on since when it did: to be decided if nobody had said that there is danger, and
/// confirmed if somebody had.
pub fn reopened(need: &mut ImmediateNeed, why: &str, acting: Acting) -> Result<(), NeedError> {
    if need.state.open() {
        return Err(NeedError::NotOver);
    }
    if why.trim().is_empty() {
        return Err(NeedError::MistakeMissing);
    }
    let was_found = |entry: &NeedEntry| matches!(entry.step, NeedStep::Confirmed | NeedStep::InHand);
    let found = need.source == NeedSource::Clinician || need.history.iter().any(was_found);
    let state = if found { NeedState::Confirmed } else { NeedState::Proposed };
    need.history.push(acting.entry(NeedStep::Reopened, why));
    (need.state, need.state_by, need.state_at) = (state, acting.by, acting.at);
    Ok(())
}

/// Corrects the wording of the entry at `at`. The entry shows the new words, and a further entry keeps the old ones.
pub fn corrected(need: &mut ImmediateNeed, at: usize, words: &str, acting: Acting) -> Result<(), NeedError> {
    let words = words.trim();
    if words.is_empty() {
        return Err(NeedError::WordsMissing);
    }
    let entry =
        need.history.get_mut(at).filter(|entry| is_correctable(entry)).ok_or(NeedError::NoSuchWords)?;
    let was = std::mem::replace(&mut entry.words, words.to_owned());
    let of = u32::try_from(at + 1).unwrap_or_default();
    need.history.push(NeedEntry { was, of, ..acting.entry(NeedStep::Corrected, words) });
    let newest = |of: &[NeedStep]| need.history.iter().rposition(|entry| of.contains(&entry.step));
    if newest_said(need) == Some(at) {
        words.clone_into(&mut need.reason);
    }
    if newest(&[NeedStep::InHand, NeedStep::Resolved, NeedStep::Dismissed]) == Some(at) {
        match &mut need.state {
            NeedState::InHand { action: text, .. }
            | NeedState::Resolved { outcome: text }
            | NeedState::Dismissed { reason: text } => words.clone_into(text),
            NeedState::Proposed | NeedState::Confirmed => {}
        }
    }
    Ok(())
}

/// Corrects since when there has been danger. `said` are the old and the new moment as a person reads them.
pub fn since_corrected(
    need: &mut ImmediateNeed,
    since: Moment,
    said: (String, String),
    acting: Acting,
) -> Result<(), NeedError> {
    let written = need.history.first().map_or(acting.at, |entry| entry.at);
    if since > written {
        return Err(NeedError::AfterItWasWritten);
    }
    need.raised_at = since;
    need.history.push(NeedEntry { was: said.0, ..acting.entry(NeedStep::SinceCorrected, &said.1) });
    Ok(())
}

/// Moves a need to the dimension it belongs to.
pub fn dimension_corrected(
    need: &mut ImmediateNeed,
    to: DimensionRef,
    acting: Acting,
) -> Result<(), NeedError> {
    if need.dimension == to {
        return Err(NeedError::SameDimension);
    }
    let words = format!("D{}", to.number);
    let was = format!("D{}", std::mem::replace(&mut need.dimension, to).number);
    need.history.push(NeedEntry { was, ..acting.entry(NeedStep::DimensionCorrected, &words) });
    Ok(())
}

/// Whether the words of an entry can be corrected: it has words of its own.
pub fn is_correctable(entry: &NeedEntry) -> bool {
    use NeedStep::{AnsweredNo, Confirmed, Corrected, DimensionCorrected, SinceCorrected};
    !matches!(entry.step, Corrected | SinceCorrected | DimensionCorrected | AnsweredNo | Confirmed)
        && (!entry.words.is_empty() || entry.step == NeedStep::Raised)
}

/// Returns the history with every entry in the words it was written with. A correction has the words before and after it.
pub fn as_written(need: &ImmediateNeed) -> Vec<NeedEntry> {
    let mut entries = need.history.clone();
    for at in (0..entries.len()).rev().filter(|at| need.history[*at].step == NeedStep::Corrected) {
        let NeedEntry { words, was, of, .. } = entries[at].clone();
        let of = match of {
            // Corrections did not always say which entry they are about: its words do.
            0 => entries[..at].iter().rposition(|entry| is_correctable(entry) && entry.words == words),
            place => usize::try_from(place - 1).ok(),
        };
        if let Some(entry) = of.and_then(|of| entries.get_mut(of)) {
            entry.words = was;
        }
    }
    entries
}

/// When the words of the entry at this place were last corrected, if they were.
pub fn corrected_at(need: &ImmediateNeed, place: usize) -> Option<Moment> {
    let mut corrections = need.history.iter().rev().filter(|entry| entry.step == NeedStep::Corrected);
    let about = |entry: &&NeedEntry| match entry.of {
        0 => need.history.get(place).is_some_and(|said| said.words == entry.words),
        of => usize::try_from(of - 1) == Ok(place),
    };
    corrections.find(about).map(|entry| entry.at)
}

/// The place of the newest words that say what the danger is.
pub fn newest_said(need: &ImmediateNeed) -> Option<usize> {
    let says = |entry: &NeedEntry| match entry.step {
        NeedStep::Raised | NeedStep::Told => true,
        NeedStep::SaidAgain => !entry.words.is_empty(),
        _ => false,
    };
    need.history.iter().rposition(says)
}

/// Everything that was said about what the danger is, newest first, each with its place in the history.
pub fn said(need: &ImmediateNeed) -> Vec<(usize, &NeedEntry)> {
    let said = need.history.iter().enumerate().rev();
    said.filter(|(_, entry)| {
        matches!(entry.step, NeedStep::Raised | NeedStep::SaidAgain | NeedStep::Told)
            && !entry.words.is_empty()
    })
    .collect()
}

/// What an entry is called where the history is shown.
pub fn step_words(step: NeedStep) -> &'static str {
    match step {
        NeedStep::Raised => "raised",
        NeedStep::SaidAgain => "danger found again",
        NeedStep::Corrected => "words corrected",
        NeedStep::AnsweredNo => "asked again, answered no",
        NeedStep::Kept => "stays open",
        NeedStep::Confirmed => "confirmed",
        NeedStep::InHand => "in hand",
        NeedStep::Resolved => "resolved",
        NeedStep::Dismissed => "dismissed",
        NeedStep::SinceCorrected => "since when corrected",
        NeedStep::DimensionCorrected => "dimension corrected",
        NeedStep::Reopened => "open again",
        NeedStep::Told => "passed on what was said",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acting(at: i64) -> Acting {
        Acting { by: StaffId([7; 16]), at: Moment(at) }
    }

    fn need() -> ImmediateNeed {
        let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
        raised((ClientId::default(), 1), dimension, "has a plan", NeedSource::Clinician, acting(1))
    }

    fn steps(need: &ImmediateNeed) -> Vec<(NeedStep, &str, i64)> {
        need.history.iter().map(|entry| (entry.step, entry.words.as_str(), entry.at.0)).collect()
    }

    #[test]
    fn a_yes_with_new_words_extends_the_need_and_loses_none() {
        let mut need = need();
        said_again(&mut need, " has the pills with her ", acting(2));
        said_again(&mut need, "", acting(3));
        assert_eq!(need.reason, "has the pills with her");
        let words: Vec<&str> = said(&need).iter().map(|(_, entry)| entry.words.as_str()).collect();
        assert_eq!(words, ["has the pills with her", "has a plan"]);
        assert_eq!(need.raised_at, Moment(1), "it has been open since it was raised");
    }

    #[test]
    fn a_yes_confirms_a_proposal_and_says_so() {
        let mut need = ImmediateNeed { state: NeedState::Proposed, ..need() };
        said_again(&mut need, "now", acting(2));
        assert_eq!((need.state.clone(), need.state_at), (NeedState::Confirmed, Moment(2)));
        assert_eq!(steps(&need)[1..], [(NeedStep::SaidAgain, "now", 2), (NeedStep::Confirmed, "", 2)]);
    }

    #[test]
    fn what_is_over_by_mistake_is_open_again_since_when_it_was() {
        let over = |state: NeedState, source: NeedSource, more: &[NeedState]| {
            let mut need = ImmediateNeed { source, state, ..need() };
            for state in more {
                decided(&mut need, state.clone(), acting(2)).unwrap();
            }
            need
        };
        let slip = || NeedState::Dismissed { reason: "meant another person".into() };
        let mut proposed = over(NeedState::Proposed, NeedSource::Rating, &[slip()]);
        assert_eq!(reopened(&mut proposed, " ", acting(3)), Err(NeedError::MistakeMissing));
        assert_eq!(reopened(&mut proposed, "wrong key", acting(3)), Ok(()));
        assert_eq!((proposed.state.clone(), proposed.raised_at), (NeedState::Proposed, Moment(1)));
        assert_eq!(steps(&proposed).last(), Some(&(NeedStep::Reopened, "wrong key", 3)));
        assert_eq!(reopened(&mut proposed, "again", acting(4)), Err(NeedError::NotOver));
        let mut found = over(NeedState::Proposed, NeedSource::Rating, &[NeedState::Confirmed, slip()]);
        assert_eq!(reopened(&mut found, "wrong key", acting(3)), Ok(()));
        assert_eq!(found.state, NeedState::Confirmed);
        let mut said = over(NeedState::Confirmed, NeedSource::Clinician, &[slip()]);
        assert_eq!(reopened(&mut said, "wrong key", acting(3)), Ok(()));
        assert_eq!(said.state, NeedState::Confirmed);
    }

    #[test]
    fn a_correction_keeps_the_old_wording_with_date_and_author() {
        let mut need = need();
        said_again(&mut need, "has the plls", acting(2));
        assert_eq!(corrected(&mut need, 1, "has the pills", acting(3)), Ok(()));
        assert_eq!(need.reason, "has the pills");
        let last = need.history.last().unwrap();
        assert_eq!((last.step, last.was.as_str(), last.at), (NeedStep::Corrected, "has the plls", Moment(3)));
        assert_eq!(corrected(&mut need, 0, "has two plans", acting(4)), Ok(()));
        assert_eq!(need.reason, "has the pills", "older words are not the newest ones");
        assert_eq!(corrected(&mut need, 2, "x", acting(5)), Err(NeedError::NoSuchWords));
        assert_eq!(corrected(&mut need, 0, " ", acting(5)), Err(NeedError::WordsMissing));
    }

    #[test]
    fn the_history_shows_every_entry_in_the_words_it_was_written_with() {
        let mut need = raised(
            (ClientId::default(), 1),
            DimensionRef::default(),
            "took pils",
            NeedSource::Clinician,
            acting(1),
        );
        said_again(&mut need, "took pills", acting(2));
        assert_eq!(corrected(&mut need, 0, "took pills", acting(3)), Ok(()));
        assert_eq!(corrected(&mut need, 0, "took 20 pills", acting(4)), Ok(()));
        let shown = |need: &ImmediateNeed| {
            let entries = as_written(need).into_iter();
            entries.map(|entry| format!("{} < {}", entry.words, entry.was)).collect::<Vec<_>>()
        };
        let right = ["took pils < ", "took pills < ", "took pills < took pils", "took 20 pills < took pills"];
        assert_eq!(shown(&need), right);
        assert_eq!((corrected_at(&need, 0), corrected_at(&need, 1)), (Some(Moment(4)), None));
        // Written before corrections said which entry they are about.
        need.history.remove(1);
        need.history.iter_mut().for_each(|entry| entry.of = 0);
        assert_eq!(shown(&need), [right[0], right[2], right[3]]);
    }

    #[test]
    fn the_words_of_a_decision_are_corrected_where_they_are_shown() {
        let mut need = need();
        let resolved = NeedState::Resolved { outcome: "safe at hme".into() };
        assert_eq!(decided(&mut need, resolved, acting(2)), Ok(()));
        assert_eq!(corrected(&mut need, 1, "safe at home", acting(3)), Ok(()));
        assert_eq!(need.state, NeedState::Resolved { outcome: "safe at home".into() });
        assert_eq!((need.state_at, need.history[1].at), (Moment(2), Moment(2)), "when it was decided stays");
    }

    #[test]
    fn a_wrong_time_or_dimension_is_corrected_and_what_was_there_is_kept() {
        let mut need = ImmediateNeed { raised_at: Moment(50), ..need() };
        need.history[0].at = Moment(50);
        let said = || ("21 Nov 13:00".to_owned(), "20 Nov 23:00".to_owned());
        assert_eq!(
            since_corrected(&mut need, Moment(60), said(), acting(70)),
            Err(NeedError::AfterItWasWritten)
        );
        assert_eq!(since_corrected(&mut need, Moment(10), said(), acting(70)), Ok(()));
        assert_eq!(
            (need.raised_at, need.history[0].at),
            (Moment(10), Moment(50)),
            "when it was written stays"
        );
        let to = DimensionRef { number: 1, ..need.dimension.clone() };
        assert_eq!(dimension_corrected(&mut need, to.clone(), acting(71)), Ok(()));
        assert_eq!(dimension_corrected(&mut need, to, acting(72)), Err(NeedError::SameDimension));
        assert_eq!((need.dimension.number, need.reason.as_str()), (1, "has a plan"));
        let shown: Vec<_> = as_written(&need)[1..].iter().map(|e| (e.words.clone(), e.was.clone())).collect();
        let right = [("20 Nov 23:00", "21 Nov 13:00"), ("D1", "D3")];
        assert_eq!(shown, right.map(|(words, was)| (words.to_owned(), was.to_owned())));
        assert!((1..3).all(|at| !is_correctable(&need.history[at])), "a correction is no wording");
    }

    #[test]
    fn a_no_and_staying_open_are_entries_too() {
        let mut need = need();
        answered_no(&mut need, acting(2));
        assert_eq!(kept(&mut need, "still has the pills", acting(3)), Ok(()));
        assert!(need.state.open());
        assert_eq!(
            steps(&need)[1..],
            [(NeedStep::AnsweredNo, "", 2), (NeedStep::Kept, "still has the pills", 3)]
        );
        let slip = NeedState::Dismissed { reason: "a slip of the key".into() };
        assert_eq!(decided(&mut need, slip, acting(4)), Ok(()));
        assert_eq!(kept(&mut need, "", acting(5)), Err(NeedError::Over));
    }
}

//! Danger that somebody passes on who does not decide on it: what a caller said, or the person at the front desk.
//!
//! It is a proposed need like any other. Whoever passed it on sees their own words again, and whether anybody has taken it.

use super::NeedError;
use super::story::{Acting, raised};
use crate::domain::{
    ClientId, Date, DimensionRef, ImmediateNeed, Moment, NeedEntry, NeedSource, NeedState, NeedStep, Number,
    StaffId, ToldFacts,
};

/// Hours within which somebody decides on it: as after the most pressing critical answers.
pub const HOURS: u16 = 1;

/// How many of one person are remembered for whoever passed them on.
const KEPT: usize = 8;

/// What was passed on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Said<'a> {
    /// What was said, in the words of whoever said it.
    pub words: &'a str,
    /// When it was said, spelled out; empty = just now.
    pub when: &'a str,
    /// The number they can be called at now.
    pub phone: &'a str,
    /// Where they are now.
    pub place: &'a str,
    /// The colleague who was told already.
    pub told: &'a str,
}

impl Said<'_> {
    /// Returns it as the words of a need: what was said first, then how they are reached.
    pub fn reason(&self) -> String {
        let part = |label: &str, words: &str| {
            let words = words.trim().trim_end_matches('.');
            if words.is_empty() { String::new() } else { format!(" {label} {words}.") }
        };
        let words = self.words.trim().trim_matches('"');
        let mut reason = format!("\u{201c}{words}\u{201d}");
        for (label, words) in [
            ("Said", self.when),
            ("Call", self.phone),
            ("They are", self.place),
            ("Told already:", self.told),
        ] {
            reason.push_str(&part(label, words));
        }
        reason
    }
}

/// Returns the need that is proposed of what was said, with danger since `since`.
pub fn proposed(
    (client, number): (ClientId, Number),
    dimension: DimensionRef,
    reason: &str,
    since: Moment,
    acting: Acting,
) -> ImmediateNeed {
    let need = raised((client, number), dimension, reason, NeedSource::Caller, acting);
    let history = need.history.into_iter().map(|entry| NeedEntry { step: NeedStep::Told, ..entry }).collect();
    ImmediateNeed { raised_at: since, hours: HOURS, history, ..need }
}

/// Said again while nobody has decided: the words are added, and it is decided within the hour.
pub fn said_again(need: &mut ImmediateNeed, reason: &str, acting: Acting) {
    super::story::proposed_again(need, reason, HOURS, acting);
    if let Some(entry) = need.history.last_mut() {
        entry.step = NeedStep::Told;
    }
}

/// Returns whether somebody may correct the words of this entry: their own, while the need is open.
pub fn may_correct(need: &ImmediateNeed, entry: usize, who: StaffId) -> Result<(), NeedError> {
    if !need.state.open() {
        return Err(NeedError::Over);
    }
    let own = |entry: &&NeedEntry| entry.step == NeedStep::Told && entry.by == who;
    need.history.get(entry).filter(own).map(|_| ()).ok_or(NeedError::NoSuchWords)
}

/// Returns everything that was passed on in these needs, the newest last.
pub fn facts(needs: &[ImmediateNeed]) -> Vec<ToldFacts> {
    let mut facts: Vec<ToldFacts> = needs.iter().flat_map(of_need).collect();
    facts.sort_by_key(|one| (one.at, one.need, one.entry));
    facts.drain(..facts.len().saturating_sub(KEPT));
    facts
}

fn of_need(need: &ImmediateNeed) -> impl Iterator<Item = ToldFacts> {
    let told = need.history.iter().enumerate().filter(|(_, entry)| entry.step == NeedStep::Told);
    told.map(|(place, entry)| {
        let taken = need.history[place..].iter().find(|later| takes(later.step));
        ToldFacts {
            need: need.number,
            entry: u32::try_from(place).unwrap_or(u32::MAX),
            by: entry.by,
            at: entry.at,
            taken_by: taken.map(|taken| taken.by),
            taken_at: taken.map(|taken| taken.at).unwrap_or_default(),
        }
    })
}

/// Whether whoever did this has taken the danger up.
fn takes(step: NeedStep) -> bool {
    use NeedStep::{Confirmed, Dismissed, InHand, Kept, Resolved};
    matches!(step, Confirmed | InHand | Resolved | Dismissed | Kept)
}

/// Returns whether it is shown to whoever passed it on: until somebody has taken it, and on that day.
pub fn is_shown(told: &ToldFacts, day: impl Fn(Moment) -> Date, today: Date) -> bool {
    told.taken_by.is_none() || day(told.at) == today || day(told.taken_at) == today
}

/// Whether nobody has decided on a need.
pub fn is_undecided(need: &ImmediateNeed) -> bool {
    need.state == NeedState::Proposed
}

#[cfg(test)]
mod tests {
    use super::super::story;
    use super::*;

    fn acting(by: u8, at: i64) -> Acting {
        Acting { by: StaffId([by; 16]), at: Moment(at) }
    }

    fn need() -> ImmediateNeed {
        let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
        proposed((ClientId::default(), 1), dimension, "took them all", Moment(5), acting(1, 10))
    }

    #[test]
    fn the_words_come_first_and_what_is_not_known_is_left_out() {
        let said = Said { words: " took them all ", ..Said::default() };
        assert_eq!(said.reason(), "\u{201c}took them all\u{201d}");
        let said = Said {
            when: "13:20",
            phone: "303-555-0147",
            place: "at the bus station.",
            told: "Rosa Imani",
            ..said
        };
        assert_eq!(
            said.reason(),
            "\u{201c}took them all\u{201d} Said 13:20. Call 303-555-0147. They are at the bus station. Told already: Rosa Imani."
        );
    }

    #[test]
    fn what_is_passed_on_is_proposed_and_said_again_it_stays_so() {
        let mut need = need();
        assert_eq!((need.state.clone(), need.raised_at, need.hours), (NeedState::Proposed, Moment(5), HOURS));
        said_again(&mut need, "has a knife", acting(1, 20));
        assert!(is_undecided(&need));
        assert_eq!(need.reason, "took them all; has a knife");
        assert_eq!(need.history.last().map(|entry| entry.step), Some(NeedStep::Told));
        assert_eq!(need.history.len(), 2);
    }

    #[test]
    fn whoever_decides_first_has_taken_it_and_a_correction_has_not() {
        let mut need = need();
        assert_eq!(story::corrected(&mut need, 0, "took two", acting(1, 11)), Ok(()));
        assert_eq!(facts(&[need.clone()])[0].taken_by, None);
        assert_eq!(story::decided(&mut need, NeedState::Confirmed, acting(2, 12)), Ok(()));
        let over = NeedState::Resolved { outcome: "seen".into() };
        assert_eq!(story::decided(&mut need, over, acting(3, 13)), Ok(()));
        let told = facts(&[need])[0];
        assert_eq!((told.taken_by, told.taken_at, told.entry), (Some(StaffId([2; 16])), Moment(12), 0));
        let day = |at: Moment| Date(i32::try_from(at.0 / 10).unwrap_or_default());
        assert!(is_shown(&told, day, Date(1)) && !is_shown(&told, day, Date(2)));
        assert!(is_shown(&ToldFacts { taken_by: None, ..told }, day, Date(99)), "nobody has taken it");
    }

    #[test]
    fn only_ones_own_words_are_corrected_while_it_is_open() {
        let mut need = need();
        assert_eq!(may_correct(&need, 0, StaffId([1; 16])), Ok(()));
        assert_eq!(may_correct(&need, 0, StaffId([2; 16])), Err(NeedError::NoSuchWords));
        assert_eq!(may_correct(&need, 1, StaffId([1; 16])), Err(NeedError::NoSuchWords));
        let over = NeedState::Dismissed { reason: "a slip".into() };
        assert_eq!(story::decided(&mut need, over, acting(2, 12)), Ok(()));
        assert_eq!(may_correct(&need, 0, StaffId([1; 16])), Err(NeedError::Over));
    }

    #[test]
    fn the_newest_are_kept() {
        let mut need = need();
        for at in 20..40 {
            said_again(&mut need, "again", acting(1, at));
        }
        let facts = facts(&[need]);
        assert_eq!((facts.len(), facts.last().map(|one| one.at)), (KEPT, Some(Moment(39))));
    }
}

//! A safety plan: what a version still lacks, which one is current, and how it reads on screen and on paper.
//!
//! Owns those. What is in it is the client's to say; nothing here says it for them.

mod page;

pub use page::{card, content, turned};

use super::due::Reckoned;
use super::when;
use crate::domain::{Date, NeedFacts, NeedStands, Number, SafetyPart, SafetyPlan, TookPart};

/// The dimension in which a need asks for a safety plan.
const DIMENSION: u8 = 3;

/// A signed safety plan, as a chart shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedSafety {
    /// Its number among the client's documents.
    pub doc: Number,
    /// Which version it is, counted from 1 over all episodes; an amended one keeps its number.
    pub version: u32,
    /// The episode it was signed in.
    pub episode: Number,
    /// The day it was signed; of an amended version, the day it was signed first.
    pub on: Date,
    /// Name and credential of its author.
    pub by: String,
    /// It is neither replaced nor entered in error.
    pub stands: bool,
    /// How the client answered it at the screen or on paper, in words; empty if nobody recorded that.
    pub answered: String,
    /// Its words; read of the newest one that counts alone.
    pub plan: Option<Box<SafetyPlan>>,
}

impl SignedSafety {
    /// `safety plan 12 d`: what the header of the chart says. One of an earlier episode has no age there.
    pub fn flag(&self, episode: Option<Number>, today: Date) -> String {
        if episode.is_some_and(|open| open != self.episode) {
            return "safety plan, earlier".to_owned();
        }
        format!("safety plan {} d", today.days_since(self.on).max(0))
    }

    /// `from an earlier episode, 3 Mar 2026: go through it again`, for a plan that is not of the open episode.
    pub fn from_earlier(&self, episode: Option<Number>) -> Option<String> {
        let earlier = episode.is_some_and(|open| open != self.episode);
        earlier.then(|| format!("from an earlier episode, {}: go through it again", when::with_year(self.on)))
    }
}

/// What the program knows while a safety plan is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafetyKnown {
    /// No safety plan was signed in this episode yet.
    pub first: bool,
    /// The plan whose words it began with, in words; empty if it began blank.
    pub from: String,
    /// When it is to be looked at again by the rules of the place, if it is signed today.
    pub by_rule: Option<Date>,
    /// The agency's own lines for people in danger.
    pub help_now: String,
}

/// A row of a safety plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    Part(SafetyPart),
    /// How the client took part.
    TookPart,
    LookAgain,
}

/// The rows of a safety plan, from the top down.
pub fn items() -> Vec<Item> {
    let parts = SafetyPart::ALL.map(Item::Part);
    parts.into_iter().chain([Item::TookPart, Item::LookAgain]).collect()
}

/// Returns what keeps a safety plan from being signed, each with what to do about it. How the client took part is asked of the first
/// version in an episode; a version that only changes a line need not say it again.
pub fn lacks(plan: &SafetyPlan, first: bool) -> Vec<(Item, String)> {
    let mut lacks = Vec::new();
    if plan.is_empty() {
        lacks.push((
            Item::Part(SafetyPart::Signs),
            "write at least one part, in the client's words.".to_owned(),
        ));
    }
    if first && plan.amends == 0 && plan.took_part.is_none() {
        lacks.push((Item::TookPart, "choose how the client took part.".to_owned()));
    }
    lacks
}

/// The words of a way of taking part, where somebody said it.
pub fn took_words(took_part: Option<TookPart>) -> &'static str {
    took_part.map_or("", TookPart::word)
}

/// Since which need a safety plan is asked for: one about danger to the person that somebody confirmed, or one that a critical
/// answer raised. The oldest of them.
pub fn asked_by(needs: &[NeedFacts]) -> Option<&NeedFacts> {
    let asks = |need: &&NeedFacts| match need.stands {
        NeedStands::Resolved { .. } => false,
        NeedStands::Proposed => need.hours > 0,
        NeedStands::Confirmed | NeedStands::InHand { .. } => need.hours > 0 || need.dimension == DIMENSION,
    };
    needs.iter().filter(asks).min_by_key(|need| need.raised_at)
}

/// When a plan is to be looked at again: the day written on it, if that is earlier than the rule's.
pub fn look_again(by_rule: Option<Reckoned>, written: Option<Date>, base: Date) -> Option<Reckoned> {
    let Some(on) = written else { return by_rule };
    if by_rule.is_some_and(|reckoned| reckoned.on <= on) {
        return by_rule;
    }
    Some(Reckoned { on, expected: false, rule: None, written: true, base, count: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Moment, SafetyText};
    use crate::packs::{page_languages, page_words};

    fn need(number: Number, dimension: u8, stands: NeedStands, hours: u16) -> NeedFacts {
        let raised_at = Moment(i64::from(number));
        NeedFacts { number, dimension, stands, raised_at, hours, ..NeedFacts::default() }
    }

    #[test]
    fn a_confirmed_danger_to_the_person_and_a_critical_answer_ask_for_it() {
        let in_hand = NeedStands::InHand { recheck_at: Moment(9) };
        let over = NeedStands::Resolved { on: Date(3) };
        let asks = |one: NeedFacts| asked_by(&[one]).is_some();
        assert!(asks(need(1, 3, NeedStands::Confirmed, 0)) && asks(need(1, 3, in_hand, 0)));
        assert!(asks(need(1, 3, NeedStands::Proposed, 1)) && asks(need(1, 1, NeedStands::Proposed, 24)));
        assert!(!asks(need(1, 3, NeedStands::Proposed, 0)), "nobody has confirmed it");
        assert!(!asks(need(1, 6, NeedStands::Confirmed, 0)) && !asks(need(1, 3, over, 1)));
        let all = [need(2, 3, NeedStands::Confirmed, 0), need(1, 3, in_hand, 0)];
        assert_eq!(asked_by(&all).map(|one| one.number), Some(1), "since the first of them");
    }

    #[test]
    fn the_first_version_says_how_it_was_made_and_an_empty_one_is_not_signed() {
        let mut plan = SafetyPlan::default();
        let of = |plan: &SafetyPlan, first| {
            lacks(plan, first).into_iter().map(|(item, _)| item).collect::<Vec<_>>()
        };
        assert_eq!(of(&plan, true), [Item::Part(SafetyPart::Signs), Item::TookPart]);
        plan.worth = "Fridays".into();
        assert_eq!(of(&plan, true), [Item::TookPart]);
        assert_eq!(of(&plan, false), []);
        plan.amends = 4;
        assert_eq!(of(&plan, true), [], "an amendment corrects words");
    }

    #[test]
    fn the_header_says_how_old_it_is_or_that_it_is_of_an_earlier_stay() {
        let plan = SignedSafety { episode: 1, on: Date(20_000), ..SignedSafety::default() };
        assert_eq!(plan.flag(Some(1), Date(20_012)), "safety plan 12 d");
        assert_eq!(plan.flag(Some(2), Date(20_012)), "safety plan, earlier");
        assert_eq!(
            plan.flag(None, Date(20_012)),
            "safety plan 12 d",
            "after a discharge it is the newest there is"
        );
        assert_eq!(plan.from_earlier(Some(1)).or(plan.from_earlier(None)), None);
    }

    #[test]
    fn card_and_turned_page_have_the_words_in_each_language_and_no_record() {
        let mut plan = SafetyPlan::default();
        for part in SafetyPart::ALL {
            *plan.part_mut(part) = format!("words of {part:?}\nand more");
        }
        plan.worth.clear();
        let text = SafetyText {
            client_name: "Jo Rivera".into(),
            record_no: "A-1001".into(),
            author: "Rosa Imani LADC".into(),
            plan,
        };
        for language in page_languages() {
            let words = page_words(&language.language);
            let card = card(&text, "Jo", Date(20_000), "Crisis line: 988", words);
            let heads =
                card.blocks.iter().filter(|block| matches!(block, crate::domain::Block::Heading { .. }));
            assert_eq!(heads.count(), 7, "six parts that have words, and whom to call");
            let page = turned(&text, Date(20_000), "Jo", words);
            assert_eq!((page.parts.len(), page.parts[0].says.len(), page.signs), (6, 2, true));
            let all = format!("{card:?} {:?}", page.parts);
            assert!(!all.contains("A-1001") && !all.contains("Rivera"), "{all}");
        }
        let words = page_words("en");
        let mut with = text.clone();
        with.plan.services = "988, my line. Crisis line: 988".into();
        let card = card(&with, "Jo", Date(20_000), "Crisis line: 988", words);
        assert_eq!(format!("{card:?}").matches("Crisis line: 988").count(), 1, "it is not said twice");
    }
}

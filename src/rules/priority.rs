//! The priority rule: which dimension of one client comes first, and why (`clinical.md` 2.4).
//!
//! Owns tiers, the client's voice, the order inside a tier, work modes and their explanation: tiers, then plain
//! tie-breakers; no weights, no points. Must not know the clock, the store or a client's words: it takes plain facts,
//! one [`DimensionFacts`] a dimension, and can be called with them from anywhere. It supports judgement and decides
//! nothing.
//!
//! Worked example E3, drift: a moderate rating that has become worse belongs on the plan; the same rating unchanged
//! is only watched, and says that it was worse.
//!
//! ```
//! use concord::domain::{Date, Severity};
//! use concord::rules::priority::{DimensionFacts, Tier, rank};
//!
//! let mut relapse = DimensionFacts::rated(5, Severity::Moderate, Some(Severity::Mild));
//! let health = DimensionFacts::rated(2, Severity::None, Some(Severity::None));
//! let rows = rank(&[health.clone(), relapse.clone()]);
//! assert_eq!((rows[0].facts.dimension, rows[0].tier), (5, Tier::Plan));
//! assert_eq!(rows[0].why(), "PLAN · severity 2 · moderate and worsening (1→2)");
//!
//! // The next review: still 2.
//! relapse.previous = Some(Some(Severity::Moderate));
//! relapse.worse_on = Date::from_ymd(2026, 10, 18);
//! let rows = rank(&[health, relapse]);
//! assert_eq!(rows[0].tier, Tier::Watch);
//! assert_eq!(rows[0].why(), "WATCH · severity 2 · was worse 18 Oct, no goal yet");
//! ```

mod explain;
mod order;
#[cfg(test)]
mod tests;

pub use explain::{Ranked, reasons};
pub use order::{Decider, compare, decide};

use crate::domain::{Date, Severity, Stage};

/// What the rule knows of one dimension. Dimensions that are not rated by design are not handed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DimensionFacts {
    /// Number in the set, from 1; 0 = an immediate need in a dimension that this set has no counterpart for.
    pub dimension: u8,
    /// Latest completed rating; `None` = unrated, which is not zero.
    pub severity: Option<Severity>,
    /// Rating of the completed assessment before: `None` = there is none, `Some(None)` = it was unrated there.
    pub previous: Option<Option<Severity>>,
    pub need: NeedStanding,
    /// Place the client gave it, 1 = first; `None` = not named.
    pub client_rank: Option<u8>,
    /// Least ready stage among its open problems. For the work mode only.
    pub stage: Option<Stage>,
    /// Days since it was reviewed (until reviews exist: since it was last rated); `None` = never.
    pub days_since_review: Option<i32>,
    /// Days between reviews; 0 = no interval.
    pub review_interval: u16,
    /// Open problems in it.
    pub open_problems: u16,
    /// Of these, without an active goal (until plans exist: all).
    pub uncovered_problems: u16,
    /// When it had last become worse, while that is neither planned, deferred nor referred.
    pub worse_on: Option<Date>,
    /// Rated only in another set: the mark of that set (`3rd ed.`). Such a row has `severity: None`.
    pub rated_in: Option<&'static str>,
}

impl DimensionFacts {
    /// A dimension with a rating and the one before (`None` = none before), and nothing else known.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "for examples and tests"))]
    pub fn rated(dimension: u8, severity: Severity, before: Option<Severity>) -> Self {
        Self { dimension, severity: Some(severity), previous: before.map(Some), ..Self::default() }
    }

    /// A dimension never rated, and nothing else known.
    pub fn unrated(dimension: u8) -> Self {
        Self { dimension, ..Self::default() }
    }

    /// Severity against the completed assessment before.
    pub fn trend(&self) -> Trend {
        match (self.severity, self.previous.flatten()) {
            (Some(now), Some(before)) if now > before => Trend::Worse,
            (Some(now), Some(before)) if now < before => Trend::Better,
            (Some(_), Some(_)) => Trend::Same,
            _ => Trend::Unknown,
        }
    }

    /// Days past the review interval; 0 if not overdue.
    pub fn days_overdue(&self) -> i32 {
        match (self.days_since_review, self.review_interval) {
            (None, _) | (_, 0) => 0,
            (Some(days), interval) => days.saturating_sub(i32::from(interval)).max(0),
        }
    }
}

/// Where an immediate need in a dimension is. Of several, the most pressing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NeedStanding {
    /// No need open.
    #[default]
    None,
    /// Proposed by a rating or an instrument; a person must decide.
    Proposed,
    /// Confirmed, nothing done yet.
    Confirmed,
    /// Being acted on.
    InHand {
        /// Minutes until it is looked at again; 0 or less = that time has passed.
        recheck_in: i64,
    },
    /// Resolved, and the 4 that called for it still holds.
    ResolvedWhileFour {
        /// When it was resolved.
        on: Date,
    },
}

impl NeedStanding {
    /// Open: calls for attention now.
    pub fn open(self) -> bool {
        matches!(self, Self::Proposed | Self::Confirmed | Self::InHand { .. })
    }

    /// The order of two open needs: the more pressing, then the one to be looked at again first (`clinical.md` 2.4).
    pub fn order(self) -> (u8, i64) {
        let until = if let Self::InHand { recheck_in } = self { recheck_in } else { 0 };
        (self.pressing(), until)
    }

    /// Place in step 3.1, most pressing first: recheck passed, confirmed, proposed, in hand, none.
    pub fn pressing(self) -> u8 {
        match self {
            Self::InHand { recheck_in } if recheck_in <= 0 => 0,
            Self::Confirmed => 1,
            Self::Proposed => 2,
            Self::InHand { .. } => 3,
            Self::None | Self::ResolvedWhileFour { .. } => 4,
        }
    }
}

/// How the rating moved. In the order of step 3.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Higher than before.
    Worse,
    /// Nothing to compare with.
    Unknown,
    Same,
    /// Lower than before.
    Better,
}

impl Trend {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Unknown => "no earlier rating",
            Self::Same => "same",
            Self::Better => "better",
        }
    }
}

/// How pressing a dimension is. In the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// An immediate need is open.
    Now,
    /// Unrated: unknown is not low.
    Assess,
    /// Belongs on the plan.
    Plan,
    /// Keep an eye on.
    Watch,
    /// Nothing to do beyond routine.
    Steady,
}

impl Tier {
    /// Every tier in order.
    pub const ALL: [Self; 5] = [Self::Now, Self::Assess, Self::Plan, Self::Watch, Self::Steady];

    /// The word on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Now => "NOW",
            Self::Assess => "ASSESS",
            Self::Plan => "PLAN",
            Self::Watch => "WATCH",
            Self::Steady => "STEADY",
        }
    }

    /// What it means, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Now => "act before anything else",
            Self::Assess => "not rated yet",
            Self::Plan => "belongs on the plan",
            Self::Watch => "keep an eye on",
            Self::Steady => "routine",
        }
    }
}

/// How to work on it (step 4). Never changes the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkMode {
    /// Not ready yet: the next step is about engagement.
    Engage,
    /// Ready: work on change.
    Change,
    /// Sustained: keep it.
    Keep,
    /// Use or problem returned: engage again.
    ReEngage,
    /// No stage known: ask.
    AskStage,
}

impl WorkMode {
    /// Every mode, in the order of the stages.
    pub const ALL: [Self; 5] = [Self::Engage, Self::Change, Self::Keep, Self::ReEngage, Self::AskStage];

    /// The mode of a stage (`clinical.md` 2.4 step 4).
    pub fn of(stage: Option<Stage>) -> Self {
        match stage {
            Some(Stage::Precontemplation | Stage::Contemplation) => Self::Engage,
            Some(Stage::Preparation | Stage::Action) => Self::Change,
            Some(Stage::Maintenance) => Self::Keep,
            Some(Stage::Recurrence) => Self::ReEngage,
            None => Self::AskStage,
        }
    }

    /// The words on screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Engage => "engage",
            Self::Change => "change",
            Self::Keep => "keep",
            Self::ReEngage => "re-engage",
            Self::AskStage => "no stage",
        }
    }
}

/// The least ready of stages: precontemplation first, recurrence before action (ready work has stopped carrying).
/// `None` without stages.
pub fn least_ready(stages: impl IntoIterator<Item = Stage>) -> Option<Stage> {
    stages.into_iter().min_by_key(|stage| match stage {
        Stage::Precontemplation => 0,
        Stage::Contemplation => 1,
        Stage::Recurrence => 2,
        Stage::Preparation => 3,
        Stage::Action => 4,
        Stage::Maintenance => 5,
    })
}

/// Which line of step 1 gave the tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// An immediate need is open.
    NeedOpen,
    /// Severity is unrated.
    Unrated,
    /// Severity is 3 or 4.
    ThreeOrFour,
    /// Severity is 2 and worse than before.
    TwoAndWorse,
    /// Severity is 2.
    Two,
    /// Severity is 1 and worse than before.
    OneAndWorse,
    /// None of these.
    Else,
}

/// A dimension in its place, without words: small enough to keep for every client. [`rank`] adds the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What went in.
    pub facts: DimensionFacts,
    /// The tier after step 2.
    pub tier: Tier,
    /// The line of step 1 that fired.
    pub line: Line,
    /// Step 2 lifted it one tier.
    pub lifted: bool,
}

impl Placed {
    /// Steps 1 and 2 for one dimension.
    pub fn new(facts: DimensionFacts) -> Self {
        let line = step_one(&facts);
        let computed = line.tier();
        let lifted = facts.client_rank == Some(1) && matches!(computed, Tier::Watch | Tier::Steady);
        let tier = match (lifted, computed) {
            (true, Tier::Watch) => Tier::Plan,
            (true, Tier::Steady) => Tier::Watch,
            (_, tier) => tier,
        };
        Self { facts, tier, line, lifted }
    }

    /// The tier's word; `NOW?` while the need is only proposed.
    pub fn tier_word(&self) -> &'static str {
        if self.facts.need == NeedStanding::Proposed { "NOW?" } else { self.tier.word() }
    }

    /// How to work on it.
    pub fn mode(&self) -> WorkMode {
        WorkMode::of(self.facts.stage)
    }
}

impl Line {
    /// The tier of the line.
    pub fn tier(self) -> Tier {
        match self {
            Self::NeedOpen => Tier::Now,
            Self::Unrated => Tier::Assess,
            Self::ThreeOrFour | Self::TwoAndWorse => Tier::Plan,
            Self::Two | Self::OneAndWorse => Tier::Watch,
            Self::Else => Tier::Steady,
        }
    }

    /// The line in words, for the trace.
    pub fn words(self) -> &'static str {
        match self {
            Self::NeedOpen => "an immediate need is open",
            Self::Unrated => "severity is unrated (unknown is not low)",
            Self::ThreeOrFour => "severity is 3 or 4",
            Self::TwoAndWorse => "severity is 2 and worse: moderate and worsening",
            Self::Two => "severity is 2",
            Self::OneAndWorse => "severity is 1 and worse",
            Self::Else => "severity is 0 or 1 and not worse",
        }
    }
}

/// Step 1. Severity 0 cannot be worse than before, so [`Line::Else`] takes 0 and a 1 that is not worse.
fn step_one(facts: &DimensionFacts) -> Line {
    let worse = facts.trend() == Trend::Worse;
    match facts.severity {
        _ if facts.need.open() => Line::NeedOpen,
        None => Line::Unrated,
        Some(Severity::Serious | Severity::Severe) => Line::ThreeOrFour,
        Some(Severity::Moderate) if worse => Line::TwoAndWorse,
        Some(Severity::Moderate) => Line::Two,
        Some(Severity::Mild) if worse => Line::OneAndWorse,
        Some(_) => Line::Else,
    }
}

/// Steps 1 to 3: the dimensions of one client in rank order, without words. Total and deterministic; the order of
/// the input does not matter as long as dimension numbers differ.
pub fn place(facts: impl IntoIterator<Item = DimensionFacts>) -> Vec<Placed> {
    let mut rows: Vec<Placed> = facts.into_iter().map(Placed::new).collect();
    rows.sort_by(compare);
    rows
}

/// The whole rule: the dimensions of one client in rank order, each with its reasons and its trace.
pub fn rank(facts: &[DimensionFacts]) -> Vec<Ranked> {
    explain::explained(&place(facts.iter().cloned()))
}

/// What to show when nobody's rating asks for this level: a prompt, not a decision (worked example E5). `None` while
/// anything is unrated, at 2 or above, or an immediate need is open.
pub fn step_down<'a>(facts: impl IntoIterator<Item = &'a DimensionFacts>) -> Option<&'static str> {
    let mut any = false;
    for row in facts {
        any = true;
        if row.need.open() || row.severity.is_none_or(|severity| severity >= Severity::Moderate) {
            return None;
        }
    }
    any.then_some("no dimension at 2 or above: consider step-down or transition")
}

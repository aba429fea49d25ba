//! Rules that no sum expresses: clusters of symptoms, triage, points from one item alone.

use super::{ScaleScore, Sheet};
use crate::domain::Score;
use crate::packs::{Cluster, Extra, ExtraRule, Reading};

/// What the special rule of a measure finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Clusters of symptoms, and whether all of them are met.
    Clusters(Vec<ClusterCount>, State),
    /// A triage: the lowest and the highest that it can be. They differ while an answer is missing.
    Triage {
        /// What it is at least.
        least: Triage,
        /// What it is at most.
        most: Triage,
    },
    /// All points come from the first item.
    FirstItemAlone,
}

impl Finding {
    /// Returns what it says, for people, line by line.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Clusters(clusters, state) => {
                let each = clusters.iter().map(|one| {
                    format!("  {}: {} of {} needed, {}", one.name, one.count, one.least, one.state.words())
                });
                std::iter::once(format!("Clusters of symptoms: {}", state.words())).chain(each).collect()
            }
            Self::Triage { least, most } if least == most => vec![format!("Triage: {}", least.words())],
            Self::Triage { least, most } => {
                vec![format!("Triage: not decided, from {} to {}", least.words(), most.words())]
            }
            Self::FirstItemAlone => {
                vec!["All points come from the first item; risk is then unlikely.".to_owned()]
            }
        }
    }
}

/// How many symptoms of a cluster count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterCount {
    pub name: String,
    /// How many count.
    pub count: usize,
    /// How many must.
    pub least: usize,
    /// Whether it is met.
    pub state: State,
}

/// Whether something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is met.
    Met,
    /// It is not met.
    NotMet,
    /// A missing answer decides.
    Open,
}

impl State {
    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not met",
            Self::Open => "not decided",
        }
    }
}

/// The result of a triage about suicide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Triage {
    /// Every answer is no.
    NoYes,
    /// Question 1 or 2.
    Low,
    /// As the reading says.
    Moderate,
    /// As the reading says.
    High,
}

impl Triage {
    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoYes => "no yes",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }
}

pub(super) fn find(rule: &Extra, sheet: &Sheet<'_>, scales: &[ScaleScore<'_>]) -> Option<Finding> {
    match rule.rule {
        ExtraRule::Pcl5Clusters => {
            let clusters: Vec<ClusterCount> =
                rule.clusters.iter().map(|cluster| count(cluster, rule, sheet)).collect();
            let any = |state| clusters.iter().any(|cluster| cluster.state == state);
            let state = match (any(State::NotMet), any(State::Open)) {
                (true, _) => State::NotMet,
                (false, true) => State::Open,
                (false, false) => State::Met,
            };
            Some(Finding::Clusters(clusters, state))
        }
        ExtraRule::CSsrsTriage => {
            let reading = rule.reading.unwrap_or(Reading::A);
            let with = |unknown| triage(reading, |id| sheet.said_yes(id).unwrap_or(unknown));
            Some(Finding::Triage { least: with(false), most: with(true) })
        }
        ExtraRule::AuditCFirstItem => {
            let total = scales.iter().find(|scale| scale.scale.key == "total")?.score.ok()?;
            let first = Score::from(sheet.worth(sheet.measure.item("1")?)?);
            (total == first && total > Score::new(0, 1)).then_some(Finding::FirstItemAlone)
        }
    }
}

fn count(cluster: &Cluster, rule: &Extra, sheet: &Sheet<'_>) -> ClusterCount {
    let worths = || cluster.places().iter().map(|place| sheet.worth(*place));
    let count = worths().flatten().filter(|worth| Some(*worth) >= rule.from).count();
    let blank = worths().filter(Option::is_none).count();
    let state = if count >= cluster.least {
        State::Met
    } else if count + blank >= cluster.least {
        State::Open
    } else {
        State::NotMet
    };
    ClusterCount { name: cluster.name.clone(), count, least: cluster.least, state }
}

/// Reads six questions. What lies behind a yes to question 6 is 6b: whether it was within three months.
fn triage(reading: Reading, yes: impl Fn(&str) -> bool) -> Triage {
    let (high, moderate) = match reading {
        Reading::A => (yes("4") || yes("5") || (yes("6") && yes("6b")), yes("3") || yes("6")),
        Reading::B => (yes("5") || yes("6"), yes("3") || yes("4")),
    };
    if high {
        Triage::High
    } else if moderate {
        Triage::Moderate
    } else if yes("1") || yes("2") {
        Triage::Low
    } else {
        Triage::NoYes
    }
}

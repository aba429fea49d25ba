//! Step 5: every row says in words why it is at its place.

use super::{Decider, DimensionFacts, Line, NeedStanding, Placed, Tier, Trend, WorkMode, decide};
use crate::domain::{Severity, counted};
use crate::rules::deadline::until_in;
use crate::rules::when;

/// A dimension in its place, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// Place in the client's order, from 1.
    pub position: usize,
    /// What went in.
    pub facts: DimensionFacts,
    pub tier: Tier,
    /// Step 2 lifted it one tier.
    pub lifted: bool,
    /// How to work on it.
    pub mode: WorkMode,
    /// The tier's word; `NOW?` while the need is only proposed.
    pub tier_word: &'static str,
    /// What placed it (need, severity or why there is none), then up to three reasons in words.
    pub reasons: Vec<String>,
    /// The rule step by step: what is known, steps 1 to 4 with what decided against the row above.
    pub trace: Vec<String>,
}

impl Ranked {
    /// `PLAN · severity 3 · worse (2→3) · client's #1`.
    pub fn why(&self) -> String {
        let mut why = self.tier_word.to_owned();
        for reason in &self.reasons {
            why.push_str(" · ");
            why.push_str(reason);
        }
        why
    }
}

/// Rows in rank order, explained.
pub(super) fn explained(rows: &[Placed]) -> Vec<Ranked> {
    let above = std::iter::once(None).chain(rows.iter().map(Some));
    rows.iter()
        .zip(above)
        .enumerate()
        .map(|(index, (row, above))| Ranked {
            position: index + 1,
            facts: row.facts.clone(),
            tier: row.tier,
            lifted: row.lifted,
            mode: row.mode(),
            tier_word: row.tier_word(),
            reasons: reasons(row),
            trace: trace(row, above),
        })
        .collect()
}

/// What placed a row, then up to three more reasons, in words; none names the client.
pub fn reasons(row: &Placed) -> Vec<String> {
    let facts = &row.facts;
    let mut said: Vec<String> = Vec::new();
    let ground = match (need_words(facts), facts.severity) {
        (Some(need), _) => need,
        (None, Some(severity)) => format!("severity {}", severity.digit()),
        (None, None) => unrated_words(facts),
    };
    if let (true, Some(severity)) = (facts.need.open(), facts.severity) {
        said.push(format!("severity {}", severity.digit()));
    }
    said.extend(trend_words(row));
    if let Some(rank) = facts.client_rank {
        said.push(format!("client's #{rank}"));
    }
    if let (Some(on), false) = (facts.worse_on, facts.trend() == Trend::Worse) {
        said.push(format!("was worse {}, no goal yet", when::day_month(on)));
    }
    if facts.days_overdue() > 0 {
        said.push(format!("review {} overdue", when::so_long(facts.days_overdue())));
        if let (Some(days), Some(_)) = (facts.days_since_review, facts.severity) {
            said.push(format!("rated {} ago", when::so_long(days)));
        }
    }
    said.truncate(3);
    said.insert(0, ground);
    said
}

fn need_words(facts: &DimensionFacts) -> Option<String> {
    match facts.need {
        NeedStanding::Proposed => Some("immediate need proposed, to decide".to_owned()),
        NeedStanding::Confirmed => Some("immediate need, no action yet".to_owned()),
        NeedStanding::InHand { recheck_in } if recheck_in <= 0 => {
            Some(format!("immediate need, recheck {}", until_in(recheck_in)))
        }
        NeedStanding::InHand { recheck_in } => Some(format!("in hand, recheck {}", until_in(recheck_in))),
        NeedStanding::ResolvedWhileFour { on } if facts.severity == Some(Severity::Severe) => {
            Some(format!("4, acted on {}", when::day_month(on)))
        }
        NeedStanding::ResolvedWhileFour { .. } | NeedStanding::None => None,
    }
}

fn unrated_words(facts: &DimensionFacts) -> String {
    facts.rated_in.map_or_else(|| "not rated".to_owned(), |mark| format!("rated in {mark}"))
}

fn trend_words(row: &Placed) -> Option<String> {
    let (now, before) = (row.facts.severity?.digit(), row.facts.previous.flatten()?.digit());
    match row.facts.trend() {
        Trend::Worse if row.line == Line::TwoAndWorse => {
            Some(format!("moderate and worsening ({before}→{now})"))
        }
        Trend::Worse => Some(format!("worse ({before}→{now})")),
        Trend::Better => Some(format!("better ({before}→{now})")),
        Trend::Same | Trend::Unknown => None,
    }
}

fn trace(row: &Placed, above: Option<&Placed>) -> Vec<String> {
    let facts = &row.facts;
    let mut lines = vec![format!("known: {}", inputs(facts))];
    lines.push(format!("group: {}, since {}", row.line.tier().word(), row.line.words()));
    lines.push(match (row.lifted, facts.client_rank) {
        (true, _) => {
            format!("client: put it first, so {} becomes {}", row.line.tier().word(), row.tier.word())
        }
        (false, Some(1)) => format!("client: put it first; {} is not lifted", row.tier.word()),
        (false, Some(rank)) => format!("client: put it at #{rank}, which counts only between equals"),
        (false, None) => "client: has not said where it belongs".to_owned(),
    });
    lines.push(match above {
        None => "place: first".to_owned(),
        Some(above) => format!("place: after {}, {}", label(above.facts.dimension), decided(above, row)),
    });
    lines.push(match facts.stage {
        Some(stage) => {
            format!("how: {}, since the stage is {} (this moves nothing)", row.mode().word(), stage.word())
        }
        None => "how: ask for the stage of change (this moves nothing)".to_owned(),
    });
    lines
}

/// `D5`; a need without a place in this set has no number.
pub(crate) fn label(dimension: u8) -> String {
    if dimension == 0 { "elsewhere".to_owned() } else { format!("D{dimension}") }
}

fn inputs(facts: &DimensionFacts) -> String {
    let severity = match (facts.severity, facts.previous) {
        (None, _) => unrated_words(facts),
        (Some(now), Some(Some(before))) => {
            format!("severity {}, before {} ({})", now.digit(), before.digit(), facts.trend().word())
        }
        (Some(now), Some(None)) => format!("severity {}, before unrated", now.digit()),
        (Some(now), None) => format!("severity {}, no earlier rating", now.digit()),
    };
    let need = need_words(facts).unwrap_or_else(|| "no immediate need".to_owned());
    let client =
        facts.client_rank.map_or_else(|| "not ranked by the client".to_owned(), |r| format!("client's #{r}"));
    let review = match (facts.days_since_review, facts.review_interval) {
        (None, _) => "never reviewed".to_owned(),
        (Some(days), 0) => format!("reviewed {} ago", when::so_long(days)),
        (Some(days), interval) => format!("reviewed {} ago, every {interval} d", when::so_long(days)),
    };
    let open = counted(facts.open_problems, "open problem", "open problems");
    let problems = format!("{open}, {} without a goal", facts.uncovered_problems);
    [severity, need, client, review, problems].join("; ")
}

/// What put `above` over `below`, in words, with both values.
fn decided(above: &Placed, below: &Placed) -> String {
    let (a, b) = (&above.facts, &below.facts);
    let digit =
        |severity: Option<Severity>| severity.map_or_else(|| "–".to_owned(), |s| s.digit().to_string());
    let rank = |rank: Option<u8>| rank.map_or_else(|| "none".to_owned(), |rank| format!("#{rank}"));
    match decide(above, below).1 {
        Decider::Tier => format!("since {} goes before {}", above.tier.word(), below.tier.word()),
        Decider::Need => "whose immediate need is more pressing".to_owned(),
        Decider::Severity => {
            format!("since severity {} goes before {}", digit(a.severity), digit(b.severity))
        }
        Decider::Trend => format!("since {} goes before {}", a.trend().word(), b.trend().word()),
        Decider::ClientRank => {
            format!("since the client's {} goes before {}", rank(a.client_rank), rank(b.client_rank))
        }
        Decider::Review => {
            let (a, b) = (when::so_long(a.days_overdue()), when::so_long(b.days_overdue()));
            format!("since its review is {a} overdue and here {b}")
        }
        Decider::Uncovered => {
            let without = counted(a.uncovered_problems, "problem without a goal", "problems without a goal");
            format!("since {without} go before {}", b.uncovered_problems)
        }
        Decider::OpenProblems => {
            let open = counted(a.open_problems, "open problem", "open problems");
            format!("since {open} go before {}", b.open_problems)
        }
        Decider::Number => "equal in everything, so by number".to_owned(),
    }
}

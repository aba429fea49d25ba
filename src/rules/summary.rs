//! The facts of one client that lists need, derived from their records.
//!
//! Owns [`Summary`]: facts only; tier, why and overdue follow at load in `caseload`. Must not read the store: records
//! are handed in. A dimension re-rated alone changes only itself; the others keep value and date.

mod days;

use super::find::fold_for_find;
use crate::domain::{
    Assessment, Client, Date, DraftFacts, Episode, EpisodeFacts, ImmediateNeed, Miss, Moment, NeedFacts,
    NeedStands, NeedState, NoteFacts, Problem, ProblemFacts, ProblemStatus, RatingFacts, Session, Severity,
    Summary, Wants,
};
use crate::packs::crosswalk_number;
use unicode_segmentation::UnicodeSegmentation;

pub use days::of as session_facts;

#[cfg(test)]
mod tests;

/// Earlier ratings kept for the trend and the history beside it.
const WAS_MAX: usize = 4;
/// Graphemes of the client's words kept in a summary: a line or two of a list.
const WORDS_MAX: usize = 160;

/// The records a summary is derived from.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// Who.
    pub client: &'a Client,
    /// The open episode.
    pub episode: Option<&'a Episode>,
    /// Assessments in any order; those not completed are ignored.
    pub assessments: &'a [Assessment],
    /// Immediate needs, open or not.
    pub needs: &'a [ImmediateNeed],
    /// What they want.
    pub wants: Option<&'a Wants>,
    /// Problems of every status.
    pub problems: &'a [Problem],
    /// Service date of the last signed note.
    pub last_contact: Option<Date>,
    /// Open drafts.
    pub drafts: &'a [DraftFacts],
    /// Signed notes.
    pub notes: u32,
    /// Proposals not yet accepted.
    pub proposals: u16,
    /// Signed notes that wait for somebody.
    pub waiting: &'a [NoteFacts],
    /// Sessions in any order.
    pub sessions: &'a [Session],
    /// What was due and missed.
    pub misses: &'a [Miss],
    /// The day of an instant where the agency is.
    pub day_of: &'a dyn Fn(Moment) -> Date,
}

/// Derives the summary of a client from their records.
pub fn summarise(records: &Records<'_>) -> Summary {
    let Records { client, .. } = *records;
    let (name, legal) = (client.display_name(), client.legal_name());
    let mut completed: Vec<&Assessment> =
        records.assessments.iter().filter(|a| a.completed.is_some()).collect();
    completed.sort_by_key(|assessment| (assessment.date, assessment.number));
    let set = completed.last().map(|last| last.set.clone()).unwrap_or_default();
    completed.retain(|assessment| assessment.set == set);
    let problems = problem_facts(records.problems);
    let mut ratings = Vec::new();
    for assessment in &completed {
        apply(&mut ratings, assessment);
    }
    answer(&mut ratings, &set, &problems);
    let wants = records.wants;
    let admitted = records.episode.filter(|episode| episode.discharged.is_none()).map(|it| it.admitted);
    let assessed = completed.last().map(|last| last.date);
    let said = |pick: fn(&Wants) -> &String| wants.map(|wants| clip(pick(wants))).unwrap_or_default();
    Summary {
        client: client.id,
        find: find_text(client).into(),
        sort: fold_for_find(&format!("{} {}", client.name.family, client.name.given)).into(),
        legal: if legal == name { Box::default() } else { legal.into() },
        name: name.into(),
        record_no: client.record_no.as_str().into(),
        birth: client.birth,
        deceased: client.deceased.is_some(),
        episode: records.episode.filter(|episode| episode.discharged.is_none()).map(episode_facts),
        assessed,
        needs: need_facts(records, &completed),
        ratings,
        set: set.into(),
        client_first: wants.map(|wants| wants.first.clone()).unwrap_or_default(),
        wants_set: wants.map(|wants| wants.set.as_str().into()).unwrap_or_default(),
        wants: said(|wants| &wants.wants),
        barriers: said(|wants| &wants.barriers),
        preferences: said(|wants| &wants.preferences),
        wants_on: wants.map(|wants| wants.on),
        problems,
        last_contact: records.last_contact,
        drafts: records.drafts.to_vec(),
        notes: records.notes,
        proposals: records.proposals,
        import: client.import,
        waiting: records.waiting.to_vec(),
        days: days::facts(records.sessions, records.misses, admitted, assessed, records.last_contact),
    }
}

/// The summary as it would be if this draft were completed now: for the grid's preview.
#[must_use]
pub fn preview(summary: &Summary, draft: &Assessment) -> Summary {
    let mut next = summary.clone();
    if *next.set != *draft.set {
        next.ratings.clear();
        next.set = draft.set.as_str().into();
    }
    apply(&mut next.ratings, draft);
    answer(&mut next.ratings, &draft.set, &next.problems);
    next.assessed = next.assessed.max(Some(draft.date));
    next
}

/// Takes one completed assessment into the ratings. A cell that is missing, or carried and not confirmed, keeps value
/// and date; a cell unrated by hand is unrated from then on.
fn apply(ratings: &mut Vec<RatingFacts>, assessment: &Assessment) {
    for cell in assessment.cells.iter().filter(|cell| !cell.carried) {
        let known = ratings.iter_mut().find(|rating| rating.dimension == cell.dimension);
        let rating = if let Some(rating) = known {
            rating.was.insert(0, rating.now);
            rating.was.truncate(WAS_MAX);
            // Worse sets the date; a fall clears it: the need is no longer what it was.
            match (rating.now, cell.severity) {
                (Some(before), Some(now)) if now > before => rating.worse_on = Some(assessment.date),
                (Some(before), Some(now)) if now < before => rating.worse_on = None,
                _ => {}
            }
            rating
        } else if cell.severity.is_none() && cell.words.is_empty() {
            continue;
        } else {
            ratings.push(RatingFacts { dimension: cell.dimension, ..RatingFacts::default() });
            let Some(last) = ratings.last_mut() else { continue };
            last
        };
        rating.now = cell.severity;
        rating.on = assessment.date;
        if !cell.words.is_empty() {
            rating.words = clip(&cell.words);
            rating.words_on = Some(assessment.date);
        }
    }
    ratings.sort_by_key(|rating| rating.dimension);
}

/// A need that is planned, deferred or referred no longer says that it was worse.
fn answer(ratings: &mut [RatingFacts], set: &str, problems: &[ProblemFacts]) {
    for rating in ratings {
        let answered = problems.iter().any(|problem| {
            (problem.answered || (problem.active && problem.covered))
                && crosswalk_number(&problem.set, problem.dimension, set) == Some(rating.dimension)
        });
        if answered {
            rating.worse_on = None;
        }
    }
}

/// Problems that are neither resolved nor entered in error, in the order of their numbers.
fn problem_facts(problems: &[Problem]) -> Vec<ProblemFacts> {
    let mut facts: Vec<ProblemFacts> = problems
        .iter()
        .filter(|problem| {
            !matches!(problem.status, ProblemStatus::Resolved { .. } | ProblemStatus::EnteredInError { .. })
        })
        .map(|problem| ProblemFacts {
            number: problem.number,
            set: problem.dimension.set.as_str().into(),
            dimension: problem.dimension.number,
            active: problem.status.is_active(),
            answered: !problem.status.is_active(),
            covered: false,
            stage: problem.stage(),
        })
        .collect();
    facts.sort_by_key(|problem| problem.number);
    facts
}

/// Open needs, and those resolved since the 4 that still stands was given.
fn need_facts(records: &Records<'_>, completed: &[&Assessment]) -> Vec<NeedFacts> {
    let mut facts: Vec<NeedFacts> = records
        .needs
        .iter()
        .filter_map(|need| {
            let (stands, action) = match &need.state {
                NeedState::Proposed => (NeedStands::Proposed, ""),
                NeedState::Confirmed => (NeedStands::Confirmed, ""),
                NeedState::InHand { action, recheck_at, .. } => {
                    (NeedStands::InHand { recheck_at: *recheck_at }, action.as_str())
                }
                NeedState::Resolved { .. } => {
                    let on = (records.day_of)(need.state_at);
                    let since = four_since(completed, &need.dimension.set, need.dimension.number)?;
                    (on >= since).then_some((NeedStands::Resolved { on }, ""))?
                }
                NeedState::Dismissed { .. } => return None,
            };
            Some(NeedFacts {
                number: need.number,
                set: need.dimension.set.as_str().into(),
                dimension: need.dimension.number,
                stands,
                raised_at: need.raised_at,
                action: clip(action),
            })
        })
        .collect();
    facts.sort_by_key(|need| need.number);
    facts
}

/// Since when a 4 has stood without a break, if it still does.
fn four_since(completed: &[&Assessment], set: &str, dimension: u8) -> Option<Date> {
    let mut since = None;
    for assessment in completed.iter().filter(|assessment| assessment.set == set) {
        match assessment.cell(dimension) {
            Some(cell) if cell.carried => {}
            Some(cell) if cell.severity == Some(Severity::Severe) => {
                since.get_or_insert(assessment.date);
            }
            Some(_) => since = None,
            None => {}
        }
    }
    since
}

fn episode_facts(episode: &Episode) -> EpisodeFacts {
    EpisodeFacts {
        number: episode.number,
        admitted: episode.admitted,
        level: episode.level_actual.as_str().into(),
        program: episode.program.as_str().into(),
        counselor: episode.counselor,
        team: episode.team.clone(),
        review_days: episode.review_days,
        mandated: episode.mandated,
    }
}

/// Every word of every name, once, then the record number.
fn find_text(client: &Client) -> String {
    let mut names = vec![client.display_name(), client.legal_name()];
    names.extend(client.other_names.iter().cloned());
    names.push(client.record_no.clone());
    let folded = fold_for_find(&names.join(" "));
    let mut words: Vec<&str> = Vec::new();
    for word in folded.split(' ') {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(" ")
}

/// The first graphemes that a list may show, on one line.
fn clip(text: &str) -> Box<str> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.grapheme_indices(true).nth(WORDS_MAX) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()).into(),
        None => line.into(),
    }
}

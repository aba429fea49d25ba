//! The facts of one client that lists need, derived from their records.
//!
//! Owns [`Summary`]: facts only; tier, why and overdue follow at load in `caseload`. Must not read the store: records
//! are handed in. A summary is derived in parts, so that a change reads only the records of the parts it touches. A
//! dimension re-rated alone changes only itself; the others keep value and date.

mod days;
mod heard;
mod plan;
mod records;

use super::find::squeeze;
use super::likeness::{is_social, words_of_client};
use super::need::told;
use super::plan::coverage::{self, Covered};
use super::spelling::{fold_for_find, words_of};
use super::{episodes, level, short_forms};
use crate::domain::{
    Assessment, Client, Date, DimensionRef, DocWaits, Episode, EpisodeFacts, Goal, LeftFacts, LevelDecision,
    Moment, NeedFacts, NeedStands, NeedState, Number, Problem, ProblemFacts, ProblemStatus, RatingFacts,
    Severity, Summary, SummaryPart, Wants,
};
use unicode_segmentation::UnicodeSegmentation;

pub use days::of as session_facts;
pub use records::Records;

#[cfg(test)]
mod tests;

/// Earlier ratings kept for the trend and the history beside it.
const WAS_MAX: usize = 4;
/// Graphemes of the client's words kept in a summary: a line or two of a list.
const WORDS_MAX: usize = 160;

/// What lists need to know of a client's signed notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    /// How many there are.
    pub count: u32,
    /// The day of the last contact that one of them speaks of.
    pub last_contact: Option<Date>,
    /// Those that wait for somebody.
    pub waiting: Vec<DocWaits>,
}

/// What signed notes say of use since the contact before, taken together in the order of their days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// The newest note that has an answer: its day, and whether there was any.
    pub last: Option<(Date, bool)>,
    /// The newest note that speaks of use after one that spoke of none: its day, and when it was signed.
    pub again: Option<(Date, Moment)>,
}

impl Used {
    /// Takes in the note that follows those that were taken in.
    pub fn take(&mut self, on: Date, any: bool, signed: Moment) {
        if any && self.last.is_some_and(|(_, before)| !before) {
            self.again = Some((on, signed));
        }
        self.last = Some((on, any));
    }
}

/// Derives one part of a summary. Parts come in the order of [`SummaryPart::ALL`]: needs look at the ratings, days at the
/// episode, the last assessment and the last contact.
pub fn derive(part: SummaryPart, records: &Records<'_>, summary: &mut Summary) {
    match part {
        SummaryPart::Card => card(records, summary),
        SummaryPart::Episode => {
            let facts = |episode| episode_facts(episode, records.levels);
            let shown = open_episode(records.episodes);
            let also = records.episodes.iter().filter(|one| one.discharged.is_none());
            let also = also.filter(|one| shown.is_none_or(|shown| shown.number != one.number));
            (summary.episode, summary.also) = (shown.map(facts), also.map(facts).collect());
            summary.left = left(records).map(Box::new);
        }
        SummaryPart::Ratings => rated(records.assessments, summary),
        SummaryPart::Needs => {
            summary.needs = need_facts(records, &summary.set, &summary.ratings);
            summary.told = told::facts(records.needs);
        }
        SummaryPart::Wants => wanted(records.wants, summary),
        SummaryPart::Problems => summary.problems = problem_facts(records.problems, records.goals),
        SummaryPart::Notes => {
            (summary.notes, summary.last_contact) = (records.notes.count, records.notes.last_contact);
            summary.waiting.clone_from(&records.notes.waiting);
        }
        SummaryPart::Drafts => summary.drafts = records.drafts.to_vec(),
        SummaryPart::Days => {
            let stay = summary.episode.as_ref().map(|episode| (episode.number, episode.admitted));
            let (assessed, noted) = (summary.assessed, summary.last_contact);
            summary.days = days::facts(records.sessions, records.misses, stay, assessed, noted);
        }
        SummaryPart::Triage => {
            summary.triaged_at = records.triage.map(|triage| triage.at);
            summary.unasked = records.triage.map(|triage| triage.unasked().collect()).unwrap_or_default();
        }
        SummaryPart::Plan => summary.plan = plan::facts(records),
        SummaryPart::Heard => {
            summary.heard = heard::facts(records);
        }
        SummaryPart::Safety => {
            summary.safety = records.safety.iter().max_by_key(|one| (one.episode, one.on)).copied();
        }
        SummaryPart::Short => summary.open_tests = short_forms::open_tests(records.short),
    }
    summary.parts |= part.bit();
}

/// Derives every part: the whole summary.
#[cfg_attr(concord_closed, expect(dead_code, reason = "tests derive from records they hold"))]
pub fn summarise(records: &Records<'_>) -> Summary {
    let mut summary = Summary::default();
    for part in SummaryPart::ALL {
        derive(part, records, &mut summary);
    }
    summary
}

/// The open episode that is worked on.
pub fn open_episode(episodes: &[Episode]) -> Option<&Episode> {
    episodes::worked_on(episodes)
}

/// The newest episode that has ended.
fn left(records: &Records<'_>) -> Option<LeftFacts> {
    let ended = records.episodes.iter().filter_map(|one| Some((one, one.discharged?)));
    let (episode, (on, kind)) = ended.max_by_key(|(one, _)| one.number)?;
    let mine = records.contacts.iter().filter(|one| one.episode == episode.number);
    let contacts = mine.map(|one| one.days).collect();
    Some(LeftFacts { episode: episode_facts(episode, records.levels), on, kind, contacts })
}

fn card(records: &Records<'_>, summary: &mut Summary) {
    let Some(client) = records.client else { return };
    let (name, legal) = (client.display_name(), client.legal_name());
    summary.client = client.id;
    summary.find = with_kept(find_text(client), records.kept).into();
    summary.sort = fold_for_find(&format!("{} {}", client.name.family, client.name.given)).into();
    summary.legal = if legal == name { Box::default() } else { legal.into() };
    let former: Vec<&str> = client.former_names.iter().map(|former| former.name.as_str()).collect();
    summary.former = former.join(", ").into();
    summary.name = name.into();
    summary.record_no = client.record_no.as_str().into();
    summary.birth = client.birth;
    summary.deceased = client.deceased.is_some();
    summary.import = client.import;
    summary.proposals = records.proposals;
}

/// The ratings of the open stay, else of the newest one that has ended: a new stay begins unrated, so that nothing is carried into
/// it silently. The grid shows the earlier ones beside it.
fn rated(assessments: &[Assessment], summary: &mut Summary) {
    let left = || summary.left.as_ref().map(|left| left.episode.number);
    let stay = summary.episode.as_ref().map(|episode| episode.number).or_else(left);
    let of_stay = |one: &&Assessment| one.episode == 0 || stay.is_none_or(|stay| one.episode == stay);
    let mut completed: Vec<&Assessment> = assessments.iter().filter(of_stay).collect();
    completed.sort_by_key(|assessment| (assessment.date, assessment.number));
    let set = completed.last().map(|last| last.set.clone()).unwrap_or_default();
    completed.retain(|assessment| assessment.set == set);
    summary.assessed = completed.last().map(|last| last.date);
    summary.ratings.clear();
    for assessment in &completed {
        apply(&mut summary.ratings, assessment);
    }
    summary.set = set.into();
}

fn wanted(wants: Option<&Wants>, summary: &mut Summary) {
    let said = |pick: fn(&Wants) -> &String| wants.map(|wants| clip(pick(wants))).unwrap_or_default();
    summary.client_first = wants.map(|wants| wants.first.clone()).unwrap_or_default();
    summary.wants_set = wants.map(|wants| wants.set.as_str().into()).unwrap_or_default();
    summary.wants = said(|wants| &wants.wants);
    summary.barriers = said(|wants| &wants.barriers);
    summary.preferences = said(|wants| &wants.preferences);
    summary.wants_on = wants.map(|wants| wants.on);
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
        rating.severe_since = match cell.severity {
            Some(Severity::Severe) => rating.severe_since.or(Some(assessment.date)),
            _ => None,
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

/// Problems that are neither resolved nor entered in error, in the order of their numbers.
fn problem_facts(problems: &[Problem], goals: &[Goal]) -> Vec<ProblemFacts> {
    let has_goal = |number: Number| {
        let answers = |goal: &&Goal| goal.problems.contains(&number) && goal.line.state.is_active();
        goals.iter().any(|goal| answers(&goal))
    };
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
            goal: has_goal(problem.number),
            away_until: match coverage::of_status(&problem.status) {
                Covered::Until(day) => Some(day),
                Covered::Elsewhere => Some(Date(i32::MAX)),
                Covered::No | Covered::ByGoal => None,
            },
            stage: problem.stage(),
        })
        .collect();
    facts.sort_by_key(|problem| problem.number);
    facts
}

/// Open needs, and those resolved since the 4 that still stands was given.
fn need_facts(records: &Records<'_>, set: &str, ratings: &[RatingFacts]) -> Vec<NeedFacts> {
    let four_since = |dimension: &DimensionRef| {
        let rating = ratings.iter().find(|rating| rating.dimension == dimension.number);
        rating.filter(|_| dimension.set == set).and_then(|rating| rating.severe_since)
    };
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
                    let since = four_since(&need.dimension)?;
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
                words: clip(&need.reason),
                by: need.raised_by,
                state_by: need.state_by,
                hours: need.hours,
            })
        })
        .collect();
    facts.sort_by_key(|need| need.number);
    facts
}

fn episode_facts(episode: &Episode, levels: &[LevelDecision]) -> EpisodeFacts {
    EpisodeFacts {
        number: episode.number,
        admitted: episode.admitted,
        level: level::newest(levels, episode.number).map_or("", |level| level.actual.as_str()).into(),
        program: episode.program.as_str().into(),
        counselor: episode.counselor,
        team: episode.team.clone(),
        review_days: episode.review_days,
        mandated: episode.mandated,
    }
}

/// What somebody is found by: every word of every name they have or had, in every spelling, each once; behind a tab the
/// numbers others know them by and their phones, without what stands between the digits. Social security numbers are none
/// of it.
pub fn find_text(client: &Client) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in words_of_client(client).into_iter().chain(words_of(&client.suffix)) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let known = client.identifiers.iter().filter(|id| !is_social(&id.system)).map(|id| squeeze(&id.value));
    let phones = client.phones.iter().filter(|one| one.kind != "email").map(|one| squeeze(&one.value));
    let numbers: Vec<String> = known.chain(phones).filter(|number| !number.is_empty()).collect();
    if numbers.is_empty() { words.join(" ") } else { format!("{}\t{}", words.join(" "), numbers.join(" ")) }
}

/// What somebody is found by, with the numbers that another system said of them and we have no place for. Words, days and social
/// security numbers among that find nobody.
fn with_kept(mut find: String, kept: &[(String, String)]) -> String {
    for (what, text) in kept {
        let number = squeeze(text);
        if is_a_number(what, text) && !find.contains(number.as_str()) {
            find.push(if find.contains('\t') { ' ' } else { '\t' });
            find.push_str(&number);
        }
    }
    find
}

/// Whether it is a number by which somebody is known or reached.
fn is_a_number(what: &str, text: &str) -> bool {
    const LEAST: usize = 4;
    const MOST: usize = 24;
    let what = what.to_lowercase();
    let social = ["ssn", "social"].iter().any(|word| what.contains(word));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let day = parts.len() == 3 && parts.iter().all(is_number) && digits <= 8;
    !social && !day && digits >= LEAST && digits > letters && text.chars().count() <= MOST
}

/// The first graphemes that a list may show, on one line.
fn clip(text: &str) -> Box<str> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.grapheme_indices(true).nth(WORDS_MAX) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()).into(),
        None => line.into(),
    }
}

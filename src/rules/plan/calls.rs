//! Since when a plan counts as made, and what calls for a review of it: events, reckoned from records.
//!
//! Owns which event calls, and which answer silences it. An event counts for when it was recorded, so that what nobody knew
//! when they said *the plan still fits* calls all the same.

use crate::domain::{
    Agreement, Assent, Assessment, CallWhat, Date, Episode, Goal, ImmediateNeed, LevelDecision, LineKind,
    Moment, NeedStep, Number, Party, PlanCall, PlanEvent, PlanFacts, PlanWord, Severity, Summary,
    VersionKind,
};
use crate::rules::caseload::Engagement;

/// A signed version of a plan, or a signed review, that stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    pub episode: Number,
    /// When it was signed; of an amended review, when it was signed first.
    pub at: Moment,
    /// What kind of version it is; `None` for a review.
    pub version: Option<VersionKind>,
    /// The day to look again that is written on it.
    pub look_again: Option<Date>,
}

impl Signed {
    /// Whether the next review is counted from it: a change between reviews moves nothing.
    fn restarts(&self) -> bool {
        self.version != Some(VersionKind::Change)
    }
}

/// Returns since when the plan of an episode counts as made: since a version of it was signed, or since the client first answered
/// a goal of it that is active, whichever was first.
pub fn made(goals: &[Goal], answers: &[Agreement], signed: &[Signed], episode: Number) -> Option<Moment> {
    let is_active = |number: Number| {
        let mine = |goal: &&Goal| goal.line.number == number && goal.line.episode == episode;
        goals.iter().find(mine).is_some_and(|goal| goal.line.state.is_active())
    };
    let of_client = answers.iter().filter(|one| one.whose == Party::Client && one.answer != Assent::NotAsked);
    let of_goal = of_client.filter(|one| one.about.kind == LineKind::Goal && is_active(one.about.number));
    of_goal.map(|one| one.typed_at).chain(of(signed, episode).map(|one| one.at)).min()
}

fn of(signed: &[Signed], episode: Number) -> impl Iterator<Item = &Signed> + '_ {
    signed.iter().filter(move |one| one.episode == episode)
}

/// Returns the moment from which the next review is counted, and the day to look again that is written on what was signed last.
fn review_from(signed: &[Signed], episode: Number) -> (Option<Moment>, Option<Date>) {
    let from = of(signed, episode).filter(|one| one.restarts()).map(|one| one.at).max();
    let last = of(signed, episode).max_by_key(|one| one.at);
    (from, last.and_then(|one| one.look_again))
}

/// Takes into the facts of a plan what follows from what was signed: from when its review is counted, the day that is written on it,
/// and whether there is a full plan.
pub fn take_signed(
    facts: &mut PlanFacts,
    signed: &[Signed],
    episode: Number,
    day_of: &dyn Fn(Moment) -> Date,
) {
    let (from, look_again) = review_from(signed, episode);
    (facts.reviewed, facts.look_again) = (from.map(day_of), look_again);
    facts.full = is_full(signed, episode);
}

/// Whether a version that is more than an initial plan was signed.
fn is_full(signed: &[Signed], episode: Number) -> bool {
    let full = |one: &Signed| !matches!(one.version, None | Some(VersionKind::Initial));
    of(signed, episode).any(full)
}

/// The records that events are read from.
#[derive(Clone, Copy)]
pub struct Happened<'a> {
    pub needs: &'a [ImmediateNeed],
    pub levels: &'a [LevelDecision],
    /// Signed assessments that count, in any order.
    pub assessments: &'a [Assessment],
    /// When an assessment was signed.
    pub signed_at: &'a dyn Fn(Number) -> Moment,
    pub events: &'a [PlanEvent],
    /// The newest note that speaks of use after one that spoke of none.
    pub used_again: Option<(Date, Moment)>,
    /// The day of a moment.
    pub day_of: &'a dyn Fn(Moment) -> Date,
}

/// Returns the newest event of an episode that calls for a review.
pub fn newest(happened: &Happened<'_>, episode: &Episode) -> Option<PlanCall> {
    let used = happened.used_again.map(|(on, at)| PlanCall { what: CallWhat::ReturnToUse, on, at });
    let events = happened.events.iter().filter(|one| one.episode == episode.number);
    let all = confirmed(happened)
        .chain(levels(happened.levels, episode.number))
        .chain(worse(happened))
        .chain(events.filter_map(written))
        .chain(used);
    all.max_by_key(|call| (call.at, call.on))
}

/// Returns when somebody last looked at the plan of an episode: said that it still fits, reviewed it, or signed it.
pub fn fits(events: &[PlanEvent], signed: &[Signed], episode: Number) -> Option<Moment> {
    let said = events.iter().filter(|one| one.episode == episode && one.what == PlanWord::StillFits);
    said.map(|one| one.at).chain(of(signed, episode).map(|one| one.at)).max()
}

fn confirmed<'a>(happened: &'a Happened<'_>) -> impl Iterator<Item = PlanCall> + 'a {
    let entries = happened.needs.iter().flat_map(|need| &need.history);
    entries.filter(|entry| entry.step == NeedStep::Confirmed).map(|entry| PlanCall {
        what: CallWhat::ConfirmedNeed,
        on: (happened.day_of)(entry.at),
        at: entry.at,
    })
}

fn written(event: &PlanEvent) -> Option<PlanCall> {
    let what = match event.what {
        PlanWord::StillFits => return None,
        PlanWord::ReturnToUse => CallWhat::ReturnToUse,
        PlanWord::Hospital => CallWhat::Hospital,
        PlanWord::ArrestOrOrder => CallWhat::ArrestOrOrder,
        PlanWord::ClientAsks => CallWhat::ClientAsks,
        PlanWord::Other => CallWhat::Other,
    };
    Some(PlanCall { what, on: event.on, at: event.at })
}

/// Decisions that gave another level than the one before them. The first one is the admission's.
fn levels(levels: &[LevelDecision], episode: Number) -> impl Iterator<Item = PlanCall> {
    let mut mine: Vec<&LevelDecision> =
        levels.iter().filter(|one| one.episode == episode && one.in_error.is_empty()).collect();
    mine.sort_by_key(|one| (one.on, one.number));
    let pairs: Vec<PlanCall> = mine
        .windows(2)
        .filter(|pair| pair[0].actual != pair[1].actual)
        .map(|pair| PlanCall { what: CallWhat::Level, on: pair[1].on, at: pair[1].at })
        .collect();
    pairs.into_iter()
}

/// Dimensions that an assessment rates 3 or 4 and the ones before it did not.
fn worse(happened: &Happened<'_>) -> impl Iterator<Item = PlanCall> {
    let mut all: Vec<&Assessment> = happened.assessments.iter().collect();
    all.sort_by_key(|one| (one.date, one.number));
    let set = all.last().map(|last| last.set.clone()).unwrap_or_default();
    all.retain(|one| one.set == set);
    let mut now: Vec<(u8, Option<Severity>)> = Vec::new();
    let mut calls = Vec::new();
    for (at, one) in all.iter().enumerate() {
        for cell in one.cells.iter().filter(|cell| !cell.carried) {
            let known = now.iter_mut().find(|(dimension, _)| *dimension == cell.dimension);
            let was = known.as_ref().and_then(|(_, was)| *was);
            let high = |severity: Option<Severity>| severity.is_some_and(|one| one >= Severity::Serious);
            if at > 0 && high(cell.severity) && !high(was) {
                let what = CallWhat::Worse(cell.dimension);
                calls.push(PlanCall { what, on: one.date, at: (happened.signed_at)(one.number) });
            }
            match known {
                Some((_, rating)) => *rating = cell.severity,
                None => now.push((cell.dimension, cell.severity)),
            }
        }
    }
    calls.into_iter()
}

/// Returns what calls for a review of a plan and was not answered: the newest event, or what only time makes true.
pub fn open(
    summary: &Summary,
    engagement: Engagement,
    today: Date,
    day_of: &dyn Fn(Moment) -> Date,
) -> Option<PlanCall> {
    let answered = answered(&summary.plan)?;
    if let Some(call) = summary.plan.call.filter(|call| call.at > answered) {
        return Some(call);
    }
    let since = day_of(answered);
    let missed = engagement.missed.zip(summary.days.missed_on);
    let absent = engagement.silent_days.zip(engagement.silent_since);
    let missed = missed.map(|(count, on)| (CallWhat::Missed(count), on));
    let absent = absent.map(|(days, on)| (CallWhat::Absent(days), on));
    let timed = missed.or(absent).filter(|(_, on)| *on > since && *on <= today);
    timed.map(|(what, on)| PlanCall { what, on, at: Moment::default() })
}

/// The moment up to which everything is answered: the plan was made, signed, or somebody said that it still fits. `None` without
/// a plan.
fn answered(plan: &PlanFacts) -> Option<Moment> {
    Some(plan.made?.max(plan.fits.unwrap_or_default()))
}

/// Returns what happened, as every list says it: `hospital or emergency visit`.
pub fn words(what: CallWhat) -> String {
    match what {
        CallWhat::ConfirmedNeed => "an immediate need was confirmed".to_owned(),
        CallWhat::ReturnToUse => PlanWord::ReturnToUse.word().to_owned(),
        CallWhat::Hospital => PlanWord::Hospital.word().to_owned(),
        CallWhat::ArrestOrOrder => PlanWord::ArrestOrOrder.word().to_owned(),
        CallWhat::ClientAsks => PlanWord::ClientAsks.word().to_owned(),
        CallWhat::Other => PlanWord::Other.word().to_owned(),
        CallWhat::Level => "the level of care changed".to_owned(),
        CallWhat::Worse(dimension) => format!("D{dimension} is newly 3 or 4"),
        CallWhat::Missed(count) => format!("{count} sessions missed in a row"),
        CallWhat::Absent(days) => format!("no contact for {days} days"),
    }
}

#[cfg(test)]
mod tests;

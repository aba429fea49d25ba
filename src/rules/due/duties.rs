//! Everything that is owed for one client, by whom and by when.

use super::{DueContext, Reckoned};
use crate::domain::{
    Date, Moment, NeedFacts, NeedStands, NoteStands, Number, SessionFacts, SessionStands, StaffId, Summary,
};
use crate::packs::{Duty, Unit};
use crate::rules::deadline::Deadline;
use crate::rules::need::{act_by, calls_supervisor};
use crate::rules::safety::asked_by;
use crate::rules::when;

/// Instants and days, as the agency's clock has them.
#[derive(Clone, Copy)]
pub struct Instants<'a> {
    /// The instant at which a session ends.
    pub end: &'a dyn Fn(&SessionFacts) -> Moment,
    /// The day of an instant.
    pub day: &'a dyn Fn(Moment) -> Date,
    pub now: Moment,
    pub today: Date,
}

/// What something owed is about: what Enter opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// An immediate need.
    Need(Number),
    /// A session that took place and has no note.
    Session(Number),
    /// A session that is past, and nobody has said what became of it.
    State(Number),
    Assessment,
    /// The plan.
    Plan,
    /// The review of the plan.
    Review,
    /// Questions about danger that a triage left for later.
    Triage,
    /// A contact so many days after a discharge.
    Contact(u16),
    /// The safety plan.
    Safety,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    pub duty: Duty,
    /// What it is about.
    pub about: About,
    /// Who owes it.
    pub who: StaffId,
    /// Since when: the end of the session, when the need was raised, the day counted from.
    pub since: Date,
    /// The day the rule says.
    pub due: Date,
    /// Until when: what the rule says, or the agency's own hours if they end before.
    pub deadline: Deadline,
    /// The day rests on sessions that are only planned.
    pub expected: bool,
    /// It is past its time.
    pub over: bool,
    /// A reason is asked for that nobody gave yet.
    pub reason_asked: bool,
    /// The day it is planned for instead, where a reason was given.
    pub planned: Option<Date>,
    /// It goes to the supervisor as well.
    pub supervisor: bool,
    /// How the day was computed.
    pub how: String,
    /// Where the rule comes from.
    pub source: &'static str,
}

/// Days ahead from which an assessment, a plan or a review is shown.
const AHEAD: i32 = 14;

/// Days after which nobody calls any more for a contact that was due after a discharge.
const LAPSED: i32 = 365;

/// Everything owed for a client.
pub fn of_client(
    summary: &Summary,
    context: &DueContext<'_>,
    when: Instants<'_>,
    assessed: bool,
) -> Vec<Obligation> {
    let mut owed = needs(summary, context, when);
    owed.extend(unasked(summary, when));
    let Some(episode) = &summary.episode else {
        owed.extend(notes(summary, context, when));
        owed.extend(contacts(summary, context, when));
        return owed;
    };
    owed.extend(notes(summary, context, when));
    for (duty, about, reckoned) in looks(summary, context, when.today, assessed) {
        if reckoned.on.days_since(when.today) <= AHEAD {
            owed.push(made(summary, duty, about, episode.counselor, &reckoned, when));
        }
    }
    if let Some(reckoned) = safety(summary, context, when) {
        owed.push(made(summary, Duty::SafetyPlan, About::Safety, episode.counselor, &reckoned, when));
    }
    if let Some((duty, reckoned)) = plan(summary, context, when.today) {
        owed.push(made(summary, duty, About::Plan, episode.counselor, &reckoned, when));
    }
    owed
}

/// A safety plan that danger asks for, or that is to be looked at again soon.
fn safety(summary: &Summary, context: &DueContext<'_>, when: Instants<'_>) -> Option<Reckoned> {
    let asked = asked_by(&summary.needs).map(|need| (when.day)(need.raised_at));
    let reckoned = context.safety(summary, asked)?;
    (reckoned.on.days_since(when.today) <= AHEAD).then_some(reckoned)
}

/// Contacts after a discharge, owed by the counselor of the stay.
fn contacts(summary: &Summary, context: &DueContext<'_>, when: Instants<'_>) -> Vec<Obligation> {
    let who = summary.counselor().unwrap_or_default();
    let near = |reckoned: &Reckoned| (-LAPSED..=AHEAD).contains(&reckoned.on.days_since(when.today));
    let due = context.contacts(summary).into_iter().filter(|(_, reckoned)| near(reckoned));
    due.map(|(days, reckoned)| made(summary, Duty::Contact, About::Contact(days), who, &reckoned, when))
        .collect()
}

/// The first assessment, and the review. A plan that is signed is reviewed; until then the next assessment is the review.
fn looks(
    summary: &Summary,
    context: &DueContext<'_>,
    today: Date,
    assessed: bool,
) -> impl Iterator<Item = (Duty, About, Reckoned)> {
    let signed = summary.plan.reviewed.is_some();
    let first = (!assessed).then(|| context.first_assessment(summary, today)).flatten();
    let review = (assessed || signed).then(|| context.review(summary, today)).flatten();
    let about = if signed { About::Review } else { About::Assessment };
    let first = first.map(|reckoned| (Duty::Assessment, About::Assessment, reckoned));
    first.into_iter().chain(review.map(|reckoned| (Duty::Review, about, reckoned)))
}

/// The plan that is due first, of those that were not made.
fn plan(summary: &Summary, context: &DueContext<'_>, today: Date) -> Option<(Duty, Reckoned)> {
    let duties = [Duty::InitialPlan, Duty::Plan].into_iter().filter(|duty| !context.is_met(summary, *duty));
    let reckoned = duties.filter_map(|duty| Some((duty, context.plan(summary, duty, today)?)));
    let first = reckoned.min_by_key(|(_, reckoned)| reckoned.on);
    first.filter(|(_, reckoned)| reckoned.on.days_since(today) <= AHEAD)
}

/// Days the note of a client that has waited longest is over; 0 = none.
pub fn note_over_days(summary: &Summary, context: &DueContext<'_>, today: Date) -> u32 {
    let waiting = summary.days.sessions.iter().filter(|session| waits_for_note(session));
    let over = waiting.filter_map(|session| context.note(summary, session));
    over.map(|reckoned| today.days_since(reckoned.on)).max().unwrap_or(0).max(0) as u32
}

fn waits_for_note(session: &SessionFacts) -> bool {
    session.stands == SessionStands::Held && matches!(session.note, NoteStands::None | NoteStands::Draft(_))
}

fn made(
    summary: &Summary,
    duty: Duty,
    about: About,
    who: StaffId,
    reckoned: &Reckoned,
    when: Instants<'_>,
) -> Obligation {
    let session = match about {
        About::Session(number) => number,
        _ => 0,
    };
    let over = reckoned.on < when.today;
    let miss = summary
        .days
        .misses
        .iter()
        .find(|miss| *miss.duty == *duty.key() && miss.session == session && miss.due == reckoned.on);
    Obligation {
        duty,
        about,
        who,
        since: reckoned.base,
        due: reckoned.on,
        deadline: Deadline::day(reckoned.on),
        expected: reckoned.expected,
        over,
        reason_asked: over && reckoned.asks_reason() && miss.is_none(),
        planned: miss.map(|miss| miss.planned),
        supervisor: false,
        how: reckoned.how(),
        source: reckoned.source(),
    }
}

/// Notes of sessions held, and sessions of which nobody has said what became of them.
fn notes(summary: &Summary, context: &DueContext<'_>, when: Instants<'_>) -> Vec<Obligation> {
    let mut owed = Vec::new();
    for session in &summary.days.sessions {
        if waits_for_note(session) {
            let Some(reckoned) = context.note(summary, session) else { continue };
            let about = About::Session(session.number);
            let mut note = made(summary, Duty::Note, about, session.closer(), &reckoned, when);
            if let Some(rule) = reckoned.rule.filter(|rule| rule.unit == Unit::Hours) {
                let at = (when.end)(session).plus_ms(i64::from(rule.count) * Moment::HOUR);
                note.deadline = Deadline::instant(at, (when.day)(at));
                note.reason_asked &= at < when.now;
            }
            // After the agency's own hours it is a late entry, whatever the rule says.
            let late = (when.end)(session).plus_ms(i64::from(context.late_after_hours) * Moment::HOUR);
            note.deadline = note.deadline.earlier(Deadline::instant(late, (when.day)(late)));
            note.over = note.deadline.is_over(when.now, when.today);
            owed.push(note);
        } else if matches!(session.stands, SessionStands::Planned | SessionStands::Arrived { .. })
            && (when.end)(session) < when.now
        {
            owed.push(Obligation {
                duty: Duty::Note,
                about: About::State(session.number),
                who: session.closer(),
                since: session.date,
                due: session.date,
                deadline: Deadline::day(session.date),
                expected: false,
                over: session.date < when.today,
                reason_asked: false,
                planned: None,
                supervisor: false,
                how: format!("the session of {} is past", when::short(session.date, when.today)),
                source: "held, missed or cancelled: say what became of it",
            });
        }
    }
    owed
}

/// Questions about danger that a triage left for later.
fn unasked(summary: &Summary, when: Instants<'_>) -> Option<Obligation> {
    let since = (when.day)(summary.triaged_at.filter(|_| !summary.unasked.is_empty())?);
    let asked: Vec<String> = summary.unasked.iter().map(|number| format!("D{number}")).collect();
    Some(Obligation {
        duty: Duty::Recheck,
        about: About::Triage,
        who: summary.counselor().unwrap_or_default(),
        since,
        // The day after: whoever acts on danger first is not sent back to the questions at once.
        due: since.plus_days(1),
        deadline: Deadline::day(since.plus_days(1)),
        expected: false,
        over: since.plus_days(1) < when.today,
        reason_asked: false,
        planned: None,
        supervisor: false,
        how: format!("danger is not asked yet in {}", asked.join(", ")),
        source: "left for later in the triage",
    })
}

/// Why a need is to be acted on by then.
fn need_source(summary: &Summary, context: &DueContext<'_>, need: &NeedFacts, day: Date) -> &'static str {
    match need.stands {
        NeedStands::Confirmed => "danger is confirmed: say what is done, by whom",
        NeedStands::InHand { .. } => "the time to look again that was set",
        NeedStands::Proposed if need.hours == 1 => "a critical answer is decided on within 1 hour",
        NeedStands::Proposed if need.hours > 0 => "a critical answer is decided on within a day",
        NeedStands::Proposed | NeedStands::Resolved { .. } => context
            .need_rule(summary, day)
            .map_or("an immediate need is decided within 24 hours", |rule| rule.source.as_str()),
    }
}

/// Needs to decide on, to act on, or to look at again.
pub fn needs(summary: &Summary, context: &DueContext<'_>, when: Instants<'_>) -> Vec<Obligation> {
    let mut owed = Vec::new();
    for need in &summary.needs {
        let day = (when.day)(need.raised_at);
        let hours = context.decide_within(summary, day);
        let Some(at) = act_by(need, hours) else { continue };
        let how = match need.stands {
            NeedStands::Proposed => "to decide",
            NeedStands::InHand { .. } => "in hand, to look at again",
            NeedStands::Confirmed | NeedStands::Resolved { .. } => "confirmed, no action yet",
        };
        let deadline = Deadline::instant(at, (when.day)(at));
        let who = summary.counselor().unwrap_or_default();
        owed.push(Obligation {
            duty: Duty::Recheck,
            about: About::Need(need.number),
            who,
            since: day,
            due: deadline.on,
            deadline,
            expected: false,
            over: deadline.is_over(when.now, when.today),
            reason_asked: false,
            planned: None,
            supervisor: calls_supervisor(need, when.now, hours, summary.counselor().is_none()),
            how: how.to_owned(),
            source: need_source(summary, context, need, day),
        });
    }
    owed
}

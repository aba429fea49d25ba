//! What is due when: rules of a pack over the facts of one client (`clinical.md` 4.1).
//!
//! Owns finding the rule that holds, computing its day, and the sentence that says how. Must not know the clock: today,
//! now and the instant of a wall-clock time are handed in.

mod calendar;
mod duties;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, nth};
pub use duties::{About, Instants, Obligation, needs, note_over_days, of_client};

use super::safety;
use crate::domain::{Date, DueChoice, SafetySigned, SessionFacts, SessionStands, Summary};
use crate::packs::{self, Base, DuePack, DueRule, Duty, OnMiss, Unit};
use crate::rules::need::DECIDE_WITHIN_HOURS;

/// The agency's numbers, its choice of rules, and its calendar.
#[derive(Clone, Copy, Debug)]
pub struct DueContext<'a> {
    /// Days after admission until the first assessment is due, where the rules leave it to the agency.
    pub first_assessment_days: u16,
    /// Days between reviews, likewise.
    pub review_days: u16,
    /// Hours after a service from which its note is a late entry.
    pub late_after_hours: u16,
    /// Which rules a program follows, and closed days.
    pub choice: &'a DueChoice,
}

/// No choice: every program follows the first rules there are.
#[cfg(test)]
pub static NO_CHOICE: DueChoice = DueChoice { programs: Vec::new(), closed: Vec::new() };

/// A computed due date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reckoned {
    /// The day it is due.
    pub on: Date,
    /// The day rests on sessions that are only planned.
    pub expected: bool,
    /// The rule it follows; `None` = the episode's own interval, or the day that is written on the plan.
    pub rule: Option<&'static DueRule>,
    /// It is the day to look again that is written on the newest version or review, which is earlier than the rule's.
    pub written: bool,
    /// The day it was counted from.
    pub base: Date,
    /// How many it counted to.
    pub count: u16,
}

impl Reckoned {
    /// Where the rule comes from.
    pub fn source(&self) -> &'static str {
        if self.written {
            return "the day to look again, as it was signed";
        }
        self.rule.map_or("the interval of the episode", |rule| rule.source.as_str())
    }

    /// A reason is asked when it is missed.
    pub fn asks_reason(&self) -> bool {
        self.rule.is_some_and(|rule| rule.on_miss == OnMiss::Reason)
    }

    /// `10 calendar days from 3 Nov, first day excluded`.
    pub fn how(&self) -> String {
        if self.written {
            return "the day to look again, as it was written down".to_owned();
        }
        let unit = self.rule.map_or(Unit::CalendarDays, |rule| rule.unit);
        let (one, many) = match unit {
            Unit::CalendarDays => ("calendar day", "calendar days"),
            Unit::BusinessDays => ("business day", "business days"),
            Unit::Months => ("month", "months"),
            Unit::Sessions => ("session", "sessions"),
            Unit::TreatmentDays => ("day with a session", "days with a session"),
            Unit::Hours => ("hour", "hours"),
            Unit::NextSession => ("next session of its type", "sessions of its type"),
        };
        let words = if self.count == 1 { one } else { many };
        let first = match self.rule {
            Some(rule) if !rule.exclude_first => ", first day counted",
            _ if matches!(unit, Unit::Hours | Unit::NextSession) => "",
            _ => ", first day excluded",
        };
        let cap = self.rule.and_then(|rule| rule.cap).map_or("", |_| ", capped");
        let base = crate::rules::when::day_month(self.base);
        format!("{} {words} from {base}{first}{cap}", self.count)
    }
}

impl<'a> DueContext<'a> {
    /// The rules a program follows.
    pub fn pack(&self, program: &str) -> Option<&'static DuePack> {
        let chosen = self.choice.programs.iter().find(|(name, _)| name == program);
        chosen.and_then(|(_, key)| packs::due_pack(key)).or_else(|| packs::due_packs().first())
    }

    /// The agency's calendar.
    pub fn calendar(&self) -> Calendar<'a> {
        Calendar { holidays: packs::holidays(), closed: &self.choice.closed }
    }

    /// The rule on a duty for what begins on `base`, in the program of this client.
    fn rule(&self, summary: &Summary, duty: Duty, base: Date, service: &str) -> Option<&'static DueRule> {
        let program = summary.episode.as_ref().map_or("", |episode| &*episode.program);
        let holds = |rule: &&DueRule| {
            let fits = rule.service.as_deref().is_none_or(|one| one == service);
            rule.duty == duty && fits && self.not_ended(summary, rule, base)
        };
        self.pack(program)?.rules.iter().find(holds)
    }

    /// The rule on needs raised on a day.
    fn need_rule(&self, summary: &Summary, day: Date) -> Option<&'static DueRule> {
        self.rule(summary, Duty::Recheck, day, "").filter(|rule| rule.from == Base::NeedRaised)
    }

    /// Hours within which a need of this client, raised on a day, is decided on.
    pub fn decide_within(&self, summary: &Summary, day: Date) -> u16 {
        let rule = self.need_rule(summary, day).filter(|rule| rule.unit == Unit::Hours);
        rule.map_or(DECIDE_WITHIN_HOURS, |rule| rule.count)
    }

    fn not_ended(&self, summary: &Summary, rule: &DueRule, base: Date) -> bool {
        let Some(until) = rule.until else { return true };
        let from = match until.from {
            Base::Admission => summary.episode.as_ref().map(|episode| episode.admitted),
            Base::LastAssessment => summary.assessed,
            Base::Session | Base::NeedRaised | Base::ConsentSigned | Base::Discharge | Base::SafetyPlan => {
                None
            }
        };
        from.is_some_and(|from| base < self.calendar().end(from, until.unit, until.count, true))
    }

    /// The day a rule asks for something that is counted from `base`; `days` are held sessions since then, `coming` planned
    /// ones. `None` while the count of sessions is neither reached nor in sight and no cap stands.
    fn reckon(&self, rule: &'static DueRule, base: Date, days: &[Date], coming: &[Date]) -> Option<Reckoned> {
        let count = match rule.duty {
            Duty::Assessment if rule.agency => self.first_assessment_days,
            Duty::Review if rule.agency => self.review_days,
            _ => rule.count,
        };
        let made =
            |on, expected| Some(Reckoned { on, expected, rule: Some(rule), written: false, base, count });
        let calendar = self.calendar();
        let cap = rule.cap.map(|cap| calendar.end(base, cap.unit, cap.count, rule.exclude_first));
        if !matches!(rule.unit, Unit::Sessions | Unit::TreatmentDays) {
            let on = calendar.end(base, rule.unit, count, rule.exclude_first);
            return made(cap.map_or(on, |cap| cap.min(on)), false);
        }
        if let Some(on) = nth(days, base, rule.unit, count, rule.exclude_first) {
            return made(cap.map_or(on, |cap| cap.min(on)), false);
        }
        let all: Vec<Date> = days.iter().chain(coming).copied().collect();
        match (nth(&all, base, rule.unit, count, rule.exclude_first), cap) {
            (Some(on), Some(cap)) if cap <= on => made(cap, false),
            (Some(on), _) => made(on, true),
            (None, Some(cap)) => made(cap, false),
            (None, None) => None,
        }
    }

    /// When the first assessment is due, whether or not it is complete.
    pub fn first_assessment(&self, summary: &Summary, today: Date) -> Option<Reckoned> {
        let admitted = summary.episode.as_ref()?.admitted;
        let rule = self.rule(summary, Duty::Assessment, admitted, "")?;
        self.reckon(rule, admitted, &summary.days.held, &coming(summary, today))
    }

    /// When the review is due: counted from the signature of the newest review, or of the plan where it was not reviewed yet; else
    /// from the last completed assessment. The day that is written on the newest version or review counts if it is earlier.
    pub fn review(&self, summary: &Summary, today: Date) -> Option<Reckoned> {
        let by_rule = self.review_by_rule(summary, today);
        let Some((base, on)) = summary.plan.reviewed.zip(summary.plan.look_again) else { return by_rule };
        if by_rule.is_some_and(|reckoned| reckoned.on <= on) {
            return by_rule;
        }
        Some(Reckoned { on, expected: false, rule: None, written: true, base, count: 1 })
    }

    /// The episode's interval goes before the program's; an interval of 0 asks for none.
    fn review_by_rule(&self, summary: &Summary, today: Date) -> Option<Reckoned> {
        let base = summary.plan.reviewed.or(summary.assessed)?;
        let own = summary.episode.as_ref()?.review_days;
        if own > 0 {
            let on = base.plus_days(i32::from(own));
            return Some(Reckoned { on, expected: false, rule: None, written: false, base, count: own });
        }
        let rule = self.rule(summary, Duty::Review, base, "")?;
        if rule.agency && self.review_days == 0 {
            return None;
        }
        self.reckon(rule, base, &summary.days.held_since, &coming(summary, today))
    }

    /// Whether a treatment plan was made that meets a duty. A full plan is met by the first version where the place asks for no
    /// initial plan.
    fn is_met(&self, summary: &Summary, duty: Duty) -> bool {
        let both = |episode: &crate::domain::EpisodeFacts| {
            let rules = self.pack(&episode.program).map_or(&[][..], |pack| &pack.rules);
            rules.iter().any(|rule| rule.duty == Duty::InitialPlan)
        };
        let full = duty == Duty::Plan && summary.episode.as_ref().is_some_and(both);
        if full { summary.plan.full } else { summary.plan.made.is_some() }
    }

    /// When a treatment plan is due, the initial or the first full one, whether or not it was made.
    pub fn plan(&self, summary: &Summary, duty: Duty, today: Date) -> Option<Reckoned> {
        let admitted = summary.episode.as_ref()?.admitted;
        let rule = self.rule(summary, duty, admitted, "")?;
        let (base, days) = match rule.from {
            Base::LastAssessment => (summary.assessed?, &summary.days.held_since),
            _ => (admitted, &summary.days.held),
        };
        self.reckon(rule, base, days, &coming(summary, today))
    }

    /// When the note of a session is due, by the day.
    pub fn note(&self, summary: &Summary, session: &SessionFacts) -> Option<Reckoned> {
        let rule = self.rule(summary, Duty::Note, session.date, &session.kind)?;
        let base = session.date;
        match rule.unit {
            Unit::Hours => {
                let on = base.plus_days(i32::from(rule.count).div_euclid(24).max(i32::from(rule.count > 0)));
                let count = rule.count;
                Some(Reckoned { on, expected: false, rule: Some(rule), written: false, base, count })
            }
            Unit::NextSession => {
                let cap = rule.cap.map(|cap| self.calendar().end(base, cap.unit, cap.count, true));
                let next = next_of_type(summary, session);
                let on = next.into_iter().chain(cap).min()?;
                Some(Reckoned { on, expected: false, rule: Some(rule), written: false, base, count: 1 })
            }
            _ => self.reckon(rule, base, &[], &[]),
        }
    }

    /// The contacts that are due after a discharge and were not recorded, each with the days after which it is. Nobody calls for
    /// somebody who has died, or is in care again.
    pub fn contacts(&self, summary: &Summary) -> Vec<(u16, Reckoned)> {
        let Some(left) = summary.left.as_ref().filter(|_| summary.episode.is_none()) else {
            return Vec::new();
        };
        if summary.deceased || left.kind.is_death() {
            return Vec::new();
        }
        let rules = self.pack(&left.episode.program).map_or(&[][..], |pack| &pack.rules);
        let open =
            rules.iter().filter(|rule| rule.duty == Duty::Contact && !left.contacts.contains(&rule.count));
        open.filter_map(|rule| Some((rule.count, self.reckon(rule, left.on, &[], &[])?))).collect()
    }

    /// When a safety plan is due in the open episode: the first one, where a need that was raised on `asked` asks for it; then the
    /// day to look again at the one that is signed.
    pub fn safety(&self, summary: &Summary, asked: Option<Date>) -> Option<Reckoned> {
        let episode = summary.episode.as_ref()?;
        let by_rule = |from: Base, base: Date| {
            let rules = self.pack(&episode.program).map_or(&[][..], |pack| &pack.rules);
            let rule = rules.iter().find(|rule| rule.duty == Duty::SafetyPlan && rule.from == from)?;
            self.reckon(rule, base, &[], &[])
        };
        match summary.safety.filter(|plan| plan.episode == episode.number) {
            Some(plan) => safety::look_again(by_rule(Base::SafetyPlan, plan.on), plan.look_again, plan.on),
            None => by_rule(Base::NeedRaised, asked?),
        }
    }

    /// The day by which a safety plan that is signed on `on` is looked at again, by the rules of the program.
    pub fn safety_look(&self, summary: &Summary, on: Date) -> Option<Date> {
        let number = summary.episode.as_ref()?.number;
        let signed = Some(SafetySigned { episode: number, on, look_again: None });
        self.safety(&Summary { safety: signed, ..summary.clone() }, None).map(|reckoned| reckoned.on)
    }

    /// When a consent signed on `base` is due again. Shown once consents exist.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "there are no consents yet"))]
    pub fn consent(&self, summary: &Summary, base: Date) -> Option<Reckoned> {
        let rule = self.rule(summary, Duty::Consent, base, "")?;
        self.reckon(rule, base, &[], &[])
    }
}

/// Days of the sessions that are still to come.
fn coming(summary: &Summary, today: Date) -> Vec<Date> {
    let to_come = |session: &&SessionFacts| {
        matches!(session.stands, SessionStands::Planned | SessionStands::Arrived { .. })
            && session.date >= today
            && session.modality != Some(crate::domain::Modality::Collateral)
    };
    summary.days.sessions.iter().filter(to_come).map(|session| session.date).collect()
}

/// The day of the next session of the same type that was not called off.
fn next_of_type(summary: &Summary, session: &SessionFacts) -> Option<Date> {
    let after = |other: &&SessionFacts| {
        (other.date, other.start) > (session.date, session.start)
            && other.kind == session.kind
            && !matches!(other.stands, SessionStands::Cancelled(_))
    };
    summary.days.sessions.iter().filter(after).map(|other| other.date).min()
}

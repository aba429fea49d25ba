//! Until when a chart is kept, and what keeps it from being purged. Nothing of it is stored: the day follows from the stays, the last
//! service, the birth and the agency's classes whenever it is asked for.

use super::when;
use crate::domain::{
    Birth, Date, Episode, LegalHold, NeedStands, Purge, PurgeWhat, SessionStands, StaffId, Summary, counted,
};
use crate::packs::{Retention, RetentionClass};

/// Until when something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The class it is in.
    pub class: String,
    /// The rule of that, in words, with its source.
    pub rule: String,
    pub last_service: Date,
    /// The day from which it may be purged; `None` where the birth has to be known first.
    pub ends: Option<Date>,
}

impl Kept {
    /// Whether its time is over.
    pub fn is_over(&self, today: Date) -> bool {
        self.ends.is_some_and(|ends| ends <= today)
    }
}

/// Returns until when one closed stay is kept, after a last service; `None` while it is open.
pub fn of_stay(episode: &Episode, birth: Birth, service: Date, rules: &Retention) -> Option<Kept> {
    let (left, _) = episode.discharged?;
    let class = rules.class(&episode.program);
    let last_service = left.max(service);
    Some(Kept {
        class: class.name.clone(),
        rule: rule_words(class),
        last_service,
        ends: begins(class, birth, last_service)
            .map(|from| when::plus_months(from, 12 * i32::from(class.years))),
    })
}

/// Returns until when a chart is kept: until the last of its stays is over. `None` while one is open, or if there never was one.
pub fn of_chart(
    episodes: &[Episode],
    birth: Birth,
    contact: Option<Date>,
    rules: &Retention,
) -> Option<Kept> {
    let newest = episodes.iter().filter_map(|one| one.discharged).map(|(day, _)| day).max()?;
    // What was done after the last stay counts for that one alone.
    let service = |one: &Episode| {
        let left = one.discharged.map_or(newest, |(day, _)| day);
        contact.filter(|_| left == newest).unwrap_or(left)
    };
    let each: Option<Vec<Kept>> =
        episodes.iter().map(|one| of_stay(one, birth, service(one), rules)).collect();
    // A day that nobody can say yet is later than any other.
    each?.into_iter().max_by_key(|kept| kept.ends.unwrap_or(Date(i32::MAX)))
}

/// The day from which the years are counted; `None` where the birth would have to be known.
fn begins(class: &RetentionClass, birth: Birth, service: Date) -> Option<Date> {
    if class.minors_from == 0 {
        return Some(service);
    }
    let grown = when::plus_months(latest(birth)?, 12 * i32::from(class.minors_from));
    Some(service.max(grown))
}

/// The last day on which somebody can have been born; an estimate may be five years out.
fn latest(birth: Birth) -> Option<Date> {
    match birth {
        Birth::On(day) => Some(day),
        Birth::Partly { year, month } => {
            let first = Date::from_ymd(i32::from(year), u32::from(month.unwrap_or(12)), 1)?;
            Some(when::plus_months(first, 1).plus_days(-1))
        }
        Birth::About { age, on } => Some(when::plus_months(on, -12 * (i32::from(age) - 5))),
        Birth::Unknown => None,
    }
}

fn rule_words(class: &RetentionClass) -> String {
    let minors = match class.minors_from {
        0 => String::new(),
        from => format!("; for who was younger, after the {from}th birthday"),
    };
    let checked = if class.checked { "" } else { "; not checked here" };
    let years = counted(class.years, "year", "years");
    format!("{years} after the last service{minors} ({}{checked})", class.source.trim())
}

/// What is known of a chart besides its stays.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub summary: &'a Summary,
    /// Legal holds of the client, lifted ones too.
    pub holds: &'a [LegalHold],
    /// Open tasks about the client.
    pub tasks: usize,
    /// It is linked with another chart, or somebody asked for that.
    pub linked: bool,
    /// Somebody an import left out is compared with the client, and nobody has decided.
    pub compared: bool,
}

/// Returns what keeps a chart from being purged today, each in a sentence; nothing if it may be.
pub fn hinders(kept: Option<&Kept>, about: &About<'_>, today: Date) -> Vec<String> {
    let mut why = Vec::new();
    match kept {
        None if about.summary.episode.is_some() => {
            why.push("The person is in care: only a chart whose stays have ended is purged.".to_owned());
        }
        None => why.push(
            "The person was never admitted: only a chart with a stay that has ended is purged.".to_owned(),
        ),
        Some(Kept { ends: None, .. }) => why.push(
            "The birth is not known, so nobody can say when the years begin. Write down the year at least."
                .to_owned(),
        ),
        Some(kept) if !kept.is_over(today) => {
            let ends = kept.ends.map(when::with_year).unwrap_or_default();
            why.push(format!("It is kept until {ends}."));
        }
        Some(_) => {}
    }
    if about.holds.iter().any(|hold| hold.lifted.is_none()) {
        why.push("A legal hold is on it. Lift that first, with a reason.".to_owned());
    }
    if about.linked {
        why.push("It is linked with another chart of the same person. Unlink the two first.".to_owned());
    }
    if about.compared {
        why.push(
            "Somebody an import left out is compared with this person. Decide on that first.".to_owned(),
        );
    }
    let open = open_work(about);
    if !open.is_empty() {
        why.push(format!("There is open work: {}. Finish it first.", open.join(", ")));
    }
    why
}

fn open_work(about: &About<'_>) -> Vec<String> {
    let summary = about.summary;
    let danger =
        summary.needs.iter().filter(|need| !matches!(need.stands, NeedStands::Resolved { .. })).count();
    let planned = summary.days.sessions.iter().filter(|one| one.stands == SessionStands::Planned).count();
    let alerts = summary.heard.alerts.iter().filter(|one| one.answered.is_none()).count();
    let counts = [
        (danger, "danger that is not over", "dangers that are not over"),
        (summary.drafts.len(), "unsigned draft", "unsigned drafts"),
        (summary.waiting.len(), "document that waits for somebody", "documents that wait for somebody"),
        (planned, "planned session", "planned sessions"),
        (alerts, "open alert", "open alerts"),
        (
            summary.heard.asks.len(),
            "critical answer nobody asked about",
            "critical answers nobody asked about",
        ),
        (about.tasks, "open task", "open tasks"),
    ];
    let there = counts.into_iter().filter(|(many, ..)| *many > 0);
    there.map(|(many, one, more)| counted(many as u64, one, more)).collect()
}

/// Whether a purge waits for a second person.
pub fn waits(purge: &Purge) -> bool {
    purge.said.last().is_some_and(|said| said.what == PurgeWhat::Asked)
}

/// Returns what a decision adds, or why it cannot be made. Nobody agrees to what they asked for themselves; declining takes it back.
pub fn decided(purge: &Purge, by: StaffId, agrees: bool) -> Result<PurgeWhat, &'static str> {
    let Some(last) = purge.said.last().filter(|_| waits(purge)) else {
        return Err("This was decided already.");
    };
    match (agrees, last.by == by) {
        (true, true) => Err(
            "You asked for this yourself, so somebody else has to agree. A supervisor or another admin can.",
        ),
        (true, false) => Ok(PurgeWhat::Done),
        (false, _) => Ok(PurgeWhat::NotDone),
    }
}

#[cfg(test)]
mod tests;

//! What is told of a client under a mandate, in three columns that are never added up: attended, took part, made progress
//! (`clinical.md` 3.3). Coming is not taking part, and neither is progress.

use super::Plan;
use super::review::SignedReview;
use super::version::SignedVersion;
use crate::domain::{
    Date, DayFacts, Episode, LineRef, LineState, Progress, SessionStands, TookPart, counted,
};
use crate::rules::when;

/// The three columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Sessions of the stay that were held.
    pub held: usize,
    /// Contacts that signed notes speak of and no session does (`rules/attended.rs`).
    pub unplanned: usize,
    /// Of the newest sessions, those that were missed, and how many of them were to be held.
    pub missed: (usize, usize),
    /// How the client took part in the newest plan or review, and its day.
    pub took_part: Option<(TookPart, Date)>,
    /// Objectives that are open or met, those with progress, and those that are met.
    pub objectives: usize,
    pub with_progress: usize,
    pub met: usize,
}

/// Returns the columns of a stay.
pub fn columns(
    episode: &Episode,
    days: &DayFacts,
    plan: &Plan,
    (versions, reviews): (&[SignedVersion], &[SignedReview]),
) -> Columns {
    let newest = days.sessions.iter().filter(|one| one.date >= episode.admitted);
    let decided = newest.filter(|one| matches!(one.stands, SessionStands::Held | SessionStands::Missed));
    let missed = decided.clone().filter(|one| one.stands == SessionStands::Missed).count();
    let of_versions = versions.iter().filter(|one| one.episode == episode.number && !one.in_error);
    let of_reviews = reviews.iter().filter(|one| one.episode == episode.number && one.stands);
    let took = of_versions
        .filter_map(|one| Some((one.facts.took_part?, one.signed)))
        .chain(of_reviews.filter_map(|one| Some((one.facts.took_part?, one.signed))));
    let newest = |number| plan.trail(LineRef::objective(number)).and_then(|trail| trail.marks.last());
    let said: Vec<Progress> = plan
        .objectives
        .iter()
        .filter(|one| one.line.state.is_open() || one.line.state == LineState::Met)
        .map(|one| {
            let progress = newest(one.line.number).map_or(Progress::Unsaid, |mark| mark.progress);
            if one.line.state == LineState::Met { Progress::Met } else { progress }
        })
        .collect();
    let some = |one: &&Progress| matches!(one, Progress::Some | Progress::Substantial | Progress::Met);
    Columns {
        held: days.held.len(),
        unplanned: 0,
        missed: (missed, decided.count()),
        took_part: took.max_by_key(|(_, on)| *on),
        objectives: said.len(),
        with_progress: said.iter().filter(some).count(),
        met: said.iter().filter(|one| **one == Progress::Met).count(),
    }
}

impl Columns {
    /// Returns each column with its name, for people.
    pub fn lines(&self, today: Date) -> [(&'static str, String); 3] {
        let (missed, decided) = self.missed;
        let newest =
            if decided == 0 { String::new() } else { format!(", {missed} of the newest {decided} missed") };
        let took = self.took_part.map_or_else(
            || "not said in a plan or a review yet".to_owned(),
            |(took, on)| format!("{}, {}", took.word(), when::short(on, today)),
        );
        let progress = if self.objectives == 0 {
            "no objective yet".to_owned()
        } else {
            format!(
                "{} of {}, {} met",
                self.with_progress,
                counted(self.objectives, "objective", "objectives"),
                self.met
            )
        };
        let unplanned = match self.unplanned {
            0 => String::new(),
            many => format!(" and {}", counted(many, "unplanned contact", "unplanned contacts")),
        };
        let held = counted(self.held, "session", "sessions");
        [("Attended", format!("{held}{unplanned}{newest}")), ("Took part", took), ("Made progress", progress)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Objective, PlanLine, SessionFacts, Trail, TrailMark, VersionFacts};

    fn objective(number: u32, state: LineState) -> Objective {
        Objective { line: PlanLine { number, state, ..PlanLine::default() }, ..Objective::default() }
    }

    #[test]
    fn who_always_comes_has_not_taken_part_and_made_no_progress_by_that() {
        let episode = Episode { number: 2, admitted: Date(100), ..Episode::default() };
        let session = |date, stands| SessionFacts { date: Date(date), stands, ..SessionFacts::default() };
        let days = DayFacts {
            held: vec![Date(101), Date(108), Date(115)],
            sessions: vec![
                session(90, SessionStands::Missed),
                session(108, SessionStands::Held),
                session(112, SessionStands::Missed),
                session(115, SessionStands::Held),
                session(130, SessionStands::Planned),
            ],
            ..DayFacts::default()
        };
        let mut plan = Plan { objectives: vec![objective(1, LineState::default())], ..Plan::default() };
        let version = |episode, took| SignedVersion {
            episode,
            facts: VersionFacts { took_part: Some(took), ..VersionFacts::default() },
            signed: Date(103),
            ..SignedVersion::default()
        };
        let versions = [version(2, TookPart::Absent), version(1, TookPart::Together)];
        let found = columns(&episode, &days, &plan, (&versions, &[]));
        assert_eq!((found.held, found.missed), (3, (1, 3)));
        assert_eq!(found.took_part, Some((TookPart::Absent, Date(103))), "of this stay");
        assert_eq!((found.objectives, found.with_progress, found.met), (1, 0, 0));
        let mark = |progress| TrailMark { progress, ..TrailMark::default() };
        let trail = |marks| Trail { line: LineRef::objective(1), marks, ..Trail::default() };
        plan.trails = vec![trail(vec![mark(Progress::Substantial), mark(Progress::Worse)])];
        assert_eq!(columns(&episode, &days, &plan, (&[], &[])).with_progress, 0, "the newest counts");
        plan.trails = vec![trail(vec![mark(Progress::Some)])];
        let found = columns(&episode, &days, &plan, (&[], &[]));
        assert_eq!((found.with_progress, found.took_part), (1, None));
        let lines = found.lines(Date(140)).map(|(name, words)| format!("{name}: {words}"));
        assert_eq!(lines[0], "Attended: 3 sessions, 1 of the newest 3 missed");
        let came = Columns { held: 0, unplanned: 10, missed: (0, 0), ..found };
        assert_eq!(came.lines(Date(140))[0].1, "0 sessions and 10 unplanned contacts");
        assert_eq!(lines[1], "Took part: not said in a plan or a review yet");
        assert_eq!(lines[2], "Made progress: 1 of 1 objective, 0 met");
    }
}

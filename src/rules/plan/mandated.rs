//! What is told of a client under a mandate, in three columns that are never added up: attended, took part, made progress
//! (`clinical.md` 3.3). Coming is not taking part, and neither is progress.

use super::Plan;
use super::review::SignedReview;
use super::review_content::sessions_words;
use super::version::SignedVersion;
use crate::domain::{
    Date, DayFacts, Episode, LineKind, LineRef, LineState, Progress, Review, ReviewKnown, SessionStands,
    TookPart, counted,
};
use crate::rules::when;

/// What the columns are called.
pub const ATTENDED: &str = "Attended";
pub const TOOK_PART: &str = "Took part";
pub const PROGRESS: &str = "Made progress";

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
    Columns {
        held: days.held.len(),
        unplanned: 0,
        missed: (missed, decided.count()),
        took_part: took.max_by_key(|(_, on)| *on),
        objectives: said.len(),
        with_progress: said.iter().filter(|one| has_moved(**one)).count(),
        met: said.iter().filter(|one| **one == Progress::Met).count(),
    }
}

impl Columns {
    /// Returns each column with its name, for people.
    pub fn lines(&self, today: Date) -> [(&'static str, String); 3] {
        let (missed, decided) = self.missed;
        let newest =
            if decided == 0 { String::new() } else { format!(", {missed} of the newest {decided} missed") };
        let unplanned = match self.unplanned {
            0 => String::new(),
            many => format!(" and {}", counted(many, "unplanned contact", "unplanned contacts")),
        };
        let held = counted(self.held, "session", "sessions");
        let attended = format!("{held}{unplanned}{newest}");
        let took = self.took(|on| when::short(on, today));
        [(ATTENDED, attended), (TOOK_PART, took), (PROGRESS, self.progress())]
    }

    /// Returns how the client took part, with its day as it is written here.
    pub fn took(&self, day: impl Fn(Date) -> String) -> String {
        self.took_part.map_or_else(
            || "not said in a plan or a review yet".to_owned(),
            |(took, on)| format!("{}, {}", took.word(), day(on)),
        )
    }

    /// Returns on how many objectives there is progress.
    pub fn progress(&self) -> String {
        progress_words(self.objectives, self.with_progress, self.met)
    }
}

fn has_moved(progress: Progress) -> bool {
    matches!(progress, Progress::Some | Progress::Substantial | Progress::Met)
}

fn progress_words(objectives: usize, with_progress: usize, met: usize) -> String {
    if objectives == 0 {
        return "no objective yet".to_owned();
    }
    format!("{with_progress} of {}, {met} met", counted(objectives, "objective", "objectives"))
}

/// Returns what the span of a review says of coming: its sessions, and under a mandate the three columns, each from the review itself.
pub fn of_review(review: &Review, known: &ReviewKnown) -> Vec<(&'static str, String)> {
    let attended = sessions_words(known.sessions);
    if !known.mandated {
        return vec![("Sessions", attended)];
    }
    let took = review.took_part.map_or("not said yet", TookPart::word).to_owned();
    let objectives = known.lines.iter().filter(|line| line.line.kind == LineKind::Objective);
    let said: Vec<Progress> = objectives
        .map(|line| {
            let noted = line.notes.last().map_or(Progress::Unsaid, |(_, progress)| *progress);
            let marked = review.mark(line.line).map(|mark| mark.progress);
            marked.filter(|one| *one != Progress::Unsaid).unwrap_or(noted)
        })
        .collect();
    let moved = said.iter().filter(|one| has_moved(**one)).count();
    let met = said.iter().filter(|one| **one == Progress::Met).count();
    vec![(ATTENDED, attended), (TOOK_PART, took), (PROGRESS, progress_words(said.len(), moved, met))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Objective, PlanLine, ReviewLine, ReviewSessions, SessionFacts, Trail, TrailMark, VersionFacts,
    };

    #[test]
    fn a_review_under_a_mandate_tells_coming_taking_part_and_progress_apart() {
        let line = |line, notes| ReviewLine { line, notes, ..ReviewLine::default() };
        let sessions =
            ReviewSessions { planned: 4, held: 4, minutes: 200, planned_minutes: 200, ..Default::default() };
        let mut known = ReviewKnown {
            sessions,
            lines: vec![
                line(LineRef::goal(1), vec![(Date(1), Progress::Met)]),
                line(LineRef::objective(1), vec![(Date(1), Progress::Some), (Date(2), Progress::None)]),
                line(LineRef::objective(2), vec![(Date(1), Progress::Some)]),
            ],
            ..ReviewKnown::default()
        };
        let mut review = Review { took_part: Some(TookPart::Told), ..Review::default() };
        let came = "held 4 of 4, 3.3 of 3.3 hours".to_owned();
        assert_eq!(of_review(&review, &known), [("Sessions", came.clone())], "no mandate");
        known.mandated = true;
        let told = |review: &Review| {
            of_review(review, &known).into_iter().map(|(_, words)| words).collect::<Vec<_>>()
        };
        let moved = |words: &str| vec![came.clone(), "told afterwards".to_owned(), words.to_owned()];
        assert_eq!(
            told(&review),
            moved("1 of 2 objectives, 0 met"),
            "the newest note counts, and a goal is no objective"
        );
        review.mark_mut(LineRef::objective(1)).progress = Progress::Met;
        assert_eq!(told(&review), moved("2 of 2 objectives, 1 met"), "the review counts before the notes");
        let nothing =
            of_review(&Review::default(), &ReviewKnown { mandated: true, ..ReviewKnown::default() });
        assert_eq!(nothing[1].1, "not said yet");
        assert_eq!(nothing[2].1, "no objective yet");
    }

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

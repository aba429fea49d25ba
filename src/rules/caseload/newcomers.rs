//! People in their first four sessions, with what speaks for staying (`alliance.md` 5). It is no score, and nothing is foretold.

use crate::domain::{Date, SessionStands, Summary};

/// Sessions after which somebody is no newcomer any more.
pub const FIRST: u8 = 4;
/// Days after the admission for which somebody counts as one: who came long ago and was seldom seen is told of by other signs.
const WITHIN: i32 = 90;

/// How far the plan of a newcomer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlanBegun {
    #[default]
    No,
    /// A goal is written.
    Begun,
    /// It counts as made.
    Made,
}

/// What is so of a newcomer on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Newcomer {
    /// Sessions held in the stay.
    pub held: u8,
    /// Sessions missed in the stay.
    pub missed: u8,
    /// Tries to reach them after those.
    pub tried: u8,
    /// The day the client was last asked how the work goes.
    pub asked: Option<Date>,
    /// What they want is written down.
    pub wants: bool,
    /// Barriers about which nothing is done yet.
    pub barriers: u8,
    pub plan: PlanBegun,
}

/// Returns what is so of somebody in their first four sessions; nothing for everybody else.
pub fn newcomer(summary: &Summary, today: Date) -> Option<Newcomer> {
    let episode = summary.episode.as_ref()?;
    let held = u8::try_from(summary.days.held.len()).unwrap_or(u8::MAX);
    if held >= FIRST || today.days_since(episode.admitted) > WITHIN {
        return None;
    }
    let in_stay = || summary.days.sessions.iter().filter(|session| session.date >= episode.admitted);
    let missed = in_stay().filter(|session| session.stands == SessionStands::Missed);
    let plan = match () {
        () if summary.plan.made.is_some() => PlanBegun::Made,
        () if summary.problems.iter().any(|problem| problem.goal) => PlanBegun::Begun,
        () => PlanBegun::No,
    };
    Some(Newcomer {
        held,
        missed: u8::try_from(missed.clone().count()).unwrap_or(u8::MAX),
        tried: missed.fold(0, |sum, session| sum.saturating_add(session.outreach)),
        asked: summary.heard.fed.filter(|on| *on >= episode.admitted),
        wants: !summary.wants.is_empty(),
        barriers: summary.heard.barriers,
        plan,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{EpisodeFacts, ProblemFacts, SessionFacts};

    fn jo() -> Summary {
        Summary {
            episode: Some(EpisodeFacts { admitted: Date(100), ..EpisodeFacts::default() }),
            ..Summary::default()
        }
    }

    #[test]
    fn the_fourth_session_ends_it_and_so_does_a_long_time() {
        let with = |held: &[i32]| {
            let mut summary = jo();
            summary.days.held = held.iter().map(|day| Date(*day)).collect();
            summary
        };
        assert_eq!(newcomer(&jo(), Date(100)).map(|one| one.held), Some(0), "from the admission on");
        assert_eq!(newcomer(&with(&[101, 108, 115]), Date(116)).map(|one| one.held), Some(3));
        assert_eq!(newcomer(&with(&[101, 108, 115, 122]), Date(122)), None);
        assert!(newcomer(&jo(), Date(190)).is_some() && newcomer(&jo(), Date(191)).is_none());
        assert_eq!(newcomer(&Summary::default(), Date(100)), None, "nobody is admitted");
    }

    #[test]
    fn what_speaks_for_staying_is_told_as_it_is() {
        let mut summary = jo();
        let session = |date, stands, outreach| SessionFacts {
            date: Date(date),
            stands,
            outreach,
            ..SessionFacts::default()
        };
        summary.days.sessions = vec![
            session(90, SessionStands::Missed, 3),
            session(101, SessionStands::Held, 0),
            session(108, SessionStands::Missed, 2),
            session(115, SessionStands::Missed, 1),
        ];
        summary.days.held = vec![Date(101)];
        summary.heard.fed = Some(Date(95));
        let one = newcomer(&summary, Date(116)).unwrap();
        assert_eq!((one.missed, one.tried, one.asked), (2, 3, None), "what was before the stay is not of it");
        assert_eq!((one.wants, one.plan), (false, PlanBegun::No));
        summary.heard.fed = Some(Date(101));
        summary.wants = "my own flat".into();
        summary.problems = vec![ProblemFacts { goal: true, ..ProblemFacts::default() }];
        let one = newcomer(&summary, Date(116)).unwrap();
        assert_eq!((one.asked, one.wants, one.plan), (Some(Date(101)), true, PlanBegun::Begun));
        summary.plan.made = Some(crate::domain::Moment(1));
        assert_eq!(newcomer(&summary, Date(116)).unwrap().plan, PlanBegun::Made);
    }
}

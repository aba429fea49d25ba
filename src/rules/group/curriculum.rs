//! What each member has had of a group's curriculum, what they missed, and the hours they were there.
//!
//! Nobody knows which minutes of a topic were missed by somebody who came late. So a topic counts in the share of the session that
//! they were there.

use super::minutes;
use crate::domain::{ClientId, GroupSession, Here, Topic, TopicHeld, counted};
use crate::packs::GroupKind;
use std::collections::BTreeSet;

/// Most topics of a curriculum.
pub const MOST: usize = 60;

/// What became of a topic for a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Had {
    /// No session held it while they were in the group.
    NotYet,
    /// A session held it and they were not there.
    Missed,
    /// They were there for a part of its minutes.
    Partly,
    Whole,
    /// They missed it, and had it later.
    MadeUp,
}

impl Had {
    /// Returns the words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotYet => "not yet",
            Self::Missed => "missed",
            Self::Partly => "partly",
            Self::Whole => "had",
            Self::MadeUp => "made up",
        }
    }

    /// Whether nothing of it is missing any more.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Whole | Self::MadeUp)
    }
}

/// A topic and what became of it for a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicOf<'a> {
    pub topic: &'a Topic,
    /// Minutes they had of it.
    pub minutes: u16,
    pub had: Had,
}

/// The minutes of a group that a member was there for and those that they missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Time {
    pub had: u32,
    pub missed: u32,
}

/// The minutes of service of a session for somebody who is there all the time.
pub fn whole(session: &GroupSession, kind: &GroupKind) -> u16 {
    let all = crate::domain::GroupEntry { here: Here::Present, ..Default::default() };
    minutes(session.minutes, &all, kind)
}

/// The minutes that a member had of a topic in a session.
pub fn share(session: &GroupSession, held: &TopicHeld, client: ClientId, kind: &GroupKind) -> u16 {
    let own = session.entry(client).map_or(0, |entry| minutes(session.minutes, entry, kind));
    let all = whole(session, kind).max(1);
    let part = u32::from(held.minutes) * u32::from(own.min(all)) / u32::from(all);
    u16::try_from(part).unwrap_or(held.minutes)
}

/// The hours of a member in these sessions.
pub fn time(sessions: &[GroupSession], client: ClientId, kind: &GroupKind) -> Time {
    let mut time = Time::default();
    for session in sessions {
        let Some(entry) = session.entry(client) else { continue };
        match entry.here {
            Here::NotMarked => {}
            Here::Absent | Here::Excused => time.missed += u32::from(whole(session, kind)),
            _ => time.had += u32::from(minutes(session.minutes, entry, kind)),
        }
    }
    time
}

/// What became of each topic for a member, in the order of the curriculum.
pub fn topics<'a>(
    curriculum: &'a [Topic],
    sessions: &[GroupSession],
    client: ClientId,
    kind: &GroupKind,
) -> Vec<TopicOf<'a>> {
    let mut days: Vec<&GroupSession> = sessions.iter().collect();
    days.sort_by_key(|session| (session.date, session.number));
    curriculum.iter().map(|topic| one(topic, &days, client, kind)).collect()
}

fn one<'a>(topic: &'a Topic, days: &[&GroupSession], client: ClientId, kind: &GroupKind) -> TopicOf<'a> {
    let (mut had, mut longest, mut missed, mut missed_first) = (0u16, 0u16, false, false);
    for session in days {
        let held = session.topics.iter().find(|held| held.number == topic.number);
        let (Some(held), Some(entry)) = (held, session.entry(client)) else { continue };
        if entry.here.came() {
            missed_first |= missed && had == 0;
            had = had.saturating_add(share(session, held, client, kind));
            longest = longest.max(held.minutes);
        } else if entry.here != Here::NotMarked {
            missed = true;
        }
    }
    let asked = if topic.minutes > 0 { topic.minutes } else { longest };
    let became = match had {
        0 if missed => Had::Missed,
        0 => Had::NotYet,
        minutes if minutes < asked => Had::Partly,
        _ if missed_first => Had::MadeUp,
        _ => Had::Whole,
    };
    TopicOf { topic, minutes: had, had: became }
}

/// `6 h`, `6 h 30`, `40 min`.
pub fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

/// What a member has had in a few words: `4 of 8 topics, 6 h of 24 h, missed 2, 5`, where `asked` are the hours that an order asks
/// for. Empty where there is nothing to count.
pub fn words(topics: &[TopicOf<'_>], time: Time, asked: u16) -> String {
    if topics.is_empty() && asked == 0 {
        return String::new();
    }
    let time = match asked {
        0 => hours(time.had),
        asked => format!("{} of {asked} h", hours(time.had)),
    };
    let mut parts = topic_words(topics);
    parts.insert(usize::from(!topics.is_empty()), time);
    parts.join(", ")
}

/// `4 of 8 topics`, then the numbers of those that were missed and of those that were had in part.
fn topic_words(topics: &[TopicOf<'_>]) -> Vec<String> {
    let mut parts = Vec::new();
    if !topics.is_empty() {
        let whole = topics.iter().filter(|one| one.had.is_whole()).count();
        parts.push(format!("{whole} of {}", counted(topics.len(), "topic", "topics")));
    }
    let numbers = |which: Had| {
        let all = topics.iter().filter(|one| one.had == which).map(|one| one.topic.number.to_string());
        all.collect::<Vec<_>>().join(", ")
    };
    for (which, word) in [(Had::Missed, "missed"), (Had::Partly, "partly")] {
        let all = numbers(which);
        if !all.is_empty() {
            parts.push(format!("{word} {all}"));
        }
    }
    parts
}

/// What a member has had and missed, for a chart: `had 6 h of 24 h, missed 1 h 30; 4 of 8 topics, missed 2, 5`. It names no topic: the
/// titles are the group's. Empty where there is nothing to count.
pub fn told(topics: &[TopicOf<'_>], time: Time, asked: u16) -> String {
    if topics.is_empty() && asked == 0 {
        return String::new();
    }
    let of = if asked > 0 { format!(" of {asked} h") } else { String::new() };
    let mut words = format!("had {}{of}, missed {}", hours(time.had), hours(time.missed));
    let parts = topic_words(topics).join(", ");
    if !parts.is_empty() {
        words = format!("{words}; {parts}");
    }
    words
}

/// The topic that comes next: the first one behind the newest that was held; `None` without a curriculum.
pub fn next<'a>(curriculum: &'a [Topic], sessions: &[GroupSession]) -> Option<&'a Topic> {
    let newest =
        sessions.iter().filter(|one| !one.topics.is_empty()).max_by_key(|one| (one.date, one.number));
    let last = newest.and_then(|session| session.topics.last()).map(|held| held.number);
    let at = last.and_then(|last| curriculum.iter().position(|topic| topic.number == last));
    // Behind the last one it begins again: an open group goes round.
    at.map_or(curriculum.first(), |at| curriculum.get(at + 1).or(curriculum.first()))
}

/// Why a session cannot have held these topics.
pub fn wrong(held: &[TopicHeld], curriculum: &[Topic], session: u16) -> Option<String> {
    let known = |one: &TopicHeld| curriculum.iter().any(|topic| topic.number == one.number);
    let sum: u32 = held.iter().map(|one| u32::from(one.minutes)).sum();
    if !held.iter().all(known) {
        Some("This topic is not in the curriculum any more. Choose another one.".to_owned())
    } else if sum > u32::from(session) {
        Some(format!(
            "The topics have {sum} minutes, and the session has {session}. Type fewer, such as 4=30."
        ))
    } else {
        None
    }
}

/// Why a curriculum cannot be kept as it is.
pub fn missing(curriculum: &[Topic]) -> Option<String> {
    let numbers: BTreeSet<_> = curriculum.iter().map(|topic| topic.number).collect();
    if curriculum.len() > MOST {
        Some(format!("There is room for {MOST} topics. Take out those that are no longer taught."))
    } else if numbers.len() < curriculum.len() || numbers.contains(&0) {
        Some("Two topics have the same number. Open the group again and add the topic once more.".to_owned())
    } else if curriculum.iter().any(|topic| topic.title.trim().is_empty()) {
        Some("A topic has no title. Write one, such as \"Money\".".to_owned())
    } else if curriculum.iter().any(|topic| topic.minutes > 24 * 60) {
        Some("\"Minutes\" of a topic takes a number up to 1440, such as 60.".to_owned())
    } else {
        None
    }
}

/// The topics that a session held, as they are typed: `4`, `4, 5`, or with their minutes `4=30, 5=60`. Where no minutes are typed a
/// topic has its own, or an equal part of what is left of the session.
pub fn read(typed: &str, curriculum: &[Topic], session: u16) -> Result<Vec<TopicHeld>, String> {
    let mut held: Vec<TopicHeld> = Vec::new();
    for part in typed.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        let (number, minutes) = part.split_once('=').map_or((part, None), |(one, other)| (one, Some(other)));
        let number = number.trim().parse().unwrap_or(0);
        let topic = curriculum.iter().find(|topic| topic.number == number);
        let topic = topic.ok_or_else(|| {
            format!("\"{part}\" is no topic of the curriculum. Type their numbers, such as 4 or 4, 5.")
        })?;
        let minutes = match minutes.map(|typed| typed.trim().parse::<u16>()) {
            None => topic.minutes,
            Some(Ok(minutes)) if minutes > 0 => minutes,
            Some(_) => return Err(format!("\"{part}\": the minutes are a number, such as {number}=30.")),
        };
        if held.iter().any(|one| one.number == number) {
            return Err(format!("Topic {number} is there twice. Type each number once."));
        }
        held.push(TopicHeld { number, title: topic.title.clone(), minutes });
    }
    // Minutes that were typed are taken as they are.
    if typed.contains('=')
        && let Some(why) = wrong(&held, curriculum, session)
    {
        return Err(why);
    }
    Ok(fitted(held, session))
}

/// Topics without minutes share what is left; all together are no longer than the session.
fn fitted(mut held: Vec<TopicHeld>, session: u16) -> Vec<TopicHeld> {
    let sum: u32 = held.iter().map(|one| u32::from(one.minutes)).sum();
    let open = held.iter().filter(|one| one.minutes == 0).count();
    let left = session.saturating_sub(u16::try_from(sum).unwrap_or(session));
    let each = left / u16::try_from(open.max(1)).unwrap_or(1);
    let even = session / u16::try_from(held.len().max(1)).unwrap_or(1);
    let over = sum > u32::from(session) || (open > 0 && each == 0);
    for one in &mut held {
        if over {
            one.minutes = even;
        } else if one.minutes == 0 {
            one.minutes = each;
        }
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, GroupEntry};

    const JO: ClientId = ClientId([1; 16]);

    fn curriculum() -> Vec<Topic> {
        let topic =
            |number, title: &str, minutes| Topic { number, title: title.into(), minutes, ..Topic::default() };
        vec![topic(1, "Urges", 60), topic(2, "Money", 60), topic(3, "Sleep", 0)]
    }

    fn session(day: i32, typed: &str, here: Here, late: u16) -> GroupSession {
        let entry = GroupEntry { client: JO, here, late, ..GroupEntry::default() };
        GroupSession {
            number: day as u32,
            date: Date(day),
            minutes: 60,
            entries: vec![entry],
            topics: read(typed, &curriculum(), 60).unwrap(),
            ..GroupSession::default()
        }
    }

    fn became(sessions: &[GroupSession]) -> Vec<Had> {
        let curriculum = curriculum();
        topics(&curriculum, sessions, JO, &GroupKind::default()).iter().map(|one| one.had).collect()
    }

    #[test]
    fn a_topic_is_had_missed_made_up_or_had_in_part() {
        let (first, second) = (session(1, "1", Here::Present, 0), session(2, "2", Here::Absent, 0));
        let both = [second.clone(), first.clone()];
        assert_eq!(became(&both), [Had::Whole, Had::Missed, Had::NotYet]);
        let late = [first.clone(), second.clone(), session(3, "2", Here::Late, 20)];
        assert_eq!(became(&late), [Had::Whole, Had::Partly, Had::NotYet]);
        let again = [first, second, session(3, "2", Here::Present, 0), session(4, "3", Here::Excused, 0)];
        assert_eq!(became(&again), [Had::Whole, Had::MadeUp, Had::Missed]);
        // What nobody has marked is neither had nor missed, and a session one was not in the group for is nothing.
        assert_eq!(became(&[session(1, "1", Here::NotMarked, 0)])[0], Had::NotYet);
        let other = GroupSession { entries: Vec::new(), ..session(1, "1", Here::Present, 0) };
        assert_eq!(became(&[other])[0], Had::NotYet);
    }

    #[test]
    fn minutes_of_a_topic_are_the_share_of_the_session_that_somebody_was_there() {
        let curriculum = curriculum();
        let late = session(1, "1=30, 2=30", Here::Late, 20);
        let had = topics(&curriculum, std::slice::from_ref(&late), JO, &GroupKind::default());
        assert_eq!(had.iter().map(|one| one.minutes).collect::<Vec<_>>(), [20, 20, 0]);
        let days = [late, session(2, "", Here::Absent, 0), session(3, "", Here::Present, 0)];
        let time = time(&days, JO, &GroupKind::default());
        assert_eq!((time.had, time.missed), (100, 60));
        let topics = topics(&curriculum, &days, JO, &GroupKind::default());
        assert_eq!(words(&topics, time, 24), "0 of 3 topics, 1 h 40 of 24 h, partly 1, 2");
        assert_eq!(words(&[], time, 0), "", "there is nothing to count");
        let said = told(&topics, time, 24);
        assert_eq!(said, "had 1 h 40 of 24 h, missed 1 h; 0 of 3 topics, partly 1, 2");
        assert_eq!(told(&[], time, 0), "");
    }

    #[test]
    fn topics_read_as_they_are_typed() {
        let read = |typed: &str| read(typed, &curriculum(), 60);
        let minutes = |typed: &str| read(typed).unwrap().iter().map(|one| one.minutes).collect::<Vec<_>>();
        assert_eq!(minutes("2"), [60]);
        assert_eq!(minutes("3"), [60], "without minutes of its own a topic has the session's");
        assert_eq!(minutes("1, 2"), [30, 30], "two of an hour each are not longer than the session");
        assert_eq!(minutes("1=20; 3"), [20, 40]);
        assert!(minutes("").is_empty());
        for typed in ["4", "x", "1=0", "1=x", "1, 1", "1=40, 2=40"] {
            assert!(read(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn the_next_topic_goes_round() {
        let curriculum = curriculum();
        let number = |sessions: &[GroupSession]| next(&curriculum, sessions).unwrap().number;
        assert_eq!(number(&[]), 1);
        assert_eq!(number(&[session(2, "1", Here::Present, 0), session(1, "3", Here::Present, 0)]), 2);
        assert_eq!(number(&[session(1, "3", Here::Present, 0)]), 1);
        assert!(next(&[], &[]).is_none());
    }

    #[test]
    fn a_curriculum_has_titles_and_numbers_of_their_own() {
        assert!(missing(&curriculum()).is_none());
        let mut twice = curriculum();
        twice[1].number = 1;
        assert!(missing(&twice).is_some());
        let blank = vec![Topic { number: 1, ..Topic::default() }];
        assert!(missing(&blank).is_some());
        assert!(missing(&vec![curriculum()[0].clone(); MOST + 1]).is_some());
    }
}

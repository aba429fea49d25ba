//! The curriculum of a group: its topics, what each member has had of them, and which of them a session held.

use crate::domain::{ClientId, Group, GroupSession, Topic, TopicHeld, counted};
use crate::packs;
use crate::rules::group::curriculum::{self, Had, TopicOf};
use crate::rules::when;
use crate::service::api::{GroupAsk, GroupSessionView, GroupView, Kept, MemberLine};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question, Read};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

const NEW: &str = "new";

/// What the page of a group says of the curriculum, reckoned once when the group comes.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// What each member has had, in a few words.
    members: Vec<(ClientId, String)>,
    /// Each topic: when it was held last, how many had it and missed it.
    topics: Vec<String>,
}

impl Counts {
    /// Counts a group.
    pub(super) fn of(view: &GroupView, cx: &Cx) -> Self {
        let (group, kind) = (&view.group.value, packs::groups().kind(&view.group.value.kind));
        let mut counts = Self::default();
        let mut states = vec![(0, 0); group.curriculum.len()];
        for member in view.members.iter().filter(|member| member.until.is_none()) {
            let topics = curriculum::topics(&group.curriculum, &view.sessions, member.client, &kind);
            for (state, one) in states.iter_mut().zip(&topics) {
                state.0 += usize::from(one.had.is_whole());
                state.1 += usize::from(one.had == Had::Missed);
            }
            let time = curriculum::time(&view.sessions, member.client, &kind);
            counts.members.push((member.client, curriculum::words(&topics, time, member.hours)));
        }
        let words = |(topic, state): (&Topic, &(usize, usize))| about(topic, *state, &view.sessions, cx);
        counts.topics = group.curriculum.iter().zip(&states).map(words).collect();
        counts
    }

    /// What a member has had; empty = there is nothing to count.
    pub(super) fn member(&self, client: ClientId) -> &str {
        self.members.iter().find(|one| one.0 == client).map_or("", |one| one.1.as_str())
    }

    /// A topic with what became of it.
    pub(super) fn topic(&self, at: usize) -> &str {
        self.topics.get(at).map_or("", String::as_str)
    }
}

/// `4 Money, 60 min; held 12 Nov: 6 had it, 2 missed it`.
fn about(topic: &Topic, (had, missed): (usize, usize), sessions: &[GroupSession], cx: &Cx) -> String {
    let minutes = if topic.minutes > 0 { format!(", {} min", topic.minutes) } else { String::new() };
    let holds = |session: &&GroupSession| session.topics.iter().any(|held| held.number == topic.number);
    let last = sessions.iter().filter(holds).map(|session| session.date).max();
    let became = last.map_or_else(
        || "not held yet".to_owned(),
        |last| format!("held {}: {had} had it, {missed} missed it", when::short(last, cx.today())),
    );
    format!("{}{minutes}   {became}", topic.words())
}

/// What a member has had of each topic, and the hours that an order asks of them.
pub(super) fn of_member(view: &GroupView, member: &MemberLine, cx: &Cx) -> Step {
    let (group, kind) = (&view.group.value, packs::groups().kind(&view.group.value.kind));
    let topics = curriculum::topics(&group.curriculum, &view.sessions, member.client, &kind);
    let time = curriculum::time(&view.sessions, member.client, &kind);
    let mut lines = vec![format!(
        "In the group since {}. There for {}, missed {}.",
        when::short(member.from, cx.today()),
        curriculum::hours(time.had),
        curriculum::hours(time.missed)
    )];
    let states = [Had::Whole, Had::MadeUp, Had::Partly, Had::Missed, Had::NotYet];
    lines.extend(states.into_iter().filter_map(|had| of_state(&topics, had)));
    let (id, rev, client) = (group.id, view.group.rev, member.client);
    let hours = if member.hours > 0 { member.hours.to_string() } else { String::new() };
    let fields =
        vec![Field::offered("hours", "Hours asked of them", &hours).hint("by an order; empty = none")];
    let title = format!("{} in {}", cx.listed(&member.name), group.name);
    Question::form(title, Form::new("Save", fields), move |form, _| {
        let typed = form.typed("hours");
        let hours = if typed.is_empty() { Some(0) } else { typed.parse::<u16>().ok() };
        let hours = hours.filter(|hours| *hours <= 2_000).ok_or_else(|| {
            Wrong::new("hours", "\"Hours asked of them\" takes a number up to 2000, such as 24, or nothing.")
        })?;
        Ok(vec![Step::Ask(GroupAsk::Ordered { group: id, rev, client, hours }.into())])
    })
    .lines(lines)
    .open()
}

/// `Missed: 2 Money, 5 Sleep.`
fn of_state(topics: &[TopicOf<'_>], had: Had) -> Option<String> {
    let one = |one: &TopicOf<'_>| match had {
        Had::Partly => format!("{} ({} min)", one.topic.words(), one.minutes),
        _ => one.topic.words(),
    };
    let all: Vec<String> = topics.iter().filter(|topic| topic.had == had).map(one).collect();
    let mut word = had.word().to_owned();
    word[..1].make_ascii_uppercase();
    (!all.is_empty()).then(|| format!("{word}: {}.", all.join(", ")))
}

/// Asks which topic it is about; without any, what they are.
pub(super) fn question(view: &GroupView) -> Step {
    let (kept, first) = (&view.group, first_number(view));
    if kept.value.curriculum.is_empty() {
        return added(kept, first);
    }
    let mut items: Vec<Item> = vec![Item::new(NEW, "more topics", "adds them behind the last one")];
    items.extend(kept.value.curriculum.iter().map(|one| Item::new(one.number.to_string(), one.words(), "")));
    let kept = kept.clone();
    Question::pick(format!("Curriculum of {}", kept.value.name), items, move |key, _| {
        match key.parse().ok().and_then(|number| changed(&kept, number)) {
            Some(step) => vec![step],
            None => vec![added(&kept, first)],
        }
    })
    .open()
}

fn saves(kept: &Kept<Group>, curriculum: Vec<Topic>) -> Vec<Step> {
    let group = Box::new(Group { curriculum, ..kept.value.clone() });
    vec![Step::Ask(GroupAsk::Save { group, rev: kept.rev }.into())]
}

fn minutes(form: &Form) -> Result<u16, Wrong> {
    let typed = form.typed("minutes");
    let minutes = if typed.is_empty() { Some(0) } else { typed.parse::<u16>().ok() };
    minutes.filter(|minutes| *minutes <= 24 * 60).ok_or_else(|| {
        Wrong::new("minutes", "\"Minutes\" takes a number up to 1440, such as 60, or nothing.")
    })
}

/// The number of the next topic: it is no other's, also of none that is taught no more.
fn first_number(view: &GroupView) -> u32 {
    let held = view.sessions.iter().flat_map(|session| &session.topics).map(|held| held.number);
    held.chain(view.group.value.curriculum.iter().map(|topic| topic.number)).max().unwrap_or(0) + 1
}

/// Topics that are added: one title or several.
fn added(kept: &Kept<Group>, first: u32) -> Step {
    let fields = vec![
        Field::text("titles", "Topics", "").hint("one or several: Urges; Money; Sleep").required(),
        Field::offered("minutes", "Minutes of each", &kept.value.minutes.to_string()),
        Field::text("handout", "Handout", "").hint("what members take home"),
    ];
    let kept = kept.clone();
    Question::form(
        format!("Topics of {}", kept.value.name),
        Form::new("Add", fields),
        move |form, _| -> Read {
            let (minutes, handout) = (minutes(form)?, form.typed("handout"));
            let mut all = kept.value.curriculum.clone();
            let typed = form.typed("titles");
            let titles = typed.split(';').map(str::trim).filter(|title| !title.is_empty());
            for (number, title) in (first..).zip(titles) {
                all.push(Topic { number, title: title.to_owned(), minutes, handout: handout.clone() });
            }
            Ok(saves(&kept, all))
        },
    )
    .open()
}

/// A topic that is there is changed, or is taught no more.
pub(super) fn changed(kept: &Kept<Group>, number: u32) -> Option<Step> {
    let topic = kept.value.curriculum.iter().find(|topic| topic.number == number)?;
    let fields = vec![
        Field::text("title", "Topic", &topic.title).required(),
        Field::offered("minutes", "Minutes", &topic.minutes.to_string()),
        Field::text("handout", "Handout", &topic.handout).hint("what members take home"),
        Field::yes_no("gone", "Not taught any more", false),
    ];
    let kept = kept.clone();
    let title = format!("Topic {number} of {}", kept.value.name);
    let question = Question::form(title, Form::new("Save", fields), move |form, _| -> Read {
        let (title, minutes, handout) = (form.typed("title"), minutes(form)?, form.typed("handout"));
        let mut all = kept.value.curriculum.clone();
        if form.yes("gone") {
            all.retain(|topic| topic.number != number);
        } else if let Some(topic) = all.iter_mut().find(|topic| topic.number == number) {
            *topic = Topic { number, title, minutes, handout };
        }
        Ok(saves(&kept, all))
    });
    Some(question.lines(vec!["Sessions that were held keep the title as it was.".to_owned()]).open())
}

/// Which topics a session held. The next one of the curriculum is offered.
pub(super) fn field(view: &GroupSessionView) -> Field {
    let held = &view.session.topics;
    let typed = match held.as_slice() {
        [] if view.next_topic > 0 => view.next_topic.to_string(),
        held => {
            held.iter().map(|one| format!("{}={}", one.number, one.minutes)).collect::<Vec<_>>().join(", ")
        }
    };
    Field::offered("topics", "Of the curriculum", &typed).hint("4, or 4=30, 5=60")
}

/// The titles that the numbers stand for.
pub(super) fn titles(all: &[Topic]) -> Vec<String> {
    if all.is_empty() {
        return Vec::new();
    }
    let words: Vec<String> = all.iter().map(Topic::words).collect();
    vec![format!("{}: {}.", counted(all.len(), "topic", "topics"), words.join(", "))]
}

/// What is typed in [`field`].
pub(super) fn read_field(form: &Form, all: &[Topic], minutes: u16) -> Result<Vec<TopicHeld>, Wrong> {
    if all.is_empty() {
        return Ok(Vec::new());
    }
    curriculum::read(&form.typed("topics"), all, minutes).map_err(|why| Wrong::new("topics", why))
}

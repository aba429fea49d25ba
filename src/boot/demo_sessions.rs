//! Yesterday's group sessions of the invented agency: written and signed by whoever leads the groups, as at any desk.

use crate::demo;
use crate::domain::{GroupEntry, GroupId, GuestCount, Guests, Here, NoteDraft, TopicHeld};
use crate::service::Desk;
use crate::service::api::{
    Answer, DraftBody, DraftSave, GroupAnswer, GroupAsk, GroupSessionView, GroupSigning, Secret,
};
use crate::service::fault::Fault;

/// What became of the members, in turn.
const CAME: [Here; 7] =
    [Here::Present, Here::Present, Here::Late, Here::Present, Here::Absent, Here::Present, Here::Excused];

/// What the parts say, in turn.
const PARTS: [&str; 5] = [
    "Came in tired and sat near the door. Spoke in the second half about the hour after work, and what helps then.",
    "Had done what was agreed last time and told how it went. Answered another member without being asked.",
    "Said little; wrote the three steps down and read them out at the end.",
    "Was sceptical of the exercise and said so. Tried it in the pair work and named one thing to keep.",
    "Asked for help with one situation of this week, and left with a plan for it.",
];

/// Writes them.
pub(super) fn write(desk: &mut Desk) -> Result<(), Fault> {
    let Answer::Group(GroupAnswer::List(groups)) = desk.handle(GroupAsk::List.into())? else { return Ok(()) };
    let yesterday = desk.now().local.date.plus_days(-1);
    for line in groups {
        let Answer::Group(GroupAnswer::Group(view)) = desk.handle(GroupAsk::Open(line.group).into())? else {
            continue;
        };
        if view.leads && crate::rules::group::meets_on(&view.group.value, yesterday) {
            one(desk, line.group)?;
        }
    }
    Ok(())
}

fn session(answer: Answer) -> Option<GroupSessionView> {
    match answer {
        Answer::Group(GroupAnswer::Session(view)) => Some(*view),
        _ => None,
    }
}

fn one(desk: &mut Desk, group: GroupId) -> Result<(), Fault> {
    let date = desk.now().local.date.plus_days(-1);
    let begin = || GroupAsk::Begin { group, date }.into();
    let Some(begun) = session(desk.handle(begin())?) else { return Ok(()) };
    let number = begun.session.number;
    for (member, here) in begun.members.iter().zip(CAME.into_iter().cycle()) {
        let came = here.came();
        let entry = GroupEntry {
            client: member.entry.client,
            here,
            late: if here == Here::Late { 15 } else { 0 },
            reason: if here == Here::Excused { "at court".to_owned() } else { String::new() },
            took_part: if came { 3 } else { 0 },
            ..GroupEntry::default()
        };
        desk.handle(GroupAsk::Mark { group, session: number, entry }.into())?;
    }
    desk.handle(about(&begun, number).into())?;
    let Some(view) = session(desk.handle(begin())?) else { return Ok(()) };
    let parts = view.members.iter().zip(PARTS.into_iter().cycle()).filter_map(|(member, words)| {
        let part = member.part.as_ref()?;
        let note = written(part.note.clone(), words);
        let client = member.entry.client;
        Some(DraftSave { client, number: part.number, edits: 1, body: DraftBody::Note(note) })
    });
    let shared = if begun.curriculum.is_empty() {
        "Each told how the week at home went, then what the others should know."
    } else {
        "Began with a round on the week, then the exercise in pairs, then what each takes home."
    };
    let signing = Box::new(GroupSigning {
        group,
        session: number,
        shared: shared.to_owned(),
        parts: parts.collect(),
        beyond: "the others came to the session before".to_owned(),
    });
    let passphrase = Secret::new(demo::PASSPHRASE.to_owned());
    desk.handle(GroupAsk::Sign { signing, passphrase }.into()).map(drop)
}

/// The first topic of the curriculum, and somebody who came to speak about it; without a curriculum neither.
fn about(begun: &GroupSessionView, session: u32) -> GroupAsk {
    let minutes = begun.session.minutes;
    let held = |topic: &crate::domain::Topic| TopicHeld {
        number: topic.number,
        title: topic.title.clone(),
        minutes,
    };
    let topics: Vec<TopicHeld> = begun.curriculum.iter().take(1).map(held).collect();
    let guests = if topics.is_empty() {
        Guests::default()
    } else {
        Guests {
            counts: vec![GuestCount { role: "speaker".to_owned(), count: 1 }],
            names: vec!["Wendelin Quast".to_owned()],
            agreed: true,
        }
    };
    GroupAsk::Set { group: begun.session.group, session, topic: String::new(), topics, guests }
}

fn written(mut note: NoteDraft, words: &str) -> NoteDraft {
    for section in note.sections.iter_mut().filter(|section| section.key == "part") {
        words.clone_into(&mut section.text);
    }
    if note.lines.is_empty() {
        "It serves the whole plan.".clone_into(&mut note.serves_nothing);
    }
    note
}

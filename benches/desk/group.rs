//! A group of sixteen: open its session and sign it once, where the charts have few and many notes.

use super::measure::{Times, time};
use super::office::{PASSPHRASE, filled, sign_in};
use super::people::TODAY;
use super::table::Line;
use super::{Rounds, folder};
use concord::domain::{ClientId, ClockTime, Date, Group, GroupEntry, GroupId, Here, StaffId};
use concord::service::Desk;
use concord::service::api::{
    Answer, DraftBody, DraftSave, GroupAnswer, GroupAsk, GroupSessionView, GroupSigning, Secret,
};
use concord::store::{Cost, passphrase};
use std::hint::black_box;
use std::time::Duration;

const MEMBERS: u32 = 16;

/// Both rows of the group, for charts with few notes and with many.
pub(crate) fn of_sixteen(rounds: &Rounds, lines: &mut Vec<Line>) {
    let deriving = (0..rounds.few).map(|_| time(|| passphrase::burn(PASSPHRASE, Cost::FLOOR)));
    let derivation = Times::new(deriving.collect()).p50();
    for (notes, goal) in [(20, 60.0), (rounds.notes, 200.0)] {
        let (opened, signed) = measured(rounds, notes);
        let signed = signed.less(derivation);
        for (what, times) in [("open", &opened), ("sign, less derivation,", &signed)] {
            let line = Line::times(&format!("{what} a group of {MEMBERS}, {notes} notes a chart"), times);
            lines.push(line.goal(&format!("p50 under {goal} ms"), times.p50() < goal));
        }
    }
}

/// How long opening a session and signing it took, each round another day's.
fn measured(rounds: &Rounds, notes: u32) -> (Times, Times) {
    let dir = folder();
    let mut all = Vec::new();
    let mut desk = filled(dir.path(), |filler| {
        for n in 1..=MEMBERS {
            let client = filler.person(n);
            (1..=notes).for_each(|number| filler.note(client, number));
            all.push(client);
        }
    });
    let me = sign_in(&mut desk).staff.id;
    let group = a_group(&mut desk, me, &all);
    let (mut opened, mut signed) = (Vec::new(), Vec::new());
    for round in 0..rounds.few {
        let date = TODAY.plus_days(-i32::try_from(round).expect("few rounds"));
        let begun = session(&mut desk, GroupAsk::Begin { group, date });
        for entry in begun.session.entries {
            let entry = GroupEntry { here: Here::Present, ..entry };
            asked(&mut desk, GroupAsk::Mark { group, session: begun.session.number, entry });
        }
        let (open, sign) = one_round(&mut desk, group, date);
        opened.push(open);
        signed.push(sign);
    }
    (Times::new(opened), Times::new(signed))
}

/// Opens the session of a day and signs all of its parts.
fn one_round(desk: &mut Desk, group: GroupId, date: Date) -> (Duration, Duration) {
    let mut view = None;
    let opened = time(|| view = Some(black_box(session(desk, GroupAsk::Begin { group, date }))));
    let signing = Box::new(written(view.expect("it was opened")));
    let mut after = None;
    let passphrase = Secret::new(PASSPHRASE.to_owned());
    let signed = time(|| after = Some(session(desk, GroupAsk::Sign { signing, passphrase })));
    let notes = after.expect("it was signed").session.entries.iter().filter(|entry| entry.note > 0).count();
    assert_eq!(notes, MEMBERS as usize, "every part is signed");
    (opened, signed)
}

/// The session with words in every part.
fn written(view: GroupSessionView) -> GroupSigning {
    let part = |(at, member): (usize, concord::service::api::GroupMember)| {
        let part = member.part.expect("a part is begun");
        let mut note = part.note;
        let own =
            note.sections.iter_mut().find(|section| section.key == "part").expect("a part of one's own");
        own.text = format!("Spoke of the weekend and of what helps at night, part {at}.");
        "Nothing on the plan yet.".clone_into(&mut note.serves_nothing);
        DraftSave { client: member.entry.client, number: part.number, edits: 1, body: DraftBody::Note(note) }
    };
    GroupSigning {
        group: view.session.group,
        session: view.session.number,
        shared: "Ways to wait out an urge.".to_owned(),
        parts: view.members.into_iter().enumerate().map(part).collect(),
        beyond: "measured".to_owned(),
    }
}

fn a_group(desk: &mut Desk, me: StaffId, all: &[ClientId]) -> GroupId {
    let group = Group {
        name: "Evening group".into(),
        neutral: "Group B".into(),
        kind: "adult-16".into(),
        code: "90853".into(),
        program: "Outpatient".into(),
        facilitators: vec![me],
        start: ClockTime(60),
        minutes: 90,
        ..Group::default()
    };
    let view = |answer: GroupAnswer| match answer {
        GroupAnswer::Group(view) => (view.group.value.id, view.group.rev),
        other => panic!("no group: {other:?}"),
    };
    let (group, mut rev) = view(asked(desk, GroupAsk::Save { group: Box::new(group), rev: 0 }));
    for client in all {
        let from = TODAY.plus_days(-200);
        (_, rev) = view(asked(desk, GroupAsk::Join { group, rev, client: *client, from }));
    }
    group
}

fn session(desk: &mut Desk, ask: GroupAsk) -> GroupSessionView {
    match asked(desk, ask) {
        GroupAnswer::Session(view) => *view,
        other => panic!("no session: {other:?}"),
    }
}

fn asked(desk: &mut Desk, ask: GroupAsk) -> GroupAnswer {
    match desk.handle(ask.into()) {
        Ok(Answer::Group(answer)) => answer,
        other => panic!("not done: {other:?}"),
    }
}

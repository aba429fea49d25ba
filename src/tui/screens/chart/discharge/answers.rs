//! What each row of a discharge summary can be answered with: digits, and texts. Pure: it changes the body it is given and nothing else.

use crate::domain::{
    Ahead, Appointed, Asked, CareKind, Discharge, DischargeKnown, LeaveKind, LineEnd, NeedGoes, TookPart,
    WhatNext,
};
use crate::rules::discharge::{Item, NO_LEVEL};
use crate::tui::screens::chart::written::Title;

/// The answers about danger, in the order of their digits.
const RISK: [Asked; 3] = [Asked::NoneReported, Asked::Present, Asked::NotAsked];

/// The words of the digits from 1 on; empty where a row is not answered by one.
pub(super) fn choices(item: Item) -> Vec<&'static str> {
    match item {
        Item::Kind => LeaveKind::ALL.map(LeaveKind::word).to_vec(),
        Item::Line(_) => LineEnd::ALL.map(LineEnd::word).to_vec(),
        Item::Need(_) => NeedGoes::ALL.map(NeedGoes::word).to_vec(),
        Item::Risk => RISK.map(crate::rules::discharge::content::risk_word).to_vec(),
        Item::Care => CareKind::ALL.map(CareKind::word).to_vec(),
        Item::TookPart => TookPart::ALL.map(TookPart::word).to_vec(),
        Item::Sessions => Ahead::ALL.map(session_word).to_vec(),
        Item::Tasks => Ahead::ALL.map(task_word).to_vec(),
        Item::Appointment => Appointed::ALL.map(Appointed::word).to_vec(),
        Item::On | Item::Course | Item::Level | Item::View | Item::Undecided(_) | Item::Fact(_) => Vec::new(),
    }
}

/// What becomes of planned sessions.
pub(super) fn session_word(ahead: Ahead) -> &'static str {
    match ahead {
        Ahead::Ends => "call them off",
        Ahead::Stays => "they stay planned",
    }
}

/// What becomes of open tasks.
pub(super) fn task_word(ahead: Ahead) -> &'static str {
    match ahead {
        Ahead::Ends => "they are done with",
        Ahead::Stays => "they stay to be done",
    }
}

fn of<T: Copy>(all: &[T], digit: u8) -> Option<T> {
    usize::from(digit).checked_sub(1).and_then(|at| all.get(at)).copied()
}

/// Answers a row by a digit; 0 takes the answer away.
pub(super) fn answer(discharge: &mut Discharge, item: Item, digit: u8) {
    match item {
        Item::Kind => discharge.kind = of(&LeaveKind::ALL, digit),
        Item::Line(line) => discharge.end_mut(line).end = of(&LineEnd::ALL, digit),
        Item::Need(need) => discharge.need_mut(need).goes = of(&NeedGoes::ALL, digit),
        Item::Risk => discharge.risk = of(&RISK, digit).unwrap_or_default(),
        Item::Care => discharge.care.kind = of(&CareKind::ALL, digit),
        Item::TookPart => discharge.took_part = of(&TookPart::ALL, digit),
        Item::Sessions => discharge.sessions = of(&Ahead::ALL, digit),
        Item::Tasks => discharge.tasks = of(&Ahead::ALL, digit),
        Item::Level if digit == 0 => discharge.level.clear(),
        Item::Appointment => {
            let care = &mut discharge.care;
            care.appointed = of(&Appointed::ALL, digit);
            if care.appointed != Some(Appointed::Planned) {
                (care.on, care.at) = (None, None);
            }
        }
        Item::On | Item::Course | Item::Level | Item::View | Item::Undecided(_) | Item::Fact(_) => {}
    }
}

/// The texts of a row, with what belongs there; empty where it has none.
pub(super) fn titles(item: Item) -> &'static [Title] {
    match item {
        Item::Kind => &[("Why", "the reason in a sentence")],
        Item::Course => &[("How it went", "what the work was, what changed, what helped")],
        Item::Line(_) => &[("Sentence", "how it ended, in a sentence; where it goes on")],
        Item::Need(_) => &[("Who", "who took it on, and what they do")],
        Item::Risk => &[("Risk", "what it is, and what is in place")],
        Item::Care => &[
            ("Where", "the place or program"),
            ("Who", "the person they meet there"),
            ("Reach them", "phone or address"),
            ("Transport", "how the client gets there"),
            ("When it gets hard", "what the client does then, and whom they call"),
            ("Supports", "people and groups from now on"),
        ],
        Item::View => &[("The client says", "as they said it, without quotation marks")],
        Item::TookPart => &[("Who else", "name and role of who else took part")],
        Item::On
        | Item::Level
        | Item::Appointment
        | Item::Sessions
        | Item::Tasks
        | Item::Undecided(_)
        | Item::Fact(_) => &[],
    }
}

/// The texts of a row, to be written in, in the order of [`titles`].
pub(super) fn texts(discharge: &mut Discharge, item: Item) -> Vec<&mut String> {
    match item {
        Item::Kind => vec![&mut discharge.kind_words],
        Item::Course => vec![&mut discharge.course],
        Item::Line(line) => vec![&mut discharge.end_mut(line).words],
        Item::Need(need) => vec![&mut discharge.need_mut(need).words],
        Item::Risk => vec![&mut discharge.risk_words],
        Item::Care => {
            let care = &mut discharge.care;
            vec![
                &mut care.place,
                &mut care.person,
                &mut care.contact,
                &mut care.transport,
                &mut care.hard,
                &mut care.supports,
            ]
        }
        Item::View => vec![&mut discharge.view],
        Item::TookPart => vec![&mut discharge.participants],
        Item::On
        | Item::Level
        | Item::Appointment
        | Item::Sessions
        | Item::Tasks
        | Item::Undecided(_)
        | Item::Fact(_) => Vec::new(),
    }
}

/// Takes over what the program offers for a row: the level given until now, and what the plan says of *after that*.
pub(super) fn accept(
    discharge: &mut Discharge,
    item: Item,
    known: &DischargeKnown,
    after: &WhatNext,
) -> Result<(), &'static str> {
    match item {
        Item::Level if !known.level.is_empty() => {
            discharge.level.clone_from(&known.level);
            Ok(())
        }
        Item::Care if !after.is_empty() => {
            let care = &mut discharge.care;
            // What somebody wrote already stays.
            for (text, said) in [
                (&mut care.place, &after.place),
                (&mut care.person, &after.person),
                (&mut care.supports, &after.supports),
            ] {
                if text.trim().is_empty() {
                    text.clone_from(said);
                }
            }
            care.on = care.on.or(after.on);
            if care.on.is_some() {
                care.appointed = care.appointed.or(Some(Appointed::Planned));
            }
            Ok(())
        }
        Item::Care => Err("The plan does not say what comes after that."),
        _ => Err("Nothing is offered here."),
    }
}

/// The level as it is shown.
pub(super) fn level_words(level: &str) -> String {
    match level {
        "" => "not answered yet".to_owned(),
        NO_LEVEL => "no care indicated".to_owned(),
        level => level.to_owned(),
    }
}

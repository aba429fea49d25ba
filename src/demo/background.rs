//! What is known of a life besides its plan: the contract, the basics of the plan, diagnoses, earlier help, levels of care.

use super::lives::Life;
use super::story::Story;
use crate::domain::{
    Contract, ContractCell, ContractRow, ContractView, Date, Diagnosis, DiagnosisKind, EarlierHelp, HelpKind,
    LevelDecision, LevelEvent, MedicationAnswer, Naloxone, Number, PlanBasics, Support, WhatNext, Written,
};
use crate::packs;
use crate::rules::diagnosis::OWN;

/// All of it, numbered from 1 by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Background {
    /// Decisions on the level of care.
    pub levels: Vec<LevelDecision>,
    /// Diagnoses.
    pub diagnoses: Vec<Diagnosis>,
    /// Earlier help.
    pub helps: Vec<EarlierHelp>,
    /// The contract, where one was begun.
    pub contract: Option<Contract>,
    /// What belongs to the plan besides its lines, where it was written.
    pub basics: Option<PlanBasics>,
}

/// What is known of a life. `gap` is why the level given is not the one indicated.
pub(super) fn of(story: &Story<'_>) -> Background {
    let life = story.life;
    Background {
        levels: vec![level(story)],
        diagnoses: (1..)
            .zip(&life.diagnoses)
            .map(|(number, fields)| diagnosis(story, number, fields))
            .collect(),
        helps: (1..).zip(&life.helps).map(|(number, fields)| help(story, number, fields)).collect(),
        contract: contract(story),
        basics: basics(story),
    }
}

fn field<'a>(fields: &[&'a str], at: usize) -> &'a str {
    fields.get(at).copied().unwrap_or_default()
}

/// The day a thing was written: the first days after the admission, for each in its turn.
fn day(story: &Story<'_>, at: i32) -> Date {
    story.admitted.plus_days(at.min(story.since))
}

fn written(story: &Story<'_>, words: &str, at: i32) -> Written {
    if words.is_empty() {
        return Written::default();
    }
    Written {
        words: story.said(words),
        on: day(story, at),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
    }
}

fn level(story: &Story<'_>) -> LevelDecision {
    let life = story.life;
    let gap = life.flag("gap");
    let reason = gap.unwrap_or_default().to_owned();
    let interim = if reason == "waiting list" { "Two calls a week until there is a place." } else { "" };
    LevelDecision {
        client: story.id,
        number: story.stay,
        episode: story.stay,
        on: story.admitted,
        indicated: if gap.is_some() { "2.5" } else { life.level }.to_owned(),
        actual: life.level.to_owned(),
        interim: interim.to_owned(),
        reason,
        agrees: Some(true),
        event: LevelEvent::Admission,
        at: story.at(story.admitted, 9, 25),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
        ..LevelDecision::default()
    }
}

fn diagnosis(story: &Story<'_>, number: Number, fields: &[&str]) -> Diagnosis {
    let codes = packs::codes();
    let code = field(fields, 0);
    let wording = codes.all.iter().find(|one| one.code == code).map_or("", |one| one.wording.as_str());
    let source = if field(fields, 3).is_empty() { OWN } else { field(fields, 3) };
    let kind = DiagnosisKind::ALL.into_iter().find(|kind| kind.word() == field(fields, 1));
    let (made_by, credential) = if source == OWN {
        (story.counselor.name.clone(), story.counselor.credential.clone())
    } else {
        ("Dr. Maren Aldous".to_owned(), "MD".to_owned())
    };
    Diagnosis {
        client: story.id,
        number,
        episode: story.stay,
        code: code.to_owned(),
        wording: wording.to_owned(),
        edition: codes.edition.clone(),
        kind: kind.unwrap_or_default(),
        severity: field(fields, 2).to_owned(),
        made_on: day(story, 6),
        made_by,
        credential,
        source: source.to_owned(),
        typed_by: story.counselor.id,
        typed_by_name: story.counselor.signature_name(),
        changed_at: story.at(day(story, 6), 11, 10),
        ..Diagnosis::default()
    }
}

fn help(story: &Story<'_>, number: Number, fields: &[&str]) -> EarlierHelp {
    let kind = HelpKind::ALL.into_iter().find(|kind| kind.word() == field(fields, 0));
    let own = |at: usize| field(fields, at).to_owned();
    EarlierHelp {
        client: story.id,
        number,
        episode: story.stay,
        kind: kind.unwrap_or_default(),
        level: own(1),
        place: own(2),
        from: own(3),
        until: own(4),
        ended: own(5),
        helped: own(6),
        did_not: own(7),
        well: own(8),
        in_error: String::new(),
        written: Written { words: String::new(), ..written(story, "-", 4) },
    }
}

fn contract(story: &Story<'_>) -> Option<Contract> {
    let life: &Life = story.life;
    if life.contract.is_empty() {
        return None;
    }
    let mut cells = Vec::new();
    for row in ContractRow::ALL {
        let Some(fields) = life.contract.iter().find(|fields| field(fields, 0) == row.word().to_lowercase())
        else {
            continue;
        };
        for (at, view) in (1..).zip(ContractView::ALL) {
            let written = written(story, field(fields, at), 5 + i32::try_from(at).unwrap_or(0));
            if !written.is_empty() {
                cells.push(ContractCell { row, view, written, plan_said: None });
            }
        }
    }
    Some(Contract {
        client: story.id,
        episode: story.stay,
        cells,
        authority_wants: written(story, field(&life.authority, 0), 6),
        if_not_kept: written(story, field(&life.authority, 1), 6),
        changed_at: story.at(day(story, 8), 11, 20),
    })
}

fn basics(story: &Story<'_>) -> Option<PlanBasics> {
    let life = story.life;
    if life.person.is_empty() && life.medication.is_empty() {
        return None;
    }
    let of = |at: usize| written(story, field(&life.person, at), 7);
    let mut basics = PlanBasics {
        client: story.id,
        episode: story.stay,
        strengths: of(0),
        needs: of(1),
        abilities: of(2),
        preferences: of(3),
        complete_when: of(4),
        after: WhatNext {
            place: field(&life.person, 5).to_owned(),
            person: field(&life.person, 6).to_owned(),
            ..WhatNext::default()
        },
        changed_at: story.at(day(story, 7), 11, 30),
        changed_by: story.counselor.id,
        ..PlanBasics::default()
    };
    let supports = field(&life.person, 7).split('/').map(str::trim).filter(|words| !words.is_empty());
    basics.supports.people = supports.map(support).collect();
    let answer = MedicationAnswer::ALL.into_iter().find(|one| one.word() == field(&life.medication, 0));
    basics.medication = answer.unwrap_or_default();
    basics.medication_words = written(story, field(&life.medication, 1), 7);
    let naloxone = Naloxone::ALL.into_iter().find(|one| one.word() == field(&life.medication, 2));
    basics.naloxone = naloxone.unwrap_or_default();
    Some(basics)
}

fn support(words: &str) -> Support {
    let mut parts = words.split(';').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    Support { name: next(), relation: next(), does: next(), may_speak: None }
}

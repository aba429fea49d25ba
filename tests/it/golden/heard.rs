//! Samples of what was heard from a client.

use super::samples::*;
use concord::domain::*;

pub fn administrations() -> Vec<Administration> {
    let replies = [Reply::Given(Hundredths::whole(3)), Reply::Blank, Reply::Declined];
    let make = |(number, how): (Number, HowTaken)| Administration {
        client: JO,
        number,
        episode: 2,
        measure: s("PHQ-9"),
        version: 1,
        form: s("youth"),
        on: Date(20_000),
        time: ClockTime::new(9, 30),
        session: 4,
        answered_by: s("caregiver"),
        name: s("Ana"),
        how,
        answers: ["1", "2", "9"].map(s).into_iter().zip(replies).collect(),
        results: vec![
            ScaleResult {
                scale: s("total"),
                score: Some(Score::new(8100, 8)),
                missing: 1,
                band: s("moderate"),
                verify: true,
            },
            ScaleResult::default(),
        ],
        class: s("improved"),
        age: Some(17),
        ask: vec![s("9")],
        ask_hours: 1,
        asked: s("no thoughts of it"),
        shown: true,
        in_error: s("another person's"),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        at: Moment(7),
        begun: Moment(6),
        wording: 2,
        findings: vec![s("Triage: low")],
    };
    let all = [HowTaken::Paper, HowTaken::Aloud, HowTaken::Remote, HowTaken::Screen];
    (1..).zip(all).map(make).collect()
}

pub fn critical() -> CriticalWaiting {
    CriticalWaiting {
        client: JO,
        number: 1,
        need: 2,
        dimension: DimensionRef { set: s("ASAM3"), number: 3 },
        measure: s("PHQ-9"),
        version: 1,
        item: s("9"),
        about: s("PHQ-9, item 9"),
        on: Date(20_000),
        how: HowTaken::Paper,
        begun: Moment(6),
        entries: vec![CriticalEntry { at: Moment(7), by: ROSA, value: s("2") }, CriticalEntry::default()],
        done: vec![CriticalDone {
            here: s("in this room"),
            assessed: s("by talking"),
            words: s("I would not do it"),
            decided: s("stays with her sister"),
            means: s("none"),
            plan: s("made"),
            consult: s("on call"),
            by: ROSA,
            joins: Some(1),
            by_name: s("Rosa Imani LADC"),
            at: Moment(8),
        }],
    }
}

pub fn checkin() -> CheckIn {
    let replies = || [Reply::Given(Hundredths::whole(3)), Reply::Blank, Reply::Declined];
    let answers = || ["goal", "task", "bond"].map(s).into_iter().zip(replies()).collect::<Vec<_>>();
    CheckIn {
        client: JO,
        number: 1,
        episode: 2,
        session: 3,
        on: Date(20_000),
        about: ROSA,
        about_name: s("Rosa Imani LADC"),
        answered_by: s("caregiver"),
        name: s("Ana"),
        form: s("adult"),
        version: 1,
        how: HowTaken::Aloud,
        answers: answers(),
        guess: answers(),
        question: s("Was the pace right?"),
        words: s("It was a lot today."),
        in_error: s("another person's"),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        at: Moment(7),
    }
}

pub fn alert() -> Alert {
    Alert {
        client: JO,
        number: 1,
        episode: 2,
        kind: AlertKind::NoGain,
        measure: s("PHQ-9"),
        version: 1,
        about: ROSA,
        answered_by: s("caregiver"),
        name: s("Ana"),
        facts: vec![AlertFact {
            source: 3,
            on: Date(20_000),
            words: s("bond fell from 5 to 3"),
            at: Moment(7),
            in_error: true,
        }],
        answer: Some(AlertAnswer {
            done: AlertDone::TypedWrong,
            words: s("Shorter forms first."),
            by: ROSA,
            by_name: s("Rosa Imani LADC"),
            at: Moment(8),
            on: Date(20_001),
        }),
    }
}

pub fn rupture() -> Rupture {
    Rupture {
        client: JO,
        number: 1,
        episode: 2,
        session: 3,
        on: Date(20_000),
        kind: RuptureKind::Both,
        marks: vec![s("short answers")],
        what: s("She looked away."),
        repair: vec![s("asked for feedback")],
        outcome: RuptureOutcome::EndedWithout,
        outcome_words: s("She left early."),
        outcome_on: Some(Date(20_007)),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        at: Moment(7),
        in_error: s("another person's"),
    }
}

pub fn ways() -> WaysOfWorking {
    let barrier = |over| Barrier { kind: s("transport"), words: s("no bus"), done: s("video"), over };
    WaysOfWorking {
        client: JO,
        expects: s("to be asked"),
        prefers: s("slow, mornings"),
        comfort: Some(2),
        hinders: s("I do not want to hurt you"),
        differences: s("I am the only one of my town here"),
        barriers: vec![barrier(false), barrier(true)],
        stage: Some(RelationStage::Ending),
        stage_on: Some(Date(20_000)),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        at: Moment(9),
    }
}

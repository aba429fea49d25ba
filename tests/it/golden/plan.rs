//! Samples of the records a plan is made of.

use super::samples::{JO, ROSA, s};
use concord::domain::*;
use concord::store::DocText;

fn line(state: LineState, taken: Taken) -> PlanLine {
    PlanLine {
        client: JO,
        number: 3,
        episode: 2,
        state,
        state_on: Date(20_001),
        state_words: s("she asked for it"),
        rank: 70_000,
        required_by: s("the court"),
        taken,
        added_at: Moment(1),
        added_by: ROSA,
        added_by_name: s("Rosa Imani LADC"),
        changed_at: Moment(2),
        changed_by: ROSA,
        changed_by_name: s("Rosa Imani LADC"),
    }
}

fn baseline() -> Baseline {
    Baseline { words: s("4 nights of 7"), on: Some(Date(20_000)) }
}

pub fn goals() -> Vec<Goal> {
    let states = [
        LineState::Proposed,
        LineState::Active,
        LineState::Met,
        LineState::PartlyMet,
        LineState::Deferred { until: Date(20_100), agrees: Some(true) },
        LineState::EnteredInError,
    ];
    let stopped = StopWhy::ALL.map(LineState::Stopped);
    let earlier = Taken::Earlier { line: LineRef::goal(1), episode: 1 };
    let taken = [Taken::Own, Taken::Library(s("sleep.toml")), earlier];
    let score = Target::Score { measure: s("PHQ-9"), scale: s("total"), at_most: true, hundredths: 900 };
    let rating = Target::Rating { dimension: DimensionRef { set: s("ASAM3"), number: 3 }, at_most: 1 };
    let targets = [None, Some(score), Some(rating)];
    let make = |(at, state): (usize, LineState)| Goal {
        line: line(state, taken[at % taken.len()].clone()),
        words: Quote {
            words: s("I want to sleep"),
            on: Date(20_000),
            how: Given::ALL[at % Given::ALL.len()],
        },
        wording: s("sleep through five nights of seven"),
        problems: vec![1, 2],
        kind: GoalKind::ALL[at % GoalKind::ALL.len()],
        matters: s("to be there for M. in the morning"),
        tried: s("tea, walking"),
        know: s("the diary says so"),
        target: targets[at % targets.len()].clone(),
        baseline: baseline(),
        by: Some(Date(20_060)),
        strengths: s("gets up for work"),
        focus: at == 0,
    };
    states.into_iter().chain(stopped).enumerate().map(make).collect()
}

pub fn objectives() -> Vec<Objective> {
    let make = |doer| Objective {
        line: line(LineState::Active, Taken::Own),
        goal: 1,
        doer,
        step: s("write the diary"),
        amount: s("3 nights a week"),
        baseline: baseline(),
        by: Some(Date(20_030)),
        see: s("the diary"),
        barrier: s("late shifts"),
        then: s("write it in the morning"),
        sure: Some(6),
        safety: true,
    };
    [Doer::Nobody, Doer::Client, Doer::Other(s("L."))].into_iter().map(make).collect()
}

pub fn methods() -> Vec<Method> {
    let often = [
        Often::Unsaid,
        Often::Times { times: 2, per: Per::Day },
        Often::Times { times: 1, per: Per::Week },
        Often::Times { times: 3, per: Per::Month },
        Often::EveryWeeks(2),
        Often::InAll(8),
        Often::Once,
        Often::WhenNeeded(s("a bad night")),
    ];
    let who = [
        Who::Nobody,
        Who::Staff { id: ROSA, name: s("Rosa Imani LADC") },
        Who::Outside { name: s("Dr Ames"), organisation: s("County clinic") },
    ];
    let make = |(at, often): (usize, Often)| Method {
        line: line(LineState::Active, Taken::Own),
        goal: 1,
        objective: 3,
        kind: s("counseling"),
        modality: Some(Modality::Individual),
        wording: s("CBT for sleep"),
        purpose: s("to find what keeps her awake"),
        dose: Dose { often, minutes: 50, weeks: 8 },
        who: who[at % who.len()].clone(),
        from: Some(Date(20_000)),
        until: Some(Date(20_060)),
        safety: true,
        referral: Some(Referral {
            to: s("County clinic"),
            appointment: Some((Date(20_010), Some(ClockTime(800)))),
            kept: ReferralKept::ALL[at % ReferralKept::ALL.len()],
            look_again: Some(Date(20_020)),
        }),
    };
    often.into_iter().enumerate().map(make).collect()
}

pub fn agreements() -> Vec<Agreement> {
    let parties = [Party::Client, Party::Guardian(s("A. Rivera")), Party::Participant(s("L."))];
    let lines =
        [LineKind::Goal, LineKind::Objective, LineKind::Method].map(|kind| LineRef { kind, number: 300 });
    let answers = [Assent::NotAsked, Assent::Agreed, Assent::Partly, Assent::Declined, Assent::NotSaid];
    let make = |(at, answer): (usize, Assent)| Agreement {
        client: JO,
        number: 5,
        episode: 2,
        about: lines[at % lines.len()],
        whose: parties[at % parties.len()].clone(),
        answer,
        words: s("two is what I can promise"),
        to: Terms {
            wording: s("write the diary"),
            amount: s("3 nights a week"),
            dates: vec![Date(20_030)],
            doer: s("the client"),
        },
        given: Date(20_002),
        typed_at: Moment(3),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        note: 7,
        carries: 4,
        by_client: true,
        left_out: s("pressed by mistake"),
    };
    answers.into_iter().enumerate().map(make).collect()
}

pub fn trail() -> Trail {
    let mark = |(note, progress): (u32, Progress)| TrailMark {
        note,
        on: Date(20_003),
        progress,
        sentence: s("three nights"),
        minutes: 25,
    };
    let all = [Progress::Unsaid].into_iter().chain(Progress::ALL);
    Trail { client: JO, line: LineRef::method(2), marks: (1..).zip(all).map(mark).collect(), count: 70 }
}

fn written(words: &str) -> Written {
    Written { words: s(words), on: Date(20_004), by: ROSA, by_name: s("Rosa Imani LADC") }
}

pub fn basics() -> Vec<PlanBasics> {
    let support =
        Support { name: s("L."), relation: s("sister"), does: s("keeps the pills"), may_speak: Some(true) };
    let make = |(at, medication): (usize, MedicationAnswer)| PlanBasics {
        client: JO,
        episode: 2,
        strengths: written("comes on time"),
        needs: written("a quiet room"),
        abilities: written("cooks"),
        preferences: written("evenings"),
        supports: Supports { people: vec![support.clone()], declined: s("nobody else") },
        works_for: written("large print"),
        complete_when: written("eight weeks of sleep"),
        talked_over: s("with L., on 21 Nov"),
        after: WhatNext {
            supports: s("the Thursday meeting"),
            place: s("community center"),
            person: s("M.O."),
            on: Some(Date(20_090)),
        },
        medication,
        medication_words: written("not now"),
        naloxone: Naloxone::ALL[at % Naloxone::ALL.len()],
        changed_at: Moment(4),
        changed_by: ROSA,
    };
    MedicationAnswer::ALL.into_iter().enumerate().map(make).collect()
}

pub fn contract() -> Contract {
    let cells = ContractRow::ALL.into_iter().flat_map(|row| ContractView::ALL.map(|view| (row, view)));
    let cell =
        |(row, view)| ContractCell { row, view, written: written("yes"), plan_said: Some(s("the plan")) };
    Contract {
        client: JO,
        episode: 2,
        cells: cells.map(cell).collect(),
        authority_wants: written("26 sessions"),
        if_not_kept: written("They send me back."),
        changed_at: Moment(6),
    }
}

pub fn diagnoses() -> Vec<Diagnosis> {
    let make = |(number, kind): (Number, DiagnosisKind)| Diagnosis {
        client: JO,
        number,
        episode: 2,
        code: s("F10.20"),
        wording: s("Alcohol dependence, uncomplicated"),
        edition: s("ICD-10-CM 2026"),
        kind,
        severity: s("moderate"),
        from: Some(Date(19_000)),
        until: Some(Date(20_001)),
        made_on: Date(20_000),
        made_by: s("Rosa Imani"),
        credential: s("LADC"),
        source: s("own"),
        problems: vec![1, 2],
        in_error: s("another person's"),
        typed_by: ROSA,
        typed_by_name: s("Rosa Imani LADC"),
        changed_at: Moment(7),
    };
    (1..).zip(DiagnosisKind::ALL).map(make).collect()
}

pub fn helps() -> Vec<EarlierHelp> {
    let make = |(number, kind): (Number, HelpKind)| EarlierHelp {
        client: JO,
        number,
        episode: 2,
        kind,
        level: s("28 days"),
        place: s("Harbor House"),
        from: s("2019"),
        until: s("2020"),
        ended: s("completed"),
        helped: s("the walks"),
        did_not: s("the lectures"),
        well: s("nine months, with a dog"),
        in_error: s("another person's"),
        written: written(""),
    };
    (1..).zip(HelpKind::ALL).map(make).collect()
}

pub fn levels() -> Vec<LevelDecision> {
    let make = |(number, event): (Number, LevelEvent)| LevelDecision {
        client: JO,
        number,
        episode: 2,
        on: Date(20_000),
        indicated: s("2.5"),
        withdrawal: s("1-WM"),
        actual: s("2.1"),
        reason: s("waiting list"),
        note: s("a place in March"),
        interim: s("two calls a week"),
        agrees: Some(true),
        event,
        at: Moment(8),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        in_error: s("another person's"),
    };
    (1..).zip(LevelEvent::ALL).map(make).collect()
}

/// Every kind, reason and way to take part.
pub fn versions() -> Vec<VersionFacts> {
    let make = |(at, why): (usize, WhyChanged)| VersionFacts {
        version: 3,
        kind: VersionKind::ALL[at % VersionKind::ALL.len()],
        why: Some(why),
        why_words: s("L. found the pills"),
        took_part: Some(TookPart::ALL[at % TookPart::ALL.len()]),
        took_part_words: s("session of 13:00"),
        participants: s("L., sister"),
        look_again: Some(Date(20_050)),
        asks: vec![PartyRule { whom: AskedParty::Guardian, under: 18 }, PartyRule::default()],
        lines: 7,
    };
    WhyChanged::ALL.into_iter().enumerate().map(make).collect()
}

pub fn version_text() -> DocText {
    let text = PlanText {
        client_name: s("Jo Rivera"),
        record_no: s("A-1001"),
        author: s("Rosa Imani LADC"),
        problems: vec![Problem { number: 1, ..Problem::default() }],
        goals: goals(),
        objectives: objectives(),
        methods: methods(),
        agreements: agreements(),
        basics: basics().remove(0),
        contract: contract(),
        diagnoses: diagnoses(),
        wants: Wants { wants: s("Keep the flat"), ..Wants::default() },
        level: levels().remove(0),
        required: s("26 sessions"),
        facts: versions().remove(0),
    };
    DocText::of_plan(&text).unwrap()
}

/// What a review says, with every answer.
pub fn review() -> Review {
    let mark = |(at, change): (usize, WhatChanges)| ReviewMark {
        line: LineRef { kind: LineKind::Objective, number: 2 },
        progress: Progress::ALL[at % Progress::ALL.len()],
        sentence: s("Five nights of seven."),
        done: s("6 of 6"),
        change: Some(change),
        change_words: s("one night at a time"),
    };
    let help = |(method, helped): (Number, Helped)| ReviewHelp {
        method,
        helped: Some(helped),
        words: s("the walk home"),
    };
    Review {
        client: JO,
        episode: 1,
        on: Date(20_012),
        wants: Some(StillWanted::Changed),
        wants_words: s("Keep the flat."),
        marks: WhatChanges::ALL.into_iter().enumerate().map(mark).collect(),
        helps: (1..).zip(Helped::ALL).map(help).collect(),
        view: s("I like the group."),
        took_part: Some(TookPart::Together),
        participants: s("L., sister"),
        choice: Some(LevelChoice::StepDown),
        why: Some(LevelWhy::NeedsLess),
        level_words: s("two good months"),
        new_level: s("1"),
        agrees: Some(false),
        next: Some(Date(20_042)),
        amends: 2,
        reason: s("wrong day"),
        known: Some(Box::new(review_known())),
    }
}

fn review_known() -> ReviewKnown {
    ReviewKnown {
        from: Date(19_980),
        until: Date(20_012),
        version: 2,
        set: s("ASAM3"),
        ratings: vec![ReviewRating {
            dimension: 6,
            then: Some(Severity::Serious),
            then_on: Date(19_970),
            then_words: s("On my cousin's floor."),
            now: Some(Severity::Mild),
            now_on: Date(20_010),
            now_words: s("I have a key."),
        }],
        sessions: ReviewSessions {
            planned: 12,
            held: 10,
            missed: 2,
            minutes: 810,
            planned_minutes: 900,
            unplanned: 3,
        },
        methods: vec![ReviewMethod { method: 1, wording: s("CBT"), planned: Some(4), held: 3 }],
        lines: vec![ReviewLine {
            line: LineRef::goal(1),
            wording: s("Sleep"),
            amount: s("3 nights"),
            before: Progress::Some,
            notes: vec![(Date(20_000), Progress::Substantial)],
            log: s("5 of 7 planned; 6 days noted"),
        }],
        indicated: s("2.1"),
        actual: s("2.1"),
        wants: Wants { wants: s("Keep the flat"), ..Wants::default() },
        forms: vec![ReviewForm { form: s("Drug test"), words: s("20 Nov 2026: six: 6 negative") }],
        mandated: true,
    }
}

/// Every choice.
pub fn review_facts() -> Vec<ReviewFacts> {
    let make = |choice| ReviewFacts {
        from: Date(19_980),
        version: 2,
        marks: vec![(LineRef::goal(1), Progress::Substantial)],
        choice: Some(choice),
        next: Some(Date(20_042)),
        words: 12,
        took_part: Some(TookPart::Together),
    };
    LevelChoice::ALL.into_iter().map(make).collect()
}

pub fn review_text() -> DocText {
    let text = ReviewText {
        client_name: s("Jo Rivera"),
        record_no: s("A-1001"),
        author: s("Rosa Imani LADC"),
        review: review(),
        known: review_known(),
    };
    DocText::of_review(&text).unwrap()
}

/// Every kind of log, with every kind of entry.
pub fn logs() -> Vec<Log> {
    let values = [
        vec![LogValue::Yes, LogValue::No],
        vec![LogValue::Number(0), LogValue::Number(12)],
        vec![LogValue::Words(s("walked it off"))],
    ];
    let make = |(kind, values): (LogKind, Vec<LogValue>)| Log {
        client: JO,
        number: 4,
        episode: 2,
        objective: 3,
        of: 1,
        kind,
        what: s("I slept through"),
        planned: Often::Times { times: 5, per: Per::Week },
        from: Date(20_000),
        until: (kind == LogKind::Words).then_some(Date(20_030)),
        entries: (0..).zip(values).map(|(day, value)| LogEntry { on: Date(20_001 + day), value }).collect(),
        changed_at: Moment(9),
        changed_by: ROSA,
        changed_by_name: s("Rosa Imani LADC"),
    };
    LogKind::ALL.into_iter().zip(values).map(make).collect()
}

pub fn events() -> Vec<PlanEvent> {
    let make = |what| PlanEvent {
        client: JO,
        number: 3,
        episode: 2,
        what,
        on: Date(20_005),
        words: s("two nights on the ward"),
        at: Moment(9),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
    };
    let words = [PlanWord::StillFits].into_iter().chain(PlanWord::HAPPENED);
    words.map(make).collect()
}

pub fn shown() -> Vec<Shown> {
    let papers = [
        Paper::ClientPage,
        Paper::Changes,
        Paper::Plan,
        Paper::Problem(3),
        Paper::Document(1 << 24 | 2),
        Paper::Leaving(5 << 24 | 1),
        Paper::SafetyCard(6 << 24 | 1),
        Paper::Form,
        Paper::LogSheet(3),
        Paper::OwnLine,
    ];
    let make = |(number, what): (Number, Paper)| Shown {
        client: JO,
        number,
        episode: 2,
        what,
        how: if number == 1 { ShownHow::File } else { ShownHow::Printed },
        at: Moment(8),
        by: ROSA,
        by_name: s("Rosa Imani LADC"),
        guardian: if number == 1 { guardianship() } else { Guardianship::default() },
        left_off: if number == 1 { PagePart::ALL.to_vec() } else { Vec::new() },
    };
    (1..).zip(papers).map(make).collect()
}

fn guardianship() -> Guardianship {
    Guardianship {
        name: s("Ana Rivera"),
        relation: s("mother"),
        document: s("court order"),
        dated: Some(Date(19_000)),
    }
}

/// What a client marked at the turned screen.
pub fn client_answers() -> ClientAnswers {
    let one = agreements().remove(1);
    let marked = Marked {
        about: one.about,
        to: one.to,
        answer: Assent::Partly,
        words: s("two is what I can promise"),
    };
    ClientAnswers {
        what: Paper::ClientPage,
        episode: 2,
        at: Moment(4),
        language: s("es"),
        lines: vec![marked],
        signs: Some(ClientSigns::Signs),
        name: s("Jo Rivera"),
        why: s("not the Thursdays"),
        copy: Some(true),
        version: 33_554_433,
        guardian: guardianship(),
        form: TurnedForm {
            measure: s("PHQ-9"),
            version: 1,
            form: s("adult"),
            wording: 2,
            begun: Moment(4),
            question: s("What did we miss?"),
            answers: vec![(s("9"), Reply::Declined)],
            words: s("The evenings."),
        },
    }
}

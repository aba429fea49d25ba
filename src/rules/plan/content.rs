//! How a signed version of a plan is laid out for staff.
//!
//! Owns the order and the words around what was frozen. It says only what the version says.

use super::tree::{Node, Show};
use super::words as said;
use super::{AnyLine, Plan};
use crate::domain::{
    Agreement, Assent, Block, Content, ContractRow, ContractView, Date, LineState, MedicationAnswer,
    Naloxone, Party, PlanBasics, PlanText, Problem, Taken, VersionFacts,
};
use crate::rules::when;

/// Lays out a version.
pub fn version(text: &PlanText, today: Date) -> Content {
    let plan = Plan::frozen(text);
    let mut blocks = front(text, today);
    heading(&mut blocks, "wants", "What the client wants");
    if text.wants.wants.trim().is_empty() {
        blocks.push(Block::Prose(String::new()));
    } else {
        blocks.push(Block::Quote { words: text.wants.wants.clone(), on: Some(text.wants.on) });
    }
    for row in plan.rows(Show::Plan) {
        match row.node {
            Node::Wants => {}
            Node::Problem(number) => {
                if let Some(problem) = plan.problem(number) {
                    heading(&mut blocks, &format!("P{number}"), &problem_words(problem));
                    blocks.extend(in_their_words(problem));
                }
            }
            Node::Line(name) => {
                blocks.extend(plan.line(name).map(|line| Block::Prose(line_words(line, &plan, today))));
            }
        }
    }
    besides(&mut blocks, &plan.basics, today);
    contract(&mut blocks, text);
    let kind = text.facts.kind.word();
    Content { title: format!("Plan {}  {kind}", text.facts.version), blocks }
}

fn heading(blocks: &mut Vec<Block>, key: &str, words: &str) {
    blocks.push(Block::Heading { key: key.to_owned(), words: words.to_owned() });
}

/// For whom it is, and what the signer answered.
fn front(text: &PlanText, today: Date) -> Vec<Block> {
    let mut blocks = vec![Block::About(format!("for {}, {}", text.client_name, text.record_no))];
    let facts = &text.facts;
    let answers = [
        ("Why it changed", why(facts)),
        ("Client took part", joined(&[facts.took_part.map_or("", |one| one.word()), &facts.took_part_words])),
        ("Who else took part", facts.participants.clone()),
        ("Look again", facts.look_again.map(|on| when::short(on, today)).unwrap_or_default()),
        ("Level of care", text.level.actual.clone()),
        ("Required", text.required.clone()),
    ];
    let given = answers.into_iter().filter(|(_, words)| !words.trim().is_empty());
    blocks.extend(given.map(|(label, words)| Block::Answer { label: label.to_owned(), words }));
    for diagnosis in &text.diagnoses {
        let words = joined(&[&diagnosis.code, &diagnosis.wording, diagnosis.kind.word()]);
        blocks.push(Block::Answer { label: "Diagnosis".to_owned(), words });
    }
    blocks
}

/// `new need: L. found the pills`.
pub fn why(facts: &VersionFacts) -> String {
    match (facts.why, facts.why_words.trim()) {
        (None, words) => words.to_owned(),
        (Some(why), "") => why.word().to_owned(),
        (Some(why), words) => format!("{}: {words}", why.word()),
    }
}

fn joined(parts: &[&str]) -> String {
    let given: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    given.join(", ")
}

fn problem_words(problem: &Problem) -> String {
    let words = if problem.wording.trim().is_empty() { &problem.words } else { &problem.wording };
    let stage = problem.stage().map_or("", |stage| stage.word());
    let status = if problem.status.is_active() { "" } else { problem.status.word() };
    joined(&[
        &format!("P{} {words}", problem.number),
        &format!("D{}", problem.dimension.number),
        stage,
        status,
    ])
}

fn in_their_words(problem: &Problem) -> Option<Block> {
    let quoted = !problem.words.trim().is_empty() && !problem.wording.trim().is_empty();
    quoted.then(|| Block::Quote { words: problem.words.clone(), on: None })
}

/// `O2 Write the sleep diary, 3 nights a week, by 9 Dec; client partly, 21 Nov: "Two is what I can promise."`
fn line_words(line: AnyLine<'_>, plan: &Plan, today: Date) -> String {
    let name = line.name();
    let words = match line {
        AnyLine::Goal(goal) => {
            let by = goal.by.map(|on| format!("by {}", when::short(on, today))).unwrap_or_default();
            let words = joined(&[&said::wording(line), &said_then(goal, today)]);
            joined(&[&words, quoted_too(goal), &goal.know, &by])
        }
        AnyLine::Objective(objective) => said::objective_sentence(objective, today),
        AnyLine::Method(method) => said::method_sentence(method, today),
    };
    let mut parts = vec![format!("{name} {words}")];
    if line.is_safety() {
        parts.push("for safety".to_owned());
    }
    let required = line.line().required_by.trim();
    if !required.is_empty() {
        parts.push(format!("required by {required}"));
    }
    if line.line().state != LineState::Active {
        parts.push(line.line().state.word().to_owned());
    }
    let answers = plan.agreements.iter().filter(|one| one.about == name && one.to == line.terms());
    let mut newest: Vec<&Agreement> = Vec::new();
    for one in answers {
        newest.retain(|other| other.whose != one.whose);
        newest.push(one);
    }
    parts.extend(newest.into_iter().filter_map(|one| answer_words(one, today)));
    // A full stop ends the whole line, never its first part.
    if parts.len() > 1 && parts[0].ends_with('.') {
        parts[0].pop();
    }
    parts.join("; ")
}

/// `said 12 Oct`, where the client's words were taken over from an earlier stay.
fn said_then(goal: &crate::domain::Goal, today: Date) -> String {
    let old = matches!(goal.line.taken, Taken::Earlier { .. }) && !goal.words.words.trim().is_empty();
    if old { format!("said {}", when::short(goal.words.on, today)) } else { String::new() }
}

/// The clinician's wording, where the client's own words come first.
fn quoted_too(goal: &crate::domain::Goal) -> &str {
    if goal.words.words.trim().is_empty() { "" } else { &goal.wording }
}

fn answer_words(one: &Agreement, today: Date) -> Option<String> {
    if one.answer == Assent::NotAsked {
        return None;
    }
    let whose = match &one.whose {
        Party::Client => "client",
        Party::Guardian(name) | Party::Participant(name) => name,
    };
    let words = one.words.trim();
    let quote = if words.is_empty() { String::new() } else { format!(": \u{201c}{words}\u{201d}") };
    Some(format!("{whose} {}, {}{quote}", one.answer.word(), when::short(one.given, today)))
}

/// What belongs to the plan besides its lines.
fn besides(blocks: &mut Vec<Block>, basics: &PlanBasics, today: Date) {
    let supports: Vec<String> =
        basics.supports.people.iter().map(|one| joined(&[&one.name, &one.relation, &one.does])).collect();
    let after = &basics.after;
    let after_on = after.on.map(|on| when::short(on, today)).unwrap_or_default();
    let medication = match basics.medication {
        MedicationAnswer::NotAsked => String::new(),
        answer => joined(&[answer.word(), &basics.medication_words.words]),
    };
    let naloxone = match basics.naloxone {
        Naloxone::NotAsked => String::new(),
        answer => answer.word().to_owned(),
    };
    let all = [
        ("Strengths", basics.strengths.words.clone()),
        ("Needs", basics.needs.words.clone()),
        ("Abilities", basics.abilities.words.clone()),
        ("Preferences", basics.preferences.words.clone()),
        ("Supports", joined(&[&supports.join("; "), &basics.supports.declined])),
        ("So that it works", basics.works_for.words.clone()),
        ("Complete when", joined(&[&basics.complete_when.words, &basics.talked_over])),
        ("After that", joined(&[&after.supports, &after.place, &after.person, &after_on])),
        ("Medication for addiction", medication),
        ("Naloxone", naloxone),
    ];
    let given: Vec<_> = all.into_iter().filter(|(_, words)| !words.trim().is_empty()).collect();
    if given.is_empty() {
        return;
    }
    heading(blocks, "besides", "Besides");
    blocks.extend(given.into_iter().map(|(label, words)| Block::Answer { label: label.to_owned(), words }));
}

fn contract(blocks: &mut Vec<Block>, text: &PlanText) {
    if text.contract.cells.iter().all(|cell| cell.written.is_empty()) {
        return;
    }
    heading(blocks, "contract", "Contract");
    for row in ContractRow::ALL {
        for view in ContractView::ALL {
            let Some(cell) = text.contract.cell(row, view).filter(|cell| !cell.written.is_empty()) else {
                continue;
            };
            let label = format!("{}, {}", row.word(), view.word().to_lowercase());
            blocks.push(Block::Answer { label, words: cell.written.words.clone() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Goal, Objective, PlanLine, Quote, VersionKind, Wants, WhyChanged};

    #[test]
    fn a_version_reads_as_it_was_signed() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        let line = |number| PlanLine { number, ..PlanLine::default() };
        let step = Objective {
            line: line(2),
            goal: 1,
            step: "write the sleep diary".into(),
            amount: "3 nights a week".into(),
            ..Objective::default()
        };
        let answer = Agreement {
            about: crate::domain::LineRef::objective(2),
            answer: Assent::Partly,
            words: "Two is what I can promise.".into(),
            to: AnyLine::Objective(&step).terms(),
            given: today,
            ..Agreement::default()
        };
        let words = Quote { words: "Sleep through.".into(), ..Quote::default() };
        let text = PlanText {
            client_name: "Jo Rivera".into(),
            record_no: "A-1001".into(),
            problems: vec![Problem { number: 1, wording: "Low mood".into(), ..Problem::default() }],
            goals: vec![Goal { line: line(1), words, problems: vec![1], ..Goal::default() }],
            objectives: vec![step],
            agreements: vec![answer],
            wants: Wants { wants: "Keep the flat.".into(), ..Wants::default() },
            facts: VersionFacts {
                version: 3,
                kind: VersionKind::Change,
                why: Some(WhyChanged::NewNeed),
                why_words: "pills found".into(),
                ..VersionFacts::default()
            },
            ..PlanText::default()
        };
        let content = version(&text, today);
        assert_eq!(content.title, "Plan 3  change");
        let words: Vec<String> = content.blocks.iter().map(Block::words).collect();
        assert!(words.contains(&"Why it changed: new need: pills found".to_owned()), "{words:?}");
        assert!(words.contains(&"P1 Low mood, D0".to_owned()), "{words:?}");
        let step = "O2 I will write the sleep diary, 3 nights a week; client partly, 21 Nov: \u{201c}Two is what I \
                    can promise.\u{201d}";
        assert!(words.contains(&step.to_owned()), "{words:?}");
    }
}

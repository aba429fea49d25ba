//! Hints about one line.

use super::super::agreed::{Standing, standing};
use super::super::alike::is_of_library;
use super::super::{AnyLine, Plan};
use super::{About, Around, Hint, Mend};
use crate::domain::{
    Assent, Date, Doer, Goal, GoalKind, LineRef, Method, Number, Objective, Often, Party, Per, Progress,
    Stage, Who,
};
use crate::rules::when;
use unicode_segmentation::UnicodeSegmentation;

/// Least days without a note before a goal counts as silent (L09).
const SILENT_DAYS: i32 = 14;
/// Surer than this is sure enough (L28).
const SURE: u8 = 7;
/// A sentence with more words is long; one of fewer words than `SHORT` is not measured (L20).
const LONG: usize = 30;
/// The code of a question that the plan asks and `clinical.md` 2.7 has no number for.
const QUESTION: u8 = 0;
const SHORT: usize = 12;

fn add(code: u8, line: LineRef, words: impl Into<String>, mend: Mend, found: &mut Vec<Hint>) {
    found.push(Hint { code, about: About::Line(line), words: words.into(), mend });
}

pub(super) fn goal(goal: &Goal, plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let name = LineRef::goal(goal.line.number);
    if goal.words.words.trim().is_empty() {
        add(1, name, format!("{name} is not in the client's own words."), Mend::Change, found);
    }
    stage(goal, plan, found);
    let steps = plan.objectives.iter().filter(|one| one.goal == goal.line.number);
    if !steps.clone().any(|one| one.line.state.is_active()) {
        add(24, name, format!("{name} has no step yet."), Mend::Add, found);
    }
    orphan(goal, plan, found);
    met(AnyLine::Goal(goal), plan, around, found);
    silent(goal, plan, around, found);
    over(name, goal.by, around.today, found);
    agreement(AnyLine::Goal(goal), plan, found);
    stuck(AnyLine::Goal(goal), plan, around, found);
    individual(AnyLine::Goal(goal), around, found);
    better(About::Line(name), &name.to_string(), &goal.wording, around, found);
    readable(name, &goal.wording, found);
}

pub(super) fn objective(one: &Objective, plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let name = LineRef::objective(one.line.number);
    let first = one.step.unicode_words().next().unwrap_or_default().to_lowercase();
    let unseen = around
        .rules
        .unseen_verbs
        .iter()
        .any(|verb| *verb == first || one.step.to_lowercase().starts_with(&format!("{verb} ")));
    let why = match (one.amount.trim().is_empty(), one.by.is_none(), unseen) {
        (true, _, _) => Some("says no amount"),
        (_, true, _) => Some("has no day by which"),
        (_, _, true) => Some("begins with a verb that nobody can see being done"),
        _ => None,
    };
    if let Some(why) = why {
        add(3, name, format!("{name} cannot be measured: it {why}."), Mend::Change, found);
    }
    if matches!(&one.doer, Doer::Nobody) || matches!(&one.doer, Doer::Other(who) if who.trim().is_empty()) {
        add(17, name, format!("{name} says nobody who does it."), Mend::Change, found);
    }
    let served = plan
        .methods
        .iter()
        .any(|method| method.objective == one.line.number && method.line.state.is_active());
    if one.doer != Doer::Client && !served {
        add(
            24,
            name,
            format!("{name} has neither a method nor a step of the client's own."),
            Mend::Add,
            found,
        );
    }
    if one.sure.is_some_and(|sure| sure < SURE) && one.barrier.trim().is_empty() {
        let words = format!(
            "The client is less than {SURE} of 10 sure of {name}: a smaller step, or a plan for what is in the way."
        );
        add(28, name, words, Mend::Change, found);
    }
    met(AnyLine::Objective(one), plan, around, found);
    over(name, one.by, around.today, found);
    agreement(AnyLine::Objective(one), plan, found);
    stuck(AnyLine::Objective(one), plan, around, found);
    individual(AnyLine::Objective(one), around, found);
    better(About::Line(name), &name.to_string(), &one.step, around, found);
    readable(name, &one.step, found);
}

pub(super) fn method(one: &Method, plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let name = LineRef::method(one.line.number);
    let no_amount = matches!(&one.dose.often, Often::Unsaid)
        || matches!(&one.dose.often, Often::WhenNeeded(words) if words.trim().is_empty());
    let why = match (no_amount, one.who == Who::Nobody) {
        (true, _) => Some("how often"),
        (_, true) => Some("who does it"),
        _ => None,
    };
    if let Some(why) = why {
        add(18, name, format!("{name} does not say {why}."), Mend::Change, found);
    }
    over(name, one.until, around.today, found);
    agreement(AnyLine::Method(one), plan, found);
    better(About::Line(name), &name.to_string(), &one.wording, around, found);
    readable(name, &one.wording, found);
}

/// L05: the words of somebody else's line, or of the library with too little of this client in them. Never says whose.
fn individual(line: AnyLine<'_>, around: Around<'_>, found: &mut Vec<Hint>) {
    let name = line.name();
    let words = if around.alike.contains(&About::Line(name)) {
        format!("{name} is nearly in the same words for somebody else: what is it for this person?")
    } else if is_of_library(line, around.library) {
        format!("{name} is the library's line with little of this person in it: add what is theirs.")
    } else {
        return;
    };
    add(5, name, words, Mend::Change, found);
}

/// L11: a word of the clinician's that judges, or that only colleagues understand. What is in quotation marks is the client's.
pub(super) fn better(about: About, name: &str, text: &str, around: Around<'_>, found: &mut Vec<Hint>) {
    if let Some(one) = around.better.find(text, 0..text.len()).first() {
        let words = format!("{name} says “{}”. Better: {}.", &text[one.range.clone()], one.better);
        found.push(Hint { code: 11, about, words, mend: Mend::Change });
    }
}

/// L07, L19: the goal asks for a change that the stage of its problems is not at. Silent for what is required, for safety,
/// and for a goal that answers a want only.
fn stage(goal: &Goal, plan: &Plan, found: &mut Vec<Hint>) {
    let safe = |number: Number| {
        let under = |line: AnyLine<'_>| line.goal() == number && line.is_safety();
        plan.lines().any(under)
    };
    if goal.problems.is_empty() || !goal.line.required_by.trim().is_empty() || safe(goal.line.number) {
        return;
    }
    let stages: Vec<Stage> = goal
        .problems
        .iter()
        .filter_map(|number| plan.problem(*number)?.stages.iter().max_by_key(|(on, _)| *on))
        .map(|(_, stage)| *stage)
        .collect();
    if stages.len() < goal.problems.len() {
        return;
    }
    let name = LineRef::goal(goal.line.number);
    if goal.kind == GoalKind::Stop && stages.iter().all(|stage| *stage == Stage::Precontemplation) {
        let words = format!(
            "{name} is to stop, and the person sees no problem yet: what would they like to find out?"
        );
        add(7, name, words, Mend::Change, found);
        return;
    }
    let early = |stage: &Stage| matches!(stage, Stage::Precontemplation | Stage::Contemplation);
    if matches!(goal.kind, GoalKind::Start | GoalKind::Stop | GoalKind::Reduce) && stages.iter().all(early) {
        let moves = moves(stages[0]).join(", ");
        add(
            19,
            name,
            format!("{name} is early for where the person is. At this stage: {moves}."),
            Mend::Change,
            found,
        );
    }
}

/// What fits a stage, to choose from (`clinical.md` 3.1). The wording is ours.
fn moves(stage: Stage) -> &'static [&'static str] {
    match stage {
        Stage::Precontemplation => {
            &["explore why now", "ask permission", "give feedback on the assessment", "keep the door open"]
        }
        Stage::Contemplation => {
            &["weigh both sides", "importance and confidence", "look forward and back", "a small experiment"]
        }
        Stage::Preparation => &["a menu of options", "a change plan", "a list of barriers", "a start date"],
        Stage::Action => {
            &["practise", "plan for hard evenings", "bring in support", "look at the goal each week"]
        }
        Stage::Maintenance => &["a plan for relapse", "balance of the week", "check-ups", "help others"],
        Stage::Recurrence => {
            &["a safety check", "learn from it", "renew the commitment", "adjust plan or level"]
        }
    }
}

/// L09: no note for twice the interval of the most frequent method, at least fourteen days.
fn silent(goal: &Goal, plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let methods =
        plan.methods.iter().filter(|one| one.goal == goal.line.number && one.line.state.is_active());
    let interval = methods.filter_map(|method| interval(&method.dose.often)).min();
    let most = interval.map_or(SILENT_DAYS, |days| (2 * days).max(SILENT_DAYS));
    let newest = plan
        .lines()
        .filter(|line| line.goal() == goal.line.number)
        .filter_map(|line| plan.trail(line.name())?.marks.last())
        .map(|mark| mark.on)
        .max();
    let since = newest.unwrap_or_else(|| around.day(goal.line.added_at));
    let days = around.today.days_since(since);
    if days > most {
        let name = LineRef::goal(goal.line.number);
        add(9, name, format!("No note has worked on {name} for {days} days."), Mend::Change, found);
    }
}

/// Days from one time to the next.
fn interval(often: &Often) -> Option<i32> {
    match often {
        Often::Times { times, per } => {
            let days = match per {
                Per::Day => 1,
                Per::Week => 7,
                Per::Month => 30,
            };
            Some((days / i32::from((*times).max(1))).max(1))
        }
        Often::EveryWeeks(weeks) => Some(i32::from(*weeks) * 7),
        _ => None,
    }
}

/// The newest note says that it was met, and it is still active: the note changes no state, a person does.
fn met(line: AnyLine<'_>, plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let name = line.name();
    let marks = plan.trail(name).map(|trail| trail.marks.as_slice()).unwrap_or_default();
    let newest = marks.iter().rev().find(|mark| mark.progress != Progress::Unsaid);
    if let Some(mark) = newest.filter(|mark| mark.progress == Progress::Met) {
        let on = when::short(mark.on, around.today);
        add(QUESTION, name, format!("{name} was marked met on {on}: end it?"), Mend::State, found);
    }
}

/// No problem that a goal answers is open any more: it asks for its own end.
fn orphan(goal: &Goal, plan: &Plan, found: &mut Vec<Hint>) {
    if plan.is_orphan(goal) {
        let name = LineRef::goal(goal.line.number);
        add(QUESTION, name, format!("{name} has no open problem: what becomes of it?"), Mend::State, found);
    }
}

/// L25: the day has passed and the line is still active.
fn over(name: LineRef, by: Option<Date>, today: Date, found: &mut Vec<Hint>) {
    if let Some(by) = by.filter(|by| *by < today) {
        let days = today.days_since(by);
        let unit = if days == 1 { "day" } else { "days" };
        let words = format!("{name} was to be done by {}, {days} {unit} ago.", when::short(by, today));
        add(25, name, words, Mend::State, found);
    }
}

/// L15, L16: nobody asked, or declined and still active.
fn agreement(line: AnyLine<'_>, plan: &Plan, found: &mut Vec<Hint>) {
    let name = line.name();
    match standing(&plan.agreements, name, &Party::Client, &line.terms()) {
        Standing::Unasked => {
            add(15, name, format!("The client has not been asked about {name}."), Mend::Agree, found);
        }
        Standing::Before(_) => {
            add(15, name, format!("{name} changed since the client answered."), Mend::Agree, found);
        }
        Standing::Given(given)
            if given.answer == Assent::Declined && line.line().required_by.trim().is_empty() =>
        {
            add(16, name, format!("The client declined {name}, and it is still active."), Mend::State, found);
        }
        Standing::Given(_) => {}
    }
}

/// L26: *none* or *worse* twice running, and nothing was changed since the first of the two.
fn stuck(line: AnyLine<'_>, plan: &Plan, around: Around<'_>, found: &mut Vec<Hint>) {
    let name = line.name();
    let Some(trail) = plan.trail(name) else { return };
    let mut newest = trail.marks.iter().rev().filter(|mark| mark.progress != Progress::Unsaid);
    let (Some(last), Some(first)) = (newest.next(), newest.next()) else { return };
    let bad = |progress| matches!(progress, Progress::None | Progress::Worse);
    if !bad(last.progress) || !bad(first.progress) {
        return;
    }
    let under = plan.lines().filter(|one| {
        one.name() == name || matches!(one, AnyLine::Method(method) if LineRef::objective(method.objective) == name || LineRef::goal(method.goal) == name)
    });
    let changed = under.map(|one| around.day(one.line().changed_at)).any(|day| day > first.on);
    let level = around.level.is_some_and(|level| level.on > first.on);
    if !changed && !level {
        let words = format!(
            "{name} has not moved in the last two notes: a smaller step, another method, or another goal?"
        );
        add(26, name, words, Mend::Change, found);
    }
}

/// L20: long, or hard to read (above grade 8, by the Flesch-Kincaid formula).
fn readable(name: LineRef, text: &str, found: &mut Vec<Hint>) {
    let words: Vec<&str> = text.unicode_words().collect();
    let sentences = text.split(['.', '!', '?', ';']).filter(|part| !part.trim().is_empty()).count().max(1);
    let each = words.len() / sentences;
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let hard = words.len() >= SHORT && {
        let (count, sentences, syllables) = (words.len() as f64, sentences as f64, syllables as f64);
        0.39 * count / sentences + 11.8 * syllables / count - 15.59 > 8.0
    };
    if hard || each > LONG {
        add(20, name, format!("{name} is hard to read: say it in shorter words."), Mend::Change, found);
    }
}

/// Syllables of an English word, by its groups of vowels.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let mut groups = 0;
    let mut vowel = false;
    for c in word.chars() {
        let is = "aeiouy".contains(c);
        groups += usize::from(is && !vowel);
        vowel = is;
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

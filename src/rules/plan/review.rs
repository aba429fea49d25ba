//! What a review of a plan asks: what is known of its span, which answers it still lacks, and when a line has not moved.
//!
//! Owns those three. Nothing is decided here: marks, the level of care and its reason are chosen by a person.

use super::{AnyLine, Plan, log, often, words};
use crate::domain::{
    Assessment, Cell, Date, LevelChoice, LevelDecision, LevelEvent, LevelWhy, LineKind, LineRef, Number,
    Progress, Review, ReviewFacts, ReviewForm, ReviewKnown, ReviewLine, ReviewMethod, ReviewRating,
    ReviewSessions, Session, SessionState, ShortEntry, StillWanted, Wants, WhatChanges,
};
use crate::rules::short_forms::Thread;
use crate::rules::short_forms::told::told;
use crate::rules::when::with_year;

/// A signed review, as a chart shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedReview {
    /// Its number among the client's documents.
    pub doc: Number,
    pub episode: Number,
    pub facts: ReviewFacts,
    /// The day it speaks of: its span ends there.
    pub on: Date,
    /// The day it was signed.
    pub signed: Date,
    /// Name and credential of its author.
    pub by: String,
    /// It is neither replaced nor entered in error.
    pub stands: bool,
}

/// The records that the span of a review is read from.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub plan: &'a Plan,
    /// The newest review of the episode that stands.
    pub before: Option<&'a SignedReview>,
    /// The day the first version of the episode was signed, and the number of the newest one.
    pub versions: Option<(Date, u32)>,
    /// The day the episode began.
    pub admitted: Date,
    /// Signed assessments that count, oldest first.
    pub assessments: &'a [Assessment],
    pub level: Option<&'a LevelDecision>,
    pub wants: Option<&'a Wants>,
    pub episode: Number,
    /// Entries of short forms.
    pub short: &'a [ShortEntry],
    /// The client comes under a mandate.
    pub mandated: bool,
}

impl Around<'_> {
    /// The day the span begins: the review before, else the first version, else the admission.
    pub fn from(&self) -> Date {
        let version = self.versions.map(|(first, _)| first);
        self.before.map(|before| before.on).or(version).unwrap_or(self.admitted)
    }
}

/// Returns what is known of a span that ends on a day.
pub fn known(around: &Around<'_>, sessions: ReviewSessions, until: Date) -> ReviewKnown {
    let from = around.from();
    let newest = around.assessments.last();
    ReviewKnown {
        from,
        until,
        version: around.versions.map_or(0, |(_, newest)| newest),
        set: newest.map(|one| one.set.clone()).unwrap_or_default(),
        ratings: ratings(around.assessments, from),
        sessions,
        methods: methods(around.plan, from, until),
        lines: lines(around, from, until),
        indicated: around.level.map(|level| level.indicated.clone()).unwrap_or_default(),
        actual: around.level.map(|level| level.actual.clone()).unwrap_or_default(),
        wants: around.wants.cloned().unwrap_or_default(),
        forms: forms(around, from, until),
        mandated: around.mandated,
    }
}

/// Short forms with an entry in the span.
fn forms(around: &Around<'_>, from: Date, until: Date) -> Vec<ReviewForm> {
    let all: Vec<&ShortEntry> = around.short.iter().collect();
    let within = |thread: &Thread<'_>| thread.entries().any(|entry| entry.on > from && entry.on <= until);
    let told = told(&all, around.episode, within, &with_year);
    told.into_iter().map(|one| ReviewForm { form: one.form, words: one.words }).collect()
}

/// Counts the sessions of a span: what was called off is not counted as planned.
pub fn sessions<'a>(all: impl Iterator<Item = &'a Session>, from: Date, until: Date) -> ReviewSessions {
    let mut sums = ReviewSessions::default();
    for session in all.filter(|one| one.date > from && one.date <= until) {
        let minutes = u32::from(session.minutes);
        match session.state {
            SessionState::Cancelled { .. } => continue,
            SessionState::Held => {
                sums.held += 1;
                sums.minutes += minutes;
            }
            SessionState::Missed => sums.missed += 1,
            SessionState::Planned | SessionState::Arrived { .. } => {}
        }
        sums.planned += 1;
        sums.planned_minutes += minutes;
    }
    sums
}

/// Each rated dimension of the newest set: as it was when the span began, and as it is.
fn ratings(all: &[Assessment], from: Date) -> Vec<ReviewRating> {
    let Some(newest) = all.last() else { return Vec::new() };
    let mine: Vec<&Assessment> = all.iter().filter(|one| one.set == newest.set).collect();
    let rating = |dimension: u8| {
        let now = rated(mine.iter().copied(), dimension)?;
        let then = rated(mine.iter().copied().filter(|one| one.date <= from), dimension);
        let words = |until: Date| {
            let said = mine.iter().rev().filter(|one| one.date <= until);
            let cell = said.filter_map(|one| one.cell(dimension)).find(|cell| !cell.words.trim().is_empty());
            cell.map(|cell| cell.words.trim().to_owned()).unwrap_or_default()
        };
        Some(ReviewRating {
            dimension,
            then: then.and_then(|(_, cell)| cell.severity),
            then_on: then.map(|(on, _)| on).unwrap_or_default(),
            then_words: words(from),
            now: now.1.severity,
            now_on: now.0,
            now_words: words(Date(i32::MAX)),
        })
    };
    newest.cells.iter().filter_map(|cell| rating(cell.dimension)).collect()
}

/// The newest rating of a dimension that somebody gave, with its day. A rating that was carried forward is from the day before.
fn rated<'a>(
    all: impl DoubleEndedIterator<Item = &'a Assessment>,
    dimension: u8,
) -> Option<(Date, &'a Cell)> {
    let given = |one: &'a Assessment| Some((one.date, one.cell(dimension).filter(|cell| !cell.carried)?));
    all.rev().find_map(given).filter(|(_, cell)| cell.severity.is_some())
}

/// Active methods of active goals.
fn methods(plan: &Plan, from: Date, until: Date) -> Vec<ReviewMethod> {
    let active = |number: Number| plan.goal(number).is_some_and(|goal| goal.line.state.is_active());
    let mine = plan.methods.iter().filter(|one| one.line.state.is_active() && active(one.goal));
    mine.map(|method| {
        let number = method.line.number;
        let begun = method.from.unwrap_or(method.line.state_on).max(from);
        let marks = plan.trail(LineRef::method(number)).map_or(&[][..], |trail| &trail.marks);
        let held = marks.iter().filter(|mark| mark.on > from && mark.on <= until).count();
        ReviewMethod {
            method: number,
            wording: words::wording(AnyLine::Method(method)),
            planned: often::planned_in(method, until.days_since(begun)),
            held: u32::try_from(held).unwrap_or(u32::MAX),
        }
    })
    .collect()
}

/// Active goals in the order of the plan, each followed by its active objectives.
fn lines(around: &Around<'_>, from: Date, until: Date) -> Vec<ReviewLine> {
    let plan = around.plan;
    let rows = plan.rows(super::tree::Show::Plan);
    let names = rows.into_iter().filter_map(|row| match row.node {
        super::tree::Node::Line(name) if name.kind != LineKind::Method => Some(name),
        _ => None,
    });
    let active = |line: &AnyLine<'_>| {
        let goal = plan.goal(line.goal()).is_some_and(|goal| goal.line.state.is_active());
        goal && line.line().state.is_active()
    };
    let found = names.filter_map(|name| plan.line(name).filter(active));
    found
        .map(|line| {
            let name = line.name();
            let marks = plan.trail(name).map_or(&[][..], |trail| &trail.marks);
            let said = marks.iter().filter(|mark| mark.on > from && mark.progress != Progress::Unsaid);
            ReviewLine {
                line: name,
                wording: words::wording(line),
                amount: words::amount(line),
                before: around.before.map_or(Progress::Unsaid, |before| marked(&before.facts, name)),
                notes: said.map(|mark| (mark.on, mark.progress)).collect(),
                log: logged(plan, line, from, until),
            }
        })
        .collect()
}

/// Returns what the log of an objective says of a span; empty where there is none, or no day of it in the span.
pub fn logged(plan: &Plan, line: AnyLine<'_>, from: Date, until: Date) -> String {
    let AnyLine::Objective(objective) = line else { return String::new() };
    let Some(log) = plan.log(objective.line.number) else { return String::new() };
    let count = log.count(from, until, objective);
    if count.noted == 0 { String::new() } else { log::words(&count, log.log.kind) }
}

/// What a review said of a line.
fn marked(facts: &ReviewFacts, line: LineRef) -> Progress {
    let found = facts.marks.iter().find(|(name, _)| *name == line);
    found.map_or(Progress::Unsaid, |(_, progress)| *progress)
}

/// The mark that is offered for a line: what the newest note of the span says.
pub fn offered(line: &ReviewLine) -> Option<Progress> {
    line.notes.last().map(|(_, progress)| *progress)
}

/// Whether a goal has not moved, so that the review asks what will be different: *none*, *worse*, or *some* twice running.
pub fn asks_change(line: &ReviewLine, now: Progress) -> bool {
    let goal = line.line.kind == LineKind::Goal;
    goal && match now {
        Progress::None | Progress::Worse => true,
        Progress::Some => line.before == Progress::Some,
        Progress::Unsaid | Progress::Substantial | Progress::Met => false,
    }
}

/// An answer that a review asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    Wants,
    Method(Number),
    Line(LineRef),
    /// What will be different for a goal that has not moved.
    Change(Number),
    View,
    TookPart,
    Level,
    Why,
    NewLevel,
    Agrees,
    Next,
}

/// Returns the answers that keep a review from being signed, in the order of the page, each with what to do about it.
pub fn lacks(review: &Review, known: &ReviewKnown) -> Vec<(Item, String)> {
    let mut lacks = Vec::new();
    if review.wants == Some(StillWanted::Changed) && review.wants_words.trim().is_empty() {
        lacks.push((Item::Wants, "write what the client wants now.".to_owned()));
    }
    for line in &known.lines {
        line_lacks(review, line, &mut lacks);
    }
    if review.took_part.is_none() {
        lacks.push((Item::TookPart, "choose how the client took part.".to_owned()));
    }
    level_lacks(review, known, &mut lacks);
    lacks
}

fn line_lacks(review: &Review, line: &ReviewLine, lacks: &mut Vec<(Item, String)>) {
    let name = line.line;
    let mark = review.mark(name);
    let now = mark.map_or(Progress::Unsaid, |mark| mark.progress);
    if name.kind == LineKind::Goal && now == Progress::Unsaid {
        lacks.push((Item::Line(name), format!("say how far {name} has come.")));
    } else if name.kind == LineKind::Goal && mark.is_none_or(|mark| mark.sentence.trim().is_empty()) {
        lacks.push((Item::Line(name), format!("write a sentence about {name}.")));
    }
    if !asks_change(line, now) {
        return;
    }
    let (change, words) = mark.map_or((None, ""), |mark| (mark.change, mark.change_words.trim()));
    if change.is_none() {
        lacks.push((Item::Change(name.number), format!("{name} has not moved: choose what changes.")));
    } else if change == Some(WhatChanges::GoOn) && words.is_empty() {
        lacks.push((Item::Change(name.number), format!("write why {name} goes on as it is.")));
    }
}

fn level_lacks(review: &Review, known: &ReviewKnown, lacks: &mut Vec<(Item, String)>) {
    let Some(choice) = review.choice else {
        lacks.push((Item::Level, "choose what follows for the level of care.".to_owned()));
        return;
    };
    if choice.changes_level() && (review.new_level.is_empty() || review.new_level == known.actual) {
        lacks.push((Item::NewLevel, "choose the level of care from now on.".to_owned()));
    }
    match review.why {
        None => lacks.push((Item::Why, "choose the reason for the level of care.".to_owned())),
        Some(LevelWhy::Other) if review.level_words.trim().is_empty() => {
            lacks.push((Item::Why, "write the reason for the level of care.".to_owned()));
        }
        Some(_) => {}
    }
}

/// The decision on the level of care that a review makes; `None` where the level stays. What is indicated, and why it may differ,
/// stays as it was decided last.
pub fn decided(review: &Review, now: Option<&LevelDecision>) -> Option<LevelDecision> {
    let changes = review.choice.is_some_and(LevelChoice::changes_level);
    let now = now.cloned().unwrap_or_default();
    if !changes || review.amends > 0 || review.new_level.is_empty() || review.new_level == now.actual {
        return None;
    }
    let indicated =
        if now.indicated == now.actual { review.new_level.clone() } else { now.indicated.clone() };
    Some(LevelDecision {
        client: review.client,
        episode: review.episode,
        on: review.on,
        indicated,
        actual: review.new_level.clone(),
        note: review.level_words.trim().to_owned(),
        agrees: review.agrees,
        event: LevelEvent::Review,
        in_error: String::new(),
        ..now
    })
}

/// What lists show of a review that is being signed.
pub fn facts(review: &Review, known: &ReviewKnown) -> ReviewFacts {
    let said = review.marks.iter().filter(|mark| mark.progress != Progress::Unsaid);
    ReviewFacts {
        from: known.from,
        version: known.version,
        marks: said.map(|mark| (mark.line, mark.progress)).collect(),
        choice: review.choice,
        next: review.next,
        words: review.words(),
        took_part: review.took_part,
    }
}

#[cfg(test)]
mod tests;

//! Whether a plan replays: its numbers, the earlier states of its lines, its answers and its progress. Behind `concord doctor`.
//!
//! Numbers are given once, one after the other; each change keeps what was before it; an answer is written once and given to words
//! that the line had; progress is what the notes that count say. What does not hold was written by no act of this program.

use super::super::books::Books;
use super::super::fault::Fault;
use super::super::trails::reckon;
use super::super::unit::Unit;
use crate::domain::{Agreement, ClientId, Goal, LineRef, Method, Number, Objective, Problem, Terms, Trail};
use crate::rules::plan::AnyLine;
use crate::store::{Key, Record};
use std::collections::{BTreeMap, BTreeSet};

/// Returns what does not hold of a client's plan, each kind of fault once.
pub(in crate::service) fn faults(
    books: &Books,
    nothing: &Unit,
    client: ClientId,
) -> Result<BTreeSet<&'static str>, Fault> {
    let mut found = BTreeSet::new();
    chain::<Problem>(books, client, &mut found)?;
    chain::<Goal>(books, client, &mut found)?;
    chain::<Objective>(books, client, &mut found)?;
    chain::<Method>(books, client, &mut found)?;
    chain::<Agreement>(books, client, &mut found)?;
    answers(books, client, &mut found)?;
    progress(books, nothing, client, &mut found)?;
    Ok(found)
}

/// Every number up to the highest is there, undone or not, with every revision before the one it has.
fn chain<R: Record>(
    books: &Books,
    client: ClientId,
    found: &mut BTreeSet<&'static str>,
) -> Result<(), Fault> {
    let mut earlier: BTreeMap<Number, BTreeSet<u32>> = BTreeMap::new();
    for past in books.past_states::<R>(client)? {
        earlier.entry(past.number).or_default().insert(past.rev);
    }
    let next = books.next_number::<R>(client)?;
    for number in 1..next {
        let Some(raw) = books.raw(&Key::new(R::KIND as u8, client.0, number))? else {
            found.insert("a number of a line, a problem or an answer is missing");
            continue;
        };
        let kept = earlier.remove(&number).unwrap_or_default();
        if kept != (1..raw.rev.0).collect() {
            found.insert("an earlier state is missing");
        }
    }
    if !earlier.is_empty() {
        found.insert("a number of a line, a problem or an answer is missing");
    }
    Ok(())
}

/// Each answer is as it was given, to words that its line had.
fn answers(books: &Books, client: ClientId, found: &mut BTreeSet<&'static str>) -> Result<(), Fault> {
    let mut said: BTreeMap<LineRef, Vec<Terms>> = BTreeMap::new();
    wordings::<Goal>(books, client, |goal| AnyLine::Goal(goal), &mut said)?;
    wordings::<Objective>(books, client, |one| AnyLine::Objective(one), &mut said)?;
    wordings::<Method>(books, client, |one| AnyLine::Method(one), &mut said)?;
    let past = books.past_states::<Agreement>(client)?;
    for kept in books.list::<Agreement>(client)? {
        let answer = kept.value;
        let before = past.iter().filter(|one| one.number == answer.number);
        for one in before {
            if Agreement::decode(&one.payload)? != answer {
                found.insert("an answer was changed after it was given");
            }
        }
        if !said.get(&answer.about).is_some_and(|terms| terms.contains(&answer.to)) {
            found.insert("an answer was given to words that its line never had");
        }
    }
    Ok(())
}

/// What the lines of a kind said, now and before, also while they were undone.
fn wordings<R: Record>(
    books: &Books,
    client: ClientId,
    any: impl Fn(&R) -> AnyLine<'_>,
    said: &mut BTreeMap<LineRef, Vec<Terms>>,
) -> Result<(), Fault> {
    let mut add = |line: &R| said.entry(any(line).name()).or_default().push(any(line).terms());
    for past in books.past_states::<R>(client)? {
        add(&R::decode(&past.payload)?);
    }
    for number in 1..books.next_number::<R>(client)? {
        if let Some(raw) = books.raw(&Key::new(R::KIND as u8, client.0, number))? {
            add(&R::decode(&raw.payload)?);
        }
    }
    Ok(())
}

/// Progress is what the notes that count say.
fn progress(
    books: &Books,
    nothing: &Unit,
    client: ClientId,
    found: &mut BTreeSet<&'static str>,
) -> Result<(), Fault> {
    let mut fresh = reckon(&books.with(nothing), client)?;
    let stored = books.list::<Trail>(client)?;
    let differs = stored.into_iter().any(|kept| {
        let line = kept.value.line;
        let now = fresh.remove(&line).unwrap_or_else(|| Trail { client, line, ..Trail::default() });
        now != kept.value
    });
    if differs || !fresh.is_empty() {
        found.insert("progress is not what the signed notes say");
    }
    Ok(())
}

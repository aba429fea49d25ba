//! What can be wrong with a measure file, each fault at its place.

mod names;
mod values;

use super::super::load::{PackError, Place};
use super::{Instrument, When};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Returns an error if a name is missing, is there twice, or names nothing.
pub(super) fn names(place: &Place<'_>, instrument: &Instrument) -> Result<(), Vec<PackError>> {
    let mut faults = Faults::new(place);
    names::check(&mut faults, instrument);
    faults.end()
}

/// Returns an error if figures do not fit each other. Every name is known by then.
pub(super) fn figures(place: &Place<'_>, instrument: &Instrument) -> Result<(), Vec<PackError>> {
    let mut faults = Faults::new(place);
    values::check(&mut faults, instrument);
    faults.end()
}

/// Returns one error at a place of the file.
pub(super) fn at(place: &Place<'_>, path: &str, message: String) -> Vec<PackError> {
    let mut faults = Faults::new(place);
    faults.say(path, message);
    faults.errors
}

/// Collects what is wrong with a file.
struct Faults<'a> {
    place: &'a Place<'a>,
    tree: Option<Spanned<DeTable<'a>>>,
    errors: Vec<PackError>,
}

impl<'a> Faults<'a> {
    fn new(place: &'a Place<'a>) -> Self {
        Self { place, tree: DeTable::parse(place.text).ok(), errors: Vec::new() }
    }

    /// Notes a fault at a path of the file (`scale.0.bands.1`): where it is, or the nearest part around it.
    fn say(&mut self, path: &str, message: impl Into<String>) {
        let span = self.tree.as_ref().and_then(|tree| span(tree.get_ref(), path));
        self.errors.push(self.place.error(span.as_ref(), message));
    }

    fn end(mut self) -> Result<(), Vec<PackError>> {
        self.errors.sort_by_key(|error| (error.line, error.column));
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}

/// The place of a path in a file, or of the nearest part around it.
fn span(table: &DeTable<'_>, path: &str) -> Option<Range<usize>> {
    let mut steps = path.split('.');
    let key = steps.next()?;
    let (name, mut value) = table.iter().find(|(name, _)| name.get_ref() == key)?;
    let mut found = name.span();
    for step in steps {
        let inner = match value.get_ref() {
            DeValue::Array(list) => {
                step.parse::<usize>().ok().and_then(|at| list.get(at)).map(|one| (one.span(), one))
            }
            DeValue::Table(table) => {
                table.iter().find(|(name, _)| name.get_ref() == step).map(|(name, one)| (name.span(), one))
            }
            _ => None,
        };
        let Some((at, inner)) = inner else { break };
        (found, value) = (at, inner);
    }
    Some(found)
}

/// Whether there are people for whom both hold.
fn both_hold(one: &When, other: &When) -> bool {
    let ages = match (one.age, other.age) {
        (Some((from, to)), Some((others_from, others_to))) => from <= others_to && others_from <= to,
        _ => true,
    };
    ages && same(one.sex.as_ref(), other.sex.as_ref())
        && same(one.form.as_ref(), other.form.as_ref())
        && same(one.by.as_ref(), other.by.as_ref())
}

/// Whether a condition leaves something open, or both say the same.
fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// Names the first condition that has people in common with one before it.
fn overlap<'w>(conditions: impl Iterator<Item = &'w When>) -> Option<usize> {
    let all: Vec<&When> = conditions.collect();
    (1..all.len()).find(|at| all[..*at].iter().any(|before| both_hold(before, all[*at])))
}

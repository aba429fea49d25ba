//! What is wrong in the file of a short form: everything at once, each with its place.

use super::{FieldAsk, FieldFile, FormFile, PackError, Place, UseFile};
use std::ops::Range;

/// Longest key, name and label: they stand in columns of lists and forms.
const LONGEST_KEY: usize = 20;
const LONGEST_NAME: usize = 24;
const LONGEST_LABEL: usize = 18;
/// Fields of a form, panels of a test and substances of a panel, at most.
pub const MOST_FIELDS: usize = 16;
const MOST_PANELS: usize = 9;
const MOST_SUBSTANCES: usize = 24;
/// Choices of a field, at most.
const MOST_CHOICES: usize = 30;
/// Substances that all panels of a form have together, each counted once, at most.
pub const MOST_IN_ALL: usize = 40;
/// The field of a medication that says whether it is taken, and the choice that says that it is.
pub const MEDICATION_STATE: &str = "state";
pub const TAKING: &str = "taking";
/// The field of a medication that says what it is.
pub const MEDICATION_NAME: &str = "name";

/// Collects what is wrong.
struct Faults<'a> {
    place: &'a Place<'a>,
    errors: Vec<PackError>,
}

impl Faults<'_> {
    fn add(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.errors.push(self.place.error(Some(span), message));
    }

    fn length(&mut self, span: &Range<usize>, what: &str, word: &str, most: usize) {
        let length = word.trim().chars().count();
        if length == 0 || length > most {
            self.add(span, format!("{what} has 1 to {most} characters"));
        }
    }

    /// A word that is empty or is there twice.
    fn twice(&mut self, span: &Range<usize>, what: &str, words: &[String]) {
        for (at, word) in words.iter().enumerate() {
            if word.trim().is_empty() {
                self.add(span, format!("{what} is empty"));
            } else if words[..at].contains(word) {
                self.add(span, format!("{what} {word:?} is there twice"));
            }
        }
    }
}

/// Returns everything that is wrong in a file that reads as TOML.
pub(super) fn errors(place: &Place<'_>, read: &FormFile) -> Vec<PackError> {
    let mut faults = Faults { place, errors: Vec::new() };
    faults.length(&read.key.span(), "the key of a form", read.key.get_ref(), LONGEST_KEY);
    faults.length(&read.name.span(), "the name of a form", read.name.get_ref(), LONGEST_NAME);
    if let Some(day) = &read.day {
        faults.length(&day.span(), "\"day\"", day.get_ref(), LONGEST_LABEL);
    }
    if read.version == 0 {
        faults.add(&read.key.span(), "the version of a form is 1 or more");
    }
    if let Some(days) = &read.results_days
        && (read.used_as != UseFile::Test || *days.get_ref() == 0 || *days.get_ref() > 365)
    {
        faults.add(&days.span(), "results_days is for a form with use = \"test\", from 1 to 365");
    }
    if read.field.is_empty() || read.field.len() > MOST_FIELDS {
        faults.add(&read.key.span(), format!("a form has 1 to {MOST_FIELDS} fields"));
    }
    let mut seen: Vec<&str> = Vec::new();
    for one in &read.field {
        let (field, span) = (one.get_ref(), one.span());
        if seen.contains(&field.key.as_str()) {
            faults.add(&span, format!("field key {:?} is there twice", field.key));
        }
        seen.push(&field.key);
        of_field(&mut faults, field, &span);
    }
    of_use(&mut faults, read);
    let mut errors = faults.errors;
    errors.sort_by_key(|error| (error.line, error.column));
    errors
}

fn of_field(faults: &mut Faults<'_>, field: &FieldFile, span: &Range<usize>) {
    faults.length(span, "the key of a field", &field.key, LONGEST_KEY);
    faults.length(span, "the label of a field", &field.label, LONGEST_LABEL);
    let key = &field.key;
    match field.ask {
        FieldAsk::Choice if field.choices.len() < 2 || field.choices.len() > MOST_CHOICES => {
            faults
                .add(span, format!("field {key:?} asks for a choice: it needs 2 to {MOST_CHOICES} choices"));
        }
        FieldAsk::Choice => faults.twice(span, "a choice", &field.choices),
        _ if !field.choices.is_empty() => {
            faults.add(span, format!("field {key:?} has choices: it needs ask = \"choice\""));
        }
        _ => {}
    }
    let number = field.least.is_some() || field.most.is_some() || !field.unit.is_empty();
    if number && field.ask != FieldAsk::Number {
        faults.add(span, format!("field {key:?} has a unit, least or most: it needs ask = \"number\""));
    }
    if field.least.zip(field.most).is_some_and(|(least, most)| least > most) {
        faults.add(span, format!("field {key:?}: least is more than most"));
    }
    panels(faults, field, span);
}

fn panels(faults: &mut Faults<'_>, field: &FieldFile, span: &Range<usize>) {
    let key = &field.key;
    if field.ask != FieldAsk::Substances {
        if !field.panel.is_empty() {
            faults.add(span, format!("field {key:?} has panels: it needs ask = \"substances\""));
        }
        return;
    }
    if field.panel.is_empty() || field.panel.len() > MOST_PANELS {
        faults.add(span, format!("field {key:?} asks for substances: it needs 1 to {MOST_PANELS} panels"));
    }
    if field.required {
        faults.add(span, format!("field {key:?}: results come later, so they are never required"));
    }
    let all: std::collections::BTreeSet<&String> =
        field.panel.iter().flat_map(|panel| &panel.substances).collect();
    if all.len() > MOST_IN_ALL {
        faults.add(span, format!("all panels together have at most {MOST_IN_ALL} substances"));
    }
    let names: Vec<String> = field.panel.iter().map(|panel| panel.name.clone()).collect();
    faults.twice(span, "the name of a panel", &names);
    for panel in &field.panel {
        if panel.substances.is_empty() || panel.substances.len() > MOST_SUBSTANCES {
            let name = &panel.name;
            faults.add(span, format!("panel {name:?} has 1 to {MOST_SUBSTANCES} substances"));
        }
        faults.twice(span, "a substance", &panel.substances);
        for substance in &panel.substances {
            faults.length(span, "a substance", substance, LONGEST_LABEL);
        }
    }
}

/// What the program needs of a test and of a medication.
fn of_use(faults: &mut Faults<'_>, read: &FormFile) {
    let fields = || read.field.iter().map(toml::Spanned::get_ref);
    let tables = fields().filter(|field| field.ask == FieldAsk::Substances).count();
    let span = read.key.span();
    match read.used_as {
        UseFile::Test if tables != 1 => {
            faults.add(&span, "a form with use = \"test\" has one field with ask = \"substances\"");
        }
        UseFile::Test if fields().any(|field| field.ask == FieldAsk::Substances && !field.later) => {
            faults.add(&span, "results may come later: the field of the substances needs later = true");
        }
        UseFile::Entry | UseFile::Medication if tables > 0 => {
            faults.add(&span, "ask = \"substances\" is for a form with use = \"test\"");
        }
        UseFile::Medication => medication(faults, read, &span),
        UseFile::Entry | UseFile::Test => {}
    }
}

fn medication(faults: &mut Faults<'_>, read: &FormFile, span: &Range<usize>) {
    let field = |key: &str| read.field.iter().map(toml::Spanned::get_ref).find(|field| field.key == key);
    if !field(MEDICATION_NAME)
        .is_some_and(|field| field.ask == FieldAsk::Text && field.required && !field.later)
    {
        faults.add(span, "a medication needs a field \"name\": ask = \"text\", required = true, not later");
    }
    let taking = |field: &FieldFile| field.choices.iter().any(|choice| choice == TAKING);
    if !field(MEDICATION_STATE).is_some_and(|field| taking(field) && field.required && field.later) {
        faults.add(
            span,
            "a medication needs a field \"state\" with the choice \"taking\", required = true and later = true",
        );
    }
}

//! Whether an entry fits its form: each answer to its field, and nothing missing that is needed.
//!
//! Owns that one check, for the window that asks and for the service that writes.

use super::is_blank;
use crate::domain::{Hundredths, ShortAnswer, ShortEntry, ShortValue, TestResult, Tested};
use crate::packs::{FieldAsk, ShortField, ShortForm};

/// Longest answer in words, in characters.
const LONGEST: usize = 4000;

/// What does not fit: the key of the field (empty = the whole), why, and what would.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    pub key: String,
    pub why: String,
}

fn unfit<T>(key: &str, why: impl Into<String>) -> Result<T, Unfit> {
    Err(Unfit { key: key.to_owned(), why: why.into() })
}

/// Returns the answers as they are kept: in the order of the form, with its labels and units, without what is empty. `further`: the
/// entry says what came later, so that only those fields are asked.
pub fn fitted(form: &ShortForm, entry: &ShortEntry, further: bool) -> Result<Vec<ShortAnswer>, Unfit> {
    let given = || entry.answers.iter().filter(|one| !is_blank(&one.value));
    let is_asked = |field: &&ShortField| !further || field.later;
    for answer in given() {
        if !form.field(&answer.key).is_some_and(|field| is_asked(&field)) {
            return unfit("", format!("\"{}\" is no field of this form. Open the form again.", answer.label));
        }
    }
    let mut fitted = Vec::new();
    for field in form.fields.iter().filter(is_asked) {
        let mut answers = given().filter(|one| one.key == field.key);
        match (answers.next(), answers.next()) {
            (Some(answer), None) => fitted.push(one(field, &answer.value, further)?),
            (Some(_), Some(_)) => {
                return unfit(&field.key, format!("\"{}\" is answered twice.", field.label));
            }
            (None, _) if field.required => {
                return unfit(&field.key, format!("\"{}\" is empty. It has to be filled in.", field.label));
            }
            (None, _) if !further && field.ask == FieldAsk::Substances => {
                return unfit(&field.key, "Choose the panel: what is tested for.");
            }
            (None, _) => {}
        }
    }
    if fitted.is_empty() {
        return unfit("", "Nothing is filled in. Fill in a field, or press Esc to leave it.");
    }
    Ok(fitted)
}

fn one(field: &ShortField, value: &ShortValue, further: bool) -> Result<ShortAnswer, Unfit> {
    let value = match (field.ask, value) {
        (FieldAsk::Text, ShortValue::Words(words)) => text(field, words)?,
        (FieldAsk::Number, ShortValue::Number(number)) => number_of(field, *number)?,
        (FieldAsk::Choice, ShortValue::Choice(words)) if field.choices.contains(words) => value.clone(),
        (FieldAsk::Date, ShortValue::Day(_)) | (FieldAsk::YesNo, ShortValue::Yes(_)) => value.clone(),
        (FieldAsk::Substances, ShortValue::Substances(panel, all)) => {
            substances(field, panel, all, further)?;
            value.clone()
        }
        _ => {
            return unfit(
                &field.key,
                format!("\"{}\" has an answer that its form does not have.", field.label),
            );
        }
    };
    let (key, label, unit) = (field.key.clone(), field.label.clone(), field.unit.clone());
    Ok(ShortAnswer { key, label, value, unit })
}

fn text(field: &ShortField, words: &str) -> Result<ShortValue, Unfit> {
    if words.chars().count() > LONGEST {
        let label = &field.label;
        return unfit(
            &field.key,
            format!("\"{label}\" is longer than {LONGEST} characters. Write the rest in a note."),
        );
    }
    Ok(ShortValue::Words(words.trim().to_owned()))
}

fn number_of(field: &ShortField, number: Hundredths) -> Result<ShortValue, Unfit> {
    let bound = |limit: u16| Hundredths(i32::from(limit) * 100);
    let label = &field.label;
    match (field.least, field.most) {
        (Some(least), _) if number < bound(least) => {
            unfit(&field.key, format!("\"{label}\" is at least {least}."))
        }
        (_, Some(most)) if number > bound(most) => {
            unfit(&field.key, format!("\"{label}\" is at most {most}."))
        }
        _ => Ok(ShortValue::Number(number)),
    }
}

/// At first a test has every substance of its panel, with or without a result. Later it has those of which something came.
fn substances(field: &ShortField, panel: &str, all: &[Tested], further: bool) -> Result<(), Unfit> {
    let Some(panel) = field.panels.iter().find(|one| one.name == panel) else {
        return unfit(&field.key, "This panel is not in the form any more. Choose another one.");
    };
    let known = |one: &Tested| panel.substances.contains(&one.substance);
    if further {
        let twice = |at: usize| all[..at].iter().any(|other| other.substance == all[at].substance);
        let said = |one: &Tested| one.result != TestResult::Open && known(one);
        if all.is_empty() || !all.iter().all(said) || (0..all.len()).any(twice) {
            return unfit(&field.key, "Each result is for one substance of the panel.");
        }
        return Ok(());
    }
    let same = all.iter().map(|one| &one.substance).eq(&panel.substances);
    if !same || !all.iter().all(|one| TestResult::FIRST.contains(&one.result)) {
        return unfit(&field.key, "Each substance of the panel has one result, or none yet.");
    }
    Ok(())
}

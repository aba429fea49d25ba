//! `concord form list|show|check`: the short forms as their files say them. No store is needed.

use super::{as_it_is, complain, say};
use crate::boot::{Options, find_forms};
use crate::packs::{self, FieldAsk, ShortField, ShortForm, ShortForms};
use crate::service::fault::{Fault, FaultKind};
use clap::Subcommand;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What to do with short forms.
#[derive(Debug, Subcommand)]
pub enum FormVerb {
    /// List the short forms: those that ship and those of the agency.
    List {
        /// Report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a short form: what it asks, in order.
    Show {
        /// Its key, such as drug-test.
        key: String,
        /// Print the file of a form that ships, to begin one of your own with.
        #[arg(long)]
        file: bool,
    },
    /// Check the file of a short form: everything that is wrong, with line and column.
    #[command(
        after_help = "A short form of the agency is a file in the folder \"forms\" beside the settings file. One with the \
                            key of a form that ships takes its place."
    )]
    Check {
        /// The file.
        file: PathBuf,
    },
}

/// Runs it.
pub(super) fn run(options: &Options, verb: &FormVerb) -> Result<i32, Fault> {
    match verb {
        FormVerb::List { json } => list(&forms(options), *json),
        FormVerb::Show { key, file: true } => {
            as_it_is(packs::short_form_text(key).ok_or_else(|| unknown(key))?.trim_end());
        }
        FormVerb::Show { key, file: false } => {
            let forms = forms(options);
            let form = forms.get(key).ok_or_else(|| unknown(key))?;
            say(&format!("{} ({}, version {}): {}", form.name, form.key, form.version, form.about));
            for field in &form.fields {
                say(&field_line(field));
            }
        }
        FormVerb::Check { file } => check(file)?,
    }
    Ok(0)
}

/// Returns the short forms of this computer. What is wrong with a file goes to standard error.
fn forms(options: &Options) -> ShortForms {
    let (forms, faults) = find_forms(options.forms.as_deref());
    for fault in faults {
        complain(&format!("concord: {fault}"));
    }
    forms
}

fn unknown(key: &str) -> Fault {
    Fault::new(FaultKind::Config, format!("There is no short form {key:?}."))
        .hint("\"concord form list\" names all of them.")
}

fn check(file: &Path) -> Result<(), Fault> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| Fault::user(format!("{name}: {error}")))?;
    let told = |errors: Vec<packs::PackError>| {
        let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Fault::user(told.join("\n"))
    };
    let form = packs::read_short_form(&name, &text).map_err(told)?;
    say(&format!("{name}: no faults found ({}, version {}).", form.key, form.version));
    Ok(())
}

fn list(forms: &ShortForms, json: bool) {
    if json {
        let all: Vec<Value> = forms.iter().map(row).collect();
        return say(&Value::from(all).to_string());
    }
    for one in forms.iter() {
        say(&format!("{:<20} {:<24} {}", one.key, one.name, one.about));
    }
}

fn row(one: &ShortForm) -> Value {
    json!({
        "form": one.key,
        "name": one.name,
        "about": one.about,
        "version": one.version,
        "fields": one.fields.iter().map(|field| field.key.as_str()).collect::<Vec<_>>(),
    })
}

fn asks(ask: FieldAsk) -> &'static str {
    match ask {
        FieldAsk::Text => "text",
        FieldAsk::Number => "number",
        FieldAsk::Date => "date",
        FieldAsk::Choice => "choice",
        FieldAsk::YesNo => "yes or no",
        FieldAsk::Substances => "a result for each substance",
    }
}

/// `  Outcome (outcome): choice: taken there, called off [needed; may come later]`
fn field_line(field: &ShortField) -> String {
    let mut words = format!("  {} ({}): {}", field.label, field.key, asks(field.ask));
    if !field.choices.is_empty() {
        words = format!("{words}: {}", field.choices.join(", "));
    }
    for panel in &field.panels {
        words = format!("{words}; {}: {}", panel.name, panel.substances.join(", "));
    }
    let marks = [(field.required, "needed"), (field.later, "may come later")];
    let marks: Vec<&str> = marks.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
    if marks.is_empty() { words } else { format!("{words} [{}]", marks.join("; ")) }
}

//! `concord import questionnaire FILE`: the official words of a measure, shown before they are kept.

use crate::boot::{self, Options};
use crate::cli::instrument::{find, measures};
use crate::cli::say;
use crate::exchange::fhir;
use crate::packs::{Instrument, Instruments};
use crate::rules::wording::{Found, Preview, measure_of, preview};
use crate::service::fault::{Fault, FaultKind};
use crate::service::wordings::KeptWording;
use clap::Args;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

/// Arguments of `concord import questionnaire`.
#[derive(Debug, Args)]
pub struct QuestionnaireArgs {
    /// The file: one Questionnaire of FHIR R4, as JSON.
    file: PathBuf,
    /// Which measure it is; else its codes say it.
    #[arg(long, value_name = "NAME")]
    measure: Option<String>,
    /// Keep nothing, only show what would be kept. No store is needed.
    #[arg(long)]
    dry_run: bool,
    /// Keep the words without asking.
    #[arg(long, conflicts_with = "dry_run")]
    yes: bool,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs it.
pub(super) fn run(options: &Options, args: &QuestionnaireArgs) -> Result<i32, Fault> {
    let measures = measures(options);
    let shown = read(&measures, args)?;
    if !args.json {
        lines(&shown).iter().map(String::as_str).for_each(say);
    }
    let kept = if args.dry_run || !wanted(args)? {
        None
    } else {
        Some(boot::open_signed_in(options)?.keep_wording(shown.preview.wording.clone())?)
    };
    let (number, new) = match kept {
        Some(KeptWording::New(number)) => (Some(number), true),
        Some(KeptWording::Here(number)) => (Some(number), false),
        None => (None, false),
    };
    if args.json {
        say(&report(&shown, number, new).to_string());
        return Ok(0);
    }
    say(&match kept {
        Some(KeptWording::New(number)) => format!("Kept as wording {number}."),
        Some(KeptWording::Here(number)) => format!("These words are here already, as wording {number}."),
        None => "Nothing is kept.".to_owned(),
    });
    Ok(0)
}

/// A form and the measure it belongs to.
struct Shown<'a> {
    measure: &'a Instrument,
    preview: Preview,
}

fn read<'a>(measures: &'a Instruments, args: &QuestionnaireArgs) -> Result<Shown<'a>, Fault> {
    let name = args.file.display().to_string();
    let file = File::open(&args.file).map_err(|error| Fault::user(format!("{name}: {error}")))?;
    let nothing = |what: String| Fault::user(what).hint("Nothing is kept.");
    let form = fhir::questionnaire(&name, file).map_err(|fault| nothing(fault.to_string()))?;
    let measure = match &args.measure {
        Some(name) => find(measures, name)?,
        None => measure_of(measures, &form).ok_or_else(|| {
            Fault::new(FaultKind::Config, format!("{name}: its codes do not say which measure it is."))
                .hint("Name the measure, such as --measure WAI-SR.")
        })?,
    };
    let preview = preview(measures, measure, &form).map_err(|faults| nothing(faults.join("\n")))?;
    Ok(Shown { measure, preview })
}

/// Whether the person wants the words kept, now that they have seen them.
fn wanted(args: &QuestionnaireArgs) -> Result<bool, Fault> {
    if args.yes {
        return Ok(true);
    }
    if args.json || !std::io::stdin().is_terminal() {
        return Err(Fault::user("Nothing is kept before somebody has looked at it.")
            .hint("Look with --dry-run, then keep the words with --yes."));
    }
    boot::complain("Keep these words? [y/N] ");
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    let _ = std::io::stdin().lock().read_line(&mut line);
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn lines(shown: &Shown<'_>) -> Vec<String> {
    let Shown { measure, preview } = shown;
    let wording = &preview.wording;
    let mut lines = vec![format!("{}: {} {}", measure.key, wording.title, wording.version)];
    if !wording.copyright.is_empty() {
        lines.push(format!("Copyright, shown on the form: {}", wording.copyright));
    }
    lines.extend(wording.instructions.iter().map(|words| format!("Above the form: {words}")));
    for (item, words) in preview.items.iter().zip(&wording.items) {
        let found = match item.found {
            Found::ByCode => "by code",
            Found::ByOrder => "by order, check",
        };
        let notes = std::iter::once(found).chain(item.notes.iter().map(String::as_str));
        let notes = notes.collect::<Vec<_>>().join("; ");
        lines.push(format!("item {} ({notes}): {}", words.item, words.words));
        let answers: Vec<String> =
            words.answers.iter().map(|answer| format!("{} {}", answer.key, answer.words)).collect();
        if !answers.is_empty() {
            lines.push(format!("    {}", answers.join(" | ")));
        }
    }
    let without = preview.without.iter().map(|place| measure.items[*place].name());
    lines.extend(without.map(|name| format!("{name} has no words in the file; it stays as it is.")));
    lines.extend(preview.skipped.iter().cloned());
    if preview.reordered {
        lines.push("The items have another order in the file; their codes say which is which.".to_owned());
    }
    lines
}

fn report(shown: &Shown<'_>, number: Option<u32>, new: bool) -> Value {
    let Shown { measure, preview } = shown;
    let items: Vec<Value> = preview
        .items
        .iter()
        .zip(&preview.wording.items)
        .map(|(item, words)| {
            json!({
                "item": words.item,
                "by_code": item.found == Found::ByCode,
                "answers": words.answers.len(),
                "notes": item.notes,
            })
        })
        .collect();
    json!({
        "instrument": measure.key,
        "version": preview.wording.version,
        "items": items,
        "instructions": preview.wording.instructions.len(),
        "without_words": preview.without.iter().map(|place| measure.items[*place].id.as_str()).collect::<Vec<_>>(),
        "skipped": preview.skipped,
        "reordered": preview.reordered,
        "wording": number,
        "new": new,
    })
}

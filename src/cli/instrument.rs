//! `concord instrument list|show|check`: the measures as their files say them. No store is needed.

use super::{as_it_is, complain, say};
use crate::boot::{Options, find_measures};
use crate::packs::{
    self, AlertRule, AnswerSet, Every, Extra, ExtraRule, First, Instrument, Instruments, Item, Licence,
    Scale, Sum, Typed,
};
use crate::service::fault::{Fault, FaultKind};
use clap::Subcommand;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What to do with measures.
#[derive(Debug, Subcommand)]
pub enum InstrumentVerb {
    /// List the measures: those that ship and those of the agency.
    List {
        /// Report as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show a measure: items, scales, cut-offs, rules, and the source of every figure.
    Show {
        /// Its name, such as PHQ-9.
        name: String,
        /// Print the file of a measure that ships, to begin one of your own with.
        #[arg(long)]
        file: bool,
    },
    /// Check a measure file: everything that is wrong, with line and column.
    #[command(
        after_help = "A measure of the agency is a file in the folder \"measures\" beside the settings file. One with the \
                            name of a measure that ships takes its place and needs a higher version."
    )]
    Check {
        /// The file.
        file: PathBuf,
    },
}

/// Runs it.
pub(super) fn run(options: &Options, verb: &InstrumentVerb) -> Result<i32, Fault> {
    match verb {
        InstrumentVerb::List { json } => {
            list(&measures(options), *json);
            Ok(0)
        }
        InstrumentVerb::Show { name, file: true } => text(name),
        InstrumentVerb::Show { name, file: false } => {
            for line in show(find(&measures(options), name)?) {
                say(&line);
            }
            Ok(0)
        }
        InstrumentVerb::Check { file } => check(file),
    }
}

/// Returns the measures of this computer. What is wrong with a file goes to standard error.
pub(in crate::cli) fn measures(options: &Options) -> Instruments {
    let (measures, faults) = find_measures(options.measures.as_deref());
    for fault in faults {
        complain(&format!("concord: {fault}"));
    }
    measures
}

/// Returns the measure of a name.
pub(in crate::cli) fn find<'a>(measures: &'a Instruments, name: &str) -> Result<&'a Instrument, Fault> {
    measures.find(name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Fault {
    Fault::new(FaultKind::Config, format!("There is no measure {name:?}."))
        .hint("\"concord instrument list\" names all of them.")
}

fn text(name: &str) -> Result<i32, Fault> {
    as_it_is(packs::instrument_text(name).ok_or_else(|| unknown(name))?.trim_end());
    Ok(0)
}

fn check(file: &Path) -> Result<i32, Fault> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| Fault::user(format!("{name}: {error}")))?;
    match packs::read_own_instrument(&name, &text) {
        Ok(measure) => {
            say(&format!("{name}: no faults found ({}, version {}).", measure.key, measure.version));
            Ok(0)
        }
        Err(errors) => {
            let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
            Err(Fault::user(told.join("\n")))
        }
    }
}

fn list(measures: &Instruments, json: bool) {
    if json {
        let all: Vec<Value> = measures.iter().map(row).collect();
        return say(&Value::from(all).to_string());
    }
    for one in measures.iter() {
        let typed = typed(one.typed);
        say(&format!("{:<16} {typed:<12} {:<20} {}", one.key, one.licence.word(), one.about));
    }
}

fn row(one: &Instrument) -> Value {
    json!({
        "instrument": one.key,
        "version": one.version,
        "title": one.title,
        "about": one.about,
        "licence": one.licence.word(),
        "typed": typed(one.typed),
        "items": one.items.len(),
        "scales": one.scales.iter().map(|scale| scale.key.as_str()).collect::<Vec<_>>(),
        "may_be_drawn": one.licence == Licence::Own || one.may_be_drawn().is_ok(),
        "verify": one.figures().iter().filter(|figure| figure.verify).count(),
    })
}

fn typed(typed: Typed) -> &'static str {
    match typed {
        Typed::Items => "items",
        Typed::Scales => "scale scores",
        Typed::Totals => "totals",
    }
}

/// Everything a measure says, line by line.
fn show(one: &Instrument) -> Vec<String> {
    let mut lines = head(one);
    lines.push(String::new());
    lines.extend(one.items.iter().map(|item| item_line(one, item)));
    lines.push(String::new());
    for scale in &one.scales {
        scale_lines(&mut lines, one, scale);
    }
    rule_lines(&mut lines, one);
    lines.push(String::new());
    lines.push("Figures and where they come from:".to_owned());
    for figure in one.figures() {
        let source = one.sources.get(figure.source).map_or("", String::as_str);
        let verify = if figure.verify { " (verify)" } else { "" };
        lines.push(format!("  {}{verify}: {source}", figure.what));
    }
    lines
}

fn head(one: &Instrument) -> Vec<String> {
    let by: Vec<&str> = one.by.iter().map(|by| by.word()).collect();
    let mut lines = vec![
        format!("{}, version {}: {}", one.key, one.version, one.title),
        format!("About: {} ({})", one.about, one.language),
        format!("Published: {}", one.citation),
    ];
    let mut add = |name: &str, text: &str| {
        if !text.is_empty() {
            lines.push(format!("{name}: {text}"));
        }
    };
    add("Copyright", &one.copyright);
    add("Licence", one.licence.word());
    match one.may_be_drawn() {
        Err(why) => add("On screen", why),
        Ok(()) if one.licence == Licence::Own => add("On screen", "our own words"),
        Ok(()) => add("On screen", "once its official wording is imported"),
    }
    add("Typed in", typed(one.typed));
    add("Answered by", &by.join(", "));
    add("Forms", &one.forms.join(", "));
    if let Some(from) = &one.from_age {
        add("Youngest", &format!("{} years", from.age));
    }
    if let Some(loinc) = &one.loinc {
        add("LOINC", &format!("form {:?}, total {:?}", loinc.panel, loinc.total));
    }
    if one.private {
        add("Private", "to the member of staff who fills it in");
    }
    add("Note", &one.remark);
    if let Some(interval) = &one.interval {
        add("Due", &due(interval.first, interval.every));
    }
    lines
}

fn due(first: Option<First>, every: Option<Every>) -> String {
    let first = first.map(|first| match first {
        First::Admission => "first at admission".to_owned(),
        First::Session(from, to) => format!("first at session {}", span(from, to)),
    });
    let every = every.map(|every| match every {
        Every::Hours(from, to) => format!("every {} hours", span(from, to)),
        Every::Days(from, to) => format!("every {} days", span(from, to)),
        Every::Months(from, to) => format!("every {} months", span(from, to)),
        Every::Sessions(from, to) => format!("every {} sessions", span(from, to)),
    });
    first.into_iter().chain(every).collect::<Vec<_>>().join(", ")
}

fn span(from: u16, to: u16) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}

fn item_line(one: &Instrument, item: &Item) -> String {
    let set: &AnswerSet = one.answers_of(item);
    let mut marks = Vec::new();
    if item.is_turned() {
        marks.push("turned round".to_owned());
    }
    if item.unscored {
        marks.push("unscored".to_owned());
    }
    if item.optional {
        marks.push("may be left out".to_owned());
    }
    if let Some(asked) = &item.asked_if {
        marks.push(format!("asked if item {} is {} or more", asked.item, asked.from));
    }
    for (form, label) in &item.labels {
        marks.push(format!("in form {form}: {label}"));
    }
    if !item.forms.is_empty() {
        marks.push(format!("only in: {}", item.forms.join(", ")));
    }
    let marks = if marks.is_empty() { String::new() } else { format!(" [{}]", marks.join("; ")) };
    format!("  {}: {set}{marks}", item.name())
}

fn scale_lines(lines: &mut Vec<String>, one: &Instrument, scale: &Scale) {
    let (lowest, highest) = one.bounds(scale);
    let rule = match scale.rule {
        Sum::Sum => "sum",
        Sum::Mean => "mean",
    };
    lines.push(format!(
        "{} ({}): {rule} of {} items, {} to {}",
        scale.name,
        scale.key,
        scale.items.len(),
        lowest.shown(scale.decimals),
        highest.shown(scale.decimals)
    ));
    if let Some(missing) = &scale.missing {
        lines.push(format!("  up to {} missing: the mean of the others is used for them", missing.most));
    }
    for bands in &scale.bands {
        let steps: Vec<String> =
            bands.steps.iter().map(|band| format!("{} {}", band.from, band.words)).collect();
        lines.push(format!("  from {}{}", steps.join(", "), who(&bands.when)));
    }
    for cutoff in &scale.cutoffs {
        lines.push(format!("  cut-off, {}: {}{}", cutoff.scores(), cutoff.words, who(&cutoff.when)));
    }
    for step in &scale.reliable {
        lines.push(format!("  reliable change: {} or more{}", step.by, who(&step.when)));
    }
    for step in &scale.notable {
        lines.push(format!("  notable change: {} or more{}", step.by, who(&step.when)));
    }
}

fn who(when: &packs::When) -> String {
    let who = when.to_string();
    if who.is_empty() { who } else { format!(" ({who})") }
}

fn rule_lines(lines: &mut Vec<String>, one: &Instrument) {
    for rule in &one.criticals {
        let whose = match (&rule.item, &rule.scale) {
            (Some(item), _) => format!("item {item}"),
            (None, scale) => scale.clone().unwrap_or_default(),
        };
        let (words, hours) = (rule.danger.words(), rule.danger.hours());
        let dimensions: Vec<String> =
            rule.dimension.iter().map(|(set, number)| format!("{set} {number}")).collect();
        lines.push(format!(
            "Critical: {whose} from {}: {words}, decided within {hours} h, dimension {}",
            rule.from,
            dimensions.join(", ")
        ));
    }
    for rule in &one.notables {
        lines.push(format!("Notable: item {} from {}", rule.item, rule.from));
    }
    if let Some(extra) = &one.extra {
        lines.push(format!("Special rule: {}", extra_words(extra)));
    }
    lines.extend(one.alerts.iter().map(alert_words));
}

fn extra_words(extra: &Extra) -> String {
    match extra.rule {
        ExtraRule::Pcl5Clusters => {
            let clusters: Vec<String> = extra
                .clusters
                .iter()
                .map(|cluster| format!("{} of {}", cluster.least, cluster.name))
                .collect();
            format!("clusters of symptoms, at least {}", clusters.join(", "))
        }
        ExtraRule::CSsrsTriage => format!("triage, reading {:?}", extra.reading.unwrap_or(packs::Reading::A)),
        ExtraRule::AuditCFirstItem => "points from the first item alone are named".to_owned(),
    }
}

fn alert_words(rule: &AlertRule) -> String {
    let scales = if rule.scales.is_empty() { "every scale".to_owned() } else { rule.scales.join(", ") };
    let numbers = [
        rule.at.map(|at| format!("at {at} or less")),
        rule.by.map(|by| format!("by {by} or more")),
        rule.count.map(|count| format!("count {count}")),
        rule.days.map(|days| format!("{days} days")),
    ];
    let numbers: Vec<String> = numbers.into_iter().flatten().collect();
    let kind = if rule.hint { "Hint" } else { "Alert" };
    format!("{kind}: {} ({scales}) {}", rule.rule.word(), numbers.join(", ")).trim_end().to_owned()
}

//! `concord score NAME ANSWERS`: scores a filled-in measure exactly as the desk does. No store is needed.

use super::instrument::{find, measures};
use super::say;
use crate::boot::Options;
use crate::packs::{Critical, Instrument, Respondent, Sex};
use crate::rules::scoring::{
    Change, Facts, NoScore, ScaleScore, Scored, WrongAnswers, change, read_answers, score,
};
use crate::service::fault::{Fault, FaultKind};
use clap::Args;

#[path = "score_json.rs"]
mod as_json;

/// Arguments of `concord score`.
#[derive(Debug, Args)]
#[command(
    after_help = "Answers are given in the order of the items, as they were ticked: 0,1,-,3. A dash was not answered, an r \
                        was \"would rather not say\"; decimals have a point, or a comma \
                        where blanks separate the answers. Items that are turned round are turned here, not by you."
)]
pub struct ScoreArgs {
    /// Its name, such as PHQ-9.
    name: String,
    /// The answers.
    #[arg(allow_hyphen_values = true)]
    answers: String,
    /// Answers of the first time, to see what changed.
    #[arg(long, value_name = "ANSWERS", allow_hyphen_values = true)]
    against: Option<String>,
    /// Age in years on the day it was filled in.
    #[arg(long, value_name = "N")]
    age: Option<u8>,
    /// Sex as it is recorded: female, male, or unknown.
    #[arg(long, value_name = "X", value_parser = sex)]
    sex: Option<RecordedSex>,
    /// Which form, where there are several.
    #[arg(long, value_name = "NAME")]
    form: Option<String>,
    /// Who answered: client, caregiver, counselor, observer, staff.
    #[arg(long, value_name = "WHO", value_parser = respondent)]
    by: Option<Respondent>,
    /// Report as JSON.
    #[arg(long)]
    json: bool,
}

/// Sex as it is recorded; anything but the two for which figures are published is as if it were not known.
#[derive(Clone, Copy, Debug)]
struct RecordedSex(Option<Sex>);

fn sex(text: &str) -> Result<RecordedSex, String> {
    match text.to_lowercase().as_str() {
        "female" | "f" => Ok(RecordedSex(Some(Sex::Female))),
        "male" | "m" => Ok(RecordedSex(Some(Sex::Male))),
        "other" | "unknown" => Ok(RecordedSex(None)),
        _ => Err("write female, male, other or unknown".to_owned()),
    }
}

fn respondent(text: &str) -> Result<Respondent, String> {
    let words: Vec<&str> = Respondent::ALL.iter().map(|one| one.word()).collect();
    Respondent::ALL
        .into_iter()
        .find(|one| one.word() == text)
        .ok_or_else(|| format!("write one of: {}", words.join(", ")))
}

/// Runs it.
pub(super) fn run(options: &Options, args: &ScoreArgs) -> Result<i32, Fault> {
    let measures = measures(options);
    let measure = find(&measures, &args.name)?;
    let facts =
        Facts { age: args.age, sex: args.sex.and_then(|sex| sex.0), form: args.form.clone(), by: args.by };
    let now = scored(measure, &args.answers, &facts)?;
    let first = args.against.as_ref().map(|line| scored(measure, line, &facts)).transpose()?;
    let changes: Vec<Option<Change>> = (0..now.scales.len())
        .map(|at| {
            first.as_ref().and_then(|first| change(measure, &first.scales[at], &now.scales[at], &facts))
        })
        .collect();
    if args.json {
        say(&as_json::report(&now, &changes).to_string());
    } else {
        for line in lines(&now, &changes, first.is_some()) {
            say(&line);
        }
    }
    Ok(0)
}

fn scored<'a>(measure: &'a Instrument, line: &str, facts: &Facts) -> Result<Scored<'a>, Fault> {
    let usage = |what: String| Fault::new(FaultKind::Config, what);
    let replies = read_answers(measure, facts.form.as_deref(), line).map_err(|wrong| match wrong {
        WrongAnswers::NotRead(at) => match measure.items.as_slice() {
            [item] => usage(format!("{} takes {}.", item.name(), measure.answers_of(item))),
            _ => usage(format!("Answer {at} cannot be read: write a number, - or r, such as 0,1,-,3.")),
        },
        WrongAnswers::Count { given, fits } => {
            let answers = if fits == [1] { "answer" } else { "answers" };
            usage(format!("{} takes {} {answers}; you gave {given}.", measure.key, counts(&fits)))
                .hint("Write - for an answer that is missing, and a point for decimals, such as 36.4.")
        }
    })?;
    score(measure, &replies, facts).map_err(|refused| {
        let told: Vec<String> = refused.iter().map(|one| one.sentence(measure)).collect();
        usage(format!("{}.", told.join("; ")))
    })
}

/// `9 or 10`, `1 to 9`, `15, 16, 22 or 23`.
fn counts(fits: &[usize]) -> String {
    let words: Vec<String> = fits.iter().map(ToString::to_string).collect();
    match (fits, words.as_slice()) {
        ([first, _, .., last], _) if last - first + 1 == fits.len() => format!("{first} to {last}"),
        (_, [others @ .., last]) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}

/// The result for people.
fn lines(now: &Scored<'_>, changes: &[Option<Change>], compared: bool) -> Vec<String> {
    let measure = now.measure;
    let of = now.answered + now.blank.len();
    let mut lines =
        vec![format!("{}, version {}: {} of {of} answered", measure.key, measure.version, now.answered)];
    if !now.is_taken() {
        lines.push("Nothing was answered, so this is no filled-in measure.".to_owned());
    }
    for (scale, change) in now.scales.iter().zip(changes) {
        scale_lines(&mut lines, now, scale);
        if let Some(change) = change {
            lines.push(format!("  {}", change_words(change, scale.decimals())));
        } else if compared && scale.score.is_ok() {
            lines.push("  no change: the first time has no score".to_owned());
        }
    }
    if let Some(finding) = &now.finding {
        lines.extend(finding.lines());
    }
    for answer in &now.critical {
        let at_least = if answer.at_least { "at least " } else { "" };
        let (name, danger) = (critical_name(measure, answer.rule), answer.rule.danger);
        let (value, hours) = (answer.value.shown(0), danger.hours());
        lines.push(format!(
            "Critical: {name} is {at_least}{value}: {}. Decide within {hours} h.",
            danger.words()
        ));
    }
    for rule in &now.ask {
        lines.push(format!(
            "Ask: {} is not answered ({}).",
            critical_name(measure, rule),
            rule.danger.words()
        ));
    }
    let names = |places: &[usize]| -> Vec<String> {
        places.iter().map(|place| measure.items[*place].name()).collect()
    };
    if !now.notable.is_empty() {
        lines.push(format!("Worth a word: {}", names(&now.notable).join(", ")));
    }
    if !now.aside.is_empty() {
        lines.push(format!("Answered though not asked, and not counted: {}", names(&now.aside).join(", ")));
    }
    lines
}

fn scale_lines(lines: &mut Vec<String>, now: &Scored<'_>, scale: &ScaleScore<'_>) {
    let name = &scale.scale.name;
    let Some(shown) = scale.shown() else {
        lines.push(format!("{name}: {}", no_score(now, scale)));
        return;
    };
    let band = scale.band.as_ref().map(|band| format!(", {}{}", band.band.words, verify(band.verify)));
    let prorated = scale.scale.missing.as_ref().filter(|_| scale.is_prorated()).map(|rule| {
        format!(" (prorated, {} not answered{})", scale.missing, if rule.verify { ", verify" } else { "" })
    });
    lines.push(format!("{name}: {shown}{}{}", band.unwrap_or_default(), prorated.unwrap_or_default()));
    for state in &scale.cutoffs {
        let cutoff = state.cutoff;
        let met = if state.is_met { "yes" } else { "no" };
        let who = cutoff.when.to_string();
        let who = if who.is_empty() { who } else { format!(" for {who}") };
        let (words, scores) = (&cutoff.words, cutoff.scores());
        lines.push(format!("  {words}, {scores}{who}: {met}{}", verify(cutoff.verify)));
    }
    if !scale.lacks.is_empty() {
        let lacks: Vec<&str> = scale.lacks.iter().map(|fact| fact.words()).collect();
        lines.push(format!("  not known: {}", lacks.join(", ")));
    }
}

fn verify(verify: bool) -> &'static str {
    if verify { " (verify)" } else { "" }
}

fn no_score(now: &Scored<'_>, scale: &ScaleScore<'_>) -> String {
    match scale.score {
        Err(NoScore::CriticalBlank(place)) => {
            format!("no score: {} is not answered", now.measure.items[place].name())
        }
        Err(NoScore::Missing) => {
            format!("no score: {} of {} not answered", scale.missing, scale.scale.places().len())
        }
        _ => "not taken".to_owned(),
    }
}

fn change_words(change: &Change, decimals: usize) -> String {
    let sign = if change.difference.is_positive() { "+" } else { "" };
    let class = change.class.map_or("change not classed", |class| class.word());
    let notable = if change.notable && change.reliable == Some(false) { ", notable" } else { "" };
    let lacks: Vec<&str> = change.lacks.iter().map(|fact| fact.words()).collect();
    let lacks = if lacks.is_empty() { String::new() } else { format!(" (not known: {})", lacks.join(", ")) };
    format!("change since the first, {sign}{}: {class}{notable}{lacks}", change.difference.shown(decimals))
}

/// What a critical rule is about: an item or a scale.
fn critical_name(measure: &Instrument, rule: &Critical) -> String {
    match rule.item {
        Some(_) => measure.items[rule.place()].name(),
        None => measure.scales[rule.place()].name.clone(),
    }
}

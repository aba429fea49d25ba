//! Names: none missing, none twice, none that names nothing.

use super::Faults;
use crate::packs;
use crate::packs::instrument::{
    AlertKind, AnswerSet, Every, Extra, ExtraRule, First, Instrument, Item, Typed, When,
};

/// Longest key: it is shown in lists and stored with every form that was filled in.
const LONGEST_KEY: usize = 16;

/// Questions of the triage.
const TRIAGE: [&str; 7] = ["1", "2", "3", "4", "5", "6", "6b"];

pub(super) fn check(faults: &mut Faults<'_>, it: &Instrument) {
    head(faults, it);
    sources(faults, it);
    twice(faults, "answers", "key", it.answers.iter().map(|set| set.key.as_str()));
    for (at, set) in it.answers.iter().enumerate() {
        answers(faults, &format!("answers.{at}"), set);
    }
    twice(faults, "item", "id", it.items.iter().map(|item| item.id.as_str()));
    for (at, item) in it.items.iter().enumerate() {
        one_item(faults, it, at, item);
    }
    if let Some(reversed) = &it.reversed {
        listed(faults, it, "reversed.items", &reversed.items);
    }
    twice(faults, "scale", "key", it.scales.iter().map(|scale| scale.key.as_str()));
    for (at, scale) in it.scales.iter().enumerate() {
        let path = format!("scale.{at}");
        listed(faults, it, &format!("{path}.items"), &scale.items);
        let groups = scale.bands.iter().map(|bands| &bands.when).enumerate();
        groups.for_each(|(at, when)| condition(faults, it, &format!("{path}.bands.{at}.when"), when));
        let cutoffs = scale.cutoffs.iter().map(|cutoff| &cutoff.when).enumerate();
        cutoffs.for_each(|(at, when)| condition(faults, it, &format!("{path}.cutoff.{at}.when"), when));
        for (kind, steps) in [("reliable", &scale.reliable), ("notable", &scale.notable)] {
            let steps = steps.iter().map(|step| &step.when).enumerate();
            steps.for_each(|(at, when)| condition(faults, it, &format!("{path}.{kind}.{at}.when"), when));
        }
    }
    rules(faults, it);
    if let Some(one) = &it.extra {
        extra(faults, it, one);
    }
    interval(faults, it);
}

fn head(faults: &mut Faults<'_>, it: &Instrument) {
    let length = it.key.trim().chars().count();
    if length == 0 || length > LONGEST_KEY || !it.key.contains(char::is_alphanumeric) {
        faults.say(
            "key",
            format!("the key of a measure has 1 to {LONGEST_KEY} characters, letters or digits among them"),
        );
    }
    if it.version == 0 {
        faults.say("version", "versions begin with 1");
    }
    let texts =
        [("title", &it.title), ("about", &it.about), ("citation", &it.citation), ("language", &it.language)];
    for (key, text) in texts {
        if text.trim().is_empty() {
            faults.say(key, format!("a measure needs a {key}"));
        }
    }
    if it.by.is_empty() {
        faults.say("by", "say who fills it in, such as [\"client\"]");
    }
    if it.items.is_empty() {
        faults.say("item", "a measure needs items");
    }
    twice(faults, "forms", "", it.forms.iter().map(String::as_str));
}

/// Every figure names a source that is there, and every source is named.
fn sources(faults: &mut Faults<'_>, it: &Instrument) {
    let figures = it.figures();
    for figure in &figures {
        if !it.sources.contains_key(figure.source) {
            let message = format!("there is no source {:?}; add it under [sources]", figure.source);
            faults.say(&format!("{}.source", figure.path), message);
        }
    }
    for (name, text) in &it.sources {
        let path = format!("sources.{name}");
        if text.trim().is_empty() {
            faults.say(&path, "say where it is published, for people to check");
        } else if !figures.iter().any(|figure| figure.source == name) {
            faults.say(&path, "no figure names this source");
        }
    }
}

/// A name that is empty, or there twice.
fn twice<'n>(faults: &mut Faults<'_>, list: &str, key: &str, names: impl Iterator<Item = &'n str>) {
    let mut seen: Vec<&str> = Vec::new();
    for (at, name) in names.enumerate() {
        let path = format!("{list}.{at}.{key}");
        if name.trim().is_empty() {
            faults.say(&path, format!("{list} needs a name"));
        } else if seen.contains(&name) {
            faults.say(&path, format!("{list} {name:?} is there twice"));
        }
        seen.push(name);
    }
}

fn answers(faults: &mut Faults<'_>, path: &str, set: &AnswerSet) {
    match (&set.range, set.choices.len()) {
        (None, 0 | 1) => faults.say(path, "answers are a list of two or more choices, or a range"),
        (Some(_), 1..) => faults.say(path, "answers are choices or a range, not both"),
        (Some(range), 0) => {
            let width = range.highest.0 - range.lowest.0;
            if width <= 0 || range.step.0 <= 0 || width % range.step.0 != 0 {
                faults.say(&format!("{path}.range"), "a range goes from lowest to highest in whole steps");
            }
        }
        (None, _) => {
            let keys: Vec<String> = set.choices.iter().map(|choice| choice.key.to_string()).collect();
            twice(faults, &format!("{path}.choices"), "key", keys.iter().map(String::as_str));
        }
    }
}

fn one_item(faults: &mut Faults<'_>, it: &Instrument, at: usize, item: &Item) {
    let path = format!("item.{at}");
    let set = it.answers.iter().find(|set| set.key == item.answers);
    if set.is_none() {
        faults.say(&format!("{path}.answers"), format!("there are no answers {:?}", item.answers));
    }
    let labelled = !item.label.is_empty() || !item.labels.is_empty();
    if labelled && it.typed == Typed::Items && !it.licence.is_free() {
        faults.say(
            &format!("{path}.label"),
            "items of a form that is not free are numbered; its official wording comes in by concord import questionnaire",
        );
    }
    for form in item.labels.keys().chain(&item.forms) {
        if !it.forms.contains(form) {
            faults.say(&path, format!("there is no form {form:?}"));
        }
    }
    if let Some(asked) = &item.asked_if
        && !it.items[..at].iter().any(|before| before.id == asked.item)
    {
        faults.say(&format!("{path}.asked_if"), format!("no earlier item is {:?}", asked.item));
    }
    let scaled = it.scales.iter().any(|scale| scale.items.contains(&item.id));
    let ruled = it.extra.as_ref().is_some_and(|extra| extra.rule == ExtraRule::CSsrsTriage);
    match (scaled || ruled, item.unscored) {
        (false, false) => {
            let message = format!("item {} is in no scale; mark it unscored if that is right", item.id);
            faults.say(&path, message);
        }
        (true, true) => faults.say(&path, format!("item {} is unscored and in a scale", item.id)),
        _ => {}
    }
}

/// Items that are there, each once.
fn listed(faults: &mut Faults<'_>, it: &Instrument, path: &str, items: &[String]) {
    if items.is_empty() {
        faults.say(path, "name at least one item");
    }
    for (at, id) in items.iter().enumerate() {
        let path = format!("{path}.{at}");
        if it.item(id).is_none() {
            faults.say(&path, format!("there is no item {id:?}"));
        } else if items[..at].contains(id) {
            faults.say(&path, format!("item {id:?} is there twice"));
        }
    }
}

fn condition(faults: &mut Faults<'_>, it: &Instrument, path: &str, when: &When) {
    if when.age.is_some_and(|(from, to)| from > to) {
        faults.say(path, "an age goes from the lower to the higher, such as [13, 17]");
    }
    if when.form.as_ref().is_some_and(|form| !it.forms.contains(form)) {
        faults.say(path, "there is no such form");
    }
    if when.by.is_some_and(|by| !it.by.contains(&by)) {
        faults.say(path, "this person does not fill it in");
    }
}

fn rules(faults: &mut Faults<'_>, it: &Instrument) {
    for (at, rule) in it.criticals.iter().enumerate() {
        let path = format!("critical.{at}");
        let known = match (&rule.item, &rule.scale) {
            (Some(id), None) => it.item(id).is_some(),
            (None, Some(key)) => it.scale(key).is_some(),
            _ => false,
        };
        if !known {
            faults.say(&path, "a critical rule names one item or one scale that is there");
        }
        if rule.dimension.is_empty() {
            faults.say(&path, "name the dimension of the need, such as { ASAM3 = 3 }");
        }
        for (set, number) in &rule.dimension {
            let dimension = packs::set(set).and_then(|set| set.dimension(*number));
            if dimension.is_none_or(|dimension| !dimension.rated) {
                faults.say(&format!("{path}.dimension.{set}"), "there is no such dimension that is rated");
            }
        }
    }
    for (at, rule) in it.notables.iter().enumerate() {
        if it.item(&rule.item).is_none() {
            faults.say(&format!("notable.{at}.item"), format!("there is no item {:?}", rule.item));
        }
    }
    for (at, rule) in it.alerts.iter().enumerate() {
        let path = format!("alert.{at}");
        if rule.scales.iter().any(|key| it.scale(key).is_none()) {
            faults.say(&format!("{path}.scales"), "there is no such scale");
        }
        let given = [rule.at.is_some(), rule.by.is_some(), rule.count.is_some(), rule.days.is_some()];
        let (takes, hints) = match rule.rule {
            AlertKind::Below => ([true, false, false, false], None),
            AlertKind::DropFromLast | AlertKind::DropFromBaseline => ([false, true, false, false], None),
            AlertKind::ReliableLoss | AlertKind::CriticalAnswer => ([false; 4], Some(false)),
            AlertKind::NoReliableGain => ([false, false, true, false], Some(false)),
            AlertKind::Split => ([false, true, false, false], Some(true)),
            AlertKind::NoFeedback => ([false, false, true, true], Some(true)),
            AlertKind::FullMarks => ([false, false, true, false], Some(true)),
        };
        if given != takes {
            let names = ["at", "by", "count", "days"].iter().zip(takes).filter(|(_, takes)| *takes);
            let names: Vec<&str> = names.map(|(name, _)| *name).collect();
            let takes = if names.is_empty() { "no number".to_owned() } else { names.join(" and ") };
            faults.say(&path, format!("{} takes {takes}", rule.rule.word()));
        }
        if hints.is_some_and(|hint| hint != rule.hint) {
            let message =
                if rule.hint { "needs an answer; it is no hint" } else { "is a hint; say hint = true" };
            faults.say(&path, format!("{} {message}", rule.rule.word()));
        }
    }
}

fn extra(faults: &mut Faults<'_>, it: &Instrument, extra: &Extra) {
    let given = (extra.reading.is_some(), extra.from.is_some(), !extra.clusters.is_empty());
    let (wanted, items): (_, &[&str]) = match extra.rule {
        ExtraRule::Pcl5Clusters => ((false, true, true), &[]),
        ExtraRule::CSsrsTriage => ((true, false, false), &TRIAGE),
        ExtraRule::AuditCFirstItem => ((false, false, false), &["1", "2", "3"]),
    };
    if given != wanted {
        faults.say(
            "extra",
            "pcl5-clusters takes from and clusters, c-ssrs-triage takes reading, audit-c-first-item takes nothing",
        );
    }
    if let Some(missing) = items.iter().find(|id| it.item(id).is_none()) {
        faults.say("extra", format!("this rule needs an item {missing:?}"));
    }
    for (at, cluster) in extra.clusters.iter().enumerate() {
        listed(faults, it, &format!("extra.clusters.{at}.items"), &cluster.items);
        if cluster.least == 0 || cluster.least > cluster.items.len() {
            faults.say(&format!("extra.clusters.{at}.least"), "as many must count as there are, or fewer");
        }
    }
}

fn interval(faults: &mut Faults<'_>, it: &Instrument) {
    let Some(interval) = &it.interval else { return };
    let first = interval.first.and_then(|first| match first {
        First::Admission => None,
        First::Session(from, to) => Some((from, to)),
    });
    let every = interval.every.map(|every| match every {
        Every::Hours(from, to)
        | Every::Days(from, to)
        | Every::Months(from, to)
        | Every::Sessions(from, to) => (from, to),
    });
    if interval.first.is_none() && interval.every.is_none() {
        faults.say("interval", "say when it is due first, or how often");
    }
    for (path, span) in [("interval.first", first), ("interval.every", every)] {
        if span.is_some_and(|(from, to)| from == 0 || from > to) {
            faults.say(path, "a span goes from the lower to the higher, such as [14, 28]");
        }
    }
}

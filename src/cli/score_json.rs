//! The result of scoring, for programs.

use crate::packs::Instrument;
use crate::rules::scoring::{Change, CriticalAnswer, Finding, ScaleScore, Scored};
use serde_json::{Map, Value, json};

/// Returns the whole result. Numbers are exact: a prorated score is not rounded.
pub(super) fn report(now: &Scored<'_>, changes: &[Option<Change>]) -> Value {
    let measure = now.measure;
    let total = now.scales.iter().position(|scale| scale.scale.key == "total");
    let of_total = |read: &dyn Fn(&ScaleScore<'_>) -> Value| now.total().map_or(Value::Null, read);
    let others = now.scales.iter().filter(|scale| scale.scale.key != "total");
    let scales: Map<String, Value> = others.map(|scale| (scale.scale.key.clone(), value(scale))).collect();
    let ids = |places: &[usize]| -> Vec<&str> {
        places.iter().map(|place| measure.items[*place].id.as_str()).collect()
    };
    json!({
        "instrument": measure.key,
        "version": measure.version,
        "taken": now.is_taken(),
        "answered": now.answered,
        "missing": now.blank.len(),
        "not_answered": ids(&now.blank),
        "total": of_total(&value),
        "scales": scales,
        "band": of_total(&|scale| json!(band(scale))),
        "cutoff_met": of_total(&|scale| json!(scale.is_clinical())),
        "critical": now.critical.iter().map(|one| critical(measure, one)).collect::<Vec<_>>(),
        "ask": now.ask.iter().map(|rule| rule.item.as_ref().or(rule.scale.as_ref())).collect::<Vec<_>>(),
        "notable": ids(&now.notable),
        "not_counted": ids(&now.aside),
        "change": total.and_then(|at| changes[at].as_ref()).map_or(Value::Null, change),
        "details": now.scales.iter().zip(changes).map(|(scale, change)| detail(scale, change.as_ref())).collect::<Vec<_>>(),
        "finding": now.finding.as_ref().map_or(Value::Null, finding),
    })
}

/// A number as whole as it is.
fn number(number: f64) -> Value {
    if number.fract() == 0.0 { json!(number as i64) } else { json!(number) }
}

fn value(scale: &ScaleScore<'_>) -> Value {
    scale.score.map_or(Value::Null, |score| number(score.to_f64()))
}

fn band<'a>(scale: &'a ScaleScore<'_>) -> Option<&'a str> {
    scale.band.as_ref().map(|band| band.band.words.as_str())
}

fn critical(measure: &Instrument, one: &CriticalAnswer<'_>) -> Value {
    let item = one.rule.item.as_ref().or(one.rule.scale.as_ref());
    let label = match one.rule.item {
        Some(_) => measure.items[one.rule.place()].label.as_str(),
        None => measure.scales[one.rule.place()].name.as_str(),
    };
    json!({
        "item": item,
        "value": number(one.value.to_f64()),
        "at_least": one.at_least,
        "label": label,
        "danger": one.rule.danger.words(),
        "hours": one.rule.danger.hours(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "class": change.class.map_or("not classed", |class| class.word()),
        "difference": number(change.difference.to_f64()),
        "reliable": change.reliable,
        "notable": change.notable,
    })
}

fn detail(scale: &ScaleScore<'_>, compared: Option<&Change>) -> Value {
    let cutoffs = scale.cutoffs.iter().map(|state| {
        json!({
            "words": state.cutoff.words,
            "at": number(state.cutoff.at.to_f64()),
            "met": state.is_met,
            "certain": state.is_certain,
            "for": state.cutoff.when.to_string(),
            "verify": state.cutoff.verify,
        })
    });
    let verify = scale.scale.verify
        || scale.band.as_ref().is_some_and(|band| band.verify)
        || scale.scale.missing.as_ref().is_some_and(|missing| missing.verify && scale.is_prorated());
    json!({
        "scale": scale.scale.key,
        "name": scale.scale.name,
        "value": value(scale),
        "shown": scale.shown(),
        "missing": scale.missing,
        "prorated": scale.is_prorated(),
        "band": band(scale),
        "cutoffs": cutoffs.collect::<Vec<_>>(),
        "not_known": scale.lacks.iter().map(|fact| fact.words()).collect::<Vec<_>>(),
        "verify": verify,
        "change": compared.map_or(Value::Null, change),
    })
}

fn finding(finding: &Finding) -> Value {
    match finding {
        Finding::Clusters(clusters, state) => {
            let clusters: Map<String, Value> = clusters
                .iter()
                .map(|one| {
                    (
                        one.name.clone(),
                        json!({"count": one.count, "needed": one.least, "state": one.state.words()}),
                    )
                })
                .collect();
            json!({ "rule": "clusters", "state": state.words(), "clusters": clusters })
        }
        Finding::Triage { least, most } => {
            let decided = least == most;
            json!({ "rule": "triage", "decided": decided, "least": least.words(), "most": most.words() })
        }
        Finding::FirstItemAlone => json!({ "rule": "first item alone" }),
    }
}

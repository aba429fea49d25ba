//! Every figure of a measure with its source, for people to check.

use super::Instrument;

/// A figure, or a few that belong together, and where they come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure<'a> {
    /// Where it is in the file (`scale.0.bands.1`).
    pub path: String,
    /// What it is, for people.
    pub what: String,
    /// Short name of its source.
    pub source: &'a str,
    /// Whether it still has to be checked.
    pub verify: bool,
}

impl Instrument {
    /// Returns every figure in the order of the file's parts.
    pub fn figures(&self) -> Vec<Figure<'_>> {
        let mut all = Vec::new();
        let mut add = |path: String, what: String, source, verify| {
            all.push(Figure { path, what, source, verify });
        };
        if let Some(from) = &self.from_age {
            add("from_age".into(), "youngest age".into(), from.source.as_str(), from.verify);
        }
        if let Some(loinc) = &self.loinc {
            add("loinc".into(), "LOINC codes".into(), loinc.source.as_str(), loinc.verify);
        }
        if let Some(reversed) = &self.reversed {
            add("reversed".into(), "items turned round".into(), &reversed.source, reversed.verify);
        }
        for (at, set) in self.answers.iter().enumerate() {
            add(format!("answers.{at}"), format!("answers {}", set.key), &set.source, set.verify);
        }
        for (at, scale) in self.scales.iter().enumerate() {
            let name = &scale.name;
            add(format!("scale.{at}"), format!("items of {name}"), &scale.source, scale.verify);
            if let Some(missing) = &scale.missing {
                let what = format!("missing answers of {name}");
                add(format!("scale.{at}.missing"), what, &missing.source, missing.verify);
            }
            for (band, bands) in scale.bands.iter().enumerate() {
                let path = format!("scale.{at}.bands.{band}");
                add(path, format!("bands of {name}"), &bands.source, bands.verify);
            }
            for (cut, cutoff) in scale.cutoffs.iter().enumerate() {
                let path = format!("scale.{at}.cutoff.{cut}");
                add(path, format!("cut-off {} of {name}", cutoff.at), &cutoff.source, cutoff.verify);
            }
            for (kind, steps) in [("reliable", &scale.reliable), ("notable", &scale.notable)] {
                for (step, change) in steps.iter().enumerate() {
                    let path = format!("scale.{at}.{kind}.{step}");
                    add(path, format!("{kind} change of {name}"), &change.source, change.verify);
                }
            }
        }
        for (at, rule) in self.criticals.iter().enumerate() {
            let whose = rule.item.as_ref().or(rule.scale.as_ref()).map_or("", String::as_str);
            add(format!("critical.{at}"), format!("critical: {whose}"), &rule.source, rule.verify);
        }
        for (at, rule) in self.notables.iter().enumerate() {
            add(format!("notable.{at}"), format!("notable: item {}", rule.item), &rule.source, rule.verify);
        }
        if let Some(extra) = &self.extra {
            add("extra".into(), "special rule".into(), &extra.source, extra.verify);
        }
        for (at, rule) in self.alerts.iter().enumerate() {
            let what = format!("{} {}", if rule.hint { "hint" } else { "alert" }, rule.rule.word());
            add(format!("alert.{at}"), what, &rule.source, rule.verify);
        }
        if let Some(interval) = &self.interval {
            add("interval".into(), "interval".into(), &interval.source, interval.verify);
        }
        all
    }
}

//! Figures: bands without gap or overlap, nothing that can never be reached, one figure for one person.

use super::{Faults, overlap};
use crate::domain::{Hundredths, Score};
use crate::packs::instrument::{AlertKind, Bands, Better, Instrument, Scale, Step};

pub(super) fn check(faults: &mut Faults<'_>, it: &Instrument) {
    for (at, item) in it.items.iter().enumerate() {
        if let Some((before, from)) = item.asked_by() {
            let (_, highest) = it.answers_of(&it.items[before]).bounds();
            if from > highest {
                faults.say(&format!("item.{at}.asked_if.from"), "no answer is worth that much");
            }
        }
    }
    for (at, scale) in it.scales.iter().enumerate() {
        one_scale(faults, it, &format!("scale.{at}"), scale);
    }
    for (at, rule) in it.criticals.iter().enumerate() {
        let (lowest, highest) = if rule.scale.is_some() {
            it.bounds(&it.scales[rule.place()])
        } else {
            let (lowest, highest) = it.answers_of(&it.items[rule.place()]).bounds();
            (lowest.into(), highest.into())
        };
        let from = Score::from(rule.from);
        if from <= lowest || from > highest {
            faults.say(&format!("critical.{at}.from"), reach(lowest, highest));
        }
    }
    for (at, rule) in it.notables.iter().enumerate() {
        let (lowest, highest) = it.answers_of(&it.items[rule.place()]).bounds();
        if rule.from <= lowest || rule.from > highest {
            faults.say(&format!("notable.{at}.from"), reach(lowest.into(), highest.into()));
        }
    }
    alerts(faults, it);
}

fn reach(lowest: Score, highest: Score) -> String {
    format!("scores lie between {} and {}; this is met by none or by all", lowest.shown(2), highest.shown(2))
}

fn one_scale(faults: &mut Faults<'_>, it: &Instrument, path: &str, scale: &Scale) {
    let (lowest, highest) = it.bounds(scale);
    if scale.times.0 <= 0 || scale.decimals > 2 {
        faults.say(path, "times is above 0, and decimals are 0, 1 or 2");
    }
    if let Some(missing) = &scale.missing
        && (missing.most == 0 || missing.most >= scale.items.len())
    {
        faults.say(&format!("{path}.missing.most"), "at least 1 answer may be missing, and not all of them");
    }
    for (at, bands) in scale.bands.iter().enumerate() {
        steps(faults, &format!("{path}.bands.{at}"), bands, lowest, highest);
    }
    if let Some(at) = overlap(scale.bands.iter().map(|bands| &bands.when)) {
        faults
            .say(&format!("{path}.bands.{at}"), "these bands overlap others: both hold for the same people");
    }
    for (at, cutoff) in scale.cutoffs.iter().enumerate() {
        if cutoff.is_met(lowest) == cutoff.is_met(highest) {
            faults.say(&format!("{path}.cutoff.{at}.at"), reach(lowest, highest));
        }
        let before = scale.cutoffs[..at].iter().filter(|before| before.words == cutoff.words);
        if overlap(before.chain([cutoff]).map(|cutoff| &cutoff.when)).is_some() {
            let message = "another cut-off with the same words holds for the same people";
            faults.say(&format!("{path}.cutoff.{at}"), message);
        }
    }
    changes(faults, &format!("{path}.reliable"), &scale.reliable, scale);
    changes(faults, &format!("{path}.notable"), &scale.notable, scale);
}

/// Lower bounds leave neither a gap nor an overlap.
fn steps(faults: &mut Faults<'_>, path: &str, bands: &Bands, lowest: Score, highest: Score) {
    let Some(first) = bands.steps.first() else {
        return faults.say(path, "bands need at least one step");
    };
    if Score::from(first.from) > lowest {
        let (lowest, from) = (lowest.shown(2), first.from);
        faults.say(
            &format!("{path}.steps.0.from"),
            format!("gap: scores from {lowest} up to {from} have no band"),
        );
    }
    let mut before: Option<Hundredths> = None;
    for (at, band) in bands.steps.iter().enumerate() {
        let path = format!("{path}.steps.{at}.from");
        if before.is_some_and(|before| band.from <= before) {
            faults.say(&path, format!("overlap: {} is not above the band before it", band.from));
        } else if Score::from(band.from) > highest {
            faults.say(&path, format!("no score reaches {}; the highest is {}", band.from, highest.shown(2)));
        }
        before = Some(band.from);
    }
}

fn changes(faults: &mut Faults<'_>, path: &str, steps: &[Step], scale: &Scale) {
    for (at, step) in steps.iter().enumerate() {
        if step.by.0 <= 0 {
            faults.say(&format!("{path}.{at}.by"), "a change is above 0");
        }
    }
    if let Some(at) = overlap(steps.iter().map(|step| &step.when)) {
        faults.say(&format!("{path}.{at}"), "another change holds for the same people");
    }
    if !steps.is_empty() && scale.better == Better::Unsaid {
        faults.say(path, "a change needs a scale that says which way it gets better");
    }
}

fn alerts(faults: &mut Faults<'_>, it: &Instrument) {
    for (at, rule) in it.alerts.iter().enumerate() {
        let path = format!("alert.{at}");
        let scales =
            || it.scales.iter().filter(|scale| rule.scales.is_empty() || rule.scales.contains(&scale.key));
        match rule.rule {
            AlertKind::Below
            | AlertKind::DropFromLast
            | AlertKind::DropFromBaseline
            | AlertKind::FullMarks => {
                if scales().any(|scale| scale.better != Better::Higher) {
                    let message = "this rule is for scales where higher is better";
                    faults.say(&path, format!("{}: {message}", rule.rule.word()));
                }
            }
            AlertKind::ReliableLoss | AlertKind::NoReliableGain => {
                if scales().all(|scale| scale.reliable.is_empty()) {
                    let message = "this rule needs a scale with a reliable change";
                    faults.say(&path, format!("{}: {message}", rule.rule.word()));
                }
            }
            AlertKind::CriticalAnswer if it.criticals.is_empty() => {
                faults.say(&path, "critical-answer: there is no critical rule");
            }
            AlertKind::CriticalAnswer | AlertKind::Split | AlertKind::NoFeedback => {}
        }
        if rule.by.is_some_and(|by| by.0 <= 0) || rule.count == Some(0) || rule.days == Some(0) {
            faults.say(&path, "numbers of a rule are above 0");
        }
        for scale in scales() {
            let (lowest, highest) = it.bounds(scale);
            if rule.at.is_some_and(|at| Score::from(at) < lowest || Score::from(at) >= highest) {
                faults.say(&format!("{path}.at"), reach(lowest, highest));
            }
        }
    }
}

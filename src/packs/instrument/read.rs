//! Reads a measure file strictly, and says where an error is.

use super::super::load::{PackError, Place};
use super::{Instrument, check};
use crate::domain::Hundredths;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;

/// Reads a measure. Errors: not TOML, an unknown key, else everything that is wrong with the names, else everything that
/// is wrong with the figures, each with line and column.
pub fn read_instrument(file: &str, text: &str) -> Result<Instrument, Vec<PackError>> {
    let place = Place { file, text };
    let mut instrument: Instrument = place.parse()?;
    check::names(&place, &instrument)?;
    resolve(&mut instrument);
    check::figures(&place, &instrument)?;
    Ok(instrument)
}

/// Reads a measure of the agency's own. One with the key of a measure that ships takes its place, and needs a higher
/// version: a score must say which figures made it.
pub fn read_own_instrument(file: &str, text: &str) -> Result<Instrument, Vec<PackError>> {
    let own = read_instrument(file, text)?;
    match super::super::instruments().iter().find(|shipped| shipped.is_called(&own.key)) {
        Some(shipped) if own.version <= shipped.version => {
            let (key, version) = (&shipped.key, shipped.version);
            let message = format!(
                "{key} ships with version {version}; give yours a higher one, such as {}",
                version + 1
            );
            Err(check::at(&Place { file, text }, "version", message))
        }
        _ => Ok(own),
    }
}

/// Looks up every name once, so that scoring has places.
fn resolve(instrument: &mut Instrument) {
    let ids: Vec<String> = instrument.items.iter().map(|item| item.id.clone()).collect();
    let place = |id: &String| ids.iter().position(|other| other == id).unwrap_or_default();
    let places = |list: &[String]| list.iter().map(place).collect();
    let turned = instrument.reversed.as_ref().map(|reversed| reversed.items.clone()).unwrap_or_default();
    for item in &mut instrument.items {
        let set = instrument.answers.iter().position(|set| set.key == item.answers);
        item.set = set.unwrap_or_default();
        item.turned = turned.contains(&item.id);
        item.asked_by = item.asked_if.as_ref().map(|asked| place(&asked.item)).unwrap_or_default();
    }
    for scale in &mut instrument.scales {
        scale.places = places(&scale.items);
    }
    for rule in &mut instrument.criticals {
        let of_scale = |key: &String| instrument.scales.iter().position(|scale| scale.key == *key);
        let scale = rule.scale.as_ref().and_then(of_scale);
        rule.place = rule.item.as_ref().map(place).or(scale).unwrap_or_default();
    }
    for rule in &mut instrument.notables {
        rule.place = place(&rule.item);
    }
    for cluster in instrument.extra.iter_mut().flat_map(|extra| &mut extra.clusters) {
        cluster.places = places(&cluster.items);
    }
}

/// What a sum or a mean is multiplied by unless a file says otherwise.
pub(super) fn one() -> Hundredths {
    Hundredths::whole(1)
}

/// Reads a number with at most two decimals.
pub(super) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hundredths, D::Error> {
    struct Number;

    impl Visitor<'_> for Number {
        type Value = Hundredths;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number with at most two decimals")
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Hundredths, E> {
            self.visit_f64(number as f64)
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<Hundredths, E> {
            let hundredths = (number * 100.0).round();
            if !(hundredths.abs() <= 100_000_000.0 && (number * 100.0 - hundredths).abs() < 1e-6) {
                return Err(E::custom("a number has at most two decimals and lies below 1,000,000"));
            }
            Ok(Hundredths(hundredths as i32))
        }
    }

    deserializer.deserialize_any(Number)
}

/// As [`number`], for a figure that may be left out.
pub(super) fn maybe_number<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Hundredths>, D::Error> {
    number(deserializer).map(Some)
}

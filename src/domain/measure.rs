//! Numbers and answers of measures: exact, so that a score on the edge of a band falls on the right side of it.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// A number with at most two decimals, kept in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hundredths(pub i32);

impl Hundredths {
    /// Returns a whole number.
    pub const fn whole(number: i16) -> Self {
        Self(number as i32 * 100)
    }

    /// Returns the number for programs.
    pub fn to_f64(self) -> f64 {
        Score::from(self).to_f64()
    }

    /// Reads a number as it is typed: digits, and after one point or one comma at most two decimals. A comma never parts
    /// thousands: `1,036` has three decimals and is not read.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || part.len() > 2 || !digits(whole) || !digits(part) {
            return None;
        }
        let decimals: i32 = format!("{part:0<2}").parse().ok()?;
        Some(Self(whole.parse::<i32>().ok()? * 100 + decimals))
    }
}

/// `36.4`, `5`: always a point, whatever the machine's language.
impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = if self.0 % 100 == 0 { 0 } else { 2 - usize::from(self.0 % 10 == 0) };
        f.write_str(&Score::from(*self).shown(decimals))
    }
}

/// A score, kept as a fraction: a prorated 10.125 is compared as it is and rounded only to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Score {
    hundredths: i64,
    parts: i64,
}

impl Score {
    /// Returns so many hundredths divided by `parts`; no parts count as one.
    pub fn new(hundredths: i64, parts: i64) -> Self {
        let parts = parts.max(1);
        let by = divisor(hundredths.unsigned_abs(), parts.unsigned_abs()).max(1) as i64;
        Self { hundredths: hundredths / by, parts: parts / by }
    }

    /// Returns the difference to another score.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        let hundredths = self.hundredths * other.parts - other.hundredths * self.parts;
        Self::new(hundredths, self.parts * other.parts)
    }

    /// Returns the sum with another score.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let hundredths = self.hundredths * other.parts + other.hundredths * self.parts;
        Self::new(hundredths, self.parts * other.parts)
    }

    /// Whether it is above 0.
    pub fn is_positive(self) -> bool {
        self.hundredths > 0
    }

    /// Returns how many decimals are needed to show it, at most two.
    pub fn decimals(self) -> usize {
        let hundredths = self.hundredths / self.parts;
        if hundredths % 100 == 0 { 0 } else { 2 - usize::from(hundredths % 10 == 0) }
    }

    /// Returns the number for programs, as exactly as a floating number can be.
    pub fn to_f64(self) -> f64 {
        self.hundredths as f64 / (100 * self.parts) as f64
    }

    /// Returns the number with so many decimals, halves up.
    pub fn shown(self, decimals: usize) -> String {
        let ten = 10_i64.pow(decimals as u32);
        let (over, under) = (self.hundredths.abs() * ten, 100 * self.parts);
        let rounded = (2 * over + under) / (2 * under);
        let sign = if self.hundredths < 0 && rounded > 0 { "-" } else { "" };
        let (whole, part) = (rounded / ten, rounded % ten);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part:0decimals$}") }
    }
}

/// The largest number that divides both.
fn divisor(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { divisor(other, one % other) }
}

impl From<Hundredths> for Score {
    fn from(number: Hundredths) -> Self {
        Self::new(i64::from(number.0), 1)
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.hundredths * other.parts).cmp(&(other.hundredths * self.parts))
    }
}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What somebody answered to one item: the key they chose, never what it is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reply {
    /// Nothing is there. It never counts as 0.
    #[default]
    Blank,
    /// They would rather not say. It is missing like a blank.
    Declined,
    /// The key of an answer, or a number.
    Given(Hundredths),
}

impl Reply {
    /// Returns the key that was chosen, if one was.
    pub fn key(self) -> Option<Hundredths> {
        match self {
            Self::Given(key) => Some(key),
            Self::Blank | Self::Declined => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_with_a_point_or_a_comma_and_shown_with_a_point() {
        let shown = |text| Hundredths::parse(text).map(|number| number.to_string());
        for (text, right) in [
            ("36.4", Some("36.4")),
            ("36,4", Some("36.4")),
            ("36,", Some("36")),
            (" 7 ", Some("7")),
            ("3,64", Some("3.64")),
            ("36.45", Some("36.45")),
            ("0.05", Some("0.05")),
            ("1,036", None),
            ("", None),
            (".5", None),
            ("-1", None),
            ("3.4.5", None),
            ("1e2", None),
            ("٣", None),
            ("12345678", None),
        ] {
            assert_eq!(shown(text).as_deref(), right, "{text:?}");
        }
    }

    #[test]
    fn a_score_is_compared_as_it_is_and_rounded_only_to_be_shown() {
        let prorated = Score::new(9 * 900, 8);
        assert_eq!(prorated.to_f64().to_bits(), 10.125_f64.to_bits());
        assert!(prorated > Score::from(Hundredths::whole(10)) && prorated < Score::from(Hundredths(1013)));
        assert_eq!((prorated.shown(1), prorated.shown(0)), ("10.1".into(), "10".into()));
        assert_eq!(Score::new(1125, 1).shown(1), "11.3", "halves go up");
        assert_eq!(Score::new(1300, 2), Score::new(650, 1), "one value, one form");
        let less = Score::new(400, 1).minus(prorated);
        assert_eq!((less.shown(3), Score::new(-4, 100).shown(1)), ("-6.125".into(), "0.0".into()));
    }
}

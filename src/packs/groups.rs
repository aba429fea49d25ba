//! Kinds of group with their limits, and service codes with their way of counting units, as data.

use super::load::{PackError, Place};
use serde::Deserialize;

/// What an agency's groups go by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupPack {
    /// How somebody took part, in the order of the digits 1 to 5.
    pub took_part: [String; 5],
    /// What guests are called, at most as many as the form has fields for.
    pub guests: Vec<String>,
    #[serde(rename = "kind")]
    pub kinds: Vec<GroupKind>,
    #[serde(rename = "code")]
    pub codes: Vec<ServiceCode>,
}

/// A kind of group. A limit of 0 is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GroupKind {
    /// As groups store it.
    pub key: String,
    pub name: String,
    /// Fewest members present.
    pub least_present: u16,
    /// Most members present.
    pub most_present: u16,
    /// Beyond the most it is refused until a supervisor says why.
    pub most_is_hard: bool,
    /// Most members present for each facilitator.
    pub per_facilitator: u16,
    /// Shortest session.
    pub least_minutes: u16,
    /// Minutes behind the start at which the break begins.
    pub pause_after: u16,
    /// Minutes of the break, which are no service.
    pub pause: u16,
    /// Guests count for the limits like members.
    pub guests_count: bool,
    /// It is a family or a couple.
    pub family: bool,
    /// Where its figures come from.
    pub source: String,
}

/// How units are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitRule {
    /// One for the session, whatever the minutes.
    #[default]
    Session,
    /// One for each full span.
    Full,
    /// One for each span that was begun.
    Started,
}

/// A service code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceCode {
    /// As groups store it.
    pub key: String,
    pub name: String,
    pub rule: UnitRule,
    /// Minutes of a unit.
    pub minutes: u16,
    /// Fewest minutes that count at all.
    pub least: u16,
}

impl GroupPack {
    /// The kind of a key; one without limits if it is not here any more.
    pub fn kind(&self, key: &str) -> GroupKind {
        let found = self.kinds.iter().find(|kind| kind.key == key);
        found.cloned().unwrap_or_else(|| GroupKind { key: key.to_owned(), ..GroupKind::default() })
    }

    /// The code of a key.
    pub fn code(&self, key: &str) -> Option<&ServiceCode> {
        self.codes.iter().find(|code| code.key == key)
    }

    /// How somebody took part, by its digit; empty if nothing was said.
    pub fn took_part(&self, digit: u8) -> &str {
        let at = usize::from(digit).checked_sub(1);
        at.and_then(|at| self.took_part.get(at)).map_or("", String::as_str)
    }
}

pub(super) fn read(file: &str, text: &str) -> Result<GroupPack, Vec<PackError>> {
    let place = Place { file, text };
    let pack: GroupPack = place.parse()?;
    let spans = |code: &&ServiceCode| code.rule != UnitRule::Session && code.minutes == 0;
    let wrong = pack.codes.iter().find(spans);
    match wrong {
        Some(code) => {
            Err(vec![place.error(None, format!("the code {:?} needs the minutes of a unit", code.key))])
        }
        None => Ok(pack),
    }
}

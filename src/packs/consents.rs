//! Who may consent to treatment before they are of age, by place and age: a table that ships, and an agency's own in its place.

use super::load::{PackError, Place};
use serde::Deserialize;

const SHIPPED: &str = include_str!("consents.toml");

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// From this age on everybody consents alone.
    pub of_age: u8,
    #[serde(rename = "consent")]
    pub rows: Vec<ConsentRow>,
}

/// Who consents to something, from an age on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRow {
    /// The two letters with which the rules on due dates of a program begin; empty = anywhere.
    pub place: String,
    pub what: String,
    #[serde(default)]
    pub from: u8,
    pub who: WhoConsents,
    pub source: String,
    /// Somebody compared it with its source.
    #[serde(default)]
    pub checked: bool,
}

/// Who consents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhoConsents {
    Client,
    Guardian,
    Both,
    Ask,
}

impl WhoConsents {
    /// Returns the words shown.
    pub fn word(self) -> &'static str {
        match self {
            Self::Client => "the client alone",
            Self::Guardian => "the guardian",
            Self::Both => "the client and the guardian",
            Self::Ask => "ask your supervisor, and write down what was decided",
        }
    }
}

/// Reads a table of who may consent.
pub fn read_consents(file: &str, text: &str) -> Result<Consents, Vec<PackError>> {
    let place = Place { file, text };
    let read: Consents = place.parse()?;
    let wrong = |row: &&ConsentRow| row.what.trim().is_empty() || row.source.trim().is_empty();
    match read.rows.iter().find(wrong) {
        Some(_) => Err(vec![place.error(None, "each consent needs \"what\" and \"source\"".to_owned())]),
        None => Ok(read),
    }
}

/// Returns the table that ships.
pub fn consents() -> Consents {
    read_consents("consents.toml", SHIPPED).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_reads_and_claims_no_row_to_be_checked() {
        let table = consents();
        assert_eq!(table.of_age, 18);
        assert!(table.rows.len() > 8 && table.rows.iter().all(|row| !row.checked));
    }

    #[test]
    fn a_table_of_an_agency_needs_a_source_for_each_row() {
        let row = |source: &str| {
            format!(
                "of_age = 18\n[[consent]]\nplace = \"\"\nwhat = \"x\"\nwho = \"both\"\nsource = \"{source}\"\n"
            )
        };
        assert_eq!(
            read_consents("consents.toml", &row("our lawyer")).unwrap().rows[0].who,
            WhoConsents::Both
        );
        let wrong = read_consents("consents.toml", &row(" ")).unwrap_err();
        assert!(wrong[0].to_string().contains("source"), "{wrong:?}");
        assert!(read_consents("consents.toml", "of_age = 18\n[[consent]]\nwho = \"uncle\"\n").is_err());
    }
}

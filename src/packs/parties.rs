//! Who has to answer a version of a plan: a table that ships, and an agency's own in its place.

use super::load::{PackError, Place};
use crate::domain::{AskedParty, PartyRule};
use serde::Deserialize;

const SHIPPED: &str = include_str!("parties.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    party: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    whom: Whom,
    #[serde(default)]
    under: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Whom {
    Client,
    Guardian,
}

/// Reads a table of who has to answer a version of a plan.
pub fn read_parties(file: &str, text: &str) -> Result<Vec<PartyRule>, Vec<PackError>> {
    let read: File = Place { file, text }.parse()?;
    let rule = |row: Row| PartyRule {
        whom: match row.whom {
            Whom::Client => AskedParty::Client,
            Whom::Guardian => AskedParty::Guardian,
        },
        under: row.under,
    };
    Ok(read.party.into_iter().map(rule).collect())
}

/// Returns the table that ships.
pub fn parties() -> Vec<PartyRule> {
    read_parties("parties.toml", SHIPPED).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_that_ships_asks_the_client_and_the_guardian_of_a_minor() {
        let rule = |whom, under| PartyRule { whom, under };
        assert_eq!(parties(), [rule(AskedParty::Client, 0), rule(AskedParty::Guardian, 18)]);
    }

    #[test]
    fn a_table_of_an_agency_reads_like_any_pack() {
        let own = "[[party]]\nwhom = \"client\"\nunder = 0\n[[party]]\nwhom = \"guardian\"\nunder = 16\n";
        assert_eq!(read_parties("parties.toml", own).unwrap()[1].under, 16);
        let wrong = read_parties("parties.toml", "[[party]]\nwhom = \"uncle\"\n").unwrap_err();
        assert!(wrong[0].to_string().contains("parties.toml"), "{wrong:?}");
        assert!(read_parties("parties.toml", "[[party]]\nwho = \"client\"\n").is_err());
    }
}

//! One person of a file as they will be, column by column: to be looked at before anything is written.

use super::Wanted;
use super::columns::{Column, Field, Mapping};
use super::dates::Ways;
use super::person;
use super::rows::Row;
use crate::domain::{Birth, Client};

/// One column of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sampled {
    /// The column in the file.
    pub header: String,
    /// What the row holds there.
    pub held: String,
    /// What becomes of it.
    pub becomes: String,
}

/// The row, column by column; columns in which it holds nothing are left away.
pub(super) fn of(mapping: &Mapping, row: &Row, ways: Ways, wanted: &Wanted) -> Vec<Sampled> {
    let read = person::read(mapping, row, ways, wanted);
    let told = |(column, held): (&Column, &String)| Sampled {
        header: column.header.clone(),
        held: held.clone(),
        becomes: match &read {
            Err(what) => format!("left out: {what}"),
            Ok(plan) => column.field.map_or_else(
                || "kept with the person, as it is".to_owned(),
                |field| becomes(field, held, &plan.client, plan.deceased),
            ),
        },
    };
    mapping.columns().iter().zip(&row.fields).filter(|(_, held)| !held.is_empty()).map(told).collect()
}

fn becomes(field: Field, held: &str, client: &Client, deceased: bool) -> String {
    let named = |what: &str, value: &str| format!("{what} {value}").trim().to_owned();
    match field {
        Field::Name => {
            let whole = format!("family name {}, given name {}", client.name.family, client.name.given);
            if client.suffix.is_empty() { whole } else { format!("{whole}, then {}", client.suffix) }
        }
        Field::Given | Field::Middle => named("given name", &client.name.given),
        Field::Family | Field::SecondFamily => named("family name", &client.name.family),
        Field::Suffix => named("behind the name:", &client.suffix),
        Field::Preferred => named("called", &client.preferred),
        Field::Birth | Field::BirthYear | Field::BirthMonth | Field::BirthDay => match client.birth {
            Birth::On(date) => format!("born {}", date.naive().format("%-d %B %Y")),
            Birth::Partly { year, month: None } => format!("born {year}"),
            Birth::Partly { year, month: Some(month) } => format!("born {year}-{month:02}"),
            Birth::About { .. } | Birth::Unknown => "no birth date".to_owned(),
        },
        Field::Died if deceased => match client.deceased {
            Some(date) => format!("died {}", date.naive().format("%-d %B %Y")),
            None => "has died".to_owned(),
        },
        Field::Status | Field::Alive if deceased => "has died; kept with the person, as it is".to_owned(),
        Field::Status | Field::Alive => "kept with the person, as it is".to_owned(),
        Field::Died | Field::Deleted | Field::Merged => "nothing".to_owned(),
        Field::Counselor => "admitted with this counselor; kept, as it is".to_owned(),
        Field::Program => "admitted to this program; kept, as it is".to_owned(),
        Field::Admitted => "admitted on this day; kept, as it is".to_owned(),
        Field::Record => named("number from elsewhere,", held),
        Field::Phone => "phone, at home".to_owned(),
        Field::Mobile => "phone, mobile".to_owned(),
        Field::Work => "phone, at work".to_owned(),
        Field::Email => "e-mail".to_owned(),
        Field::Address | Field::House | Field::Unit | Field::City | Field::State | Field::Zip => {
            named("address", &client.addresses.join("; "))
        }
        Field::Gender | Field::Pronouns | Field::Language | Field::Emergency | Field::Guardian => {
            field.word().to_owned()
        }
    }
}

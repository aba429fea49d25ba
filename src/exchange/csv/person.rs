//! One row to a person.

use super::Wanted;
use super::columns::{Field, Mapping, NAMES};
use super::dates::{self, Order};
use super::names::{self, Parts};
use super::rows::{MAX_FIELD, Row};
use crate::domain::{Birth, Client, Identifier, Imported, Telecom};
use crate::exchange::fhir::PersonPlan;

/// Reads a row; the error says why it is left out, without quoting it.
pub(super) fn read(
    mapping: &Mapping,
    row: &Row,
    order: Order,
    wanted: &Wanted,
) -> Result<PersonPlan, String> {
    if let Some(column) = row.too_long {
        return Err(format!("column {column} is longer than {MAX_FIELD} characters"));
    }
    // Empty cells behind the last header say nothing.
    let has = row.fields.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
    if mapping.width().is_some_and(|width| has > width) {
        let width = mapping.width().unwrap_or_default();
        return Err(format!(
            "it has {has} fields, the header {width}: a delimiter without quotation marks around it?"
        ));
    }
    let get = |field| mapping.get(field, row).unwrap_or_default().to_owned();
    let Parts { name, suffix, titled } = name(mapping, row).ok_or("there is no name")?;
    if mapping.get(Field::Deleted, row).is_some_and(says_yes) {
        return Err("the system it comes from has deleted it".to_owned());
    }
    if is_total(mapping, row) {
        return Err("it looks like the total or the foot of a report".to_owned());
    }
    let dates::Read { birth, doubt } = birth(mapping, row, order, wanted)?;
    let (deceased, died) = match mapping.get(Field::Died, row) {
        Some(text) => dates::died(text, order, wanted.today)?,
        None => (false, None),
    };
    let record = get(Field::Record);
    let identifiers = if record.is_empty() {
        Vec::new()
    } else {
        vec![Identifier { system: wanted.system.clone(), value: record }]
    };
    let client = Client {
        name,
        suffix: Some(get(Field::Suffix)).filter(|told| !told.is_empty()).unwrap_or(suffix),
        deceased: died,
        preferred: get(Field::Preferred),
        pronouns: get(Field::Pronouns),
        gender: get(Field::Gender),
        birth,
        languages: parts(&get(Field::Language)),
        phones: telecoms(mapping, row),
        addresses: address(mapping, row).into_iter().collect(),
        emergency_contact: get(Field::Emergency),
        guardian: get(Field::Guardian),
        identifiers,
        ..Client::default()
    };
    let own = |(header, text): (&str, &str)| (header.to_owned(), text.to_owned());
    let mut as_recorded: Vec<(String, String)> = mapping.rest(row).map(own).collect();
    if titled {
        // Titles and degrees are no part of a name here; as it was written it is kept.
        let written =
            NAMES.iter().filter_map(|field| Some((mapping.header(*field)?, mapping.get(*field, row)?)));
        as_recorded.extend(written.map(own));
    }
    let imported = Imported { as_recorded, ..Imported::default() };
    let doubts = doubt.into_iter().map(str::to_owned).collect();
    Ok(PersonPlan {
        client,
        imported,
        deceased,
        place: format!("line {}", row.line),
        doubts,
        ..PersonPlan::default()
    })
}

/// Whether a cell says yes, or when.
fn says_yes(text: &str) -> bool {
    !matches!(text.to_lowercase().as_str(), "n" | "no" | "false" | "0" | "nein")
}

/// A line below the people: the only cell that is filled begins like `Total clients: 2`.
fn is_total(mapping: &Mapping, row: &Row) -> bool {
    let mut filled = row.fields.iter().filter(|field| !field.is_empty());
    let (Some(first), None) = (filled.next(), filled.next()) else { return false };
    if mapping.columns().len() < 2 {
        return false;
    }
    let first = first.to_lowercase();
    let words = [
        "total",
        "grand total",
        "subtotal",
        "sum",
        "count",
        "number of",
        "page",
        "report",
        "end of",
        "summe",
        "anzahl",
    ];
    let begins = words.iter().any(|word| first.starts_with(word));
    begins
        && (first.contains(':')
            || first.bytes().any(|byte| byte.is_ascii_digit())
            || words.contains(&first.as_str()))
}

fn birth(mapping: &Mapping, row: &Row, order: Order, wanted: &Wanted) -> Result<dates::Read, String> {
    let get = |field| mapping.get(field, row);
    if let Some(text) = get(Field::Birth) {
        return dates::read(text, order, wanted.today);
    }
    let parts =
        [Field::BirthYear, Field::BirthMonth, Field::BirthDay].map(|field| get(field).unwrap_or_default());
    if parts[0].is_empty() { Ok(Birth::Unknown.into()) } else { dates::of_parts(parts, wanted.today) }
}

fn parts(text: &str) -> Vec<String> {
    text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Given and family name, from two columns or from one.
fn name(mapping: &Mapping, row: &Row) -> Option<Parts> {
    let get = |field| mapping.get(field, row).unwrap_or_default().trim().to_owned();
    let (mut given, family) = (get(Field::Given), get(Field::Family));
    let middle = get(Field::Middle);
    if !given.is_empty() && !middle.is_empty() {
        given = format!("{given} {middle}");
    }
    let parts = if given.is_empty() && family.is_empty() {
        names::whole(mapping.get(Field::Name, row)?)
    } else {
        names::apart(&given, &family)
    };
    (!parts.name.given.is_empty() || !parts.name.family.is_empty()).then_some(parts)
}

fn telecoms(mapping: &Mapping, row: &Row) -> Vec<Telecom> {
    let kinds =
        [(Field::Phone, "phone", "home"), (Field::Mobile, "phone", "mobile"), (Field::Email, "email", "")];
    let telecom = |(field, kind, usage): (Field, &str, &str)| {
        let value = mapping.get(field, row)?.to_owned();
        Some(Telecom { kind: kind.to_owned(), value, usage: usage.to_owned() })
    };
    kinds.into_iter().filter_map(telecom).collect()
}

/// `1 Elm St, Apt 2, Springfield, IL 62701`.
fn address(mapping: &Mapping, row: &Row) -> Option<String> {
    let get = |field| mapping.get(field, row);
    let place: Vec<&str> = [get(Field::State), get(Field::Zip)].into_iter().flatten().collect();
    let place = place.join(" ");
    let place = (!place.is_empty()).then_some(place.as_str());
    let all: Vec<&str> =
        [get(Field::Address), get(Field::Unit), get(Field::City), place].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(", "))
}

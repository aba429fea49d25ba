//! One row to a person.

use super::Wanted;
use super::columns::{Field, Mapping};
use super::dates::{self, Order};
use super::rows::{MAX_FIELD, Row};
use crate::domain::{Birth, Client, Identifier, Imported, PersonName, Telecom};
use crate::exchange::fhir::PersonPlan;

/// Whether a row names somebody.
pub(super) fn has_name(mapping: &Mapping, row: &Row) -> bool {
    [Field::Name, Field::Given, Field::Family].iter().any(|field| mapping.get(*field, row).is_some())
}

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
    if mapping.width().is_some_and(|width| row.fields.len() > width) {
        let (has, width) = (row.fields.len(), mapping.width().unwrap_or_default());
        return Err(format!(
            "it has {has} fields, the header {width}: a delimiter without quotation marks around it?"
        ));
    }
    let get = |field| mapping.get(field, row).unwrap_or_default().to_owned();
    let name = name(mapping, row).ok_or("there is no name")?;
    let birth = match mapping.get(Field::Birth, row) {
        Some(text) => dates::read(text, order, wanted.today)?,
        None => Birth::Unknown,
    };
    let record = get(Field::Record);
    let identifiers = if record.is_empty() {
        Vec::new()
    } else {
        vec![Identifier { system: wanted.system.clone(), value: record }]
    };
    let client = Client {
        name,
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
    let rest: serde_json::Map<String, serde_json::Value> =
        mapping.rest(row).map(|(header, text)| (header.to_owned(), text.into())).collect();
    let mut imported = Imported::default();
    if !rest.is_empty() {
        imported.as_recorded.push(("Row".to_owned(), serde_json::Value::Object(rest).to_string()));
    }
    Ok(PersonPlan { client, imported, deceased: false, place: format!("line {}", row.line) })
}

fn parts(text: &str) -> Vec<String> {
    text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Given and family name, from two columns or from one.
fn name(mapping: &Mapping, row: &Row) -> Option<PersonName> {
    let get = |field| mapping.get(field, row).unwrap_or_default().trim().to_owned();
    let (mut given, family) = (get(Field::Given), get(Field::Family));
    let middle = get(Field::Middle);
    if !given.is_empty() && !middle.is_empty() {
        given = format!("{given} {middle}");
    }
    if !given.is_empty() || !family.is_empty() {
        return Some(PersonName { given, family });
    }
    let whole = mapping.get(Field::Name, row)?;
    let (given, family) = match whole.split_once(',') {
        Some((family, given)) => (given.trim(), family.trim()),
        None => whole.rsplit_once(' ').unwrap_or(("", whole)),
    };
    let name = PersonName { given: given.trim().to_owned(), family: family.trim().to_owned() };
    (!name.given.is_empty() || !name.family.is_empty()).then_some(name)
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

/// `1 Elm St, Springfield, IL 62701`.
fn address(mapping: &Mapping, row: &Row) -> Option<String> {
    let get = |field| mapping.get(field, row);
    let place: Vec<&str> = [get(Field::State), get(Field::Zip)].into_iter().flatten().collect();
    let place = place.join(" ");
    let place = (!place.is_empty()).then_some(place.as_str());
    let all: Vec<&str> = [get(Field::Address), get(Field::City), place].into_iter().flatten().collect();
    (!all.is_empty()).then(|| all.join(", "))
}

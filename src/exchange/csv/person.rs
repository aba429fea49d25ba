//! One row to a person.

use super::Wanted;
use super::columns::{self, Field, Mapping, NAMES};
use super::dates::{self, Read, Ways};
use super::headers;
use super::names::{self, Parts};
use super::nothing::{died, is_no_number, not_alive, says_dead, says_no};
use super::rows::{MAX_FIELD, Row};
use crate::domain::{Birth, Client, Date, Identifier, Imported, Telecom, ToAdmit};
use crate::exchange::fhir::{Doubted, PersonPlan};

/// Reads a row; the error says why it is left out, without quoting it.
pub(super) fn read(mapping: &Mapping, row: &Row, ways: Ways, wanted: &Wanted) -> Result<PersonPlan, String> {
    if let Some(why) = is_no_person(mapping, row) {
        return Err(why);
    }
    let get = |field| mapping.get(field, row).unwrap_or_default().to_owned();
    let Parts { name, suffix, called, titled, dead } = name(mapping, row).ok_or("there is no name")?;
    let mut doubts: Vec<String> = Vec::new();
    if [&name.given, &name.family].into_iter().any(|part| part.contains('?') || part.contains('\u{fffd}')) {
        doubts.push("the name holds a sign for a letter that was lost before the file was made".to_owned());
    }
    let Read { birth, doubt } = birth(mapping, row, ways)?;
    doubts.extend(doubt.map(str::to_owned));
    let (deceased, died) = death(mapping, row, ways)?;
    let deceased = deceased || dead;
    let client = Client {
        name,
        suffix: Some(get(Field::Suffix)).filter(|told| names::is_generation(told)).unwrap_or(suffix),
        deceased: died,
        preferred: Some(get(Field::Preferred)).filter(|told| !told.is_empty()).unwrap_or(called),
        pronouns: get(Field::Pronouns),
        gender: get(Field::Gender),
        birth,
        languages: parts(&get(Field::Language)),
        phones: telecoms(mapping, row),
        addresses: address(mapping, row).into_iter().collect(),
        emergency_contact: get(Field::Emergency),
        guardian: get(Field::Guardian),
        identifiers: numbers(mapping, row, &wanted.system, &mut doubts),
        ..Client::default()
    };
    let admission = admission(mapping, row, ways, &mut doubts);
    let imported = Imported { as_recorded: as_recorded(mapping, row, titled), ..Imported::default() };
    let place = format!("line {}", row.line);
    let doubts =
        doubts.into_iter().map(|what| Doubted { place: place.clone(), line: row.line, what }).collect();
    Ok(PersonPlan {
        client,
        imported,
        deceased,
        line: row.line,
        place,
        doubts,
        admission,
        ..PersonPlan::default()
    })
}

/// Why a row is nobody who is to come in, told before anything of it is read.
fn is_no_person(mapping: &Mapping, row: &Row) -> Option<String> {
    if let Some(column) = row.too_long {
        return Some(format!("column {column} is longer than {MAX_FIELD} characters"));
    }
    // Empty cells behind the last header say nothing.
    let has = row.fields.iter().rposition(|field| !field.is_empty()).map_or(0, |last| last + 1);
    if let Some(width) = mapping.width().filter(|width| has > *width) {
        return Some(format!(
            "it has {has} fields, the header {width}: a delimiter without quotation marks around it?"
        ));
    }
    if mapping.is_repeated_by(row) {
        return Some("it holds the headers again".to_owned());
    }
    if headers::is_of_kinds(&row.fields) {
        return Some("it says what the columns are to hold".to_owned());
    }
    if is_foot(mapping, row) {
        return Some("it looks like a heading, a total or the foot of a report".to_owned());
    }
    let says = |words: &[&str]| {
        mapping.every(Field::Status, row).any(|(_, text)| words.contains(&columns::fold(text).as_str()))
    };
    let yes = |field| mapping.every(field, row).any(|(_, text)| says_yes(text));
    let deleted = ["deleted", "void", "voided", "purged", "entered in error", "geloscht", "eliminado"];
    if yes(Field::Deleted) || says(&deleted) {
        return Some("the system it comes from has deleted it".to_owned());
    }
    let merged = ["merged", "duplicate", "zusammengefuhrt", "dublette", "duplicado"];
    (yes(Field::Merged) || says(&merged))
        .then(|| "the system it comes from has put it together with another record".to_owned())
}

/// What of a row has no place of its own, as it was written. What says of a column that only part of it was used is
/// kept, too.
fn as_recorded(mapping: &Mapping, row: &Row, titled: bool) -> Vec<(String, String)> {
    let own = |(header, text): (&str, &str)| (header.to_owned(), text.to_owned());
    let mut all: Vec<(String, String)> = mapping.rest(row).map(own).collect();
    let beside = [Field::Status, Field::Alive, Field::Counselor, Field::Program, Field::Admitted];
    // A degree is nothing that tells generations apart.
    let suffix = mapping.every(Field::Suffix, row).filter(|(_, text)| !names::is_generation(text));
    all.extend(suffix.map(own));
    // Titles and degrees are no part of a name here.
    let names = if titled { &NAMES[..] } else { &[] };
    for field in beside.iter().chain(names) {
        all.extend(mapping.every(*field, row).map(own));
    }
    all
}

/// Their numbers there. A further column of numbers has a system of its own, by its header.
fn numbers(mapping: &Mapping, row: &Row, system: &str, doubts: &mut Vec<String>) -> Vec<Identifier> {
    let first = mapping.header(Field::Record).unwrap_or_default();
    let mut all = Vec::new();
    for (header, value) in mapping.every(Field::Record, row) {
        if is_shortened(value) {
            doubts.push("the record number was shortened by a spreadsheet, and is not used".to_owned());
            continue;
        }
        if is_no_number(value) {
            continue;
        }
        let value = whole(value);
        let system = if header == first { system.to_owned() } else { format!("{system} {header}") };
        all.push(Identifier { system, value: value.to_owned() });
    }
    all
}

/// What spreadsheets make of long numbers: `1.23E+11`.
fn is_shortened(text: &str) -> bool {
    let Some((figures, power)) = text.split_once("E+") else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(power) && digits(&figures.replace([',', '.'], ""))
}

/// Whether somebody has died, and when: every column says something of it, and so may the status.
fn death(mapping: &Mapping, row: &Row, ways: Ways) -> Result<(bool, Option<Date>), String> {
    let mut told = (mapping.every(Field::Status, row).any(|(_, text)| says_dead(text)), None);
    told.0 |= mapping.every(Field::Alive, row).any(|(_, text)| not_alive(text));
    for (_, text) in mapping.every(Field::Died, row) {
        let (dead, on) = died(text, ways)?;
        told = (told.0 || dead, told.1.or(on));
    }
    Ok(told)
}

/// With whom and where somebody is to be admitted, if the row says so.
fn admission(mapping: &Mapping, row: &Row, ways: Ways, doubts: &mut Vec<String>) -> Option<ToAdmit> {
    let get = |field| mapping.get(field, row).unwrap_or_default().to_owned();
    let (counselor, program) = (get(Field::Counselor), get(Field::Program));
    if counselor.is_empty() && program.is_empty() {
        return None;
    }
    let on = match mapping.get(Field::Admitted, row) {
        None => None,
        Some(text) => {
            let read = dates::read(text, ways.of_others()).ok().and_then(|read| read.birth.date());
            if read.is_none() {
                doubts.push("not admitted: the date of admission does not read as a day that was".to_owned());
                return None;
            }
            read
        }
    };
    Some(ToAdmit { counselor, program, on })
}

/// Whether a cell says yes, or when.
fn says_yes(text: &str) -> bool {
    !says_no(text)
}

/// A number without what a data program made of it: `123.0` is `123`.
fn whole(text: &str) -> &str {
    let whole = text.strip_suffix(".0").filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    whole.unwrap_or(text)
}

/// Words a heading, a total or the foot of a report begins with, folded.
const TOTALS: [&str; 20] = [
    "total",
    "totals",
    "grand",
    "subtotal",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "insgesamt",
    "count",
    "number",
    "anzahl",
    "suma",
    "average",
    "avg",
    "mean",
    "median",
    "durchschnitt",
    "promedio",
];
const FEET: [&str; 26] = [
    "page",
    "report",
    "end",
    "printed",
    "generated",
    "created",
    "exported",
    "run",
    "confidential",
    "source",
    "note",
    "notes",
    "seite",
    "stand",
    "erstellt",
    "gedruckt",
    "vertraulich",
    "quelle",
    "impreso",
    "generado",
    "confidencial",
    "pagina",
    "eof",
    "ende",
    "fin",
    "record",
];

/// A line between or below the people: `Total clients: 2`, `Page 1 of 3`, `Counselor: Kim`.
fn is_foot(mapping: &Mapping, row: &Row) -> bool {
    let mut filled = row.fields.iter().filter(|field| !field.is_empty());
    let Some(first) = filled.next() else { return false };
    let others: Vec<&String> = filled.collect();
    let folded = columns::fold(first);
    let word = folded.split(' ').next().unwrap_or_default();
    if !others.is_empty() {
        // Beside a total are sums; beside somebody of such a name is more.
        let sum = |text: &&String| !text.chars().any(char::is_alphabetic) && !dates::is_three_numbers(text);
        return TOTALS.contains(&word) && others.iter().all(sum);
    }
    if !first.chars().any(char::is_alphabetic) {
        return false;
    }
    let figure = first.contains(':') || first.bytes().any(|byte| byte.is_ascii_digit());
    let long = !first.contains(',') && folded.split(' ').count() > 4;
    mapping.columns().len() > 1
        && (figure
            || long
            || TOTALS.contains(&folded.as_str())
            || FEET.contains(&word) && !first.contains(','))
}

fn birth(mapping: &Mapping, row: &Row, ways: Ways) -> Result<Read, String> {
    let get = |field| mapping.get(field, row);
    if let Some(text) = get(Field::Birth) {
        return dates::read(text, ways);
    }
    let parts =
        [Field::BirthYear, Field::BirthMonth, Field::BirthDay].map(|field| get(field).unwrap_or_default());
    if parts[0].is_empty() { Ok(Birth::Unknown.into()) } else { dates::of_parts(parts, ways) }
}

fn parts(text: &str) -> Vec<String> {
    text.split([',', ';', '/']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Given and family name, from two columns or from one.
fn name(mapping: &Mapping, row: &Row) -> Option<Parts> {
    let get = |field| mapping.get(field, row).unwrap_or_default().trim();
    let both = |first: &str, second: &str| format!("{first} {second}").trim().to_owned();
    let (given, family) = (get(Field::Given), both(get(Field::Family), get(Field::SecondFamily)));
    let parts = if given.is_empty() && family.is_empty() {
        names::whole(mapping.get(Field::Name, row)?, mapping.family_first)
    } else {
        let middle = if given.is_empty() { "" } else { get(Field::Middle) };
        names::apart(&both(given, middle), &family)
    };
    let is_a_name = |part: &str| part.chars().any(char::is_alphanumeric) && !part.starts_with('#');
    (is_a_name(&parts.name.given) || is_a_name(&parts.name.family)).then_some(parts)
}

fn telecoms(mapping: &Mapping, row: &Row) -> Vec<Telecom> {
    let kinds = [
        (Field::Phone, "phone", "home"),
        (Field::Mobile, "phone", "mobile"),
        (Field::Work, "phone", "work"),
        (Field::Email, "email", ""),
    ];
    let mut all: Vec<Telecom> = Vec::new();
    for (field, kind, usage) in kinds {
        for (_, value) in mapping.every(field, row) {
            let value = whole(value);
            if all.iter().all(|one| one.value != value) {
                let (kind, value, usage) = (kind.to_owned(), value.to_owned(), usage.to_owned());
                all.push(Telecom { kind, value, usage });
            }
        }
    }
    all
}

/// `1 Elm St, Apt 2, Springfield, IL 62701`; a number of the house is before or behind the street, as its column is.
fn address(mapping: &Mapping, row: &Row) -> Option<String> {
    let get = |field| mapping.get(field, row).unwrap_or_default();
    let together = |first: &str, second: &str| format!("{first} {second}").trim().to_owned();
    let street = if mapping.is_before(Field::House, Field::Address) {
        together(get(Field::House), get(Field::Address))
    } else {
        together(get(Field::Address), get(Field::House))
    };
    let place = together(get(Field::State), whole(get(Field::Zip)));
    let all = [street, get(Field::Unit).to_owned(), get(Field::City).to_owned(), place];
    let all: Vec<String> = all.into_iter().filter(|part| !part.is_empty()).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

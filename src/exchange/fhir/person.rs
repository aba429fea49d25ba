//! FHIR people to ours: Patient to client, Practitioner to outside contact.
//!
//! Owns what of them has a place here. What of a Patient has none is kept as it was recorded.

use super::dates::PartDate;
use super::node::{Node, Reference, Wrong};
use crate::domain::{Birth, Client, FormerName, Identifier, OutsideContact, PersonName, Telecom};
use crate::exchange::made_of_nothing;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a person without any name is called, until somebody asks them.
pub const NO_NAME: &str = "(no name recorded)";

/// A Patient, read.
pub(super) struct Person {
    pub(super) client: Client,
    /// Dead, with or without a date.
    pub(super) deceased: bool,
    pub(super) nameless: bool,
    /// Contacts named by the record itself.
    pub(super) known_to: Vec<Reference>,
}

/// Reads a Patient. `full_url` as in the bundle; it may serve as identifier when there is no other.
pub(super) fn client(node: &Node<'_>, full_url: &str) -> Result<Person, Wrong> {
    let mut client = Client { gender: node.text("gender")?, ..Client::default() };
    names(node, &mut client)?;
    let nameless = client.name == PersonName::default();
    if nameless {
        NO_NAME.clone_into(&mut client.name.family);
    }
    client.birth = match born(node) {
        None => Birth::Unknown,
        Some(PartDate::Day(date)) => Birth::On(date),
        Some(PartDate::Month(year, month)) => Birth::Partly { year, month: Some(month) },
        Some(PartDate::Year(year)) => Birth::Partly { year, month: None },
    };
    client.deceased = node.date("deceasedDateTime").map(PartDate::latest);
    let deceased = client.deceased.is_some() || node.flag("deceasedBoolean") == Some(true);
    languages(node, &mut client)?;
    client.phones = telecom(node)?;
    close_to_them(node, &mut client)?;
    client.addresses = addresses(node)?;
    client.identifiers = identifiers(node, full_url)?;
    let known_to =
        node.objects("generalPractitioner")?.iter().map(Node::as_reference).collect::<Result<_, _>>()?;
    Ok(Person { client, deceased, nameless, known_to })
}

/// The date of birth; one that nobody living can have is left away.
fn born(node: &Node<'_>) -> Option<PartDate> {
    let date = node.date("birthDate")?;
    let what = match (date.day(), node.remarks().today) {
        (Some(day), _) if made_of_nothing(day) => "is a day that programs write for no date",
        (_, Some(today)) if date.earliest() > today => "is in the future",
        (_, Some(today)) if today.years_since(date.latest()) > 130 => "is over 130 years ago",
        _ => return Some(date),
    };
    node.doubt(node.wrong("birthDate", what));
    None
}

/// Reads a Practitioner.
pub(super) fn contact(node: &Node<'_>) -> Result<OutsideContact, Wrong> {
    if node.has("name") && !node.is_list("name") {
        node.remarks().version("DSTU2");
    }
    let mut names = Vec::new();
    for name in node.objects("name")? {
        let Named { use_, name: person, .. } = one_name(&name)?;
        let prefix = name.texts("prefix")?.join(" ");
        let full = [prefix, person.given, person.family].join(" ");
        names.push((rank(&use_), full.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    names.sort_by_key(|(rank, _)| *rank);
    let mut role = String::from("practitioner");
    for qualification in node.objects("qualification")? {
        let words = qualification.concept("code")?.words;
        if !words.is_empty() {
            role = words;
            break;
        }
    }
    Ok(OutsideContact {
        name: names.into_iter().map(|(_, name)| name).next().unwrap_or_default(),
        role,
        reach: telecom(node)?.into_iter().map(|telecom| telecom.value).collect(),
        address: addresses(node)?.into_iter().next().unwrap_or_default(),
        source: node.source()?,
    })
}

/// The first is the name to go by.
pub(super) fn rank(use_: &str) -> u8 {
    match use_ {
        "official" => 0,
        "" => 1,
        "usual" => 2,
        "maiden" | "old" => 5,
        "nickname" => 4,
        _ => 3,
    }
}

/// A name, what it is used for, and until when, if that is over.
pub(super) struct Named {
    pub(super) use_: String,
    pub(super) name: PersonName,
    suffix: String,
    /// It is a name of before.
    pub(super) former: bool,
    until: String,
    /// Since when, as it was written.
    since: String,
}

pub(super) fn one_name(node: &Node<'_>) -> Result<Named, Wrong> {
    let (use_, text) = (node.text("use")?, node.text("text")?);
    // DSTU2 has several family names.
    let family = if node.is_list("family") {
        node.remarks().version("DSTU2");
        node.texts("family")?.join(" ")
    } else {
        node.text("family")?
    };
    let mut name = PersonName { given: node.texts("given")?.join(" ").trim().to_owned(), family };
    if name == PersonName::default() {
        // Only the whole name is known: "Rivera, Jo" or "Jo Rivera".
        if let Some((family, given)) = text.split_once(',') {
            name = PersonName { given: given.trim().to_owned(), family: family.trim().to_owned() };
        } else {
            let (given, family) = text.rsplit_once(' ').unwrap_or(("", &text));
            name = PersonName { given: given.trim().to_owned(), family: family.trim().to_owned() };
        }
    }
    let (over, until) = node.ended()?;
    let former = over || matches!(use_.as_str(), "old" | "maiden");
    let since = node.object("period")?.and_then(|period| period.date("start"));
    let since = since.map(PartDate::written).unwrap_or_default();
    Ok(Named { use_, name, suffix: generation(node)?, former, until, since })
}

/// What tells generations apart; degrees are in the same place and are none.
fn generation(node: &Node<'_>) -> Result<String, Wrong> {
    let told = |suffix: &String| {
        let bare: String = suffix.chars().filter(|c| c.is_alphanumeric()).collect();
        matches!(bare.to_uppercase().as_str(), "JR" | "SR" | "II" | "III" | "IV")
    };
    Ok(node.texts("suffix")?.into_iter().find(told).unwrap_or_default())
}

fn names(node: &Node<'_>, client: &mut Client) -> Result<(), Wrong> {
    let mut names = node.objects("name")?.iter().map(one_name).collect::<Result<Vec<_>, _>>()?;
    names.retain(|one| one.name != PersonName::default());
    // Of two that are alike in this, the later one holds.
    names.sort_by_key(|one| (one.former, rank(&one.use_), Reverse(one.since.clone())));
    let mut names = names.into_iter();
    let Some(legal) = names.next() else { return Ok(()) };
    (client.name, client.suffix) = (legal.name, legal.suffix);
    for Named { use_, name, former, until, .. } in names {
        let full = format!("{} {}", name.given, name.family).trim().to_owned();
        if former {
            let known = full == client.legal_name() || client.former_names.iter().any(|one| one.name == full);
            if !known {
                client.former_names.push(FormerName { name: full, until });
            }
            continue;
        }
        let called = matches!(use_.as_str(), "usual" | "nickname");
        let first = if name.given.is_empty() { &name.family } else { &name.given };
        if called && client.preferred.is_empty() && *first != client.name.given {
            client.preferred.clone_from(first);
            if name.given.is_empty() || name.family.is_empty() || name.family == client.name.family {
                continue;
            }
        }
        if full != client.legal_name() && !client.other_names.contains(&full) {
            client.other_names.push(full);
        }
    }
    Ok(())
}

fn languages(node: &Node<'_>, client: &mut Client) -> Result<(), Wrong> {
    let mut spoken = Vec::new();
    for item in node.objects("communication")? {
        let words = item.concept("language")?.words;
        let first = item.flag("preferred") == Some(true);
        if !words.is_empty() {
            spoken.push((!first, words));
        }
    }
    spoken.sort_by_key(|(later, _)| *later);
    for (_, words) in spoken {
        if !client.languages.contains(&words) {
            client.languages.push(words);
        }
    }
    for extension in node.objects("extension")? {
        let url = extension.text("url")?;
        let yes = match url.rsplit('/').next().unwrap_or_default() {
            "patient-interpreterRequired" => extension.flag("valueBoolean") == Some(true),
            "us-core-interpreter-needed" => extension
                .object("valueCoding")?
                .map_or(Ok(String::new()), |coding| coding.text("code"))
                .map(|code| code == "373066001")?,
            _ => false,
        };
        client.interpreter |= yes;
    }
    Ok(())
}

pub(super) fn telecom(node: &Node<'_>) -> Result<Vec<Telecom>, Wrong> {
    let mut all = Vec::new();
    for item in node.objects("telecom")? {
        let mut one =
            Telecom { kind: item.text("system")?, value: item.text("value")?, usage: item.text("use")? };
        if one.value.is_empty() {
            continue;
        }
        for extension in item.objects("extension")? {
            if extension.text("url")?.ends_with("contactpoint-extension") {
                one.value = format!("{} ext. {}", one.value, extension.text("valueString")?);
            }
        }
        let ended = one.usage == "old" || item.ended()?.0;
        if ended {
            "old".clone_into(&mut one.usage);
        }
        let rank = item.number("rank")?.parse::<u32>().unwrap_or(u32::MAX);
        all.push((ended, rank, one));
    }
    all.sort_by_key(|(ended, rank, _)| (*ended, *rank));
    Ok(all.into_iter().map(|(_, _, one)| one).collect())
}

/// Whom to call in an emergency, and who has a say for them.
fn close_to_them(node: &Node<'_>, client: &mut Client) -> Result<(), Wrong> {
    let mut kin = String::new();
    for contact in node.objects("contact")? {
        if contact.ended()?.0 {
            continue;
        }
        let (mut emergency, mut guardian, mut next_of_kin) = (false, false, false);
        for relationship in contact.concepts("relationship")? {
            let words = relationship.words.to_lowercase();
            let code = relationship.code.map(|(_, code)| code.to_uppercase()).unwrap_or_default();
            emergency |= matches!(code.as_str(), "C" | "ECON") || words.contains("emergency");
            guardian |= matches!(code.as_str(), "GUARD" | "GUARDIAN") || words.contains("guardian");
            next_of_kin |= matches!(code.as_str(), "N" | "NOK") || words.contains("next of kin");
        }
        let mut told = Vec::new();
        if let Some(name) = contact.object("name")? {
            let named = one_name(&name)?.name;
            told.push(format!("{} {}", named.given, named.family).trim().to_owned());
        }
        told.extend(telecom(&contact)?.into_iter().map(|one| one.value));
        let told = told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        for (is, field) in [(emergency, &mut client.emergency_contact), (guardian, &mut client.guardian)] {
            if is && !field.contains(&told) {
                *field = if field.is_empty() { told.clone() } else { format!("{field}; {told}") };
            }
        }
        if next_of_kin && kin.is_empty() && !told.is_empty() {
            kin = format!("{told} (next of kin)");
        }
    }
    if client.emergency_contact.is_empty() {
        client.emergency_contact = kin;
    }
    Ok(())
}

fn addresses(node: &Node<'_>) -> Result<Vec<String>, Wrong> {
    let mut all = Vec::new();
    for item in node.objects("address")? {
        let mut parts = item.texts("line")?;
        parts.push(item.text("city")?);
        parts.push([item.text("state")?, item.text("postalCode")?].join(" ").trim().to_owned());
        parts.push(item.text("country")?);
        parts.retain(|part| !part.is_empty());
        let text = item.text("text")?;
        let one = if parts.is_empty() { text } else { parts.join(", ") };
        if one.is_empty() {
            continue;
        }
        let (over, until) = item.ended()?;
        let old = over || item.text("use")? == "old";
        let when = if until.is_empty() { "former".to_owned() } else { format!("until {until}") };
        all.push((old, if old { format!("{one} ({when})") } else { one }));
    }
    all.sort_by_key(|(old, _)| *old);
    Ok(all.into_iter().map(|(_, one)| one).collect())
}

/// How a Patient is one with another record: which, and whether that one is to be used instead of this.
pub(super) struct Link {
    pub(super) other: Reference,
    pub(super) replaced: bool,
}

/// The records that this one is one with, as their system has put them together.
pub(super) fn links(node: &Node<'_>) -> Result<Vec<Link>, Wrong> {
    let mut links = Vec::new();
    for link in node.objects("link")? {
        let replaced = match link.text("type")?.as_str() {
            "replaced-by" => true,
            "replace" => {
                node.remarks().version("DSTU2");
                true
            }
            "replaces" => false,
            _ => continue,
        };
        if let Some(other) = link.reference("other")? {
            links.push(Link { other, replaced });
        }
    }
    Ok(links)
}

fn identifiers(node: &Node<'_>, full_url: &str) -> Result<Vec<Identifier>, Wrong> {
    let mut all: Vec<Identifier> = Vec::new();
    for item in node.objects("identifier")? {
        let one = item.as_identifier()?;
        if !one.value.is_empty() && !all.contains(&one) {
            all.push(one);
        }
    }
    if all.is_empty() {
        // Without a number of theirs, a second import would make a double: take the record's own address, where it is
        // one of its kind in the world. A bare id is not.
        let id = node.text("id")?;
        let uuid = full_url.strip_prefix("urn:uuid:").unwrap_or(&id);
        let base = full_url.strip_suffix(&id).filter(|base| !id.is_empty() && base.starts_with("http"));
        if let Some(base) = base {
            all.push(Identifier { system: base.to_owned(), value: id.clone() });
        } else if uuid.len() == 36 && uuid.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-') {
            all.push(Identifier { system: "urn:uuid".to_owned(), value: uuid.to_owned() });
        }
    }
    Ok(all)
}

/// Elements that are wholly taken over.
const TAKEN: &[&str] = &["resourceType", "id", "birthDate", "gender", "deceasedBoolean"];
/// Lists that are wholly taken over unless an item has a key other than these.
const LISTS: &[(&str, &[&str])] = &[
    ("name", &["use", "text", "family", "given"]),
    ("telecom", &["system", "value", "use", "rank"]),
    ("address", &["line", "city", "state", "postalCode", "country"]),
    ("identifier", &["system", "value"]),
    ("communication", &["language", "preferred"]),
];

/// What of a Patient has no place here, as it was recorded: a JSON object without blanks, or nothing. Pictures are left
/// out (`true` says so).
pub(super) fn as_recorded(node: &Node<'_>, raw: &str) -> Result<(Option<String>, bool), Wrong> {
    let elements: BTreeMap<Cow<'_, str>, &RawValue> =
        serde_json::from_str(raw).map_err(|_| node.wrong("", "must be an object"))?;
    let (mut kept, mut pictures) = (String::new(), false);
    for (key, value) in elements {
        let whole = match LISTS.iter().find(|(list, _)| *list == key) {
            Some((list, known)) => {
                node.objects(list)?.iter().all(|item| item.keys().all(|key| known.contains(&key)))
            }
            None => TAKEN.contains(&key.as_ref()),
        };
        if key == "photo" {
            pictures = true;
        } else if !whole {
            kept.push(if kept.is_empty() { '{' } else { ',' });
            kept.push_str(&serde_json::Value::from(key.as_ref()).to_string());
            kept.push(':');
            compact(value.get(), &mut kept);
        }
    }
    if !kept.is_empty() {
        kept.push('}');
    }
    Ok(((!kept.is_empty()).then_some(kept), pictures))
}

/// JSON text without the blanks between its tokens.
pub(super) fn compact(json: &str, out: &mut String) {
    let (mut quoted, mut escaped) = (false, false);
    for c in json.chars() {
        if quoted || !c.is_ascii_whitespace() {
            out.push(c);
        }
        match c {
            '"' if !escaped => quoted = !quoted,
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
    }
}

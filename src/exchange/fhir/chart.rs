//! What other systems recorded about a person: Condition, AllergyIntolerance, MedicationRequest, Encounter.
//!
//! Owns what of them has a place here. Statuses are kept as recorded; what was entered in error has no place.

use super::dates::PartDate;
use super::directory::Directory;
use super::node::{Concept, Node, Reference, Wrong};
use crate::domain::{KnownAllergy, KnownMedication, OutsideContact, PastEncounter, Proposal};

/// The types that belong to a chart, in the order they are counted.
pub(super) const KINDS: [&str; 4] = ["Condition", "AllergyIntolerance", "MedicationRequest", "Encounter"];

/// One resource of a chart, read.
pub(super) struct Charted {
    pub(super) subject: Option<Reference>,
    pub(super) item: Item,
    /// Practitioners it names.
    pub(super) people: Vec<OutsideContact>,
}

pub(super) enum Item {
    Condition(Proposal),
    Allergy(KnownAllergy),
    Medication(KnownMedication),
    Encounter(PastEncounter),
    /// Taken back by those who recorded it.
    InError,
}

/// Reads a resource of type `KINDS[kind]`.
pub(super) fn read(kind: usize, node: &Node<'_>, directory: &Directory) -> Result<Charted, Wrong> {
    let subject_key = if kind == 1 { "patient" } else { "subject" };
    let subject = node.reference(subject_key)?;
    if subject.is_none() && kind != 3 {
        return Err(node.wrong(subject_key, "is required"));
    }
    let mut people = Vec::new();
    let item = match kind {
        0 => condition(node)?,
        1 => allergy(node)?,
        2 => medication(node, directory, &mut people)?,
        _ => encounter(node, directory, &mut people)?,
    };
    if kind < 2 {
        for key in ["recorder", "asserter"] {
            if let Some(reference) = node.reference(key)? {
                people.extend(directory.practitioner(node, &reference)?);
            }
        }
    }
    if matches!(item, Item::InError) {
        people.clear();
    }
    Ok(Charted { subject, item, people })
}

fn taken_back(node: &Node<'_>) -> Result<bool, Wrong> {
    Ok(node.concept("verificationStatus")?.code.is_some_and(|(_, code)| code == "entered-in-error"))
}

/// `active` rather than `Active`: the code, else the words.
fn status(node: &Node<'_>) -> Result<String, Wrong> {
    let Concept { words, code } = node.concept("clinicalStatus")?;
    Ok(code.map_or(words, |(_, code)| code))
}

/// The exact date an element gives, and what it says where that is less than a date.
fn about(node: &Node<'_>, stem: &str) -> Result<(Option<PartDate>, String), Wrong> {
    let mut date = node.date(&format!("{stem}DateTime"))?;
    if let Some(period) = node.object(&format!("{stem}Period"))? {
        let edge = if stem == "onset" { "start" } else { "end" };
        date = date.or(period.date(edge)?);
    }
    let said = node.text(&format!("{stem}String"))?;
    Ok((
        date,
        match date {
            Some(PartDate::Day(_)) | None => said,
            Some(part) => part.written(),
        },
    ))
}

fn condition(node: &Node<'_>) -> Result<Item, Wrong> {
    let concept = node.concept("code")?;
    let (onset, since) = about(node, "onset")?;
    let (abated, until) = about(node, "abatement")?;
    let mut wording = concept.words;
    for (word, said) in [("since", since), ("until", until)] {
        if !said.is_empty() {
            wording = format!("{wording} ({word} {said})");
        }
    }
    let proposal = Proposal {
        wording: wording.trim().to_owned(),
        code: concept.code,
        status: status(node)?,
        onset: onset.and_then(PartDate::day),
        abated: abated.and_then(PartDate::day),
        source: node.source()?,
        ..Proposal::default()
    };
    Ok(if taken_back(node)? { Item::InError } else { Item::Condition(proposal) })
}

fn allergy(node: &Node<'_>) -> Result<Item, Wrong> {
    let mut substance = node.concept("code")?.words;
    for reaction in node.objects("reaction")? {
        let words = reaction.concept("substance")?.words;
        if substance.is_empty() {
            substance = words;
        }
    }
    let known = KnownAllergy {
        substance,
        criticality: node.text("criticality")?,
        status: status(node)?,
        recorded: node.date("recordedDate")?.and_then(PartDate::day),
        source: node.source()?,
    };
    Ok(if taken_back(node)? { Item::InError } else { Item::Allergy(known) })
}

fn medication(
    node: &Node<'_>,
    directory: &Directory,
    people: &mut Vec<OutsideContact>,
) -> Result<Item, Wrong> {
    let name = match node.reference("medicationReference")? {
        Some(reference) => directory.medication(node, &reference)?,
        None if node.has("medicationCodeableConcept") => node.concept("medicationCodeableConcept")?.words,
        None => return Err(node.wrong("medicationCodeableConcept", "or medicationReference is required")),
    };
    let mut prescriber = String::new();
    if let Some(reference) = node.reference("requester")? {
        let contact = directory.practitioner(node, &reference)?;
        prescriber =
            contact.as_ref().map_or_else(|| reference.display.clone(), |contact| contact.name.clone());
        people.extend(contact);
    }
    let mut dosages = Vec::new();
    for dosage in node.objects("dosageInstruction")? {
        dosages.push(how_taken(&dosage)?);
    }
    dosages.retain(|dosage| !dosage.is_empty());
    let status = node.text("status")?;
    let in_error = status == "entered-in-error";
    let known = KnownMedication {
        name,
        status,
        on: node.date("authoredOn")?.and_then(PartDate::day),
        prescriber,
        dosage: dosages.join("; "),
        source: node.source()?,
    };
    Ok(if in_error { Item::InError } else { Item::Medication(known) })
}

/// `1 tablet, 2 x per 1 d, as needed, with food`: the text as recorded, else put together from its parts.
fn how_taken(dosage: &Node<'_>) -> Result<String, Wrong> {
    let text = dosage.text("text")?;
    let mut parts = Vec::new();
    for rate in dosage.objects("doseAndRate")? {
        if let Some(dose) = rate.object("doseQuantity")? {
            parts.push(format!("{} {}", dose.number("value")?, dose.text("unit")?).trim().to_owned());
        }
    }
    if let Some(timing) = dosage.object("timing")? {
        parts.push(timing.concept("code")?.words);
        if let Some(repeat) = timing.object("repeat")? {
            let (times, every, unit) =
                (repeat.number("frequency")?, repeat.number("period")?, repeat.text("periodUnit")?);
            if !(times.is_empty() || every.is_empty()) {
                parts.push(format!("{times} x per {every} {unit}").trim().to_owned());
            }
        }
    }
    if dosage.flag("asNeededBoolean")? == Some(true) || dosage.has("asNeededCodeableConcept") {
        parts.push(
            format!("as needed {}", dosage.concept("asNeededCodeableConcept")?.words).trim().to_owned(),
        );
    }
    parts.extend(dosage.concepts("additionalInstruction")?.into_iter().map(|concept| concept.words));
    parts.push(dosage.text("patientInstruction")?);
    parts.retain(|part| !part.is_empty());
    Ok(if text.is_empty() { parts.join(", ") } else { text })
}

fn encounter(
    node: &Node<'_>,
    directory: &Directory,
    people: &mut Vec<OutsideContact>,
) -> Result<Item, Wrong> {
    let on = match node.object("period")? {
        None => None,
        Some(period) => {
            period.date("end")?;
            period.date("start")?
        }
    };
    let mut what = node.concepts("type")?.into_iter().map(|kind| kind.words).find(|words| !words.is_empty());
    if what.is_none() {
        // Encounter.class is a bare coding.
        let class = node.object("class")?;
        let words = |class: &Node<'_>| -> Result<String, Wrong> {
            let display = class.text("display")?;
            if display.is_empty() { class.text("code") } else { Ok(display) }
        };
        what = class.as_ref().map(words).transpose()?;
    }
    let reasons = node.concepts("reasonCode")?;
    let mut what = what.unwrap_or_default();
    if let Some(reason) = reasons.into_iter().map(|reason| reason.words).find(|words| !words.is_empty()) {
        what = format!("{what}: {reason}");
    }
    let mut with = Vec::new();
    for participant in node.objects("participant")? {
        if let Some(reference) = participant.reference("individual")? {
            let contact = directory.practitioner(node, &reference)?;
            with.push(contact.as_ref().map_or(reference.display, |contact| contact.name.clone()));
            people.extend(contact);
        }
    }
    if let Some(reference) = node.reference("serviceProvider")? {
        with.push(directory.place(&reference));
    }
    with.retain(|name| !name.is_empty());
    with.dedup();
    let in_error = node.text("status")? == "entered-in-error";
    let past =
        PastEncounter { on: on.and_then(PartDate::day), what, with: with.join(", "), source: node.source()? };
    Ok(if in_error { Item::InError } else { Item::Encounter(past) })
}

//! What other systems recorded about a person: Condition, AllergyIntolerance, MedicationRequest and -Statement, Encounter,
//! RelatedPerson.
//!
//! Owns what of them has a place here. Statuses are kept as recorded; what was entered in error or refuted has no place.

use super::around;
use super::dates::PartDate;
use super::directory::Directory;
use super::node::{Concept, Node, Reference, Wrong};
use crate::domain::{CirclePerson, KnownAllergy, KnownMedication, OutsideContact, PastEncounter, Proposal};

/// The types that belong to a chart, in the order they are counted.
pub(super) const KINDS: [&str; 6] =
    ["Condition", "AllergyIntolerance", "MedicationRequest", "Encounter", "MedicationStatement", RELATED];

/// Somebody around a person.
pub(super) const RELATED: &str = "RelatedPerson";

/// The place in [`KINDS`] of a type; DSTU2 has another name for one of them.
pub(super) fn kind_of(name: &str) -> Option<usize> {
    let name = if name == "MedicationOrder" { "MedicationRequest" } else { name };
    KINDS.iter().position(|kind| *kind == name)
}

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
    /// Somebody around them.
    Around(CirclePerson),
    /// Taken back, or found not to be so, by those who recorded it: how they call that.
    Apart(&'static str),
}

/// Reads a resource of type `KINDS[kind]`.
pub(super) fn read(kind: usize, node: &Node<'_>, directory: &Directory) -> Result<Charted, Wrong> {
    let of_patient = matches!(KINDS[kind], "AllergyIntolerance" | RELATED);
    let mut subject = node.reference(if of_patient { "patient" } else { "subject" })?;
    if subject.is_none() && !of_patient {
        subject = node.reference("patient")?;
        if subject.is_some() {
            node.remarks().version("DSTU2");
        }
    }
    let mut people = Vec::new();
    let item = match kind {
        0 => condition(node)?,
        1 => allergy(node)?,
        2 | 4 => medication(node, directory, &mut people)?,
        5 => around::around(node)?.map_or(Item::Apart(OVER), Item::Around),
        _ => encounter(node, directory, &mut people)?,
    };
    if kind < 2 {
        for key in ["recorder", "asserter"] {
            if let Some(reference) = node.reference(key)? {
                people.extend(directory.practitioner(node, &reference)?);
            }
        }
    }
    if matches!(item, Item::Apart(_)) {
        people.clear();
    }
    Ok(Charted { subject, item, people })
}

/// Entered in error, or refuted: neither is something the person has.
fn taken_back(node: &Node<'_>) -> Result<Option<&'static str>, Wrong> {
    let mut said = vec![verified(node)?];
    if !node.is_text("verificationStatus")
        && let Some(status) = node.object("verificationStatus")?
    {
        // Beside a code of their own systems give the one of FHIR.
        for coding in status.objects("coding")? {
            said.push(coding.text("code")?.to_lowercase());
        }
        said.push(status.text("text")?.to_lowercase());
    }
    let has = |words: &[&str]| said.iter().any(|one| words.contains(&one.as_str()));
    Ok(if has(&["entered-in-error", "entered in error"]) {
        Some(IN_ERROR)
    } else if has(&["refuted", "ruled out", "ruled-out"]) {
        Some("refuted")
    } else {
        None
    })
}

/// How sure they were: the code, else the words.
fn verified(node: &Node<'_>) -> Result<String, Wrong> {
    let Concept { words, code } = node.concept("verificationStatus")?;
    Ok(code.map_or(words, |(_, code)| code).to_lowercase())
}

/// What is recorded without saying what it is.
const NOT_NAMED: &str = "(not named)";

const IN_ERROR: &str = "entered in error";

/// How somebody is counted who is around a person no more.
const OVER: &str = "of before";

/// `active` rather than `Active`: the code, else the words.
fn status(node: &Node<'_>) -> Result<String, Wrong> {
    let Concept { words, code } = node.concept("clinicalStatus")?;
    let status = code.map_or(words, |(_, code)| code);
    let status = if status.is_empty() && node.flag("abatementBoolean") == Some(true) {
        "resolved".to_owned()
    } else {
        status
    };
    let sure = verified(node)?;
    Ok(match sure.as_str() {
        "unconfirmed" | "provisional" | "differential" if status.is_empty() => sure,
        "unconfirmed" | "provisional" | "differential" => format!("{status}, {sure}"),
        _ => status,
    })
}

/// The exact date an element gives, and what it says where that is less than a date.
fn about(node: &Node<'_>, stem: &str) -> Result<(Option<PartDate>, String), Wrong> {
    let mut date = node.date(&format!("{stem}DateTime"));
    if let Some(period) = node.object(&format!("{stem}Period"))? {
        let edge = if stem == "onset" { "start" } else { "end" };
        date = date.or(period.date(edge));
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
    if node.has("participant") {
        node.remarks().version("R5");
    }
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
        wording: if wording.trim().is_empty() { NOT_NAMED.to_owned() } else { wording.trim().to_owned() },
        code: concept.code,
        status: status(node)?,
        onset: onset.and_then(PartDate::day),
        abated: abated.and_then(PartDate::day),
        source: node.source()?,
        ..Proposal::default()
    };
    Ok(taken_back(node)?.map_or(Item::Condition(proposal), Item::Apart))
}

fn allergy(node: &Node<'_>) -> Result<Item, Wrong> {
    let mut substance = node.concept("code")?.words;
    if substance.is_empty() && node.has("substance") {
        node.remarks().version("DSTU2");
        substance = node.concept("substance")?.words;
    }
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
        recorded: node.date("recordedDate").and_then(PartDate::day),
        source: node.source()?,
    };
    let in_error = node.is_text("status") && node.text("status")? == "entered-in-error";
    let apart = taken_back(node)?.or(in_error.then_some(IN_ERROR));
    Ok(apart.map_or(Item::Allergy(known), Item::Apart))
}

fn medication(
    node: &Node<'_>,
    directory: &Directory,
    people: &mut Vec<OutsideContact>,
) -> Result<Item, Wrong> {
    let name = medication_named(node, directory)?;
    if node.has("taken") {
        node.remarks().version("STU3");
    }
    let mut prescriber = String::new();
    if let Some(reference) = requester(node)? {
        let contact = directory.practitioner(node, &reference)?;
        prescriber =
            contact.as_ref().map_or_else(|| reference.display.clone(), |contact| contact.name.clone());
        people.extend(contact);
    }
    let mut dosages = Vec::new();
    for list in ["dosageInstruction", "dosage"] {
        for dosage in node.objects(list)? {
            dosages.push(how_taken(&dosage)?);
        }
    }
    dosages.retain(|dosage| !dosage.is_empty());
    let status = node.text("status")?;
    let in_error = status == "entered-in-error";
    let known = KnownMedication {
        name,
        status,
        on: taken_since(node)?.and_then(PartDate::day),
        prescriber,
        dosage: dosages.join("; "),
        source: node.source()?,
    };
    Ok(if in_error { Item::Apart(IN_ERROR) } else { Item::Medication(known) })
}

/// Who ordered it. STU3 has it one level deeper, and DSTU2 under another name.
fn requester(node: &Node<'_>) -> Result<Option<Reference>, Wrong> {
    if let Some(requester) = node.object("requester")?
        && requester.has("agent")
    {
        node.remarks().version("STU3");
        return requester.reference("agent");
    }
    Ok(node.reference("requester")?.or(node.reference("prescriber")?))
}

fn medication_named(node: &Node<'_>, directory: &Directory) -> Result<String, Wrong> {
    if let Some(reference) = node.reference("medicationReference")? {
        return directory.medication(node, &reference);
    }
    if node.has("medicationCodeableConcept") {
        return Ok(node.concept("medicationCodeableConcept")?.words);
    }
    let Some(either) = node.object("medication")? else {
        node.doubt(node.wrong("medicationCodeableConcept", "or medicationReference is missing"));
        return Ok(NOT_NAMED.to_owned());
    };
    node.remarks().version("R5");
    match either.reference("reference")? {
        Some(reference) => directory.medication(node, &reference),
        None => Ok(either.concept("concept")?.words),
    }
}

/// When it was ordered, or said to be taken since.
fn taken_since(node: &Node<'_>) -> Result<Option<PartDate>, Wrong> {
    let ordered = node.date("authoredOn").or(node.date("dateWritten"));
    let effective = node.date("effectiveDateTime");
    let period = node.object("effectivePeriod")?.and_then(|period| period.date("start"));
    Ok(ordered.or(effective).or(period).or(node.date("dateAsserted")))
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
    if dosage.flag("asNeededBoolean") == Some(true) || dosage.has("asNeededCodeableConcept") {
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
    let newer = node.has("actualPeriod") || node.is_list("class");
    if newer {
        node.remarks().version("R5");
    }
    let on = match node.object(if newer { "actualPeriod" } else { "period" })? {
        None => None,
        Some(period) => {
            period.date("end");
            period.date("start")
        }
    };
    let mut what = node.concepts("type")?.into_iter().map(|kind| kind.words).find(|words| !words.is_empty());
    if what.is_none() && node.is_list("class") {
        what = node.concepts("class")?.into_iter().map(|class| class.words).find(|words| !words.is_empty());
    } else if what.is_none() && node.is_text("class") {
        node.remarks().version("DSTU2");
        what = Some(node.text("class")?);
    } else if what.is_none() {
        // Encounter.class is a bare coding.
        let class = node.object("class")?;
        let words = |class: &Node<'_>| -> Result<String, Wrong> {
            let display = class.text("display")?;
            if display.is_empty() { class.text("code") } else { Ok(display) }
        };
        what = class.as_ref().map(words).transpose()?;
    }
    let mut reasons = node.concepts("reasonCode")?;
    if newer {
        for reason in node.objects("reason")? {
            for value in reason.objects("value")? {
                reasons.push(value.concept("concept")?);
            }
        }
    } else if node.is_list("reason") {
        node.remarks().version("STU3");
        reasons.extend(node.concepts("reason")?);
    }
    let mut what = what.unwrap_or_default();
    if let Some(reason) = reasons.into_iter().map(|reason| reason.words).find(|words| !words.is_empty()) {
        what = format!("{what}: {reason}");
    }
    let mut with = Vec::new();
    for participant in node.objects("participant")? {
        if let Some(reference) = participant.reference(if newer { "actor" } else { "individual" })? {
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
    Ok(if in_error { Item::Apart(IN_ERROR) } else { Item::Encounter(past) })
}

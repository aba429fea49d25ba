//! A Questionnaire: what it asks, in its own words, without deciding what that is here.
//!
//! Owns which elements are read (items, their codes and answers, contained lists of answers) and that nothing in the file is there
//! twice. Must not know any measure.

use super::super::ImportFault;
use super::check::{fault, parse};
use super::node::{Node, Remarks, Wrong};
use super::stream::{self, Piece};
use crate::domain::{Entry, EntryKind, EntryOption, Hundredths, Questionnaire};
use std::collections::HashMap;
use std::io::Read;

const LOINC: &str = "http://loinc.org";

/// Extensions that say what an answer is worth.
const WORTHS: [&str; 3] = [
    "http://hl7.org/fhir/StructureDefinition/ordinalValue",
    "http://hl7.org/fhir/StructureDefinition/itemWeight",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-ordinalValue",
];

/// Reads a file that is one Questionnaire of FHIR R4.
pub fn questionnaire<R: Read>(file: &str, input: R) -> Result<Questionnaire, ImportFault> {
    let mut read = None;
    stream::single(file, input, &mut |piece| {
        read = Some(one(file, piece)?);
        Ok(())
    })?;
    read.ok_or_else(|| ImportFault::of_file(file, "is empty"))
}

fn one(file: &str, piece: &Piece<'_>) -> Result<Questionnaire, ImportFault> {
    if piece.kind != "Questionnaire" {
        let what = format!("is a {}; save the Questionnaire alone in a file", piece.kind);
        return Err(ImportFault::of_file(file, what));
    }
    let value = parse(file, piece)?;
    let remarks = Remarks { exact: true, ..Remarks::default() };
    let root = Node::root(&value, &remarks);
    let all = whole(&root).map_err(|wrong| fault(file, piece, &wrong))?;
    // Of a measure's words nothing is left away.
    if let Some(wrong) = remarks.doubts.borrow().first() {
        return Err(fault(file, piece, wrong));
    }
    let mut seen: HashMap<&str, &str> = HashMap::new();
    for entry in &all.entries {
        if let Some(before) = seen.insert(&entry.link, &entry.path) {
            let wrong = Wrong { path: entry.path.clone(), what: "has the linkId of another item" };
            let mut twice = fault(file, piece, &wrong);
            twice.what = format!("has the same linkId as {before}; each item needs its own");
            return Err(twice);
        }
    }
    Ok(all)
}

fn whole(root: &Node<'_>) -> Result<Questionnaire, Wrong> {
    let mut entries = Vec::new();
    let lists = lists(root)?;
    for item in root.objects("item")? {
        entry(&item, &lists, &mut entries)?;
    }
    if entries.is_empty() {
        return Err(root.wrong("item", "is missing: there is nothing that is asked"));
    }
    Ok(Questionnaire {
        title: root.text("title")?,
        version: root.text("version")?,
        copyright: root.text("copyright")?,
        language: root.text("language")?,
        codes: codes(root)?,
        entries,
    })
}

/// One item, and those inside it behind it.
fn entry(item: &Node<'_>, lists: &Lists, entries: &mut Vec<Entry>) -> Result<(), Wrong> {
    let link = item.text("linkId")?;
    if link.is_empty() {
        return Err(item.wrong("linkId", "is missing; each item needs its own"));
    }
    let kind = kind(item)?;
    let mut options = Vec::new();
    for option in item.objects("answerOption")? {
        options.push(answer(&option)?);
    }
    let named = item.text("answerValueSet")?;
    if let Some(list) = named.strip_prefix('#').and_then(|id| lists.get(id)) {
        options.extend(list.iter().cloned());
    }
    entries.push(Entry {
        path: item.place().to_owned(),
        link,
        kind,
        text: item.text("text")?,
        codes: codes(item)?,
        options,
    });
    for inner in item.objects("item")? {
        entry(&inner, lists, entries)?;
    }
    Ok(())
}

fn kind(item: &Node<'_>) -> Result<EntryKind, Wrong> {
    let reckoned = item
        .objects("extension")?
        .iter()
        .any(|extension| extension.text("url").is_ok_and(|url| url.ends_with("calculatedExpression")));
    if reckoned || item.flag("readOnly") == Some(true) {
        return Ok(EntryKind::Reckoned);
    }
    Ok(match item.text("type")?.as_str() {
        "group" | "display" => EntryKind::Words,
        "boolean" => EntryKind::YesNo,
        "integer" | "decimal" | "quantity" => EntryKind::Number,
        "choice" | "open-choice" | "question" => EntryKind::Choice,
        "" => return Err(item.wrong("type", "is missing")),
        _ => EntryKind::Other,
    })
}

/// An answer: a coding, a text, or a number that is its own worth.
fn answer(option: &Node<'_>) -> Result<EntryOption, Wrong> {
    let mut worth = worth(option)?;
    if let Some(coding) = option.object("valueCoding")? {
        let words = coding.text("display")?;
        let words = if words.is_empty() { coding.text("code")? } else { words };
        return Ok(EntryOption { words, worth: worth.or(self::worth(&coding)?) });
    }
    let number = option.number("valueInteger")?;
    worth = worth.or_else(|| Hundredths::parse(&number));
    let words = if number.is_empty() { option.text("valueString")? } else { number };
    Ok(EntryOption { words, worth })
}

fn worth(node: &Node<'_>) -> Result<Option<Hundredths>, Wrong> {
    for extension in node.objects("extension")? {
        if WORTHS.contains(&extension.text("url")?.as_str()) {
            for key in ["valueDecimal", "valueInteger"] {
                if let Some(worth) = Hundredths::parse(&extension.number(key)?) {
                    return Ok(Some(worth));
                }
            }
        }
    }
    Ok(None)
}

/// Answers of the lists that the file itself contains, by the list's id.
type Lists = HashMap<String, Vec<EntryOption>>;

fn lists(root: &Node<'_>) -> Result<Lists, Wrong> {
    let mut lists = Lists::new();
    for list in root.objects("contained")? {
        if list.text("resourceType")? != "ValueSet" {
            continue;
        }
        let mut answers = Vec::new();
        if let Some(expansion) = list.object("expansion")? {
            answers = concepts(&expansion, "contains")?;
        }
        if answers.is_empty()
            && let Some(compose) = list.object("compose")?
        {
            for include in compose.objects("include")? {
                answers.extend(concepts(&include, "concept")?);
            }
        }
        lists.insert(list.text("id")?, answers);
    }
    Ok(lists)
}

fn concepts(node: &Node<'_>, key: &str) -> Result<Vec<EntryOption>, Wrong> {
    let one = |concept: &Node<'_>| {
        let words = concept.text("display")?;
        let words = if words.is_empty() { concept.text("code")? } else { words };
        Ok(EntryOption { words, worth: worth(concept)? })
    };
    node.objects(key)?.iter().map(one).collect()
}

/// LOINC codes of an element. Where no system is named, the code says nothing.
fn codes(node: &Node<'_>) -> Result<Vec<String>, Wrong> {
    let mut codes = Vec::new();
    for coding in node.objects("code")? {
        let code = coding.text("code")?;
        if coding.text("system")?.trim_end_matches('/') == LOINC && !code.is_empty() && !codes.contains(&code)
        {
            codes.push(code);
        }
    }
    Ok(codes)
}

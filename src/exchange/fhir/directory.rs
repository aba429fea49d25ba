//! Who and what is in the file: from a reference to the person, practitioner, medication or place it means.
//!
//! Owns names of resources (fullUrl, `Type/id`, `Type?identifier=...`). Holds hashes and compact values, no JSON, so that
//! it stays small beside the file.

use super::node::{Node, Reference, Wrong};
use super::person;
use super::stream::Piece;
use crate::domain::{Identifier, OutsideContact};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

/// A resource's name, hashed.
pub(super) type Key = u128;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The n-th Patient of the file.
    Person(u32),
    Contact(u32),
    Medication(u32),
    Place(u32),
    Other,
    /// Several resources: a conditional reference to it means nobody.
    Several,
}

#[derive(Default)]
pub(super) struct Directory {
    hashers: (RandomState, RandomState),
    slots: HashMap<Key, Slot>,
    /// As JSON: a third of the memory of the values, and most are never asked for.
    contacts: Vec<Box<str>>,
    names: Vec<String>,
}

impl Directory {
    pub(super) fn key(&self, name: &str) -> Key {
        u128::from(self.hashers.0.hash_one(name)) << 64 | u128::from(self.hashers.1.hash_one(name))
    }

    pub(super) fn add_contact(&mut self, contact: &OutsideContact) -> Slot {
        self.contacts.push(serde_json::to_string(contact).unwrap_or_default().into_boxed_str());
        Slot::Contact(self.contacts.len() as u32 - 1)
    }

    /// A medication's or a place's name.
    pub(super) fn add_name(&mut self, name: String, slot: fn(u32) -> Slot) -> Slot {
        self.names.push(name);
        slot(self.names.len() as u32 - 1)
    }

    /// By what a contact is the same contact: number and name.
    pub(super) fn contact_key(&self, contact: &OutsideContact) -> Key {
        let Identifier { system, value } = &contact.source;
        self.key(&format!("{system}\n{value}\n{}", contact.name))
    }

    /// Enters a resource under its names. `Err` if the file has it already.
    pub(super) fn enter(
        &mut self,
        piece: &Piece<'_>,
        slot: Slot,
        ids: &[Identifier],
    ) -> Result<(), &'static str> {
        let local = if piece.id.is_empty() { String::new() } else { format!("{}/{}", piece.kind, piece.id) };
        let mut hard = vec![(local.as_str(), "this id is in the file twice")];
        if piece.full_url != local {
            hard.push((piece.full_url.as_str(), "this fullUrl is in the file twice"));
        }
        for (name, twice) in hard {
            if !name.is_empty() && self.slots.insert(self.key(name), slot).is_some() {
                return Err(twice);
            }
        }
        if slot == Slot::Other {
            return Ok(());
        }
        let mut soft: Vec<String> = ids.iter().map(|id| conditional(piece.kind, id)).collect();
        if piece.id.len() == 36 && piece.full_url != format!("urn:uuid:{}", piece.id) {
            soft.push(format!("?urn:uuid:{}", piece.id));
        }
        soft.sort_unstable();
        soft.dedup();
        for name in soft {
            match self.slots.entry(self.key(&name)) {
                Entry::Occupied(mut taken) => {
                    taken.insert(Slot::Several);
                }
                Entry::Vacant(free) => {
                    free.insert(slot);
                }
            }
        }
        Ok(())
    }

    /// The key under which what a reference means would stand. `kind`: its type, where the reference does not say.
    pub(super) fn key_of(&self, reference: &Reference, kind: &str) -> Key {
        let to = reference.to.split("/_history/").next().unwrap_or_default();
        if to.is_empty() {
            return self.key(&conditional(kind, &reference.identifier));
        }
        if to.contains("?identifier=") {
            return self.key(&percent_decoded(to));
        }
        let key = self.key(to);
        if to.starts_with("urn:uuid:") && !self.slots.contains_key(&key) {
            let soft = self.key(&format!("?{to}"));
            if self.slots.contains_key(&soft) {
                return soft;
            }
        }
        key
    }

    pub(super) fn slot(&self, key: Key) -> Option<Slot> {
        self.slots.get(&key).copied()
    }

    fn find(&self, reference: &Reference, kind: &str) -> Option<Slot> {
        self.slot(self.key_of(reference, kind))
    }

    /// The practitioner a reference means: of the file, contained in `node`, or as far as the reference itself says.
    pub(super) fn practitioner(
        &self,
        node: &Node<'_>,
        to: &Reference,
    ) -> Result<Option<OutsideContact>, Wrong> {
        if let Some(inner) = contained(node, to, "Practitioner")? {
            return person::contact(&inner).map(Some);
        }
        match self.find(to, "Practitioner") {
            Some(Slot::Contact(at)) => {
                Ok(self.contacts.get(at as usize).and_then(|json| serde_json::from_str(json).ok()))
            }
            Some(Slot::Several) | None => Ok(named(to)),
            Some(_) => Ok(None),
        }
    }

    /// A medication's name; empty if nobody says it.
    pub(super) fn medication(&self, node: &Node<'_>, to: &Reference) -> Result<String, Wrong> {
        if let Some(inner) = contained(node, to, "Medication")? {
            return medication_name(&inner);
        }
        let found = match self.find(to, "Medication") {
            Some(Slot::Medication(at)) => self.names.get(at as usize).cloned().unwrap_or_default(),
            _ => String::new(),
        };
        Ok(if found.is_empty() { to.display.clone() } else { found })
    }

    /// A place's name; empty if nobody says it.
    pub(super) fn place(&self, to: &Reference) -> String {
        match self.find(to, "Organization") {
            Some(Slot::Place(at)) => self.names.get(at as usize).cloned().unwrap_or_default(),
            _ => to.display.clone(),
        }
    }
}

/// The words of a Medication.
pub(super) fn medication_name(node: &Node<'_>) -> Result<String, Wrong> {
    Ok(node.concept("code")?.words)
}

fn contained<'a>(node: &Node<'a>, to: &Reference, kind: &str) -> Result<Option<Node<'a>>, Wrong> {
    let Some(id) = to.to.strip_prefix('#') else { return Ok(None) };
    for inner in node.objects("contained")? {
        if inner.text("id")? == id && inner.text("resourceType")? == kind {
            return Ok(Some(inner));
        }
    }
    Ok(None)
}

/// A practitioner of whom only the reference speaks. Nothing where it does not say a name or means somebody else.
fn named(to: &Reference) -> Option<OutsideContact> {
    let kind = match to.to.split_once('?') {
        Some((kind, _)) => kind,
        None => to.to.rsplit('/').nth(1).unwrap_or(&to.kind),
    };
    let kind = if kind.is_empty() { "Practitioner" } else { kind };
    if to.display.is_empty() || kind != "Practitioner" {
        return None;
    }
    let decoded = percent_decoded(&to.to);
    let source = match decoded.split_once("?identifier=").and_then(|(_, id)| id.split_once('|')) {
        Some((system, value)) => Identifier { system: system.to_owned(), value: value.to_owned() },
        None if !to.identifier.value.is_empty() => to.identifier.clone(),
        None => Identifier { system: "Practitioner".to_owned(), value: to.to.clone() },
    };
    Some(OutsideContact {
        name: to.display.clone(),
        role: "practitioner".to_owned(),
        source,
        ..OutsideContact::default()
    })
}

fn conditional(kind: &str, id: &Identifier) -> String {
    format!("{kind}?identifier={}|{}", id.system, id.value)
}

/// `%7C` as `|` and so on; what is no such code stays.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = text
            .get(at + 1..at + 3)
            .filter(|_| *byte == b'%')
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

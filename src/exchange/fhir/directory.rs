//! Who and what is in the file: from a reference to the person, practitioner, medication or place it means.
//!
//! Owns names of resources (fullUrl, `Type/id`, `Type?identifier=...`): what a file says of its own is believed first, then
//! what other files of the delivery say, if they agree. Holds hashes and compact values, no JSON, so that
//! it stays small beside the file.

use super::links::{percent_decoded, plain, uuid_small};
use super::node::{Node, Reference, Wrong};
use super::person;
use super::stream::Piece;
use crate::domain::{Identifier, OutsideContact};
use std::cell::{Cell, RefCell};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// A resource's name, hashed. Among a million names two are the same by chance once in some forty million imports.
pub(super) type Key = u64;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The n-th Patient of the file.
    Person(u32),
    Contact(u32),
    Medication(u32),
    Place(u32),
    /// Somebody or something that acts, and has no place here.
    Actor,
    /// Several resources: a conditional reference to it means nobody.
    Several,
}

/// Under which names what a reference means may be, the surest first; 0 = none.
pub(super) type Target = [Key; 6];

/// Which version of a resource it is: the moment it was last changed, and its number.
pub(super) type Version = (u64, u64);

/// What was read under a name: a sum over what it says, its version, and the how-many-th resource it was.
pub(super) type Seen = (u64, Version, u32);

/// What is known of a resource by its name.
pub(super) enum Before {
    /// It is the first of its name.
    New,
    /// The very same was read before, or a newer version was: `true`.
    Again { older: bool },
    /// Its system has deleted it.
    Deleted,
    /// An older version was read before, as the resource of that number.
    Newer(u32),
}

#[derive(Default)]
pub(super) struct Directory {
    hasher: RandomState,
    slots: HashMap<Key, Slot>,
    /// Names in the file at hand, and what is under them.
    pub(super) in_file: HashMap<Key, Seen>,
    /// Names in the file at hand that its system says are deleted.
    pub(super) deleted: HashSet<Key>,
    /// As `in_file`, of all files before, for what has a place in a chart.
    pub(super) before: HashMap<Key, u64>,
    /// The file at hand, from 0.
    file: Cell<u32>,
    several_files: bool,
    /// Where the resource at hand lives: what a relative reference of it is relative to.
    base: RefCell<String>,
    /// People whose record another has replaced, and whose that is.
    instead: HashMap<u32, u32>,
    /// As JSON: a third of the memory of the values, and most are never asked for.
    contacts: Vec<Box<str>>,
    names: Vec<String>,
}

impl Directory {
    pub(super) fn key(&self, name: &str) -> Key {
        self.hasher.hash_one(name)
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

    /// A file begins; what its names mean holds in it.
    pub(super) fn file(&self, number: usize) {
        self.file.set(number as u32);
    }

    /// As [`Directory::file`], in the first pass.
    pub(super) fn begin(&mut self, number: usize, of: usize) {
        self.file(number);
        self.several_files = of > 1;
        self.in_file.clear();
        self.deleted.clear();
    }

    /// A resource is at hand: its relative references are relative to where it lives.
    pub(super) fn at(&self, piece: &Piece<'_>) {
        let id = piece.full_url.rsplit('/').next().unwrap_or_default();
        let base = piece.full_url.strip_suffix(&format!("{}/{id}", piece.kind));
        base.filter(|base| base.starts_with("http"))
            .unwrap_or_default()
            .clone_into(&mut self.base.borrow_mut());
    }

    /// The names by which the file calls a resource, with what to say if another has it. One that lives somewhere is called
    /// by that: two servers can have the same id.
    fn names(piece: &Piece<'_>) -> Vec<(String, &'static str)> {
        let (local, url) = (local(piece), uuid_small(&piece.full_url));
        let mut names = Vec::new();
        if !lives_somewhere(piece) {
            names.push((local.clone(), "this id is in the file twice, with other content"));
        }
        if url != local {
            names.insert(0, (url, "this fullUrl is in the file twice, with other content"));
        }
        names.retain(|(name, _)| !name.is_empty());
        names
    }

    /// A resource is there no more, as its system says.
    pub(super) fn delete(&mut self, piece: &Piece<'_>) {
        let keys: Vec<Key> = Self::names(piece).iter().map(|(name, _)| self.key(name)).collect();
        self.deleted.extend(keys);
    }

    /// Whether the very same resource was read before, or a newer version of it. `content`: a text that is the same for what
    /// is the same. `Err`: the file has another one of that name.
    pub(super) fn before(
        &mut self,
        piece: &Piece<'_>,
        (content, version): (&str, Version),
        (entry, placed): (u32, bool),
    ) -> Result<Before, &'static str> {
        let content = self.hasher.hash_one(content);
        let names = Self::names(piece);
        let mut before = Before::New;
        for (name, twice) in &names {
            let key = self.key(name);
            if self.deleted.contains(&key) {
                return Ok(Before::Deleted);
            }
            match self.in_file.entry(key) {
                Entry::Occupied(known) => match *known.get() {
                    (other, ..) if other == content => before = Before::Again { older: false },
                    (_, newer, _) if version > (0, 0) && version < newer => {
                        before = Before::Again { older: true }
                    }
                    (_, older, stale) if older > (0, 0) && older < version => {
                        self.in_file.insert(key, (content, version, entry));
                        before = Before::Newer(stale);
                    }
                    _ => return Err(twice),
                },
                Entry::Vacant(free) => {
                    free.insert((content, version, entry));
                }
            }
        }
        if placed
            && self.several_files
            && let Some((name, _)) = names.first()
            && self.before.insert(self.key(name), content) == Some(content)
            && matches!(before, Before::New)
        {
            before = Before::Again { older: false };
        }
        Ok(before)
    }

    fn here(&self, name: &str) -> Key {
        self.key(&format!("{}\n{name}", self.file.get()))
    }

    /// Enters a resource under its names.
    pub(super) fn enter(&mut self, piece: &Piece<'_>, slot: Slot, ids: &[Identifier]) {
        let mut soft: Vec<String> = ids.iter().map(|id| conditional(piece.kind, id)).collect();
        let uuid = uuid_small(&format!("urn:uuid:{}", piece.id));
        if piece.id.len() == 36 && uuid_small(&piece.full_url) != uuid {
            soft.push(format!("?{uuid}"));
        }
        if lives_somewhere(piece) {
            soft.push(local(piece));
        }
        if !piece.full_url.starts_with("http") && !piece.id.is_empty() {
            soft.push(format!("~{}/{}", piece.kind, piece.id));
        }
        soft.sort_unstable();
        soft.dedup();
        for (name, _) in Self::names(piece) {
            self.slots.insert(self.here(&name), slot);
            soft.push(name);
        }
        let hard = Self::names(piece).len();
        let own = soft.len() - hard;
        for (at, name) in soft.iter().enumerate() {
            let mut keys = vec![];
            if at < own {
                keys.push(self.here(name));
            }
            if self.several_files {
                keys.push(self.key(name));
            }
            for key in keys {
                match self.slots.entry(key) {
                    Entry::Occupied(taken) if *taken.get() == slot => {}
                    Entry::Occupied(mut taken) => {
                        taken.insert(Slot::Several);
                    }
                    Entry::Vacant(free) => {
                        free.insert(slot);
                    }
                }
            }
        }
    }

    /// Under which names what a reference means may stand. `kind`: its type, where the reference does not say.
    pub(super) fn target(&self, reference: &Reference, kind: &str) -> Target {
        let to = plain(&reference.to, kind);
        let to = to.as_str();
        let relative = to.contains('/') && !to.contains([':', '?', '#']);
        let based = if relative { format!("{}{to}", self.base.borrow()) } else { String::new() };
        let based = if based == to { String::new() } else { based };
        let (exact, other) = if to.is_empty() {
            (conditional(kind, &reference.identifier), None)
        } else if to.contains("?identifier=") {
            (percent_decoded(to), None)
        } else if let Some(id) =
            to.strip_prefix("urn:uuid:").filter(|id| id.len() != 36).or(to.strip_prefix('#'))
        {
            // No UUID, and nothing inside the resource: the only one of that id in the file, then.
            (to.to_owned(), Some(format!("~{kind}/{id}")))
        } else if to.starts_with("urn:uuid:") {
            (to.to_owned(), Some(format!("?{to}")))
        } else if to.starts_with("http") {
            // The only one of that id in the file, if the file does not say where it lives.
            let mut parts = to.rsplit('/');
            let (id, kind) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            (to.to_owned(), Some(format!("~{kind}/{id}")))
        } else {
            (to.to_owned(), None)
        };
        let other = other.unwrap_or_default();
        let key = |name: &str, here: bool| match name {
            "" => 0,
            name if here => self.here(name),
            name => self.key(name),
        };
        [
            key(&based, true),
            key(&exact, true),
            key(&other, true),
            key(&based, false),
            key(&exact, false),
            key(&other, false),
        ]
    }

    /// What is under the first of these names that is known; for somebody whose record was replaced, who replaced it.
    pub(super) fn slot(&self, target: &Target) -> Option<Slot> {
        let found = target.iter().filter(|key| **key != 0).find_map(|key| self.slots.get(key).copied());
        Some(match found? {
            Slot::Person(at) => Slot::Person(self.instead.get(&at).copied().unwrap_or(at)),
            other => other,
        })
    }

    /// Whether another record is used instead of this person's.
    pub(super) fn is_replaced(&self, person: u32) -> bool {
        self.instead.contains_key(&person)
    }

    /// Puts together the records that are one. `links`: a person, the other record, and whether that is used instead. Answers
    /// the people whose other record is not there, and those who replace each other: they stay people of their own.
    pub(super) fn put_together(&mut self, links: &[(u32, Target, bool)]) -> Vec<u32> {
        let mut lost = Vec::new();
        for (person, target, replaced) in links {
            match (self.slot(target), replaced) {
                (Some(Slot::Person(other)), true) if self.leading(other) != *person => {
                    self.instead.entry(*person).or_insert(other);
                }
                (Some(Slot::Person(other)), false) if self.leading(*person) != other => {
                    self.instead.entry(other).or_insert(*person);
                }
                (_, true) if !self.instead.contains_key(person) => lost.push(*person),
                _ => {}
            }
        }
        let ends: Vec<(u32, u32)> = self.instead.keys().map(|at| (*at, self.leading(*at))).collect();
        self.instead.extend(ends);
        lost
    }

    /// At the end of which chain of replacements a person is.
    fn leading(&self, person: u32) -> u32 {
        let mut at = person;
        while let Some(next) = self.instead.get(&at) {
            at = *next;
        }
        at
    }

    fn find(&self, reference: &Reference, kind: &str) -> Option<Slot> {
        self.slot(&self.target(reference, kind))
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

/// `Patient/p1`; nothing for a resource without an id.
fn local(piece: &Piece<'_>) -> String {
    if piece.id.is_empty() { String::new() } else { format!("{}/{}", piece.kind, piece.id) }
}

/// Whether the file says on which server a resource lives.
fn lives_somewhere(piece: &Piece<'_>) -> bool {
    piece.full_url.starts_with("http") && !piece.id.is_empty() && piece.full_url.ends_with(&local(piece))
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

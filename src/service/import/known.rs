//! Who is here already: by their numbers in other systems, and by name and birth date.
//!
//! Owns a compact index (hashes and ids only) over everybody in the store and everybody this import brings. What a hash
//! suggests is checked against the record itself, so a collision costs a look and decides nothing. Must not decide what
//! becomes of a look-alike.

use crate::domain::{Client, ClientId, Identifier, ImportId};
use crate::exchange::identity::{SamePerson, identifier_key, look_alike_key, same_person};
use crate::service::books::Books;
use crate::service::fault::Fault;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

/// What the index says of a person.
pub(super) enum Found {
    /// Nobody like them is here.
    New,
    /// They are here.
    Here,
    /// Somebody like them is here, by record number and why; a person decides.
    Resembles(String, &'static str),
}

/// What is compared of somebody whose record is not in the store yet.
struct Brief {
    record_no: String,
    identifiers: Vec<Identifier>,
    face: Option<String>,
}

impl Brief {
    fn of(client: &Client) -> Self {
        Self {
            record_no: client.record_no.clone(),
            identifiers: client.identifiers.clone(),
            face: look_alike_key(&client.name, client.birth),
        }
    }
}

/// The index.
#[derive(Default)]
pub(super) struct Known {
    state: RandomState,
    numbers: BTreeSet<(u64, ClientId)>,
    faces: BTreeSet<(u64, ClientId)>,
    /// People this import knows of and the store does not have (yet).
    unwritten: HashMap<ClientId, Brief>,
}

impl Known {
    /// Everybody in the store but those of these imports, which never came to their end.
    pub(super) fn load(books: &Books, but: &[ImportId]) -> Result<Self, Fault> {
        let mut known = Self::default();
        books.each::<Client>(|kept| {
            if kept.value.import.is_none_or(|import| !but.contains(&import)) {
                known.index(&kept.value);
            }
        })?;
        Ok(known)
    }

    fn index(&mut self, client: &Client) {
        for key in client.identifiers.iter().filter_map(identifier_key) {
            self.numbers.insert((self.state.hash_one(key), client.id));
        }
        if let Some(face) = look_alike_key(&client.name, client.birth) {
            self.faces.insert((self.state.hash_one(face), client.id));
        }
    }

    /// Somebody is brought in, and not in the store yet.
    pub(super) fn add(&mut self, client: &Client) {
        self.index(client);
        self.unwritten.insert(client.id, Brief::of(client));
    }

    /// They are in the store now, or not brought in after all: either way the store knows.
    pub(super) fn forget(&mut self, people: &[ClientId]) {
        for id in people {
            self.unwritten.remove(id);
        }
    }

    /// Looks somebody up.
    pub(super) fn find(&self, books: &Books, client: &Client) -> Result<Found, Fault> {
        let mut resembles = None;
        for key in client.identifiers.iter().filter_map(identifier_key) {
            for id in same(&self.numbers, self.state.hash_one(key)) {
                let Some(other) = self.brief(books, id)? else { continue };
                match same_person(&client.identifiers, &other.identifiers) {
                    SamePerson::Yes => return Ok(Found::Here),
                    SamePerson::Contradicted => {
                        resembles = Some(Found::Resembles(
                            other.record_no,
                            "one number is the same, another differs",
                        ));
                    }
                    SamePerson::NotSaid => {}
                }
            }
        }
        if let Some(resembles) = resembles {
            return Ok(resembles);
        }
        let Some(face) = look_alike_key(&client.name, client.birth) else { return Ok(Found::New) };
        for id in same(&self.faces, self.state.hash_one(&face)) {
            let Some(other) = self.brief(books, id)? else { continue };
            if other.face.as_ref() == Some(&face) {
                return Ok(Found::Resembles(other.record_no, "same name and birth date"));
            }
        }
        Ok(Found::New)
    }

    /// `None` for people of a file that was put aside.
    fn brief(&self, books: &Books, id: ClientId) -> Result<Option<Brief>, Fault> {
        if let Some(Brief { record_no, identifiers, face }) = self.unwritten.get(&id) {
            let (record_no, identifiers) = (record_no.clone(), identifiers.clone());
            return Ok(Some(Brief { record_no, identifiers, face: face.clone() }));
        }
        Ok(books.get::<Client>(id, 1)?.map(|kept| Brief::of(&kept.value)))
    }
}

fn same(set: &BTreeSet<(u64, ClientId)>, hash: u64) -> impl Iterator<Item = ClientId> {
    set.range((hash, ClientId([0; 16]))..=(hash, ClientId([u8::MAX; 16]))).map(|(_, id)| *id)
}

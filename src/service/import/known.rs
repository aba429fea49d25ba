//! Who is here already: by their numbers in other systems, and by their names and birth dates.
//!
//! Owns a compact index (hashes and ids only) over everybody in the store and everybody this import brings. What a hash
//! suggests is compared record by record with the rule of `rules::likeness`, so a collision costs a look and decides
//! nothing. Must not decide what becomes of a look-alike.

use super::aside::{LeftOut, Print};
use crate::domain::{Client, ClientId, ImportId, Number};
use crate::rules::likeness::{Face, Grade, SameNumber, by_number, compare, number_key};
use crate::service::books::Books;
use crate::service::fault::Fault;
use crate::store::Record;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasher, RandomState};

/// What the index says of a person.
pub(super) enum Found {
    /// Nobody like them is here.
    New,
    /// They are here.
    Here(ClientId),
    /// Somebody like them is here; a person decides.
    Resembles(Like),
}

/// Somebody who is here, or comes in with this import, and looks like somebody who comes.
pub(super) struct Like {
    pub id: ClientId,
    pub record_no: String,
    /// What they have in common, in plain words.
    pub why: &'static str,
}

/// Most people that are compared because of one thing they share: beyond it that thing says nothing of who they are.
const MOST_COMPARED: usize = 200;

#[derive(Default)]
pub(super) struct Known {
    state: RandomState,
    numbers: BTreeSet<(u64, ClientId)>,
    faces: BTreeSet<(u64, ClientId)>,
    /// People this import knows of and the store does not have yet, as they are stored, which takes the least room.
    unwritten: HashMap<ClientId, Box<[u8]>>,
    /// People who were left out before: those who wait for a decision, and those of whom it is known who they are.
    left_out: LeftOut,
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
        known.left_out = LeftOut::load(books, but)?;
        Ok(known)
    }

    fn index(&mut self, client: &Client) {
        for key in client.identifiers.iter().filter_map(number_key) {
            self.numbers.insert((self.state.hash_one(key), client.id));
        }
        for key in Face::of(client).keys() {
            self.faces.insert((self.state.hash_one(key), client.id));
        }
    }

    /// Somebody is brought in, and not in the store yet.
    pub(super) fn add(&mut self, client: &Client) -> Result<(), Fault> {
        self.index(client);
        let compared = Client {
            id: client.id,
            record_no: client.record_no.clone(),
            name: client.name.clone(),
            preferred: client.preferred.clone(),
            other_names: client.other_names.clone(),
            former_names: client.former_names.clone(),
            suffix: client.suffix.clone(),
            birth: client.birth,
            identifiers: client.identifiers.clone(),
            ..Client::default()
        };
        self.unwritten.insert(client.id, compared.encode()?.into_boxed_slice());
        Ok(())
    }

    /// They are in the store now, or not brought in after all: either way the store knows.
    pub(super) fn forget(&mut self, people: &[ClientId]) {
        for id in people {
            self.unwritten.remove(id);
        }
    }

    /// Looks somebody up: a shared number says that they are here only if name and birth agree with it.
    pub(super) fn find(&self, books: &Books, client: &Client) -> Result<Found, Fault> {
        let mut doubt = None;
        for key in client.identifiers.iter().filter_map(number_key) {
            for id in same(&self.numbers, self.state.hash_one(key)) {
                let Some(other) = self.client(books, id)? else { continue };
                match by_number(client, &other) {
                    Some(SameNumber::OnePerson) => return Ok(Found::Here(id)),
                    Some(SameNumber::Doubt(why)) => {
                        doubt = Some(Found::Resembles(Like { id, record_no: other.record_no, why }));
                    }
                    Some(SameNumber::Chance) | None => {}
                }
            }
        }
        if let Some(doubt) = doubt {
            return Ok(doubt);
        }
        let face = Face::of(client);
        for key in face.keys() {
            for id in same(&self.faces, self.state.hash_one(key)) {
                let Some(other) = self.client(books, id)? else { continue };
                match compare(&face, &Face::of(&other)) {
                    Some(like) if like.grade == Grade::Likely => {
                        return Ok(Found::Resembles(Like { id, record_no: other.record_no, why: like.why }));
                    }
                    _ => {}
                }
            }
        }
        Ok(Found::New)
    }

    /// The chart of somebody of whom a person decided before who they are. Only whoever has a birth date or a number is told
    /// apart so: a bare name may be somebody else's the next time.
    pub(super) fn told_apart(&self, client: &Client) -> Result<Option<ClientId>, Fault> {
        let is_somebody =
            client.birth.date().is_some() || client.identifiers.iter().any(|one| number_key(one).is_some());
        if is_somebody { self.left_out.decided(client) } else { Ok(None) }
    }

    /// The record of somebody who was left out before and still waits, word for word the same person.
    pub(super) fn waits(&self, client: &Client) -> Result<Option<(ImportId, Number)>, Fault> {
        self.left_out.waits(client)
    }

    /// Somebody was left out, and waits.
    pub(super) fn now_waits(&mut self, print: Print, place: (ImportId, Number)) {
        self.left_out.add(print, place);
    }

    /// Somebody who waited does not any more.
    pub(super) fn no_longer_waits(&mut self, print: &Print) {
        self.left_out.remove(print);
    }

    /// By what somebody who was left out is known again.
    pub(super) fn print(&self, client: &Client) -> Result<Print, Fault> {
        self.left_out.print(client)
    }

    /// What is compared of somebody; `None` for people of a file that was put aside.
    fn client(&self, books: &Books, id: ClientId) -> Result<Option<Client>, Fault> {
        match self.unwritten.get(&id) {
            Some(bytes) => Ok(Some(Client::decode(bytes)?)),
            None => Ok(books.get::<Client>(id, 1)?.map(|kept| kept.value)),
        }
    }
}

fn same(set: &BTreeSet<(u64, ClientId)>, hash: u64) -> impl Iterator<Item = ClientId> {
    let all = set.range((hash, ClientId([0; 16]))..=(hash, ClientId([u8::MAX; 16])));
    all.map(|(_, id)| *id).take(MOST_COMPARED)
}

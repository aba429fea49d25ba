//! Who is here already: by their numbers in other systems, and by their names and birth dates.
//!
//! Owns a compact index (hashes and ids only) over everybody in the store and everybody this import brings. What a hash
//! suggests is compared record by record with the rule of `rules::likeness`, so a collision costs a look and decides
//! nothing. Must not decide what becomes of a look-alike.

use super::aside::{LeftOut, Print};
use crate::domain::{Birth, Client, ClientId, FormerName, Identifier, ImportId, Number, PersonName, Telecom};
use crate::rules::likeness::{Face, Grade, SameNumber, by_number, compare, number_key};
use crate::service::books::Books;
use crate::service::fault::Fault;
use std::collections::BTreeSet;
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

/// What is compared of somebody whom the store does not have, in the order of the fields of a client: record number, given,
/// family and preferred name, other names, former names, suffix, birth, numbers.
type Compared =
    (String, String, String, String, Vec<String>, Vec<String>, String, Birth, Vec<(String, String)>);

#[derive(Default)]
pub(super) struct Known {
    state: RandomState,
    /// Half of a hash, and behind it the place in `people`: 8 bytes for each thing by which somebody may be found.
    numbers: BTreeSet<u64>,
    faces: BTreeSet<u64>,
    /// Everybody, in the order in which they came.
    people: Vec<ClientId>,
    /// From which place on the store may not have them yet.
    unwritten_from: usize,
    /// What is compared of those, one after the other, and where each of them ends: nothing else of a person is kept.
    unwritten: Vec<u8>,
    ends: Vec<usize>,
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
        known.unwritten_from = known.people.len();
        known.left_out = LeftOut::load(books, but)?;
        Ok(known)
    }

    fn index(&mut self, client: &Client) {
        let place = self.people.len() as u32;
        self.people.push(client.id);
        for key in client.identifiers.iter().filter_map(number_key) {
            self.numbers.insert(filed(self.state.hash_one(key), place));
        }
        for key in Face::of(client).keys() {
            self.faces.insert(filed(self.state.hash_one(key), place));
        }
    }

    /// Somebody is brought in, and not in the store yet.
    pub(super) fn add(&mut self, client: &Client) -> Result<(), Fault> {
        self.index(client);
        let former = client.former_names.iter().map(|former| former.name.clone());
        let numbers = client.identifiers.iter().map(|one| (one.system.clone(), one.value.clone()));
        let compared: Compared = (
            client.record_no.clone(),
            client.name.given.clone(),
            client.name.family.clone(),
            client.preferred.clone(),
            client.other_names.clone(),
            former.collect(),
            client.suffix.clone(),
            client.birth,
            numbers.collect(),
        );
        serde_json::to_writer(&mut self.unwritten, &compared)
            .map_err(|_| Fault::internal("somebody could not be kept to be compared"))?;
        self.ends.push(self.unwritten.len());
        Ok(())
    }

    /// Everybody who was added is in the store now.
    pub(super) fn forget(&mut self) {
        self.unwritten.clear();
        self.ends.clear();
        self.unwritten_from = self.people.len();
    }

    /// How many are known.
    pub(super) fn len(&self) -> usize {
        self.people.len()
    }

    /// Whoever came from this place on is not brought in after all: what is compared of them goes, their place stays.
    pub(super) fn put_aside(&mut self, from: usize) {
        let first = from.saturating_sub(self.unwritten_from);
        let end = first.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.unwritten.truncate(end);
        for gone in self.ends.iter_mut().skip(first) {
            *gone = end;
        }
    }

    /// Looks somebody up: a shared number says that they are here only if name and birth agree with it.
    pub(super) fn find(&self, books: &Books, client: &Client) -> Result<Found, Fault> {
        let mut doubt = None;
        for key in client.identifiers.iter().filter_map(number_key) {
            for (id, place) in self.same(&self.numbers, self.state.hash_one(key)) {
                let Some(other) = self.client(books, place)? else { continue };
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
            for (id, place) in self.same(&self.faces, self.state.hash_one(key)) {
                let Some(other) = self.client(books, place)? else { continue };
                match compare(&face, &Face::of(&other)) {
                    Some(like) if like.grade == Grade::Likely && is_the_same_row(client, &other) => {
                        return Ok(Found::Here(id));
                    }
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

    /// What is compared of the person at a place; `None` for people of a file that was put aside.
    fn client(&self, books: &Books, place: usize) -> Result<Option<Client>, Fault> {
        if let Some(at) = place.checked_sub(self.unwritten_from) {
            return self.unwritten_person(at);
        }
        let id = self.people.get(place).copied().unwrap_or_default();
        Ok(books.get::<Client>(id, 1)?.map(|kept| kept.value))
    }

    /// As [`Known::client`], of the people whom the store does not have, by their order.
    fn unwritten_person(&self, at: usize) -> Result<Option<Client>, Fault> {
        let from = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let bytes = self.ends.get(at).and_then(|end| self.unwritten.get(from..*end)).unwrap_or_default();
        if bytes.is_empty() {
            return Ok(None);
        }
        let compared: Compared =
            serde_json::from_slice(bytes).map_err(|_| Fault::internal("somebody could not be compared"))?;
        let (record_no, given, family, preferred, other_names, former, suffix, birth, numbers) = compared;
        let former = former.into_iter().map(|name| FormerName { name, until: String::new() });
        let numbers = numbers.into_iter().map(|(system, value)| Identifier { system, value });
        Ok(Some(Client {
            record_no,
            name: PersonName { given, family },
            preferred,
            other_names,
            former_names: former.collect(),
            suffix,
            birth,
            identifiers: numbers.collect(),
            ..Client::default()
        }))
    }

    /// Whoever was filed under a hash, the same half of it that is: id and place.
    fn same(&self, set: &BTreeSet<u64>, hash: u64) -> impl Iterator<Item = (ClientId, usize)> {
        let all = set.range(filed(hash, 0)..=filed(hash, u32::MAX)).take(MOST_COMPARED);
        all.filter_map(|filed| {
            let place = (filed & u64::from(u32::MAX)) as usize;
            Some((*self.people.get(place)?, place))
        })
    }
}

/// Whether a row without a number says nothing but what the chart of somebody says whom an import brought in: with the same name
/// and a whole birth date it is that row once more, as when one row of a list was mended and the list is read again.
fn is_the_same_row(row: &Client, chart: &Client) -> bool {
    let has = |phone: &Telecom| chart.phones.iter().any(|known| known.value == phone.value);
    chart.import.is_some()
        && row.identifiers.iter().chain(&chart.identifiers).all(|one| number_key(one).is_none())
        && row.birth.date().is_some()
        && (&row.name, &row.preferred, &row.suffix, row.birth)
            == (&chart.name, &chart.preferred, &chart.suffix, chart.birth)
        && row.phones.iter().all(has)
        && row.addresses.iter().all(|one| chart.addresses.contains(one))
        && row.other_names.iter().all(|one| chart.other_names.contains(one))
}

/// How somebody at a place is filed under a hash: its upper half, then the place. Half a hash is shared by chance now and
/// then, which costs a look.
fn filed(hash: u64, place: u32) -> u64 {
    hash >> 32 << 32 | u64::from(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Date;

    fn person(at: u32) -> Client {
        let letters = |from: u32| -> String {
            (0..8).map(|n| char::from(b'a' + ((at / 7_u32.pow(n % 5) + from * n) % 26) as u8)).collect()
        };
        Client {
            id: ClientId(u128::from(at).to_be_bytes()),
            record_no: format!("A-{at}"),
            name: PersonName { given: letters(3), family: letters(11) },
            birth: Birth::On(Date(i32::try_from(at % 20_000).unwrap())),
            identifiers: vec![Identifier { system: "roster".into(), value: format!("R{at}") }],
            addresses: vec!["1 Elm Street, Erie, PA 16501".into()],
            ..Client::default()
        }
    }

    #[test]
    fn little_is_held_of_each_person_and_nobody_after_their_batch() {
        let (mut known, count) = (Known::default(), 2_000);
        (1..=count).for_each(|at| known.add(&person(at)).unwrap());
        let filed = (known.numbers.len() + known.faces.len()) * 8 + known.people.len() * 16;
        let compared = known.unwritten.len() + known.ends.len() * 8;
        let each = |bytes: usize| bytes / count as usize;
        assert!(each(filed) < 160, "{} bytes by which each is found", each(filed));
        assert!(each(compared) < 160, "{} bytes of each to compare", each(compared));
        known.forget();
        assert_eq!((known.unwritten.len(), known.ends.len(), known.len()), (0, 0, count as usize));
    }

    #[test]
    fn whoever_is_put_aside_is_compared_no_more_and_the_others_are() {
        let mut known = Known::default();
        known.add(&person(1)).unwrap();
        let from = known.len();
        known.add(&person(2)).unwrap();
        known.put_aside(from);
        known.add(&person(3)).unwrap();
        let told = |place| known.unwritten_person(place).unwrap().map(|client| client.record_no);
        assert_eq!([told(0), told(1), told(2)], [Some("A-1".into()), None, Some("A-3".into())]);
    }
}

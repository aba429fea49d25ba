//! The roster: whose public keys are whose, from when until when, and who holds which role.
//!
//! Owns a chain of public links. Each names the one before and is signed by somebody whom the links before it let manage
//! staff, or by the person themselves where it only changes their own keys; the first is signed by the root, whose key
//! follows from the 24 words. The private keys of each person are sealed with the root's public half in their associated
//! data, so that a chain with another root opens nothing. Roles are no part of it but their hash is: a staff record that
//! does not match gives no role. It decides nothing about people; it says what the links say.

use super::record::{decode_as, encode_as};
use super::{Kind, Owner, Store, StoreError};
use crate::domain::{Moment, Number, Staff, StaffId, numbered};
use crate::engine::Rev;
use crate::vault::recovery::RootKey;
use crate::vault::{self, StaffKeys, verify_strict};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One link of the chain: what it says, and the signature under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterLink {
    /// What was signed.
    pub frozen: Vec<u8>,
    /// The signature.
    pub proof: Vec<u8>,
}

numbered!(RosterLink { 1 frozen, 2 proof });

/// What a link says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LinkText {
    /// Its place in the chain, from 1.
    number: Number,
    /// Hash of the link before; zeros for the first.
    prev: [u8; 32],
    /// Keys that it replaces were good until then.
    at: Moment,
    /// Who signed it; `None` = the root.
    by: Option<StaffId>,
    changes: Vec<RosterChange>,
}

numbered!(LinkText { 1 number, 2 prev, 3 at, 4 by, 5 changes });

/// What a link changes. Appended to, never reordered: it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RosterChange {
    /// The chain begins: the root's public half, that of the audit, and what is sealed to the 24 words.
    Founded {
        /// Signatures of the root verify under it.
        root: [u8; 32],
        /// Events are sealed to it.
        audit: [u8; 32],
        /// Keys are sealed to it for whoever has the words.
        recovery: [u8; 32],
    },
    /// Somebody has new keys.
    Keys {
        /// Whose.
        staff: StaffId,
        /// Public key to receive with (X25519).
        receive: [u8; 32],
        /// Public key their signatures verify under (Ed25519).
        sign: [u8; 32],
        /// Signatures of before do not hold under it.
        from: Moment,
    },
    /// What somebody may do here.
    Standing {
        /// Who.
        staff: StaffId,
        /// Hash of what their staff record must say ([`authority`]).
        authority: [u8; 32],
        /// May sign links about others.
        manages: bool,
        /// May sign in.
        active: bool,
    },
    /// There are new words: the old ones sign and open nothing that comes after.
    Words {
        /// Signatures of whoever has the new words verify under it.
        root: [u8; 32],
        /// Keys are sealed to it for them.
        recovery: [u8; 32],
    },
    /// Events are sealed to another key: whoever held the one before may have kept it.
    Audit {
        /// Events are sealed to it.
        audit: [u8; 32],
    },
}

/// Keys of a person, with the time they are good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Keys {
    receive: [u8; 32],
    sign: [u8; 32],
    from: Moment,
    until: Option<Moment>,
}

/// What the roster says of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Person {
    /// Oldest first; the last has no end.
    keys: Vec<Keys>,
    authority: [u8; 32],
    manages: bool,
    active: bool,
}

/// Where the chain ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterHead {
    /// Number of the last link.
    pub number: Number,
    /// Hash of it.
    pub hash: [u8; 32],
}

/// Who signs a link.
pub enum RosterSigner<'a> {
    /// Whoever has the 24 words.
    Root(&'a RootKey),
    /// A member of staff.
    Staff(StaffId, &'a StaffKeys),
}

/// The roster as its links say it, every signature checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    root: [u8; 32],
    audit: [u8; 32],
    /// What belongs to the words of now.
    words: Words,
    people: BTreeMap<StaffId, Person>,
    head: RosterHead,
    /// The links it was read from: equal ones need not be checked twice.
    links: Vec<RosterLink>,
}

/// The public halves of what follows from the 24 words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Words {
    root: [u8; 32],
    recovery: [u8; 32],
}

/// Hash of what a staff record must say for its roles to count. The salt in the sealed record keeps the hash, which is
/// public, from being guessed.
///
/// # Errors
/// [`StoreError::Malformed`] if the record has no stored form.
pub fn authority(store_id: &[u8; 16], staff: &Staff) -> Result<[u8; 32], StoreError> {
    let Staff {
        id, login, name, credential, roles, supervisor, cosign_needed, active, programs, salt, ..
    } = staff;
    let says = encode_as(
        Kind::Staff,
        &(id, (login, name, credential), roles, supervisor, cosign_needed, active, programs),
    )?;
    Ok(vault::blake3(&[b"concord staff record v1", store_id, salt, &says]))
}

fn link_hash(store_id: &[u8; 16], frozen: &[u8]) -> [u8; 32] {
    vault::blake3(&[b"concord roster link v1", store_id, frozen])
}

impl Roster {
    /// Begins a roster: the first link, signed by the root.
    ///
    /// # Errors
    /// As [`Roster::link`].
    pub fn found(
        store_id: &[u8; 16],
        (root, recovery): (&RootKey, [u8; 32]),
        audit: [u8; 32],
        at: Moment,
        people: Vec<RosterChange>,
    ) -> Result<(Self, RosterLink), StoreError> {
        let mut changes = vec![RosterChange::Founded { root: root.public(), audit, recovery }];
        changes.extend(people);
        Self::default().link(store_id, &RosterSigner::Root(root), at, changes)
    }

    /// Makes the next link, and the roster with it.
    ///
    /// # Errors
    /// [`StoreError::Roster`] if whoever signs it may not.
    pub fn link(
        &self,
        store_id: &[u8; 16],
        by: &RosterSigner<'_>,
        at: Moment,
        changes: Vec<RosterChange>,
    ) -> Result<(Self, RosterLink), StoreError> {
        let who = if let RosterSigner::Staff(id, _) = by { Some(*id) } else { None };
        let text = LinkText { number: self.head.number + 1, prev: self.head.hash, at, by: who, changes };
        let frozen = encode_as(Kind::Roster, &text)?;
        let hash = link_hash(store_id, &frozen);
        let proof = match by {
            RosterSigner::Root(root) => root.sign(&hash),
            RosterSigner::Staff(_, keys) => keys.sign(&hash),
        };
        let link = RosterLink { frozen, proof: proof.to_vec() };
        let mut next = self.clone();
        next.take(store_id, &link)?;
        Ok((next, link))
    }

    /// Reads and checks the chain of a store.
    ///
    /// # Errors
    /// [`StoreError::Roster`] if a link is missing, was changed, or was signed by somebody who may not.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        Self::default().again(store)
    }

    /// The same, where it was read before: links that are as they were are not checked again.
    ///
    /// # Errors
    /// As [`Roster::of`].
    pub fn again(&self, store: &Store) -> Result<Self, StoreError> {
        let found = store.public_list::<RosterLink>()?;
        let mut links = Vec::with_capacity(found.len());
        for (number, link) in (1..).zip(found) {
            if (link.number, link.owner, link.rev) != (number, Owner::AGENCY, Rev(1)) {
                return Err(StoreError::Roster("a link is missing or was written again"));
            }
            links.push(link.value);
        }
        if links.is_empty() {
            return Err(StoreError::Roster("it is gone"));
        }
        let known = if links.starts_with(&self.links) { self.clone() } else { Self::default() };
        let mut roster = known;
        for link in links.iter().skip(roster.links.len()) {
            roster.take(store.id(), link)?;
        }
        Ok(roster)
    }

    /// Checks a link and takes it in.
    fn take(&mut self, store_id: &[u8; 16], link: &RosterLink) -> Result<(), StoreError> {
        let text: LinkText = decode_as(Kind::Roster, &link.frozen)?;
        if (text.number, text.prev) != (self.head.number + 1, self.head.hash) {
            return Err(StoreError::Roster("its links do not follow each other"));
        }
        let hash = link_hash(store_id, &link.frozen);
        let key =
            self.may_sign(&text).ok_or(StoreError::Roster("a link was signed by somebody who may not"))?;
        if !verify_strict(&key, &hash, &link.proof) {
            return Err(StoreError::Roster("the signature under a link does not hold"));
        }
        for change in text.changes {
            self.change(&change, text.at);
        }
        self.head = RosterHead { number: text.number, hash };
        self.links.push(link.clone());
        Ok(())
    }

    /// The key that a link must be signed under; `None` if nobody may sign it.
    fn may_sign(&self, text: &LinkText) -> Option<[u8; 32]> {
        let founds = |change: &RosterChange| matches!(change, RosterChange::Founded { .. });
        if self.head.number == 0 {
            // The first link names the root that signs it, once and first.
            let Some((RosterChange::Founded { root, .. }, rest)) = text.changes.split_first() else {
                return None;
            };
            return (text.by.is_none() && !rest.iter().any(founds)).then_some(*root);
        }
        if text.changes.iter().any(founds) {
            return None;
        }
        let Some(by) = text.by else { return Some(self.words.root) };
        let person = self.people.get(&by).filter(|person| person.active)?;
        let own = |change: &RosterChange| matches!(change, RosterChange::Keys { staff, .. } if *staff == by);
        (person.manages || text.changes.iter().all(own)).then_some(person.keys.last()?.sign)
    }

    fn change(&mut self, change: &RosterChange, at: Moment) {
        match *change {
            RosterChange::Founded { root, audit, recovery } => {
                (self.root, self.audit, self.words) = (root, audit, Words { root, recovery });
            }
            RosterChange::Audit { audit } => self.audit = audit,
            RosterChange::Words { root, recovery } => self.words = Words { root, recovery },
            RosterChange::Keys { staff, receive, sign, from } => {
                let person = self.people.entry(staff).or_default();
                if let Some(last) = person.keys.last_mut() {
                    last.until = Some(at);
                }
                person.keys.push(Keys { receive, sign, from, until: None });
            }
            RosterChange::Standing { staff, authority, manages, active } => {
                let person = self.people.entry(staff).or_default();
                (person.authority, person.manages, person.active) = (authority, manages, active);
            }
        }
    }

    /// The root's public half: what everything here follows from.
    pub fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// Whether this is the root that follows from the words of now.
    pub fn is_of_words(&self, root: &RootKey) -> bool {
        self.words.root == root.public()
    }

    /// The public key to seal things to for whoever has the words.
    pub fn recovery(&self) -> &[u8; 32] {
        &self.words.recovery
    }

    /// The public half of the audit's key.
    pub fn audit(&self) -> &[u8; 32] {
        &self.audit
    }

    /// Where the chain ends.
    pub fn head(&self) -> RosterHead {
        self.head
    }

    /// Hash of the link of a number, if the chain reaches so far.
    pub fn hash_at(&self, store_id: &[u8; 16], number: Number) -> Option<[u8; 32]> {
        let link = self.links.get((number as usize).checked_sub(1)?)?;
        Some(link_hash(store_id, &link.frozen))
    }

    /// What people compare with what was printed at the setting up: five groups of four digits and letters.
    pub fn fingerprint(&self) -> String {
        let hash = vault::blake3(&[b"concord fingerprint v1", &self.root]);
        let groups: Vec<String> =
            hash.chunks_exact(2).take(5).map(|two| format!("{:02x}{:02x}", two[0], two[1])).collect();
        groups.join(" ")
    }

    /// Whether somebody may sign in.
    pub fn is_active(&self, staff: StaffId) -> bool {
        self.people.get(&staff).is_some_and(|person| person.active)
    }

    /// Whether somebody may sign links about others.
    pub fn manages(&self, staff: StaffId) -> bool {
        self.people.get(&staff).is_some_and(|person| person.active && person.manages)
    }

    /// The public key to seal things to for somebody.
    pub fn receive(&self, staff: StaffId) -> Option<[u8; 32]> {
        Some(self.people.get(&staff)?.keys.last()?.receive)
    }

    /// Whether these are the keys somebody has now.
    pub fn has_keys(&self, staff: StaffId, keys: &StaffKeys) -> bool {
        let last = self.people.get(&staff).and_then(|person| person.keys.last());
        last.is_some_and(|last| {
            last.sign == keys.sign_public()
                && keys.receive_public().is_ok_and(|receive| receive == last.receive)
        })
    }

    /// The signing keys that somebody had at a moment.
    pub fn keys_at(&self, staff: StaffId, at: Moment) -> Vec<[u8; 32]> {
        let keys = self.people.get(&staff).map(|person| person.keys.as_slice()).unwrap_or_default();
        keys.iter().filter(|keys| keys.until.is_none_or(|until| at <= until)).map(|keys| keys.sign).collect()
    }

    /// Whether a signature of somebody, made under this key at this moment, can hold.
    pub fn signs(&self, staff: StaffId, key: &[u8], at: Moment) -> bool {
        let good =
            |keys: &Keys| keys.sign == key && keys.from <= at && keys.until.is_none_or(|until| at <= until);
        self.people.get(&staff).is_some_and(|person| person.keys.iter().any(good))
    }

    /// The key under which somebody who may sign in signs now.
    pub fn signs_now(&self, staff: StaffId) -> Option<[u8; 32]> {
        let person = self.people.get(&staff).filter(|person| person.active)?;
        Some(person.keys.last()?.sign)
    }

    /// Whether a staff record says what it must.
    ///
    /// # Errors
    /// As [`authority`].
    pub fn matches(&self, store_id: &[u8; 16], staff: &Staff) -> Result<bool, StoreError> {
        let known = self.people.get(&staff.id).map(|person| person.authority);
        Ok(known == Some(authority(store_id, staff)?))
    }
}

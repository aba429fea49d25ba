//! Who is given which key: what founding, signing in, granting and recovering do with key bytes.
//!
//! Owns the purposes and bindings of every grant, in one place. Decides nothing: whether somebody may be granted a key
//! is the service's question.

use super::{AgencyKeys, AuditKeys, FORMAT, Front, Login, Store, StoreError};
use crate::domain::{AgencyFront, DeskId, StaffId};
use crate::vault::recovery::Phrase;
use crate::vault::{
    self, BoxPair, BoxSecret, Cost, StaffKeys, SymKey, VaultError, Zeroizing, passphrase, random,
};

const AGENCY_KEY: &[u8] = b"concord agency key v1";
const AUDIT_KEY: &[u8] = b"concord audit key v1";

/// To whom a key is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// A member of staff.
    Staff(StaffId),
    /// Whoever has the recovery phrase.
    Recovery,
}

impl Holder {
    fn bound(self, store_id: &[u8; 16]) -> Vec<u8> {
        let mut aad = store_id.to_vec();
        match self {
            Self::Staff(staff) => {
                aad.push(1);
                aad.extend_from_slice(&staff.0);
            }
            Self::Recovery => aad.push(2),
        }
        aad
    }
}

/// What a person holds while signed in. Wiped when dropped.
#[derive(Debug)]
pub struct Unlocked {
    /// Whose keys they are.
    pub staff: StaffId,
    /// Opens everything but the audit.
    pub agency: AgencyKeys,
    /// Opens the audit, if they may.
    pub audit: Option<AuditKeys>,
    /// Their own pairs.
    pub keys: StaffKeys,
}

/// Schema of what [`Unlocked::seal_under`] makes. It is never stored.
const HELD: u8 = 1;

impl Unlocked {
    /// Takes over what an act made new.
    pub fn renew(&mut self, keys: Option<StaffKeys>, agency: Option<AgencyKeys>, audit: Option<AuditKeys>) {
        if let Some(keys) = keys {
            self.keys = keys;
        }
        if let Some(agency) = agency {
            self.agency = agency;
        }
        self.audit = audit.or(self.audit.take());
    }

    /// Seals all of it under a key that somebody can derive again: what a PIN opens. For memory only.
    pub fn seal_under(
        &self,
        under: &SymKey,
        store_id: &[u8; 16],
        staff: StaffId,
    ) -> Result<Vec<u8>, VaultError> {
        let bound = Holder::Staff(staff).bound(store_id);
        let mut plain = Zeroizing::new([0; 65]);
        plain[..32].copy_from_slice(self.agency.newest().expose());
        if let Some(audit) = &self.audit {
            plain[32] = 1;
            plain[33..].copy_from_slice(audit.newest().expose());
        }
        let keys = self.keys.seal(under, &bound)?;
        let mut sealed = vault::seal(under, HELD, 1, &bound, &*plain)?;
        let mut held = u32::try_from(keys.len()).map_err(|_| VaultError::Malformed)?.to_le_bytes().to_vec();
        held.extend_from_slice(&keys);
        held.append(&mut sealed);
        Ok(held)
    }

    /// Opens what [`Unlocked::seal_under`] made. A wrong key is [`VaultError::CannotOpen`].
    pub fn open_under(
        under: &SymKey,
        store_id: &[u8; 16],
        staff: StaffId,
        held: &[u8],
    ) -> Result<Self, VaultError> {
        let bound = Holder::Staff(staff).bound(store_id);
        let (length, rest) = held.split_first_chunk::<4>().ok_or(VaultError::Malformed)?;
        let length = u32::from_le_bytes(*length) as usize;
        let (keys, sealed) = rest.split_at_checked(length).ok_or(VaultError::Malformed)?;
        let keys = StaffKeys::open(under, &bound, keys)?;
        let opened = vault::open(under, &bound, sealed)?;
        let plain: &[u8; 65] = opened.plain.as_slice().try_into().map_err(|_| VaultError::Malformed)?;
        let (mut agency, mut audit) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        agency.copy_from_slice(&plain[..32]);
        audit.copy_from_slice(&plain[33..]);
        let audit = (plain[32] == 1).then(|| BoxSecret::from_bytes(*audit).into());
        Ok(Self { staff, agency: SymKey::from_bytes(*agency).into(), audit, keys })
    }
}

fn open_32(secret: &BoxSecret, info: &[u8], aad: &[u8], sealed: &[u8]) -> Result<[u8; 32], VaultError> {
    let plain: Zeroizing<Vec<u8>> = vault::open_with(secret, info, aad, sealed)?;
    plain.as_slice().try_into().map_err(|_| VaultError::Malformed)
}

impl Front {
    /// A new agency: its front, and the two keys made for it. The keys are sealed to the phrase; nobody else has them
    /// until a [`Login`] is made.
    pub fn found(
        (store_id, desk): ([u8; 16], DeskId),
        agency: AgencyFront,
        phrase: &Phrase,
    ) -> Result<(Self, AgencyKeys, AuditKeys), StoreError> {
        let (key, audit, recovery) = (SymKey::generate()?, BoxPair::generate()?, phrase.key_pair());
        let bound = Holder::Recovery.bound(&store_id);
        let front = Self {
            store_id,
            desk,
            format: FORMAT,
            agency,
            agency_key: vault::seal_to(&recovery.public, AGENCY_KEY, &bound, key.expose())?,
            audit_secret: vault::seal_to(&recovery.public, AUDIT_KEY, &bound, audit.secret.expose())?,
        };
        Ok((front, key.into(), audit.secret.into()))
    }

    /// Seals the newest agency key to the words' public key, as the roster has it, in the place of the one before.
    ///
    /// # Errors
    /// As sealing does.
    pub fn give_agency_key(&mut self, recovery: &[u8; 32], agency: &AgencyKeys) -> Result<(), VaultError> {
        let bound = Holder::Recovery.bound(&self.store_id);
        self.agency_key = vault::seal_to(recovery, AGENCY_KEY, &bound, agency.newest().expose())?;
        Ok(())
    }

    /// The same with the audit private key: for new words.
    ///
    /// # Errors
    /// As sealing does.
    pub fn give_all(
        &mut self,
        recovery: &[u8; 32],
        agency: &AgencyKeys,
        audit: &AuditKeys,
    ) -> Result<(), VaultError> {
        let bound = Holder::Recovery.bound(&self.store_id);
        self.audit_secret = vault::seal_to(recovery, AUDIT_KEY, &bound, audit.newest().expose())?;
        self.give_agency_key(recovery, agency)
    }

    /// What the recovery phrase opens: agency key and audit private key. A wrong phrase is
    /// [`VaultError::CannotOpen`].
    pub fn recover(&self, phrase: &Phrase) -> Result<(AgencyKeys, AuditKeys), VaultError> {
        let pair = phrase.key_pair();
        let bound = Holder::Recovery.bound(&self.store_id);
        let key = open_32(&pair.secret, AGENCY_KEY, &bound, &self.agency_key)?;
        let audit = open_32(&pair.secret, AUDIT_KEY, &bound, &self.audit_secret)?;
        Ok((SymKey::from_bytes(key).into(), BoxSecret::from_bytes(audit).into()))
    }
}

impl Login {
    /// A new login with new key pairs, not yet granted anything. `root` is that of the roster. Costs one derivation.
    pub fn create(
        store: &Store,
        root: &[u8; 32],
        (staff, folded): (StaffId, &str),
        phrase: &str,
        cost: Cost,
    ) -> Result<(Self, StaffKeys), VaultError> {
        let keys = StaffKeys::generate()?;
        let mut login = Self {
            staff,
            login_hash: store.login_hash(folded),
            root: *root,
            active: true,
            ..Self::default()
        };
        login.set_passphrase(store.id(), &keys, phrase, cost)?;
        Ok((login, keys))
    }

    /// What the person's own keys are bound to: store, person, and the root of the roster.
    fn bound(&self, store_id: &[u8; 16]) -> Vec<u8> {
        let mut bound = Holder::Staff(self.staff).bound(store_id);
        bound.extend_from_slice(&self.root);
        bound
    }

    /// Seals the key pairs under a new passphrase. Grants stay as they are. Costs one derivation.
    pub fn set_passphrase(
        &mut self,
        store_id: &[u8; 16],
        keys: &StaffKeys,
        phrase: &str,
        cost: Cost,
    ) -> Result<(), VaultError> {
        let salt = random()?;
        let under = passphrase::derive(phrase, &salt, cost)?;
        self.keys = keys.seal(&under, &self.bound(store_id))?;
        (self.salt, self.cost) = (salt, cost.into());
        Ok(())
    }

    /// A new passphrase with new key pairs, nothing granted yet. What is sealed to the old pair opens nothing newer.
    pub fn reset(
        &self,
        store_id: &[u8; 16],
        phrase: &str,
        cost: Cost,
    ) -> Result<(Self, StaffKeys), VaultError> {
        let keys = StaffKeys::generate()?;
        let mut login = self.clone();
        login.agency_key = Vec::new();
        login.audit_secret = None;
        login.set_passphrase(store_id, &keys, phrase, cost)?;
        Ok((login, keys))
    }

    /// Gives the agency key, and the audit private key or takes it away. `receive` is their public key, from the roster or
    /// just made: never one that lies on the disk unsigned.
    pub fn grant(
        &mut self,
        store_id: &[u8; 16],
        receive: &[u8; 32],
        agency: &AgencyKeys,
        audit: Option<&AuditKeys>,
    ) -> Result<(), VaultError> {
        let bound = Holder::Staff(self.staff).bound(store_id);
        self.agency_key = vault::seal_to(receive, AGENCY_KEY, &bound, agency.newest().expose())?;
        self.audit_secret = audit
            .map(|keys| vault::seal_to(receive, AUDIT_KEY, &bound, keys.newest().expose()))
            .transpose()?;
        Ok(())
    }

    /// Gives new keys in the place of the ones before, and nothing to somebody who has none. `audit` is the audit's new key, if
    /// it turned.
    ///
    /// # Errors
    /// As sealing does.
    pub fn renew(
        &mut self,
        store_id: &[u8; 16],
        receive: &[u8; 32],
        agency: &AgencyKeys,
        audit: Option<&AuditKeys>,
    ) -> Result<(), VaultError> {
        let bound = Holder::Staff(self.staff).bound(store_id);
        if !self.agency_key.is_empty() {
            self.agency_key = vault::seal_to(receive, AGENCY_KEY, &bound, agency.newest().expose())?;
        }
        if let Some(audit) = audit
            && self.audit_secret.is_some()
        {
            self.audit_secret = Some(vault::seal_to(receive, AUDIT_KEY, &bound, audit.newest().expose())?);
        }
        Ok(())
    }

    /// Takes both keys away and closes the login. What the person once held they may have kept: what is written later is
    /// sealed under a new agency key ([`AgencyKeys::turn`]).
    pub fn revoke(&mut self) {
        self.agency_key = Vec::new();
        self.audit_secret = None;
        self.active = false;
    }

    /// The key of a typed passphrase. Slow on purpose; pure, so that a helper thread can do it.
    pub fn derive(&self, phrase: &str) -> Result<SymKey, VaultError> {
        passphrase::derive(phrase, &self.salt, self.cost.into())
    }

    /// Opens what the login holds. A wrong passphrase is [`VaultError::CannotOpen`]; so is a login without grants.
    pub fn unlock(&self, store_id: &[u8; 16], under: &SymKey) -> Result<Unlocked, VaultError> {
        let keys = StaffKeys::open(under, &self.bound(store_id), &self.keys)?;
        let bound = Holder::Staff(self.staff).bound(store_id);
        if self.agency_key.is_empty() {
            return Err(VaultError::CannotOpen);
        }
        let agency =
            SymKey::from_bytes(open_32(keys.receive(), AGENCY_KEY, &bound, &self.agency_key)?).into();
        let audit = match &self.audit_secret {
            Some(sealed) => {
                Some(BoxSecret::from_bytes(open_32(keys.receive(), AUDIT_KEY, &bound, sealed)?).into())
            }
            None => None,
        };
        Ok(Unlocked { staff: self.staff, agency, audit, keys })
    }
}

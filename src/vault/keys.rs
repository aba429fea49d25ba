//! The two key pairs of a member of staff: X25519 to receive, Ed25519 to sign.

use super::{BoxPair, BoxSecret, SymKey, VaultError, open, random, seal};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use std::fmt;
use zeroize::Zeroizing;

const SCHEMA: u8 = 1;

/// The private halves. Wiped when dropped.
pub struct StaffKeys {
    receive: BoxSecret,
    sign: SigningKey,
}

impl StaffKeys {
    /// New random key pairs.
    pub fn generate() -> Result<Self, VaultError> {
        let seed = Zeroizing::new(random::<32>()?);
        Ok(Self { receive: BoxPair::generate()?.secret, sign: SigningKey::from_bytes(&seed) })
    }

    /// Seals both private halves under a key (derived from a passphrase). `context` binds them to store and person.
    pub fn seal(&self, under: &SymKey, context: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut plain = Zeroizing::new([0; 64]);
        plain[..32].copy_from_slice(self.receive.expose());
        plain[32..].copy_from_slice(self.sign.as_bytes());
        seal(under, SCHEMA, 1, context, &*plain)
    }

    /// Opens what [`StaffKeys::seal`] made. A wrong passphrase shows as [`VaultError::CannotOpen`].
    pub fn open(under: &SymKey, context: &[u8], sealed: &[u8]) -> Result<Self, VaultError> {
        let opened = open(under, context, sealed)?;
        let halves: &[u8; 64] = opened.plain.as_slice().try_into().map_err(|_| VaultError::Malformed)?;
        let (mut receive, mut sign) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        receive.copy_from_slice(&halves[..32]);
        sign.copy_from_slice(&halves[32..]);
        Ok(Self { receive: BoxSecret::from_bytes(*receive), sign: SigningKey::from_bytes(&sign) })
    }

    /// The private half to receive with.
    pub fn receive(&self) -> &BoxSecret {
        &self.receive
    }

    /// The public half to receive with.
    pub fn receive_public(&self) -> Result<[u8; 32], VaultError> {
        self.receive.public()
    }

    /// The public half signatures verify under.
    pub fn sign_public(&self) -> [u8; 32] {
        self.sign.verifying_key().to_bytes()
    }

    /// Signs a hash: 64 bytes of Ed25519.
    pub fn sign(&self, hash: &[u8; 32]) -> [u8; 64] {
        self.sign.sign(hash).to_bytes()
    }
}

impl fmt::Debug for StaffKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaffKeys(..)")
    }
}

/// Whether `proof` is the signature of `hash` under `public`. Strict: no weak keys, no malleable signatures.
pub fn verify_strict(public: &[u8], hash: &[u8; 32], proof: &[u8]) -> bool {
    let (Ok(public), Ok(proof)) = (<&[u8; 32]>::try_from(public), <&[u8; 64]>::try_from(proof)) else {
        return false;
    };
    VerifyingKey::from_bytes(public)
        .is_ok_and(|key| key.verify_strict(hash, &Signature::from_bytes(proof)).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_sealing_and_sign_the_same() {
        let keys = StaffKeys::generate().unwrap();
        let under = SymKey::generate().unwrap();
        let sealed = keys.seal(&under, b"rosa").unwrap();
        let again = StaffKeys::open(&under, b"rosa", &sealed).unwrap();
        assert_eq!(again.sign_public(), keys.sign_public());
        assert_eq!(again.receive_public().unwrap(), keys.receive_public().unwrap());
        assert_eq!(again.sign(&[5; 32]), keys.sign(&[5; 32]));
        assert!(StaffKeys::open(&under, b"sam", &sealed).is_err());
        assert!(StaffKeys::open(&SymKey::generate().unwrap(), b"rosa", &sealed).is_err());
        assert_eq!(format!("{keys:?}"), "StaffKeys(..)");
    }

    #[test]
    fn a_signature_holds_for_its_hash_and_key_only() {
        let (keys, others) = (StaffKeys::generate().unwrap(), StaffKeys::generate().unwrap());
        let proof = keys.sign(&[1; 32]);
        assert!(verify_strict(&keys.sign_public(), &[1; 32], &proof));
        assert!(!verify_strict(&keys.sign_public(), &[2; 32], &proof));
        assert!(!verify_strict(&others.sign_public(), &[1; 32], &proof));
        assert!(!verify_strict(&keys.sign_public(), &[1; 32], &proof[..63]));
        assert!(!verify_strict(&[0; 32], &[1; 32], &[0; 64]));
    }
}

//! Sealing to a public key: HPKE (RFC 9180) base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.
//!
//! Anyone who has the public half can seal; only the holder of the private half opens. So are the agency key given to
//! each person and audit events written by a desk that nobody is signed in to.

use super::{VaultError, random};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal};
use std::fmt;
use zeroize::Zeroizing;

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

const ENCAPPED: usize = 32;

/// The private half of a key pair to receive with: X25519, 32 bytes, wiped when dropped.
#[derive(Clone)]
pub struct BoxSecret(Zeroizing<[u8; 32]>);

impl BoxSecret {
    /// The secret with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, to be sealed to somebody. Nothing else may be done with them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> Result<[u8; 32], VaultError> {
        let secret = Secret::from_bytes(&*self.0).map_err(|_| VaultError::Malformed)?;
        Ok(public_bytes(&X25519HkdfSha256::sk_to_pk(&secret)))
    }
}

impl fmt::Debug for BoxSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BoxSecret(..)")
    }
}

/// Both halves of a key pair to receive with.
#[derive(Clone, Debug)]
pub struct BoxPair {
    /// The private half.
    pub secret: BoxSecret,
    /// The public half.
    pub public: [u8; 32],
}

impl BoxPair {
    /// A new random pair.
    pub fn generate() -> Result<Self, VaultError> {
        Ok(Self::derive(&random::<32>()?))
    }

    /// The pair that belongs to these 32 bytes, always the same one.
    pub fn derive(seed: &[u8; 32]) -> Self {
        let (secret, public) = X25519HkdfSha256::derive_keypair(seed);
        let mut bytes = [0; 32];
        secret.write_exact(&mut bytes);
        Self { secret: BoxSecret::from_bytes(bytes), public: public_bytes(&public) }
    }
}

fn public_bytes(public: &Public) -> [u8; 32] {
    let mut bytes = [0; 32];
    public.write_exact(&mut bytes);
    bytes
}

/// Seals `plain` to a public key. `info` names the purpose, `aad` what it is bound to; both are needed to open it.
/// The result is 48 bytes longer than `plain`.
pub fn seal_to(public: &[u8; 32], info: &[u8], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let public = Public::from_bytes(public).map_err(|_| VaultError::PublicKey)?;
    let (encapped, text) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        info,
        plain,
        aad,
    )
    .map_err(|_| VaultError::PublicKey)?;
    let mut sealed = vec![0; ENCAPPED];
    encapped.write_exact(&mut sealed);
    sealed.extend_from_slice(&text);
    Ok(sealed)
}

/// Opens what [`seal_to`] made for this secret's public half.
pub fn open_with(
    secret: &BoxSecret,
    info: &[u8],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    let (encapped, text) = sealed.split_at_checked(ENCAPPED).ok_or(VaultError::Malformed)?;
    let secret = Secret::from_bytes(&*secret.0).map_err(|_| VaultError::Malformed)?;
    let encapped = Encapped::from_bytes(encapped).map_err(|_| VaultError::Malformed)?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &encapped,
        info,
        text,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| VaultError::CannotOpen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_receiver_opens_and_only_for_the_same_purpose() {
        let (rosa, sam) = (BoxPair::generate().unwrap(), BoxPair::generate().unwrap());
        let sealed = seal_to(&rosa.public, b"agency key", b"rosa", b"secret").unwrap();
        assert_eq!(sealed.len(), 6 + 48);
        assert_eq!(&open_with(&rosa.secret, b"agency key", b"rosa", &sealed).unwrap()[..], b"secret");
        assert!(open_with(&sam.secret, b"agency key", b"rosa", &sealed).is_err());
        assert!(open_with(&rosa.secret, b"audit", b"rosa", &sealed).is_err());
        assert!(open_with(&rosa.secret, b"agency key", b"sam", &sealed).is_err());
        for at in 0..sealed.len() {
            assert!(open_with(&rosa.secret, b"agency key", b"rosa", &sealed[..at]).is_err());
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(open_with(&rosa.secret, b"agency key", b"rosa", &bent).is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_public_key_that_is_none_is_refused() {
        assert_eq!(seal_to(&[0; 32], b"", b"", b"x").err(), Some(VaultError::PublicKey));
    }

    #[test]
    fn a_seed_always_gives_the_same_pair() {
        let pair = BoxPair::derive(&[4; 32]);
        assert_eq!(pair.public, BoxPair::derive(&[4; 32]).public);
        assert_eq!(pair.secret.public().unwrap(), pair.public);
        assert!(!format!("{pair:?}").contains("Zeroizing"));
    }
}

//! Sealing bytes under a symmetric key: XChaCha20-Poly1305 with a clear, authenticated envelope.

use super::{VaultError, random};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::fmt;
use zeroize::Zeroizing;

/// The only envelope format so far. 0 is kept for unsealed values (the store's public records).
const FORMAT: u8 = 1;
const TAG: usize = 16;
const NONCE_AT: usize = 14;

/// A symmetric key, 32 bytes, with the id that envelopes name it by.
#[derive(Clone)]
pub struct SymKey {
    bytes: Zeroizing<[u8; 32]>,
    id: [u8; 8],
}

impl SymKey {
    /// A new random key.
    pub fn generate() -> Result<Self, VaultError> {
        Ok(Self::from_bytes(random()?))
    }

    /// The key with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let bytes = Zeroizing::new(bytes);
        // The id is public; it is derived one way, so that it says nothing about the key.
        let wide = blake3::derive_key("concord key id v1", &*bytes);
        let mut id = [0; 8];
        id.copy_from_slice(&wide[..8]);
        Self { bytes, id }
    }

    /// The public name of the key, which envelopes carry.
    pub fn id(&self) -> [u8; 8] {
        self.id
    }

    /// The key itself, to be sealed to somebody. Nothing else may be done with it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }
}

impl fmt::Debug for SymKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SymKey(..)")
    }
}

/// What is in the clear before the sealed text. All of it is in the associated data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    pub key_id: [u8; 8],
    /// Schema of the payload.
    pub schema: u8,
    /// Revision of the record.
    pub rev: u32,
}

impl Envelope {
    /// Bytes of an envelope: format, key id, schema, rev, nonce.
    pub const LEN: usize = 38;
    /// Bytes that sealing adds.
    pub const OVERHEAD: usize = Self::LEN + TAG;

    /// Reads the envelope of a sealed value. Nothing in it is proven until [`open`] succeeded.
    pub fn read(sealed: &[u8]) -> Result<Self, VaultError> {
        let (head, rest) = sealed.split_first_chunk::<{ Self::LEN }>().ok_or(VaultError::Malformed)?;
        match head[0] {
            FORMAT if rest.len() >= TAG => {}
            0 | FORMAT => return Err(VaultError::Malformed),
            _ => return Err(VaultError::Newer),
        }
        let mut key_id = [0; 8];
        key_id.copy_from_slice(&head[1..9]);
        let rev = u32::from_be_bytes([head[10], head[11], head[12], head[13]]);
        Ok(Self { key_id, schema: head[9], rev })
    }
}

/// An opened value.
pub struct Opened {
    /// The envelope, now proven.
    pub envelope: Envelope,
    /// The text; wiped when dropped.
    pub plain: Zeroizing<Vec<u8>>,
}

fn associated(head: &[u8], context: &[u8]) -> Vec<u8> {
    // The head has a fixed length, so no two pairs of head and context give the same bytes.
    let mut data = Vec::with_capacity(head.len() + context.len());
    data.extend_from_slice(head);
    data.extend_from_slice(context);
    data
}

/// Seals `plain` under `key`. `context` is what it is bound to (store, kind, key): it must be given again to open it.
pub fn seal(key: &SymKey, schema: u8, rev: u32, context: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
    let nonce: [u8; 24] = random()?;
    let mut sealed = Vec::with_capacity(Envelope::OVERHEAD + plain.len());
    sealed.push(FORMAT);
    sealed.extend_from_slice(&key.id);
    sealed.push(schema);
    sealed.extend_from_slice(&rev.to_be_bytes());
    sealed.extend_from_slice(&nonce);
    let aad = associated(&sealed, context);
    let text = XChaCha20Poly1305::new((&*key.bytes).into())
        .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
        .map_err(|_| VaultError::Malformed)?;
    sealed.extend_from_slice(&text);
    Ok(sealed)
}

/// Opens what [`seal`] made with the same key and context.
pub fn open(key: &SymKey, context: &[u8], sealed: &[u8]) -> Result<Opened, VaultError> {
    let envelope = Envelope::read(sealed)?;
    if envelope.key_id != key.id {
        return Err(VaultError::CannotOpen);
    }
    let (head, text) = sealed.split_at(Envelope::LEN);
    let mut nonce = [0; 24];
    nonce.copy_from_slice(&head[NONCE_AT..]);
    let aad = associated(head, context);
    let plain = XChaCha20Poly1305::new((&*key.bytes).into())
        .decrypt(&XNonce::from(nonce), Payload { msg: text, aad: &aad })
        .map_err(|_| VaultError::CannotOpen)?;
    Ok(Opened { envelope, plain: Zeroizing::new(plain) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_with_key_and_context_only() {
        let key = SymKey::generate().unwrap();
        let sealed = seal(&key, 3, 7, b"here", b"words").unwrap();
        let opened = open(&key, b"here", &sealed).unwrap();
        assert_eq!(&opened.plain[..], b"words");
        assert_eq!(opened.envelope, Envelope { key_id: key.id, schema: 3, rev: 7 });
        assert_eq!(sealed.len(), 5 + Envelope::OVERHEAD);
        assert_eq!(open(&key, b"there", &sealed).err(), Some(VaultError::CannotOpen));
        let other = SymKey::generate().unwrap();
        assert_eq!(open(&other, b"here", &sealed).err(), Some(VaultError::CannotOpen));
    }

    #[test]
    fn every_flipped_bit_and_every_prefix_is_refused() {
        let key = SymKey::from_bytes([7; 32]);
        let sealed = seal(&key, 1, 1, b"c", b"a client's words").unwrap();
        for at in 0..sealed.len() {
            assert!(open(&key, b"c", &sealed[..at]).is_err(), "prefix {at}");
            for bit in 0..8 {
                let mut bent = sealed.clone();
                bent[at] ^= 1 << bit;
                assert!(open(&key, b"c", &bent).is_err(), "byte {at} bit {bit}");
            }
        }
        let mut longer = sealed.clone();
        longer.push(0);
        assert!(open(&key, b"c", &longer).is_err());
    }

    #[test]
    fn the_same_text_never_seals_to_the_same_bytes() {
        let key = SymKey::from_bytes([7; 32]);
        assert_ne!(seal(&key, 1, 1, b"", b"x").unwrap(), seal(&key, 1, 1, b"", b"x").unwrap());
    }

    #[test]
    fn keys_print_as_nothing_and_have_stable_ids() {
        let key = SymKey::from_bytes([9; 32]);
        assert_eq!(format!("{key:?}"), "SymKey(..)");
        assert_eq!(key.id, SymKey::from_bytes([9; 32]).id);
        assert_ne!(key.id, SymKey::from_bytes([8; 32]).id);
    }
}

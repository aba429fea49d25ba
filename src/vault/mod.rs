//! Bytes: passphrases, key pairs, sealing.
//!
//! Owns every cipher, hash and random byte of the program; the only room that names them. It knows bytes, not records,
//! and must not know the store, the domain or the screen. Secrets are wiped when dropped, print as `(..)`, and cannot
//! be serialised: what leaves this room is sealed.

mod grant;
mod keys;
pub mod passphrase;
pub mod recovery;
mod seal;

pub use grant::{BoxPair, BoxSecret, open_with, seal_to};
pub use keys::{StaffKeys, verify_strict};
pub use passphrase::Cost;
pub use seal::{Envelope, Opened, SymKey, open, seal};
/// Bytes that are wiped when dropped.
pub use zeroize::Zeroizing;

use sha2::Digest;

/// Why the vault refused. Never carries content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Wrong key, or the bytes or what they are bound to were altered: the two cannot be told apart.
    #[error("this cannot be opened with this key, or it was altered")]
    CannotOpen,
    /// Too short or of the wrong shape to be a sealed value at all.
    #[error("this is not a sealed value")]
    Malformed,
    /// Sealed in a form that only a newer Concord knows.
    #[error("this was sealed by a newer Concord")]
    Newer,
    /// Argon2 cost outside of what is allowed.
    #[error("the passphrase cost is outside of what this program allows")]
    Cost,
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random,
    /// A public key that is none.
    #[error("this is not a usable public key")]
    PublicKey,
}

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::Random)?;
    Ok(bytes)
}

/// SHA-256 over the parts, one after the other. Callers separate parts of variable length themselves.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = sha2::Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// BLAKE3 over the parts, one after the other. Callers separate parts of variable length themselves.
pub fn blake3(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = ::blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

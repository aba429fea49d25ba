//! Whether a text is the passphrase of whoever is signed in: so that it is never kept in clear where a window asks for something else.

use crate::store::blake3;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Fewest characters of a passphrase that is looked for within a longer text; a shorter one may be a word of a sentence.
const LEAST_WITHIN: usize = 12;

/// Knows the passphrase that was last typed and right, by a salted sum of it. Kept in memory as long as the keys that it opens.
#[derive(Clone, Default)]
pub struct OwnSecret(Arc<Mutex<Option<Sum>>>);

#[derive(Zeroize, ZeroizeOnDrop)]
struct Sum {
    salt: [u8; 16],
    digest: [u8; 32],
    length: usize,
}

impl OwnSecret {
    /// This passphrase was right; `salt` is fresh.
    pub(in crate::service) fn set(&self, passphrase: &str, salt: [u8; 16]) {
        let passphrase = passphrase.trim();
        let sum =
            Sum { salt, digest: blake3(&[&salt, passphrase.as_bytes()]), length: passphrase.chars().count() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(sum);
    }

    /// Nobody is signed in.
    pub(in crate::service) fn forget(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether this text is the passphrase, or has it in it as words of its own.
    pub fn is_in(&self, text: &str) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(known) = known.as_ref().filter(|known| known.length > 0) else { return false };
        let is = |part: &str| blake3(&[&known.salt, part.as_bytes()]) == known.digest;
        let text = text.trim();
        is(text) || (known.length >= LEAST_WITHIN && parts(text, known.length).any(is))
    }
}

impl std::fmt::Debug for OwnSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnSecret(…)")
    }
}

/// Every part of so many characters that begins and ends where words do.
fn parts(text: &str, length: usize) -> impl Iterator<Item = &str> {
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let ends = move |at: usize| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        before || text[at..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    };
    (0..places.len().saturating_sub(length)).filter_map(move |first| {
        let (from, to) = (places[first], places[first + length]);
        (ends(from) && ends(to)).then(|| &text[from..to])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passphrase_is_known_alone_and_within_other_words() {
        let own = OwnSecret::default();
        assert!(!own.is_in("correct horse"), "nobody is signed in");
        own.set("correct horse", [7; 16]);
        for text in [
            "correct horse",
            " correct horse ",
            "Jo correct horse",
            "correct horse, Zoë",
            "Zoë: correct horse",
        ] {
            assert!(own.is_in(text), "{text}");
        }
        for text in ["", "correct", "horse", "incorrect horse", "correct horses", "Correct Horse"] {
            assert!(!own.is_in(text), "{text}");
        }
        own.set("crutches", [8; 16]);
        assert!(
            own.is_in("crutches") && !own.is_in("walks with crutches now"),
            "a word is no passphrase there"
        );
        own.forget();
        assert!(!own.is_in("crutches"));
    }
}

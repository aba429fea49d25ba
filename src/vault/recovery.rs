//! The recovery phrase: 24 words on paper, from which the recovery key pair is derived.

use super::{BoxPair, VaultError, random};
use bip39::{Language, Mnemonic};
use ed25519_dalek::{Signer, SigningKey};
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// Words in a phrase: 256 bits and a checksum.
pub const WORDS: usize = 24;

/// What is wrong with a typed phrase. Says where, never what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhraseError {
    /// Not 24 words.
    #[error("the recovery phrase has 24 words; {0} were given")]
    Count(usize),
    /// This word (from 1) is not in the list.
    #[error("word {0} of the recovery phrase is not in the word list: look for a misspelling")]
    Unknown(usize),
    /// Every word is in the list, yet together they are no phrase.
    #[error("these words are not a recovery phrase: two may be swapped, or one is another word of the list")]
    Checksum,
}

/// A recovery phrase. Wiped when dropped, prints as nothing.
pub struct Phrase(Zeroizing<[u8; 32]>);

impl Phrase {
    /// A new random phrase.
    pub fn generate() -> Result<Self, VaultError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// Reads a typed phrase: any case, any white space, numbers before the words and commas after them are forgiven.
    pub fn parse(typed: &str) -> Result<Self, PhraseError> {
        let mut words: Vec<Zeroizing<String>> = Vec::with_capacity(WORDS);
        for token in typed.split(|c: char| c.is_whitespace() || c == ',') {
            let word = token.trim_matches(|c: char| !c.is_alphabetic());
            if !word.is_empty() {
                words.push(Zeroizing::new(word.to_lowercase()));
            }
        }
        if words.len() != WORDS {
            return Err(PhraseError::Count(words.len()));
        }
        let mut joined = Zeroizing::new(String::with_capacity(WORDS * 9));
        for word in &words {
            joined.push_str(word);
            joined.push(' ');
        }
        let mnemonic = Mnemonic::parse_in_normalized(Language::English, &joined).map_err(|e| match e {
            bip39::Error::UnknownWord(at) => PhraseError::Unknown(at + 1),
            bip39::Error::BadWordCount(count) => PhraseError::Count(count),
            _ => PhraseError::Checksum,
        })?;
        let mut entropy = mnemonic.to_entropy_array().0;
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&entropy[..32]);
        entropy.zeroize();
        Ok(Self(bytes))
    }

    /// The words in order, to be shown once.
    pub fn words(&self) -> Vec<&'static str> {
        // 32 bytes are always a valid length, so this cannot fail; an empty list would be refused by `parse`.
        Mnemonic::from_entropy_in(Language::English, &*self.0)
            .map(|mnemonic| mnemonic.words().collect())
            .unwrap_or_default()
    }

    /// The root that belongs to the phrase: it signs who may be trusted first.
    pub fn root_key(&self) -> RootKey {
        let seed = Zeroizing::new(blake3::derive_key("concord root key v1", &*self.0));
        RootKey(SigningKey::from_bytes(&seed))
    }

    /// The key pair that belongs to the phrase.
    pub fn key_pair(&self) -> BoxPair {
        BoxPair::derive(&Zeroizing::new(blake3::derive_key("concord recovery key v1", &*self.0)))
    }
}

/// The root's signing key. Wiped when dropped, prints as nothing.
pub struct RootKey(SigningKey);

impl RootKey {
    /// The half that everybody may know.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs a hash: 64 bytes of Ed25519.
    pub fn sign(&self, hash: &[u8; 32]) -> [u8; 64] {
        self.0.sign(hash).to_bytes()
    }
}

impl fmt::Debug for RootKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RootKey(..)")
    }
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phrase(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_read_back_however_it_is_typed() {
        let phrase = Phrase::generate().unwrap();
        let words = phrase.words();
        assert_eq!(words.len(), WORDS);
        let public = phrase.key_pair().public;
        let numbered: Vec<String> =
            words.iter().enumerate().map(|(i, w)| format!("{}. {}", i + 1, w.to_uppercase())).collect();
        for typed in [words.join(" "), words.join("\n\t"), numbered.join(",  "), words.join(",")] {
            assert_eq!(Phrase::parse(&typed).unwrap().key_pair().public, public);
        }
        assert_eq!(format!("{phrase:?}"), "Phrase(..)");
    }

    #[test]
    fn the_root_follows_from_the_words_and_is_another_key_than_the_one_that_receives() {
        let phrase = Phrase::generate().unwrap();
        let (root, again) = (phrase.root_key(), Phrase::parse(&phrase.words().join(" ")).unwrap().root_key());
        assert_eq!(root.public(), again.public());
        assert_ne!(root.public(), phrase.key_pair().public);
        assert_ne!(root.public(), Phrase::generate().unwrap().root_key().public());
        assert!(crate::vault::verify_strict(&root.public(), &[7; 32], &again.sign(&[7; 32])));
        assert_eq!(format!("{root:?}"), "RootKey(..)");
    }

    #[test]
    fn errors_say_which_word_and_never_quote_it() {
        let phrase = Phrase(Zeroizing::new([3; 32]));
        let mut words = phrase.words();
        words[6] = "zzyzx";
        let error = Phrase::parse(&words.join(" ")).unwrap_err();
        assert_eq!(error, PhraseError::Unknown(7));
        assert!(!error.to_string().contains("zzyzx"));
        assert_eq!(Phrase::parse("abandon").unwrap_err(), PhraseError::Count(1));
        assert_eq!(Phrase::parse("").unwrap_err(), PhraseError::Count(0));
        assert_eq!(Phrase::parse(&["zoo"; WORDS].join(" ")).unwrap_err(), PhraseError::Checksum);
    }
}

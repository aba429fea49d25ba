//! Values to bytes and back: the only file that names bincode.
//!
//! Varint little endian (`standard()`), with a limit, because a damaged length could otherwise ask for gigabytes; and
//! every byte must be consumed, because the decoder itself accepts trailing ones. Encoded bytes are not canonical:
//! hash what was stored, never a re-encoding.

use crate::domain::UNKNOWN_FIELD;
use bincode::error::DecodeError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Most memory one decode may claim, bytes.
const LIMIT: usize = 64 * 1024 * 1024;

/// Why bytes did not become a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undecodable {
    /// They hold a field or a variant that this program does not know.
    Newer,
    /// They do not decode, or not all of them were needed.
    Nonsense,
}

/// Encodes a value.
pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Undecodable> {
    bincode::serde::encode_to_vec(value, bincode::config::standard()).map_err(|_| Undecodable::Nonsense)
}

/// Decodes a value from exactly these bytes.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecodable> {
    let config = bincode::config::standard().with_limit::<LIMIT>();
    match bincode::serde::decode_from_slice(bytes, config) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        Ok(_) => Err(Undecodable::Nonsense),
        Err(error) => Err(why(&error)),
    }
}

/// Tells a value of a newer program from nonsense. An enum's unknown variant is told by serde in words only.
fn why(error: &DecodeError) -> Undecodable {
    match error {
        DecodeError::OtherString(words)
            if words.starts_with(UNKNOWN_FIELD) || words.contains("expected variant index") =>
        {
            Undecodable::Newer
        }
        _ => Undecodable::Nonsense,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trailing_bytes_and_prefixes_are_refused() {
        let bytes = encode(&(7_u32, "text".to_owned(), vec![1_u8, 2])).unwrap();
        assert!(decode::<(u32, String, Vec<u8>)>(&bytes).is_ok());
        for at in 0..bytes.len() {
            assert!(decode::<(u32, String, Vec<u8>)>(&bytes[..at]).is_err(), "{at}");
        }
        let longer = [&bytes[..], &[0]].concat();
        assert!(decode::<(u32, String, Vec<u8>)>(&longer).is_err());
    }

    #[test]
    fn a_length_out_of_reason_is_refused_without_claiming_memory() {
        // 253 announces a 64-bit length: 2^40.
        let bytes = [253, 0, 0, 0, 0, 0, 1, 0, 0, b'x'];
        assert_eq!(decode::<String>(&bytes), Err(Undecodable::Nonsense));
    }

    /// A struct as a later version of it might be, with a field between, one behind, and one that this program lacks.
    mod later {
        use crate::domain::{WordHint, numbered};

        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(super) struct Hint {
            pub(super) word: String,
            pub(super) better: String,
            pub(super) why: String,
        }

        numbered!(Hint { 1 word, 2 better, 7 why });

        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(super) struct Holder {
            pub(super) hint: WordHint,
            pub(super) since: u32,
        }

        numbered!(Holder { 2 hint, 9 since });

        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub(super) struct Earlier {
            pub(super) hint: WordHint,
        }

        numbered!(Earlier { 2 hint });
    }

    #[test]
    fn a_missing_field_has_its_default_at_every_depth() {
        use crate::domain::WordHint;
        let hint = WordHint { word: "clean".to_owned(), better: "in recovery".to_owned() };
        let known: later::Hint = decode(&encode(&hint).unwrap()).unwrap();
        assert_eq!((known.word.as_str(), known.why.as_str()), ("clean", ""));
        let earlier = later::Earlier { hint: hint.clone() };
        let holder: later::Holder = decode(&encode(&earlier).unwrap()).unwrap();
        assert_eq!(holder, later::Holder { hint, since: 0 });
    }

    #[test]
    fn an_unknown_field_or_variant_says_that_a_newer_program_wrote_it() {
        use crate::domain::{Stage, WordHint};
        let newer = later::Hint { why: "kinder".to_owned(), ..later::Hint::default() };
        assert_eq!(decode::<WordHint>(&encode(&newer).unwrap()), Err(Undecodable::Newer));
        assert_eq!(decode::<Vec<WordHint>>(&encode(&vec![newer]).unwrap()), Err(Undecodable::Newer));
        assert_eq!(decode::<Stage>(&[99]), Err(Undecodable::Newer));
    }

    #[test]
    fn a_field_is_read_once() {
        use crate::domain::WordHint;
        // Two entries of number 1.
        assert_eq!(decode::<WordHint>(&[2, 1, 0, 1, 0]), Err(Undecodable::Nonsense));
        assert!(decode::<WordHint>(&[2, 1, 0, 2, 0]).is_ok());
    }
}

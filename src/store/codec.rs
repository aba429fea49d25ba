//! Values to bytes and back: the only file that names bincode.
//!
//! Varint little endian (`standard()`), with a limit, because a damaged length could otherwise ask for gigabytes; and
//! every byte must be consumed, because the decoder itself accepts trailing ones. Encoded bytes are not canonical:
//! hash what was stored, never a re-encoding.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Most memory one decode may claim, bytes.
const LIMIT: usize = 64 * 1024 * 1024;

/// The bytes did not decode, or not all of them were needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undecodable;

/// Encodes a value.
pub(crate) fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, Undecodable> {
    bincode::serde::encode_to_vec(value, bincode::config::standard()).map_err(|_| Undecodable)
}

/// Decodes a value from exactly these bytes.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Undecodable> {
    let config = bincode::config::standard().with_limit::<LIMIT>();
    match bincode::serde::decode_from_slice(bytes, config) {
        Ok((value, used)) if used == bytes.len() => Ok(value),
        _ => Err(Undecodable),
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
        assert_eq!(decode::<String>(&bytes), Err(Undecodable));
    }
}

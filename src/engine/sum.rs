//! The digest of a whole map: the sum modulo 2^256 of BLAKE3 over (key, rev, value) of every record.
//!
//! Owns the arithmetic. Adding and subtracting single records keeps it current without a scan, in any order. It is
//! unkeyed: it catches accident, not intent, and must not be used as proof against a person.

use super::{Key, Rev};

/// A digest under way, as four little-endian words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum([u64; 4]);

impl Sum {
    /// Takes up a digest from its 32 bytes (little endian).
    pub(super) fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 4];
        for (word, eight) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            let mut buffer = [0; 8];
            buffer.copy_from_slice(eight);
            *word = u64::from_le_bytes(buffer);
        }
        Self(words)
    }

    /// The digest as 32 bytes, little endian.
    pub(super) fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (eight, word) in bytes.chunks_exact_mut(8).zip(self.0) {
            eight.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// Counts a record in.
    pub(super) fn add(&mut self, key: &Key, rev: Rev, value: &[u8]) {
        let mut carry = false;
        for (word, other) in self.0.iter_mut().zip(Self::of(key, rev, value).0) {
            let (sum, first) = word.overflowing_add(other);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *word = sum;
            carry = first || second;
        }
    }

    /// Counts a record out.
    pub(super) fn subtract(&mut self, key: &Key, rev: Rev, value: &[u8]) {
        let mut borrow = false;
        for (word, other) in self.0.iter_mut().zip(Self::of(key, rev, value).0) {
            let (rest, first) = word.overflowing_sub(other);
            let (rest, second) = rest.overflowing_sub(u64::from(borrow));
            *word = rest;
            borrow = first || second;
        }
    }

    /// One record's own share. Key and rev have fixed lengths, so no two records share one input.
    fn of(key: &Key, rev: Rev, value: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&key.0).update(&rev.0.to_be_bytes()).update(value);
        Self::from_bytes(hasher.finalize().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u32) -> Key {
        Key::new(1, [7; 16], number)
    }

    #[test]
    fn order_does_not_matter_and_taking_out_restores() {
        let (mut one, mut other) = (Sum::default(), Sum::default());
        one.add(&key(1), Rev(1), b"a");
        let after_first = one;
        one.add(&key(2), Rev(1), b"b");
        other.add(&key(2), Rev(1), b"b");
        other.add(&key(1), Rev(1), b"a");
        assert_eq!(one, other);
        one.subtract(&key(2), Rev(1), b"b");
        assert_eq!(one, after_first);
        one.subtract(&key(1), Rev(1), b"a");
        assert_eq!(one, Sum::default());
    }

    #[test]
    fn key_rev_and_value_each_count() {
        let of = |key: Key, rev, value: &[u8]| Sum::of(&key, Rev(rev), value);
        let base = of(key(1), 1, b"a");
        assert_ne!(base, of(key(2), 1, b"a"));
        assert_ne!(base, of(key(1), 2, b"a"));
        assert_ne!(base, of(key(1), 1, b"b"));
    }

    #[test]
    fn carries_run_through_all_words_and_wrap() {
        // Going below zero wraps to the top, and coming back up crosses every word boundary.
        let mut sum = Sum::default();
        sum.subtract(&key(1), Rev(1), b"a");
        assert_ne!(sum, Sum::default());
        sum.add(&key(1), Rev(1), b"a");
        assert_eq!(sum, Sum::default());
        let mut ones = Sum([u64::MAX; 4]);
        let share = Sum::of(&key(1), Rev(1), b"a");
        ones.add(&key(1), Rev(1), b"a");
        // All ones is -1 modulo 2^256: the result is the share less one.
        assert_eq!(ones.0[0], share.0[0].wrapping_sub(1));
        assert_eq!(Sum::from_bytes(&ones.to_bytes()), ones);
    }
}

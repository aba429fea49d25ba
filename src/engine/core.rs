//! The core sum: what the records that only a signed-in person writes add up to, so that nobody else can change the set
//! of them unseen.
//!
//! Owns the arithmetic: LtHash with 1,024 lanes of 16 bits over BLAKE3 output of key, revision and value. Adding and
//! subtracting single records keeps it current without a scan, in any order, and nobody finds two sets of records that
//! add up to the same. It is unkeyed: whoever signs the digest makes it proof. Loose kinds, which a desk may write while
//! nobody is signed in, are no part of it; the engine is told their bytes and knows nothing else about them.

use super::{Core, Key, Rev, Stored};

/// Lanes of 16 bits.
const LANES: usize = 1_024;
/// Bytes of all lanes.
pub(super) const BYTES: usize = 2 * LANES;

/// A core sum under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CoreSum {
    lanes: Box<[u16; LANES]>,
    count: u64,
    loose: &'static [u8],
}

impl CoreSum {
    /// Of no records at all. `loose` names the kinds that do not count.
    pub(super) fn empty(loose: &'static [u8]) -> Self {
        Self { lanes: Box::new([0; LANES]), count: 0, loose }
    }

    /// Takes up a sum from its count and the bytes of its lanes; `None` where they are too few or too many.
    pub(super) fn from_parts(count: u64, bytes: &[u8], loose: &'static [u8]) -> Option<Self> {
        let mut sum = Self { count, ..Self::empty(loose) };
        if bytes.len() != BYTES {
            return None;
        }
        for (lane, two) in sum.lanes.iter_mut().zip(bytes.chunks_exact(2)) {
            *lane = u16::from_le_bytes([two[0], two[1]]);
        }
        Some(sum)
    }

    /// The bytes of the lanes.
    pub(super) fn lanes(&self) -> Vec<u8> {
        self.lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect()
    }

    /// How many records are in it.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// The kinds that do not count.
    pub(super) fn loose(&self) -> &'static [u8] {
        self.loose
    }

    /// What it comes to.
    pub(super) fn core(&self) -> Core {
        Core { count: self.count, digest: *blake3::hash(&self.lanes()).as_bytes() }
    }

    /// Counts a record in.
    pub(super) fn add(&mut self, key: &Key, rev: Rev, value: &[u8]) {
        if self.counts(key) {
            self.each(key, rev, value, u16::wrapping_add);
            self.count += 1;
        }
    }

    /// Counts a record out.
    pub(super) fn remove(&mut self, old: &Stored) {
        if self.counts(&old.key) {
            self.each(&old.key, old.rev, &old.value, u16::wrapping_sub);
            self.count = self.count.saturating_sub(1);
        }
    }

    fn counts(&self, key: &Key) -> bool {
        !self.loose.contains(&key.kind())
    }

    /// Brings a record's own lanes into these. Key and rev have fixed lengths, so no two records share one input.
    fn each(&mut self, key: &Key, rev: Rev, value: &[u8], bring: fn(u16, u16) -> u16) {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&key.0).update(&rev.0.to_be_bytes()).update(value);
        let mut own = [0; BYTES];
        hasher.finalize_xof().fill(&mut own);
        for (lane, two) in self.lanes.iter_mut().zip(own.chunks_exact(2)) {
            *lane = bring(*lane, u16::from_le_bytes([two[0], two[1]]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(kind: u8, number: u32, rev: u32, value: &[u8]) -> Stored {
        Stored { key: Key::new(kind, [7; 16], number), rev: Rev(rev), value: value.to_vec() }
    }

    fn sum(records: &[Stored]) -> CoreSum {
        let mut sum = CoreSum::empty(&[9]);
        for one in records {
            sum.add(&one.key, one.rev, &one.value);
        }
        sum
    }

    #[test]
    fn order_does_not_matter_and_taking_out_restores() {
        let (a, b) = (stored(1, 1, 1, b"a"), stored(1, 2, 1, b"b"));
        assert_eq!(sum(&[a.clone(), b.clone()]), sum(&[b.clone(), a.clone()]));
        let mut both = sum(&[a.clone(), b.clone()]);
        both.remove(&b);
        assert_eq!(both, sum(std::slice::from_ref(&a)));
        both.remove(&a);
        assert_eq!(both, CoreSum::empty(&[9]));
    }

    #[test]
    fn key_rev_and_value_each_count() {
        let base = sum(&[stored(1, 1, 1, b"a")]).core();
        for other in
            [stored(1, 2, 1, b"a"), stored(1, 1, 2, b"a"), stored(1, 1, 1, b"b"), stored(2, 1, 1, b"a")]
        {
            assert_ne!(base, sum(&[other]).core());
        }
    }

    #[test]
    fn loose_kinds_are_no_part_of_it() {
        let (core, loose) = (stored(1, 1, 1, b"a"), stored(9, 1, 1, b"draft"));
        assert_eq!(sum(&[core.clone(), loose.clone()]), sum(std::slice::from_ref(&core)));
        let mut both = sum(&[core.clone(), loose.clone()]);
        both.remove(&loose);
        assert_eq!(both.core(), sum(&[core]).core());
    }

    #[test]
    fn it_is_taken_up_from_its_bytes_and_from_no_others() {
        let sum = sum(&[stored(1, 1, 1, b"a"), stored(1, 2, 5, b"b")]);
        let bytes = sum.lanes();
        assert_eq!(CoreSum::from_parts(2, &bytes, &[9]), Some(sum));
        assert_eq!(CoreSum::from_parts(2, &bytes[1..], &[9]), None);
    }
}

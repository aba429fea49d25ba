//! Which people are in sight: all on the list, or those that were found.

/// The people in sight, by their places on the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown<'a> {
    All(usize),
    Found(&'a [usize]),
}

impl Shown<'_> {
    pub(super) fn len(self) -> usize {
        match self {
            Self::All(count) => count,
            Self::Found(found) => found.len(),
        }
    }

    /// Place on the list of the person in this row.
    pub(super) fn get(self, row: usize) -> Option<usize> {
        match self {
            Self::All(count) => (row < count).then_some(row),
            Self::Found(found) => found.get(row).copied(),
        }
    }
}

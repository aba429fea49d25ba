//! Which people are in sight: all on the list, or those that were found.

/// The people in sight, by their places on the list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown<'a> {
    All(usize),
    /// Those who match, and how many of them are called what was typed: the others are under their own line.
    Found(&'a [usize], usize),
}

impl Shown<'_> {
    /// Rows there are, the line between them too.
    pub(super) fn len(self) -> usize {
        match self {
            Self::All(count) => count,
            Self::Found(matches, found) => matches.len() + usize::from(matches.len() > found),
        }
    }

    /// Place on the list of the person in this row.
    pub(super) fn get(self, row: usize) -> Option<usize> {
        match self {
            Self::All(count) => (row < count).then_some(row),
            Self::Found(..) if self.is_line(row) => None,
            Self::Found(matches, found) => matches.get(row - usize::from(row > found)).copied(),
        }
    }

    /// Whether this row is the line above those whose names are only close.
    pub(super) fn is_line(self, row: usize) -> bool {
        matches!(self, Self::Found(matches, found) if row == found && matches.len() > found)
    }

    /// The first row with a person in it.
    pub(super) fn first(self) -> usize {
        usize::from(self.is_line(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_names_stand_under_a_line() {
        let shown = Shown::Found(&[7, 4, 9], 1);
        let rows: Vec<_> = (0..shown.len()).map(|row| shown.get(row)).collect();
        assert_eq!(rows, [Some(7), None, Some(4), Some(9)]);
        assert!(shown.is_line(1) && shown.first() == 0);
        assert_eq!(Shown::Found(&[4], 0).first(), 1);
        let all = Shown::Found(&[7, 4], 2);
        assert_eq!((all.len(), all.get(1), all.is_line(2)), (2, Some(4), false));
    }
}

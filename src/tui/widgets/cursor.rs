//! The highlight of a list: which row, and which rows are in sight.
//!
//! Owns one number. Pages are cut at fixed places, so that what is in sight follows from the highlight and the height alone;
//! the last one is full, too: a row alone on an empty screen says nothing of what is around it.

use crate::tui::action::Action;
use std::ops::Range;

/// The highlighted row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub at: usize,
}

impl Cursor {
    /// Moves by an action over `count` rows, a page being `page`; says whether it was a motion.
    pub fn act(&mut self, action: Action, count: usize, page: usize) -> bool {
        let last = count.saturating_sub(1);
        self.at = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at + 1,
            Action::PageUp => self.at.saturating_sub(page),
            Action::PageDown => self.at + page,
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        }
        .min(last);
        true
    }

    /// Keeps it on the list when the list got shorter.
    pub fn clamp(&mut self, count: usize) {
        self.at = self.at.min(count.saturating_sub(1));
    }

    /// The rows in sight.
    pub fn window(self, count: usize, height: usize) -> Range<usize> {
        let height = height.max(1);
        let top = ((self.at / height) * height).min(count.saturating_sub(height));
        top..count.min(top + height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highlight_stays_on_the_list() {
        let mut cursor = Cursor::default();
        assert!(cursor.act(Action::Up, 3, 10));
        assert_eq!(cursor.at, 0);
        assert!(cursor.act(Action::PageDown, 3, 10));
        assert_eq!(cursor.at, 2);
        cursor.clamp(0);
        assert_eq!(cursor.at, 0);
        assert!(!cursor.act(Action::Open, 3, 10));
    }

    #[test]
    fn the_highlighted_row_is_in_sight() {
        for at in 0..40 {
            let cursor = Cursor { at };
            let window = cursor.window(40, 15);
            assert!(window.contains(&at) && window.end <= 40);
        }
    }

    #[test]
    fn the_last_page_is_full() {
        assert_eq!(Cursor { at: 30 }.window(31, 15), 16..31);
        assert_eq!(Cursor { at: 29 }.window(31, 15), 15..30);
        assert_eq!(Cursor { at: 2 }.window(3, 15), 0..3);
    }
}

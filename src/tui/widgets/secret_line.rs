//! A line that is typed unseen.
//!
//! Owns the typed characters in one piece of memory that never moves and is wiped when it is emptied or dropped, so that
//! no copy of a passphrase is left behind. It knows no keys.

use crate::service::api::Secret;
use crate::tui::action::Action;
use zeroize::Zeroizing;

/// Room for the longest line, in bytes: it must never grow, since growing would leave a copy behind.
const ROOM: usize = 1024;

/// The line and its cursor.
pub(super) struct SecretLine {
    text: Zeroizing<String>,
    /// Byte offset, always between two characters.
    cursor: usize,
}

impl Default for SecretLine {
    fn default() -> Self {
        Self { text: room(), cursor: 0 }
    }
}

/// A copy would be one more place to wipe, but it is wiped too.
impl Clone for SecretLine {
    fn clone(&self) -> Self {
        let mut text = room();
        text.push_str(&self.text);
        Self { text, cursor: self.cursor }
    }
}

fn room() -> Zeroizing<String> {
    Zeroizing::new(String::with_capacity(ROOM))
}

impl SecretLine {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Characters before the cursor.
    pub(super) fn column(&self) -> usize {
        self.text[..self.cursor].chars().count()
    }

    /// Gives the text away; what is left is empty.
    pub(super) fn take(&mut self) -> Secret {
        self.cursor = 0;
        Secret(std::mem::replace(&mut self.text, room()))
    }

    /// Types a character; one for which there is no room is left out.
    pub(super) fn insert(&mut self, c: char) {
        if self.text.len() + c.len_utf8() <= ROOM {
            self.text.insert(self.cursor, c);
            self.cursor += c.len_utf8();
        }
    }

    /// Runs an editing action; says whether it was one. Words are not told apart in what is not seen: a word is the line.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let before = self.text[..self.cursor].chars().next_back().map_or(0, char::len_utf8);
        let after = self.text[self.cursor..].chars().next().map_or(0, char::len_utf8);
        match action {
            Action::TextLeft => self.cursor -= before,
            Action::TextRight => self.cursor += after,
            Action::LineStart | Action::WordLeft => self.cursor = 0,
            Action::LineEnd | Action::WordRight => self.cursor = self.text.len(),
            Action::DeleteBack => {
                self.cursor -= before;
                self.text.drain(self.cursor..self.cursor + before);
            }
            Action::DeleteForward => {
                self.text.drain(self.cursor..self.cursor + after);
            }
            Action::DeleteWordBack | Action::DeleteWordForward | Action::ClearLine => {
                drop(self.take());
            }
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> SecretLine {
        let mut line = SecretLine::default();
        text.chars().for_each(|c| line.insert(c));
        line
    }

    #[test]
    fn it_is_edited_by_characters() {
        let mut line = typed("zoë");
        assert_eq!(line.column(), 3);
        line.act(Action::DeleteBack);
        assert_eq!(line.text(), "zo");
        line.act(Action::TextLeft);
        line.insert('é');
        assert_eq!((line.text(), line.column()), ("zéo", 2));
        line.act(Action::DeleteForward);
        line.act(Action::DeleteForward);
        assert_eq!(line.text(), "zé");
        line.act(Action::LineStart);
        line.act(Action::DeleteBack);
        assert_eq!(line.text(), "zé");
        assert!(!line.act(Action::Open));
        line.act(Action::ClearLine);
        assert_eq!((line.text(), line.column()), ("", 0));
    }

    #[test]
    fn its_memory_never_moves_and_is_given_away_whole() {
        let mut line = SecretLine::default();
        let place = line.text.as_ptr();
        (0..2 * ROOM).for_each(|_| line.insert('x'));
        assert_eq!((line.text.len(), line.text.as_ptr()), (ROOM, place));
        let secret = line.take();
        assert_eq!(secret.0.as_ptr(), place, "moved out, not copied");
        assert_ne!(line.text.as_ptr(), place);
        assert!(line.text().is_empty());
    }
}

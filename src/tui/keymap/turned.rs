//! The keys of the turned screen. They are the same in every keymap: whoever sits there knows none of them.

use super::press::{Code, KeyPress, Named};

/// A key that does something at the turned screen. There are no others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedKey {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    /// Tab: to signing, the name, the copy.
    Next,
    Enter,
    /// Esc: leaves a text, else it hides the page.
    Esc,
    Backspace,
    /// F6.
    Hide,
    /// Ctrl-L.
    Lock,
    Char(char),
}

impl TurnedKey {
    /// Returns what a press means there; `None` for every other key.
    pub fn of(press: KeyPress) -> Option<Self> {
        if let Some(c) = press.text() {
            return Some(Self::Char(c));
        }
        let bare = !press.ctrl && !press.alt && !press.shift;
        match press.code {
            Code::F(6) if bare => Some(Self::Hide),
            Code::Char('l') if press.ctrl && !press.alt && !press.shift => Some(Self::Lock),
            _ => Some(match press.bare()? {
                Named::Up => Self::Up,
                Named::Down => Self::Down,
                Named::Left => Self::Left,
                Named::Right => Self::Right,
                Named::PageUp => Self::PageUp,
                Named::PageDown => Self::PageDown,
                Named::Tab => Self::Next,
                Named::Enter => Self::Enter,
                Named::Esc => Self::Esc,
                Named::Backspace => Self::Backspace,
                Named::Delete | Named::Insert | Named::Home | Named::End => return None,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dozen_keys_and_characters_and_nothing_else() {
        let of = |name: &str| KeyPress::parse(name).and_then(TurnedKey::of);
        assert_eq!(of("f6"), Some(TurnedKey::Hide));
        assert_eq!(of("ctrl-l"), Some(TurnedKey::Lock));
        assert_eq!(of("tab"), Some(TurnedKey::Next));
        assert_eq!(of("1"), Some(TurnedKey::Char('1')));
        for name in
            ["f1", "f2", "f5", "f9", "f12", "shift-f6", "ctrl-p", "ctrl-k", "ctrl-q", "ctrl-z", "ctrl-o"]
        {
            assert_eq!(of(name), None, "{name}");
        }
        for name in ["home", "end", "delete", "insert", "backtab", "shift-up", "ctrl-left", "alt-l"] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}

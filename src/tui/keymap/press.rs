//! One key as Concord sees it: normalised, so that every terminal's way of sending it is the same [`KeyPress`].
//!
//! Owns reading a key from the terminal's event and from a keymap file, and writing it for both files and people.
//! It must not know scopes or actions. The only place, beside the event reader, that names the terminal's key codes.

use std::fmt::{self, Write as _};

use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers};

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Code {
    /// A character; letters that have one lower case are kept in it, with shift said apart.
    Char(char),
    /// A key with a name.
    Named(Named),
    /// F1 to F12.
    F(u8),
}

/// The keys that have a name instead of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Named {
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
}

/// Name in files, name on the screen.
const NAMES: &[(Named, &str, &str)] = &[
    (Named::Enter, "enter", "Enter"),
    (Named::Esc, "esc", "Esc"),
    (Named::Tab, "tab", "Tab"),
    (Named::Backspace, "backspace", "Backspace"),
    (Named::Delete, "delete", "Delete"),
    (Named::Insert, "insert", "Insert"),
    (Named::Left, "left", "Left"),
    (Named::Right, "right", "Right"),
    (Named::Up, "up", "Up"),
    (Named::Down, "down", "Down"),
    (Named::Home, "home", "Home"),
    (Named::End, "end", "End"),
    (Named::PageUp, "pageup", "PgUp"),
    (Named::PageDown, "pagedown", "PgDn"),
];

/// A pressed key with its modifiers, normalised.
///
/// `G`, shift-g and a caps-locked g are one press; `?` carries no shift; Ctrl-H is Backspace, Ctrl-J and Ctrl-M are Enter,
/// Ctrl-I is Tab, Ctrl-[ is Esc; back-tab is shift-tab. Written `ctrl-k`, `shift-left`, `f9`, `?`, `space`, `é`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyPress {
    pub(super) code: Code,
    pub(super) ctrl: bool,
    pub(super) alt: bool,
    pub(super) shift: bool,
}

/// Why a key could not be read from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// No key of this name.
    Unknown,
    /// A key that a legacy terminal cannot send, or sends as this other key.
    CannotSend(&'static str),
}

impl KeyPress {
    /// The press of a terminal's event. `None` for releases, for bare modifiers and for keys Concord has no name for.
    pub fn from_event(event: &KeyEvent) -> Option<KeyPress> {
        if event.kind == KeyEventKind::Release {
            return None;
        }
        let mods = event.modifiers;
        if mods.intersects(Modifiers::SUPER | Modifiers::HYPER | Modifiers::META) {
            return None;
        }
        let code = match event.code {
            KeyCode::Char(c) => Code::Char(c),
            KeyCode::Function(n) => Code::F(n),
            KeyCode::Enter => Code::Named(Named::Enter),
            KeyCode::Escape => Code::Named(Named::Esc),
            KeyCode::Tab | KeyCode::BackTab => Code::Named(Named::Tab),
            KeyCode::Backspace => Code::Named(Named::Backspace),
            KeyCode::Delete => Code::Named(Named::Delete),
            KeyCode::Insert => Code::Named(Named::Insert),
            KeyCode::Left => Code::Named(Named::Left),
            KeyCode::Right => Code::Named(Named::Right),
            KeyCode::Up => Code::Named(Named::Up),
            KeyCode::Down => Code::Named(Named::Down),
            KeyCode::Home => Code::Named(Named::Home),
            KeyCode::End => Code::Named(Named::End),
            KeyCode::PageUp => Code::Named(Named::PageUp),
            KeyCode::PageDown => Code::Named(Named::PageDown),
            _ => return None,
        };
        let shift = mods.contains(Modifiers::SHIFT) || event.code == KeyCode::BackTab;
        let press = KeyPress {
            code,
            ctrl: mods.contains(Modifiers::CONTROL),
            alt: mods.contains(Modifiers::ALT),
            shift,
        };
        Some(press.normal())
    }

    /// Whether it is one that is pressed for what it does: a function key, or a letter with Ctrl.
    pub fn is_command(self) -> bool {
        matches!(self.code, Code::F(_)) || (self.ctrl && matches!(self.code, Code::Char(_)))
    }

    /// The press of a typed character, as if the terminal had sent it.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests press keys by their names"))]
    pub fn char(c: char) -> KeyPress {
        KeyPress { code: Code::Char(c), ctrl: false, alt: false, shift: false }.normal()
    }

    /// Reads a key as keymap files write it; `None` if there is no such key. Files are held to more: see the loader.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests press keys by their names"))]
    pub fn parse(text: &str) -> Option<KeyPress> {
        KeyPress::read(text).ok().map(KeyPress::normal)
    }

    /// Reads a sequence of keys parted by spaces.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests press keys by their names"))]
    pub fn parse_chord(text: &str) -> Option<Vec<KeyPress>> {
        let keys: Option<Vec<_>> = text.split_ascii_whitespace().map(KeyPress::parse).collect();
        keys.filter(|keys| !keys.is_empty())
    }

    /// Reads a key for a keymap file: it must exist, and a legacy terminal must be able to send it and tell it apart.
    pub(super) fn for_file(text: &str) -> Result<KeyPress, Unreadable> {
        let press = KeyPress::read(text)?;
        match press.twin() {
            Some(why) => Err(Unreadable::CannotSend(why)),
            None => Ok(press.normal()),
        }
    }

    /// The names of keys that are more than a character, as files write them.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        let others =
            ["space", "backtab", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f11", "f12"];
        NAMES.iter().map(|row| row.1).chain(others)
    }

    /// The character this press types, if it types one.
    pub fn text(self) -> Option<char> {
        let Code::Char(c) = self.code else { return None };
        if self.ctrl || self.alt || c.is_control() {
            return None;
        }
        Some(if self.shift { c.to_uppercase().next().unwrap_or(c) } else { c })
    }

    /// Whether this is Esc alone, which clears a pending sequence.
    pub fn is_esc(self) -> bool {
        self.bare() == Some(Named::Esc)
    }

    /// Whether this is Enter or Tab alone, as pasted text holds them.
    pub fn is_enter_or_tab(self) -> bool {
        matches!(self.bare(), Some(Named::Enter | Named::Tab))
    }

    /// Whether it types a plain letter: the keys from which nothing that writes may run.
    pub(super) fn is_letter(self) -> bool {
        self.text().is_some_and(char::is_alphabetic)
    }

    /// Whether it is a shift- or ctrl-arrow (or home, end, page): keys that some consoles do not send.
    pub(in crate::tui) fn is_modified_motion(self) -> bool {
        let motion = matches!(self.code, Code::Named(n) if !matches!(n, Named::Enter | Named::Esc | Named::Tab | Named::Backspace | Named::Delete | Named::Insert));
        motion && (self.ctrl || self.shift || self.alt)
    }

    /// Whether it is a function key.
    pub(super) fn is_function(self) -> bool {
        matches!(self.code, Code::F(_))
    }

    /// The named key, when no modifier is held.
    pub(super) fn bare(self) -> Option<Named> {
        match self.code {
            Code::Named(named) if !(self.ctrl || self.alt || self.shift) => Some(named),
            _ => None,
        }
    }

    /// How people read it: `Ctrl-K`, `Shift-Left`, `F9`, `Enter`, `g`.
    pub fn label(self) -> String {
        let mut out = String::new();
        for (held, word) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-")] {
            out.push_str(if held { word } else { "" });
        }
        match self.code {
            Code::Char(' ') => out.push_str("Space"),
            Code::Char(c) if self.ctrl || self.alt || self.shift => {
                out.push_str(if self.shift && (self.ctrl || self.alt) { "Shift-" } else { "" });
                out.extend(c.to_uppercase());
            }
            Code::Char(c) => out.push(c),
            Code::F(n) => {
                out.push_str(if self.shift { "Shift-" } else { "" });
                let _ = write!(out, "F{n}");
            }
            Code::Named(named) => {
                out.push_str(if self.shift { "Shift-" } else { "" });
                out.push_str(name_of(named).2);
            }
        }
        out
    }

    fn read(text: &str) -> Result<KeyPress, Unreadable> {
        let mut press = KeyPress { code: Code::Char('-'), ctrl: false, alt: false, shift: false };
        let mut rest = text;
        loop {
            let lower = rest.to_ascii_lowercase();
            let (held, word) = match lower.split_once('-') {
                Some(("ctrl", after)) if !after.is_empty() => (&mut press.ctrl, "ctrl-"),
                Some(("alt", after)) if !after.is_empty() => (&mut press.alt, "alt-"),
                Some(("shift", after)) if !after.is_empty() => (&mut press.shift, "shift-"),
                _ => break,
            };
            if *held {
                return Err(Unreadable::Unknown);
            }
            *held = true;
            rest = &rest[word.len()..];
        }
        let mut chars = rest.chars();
        press.code = match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_control() && !c.is_whitespace() => Code::Char(c),
            (Some(_), Some(_)) => named(&rest.to_ascii_lowercase(), &mut press.shift)?,
            _ => return Err(Unreadable::Unknown),
        };
        Ok(press)
    }

    /// Why a legacy terminal cannot send this key, or which other key it sends for it.
    fn twin(self) -> Option<&'static str> {
        let Code::Char(c) = self.code else {
            let named = matches!(self.code, Code::Named(n) if matches!(n, Named::Enter | Named::Esc | Named::Tab | Named::Backspace));
            let shift_tab = self.code == Code::Named(Named::Tab) && self.shift && !self.ctrl && !self.alt;
            let alt_sent = matches!(self.code, Code::Named(Named::Backspace | Named::Enter)) && self.alt;
            let modified = self.ctrl || self.shift || self.alt;
            return (named && modified && !shift_tab && !(alt_sent && !self.ctrl && !self.shift))
                .then_some("the same key without the modifier");
        };
        if self.ctrl {
            return match c.to_ascii_lowercase() {
                'i' => Some("Tab"),
                'm' | 'j' => Some("Enter"),
                '[' => Some("Esc"),
                'h' => Some("Backspace"),
                _ if self.shift || c.is_ascii_uppercase() => Some("the same key without Shift"),
                ' ' | 'a'..='z' => None,
                _ => Some("something else, or nothing"),
            };
        }
        (self.alt && matches!(c, '[' | 'O' | 'o') && (c != 'o' || self.shift))
            .then_some("the beginning of another key")
    }

    fn normal(mut self) -> KeyPress {
        if let Code::Char(c) = self.code {
            if self.ctrl && !self.alt {
                let named = match c.to_ascii_lowercase() {
                    'h' => Some(Named::Backspace),
                    'j' | 'm' => Some(Named::Enter),
                    'i' => Some(Named::Tab),
                    '[' => Some(Named::Esc),
                    _ => None,
                };
                if let Some(named) = named {
                    return KeyPress { code: Code::Named(named), ctrl: false, alt: false, shift: false };
                }
            }
            match lower(c) {
                Some(low) => {
                    self.shift = true;
                    self.code = Code::Char(low);
                }
                // `?` with shift is `?`; only a letter that shift changes keeps it.
                None if !has_upper(c) => self.shift = false,
                None => {}
            }
            if self.ctrl {
                self.shift = false; // a legacy terminal cannot say it, and caps lock must not change a key
            }
        }
        self
    }
}

/// The lower case of an upper-case letter, when the pair turns into each other and nothing else.
fn lower(c: char) -> Option<char> {
    let mut low = c.to_lowercase();
    let one = low.next().filter(|one| *one != c)?;
    (low.next().is_none() && single_upper(one) == Some(c)).then_some(one)
}

fn has_upper(c: char) -> bool {
    single_upper(c).is_some_and(|up| up != c && lower(up) == Some(c))
}

fn single_upper(c: char) -> Option<char> {
    let mut up = c.to_uppercase();
    let one = up.next()?;
    up.next().is_none().then_some(one)
}

fn name_of(named: Named) -> &'static (Named, &'static str, &'static str) {
    NAMES.iter().find(|row| row.0 == named).unwrap_or(&NAMES[0])
}

fn named(text: &str, shift: &mut bool) -> Result<Code, Unreadable> {
    if let Some(row) = NAMES.iter().find(|row| row.1 == text) {
        return Ok(Code::Named(row.0));
    }
    match text {
        "space" => return Ok(Code::Char(' ')),
        "escape" => return Ok(Code::Named(Named::Esc)),
        "return" => return Ok(Code::Named(Named::Enter)),
        "pgup" => return Ok(Code::Named(Named::PageUp)),
        "pgdn" => return Ok(Code::Named(Named::PageDown)),
        "backtab" => {
            *shift = true;
            return Ok(Code::Named(Named::Tab));
        }
        _ => {}
    }
    match text.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
        Some(n @ 1..=12) if !text.starts_with("f0") => Ok(Code::F(n)),
        Some(_) => Err(Unreadable::CannotSend("nothing: F1 to F12 are the function keys")),
        None => Err(Unreadable::Unknown),
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(word)?;
            }
        }
        match self.code {
            Code::Char(' ') => f.write_str("space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "f{n}"),
            Code::Named(named) => f.write_str(name_of(named).1),
        }
    }
}

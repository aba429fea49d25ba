//! Typing at the turned screen: what is typed is the client's at once.

use super::{LONGEST, Stop, Turned};
use crate::tui::action::Action;
use crate::tui::keymap::TurnedKey;
use crate::tui::widgets::line::Line;

impl Turned {
    pub(super) fn begin_writing(&mut self) {
        self.writing = self.text().map(|text| Line::new(text));
    }

    /// A key in a text. What is typed is the client's at once.
    pub(super) fn write(&mut self, key: TurnedKey) {
        let at_name = self.stop() == Some(Stop::Name);
        let Some(line) = &mut self.writing else { return };
        match key {
            TurnedKey::Enter | TurnedKey::Esc => {
                self.writing = None;
                // Behind the name the copy is asked about.
                if key == TurnedKey::Enter && at_name {
                    self.go(self.at + 1);
                }
                return;
            }
            TurnedKey::Char(c) if line.value().len() + c.len_utf8() <= LONGEST => {
                line.insert(c.encode_utf8(&mut [0; 4]));
            }
            TurnedKey::Char(_) => {}
            TurnedKey::Up | TurnedKey::Down => {
                self.writing = None;
                let to = if key == TurnedKey::Up { self.at.saturating_sub(1) } else { self.at + 1 };
                return self.go(to);
            }
            TurnedKey::Next if at_name => {
                self.writing = None;
                return self.go_to_signing();
            }
            other => edit(line, other),
        }
        let now = self.writing.as_ref().map(|line| line.value().to_owned()).unwrap_or_default();
        let changed = self.text().is_some_and(|text| {
            let changed = *text != now;
            *text = now;
            changed
        });
        self.edits += u64::from(changed);
    }
}

/// Moves in a text, or deletes in it.
pub(super) fn edit(line: &mut Line, key: TurnedKey) {
    let action = match key {
        TurnedKey::Left => Action::TextLeft,
        TurnedKey::Right => Action::TextRight,
        TurnedKey::Backspace => Action::DeleteBack,
        _ => return,
    };
    line.act(action);
}

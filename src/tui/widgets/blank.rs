//! Blanks in the fields of a form, as a line of the library brings them: `«when»`. A blank gives way to what is typed.

use super::field::{Field, Kind};
use super::form::Form;
use crate::packs::next_blank;
use std::ops::Range;

impl Field {
    /// The first blank of a line of text that nobody filled in.
    pub fn blank(&self) -> Option<Range<usize>> {
        match &self.kind {
            Kind::Text(line) => next_blank(line.value(), 0),
            _ => None,
        }
    }

    /// Whether the cursor is before the first blank.
    pub fn is_at_blank(&self) -> bool {
        self.blank().is_some_and(|blank| self.line().is_some_and(|line| line.at() == blank.start))
    }

    pub(super) fn go_to_blank(&mut self) {
        if let (Some(blank), Some(line)) = (self.blank(), self.line_mut()) {
            line.go_to(blank.start);
        }
    }

    /// Takes the blank away that the cursor is before.
    pub(super) fn clear_blank(&mut self) {
        let blank = self.blank().filter(|_| self.is_at_blank());
        if let (Some(blank), Some(line)) = (blank, self.line_mut()) {
            let mut text = line.value().to_owned();
            text.replace_range(blank.clone(), "");
            line.replace(&text);
            line.go_to(blank.start);
        }
    }
}

impl Form {
    /// Puts the focus on the first field with a blank that nobody filled in.
    pub fn to_blank(&mut self) {
        self.changed = true;
        let with_blank = self.fields.iter().position(|field| field.is_open() && field.blank().is_some());
        if let Some(at) = with_blank {
            self.at = at;
            self.take_up();
        }
    }

    /// Puts a text into a field; what was there comes back with undo. A choice takes the text as the key of what is chosen.
    pub fn replace(&mut self, id: &str, text: &str) {
        let Some(field) = self.fields.iter_mut().find(|field| field.id == id) else { return };
        match field.line_mut() {
            Some(line) => line.replace(text),
            None => field.put_back(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_gives_way_to_what_is_typed_and_undo_brings_it_back() {
        let mut field = Field::text("step", "I will", "call «whom» before «when»");
        field.take_up();
        assert!(field.is_at_blank() && field.type_in("L") && field.type_in("."));
        assert_eq!(field.line().unwrap().value(), "call L. before «when»");
        field.take_up();
        field.type_in("eight");
        assert_eq!(field.line().unwrap().value(), "call L. before eight");
        assert!(field.blank().is_none());
        field.line_mut().unwrap().act(crate::tui::action::Action::Undo);
        field.line_mut().unwrap().act(crate::tui::action::Action::Undo);
        assert_eq!(field.line().unwrap().value(), "call L. before «when»");
    }
}

//! Forms that ask only what is called for, and go from one missing answer to the next.

use super::field::Field;
use super::form::Form;

impl Form {
    /// With the focus in the first field that has to be filled in, and after each choice in the next one.
    #[must_use]
    pub fn to_missing(mut self) -> Self {
        self.to_missing = true;
        self.at = self.fields.iter().position(Field::is_missing).unwrap_or(self.at);
        self
    }

    /// Whether a character is the key of a choice in the field with the focus.
    pub fn offers(&self, typed: &str) -> bool {
        self.here().is_some_and(|field| field.offers(typed))
    }

    /// Whether after a choice the focus goes to what has to be filled in next.
    pub fn goes_to_missing(&self) -> bool {
        self.to_missing
    }

    /// A choice was made in the field that has the focus: on to what has to be filled in next.
    pub fn go_on(&mut self) {
        let missing = |at: &usize| self.fields[*at].is_missing();
        match (self.at + 1..self.fields.len()).find(missing).or_else(|| (0..self.at).find(missing)) {
            Some(next) => {
                self.at = next;
                self.take_up();
            }
            None => self.move_focus(true),
        }
    }

    /// Calls a field something else.
    pub fn relabel(&mut self, id: &str, label: &str) {
        if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
            label.clone_into(&mut field.label);
        }
    }

    /// Hides a field, or asks it again. A field with the focus is left for the next one.
    pub fn hide(&mut self, id: &str, hidden: bool) {
        let Some(field) = self.fields.iter_mut().find(|field| field.id == id) else { return };
        field.hidden = hidden;
        if self.here().is_some_and(|field| field.hidden) {
            self.move_focus(true);
        }
    }
}

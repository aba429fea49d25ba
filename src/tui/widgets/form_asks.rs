//! Forms that ask only what is called for, and go from one missing answer to the next.

use super::field::Field;
use super::form::Form;
use crate::domain::Date;

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

    /// Whether this field is marked as missing.
    pub(super) fn marks(&self, field: &Field) -> bool {
        let stayed = self.stayed.and_then(|at| self.fields.get(at)).is_some_and(|one| one.id == field.id);
        (self.marks_missing || stayed) && field.is_missing()
    }

    /// What is still missing, as a sentence; empty once it is filled in.
    pub fn missing(&self) -> String {
        let missing: Vec<&Field> = self.fields.iter().filter(|field| field.is_missing()).collect();
        match &missing[..] {
            [] => String::new(),
            [only] if !only.missing.is_empty() => only.missing.to_owned(),
            [only] => format!("\"{}\" is empty. It has to be filled in.", only.label),
            [first @ .., last] => {
                let first: Vec<String> = first.iter().map(|field| format!("\"{}\"", field.label)).collect();
                let first = first.join(", ");
                format!("{first} and \"{}\" are empty. They have to be filled in.", last.label)
            }
        }
    }

    /// Whether a field has to be filled in, so that the form explains its mark.
    pub(super) fn asks_for_something(&self) -> bool {
        self.fields.iter().any(|field| field.required)
    }

    /// Where one goes from one missing answer to the next, the secret is asked last, whatever is below it.
    pub(super) fn asks_secret_last(&self) -> bool {
        self.to_missing
            && self.here().is_some_and(Field::is_secret)
            && !self.fields.iter().any(Field::is_missing)
    }

    /// Whether Enter hands the form in, where it is pressed for what is typed.
    pub fn hands_in(&self) -> bool {
        let last = self.fields.iter().rposition(Field::is_open).unwrap_or(0);
        self.at >= self.fields.len() || self.asks_secret_last() || self.at == last || !self.is_typing()
    }

    /// Whether Enter stays where it is: it does not pass what is missing or does not read, so that the next words never land one
    /// field too low. The last field hands the form in, and what is wrong is said then.
    pub(super) fn stays(&mut self, today: Date) -> bool {
        let last = self.fields.iter().rposition(Field::is_open);
        let wrong = |field: &Field| field.is_missing() || field.read_back(today).is_err();
        let stays = self.is_typing() && Some(self.at) != last && self.here().is_some_and(wrong);
        self.stayed = stays.then_some(self.at);
        stays
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

//! What of a form is kept over a lock, and what never is: passphrases.

use super::field::Field;
use super::form::Form;
use crate::service::api::Secret;

impl Form {
    /// Takes the text of a secret field; the field is empty afterwards.
    pub fn secret(&mut self, id: &str) -> Secret {
        let field = self.fields.iter_mut().find(|field| field.id == id);
        field.and_then(Field::line_mut).map(super::line::Line::take_secret).unwrap_or_default()
    }

    /// Empties the fields of passphrases; the first of them has the cursor then.
    pub fn forget_secrets(&mut self) {
        let secret: Vec<&'static str> =
            self.fields.iter().filter(|field| field.is_secret()).map(|field| field.id).collect();
        self.forget(&secret);
    }

    /// Empties these fields of passphrases; the first of them has the cursor then.
    pub fn forget(&mut self, secret: &[&'static str]) {
        for id in secret {
            drop(self.secret(id));
        }
        if let Some(first) = secret.first() {
            self.focus_on(first);
        }
    }

    /// The form without these fields, as it is opened.
    #[must_use]
    pub fn without(self, ids: &[&str]) -> Self {
        let fields = self.fields.into_iter().filter(|field| !ids.contains(&field.id)).collect();
        Self::new(&self.done, fields)
    }

    /// What is not as it was when the form was opened, by field: to be kept over a lock.
    pub fn typed_so_far(&self) -> Vec<(String, String)> {
        let changed = self.fields.iter().enumerate().filter_map(|(at, field)| {
            let kept = field.kept()?;
            (self.was.get(at).and_then(Option::as_ref) != Some(&kept)).then(|| (field.id.to_owned(), kept))
        });
        changed.collect()
    }

    /// Puts back what [`Form::typed_so_far`] gave, and the focus where it was.
    pub fn put_back(&mut self, typed: &[(String, String)], focus: &str) {
        for (id, text) in typed {
            if let Some(field) = self.fields.iter_mut().find(|field| field.id == id) {
                field.put_back(text);
                self.changed = true;
            }
        }
        self.follow();
        if !focus.is_empty() {
            self.focus_on(focus);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, Form};

    #[test]
    fn a_form_without_some_of_its_fields_keeps_what_was_typed_and_nothing_else() {
        let fields = ["gender", "given", "phone"].map(|id| Field::text(id, id, id)).into();
        let mut form = Form::new("Save", fields).without(&["gender"]);
        assert_eq!(form.typed_so_far(), []);
        form.put_back(&[("phone".to_owned(), "555-0142".to_owned())], "phone");
        assert_eq!(form.typed_so_far(), [("phone".to_owned(), "555-0142".to_owned())]);
    }
}

//! What the fields of a question say together, and which of them are asked after what was answered so far.

use super::{Face, Question};
use crate::tui::facts::Cx;
use crate::tui::widgets::form::Form;

impl Question {
    /// With the sentence that its fields make, below them.
    #[must_use]
    pub fn reads(mut self, sentence: impl Fn(&Form, &Cx) -> String + 'static) -> Self {
        self.reads = Some(Box::new(sentence));
        self
    }

    /// With fields that are asked only where what was answered so far calls for them.
    #[must_use]
    pub fn shaped(mut self, shape: impl Fn(&mut Form, &Cx) + 'static, cx: &Cx) -> Self {
        self.shape = Some(Box::new(shape));
        self.shape(cx);
        self
    }

    /// Asks what is called for by what was answered so far.
    pub(super) fn shape(&mut self, cx: &Cx) {
        if let (Face::Form(form, _), Some(shape)) = (&mut self.face, &self.shape) {
            shape(form, cx);
        }
    }

    /// Takes what was chosen in a list for a field.
    pub fn chosen(&mut self, at: usize, key: &str, cx: &Cx) {
        if let Face::Form(form, _) = &mut self.face {
            form.choose(at, key);
        }
        self.shape(cx);
        self.go_on();
    }

    pub(super) fn go_on(&mut self) {
        if let Face::Form(form, _) = &mut self.face
            && form.goes_to_missing()
        {
            form.go_on();
        }
    }
}

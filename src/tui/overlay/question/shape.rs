//! What the fields of a question say together, which of them are asked after what was answered so far, and what they can be begun
//! with.

use super::view::form_cells;
use super::{Face, Outcome, Question};
use crate::service::fault::FaultKind;
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::widgets::choices::{Choices, Item};
use crate::tui::widgets::form::{FieldList, Form};
use crate::tui::widgets::window;

/// The place of the library among the lists that a form opens: behind every field.
const LIBRARY: usize = usize::MAX;

/// Rows of what is known of the fields.
const BELOW: u16 = 3;

type Sentence = dyn Fn(&Form, &Cx) -> String;

/// What stands below the fields: what comes before it, rows it may take, and the sentence.
pub(super) struct Reads {
    pub(super) before: &'static str,
    pub(super) rows: u16,
    pub(super) sentence: Box<Sentence>,
}

impl Question {
    /// With the sentence that its fields make, below them.
    #[must_use]
    pub fn reads(mut self, sentence: impl Fn(&Form, &Cx) -> String + 'static) -> Self {
        self.reads = Some(Reads { before: "Reads: ", rows: 2, sentence: Box::new(sentence) });
        self
    }

    /// With what is known of what they say, below them.
    #[must_use]
    pub fn below(mut self, sentence: impl Fn(&Form, &Cx) -> String + 'static) -> Self {
        self.reads = Some(Reads { before: "", rows: BELOW, sentence: Box::new(sentence) });
        self
    }

    /// Whether a sentence fits below the fields of a window.
    pub fn fits_below(sentence: &str, cx: &Cx) -> bool {
        window::wrapped(&[sentence.to_owned()], form_cells(cx.size.width)).len() <= usize::from(BELOW)
    }

    /// Whose lines have no digits: numbers are typed to find them, or digits are typed where it opens.
    #[must_use]
    pub fn without_digits(mut self) -> Self {
        if let Face::List(choices, _) = &mut self.face {
            choices.take_no_digits();
        }
        self
    }

    /// Whose lines are not found by letters: it comes where a passphrase may be on its way, and nothing of that is shown.
    #[must_use]
    pub fn without_letters(mut self) -> Self {
        if let Face::List(choices, _) = &mut self.face {
            choices.take_no_letters();
        }
        self
    }

    /// Where it fills its own screen.
    #[must_use]
    pub fn on_a_screen(mut self) -> Self {
        self.on_a_screen = true;
        self
    }

    /// Where several passphrases are asked: after a refusal of a kind only these are typed again.
    #[must_use]
    pub fn typed_again(mut self, wrong: fn(FaultKind) -> &'static [&'static str]) -> Self {
        self.typed_again = Some(wrong);
        self
    }

    /// With fields that are asked only where what was answered so far calls for them.
    #[must_use]
    pub fn shaped(mut self, shape: impl Fn(&mut Form, &Cx) + 'static, cx: &Cx) -> Self {
        self.shape = Some(Box::new(shape));
        self.shape(cx);
        self
    }

    /// With lines that its fields can be begun with, what their list is called, and how one of them is put into the fields.
    #[must_use]
    pub fn library(
        mut self,
        title: impl Into<String>,
        items: Vec<Item>,
        fill: impl Fn(&mut Form, &str, &Cx) + 'static,
    ) -> Self {
        self.library = Some((title.into(), items, Box::new(fill)));
        self
    }

    /// Puts back what was typed before a lock, and asks what that calls for.
    pub fn put_back(&mut self, typed: &[(String, String)], cx: &Cx) {
        if let Some(form) = self.filled_mut() {
            form.put_back(typed, "");
        }
        self.shape(cx);
    }

    /// The list of those lines, over the form.
    pub(super) fn open_library(&self) -> Outcome {
        match &self.library {
            Some((title, items, _)) if !items.is_empty() => {
                let choices = Choices::one(items.clone());
                let list = FieldList { title: title.clone(), choices, at: LIBRARY };
                Outcome::With(vec![Self::field(list).open()])
            }
            Some(_) => Outcome::With(vec![Step::Say(
                "The agency has no line like this in its library. An admin adds files to the folder \"library\"."
                    .to_owned(),
            )]),
            None => Outcome::Stay,
        }
    }

    /// Asks what is called for by what was answered so far.
    pub(super) fn shape(&mut self, cx: &Cx) {
        if let (Face::Form(form, _), Some(shape)) = (&mut self.face, &self.shape) {
            shape(form, cx);
        }
    }

    /// Takes what was chosen in a list for a field.
    pub fn chosen(&mut self, at: usize, key: &str, cx: &Cx) {
        match (&mut self.face, &self.library) {
            (Face::Form(form, _), Some((_, _, fill))) if at == LIBRARY => {
                fill(form, key, cx);
                form.to_blank();
            }
            (Face::Form(form, _), _) => form.choose(at, key),
            _ => {}
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

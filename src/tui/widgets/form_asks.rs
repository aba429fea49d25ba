//! Forms that ask only what is called for, and go from one missing answer to the next.

use super::field::{Field, Kind};
use super::form::{Form, Wrong};
use crate::domain::Date;
use crate::tui::facts::Cx;

/// What Enter does in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enter {
    /// On to the next field.
    GoesOn,
    /// Opens the list of the choice.
    Chooses,
    /// Turns yes to no, or no to yes.
    Turns,
    /// Hands the form in.
    Saves,
}

/// What going on is called: `next field`, `next question`.
pub(super) const NEXT: &str = "next";

impl Enter {
    /// What the footer calls it; `save` is what saving is called in the form.
    pub fn word(self, save: &str) -> String {
        match self {
            Self::GoesOn => format!("{NEXT} field"),
            Self::Chooses => "choose".to_owned(),
            Self::Turns => "yes or no".to_owned(),
            Self::Saves => save.to_lowercase(),
        }
    }
}

impl Form {
    /// With the focus in the first field that has to be filled in, and after each choice in the next one.
    #[must_use]
    pub fn to_missing(mut self) -> Self {
        self.to_missing = true;
        self.at = self.fields.iter().position(Field::is_missing).unwrap_or(self.at);
        self
    }

    /// Whether a character chooses in the field with the focus.
    pub fn offers(&self, typed: &str) -> bool {
        self.here().is_some_and(|field| field.offered_by(typed).is_some())
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
        let opened = self.to_missing && field.is_secret();
        (self.marks_missing && !opened || stayed) && field.is_missing()
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

    /// As [`Form::missing`], without a passphrase that is asked for only now that the rest is there.
    pub fn missing_before(&self) -> String {
        let secret = self.fields.iter().all(|field| field.is_secret() || !field.is_missing());
        if secret && self.to_missing { String::new() } else { self.missing() }
    }

    /// Whether no field holds the passphrase of whoever is signed in, in clear; it is taken out of the field that does.
    pub(super) fn holds_no_secret(&mut self, cx: &Cx) -> Result<(), Wrong> {
        let Some(own) = cx.signed_in.as_ref().map(|session| &session.own) else { return Ok(()) };
        let clear =
            |field: &Field| !field.is_secret() && field.line().is_some_and(|line| own.is_in(line.value()));
        let Some(at) = self.fields.iter().position(clear) else { return Ok(()) };
        self.fields[at].put_back("");
        self.at = at;
        self.take_up();
        let (id, label) = (self.fields[at].id, &self.fields[at].label);
        let why = format!(
            "What was in \"{label}\" is your passphrase, and it would be kept where others can read it. It was taken out: type \
             what is asked there."
        );
        Err(Wrong::new(id, why))
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

    /// What Enter does where the focus is: one rule for every form, which the footer says. It goes on from what is typed, opens
    /// the list of a choice and turns a yes or no; in the last field that is typed, and on the line that saves, it saves.
    pub fn enter_does(&self) -> Enter {
        let Some(field) = self.here() else { return Enter::Saves };
        let last = self.fields.iter().rposition(Field::is_open) == Some(self.at);
        match field.kind {
            _ if self.asks_secret_last() => Enter::Saves,
            Kind::Choice { .. } => Enter::Chooses,
            Kind::YesNo(_) => Enter::Turns,
            _ if last && !self.text_below => Enter::Saves,
            _ => Enter::GoesOn,
        }
    }

    /// With a text of its own between the last field and the line that saves.
    #[must_use]
    pub fn text_below(mut self) -> Self {
        self.text_below = true;
        self
    }

    /// Whether something is typed in the field with the focus, so that it can be emptied.
    pub fn can_be_cleared(&self) -> bool {
        self.here().and_then(Field::line).is_some_and(|line| !line.is_empty())
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

    /// Asks the fields that what the others hold calls for, and leaves out the rest.
    pub(super) fn follow(&mut self) {
        let rules: Vec<_> = self.fields.iter().map(|field| field.asked).collect();
        for (at, asked) in rules.into_iter().enumerate() {
            if let Some(asked) = asked {
                self.fields[at].hidden = !asked(self);
            }
        }
        if self.here().is_some_and(|field| field.hidden) {
            self.move_focus(true);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;
    use crate::tui::app::rig::Rig;
    use crate::tui::widgets::choices::Item;
    use crate::tui::widgets::form::FormStep;

    #[test]
    fn enter_does_one_thing_in_each_kind_of_field_and_the_last_that_is_typed_saves() {
        let rig = Rig::home();
        let cx = rig.cx();
        let fields = vec![
            Field::text("name", "Name", "Jo").required(),
            Field::choice("how", "How", Item::words(["phone", "video"]), "phone"),
            Field::yes_no("again", "Weekly", false),
            Field::text("words", "Words", ""),
        ];
        let mut form = Form::new("Register", fields);
        let mut words = Vec::new();
        for _ in 0..5 {
            words.push(form.enter_does().word(&form.done));
            let _ = form.act(Action::NextField, cx);
        }
        assert_eq!(words, ["next field", "choose", "yes or no", "register", "register"]);
        for (at, submits) in [("name", false), ("how", false), ("again", false), ("words", true)] {
            // In a window and on a form that fills the screen alike.
            for action in [Action::Choose, Action::Open] {
                form.focus_on(at);
                assert_eq!(matches!(form.act(action, cx), FormStep::Submit), submits, "{at} {action}");
            }
        }
        // A text of its own below the fields comes before what saves.
        let mut form = Form::new("Save", vec![Field::text("name", "Name", "")]).text_below();
        assert_eq!(form.enter_does(), Enter::GoesOn);
        assert!(
            !form.can_be_cleared() && matches!(form.text("x"), FormStep::Nothing) && form.can_be_cleared()
        );
    }

    #[test]
    fn a_field_is_prefilled_until_it_is_changed() {
        let rig = Rig::home();
        let mut form =
            Form::new("Save", vec![Field::text("phone", "Phone", "555 014"), Field::text("b", "B", "")]);
        assert!(form.is_prefilled(0) && !form.is_prefilled(1));
        let _ = form.act(Action::ClearLine, rig.cx());
        assert!(!form.is_prefilled(0));
        let _ = form.text("555 014");
        assert!(form.is_prefilled(0));
    }
}

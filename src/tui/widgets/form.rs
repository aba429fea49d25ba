//! A form: labelled fields one below the other, walked with Tab, the arrows or Enter, saved on its last line.
//!
//! Owns the fields, which of them has the focus, and whether anything was changed. What the answers mean is the caller's.

pub use super::field::FieldList;
use super::field::{Field, Kind};
use super::form_asks::Enter;
use super::{form_view, window};
use crate::domain::{Birth, Date};
use crate::rules::when;
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// Fields, and where the focus is; one past the last field is the line that saves.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub fields: Vec<Field>,
    /// What the last line says: `Save`, `Register`.
    pub done: String,
    pub(super) at: usize,
    pub(super) changed: bool,
    /// What each field held when the form was opened.
    pub(super) was: Vec<Option<String>>,
    /// What the fields held when they were refused as a likely slip.
    doubted: Option<Vec<Option<String>>>,
    /// It was handed in with something missing: what is still missing is marked.
    pub(super) marks_missing: bool,
    /// Enter was pressed on this field while it was empty though it has to be filled in: it is marked, and the focus stays.
    pub(super) stayed: Option<usize>,
    /// After a choice the focus goes to the next field that has to be filled in.
    pub(super) to_missing: bool,
    /// A text of its own comes between the last field and the line that saves.
    pub(super) text_below: bool,
}

/// What is wrong with what was filled in: in which field, and what to do instead.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    pub field: &'static str,
    /// Why, and what would be right.
    pub why: String,
}

impl Wrong {
    /// In this field, for this reason.
    pub fn new(field: &'static str, why: impl Into<String>) -> Self {
        Self { field, why: why.into() }
    }
}

/// What a form wants after a key.
#[derive(Debug)]
#[must_use]
pub enum FormStep {
    Nothing,
    /// Open this list over it; what is chosen comes back through [`Form::choose`].
    List(Box<FieldList>),
    /// It was filled in.
    Submit,
    /// Leave without saving.
    Cancel,
}

impl Form {
    /// A form of these fields whose last line says `done`.
    pub fn new(done: &str, fields: Vec<Field>) -> Self {
        let at = fields.iter().position(Field::is_open).unwrap_or(0);
        let was = fields.iter().map(Field::kept).collect();
        let (done, changed, doubted) = (done.to_owned(), false, None);
        let mut form = Self {
            fields,
            done,
            at,
            changed,
            was,
            doubted,
            marks_missing: false,
            stayed: None,
            to_missing: false,
            text_below: false,
        };
        form.follow();
        form
    }

    /// Whether the focus is on a field that is typed.
    pub fn is_typing(&self) -> bool {
        self.here().is_some_and(|field| field.line().is_some())
    }

    /// Whether a passphrase is typed into it.
    pub fn asks_secret(&self) -> bool {
        self.fields.iter().any(|field| field.is_secret() && !field.hidden)
    }

    /// Whether something was typed or chosen. Passphrases do not count: they are not worth keeping.
    pub fn is_changed(&self) -> bool {
        self.changed
    }

    /// The id of the field with the focus, empty on the last line.
    pub fn focus(&self) -> &'static str {
        self.here().map_or("", |field| field.id)
    }

    /// Puts the focus on a field.
    pub fn focus_on(&mut self, id: &str) {
        if let Some(at) = self.fields.iter().position(|field| field.id == id) {
            self.at = at;
            self.take_up();
        }
    }

    /// The field with the focus is taken up afresh.
    pub(super) fn take_up(&mut self) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.take_up();
        }
    }

    pub(super) fn here(&self) -> Option<&Field> {
        self.fields.get(self.at)
    }

    pub(super) fn move_focus(&mut self, on: bool) {
        // Forward to the next blank of the line first; past one that is left as it is.
        if on && self.here().is_some_and(|field| field.blank().is_some() && !field.is_at_blank()) {
            return self.take_up();
        }
        let count = self.fields.len() + 1;
        for _ in 0..count {
            self.at = if on { (self.at + 1) % count } else { (self.at + count - 1) % count };
            if self.here().is_none_or(Field::is_open) {
                self.take_up();
                return;
            }
        }
    }

    /// Takes typed text into the field with the focus. A choice is made by the digit that its list has beside the line; letters
    /// open the list and narrow it.
    pub fn text(&mut self, typed: &str) -> FormStep {
        if let Some(key) = self.here().and_then(|field| field.offered_by(typed)) {
            self.choose(self.at, &key);
            return FormStep::Nothing;
        }
        let Some(field) = self.fields.get_mut(self.at) else { return FormStep::Nothing };
        if let Some(mut list) = field.list(self.at).filter(|_| !typed.trim().is_empty()) {
            let _ = list.choices.text(typed);
            return FormStep::List(Box::new(list));
        }
        if let Kind::YesNo(yes) = &mut field.kind {
            if matches!(typed, "y" | "Y" | "n" | "N") {
                (*yes, self.changed) = (typed.eq_ignore_ascii_case("y"), true);
                self.follow();
            }
            return FormStep::Nothing;
        }
        let secret = field.is_secret();
        if field.type_in(typed) {
            self.changed |= !secret;
        }
        FormStep::Nothing
    }

    /// Does what a key asks.
    pub fn act(&mut self, action: Action, cx: &Cx) -> FormStep {
        match action {
            Action::NextField | Action::NextLeaf | Action::Down => self.move_focus(true),
            Action::PrevField | Action::PrevLeaf | Action::Up => self.move_focus(false),
            Action::Cancel => return FormStep::Cancel,
            Action::Choose | Action::Open | Action::Submit => {
                if self.stays(cx.today()) {
                    return FormStep::Nothing;
                }
                return self.enter(action);
            }
            Action::Left | Action::Right => self.flip(action == Action::Left),
            Action::TextLeft | Action::TextRight if !self.is_typing() => {
                self.flip(action == Action::TextLeft);
            }
            _ => self.edit(action),
        }
        FormStep::Nothing
    }

    fn edit(&mut self, action: Action) {
        let Some(field) = self.fields.get_mut(self.at) else { return };
        let secret = field.is_secret();
        if matches!(action, Action::DeleteBack | Action::DeleteForward | Action::ClearLine) {
            let emptied = field.empty_choice();
            self.changed |= emptied;
            if emptied {
                return self.follow();
            }
        }
        let Some(line) = field.line_mut() else { return };
        let before = line.value().len();
        if line.act(action) {
            self.changed |= !secret && before != line.value().len();
            // What was moved in is kept: from here on it is edited.
            field.selected = false;
        }
    }

    /// Enter does what [`Form::enter_does`] says; the submit key saves from everywhere that nothing is typed.
    fn enter(&mut self, action: Action) -> FormStep {
        if action == Action::Submit && !self.is_typing() {
            return FormStep::Submit;
        }
        match self.enter_does() {
            Enter::Saves => return FormStep::Submit,
            Enter::Chooses => {
                let list = self.here().and_then(|field| field.list(self.at));
                return list.map_or(FormStep::Nothing, |list| FormStep::List(Box::new(list)));
            }
            Enter::Turns => self.flip(false),
            Enter::GoesOn => self.move_focus(true),
        }
        FormStep::Nothing
    }

    /// Turns a yes-or-no field, or goes to the next (or the last) of a choice.
    fn flip(&mut self, back: bool) {
        let Some(field) = self.fields.get_mut(self.at) else { return };
        let empty = field.may_be_emptied().then_some("");
        match &mut field.kind {
            Kind::YesNo(yes) => *yes = !*yes,
            Kind::Choice { items, chosen } if !items.is_empty() => {
                // What need not be said has one more place in the round: nothing.
                let keys: Vec<&str> = empty.into_iter().chain(items.iter().map(|item| &*item.key)).collect();
                let step = if back { keys.len() - 1 } else { 1 };
                let at = keys.iter().position(|key| *key == chosen);
                let next = at.map_or(0, |at| (at + step) % keys.len());
                let key = keys[next].to_owned();
                *chosen = key;
            }
            _ => return,
        }
        self.changed = true;
        self.follow();
    }

    /// Takes what was chosen for the field of this index.
    pub fn choose(&mut self, at: usize, key: &str) {
        if let Some(Kind::Choice { chosen, .. }) = self.fields.get_mut(at).map(|field| &mut field.kind) {
            key.clone_into(chosen);
            self.changed = true;
            self.follow();
            if !self.to_missing {
                self.move_focus(true);
            }
        }
    }

    /// Whether everything needed is there and every date reads; else all that is missing, or the first that does not read, with
    /// the focus put on it.
    pub fn check(&mut self, cx: &Cx) -> Result<(), Wrong> {
        self.holds_no_secret(cx)?;
        if let Some(at) = self.fields.iter().position(Field::is_missing) {
            self.marks_missing = true;
            self.at = at;
            return Err(Wrong::new(self.fields[at].id, self.missing()));
        }
        self.marks_missing = false;
        for (at, field) in self.fields.iter().enumerate() {
            if let Err(fault) = field.read_back(cx.today()) {
                self.at = at;
                return Err(Wrong::new(field.id, fault));
            }
        }
        Ok(())
    }

    /// The field of an id.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }

    /// The text typed into a field, trimmed.
    pub fn typed(&self, id: &str) -> String {
        self.field(id).and_then(Field::line).map(|line| line.value().trim().to_owned()).unwrap_or_default()
    }

    /// The key chosen in a field.
    pub fn chosen(&self, id: &str) -> &str {
        match self.field(id).map(|field| &field.kind) {
            Some(Kind::Choice { chosen, .. }) => chosen,
            _ => "",
        }
    }

    /// Whether a field still holds what it was filled in with when the form was opened.
    pub(super) fn is_prefilled(&self, at: usize) -> bool {
        let now = self.fields.get(at).and_then(Field::kept);
        now.is_some_and(|now| !now.is_empty() && self.was.get(at) == Some(&Some(now)))
    }

    /// What each field holds now.
    fn held(&self) -> Vec<Option<String>> {
        self.fields.iter().map(Field::kept).collect()
    }

    /// What each field holds, of a passphrase only how long it is: to see whether anything has changed.
    pub fn all_held(&self) -> Vec<String> {
        self.fields.iter().map(Field::held).collect()
    }

    /// It was refused as a likely slip: saved again as it is, it is meant.
    pub fn doubt(&mut self) {
        self.doubted = Some(self.held());
        self.take_up();
    }

    /// Whether it is saved again as it was when it was refused as a likely slip.
    pub fn is_meant(&self) -> bool {
        self.doubted.as_ref() == Some(&self.held())
    }

    /// The date in a field, if one reads.
    pub fn date(&self, id: &str, today: Date) -> Option<Date> {
        match self.field(id).map(|field| &field.kind) {
            Some(Kind::Date(line, lean)) => when::parse(line.value(), today, *lean).ok(),
            _ => None,
        }
    }

    /// The birth in a field.
    pub fn birth(&self, id: &str, today: Date) -> Birth {
        super::field::read_birth(&self.typed(id), today).unwrap_or_default()
    }

    /// Whether a yes-or-no field says yes.
    pub fn yes(&self, id: &str) -> bool {
        matches!(self.field(id).map(|field| &field.kind), Some(Kind::YesNo(true)))
    }

    /// Forgets that anything was changed: it is saved.
    pub fn settled(&mut self) {
        self.changed = false;
    }

    /// Lines it takes where it is so many cells wide.
    pub fn height(&self, cells: u16) -> u16 {
        self.lines(cells).len() as u16
    }

    /// Its lines from the top: for each the field it belongs to, one past the last for the line that saves, `None` for the air
    /// above that.
    pub(super) fn lines(&self, cells: u16) -> Vec<Option<usize>> {
        let rows = |at: usize| match &self.fields[at] {
            field if field.hidden => 0,
            _ => usize::from(form_view::rows(self, at, cells)),
        };
        let fields = (0..self.fields.len()).flat_map(|at| std::iter::repeat_n(Some(at), rows(at)));
        fields.chain([None, Some(self.fields.len())]).collect()
    }

    /// The first line in sight where so many are, so that the focus is.
    pub(super) fn top(&self, lines: &[Option<usize>], height: usize) -> usize {
        let mine = |line: &Option<usize>| *line == Some(self.at);
        let (first, last) = (lines.iter().position(mine), lines.iter().rposition(mine));
        (last.unwrap_or(0) + 1).saturating_sub(height).min(first.unwrap_or(0))
    }

    /// A click on a field puts the focus there; on the one that has it, and on the last line, it is Enter.
    pub fn click(&mut self, at: Position, area: Rect) -> FormStep {
        let lines = self.lines(area.width);
        let rows = window::list(area, lines.len());
        let row = usize::from(at.y.saturating_sub(area.y)) + self.top(&lines, usize::from(rows.height));
        let Some(clicked) = lines.get(row).copied().flatten().filter(|_| rows.contains(at)) else {
            return FormStep::Nothing;
        };
        if !self.fields.get(clicked).is_none_or(Field::is_open) {
            return FormStep::Nothing;
        }
        let again = self.at == clicked;
        self.at = clicked;
        if again || clicked == self.fields.len() { self.enter(Action::Choose) } else { FormStep::Nothing }
    }

    /// Draws it from the top of an area.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        form_view::draw(self, frame, area, cx);
    }
}

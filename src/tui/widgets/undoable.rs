//! A line of text with undo and redo, in steps as people think of them: what was typed in one go, a paste, what was deleted in one go.

use tui_input::{Input, InputRequest};

/// Steps that are remembered.
const MOST: usize = 100;

/// What the newest step is, so that more of the same joins it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Run {
    #[default]
    None,
    Typing,
    Deleting,
}

/// A text with its cursor.
type Kept = (String, usize);

/// The text as it is, as it was before each step, and what was undone.
#[derive(Clone, Default)]
pub(super) struct Undoable {
    input: Input,
    before: Vec<Kept>,
    undone: Vec<Kept>,
    run: Run,
}

impl Undoable {
    /// A line that holds this text, the cursor behind it.
    pub(super) fn new(text: &str) -> Self {
        Self { input: Input::new(text.to_owned()), ..Self::default() }
    }

    pub(super) fn input(&self) -> &Input {
        &self.input
    }

    /// The byte before which the cursor is.
    pub(super) fn at(&self) -> usize {
        let text = self.input.value();
        text.char_indices().nth(self.input.cursor()).map_or(text.len(), |(at, _)| at)
    }

    /// Takes the text out; nothing of it is remembered.
    pub(super) fn take(&mut self) -> String {
        std::mem::take(self).input.value_and_reset()
    }

    fn kept(&self) -> Kept {
        (self.input.value().to_owned(), self.input.cursor())
    }

    fn put(&mut self, (text, cursor): Kept) {
        self.input = Input::new(text).with_cursor(cursor);
        self.run = Run::None;
    }

    /// A step begins, unless it is more of the one before.
    fn step(&mut self, run: Run) {
        self.undone.clear();
        if run == Run::None || run != self.run {
            self.before.push(self.kept());
            if self.before.len() > MOST {
                self.before.remove(0);
            }
        }
        self.run = run;
    }

    /// Types a text: a letter joins those before it, anything longer is a step of its own.
    pub(super) fn insert(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let is_letter = text.chars().nth(1).is_none();
        self.step(if is_letter { Run::Typing } else { Run::None });
        for c in text.chars() {
            self.input.handle(InputRequest::InsertChar(c));
        }
    }

    /// Puts another text in, the cursor behind it.
    pub(super) fn replace(&mut self, text: &str) {
        self.step(Run::None);
        self.input = Input::new(text.to_owned());
    }

    /// Puts the cursor before this byte.
    pub(super) fn go_to(&mut self, byte: usize) {
        let column = self.input.value().char_indices().take_while(|(at, _)| *at < byte).count();
        self.input.handle(InputRequest::SetCursor(column));
        self.run = Run::None;
    }

    /// Moves or deletes.
    pub(super) fn act(&mut self, request: InputRequest) {
        let before = self.kept();
        let run = self.run;
        self.input.handle(request);
        if self.input.value() == before.0 {
            // A motion ends what was typed in one go.
            self.run = Run::None;
            return;
        }
        self.undone.clear();
        if run != Run::Deleting {
            self.before.push(before);
        }
        self.run = Run::Deleting;
    }

    /// Takes the newest step back. It is an editing action, once too often as well, unless nothing was changed here.
    pub(super) fn undo(&mut self) -> bool {
        let Some(before) = self.before.pop() else { return !self.undone.is_empty() };
        self.undone.push(self.kept());
        self.put(before);
        true
    }

    /// Does again what was undone last; an editing action as undo is.
    pub(super) fn redo(&mut self) -> bool {
        let Some(after) = self.undone.pop() else { return !self.before.is_empty() };
        self.before.push(self.kept());
        self.put(after);
        true
    }
}

//! The texts of one draft, stacked on one page: one cursor, one order of undo, one clipboard, one search, one mode.
//!
//! Owns what goes beyond one text: turning from one to the next, undo that goes back through all of them in the order of the
//! writing, and the modes of keymaps that have them. It must not know what the texts are called or where they are kept.

use std::ops::{Deref, DerefMut};

use super::seek::Seek;
use super::{Editor, EditorCommand, Motion, Place, Side};
use crate::tui::action::{Action, Scope};

/// What keys mean in a text, in keymaps that tell it apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Insert,
    /// They are commands.
    Normal,
    Visual,
}

impl Mode {
    /// In words, for the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Insert => "insert mode",
            Self::Normal => "normal mode",
            Self::Visual => "visual mode",
        }
    }

    /// Where keys are read before the place around it.
    pub fn scope(self) -> Option<Scope> {
        match self {
            Self::Insert => None,
            Self::Normal => Some(Scope::TextNormal),
            Self::Visual => Some(Scope::TextVisual),
        }
    }
}

/// What an act did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Acted {
    /// Whether a text changed.
    pub changed: bool,
    /// Something to say on the message line; no word of the text.
    pub said: Option<String>,
}

/// Texts with a cursor in one of them; there is always one. What one editor can do is done on [`Texts::here`] or by index.
#[derive(Debug)]
pub struct Texts {
    pub(super) editors: Vec<Editor>,
    pub(super) at: usize,
    /// Which texts each step changed, in the order of the writing.
    done: Vec<Vec<usize>>,
    undone: Vec<Vec<usize>>,
    /// Steps of each text that stand in `done`.
    known: Vec<usize>,
    pub(super) seek: Seek,
    inserting: bool,
    /// Esc was pressed where there is nothing nearer than the draft to go back from.
    leaving: bool,
}

impl Default for Texts {
    fn default() -> Self {
        Self::new(std::iter::empty::<&str>())
    }
}

impl Drop for Texts {
    fn drop(&mut self) {
        self.editors.iter_mut().for_each(Editor::wipe);
    }
}

impl Deref for Texts {
    type Target = [Editor];

    fn deref(&self) -> &[Editor] {
        &self.editors
    }
}

impl DerefMut for Texts {
    fn deref_mut(&mut self) -> &mut [Editor] {
        &mut self.editors
    }
}

impl Texts {
    /// Editors with these texts, the cursor in the first; one empty text when there is none.
    pub fn new(texts: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut editors: Vec<Editor> = texts.into_iter().map(|text| Editor::new(text.as_ref())).collect();
        if editors.is_empty() {
            editors.push(Editor::default());
        }
        let known = vec![0; editors.len()];
        let (done, undone, seek) = (Vec::new(), Vec::new(), Seek::default());
        Self { editors, at: 0, done, undone, known, seek, inserting: false, leaving: false }
    }

    /// Editors as they are, with what can be undone in each; one empty text when there is none.
    pub fn of(editors: Vec<Editor>) -> Self {
        let mut texts = Self::default();
        if !editors.is_empty() {
            texts.known = vec![0; editors.len()];
            texts.editors = editors;
            texts.settle();
        }
        texts
    }

    /// The editors, as they are.
    pub fn into_editors(mut self) -> Vec<Editor> {
        std::mem::take(&mut self.editors)
    }

    /// What was done to the texts by index since the last look is one step of undo, in all of them at once.
    pub fn settle(&mut self) {
        self.reconcile();
    }

    /// Which text has the cursor.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The text with the cursor.
    pub fn here(&self) -> &Editor {
        &self.editors[self.at]
    }

    /// The text with the cursor, to change.
    pub fn here_mut(&mut self) -> &mut Editor {
        &mut self.editors[self.at]
    }

    /// Turns to a text; its cursor is where it was left.
    pub fn turn(&mut self, at: usize) {
        let at = at.min(self.editors.len() - 1);
        if at != self.at {
            self.here_mut().apply(EditorCommand::Unselect);
            self.here_mut().break_group();
            self.at = at;
        }
    }

    /// Every text works in these columns and rows.
    pub fn resize(&mut self, width: u16, height: u16) {
        self.editors.iter_mut().for_each(|editor| editor.resize(width, height));
    }

    /// What the clock shows; see [`Editor::at_time`].
    pub fn at_time(&mut self, ms: i64) {
        self.editors.iter_mut().for_each(|editor| editor.at_time(ms));
    }

    /// Grows by one with each change of any text.
    pub fn edits(&self) -> u64 {
        self.editors.iter().map(Editor::edits).sum()
    }

    /// Words in all of them.
    pub fn word_count(&self) -> usize {
        self.editors.iter().map(Editor::word_count).sum()
    }

    /// Whether something is selected or a mark is set.
    pub fn is_selecting(&self) -> bool {
        self.here().is_marking() || self.here().selection().is_some()
    }

    /// The mode, in a keymap that has modes; everywhere else one always writes.
    pub fn mode(&self, modal: bool) -> Mode {
        match modal && !self.inserting {
            false => Mode::Insert,
            true if self.is_selecting() => Mode::Visual,
            true => Mode::Normal,
        }
    }

    /// A click puts the cursor at a place of a text.
    pub fn click(&mut self, at: usize, place: Place) {
        self.turn(at);
        self.here_mut().click(place, false);
    }

    /// Puts the same text on the clipboard of each.
    pub fn set_clipboard(&mut self, text: &str) {
        self.editors.iter_mut().for_each(|editor| editor.set_clipboard(text));
    }

    /// What was cut or copied last here.
    pub fn clipboard(&self) -> &str {
        self.here().clipboard()
    }

    /// Runs a command in the text with the cursor.
    pub fn apply(&mut self, command: EditorCommand) -> Acted {
        match command {
            EditorCommand::Undo => return self.undo(),
            EditorCommand::Redo => return self.redo(),
            _ => {}
        }
        self.leaving = false;
        let effect = self.here_mut().apply(command);
        if let Some(text) = effect.clipboard {
            self.set_clipboard(&text);
        }
        self.reconcile();
        if effect.changed {
            // Who writes has found it; Esc has nothing to do with the search any more.
            self.seek.end();
        }
        Acted { changed: effect.changed, said: None }
    }

    /// Does an editing action; `None` when it is about something else than the texts.
    pub fn act(&mut self, action: Action) -> Option<Acted> {
        self.leaving = false;
        let free = !self.here().is_marking();
        let last = self.editors.len() - 1;
        match action {
            Action::NextSection | Action::TabOn => self.turn((self.at + 1) % (last + 1)),
            Action::PrevSection | Action::TabBack => self.turn((self.at + last) % (last + 1)),
            Action::TextUp | Action::Up | Action::TextPageUp
                if free && self.at > 0 && self.here().at_top() =>
            {
                self.cross(self.at - 1, Side::Bottom);
            }
            Action::TextDown | Action::Down | Action::TextPageDown
                if free && self.at < last && self.here().at_bottom() =>
            {
                self.cross(self.at + 1, Side::Top);
            }
            Action::TextStart | Action::TextEnd if free => {
                let end = action == Action::TextEnd;
                self.turn(if end { last } else { 0 });
                self.apply(EditorCommand::Move(if end { Motion::TextEnd } else { Motion::TextStart }));
            }
            Action::InsertMode => self.inserting = true,
            Action::AppendMode => {
                self.apply(EditorCommand::Move(Motion::StepRight));
                self.inserting = true;
            }
            Action::FindNext => return Some(self.find_on(false)),
            Action::FindPrev => return Some(self.find_on(true)),
            Action::ReplaceOne => return Some(self.replace_one()),
            Action::ReplaceAll => return Some(self.replace_all()),
            _ => return EditorCommand::of(action).map(|command| self.apply(command)),
        }
        Some(Acted::default())
    }

    /// The cursor goes over into the text above or below, in its column.
    fn cross(&mut self, at: usize, side: Side) {
        let column = self.here().column();
        self.turn(at);
        self.here_mut().enter(side, column);
    }

    /// Esc within the texts: out of insert mode, a selection, a search. False when there is nothing left to go back from;
    /// in a keymap with modes only the second time, since people press Esc there without a thought.
    pub fn escape(&mut self, modal: bool) -> Option<Acted> {
        let mut said = None;
        if self.mode(modal) == Mode::Insert && modal {
            self.inserting = false;
            self.here_mut().apply(EditorCommand::Move(Motion::StepLeft));
        } else if self.is_selecting() {
            self.here_mut().apply(EditorCommand::Unselect);
        } else if self.seek.end() {
        } else if modal && !self.leaving {
            self.leaving = true;
            said = Some("Normal mode. Esc once more leaves; the draft is kept.".to_owned());
        } else {
            return None;
        }
        Some(Acted { changed: false, said })
    }

    /// Takes the steps that were made since the last look into the one order of undo; a text that was set afresh has none.
    pub(super) fn reconcile(&mut self) {
        self.known.resize(self.editors.len(), 0);
        let mut changed = Vec::new();
        for (at, editor) in self.editors.iter().enumerate() {
            let depth = editor.history().0;
            if self.known[at] > depth {
                self.done.iter_mut().for_each(|step| step.retain(|one| *one != at));
                self.done.retain(|step| !step.is_empty());
                self.known[at] = 0;
            }
            for _ in self.known[at]..depth {
                changed.push(at);
            }
            self.known[at] = depth;
        }
        if changed.is_empty() {
            return;
        }
        let same = changed.windows(2).any(|pair| pair[0] == pair[1]);
        self.undone.clear();
        self.editors.iter_mut().for_each(Editor::forget_undone);
        if same {
            self.done.extend(changed.into_iter().map(|at| vec![at]));
        } else {
            self.done.push(changed);
        }
    }

    fn undo(&mut self) -> Acted {
        self.leaving = false;
        self.reconcile();
        let Some(step) = self.done.pop() else {
            return Acted {
                changed: false,
                said: Some("There is nothing to undo in this draft.".to_owned()),
            };
        };
        for at in step.iter().rev() {
            self.turn(*at);
            self.here_mut().apply(EditorCommand::Undo);
            self.known[*at] -= 1;
        }
        self.undone.push(step);
        Acted { changed: true, said: None }
    }

    fn redo(&mut self) -> Acted {
        self.leaving = false;
        self.reconcile();
        let Some(step) = self.undone.pop() else {
            return Acted {
                changed: false,
                said: Some("There is nothing to redo in this draft.".to_owned()),
            };
        };
        for at in &step {
            self.turn(*at);
            self.here_mut().apply(EditorCommand::Redo);
            self.known[*at] += 1;
        }
        self.done.push(step);
        Acted { changed: true, said: None }
    }
}

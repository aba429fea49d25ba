//! What can be asked of an editor, and what it answers.
//!
//! Owns the two values; neither shows a written word in `Debug`.

use std::fmt;

use super::motion::Motion;

/// A stretch of text around the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    Word,
    /// The word and the spaces behind it.
    WordAndSpace,
    Sentence,
    /// The sentence and the spaces behind it.
    SentenceAndSpace,
    /// The paragraph with its end; the next one too, when one is selected so already.
    Paragraph,
}

/// One thing an editor can do. Actions of the keymap name these one for one.
#[derive(Clone, PartialEq, Eq)]
pub enum EditorCommand {
    /// A character typed; it replaces the selection.
    InsertChar(char),
    /// A text from outside (paste, template): one undo step; it replaces the selection.
    InsertText(String),
    /// A new paragraph.
    Newline,
    /// Delete the selection, or the grapheme before the cursor.
    Backspace,
    /// Delete the selection, or the grapheme behind the cursor.
    Delete,
    /// Delete the selection, or back to the start of a word.
    DeleteWordBack,
    /// Delete the selection, or up to the next word.
    DeleteWordForward,
    /// Delete the selection, or back to the start of the visual row.
    DeleteToRowStart,
    /// Delete the selection, or up to the end of the visual row.
    DeleteToRowEnd,
    /// Move the cursor; the selection goes, unless a mark is set.
    Move(Motion),
    /// Move the cursor and select on the way.
    Select(Motion),
    SelectAll,
    /// Select a stretch of text around the cursor.
    SelectAround(Around),
    /// Set a mark, from which plain motions select; or give it up.
    ToggleMark,
    /// The cursor goes to the other end of the selection.
    SelectOtherEnd,
    /// Give up selection and mark.
    Unselect,
    /// Give up selection and mark; the cursor goes to its start.
    UnselectToStart,
    /// Put the selection on the clipboard and delete it.
    Cut,
    /// Put the selection on the clipboard.
    Copy,
    /// Insert what is on the program's own clipboard.
    Paste,
    /// As `Paste`, but whole paragraphs go behind this one, and anything else behind the next character.
    PasteBehind,
    /// As `Paste`, but whole paragraphs go before this one.
    PasteBefore,
    /// Cut up to the end of the paragraph, or its end itself; right after another such cut, to what that one cut.
    CutToParagraphEnd,
    /// Join this paragraph, or those selected, with what follows, with one space between.
    Join,
    /// Change small letters into capitals and back: the selection, or the character behind the cursor.
    SwapCase,
    /// Take the last step back.
    Undo,
    /// Do the last undone step again.
    Redo,
}

impl fmt::Debug for EditorCommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Self::InsertChar(_) => "InsertChar",
            Self::InsertText(text) => return write!(f, "InsertText({} bytes)", text.len()),
            Self::Newline => "Newline",
            Self::Backspace => "Backspace",
            Self::Delete => "Delete",
            Self::DeleteWordBack => "DeleteWordBack",
            Self::DeleteWordForward => "DeleteWordForward",
            Self::DeleteToRowStart => "DeleteToRowStart",
            Self::DeleteToRowEnd => "DeleteToRowEnd",
            Self::Move(motion) => return write!(f, "Move({motion:?})"),
            Self::Select(motion) => return write!(f, "Select({motion:?})"),
            Self::SelectAll => "SelectAll",
            Self::SelectAround(around) => return write!(f, "SelectAround({around:?})"),
            Self::ToggleMark => "ToggleMark",
            Self::SelectOtherEnd => "SelectOtherEnd",
            Self::Unselect => "Unselect",
            Self::UnselectToStart => "UnselectToStart",
            Self::Cut => "Cut",
            Self::Copy => "Copy",
            Self::Paste => "Paste",
            Self::PasteBehind => "PasteBehind",
            Self::PasteBefore => "PasteBefore",
            Self::CutToParagraphEnd => "CutToParagraphEnd",
            Self::Join => "Join",
            Self::SwapCase => "SwapCase",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
        };
        f.write_str(name)
    }
}

/// What a command did.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Effect {
    /// Whether the text changed.
    pub changed: bool,
    /// What was cut or copied, for the other editors' clipboards.
    pub clipboard: Option<String>,
}

impl fmt::Debug for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let copied = self.clipboard.as_ref().map(String::len);
        f.debug_struct("Effect").field("changed", &self.changed).field("clipboard_bytes", &copied).finish()
    }
}

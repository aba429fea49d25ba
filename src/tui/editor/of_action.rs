//! Which command an action of the keymap asks of an editor: the one table, for every place that holds an editor.

use super::{Around, EditorCommand, Motion};
use crate::tui::action::Action;

impl EditorCommand {
    /// The command of an action; `None` when the action is about something else than the text at the cursor.
    pub fn of(action: Action) -> Option<Self> {
        if let Some((motion, select)) = motion_of(action) {
            return Some(if select { Self::Select(motion) } else { Self::Move(motion) });
        }
        Some(match action {
            Action::SelectMark => Self::ToggleMark,
            Action::SelectAll => Self::SelectAll,
            Action::SelectWord => Self::SelectAround(Around::Word),
            Action::SelectWordSpace => Self::SelectAround(Around::WordAndSpace),
            Action::SelectSentence => Self::SelectAround(Around::Sentence),
            Action::SelectSentenceSpace => Self::SelectAround(Around::SentenceAndSpace),
            Action::SelectParagraph => Self::SelectAround(Around::Paragraph),
            Action::SelectOtherEnd => Self::SelectOtherEnd,
            Action::Unselect => Self::Unselect,
            Action::UnselectToStart => Self::UnselectToStart,
            Action::DeleteBack => Self::Backspace,
            Action::DeleteForward => Self::Delete,
            Action::DeleteWordBack => Self::DeleteWordBack,
            Action::DeleteWordForward => Self::DeleteWordForward,
            Action::DeleteToLineStart => Self::DeleteToRowStart,
            Action::DeleteToLineEnd => Self::DeleteToRowEnd,
            Action::Cut => Self::Cut,
            Action::Copy => Self::Copy,
            Action::Paste => Self::Paste,
            Action::PasteBehind => Self::PasteBehind,
            Action::PasteBefore => Self::PasteBefore,
            Action::CutToParagraphEnd => Self::CutToParagraphEnd,
            Action::JoinLines => Self::Join,
            Action::SwapCase => Self::SwapCase,
            Action::Newline | Action::Open => Self::Newline,
            Action::Undo => Self::Undo,
            Action::Redo => Self::Redo,
            _ => return None,
        })
    }
}

/// The motion of an action, and whether it selects. Wheel and list motions move in the text too.
fn motion_of(action: Action) -> Option<(Motion, bool)> {
    use Motion as M;
    Some(match action {
        Action::TextLeft => (M::Left, false),
        Action::TextRight => (M::Right, false),
        Action::TextUp | Action::Up => (M::Up, false),
        Action::TextDown | Action::Down => (M::Down, false),
        Action::TextPageUp => (M::PageUp, false),
        Action::TextPageDown => (M::PageDown, false),
        Action::LineStart => (M::RowStart, false),
        Action::LineEnd => (M::RowEnd, false),
        Action::WordLeft => (M::WordLeft, false),
        Action::WordRight => (M::WordRight, false),
        Action::WordEnd => (M::WordEnd, false),
        Action::SentenceLeft => (M::SentenceLeft, false),
        Action::SentenceRight => (M::SentenceRight, false),
        Action::ParagraphStart => (M::ParagraphStart, false),
        Action::ParagraphEnd => (M::ParagraphEnd, false),
        Action::ParagraphUp => (M::ParagraphUp, false),
        Action::ParagraphDown => (M::ParagraphDown, false),
        Action::SelectWordEnd => (M::WordEnd, true),
        Action::SelectSentenceRight => (M::SentenceRight, true),
        Action::SelectSentenceLeft => (M::SentenceLeft, true),
        Action::SelectParagraphStart => (M::ParagraphStart, true),
        Action::SelectParagraphEnd => (M::ParagraphEnd, true),
        Action::TextStart => (M::TextStart, false),
        Action::TextEnd => (M::TextEnd, false),
        Action::SelectLeft => (M::Left, true),
        Action::SelectRight => (M::Right, true),
        Action::SelectUp => (M::Up, true),
        Action::SelectDown => (M::Down, true),
        Action::SelectPageUp => (M::PageUp, true),
        Action::SelectPageDown => (M::PageDown, true),
        Action::SelectLineStart => (M::RowStart, true),
        Action::SelectLineEnd => (M::RowEnd, true),
        Action::SelectWordLeft => (M::WordLeft, true),
        Action::SelectWordRight => (M::WordRight, true),
        Action::SelectTextStart => (M::TextStart, true),
        Action::SelectTextEnd => (M::TextEnd, true),
        _ => return None,
    })
}

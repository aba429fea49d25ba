//! What there is to read in a question, where it is longer than its room: a page at a time, and to its end before a passphrase counts.

use super::{Face, Question};
use crate::tui::facts::Cx;
use crate::tui::widgets::window;
use ratatui::layout::Rect;

impl Question {
    /// The rows of what there is to read in so much room: the first one in sight and the one behind the last. Where not all of them
    /// fit, one row of the room says so.
    pub(super) fn in_sight(&self, count: usize, room: usize) -> (usize, usize) {
        if count <= room {
            return (0, count);
        }
        let page = room.saturating_sub(1);
        let top = self.top.min(count - page);
        (top, top + page)
    }

    /// Goes a page on or back. Says whether there was more to read there.
    pub(super) fn scroll(&mut self, on: bool, cx: &Cx) -> bool {
        if matches!(self.face, Face::List(..) | Face::Field(..)) {
            return false;
        }
        let area = if self.on_a_screen { cx.content() } else { Rect::from(((0, 0).into(), cx.size)) };
        let count = window::wrapped(&self.lines, self.prose(area)).len();
        let room = usize::from(self.layout(area).lines.height);
        let (top, end) = self.in_sight(count, room);
        let page = (end - top).max(1);
        let more = room > 1 && if on { end < count } else { top > 0 };
        if more {
            self.top = if on { end.min(count - page) } else { top.saturating_sub(page) };
        }
        more
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::action::Action;
    use crate::tui::app::rig::Rig;
    use crate::tui::overlay::Outcome;
    use crate::tui::widgets::field::Field;
    use crate::tui::widgets::form::Form;

    /// How often a signature was handed in until it counted.
    fn handed_in(lines: usize) -> usize {
        let rig = Rig::home();
        let form = Form::new("Sign", vec![Field::secret("passphrase", "Passphrase")]);
        let mut question = Question::form("Sign it", form, |_, _| Ok(Vec::new()))
            .lines((0..lines).map(|line| format!("Line {line}")).collect());
        let _ = question.text("correct horse", rig.cx());
        let stays = |_: &usize| !matches!(question.act(Action::SaveNow, rig.cx()), Outcome::Answer(_));
        1 + (0..40).take_while(stays).count()
    }

    #[test]
    fn a_passphrase_counts_once_all_that_is_to_be_read_was_in_sight() {
        assert_eq!(handed_in(3), 1, "all of it is in sight");
        assert!((3..40).contains(&handed_in(60)), "a page at a time, and no trap");
    }
}

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

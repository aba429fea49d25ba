//! What is below the page: a fixed sentence on what just happened, and every key that works, with what it does.

use super::page::broken;
use super::{Notice, Stop, Turned};
use crate::domain::ClientSigns;
use crate::packs::fill;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

impl Turned {
    /// What is said, in a fixed sentence, over as many lines as it needs.
    pub(super) fn said(&self, column: Rect) -> Vec<Line<'static>> {
        let said = self.notice.map(|notice| self.sentence(notice)).unwrap_or_default();
        broken(&said, column.width)
            .into_iter()
            .map(|line| Line::styled(line, self.theme.style(Role::Now)))
            .collect()
    }

    pub(super) fn sentence(&self, notice: Notice) -> String {
        let words = &self.words.turned;
        match notice {
            Notice::Larger => words.larger.clone(),
            Notice::NoPaste => words.no_paste.clone(),
            Notice::Moment => words.moment.clone(),
            Notice::Wrong(left) => fill(&words.wrong, &[("n", &left.to_string())]),
            Notice::Wait => words.wait.clone(),
            Notice::PinOver => words.pin_over.clone(),
            Notice::NotSaved => words.not_saved.clone(),
        }
    }

    /// Every key that works here, with what it does.
    fn keys(&self) -> Vec<&[String; 2]> {
        let words = &self.words.turned;
        if let Some(line) = &self.hidden {
            let enter = if line.value().is_empty() { &words.key_show } else { &words.key_back };
            return vec![enter, &words.key_lock];
        }
        if self.writing.is_some() {
            return vec![&words.key_leave, &words.key_hide, &words.key_lock];
        }
        let mut keys: Vec<&[String; 2]> = match self.stop() {
            Some(Stop::Sign) => vec![&words.key_signs, &words.key_disagrees, &words.key_declines],
            Some(Stop::Copy) => vec![&words.key_yes, &words.key_no],
            _ if self.item().is_some() => {
                let form = &self.words.form;
                vec![&form.key_item, &form.key_sides, &words.key_not_said, &form.key_clear]
            }
            _ if self.line().is_some() => {
                vec![&words.key_agreed, &words.key_partly, &words.key_declined, &words.key_not_said]
            }
            _ => Vec::new(),
        };
        let no = matches!(self.view.answers.signs, Some(ClientSigns::Disagrees | ClientSigns::Declines));
        if self.line().is_some()
            || self.is_open()
            || self.stop() == Some(Stop::Name)
            || (self.stop() == Some(Stop::Sign) && no)
        {
            keys.push(&words.key_words);
        }
        keys.extend([&words.key_move, &words.key_page]);
        if self.view.page.signs {
            keys.push(&words.key_sign);
        }
        keys.extend([&words.key_wider, &words.key_hide, &words.key_lock]);
        keys
    }

    /// Rows kept for what is said: as many as the longest sentence needs, so that the page never jumps when one comes.
    pub(super) fn notice_rows(&self, column: Rect) -> u16 {
        let rows = |notice: &Notice| broken(&self.sentence(*notice), column.width).len() as u16;
        Notice::ALL.iter().map(rows).max().unwrap_or(1)
    }

    pub(super) fn hints(&self, column: Rect) -> Vec<Line<'static>> {
        const GAP: usize = 3;
        let cells = usize::from(column.width);
        let (mut lines, mut line, mut used) = (Vec::new(), Vec::new(), 0);
        for [key, does] in self.keys() {
            let wide = text::width(key) + 1 + text::width(does);
            if used > 0 && used + GAP + wide > cells {
                lines.push(Line::from(std::mem::take(&mut line)));
                used = 0;
            }
            if used > 0 {
                line.push(Span::raw(" ".repeat(GAP)));
                used += GAP;
            }
            line.push(Span::styled(key.clone(), self.theme.style(Role::Key)));
            line.push(Span::styled(format!(" {does}"), self.theme.style(Role::Dim)));
            used += wide;
        }
        lines.push(Line::from(line));
        lines
    }
}

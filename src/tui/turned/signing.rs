//! The last page: whether the client signs, their name, and the copy.

use super::page::{INDENT, Row};
use super::{Stop, Turned};
use crate::domain::ClientSigns;
use crate::tui::theme::Role;
use ratatui::layout::Size;
use ratatui::text::Span;

impl Turned {
    /// The answer about signing; the same again takes it back.
    pub(super) fn sign(&mut self, digit: char) {
        let signs = match digit {
            '1' => ClientSigns::Signs,
            '2' => ClientSigns::Disagrees,
            _ => ClientSigns::Declines,
        };
        let answers = &mut self.view.answers;
        answers.signs = if answers.signs == Some(signs) { None } else { Some(signs) };
        if answers.signs != Some(ClientSigns::Signs) {
            answers.name.clear();
        }
        self.edits += 1;
        if answers.signs == Some(ClientSigns::Signs) {
            self.go(self.at + 1);
        }
    }

    /// The last page: whether the client signs, their name, and the copy.
    pub(super) fn signing(&self, body: Size) -> Vec<Row> {
        let words = &self.words.turned;
        let (answers, stop) = (&self.view.answers, self.stop());
        let cells = usize::from(body.width).saturating_sub(INDENT);
        let dim = self.theme.style(Role::Dim);
        let here = stop == Some(Stop::Sign);
        let mut rows = self.block(&words.sign, cells, self.theme.style(Role::Now), here);
        rows.extend(self.block(&words.sign_freely, cells, dim, false));
        rows.push(Row::default());
        for (signs, key, said) in [
            (ClientSigns::Signs, &words.key_signs, &words.signs),
            (ClientSigns::Disagrees, &words.key_disagrees, &words.disagrees),
            (ClientSigns::Declines, &words.key_declines, &words.declines),
        ] {
            let chosen = answers.signs == Some(signs);
            rows.extend(self.choice(&key[0], said, chosen, here, cells));
            if chosen && signs == ClientSigns::Signs {
                rows.extend(self.name(cells));
            } else if let Some(line) = self.writing.as_ref().filter(|_| chosen && here) {
                rows.extend(self.typed(&words.write, line, cells));
            } else if chosen && !answers.why.trim().is_empty() {
                rows.extend(self.quoted(&answers.why, here, cells));
            }
        }
        rows.push(Row::default());
        let here = stop == Some(Stop::Copy);
        rows.extend(self.block(&words.copy, cells, self.theme.style(Role::Now), here));
        for (yes, key, said) in [(true, &words.key_yes, &words.yes), (false, &words.key_no, &words.no)] {
            rows.extend(self.choice(&key[0], said, answers.copy == Some(yes), here, cells));
        }
        rows
    }

    fn name(&self, cells: usize) -> Vec<Row> {
        let words = &self.words.turned;
        let here = self.stop() == Some(Stop::Name);
        if let Some(line) = self.writing.as_ref().filter(|_| here) {
            return self.typed(&words.my_name, line, cells);
        }
        let name = self.view.answers.name.trim();
        let name = if name.is_empty() { "_".repeat(24) } else { name.to_owned() };
        let indent = Span::raw(" ".repeat(INDENT + 2));
        let spans = vec![
            indent,
            Span::raw(format!("{}  ", words.my_name)),
            Span::styled(name, self.theme.style(Role::Focus)),
        ];
        vec![Row { spans, here, cursor: None }]
    }

    /// One of several, with its key: what is chosen is crossed.
    pub(super) fn choice(&self, key: &str, words: &str, chosen: bool, here: bool, cells: usize) -> Vec<Row> {
        let cross = if chosen { "(x)" } else { "( )" };
        let role = if chosen { Role::Focus } else { Role::Normal };
        let mut rows = self.block(&format!("{cross} {key}  {words}"), cells, self.theme.style(role), false);
        for row in &mut rows {
            row.here = here;
        }
        rows
    }
}

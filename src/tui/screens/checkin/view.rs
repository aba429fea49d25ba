//! How a check-in looks while it is taken.

use super::{CheckInScreen, Focus};
use crate::domain::Reply;
use crate::rules::alliance::CHECK_IN;
use crate::rules::when;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

const COLUMN: usize = 10;

impl CheckInScreen {
    /// Lines of the screen, and the one in which the words are typed.
    fn lines(&self, width: usize, cx: &Cx) -> (Vec<Line<'static>>, usize) {
        let dim = cx.theme.style(Role::Dim);
        let dimmed = |words: &[String]| {
            let lines = window::wrapped(words, width.saturating_sub(2));
            lines.into_iter().map(|line| Line::styled(format!(" {line}"), dim)).collect::<Vec<_>>()
        };
        let mut lines = vec![self.head(cx)];
        let about = cx.staff_name(self.checkin.about);
        lines.extend(dimmed(&[format!("About {about}. {}", self.hint(cx))]));
        lines.push(Line::default());
        let label = width.saturating_sub(2 * COLUMN + 12).clamp(20, 44);
        let columns = ["my guess", "client"].map(|words| text::right(words, COLUMN, ""));
        lines.push(Line::styled(format!("{}{}", " ".repeat(9 + label), columns.concat()), dim));
        for at in 0..self.checkin.answers.len() {
            lines.extend(self.row(at, label, cx));
        }
        lines.push(Line::default());
        let here = self.focus == Focus::Words;
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let role = if here { Role::Focus } else { Role::Normal };
        lines
            .push(Line::styled(format!("{mark} {} (optional)", self.checkin.question), cx.theme.style(role)));
        let field = lines.len();
        // The field itself is drawn over this row.
        lines.push(if here { Line::default() } else { Line::raw(format!("  {}", self.words.value())) });
        lines.push(Line::default());
        lines.extend(dimmed(&[
            "Your guess is hidden until you save, so that it does not lead the answer.".to_owned(),
            "These questions are ours. They begin a talk; they are not a tested scale.".to_owned(),
        ]));
        (lines, field)
    }

    fn head(&self, cx: &Cx) -> Line<'static> {
        let on = when::short(self.checkin.on, cx.today());
        let piece = |words: String, focus: Focus| {
            let here = self.focus == focus;
            let mark = if here { cx.theme.glyphs.pointer } else { " " };
            let role = if here { Role::Focus } else { Role::Dim };
            Span::styled(format!(" {mark} {words}"), cx.theme.style(role))
        };
        Line::from(vec![
            Span::styled(format!(" Check-in, {on} "), cx.theme.style(Role::Now)),
            piece(self.checkin.how.words().to_owned(), Focus::How),
            piece(format!("by {}", self.respondent()), Focus::Who),
            piece("about whom".to_owned(), Focus::About),
            piece("question".to_owned(), Focus::Question),
        ])
    }

    /// What the keys do where the cursor is.
    fn hint(&self, cx: &Cx) -> String {
        let words = match self.focus {
            Focus::Guess(_) => {
                return "Your guess first: 1 not at all to 5 very much; - leaves it out.".to_owned();
            }
            Focus::Client(_) => return "The client: 1 not at all to 5 very much; - no answer.".to_owned(),
            Focus::Words => return "Enter saves it.".to_owned(),
            Focus::How | Focus::Who | Focus::About | Focus::Question => self.choices(cx),
        };
        let all = words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1));
        all.collect::<Vec<String>>().join("  ")
    }

    /// A question with both answers; what is long wraps, because it is read aloud from here.
    fn row(&self, at: usize, label: usize, cx: &Cx) -> Vec<Line<'static>> {
        let id = &self.checkin.answers[at].0;
        let item = cx.measure(CHECK_IN).and_then(|form| form.item(id).map(|at| &form.items[at]));
        let words = item.map(|item| item.labels.get(&self.checkin.form).unwrap_or(&item.label).clone());
        let here = matches!(self.focus, Focus::Guess(n) | Focus::Client(n) if n == at);
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let style = cx.theme.style(if here { Role::Focus } else { Role::Normal });
        let name = item.map(|item| item.id.clone()).unwrap_or_default();
        let guess = match (self.no_guess, self.checkin.guess.get(at).map(|(_, reply)| *reply)) {
            (true, _) => "left out".to_owned(),
            // It is shown only as long as it is typed.
            (false, Some(Reply::Given(_))) => "typed".to_owned(),
            _ if self.focus == Focus::Guess(at) => "_".to_owned(),
            _ => String::new(),
        };
        let answer = match self.checkin.answers[at].1 {
            Reply::Given(key) => key.to_string(),
            _ if self.seen[at] => cx.theme.glyphs.none.to_owned(),
            _ if self.focus == Focus::Client(at) => "_".to_owned(),
            _ => String::new(),
        };
        let mut words = window::wrapped(&[words.unwrap_or_default()], label).into_iter();
        let first = text::left(&words.next().unwrap_or_default(), label, "");
        let mut lines = vec![Line::from(vec![
            Span::styled(format!("{mark} {} ", text::left(&name, 6, "")), style),
            Span::styled(first, style),
            Span::styled(text::right(&guess, COLUMN, ""), cx.theme.style(Role::Dim)),
            Span::styled(text::right(&answer, COLUMN, ""), style),
        ])];
        lines.extend(words.map(|words| Line::styled(format!("{}{words}", " ".repeat(9)), style)));
        lines
    }

    /// Draws it.
    pub(super) fn show(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let (lines, field) = self.lines(usize::from(area.width), cx);
        window::lines(frame, area, lines);
        if self.focus == Focus::Words {
            let line = Rect {
                x: area.x + 2,
                y: area.y + field as u16,
                width: area.width.saturating_sub(4),
                height: 1,
            };
            self.words.draw(frame, line, true, cx);
        }
    }
}

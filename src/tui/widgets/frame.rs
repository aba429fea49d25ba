//! What stands in the same place on every screen: header and rule above; message and hints below; the frame that says
//! that the terminal is too small.

use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::keymap::Hint;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Smallest terminal there is a layout for.
pub const SMALLEST: (u16, u16) = (80, 24);

/// A piece of the header.
pub type Piece = (String, Role);

/// The line on top: pieces from the left, of which the first `keep` are never cut away, and words on the right.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// From the left.
    pub left: Vec<Piece>,
    /// Pieces that stay whatever the width is.
    pub keep: usize,
    /// On the right, if there is room.
    pub right: String,
}

impl Header {
    /// Agency, what is shown, who is signed in, and the date.
    pub fn desk(cx: &Cx, title: Vec<Piece>) -> Self {
        let demo = cx.is_demo();
        let agency = if demo { format!("DEMO {}", cx.front.front.name) } else { cx.front.front.name.clone() };
        let mut left = vec![(agency, Role::Dim)];
        left.extend(title);
        let who = cx.signed_in.as_ref().map(|session| session.staff.signature_name()).unwrap_or_default();
        let right = format!("{who}   {}", cx.today().naive().format("%a %-d %b"));
        Self { keep: 2, left, right }
    }

    /// One line of the header in so many cells.
    fn line(&self, cells: usize, cx: &Cx) -> Line<'static> {
        const GAP: usize = 2;
        let more = cx.theme.glyphs.ellipsis;
        let right = text::line(&self.right).into_owned();
        let mut used = 1;
        let mut spans = vec![Span::raw(" ")];
        for (at, (piece, role)) in self.left.iter().enumerate().filter(|(_, (piece, _))| !piece.is_empty()) {
            let gap = if used > 1 { GAP } else { 0 };
            let room = cells.saturating_sub(used + gap + 1);
            let piece = text::line(piece).into_owned();
            if at >= self.keep && text::width(&piece) > room {
                break;
            }
            let piece = text::cut(&piece, room, more).into_owned();
            spans.push(Span::raw(" ".repeat(gap)));
            used += gap + text::width(&piece);
            spans.push(Span::styled(piece, cx.theme.style(*role)));
        }
        let room = cells.saturating_sub(used + GAP + 1);
        let right = fitted(right, room, more);
        if !right.trim().is_empty() {
            let gap = cells.saturating_sub(used + 1 + text::width(&right));
            spans.push(Span::raw(" ".repeat(gap)));
            spans.push(Span::styled(right, cx.theme.style(Role::Dim)));
        }
        Line::from(spans)
    }

    /// Draws header and rule into the first two rows of the screen.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
        frame.render_widget(self.line(usize::from(area.width), cx), row(0));
        frame.render_widget(rule(area.width, cx), row(1));
    }
}

/// The words on the right in so many cells: the name gives way before the date does.
fn fitted(right: String, room: usize, more: &str) -> String {
    const LEAST: usize = 6;
    const APART: &str = "   ";
    if text::width(&right) <= room {
        return right;
    }
    let Some((who, date)) = right.rsplit_once(APART).filter(|(_, date)| text::width(date) <= room) else {
        return String::new();
    };
    match room.saturating_sub(text::width(date) + APART.len()) {
        left if left >= LEAST => format!("{}{APART}{date}", text::cut(who, left, more)),
        _ => date.to_owned(),
    }
}

/// The thin rule.
pub fn rule(cells: u16, cx: &Cx) -> Span<'static> {
    Span::styled(cx.theme.glyphs.rule.repeat(usize::from(cells)), cx.theme.style(Role::Rule))
}

/// What a prompt calls otherwise: it finds, arranges, decides.
const SAVE: &str = "save";

/// The two hint lines of these scopes, drawn into the last two rows; `letters` says what letters do here, `offers` what has
/// something to act on, `saves` what saving is called here.
pub fn hints(
    frame: &mut Frame<'_>,
    area: Rect,
    scopes: &[Scope],
    letters: Option<&'static str>,
    offers: &dyn Fn(Action) -> bool,
    saves: Option<&str>,
    cx: &Cx,
) {
    let mut first: Vec<(String, &str)> =
        letters.map(|word| ("letters".to_owned(), word)).into_iter().collect();
    if cx.keymap.is_numbered() && scopes.first().is_some_and(|scope| scope.is_list()) {
        first.push(("number Enter".to_owned(), "a line"));
    }
    let hints = cx.keymap.hints(scopes, |action| cx.may_do(action) && offers(action));
    let word = |hint: &Hint| saves.filter(|_| hint.word == SAVE);
    first.extend(hints.into_iter().map(|hint| (hint.key.clone(), word(&hint).unwrap_or(hint.word))));
    let second: Vec<(String, &str)> =
        cx.keymap.constant_hints(scopes).into_iter().map(|hint| (hint.key, hint.word)).collect();
    for (row, hints) in [first, second].into_iter().enumerate() {
        let y = area.bottom().saturating_sub(2) + row as u16;
        frame.render_widget(hint_line(&hints, usize::from(area.width), cx), Rect { y, height: 1, ..area });
    }
}

/// `key word   key word`, whole hints only.
pub fn hint_line(hints: &[(String, &str)], cells: usize, cx: &Cx) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    for (key, word) in hints {
        let width = text::width(key) + 1 + text::width(word);
        let gap = if used > 1 { 3 } else { 0 };
        if used + gap + width > cells {
            break;
        }
        used += gap + width;
        spans.push(Span::raw(" ".repeat(gap)));
        spans.push(Span::styled(key.clone(), cx.theme.style(Role::Key)));
        spans.push(Span::styled(format!(" {word}"), cx.theme.style(Role::Dim)));
    }
    Line::from(spans)
}

/// Says that the terminal is too small, and what it takes. Names nobody.
pub fn too_small(frame: &mut Frame<'_>, area: Rect) {
    let (width, height) = SMALLEST;
    let lines = vec![
        Line::from("This window is too small."),
        Line::from(format!("Concord needs {width} x {height};")),
        Line::from(format!("it has {} x {}.", area.width, area.height)),
    ];
    window::lines(frame, area, lines);
}

/// What an empty place is for, and the key that begins it: dim, one line down, prose width.
pub fn empty(frame: &mut Frame<'_>, area: Rect, words: &[String], cx: &Cx) {
    let inner = Rect { x: area.x + 3, y: area.y + 1, width: area.width.saturating_sub(6).min(74), ..area };
    let lines = window::wrapped(words, usize::from(inner.width));
    let lines = lines.into_iter().map(|line| Line::styled(line, cx.theme.style(Role::Dim))).collect();
    window::lines(frame, inner.intersection(area), lines);
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn a_long_name_gives_way_before_the_date() {
        let right = || "Ingrid Solberg LPC   Wed 25 Nov".to_owned();
        for (room, expected) in [
            (31, "Ingrid Solberg LPC   Wed 25 Nov"),
            (25, "Ingrid Solb…   Wed 25 Nov"),
            (16, "Wed 25 Nov"),
            (10, "Wed 25 Nov"),
            (9, ""),
        ] {
            assert_eq!(fitted(right(), room, "…"), expected, "{room} cells");
        }
    }
}

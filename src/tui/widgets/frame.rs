//! What stands in the same place on every screen: header and rule above; message and hints below; the frame that says
//! that the terminal is too small.

use super::form_asks::NEXT;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::{Cx, SMALLEST};
use crate::tui::keymap::Hint;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// A piece of the header.
pub type Piece = (String, Role);

/// The line on top: pieces from the left, and words on the right. Where they do not fit, the first piece (the name) is
/// shortened and an age in brackets goes, then the last ones go; the first `keep` are never left out.
#[derive(Clone, Debug, Default)]
pub struct Header {
    /// From the left, the most important first.
    pub left: Vec<Piece>,
    /// Pieces that stay whatever the width is.
    pub keep: usize,
    /// Pieces from the left that speak of danger: the name gives way to them, not only to those that stay.
    pub danger: usize,
    /// On the right, if there is room.
    pub right: String,
}

/// Between the name and the date on the right.
const APART: &str = "   ";
/// Cells between pieces of the header.
const GAP: usize = 2;

/// Before the name, in the demo.
const DEMO: &str = "DEMO ";

/// A name in so many cells: what says that it is the demo goes first, then letters of the family name, since the given name tells
/// people of one family apart.
fn shortened(name: &str, room: usize, more: &str) -> String {
    if text::width(name) <= room {
        return name.to_owned();
    }
    let name = name.strip_prefix(DEMO).unwrap_or(name);
    if let Some((family, given)) = name.split_once(", ").filter(|_| text::width(name) > room) {
        let family_room = room.saturating_sub(text::width(given) + 2);
        if family_room >= 4 {
            return format!("{}, {given}", text::cut(family, family_room, more));
        }
    }
    text::cut(name, room, more).into_owned()
}

impl Header {
    /// Agency, what is shown, who is signed in, and the date.
    pub fn desk(cx: &Cx, title: Vec<Piece>) -> Self {
        let demo = cx.is_demo();
        let agency =
            if demo { format!("{DEMO}{}", cx.front.front.name) } else { cx.front.front.name.clone() };
        let mut left = vec![(agency, Role::Dim)];
        left.extend(title);
        let who = cx.signed_in.as_ref().map(|session| session.staff.signature_name()).unwrap_or_default();
        let right = format!("{who}   {}", cx.today().naive().format("%a %-d %b"));
        Self { keep: left.len(), danger: 0, left, right }
    }

    /// The pieces that fit into so many cells.
    fn pieces(&self, cells: usize, more: &str) -> Vec<Piece> {
        // A name is not shortened to less than this before other pieces go: most names are whole.
        const NAME: usize = 26;
        // Nor to less than this before what is said of danger goes.
        const LEAST: usize = 16;
        let filled =
            |first: usize| self.left.iter().take(first).filter(|(piece, _)| !piece.is_empty()).count();
        let (keep, danger) = (filled(self.keep), filled(self.danger));
        let all = self.left.iter().filter(|(piece, _)| !piece.is_empty());
        let mut pieces: Vec<Piece> =
            all.map(|(piece, role)| (text::line(piece).into_owned(), *role)).collect();
        let beside = |pieces: &[Piece]| -> usize {
            pieces.iter().skip(1).map(|(piece, _)| GAP + text::width(piece)).sum::<usize>() + 2
        };
        // That it is the demo gives way to what is said of danger, before a letter of the name does.
        let name = pieces.first().map_or(0, |(name, _)| text::width(name));
        let bare = pieces.first().map_or(0, |(name, _)| text::width(name.strip_prefix(DEMO).unwrap_or(name)));
        let least = |count: usize| if count > danger { name.min(NAME) } else { bare.min(LEAST) };
        // An age follows from the date before it: it goes before a letter of the name and before what is said of danger.
        let first = danger.min(pieces.len());
        if beside(&pieces[..first]) + name.min(NAME) > cells {
            for (piece, _) in pieces[..first].iter_mut().skip(1) {
                if let Some((date, _)) = piece.split_once(" (") {
                    *piece = date.to_owned();
                }
            }
        }
        while pieces.len() > keep.max(1) && beside(&pieces) + least(pieces.len()) > cells {
            pieces.pop();
        }
        let date = self.right.rsplit_once(APART).map_or("", |(_, date)| date);
        let date = if date.is_empty() { 0 } else { text::width(date) + GAP };
        let room = cells
            .saturating_sub(beside(&pieces) + date)
            .max(LEAST.min(cells.saturating_sub(beside(&pieces))));
        if let Some((name, _)) = pieces.first_mut() {
            *name = if self.danger > 0 {
                shortened(name, room, more)
            } else {
                text::cut(name, room, more).into_owned()
            };
        }
        pieces
    }

    /// One line of the header in so many cells.
    fn line(&self, cells: usize, cx: &Cx) -> Line<'static> {
        let more = cx.theme.glyphs.ellipsis;
        let right = text::line(&self.right).into_owned();
        let mut used = 1;
        let mut spans = vec![Span::raw(" ")];
        for (piece, role) in self.pieces(cells, more) {
            let gap = if used > 1 { GAP } else { 0 };
            spans.push(Span::raw(" ".repeat(gap)));
            used += gap + text::width(&piece);
            spans.push(Span::styled(piece, cx.theme.style(role)));
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

/// The way out of a chart, in one word.
const LEAVE: &str = "leave";

/// The key that goes on, chooses and saves in a form, as hints name it.
const ENTER: &str = "Enter";

/// What a prompt calls otherwise: it finds, arranges, decides.
const SAVE: &str = "save";

/// Words of hints that are other than usual.
#[derive(Clone, Copy, Default)]
pub struct HintWords<'a> {
    /// What letters do where they are no keys.
    pub letters: Option<&'static str>,
    /// What saving is called.
    pub saves: Option<&'a str>,
    /// What Enter does in the form on top, where one is.
    pub enter: Option<&'a str>,
    /// What saving and adding below is called.
    pub below: Option<&'a str>,
    /// What the way back is called.
    pub back: Option<&'static str>,
}

/// The two hint lines of these scopes, drawn into the last two rows; `letters` says what letters do here, `offers` what has
/// something to act on, `saves` and `below` what saving is called here.
pub fn hints(
    frame: &mut Frame<'_>,
    area: Rect,
    scopes: &[Scope],
    words: HintWords<'_>,
    offers: &dyn Fn(Action) -> bool,
    cx: &Cx,
) {
    let HintWords { letters, saves, enter, below, back } = words;
    let mut first: Vec<(String, &str)> =
        letters.map(|word| ("letters".to_owned(), word)).into_iter().collect();
    if cx.keymap.is_numbered() && scopes.first().is_some_and(|scope| scope.is_list()) {
        first.push(("number Enter".to_owned(), "a line"));
    }
    // Where Enter saves or goes on, one key for it is enough to be named.
    let named = |action| match action {
        // Whoever decides on danger raises it in the chart.
        Action::TellDanger => !cx.may_do(Action::RaiseNeed),
        Action::SaveNow => enter.is_none() || enter != saves,
        Action::NextField => {
            enter.is_none() || (enter != saves && !enter.is_some_and(|word| word.starts_with(NEXT)))
        }
        _ => true,
    };
    let hints = cx.keymap.hints(scopes, |action| cx.may_do(action) && offers(action) && named(action));
    let word = |hint: &Hint| match hint.action {
        Action::SaveAndAdd => below,
        Action::Choose | Action::Submit if hint.key == ENTER => enter,
        _ => saves.filter(|_| hint.word == SAVE),
    };
    first.extend(hints.into_iter().map(|hint| (hint.key.clone(), word(&hint).unwrap_or(hint.word))));
    let row = |up: u16| Rect { y: area.bottom().saturating_sub(up), height: 1, ..area };
    frame.render_widget(hint_line(&first, &[], usize::from(area.width), cx), row(2));
    let mut constant = cx.keymap.constant_hints(scopes);
    // A window over the set-up or the sign-in: nothing else works there.
    let signed_out = [Action::Help, Action::Back];
    constant.retain(|hint| cx.signed_in.is_some() || signed_out.contains(&hint.action));
    if let (Some(way), Some(back)) = (constant.iter_mut().find(|hint| hint.action == Action::Back), back) {
        way.word = back;
    }
    let constant = self::constant(constant, usize::from(area.width));
    // Help, the lock and the way back are the last to go.
    let first_to_stay: Vec<usize> = [Action::Help, Action::Lock, Action::Back, Action::Quit]
        .iter()
        .filter_map(|action| constant.iter().position(|hint| hint.action == *action))
        .collect();
    let second: Vec<(String, &str)> = constant.into_iter().map(|hint| (hint.key, hint.word)).collect();
    frame.render_widget(hint_line(&second, &first_to_stay, usize::from(area.width), cx), row(1));
}

/// The hints that never change, in shorter words where they do not fit.
fn constant(mut hints: Vec<Hint>, cells: usize) -> Vec<Hint> {
    let wide: usize = hints.iter().map(|hint| hint_width(&hint.key, hint.word) + LEAST_GAP).sum();
    if wide > cells {
        let words = [(Action::Palette, "find"), (Action::Back, LEAVE)];
        for hint in &mut hints {
            let shorter = words
                .iter()
                .find(|(action, word)| *action == hint.action && text::width(word) < text::width(hint.word));
            hint.word = shorter.map_or(hint.word, |(_, word)| word);
        }
    }
    hints
}

/// Cells between two hints where all of them fit, and where they would not.
const WIDE_GAP: usize = 3;
const LEAST_GAP: usize = 2;

fn hint_width(key: &str, word: &str) -> usize {
    text::width(key) + 1 + text::width(word)
}

/// Which hints fit so many cells, and the gap between them: those of `first` before all others, then in their order.
fn fitting(hints: &[(String, &str)], first: &[usize], cells: usize) -> (Vec<usize>, usize) {
    let width = |at: &usize| hints.get(*at).map_or(0, |(key, word)| hint_width(key, word));
    let all: usize = (0..hints.len()).map(|at| width(&at) + WIDE_GAP).sum();
    // A cell of air before them; the last hint has no gap behind it.
    let gap = if all < cells + WIDE_GAP { WIDE_GAP } else { LEAST_GAP };
    let mut used = 1;
    let others = (0..hints.len()).filter(|at| !first.contains(at));
    let mut chosen: Vec<usize> = Vec::new();
    for at in first.iter().copied().chain(others) {
        let wanted = width(&at) + if chosen.is_empty() { 0 } else { gap };
        if used + wanted <= cells {
            used += wanted;
            chosen.push(at);
        }
    }
    chosen.sort_unstable();
    (chosen, gap)
}

/// `key word   key word`, whole hints only.
fn hint_line(hints: &[(String, &str)], first: &[usize], cells: usize, cx: &Cx) -> Line<'static> {
    let (chosen, gap) = fitting(hints, first, cells);
    let mut spans = vec![Span::raw(" ")];
    for (key, word) in chosen.into_iter().filter_map(|at| hints.get(at)) {
        if spans.len() > 1 {
            spans.push(Span::raw(" ".repeat(gap)));
        }
        spans.push(Span::styled(key.clone(), cx.theme.style(Role::Key)));
        spans.push(Span::styled(format!(" {word}"), cx.theme.style(Role::Dim)));
    }
    Line::from(spans)
}

/// Says that the terminal is too small, what it takes, and the keys that work all the same. Names nobody.
pub fn too_small(frame: &mut Frame<'_>, area: Rect, scopes: &[Scope], said: bool, cx: &Cx) {
    let (width, height) = SMALLEST;
    let mut lines = vec![
        Line::from("This window is too small."),
        Line::from(format!("Concord needs {width} x {height};")),
        Line::from(format!("it has {} x {}.", area.width, area.height)),
    ];
    for (action, word) in [(Action::Quit, "quit"), (Action::Lock, "lock"), (Action::Help, "help")] {
        if let Some(key) = cx.keymap.keys_for(action, scopes).into_iter().next() {
            lines.push(Line::from(format!("{key} {word}")));
        }
    }
    // What was said may name somebody.
    if said {
        lines.push(Line::from("There is a message: a larger window shows it."));
    }
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
    use super::{Header, fitted, fitting};
    use crate::tui::text;
    use crate::tui::theme::Role;

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

    #[test]
    fn the_demo_and_the_family_name_give_way_before_the_given_name() {
        let short = |name, room| super::shortened(name, room, "…");
        assert_eq!(short("DEMO RIVERA, Marisol", 20), "DEMO RIVERA, Marisol");
        assert_eq!(short("DEMO RIVERA, Marisol", 16), "RIVERA, Marisol");
        assert_eq!(short("DEMO RIVERA, Marisol", 14), "RIVE…, Marisol");
        assert_eq!(short("KONSTANTINOPOLOUS, Alexandrina", 12), "KONSTANTINO…");
        assert_eq!(short("Lakeside", 5), "Lake…");
    }

    #[test]
    fn a_long_name_gives_way_before_what_tells_people_apart() {
        let piece = |words: &str| (words.to_owned(), Role::Normal);
        let left = [
            "KONSTANTINOPOLOUS-MONTGOMERY, Alexandrina",
            "12 Apr 1991 (35)",
            "A-1042",
            "NOW D3",
            "no-msg",
            "LOC 2.1",
        ];
        let header = Header { left: left.map(piece).to_vec(), keep: 4, ..Header::default() };
        let drawn = |cells| {
            let pieces = header.pieces(cells, "…");
            let words: Vec<String> = pieces.into_iter().map(|(words, _)| words).collect();
            words.join("  ")
        };
        for cells in [120, 80, 60, 40] {
            let line = drawn(cells);
            assert!(line.contains("12 Apr 1991 (35)  A-1042  NOW D3"), "{cells}: {line}");
            assert!(text::width(&line) + 2 <= cells, "{cells}: {line}");
        }
        assert_eq!(drawn(120), left.join("  "));
        assert!(drawn(80).contains("KONSTANTINOPOLOUS-MONTGOME…"), "{}", drawn(80));
        assert!(!drawn(60).contains("LOC 2.1") && drawn(60).contains("KONSTANTINOPO"), "{}", drawn(60));
    }

    #[test]
    fn a_name_gives_way_before_what_is_said_of_danger_and_stays_before_the_rest() {
        let piece = |words: &str| (words.to_owned(), Role::Normal);
        let left = [
            "MONTGOMERY, Keisha Ann",
            "12 Apr 1991 (35)",
            "A-1042",
            "NOW D3",
            "safety plan 12 d",
            "recheck 3 h",
        ];
        let left: Vec<super::Piece> =
            left.iter().chain(&["mandated", "LOC 2.1"]).map(|words| piece(words)).collect();
        let header = Header { left, keep: 4, danger: 6, ..Header::default() };
        let drawn = |cells| {
            let pieces = header.pieces(cells, "…");
            pieces.into_iter().map(|(words, _)| words).collect::<Vec<_>>().join("  ")
        };
        assert!(drawn(80).ends_with("NOW D3  safety plan 12 d  recheck 3 h"), "{}", drawn(80));
        // The given name tells people of one family apart: the family name is shortened first.
        assert!(drawn(80).starts_with("MONTG…, Keisha Ann  12"), "{}", drawn(80));
        assert!(drawn(84).starts_with("MONTGOMERY, Keisha Ann  12 Apr 1991  A"), "{}", drawn(84));
        assert!(drawn(120).contains("12 Apr 1991 (35)"), "{}", drawn(120));
        assert!(drawn(60).contains(", Keisha Ann  12") && drawn(60).contains("NOW D3"), "{}", drawn(60));
    }

    #[test]
    fn hints_that_must_stay_are_the_last_to_go() {
        let hints: Vec<(String, &str)> =
            [("?", "help"), ("Ctrl-K", "actions"), ("Ctrl-P", "find"), ("Ctrl-L", "lock"), ("Esc", "back")]
                .map(|(key, word)| (key.to_owned(), word))
                .to_vec();
        assert_eq!(fitting(&hints, &[0, 3, 4], 80), (vec![0, 1, 2, 3, 4], 3));
        assert_eq!(fitting(&hints, &[0, 3, 4], 60), (vec![0, 1, 2, 3, 4], 2));
        assert_eq!(fitting(&hints, &[0, 3, 4], 34), (vec![0, 3, 4], 2));
        assert_eq!(fitting(&hints, &[0, 3, 4], 24), (vec![0, 3], 2));
        assert_eq!(fitting(&hints, &[], 30).0, [0, 1], "else the first are the most important");
    }
}

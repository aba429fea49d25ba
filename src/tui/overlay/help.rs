//! The keys, in three depths: those that work here, every act there is, the manual. The help key turns to the next.

use super::Outcome;
use crate::tui::action::{Action, Scope, Typing};
use crate::tui::facts::Cx;
use crate::tui::scope;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// How deep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Here,
    All,
    Manual,
}

/// Help over a place.
#[derive(Debug)]
pub struct Help {
    scopes: Vec<Scope>,
    depth: Depth,
    top: Cursor,
}

const WIDTH: u16 = 76;
const KEY: usize = 14;

const MANUAL: &[&str] = &[
    "Plain letters never write. Outside a text they find, move the highlight or turn to a room, so a sentence typed into the wrong place does no harm.",
    "",
    "Enter opens what is highlighted. Esc goes back and never discards text: drafts stay, and a form that holds text asks first.",
    "",
    "People: the first letter opens the find line. Words in any order, accents and case do not matter; record number and birth date are found too. Enter opens a chart only if one person matches or you moved the highlight yourself.",
    "",
    "Digits rank everyone in one dimension, 0 goes back to the whole. Right shows why a line stands where it stands.",
    "",
    "In a chart one letter is one room: overview, grid, priorities (r), problems, notes.",
    "",
    "Dates take T for today, T-30, T+2w, mon, 2026-04-12, 4/12/26; the date that was understood stands beside the field.",
    "",
    "What you write is sealed on disk within a second of typing. Locking the desk loses nothing: sign in again and you are where you were.",
];

impl Help {
    /// Help for these scopes, innermost first.
    pub fn over(scopes: Vec<Scope>) -> Self {
        Self { scopes, depth: Depth::Here, top: Cursor::default() }
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        match action {
            Action::Help => {
                self.depth = match self.depth {
                    Depth::Here => Depth::All,
                    Depth::All => Depth::Manual,
                    Depth::Manual => Depth::Here,
                };
                self.top = Cursor::default();
            }
            Action::Open | Action::Choose => return Outcome::Close,
            _ => {
                let height = usize::from(window::inner(Self::frame(cx.size.into())).height);
                let count = self.lines(cx).len().saturating_sub(height) + 1;
                self.top.act(action, count, height.saturating_sub(1).max(1));
            }
        }
        Outcome::Stay
    }

    fn frame(area: Rect) -> Rect {
        window::place(area, WIDTH, area.height)
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        match self.depth {
            Depth::Here => {
                let mut lines = Vec::new();
                if self.scopes.first().is_some_and(|scope| scope.typing() == Typing::Seek) {
                    lines.push(entry("letters", "Find, or move the highlight", cx));
                }
                for scope in scope::chain(&self.scopes) {
                    self.of_scope(scope, cx, &mut lines);
                }
                lines
            }
            Depth::All => {
                let listed =
                    |act: &Action| !act.scopes().iter().any(|scope| scope.signed_out()) && cx.may_do(*act);
                let line = |act: Action| {
                    let keys =
                        act.scopes().iter().flat_map(|scope| cx.keymap.keys_for(act, &[*scope])).next();
                    entry(&keys.unwrap_or_default(), act.help(), cx)
                };
                Action::all().filter(listed).map(line).collect()
            }
            Depth::Manual => {
                let text: Vec<String> = MANUAL.iter().map(|line| (*line).to_owned()).collect();
                window::wrapped(&text, usize::from(WIDTH - 4)).into_iter().map(Line::from).collect()
            }
        }
    }

    fn of_scope(&self, scope: Scope, cx: &Cx, lines: &mut Vec<Line<'static>>) {
        let mut acts: Vec<(Action, String)> = Action::all()
            .filter(|act| act.scopes().contains(&scope) && (scope.signed_out() || cx.may_do(*act)))
            .filter_map(|act| {
                let keys = cx.keymap.keys_for(act, &self.scopes);
                (!keys.is_empty() || act.menu().is_listed()).then(|| (act, keys.join(", ")))
            })
            .collect();
        // What has a key comes first: that is what is looked for here.
        acts.sort_by_key(|(_, keys)| keys.is_empty());
        let commands = cx.keymap.commands(scope, &self.scopes);
        if !acts.is_empty() || !commands.is_empty() {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(scope.title(), cx.theme.style(Role::Now)));
            lines.extend(acts.into_iter().map(|(act, keys)| entry(&keys, act.help(), cx)));
            lines.extend(commands.into_iter().map(|(keys, help)| entry(&keys, &help, cx)));
        }
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let more = cx.key(Action::Help, Scope::Help);
        let title = match self.depth {
            Depth::Here if cx.keymap.name() == "default" => {
                format!("Keys that work here  ·  {more} every act")
            }
            Depth::Here => format!("Keys that work here, keymap {}  ·  {more} every act", cx.keymap.name()),
            Depth::All => format!("Every act  ·  {more} the manual"),
            Depth::Manual => format!("How Concord is used  ·  {more} keys here"),
        };
        let inner = window::window_at(frame, Self::frame(area), cx, &title);
        window::lines(frame, inner, self.lines(cx).into_iter().skip(self.top.at).collect());
    }
}

fn entry(keys: &str, help: &str, cx: &Cx) -> Line<'static> {
    let keys = crate::tui::text::left(keys, KEY, cx.theme.glyphs.ellipsis);
    Line::from(vec![Span::styled(keys, cx.theme.style(Role::Now)), Span::raw(format!(" {help}"))])
}

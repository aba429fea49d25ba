//! Help in three depths: the keys and marks of the page, everything one can do, the manual. The help key goes to the next.

use super::Outcome;
use crate::tui::action::{Action, Scope, Typing};
use crate::tui::facts::Cx;
use crate::tui::legend;
use crate::tui::scope;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::line::Line as Typed;
use crate::tui::widgets::narrow;
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
    /// What is looked for among everything one can do.
    find: Typed,
}

const WIDTH: u16 = 76;
const KEY: usize = 14;
/// Cells of a mark: the longest is `precontemplation`.
const SIGN: usize = 17;

const MANUAL: &[&str] = &[
    "Plain letters never write. Outside a text they find a person, move the highlight or go to a page, so a sentence typed into the wrong place does no harm.",
    "",
    "Enter opens what is highlighted. Esc goes back and never throws text away: drafts stay, and a form with text in it asks first.",
    "",
    "On People the first letter opens the find line. Type words in any order; accents and capitals do not matter. A record number and a birth date are found too. Enter opens a chart only if one person matches or if you moved the highlight yourself.",
    "",
    "A digit ranks everyone in one dimension, and 0 goes back to the whole list. Right shows why a person is at this place in the list.",
    "",
    "In a chart one letter is one page: o overview, g assessment grid, r priorities, p plan, n notes, h history.",
    "",
    "You can type a date as T for today, T-30, T+2w, mon, 2026-04-25 or 4/25/26. The date that Concord understood is shown beside the field.",
    "",
    "What you write is saved, encrypted, within a second of typing. A lock loses nothing: sign in again and you are where you were.",
];

impl Help {
    /// Help for these scopes, innermost first.
    pub fn over(scopes: Vec<Scope>) -> Self {
        Self { scopes, depth: Depth::Here, top: Cursor::default(), find: Typed::default() }
    }

    /// Where its keys are read.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        if self.find.is_empty() { vec![Scope::Help] } else { vec![Scope::Find, Scope::Help] }
    }

    /// Letters find among everything one can do.
    pub(super) fn text(&mut self, typed: &str) {
        self.find.insert(typed);
        self.top = Cursor::default();
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        if !self.find.is_empty() && self.find.act(action) {
            self.top = Cursor::default();
            return Outcome::Stay;
        }
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
                let area = window::inner(Self::frame(cx.size.into()));
                let count = window::places(self.lines(cx).len(), area);
                self.top.act(action, count, usize::from(area.height).saturating_sub(2).max(1));
            }
        }
        Outcome::Stay
    }

    fn frame(area: Rect) -> Rect {
        window::place(area, WIDTH, area.height)
    }

    /// What was looked for: each act that has these words, with its key and the page that has it.
    fn found(&self, cx: &Cx) -> Vec<Line<'static>> {
        let typed = self.find.value();
        let dim = cx.theme.style(Role::Dim);
        let mut lines = vec![Line::from(vec![Span::styled("Find  ", dim), Span::raw(typed.to_owned())])];
        lines.push(Line::default());
        let all = Action::all().filter(|act| Self::is_listed(*act, cx));
        let acts = narrow::sorted(all, |act| narrow::fit(typed, [act.help(), act.words(), ""]));
        if acts.is_empty() {
            lines.push(Line::from("Nothing one can do has these words. Try fewer letters."));
        }
        for act in acts {
            let scope = act.scopes()[0];
            let keys = cx.keymap.keys_for(act, &[scope]).into_iter().next().unwrap_or_default();
            lines.extend(entry(&keys, &format!("{} ({})", act.help(), scope.title()), cx));
        }
        lines
    }

    /// Whether it is among everything one can do.
    fn is_listed(act: Action, cx: &Cx) -> bool {
        !act.scopes().iter().any(|scope| scope.signed_out()) && cx.may_do(act)
    }

    fn lines(&self, cx: &Cx) -> Vec<Line<'static>> {
        if !self.find.is_empty() {
            return self.found(cx);
        }
        match self.depth {
            Depth::Here => {
                let mut lines = Vec::new();
                if self.scopes.first().is_some_and(|scope| scope.typing() == Typing::Seek) {
                    lines.extend(entry("letters", "Find in the list", cx));
                }
                let chain = scope::chain(&self.scopes);
                for scope in &chain {
                    if *scope == Scope::Everywhere {
                        self.legend(cx, &mut lines);
                    }
                    self.of_scope(*scope, cx, &mut lines);
                }
                self.without_a_key(&chain, cx, &mut lines);
                lines
            }
            Depth::All => {
                let line = |act: Action| {
                    let keys =
                        act.scopes().iter().flat_map(|scope| cx.keymap.keys_for(act, &[*scope])).next();
                    entry(&keys.unwrap_or_default(), act.help(), cx)
                };
                Action::all().filter(|act| Self::is_listed(*act, cx)).flat_map(line).collect()
            }
            Depth::Manual => {
                let text: Vec<String> = MANUAL.iter().map(|line| (*line).to_owned()).collect();
                window::wrapped(&text, cells(cx)).into_iter().map(Line::from).collect()
            }
        }
    }

    fn of_scope(&self, scope: Scope, cx: &Cx, lines: &mut Vec<Line<'static>>) {
        let acts: Vec<(Action, String)> = Self::acts(scope, cx)
            .map(|act| (act, cx.keymap.keys_for(act, &self.scopes).join(", ")))
            .filter(|(_, keys)| !keys.is_empty())
            .collect();
        let commands = cx.keymap.commands(scope, &self.scopes);
        if !acts.is_empty() || !commands.is_empty() {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            lines.push(Line::styled(scope.title(), cx.theme.style(Role::Now)));
            lines.extend(acts.into_iter().flat_map(|(act, keys)| entry(&keys, act.help(), cx)));
            lines.extend(commands.into_iter().flat_map(|(keys, help)| entry(&keys, &help, cx)));
        }
    }

    fn acts(scope: Scope, cx: &Cx) -> impl Iterator<Item = Action> {
        Action::all()
            .filter(move |act| act.scopes().contains(&scope) && (scope.signed_out() || cx.may_do(*act)))
    }

    /// What can be done here by the menu only: last, since keys and marks are what help is opened for.
    fn without_a_key(&self, chain: &[Scope], cx: &Cx, lines: &mut Vec<Line<'static>>) {
        let mut acts: Vec<Action> = Vec::new();
        for act in chain.iter().flat_map(|scope| Self::acts(*scope, cx)) {
            let keyless = cx.keymap.keys_for(act, &self.scopes).is_empty() && act.menu().is_listed();
            if keyless && !acts.contains(&act) {
                acts.push(act);
            }
        }
        if acts.is_empty() {
            return;
        }
        let menu = cx.key(Action::ActionsMenu, Scope::Everywhere);
        let title = format!("Without a key of its own: {menu}, or by its words");
        lines.extend([Line::default(), Line::styled(title, cx.theme.style(Role::Now))]);
        lines.extend(acts.into_iter().flat_map(|act| entry("", act.help(), cx)));
    }

    /// What the marks and words of the page mean: below its own keys, above those that work everywhere.
    fn legend(&self, cx: &Cx, lines: &mut Vec<Line<'static>>) {
        let mut seen: Vec<String> = Vec::new();
        let entries = scope::chain(&self.scopes).into_iter().flat_map(|scope| legend::of(scope, cx));
        for one in entries {
            if seen.contains(&one.sign) {
                continue;
            }
            if seen.is_empty() {
                lines.extend([
                    Line::default(),
                    Line::styled("Marks and words on this page", cx.theme.style(Role::Now)),
                ]);
            }
            lines.extend(apart(&one.sign, &one.means, SIGN, cx));
            seen.push(one.sign);
        }
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let more = cx.key(Action::Help, Scope::Help);
        let title = match self.depth {
            _ if !self.find.is_empty() => "Everything you can do that has these words".to_owned(),
            Depth::Here if cx.keymap.name() == "default" => {
                format!("Keys and marks of this page  ·  letters find  ·  {more} more")
            }
            Depth::Here => {
                format!("Keys and marks, keymap {}  ·  {more} everything you can do", cx.keymap.name())
            }
            Depth::All => format!("Everything you can do  ·  {more} the manual"),
            Depth::Manual => format!("How Concord is used  ·  {more} keys and marks"),
        };
        let inner = window::window_at(frame, Self::frame(area), cx, &title);
        window::scrolled(frame, inner, self.lines(cx), self.top.at, cx);
    }
}

/// Cells of a line.
fn cells(cx: &Cx) -> usize {
    usize::from(WIDTH.min(cx.size.width).saturating_sub(4))
}

/// Keys and what they do.
fn entry(keys: &str, help: &str, cx: &Cx) -> Vec<Line<'static>> {
    apart(keys, help, KEY, cx)
}

/// Keys or a mark in so many cells, and what they do or mean. Those that take more than their column have a line of their own,
/// help goes on below itself.
fn apart(keys: &str, help: &str, column: usize, cx: &Cx) -> Vec<Line<'static>> {
    let now = cx.theme.style(Role::Now);
    let mut lines = Vec::new();
    let mut beside = keys;
    if text::width(keys) > column {
        let above = window::wrapped(&[keys.to_owned()], cells(cx)).into_iter();
        lines.extend(above.map(|line| Line::styled(line, now)));
        beside = "";
    }
    for help in window::wrapped(&[help.to_owned()], cells(cx).saturating_sub(column + 1)) {
        let beside = std::mem::take(&mut beside);
        let keys = Span::styled(text::left(beside, column, ""), now);
        lines.push(Line::from(vec![keys, Span::raw(format!(" {help}"))]));
    }
    lines
}

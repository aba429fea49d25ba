//! People an import left out, one pair at a time beside the person here whom they look like: one key says who they are.
//!
//! Names are whole here whatever lists show: whoever tells two people apart has to read them.

use crate::domain::{ClientId, WhoTheyAre};
use crate::rules::likeness::pair::{Agrees, Beside};
use crate::service::api::{
    Answer, Command, HouseAnswer, HouseAsk, LookAlikeDecision, LookAlikePair, LookAlikesView, Place,
};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::{Step, View};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// The page: the pair that is shown, and how far it is scrolled.
#[derive(Debug, Default)]
pub struct LookAlikesScreen {
    view: Option<Box<LookAlikesView>>,
    top: usize,
}

/// Cells of the labels at the left, and of the word at the right that says how both compare.
const LABEL: usize = 13;
const WORD: usize = 9;

impl LookAlikesScreen {
    fn pair(&self) -> Option<&LookAlikePair> {
        self.view.as_ref()?.pair.as_ref()
    }

    /// Asks for the pair this many further, round the list.
    fn turn(&self, further: bool) -> Vec<Step> {
        let Some(view) = self.view.as_ref().filter(|view| view.of > 1) else {
            return vec![Step::Say("There is no other pair to decide on.".to_owned())];
        };
        let at = if further { view.at + 1 } else { view.at + view.of - 1 };
        vec![ask(at)]
    }

    fn decide(&self, what: WhoTheyAre) -> Vec<Step> {
        let (Some(view), Some(pair)) = (&self.view, self.pair()) else { return Vec::new() };
        let LookAlikePair { import, number, rev, here, .. } = *pair;
        let decision = LookAlikeDecision { import, number, rev, here, what, at: view.at };
        vec![Step::Ask(Command::House(HouseAsk::DecideLookAlike(decision)))]
    }

    /// The pair as lines of so many cells.
    fn lines(&self, cells: usize, cx: &Cx) -> Vec<Line<'static>> {
        let Some((view, pair)) = self.view.as_ref().and_then(|view| Some((view, view.pair.as_ref()?))) else {
            return Vec::new();
        };
        let dim = cx.theme.style(Role::Dim);
        let mut lines = Vec::new();
        let place =
            if view.of > 1 { format!("Pair {} of {}. ", view.at + 1, view.of) } else { String::new() };
        let about = format!("{place}Left out of {}: {}.", pair.came, pair.why);
        lines.extend(broken(&about, cells.saturating_sub(2)).into_iter().map(|line| said(&line, dim)));
        lines.push(Line::default());
        let heads = [format!("Here, {}", pair.record_no), "In the file".to_owned()];
        lines.extend(columns("", &heads, "", [cx.theme.style(Role::Now); 2], dim, cells));
        for row in &pair.rows {
            lines.extend(row_lines(row, cells, cx));
        }
        lines.push(Line::default());
        for sentence in &pair.also {
            lines.extend(broken(sentence, cells.saturating_sub(2)).into_iter().map(|line| said(&line, dim)));
        }
        for sentence in Self::keys(pair, view.of > 1, cx) {
            let style = cx.theme.style(Role::Normal);
            lines.extend(
                broken(&sentence, cells.saturating_sub(2)).into_iter().map(|line| said(&line, style)),
            );
        }
        lines
    }

    /// What each key does to this pair.
    fn keys(pair: &LookAlikePair, more: bool, cx: &Cx) -> [String; 3] {
        let key = |action| cx.key(action, Scope::LookAlikes);
        [
            format!(
                "{} same person: what is new is added to {}; nothing there is written over.",
                key(Action::SameAsHere),
                pair.record_no
            ),
            format!(
                "{} another person: they are registered with a record number of their own.",
                key(Action::AnotherPerson)
            ),
            if more {
                "Not sure? Press Right to see the next pair. This one waits here until somebody decides."
                    .to_owned()
            } else {
                "Not sure? Press Esc to go back. The pair waits here until somebody decides.".to_owned()
            },
        ]
    }
}

fn ask(at: usize) -> Step {
    Step::Ask(Command::House(HouseAsk::LookAlikes { at }))
}

fn said(text: &str, style: Style) -> Line<'static> {
    Line::from(Span::styled(format!(" {text}"), style))
}

/// One fact of both people, as many lines as the longer one needs.
fn row_lines(row: &Beside, cells: usize, cx: &Cx) -> Vec<Line<'static>> {
    let (word, role) = match row.agrees {
        Agrees::OneOnly if row.here.is_empty() => ("new", Role::Normal),
        Agrees::OneOnly | Agrees::Same => ("", Role::Normal),
        Agrees::Differs => ("differs", Role::Now),
    };
    let (style, dim) = (cx.theme.style(role), cx.theme.style(Role::Dim));
    columns(row.label, &[row.here.clone(), row.there.clone()], word, [style; 2], dim, cells)
}

/// A label, two texts beside each other, and a word: the texts are broken, never cut.
fn columns(
    label: &str,
    texts: &[String; 2],
    word: &str,
    styles: [Style; 2],
    dim: Style,
    cells: usize,
) -> Vec<Line<'static>> {
    let each = cells.saturating_sub(1 + LABEL + WORD + 2) / 2;
    let [here, there] = [&texts[0], &texts[1]].map(|text| broken(text, each));
    let count = here.len().max(there.len()).max(1);
    let at = |all: &[String], at: usize| all.get(at).cloned().unwrap_or_default();
    (0..count)
        .map(|line| {
            let first = line == 0;
            Line::from(vec![
                Span::styled(format!(" {}", text::left(if first { label } else { "" }, LABEL, "")), dim),
                Span::styled(text::left(&at(&here, line), each + 1, ""), styles[0]),
                Span::styled(text::left(&at(&there, line), each + 1, ""), styles[1]),
                Span::styled(if first { word.to_owned() } else { String::new() }, styles[1]),
            ])
        })
        .collect()
}

/// Text in lines of so many cells, broken at blanks, and within a word that is longer than a line.
fn broken(text: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in window::wrapped(&[text.to_owned()], cells.max(2)) {
        let mut rest = line.as_str();
        while text::width(rest) > cells.max(2) {
            let head = text::cut(rest, cells.max(2), "").len();
            lines.push(rest[..head].to_owned());
            rest = &rest[head..];
        }
        lines.push(rest.to_owned());
    }
    lines
}

impl View for LookAlikesScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::LookAlikes]
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn place(&self, place: &mut Place) {
        Action::LookAlikes.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Look-alikes".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![ask(0)]
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        Some(self.pair()?.here)
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        let decides = matches!(action, Action::SameAsHere | Action::AnotherPerson | Action::Open);
        !decides || self.pair().is_some()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let content = cx.content();
        let places = window::places(self.lines(usize::from(content.width), cx).len(), content);
        let page = usize::from(content.height).max(1);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top + 1,
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown => self.top + page,
            Action::First => 0,
            Action::Last => places,
            Action::Left => return self.turn(false),
            Action::Right => return self.turn(true),
            Action::SameAsHere => return self.decide(WhoTheyAre::SamePerson),
            Action::AnotherPerson => return self.decide(WhoTheyAre::AnotherPerson),
            Action::Open => {
                let Some(client) = self.pair().map(|pair| pair.here) else { return Vec::new() };
                return vec![Step::OpenChart { client, room: RoomName::Overview, opening: Opening::Chart }];
            }
            _ => return Vec::new(),
        }
        .min(places.saturating_sub(1));
        Vec::new()
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::House(HouseAnswer::LookAlikes(view)) => {
                self.top = 0;
                self.view = Some(view.clone());
                if view.said.is_empty() {
                    Vec::new()
                } else {
                    vec![Step::Say(view.said.clone()), Step::Refresh]
                }
            }
            // A decision was undone: the pair waits again.
            Answer::Done(_) => vec![ask(self.view.as_ref().map_or(0, |view| view.at))],
            _ => Vec::new(),
        }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.pair().is_none() {
            let words = match &self.view {
                Some(_) => {
                    "Nobody waits for a decision. If an import finds somebody who looks like a person here, it leaves them \
                     out, and they wait on this page until you say whether they are the same person. Press Esc to go back."
                }
                None => "One moment.",
            };
            empty(frame, area, &[words.to_owned()], cx);
            return;
        }
        window::scrolled(frame, area, self.lines(usize::from(area.width), cx), self.top, cx);
    }
}

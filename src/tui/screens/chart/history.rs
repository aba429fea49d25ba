//! The history of a chart: who looked at it, who did what in it, and with which reason, newest first.
//!
//! Owns the pages read so far and the highlight. Reading them is recorded too.

use super::Room;
use crate::domain::{Act, Number};
use crate::service::api::{Answer, ChartView, Command, HistoryLine, HouseAnswer, HouseAsk};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay};
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::empty;
use crate::tui::widgets::table::{Cell, Column, Table};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// The state of this room.
#[derive(Debug, Default)]
pub struct History {
    lines: Vec<HistoryLine>,
    before: Option<Number>,
    loaded: bool,
    refused: String,
    cursor: Cursor,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    When,
    Who,
    What,
}

fn columns() -> [Column<Col>; 3] {
    [
        Column::left(Col::When, "When", 16),
        Column::left(Col::Who, "Who", 24),
        Column::left(Col::What, "What", 0),
    ]
}

impl History {
    fn table<'a>(&self, columns: &'a [Column<Col>]) -> Table<'a, Col> {
        Table { columns, count: self.lines.len(), cursor: self.cursor, highlighted: true }
    }

    fn ask(chart: &ChartView, before: Option<Number>) -> Vec<Step> {
        let client = chart.client.value.id;
        vec![Step::Ask(Command::House(HouseAsk::History { client, before }))]
    }

    /// Everything about the highlighted event, in a window.
    fn whole(&self) -> Vec<Step> {
        let Some(line) = self.lines.get(self.cursor.at) else { return Vec::new() };
        let mut words = vec![format!("{}, {}, {}", line.what, line.who, line.at)];
        if !line.reason.is_empty() {
            words.push(line.reason.clone());
        }
        words.extend(line.changes.iter().flat_map(|one| {
            let field = one.field.as_str();
            [String::new(), format!("{field}: {}", one.now), format!("was: {}", one.was)]
        }));
        if line.withheld {
            words.push("What it changed in the chart is shown to those who may read the chart.".to_owned());
        } else if line.changes.is_empty() {
            words.push("It changed nothing that was there before.".to_owned());
        }
        let words: Vec<String> = words.iter().map(|line| text::line(line).into_owned()).collect();
        vec![Step::Over(Overlay::Message(Message::new("What was changed", words)))]
    }

    /// The list, over the highlighted reason in full and what can be done.
    fn list(area: Rect) -> Rect {
        Rect { height: area.height.saturating_sub(3), ..area }
    }
}

impl Room for History {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::History]
    }

    fn entered(&mut self, chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        if chart.may_history { Self::ask(chart, None) } else { Vec::new() }
    }

    fn offers(&self, action: Action, _chart: &ChartView) -> bool {
        action != Action::OlderEvents || self.before.is_some()
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, self.lines.len(), cx.page()) {
            return Vec::new();
        }
        match (action, self.before) {
            (Action::Open, _) => self.whole(),
            (Action::OlderEvents, Some(before)) => Self::ask(chart, Some(before)),
            (Action::OlderEvents, None) => vec![Step::Say("These are all the events.".to_owned())],
            _ => Vec::new(),
        }
    }

    fn click(&mut self, at: Position, area: Rect, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        if let Some(row) = self.table(&columns()).hit(at, Self::list(area)) {
            self.cursor.at = row;
        }
        Vec::new()
    }

    fn reply(&mut self, answer: &Answer, chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        let Answer::House(HouseAnswer::History(page)) = answer else { return Vec::new() };
        if page.client != chart.client.value.id {
            return Vec::new();
        }
        if page.more {
            self.lines.extend(page.lines.iter().cloned());
        } else {
            self.lines.clone_from(&page.lines);
        }
        self.before = page.before;
        self.loaded = true;
        self.refused.clear();
        self.cursor.clamp(self.lines.len());
        Vec::new()
    }

    fn failed(&mut self, fault: &Fault, _cx: &Cx) -> Vec<Step> {
        if !self.loaded {
            self.refused = fault.to_string();
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        if !chart.may_history {
            let words = [
                "Each opening of this chart and each act in it is kept, yours too: who, when and what was done, \
                 never what was written.",
                "Supervisors of its program and admins read that list here. Ask one of them to see it.",
            ];
            empty(frame, area, &words.map(str::to_owned), cx);
            return;
        }
        if self.lines.is_empty() {
            let words = match (self.loaded, self.refused.is_empty()) {
                (_, false) => self.refused.clone(),
                (true, _) if self.before.is_none() => {
                    "Nothing is written down about this chart yet. Each opening of it and each act in it comes here.".to_owned()
                }
                (true, _) => format!(
                    "The newest events hold nothing about this chart. Each opening of it and each act in it comes here. \
                     Press {} to look further back.",
                    cx.key(Action::OlderEvents, Scope::History)
                ),
                (false, _) => "One moment.".to_owned(),
            };
            empty(frame, area, &[words], cx);
        } else {
            self.table(&columns())
                .draw(frame, Self::list(area), cx, |at, col| cell(&self.lines[at], col, cx));
        }
        let row = |up: u16| Rect { y: area.bottom().saturating_sub(up), height: 1, ..area };
        let below = self.lines.get(self.cursor.at).map(below).filter(|words| !words.is_empty());
        if let Some(words) = below {
            let words =
                text::cut(&words, usize::from(area.width).saturating_sub(2), cx.theme.glyphs.ellipsis);
            frame.render_widget(Line::raw(format!(" {words}")), row(2));
        }
        let words = match self.before {
            Some(_) => format!(" {} shows older events", cx.key(Action::OlderEvents, Scope::History)),
            None if self.loaded => " These are all the events.".to_owned(),
            None => String::new(),
        };
        frame.render_widget(Line::styled(words, cx.theme.style(Role::Dim)), row(1));
    }
}

/// The reason of an event, else the first of what it changed: Enter shows all of it.
fn below(line: &HistoryLine) -> String {
    match line.changes.first() {
        _ if !line.reason.is_empty() => line.reason.clone(),
        Some(first) => {
            let more = match line.changes.len() - 1 {
                0 => String::new(),
                more => format!("  (Enter: {more} more)"),
            };
            format!("{} was {}, now {}{more}", first.field, first.was, first.now)
        }
        None => String::new(),
    }
}

fn cell(line: &HistoryLine, col: Col, cx: &Cx) -> Cell {
    let looked =
        matches!(line.act, Act::ChartOpened | Act::DocumentRead | Act::HistoryRead | Act::DraftOpened);
    let role = if looked { Role::Dim } else { Role::Normal };
    let shown = match col {
        Col::When => line.at.to_string(),
        Col::Who => line.who.clone(),
        Col::What => {
            let mut spans = vec![Span::styled(line.what.clone(), cx.theme.style(role))];
            if !line.reason.is_empty() {
                spans.push(Span::styled(format!("  {}", line.reason), cx.theme.style(Role::Now)));
            }
            let fields: Vec<&str> = line.changes.iter().map(|one| one.field.as_str()).collect();
            if !fields.is_empty() {
                spans.push(Span::styled(format!("  {}", fields.join(", ")), cx.theme.style(Role::Dim)));
            }
            if line.clock_went_back {
                spans.push(Span::styled(
                    "  the computer's clock had gone back",
                    cx.theme.style(Role::Overdue),
                ));
            }
            return spans;
        }
    };
    vec![Span::styled(shown, cx.theme.style(role))]
}

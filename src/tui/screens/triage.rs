//! Triage: every dimension's questions about danger now on one screen, a yes or a no each; every yes says what the danger is.
//!
//! Owns the answers so far. Nothing is written before they are handed in: then every yes is an immediate need, confirmed.

use crate::domain::{ClientId, TriageAnswer};
use crate::packs::Dimension;
use crate::service::api::{Answer, Command, FormPlace, HouseAsk, Place};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::wait;
use crate::tui::screen::{Filled, Step, View};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::line::Line as Typed;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// One dimension's answer so far.
#[derive(Debug)]
struct Row {
    dimension: u8,
    danger: Option<bool>,
    reason: Typed,
}

/// Where the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    /// On the yes or no of this row.
    Answer(usize),
    /// On what the danger is in this row.
    Reason(usize),
    /// On the line that hands it in.
    Done,
}

/// The triage of one client.
#[derive(Debug)]
pub struct TriageScreen {
    client: ClientId,
    name: String,
    /// The chart's own, so that nobody answers for the wrong person.
    header: Header,
    rows: Vec<Row>,
    focus: Focus,
    /// Admission comes next, where there is no danger.
    admit: bool,
    changed: bool,
    busy: bool,
}

/// Cells before the questions: pointer, dimension, answer.
const LEAD: usize = 22;

impl TriageScreen {
    /// The questions for a client; `admit`: admission comes next.
    pub fn new(client: ClientId, name: &str, header: Header, admit: bool, cx: &Cx) -> Self {
        let rows = questions(cx)
            .map(|d| Row { dimension: d.number, danger: None, reason: Typed::default() })
            .collect();
        let name = name.to_owned();
        Self { client, name, header, rows, focus: Focus::Answer(0), admit, changed: false, busy: false }
    }

    /// Which it is, with nothing typed.
    fn place_of(&self) -> FormPlace {
        let kind = if self.admit { "triage-admit" } else { "triage" };
        let (kind, title) = (kind.to_owned(), format!("Triage of {}", self.name));
        FormPlace { kind, title, client: Some(self.client), ..FormPlace::default() }
    }

    /// The places the focus can be, in order.
    fn places(&self) -> Vec<Focus> {
        let mut places = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            places.push(Focus::Answer(at));
            if row.danger == Some(true) {
                places.push(Focus::Reason(at));
            }
        }
        places.push(Focus::Done);
        places
    }

    fn step(&mut self, on: bool) {
        let places = self.places();
        let at = places.iter().position(|place| *place == self.focus).unwrap_or(0);
        let next = if on { at + 1 } else { at.saturating_sub(1) };
        self.focus = places[next.min(places.len() - 1)];
    }

    fn answer(&mut self, at: usize, danger: bool) {
        let Some(row) = self.rows.get_mut(at) else { return };
        row.danger = Some(danger);
        self.changed = true;
        self.step(true);
    }

    fn submit(&mut self) -> Vec<Step> {
        self.busy = true;
        let answer = |row: &Row| TriageAnswer {
            dimension: row.dimension,
            danger: row.danger,
            reason: if row.danger == Some(true) {
                row.reason.value().trim().to_owned()
            } else {
                String::new()
            },
            need: 0,
        };
        let answers = self.rows.iter().map(answer).collect();
        vec![Step::Ask(Command::House(HouseAsk::Triage { client: self.client, answers }))]
    }

    /// Puts the focus where something is missing.
    fn point_at_what_is_missing(&mut self) {
        let without = |row: &Row| row.danger == Some(true) && row.reason.value().trim().is_empty();
        if let Some(at) = self.rows.iter().position(without) {
            self.focus = Focus::Reason(at);
        } else if let Some(at) = self.rows.iter().position(|row| row.danger.is_none()) {
            self.focus = Focus::Answer(at);
        }
    }

    /// Lines of the screen, and for each where a click puts the focus.
    fn lines(&self, width: usize, cx: &Cx) -> Vec<(Option<Focus>, Line<'static>)> {
        let dim = cx.theme.style(Role::Dim);
        let room = width.min(100).saturating_sub(LEAD + 1);
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let Some(dimension) = questions(cx).find(|d| d.number == row.dimension) else { continue };
            let here = matches!(self.focus, Focus::Answer(n) | Focus::Reason(n) if n == at);
            for (n, words) in window::wrapped(&[dimension.triage.join(" ")], room).into_iter().enumerate() {
                let mut spans =
                    if n == 0 { self.lead(at, dimension, cx) } else { vec![Span::raw(" ".repeat(LEAD))] };
                spans.push(Span::styled(words, if here { cx.theme.style(Role::Normal) } else { dim }));
                lines.push((Some(Focus::Answer(at)), Line::from(spans)));
            }
            if row.danger == Some(true) {
                let mark = if self.focus == Focus::Reason(at) { cx.theme.glyphs.pointer } else { " " };
                let label = Span::styled(format!("{:13}{mark} Danger ", ""), cx.theme.style(Role::Now));
                lines.push((
                    Some(Focus::Reason(at)),
                    Line::from(vec![label, Span::raw(row.reason.value().to_owned())]),
                ));
                let then = format!("{}then: {}", " ".repeat(LEAD), dimension.triage_action);
                lines.push((None, Line::styled(then, dim)));
            }
        }
        lines.push((None, Line::default()));
        let here = self.focus == Focus::Done;
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let style = cx.theme.style(if here { Role::Selected } else { Role::Now });
        let done = Line::from(vec![Span::raw(format!("{mark} ")), Span::styled(" Write it down ", style)]);
        lines.push((Some(Focus::Done), done));
        lines
    }

    fn lead(&self, at: usize, dimension: &Dimension, cx: &Cx) -> Vec<Span<'static>> {
        let focus = self.focus == Focus::Answer(at);
        let mark = if focus { cx.theme.glyphs.pointer } else { " " };
        let name =
            text::left(&format!("{} {}", dimension.number, dimension.short), 13, cx.theme.glyphs.ellipsis);
        let (word, role) = match self.rows[at].danger {
            Some(true) => ("YES", Role::TierNow),
            Some(false) => ("no", Role::Normal),
            None => (cx.theme.glyphs.none, Role::Dim),
        };
        let role = if focus && self.rows[at].danger != Some(true) { Role::Focus } else { role };
        vec![
            Span::raw(format!("{mark} ")),
            Span::styled(name, cx.theme.style(if focus { Role::Focus } else { Role::Normal })),
            Span::raw("  "),
            Span::styled(text::left(word, 5, ""), cx.theme.style(role)),
        ]
    }

    /// The first line in sight, so that the focus is.
    fn top(&self, lines: &[(Option<Focus>, Line<'static>)], height: usize) -> usize {
        let last = lines.iter().rposition(|(focus, _)| *focus == Some(self.focus)).unwrap_or(0);
        // The line behind the reason says what to do then: it belongs in sight too.
        (last + 2).min(lines.len()).saturating_sub(height)
    }
}

/// The dimensions that ask about danger.
fn questions(cx: &Cx) -> impl Iterator<Item = &'static Dimension> {
    let set = cx.set();
    set.into_iter().flat_map(|set| &set.dimensions).filter(|dimension| !dimension.triage.is_empty())
}

/// Lines above the questions.
const HEAD: u16 = 2;

impl View for TriageScreen {
    fn scopes(&self) -> Vec<Scope> {
        if self.focus == Focus::Done { vec![Scope::Form] } else { vec![Scope::FieldText, Scope::Form] }
    }

    fn header(&self, _cx: &Cx) -> Header {
        self.header.clone()
    }

    fn act(&mut self, action: Action, _cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        match (action, self.focus) {
            (Action::Submit, _) | (Action::Choose | Action::Open, Focus::Done) => return self.submit(),
            (Action::NextField | Action::Choose | Action::Open, _) => self.step(true),
            (Action::PrevField, _) => self.step(false),
            (Action::Cancel, _) => return vec![Step::Close],
            (_, Focus::Reason(at)) => self.changed |= self.rows[at].reason.act(action),
            (Action::DeleteBack | Action::ClearLine, Focus::Answer(at)) => self.rows[at].danger = None,
            (Action::TextLeft | Action::TextRight, Focus::Answer(at)) => {
                self.rows[at].danger = Some(action == Action::TextLeft);
                self.changed = true;
            }
            _ => {}
        }
        Vec::new()
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::Submit | Action::SaveNow | Action::Undo | Action::Redo)
    }

    fn text(&mut self, typed: &str, _cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        match self.focus {
            Focus::Reason(at) => {
                self.rows[at].reason.insert(typed);
                self.changed = true;
            }
            Focus::Answer(at) => match typed {
                "1" => self.answer(at, true),
                "2" => self.answer(at, false),
                "-" => self.rows[at].danger = None,
                _ => {
                    return vec![Step::Say("1 says yes, 2 says no, - takes the answer away.".to_owned())];
                }
            },
            Focus::Done => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let lines = self.lines(usize::from(area.width), cx);
        let list = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
        let top = self.top(&lines, usize::from(list.height));
        let row = usize::from(at.y.saturating_sub(list.y)) + top;
        let Some(focus) = lines.get(row).filter(|_| list.contains(at)).and_then(|line| line.0) else {
            return Vec::new();
        };
        if focus == Focus::Done && self.focus == Focus::Done {
            return self.submit();
        }
        self.focus = focus;
        Vec::new()
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        Some(self)
    }

    fn place(&self, place: &mut Place) {
        if !self.changed {
            return;
        }
        let mut fields = Vec::new();
        for row in &self.rows {
            if let Some(danger) = row.danger {
                fields.push((row.dimension.to_string(), if danger { "yes" } else { "no" }.to_owned()));
            }
            if !row.reason.is_empty() {
                fields.push((format!("{}-why", row.dimension), row.reason.value().to_owned()));
            }
        }
        place.typed.push(FormPlace { open: true, fields, ..self.place_of() });
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        let Answer::Done(done) = answer else { return Vec::new() };
        self.busy = false;
        self.changed = false;
        let danger = self.rows.iter().any(|row| row.danger == Some(true));
        let mut steps = vec![Step::Close];
        if danger {
            // Acting comes first: there needs are decided. Admission can wait.
            if self.admit {
                steps.push(Step::Say(format!("{} Admission too.", done.said)));
            } else {
                steps.push(Step::Run(Action::RoomPriorities));
            }
        } else if self.admit {
            steps.push(Step::Run(Action::Admit));
        }
        steps
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.busy = false;
        self.point_at_what_is_missing();
        Vec::new()
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        Some(self.client)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let words = " Triage: is there danger now? 1 yes, 2 no, - not asked. After a yes the rest can wait.";
        frame.render_widget(Span::styled(words, cx.theme.style(Role::Dim)), Rect { height: 1, ..area });
        let list = Rect { y: area.y + HEAD, height: area.height.saturating_sub(HEAD), ..area };
        let lines = self.lines(usize::from(area.width), cx);
        let top = self.top(&lines, usize::from(list.height));
        let reason = lines.iter().position(|(focus, _)| *focus == Some(self.focus));
        let shown = lines.into_iter().skip(top).map(|(_, line)| line).collect();
        window::lines(frame, list, shown);
        if let (Focus::Reason(at), Some(row)) = (self.focus, reason) {
            let y = list.y + (row.saturating_sub(top)) as u16;
            let x = list.x + LEAD as u16;
            if y < list.bottom() {
                let line = Rect { x, y, width: list.right().saturating_sub(x), height: 1 };
                self.rows[at].reason.draw(frame, line, true, cx);
            }
        }
    }
}

impl Filled for TriageScreen {
    fn which(&self) -> Option<FormPlace> {
        Some(self.place_of())
    }

    fn put_back(&mut self, typed: &FormPlace) {
        for (id, value) in &typed.fields {
            let (number, why) = id.split_once('-').map_or((id.as_str(), false), |(number, _)| (number, true));
            let Some(row) = self.rows.iter_mut().find(|row| row.dimension.to_string() == number) else {
                continue;
            };
            if why {
                row.reason.set(value);
            } else {
                row.danger = Some(value == "yes");
            }
            self.changed = true;
        }
    }

    fn is_changed(&self) -> bool {
        self.changed
    }
}

/// The screen that asks, to be opened over a chart.
pub fn ask(client: ClientId, name: &str, header: Header, admit: bool, cx: &Cx) -> Step {
    Step::Push(Box::new(TriageScreen::new(client, name, header, admit, cx)))
}

//! Triage: every dimension's questions about danger now on one screen. Each is answered yes or no, or left for later; every
//! yes says what the danger is.
//!
//! Owns the answers so far. Nothing is written before they are handed in: then every yes is an immediate need, confirmed. A
//! yes goes on to its words, every other answer to the next question. No key of a sentence is ever an answer: words are typed
//! after a yes, and where letters were typed instead of an answer, digits do not count until they are cleared.

mod view;

use crate::domain::{ClientId, TriageAnswer};
use crate::packs::Dimension;
use crate::rules::need::is_only_answers;
use crate::service::api::{Answer, Command, FormKind, FormPlace, HouseAsk, Place};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::wait;
use crate::tui::screen::{Filled, Step, View};
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::line::Line as Typed;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// One dimension's answer so far.
#[derive(Debug)]
struct Row {
    dimension: u8,
    danger: Option<bool>,
    /// Left for later on purpose.
    later: bool,
    reason: Typed,
}

impl Row {
    fn lacks_words(&self) -> bool {
        let words = self.reason.value();
        self.danger == Some(true) && (words.trim().is_empty() || is_only_answers(words))
    }
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
    /// Letters that were typed, one after the other, where only an answer counts.
    stray: usize,
}

/// As many letters in a row are words and no slip of the finger.
const WORDS: usize = 2;

impl TriageScreen {
    /// The questions for a client; `admit`: admission comes next.
    pub fn new(client: ClientId, name: &str, header: Header, admit: bool, cx: &Cx) -> Self {
        let rows = questions(cx)
            .map(|d| Row { dimension: d.number, danger: None, later: false, reason: Typed::default() })
            .collect();
        let name = name.to_owned();
        Self {
            client,
            name,
            header,
            rows,
            focus: Focus::Answer(0),
            admit,
            changed: false,
            busy: false,
            stray: 0,
        }
    }

    /// Which it is, with nothing typed.
    fn place_of(&self) -> FormPlace {
        let (kind, title) = (FormKind::Triage { admit: self.admit }, format!("Triage of {}", self.name));
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

    /// Takes an answer and goes on: to the words of a yes, else to the next question.
    fn answer(&mut self, at: usize, danger: Option<bool>, cx: &Cx) -> Vec<Step> {
        let Some(row) = self.rows.get_mut(at) else { return Vec::new() };
        (row.danger, row.later) = (danger, danger.is_none());
        self.changed = true;
        let dimension = row.dimension;
        self.step(true);
        if danger != Some(true) {
            return Vec::new();
        }
        let key = cx.key(Action::Choose, Scope::Form);
        vec![Step::Say(format!("D{dimension} is a yes. Type what the danger is. {key}: next question."))]
    }

    /// Says what counts where letters were typed instead of an answer.
    fn stray(&mut self, cx: &Cx) -> Vec<Step> {
        self.stray += 1;
        let what = if self.stray < WORDS {
            "Press 1 for yes, 2 for no, - to ask later. Backspace takes the answer away.".to_owned()
        } else {
            let key = cx.key(Action::DeleteBack, Scope::FieldText);
            format!("Words are typed after a yes. Press {key}, then 1 for yes, 2 for no, - to ask later.")
        };
        vec![Step::Warn(what)]
    }

    /// Goes to the words that a yes still lacks, if one does.
    fn seek_words(&mut self) -> bool {
        let Some(at) = self.rows.iter().position(Row::lacks_words) else { return false };
        self.focus = Focus::Reason(at);
        true
    }

    /// Goes on from words. Keys that were meant for the next questions are no words.
    fn words_done(&mut self, at: usize, cx: &Cx) -> Vec<Step> {
        if is_only_answers(self.rows[at].reason.value()) {
            self.rows[at].reason.set("");
            let key = cx.key(Action::NextField, Scope::Form);
            let words =
                format!("That was an answer, not the danger. Say what the danger is, or {key} goes on.");
            return vec![Step::Warn(words)];
        }
        self.step(true);
        Vec::new()
    }

    fn submit(&mut self) -> Vec<Step> {
        if self.seek_words() {
            return vec![Step::Warn(
                "Say what the danger is, in words, before it is written down.".to_owned(),
            )];
        }
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
            later: row.later,
        };
        let answers = self.rows.iter().map(answer).collect();
        vec![Step::Ask(Command::House(HouseAsk::Triage { client: self.client, answers }))]
    }

    /// Puts the focus where something is missing.
    fn point_at_what_is_missing(&mut self) {
        let unanswered = |row: &Row| row.danger.is_none() && !row.later;
        if !self.seek_words()
            && let Some(at) = self.rows.iter().position(unanswered)
        {
            self.focus = Focus::Answer(at);
        }
    }
}

/// The dimensions that ask about danger.
fn questions(cx: &Cx) -> impl Iterator<Item = &'static Dimension> {
    let set = cx.set();
    set.into_iter().flat_map(|set| &set.dimensions).filter(|dimension| !dimension.triage.is_empty())
}

impl View for TriageScreen {
    fn scopes(&self) -> Vec<Scope> {
        if self.focus == Focus::Done { vec![Scope::Form] } else { vec![Scope::FieldText, Scope::Form] }
    }

    fn header(&self, _cx: &Cx) -> Header {
        self.header.clone()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        let stray = std::mem::take(&mut self.stray) > 0;
        match (action, self.focus) {
            // The letters that were no answer are cleared, and the answer that was there stays.
            (Action::DeleteBack, Focus::Answer(_)) if stray => {}
            (Action::Submit, _) | (Action::Choose | Action::Open, Focus::Done) => return self.submit(),
            (Action::Choose | Action::Open, Focus::Reason(at)) => return self.words_done(at, cx),
            (Action::NextField | Action::Choose | Action::Open, _) => self.step(true),
            (Action::PrevField, _) => self.step(false),
            (Action::Cancel, _) => return vec![Step::Close],
            (_, Focus::Reason(at)) => self.changed |= self.rows[at].reason.act(action),
            (Action::DeleteBack | Action::ClearLine, Focus::Answer(at)) => {
                (self.rows[at].danger, self.rows[at].later) = (None, false);
            }
            (Action::TextLeft | Action::TextRight, Focus::Answer(at)) => {
                (self.rows[at].danger, self.rows[at].later) = (Some(action == Action::TextLeft), false);
                self.changed = true;
            }
            _ => {}
        }
        Vec::new()
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::Submit | Action::SaveNow | Action::Undo | Action::Redo)
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        let words = match self.focus {
            Focus::Reason(at) => !self.rows[at].reason.value().is_empty(),
            _ => false,
        };
        action != Action::ClearLine || words
    }

    fn text(&mut self, typed: &str, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        match self.focus {
            Focus::Reason(at) => {
                self.rows[at].reason.insert(typed);
                self.changed = true;
            }
            Focus::Answer(at) => {
                let answer = match typed {
                    "1" => Some(true),
                    "2" => Some(false),
                    "-" => None,
                    _ => return self.stray(cx),
                };
                if self.stray >= WORDS {
                    return self.stray(cx);
                }
                self.stray = 0;
                return self.answer(at, answer, cx);
            }
            Focus::Done => {}
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let lines = self.lines(usize::from(area.width), cx);
        let list = view::list_area(area, lines.len());
        let top = self.top(&lines, usize::from(list.height));
        let row = usize::from(at.y.saturating_sub(list.y)) + top;
        let Some(focus) = lines.get(row).filter(|_| list.contains(at)).and_then(|line| line.0) else {
            return Vec::new();
        };
        if focus == Focus::Done && self.focus == Focus::Done {
            return self.submit();
        }
        (self.focus, self.stray) = (focus, 0);
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
            if row.later {
                fields.push((row.dimension.to_string(), "later".to_owned()));
            } else if let Some(danger) = row.danger {
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
        let open =
            done.chart.as_ref().is_some_and(|chart| chart.needs.iter().any(|need| need.value.state.open()));
        let mut steps = vec![Step::Close];
        if open && !danger {
            // Nothing clears by itself: a person says what becomes of the need that is open.
            steps.push(Step::Run(Action::RoomPriorities));
            steps.push(Step::Run(Action::AnswerNeed));
        } else if danger {
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
        self.show(frame, area, cx);
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
                row.later = value == "later";
                row.danger = (!row.later).then(|| value == "yes");
            }
            self.changed = true;
        }
    }

    fn is_changed(&self) -> bool {
        self.changed
    }

    fn enter_and_save(&self) -> Option<(String, String)> {
        let save = "write it down".to_owned();
        let enter = if self.focus == Focus::Done { save.clone() } else { "next question".to_owned() };
        Some((enter, save))
    }
}

/// The screen that asks, to be opened over a chart.
pub fn ask(client: ClientId, name: &str, header: Header, admit: bool, cx: &Cx) -> Step {
    Step::Push(Box::new(TriageScreen::new(client, name, header, admit, cx)))
}

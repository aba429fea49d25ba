//! A measure that is typed in: one line an item, one key an answer, the cursor goes on by itself.
//!
//! Owns the answers so far. A number that an item does not have is refused at the key; `-` stays missing and is never 0. A critical
//! answer goes to the service at its key, before anything is saved, and asks what is done about it.

mod places;
mod saving;
mod sheet;
mod view;

pub(in crate::tui::screens) use view::{change_words, shown};

use crate::domain::{Administration, ClientId, ClockTime, HowTaken, Hundredths, Reply};
use crate::packs::Instrument;
use crate::rules::when::{self, Lean};
use crate::service::api::{Answer, ChartView, FormKind, FormPlace, HeardAsk, Place};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::wait;
use crate::tui::screen::{Filled, Step, View, next_or_save};
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::line::Line as Typed;
use places::Focus;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// What it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Busy {
    /// A critical answer is being written down.
    Notice,
    /// The whole is being saved.
    Save,
}

/// A measure of one client that is filled in.
#[derive(Debug)]
pub struct MeasureScreen {
    client: ClientId,
    name: String,
    /// The chart's own, so that nobody answers for the wrong person.
    header: Header,
    /// The answers so far.
    sheet: Administration,
    /// Items that were answered, or passed on purpose.
    seen: Vec<bool>,
    /// What is being typed: a day, a time, a number of several digits.
    typed: Typed,
    focus: Focus,
    /// The cursor is in the last place, where Enter saves.
    ends: bool,
    changed: bool,
    busy: Option<Busy>,
    /// The critical answers that were written down, as they were.
    noticed: Vec<(String, String)>,
}

/// The screen for a measure, to be opened over the chart; nothing if there is no such measure here.
pub(in crate::tui) fn step(key: &str, chart: &ChartView, header: Header, cx: &Cx) -> Vec<Step> {
    let screen = cx.measure(key).map(|measure| MeasureScreen::new(measure, chart, header, cx));
    screen.map(|screen| Step::Push(Box::new(screen))).into_iter().collect()
}

impl MeasureScreen {
    fn new(measure: &Instrument, chart: &ChartView, header: Header, cx: &Cx) -> Self {
        let client = chart.client.value.id;
        let answers = measure.items.iter().map(|item| (item.id.clone(), Reply::Blank)).collect();
        let age = crate::rules::measured::age_on(chart.client.value.birth, cx.today());
        let sheet = Administration {
            client,
            measure: measure.key.clone(),
            on: cx.today(),
            answered_by: measure.by.first().map_or("client", |by| by.word()).to_owned(),
            form: measure.forms.first().cloned().unwrap_or_default(),
            answers,
            age,
            begun: cx.now.moment,
            ..Administration::default()
        };
        let mut screen = Self {
            client,
            name: chart.client.value.header_name(),
            header,
            seen: vec![false; measure.items.len()],
            sheet,
            typed: Typed::default(),
            focus: Focus::Item(0),
            ends: false,
            changed: false,
            busy: None,
            noticed: Vec::new(),
        };
        let first = screen.places(measure).into_iter().find(|place| matches!(place, Focus::Item(_)));
        screen.focus = first.unwrap_or(Focus::Total);
        screen
    }

    fn measure<'a>(&self, cx: &'a Cx) -> Option<&'a Instrument> {
        cx.measure(&self.sheet.measure)
    }

    /// Which it is, with nothing typed.
    fn place_of(&self) -> FormPlace {
        let title = format!("{} of {}", self.sheet.measure, self.name);
        FormPlace { kind: FormKind::Measure, title, client: Some(self.client), ..FormPlace::default() }
    }

    /// Goes to the place after or before, once what is typed reads.
    fn go(&mut self, on: bool, cx: &Cx) -> Vec<Step> {
        if let Err(why) = self.take_typed(cx) {
            return vec![Step::Warn(why)];
        }
        let Some(measure) = self.measure(cx) else { return Vec::new() };
        let places = self.places(measure);
        let at = places.iter().position(|place| *place == self.focus).unwrap_or(0);
        let next = if on { at + 1 } else { at.saturating_sub(1) };
        self.ends = next + 1 >= places.len();
        self.focus = places[next.min(places.len() - 1)];
        self.typed.set(&self.typed_at(self.focus));
        self.notice(cx)
    }

    /// What stands in a place that is typed.
    fn typed_at(&self, focus: Focus) -> String {
        match focus {
            Focus::Day => self.sheet.on.to_string(),
            Focus::Time => self.sheet.time.map(|time| time.to_string()).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// Takes what is typed into the place it was typed in, or says why it cannot.
    fn take_typed(&mut self, cx: &Cx) -> Result<(), String> {
        let typed = self.typed.value().trim().to_owned();
        match self.focus {
            Focus::Day => {
                let day = when::parse(&typed, cx.today(), Lean::Past).map_err(|error| error.to_string())?;
                if day > cx.today() {
                    return Err(
                        "The day it was filled in is not over yet. Type the day on the form.".to_owned()
                    );
                }
                self.changed |= self.sheet.on != day;
                self.sheet.on = day;
                if let Some(chart) = cx.chart(self.client) {
                    self.sheet.age = crate::rules::measured::age_on(chart.client.value.birth, day);
                }
            }
            Focus::Time if typed.is_empty() => self.sheet.time = None,
            Focus::Time => {
                let time = ClockTime::parse(&typed);
                self.sheet.time =
                    Some(time.ok_or("That is not a time. Type it as on the form, such as 9:00.")?);
                self.changed = true;
            }
            Focus::Item(at) if !typed.is_empty() => {
                let Some(measure) = self.measure(cx) else { return Ok(()) };
                let item = &measure.items[at];
                let set = measure.answers_of(item);
                let key = Hundredths::parse(&typed).filter(|key| set.worth(*key).is_some());
                let key =
                    key.ok_or_else(|| format!("{typed} is no answer to {}. Type {set}.", item.name()))?;
                self.put(at, Reply::Given(key));
            }
            _ => {}
        }
        self.typed.set("");
        Ok(())
    }

    fn put(&mut self, at: usize, reply: Reply) {
        self.sheet.answers[at].1 = reply;
        self.seen[at] = true;
        self.changed = true;
    }

    /// Takes a key on an item: an answer that one digit gives goes on at once, a longer number grows.
    fn answer(&mut self, at: usize, typed: &str, cx: &Cx) -> Vec<Step> {
        let Some(measure) = self.measure(cx) else { return Vec::new() };
        let item = &measure.items[at];
        let set = measure.answers_of(item);
        match typed {
            "-" | "r" => {
                self.typed.set("");
                self.put(at, if typed == "-" { Reply::Blank } else { Reply::Declined });
                return self.go(true, cx);
            }
            _ if sheet::is_one_key(set) => {
                if let Some(key) = Hundredths::parse(typed).filter(|key| set.worth(*key).is_some()) {
                    self.put(at, Reply::Given(key));
                    return self.go(true, cx);
                }
            }
            _ => {
                let longer = format!("{}{typed}", self.typed.value());
                if sheet::may_become(set, &longer) {
                    self.typed.set(&longer);
                    self.changed = true;
                    return Vec::new();
                }
            }
        }
        vec![Step::Warn(format!("{typed} is no answer here. Type {set}, or - if it is missing."))]
    }

    /// Asks the service to write down what is critical, where that is not what was written down last.
    fn notice(&mut self, cx: &Cx) -> Vec<Step> {
        let Some(measure) = self.measure(cx) else { return Vec::new() };
        let found = sheet::critical(measure, &self.sheet);
        if found == self.noticed {
            return Vec::new();
        }
        self.noticed = found;
        self.busy = Some(Busy::Notice);
        vec![Step::Ask(HeardAsk::Notice(Box::new(self.sheet.clone())).into())]
    }

    /// Turns to the next of a few words that a digit chooses.
    fn choose(&mut self, typed: &str, cx: &Cx) -> Vec<Step> {
        let Some(measure) = self.measure(cx) else { return Vec::new() };
        let words = places::words(self.focus, measure);
        let chosen =
            typed.parse::<usize>().ok().and_then(|at| at.checked_sub(1)).filter(|at| *at < words.len());
        let Some(at) = chosen else {
            let all: Vec<String> =
                words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1)).collect();
            return vec![Step::Warn(format!("Press {}.", all.join(", ")))];
        };
        match self.focus {
            Focus::How => self.sheet.how = HowTaken::BY_STAFF[at],
            Focus::By => words[at].clone_into(&mut self.sheet.answered_by),
            _ => words[at].clone_into(&mut self.sheet.form),
        }
        self.changed = true;
        self.go(true, cx)
    }
}

impl View for MeasureScreen {
    fn scopes(&self) -> Vec<Scope> {
        if self.focus == Focus::Total { vec![Scope::Form] } else { vec![Scope::FieldText, Scope::Form] }
    }

    fn header(&self, _cx: &Cx) -> Header {
        self.header.clone()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.busy.is_some() {
            return wait();
        }
        match (action, self.focus) {
            (Action::Submit | Action::SaveNow, _) | (Action::Choose | Action::Open, Focus::Total) => {
                return self.save(cx);
            }
            (Action::Choose | Action::Open, Focus::Item(at)) if self.is_critical(at, cx) => {
                let question = cx.chart(self.client).and_then(|chart| self.act_on_critical(true, chart, cx));
                return question.map_or_else(|| self.go(true, cx), |step| vec![step]);
            }
            (Action::Choose | Action::Open, _) if self.ends => {
                return self.take_typed(cx).map_or_else(|why| vec![Step::Warn(why)], |()| self.save(cx));
            }
            (Action::NextField | Action::Choose | Action::Open, _) => return self.go(true, cx),
            (Action::PrevField, _) => return self.go(false, cx),
            (Action::Cancel, _) => return vec![Step::Close],
            (Action::DeleteBack | Action::ClearLine, Focus::Item(at)) if self.typed.is_empty() => {
                self.sheet.answers[at].1 = Reply::Blank;
                self.seen[at] = false;
                return self.notice(cx);
            }
            (_, Focus::Day | Focus::Time | Focus::Item(_)) => self.changed |= self.typed.act(action),
            _ => {}
        }
        Vec::new()
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::Submit | Action::SaveNow | Action::Undo | Action::Redo)
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        action != Action::ClearLine
    }

    fn text(&mut self, typed: &str, cx: &Cx) -> Vec<Step> {
        if self.busy.is_some() {
            return wait();
        }
        match self.focus {
            Focus::Item(at) => self.answer(at, typed, cx),
            Focus::How | Focus::By | Focus::Form => self.choose(typed, cx),
            Focus::Day | Focus::Time => {
                if self.typed.value() == self.typed_at(self.focus) {
                    self.typed.set("");
                }
                self.typed.insert(typed);
                self.changed = true;
                Vec::new()
            }
            Focus::Total => Vec::new(),
        }
    }

    fn paste(&mut self, _text: &str, _cx: &Cx) -> Vec<Step> {
        vec![Step::Warn("Answers are typed one by one.".to_owned())]
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let Some(focus) = self.hit(at, area, cx) else { return Vec::new() };
        if let Err(why) = self.take_typed(cx) {
            return vec![Step::Warn(why)];
        }
        if focus == Focus::Total && self.focus == Focus::Total {
            return self.save(cx);
        }
        self.focus = focus;
        self.ends = self.measure(cx).is_some_and(|measure| self.places(measure).last() == Some(&focus));
        self.typed.set(&self.typed_at(focus));
        self.notice(cx)
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        Some(self)
    }

    fn place(&self, place: &mut Place) {
        if self.changed {
            place.typed.push(FormPlace { open: true, fields: self.fields_kept(), ..self.place_of() });
        }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        let Answer::Done(done) = answer else { return Vec::new() };
        let busy = self.busy.take();
        let question = || done.chart.as_ref().and_then(|chart| self.act_on_critical(false, chart, cx));
        match busy {
            Some(Busy::Notice) => question().into_iter().collect(),
            Some(Busy::Save) => {
                let mut steps = vec![Step::Close];
                // One that was seen at its key was asked about already.
                if self.noticed.is_empty() {
                    steps.extend(question());
                }
                self.changed = false;
                steps
            }
            // What was done about a critical answer is written down; the form goes on where it was.
            None => Vec::new(),
        }
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        // It is tried again at the next key.
        if self.busy.take() == Some(Busy::Notice) {
            self.noticed.clear();
        }
        Vec::new()
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        Some(self.client)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        self.show(frame, area, cx);
    }
}

impl Filled for MeasureScreen {
    fn enter_and_save(&self) -> Option<(String, String)> {
        Some(next_or_save(self.focus == Focus::Total || self.ends))
    }

    fn kept_anyway(&self) -> Option<&'static str> {
        let danger = "The danger in it is written down: it stays on the lists until somebody decides on it.";
        (!self.noticed.is_empty()).then_some(danger)
    }

    fn which(&self) -> Option<FormPlace> {
        Some(self.place_of())
    }

    fn put_back(&mut self, typed: &FormPlace) {
        self.take_back(typed);
        self.changed = true;
    }

    fn is_changed(&self) -> bool {
        self.changed
    }
}

//! Several to be signed, one after the other: each is read to its end before it counts, then one passphrase for all.
//!
//! Owns what was read. Drafts are signed as they are on disk; what is changed after it was read here is refused.

use crate::domain::{DocKind, Number};
use crate::rules::owed::Duty;
use crate::service::api::{Answer, ChartView, Command, DocAsk, OwedLine, Secret, Several};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::{Cx, birth_typed};
use crate::tui::overlay::{Message, Overlay, Question};
use crate::tui::screen::{Step, Tell, View};
use crate::tui::screens::chart::header::born;
use crate::tui::screens::chart::notes::reading::{Reading, What};
use crate::tui::screens::work::word;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::frame::{Header, empty, rule};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// Lines of the prompt that name what is signed, at most.
const NAMED: usize = 8;
/// The line above the text, and the rule.
const ABOVE: u16 = 2;

/// One of them.
#[derive(Debug)]
struct Item {
    line: OwedLine,
    /// It was read to its end.
    read: bool,
    /// Why it cannot be signed.
    missing: Option<String>,
}

impl Item {
    fn is(&self, duty: Duty, number: Number, client: crate::domain::ClientId) -> bool {
        (self.line.owed.duty, self.line.owed.number, self.line.owed.client) == (duty, number, client)
    }

    fn counts(&self) -> bool {
        self.read && self.missing.is_none()
    }

    fn as_several(&self) -> Several {
        let owed = &self.line.owed;
        match owed.duty {
            Duty::CoSign => Several::CoSign(owed.client, owed.number),
            _ => Several::Draft(owed.client, owed.number),
        }
    }
}

/// What is to be signed, which one is read, and the text of it.
#[derive(Debug)]
pub struct SeveralScreen {
    items: Vec<Item>,
    at: usize,
    reading: Option<Reading>,
    /// The prompt's answer is on its way.
    signing: bool,
}

fn signable(line: &OwedLine) -> bool {
    line.mine && matches!(line.owed.duty, Duty::Unsigned(DocKind::Note) | Duty::CoSign)
}

impl SeveralScreen {
    /// Whether anything waits for this person's signature.
    pub fn is_needed(cx: &Cx) -> bool {
        cx.owed().iter().any(signable)
    }

    /// Everything that waits for this person's signature.
    pub fn new(cx: &Cx) -> Self {
        let lines = cx.owed().iter().filter(|line| signable(line)).cloned();
        let items = lines.map(|line| Item { line, read: false, missing: None }).collect();
        Self { items, at: 0, reading: None, signing: false }
    }

    fn here(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Asks for the text of the one at hand.
    fn ask(&mut self) -> Vec<Step> {
        self.reading = None;
        let Some(owed) = self.here().map(|item| item.line.owed) else { return Vec::new() };
        let (client, number) = (owed.client, owed.number);
        let command: Command = match owed.duty {
            Duty::CoSign => DocAsk::TakeUp { client, number }.into(),
            _ => DocAsk::Open { client, number }.into(),
        };
        vec![Step::Ask(command)]
    }

    fn height(cx: &Cx) -> u16 {
        cx.content().height.saturating_sub(ABOVE)
    }

    /// The end of the one at hand is in sight.
    fn at_end(&self, cx: &Cx) -> bool {
        self.reading.as_ref().is_some_and(|reading| reading.at_end(Self::height(cx), cx))
    }

    fn turn(&mut self, to: usize) -> Vec<Step> {
        self.at = to.min(self.items.len().saturating_sub(1));
        self.ask()
    }

    /// Enter: a page on, and at the end the next one; behind the last one the passphrase.
    fn on(&mut self, cx: &Cx) -> Vec<Step> {
        if !self.at_end(cx) {
            if let Some(reading) = &mut self.reading {
                reading.scroll(Action::PageDown, Self::height(cx), cx);
            }
            return Vec::new();
        }
        self.count();
        let unread = |(at, item): (usize, &Item)| (!item.read).then_some(at);
        let after = self.items.iter().enumerate().skip(self.at + 1).find_map(unread);
        match after.or_else(|| self.items.iter().enumerate().find_map(unread)) {
            Some(next) => self.turn(next),
            None => self.prompt(cx),
        }
    }

    fn count(&mut self) {
        if let Some(item) = self.items.get_mut(self.at) {
            item.read = true;
        }
    }

    /// The passphrase for all that was read to its end.
    fn prompt(&mut self, cx: &Cx) -> Vec<Step> {
        if self.at_end(cx) {
            self.count();
        }
        let counted: Vec<&Item> = self.items.iter().filter(|item| item.counts()).collect();
        if counted.is_empty() {
            let why = self.here().and_then(|item| item.missing.clone());
            return vec![Step::Warn(
                why.unwrap_or_else(|| "You have not read anything to its end yet.".to_owned()),
            )];
        }
        let named = counted.iter().take(NAMED).map(|item| {
            let OwedLine { name, record_no, birth, about, .. } = &item.line;
            let (name, born) = (cx.listed(name), birth_typed(*birth));
            format!("{name}  {born}  {record_no}   {}: {about}", word(item.line.owed.duty))
        });
        let mut lines: Vec<String> = named.collect();
        if counted.len() > NAMED {
            lines.push(format!("and {} more that you read to the end", counted.len() - NAMED));
        }
        let left = self.items.len() - counted.len();
        if left > 0 {
            lines.push(format!("{left} not read to the end or not complete: not signed"));
        }
        lines.push(String::new());
        lines.push("Once signed they never change; addenda can be added.".to_owned());
        let many = counted.len();
        let title = if many == 1 { "Sign 1".to_owned() } else { format!("Sign {many} at once") };
        let form = Form::new("Sign", vec![Field::secret("passphrase", "Passphrase or PIN").required()]);
        let sign = |form: &mut Form, _: &Cx| {
            let passphrase = form.secret("passphrase");
            Ok(vec![Tell::to(move |screen: &mut Self, _| screen.sign(passphrase))])
        };
        vec![Question::form(title, form, sign).lines(lines).open()]
    }

    fn sign(&mut self, passphrase: Secret) -> Vec<Step> {
        let items = self.items.iter().filter(|item| item.counts()).map(Item::as_several).collect();
        self.signing = true;
        vec![Step::Ask(DocAsk::SignSeveral { items, passphrase }.into())]
    }

    fn arrived(&mut self, duty: Duty, number: Number, chart: &ChartView, reading: Option<Reading>) {
        let client = chart.client.value.id;
        let Some(item) = self.items.get_mut(self.at) else { return };
        if !item.is(duty, number, client) {
            return;
        }
        item.missing = match reading.as_ref().map(|reading| &reading.what) {
            Some(What::Draft { missing, .. }) => missing.clone(),
            Some(What::Signed(view)) if !view.may.co_sign => Some("It no longer waits for you.".to_owned()),
            _ => None,
        };
        self.reading = reading;
    }
}

impl View for SeveralScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Several]
    }

    /// Whose text is read: as in a chart, the whole line changes with the person.
    fn header(&self, cx: &Cx) -> Header {
        let Some(item) = self.here() else { return Header::desk(cx, Vec::new()) };
        let demo = cx.is_demo();
        let name = if demo { format!("DEMO {}", item.line.name) } else { item.line.name.to_string() };
        Header {
            left: vec![
                (name, Role::Now),
                (born(item.line.birth, cx), Role::Normal),
                (item.line.record_no.to_string(), Role::Normal),
            ],
            keep: 3,
            danger: 0,
            right: format!("sign several, {} of {}", self.at + 1, self.items.len()),
        }
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        self.ask()
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if let Some(reading) = &mut self.reading
            && reading.scroll(action, Self::height(cx), cx)
        {
            return Vec::new();
        }
        match action {
            Action::Open => self.on(cx),
            Action::Sign => self.prompt(cx),
            Action::NextLeaf if self.at + 1 < self.items.len() => self.turn(self.at + 1),
            Action::PrevLeaf if self.at > 0 => self.turn(self.at - 1),
            _ => Vec::new(),
        }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Draft(view) => {
                let reading = Some(Reading::draft(view, cx).without_keys());
                self.arrived(Duty::Unsigned(DocKind::Note), view.number, &view.chart, reading);
            }
            Answer::Document(view) => {
                if let Some(chart) = &view.chart {
                    // An old version that was asked for gives the newest.
                    let asked = self.here().map_or(0, |item| item.line.owed.number);
                    self.arrived(Duty::CoSign, asked, chart, Some(Reading::signed(view).without_keys()));
                }
            }
            Answer::Several(done) => {
                let mut steps = vec![Step::Refresh, Step::Close, Step::Say(done.words())];
                if !done.refused.is_empty() {
                    let lines = std::iter::once(done.words())
                        .chain(
                            done.refused
                                .iter()
                                .map(|(which, why)| format!("{}: {why}", self.name_of(*which, cx))),
                        )
                        .collect();
                    steps.push(Step::Over(Overlay::Message(Message::new("Not all are signed", lines))));
                }
                return steps;
            }
            _ => {}
        }
        Vec::new()
    }

    fn failed(&mut self, fault: &Fault, _cx: &Cx) -> Vec<Step> {
        if !std::mem::take(&mut self.signing)
            && let Some(item) = self.items.get_mut(self.at)
        {
            item.missing = Some(fault.what.clone());
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let Some(item) = self.here() else {
            let words = "Nothing waits for your signature. What you write and have not signed comes here, and what others \
                         wrote and you co-sign. Press Esc to go back.";
            empty(frame, area, &[words.to_owned()], cx);
            return;
        };
        let row = |y: u16| Rect { y: area.y + y, height: 1, ..area };
        frame.render_widget(self.top_line(item, cx), row(0));
        frame.render_widget(rule(area.width, cx), row(1));
        let text = Rect { y: area.y + ABOVE, height: area.height.saturating_sub(ABOVE), ..area };
        if let Some(reading) = &self.reading {
            reading.draw(frame, text, cx);
        }
    }
}

impl SeveralScreen {
    /// What it is, how many were read, and what comes next.
    fn top_line(&self, item: &Item, cx: &Cx) -> Line<'static> {
        let read = self.items.iter().filter(|item| item.counts()).count();
        let open = cx.key(Action::Open, Scope::Several);
        let (words, role) = match (&item.missing, item.read, self.at_end(cx)) {
            (Some(missing), ..) => (missing.trim_start_matches("Not signed: ").to_owned(), Role::Overdue),
            (None, true, _) => ("read to the end".to_owned(), Role::Dim),
            (None, false, true) => (format!("the end; {open} counts it and goes on"), Role::Dim),
            (None, false, false) => (format!("{open} goes on"), Role::Dim),
        };
        let what = format!(" {} {}  ", word(item.line.owed.duty), item.line.about);
        Line::from(vec![
            Span::styled(text::line(&what).into_owned(), cx.theme.style(Role::Now)),
            Span::styled(format!("{read} read   "), cx.theme.style(Role::Dim)),
            Span::styled(text::line(&words).into_owned(), cx.theme.style(role)),
        ])
    }

    fn name_of(&self, which: Several, cx: &Cx) -> String {
        let found = self.items.iter().find(|item| item.as_several() == which);
        found.map_or_else(String::new, |item| format!("{}, {}", cx.listed(&item.line.name), item.line.about))
    }
}

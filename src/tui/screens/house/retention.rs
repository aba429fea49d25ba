//! How long records are kept: charts whose time is over, legal holds, purges that wait for a second person, and certificates of
//! those that were done.

use super::retention_words::{about, certificate, chart_words, done_words};
use crate::domain::{ClientId, Purge};
use crate::rules::when;
use crate::service::api::{
    Answer, Command, HoldOf, HouseAnswer, HouseAsk, Place, RetentionAsk, RetentionRow, RetentionView,
};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay, Question};
use crate::tui::screen::{Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column, NARROW};
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

#[derive(Debug, Default)]
pub struct RetentionScreen {
    view: RetentionView,
    loaded: bool,
    list: List,
    /// Whose line has the highlight when the list comes.
    about: Option<ClientId>,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Record,
    Person,
    Class,
    Service,
    Ends,
    State,
}

fn columns() -> [Column<Col>; 6] {
    [
        Column::left(Col::Record, "Record", 9),
        Column::left(Col::Person, "Person", 16),
        Column::left(Col::Class, "Class", 14).from(100),
        Column::left(Col::Service, "Last service", 12).from(NARROW),
        Column::left(Col::Ends, "Kept until", 12),
        Column::left(Col::State, "State", 0),
    ]
}

/// A line: a chart, or what is left of one.
#[derive(Clone, Copy, Debug)]
enum Here<'a> {
    Chart(&'a RetentionRow),
    Done(&'a Purge),
}

impl RetentionScreen {
    /// The list, with the highlight on the chart of this person.
    pub fn about(client: ClientId) -> Self {
        Self { about: Some(client), ..Self::default() }
    }

    fn all(&self) -> Vec<Here<'_>> {
        let charts = self.view.rows.iter().map(Here::Chart);
        charts.chain(self.view.done.iter().map(Here::Done)).collect()
    }

    /// The lines that what was typed leaves.
    fn shown(&self) -> Vec<Here<'_>> {
        let all = self.all();
        let texts = texts(&self.view);
        self.list.shown(borrowed(&texts)).into_iter().map(|at| all[at]).collect()
    }

    fn here(&self) -> Option<Here<'_>> {
        self.shown().get(self.list.cursor.at).copied()
    }

    fn chart(&self) -> Option<&RetentionRow> {
        match self.here() {
            Some(Here::Chart(row)) => Some(row),
            _ => None,
        }
    }

    fn open(&self, cx: &Cx) -> Vec<Step> {
        let (title, lines) = match self.here() {
            None => return vec![Step::Say(NO_CHART.to_owned())],
            Some(Here::Chart(row)) => (format!("The records of {}", row.record_no), about(row, cx)),
            Some(Here::Done(purge)) => ("Certificate".to_owned(), certificate(purge)),
        };
        vec![Step::Over(Overlay::Message(Message::new(&title, lines)))]
    }

    fn ask(&self) -> Vec<Step> {
        match self.chart() {
            Some(row) if row.hinders.is_empty() && row.asked.is_none() => vec![ask_purge(row)],
            Some(row) if row.asked.is_some() => {
                vec![Step::Say("Somebody asked for this purge already.".to_owned())]
            }
            Some(row) => {
                vec![Step::Say(format!("{} is not purged. {}", row.record_no, row.hinders.join(" ")))]
            }
            None if self.here().is_none() => vec![Step::Say(NO_CHART.to_owned())],
            None => vec![Step::Say("This chart is purged already. Enter reads the certificate.".to_owned())],
        }
    }

    fn decide(&self) -> Vec<Step> {
        match self.chart().and_then(|row| Some((row, row.asked.as_ref()?))) {
            Some((row, _)) => vec![decide(row)],
            None if self.here().is_none() => vec![Step::Say(NO_CHART.to_owned())],
            None if self.chart().is_none() => {
                vec![Step::Say("This chart is purged already. Enter reads the certificate.".to_owned())]
            }
            None => vec![Step::Say("Nobody asked for the purge of this chart.".to_owned())],
        }
    }

    /// The lines about the highlighted one.
    fn below(&self, cx: &Cx) -> Vec<String> {
        match self.here() {
            Some(Here::Chart(row)) => chart_words(row, cx),
            Some(Here::Done(purge)) => {
                vec![done_words(purge), "Press Enter to read the certificate.".to_owned()]
            }
            None => Vec::new(),
        }
    }

    /// The list, over the lines that say the highlighted one in full.
    fn rows(&self, area: Rect) -> Rect {
        let area = self.list.below_find(area);
        Rect { height: area.height.saturating_sub(BELOW + 1), ..area }
    }
}

/// What is said where there is no line.
const NO_CHART: &str = "There is no chart here: none is past its time or on hold.";

/// What is shown of a chart whose last day nobody can say.
fn no_end(row: &RetentionRow) -> &'static str {
    if row.class.is_empty() { "no stay ended" } else { "birth unknown" }
}

/// Rows below the list.
const BELOW: u16 = 3;

/// What the lines are found by.
fn texts(view: &RetentionView) -> Vec<[String; 3]> {
    let charts = view.rows.iter().map(|row| [row.record_no.to_string(), row.name.to_string(), String::new()]);
    let done = view.done.iter().filter_map(|purge| purge.certificate.as_ref());
    charts.chain(done.map(|one| [one.record_no.clone(), "purged".to_owned(), String::new()])).collect()
}

fn house(ask: RetentionAsk) -> Step {
    Step::Ask(Command::House(HouseAsk::Retention(ask)))
}

fn ask_purge(row: &RetentionRow) -> Step {
    let client = row.client;
    let lines = vec![
        format!("{}: every record is removed, signed ones too, and none can be brought back.", row.record_no),
        "A supervisor or another admin has to agree. Until then nothing is removed.".to_owned(),
    ];
    let title = format!("Ask for the purge of {}?", row.record_no);
    Question::confirm(title, lines, "ask for it", move |_| vec![house(RetentionAsk::AskPurge { client })])
        .open()
}

/// The question of a purge that waits: agreeing is typed, so that no key does it.
fn decide(row: &RetentionRow) -> Step {
    let Some(asked) = &row.asked else { return Step::Say("Nobody asked for this purge.".to_owned()) };
    let (number, record_no) = (asked.number, row.record_no.to_string());
    if !asked.may_agree {
        let lines = vec![format!("{} asked for it. Somebody else has to agree.", asked.by)];
        let title = format!("The purge of {record_no}");
        return Question::confirm(title, lines, "take it back", move |_| {
            vec![house(RetentionAsk::Decide { number, agrees: false })]
        })
        .open();
    }
    let items = vec![
        Item::new("purge", "agree, and purge it now", "every record is removed"),
        Item::new("keep", "decline", "the chart stays as it is"),
    ];
    Question::pick(format!("{} asked for the purge of {record_no}", asked.by), items, move |key, _| match key
    {
        "purge" => vec![agree(number, record_no.clone())],
        _ => vec![house(RetentionAsk::Decide { number, agrees: false })],
    })
    .open()
}

fn agree(number: crate::domain::Number, record_no: String) -> Step {
    let lines = vec![
        format!("Every record of {record_no} is removed now, signed ones too. None can be brought back."),
        "A certificate stays. Archives and backups that are there already still hold the records.".to_owned(),
    ];
    let fields = vec![Field::text("record", "Record number", "").hint(&record_no).required()];
    Question::form(format!("Purge {record_no}"), Form::new("Purge it", fields), move |form, _| {
        if !form.typed("record").eq_ignore_ascii_case(&record_no) {
            return Err(Wrong::new(
                "record",
                format!("This is another number. To purge the chart type {record_no}."),
            ));
        }
        Ok(vec![house(RetentionAsk::Decide { number, agrees: true })])
    })
    .lines(lines)
    .open()
}

/// The hold on a chart, set or lifted; without a chart its record number is asked, too.
fn hold(row: Option<&RetentionRow>) -> Step {
    if let Some(row) = row.filter(|row| !row.hold.is_empty()) {
        let client = row.client;
        let fields = vec![
            Field::text("why", "Why it is lifted", "")
                .hint("case closed 3 Dec")
                .required_or("Write why the hold is lifted, for example: case closed 3 Dec."),
        ];
        let title = format!("Lift the legal hold of {}", row.record_no);
        return Question::form(title, Form::new("Lift it", fields), move |form, _| {
            Ok(vec![house(RetentionAsk::Lift { client, why: form.typed("why") })])
        })
        .lines(vec![row.hold.clone()])
        .open();
    }
    let record_no = row.map(|row| row.record_no.to_string()).unwrap_or_default();
    let fields = vec![
        Field::text("record", "Record number", &record_no)
            .hint("A-1042")
            .required_or("Write the record number of the chart, for example A-1042."),
        Field::text("why", "Why it is held", "")
            .hint("subpoena of 12 Nov, county court")
            .required_or("Write why the records are held, for example: subpoena of 12 Nov, county court."),
    ];
    let known = record_no.clone();
    let question = Question::form("A legal hold", Form::new("Hold it", fields), move |form, _| {
        let record_no = form.typed("record");
        // Of the highlighted chart one sees whose it is; of a number that was typed it is said first.
        let sure = !known.is_empty() && record_no == known;
        Ok(vec![house(RetentionAsk::Hold { record_no, why: form.typed("why"), sure })])
    });
    question.at(if record_no.is_empty() { "record" } else { "why" }).open()
}

/// Whose chart it is that a hold would be on, before it is.
fn hold_whose(hold: &HoldOf, cx: &Cx) -> Step {
    let HoldOf { record_no, why, .. } = hold.clone();
    let whose = match hold.name.as_str() {
        "" => format!("You may not see whose chart {record_no} is."),
        name => match cx.listed_birth(hold.birth).as_str() {
            "" => format!("{record_no} is the chart of {}.", cx.listed(name)),
            born => format!("{record_no} is the chart of {}, born {born}.", cx.listed(name)),
        },
    };
    let lines = vec![whose, format!("Why it is held: {why}")];
    let title = format!("Put a legal hold on {record_no}?");
    Question::confirm(title, lines, "hold it", move |_| {
        vec![house(RetentionAsk::Hold { record_no: record_no.clone(), why: why.clone(), sure: true })]
    })
    .open()
}

impl View for RetentionScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Retention)
    }

    fn place(&self, place: &mut Place) {
        Action::Retention.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("How long records are kept".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![house(RetentionAsk::Show)]
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let texts = texts(&self.view);
        if self.list.act(action, borrowed(&texts), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::Open => self.open(cx),
            Action::AskPurge => self.ask(),
            Action::AgreePurge => self.decide(),
            Action::LegalHold if self.view.may_keep => vec![hold(self.chart())],
            Action::LegalHold => vec![Step::Say("Only an admin sets or lifts a legal hold.".to_owned())],
            Action::HoldAnother => vec![hold(None)],
            _ => Vec::new(),
        }
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let (columns, count) = (columns(), self.shown().len());
        let Some(row) = self.list.table(&columns, count).hit(at, self.rows(area)) else { return Vec::new() };
        if self.list.clicked(row) { self.open(cx) } else { Vec::new() }
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        self.list.text(text);
        Vec::new()
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        let texts = texts(&self.view);
        self.list.back(borrowed(&texts)).then(Vec::new)
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        let Answer::House(HouseAnswer::Retention(view)) = answer else { return Vec::new() };
        let client = self.about.take().or_else(|| self.chart().map(|row| row.client));
        let place = view.rows.iter().position(|row| Some(row.client) == client);
        self.view = view.as_ref().clone();
        self.loaded = true;
        let texts = texts(&self.view);
        self.list.put_on(place, borrowed(&texts));
        if let Some(hold) = &view.hold {
            return vec![hold_whose(hold, cx)];
        }
        let said = &view.said;
        if said.is_empty() { Vec::new() } else { vec![Step::Say(said.clone()), Step::Refresh] }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.all().is_empty() {
            let key = cx.key(Action::LegalHold, Scope::Retention);
            let words = if self.loaded {
                format!(
                    "No chart is past its time, none is under a legal hold, and none was purged. A chart comes here \
                     by itself once its stays have ended and its time is over. {key} puts a legal hold on a chart by \
                     its record number."
                )
            } else {
                "One moment.".to_owned()
            };
            empty(frame, area, &[words], cx);
            return;
        }
        self.list.draw_find(frame, Rect { height: 1, ..area }, cx);
        let shown = self.shown();
        if shown.is_empty() {
            empty(frame, self.rows(area), &[NOTHING_FOUND.to_owned()], cx);
            return;
        }
        let cells = |at: usize, col| shown.get(at).map_or_else(Vec::new, |here| cell(*here, col, cx));
        self.list.table(&columns(), shown.len()).draw(frame, self.rows(area), cx, cells);
        let height = BELOW.min(area.height);
        let below =
            Rect { x: area.x + 1, y: area.bottom() - height, width: area.width.saturating_sub(2), height };
        let lines = window::wrapped(&self.below(cx), usize::from(below.width));
        window::lines(frame, below, lines.into_iter().map(Line::from).collect());
    }
}

fn borrowed(texts: &[[String; 3]]) -> impl Iterator<Item = [&str; 3]> {
    texts.iter().map(|[number, name, more]| [number.as_str(), name.as_str(), more.as_str()])
}

fn cell(here: Here<'_>, col: Col, cx: &Cx) -> Cell {
    let year = |on: Option<crate::domain::Date>| on.map(when::with_year).unwrap_or_default();
    let (text, role) = match (here, col) {
        (Here::Chart(row), Col::Record) => (row.record_no.to_string(), Role::Normal),
        (Here::Chart(row), Col::Person) => (cx.listed(&row.name).into_owned(), Role::Normal),
        (Here::Chart(row), Col::Class) => (row.class.clone(), Role::Dim),
        (Here::Chart(row), Col::Service) => (year(row.last_service), Role::Dim),
        (Here::Chart(row), Col::Ends) => {
            (row.ends.map_or_else(|| no_end(row).to_owned(), |_| year(row.ends)), Role::Dim)
        }
        (Here::Chart(row), Col::State) => match (&row.asked, row.hold.is_empty(), row.hinders.is_empty()) {
            (Some(_), ..) => ("to be agreed".to_owned(), Role::Now),
            (None, false, _) => ("legal hold".to_owned(), Role::Now),
            (None, true, true) => ("may be purged".to_owned(), Role::Normal),
            (None, true, false) => ("kept: see below".to_owned(), Role::Dim),
        },
        (Here::Done(purge), col) => {
            let Some(one) = &purge.certificate else { return Vec::new() };
            let text = match col {
                Col::Record => one.record_no.clone(),
                Col::Person => String::new(),
                Col::Class => one.class.clone(),
                Col::Service => when::with_year(one.last_service),
                Col::Ends => when::with_year(one.ended),
                Col::State => format!("purged {}", when::with_year(one.on)),
            };
            (text, Role::Dim)
        }
    };
    vec![Span::styled(text, cx.theme.style(role))]
}

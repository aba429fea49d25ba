//! Supervision: immediate needs nobody decided on, rechecks that have passed, charts opened with a reason, what people who
//! left still carry.

use crate::rules::when;
use crate::service::api::{Answer, Command, HouseAnswer, HouseAsk, Place, WatchKind, WatchLine};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::{News, Step, View};
use crate::tui::screens::house::leaving::LeavingScreen;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column, NARROW};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

#[derive(Debug, Default)]
pub struct WatchScreen {
    lines: Vec<WatchLine>,
    loaded: bool,
    list: List,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Person,
    Record,
    Words,
    Since,
    Due,
}

fn columns() -> [Column<Col>; 5] {
    [
        Column::left(Col::Person, "Person", 16),
        Column::left(Col::Record, "Record", 7),
        Column::left(Col::Words, "What", 0),
        Column::left(Col::Since, "Since", 12).from(NARROW),
        Column::right(Col::Due, "Due", 11),
    ]
}

/// What the lines are found by.
fn texts(lines: &[WatchLine]) -> impl Iterator<Item = [&str; 3]> {
    lines.iter().map(|line| [&*line.name, &*line.record_no, &*line.words])
}

impl WatchScreen {
    /// The lines that what was typed leaves.
    fn shown(&self) -> Vec<&WatchLine> {
        self.list.shown(texts(&self.lines)).into_iter().map(|at| &self.lines[at]).collect()
    }

    fn here(&self) -> Option<&WatchLine> {
        self.shown().get(self.list.cursor.at).copied()
    }

    fn open(&self, cx: &Cx) -> Vec<Step> {
        let Some(line) = self.here() else { return Vec::new() };
        let Some(client) = line.client else {
            return vec![Step::Push(Box::new(LeavingScreen::gone(line.staff, cx)))];
        };
        let (room, opening) = match line.what {
            WatchKind::Undecided | WatchKind::RecheckPassed => (RoomName::Priorities, Opening::Chart),
            WatchKind::Opened(_) => (RoomName::History, Opening::Chart),
            WatchKind::LeftDraft(number) => (RoomName::Notes, Opening::Draft(number)),
            WatchKind::LeftPeople | WatchKind::SamePerson(_) => (RoomName::Overview, Opening::Chart),
        };
        vec![Step::OpenChart { client, room, opening }]
    }

    fn seen(&self) -> Vec<Step> {
        match self.here().map(|line| (line.what, line.staff)) {
            Some((WatchKind::Opened(number), by)) => {
                vec![Step::Ask(Command::House(HouseAsk::SeenAccess { by, number }))]
            }
            _ => vec![Step::Say(
                "Only access with a reason is marked here. Press Enter to open the rest in the chart."
                    .to_owned(),
            )],
        }
    }

    /// The list, over the line that says the highlighted one in full.
    fn rows(&self, area: Rect) -> Rect {
        let area = self.list.below_find(area);
        Rect { height: area.height.saturating_sub(3), ..area }
    }
}

impl View for WatchScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Watch)
    }

    fn stays_below_a_chart(&self) -> bool {
        true
    }

    fn place(&self, place: &mut Place) {
        Action::Supervision.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Supervision".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(Command::House(HouseAsk::Watch))]
    }

    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        // What was decided meanwhile is no longer to be decided.
        if matches!(news, News::OnTop) { self.begin(cx) } else { Vec::new() }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.list.act(action, texts(&self.lines), cx.page()) {
            return Vec::new();
        }
        match action {
            Action::Open => self.open(cx),
            Action::SeenAccess => self.seen(),
            _ => Vec::new(),
        }
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        let opened = || matches!(self.here().map(|line| line.what), Some(WatchKind::Opened(_)));
        action != Action::SeenAccess || opened()
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
        self.list.back(texts(&self.lines)).then(Vec::new)
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        let Answer::House(HouseAnswer::Watch { lines, said }) = answer else { return Vec::new() };
        let key = |line: &WatchLine| (line.what, line.client, line.staff);
        let here = self.here().map(key);
        let place = here.and_then(|here| lines.iter().position(|line| key(line) == here));
        self.lines.clone_from(lines);
        self.loaded = true;
        self.list.put_on(place, texts(&self.lines));
        if said.is_empty() { Vec::new() } else { vec![Step::Say(said.clone()), Step::Refresh] }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.lines.is_empty() {
            let words = if self.loaded {
                "Nothing waits for you on this page. Danger that is confirmed and that nobody has taken in \
                 hand is in Due. This page lists immediate needs that nobody decided on within a day, that are past their recheck, or of people without a counselor; charts opened with a \
                 reason; and the caseloads of people who left."
            } else {
                "One moment."
            };
            empty(frame, area, &[words.to_owned()], cx);
            return;
        }
        self.list.draw_find(frame, Rect { height: 1, ..area }, cx);
        let shown = self.shown();
        if shown.is_empty() {
            empty(frame, self.rows(area), &[NOTHING_FOUND.to_owned()], cx);
            return;
        }
        let cells = |at: usize, col| shown.get(at).map_or_else(Vec::new, |line| cell(line, col, cx));
        self.list.table(&columns(), shown.len()).draw(frame, self.rows(area), cx, cells);
        if let Some(line) = self.here() {
            let key = cx.key(Action::SeenAccess, Scope::Watch);
            let act = match line.what {
                WatchKind::Opened(_) => {
                    format!("Press Enter to see the history, {key} to mark that you have looked.")
                }
                WatchKind::LeftPeople => "Press Enter to see their caseload and hand it over.".to_owned(),
                WatchKind::LeftDraft(_) => "Press Enter to read the draft.".to_owned(),
                WatchKind::SamePerson(_) => {
                    "Press Enter to open the chart and decide whether they are one person.".to_owned()
                }
                _ => "Press Enter to go to the decision.".to_owned(),
            };
            let row = |up: u16| Rect { y: area.bottom().saturating_sub(up), height: 1, ..area };
            let full =
                text::cut(&line.words, usize::from(area.width).saturating_sub(2), cx.theme.glyphs.ellipsis);
            frame.render_widget(Span::raw(format!(" {full}")), row(2));
            let foot = row(1);
            frame.render_widget(Span::styled(format!(" {act}"), cx.theme.style(Role::Dim)), foot);
        }
    }
}

fn cell(line: &WatchLine, col: Col, cx: &Cx) -> Cell {
    let now = matches!(line.what, WatchKind::Undecided | WatchKind::RecheckPassed);
    let (text, role) = match col {
        Col::Person => (cx.listed(&line.name).into_owned(), Role::Normal),
        Col::Record => (line.record_no.clone(), Role::Dim),
        Col::Words => {
            return match line.words.strip_prefix("NOW").filter(|_| now) {
                Some(rest) => {
                    vec![Span::styled("NOW", cx.theme.style(Role::TierNow)), Span::raw(rest.to_owned())]
                }
                None => vec![Span::raw(line.words.clone())],
            };
        }
        Col::Since => (when::at(line.since, cx.today()), Role::Dim),
        Col::Due => match line.deadline {
            Some(deadline) => {
                let over = deadline.is_over(cx.now.moment, cx.today());
                let words = deadline.words(cx.now.moment, cx.today());
                (words, if over { Role::Overdue } else { Role::Dim })
            }
            None => (String::new(), Role::Dim),
        },
    };
    vec![Span::styled(text, cx.theme.style(role))]
}

//! The people who work here: list, add, edit, new passphrase, disable.

use crate::domain::StaffId;
use crate::service::api::{Answer, Command, Place, StaffAsk, StaffRow};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::{News, Step, View};
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::house::duties::DutiesScreen;
use crate::tui::screens::house::leaving::LeavingScreen;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column, NARROW};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// The list of staff.
#[derive(Debug, Default)]
pub struct StaffScreen {
    rows: Vec<StaffRow>,
    loaded: bool,
    list: List,
    /// Whose form is to be opened when the list is here.
    opening: Option<StaffId>,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Name,
    Login,
    Roles,
    People,
    Drafts,
    State,
}

fn columns() -> [Column<Col>; 6] {
    [
        Column::left(Col::Name, "Name", 22),
        Column::left(Col::Login, "Login", 10).from(NARROW),
        Column::left(Col::Roles, "Roles", 0),
        Column::right(Col::People, "People", 6),
        Column::right(Col::Drafts, "Drafts", 6).from(NARROW),
        Column::left(Col::State, "", 10),
    ]
}

/// What the rows are found by.
fn texts(rows: &[StaffRow]) -> impl Iterator<Item = [&str; 3]> {
    rows.iter().map(|row| [row.staff.value.name.as_str(), row.staff.value.login.as_str(), ""])
}

impl StaffScreen {
    /// The list, on the way to editing one of them.
    pub fn editing(id: StaffId) -> Self {
        Self { opening: Some(id), ..Self::default() }
    }

    /// The people whom what was typed leaves.
    fn shown(&self) -> Vec<&StaffRow> {
        self.list.shown(texts(&self.rows)).into_iter().map(|at| &self.rows[at]).collect()
    }

    fn here(&self) -> Option<&StaffRow> {
        self.shown().get(self.list.cursor.at).copied()
    }

    /// Ending somebody's right to sign in is asked first; giving it back is too: both are seen by everyone.
    fn disable(&self) -> Option<Step> {
        let staff = &self.here()?.staff.value;
        let (line, yes) = if staff.active {
            (
                format!("{} can no longer sign in. Their signatures and records stay.", staff.name),
                "end the right to sign in",
            )
        } else {
            (format!("{} can sign in again.", staff.name), "give the right back")
        };
        let (id, active) = (staff.id, !staff.active);
        let set = move |_: &Cx| vec![Step::Ask(Command::Staff(StaffAsk::SetActive { id, active }))];
        Some(Question::confirm(staff.name.clone(), vec![line], yes, set).open())
    }
}

fn push(form: FormScreen) -> Step {
    Step::Push(Box::new(form))
}

impl View for StaffScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Staff)
    }

    fn lines(&self, _cx: &Cx) -> Option<usize> {
        Some(self.shown().len())
    }

    fn place(&self, place: &mut Place) {
        Action::Staff.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Staff".to_owned(), Role::Focus)])
    }

    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        vec![Step::Ask(Command::Staff(StaffAsk::List))]
    }

    /// What was done over the list shows in it: somebody added, a caseload handed over.
    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::OnTop) { self.begin(cx) } else { Vec::new() }
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.list.act(action, texts(&self.rows), cx.page()) {
            return Vec::new();
        }
        let step = match action {
            Action::AddStaff => Some(push(FormScreen::add_staff(cx))),
            Action::EditStaff | Action::Open => {
                self.here().map(|row| push(FormScreen::edit_staff(&row.staff, cx)))
            }
            Action::ResetPassphrase => {
                self.here().map(|row| push(FormScreen::reset(row.staff.value.id, &row.staff.value.name)))
            }
            Action::DisableStaff => self.disable(),
            Action::LeavingOrAway => self.here().map(|row| {
                let (id, works) = (row.staff.value.id, row.staff.value.active);
                let screen = if works { LeavingScreen::of(id) } else { LeavingScreen::gone(id, cx) };
                Step::Push(Box::new(screen))
            }),
            Action::ShowDuties => {
                let of = |row: &StaffRow| DutiesScreen::of(row.staff.value.id);
                self.here().map(|row| Step::Push(Box::new(of(row))))
            }
            _ => None,
        };
        step.into_iter().collect()
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        self.list.text(text);
        Vec::new()
    }

    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        self.list.back(texts(&self.rows)).then(Vec::new)
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let table = (columns(), self.shown().len());
        let Some(row) = self.list.table(&table.0, table.1).hit(at, self.list.below_find(area)) else {
            return Vec::new();
        };
        if self.list.clicked(row) { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        let Answer::Staff { rows, .. } = answer else { return Vec::new() };
        let known: Vec<StaffId> = self.rows.iter().map(|row| row.staff.value.id).collect();
        let here = self.here().map(|row| row.staff.value.id);
        self.rows.clone_from(rows);
        // Whoever was just added is highlighted; else the highlight stays on whom it was on.
        let new = |row: &StaffRow| self.loaded && !known.contains(&row.staff.value.id);
        let added = self.rows.iter().position(new);
        if added.is_some() {
            self.list = List::default();
        }
        let same = |row: &StaffRow| Some(row.staff.value.id) == here;
        let place = added.or_else(|| self.rows.iter().position(same));
        self.list.put_on(place, texts(&self.rows));
        self.loaded = true;
        if let Some(id) = self.opening.take()
            && let Some(at) = self.rows.iter().position(|row| row.staff.value.id == id)
        {
            self.list.cursor.at = at;
            return vec![push(FormScreen::edit_staff(&self.rows[at].staff, cx))];
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.loaded && self.rows.is_empty() {
            let key = cx.key(Action::AddStaff, Scope::Staff);
            empty(frame, area, &[format!("There is no staff yet. Press {key} to add a person.")], cx);
            return;
        }
        self.list.draw_find(frame, Rect { height: 1, ..area }, cx);
        let (shown, list) = (self.shown(), self.list.below_find(area));
        if self.loaded && shown.is_empty() {
            empty(frame, list, &[NOTHING_FOUND.to_owned()], cx);
            return;
        }
        let cells = |at: usize, col| shown.get(at).map_or_else(Vec::new, |row| cell(row, col, cx));
        self.list.table(&columns(), shown.len()).draw(frame, list, cx, cells);
    }
}

fn cell(row: &StaffRow, col: Col, cx: &Cx) -> Cell {
    let staff = &row.staff.value;
    let role = if staff.active { Role::Normal } else { Role::Dim };
    let text = match col {
        Col::Name => staff.signature_name(),
        Col::Login => staff.login.clone(),
        Col::Roles => staff.roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(", "),
        Col::People => row.caseload.to_string(),
        Col::Drafts => row.drafts.to_string(),
        Col::State if !staff.active => "disabled".to_owned(),
        Col::State if staff.cosign_needed => "co-sign".to_owned(),
        Col::State => String::new(),
    };
    vec![Span::styled(text, cx.theme.style(role))]
}

//! The people who work here: list, add, edit, new passphrase, disable.

use crate::domain::StaffId;
use crate::service::api::{Answer, Command, Place, StaffAsk, StaffRow};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::{Step, View};
use crate::tui::screens::form::FormScreen;
use crate::tui::screens::house::duties::DutiesScreen;
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::frame::{Header, empty};
use crate::tui::widgets::table::{Cell, Column, Table};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// The list of staff.
#[derive(Debug, Default)]
pub struct StaffScreen {
    rows: Vec<StaffRow>,
    loaded: bool,
    cursor: Cursor,
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
        Column::left(Col::Login, "Login", 10),
        Column::left(Col::Roles, "Roles", 0),
        Column::right(Col::People, "People", 6),
        Column::right(Col::Drafts, "Drafts", 6),
        Column::left(Col::State, "", 10),
    ]
}

impl StaffScreen {
    /// The list, on the way to editing one of them.
    pub fn editing(id: StaffId) -> Self {
        Self { opening: Some(id), ..Self::default() }
    }

    fn here(&self) -> Option<&StaffRow> {
        self.rows.get(self.cursor.at)
    }

    fn table<'a>(&self, columns: &'a [Column<Col>]) -> Table<'a, Col> {
        Table { columns, count: self.rows.len(), cursor: self.cursor, highlighted: true }
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
        vec![Scope::Staff]
    }

    fn lines(&self, _cx: &Cx) -> Option<usize> {
        Some(self.rows.len())
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

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.cursor.act(action, self.rows.len(), cx.page()) {
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
            Action::ShowDuties => {
                let of = |row: &StaffRow| DutiesScreen::of(row.staff.value.id);
                self.here().map(|row| Step::Push(Box::new(of(row))))
            }
            _ => None,
        };
        step.into_iter().collect()
    }

    /// A letter goes to the next name that begins with it.
    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        let wanted = text.to_lowercase();
        let after = self.cursor.at + 1;
        let round = (after..self.rows.len()).chain(0..after.min(self.rows.len()));
        let fits = |at: &usize| self.rows[*at].staff.value.name.to_lowercase().starts_with(&wanted);
        if let Some(at) = round.into_iter().find(fits) {
            self.cursor.at = at;
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let Some(row) = self.table(&columns()).hit(at, area) else { return Vec::new() };
        let again = self.cursor.at == row;
        self.cursor.at = row;
        if again { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        let Answer::Staff { rows, said } = answer else { return Vec::new() };
        self.rows.clone_from(rows);
        self.loaded = true;
        self.cursor.clamp(self.rows.len());
        if let Some(id) = self.opening.take()
            && let Some(at) = self.rows.iter().position(|row| row.staff.value.id == id)
        {
            self.cursor.at = at;
            return vec![push(FormScreen::edit_staff(&self.rows[at].staff, cx))];
        }
        if said.is_empty() { Vec::new() } else { vec![Step::Say(said.clone())] }
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        if self.loaded && self.rows.is_empty() {
            let key = cx.key(Action::AddStaff, Scope::Staff);
            empty(frame, area, &[format!("Nobody yet. {key} adds a person to the staff.")], cx);
            return;
        }
        self.table(&columns()).draw(frame, area, cx, |at, col| cell(&self.rows[at], col, cx));
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

//! The assessment grid: dimensions down, assessments across, the open draft edited in place.
//!
//! Owns the highlight, what is unfolded, the open draft and the words being written. What is signed is the chart's and is
//! never changed here; a rating key acts in one's own open draft only.

mod answers;
mod ask;
mod below;
mod preview;
mod rate;
mod sheet;
mod shown;
#[cfg(test)]
mod tests;
mod view;
mod words;

use super::notes::is_of_life;
use super::plan::problem;
use super::texts::WithTexts;
use super::{Room, needs, texts, words as said};
use crate::domain::{DocKind, LocalTime, Number};
use crate::rules::when;
use crate::service::api::{Answer, ChartView, DocAsk, DraftLine, DraftSave};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::{Mode, Texts};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay};
use crate::tui::screen::{News, Step};
use crate::tui::widgets::cursor::Cursor;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use sheet::Sheet;
use shown::{Row, Shown};
use std::collections::BTreeSet;
use words::Words;

/// The state of this room.
#[derive(Debug, Default)]
pub struct Grid {
    sheet: Option<Sheet>,
    cursor: Cursor,
    /// Columns the look is away from the newest.
    back: usize,
    unfolded: BTreeSet<u8>,
    words: Option<Words>,
}

impl Grid {
    fn shown<'a>(&'a self, chart: &'a ChartView, cx: &Cx) -> Option<Shown<'a>> {
        Shown::of(self.sheet.as_ref(), chart, cx)
    }

    fn rows(&self, chart: &ChartView, cx: &Cx) -> Vec<Row> {
        self.shown(chart, cx).map(|shown| shown.rows(&self.unfolded)).unwrap_or_default()
    }

    fn row(&self, chart: &ChartView, cx: &Cx) -> Option<Row> {
        self.rows(chart, cx).get(self.cursor.at).copied()
    }

    /// The open draft, if it may be written in now; else what to do instead.
    fn writable(&mut self, chart: &ChartView, cx: &Cx) -> Result<&mut Sheet, String> {
        let key = cx.key(Action::NewAssessment, Scope::Grid);
        match &mut self.sheet {
            None if !chart.may_write => Err(no_writing(chart, cx)),
            None => Err(format!("No assessment is open. Press {key} to begin one, or to go on with yours.")),
            Some(sheet) if sheet.read_only => {
                Err(format!("You can only read this draft of {}.", cx.staff_name(sheet.by)))
            }
            Some(sheet) if sheet.ending => Err("One moment: the draft is being signed.".to_owned()),
            Some(_) if self.back > 0 => {
                Err("This assessment is signed, so it does not change. Press Right to go to the draft."
                    .to_owned())
            }
            Some(sheet) => Ok(sheet),
        }
    }

    fn undo(&mut self, redo: bool, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let sheet = self.writable(chart, cx)?;
        let done = if redo { sheet.redo() } else { sheet.undo() };
        let word = if redo { "redo" } else { "undo" };
        Ok(if done {
            vec![Step::Unsaved]
        } else {
            vec![Step::Say(format!("There is nothing to {word} in this draft."))]
        })
    }

    /// Enter: the words of a dimension, the symbol of a part, the room of what is not rated.
    fn enter(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(row) = self.row(chart, cx) else { return Ok(Vec::new()) };
        if row.sub.is_some() {
            let sheet = self.writable(chart, cx)?;
            return Ok(ask::symbol(sheet, row).into_iter().collect());
        }
        if !row.dimension.rated {
            return Ok(vec![Step::Run(Action::RoomPriorities), Step::Run(Action::ClientWants)]);
        }
        if self.writable(chart, cx).is_err() {
            return Ok(self.read_words(row, chart, cx));
        }
        let sheet = self.writable(chart, cx)?;
        if let Some(cell) = sheet.body.cell(row.dimension.number) {
            self.words = Some(Words::of(cell, &sheet.body));
        }
        Ok(Vec::new())
    }

    /// The words of a cell that is not written in, whole.
    fn read_words(&self, row: Row, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(shown) = self.shown(chart, cx) else { return Vec::new() };
        let Some(looked) = view::looked(shown.columns.len(), self.back) else {
            let key = cx.key(Action::NewAssessment, Scope::Grid);
            return vec![Step::Warn(format!("There is no assessment yet. Press {key} to begin one."))];
        };
        let assessment = shown.columns[looked];
        let date = when::short(assessment.date, cx.today());
        let mut lines = vec![format!("{}, {date}", cx.staff_name(assessment.by)), String::new()];
        let cell = assessment.cell(row.dimension.number).filter(|_| assessment.set == shown.set.key);
        for (at, (label, text)) in shown::TEXTS.iter().enumerate() {
            let Some(words) = cell.map(text).filter(|words| !words.is_empty()) else { continue };
            let g = &cx.theme.glyphs;
            let words = if at == shown::CLIENTS {
                format!("{}{words}{}", g.quote_open, g.quote_close)
            } else {
                words.clone()
            };
            lines.extend([format!("{label}:"), words, String::new()]);
        }
        if lines.len() == 2 {
            lines.push("Nobody wrote words here.".to_owned());
        }
        let title = format!("D{} {}", row.dimension.number, row.dimension.name);
        vec![Step::Over(Overlay::Message(Message::new(&title, lines)))]
    }

    fn pick_symbol(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(row) = self.row(chart, cx) else { return Ok(Vec::new()) };
        self.writable(chart, cx)?;
        if row.sub.is_some() {
            return self.enter(chart, cx);
        }
        if row.dimension.subdimensions.is_empty() {
            return Ok(vec![Step::Say(format!(
                "D{} has no symbols in this dimension set.",
                row.dimension.number
            ))]);
        }
        self.unfolded.insert(row.dimension.number);
        self.cursor.at += 1;
        self.enter(chart, cx)
    }

    fn fold(&mut self, open: bool, chart: &ChartView, cx: &Cx) {
        let Some(row) = self.row(chart, cx) else { return };
        let number = row.dimension.number;
        if open && !row.dimension.subdimensions.is_empty() {
            self.unfolded.insert(number);
        } else if !open && self.unfolded.remove(&number) {
            let rows = self.rows(chart, cx);
            self.cursor.at = rows.iter().position(|row| row.dimension.number == number).unwrap_or(0);
        }
    }

    /// Begins an assessment, or goes on with the one that is open; another person's is opened to be read.
    fn begin(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let client = chart.client.value.id;
        if let Some(sheet) = &self.sheet {
            let whose = if sheet.read_only { "Somebody's" } else { "Your" };
            return vec![Step::Say(format!("{whose} assessment is already open here."))];
        }
        let mine = own_draft(chart, cx);
        let other =
            chart.drafts.iter().find(|draft| draft.kind == DocKind::Assessment && Some(draft.by) != cx.me());
        match (mine, other) {
            (None, Some(other)) => vec![Step::Ask(DocAsk::Open { client, number: other.number }.into())],
            // What is begun is finished where it is.
            (Some(mine), _) if !chart.may_write => {
                vec![Step::Ask(DocAsk::Open { client, number: mine.number }.into())]
            }
            _ if !chart.may_write => vec![Step::Warn(no_writing(chart, cx))],
            _ => vec![Step::Ask(DocAsk::NewAssessment { client }.into())],
        }
    }

    fn in_grid(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let rows = self.rows(chart, cx).len();
        if self.cursor.act(action, rows, cx.page()) {
            return Ok(Vec::new());
        }
        if let Some(digit) = action.severity() {
            return self.rate(digit, chart, cx);
        }
        match action {
            Action::Left => {
                let columns = self.shown(chart, cx).map_or(0, |shown| shown.columns.len());
                self.back = (self.back + 1).min(columns.saturating_sub(1));
            }
            Action::Right => self.back = self.back.saturating_sub(1),
            Action::Unrate => return self.unrate(chart, cx),
            Action::Carry => return self.carry(false, chart, cx),
            Action::ConfirmCarried => return self.carry(true, chart, cx),
            Action::Undo => return self.undo(false, chart, cx),
            Action::Redo => return self.undo(true, chart, cx),
            Action::EditWords | Action::Open => return self.enter(chart, cx),
            Action::PickSymbol => return self.pick_symbol(chart, cx),
            Action::Unfold => self.fold(true, chart, cx),
            Action::Fold => self.fold(false, chart, cx),
            Action::NewAssessment => return Ok(self.begin(chart, cx)),
            Action::Complete | Action::Sign => return self.complete(chart, cx),
            Action::EditAssessment if self.sheet.as_ref().is_none_or(|sheet| sheet.read_only) => {
                return Ok(vec![Step::Run(Action::Amend)]);
            }
            Action::EditAssessment | Action::EditHeader => {
                return self.writable(chart, cx).map(|sheet| vec![ask::particulars(sheet)]);
            }
            Action::DeleteAssessment | Action::DeleteDraft => {
                return self.writable(chart, cx).map(|sheet| vec![ask::delete(sheet, chart, cx)]);
            }
            Action::RaiseNeed if chart.may_write => {
                let agency = cx.set_key();
                let same = self.shown(chart, cx).is_some_and(|shown| shown.set.key == agency);
                let here = self.row(chart, cx).filter(|_| same).map(|row| row.dimension.number);
                return Ok(vec![needs::raise(here, chart, cx)]);
            }
            Action::RaiseNeed => return Err(no_writing(chart, cx)),
            Action::AddBelow if !chart.may_write => return Err(no_writing(chart, cx)),
            Action::AddBelow => return Ok(self.begin_problem(chart, cx)),
            Action::LinkProblems => return Ok(vec![Step::Say("Notes are linked to problems.".to_owned())]),
            _ => {}
        }
        Ok(Vec::new())
    }

    /// A problem that begins with the last signed rating of the highlighted dimension.
    fn begin_problem(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let same = self.shown(chart, cx).is_some_and(|shown| shown.set.key == cx.set_key());
        match self.row(chart, cx).filter(|_| same) {
            Some(row) => {
                vec![Step::Run(Action::RoomPlan), problem::from_rating(row.dimension.number, chart, cx)]
            }
            None => vec![Step::Say("Highlight a dimension of the agency's own set.".to_owned())],
        }
    }

    /// What the words being written did goes into the draft at once.
    fn wrote(&mut self, steps: Vec<Step>) -> Vec<Step> {
        let (Some(words), Some(sheet)) = (&self.words, &mut self.sheet) else { return Vec::new() };
        if steps.iter().any(|step| matches!(step, Step::Unsaved)) {
            // Undo and replace may have changed more than the text with the cursor.
            sheet.type_in(words.dimension, |cell| {
                for (at, editor) in words.pane.editors.iter().enumerate() {
                    *shown::text_mut(cell, at) = editor.text();
                }
            });
        }
        steps
    }

    /// Back from the words to the grid: one step of undo there.
    fn close_words(&mut self) -> Vec<Step> {
        let (Some(words), Some(sheet)) = (self.words.take(), &mut self.sheet) else { return Vec::new() };
        let changed = *words.before != sheet.body;
        sheet.remember(*words.before);
        let carried = sheet.body.cell(words.dimension).is_some_and(|cell| cell.carried);
        if changed && carried {
            let said = format!(
                "The rating of D{} is carried forward and not confirmed. Press = to confirm it.",
                words.dimension
            );
            return vec![Step::Say(said)];
        }
        Vec::new()
    }
}

/// One's own open draft of an assessment in this chart.
fn own_draft<'a>(chart: &'a ChartView, cx: &Cx) -> Option<&'a DraftLine> {
    chart.drafts.iter().find(|draft| draft.kind == DocKind::Assessment && Some(draft.by) == cx.me())
}

/// Why nothing can be written here.
fn no_writing(chart: &ChartView, cx: &Cx) -> String {
    said::no_writing(chart, cx).unwrap_or_default()
}

/// `14:03:22`.
fn clock(at: LocalTime) -> String {
    format!("{}:{:02}", at.time, at.second)
}

impl WithTexts for Grid {
    fn edit_texts(&mut self, act: impl FnOnce(&mut Texts) -> Vec<Step>, cx: &Cx) -> Vec<Step> {
        let Some(words) = &mut self.words else { return Vec::new() };
        let steps = words.pane.on_page(cx, act);
        self.wrote(steps)
    }
}

impl Room for Grid {
    fn scopes(&self) -> Vec<Scope> {
        if self.words.is_some() { vec![Scope::CellText] } else { vec![Scope::Grid] }
    }

    fn text_mode(&self, modal: bool) -> Mode {
        self.words.as_ref().map_or(Mode::Insert, |words| words.pane.editors.mode(modal))
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let of_the_draft = matches!(
            action,
            Action::Complete
                | Action::Sign
                | Action::EditAssessment
                | Action::EditHeader
                | Action::HeaderKeys
                | Action::ChartBeside
                | Action::InsertPhrase
                | Action::NextBlank
                | Action::InsertPlan
                | Action::CopyForward
                | Action::DeleteAssessment
                | Action::DeleteDraft
                | Action::RaiseNeed
                | Action::LinkProblems
                | Action::NewAssessment
        );
        let mut steps = match &mut self.words {
            Some(words) if !of_the_draft => {
                if action == Action::LeaveText {
                    return self.close_words();
                }
                let titles = shown::TEXTS.iter().map(|(title, _)| *title);
                if let Some(step) = texts::ask::<Self>(action, &words.pane.editors, titles) {
                    return vec![step];
                }
                let steps = words.pane.on_page(cx, |editors| texts::act(editors, action, &cx.clip));
                self.wrote(steps.unwrap_or_default())
            }
            _ => self.in_grid(action, chart, cx).unwrap_or_else(|why| vec![Step::Warn(why)]),
        };
        if self.sheet.as_ref().is_some_and(|sheet| sheet.failed) {
            steps.push(Step::Unsaved);
        }
        steps
    }

    fn claims(&self, action: Action) -> bool {
        let own = self.sheet.as_ref().is_some_and(|sheet| !sheet.read_only);
        match action {
            Action::Undo | Action::Redo => own,
            Action::RaiseNeed => true,
            _ => false,
        }
    }

    fn offers(&self, action: Action, chart: &ChartView) -> bool {
        let own = self.sheet.as_ref().is_some_and(|sheet| !sheet.read_only);
        match action {
            Action::NewAssessment => self.sheet.is_none() && (chart.may_write || !chart.drafts.is_empty()),
            Action::ConfirmCarried
            | Action::PickSymbol
            | Action::EditAssessment
            | Action::Complete
            | Action::DeleteAssessment
            | Action::EditWords
            | Action::Unrate
            | Action::Carry => own,
            _ if action.severity().is_some() => own,
            // The page of a note has these; the words of a cell are no note.
            Action::NoteFormat
            | Action::LinkProblems
            | Action::EditHeader
            | Action::Sign
            | Action::DeleteDraft => false,
            _ if is_of_life(action) => self.words.is_none() && !chart.assessments.is_empty(),
            _ => self.words.as_ref().is_none_or(|words| texts::offers(&words.pane.editors, action)),
        }
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let Some(words) = &mut self.words else { return Vec::new() };
        let changed = words.pane.text(text, cx);
        self.wrote(changed.then_some(Step::Unsaved).into_iter().collect())
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(words) = &mut self.words {
            words.pane.click(at, view::words_area(area), cx);
            return Vec::new();
        }
        let Some(shown) = self.shown(chart, cx) else { return Vec::new() };
        let rows = shown.rows(&self.unfolded).len();
        match view::hit(at, area, rows, self.cursor) {
            Some(row) if row == self.cursor.at => self.act(Action::EditWords, chart, cx),
            Some(row) => {
                self.cursor.at = row;
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn back(&mut self, _chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        let modal = cx.keymap.is_modal();
        let words = self.words.as_mut()?;
        Some(match words.pane.on_page(cx, |editors| editors.escape(modal)) {
            Some(acted) => texts::steps(acted),
            None => self.close_words(),
        })
    }

    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        let own = self.sheet.as_ref().filter(|sheet| !sheet.read_only && !sheet.ending);
        own.map(|sheet| {
            let (client, number) = (sheet.body.client, sheet.number);
            let leave = DocAsk::Leave(sheet.save());
            Step::Ask(if sheet.is_untouched() { DocAsk::Drop { client, number } } else { leave }.into())
        })
        .into_iter()
        .collect()
    }

    fn is_outermost(&self) -> bool {
        self.words.is_none()
    }

    fn is_untouched(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.is_untouched())
    }

    fn reply(&mut self, answer: &Answer, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.heard(answer, chart, cx)
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        let Some(sheet) = self.sheet.as_mut().filter(|sheet| !sheet.read_only) else { return Vec::new() };
        let again = sheet.ending;
        sheet.refused();
        if again { vec![Step::Unsaved] } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !matches!(news, News::Chart(_)) {
            return Vec::new();
        }
        let gone =
            |sheet: &Sheet| sheet.handed_in && !chart.drafts.iter().any(|draft| draft.number == sheet.number);
        if self.sheet.as_ref().is_some_and(gone) {
            (self.sheet, self.words, self.back) = (None, None, 0);
        }
        self.cursor.clamp(self.rows(chart, cx).len());
        let columns = self.shown(chart, cx).map_or(0, |shown| shown.columns.len());
        self.back = self.back.min(columns.saturating_sub(1));
        Vec::new()
    }

    fn unsaved(&self) -> Option<DraftSave> {
        self.sheet.as_ref().and_then(|sheet| sheet.unsaved())
    }

    fn draft(&self) -> Option<Number> {
        self.sheet.as_ref().map(|sheet| sheet.number)
    }

    fn document(&self, chart: &ChartView, cx: &Cx) -> Option<Number> {
        let shown = self.shown(chart, cx)?;
        let looked = shown.columns.get(view::looked(shown.columns.len(), self.back)?)?;
        (looked.number > 0).then_some(looked.number)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        view::draw(self, frame, area, chart, cx);
    }
}

//! What the grid does with answers: of the service, and to the questions in `ask`.

use super::sheet::Sheet;
use super::{Grid, ask};
use crate::domain::{NeedSource, Severity};
use crate::service::api::{Answer, ChartView, DocAsk, NeedDone, Secret};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

impl Grid {
    /// Hears what the service answered.
    pub(super) fn heard(&mut self, answer: &Answer, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Draft(draft) => {
                let Some(sheet) = Sheet::of(draft) else { return Vec::new() };
                let said = if sheet.read_only {
                    format!("You can only read this draft of {}.", cx.staff_name(sheet.by))
                } else {
                    let key = cx.key(Action::Complete, Scope::Grid);
                    format!("The assessment is open. {key} completes and signs it.")
                };
                (self.sheet, self.words, self.back) = (Some(sheet), None, 0);
                self.cursor.clamp(self.rows(chart, cx).len());
                vec![Step::Say(said)]
            }
            Answer::DraftSaved { client, number, edits, at } => {
                if let Some(sheet) = &mut self.sheet
                    && (sheet.number, sheet.body.client) == (*number, *client)
                {
                    sheet.saved(*edits, *at);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Whether a 4 means danger now was answered.
    pub(super) fn is_danger(&mut self, dimension: u8, yes: bool, chart: &ChartView) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        if yes {
            return vec![ask::reason(sheet, dimension, chart)];
        }
        sheet.answered.push(dimension);
        vec![Step::Say(format!("D{dimension} is rated 4, and no immediate need was raised."))]
    }

    /// The danger was said.
    pub(super) fn danger_said(&mut self, dimension: u8, reason: String, done: Option<NeedDone>) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        sheet.answered.push(dimension);
        vec![ask::raise(sheet, dimension, reason, NeedSource::Clinician, done)]
    }

    /// Changes the open draft.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Sheet) -> bool) -> Vec<Step> {
        let changed = self.sheet.as_mut().is_some_and(change);
        if changed { vec![Step::Unsaved] } else { Vec::new() }
    }

    /// Signs the open draft. It is on disk as it is first, should signing be refused and the desk lock.
    pub(super) fn sign(&mut self, passphrase: Secret) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        let save = sheet.unsaved().map(|save| Step::Ask(DocAsk::Save(save).into()));
        let mut steps: Vec<Step> = save.into_iter().collect();
        steps.push(Step::Ask(DocAsk::Sign { save: sheet.save(), passphrase }.into()));
        sheet.end();
        steps.extend(self.close_words());
        steps
    }

    /// Deletes the open draft.
    pub(super) fn delete(&mut self) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        sheet.end();
        let (client, number) = (sheet.body.client, sheet.number);
        vec![Step::Ask(DocAsk::Delete { client, number }.into())]
    }
}

/// Sets, or takes away, the symbol of a part. The cell is no longer as it was carried.
pub(super) fn set_symbol(sheet: &mut Sheet, dimension: u8, sub: u8, symbol: &str) -> bool {
    sheet.change_cell(dimension, |cell| {
        let before = cell.symbols.clone();
        cell.symbols.retain(|(number, _)| *number != sub);
        if !symbol.is_empty() {
            cell.symbols.push((sub, symbol.to_owned()));
            cell.symbols.sort_by_key(|(number, _)| *number);
        }
        cell.carried &= before == cell.symbols;
    })
}

/// Whether a 4 of the draft was never asked about: its question was cut off by a lock, or undo brought it back.
pub(super) fn is_unasked(sheet: &Sheet, dimension: u8, chart: &ChartView) -> bool {
    let four = sheet
        .body
        .cell(dimension)
        .is_some_and(|cell| !cell.carried && cell.severity == Some(Severity::Severe));
    let drafts = &chart.person.summary.drafts;
    let since = drafts.iter().find(|draft| draft.number == sheet.number).map(|draft| draft.since);
    let decided = chart.needs.iter().map(|kept| &kept.value).any(|need| {
        need.dimension.set == sheet.body.set
            && need.dimension.number == dimension
            && (need.state.open() || since.is_some_and(|since| need.raised_at >= since))
    });
    four && !decided && !sheet.answered.contains(&dimension)
}

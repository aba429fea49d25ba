//! What the grid does with answers: of the service, and of the questions in `ask`.

use super::sheet::Sheet;
use super::{Grid, Purpose, ask, texts};
use crate::domain::{NeedSource, Severity};
use crate::service::api::{Answer, ChartView, DocAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::app::key_of;
use crate::tui::facts::Cx;
use crate::tui::overlay::Given;
use crate::tui::screen::Step;
use crate::tui::widgets::form::Form;

impl Grid {
    /// Hears what the service answered.
    pub(super) fn heard(&mut self, answer: &Answer, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Draft(draft) => {
                let Some(sheet) = Sheet::of(draft) else { return Vec::new() };
                let said = if sheet.read_only {
                    format!("The draft of {}: reading only.", cx.staff_name(sheet.by))
                } else {
                    let key = key_of(Action::Complete, &[Scope::Grid], cx);
                    format!("The assessment is open. {key} completes and signs it.")
                };
                (self.sheet, self.words, self.back) = (Some(sheet), None, 0);
                self.cursor.clamp(self.rows(chart, cx).len());
                vec![Step::Say(said)]
            }
            Answer::DraftSaved { client, number, edits, at } => {
                if let Some(sheet) = &mut self.sheet
                    && (sheet.number, sheet.grid.client) == (*number, *client)
                {
                    sheet.saved(*edits, *at);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Does what a question was answered with.
    pub(super) fn given(&mut self, purpose: &Purpose, given: Given, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        match (purpose, given) {
            (Purpose::Danger(dimension), Given::Picked(keys)) => {
                if keys.iter().any(|key| key == "yes") {
                    return vec![ask::reason(sheet, *dimension, chart)];
                }
                sheet.answered.push(*dimension);
                vec![Step::Say(format!("The 4 of D{dimension} stands; no immediate need was raised."))]
            }
            (Purpose::Reason(dimension), Given::Filled(form)) => {
                sheet.answered.push(*dimension);
                vec![ask::raise(sheet, *dimension, form.typed("reason"), NeedSource::Clinician)]
            }
            (Purpose::Symbol { dimension, sub }, Given::Picked(keys)) => {
                let symbol = keys.into_iter().next().unwrap_or_default();
                pick(sheet, *dimension, *sub, &symbol)
            }
            (Purpose::Particulars, Given::Filled(form)) => particulars(sheet, &form, cx),
            (Purpose::Complete, Given::Filled(mut form)) => {
                let mut steps: Vec<Step> =
                    sheet.unsaved().map(|save| Step::Ask(DocAsk::Save(save).into())).into_iter().collect();
                let passphrase = form.secret("passphrase");
                steps.push(Step::Ask(DocAsk::Sign { save: sheet.save(), passphrase }.into()));
                sheet.end();
                steps.extend(self.close_words());
                steps
            }
            (Purpose::Text(wanted), given) => {
                let Some(words) = &mut self.words else { return Vec::new() };
                let steps = words.on_page(cx, |editors| texts::answered(editors, *wanted, &given, cx));
                self.wrote(steps)
            }
            (Purpose::Delete, Given::Yes) => {
                sheet.end();
                let (client, number) = (sheet.grid.client, sheet.number);
                vec![Step::Ask(DocAsk::Delete { client, number }.into())]
            }
            _ => Vec::new(),
        }
    }
}

/// Sets, or takes away, the symbol of a part. The cell is no longer as it was carried.
fn pick(sheet: &mut Sheet, dimension: u8, sub: u8, symbol: &str) -> Vec<Step> {
    let changed = sheet.change_cell(dimension, |cell| {
        let before = cell.symbols.clone();
        cell.symbols.retain(|(number, _)| *number != sub);
        if !symbol.is_empty() {
            cell.symbols.push((sub, symbol.to_owned()));
            cell.symbols.sort_by_key(|(number, _)| *number);
        }
        cell.carried &= before == cell.symbols;
    });
    if changed { vec![Step::Unsaved] } else { Vec::new() }
}

fn particulars(sheet: &mut Sheet, form: &Form, cx: &Cx) -> Vec<Step> {
    let Some(date) = form.date("date", cx.today()) else {
        return vec![Step::Warn("The date does not read. Nothing was changed.".to_owned())];
    };
    if date > cx.today() {
        let why = "An assessment cannot speak of a day to come. Nothing was changed.";
        return vec![Step::Warn(why.to_owned())];
    }
    let changed = sheet.change(|grid| {
        grid.date = date;
        grid.purpose = ask::purpose(form.chosen("purpose"));
        grid.sources = form.typed("sources");
    });
    if changed { vec![Step::Unsaved] } else { Vec::new() }
}

/// Whether a 4 of the draft was never asked about: its question was cut off by a lock, or undo brought it back.
pub(super) fn is_unasked(sheet: &Sheet, dimension: u8, chart: &ChartView) -> bool {
    let four = sheet
        .grid
        .cell(dimension)
        .is_some_and(|cell| !cell.carried && cell.severity == Some(Severity::Severe));
    let drafts = &chart.person.summary.drafts;
    let since = drafts.iter().find(|draft| draft.number == sheet.number).map(|draft| draft.since);
    let decided = chart.needs.iter().map(|kept| &kept.value).any(|need| {
        need.dimension.set == sheet.grid.set
            && need.dimension.number == dimension
            && (need.state.open() || since.is_some_and(|since| need.raised_at >= since))
    });
    four && !decided && !sheet.answered.contains(&dimension)
}

//! Rating: what the rating keys do to the open draft, and what a 4 calls for before and at signing.
//!
//! Owns nothing. A severity is written by a key here and nowhere else.

use super::sheet::Sheet;
use super::shown::{Row, last_value};
use super::{Grid, answers, ask};
use crate::domain::Severity;
use crate::packs;
use crate::rules::bounds;
use crate::rules::need::OnRating;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

impl Grid {
    /// The draft and the rated dimension a rating key speaks of.
    fn rating(&mut self, chart: &ChartView, cx: &Cx) -> Result<(&mut Sheet, Row), String> {
        let row = self.row(chart, cx);
        let sheet = self.writable(chart, cx)?;
        match row {
            Some(row) if row.dimension.rated => Ok((sheet, row)),
            Some(row) => {
                Err(format!("D{} is talked about, not rated. Press Enter to open it.", row.dimension.number))
            }
            None => Err("There is nothing to rate.".to_owned()),
        }
    }

    /// Rates the highlighted dimension and goes on to the next one, so that the digits of a whole assessment follow one another.
    pub(super) fn rate(&mut self, digit: u8, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let (sheet, row) = self.rating(chart, cx)?;
        let severity = Severity::from_digit(digit);
        let changed = sheet.change_cell(row.dimension.number, |cell| {
            (cell.severity, cell.carried) = (severity, false);
        });
        let label = packs::set(&sheet.body.set).map_or("", |set| set.labels[usize::from(digit)].as_str());
        let mut steps = vec![Step::Say(format!("D{} is rated {digit}, {label}.", row.dimension.number))];
        if changed {
            steps.push(Step::Unsaved);
            steps.extend(ask_danger(sheet, row, severity, false, chart));
        }
        self.go_on_unless_asked(&steps, row, chart, cx);
        Ok(steps)
    }

    /// On to the next dimension below that has no rating of this draft, as after every answer by a digit; without one it stays.
    /// Where more is asked of this rating the highlight stays on it, too.
    fn go_on_unless_asked(&mut self, steps: &[Step], rated: Row, chart: &ChartView, cx: &Cx) {
        if steps.iter().any(|step| matches!(step, Step::Over(_))) {
            return;
        }
        let Some(sheet) = &self.sheet else { return };
        let lacks = |row: &Row| {
            let cell = sheet.body.cell(row.dimension.number);
            row.dimension.rated && cell.is_none_or(|cell| cell.severity.is_none() || cell.carried)
        };
        let rows = self.rows(chart, cx);
        let below = rows.iter().enumerate().skip(self.cursor.at + 1);
        let next = below
            .filter(|(_, row)| row.sub.is_none() && row.dimension.number != rated.dimension.number)
            .find(|(_, row)| lacks(row));
        if let Some((at, _)) = next {
            self.cursor.at = at;
        }
    }

    pub(super) fn unrate(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let (sheet, row) = self.rating(chart, cx)?;
        let changed = sheet.change_cell(row.dimension.number, |cell| {
            (cell.severity, cell.carried) = (None, false);
        });
        Ok(if changed { vec![Step::Unsaved] } else { Vec::new() })
    }

    /// Confirms a carried cell; into an empty one it takes the last value, marked as carried.
    pub(super) fn carry(
        &mut self,
        confirm_only: bool,
        chart: &ChartView,
        cx: &Cx,
    ) -> Result<Vec<Step>, String> {
        let (sheet, row) = self.rating(chart, cx)?;
        let number = row.dimension.number;
        let Some(cell) = sheet.body.cell(number) else { return Ok(Vec::new()) };
        if cell.carried {
            let severity = cell.severity;
            sheet.change_cell(number, |cell| cell.carried = false);
            let mut steps = vec![Step::Unsaved, Step::Say(format!("D{number} is confirmed as it was."))];
            steps.extend(ask_danger(sheet, row, severity, true, chart));
            self.go_on_unless_asked(&steps, row, chart, cx);
            return Ok(steps);
        }
        if cell.severity.is_some() || confirm_only {
            return Ok(vec![Step::Say(format!("D{number} has nothing carried to confirm."))]);
        }
        let set = sheet.body.set.clone();
        let last = last_value(chart, &set, number).filter(|(_, cell)| cell.severity.is_some());
        let Some((on, last)) = last else {
            return Ok(vec![Step::Say(format!("D{number} has no earlier rating to carry."))]);
        };
        sheet.change_cell(number, |cell| {
            (cell.severity, cell.carried) = (last.severity, true);
            if cell.symbols.is_empty() {
                cell.symbols.clone_from(&last.symbols);
            }
        });
        let on = when::short(on, cx.today());
        let key = cx.key(Action::Carry, Scope::Grid);
        Ok(vec![
            Step::Unsaved,
            Step::Say(format!("D{number} carries its rating of {on} forward. Press {key} to confirm it.")),
        ])
    }

    /// Asks for the signature, once every 4 has been asked about.
    pub(super) fn complete(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let set = self.shown(chart, cx).map(|shown| shown.set);
        let sheet = self.writable(chart, cx)?;
        let Some(set) = set else { return Ok(Vec::new()) };
        if !sheet.body.cells.iter().any(|cell| cell.severity.is_some() && !cell.carried) {
            return Err("Nothing is rated yet. Rate with 0 to 4, or press = to confirm a rating that was \
             carried forward."
                .to_owned());
        }
        for dimension in set.rated() {
            if !answers::is_unasked(sheet, dimension.number, chart) {
                continue;
            }
            let steps = ask_danger(sheet, Row { dimension, sub: None }, Some(Severity::Severe), false, chart);
            if !steps.is_empty() {
                return Ok(steps);
            }
        }
        let on = sheet.body.date;
        if let Some(why) = bounds::refused(on, chart.client.value.birth) {
            return Err(why);
        }
        let stays: Vec<_> = chart
            .episodes
            .iter()
            .map(|kept| (kept.value.admitted, kept.value.discharged.as_ref().map(|(on, _)| *on)))
            .collect();
        match bounds::asked(on, &stays) {
            Some(doubt) => Ok(vec![ask::is_right(doubt)]),
            None => Ok(vec![ask::complete(sheet, set, chart, cx)]),
        }
    }

    /// Asks for the signature after what was asked about.
    pub(super) fn complete_as_it_is(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let set = self.shown(chart, cx).map(|shown| shown.set);
        match (self.writable(chart, cx), set) {
            (Ok(sheet), Some(set)) => vec![ask::complete(sheet, set, chart, cx)],
            (Err(why), _) => vec![Step::Warn(why)],
            _ => Vec::new(),
        }
    }
}

/// What a rating calls for: nothing, a proposed need, or the question.
fn ask_danger(
    sheet: &mut Sheet,
    row: Row,
    severity: Option<Severity>,
    carried: bool,
    chart: &ChartView,
) -> Vec<Step> {
    match ask::on_rating(sheet, row.dimension, severity, carried, chart) {
        OnRating::Nothing => Vec::new(),
        OnRating::Propose => {
            sheet.answered.push(row.dimension.number);
            vec![ask::propose(sheet, row.dimension.number)]
        }
        OnRating::Ask => vec![ask::danger(sheet, row.dimension)],
    }
}

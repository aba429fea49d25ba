//! What keys do on such a page: a digit answers a row, Enter opens its words, Tab goes to what is missing, F9 asks for the signature.

use super::{Asked, Page, Words};
use crate::service::api::ChartView;
use crate::tui::action::Action;
use crate::tui::editor::{EditorCommand, Motion};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::written::Written;

impl<D: Asked> Page<D> {
    /// A digit answers the highlighted row; 0 takes the answer away.
    pub(super) fn digit(&mut self, digit: u8, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        let most = D::choices(item).len();
        self.writable(cx)?;
        if most == 0 {
            let key = cx.key(Action::Open, D::SCOPE);
            return Ok(vec![Step::Say(format!("This row is not answered by a digit. Press {key}."))]);
        }
        if usize::from(digit) > most {
            return Ok(vec![Step::Say(format!("Press 1 to {most} here."))]);
        }
        let mut steps = self.changed(|body| body.answer(item, digit));
        if digit > 0 {
            steps.extend(self.go_on(item, chart, cx)?);
        }
        Ok(steps)
    }

    /// On from a row that was answered: to its words if it asks for them, else to the next row that lacks an answer.
    fn go_on(&mut self, item: D::Item, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(shown) = self.shown(chart, cx) else { return Ok(Vec::new()) };
        let asks_words = shown.lacks.iter().any(|(lack, _)| *lack == item) && !D::titles(item).is_empty();
        if asks_words {
            return self.enter(chart, cx);
        }
        let (items, lacks) = (shown.items, shown.lacks);
        let at = items.iter().position(|one| *one == item).unwrap_or(0);
        let next = items.iter().skip(at + 1).find(|one| lacks.iter().any(|(lack, _)| lack == *one));
        if let Some(next) = next {
            self.spot.put(*next, &items);
        }
        Ok(Vec::new())
    }

    /// Takes over what the program offers for the highlighted row.
    pub(super) fn accept(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        let Some(known) = self.shown(chart, cx).map(|shown| shown.known) else { return Ok(Vec::new()) };
        let sheet = self.writable(cx)?;
        if let Err(why) = sheet.body.clone().accept(item, &known, chart) {
            return Ok(vec![Step::Say(why.to_owned())]);
        }
        let mut steps = self.changed(|body| body.accept(item, &known, chart).unwrap_or_default());
        steps.extend(self.go_on(item, chart, cx)?);
        Ok(steps)
    }

    /// Enter: the words of the row, or the question it has.
    pub(super) fn enter(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        let sheet = self.writable(cx)?;
        if let Some(step) = sheet.body.window(item, chart, cx) {
            return Ok(vec![step]);
        }
        let titles = D::titles(item);
        if titles.is_empty() {
            let most = D::choices(item).len();
            return Ok(match most {
                0 => self.why(chart, cx),
                _ => vec![Step::Say(format!("Press 1 to {most} here."))],
            });
        }
        let before = Box::new(sheet.body.clone());
        let mut body = sheet.body.clone();
        let now: Vec<String> = body.texts(item).into_iter().map(|text| text.clone()).collect();
        let pane = Written::new(titles, now.iter().map(String::as_str));
        self.words = Some(Words { item, before, pane });
        if let Some(words) = &mut self.words {
            words.pane.on_page(cx, |editors| editors.apply(EditorCommand::Move(Motion::TextEnd)));
        }
        Ok(Vec::new())
    }

    /// From the words of a row on to those of the next row that has words, or back; behind the last of them to the rows.
    pub(super) fn next_words(&mut self, on: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(here) = self.here(chart, cx) else { return Vec::new() };
        let items = self.items(chart, cx);
        let mut steps = self.close_words();
        let at = items.iter().position(|item| *item == here).unwrap_or(0);
        let written = |item: &&D::Item| !D::titles(**item).is_empty();
        let next = if on {
            items.iter().skip(at + 1).find(written)
        } else {
            items.iter().take(at).rev().find(written)
        };
        if let Some(next) = next {
            steps.extend(self.write(*next, chart, cx));
        }
        steps
    }

    /// The next row that lacks an answer or, where none does, is still empty, after or before the highlighted one.
    pub(super) fn next_empty(&mut self, forward: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(shown) = self.shown(chart, cx) else { return Vec::new() };
        let here = self.spot.on(&shown.items);
        let items = shown.items;
        let at = here.and_then(|here| items.iter().position(|item| *item == here)).unwrap_or(0);
        // What is needed comes before what may stay empty.
        let lacks: Vec<D::Item> = shown.lacks.iter().map(|(lack, _)| *lack).collect();
        let wanted = if lacks.is_empty() { shown.sheet.body.blanks() } else { lacks };
        let lacking = |item: &&D::Item| wanted.contains(*item);
        let after = items.iter().skip(at + 1).chain(items.iter().take(at + 1));
        let found = if forward {
            after.copied().find(|item| lacking(&item))
        } else {
            let before: Vec<D::Item> = after.copied().collect();
            before.into_iter().rev().skip(1).find(|item| lacking(&item))
        };
        let Some(item) = found else {
            let key = cx.key(Action::Sign, D::SCOPE);
            return vec![Step::Say(format!("Nothing is missing. {key} signs the {}.", D::NAME))];
        };
        self.spot.put(item, &items);
        Vec::new()
    }

    /// Asks for the signature, or goes to the first row that lacks an answer.
    pub(super) fn sign_question(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        self.writable(cx)?;
        let Some(shown) = self.shown(chart, cx) else { return Ok(Vec::new()) };
        if let Some((item, lack)) = shown.lacks.first().cloned() {
            let also: Vec<String> =
                shown.lacks[1..].iter().map(|(item, _)| D::name_of(*item, &shown)).collect();
            let items = shown.items;
            self.spot.put(item, &items);
            return Err(format!("Not signed yet: {lack}{}", also_missing(&also)));
        }
        let question = D::sign(&shown, chart, cx);
        Ok(vec![question])
    }
}

/// The other answers that are missing, by the names of their rows; the last ones of many as a number.
fn also_missing(names: &[String]) -> String {
    const NAMED: usize = 6;
    if names.is_empty() {
        return String::new();
    }
    let shown = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
    match names.len().saturating_sub(NAMED) {
        0 => format!(" Also missing: {shown}."),
        more => format!(" Also missing: {shown}; and {more} more, marked *."),
    }
}

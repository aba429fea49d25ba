//! What keys do in a review: a digit answers a row, Enter opens its words, Tab goes to what is missing, F9 asks for the signature.

use super::{Review, Words, answers, answers_items, ask, line_of};
use crate::rules::plan::review::{Item, offered};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::screens::chart::written::Written;

impl Review {
    /// A digit answers the highlighted row; 0 takes the answer away.
    pub(super) fn digit(&mut self, digit: u8, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        let most = answers::choices(item).len();
        self.writable(cx)?;
        if most == 0 {
            let key = cx.key(Action::Open, Scope::Review);
            return Ok(vec![Step::Say(format!("This row is not answered by a digit. Press {key}."))]);
        }
        if usize::from(digit) > most {
            return Ok(vec![Step::Say(format!("Press 1 to {most} here."))]);
        }
        Ok(self.changed(|review| answers::answer(review, item, digit)))
    }

    /// Takes over what notes of the span said last of the highlighted line.
    pub(super) fn accept(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let shown = self.shown(chart, cx);
        let line = match self.here(chart, cx) {
            Some(Item::Line(name)) => shown.and_then(|shown| line_of(&shown.known, name).cloned()),
            _ => None,
        };
        self.writable(cx)?;
        match line.as_ref().and_then(|line| Some((line.line, offered(line)?))) {
            Some((name, progress)) => Ok(self.changed(|review| review.mark_mut(name).progress = progress)),
            None => Ok(vec![Step::Say("No note of this span says how far this has come.".to_owned())]),
        }
    }

    /// Enter: the words of the row, or the question it has.
    pub(super) fn enter(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        let sheet = self.writable(cx)?;
        match item {
            Item::NewLevel => return Ok(vec![ask::new_level(&sheet.body, cx)]),
            Item::Next => return Ok(vec![ask::next(&sheet.body, chart, cx)]),
            _ => {}
        }
        let titles = answers::titles(item);
        if titles.is_empty() {
            let most = answers::choices(item).len();
            return Ok(vec![Step::Say(format!("Press 1 to {most} here."))]);
        }
        let before = Box::new(sheet.body.clone());
        let mut body = sheet.body.clone();
        let now: Vec<String> = answers::texts(&mut body, item).into_iter().map(|text| text.clone()).collect();
        let pane = Written::new(titles, now.iter().map(String::as_str));
        self.words = Some(Words { item, before, pane });
        Ok(Vec::new())
    }

    /// The next row that lacks an answer, after or before the highlighted one.
    pub(super) fn next_empty(&mut self, forward: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(shown) = self.shown(chart, cx) else { return Vec::new() };
        let (items, here) = (shown.items, self.spot.on(&answers_items(self, chart, cx)));
        let at = here.and_then(|here| items.iter().position(|item| *item == here)).unwrap_or(0);
        let lacking = |item: &&Item| shown.lacks.iter().any(|(lack, _)| lack == *item);
        let after = items.iter().skip(at + 1).chain(items.iter().take(at + 1));
        let found = if forward {
            after.copied().find(|item| lacking(&item))
        } else {
            let before: Vec<Item> = after.copied().collect();
            before.into_iter().rev().skip(1).find(|item| lacking(&item))
        };
        let Some(item) = found else {
            let key = cx.key(Action::Sign, Scope::Review);
            return vec![Step::Say(format!("Nothing is missing. {key} signs the review."))];
        };
        self.spot.put(item, &items);
        Vec::new()
    }

    /// Asks for the signature, or goes to the first row that lacks an answer.
    pub(super) fn sign_question(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        self.writable(cx)?;
        let Some(shown) = self.shown(chart, cx) else { return Ok(Vec::new()) };
        if let Some((item, lack)) = shown.lacks.first().cloned() {
            let items = shown.items;
            self.spot.put(item, &items);
            return Err(format!("Not signed yet: {lack}"));
        }
        let question = ask::sign(&shown, chart, cx);
        Ok(vec![question])
    }
}

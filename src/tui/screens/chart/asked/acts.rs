//! What keys do on such a page: a digit or Enter opens a row, its answers are a list, Tab goes to what is needed, F9 asks for the signature.

use super::{Asked, Page, Shown, Words};
use crate::service::api::ChartView;
use crate::tui::action::Action;
use crate::tui::editor::{EditorCommand, Motion};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item as Choice, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::screens::chart::written::Written;

/// What is chosen in the list of a row to write its words.
const WORDS: &str = "words";
/// Lines of what is known above the list of a row.
const KNOWN: usize = 4;

/// The rows that have a digit, from 1 on.
pub(super) fn with_digits<D: Asked>(items: &[D::Item]) -> impl Iterator<Item = (u8, D::Item)> {
    (1..=9).zip(items.iter().copied().filter(|item| D::is_asked(*item)))
}

/// The digit of the answer that a row has; `None` where it has none.
fn answered<D: Asked>(body: &D, item: D::Item) -> Option<u8> {
    let count = u8::try_from(D::choices(item).len()).unwrap_or(u8::MAX);
    (1..=count).find(|digit| {
        let mut again = body.clone();
        again.answer(item, *digit);
        again == *body
    })
}

impl<D: Asked> Page<D> {
    /// A digit goes to the row beside which it is, and opens it.
    pub(super) fn digit(&mut self, digit: u8, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let items = self.items(chart, cx);
        let Some((_, item)) = with_digits::<D>(&items).find(|(one, _)| *one == digit) else {
            return Ok(vec![Step::Say(format!("No row has the digit {digit} here."))]);
        };
        self.spot.put(item, &items);
        self.enter(chart, cx)
    }

    /// Takes the answer of the highlighted row away.
    pub(super) fn unanswer(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        self.writable(cx)?;
        let steps = self.changed(|body| body.answer(item, 0));
        if steps.is_empty() {
            return Ok(vec![Step::Say("This row has no answer to take away.".to_owned())]);
        }
        Ok(steps)
    }

    /// Changes what a row holds, and goes on from it.
    pub(in crate::tui::screens::chart) fn set(
        &mut self,
        item: D::Item,
        change: impl FnOnce(&mut D),
        chart: &ChartView,
        cx: &Cx,
    ) -> Vec<Step> {
        let mut steps = self.changed(change);
        steps.extend(self.go_on(item, chart, cx));
        steps
    }

    /// On from a row that was answered: to its own words or day where it still needs them, else to the next row that needs something,
    /// which is opened.
    fn go_on(&mut self, item: D::Item, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(shown) = self.shown(chart, cx) else { return Vec::new() };
        if shown.lacks.iter().any(|(lack, _)| *lack == item) {
            let answer = answered(&shown.sheet.body, item);
            let asks = !D::choices(item).is_empty() && answer.is_none();
            return if asks { self.open_next(Some(item), chart, cx) } else { self.more(item, chart, cx) };
        }
        if shown.lacks.is_empty() && !shown.sheet.body.blanks().is_empty() {
            return Vec::new();
        }
        let next = next_needed(&shown, item, true);
        self.open_next(next, chart, cx)
    }

    /// Opens this row; says that nothing is missing where there is none.
    pub(super) fn open_next(&mut self, next: Option<D::Item>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(next) = next else { return vec![nothing_missing::<D>(cx)] };
        let items = self.items(chart, cx);
        self.spot.put(next, &items);
        self.enter(chart, cx).unwrap_or_else(|why| vec![Step::Warn(why)])
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
        let lacks = |shown: &Shown<'_, D>| shown.lacks.iter().any(|(lack, _)| *lack == item);
        if self.shown(chart, cx).is_some_and(|shown| !shown.lacks.is_empty() && !lacks(&shown)) {
            steps.extend(self.next_empty(true, chart, cx));
        }
        Ok(steps)
    }

    /// Enter: the answers of the row, its words, or the question it has.
    pub(super) fn enter(&mut self, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        let Some(item) = self.here(chart, cx) else { return Ok(Vec::new()) };
        self.writable(cx)?;
        if D::choices(item).is_empty() {
            return Ok(self.more(item, chart, cx));
        }
        let Some(shown) = self.shown(chart, cx) else { return Ok(Vec::new()) };
        Ok(vec![answers(item, &shown, chart, cx)])
    }

    /// What was chosen in the list of a row. Its answer chosen again opens its words.
    fn chose(&mut self, item: D::Item, key: &str, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let digit = key.parse().ok();
        let before = self.sheet.as_ref().and_then(|sheet| answered(&sheet.body, item));
        let Some(digit) = digit.filter(|digit| Some(*digit) != before || !self.has_more(item, chart, cx))
        else {
            return self.more(item, chart, cx);
        };
        self.set(item, |body| body.answer(item, digit), chart, cx)
    }

    /// Whether a row has words or a question besides its answers.
    fn has_more(&self, item: D::Item, chart: &ChartView, cx: &Cx) -> bool {
        let window = || self.sheet.as_ref().and_then(|sheet| sheet.body.window(item, chart, cx));
        !D::titles(item).is_empty() || window().is_some()
    }

    /// The question that a row has, its words, or what is known of it.
    fn more(&mut self, item: D::Item, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(sheet) = &self.sheet else { return Vec::new() };
        if let Some(step) = sheet.body.window(item, chart, cx) {
            return vec![step];
        }
        let titles = D::titles(item);
        if titles.is_empty() {
            return self.why(chart, cx);
        }
        let before = Box::new(sheet.body.clone());
        let mut body = sheet.body.clone();
        let now: Vec<String> = body.texts(item).into_iter().map(|text| text.clone()).collect();
        let pane = Written::new(titles, now.iter().map(String::as_str));
        self.words = Some(Words { item, before, pane });
        if let Some(words) = &mut self.words {
            words.pane.on_page(cx, |editors| editors.apply(EditorCommand::Move(Motion::TextEnd)));
        }
        Vec::new()
    }

    /// Which texts of the row being written are still needed, by their places.
    pub(super) fn needed_texts(item: D::Item, shown: &Shown<'_, D>) -> Vec<usize> {
        let body = &shown.sheet.body;
        let lacks = shown.lacks.iter().any(|(lack, _)| *lack == item);
        let is_answered = D::choices(item).is_empty() || answered(body, item).is_some();
        match D::titles(item).len() {
            1 if lacks && is_answered => vec![0],
            _ => body.needed_texts(item),
        }
    }

    /// From the words of a row on to the next row that has words alone or needs something, or back to the words before.
    pub(super) fn next_words(&mut self, on: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(here) = self.here(chart, cx) else { return Vec::new() };
        let mut steps = self.close_words();
        let Some(shown) = self.shown(chart, cx) else { return steps };
        let items = &shown.items;
        let at = items.iter().position(|item| *item == here).unwrap_or(0);
        let lacks = |item: D::Item| shown.lacks.iter().any(|(lack, _)| *lack == item);
        let written = |item: &&D::Item| !D::titles(**item).is_empty();
        if !on {
            let before = items.iter().take(at).rev().find(written).copied();
            steps.extend(before.map(|item| self.go_to_words(item, chart, cx)).unwrap_or_default());
            return steps;
        }
        // An answer that is missing is asked for before one goes on.
        if lacks(here) && !D::choices(here).is_empty() && answered(&shown.sheet.body, here).is_none() {
            return self.open_next(Some(here), chart, cx);
        }
        let text_alone = |item: &&D::Item| written(item) && D::choices(**item).is_empty();
        let after = items.iter().skip(at + 1).find(|item| text_alone(item) || lacks(**item)).copied();
        let next = after.or_else(|| next_needed(&shown, here, true)).filter(|next| *next != here);
        steps.extend(next.map(|next| self.open_next(Some(next), chart, cx)).unwrap_or_default());
        steps
    }

    fn go_to_words(&mut self, item: D::Item, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let items = self.items(chart, cx);
        self.spot.put(item, &items);
        self.more(item, chart, cx)
    }

    /// The next row that needs something or, where none does, is still empty, after or before the highlighted one.
    pub(super) fn next_empty(&mut self, forward: bool, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(shown) = self.shown(chart, cx) else { return Vec::new() };
        let found = self.spot.on(&shown.items).and_then(|here| next_needed(&shown, here, forward));
        let Some(item) = found else { return vec![nothing_missing::<D>(cx)] };
        let items = shown.items;
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

/// Says that the document can be signed.
fn nothing_missing<D: Asked>(cx: &Cx) -> Step {
    let key = cx.key(Action::Sign, D::SCOPE);
    Step::Say(format!("Nothing is missing. {key} signs the {}.", D::NAME))
}

/// The nearest row behind a row, or before it, that needs something; where none does, that is still empty. It goes on at the other end,
/// and comes back to the row itself last.
fn next_needed<D: Asked>(shown: &Shown<'_, D>, here: D::Item, forward: bool) -> Option<D::Item> {
    let items = &shown.items;
    let at = items.iter().position(|item| *item == here)?;
    let lacks: Vec<D::Item> = shown.lacks.iter().map(|(lack, _)| *lack).collect();
    let wanted = if lacks.is_empty() { shown.sheet.body.blanks() } else { lacks };
    let is_wanted = |item: &&D::Item| wanted.contains(*item);
    let (before, after) = (&items[..at], &items[at + 1..]);
    let found = if forward {
        after.iter().chain(before).find(is_wanted)
    } else {
        before.iter().rev().chain(after.iter().rev()).find(is_wanted)
    };
    found.copied().or_else(|| Some(here).filter(|here| wanted.contains(here)))
}

/// The list of a row: its answers, and its words behind them.
fn answers<D: Asked>(item: D::Item, shown: &Shown<'_, D>, chart: &ChartView, cx: &Cx) -> Step {
    let body = &shown.sheet.body;
    let choices = D::choices(item);
    let mut items: Vec<Choice> =
        (1..).zip(&choices).map(|(digit, word): (u8, _)| Choice::keyed(digit, *word)).collect();
    let has_more = !D::titles(item).is_empty() || body.window(item, chart, cx).is_some();
    if has_more && items.len() < 9 {
        let digit = char::from_digit(items.len() as u32 + 1, 10);
        items.push(Choice { digit, ..Choice::new(WORDS, D::more_words(item), "") });
    }
    let mut lines = D::details(item, shown, chart, cx);
    let more = lines.len().saturating_sub(KNOWN);
    if more > 0 {
        lines.truncate(KNOWN);
        let key = cx.key(Action::Unfold, D::SCOPE);
        lines.push(format!("and {more} more; on the page, {key} shows all"));
    }
    let at = answered(body, item).map(|digit| digit.to_string()).unwrap_or_default();
    let chose = move |key: &str, _: &Cx| {
        let key = key.to_owned();
        to_room(move |room: &mut Page<D>, chart, cx| room.chose(item, &key, chart, cx))
    };
    Question::pick(D::name_of(item, shown), items, chose).lines(lines).at(&at).open()
}

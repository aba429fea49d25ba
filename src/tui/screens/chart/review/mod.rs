//! The review of a plan while it is written.
//!
//! Owns its rows and what they are answered with. The page itself is [`super::asked`]'s.

mod answers;
mod ask;
mod details;
#[cfg(test)]
mod tests;
mod view;

use super::asked::{Asked, Page};
use super::blocks::Blocks;
use super::sheet::Body;
use super::written::Title;
use crate::domain::{ClientId, LineRef, Review as Record, ReviewKnown};
use crate::rules::plan::review::{Item, lacks, offered};
use crate::service::api::{ChartView, DraftBody};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

/// The page of a review.
pub(super) type Review = Page<Record>;

type Shown<'a> = super::asked::Shown<'a, Record>;

impl Body for Record {
    fn of(body: &DraftBody) -> Option<Self> {
        if let DraftBody::Review(review) = body { Some(review.as_ref().clone()) } else { None }
    }

    fn body(&self) -> DraftBody {
        DraftBody::Review(Box::new(self.clone()))
    }

    fn client(&self) -> ClientId {
        self.client
    }

    fn is_blank(&self) -> bool {
        self.amends == 0 && Self::is_blank(self)
    }
}

impl Asked for Record {
    type Item = Item;
    type Known = ReviewKnown;

    const SCOPE: Scope = Scope::Review;
    const NAME: &'static str = "review";
    const BEHIND: Action = Action::RoomPlan;

    fn known(&self, chart: &ChartView, cx: &Cx) -> ReviewKnown {
        chart.known(self, cx.today())
    }

    fn items(&self, known: &ReviewKnown) -> Vec<Item> {
        answers::items(self, known)
    }

    fn lacks(&self, known: &ReviewKnown) -> Vec<(Item, String)> {
        lacks(self, known)
    }

    fn choices(item: Item) -> Vec<&'static str> {
        answers::choices(item)
    }

    fn answer(&mut self, item: Item, digit: u8) {
        answers::answer(self, item, digit);
    }

    fn titles(item: Item) -> &'static [Title] {
        answers::titles(item)
    }

    fn texts(&mut self, item: Item) -> Vec<&mut String> {
        answers::texts(self, item)
    }

    fn window(&self, item: Item, chart: &ChartView, cx: &Cx) -> Option<Step> {
        match item {
            Item::NewLevel => Some(ask::new_level(self, cx)),
            Item::Next => Some(ask::next(self, chart, cx)),
            _ => None,
        }
    }

    fn accept(&mut self, item: Item, known: &ReviewKnown, _chart: &ChartView) -> Result<(), &'static str> {
        let line = match item {
            Item::Line(name) => line_of(known, name),
            _ => None,
        };
        let Some((name, progress)) = line.and_then(|line| Some((line.line, offered(line)?))) else {
            return Err("No note of this span says how far this has come.");
        };
        self.mark_mut(name).progress = progress;
        Ok(())
    }

    fn title(shown: &Shown<'_>, cx: &Cx) -> String {
        view::title(shown, cx)
    }

    fn name_of(item: Item, shown: &Shown<'_>) -> String {
        view::name_of(item, shown)
    }

    fn does(item: Item, shown: &Shown<'_>, cx: &Cx) -> String {
        view::does(item, shown, cx)
    }

    fn details(item: Item, shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
        details::of(item, shown, chart, cx)
    }

    fn blocks(shown: &Shown<'_>, chart: &ChartView, cx: &Cx, width: usize) -> Blocks<Item> {
        view::blocks(shown, chart, cx, width)
    }

    fn sign(shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Step {
        ask::sign(shown, chart, cx)
    }

    fn deleted() -> &'static str {
        "The plan stays as it is."
    }

    fn teach(cx: &Cx) -> String {
        let (plan, begin) = (cx.key(Action::RoomPlan, Scope::Chart), cx.key(Action::ReviewPlan, Scope::Plan));
        format!("No review is open here. Press {plan} for the plan; {begin} begins one there.")
    }
}

/// What is known of a line.
fn line_of(known: &ReviewKnown, name: LineRef) -> Option<&crate::domain::ReviewLine> {
    known.lines.iter().find(|line| line.line == name)
}

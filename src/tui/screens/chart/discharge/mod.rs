//! The discharge summary while it is written: how the stay and each goal ended, where the client goes on, what stays open, and below
//! it what the program knows.
//!
//! Owns its rows and what they are answered with. The page itself is [`super::asked`]'s.

mod answers;
mod ask;
#[cfg(test)]
mod tests;
mod view;

use super::asked::{Asked, Page};
use super::blocks::Blocks;
use super::sheet::Body;
use super::written::Title;
use crate::domain::{ClientId, Discharge as Record, DischargeKnown};
use crate::packs::Instruments;
use crate::rules::discharge::{Item, care_needed, items, lacks};
use crate::service::api::{ChartView, DraftBody};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

/// The page of a discharge summary.
pub(super) type Discharge = Page<Record>;

type Shown<'a> = super::asked::Shown<'a, Record>;

impl Body for Record {
    fn of(body: &DraftBody) -> Option<Self> {
        if let DraftBody::Discharge(discharge) = body { Some(discharge.as_ref().clone()) } else { None }
    }

    fn body(&self) -> DraftBody {
        DraftBody::Discharge(Box::new(self.clone()))
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
    type Known = DischargeKnown;

    const SCOPE: Scope = Scope::Discharge;
    const NAME: &'static str = "discharge summary";
    const BEHIND: Action = Action::RoomOverview;

    fn known(&self, chart: &ChartView, cx: &Cx) -> DischargeKnown {
        let none = || chart.stay_known(self, cx.today(), &Instruments::default());
        let desk = cx.signed_in.as_ref();
        desk.map_or_else(none, |desk| chart.stay_known(self, cx.today(), &desk.measures))
    }

    fn items(&self, known: &DischargeKnown) -> Vec<Item> {
        items(self, known)
    }

    fn lacks(&self, known: &DischargeKnown) -> Vec<(Item, String)> {
        lacks(self, known)
    }

    fn is_asked(item: Item) -> bool {
        !matches!(item, Item::Fact(_))
    }

    fn more_words(item: Item) -> &'static str {
        match item {
            Item::Appointment => "write its day and time",
            Item::Care => "write where, who, when it gets hard",
            _ => "write the words",
        }
    }

    fn needed_texts(&self, item: Item) -> Vec<usize> {
        if item == Item::Care { care_needed(&self.care) } else { Vec::new() }
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
            Item::On => Some(ask::last_day(self, chart)),
            Item::Level => Some(ask::level(self, chart, cx)),
            Item::Appointment => Some(ask::appointment(self, chart)),
            Item::Undecided(_) => Some(Step::Run(Action::AnswerNeed)),
            _ => None,
        }
    }

    fn accept(&mut self, item: Item, known: &DischargeKnown, chart: &ChartView) -> Result<(), &'static str> {
        answers::accept(self, item, known, &chart.plan.plan.basics.after)
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
        view::details(item, shown, chart, cx)
    }

    fn blocks(shown: &Shown<'_>, _chart: &ChartView, cx: &Cx, width: usize) -> Blocks<Item> {
        view::blocks(shown, cx, width)
    }

    fn sign(shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Step {
        ask::sign(shown, chart, cx)
    }

    fn deleted() -> &'static str {
        "The stay goes on as it is."
    }

    fn teach(cx: &Cx) -> String {
        let key = cx.key(Action::Admit, Scope::Chart);
        format!("No discharge summary is open here. {key} begins one.")
    }
}

//! The contract: what, why, how, where and when, each answered by the client, by the assessment, and by what is agreed.
//!
//! Owns the highlight, which row is open, and whether the contract is shown as it was. What the client wants, and why now, is the record that priorities show: one place,
//! two doors. What is agreed offers what the plan says; the words are then the author's.

#[cfg(test)]
mod tests;
mod view;

use super::asking::{ask, asks, to_room};
use super::blocks::Spot;
use super::plan::views;
use super::priorities::forms;
use super::{Room, words};
use crate::domain::{Contract as Record, ContractCell, ContractRow, ContractView, Date, Wants, Written};
use crate::rules::plan::contract::{Around, offer, plan_changed, question};
use crate::service::api::{Answer, Back, ChartView, ContractThen, PlanAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// What a row of the page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// A question, with its first words.
    Question(ContractRow),
    /// What the court or another authority wants.
    Authority,
    /// What follows if that is not kept, as the client understands it.
    IfNotKept,
    /// An answer.
    Cell(ContractRow, ContractView),
}

/// The state of this page.
#[derive(Debug)]
pub struct Contract {
    spot: Spot<Row>,
    open: Option<ContractRow>,
    /// The contract as it was, while that is looked at.
    then: Option<Box<ContractThen>>,
}

impl Default for Contract {
    fn default() -> Self {
        Self { spot: Spot::new(0), open: None, then: None }
    }
}

/// The contract that is shown: of now, or as it was.
#[derive(Clone, Copy)]
struct Page<'a> {
    contract: &'a Record,
    wants: Option<&'a Wants>,
    mandated: bool,
    /// It is as it was: nothing is offered, nothing is written.
    is_past: bool,
}

impl Page<'_> {
    /// What the plan says to a question; nothing to a contract as it was.
    fn offered(self, row: ContractRow, chart: &ChartView, cx: &Cx) -> String {
        if self.is_past { String::new() } else { offered(row, chart, cx) }
    }

    /// Whether the plan says something else than when the answer was agreed; never said of a contract as it was.
    fn plan_changed(self, row: ContractRow, offered: &str) -> bool {
        !self.is_past && plan_changed(row, self.contract, offered)
    }
}

/// What the plan says to a question, as the chart is now.
fn offered(row: ContractRow, chart: &ChartView, cx: &Cx) -> String {
    let summary = &chart.person.summary;
    let review = cx.caseload().and_then(|context| context.due().review(summary, cx.today()));
    // With its year: what was agreed is compared with it for as long as the contract stands.
    let day = |date: Date| date.naive().format("%-d %b %Y").to_string();
    let around = Around {
        wants: chart.wants.as_ref().map(|kept| &kept.value),
        episode: chart.open_episode(),
        level: chart.level().map_or("", |level| level.actual.as_str()),
        review: review.map(|review| review.on),
        day: &day,
    };
    offer(row, &chart.plan.plan, &chart.plan.contract, around)
}

impl Contract {
    fn page<'a>(&'a self, chart: &'a ChartView) -> Page<'a> {
        match &self.then {
            Some(then) => Page {
                contract: &then.contract,
                wants: then.wants.as_ref(),
                mandated: then.mandated,
                is_past: true,
            },
            None => Page {
                contract: &chart.plan.contract,
                wants: chart.wants.as_ref().map(|kept| &kept.value),
                mandated: chart.open_episode().is_some_and(|episode| episode.mandated),
                is_past: false,
            },
        }
    }

    fn here(&self, chart: &ChartView, cx: &Cx) -> Option<Row> {
        self.spot.on(&view::blocks(self, chart, cx.content().width, cx).keys())
    }

    fn open_row(&mut self, row: Option<ContractRow>, at: Row, chart: &ChartView, cx: &Cx) {
        self.open = row;
        self.spot.put(at, &view::blocks(self, chart, cx.content().width, cx).keys());
    }

    fn unfold(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(Row::Question(row)) = self.here(chart, cx) {
            self.open_row(Some(row), Row::Question(row), chart, cx);
        }
        Vec::new()
    }

    fn fold(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(row) = self.open {
            self.open_row(None, Row::Question(row), chart, cx);
        }
        Vec::new()
    }

    /// Writes the highlighted answer, or opens the highlighted question, or closes it again.
    fn write(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match self.here(chart, cx) {
            Some(Row::Question(row)) if self.open != Some(row) => self.unfold(chart, cx),
            Some(Row::Question(_)) => self.fold(chart, cx),
            Some(Row::Cell(ContractRow::What | ContractRow::Why, ContractView::Client)) => {
                vec![forms::ask_wants(false, chart, cx)]
            }
            Some(Row::Cell(row, of)) => {
                let said = chart.plan.contract.cell(row, of).map_or("", |cell| cell.written.words.as_str());
                vec![cell(row, of, said, chart)]
            }
            Some(row @ (Row::Authority | Row::IfNotKept)) => vec![line(row, chart)],
            _ => Vec::new(),
        }
    }

    /// Takes over what the plan says, to be kept or changed.
    fn take(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(Row::Cell(row, ContractView::Agreed)) = self.here(chart, cx) else {
            return vec![Step::Say("The plan offers words for an agreed answer: highlight one.".to_owned())];
        };
        let words = offered(row, chart, cx);
        if words.is_empty() {
            return vec![Step::Say("The plan says nothing to this yet.".to_owned())];
        }
        vec![cell(row, ContractView::Agreed, &words, chart)]
    }
}

/// The list of what can be shown.
fn choose(now: bool, chart: &ChartView) -> Step {
    let client = chart.client.value.id;
    let mut items = vec![
        Item::new("now", "the contract", "as it is now").shown_now(now),
        Item::new("then", "the contract as it was on a day", ""),
        Item::new("earlier", "the contract of an earlier episode", "to read"),
    ];
    items.retain(|item| !(item.key == "earlier" && views::earlier(chart).is_empty()));
    let back = move |back| asks(PlanAsk::ContractThen { client, back });
    Question::pick("What to show", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        match key {
            "then" => {
                vec![views::which_day("The contract as it was", chart, move |day| back(Back::Day(day)))]
            }
            "earlier" => vec![views::which_episode(chart, cx, move |episode| back(Back::Episode(episode)))],
            _ => to_room(|room: &mut Contract, _, _| {
                room.then = None;
                Vec::new()
            }),
        }
    })
    .open()
}

/// The question of one answer.
fn cell(row: ContractRow, of: ContractView, said: &str, chart: &ChartView) -> Step {
    let form = Form::new("Save", vec![Field::text("words", of.word(), said)]);
    let rev = chart.plan.contract_rev;
    ask(chart, format!("{}: {}", row.word(), question(row, of)), form, move |form, chart, cx| {
        let plan_said = (of == ContractView::Agreed).then(|| offered(row, chart, cx));
        let written = Written { words: form.typed("words"), ..Written::default() };
        let mut contract = current(chart);
        contract.cells.retain(|cell| (cell.row, cell.view) != (row, of));
        contract.cells.push(ContractCell { row, view: of, written, plan_said });
        contract.cells.sort_by_key(|cell| (cell.row, cell.view));
        Ok(asks(PlanAsk::SaveContract { contract: Box::new(contract), rev }))
    })
    .reads(|form, _| form.typed("words"))
    .open()
}

/// The question of one of the two lines that others set for a client under a mandate.
fn line(row: Row, chart: &ChartView) -> Step {
    let contract = &chart.plan.contract;
    let (title, said) = match row {
        Row::Authority => ("Why: what does the court or authority want?", &contract.authority_wants.words),
        _ => ("Why: what follows if it is not kept, in the client's words?", &contract.if_not_kept.words),
    };
    let form = Form::new("Save", vec![Field::text("words", "Words", said)]);
    let rev = chart.plan.contract_rev;
    ask(chart, title, form, move |form, chart, _| {
        let mut contract = current(chart);
        let words = form.typed("words");
        match row {
            Row::Authority => contract.authority_wants.words = words,
            _ => contract.if_not_kept.words = words,
        }
        Ok(asks(PlanAsk::SaveContract { contract: Box::new(contract), rev }))
    })
    .reads(|form, _| form.typed("words"))
    .open()
}

fn current(chart: &ChartView) -> Record {
    Record { client: chart.client.value.id, ..chart.plan.contract.clone() }
}

impl Room for Contract {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Contract]
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !chart.may_read {
            return Vec::new();
        }
        let keys = view::blocks(self, chart, cx.content().width, cx).keys();
        if self.spot.act(action, &keys, cx.page()) {
            return Vec::new();
        }
        let folds = matches!(self.here(chart, cx), Some(Row::Question(_)));
        let writes =
            action == Action::AcceptProposal || matches!(action, Action::EditLine | Action::Open) && !folds;
        if writes && self.then.is_some() {
            let back = cx.key(Action::PlanViews, Scope::Contract);
            return vec![Step::Say(format!(
                "This is the contract as it was. To change the contract of today, press {back} and Enter."
            ))];
        }
        if let Some(why) = words::no_writing(chart, cx).filter(|_| writes) {
            return vec![Step::Warn(why)];
        }
        match action {
            Action::PlanViews => vec![choose(self.then.is_none(), chart)],
            Action::Unfold => self.unfold(chart, cx),
            Action::Fold => self.fold(chart, cx),
            Action::EditLine | Action::Open => self.write(chart, cx),
            Action::AcceptProposal => self.take(chart, cx),
            _ => Vec::new(),
        }
    }

    fn back(&mut self, _chart: &ChartView, _cx: &Cx) -> Option<Vec<Step>> {
        self.then.take().map(|_| Vec::new())
    }

    fn is_outermost(&self) -> bool {
        self.then.is_none()
    }

    fn reply(&mut self, answer: &Answer, chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        if let Answer::ContractThen(then) = answer
            && then.client == chart.client.value.id
        {
            self.then = Some(then.clone());
        }
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let blocks = view::blocks(self, chart, area.width, cx);
        if let Some(row) = blocks.hit(at, area, self.spot.on(&blocks.keys())) {
            self.spot.put(row, &blocks.keys());
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        view::draw(self, frame, area, chart, cx);
    }
}

//! The safety plan: the newest signed one to be read, and the version that is being written together with the client.
//!
//! Owns which of the two is shown, the highlight on the signed one, and which page one came from: the same key goes there and back.
//! The version being written is a page of rows ([`super::asked`]).

mod body;
mod signed;
#[cfg(test)]
mod tests;

use super::asked::{Asked as _, Page};
use super::asking::asks;
use super::blocks::Spot;
use super::room::Room;
use super::{paper, turning, words as said};
use crate::domain::{DocKind, Number, Paper, SafetyPart, SafetyPlan};
use crate::rules::safety::{Item, SignedSafety, items};
use crate::service::api::{Answer, ChartView, DocAsk, DraftSave};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::Mode;
use crate::tui::facts::Cx;
use crate::tui::opening::RoomName;
use crate::tui::screen::{News, Step};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The state of the page.
#[derive(Debug)]
pub(super) struct Safety {
    /// The version that is being written.
    pub(super) page: Page<SafetyPlan>,
    /// The highlight on the signed one.
    spot: Spot<Item>,
    /// The row whose words are opened once the draft is here.
    then: Option<Item>,
    /// The page one came from.
    pub(super) from: RoomName,
    /// The screen is turned when its key comes again.
    turning: bool,
}

impl Default for Safety {
    fn default() -> Self {
        Self {
            page: Page::default(),
            spot: Spot::new(0),
            then: None,
            from: RoomName::Overview,
            turning: false,
        }
    }
}

/// The plan that is shown: the chart's own, else that of a linked chart of the same person.
pub(super) fn shown(chart: &ChartView) -> Option<(&ChartView, &SignedSafety)> {
    let of = |chart| ChartView::safety_plan(chart).map(|plan| (chart, plan));
    of(chart).or_else(|| chart.also.iter().find_map(of))
}

impl Safety {
    fn is_writing(&self) -> bool {
        self.page.sheet.is_some()
    }

    /// Begins a version with the words of the one before, at a row.
    fn begin(&mut self, at: Option<Item>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(why) = said::no_writing(chart, cx) {
            return vec![Step::Warn(why)];
        }
        self.then = at;
        asks(DocAsk::NewSafety { client: chart.client.value.id })
    }

    fn act_on_signed(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let rows = signed::rows(chart);
        if self.spot.act(action, &rows, cx.page() / 2) {
            return Vec::new();
        }
        match action {
            Action::Open | Action::EditLine => {
                let at = self.spot.on(&rows).or(Some(Item::Part(SafetyPart::Signs)));
                self.begin(at.filter(|_| action == Action::Open), chart, cx)
            }
            Action::Unfold => signed::versions(chart, cx),
            Action::Sign => {
                let key = cx.key(Action::EditLine, Scope::Safety);
                vec![Step::Say(format!("There is no new version to sign. {key} begins one with the client."))]
            }
            _ => Vec::new(),
        }
    }

    /// What is done about the signed plan, written or not: a page of it, or the turned screen.
    fn about_signed(&mut self, action: Action, again: bool, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        if !matches!(action, Action::MakePage | Action::TurnScreen | Action::TurnScreenIn) {
            return None;
        }
        let Some(doc) = chart.safety_plan().map(|plan| plan.doc) else {
            return Some(vec![Step::Say("Sign the safety plan first, then this works.".to_owned())]);
        };
        if action == Action::MakePage {
            return Some(vec![paper::of_document(doc, chart, cx)]);
        }
        if let Some(why) = said::no_writing(chart, cx) {
            return Some(vec![Step::Warn(why)]);
        }
        if action == Action::TurnScreenIn {
            return Some(vec![turning::choose(Paper::Document(doc), chart, cx)]);
        }
        self.turning = !again;
        Some(turning::turn(Paper::Document(doc), again, Scope::Safety, chart, cx))
    }
}

/// Whether an act is for the words being written.
fn is_of_the_draft(action: Action) -> bool {
    matches!(action, Action::Sign | Action::DeleteDraft | Action::AcceptProposal | Action::Unmark)
}

impl Room for Safety {
    fn scopes(&self) -> Vec<Scope> {
        if self.is_writing() { self.page.scopes() } else { vec![Scope::Safety] }
    }

    fn text_mode(&self, modal: bool) -> Mode {
        self.page.text_mode(modal)
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let again = std::mem::take(&mut self.turning);
        if self.page.is_in_words() {
            return self.page.act(action, chart, cx);
        }
        if let Some(steps) = self.about_signed(action, again, chart, cx) {
            return steps;
        }
        if self.is_writing() {
            return self.page.act(action, chart, cx);
        }
        // A digit begins the next version at its row.
        if let Some(digit) = action.mark() {
            let row = usize::from(digit).checked_sub(1).and_then(|at| items().get(at).copied());
            return self.begin(row, chart, cx);
        }
        self.act_on_signed(action, chart, cx)
    }

    fn claims(&self, action: Action) -> bool {
        self.page.claims(action)
    }

    fn offers(&self, action: Action, chart: &ChartView) -> bool {
        let signed = chart.safety_plan().is_some();
        match action {
            Action::MakePage => signed && !self.page.is_in_words(),
            Action::TurnScreen | Action::TurnScreenIn => {
                signed && chart.may_write && !self.page.is_in_words()
            }
            Action::EditLine => !self.is_writing() && chart.may_write,
            _ if self.is_writing() => self.page.offers(action, chart),
            _ if is_of_the_draft(action) => false,
            _ if action.mark().is_some() => chart.may_write,
            _ => true,
        }
    }

    fn begins_text(&self) -> bool {
        let own = self.page.sheet.as_ref().is_some_and(|sheet| !sheet.read_only && !sheet.ending);
        let part = matches!(self.page.highlighted(&items()), Some(Item::Part(_)));
        own && part && !self.page.is_in_words()
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let mut steps = Vec::new();
        if self.begins_text()
            && let Some(item) = self.page.highlighted(&items())
            && let Some(chart) = self.page.sheet.as_ref().and_then(|sheet| cx.chart(sheet.body.client))
        {
            steps.extend(self.page.write(item, chart, cx));
        }
        steps.extend(self.page.text(text, cx));
        steps
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if self.is_writing() {
            return self.page.click(at, area, chart, cx);
        }
        let rows = signed::rows(chart);
        if let Some(item) = signed::hit(self.spot.on(&rows), at, area, chart, cx) {
            self.spot.put(item, &rows);
        }
        Vec::new()
    }

    fn back(&mut self, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        if !self.is_writing() {
            return Some(vec![Step::Run(SafetyPlan::BEHIND)]);
        }
        // A version in which nobody wrote is closed, and the signed one is here again.
        let untouched = !self.page.is_in_words() && chart.safety_plan().is_some();
        let dropped = if untouched { self.page.drop_untouched(cx) } else { Vec::new() };
        if dropped.is_empty() { self.page.back(chart, cx) } else { Some(dropped) }
    }

    fn is_outermost(&self) -> bool {
        false
    }

    fn leave(&mut self, cx: &Cx) -> Vec<Step> {
        self.page.leave(cx)
    }

    fn is_untouched(&self) -> bool {
        self.page.is_untouched()
    }

    fn reply(&mut self, answer: &Answer, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let mut steps = self.page.reply(answer, chart, cx);
        // What was signed or deleted leaves the signed plan on this very page.
        steps.retain(|step| !matches!(step, Step::Run(action) if *action == SafetyPlan::BEHIND));
        if matches!(answer, Answer::Draft(_))
            && let Some(item) = self.then.take()
            && self.page.sheet.as_ref().is_some_and(|sheet| !sheet.read_only)
        {
            steps.extend(self.page.write(item, chart, cx));
        }
        steps
    }

    fn failed(&mut self, fault: &Fault, cx: &Cx) -> Vec<Step> {
        self.then = None;
        self.page.failed(fault, cx)
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.page.hears(news, chart, cx)
    }

    fn unsaved(&self) -> Option<DraftSave> {
        self.page.unsaved()
    }

    fn draft(&self) -> Option<Number> {
        self.page.draft()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        if self.is_writing() {
            self.page.draw(frame, area, chart, cx);
        } else {
            signed::draw(self.spot.on(&signed::rows(chart)), frame, area, chart, cx);
        }
    }
}

/// Opens a signed safety plan to be read as a document.
fn read(number: Number, chart: &ChartView) -> Vec<Step> {
    debug_assert_eq!(DocKind::of(number), Some(DocKind::Safety));
    asks(DocAsk::TakeUp { client: chart.client.value.id, number })
}

//! Short forms of a chart on one page: medication as it is known, then what was entered, the newest day first.
//!
//! Owns the highlight and which form is shown. What an entry is after what came later is the rules'; what is asked is the form's
//! file.

mod ask;
mod fields;
mod read;
mod view;

use super::Room;
use super::blocks::Spot;
use crate::domain::{Number, ShortEntry};
use crate::packs::ShortForm;
use crate::rules::short_forms::{self, Thread};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::{News, Step};
use crate::tui::screens::chart::asking::to_room;
use crate::tui::widgets::choices::Item;
use crate::tui::widgets::frame::empty;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

pub(super) use ask::result_of;

/// The state of this page.
#[derive(Debug)]
pub struct Forms {
    /// By the number of the entry that began it.
    spot: Spot<Number>,
    /// Key of the form that is shown alone.
    only: Option<String>,
    /// The things there were before.
    known: Vec<Number>,
    /// Something is being added here: the highlight goes to it once it is there. What others add moves nothing.
    adding: bool,
}

impl Default for Forms {
    fn default() -> Self {
        Self { spot: Spot::new(0), only: None, known: Vec::new(), adding: false }
    }
}

/// Every entry of a chart.
fn entries(chart: &ChartView) -> Vec<&ShortEntry> {
    chart.short.iter().collect()
}

/// The thing of a number.
pub(super) fn thread(root: Number, chart: &ChartView) -> Option<Thread<'_>> {
    short_forms::threads(&entries(chart)).into_iter().find(|thread| thread.root == root)
}

/// The stay that medication is asked in: the open one, else the newest.
fn stay(chart: &ChartView) -> Number {
    chart.episodes.iter().map(|kept| kept.value.number).max().unwrap_or_default()
}

impl Forms {
    fn keys(&self, chart: &ChartView, cx: &Cx) -> Vec<Number> {
        view::blocks(self.only.as_deref(), chart, cx.content().width, cx).keys()
    }

    fn here<'a>(&self, chart: &'a ChartView, cx: &Cx) -> Option<Thread<'a>> {
        thread(self.spot.on(&self.keys(chart, cx))?, chart)
    }

    /// Puts the highlight on the thing of this entry, whatever was shown.
    pub(super) fn put(&mut self, number: Number, chart: &ChartView, cx: &Cx) {
        self.only = None;
        if let Some(root) = short_forms::root(&entries(chart), number) {
            let keys = self.keys(chart, cx);
            self.spot.put(root, &keys);
        }
    }

    /// Begins an entry: of the form that is shown alone, else of one that is chosen.
    fn add(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.adding = true;
        if let Some(form) = self.only.as_deref().and_then(|key| cx.form(key)) {
            return vec![ask::begin(form, chart, cx)];
        }
        let items = cx.forms().map(|form| Item::new(&form.key, &form.name, &form.about)).collect();
        let client = chart.client.value.id;
        let question = Question::pick("Which form?", items, move |key, cx| {
            let form = cx.form(key).zip(cx.chart(client));
            form.map(|(form, chart)| vec![ask::begin(form, chart, cx)]).unwrap_or_default()
        });
        vec![question.open()]
    }

    /// Chooses which form is shown.
    fn choose_shown(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let threads = short_forms::threads(&entries(chart));
        let many = |key: &str| threads.iter().filter(|thread| thread.begun.form == key).count();
        let mut items = vec![Item::new("", "everything", threads.len().to_string())];
        items.extend(
            cx.forms().map(|form: &ShortForm| Item::new(&form.key, &form.name, many(&form.key).to_string())),
        );
        // A form that is no longer here can have entries all the same.
        for gone in threads.iter().map(|thread| thread.begun).filter(|one| cx.form(&one.form).is_none()) {
            if !items.iter().any(|item| item.key == gone.form) {
                items.push(Item::new(&gone.form, &gone.form_name, many(&gone.form).to_string()));
            }
        }
        let question = Question::pick("What is shown?", items, |key, _| {
            let only = Some(key.to_owned()).filter(|key| !key.is_empty());
            to_room(move |room: &mut Self, _, _| {
                (room.only, room.spot) = (only, Spot::new(0));
                Vec::new()
            })
        });
        vec![question.at(self.only.as_deref().unwrap_or_default()).open()]
    }
}

impl Room for Forms {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::ShortForms]
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !chart.may_read {
            return Vec::new();
        }
        let keys = self.keys(chart, cx);
        if self.spot.act(action, &keys, cx.page()) {
            return Vec::new();
        }
        let here = self.here(chart, cx);
        let writes = matches!(action, Action::AddBelow | Action::EditLine | Action::SetState);
        if let Some(why) = ask::no_writing(action, here.as_ref(), chart, cx).filter(|_| writes) {
            return vec![Step::Warn(why)];
        }
        match (action, here) {
            (Action::AddBelow, _) => self.add(chart, cx),
            (Action::ChooseShown, _) => self.choose_shown(chart, cx),
            (Action::Open, Some(thread)) => vec![read::whole(&thread, chart, cx)],
            (Action::EditLine, Some(thread)) => ask::correct(&thread, chart, cx),
            (Action::SetState, Some(thread)) => ask::state(&thread, chart, cx),
            (Action::Open | Action::EditLine | Action::SetState, None) => {
                vec![Step::Say("There is no entry here yet.".to_owned())]
            }
            _ => Vec::new(),
        }
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if !matches!(news, News::Chart(_)) {
            return Vec::new();
        }
        let keys = self.keys(chart, cx);
        let fresh = keys.iter().find(|root| !self.known.contains(root)).copied();
        if let (true, Some(root)) = (self.adding, fresh) {
            self.spot.put(root, &keys);
            self.adding = false;
        }
        self.known = keys;
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let blocks = view::blocks(self.only.as_deref(), chart, area.width, cx);
        if let Some(row) = blocks.hit(at, area, self.spot.on(&blocks.keys())) {
            self.spot.put(row, &blocks.keys());
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        if !chart.may_read {
            let words = "Short forms are read by those who may open the chart.";
            return empty(frame, area, &[words.to_owned()], cx);
        }
        let blocks = view::blocks(self.only.as_deref(), chart, area.width, cx);
        let here = self.spot.on(&blocks.keys());
        blocks.draw(frame, area, here, cx);
    }
}

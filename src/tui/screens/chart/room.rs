//! What a room of a chart is: the trait behind which each room is.

use crate::domain::{Number, Session};
use crate::service::api::{Answer, ChartView, DraftSave, Kept, PageSpot};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::Mode;
use crate::tui::facts::Cx;
use crate::tui::screen::{News, Step};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::any::Any;

/// What a room can do. `chart` is the chart as it stands; a room keeps no copy of it.
pub trait Room: Any {
    /// Where its keys are read, innermost first ([`Scope::Chart`] is within every room's scope).
    fn scopes(&self) -> Vec<Scope>;

    fn text_mode(&self, _modal: bool) -> Mode {
        Mode::Insert
    }

    /// Does what a key asks. Room letters, immediate needs, edit and admit are the chart's own.
    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step>;

    /// Whether it takes an action that chart or app would otherwise do (undo in an open draft, sign).
    fn claims(&self, _action: Action) -> bool {
        false
    }

    /// Whether an act of this room has something to act on just now, so that the menu lists it.
    fn offers(&self, _action: Action, _chart: &ChartView) -> bool {
        true
    }

    /// How many lines can be opened by their number, where they have one.
    fn lines(&self, _chart: &ChartView, _cx: &Cx) -> Option<usize> {
        None
    }

    /// The session that follows from what is open here.
    fn next_session(&self, _chart: &ChartView, _cx: &Cx) -> Option<Kept<Session>> {
        None
    }

    /// One has just turned to it.
    fn entered(&mut self, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Where on the page one is, to come back to after a lock.
    fn spot(&self) -> Option<PageSpot> {
        None
    }

    /// One comes back to it after a lock, to this spot.
    fn come_back(&mut self, _spot: &PageSpot) {}

    /// Whether a letter begins to write here, though nothing is being written yet.
    fn begins_text(&self) -> bool {
        false
    }

    /// Takes typed text.
    fn text(&mut self, _text: &str, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Takes pasted text.
    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.text(text, cx)
    }

    /// A click inside `area`, the same that [`Room::draw`] gets.
    fn click(&mut self, _at: Position, _area: Rect, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Esc: `None` leaves the chart, steps mean that there was something nearer to go back from (an open draft, a note).
    fn back(&mut self, _chart: &ChartView, _cx: &Cx) -> Option<Vec<Step>> {
        None
    }

    /// Whether nothing nearer than the chart is left by Esc.
    fn is_outermost(&self) -> bool {
        true
    }

    /// The chart is about to be closed: an open draft is left here with `DocAsk::Leave`.
    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// The answer to something the chart or one of its rooms asked; `chart` is already the newest.
    fn reply(&mut self, _answer: &Answer, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// What was asked was refused; the app has said so.
    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Hears of something: of a changed chart it keeps highlights on what they were on.
    fn hears(&mut self, _news: &News<'_>, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Text that the service has not seen.
    fn unsaved(&self) -> Option<DraftSave> {
        None
    }

    /// The draft that is open in it, to come back to.
    fn draft(&self) -> Option<Number> {
        None
    }

    /// The signed document one looks at here without its being open.
    fn document(&self, _chart: &ChartView, _cx: &Cx) -> Option<Number> {
        None
    }

    /// Its open draft was begun to be written in and holds nothing yet: it is not kept.
    fn is_untouched(&self) -> bool {
        false
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx);
}

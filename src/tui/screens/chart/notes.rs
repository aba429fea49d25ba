//! The room of that name; its own file, written on its own branch. What stands here only says so.

use super::Room;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use crate::tui::widgets::frame::empty;
use ratatui::Frame;
use ratatui::layout::Rect;

/// What this room asks overlays for.
#[derive(Clone, Debug)]
pub enum Purpose {}

/// The state of this room.
#[derive(Debug, Default)]
pub struct Notes {}

impl Room for Notes {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Notes]
    }

    fn act(&mut self, _action: Action, _chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, _chart: &ChartView, cx: &Cx) {
        empty(frame, area, &["This room is being built. Press o for the overview.".to_owned()], cx);
    }
}

//! Everyone ranked in one dimension.

use crate::domain::ClientId;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::{Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, empty};
use ratatui::Frame;
use ratatui::layout::Rect;

/// The ranking of one dimension.
#[derive(Debug)]
pub struct DimensionScreen {
    number: u8,
}

impl DimensionScreen {
    /// Of this dimension of the agency's set.
    pub fn new(number: u8) -> Self {
        Self { number }
    }
}

impl View for DimensionScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Dimension]
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![(format!("D{}", self.number), Role::Focus)])
    }

    fn act(&mut self, action: Action, _cx: &Cx) -> Vec<Step> {
        match action {
            Action::Whole => vec![Step::Close],
            _ => match action.dimension() {
                Some(number) => {
                    self.number = number;
                    Vec::new()
                }
                None => Vec::new(),
            },
        }
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        None
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        empty(frame, area, &["The ranking of this dimension comes with the rules.".to_owned()], cx);
    }
}

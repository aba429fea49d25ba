//! A plan of another day that is looked at.

use crate::domain::{Date, Number};
use crate::rules::plan::Plan as Tree;
use crate::tui::facts::Cx;

/// The plan of a day, to look at or to compare with.
#[derive(Debug)]
pub(super) struct Then {
    pub day: Date,
    /// How and when the client saw it; `None` if it is another plan.
    pub seen: Option<String>,
    /// Number of the version it is, 0 = it is the plan of a day.
    pub version: u32,
    /// The earlier episode it is of, 0 = the newest one.
    pub episode: Number,
    pub plan: Box<Tree>,
    /// What changed since is shown, else the plan as it was.
    pub compare: bool,
}

impl Then {
    /// `on 18 Nov`, `in version 2, 18 Nov`.
    pub(super) fn words(&self, cx: &Cx) -> String {
        let day = crate::rules::when::short(self.day, cx.today());
        match (self.version, self.episode) {
            (0, 0) => format!("on {day}"),
            (0, _) => format!("when an earlier episode ended, {day}"),
            (version, _) => format!("in version {version}, {day}"),
        }
    }
}

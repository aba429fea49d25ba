//! Finding one person: words in any order, and the rule that no first match is opened in silence.

use crate::rules;
use crate::tui::facts::Cx;
use crate::tui::widgets::line::Line;

/// The find line and what it finds.
#[derive(Debug, Default)]
pub struct Find {
    /// What was typed.
    pub line: Line,
    /// Keys are text (else the list has the focus, still narrowed).
    pub typing: bool,
    /// The highlight was moved by hand since the last letter.
    pub moved: bool,
    /// Indices of the people that match, in the order of the list.
    pub matches: Vec<usize>,
}

impl Find {
    /// Finds anew; the highlight counts as not moved.
    pub fn search(&mut self, cx: &Cx) {
        self.moved = false;
        self.matches = matching(cx, self.line.value());
    }

    /// Whether Enter may open the highlighted person; else what to say.
    pub fn may_open(&self) -> Result<(), String> {
        match self.matches.len() {
            0 => Err("Nobody matches. Esc goes back to the list.".to_owned()),
            1 => Ok(()),
            _ if self.moved => Ok(()),
            many => Err(format!("{many} people match, choose one: Down, then Enter.")),
        }
    }
}

/// Indices of the people on the list that match, nearest first; all of them while nothing is typed.
pub fn matching(cx: &Cx, typed: &str) -> Vec<usize> {
    let rows = cx.people().iter().map(|person| rules::find::Candidate::from(&*person.summary));
    rules::find::find(rows, typed).into_iter().map(|hit| hit.index).collect()
}

//! The curriculum of a group: what is taught in it, topic by topic, and which topics a session held.

use super::Number;
use super::fields::numbered;

/// A topic of a group's curriculum. Its number never becomes another topic's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    pub number: Number,
    pub title: String,
    /// How long it takes; 0 = not said.
    pub minutes: u16,
    /// What members are given to take home.
    pub handout: String,
}

numbered!(Topic { 1 number, 2 title, 3 minutes, 4 handout });

/// A topic as a session held it. The title is kept as it was then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicHeld {
    pub number: Number,
    pub title: String,
    /// How much of the session it took.
    pub minutes: u16,
}

numbered!(TopicHeld { 1 number, 2 title, 3 minutes });

impl Topic {
    /// `4 Money`.
    pub fn words(&self) -> String {
        format!("{} {}", self.number, self.title)
    }
}

impl TopicHeld {
    /// `4 Money`.
    pub fn words(&self) -> String {
        format!("{} {}", self.number, self.title)
    }
}

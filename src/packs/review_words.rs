//! What a review says around what was written in it, as the client reads it.

use crate::domain::{Helped, LevelChoice, Progress, WhatChanges};
use serde::Deserialize;

/// The headings and sentences of a review at the turned screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewWords {
    pub title: String,
    pub about: String,
    pub far: String,
    pub helped: String,
    pub view: String,
    pub on: String,
    pub met: String,
    pub how_far: String,
    pub did_it: String,
    pub changes: String,
    pub changes_words: String,
    pub again: String,
    progress: [String; 5],
    help: [String; 5],
    change: [String; 6],
    choice: [String; 5],
}

impl ReviewWords {
    /// How far something has come; empty if nobody said.
    pub fn progress(&self, progress: Progress) -> &str {
        word(&self.progress, &Progress::ALL, &progress)
    }

    /// Whether something helped.
    pub fn help(&self, helped: Helped) -> &str {
        word(&self.help, &Helped::ALL, &helped)
    }

    /// What will be different.
    pub fn change(&self, change: WhatChanges) -> &str {
        word(&self.change, &WhatChanges::ALL, &change)
    }

    /// How it goes on, as a sentence.
    pub fn choice(&self, choice: LevelChoice) -> &str {
        word(&self.choice, &LevelChoice::ALL, &choice)
    }
}

fn word<'a, T: PartialEq, const N: usize>(words: &'a [String; N], all: &[T; N], one: &T) -> &'a str {
    all.iter().position(|this| this == one).map_or("", |at| &words[at])
}

//! A search through the texts of one draft: what is looked for, the next match, and what to put in its place.
//!
//! Owns the search that is going on. The words that are shown about it hold numbers, never what was looked for.

use crate::domain::counted;
use zeroize::Zeroize;

use super::Query;
use super::buffer::Pos;
use super::texts::{Acted, Texts};

/// What is looked for, if anything.
#[derive(Default)]
pub(super) struct Seek {
    query: Option<Query>,
    with: Option<String>,
    shown: bool,
}

impl std::fmt::Debug for Seek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seek").field("query", &self.query).field("shown", &self.shown).finish_non_exhaustive()
    }
}

impl Drop for Seek {
    fn drop(&mut self) {
        self.with.zeroize();
    }
}

impl Seek {
    /// The matches are no longer shown; what was looked for is kept. False when they were not.
    pub(super) fn end(&mut self) -> bool {
        std::mem::take(&mut self.shown)
    }
}

impl Texts {
    /// What is to be shown as found; nothing when the search was left.
    pub fn sought(&self) -> Option<&Query> {
        self.seek.query.as_ref().filter(|_| self.seek.shown)
    }

    /// What was looked for last, and what was put in its place, for the prompt.
    pub fn last_sought(&self) -> (&str, Option<&str>) {
        (self.seek.query.as_ref().map_or("", Query::typed), self.seek.with.as_deref())
    }

    /// Looks for this from the cursor on; `with`: what [`Texts::replace_one`] puts in its place.
    pub fn seek(&mut self, query: Query, with: Option<String>) -> Acted {
        self.seek = Seek { query: Some(query), with, shown: true };
        self.step(false, true)
    }

    /// The next match, or the one before; round the ends of the draft.
    pub(super) fn find_on(&mut self, back: bool) -> Acted {
        if self.seek.query.is_none() {
            return said("Type what to look for first: [key:find-text].");
        }
        self.seek.shown = true;
        self.step(back, false)
    }

    /// Puts the replacement in the place of the match that is selected, and goes on to the next.
    pub(super) fn replace_one(&mut self) -> Acted {
        let Some(with) = self.seek.with.clone() else {
            return said("Type first what to look for and what to put in its place: [key:replace-text].");
        };
        let here = self.here().selection().map(|(from, to)| (self.at, from, to));
        if !here.is_some_and(|here| self.matches().contains(&here)) {
            self.seek.shown = true;
            return self.step(false, true);
        }
        let (at, from, to) = here.unwrap_or_default();
        let effect = self.editors[at].replace_range(from, to, &with);
        self.reconcile();
        Acted { changed: effect.changed, ..self.step(false, true) }
    }

    /// Puts the replacement in the place of every match of the draft: one step of undo.
    pub(super) fn replace_all(&mut self) -> Acted {
        let (Some(query), Some(with)) = (self.seek.query.clone(), self.seek.with.clone()) else {
            return said("Type first what to look for and what to put in its place: [key:replace-text].");
        };
        self.reconcile();
        let count: usize = self.editors.iter_mut().map(|editor| editor.replace_all(&query, &with)).sum();
        self.reconcile();
        let places = counted(count, "place", "places");
        Acted { changed: count > 0, said: Some(format!("{places} changed. One undo brings all of it back.")) }
    }

    /// Every match: which text, from, to.
    fn matches(&self) -> Vec<(usize, Pos, Pos)> {
        let Some(query) = &self.seek.query else { return Vec::new() };
        let all = self.editors.iter().enumerate().flat_map(|(at, editor)| {
            editor.find_all(query).into_iter().map(move |(from, to)| (at, from, to))
        });
        all.collect()
    }

    /// Selects the match after (or before) the cursor; `here`: one that begins at the cursor will do.
    fn step(&mut self, back: bool, here: bool) -> Acted {
        let all = self.matches();
        if all.is_empty() {
            return said("This draft has no such words.");
        }
        let from = self.here().selection().map_or(self.here().cursor(), |(from, _)| from);
        let place = (self.at, from);
        let found = if back {
            all.iter().rposition(|(at, from, _)| (*at, *from) < place)
        } else {
            all.iter().position(|(at, from, _)| (*at, *from) > place || (here && (*at, *from) == place))
        };
        let round = found.is_none();
        let nth = found.unwrap_or(if back { all.len() - 1 } else { 0 });
        let (at, from, to) = all[nth];
        self.turn(at);
        self.here_mut().select(from, to);
        let words = match (round, back) {
            (false, _) => "",
            (true, false) => " The search went on from the top.",
            (true, true) => " The search went on from the bottom.",
        };
        said(&format!("Match {} of {}.{words}", nth + 1, all.len()))
    }
}

fn said(words: &str) -> Acted {
    Acted { changed: false, said: Some(words.to_owned()) }
}

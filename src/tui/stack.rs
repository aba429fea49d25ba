//! The screens, one over the other: each is left for the one below it.
//!
//! Owns their order and their numbers. It must not know what a screen shows.

use super::screen::{ScreenId, View};

/// The screens, one on top of the other; there is always one.
#[derive(Debug)]
pub struct Stack {
    top: (ScreenId, Box<dyn View>),
    below: Vec<(ScreenId, Box<dyn View>)>,
    next: ScreenId,
}

impl Stack {
    /// A stack of one.
    pub fn new(screen: Box<dyn View>) -> Self {
        Self { top: (0, screen), below: Vec::new(), next: 1 }
    }

    /// Begins again with one screen; every id given before is dead.
    pub fn reset(&mut self, screen: Box<dyn View>) {
        let id = self.fresh();
        self.below.clear();
        self.top = (id, screen);
    }

    /// Puts a screen on top.
    pub fn push(&mut self, screen: Box<dyn View>) {
        let id = self.fresh();
        let under = std::mem::replace(&mut self.top, (id, screen));
        self.below.push(under);
    }

    /// Puts a screen in the place of the top one.
    pub fn replace(&mut self, screen: Box<dyn View>) {
        let id = self.fresh();
        self.top = (id, screen);
    }

    /// Takes the top one away; the last one stays. Says whether there was one below.
    pub fn pop(&mut self) -> bool {
        match self.below.pop() {
            Some(under) => {
                self.top = under;
                true
            }
            None => false,
        }
    }

    /// How many screens are below the top one.
    pub fn depth(&self) -> usize {
        self.below.len()
    }

    /// The screen on top.
    pub fn top(&self) -> &dyn View {
        self.top.1.as_ref()
    }

    /// The screen on top, to change.
    pub fn top_mut(&mut self) -> &mut dyn View {
        self.top.1.as_mut()
    }

    /// The id of the screen on top.
    pub fn top_id(&self) -> ScreenId {
        self.top.0
    }

    /// A screen by id, wherever it is.
    pub fn by_id(&mut self, id: ScreenId) -> Option<&mut dyn View> {
        self.iter_mut().find(|(which, _)| *which == id).map(|(_, screen)| screen.as_mut())
    }

    /// Whether only one is left.
    pub fn is_last(&self) -> bool {
        self.below.is_empty()
    }

    /// Every screen with its id, from the bottom up.
    pub fn iter(&self) -> impl Iterator<Item = (ScreenId, &dyn View)> {
        self.below.iter().chain([&self.top]).map(|(id, screen)| (*id, screen.as_ref()))
    }

    fn iter_mut(&mut self) -> impl Iterator<Item = &mut (ScreenId, Box<dyn View>)> {
        self.below.iter_mut().chain([&mut self.top])
    }

    fn fresh(&mut self) -> ScreenId {
        self.next += 1;
        self.next
    }
}

//! What is remembered of an act, so that it can be undone: its sentences, and the revisions of its records before and after.

use super::unit::Committed;
use crate::domain::{ClientId, Number, Staff};
use crate::rules::access::Capability;
use crate::store::{Change, Key, Kind, Rev, Undo};

/// One record of an act: its revisions before and after, and where its state before is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Image {
    pub key: Key,
    pub was: Option<Rev>,
    pub now: Option<Rev>,
    pub past: Option<Number>,
}

/// What is shown about an act: when it is done, and when it is undone.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub done: String,
    pub undone: String,
}

impl Said {
    /// The sentence of the act, and the sentence of its undoing, which tells what is so then.
    pub(super) fn new(done: impl Into<String>, undone: impl Into<String>) -> Self {
        Self { done: done.into(), undone: undone.into() }
    }

    /// What is shown about something that moved up or down in its order.
    pub(super) fn moved(name: &str, up: bool) -> Self {
        let way = if up { "up" } else { "down" };
        Self::new(format!("{name} moved {way}."), format!("{name} is back in its place."))
    }
}

/// One act that can be undone: its sentences and its records.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub said: Said,
    pub client: Option<ClientId>,
    /// Whose chart was open when it was done.
    pub beside: Option<ClientId>,
    pub images: Vec<Image>,
    /// What the act itself needed: whoever could do it can take it back.
    pub needed: Capability,
    /// The member of staff before, where one was changed: they go back by a change of staff, because keys go with roles.
    pub staff: Option<Box<Staff>>,
}

impl Image {
    fn kind(self) -> Option<Kind> {
        Kind::from_byte(self.key.kind())
    }

    /// The record of this act holds the content from before it again, since this act of undoing it.
    pub(super) fn moved(&self, undoing: &Self) -> Moved {
        Moved { key: self.key, was: self.was, now: undoing.now }
    }

    pub(super) fn undo(self) -> Undo {
        self.kind().map_or(Undo::Never, Kind::undo)
    }
}

impl Step {
    /// What an act did, as far as it can be undone.
    pub(super) fn of(committed: &Committed, client: Option<ClientId>, said: Said) -> Self {
        let past = |key: &Key| committed.kept.iter().find(|(of, _)| of == key).map(|(_, number)| *number);
        let images = committed.changes.iter().map(|change| Image {
            key: change.key,
            was: change.was,
            now: change.now,
            past: past(&change.key),
        });
        let images = images.filter(|image| image.undo() != Undo::Never).collect();
        let needed = committed.needed.unwrap_or(Capability::WriteChart);
        Self { said, client, beside: client, images, needed, staff: None }
    }

    /// What a change of a member of staff did, who was this before.
    pub(super) fn of_staff(committed: &Committed, before: Staff, said: Said) -> Self {
        let of = |change: &&Change| Kind::from_byte(change.key.kind()) == Some(Kind::Staff);
        let images = committed.changes.iter().filter(of).map(|change| Image {
            key: change.key,
            was: change.was,
            now: change.now,
            past: None,
        });
        let images = images.collect();
        Self {
            said,
            client: None,
            beside: None,
            images,
            needed: Capability::ManageStaff,
            staff: Some(Box::new(before)),
        }
    }

    /// The first session of an act on a day's list.
    pub(super) fn session(&self) -> Option<(ClientId, Number)> {
        let of = self.images.iter().find(|image| image.kind() == Some(Kind::Session))?;
        Some((ClientId(of.key.owner()), of.key.number()))
    }

    /// A record of this step that was at `was` holds the same content at `now` since another step was undone.
    pub(super) fn follow(&mut self, moved: &[Moved]) {
        for image in &mut self.images {
            for one in moved.iter().filter(|one| one.key == image.key) {
                if image.now == one.was {
                    image.now = one.now;
                }
                if image.was == one.was {
                    image.was = one.now;
                }
            }
        }
    }
}

/// A record whose earlier content was put back under a new revision.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub key: Key,
    pub was: Option<Rev>,
    pub now: Option<Rev>,
}

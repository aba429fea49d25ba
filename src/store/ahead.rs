//! Reads that are announced before they are asked for, so that the engine can answer many of them in one call.
//!
//! Each function names the read that its namesake of [`super::Repo`] makes, to the letter: an announcement that fits no
//! read costs time and changes nothing.

use super::repo::PAGE;
use super::{Kind, Owner, Past, Record, past};
use crate::domain::Number;
use crate::engine::{Key, Read, Span};

/// So many chunks or parts are announced at a time.
pub(super) const AT_ONCE: usize = 64;

/// As [`super::Repo::get`] reads.
pub fn one<R: Record>(owner: impl Into<Owner>, number: Number) -> Read {
    Read::One(Key::new(R::KIND as u8, owner.into().0, number))
}

/// As [`super::Repo::list`] reads.
pub fn every<R: Record>(owner: impl Into<Owner>) -> Read {
    Read::Page { span: span::<R>(owner), from: None, back: false, limit: PAGE }
}

/// As [`super::Repo::between`] reads first, with this number as the lowest.
pub fn from<R: Record>(owner: impl Into<Owner>, first: Number) -> Read {
    let owner = owner.into();
    let from = first.checked_sub(1).map(|number| Key::new(R::KIND as u8, owner.0, number));
    Read::Page { span: span::<R>(owner), from, back: false, limit: PAGE }
}

/// As [`super::Repo::past`] reads.
pub fn past<R: Record>(owner: impl Into<Owner>) -> Read {
    from::<Past>(owner, past::numbers_of(R::KIND).start)
}

/// As [`super::Repo::newest`] reads first.
pub fn newest<R: Record>(owner: impl Into<Owner>, before: Option<Number>, limit: usize) -> Read {
    let owner = owner.into();
    let from = before.map(|number| Key::new(R::KIND as u8, owner.0, number));
    Read::Page { span: span::<R>(owner), from, back: true, limit }
}

/// As the chunks or parts of these numbers are read.
pub(super) fn pieces(kind: Kind, owner: [u8; 16], numbers: impl Iterator<Item = u32>) -> Vec<Read> {
    numbers.map(|number| Read::One(Key::new(kind as u8, owner, number))).collect()
}

fn span<R: Record>(owner: impl Into<Owner>) -> Span {
    Span::owner(R::KIND as u8, owner.into().0)
}

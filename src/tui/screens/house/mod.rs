//! The house on screen: cover and teams, what somebody carries, what waits for a supervisor, the agency's rules.
//!
//! Each screen is a list with acts; what is filled in are questions, in [`forms`].

pub mod board;
pub mod duties;
pub(in crate::tui) mod forms;
pub mod leaving;
mod leaving_words;
pub mod look_alikes;
pub mod retention;
mod retention_words;
pub mod watch;

use crate::domain::StaffId;
use std::fmt::Write;

/// A member of staff as the key of a choice.
fn key(id: StaffId) -> String {
    id.0.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The member of staff of a key.
fn of_key<'a>(text: &str, staff: impl IntoIterator<Item = &'a StaffId>) -> Option<StaffId> {
    staff.into_iter().copied().find(|id| key(*id) == text)
}

//! The house on screen: cover and teams, what somebody carries, what waits for a supervisor, the agency's rules.
//!
//! Each screen is a list with acts; what is filled in are prompts, in [`forms`].

pub mod board;
pub mod duties;
pub(in crate::tui) mod forms;
pub mod watch;

use crate::domain::{ClientId, Cover, StaffId, Team};
use crate::service::api::RulesDraft;
use std::fmt::Write;

/// What these screens ask overlays for.
#[derive(Clone, Debug)]
pub enum Purpose {
    /// A cover as typed, over the one at this revision.
    Cover(Box<Cover>, u32),
    /// A team's name and program as typed, over the one at this revision.
    Team(Box<Team>, u32),
    /// The members of it.
    Members(Box<Team>, u32),
    /// To whom the marked people go.
    HandTo(Vec<ClientId>),
    /// The agency's rules as typed, over these.
    Rules(Box<RulesDraft>),
}

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

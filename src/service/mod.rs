//! The front desk: the only door to the store.
//!
//! Owns who is signed in, what they may do, the audit, and every use case, one file an area. It uses engine and vault
//! through the store only, and must not know the screen: it answers with plain values ([`api`]).

mod alerts;
mod alike;
pub mod api;
mod arrivals;
mod background;
mod books;
pub mod bulk;
mod chart;
mod charts;
mod checkins;
mod clashes;
mod clock_behind;
mod days;
mod desk;
mod documents;
mod door;
mod doorkeeper;
mod dues;
mod ending;
pub mod fault;
pub mod founding;
mod front;
mod groups;
mod heard;
mod house;
pub mod import;
mod leaving;
mod leavings;
pub mod maintenance;
mod needs;
mod new_passphrase;
pub mod opening;
mod people;
mod permit;
mod pin;
mod pinned;
mod place;
mod plan;
mod problems;
mod ruptures;
mod seat;
mod sessions;
mod short_forms;
mod sight;
mod staff;
mod staff_keys;
mod staff_said;
mod stay;
mod steps;
mod sums;
mod tasks;
pub mod thread;
mod trails;
mod trust;
mod turned;
mod undo;
mod unit;
mod ways;
pub mod wordings;
mod words;
mod work;
mod writing;

pub use desk::Desk;

//! Concord: keyboard-driven case management for counselling agencies, in the terminal.
//!
//! One direction, one function per arrow:
//!
//! ```text
//! Key -> Action -> Command -> Unit -> Batch -> Change -> Msg -> Frame
//! ```
//!
//! Pure in the middle ([`domain`], [`rules`], [`tui`] update and view), the world at the rims ([`engine`], [`boot`],
//! the terminal, the importers). One intention = one command = one atomic durable batch = one audit event.
//! `ARCHITECTURE.md` says which room may use which; `tests/it/architecture.rs` holds it.

pub mod boot;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod engine;
pub mod exchange;
pub mod packs;
pub mod print;
pub mod rules;
pub mod service;
pub mod spell;
pub mod store;
pub mod tui;
pub mod vault;

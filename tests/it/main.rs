//! The integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)] // these are tests
#![allow(missing_docs, unreachable_pub)]

mod contract;
mod crash;
mod driver;
mod golden;
mod import;
mod import_cli;
mod notes;
mod rig;
mod road;

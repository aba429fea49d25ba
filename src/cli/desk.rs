//! `concord`: opens the desk; on first run the guided set-up comes before it.

use crate::boot::{self, Options};
use crate::service::fault::Fault;

/// Runs it.
pub(super) fn run(options: &Options) -> Result<i32, Fault> {
    boot::open_terminal_desk(options)
}

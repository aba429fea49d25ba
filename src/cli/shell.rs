//! `concord completions` and `concord man`: projections of the command line's definition.

use super::Cli;
use crate::service::fault::Fault;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;

/// Arguments of `concord completions`.
#[derive(Debug, Args)]
pub struct CompletionArgs {
    /// Which shell.
    shell: Shell,
}

/// Prints completions.
pub(super) fn completions(args: &CompletionArgs) -> i32 {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "concord", &mut script);
    print(&script);
    0
}

/// Prints the manual page (roff).
pub(super) fn man() -> Result<i32, Fault> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| Fault::internal(format!("the manual page could not be made: {error}")))?;
    print(&page);
    Ok(0)
}

fn print(bytes: &[u8]) {
    if let Err(error) = std::io::stdout().write_all(bytes) {
        super::not_written(&error);
    }
}

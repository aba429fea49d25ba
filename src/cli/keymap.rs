//! `concord keymap check FILE`, `concord keymap show` and `concord keymap list`.

use super::{as_it_is, say};
use crate::boot::{Options, find_keymap, keymap_names};
use crate::service::fault::Fault;
use clap::Subcommand;
use std::path::PathBuf;

/// What to do with keymaps.
#[derive(Debug, Subcommand)]
pub enum KeymapVerb {
    /// Check a keymap file: everything that is wrong, at once, with line and column.
    Check {
        /// The file.
        file: PathBuf,
    },
    /// Show the keymap in use (or the one named with --keymap), scope by scope.
    Show,
    /// List the keymaps that come with the program.
    List,
}

/// Runs it.
pub(super) fn run(options: &Options, verb: &KeymapVerb) -> Result<i32, Fault> {
    match verb {
        KeymapVerb::List => {
            for (name, what) in keymap_names() {
                say(&format!("{name:<9} {what}"));
            }
            Ok(0)
        }
        KeymapVerb::Check { file } => check(file),
        KeymapVerb::Show => {
            let (keymap, report) = find_keymap(options.keymap.as_deref());
            if let Some(report) = report {
                return Err(Fault::user(report));
            }
            as_it_is(&keymap.show());
            Ok(0)
        }
    }
}

fn check(file: &std::path::Path) -> Result<i32, Fault> {
    let (_, report) = find_keymap(Some(&file.to_string_lossy()));
    match report {
        None => {
            say(&format!("{}: no faults found.", file.display()));
            Ok(0)
        }
        Some(report) => Err(Fault::user(report)),
    }
}

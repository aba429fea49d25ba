//! `concord new-words`: new recovery words, where somebody may have seen the old ones.

use super::say;
use crate::boot::{self, Options};
use crate::service::fault::Fault;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `concord new-words`.
#[derive(Debug, Args)]
pub struct WordsArgs {
    /// Where to write the new recovery phrase (a new file, readable by you only).
    #[arg(long, value_name = "FILE")]
    recovery_file: PathBuf,
}

/// Runs it: the words are in the file before the old ones end.
pub(super) fn run(options: &Options, args: &WordsArgs) -> Result<i32, Fault> {
    let mut desk = boot::open_signed_in(options)?;
    let path = &args.recovery_file;
    let mut file = Some(boot::create_private_file(path)?);
    let mut keep = |words: &str| match file.take() {
        Some(file) => boot::write_private(file, path, words),
        None => Ok(()),
    };
    if let Err(fault) = desk.new_recovery_words(&mut keep) {
        let _ = std::fs::remove_file(path);
        return Err(fault);
    }
    say(&format!(
        "The new recovery phrase is in {}. Put it on paper in the place of the old one, then delete the file.",
        path.display()
    ));
    say("The old words set no passphrase any more, and open nothing that is written from now on.");
    Ok(0)
}

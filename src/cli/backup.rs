//! `concord backup` and `concord restore`: a whole store in one file, and a store from such a file.

use super::say;
use crate::boot::{self, Options};
use crate::service::fault::{Fault, FaultKind};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Arguments of `concord backup`.
#[derive(Debug, Args)]
#[command(
    after_help = "Needs no passphrase and works while Concord is open. The file holds everything, sealed. \
     It opens with the passphrases of the people in it or with the recovery phrase. Keep it on another disk."
)]
pub struct BackupArgs {
    /// A new file, or a folder for it.
    #[arg(value_name = "FILE|DIR")]
    target: PathBuf,
    /// Write JSON instead of a line for people.
    #[arg(long)]
    json: bool,
}

/// Runs `concord backup`.
pub(super) fn backup(options: &Options, args: &BackupArgs) -> Result<i32, Fault> {
    let made = boot::backup(options, &args.target)?;
    let (path, head) = (made.path.display(), made.head);
    if args.json {
        say(&json!({ "file": made.path, "bytes": made.bytes, "seq": head.seq, "records": head.count, "same_disk": made.same_disk })
            .to_string());
    } else {
        let size = boot::size(made.bytes);
        say(&format!(
            "{path} holds {} records up to change {} ({size}). It was read again, and it is complete.",
            head.count, head.seq
        ));
        if made.same_disk {
            say(boot::ON_ONE_DISK);
        }
    }
    Ok(0)
}

/// Arguments of `concord restore`.
#[derive(Debug, Args)]
#[command(
    after_help = "The store is built in a folder where none is (--store DIR), never over anything.\n\n\
                        On another machine, or with every passphrase forgotten: --recovery-file F --login LOGIN opens it \
                        with the recovery phrase and gives that admin a new passphrase (--passphrase-file, or asked for)."
)]
pub struct RestoreArgs {
    /// The archive.
    #[arg(value_name = "FILE")]
    archive: PathBuf,
    /// File whose first line is the recovery phrase.
    #[arg(long, value_name = "FILE", requires = "login")]
    recovery_file: Option<PathBuf>,
    /// Write JSON instead of lines for people.
    #[arg(long)]
    json: bool,
}

/// Runs `concord restore`.
pub(super) fn restore(options: &Options, args: &RestoreArgs) -> Result<i32, Fault> {
    // Asked for first: nothing is built that could then not be opened.
    let passphrase = match &args.recovery_file {
        Some(_) => Some(boot::passphrase(options, "New passphrase: ")?),
        None => None,
    };
    let restored = boot::restore(options, &args.archive)?;
    let made = options.clock.stamp(crate::clock::moment(restored.made));
    let store = options.store.display();
    let head = restored.head;
    let mut recovered = None;
    if let (Some(file), Some(login), Some(passphrase)) = (&args.recovery_file, &options.login, passphrase) {
        match boot::recover(options, file, login, &passphrase) {
            Ok(opened) => recovered = Some(opened),
            Err(fault) => {
                boot::discard_restored(options)?;
                let what =
                    format!("Nothing was restored, because the archive was not opened: {}", fault.what);
                return Err(Fault::new(FaultKind::User, what).hint(
                    "Check the words of the recovery phrase and the login, then run the same command again.",
                ));
            }
        }
    }
    if args.json {
        let text = json!({ "store": options.store, "records": head.count, "seq": head.seq, "made": made, "recovered": recovered });
        say(&text.to_string());
        return Ok(0);
    }
    say(&format!("{store} holds {} records up to change {}, as archived {made}.", head.count, head.seq));
    if let Some(name) = recovered {
        say(&format!("{name} has a new passphrase; the recovery is in the audit."));
    }
    how_to_go_on(options);
    Ok(0)
}

/// Says how the restored store is opened, and how it comes to be the one that opens by itself.
fn how_to_go_on(options: &Options) {
    let store = options.store.display();
    let Ok(usual) = boot::data_dir().map(|folder| folder.join("store")) else { return };
    if usual == options.store {
        return say("Open it with: concord");
    }
    let usual = usual.display();
    say(&format!("Look at it with: concord --store {store}"));
    say(&format!(
        "To put it in the place of the old one: close Concord, give the folder {usual} another name, then give {store} that name."
    ));
}

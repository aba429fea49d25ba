//! `concord init`: sets up an agency. Guided on the screen, or from arguments for scripts.

use super::say;
use crate::boot::{self, Options};
use crate::clock;
use crate::service::api::Secret;
use crate::service::fault::Fault;
use crate::service::founding::{Founding, help_now};
use crate::service::opening;
use clap::Args;
use std::path::PathBuf;

/// Arguments of `concord init`. Without `--agency` the guided set-up opens.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Agency name.
    #[arg(long, requires_all = ["recovery_file", "name"])]
    agency: Option<String>,
    /// Time zone (default: this machine's).
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// First program.
    #[arg(long, default_value = "Outpatient")]
    program: String,
    /// Dimension set: ASAM3, ASAM4 or MH6.
    #[arg(long, default_value = "ASAM3")]
    set: String,
    /// Name of the first person, who is admin, supervisor and counselor.
    #[arg(long)]
    name: Option<String>,
    /// Their credential.
    #[arg(long, default_value = "")]
    credential: String,
    /// Where to write the recovery phrase (a new file, readable by you only).
    #[arg(long, value_name = "FILE")]
    recovery_file: Option<PathBuf>,
}

/// Runs it.
pub(super) fn run(options: &Options, args: &InitArgs) -> Result<i32, Fault> {
    let Some(agency) = &args.agency else {
        if boot::is_founded(options) {
            return Err(Fault::user(format!("An agency is set up in {} already.", options.store.display())));
        }
        return boot::open_terminal_desk(options);
    };
    let login = options
        .login
        .clone()
        .ok_or_else(|| Fault::new(crate::service::fault::FaultKind::Config, "--login is needed"))?;
    let zone = args.zone.clone().unwrap_or_else(clock::system_zone_name);
    let founding = Founding {
        agency: agency.clone(),
        help_now: help_now(&zone).to_owned(),
        zone,
        program: args.program.clone(),
        set: args.set.clone(),
        login,
        name: args.name.clone().unwrap_or_default(),
        credential: args.credential.clone(),
        passphrase: Secret::new(boot::passphrase(options, "Passphrase: ")?),
        demo_hint: String::new(),
    };
    founding.check()?;
    let recovery_file = args.recovery_file.clone().unwrap_or_default();
    let file = boot::create_private_file(&recovery_file)?;
    let (fingerprint, phrase) = match boot::found(options, &founding, opening::calibrated_cost()) {
        Ok((desk, phrase)) => (desk.front().fingerprint, phrase),
        Err(fault) => {
            let _ = std::fs::remove_file(&recovery_file);
            return Err(fault);
        }
    };
    boot::write_private(file, &recovery_file, &phrase)?;
    say(&format!("{agency} is set up in {}.", options.store.display()));
    say(&format!(
        "The recovery phrase is in {}. Put it on paper in a safe place, then delete the file.",
        recovery_file.display()
    ));
    if let Some(print) = fingerprint {
        say(&format!(
            "Write the fingerprint of the staff keys beside it: {print}. concord doctor shows the same."
        ));
    }
    Ok(0)
}

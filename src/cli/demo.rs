//! `concord demo`: an invented agency to look around in.

use super::say;
use crate::boot::{self, DemoOptions, Options};
use crate::service::fault::Fault;
use clap::Args;
use std::path::Path;

/// Arguments of `concord demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Only make it; do not open it.
    #[arg(long)]
    no_open: bool,
    /// Say what was made as JSON (with --no-open).
    #[arg(long, requires = "no_open")]
    json: bool,
    /// Make it again even if today's is there.
    #[arg(long)]
    fresh: bool,
    /// How many clients (full histories up to 500, ten notes each above that).
    #[arg(long, value_name = "N", default_value_t = boot::DEMO_CLIENTS,
          value_parser = clap::value_parser!(u32).range(1..=i64::from(boot::DEMO_MOST_CLIENTS)))]
    clients: u32,
    /// Notes of each client, instead of each life's own pace.
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(0..=5_000))]
    notes_per_client: Option<u32>,
    /// Another seed, other days and other details.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// Runs it. `named` is the folder named on the command line or in the environment.
pub(super) fn run(mut options: Options, named: Option<&Path>, args: &DemoArgs) -> Result<i32, Fault> {
    options.is_demo = true;
    options.store = match named {
        Some(folder) => folder.to_owned(),
        None => boot::data_dir()?.join("demo"),
    };
    let kind =
        DemoOptions { seed: args.seed, clients: args.clients, notes_per_client: args.notes_per_client };
    let started = options.clock.monotonic_ms();
    let mut told = 0;
    let clock = options.clock.clone();
    let made = boot::demo_in_folder(&options, &kind, args.fresh, |done| {
        let seconds = (clock.monotonic_ms() - started) / 1000;
        if seconds > told {
            told = seconds;
            boot::complain(&format!("{done} of {} people\n", args.clients));
        }
    })?;
    if args.json {
        say(&summary(&options.store).to_string());
    } else if args.no_open {
        let word = if made { "is made" } else { "was there already, of today" };
        say(&format!(
            "The invented agency {word}: {}. Sign in as rosa, passphrase \"{}\".",
            options.store.display(),
            boot::DEMO_PASSPHRASE
        ));
    }
    if args.no_open { Ok(0) } else { boot::open_terminal_desk(&options) }
}

fn summary(store: &Path) -> serde_json::Value {
    let logins: Vec<serde_json::Value> = boot::demo_logins()
        .iter()
        .map(|staff| serde_json::json!({ "login": staff.login, "name": staff.name, "roles": staff.roles }))
        .collect();
    serde_json::json!({ "store": store, "passphrase": boot::DEMO_PASSPHRASE, "logins": logins })
}

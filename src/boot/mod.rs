//! The composition root: options, paths, settings file, engine, desk, service thread, terminal.
//!
//! Owns how the rooms are put together and nothing of what they do. Used by main, the command line and tests (which
//! enter at [`found_on`] and [`open_on`] with their own engine, clock, ids and key cost).

mod again;
mod demo;
mod demo_groups;
mod demo_sessions;
mod files;
mod fitted;
mod keep;
mod options;
pub mod paper;
mod seen;
mod terminal;

pub use again::start_again;
pub use demo::{
    DEMO_CLIENTS, DEMO_MOST_CLIENTS, DEMO_PASSPHRASE, DemoLogin, DemoOptions, demo_in_folder, demo_logins,
    make_demo,
};
pub use files::{complain, create_private_file, guarded, mismatch_was_told, write_private};
pub use fitted::fitted;
pub use keep::{
    ON_ONE_DISK, archive_facts, backup, check_archive, check_files, compact, compare_with_archive,
    discard_restored, open_unless_held, recover, restore, size, wasted,
};
pub use options::{
    Options, at_home, data_dir, find_formats, find_forms, find_keymap, find_measures, find_practice,
    keymap_names,
};
pub use terminal::open_terminal_desk;

use crate::clock::{Clock, Ids};
use crate::domain::{LocalTime, Moment};
use crate::engine::Engine;
use crate::engine::embedded::{self, EmbeddedEngine};
use crate::service::Desk;
use crate::service::api::{Answer, Command, Door, Secret};
use crate::service::fault::{Fault, FaultKind};
use crate::service::founding::Founding;
use crate::service::opening::{self, Opened};
use crate::spell::Speller;
use crate::store::Cost;
use std::sync::OnceLock;

pub use crate::service::opening::cheapest_cost;

/// Founds an agency on an engine. Returns its desk and the recovery phrase.
pub fn found_on(
    engine: Box<dyn Engine>,
    founding: &Founding,
    clock: &Clock,
    ids: &Ids,
    cost: Cost,
) -> Result<(Desk, String), Fault> {
    opening::begin(engine, founding, clock, ids, cost)
}

/// Opens the desk of the agency on an engine; a fault if there is none.
pub fn open_on(engine: Box<dyn Engine>, clock: &Clock, ids: &Ids) -> Result<Desk, Fault> {
    match opening::open(engine, clock, ids)? {
        Opened::Desk(desk) => Ok(*desk),
        Opened::Empty => Err(Fault::user("No agency is set up here.").hint("Run: concord init")),
    }
}

/// Whether an agency is set up in the options' folder.
pub fn is_founded(options: &Options) -> bool {
    embedded::exists(&options.store)
}

/// Founds an agency in the options' folder, with a derivation calibrated for this machine.
pub fn found(options: &Options, founding: &Founding, cost: Cost) -> Result<(Desk, String), Fault> {
    if embedded::exists(&options.store) {
        return Err(Fault::user(format!("An agency is set up in {} already.", options.store.display()))
            .hint("Open it with: concord")
            .hint("For another one name another folder with --store."));
    }
    let engine = EmbeddedEngine::create(&options.store, &options.engine())?;
    let (mut desk, words) = found_on(Box::new(engine), founding, &options.clock, &Ids::System, cost)?;
    desk.set_os_user(&embedded::Holder::here("").user);
    Ok((desk, words))
}

/// How an agency is set up in the options' folder, as it is typed.
pub fn how_to_begin(options: &Options) -> String {
    let usual = data_dir().is_ok_and(|folder| folder.join("store") == options.store);
    if usual {
        "concord init".to_owned()
    } else {
        format!("concord --store {} init", options.store.display())
    }
}

/// A fault that says how to begin, where no agency is set up in the options' folder.
fn must_be_set_up(options: &Options) -> Result<(), Fault> {
    if embedded::exists(&options.store) {
        return Ok(());
    }
    Err(Fault::user(format!("No agency is set up in {}.", options.store.display()))
        .hint(format!("If the folder is right, set one up with: {}", how_to_begin(options)))
        .hint("If one is set up elsewhere, name its folder with: --store DIR")
        .hint("Or look around first with: concord demo"))
}

/// Opens the desk in the options' folder.
pub fn open(options: &Options) -> Result<Desk, Fault> {
    must_be_set_up(options)?;
    desk_on(EmbeddedEngine::open(&options.store, &options.engine())?, options)
}

/// The desk on an open store, with what had to be mended among its notices.
fn desk_on(engine: EmbeddedEngine, options: &Options) -> Result<Desk, Fault> {
    let reports = engine.reports();
    let mut desk = open_on(Box::new(engine), &options.clock, &Ids::System)?;
    // Nobody is signed in yet, so that nothing is in the way of a new process.
    if desk.needs_new_process() {
        return Err(Fault::new(FaultKind::Stuck, "The stored files do not answer."));
    }
    for report in reports {
        files::tell(&report);
        desk.add_notice(report);
    }
    desk.set_os_user(&embedded::Holder::here("").user);
    know_backups(&mut desk, options);
    // The demo is made again each day, so that an older one is nobody's loss.
    if !options.is_demo
        && let Some(seen) = seen::SeenFile::of(&options.store, &desk.store_id())
    {
        desk.set_seen(Box::new(seen));
    }
    if !options.is_demo
        && let Some(door) = seen::SeenFile::of_door(&options.store, &desk.store_id())
    {
        desk.set_door(Box::new(door));
    }
    know_words(&mut desk);
    Ok(desk)
}

/// Tells a desk whom to ask whether a name is also a word. The dictionary is read when that is first asked.
pub fn know_words(desk: &mut Desk) {
    let speller: OnceLock<Option<Speller>> = OnceLock::new();
    desk.set_dictionary(Box::new(move |word| {
        speller.get_or_init(Speller::load).as_ref().is_some_and(|speller| speller.knows(word))
    }));
}

/// Tells a desk whom to ask where a backup can be and how old the last one is. Nobody needs one of invented data.
fn know_backups(desk: &mut Desk, options: &Options) {
    let place = options.clone();
    let clock = keep::of_agency(&options.clock, desk).unwrap_or_else(|| options.clock.clone());
    desk.set_backup_place(Box::new(move |folder, make| keep::backup_file(&place, &clock, folder, make)));
    if !options.is_demo {
        let store = options.store.clone();
        desk.set_backups(Box::new(move || {
            embedded::archive_facts(&store).backed_up.map(|(made, _)| Moment(made))
        }));
    }
}

/// Opens the desk and signs in for a script: `--login` and `--passphrase-file`, asked for on the terminal if missing.
pub fn open_signed_in(options: &Options) -> Result<Desk, Fault> {
    let mut desk = open(options)?;
    sign_in(&mut desk, options)?;
    Ok(desk)
}

/// Whether an agency was set up in the options' folder. Takes no lock.
pub fn is_set_up(options: &Options) -> bool {
    embedded::exists(&options.store)
}

/// Signs in at an open desk for a script, as [`open_signed_in`] does.
pub fn sign_in(desk: &mut Desk, options: &Options) -> Result<(), Fault> {
    let (login, passphrase) = who(options)?;
    match desk.handle(Command::Door(Door::SignIn { login, passphrase }))? {
        Answer::ClockBehind { newest } => Err(clock_behind(newest)),
        Answer::SignedIn(session) => {
            files::tell_mismatches(session.mismatches);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// As [`sign_in`], for those who say what is wrong: a clock that is behind stops nothing, and is reported by them.
pub fn sign_in_to_check(desk: &mut Desk, options: &Options) -> Result<(), Fault> {
    let (login, passphrase) = who(options)?;
    let door = Box::new(Door::SignIn { login, passphrase });
    desk.handle(Command::Door(Door::ByThisClock { is_right: false, door })).map(drop)
}

fn who(options: &Options) -> Result<(String, Secret), Fault> {
    let login = match &options.login {
        Some(login) => login.clone(),
        None => crate::tui::term::read_line("Login: ").map_err(|error| no_terminal(&error))?,
    };
    Ok((login, Secret::new(passphrase(options, "Passphrase: ")?)))
}

fn clock_behind(newest: LocalTime) -> Fault {
    Fault::user(format!("The computer's clock is before the last entry, which is from {newest}."))
        .hint("Set the clock. If it is right, sign in to Concord once and say so there.")
}

/// The passphrase from `--passphrase-file`, or asked for on the terminal.
pub fn passphrase(options: &Options, prompt: &str) -> Result<String, Fault> {
    if let Some(file) = &options.passphrase_file {
        return files::first_line(file);
    }
    let typed = crate::tui::term::read_passphrase(prompt).map_err(|error| no_terminal(&error))?;
    Ok(typed.as_str().to_owned())
}

fn no_terminal(error: &std::io::Error) -> Fault {
    Fault::new(FaultKind::Config, format!("There is no terminal to ask on ({error})."))
        .hint("For scripts: --login LOGIN --passphrase-file FILE")
}

impl From<crate::engine::EngineError> for Fault {
    fn from(error: crate::engine::EngineError) -> Self {
        let kind = match error {
            crate::engine::EngineError::Stuck(_) => FaultKind::Stuck,
            _ => FaultKind::Storage,
        };
        Self::new(kind, error.to_string())
    }
}

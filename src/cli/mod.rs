//! The command line: one file per subcommand, each a line or two of talk around what boot and service do.
//!
//! Owns the arguments, their help and what is printed. Must not touch engine or vault. Every command says what it did
//! in one line, writes `--json` where a program would read it, exits 0 on success, 1 on failure and 2 on wrong usage,
//! and never prints a client's words.

mod backup;
mod demo;
mod desk;
mod doctor;
mod form;
mod import;
mod init;
mod instrument;
mod keymap;
mod score;
mod shell;
mod verify;
mod words;

use crate::boot::{self, Options};
use crate::service::fault::{Fault, FaultKind};
use clap::{Args, Parser, Subcommand};
use std::io::Write;
use std::path::PathBuf;
use std::sync::OnceLock;

/// Case management for counselling agencies, by keyboard, in the terminal.
#[derive(Debug, Parser)]
#[command(name = "concord", version, about, long_about = None)]
#[command(after_help = "Without a command Concord opens. On the first run it guides you through the \
 set-up.\nTo look around first: concord demo")]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Option<Verb>,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
pub struct Common {
    /// Folder of the store (default: CONCORD_STORE, then the platform's data folder).
    #[arg(long, global = true, value_name = "DIR")]
    pub store: Option<PathBuf>,
    /// Settings file of this machine (default: CONCORD_CONFIG, then the platform's settings folder).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Draw with ASCII only.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// Colours: dark, light or mono.
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Keymap for people who chose none: a name or a file.
    #[arg(long, global = true, value_name = "NAME|FILE")]
    pub keymap: Option<String>,
    /// Sign in as this person, for scripts.
    #[arg(long, global = true, value_name = "LOGIN")]
    pub login: Option<String>,
    /// Read the passphrase from the first line of this file instead of asking.
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Set up an agency.
    Init(init::InitArgs),
    /// Bring people in from another system.
    #[command(subcommand)]
    Import(import::ImportVerb),
    /// Put the whole store into one file.
    Backup(backup::BackupArgs),
    /// Build a store from such a file, in its own folder.
    Restore(backup::RestoreArgs),
    /// Read everything again and say whether it is whole.
    Verify(verify::VerifyArgs),
    /// Say what is here and what is wrong.
    Doctor(doctor::DoctorArgs),
    /// Make new recovery words, where somebody may have seen the old ones.
    NewWords(words::WordsArgs),
    /// Open an invented agency to look around in; nothing in it is real.
    Demo(demo::DemoArgs),
    /// Check a keymap file or show the keymap in use.
    #[command(subcommand)]
    Keymap(keymap::KeymapVerb),
    /// List the measures, show one, or check a measure file.
    #[command(subcommand)]
    Instrument(instrument::InstrumentVerb),
    /// List the short forms, show one, or check the file of one.
    #[command(subcommand)]
    Form(form::FormVerb),
    /// Score a filled-in measure, without a store.
    Score(score::ScoreArgs),
    /// Print completions for a shell.
    Completions(shell::CompletionArgs),
    /// Print the manual page.
    Man,
}

/// Parses the command line, runs it, and returns the exit code.
pub fn run() -> i32 {
    let mut cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            if let Err(failed) = error.print() {
                not_written(&failed);
            }
            return spoken(error.exit_code());
        }
    };
    cli.common.take_from_environment();
    let code = match dispatch(cli) {
        Ok(code) => code,
        Err(fault) => {
            let fault = boot::start_again(fault);
            report(&fault);
            if fault.kind == FaultKind::Config { 2 } else { 1 }
        }
    };
    spoken(code)
}

impl Common {
    /// Takes what was not said from the environment, where an empty variable says nothing, and reads `~` as the home folder.
    fn take_from_environment(&mut self) {
        let said = |name: &str| std::env::var_os(name).filter(|text| !text.is_empty()).map(PathBuf::from);
        self.store = self.store.take().or_else(|| said("CONCORD_STORE"));
        self.config = self.config.take().or_else(|| said("CONCORD_CONFIG"));
        for path in [&mut self.store, &mut self.config, &mut self.passphrase_file].into_iter().flatten() {
            *path = boot::at_home(path);
        }
    }
}

fn dispatch(cli: Cli) -> Result<i32, Fault> {
    if let Some(Verb::Completions(args)) = &cli.command {
        return Ok(shell::completions(args));
    }
    if let Some(Verb::Man) = &cli.command {
        return shell::man();
    }
    let options = Options::gather(&cli.common)?;
    match cli.command {
        None => desk::run(&options),
        Some(Verb::Init(args)) => init::run(&options, &args),
        Some(Verb::Import(verb)) => import::run(&options, &verb),
        Some(Verb::Backup(args)) => backup::backup(&options, &args),
        Some(Verb::Restore(args)) => backup::restore(&options, &args),
        Some(Verb::Verify(args)) => verify::run(&options, &args),
        Some(Verb::Doctor(args)) => doctor::run(&options, &args),
        Some(Verb::NewWords(args)) => words::run(&options, &args),
        Some(Verb::Demo(args)) => demo::run(options, cli.common.store.as_deref(), &args),
        Some(Verb::Keymap(verb)) => keymap::run(&options, &verb),
        Some(Verb::Instrument(verb)) => instrument::run(&options, &verb),
        Some(Verb::Form(verb)) => form::run(&options, &verb),
        Some(Verb::Score(args)) => score::run(&options, &args),
        Some(Verb::Completions(_) | Verb::Man) => Ok(0),
    }
}

/// Prints a fault: what happened, then what to do, each on its line.
fn report(fault: &Fault) {
    complain(&format!("concord: {}", fault.what));
    for hint in &fault.hints {
        complain(&format!("  {hint}"));
    }
}

/// Prints one line to standard error.
fn complain(line: &str) {
    boot::complain(&format!("{line}\n"));
}

/// What standard output did not take, once it did not.
static UNSAID: OnceLock<String> = OnceLock::new();

/// Says something on standard output, wrapped at words where a terminal shows it.
fn say(line: &str) {
    as_it_is(&boot::fitted(line, &std::io::stdout()));
}

/// Prints a text as it is to standard output. That it could not be written is said at the end, with exit code 1; a closed pipe is
/// not an error.
fn as_it_is(line: &str) {
    if let Err(error) = writeln!(std::io::stdout(), "{line}") {
        not_written(&error);
    }
}

fn not_written(error: &std::io::Error) {
    if error.kind() != std::io::ErrorKind::BrokenPipe {
        let _ = UNSAID.set(error.to_string());
    }
}

/// The exit code, once everything that was said is written: what could not be written is an error.
fn spoken(code: i32) -> i32 {
    if let Err(error) = std::io::stdout().flush() {
        not_written(&error);
    }
    let code = if boot::mismatch_was_told() { code.max(1) } else { code };
    let Some(why) = UNSAID.get() else { return code };
    complain(&format!("concord: What was to be printed could not be written: {why}."));
    code.max(1)
}

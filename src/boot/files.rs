//! Small files with secrets, created new and readable by their owner only; and what the program says outside the screen.

use super::options::home_folder;
use crate::domain::counted;
use crate::service::fault::{Fault, FaultKind};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Creates a file that did not exist, readable by its owner only.
pub fn create_private_file(path: &Path) -> Result<File, Fault> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| Fault::user(format!("{}: {error}", path.display())))
}

/// Writes one line to it, durably.
pub fn write_private(mut file: File, path: &Path, line: &str) -> Result<(), Fault> {
    let written = writeln!(file, "{line}").and_then(|()| file.sync_all());
    written.map_err(|error| Fault::storage(format!("{}: {error}", path.display())))
}

/// The first line of a file, without its end.
pub(super) fn first_line(path: &Path) -> Result<String, Fault> {
    let wrong = |error: std::io::Error| Fault::new(FaultKind::Config, format!("{}: {error}", path.display()));
    let mut line = String::new();
    BufReader::new(File::open(path).map_err(wrong)?).read_line(&mut line).map_err(wrong)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Whether the terminal is the screen's: then nobody else may write on it.
static SCREEN: AtomicBool = AtomicBool::new(false);

/// From now on, or no longer, the terminal is the screen's.
pub(super) fn screen_is_open(open: bool) {
    SCREEN.store(open, Ordering::Relaxed);
}

/// Tells how long work goes on, once it takes more than a second.
pub(super) fn progress(what: &str) {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    if BEGUN.get_or_init(Instant::now).elapsed() > Duration::from_secs(1) {
        tell(what);
    }
}

/// Says something on standard error, unless the screen has the terminal.
pub(super) fn tell(what: &str) {
    if !SCREEN.load(Ordering::Relaxed) {
        complain(&format!("concord: {what}\n"));
    }
}

/// Whether a mismatch in the stored files was told of.
static MISMATCH: AtomicBool = AtomicBool::new(false);

/// Tells of mismatches in the stored files that no admin has acknowledged yet, whatever the command is. Its exit code says it too.
pub(super) fn tell_mismatches(open: usize) {
    if open > 0 {
        MISMATCH.store(true, Ordering::Relaxed);
        let many = counted(open, "mismatch", "mismatches");
        tell(&format!(
            "Something in the stored files does not match: {many} not acknowledged by an admin yet. Look with: concord doctor --login LOGIN"
        ));
    }
}

/// Whether a mismatch in the stored files was told of.
pub fn mismatch_was_told() -> bool {
    MISMATCH.load(Ordering::Relaxed)
}

/// Writes to standard error; where that is gone, nobody can be told.
pub fn complain(text: &str) {
    let text = super::fitted(text, &std::io::stderr());
    let mut out = std::io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// No core files, no reading of our memory by others, and no file that others can read, whatever makes it. Best effort: a
/// system that refuses is not worse than before.
fn harden() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit, umask};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    umask(rustix::fs::Mode::from_raw_mode(0o077));
}

/// Runs the program, hardened from its first line on, commands too; a panic becomes one plain sentence, and its words, which may quote anything, stay unsaid.
pub fn guarded(work: impl FnOnce() -> i32 + std::panic::UnwindSafe) -> i32 {
    harden();
    crate::tui::term::quiet_panics();
    std::panic::catch_unwind(work).unwrap_or_else(|_| {
        let place = crate::tui::term::take_panic_place().unwrap_or_default();
        complain(&format!(
            "concord: A fault in the program stopped it ({place}). What was confirmed as saved is saved.\n"
        ));
        1
    })
}

/// The path that was typed: `~` is the home folder.
pub(super) fn typed_path(typed: &str) -> Result<PathBuf, String> {
    let typed = typed.trim();
    let path = match typed.strip_prefix("~/").or((typed == "~").then_some("")) {
        Some(rest) => {
            home_folder().ok_or("The home folder is not known here. Write the whole path.")?.join(rest)
        }
        None => PathBuf::from(typed),
    };
    std::path::absolute(&path).map_err(|error| format!("{}: {error}.", path.display()))
}

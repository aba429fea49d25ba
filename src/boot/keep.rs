//! Backup, restore and checks of a store's files, for the command line.
//!
//! Owns where a backup goes and what is tried first; what an archive is, is the engine's.

use super::files::{tell, typed_path};
use super::open_on;
use super::options::Options;
use crate::clock::{Clock, Ids};
use crate::engine::EngineError;
use crate::engine::embedded::{self, ArchiveFacts, Backup, EmbeddedEngine, FilesCheck, Restored};
use crate::service::Desk;
use crate::service::api::{Answer, BackupTicket, Command, Door, Secret};
use crate::service::fault::{Fault, FaultKind};
use crate::service::maintenance::ArchiveFinding;
use rustix::fs::{Access, access};
use std::path::{Path, PathBuf};

/// Archives the store into `target`: a new file, or a folder in which the file is named by moment and change. Works
/// while a desk is open and where the image does not answer; a store that nobody holds is mended first where it needs it.
pub fn backup(options: &Options, target: &Path) -> Result<Backup, Fault> {
    super::must_be_set_up(options)?;
    let engine = options.engine();
    let mut clock = options.clock.clone();
    match EmbeddedEngine::open(&options.store, &engine) {
        Ok(open) => {
            open.reports().iter().for_each(|report| tell(report));
            let desk = open_on(Box::new(open), &options.clock, &Ids::System);
            if let Ok(desk) = &desk {
                super::files::tell_mismatches(desk.mismatches_without_key()?);
            }
            clock = desk.ok().and_then(|desk| of_agency(&clock, &desk)).unwrap_or(clock);
        }
        // A desk is open, or the image does not answer: journal and archives are read beside it.
        Err(EngineError::Held(_) | EngineError::Stuck(_)) => {}
        Err(error) => return Err(error.into()),
    }
    let file = if target.is_dir() { target.join(file_name(&clock)) } else { target.to_owned() };
    let mut tell = |done: u64| {
        if done.is_multiple_of(50_000) {
            tell(&format!("Backing up: {done} records and changes"));
        }
        true
    };
    Ok(embedded::backup(&options.store, &file, &engine, &mut tell)?)
}

/// The clock read in the agency's zone.
pub(super) fn of_agency(clock: &Clock, desk: &Desk) -> Option<Clock> {
    clock.in_zone(&desk.front().front.zone).ok()
}

/// The file that a backup in this folder becomes, or why it cannot be there. A folder that is not there is made if `make`, else
/// that is doubted.
pub(super) fn backup_file(
    options: &Options,
    clock: &Clock,
    typed: &str,
    make: bool,
) -> Result<PathBuf, Fault> {
    let folder = typed_path(typed).map_err(Fault::user)?;
    if !folder.exists() {
        offer(&options.store, &folder)?;
        let made = if make { std::fs::create_dir(&folder) } else { return Err(not_there(&folder)) };
        made.map_err(|error| Fault::user(format!("{} cannot be made: {error}.", folder.display())))?;
    }
    let folder = backup_folder(&options.store, folder).map_err(Fault::user)?;
    Ok(folder.join(file_name(clock)))
}

/// Whether a folder that is not there could be made for backups: what it would be in is a folder they can be in.
fn offer(store: &Path, folder: &Path) -> Result<(), Fault> {
    let parent = folder.parent().unwrap_or(folder);
    if !parent.is_dir() {
        return Err(Fault::user(format!(
            "There is no folder {}. Check the path, and whether the disk it is on is there.",
            folder.display()
        )));
    }
    backup_folder(store, parent.to_owned()).map(drop).map_err(Fault::user)
}

/// The doubt about a folder that is not there: on a disk that is not there, it would be made elsewhere.
fn not_there(folder: &Path) -> Fault {
    let (shown, parent) = (folder.display(), folder.parent().unwrap_or(folder).display());
    let what = format!(
        "There is no folder {shown}. If it is on a disk of its own, plug that in. Else it can be made in {parent}."
    );
    Fault::new(FaultKind::Doubt, what)
}

/// The folder, if a backup of this store can be in it.
fn backup_folder(store: &Path, folder: PathBuf) -> Result<PathBuf, String> {
    let shown = folder.display();
    if !folder.is_dir() {
        return Err(format!("{shown} is a file. Name the folder in which the backup is to be."));
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if real(&folder).starts_with(real(store)) {
        return Err(format!(
            "{shown} is in the folder of the store itself, and would be lost with it. Choose another disk."
        ));
    }
    access(&folder, Access::WRITE_OK | Access::EXEC_OK)
        .map_err(|_| format!("Nothing can be written in {shown}. Choose a folder of your own."))?;
    Ok(folder)
}

/// What is said of a backup on the store's own disk.
pub const ON_ONE_DISK: &str =
    "It is on the same disk as the store. If that disk fails, both are lost: keep a copy on another disk.";

/// Writes a backup beside the open store: where it is, or why it was not made. `go_on` hears how much is written.
pub(super) fn backup_beside(
    options: &Options,
    ticket: &BackupTicket,
    go_on: &mut dyn FnMut(u64),
) -> Result<String, String> {
    let file = ticket.file();
    let mut tell = |done: u64| {
        go_on(done);
        !ticket.is_cancelled()
    };
    let made = embedded::backup(&options.store, file, &options.engine(), &mut tell);
    match made {
        Ok(made) => Ok(format!(
            "Backup written to {}, verified: {} records, {}.{}",
            file.display(),
            made.head.count,
            size(made.bytes),
            if made.same_disk { format!(" {ON_ONE_DISK}") } else { String::new() }
        )),
        Err(_) if ticket.is_cancelled() => {
            Err("The backup was cancelled, and nothing of it was left.".to_owned())
        }
        Err(error) => Err(format!("The backup was not made. {}", Fault::from(error))),
    }
}

/// A size as people read it.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes / 1_024),
        _ => format!("{:.1} MiB", bytes as f64 / 1_048_576.0),
    }
}

/// `concord-2026-11-21-14-03-UTC-0600.archive`: the moment, with the zone it is in, since a backup is read elsewhere.
fn file_name(clock: &Clock) -> String {
    let stamp = clock.stamp(clock.now());
    let (moment, zone) = stamp.rsplit_once(' ').unwrap_or((&stamp, ""));
    let moment: String = moment.chars().map(|char| if char.is_ascii_digit() { char } else { '-' }).collect();
    format!("concord-{moment}-{}.archive", zone.replace(':', ""))
}

/// Builds a store from an archive in the options' folder, where there must be none.
pub fn restore(options: &Options, archive: &Path) -> Result<Restored, Fault> {
    Ok(embedded::restore(archive, &options.store, &options.engine())?)
}

/// Opens a restored store with the recovery phrase and gives an admin a new passphrase.
pub fn recover(
    options: &Options,
    phrase_file: &Path,
    login: &str,
    passphrase: &str,
) -> Result<String, Fault> {
    let phrase = Secret::new(super::files::first_line(phrase_file)?);
    let mut desk = super::open(options)?;
    let door =
        Door::Recover { phrase, login: login.to_owned(), passphrase: Secret::new(passphrase.to_owned()) };
    match desk.handle(Command::Door(door))? {
        Answer::SignedIn(session) => Ok(session.staff.signature_name()),
        _ => Err(Fault::new(FaultKind::Internal, "The recovery phrase opened nothing.")),
    }
}

/// Removes a store that was restored and could not be opened, so that restoring can be tried again.
pub fn discard_restored(options: &Options) -> Result<(), Fault> {
    std::fs::remove_dir_all(&options.store)
        .map_err(|error| Fault::storage(format!("{}: {error}", options.store.display())))
}

/// Reads archives and journal of the options' store again. Takes no lock.
pub fn check_files(options: &Options) -> Result<FilesCheck, Fault> {
    super::must_be_set_up(options)?;
    Ok(embedded::check_files(&options.store, &options.engine())?)
}

/// Reads one archive to its end.
pub fn check_archive(path: &Path) -> Result<Restored, Fault> {
    Ok(embedded::check_archive(path)?)
}

/// How the open store lies to an archive of it.
pub fn compare_with_archive(desk: &mut Desk, path: &Path) -> Result<ArchiveFinding, Fault> {
    let witness = embedded::witness_of(path)?;
    desk.compare_with_archive(witness.as_ref())
}

/// Archives and backups of the options' store, from names and ends of files.
pub fn archive_facts(options: &Options) -> ArchiveFacts {
    embedded::archive_facts(&options.store)
}

/// Bytes of the image and of what is in it, where the image has grown so far that building it again is worth while.
pub fn wasted(options: &Options) -> Result<Option<(u64, u64)>, Fault> {
    let (image, logical) = embedded::image_sizes(&options.store)?;
    Ok((image > 256 << 20 && image > 5 * logical).then_some((image, logical)))
}

/// Builds the image again and answers its bytes before and after.
pub fn compact(options: &Options) -> Result<(u64, u64), Fault> {
    super::must_be_set_up(options)?;
    let mut engine = EmbeddedEngine::open(&options.store, &options.engine())?;
    let before = engine.image_bytes();
    engine.compact()?;
    Ok((before, engine.image_bytes()))
}

/// Opens the desk in the options' folder; who holds it, where another process does.
pub fn open_unless_held(options: &Options) -> Result<Result<Desk, String>, Fault> {
    match EmbeddedEngine::open(&options.store, &options.engine()) {
        Ok(engine) => super::desk_on(engine, options).map(Ok),
        Err(EngineError::Held(who)) => Ok(Err(who)),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Moment;

    #[test]
    fn a_backup_goes_to_a_folder_that_is_there_and_is_not_the_stores_own() {
        let place = tempfile::tempdir().unwrap();
        let (store, usb) = (place.path().join("store"), place.path().join("usb"));
        for folder in [&store, &usb, &store.join("archives")] {
            std::fs::create_dir_all(folder).unwrap();
        }
        std::fs::write(place.path().join("letter"), "").unwrap();
        let ask = |path: &Path| backup_folder(&store, path.to_owned());
        assert_eq!(ask(&usb), Ok(usb.clone()));
        let gone = usb.join("backups");
        assert!(offer(&store, &gone).is_ok() && not_there(&gone).kind == FaultKind::Doubt);
        assert!(offer(&store, &gone.join("more")).unwrap_err().what.contains("There is no folder"));
        assert!(offer(&store, &store.join("backups")).is_err(), "it would be lost with the store");
        assert!(ask(&place.path().join("letter")).unwrap_err().contains("is a file"));
        for inside in [&store, &store.join("archives"), &usb.join("../store")] {
            assert!(ask(inside).unwrap_err().contains("folder of the store itself"), "{inside:?}");
        }
    }

    #[test]
    fn a_backup_is_named_by_the_agencys_clock_and_says_which_that_is() {
        let at = Moment(1_795_291_387_000);
        let name = |zone: &str| file_name(&Clock::fixed(zone, at).unwrap());
        assert_eq!(name("UTC"), "concord-2026-11-21-20-03-UTC+0000.archive");
        assert_eq!(name("America/Chicago"), "concord-2026-11-21-14-03-UTC-0600.archive");
        assert_eq!(name("Asia/Kolkata"), "concord-2026-11-22-01-33-UTC+0530.archive");
    }
}

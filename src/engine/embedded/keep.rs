//! Backup, restore and checks, all without a key; most of it also while a desk holds the store.
//!
//! Owns what is done with archives from outside: copying the newest with the journal since, building a store from one,
//! reading everything again, and tidying what newer archives make needless. Journal and archives are only ever added
//! to, so they can be read without the desk's lock; the image is left alone.

use std::fs;
use std::path::{Path, PathBuf};

use super::archive::{self, Writer};
use super::frame::GENESIS;
use super::journal::{Journal, Tip};
use super::lock::StoreLock;
use super::rebuild::{Base, rebuild};
use super::standin::StandIn;
use super::survey::{Run, Survey};
use super::{Options, exists, files, format, image, nothing_here, segment};
use crate::engine::{EngineError, Head, Stored};

/// Name of the note of the last backup in a store directory.
const LAST: &str = "last-backup";

/// A backup that was made, read again and found whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// Where the store was.
    pub head: Head,
    /// Bytes of the file.
    pub bytes: u64,
    /// It is on the disk that the store is on, and would be lost with it.
    pub same_disk: bool,
}

/// What is known of a store's archives and backups without reading them through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveFacts {
    /// When the newest archive beside the store was made, milliseconds UTC.
    pub archived: Option<i64>,
    /// When the last backup was made, milliseconds UTC, and at which commit.
    pub backed_up: Option<(i64, u64)>,
    /// The last backup was made on the disk that the store is on.
    pub same_disk: bool,
    /// Files that were set aside as damaged, and their bytes.
    pub set_aside: (usize, u64),
}

/// What reading journal and archives again found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilesCheck {
    /// Archives read to their end, oldest first: commit, bytes, and what is wrong with them.
    pub archives: Vec<(u64, u64, Option<String>)>,
    /// Journal entries read.
    pub entries: u64,
    /// The newest commit that archives and journal make.
    pub head: Option<Head>,
    /// What is wrong, one sentence each.
    pub wrong: Vec<String>,
}

/// A store that was built from an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Its state.
    pub head: Head,
    /// When the archive was made, milliseconds UTC.
    pub made: i64,
}

/// Copies the newest archive and the journal since into a new archive at `target`, and checks it. Needs no lock. `go_on` hears
/// how many records and changes are written, and ends it with `false`: nothing is left then.
///
/// # Errors
/// [`EngineError::Disk`] where there is no store or the disk refuses, or something stands at `target`;
/// [`EngineError::Damaged`] where journal and archives do not reach the newest commit. Nothing is left at `target` then.
pub fn backup(
    store: &Path,
    target: &Path,
    options: &Options,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Backup, EngineError> {
    if !exists(store) {
        return Err(nothing_here(store));
    }
    let made = (options.now)();
    let (base, survey) = sources(store)?;
    let writer = Writer::begin(target, made, options.witness)?;
    let check = archive::write_from_journal(writer, base.as_deref(), &survey, u64::MAX, go_on)?;
    let head = check.trailer.head();
    let bytes = fs::metadata(target).map_or(0, |about| about.len());
    let same_disk = are_on_one_disk(store, target);
    note_backup(store, made, head.seq, same_disk)?;
    Ok(Backup { path: target.to_owned(), head, bytes, same_disk })
}

/// The newest archive that reaches furthest, and the journal since, which must have no gap.
fn sources(store: &Path) -> Result<(Option<PathBuf>, Survey), EngineError> {
    let archives = archive::list(store)?;
    let newest = archives.last();
    let survey = Survey::of(store, newest.map_or(0, |(seq, _)| *seq))?;
    let reach = match newest {
        Some((seq, path)) => {
            run_of(&survey, *seq, archive::trailer_of(path)?.meta.hash).map_or(*seq, |run| run.to)
        }
        None => run_of(&survey, 0, GENESIS).map_or(0, |run| run.to),
    };
    if survey.faults > 0
        || reach < survey.newest()
        || (reach == 0 && newest.is_none() && survey.end.is_none())
    {
        return Err(EngineError::Damaged(
            "The journal is damaged or there is none yet, so no whole backup can be made of it. Close \
             Concord everywhere and open it once, which mends it. Then back up again."
                .into(),
        ));
    }
    Ok((newest.map(|(_, path)| path.clone()), survey))
}

fn run_of(survey: &Survey, seq: u64, hash: [u8; 32]) -> Option<&Run> {
    survey.run_from(seq, &hash)
}

/// Builds a store from an archive in a directory where none is. The lock is held meanwhile.
///
/// # Errors
/// [`EngineError::Damaged`] where the archive is; [`EngineError::Disk`] where the directory holds anything, or the disk
/// refuses. A restore cut short can be repeated.
pub fn restore(from: &Path, dir: &Path, options: &Options) -> Result<Restored, EngineError> {
    refuse_used(dir)?;
    options.say("Checking the archive.");
    let check = archive::check(from)?;
    files::make_private(dir)?;
    let _lock = StoreLock::take(dir, &options.holder)?;
    let live = rebuild(dir, options, &Base::Archive(from.to_owned()), &Survey::default())?;
    let meta = live.meta().clone();
    live.stop()?;
    let seq = meta.tally.head.seq;
    archive::make_dir(dir)?;
    let copy = archive::path(dir, seq);
    files::copy_private(from, &copy)?;
    drop(Journal::begin(dir, Tip { hash: meta.hash, tally: meta.tally })?);
    format::write(dir)?;
    Ok(Restored { head: meta.tally.head, made: check.trailer.made })
}

/// A store is restored into its own directory, never over anything.
fn refuse_used(dir: &Path) -> Result<(), EngineError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(files::refused("look into", dir, &error)),
    };
    // What a restore that was cut short may have left.
    let ours = ["lock", image::NEW];
    for entry in entries.flatten() {
        if !ours.iter().any(|name| entry.file_name() == *name) {
            return Err(EngineError::Disk(format!(
                "{} is not empty. A store is restored into a new folder, never over anything; nothing was changed.",
                dir.display()
            )));
        }
    }
    files::remove(&dir.join(image::NEW))
}

/// Reads every archive and the whole journal again, and compares the state they make with what was acknowledged.
/// Needs no lock, key or image.
///
/// # Errors
/// [`EngineError::Disk`] where there is no store or the disk refuses; what is wrong is part of the answer.
pub fn check_files(store: &Path, options: &Options) -> Result<FilesCheck, EngineError> {
    if !exists(store) {
        return Err(nothing_here(store));
    }
    let mut found = FilesCheck::default();
    let mut newest_whole = None;
    for (seq, path) in archive::list(store)? {
        options.say(&format!("Reading the archive of change {seq}"));
        let bytes = fs::metadata(&path).map_or(0, |about| about.len());
        let wrong = match archive::check(&path) {
            Ok(_) => {
                newest_whole = Some(path);
                None
            }
            Err(EngineError::Disk(why)) => return Err(EngineError::Disk(why)),
            Err(error) => Some(error.to_string()),
        };
        found.wrong.extend(wrong.clone());
        found.archives.push((seq, bytes, wrong));
    }
    options.say("Reading the journal");
    let survey = Survey::of(store, 0)?;
    found.entries = survey.runs.iter().map(|run| (run.to + 1).saturating_sub(run.from)).sum();
    if survey.faults > 0 {
        found.wrong.push(
            "The journal is damaged. Close Concord everywhere and open it once, which mends it.".into(),
        );
    }
    found.head = state_at(newest_whole.as_deref(), &survey, &mut found.wrong)?;
    Ok(found)
}

/// The state that an archive and the journal since make; what does not fit is added to `wrong`.
fn state_at(
    base: Option<&Path>,
    survey: &Survey,
    wrong: &mut Vec<String>,
) -> Result<Option<Head>, EngineError> {
    if base.is_none() && survey.run_from(0, &GENESIS).is_none() {
        wrong.push("There is no journal that a store could be built from.".into());
        return Ok(None);
    }
    let state = StandIn::of(base, survey)?;
    let expected = state.meta().tally;
    if !state.adds_up()? {
        wrong.push("Archive and journal do not add up to what was saved.".into());
    }
    if expected.head.seq < survey.newest() {
        wrong.push("The journal does not go on from the newest whole archive.".into());
    }
    Ok(Some(expected.head))
}

/// Reads an archive to its end and answers its state and when it was made.
///
/// # Errors
/// [`EngineError::Damaged`] with what is wrong, [`EngineError::Disk`] where the disk refuses.
pub fn check_archive(path: &Path) -> Result<Restored, EngineError> {
    let trailer = archive::check(path)?.trailer;
    Ok(Restored { head: trailer.head(), made: trailer.made })
}

/// The signed witness in an archive's trailer.
///
/// # Errors
/// As [`check_archive`]; only the end of the file is read.
pub fn witness_of(path: &Path) -> Result<Option<Stored>, EngineError> {
    let witness = archive::trailer_of(path)?.witness;
    Ok(witness.map(|(key, rev, value)| Stored { key, rev, value }))
}

/// Bytes of a store's image on the disk, and of the records in it as the journal last said. Takes no lock.
///
/// # Errors
/// [`EngineError::Disk`] where the disk refuses.
pub fn image_sizes(store: &Path) -> Result<(u64, u64), EngineError> {
    let newest = archive::list(store)?.last().map_or(0, |(seq, _)| *seq);
    let logical = Survey::of(store, newest)?.runs.last().map_or(0, |run| run.tally.logical);
    Ok((files::bytes_below(&store.join(image::DIR)), logical))
}

/// What is known of archives and backups, from names and ends of files.
pub fn archive_facts(store: &Path) -> ArchiveFacts {
    let newest = archive::list(store).ok().and_then(|archives| archives.last().cloned());
    let archived = newest.and_then(|(_, path)| archive::trailer_of(&path).ok()).map(|trailer| trailer.made);
    let aside = store.join(files::ASIDE);
    let count = fs::read_dir(&aside).map_or(0, |entries| entries.flatten().count());
    let (backed_up, same_disk) = last_backup(store).map_or((None, false), |(at, same)| (Some(at), same));
    ArchiveFacts { archived, backed_up, same_disk, set_aside: (count, files::bytes_below(&aside)) }
}

/// Whether two files are on one disk, as far as the system says.
fn are_on_one_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::metadata(path).ok().map(|about| about.dev());
    disk(one).is_some_and(|disk_of_one| disk(other) == Some(disk_of_one))
}

/// Behind moment and commit in the note of a backup that is on the store's own disk.
const SAME_DISK: &str = "same-disk";

/// Notes that a backup was made, for those who ask how old the last one is.
fn note_backup(store: &Path, made: i64, seq: u64, same_disk: bool) -> Result<(), EngineError> {
    let line = if same_disk { format!("{made} {seq} {SAME_DISK}") } else { format!("{made} {seq}") };
    let check = blake3::hash(line.as_bytes()).to_hex();
    files::write_whole(store, LAST, format!("{line} {}\n", &check[..16]).as_bytes())
}

/// When the last backup was made, at which commit, and whether on the store's own disk.
fn last_backup(store: &Path) -> Option<((i64, u64), bool)> {
    let text = fs::read_to_string(store.join(LAST)).ok()?;
    let (line, check) = text.trim_end().rsplit_once(' ')?;
    let whole = blake3::hash(line.as_bytes()).to_hex()[..16] == *check;
    let mut words = line.split(' ').filter(|_| whole);
    let at = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some((at, words.next() == Some(SAME_DISK)))
}

/// Removes archives beyond the newest `keep` (at least two), and segments that only older ones than the last two need.
pub(super) fn prune(store: &Path, keep: usize) -> Result<(), EngineError> {
    let archives = archive::list(store)?;
    let beyond = archives.len().saturating_sub(keep.max(2));
    for (_, path) in &archives[..beyond] {
        files::remove(path)?;
    }
    let Some((previous, _)) = archives.len().checked_sub(2).and_then(|at| archives.get(at)) else {
        return Ok(());
    };
    let segments = segment::list(store)?;
    for pair in segments.windows(2) {
        // The newest is never the first of a pair.
        if pair[1].first <= previous + 1 {
            files::remove(&pair[0].path)?;
        }
    }
    Ok(())
}

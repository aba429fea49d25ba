//! Opening a store whatever state its files are in: which of them is believed, and what is mended.
//!
//! Owns the one rule: the highest commit whose state can be proven wins, whichever file holds it. The image proves itself
//! by its count and digest (after a clean stop by its fingerprint), an archive by all its hashes and its digest, the
//! journal by its chain. Only damage sets a file aside; a full disk, a permission or a lock changes nothing. Whatever is
//! newer than what could be proven is counted and said.

use std::path::{Path, PathBuf};

use super::archive::{self, Writer};
use super::image;
use super::journal::{Journal, Tip};
use super::live::Live;
use super::mark::Seen;
use super::meta::Meta;
use super::rebuild::{bases, rebuild};
use super::standin::StandIn;
use super::survey::{Run, Survey};
use super::thread::Image;
use super::{Options, damaged, files, segment};
use crate::engine::EngineError;
use crate::engine::check::{Counting, Tally};
use crate::engine::core::CoreSum;

/// An open store.
pub(super) struct Opened {
    /// The image, at the newest commit.
    pub(super) live: Live,
    /// The journal, ready for the next.
    pub(super) journal: Journal,
    /// What had to be mended, if anything.
    pub(super) mended: Mended,
}

/// What was found and done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// The image was built again; why.
    image: Option<&'static str>,
    /// The store is of a layout with a journal.
    had_journal: bool,
    /// The store was not stopped cleanly.
    unclean: bool,
    /// The journal was begun again from the image.
    journal: bool,
    /// Something unfinished at the end of the journal was cut off.
    torn: bool,
    /// Newest commit that some file names, where it could not be brought back.
    lost: Option<(u64, u64)>,
}

impl Mended {
    /// One or two sentences for people; `None` where all was well.
    pub(super) fn sentence(&self, store: &Path) -> Option<String> {
        let mut said = Vec::new();
        if let Some(why) = self.image {
            said.push(format!(
                "The store's copy for reading {why}. It was rebuilt from the journal and \
             the archives."
            ));
        }
        if self.journal {
            said.push("The store's journal was damaged or missing. Concord began a new one.".to_owned());
        }
        if self.torn {
            said.push("An unfinished entry at the end of the journal was left out.".to_owned());
        }
        if let Some((at, of)) = self.lost {
            said.push(format!(
                "{} saved changes could not be brought back: the store is at change {at}, the newest \
                 known was {of}. A backup may hold them. Compare it before you go on.",
                of - at
            ));
        } else if self.journal && self.unclean {
            // The end of a damaged journal may have held what no other file names.
            said.push(
                "Concord did not stop cleanly last time. Look whether your very last changes are \
                 there."
                    .to_owned(),
            );
        } else if self.image.is_some() || self.journal {
            said.push("Nothing was lost.".to_owned());
        }
        if self.image.is_some() || self.journal {
            said.push(format!("The damaged files are kept in {}.", store.join(files::ASIDE).display()));
        }
        (!said.is_empty()).then(|| said.join(" "))
    }
}

/// How far the image goes on its own.
enum Tried {
    /// It is whole.
    Whole(Box<Live>),
    /// It cannot be believed: why, and the commit it claims to be at.
    Bad(&'static str, u64),
}

/// Opens the files of a store, mending what is damaged. `seen` is what the mark says.
///
/// # Errors
/// [`EngineError::Damaged`] where no file holds a whole state; [`EngineError::Disk`], [`EngineError::Newer`]. Nothing was
/// changed then that the next try would miss.
pub(super) fn open(
    store: &Path,
    options: &Options,
    seen: Option<Seen>,
    had_journal: bool,
) -> Result<Opened, EngineError> {
    let archives = archive::list(store)?;
    let archived = archives.last().map_or(0, |(seq, _)| *seq);
    let mut survey = Survey::of(store, archived)?;
    if let Some(blank) = &survey.blank {
        files::remove(&blank.path)?;
    }
    let mut mended =
        Mended { had_journal, unclean: seen.is_none_or(|seen| seen.stopped.is_none()), ..Mended::default() };
    let mut known = survey.newest().max(archived).max(seen.map_or(0, |seen| seen.seq));
    let without = bases(&archives, &survey).first().map_or(0, |(reach, _)| *reach);
    let tried = if options.distrust_image && without >= known {
        Tried::Bad("did not answer", 0)
    } else {
        match try_image(store, options, seen, &survey)? {
            Tried::Whole(live) if reach(&live, &survey) >= known => catch_up(*live, &survey)?,
            other => other,
        }
    };
    let live = match tried {
        Tried::Whole(live) if live.head().seq >= known => *live,
        tried => {
            survey = Survey::of(store, 0)?;
            known = known.max(survey.newest());
            if let Tried::Bad(_, claimed) = &tried {
                known = known.max(*claimed);
            }
            best(store, options, tried, &archives, &survey, &mut mended)?
        }
    };
    let at = live.head().seq;
    mended.lost = (at < known).then_some((at, known));
    let journal = journal(store, options, &live, &survey, &archives, &mut mended)?;
    // After a clean stop the journal ends at the last commit, and what follows was never one.
    mended.torn &= seen.is_none_or(|seen| seen.stopped.is_none() || seen.seq != at);
    Ok(Opened { live, journal, mended })
}

/// Opens the image and counts it through, unless mark and journal both show a clean stop at exactly this state.
fn try_image(
    store: &Path,
    options: &Options,
    seen: Option<Seen>,
    survey: &Survey,
) -> Result<Tried, EngineError> {
    if image::data_bytes(store)? == 0 {
        return Ok(Tried::Bad("is missing", 0));
    }
    let untouched = match seen.and_then(|seen| seen.stopped) {
        Some(fingerprint) => image::fingerprint(store)? == fingerprint,
        None => false,
    };
    let (live, toward) = match Image::open(store, image::DIR, &options.settings(), false)
        .and_then(|image| Live::half(image, options.loose))
    {
        Ok(opened) => opened,
        Err(EngineError::Damaged(_)) => return Ok(Tried::Bad("cannot be read", 0)),
        Err(other) => return Err(other),
    };
    if let Some(seq) = toward {
        return the_other_half(live, seq, survey);
    }
    let head = live.head();
    let as_left = untouched && seen.is_some_and(|seen| (seen.seq, seen.digest) == (head.seq, head.digest));
    // A journal that has to be begun again rests on the image alone: then nothing is taken on trust.
    if as_left && ends_at(survey, live.meta()) {
        return Ok(Tried::Whole(Box::new(live)));
    }
    match live.verify() {
        Ok(()) => Ok(Tried::Whole(Box::new(live))),
        Err(EngineError::Damaged(_)) => Ok(Tried::Bad("is damaged", head.seq)),
        Err(other) => Err(other),
    }
}

/// The commit an image can be brought to with the journal.
fn reach(live: &Live, survey: &Survey) -> u64 {
    let seq = live.head().seq;
    survey.run_from(seq, &live.meta().hash).map_or(seq, |run| run.to)
}

/// Brings an image to the end of the journal.
fn catch_up(mut live: Live, survey: &Survey) -> Result<Tried, EngineError> {
    let seq = live.head().seq;
    let state = StandIn::since(live.meta(), survey)?;
    if state.meta().tally.head.seq == seq {
        return Ok(Tried::Whole(Box::new(live)));
    }
    match live.go_on(&state, false) {
        Ok(()) => Ok(Tried::Whole(Box::new(live))),
        Err(EngineError::Damaged(_)) => Ok(Tried::Bad("is damaged", seq)),
        Err(other) => Err(other),
    }
}

/// An image that was stopped while a commit was being brought in: the journal has the whole of it.
fn the_other_half(mut live: Live, toward: u64, survey: &Survey) -> Result<Tried, EngineError> {
    let state = StandIn::since(live.meta(), survey)?;
    if state.meta().tally.head.seq < toward {
        return Ok(Tried::Bad("has half of a change in it", toward));
    }
    match live.go_on(&state, true) {
        Ok(()) => Ok(Tried::Whole(Box::new(live))),
        Err(EngineError::Damaged(_)) => Ok(Tried::Bad("is damaged", toward)),
        Err(other) => Err(other),
    }
}

/// Not the image as it is: whatever can be proven furthest.
fn best(
    store: &Path,
    options: &Options,
    tried: Tried,
    archives: &[(u64, PathBuf)],
    survey: &Survey,
    mended: &mut Mended,
) -> Result<Live, EngineError> {
    let (own, why) = match &tried {
        Tried::Whole(live) => (Some(reach(live, survey)), "had fallen behind"),
        Tried::Bad(why, _) => (None, *why),
    };
    let further = bases(archives, survey).into_iter().filter(|(reach, _)| own.is_none_or(|own| *reach > own));
    let further: Vec<_> = further.collect();
    let image = match tried {
        Tried::Whole(live) if further.is_empty() => return whole(catch_up(*live, survey)?),
        Tried::Whole(live) => {
            live.stop()?;
            true
        }
        Tried::Bad(..) => false,
    };
    for (_, base) in further {
        options.say("The store is damaged and is being rebuilt. This can take a moment.");
        match rebuild(store, options, &base, survey) {
            Ok(live) => {
                mended.image = Some(why);
                return Ok(live);
            }
            Err(EngineError::Damaged(_)) => {}
            Err(other) => return Err(other),
        }
    }
    if image {
        let live = Live::of(Image::open(store, image::DIR, &options.settings(), false)?, options.loose)?;
        return whole(catch_up(live, survey)?);
    }
    Err(EngineError::Damaged(damaged("neither its image nor its journal and archives hold a whole state")))
}

fn whole(tried: Tried) -> Result<Live, EngineError> {
    match tried {
        Tried::Whole(live) => Ok(*live),
        Tried::Bad(..) => Err(EngineError::Damaged(damaged("its records do not fit its journal"))),
    }
}

/// Opens a store of which nothing was lost without its image, which does not answer: archive and journal answer in its
/// place.
///
/// # Errors
/// [`EngineError::Damaged`] where they do not make a whole state; [`EngineError::Disk`]. Nothing was changed then.
pub(super) fn without_image(store: &Path, loose: &'static [u8]) -> Result<Opened, EngineError> {
    let archives = archive::list(store)?;
    let survey = Survey::of(store, archives.last().map_or(0, |(seq, _)| *seq))?;
    let no_whole = || EngineError::Damaged(damaged("its journal and archives hold no whole state"));
    let (_, base) = bases(&archives, &survey).into_iter().next().ok_or_else(no_whole)?;
    let state = StandIn::of(base.path(), &survey)?;
    let end = survey.end.filter(|_| ends_at(&survey, state.meta())).ok_or_else(no_whole)?;
    let counted = state.count(Counting::from(&Tally::empty()).with(CoreSum::empty(loose)))?;
    let whole = counted.at(state.meta().tally.head.seq) == state.meta().tally;
    let core = counted.core().filter(|_| whole).ok_or_else(no_whole)?;
    let tip = Tip { hash: state.meta().hash, tally: state.meta().tally };
    let journal = Journal::go_on(store, end, tip, survey.bytes)?;
    Ok(Opened { live: Live::standing_in(state, core), journal, mended: Mended::default() })
}

/// The journal behind an image that is whole: gone on with where it is sound, else begun again from an archive of the
/// image, so that the image can always be built again.
fn journal(
    store: &Path,
    options: &Options,
    live: &Live,
    survey: &Survey,
    archives: &[(u64, PathBuf)],
    mended: &mut Mended,
) -> Result<Journal, EngineError> {
    let meta = live.meta();
    let seq = meta.tally.head.seq;
    let tip = Tip { hash: meta.hash, tally: meta.tally };
    let covered = survey.runs.last().is_some_and(|run| {
        run.from == 1 || archives.iter().any(|(archived, _)| archived + 1 >= run.from && *archived <= seq)
    });
    if let Some(end) = survey.end
        && ends_at(survey, meta)
        && covered
    {
        mended.torn = end.torn;
        return Journal::go_on(store, end, tip, survey.bytes);
    }
    let anything = !segment::list(store)?.is_empty();
    mended.journal = anything || mended.had_journal;
    // The image must be on the disk before the journal that made it is moved away.
    live.sync()?;
    if seq > 0 {
        archive_whole(store, options, live)?;
    }
    if store.join(segment::DIR).exists() {
        files::set_aside(store, &store.join(segment::DIR))?;
    }
    Journal::begin(store, tip)
}

/// Whether the journal is whole and ends at this state.
fn ends_at(survey: &Survey, meta: &Meta) -> bool {
    let ends = |run: &Run| run.to == meta.tally.head.seq && run.hash == meta.hash;
    survey.faults == 0 && survey.runs.last().is_some_and(ends)
}

/// Archives an image that nobody writes to.
pub(super) fn archive_whole(store: &Path, options: &Options, live: &Live) -> Result<(), EngineError> {
    archive::make_dir(store)?;
    let meta = live.meta();
    let path = archive::path(store, meta.tally.head.seq);
    if path.exists() {
        if archive::check(&path).is_ok_and(|check| check.trailer.meta.hash == meta.hash) {
            return Ok(());
        }
        files::set_aside(store, &path)?;
    }
    let writer = Writer::begin(&path, (options.now)(), options.witness)?;
    let upto = || Ok((meta.clone(), Survey::default()));
    archive::write_from_image(writer, &live.reader()?, meta, upto, &mut |_| true)?;
    Ok(())
}

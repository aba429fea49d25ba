//! The file that says that an agency was set up here, and in which layout.
//!
//! Owns the file `format`. It checks itself, so that a flipped bit is never taken for another layout; a damaged or
//! missing one is written again, because journal and image say what they are themselves.

use std::path::Path;

use super::meta::Meta;
use super::survey::Survey;
use super::thread::{Image, Query};
use super::{EngineError, Options, files, image, newer};
use crate::engine::{Read, Span};

/// Name of the file.
const NAME: &str = "format";

/// The store layout written, and the newest one read. 1 was an image without a journal.
pub(super) const NUMBER: u32 = 2;

/// What the file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// This program's own layout.
    Current,
    /// From before there was a journal.
    WithoutJournal,
    /// It is missing or damaged.
    Unreadable,
}

/// Whether anything of a store is in this directory.
pub(super) fn anything(dir: &Path) -> bool {
    dir.join(NAME).is_file() || !only_begun(dir).unwrap_or(false)
}

/// Whether there is no store, or one whose making was cut short before its first commit.
pub(super) fn only_begun(dir: &Path) -> Result<bool, EngineError> {
    if dir.join(NAME).exists() || dir.join("archives").exists() {
        return Ok(false);
    }
    let survey = Survey::of(dir, 0)?;
    let untouched = survey.newest() == 0 && survey.faults == 0 && !survey.end.is_some_and(|end| end.torn);
    Ok(untouched && (image::data_bytes(dir)? == 0 || image_is_empty(dir)?))
}

/// Whether the image, opened for a look, holds nothing. Only asked where a creation may have been cut short.
fn image_is_empty(dir: &Path) -> Result<bool, EngineError> {
    let settings = Options { cache_bytes: 1 << 20, ..Options::usual("", &[]) }.settings();
    let look = || {
        let image = Image::open(dir, image::DIR, &settings, false)?;
        let (meta, toward) = image.meta()?;
        let begun = meta.is_none_or(|meta| Meta::of_image(&meta) == Some(Meta::empty())) && toward.is_none();
        let any = Read::Page { span: Span::all(), from: None, back: false, limit: 1 };
        let rows = image.read(vec![Query::of(&any)]).wait()?;
        image.close()?;
        Ok(begun && rows.iter().all(Vec::is_empty))
    };
    match look() {
        Err(EngineError::Stuck(why)) => Err(EngineError::Stuck(why)),
        empty => Ok(empty.unwrap_or(false)),
    }
}

/// Reads the file.
///
/// # Errors
/// [`EngineError::Newer`] for a layout from the future, [`EngineError::Disk`] where the disk refuses.
pub(super) fn read(dir: &Path) -> Result<Format, EngineError> {
    let path = dir.join(NAME);
    let text = match std::fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Format::Unreadable),
        Err(error) => return Err(files::refused("read", &path, &error)),
    };
    if text == "concord store 1\n" {
        return Ok(Format::WithoutJournal);
    }
    let said = text.strip_prefix("concord store ").and_then(|rest| rest.split_once(' '));
    let number =
        said.and_then(|(number, _)| number.parse::<u32>().ok()).filter(|number| text == content(*number));
    match number {
        Some(NUMBER) => Ok(Format::Current),
        Some(number) if number > NUMBER => Err(newer(number)),
        _ => Ok(Format::Unreadable),
    }
}

/// Writes the file, durably.
pub(super) fn write(dir: &Path) -> Result<(), EngineError> {
    files::write_whole(dir, NAME, content(NUMBER).as_bytes())
}

/// The file's content: the number, and its own check.
fn content(number: u32) -> String {
    let line = format!("concord store {number}");
    let check = blake3::hash(line.as_bytes()).to_hex();
    format!("{line} {}\n", &check[..16])
}

//! Pages written somewhere: to a file that did not exist, or to the printer. On the helper's thread.
//!
//! Takes nothing but an [`Allowed`], which only the gate makes. No temporary file: the printer gets the page by standard input. A
//! page that could not be written whole leaves no file.

use super::files::{create_private_file, typed_path};
use crate::print::{Look, pdf, text};
use crate::service::api::{Allowed, PaperPlace, Sheet};
use rustix::fs::{MemfdFlags, memfd_create};
use std::fs::File;
use std::io::{self, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the printing system may take to accept a page.
const PATIENCE: Duration = Duration::from_secs(30);

/// Makes a page and brings it to its place: where it is, or why it is not.
pub fn make(allowed: &Allowed) -> Result<String, String> {
    let sheet = allowed.sheet();
    match allowed.place() {
        PaperPlace::Pdf(place) => written(&path(place, &sheet.file, "pdf")?, &pages(sheet)?),
        PaperPlace::Text(place) => {
            written(&path(place, &sheet.file, "txt")?, text(&sheet.content, &look(sheet)).as_bytes())
        }
        PaperPlace::Printer => printed("lp", &pages(sheet)?),
    }
}

fn pages(sheet: &Sheet) -> Result<Vec<u8>, String> {
    pdf(&sheet.content, &look(sheet))
        .map_err(|missing| format!("{missing} Choose plain text, which has every sign."))
}

fn look(sheet: &Sheet) -> Look {
    Look {
        card: sheet.card,
        large: sheet.large,
        size: sheet.size,
        head: sheet.head.clone(),
        foot: sheet.foot.clone(),
        page: sheet.page.clone(),
        language: sheet.language.clone(),
        made: sheet.made,
    }
}

/// The file that is meant: what was typed, or a name in the folder that was typed.
fn path(typed: &str, name: &str, ending: &str) -> Result<PathBuf, String> {
    let path = typed_path(typed)?;
    if path.is_dir() {
        return Ok(path.join(format!("{name}.{ending}")));
    }
    match path.parent() {
        Some(folder) if folder.is_dir() => Ok(path),
        _ => Err(format!("There is no folder {}. Write one that is there.", parent(&path).display())),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}

fn written(path: &Path, bytes: &[u8]) -> Result<String, String> {
    if path.symlink_metadata().is_ok() {
        return Err(format!(
            "{} is there already and is not written over. Choose another name.",
            path.display()
        ));
    }
    let file = create_private_file(path).map_err(|fault| fault.to_string())?;
    if let Err(error) = whole(file, bytes) {
        let _ = std::fs::remove_file(path);
        return Err(refused(path, &error));
    }
    Ok(format!("The page is in {}.", path.display()))
}

fn whole(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}

fn refused(path: &Path, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!("The disk of {} is full. Make room or choose another folder.", parent(path).display())
        }
        _ => format!("{}: {error}. Choose another folder.", path.display()),
    }
}

/// Hands a page to the printing system. It lies in memory until then, so nobody waits for a pipe.
fn printed(program: &str, bytes: &[u8]) -> Result<String, String> {
    let cannot = |error: io::Error| format!("The page could not be handed to the printer: {error}.");
    let memory = memfd_create("page", MemfdFlags::CLOEXEC).map_err(|error| cannot(error.into()))?;
    let mut page = File::from(memory);
    page.write_all(bytes).and_then(|()| page.rewind()).map_err(cannot)?;
    let mut command = Command::new(program);
    // What the printing system shows of the job names nobody.
    command.args(["-t", "page"]).stdin(page).stdout(Stdio::null()).stderr(Stdio::piped());
    let child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            format!("There is no printing system here (the program {program}). Choose a PDF file.")
        }
        _ => cannot(error),
    })?;
    waited(child).map(|()| "The page is with the printer.".to_owned())
}

fn waited(mut child: Child) -> Result<(), String> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(20)),
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) | Err(_) => return Err(complaint(child)),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err("The printing system does not answer, so the page was taken back. Choose a PDF file.".to_owned())
}

/// What the printing system said, in one line.
fn complaint(child: Child) -> String {
    let said = child.wait_with_output().map(|output| String::from_utf8_lossy(&output.stderr).into_owned());
    let said = said.unwrap_or_default();
    let first = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it gave no reason");
    format!(
        "The printing system refused the page: {first}. Choose a PDF file, or another printer as its default."
    )
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;

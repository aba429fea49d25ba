//! Small files with secrets: created new, readable by their owner only.

use crate::service::fault::{Fault, FaultKind};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

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

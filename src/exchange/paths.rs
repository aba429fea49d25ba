//! Which files an import reads.

use super::ImportFault;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What PATH... stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files to read: each once, in order of their paths.
    pub files: Vec<PathBuf>,
    /// Things in the folders that are not read (other files, hidden files, folders).
    pub skipped: usize,
}

/// Files as they are named, whatever they are called; of a folder, its `*.json` files (not those of folders inside it).
/// A path that is not there, cannot be read or is neither file nor folder is a fault.
pub fn expand(paths: &[PathBuf]) -> Result<Found, ImportFault> {
    let mut files = BTreeSet::new();
    let mut skipped = 0;
    for path in paths {
        let kind = std::fs::metadata(path).map_err(|e| fault(path, e.kind()))?;
        if kind.is_file() {
            files.insert(path.clone());
        } else if kind.is_dir() {
            skipped += folder(path, &mut files)?;
        } else {
            return Err(ImportFault::of_file(&path.to_string_lossy(), "is neither a file nor a folder"));
        }
    }
    Ok(Found { files: files.into_iter().collect(), skipped })
}

fn folder(path: &Path, files: &mut BTreeSet<PathBuf>) -> Result<usize, ImportFault> {
    let mut skipped = 0;
    for entry in std::fs::read_dir(path).map_err(|e| fault(path, e.kind()))? {
        let found = entry.map_err(|e| fault(path, e.kind()))?.path();
        if wanted(&found) {
            files.insert(found);
        } else {
            skipped += 1;
        }
    }
    Ok(skipped)
}

fn wanted(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("json")) && !hidden && path.is_file()
}

fn fault(path: &Path, kind: std::io::ErrorKind) -> ImportFault {
    ImportFault::of_file(&path.to_string_lossy(), format!("cannot be read ({kind})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_its_json_files_in_order_and_counts_the_rest() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.json", "a.JSON", "LICENSE", ".hidden.json"] {
            std::fs::write(dir.path().join(name), "{}").unwrap();
        }
        std::fs::create_dir(dir.path().join("deep.json")).unwrap();
        std::fs::write(dir.path().join("deep.json/c.json"), "{}").unwrap();
        let named = dir.path().join("LICENSE");
        let again = dir.path().join("b.json");
        let found = expand(&[dir.path().to_owned(), named.clone(), again.clone()]).unwrap();
        assert_eq!(found.files, [named, dir.path().join("a.JSON"), again]);
        assert_eq!(found.skipped, 3);
    }

    #[test]
    fn a_path_that_is_not_there_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let fault = expand(&[dir.path().join("nobody.json")]).unwrap_err();
        assert!(fault.to_string().ends_with("nobody.json: cannot be read (entity not found)"), "{fault}");
    }
}

//! Which files an import reads.

use super::ImportFault;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What PATH... means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Files to read: each once, in order of their paths.
    pub files: Vec<PathBuf>,
    /// Files in the folders that are not read, hidden ones too.
    pub skipped: usize,
    /// Those of them that are XML.
    pub xml: usize,
    /// Those of them that are compressed.
    pub packed: usize,
}

/// Folders inside folders that are looked into.
const DEEPEST: usize = 12;

/// Files as they are named, whatever they are called; of a folder and the folders in it, its `*.json` and `*.ndjson`
/// files. A path that is not there, cannot be read or is neither file nor folder is a fault.
pub fn expand(paths: &[PathBuf]) -> Result<Found, ImportFault> {
    let (mut files, mut found) = (BTreeSet::new(), Found::default());
    for path in paths {
        let kind = std::fs::metadata(path).map_err(|e| fault(path, e.kind()))?;
        if kind.is_file() {
            files.insert(path.clone());
        } else if kind.is_dir() {
            folder(path, DEEPEST, &mut files, &mut found)?;
        } else {
            return Err(ImportFault::of_file(&path.to_string_lossy(), "is neither a file nor a folder"));
        }
    }
    found.files = files.into_iter().collect();
    Ok(found)
}

fn folder(
    path: &Path,
    deeper: usize,
    files: &mut BTreeSet<PathBuf>,
    found: &mut Found,
) -> Result<(), ImportFault> {
    for entry in std::fs::read_dir(path).map_err(|e| fault(path, e.kind()))? {
        let entry = entry.map_err(|e| fault(path, e.kind()))?;
        let (inside, kind) = (entry.path(), entry.file_type().map_err(|e| fault(path, e.kind()))?);
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // A link to a folder could lead round in a circle; a link to a file is that file.
        if kind.is_dir() && !hidden && deeper > 0 {
            folder(&inside, deeper - 1, files, found)?;
            continue;
        }
        let ends = |ends: &[&str]| {
            inside.extension().is_some_and(|ext| ends.iter().any(|end| ext.eq_ignore_ascii_case(end)))
        };
        if ends(&["json", "ndjson", "jsonl"]) && !hidden && inside.is_file() {
            files.insert(inside);
        } else {
            found.skipped += 1;
            found.xml += usize::from(ends(&["xml"]));
            found.packed += usize::from(ends(&["gz", "tgz", "zip", "7z", "xz", "bz2", "zst", "rar", "tar"]));
        }
    }
    Ok(())
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
        for name in ["b.json", "a.JSON", "d.ndjson", "LICENSE", ".hidden.json", "p.xml", "q.json.gz"] {
            std::fs::write(dir.path().join(name), "{}").unwrap();
        }
        std::fs::create_dir(dir.path().join("deep.json")).unwrap();
        std::fs::write(dir.path().join("deep.json/c.json"), "{}").unwrap();
        let named = dir.path().join("LICENSE");
        let again = dir.path().join("b.json");
        let found = expand(&[dir.path().to_owned(), named.clone(), again.clone()]).unwrap();
        let inside = ["a.JSON", "b.json", "d.ndjson", "deep.json/c.json"].map(|name| dir.path().join(name));
        assert_eq!(found.files[0], named);
        assert_eq!(found.files[1..], inside);
        assert_eq!((found.skipped, found.xml, found.packed), (4, 1, 1));
    }

    #[test]
    fn a_path_that_is_not_there_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let fault = expand(&[dir.path().join("nobody.json")]).unwrap_err();
        assert!(fault.to_string().ends_with("nobody.json: cannot be read (entity not found)"), "{fault}");
    }
}

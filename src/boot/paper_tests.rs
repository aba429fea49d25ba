//! Where a page goes, and what is said when it does not get there.

use super::*;
use crate::domain::{Block, Content};
use std::os::unix::fs::PermissionsExt;

fn sheet() -> Sheet {
    let blocks = vec![Block::Prose("I will call L.".into())];
    let content = Content { title: "My plan, Jo".into(), blocks };
    Sheet { content, file: "my-plan-2026-11-21".into(), page: "Page {n} of {m}".into(), ..Sheet::default() }
}

fn made(place: PaperPlace) -> Result<String, String> {
    make(&Allowed::for_tests(sheet(), place))
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_page_is_a_new_file_that_only_its_owner_reads() {
    let folder = tempfile::tempdir().unwrap();
    let said = made(PaperPlace::Pdf(name(folder.path()))).unwrap();
    let path = folder.path().join("my-plan-2026-11-21.pdf");
    assert_eq!(said, format!("The page is in {}.", path.display()));
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let text = folder.path().join("page.txt");
    made(PaperPlace::Text(name(&text))).unwrap();
    assert!(std::fs::read_to_string(&text).unwrap().contains("I will call L."));
}

#[test]
fn what_is_there_is_never_written_over_and_a_link_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.pdf");
    std::fs::write(&path, "mine").unwrap();
    let link = folder.path().join("link.pdf");
    std::os::unix::fs::symlink(folder.path().join("nowhere.pdf"), &link).unwrap();
    for place in [&path, &link] {
        let said = made(PaperPlace::Pdf(name(place))).unwrap_err();
        assert!(said.contains("is there already and is not written over"), "{said}");
    }
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    assert!(!folder.path().join("nowhere.pdf").exists());
}

#[test]
fn a_folder_that_is_missing_and_a_full_disk_are_told_and_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/page.pdf");
    let said = made(PaperPlace::Pdf(name(&missing))).unwrap_err();
    assert_eq!(said, format!("There is no folder {}. Write one that is there.", parent(&missing).display()));
    let full = io::Error::from(io::ErrorKind::StorageFull);
    assert!(refused(&missing, &full).contains("is full. Make room"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_sign_that_cannot_be_printed_makes_no_file_but_plain_text_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut odd = sheet();
    odd.content.blocks.push(Block::Prose("Good 🙂 day".into()));
    let at = |ending: &str| name(&folder.path().join(ending));
    let said = make(&Allowed::for_tests(odd.clone(), PaperPlace::Pdf(at("a.pdf")))).unwrap_err();
    assert!(said.contains("🙂 in \"Good 🙂 day\"") && said.contains("Choose plain text"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    make(&Allowed::for_tests(odd, PaperPlace::Text(at("a.txt")))).unwrap();
    assert!(std::fs::read_to_string(at("a.txt")).unwrap().contains("Good 🙂 day"));
}

#[test]
fn the_printing_system_is_told_apart_when_it_is_missing_refuses_or_takes_the_page() {
    assert!(printed("no-such-printing-system", b"x").unwrap_err().contains("Choose a PDF file"));
    assert!(printed("false", b"x").unwrap_err().contains("refused the page: it gave no reason"));
    assert_eq!(printed("true", &vec![b'x'; 300_000]).unwrap(), "The page is with the printer.");
}

//! What another program reads from a page: the words that were written, in their order, and nothing else.
//!
//! `pdftotext` is that program. Where there is none the test says so; that every letter is a sign of its own, which is what it
//! lives by, is tested beside the code in any case.

use concord::domain::{Block, Content, Date};
use concord::print::{Look, pdf};
use std::io::Write as _;
use std::process::{Command, Stdio};

const LIGATURES: &str = "after the first shift I lift, offer, afflict, attend the fjord office";

fn look(large: bool) -> Look {
    Look {
        large,
        head: "Lakeside Recovery, Saturday 21 November 2026".into(),
        foot: "Jo".into(),
        page: "Page {n} of {m}".into(),
        language: "en".into(),
        made: Date::from_ymd(2026, 11, 21).unwrap(),
    }
}

/// The words another program takes out of a PDF; `None` where that program is missing.
pub(crate) fn taken_out(bytes: &[u8]) -> Option<String> {
    let mut program = Command::new("pdftotext");
    program.args(["-enc", "UTF-8", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = program.stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    Some(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
}

/// Words in a row, however they were broken into lines and pages.
pub(crate) fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn another_program_reads_what_was_written() {
    let address = format!("https://example.org/{}", "a".repeat(70));
    let heading = |words: &str| Block::Heading { key: words.into(), words: words.into() };
    let content = Content {
        title: "My plan, Jo".into(),
        blocks: vec![
            heading("What I want"),
            Block::Quote { words: LIGATURES.into(), on: Date::from_ymd(2026, 11, 18) },
            heading("What I will do"),
            Block::Item("Gehe heim, fünfmal; Łódź, cafe\u{301}, naïve – “so”.".into()),
            Block::Prose("Θέλω να κοιμάμαι καλά. Я хочу спать спокойно.".into()),
            heading("Whom to call"),
            Block::Prose(format!("{address} or (507) 555 0100")),
        ],
    };
    for large in [false, true] {
        let Some(read) = taken_out(&pdf(&content, &look(large)).unwrap()) else {
            println!("skipped: there is no pdftotext here");
            return;
        };
        let read = flowing(&read);
        let expected = format!(
            "Lakeside Recovery, Saturday 21 November 2026 My plan, Jo What I want “{LIGATURES}” 18 Nov 2026 \
             What I will do • Gehe heim, fünfmal; Łódź, café, naïve – “so”. \
             Θέλω να κοιμάμαι καλά. Я хочу спать спокойно. Whom to call"
        );
        assert!(read.starts_with(&expected), "{read}");
        assert!(read.replace(' ', "").contains(&address), "{read}");
        assert!(read.contains("(507) 555 0100"), "{read}");
        assert!(read.ends_with("Jo Page 1 of 1"), "{read}");
    }
}

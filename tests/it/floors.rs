//! Reads the sources and holds the floors of the two big rooms: a file may name files of its own floor and of those below it.
//!
//! The table is the one of `ARCHITECTURE.md`. A module that the table does not name lies on the floor marked as the rest.

use super::architecture::{Source, sources};
use std::fmt::Write;

/// A room, and its floors from the bottom up: the name of the floor and the modules on it.
const FLOORS: &[(&str, &[Floor])] = &[
    (
        "tui",
        &[
            ("kit", REST),
            ("screens", &["screens"]),
            ("app", &["app", "program", "turned", "stack", "run", "term", "inbox", "event", "message"]),
        ],
    ),
    (
        "service",
        &[
            (
                "desk",
                &[
                    "api",
                    "books",
                    "charts",
                    "desk",
                    "doorkeeper",
                    "fault",
                    "founding",
                    "leavings",
                    "permit",
                    "pinned",
                    "seat",
                    "seen",
                    "sight",
                    "staff_keys",
                    "steps",
                    "unit",
                ],
            ),
            ("use cases", REST),
            ("front", &["front", "thread", "opening", "maintenance", "bulk", "import"]),
        ],
    ),
];

type Floor = (&'static str, &'static [&'static str]);

/// Every module that no other floor names.
const REST: &[&str] = &[];

#[test]
fn nobody_names_a_floor_above_their_own() {
    let mut wrong = String::new();
    let mut crossings = 0;
    for source in sources() {
        let (found, looked_at) = upward(&source);
        wrong.push_str(&found);
        crossings += looked_at;
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(crossings > 500, "only {crossings} paths from one floor to another were seen");
}

#[test]
fn every_module_of_the_table_is_there() {
    let sources = sources();
    for (room, floors) in FLOORS {
        for module in floors.iter().flat_map(|(_, modules)| *modules) {
            let file = [format!("src/{room}/{module}.rs"), format!("src/{room}/{module}/mod.rs")];
            assert!(sources.iter().any(|source| file.contains(&source.path)), "{room} has no {module}");
        }
    }
}

#[test]
fn a_step_upward_is_seen() {
    for (path, code) in [
        ("src/tui/widgets/planted.rs", "use crate::tui::screens::home::Home;"),
        ("src/tui/planted.rs", "use super::app::App;"),
        ("src/tui/screens/chart/planted.rs", "use crate::{domain::Date, tui::{facts::Cx, app::App}};"),
        ("src/tui/screens/chart/mod.rs", "fn f() { super::super::app::go() }"),
        ("src/service/unit.rs", "use super::chart;"),
        ("src/service/api/planted.rs", "use super::super::{fault::Fault, people};"),
        ("src/service/people.rs", "use crate::service::front;"),
    ] {
        let source = Source { path: path.into(), code: code.into(), lines: 1 };
        assert!(!upward(&source).0.is_empty(), "{path}: {code}");
    }
    for (path, code) in [
        ("src/tui/app/planted.rs", "use crate::tui::screens::home::Home; use crate::tui::facts::Cx;"),
        ("src/tui/screens/planted.rs", "use super::chart::Chart; use crate::tui::screen::View;"),
        ("src/service/people.rs", "use super::{chart, desk::Desk};"),
        ("src/service/mod.rs", "pub use front::Front;"),
    ] {
        let source = Source { path: path.into(), code: code.into(), lines: 1 };
        assert_eq!(upward(&source).0, "", "{path}: {code}");
    }
}

/// What a file names of a floor above its own, a line each; and how many of its paths lead to another floor.
fn upward(source: &Source) -> (String, usize) {
    let mut wrong = String::new();
    let mut seen = 0;
    let here = module_of(&source.path);
    let Some((room, own)) = floor_of(&here) else { return (wrong, 0) };
    for path in paths(&source.code) {
        let target = resolve(&here, &path);
        let Some((there, floor)) = floor_of(&target).filter(|(there, _)| *there == room) else { continue };
        seen += usize::from(floor != own);
        if floor > own {
            let names = FLOORS
                .iter()
                .find(|(name, _)| *name == there)
                .map(|(_, floors)| (floors[own].0, floors[floor].0));
            let (below, above) = names.unwrap_or_default();
            let _ = writeln!(wrong, "{}: {below} may not name {above}: {}", source.path, target.join("::"));
        }
    }
    (wrong, seen)
}

/// The room of a module, and the number of its floor; `None` for the room's own list of modules, and for rooms without floors.
fn floor_of(module: &[String]) -> Option<(&'static str, usize)> {
    let (room, floors) = FLOORS.iter().find(|(room, _)| Some(*room) == module.first().map(String::as_str))?;
    let name = module.get(1)?.as_str();
    let named = floors.iter().position(|(_, modules)| modules.contains(&name));
    named.or_else(|| floors.iter().position(|(_, modules)| modules.is_empty())).map(|floor| (*room, floor))
}

/// `src/tui/app/keys.rs` is `tui::app::keys`.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut names: Vec<String> = path.split('/').map(str::to_owned).collect();
    if names.last().is_some_and(|last| last == "mod") {
        names.pop();
    }
    names
}

/// Where a path that begins with `crate` or `super` leads, from the crate's root.
fn resolve(here: &[String], path: &[String]) -> Vec<String> {
    let climbs = path.iter().take_while(|name| *name == "super").count();
    let from = if climbs == 0 { &[][..] } else { &here[..here.len().saturating_sub(climbs)] };
    let rest = if climbs == 0 { &path[1..] } else { &path[climbs..] };
    from.iter().chain(rest).cloned().collect()
}

/// Every path that begins with `crate::` or `super::`, those of groups one by one.
fn paths(code: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for head in ["crate::", "super::"] {
        for (at, _) in code.match_indices(head) {
            let before = code[..at].chars().next_back();
            if before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '_' | ':' | '$')) {
                read(&code[at..], &[], &mut found);
            }
        }
    }
    found
}

/// Reads a path, or a group of them, that goes on from `so_far`. Returns how many bytes it takes.
fn read(code: &str, so_far: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = so_far.to_vec();
    let mut at = 0;
    loop {
        let rest = &code[at..];
        if rest.starts_with('{') {
            return at + group(rest, &path, found);
        }
        let name: String =
            rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        at += name.len();
        if !name.is_empty() {
            path.push(name);
        }
        if !code[at..].starts_with("::") {
            found.push(path);
            return at;
        }
        at += 2;
    }
}

/// Reads what stands between braces. Returns how many bytes it takes.
fn group(code: &str, so_far: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut at = 1;
    while let Some(letter) = code[at..].chars().next() {
        match letter {
            '}' => return at + 1,
            letter if letter.is_alphanumeric() || letter == '_' => at += read(&code[at..], so_far, found),
            letter => at += letter.len_utf8(),
        }
    }
    at
}

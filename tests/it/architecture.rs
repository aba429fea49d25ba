//! Reads the sources and holds the house: who may use whom, where packages are confined, how long files may be.
//!
//! The table is the one of `ARCHITECTURE.md`; every exception stands here with its reason.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// Rooms and the rooms they may use. A room may always use itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("packs", &["domain"]),
    ("rules", &["domain", "packs"]),
    ("demo", &["domain", "packs", "rules"]),
    ("engine", &[]),
    ("vault", &[]),
    ("store", &["domain", "engine", "vault"]),
    // The clock answers with the domain's moments and dates.
    ("clock", &["domain"]),
    ("config", &[]),
    ("service", &["domain", "rules", "packs", "store", "exchange", "clock"]),
    ("exchange", &["domain"]),
    ("tui", &["service", "domain", "rules", "packs", "spell"]),
    ("spell", &[]),
    ("print", &["domain"]),
    ("cli", &["service", "boot", "clock", "demo"]),
    ("boot", ALL),
    ("main", &["cli"]),
    ("lib", ALL),
];

const ALL: &[&str] = &[
    "demo", "domain", "packs", "print", "rules", "spell", "engine", "vault", "store", "clock", "config",
    "service", "exchange", "tui", "cli", "boot",
];

/// Single files that use a room their own room may not: file, room, reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("src/cli/import.rs", "exchange", "reads the named files into a plan and hands that to the service"),
    ("src/cli/import_roster.rs", "exchange", "as import.rs, for rosters"),
    (
        "src/cli/import_questionnaire.rs",
        "exchange",
        "reads the form, shows it, and hands its words to the service",
    ),
    ("src/cli/import_questionnaire.rs", "packs", "as above"),
    ("src/cli/import_questionnaire.rs", "rules", "as above"),
    ("src/cli/form.rs", "packs", "shows what the file of a short form says; no store is open"),
    ("src/cli/instrument.rs", "packs", "shows what a measure file says; no store is open"),
    ("src/cli/score.rs", "packs", "scores a measure by its file; no store is open"),
    ("src/cli/score.rs", "rules", "as above: the same pure scoring as at the desk"),
    ("src/cli/score_json.rs", "packs", "as score.rs"),
    ("src/cli/score_json.rs", "rules", "as score.rs"),
];

/// A package, the files and folders that may name it.
const CONFINED: &[(&str, &[&str])] = &[
    ("sled", &["src/engine/embedded/image.rs"]),
    ("bincode", &["src/store/codec.rs"]),
    ("jiff", &["src/clock.rs"]),
    ("deunicode", &["src/rules/spelling.rs"]),
    ("strsim", &["src/rules/likeness/sounds.rs"]),
    ("similar", &["src/rules/changes.rs"]),
    ("spellbook", &["src/spell/mod.rs"]),
    ("krilla", &["src/print/"]),
    ("harfrust", &["src/print/"]),
    ("crossterm", &["src/tui/term.rs"]),
    ("termina", &["src/tui/event.rs", "src/tui/keymap/"]),
    // Boot opens the terminal the screen draws on.
    ("ratatui", &["src/tui/", "src/boot/terminal.rs"]),
    ("argon2", &["src/vault/"]),
    ("chacha20poly1305", &["src/vault/"]),
    ("hpke", &["src/vault/"]),
    ("ed25519_dalek", &["src/vault/"]),
    ("sha2", &["src/vault/"]),
    ("bip39", &["src/vault/"]),
    ("subtle", &["src/vault/"]),
    // Digests of the engine and counted ids are checksums, not ciphers.
    ("blake3", &["src/vault/", "src/engine/", "src/clock.rs"]),
    // Ids are random names; keys are made in the vault.
    ("getrandom", &["src/vault/", "src/clock.rs"]),
    ("etcetera", &["src/boot/"]),
    ("clap", &["src/cli/"]),
];

/// Words that stand only in certain places: word, places, why.
const WORDS: &[(&str, &[&str], &str)] = &[
    ("KeyCode", &["src/tui/event.rs", "src/tui/keymap/"], "screens know actions, not keys"),
    ("env::var", &["src/boot/", "src/cli/", "src/engine/embedded/lock.rs"], "the lock names its OS user"),
    ("env::var_os", &["src/boot/", "src/cli/"], "what the surroundings say is gathered by boot"),
    ("env::vars", &["src/boot/", "src/cli/"], "what the surroundings say is gathered by boot"),
    ("home_dir", &["src/boot/"], "folders are chosen by boot"),
    ("process::exit", &["src/main.rs"], "everybody else returns, so that locks and terminals are let go"),
    ("unsafe", &[], "forbidden"),
    (
        "erase",
        &["src/store/", "src/service/unit.rs", "src/service/house/purge.rs"],
        "a purge alone removes what was signed",
    ),
];

/// Words that must not stand in a place: place, words, why.
const KEPT_OUT: &[(&str, &[&str], &str)] = &[
    ("src/tui/screens/", TIME_AND_THREADS, "a screen is handed the time and asks the service"),
    ("src/tui/overlay/", TIME_AND_THREADS, "as screens"),
    ("src/tui/widgets/", TIME_AND_THREADS, "as screens"),
    ("src/tui/turned/", THE_DESK, "the turned screen draws a page and its sentences and nothing of the desk"),
    ("src/tui/turned/", TIME_AND_THREADS, "as screens"),
    ("src/rules/", IO, "rules are pure"),
    ("src/domain/", IO, "types are pure"),
    ("src/packs/", IO, "packs are embedded text"),
    ("src/spell/", IO, "the dictionary is embedded text; whoever wants it elsewhere has a thread"),
    ("src/print/", IO, "pages are made of what is handed in; whoever writes them somewhere has a thread"),
    ("src/demo/", IO, "invented people are made from a seed and a day, nothing else"),
];

/// What the turned screen must not name: whoever holds none of it can draw none of it.
const THE_DESK: &[&str] =
    &["Cx", "App", "Overlay", "Keymap", "View", "ChartView", "SignedIn", "Person", "Command"];

const TIME_AND_THREADS: &[&str] =
    &["std::thread", "thread::spawn", "mpsc", "Instant", "SystemTime", "std::fs", "File::open"];
const IO: &[&str] =
    &["std::fs", "std::io", "std::thread", "mpsc", "Instant::now", "SystemTime", "Mutex", "File::"];

/// Lines of a file, its test module not counted.
const LONGEST_FILE: usize = 420;

/// Longer files, each with its reason.
const LONG_FILES: &[(&str, usize, &str)] = &[
    ("src/service/api.rs", 950, "every question and answer of the front desk in one place: a list, no logic"),
    ("src/domain/plan/review.rs", 425, "what a review says and what is known of its span, field by field"),
    ("src/tui/overlay/palette.rs", 425, "all that is found by words, acts and people alike, in one order"),
    ("src/tui/action.rs", 575, "the one table of everything that can be done, a line each"),
    ("src/tui/keymap/hints.rs", 505, "the hints of every place: a table, no logic"),
    ("src/tui/legend.rs", 480, "the marks of every page: a table, no logic"),
    (
        "src/service/books.rs",
        720,
        "the store is private to it: that is what makes an unpermitted write not compile",
    ),
    (
        "src/tui/screens/chart/grid/mod.rs",
        500,
        "one room's state and acts; its drawing and texts stand beside it",
    ),
    ("src/tui/screens/chart/notes/mod.rs", 545, "one room's state and acts; its drawing stands beside it"),
    ("src/tui/screens/chart/mod.rs", 585, "the chart's rooms are entered from one place"),
    ("src/service/bulk.rs", 500, "how whole charts become records: a few lines for each kind of record"),
];

/// Fields of the screen's state.
const APP_FIELDS: usize = 12;

/// A source file: its path from the project's folder and its text without comments, strings and test module.
pub(super) struct Source {
    pub path: String,
    pub code: String,
    pub lines: usize,
}

#[test]
fn the_house_stands() {
    let sources = sources();
    assert!(sources.len() > 80, "the sources were found");
    let mut wrong = String::new();
    for source in &sources {
        wrong.push_str(&violations(source));
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_state_of_the_screen_stays_small() {
    let sources = sources();
    let app = sources.iter().find(|source| source.path == "src/tui/app.rs").expect("the app");
    let fields = fields(&app.code, "App");
    assert!((1..=APP_FIELDS).contains(&fields), "App has {fields} fields");
}

#[test]
fn every_exception_is_still_needed() {
    let sources = sources();
    for (path, room, _) in EXCEPTIONS {
        let source = sources.iter().find(|source| source.path == *path);
        let source = source.unwrap_or_else(|| panic!("{path} is gone; its exception may go too"));
        assert!(rooms_used(source).iter().any(|used| used == room), "{path} does not use {room} any more");
    }
    for (path, most, _) in LONG_FILES {
        let lines = sources.iter().find(|source| source.path == *path).map(|source| source.lines);
        let lines = lines.unwrap_or_else(|| panic!("{path} is gone; its exception may go too"));
        assert!(lines <= *most, "{path} has {lines} lines");
    }
}

#[test]
fn every_file_of_tests_runs() {
    let main = std::fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    for file in std::fs::read_dir(root().join("tests/it")).unwrap() {
        let file = file.unwrap().path();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let is_code = file.extension().is_some_and(|ext| ext == "rs") && name != "main";
        assert!(!is_code || main.contains(&format!("mod {name};")), "nothing runs {}", file.display());
    }
}

#[test]
fn functions_are_kept_short_by_clippy() {
    let read = |name| std::fs::read_to_string(root().join(name)).unwrap();
    assert!(read("clippy.toml").contains("too-many-lines-threshold = 70"));
    let cargo = read("Cargo.toml");
    for lint in [
        "too_many_lines = \"warn\"",
        "unsafe_code = \"forbid\"",
        "unwrap_used = \"warn\"",
        "panic = \"warn\"",
    ] {
        assert!(cargo.contains(lint), "{lint}");
    }
}

#[test]
fn what_is_forbidden_is_found() {
    for (path, code, word) in [
        ("src/domain/planted.rs", "use crate::store::Kind;", "domain may not use store"),
        ("src/domain/planted.rs", "use crate::{rules::when, domain::Date};", "domain may not use rules"),
        ("src/store/planted.rs", "fn f() { super::super::tui::go() }", "names the crate's root by super"),
        ("src/tui/planted.rs", "fn f() { crate::vault::open() }", "tui may not use vault"),
        ("src/cli/planted.rs", "use crate::engine::Engine;", "cli may not use engine"),
        ("src/service/planted.rs", "use jiff::Zoned;", "jiff"),
        ("src/store/planted.rs", "use sled;", "sled"),
        ("src/tui/screens/planted.rs", "use crossterm::event::KeyCode;", "KeyCode"),
        ("src/tui/screens/planted.rs", "let now = std::time::Instant::now();", "Instant"),
        ("src/tui/theme.rs", "std::env::var(\"NO_COLOR\")", "env::var"),
        ("src/service/planted.rs", "std::process::exit(3)", "process::exit"),
        ("src/rules/planted.rs", "std::fs::read(path)", "std::fs"),
    ] {
        let found = violations(&Source { path: path.into(), code: strip(code), lines: 1 });
        assert!(found.contains(word), "{path}: {code}: {found:?}");
    }
    let long = Source { path: "src/rules/planted.rs".into(), code: String::new(), lines: LONGEST_FILE + 1 };
    assert!(violations(&long).contains("lines"));
}

#[test]
fn what_is_allowed_is_not_found() {
    for (path, code) in [
        ("src/domain/planted.rs", "// crate::store is not meant here\nlet a = \"use crate::tui::x\";"),
        (
            "src/domain/planted.rs",
            "/* sled:: /* nested */ bincode:: */ let c = '\"'; let d = \"\\\" jiff::\";",
        ),
        ("src/domain/planted.rs", "let r = r#\"crate::vault \" std::fs\"#; fn f<'a>(x: &'a str) {}"),
        ("src/domain/planted.rs", "fn f() {}\n#[cfg(test)]\nmod tests { use crate::store::Kind; }"),
        ("src/store/planted.rs", "use super::codec; use crate::engine::Key; let jiffy = 1;"),
        ("src/main.rs", "std::process::exit(1)"),
    ] {
        let found = violations(&Source { path: path.into(), code: strip(code), lines: 1 });
        assert!(found.is_empty(), "{code}: {found}");
    }
    assert_eq!(
        fields("pub struct App {\n    a: u8,\n    pub b: Vec<(u8, u8)>,\n}\nstruct Other { c: u8 }", "App"),
        2
    );
}

/// Everything wrong with a file, a line each.
fn violations(source: &Source) -> String {
    let mut wrong = String::new();
    let path = &source.path;
    let room = room_of(path);
    let allowed = ROOMS.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
    let Some(allowed) = allowed else { return format!("{path}: no room called {room} in the table\n") };
    for used in rooms_used(source) {
        let excepted = EXCEPTIONS.iter().any(|(file, room, _)| file == path && *room == used);
        if used == "^" {
            let _ = writeln!(wrong, "{path}: names the crate's root by super");
        } else if used != room
            && ALL.contains(&used.as_str())
            && !allowed.contains(&used.as_str())
            && !excepted
        {
            let _ = writeln!(wrong, "{path}: {room} may not use {used}");
        }
    }
    for (package, places) in CONFINED {
        let named = has_word(&source.code, &format!("{package}::"))
            || has_word(&source.code, &format!("use {package}"));
        if named && !stands_in(path, places) {
            let _ = writeln!(wrong, "{path}: names {package}, which is confined to {}", places.join(", "));
        }
    }
    for (word, places, why) in WORDS {
        if has_word(&source.code, word) && !stands_in(path, places) {
            let _ = writeln!(wrong, "{path}: {word} ({why})");
        }
    }
    for (place, words, why) in KEPT_OUT {
        for word in words.iter().filter(|word| path.starts_with(place) && has_word(&source.code, word)) {
            let _ = writeln!(wrong, "{path}: {word} ({why})");
        }
    }
    let long = LONG_FILES.iter().any(|(file, _, _)| file == path);
    if source.lines > LONGEST_FILE && !long {
        let _ = writeln!(wrong, "{path}: {} lines", source.lines);
    }
    wrong
}

fn stands_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| if place.ends_with('/') { path.starts_with(place) } else { path == *place })
}

/// `src/tui/app.rs` is in `tui`, `src/clock.rs` in `clock`.
fn room_of(path: &str) -> String {
    let rest = path.trim_start_matches("src/");
    rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs").to_owned()
}

/// Rooms named by `crate::room`, in groups too; `^` where a path climbs to the root by `super`.
fn rooms_used(source: &Source) -> Vec<String> {
    let code = &source.code;
    let mut rooms = Vec::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == '$') {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => rooms.extend(first_names(group)),
            None => rooms.push(word_at(rest)),
        }
    }
    let deep = depth(&source.path);
    let supers = "super::".repeat(deep.max(1));
    if has_word(code, &supers) {
        rooms.push("^".to_owned());
    }
    rooms
}

/// How many modules deep a file stands below the root.
fn depth(path: &str) -> usize {
    let parts: Vec<&str> = path.trim_start_matches("src/").split('/').collect();
    let own = usize::from(!matches!(parts.last(), Some(&("mod.rs" | "lib.rs" | "main.rs"))));
    parts.len() - 1 + own
}

/// The first names of a group's paths: `{rules::when, domain::Date}` names `rules` and `domain`.
fn first_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.push(word_at(group[start..at].trim()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(word_at(group[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn word_at(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

/// The word stands there by itself, not as a part of a longer name.
fn has_word(code: &str, word: &str) -> bool {
    let part = |letter: char| letter.is_alphanumeric() || letter == '_';
    code.match_indices(word).any(|(at, _)| {
        let before = code[..at].chars().next_back().is_some_and(part);
        let after = code[at + word.len()..].chars().next().is_some_and(part) && word.ends_with(part);
        !before && !after
    })
}

/// Fields of a struct.
fn fields(code: &str, name: &str) -> usize {
    let Some((_, rest)) = code.split_once(&format!("struct {name} {{")) else { return 0 };
    let body = rest.split("\n}").next().unwrap_or(rest);
    body.lines()
        .filter(|line| line.starts_with("    ") && !line.starts_with("     ") && line.contains(": "))
        .count()
}

/// The text without comments, strings, character literals and everything from the test module on.
fn strip(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let skipped = skip(rest, code.chars().next_back());
        if skipped > 0 {
            code.extend(rest[..skipped].chars().filter(|skipped| *skipped == '\n'));
            code.push(' ');
            rest = &rest[skipped..];
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    match code.find("#[cfg(test)]\nmod tests {") {
        Some(at) => code[..at].to_owned(),
        None => code,
    }
}

/// How many bytes at the start of `rest` are a comment or a literal.
fn skip(rest: &str, before: Option<char>) -> usize {
    let named = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if let Some(raw) = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !named) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let head = rest.len() - raw.len() + hashes + 1;
            return rest[head..].find(&end).map_or(rest.len(), |at| head + at + end.len());
        }
    }
    if rest.starts_with('"') {
        return quoted(rest, '"');
    }
    // A lifetime has no closing quote right after its one letter.
    let mut letters = rest.chars();
    if letters.next() == Some('\'') && !named {
        let (first, second) = (letters.next(), letters.next());
        if first == Some('\\') || second == Some('\'') {
            return quoted(rest, '\'');
        }
    }
    0
}

fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == quote {
            return at + 1;
        }
    }
    rest.len()
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files that hold nothing but tests, and what tests stand on.
fn is_test(path: &str) -> bool {
    path.ends_with("tests.rs")
        || path.contains("/tests/")
        || path.ends_with("/laws.rs")
        || path.ends_with("/rig.rs")
}

pub(super) fn sources() -> Vec<Source> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut sources = Vec::new();
    for file in files {
        let path = file.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
        if is_test(&path) {
            continue;
        }
        let code = strip(&std::fs::read_to_string(&file).unwrap());
        sources.push(Source { lines: code.lines().count(), path, code });
    }
    sources
}

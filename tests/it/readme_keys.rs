//! Every key that the README names is bound, in the default keymap or in the one that the line is about.

use concord::tui::action::{Action, Menu};
use concord::tui::keymap::Keymap;

/// What a line of the README has between backticks.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// A word that can be nothing but a key: `Ctrl-K`, `F9`, `Shift-Tab`.
fn is_key(word: &str) -> bool {
    let function = word.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok());
    function
        || ["Ctrl-", "Alt-", "Shift-"].iter().any(|held| word.starts_with(held) && word.len() > held.len())
}

/// The keymap that a line is about: those that come besides the default one have a line of their own.
fn keymap_of(line: &str) -> Keymap {
    let own = Keymap::names().find(|(name, _)| line.starts_with(&format!("- `{name}`")));
    own.and_then(|(name, _)| Keymap::named(name)).unwrap_or_else(Keymap::default_map)
}

fn is_bound(key: &str, keymap: &Keymap) -> bool {
    keymap.bindings().any(|binding| binding.keys.iter().any(|press| press.label() == key))
}

#[test]
fn every_key_that_the_readme_names_is_bound() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (number, line) in (1..).zip(readme.lines()) {
        let keymap = keymap_of(line);
        for key in quoted(line).flat_map(str::split_whitespace).filter(|word| is_key(word)) {
            seen += 1;
            if !is_bound(key, &keymap) {
                wrong.push(format!("line {number}: {key} is bound nowhere"));
            }
        }
    }
    assert!(seen > 100, "the README names keys in backticks: {seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A letter after `Ctrl-K` works where it is said to: `Ctrl-K r` with nothing else is one of every page of a chart, and `on the plan`
/// behind it names the page.
#[test]
fn every_letter_of_the_menu_that_the_readme_names_is_one_there() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let (mut seen, mut wrong) = (0, Vec::new());
    for (number, line) in (1..).zip(readme.lines()) {
        for (at, _) in line.match_indices("`Ctrl-K ") {
            let mut rest = line[at + "`Ctrl-K ".len()..].chars();
            let (Some(letter), Some('`')) = (rest.next(), rest.next()) else { continue };
            let page = rest.as_str().strip_prefix(" on the ").and_then(|rest| rest.split(' ').next());
            let page = page.unwrap_or("chart");
            let is_there = |action: &Action| {
                action.menu() == Menu::Letter(letter)
                    && action.scopes().iter().any(|scope| scope.name() == page)
            };
            seen += 1;
            if !Action::all().any(|action| is_there(&action)) {
                wrong.push(format!("line {number}: Ctrl-K {letter} is nothing on every page of \"{page}\""));
            }
        }
    }
    assert!(seen > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

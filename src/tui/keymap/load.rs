//! Reading a keymap file: TOML to a [`Keymap`], all checks made and reported at once.
//!
//! Owns the file's form (`format = 1`, `name`, `base`, one table per scope) and what can be said of one binding; what
//! can only be said of the whole map is in `whole`. A file with any fault changes nothing: the default is used.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::press::{KeyPress, Unreadable};
use super::report::{Report, nearest, place};
use super::table::{Keymap, is_fixed, label};
use super::whole;
use crate::tui::action::{Action, Kind, Scope, Typing};

/// The format of keymap files this program reads.
const FORMAT: &str = "1";
/// The value that takes a binding away.
const NONE: &str = "none";

/// One line of a keymap file that could be read.
pub(super) struct Entry {
    pub(super) scope: Scope,
    pub(super) keys: Vec<KeyPress>,
    /// `None` takes the binding away.
    pub(super) action: Option<Action>,
    /// Where the key stands in the file, in bytes.
    pub(super) at: usize,
}

/// Reads a person's keymap file over the default one.
///
/// A broken file never stands in the way: the default map is given with the report to show.
pub fn load(text: &str) -> (Keymap, Option<Report>) {
    let default = Keymap::default_map();
    match read(text, &default) {
        Ok(keymap) => (keymap, None),
        Err(report) => (default, Some(report)),
    }
}

/// Every fault of a keymap file; an empty report when it is right.
pub fn check(text: &str) -> Report {
    read(text, &Keymap::default_map()).err().unwrap_or_default()
}

/// Reads a keymap file over `default`, or over the fixed keys alone when it says `base = "none"`.
pub(super) fn read(text: &str, default: &Keymap) -> Result<Keymap, Report> {
    let mut reading = Reading { text, report: Report::default(), entries: Vec::new() };
    let (root, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let at = fault.span().map_or(0, |span| span.start);
        let message = fault.message().lines().collect::<Vec<_>>().join(", ");
        reading.report.add(text, at, format!("not TOML: {message}"), None);
    }
    let (name, from_nothing) = reading.header(root.get_ref());
    for (key, value) in root.get_ref() {
        reading.scope(key, value);
    }
    reading.duplicates();
    let base = if from_nothing { &Keymap::fixed_only("none") } else { default };
    let mut keymap = base.clone();
    for entry in &reading.entries {
        match entry.action {
            Some(action) => keymap.bind(entry.scope, entry.keys.clone(), action),
            None => keymap.unbind(entry.scope, &entry.keys),
        }
    }
    if let Some(name) = name {
        keymap.rename(&name);
    }
    if faults.is_empty() {
        whole::shadowed(&keymap, &reading.entries, text, &mut reading.report);
        whole::unreachable(&keymap, base, &reading.entries, text, &mut reading.report);
    }
    if reading.report.is_clean() { Ok(keymap) } else { Err(reading.report.sorted()) }
}

struct Reading<'a> {
    text: &'a str,
    report: Report,
    entries: Vec<Entry>,
}

impl Reading<'_> {
    fn wrong(&mut self, at: usize, message: String, nearest: Option<String>) {
        self.report.add(self.text, at, message, nearest);
    }

    /// The keymap's name, and whether it begins with the fixed keys only.
    fn header(&mut self, root: &DeTable<'_>) -> (Option<String>, bool) {
        match root.get("format") {
            None => self.wrong(0, format!("the format number is missing; write format = {FORMAT}"), None),
            Some(value) => {
                let right = value.get_ref().as_integer().is_some_and(|number| number.as_str() == FORMAT);
                if !right {
                    let at = value.span().start;
                    self.wrong(
                        at,
                        format!("this program reads keymaps of format {FORMAT}"),
                        Some(FORMAT.to_owned()),
                    );
                }
            }
        }
        let name = root.get("name").and_then(|value| self.words(value));
        let base =
            root.get("base").and_then(|value| self.words(value).map(|word| (value.span().start, word)));
        let from_nothing = match base {
            Some((_, word)) if word == NONE => true,
            Some((at, word)) if word != "default" => {
                let near = nearest(&word, ["default", NONE].into_iter());
                self.wrong(at, format!("no keymap to begin with is called \"{word}\""), near);
                false
            }
            _ => false,
        };
        (name, from_nothing)
    }

    fn words(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        let words = value.get_ref().as_str().map(str::to_owned);
        if words.is_none() {
            self.wrong(value.span().start, "words in quotation marks belong here".to_owned(), None);
        }
        words
    }

    fn scope(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, value: &Spanned<DeValue<'_>>) {
        let name = key.get_ref().as_ref();
        let Some(table) = value.get_ref().as_table() else {
            if !["format", "name", "base"].contains(&name) {
                let near = nearest(name, ["format", "name", "base"].into_iter());
                self.wrong(key.span().start, format!("no setting is called \"{name}\""), near);
            }
            return;
        };
        let Some(scope) = Scope::named(name) else {
            let near = nearest(name, Scope::all().map(Scope::name));
            self.wrong(key.span().start, format!("no scope is called \"{name}\""), near);
            return;
        };
        for (key, value) in table {
            let at = key.span().start;
            let keys = self.keys(scope, at, key.get_ref());
            let action = self.action(scope, value);
            let (Some(keys), Some(action)) = (keys, action) else { continue };
            if let Some(action) = action
                && let Some(message) = unsafe_key(&keys, action)
            {
                self.wrong(at, message, None);
            }
            self.entries.push(Entry { scope, keys, action, at });
        }
    }

    fn keys(&mut self, scope: Scope, at: usize, written: &str) -> Option<Vec<KeyPress>> {
        let mut keys = Vec::new();
        let mut readable = true;
        for word in written.split_ascii_whitespace() {
            match KeyPress::for_file(word) {
                Ok(press) => keys.push(press),
                Err(Unreadable::Unknown) => {
                    readable = false;
                    self.wrong(at, format!("no key is written \"{word}\""), near_key(word));
                }
                Err(Unreadable::CannotSend(instead)) => {
                    readable = false;
                    self.wrong(
                        at,
                        format!("not every terminal can send \"{word}\": it arrives as {instead}"),
                        None,
                    );
                }
            }
        }
        if keys.is_empty() && readable {
            self.wrong(at, "the key is empty; the space bar is written \"space\"".to_owned(), None);
            return None;
        }
        let first = keys.first().filter(|_| readable)?;
        if is_fixed(&keys) {
            self.wrong(
                at,
                format!("{} is the same in every keymap and cannot be changed", label(&keys)),
                None,
            );
            return None;
        }
        if scope.typing() == Typing::Text && first.text().is_some() {
            self.wrong(at, format!("{} types a character in \"{scope}\"", label(&keys)), None);
        }
        if keys.len() > 1 && keys.iter().any(|key| key.is_esc()) {
            self.wrong(at, "Esc always ends a sequence and cannot be part of one".to_owned(), None);
        }
        Some(keys)
    }

    /// `Some(None)` takes a binding away; `None` is a fault, already reported.
    #[allow(clippy::option_option)] // three answers, used by the one caller above
    fn action(&mut self, scope: Scope, value: &Spanned<DeValue<'_>>) -> Option<Option<Action>> {
        let at = value.span().start;
        let name = self.words(value)?;
        if name == NONE {
            return Some(None);
        }
        let Some(action) = Action::named(&name) else {
            let near = nearest(&name, Action::all().map(Action::name));
            self.wrong(at, format!("no action is called \"{name}\""), near);
            return None;
        };
        if !action.allowed_in(scope) {
            let places: Vec<&str> = action.scopes().iter().map(|scope| scope.name()).collect();
            let message = format!("\"{name}\" does not work in \"{scope}\", only in {}", places.join(", "));
            self.wrong(at, message, None);
            return None;
        }
        Some(Some(action))
    }

    fn duplicates(&mut self) {
        self.entries.sort_by_key(|entry| entry.at);
        let mut found = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let same = |other: &&Entry| other.scope == entry.scope && other.keys == entry.keys;
            if let Some(first) = self.entries[..index].iter().find(same) {
                let line = place(self.text, first.at).0;
                found.push((entry.at, format!("{} is bound already, on line {line}", label(&entry.keys))));
            }
        }
        for (at, message) in found {
            self.wrong(at, message, None);
        }
    }
}

/// Why this key may not run this action: plain letters write nothing, and no typed character edits or leaves (product.md 4).
fn unsafe_key(keys: &[KeyPress], action: Action) -> Option<String> {
    let typed = keys.iter().all(|key| key.text().is_some());
    let letters = typed && keys.iter().any(|key| key.is_letter());
    let refused = match action.kind() {
        Kind::Write | Kind::Text => typed,
        Kind::Rate | Kind::System => letters,
        Kind::Move | Kind::Open => false,
    };
    refused.then(|| format!("a plain key must not run \"{action}\"; use Ctrl, Alt or a function key"))
}

/// The nearest key to one that could not be read, each part of it corrected.
fn near_key(word: &str) -> Option<String> {
    let parts: Option<Vec<String>> = word
        .split('-')
        .map(|part| {
            let known = ["ctrl", "alt", "shift"].into_iter().chain(KeyPress::names());
            if part.chars().count() < 2 { Some(part.to_owned()) } else { nearest(part, known) }
        })
        .collect();
    parts.map(|parts| parts.join("-")).filter(|text| text != word && KeyPress::for_file(text).is_ok())
}

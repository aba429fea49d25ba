//! Reading a keymap file: TOML to a [`Keymap`], all checks made and reported at once.
//!
//! Owns the file's form (`format = 1`, `name`, `base`, one table per scope) and what can be said of one binding; what
//! can only be said of the whole map is in `whole`. A file with any fault changes nothing: the default is used.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::press::{KeyPress, Unreadable};
use super::report::{Report, nearest, place};
use super::table::{Deed, Keymap, is_fixed, label};
use super::whole;
use crate::tui::action::{Action, Kind, Scope, Typing};

/// The format of keymap files this program reads.
const FORMAT: &str = "1";
/// What is before the tables.
const SETTINGS: [&str; 5] = ["format", "name", "base", "modal", "numbered"];
/// The value that takes a binding away.
const NONE: &str = "none";

/// One line of a keymap file that could be read.
pub(super) struct Entry {
    pub(super) scope: Scope,
    pub(super) keys: Vec<KeyPress>,
    /// `None` takes the binding away.
    pub(super) deed: Option<Deed>,
    /// The state of the key in the file, in bytes.
    pub(super) at: usize,
}

/// Reads a person's keymap file over the default one.
///
/// A broken file never is in the way: the default map is given with the report to show.
pub fn load(text: &str) -> (Keymap, Option<Report>) {
    let default = Keymap::default_map();
    match read(text, &default) {
        Ok(keymap) => (keymap, None),
        Err(report) => (default, Some(report)),
    }
}

/// Every fault of a keymap file; an empty report when it is right.
#[cfg(test)]
pub(crate) fn check(text: &str) -> Report {
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
    let header = reading.header(root.get_ref());
    for (key, value) in root.get_ref() {
        reading.scope(key, value);
    }
    reading.duplicates();
    let base = if header.from_nothing { &Keymap::fixed_only("none") } else { default };
    let mut keymap = base.clone();
    for entry in &reading.entries {
        match &entry.deed {
            Some(deed) => keymap.bind(entry.scope, entry.keys.clone(), deed.clone()),
            None => keymap.unbind(entry.scope, &entry.keys),
        }
    }
    if let Some(name) = &header.name {
        keymap.rename(name);
    }
    keymap.set_ways(header.modal, header.numbered);
    if faults.is_empty() {
        whole::shadowed(&keymap, &reading.entries, text, &mut reading.report);
        whole::unreachable(&keymap, base, &reading.entries, text, &mut reading.report);
    }
    if reading.report.is_clean() { Ok(keymap) } else { Err(reading.report.sorted()) }
}

/// What is before the tables of a file.
struct Header {
    name: Option<String>,
    /// It begins with the fixed keys only.
    from_nothing: bool,
    modal: bool,
    numbered: bool,
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

    /// What is before the tables.
    fn header(&mut self, root: &DeTable<'_>) -> Header {
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
        Header { name, from_nothing, modal: self.flag(root, "modal"), numbered: self.flag(root, "numbered") }
    }

    fn flag(&mut self, root: &DeTable<'_>, name: &str) -> bool {
        let Some(value) = root.get(name) else { return false };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value.span().start, "true or false belongs here".to_owned(), None);
        }
        flag.unwrap_or_default()
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
            if !SETTINGS.contains(&name) {
                let near = nearest(name, SETTINGS.into_iter());
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
            let deed = self.deed(scope, value);
            let (Some(keys), Some(deed)) = (keys, deed) else { continue };
            let unsafe_act = deed.iter().flat_map(Deed::acts).find_map(|act| unsafe_key(scope, &keys, act));
            if let Some(message) = unsafe_act {
                self.wrong(at, message, None);
            }
            self.entries.push(Entry { scope, keys, deed, at });
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

    /// One act, or several in brackets: those are done one after the other, so they stay within a text.
    #[allow(clippy::option_option)] // as `action`
    fn deed(&mut self, scope: Scope, value: &Spanned<DeValue<'_>>) -> Option<Option<Deed>> {
        let Some(list) = value.get_ref().as_array() else {
            return self.action(scope, value).map(|action| action.map(Deed::from));
        };
        let mut acts = Vec::new();
        for value in list {
            let at = value.span().start;
            let Some(action) = self.action(scope, value)? else {
                self.wrong(at, format!("\"{NONE}\" cannot be one of several acts"), None);
                return None;
            };
            if action.kind() != Kind::Text && !matches!(action, Action::Undo | Action::Redo) {
                self.wrong(
                    at,
                    format!("\"{action}\" cannot be one of several acts, only acts in a text"),
                    None,
                );
            }
            acts.push(action);
        }
        let mut acts = acts.into_iter();
        let Some(first) = acts.next() else {
            self.wrong(value.span().start, "the brackets hold no act".to_owned(), None);
            return None;
        };
        Some(Some(Deed { first, then: acts.collect() }))
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
/// In the modes of a text letters are commands to the text, and only the text can be changed by them: see there.
fn unsafe_key(scope: Scope, keys: &[KeyPress], action: Action) -> Option<String> {
    let typed = keys.iter().all(|key| key.text().is_some());
    let letters = typed && keys.iter().any(|key| key.is_letter());
    let refused = match action.kind() {
        Kind::Text => typed && !scope.is_mode(),
        Kind::Write => typed && !(scope.is_mode() && matches!(action, Action::Undo | Action::Redo)),
        Kind::System if scope.is_mode() && keys.len() > 1 => false,
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

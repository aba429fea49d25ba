//! What can only be said of a whole keymap: sequences that hide keys, and whether help, lock, back and quit can be reached.

use std::collections::BTreeMap;

use super::load::Entry;
use super::press::KeyPress;
use super::report::Report;
use super::table::{Binding, Keymap, label};
use crate::tui::action::{Action, Scope};
use crate::tui::scope::chain;

/// Reports every key that begins a sequence bound in a scope where both are read.
pub(super) fn shadowed(keymap: &Keymap, entries: &[Entry], text: &str, report: &mut Report) {
    let bindings: Vec<Binding> = keymap.bindings().collect();
    for entry in entries.iter().filter(|entry| entry.deed.is_some()) {
        for other in &bindings {
            let together =
                chain(&[entry.scope]).contains(&other.scope) || chain(&[other.scope]).contains(&entry.scope);
            if !together || other.keys == entry.keys || over_normal(entry.scope, other.scope) {
                continue;
            }
            let longer = begins(&entry.keys, &other.keys);
            if longer || begins(&other.keys, &entry.keys) {
                let (short, long) =
                    if longer { (&entry.keys, &other.keys) } else { (&other.keys, &entry.keys) };
                let message = format!(
                    "{} begins the sequence {} and is bound itself (\"{}\" in \"{}\")",
                    label(short),
                    label(long),
                    other.action,
                    other.scope
                );
                report.add(text, entry.at, message, None);
            }
        }
    }
}

/// Visual mode lies over normal mode: there an operator is its own key, since what it works on is selected already.
fn over_normal(one: Scope, other: Scope) -> bool {
    matches!((one, other), (Scope::TextVisual, Scope::TextNormal) | (Scope::TextNormal, Scope::TextVisual))
}

fn begins(short: &[KeyPress], long: &[KeyPress]) -> bool {
    short.len() < long.len() && long.starts_with(short)
}

/// Reports every scope without a way to help, lock, back or quit, at the line that took the way.
pub(super) fn unreachable(
    keymap: &Keymap,
    base: &Keymap,
    entries: &[Entry],
    text: &str,
    report: &mut Report,
) {
    for action in [Action::Help, Action::Lock, Action::Back, Action::Quit] {
        let mut missing: BTreeMap<usize, Vec<&'static str>> = BTreeMap::new();
        for scope in Scope::all().filter(|scope| needed(action, *scope)) {
            if keymap.keys_for(action, &[scope]).is_empty() {
                let at = taken_by(action, scope, base, entries).map_or(0, |entry| entry.at);
                missing.entry(at).or_default().push(scope.name());
            }
        }
        for (at, scopes) in missing {
            let places = scopes.join(", ");
            report.add(text, at, format!("no key runs \"{action}\" any more in {places}"), None);
        }
    }
}

/// Help and lock everywhere but where nobody is signed in; quit everywhere; back wherever there is one.
fn needed(action: Action, scope: Scope) -> bool {
    match action {
        Action::Help | Action::Lock => !scope.signed_out(),
        Action::Back => !matches!(scope, Scope::SignIn | Scope::Lock),
        _ => true,
    }
}

/// The line of the file that took the key which ran the action in the keymap below.
fn taken_by<'a>(action: Action, scope: Scope, base: &Keymap, entries: &'a [Entry]) -> Option<&'a Entry> {
    let scopes = chain(&[scope]);
    let ran: Vec<Vec<KeyPress>> = base
        .bindings()
        .filter(|binding| binding.action == action && scopes.contains(&binding.scope))
        .map(|binding| binding.keys)
        .collect();
    entries.iter().find(|entry| {
        let took = ran.iter().any(|keys| *keys == entry.keys || entry.keys.starts_with(keys));
        took && scopes.contains(&entry.scope)
    })
}

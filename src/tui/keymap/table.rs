//! The table of bindings, and looking a key up in it: innermost scope first, sequences without a time limit.

use std::collections::BTreeMap;

use super::fixed::FIXED;
use super::press::{Code, KeyPress, Named};
use crate::tui::action::{Action, Scope, Typing};
use crate::tui::scope::chain;

/// What the pressed keys mean here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Run this; nothing stays pending.
    Run(Action),
    /// The keys so far begin a sequence: what can follow, with the help line of each. Keep them pending; Esc clears.
    Prefix(Vec<(KeyPress, &'static str)>),
    /// A character for the text or find line of the innermost scope.
    Text(char),
    /// Nothing here; clear what is pending.
    Nothing,
}

/// One binding, as `show`, hints and help read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Where.
    pub scope: Scope,
    /// The keys pressed one after the other; one for nearly all.
    pub keys: Vec<KeyPress>,
    /// What they run.
    pub action: Action,
    /// Whether it stands in every keymap and cannot be changed.
    pub fixed: bool,
}

/// A whole keymap: the fixed keys and those of one keymap file (or of several, each over the one before).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    name: String,
    bound: BTreeMap<Scope, BTreeMap<Vec<KeyPress>, Action>>,
}

impl Keymap {
    /// A keymap of the fixed keys only.
    pub(super) fn fixed_only(name: &str) -> Keymap {
        let mut keymap = Keymap { name: name.to_owned(), bound: BTreeMap::new() };
        for (scope, keys) in FIXED {
            for (named, shift, action) in *keys {
                keymap.bind(*scope, vec![fixed_press(*named, *shift)], *action);
            }
        }
        keymap
    }

    pub(super) fn bind(&mut self, scope: Scope, keys: Vec<KeyPress>, action: Action) {
        self.bound.entry(scope).or_default().insert(keys, action);
    }

    pub(super) fn unbind(&mut self, scope: Scope, keys: &[KeyPress]) {
        if let Some(table) = self.bound.get_mut(&scope) {
            table.remove(keys);
        }
    }

    pub(super) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// The keymap's name: `default`, or what its file calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every binding, by scope and key.
    pub fn bindings(&self) -> impl Iterator<Item = Binding> + '_ {
        self.bound.iter().flat_map(|(scope, table)| {
            table.iter().map(|(keys, action)| Binding {
                scope: *scope,
                keys: keys.clone(),
                action: *action,
                fixed: is_fixed(keys),
            })
        })
    }

    /// What the pressed keys mean in these scopes, innermost first; `pending` ends with the key just pressed.
    ///
    /// In a scope that takes text a printable key is always text. While signed out only acts declared for it run.
    /// There is no time limit: the same keys mean the same however slowly they come.
    pub fn lookup(&self, scopes: &[Scope], pending: &[KeyPress]) -> Lookup {
        let (Some(last), Some(innermost)) = (pending.last(), scopes.first()) else { return Lookup::Nothing };
        let alone = pending.len() == 1;
        if alone
            && innermost.typing() == Typing::Text
            && let Some(c) = last.text()
        {
            return Lookup::Text(c);
        }
        if !alone && last.is_esc() {
            return Lookup::Nothing;
        }
        let signed_out = scopes.iter().find(|scope| scope.signed_out());
        let mut following: BTreeMap<KeyPress, &'static str> = BTreeMap::new();
        for scope in chain(scopes) {
            let Some(table) = self.bound.get(&scope) else { continue };
            let runs = |action: Action| signed_out.is_none_or(|scope| action.allowed_signed_out(*scope));
            if following.is_empty()
                && let Some(action) = table.get(pending).copied().filter(|action| runs(*action))
            {
                return Lookup::Run(action);
            }
            for (keys, action) in
                table.iter().filter(|(keys, action)| keys.starts_with(pending) && runs(**action))
            {
                if let Some(next) = keys.get(pending.len()) {
                    let deeper = keys.len() > pending.len() + 1;
                    following.entry(*next).or_insert(if deeper { "more keys" } else { action.help() });
                }
            }
        }
        if !following.is_empty() {
            return Lookup::Prefix(following.into_iter().collect());
        }
        match last.text() {
            Some(c) if alone && innermost.typing() == Typing::Seek => Lookup::Text(c),
            _ => Lookup::Nothing,
        }
    }

    /// The keys that run an action in these scopes, as people read them, the one to teach first: those every terminal
    /// sends before shifted arrows, and those with a letter to remember before function keys and the space bar.
    ///
    /// A key that a nearer scope takes for something else, or that would type a character there, is left out.
    pub fn keys_for(&self, action: Action, scopes: &[Scope]) -> Vec<String> {
        let mut found: Vec<(bool, bool, usize, String)> = Vec::new();
        for scope in chain(scopes) {
            for (keys, bound) in self.bound.get(&scope).into_iter().flatten() {
                let reaches = *bound == action && self.lookup(scopes, keys) == Lookup::Run(action);
                if reaches && self.begins(scopes, keys) {
                    let label = label(keys);
                    let rare = keys.iter().any(|key| key.is_modified_motion());
                    let function = keys.iter().any(|key| key.is_function() || key.text() == Some(' '));
                    found.push((rare, function, keys.len(), label));
                }
            }
        }
        found.sort_by_key(|(rare, function, len, _)| (*rare, *function, *len));
        let mut labels: Vec<String> = found.into_iter().map(|(.., label)| label).collect();
        labels.dedup();
        labels
    }

    /// Whether each key of a sequence but the last leaves the sequence pending.
    fn begins(&self, scopes: &[Scope], keys: &[KeyPress]) -> bool {
        (1..keys.len()).all(|len| matches!(self.lookup(scopes, &keys[..len]), Lookup::Prefix(_)))
    }
}

/// A sequence as people read it: `Ctrl-K`, `g g`.
pub(super) fn label(keys: &[KeyPress]) -> String {
    keys.iter().map(|key| key.label()).collect::<Vec<_>>().join(" ")
}

/// Whether a sequence is one of the keys that cannot be changed.
pub(super) fn is_fixed(keys: &[KeyPress]) -> bool {
    let [only] = keys else { return false };
    FIXED
        .iter()
        .flat_map(|(_, keys)| keys.iter())
        .any(|(named, shift, _)| fixed_press(*named, *shift) == *only)
}

fn fixed_press(named: Named, shift: bool) -> KeyPress {
    KeyPress { code: Code::Named(named), ctrl: false, alt: false, shift }
}

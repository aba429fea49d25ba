//! The table of bindings, and looking a key up in it: innermost scope first, sequences without a time limit.

use std::collections::{BTreeMap, BTreeSet};

use super::fixed::FIXED;
use super::press::{Code, KeyPress, Named};
use crate::tui::action::{Action, Scope, Typing};
use crate::tui::scope::chain;

/// What the pressed keys mean here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Run this; nothing stays pending.
    Run(Action),
    /// Run these one after the other: a command made of several acts, or one with a count before it.
    Each(Vec<Action>),
    /// Open the line of this number, from 1, of the list that is shown.
    Line(usize),
    /// The keys so far begin a sequence: what can follow, with the help line of each. Keep them pending; Esc clears.
    Prefix(Vec<(KeyPress, String)>),
    /// A character for the text or find line of the innermost scope.
    Text(char),
    /// Nothing here; clear what is pending.
    Nothing,
}

/// One binding, as `show`, hints and help read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    pub scope: Scope,
    /// The keys pressed one after the other; one for nearly all.
    pub keys: Vec<KeyPress>,
    /// What they run.
    pub action: Action,
    /// What they run after it, for commands made of several acts.
    pub then: Vec<Action>,
    /// Whether it is in every keymap and cannot be changed.
    pub fixed: bool,
}

/// A whole keymap: the fixed keys and those of one keymap file (or of several, each over the one before).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    name: String,
    modal: bool,
    numbered: bool,
    bound: BTreeMap<Scope, BTreeMap<Vec<KeyPress>, Deed>>,
    /// The same the other way round, for what is one act: hints ask for it at each frame.
    keys: BTreeMap<(Scope, Action), BTreeSet<Vec<KeyPress>>>,
}

/// What a key runs: an act, and nearly always nothing after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deed {
    pub(super) first: Action,
    pub(super) then: Vec<Action>,
}

impl From<Action> for Deed {
    fn from(first: Action) -> Self {
        Self { first, then: Vec::new() }
    }
}

impl Deed {
    /// Every act of it.
    pub(super) fn acts(&self) -> impl Iterator<Item = Action> + '_ {
        std::iter::once(self.first).chain(self.then.iter().copied())
    }

    /// What it does, in words: "Cut to the end of the word, then write".
    pub(super) fn help(&self) -> String {
        let mut words = self.first.help().to_owned();
        for act in &self.then {
            let selected = words.strip_prefix("Select ").map(str::to_owned);
            words = match (act, selected) {
                (Action::Cut, Some(what)) => format!("Cut {what}"),
                (Action::Copy, Some(what)) => format!("Copy {what}"),
                (Action::Unselect | Action::UnselectToStart, _) => words,
                (Action::InsertMode, _) => format!("{words}, then write"),
                _ => {
                    let help = act.help();
                    let small = help.chars().next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
                    format!("{words}, {small}{}", help.chars().skip(1).collect::<String>())
                }
            };
        }
        words
    }
}

/// More than this nobody counts; it keeps a slip of the hand from doing something a million times.
const MOST: usize = 999;

impl Keymap {
    /// A keymap of the fixed keys only.
    pub(super) fn fixed_only(name: &str) -> Keymap {
        let mut keymap = Keymap {
            name: name.to_owned(),
            modal: false,
            numbered: false,
            bound: BTreeMap::new(),
            keys: BTreeMap::new(),
        };
        for (scope, keys) in FIXED {
            for (named, shift, action) in *keys {
                keymap.bind(*scope, vec![fixed_press(*named, *shift)], (*action).into());
            }
        }
        keymap
    }

    pub(super) fn bind(&mut self, scope: Scope, keys: Vec<KeyPress>, deed: Deed) {
        self.unbind(scope, &keys);
        if deed.then.is_empty() {
            self.keys.entry((scope, deed.first)).or_default().insert(keys.clone());
        }
        self.bound.entry(scope).or_default().insert(keys, deed);
    }

    pub(super) fn unbind(&mut self, scope: Scope, keys: &[KeyPress]) {
        let Some(deed) = self.bound.get_mut(&scope).and_then(|table| table.remove(keys)) else { return };
        if let Some(same) = self.keys.get_mut(&(scope, deed.first)) {
            same.remove(keys);
        }
    }

    pub(super) fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    pub(super) fn set_ways(&mut self, modal: bool, numbered: bool) {
        (self.modal, self.numbered) = (modal, numbered);
    }

    /// Whether the lines of lists have numbers: one types the number, then Enter.
    pub fn is_numbered(&self) -> bool {
        self.numbered
    }

    /// Whether texts have modes in it: keys are commands until one says that one wants to write.
    pub fn is_modal(&self) -> bool {
        self.modal
    }

    /// The keymap's name: `default`, or what its file calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every binding, by scope and key.
    pub fn bindings(&self) -> impl Iterator<Item = Binding> + '_ {
        self.bound.iter().flat_map(|(scope, table)| {
            table.iter().map(|(keys, deed)| Binding {
                scope: *scope,
                keys: keys.clone(),
                action: deed.first,
                then: deed.then.clone(),
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
        if innermost.is_mode() {
            return self.counted(scopes, pending);
        }
        if self.numbered
            && innermost.is_list()
            && let Some(found) = self.line(scopes, pending)
        {
            return found;
        }
        match self.find(scopes, pending) {
            Lookup::Nothing if alone && matches!(innermost.typing(), Typing::Seek | Typing::Answer) => {
                last.text().map_or(Lookup::Nothing, Lookup::Text)
            }
            found => found,
        }
    }

    /// A line by its number, where no digit means anything else: digits, then Enter.
    fn line(&self, scopes: &[Scope], pending: &[KeyPress]) -> Option<Lookup> {
        let digits = pending.iter().map_while(|press| press.text().and_then(|c| c.to_digit(10)));
        let digits: Vec<usize> = digits.map(|digit| digit as usize).collect();
        let number = digits.iter().fold(0, |sum: usize, digit| (sum * 10 + digit).min(MOST));
        if number == 0 || self.find(scopes, &pending[..1]) != Lookup::Nothing {
            return None;
        }
        Some(match pending[digits.len()..] {
            [] => Lookup::Prefix(vec![(fixed_press(Named::Enter, false), format!("Open line {number}"))]),
            [enter] if enter.bare() == Some(Named::Enter) => Lookup::Line(number),
            _ => Lookup::Nothing,
        })
    }

    /// Commands made of several acts that work in these scopes and are bound in this one, with what they do.
    pub fn commands(&self, scope: Scope, scopes: &[Scope]) -> Vec<(String, String)> {
        let several = self.bound.get(&scope).into_iter().flatten().filter(|(_, deed)| !deed.then.is_empty());
        let works =
            several.filter(|(keys, deed)| self.lookup(scopes, keys) == Lookup::Each(deed.acts().collect()));
        works.map(|(keys, deed)| (label(keys), deed.help())).collect()
    }

    /// As `find`, in a mode of a text: digits before a command or within it say how often its first act is done.
    fn counted(&self, scopes: &[Scope], pending: &[KeyPress]) -> Lookup {
        let (mut keys, mut count, mut open) = (Vec::new(), 1_usize, 0_usize);
        for press in pending {
            match press.text().and_then(|c| c.to_digit(10)) {
                Some(digit) if digit > 0 || open > 0 => open = (open * 10 + digit as usize).min(MOST),
                _ => {
                    count = (count * open.max(1)).min(MOST);
                    open = 0;
                    keys.push(*press);
                }
            }
        }
        if open > 0 {
            // A digit came last: what can follow is what could have come in its place.
            let next = if keys.is_empty() { Lookup::Prefix(Vec::new()) } else { self.find(scopes, &keys) };
            return if matches!(next, Lookup::Prefix(_)) { next } else { Lookup::Nothing };
        }
        match self.find(scopes, &keys) {
            Lookup::Run(action) if count > 1 => Lookup::Each(vec![action; count]),
            Lookup::Each(acts) if count > 1 => {
                let again = std::iter::repeat_n(acts[0], count - 1);
                Lookup::Each(again.chain(acts.iter().copied()).collect())
            }
            found => found,
        }
    }

    /// What is bound: the nearest scope first, and nothing behind the beginning of a sequence of a nearer one.
    fn find(&self, scopes: &[Scope], pending: &[KeyPress]) -> Lookup {
        let signed_out = scopes.iter().find(|scope| scope.signed_out());
        // In a mode letters are commands to the text; what they mean around it would be a surprise.
        let of_mode = scopes.first().is_some_and(|scope| scope.is_mode())
            && pending.first().is_some_and(|press| press.text().is_some());
        // Where something is asked, a blank or a question mark belongs to the answer: it opens neither menu nor help.
        let of_answer = scopes.first().is_some_and(|scope| scope.asks())
            && pending.first().is_some_and(|press| press.text().is_some());
        let counts =
            |scope: &Scope| (!of_mode || scope.is_mode()) && !(of_answer && *scope == Scope::Everywhere);
        let mut following: BTreeMap<KeyPress, String> = BTreeMap::new();
        for scope in chain(scopes).into_iter().filter(counts) {
            let Some(table) = self.bound.get(&scope) else { continue };
            let runs = |deed: &Deed| {
                signed_out.is_none_or(|scope| deed.acts().all(|act| act.allowed_signed_out(*scope)))
            };
            if following.is_empty()
                && let Some(deed) = table.get(pending).filter(|deed| runs(deed))
            {
                let one = deed.then.is_empty();
                return if one { Lookup::Run(deed.first) } else { Lookup::Each(deed.acts().collect()) };
            }
            for (keys, deed) in table.iter().filter(|(keys, deed)| keys.starts_with(pending) && runs(deed)) {
                if let Some(next) = keys.get(pending.len()) {
                    let deeper = keys.len() > pending.len() + 1;
                    let words = || if deeper { "more keys".to_owned() } else { deed.help() };
                    following.entry(*next).or_insert_with(words);
                }
            }
        }
        if following.is_empty() { Lookup::Nothing } else { Lookup::Prefix(following.into_iter().collect()) }
    }

    /// The keys that run an action in these scopes, as people read them, the one to teach first: those every terminal
    /// sends before shifted arrows, one key before several, and those with a letter to remember before function keys and
    /// the space bar.
    ///
    /// A key that a nearer scope takes for something else, or that would type a character there, is left out.
    pub fn keys_for(&self, action: Action, scopes: &[Scope]) -> Vec<String> {
        let mut found: Vec<(bool, bool, usize, String)> = Vec::new();
        for scope in chain(scopes) {
            for keys in self.keys.get(&(scope, action)).into_iter().flatten() {
                let reaches = self.lookup(scopes, keys) == Lookup::Run(action);
                if reaches && self.begins(scopes, keys) {
                    let label = label(keys);
                    let rare = keys.iter().any(|key| key.is_modified_motion());
                    let function = keys.iter().any(|key| key.is_function() || key.text() == Some(' '));
                    found.push((rare, function, keys.len(), label));
                }
            }
        }
        found.sort_by_key(|(rare, function, len, _)| (*rare, *len, *function));
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

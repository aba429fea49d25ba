//! The settings that are found by words, each with the form it is in.
//!
//! Owns the table. What a setting means is the form's.

use super::action::Action;
use super::facts::Cx;
use super::widgets::narrow::{Fit, fit};

/// A setting.
#[derive(Debug)]
pub struct Setting {
    /// What opens its form.
    pub form: Action,
    /// Its field there.
    pub field: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// The other words that people look for it by.
    pub words: &'static str,
}

const fn setting(form: Action, field: &'static str, name: &'static str, words: &'static str) -> Setting {
    Setting { form, field, name, words }
}

/// Every setting.
static SETTINGS: [Setting; 10] = [
    setting(
        Action::AgencyRules,
        "help1",
        "Help now: whom to call, on the lock screen",
        "crisis line hotline emergency on call hospital agency",
    ),
    setting(
        Action::AgencyRules,
        "lock",
        "Lock after minutes without a key",
        "lock after time idle timeout time out sign out log out automatically automatic inactivity agency",
    ),
    setting(
        Action::AgencyRules,
        "veil",
        "Names on everyone's lists, or initials",
        "veil hide names privacy anonymous agency",
    ),
    setting(
        Action::AgencyRules,
        "access",
        "Hours for which a reason opens a chart",
        "access hours reason lasts break glass agency",
    ),
    setting(Action::AgencyRules, "paper", "Size of paper", "letter a4 paper size print page format agency"),
    setting(
        Action::AgencyRules,
        "programs",
        "The agency's programs",
        "program add new rename outpatient residential agency",
    ),
    setting(
        Action::Settings,
        "theme",
        "Your theme",
        "theme colour color colors dark light mono contrast background",
    ),
    setting(Action::Settings, "keymap", "Your keymap", "keymap keys keyboard vim emacs listman shortcuts"),
    setting(Action::Settings, "veil", "Names on your lists, or initials", "veil hide names privacy mine"),
    setting(Action::Settings, "sort", "The order of your people", "sort order people alphabetical pressing"),
];

impl Setting {
    /// How well it fits what was typed; not by the middle of a word, which may be anything.
    pub fn fit(&self, typed: &str) -> Option<Fit> {
        fit(typed, [self.name, self.words, ""]).filter(|fit| *fit < Fit::Within)
    }
}

/// The settings that fit what was typed, of those that may be changed. None before anything is typed.
pub fn found(typed: &str, cx: &Cx) -> Vec<(Fit, &'static Setting)> {
    let mine = SETTINGS.iter().filter(|setting| !typed.trim().is_empty() && cx.may_do(setting.form));
    mine.filter_map(|setting| Some((setting.fit(typed)?, setting))).collect()
}

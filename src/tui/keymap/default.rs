//! The keymaps in the binary.

use super::load;
use super::table::Keymap;

/// The text of the default keymap.
pub(super) const TEXT: &str = include_str!("../../../keymaps/default.toml");

/// The keymaps that ship beside the default one: name, what it is, text.
pub(super) const OTHERS: [(&str, &str, &str); 3] = [
    (
        "vim",
        "as vim, with normal, insert and visual mode in texts",
        include_str!("../../../keymaps/vim.toml"),
    ),
    ("emacs", "as emacs", include_str!("../../../keymaps/emacs.toml")),
    (
        "listman",
        "as numbered clinical terminals: a line by its number, F1 before the keys of a text",
        include_str!("../../../keymaps/listman.toml"),
    ),
];

impl Keymap {
    /// The names of the keymaps in the binary, each with what it is; the default one first.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        let others = OTHERS.iter().map(|(name, what, _)| (*name, *what));
        std::iter::once(("default", "for people who know no other program's keys")).chain(others)
    }

    /// The keymap of this name in the binary.
    pub fn named(name: &str) -> Option<Keymap> {
        if name == "default" {
            return Some(Self::default_map());
        }
        let (.., text) = OTHERS.iter().find(|(known, ..)| *known == name)?;
        load::read(text, &Self::default_map()).ok()
    }

    /// The default keymap. A test holds that its file has no fault, so that what is here is all of it.
    pub fn default_map() -> Keymap {
        let fixed = Keymap::fixed_only("default");
        load::read(TEXT, &fixed).unwrap_or(fixed)
    }
}

//! The keymap in the binary.

use super::load;
use super::table::Keymap;

/// The text of the default keymap.
pub(super) const TEXT: &str = include_str!("../../../keymaps/default.toml");

impl Keymap {
    /// The default keymap. A test holds that its file has no fault, so that what stands here is all of it.
    pub fn default_map() -> Keymap {
        let fixed = Keymap::fixed_only("default");
        load::read(TEXT, &fixed).unwrap_or(fixed)
    }
}

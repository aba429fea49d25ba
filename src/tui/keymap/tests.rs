use super::*;
use crate::tui::action::{Action, Kind, Menu, Scope};
use crate::tui::scope::chain;

#[test]
fn the_default_file_has_no_fault() {
    assert_eq!(super::load::check(super::default::TEXT).render("default.toml"), "");
    assert_eq!(Keymap::default_map().name(), "default");
    assert!(Keymap::default_map().bindings().count() > 150);
}

use super::*;
use crate::tui::keymap::Keymap;
use crate::tui::scope::chain;
use std::collections::{HashMap, HashSet};

#[test]
fn every_action_stands_where_its_number_says() {
    for (index, entry) in TABLE.iter().enumerate() {
        assert_eq!(entry.action as usize, index);
        assert_eq!(Action::named(entry.name), Some(entry.action));
    }
    for scope in Scope::all() {
        assert_eq!(Scope::named(scope.name()), Some(scope));
    }
    assert_eq!(Action::Dimension7.dimension(), Some(7));
    assert_eq!(Action::Rate4.severity(), Some(4));
    assert_eq!(Action::Whole.dimension(), None);
}

#[test]
fn names_and_help_lines_are_well_formed() {
    let mut names = HashSet::new();
    let mut helps = HashSet::new();
    for action in Action::all() {
        let (name, help) = (action.name(), action.help());
        assert!(names.insert(name), "{name} twice");
        assert!(helps.insert(help), "\"{help}\" twice");
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(name.chars().all(kebab) && !name.starts_with('-') && !name.ends_with('-'), "{name}");
        assert!(!help.is_empty() && help.chars().count() < 60, "{name}: {help}");
        assert!(help.starts_with(char::is_uppercase) && !help.ends_with('.'), "{name}: {help}");
        assert!(!action.scopes().is_empty(), "{name}");
        assert!(name != "none", "the word that takes a binding away");
    }
}

#[test]
fn what_is_no_motion_and_no_editing_has_words_to_find_it_by() {
    let sought = |action: &Action| {
        let kind = !matches!(action.kind(), Kind::Text | Kind::Rate);
        let whole = |scope: &Scope| {
            !scope.signed_out()
                && !matches!(scope, Scope::Form | Scope::Prompt | Scope::Confirm | Scope::NoteText)
        };
        kind && action.menu().is_listed() && action.scopes().iter().any(whole)
    };
    for action in Action::all().filter(sought).filter(|action| *action != Action::Palette) {
        assert!(!action.words().is_empty(), "{action}");
    }
}

#[test]
fn every_action_is_in_the_menu_or_has_a_key_that_is_no_function_key() {
    let keymap = Keymap::default_map();
    for action in Action::all().filter(|action| action.menu() == Menu::No) {
        let plain = keymap.bindings().any(|binding| {
            let scopes = [binding.scope];
            binding.action == action
                && binding.keys.iter().all(|key| !key.label().starts_with('F') || key.label().len() == 1)
                && keymap.keys_for(action, &scopes).contains(&binding.keys[0].label())
        });
        assert!(plain, "{action} can only be reached by a function key, or not at all");
    }
}

#[test]
fn every_action_can_be_reached_in_every_scope_it_is_for() {
    let keymap = Keymap::default_map();
    for action in Action::all().filter(|action| action.menu() != Menu::Keymap) {
        for scope in action.scopes() {
            let key = !keymap.keys_for(action, &[*scope]).is_empty();
            let menu = action.menu().is_listed() && menu_of(&[*scope]).contains(&action);
            assert!(key || menu, "{action} in {scope}");
        }
    }
}

#[test]
fn shift_and_ctrl_arrows_have_a_twin() {
    let keymap = Keymap::default_map();
    let mut keys: HashMap<(Scope, Action), Vec<bool>> = HashMap::new();
    for binding in keymap.bindings() {
        let rare = binding.keys.iter().any(|key| key.is_modified_motion());
        keys.entry((binding.scope, binding.action)).or_default().push(rare);
    }
    for ((scope, action), rare) in keys {
        // Selecting has Ctrl-Space and the menu's "Begin or end selecting", after which the plain motions select; a
        // paragraph up or down is reached with plain arrows.
        let twin = action.menu().is_listed()
            || action.name().starts_with("select-")
            || matches!(action, Action::ParagraphUp | Action::ParagraphDown);
        assert!(twin || !rare.contains(&true), "{action} in {scope} is not in the menu");
        assert!(twin || rare.contains(&false), "{action} in {scope} needs a key every terminal sends");
    }
    assert_eq!(Action::SelectMark.menu(), Menu::Yes);
}

#[test]
fn menu_letters_are_unique_where_they_meet() {
    for scope in Scope::all() {
        let mut taken = HashMap::new();
        for action in menu_of(&[scope]) {
            if let Menu::Letter(letter) = action.menu()
                && let Some(other) = taken.insert(letter, action)
            {
                panic!("{letter} is {other} and {action} in {scope}");
            }
        }
        assert!(menu_of(&[scope]).is_empty() == scope.signed_out(), "{scope}");
        assert_eq!(chain(&[scope]).last(), Some(&Scope::Everywhere));
    }
}

#[test]
fn the_menu_shows_the_room_before_the_program() {
    let menu = menu_of(&[Scope::Plan, Scope::Chart]);
    let at = |action| menu.iter().position(|one| *one == action).unwrap();
    assert!(at(Action::AddBelow) < at(Action::RaiseNeed));
    assert!(at(Action::RaiseNeed) < at(Action::Quit));
    assert!(!menu.contains(&Action::AddStaff));
}

//! The keys that work in every keymap and cannot be unbound: arrows, PgUp/PgDn, Home/End, Tab, Enter, Esc (product.md 4).

use super::press::Named;
use crate::tui::action::{Action, Scope};

/// A key, whether with shift, and what it means.
type Row = (Named, bool, Action);

/// Every fixed key with its meaning, for the scopes that have one of their own; the rest have that of `Everywhere`.
pub(super) const FIXED: &[(Scope, &[Row])] = &[
    (
        Scope::Everywhere,
        &[
            (Named::Up, false, Action::Up),
            (Named::Down, false, Action::Down),
            (Named::Left, false, Action::Left),
            (Named::Right, false, Action::Right),
            (Named::PageUp, false, Action::PageUp),
            (Named::PageDown, false, Action::PageDown),
            (Named::Home, false, Action::First),
            (Named::End, false, Action::Last),
            (Named::Enter, false, Action::Open),
            (Named::Tab, false, Action::NextLeaf),
            (Named::Tab, true, Action::PrevLeaf),
            (Named::Esc, false, Action::Back),
        ],
    ),
    (Scope::Home, TRACE),
    (Scope::Today, &[(Named::Left, false, Action::PrevDay), (Named::Right, false, Action::NextDay)]),
    (Scope::Week, &[(Named::Left, false, Action::PrevWeek), (Named::Right, false, Action::NextWeek)]),
    (Scope::Dimension, TRACE),
    (Scope::Overview, TRACE),
    (Scope::Priorities, TRACE),
    (Scope::Plan, TRACE),
    (Scope::Review, TRACE),
    (Scope::Discharge, TRACE),
    (Scope::Safety, TRACE),
    (Scope::Contract, TRACE),
    (Scope::Notes, TRACE),
    (Scope::Staff, TRACE),
    (Scope::List, TRACE),
    (Scope::Grid, &[(Named::Enter, false, Action::EditWords)]),
    (Scope::SignIn, FIELDS_THEN_SUBMIT),
    (Scope::Lock, FIELDS_THEN_SUBMIT),
    (Scope::Setup, FIELDS_THEN_SUBMIT),
    (Scope::Prompt, FIELDS_THEN_SUBMIT),
    (
        Scope::Form,
        &[
            (Named::Tab, false, Action::NextField),
            (Named::Tab, true, Action::PrevField),
            (Named::Down, false, Action::NextField),
            (Named::Up, false, Action::PrevField),
            (Named::Enter, false, Action::Choose),
        ],
    ),
    (Scope::Confirm, &[(Named::Enter, false, Action::Choose)]),
    (Scope::Message, &[(Named::Enter, false, Action::Back), (Named::Left, false, Action::Back)]),
    (
        Scope::FieldText,
        &[
            (Named::Left, false, Action::TextLeft),
            (Named::Right, false, Action::TextRight),
            (Named::Home, false, Action::LineStart),
            (Named::End, false, Action::LineEnd),
        ],
    ),
    (
        Scope::NoteText,
        &[
            (Named::Up, false, Action::TextUp),
            (Named::Down, false, Action::TextDown),
            (Named::Left, false, Action::TextLeft),
            (Named::Right, false, Action::TextRight),
            (Named::PageUp, false, Action::TextPageUp),
            (Named::PageDown, false, Action::TextPageDown),
            (Named::Home, false, Action::LineStart),
            (Named::End, false, Action::LineEnd),
            (Named::Enter, false, Action::Newline),
            (Named::Tab, false, Action::TabOn),
            (Named::Tab, true, Action::TabBack),
        ],
    ),
    // Behind the modes lies the text; these two would write there.
    (Scope::TextNormal, &[(Named::Enter, false, Action::TextDown), (Named::Tab, false, Action::NextSection)]),
];

const TRACE: &[Row] = &[(Named::Right, false, Action::Unfold), (Named::Left, false, Action::Fold)];

const FIELDS_THEN_SUBMIT: &[Row] = &[
    (Named::Tab, false, Action::NextField),
    (Named::Tab, true, Action::PrevField),
    (Named::Down, false, Action::NextField),
    (Named::Up, false, Action::PrevField),
    (Named::Enter, false, Action::Submit),
];

//! What the list of people says while nobody is on it.

use super::Home;
use crate::service::api::Whose;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;

pub(super) fn words(home: &Home, cx: &Cx) -> Vec<String> {
    if home.find.is_some() {
        let mut lines = vec![
            "Nobody matches.".to_owned(),
            String::new(),
            "Type names in any order, a record number or a birth date. Press Esc to go back to the list."
                .to_owned(),
        ];
        if cx.signed_in.as_ref().is_some_and(|session| session.people.whose != Whose::All) {
            let key = cx.key(Action::ChooseShown, Scope::Home);
            let whose = if cx.whose() == Whose::Team { "your team's people" } else { "your own people" };
            lines.push(format!("Only {whose} were searched. Press Esc, then {key} to search all people."));
        }
        return lines;
    }
    let mut lines = vec![
        if cx.reads_charts() {
            "This page lists the people you work with, most pressing first.".to_owned()
        } else {
            "This page lists the people of the agency, by name.".to_owned()
        },
        String::new(),
        format!(
            "Press {} to register a person, or {} to show all people, also those imported from another system.",
            cx.key(Action::RegisterPerson, Scope::Home),
            cx.key(Action::ChooseShown, Scope::Home),
        ),
    ];
    if cx.may_do(Action::AddStaff) {
        let key = cx.key(Action::Palette, Scope::Home);
        lines.push(format!(
            "To add your colleagues, press {key} and type \"staff\". For the agency's rules and what Help now says, \
             type \"rules\"."
        ));
    }
    lines
}

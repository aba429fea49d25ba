//! The way to an act of another page: what opens its page, what is done first there, and by which key.
//!
//! Owns which pages can be gone to from anywhere. It must not know what a page shows.

use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

/// Goes to the page of an act, where that is a page of its own, and does what needs no line of it; else tells the way.
pub(super) fn go(act: Action, from: &[Scope], cx: &Cx) -> Vec<Step> {
    let scope = act.scopes()[0];
    let key = cx.keymap.keys_for(act, &[scope]).into_iter().next();
    let key = key.unwrap_or_else(|| cx.key(Action::ActionsMenu, scope));
    let (said, then) = if needs_no_line(act) {
        (String::new(), vec![Step::Run(act)])
    } else {
        let first = first_there(scope, cx);
        (format!("{first}, then press {key}: {}.", label(act, cx)), Vec::new())
    };
    let there = match scope {
        Scope::Today | Scope::Due => Step::Leaf(scope, said),
        _ => match page_of(scope) {
            Some(page) => Step::Page(page, said),
            None => return vec![Step::Say(way(act, from, cx))],
        },
    };
    std::iter::once(there).chain(then).collect()
}

/// Where an act of another page is done, and by which key.
fn way(act: Action, from: &[Scope], cx: &Cx) -> String {
    let scope = act.scopes()[0];
    let key = cx.keymap.keys_for(act, &[scope]).into_iter().next();
    let key = key.unwrap_or_else(|| cx.key(Action::ActionsMenu, scope));
    let page = scope.title();
    match is_of_chart(scope) && !from.iter().any(|scope| is_of_chart(*scope)) {
        true if scope == Scope::Chart => format!("Open the person's chart first, then press {key}."),
        true => format!("Open the person's chart first, go to \"{page}\", then press {key}."),
        false => format!("Go to \"{page}\" first, then press {key}."),
    }
}

/// What an act is called: a dimension by its name as well.
pub(super) fn label(act: Action, cx: &Cx) -> String {
    let named = act.dimension().and_then(|number| cx.set()?.dimension(number));
    named.map_or(act.help().to_owned(), |dimension| format!("{}: {}", act.help(), dimension.name))
}

/// What opens a page of this scope from anywhere, or the page that leads there.
pub(super) fn page_of(scope: Scope) -> Option<Action> {
    match scope {
        Scope::Staff | Scope::Leaving | Scope::Duties => Some(Action::Staff),
        Scope::Board => Some(Action::CoverBoard),
        Scope::Watch => Some(Action::Supervision),
        Scope::Retention => Some(Action::Retention),
        Scope::Phrases => Some(Action::Phrases),
        Scope::Week => Some(Action::Week),
        Scope::Work => Some(Action::WorkList),
        Scope::LookAlikes => Some(Action::LookAlikes),
        Scope::Groups | Scope::Group | Scope::GroupSession => Some(Action::Groups),
        _ => None,
    }
}

/// Whether one is brought to a page of this scope from anywhere.
pub(super) fn has_page(scope: Scope) -> bool {
    matches!(scope, Scope::Today | Scope::Due) || page_of(scope).is_some()
}

/// What is done first on the page that one is brought to.
fn first_there(scope: Scope, cx: &Cx) -> String {
    match scope {
        Scope::Group => "Open the group".to_owned(),
        Scope::GroupSession => "Open the group and its session".to_owned(),
        Scope::Leaving => {
            format!("Choose who it is and press {}", cx.key(Action::LeavingOrAway, Scope::Staff))
        }
        Scope::Duties => format!("Choose who it is and press {}", cx.key(Action::ShowDuties, Scope::Staff)),
        _ => "Choose a line if it is about one".to_owned(),
    }
}

/// Whether an act of a page needs nothing that the page shows, so that it is done as soon as one is there.
pub(super) fn needs_no_line(act: Action) -> bool {
    matches!(act, Action::AddStaff | Action::DueRules | Action::OtherDay)
}

/// Whether a page is one of a chart.
pub(super) fn is_of_chart(scope: Scope) -> bool {
    scope == Scope::Chart || scope.within().contains(&Scope::Chart)
}

//! What the list of people says while nobody is on it.

use super::Home;
use crate::service::api::{Command, People, Whose};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;

/// Where Enter searches on when nobody was found.
enum Further {
    All,
    Others,
}

impl Further {
    fn of(cx: &Cx) -> Option<Self> {
        let hidden = cx.signed_in.as_ref().is_some_and(|session| session.people.hidden > 0);
        if !cx.shows_all() {
            return Some(Self::All);
        }
        (hidden && cx.may_do(Action::OthersInAgency)).then_some(Self::Others)
    }
}

/// Enter where nobody was found: searches further, or says so.
pub(super) fn further(cx: &Cx, said: String) -> Step {
    match Further::of(cx) {
        Some(Further::All) => Step::Ask(Command::People(People::List { whose: Whose::All })),
        Some(Further::Others) => Step::Run(Action::OthersInAgency),
        None => Step::Say(said),
    }
}

pub(super) fn words(home: &Home, cx: &Cx) -> Vec<String> {
    if home.find.is_some() {
        let mut lines = vec![
            "Nobody matches.".to_owned(),
            String::new(),
            "Type names in any order, a record number or a birth date. Press Esc to go back to the list."
                .to_owned(),
        ];
        let searched = if cx.whose() == Whose::Team { "your team's people" } else { "your own people" };
        match Further::of(cx) {
            Some(Further::All) => {
                let beyond = home.find.as_ref().map_or(0, |find| find.beyond);
                let found = match beyond {
                    0 => String::new(),
                    many => format!(" {many} more in the agency {}.", if many == 1 { "matches" } else { "match" }),
                };
                lines.push(format!("Only {searched} were searched.{found} Press Enter to search all people."));
            }
            Some(Further::Others) => lines.push(
                "Everybody you may see was searched. Press Enter to search the others of the agency, with a reason."
                    .to_owned(),
            ),
            None => {}
        }
        if cx.may_do(Action::RegisterPerson) {
            let key = cx.key(Action::RegisterPerson, Scope::Home);
            lines.push(format!("Somebody new? Press {key} to register them."));
        }
        return lines;
    }
    if let Some((_, narrow)) = &home.narrow {
        return vec![format!("Nobody on this list: {}. Esc shows everybody again.", narrow.words())];
    }
    let mut lines = vec![
        if cx.reads_charts() {
            "This page lists the people you work with, most pressing first.".to_owned()
        } else {
            "This page lists the people of the agency, by name.".to_owned()
        },
        String::new(),
        format!(
            "Press {} to see what comes next, {} to register a person, or {} to show all people, also those imported \
             from another system.",
            cx.key(Action::Open, Scope::Home),
            cx.key(Action::RegisterPerson, Scope::Home),
            cx.key(Action::ChooseShown, Scope::Home),
        ),
    ];
    if cx.may_do(Action::AddStaff) {
        lines.push(String::new());
        lines.push("Your colleagues, the agency's rules and the first backup are there, too.".to_owned());
    }
    lines
}

/// What comes next while nobody is on the list.
const NEXT: [(Action, &str, &str); 6] = [
    (Action::RegisterPerson, "Register a person", "then their triage, admission and first note"),
    (Action::SwitchMineAll, "Show all people", "also those from another system"),
    (Action::AddStaff, "Add a colleague", "with a login and a first passphrase"),
    (Action::AgencyRules, "Set the agency's rules", "programs, Help now, when it locks"),
    (Action::BackUp, "Make a backup", "on another disk"),
    (Action::HowTo, "Bring people in from another system", "a file or a spreadsheet"),
];

/// Enter on a list without anybody: what comes next, a digit each, of what this person may do.
pub(super) fn next(cx: &Cx) -> Step {
    let is_open = |act: Action| cx.may_do(act) && !(act == Action::SwitchMineAll && cx.shows_all());
    let known: Vec<(Action, &str, &str)> = NEXT.into_iter().filter(|(act, ..)| is_open(*act)).collect();
    let items = known.iter().map(|(act, label, detail)| Item::new(act.name(), *label, *detail)).collect();
    Question::pick("What comes next?", items, |key, _| match Action::named(key) {
        Some(Action::AddStaff) => vec![Step::Page(Action::Staff, String::new()), Step::Run(Action::AddStaff)],
        Some(act) => vec![Step::Run(act)],
        None => Vec::new(),
    })
    .open()
}

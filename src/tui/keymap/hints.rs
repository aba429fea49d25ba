//! The two hint lines, and the keymap written out as a table: both made from the bindings, so that they cannot lie.

use std::fmt::Write as _;

use super::table::{Keymap, label};
use crate::tui::action::{Action, Scope};

/// One hint: the key as people read it and the word beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it does.
    pub action: Action,
    /// `Ctrl-K`, `Enter`, `1-9`.
    pub key: String,
    /// One to three words.
    pub word: &'static str,
}

/// The first action, its last twin when a row of keys stands together (`1-9`), and the word.
type Row = (Action, Option<Action>, &'static str);

/// The commonest acts of a scope, the first line of hints (screens.md).
fn common(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::Home => &[
            (A::Open, None, "open"),
            (A::TellDanger, None, "danger"),
            (A::Dimension1, Some(A::Dimension9), "dimension"),
            (A::NextLeaf, None, "Today"),
            (A::NewNote, None, "note"),
            (A::RegisterPerson, None, "register"),
        ],
        Scope::Today | Scope::Week | Scope::Due => common_on_a_day(scope),
        Scope::Dimension => &[
            (A::Open, None, "chart"),
            (A::Unfold, None, "why"),
            (A::Dimension1, Some(A::Dimension9), "dimension"),
            (A::Whole, None, "whole"),
            (A::NewNote, None, "note"),
        ],
        Scope::Find => &[(A::Open, None, "open"), (A::Down, None, "into the list")],
        Scope::Form | Scope::Prompt | Scope::PlanForm => common_in_a_form(scope),
        Scope::SignIn => &[
            (A::Submit, None, "sign in"),
            (A::NextField, None, "next"),
            (A::UseRecovery, None, "recovery phrase"),
            (A::Quit, None, "quit"),
        ],
        Scope::Lock => &[
            (A::Submit, None, "sign in"),
            (A::OtherPerson, None, "another person"),
            (A::UseRecovery, None, "recovery phrase"),
            (A::Quit, None, "quit"),
        ],
        Scope::Setup => &[
            (A::Submit, None, "go on"),
            (A::NextField, None, "next"),
            (A::Back, None, "back"),
            (A::Quit, None, "quit"),
        ],
        Scope::Confirm => &[(A::Agree, None, "yes"), (A::Back, None, "no")],
        Scope::Message => &[(A::Back, None, "close")],
        Scope::Menu | Scope::Palette => {
            &[(A::Open, None, "run"), (A::Up, Some(A::Down), "move, letters find")]
        }
        Scope::List => &[(A::Open, None, "choose"), (A::Up, Some(A::Down), "move")],
        Scope::Staff
        | Scope::Board
        | Scope::Duties
        | Scope::Leaving
        | Scope::Watch
        | Scope::Retention
        | Scope::LookAlikes => common_in_house(scope),
        Scope::Work => &[
            (A::Open, None, "do it"),
            (A::SignSeveral, None, "sign several"),
            (A::ChooseShown, None, "what to show"),
            (A::NextUnfinished, None, "next"),
        ],
        Scope::Several => &[
            (A::Open, None, "on"),
            (A::PageDown, None, "page"),
            (A::Sign, None, "sign what is read"),
            (A::Back, None, "leave"),
        ],
        Scope::Help => &[(A::Help, None, "more"), (A::Up, Some(A::Down), "move")],
        _ => common_in_chart(scope),
    }
}

/// As [`common`], for fields that are filled in.
fn common_in_a_form(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::Form => &[
            (A::Choose, None, "choose"),
            (A::NextField, None, "next"),
            (A::Submit, None, "save"),
            (A::ClearLine, None, "clear"),
        ],
        Scope::Prompt => &[
            (A::Submit, None, "go on"),
            (A::NextField, None, "next"),
            (A::SaveNow, None, "save"),
            (A::ClearLine, None, "clear"),
        ],
        Scope::PlanForm => &[
            (A::Submit, None, "go on"),
            (A::Choose, None, "choose"),
            (A::SaveNow, None, "save"),
            (A::SaveAndAdd, None, "save, then add below"),
            (A::FromLibrary, None, "library"),
            (A::ClearLine, None, "clear"),
        ],
        _ => &[],
    }
}

/// As [`common`], for the leaves of a day.
fn common_on_a_day(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::Today => &[
            (A::TellDanger, None, "danger"),
            (A::NewNote, None, "note"),
            (A::State, None, "what happened"),
            (A::PlanSession, None, "plan"),
            (A::SessionArrived, None, "here"),
            (A::ChooseShown, None, "show"),
        ],
        Scope::Week => &[
            (A::Open, None, "that day"),
            (A::PrevWeek, Some(A::NextWeek), "weeks"),
            (A::PlanSession, None, "plan"),
            (A::ChooseShown, None, "whose"),
        ],
        Scope::Due => &[
            (A::Open, None, "do it"),
            (A::State, None, "done, why late"),
            (A::ChooseShown, None, "what to show"),
            (A::NewTask, None, "new task"),
        ],
        _ => &[],
    }
}

/// The discharge summary.
const DISCHARGE: &[Row] = &[
    (Action::Mark1, Some(Action::Mark9), "a row"),
    (Action::Open, None, "answer"),
    (Action::NextLeaf, None, "next needed"),
    (Action::Unfold, None, "why"),
    (Action::RoomOverview, None, "overview"),
    (Action::Sign, None, "sign"),
];

/// The safety plan.
const SAFETY: &[Row] = &[
    (Action::Mark1, Some(Action::Mark9), "a row"),
    (Action::EditLine, None, "new version"),
    (Action::Sign, None, "sign"),
    (Action::MakePage, None, "card"),
    (Action::TurnScreen, None, "turn"),
    (Action::Unfold, None, "more"),
];

/// While people are asked whether they agree.
const AGREE: &[Row] = &[
    (Action::Agreed, None, "agreed"),
    (Action::Partly, None, "partly"),
    (Action::Declined, None, "declined"),
    (Action::NotAsked, None, "not asked"),
    (Action::Open, None, "words, day"),
    (Action::Down, None, "skip"),
];

/// As [`common`], for the rooms of a chart.
fn common_in_chart(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::Overview => ROOMS,
        Scope::History => &[
            (A::Open, None, "what changed"),
            (A::OlderEvents, None, "older"),
            (A::RoomOverview, None, "overview"),
            (A::RoomNotes, None, "notes"),
        ],
        Scope::Grid => &[
            (A::Rate0, Some(A::Rate4), "rate"),
            (A::Unrate, None, "unrate"),
            (A::Carry, None, "carry"),
            (A::RaiseNeed, None, "immediate need"),
            (A::EditWords, None, "words"),
            (A::Complete, None, "complete"),
            (A::NewAssessment, None, "begin an assessment"),
            (A::Left, Some(A::Right), "earlier, later"),
        ],
        Scope::CellText => {
            &[(A::TabOn, None, "next text"), (A::SelectMark, None, "select"), (A::Complete, None, "complete")]
        }
        Scope::Priorities => &[
            (A::Open, None, "decide, or why"),
            (A::AddBelow, None, "begin a problem"),
            (A::ClientWants, None, "wants"),
            (A::ClientRank, None, "rank"),
        ],
        Scope::Plan => &[
            (A::AddBelow, None, "add"),
            (A::EditLine, None, "change"),
            (A::SetState, None, "state"),
            (A::AskAgreement, None, "ask"),
            (A::Sign, None, "sign"),
            (A::TurnScreen, None, "turn"),
        ],
        Scope::Review => &[
            (A::Mark1, Some(A::Mark9), "a row"),
            (A::Open, None, "answer"),
            (A::NextLeaf, None, "next needed"),
            (A::Unfold, None, "why"),
            (A::RoomPlan, None, "plan"),
            (A::Sign, None, "sign"),
        ],
        Scope::Discharge => DISCHARGE,
        Scope::Safety => SAFETY,
        Scope::Contract => &[
            (A::EditLine, None, "write"),
            (A::AcceptProposal, None, "take the offer"),
            (A::Unfold, None, "open the row"),
            (A::PlanViews, None, "show"),
        ],
        Scope::Background => {
            &[(A::AddBelow, None, "add"), (A::EditLine, None, "change"), (A::SetState, None, "state")]
        }
        Scope::Agree => AGREE,
        Scope::Notes => &[
            (A::Open, None, "open"),
            (A::NewNote, None, "note"),
            (A::FindInNotes, None, "find"),
            (A::Sign, None, "sign"),
            (A::ReturnNote, None, "return"),
            (A::Addendum, None, "addendum"),
            (A::Amend, None, "amend"),
            (A::MakePage, None, "page"),
        ],
        Scope::Alliance | Scope::Measures | Scope::ShortForms => common_heard(scope),
        _ => common_in_text(scope),
    }
}

/// As [`common`], for what was heard from a client.
fn common_heard(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::Alliance => &[
            (A::AddBelow, None, "check-in"),
            (A::TurnScreen, None, "turn"),
            (A::NextLeaf, None, "next line"),
            (A::TableAlone, None, "table"),
            (A::SetState, None, "state"),
        ],
        Scope::Measures => &[
            (A::AddBelow, None, "begin"),
            (A::TurnScreen, None, "turn"),
            (A::NextLeaf, None, "next"),
            (A::Right, None, "items"),
            (A::TableAlone, None, "table"),
            (A::SetState, None, "state"),
        ],
        Scope::ShortForms => &[
            (A::Open, None, "read"),
            (A::AddBelow, None, "add"),
            (A::SetState, None, "result, state"),
            (A::EditLine, None, "correct"),
            (A::ChooseShown, None, "shown"),
        ],
        _ => &[],
    }
}

/// As [`common`], for the list of staff and what is arranged from there.
fn common_in_house(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::Staff => &[
            (A::Open, None, "edit"),
            (A::AddStaff, None, "add"),
            (A::ShowDuties, None, "caseload"),
            (A::LeavingOrAway, None, "leaving, away"),
        ],
        Scope::Board => &[
            (A::Open, None, "change"),
            (A::AddCover, None, "cover"),
            (A::AddTeam, None, "team"),
            (A::LeavingOrAway, None, "leaving, away"),
            (A::Up, Some(A::Down), "move"),
        ],
        Scope::Duties => &[
            (A::Open, None, "mark"),
            (A::MarkAll, None, "mark all"),
            (A::HandOver, None, "hand over"),
            (A::Up, Some(A::Down), "move"),
        ],
        Scope::Leaving => &[
            (A::Open, None, "pass on"),
            (A::PassAllOn, None, "all to one"),
            (A::ShowDuties, None, "one by one"),
            (A::AbsenceDays, None, "days"),
        ],
        Scope::Retention => &[
            (A::Open, None, "read"),
            (A::AskPurge, None, "ask for the purge"),
            (A::AgreePurge, None, "decide"),
            (A::LegalHold, None, "hold"),
        ],
        Scope::LookAlikes => &[
            (A::SameAsHere, None, "same person"),
            (A::AnotherPerson, None, "another person"),
            (A::Right, None, "later"),
            (A::Open, None, "chart here"),
        ],
        Scope::Watch => &[
            (A::Open, None, "go there"),
            (A::SeenAccess, None, "looked at"),
            (A::WorkList, None, "to co-sign, and what is owed"),
        ],
        _ => &[],
    }
}

/// As [`common`], for texts and what stands beside them.
fn common_in_text(scope: Scope) -> &'static [Row] {
    use Action as A;
    match scope {
        Scope::TextNormal => &[
            (A::InsertMode, None, "write"),
            (A::SelectMark, None, "select"),
            (A::NextSection, None, "next section"),
            (A::Sign, None, "sign"),
            (A::Complete, None, "complete"),
        ],
        Scope::TextVisual => &[
            (A::Cut, None, "cut"),
            (A::SelectWord, None, "word"),
            (A::SelectSentence, None, "sentence"),
            (A::SelectParagraph, None, "paragraph"),
            (A::Back, None, "give up"),
        ],
        Scope::NoteText => &[
            (A::ChartBeside, None, "chart"),
            (A::LinkProblems, None, "link"),
            (A::InsertPhrase, None, "template"),
            (A::HeaderKeys, None, "risk, next"),
            (A::Sign, None, "sign"),
        ],
        Scope::Groups => {
            &[(A::Open, None, "open"), (A::AddGroup, None, "begin a group"), (A::Back, None, "back")]
        }
        Scope::Group => &[
            (A::NewGroupSession, None, "write a session"),
            (A::AddMember, None, "add"),
            (A::EndMember, None, "leaves"),
            (A::Curriculum, None, "curriculum"),
            (A::HandOnSession, None, "who leads"),
            (A::EditGroup, None, "change"),
        ],
        Scope::GroupSession => &[
            (A::Open, None, "write"),
            (A::LinkPart, None, "goal or task"),
            (A::HeaderKeys, None, "risk, use"),
            (A::Right, None, "slips"),
            (A::Sign, None, "sign"),
        ],
        Scope::GroupText => &[
            (A::TabOn, None, "next"),
            (A::SameWords, None, "same words"),
            (A::Sign, None, "sign"),
            (A::Back, None, "list"),
        ],
        Scope::Phrases => &[(A::Open, None, "change"), (A::AddPhrase, None, "add"), (A::Back, None, "back")],
        Scope::PhraseText => &[
            (A::TabOn, None, "to the fields"),
            (A::InsertPhrase, None, "insert a field"),
            (A::SaveNow, None, "save"),
        ],
        Scope::Versions => {
            &[(A::PutBack, None, "put back"), (A::Up, Some(A::Down), "move"), (A::Back, None, "to the text")]
        }
        Scope::Beside => &[
            (A::Open, None, "put in"),
            (A::LinkProblems, None, "link"),
            (A::ChartBeside, None, "back to the text"),
        ],
        _ => &[],
    }
}

/// Hints on the first line, at most.
const MOST: usize = 6;

/// A row of keys ends with the last that is listed: `1-6` where a set has six dimensions.
fn narrowed(&(first, last, word): &Row, listed: &impl Fn(Action) -> bool) -> Row {
    let to = |last| Action::all().filter(|act| (first..=last).contains(act) && listed(*act)).last();
    let two_ways = |last| Action::all().skip_while(|act| *act != first).nth(1) == Some(last);
    (first, last.and_then(|last| if two_ways(last) { Some(last) } else { to(last) }), word)
}

/// Whether two labels are the same but for the digit at their end, so that they are the ends of a row.
fn is_row(one: &str, other: &str) -> bool {
    let head = |label: &str| label.strip_suffix(|c: char| c.is_ascii_digit()).map(str::to_owned);
    head(one).is_some() && head(one) == head(other)
}

const ROOMS: &[Row] = &[
    (Action::RoomGrid, None, "grid"),
    (Action::RoomPriorities, None, "priorities"),
    (Action::RoomPlan, None, "plan"),
    (Action::RoomNotes, None, "notes"),
    (Action::RoomMeasures, None, "measures"),
    (Action::NewNote, None, "note"),
    // For those who read none of the rooms above.
    (Action::TellDanger, None, "danger"),
    (Action::RoomContract, None, "contract"),
    (Action::RoomBackground, None, "background"),
    (Action::RoomAlliance, None, "alliance"),
    (Action::RoomForms, None, "forms"),
    (Action::RoomHistory, None, "history"),
    (Action::EditPerson, None, "details"),
    (Action::PlanNext, None, "plan a session"),
];

const CONSTANT: &[Row] = &[
    (Action::Help, None, "help"),
    (Action::ActionsMenu, None, "actions"),
    (Action::Palette, None, "find anything"),
    (Action::Lock, None, "lock"),
];

impl Keymap {
    /// The first hint line: the three to six commonest acts of the innermost scope that has any; those without a key, and
    /// those that are not `listed`, left out.
    ///
    /// On People the first letter finds; the screen says so itself, since a letter is no key.
    pub fn hints(&self, scopes: &[Scope], listed: impl Fn(Action) -> bool) -> Vec<Hint> {
        // A list that is narrowed is still a list; the find line over people is another thing.
        let in_window = matches!(scopes, [Scope::Find, Scope::List | Scope::Menu]);
        let scopes_of_rows = if in_window { &scopes[1..] } else { scopes };
        let of_line = scopes.iter().find(|scope| **scope == Scope::PlanForm);
        let scopes_of_rows = of_line.map_or(scopes_of_rows, std::slice::from_ref);
        let rows = scopes_of_rows.iter().map(|scope| common(*scope)).find(|rows| !rows.is_empty());
        let rows = rows.unwrap_or_default();
        let narrowed = rows.iter().filter(|row| listed(row.0)).map(|row| narrowed(row, &listed));
        narrowed.filter_map(|row| self.hint(&row, scopes)).take(MOST).collect()
    }

    /// The second hint line: help, actions, find anything, lock, and the way back (or out, where there is none).
    /// Empty where nobody is signed in. Help and lock never drop out: the checks hold that they have a key.
    pub fn constant_hints(&self, scopes: &[Scope]) -> Vec<Hint> {
        if scopes.iter().any(|scope| scope.signed_out()) {
            return Vec::new();
        }
        // The way back is named by the key that goes back everywhere, not by one that a window has besides.
        let way_out = match scopes.first() {
            Some(Scope::Home | Scope::Today | Scope::Due) => self.hint(&(Action::Quit, None, "quit"), scopes),
            _ => self.hint(&(Action::Back, None, "back"), &[Scope::Everywhere]),
        };
        CONSTANT.iter().filter_map(|row| self.hint(row, scopes)).chain(way_out).collect()
    }

    fn hint(&self, (first, last, word): &Row, scopes: &[Scope]) -> Option<Hint> {
        let key = self.keys_for(*first, scopes).into_iter().next()?;
        let key = match last.and_then(|last| self.keys_for(last, scopes).into_iter().next()) {
            // `1-9`, and `Alt-1-9` for Alt-1 to Alt-9.
            Some(last) if is_row(&key, &last) => {
                format!("{key}-{}", last.chars().next_back().unwrap_or_default())
            }
            Some(last) => format!("{key}, {last}"),
            None => key,
        };
        Some(Hint { action: *first, key, word })
    }

    /// The whole keymap as a table, scope by scope: key, action, what it does; fixed keys are marked.
    pub fn show(&self) -> String {
        let mut out = format!("Keymap {}\n", self.name());
        let mut scope = None;
        for binding in self.bindings() {
            if scope != Some(binding.scope) {
                let _ = writeln!(out, "\n[{}]  {}", binding.scope, binding.scope.title());
                scope = Some(binding.scope);
            }
            let mark = if binding.fixed { "fixed" } else { "" };
            let key = label(&binding.keys);
            let names: Vec<&str> =
                std::iter::once(binding.action).chain(binding.then).map(Action::name).collect();
            let line = match &names[..] {
                [name] => format!("  {key:<16} {mark:<5} {name:<22} {}", binding.action.help()),
                names => format!("  {key:<16} {mark:<5} {}", names.join(", ")),
            };
            let _ = writeln!(out, "{line}");
        }
        out
    }
}

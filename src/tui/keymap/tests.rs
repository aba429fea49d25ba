use super::*;
use crate::tui::action::{Action, Kind, Scope, Typing};
use crate::tui::scope::chain;
use std::collections::BTreeMap;
use termina::event::{KeyCode, KeyEvent, KeyEventKind, Modifiers};

fn key(text: &str) -> KeyPress {
    KeyPress::parse(text).unwrap_or_else(|| panic!("no key {text}"))
}

fn sent(code: KeyCode, mods: Modifiers) -> String {
    KeyPress::from_event(&KeyEvent::new(code, mods)).map_or_else(String::new, |press| press.to_string())
}

fn run(scopes: &[Scope], text: &str) -> Lookup {
    Keymap::default_map().lookup(scopes, &[key(text)])
}

fn problems(text: &str) -> String {
    check(text).render("f")
}

#[test]
fn the_default_file_has_no_fault() {
    assert_eq!(check(super::default::TEXT).render("default.toml"), "");
    assert_eq!(Keymap::default_map().name(), "default");
    assert!(Keymap::default_map().bindings().count() > 150);
}

#[test]
fn every_keymap_in_the_binary_has_no_fault_and_keeps_the_rules() {
    for (name, _, text) in super::default::OTHERS {
        assert_eq!(check(text).render(name), "");
        assert_eq!(Keymap::named(name).map(|keymap| keymap.name().to_owned()).as_deref(), Some(name));
    }
    assert_eq!(Keymap::names().count(), 4);
    assert_eq!(Keymap::named("nano"), None);
    for (name, _) in Keymap::names() {
        let keymap = Keymap::named(name).unwrap();
        no_plain_letter_writes(&keymap);
        for action in Action::all().filter(|action| action.menu() != crate::tui::action::Menu::Keymap) {
            for scope in action.scopes() {
                let key = !keymap.keys_for(action, &[*scope]).is_empty();
                let menu =
                    action.menu().is_listed() && crate::tui::action::menu_of(&[*scope]).contains(&action);
                let digit = keymap.is_numbered() && action.dimension().is_some();
                assert!(key || menu || digit, "{action} in {scope} of {name}");
            }
        }
    }
}

#[test]
fn modes_have_their_own_letters_and_counts() {
    let vim = Keymap::named("vim").unwrap();
    let normal = [Scope::TextNormal, Scope::NoteText];
    let visual = [Scope::TextVisual, Scope::NoteText];
    let find = |scopes: &[Scope], keys: &str| vim.lookup(scopes, &KeyPress::parse_chord(keys).unwrap());
    assert_eq!(find(&normal, "w"), Lookup::Run(Action::WordRight));
    assert_eq!(find(&normal, "r"), Lookup::Nothing, "a room's letter is none here");
    assert_eq!(find(&normal, "q"), Lookup::Nothing);
    assert_eq!(find(&normal, "3 w"), Lookup::Each(vec![Action::WordRight; 3]));
    let cut = |times| {
        let words = std::iter::repeat_n(Action::SelectWordRight, times);
        Lookup::Each(words.chain([Action::Cut]).collect())
    };
    assert_eq!(find(&normal, "d w"), cut(1));
    assert_eq!(find(&normal, "2 d 3 w"), cut(6));
    assert_eq!(find(&normal, "1 0 d w"), cut(10));
    assert_eq!(find(&normal, "0"), Lookup::Run(Action::ParagraphStart));
    assert_eq!(find(&normal, "9 9 9 9 9 9 9 9 9 9 9 j"), Lookup::Each(vec![Action::TextDown; 999]));
    let Lookup::Prefix(next) = find(&normal, "d") else { panic!("d waits for what to delete") };
    let words = next.iter().find(|(press, _)| *press == key("w")).map(|(_, words)| words.as_str());
    assert_eq!(words, Some("Cut forward a word"));
    assert!(matches!(find(&normal, "2 d 2"), Lookup::Prefix(_)));
    assert_eq!(find(&normal, "d q"), Lookup::Nothing);
    assert_eq!(find(&visual, "d"), Lookup::Run(Action::Cut), "what it works on is selected already");
    assert_eq!(find(&visual, "w"), Lookup::Run(Action::WordRight));
    assert_eq!(find(&normal, "ctrl-l"), Lookup::Run(Action::Lock));
    assert_eq!(find(&normal, "f9"), Lookup::Run(Action::Sign));
    assert_eq!(find(&normal, "enter"), Lookup::Run(Action::TextDown), "Enter writes nothing in normal mode");
    assert_eq!(find(&[Scope::NoteText], "w"), Lookup::Text('w'));
    assert!(!vim.commands(Scope::TextNormal, &normal).is_empty());
}

#[test]
fn numbered_lists_open_a_line_by_its_number() {
    let listman = Keymap::named("listman").unwrap();
    let find = |scopes: &[Scope], keys: &str| listman.lookup(scopes, &KeyPress::parse_chord(keys).unwrap());
    let line = Lookup::Line;
    assert_eq!(find(&[Scope::Home], "1 2 enter"), line(12));
    assert_eq!(find(&[Scope::List], "1 enter"), line(1));
    assert!(matches!(find(&[Scope::Home], "1 2"), Lookup::Prefix(_)));
    assert_eq!(find(&[Scope::Home], "1 x"), Lookup::Nothing);
    assert_eq!(find(&[Scope::Home], "0"), Lookup::Text('0'));
    assert_eq!(find(&[Scope::Home], "alt-3"), Lookup::Run(Action::Dimension3));
    assert_eq!(find(&[Scope::Grid], "2"), Lookup::Run(Action::Rate2), "in the grid digits rate");
    assert_eq!(find(&[Scope::Grid], "-"), Lookup::Run(Action::Unrate));
    assert_eq!(find(&[Scope::NoteText], "f1 e"), Lookup::Run(Action::LeaveText));
    assert_eq!(listman.keys_for(Action::Help, &[Scope::NoteText]), ["F1 h"]);
}

#[test]
fn several_acts_stay_within_a_text() {
    let report = problems(
        "format = 1\nmodal = 1\n[note-text]\n\"alt-j\" = [\"cut\", \"sign\"]\n\"alt-q\" = []\n\"alt-z\" = [\"none\"]\n\"alt-x\" = [\"ctu\"]\n",
    );
    for line in [
        "f:2:9: true or false belongs here",
        "f:4:19: \"sign\" cannot be one of several acts, only acts in a text",
        "f:5:11: the brackets hold no act",
        "f:6:12: \"none\" cannot be one of several acts",
        "f:7:12: no action is called \"ctu\"; did you mean \"cut\"?",
    ] {
        assert!(report.contains(line), "missing: {line}\nin:\n{report}");
    }
}

#[test]
fn however_a_terminal_sends_it_a_key_is_one_key() {
    use Modifiers as M;
    for (code, mods, want) in [
        (KeyCode::Char('h'), M::CONTROL, "backspace"),
        (KeyCode::Char('j'), M::CONTROL, "enter"),
        (KeyCode::Char('m'), M::CONTROL, "enter"),
        (KeyCode::Char('i'), M::CONTROL, "tab"),
        (KeyCode::Char('['), M::CONTROL, "esc"),
        (KeyCode::Char('?'), M::SHIFT, "?"),
        (KeyCode::Char('G'), M::NONE, "shift-g"),
        (KeyCode::Char('G'), M::SHIFT, "shift-g"),
        (KeyCode::Char('g'), M::SHIFT, "shift-g"),
        (KeyCode::Char('K'), M::CONTROL, "ctrl-k"),
        (KeyCode::Char('É'), M::SHIFT, "shift-é"),
        (KeyCode::BackTab, M::NONE, "shift-tab"),
        (KeyCode::BackTab, M::SHIFT, "shift-tab"),
        (KeyCode::Char(' '), M::NONE, "space"),
        (KeyCode::Char('x'), M::SUPER, ""),
        (KeyCode::CapsLock, M::NONE, ""),
    ] {
        assert_eq!(sent(code, mods), want, "{code:?} {mods:?}");
    }
}

#[test]
fn a_released_key_is_no_key_and_a_held_one_is() {
    let event = |kind| KeyEvent { kind, ..KeyCode::Char('a').into() };
    assert_eq!(KeyPress::from_event(&event(KeyEventKind::Release)), None);
    assert_eq!(KeyPress::from_event(&event(KeyEventKind::Repeat)), Some(KeyPress::char('a')));
}

#[test]
fn keys_are_written_as_they_are_read() {
    for text in [
        "ctrl-k",
        "shift-left",
        "f9",
        "shift-g",
        "é",
        "space",
        "?",
        "-",
        "alt--",
        "ctrl-shift-left",
        "shift-tab",
        "f12",
    ] {
        assert_eq!(key(text).to_string(), text);
    }
    assert_eq!(key("G"), key("shift-g"));
    assert_eq!(key("G").text(), Some('G'));
    assert_eq!(key("Ctrl-K").label(), "Ctrl-K");
    assert_eq!(key("shift-pageup").label(), "Shift-PgUp");
    assert_eq!(key("backtab"), key("shift-tab"));
    assert_eq!(key("g").label(), "g");
    assert_eq!(key("G").label(), "G");
    for text in ["", "ctrl-", "ctl-k", "f13", "f0", "ctrl-ctrl-k", "foo", "\u{1b}"] {
        assert_eq!(KeyPress::parse(text), None, "{text}");
    }
    assert_eq!(KeyPress::parse_chord("ctrl-x  ctrl-s").map(|keys| keys.len()), Some(2));
    assert_eq!(KeyPress::parse_chord("  "), None);
}

#[test]
fn the_innermost_scope_answers_first() {
    assert_eq!(run(&[Scope::Grid, Scope::Chart], "g"), Lookup::Run(Action::RoomGrid));
    assert_eq!(run(&[Scope::Grid], "2"), Lookup::Run(Action::Rate2));
    assert_eq!(run(&[Scope::Home], "2"), Lookup::Run(Action::Dimension2));
    assert_eq!(run(&[Scope::Plan], "right"), Lookup::Run(Action::Unfold));
    assert_eq!(run(&[Scope::Plan], "ctrl-l"), Lookup::Run(Action::Lock));
    assert_eq!(run(&[Scope::Grid], "enter"), Lookup::Run(Action::EditWords));
    assert_eq!(run(&[Scope::Grid], "q"), Lookup::Nothing);
    assert_eq!(run(&[Scope::Home], "space"), Lookup::Run(Action::ActionsMenu));
}

#[test]
fn where_text_is_typed_every_character_is_text() {
    for c in ['g', '?', ' ', '#', '0', 'É', '!'] {
        let keymap = Keymap::default_map();
        for scopes in [
            vec![Scope::NoteText, Scope::Chart],
            vec![Scope::Find, Scope::Home],
            vec![Scope::FieldText, Scope::Form],
        ] {
            assert_eq!(keymap.lookup(&scopes, &[KeyPress::char(c)]), Lookup::Text(c), "{scopes:?}");
        }
    }
    assert_eq!(run(&[Scope::Home], "s"), Lookup::Text('s'), "the first letter finds");
    assert_eq!(run(&[Scope::Home], "#"), Lookup::Text('#'));
    assert_eq!(run(&[Scope::Menu], "G"), Lookup::Text('G'));
    assert_eq!(run(&[Scope::Find, Scope::Home], "ctrl-n"), Lookup::Run(Action::NewNote));
    assert_eq!(run(&[Scope::Find, Scope::Home], "backspace"), Lookup::Run(Action::DeleteBack));
    assert_eq!(run(&[Scope::NoteText, Scope::Chart], "f1"), Lookup::Run(Action::Help));
}

#[test]
fn signed_out_only_what_names_the_place_works() {
    for scope in [Scope::SignIn, Scope::Lock, Scope::Setup] {
        for text in ["ctrl-p", "ctrl-k", "f1", "ctrl-z", "ctrl-l", "f4", "ctrl-s", "f10"] {
            assert_eq!(run(&[Scope::FieldText, scope], text), Lookup::Nothing, "{text} in {scope}");
        }
        assert_eq!(run(&[scope], "ctrl-q"), Lookup::Run(Action::Quit));
        assert_eq!(run(&[scope], "enter"), Lookup::Run(Action::Submit));
        assert_eq!(run(&[scope], "left"), Lookup::Run(Action::TextLeft));
        assert_eq!(run(&[scope], "x"), Lookup::Text('x'));
    }
}

#[test]
fn a_sequence_waits_without_a_limit_and_esc_ends_it() {
    let (keymap, report) = load("format = 1\n[chart]\n\"z g\" = \"room-grid\"\n\"z p\" = \"room-plan\"\n");
    assert_eq!(report, None);
    let scopes = [Scope::Overview, Scope::Chart];
    let Lookup::Prefix(following) = keymap.lookup(&scopes, &[key("z")]) else {
        panic!("z begins a sequence")
    };
    let words = |action: Action| action.help().to_owned();
    assert_eq!(following, [(key("g"), words(Action::RoomGrid)), (key("p"), words(Action::RoomPlan))]);
    assert_eq!(keymap.lookup(&scopes, &[key("z"), key("p")]), Lookup::Run(Action::RoomPlan));
    assert_eq!(keymap.lookup(&scopes, &[key("z"), key("esc")]), Lookup::Nothing);
    assert_eq!(keymap.lookup(&scopes, &[key("z"), key("q")]), Lookup::Nothing);
    assert_eq!(keymap.lookup(&[Scope::NoteText, Scope::Chart], &[key("z")]), Lookup::Text('z'));
    assert!(keymap.keys_for(Action::RoomGrid, &scopes).contains(&"z g".to_owned()));
}

#[test]
fn no_plain_letter_writes_anywhere() {
    no_plain_letter_writes(&Keymap::default_map());
}

/// The modes lie over a text, where letters are the text's own.
fn no_plain_letter_writes(keymap: &Keymap) {
    for scope in Scope::all().filter(|scope| !scope.is_mode()) {
        for c in ('a'..='z').chain('A'..='Z').chain('0'..='9').chain("!?#/-=+ ".chars()) {
            if let Lookup::Run(action) = keymap.lookup(&[scope], &[KeyPress::char(c)]) {
                let kind = action.kind();
                assert!(!matches!(kind, Kind::Write | Kind::Text), "{c} runs {action} in {scope}");
                let answers = matches!(
                    scope,
                    Scope::Grid | Scope::Agree | Scope::Review | Scope::Discharge | Scope::Safety
                );
                assert!(kind != Kind::Rate || (answers && !c.is_alphabetic()), "{c} in {scope}");
                assert!(kind != Kind::System || !c.is_alphabetic(), "{c} in {scope}");
            }
        }
    }
}

#[test]
fn the_fixed_keys_work_in_every_scope_of_an_empty_keymap() {
    let bare = Keymap::fixed_only("bare");
    for scope in Scope::all() {
        for text in
            ["up", "down", "left", "right", "home", "end", "tab", "enter", "esc", "pageup", "pagedown"]
        {
            let found = bare.lookup(&[scope], &[key(text)]);
            assert!(matches!(found, Lookup::Run(_)), "{text} in {scope}: {found:?}");
        }
    }
}

#[test]
fn every_check_reports_at_its_place_all_at_once() {
    let text = r#"format = 2
bas = "none"
[hom]
"ctrl-t" = "lock"
[home]
"ctrl-t" = "new-noet"
"ctrl-g" = "rate-1"
"ctlr-g" = "lock"
"ctrl-i" = "lock"
"ctrl-1" = "lock"
"tab" = "lock"
"G" = "find"
"shift-g" = "find"
"b" = "new-note"
"ctrl-b" = "palette"
"ctrl-b x" = "help"
"ctrl-v" = 3
[note-text]
"x" = "cut"
"ctrl-p esc" = "help"
[form]
"ctrl-l" = "submit"
"#;
    let report = problems(text);
    let want = [
        "f:1:10: this program reads keymaps of format 1; did you mean \"1\"?",
        "f:2:1: no setting is called \"bas\"; did you mean \"base\"?",
        "f:3:2: no scope is called \"hom\"; did you mean \"home\"?",
        "f:6:12: no action is called \"new-noet\"; did you mean \"new-note\"?",
        "f:7:12: \"rate-1\" does not work in \"home\", only in grid",
        "f:8:1: no key is written \"ctlr-g\"; did you mean \"ctrl-g\"?",
        "f:9:1: not every terminal can send \"ctrl-i\": it arrives as Tab",
        "f:10:1: not every terminal can send \"ctrl-1\": it arrives as something else, or nothing",
        "f:11:1: Tab is the same in every keymap and cannot be changed",
        "f:13:1: G is bound already, on line 12",
        "f:14:1: a plain key must not run \"new-note\"; use Ctrl, Alt or a function key",
        "f:15:1: Ctrl-B begins the sequence Ctrl-B X and is bound itself",
        "f:16:1: Ctrl-B begins the sequence Ctrl-B X and is bound itself",
        "f:17:12: words in quotation marks belong here",
        "f:19:1: x types a character in \"note-text\"",
        "f:20:1: Esc always ends a sequence and cannot be part of one",
        "f:22:1: no key runs \"lock\" any more in form",
    ];
    for line in want {
        let line = line.replace("Ctrl-B X", "Ctrl-B x");
        assert!(report.lines().any(|found| found.starts_with(&line)), "missing: {line}\nin:\n{report}");
    }
}

#[test]
fn legacy_twins_are_refused_and_their_neighbours_are_not() {
    for text in [
        "ctrl-i",
        "ctrl-m",
        "ctrl-[",
        "ctrl-h",
        "ctrl-j",
        "ctrl-shift-a",
        "ctrl-5",
        "shift-enter",
        "ctrl-tab",
        "ctrl-backspace",
        "alt-[",
        "alt-O",
        "f13",
    ] {
        let report = problems(&format!("format = 1\n[everywhere]\n\"{text}\" = \"help\"\n"));
        assert!(report.contains("not every terminal can send"), "{text}: {report}");
    }
    for text in ["ctrl-t", "ctrl-space", "alt-x", "alt-enter", "shift-left", "ctrl-delete", "f5", "é"] {
        let report = problems(&format!("format = 1\n[everywhere]\n\"{text}\" = \"next-unfinished\"\n"));
        assert_eq!(report, "", "{text}");
    }
}

#[test]
fn ways_out_cannot_be_taken_away() {
    let without = |key: &str| problems(&format!("format = 1\n[everywhere]\n\"{key}\" = \"none\"\n"));
    assert!(without("ctrl-l").starts_with("f:3:1: no key runs \"lock\" any more in everywhere, home"));
    assert!(without("ctrl-q").contains("no key runs \"quit\" any more"));
    assert!(
        without("f1").contains("no key runs \"help\" any more in find, phrase-text"),
        "{}",
        without("f1")
    );
    assert_eq!(without("?"), "", "F1 is left");
    let bare = problems("format = 1\nbase = \"none\"\n");
    for action in ["help", "lock", "quit"] {
        assert!(bare.contains(&format!("no key runs \"{action}\"")), "{bare}");
    }
    assert!(!bare.contains("\"back\""), "Esc is always there");
}

#[test]
fn a_broken_file_gives_the_default_and_a_right_one_only_its_differences() {
    let (keymap, report) = load("format = 1\n[everywhere\n\"f1\" = ");
    assert_eq!(keymap, Keymap::default_map());
    assert!(report.unwrap().render("f").starts_with("f:2:"));
    let (keymap, report) =
        load("format = 1\nname = \"mine\"\n[everywhere]\n\"f8\" = \"lock\"\n\"ctrl-l\" = \"none\"\n");
    assert_eq!((keymap.name(), report), ("mine", None));
    assert_eq!(keymap.lookup(&[Scope::Home], &[key("f8")]), Lookup::Run(Action::Lock));
    assert_eq!(keymap.lookup(&[Scope::Home], &[key("ctrl-l")]), Lookup::Nothing);
    assert_eq!(keymap.lookup(&[Scope::Home], &[key("ctrl-n")]), Lookup::Run(Action::NewNote));
}

#[test]
fn hints_say_the_keys_that_are_bound() {
    let keymap = Keymap::default_map();
    let text = |hints: Vec<Hint>| {
        hints.iter().map(|hint| format!("{} {}", hint.key, hint.word)).collect::<Vec<_>>().join("   ")
    };
    // Whoever decides on danger raises it: nobody is told of both.
    let all = |action: Action| action != Action::TellDanger;
    assert_eq!(
        text(keymap.hints(&[Scope::Grid, Scope::Chart], all)),
        "0-4 rate   - unrate   = carry   ! immediate need   Enter words   F9 complete"
    );
    assert_eq!(
        text(keymap.hints(&[Scope::Home], all)),
        "Enter open   1-9 dimension   Tab Today   Ctrl-N note   Ctrl-A register"
    );
    // Only what is listed, and a row of keys as far as it is.
    let six = |action: Action| all(action) && action.dimension().is_none_or(|number| number <= 6);
    assert!(text(keymap.hints(&[Scope::Home], six)).starts_with("Enter open   1-6 dimension"));
    let no_draft = |action: Action| action.kind() != Kind::Rate && action != Action::EditWords;
    assert!(text(keymap.hints(&[Scope::Grid], no_draft)).contains("Ctrl-A begin an assessment"));
    assert_eq!(
        text(keymap.constant_hints(&[Scope::Grid])),
        "? help   Ctrl-K actions   Ctrl-P find anything   Ctrl-L lock   Esc back"
    );
    assert_eq!(
        text(keymap.constant_hints(&[Scope::Home])),
        "? help   Ctrl-K actions   Ctrl-P find anything   Ctrl-L lock   Ctrl-Q quit"
    );
    assert!(text(keymap.constant_hints(&[Scope::NoteText])).starts_with("F1 help"));
    assert!(keymap.constant_hints(&[Scope::Lock]).is_empty());
    for scope in Scope::all().filter(|scope| scope.typing() != Typing::Text) {
        let hints = keymap.hints(&[scope], all);
        assert!(hints.len() <= 6 && text(hints).chars().count() <= 78, "{scope}");
    }
}

#[test]
fn a_key_taken_nearer_by_is_not_promised() {
    let keymap = Keymap::default_map();
    let scopes = [Scope::NoteText, Scope::Chart];
    assert!(keymap.keys_for(Action::RoomGrid, &scopes).is_empty());
    assert_eq!(keymap.keys_for(Action::Help, &scopes), ["F1"]);
    assert_eq!(keymap.keys_for(Action::ActionsMenu, &scopes), ["Ctrl-K", "F10"]);
    assert!(keymap.keys_for(Action::Undo, &[Scope::Lock]).is_empty());
    assert_eq!(
        chain(&[Scope::Find, Scope::Home]),
        [Scope::Find, Scope::Home, Scope::FieldText, Scope::Everywhere]
    );
    let run = |key: &str| keymap.lookup(&[Scope::Find, Scope::Staff], &[KeyPress::parse(key).unwrap()]);
    assert_eq!(run("ctrl-u"), Lookup::Run(Action::LeavingOrAway), "whoever was found leaves");
    assert_eq!(run("alt-d"), Lookup::Run(Action::DeleteWordForward));
    assert_eq!(run("a"), Lookup::Text('a'));
}

#[test]
fn show_lists_every_binding_within_eighty_columns_or_so() {
    let keymap = Keymap::default_map();
    let shown = keymap.show();
    for binding in keymap.bindings() {
        assert!(shown.contains(binding.action.help()), "{}", binding.action);
    }
    assert!(shown.contains("[note-text]") && shown.contains("Ctrl-Shift-Left"));
    assert!(shown.lines().all(|line| line.chars().count() <= 100));
}

/// The verbs that have their own key (screens.md, *Keys*), and the acts that do what the verb says, each in its place.
const VERBS: &[(&str, &[Action])] = {
    use Action as A;
    &[
        (
            "ctrl-a",
            &[
                A::RegisterPerson,
                A::PlanSession,
                A::Triage,
                A::NewAssessment,
                A::AddBelow,
                A::SaveAndAdd,
                A::Addendum,
                A::AddPhrase,
                A::AddGroup,
                A::AddMember,
                A::AddStaff,
                A::AddCover,
                A::AnotherPerson,
                A::AskPurge,
            ],
        ),
        (
            "ctrl-e",
            &[
                A::EditPerson,
                A::MoveSession,
                A::EditTask,
                A::EditAssessment,
                A::ClientWants,
                A::EditLine,
                A::Amend,
                A::EditPhrase,
                A::EditGroup,
                A::EditTopic,
                A::EditStaff,
                A::EditEntry,
            ],
        ),
        (
            "ctrl-u",
            &[
                A::State,
                A::SetState,
                A::LeavingOrAway,
                A::AbsenceDays,
                A::Transfer,
                A::LegalHold,
                A::EndMember,
                A::NotAMember,
            ],
        ),
        (
            "ctrl-g",
            &[
                A::ClientRank,
                A::AgreeInError,
                A::LinkProblems,
                A::Agree,
                A::AskAgreement,
                A::SameAsHere,
                A::AgreePurge,
                A::LinkPart,
            ],
        ),
        ("ctrl-t", &[A::InsertPhrase, A::FromLibrary, A::SameWords]),
        ("ctrl-n", &[A::NewNote, A::NewGroupSession]),
        ("f3", &[A::MakePage]),
        (
            "ctrl-w",
            &[
                A::ChooseShown,
                A::SwitchMineAll,
                A::PlanViews,
                A::ShowHidden,
                A::ShowDuties,
                A::TableAlone,
                A::ReadDischarge,
            ],
        ),
        ("f6", &[A::TurnScreen]),
        (
            "ctrl-o",
            &[
                A::ConfirmCarried,
                A::ConfirmNeed,
                A::AcceptProposal,
                A::PutBack,
                A::SeenAccess,
                A::OlderEvents,
                A::SessionArrived,
            ],
        ),
        ("ctrl-r", &[A::ReturnNote, A::ReviewPlan]),
        ("ctrl-s", &[A::SaveNow, A::Submit]),
        ("f2", &[A::SafetyPlan]),
        ("f4", &[A::NextUnfinished]),
        ("f5", &[A::WorkList]),
        ("alt-l", &[A::KeepLog]),
        ("alt-s", &[A::PlanNext]),
        ("f7", &[A::NextMistake]),
        ("f8", &[A::NewTask]),
        ("f9", &[A::Sign, A::Complete, A::SignSeveral, A::HandOver, A::PassAllOn]),
        ("f12", &[A::Veil]),
    ]
};

/// The verb of an act: its key in the table, or for acts of no verb the act itself.
fn verb(action: Action) -> &'static str {
    let key = VERBS.iter().find(|(_, acts)| acts.contains(&action)).map(|(key, _)| *key);
    key.unwrap_or_else(|| action.name())
}

/// Places where a key may run an act of the table: not in texts, whose own keys win, and not where nobody is signed in.
fn has_verbs(scope: Scope) -> bool {
    scope.typing() != Typing::Text && !scope.is_mode() && !scope.signed_out()
}

#[test]
fn one_verb_has_one_key_in_every_place_of_every_keymap() {
    for (name, _) in Keymap::names() {
        let keymap = Keymap::named(name).unwrap();
        let mut seen: BTreeMap<String, (&str, Scope)> = BTreeMap::new();
        let mut wrong = Vec::new();
        for binding in keymap.bindings().filter(|one| has_verbs(one.scope) && one.then.is_empty()) {
            let keys = super::table::label(&binding.keys);
            // Plain keys are the letters of rooms and the digits of ratings; arrows, Tab, Enter and Esc are the same everywhere.
            if binding.fixed || binding.keys.first().is_some_and(|key| key.text().is_some()) {
                continue;
            }
            let verb = verb(binding.action);
            let (first, scope) = seen.entry(keys.clone()).or_insert((verb, binding.scope));
            if *first != verb {
                wrong.push(format!("{name}: {keys} is {first} in {scope}, {verb} in {}", binding.scope));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn the_verbs_have_the_keys_of_the_table() {
    for (name, _) in Keymap::names() {
        let keymap = Keymap::named(name).unwrap();
        for binding in
            keymap.bindings().filter(|one| has_verbs(one.scope) && !one.fixed && one.then.is_empty())
        {
            let Some((key, _)) = VERBS.iter().find(|(_, acts)| acts.contains(&binding.action)) else {
                continue;
            };
            // A keymap may add sequences of its own.
            let wanted = KeyPress::parse_chord(key).unwrap();
            assert!(
                binding.keys == wanted || binding.keys.len() > 1,
                "{name}: {} in {}",
                binding.action,
                binding.scope
            );
        }
    }
}

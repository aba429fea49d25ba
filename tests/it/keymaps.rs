//! Each keymap at the desk: a note is written and signed with its own keys, and the choice travels with the person.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::PersonalSettings;
use concord::service::api::{Command, Door};

/// Jo, who has one problem, is rosa's; rosa has chosen this keymap and is at her list.
fn desk_of(keymap: &str) -> Driver {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let problem = desk.rig.problem(jo, "low mood after court days", "");
    desk.rig.done(problem);
    let settings = PersonalSettings { keymap: keymap.to_owned(), ..PersonalSettings::default() };
    desk.rig.ok(Command::Door(Door::Personal(settings)));
    desk.rig.lock();
    desk.sign_in("rosa");
    desk
}

fn sign(desk: &mut Driver, key: &str) {
    desk.keys(key).sees("RIVERA, Jo").sees("works on P1 low mood after court days");
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
}

#[test]
fn a_note_by_vim() {
    let mut desk = desk_of("vim");
    desk.keys("ctrl-n").sees("normal mode").sees("i write");
    desk.keys("r").sees("r does nothing here").keys("g z").sees("g z does nothing here");
    desk.sees("normal mode").sees("Data").keys("esc");
    desk.keys("i").sees("insert mode").types("Came late and lfet early.").keys("esc").sees("normal mode");
    // A word is changed, another deleted and put back, a paragraph copied and pasted.
    desk.keys("b b c i w").types("left").keys("esc").sees("Came late and left early.");
    desk.keys("0 d w")
        .sees_no("Came")
        .sees("late and left early.")
        .keys("u")
        .sees("Came late and left early.");
    desk.keys("d");
    desk.sees("d and then").sees("Cut forward a word").keys("esc");
    desk.keys("$ 2 d b").sees("Came late and").sees_no("early").keys("u").sees("left early");
    desk.keys("y y 2 p").keys("g g").keys("v").sees("visual mode").keys("j d").sees("normal mode");
    desk.keys("u o").types("Second line.").keys("esc k d d").sees("Second line.");
    desk.keys("] ] i")
        .types("Less tense than a week ago.")
        .keys("esc tab a")
        .types("Calls the sister.")
        .keys("esc");
    desk.keys("esc").sees("Esc once more leaves");
    desk.keys("h ctrl-g enter esc");
    desk.keys(": w enter").sees("Saved");
    desk.keys("/").types("SISTER").keys("enter").sees("Match 1 of 1.").sees("normal mode");
    desk.keys("n").sees("Match 1 of 1. The search went on from the top.").sees("normal mode");
    sign(&mut desk, "f9");
    desk.keys("enter").sees("Second line.").sees("Calls the sister.");
}

#[test]
fn a_note_by_emacs() {
    let mut desk = desk_of("emacs");
    desk.keys("ctrl-x").sees("Ctrl-X and then").keys("n").sees("DAP  individual");
    desk.types("Came late and left early.").keys("ctrl-a alt-d").sees_no("Came").sees("late and left early.");
    desk.keys("ctrl-x u").sees("Came late and left early.");
    desk.keys("ctrl-a ctrl-k").sees_no("Came late").keys("ctrl-y ctrl-y").sees("early.Came late");
    desk.keys("ctrl-space alt-b alt-b alt-b alt-b alt-b ctrl-w").sees_no("early.Came");
    desk.keys("tab").types("Less tense.").keys("tab").types("Calls the sister.");
    desk.keys("ctrl-s").types("tense").keys("enter").sees("Match 1 of 1.").keys("ctrl-g ctrl-e");
    desk.keys("ctrl-c ctrl-l enter esc").keys("ctrl-x ctrl-s").sees("Saved");
    desk.keys("alt-x").sees("Find").keys("esc");
    desk.keys("ctrl-c").sees("Sign it, or co-sign it");
    sign(&mut desk, "ctrl-c");
}

#[test]
fn a_note_by_listman() {
    let mut desk = desk_of("listman");
    desk.keys("9 9 enter").sees("There is no line 99.").sees(" 1 Jo Rivera");
    desk.keys("1").sees("Open line 1").keys("enter").sees("RIVERA, Jo");
    desk.keys("g s").sees("Triage").keys("n ctrl-n").sees("DAP  individual");
    desk.types("Came late and left early.").keys("f1").sees("F1 and then").sees("Leave the text").keys("e");
    desk.sees(" 1 21 Nov").keys("1 enter").sees("Came late");
    desk.keys("tab").types("Less tense.").keys("tab").types("Calls the sister.");
    desk.keys("f1 f")
        .types("late")
        .keys("enter")
        .sees("Match 1 of 1.")
        .keys("esc")
        .keys("ctrl-g 1 enter esc");
    desk.keys("f1 h").sees("Keys and marks, keymap listman").keys("esc");
    sign(&mut desk, "f9");
}

#[test]
fn a_note_by_the_default_keymap() {
    let mut desk = desk_of("");
    desk.keys("ctrl-n").types("Came late and left early.").keys("tab").types("Late again.");
    // Undo goes back through the sections in the order of the writing.
    desk.keys("ctrl-z ctrl-z")
        .sees_no("Late again")
        .keys("ctrl-z")
        .sees("Came late and left")
        .sees_no("early");
    desk.keys("ctrl-y ctrl-y ctrl-y").sees("early.").sees("Late again.");
    desk.keys("ctrl-f").types("late").keys("enter").sees("Match 1 of 2. The search went on from the top.");
    desk.keys("f3").sees("Match 2 of 2.").keys("shift-f3").sees("Match 1 of 2.");
    desk.keys("ctrl-r").types("").keys("tab").types("soon").keys("enter").sees("Match");
    desk.keys("alt-r").sees("Match 1 of 1.").keys("ctrl-z").sees("late").sees("Late again");
    // Cut here, pasted in another note of the same program.
    desk.keys("ctrl-home shift-end ctrl-x").sees_no("Came late").keys("alt-g down down enter ctrl-v");
    desk.sees("Came late and left early.");
    desk.keys("ctrl-g enter esc esc").sees("Draft").keys("ctrl-n 2 ctrl-v").sees("Came late and left early.");
    desk.keys("tab").types("Less tense.").keys("tab").types("Calls the sister.");
    desk.keys("ctrl-g enter esc");
    sign(&mut desk, "f9");
    // The clipboard is wiped at the lock.
    desk.keys("ctrl-n 2 ctrl-v").sees("Came late").keys("ctrl-l");
    desk.sign_in_again();
    desk.sees("Came late").keys("ctrl-v").sees_no("Came late and left early.Came");
}

#[test]
fn the_keymap_travels_with_the_person_and_stays_not_behind() {
    let mut desk = desk_of("vim");
    desk.keys("enter").sees("RIVERA").keys("j");
    desk.keys("f1").sees("keymap vim").keys("esc ctrl-l");
    assert_eq!(desk.app.desk().facts().keymap.name(), "default", "the lock screen is the desk's");
    desk.sign_in_again();
    assert_eq!(desk.app.desk().facts().keymap.name(), "vim");

    let mut desk = desk_of("nano");
    desk.sees("Your keymap \"nano\" is not on this computer");
    assert_eq!(desk.app.desk().facts().keymap.name(), "default");
}

/// The string literals of a source, its comments and test module left out.
fn sentences(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n").replace("\\\"", "'");
    code.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Whether a word of a sentence is a key that keymaps can bind: `Ctrl-K`, `Alt-N`, `F9`.
fn is_a_key(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    let function = |digits: &str| digits.parse::<u8>().is_ok_and(|number| (1..=12).contains(&number));
    word.starts_with("Ctrl-") || word.starts_with("Alt-") || word.strip_prefix('F').is_some_and(function)
}

/// Keymaps differ, so what is below the screens names an act and the screen fills its key in.
#[test]
fn no_sentence_below_the_screens_names_a_key_and_every_act_it_names_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut acts) = (vec![root.clone()], 0);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
            let is_source = path.extension().is_some_and(|end| end == "rs");
            if !is_source || name.ends_with("tests.rs") || name == "tui/keyed.rs" {
                continue;
            }
            for sentence in sentences(&std::fs::read_to_string(&path).unwrap()) {
                let words = || sentence.split_whitespace();
                // One word alone is a code or a label, no sentence.
                let keyed = words().count() > 2 && words().any(is_a_key);
                assert!(name.starts_with("tui/") || !keyed, "{name}: {sentence}");
                for (_, after) in sentence.match_indices("[key:").map(|(at, _)| sentence.split_at(at)) {
                    let named = after["[key:".len()..].split(']').next().unwrap();
                    assert!(concord::tui::action::Action::named(named).is_some(), "{name}: no act {named}");
                    acts += 1;
                }
            }
        }
    }
    assert!(acts > 20, "{acts}");
}

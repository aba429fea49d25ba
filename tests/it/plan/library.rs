//! The agency's own files: library, rules on plans, codes of diagnoses.

use super::*;
use concord::boot::find_practice;
use concord::packs::{Library, Practice, read_codes, read_library};
use std::sync::Arc;

const SLEEP: &str = "key = \"sleep\"\nname = \"Sleep\"\n\
    [[objective]]\nstep = \"write the diary at «when» with «whom»\"\namount = \"«n» nights a week\"\nsee = \"the diary\"\n\
    [[method]]\nwording = \"CBT for sleep\"\noften = \"weekly\"\n";

fn with_library(rig: &mut Rig) {
    let library = Library::of(vec![read_library("sleep.toml", SLEEP).unwrap()]);
    rig.desk.set_practice(Arc::new(Practice { library, ..Practice::default() }));
}

#[test]
fn a_line_of_the_library_is_begun_filled_and_marked_until_a_word_is_changed() {
    let (mut rig, jo) = jo();
    rig.done(add_goal(jo, "I want to get through those nights."));
    with_library(&mut rig);
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter p down down down ctrl-a enter");
    desk.sees("New objective").sees("Ctrl-T begins it from the library.");
    desk.keys("ctrl-t").sees("From the library").sees("write the diary at «when» with «whom»").keys("enter");
    desk.sees("«n» nights a week").sees("the diary");
    // The first blank gives way to what is typed; Tab goes to the next one, and from there to the next field.
    desk.types("breakfast").sees("write the diary at breakfast with «whom»");
    desk.keys("ctrl-s").sees("«whom» is a blank. Write what is so for this client.");
    desk.types("Lena").sees("breakfast with Lena");
    desk.keys("tab").types("3").sees("3 nights a week").keys("ctrl-s").sees("O1 is on the plan");
    desk.sees("Write the diary at breakfast with Lena, 3 nights a week  copied");
    // A word that is no blank makes it one's own.
    desk.keys("ctrl-e home").types("carefully ").keys("ctrl-s").sees("O1 is changed").sees_no("copied");
    desk.keys("ctrl-z").sees("copied");
}

#[test]
fn no_blank_is_saved_and_nobody_says_themselves_that_a_line_is_the_librarys() {
    let (mut rig, jo) = jo();
    rig.done(add_goal(jo, "sleep"));
    let fault = rig.fault(add_step(jo, 1, "call «whom»"));
    assert!(fault.what.contains("«whom» is a blank"), "{}", fault.what);
    let taken = |step: &str, of: &str| {
        let mut one = objective(jo, 1, step);
        one.line.taken = Taken::Library(of.into());
        save(Whole::Objective(Box::new(one)), 0)
    };
    let view = shown(rig.done(taken("call Lena", "call «whom»")));
    assert_eq!(view.plan.objectives[0].line.taken, Taken::Library("call «whom»".into()));
    let view = shown(rig.done(taken("walk home", "call «whom»")));
    assert_eq!(view.plan.objectives[1].line.taken, Taken::Own);
}

#[test]
fn files_beside_the_settings_are_read_and_what_is_wrong_with_one_has_its_place() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    assert_eq!(find_practice(Some(dir.path())), (Practice::default(), Vec::new()));
    std::fs::create_dir(dir.path().join("library")).unwrap();
    write("library/sleep.toml", SLEEP);
    write("plan.toml", "focus = 2\n[diagnosing]\ncredentials = [\"LPCC\"]\n");
    write("diagnoses.tsv", "edition\tOurs 2027\nsource\tour own list\nF10.10\tAlcohol, mild\n");
    write("parties.toml", "[[party]]\nwhom = \"client\"\n");
    let (practice, faults) = find_practice(Some(dir.path()));
    assert_eq!(faults, [""; 0]);
    assert_eq!(practice.library.lines(LineKind::Objective).count(), 1);
    assert_eq!((practice.rules.focus, practice.parties.len()), (2, 1));
    assert_eq!((practice.codes().edition.as_str(), practice.codes().all.len()), ("Ours 2027", 1));
    write("plan.toml", "focus = 2\nblocks = [\"L05\"]\n");
    write("library/sleep.toml", "key = \"s\"\nname = \"S\"\n[[goal]]\nwording = \"Be sober\"\n");
    write("diagnoses.tsv", "edition\tOurs\nF10.10 Alcohol\n");
    let (practice, faults) = find_practice(Some(dir.path()));
    let places: Vec<bool> = ["plan.toml:2:11: ", "diagnoses.tsv:2:1: ", "sleep.toml:4:11: "]
        .iter()
        .zip(&faults)
        .map(|(at, told)| told.contains(at))
        .collect();
    assert_eq!(places, [true; 3], "{faults:?}");
    assert_eq!(practice.rules, Practice::default().rules, "what comes with Concord is used");
}

#[test]
fn diagnoses_are_chosen_from_the_agencys_list_with_its_edition_and_source_by_those_it_names() {
    let (mut rig, _) = jo();
    let text = "edition\tOurs 2027\nsource\tour own list of March\nF10.10\tAlcohol, mild\n";
    let own_codes = Some(read_codes("diagnoses.tsv", text).unwrap());
    let rules =
        concord::packs::read_plan_rules("plan.toml", "focus = 1\n[diagnosing]\ncredentials = [\"LPCC\"]\n");
    let rules = rules.unwrap();
    rig.desk.set_practice(Arc::new(Practice { own_codes, rules, ..Practice::default() }));
    rig.lock();
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").types("/jo").keys("enter").run("Go to diagnoses");
    desk.keys("ctrl-a enter").sees("Diagnosis (Ours 2027)").sees("our own list of March");
    desk.sees("Alcohol, mild").sees_no("F33").keys("enter");
    // Rosa is an LADC: she records what somebody else diagnosed.
    desk.sees("outside record");
}

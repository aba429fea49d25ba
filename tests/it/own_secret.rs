//! A passphrase that is typed where a window asks for something else is kept nowhere.

use crate::driver::Driver;
use crate::rig::Rig;

#[test]
fn a_passphrase_in_a_field_of_any_window_is_taken_out_and_not_saved() {
    let mut desk = Driver::new();
    desk.sign_in("rosa").keys("f8").types(Rig::PASSPHRASE).keys("ctrl-s");
    desk.sees("is your passphrase").sees("New task").sees_no(Rig::PASSPHRASE);
    desk.types("call the sister").keys("ctrl-s").sees_no("New task");
    // In a form that fills the screen, too, and among other words.
    desk.keys("ctrl-a")
        .types("Jo")
        .keys("tab")
        .types("Rivera correct horse")
        .keys("tab")
        .types("1991")
        .keys("ctrl-s");
    desk.sees("What was in \"Family name\" is your passphrase").sees_no("correct horse");
    desk.types("Rivera").keys("ctrl-s").sees("RIVERA, Jo");
}

#[test]
fn the_new_passphrase_is_known_from_its_change_on_and_none_after_the_lock() {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let own = desk.rig.session().own.clone();
    desk.rig.lock();
    desk.sign_in("rosa").run("Change your own passphrase").types(Rig::PASSPHRASE).keys("tab");
    desk.types("seven blue lamps").keys("tab").types("seven blue lamps").keys("ctrl-s").sees("is changed");
    desk.keys("f8").types("seven blue lamps").keys("ctrl-s").sees("is your passphrase").keys("esc");
    assert!(own.is_in("seven blue lamps") && !own.is_in(Rig::PASSPHRASE));
    desk.keys("ctrl-l").sees("locked");
    assert!(!own.is_in("seven blue lamps"), "nothing of it is kept behind a lock");
}

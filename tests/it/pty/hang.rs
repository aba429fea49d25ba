//! The built binary in a terminal while the image of its store hangs.

use super::terminal::House;
use super::typed::{back, house};

#[test]
fn a_hang_in_mid_sentence_ends_at_the_sign_in_and_the_draft_is_there() {
    let house = house();
    let hang = house.path("hang");
    let mut desk = house.open_with(&[("CONCORD_IMAGE_HANG", hang.to_str().unwrap())]);
    desk.sign_in();
    desk.sees("Jo Rivera").send(b"\x0e").sees("RIVERA, Jo").sees("0 words");
    desk.types("I walked, I did not ").sees("I did not ").sees("Saved ");
    let pid = desk.pid();
    std::fs::write(&hang, "").unwrap();
    desk.types("drink.").sees("Concord started itself again").sees("you typed is saved");
    assert_eq!(desk.pid(), pid, "whoever started it notices nothing");
    assert!(!desk.text().contains("Rivera"), "{}", desk.text());
    back(&mut desk).sees("I walked, I did not drink.").sees("RIVERA, Jo");
    // And on from there, on an image that answers.
    desk.types(" Four days.").sees("drink. Four days.").sees("Saved ").quits();
    desk.is_given_back();
    assert_eq!(house.lock_file(), "", "the store is free");
    house.signed_in().sees("drink. Four days.");
}

#[test]
fn a_hang_before_the_sign_in_is_one_line_and_the_desk_opens() {
    let house = House::founded();
    let hang = house.path("hang");
    std::fs::write(&hang, "").unwrap();
    let mut desk = house.open_with(&[("CONCORD_IMAGE_HANG", hang.to_str().unwrap())]);
    desk.sees("Passphrase");
    let raw = String::from_utf8_lossy(&desk.raw).into_owned();
    assert_eq!(raw.matches("Starting again (1 of 3)").count(), 1, "{raw}");
    assert!(!raw.contains("(2 of 3)"), "{raw}");
    let (code, _) = desk.sign_in().sees("yours").send(b"\x11").ends();
    assert_eq!(code, 0);
}

#[test]
fn who_was_being_registered_is_there_and_on_the_screen_again() {
    let house = House::founded();
    let hang = house.path("hang");
    let mut desk = house.open_with(&[("CONCORD_IMAGE_HANG", hang.to_str().unwrap())]);
    desk.sign_in();
    super::register_form(&mut desk);
    desk.types("Mika").sees("Mika");
    std::fs::write(&hang, "").unwrap();
    // The next thing that asks the store.
    desk.types("\t").sees("► Family name").types("Lindqvist").sees("Lindqvist").types("\t");
    desk.sees("► Birth date").types("1991-04-12").sees("Fri 12 Apr 1991").send(b"\x13");
    desk.sees("Concord started itself again");
    back(&mut desk).sees("LINDQVIST, Mika").sees("You are where you were").quits();
}

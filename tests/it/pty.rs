//! The built binary in a terminal: start, sign-in, sizes, lock, signals, a second instance, and the bytes of real keyboards.

mod discharged;
mod groups;
mod hang;
mod purged;
mod safety;
mod terminal;
mod turned;
mod typed;

use rustix::process::Signal;
use std::time::Duration;
use terminal::{House, PASSPHRASE, Terminal};

/// Opens the form for registering a person, the focus on the given names.
fn register_form(desk: &mut Terminal) {
    desk.sees("yours").send(b"\x01").sees("► Given names");
}

/// Registers Mika Lindqvist; ends in the chart.
fn register(desk: &mut Terminal) {
    register_form(desk);
    desk.types("Mika").sees("Mika").types("\t").sees("► Family name").types("Lindqvist").sees("Lindqvist");
    desk.types("\t").sees("► Birth date").types("1991-04-12").sees("Fri 12 Apr 1991");
    desk.send(b"\x13").sees("LINDQVIST, Mika");
}

#[test]
fn the_first_run_sets_up_an_agency_and_ends_at_the_sign_in() {
    let house = House::empty();
    let mut desk = house.open();
    desk.sees("Set up your agency").types("Lakeside Recovery\r").sees("► Your name").types("Rosa Imani\r");
    desk.sees("► Credential").types("LADC\r").sees("► Login").sees("rosa").types("\r");
    desk.sees("► Passphrase").types(PASSPHRASE).types("\r").sees("► The same again").sees("Outpatient");
    desk.types(PASSPHRASE).types("\r").sees("Enter when they are on paper");
    let shown = desk.text();
    let pieces: Vec<&str> = shown.split_whitespace().collect();
    let word = |number: usize| {
        let numeral = number.to_string();
        let at =
            pieces.windows(2).rev().find(|two| two[0] == numeral && two[1].chars().all(char::is_lowercase));
        at.unwrap_or_else(|| panic!("word {number} is not on the screen:\n{shown}"))[1].to_owned()
    };
    let words: Vec<String> = (1..=24).map(word).collect();
    desk.types("\r").sees("Two of the words");
    let asked = desk.text();
    let asked: Vec<usize> = (1..=24).filter(|n| asked.contains(&format!("Word {n} "))).collect();
    assert_eq!(asked.len(), 2, "{}", desk.text());
    desk.types("wrong\r")
        .sees(&format!("► Word {}", asked[1]))
        .types("wrong\r")
        .sees("These are not the two words");
    desk.types("\r").sees(&format!("► Word {}", asked[0])).types(&words[asked[0] - 1]).types("\r");
    desk.sees(&format!("► Word {}", asked[1])).types(&words[asked[1] - 1]).types("\r");
    desk.sees("The agency is set up").sees("rosa").sees("► Passphrase");
    assert!(!desk.text().contains("locked"), "{}", desk.text());
    desk.passphrase().sees("yours").quits();
    assert!(house.open().sees("Lakeside Recovery").sees("Passphrase").text().contains("Sign in"));
}

#[test]
fn somebody_signs_in_after_a_wrong_passphrase() {
    let house = House::founded();
    let mut desk = house.open();
    desk.sees("Passphrase").types("rosa\t").sees("► Passphrase").types("wrong horse\r");
    desk.sees("do not match").sees("► Passphrase");
    assert!(!desk.text().contains("wrong horse"));
    desk.passphrase().sees("yours");
    desk.quits();
    assert_eq!(house.lock_file(), "");
}

#[test]
fn any_size_at_any_moment() {
    let house = House::founded();
    let mut desk = house.signed_in();
    desk.sees("yours").resize(59, 20);
    desk.sees("This window is too small.").sees("it has 59 x 20.");
    desk.sees_no_more("Rosa Imani");
    desk.resize(200, 60);
    desk.sees("Rosa Imani").sees("Nothing is due.").sees("Ctrl-L");
    assert_eq!(desk.row_of("Ctrl-L"), 59, "the hints stand at the bottom:\n{}", desk.text());
    desk.resize(80, 24);
    desk.sees_no_more("too small").sees("Rosa Imani");
    let bottom = desk.becomes(Duration::from_secs(20), |screen| {
        screen.rows(0, 80).nth(23).is_some_and(|row| !row.trim().is_empty())
    });
    assert!(bottom, "{}", desk.text());
    desk.quits();
}

#[test]
fn the_lock_key_blanks_and_the_same_person_finds_their_place() {
    let house = House::founded();
    let mut desk = house.signed_in();
    register(&mut desk);
    let shown = desk.raw.len();
    desk.send(b"\x0c").sees("Concord is locked");
    for name in ["Mika", "LINDQVIST", "Lindqvist", "Rosa Imani"] {
        assert!(!desk.text().contains(name), "{name}:\n{}", desk.text());
        assert!(
            !String::from_utf8_lossy(&desk.raw[shown..]).contains(name),
            "{name} was written after the lock"
        );
    }
    desk.sees("► Passphrase").passphrase().sees("LINDQVIST, Mika").sees("You are where you were");
    desk.quits();
}

#[test]
fn the_idle_clock_warns_and_locks_and_keeps_the_form() {
    let house = House::founded();
    house.settings("lock_after = \"2s\"");
    let mut desk = house.signed_in();
    register_form(&mut desk);
    desk.types("Mika").sees("Mika");
    desk.sees("Concord locks in 1 second").sees("Concord is locked").sees_no_more("Mika");
    desk.sees("► Passphrase").passphrase().sees("Register a person").sees("Mika");
}

#[test]
fn a_pin_brings_one_back_over_the_idle_lock_and_is_seen_nowhere() {
    let house = House::founded();
    house.settings("lock_after = \"4s\"");
    let mut desk = house.signed_in();
    desk.send("\x10").sees("Find anything").types("set a pin").sees("Set a PIN for this computer");
    desk.send("\r")
        .sees("The same again")
        .types(PASSPHRASE)
        .send("\t")
        .types("739154")
        .send("\t")
        .types("739154");
    desk.send("\x13")
        .sees("Your PIN works on this computer")
        .sees("Concord is locked")
        .sees("PIN or passphrase");
    desk.types("739154");
    assert!(!desk.text().contains("739154"), "dots, not digits");
    desk.send("\r").sees("You are where you were");
    desk.quits();
    let mut again = house.open();
    again.sees("Passphrase");
    assert!(!again.text().contains("PIN"), "it ended with the program");
}

#[test]
fn a_second_instance_says_who_holds_the_store() {
    let house = House::founded();
    let mut desk = house.open();
    desk.sees("Passphrase");
    let second = house.run(&[]);
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(1), "{said}");
    let host = rustix::system::uname().nodename().to_string_lossy().into_owned();
    for fact in ["reception", &host, &desk.pid().to_string(), "since 20"] {
        assert!(said.contains(fact), "{fact:?} is not in: {said}");
    }
    desk.quits();
}

fn a_signal_in_a_form(signal: Signal) {
    let house = House::founded();
    let mut desk = house.signed_in();
    register_form(&mut desk);
    desk.types("Mika").sees("Mika");
    desk.signal(signal);
    let (code, took) = desk.ends();
    assert_eq!(code, 0);
    assert!(took < Duration::from_secs(5), "{took:?}");
    desk.is_given_back();
    assert_eq!(house.lock_file(), "", "the store is free");
    house.signed_in().sees("Register a person").sees("Mika").sees("You are where you were");
}

#[test]
fn a_terminate_signal_in_a_form_loses_nothing() {
    a_signal_in_a_form(Signal::TERM);
}

#[test]
fn a_hang_up_in_a_form_loses_nothing() {
    a_signal_in_a_form(Signal::HUP);
}

#[test]
fn after_a_kill_the_desk_opens_again_with_all_that_was_saved() {
    let house = House::founded();
    let mut desk = house.signed_in();
    register(&mut desk);
    desk.signal(Signal::KILL);
    desk.ends();
    assert!(house.lock_file().contains("pid "), "nobody could clean up");
    let mut desk = house.signed_in();
    desk.sees("yours")
        .types("/lind")
        .sees("Nobody matches")
        .send(b"\x1b")
        .sees("people, most pressing first");
    desk.send(b"\x17").sees("What to show").send(b"\r").sees("Mika Lindqvist").quits();
}

#[test]
fn old_keyboards_and_pastes() {
    let house = House::founded();
    let mut desk = house.signed_in();
    register_form(&mut desk);
    desk.send(b"\x1b[200~Mika\nAnn\x1b[201~").sees("Mika Ann");
    desk.send(b"\x15")
        .sees_no_more("Mika")
        .types("Mikaz")
        .sees("Mikaz")
        .send(b"\x08")
        .sees_no_more("Mikaz")
        .sees("Mika");
    // Esc and a letter is Alt: a word back, and neither Esc nor a letter.
    desk.send(b"\x1bb").types("x").sees("xMika");
    desk.send(b"\n").sees("► Family name");
    // Torn apart on the line. A machine too busy to send the rest in time may need some tries; then a lone Esc has asked
    // whether to leave, and another one says no.
    let joined = (0..20).any(|_| {
        for piece in ["\x1b", "[", "A"] {
            desk.send(piece);
            std::thread::sleep(Duration::from_millis(4));
        }
        let asked = |screen: &vt100::Screen| screen.contents().contains("Leave without saving");
        let up = |screen: &vt100::Screen| screen.contents().contains("► Given names");
        desk.becomes(Duration::from_secs(10), |screen| asked(screen) || up(screen));
        if desk.becomes(Duration::ZERO, asked) {
            desk.send(b"\x1b").sees_no_more("Leave without saving").send(b"\x15");
        }
        desk.becomes(Duration::ZERO, up)
    });
    assert!(joined, "{}", desk.text());
    desk.sees("xMika");
    desk.send(b"\x1b").sees("Leave without saving").send(b"\x07").sees("yours").quits();
}

#[test]
fn no_color_keeps_the_highlight() {
    let house = House::founded();
    let mut desk = house.open_with(&[("NO_COLOR", "1")]);
    desk.sign_in();
    register(&mut desk);
    desk.send(b"\x1b").sees("yours").send(b"\x17").sees("What to show").send(b"\r").sees("► Mika");
    let row = desk.row_of("► Mika");
    let inverse = (0..16).filter(|column| desk.cell(row, *column).inverse()).count();
    assert!(inverse >= 14, "{inverse} cells of the highlighted line are reversed:\n{}", desk.text());
    assert!(!desk.cell(row + 1, 5).inverse());
    let raw = String::from_utf8_lossy(&desk.raw).into_owned();
    for colour in ["[38;", "[48;", ";38;", ";48;", "[31m", "[32m", "[33m"] {
        assert!(!raw.contains(colour), "{colour:?} was written");
    }
    desk.quits();
}

#[test]
fn a_linux_console_gets_ascii() {
    let house = House::founded();
    let mut desk = house.open_with(&[("TERM", "linux")]);
    desk.sees("Passphrase").types("rosa\t").types(PASSPHRASE).types("\r").sees("Rosa Imani").sees("yours");
    desk.send(b"\x0b").sees("What can be done here");
    assert!(desk.raw.is_ascii(), "{}", desk.text());
    desk.quits();
}

#[test]
fn a_stopped_desk_is_drawn_whole_when_it_goes_on() {
    let house = House::founded();
    let mut desk = house.signed_in();
    desk.sees("yours");
    desk.signal(Signal::STOP);
    let before = desk.raw.len();
    desk.signal(Signal::CONT);
    assert!(desk.writes(before, "\x1b[?1049h"), "the terminal is not taken again");
    desk.sees("yours").sees("Rosa Imani").quits();
}

#[test]
fn a_suspended_desk_gives_the_terminal_back_and_comes_back_locked() {
    let house = House::founded();
    let mut desk = house.signed_in();
    desk.sees("yours");
    let before = desk.raw.len();
    desk.signal(Signal::TSTP);
    assert!(desk.writes(before, "\x1b[?1049l"), "the terminal is not given back");
    // It stops a moment after that; to go on before it has stopped would be to wait for ever.
    let locked = (0..100).any(|_| {
        desk.signal(Signal::CONT);
        desk.becomes(Duration::from_millis(300), |screen| screen.contents().contains("Concord is locked"))
    });
    assert!(locked, "{}", desk.text());
    desk.sees("► Passphrase").passphrase().sees("You are where you were").quits();
}

#[test]
fn a_mouse_that_is_switched_off_is_never_asked_for() {
    let house = House::founded();
    house.settings("mouse = false");
    let mut desk = house.open();
    desk.sees("Passphrase").quits();
    assert!(!String::from_utf8_lossy(&desk.raw).contains("\x1b[?1000h"));
}

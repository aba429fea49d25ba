//! The screen turned to a client, in the built program: whatever comes in from a terminal, nothing of the desk goes out to it.

use super::terminal::{House, Terminal};
use rustix::process::Signal;
use std::time::Duration;

const SECRET: &str = "lakeside demo";
/// What the desk shows around Jo's plan and on the page before it, and the turned screen never.
const DESK: [&str; 9] = ["Okafor", "OKAFOR", "Rivera", "RIVERA", "yours", "Ctrl-K", "G1", "O1", "P1"];

fn sign_in(house: &House) -> Terminal {
    let mut desk = house.open();
    desk.sees("Passphrase").types("rosa\t").sees("► Passphrase").types(SECRET).types("\r").sees("Okafor");
    desk
}

fn at_plan(desk: &mut Terminal) {
    desk.types("riv").send("\r").sees("RIVERA, Jo").send("p").sees("G1");
}

/// Jo's plan, turned by F6 F6. Gives how many bytes the terminal had got by then.
fn turned(desk: &mut Terminal) -> usize {
    at_plan(desk);
    desk.send("\x1b[17~").sees("Turn to Jo, in English: F6 again.");
    desk.send("\x1b[17~").sees("My plan, Jo").sees_no_more("Ctrl-K");
    desk.raw.len()
}

#[track_caller]
fn nothing_of_the_desk(desk: &Terminal, from: usize) {
    let (screen, written) = (desk.text(), String::from_utf8_lossy(&desk.raw[from..]).into_owned());
    for words in DESK {
        assert!(!screen.contains(words), "{words:?} is on the screen:\n{screen}");
        assert!(!written.contains(words), "{words:?} was written");
    }
}

/// N17 and N18: no burst, paste, signal or size leads out of the page.
#[test]
fn nothing_of_the_desk_is_written_to_a_terminal_that_is_turned() {
    let house = House::demo();
    let mut desk = sign_in(&house);
    let from = turned(&mut desk);
    // With brackets, and as old terminals paste: all at once.
    for paste in ["\x1b[200~CLIENT B, call 555-0101\n1\x1b[201~", "CLIENT B, call 555-0101 111111111111"] {
        desk.send(paste).sees("Pasting is off on this page.");
        assert!(!desk.text().contains("CLIENT"), "{}", desk.text());
        desk.send("\x1b[B").sees_no_more("Pasting is off");
    }
    nothing_of_the_desk(&desk, from);
    // Ctrl-C, Ctrl-\, Ctrl-Z, Ctrl-P, Ctrl-K, Ctrl-Q, F1, and a click.
    for keys in ["\x03", "\x1c", "\x1a", "\x10", "\x0b", "\x11", "\x1bOP", "\x1b[<0;4;6M\x1b[<0;4;6m"] {
        desk.send(keys);
    }
    // Nothing that ends a text or leads elsewhere: those keys are tried one by one beside the code.
    let mut dice: u32 = 7;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (dice >> 24) as u8
    })
    .filter(|byte| !matches!(byte, 0x1b | 0x0c | b'\r' | b'\n' | b'\t'))
    .take(10_000)
    .collect();
    desk.send(&noise);
    desk.resize(20, 5);
    desk.sees("Please make");
    for (columns, rows) in [(60, 20), (200, 60), (80, 24)] {
        desk.resize(columns, rows);
        desk.sees("My plan, Jo");
        nothing_of_the_desk(&desk, from);
    }
    desk.signal(Signal::TSTP);
    assert!(desk.writes(from, "\x1b[?1049l"), "the terminal is not given back");
    let locked = (0..100).any(|_| {
        desk.signal(Signal::CONT);
        desk.becomes(Duration::from_millis(300), |screen| screen.contents().contains("Concord is locked"))
    });
    assert!(locked, "{}", desk.text());
    nothing_of_the_desk(&desk, from);
    assert!(!desk.text().contains("My plan"), "{}", desk.text());
    desk.asked_and_titled_nothing();
}

/// A mark is on the disk within its second; then even a kill does not lose it.
#[test]
fn a_kill_while_turned_keeps_the_marks_and_shows_the_sign_in() {
    let house = House::demo();
    let mut desk = sign_in(&house);
    let from = turned(&mut desk);
    let before = house.journal();
    // Three headings on: what we agreed.
    desk.send("\x1b[6~").sees("Why it matters").send("\x1b[6~").sees("What we agreed");
    desk.send("2").sees("partly");
    assert!(desk.waits(|| house.journal() != before), "the mark is not written");
    nothing_of_the_desk(&desk, from);
    desk.signal(Signal::KILL);
    desk.ends();
    let mut again = house.open();
    again.sees("Passphrase");
    assert!(!again.text().contains("My plan"), "{}", again.text());
    again.types("rosa\t").sees("► Passphrase").types(SECRET).types("\r").sees("Okafor");
    at_plan(&mut again);
    again.sees("takes over what Jo marked");
}

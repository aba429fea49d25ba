//! A safety plan in the built program, killed while it is made together.

use super::terminal::PASSPHRASE;
use super::typed::{back, house};
use rustix::process::Signal;
use std::time::Duration;

const F2: &str = "\x1bOQ";
const F9: &str = "\x1b[20~";

#[test]
fn a_kill_while_it_is_written_keeps_its_words_and_it_is_signed_afterwards() {
    let house = house();
    let mut desk = house.signed_in();
    desk.sees("Jo Rivera").types("rivera\r").sees("RIVERA, Jo");
    desk.types(F2).sees("No safety plan is signed").types("4").sees("whom they can tell");
    desk.types("Lidia 555-0117").sees("Lidia 555-0117");
    // Within about a second it is on disk; a machine busy with other tests gets three.
    desk.becomes(Duration::from_secs(3), |_| false);
    desk.signal(Signal::KILL);
    desk.ends();
    let mut desk = house.open();
    back(&mut desk).sees("Recovered: Jo Rivera").sees("Lidia 555-0117");
    desk.types("\t").sees("Enter answers it: together").types("\r").sees("1 together in session").types("1");
    desk.sees("8 Took part    together in session");
    desk.types(F9).sees("Sign the safety plan").types(PASSPHRASE).types("\r").sees("Safety plan 1");
    desk.signal(Signal::KILL);
    desk.ends();
    let mut desk = house.open();
    back(&mut desk).sees("safety plan 0 d").types(F2).sees("Lidia 555-0117").quits();
}

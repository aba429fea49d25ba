//! Two charts of one person by keys: asked for in a chart, agreed from supervision, read on every page, unlinked again.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::*;

/// Kim supervises Sam, who has Jo in A-1001 and, registered twice, in A-1002, where there is a problem.
fn desk() -> Driver {
    let mut desk = Driver::new();
    let rig = &mut desk.rig;
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    rig.hire("sam", &[Role::Counselor], Some(kim));
    rig.lock();
    rig.sign_in("sam");
    rig.admitted("Jo", "Rivera");
    let twice = rig.admitted("Jo", "Rivera");
    let problem = rig.problem(twice, "evenings alone", "");
    rig.done(problem);
    rig.lock();
    desk.restart();
    desk
}

impl Driver {
    fn over_to(&mut self, login: &str) -> &mut Self {
        self.keys("ctrl-l");
        self.restart();
        self.types(login).keys("tab").types(Rig::PASSPHRASE).keys("enter")
    }

    fn palette(&mut self, words: &str) -> &mut Self {
        self.keys("ctrl-p").types(words).keys("enter")
    }
}

#[test]
fn asked_for_in_the_chart_agreed_from_supervision_and_read_on_every_page() {
    let mut desk = desk();
    desk.over_to("sam").sees("A-1001").sees("A-1002");
    desk.palette("A-1001").sees("namesake");
    desk.palette("link two charts")
        .sees("These are one person")
        .sees("A supervisor or an admin has to agree");
    desk.sees("A-1002").types("registered twice").keys("ctrl-s");
    desk.sees("You asked to link A-1001 and A-1002.").sees("same as A-1002?");

    desk.over_to("kim").palette("open supervision").sees("sam Person asks to link it with A-1002");
    desk.keys("enter").sees("same as A-1002?");
    desk.palette("link or unlink")
        .sees("sam Person asked on 21 Nov to link A-1002")
        .sees("they are two people");
    desk.keys("enter").sees("A-1001 and A-1002 are linked. New entries go to A-1001.").sees("also A-1002");
    // Every page shows what the other chart holds.
    for page in ["p", "g", "r", "t", "n", "b", "h"] {
        desk.keys(page).sees("A-1002 (same person), read only");
    }
    desk.keys("p").sees("evenings alone");
    desk.keys("o end").sees("A-1002");

    // The linked chart opens on the same page and takes nothing new; the same act comes back.
    desk.keys("p").palette("linked chart").sees("part of A-1001").sees("evenings alone");
    desk.keys("ctrl-n").sees("New entries go to A-1001");
    desk.palette("linked chart").sees("also A-1002");

    // One line on the list, found by both numbers.
    desk.over_to("sam").keys("esc").sees("A-1001").sees_no("A-1002");
    desk.palette("A-1002").sees("RIVERA, Jo").sees("also A-1002");
    desk.palette("link or unlink").keys("enter").sees("These are two people").types("twins").keys("ctrl-s");
    desk.sees("You asked to unlink A-1001 and A-1002.").sees("also A-1002, unlink?");
    desk.palette("link or unlink").sees("Take back what you asked about A-1002").keys("esc");
    desk.over_to("kim").palette("link or unlink").sees("Unlink A-1002").keys("enter");
    desk.sees("are not linked any more").sees_no("also A-1002");
    desk.over_to("sam").keys("esc").sees("A-1001").sees("A-1002");
}

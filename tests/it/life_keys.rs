//! The life of a note by keys: signed, returned, amended, co-signed, several at once, the next piece of work and back again.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::*;
use concord::service::api::*;

/// Kim supervises Sam, who needs co-signatures and has Jo and Ann; nobody is signed in.
fn desk() -> Driver {
    let mut desk = Driver::new();
    let rig = &mut desk.rig;
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    let sam = rig.hire("sam", &[Role::Counselor], Some(kim));
    let rows = rig.staff_rows(StaffAsk::List);
    let row = rows.into_iter().find(|row| row.staff.value.id == sam).unwrap();
    let staff = Box::new(Staff { cosign_needed: true, ..row.staff.value });
    rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    rig.lock();
    rig.sign_in("sam");
    let jo = rig.admitted("Jo", "Rivera");
    rig.admitted("Ann", "Smith");
    let problem = rig.problem(jo, "evenings alone", "");
    rig.done(problem);
    rig.lock();
    desk.restart();
    desk
}

impl Driver {
    fn passphrase(&mut self) -> &mut Self {
        self.types(Rig::PASSPHRASE).keys("enter")
    }

    /// Over a lock, or at the first sign-in.
    fn turn(&mut self, login: &str) -> &mut Self {
        if self.screen().contains(" yours") || self.screen().contains("Ctrl-L") {
            self.keys("ctrl-l");
        }
        self.restart();
        self.types(login).keys("tab").passphrase()
    }

    /// Writes all three sections of a new note for the person who is highlighted or open.
    fn write(&mut self, words: &str) -> &mut Self {
        self.keys("ctrl-n").types(words).keys("tab").types("Less tense than before, says so.");
        self.keys("tab").types("Same time next week.");
        // Jo has a problem on the list: the note serves it.
        if self.screen().contains("RIVERA") {
            self.keys("ctrl-g enter esc");
        }
        self.advance(1_000);
        self
    }
}

#[test]
fn returned_amended_and_co_signed_by_keys() {
    let mut desk = desk();
    desk.turn("sam").keys("/ rivera enter").write("Came on time and spoke of the flat.");
    desk.keys("f9").sees("After that it waits for the co-signature").passphrase();
    desk.sees("waits for co-signature by kim Person").sees("co-sign");

    // The supervisor: F4 from the list, Ctrl-R returns it.
    desk.turn("kim").sees("1 to co-sign");
    desk.keys("f4").sees("RIVERA, Jo").sees("spoke of the flat").sees("Signed, awaiting co-signature.");
    desk.keys("ctrl-r").sees("Return this note").types("Say what was agreed.").keys("enter");
    desk.sees("Returned to sam Person").sees_no("to co-sign  ");

    // The author: it calls on the strip, F4 opens it with the comment; the amended version starts from the text.
    desk.turn("sam").sees("returned");
    desk.keys("f4").sees("Returned 2026-11-21").sees("Say what was agreed.").sees("not part of the record");
    desk.keys("ctrl-e").sees("Amend this note").types("what was agreed was missing").keys("enter");
    // What the supervisor said stays in sight while it is written.
    desk.sees("spoke of the flat").sees("Returned 21 Nov by kim Person: Say what was agreed.");
    desk.keys("ctrl-end").types(" Agreed: sister on Saturday.");
    desk.sees("Returned 21 Nov by kim Person: Say what was agreed.").keys("f9");
    desk.sees("AMENDED: what was agreed was missing");
    desk.sees("It changes what was signed, [-old-] {+new+}:")
        .sees("{+Agreed: sister on Saturday.+}")
        .passphrase();
    desk.sees("The amended version is signed.").sees_no("AMENDED: what was");

    // Back to the supervisor, who sees what changed; one key shows the version before; F9 signs.
    desk.turn("kim")
        .keys("f4")
        .sees("{+")
        .sees("+}")
        .sees("AMENDED 2026-11-21 13:00: what was agreed was missing");
    desk.keys("v").sees_no("{+").keys("v").sees("OLD VERSION").sees_no("sister on Saturday");
    // What was not in sight is shown before it is co-signed.
    for _ in 0..5 {
        if desk.screen().contains("Co-sign this note") {
            break;
        }
        desk.keys("f9");
    }
    desk.sees("Co-sign this note").sees("RIVERA, Jo").sees("12 Apr 1991").passphrase();
    desk.sees("Co-signed.").sees("AMENDED").sees_no("awaiting");
    desk.keys("enter").sees("Co-signed 2026-11-21").sees("The co-signature is valid.");
    // The comment is not in the record: once it is settled it is not shown any more.
    desk.sees_no("Say what was agreed.");
    // The old version is hidden from the usual list, one key shows it.
    desk.keys("esc").sees_no("old version").keys("ctrl-w").sees("old version");
}

/// A co-signature says that it was read: what was not in sight, or was jumped over, is shown first.
#[test]
fn a_long_note_is_read_to_its_end_before_it_is_co_signed() {
    let mut desk = desk();
    let long = "A sentence about the evening that is long enough to wrap. ".repeat(60);
    desk.turn("sam").keys("/ rivera enter").write(&long).keys("f9").passphrase();
    desk.turn("kim").keys("f4").sees("RIVERA, Jo");
    desk.keys("end f9").sees("You co-sign what you have read").sees_no("Co-sign this note");
    for _ in 0..20 {
        if desk.screen().contains("This is its end.") {
            break;
        }
        desk.keys("f9").sees_no("Co-sign this note");
    }
    desk.sees("This is its end. F9 co-signs it now.").keys("f9").sees("Co-sign this note").passphrase();
    desk.sees("Co-signed.");
}

#[test]
fn co_signing_goes_on_to_the_next_and_comes_back_to_the_same_spot() {
    let mut desk = desk();
    desk.turn("sam").keys("/ smith enter").write("Ann's hour.").keys("f9").passphrase();
    desk.keys("esc").keys("esc / rivera enter").write("Jo's hour.").keys("f9").passphrase();
    desk.turn("kim").sees("2 to co-sign").keys("ctrl-w enter").keys("/ rivera enter p").sees("RIVERA, Jo");
    desk.keys("f4").sees("SMITH, Ann").sees("Ann's hour.");
    desk.keys("f9").passphrase().sees("RIVERA, Jo").sees("Jo's hour.");
    desk.keys("f9").passphrase().sees("Co-signed.").sees("RIVERA, Jo");
    // Jo's chart was open in another room: it is one chart, never two.
    desk.keys("esc").sees("most pressing first");
}

#[test]
fn returning_goes_on_to_the_next_and_says_so() {
    let mut desk = desk();
    desk.turn("sam").keys("/ smith enter").write("Ann's hour.").keys("f9").passphrase();
    desk.keys("esc").keys("esc / rivera enter").write("Jo's hour.").keys("f9").passphrase();
    desk.turn("kim").keys("f4").sees("SMITH, Ann").sees("Ctrl-R return");
    desk.keys("ctrl-r").types("Say what was agreed.").keys("enter");
    desk.sees("RIVERA, Jo").sees("Jo's hour.").sees("Returned to sam Person").sees("Now: Jo Rivera");
    desk.keys("f9").passphrase().sees("Nothing else waits for your co-signature.");
}

#[test]
fn what_was_signed_is_not_said_over_a_draft_that_is_opened_afterwards() {
    let mut desk = desk();
    desk.turn("sam").keys("/ smith enter").write("Ann's hour.").keys("f9").passphrase();
    desk.sees("waits for co-signature").keys("enter").sees("Ann's hour.").sees("Ctrl-E amend");
    desk.keys("ctrl-e").types("wrong day").keys("enter");
    desk.sees("amends the note of 21 Nov").sees_no("waits for co-signature");
}

#[test]
fn f4_comes_back_to_the_same_spot() {
    let mut desk = desk();
    desk.turn("sam").keys("/ smith enter").write("A draft about Ann").keys("esc");
    desk.keys("esc / rivera enter p").sees("evenings alone");
    desk.keys("f4").sees("SMITH, Ann").sees("A draft about Ann");
    desk.keys("f4").sees("your only unfinished work");
    desk.keys("esc").sees("RIVERA, Jo").sees("evenings alone");
    // From an open draft to the other person's and back: the draft is where it was left, open.
    desk.keys("ctrl-n").types("Half a sen");
    desk.keys("f4").sees("SMITH, Ann").keys("esc").sees("Half a sen");
    desk.types("tence").sees("Half a sentence");
    desk.keys("f4").sees("SMITH, Ann").keys("f4").sees("Half a sentence").sees("RIVERA, Jo");
}

#[test]
fn several_are_read_to_the_end_and_signed_with_one_passphrase() {
    let mut desk = desk();
    let long = "A sentence about the evening that is long enough to wrap. ".repeat(60);
    desk.turn("sam").keys("/ smith enter").write(&long).keys("esc esc");
    desk.keys("esc / rivera enter").write("Jo's hour.").keys("esc esc");
    // The third lacks sections: it is read and does not count.
    desk.keys("esc / smith enter ctrl-n 2").types("only data").keys("esc esc");
    desk.sees("3 unsigned");
    desk.keys("f5").sees("To do").sees("5 to do").sees("Rivera").sees("Smith");
    desk.keys("f9").sees("sign several, 1 of 3");
    desk.keys("f9").sees("You have not read anything to its end");
    for _ in 0..40 {
        if desk.screen().contains("Sign 2 at once") {
            break;
        }
        desk.keys("enter");
    }
    desk.sees("Sign 2 at once").sees("1 not read to the end or not complete");
    desk.passphrase().sees("2 are signed.").sees("To do").sees("3 to do");
    desk.keys("enter").sees("only data");
}

#[test]
fn entered_in_error_by_two_people() {
    let mut desk = desk();
    desk.turn("sam").keys("/ rivera enter").write("This is Ann's hour.").keys("f9").passphrase();
    desk.keys("ctrl-k t enter").sees("Entered in error").types("wrong chart").keys("enter");
    desk.sees("A second person decides").sees("in error?");
    desk.turn("kim")
        .sees("1 in error?")
        .keys("f4")
        .sees("Called entered in error by sam Person: wrong chart");
    desk.keys("ctrl-g").sees("you are the second person").sees("wrong chart").passphrase();
    desk.sees("This was entered in error. It is kept").sees("No notes yet");
    desk.keys("ctrl-w")
        .sees("in error")
        .keys("enter")
        .sees("ENTERED IN ERROR: wrong chart")
        .sees("agreed by kim");
}

#[test]
fn a_draft_in_the_wrong_chart_is_moved_after_two_questions() {
    let mut desk = desk();
    desk.turn("sam").keys("/ rivera enter").write("Ann's hour.");
    desk.sees("evenings alone");
    desk.keys("ctrl-k z enter").sees("To whose chart").types("smi").keys("enter");
    desk.sees("from  RIVERA, Jo").sees("to    Ann Smith").keys("ctrl-g");
    desk.sees("Type the record number of Ann Smith").types("A-1001").keys("enter").sees("nothing was moved");
    desk.keys("ctrl-u")
        .types("A-1002")
        .keys("enter")
        .sees("Moved to SMITH, Ann")
        .sees("Ann's hour.")
        .sees_no("evenings alone");
    desk.keys("esc").sees("SMITH, Ann").sees("Draft: DAP note");
}

/// Keystrokes of the acts of this part on the default keymap, what is typed (prose, passphrase) apart.
#[test]
fn few_keys() {
    fn count(desk: &mut Driver, act: impl FnOnce(&mut Driver)) -> usize {
        let before = desk.pressed;
        act(desk);
        desk.pressed - before
    }
    let mut desk = desk();
    desk.turn("sam").keys("/ rivera enter").write("Came on time.");
    let sign = count(&mut desk, |desk| {
        desk.keys("f9").passphrase().sees("Note signed");
    });
    let addendum = count(&mut desk, |desk| {
        desk.keys("ctrl-a")
            .sees("Addendum")
            .types("The sister called.")
            .keys("f9")
            .passphrase()
            .sees("signed");
    });
    desk.keys("ctrl-n").types("Half").keys("esc esc");
    let unsigned = count(&mut desk, |desk| {
        desk.keys("f4").sees("Half").sees("RIVERA, Jo");
    });
    desk.turn("kim");
    let send_back = count(&mut desk, |desk| {
        desk.keys("f4 ctrl-r").types("More.").keys("enter").sees("Returned to sam");
    });
    desk.turn("sam");
    let answer = count(&mut desk, |desk| {
        desk.keys("f4 ctrl-e").types("more is said").keys("enter").types("More. ").keys("f9");
        desk.passphrase().sees("The amended version is signed");
    });
    desk.turn("kim");
    let cosign = count(&mut desk, |desk| {
        desk.keys("f4 f9").sees("This is its end.").keys("f9").passphrase().sees("Co-signed.");
    });
    // Sign, addendum written and signed, next unsigned, return, answer and sign, co-sign from the list of people: one key more there,
    // since the amended note is longer than the screen.
    assert_eq!([sign, addendum, unsigned, send_back, answer, cosign], [2, 3, 1, 3, 5, 4]);
}

#[test]
fn among_several_a_note_that_does_not_say_why_it_serves_nothing_is_left_out() {
    let mut desk = desk();
    // Before there is a plan nobody is asked.
    desk.turn("sam")
        .keys("/ rivera enter p ctrl-a enter")
        .types("I want calm evenings.")
        .keys("ctrl-s ctrl-g 1");
    desk.keys("ctrl-n").types("Only the flat was spoken of.").keys("tab");
    desk.types("Calmer than before.").keys("tab").types("Same time next week.");
    desk.advance(1_000);
    desk.keys("esc esc esc / smith enter").write("Ann's hour.").keys("esc esc");
    desk.keys("f5 f9").sees("sign several, 1 of 2");
    for _ in 0..20 {
        if desk.screen().contains("at once") {
            break;
        }
        desk.keys("enter");
    }
    desk.passphrase().sees("sign it there").sees("3 to do").sees("Rivera");
}

#[test]
fn an_assessment_is_co_signed_and_amended_by_keys() {
    let mut desk = desk();
    desk.turn("sam").keys("/ rivera enter g ctrl-a").keys("2 1 3 f9").passphrase();
    desk.sees("waits for co-signature by kim Person");
    desk.turn("kim").sees("1 to co-sign").keys("f4");
    desk.sees("Assessment  ASAM 3rd ed.").sees("3 Serious").sees("Signed, awaiting co-signature.");
    desk.keys("f9").sees("Co-sign this assessment").passphrase();
    desk.sees("Co-signed.");

    // Its author looks at it in the grid: the same keys as for a note.
    desk.turn("sam").keys("/ rivera enter g ctrl-e").sees("Amend this assessment");
    desk.types("home was rated by mistake").keys("enter").sees("draft");
    desk.keys("home down down 1 f9").sees("home was rated by mistake");
    desk.sees("[-3 Serious-] {+1 Mild+}").passphrase();
    desk.sees("The amended assessment is signed.");
    desk.keys("v").sees("OLD VERSION").sees("3 Serious").keys("v");
    desk.sees("AMENDED 2026-11-21").sees("home was rated by mistake");
    desk.keys("esc").sees("Assessments").sees_no("AMENDED");
}

#[test]
fn a_need_in_hand_is_looked_at_again_after_a_day_unless_somebody_says_otherwise() {
    let mut desk = desk();
    desk.turn("sam").keys("/ rivera enter r ! enter enter").types("says he cannot go on").keys("ctrl-s");
    desk.keys("ctrl-k h enter").sees("What is being done?").types("he stays with his sister").keys("ctrl-s");
    let (store, keys) = desk.rig.reader();
    let mut needs = Vec::new();
    let repo = store.repo(&keys.agency);
    repo.scan::<ImmediateNeed>(|kept| {
        needs.push(kept.value);
        Ok(())
    })
    .unwrap();
    let NeedState::InHand { recheck_at, .. } = needs[0].state else { panic!("{needs:?}") };
    assert_eq!(recheck_at, Rig::NOW.plus_ms(24 * Moment::HOUR));
}

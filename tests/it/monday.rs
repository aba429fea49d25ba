//! A counselor's Monday, by keys alone: seven sessions, a no-show, notes begun from their lines, and Due empties.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::{ClientId, ClockTime, Date, Modality, Mode, Role, Session, Task};
use concord::service::api::{Command, DaysAsk};

const PEOPLE: [(&str, &str); 7] = [
    ("Jo", "Rivera"),
    ("Sam", "Okafor"),
    ("Ana", "Pereira"),
    ("Lee", "Tran"),
    ("Mika", "Laine"),
    ("Noor", "Haddad"),
    ("Emeka", "Nwosu"),
];

/// A desk on Monday 23 November 2026 at 08:30, rosa's seven people in the book from 9 to 16.
fn monday() -> (Driver, Vec<ClientId>) {
    let mut desk = Driver::new();
    // From Saturday 13:00 to Monday 08:30.
    desk.rig.advance_ms(((48 - 13) * 60 + 8 * 60 + 30) * 60_000);
    desk.rig.sign_in("rosa");
    let me = desk.rig.me();
    let mut ids = Vec::new();
    for (index, (given, family)) in PEOPLE.into_iter().enumerate() {
        let id = desk.rig.admitted(given, family);
        let session = Session {
            client: id,
            date: Date::from_ymd(2026, 11, 23).unwrap(),
            start: ClockTime::new(9 + index as u32, 0).unwrap(),
            minutes: 50,
            kind: "individual".into(),
            modality: Some(Modality::Individual),
            mode: Some(Mode::Person),
            staff: me,
            ..Session::default()
        };
        desk.rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1 }.into());
        ids.push(id);
    }
    desk.rig.lock();
    (desk.again(), ids)
}

fn hours(count: i64) -> i64 {
    count * 3_600_000
}

impl Driver {
    /// The line of the day that holds this text.
    fn line_of(&self, text: &str) -> String {
        let screen = self.screen();
        screen
            .lines()
            .find(|line| line.contains(text))
            .unwrap_or_else(|| panic!("no {text}\n{screen}"))
            .to_owned()
    }

    /// Sits the person down again: the idle lock has come in between.
    fn back(&mut self) {
        self.types(Rig::PASSPHRASE).keys("enter").sees("You are where you were");
    }

    fn writes_note(&mut self) {
        self.types("Came on time and spoke of the week.").keys("tab").types("Less tense than before.");
        self.keys("tab").types("Same hour next week.");
        self.keys("f9").types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
    }
}

#[test]
fn seven_sessions_a_no_show_and_due_empties() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("tab").sees("Mon 23 Nov 2026").sees("7 sessions").sees("09:00-09:50 Jo Rivera");
    assert!(desk.line_of("Jo Rivera").contains("to come"));

    // The first one arrives, is held, and its note begins from the line with its times.
    desk.keys("ctrl-r").sees("Jo Rivera has arrived");
    assert!(desk.line_of("09:00").contains("here"));
    desk.advance(hours(1) + 25 * 60_000);
    desk.back();
    desk.sees("Mon 23 Nov 2026").sees("came; held?");
    desk.keys("home ctrl-n").sees("RIVERA, Jo").sees("09:00").sees("50 min");
    desk.writes_note();
    desk.keys("esc esc").sees("7 sessions");
    assert!(desk.line_of("09:00").contains("held") && desk.line_of("09:00").contains("signed"));

    // The second did not come; the try to reach them is written down.
    desk.keys("down");
    desk.advance(hours(1));
    desk.back();
    desk.sees("10:00-10:50 Sam Okafor").keys("ctrl-x").sees("Sam Okafor, 23 Nov 10:00: missed");
    desk.keys("ctrl-u").sees("Outreach").keys("ctrl-s").sees("Tried to reach Sam Okafor");
    assert!(desk.line_of("10:00").contains("missed, 1 try"));
    // A mistake is taken back.
    desk.keys("ctrl-z").sees("Taken back");
    assert!(!desk.line_of("10:00").contains("try"));

    // The rest of the day: held, and two notes are owed in the evening.
    desk.advance(hours(5));
    desk.back();
    for _ in 0..5 {
        desk.keys("down ctrl-t").sees("Its note is owed");
    }
    desk.sees("5 notes owed").keys("tab").sees("note of Mon 23 Nov 11:00").sees("5 notes owed");
    // Enter does the work in place, one after the other.
    for left in (0..5).rev() {
        desk.keys("enter").sees("50 min");
        desk.writes_note();
        desk.keys("esc esc");
        if left > 0 {
            desk.sees(&format!("{left} note"));
        }
    }
    desk.sees_no("note of").sees("first assessment");
}

/// F4 opens the next unfinished work from anywhere, and Esc comes back to the same spot.
#[test]
fn f4_opens_the_next_and_esc_comes_back_to_the_same_spot() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("f4").sees("Nothing of yours is unfinished.");
    desk.advance(hours(1) + 25 * 60_000);
    desk.back();
    desk.keys("tab home ctrl-t").sees("Its note is owed").keys("shift-tab");
    // In the middle of a sentence about somebody else.
    desk.types("tran").keys("enter").sees("TRAN, Lee").keys("ctrl-n").types("half a sen");
    desk.advance(1_000);
    desk.keys("f4").sees("RIVERA, Jo").sees("23 Nov 09:00-09:50");
    desk.keys("esc esc").sees("TRAN, Lee").sees("half a sen");
    desk.types("tence");
    desk.sees("half a sentence");
}

/// A task from anywhere: three keys before its text at most, even from a note.
#[test]
fn a_task_from_anywhere() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("ctrl-n").types("Came on time").keys("f8").sees("New task");
    desk.types("Call the pharmacy").keys("ctrl-s").sees("Task kept, due today");
    desk.sees("Came on time").keys("esc esc");
    // By the menu: Ctrl-K, its letter, Enter.
    desk.keys("ctrl-k + enter")
        .types("Order the forms")
        .keys("tab")
        .keys("ctrl-u")
        .types("T+3")
        .keys("ctrl-s");
    desk.sees("Task kept, due Thu").keys("tab").sees("Call the pharmacy").sees("Jo Rivera");
    desk.sees_no("Order the forms").keys("right right right").sees("Order the forms").keys("tab");
    desk.sees("Order the forms").keys("down");
    // Ticked off, taken back, handed on.
    let at = desk.screen().lines().position(|line| line.contains("►")).unwrap();
    assert!(at > 0);
    desk.keys("home ctrl-d").sees("Done.").sees_no("Call the pharmacy");
    desk.keys("ctrl-z").sees("Taken back").sees("Call the pharmacy");
}

/// The front desk: the day of everyone, names, times and phones; nothing of a chart on any screen.
#[test]
fn the_front_desk_by_keys() {
    let (mut desk, ids) = monday();
    desk.rig.sign_in("rosa");
    desk.rig.hire("fred", &[Role::FrontDesk], None);
    let me = desk.rig.me();
    let due = desk.rig.desk.now().local.date;
    let task =
        Task { text: "secret of the chart".into(), due, to: me, client: Some(ids[0]), ..Task::default() };
    desk.rig.done(Command::from(DaysAsk::Keep { task: Box::new(task), rev: 0 }));
    desk.rig.lock();
    let mut desk = desk.again();
    desk.types("fred").keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("7 sessions").sees("everyone");
    desk.sees("Rosa Imani").sees_no("individual").sees_no("secret").sees_no("Note");
    // Enter asks what became of it; that it took place is not theirs to say.
    desk.keys("enter").sees("Arrived").sees("Missed").sees_no("Held").keys("enter").sees("has arrived");
    desk.keys("ctrl-t").sees("do not cover this").keys("ctrl-n").sees("for counselors and supervisors");
    // A person found by name is planned, not opened.
    desk.types("okafor").sees("1 person matches").keys("enter").sees("Plan a session");
    desk.keys("ctrl-u")
        .types("T+1")
        .keys("tab")
        .types("930")
        .keys("ctrl-s")
        .sees("Sam Okafor, Tue 24 Nov 09:30");
    desk.sees_no("D3").sees_no("LOC 2");
}

/// Screens at the smallest size and at a large one.
#[test]
fn the_day_at_both_sizes() {
    let (mut desk, _) = monday();
    desk.resize(200, 60);
    desk.sign_in("rosa").keys("tab").sees("Record").sees("Phone").sees("Left, Right: other days");
    desk.keys("tab").sees("Source").keys("tab").sees("Next");
    desk.resize(80, 24);
    desk.sees("Last Next").keys("tab ctrl-g").sees("Another day").types("2026-11-26").keys("ctrl-s");
    desk.sees("Thu 26 Nov 2026").sees("Thanksgiving Day").sees("Ctrl-A plans one");
}

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
        desk.rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: true }.into());
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
    desk.keys("ctrl-u a r r enter").sees("Jo Rivera has arrived");
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
    desk.sees("10:00-10:50 Sam Okafor").keys("ctrl-u m i s s enter").sees("Sam Okafor, 23 Nov 10:00: missed");
    desk.keys("ctrl-u o u t r enter").sees("Outreach").keys("ctrl-s").sees("Tried to reach Sam Okafor");
    assert!(desk.line_of("10:00").contains("missed, 1 try"));
    // A mistake is taken back.
    desk.keys("ctrl-z").sees("Undone");
    assert!(!desk.line_of("10:00").contains("try"));

    // The rest of the day: held, and two notes are owed in the evening.
    desk.advance(hours(5));
    desk.back();
    for _ in 0..5 {
        desk.keys("down ctrl-u h e l d enter").sees("It needs a note");
    }
    desk.sees("5 notes to write").keys("tab").sees("note of Mon 23 Nov 11:00").sees("5 notes due");
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
    desk.sign_in("rosa").keys("f4").sees("You have no unfinished work.");
    desk.advance(hours(1) + 25 * 60_000);
    desk.back();
    desk.keys("tab home ctrl-u h e l d enter").sees("It needs a note").keys("shift-tab");
    // In the middle of a sentence about somebody else.
    desk.types("tran").keys("enter").sees("TRAN, Lee").keys("ctrl-n").types("half a sen");
    desk.advance(1_000);
    desk.keys("f4").sees("RIVERA, Jo").sees("23 Nov 09:00-09:50");
    // Nothing was written there: nothing is left behind, and one key is the way back.
    desk.keys("esc").sees("TRAN, Lee").sees("half a sen");
    desk.types("tence");
    desk.sees("half a sentence");
    desk.keys("esc esc").sees("1 note due").sees("1 unsigned");
}

/// F4 walks through every note that is owed, whatever is begun on the way; what stays empty is no draft.
#[test]
fn f4_goes_on_to_the_next_piece_and_leaves_no_empty_drafts() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("tab");
    desk.advance(hours(4));
    desk.back();
    desk.keys("home ctrl-u h e l d enter down ctrl-u h e l d enter down ctrl-u h e l d enter")
        .sees("3 notes to write")
        .keys("shift-tab");
    for name in ["RIVERA, Jo", "OKAFOR, Sam", "PEREIRA, Ana", "RIVERA, Jo", "OKAFOR, Sam"] {
        desk.keys("f4").sees(name);
    }
    desk.keys("esc").sees("People").sees("3 notes due").sees_no("unsigned");
    // One that was begun stays, in its place.
    desk.keys("f4").sees("RIVERA, Jo").keys("f4").sees("OKAFOR, Sam").types("Came late.");
    desk.keys("f4").sees("PEREIRA, Ana").keys("f4").sees("RIVERA, Jo").keys("f4").sees("Came late.");
    desk.keys("esc").sees("Draft for Sam Okafor kept.").sees("1 unsigned").sees("2 notes due");
}

/// A draft in which nothing was written is nowhere; one with words can be thrown away, under any name for that.
#[test]
fn an_empty_draft_is_not_kept_and_one_with_words_can_be_thrown_away() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa")
        .types("tran")
        .keys("enter ctrl-n")
        .types("half a sen")
        .keys("esc esc")
        .sees("1 unsigned");
    desk.types("rivera").keys("enter ctrl-n").sees("Data").keys("esc");
    desk.sees("Nothing was written, so no draft is kept.")
        .sees("No notes yet")
        .keys("esc")
        .sees("1 unsigned");
    // An assessment in which nothing was rated is no draft either.
    desk.types("rivera").keys("enter g ctrl-a").sees("draft").keys("esc");
    desk.sees("Nothing was written, so no draft is kept.").sees("1 unsigned");
    desk.types("tran").keys("enter n").sees("DRAFT");
    for words in ["discard", "delete draft", "throw away"] {
        desk.keys("ctrl-p").types(words).sees("Delete this draft").keys("esc");
    }
    desk.keys("ctrl-p").types("discard").keys("enter").sees("Delete this draft?").keys("ctrl-g");
    desk.sees("No notes yet").keys("esc").sees_no("unsigned");
}

/// A task from anywhere: three keys before its text at most, even from a note.
#[test]
fn a_task_from_anywhere() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("ctrl-n").types("Came on time").keys("f8").sees("New task");
    desk.types("Call the pharmacy").keys("ctrl-s").sees("The task is saved. It is due today");
    desk.sees("Came on time").keys("esc esc");
    // By the menu: Ctrl-K, its letter, Enter.
    desk.keys("ctrl-k + enter")
        .types("Order the forms")
        .keys("tab")
        .keys("ctrl-u")
        .types("T+3")
        .keys("ctrl-s");
    desk.sees("The task is saved. It is due Thu").keys("tab").sees("Call the pharmacy").sees("Jo Rivera");
    desk.sees_no("Order the forms").keys("right right right").sees("Order the forms").keys("tab");
    desk.sees("Order the forms").keys("down");
    // Ticked off, taken back, handed on.
    let at = desk.screen().lines().position(|line| line.contains("►")).unwrap();
    assert!(at > 0);
    desk.keys("home ctrl-u").sees("The task is done.").sees_no("Call the pharmacy");
    desk.keys("ctrl-z").sees("Undone").sees("Call the pharmacy");
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
    desk.keys("ctrl-u")
        .sees("Missed")
        .sees_no("Held")
        .keys("esc ctrl-n")
        .sees("for counselors and supervisors");
    // A person found by name who is expected today: arrived with Enter and Enter. A key does it on the line.
    desk.types("okafor").sees("1 person matches").keys("enter").sees("Plan another session").keys("enter");
    desk.sees("Sam Okafor has arrived")
        .keys("down ctrl-o")
        .sees("has arrived")
        .sees_no("Sam Okafor has arrived");
    // Whoever is here already opens, with what comes next; from there another session is planned.
    desk.types("okafor")
        .keys("enter")
        .sees("OKAFOR, Sam")
        .sees("Sessions")
        .keys("alt-s")
        .sees("Plan a session");
    desk.keys("ctrl-u")
        .types("T+1")
        .keys("tab")
        .types("930")
        .keys("ctrl-s")
        .sees("Sam Okafor, Tue 24 Nov 09:30");
    desk.sees_no("D3").sees_no("LOC 2");
    // After it the find line is empty and the day is fresh: the same name leads to the session that was just planned.
    desk.keys("esc").sees("7 sessions").types("able").sees("0 people").keys("esc");
    desk.types("okafor").keys("enter alt-s ctrl-u").types("T").keys("tab").types("1745").keys("ctrl-s esc");
    desk.sees("8 sessions");
    desk.types("okafor").sees("1 person matches").keys("enter").sees("17:45").sees("Arrived").keys("esc");
    // A caller is registered, corrected, and found by the number however it is written.
    desk.keys("shift-tab ctrl-a")
        .sees("Register a person")
        .types("Nova")
        .keys("tab")
        .types("Caller")
        .keys("tab");
    desk.types("1990").keys("tab tab tab tab").types("(312) 555-0142").keys("ctrl-s");
    desk.sees("Nova Caller is registered").sees_no("Ctrl-D");
    desk.keys("ctrl-e").sees("Edit CALLER, Nova").sees("Address").sees_no("Guardian").sees_no("Emergency");
    desk.keys("tab tab tab tab tab ctrl-u")
        .types("312 555 0199")
        .keys("ctrl-s")
        .sees("The details are changed.");
    desk.keys("esc").types("+1 312 555-0199").sees("1 person matches").sees("Nova Caller").sees("1990");
}

/// The highlight goes to what was just planned, so that the next key is about them; who came is not said twice.
#[test]
fn what_was_planned_is_highlighted_and_who_came_comes_once() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("tab").sees("7 sessions");
    let plan = |desk: &mut Driver, name: &str, at: &str| {
        desk.keys("ctrl-a")
            .sees("Plan a session")
            .keys("enter")
            .types(name)
            .keys("enter tab")
            .types(at)
            .keys("ctrl-s");
    };
    plan(&mut desk, "haddad", "1115");
    // It clashes with another of hers: said before it is saved, inside the window, and saved again it is meant.
    desk.sees("Rosa Imani has another session at 11:00, with").sees("to do it even so");
    desk.keys("ctrl-s").sees("Noor Haddad, Mon 23 Nov 11:15. They also come at");
    let line = desk.line_of("11:15");
    assert!(line.contains("►") && line.contains("Noor Haddad"), "{line}");
    desk.keys("ctrl-u a r r enter").sees("Noor Haddad has arrived. Ctrl-Z undoes it.");
    desk.advance(4 * 60_000);
    desk.keys("ctrl-k r enter")
        .sees("Noor Haddad is marked as arrived at 08:30 already.")
        .sees("here, 4 min");
    desk.keys("ctrl-z")
        .sees("Undone: Noor Haddad, 23 Nov 11:15, is marked as planned again.")
        .sees_no("undoes it");
    desk.keys("home ctrl-u a r r enter").sees("Jo Rivera has arrived");
    // Planned for another day, the highlight stays.
    plan(&mut desk, "tran", "1600");
    assert!(desk.line_of("16:00").contains("►"));
    desk.keys("home ctrl-a enter")
        .types("tran")
        .keys("enter ctrl-u")
        .types("T+1")
        .keys("tab")
        .types("9")
        .keys("ctrl-s");
    desk.sees("Lee Tran, Tue 24 Nov 09:00");
    assert!(desk.line_of("09:00-").contains("►"));
}

/// Whoever carries nobody plans for the client's own counselor, whoever that is.
#[test]
fn the_front_desk_plans_for_the_clients_own_counselor() {
    let (mut desk, _) = monday();
    desk.rig.sign_in("rosa");
    desk.rig.hire("fred", &[Role::FrontDesk], None);
    desk.rig.registered("Ann", "Able");
    desk.rig.lock();
    let mut desk = desk.again();
    desk.types("fred").keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("7 sessions");
    desk.keys("ctrl-a")
        .sees("their own counselor")
        .keys("enter")
        .types("okafor")
        .keys("enter")
        .sees("Mon 23 Nov, Rosa Imani: 09:00 Jo Rivera")
        .keys("tab")
        .types("1730")
        .keys("ctrl-s");
    desk.sees("Sam Okafor, Mon 23 Nov 17:30.");
    let line = desk.line_of("17:30");
    assert!(line.contains("►") && line.contains("Rosa I"), "{line}");
    // From the list of people, and for somebody whom nobody counsels yet: it is asked.
    desk.types("able").keys("enter").sees("none planned").keys("alt-s").sees("their own counselor");
    desk.keys("tab").types("18").keys("ctrl-s");
    desk.sees("This person has no counselor yet.");
}

/// What no key does on a line says what to do; a task is handed on where it says whose it is.
#[test]
fn a_line_that_is_no_task_and_a_task_that_is_handed_on() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa")
        .keys("f8")
        .sees("New task")
        .keys("ctrl-s")
        .sees("\"What\" is empty. Write what is to be done.");
    desk.types("Call the pharmacy")
        .keys("ctrl-s")
        .sees("The task is saved")
        .keys("tab tab")
        .sees("Call the pharmacy");
    desk.keys("home ctrl-e").sees("Task").sees("► Who").keys("esc");
    desk.keys("down ctrl-u").sees("This is not a task. Press Enter to do the work itself.");
    desk.keys("ctrl-e").sees("This is not a task. Press Enter to do the work itself.");
}

/// A list that is longer than the screen says so, and its last page is full.
#[test]
fn a_long_list_says_that_there_is_more_and_ends_on_a_full_page() {
    let (mut desk, _) = monday();
    desk.rig.sign_in("rosa");
    let names = [
        "Bo Hall", "Cy Ives", "Di Kerr", "Ed Moss", "Flo Nash", "Gus Orr", "Hal Pike", "Ina Rhys",
        "Jan Shaw", "Kit Vale",
    ];
    for (given, family) in names.iter().filter_map(|name| name.split_once(' ')) {
        desk.rig.admitted(given, family);
    }
    desk.rig.lock();
    let mut desk = desk.again();
    desk.sign_in("rosa").sees("17 people").sees("▼ 3 more").sees_no("above");
    let rows = |desk: &Driver| desk.screen().lines().filter(|line| line.contains("A-10")).count();
    let full = rows(&desk);
    desk.keys("end").sees("▲ 3 above").sees_no("more");
    assert_eq!(rows(&desk), full);
    // The same after going away and coming back.
    desk.keys("tab tab tab").sees("▲ 3 above");
    assert_eq!(rows(&desk), full);
    desk.keys("tab tab").sees("first assessment").keys("end");
    assert!(desk.screen().lines().filter(|line| line.contains("first assessment")).count() > 10);
}

/// Screens at the smallest size and at a large one.
#[test]
fn the_day_at_both_sizes() {
    let (mut desk, _) = monday();
    desk.resize(200, 60);
    desk.sign_in("rosa").keys("tab").sees("Record").sees("Phone").sees("Left, Right: other days");
    desk.keys("tab").sees("Source").keys("tab").sees("Next");
    desk.resize(80, 24);
    desk.sees("Last Next")
        .keys("tab ctrl-w d a y enter")
        .sees("Another day")
        .types("2026-11-26")
        .keys("ctrl-s");
    desk.sees("Thu 26 Nov 2026").sees("Thanksgiving Day").sees("Press Ctrl-A to plan a session");
}

/// A lock in the middle of a sentence, or before a section has its first word: the next key is typed where the last one was.
#[test]
fn after_a_lock_the_cursor_is_where_it_was() {
    let (mut desk, _) = monday();
    desk.sign_in("rosa").keys("tab ctrl-n").types("Came on time.").keys("left left left left left");
    desk.keys("ctrl-l").back();
    desk.types("right ").sees("Came on right time.");
    desk.keys("tab ctrl-l").back();
    desk.types("Less tense.").keys("ctrl-s");
    let screen = desk.screen();
    let at = |words: &str| screen.find(words).unwrap_or_else(|| panic!("no {words}\n{screen}"));
    assert!(at("Assessment") < at("Less tense."), "{screen}");
}

#[test]
fn whoever_came_is_not_missed_without_being_asked_about() {
    let (mut desk, _) = monday();
    desk.rig.advance_ms(hours(5));
    desk = desk.again();
    desk.sign_in("rosa")
        .keys("tab")
        .keys("ctrl-u")
        .types("missed")
        .keys("enter")
        .sees("missed. Ctrl-Z undoes it");
    desk.keys("home down ctrl-o").keys("ctrl-u").types("missed").keys("enter");
    desk.sees("Missed: Sam Okafor, 10:00")
        .sees("is marked as arrived at")
        .keys("esc")
        .keys("ctrl-u")
        .types("missed")
        .keys("enter");
    desk.keys("ctrl-g").sees("2 missed").sees("missed. Ctrl-Z undoes it");
}

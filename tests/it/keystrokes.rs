//! The table of the README, pressed: each task by exactly the keys it names, counted, and the work is done afterwards.

use crate::driver::Driver;
use crate::plan::{add_goal, add_step};
use crate::rig::Rig;
use concord::domain::{Role, Staff};
use concord::service::api::StaffAsk;
use concord::tui::action::Scope;
use concord::tui::keymap::KeyPress;
use std::fmt::Write;

/// Most keys a task may take, where the product promises it.
const PROMISED: &[(&str, usize)] = &[
    ("Start a note", 8),
    ("Sign", 4),
    ("Link two", 8),
    ("Link a step", 4),
    ("Add an objective", 11),
    ("Ask about 4 goals", 13),
];

struct Row {
    task: String,
    keys: usize,
    places: usize,
    how: String,
}

/// The rows of the table as they stand in the README.
fn table() -> Vec<Row> {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let part = readme.split("## Tasks, counted").nth(1).expect("the table").split("\n## ").next().unwrap();
    let rows = part.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| Task"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        Row {
            task: cells[0].trim_start_matches('|').trim().to_owned(),
            keys: cells[1].parse().unwrap(),
            places: cells[2].parse().unwrap(),
            how: cells[3].trim_end_matches('|').trim().to_owned(),
        }
    })
    .collect()
}

/// Where the keys went last and how many there were.
struct Counter<'a> {
    desk: &'a mut Driver,
    keys: usize,
    places: Vec<Scope>,
}

impl Counter<'_> {
    fn look(&mut self) {
        let scopes = self.desk.app.desk().scopes();
        // The find line is a part of the list it stands in.
        let here = *scopes.iter().find(|scope| **scope != Scope::Find).expect("a place");
        if self.places.last() != Some(&here) {
            self.places.push(here);
        }
    }

    fn press(&mut self, word: &str) {
        self.keys += 1;
        self.desk.keys(&word.to_lowercase());
        self.look();
    }
}

/// Presses what a row says; gives keys and places.
fn press(desk: &mut Driver, how: &str) -> (usize, usize) {
    let mut counter = Counter { desk, keys: 0, places: Vec::new() };
    counter.look();
    let how = how.strip_prefix('`').and_then(|how| how.strip_suffix('`')).unwrap_or("");
    for (at, part) in how.split('"').enumerate() {
        if at % 2 == 1 {
            counter.desk.types(part);
            continue;
        }
        for word in part.split_whitespace() {
            if word == "passphrase" {
                counter.desk.types(Rig::PASSPHRASE);
            } else {
                assert!(KeyPress::parse(&word.to_lowercase()).is_some(), "{word} is no key");
                counter.press(word);
            }
        }
    }
    (counter.keys, counter.places.len())
}

/// Rosa at her desk; Jo has two problems and a signed note, Sam nothing.
fn desk() -> Driver {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    desk.rig.admitted("Sam", "Okafor");
    for wording in ["low mood after court days", "evenings alone"] {
        let problem = desk.rig.problem(jo, wording, "");
        desk.rig.ok(problem);
    }
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").keys("j o enter ctrl-n").sees("Data");
    desk.types("Came on time.").keys("tab").types("Less tense than before.");
    desk.keys("tab").types("Call the sister before eight.");
    sign(&mut desk);
    desk.keys("esc").sees("yours");
    desk
}

/// A note of Sam's waits for Rosa, who supervises them; she sits at the list.
fn awaits(desk: &mut Driver) {
    desk.rig.lock();
    desk.rig.sign_in("rosa");
    let rosa = desk.rig.staff_rows(StaffAsk::List)[0].staff.value.id;
    let sam = desk.rig.hire("sam", &[Role::Counselor], Some(rosa));
    let rows = desk.rig.staff_rows(StaffAsk::List);
    let row = rows.into_iter().find(|row| row.staff.value.id == sam).unwrap();
    let staff = Box::new(Staff { cosign_needed: true, ..row.staff.value });
    desk.rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    desk.rig.lock();
    desk.rig.sign_in("sam");
    desk.rig.admitted("Ann", "Smith");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("sam")
        .keys("/ smith enter ctrl-n")
        .types("Ann's hour.")
        .keys("tab")
        .types("Calmer than before.");
    desk.keys("tab").types("Same time next week.");
    sign(desk);
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").sees("1 to co-sign");
}

/// Signs, whatever is asked first about a note that serves nothing.
fn sign(desk: &mut Driver) {
    desk.keys("f9");
    if !desk.screen().contains("assphrase") {
        desk.keys("enter");
    }
    desk.types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
}

/// A plan of so many goals with so many steps each is Jo's; Rosa looks at it, the highlight on its first row.
fn planned(desk: &mut Driver, steps: &[usize]) {
    desk.rig.lock();
    // The note of this morning is over.
    desk.rig.advance_ms(3 * 3_600_000);
    desk.rig.sign_in("rosa");
    let rows = std::sync::Arc::clone(&desk.rig.session().people.rows);
    let jo = rows.iter().find(|row| row.summary.name.contains("Rivera")).expect("Jo").summary.client;
    for (goal, steps) in (1..).zip(steps) {
        desk.rig.done(add_goal(jo, &format!("My goal {goal}.")));
        for step in 0..*steps {
            desk.rig.done(add_step(jo, goal, &format!("walk home by way {step} of goal {goal}")));
        }
    }
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa").keys("j o enter p").sees("Wants");
}

/// Brings the desk to where a task begins.
fn before(desk: &mut Driver, task: &str) {
    let writing = |desk: &mut Driver| {
        desk.keys("j o enter ctrl-n").sees("Data");
    };
    match task {
        _ if task.starts_with("Start a note") => {}
        _ if task.starts_with("Link a step") => {
            planned(desk, &[1]);
            desk.keys("ctrl-n").sees("Data").types("Walked twice.").keys("tab").types("Calmer than before.");
            desk.keys("tab")
                .types("The same way again.")
                .keys("ctrl-g down down enter 2 enter esc")
                .sees("works on  O1");
            sign(desk);
            desk.keys("ctrl-n").sees("Data");
        }
        _ if task.starts_with("Add an objective") => {
            planned(desk, &[0]);
            desk.keys("down").sees("►   G1");
        }
        _ if task.starts_with("Ask about") => planned(desk, &[2, 2, 2, 1]),
        _ if task.starts_with("A routine") || task.starts_with("Insert") || task.starts_with("Link") => {
            writing(desk);
        }
        _ if task.starts_with("Fix a typo") => {
            writing(desk);
            desk.types("They recieve help every week. ").keys("tab tab").types("And on it goes. ");
        }
        _ if task.starts_with("Sign") => {
            writing(desk);
            desk.types("Came on time, calm.").keys("tab").types("Doing what was agreed.");
            desk.keys("tab").types("Same again next week.").keys("ctrl-g enter esc");
        }
        _ if task.starts_with("Add to") => {
            desk.keys("j o enter n").sees("DAP");
        }
        _ if task.starts_with("Co-sign") => awaits(desk),
        _ if task.starts_with("Go to the next") => {
            writing(desk);
            desk.types("An unfinished note.").keys("esc esc").sees("yours");
            desk.types("okaf").keys("enter p").sees("OKAFOR");
        }
        _ if task.starts_with("Resume") => {
            writing(desk);
            desk.types("Typed before the crash.");
            desk.advance(1_000);
            desk.restart();
            desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter");
        }
        other => panic!("nobody knows where {other:?} begins"),
    }
}

/// What must be on the screen when the task is done.
fn after(task: &str) -> &'static str {
    match task {
        _ if task.starts_with("Start a note") => "What",
        _ if task.starts_with("A routine") => "Same again next week.",
        _ if task.starts_with("Insert") => "Data\n",
        _ if task.starts_with("Co-sign") => "Co-signed.",
        _ if task.starts_with("Link a step") => "today: some",
        _ if task.starts_with("Add an objective") => "M1  · Individual session",
        _ if task.starts_with("Ask about") => "Agreed: goals 4 of 4, tasks 5 of 7",
        _ if task.starts_with("Link") => "P2",
        _ if task.starts_with("Fix a typo") => "They receive help",
        _ if task.starts_with("Sign") || task.starts_with("Add to") => "signed",
        _ if task.starts_with("Go to the next") => "An unfinished note.",
        _ => "Recovered",
    }
}

#[test]
fn the_counted_tasks_take_the_keys_the_manual_says() {
    let rows = table();
    assert!(rows.len() >= 10, "{} rows", rows.len());
    let mut wrong = String::new();
    for row in rows {
        let mut desk = desk();
        before(&mut desk, &row.task);
        let (keys, places) = press(&mut desk, &row.how);
        desk.sees(after(&row.task));
        if row.task.starts_with("Insert") {
            // Once in the line about the last note, once in the note.
            assert_eq!(
                desk.screen().matches("Call the sister before eight.").count(),
                2,
                "{}",
                desk.screen()
            );
        }
        if (keys, places) != (row.keys, row.places) {
            let _ = writeln!(wrong, "{}: {keys} keys, {places} places", row.task);
        }
        if let Some((_, most)) = PROMISED.iter().find(|(task, _)| row.task.starts_with(task)) {
            assert!(keys <= *most, "{} takes {keys} keys", row.task);
        }
    }
    assert!(wrong.is_empty(), "the README says otherwise:\n{wrong}");
}

//! What another program reads from a page: the words that were written, in their order, and nothing else.
//!
//! `pdftotext` is that program. Where there is none the test says so; that every letter is a sign of its own, which is what it
//! lives by, is tested beside the code in any case.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::{
    Act, Attested, AuditEvent, Block, ClientId, Content, Date, Goal, Objective, Paper, PaperSize, PlanLine,
    Quote, Recipient, Role,
};
use concord::print::{Look, pdf};
use concord::rules::plan::change::Whole;
use concord::service::api::{
    Allowed, Answer, ChartAsk, Command as Ask, LeaveAsk, LeaveRequest, PaperPlace, PlanAsk,
};
use concord::service::fault::FaultKind;
use std::io::Write as _;
use std::process::{Command, Stdio};

const LIGATURES: &str = "after the first shift I lift, offer, afflict, attend the fjord office";

fn look(large: bool) -> Look {
    Look {
        card: false,
        large,
        size: PaperSize::Letter,
        head: "Lakeside Recovery, Saturday 21 November 2026".into(),
        foot: "Jo".into(),
        page: "Page {n} of {m}".into(),
        language: "en".into(),
        made: Date::from_ymd(2026, 11, 21).unwrap(),
    }
}

/// The words another program takes out of a PDF; `None` where that program is missing.
pub(crate) fn taken_out(bytes: &[u8]) -> Option<String> {
    let mut program = Command::new("pdftotext");
    program.args(["-enc", "UTF-8", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = program.stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    Some(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap())
}

/// Words in a row, however they were broken into lines and pages.
pub(crate) fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn another_program_reads_what_was_written() {
    let address = format!("https://example.org/{}", "a".repeat(70));
    let heading = |words: &str| Block::Heading { key: words.into(), words: words.into() };
    let content = Content {
        title: "My plan, Jo".into(),
        blocks: vec![
            heading("What I want"),
            Block::Quote { words: LIGATURES.into(), on: Date::from_ymd(2026, 11, 18) },
            heading("What I will do"),
            Block::Item("Gehe heim, fünfmal; Łódź, cafe\u{301}, naïve – “so”.".into()),
            Block::Prose("Θέλω να κοιμάμαι καλά. Я хочу спать спокойно.".into()),
            heading("Whom to call"),
            Block::Prose(format!("{address} or (507) 555 0100")),
        ],
    };
    for large in [false, true] {
        let Some(read) = taken_out(&pdf(&content, &look(large)).unwrap()) else {
            println!("skipped: there is no pdftotext here");
            return;
        };
        let read = flowing(&read);
        let expected = format!(
            "Lakeside Recovery, Saturday 21 November 2026 My plan, Jo What I want “{LIGATURES}” 18 Nov 2026 \
             What I will do • Gehe heim, fünfmal; Łódź, café, naïve – “so”. \
             Θέλω να κοιμάμαι καλά. Я хочу спать спокойно. Whom to call"
        );
        assert!(read.starts_with(&expected), "{read}");
        assert!(read.replace(' ', "").contains(&address), "{read}");
        assert!(read.contains("(507) 555 0100"), "{read}");
        assert!(read.ends_with("Jo Page 1 of 1"), "{read}");
    }
}

/// Somebody with one goal and one step, each with this word.
fn planned(rig: &mut Rig, given: &str, word: &str) -> ClientId {
    let client = rig.admitted(given, "Rivera");
    rig.done(rig.problem(client, &format!("low mood, {word}"), "I cannot get up"));
    let line = PlanLine { client, ..PlanLine::default() };
    let words = Quote { words: format!("Sleep through, {word}."), on: Date(20_000), ..Quote::default() };
    let goal = Goal { line: line.clone(), words, problems: vec![1], ..Goal::default() };
    rig.done(save(Whole::Goal(Box::new(goal)), 0));
    let step = Objective { line, goal: 1, step: format!("write the diary {word}"), ..Objective::default() };
    rig.done(save(Whole::Objective(Box::new(step)), 0));
    client
}

fn save(line: Whole, rev: u32) -> Ask {
    PlanAsk::SaveLine { line: Box::new(line), rev, same_meaning: false }.into()
}

fn jo() -> (Rig, ClientId) {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let jo = planned(&mut rig, "Jo", "jojo");
    (rig, jo)
}

pub fn request(client: ClientId, paper: Paper, to: Recipient) -> LeaveRequest {
    let (language, place) = ("en".to_owned(), PaperPlace::Printer);
    LeaveRequest { client, paper, to, large: false, neutral: false, language, place }
}

pub fn asked(rig: &mut Rig, request: LeaveRequest) -> Allowed {
    match rig.ok(LeaveAsk::Ask(request).into()) {
        Answer::Leaves(allowed) => *allowed,
        other => panic!("it does not leave: {other:?}"),
    }
}

fn ended(pass: u64, made: Result<&str, &str>) -> Ask {
    let made = made.map(str::to_owned).map_err(str::to_owned);
    LeaveAsk::Ended { pass, made }.into()
}

/// The acts of pages in the audit, in their order.
fn acts(rig: &Rig) -> Vec<(Act, Option<ClientId>)> {
    let of_paper = |event: &AuditEvent| {
        matches!(event.act, Act::MadeForClient | Act::MadeForStaff | Act::ShownToClient | Act::NotMade)
    };
    rig.audit_events().into_iter().filter(of_paper).map(|event| (event.act, event.client)).collect()
}

fn read(page: &Allowed) -> String {
    let content = &page.sheet().content;
    let lines: Vec<String> = content.blocks.iter().map(Block::words).collect();
    format!("{}\n{}\n{}\n{}", page.sheet().head, content.title, lines.join("\n"), page.sheet().foot)
}

#[test]
fn the_event_comes_first_and_only_a_page_that_is_there_was_seen() {
    let (mut rig, jo) = jo();
    let unseen = rig.fault(PlanAsk::SinceSeen { client: jo }.into());
    assert!(unseen.to_string().contains("No copy of the plan was made"), "{unseen}");

    let failed = asked(&mut rig, request(jo, Paper::ClientPage, Recipient::Client));
    assert_eq!(acts(&rig), [(Act::MadeForClient, Some(jo))], "before anything is written");
    let refused = rig.fault(ended(failed.pass(), Err("The disk is full.")));
    assert_eq!((refused.kind, refused.to_string().as_str()), (FaultKind::User, "The disk is full."));
    assert_eq!(acts(&rig)[1..], [(Act::NotMade, Some(jo))]);
    rig.fault(PlanAsk::SinceSeen { client: jo }.into());

    let page = asked(&mut rig, request(jo, Paper::ClientPage, Recipient::Client));
    rig.advance_ms(60_000);
    assert_eq!(
        rig.done(ended(page.pass(), Ok("The page is with the printer."))).said,
        "The page is with the printer."
    );
    assert_eq!(acts(&rig)[2..], [(Act::MadeForClient, Some(jo)), (Act::ShownToClient, Some(jo))]);
    let Answer::PlanThen { seen, plan, .. } = rig.ok(PlanAsk::SinceSeen { client: jo }.into()) else {
        panic!()
    };
    assert_eq!(
        seen.as_deref(),
        Some("printed copy of 21 Nov 13:00"),
        "the moment of the page, not of the printer"
    );
    assert_eq!(*plan, rig.open(jo).plan.plan);
    let again = rig.fault(ended(page.pass(), Ok("twice")));
    assert_eq!(again.kind, FaultKind::Internal, "a page ends once");
}

#[test]
fn what_staff_print_was_not_seen_by_the_client_and_their_page_is_not_for_staff() {
    let (mut rig, jo) = jo();
    for (paper, to) in [
        (Paper::Plan, Recipient::Staff),
        (Paper::Problem(1), Recipient::Staff),
        (Paper::Plan, Recipient::Client),
    ] {
        let page = asked(&mut rig, request(jo, paper, to));
        rig.done(ended(page.pass(), Ok("made")));
    }
    let act = |act| (act, Some(jo));
    assert_eq!(acts(&rig), [act(Act::MadeForStaff), act(Act::MadeForStaff), act(Act::MadeForClient)]);
    rig.fault(PlanAsk::SinceSeen { client: jo }.into());
    let refused = rig.fault(LeaveAsk::Ask(request(jo, Paper::ClientPage, Recipient::Staff)).into());
    assert_eq!(refused.kind, FaultKind::Denied);
    assert_eq!(acts(&rig).len(), 3, "what is denied makes nothing");
}

#[test]
fn whoever_may_not_read_the_chart_makes_no_page_of_it() {
    let (mut rig, jo) = jo();
    rig.hire("fred", &[Role::FrontDesk], None);
    rig.lock();
    rig.sign_in("fred");
    for paper in [Paper::ClientPage, Paper::Plan, Paper::Document(1)] {
        let refused = rig.fault(LeaveAsk::Ask(request(jo, paper, Recipient::Client)).into());
        assert_eq!(refused.kind, FaultKind::Denied, "{refused}");
    }
    assert!(acts(&rig).is_empty());
}

#[test]
fn what_is_new_since_they_saw_it_is_told_in_words_and_undo_does_not_cross_it() {
    let (mut rig, jo) = jo();
    let page = asked(&mut rig, request(jo, Paper::ClientPage, Recipient::Client));
    rig.done(ended(page.pass(), Ok("made")));
    let undo = rig.fault(Ask::Undo);
    assert!(undo.to_string().contains("nothing to undo"), "{undo}");
    rig.advance_ms(3_600_000);
    let mut step = rig.open(jo).plan.plan.objectives[0].clone();
    step.amount = "4 nights a week".into();
    rig.done(save(Whole::Objective(Box::new(step)), 1));
    let page = asked(&mut rig, request(jo, Paper::Changes, Recipient::Client));
    let told = read(&page);
    assert!(told.contains("What is new in my plan, Jo"), "{told}");
    assert!(
        told.contains("Before: Write the diary jojo. Now: Write the diary jojo, 4 nights a week."),
        "{told}"
    );
    rig.done(ended(page.pass(), Ok("made")));
    let page = asked(&mut rig, request(jo, Paper::Changes, Recipient::Client));
    assert!(read(&page).contains("Nothing has changed."), "the page of changes was seen as well");
}

#[test]
fn a_page_that_ends_after_a_lock_is_written_down_at_the_next_sign_in() {
    let (mut rig, jo) = jo();
    let good = asked(&mut rig, request(jo, Paper::ClientPage, Recipient::Client));
    let bad = asked(&mut rig, request(jo, Paper::ClientPage, Recipient::Client));
    rig.lock();
    let late = |pass, made| concord::service::api::Ask { ticket: 99, epoch: 1, command: ended(pass, made) };
    assert!(rig.desk.answer(late(good.pass(), Ok("made"))).result.is_ok());
    assert!(rig.desk.answer(late(bad.pass(), Err("no"))).result.is_ok());
    rig.sign_in("rosa");
    rig.open(jo);
    let act = |act| (act, Some(jo));
    let mut last = acts(&rig)[2..].to_vec();
    last.sort_by_key(|(act, _)| *act == Act::NotMade);
    assert_eq!(last, [act(Act::ShownToClient), act(Act::NotMade)]);
    rig.ok(PlanAsk::SinceSeen { client: jo }.into());
}

/// N23: the print holds the client before.
#[test]
fn each_page_holds_its_own_client_alone() {
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let word = |at: usize| format!("word{at:02}x");
    let all: Vec<ClientId> = (0..50).map(|at| planned(&mut rig, "Jo", &word(at))).collect();
    crate::signed::sign(&mut rig, all[0], Attested::default());
    let version = rig.open(all[0]).plan.versions[0].doc;
    // The first one's version is asked for while pages of others are still being made, with another chart opened in between.
    let of = |at: usize, paper| (at, request(all[at], paper, Recipient::Client));
    let mut asks: Vec<(usize, LeaveRequest)> = (0..50).map(|at| of(at, Paper::ClientPage)).collect();
    asks.insert(2, of(0, Paper::Document(version)));
    let pages: Vec<(usize, Allowed)> = asks
        .into_iter()
        .map(|(at, request)| {
            rig.ok(Ask::Chart(ChartAsk::Open(all[(at + 1) % 50])));
            (at, asked(&mut rig, request))
        })
        .collect();
    for (at, page) in &pages {
        let told = read(page);
        for other in 0..50 {
            assert_eq!(told.contains(&word(other)), other == *at, "{} in {told}", word(other));
        }
    }
    // One is cancelled, one cannot be written; the others are made.
    for (nth, (_, page)) in pages.iter().enumerate() {
        match nth {
            3 => drop(rig.fault(ended(page.pass(), Err("The page was cancelled.")))),
            4 => drop(rig.fault(ended(page.pass(), Err("The folder cannot be written to.")))),
            _ => drop(rig.done(ended(page.pass(), Ok("made")))),
        }
    }
    let acts = acts(&rig);
    let count = |act| acts.iter().filter(|(one, _)| *one == act).count();
    assert_eq!((count(Act::MadeForClient), count(Act::ShownToClient), count(Act::NotMade)), (51, 48, 2));
    let not_made: Vec<ClientId> =
        acts.iter().filter(|(act, _)| *act == Act::NotMade).filter_map(|(_, client)| *client).collect();
    assert_eq!(not_made, [all[2], all[3]]);
    for client in &all[2..4] {
        rig.fault(PlanAsk::SinceSeen { client: *client }.into());
    }
    rig.ok(PlanAsk::SinceSeen { client: all[4] }.into());
}

#[test]
fn a_neutral_head_names_no_agency_and_a_blank_stops_the_page() {
    let (mut rig, jo) = jo();
    let page = asked(&mut rig, request(jo, Paper::ClientPage, Recipient::Client));
    assert_eq!(page.sheet().head, "Lakeside Recovery, Saturday 21 November 2026");
    let neutral = LeaveRequest { neutral: true, ..request(jo, Paper::ClientPage, Recipient::Client) };
    let page = asked(&mut rig, neutral);
    assert!(!read(&page).contains("Lakeside"), "{}", read(&page));
    assert!(!page.sheet().file.contains("Jo") && !page.sheet().file.contains("Rivera"), "files name nobody");
    let mut step = rig.open(jo).plan.plan.objectives[0].clone();
    // A blank is not saved at all; what is left of one stops the page.
    step.step = "call «name»".into();
    let refused = rig.fault(save(Whole::Objective(Box::new(step.clone())), 1));
    assert!(refused.to_string().contains("«name» is a blank."), "{refused}");
    step.step = "call «name".into();
    rig.done(save(Whole::Objective(Box::new(step)), 1));
    let refused = rig.fault(LeaveAsk::Ask(request(jo, Paper::ClientPage, Recipient::Client)).into());
    assert!(refused.to_string().contains("I will call «name."), "{refused}");
    asked(&mut rig, request(jo, Paper::Plan, Recipient::Staff));
}

#[test]
fn a_signed_note_is_printed_with_its_signature() {
    let mut house = crate::life::house();
    let jo = house.jo;
    let number = house.note(jo, "Jo walked home.");
    let page = asked(&mut house.rig, request(jo, Paper::Document(number), Recipient::Staff));
    let told = read(&page);
    assert!(told.contains("Jo walked home.") && told.contains("Signed by: "), "{told}");
    assert!(!told.contains("NOT valid"), "{told}");
}

#[test]
fn a_page_is_made_by_keys_and_what_goes_wrong_is_said_in_the_window() {
    let (mut rig, _) = jo();
    rig.lock();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.pdf");
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("enter p f3").sees("Make a page").sees("the client's page").keys("enter");
    desk.sees("The client's page, Jo Rivera").sees("Folder or file");
    // An agency that names nobody to call is told so, with where it says whom.
    desk.sees("Help now is empty.").sees("type \"help now\"");
    let typed = format!("{}/no/such/plan.pdf", folder.path().display());
    desk.keys("tab end backspace backspace").types(&typed).keys("ctrl-s");
    desk.sees("Not done:").sees("There is no folder").sees("Folder or file");
    for _ in 0..typed.len() {
        desk.keys("backspace");
    }
    desk.types(&path.display().to_string()).keys("ctrl-s");
    desk.sees("The page is in").sees_no("Folder or file");
    let bytes = std::fs::read(&path).unwrap();
    if let Some(text) = taken_out(&bytes) {
        assert!(flowing(&text).contains("I will write the diary jojo."), "{text}");
    }
    desk.keys("f3 enter tab end backspace backspace").types(&path.display().to_string()).keys("ctrl-s");
    desk.sees("is there already and is not").keys("esc ctrl-g");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "what is there stays as it is");
    desk.keys("ctrl-w").types("last saw").keys("enter");
    desk.sees("New since the file copy of 21 Nov 13:00: 0 lines");
}

/// N22: each page says who it is about, which version of the plan it is, and the day.
#[test]
fn n22_every_page_of_a_plan_says_its_version() {
    let (mut rig, jo) = jo();
    let feet = |rig: &mut Rig| {
        let of = |rig: &mut Rig, paper, to| asked(rig, request(jo, paper, to)).sheet().foot.clone();
        [
            of(rig, Paper::ClientPage, Recipient::Client),
            of(rig, Paper::Plan, Recipient::Staff),
            of(rig, Paper::Problem(1), Recipient::Staff),
        ]
    };
    let by = "printed Sat 21 Nov 2026 by Rosa Imani LADC";
    let [own, plan, thread] = feet(&mut rig);
    assert_eq!(own, "Jo, not signed, Saturday 21 November 2026");
    assert!(plan.starts_with("A-1001 ") && plan.contains(", plan not signed, printed "), "{plan}: {by}");
    assert_eq!(plan, thread);
    let attested = crate::signed::on_paper(&rig);
    crate::signed::sign(&mut rig, jo, attested);
    let [own, plan, _] = feet(&mut rig);
    assert_eq!(own, "Jo, plan 1, Saturday 21 November 2026");
    assert!(plan.contains(", plan 1, printed "), "{plan}");
    let version = rig.open(jo).plan.versions[0].doc;
    let kept = rig.open(jo).plan;
    let step = Objective { amount: "5 nights".into(), ..kept.plan.objectives[0].clone() };
    rig.done(save(Whole::Objective(Box::new(step)), kept.rev(concord::domain::LineRef::objective(1))));
    let [own, plan, _] = feet(&mut rig);
    assert_eq!(own, "Jo, changed since plan 1, Saturday 21 November 2026");
    assert!(plan.contains(", changed since plan 1, printed "), "{plan}");
    // The version itself is the version itself, whatever was changed since.
    let page = asked(&mut rig, request(jo, Paper::Document(version), Recipient::Staff));
    assert!(page.sheet().foot.contains(", plan 1, printed "), "{}", page.sheet().foot);
}

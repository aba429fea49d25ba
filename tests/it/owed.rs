//! What is owed is said in the same words in every place, at every moment.

use crate::driver::Driver;
use crate::rig::Rig;
use concord::domain::{
    ClientId, ClockTime, Date, DimensionRef, Modality, Moment, NeedSource, NeedState, Session, SessionState,
};
use concord::rules::deadline::until;
use concord::service::api::{Answer, ChartAsk, Command, DaysAsk, Mark};

const HOUR: i64 = Moment::HOUR;

/// Jo has an immediate need in hand, to be looked at again in 24 hours; Sam's session of this morning has no note.
fn agency() -> (Driver, Moment) {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    let jo = desk.rig.admitted("Jo", "Rivera");
    let sam = desk.rig.admitted("Sam", "Okafor");
    let recheck_at = desk.rig.in_hours(24);
    in_hand(&mut desk, jo, recheck_at);
    held(&mut desk, sam);
    desk.rig.lock();
    (desk, recheck_at)
}

fn in_hand(desk: &mut Driver, client: ClientId, recheck_at: Moment) {
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let (reason, source) = ("has a plan".to_owned(), NeedSource::Clinician);
    desk.rig.done(Command::Chart(ChartAsk::RaiseNeed { client, dimension, reason, source, done: None }));
    let kept = desk.rig.open(client).needs[0].clone();
    let state = NeedState::InHand { action: "sister called".into(), owner: desk.rig.me(), recheck_at };
    let (number, rev) = (kept.value.number, kept.rev);
    desk.rig.done(Command::Chart(ChartAsk::DecideNeed { client, number, rev, state }));
}

fn held(desk: &mut Driver, client: ClientId) {
    let date: Date = desk.rig.desk.now().local.date;
    let session = Session {
        client,
        date,
        start: ClockTime::new(9, 0).unwrap(),
        minutes: 50,
        kind: "individual".into(),
        modality: Some(Modality::Individual),
        staff: desk.rig.me(),
        ..Session::default()
    };
    desk.rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: true }.into());
    let Answer::Day(view) = desk.rig.ok(DaysAsk::Day { date, all: false }.into()) else { panic!("no day") };
    let kept = &view.lines[0].session;
    let (number, rev, state) = (kept.value.number, kept.rev, SessionState::Held);
    desk.rig.done(DaysAsk::Mark(Mark { client, number, rev, state, following: false }).into());
}

/// The line of the list that holds both texts, and its first column.
fn row(desk: &Driver, person: &str, what: &str) -> (String, String) {
    let screen = desk.screen();
    let holds = |line: &&str| line.contains(person) && line.contains(what);
    let line = screen.lines().find(holds).unwrap_or_else(|| panic!("no {person}, {what}\n{screen}"));
    let due: String = line.chars().skip(3).take(11).collect();
    (line.to_owned(), due.trim().to_owned())
}

#[test]
fn every_place_says_the_same_of_the_same_thing_at_every_moment() {
    let (mut desk, recheck_at) = agency();
    for hours in [0, 1, 22, 7] {
        desk.rig.advance_ms(hours * HOUR + 17 * 60_000);
        desk = desk.again();
        let said = until(recheck_at, desk.rig.clock().now());
        let short = said.strip_prefix("in ").unwrap_or(&said).to_owned();

        // The strip, the list of people, the chart.
        desk.sign_in("rosa").sees(&format!("recheck {said}"));
        let (line, _) = row(&desk, "Jo Rivera", "NOW D3");
        let over = said.ends_with("over");
        let listed = if over { format!("NOW D3, {said}") } else { format!("NOW D3, recheck {short}") };
        assert!(line.contains(&listed), "{said}: {line}");

        // Due and To do: the same column, danger first.
        desk.keys("tab tab").sees("Yours:");
        let due = [row(&desk, "Jo Rivera", "NOW D3").1, row(&desk, "Sam Okafor", "note of").1];
        let screen = desk.screen();
        let at = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
        assert!(at("NOW D3") < at("note of"), "danger first\n{screen}");
        desk.keys("f5").sees("to do");
        let to_do = [row(&desk, "Jo Rivera", "NOW D3").1, row(&desk, "Sam Okafor", "note of").1];
        assert_eq!(due, to_do);
        assert_eq!(due[0], said);

        // Its chart says the same in its header and on its red line.
        desk.keys("home enter").sees("RIVERA, Jo");
        desk.sees(&format!("recheck {short}")).sees(&format!("recheck {said}"));
        desk.keys("esc esc shift-tab shift-tab");

        // Supervision, once it calls.
        if over {
            desk.run("Open supervision: what waits for a supervisor").sees("Supervision");
            assert!(row(&desk, "Jo Rivera", "NOW D3").0.contains(&said));
            desk.keys("esc");
        }
        desk.keys("ctrl-l");
    }
}

#[test]
fn a_note_that_is_late_by_the_agencys_hours_is_over_on_every_list() {
    let (mut desk, _) = agency();
    desk.rig.advance_ms(25 * HOUR);
    desk = desk.again();
    desk.sign_in("rosa").sees("overdue").keys("tab tab").sees("Overdue:");
    let (_, due) = row(&desk, "Sam Okafor", "note of");
    desk.keys("f5");
    assert_eq!((row(&desk, "Sam Okafor", "note of").1, due.ends_with("over")), (due.clone(), true), "{due}");
}

/// The rows of the list that stands on the screen: when it is due, and the rest.
fn rows(desk: &mut Driver) -> Vec<(String, String)> {
    let screen = desk.screen();
    let mut lines = screen.lines().skip_while(|line| !line.trim_start().starts_with("Due  ")).skip(1);
    let rows = lines.by_ref().map_while(|line| {
        let text: Vec<char> = line.chars().skip(3).collect();
        let (due, rest) = text.split_at_checked(12)?;
        let (due, rest) = (due.iter().collect::<String>(), rest.iter().collect::<String>());
        let words: Vec<&str> = rest.split_whitespace().collect();
        (!due.trim().is_empty()).then(|| (due.trim().to_owned(), words.join(" ")))
    });
    rows.collect()
}

/// The count before these words in the line of alerts.
fn counted(strip: &str, words: &str) -> usize {
    let Some(at) = strip.find(words) else { return 0 };
    strip[..at].split_whitespace().next_back().and_then(|count| count.parse().ok()).unwrap_or_default()
}

/// Duties of every kind that the demo has: needs, assessments, notes, signatures, plans, events, tasks, measures.
#[test]
fn the_counts_and_both_lists_speak_of_the_same_work_for_everybody() {
    for (login, with_people) in [("rosa", false), ("ingrid", true)] {
        let mut desk = Driver::over(Rig::demo(44));
        desk.resize(200, 140);
        desk.sign_in_with(login, "lakeside demo");
        let screen = desk.screen();
        let strip = screen.lines().nth(2).unwrap_or_default().to_owned();
        let due = rows(desk.keys("tab tab"));
        let mine = rows(desk.keys("f5"));
        let over = mine.iter().filter(|(due, _)| due.ends_with("over")).count();
        let notes =
            mine.iter().filter(|(_, what)| what.contains("note of") && !what.contains("-sign")).count();
        let unsigned = mine.iter().filter(|(_, what)| what.contains(" sign: ")).count();
        let said = ["overdue", "notes due", "unsigned"]
            .map(|words| counted(&strip.replace("note due", "notes due"), words));
        assert_eq!(said, [over, notes, unsigned], "{login}: {strip}\n{mine:#?}");
        let all = if with_people { rows(desk.keys("ctrl-w enter")) } else { mine };
        assert_eq!(due, all, "{login}");
        // A kind narrows both lists to the same lines, and danger stays.
        let few = rows(desk.keys("ctrl-w").types("this week").keys("enter"));
        assert!(few.len() < all.len() && few[0].1.contains("NOW"), "{few:#?}");
        desk.keys("esc").keys("ctrl-w").types("this week").keys("enter");
        assert_eq!(rows(&mut desk), few, "{login}");
    }
}

/// Whoever leads or administers the agency and supervises nobody sees what everybody owes; a supervisor her own people's, a
/// counselor nobody else's.
#[test]
fn who_supervises_nobody_is_shown_the_whole_agency() {
    use concord::domain::Role;
    let mut rig = Rig::founded();
    rig.sign_in("rosa");
    let kim = rig.hire("kim", &[Role::Supervisor], None);
    rig.hire("sam", &[Role::Counselor], Some(kim));
    rig.hire("lee", &[Role::Counselor], Some(kim));
    rig.hire("ada", &[Role::Admin], None);
    rig.lock();
    rig.sign_in("sam");
    rig.admitted("Jo", "Rivera");
    rig.lock();
    let mut desk = Driver::over(rig);
    for (login, line) in [
        ("ada", "Yours: 0. The agency's: 1."),
        ("kim", "Yours: 0. Your team's: 1."),
        ("lee", "Nothing is due."),
        ("sam", "Yours: 1."),
    ] {
        desk.fresh();
        desk.types(login).keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("Signed in");
        desk.keys("tab tab").sees(line);
        if login == "ada" {
            desk.sees("Jo Rivera").sees("sam Person").keys("ctrl-w").sees("the whole agency's").keys("esc");
        }
        desk.keys("ctrl-l");
    }
}

//! What is refused stays open: whatever is typed after a refusal, in whichever window, lands nowhere else.

use crate::driver::{Driver, bring_in};
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::*;
use concord::rules::plan::change::Whole;
use concord::service::api::*;
use concord::service::fault::FaultKind;
use concord::tui::action::Scope;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// A window: how one gets to where it opens, what opens it, what it is called, and how it is filled in and handed in.
struct Window {
    at: &'static str,
    opens: &'static str,
    title: &'static str,
    fill: &'static str,
}

const fn window(at: &'static str, opens: &'static str, title: &'static str, fill: &'static str) -> Window {
    Window { at, opens, title, fill }
}

const JO: &str = "r i v enter o";
const PRIORITIES: &str = "r i v enter r";
const PLAN: &str = "r i v enter p";
const GOAL: &str = "r i v enter p down";
/// A review that lacks nothing, and the same one again.
const REVIEW: &str = "r i v enter p ctrl-r tab enter 3 x1 tab tab 1 1 1";
const REVIEWED: &str = "r i v enter p ctrl-r";
/// A discharge summary that lacks nothing: each answer opens the next row that needs one.
const DISCHARGE: &str = "r i v enter o ctrl-d 1 1 x1 tab 1 1 1 1 enter 3 1";
/// A safety plan that lacks nothing.
const SAFETY: &str = "r i v enter o f2 7 x1 esc end up enter 1";
/// An objective with a log.
const LOGGED: &str = "r i v enter p down down";
const CONTRACT: &str = "r i v enter t right down down";
const BACKGROUND: &str = "r i v enter b";
const MEASURES: &str = "a b l e enter m";
const GRID: &str = "r i v enter g ctrl-a";
/// A question about a line that was found.
const FOUND: &str = "Delete the snippet late?";
/// The rating of 4 that opens it is a key of the grid, and is undone afterwards.
const RATED: &str = "Immediate need, D5";
const DRAFT: &str = "r i v enter n enter";
const SIGNED: &str = "r i v enter n down enter";
const CO_SIGN: &str = "l a n e enter n enter";
const IN_ERROR: &str = "l a n e enter n down enter";
const GROUP: &str = "run Open the groups|enter";
const GROUP_TOPIC: &str = "run Open the groups|enter down down";
const GROUP_SESSION: &str = "run Open the groups|enter end enter";
/// Both were there; the shared part and Ann's have words.
const GROUP_WRITTEN: &str =
    "run Open the groups|enter end enter 1 1 home enter x1 esc home down enter x1 esc f9 esc";
/// In Jo's part stands Ann's name.
const GROUP_NAMED: &str = "run Open the groups|enter end enter end enter able esc f9 esc";
const LINK: &str = "run Link or unlink two charts of one person";
/// A passphrase alone is asked: it is typed again after a refusal.
const PASSPHRASE: &str = "secretly enter";

/// Every window whose answer the service can refuse. The ones of a day come last: their line is told apart by its time.
const WINDOWS: &[Window] = &[
    // Home.
    window("", "ctrl-w o t h enter", "Beyond your own people", "enter enter x1 enter lane enter"),
    window("", "run Change the agency's rules: Help now, lock, programs", "The agency's rules", "ctrl-s"),
    window("", "run Open the settings", "Your settings", "ctrl-s"),
    window("", "f8", "New task", "x1 ctrl-s"),
    window("", "alt-!", "Somebody is in danger", "x1 ctrl-s"),
    window("", "run Plan a session", "Plan a session", "enter 10:00 ctrl-s"),
    window("", "run Show your own words and the better words", "Your 1 word, and better words", "enter"),
    window(
        "",
        "run Show your own words and the better words|down enter",
        "A better word, for the whole agency",
        "abc tab def ctrl-s",
    ),
    window("", "ctrl-a", "Register a person", "x1 tab x2 tab 1991 ctrl-s"),
    window(
        "",
        "run Change your own passphrase",
        "Change your passphrase",
        "secretly tab otherwise tab otherwise ctrl-s",
    ),
    window(
        "",
        "run Set a PIN for this computer and this sign-in",
        "Set a PIN",
        "secretly tab 482915 tab 482915 ctrl-s",
    ),
    // Phrases.
    window("run Open snippets and templates", "ctrl-k r enter", "What every note must contain", "ctrl-s"),
    window("run Open snippets and templates", "l a t e ctrl-k d enter", FOUND, "ctrl-g"),
    window("run Open snippets and templates", "ctrl-a", "New snippet or template", "x1 tab x2 ctrl-s"),
    // Staff, cover, teams.
    window("run Open the list of staff", "ctrl-k d enter", "fay Person", "ctrl-g"),
    window(
        "run Open the list of staff",
        "ctrl-a",
        "Add to the staff",
        "x1 tab tab x2 tab secretly tab secretly ctrl-s",
    ),
    window("run Open the list of staff", "ctrl-e", "Edit fay Person", "ctrl-s"),
    window(
        "run Open the list of staff",
        "ctrl-k p enter",
        "New passphrase for fay Person",
        "secretly tab secretly ctrl-s",
    ),
    window("run Open the list of staff|r o s a down ctrl-w *", "f9 enter", "Hand over?", "ctrl-g"),
    window(
        "run Open the list of staff|r o s a down ctrl-u enter down enter ctrl-s",
        "f9",
        "Pass on from Rosa Imani LADC",
        "enter enter ctrl-s",
    ),
    window("run Open cover and teams", "ctrl-a", "Cover", "enter enter enter down enter enter T+2w ctrl-s"),
    window("run Open cover and teams", "ctrl-k t enter x1 ctrl-s", "Members of x1", "right down right enter"),
    // A chart.
    window(JO, "!", "Immediate need", "enter enter x1 ctrl-s"),
    window(JO, "ctrl-e", "Edit RIVERA, Jo", "ctrl-s"),
    window(JO, "ctrl-a", "Triage: is there danger now?", "2 2 2 2 2 2 enter"),
    window(PRIORITIES, "ctrl-e", "What the client wants, and why now", "x1 ctrl-s"),
    window(PRIORITIES, "ctrl-g", "What the client puts first", "enter down enter ctrl-s"),
    window(JO, "run Take the immediate need in hand", "Take the immediate need in hand", "x1 ctrl-s"),
    window(JO, "run Mark the immediate need as resolved", "Resolve the immediate need", "x1 enter"),
    window(JO, "run Dismiss the immediate need, with a reason", "Dismiss the immediate need", "1 x1 ctrl-s"),
    window(JO, "run Answer an open immediate|l e a v e enter", "The immediate need stays open", "x1 enter"),
    window(JO, "run Answer an open immediate|c o r r e c t enter enter", "Correct the words", "x1 enter"),
    window(JO, "run Correct an immediate|s i n c e enter", "Since when there has been danger", "T-1 ctrl-s"),
    window(JO, "run Correct an immediate|d i m e n enter", "The dimension it belongs to", "4 ctrl-s"),
    // Two charts of one person.
    window(JO, LINK, "These are one person", "x1 tab tab x2 ctrl-s"),
    window("c o l e down enter o", LINK, "Charts of one person", "enter"),
    window(
        "d o r n enter o",
        "run Link or unlink two charts of one person|enter",
        "These are two people",
        "x1 ctrl-s",
    ),
    // The plan.
    window(PLAN, "ctrl-a down enter", "Add a problem", "x1 tab tab enter enter ctrl-s"),
    window(PLAN, "ctrl-a enter", "New goal", "x1 ctrl-s"),
    window(PLAN, "ctrl-e", "Change P1", "ctrl-s"),
    window(PLAN, "ctrl-u s t a g enter", "Stage of change of P1", "enter enter ctrl-s"),
    window(PLAN, "ctrl-u i m p o enter", "What the client says of P1", "ctrl-s"),
    window(PLAN, "ctrl-u d e f enter", "P1: deferred", "x1 tab T+30 ctrl-s"),
    window("r i v enter p end", "ctrl-u", "P2: which state?", "home enter"),
    window("r i v enter p home right down", "ctrl-e", "Strengths, needs", "x1 ctrl-s"),
    window(PLAN, "run Say that the plan still fits", "The plan still fits", "x1 ctrl-s"),
    window(PLAN, "run Write down what happened: use|enter", "return to use", "tab x1 ctrl-s"),
    window(PLAN, "ctrl-o", "What Jo marked", "ctrl-s"),
    window(PLAN, "f9", "Sign plan 1", "1 j o enter 1 secretly enter"),
    window(REVIEW, "f9", "Sign the review", "2 secretly enter"),
    window(REVIEWED, "run Delete this draft", "Delete this draft of a review?", "ctrl-g"),
    window("f5 e n d e r", "enter", "ENDER, Moe, 7 days after the discharge", "1 ctrl-s"),
    window(DISCHARGE, "f9", "Sign the discharge summary", PASSPHRASE),
    window(
        JO,
        "run Write down the people around the client, answer a stop|down enter",
        "Somebody around the client",
        "x1 ctrl-s",
    ),
    window(
        JO,
        "run Write down the people around the client, answer a stop|enter 2",
        "Answer a stop",
        "x1 ctrl-s",
    ),
    window(JO, "ctrl-u", "Transfer within the stay", "tab tab enter 2 . 5 enter ctrl-s"),
    window(SAFETY, "f9", "Sign the safety plan", PASSPHRASE),
    window(GOAL, "ctrl-e", "Change G1", "ctrl-s"),
    window(GOAL, "ctrl-a enter", "New objective", "x1 ctrl-s"),
    window(GOAL, "ctrl-a down enter", "New method", "x1 ctrl-s"),
    window(LOGGED, "run Change or end the log of the objective", "The log of O1", "ctrl-s"),
    window(LOGGED, "alt-l", "Log of O1: walk", "1 enter"),
    window(GOAL, "ctrl-u", "G1 is active", "m e t enter"),
    window(GOAL, "ctrl-u s t o p enter", "G1: stopped", "enter enter x1 ctrl-s"),
    window(
        "s m i t h down enter p end right down",
        "ctrl-o",
        "Accept the proposed problem",
        "enter enter ctrl-s",
    ),
    window("s t o n e enter o", "ctrl-d", "Admit STONE, Ben", "enter enter enter enter ctrl-s"),
    // The contract; diagnoses, the level of care, earlier help.
    window(CONTRACT, "enter", "What: What does the person need?", "x1 enter"),
    window(BACKGROUND, "ctrl-a enter f 1 0 2 enter", "Record F10.20", "ctrl-s"),
    window(BACKGROUND, "ctrl-e", "Change F33.1", "ctrl-s"),
    window(BACKGROUND, "ctrl-u", "F33.1 is principal", "e x c enter"),
    window(BACKGROUND, "ctrl-u enter", "The diagnosis has ended", "enter"),
    window(BACKGROUND, "ctrl-u end enter", "Diagnosis entered in error", "x1 enter"),
    window("r i v enter b down", "ctrl-e", "Correct the level of care", "ctrl-s"),
    window("r i v enter b down", "ctrl-u", "Level of care entered in error", "x1 enter"),
    window("r i v enter b end", "ctrl-e", "Change earlier help", "ctrl-s"),
    window("r i v enter b end", "ctrl-u", "Earlier help entered in error", "x1 enter"),
    // A check-in; filled-in measures, and a critical answer among them.
    window("a b l e enter a", "ctrl-u", "What was done about it?", "1 ctrl-s"),
    window("a b l e enter a", "run Write down a rupture in the work together", "A rupture", "1 1 ctrl-s"),
    window("a b l e enter a down", "ctrl-u", "What came of it?", "ctrl-s"),
    window("a b l e enter a down down", "ctrl-u", "Ways of working", "x1 ctrl-s"),
    window("a b l e enter a down down down", "ctrl-u", "What is done about it?", "tab x1 ctrl-s"),
    window(
        "a b l e enter a",
        "run Write down a barrier, and what is done about it",
        "A barrier",
        "1 tab x1 ctrl-s",
    ),
    window("a b l e enter a end", "ctrl-u", "Check-in entered in error", "x1 enter"),
    // Short forms: an entry, what came later, a correction, an entry in error.
    window("a b l e enter f", "ctrl-a enter", "Drug test", "1 1 1 2 ctrl-s"),
    window("a b l e enter f", "ctrl-u enter", "Transport of ", "1 ctrl-s"),
    window("a b l e enter f", "ctrl-e", "Correct transport, ", "tab tab tab tab tab tab tab x1 ctrl-s"),
    window("a b l e enter f", "ctrl-u down enter", "Short form entered in error", "x1 enter"),
    window(MEASURES, "enter", "Act on this first", "1 ctrl-s"),
    window(MEASURES, "ctrl-u", "PHQ-9, ", "down enter"),
    window(MEASURES, "ctrl-u enter", "What came of asking", "x1 enter"),
    window(MEASURES, "ctrl-u end enter", "Why it is in error", "x1 enter"),
    // The grid.
    window(GRID, "f9", "Complete and sign", PASSPHRASE),
    window(GRID, "run Delete this assessment draft", "Delete this assessment draft?", "ctrl-g"),
    window("r i v enter g ctrl-a down down down down", "4 down enter", RATED, "x1 ctrl-s"),
    // Notes.
    window(DRAFT, "f9 ctrl-g", "Sign this note", PASSPHRASE),
    window(DRAFT, "run Delete this draft", "Delete this draft?", "ctrl-g"),
    window(
        DRAFT,
        "run Move this draft to another person's chart|enter ctrl-g",
        "Move this draft",
        "A-1004 enter",
    ),
    window(SIGNED, "run Write an amended version, with a reason", "Amend this note", "x1 enter"),
    window(SIGNED, "run Call it entered in error, with a reason", "Entered in error", "x1 enter"),
    window(CO_SIGN, "f9", "Co-sign this note", PASSPHRASE),
    window(CO_SIGN, "ctrl-r", "Return this note", "x1 enter"),
    window(IN_ERROR, "ctrl-g", "Entered in error: you are the second person", PASSPHRASE),
    window(IN_ERROR, "run Say that it was not entered in error", "It was not entered in error?", "ctrl-g"),
    window("run Read and sign several at once|enter enter esc", "f9", "Sign ", PASSPHRASE),
    // Due and a day.
    window("tab tab home down down down down down down", "ctrl-e", "Task", "ctrl-s"),
    window("tab tab home down down down", "ctrl-u", "Why it is late", "x1 tab T+2 ctrl-s"),
    window("tab tab", "run Choose the due-date rules of a program|enter", "Rules of Outpatient", "enter"),
    window("tab home", "ctrl-e", "Move or change: Jo Rivera", "ctrl-s"),
    window("tab home", "ctrl-u c a n c enter", "Called off", "ctrl-s"),
    window("tab home", "run Write why this session needs no note", "No note needed", "x1 enter"),
    window("tab home down", "ctrl-u o u t r enter", "Outreach", "ctrl-s"),
    // Groups: what is typed into parts comes last, because it is owed from then on.
    window(GROUP, "ctrl-e ctrl-s", "Who leads Evening group 2", "enter"),
    window(GROUP, "ctrl-a l a n e enter", "Zed Lane comes into the group", "ctrl-s"),
    window(GROUP, "ctrl-u", "Ann Able leaves the group", "tab x1 ctrl-s"),
    window(GROUP, "enter", "Ann Able in Evening group 2", "24 ctrl-s"),
    window(
        GROUP,
        "run Write down what the group teaches, topic by topic|enter",
        "Topics of Evening",
        "x1 ctrl-s",
    ),
    window(GROUP_TOPIC, "enter", "Topic 1 of Evening group 2", "ctrl-s"),
    window(
        GROUP,
        "run Say who leads one session: a co-leader, a substitute|ctrl-s",
        "Who leads the session of",
        "enter",
    ),
    window(GROUP_SESSION, "2", "Ann Able, late", "20 ctrl-s"),
    window(GROUP_SESSION, "5", "Ann Able is excused", "x1 ctrl-s"),
    window(GROUP_SESSION, "!", "Immediate need", "enter enter x1 ctrl-s"),
    window(GROUP_SESSION, "ctrl-e", "What the session was about", "1 ctrl-s"),
    window(GROUP_WRITTEN, "f9", "Sign 1 note", PASSPHRASE),
    window(GROUP_NAMED, "ctrl-u", "Not a member", "x1 ctrl-s"),
];

/// An agency in the middle of its work: Rosa counsels Jo, Ann and Zoë, supervises Lee and is the admin; Lee counsels Zed and
/// needs co-signatures; Ben is known and not admitted.
fn agency() -> Driver {
    let mut desk = Driver::new();
    bring_in(&mut desk);
    let rig = &mut desk.rig;
    rig.sign_in("rosa");
    let rosa = rig.me();
    let lee = rig.hire("lee", &[Role::Counselor], Some(rosa));
    rig.hire("fay", &[Role::FrontDesk], None);
    let rows = rig.staff_rows(StaffAsk::List);
    let row = rows.into_iter().find(|row| row.staff.value.id == lee).unwrap();
    let staff = Box::new(Staff { cosign_needed: true, ..row.staff.value });
    rig.staff_rows(StaffAsk::Change { staff, rev: row.staff.rev });
    let jo = rig.admitted("Jo", "Rivera");
    let rev = rig.open(jo).client.rev;
    let people = vec![crate::circle::father()];
    rig.done(Command::People(People::Circle { client: jo, rev, people }));
    let ann = rig.admitted("Ann", "Able");
    let ben = rig.registered("Ben", "Stone");
    let Answer::People(list) = rig.ok(Command::People(People::List { whose: Whose::All })) else { panic!() };
    let zoe = list.rows.iter().find(|person| &*person.summary.name == "Zoë Smith").unwrap().summary.client;
    let episode = Box::new(rig.episode_of(zoe, rosa));
    rig.done(Command::People(People::Admit { episode, level: crate::rig::level() }));
    // First assessments are over their time by now.
    rig.advance_ms(12 * 24 * Moment::HOUR);
    clinical(rig, jo, ben);
    measured(rig, ann);
    day(rig, jo, ann);
    group(rig, jo, ann);
    let phrase = Phrase {
        name: "late".into(),
        title: "Came late".into(),
        text: "Came [[minutes]] late.".into(),
        ..Phrase::default()
    };
    rig.ok(Command::Writing(WritingAsk::SavePhrase { phrase: Box::new(phrase), agency: false, rev: 0 }));
    rig.ok(Command::Words(WordsAsk::Add("walkoff".into())));
    rig.lock();
    rig.sign_in("lee");
    let zed = rig.admitted("Zed", "Lane");
    let wrong = signed_note(rig, zed, "The wrong chart.");
    rig.done(DocAsk::CallInError { client: zed, number: wrong, reason: "wrong chart".into() }.into());
    signed_note(rig, zed, "Came on time.");
    // Registered twice: one pair is linked, the other is asked for.
    let pairs = [("Dee", "Dorn"), ("Cy", "Cole")].map(|(given, family)| {
        let (one, other) = (rig.registered(given, family), rig.registered(given, family));
        rig.ask_same(one, other);
        one
    });
    rig.lock();
    rig.sign_in("rosa");
    rig.decide_same(pairs[0], true);
    // Somebody whose stay has ended: a contact is due afterwards.
    let moe = rig.admitted("Moe", "Ender");
    crate::discharged::discharge(rig, moe, LeaveKind::Completed);
    rig.lock();
    desk.fresh();
    desk
}

/// What stands in Jo's chart, and that Ben was asked about danger today.
fn clinical(rig: &mut Rig, jo: ClientId, ben: ClientId) {
    for wording in ["evenings alone", "court costs"] {
        let problem = rig.problem(jo, wording, "");
        rig.done(problem);
    }
    let line = PlanLine { client: jo, ..PlanLine::default() };
    let goal = Goal { line, wording: "evenings with somebody".into(), problems: vec![1], ..Goal::default() };
    let line = Box::new(Whole::Goal(Box::new(goal)));
    rig.done(PlanAsk::SaveLine { line, rev: 0, same_meaning: false }.into());
    let line = PlanLine { client: jo, ..PlanLine::default() };
    let objective = Objective { line, goal: 1, step: "walk".into(), ..Objective::default() };
    let line = Box::new(Whole::Objective(Box::new(objective)));
    rig.done(PlanAsk::SaveLine { line, rev: 0, same_meaning: false }.into());
    let from = rig.desk.now().local.date.plus_days(-3);
    let log = Log { client: jo, objective: 1, what: "walk".into(), from, ..Log::default() };
    rig.done(PlanAsk::GiveLog { log: Box::new(log), rev: 0 }.into());
    let diagnosis = Diagnosis {
        client: jo,
        code: "F33.1".into(),
        wording: "Major depressive disorder, recurrent, moderate".into(),
        made_by: "Ann Lee".into(),
        source: "outside record".into(),
        ..Diagnosis::default()
    };
    rig.done(BackgroundAsk::Diagnosis { diagnosis: Box::new(diagnosis), rev: 0 }.into());
    let help = EarlierHelp { client: jo, place: "Harbor House".into(), ..EarlierHelp::default() };
    rig.done(BackgroundAsk::Help { help: Box::new(help), rev: 0 }.into());
    let chart = rig.open(jo);
    let court = chart.problems.iter().find(|kept| kept.value.number == 2).unwrap();
    let revisit = rig.desk.now().local.date.plus_days(20);
    let status = ProblemStatus::Deferred { reason: "court first".into(), revisit };
    let problem = Box::new(Problem { status, ..court.value.clone() });
    rig.done(ChartAsk::SaveProblem { problem, rev: court.rev }.into());
    let dimension = DimensionRef { set: "ASAM3".into(), number: 3 };
    let (reason, source) = ("means at home".into(), NeedSource::Clinician);
    rig.done(ChartAsk::RaiseNeed { client: jo, dimension, reason, source, done: None }.into());
    let answers =
        (1..=6).map(|dimension| TriageAnswer { dimension, danger: Some(false), ..TriageAnswer::default() });
    rig.done(Command::House(HouseAsk::Triage { client: ben, answers: answers.collect() }));
    signed_note(rig, jo, "Spoke of the flat.");
    let view = rig.draft(DocAsk::NewAssessment { client: jo });
    let DraftBody::Assessment(mut grid) = view.body else { panic!("no grid") };
    grid.cells[0].severity = Some(Severity::Mild);
    let save = DraftSave { client: jo, number: view.number, edits: 1, body: DraftBody::Assessment(grid) };
    rig.ok(DocAsk::Leave(save).into());
    let mut save = written(rig, jo, "Half of an hour.");
    let DraftBody::Note(note) = &mut save.body else { panic!("no note") };
    note.links = vec![1];
    rig.ok(DocAsk::Leave(save).into());
    let turn = TurnAsk::Turn {
        client: jo,
        what: Paper::ClientPage,
        language: "en".into(),
        to: Recipient::Client,
        form: String::new(),
    };
    let Answer::Turned(view) = rig.ok(turn.into()) else { panic!("it is not turned") };
    let mut answers = view.answers.clone();
    answers.lines[0].answer = Assent::Agreed;
    let save = DraftSave { client: jo, number: view.number, edits: 1, body: DraftBody::Answers(answers) };
    rig.ok(TurnAsk::Back { save: Some(save), secret: Rig::secret() }.into());
}

/// A PHQ-9 with a critical answer, and one in which that item was left blank.
fn measured(rig: &mut Rig, client: ClientId) {
    for (begun, last) in [(1, Reply::Given(Hundredths::whole(1))), (2, Reply::Blank)] {
        let one = Reply::Given(Hundredths::whole(1));
        let answers = (1..=8).map(|item| (item.to_string(), one)).chain([("9".to_owned(), last)]).collect();
        let on = rig.desk.now().local.date;
        let measure = "PHQ-9".into();
        let filled = Administration {
            client,
            measure,
            on,
            answers,
            begun: Moment(begun),
            ..Administration::default()
        };
        rig.done(HeardAsk::Save(Box::new(filled)).into());
    }
    let bond = ("bond".to_owned(), concord::domain::Reply::Given(Hundredths::whole(2)));
    let (on, words) = (rig.desk.now().local.date, "A lot today.".to_owned());
    let checkin = CheckIn { client, on, words, answers: vec![bond], ..CheckIn::default() };
    rig.done(HeardAsk::CheckIn(Box::new(checkin)).into());
    let rupture = Rupture { client, on, what: "She looked away.".into(), ..Rupture::default() };
    rig.done(HeardAsk::Rupture { rupture: Box::new(rupture), rev: 0 }.into());
    let barriers = vec![Barrier { kind: "transport".into(), ..Barrier::default() }];
    let ways = WaysOfWorking { client, prefers: "slow".into(), barriers, ..WaysOfWorking::default() };
    rig.done(HeardAsk::Ways { ways: Box::new(ways), rev: 0 }.into());
    rig.done(concord::domain::ShortEntry { client, ..crate::short_forms::ride(on) }.into());
}

/// Jo's hour was held, Ann's was missed, a task is due.
fn day(rig: &mut Rig, jo: ClientId, ann: ClientId) {
    let date = rig.desk.now().local.date;
    for (client, hour, state) in [(jo, 9, SessionState::Held), (ann, 10, SessionState::Missed)] {
        let start = ClockTime::new(hour, 0).unwrap();
        let session = Session { client, date, start, minutes: 50, staff: rig.me(), ..Session::default() };
        rig.done(DaysAsk::Plan { session: Box::new(session), weeks: 1, even_so: true }.into());
        let Answer::Day(view) = rig.ok(DaysAsk::Day { date, all: false }.into()) else { panic!("no day") };
        let kept = &view.lines.iter().find(|line| line.session.value.client == client).unwrap().session;
        let (number, rev) = (kept.value.number, kept.rev);
        rig.done(DaysAsk::Mark(Mark { client, number, rev, state, following: false }).into());
    }
    let task = Task { text: "Order the forms".into(), due: date, to: rig.me(), ..Task::default() };
    rig.done(DaysAsk::Keep { task: Box::new(task), rev: 0 }.into());
}

/// A group of two, whose session of yesterday is begun.
fn group(rig: &mut Rig, jo: ClientId, ann: ClientId) {
    let date = rig.desk.now().local.date.plus_days(-1);
    let topic = Topic { number: 1, title: "Money".into(), minutes: 90, ..Topic::default() };
    let made = Box::new(Group {
        weekday: None,
        curriculum: vec![topic],
        ..*crate::groups::new_group(vec![rig.me()])
    });
    let Answer::Group(GroupAnswer::Group(view)) = rig.ok(GroupAsk::Save { group: made, rev: 0 }.into())
    else {
        panic!("no group")
    };
    let group = view.group.value.id;
    for (rev, client) in [(1, jo), (2, ann)] {
        rig.ok(GroupAsk::Join { group, rev, client, from: date }.into());
    }
    rig.ok(GroupAsk::Begin { group, date }.into());
}

fn written(rig: &mut Rig, client: ClientId, words: &str) -> DraftSave {
    let view = rig.draft(DocAsk::NewNote { client, format: String::new(), addendum_to: 0 });
    let DraftBody::Note(mut note) = view.body else { panic!("no note") };
    note.sections.iter_mut().for_each(|section| section.text = format!("{words} ({})", section.key));
    DraftSave { client, number: view.number, edits: 1, body: DraftBody::Note(note) }
}

fn signed_note(rig: &mut Rig, client: ClientId, words: &str) -> Number {
    let save = written(rig, client, words);
    let done = rig.done(DocAsk::Sign { save, passphrase: Rig::secret() }.into());
    done.chart.unwrap().notes.iter().map(|head| head.number).max().unwrap()
}

impl Driver {
    /// Presses keys and runs acts by their words, parted by `|`.
    fn go(&mut self, way: &str) {
        for part in way.split('|').filter(|part| !part.is_empty()) {
            match part.strip_prefix("run ") {
                Some(help) => self.run(help),
                None => self.keys(part),
            };
        }
    }

    /// Back to the list of people, whatever is open.
    fn home(&mut self) {
        for _ in 0..9 {
            self.leave();
        }
        for _ in 0..3 {
            if !self.screen().contains("most pressing first") {
                self.keys("tab");
            }
        }
        self.sees("most pressing first");
    }

    /// Esc, and what was typed may go.
    fn leave(&mut self) {
        self.keys("esc");
        if self.screen().contains("Leave without saving?") {
            self.keys("ctrl-g");
        }
    }

    /// The screen between rule and message line; whether it is saved again is another matter.
    fn content(&self) -> String {
        let screen = self.screen();
        let lines: Vec<&str> = screen.lines().collect();
        let saved = |line: &str| {
            let said = ["Saved ", "Not saved", "NOT SAVED"].iter().find_map(|words| line.find(words));
            line[..said.unwrap_or(line.len())].trim_end().to_owned()
        };
        lines[2..lines.len() - 3].iter().map(|line| saved(line) + "\n").collect()
    }

    /// Where keys go: the title of the window that is open, or of the screen.
    fn is_in(&self, window: &Window) -> bool {
        self.screen().contains(window.title)
    }
}

/// Passphrases and sentences, with digits, capitals, blanks and signs.
fn typed(runner: &mut TestRunner) -> String {
    "[ -~]{6,20}|[a-z]{3,9}( [a-z0-9]{2,9}){1,4}[.!]?".new_tree(runner).unwrap().current()
}

fn check(desk: &mut Driver, window: &Window, kind: FaultKind, runner: &mut TestRunner) {
    let title = window.title;
    desk.home();
    desk.go(window.at);
    let before = desk.content();
    desk.go(window.opens);
    assert!(desk.is_in(window), "{title} does not open\n{}", desk.screen());
    desk.refuse = Some(kind);
    desk.refused.clear();
    desk.go(window.fill);
    let asked =
        desk.refused.first().unwrap_or_else(|| panic!("{title} asks nothing\n{}", desk.screen())).clone();
    desk.sees("It was refused");
    assert!(desk.is_in(window), "{title} went away\n{}", desk.screen());
    if window.fill == PASSPHRASE {
        desk.sees_no("•");
    }
    for _ in 0..3 {
        let text = typed(runner);
        for keys in [text.as_str(), "\n"] {
            if keys == "\n" {
                desk.keys("enter");
            } else {
                desk.types(keys);
            }
            // On a field that is chosen Enter and letters open its list.
            if desk.app.desk().scopes().contains(&Scope::List) && !desk.is_in(window) {
                desk.keys("esc");
            }
            assert!(desk.is_in(window), "{title}: {text:?} went elsewhere\n{}", desk.screen());
            let other = desk.refused.iter().find(|one| **one != asked);
            assert!(other.is_none(), "{title}: {text:?} did {other:?}");
        }
    }
    for _ in 0..4 {
        if title == RATED && desk.app.desk().scopes() == [Scope::Grid] && desk.content() != before {
            desk.keys("ctrl-z");
        }
        // The highlight stays on what was found.
        if title == FOUND && desk.app.desk().scopes() == [Scope::Phrases] {
            desk.keys("home");
        }
        if desk.content() != before {
            desk.leave();
        }
    }
    assert_eq!(desk.content(), before, "{title}");
    desk.refuse = None;
}

#[test]
fn what_is_typed_after_a_refusal_lands_in_the_window_and_nowhere_else() {
    let mut runner = TestRunner::deterministic();
    let mut desk = agency();
    desk.sign_in("rosa").keys("ctrl-w enter");
    let kinds = [
        FaultKind::User,
        FaultKind::Denied,
        FaultKind::Conflict,
        FaultKind::Storage,
        FaultKind::Internal,
        FaultKind::Config,
    ];
    for (at, window) in WINDOWS.iter().enumerate() {
        check(&mut desk, window, kinds[at % kinds.len()], &mut runner);
    }
}

/// Questions of each file, and how many of them ask nothing of the service, so that nothing of theirs can be refused: what is
/// found, linked, put in, turned to, chosen for the draft on the screen, or asked before the question that does ask.
const QUESTIONS: &[(&str, usize, usize)] = &[
    ("chart/alliance/answering.rs", 1, 0),
    ("chart/alliance/mod.rs", 1, 0),
    ("chart/alliance/rupture.rs", 2, 0),
    ("chart/alliance/ways.rs", 3, 0),
    ("chart/asked/acts.rs", 1, 1),
    ("chart/asked/mod.rs", 1, 0),
    ("chart/background/diagnosis.rs", 5, 1),
    ("chart/background/help.rs", 2, 0),
    ("chart/background/level.rs", 2, 0),
    ("chart/background/mod.rs", 1, 1),
    ("chart/begins.rs", 1, 1),
    // Its second question is for a client under a mandate, and is asked in the same way.
    ("chart/circle.rs", 4, 2),
    ("chart/contract/mod.rs", 3, 2),
    ("chart/critical.rs", 1, 0),
    ("chart/discharge/ask.rs", 4, 3),
    ("chart/forms/ask.rs", 4, 2),
    ("chart/forms/mod.rs", 2, 2),
    ("chart/grid/ask.rs", 7, 4),
    ("chart/measures/mod.rs", 3, 1),
    ("chart/needs.rs", 6, 1),
    ("chart/needs/correct.rs", 5, 2),
    // What is looked for: two letters at least, tried in `tests/it/notes.rs`.
    ("chart/notes/finding.rs", 2, 2),
    ("chart/notes/header.rs", 2, 2),
    ("chart/notes/insert.rs", 1, 1),
    ("chart/notes/keys.rs", 1, 1),
    ("chart/notes/life.rs", 7, 1),
    ("chart/notes/linking.rs", 3, 3),
    ("chart/notes/moving.rs", 3, 2),
    ("chart/notes/signing.rs", 3, 1),
    ("chart/notes/spelling.rs", 3, 3),
    ("chart/notes/steps.rs", 3, 3),
    ("chart/notes/thread.rs", 1, 1),
    // What is refused there, by the gate and by the disk, is in `tests/it/paper.rs`.
    ("chart/paper.rs", 3, 3),
    ("chart/plan/advice.rs", 1, 1),
    ("chart/plan/basics.rs", 1, 0),
    ("chart/plan/event.rs", 3, 1),
    ("chart/plan/lines.rs", 4, 2),
    // The strip of days and the question that gives a log.
    ("chart/plan/log.rs", 2, 0),
    ("chart/plan/method.rs", 1, 0),
    ("chart/plan/problem.rs", 6, 0),
    // How somebody answered a version is asked only where one is signed.
    ("chart/plan/signing.rs", 2, 1),
    ("chart/plan/state.rs", 2, 0),
    // What a client filled in is agreed to, and nothing is typed there; it is in `tests/it/turned_form.rs`.
    ("chart/plan/turning.rs", 2, 1),
    ("chart/plan/versions.rs", 2, 2),
    ("chart/plan/views.rs", 3, 3),
    // Its one question lies over a walk that Esc ends as well: the room holds what is refused there.
    ("chart/plan/walk.rs", 1, 1),
    ("chart/priorities/forms.rs", 1, 0),
    // The level and the day are kept in the draft.
    ("chart/review/ask.rs", 3, 1),
    // The day to look again is of the draft; the list opens a version, whose refusal is the document's.
    ("chart/safety/body.rs", 2, 1),
    ("chart/safety/signed.rs", 1, 1),
    ("chart/same.rs", 4, 1),
    // Which of two open stays is worked on: nothing is typed there, and `tests/it/discharged.rs` has it.
    ("chart/stays.rs", 3, 2),
    ("chart/texts.rs", 3, 3),
    ("chart/transfer.rs", 1, 0),
    // In which language the screen is turned, and to which guardian: the desk gets no key until that is answered, see
    // `tests/it/turned.rs` and `turned_guardian.rs`.
    ("chart/turning.rs", 2, 2),
    // What was passed on is corrected by whoever decides on nothing; it is in `tests/it/danger.rs`.
    ("danger.rs", 2, 1),
    ("days.rs", 2, 0),
    ("form/mod.rs", 2, 0),
    // Whether somebody is to be an admin leads to the form's own saving, which is refused there.
    ("form/staff.rs", 2, 1),
    // What is chosen before the question that asks, the day, and what is said of the draft on the screen.
    ("groups/curriculum.rs", 4, 1),
    ("groups/forms.rs", 14, 6),
    ("groups/risk.rs", 2, 1),
    ("groups/same.rs", 2, 2),
    ("groups/signing.rs", 1, 0),
    ("home/became.rs", 3, 0),
    ("home/beyond.rs", 3, 1),
    ("home/due.rs", 4, 2),
    // What comes next where nobody is on the list leads to windows of their own.
    ("home/nobody.rs", 1, 1),
    ("home/today.rs", 4, 3),
    ("house/duties.rs", 2, 1),
    ("house/forms.rs", 5, 1),
    ("house/leaving.rs", 3, 2),
    // Charts whose time is over are years away from those here: `tests/it/retention.rs` has them refused.
    ("house/retention.rs", 7, 7),
    ("phrases/edit.rs", 1, 1),
    ("phrases/mod.rs", 1, 0),
    ("phrases/rules.rs", 1, 0),
    ("several.rs", 1, 0),
    // Its question is asked before anybody is signed in: `tests/it/clock.rs` has it refused.
    ("sign_in.rs", 1, 1),
    ("staff.rs", 1, 0),
    ("week.rs", 1, 1),
    ("words.rs", 2, 0),
    ("work/mod.rs", 1, 1),
];

/// A question that is added stands in [`WINDOWS`], or says here that nothing of it can be refused.
#[test]
fn every_question_is_among_the_windows() {
    let screens = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tui/screens");
    let mut found = Vec::new();
    let mut folders = vec![screens.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("asking.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let made = [
                    "Question::form(",
                    "Question::pick(",
                    "Question::several(",
                    "Question::confirm(",
                    " ask(chart, ",
                ];
                let count: usize = made.iter().map(|made| text.matches(made).count()).sum();
                let name = path.strip_prefix(&screens).unwrap().to_string_lossy().into_owned();
                if count > 0 {
                    found.push((name, count));
                }
            }
        }
    }
    found.sort();
    let known: Vec<(String, usize)> =
        QUESTIONS.iter().map(|(file, all, _)| ((*file).to_owned(), *all)).collect();
    assert_eq!(found, known, "a question is new: put its window among those that are refused");
}

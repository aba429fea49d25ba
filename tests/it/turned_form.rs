//! Forms at the turned screen: a measure in its official words, our own check-in, and a critical answer that acts at once.

use crate::driver::Driver;
use crate::plan::planned;
use crate::rig::Rig;
use concord::domain::Reply;
use concord::domain::*;
use concord::packs::{Instrument, instruments};
use concord::service::api::*;
use concord::service::wordings::KeptWording;
use concord::tui::message::{Alarm, Input, Mouse, Msg, Signal};

const SECRET: &str = "correct horse";

fn phq9() -> &'static Instrument {
    instruments().iter().find(|one| one.key == "PHQ-9").unwrap()
}

/// Invented words in the place of the official ones: no form's own words are in this file.
fn wording() -> Wording {
    let answers = ["never", "rarely", "often", "always"];
    let answers = (0_i16..).zip(answers);
    let answers: Vec<WordedAnswer> = answers
        .map(|(key, words)| WordedAnswer { key: Hundredths::whole(key), words: words.into() })
        .collect();
    let item = |item: &concord::packs::Item| WordedItem {
        item: item.id.clone(),
        words: format!("invented question {}", item.id),
        answers: answers.clone(),
    };
    Wording {
        measure: "PHQ-9".into(),
        title: "Nine invented questions".into(),
        copyright: "(c) nobody".into(),
        language: "en".into(),
        instructions: vec!["How were the last days?".into()],
        items: phq9().items.iter().map(item).collect(),
        ..Wording::default()
    }
}

/// Rosa at Jo's measures, with the words of the PHQ-9 at the desk and one filled in from paper.
fn desk() -> (Driver, ClientId) {
    let (mut rig, jo, _) = planned();
    rig.admitted("Vexa", "Okafor");
    rig.desk.keep_wording(wording()).unwrap();
    let zeros = phq9().items.iter().map(|item| (item.id.clone(), Reply::Given(Hundredths(0)))).collect();
    let on = rig.desk.now().local.date.plus_days(-14);
    let filled = Administration {
        client: jo,
        measure: "PHQ-9".into(),
        on,
        answers: zeros,
        ..Administration::default()
    };
    rig.done(HeardAsk::Save(Box::new(filled)).into());
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter m").sees("PHQ-9");
    (desk, jo)
}

fn turned() -> (Driver, ClientId) {
    let (mut desk, jo) = desk();
    desk.keys("f6").sees("Turn the PHQ-9 to Jo, to be filled in at the screen: F6 again.").keys("f6");
    desk.sees("Nine invented questions").sees("How were the last days?").sees("invented question 1");
    (desk, jo)
}

fn back(desk: &mut Driver) -> &mut Driver {
    desk.keys("f6").types(SECRET).keys("enter")
}

fn criticals(desk: &Driver, jo: ClientId) -> Vec<CriticalWaiting> {
    let (store, keys) = desk.rig.reader();
    store.repo(&keys.agency).list::<CriticalWaiting>(jo).unwrap().into_iter().map(|kept| kept.value).collect()
}

fn needs(desk: &Driver, jo: ClientId) -> Vec<ImmediateNeed> {
    let (store, keys) = desk.rig.reader();
    store.repo(&keys.agency).list::<ImmediateNeed>(jo).unwrap().into_iter().map(|kept| kept.value).collect()
}

#[test]
fn a_measure_is_filled_in_with_a_digit_a_question_and_taken_over_as_it_is() {
    let (mut desk, jo) = turned();
    desk.sees_no("Interest").sees_no("danger");
    desk.keys("1 2 3 -").sees("rather not say");
    // The arrows choose, too, and Backspace takes an answer away.
    desk.keys("right right").sees("(x) 1  rarely").keys("backspace").sees("( ) 1  rarely").keys("1 0 0 0 0");
    desk.keys("pagedown")
        .sees("If you are not safe")
        .sees("(c) nobody")
        .sees("Thank you. Please turn the screen back: F6.");
    back(&mut desk);
    desk.sees("What Jo filled in").sees("PHQ-9: 8 of ").keys("ctrl-g").sees("is saved.");
    let chart = desk.rig.open(jo);
    let one = &chart.measures.last().unwrap().value;
    assert_eq!(
        (one.how, one.answered_by.as_str(), one.measure.as_str()),
        (HowTaken::Screen, "client", "PHQ-9")
    );
    let keys: Vec<Reply> = one.answers[..5].iter().map(|(_, reply)| *reply).collect();
    let given = |key| Reply::Given(Hundredths::whole(key));
    assert_eq!(keys, [given(1), given(2), given(3), Reply::Declined, given(1)]);
    assert_eq!(one.by_name, "Rosa Imani LADC");
    assert!(chart.answers.is_none());
    desk.keys("ctrl-z").sees("There is nothing to undo.");
}

#[test]
fn only_official_words_are_turned_and_what_is_missing_is_said() {
    let (mut rig, jo, _) = planned();
    let today = rig.desk.now().local.date;
    let filled = |measure: &str, item: &str| Administration {
        client: jo,
        measure: measure.into(),
        on: today,
        answers: vec![(item.into(), Reply::Given(Hundredths::whole(1)))],
        ..Administration::default()
    };
    rig.done(HeardAsk::Save(Box::new(filled("GAD-7", "1"))).into());
    let turn = |form: &str| TurnAsk::Turn {
        client: jo,
        what: Paper::Form,
        language: "en".into(),
        to: Recipient::Client,
        form: form.into(),
    };
    for (form, why) in [
        ("GAD-7", "official words of GAD-7 are not here"),
        ("SRS", "is not turned to a client"),
        ("ProQOL-5", ""),
        ("nothing", "is not on this computer"),
    ] {
        let fault = rig.fault(turn(form).into());
        assert!(fault.what.contains(why), "{fault}");
    }
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter m f6 f6").sees("The official words of GAD-7 are not here");
    desk.sees("Ctrl-K");
}

/// A critical answer acts on the counselor's side at its key; whoever sits at the screen sees nothing of it, and the form goes on.
#[test]
fn a_critical_answer_is_written_at_its_key_and_not_shown() {
    let (mut desk, jo) = turned();
    desk.keys("1 1 1 1 1 1 1 1");
    assert!(criticals(&desk, jo).is_empty());
    let before = desk.screen();
    desk.keys("2");
    let found = criticals(&desk, jo);
    assert_eq!((found.len(), found[0].how, found[0].entries[0].value.as_str()), (1, HowTaken::Screen, "2"));
    assert!(matches!(needs(&desk, jo)[..], [ImmediateNeed { state: NeedState::Proposed, .. }]));
    for words in ["danger", "NOW", "act on it", "supervisor", "written down"] {
        desk.sees_no(words);
        assert!(!before.contains(words), "{before}");
    }
    let acts: Vec<Act> = desk.rig.audit_events().into_iter().map(|event| event.act).collect();
    assert!(acts.contains(&Act::CriticalAnswered));
    // A changed answer is another entry of the same record, and the need stays.
    desk.keys("up 0");
    let found = criticals(&desk, jo);
    assert_eq!((found.len(), found[0].entries.len()), (1, 2));
    assert_eq!(needs(&desk, jo).len(), 1);
    back(&mut desk);
    // Danger comes first, then the form.
    desk.sees("Still here").keys("esc").sees("Ctrl-O takes over the PHQ-9 that Jo filled in").keys("ctrl-o");
    desk.sees("Danger that nobody has decided on").keys("ctrl-g").sees("is saved.");
    assert_eq!(criticals(&desk, jo).len(), 1, "it is not written down twice");
}

/// N39, at the turned screen.
#[test]
fn a_critical_answer_outlives_a_lock_a_kill_and_an_empty_room() {
    for how in ["kill", "key", "idle", "suspend", "stop", "slow disk"] {
        let (mut desk, jo) = turned();
        desk.keys("1 1 1 1 1 1 1 1");
        if how == "slow disk" {
            desk.rig.engine.faults().disk_full(true);
        }
        desk.keys("3");
        match how {
            "kill" => {}
            "key" => _ = desk.keys("ctrl-l"),
            "idle" => desk.advance(15 * 60_000 + 1),
            "suspend" => desk.send(Msg::Signal(Signal::Suspend)),
            "stop" => desk.send(Msg::Signal(Signal::Stop)),
            _ => {
                desk.sees("The last marks are not saved yet.");
                desk.rig.engine.faults().disk_full(false);
                desk.advance(1_000);
            }
        }
        assert_eq!(criticals(&desk, jo).len(), 1, "{how}");
        desk.restart();
        desk.sees_no("invented").types("rosa").keys("tab").types(SECRET).keys("enter").sees("NOW");
        // It is on the first screen, and the answers wait, also on the list of unfinished work.
        if how == "kill" || how == "slow disk" {
            desk.keys("f5")
                .sees("NOW D3, to decide")
                .sees("client's answers: PHQ-9, 9 of 10")
                .keys("esc r i v enter m");
        }
        desk.sees("takes over the PHQ-9 that Jo filled in").sees("NOW?");
        desk.keys("ctrl-o ctrl-g").sees("is saved.");
        let chart = desk.rig.open(jo);
        assert_eq!(
            chart.measures.last().unwrap().value.reply("9"),
            Reply::Given(Hundredths::whole(3)),
            "{how}"
        );
        assert_eq!(criticals(&desk, jo).len(), 1, "{how}");
    }
}

#[test]
fn a_check_in_is_our_own_form_and_its_open_line_is_theirs() {
    let (mut rig, jo, _) = planned();
    rig.admitted("Vexa", "Okafor");
    let mut desk = Driver::over(rig);
    desk.sign_in("rosa").keys("r i v enter a f6").sees("Turn the check-in to Jo").keys("f6");
    desk.sees("We worked toward what matters to me").sees("very much").sees_no("guess").sees_no("Goal");
    desk.keys("5 4 - enter").types("Slower, 1 thing at a time.").keys("enter");
    back(&mut desk);
    desk.sees("What Jo filled in")
        .sees("check-in: 2 of 3 answered")
        .keys("ctrl-g")
        .sees("The check-in is saved.");
    let chart = desk.rig.open(jo);
    let one = &chart.checkins[0].value;
    assert_eq!((one.how, one.about_name.as_str()), (HowTaken::Screen, "Rosa Imani LADC"));
    assert_eq!(one.reply("bond"), Reply::Declined);
    assert_eq!(one.words, "Slower, 1 thing at a time.");
    assert!(one.guess.is_empty(), "a guess is never asked after the answers are known");
    // Somebody who would rather not say leaves no check-in, and no draft.
    desk.keys("f6 f6 - - -");
    back(&mut desk);
    desk.keys("ctrl-g").sees("there is no check-in");
    let chart = desk.rig.open(jo);
    assert!(chart.checkins.len() == 1 && chart.answers.is_none());
}

#[test]
fn nothing_leads_out_of_a_turned_form() {
    let (mut desk, jo) = turned();
    let keys = "ctrl-p ctrl-k ctrl-z ctrl-y ctrl-c f1 f2 f3 f4 f5 f8 f9 f12 ctrl-q ctrl-w ctrl-o ctrl-a ctrl-u ? / home \
                end delete ctrl-f ctrl-s ctrl-n ctrl-e r x 7 8 9";
    for key in keys.split_whitespace() {
        desk.keys(key);
        for words in ["Okafor", "Vexa", "Actions", "A-10", "Interest", "moderate", "minimal"] {
            desk.sees_no(words);
        }
        desk.sees("Nine invented questions");
    }
    desk.paste("CLIENT B, call 555-0101\n3");
    desk.sees("Pasting is off on this page.").sees_no("CLIENT B");
    desk.send(Msg::Input(Input::Mouse(Mouse::Click { x: 8, y: 8 })));
    desk.send(Msg::Input(Input::Mouse(Mouse::WheelDown)));
    for alarm in [Alarm::Recheck, Alarm::Midnight, Alarm::IdleWarning] {
        desk.send(Msg::Alarm(alarm));
        desk.sees("Nine invented questions").sees_no("locks in");
    }
    for (width, height) in [(20, 5), (60, 20), (200, 60), (80, 24)] {
        desk.resize(width, height);
        desk.sees_no("Okafor");
    }
    back(&mut desk);
    desk.sees("The screen is turned back.");
    let chart = desk.rig.open(jo);
    assert!(chart.answers.is_none(), "no key, paste or click answered anything: {:?}", chart.answers);
}

/// Only answers of this form, at this screen, by this client.
#[test]
fn nobody_forges_an_answer_of_a_form() {
    let (mut desk, jo) = turned();
    desk.keys("1");
    back(&mut desk);
    desk.keys("esc");
    let open = desk.rig.open(jo).answers.unwrap();
    let save = |answers: &ClientAnswers| DraftSave {
        client: jo,
        number: open.number,
        edits: 9,
        body: DraftBody::Answers(answers.clone()),
    };
    let mut forged = open.answers.clone();
    forged.form.answers[8].1 = Reply::Given(Hundredths::whole(3));
    // At the desk nobody answers for the client; the danger of a forged answer is no danger either.
    desk.rig.fault(TurnAsk::Save(save(&forged)).into());
    desk.rig.fault(DocAsk::Save(save(&forged)).into());
    assert!(criticals(&desk, jo).is_empty());
    let turn = TurnAsk::Turn {
        client: jo,
        what: Paper::Form,
        language: "en".into(),
        to: Recipient::Client,
        form: "PHQ-9".into(),
    };
    let Answer::Turned(view) = desk.rig.ok(turn.into()) else { panic!("it is not turned") };
    assert_eq!(view.answers.form.answers, open.answers.form.answers, "it goes on where it stopped");
    assert_eq!(view.answers.form.begun, open.answers.form.begun);
    let mut unknown = view.answers.clone();
    unknown.form.answers[0].1 = Reply::Given(Hundredths::whole(7));
    let mut other = view.answers.clone();
    other.form.measure = "GAD-7".into();
    let mut longer = view.answers.clone();
    longer.form.answers.push(("99".into(), Reply::Blank));
    for forged in [unknown, other, longer] {
        desk.rig.fault(TurnAsk::Save(save(&forged)).into());
    }
    desk.rig.ok(TurnAsk::Back { save: None, secret: Rig::secret() }.into());
    assert_eq!(desk.rig.open(jo).answers.unwrap().answers.form, open.answers.form);
}

/// N33: a form that was filled in keeps the words it was asked in; words that are here already add nothing.
#[test]
fn a_form_keeps_the_words_it_was_asked_in() {
    let (mut desk, jo) = turned();
    let fill = |desk: &mut Driver| {
        desk.keys("1 1 1 1 1 1 1 1 0 0");
        back(desk);
        desk.keys("ctrl-g").sees("is saved.");
    };
    fill(&mut desk);
    let mut other = wording();
    other.items[0].words = "invented again 1".into();
    assert_eq!(desk.rig.desk.keep_wording(wording()).unwrap(), KeptWording::Here(1));
    assert_eq!(desk.rig.desk.keep_wording(other).unwrap(), KeptWording::New(2));
    desk.keys("f6 f6").sees("invented again 1");
    fill(&mut desk);
    let chart = desk.rig.open(jo);
    let asked: Vec<Number> = chart.measures.iter().map(|kept| kept.value.wording).collect();
    assert_eq!(asked, [0, 1, 2], "nobody knows what was on the paper");
    let words: Vec<&str> = chart.wordings.iter().map(|one| one.items[0].words.as_str()).collect();
    assert_eq!(words, ["invented question 1", "invented again 1"]);
}

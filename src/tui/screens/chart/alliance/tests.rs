//! Check-ins by keys: the guess first and hidden, eight keys from the page, ten from a note, a line for each counselor.

use crate::domain::Reply;
use crate::domain::*;
use crate::service::api::*;
use crate::tui::app::rig::{self, Rig};

fn jo() -> ChartView {
    rig::chart(1, "Jo", "Rivera")
}

fn room(chart: ChartView) -> Rig {
    let mut rig = Rig::home();
    rig.keys("enter").answer(Answer::Chart(Box::new(chart)));
    rig.keys("a");
    rig
}

fn given(keys: &[i16]) -> Vec<(String, Reply)> {
    let reply = |key: &i16| if *key == 0 { Reply::Declined } else { Reply::Given(Hundredths::whole(*key)) };
    ["goal", "task", "bond"].map(str::to_owned).into_iter().zip(keys.iter().map(reply)).collect()
}

fn one(number: Number, about: u8, answers: [i16; 3]) -> Kept<CheckIn> {
    let on = Date::from_ymd(2026, 11, number).unwrap();
    let about_name = if about == 7 { "Rosa Imani LADC" } else { "Sam Person" }.to_owned();
    let value = CheckIn {
        client: ClientId([1; 16]),
        number,
        on,
        about: StaffId([about; 16]),
        about_name,
        answered_by: "client".into(),
        answers: given(&answers),
        ..CheckIn::default()
    };
    Kept { rev: 1, value }
}

fn asked(rig: &Rig) -> CheckIn {
    match rig.command() {
        Command::Heard(HeardAsk::CheckIn(checkin)) => (**checkin).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_check_in_is_eight_keys_from_its_page() {
    let mut rig = room(jo());
    rig.sees("Nobody has checked in yet. Ctrl-A begins a check-in.");
    let keys = "ctrl-a 5 4 4 5 3 4 enter";
    assert!(keys.split(' ').count() <= 8);
    rig.keys(keys);
    let checkin = asked(&rig);
    assert_eq!((checkin.answers, checkin.guess), (given(&[5, 3, 4]), given(&[5, 4, 4])));
    assert_eq!(
        (checkin.about, checkin.how, checkin.form.as_str()),
        (StaffId([7; 16]), HowTaken::Aloud, "adult")
    );
}

#[test]
fn a_check_in_is_ten_keys_from_a_note() {
    let mut rig = Rig::home();
    rig.keys("enter").answer(Answer::Chart(Box::new(jo())));
    rig.keys("n");
    let keys = "ctrl-k = enter 5 4 4 5 3 4 enter";
    assert!(keys.split(' ').count() <= 10);
    rig.keys(keys);
    assert_eq!(asked(&rig).answers, given(&[5, 3, 4]));
}

#[test]
fn the_guess_comes_first_is_hidden_then_and_is_never_made_after_an_answer() {
    let mut rig = room(jo());
    rig.keys("ctrl-a").sees("Your guess first").sees("We worked toward what matters to me");
    rig.keys("6").sees("Your guess is 1 to 5. Press - to leave the guess out.");
    rig.keys("ctrl-s").sees("Type your own guess first");
    rig.keys("2 3").sees("typed").sees_not("  2  ");
    rig.keys("1 5").sees("The client: 1 not at all").sees_not("  1  ");
    // An answer is there: going back no longer leads to the guess.
    rig.keys("up up up up up 1").sees("typed");
    rig.keys("ctrl-s").sees("An answer is missing. Press - if they would rather not say.");
}

#[test]
fn a_guess_is_left_out_with_one_key_and_rather_not_say_stays_missing() {
    let mut rig = room(jo());
    rig.keys("ctrl-a - 4 - 5").types("It was a lot today.").keys("enter");
    let checkin = asked(&rig);
    assert!(checkin.guess.is_empty());
    assert_eq!(checkin.answers, given(&[4, 0, 5]));
    assert_eq!(
        (checkin.words.as_str(), checkin.question.as_str()),
        ("It was a lot today.", "One thing to do differently next time?")
    );
}

#[test]
fn whom_it_is_about_how_it_is_taken_and_the_question_are_chosen_above() {
    let mut rig = room(jo());
    rig.keys("ctrl-a up 2").sees("Your guess first");
    rig.keys("up up up 1").sees("about whom");
    rig.keys("esc");
}

#[test]
fn each_counselor_is_a_line_of_their_own_and_a_fall_is_named() {
    let checkins = vec![one(1, 8, [2, 2, 2]), one(7, 7, [5, 5, 5]), one(14, 7, [5, 0, 3])];
    let mut rig = room(ChartView { checkins, ..jo() });
    rig.sees("About Rosa Imani LADC, answered by the client: 2 check-ins").sees("bond fell from 5 to 3");
    rig.sees("Goal").sees("● 5").sees("14 Nov").sees_not("task fell");
    rig.keys("tab").sees("About Sam Person").sees("1 check-in");
    rig.keys("tab ctrl-w").sees_not("● 5").sees("14 Nov");
    rig.resize(60, 20);
    rig.sees("bond fell from 5 to 3");
}

#[test]
fn nobody_elses_guess_has_a_column() {
    let mut mine = one(7, 7, [5, 5, 5]);
    mine.value.guess = given(&[4, 4, 4]);
    room(ChartView { checkins: vec![mine], ..jo() }).sees("My guess").sees("4 4 4");
    room(ChartView { checkins: vec![one(7, 7, [5, 5, 5])], ..jo() }).sees_not("My guess");
}

#[test]
fn a_check_in_survives_a_lock() {
    let mut rig = room(jo());
    rig.keys("ctrl-a 5 4 4 5 3 ctrl-l");
    let Door::Lock { place, .. } = rig.locked_with() else { panic!() };
    assert_eq!(place.typed[0].kind, FormKind::CheckIn);
    assert!(place.typed[0].fields.contains(&("=task".to_owned(), "3".to_owned())));
}

fn alert(number: Number, day: Number, words: &str, answer: Option<AlertDone>) -> Kept<Alert> {
    let on = Date::from_ymd(2026, 11, day).unwrap();
    let fact = AlertFact { source: number, on, words: words.into(), ..AlertFact::default() };
    let answer = answer.map(|done| AlertAnswer { done, on: on.plus_days(3), ..AlertAnswer::default() });
    let value = Alert {
        client: ClientId([1; 16]),
        number,
        measure: "check-in".into(),
        facts: vec![fact],
        answer,
        ..Alert::default()
    };
    Kept { rev: 1, value }
}

/// The chart after a check-in with a low bond, as the service sends it back.
fn after_low() -> ChartView {
    let mut chart = jo();
    chart.checkins = vec![one(1, 7, [5, 5, 3])];
    chart.alerts = vec![alert(1, 1, "bond is 3", None)];
    chart
}

#[test]
fn a_check_in_that_opens_an_alert_asks_at_once_and_esc_leaves_it_for_later() {
    let mut rig = room(jo());
    rig.keys("ctrl-a 5 4 4 5 5 3 enter");
    let done = Done { said: "saved".into(), chart: Some(Box::new(after_low())), ..Done::default() };
    rig.answer(Answer::Done(Box::new(done)));
    rig.sees("What was done about it?").sees("Bond is 3");
    rig.keys("esc");
    rig.sees("not answered").sees("alert");
}

#[test]
fn an_alert_is_answered_by_a_digit_and_its_words() {
    let mut chart = after_low();
    chart.alerts.push(alert(2, 2, "task fell from 5 to 3", Some(AlertDone::Talked)));
    let mut rig = room(chart);
    rig.sees("Bond is 3, 1 Nov").sees("talked about it with the client");
    rig.keys("ctrl-u 3");
    rig.keys("S o enter");
    match rig.command() {
        Command::Heard(HeardAsk::Answer { number, done, words, .. }) => {
            assert_eq!((*number, *done, words.as_str()), (1, AlertDone::MethodChanged, "So"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_rupture_is_at_most_six_keys_and_is_drawn_only_where_there_is_one() {
    let mut rig = room(jo());
    assert!(!rig.screen().contains("upture"), "not even a count");
    // The actions, its letter, Enter; the kind, a mark; save.
    let keys = "ctrl-k % enter 1 1 ctrl-s";
    assert!(keys.split(' ').count() <= 6);
    rig.keys(keys);
    match rig.command() {
        Command::Heard(HeardAsk::Rupture { rupture, rev: 0 }) => {
            assert_eq!((rupture.kind, rupture.marks[0].as_str()), (RuptureKind::Withdrawal, "short answers"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_supervisor_reads_whose_rupture_it_is_whole_and_that_a_guess_was_far_apart() {
    let value = Rupture {
        client: ClientId([1; 16]),
        number: 1,
        by: StaffId([9; 16]),
        by_name: "Sam Person LADC".into(),
        marks: vec!["flat".into()],
        on: Date::from_ymd(2026, 11, 4).unwrap(),
        ..Rupture::default()
    };
    let checkins = vec![one(3, 7, [5, 5, 5]), one(4, 7, [5, 5, 3])];
    let ruptures = vec![Kept { rev: 1, value }];
    let rig = room(ChartView { apart: vec![4], checkins, ruptures, ..jo() });
    rig.sees("written by Sam Person LADC; seen by them").sees("you only");
    assert_eq!(rig.screen().matches("the guess was far apart").count(), 1);
}

#[test]
fn the_guess_is_a_hollow_mark_where_it_was_another_number() {
    let mut mine = one(3, 7, [5, 5, 5]);
    let plain = room(ChartView { checkins: vec![mine.clone()], ..jo() }).screen();
    mine.value.guess = given(&[5, 3, 5]);
    let hollow = room(ChartView { checkins: vec![mine], ..jo() }).screen();
    assert_eq!((plain.matches('○').count(), hollow.matches('○').count()), (0, 1));
}

#[test]
fn an_answer_to_an_alert_goes_on_to_a_rupture_where_it_was_one() {
    let fact = AlertFact {
        on: Date::from_ymd(2026, 11, 4).unwrap(),
        words: "bond fell from 5 to 3".into(),
        ..AlertFact::default()
    };
    let value = Alert { client: ClientId([1; 16]), number: 1, facts: vec![fact], ..Alert::default() };
    let mut rig = room(ChartView { alerts: vec![Kept { rev: 1, value }], ..jo() });
    rig.keys("ctrl-u 1 shift-tab shift-tab y ctrl-s");
    assert!(matches!(rig.command(), Command::Heard(HeardAsk::Answer { done: AlertDone::Talked, .. })));
    rig.sees("A rupture").sees("It showed in");
}

fn ways(comfort: u8) -> Kept<WaysOfWorking> {
    let barrier =
        |kind: &str, done: &str| Barrier { kind: kind.into(), done: done.into(), ..Barrier::default() };
    let value = WaysOfWorking {
        client: ClientId([1; 16]),
        prefers: "slow, mornings".into(),
        comfort: Some(comfort),
        barriers: vec![barrier("transport", ""), barrier("children", "her sister comes")],
        stage: Some(RelationStage::Process),
        stage_on: Date::from_ymd(2026, 11, 4),
        ..WaysOfWorking::default()
    };
    Kept { rev: 3, value }
}

#[test]
fn ways_of_working_stand_on_the_page_with_their_barriers_and_the_stage() {
    room(jo()).sees_not("Ways of working");
    let mut rig = room(ChartView { ways: Some(ways(2)), ..jo() });
    rig.sees("Ways of working   stage: process since 4 Nov").sees("Prefers slow, mornings; comfort with");
    rig.sees("Barrier, transport").sees("nothing is done yet").sees("her sister comes");
    rig.keys("down ctrl-u").sees("What is done about it?");
    rig.keys("tab").types("a bus pass").keys("ctrl-s");
    let Command::Heard(HeardAsk::Ways { ways: sent, rev: 3 }) = rig.command() else { panic!() };
    let done: Vec<&str> = sent.barriers.iter().map(|one| one.done.as_str()).collect();
    assert_eq!((done, sent.prefers.as_str()), (vec!["a bus pass", "her sister comes"], "slow, mornings"));
}

#[test]
fn where_it_is_hard_to_say_the_check_in_asks_so_each_time() {
    let asked = |comfort| {
        let mut rig = room(ChartView { ways: Some(ways(comfort)), ..jo() });
        rig.keys("ctrl-a 5 4 4 5 3 4").types("I do not want to hurt you").keys("enter");
        asked(&rig).question
    };
    assert_eq!(asked(2), "How easy is it to tell me when you disagree?");
    assert_eq!(asked(3), "One thing to do differently next time?");
}

#[test]
fn somebody_of_the_family_answers_a_fourth_question_on_a_line_of_their_own() {
    let mut rig = room(jo());
    rig.keys("ctrl-a up up up").sees("1 the client").sees("caregiver");
    rig.keys("3").sees("by a caregiver");
    rig.keys("down down 5 4 4 5 3 4 2 enter");
    let checkin = asked(&rig);
    assert_eq!((checkin.answered_by.as_str(), checkin.form.as_str()), ("caregiver", "family"));
    assert_eq!(checkin.answers.last(), Some(&("same".to_owned(), Reply::Given(Hundredths::whole(2)))));
    assert_eq!(checkin.guess, given(&[5, 4, 4]), "three are guessed");
    let (mut client, mut caregiver) = (one(7, 7, [4, 4, 2]), one(8, 7, [4, 5, 5]));
    client.value.on = caregiver.value.on;
    caregiver.value.answered_by = "caregiver".into();
    let rig = room(ChartView { checkins: vec![client, caregiver], ..jo() });
    rig.sees("Split on bond: client 2, caregiver 5, 8 Nov");
}

#[test]
fn the_next_note_tells_what_was_done_about_an_alert() {
    let answered = |chart: &mut ChartView| {
        chart.alerts = vec![alert(1, 1, "bond is 3", Some(AlertDone::MethodChanged))];
        chart.alerts[0].value.answer.as_mut().unwrap().at = Moment(50);
    };
    let mut chart = jo();
    answered(&mut chart);
    let since = super::answering::answered_since_note(&chart);
    assert_eq!(since.len(), 1);
    let today = Date::from_ymd(2026, 11, 21).unwrap();
    let told = super::answering::heard_and_done(since[0], today);
    assert_eq!(told, "Bond is 3, 1 Nov; 4 Nov, changed a method");
    let signed = |at| NoteHead {
        signature: Signature { at: Moment(at), ..Signature::default() },
        ..NoteHead::default()
    };
    chart.notes = vec![signed(49)];
    assert_eq!(super::answering::answered_since_note(&chart).len(), 1);
    chart.notes.push(signed(51));
    assert!(super::answering::answered_since_note(&chart).is_empty(), "that note has told it");
}

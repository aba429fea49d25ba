//! People narrowed by what was heard of them, and the first four sessions.

use crate::domain::{AlertFacts, AlertKind, Date, EpisodeFacts, RatingFacts, Severity, Summary};
use crate::service::api::{Answer, Person};
use crate::tui::app::rig::{self, Rig};

/// Three people: one with two open alerts, one nobody has asked, one who is new.
fn people() -> Vec<Person> {
    let alert = |number, kind, words: &str| AlertFacts {
        number,
        kind,
        since: Date::from_ymd(2026, 11, 14).unwrap(),
        words: words.into(),
        ..AlertFacts::default()
    };
    let held = |summary: &mut Summary, days: &[u32]| {
        let days: Vec<Date> = days.iter().map(|day| Date::from_ymd(2026, 11, *day).unwrap()).collect();
        summary.days.held = days.clone();
        summary.days.apart = days;
        summary.days.met = Date::from_ymd(2026, 11, 20);
        let on = Date::from_ymd(2026, 11, 4).unwrap();
        summary.assessed = Some(on);
        for dimension in [1, 2, 4, 6] {
            summary.ratings.push(RatingFacts {
                dimension,
                now: Some(Severity::Mild),
                on,
                ..RatingFacts::default()
            });
        }
    };
    let mut jo = rig::summary(1, "Jo", "Rivera");
    held(&mut jo, &[2, 5, 9, 12, 16]);
    jo.heard.fed = Date::from_ymd(2026, 11, 16);
    jo.heard.alerts = vec![
        alert(1, AlertKind::Alliance, "bond fell from 5 to 3"),
        alert(2, AlertKind::Worse, "PHQ-9 is worse, from 8 to 16"),
    ]
    .into();
    let mut sam = rig::summary(2, "Sam", "Okafor");
    held(&mut sam, &[2, 5, 9, 12, 16]);
    let mut ann = rig::summary(3, "Ann", "Smith");
    let admitted = Date::from_ymd(2026, 11, 10).unwrap();
    ann.episode =
        ann.episode.map(|episode| EpisodeFacts { admitted, program: "Residential".into(), ..episode });
    held(&mut ann, &[12]);
    ann.heard.barriers = 2;
    [jo, sam, ann].map(rig::person_of).into()
}

/// The list narrowed to what this says in the list of choices.
fn narrowed(to: &str) -> Rig {
    let mut rig = Rig::with(people());
    rig.keys("ctrl-w").types(to).keys("enter");
    rig
}

#[test]
fn a_list_is_narrowed_to_what_was_heard_without_asking_the_service() {
    let everybody = Rig::with(people());
    everybody
        .sees("Jo Rivera")
        .sees("Sam Okafor")
        .sees("Ann Smith")
        .sees("bond fell")
        .sees("unasked 5 times");
    let mut rig = narrowed("with an alert");
    let asked = rig.asked.len();
    rig.sees("1 person, most pressing first   yours, with an alert").sees("Jo Rivera").sees_not("Sam Okafor");
    rig.keys("ctrl-w").types("worse").keys("enter");
    rig.sees("yours, worse").sees("Jo Rivera").sees_not("Ann Smith");
    rig.keys("ctrl-w").types("no gain").keys("enter");
    rig.sees("Nobody on this list: no gain yet. Esc shows everybody again.");
    rig.keys("esc").sees("3 people").sees("Ann Smith");
    assert_eq!(rig.asked.len(), asked, "all of it is known of the list");
    narrowed("not asked").sees("Sam Okafor").sees_not("Jo Rivera");
    narrowed("program resid").sees("Ann Smith").sees_not("Jo Rivera");
}

#[test]
fn the_first_four_sessions_are_a_list_of_what_speaks_for_staying() {
    let mut rig = narrowed("first four");
    rig.sees("1 person").sees("first four sessions").sees("Held").sees("Asked").sees("Barriers");
    rig.sees("Ann Smith").sees("1 of 4").sees("not yet").sees_not("Sam Okafor");
    rig.resize(60, 20);
    rig.sees("1 of 4").sees("not yet").sees_not("Barriers");
    // A letter finds among everybody, and back is back to the newcomers.
    rig.keys("o k a").sees("Sam Okafor");
    rig.keys("esc").sees("1 of 4").sees_not("Sam Okafor");
}

#[test]
fn the_list_of_what_can_be_shown_says_what_is_shown_now() {
    let mut rig = narrowed("worse");
    rig.keys("ctrl-w");
    let screen = rig.screen();
    let marked: Vec<&str> = screen.lines().filter(|line| line.contains("shown now")).collect();
    assert_eq!(marked.len(), 2, "whose people, and to whom they are narrowed: {screen}");
    assert!(marked[0].contains("Mine") && marked[1].contains("Worse"), "{marked:?}");
}

#[test]
fn the_chart_that_was_closed_has_the_highlight_and_namesakes_are_told_apart() {
    let list = || {
        let three = [("Jo", "Rivera"), ("Joaquin", "Rivera"), ("Sam", "Okafor")];
        (1..).zip(three).map(|(id, (given, family))| rig::person(id, given, family)).collect::<Vec<_>>()
    };
    let mut rig = Rig::with(list());
    rig.keys("down").sees("Joaquin Rivera, A-");
    rig.keys("end").sees_not("Sam Okafor, A-");
    // Whoever is on no line of the list any more: no namesake has the highlight, and Enter opens nobody.
    let mut rig = Rig::with(list());
    rig.keys("home enter");
    rig.answer(Answer::Chart(Box::new(rig::chart(1, "Jo", "Rivera"))));
    rig.app.refresh();
    let people = rig::session(list().split_off(1)).people;
    rig.answer(Answer::People(people));
    rig.keys("esc").sees("2 people");
    let asked = rig.asked.len();
    rig.keys("enter").sees("The chart you left is of somebody who is not on this list.");
    assert_eq!(rig.asked.len(), asked, "nobody is opened");
    rig.keys("down").sees("Joaquin Rivera");
}

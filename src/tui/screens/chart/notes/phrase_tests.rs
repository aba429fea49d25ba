use super::*;
use crate::domain::{AgencySettings, Asked, Copied, HeaderKey, Phrase, PhraseKind};
use crate::service::api::{Origin, PhraseLine, WritingAsk, WritingView};
use std::sync::Arc;

fn sections(rig: &Rig) -> Vec<String> {
    typed(rig)
}

fn copied(rig: &Rig) -> Vec<Copied> {
    note(&rig.app.unsaved_drafts()[0]).copied.clone()
}

/// Writing, with the last note's text at hand.
fn after_a_note(texts: [&str; 3]) -> Rig {
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(draft(with_notes(), texts));
    rig.answer(Answer::Document(Box::new(view(&head(3, 18, "")))));
    rig
}

/// The service says what notes are written with.
fn know(rig: &mut Rig, phrases: Arc<[PhraseLine]>, required: &[HeaderKey]) {
    let mut settings = AgencySettings::new("ASAM3", "Outpatient");
    settings.notes.required = required.to_vec();
    rig.answer(Answer::Writing(Box::new(WritingView { phrases, settings, said: String::new() })));
}

/// Adds a snippet to what the person has.
fn add(rig: &mut Rig, kind: PhraseKind, name: &str, format: &str, text: &str) {
    let phrase = Phrase {
        kind,
        name: name.into(),
        title: name.into(),
        format: format.into(),
        text: text.into(),
        ..Phrase::default()
    };
    let mine = PhraseLine { origin: Origin::Mine, rev: 1, phrase };
    let shipped = packs::phrases().iter().map(|phrase| PhraseLine {
        origin: Origin::Shipped,
        rev: 0,
        phrase: phrase.clone(),
    });
    let phrases = std::iter::once(mine).chain(shipped).collect();
    know(rig, phrases, &[]);
}

#[test]
fn a_short_name_and_tab_expand_in_place_and_one_undo_takes_it_back() {
    let mut rig = writing(["", "", ""]);
    add(&mut rig, PhraseKind::Snippet, "ill", "", "{client.preferred} is «how»; {plan.goal}.");
    rig.types("Today. .ill").keys("tab");
    assert_eq!(sections(&rig)[0], "Today. Jo is «how»; «plan goal».");
    rig.sees("2 blanks");
    // The first blank is selected: typing fills it, Tab goes to the next.
    rig.types("better").sees("1 blank");
    rig.keys("tab").types("to sleep");
    assert_eq!(sections(&rig)[0], "Today. Jo is better; to sleep.");
    rig.sees_not("1 blank").sees_not("2 blanks");
    let before = sections(&rig)[0].clone();
    // Words typed are steps of their own; the snippet is one.
    rig.keys("ctrl-z ctrl-z ctrl-z");
    assert_eq!(sections(&rig)[0], "Today. Jo is «how»; «plan goal».");
    rig.keys("ctrl-z").sees_not("blank");
    assert_eq!(sections(&rig)[0], "Today. .ill");
    rig.keys("ctrl-y ctrl-y ctrl-y ctrl-y");
    assert_eq!(sections(&rig)[0], before);
}

#[test]
fn a_short_name_is_told_from_other_dots() {
    let mut rig = writing(["", "", ""]);
    add(&mut rig, PhraseKind::Snippet, "g", "", "EXPANDED");
    rig.types("e.g").keys("tab").types("x");
    assert_eq!(sections(&rig), ["e.g", "x", ""], "Tab went to the next section");
    rig.types(" (.g").keys("tab");
    assert_eq!(sections(&rig)[1], "x (EXPANDED");
    rig.types(". .none").keys("tab").sees("There is no snippet called .none.");
    assert_eq!(sections(&rig)[1], "x (EXPANDED. .none");
}

#[test]
fn the_picker_finds_a_phrase_shows_it_filled_and_puts_it_in() {
    let mut rig = writing(["", "", ""]);
    add(&mut rig, PhraseKind::Snippet, "ill", "", "{client.preferred} was ill.");
    rig.keys("ctrl-t").sees("Insert a template or snippet").sees(".ontime");
    rig.types("ill").sees("Jo was ill.").sees("yours");
    rig.keys("enter");
    assert_eq!(sections(&rig)[0], "Jo was ill.");
}

#[test]
fn a_template_goes_into_its_sections_and_is_undone_as_one() {
    let mut rig = writing(["", "", ""]);
    add(
        &mut rig,
        PhraseKind::Template,
        "mine",
        "DAP",
        "# data\n[[what]]\n# PLAN\nNext: [[step]]\n# Nowhere\nhome",
    );
    rig.types("Written before.");
    rig.keys("ctrl-t").types("mine").keys("enter");
    assert_eq!(sections(&rig), ["Written before.\n«what»\nhome", "", "Next: «step»"]);
    rig.sees("2 blanks");
    rig.types("asked");
    assert_eq!(sections(&rig)[0], "Written before.\nasked\nhome");
    rig.keys("ctrl-z ctrl-z");
    assert_eq!(sections(&rig), ["Written before.", "", ""]);
    let mut rig = writing(["", "", ""]);
    add(&mut rig, PhraseKind::Template, "two", "DAP", "# Data\none\n# Plan\nthree");
    rig.keys("ctrl-t").types("two").keys("enter");
    assert_eq!(sections(&rig), ["one", "", "three"]);
    rig.keys("ctrl-z");
    assert_eq!(sections(&rig), ["", "", ""]);
    rig.keys("ctrl-y");
    assert_eq!(sections(&rig), ["one", "", "three"]);
}

#[test]
fn a_template_of_another_format_is_offered_to_an_empty_note_only() {
    let mut rig = writing(["", "", ""]);
    add(&mut rig, PhraseKind::Template, "goals", "GIRP", "# Goal\n{plan.goal}");
    rig.keys("ctrl-t").types("goals").keys("enter").sees("GIRP");
    assert_eq!(sections(&rig)[0], "«plan goal»");
    rig.keys("ctrl-t").types("weekly").sees("Nothing matches");
}

#[test]
fn what_was_planned_last_is_copied_with_a_mark_until_it_is_edited() {
    let mut rig = after_a_note(["", "", ""]);
    rig.keys("ctrl-d").sees("1 passage copied, not yet edited");
    assert_eq!(sections(&rig)[0], "Call the sister before 20:00 on court days.");
    let mark = Copied { section: "data".into(), start: 0, end: 43, from: 3, in_common: false };
    assert_eq!(copied(&rig), [mark]);
    // Text before it moves it; a change inside ends it; undo brings it back.
    rig.keys("ctrl-home").types("Plan: ");
    assert_eq!(copied(&rig)[0].start, 6);
    rig.keys("end left").types("s").sees_not("passage copied");
    assert!(copied(&rig).is_empty());
    rig.keys("ctrl-z").sees("1 passage copied");
}

#[test]
fn marks_come_back_with_the_draft() {
    let Answer::Draft(mut opened) = draft(chart(), ["Jo said: call. «who»", "", ""]) else { panic!() };
    let DraftBody::Note(body) = &mut opened.body else { panic!() };
    let filled = Copied { section: "data".into(), start: 0, end: 2, from: 0, in_common: false };
    let passage = Copied { section: "data".into(), start: 9, end: 13, from: 3, in_common: false };
    body.copied = vec![filled, passage];
    let expected = body.copied.clone();
    let mut rig = Rig::chart();
    rig.keys("ctrl-n");
    rig.answer(Answer::Draft(opened));
    rig.sees("1 blank").sees("1 passage copied");
    rig.types("!");
    assert_eq!(copied(&rig), expected);
}

#[test]
fn the_section_one_is_in_can_be_copied_forward() {
    let mut rig = after_a_note(["", "", ""]);
    let forward = |rig: &mut Rig| {
        rig.keys("ctrl-p").types("copy this section").keys("enter");
    };
    forward(&mut rig);
    assert_eq!(sections(&rig)[0], "Came on time and chose to start with the hearing.");
    assert_eq!(copied(&rig)[0].from, 3);
    rig.keys("tab");
    forward(&mut rig);
    rig.sees("The last note has no such section.");
}

#[test]
fn the_chart_beside_puts_in_and_links_and_goes_back() {
    let mut rig = after_a_note(["", "", ""]);
    rig.keys("ctrl-b").sees("Problems").sees("[ ] P1 low mood").sees("Last note 18 Nov");
    rig.sees("put in").sees_not("Risk");
    rig.keys("ctrl-g").sees("[x] P1 low mood").sees("works on  P1 low mood");
    rig.keys("down enter");
    assert_eq!(sections(&rig)[0], "evenings alone");
    assert_eq!(copied(&rig)[0].from, 0, "filled from the chart");
    rig.keys("ctrl-z");
    assert_eq!(sections(&rig)[0], "");
    // The last note is below; what comes from it is marked as copied.
    rig.keys("ctrl-b end enter");
    assert_eq!(sections(&rig)[0], "Call the sister before 20:00 on court days.");
    assert_eq!(copied(&rig)[0].from, 3);
    rig.keys("ctrl-b").keys("esc").types(" More.");
    assert!(sections(&rig)[0].ends_with("days. More."));
    rig.resize(140, 40);
    rig.keys("ctrl-b").sees("►");
    rig.keys("ctrl-b");
    rig.types("!");
    assert!(sections(&rig)[0].ends_with("More.!"));
}

#[test]
fn letters_do_nothing_in_the_chart_beside_but_turn_rooms() {
    let mut rig = after_a_note(["", "", ""]);
    rig.keys("ctrl-b x y z");
    rig.keys("esc");
    assert!(rig.app.unsaved_drafts().is_empty());
}

#[test]
fn header_keys_are_answered_and_stand_on_the_page() {
    let mut rig = writing(full());
    rig.keys("ctrl-g 3 enter esc ctrl-o").sees("What this note answers").sees("Stage of P3");
    rig.keys("right right").keys("tab tab right right right").keys("tab").types("two beers, Friday");
    rig.keys("tab tab tab").types("t+7").keys("tab").types("25:00").keys("ctrl-s");
    rig.sees("This is not a time of day");
    rig.keys("ctrl-u").types("14:00").keys("ctrl-s");
    rig.sees("Risk none reported").sees("Use present, two beers").sees("Next 28 Nov 14:00");
    let drafts = rig.app.unsaved_drafts();
    let answers = &note(&drafts[0]).answers;
    assert_eq!((answers.risk, answers.used), (Asked::NoneReported, Asked::Present));
    assert_eq!(answers.used_detail, "two beers, Friday");
    assert_eq!(answers.next.date, Some(day(28)));
}

#[test]
fn a_key_the_agency_requires_keeps_the_note_from_being_signed() {
    let mut rig = writing(full());
    rig.keys("ctrl-g 1 enter esc");
    know(&mut rig, Vec::new().into(), &[HeaderKey::Risk]);
    rig.keys("f9").sees("is no answer yet to Risk").sees_not("Sign this note");
    rig.keys("esc ctrl-o right ctrl-s f9").sees("Sign this note");
}

#[test]
fn none_reported_and_words_of_what_are_asked_about() {
    let mut rig = writing(full());
    rig.keys("ctrl-o right right tab")
        .types("thoughts at night")
        .keys("ctrl-s")
        .sees("Risk says \"none reported\"");
    rig.keys("ctrl-u ctrl-s").sees("Risk none reported");
}

#[test]
fn end_and_minutes_follow_each_other() {
    let service = |rig: &Rig| note(&rig.app.unsaved_drafts()[0]).service.clone();
    let mut rig = writing(full());
    // The end typed again makes the minutes.
    rig.keys("ctrl-e tab tab tab ctrl-u").types("13:30").keys("ctrl-s");
    assert_eq!((service(&rig).minutes, service(&rig).pause), (30, 0));
    // Both typed: what is between is a break.
    rig.keys("ctrl-e tab tab ctrl-u").types("45").keys("tab ctrl-u").types("14:00").keys("ctrl-s");
    assert_eq!((service(&rig).minutes, service(&rig).pause), (45, 15));
    rig.keys("ctrl-e tab tab tab ctrl-u").types("12:00").keys("ctrl-s").sees("is not after the start");
    rig.keys("esc").keys("ctrl-g");
    // Another start alone keeps the length.
    rig.keys("ctrl-e tab ctrl-u").types("12:00").keys("ctrl-s").sees("12:00-13:00");
    assert_eq!(service(&rig).minutes, 45);
}

#[test]
fn what_else_was_at_the_time_is_said_and_stands_in_the_signing_prompt() {
    let mut rig = writing(full());
    let asked = rig
        .asked
        .iter()
        .any(|one| matches!(&one.command, Command::Writing(WritingAsk::Overlaps { draft: 9, .. })));
    assert!(asked);
    let found = vec!["13:30-14:20 in A-1042, you".to_owned()];
    rig.answer(Answer::Overlaps { client: ClientId([1; 16]), draft: 9, found });
    rig.sees("At the same time: 13:30-14:20 in A-1042, you.").sees("overlaps");
    rig.keys("ctrl-g 1 enter esc f9").sees("At the same time: 13:30-14:20 in A-1042, you.");
}

#[test]
fn signing_says_how_many_blanks_and_copies_are_left() {
    let mut rig = after_a_note(full());
    rig.types(" «who» ").keys("ctrl-d ctrl-g 1 enter esc f9");
    rig.sees("1 passage is as it was copied");
    // A blank typed by hand is one when the draft is taken up again.
    let mut rig = writing(["Came with «who».", "Less tense than before.", "Goes on."]);
    rig.keys("ctrl-g 1 enter esc f9").sees("1 blank is left");
}

#[test]
fn a_note_that_is_read_tells_what_it_answers() {
    let mut opened = with_notes();
    opened.drafts.clear();
    let mut rig = list(opened);
    rig.keys("home enter");
    let mut read = view(&head(3, 18, ""));
    let mut text = *read.note.take().unwrap();
    text.service.location = "room 3".into();
    text.answers.risk = Asked::Present;
    text.answers.risk_detail = "means at home".into();
    text.serves_nothing = "crisis".into();
    text.copied = vec![Copied { section: "plan".into(), start: 0, end: 43, from: 2, in_common: false }];
    read.part = part(&head(3, 18, ""), &text, at(13, 58, 0));
    rig.answer(Answer::Document(Box::new(read)));
    rig.sees("room 3").sees("Risk: present, means at home").sees("Works on nothing on the plan: crisis");
    rig.sees("Copied from an earlier note, unedited (Plan): Call the sister before 20:00");
}

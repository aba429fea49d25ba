use crate::domain::{AgencySettings, HeaderKey, Phrase, PhraseKind};
use crate::service::api::{Answer, Command, FormKind, Origin, PhraseLine, WritingAsk, WritingView};
use crate::tui::app::rig::Rig;

/// The list, over home.
fn list() -> Rig {
    let mut rig = Rig::home();
    rig.keys("ctrl-p").types("open snippets").keys("enter");
    rig.sees("Snippets and templates").sees(".ontime");
    rig
}

fn asked(rig: &Rig) -> &WritingAsk {
    match rig.command() {
        Command::Writing(ask) => ask,
        other => panic!("not about writing: {other:?}"),
    }
}

fn answer(said: &str, lines: Vec<PhraseLine>) -> Answer {
    let settings = AgencySettings::new("ASAM3", "Outpatient");
    Answer::Writing(Box::new(WritingView { phrases: lines.into(), settings, said: said.to_owned() }))
}

fn mine() -> PhraseLine {
    let phrase = Phrase {
        number: 4,
        kind: PhraseKind::Snippet,
        name: "late".into(),
        title: "Came late".into(),
        text: "Came [[minutes]] late.".into(),
        ..Phrase::default()
    };
    PhraseLine { origin: Origin::Mine, rev: 2, phrase }
}

#[test]
fn letters_find_and_the_preview_shows_the_text() {
    let mut rig = list();
    rig.types("taken apart").sees("Nothing matches");
    rig.keys("esc")
        .types("thought feeling")
        .sees(".cbt")
        .sees("We took one situation apart")
        .sees_not(".ontime");
    rig.resize(160, 40);
    rig.sees("We took one situation apart");
}

#[test]
fn one_of_ones_own_is_written_and_saved() {
    let mut rig = list();
    rig.keys("ctrl-a").sees("New snippet or template").sees("Short name");
    rig.types(".Late").keys("tab").types("Came late").keys("tab tab tab");
    rig.types("Came ").keys("ctrl-t").types("next.session").sees("next session");
    rig.keys("enter");
    rig.types(" late").keys("enter").types("and said why.").keys("ctrl-s");
    let WritingAsk::SavePhrase { phrase, agency: false, rev: 0 } = asked(&rig) else {
        panic!("{:?}", rig.command())
    };
    assert_eq!((phrase.name.as_str(), phrase.title.as_str()), (".Late", "Came late"));
    assert_eq!(phrase.text, "Came {next.session} late\nand said why.");
    rig.answer(answer("The snippet is saved. Type .late and Tab in a note", vec![mine()]));
    rig.sees("1 in all").sees(".late").sees("yours").sees("The snippet is saved. Type .late");
}

#[test]
fn one_that_ships_is_where_ones_own_begins() {
    let mut rig = list();
    rig.types("cbt").keys("enter").sees("New snippet").sees("We took one situation apart");
    rig.keys("ctrl-s");
    let WritingAsk::SavePhrase { phrase, rev: 0, .. } = asked(&rig) else { panic!() };
    assert_eq!((phrase.number, phrase.name.as_str()), (0, "cbt"));
}

#[test]
fn a_change_keeps_what_is_typed_when_it_is_refused_and_asks_before_it_is_thrown_away() {
    let mut rig = list();
    rig.keys("ctrl-a").types("x").keys("ctrl-s").sees("\"What it is for\" is empty");
    rig.types("y").keys("esc").sees("has not been saved");
}

#[test]
fn taking_one_away_is_asked_and_another_key_agrees() {
    let mut rig = list();
    rig.types("cbt").keys("ctrl-k d enter").sees("came with the program");
    let WritingAsk::SavePhrase { .. } = ({
        rig.keys("esc ctrl-a")
            .types("late")
            .keys("tab")
            .types("t")
            .keys("tab tab tab")
            .types("text")
            .keys("ctrl-s");
        asked(&rig)
    }) else {
        panic!()
    };
    rig.answer(answer("Saved.", vec![mine()]));
    rig.keys("ctrl-k d enter").sees("Delete the snippet late?");
    rig.keys("ctrl-g");
    let WritingAsk::RemovePhrase { number: 4, agency: false, rev: 2 } = asked(&rig) else { panic!() };
}

#[test]
fn what_notes_must_hold_is_decided_by_an_admin() {
    let mut rig = list();
    rig.keys("ctrl-k r enter").sees("What every note must contain").sees("Require Risk");
    rig.keys("tab tab right ctrl-s");
    let WritingAsk::SetRules { format, late_after_hours: 24, rules } = asked(&rig) else { panic!() };
    assert_eq!((format.as_str(), rules.required.as_slice()), ("DAP", &[HeaderKey::Risk][..]));
}

#[test]
fn what_is_typed_outlives_a_lock() {
    let mut rig = list();
    rig.keys("ctrl-a").types("late").keys("tab tab tab tab").types("Half a text");
    rig.keys("ctrl-l");
    let Command::Door(crate::service::api::Door::Lock { place, .. }) = rig.command() else { panic!() };
    let kept = &place.typed[0];
    assert!(kept.open && kept.kind == FormKind::Phrase { agency: false, number: 0 }, "{kept:?}");
    assert!(kept.fields.contains(&("text".to_owned(), "Half a text".to_owned())));
}

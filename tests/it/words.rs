//! Words while a note is written: spelling, better words, passages that stand elsewhere. Advice only, whatever is written.

use crate::driver::Driver;
use crate::rig::Rig;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

fn at_home() -> Driver {
    let mut desk = Driver::new();
    desk.rig.sign_in("rosa");
    desk.rig.admitted("Jorvik", "Riveraq");
    desk.rig.admitted("Sam", "Okafor");
    desk.rig.lock();
    desk.fresh();
    desk.sign_in("rosa");
    desk
}

fn writing() -> Driver {
    let mut desk = at_home();
    desk.types("/jorvik").keys("enter ctrl-n").sees("Data");
    desk
}

/// What is underlined on the page, stretch by stretch.
fn marked(desk: &Driver) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| desk.app.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut all = Vec::new();
    for y in 5..19 {
        let mut here = String::new();
        for x in 0..80 {
            let cell = &buffer[(x, y)];
            if cell.modifier.contains(Modifier::UNDERLINED) {
                here.push_str(cell.symbol());
            } else if !here.is_empty() {
                all.push(std::mem::take(&mut here).trim().to_owned());
            }
        }
    }
    all
}

#[test]
fn misspelled_words_are_marked_once_they_are_typed() {
    let mut desk = writing();
    desk.types("They recieve");
    assert!(marked(&desk).is_empty(), "the word at the cursor is being typed");
    desk.types(" help, said Jorvik Riveraq's frend");
    assert_eq!(marked(&desk), ["recieve"], "the client's own name passes");
    desk.types(". PHQ-9 17, CBT, jo@exmple.org, sertraline, psychoeducation ");
    assert_eq!(marked(&desk), ["recieve", "frend"]);
}

#[test]
fn one_key_goes_to_the_next_mistake_and_suggests() {
    let mut desk = writing();
    desk.types("They recieve help. The frend came too. ").keys("f7");
    desk.sees("\"recieve\" is not in the dictionary")
        .sees("receive")
        .sees("Add to my words")
        .sees("Ignore it");
    desk.keys("enter").sees("They receive help.");
    assert_eq!(marked(&desk), ["frend"]);
    desk.keys("f7")
        .sees("\"frend\"")
        .types("ign")
        .keys("enter")
        .sees("is not underlined until Concord locks");
    assert!(marked(&desk).is_empty());
    desk.keys("f7").sees("Nothing in this note is marked.");
    // One undo step takes the correction back.
    desk.keys("ctrl-z").sees("They recieve help.");
    desk.keys("ctrl-y");
    // Let pass until the lock, no longer.
    desk.keys("ctrl-l").types(Rig::PASSPHRASE).keys("enter ctrl-end").types(" ");
    assert_eq!(marked(&desk), ["frend"]);
}

#[test]
fn added_words_are_kept_sealed_for_their_owner_and_the_menu_has_every_act() {
    let mut desk = writing();
    desk.types("At Wintergarten today ").keys("f7").sees("Wintergarten").types("add").keys("enter");
    desk.sees("is one of your words now");
    assert!(marked(&desk).is_empty());
    desk.keys("ctrl-l");
    desk.restart();
    desk.types("rosa").keys("tab").types(Rig::PASSPHRASE).keys("enter").sees("Wintergarten");
    // The cursor is where it was, on the word that was added.
    desk.keys("ctrl-end").types("more ");
    assert!(marked(&desk).is_empty(), "{:?}", marked(&desk));
    let raw = format!("{:?}", everything(&desk));
    assert!(!raw.contains("Wintergarten"), "a personal word lies about in the clear");
    desk.types("teh ").keys("ctrl-k").types("underline").keys("esc");
    desk.keys("ctrl-k");
    for act in [
        "Go to the next marked word",
        "Add the word at the cursor",
        "Ignore the word at the cursor",
        "Underline spelling",
    ] {
        desk.sees_in_menu(act);
    }
}

/// Every value in the store, as bytes read as letters.
fn everything(desk: &Driver) -> String {
    use concord::engine::{Engine, Span};
    let page = desk.rig.engine.page(&Span::all(), None, 10_000).unwrap();
    page.iter().map(|stored| String::from_utf8_lossy(&stored.value).into_owned()).collect()
}

#[test]
fn one_setting_switches_it_all_off() {
    let mut desk = writing();
    desk.types("teh addict ");
    assert_eq!(marked(&desk), ["teh", "addict"]);
    desk.run("Underline spelling").sees("Nothing is underlined any more");
    assert!(marked(&desk).is_empty());
    desk.keys("f7").sees("switched off");
    desk.keys("ctrl-l").types(Rig::PASSPHRASE).keys("enter").sees("teh addict");
    assert!(marked(&desk).is_empty(), "it travels with the person");
    desk.run("Underline spelling");
    assert_eq!(marked(&desk), ["teh", "addict"]);
}

#[test]
fn better_words_are_advice_and_the_clients_words_are_theirs() {
    let mut desk = writing();
    desk.types("The addict said \"I'm an addict\" and went. ");
    assert_eq!(marked(&desk), ["addict"]);
    // F7 opens its list, and neither Enter nor the next key replaces anything.
    desk.keys("f7").sees("person who uses drugs").sees("► 1 Leave it as it is").keys("enter");
    desk.types("x").sees("The addictx said").keys("backspace");
    desk.keys("ctrl-home f7 esc").types("x").sees("addictx").keys("backspace");
    desk.keys("ctrl-home f7").types("who uses").keys("enter").sees("The person who uses drugs said");
    assert!(marked(&desk).is_empty());
    desk.types(", a junkie, ")
        .keys("tab")
        .types("Nothing new to say here.")
        .keys("tab")
        .types("Call again on Monday.");
    desk.keys("f9").types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
}

#[test]
fn an_agency_names_better_words_of_its_own() {
    let mut desk = writing();
    desk.types("A case came by ").run("Set a better word");
    desk.types("case").keys("enter").types("person").keys("enter").sees("underlined for everyone");
    assert_eq!(marked(&desk), ["case"]);
    desk.keys("f7").sees("\"case\": a better word").keys("down enter").sees("A person came by");
}

#[test]
fn text_of_ones_own_other_notes_is_pointed_out_without_saying_whose() {
    let passage = "Came on time and chose to start with the hearing; we went through the two evenings after court \
        hour by hour and named what had helped each time.";
    let mut desk = writing();
    desk.paste(passage);
    desk.keys("tab")
        .types("Less tense than last week, and says so.")
        .keys("tab")
        .types("Call the sister before eight.");
    desk.keys("f9").types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
    // The same client: with the date.
    desk.keys("ctrl-n").sees("Data");
    desk.paste(&format!("Today was quiet. {passage} More tomorrow."));
    desk.advance(1_000);
    let found = marked(&desk).join(" ");
    desk.keys("f7").sees("is also in your note of 21 Nov").keys("enter");
    desk.types("x").sees("Came on time").sees("More tomorrow").keys("backspace");
    assert!(found.contains("chose to start with the hearing") && !found.contains("quiet"), "{found}");
    // Another client: not whose, not when. And it can be signed.
    desk.keys("esc esc ctrl-p").types("okafor").keys("enter").sees("OKAFOR, Sam").keys("ctrl-n").sees("Data");
    desk.paste(passage);
    desk.advance(1_000);
    desk.keys("f7")
        .sees("is also in another note of yours")
        .sees_no("Riveraq")
        .sees_no("of 21 Nov")
        .keys("esc");
    desk.keys("tab").types("Nothing else is new today at all.").keys("tab").types("Call again on Monday.");
    desk.keys("f9").types(Rig::PASSPHRASE).keys("enter").sees("Note signed");
}

#[test]
fn own_words_and_better_ones_can_be_looked_at_and_taken_back() {
    let mut desk = writing();
    desk.types("At Wintergarten, a case came. ").keys("f7").types("add").keys("enter");
    desk.sees("is one of your words now");
    assert!(marked(&desk).is_empty());
    // The list narrows by letters; what was added by a slip goes with one key.
    desk.run("Show your own words")
        .sees("Your 1 word, and better words")
        .sees("Wintergarten")
        .sees("person who");
    assert!(!desk.app.has_cursor(), "the text's cursor is not seen through a list");
    desk.types("winter");
    assert!(desk.app.has_cursor());
    desk.keys("enter").sees("is not one of your words any more");
    desk.keys("ctrl-end");
    assert_eq!(marked(&desk), ["Wintergarten"]);
    // The agency's: a new one, changed, and taken off again, also one that ships.
    desk.run("Show your own words").types("a better word").keys("enter").sees("for the whole agency");
    desk.types("case").keys("enter").types("person").keys("enter").sees("underlined for everyone");
    assert_eq!(marked(&desk), ["Wintergarten", "case"]);
    desk.run("Show your own words").types("case person").keys("enter").keys("ctrl-u").keys("enter");
    desk.sees("\"case\" is no longer underlined");
    assert_eq!(marked(&desk), ["Wintergarten"]);
    desk.types("An addict ");
    assert_eq!(marked(&desk), ["Wintergarten", "addict"]);
    desk.run("Show your own words").types("addict").keys("enter").keys("ctrl-u").keys("enter");
    assert_eq!(marked(&desk), ["Wintergarten"]);
    desk.run("Show your own words").types("addict").sees("not underlined");
}

#[test]
fn words_are_shown_from_home_too() {
    let mut desk = at_home();
    desk.run("Show your own words")
        .sees("words you add in a note are listed here too")
        .keys("esc")
        .sees("Riveraq");
}

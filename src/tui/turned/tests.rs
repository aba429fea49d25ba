//! The turned screen by its keys: what is drawn comes from the page and from its language, whatever is pressed.

use super::*;
use crate::domain::{ClientAnswers, ClientId, LineRef, Marked, TurnedPage, TurnedPart, TurnedSaid};
use crate::packs::page_languages;
use crate::tui::keymap::KeyPress;
use crate::tui::message::Mouse;
use crate::tui::program::Program;
use crate::tui::theme::Name;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn said(words: &str, line: Option<usize>) -> TurnedSaid {
    TurnedSaid { words: words.into(), line, ..TurnedSaid::default() }
}

fn view(language: &str) -> TurnedView {
    let part = |heading: &str, says: Vec<TurnedSaid>| TurnedPart { heading: heading.into(), says };
    let quote = TurnedSaid { quote: true, ..said("Keep the flat and pick up M. on Fridays.", None) };
    let long =
        "Write down when I go to bed and when I get up, three nights a week, and bring the diary along.";
    let page = TurnedPage {
        title: "My plan, Jo".into(),
        about: "This is how my plan reads today. It is not signed.".into(),
        parts: vec![
            part("What I want", vec![quote]),
            part("What we agreed", vec![said("Sleep through.", Some(0)), said("Not drink.", Some(1))]),
            part("What I will do", vec![said(long, Some(2))]),
            part("Whom to call, day and night", vec![said("My counselor is Rosa Imani LADC.", None)]),
        ],
        signs: true,
        items: Vec::new(),
    };
    let line = |about| Marked { about, ..Marked::default() };
    let lines = vec![line(LineRef::goal(1)), line(LineRef::goal(2)), line(LineRef::objective(1))];
    let answers = ClientAnswers { language: language.into(), lines, ..ClientAnswers::default() };
    TurnedView {
        epoch: 2,
        client: ClientId([1; 16]),
        number: 4,
        page,
        answers,
        head: "Lakeside Recovery, Saturday 21 November 2026".into(),
        counselor: "Rosa Imani".into(),
        idle_ms: 900_000,
    }
}

fn turned() -> Turned {
    in_language("en")
}

fn in_language(language: &str) -> Turned {
    Turned::new(view(language), Theme::plain(Name::Mono, false), Size { width: 80, height: 24 })
}

fn press(turned: &mut Turned, keys: &str) -> Option<Wish> {
    let mut wish = None;
    for word in keys.split(' ') {
        match KeyPress::parse(word) {
            Some(press) => wish = turned.input(&Input::Key(press)),
            None => word.chars().for_each(|c| drop(turned.input(&Input::Key(KeyPress::char(c))))),
        }
    }
    wish
}

fn screen(turned: &Turned) -> String {
    let size = turned.size;
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal
        .draw(|frame| {
            turned.draw(frame);
            crate::tui::app::finished(frame, &turned.theme);
        })
        .unwrap();
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(usize::from(size.width));
    rows.map(|row| {
        row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned() + "\n"
    })
    .collect()
}

#[track_caller]
fn sees(turned: &Turned, words: &str) {
    let screen = screen(turned);
    assert!(screen.contains(words), "{words:?} is not on the screen:\n{screen}");
}

#[track_caller]
fn sees_not(turned: &Turned, words: &str) {
    let screen = screen(turned);
    assert!(!screen.contains(words), "{words:?} is on the screen:\n{screen}");
}

fn answers(turned: &Turned) -> &ClientAnswers {
    &turned.view.answers
}

#[test]
fn a_digit_answers_the_line_and_the_same_digit_takes_it_back() {
    let mut turned = turned();
    press(&mut turned, "1");
    assert!(answers(&turned).is_blank(), "what is only there to be read takes no answer");
    sees_not(&turned, "1 agreed");
    press(&mut turned, "down 1 down 2");
    sees(&turned, "partly");
    assert_eq!(answers(&turned).lines[0].answer, Assent::Agreed);
    assert_eq!(answers(&turned).lines[1].answer, Assent::Partly);
    press(&mut turned, "2 down -");
    assert_eq!(answers(&turned).lines[1].answer, Assent::NotAsked);
    assert_eq!(answers(&turned).lines[2].answer, Assent::NotSaid);
    assert!(turned.unsaved().is_some_and(|save| save.edits == 4 && save.number == 4));
    turned.saved(4);
    assert!(turned.unsaved().is_none());
}

#[test]
fn own_words_are_the_clients_at_each_letter_and_digits_are_letters_there() {
    let mut turned = turned();
    press(&mut turned, "down enter 2 x n i g h t s");
    assert_eq!(answers(&turned).lines[0].words, "2xnights");
    assert_eq!(answers(&turned).lines[0].answer, Assent::NotAsked, "no digit of a text is an answer");
    assert!(turned.has_cursor());
    press(&mut turned, "backspace esc");
    assert_eq!(answers(&turned).lines[0].words, "2xnight", "Esc leaves the text and keeps it");
    assert!(!turned.has_cursor() && turned.hidden.is_none());
    sees(&turned, "In my words: “2xnight”");
}

#[test]
fn signing_takes_a_name_and_a_no_takes_a_reason() {
    let mut turned = turned();
    press(&mut turned, "tab");
    sees(&turned, "Sign with your name");
    press(&mut turned, "1 J o enter 1");
    assert_eq!(answers(&turned).signs, Some(ClientSigns::Signs));
    assert_eq!((answers(&turned).name.as_str(), answers(&turned).copy), ("Jo", Some(true)));
    sees(&turned, "Jo");
    // Another answer takes the name away: nobody has signed then.
    press(&mut turned, "up up 2 enter n o enter");
    assert_eq!(answers(&turned).signs, Some(ClientSigns::Disagrees));
    assert_eq!((answers(&turned).name.as_str(), answers(&turned).why.as_str()), ("", "no"));
}

#[test]
fn hidden_it_shows_nothing_of_the_page_and_asks_for_the_secret() {
    let mut turned = turned();
    press(&mut turned, "down 1 f6");
    for words in ["Sleep through", "What we agreed", "agreed"] {
        sees_not(&turned, words);
    }
    sees(&turned, "Please give the screen back to Rosa Imani.");
    sees(&turned, "Enter show the page again");
    press(&mut turned, "1 2 3");
    sees_not(&turned, "123");
    sees(&turned, "Enter back to Concord");
    assert_eq!(answers(&turned).lines[0].answer, Assent::Agreed);
    let wish = press(&mut turned, "enter");
    assert!(matches!(wish, Some(Wish::Back { save: Some(_), .. })));
    sees(&turned, "One moment");
    assert!(press(&mut turned, "enter").is_none(), "one try at a time");
    assert!(turned.not_back(&TurnedBack::Wrong { left: 4 }).is_none());
    sees(&turned, "Tries left: 4.");
    press(&mut turned, "enter");
    sees(&turned, "Sleep through");
    press(&mut turned, "esc");
    assert!(matches!(turned.not_back(&TurnedBack::Wrong { left: 0 }), Some(Wish::Lock)));
    assert!(matches!(press(&mut turned, "ctrl-l"), Some(Wish::Lock)));
}

#[test]
fn pastes_bursts_and_clicks_do_nothing_anywhere() {
    for place in ["up", "down", "down enter", "f6", "tab 1"] {
        let mut turned = turned();
        press(&mut turned, place);
        let before = (turned.view.answers.clone(), turned.edits);
        let burst: Vec<KeyPress> = "1CLIENT B".chars().map(KeyPress::char).collect();
        for input in [
            Input::Paste("CLIENT B, call 555-0101\n1".into()),
            Input::Paste("\u{1b}[31mCLIENT B".into()),
            Input::Burst(burst),
            Input::Mouse(Mouse::Click { x: 10, y: 6 }),
            Input::Mouse(Mouse::WheelDown),
        ] {
            assert!(turned.input(&input).is_none(), "{place}");
            sees_not(&turned, "CLIENT");
        }
        assert_eq!((turned.view.answers.clone(), turned.edits), before, "{place}");
        assert!(turned.writing.as_ref().is_none_or(crate::tui::widgets::line::Line::is_empty), "{place}");
    }
}

#[test]
fn what_is_too_small_to_draw_takes_no_key_but_the_lock() {
    let mut turned = turned();
    press(&mut turned, "down");
    turned.resize(Size { width: 20, height: 5 });
    press(&mut turned, "1 enter x f6");
    assert!(answers(&turned).is_blank() && turned.hidden.is_none());
    assert_eq!(
        screen(&turned).split_whitespace().collect::<Vec<_>>().join(" "),
        "Please make the window larger."
    );
    assert!(matches!(press(&mut turned, "ctrl-l"), Some(Wish::Lock)));
}

/// Every word that may be drawn: those of the page, of the fixed sentences, and what is typed.
fn allowed(view: &TurnedView, language: &str) -> std::collections::BTreeSet<String> {
    let words = format!("{view:?} {:?}", page_words(language));
    let mut all: std::collections::BTreeSet<String> =
        words.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    all.extend((0..10_u8).map(|digit| digit.to_string()));
    all
}

#[test]
fn ten_thousand_keys_draw_nothing_but_the_page_and_its_sentences() {
    let pressed =
        ["up", "down", "pageup", "pagedown", "left", "right", "tab", "enter", "esc", "backspace", "f6"];
    let others =
        ["1", "2", "3", "-", "+", "f1", "f2", "f4", "f5", "f8", "f9", "f12", "ctrl-p", "ctrl-k", "ctrl-z"];
    let more =
        ["ctrl-c", "ctrl-o", "ctrl-q", "home", "end", "delete", "shift-tab", "alt-x", "ctrl-u", "x", "7"];
    let all: Vec<KeyPress> =
        pressed.iter().chain(&others).chain(&more).map(|key| KeyPress::parse(key).unwrap()).collect();
    let mut dice: u64 = 7;
    for language in page_languages() {
        let allowed = allowed(&view(&language.language), &language.language);
        let mut turned = in_language(&language.language);
        for round in 0..5_000_u32 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let wish = turned.input(&Input::Key(all[(dice >> 33) as usize % all.len()]));
            if matches!(wish, Some(Wish::Back { .. })) {
                turned.not_back(&TurnedBack::Wrong { left: 4 });
            }
            if round % 50 == 0 {
                let sizes = [(80, 24), (60, 20), (200, 60), (40, 10), (20, 5)];
                let (width, height) = sizes[(round / 50) as usize % sizes.len()];
                turned.resize(Size { width, height });
            }
            if round % 10 == 0 {
                let screen = screen(&turned);
                let drawn = screen.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                for word in drawn {
                    let typed = word.chars().all(|c| matches!(c, 'x' | '0'..='9'));
                    let part = || allowed.iter().any(|one| one.starts_with(word) || one.ends_with(word));
                    assert!(typed || allowed.contains(word) || part(), "{word:?} is drawn:\n{screen}");
                }
            }
        }
    }
}

#[test]
fn every_size_and_sign_shows_the_title_the_line_and_the_keys() {
    for (width, height) in [(60, 20), (80, 24), (120, 40), (200, 60)] {
        for ascii in [false, true] {
            let mut turned = Turned::new(view("es"), Theme::plain(Name::Mono, ascii), Size { width, height });
            press(&mut turned, "down down 2 enter x enter");
            for words in ["My plan, Jo", "Not drink.", "en parte", "F6", "Ctrl-L"] {
                sees(&turned, words);
            }
            assert!(!ascii || screen(&turned).is_ascii(), "{}", screen(&turned));
        }
    }
}

#[test]
fn no_fixed_sentence_is_cut_at_sixty_columns() {
    for language in page_languages() {
        let size = Size { width: 60, height: 20 };
        let mut turned = Turned::new(view(&language.language), Theme::plain(Name::Mono, false), size);
        for notice in Notice::ALL {
            turned.notice = Some(notice);
            let whole = turned.sentence(notice);
            let drawn = screen(&turned);
            let drawn: Vec<&str> = drawn.split_whitespace().collect();
            let words: Vec<&str> = whole.split_whitespace().collect();
            assert!(drawn.windows(words.len()).any(|some| some == words), "{whole}\n{}", screen(&turned));
        }
    }
}

#[test]
fn pages_turn_heading_by_heading() {
    let mut turned = turned();
    sees(&turned, "What I want");
    sees_not(&turned, "What we agreed");
    press(&mut turned, "pagedown");
    sees(&turned, "What we agreed");
    sees_not(&turned, "What I will do");
    press(&mut turned, "pagedown pagedown pagedown");
    sees(&turned, "I would like a copy");
    press(&mut turned, "pageup");
    sees(&turned, "Whom to call");
}

/// The program holds no way from the turned screen to the desk but these wishes.
#[test]
fn the_program_draws_the_desk_only_while_it_is_not_turned() {
    let program = Program::new(crate::tui::app::rig::Rig::home().app);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| program.draw(frame)).unwrap();
    assert!(format!("{:?}", terminal.backend().buffer()).contains("Okafor"));
}

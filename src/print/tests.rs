//! What stands on the page is what was written, or there is no page.

use super::font::Fonts;
use super::lines::break_lines;
use super::pages::{Line, Pages, Part, lay, sheet};
use super::{Look, NoPage, pdf, text};
use crate::domain::{Block, Content, Date, PaperSize};

const LIGATURES: &str =
    "after the first shift I lift, offer, afflict, attend the fjord office; titer, wiffle, attic, cuff";

fn look() -> Look {
    Look {
        head: "Lakeside Recovery, 21 Nov 2026".into(),
        foot: "Client A, 21 Nov 2026".into(),
        page: "Page {n} of {m}".into(),
        language: "en".into(),
        made: Date(20_778),
        ..Look::default()
    }
}

fn content(blocks: Vec<Block>) -> Content {
    Content { title: "My plan, Client A".into(), blocks }
}

fn heading(key: &str, words: &str) -> Block {
    Block::Heading { key: key.into(), words: words.into() }
}

fn prose(words: &str) -> Block {
    Block::Prose(words.into())
}

fn laid(blocks: Vec<Block>, look: &Look) -> Pages {
    lay(&content(blocks), look, &Fonts::new().unwrap()).unwrap()
}

/// The words of each line of a page, from the top down, without head and foot.
fn lines(pages: &Pages, page: usize) -> Vec<&str> {
    let of = |line: &super::pages::Line| {
        let shaped = &pages.texts[line.of].shaped;
        let signs = &shaped.signs[line.signs.clone()];
        let (first, last) = (signs.first()?, signs.last()?);
        (pages.texts[line.of].part != Part::Around).then(|| &shaped.text[first.of.start..last.of.end])
    };
    pages.pages[page].iter().filter_map(of).collect()
}

#[test]
fn each_letter_is_a_sign_of_its_own() {
    let shaped = Fonts::new().unwrap().shape(&[(LIGATURES, super::font::Style::default())]);
    let signs: Vec<&str> = shaped.signs.iter().map(|sign| &shaped.text[sign.of.clone()]).collect();
    let letters: Vec<String> = LIGATURES.chars().map(String::from).collect();
    assert_eq!(signs, letters);
    assert_eq!(shaped.missing, "");
}

#[test]
fn letters_with_marks_are_composed_and_other_alphabets_are_there() {
    let fonts = Fonts::new().unwrap();
    let shape = |words: &str| fonts.shape(&[(words, super::font::Style::default())]);
    assert_eq!(shape("caf\u{e9}"), shape("cafe\u{301}"));
    for words in ["Θέλω να κοιμάμαι", "Я хочу спать", "Łódź, naïve, ě, ỹ, ș", "‘quoted’ – “so” … • € ½"]
    {
        assert_eq!(shape(words).missing, "", "{words}");
    }
}

#[test]
fn a_sign_that_the_fonts_do_not_have_is_named_and_nothing_is_printed() {
    for (line, signs) in [
        ("m\u{304} is no letter", "\u{304}"),
        ("سلام", "سلام"),
        ("good 🙂 day", "🙂"),
        ("นอน", "นอน"),
        ("a → b ✓", "→✓"),
    ] {
        let made = pdf(&content(vec![prose("before"), prose(line)]), &look());
        let Err(NoPage::Signs(missing)) = made else { panic!("{line}") };
        assert_eq!((missing[0].line.as_str(), missing[0].signs.as_str()), (line, signs));
        assert!(text(&content(vec![prose(line)]), &look()).contains(line), "plain text has them all");
    }
    let two = pdf(&content(vec![prose("→ one"), prose("two →")]), &look()).unwrap_err();
    assert_eq!(two.to_string(), "The fonts for paper do not have → in \"→ one\"; → in \"two →\".");
}

#[test]
fn a_long_word_is_broken_without_a_hyphen_and_a_telephone_number_never_is() {
    let address = "x".repeat(140);
    for large in [false, true] {
        let pages = laid(vec![prose(&address)], &Look { large, ..look() });
        let got = lines(&pages, 0);
        assert!(got.len() > 2);
        assert_eq!(got[1..].concat(), address);
    }
    let fonts = Fonts::new().unwrap();
    for pad in 0..80 {
        let words = format!("{} (507) 555 0100 day", "ab ".repeat(pad));
        let shaped = fonts.shape(&[(&words, super::font::Style::default())]);
        let broken = break_lines(&shaped, 20.0);
        let whole = broken.iter().any(|line| {
            let signs = &shaped.signs[line.clone()];
            shaped.text[signs[0].of.start..signs[signs.len() - 1].of.end].contains("(507) 555 0100")
        });
        assert!(whole, "{pad}");
    }
}

#[test]
fn what_is_broken_into_lines_is_all_there_and_fits() {
    let fonts = Fonts::new().unwrap();
    let words = "One line after another, and https://example.org/with/a/very-long/address?of=signs in it.";
    for width in [3.0_f32, 7.5, 12.0, 40.0] {
        let shaped = fonts.shape(&[(words, super::font::Style::default())]);
        let lines = break_lines(&shaped, width);
        let mut read = String::new();
        for line in &lines {
            let signs = &shaped.signs[line.clone()];
            let wide: f32 = signs.iter().map(|sign| sign.advance).sum();
            assert!(wide <= width + 0.01, "{wide} of {width}");
            read.extend(signs.iter().map(|sign| &shaped.text[sign.of.clone()]));
        }
        assert_eq!(read.replace(' ', ""), words.replace(' ', ""));
    }
}

#[test]
fn a_heading_is_never_the_last_line_and_what_is_signed_stays_together() {
    let line = "A step of the plan.";
    for before in 20..40 {
        for large in [false, true] {
            let mut blocks: Vec<Block> = (0..before).map(|_| prose(line)).collect();
            blocks.push(heading("x", "A heading"));
            blocks.push(prose(line));
            blocks.push(heading("signed", "Signed"));
            for label in ["Who", "How", "Day", "Version", "Copy"] {
                blocks.push(Block::Answer { label: label.into(), words: "said".into() });
            }
            let pages = laid(blocks, &Look { large, ..look() });
            let all: Vec<Vec<&str>> = (0..pages.pages.len()).map(|page| lines(&pages, page)).collect();
            assert!(all.iter().all(|page| page.last() != Some(&"A heading")), "{before}");
            let last = all.last().unwrap();
            assert!(last.ends_with(&[
                "Signed",
                "Who  said",
                "How  said",
                "Day  said",
                "Version  said",
                "Copy  said"
            ]));
            assert!(last.len() >= 8, "two lines of the plan are with them: {last:?}");
        }
    }
}

#[test]
fn nothing_is_below_the_foot_and_every_page_has_its_number() {
    let long =
        "A sentence that goes on for some time so that it takes more than one line on the page. ".repeat(9);
    for (large, size) in
        [(false, PaperSize::Letter), (true, PaperSize::Letter), (false, PaperSize::A4), (true, PaperSize::A4)]
    {
        let blocks = (0..20).map(|_| prose(&long)).collect();
        let pages = laid(blocks, &Look { large, size, ..look() });
        let (width, height) = sheet(size);
        let count = pages.pages.len();
        for (at, page) in pages.pages.iter().enumerate() {
            let words = |line: &super::pages::Line| pages.texts[line.of].shaped.text.clone();
            let number = words(page.last().unwrap());
            assert_eq!(number, format!("Page {} of {count}", at + 1));
            let foot = page.last().unwrap().y;
            assert!(page[..page.len() - 2].iter().all(|line| line.y < foot - 10.0) && foot < height);
            assert!(page.iter().all(|line| line.x < width));
            assert!(lines(&pages, at).len() > 1, "no line of a paragraph is alone on a page");
        }
    }
}

/// N22: who it is about, the version and the day stand on every page, whole, beside its number.
#[test]
fn n22_a_long_foot_takes_a_second_line_and_runs_into_no_number() {
    let name = "Maria-Magdalena Wolfeschlegelsteinhausenbergerdorff-Großmüller";
    let foot = format!(
        "DEMO, invented. A-1042 {name}, changed since plan 12, printed 21 Nov 2026 by Rosa Imani LADC"
    );
    for (large, size) in [(false, PaperSize::A4), (true, PaperSize::A4), (true, PaperSize::Letter)] {
        let look = Look { large, size, foot: foot.clone(), ..look() };
        let pages = laid((0..80).map(|_| prose("One line.")).collect(), &look);
        assert!(pages.pages.len() > 1);
        for page in &pages.pages {
            let around: Vec<&Line> =
                page.iter().filter(|line| pages.texts[line.of].shaped.text == foot).collect();
            assert!(around.len() > 1 || !large, "it is broken in large print");
            let signs: usize = around.iter().map(|line| line.signs.len()).sum();
            let blanks = around.len() - 1;
            let all = pages.texts[around[0].of].shaped.signs.len();
            assert!(signs == all || signs + blanks == all, "every sign is there: {signs} of {all}");
            let number = page.last().unwrap();
            for line in &around {
                let wide: f32 = pages.texts[line.of].shaped.signs[line.signs.clone()]
                    .iter()
                    .map(|sign| sign.advance * line.size)
                    .sum();
                assert!(line.x + wide < number.x, "it runs into the number");
            }
            let top = around.iter().map(|line| line.y).fold(f32::MAX, f32::min);
            let body = page.iter().filter(|line| pages.texts[line.of].part != Part::Around);
            assert!(body.map(|line| line.y).all(|y| y < top - 8.0), "nothing is below the foot");
        }
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let blocks = vec![heading("x", "What I want"), Block::Item("one".into()), prose("two")];
    let made = pdf(&content(blocks.clone()), &look()).unwrap();
    assert_eq!(made, pdf(&content(blocks), &look()).unwrap());
    assert!(made.starts_with(b"%PDF-1.7"));
}

#[test]
fn plain_text_reads_as_the_page_does() {
    let blocks = vec![
        Block::About("Not signed yet.".into()),
        heading("want", "What I want"),
        Block::Quote { words: "Get through those nights.".into(), on: Some(Date(20_778)) },
        heading("do", "What I will do"),
        Block::Item("I will write down when I go to bed, three nights a week, and bring the diary along to the group.".into()),
        Block::Answer { label: "Signed".into(), words: "no".into() },
    ];
    let expected = "\
Lakeside Recovery, 21 Nov 2026
My plan, Client A

Not signed yet.

What I want
-----------
  \"Get through those nights.\"  21 Nov 2026

What I will do
--------------
- I will write down when I go to bed, three nights a week, and bring the
  diary along to the group.
Signed: no

Client A, 21 Nov 2026
";
    assert_eq!(text(&content(blocks), &look()), expected);
}

#[test]
fn what_goes_a_little_beyond_two_pages_is_set_smaller_and_nothing_else_is() {
    let paged = |lines: usize| laid((0..lines).map(|_| prose("One line.")).collect(), &look());
    let size = |pages: &Pages| {
        let body = pages.pages[0].iter().find(|line| pages.texts[line.of].part == Part::Paragraph);
        body.map(|line| line.size)
    };
    let most = (20..400).find(|lines| paged(lines + 1).pages.len() > 2).unwrap();
    let (fits, beyond) = (paged(most), paged(most + 1));
    assert_eq!((fits.pages.len(), size(&fits)), (2, Some(9.5)));
    assert_eq!((beyond.pages.len(), size(&beyond)), (3, Some(11.0)));
    let large = Look { large: true, ..look() };
    assert_eq!(size(&laid((0..most).map(|_| prose("One line.")).collect(), &large)), Some(18.0));
}

/// A card is a narrow column that stays on one page, with a line to cut along; as text it is as narrow.
#[test]
fn a_card_is_narrow_and_has_a_line_to_cut_along() {
    let card = Look { card: true, ..look() };
    let words =
        "Radio on, the station with the shipping news; then a walk to the river and back, twice if need be.";
    let blocks: Vec<Block> =
        (0..7).flat_map(|_| [heading("", "What I can do myself"), prose(words)]).collect();
    let pages = laid(blocks.clone(), &card);
    assert_eq!(pages.pages.len(), 1);
    let (left, top, right, bottom) = super::pages::cut_line(&pages.pages[0]);
    let (width, height) = sheet(card.size);
    assert!(left > 0.0 && top > 0.0 && right < width / 2.0 + 20.0 && bottom < height - 60.0);
    let inside = pages.pages[0].iter().rev().skip(2).all(|line| line.y < bottom && line.x > left);
    assert!(inside, "every line of the card is within it");
    let made = pdf(&content(blocks.clone()), &card).unwrap();
    assert_eq!(made, pdf(&content(blocks.clone()), &card).unwrap());
    assert_ne!(made, pdf(&content(blocks.clone()), &look()).unwrap());
    let plain = text(&content(blocks), &card);
    assert!(plain.lines().filter(|line| line.starts_with("Radio")).all(|line| line.len() <= 44), "{plain}");
}

//! Every mark, letter and tier that a page of the invented agency draws is explained in the help of that page.

use crate::driver::Driver;
use crate::rig::Rig;

/// How a mark is found on a page, and how its legend writes it.
type Mark = (fn(&str) -> bool, &'static str);

fn word(line: &str, word: &str) -> bool {
    line.split(|c: char| c.is_whitespace() || ",;.:()".contains(c)).any(|one| one == word)
}

/// Whether a digit or a dash of a rating is followed by this sign: `4*`, `3▲`.
fn behind_a_digit(line: &str, sign: char) -> bool {
    let chars: Vec<char> = line.chars().collect();
    chars.windows(3).any(|three| three[0] == ' ' && ('0'..='4').contains(&three[1]) && three[2] == sign)
}

const MARKS: [Mark; 22] = [
    (|line| behind_a_digit(line, '▲'), "▲"),
    (|line| behind_a_digit(line, '▼'), "▼"),
    (|line| behind_a_digit(line, '*'), "*"),
    (|line| behind_a_digit(line, '\''), "2'"),
    (|line| word(line, "NOW"), "NOW"),
    (|line| word(line, "NOW?"), "NOW?"),
    (|line| line.starts_with(" ASSESS "), "ASSESS"),
    (|line| line.starts_with(" PLAN "), "PLAN"),
    (|line| line.starts_with(" WATCH "), "WATCH"),
    (|line| line.starts_with(" STEADY "), "STEADY"),
    (|line| line.contains("no stage"), "no stage"),
    (|line| word(line, "re-engage"), "re-engage"),
    (|line| word(line, "engage"), "engage"),
    (|line| word(line, "precontemplation"), "precontemplation"),
    (|line| word(line, "✓"), "✓"),
    (|line| word(line, "✗"), "✗"),
    (|line| word(line, "~"), "~"),
    (|line| word(line, "++"), "++"),
    (|line| word(line, "LOC"), "LOC"),
    (|line| word(line, "#1"), "#1"),
    (|line| word(line, "LATE"), "LATE"),
    (|line| word(line, "AMENDED"), "AMENDED"),
];

/// What the help of the page says, all of it.
fn help(desk: &mut Driver) -> String {
    desk.keys("f1");
    let mut all = String::new();
    for _ in 0..12 {
        all += &desk.screen();
        desk.keys("pgdn");
    }
    desk.keys("esc");
    all
}

/// Whether a line of help explains this sign: it begins the line inside the window.
fn explains(help: &str, sign: &str) -> bool {
    help.lines().any(|line| {
        let inside = line.split('│').nth(1).unwrap_or_default().trim_start();
        inside.strip_prefix(sign).is_some_and(|rest| rest.starts_with("  "))
    })
}

/// Compares a page with its help, and returns how many marks the page draws.
fn check(desk: &mut Driver, page: &str) -> usize {
    let screen = desk.screen();
    let drawn: Vec<&str> =
        MARKS.iter().filter(|(draws, _)| screen.lines().any(draws)).map(|(_, sign)| *sign).collect();
    let help = help(desk);
    for sign in &drawn {
        assert!(
            explains(&help, sign),
            "{page} draws {sign}, and its help does not explain it:\n{screen}\n{help}"
        );
    }
    drawn.len()
}

#[test]
fn what_a_page_draws_its_help_explains() {
    let mut desk = Driver::over(Rig::demo(26));
    desk.sign_in_with("rosa", concord::demo::PASSPHRASE);
    let mut drawn = check(&mut desk, "People");
    for dimension in ["3", "5"] {
        desk.keys(dimension);
        drawn += check(&mut desk, "the view of a dimension");
        desk.keys("0");
    }
    desk.keys("tab");
    check(&mut desk, "Today");
    desk.keys("tab");
    check(&mut desk, "Due");
    desk.keys("tab f5");
    check(&mut desk, "the list of unfinished work");
    desk.keys("esc");
    for person in ["rivera", "okafor", "pereira", "volkov"] {
        desk.types(person).keys("down enter");
        for page in ["o", "g", "r", "p", "n", "h"] {
            desk.keys(page);
            desk.keys("right");
            drawn += check(&mut desk, &format!("page {page} of {person}"));
        }
        desk.keys("n ctrl-n ctrl-b");
        check(&mut desk, "the chart beside a note");
        desk.keys("ctrl-b esc esc esc");
    }
    assert!(drawn > 40, "the pages show marks at all: {drawn}");
}

#[test]
fn the_legend_is_said_in_ascii_as_it_is_drawn() {
    let mut desk = Driver::over(Rig::demo(26));
    desk.ascii();
    desk.sign_in_with("rosa", concord::demo::PASSPHRASE);
    desk.sees("^");
    let help = help(&mut desk);
    assert!(help.contains("^                 worse than the rating before it"), "{help}");
    assert!(help.contains("-                 not rated, which is not 0"), "{help}");
}

//! Text made safe and measured for the screen: every string that came from data passes here before it is drawn.
//!
//! Owns the sanitiser, widths in cells, cutting and padding at grapheme borders, and the ASCII stand-ins. Must not know styles.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Combining marks kept on one base character; more of them climb over other lines.
pub const MARKS: usize = 4;

/// A string a terminal cannot be harmed by: line ends and tabs stay, every other control character, and every invisible
/// one that turns, joins or hides text, is dropped. Borrowed when nothing had to change.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
        || text.chars().all(|c| matches!(c, '\n' | '\t') || !(is_harmful(c) || is_combining_mark(c)))
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        let joined = chars.peek().is_some_and(|next| joins(out.chars().next_back(), c, *next));
        if marks <= MARKS && (joined || !is_harmful(c) || matches!(c, '\n' | '\t')) {
            out.push(c);
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// As [`safe`], on one line: line ends and tabs are spaces. For everything that is drawn in a row.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = safe(text);
    if text.contains(['\n', '\t']) { Cow::Owned(text.replace(['\n', '\t'], " ")) } else { text }
}

/// What may harm a terminal or deceive a reader: controls, line ends among them, and everything that is invisible and turns,
/// joins or hides text. The one list: for what is drawn here, for what is written in the editor. See [`joins`].
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Whether an invisible character does honest work between two others: a joiner that makes one picture of several, or the
/// sign that keeps two letters apart in scripts whose letters join (Persian, the Indian ones).
pub fn joins(before: Option<char>, c: char, next: char) -> bool {
    match c {
        '\u{200D}' => before.is_some_and(may_join) && may_join(next),
        '\u{200C}' => before.is_some_and(is_joining_letter) && is_joining_letter(next),
        _ => false,
    }
}

/// A picture, or what may be at its end: a skin tone is one, the sign that asks for the coloured form is the other.
pub fn may_join(c: char) -> bool {
    c == '\u{FE0F}' || is_picture(c)
}

/// A letter or sign of a script whose letters join.
pub fn is_joining_letter(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !is_harmful(c)
}

/// A pictograph, by block: wide enough for joining and for word motions, not a property table.
pub fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{A9}' | '\u{AE}' | '\u{203C}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{21FF}'
        | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}' | '\u{2B00}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}'
        | '\u{3297}' | '\u{3299}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Width in cells, as the screen's buffer counts it.
pub fn width(text: &str) -> usize {
    text.width()
}

/// The text cut to at most `cells`, whole graphemes only, the cut marked by `mark` at its end.
pub fn cut<'a>(text: &'a str, cells: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let mark = if width(mark) <= cells { mark } else { "" };
    let mut out = String::new();
    let mut used = width(mark);
    for grapheme in text.graphemes(true) {
        used += width(grapheme);
        if used > cells {
            break;
        }
        out.push_str(grapheme);
    }
    out.push_str(mark);
    Cow::Owned(out)
}

/// The text in exactly `cells`, cut if longer, filled on the right: for columns of words.
pub fn left(text: &str, cells: usize, mark: &str) -> String {
    let cut = cut(text, cells, mark);
    let gap = cells.saturating_sub(width(&cut));
    format!("{cut}{}", " ".repeat(gap))
}

/// The text in exactly `cells`, cut if longer, filled on the left: for columns of numbers.
pub fn right(text: &str, cells: usize, mark: &str) -> String {
    let cut = cut(text, cells, mark);
    let gap = cells.saturating_sub(width(&cut));
    format!("{}{cut}", " ".repeat(gap))
}

/// The ASCII stand-in of a sign the program draws; `None` if it has none and stays as it is.
pub fn stand_in(c: char) -> Option<&'static str> {
    Some(match c {
        '►' | '▸' | '»' => ">",
        '▲' => "^",
        '▼' => "v",
        '–' | '—' | '─' | '━' | '‐' | '‑' => "-",
        '…' => "...",
        '▪' | '•' => "*",
        '│' | '┃' | '▏' => "|",
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' => {
            "+"
        }
        '·' => ".",
        '«' => "<",
        '“' | '”' | '„' => "\"",
        '‘' | '’' => "'",
        '✓' | '×' => "x",
        '→' => "->",
        '←' => "<-",
        '\u{A0}' => " ",
        _ => return None,
    })
}

/// The letter without its marks, where the terminal has no others: `ü` is drawn `u`. `?` for what has no such letter.
pub fn base_letter(c: char) -> char {
    match c {
        'ł' => 'l',
        'Ł' => 'L',
        'ø' | 'œ' => 'o',
        'Ø' => 'O',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ß' => 's',
        'æ' => 'a',
        'Æ' => 'A',
        'þ' => 't',
        'ı' => 'i',
        _ => std::iter::once(c).nfd().find(char::is_ascii).unwrap_or('?'),
    }
}

/// The text with its signs replaced by their stand-ins. Letters people are named by stay, and so does every
/// character without a stand-in: a wrong name would be worse than a strange one.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|c| stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match stand_in(c) {
            Some(instead) => out.push_str(instead),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_and_turning_characters_are_dropped() {
        assert_eq!(safe("Jo\u{1b}[2J \u{202E}arevir\u{2066}\u{9b}1m\u{7f}"), "Jo[2J arevir1m");
        assert_eq!(safe("a\tb\nc\rd"), "a\tb\ncd");
        assert_eq!(safe("zero\u{200B}width\u{FEFF}\u{E0041}"), "zerowidth");
        assert_eq!(line("one\ntwo\tthree"), "one two three");
    }

    #[test]
    fn names_of_people_stay_as_they_are() {
        for name in ["Zoë Müller", "Łukasz", "नीति", "שרה", "王小明", "O’Neil", "e\u{301}"]
        {
            assert!(matches!(safe(name), Cow::Borrowed(same) if same == name), "{name}");
        }
        assert_eq!(safe("👩\u{200D}👧"), "👩\u{200D}👧", "a family stays together");
        assert_eq!(safe("a\u{200D}b"), "ab", "nothing else is joined");
    }

    #[test]
    fn towers_of_marks_are_cut_short() {
        let tower = format!("e{}", "\u{301}".repeat(50));
        assert_eq!(safe(&tower).chars().count(), 1 + MARKS);
    }

    #[test]
    fn cutting_keeps_whole_graphemes_and_columns() {
        assert_eq!(cut("Ana Pereira", 6, "…"), "Ana P…");
        assert_eq!(cut("Ana Pereira", 6, "..."), "Ana...");
        assert_eq!(cut("Ana", 3, "…"), "Ana");
        assert_eq!(cut("王小明", 4, "…"), "王…", "half a wide character does not fit");
        assert_eq!(left("王小明", 4, "…"), "王… ");
        assert_eq!(right("7", 3, "…"), "  7");
        assert_eq!(cut("abc", 0, "…"), "");
        assert_eq!(cut("abcd", 2, "..."), "ab", "no room for the mark");
    }

    #[test]
    fn letters_lose_their_marks_where_there_are_none() {
        let drawn: String = "Müller Łukasz José Žižek 李".chars().map(base_letter).collect();
        assert_eq!(drawn, "Muller Lukasz Jose Zizek ?");
    }

    #[test]
    fn signs_have_ascii_stand_ins() {
        assert_eq!(ascii("► D3 2▲ 1▼ – «goal» “no” ▪ ─│·…"), "> D3 2^ 1v - <goal> \"no\" * -|....");
        assert_eq!(ascii("Zoë"), "Zoë");
    }

    proptest! {
        #[test]
        fn nothing_harmful_ever_leaves(text in any::<String>(), raw in proptest::collection::vec(any::<char>(), 0..60)) {
            for text in [text, raw.into_iter().collect::<String>()] {
                let safe_text = safe(&text);
                let harm = safe_text.chars().any(|c| {
                    !matches!(c, '\u{200C}' | '\u{200D}' | '\n' | '\t') && is_harmful(c)
                });
                prop_assert!(!harm);
                prop_assert!(!line(&text).chars().any(char::is_control));
                prop_assert_eq!(safe(&safe_text), safe_text.clone(), "safe is safe");
            }
        }

        #[test]
        fn columns_are_never_wider_or_narrower(text in any::<String>(), cells in 0usize..40) {
            let text = line(&text);
            prop_assert!(width(&cut(&text, cells, "…")) <= cells);
            prop_assert_eq!(width(&left(&text, cells, "…")), cells);
            prop_assert_eq!(width(&right(&text, cells, "…")), cells);
        }
    }
}

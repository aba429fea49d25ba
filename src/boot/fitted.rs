//! What is said outside the screen, fitted to the terminal: wrapped at words, each line under its own beginning.

use crate::tui::term;
use crate::tui::text::safe;
use std::borrow::Cow;
use std::io::IsTerminal;
use unicode_width::UnicodeWidthStr;

/// Cells below which nothing is wrapped: a column of single words is harder to read.
const NARROWEST: usize = 30;
/// Cells in which the text of a line can begin behind its label.
const LABEL: usize = 24;

/// The text as a terminal of this width shows it best, without what could harm one: names and paths come from files that others
/// may have written. Not wrapped where no terminal shows it, and where it is meant for a program.
pub fn fitted(text: &str, shown: &impl IsTerminal) -> String {
    let text = &*harmless(text);
    let for_a_program = text.starts_with(['{', '[', '\r']);
    match term::size() {
        Ok((width, _)) if shown.is_terminal() && !for_a_program => wrapped(text, usize::from(width)),
        _ => text.to_owned(),
    }
}

/// Without characters that steer a terminal or hide text. The return that a line of progress begins with is our own.
fn harmless(text: &str) -> Cow<'_, str> {
    match text.strip_prefix('\r') {
        Some(rest) => Cow::Owned(format!("\r{}", safe(rest))),
        None => safe(text),
    }
}

/// Every line wrapped at words to so many cells.
fn wrapped(text: &str, cells: usize) -> String {
    if cells < NARROWEST {
        return text.to_owned();
    }
    text.split('\n').map(|line| line_of(line, cells)).collect::<Vec<_>>().join("\n")
}

fn line_of(line: &str, cells: usize) -> String {
    if line.width() <= cells {
        return line.to_owned();
    }
    let under = " ".repeat(beginning(line));
    let (mut out, mut used) = (String::new(), 0);
    for word in line.split_inclusive(' ') {
        let bare = word.trim_end_matches(' ').width();
        if used + bare > cells && used > under.len() && bare > 0 {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(&under);
            used = under.len();
        }
        out.push_str(word);
        used += word.width();
    }
    out
}

/// The cell in which the text of a line begins: behind its label and the blanks after that, else behind the blanks before it.
fn beginning(line: &str) -> usize {
    let blank = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let lead = blank(line);
    let behind = line[lead..].find("  ").map(|gap| lead + gap).filter(|gap| *gap < LABEL);
    behind.map_or(lead, |gap| line[..gap].width() + blank(&line[gap..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_at_words_and_goes_on_under_its_own_beginning() {
        let told = "  3 people: no such counselor here (line 2, 3, 4)";
        assert_eq!(wrapped(told, 32), "  3 people: no such counselor\n  here (line 2, 3, 4)");
        let labelled = "Backup       none yet, so nothing could be restored from one";
        assert_eq!(
            wrapped(labelled, 40),
            "Backup       none yet, so nothing could\n             be restored from one"
        );
        assert_eq!(wrapped("short\nand short", 40), "short\nand short");
        assert_eq!(wrapped(told, 10), told, "too narrow");
    }

    #[test]
    fn no_word_is_broken_and_none_is_lost() {
        let long = format!("see {} for what was left out", "x".repeat(50));
        let shown = wrapped(&long, 40);
        assert_eq!(shown.split_whitespace().collect::<Vec<_>>(), long.split_whitespace().collect::<Vec<_>>());
        assert!(shown.lines().all(|line| line.width() <= 50), "{shown}");
        assert_eq!(wrapped("Zoë Müller 东京 und noch mehr Wörter hier", 30).lines().count(), 2);
    }
}

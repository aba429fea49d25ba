//! Finding and replacing in a text: case, accents and the shape of quotation marks do not matter.
//!
//! Owns the folding and what a match is: whole characters as people see them, never part of one. It must not know keys or
//! where the looked-for words come from.

use std::fmt;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroize;

use super::Editor;
use super::buffer::{Buffer, Pos};
use super::clean::clean;
use super::outside::Seen;
use super::passage::Shift;
use super::undo::Edit;

/// Bytes looked at beside what is in sight, so that a match over its edge is found.
const BESIDE: usize = 200;

/// What is looked for. `Debug` does not show it: it may name a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Query {
    typed: String,
    folded: String,
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({} bytes)", self.typed.len())
    }
}

impl Drop for Query {
    fn drop(&mut self) {
        self.typed.zeroize();
        self.folded.zeroize();
    }
}

impl Query {
    /// A query for these words; `None` if there is nothing in them to look for.
    pub fn new(typed: &str) -> Option<Self> {
        let folded = Folded::of(typed).text;
        (!folded.is_empty()).then(|| Self { typed: typed.to_owned(), folded })
    }

    /// As it was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }
}

/// A text without case and accents, and where each piece of it came from.
struct Folded {
    text: String,
    /// Start of each character in `text` and in the original; `None` when both are the same throughout.
    starts: Option<Vec<(usize, usize)>>,
}

impl Folded {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { text: text.to_ascii_lowercase(), starts: None };
        }
        let mut folded = String::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len());
        for (at, grapheme) in text.grapheme_indices(true) {
            let before = folded.len();
            let bare = grapheme.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
            folded.extend(bare.map(plain));
            // What is nothing but marks belongs to the character before.
            if folded.len() > before {
                starts.push((before, at));
            }
        }
        starts.push((folded.len(), text.len()));
        Self { text: folded, starts: Some(starts) }
    }

    /// Where a place in the folded text lies in the original, if a character begins (or the text ends) there.
    fn origin(&self, folded: usize) -> Option<usize> {
        let Some(starts) = &self.starts else { return Some(folded) };
        starts.binary_search_by_key(&folded, |(at, _)| *at).ok().map(|found| starts[found].1)
    }
}

/// Quotation marks, dashes and spaces as a keyboard types them.
fn plain(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201A}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '«' | '»' => '"',
        '\u{2010}'..='\u{2014}' => '-',
        '\u{A0}' | '\u{202F}' => ' ',
        _ => c,
    }
}

/// Where the query is found in a text, from left to right, no two over each other.
fn matches(text: &str, query: &Query) -> Vec<Range<usize>> {
    let folded = Folded::of(text);
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = folded.text.get(from..).and_then(|rest| rest.find(&query.folded)).map(|at| from + at)
    {
        let end = at + query.folded.len();
        if let (Some(start), Some(stop)) = (folded.origin(at), folded.origin(end)) {
            found.push(start..stop);
            from = end;
        } else {
            from = at + folded.text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

impl Editor {
    /// Every place where the query is found, in the order of the text.
    pub fn find_all(&self, query: &Query) -> Vec<(Pos, Pos)> {
        let place = |paragraph, byte| Pos { paragraph, byte };
        let all = (0..self.paragraphs()).flat_map(|paragraph| {
            let found = matches(self.paragraph(paragraph), query).into_iter();
            found.map(move |range| (place(paragraph, range.start), place(paragraph, range.end)))
        });
        all.collect()
    }

    /// Where the query is found in what is in sight of a paragraph, to be shown as decorations.
    pub fn find_seen(&self, seen: &Seen, query: &Query) -> Vec<Range<usize>> {
        let text = self.paragraph(seen.paragraph);
        let mut from = seen.range.start.min(text.len()).saturating_sub(BESIDE);
        let mut to = (seen.range.end + BESIDE).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let near = matches(&text[from..to], query).into_iter();
        near.map(|range| range.start + from..range.end + from).collect()
    }

    /// Puts `with` in the place of every match, as one undo step; says how many there were.
    pub fn replace_all(&mut self, query: &Query, with: &str) -> usize {
        let with = clean(with);
        let found = self.find_all(query);
        let before = self.marks();
        let mut edits = Vec::with_capacity(found.len());
        // From the end, so that what is found before stays where it is.
        for (at, to) in found.iter().rev().copied() {
            let (removed, end) = self.buffer.replace(at, to, &with);
            let lost = self.passages.shift(Shift { at, to, end });
            edits.push(Edit { at, removed, inserted: with.clone(), lost });
        }
        if let Some(first) = found.first() {
            self.caret = self.buffer.snap(Buffer::behind(first.0, &with)).into();
            self.unselect();
            self.goal = None;
            self.history.record_together(edits, before, self.marks());
            self.edits += 1;
            self.show_cursor();
        }
        found.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::EditorCommand as C;
    use super::super::Tag;
    use super::*;

    fn found(text: &str, query: &str) -> Vec<String> {
        let query = Query::new(query).unwrap();
        matches(text, &query).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn case_accents_and_quotation_marks_do_not_matter() {
        assert_eq!(
            found("Müller said MULLER, mu\u{308}ller", "muller"),
            ["Müller", "MULLER", "mu\u{308}ller"]
        );
        assert_eq!(found("she didn’t – no, didn't", "DIDN'T"), ["didn’t", "didn't"]);
        assert_eq!(found("Straße", "ß"), ["ß"]);
        assert_eq!(found("aaaa", "aa"), ["aa", "aa"]);
        assert_eq!(found("東京と東京", "東京"), ["東京", "東京"]);
        assert!(Query::new("").is_none() && Query::new("\u{301}").is_none());
    }

    #[test]
    fn a_match_is_never_part_of_a_character() {
        assert_eq!(found("👨\u{200D}👩 👩", "👩"), ["👩"]);
        assert_eq!(found("ﬁne", "i"), Vec::<String>::new());
    }

    #[test]
    fn all_are_replaced_in_one_step_and_passages_between_them_stay() {
        let mut editor = Editor::new("Sleep is bad. sleep well\nno SLEEP");
        editor.tag(editor.at_offset(6), editor.at_offset(12), Tag::Copied, 1);
        let query = Query::new("sleep").unwrap();
        assert_eq!(editor.replace_all(&query, "rest\u{1B}"), 3);
        assert_eq!(editor.text(), "rest is bad. rest well\nno rest");
        let kept = editor.passages()[0];
        assert_eq!(editor.slice(kept.from, kept.to), "is bad");
        editor.apply(C::Undo);
        assert_eq!(editor.text(), "Sleep is bad. sleep well\nno SLEEP");
        assert_eq!(editor.slice(editor.passages()[0].from, editor.passages()[0].to), "is bad");
        editor.apply(C::Redo);
        assert_eq!(editor.text(), "rest is bad. rest well\nno rest");
        assert_eq!(editor.replace_all(&query, "x"), 0);
        assert_eq!(editor.history(), (1, 0));
    }

    #[test]
    fn debug_shows_no_word_of_it() {
        assert_eq!(format!("{:?}", Query::new("Rosa")), "Some(Query(4 bytes))");
    }
}

//! Words that were looked for, in the lines of a document that is read.
//!
//! Owns nothing. Words that are broken over two rows are found, too.

use crate::rules::passage::places;
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// The text of all lines, and for each line where it begins in that text and how many bytes its margin takes.
fn joined(lines: &[Line<'_>]) -> (String, Vec<(usize, usize)>) {
    let (mut text, mut starts) = (String::new(), Vec::new());
    for line in lines {
        let words: String = line.spans.iter().map(|span| &*span.content).collect();
        let margin = words.len() - words.trim_start().len();
        starts.push((text.len(), margin));
        text.push_str(words.trim_start());
        text.push(' ');
    }
    (text, starts)
}

/// For each line the places in it, as ranges of its bytes.
fn found(lines: &[Line<'_>], words: &str) -> Vec<Vec<Range<usize>>> {
    let (text, starts) = joined(lines);
    let places = places(&text, words);
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let of_line = |(start, margin): (usize, usize), end: usize| {
        // The blank behind a line is no part of it.
        let end = end.saturating_sub(1);
        let cut = places.iter().map(|place| place.start.max(start)..place.end.min(end));
        cut.filter(|place| place.start < place.end)
            .map(|place| place.start - start + margin..place.end - start + margin)
            .collect()
    };
    starts.iter().zip(ends).map(|(start, end)| of_line(*start, end)).collect()
}

/// The first line that has some of the words.
pub(super) fn first(lines: &[Line<'_>], words: &str) -> Option<usize> {
    found(lines, words).iter().position(|places| !places.is_empty())
}

/// Lets the words stand out in the lines.
pub(super) fn mark(lines: &mut [Line<'static>], words: &str, cx: &Cx) {
    if words.is_empty() {
        return;
    }
    let found = found(lines, words);
    for (line, places) in lines.iter_mut().zip(found).filter(|(_, places)| !places.is_empty()) {
        let spans = std::mem::take(&mut line.spans);
        let mut begins = 0;
        for span in spans {
            let range = begins..begins + span.content.len();
            begins = range.end;
            line.spans.extend(cut(&span, &range, &places, cx));
        }
    }
}

/// A span, which has this range of its line, cut where words stand out.
fn cut(span: &Span<'static>, range: &Range<usize>, places: &[Range<usize>], cx: &Cx) -> Vec<Span<'static>> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    let piece = |from: usize, to: usize| span.content[from - range.start..to - range.start].to_owned();
    for place in places {
        let (from, to) = (place.start.clamp(at, range.end), place.end.clamp(at, range.end));
        if from < to {
            pieces.push(Span::styled(piece(at, from), span.style));
            pieces.push(Span::styled(piece(from, to), span.style.patch(cx.theme.style(Role::Found))));
            at = to;
        }
    }
    pieces.push(Span::styled(piece(at, range.end), span.style));
    pieces.retain(|piece| !piece.content.is_empty());
    pieces
}

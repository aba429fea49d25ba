//! A draft's text in chunks, so that an autosave writes the changed ones only.
//!
//! Cut at paragraphs, inside a longer paragraph at a grapheme boundary. Boundaries of the last save are kept wherever the
//! text between them did not change: chunks are matched from the front, from the back, and between by searching.

use super::{Kind, Record, StoreError};
use crate::vault;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// A chunk longer than this is split, bytes.
const MOST: usize = 4 * 1024;
/// Into pieces of about this length, bytes.
const TARGET: usize = 2 * 1024;
/// A new piece shorter than this joins the chunk before it, bytes.
const CRUMB: usize = 128;

/// A piece of a draft's text.
#[derive(Clone, PartialEq, Eq)]
pub struct Chunk(pub String);

impl std::fmt::Debug for Chunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chunk({} bytes)", self.0.len())
    }
}

/// The text itself, UTF-8.
impl Record for Chunk {
    const KIND: Kind = Kind::Chunk;

    fn encode(&self) -> Result<Vec<u8>, StoreError> {
        Ok(self.0.clone().into_bytes())
    }

    fn decode(payload: &[u8]) -> Result<Self, StoreError> {
        let text = std::str::from_utf8(payload).map_err(|_| StoreError::Malformed { kind: Kind::Chunk })?;
        Ok(Self(text.to_owned()))
    }
}

/// Where a chunk is and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkRef {
    /// Its number among the client's chunks.
    pub number: u32,
    pub rev: u32,
    /// Bytes of text.
    pub len: u32,
    /// First half of the text's BLAKE3, to find out what changed without reading.
    pub sum: [u8; 16],
}

/// The sum of a chunk's text.
pub(crate) fn sum(text: &str) -> [u8; 16] {
    let wide = vault::blake3(&[text.as_bytes()]);
    let mut sum = [0; 16];
    sum.copy_from_slice(&wide[..16]);
    sum
}

/// A piece of the new text, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The old chunk at this place in the old list, as it is.
    Kept(usize),
    /// New text to write.
    Fresh(Range<usize>),
}

/// How the new text is made of old chunks and fresh pieces. `read` gives an old chunk's text; where it cannot, that chunk
/// is written again.
pub(crate) fn plan(
    text: &str,
    old: &[ChunkRef],
    mut read: impl FnMut(&ChunkRef) -> Option<String>,
) -> Vec<Piece> {
    let stands =
        |chunk: &ChunkRef, range: Range<usize>| text.get(range).is_some_and(|piece| sum(piece) == chunk.sum);
    let (mut front, mut start) = (0, 0);
    while let Some(chunk) = old.get(front)
        && stands(chunk, start..start + chunk.len as usize)
    {
        start += chunk.len as usize;
        front += 1;
    }
    let (mut back, mut end) = (old.len(), text.len());
    while back > front
        && let Some(from) = end.checked_sub(old[back - 1].len as usize)
        && from >= start
        && stands(&old[back - 1], from..end)
    {
        end = from;
        back -= 1;
    }
    let mut plan: Vec<Piece> = (0..front).map(Piece::Kept).collect();
    for (offset, chunk) in old[front..back].iter().enumerate() {
        // Short chunks are found by chance; they are cheaper to write than to search.
        if (chunk.len as usize) < CRUMB {
            continue;
        }
        if let Some(words) = read(chunk)
            && let Some(at) = text[start..end].find(&words)
            && sum(&words) == chunk.sum
        {
            fresh(&mut plan, text, old, start..start + at);
            plan.push(Piece::Kept(front + offset));
            start += at + words.len();
        }
    }
    fresh(&mut plan, text, old, start..end);
    plan.extend((back..old.len()).map(Piece::Kept));
    plan
}

/// Adds new text to the plan, in pieces; a crumb takes the chunk before it along.
fn fresh(plan: &mut Vec<Piece>, text: &str, old: &[ChunkRef], range: Range<usize>) {
    let mut range = range;
    if range.is_empty() {
        return;
    }
    if range.len() < CRUMB
        && let Some(Piece::Kept(last)) = plan.last()
        && range.len() + old[*last].len as usize <= MOST
    {
        range.start -= old[*last].len as usize;
        plan.pop();
    }
    let mut start = range.start;
    for length in cut(&text[range]) {
        plan.push(Piece::Fresh(start..start + length));
        start += length;
    }
}

/// Lengths of the pieces a text is cut into; they add up to the text.
fn cut(text: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    let mut rest = text;
    while rest.len() > MOST {
        let length = first_cut(rest);
        lengths.push(length);
        rest = &rest[length..];
    }
    if !rest.is_empty() {
        lengths.push(rest.len());
    }
    lengths
}

/// Where to cut a text longer than [`MOST`]: never at 0, never behind `MOST`, always at a character.
fn first_cut(text: &str) -> usize {
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let target = floor(TARGET);
    if let Some(at) = text[..target].rfind('\n').filter(|at| *at >= TARGET / 2) {
        return at + 1;
    }
    let most = floor(MOST);
    if let Some(at) = text[target..most].find('\n') {
        return target + at + 1;
    }
    let mut cursor = GraphemeCursor::new(target, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => target,
        // A grapheme of kilobytes is an attack, not a word: then any character will do.
        _ => match cursor.prev_boundary(text, 0) {
            Ok(Some(at)) if at >= TARGET / 2 => at,
            _ => target,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refs(text: &str, pieces: &[Piece], old: &[ChunkRef]) -> Vec<ChunkRef> {
        pieces
            .iter()
            .map(|piece| match piece {
                Piece::Kept(at) => old[*at].clone(),
                Piece::Fresh(range) => {
                    let text = &text[range.clone()];
                    ChunkRef { number: 0, rev: 1, len: text.len() as u32, sum: sum(text) }
                }
            })
            .collect()
    }

    /// Lays out `before`, then plans `after` on top; gives the plan and checks that it adds up.
    fn replan(before: &str, after: &str) -> Vec<Piece> {
        let first = refs(before, &plan(before, &[], |_| None), &[]);
        let mut at = 0;
        let mut texts = Vec::new();
        for chunk in &first {
            texts.push((chunk.sum, before[at..at + chunk.len as usize].to_owned()));
            at += chunk.len as usize;
        }
        assert_eq!(at, before.len());
        let read = |chunk: &ChunkRef| texts.iter().find(|(s, _)| *s == chunk.sum).map(|(_, t)| t.clone());
        let pieces = plan(after, &first, read);
        let mut built = String::new();
        for piece in &pieces {
            match piece {
                Piece::Kept(at) => built.push_str(&texts[*at].1),
                Piece::Fresh(range) => {
                    assert!(range.len() <= MOST && !range.is_empty());
                    built.push_str(&after[range.clone()]);
                }
            }
        }
        assert_eq!(built, after);
        let mut kept: Vec<usize> =
            pieces.iter().filter_map(|p| if let Piece::Kept(at) = p { Some(*at) } else { None }).collect();
        let all = kept.len();
        kept.dedup();
        assert_eq!(kept.len(), all, "a chunk is used once");
        pieces
    }

    fn written(pieces: &[Piece]) -> usize {
        pieces.iter().filter(|p| matches!(p, Piece::Fresh(_))).count()
    }

    fn prose(paragraphs: usize) -> String {
        let paragraph = |n| format!("Paragraph {n} {}\n", "said a few words ".repeat(20));
        (0..paragraphs).map(paragraph).collect::<Vec<_>>().concat()
    }

    #[test]
    fn two_edits_far_apart_write_two_chunks() {
        let before = prose(100);
        let after = before.replace("Paragraph 10 ", "Para 10, ").replace("Paragraph 80 ", "Pph 80 ");
        assert_eq!(written(&replan(&before, &after)), 2);
        assert_eq!(written(&replan(&before, &before)), 0);
        assert_eq!(written(&replan(&before, &format!("{before}x"))), 1);
        assert_eq!(written(&replan(&before, &format!("x{before}"))), 1);
    }

    #[test]
    fn cuts_fall_behind_paragraphs_or_between_graphemes() {
        let text = prose(30);
        let mut at = 0;
        for length in cut(&text) {
            at += length;
            assert!(text[..at].ends_with('\n'));
        }
        let family = "\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467}".repeat(400);
        for length in cut(&family) {
            assert_eq!(length % 18, 0);
        }
        let tower = format!("a{}", "\u{301}".repeat(5000));
        assert_eq!(cut(&tower).iter().sum::<usize>(), tower.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_edit_of_any_text_adds_up(
            pieces in prop::collection::vec("[a-zé\n👩 ]{0,900}", 0..20),
            from in 0_usize..20_000, length in 0_usize..6_000, put in "[a-zé\n]{0,3000}",
        ) {
            let before = pieces.concat();
            let floor = |mut at: usize| { while !before.is_char_boundary(at) { at -= 1; } at };
            let from = floor(from.min(before.len()));
            let to = floor((from + length).min(before.len())).max(from);
            let after = format!("{}{put}{}", &before[..from], &before[to..]);
            replan(&before, &after);
        }
    }
}

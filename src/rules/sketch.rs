//! Sketches: a few numbers made of a note's words, by which repeated text is found without keeping the text.
//!
//! Owns how they are made (winnowing: of each run of overlapping eight-word stretches the smallest hash is kept) and
//! compared. The numbers are stored in sealed note heads, so how they are made never changes. It must not know whose
//! notes they are.

use std::collections::HashMap;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Words in a stretch.
const STRETCH: usize = 8;
/// Stretches of which one is kept.
const WINDOW: usize = 6;
/// Numbers a sketch holds at most.
const MOST: usize = 128;
/// Words a passage must have in common to be pointed out.
const PASSAGE: usize = 18;

/// Where words of this author are already: by number, the caller's own mark of the note.
pub type Known = HashMap<u64, u32>;

/// A passage that is in another note too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The mark of the note.
    pub note: u32,
}

/// The sketch of a note: its sections' texts, in order.
pub fn sketch<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<u64> {
    let mut kept: Vec<u64> = Vec::new();
    for paragraph in texts.into_iter().flat_map(|text| text.split('\n')) {
        let hashes: Vec<u64> = stretches(paragraph).map(|(_, hash)| hash).collect();
        for window in hashes.windows(WINDOW.min(hashes.len()).max(1)) {
            kept.extend(window.iter().min());
        }
    }
    kept.sort_unstable();
    kept.dedup();
    kept.truncate(MOST);
    kept
}

/// Passages of a paragraph that stand in other notes too; at most one a note, the longest first found.
pub fn repeated(paragraph: &str, known: &Known) -> Vec<Repeated> {
    if known.is_empty() {
        return Vec::new();
    }
    // By note: first and last stretch found, and how many.
    let mut spans: Vec<(u32, Range<usize>, usize, usize, usize)> = Vec::new();
    for (at, (range, hash)) in stretches(paragraph).enumerate() {
        let Some(note) = known.get(&hash) else { continue };
        match spans.iter_mut().find(|span| span.0 == *note) {
            Some(span) => {
                span.1.end = range.end;
                span.3 = at;
                span.4 += 1;
            }
            None => spans.push((*note, range, at, at, 1)),
        }
    }
    spans.retain(|(_, _, first, last, count)| *count > 1 && last - first + STRETCH >= PASSAGE);
    spans.sort_by_key(|(_, _, first, last, _)| std::cmp::Reverse(last - first));
    let mut found: Vec<Repeated> = Vec::new();
    for (note, range, ..) in spans {
        if found.iter().all(|one| one.range.end <= range.start || range.end <= one.range.start) {
            found.push(Repeated { range, note });
        }
    }
    found
}

/// Each stretch of words with its place and its hash.
fn stretches(paragraph: &str) -> impl Iterator<Item = (Range<usize>, u64)> + '_ {
    let words: Vec<(usize, &str)> = paragraph.unicode_word_indices().collect();
    let hashes: Vec<u64> = words.iter().map(|(_, word)| hash_of(word)).collect();
    let count = (words.len() + 1).saturating_sub(STRETCH);
    (0..count).map(move |at| {
        let (last, word) = words[at + STRETCH - 1];
        let mixed = hashes[at..at + STRETCH].iter().fold(SEED, |mixed, hash| step(mixed, *hash));
        (words[at].0..last + word.len(), finish(mixed))
    })
}

const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a over the word in small letters.
fn hash_of(word: &str) -> u64 {
    let small = word.chars().flat_map(char::to_lowercase);
    let mut bytes = [0; 4];
    small.fold(SEED, |hash, letter| {
        letter
            .encode_utf8(&mut bytes)
            .bytes()
            .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
    })
}

fn step(mixed: u64, hash: u64) -> u64 {
    (mixed.rotate_left(7) ^ hash).wrapping_mul(PRIME)
}

/// Spreads the bits, so that "the smallest" is no property of common words.
fn finish(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSAGE_TEXT: &str = "Jo came on time and chose to start with the hearing; we went through the two evenings \
        after court hour by hour and named what had helped each time.";

    fn known(text: &str) -> Known {
        sketch([text]).into_iter().map(|number| (number, 7)).collect()
    }

    #[test]
    fn a_passage_is_found_inside_other_words_and_whatever_its_case() {
        let known = known(PASSAGE_TEXT);
        let text = format!("Something new first. {} And then on.", PASSAGE_TEXT.to_uppercase());
        let found = repeated(&text, &known);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].note, 7);
        assert!(text[found[0].range.clone()].split(' ').count() >= PASSAGE);
    }

    #[test]
    fn a_common_phrase_is_not_pointed_out() {
        let known =
            known("The client will attend group as scheduled and call if anything comes up before then.");
        assert!(
            repeated("The client will attend group as scheduled and bring the calendar along.", &known)
                .is_empty()
        );
        assert!(
            repeated(
                "Wholly other words, as many as it takes to make more than one stretch of them all.",
                &known
            )
            .is_empty()
        );
    }

    #[test]
    fn how_a_sketch_is_made_never_changes() {
        assert_eq!(sketch(["one two three four five six seven eight"]), [GOLDEN]);
        assert!(sketch(["too short for a stretch"]).is_empty());
        let long = (0..5_000).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(sketch([long.as_str()]).len(), MOST);
    }

    const GOLDEN: u64 = 8_097_131_159_904_165_883;
}

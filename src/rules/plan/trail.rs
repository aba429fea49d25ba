//! The progress of a line: what is kept of what notes say.

use crate::domain::{Date, Number, Served, Trail, TrailMark};

/// Marks that are kept of the newest notes.
pub const MARKS: usize = 60;
/// Sentences that are kept with the newest marks.
pub const SENTENCES: usize = 12;

/// Returns what a note says of a line it serves.
pub fn mark(note: Number, on: Date, served: &Served) -> TrailMark {
    TrailMark {
        note,
        on,
        progress: served.progress,
        sentence: served.sentence.trim().to_owned(),
        minutes: served.minutes,
    }
}

/// Returns a trail with one more mark. Marks are in the order of their days, and of one day in the order of the notes.
pub fn with(mut trail: Trail, mark: TrailMark) -> Trail {
    let at = trail.marks.partition_point(|one| (one.on, one.note) < (mark.on, mark.note));
    trail.marks.insert(at, mark);
    trail.count = trail.count.saturating_add(1);
    if trail.marks.len() > MARKS {
        trail.marks.remove(0);
    }
    let silent = trail.marks.len().saturating_sub(SENTENCES);
    for old in &mut trail.marks[..silent] {
        old.sentence.clear();
    }
    trail
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{LineRef, Progress};

    fn said(note: Number, on: i32) -> TrailMark {
        let served = Served {
            line: LineRef::objective(1),
            progress: Progress::Some,
            sentence: format!(" note {note} "),
            minutes: 0,
        };
        mark(note, Date(on), &served)
    }

    #[test]
    fn marks_are_in_the_order_of_their_days_whatever_order_they_were_signed_in() {
        let trail = [(1, 5), (2, 3), (3, 5), (4, 4)]
            .into_iter()
            .fold(Trail::default(), |trail, (note, on)| with(trail, said(note, on)));
        let order: Vec<Number> = trail.marks.iter().map(|mark| mark.note).collect();
        assert_eq!((order, trail.count), (vec![2, 4, 1, 3], 4));
    }

    #[test]
    fn the_newest_are_kept_and_all_are_counted() {
        let trail = (1..=70).fold(Trail::default(), |trail, note| with(trail, said(note, note as i32)));
        assert_eq!((trail.marks.len(), trail.count), (MARKS, 70));
        assert_eq!(trail.marks[0].note, 11);
        let with_words = trail.marks.iter().filter(|mark| !mark.sentence.is_empty()).count();
        assert_eq!(with_words, SENTENCES);
        assert_eq!(trail.marks[MARKS - 1].sentence, "note 70");
    }
}

//! From a key to a frame in an open note: the real app over the real service, the page as it is on the screen.
//!
//! Times are of the processor: on a busy machine the longest of a thousand would else be that of another program.
//! The spelling is checked and, at 200x60, the chart stands beside the note, as they do at a desk.

use super::Rounds;
use super::measure::{Subject, interleaved, work};
use super::people;
use super::screen::{full_frames, kilobytes, now, press};
use super::sitting::Sitting;
use super::table::Line;
use concord::tui::keymap::KeyPress;
use concord::tui::message::{Alarm, Input, Msg};
use std::hint::black_box;
use std::time::Duration;

/// Keys between two autosaves: a fast typist's second.
const A_SECOND: usize = 10;

/// A person writing a long note.
struct Note {
    at: Sitting,
    letters: std::iter::Cycle<std::str::Chars<'static>>,
    typed: usize,
}

impl Note {
    /// A new note for the one person there is, with this text in its first section, the cursor in the middle.
    fn with(text: &str, size: (u16, u16)) -> Self {
        let mut at = Sitting::with(size, |filler| {
            let client = filler.person(1);
            filler.note(client, 1);
        });
        at.press("ctrl-n");
        at.run(Msg::Input(Input::Paste(text.to_owned())));
        at.press("ctrl-home");
        for _ in 0..text.len() / 2 / 1_500 {
            at.press("pagedown");
        }
        at.draw();
        assert!(at.app.unsaved_drafts().len() == 1, "a note is being written");
        assert!(at.app.facts().spelling.speller.is_some(), "its words are looked up");
        Self { at, letters: "and what helped ".chars().cycle(), typed: 0 }
    }

    /// A letter to its frame; once a second the text is handed over before it.
    fn letter(&mut self) -> Duration {
        let letter = self.letters.next().unwrap_or(' ');
        self.typed += 1;
        let mut effects = Vec::new();
        let at = &mut self.at;
        let took = work(|| {
            if self.typed.is_multiple_of(A_SECOND) {
                effects = at.app.update(Msg::Alarm(Alarm::Autosave), now());
            }
            effects.extend(black_box(press(&mut at.app, KeyPress::char(letter))));
            at.draw();
        });
        self.at.answer(effects);
        took
    }

    /// Up and down by turns, to the frame.
    fn turn(&mut self, name: &str) -> Duration {
        work(|| {
            black_box(self.at.update(name));
            self.at.draw();
        })
    }
}

/// Typing and moving in long notes.
pub(crate) fn note(rounds: &Rounds, lines: &mut Vec<Line>) {
    for (what, text) in [
        ("5,000 words", people::prose(5_000, 80)),
        ("100 KB, many paragraphs", kilobytes(100, 80)),
        ("100 KB, one paragraph", kilobytes(100, usize::MAX)),
    ] {
        for size in [(80, 24), (200, 60)] {
            let mut note = Note::with(&text, size);
            let mut other = Note::with(&text, size);
            let mut full = full_frames(size);
            let mut moves =
                ["down", "right", "pageup", "end", "pagedown", "ctrl-left", "enter"].into_iter().cycle();
            let [typed, moved, all] = interleaved(
                rounds.many,
                [
                    &mut || note.letter(),
                    &mut || other.turn(moves.next().unwrap_or("up")),
                    &mut full as Subject<'_>,
                ],
            );
            for (how, times) in [("a letter", &typed), ("moves and Enter", &moved)] {
                let line =
                    Line::times(&format!("note, {how} to frame, {what}, {}x{}", size.0, size.1), times);
                lines.push(
                    line.against("all cells change", times, &all).goal("p99 under 2 ms", times.p99() < 2.0),
                );
            }
        }
    }
}

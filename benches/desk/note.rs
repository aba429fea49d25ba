//! From a key to a frame in an open note: the real app over the real service, the page as it is on the screen.
//!
//! Times are of the processor: on a busy machine the longest of a thousand would else be that of another program.
//! The spelling is checked and, at 200x60, the chart stands beside the note, as they do at a desk.

use super::measure::{Subject, interleaved, work};
use super::office::{filled, sign_in};
use super::people;
use super::screen::{Glass, fresh_app, full_frames, key, kilobytes, now, press, seat};
use super::table::Line;
use super::{Rounds, folder};
use concord::service::Desk;
use concord::service::api::Reply;
use concord::tui::app::App;
use concord::tui::keymap::KeyPress;
use concord::tui::message::{Alarm, Chore, Effect, Input, Msg};
use std::hint::black_box;
use std::time::Duration;
use tempfile::TempDir;

/// Keys between two autosaves: a fast typist's second.
const A_SECOND: usize = 10;

/// A person writing a long note.
struct Note {
    app: App,
    desk: Desk,
    glass: Glass,
    letters: std::iter::Cycle<std::str::Chars<'static>>,
    typed: usize,
    _folder: TempDir,
}

impl Note {
    /// A new note for the one person there is, with this text in its first section, the cursor in the middle.
    fn with(text: &str, size: (u16, u16)) -> Self {
        let folder = folder();
        let mut desk = filled(&folder.path().join("store"), |filler| {
            let client = filler.person(1);
            filler.note(client, 1);
        });
        let session = sign_in(&mut desk);
        let mut app = fresh_app(size);
        seat(&mut app, session);
        let letters = "and what helped ".chars().cycle();
        let mut note = Self { app, desk, glass: Glass::new(size), letters, typed: 0, _folder: folder };
        note.run(Msg::Input(Input::Key(key("ctrl-n"))));
        note.run(Msg::Input(Input::Paste(text.to_owned())));
        note.run(Msg::Input(Input::Key(key("ctrl-home"))));
        for _ in 0..text.len() / 2 / 1_500 {
            note.run(Msg::Input(Input::Key(key("pagedown"))));
        }
        note.glass.draw(&note.app);
        assert!(note.app.unsaved_drafts().len() == 1, "a note is being written");
        assert!(note.app.facts().spelling.speller.is_some(), "its words are looked up");
        note
    }

    /// The service answers at once and is not in the figures: it has a thread of its own.
    fn run(&mut self, msg: Msg) {
        let effects = self.app.update(msg, now());
        self.answer(effects);
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            // The dictionary, as the helper brings it: from then on every visible word is looked up.
            if let Effect::Help(Chore::Spell(ask)) = effect {
                let effects = self.app.update(Msg::Spelled(ask.answer()), now());
                self.answer(effects);
            } else if let Effect::Ask(ask) = effect {
                let (ticket, epoch) = (ask.ticket, ask.epoch);
                let result = self.desk.handle(ask.command);
                let effects = self.app.update(Msg::Reply(Reply { ticket, epoch, result, owed: None }), now());
                self.answer(effects);
            }
        }
    }

    /// A letter to its frame; once a second the text is handed over before it.
    fn letter(&mut self) -> Duration {
        let letter = self.letters.next().unwrap_or(' ');
        self.typed += 1;
        let mut effects = Vec::new();
        let took = work(|| {
            if self.typed.is_multiple_of(A_SECOND) {
                effects = self.app.update(Msg::Alarm(Alarm::Autosave), now());
            }
            effects.extend(black_box(press(&mut self.app, KeyPress::char(letter))));
            self.glass.draw(&self.app);
        });
        self.answer(effects);
        took
    }

    /// Up and down by turns, to the frame.
    fn turn(&mut self, name: &str) -> Duration {
        work(|| {
            black_box(press(&mut self.app, key(name)));
            self.glass.draw(&self.app);
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

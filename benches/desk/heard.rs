//! The page of measures of somebody who filled in very many: from a key to a frame.

use super::Rounds;
use super::measure::{Times, interleaved, work};
use super::office::phq9;
use super::people;
use super::screen::full_frames;
use super::sitting::Sitting;
use super::table::Line;
use std::hint::black_box;
use std::time::Duration;

/// What the person filled in.
const MANY: u32 = 500;

/// Down the table, and to the items and back.
pub(crate) fn measures_room(rounds: &Rounds, lines: &mut Vec<Line>) {
    for size in [(80, 24), (200, 60)] {
        let (mut down, mut others) = (on_the_page(size), on_the_page(size));
        let mut full = full_frames(size);
        let mut moves = ["right", "down", "ctrl-w", "pagedown", "left", "ctrl-w", "home"].into_iter().cycle();
        let [moved, other, all]: [Times; 3] = interleaved(
            rounds.some,
            [
                &mut || key(&mut down, "down"),
                &mut || key(&mut others, moves.next().unwrap_or("up")),
                &mut full,
            ],
        );
        for (how, times) in [("Down", &moved), ("items, table and pages", &other)] {
            let words = format!("page of {MANY} measures, {how} to frame, {}x{}", size.0, size.1);
            let line = Line::times(&words, times).against("all cells change", times, &all);
            lines.push(line.goal("p99 under 2 ms", times.p99() < 2.0));
        }
    }
}

fn on_the_page(size: (u16, u16)) -> Sitting {
    let mut sitting = Sitting::with(size, |filler| {
        let client = filler.person(1);
        (1..=MANY).for_each(|number| filler.put(&phq9(client, number), client, number));
    });
    sitting.press("enter");
    sitting.press("m");
    let rows = sitting.app.facts().chart(people::client(1)).map(|chart| chart.measures.len());
    assert_eq!(rows, Some(MANY as usize), "the measures are there");
    sitting
}

/// A key to its frame; what it asks of the service is answered outside the figure.
fn key(sitting: &mut Sitting, name: &str) -> Duration {
    let mut effects = Vec::new();
    let took = work(|| {
        effects = black_box(sitting.update(name));
        sitting.draw();
    });
    sitting.answer(effects);
    took
}

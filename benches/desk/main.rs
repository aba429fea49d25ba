//! How fast the desk is: one table, each figure beside a reference of the same run. Run it with `scripts/bench`.
//!
//! Times depend on the machine and its mood; ratios within a run much less. Nothing here gates anything. The people,
//! notes and keys are the same in every run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement that cannot be made should stop, and what it prints is what it is for"
)]

mod group;
mod heard;
mod measure;
mod note;
mod office;
mod people;
mod plan;
mod process;
mod pty;
mod screen;
mod sitting;
mod table;

use table::Line;
use tempfile::TempDir;

/// How often, and over how many people.
pub(crate) struct Rounds {
    /// For what takes well under a millisecond.
    pub(crate) many: usize,
    /// For what goes to the disk.
    pub(crate) some: usize,
    /// For what derives a key.
    pub(crate) few: usize,
    /// People on the list.
    pub(crate) people: u32,
    /// Notes in the fuller chart.
    pub(crate) notes: u32,
    /// Seconds of idling watched.
    pub(crate) seconds: u64,
}

const FULL: Rounds = Rounds { many: 1_000, some: 250, few: 30, people: 10_000, notes: 2_000, seconds: 60 };
const SMOKE: Rounds = Rounds { many: 20, some: 10, few: 2, people: 500, notes: 100, seconds: 3 };

/// A folder on the disk the project is built on: temporary folders are often memory, where a sync costs nothing.
pub(crate) fn folder() -> TempDir {
    tempfile::Builder::new().prefix("bench").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder")
}

/// One part of the table.
type Part = fn(&Rounds, &mut Vec<Line>);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|arg| arg == flag);
    if !has("--bench") {
        println!("Measurements: run scripts/bench.");
        return;
    }
    let rounds = if has("--smoke") { SMOKE } else { FULL };
    let only: Vec<&String> = args.iter().filter(|arg| !arg.starts_with("--")).collect();
    let wanted = |name: &str| only.is_empty() || only.iter().any(|arg| *arg == name);
    let mut lines: Vec<Line> = Vec::new();
    let parts: [(&str, Part); 12] = [
        ("frame", screen::key_to_frame),
        ("find", screen::find),
        ("chart", office::charts),
        ("measures", office::measures),
        ("measures", heard::measures_room),
        ("commit", office::commit),
        ("autosave", office::autosave),
        ("sign-in", office::sign_in_to_home),
        ("editor", screen::editor),
        ("note", note::note),
        ("plan", plan::plan_of_200),
        ("group", group::of_sixteen),
    ];
    for (name, part) in parts.into_iter().filter(|(name, _)| wanted(name)) {
        eprintln!("measuring: {name}");
        part(&rounds, &mut lines);
    }
    if !has("--quick") && wanted("process") {
        process::desk(&rounds, &mut lines);
    }
    if has("--pty") {
        process::echo(&rounds, &mut lines);
    }
    println!();
    table::print(&lines);
}

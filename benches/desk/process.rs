//! The built program from outside: what it writes, holds and does while nothing happens, and how fast letters appear.

use super::measure::{Dice, interleaved};
use super::pty::Pty;
use super::table::Line;
use super::{Rounds, folder};
use portable_pty::CommandBuilder;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_concord");
/// Notes of each invented person.
const NOTES: u32 = 10;
/// The desk's own threads, as the system names them; the main one is known by its number.
const THREADS: [&str; 3] = ["service", "helper", "signals"];

/// An invented agency and one person who may sign in to it.
struct Demo {
    home: PathBuf,
    store: PathBuf,
    login: String,
    passphrase: String,
    took: Duration,
}

impl Demo {
    /// Lets the program make one; the sentence says why it did not.
    fn made(home: &Path, clients: u32) -> Result<Self, String> {
        let store = home.join("store");
        let start = Instant::now();
        let output = Command::new(PROGRAM)
            .args(["demo", "--no-open", "--json", "--notes-per-client", &NOTES.to_string()])
            .args(["--clients", &clients.to_string(), "--store"])
            .arg(&store)
            .env("HOME", home)
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME")
            .output()
            .map_err(|error| error.to_string())?;
        let took = start.elapsed();
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(format!("concord demo: {}", said.lines().next().unwrap_or("failed")));
        }
        let json: serde_json::Value =
            serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())?;
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let login = json["logins"].get(0).and_then(|login| text(&login["login"]));
        let (Some(login), Some(passphrase)) = (login, text(&json["passphrase"])) else {
            return Err("concord demo --json names no login".to_owned());
        };
        Ok(Self { home: home.to_owned(), store, login, passphrase, took })
    }

    /// The desk, signed in, with home on the screen.
    fn signed_in(&self) -> Result<Pty, String> {
        let mut command = CommandBuilder::new(PROGRAM);
        command.arg("--store");
        command.arg(&self.store);
        command.env("HOME", &self.home);
        command.env_remove("XDG_CONFIG_HOME");
        command.env_remove("XDG_DATA_HOME");
        command.env_remove("NO_COLOR");
        command.cwd(&self.home);
        let mut desk = Pty::start(command);
        if !desk.sees("Passphrase", 60.0) {
            return Err("the sign-in screen did not come".to_owned());
        }
        for keys in [&self.login, "\t", &self.passphrase, "\r"] {
            desk.send(keys.as_bytes());
            desk.idle(0.2);
        }
        if desk.sees("most pressing first", 60.0) { Ok(desk) } else { Err("home did not come".to_owned()) }
    }
}

/// Ctrl-Q, and the program ends by itself.
fn close(desk: &mut Pty) -> Result<(), String> {
    desk.send(b"\x11");
    if desk.ends(20.0) { Ok(()) } else { Err("the program did not end on Ctrl-Q".to_owned()) }
}

/// Memory and idleness of a desk over a large agency.
pub(crate) fn desk(rounds: &Rounds, lines: &mut Vec<Line>) {
    eprintln!("measuring: process (about {} s)", 2 * rounds.seconds + 60);
    if let Err(why) = watched(rounds, lines) {
        lines.push(Line::skipped("the built program", &why));
    }
}

fn watched(rounds: &Rounds, lines: &mut Vec<Line>) -> Result<(), String> {
    let folder = folder();
    let demo = Demo::made(folder.path(), rounds.people)?;
    let rate = f64::from(rounds.people * NOTES) / demo.took.as_secs_f64();
    let what = format!("demo, notes written ({} people)", rounds.people);
    lines.push(Line::figure(&what, rate.round(), "/s").goal("5,000 /s", rate >= 5_000.0));
    // Once open and closed again: a clean stop.
    close(&mut demo.signed_in()?)?;
    let mut desk = demo.signed_in()?;
    let process = desk.process().ok_or("the program has no number")?;
    let seconds = rounds.seconds as f64;
    desk.idle(seconds);
    let resident = resident_mib(process).ok_or("its memory cannot be read here")?;
    let what = format!("resident {seconds} s after sign-in, {} people", rounds.people);
    lines.push(Line::figure(&what, resident, "MiB").goal("under 64 MiB", resident < 64.0));
    let (bytes, (ours, others)) = (desk.written, wakeups(process)?);
    desk.idle(seconds);
    let drawn = desk.written - bytes;
    let (ours_after, others_after) = wakeups(process)?;
    let woken = ours_after - ours;
    let idle = format!("in {seconds} s idle");
    lines.push(Line::figure(&format!("bytes drawn {idle}"), drawn as f64, "").goal("0", drawn == 0));
    lines.push(
        Line::figure(&format!("wake-ups of our threads {idle}"), woken as f64, "").goal("0", woken == 0),
    );
    let image = (others_after - others) as f64;
    lines.push(Line::figure(&format!("wake-ups of the image's threads {idle}"), image, ""));
    close(&mut desk)
}

fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn resident_mib(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some((field(&status, "VmRSS:")? as f64 / 1024.0 * 10.0).round() / 10.0)
}

/// How often our threads, and those of others, have woken so far.
fn wakeups(process: u32) -> Result<(u64, u64), String> {
    let unreadable = |_| "its threads cannot be counted here".to_owned();
    let (mut ours, mut others) = (0, 0);
    for task in fs::read_dir(format!("/proc/{process}/task")).map_err(unreadable)?.flatten() {
        let Ok(status) = fs::read_to_string(task.path().join("status")) else { continue };
        let name = status.lines().next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or("");
        let count = field(&status, "voluntary_ctxt_switches:").unwrap_or(0);
        let main = task.file_name().to_string_lossy() == process.to_string();
        if main || THREADS.contains(&name) {
            ours += count;
        } else {
            others += count;
        }
    }
    Ok((ours, others))
}

/// How fast a typed letter appears in a note, against vim in the same harness.
pub(crate) fn echo(rounds: &Rounds, lines: &mut Vec<Line>) {
    eprintln!("measuring: typing echo");
    if let Err(why) = echoed(rounds, lines) {
        lines.push(Line::skipped("typing echo", &why));
    }
}

fn echoed(rounds: &Rounds, lines: &mut Vec<Line>) -> Result<(), String> {
    let folder = folder();
    let demo = Demo::made(folder.path(), 44)?;
    let mut desk = demo.signed_in()?;
    desk.send(b"\x0e");
    desk.idle(2.0);
    if desk.echo('n').is_none() {
        return Err("Ctrl-N opened no note to type in".to_owned());
    }
    let mut vim = vim(folder.path());
    let (mut in_desk, mut in_vim) = (Typist::new(&mut desk), vim.as_mut().map(Typist::new));
    let [ours, theirs] = interleaved(
        rounds.some,
        [&mut || in_desk.letter(), &mut || in_vim.as_mut().map_or(Duration::ZERO, Typist::letter)],
    );
    let line = Line::times("typing echo in a note, through a pty", &ours);
    lines.push(match in_vim {
        Some(_) => line.against("vim -u NONE", &ours, &theirs),
        None => line,
    });
    Ok(())
}

/// vim without settings, ready to type in; `None` where there is none.
fn vim(folder: &Path) -> Option<Pty> {
    Command::new("vim").arg("--version").output().ok()?;
    let mut command = CommandBuilder::new("vim");
    command.args(["-u", "NONE", "-i", "NONE", "-n", "-c", "set nocp wrap linebreak", "-c", "startinsert"]);
    command.arg(folder.join("note.txt"));
    let mut vim = Pty::start(command);
    vim.idle(1.0);
    vim.echo('n').map(|_| vim)
}

/// Types prose a letter at a time, at a person's pace.
struct Typist<'a> {
    pty: &'a mut Pty,
    letters: std::iter::Cycle<std::str::Chars<'static>>,
    dice: Dice,
}

impl<'a> Typist<'a> {
    fn new(pty: &'a mut Pty) -> Self {
        Self { pty, letters: "and what had helped at home ".chars().cycle(), dice: Dice(11) }
    }

    /// The next letter's echo; a space is typed on the way and not counted, since nothing tells when it is drawn.
    fn letter(&mut self) -> Duration {
        loop {
            self.pty.idle(0.04 + self.dice.below(40) as f64 / 1e3);
            match self.letters.next() {
                Some(' ') => self.pty.send(b" "),
                Some(letter) => return self.pty.echo(letter).unwrap_or(Duration::from_secs(2)),
                None => {}
            }
        }
    }
}

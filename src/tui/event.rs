//! What the terminal says, turned into [`Input`]: keys, pastes, clicks, a new size.
//!
//! Owns the joining of split escape sequences and the telling of a burst from typing, as a pure machine ([`Joiner`]) fed with
//! events and a monotonic time, and the blocking loop that feeds it ([`listen`]). It must not know scopes or actions.
//!
//! A burst is what a paste looks like on a terminal without bracketed paste: the grid refuses it, a text takes it as text.

use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use super::keymap::KeyPress;

/// How long the rest of an escape sequence may take to arrive, in milliseconds (product.md 4).
const JOIN_MS: u64 = 25;
/// This many typed characters ...
const BURST_KEYS: usize = 8;
/// ... within so many milliseconds are no typing.
const BURST_MS: u64 = 20;
/// As good as no wait: with none at all this event source does not even look at what it has read already.
const AT_ONCE: Duration = Duration::from_micros(50);
/// A paste whose end mark was lost ends with this much silence.
const PASTE_SILENCE_MS: u64 = 100;

/// Something a person did. Its `Debug` never shows what was pasted.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(KeyPress),
    /// Keys that came faster than anyone types.
    Burst(Vec<KeyPress>),
    /// A bracketed paste, line ends as `\n`. Not yet sanitised.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The terminal's new size in cells, width and height.
    Resize(u16, u16),
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Key(press) => write!(f, "Key({press})"),
            Input::Burst(run) => write!(f, "Burst({} keys)", run.len()),
            Input::Paste(text) => write!(f, "Paste({} bytes)", text.len()),
            Input::Mouse(mouse) => write!(f, "Mouse({mouse:?})"),
            Input::Resize(width, height) => write!(f, "Resize({width}, {height})"),
        }
    }
}

/// What a mouse can do here. Motion is never reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down on this cell, from 0.
    Click {
        /// Column.
        x: u16,
        /// Row.
        y: u16,
    },
    /// The wheel, away from the person.
    WheelUp,
    /// The wheel, towards the person.
    WheelDown,
}

#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    /// Esc came, and since then these characters, the last at this time.
    Escape { since: u64, rest: String },
    /// A paste whose begin mark came split, so that its end mark is lost.
    Paste { since: u64, text: String },
}

/// Joins what belongs together. Feed it batches of events that were there at once, and ask it again at its deadline.
#[derive(Default)]
pub struct Joiner {
    held: Held,
    /// When the latest typed characters came, newest last.
    recent: Vec<u64>,
}

impl fmt::Debug for Joiner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Joiner") // what it holds may be a paste
    }
}

impl Joiner {
    /// What a batch of events means; `now` is monotonic, in milliseconds.
    pub fn feed(&mut self, batch: &[Event], now: u64) -> Vec<Input> {
        let mut out = self.expire(now);
        for event in batch {
            self.one(event, now, &mut out);
        }
        self.bursts(out, now)
    }

    /// When [`Joiner::expire`] must be asked, if nothing comes before.
    pub fn deadline(&self) -> Option<u64> {
        match self.held {
            Held::Nothing => None,
            Held::Escape { since, .. } => Some(since + JOIN_MS),
            Held::Paste { since, .. } => Some(since + PASTE_SILENCE_MS),
        }
    }

    /// Lets go of what waited too long: an Esc is an Esc, a broken sequence is nothing.
    pub fn expire(&mut self, now: u64) -> Vec<Input> {
        let mut out = Vec::new();
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.release(&mut out);
        }
        out
    }

    fn release(&mut self, out: &mut Vec<Input>) {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing => {}
            Held::Escape { rest, .. } => match rest.as_str() {
                "" => push_key(&KeyEvent::from(KeyCode::Esc), out),
                // Alt-[ and Alt-O look like the beginning of a sequence until nothing follows.
                "[" | "O" => push_key(&alt(KeyCode::Char(if rest == "[" { '[' } else { 'O' })), out),
                _ => {}
            },
            Held::Paste { text, .. } => out.push(Input::Paste(text)),
        }
    }

    fn one(&mut self, event: &Event, now: u64, out: &mut Vec<Input>) {
        if let Event::Key(key) = event {
            if key.kind != KeyEventKind::Release {
                self.key(key, now, out);
            }
            return;
        }
        self.release(out);
        match event {
            Event::Paste(text) => out.push(Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
            Event::Resize(width, height) => out.push(Input::Resize(*width, *height)),
            Event::Mouse(mouse) => out.extend(
                match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => {
                        Some(Mouse::Click { x: mouse.column, y: mouse.row })
                    }
                    MouseEventKind::ScrollUp => Some(Mouse::WheelUp),
                    MouseEventKind::ScrollDown => Some(Mouse::WheelDown),
                    _ => None,
                }
                .map(Input::Mouse),
            ),
            _ => {}
        }
    }

    fn key(&mut self, key: &KeyEvent, now: u64, out: &mut Vec<Input>) {
        match &mut self.held {
            Held::Paste { since, text } => {
                if let Some(c) = pasted(key) {
                    *since = now;
                    text.push(c);
                    return;
                }
                self.release(out);
            }
            Held::Escape { since, rest } => match key.code {
                KeyCode::Char(c) if !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
                    if rest.is_empty() && !matches!(c, '[' | 'O') {
                        self.held = Held::Nothing;
                        push_key(&alt(key.code), out);
                        return;
                    }
                    rest.push(c);
                    *since = now;
                    match joined(rest) {
                        Joined::More => {}
                        Joined::Paste => self.held = Held::Paste { since: now, text: String::new() },
                        Joined::Events(events) => {
                            self.held = Held::Nothing;
                            for event in events {
                                self.one(&event, now, out);
                            }
                        }
                    }
                    return;
                }
                KeyCode::Backspace | KeyCode::Enter if rest.is_empty() => {
                    self.held = Held::Nothing;
                    push_key(&alt(key.code), out);
                    return;
                }
                _ => self.release(out),
            },
            Held::Nothing => {}
        }
        if key.code == KeyCode::Esc && key.modifiers.is_empty() {
            self.held = Held::Escape { since: now, rest: String::new() };
        } else {
            push_key(key, out);
        }
    }

    /// Gathers runs of typed characters that came too fast, and goes on doing so while they keep coming.
    fn bursts(&mut self, inputs: Vec<Input>, now: u64) -> Vec<Input> {
        self.recent.retain(|then| now.saturating_sub(*then) < BURST_MS);
        let mut out = Vec::new();
        let mut run: Vec<KeyPress> = Vec::new();
        for input in inputs {
            match input {
                Input::Key(press) if types(press) => run.push(press),
                other => {
                    self.close(&mut run, now, &mut out);
                    self.recent.clear();
                    out.push(other);
                }
            }
        }
        self.close(&mut run, now, &mut out);
        out
    }

    fn close(&mut self, run: &mut Vec<KeyPress>, now: u64, out: &mut Vec<Input>) {
        self.recent.extend(run.iter().map(|_| now));
        if self.recent.len() >= BURST_KEYS && !run.is_empty() {
            out.push(Input::Burst(std::mem::take(run)));
        } else {
            out.extend(run.drain(..).map(Input::Key));
        }
    }
}

/// Whether a press is what pasted text is made of: characters, line ends, tabs.
fn types(press: KeyPress) -> bool {
    press.text().is_some() || press.is_enter_or_tab()
}

fn pasted(key: &KeyEvent) -> Option<char> {
    let press = KeyPress::from_event(key)?;
    press
        .text()
        .or_else(|| press.is_enter_or_tab().then_some(if key.code == KeyCode::Tab { '\t' } else { '\n' }))
}

fn alt(code: KeyCode) -> KeyEvent {
    KeyEvent::new(code, KeyModifiers::ALT)
}

fn push_key(key: &KeyEvent, out: &mut Vec<Input>) {
    out.extend(KeyPress::from_event(key).map(Input::Key));
}

enum Joined {
    More,
    Paste,
    /// Empty when the sequence is none of ours.
    Events(Vec<Event>),
}

/// What the characters after a split-off Esc say. Only what terminals send by themselves is read.
fn joined(rest: &str) -> Joined {
    let last = rest.chars().last().unwrap_or(' ');
    if let Some(ss3) = rest.strip_prefix('O') {
        return match ss3.chars().next() {
            None => Joined::More,
            Some(c) => Joined::Events(named(c, None, KeyModifiers::NONE).into_iter().collect()),
        };
    }
    let body = &rest[1..];
    // The linux console sends F1 to F5 as ESC [ [ A and so on.
    if let Some(console) = body.strip_prefix('[') {
        return match console.chars().next() {
            None => Joined::More,
            Some(c @ 'A'..='E') => Joined::Events(vec![Event::Key(KeyCode::F(c as u8 - b'A' + 1).into())]),
            Some(_) => Joined::Events(Vec::new()),
        };
    }
    if body.is_empty() || !('@'..='~').contains(&last) {
        return if rest.len() > 32 { Joined::Events(Vec::new()) } else { Joined::More };
    }
    let parameters = &body[..body.len() - last.len_utf8()];
    if let Some(mouse) = parameters.strip_prefix('<') {
        return Joined::Events(mouse_event(mouse, last).into_iter().collect());
    }
    let mut numbers = parameters.split(';').map(|number| number.parse::<u8>().ok());
    let (first, second) = (numbers.next().flatten(), numbers.next().flatten());
    if last == '~' && first == Some(200) {
        return Joined::Paste;
    }
    let bits = second.unwrap_or(1).saturating_sub(1);
    let mut mods = KeyModifiers::NONE;
    for (bit, held) in [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)] {
        if bits & bit != 0 {
            mods |= held;
        }
    }
    Joined::Events(named(last, first, mods).into_iter().collect())
}

fn named(last: char, number: Option<u8>, mods: KeyModifiers) -> Option<Event> {
    let code = match (last, number) {
        ('A', _) => KeyCode::Up,
        ('B', _) => KeyCode::Down,
        ('C', _) => KeyCode::Right,
        ('D', _) => KeyCode::Left,
        ('H', _) | ('~', Some(1 | 7)) => KeyCode::Home,
        ('F', _) | ('~', Some(4 | 8)) => KeyCode::End,
        ('Z', _) => KeyCode::BackTab,
        ('M', None) => KeyCode::Enter,
        ('P'..='S', _) => KeyCode::F(u8::try_from(last).ok()? - b'P' + 1),
        ('~', Some(2)) => KeyCode::Insert,
        ('~', Some(3)) => KeyCode::Delete,
        ('~', Some(5)) => KeyCode::PageUp,
        ('~', Some(6)) => KeyCode::PageDown,
        ('~', Some(n @ 11..=15)) => KeyCode::F(n - 10),
        ('~', Some(n @ 17..=21)) => KeyCode::F(n - 11),
        ('~', Some(n @ 23..=24)) => KeyCode::F(n - 12),
        _ => return None,
    };
    Some(Event::Key(KeyEvent::new(code, mods)))
}

fn mouse_event(parameters: &str, last: char) -> Option<Event> {
    let mut numbers = parameters.split(';').map(|number| number.parse::<u16>().ok());
    let (button, x, y) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let kind = match (button, last) {
        (0, 'M') => MouseEventKind::Down(MouseButton::Left),
        (64, _) => MouseEventKind::ScrollUp,
        (65, _) => MouseEventKind::ScrollDown,
        _ => return None,
    };
    let (column, row) = (x.saturating_sub(1), y.saturating_sub(1));
    Some(Event::Mouse(event::MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }))
}

/// Reads the terminal until `send` says to stop (`false`) or the terminal is gone.
///
/// Blocks without waking while nothing happens; only after an Esc does it wait with a limit.
///
/// # Errors
/// The terminal could not be read.
pub fn listen(mut send: impl FnMut(Input) -> bool) -> io::Result<()> {
    let start = Instant::now();
    let now = || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let mut joiner = Joiner::default();
    loop {
        let wait = joiner.deadline().map(|deadline| Duration::from_millis(deadline.saturating_sub(now())));
        let ready = match wait {
            Some(wait) => event::poll(wait)?,
            None => true,
        };
        let inputs = if ready {
            let mut batch = vec![event::read()?];
            while batch.len() < 4096 && event::poll(AT_ONCE)? {
                batch.push(event::read()?);
            }
            joiner.feed(&batch, now())
        } else {
            joiner.expire(now())
        };
        for input in inputs {
            if !send(input) {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;

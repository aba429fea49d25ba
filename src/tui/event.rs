//! What the terminal sends, turned into [`Input`]: bytes into keys, pastes and clicks.
//!
//! Owns what a library cannot know: how long the rest of a sequence may take, and the telling of a burst from typing. A pure
//! machine ([`Decoder`]) fed with bytes and a monotonic time. It must not know scopes or actions, or where bytes come from.
//!
//! A burst is what a paste looks like on a terminal without bracketed paste: the grid refuses it, a text takes it as text.

use std::fmt;

use termina::Parser;
use termina::event::{Event, KeyCode, KeyEvent, Modifiers, MouseButton, MouseEventKind};

use super::keymap::KeyPress;

/// How long the rest of an escape sequence may take to arrive, in milliseconds (product.md 4).
const JOIN_MS: u64 = 25;
/// This many typed characters ...
const BURST_KEYS: usize = 8;
/// ... within so many milliseconds are no typing.
const BURST_MS: u64 = 20;
/// A paste whose end mark was lost ends with this much silence: more than a slow line pauses, less than a person waits.
const PASTE_SILENCE_MS: u64 = 1_000;
/// No key's sequence is as long as this; the beginning tells which kind it is.
const LONGEST: usize = 64;

const ESC: u8 = 0x1b;
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Something a person did. Its `Debug` never shows what was pasted.
#[derive(Clone, PartialEq, Eq)]
pub enum Input {
    Key(KeyPress),
    /// Keys that came faster than anyone types.
    Burst(Vec<KeyPress>),
    /// A bracketed paste, line ends as `\n`. Not yet sanitised.
    Paste(String),
    Mouse(Mouse),
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Key(press) => write!(f, "Key({press})"),
            Input::Burst(run) => write!(f, "Burst({} keys)", run.len()),
            Input::Paste(text) => write!(f, "Paste({} bytes)", text.len()),
            Input::Mouse(mouse) => write!(f, "Mouse({mouse:?})"),
        }
    }
}

/// What a mouse can do here. Motion is never reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down on this cell, from 0.
    Click { x: u16, y: u16 },
    /// The wheel, away from the person.
    WheelUp,
    /// The wheel, towards the person.
    WheelDown,
}

/// Reads the terminal's bytes. Feed it what was there at once, and ask it again at its deadline.
#[derive(Default)]
pub struct Decoder {
    parser: Parser,
    /// The beginning of what the parser still holds: enough to tell an Esc, a broken key and a paste apart.
    head: Vec<u8>,
    /// When the latest byte came.
    since: u64,
    /// When the latest typed characters came, newest last.
    recent: Vec<u64>,
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Decoder") // what it holds may be a paste
    }
}

impl Decoder {
    /// What these bytes mean; `now` is monotonic, in milliseconds.
    pub fn feed(&mut self, bytes: &[u8], now: u64) -> Vec<Input> {
        let mut out = self.expire(now);
        self.since = now;
        for byte in bytes {
            self.byte(*byte, &mut out);
        }
        self.bursts(out, now)
    }

    /// When [`Decoder::expire`] must be asked, if nothing comes before.
    pub fn deadline(&self) -> Option<u64> {
        // The rest of a character is waited for without a limit: nothing else can be meant by its beginning.
        let wait = if self.pastes() { PASTE_SILENCE_MS } else { JOIN_MS };
        (self.head.first() == Some(&ESC)).then(|| self.since.saturating_add(wait))
    }

    /// Lets go of what waited too long: an Esc is an Esc, a broken sequence is nothing, half a paste is what came of it.
    pub fn expire(&mut self, now: u64) -> Vec<Input> {
        let mut out = Vec::new();
        if self.deadline().is_some_and(|deadline| now >= deadline) {
            self.release(&mut out);
        }
        out
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<Input>) {
        if byte == ESC && !self.head.is_empty() && !self.ends_with_an_escape() {
            self.release(out);
        }
        if self.head.len() < LONGEST {
            self.head.push(byte);
        } else if !self.pastes() {
            return; // forgotten at the deadline
        }
        self.parser.parse(&[byte], true);
        self.take(out);
    }

    fn pastes(&self) -> bool {
        self.head.starts_with(PASTE_BEGINS)
    }

    /// Whether Esc is part of the end of what is held: of a paste, or of an answer nobody asked for. Anywhere else it begins
    /// something new.
    fn ends_with_an_escape(&self) -> bool {
        let answer = matches!(self.head[..], [ESC, b']' | b'P', _, ..]);
        answer || self.pastes()
    }

    fn release(&mut self, out: &mut Vec<Input>) {
        let end = if self.pastes() { PASTE_ENDS } else { &[] };
        self.parser.parse(end, false);
        if self.take(out) {
            return;
        }
        // These look like the beginning of a sequence until nothing follows.
        if let [ESC, c @ (b'[' | b'O' | b'P' | b']')] = self.head[..] {
            push_key(&KeyEvent::new(KeyCode::Char(c.into()), Modifiers::ALT), out);
        }
        self.parser = Parser::default();
        self.head.clear();
    }

    /// Takes what the parser has ready; `true` if it was something, wanted or not.
    fn take(&mut self, out: &mut Vec<Input>) -> bool {
        let mut some = false;
        while let Some(event) = self.parser.pop() {
            some = true;
            self.head.clear();
            match event {
                Event::Key(key) => push_key(&key, out),
                Event::Paste(text) => out.push(Input::Paste(text.replace("\r\n", "\n").replace('\r', "\n"))),
                Event::Mouse(mouse) => {
                    let (x, y) = (mouse.column, mouse.row);
                    out.extend(match mouse.kind {
                        MouseEventKind::Down(MouseButton::Left) => Some(Input::Mouse(Mouse::Click { x, y })),
                        MouseEventKind::ScrollUp => Some(Input::Mouse(Mouse::WheelUp)),
                        MouseEventKind::ScrollDown => Some(Input::Mouse(Mouse::WheelDown)),
                        _ => None,
                    });
                }
                _ => {}
            }
        }
        some
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

fn push_key(key: &KeyEvent, out: &mut Vec<Input>) {
    out.extend(KeyPress::from_event(key).map(Input::Key));
}

#[cfg(test)]
#[path = "event_tests.rs"]
mod tests;

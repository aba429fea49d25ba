//! The turned screen: the client's page, and the dozen keys that work on it.
//!
//! It is a state of the whole program, not a window: it is made of the page it was given and of the fixed sentences of its
//! language, and holds nothing of the desk, so that nothing else can be drawn. What it wants done goes out as a [`Wish`].

mod form;
mod hints;
mod page;
mod signing;
mod typing;

use super::facts::too_small;
use super::keymap::TurnedKey;
use super::message::Input;
use super::theme::Theme;
use super::widgets::line::Line;
use crate::domain::{Assent, ClientSigns, TurnedPart, TurnedSaid};
use crate::packs::{PageWords, page_words};
use crate::service::api::{DraftBody, DraftSave, Secret, TurnedBack, TurnedView};
use crate::service::fault::{Fault, FaultKind};
use ratatui::layout::Size;
use typing::edit;

/// Bytes that fit into one text.
const LONGEST: usize = 1_000;

/// What the turned screen wants done.
#[derive(Debug)]
pub enum Wish {
    /// Save this.
    Save(DraftSave),
    /// Turn back, and save this before.
    Back {
        save: Option<DraftSave>,
        secret: Secret,
    },
    Lock,
}

/// Where one is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// Something the page says: under which heading, and where there.
    Said(usize, usize),
    /// Whether the client signs.
    Sign,
    Name,
    Copy,
}

/// A fixed sentence that is shown until the next key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Notice {
    Larger,
    NoPaste,
    Moment,
    Wrong(u8),
    Wait,
    PinOver,
    NotSaved,
}

impl Notice {
    const ALL: [Notice; 7] = [
        Self::Larger,
        Self::NoPaste,
        Self::Moment,
        Self::Wrong(4),
        Self::Wait,
        Self::PinOver,
        Self::NotSaved,
    ];
}

/// The screen while it is turned.
#[derive(Debug)]
pub struct Turned {
    theme: Theme,
    size: Size,
    words: PageWords,
    view: TurnedView,
    at: usize,
    /// The text that is being written.
    writing: Option<Line>,
    /// The digits of a number that is being typed at a question.
    digits: String,
    /// An answer of a form is not on disk yet.
    pressing: bool,
    /// An empty line between the lines.
    wide: bool,
    /// The page is hidden, and the secret is asked for.
    hidden: Option<Line>,
    /// The secret is being looked at.
    asked: bool,
    notice: Option<Notice>,
    /// Edits so far, and those that are on disk.
    edits: u64,
    stored: u64,
}

impl Turned {
    /// The screen as it is turned.
    pub fn new(view: TurnedView, theme: Theme, size: Size) -> Self {
        let words = page_words(&view.answers.language);
        let words = if view.answers.guardian.is_blank() { words.clone() } else { words.for_guardian("") };
        Self {
            theme,
            size,
            words,
            view,
            at: 0,
            writing: None,
            digits: String::new(),
            pressing: false,
            wide: false,
            hidden: None,
            asked: false,
            notice: Some(Notice::Larger),
            edits: 0,
            stored: 0,
        }
    }

    /// The terminal has another size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// Ms without a key until it locks.
    pub fn idle_ms(&self) -> u64 {
        self.view.idle_ms
    }

    /// What the client marked, if it is not on disk.
    pub fn unsaved(&self) -> Option<DraftSave> {
        (self.edits > self.stored).then(|| DraftSave {
            client: self.view.client,
            number: self.view.number,
            edits: self.edits,
            body: DraftBody::Answers(self.view.answers.clone()),
        })
    }

    /// So many edits are on disk.
    pub fn saved(&mut self, edits: u64) {
        self.stored = self.stored.max(edits);
        self.pressing &= self.edits > self.stored;
        if self.notice == Some(Notice::NotSaved) {
            self.notice = None;
        }
    }

    /// The disk did not take what was to be saved.
    pub fn not_saved(&mut self) {
        self.notice = Some(Notice::NotSaved);
    }

    /// It is not turned back.
    pub fn not_back(&mut self, why: &TurnedBack) -> Option<Wish> {
        self.asked = false;
        self.notice = match why {
            TurnedBack::Back { .. } => None,
            TurnedBack::Wrong { left: 0 } => return Some(Wish::Lock),
            TurnedBack::Wrong { left } => Some(Notice::Wrong(*left)),
            TurnedBack::Wait => Some(Notice::Wait),
            TurnedBack::PinOver => Some(Notice::PinOver),
        };
        None
    }

    /// The turn back was refused by something else than the secret.
    pub fn refused(&mut self, fault: &Fault) -> Option<Wish> {
        self.asked = false;
        self.notice = Some(Notice::NotSaved);
        (fault.kind == FaultKind::Locked).then_some(Wish::Lock)
    }

    /// Takes what somebody did. Pastes, bursts and the mouse do nothing here.
    pub fn input(&mut self, input: &Input) -> Option<Wish> {
        if self.notice != Some(Notice::NotSaved) {
            self.notice = None;
        }
        let key = match input {
            Input::Key(press) => TurnedKey::of(*press)?,
            Input::Paste(_) | Input::Burst(_) => {
                self.notice = Some(Notice::NoPaste);
                return None;
            }
            Input::Mouse(_) => return None,
        };
        if key == TurnedKey::Lock {
            return Some(Wish::Lock);
        }
        // What is not drawn takes no keys.
        if too_small(self.size) || self.asked {
            return None;
        }
        if self.hidden.is_some() {
            return self.type_secret(key);
        }
        match key {
            TurnedKey::Hide => self.hide(),
            _ if self.writing.is_some() => self.write(key),
            TurnedKey::Esc => self.hide(),
            TurnedKey::Up => self.go(self.at.saturating_sub(1)),
            TurnedKey::Down => self.go(self.at + 1),
            TurnedKey::PageUp => self.turn_page(false),
            TurnedKey::PageDown => self.turn_page(true),
            TurnedKey::Next => self.go_to_signing(),
            TurnedKey::Enter if self.item().is_some() => self.go(self.at + 1),
            TurnedKey::Enter => self.begin_writing(),
            TurnedKey::Char('+') => self.wide = !self.wide,
            TurnedKey::Char(digit) => self.answer(digit),
            TurnedKey::Left | TurnedKey::Right | TurnedKey::Backspace | TurnedKey::Lock => {
                self.at_item(key);
            }
        }
        self.urgent()
    }

    /// The keys that only a question has.
    fn at_item(&mut self, key: TurnedKey) {
        match (self.item(), key) {
            (Some(item), TurnedKey::Left) => self.choose_item(item, false),
            (Some(item), TurnedKey::Right) => self.choose_item(item, true),
            (Some(item), TurnedKey::Backspace) => self.clear_item(item),
            _ => {}
        }
    }

    fn hide(&mut self) {
        self.writing = None;
        self.hidden = Some(Line::secret());
    }

    fn type_secret(&mut self, key: TurnedKey) -> Option<Wish> {
        let line = self.hidden.as_mut()?;
        match key {
            TurnedKey::Enter if line.is_empty() => self.hidden = None,
            TurnedKey::Enter => {
                let secret = line.take_secret();
                (self.asked, self.notice) = (true, Some(Notice::Moment));
                return Some(Wish::Back { save: self.unsaved(), secret });
            }
            TurnedKey::Char(c) => line.insert(c.encode_utf8(&mut [0; 4])),
            TurnedKey::Esc | TurnedKey::Hide => drop(line.take_secret()),
            other => edit(line, other),
        }
        None
    }

    /// Every place of the page, from the top down.
    fn stops(&self) -> Vec<Stop> {
        let parts = self.view.page.parts.iter().enumerate();
        let mut stops: Vec<Stop> =
            parts.flat_map(|(part, one)| self.shown(one).map(move |(at, _)| Stop::Said(part, at))).collect();
        if self.view.page.signs {
            stops.push(Stop::Sign);
            if self.view.answers.signs == Some(ClientSigns::Signs) {
                stops.push(Stop::Name);
            }
            stops.push(Stop::Copy);
        }
        stops
    }

    /// What is said under a heading, with its places.
    fn shown<'a>(&'a self, part: &'a TurnedPart) -> impl Iterator<Item = (usize, &'a TurnedSaid)> {
        part.says.iter().enumerate().filter(|(_, said)| self.is_shown(said))
    }

    fn stop(&self) -> Option<Stop> {
        self.stops().get(self.at).copied()
    }

    /// Goes to a place of the page. At the name one types at once.
    fn go(&mut self, to: usize) {
        self.at = to.min(self.stops().len().saturating_sub(1));
        self.digits.clear();
        if self.stop() == Some(Stop::Name) {
            self.begin_writing();
        }
    }

    fn go_to_signing(&mut self) {
        let stops = self.stops();
        let signing = |stop: &Stop| !matches!(stop, Stop::Said(..));
        let after = (self.at + 1..stops.len()).find(|at| signing(&stops[*at]));
        if let Some(to) = after.or_else(|| stops.iter().position(signing)) {
            self.go(to);
        }
    }

    /// The line of the page one is at.
    fn line(&self) -> Option<usize> {
        let Some(Stop::Said(part, at)) = self.stop() else { return None };
        self.view.page.parts.get(part)?.says.get(at)?.line
    }

    /// Whether one is at the open question of a form.
    fn is_open(&self) -> bool {
        let Some(Stop::Said(part, at)) = self.stop() else { return false };
        self.view.page.parts.get(part).and_then(|part| part.says.get(at)).is_some_and(|said| said.open)
    }

    /// A digit, or the minus.
    fn answer(&mut self, digit: char) {
        if let Some(item) = self.item() {
            return self.answer_item(item, digit);
        }
        if let Some(line) = self.line() {
            let assent = match digit {
                '1' => Assent::Agreed,
                '2' => Assent::Partly,
                '3' => Assent::Declined,
                '-' => Assent::NotSaid,
                _ => return,
            };
            let Some(marked) = self.view.answers.lines.get_mut(line) else { return };
            // The same key again takes it back.
            marked.answer = if marked.answer == assent { Assent::NotAsked } else { assent };
            self.edits += 1;
            return;
        }
        match (self.stop(), digit) {
            (Some(Stop::Sign), '1'..='3') => self.sign(digit),
            (Some(Stop::Copy), '1' | '2') => {
                let yes = digit == '1';
                let answers = &mut self.view.answers;
                answers.copy = if answers.copy == Some(yes) { None } else { Some(yes) };
                self.edits += 1;
            }
            _ => {}
        }
    }

    /// The text that belongs to the place one is at.
    fn text(&mut self) -> Option<&mut String> {
        let (line, stop, open) = (self.line(), self.stop(), self.is_open());
        let answers = &mut self.view.answers;
        if open {
            return Some(&mut answers.form.words);
        }
        if let Some(line) = line {
            return answers.lines.get_mut(line).map(|marked| &mut marked.words);
        }
        match (stop?, answers.signs) {
            (Stop::Sign, Some(ClientSigns::Disagrees | ClientSigns::Declines)) => Some(&mut answers.why),
            (Stop::Name, _) => Some(&mut answers.name),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;

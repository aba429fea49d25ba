//! The overlays: questions, something to read, and three of the program itself (menu, palette, help).
//!
//! Owns [`Overlay`] and what an overlay can end with. It must not know what the answers mean; that is the screens'.

pub mod help;
pub mod menu;
pub mod message;
pub mod palette;
pub mod question;
mod ways;

use super::action::{Action, Scope, Typing};
use super::facts::Cx;
use super::screen::Step;
use super::widgets::form::Form;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

pub use super::widgets::choices::Item;
pub use help::Help;
pub use menu::Menu;
pub use message::Message;
pub use palette::Palette;
pub use question::{Question, Read, wait};

/// Everything that can lie over a screen.
#[derive(Debug)]
pub enum Overlay {
    /// A question: to fill in, to choose from, to agree to.
    Question(Box<Question>),
    /// Something to read.
    Message(Message),
    /// What can be done here.
    Menu(Menu),
    /// Every act and person by words.
    Palette(Palette),
    Help(Help),
}

/// What became of an overlay when a key reached it.
#[derive(Debug)]
#[must_use]
pub enum Outcome {
    Stay,
    /// It stays, and something is to be done.
    With(Vec<Step>),
    /// It closes without an answer.
    Close,
    /// It was answered: these steps are taken, and it closes when what they ask for is done.
    Answer(Vec<Step>),
    /// It closes; this key was chosen for the field of this index of the form below.
    Field(usize, String),
    /// It closes, then these steps are taken.
    Take(Vec<Step>),
}

impl Overlay {
    /// Where its keys are read.
    pub fn scopes(&self) -> Vec<Scope> {
        match self {
            Self::Question(o) => o.scopes(),
            Self::Message(o) => o.scopes(),
            Self::Menu(o) => o.scopes(),
            Self::Palette(_) => vec![Scope::Palette],
            Self::Help(o) => o.scopes(),
        }
    }

    /// Whether something is typed into it.
    pub fn has_cursor(&self) -> bool {
        let types = self.scopes().first().is_some_and(|scope| scope.typing() == Typing::Text);
        types && !matches!(self, Self::Message(_))
    }

    /// Does what a key asks.
    pub fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        match self {
            Self::Question(o) => o.act(action, cx),
            Self::Message(o) => o.act(action, cx),
            Self::Menu(o) => o.act(action, cx),
            Self::Palette(o) => o.act(action, cx),
            Self::Help(o) => o.act(action, cx),
        }
    }

    /// Takes typed or pasted text.
    pub fn text(&mut self, text: &str, cx: &Cx) -> Outcome {
        match self {
            Self::Question(o) => return o.text(text, cx),
            Self::Menu(o) => o.text(text),
            Self::Palette(o) => o.text(text, cx),
            Self::Help(o) => o.text(text),
            Self::Message(_) => {}
        }
        Outcome::Stay
    }

    /// Whether an act of this place has something to act on just now.
    pub fn offers(&self, action: Action) -> bool {
        match self {
            Self::Question(o) => o.offers(action),
            _ => true,
        }
    }

    /// How many lines can be opened by their number, where they have one.
    pub fn lines(&self) -> Option<usize> {
        match self {
            Self::Question(o) => o.count(),
            _ => None,
        }
    }

    /// A click on the cell `at`; `area` is the whole screen.
    pub fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Outcome {
        match self {
            Self::Question(o) => o.click(at, area, cx),
            Self::Menu(o) => o.click(at, area),
            Self::Palette(o) => o.click(at, area, cx),
            _ => Outcome::Stay,
        }
    }

    /// Esc: whether text would be lost, so that it must be asked first.
    pub fn would_lose_text(&self) -> bool {
        matches!(self, Self::Question(o) if o.filled().is_some_and(Form::is_changed))
    }

    /// The question it is, if it is one.
    pub fn question(&mut self) -> Option<&mut Question> {
        match self {
            Self::Question(question) => Some(question),
            _ => None,
        }
    }

    /// Whether it waits for the service, so that keys do nothing.
    pub fn waits(&self) -> bool {
        matches!(self, Self::Question(question) if question.waits())
    }

    /// Draws it over the screen.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        match self {
            Self::Question(o) => o.draw(frame, area, cx),
            Self::Message(o) => o.draw(frame, area, cx),
            Self::Menu(o) => o.draw(frame, area, cx),
            Self::Palette(o) => o.draw(frame, area, cx),
            Self::Help(o) => o.draw(frame, area, cx),
        }
    }
}

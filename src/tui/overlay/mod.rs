//! The overlays: four generic ones (confirm, prompt, picker, message) and three of the program itself (menu, palette, help).
//!
//! Owns [`Overlay`], what an overlay can end with, and [`Then`]: what is to be done with the answer, as data. It must not
//! know what the answers mean; that is the screens'.

pub mod confirm;
pub mod draw;
pub mod help;
pub mod menu;
pub mod message;
pub mod palette;
pub mod picker;
pub mod prompt;

use super::action::{Action, Scope, Typing};
use super::facts::Cx;
use super::screen::Step;
use super::screens::Purpose;
use super::widgets::form::Form;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

pub use confirm::Confirm;
pub use help::Help;
pub use menu::Menu;
pub use message::Message;
pub use palette::Palette;
pub use picker::{Item, Picker};
pub use prompt::Prompt;

/// Everything that can lie over a screen.
#[derive(Debug)]
pub enum Overlay {
    /// A question of yes or no.
    Confirm(Confirm),
    /// Something to fill in.
    Prompt(Prompt),
    /// Something to choose.
    Picker(Picker),
    /// Something to read.
    Message(Message),
    /// What can be done here.
    Menu(Menu),
    /// Every act and person by words.
    Palette(Palette),
    /// The keys.
    Help(Help),
}

/// What is to be done with the answer of an overlay.
#[derive(Debug, Default)]
pub enum Then {
    /// Nothing.
    #[default]
    Nothing,
    /// Take these steps.
    Take(Vec<Step>),
    /// Hand it to the form (prompt or screen) beneath, for the field of this index.
    Field(usize),
    /// Hand it to the screen.
    Screen(Purpose),
    /// Hand it to the screen; closed without an answer, take these steps.
    ScreenOr(Purpose, Vec<Step>),
}

/// What a person gave.
#[derive(Debug)]
pub enum Given {
    /// Yes.
    Yes,
    /// Keys of what was picked; at least one.
    Picked(Vec<String>),
    /// The fields as filled.
    Filled(Box<Form>),
}

/// What became of an overlay when a key reached it.
#[derive(Debug)]
pub enum Outcome {
    /// It stays.
    Stay,
    /// It stays, and something is to be done.
    With(Vec<Step>),
    /// It closes without an answer.
    Close,
    /// It closes with an answer.
    Give(Given),
    /// It closes, then these steps are taken.
    Take(Vec<Step>),
}

impl Overlay {
    /// Where its keys are read.
    pub fn scopes(&self) -> Vec<Scope> {
        match self {
            Self::Confirm(_) => vec![Scope::Confirm],
            Self::Prompt(o) => o.scopes(),
            Self::Picker(o) => o.scopes(),
            Self::Message(o) => o.scopes(),
            Self::Menu(_) => vec![Scope::Menu],
            Self::Palette(_) => vec![Scope::Palette],
            Self::Help(_) => vec![Scope::Help],
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
            Self::Confirm(_) => Confirm::act(action),
            Self::Prompt(o) => o.act(action, cx),
            Self::Picker(o) => o.act(action, cx),
            Self::Message(o) => o.act(action, cx),
            Self::Menu(o) => o.act(action),
            Self::Palette(o) => o.act(action, cx),
            Self::Help(o) => o.act(action, cx),
        }
    }

    /// Takes typed or pasted text.
    pub fn text(&mut self, text: &str, cx: &Cx) {
        match self {
            Self::Prompt(o) => o.form.text(text),
            Self::Picker(o) => o.text(text),
            Self::Menu(o) => o.text(text),
            Self::Palette(o) => o.text(text, cx),
            Self::Confirm(_) | Self::Message(_) | Self::Help(_) => {}
        }
    }

    /// How many lines can be opened by their number, where they have one.
    pub fn lines(&self) -> Option<usize> {
        match self {
            Self::Picker(o) => Some(o.lines()),
            _ => None,
        }
    }

    /// A click on the cell `at`; `area` is the whole screen.
    pub fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Outcome {
        match self {
            Self::Picker(o) => o.click(at, area, cx),
            Self::Menu(o) => o.click(at, area),
            Self::Palette(o) => o.click(at, area),
            _ => Outcome::Stay,
        }
    }

    /// Esc: whether text would be lost, so that it must be asked first.
    pub fn would_lose_text(&self) -> bool {
        matches!(self, Self::Prompt(o) if o.form.is_changed())
    }

    /// The form in it, if it is one to fill in.
    pub fn form_mut(&mut self) -> Option<&mut Form> {
        match self {
            Self::Prompt(o) => Some(&mut o.form),
            _ => None,
        }
    }

    /// What is to be done with its answer; taken once, when it closes.
    pub fn take_then(&mut self) -> Then {
        match self {
            Self::Confirm(o) => std::mem::take(&mut o.then),
            Self::Prompt(o) => std::mem::take(&mut o.then),
            Self::Picker(o) => std::mem::take(&mut o.then),
            _ => Then::Nothing,
        }
    }

    /// Draws it over the screen.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        match self {
            Self::Confirm(o) => o.draw(frame, area, cx),
            Self::Prompt(o) => o.draw(frame, area, cx),
            Self::Picker(o) => o.draw(frame, area, cx),
            Self::Message(o) => o.draw(frame, area, cx),
            Self::Menu(o) => o.draw(frame, area, cx),
            Self::Palette(o) => o.draw(frame, area, cx),
            Self::Help(o) => o.draw(frame, area, cx),
        }
    }
}

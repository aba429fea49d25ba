//! What a screen is: a plain state behind one small trait, and the steps it asks the app to take.
//!
//! Owns [`View`], [`Filled`], [`News`] and [`Step`]. It must not know any screen: the stack of screens is the app's. A screen changes
//! only itself; everything else it wants goes out as a [`Step`], so that routing, tickets, overlays and Back are each done in one
//! place, the app.

use super::action::{Action, Scope};
use super::editor::Mode;
use super::facts::{Clip, Cx};
use super::opening::{Opening, RoomName};
use super::overlay::Overlay;
use super::settings::Setting;
use super::theme::Name;
use super::widgets::form::Form;
use super::widgets::frame::Header;
use crate::domain::{ClientId, Date, Number, PersonalSettings, Session, StaffId};
use crate::rules::owed::Duty;
use crate::service::api::{Absence, Answer, ChartView, Command, DraftSave, FormPlace, Kept, PageSpot, Place};
use crate::service::fault::Fault;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use std::any::Any;
use std::fmt;

/// What a screen, room or overlay asks the app to do.
#[derive(Debug)]
pub enum Step {
    /// Ask the service; the answer comes back to the screen that asked, if it is still there.
    Ask(Command),
    /// Say on the message line what just happened.
    Say(String),
    /// A chart with an open draft is left: said now, and again beside the name of the chart that is opened next.
    DraftKept {
        client: ClientId,
        /// Their name, as a header writes it.
        name: String,
    },
    /// Say what went wrong, on the message line.
    Warn(String),
    /// Open an overlay over the screen.
    Over(Overlay),
    /// Close the overlay on top.
    CloseOverlay,
    /// Open a screen over this one.
    Push(Box<dyn View>),
    /// Put a screen in this one's place.
    Replace(Box<dyn View>),
    /// Close this screen; focus returns to the one below.
    Close,
    /// Open a chart (a chart that is open makes room for it).
    OpenChart {
        client: ClientId,
        /// In which room.
        room: RoomName,
        /// What to begin there.
        opening: Opening,
    },
    /// Open this piece of work over whatever one is doing; Esc comes back to it.
    Hop {
        /// In whose chart.
        client: ClientId,
        /// What is owed there.
        duty: Duty,
        /// Which draft, note or session.
        number: Number,
    },
    /// Show this day on home, this session of this client highlighted.
    Day(Date, ClientId, Number),
    /// Do this to the screen that asked, if it is still there.
    Tell(Tell),
    /// Run an action as if its key had been pressed.
    Run(Action),
    /// Go home, to the list of people, and run an act there.
    AtHome(Action),
    /// Go home, and open the form of a setting there with the cursor in it.
    Set(&'static Setting),
    /// Go to a page, and say this there. A window that would lose what was typed into it keeps one where one is.
    Page(Action, String),
    /// Go home to the tab of this scope, and say this there.
    Leaf(Scope, String),
    /// Type this text as if its keys had been pressed.
    Type(String),
    /// Text changed that the service has not seen: the app asks for it within a second.
    Unsaved,
    /// The list of people is out of date.
    Refresh,
    /// The list of people is asked for now, and what home shows beside it.
    RefreshNow,
    /// Ask the helper what may have been meant by a word; the answer comes as [`News::Suggested`].
    Suggest(String),
    /// Let a word pass until the lock.
    IgnoreWord(String),
    /// One's own settings, as they were just chosen.
    Mine(PersonalSettings),
    /// Show everything in this theme.
    Theme(Name),
    /// Read keys by the keymap of this name from now on; without a name, by the desk's own.
    Keymap(String),
    /// Somebody leaves or is away on these days, as was just answered.
    Absent(StaffId, Absence),
    /// This was cut or copied.
    Clip(Clip),
    /// Lock the desk.
    Lock,
}

/// What an answer does to the screen that asked.
pub struct Tell(Box<Told>);

type Told = dyn FnOnce(&mut dyn View, &Cx) -> Vec<Step>;

impl fmt::Debug for Tell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tell(…)")
    }
}

impl Tell {
    /// The step that does this to the screen of this kind. Another kind is left as it is.
    pub fn to<S: View>(act: impl FnOnce(&mut S, &Cx) -> Vec<Step> + 'static) -> Step {
        Step::Tell(Self(Box::new(|screen, cx| {
            let screen: &mut dyn Any = screen;
            screen.downcast_mut().map(|screen| act(screen, cx)).unwrap_or_default()
        })))
    }

    pub fn run(self, screen: &mut dyn View, cx: &Cx) -> Vec<Step> {
        (self.0)(screen, cx)
    }
}

/// What a screen can do. Nearly everything has a default: a screen says only what is its own.
pub trait View: Any + fmt::Debug {
    /// Where its keys are read, innermost first. Focus within the screen is derived here and stored nowhere else.
    fn scopes(&self) -> Vec<Scope>;

    /// What keys mean in the text that has the focus, in a keymap with modes: its scope comes before the others.
    fn text_mode(&self, _modal: bool) -> Mode {
        Mode::Insert
    }

    /// The line on top.
    fn header(&self, cx: &Cx) -> Header;

    /// It was just put on top: what it needs first.
    fn begin(&mut self, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Does what a key asks.
    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step>;

    /// Whether it takes an action that the app would otherwise do itself (undo in an open draft).
    fn claims(&self, _action: Action) -> bool {
        false
    }

    /// Whether an act of this place has something to act on just now, so that the menu lists it.
    fn offers(&self, _action: Action, _cx: &Cx) -> bool {
        true
    }

    /// Whether a letter begins to write here, though nothing is being written yet: it leads nowhere else then.
    fn begins_text(&self) -> bool {
        false
    }

    /// Takes typed text: a character that is no key here.
    fn text(&mut self, _text: &str, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Takes pasted text.
    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        self.text(text, cx)
    }

    /// A click inside `area`, the same that [`View::draw`] gets.
    fn click(&mut self, _at: Position, _area: Rect, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Esc: `None` closes the screen, steps mean that there was something nearer to go back from.
    fn back(&mut self, _cx: &Cx) -> Option<Vec<Step>> {
        None
    }

    /// What Esc is called here, where it leaves more than a step.
    fn leaves(&self, _cx: &Cx) -> Option<&'static str> {
        None
    }

    /// About to be closed: drafts are left here (they stay).
    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// The answer to something it asked.
    fn reply(&mut self, _answer: &Answer, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// What it asked was refused.
    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// Hears of something that happened elsewhere, or of what was found for it.
    fn hears(&mut self, _news: &News<'_>, _cx: &Cx) -> Vec<Step> {
        Vec::new()
    }

    /// How many lines can be opened by their number, where they have one.
    fn lines(&self, _cx: &Cx) -> Option<usize> {
        None
    }

    /// The day that is shown, where a day is.
    fn day(&self, _cx: &Cx) -> Option<Date> {
        None
    }

    /// Whom a task that is begun here is for, where it is not for oneself, and what is to be done.
    fn asks_of(&self, _cx: &Cx) -> Option<(StaffId, &'static str)> {
        None
    }

    /// The session that follows from what is open: the one after a note's.
    fn next_session(&self, _cx: &Cx) -> Option<Kept<Session>> {
        None
    }

    /// Text that the service has not seen. Takes the draft and touches nothing else: it is called after a panic too.
    fn unsaved(&self) -> Option<DraftSave> {
        None
    }

    /// All of it, where a screen holds several drafts.
    fn unsaved_all(&self) -> Vec<DraftSave> {
        self.unsaved().into_iter().collect()
    }

    /// Adds to where the person is.
    fn place(&self, _place: &mut Place) {}

    /// The person comes back to it after a lock: where on the page they were.
    fn come_back(&mut self, _spot: &PageSpot) {}

    /// The open or highlighted person.
    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        None
    }

    /// Itself, if it is a screen that is filled in.
    fn filled(&self) -> Option<&dyn Filled> {
        None
    }

    /// Itself, if it is a screen that is filled in, to change.
    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        None
    }

    /// Whether a chart that is opened from it lies over it, so that Esc comes back to it. Every other screen is closed first.
    fn stays_below_a_chart(&self) -> bool {
        false
    }

    /// Draws itself between rule and message line.
    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx);
}

impl dyn View {
    /// Whether closing it would throw typed text away, so that the app asks first.
    pub fn would_lose_text(&self) -> bool {
        self.filled().is_some_and(Filled::is_changed)
    }
}

/// A screen that is filled in. What is typed into it is kept over a lock.
pub trait Filled {
    /// Which form it is, with nothing typed. `None` if what is typed is not kept, as with passphrases.
    fn which(&self) -> Option<FormPlace> {
        None
    }

    /// Puts back what was typed into it before a lock.
    fn put_back(&mut self, _typed: &FormPlace) {}

    /// Whether anything was typed that is not saved.
    fn is_changed(&self) -> bool {
        false
    }

    /// Its fields, for a choice that was made in a window.
    fn fields(&mut self) -> Option<&mut Form> {
        None
    }

    /// Its fields as they are, where Enter goes through them.
    fn form(&self) -> Option<&Form> {
        None
    }

    /// What of it is written down already and stays, whatever becomes of the rest.
    fn kept_anyway(&self) -> Option<&'static str> {
        None
    }

    /// What Enter does where one is, and what saving is called, for the footer.
    fn enter_and_save(&self) -> Option<(String, String)> {
        self.form().map(|form| (form.enter_does().word(&form.done), form.done.to_lowercase()))
    }

    /// Whether nothing else can be done before it is filled in.
    fn comes_first(&self) -> bool {
        false
    }

    /// Whether a passphrase is typed into it.
    fn asks_secret(&self) -> bool {
        false
    }

    /// Whether it shows itself why something was refused. The app shows it on the message line otherwise.
    fn shows_faults(&self) -> bool {
        false
    }
}

/// What Enter does in questions that follow one another, and what saving is called: it goes on, and saves behind the last.
pub fn next_or_save(behind_the_last: bool) -> (String, String) {
    let enter = if behind_the_last { "save" } else { "next question" };
    (enter.to_owned(), "save".to_owned())
}

/// What a screen is told without having asked the service.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// The screen is on top again, or the list of people came again while it was the only one.
    OnTop,
    /// The chart of this client was left.
    Left(ClientId),
    /// The list of people came again.
    People,
    /// What the person who is signed in owes changed.
    Owed,
    /// A chart changed, here or on another desk.
    Chart(&'a ChartView),
    /// Something of a day was written.
    Written,
    /// A session of this client was planned or moved.
    Session(ClientId, Number),
    /// The list of people is wanted.
    ToPeople,
    /// The tab of this scope is wanted.
    ToLeaf(Scope),
    /// The next form of settings is wanted with the cursor in this field.
    ToSetting(&'a str),
    /// This day is wanted, with this session of this client highlighted.
    ToDay(Date, ClientId, Number),
    /// These words may have been meant by the first one.
    Suggested(&'a str, &'a [String]),
}

/// Names a screen on the stack, so that an answer finds the one that asked. Never given twice.
pub type ScreenId = u64;

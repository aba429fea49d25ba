//! Somebody at the desk: the real app over the real service, whose answers come at once and are not in the figures.

use super::folder;
use super::office::{Filler, filled, sign_in};
use super::screen::{Glass, fresh_app, key, now, press, seat};
use concord::service::Desk;
use concord::service::api::Reply;
use concord::tui::app::App;
use concord::tui::message::{Chore, Effect, Input, Msg};
use tempfile::TempDir;

/// Rosa, signed in, at a terminal that goes nowhere.
pub(crate) struct Sitting {
    pub(crate) app: App,
    desk: Desk,
    glass: Glass,
    _folder: TempDir,
}

impl Sitting {
    /// Over a store that is filled like this, in a terminal of this size.
    pub(crate) fn with(size: (u16, u16), fill: impl FnOnce(&mut Filler)) -> Self {
        let folder = folder();
        let mut desk = filled(&folder.path().join("store"), fill);
        let session = sign_in(&mut desk);
        let mut app = fresh_app(size);
        seat(&mut app, session);
        Self { app, desk, glass: Glass::new(size), _folder: folder }
    }

    /// Takes a message, and the answers to all that it asks for.
    pub(crate) fn run(&mut self, msg: Msg) {
        let effects = self.app.update(msg, now());
        self.answer(effects);
    }

    /// Presses a key, and takes the answers to all that it asks for.
    pub(crate) fn press(&mut self, name: &str) {
        self.run(Msg::Input(Input::Key(key(name))));
    }

    /// Presses a key; what it asks for is returned.
    pub(crate) fn update(&mut self, name: &str) -> Vec<Effect> {
        press(&mut self.app, key(name))
    }

    /// Draws a frame.
    pub(crate) fn draw(&mut self) {
        self.glass.draw(&self.app);
    }

    /// The service answers at once and is not in the figures: it has a thread of its own.
    pub(crate) fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            // The dictionary, as the helper brings it: from then on every visible word is looked up.
            if let Effect::Help(Chore::Spell(ask)) = effect {
                self.run(Msg::Spelled(ask.answer()));
            } else if let Effect::Ask(ask) = effect {
                let (ticket, epoch) = (ask.ticket, ask.epoch);
                let result = self.desk.handle(ask.command);
                self.run(Msg::Reply(Reply { ticket, epoch, result, owed: None }));
            }
        }
    }
}

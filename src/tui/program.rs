//! The program's two sides: the desk, and the screen turned to a client.
//!
//! Owns which of the two faces whoever sits there. While it is turned the desk is put by as it is: it gets no key, no answer and no
//! alarm, and nothing of it is drawn, because nothing asks it to draw. What was on its way to it waits until the screen is turned
//! back or locked.

use super::app::{App, finished};
use super::keymap::TurnedKey;
use super::message::{Alarm, BackupNews, Effect, Input, Msg, Signal};
use super::turned::{Turned, Wish};
use crate::service::api::{Answer, Ask, Command, DraftSave, Now, Reply, Ticket, TurnAsk, TurnedBack};
use ratatui::Frame;
use ratatui::layout::Size;

/// An edit of a client's is handed to the service this soon.
const AUTOSAVE_MS: u64 = 900;

/// The whole program on the screen.
#[derive(Debug)]
pub struct Program {
    app: App,
    /// The ask to turn the screen, while it is not answered: no key reaches the desk.
    turning: Option<Ticket>,
    turned: Option<Away>,
}

/// The screen is turned, and the desk waits.
#[derive(Debug)]
struct Away {
    screen: Box<Turned>,
    /// What came for the desk meanwhile.
    waits: Vec<Msg>,
    /// The newest asks to save and to turn back.
    saving: Option<Ticket>,
    backing: Option<Ticket>,
    /// The alarm of the next autosave is set.
    autosave: bool,
}

impl Program {
    /// The desk, turned to nobody.
    pub fn new(app: App) -> Self {
        Self { app, turning: None, turned: None }
    }

    /// The desk, as it is behind whatever is drawn.
    #[cfg_attr(concord_closed, expect(dead_code, reason = "tests look at the facts of the desk"))]
    pub fn desk(&self) -> &App {
        &self.app
    }

    /// Takes in what happened, and says what is to be done.
    pub fn update(&mut self, msg: Msg, now: Now) -> Vec<Effect> {
        if let Msg::Signal(Signal::Size(width, height)) = msg {
            if let Some(away) = &mut self.turned {
                away.screen.resize(Size { width, height });
            }
            return self.app.update(msg, now);
        }
        match self.turned.take() {
            Some(away) => self.while_turned(away, msg, now),
            None => self.at_the_desk(msg, now),
        }
    }

    /// Draws the side that is turned to whoever sits there.
    pub fn draw(&self, frame: &mut Frame<'_>) {
        match &self.turned {
            Some(away) => {
                away.screen.draw(frame);
                finished(frame, self.app.theme());
            }
            None => self.app.draw(frame),
        }
    }

    /// Whether a cursor belongs on the screen.
    pub fn has_cursor(&self) -> bool {
        self.turned.as_ref().map_or_else(|| self.app.has_cursor(), |away| away.screen.has_cursor())
    }

    /// Columns and rows of the terminal.
    pub fn size(&self) -> Size {
        self.app.facts().size
    }

    /// Every draft with text that the service has not seen.
    pub fn unsaved_drafts(&self) -> Vec<DraftSave> {
        let theirs = self.turned.as_ref().and_then(|away| away.screen.unsaved());
        self.app.unsaved_drafts().into_iter().chain(theirs).collect()
    }

    /// What goes to the service when a turn has panicked: the drafts and a lock. `None` if nobody is signed in.
    pub fn last_words(&self) -> Option<Ask> {
        let mut ask = self.app.last_words()?;
        if let Command::Door(crate::service::api::Door::Lock { drafts, .. }) = &mut ask.command {
            *drafts = self.unsaved_drafts();
        }
        Some(ask)
    }

    fn at_the_desk(&mut self, msg: Msg, now: Now) -> Vec<Effect> {
        if let Some(ticket) = self.turning {
            match msg {
                // Nothing that is pressed before the screen is turned is meant for what is under it.
                Msg::Input(ref input) if !locks(input) => return Vec::new(),
                Msg::Reply(reply) if reply.ticket == ticket => {
                    self.turning = None;
                    return self.turned_away(reply, now);
                }
                _ => {}
            }
        }
        let effects = self.app.update(msg, now);
        self.turning = effects.iter().find_map(turns).or(self.turning);
        if self.app.facts().signed_in.is_none() {
            self.turning = None;
        }
        effects
    }

    /// The screen is turned, or it is not.
    fn turned_away(&mut self, reply: Reply, now: Now) -> Vec<Effect> {
        match reply.result {
            Ok(Answer::Turned(view)) => {
                let effects = self.app.turned_away(reply.ticket, view.epoch, now);
                let screen = Box::new(Turned::new(*view, *self.app.theme(), self.size()));
                let idle = Effect::SetAlarm(Alarm::Lock, screen.idle_ms());
                self.turned =
                    Some(Away { screen, waits: Vec::new(), saving: None, backing: None, autosave: false });
                effects.into_iter().chain([idle]).collect()
            }
            result => self.app.update(Msg::Reply(Reply { result, ..reply }), now),
        }
    }

    fn while_turned(&mut self, mut away: Away, msg: Msg, now: Now) -> Vec<Effect> {
        match msg {
            Msg::Input(input) => {
                let wish = away.screen.input(&input);
                let mut effects = vec![Effect::SetAlarm(Alarm::Lock, away.screen.idle_ms())];
                effects.extend(self.go_on(away, wish, now));
                effects
            }
            Msg::Reply(reply) => self.reply(away, reply, now),
            Msg::Alarm(Alarm::Lock) => self.lock(away, true, now),
            Msg::Alarm(Alarm::Autosave) => {
                away.autosave = false;
                let wish = away.screen.unsaved().map(Wish::Save);
                self.go_on(away, wish, now)
            }
            Msg::Alarm(Alarm::Midnight) => {
                away.waits.push(Msg::Alarm(Alarm::Midnight));
                self.go_on(away, None, now)
            }
            Msg::Alarm(Alarm::IdleWarning | Alarm::Recheck) | Msg::Backup(BackupNews::Written(_)) => {
                self.go_on(away, None, now)
            }
            // These lock, and what they ask for is the desk's to do.
            Msg::Signal(Signal::Stop | Signal::Suspend) | Msg::NeedsNewProcess => {
                self.hand_over(&away);
                let mut effects = self.app.update(msg, now);
                effects.extend(self.after_lock(away.waits, now));
                effects
            }
            Msg::Signal(_) => {
                let effects = self.app.update(msg, now);
                self.turned = Some(away);
                effects
            }
            Msg::Spelled(_) | Msg::Made(_) | Msg::Backup(BackupNews::Ended(_)) => {
                away.waits.push(msg);
                self.go_on(away, None, now)
            }
        }
    }

    /// An answer for the turned screen; any other waits for the desk.
    fn reply(&mut self, mut away: Away, reply: Reply, now: Now) -> Vec<Effect> {
        let ticket = Some(reply.ticket);
        if ticket == away.saving {
            away.saving = None;
            let Ok(Answer::DraftSaved { edits, .. }) = reply.result else {
                away.screen.not_saved();
                return self.go_on(away, None, now);
            };
            away.screen.saved(edits);
            let wish = away.screen.urgent();
            return self.go_on(away, wish, now);
        }
        if ticket != away.backing {
            away.waits.push(Msg::Reply(reply));
            return self.go_on(away, None, now);
        }
        away.backing = None;
        let wish = match reply.result {
            Ok(Answer::TurnedBack(TurnedBack::Back { epoch, chart })) => {
                let mut effects = self.app.turned_back(epoch, &chart, now);
                effects.extend(self.after_lock(away.waits, now));
                return effects;
            }
            Ok(Answer::TurnedBack(why)) => away.screen.not_back(&why),
            Ok(_) => None,
            Err(fault) => away.screen.refused(&fault),
        };
        self.go_on(away, wish, now)
    }

    /// Does what the turned screen wishes, and sets the alarm for what is not on disk.
    fn go_on(&mut self, mut away: Away, wish: Option<Wish>, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        match wish {
            None => {}
            Some(Wish::Lock) => return self.lock(away, false, now),
            // A slow disk is not given the same text twice.
            Some(Wish::Save(_)) if away.saving.is_some() => {}
            Some(Wish::Save(save)) => {
                let ask = self.app.ask_for_turned(TurnAsk::Save(save).into());
                away.saving = Some(ask.ticket);
                effects.push(Effect::Ask(Box::new(ask)));
            }
            Some(Wish::Back { save, secret }) => {
                let ask = self.app.ask_for_turned(TurnAsk::Back { save, secret }.into());
                away.backing = Some(ask.ticket);
                effects.push(Effect::Ask(Box::new(ask)));
            }
        }
        if away.screen.unsaved().is_some() && !away.autosave {
            away.autosave = true;
            effects.push(Effect::SetAlarm(Alarm::Autosave, AUTOSAVE_MS));
        }
        self.turned = Some(away);
        effects
    }

    fn lock(&mut self, away: Away, idle: bool, now: Now) -> Vec<Effect> {
        self.hand_over(&away);
        let mut effects = self.app.lock_turned(idle, now);
        effects.extend(self.after_lock(away.waits, now));
        effects
    }

    /// The desk takes over what the client marked and is not on disk: it goes into the lock with the other drafts.
    fn hand_over(&mut self, away: &Away) {
        if let Some(save) = away.screen.unsaved() {
            self.app.hold(&save);
        }
    }

    /// What waited for the desk reaches it.
    fn after_lock(&mut self, waits: Vec<Msg>, now: Now) -> Vec<Effect> {
        waits.into_iter().flat_map(|msg| self.app.update(msg, now)).collect()
    }
}

/// Whether a key locks at the turned screen.
fn locks(input: &Input) -> bool {
    matches!(input, Input::Key(press) if TurnedKey::of(*press) == Some(TurnedKey::Lock))
}

/// The ticket of an ask that turns the screen.
fn turns(effect: &Effect) -> Option<Ticket> {
    let Effect::Ask(ask) = effect else { return None };
    let Command::Turn(turn) = &ask.command else { return None };
    matches!(turn.as_ref(), TurnAsk::Turn { .. }).then_some(ask.ticket)
}

//! From a key to an action to whoever has the focus. The only place where that is decided.

use super::{App, Over};
use crate::tui::action::{Action, Kind, Scope, Typing};
use crate::tui::facts::Cx;
use crate::tui::keymap::{KeyPress, Lookup};
use crate::tui::message::{Input, Mouse};
use crate::tui::overlay::{Help, Menu, Overlay, Palette, Question};
use crate::tui::screen::{Filled, Step};
use ratatui::layout::{Position, Rect};

/// Lines the wheel moves by.
const WHEEL: usize = 3;

impl App {
    pub(super) fn input(&mut self, input: Input) {
        self.touched();
        self.sitting.line.key_pressed();
        if self.cx.is_too_small() {
            self.unseen(&input);
            return;
        }
        let page = self.done_on();
        match input {
            Input::Key(press) => self.key(press),
            Input::Burst(keys) => self.burst(&keys),
            Input::Paste(text) => {
                self.sitting.pending.clear();
                self.paste(&text);
            }
            Input::Mouse(Mouse::Click { x, y }) => self.click(Position { x, y }),
            Input::Mouse(Mouse::WheelUp) => (0..WHEEL).for_each(|_| self.focused(Action::Up)),
            Input::Mouse(Mouse::WheelDown) => (0..WHEEL).for_each(|_| self.focused(Action::Down)),
        }
        if page.is_some() && page != self.done_on() {
            self.sitting.line.changes();
        }
    }

    /// What is not drawn takes no keys, but for closing, the lock and help.
    fn unseen(&mut self, input: &Input) {
        self.sitting.pending.clear();
        let Input::Key(press) = input else { return };
        let Lookup::Run(action) = self.cx.keymap.lookup(&self.scopes(), &[*press]) else { return };
        let helping =
            matches!(self.sitting.overlays.last(), Some(over) if matches!(over.overlay, Overlay::Help(_)));
        if helping || matches!(action, Action::Quit | Action::Lock | Action::Help) {
            self.act(action);
        }
    }

    /// Where keys are read now, innermost first: derived from overlays and screen, stored nowhere.
    pub fn scopes(&self) -> Vec<Scope> {
        if let Some(over) = self.sitting.overlays.last() {
            return over.overlay.scopes();
        }
        let mut scopes = self.screens.top().scopes();
        let mode = self.screens.top().text_mode(self.cx.keymap.is_modal());
        scopes.splice(0..0, mode.scope());
        scopes
    }

    /// What keys mean here. A digit that would rank people finds, where nobody is ranked for this person; a letter writes where it
    /// begins a text, if it moves nothing.
    fn lookup(&self, pressed: &[KeyPress]) -> Lookup {
        if let [only] = pressed
            && let Some(letter) = only.text().filter(|letter| letter.is_alphabetic())
            && self.begins_text()
        {
            return match self.cx.keymap.lookup(&self.scopes(), pressed) {
                Lookup::Run(action) if action.kind() == Kind::Move => Lookup::Run(action),
                _ => Lookup::Text(letter),
            };
        }
        match (self.cx.keymap.lookup(&self.scopes(), pressed), pressed) {
            (Lookup::Run(action), [only])
                if (action.dimension().is_some() || action == Action::Whole)
                    && self.cx.never(action).is_some() =>
            {
                only.text().map_or(Lookup::Run(action), Lookup::Text)
            }
            (found, _) => found,
        }
    }

    fn key(&mut self, press: KeyPress) {
        self.sitting.pending.push(press);
        match self.lookup(&self.sitting.pending) {
            Lookup::Run(action) => {
                self.sitting.pending.clear();
                self.act(action);
            }
            Lookup::Each(actions) => {
                self.sitting.pending.clear();
                for action in actions {
                    self.act(action);
                }
            }
            Lookup::Line(number) => {
                self.sitting.pending.clear();
                self.open_line(number);
            }
            Lookup::Prefix(_) => {}
            Lookup::Text(c) => {
                self.sitting.pending.clear();
                self.text(c.encode_utf8(&mut [0; 4]));
            }
            Lookup::Nothing => {
                let pressed = std::mem::take(&mut self.sitting.pending);
                self.nothing(&pressed);
            }
        }
    }

    /// Opens the line of this number, if there is one.
    fn open_line(&mut self, number: usize) {
        let lines = match self.sitting.overlays.last() {
            Some(over) => over.overlay.lines(),
            None => self.screens.top().lines(&self.cx),
        };
        if lines.is_some_and(|lines| number > lines) {
            self.say(format!("There is no line {number}."));
            return;
        }
        self.act(Action::First);
        (1..number).for_each(|_| self.act(Action::Down));
        self.act(Action::Open);
    }

    /// Text is typed where keys are read now.
    fn is_typing(&self) -> bool {
        self.scopes().first().is_some_and(|scope| scope.typing() == Typing::Text)
    }

    /// Nothing lies over a screen on which a letter begins to write. Where a text has modes, a letter is a command first.
    fn begins_text(&self) -> bool {
        !self.cx.keymap.is_modal() && self.sitting.overlays.is_empty() && self.screens.top().begins_text()
    }

    /// A letter that finds in a list opens its find line, so that what follows is text. Says whether it did.
    fn begins_to_find(&mut self, press: KeyPress) -> bool {
        let scopes = self.scopes();
        let finds = scopes.first().is_some_and(|scope| scope.typing() == Typing::Seek) || self.begins_text();
        if let Lookup::Text(letter) = self.lookup(&[press])
            && finds
        {
            self.text(letter.encode_utf8(&mut [0; 4]));
        }
        self.is_typing()
    }

    /// Keys that came faster than anyone types: text where text is typed or found, nothing elsewhere.
    fn burst(&mut self, keys: &[KeyPress]) {
        self.sitting.pending.clear();
        let keys = match keys.split_first() {
            _ if self.is_typing() => keys,
            Some((first, rest)) if self.begins_to_find(*first) => rest,
            _ => {
                self.warn(
                    "Those keys came faster than anyone types, so none of them did anything. To paste, \
                     open a text first.",
                );
                return;
            }
        };
        for press in keys {
            // What was meant for a text ends with it: no key of a paste acts on what its line end opened.
            if !self.is_typing() {
                self.warn("Only what was before the line end was taken. The rest did nothing.");
                return;
            }
            self.key(*press);
        }
    }

    /// Does what an action says: the program's own acts here, everything else where the focus is.
    pub(super) fn act(&mut self, action: Action) {
        if self.must_wait() && !matches!(action, Action::Quit | Action::Lock | Action::Help) {
            self.say_wait();
            return;
        }
        match action {
            Action::Back => self.back(),
            Action::Quit => self.quit(),
            Action::Lock => self.lock(false),
            Action::Help if !matches!(self.sitting.overlays.last(), Some(over) if matches!(over.overlay, Overlay::Help(_))) =>
            {
                let help = Help::over(self.scopes());
                self.over(Overlay::Help(help));
            }
            Action::ActionsMenu | Action::Palette if self.cx.signed_in.is_some() => self.list_acts(action),
            _ => self.focused(action),
        }
    }

    /// The menu or the palette; the key that opened one closes it.
    fn list_acts(&mut self, action: Action) {
        if self.must_choose_first() {
            return;
        }
        let is_open = match self.sitting.overlays.last().map(|over| &over.overlay) {
            Some(Overlay::Menu(_)) => Some(Action::ActionsMenu),
            Some(Overlay::Palette(_)) => Some(Action::Palette),
            _ => None,
        };
        if is_open.is_some() {
            self.sitting.overlays.pop();
        }
        if is_open == Some(action) {
            return;
        }
        let scopes = self.scopes();
        let overlay = if action == Action::Palette {
            Overlay::Palette(Palette::over(scopes, &self.cx))
        } else {
            let over = self.sitting.overlays.last();
            Overlay::Menu(Menu::of(scopes, |action| {
                self.cx.may_do(action)
                    && self.screens.top().offers(action, &self.cx)
                    && over.is_none_or(|over| over.overlay.offers(action))
            }))
        };
        self.over(overlay);
    }

    /// Hands an action to the overlay on top, else to the screen, else does what the program does by itself.
    fn focused(&mut self, action: Action) {
        if !self.sitting.overlays.is_empty() && leads_away(action) {
            let key = self.cx.key(action, Scope::Everywhere);
            self.say(format!("{key} works when this window is closed. Esc closes it."));
            return;
        }
        if let Some(over) = self.sitting.overlays.last_mut() {
            let outcome = over.overlay.act(action, &self.cx);
            self.outcome(outcome);
            return;
        }
        let action = self.in_their_place(action);
        if let Some(why) = self.cx.never(action) {
            self.warn(why);
            return;
        }
        let id = self.screens.top_id();
        let claimed = self.screens.top().claims(action);
        if !claimed && let Some(steps) = self.by_itself(action) {
            if self.must_choose_first() {
                return;
            }
            self.take(id, steps);
            return;
        }
        let steps = self.screens.top_mut().act(action, &self.cx);
        let steps = self.or_nothing_to_act_on(action, steps);
        self.take(id, steps);
    }

    /// Whoever does not decide on danger passes it on, by the same key.
    fn in_their_place(&self, action: Action) -> Action {
        let passes_on = action == Action::RaiseNeed && self.cx.never(action).is_some();
        if passes_on && self.cx.may_do(Action::TellDanger) { Action::TellDanger } else { action }
    }

    pub(super) fn text(&mut self, text: &str) {
        if let Some(over) = self.sitting.overlays.last_mut() {
            let outcome = over.overlay.text(text, &self.cx);
            self.outcome(outcome);
            return;
        }
        let id = self.screens.top_id();
        let steps = self.screens.top_mut().text(text, &self.cx);
        self.take(id, steps);
    }

    fn paste(&mut self, text: &str) {
        let mut rest = text.chars();
        if !self.sitting.overlays.is_empty() {
            self.text(text);
        } else if self.is_typing() {
            let id = self.screens.top_id();
            let steps = self.screens.top_mut().paste(text, &self.cx);
            self.take(id, steps);
        } else if rest.next().is_some_and(|first| self.begins_to_find(KeyPress::char(first))) {
            self.paste(rest.as_str());
        } else {
            self.warn("You cannot paste here. Open a text first, then paste.");
        }
    }

    fn click(&mut self, at: Position) {
        self.sitting.pending.clear();
        let whole = Rect { x: 0, y: 0, width: self.cx.size.width, height: self.cx.size.height };
        if let Some(over) = self.sitting.overlays.last_mut() {
            let outcome = over.overlay.click(at, whole, &self.cx);
            self.outcome(outcome);
            return;
        }
        let area = self.cx.content();
        if area.contains(at) {
            let id = self.screens.top_id();
            let steps = self.screens.top_mut().click(at, area, &self.cx);
            self.take(id, steps);
        }
    }

    /// Esc, wherever it is pressed: from what is pending, from the overlay, from something within the screen, from the
    /// screen. Text that would be lost is asked for first.
    fn back(&mut self) {
        if let Some(over) = self.sitting.overlays.last() {
            if over.overlay.would_lose_text() {
                self.ask_before(true);
            } else {
                self.close_overlay();
            }
            return;
        }
        let id = self.screens.top_id();
        if let Some(steps) = self.screens.top_mut().back(&self.cx) {
            self.take(id, steps);
        } else if self.screens.is_last() {
            let key =
                self.cx.keymap.keys_for(Action::Quit, &self.scopes()).into_iter().next().unwrap_or_default();
            self.say(format!("This is the first screen. {key} closes the program."));
        } else if self.screens.top().would_lose_text() {
            self.ask_before(false);
        } else {
            self.take(id, vec![Step::Close]);
        }
    }

    /// Asks whether typed text may be thrown away: what is in the window on top, else on the screen.
    fn ask_before(&mut self, window: bool) {
        let mut lines = vec!["What you typed here has not been saved.".to_owned()];
        let kept = self.screens.top().filled().and_then(Filled::kept_anyway).filter(|_| !window);
        lines.extend(kept.map(str::to_owned));
        let leave = move |_: &Cx| vec![if window { Step::CloseOverlay } else { Step::Close }];
        let question = Question::confirm("Leave without saving?", lines, "throw it away", leave);
        self.over(Overlay::Question(Box::new(question)));
    }

    pub(super) fn over(&mut self, overlay: Overlay) {
        let owner = self.screens.top_id();
        let over = Over { overlay, owner, led: false };
        let held = self.would_cover_a_secret(None);
        if held { self.sitting.held.push(over) } else { self.sitting.overlays.push(over) }
    }
}

/// What works from every page but not from a window over one, which would be lost from sight.
fn leads_away(action: Action) -> bool {
    matches!(
        action,
        Action::NextUnfinished | Action::WorkList | Action::NewTask | Action::TellDanger | Action::Veil
    )
}

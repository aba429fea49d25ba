//! The next piece of work, from anywhere, and back to the same spot.
//!
//! Owns where a piece of work is opened: over whatever one is doing, which stays as it is. One person's chart is open once:
//! two editors of one draft would overwrite each other.

use super::App;
use crate::domain::{ClientId, Number};
use crate::rules::owed::{self, Duty};
use crate::service::api::{OwedLine, Place};
use crate::tui::action::{Action, Scope};
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::Overlay;
use crate::tui::screen::{News, ScreenId, Step};
use crate::tui::screens::chart::Chart;
use crate::tui::screens::several::SeveralScreen;
use crate::tui::screens::work::{self, WorkScreen};
use crate::tui::settings::Setting;

/// The chart that was opened for a piece of work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hop {
    screen: ScreenId,
    /// The piece, if it is one of the list of work; else something that is due.
    at: Option<(ClientId, Duty, Number)>,
}

impl App {
    /// The next piece of one's own work, after the one that is open, round the list.
    pub(super) fn next_unfinished(&mut self) -> Vec<Step> {
        let today = self.cx.today();
        let mine: Vec<&OwedLine> =
            self.cx.owed().iter().filter(|line| line.mine && line.owed.is_now(today)).collect();
        let here = self.piece_here(&mine);
        let Some(next) = owed::next(&mine, |line| &line.owed, here) else {
            return vec![Step::Say("You have no unfinished work.".to_owned())];
        };
        let key = next.key();
        if here == Some(key) {
            return vec![Step::Say("This is your only unfinished work.".to_owned())];
        }
        let steps = work::opens(next, &self.cx);
        self.sitting.unfinished = Some(key);
        steps
    }

    /// The piece of work that is open on top.
    fn piece_here(&self, mine: &[&OwedLine]) -> Option<(ClientId, Duty, Number)> {
        // A note that was owed is a draft once it is begun: what is open counts before what it was opened for.
        // What is done in no chart leaves no chart behind: the walk remembers it.
        self.draft_here(mine)
            .or_else(|| {
                self.sitting.hop.filter(|hop| hop.screen == self.screens.top_id()).and_then(|hop| hop.at)
            })
            .or(self
                .sitting
                .unfinished
                .filter(|(_, duty, _)| matches!(duty, Duty::Task | Duty::State | Duty::Second(_))))
    }

    /// The draft that is open on top, if it is one's own work.
    fn draft_here(&self, mine: &[&OwedLine]) -> Option<(ClientId, Duty, Number)> {
        let place = place_of(self.screens.top());
        let (client, draft) = (place.chart?, place.draft?);
        let unsigned = |line: &&&OwedLine| {
            matches!(line.owed.duty, Duty::Unsigned(_))
                && (line.owed.client, line.owed.number) == (client, draft)
        };
        mine.iter().find(unsigned).map(|line| (client, line.owed.duty, draft))
    }

    /// Whether a question is open, or something typed would be lost: nothing else opens then, least of all another chart below
    /// the question. Says so.
    pub(super) fn must_stay(&mut self) -> bool {
        let question = self.sitting.overlays.iter().any(|over| matches!(over.overlay, Overlay::Question(_)));
        if question {
            self.warn("Answer the question first, or leave it with Esc.");
        } else if self.screens.top().would_lose_text() {
            self.warn("Save the form first, or leave it with Esc.");
        } else {
            return false;
        }
        true
    }

    /// Opens a piece of work over what one is doing; over another such piece it takes its place.
    pub(super) fn hop(&mut self, client: ClientId, duty: Duty, number: Number) {
        if self.must_stay() {
            return;
        }
        let draft = matches!(duty, Duty::Unsigned(_)).then_some(number);
        if draft.is_some() && self.turn_back_to(client, draft) {
            return;
        }
        let mine = |line: &OwedLine| line.key() == (client, duty, number) && line.mine;
        let mine = self.cx.owed().iter().any(mine);
        let (room, opening) = work::opening(duty, number, mine);
        self.sitting.unfinished = None;
        self.open_over(client, room, opening, Some((client, duty, number)));
    }

    fn open_over(
        &mut self,
        client: ClientId,
        room: RoomName,
        opening: Opening,
        at: Option<(ClientId, Duty, Number)>,
    ) {
        if self.sitting.hop.is_some_and(|hop| hop.screen == self.screens.top_id()) && !self.screens.is_last()
        {
            self.leave_top();
            self.screens.pop();
        }
        self.close_chart_of(client);
        self.push(Box::new(Chart::over(client, room, opening)));
        self.sitting.hop = Some(Hop { screen: self.screens.top_id(), at });
    }

    /// If this draft is open in a chart below, turns back to that chart.
    fn turn_back_to(&mut self, client: ClientId, draft: Option<Number>) -> bool {
        let open = |place: &Place| place.chart == Some(client) && place.draft == draft;
        if !self.screens.iter().any(|(_, screen)| open(&place_of(screen))) {
            return false;
        }
        while !open(&place_of(self.screens.top())) && !self.screens.is_last() {
            self.leave_top();
            self.screens.pop();
        }
        true
    }

    /// Goes home and runs an act there. Drafts are left, and stay; a form with typed text is not left.
    pub(super) fn run_at_home(&mut self, action: Action) {
        self.at_home(&[News::ToPeople], action);
    }

    /// Goes home and opens the form of a setting there, with the cursor in it.
    pub(super) fn set_at_home(&mut self, setting: &Setting) {
        self.at_home(&[News::ToPeople, News::ToSetting(setting.field)], setting.form);
    }

    /// Goes home to a tab, and says what to do there.
    pub(super) fn go_to_leaf(&mut self, scope: Scope, said: String) {
        if self.hear_at_home(&[News::ToLeaf(scope)]) && !said.is_empty() {
            self.say(said);
        }
    }

    fn at_home(&mut self, news: &[News<'_>], action: Action) {
        if self.hear_at_home(news) {
            self.act(action);
        }
    }

    /// Goes home and tells it this; false if one has to stay.
    fn hear_at_home(&mut self, news: &[News<'_>]) -> bool {
        if self.must_choose_first() || !self.go_home() {
            return false;
        }
        for one in news {
            let (id, cx) = (self.screens.top_id(), &self.cx);
            let steps = self.screens.top_mut().hears(one, cx);
            self.take(id, steps);
        }
        true
    }

    /// Goes to a page over what one is doing, and says what to do there.
    pub(super) fn go_to_page(&mut self, page: Action, said: String) {
        if self.must_choose_first() || !self.leave_windows() {
            return;
        }
        self.act(page);
        if !said.is_empty() {
            self.say(said);
        }
    }

    /// Puts away what is only read: something else was chosen to be done.
    pub(super) fn put_away_what_is_read(&mut self) {
        let is_read = |over: &super::Over| matches!(over.overlay, Overlay::Message(_) | Overlay::Help(_));
        while self.sitting.overlays.last().is_some_and(is_read) {
            self.sitting.overlays.pop();
        }
    }

    /// Closes every window over the page; false if that would lose typed text.
    fn leave_windows(&mut self) -> bool {
        if self.sitting.overlays.iter().any(|over| over.overlay.would_lose_text()) {
            self.warn("Save what is typed here first, or leave it with Esc.");
            return false;
        }
        self.sitting.overlays.clear();
        true
    }

    /// Leaves what is open above home; false if that would lose typed text.
    pub(super) fn go_home(&mut self) -> bool {
        if !self.leave_windows() {
            return false;
        }
        while !self.screens.is_last() {
            if self.screens.top().would_lose_text() {
                self.warn("Save the form first, or leave it with Esc.");
                return false;
            }
            self.leave_top();
            self.screens.pop();
        }
        true
    }

    /// Leaves what lies on top of the list that a chart is opened from.
    pub(super) fn close_above_list(&mut self) {
        while !self.screens.top().stays_below_a_chart() && !self.screens.is_last() {
            self.leave_top();
            self.screens.pop();
        }
    }

    /// Leaves this person's chart, wherever it is open, and what lies over it.
    pub(super) fn close_chart_of(&mut self, client: ClientId) {
        let of = |place: &Place| place.chart == Some(client);
        while !self.screens.is_last() && self.screens.iter().any(|(_, screen)| of(&place_of(screen))) {
            self.leave_top();
            self.screens.pop();
        }
    }

    /// The list of what is still to be done, over what one is doing; once.
    pub(super) fn work_list(&mut self) -> Vec<Step> {
        if self.screens.top().scopes().contains(&Scope::Work) {
            return Vec::new();
        }
        if self.screens.top().would_lose_text() {
            return vec![Step::Warn("Save the form first, or leave it with Esc.".to_owned())];
        }
        vec![Step::Push(Box::new(WorkScreen::default()))]
    }

    /// Several to be signed. Open drafts are left first: what is signed is what is on disk.
    pub(super) fn sign_several(&mut self) -> Vec<Step> {
        if self.screens.top().would_lose_text() {
            return vec![Step::Warn("Save the form first, or leave it with Esc.".to_owned())];
        }
        if !SeveralScreen::is_needed(&self.cx) {
            return vec![Step::Say("Nothing waits for your signature.".to_owned())];
        }
        while !self.screens.is_last()
            && self.screens.iter().any(|(_, screen)| place_of(screen).chart.is_some())
        {
            self.leave_top();
            self.screens.pop();
        }
        vec![Step::Push(Box::new(SeveralScreen::new(&self.cx)))]
    }
}

pub(super) fn place_of(screen: &dyn crate::tui::screen::View) -> Place {
    let mut place = Place::default();
    screen.place(&mut place);
    place
}

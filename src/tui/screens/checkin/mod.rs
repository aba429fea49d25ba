//! A check-in at the end of a session: one's own guess first, which is hidden then, and the client's answers.
//!
//! Owns what is typed. The client's column stays closed until the guess has its numbers or was left out, so that no guess is made after
//! the answers are known. The client may see the screen: a guess shows as *typed* from then on.

mod respondent;
mod view;

use crate::domain::ClientId;
use crate::domain::{Alert, CheckIn, HowTaken, Hundredths, Number, Reply, StaffId};
use crate::packs::Instrument;
use crate::rules::alliance::{CHECK_IN, QUESTIONS, form_for, question_for};
use crate::rules::measured;
use crate::service::api::{Answer, ChartView, FormKind, FormPlace, HeardAsk, Place};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::wait;
use crate::tui::screen::{Filled, Step, View, next_or_save};
use crate::tui::screens::chart::alliance::answering;
use crate::tui::screens::who;
use crate::tui::widgets::frame::Header;
use crate::tui::widgets::line::Line as Typed;
use ratatui::Frame;
use ratatui::layout::Rect;

/// Where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// How it is taken.
    How,
    /// Who answers.
    Who,
    /// Whom it is about.
    About,
    /// Which question closes it.
    Question,
    /// One's own guess of this item.
    Guess(usize),
    /// The client's answer to this item.
    Client(usize),
    /// The words to the open question; Enter saves there.
    Words,
}

/// A check-in that is taken.
#[derive(Debug)]
pub struct CheckInScreen {
    client: ClientId,
    name: String,
    header: Header,
    checkin: CheckIn,
    /// Who answers, by their place among those who can.
    who: usize,
    /// The form for the client's age.
    usual: String,
    /// The guess was left out.
    no_guess: bool,
    /// Client's answers that were given or passed on purpose.
    seen: Vec<bool>,
    words: Typed,
    focus: Focus,
    changed: bool,
    busy: bool,
}

/// The answer that a key is, if the form has it.
fn key_of(typed: &str, cx: &Cx) -> Option<Hundredths> {
    let measure = cx.measure(CHECK_IN)?;
    let item = measure.items.first()?;
    Hundredths::parse(typed).filter(|key| measure.answers_of(item).worth(*key).is_some())
}

/// The form for people under 18 has words of its own.
fn form_of(measure: &Instrument, chart: &ChartView, cx: &Cx) -> String {
    form_for(measure, measured::age_on(chart.client.value.birth, cx.today()))
}

/// The open alert that rests on the newest check-in, if one does.
fn opened(chart: &ChartView) -> Option<Number> {
    let newest = chart.checkins.iter().map(|kept| kept.value.number).max()?;
    let rests = |alert: &Alert| {
        alert.is_open()
            && alert.measure == CHECK_IN
            && alert.facts.last().is_some_and(|one| one.source == newest)
    };
    chart.alerts.iter().map(|kept| &kept.value).find(|alert| rests(alert)).map(|alert| alert.number)
}

/// The step that opens a check-in over the chart.
pub(in crate::tui) fn step(chart: &ChartView, header: Header, cx: &Cx) -> Vec<Step> {
    let Some(measure) = cx.measure(CHECK_IN) else { return Vec::new() };
    let form = form_of(measure, chart, cx);
    let answers = respondent::blank(measure, &form);
    let checkin = CheckIn {
        client: chart.client.value.id,
        on: cx.today(),
        about: cx.me().unwrap_or_default(),
        answered_by: "client".to_owned(),
        form: form.clone(),
        how: HowTaken::Aloud,
        guess: answers.clone(),
        question: question_for(chart.ways.as_ref().map(|kept| &kept.value)).to_owned(),
        answers,
        ..CheckIn::default()
    };
    let screen = CheckInScreen {
        client: checkin.client,
        name: chart.client.value.header_name(),
        header,
        seen: vec![false; checkin.answers.len()],
        checkin,
        who: 0,
        usual: form,
        no_guess: false,
        words: Typed::default(),
        focus: Focus::Guess(0),
        changed: false,
        busy: false,
    };
    vec![Step::Push(Box::new(screen))]
}

impl CheckInScreen {
    fn place_of(&self) -> FormPlace {
        let title = format!("Check-in of {}", self.name);
        FormPlace { kind: FormKind::CheckIn, title, client: Some(self.client), ..FormPlace::default() }
    }

    /// Whether the guess has its numbers, or was left out.
    fn is_guessed(&self) -> bool {
        self.no_guess || self.checkin.guess.iter().all(|(_, reply)| reply.key().is_some())
    }

    /// The places in order. A guess is no place any more once an answer is there.
    fn places(&self) -> Vec<Focus> {
        let mut places = vec![Focus::How, Focus::Who, Focus::About, Focus::Question];
        if !self.no_guess && !self.seen.iter().any(|seen| *seen) {
            places.extend((0..self.checkin.guess.len()).map(Focus::Guess));
        }
        if self.is_guessed() {
            places.extend((0..self.checkin.answers.len()).map(Focus::Client));
            places.push(Focus::Words);
        }
        places
    }

    fn go(&mut self, on: bool) {
        let places = self.places();
        let at = places.iter().position(|place| *place == self.focus).unwrap_or(0);
        let next = if on { at + 1 } else { at.saturating_sub(1) };
        self.focus = places[next.min(places.len() - 1)];
    }

    fn guess(&mut self, at: usize, typed: &str, cx: &Cx) -> Vec<Step> {
        if typed == "-" {
            self.no_guess = true;
            self.checkin.guess.iter_mut().for_each(|(_, reply)| *reply = Reply::Blank);
            self.focus = Focus::Client(0);
            return vec![Step::Say("The guess is left out. Now the client's answers.".to_owned())];
        }
        let Some(key) = key_of(typed, cx) else {
            return vec![Step::Warn("Your guess is 1 to 5. Press - to leave the guess out.".to_owned())];
        };
        self.checkin.guess[at].1 = Reply::Given(key);
        self.changed = true;
        let last = at + 1 == self.checkin.guess.len();
        self.focus = if last { Focus::Client(0) } else { Focus::Guess(at + 1) };
        Vec::new()
    }

    fn answer(&mut self, at: usize, typed: &str, cx: &Cx) -> Vec<Step> {
        let reply = match (typed, key_of(typed, cx)) {
            ("-", _) => Reply::Declined,
            (_, Some(key)) => Reply::Given(key),
            _ => return vec![Step::Warn("Press 1 to 5, or - if they would rather not say.".to_owned())],
        };
        self.checkin.answers[at].1 = reply;
        self.seen[at] = true;
        self.changed = true;
        self.go(true);
        Vec::new()
    }

    /// What a digit chooses: how it is taken, whom it is about, which question.
    fn choose(&mut self, typed: &str, cx: &Cx) -> Vec<Step> {
        let words = self.choices(cx);
        let at = typed.parse::<usize>().ok().and_then(|at| at.checked_sub(1)).filter(|at| *at < words.len());
        let Some(at) = at else { return vec![Step::Warn(format!("Press 1 to {}.", words.len()))] };
        match self.focus {
            Focus::How => self.checkin.how = HowTaken::BY_STAFF[at],
            Focus::Who => self.answered_by(at),
            Focus::About => {
                self.checkin.about = self.colleagues(cx).get(at).map_or(StaffId::default(), |one| one.0);
            }
            _ => QUESTIONS[at].clone_into(&mut self.checkin.question),
        }
        self.changed = true;
        self.go(true);
        Vec::new()
    }

    /// Whom it can be about, by digit: those who work with the client first.
    fn colleagues(&self, cx: &Cx) -> Vec<(StaffId, String)> {
        let mut all = who::sorted(cx.colleagues(), Some(self.client), cx);
        all.truncate(9);
        all
    }

    /// The words that digits choose where the cursor is.
    fn choices(&self, cx: &Cx) -> Vec<String> {
        match self.focus {
            Focus::How => HowTaken::BY_STAFF.iter().map(|how| how.words().to_owned()).collect(),
            Focus::Who => respondent::ALL.iter().map(|(words, ..)| (*words).to_owned()).collect(),
            Focus::About => self.colleagues(cx).into_iter().map(|(_, name)| name).collect(),
            Focus::Question => QUESTIONS.iter().map(|words| (*words).to_owned()).collect(),
            _ => Vec::new(),
        }
    }

    fn save(&mut self) -> Vec<Step> {
        if !self.is_guessed() {
            let at = self.checkin.guess.iter().position(|(_, reply)| reply.key().is_none()).unwrap_or(0);
            self.focus = Focus::Guess(at);
            return vec![Step::Warn("Type your own guess first, 1 to 5, or - to leave it out.".to_owned())];
        }
        if let Some(at) = self.seen.iter().position(|seen| !seen) {
            self.focus = Focus::Client(at);
            return vec![Step::Warn(
                "An answer is missing. Press - if they would rather not say.".to_owned(),
            )];
        }
        self.words.value().trim().clone_into(&mut self.checkin.words);
        if self.no_guess {
            self.checkin.guess.clear();
        }
        self.busy = true;
        vec![Step::Ask(HeardAsk::CheckIn(Box::new(self.checkin.clone())).into())]
    }
}

impl View for CheckInScreen {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::FieldText, Scope::Form]
    }

    fn header(&self, _cx: &Cx) -> Header {
        self.header.clone()
    }

    fn act(&mut self, action: Action, _cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        match (action, self.focus) {
            (Action::Submit | Action::SaveNow, _) | (Action::Choose | Action::Open, Focus::Words) => {
                return self.save();
            }
            (Action::NextField | Action::Choose | Action::Open, _) => self.go(true),
            (Action::PrevField, _) => self.go(false),
            (Action::Cancel, _) => return vec![Step::Close],
            (Action::DeleteBack | Action::ClearLine, Focus::Client(at)) => {
                self.checkin.answers[at].1 = Reply::Blank;
                self.seen[at] = false;
            }
            (_, Focus::Words) => self.changed |= self.words.act(action),
            _ => {}
        }
        Vec::new()
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::Submit | Action::SaveNow | Action::Undo | Action::Redo)
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        action != Action::ClearLine || (self.focus == Focus::Words && !self.words.value().is_empty())
    }

    fn text(&mut self, typed: &str, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        match self.focus {
            Focus::Guess(at) => return self.guess(at, typed, cx),
            Focus::Client(at) => return self.answer(at, typed, cx),
            Focus::How | Focus::Who | Focus::About | Focus::Question => return self.choose(typed, cx),
            Focus::Words => {
                self.words.insert(typed);
                self.changed = true;
            }
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        if self.focus == Focus::Words {
            return self.text(text, cx);
        }
        vec![Step::Warn("Answers are typed one by one.".to_owned())]
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        Some(self)
    }

    fn place(&self, place: &mut Place) {
        if self.changed {
            let mut fields = vec![("words".to_owned(), self.words.value().to_owned())];
            fields.push(("question".to_owned(), self.checkin.question.clone()));
            fields.push(("how".to_owned(), self.checkin.how.words().to_owned()));
            fields.push(("who".to_owned(), self.respondent().to_owned()));
            if self.no_guess {
                fields.push(("no guess".to_owned(), String::new()));
            }
            for (sign, replies) in [("?", &self.checkin.guess), ("=", &self.checkin.answers)] {
                for (at, (id, reply)) in replies.iter().enumerate() {
                    let seen = if sign == "=" { self.seen[at] } else { reply.key().is_some() };
                    if seen {
                        let word = reply.key().map_or("-".to_owned(), |key| key.to_string());
                        fields.push((format!("{sign}{id}"), word));
                    }
                }
            }
            place.typed.push(FormPlace { open: true, fields, ..self.place_of() });
        }
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        let Answer::Done(done) = answer else { return Vec::new() };
        if !std::mem::take(&mut self.busy) {
            return Vec::new();
        }
        self.changed = false;
        // An alert that it opens is asked about at once; Esc leaves it for the next note.
        let alert = done.chart.as_ref().and_then(|chart| Some((chart, opened(chart)?)));
        let asks = alert.map(|(chart, number)| answering::question(number, chart, cx));
        std::iter::once(Step::Close).chain(asks.unwrap_or_default()).collect()
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.busy = false;
        Vec::new()
    }

    fn subject(&self, _cx: &Cx) -> Option<ClientId> {
        Some(self.client)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        self.show(frame, area, cx);
    }
}

impl Filled for CheckInScreen {
    fn enter_and_save(&self) -> Option<(String, String)> {
        Some(next_or_save(self.focus == Focus::Words))
    }

    fn which(&self) -> Option<FormPlace> {
        Some(self.place_of())
    }

    fn put_back(&mut self, typed: &FormPlace) {
        let who = typed.fields.iter().find(|(name, _)| name == "who");
        let who = who.and_then(|(_, value)| respondent::ALL.iter().position(|(words, ..)| words == value));
        self.answered_by(who.unwrap_or(0));
        for (name, value) in &typed.fields {
            match name.as_str() {
                "words" => self.words.set(value),
                "question" => self.checkin.question.clone_from(value),
                "no guess" => self.no_guess = true,
                "how" => {
                    let how = HowTaken::BY_STAFF.into_iter().find(|how| how.words() == value);
                    self.checkin.how = how.unwrap_or_default();
                }
                _ => {}
            }
            let reply = Hundredths::parse(value).map_or(Reply::Declined, Reply::Given);
            let at = |id: &str| self.checkin.answers.iter().position(|(item, _)| item == id);
            if let Some(at) = name.strip_prefix('?').and_then(at) {
                self.checkin.guess[at].1 = reply;
            } else if let Some(at) = name.strip_prefix('=').and_then(at) {
                self.checkin.answers[at].1 = reply;
                self.seen[at] = true;
            }
        }
        self.focus = self.places().into_iter().find(|place| self.is_open(*place)).unwrap_or(Focus::Words);
        if !self.is_guessed() {
            let at = self.checkin.guess.iter().position(|(_, reply)| reply.key().is_none()).unwrap_or(0);
            self.focus = Focus::Guess(at);
        }
        self.changed = true;
    }

    fn is_changed(&self) -> bool {
        self.changed
    }
}

impl CheckInScreen {
    /// Whether something is still to be typed in a place.
    fn is_open(&self, place: Focus) -> bool {
        matches!(place, Focus::Client(at) if !self.seen[at])
    }
}

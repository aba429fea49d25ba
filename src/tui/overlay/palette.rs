//! Every act by words, each with its key, and every person on the list (Ctrl-P).

use super::Outcome;
use super::ways::{self, has_page, is_of_chart, label};
use crate::domain::ClientId;
use crate::tui::action::{Action, Kind, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::screen::Step;
use crate::tui::settings::{self, Setting};
use crate::tui::theme::Role;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::line::Line as Typed;
use crate::tui::widgets::narrow;
use crate::tui::widgets::window;
use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// What the palette can run.
#[derive(Clone, Copy, Debug)]
enum Goal {
    Act(Action),
    /// An act of home, wherever one is: home is shown first.
    AtHome(Action),
    /// An act of another page: one is brought there, or told the way.
    Elsewhere(Action),
    /// A setting: its form, with the cursor in it.
    Set(&'static Setting),
    Person(ClientId),
}

/// One line of it.
#[derive(Clone, Debug)]
struct Found {
    goal: Goal,
    label: String,
    detail: String,
}

/// What was typed and what it finds.
#[derive(Debug)]
pub struct Palette {
    scopes: Vec<Scope>,
    typed: Typed,
    found: Vec<Found>,
    cursor: Cursor,
    /// The highlight was moved by hand since the last letter.
    moved: bool,
    /// Nothing has what was typed; the lines are only close to it.
    only_close: bool,
}

impl Found {
    /// Whether every word that was typed is a whole word of this person's name, or their record number.
    fn is_meant(&self, typed: &str, cx: &Cx) -> bool {
        let Goal::Person(client) = self.goal else { return false };
        let Some(person) = cx.person(client) else { return false };
        let whole = |word: &str| has_part(&person.summary.name, |part| part == word);
        let typed = typed.trim().to_lowercase();
        let is_number = |number: &str| typed == number.to_lowercase();
        is_number(&person.summary.record_no)
            || person.also.iter().any(|number| is_number(number))
            || typed.split_whitespace().all(whole)
    }

    /// Whether every word that was typed begins a part of this person's name.
    fn is_begun(&self, typed: &str, cx: &Cx) -> bool {
        let Goal::Person(client) = self.goal else { return false };
        let typed = typed.trim().to_lowercase();
        cx.person(client).is_some_and(|person| {
            typed.split_whitespace().all(|word| has_part(&person.summary.name, |part| part.starts_with(word)))
        })
    }
}

/// Whether a part of a name is so.
fn has_part(name: &str, is_so: impl Fn(&str) -> bool) -> bool {
    name.to_lowercase().split([' ', '-', ',']).any(is_so)
}

const WIDTH: u16 = 70;
/// No more people than anyone would look through.
const PEOPLE: usize = 50;
/// Acts of other pages are found from so many letters on.
const LEAST_ELSEWHERE: usize = 3;
/// Fewer letters than this are close to everything.
const LEAST_CLOSE: usize = 4;

impl Palette {
    /// The palette over these scopes, innermost first.
    pub fn over(scopes: Vec<Scope>, cx: &Cx) -> Self {
        let mut palette = Self {
            scopes,
            typed: Typed::default(),
            found: Vec::new(),
            cursor: Cursor::default(),
            moved: false,
            only_close: false,
        };
        palette.find(cx);
        palette
    }

    /// Whoever raises danger here does not pass it on.
    fn is_raised(&self, act: Action, cx: &Cx) -> bool {
        act == Action::TellDanger && self.is_here(Action::RaiseNeed) && cx.may_do(Action::RaiseNeed)
    }

    /// Whether it can be run where one is.
    fn is_here(&self, act: Action) -> bool {
        !matches!(act.kind(), Kind::Text | Kind::Rate)
            && act != Action::Palette
            && self.scopes.iter().any(|scope| act.allowed_in(*scope))
    }

    /// What is offered where nothing else is found: acts that have some of the words, the most first; else acts whose words hold what
    /// was typed letter by letter in this order (`bckup`, `setings`). Never the ones that close the program or the desk.
    fn close(&self, typed: &str, cx: &Cx) -> Vec<Found> {
        if typed.trim().chars().count() < LEAST_CLOSE {
            return Vec::new();
        }
        let here: Vec<Action> = Action::all()
            .filter(|act| act.kind() != Kind::System && (self.is_here(*act) || is_of_home(*act)))
            .filter(|act| act.menu().is_listed() && cx.may_do(*act))
            .collect();
        let some = best(&here, |act| {
            let words = typed.split_whitespace().filter(|word| word.chars().count() >= LEAST_CLOSE);
            i64::try_from(words.filter(|word| begins(word, act)).count()).ok()
        });
        let (acts, why) = if some.is_empty() {
            let matcher = SkimMatcherV2::default();
            let score = |act: Action| {
                let words = format!("{} {}", act.help(), act.words());
                words.split_whitespace().filter_map(|word| matcher.fuzzy_match(word, typed.trim())).max()
            };
            (best(&here, score), "close to what you typed")
        } else {
            (some, "some of these words")
        };
        let goal = |act| if self.is_here(act) { Goal::Act(act) } else { Goal::AtHome(act) };
        let shown = |act: Action| Found { goal: goal(act), label: label(act, cx), detail: why.to_owned() };
        acts.into_iter().take(PEOPLE).map(shown).collect()
    }

    /// Acts of other pages that have what was typed, the best first.
    fn elsewhere(&self, typed: &str, cx: &Cx) -> Vec<Found> {
        if typed.trim().chars().count() < LEAST_ELSEWHERE {
            return Vec::new();
        }
        let fit = |act: Action| {
            let fit = narrow::fit(typed, [&label(act, cx), act.words(), ""]);
            fit.filter(|fit| *fit < narrow::Fit::Within)
        };
        let mut acts: Vec<(narrow::Fit, Action)> = Action::all()
            .filter(|act| !self.is_here(*act) && !is_of_home(*act) && !act.scopes()[0].asks())
            .filter(|act| act.menu().is_listed() || act.kind() == Kind::Open && !act.words().is_empty())
            .filter(|act| act.kind() != Kind::Text && cx.may_do(*act))
            .filter_map(|act| Some((fit(act)?, act)))
            .collect();
        acts.sort_by_key(|(fit, _)| *fit);
        let found = |act: Action| Found {
            goal: Goal::Elsewhere(act),
            label: label(act, cx),
            detail: match act.scopes()[0] {
                scope if is_of_chart(scope) => {
                    format!("{} in a chart", cx.key(act, scope)).trim_start().to_owned()
                }
                scope if has_page(scope) => "goes there first".to_owned(),
                _ => "on another page".to_owned(),
            },
        };
        acts.into_iter().map(|(_, act)| found(act)).collect()
    }

    fn find(&mut self, cx: &Cx) {
        let typed = self.typed.value().to_owned();
        let fit = |act: Action| narrow::fit(&typed, [&label(act, cx), act.words(), ""]);
        self.found = Action::all()
            .filter(|act| self.is_here(*act) && fit(*act).is_some() && cx.may_do(*act))
            .filter(|act| !self.is_raised(*act, cx))
            .filter_map(|act| {
                let key = cx.keymap.keys_for(act, &self.scopes).into_iter().next();
                let listed = key.is_some() || act.menu().is_listed();
                listed.then(|| Found {
                    goal: Goal::Act(act),
                    label: label(act, cx),
                    detail: key.unwrap_or_default(),
                })
            })
            .collect();
        let home = Action::all().filter(|act| !self.is_here(*act) && is_of_home(*act));
        let home = home.filter(|act| fit(*act).is_some() && cx.may_do(*act)).map(|act| Found {
            goal: Goal::AtHome(act),
            label: label(act, cx),
            detail: "goes to People first".to_owned(),
        });
        self.found.extend(home.collect::<Vec<_>>());
        let settings = settings::found(&typed, cx);
        // A setting that fits as well as the form it is in takes its place.
        self.found.retain(|found| match found.goal {
            Goal::Act(act) | Goal::AtHome(act) => {
                !settings.iter().any(|(own, setting)| setting.form == act && Some(*own) <= fit(act))
            }
            _ => true,
        });
        self.found.extend(settings.iter().map(|(_, setting)| Found {
            goal: Goal::Set(setting),
            label: setting.name.to_owned(),
            detail: "goes to the setting".to_owned(),
        }));
        self.found = narrow::sorted(self.found.drain(..), |found| {
            let fit = match found.goal {
                Goal::Act(act) | Goal::AtHome(act) => fit(act),
                Goal::Set(setting) => setting.fit(&typed),
                Goal::Elsewhere(_) | Goal::Person(_) => None,
            };
            // Of lines that fit alike, the one that is called so comes before one that has the word among others.
            Some((fit?, !narrow::is_called(&typed, &found.label)))
        });
        self.found.extend(self.elsewhere(&typed, cx));
        if !typed.trim().is_empty() {
            self.find_people(&typed, cx);
        }
        self.cursor = Cursor::default();
        self.moved = false;
    }

    /// The people with these words in their names: those who are called so before the acts, the others behind them.
    fn find_people(&mut self, typed: &str, cx: &Cx) {
        let hits = cx.find_people(typed);
        let person = |at: usize, why: &str| {
            let summary = &cx.people().get(at)?.summary;
            Some(Found {
                goal: Goal::Person(summary.client),
                label: match cx.found_as(summary, typed).as_str() {
                    "" => cx.listed(&summary.name).into_owned(),
                    other => format!("{}, {other}", cx.listed(&summary.name)),
                },
                detail: format!("{}  {why}", summary.record_no),
            })
        };
        let of = |places: Vec<usize>, why: &str| -> Vec<Found> {
            places.into_iter().take(PEOPLE).filter_map(|at| person(at, why)).collect()
        };
        let (people, close) = (of(hits.found, "open the chart"), of(hits.loose, "a close name"));
        let (named, others): (Vec<Found>, Vec<Found>) =
            people.into_iter().partition(|found| found.is_meant(typed, cx));
        let acts = std::mem::take(&mut self.found);
        self.found = named.into_iter().chain(acts).chain(others).collect();
        self.only_close = self.found.is_empty();
        if self.only_close {
            self.found = self.close(typed, cx);
        }
        // As on People, names that are only close come last.
        self.found.extend(close);
    }

    pub(super) fn text(&mut self, typed: &str, cx: &Cx) {
        self.typed.insert(typed);
        self.find(cx);
    }

    pub(super) fn act(&mut self, action: Action, cx: &Cx) -> Outcome {
        if self.cursor.act(action, self.found.len(), 8) {
            self.moved = true;
            return Outcome::Stay;
        }
        if matches!(action, Action::Open | Action::Choose | Action::Submit) {
            if self.is_chosen(cx) {
                return self.run(self.cursor.at, cx);
            }
            let say = "Nothing is chosen yet. Press Down to choose, then Enter.".to_owned();
            return if self.found.is_empty() { Outcome::Stay } else { Outcome::With(vec![Step::Say(say)]) };
        }
        if self.typed.act(action) {
            self.find(cx);
        }
        Outcome::Stay
    }

    /// Whether Enter takes the highlighted line. Nothing is taken before anything was typed, a person is taken unseen only by a
    /// whole word of the name, by the record number, or by its beginning if nothing else is found, and what leaves or writes at once only by its own name.
    fn is_chosen(&self, cx: &Cx) -> bool {
        let typed = self.typed.value();
        self.moved
            || self.found.get(self.cursor.at).is_some_and(|found| match found.goal {
                Goal::Person(_) => {
                    found.is_meant(typed, cx) || (self.found.len() == 1 && found.is_begun(typed, cx))
                }
                Goal::Elsewhere(_) => true,
                Goal::Set(_) => !typed.trim().is_empty(),
                Goal::Act(act) | Goal::AtHome(act) => {
                    let typed = typed.trim();
                    !typed.is_empty()
                        && !self.only_close
                        && (!acts_at_once(act) || typed.eq_ignore_ascii_case(act.name()))
                }
            })
    }

    fn run(&self, at: usize, cx: &Cx) -> Outcome {
        match self.found.get(at).map(|found| found.goal) {
            None => Outcome::Stay,
            Some(Goal::Act(act)) => Outcome::Take(vec![Step::Run(act)]),
            Some(Goal::AtHome(act)) => Outcome::Take(vec![Step::AtHome(act)]),
            Some(Goal::Set(setting)) => Outcome::Take(vec![Step::Set(setting)]),
            Some(Goal::Elsewhere(act)) => Outcome::Take(ways::go(act, &self.scopes, cx)),
            Some(Goal::Person(client)) => {
                let room = RoomName::Overview;
                Outcome::Take(vec![Step::OpenChart { client, room, opening: Opening::Chart }])
            }
        }
    }

    fn rows(&self, area: Rect) -> Rect {
        let inner = window::inner(Self::frame(area));
        window::list(
            Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner },
            self.found.len(),
        )
    }

    fn frame(area: Rect) -> Rect {
        window::place(area, WIDTH, 15)
    }

    pub(super) fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Outcome {
        let rows = self.rows(area);
        let window = self.cursor.window(self.found.len(), usize::from(rows.height));
        if !rows.contains(at) || usize::from(at.y - rows.y) >= window.len() {
            return Outcome::Stay;
        }
        self.run(window.start + usize::from(at.y - rows.y), cx)
    }

    pub(super) fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let inner = window::window_at(frame, Self::frame(area), cx, "Find anything");
        self.typed.draw(frame, Rect { height: 1.min(inner.height), ..inner }, true, cx);
        if self.typed.is_empty() {
            let hint = Span::styled("  words of what you want to do, or a name", cx.theme.style(Role::Dim));
            frame.render_widget(hint, Rect { height: 1.min(inner.height), ..inner });
        }
        let rows = self.rows(area);
        let window = self.cursor.window(self.found.len(), usize::from(rows.height));
        let lines = self.found[window.clone()].iter().enumerate().map(|(n, found)| {
            let selected = window.start + n == self.cursor.at && self.is_chosen(cx);
            window::row(
                &crate::tui::text::line(&found.label),
                &found.detail,
                usize::from(rows.width),
                selected,
                cx,
            )
        });
        let lines: Vec<_> = lines.collect();
        window::sign(frame, rows, &window, self.found.len(), cx);
        window::lines(frame, rows, if lines.is_empty() { nothing_found(cx) } else { lines });
    }
}

/// What is said where nothing has what was typed. Words of notes are looked for in one chart.
fn nothing_found(cx: &Cx) -> Vec<ratatui::text::Line<'static>> {
    let (room, find) = (cx.key(Action::RoomNotes, Scope::Chart), cx.key(Action::FindInNotes, Scope::Notes));
    vec![
        "Nothing to do has these words, and no person has this name.".into(),
        format!("To look for words in the notes of a chart press {room} there, then {find}.").into(),
    ]
}

/// What leaves, or writes without a question.
fn acts_at_once(act: Action) -> bool {
    matches!(act, Action::Quit | Action::Lock | Action::Undo | Action::Redo)
}

/// Whether a word of this act begins with the word.
fn begins(word: &str, act: Action) -> bool {
    narrow::fit(word, [act.help(), act.words(), ""]).is_some_and(|fit| fit < narrow::Fit::Within)
}

/// Those that have a worth above none, the best first.
fn best(acts: &[Action], worth: impl Fn(Action) -> Option<i64>) -> Vec<Action> {
    let mut found: Vec<(i64, Action)> =
        acts.iter().filter_map(|act| Some((worth(*act)?, *act))).filter(|(worth, _)| *worth > 0).collect();
    found.sort_by_key(|(worth, _)| std::cmp::Reverse(*worth));
    found.into_iter().map(|(_, act)| act).collect()
}

/// Whether it is an act of home that speaks of nobody in particular.
fn is_of_home(act: Action) -> bool {
    let listed = act.menu().is_listed() || act.dimension().is_some();
    listed && act.scopes().contains(&Scope::Home) && !act.scopes().contains(&Scope::Chart)
}

#[cfg(test)]
mod tests {
    use super::super::ways::{needs_no_line, page_of};
    use super::*;
    use crate::tui::app::rig::{self, Rig};
    use Action as A;

    #[test]
    fn what_leaves_or_writes_at_once_is_chosen_by_hand_or_by_its_name() {
        let rig = Rig::home();
        let runs = |typed: &str, down: bool| {
            let mut palette = Palette::over(vec![Scope::Home, Scope::Everywhere], rig.cx());
            palette.text(typed, rig.cx());
            if down {
                let _ = palette.act(Action::Down, rig.cx());
                let _ = palette.act(Action::Up, rig.cx());
            }
            matches!(palette.act(Action::Open, rig.cx()), Outcome::Take(_))
        };
        for words in ["exit", "log out", "oops", "again", "setngs of mine"] {
            assert!(!runs(words, false), "{words}");
            assert!(runs(words, true), "{words} by hand");
        }
        for words in ["quit", "Lock", "undo", "settings"] {
            assert!(runs(words, false), "{words}");
        }
    }

    /// What the first line found by these words runs.
    fn first(words: &str) -> Option<Action> {
        first_in(Scope::Home, words)
    }

    fn first_in(scope: Scope, words: &str) -> Option<Action> {
        first_of(Rig::home().cx(), scope, words)
    }

    fn first_of(cx: &Cx, scope: Scope, words: &str) -> Option<Action> {
        let mut palette = Palette::over(vec![scope, Scope::Everywhere], cx);
        palette.text(words, cx);
        match palette.found.first()?.goal {
            Goal::Act(act) | Goal::AtHome(act) | Goal::Elsewhere(act) => Some(act),
            Goal::Set(setting) => Some(setting.form),
            Goal::Person(_) => None,
        }
    }

    #[test]
    fn a_slip_of_the_finger_finds_what_is_close_and_no_person() {
        let found = |typed: &str| {
            let mut rig = Rig::home();
            rig.keys("ctrl-p").types(typed);
            rig.screen()
        };
        let screen = found("setings");
        assert!(
            screen.contains("Open the settings") && screen.contains("close to what you typed"),
            "{screen}"
        );
        assert!(!found("qit").contains("Close Concord"), "three letters are too few");
        assert!(!found("espnoza").contains("open the chart"));
    }

    #[test]
    fn acts_and_settings_are_found_by_the_words_people_use() {
        let sought = [
            ("theme", A::Settings),
            ("colour", A::Settings),
            ("color", A::Settings),
            ("light", A::Settings),
            ("dark", A::Settings),
            ("keymap", A::Settings),
            ("vim", A::Settings),
            ("font size", A::HowTo),
            ("larger", A::HowTo),
            ("backup", A::BackUp),
            ("stick", A::HowTo),
            ("hours", A::AgencyRules),
            ("rules", A::AgencyRules),
            ("week", A::Week),
            ("access hours", A::AgencyRules),
            ("lock after", A::AgencyRules),
            ("help now", A::AgencyRules),
            ("password", A::ChangePassphrase),
            ("change my password", A::ChangePassphrase),
            ("lost", A::HowTo),
            ("release of information", A::HowTo),
            ("discharge", A::Admit),
            ("end", A::Admit),
            ("dark mode", A::Settings),
            ("phone number", A::Find),
            ("relapse", A::Dimension5),
            ("log out", A::Lock),
            ("exit", A::Quit),
            ("new client", A::RegisterPerson),
            ("appointment", A::PlanSession),
            ("break glass", A::OthersInAgency),
            ("vacation", A::CoverBoard),
            ("reminder", A::NewTask),
            ("snippet", A::Phrases),
            ("hide names", A::Veil),
            ("progress note", A::NewNote),
        ];
        for (words, action) in sought {
            assert_eq!(first(words), Some(action), "{words}");
        }
    }

    #[test]
    fn another_forty_words_people_use_find_what_they_mean() {
        let sought = [
            ("my team", A::ChooseShown),
            ("supervisees", A::ChooseShown),
            ("whose", A::ChooseShown),
            ("schedule", A::PlanSession),
            ("book", A::PlanSession),
            ("calendar", A::Week),
            ("timetable", A::Week),
            ("new patient", A::RegisterPerson),
            ("referral", A::RegisterPerson),
            ("caller", A::RegisterPerson),
            ("enroll", A::Admit),
            ("demographics", A::EditPerson),
            ("guardian", A::EditPerson),
            ("leaver", A::LeavingOrAway),
            ("resign", A::LeavingOrAway),
            ("hand over", A::LeavingOrAway),
            ("substitute", A::CoverBoard),
            ("co-sign", A::WorkList),
            ("owed", A::NextUnfinished),
            ("batch", A::SignSeveral),
            ("users", A::Staff),
            ("add user", A::Staff),
            ("new counselor", A::Staff),
            ("reset password", A::Staff),
            ("unlock", A::SetPin),
            ("oops", A::Undo),
            ("repeat", A::Redo),
            ("crisis line", A::AgencyRules),
            ("programs", A::AgencyRules),
            ("timeout", A::AgencyRules),
            ("boilerplate", A::Phrases),
            ("dictionary", A::Words),
            ("sort", A::Settings),
            ("shortcuts", A::Help),
            ("follow up", A::NewTask),
            ("restore", A::HowTo),
            ("export", A::HowTo),
            ("find client", A::Find),
            ("initials", A::Veil),
            ("withdrawal", A::Dimension1),
        ];
        for (words, action) in sought {
            assert_eq!(first(words), Some(action), "{words}");
        }
    }

    #[test]
    fn what_is_done_on_another_page_is_found_from_anywhere_and_the_way_is_told() {
        let sought = [
            ("overdose", A::RaiseNeed),
            ("911", A::RaiseNeed),
            ("self-harm", A::RaiseNeed),
            ("suicide", A::Triage),
            ("no show", A::SessionMissed),
            ("cancel", A::SessionCancelled),
            ("cancelled", A::SessionCancelled),
            ("arrived", A::SessionArrived),
            ("check in", A::SessionArrived),
            ("reschedule", A::MoveSession),
            ("merge", A::SamePerson),
            ("duplicate", A::SamePerson),
            ("print", A::MakePage),
            ("pdf", A::MakePage),
            ("diagnosis", A::RoomBackground),
            ("treatment plan", A::RoomPlan),
            ("assessment grid", A::RoomGrid),
            ("amend", A::Amend),
            ("wrong chart", A::MoveDraft),
            ("co-signature", A::EditStaff),
            ("deactivate", A::DisableStaff),
            ("delegate", A::EditTask),
            ("deadlines", A::DueRules),
        ];
        for (words, action) in sought {
            let rig = Rig::home();
            let mut palette = Palette::over(vec![Scope::Home, Scope::Everywhere], rig.cx());
            palette.text(words, rig.cx());
            let acts = palette.found.iter().filter_map(|found| match found.goal {
                Goal::Act(act) | Goal::AtHome(act) | Goal::Elsewhere(act) => Some(act),
                Goal::Set(setting) => Some(setting.form),
                Goal::Person(_) => None,
            });
            let acts: Vec<Action> = acts.take(4).collect();
            assert!(acts.contains(&action), "{words}: {acts:?}");
        }
        let mut rig = Rig::home();
        rig.keys("ctrl-p").types("overdose").sees("in a chart").sees("Pass on that a person is in danger");
        rig.keys("esc ctrl-p").types("raise an immediate need").sees("in a chart");
        rig.keys("enter");
        rig.sees("Open the person's chart first, then press !.");
    }

    #[test]
    fn an_act_of_another_page_goes_there_and_does_it() {
        let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
        session.staff.roles.push(crate::domain::Role::Admin);
        let admin = || {
            let mut rig = Rig::closed();
            rig.keys("r o s a tab x enter");
            rig.answer(crate::service::api::Answer::SignedIn(Box::new(session.clone())));
            rig
        };
        let mut rig = admin();
        rig.keys("ctrl-p").types("add a person to the staff").keys("enter");
        rig.sees("Add to the staff").sees("First passphrase");
        let mut rig = admin();
        rig.keys("ctrl-p").types("right to sign in").keys("enter");
        rig.sees("Staff").sees("Choose a line if it is about one");
        for (words, found) in [("staff", A::Staff), ("passphrase", A::ChangePassphrase)] {
            assert_eq!(first_of(admin().cx(), Scope::Chart, words), Some(found), "{words}");
        }
        for words in ["restore", "verify", "spreadsheet", "import"] {
            assert_eq!(first_of(admin().cx(), Scope::Home, words), Some(A::HowTo), "{words}");
        }
        assert_eq!(first_of(admin().cx(), Scope::Chart, "counselor"), Some(A::LeavingOrAway));
    }

    /// Rosa, who may do everything, on the list of people.
    fn with_every_role() -> Rig {
        let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
        session.staff.roles = crate::domain::Role::ALL.to_vec();
        let mut rig = Rig::closed();
        rig.keys("r o s a tab x enter");
        rig.answer(crate::service::api::Answer::SignedIn(Box::new(session)));
        rig
    }

    #[test]
    fn every_act_of_a_page_that_can_be_gone_to_goes_there() {
        let mut tried = 0;
        for act in Action::all().filter(|act| act.menu().is_listed() && act.kind() != Kind::Text) {
            let scope = act.scopes()[0];
            let opens = match page_of(scope) {
                Some(A::Staff) => Scope::Staff,
                Some(A::Groups) => Scope::Groups,
                _ if has_page(scope) => scope,
                _ => continue,
            };
            let mut rig = with_every_role();
            if is_of_home(act) || act.allowed_in(Scope::Home) || !rig.cx().may_do(act) {
                continue;
            }
            tried += 1;
            rig.keys("ctrl-p").types(act.help()).keys("down up enter");
            rig.sees_not("Go to \"");
            if !needs_no_line(act) {
                assert!(
                    rig.page_scopes().contains(&opens),
                    "{act}: {:?}\n{}",
                    rig.page_scopes(),
                    rig.screen()
                );
                rig.sees("press");
            }
        }
        assert!(tried > 30, "{tried}");
    }

    #[test]
    fn every_place_that_is_found_at_home_opens() {
        for act in Action::all().filter(|act| act.kind() == Kind::Open && act.menu().is_listed()) {
            let mut rig = with_every_role();
            if !act.allowed_in(Scope::Home) || !rig.cx().may_do(act) || act == A::Palette {
                continue;
            }
            let (before, asked) = (rig.screen(), rig.asked.len());
            rig.keys("ctrl-p").types(act.help()).keys("down up enter");
            assert!(rig.screen() != before || rig.asked.len() > asked, "{act} does nothing");
            rig.sees_not("Find anything");
        }
    }

    #[test]
    fn the_due_rules_are_chosen_from_anywhere() {
        let mut rig = with_every_role();
        rig.keys("ctrl-p").types("due-date rules").keys("enter").sees("Due dates: which program?");
    }

    /// The field whose setting these words find among the first two lines.
    fn setting(cx: &Cx, words: &str) -> Option<&'static str> {
        let mut palette = Palette::over(vec![Scope::Home, Scope::Everywhere], cx);
        palette.text(words, cx);
        palette.found.iter().take(2).find_map(|found| match found.goal {
            Goal::Set(setting) => Some(setting.field),
            _ => None,
        })
    }

    #[test]
    fn a_setting_is_found_by_its_words_and_opened_with_the_cursor_in_it() {
        let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
        session.staff.roles.push(crate::domain::Role::Admin);
        let mut rig = Rig::closed();
        rig.keys("r o s a tab x enter");
        rig.answer(crate::service::api::Answer::SignedIn(Box::new(session)));
        let sought = [
            ("minutes", "lock"),
            ("sign out", "lock"),
            ("timeout", "lock"),
            ("crisis line", "help1"),
            ("paper", "paper"),
            ("theme", "theme"),
            ("vim", "keymap"),
        ];
        for (words, field) in sought {
            assert_eq!(setting(rig.cx(), words), Some(field), "{words}");
        }
        rig.keys("ctrl-p").types("sort").keys("enter").sees("Your settings");
        rig.keys("enter").sees("letters narrow the list");
        rig.keys("esc esc");
    }

    #[test]
    fn what_is_owed_in_the_agency_is_found_as_page_and_as_filter() {
        let rig = Rig::home();
        for words in ["owe", "whole", "agency", "whole agency"] {
            let mut palette = Palette::over(vec![Scope::Home, Scope::Everywhere], rig.cx());
            palette.text(words, rig.cx());
            let labels: Vec<&str> = palette.found.iter().take(6).map(|found| &*found.label).collect();
            for act in [A::WorkList, A::ChooseShown] {
                assert!(labels.contains(&act.help()), "{words}: {labels:?}");
            }
        }
    }

    #[test]
    fn a_page_is_gone_to_over_what_is_only_read() {
        let mut session = rig::session(vec![rig::person(1, "Jo", "Rivera")]);
        session.staff.roles.push(crate::domain::Role::Admin);
        let mut rig = Rig::closed();
        rig.keys("r o s a tab x enter");
        rig.answer(crate::service::api::Answer::SignedIn(Box::new(session)));
        rig.keys("ctrl-p").types("how to restore").keys("down up enter");
        rig.sees("Backups, import");
        rig.keys("ctrl-p").types("give a new passphrase").keys("enter");
        rig.sees("Staff").sees("Choose a line if it is about one").sees_not("Backups, import");
    }

    #[test]
    fn everyday_words_find_the_act_they_mean() {
        let sought = [
            ("reassign", A::LeavingOrAway),
            ("assign", A::LeavingOrAway),
            ("transfer", A::LeavingOrAway),
            ("sick", A::LeavingOrAway),
            ("close case", A::Admit),
            ("close the case", A::Admit),
            ("transfer", A::Admit),
            ("death", A::Admit),
            ("readmit", A::Admit),
            ("insurance", A::HowTo),
            ("phone", A::EditPerson),
            ("moved", A::EditPerson),
            ("wrong name", A::EditPerson),
            ("walk in", A::RegisterPerson),
            ("new referral", A::RegisterPerson),
            ("absence", A::CoverBoard),
            ("on call", A::CoverBoard),
            ("caseload", A::Whole),
            ("logout", A::Lock),
            ("sign out", A::Lock),
            ("pin", A::SetPin),
            ("to do", A::WorkList),
            ("spelling", A::Words),
            ("template", A::Phrases),
            ("privacy", A::Lock),
            ("save", A::SaveNow),
            ("revert", A::Undo),
            ("help", A::Help),
        ];
        for (words, action) in sought {
            let rig = Rig::home();
            let mut palette = Palette::over(vec![Scope::Home, Scope::Everywhere], rig.cx());
            palette.text(words, rig.cx());
            let acts = palette.found.iter().filter_map(|found| match found.goal {
                Goal::Act(act) | Goal::AtHome(act) => Some(act),
                Goal::Set(setting) => Some(setting.form),
                Goal::Elsewhere(_) | Goal::Person(_) => None,
            });
            let acts: Vec<Action> = acts.take(3).collect();
            assert!(acts.contains(&action), "{words}: {acts:?}");
        }
    }

    #[test]
    fn a_chart_is_searched_by_the_words_people_use() {
        let sought = [
            ("goals", A::RoomPlan),
            ("treatment plan", A::RoomPlan),
            ("icd", A::RoomBackground),
            ("prior treatment", A::RoomBackground),
            ("suicide", A::Triage),
            ("audit", A::RoomHistory),
            ("who looked", A::RoomHistory),
            ("merge", A::SamePerson),
            ("duplicate", A::SamePerson),
            ("address", A::EditPerson),
            ("progress note", A::NewNote),
        ];
        for (words, action) in sought {
            assert_eq!(first_in(Scope::Chart, words), Some(action), "{words}");
        }
    }
}

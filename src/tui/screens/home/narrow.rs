//! People narrowed by what was heard of them, or to their first four sessions. Everything is known of the list already.

use super::Home;
use crate::domain::AlertKind;
use crate::rules::caseload::newcomer;
use crate::service::api::Person;
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::screen::{Step, Tell};

/// Whom the list is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Narrow {
    /// With any open alert.
    Alert,
    /// With an open alert of this kind.
    Kind(AlertKind),
    /// Nobody has asked them how the work goes.
    NotAsked,
    /// In their first four sessions.
    First,
    /// In a program.
    Program(String),
}

/// The keys of those that are always offered.
const FIXED: [(&str, &str, &str); 5] = [
    ("alert", "With an alert", "something was heard that nobody has answered"),
    ("worse", "Worse", "a measure is worse than at first"),
    ("gain", "No gain yet", "no reliable gain by the session by which it is looked for"),
    ("asked", "Not asked", "nobody asked how the work goes"),
    ("first", "First four sessions", "who is new, and what speaks for staying"),
];
/// Programs that are offered.
const PROGRAMS: usize = 8;

impl Narrow {
    fn of(key: &str) -> Option<Self> {
        Some(match key {
            "alert" => Self::Alert,
            "worse" => Self::Kind(AlertKind::Worse),
            "gain" => Self::Kind(AlertKind::NoGain),
            "asked" => Self::NotAsked,
            "first" => Self::First,
            other => Self::Program(other.strip_prefix("program ")?.to_owned()),
        })
    }

    /// What the line above the list says: `with an alert`.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Alert => "with an alert".to_owned(),
            Self::Kind(kind) => kind.words().to_owned(),
            Self::NotAsked => "not asked".to_owned(),
            Self::First => "first four sessions".to_owned(),
            Self::Program(name) => format!("program {name}"),
        }
    }

    fn holds(&self, person: &Person, cx: &Cx) -> bool {
        let summary = &person.summary;
        let mut open = summary.heard.alerts.iter().filter(|alert| alert.answered.is_none());
        match self {
            Self::Alert => open.next().is_some(),
            Self::Kind(kind) => open.any(|alert| alert.kind == *kind),
            Self::NotAsked => person.standing.signals.heard.unasked.is_some(),
            Self::First => newcomer(summary, cx.today()).is_some(),
            Self::Program(name) => summary.episode.as_ref().is_some_and(|episode| *episode.program == **name),
        }
    }

    /// Places on the list of those it holds for.
    pub(super) fn places(&self, cx: &Cx) -> Vec<usize> {
        let people = cx.people().iter().enumerate();
        people.filter(|(_, person)| self.holds(person, cx)).map(|(place, _)| place).collect()
    }
}

/// What can be chosen below whose people are shown.
pub(super) fn items(narrowed: Option<&Narrow>, cx: &Cx) -> Vec<Item> {
    let mut items: Vec<Item> =
        FIXED.iter().map(|(key, label, more)| Item::new(*key, *label, *more)).collect();
    let mut programs: Vec<&str> =
        cx.people().iter().filter_map(|one| one.summary.episode.as_ref()).map(|one| &*one.program).collect();
    programs.sort_unstable();
    programs.dedup();
    programs.retain(|name| !name.is_empty());
    if programs.len() > 1 {
        let of = |name: &str| Item::new(format!("program {name}"), format!("Program {name}"), "");
        items.extend(programs.into_iter().take(PROGRAMS).map(of));
    }
    let is_now = |item: &Item| narrowed.is_some() && Narrow::of(&item.key).as_ref() == narrowed;
    let mut items: Vec<Item> = items
        .into_iter()
        .map(|item| {
            let now = is_now(&item);
            item.shown_now(now)
        })
        .collect();
    if narrowed.is_some() {
        items.push(Item::new("everybody", "Not narrowed", "everybody of these again"));
    }
    items
}

/// Narrows the list as it was chosen.
pub(super) fn chosen(key: &str) -> Vec<Step> {
    let narrow = Narrow::of(key);
    vec![Tell::to(move |home: &mut Home, cx| home.narrow_to(narrow.clone(), cx))]
}

impl Home {
    /// Narrows the list, or shows everybody again.
    pub(super) fn narrow_to(&mut self, narrow: Option<Narrow>, cx: &Cx) -> Vec<Step> {
        self.narrow = narrow.map(|narrow| (narrow.places(cx), narrow));
        self.refreshed(cx);
        match &self.narrow {
            Some((places, narrow)) if places.is_empty() => {
                vec![Step::Say(format!(
                    "Nobody on this list: {}. Esc shows everybody again.",
                    narrow.words()
                ))]
            }
            _ => Vec::new(),
        }
    }
}

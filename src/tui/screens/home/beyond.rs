//! What home asks for beyond its leaves: one's own settings, the agency's rules, people beyond one's own.

use super::{Home, Purpose};
use crate::domain::AccessReason;
use crate::service::api::{Command, Done, Door, HouseAsk, PeopleList};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Given, Item, Overlay, Picker, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose as Asked;
use crate::tui::screens::chart::asking::again;
use crate::tui::screens::chart::{Opening, RoomName};
use crate::tui::screens::house::{self, forms};
use crate::tui::theme::Name;
use crate::tui::widgets::form::Form;

/// One's own settings.
pub(super) fn settings(cx: &Cx) -> Step {
    let then = Then::Screen(Asked::Home(Purpose::Settings));
    Step::Over(Overlay::Prompt(forms::personal(then, cx)))
}

/// Keeps what was chosen, and shows it at once.
fn keep_settings(form: &Form, cx: &Cx) -> Vec<Step> {
    let Some(session) = &cx.signed_in else { return Vec::new() };
    let settings = forms::read_personal(form, &session.staff.settings);
    let mut steps = Vec::new();
    if let Some(name) = Name::named(&settings.theme) {
        steps.push(Step::Theme(name));
    }
    if settings.keymap != session.staff.settings.keymap {
        steps.push(Step::Keymap(settings.keymap.clone()));
    }
    if settings.veil.unwrap_or(session.rules.veil) != cx.veil {
        steps.push(Step::Run(Action::Veil));
    }
    steps.push(Step::Mine(settings.clone()));
    steps.push(Step::Ask(Command::Door(Door::Personal(settings))));
    // In the order that was chosen; that the settings are kept is what was asked, so nothing else is said.
    steps.push(Step::RefreshNow);
    steps
}

/// The choice among those found beyond one's own people.
pub(super) fn found_beyond(list: &PeopleList, reason: AccessReason, words: String, cx: &Cx) -> Step {
    if list.rows.is_empty() {
        return Step::Say("Nobody else in the agency is called that.".to_owned());
    }
    let items = list.rows.iter().enumerate().map(|(at, person)| {
        let summary = &person.summary;
        let born = match cx.listed_birth(summary.birth).as_str() {
            "" => String::new(),
            born => format!(", born {born}"),
        };
        Item::person(at.to_string(), &summary.name, format!("{}{born}", summary.record_no), cx)
    });
    let clients = list.rows.iter().map(|person| person.summary.client).collect();
    let then = Then::Screen(Asked::Home(Purpose::OpenBeyond(reason, words, clients)));
    let more = if list.hidden > 0 {
        format!(" ({} more: type more of the name)", list.hidden)
    } else {
        String::new()
    };
    Step::Over(Overlay::Picker(Picker::one(&format!("Whose chart?{more}"), items.collect(), then)))
}

impl Home {
    /// Whether this is the answer to opening a chart with a reason.
    pub(super) fn is_opening(&self, done: &Done) -> bool {
        let client = done.chart.as_ref().map(|chart| chart.client.value.id);
        self.opening.is_some() && self.opening == client
    }

    /// The chart that was opened with a reason is shown; it is on the list from now on.
    pub(super) fn opened_beyond(&mut self) -> Vec<Step> {
        let Some(client) = self.opening.take() else { return Vec::new() };
        let (room, opening) = (RoomName::Overview, Opening::Chart);
        vec![Step::Refresh, Step::OpenChart { client, room, opening }]
    }

    /// The answer of an overlay that was asked for here.
    pub(super) fn beyond_answered(&mut self, purpose: Asked, given: Given, cx: &Cx) -> Vec<Step> {
        match (purpose, given) {
            (Asked::Home(Purpose::Settings), Given::Filled(form)) => keep_settings(&form, cx),
            (Asked::Home(Purpose::Beyond), Given::Filled(form)) => {
                let (reason, words, find) = (forms::reason(&form), form.typed("words"), form.typed("find"));
                self.beyond = Some((reason, words.clone()));
                vec![Step::Ask(Command::House(HouseAsk::Beyond { reason, words, find }))]
            }
            (Asked::Home(Purpose::OpenBeyond(reason, words, clients)), Given::Picked(keys)) => {
                let at = keys.first().and_then(|key| key.parse::<usize>().ok());
                let client = at.and_then(|at| clients.get(at)).copied();
                self.opening = client;
                let ask = client.map(|client| HouseAsk::OpenBeyond { client, reason, words });
                ask.map(|ask| Step::Ask(Command::House(ask))).into_iter().collect()
            }
            (Asked::House(house::Purpose::Rules(was)), Given::Filled(form)) => match forms::read_rules(&form)
            {
                Ok(draft) => vec![Step::Ask(Command::House(HouseAsk::SaveRules(Box::new(draft))))],
                Err(wrong) => again(forms::rules_prompt(*form, was), wrong),
            },
            _ => Vec::new(),
        }
    }
}

//! People beyond one's own: looked for with a reason, and opened.

use super::Home;
use super::narrow::{self, Narrow};
use crate::domain::{AccessReason, ClientId, Role};
use crate::service::api::{Command, Done, HouseAsk, People, PeopleList, Whose};
use crate::tui::action::Action;
use crate::tui::facts::{Cx, birth_typed};
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// The choice among those found beyond one's own people.
pub(super) fn found_beyond(list: &PeopleList, reason: AccessReason, words: String, cx: &Cx) -> Step {
    if list.rows.is_empty() {
        return Step::Say("Nobody else in the agency has this name.".to_owned());
    }
    let items = list.rows.iter().enumerate().map(|(at, person)| {
        let summary = &person.summary;
        let born = match birth_typed(summary.birth).as_str() {
            "" => String::new(),
            born => format!(", born {born}"),
        };
        Item::person(at.to_string(), &summary.name, format!("{}{born}", summary.record_no), cx)
    });
    let clients: Vec<ClientId> = list.rows.iter().map(|person| person.summary.client).collect();
    let more = if list.hidden > 0 {
        format!(" ({} more: type more of the name)", list.hidden)
    } else {
        String::new()
    };
    Question::pick(format!("Whose chart?{more}"), items.collect(), move |key, _| {
        let client = key.parse::<usize>().ok().and_then(|at| clients.get(at)).copied();
        let words = words.clone();
        client
            .map(|client| Tell::to(move |home: &mut Home, _| home.open_beyond(client, reason, words)))
            .into_iter()
            .collect()
    })
    .without_digits()
    .open()
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

    /// Looks for somebody, with this reason.
    pub(in crate::tui::screens) fn look_beyond(
        &mut self,
        reason: AccessReason,
        words: String,
        find: String,
    ) -> Vec<Step> {
        self.beyond = Some((reason, words.clone()));
        vec![Step::Ask(Command::House(HouseAsk::Beyond { reason, words, find }))]
    }

    fn open_beyond(&mut self, client: ClientId, reason: AccessReason, words: String) -> Vec<Step> {
        self.opening = Some(client);
        vec![Step::Ask(Command::House(HouseAsk::OpenBeyond { client, reason, words }))]
    }
}

/// A look beyond one's own people: why, and for whom.
pub(super) fn ask(hidden: usize, find: &str) -> Step {
    let reasons =
        AccessReason::ALL.into_iter().map(|reason| Item::new(reason.word(), reason.word(), "")).collect();
    let form = Form::new(
        "Look",
        vec![
            Field::choice("reason", "Reason", reasons, "").required(),
            Field::text("words", "In a few words", "").hint("your supervisor reads it").required(),
            Field::text("find", "Whom", find).hint("name, record number or birth date").required(),
        ],
    );
    let more = if hidden == 0 { String::new() } else { format!("{hidden} more in the agency. ") };
    let lines = vec![format!("{more}What you look for and open here is recorded, and supervisors see it.")];
    Question::form("Beyond your own people", form, |form, _| {
        let (reason, words, find) = (reason(form), form.typed("words"), form.typed("find"));
        Ok(vec![Tell::to(move |home: &mut Home, _| home.look_beyond(reason, words, find))])
    })
    .lines(lines)
    .open()
}

/// The reason chosen.
fn reason(form: &Form) -> AccessReason {
    AccessReason::ALL.into_iter().find(|reason| reason.word() == form.chosen("reason")).unwrap_or_default()
}

/// The list of whose people can be shown, and to whom they can be narrowed. What is not shown now is highlighted.
pub(super) fn choose_shown(narrowed: Option<&Narrow>, cx: &Cx) -> Step {
    let mut items = vec![
        Item::new("mine", "Mine", "your own people").shown_now(cx.whose() == Whose::Mine),
        Item::new("team", "My team", "yours, and those of the colleagues you supervise")
            .shown_now(cx.whose() == Whose::Team),
        Item::new("all", "All", "everybody you may see").shown_now(cx.whose() == Whose::All),
        Item::new("others", "Others in the agency", "with a reason, and recorded"),
    ];
    items.retain(|item| item.key != "others" || cx.may_do(Action::OthersInAgency));
    items.retain(|item| item.key != "team" || cx.roles().contains(&Role::Supervisor));
    if cx.reads_charts() {
        items.extend(narrow::items(narrowed, cx));
    }
    let shown = cx.shows_all();
    let list = |whose| vec![Step::Ask(Command::People(People::List { whose }))];
    Question::pick("What to show", items, move |picked, _| match picked {
        "others" => vec![Step::Run(Action::OthersInAgency)],
        "team" => list(Whose::Team),
        "all" => list(Whose::All),
        "mine" => list(Whose::Mine),
        narrowed => narrow::chosen(narrowed),
    })
    .at(if shown { "mine" } else { "all" })
    .open()
}

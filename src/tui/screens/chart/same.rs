//! Linking two charts of one person, deciding on it as the second person, unlinking them, and going from one to the other.

use super::asking::{ask, asks};
use crate::domain::{ClientId, Number};
use crate::rules::same::SameStands;
use crate::rules::when;
use crate::service::api::{ChartView, Command, HouseAsk, SameView};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::opening::{Opening, RoomName};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;
use crate::tui::widgets::frame::Piece;

/// What linking means, for whoever asks and for whoever agrees.
const MEANS: &str = "Nothing is moved: each record keeps its number. Lists show one line, new entries go to the chart \
                     that leads, and whoever can read one of the charts can read both.";

/// Whether there is something to do about links; `None` if the act is about something else.
pub(super) fn offers(action: Action, chart: &ChartView) -> Option<bool> {
    match action {
        Action::SamePerson => Some(true),
        Action::LinkedChart => Some(chart.same.iter().any(|same| same.stands.holds())),
        _ => None,
    }
}

/// Does what a key asks about links; `None` if it is about something else.
pub(super) fn act(action: Action, room: RoomName, chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
    match action {
        Action::SamePerson => Some(same_person(chart, cx)),
        Action::LinkedChart => Some(go(room, chart, cx)),
        _ => None,
    }
}

/// What the header says of other charts of the person.
pub(super) fn piece(chart: &ChartView) -> Piece {
    let told = |same: &SameView| {
        let unlink = if same.stands == SameStands::UnlinkAsked { ", unlink?" } else { "" };
        match (same.stands, same.leads) {
            (SameStands::Asked, _) => format!("same as {}?", same.record_no),
            (_, true) => format!("also {}{unlink}", same.record_no),
            (_, false) => format!("part of {}{unlink}", same.record_no),
        }
    };
    let told: Vec<String> = chart.same.iter().map(told).collect();
    let waits = chart.same.iter().any(|same| same.stands.waits());
    (told.join(", "), if waits { Role::Overdue } else { Role::Normal })
}

/// The record number of the chart that leads this one.
pub(super) fn leading(chart: &ChartView) -> Option<&str> {
    let led = chart.same.iter().find(|same| same.stands.holds() && !same.leads);
    led.map(|same| &*same.record_no)
}

/// Opens a linked chart on the same page.
fn go(room: RoomName, chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let open = move |client| vec![Step::OpenChart { client, room, opening: Opening::Chart }];
    let linked: Vec<&SameView> = chart.same.iter().filter(|same| same.stands.holds()).collect();
    match linked.as_slice() {
        [] => vec![Step::Say("This chart is not linked with another one.".to_owned())],
        [one] => open(one.client),
        several => {
            let clients: Vec<ClientId> = several.iter().map(|same| same.client).collect();
            let item = |(at, same): (usize, &&SameView)| {
                Item::person(at.to_string(), &same.name, same.record_no.to_string(), cx)
            };
            let items = several.iter().enumerate().map(item).collect();
            let leads = move |key: &str, _: &Cx| {
                let client = key.parse::<usize>().ok().and_then(|at| clients.get(at)).copied();
                client.map(open).unwrap_or_default()
            };
            vec![Question::pick("Which linked chart?", items, leads).open()]
        }
    }
}

/// What can be done about the links of a chart: asked at once if it is only asking for one.
fn same_person(chart: &ChartView, cx: &Cx) -> Vec<Step> {
    let mut items: Vec<Item> = chart.same.iter().flat_map(choices).collect();
    let may_ask = leading(chart).is_none();
    if items.is_empty() && may_ask && chart.same.iter().all(|same| !same.stands.waits()) {
        return vec![link(chart, cx)];
    }
    if items.is_empty() {
        let waits = chart.same.iter().find(|same| same.stands.waits());
        return vec![Step::Say(waits.map_or_else(
            || "Your roles do not let you unlink these charts.".to_owned(),
            |same| format!("{} A supervisor or an admin decides.", asked(same, cx)),
        ))];
    }
    if may_ask {
        items.push(Item::new("link", "Ask to link another chart", "the same person"));
    }
    let mut lines: Vec<String> =
        chart.same.iter().filter(|same| same.stands.waits()).map(|same| asked(same, cx)).collect();
    if chart.same.iter().any(|same| same.stands == SameStands::Asked) {
        lines.push(MEANS.to_owned());
    }
    let client = chart.client.value.id;
    let question = Question::pick("Charts of one person", items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let (verb, number) = key.split_once(' ').unwrap_or((key, ""));
        let number = number.parse().unwrap_or(0);
        match verb {
            "yes" => decide(client, number, true),
            "no" => decide(client, number, false),
            "unlink" => vec![unlink(number, chart)],
            _ => vec![link(chart, cx)],
        }
    });
    vec![question.lines(lines).open()]
}

/// Who asked what, and why.
fn asked(same: &SameView, cx: &Cx) -> String {
    let (who, on) = (&same.said_by, when::short(same.on, cx.today()));
    let what = match same.stands {
        SameStands::UnlinkAsked => format!("to unlink {}", same.record_no),
        _ => format!("to link {}, {}", same.record_no, same.name),
    };
    format!("{who} asked on {on} {what}: {}.", same.why.trim_end_matches('.'))
}

/// What this person can do about one link.
fn choices(same: &SameView) -> Vec<Item> {
    let (number, other) = (same.number, &same.record_no);
    let item = |verb: &str, label: String, detail: &str| Item::new(format!("{verb} {number}"), label, detail);
    match same.stands {
        SameStands::Asked if same.may_agree => vec![
            item("yes", format!("Link with {other}"), "they are one person"),
            item("no", format!("Do not link with {other}"), "they are two people"),
        ],
        SameStands::UnlinkAsked if same.may_agree => vec![
            item("yes", format!("Unlink {other}"), "they are two people"),
            item("no", format!("Keep {other} linked"), "they are one person"),
        ],
        SameStands::Asked | SameStands::UnlinkAsked if same.mine => {
            vec![item("no", format!("Take back what you asked about {other}"), "")]
        }
        SameStands::Linked if same.may_ask => {
            vec![item("unlink", format!("Ask to unlink {other}"), "they are two people")]
        }
        _ => Vec::new(),
    }
}

fn decide(client: ClientId, number: Number, agrees: bool) -> Vec<Step> {
    asks(Command::House(HouseAsk::DecideSame { client, number, agrees }))
}

/// The question that asks to link this chart with another one.
fn link(chart: &ChartView, cx: &Cx) -> Step {
    let this = &chart.client.value.record_no;
    let namesake = chart.namesakes.first().map_or("", |other| &other.record_no);
    let leads =
        vec![Item::new("this", format!("This chart, {this}"), ""), Item::new("other", "The other chart", "")];
    let form = Form::new(
        "Ask",
        vec![
            Field::text("record", "Other chart", namesake).hint("its record number").required(),
            Field::choice("leads", "Leads", leads, "this").required(),
            Field::text("why", "Why", "").hint("registered twice, same birth date").required(),
        ],
    );
    let whose = format!("For {}, {this}.", cx.listed(&chart.client.value.display_name()));
    let lines = vec![whose, MEANS.to_owned(), "A supervisor or an admin has to agree.".to_owned()];
    let at = if namesake.is_empty() { "record" } else { "why" };
    let question = ask(chart, "These are one person", form, |form, chart, _| {
        let (client, leads) = (chart.client.value.id, form.chosen("leads") == "this");
        let (record_no, why) = (form.typed("record"), form.typed("why"));
        Ok(asks(Command::House(HouseAsk::AskSame { client, record_no, leads, why })))
    });
    question.lines(lines).at(at).open()
}

/// The question that asks to unlink.
fn unlink(number: Number, chart: &ChartView) -> Step {
    let form =
        Form::new("Ask", vec![Field::text("why", "Why", "").hint("twins, linked by mistake").required()]);
    let lines = vec![
        "The charts stay linked until a supervisor or an admin agrees. Then each is as it was before, with what was \
         written in it meanwhile."
            .to_owned(),
    ];
    let question = ask(chart, "These are two people", form, move |form, chart, _| {
        let (client, why) = (chart.client.value.id, form.typed("why"));
        Ok(asks(Command::House(HouseAsk::AskUnlink { client, number, why })))
    });
    question.lines(lines).open()
}

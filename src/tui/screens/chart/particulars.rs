//! Who somebody is on the overview: names, how they are reached, who decides, who is around them.

use super::circle;
use super::overview::{heading, row};
use crate::domain::Custody;
use crate::rules::likeness::is_social;
use crate::rules::phone;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use ratatui::text::Line;

/// What is known of the person.
pub(super) fn person(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let client = &chart.client.value;
    let program = chart.open_episode().map(|episode| episode.program.as_str());
    heading("Person", cx, out);
    if client.legal_name() != client.display_name() {
        row("Legal name", &client.legal_name(), cx, out);
    }
    row("Also known as", &client.other_names.join(", "), cx, out);
    for former in &client.former_names {
        let until = if former.until.is_empty() { String::new() } else { format!(", until {}", former.until) };
        row("Formerly", &format!("{}{until}", former.name), cx, out);
    }
    for number in client.identifiers.iter().filter(|number| !is_social(&number.system)) {
        row("Number there", &format!("{}  ({})", number.value, number.system), cx, out);
    }
    row("Gender", &client.gender, cx, out);
    let interpreter = if client.interpreter { ", interpreter needed" } else { "" };
    row("Language", &format!("{}{interpreter}", client.languages.join(", ")), cx, out);
    for one in &client.phones {
        let value = if one.kind == "email" { one.value.clone() } else { phone::shown(&one.value) };
        row("Reach", &format!("{value}  {} {}", one.usage, one.kind), cx, out);
    }
    row("How to reach", &client.reach, cx, out);
    if let Some(may) = client.may_leave_message {
        row("Message", if may { "may be left" } else { "must not be left" }, cx, out);
    }
    for address in &client.addresses {
        row("Address", address, cx, out);
    }
    if client.private {
        row("NOT SHARED", "address, phones and mail stand on no page, and nothing is sent", cx, out);
    }
    for (label, words) in circle::told(client, false) {
        row(label, &words, cx, out);
    }
    row("Emergency", &client.emergency_contact, cx, out);
    row("Guardian", &client.guardian, cx, out);
    if client.custody != Custody::ByAge {
        row("Who decides", client.custody.word(), cx, out);
    }
    for words in cx.may_consent(client, program) {
        row("May consent", &words, cx, out);
    }
}

//! Questions about a chart: read against the chart as it is when they are answered, and answers that are for one of its rooms.

use super::{Chart, Room};
use crate::service::api::{ChartView, Command};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Question, Read};
use crate::tui::screen::{Step, Tell};
use crate::tui::widgets::form::{Form, Wrong};

/// Fields to fill in about this chart.
pub(super) fn ask(
    chart: &ChartView,
    title: impl Into<String>,
    form: Form,
    read: impl Fn(&mut Form, &ChartView, &Cx) -> Read + 'static,
) -> Question {
    let client = chart.client.value.id;
    Question::form(title, form, move |form, cx| {
        let chart = cx.chart(client).ok_or_else(|| Wrong::new("", "The chart is not open any more."))?;
        read(form, chart, cx)
    })
}

/// What signing means, with the key that corrects what was signed.
pub(super) fn stays_as_it_is(amend: &str) -> String {
    format!("Once signed, it stays as it is. {amend} corrects it in a new version.")
}

/// The step that asks the service this.
pub(super) fn asks(command: impl Into<Command>) -> Vec<Step> {
    vec![Step::Ask(command.into())]
}

/// The step that does this to a room of the chart that asked.
pub(super) fn to_room<R: Room>(
    act: impl FnOnce(&mut R, &ChartView, &Cx) -> Vec<Step> + 'static,
) -> Vec<Step> {
    vec![Tell::to(move |chart: &mut Chart, cx| chart.tell(act, cx))]
}

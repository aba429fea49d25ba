//! The three rulers of a problem: how important, how confident, how ready, as the client says.

use super::problem::{found, line, lines, save};
use crate::domain::{Problem, Rulers};
use crate::service::api::{ChartView, Kept};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::ask;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The question of the three rulers, 0-10, with the day they were asked.
pub(super) fn question(kept: &Kept<Problem>, chart: &ChartView) -> Step {
    let number = kept.value.number;
    let field = |id, label, now: Option<(u8, crate::domain::Date)>| {
        Field::text(id, label, &now.map(|(ruler, _)| ruler.to_string()).unwrap_or_default())
            .hint("0 not at all, 10 very much")
    };
    let now = kept.value.rulers;
    let fields = vec![
        field("importance", "How important", now.importance),
        field("confidence", "How confident", now.confidence),
        field("readiness", "How ready", now.readiness),
    ];
    ask(
        chart,
        format!("What the client says of P{number}"),
        Form::new("Save", fields),
        move |form, chart, cx| {
            let kept = found(number, "importance", chart)?;
            let now = kept.value.rulers;
            let read = |id: &'static str, before: Option<(u8, crate::domain::Date)>| {
                let typed = form.typed(id);
                if typed.is_empty() || before.is_some_and(|(ruler, _)| ruler.to_string() == typed) {
                    return Ok(before.filter(|_| !typed.is_empty()));
                }
                let ruler = typed.parse::<u8>().ok().filter(|ruler| *ruler <= 10);
                let ruler =
                    ruler.ok_or_else(|| Wrong::new(id, "This takes a number from 0 to 10, or nothing."))?;
                Ok(Some((ruler, cx.today())))
            };
            let rulers = Rulers {
                importance: read("importance", now.importance)?,
                confidence: read("confidence", now.confidence)?,
                readiness: read("readiness", now.readiness)?,
            };
            Ok(save(Problem { rulers, ..kept.value.clone() }, kept.rev))
        },
    )
    .lines(lines(line(&kept.value), chart))
    .open()
}

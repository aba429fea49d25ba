//! What a summary says of what was heard from the client.

use crate::domain::{Administration, Alert, AlertFacts, AskFacts, CheckIn, HeardFacts};

/// Critical items that somebody still has to ask about, alerts, and when feedback was last asked for.
pub(super) fn facts(measures: &[Administration], checkins: &[CheckIn], alerts: &[Alert]) -> HeardFacts {
    let waits = measures.iter().filter(|one| one.is_to_be_asked());
    let asks = waits.map(|one| AskFacts { number: one.number, at: one.at, hours: one.ask_hours });
    let fed = checkins.iter().filter(|one| one.in_error.is_empty()).map(|one| one.on).max();
    HeardFacts { asks: asks.collect(), alerts: alert_facts(alerts), fed }
}

/// The open ones, and the one that somebody answered last.
fn alert_facts(alerts: &[Alert]) -> Box<[AlertFacts]> {
    let answered = |alert: &Alert| {
        let answer = alert.answer.as_ref().filter(|answer| answer.done.is_answer())?;
        Some((answer.at, answer.on))
    };
    let last = alerts.iter().filter(|alert| answered(alert).is_some()).max_by_key(|alert| answered(alert));
    let of = |alert: &Alert| AlertFacts {
        number: alert.number,
        kind: alert.kind,
        since: alert.since(),
        answered: answered(alert).map(|(_, on)| on),
        words: if alert.is_open() { alert.words().into() } else { Box::default() },
    };
    alerts.iter().filter(|alert| alert.is_open()).chain(last).map(of).collect()
}

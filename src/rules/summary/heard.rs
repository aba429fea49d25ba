//! What a summary says of what was heard from the client.

use super::Records;
use crate::domain::{Alert, AlertFacts, AskFacts, Date, HeardFacts, WaysOfWorking};
use crate::packs;

/// Critical items that somebody still has to ask about, alerts, when feedback was last asked for, and open barriers.
pub(super) fn facts(records: &Records<'_>) -> HeardFacts {
    let waits = records.measures.iter().filter(|one| one.is_to_be_asked());
    let asks = waits.map(|one| AskFacts { number: one.number, at: one.at, hours: one.ask_hours });
    let open = records.ways.map_or(0, WaysOfWorking::open_barriers);
    HeardFacts {
        asks: asks.collect(),
        alerts: alert_facts(records.alerts),
        fed: fed(records),
        barriers: u8::try_from(open).unwrap_or(u8::MAX),
    }
}

/// The newest day on which the client was asked how the work goes, by a check-in or by a measure that asks for it.
fn fed(records: &Records<'_>) -> Option<Date> {
    let checkins = records.checkins.iter().filter(|one| one.in_error.is_empty()).map(|one| one.on);
    let asks = |key: &str| packs::instruments().iter().any(|one| one.feedback && one.is_called(key));
    let measures = records.measures.iter().filter(|one| one.in_error.is_empty() && asks(&one.measure));
    checkins.chain(measures.map(|one| one.on)).max()
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

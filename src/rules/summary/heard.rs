//! What a summary says of what was heard from the client.

use crate::domain::{Administration, AskFacts, HeardFacts};

/// Critical items that somebody still has to ask about.
pub(super) fn facts(measures: &[Administration]) -> HeardFacts {
    let waits = measures.iter().filter(|one| one.is_to_be_asked());
    let asks = waits.map(|one| AskFacts { number: one.number, at: one.at, hours: one.ask_hours });
    HeardFacts { asks: asks.collect() }
}

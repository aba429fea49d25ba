//! What of a chart is shown to somebody who may not read it: who they are and how to reach them, and decisions without their reasons.

use super::api::{ChartView, Kept};
use crate::domain::{Client, Imported, LevelDecision};

/// Leaves out what somebody may not see who may not read the chart, or only names and phones.
pub(super) fn narrowed(chart: &mut ChartView, demographics: bool) {
    if !demographics {
        chart.client.value = names_and_phones(std::mem::take(&mut chart.client.value));
        chart.episodes.clear();
        chart.levels.clear();
    }
    if !chart.may_read {
        decided_alone(&mut chart.levels);
    }
}

/// What came from elsewhere with somebody who was never here: whoever can admit them sees it, but no proposal in it.
pub(super) fn came_with(imported: Option<Kept<Imported>>) -> Imported {
    let came = imported.map(|kept| kept.value).unwrap_or_default();
    Imported { proposals: Vec::new(), ..came }
}

/// Leaves the levels of care and their reasons, which are of the episode. What was written about them is of the chart.
fn decided_alone(levels: &mut Vec<Kept<LevelDecision>>) {
    levels.retain(|kept| kept.value.in_error.is_empty());
    for kept in levels {
        kept.value.note.clear();
        kept.value.interim.clear();
    }
}

/// What the front desk needs to know who somebody is and to reach them, and nothing else of them.
fn names_and_phones(client: Client) -> Client {
    Client {
        id: client.id,
        record_no: client.record_no,
        name: client.name,
        preferred: client.preferred,
        other_names: client.other_names,
        pronouns: client.pronouns,
        birth: client.birth,
        deceased: client.deceased,
        phones: client.phones,
        addresses: client.addresses,
        reach: client.reach,
        private: client.private,
        may_leave_message: client.may_leave_message,
        languages: client.languages,
        interpreter: client.interpreter,
        created: client.created,
        ..Client::default()
    }
}

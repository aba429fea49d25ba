//! Which measures a person has, in what order they are shown, and the rows of one.

use crate::domain::{Administration, Date};
use crate::packs::Instrument;
use crate::rules::measured;
use crate::service::api::{ChartView, Kept};
use crate::tui::facts::Cx;

/// The measure that is our own check-in: it has a page of its own.
pub(super) const CHECK_IN: &str = "check-in";

/// A measure that is in use for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Used {
    /// Its key.
    pub key: String,
    /// The score of the newest one as it is shown, and its day.
    pub last: Option<(String, Date)>,
    /// Since when it is due, if it is.
    pub due: Option<Date>,
}

/// The measures that were filled in, what is due longest first, then the newest.
pub(super) fn used(chart: &ChartView, cx: &Cx) -> Vec<Used> {
    let mut all: Vec<Used> = Vec::new();
    for kept in &chart.measures {
        let one = &kept.value;
        if one.in_error.is_empty() && !all.iter().any(|used| used.key == one.measure) {
            all.push(of_measure(&one.measure, chart, cx));
        }
    }
    all.sort_by_key(|used| {
        let newest = used.last.as_ref().map(|(_, on)| *on);
        (used.due.is_none(), used.due, std::cmp::Reverse(newest), used.key.clone())
    });
    all
}

fn of_measure(key: &str, chart: &ChartView, cx: &Cx) -> Used {
    let rows = of(key, chart);
    let episode = chart.open_episode();
    let measure = cx.measure(key);
    let taken: Vec<Date> = rows
        .iter()
        .filter(|kept| episode.is_some_and(|episode| episode.number == kept.value.episode))
        .map(|kept| kept.value.on)
        .collect();
    let due = measure.zip(episode).filter(|_| !taken.is_empty()).and_then(|(measure, episode)| {
        let held = &chart.person.summary.days.held;
        measured::due_since(measure, &taken, episode.admitted, held, cx.today())
    });
    let newest = rows.iter().find(|kept| kept.value.in_error.is_empty()).map(|kept| &kept.value);
    let last = newest.map(|one| (score(measure, one, cx), one.on));
    Used { key: key.to_owned(), last, due }
}

/// Everything that was filled in of a measure, by the day and the time it was, newest first; those in error too.
pub(super) fn of<'a>(key: &str, chart: &'a ChartView) -> Vec<&'a Kept<Administration>> {
    let mut rows: Vec<&Kept<Administration>> =
        chart.measures.iter().filter(|kept| kept.value.measure == key).collect();
    rows.sort_by_key(|kept| std::cmp::Reverse(kept.value.taken()));
    rows
}

/// The main score of one, as it is shown.
pub(in crate::tui::screens::chart) fn score(
    measure: Option<&Instrument>,
    one: &Administration,
    cx: &Cx,
) -> String {
    let scale = measure.and_then(measured::main_scale);
    let shown = measure.zip(scale).and_then(|(measure, scale)| measured::stored(measure, scale, one).shown());
    shown.unwrap_or_else(|| cx.theme.glyphs.none.to_owned())
}

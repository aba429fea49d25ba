//! How notes are put into words, the same in list, page, prompt and reading: service, problems, wrapped prose.

use crate::domain::Date;
use crate::domain::{ClockTime, Number, Service};
use crate::packs;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::editor::wrap::wrap;
use crate::tui::text;

const DAY: u16 = 24 * 60;

/// `individual  21 Nov 13:00-13:50  50 min`.
pub(super) fn service(service: &Service, today: Date) -> String {
    let kind = if service.kind.is_empty() { String::new() } else { format!("{}  ", service.kind) };
    format!("{kind}{} {}  {} min", when::short(service.date, today), times(service), service.minutes)
}

/// `13:00-13:50`.
pub(super) fn times(service: &Service) -> String {
    let end = ClockTime((service.start.0.saturating_add(service.minutes)) % DAY);
    format!("{}-{end}", service.start)
}

/// The name of a format; its key if it is not here any more.
pub(super) fn format_name(key: &str) -> &str {
    packs::format(key).map_or(key, |format| format.name.as_str())
}

/// `P3 evenings alone`, as the problem reads now.
pub(super) fn problem_words(number: Number, chart: &ChartView) -> String {
    let problem = chart.problems.iter().map(|kept| &kept.value).find(|one| one.number == number);
    let words = problem.map_or("", |one| if one.wording.is_empty() { &one.words } else { &one.wording });
    format!("P{number} {}", text::line(words)).trim_end().to_owned()
}

/// Text wrapped as the editor wraps it, made safe to draw.
pub(super) fn prose(text: &str, cells: usize) -> Vec<String> {
    let mut out = Vec::new();
    for paragraph in text::safe(text).split('\n') {
        for row in wrap(paragraph, cells) {
            out.push(text::line(paragraph[row.start..row.end].trim_end()).into_owned());
        }
    }
    out
}

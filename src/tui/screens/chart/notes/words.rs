//! How notes are put into words, the same in list, page, prompt and reading: service, problems, wrapped prose.

use crate::domain::{Date, Modality, Number, Service};
use crate::packs;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::editor::wrap::wrap;
use crate::tui::text;

/// `individual  21 Nov 13:00-13:50  50 min  in person`; a type other than the usual one goes first.
pub(super) fn service(service: &Service, today: Date) -> String {
    let usual = packs::lists().service_kinds.first();
    let modality = service.modality.map(Modality::word);
    let kind = Some(service.kind.as_str())
        .filter(|kind| !kind.is_empty() && modality != Some(*kind))
        .filter(|kind| modality.is_none() || usual.is_none_or(|usual| usual != kind));
    let what: Vec<&str> = [kind, modality].into_iter().flatten().collect();
    let mut parts = vec![what.join(", ")];
    parts.retain(|part| !part.is_empty());
    parts.push(format!("{} {}", when::short(service.date, today), times(service)));
    parts.push(if service.minutes > 0 { format!("{} min", service.minutes) } else { "not held".to_owned() });
    parts.extend(service.mode.map(|mode| mode.word().to_owned()));
    parts.join("  ")
}

/// `13:00-13:50`.
pub(super) fn times(service: &Service) -> String {
    if service.span() == 0 {
        return service.start.to_string();
    }
    format!("{}-{}", service.start, service.end().0)
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

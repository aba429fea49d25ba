//! How notes are put into words, the same in list, page, prompt and reading: service, problems, wrapped prose.

use crate::domain::Number;
pub(super) use crate::rules::content::service_words as service;
use crate::service::api::ChartView;
use crate::tui::editor::wrap::wrap;
use crate::tui::text;

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

//! One thing in full: what is so, who entered it, what came later and what was corrected.

use super::entries;
use crate::domain::{Number, ShortEntry, ShortMeans, ShortValue};
use crate::rules::short_forms::{self, Thread, words};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay};
use crate::tui::screen::Step;
use crate::tui::screens::chart::words::at;
use crate::tui::text;

/// The window that shows it.
pub(super) fn whole(thread: &Thread<'_>, chart: &ChartView, cx: &Cx) -> Step {
    let mut lines = Vec::new();
    if let Some(error) = thread.in_error {
        lines.push(format!("In error since {}: {}", written(error, chart, cx), error.reason));
        lines.push(String::new());
    }
    lines.extend(now(thread, cx));
    lines.push(String::new());
    lines.extend(who(thread, chart, cx));
    let title = format!("{}, {}", thread.begun.form_name, when::short(thread.begun.on, cx.today()));
    let lines = lines.iter().map(|line| text::line(line).into_owned()).collect();
    Step::Over(Overlay::Message(Message::new(&title, lines)))
}

/// When an entry was written and by whom: `24 Nov 14:05 by Rosa Imani LADC`.
pub(super) fn written(entry: &ShortEntry, chart: &ChartView, cx: &Cx) -> String {
    format!("{} by {}", at(entry.at, chart, cx), entry.by_name)
}

/// Everything that is so now.
fn now(thread: &Thread<'_>, cx: &Cx) -> Vec<String> {
    let day = |on| when::short(on, cx.today());
    let mut lines = Vec::new();
    for answer in thread.answers() {
        if !matches!(answer.value, ShortValue::Substances(..)) {
            lines.push(format!("{}: {}", answer.label, words::answer(answer)));
            continue;
        }
        lines.push(thread.line(&day));
        lines.extend(
            thread
                .substances()
                .iter()
                .map(|one| format!("  {}: {}", one.name, words::steps(one, &day).join(" · "))),
        );
    }
    lines
}

/// The entries one by one, with what each of them replaced.
fn who(thread: &Thread<'_>, chart: &ChartView, cx: &Cx) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, entry) in thread.entries().enumerate() {
        let what = if place == 0 { "Entered" } else { "Later" };
        let on = when::short(entry.on, cx.today());
        lines.push(format!("{what}, for {on}: {}", written(entry, chart, cx)));
        if place > 0 {
            lines.extend(answers(entry));
        }
        for old in before(entry.number, chart) {
            let correction = short_forms::replaced_by(&entries(chart), old.number);
            lines.extend(
                correction.map(|one| format!("Corrected {}: {}", written(one, chart, cx), one.reason)),
            );
            let on = when::short(old.on, cx.today());
            lines.push(format!("  before, for {on}, {}:", written(old, chart, cx)));
            lines.extend(answers(old));
        }
    }
    lines
}

/// What an entry itself said.
fn answers(entry: &ShortEntry) -> Vec<String> {
    let mut lines = Vec::new();
    for answer in &entry.answers {
        match &answer.value {
            ShortValue::Substances(panel, all) => {
                let results: Vec<String> =
                    all.iter().map(|one| format!("{} {}", one.substance, one.result.word())).collect();
                lines.push(format!("  {panel}: {}", results.join(", ")));
            }
            _ => lines.push(format!("  {}: {}", answer.label, words::answer(answer))),
        }
    }
    lines
}

/// The entries that this one replaced, the newest first.
fn before(number: Number, chart: &ChartView) -> Vec<&ShortEntry> {
    let all = entries(chart);
    let find = |number: Number| all.iter().find(|one| one.number == number).copied();
    let mut old = Vec::new();
    let mut now = find(number);
    while let Some(entry) = now.filter(|one| one.means == ShortMeans::Corrects && one.of < one.number) {
        now = find(entry.of);
        old.extend(now);
    }
    old
}

/// The entries of a thing that correct an earlier one.
pub(super) fn corrections<'a>(thread: &Thread<'a>, chart: &'a ChartView) -> Vec<&'a ShortEntry> {
    let all = thread.entries().flat_map(|entry| std::iter::once(entry).chain(before(entry.number, chart)));
    all.filter(|one| one.means == ShortMeans::Corrects).collect()
}

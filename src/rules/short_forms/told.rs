//! What a discharge summary and a review say of short forms: the newest of each form, and how many more there are.

use super::words::Day;
use super::{Thread, medications};
use crate::domain::{Number, ShortEntry, ShortUse, counted};

/// Things of one form that are told; of more only how many there are.
const MOST: usize = 3;

/// A line about short forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Name of the form.
    pub form: String,
    pub words: String,
    /// Which entry says so: its day and who entered it.
    pub source: String,
}

/// Returns what is told of the things that are kept, medication first and all of it, then the newest of each other form.
/// `episode`: the stay that medication is asked in.
pub fn told(
    all: &[&ShortEntry],
    episode: Number,
    keep: impl Fn(&Thread<'_>) -> bool,
    day: Day<'_>,
) -> Vec<Told> {
    let mut threads = super::threads(all);
    threads.retain(|thread| thread.counts() && keep(thread));
    let mut told: Vec<Told> = medications(&threads, episode)
        .iter()
        .map(|one| Told {
            form: one.thread.begun.form_name.clone(),
            words: one.line(),
            source: source(&one.thread, day),
        })
        .collect();
    threads.retain(|thread| thread.begun.used_as != ShortUse::Medication);
    let mut forms: Vec<&str> = Vec::new();
    for thread in &threads {
        if !forms.contains(&thread.begun.form.as_str()) {
            forms.push(&thread.begun.form);
        }
    }
    for form in forms {
        told.extend(of_form(&threads, form, day));
    }
    told
}

fn of_form(threads: &[Thread<'_>], form: &str, day: Day<'_>) -> Vec<Told> {
    let mine: Vec<&Thread<'_>> = threads.iter().filter(|thread| thread.begun.form == form).collect();
    let (newest, older) = mine.split_at(mine.len().min(MOST));
    let of = |thread: &&Thread<'_>| Told {
        form: thread.begun.form_name.clone(),
        words: format!("{}: {}", day(thread.begun.on), thread.line(day)),
        source: source(thread, day),
    };
    let mut told: Vec<Told> = newest.iter().map(of).collect();
    if let (Some(last), Some(first)) = (older.first(), older.last()) {
        let many = counted(older.len(), "earlier one", "earlier ones");
        let open = older.iter().filter(|thread| thread.is_open()).count();
        let open = if open > 0 { format!(", {open} without a result") } else { String::new() };
        told.push(Told {
            form: first.begun.form_name.clone(),
            words: format!("{many}, {} to {}{open}", day(first.begun.on), day(last.begun.on)),
            source: "the short forms of the chart".to_owned(),
        });
    }
    told
}

fn source(thread: &Thread<'_>, day: Day<'_>) -> String {
    let newest = thread.entries().last().unwrap_or(thread.begun);
    format!("the entry of {}, {}", day(newest.on), newest.by_name)
}

//! What ends a stay: what the program knows of it, which answers a discharge summary still lacks, and what follows from signing it.
//!
//! Owns those three. How a stay ended, and how each goal did, is a person's to say; nothing here says it for them.

pub mod content;
mod known;
pub mod page;
#[cfg(test)]
mod tests;

pub use known::{Around, Stay, known};

use super::when::with_year;
use crate::domain::{
    Ahead, Appointed, Asked, CareKind, ContinuingCare, Discharge, DischargeFacts, DischargeKnown, LeaveKind,
    LineEnd, LineRef, Method, NeedGoes, Number,
};

/// The level of care that says that none is indicated.
pub const NO_LEVEL: &str = "none";

/// A signed discharge summary, as a chart shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedDischarge {
    /// Its number among the client's documents.
    pub doc: Number,
    pub episode: Number,
    pub facts: DischargeFacts,
    /// The last day of the stay.
    pub on: crate::domain::Date,
    /// Name and credential of its author.
    pub by: String,
    /// It is neither replaced nor entered in error.
    pub stands: bool,
}

/// A row of a discharge summary: an answer that it asks for, or a fact to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Item {
    Kind,
    /// The last day of the stay.
    On,
    Course,
    Line(LineRef),
    Need(Number),
    /// A danger that nobody has decided about: that comes first.
    Undecided(Number),
    Risk,
    Level,
    Care,
    Appointment,
    View,
    TookPart,
    Sessions,
    Tasks,
    /// A fact, by its place among those that are known.
    Fact(usize),
}

/// Returns the rows of a summary, from the top down. Nothing is asked of or for somebody who has died.
pub fn items(discharge: &Discharge, known: &DischargeKnown) -> Vec<Item> {
    let died = discharge.kind.is_some_and(LeaveKind::is_death);
    let mut items = vec![Item::Kind, Item::On, Item::Course];
    // Nobody says how far somebody came who has died.
    if !died {
        items.extend(known.lines.iter().map(|line| Item::Line(line.line)));
    }
    items.extend(
        known.needs.iter().map(
            |need| {
                if need.decided { Item::Need(need.need) } else { Item::Undecided(need.need) }
            },
        ),
    );
    if !died {
        items.extend([Item::Risk, Item::Level, Item::Care]);
        if matches!(discharge.care.kind, Some(CareKind::Arranged | CareKind::ClientArranges)) {
            items.push(Item::Appointment);
        }
        items.extend([Item::View, Item::TookPart]);
    }
    // Nobody keeps a session with somebody who has died: all of them end.
    if !known.sessions.is_empty() && !died {
        items.push(Item::Sessions);
    }
    if !known.tasks.is_empty() {
        items.push(Item::Tasks);
    }
    items.extend((0..known.facts.len()).map(Item::Fact));
    items
}

/// Returns the answers that keep a summary from being signed, in the order of the page, each with what to do about it.
pub fn lacks(discharge: &Discharge, known: &DischargeKnown) -> Vec<(Item, String)> {
    let lack = |item: &Item| lacking(discharge, known, *item).map(|why| (*item, why));
    items(discharge, known).iter().filter_map(lack).collect()
}

/// What a row lacks.
fn lacking(discharge: &Discharge, known: &DischargeKnown, item: Item) -> Option<String> {
    let empty = |words: &str| words.trim().is_empty();
    match item {
        Item::Kind => kind_lacks(discharge),
        Item::Course => empty(&discharge.course).then(|| "write in a sentence how the stay went.".to_owned()),
        Item::Line(line) => line_lacks(discharge, line),
        Item::Need(need) => need_lacks(discharge, need),
        Item::Undecided(_) => Some("decide about this danger first.".to_owned()),
        Item::Risk => match discharge.risk {
            Asked::Unsaid => Some("say whether danger was asked about at the end.".to_owned()),
            Asked::Present if empty(&discharge.risk_words) => {
                Some("write what the risk is, and what is in place.".to_owned())
            }
            // Words in a summary are on nobody's list; a need stays there after the stay.
            Asked::Present if known.needs.is_empty() => Some(
                "danger is present and no immediate need is open: raise one, so that it is seen after the stay."
                    .to_owned(),
            ),
            _ => None,
        },
        Item::Level => {
            discharge.level.is_empty().then(|| "choose the level of care indicated from now on.".to_owned())
        }
        Item::Care => care_lacks(discharge),
        Item::TookPart => {
            discharge.took_part.is_none().then(|| "choose how the client took part.".to_owned())
        }
        Item::Sessions => {
            discharge.sessions.is_none().then(|| "choose what becomes of the planned sessions.".to_owned())
        }
        Item::Tasks => discharge.tasks.is_none().then(|| "choose what becomes of the open tasks.".to_owned()),
        Item::On => known.last_held.filter(|last| *last > discharge.on).map(|last| {
            format!("a session was held on {}, after the last day. Choose a later last day.", with_year(last))
        }),
        Item::Appointment => appointment_lacks(discharge),
        Item::View | Item::Fact(_) => None,
    }
}

fn kind_lacks(discharge: &Discharge) -> Option<String> {
    match discharge.kind {
        None => Some("choose how the stay ended.".to_owned()),
        // Whoever is sent away is told why in writing.
        Some(LeaveKind::Administrative) if discharge.kind_words.trim().is_empty() => {
            Some("write why the program ended the stay.".to_owned())
        }
        Some(_) => None,
    }
}

fn line_lacks(discharge: &Discharge, line: LineRef) -> Option<String> {
    let end = discharge.end(line);
    match end.and_then(|end| end.end) {
        None => Some(format!("say how {line} ended.")),
        Some(LineEnd::Elsewhere) if end.is_none_or(|end| end.words.trim().is_empty()) => {
            Some(format!("write where {line} goes on."))
        }
        Some(_) => None,
    }
}

fn need_lacks(discharge: &Discharge, number: Number) -> Option<String> {
    let need = discharge.need(number);
    match need.and_then(|need| need.goes) {
        None => Some("say who answers for this danger from now on.".to_owned()),
        Some(NeedGoes::HandedOn) if need.is_none_or(|need| need.words.trim().is_empty()) => {
            Some("write who took this danger on, and what they do.".to_owned())
        }
        Some(_) => None,
    }
}

fn care_lacks(discharge: &Discharge) -> Option<String> {
    let care = &discharge.care;
    match care.kind {
        None => Some("choose where the client goes on.".to_owned()),
        Some(_) => match care_needed(care).first() {
            Some(0) => Some("write where the client goes on, or with whom.".to_owned()),
            Some(_) => Some("write under \"When it gets hard\" what the client does then.".to_owned()),
            None => None,
        },
    }
}

/// Of the texts of where the client goes on, those that are still needed, by their places on the page: where, who, how to reach them,
/// transport, when it gets hard, supports.
pub fn care_needed(care: &ContinuingCare) -> Vec<usize> {
    let empty = |words: &str| words.trim().is_empty();
    let goes_on = matches!(care.kind, Some(CareKind::Arranged | CareKind::ClientArranges));
    let planned = goes_on && care.appointed == Some(Appointed::Planned);
    let with_somebody = care.kind == Some(CareKind::Arranged) || planned;
    let place = (with_somebody && empty(&care.place) && empty(&care.person)).then_some(0);
    let hard = (goes_on && empty(&care.hard)).then_some(4);
    place.into_iter().chain(hard).collect()
}

fn appointment_lacks(discharge: &Discharge) -> Option<String> {
    let care = &discharge.care;
    match care.appointed {
        None => Some("choose whether there is an appointment.".to_owned()),
        Some(Appointed::Planned) if care.on.is_none() => Some("write the day of the appointment.".to_owned()),
        Some(_) => None,
    }
}

/// Whether planned sessions end with the stay.
pub fn ends_sessions(discharge: &Discharge) -> bool {
    discharge.kind.is_some_and(LeaveKind::is_death) || discharge.sessions == Some(Ahead::Ends)
}

/// How a method ends: as the objective it serves, else as its goal.
pub fn end_of_method(discharge: &Discharge, method: &Method) -> Option<LineEnd> {
    let ended = |line| discharge.end(line).and_then(|end| end.end);
    let step = (method.objective > 0).then(|| ended(LineRef::objective(method.objective))).flatten();
    step.or_else(|| ended(LineRef::goal(method.goal)))
}

/// What lists show of a summary that is being signed.
pub fn facts(discharge: &Discharge, known: &DischargeKnown) -> DischargeFacts {
    DischargeFacts {
        program: known.program.clone(),
        admitted: known.admitted,
        kind: discharge.kind,
        ends: discharge.ends.iter().filter_map(|one| Some((one.line, one.end?))).collect(),
        words: discharge.words(),
    }
}

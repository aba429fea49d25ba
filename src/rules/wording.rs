//! Brings the official words of a form to the items of a measure: by LOINC code, else by order (`alliance.md` 2).
//!
//! What an answer is worth is never taken from a file. What cannot be brought together with certainty is refused, and what was
//! brought together by order is marked, for somebody to check before the words are kept.

mod answers;
#[cfg(test)]
mod tests;

use crate::domain::{Entry, EntryKind, Questionnaire, WordedItem, Wording};
use crate::packs::{Instrument, Instruments, Item, Licence};
use std::collections::HashMap;

/// How an item of a measure got its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// By the LOINC code of the item.
    ByCode,
    /// By order. Somebody has to check it.
    ByOrder,
}

/// One item with its words, for people to look at before the words are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewItem {
    /// Place of the item in the measure.
    pub place: usize,
    /// How it was found.
    pub found: Found,
    /// What is worth a look.
    pub notes: Vec<String>,
}

/// The words of a form as they would be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// What would be kept. Number, person and moment are not filled in.
    pub wording: Wording,
    /// The items in the order of the measure, as in the wording.
    pub items: Vec<PreviewItem>,
    /// Places of items that have no words in the file and that the measure can do without.
    pub without: Vec<usize>,
    /// What of the file is not used, and why.
    pub skipped: Vec<String>,
    /// Whether the items have another order in the file.
    pub reordered: bool,
}

/// Returns the measure that a questionnaire is about: by the code of its form, else by most of its items' codes.
pub fn measure_of<'a>(measures: &'a Instruments, form: &Questionnaire) -> Option<&'a Instrument> {
    let panel = |one: &&Instrument| {
        one.loinc.as_ref().is_some_and(|loinc| !loinc.panel.is_empty() && form.codes.contains(&loinc.panel))
    };
    let count = |one: &Instrument| -> usize {
        form.entries.iter().filter(|entry| coded(one, entry).is_some()).count()
    };
    let most = || measures.iter().max_by_key(|one| (count(one), usize::MAX - one.items.len()));
    measures.iter().find(panel).or_else(|| most().filter(|one| count(one) > 0))
}

/// Brings a form and a measure together. Errors are sentences, all that are found at once.
pub fn preview(
    measures: &Instruments,
    measure: &Instrument,
    form: &Questionnaire,
) -> Result<Preview, Vec<String>> {
    if measure.licence == Licence::Own {
        return Err(vec![format!("{} is our own form and has its words.", measure.key)]);
    }
    measure.may_be_drawn().map_err(|why| vec![format!("{}: {why}", measure.key)])?;
    let pairs = Pairs::find(measures, measure, form)?;
    let mut faults = Vec::new();
    let (mut items, mut words) = (Vec::new(), Vec::new());
    let mut known = answers::Known::of(measure);
    // Items that are turned round come last: what their answers mean can be known from the words of the others.
    let mut order: Vec<usize> = (0..measure.items.len()).collect();
    order.sort_by_key(|place| measure.items[*place].is_turned());
    for place in order {
        let Some((entry, found)) = pairs.of(place) else { continue };
        let item = &measure.items[place];
        let mut notes = Vec::new();
        if entry.text.is_empty() {
            faults.push(format!("{}: {} has no words.", entry.path, item.name()));
        }
        match answers::pair(measure, item, entry, &mut known, &mut notes) {
            Ok(answers) => {
                words.push((place, WordedItem { item: item.id.clone(), words: entry.text.clone(), answers }));
                items.push(PreviewItem { place, found, notes });
            }
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    items.sort_by_key(|item| item.place);
    words.sort_by_key(|(place, _)| *place);
    let wording = Wording {
        measure: measure.key.clone(),
        title: form.title.clone(),
        version: form.version.clone(),
        copyright: if form.copyright.is_empty() { measure.copyright.clone() } else { form.copyright.clone() },
        language: form.language.clone(),
        instructions: instructions(form),
        items: words.into_iter().map(|(_, item)| item).collect(),
        ..Wording::default()
    };
    if wording.bytes() > Wording::MOST_BYTES {
        return Err(vec![format!(
            "The words take more than {} KiB, the most that is kept.",
            Wording::MOST_BYTES / 1024
        )]);
    }
    Ok(Preview {
        wording,
        items,
        without: pairs.without(),
        skipped: pairs.skipped,
        reordered: pairs.reordered,
    })
}

fn instructions(form: &Questionnaire) -> Vec<String> {
    let words = form.entries.iter().filter(|entry| entry.kind == EntryKind::Words && !entry.text.is_empty());
    words.map(|entry| entry.text.clone()).collect()
}

/// The place of the item whose code an element has.
fn coded(measure: &Instrument, entry: &Entry) -> Option<usize> {
    let has = |item: &Item| !item.loinc.is_empty() && entry.codes.contains(&item.loinc);
    measure.items.iter().position(has)
}

/// Which element of a form is which item.
struct Pairs<'a> {
    measure: &'a Instrument,
    entries: HashMap<usize, (&'a Entry, Found)>,
    skipped: Vec<String>,
    reordered: bool,
}

impl<'a> Pairs<'a> {
    fn find(
        measures: &Instruments,
        measure: &'a Instrument,
        form: &'a Questionnaire,
    ) -> Result<Self, Vec<String>> {
        let mut pairs = Self { measure, entries: HashMap::new(), skipped: Vec::new(), reordered: false };
        let (mut faults, mut rest, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for entry in &form.entries {
            match entry.kind {
                EntryKind::Words => {}
                EntryKind::Reckoned => pairs.skip(entry, "a number that the other system reckons"),
                EntryKind::Other => pairs.skip(entry, "neither a choice nor a number"),
                EntryKind::Choice | EntryKind::Number | EntryKind::YesNo => {
                    if let Some(place) = coded(measure, entry) {
                        places.push(place);
                        let before = pairs.entries.insert(place, (entry, Found::ByCode));
                        if let Some((before, _)) = before {
                            let (name, first, second) =
                                (measure.items[place].name(), &before.path, &entry.path);
                            faults.push(format!("{first} and {second} both have the code of {name}."));
                        }
                    } else if is_total(measure, entry) {
                        pairs.skip(entry, "the total");
                    } else if let Some(foreign) = foreign(measures, measure, entry) {
                        faults.push(format!("{}: {foreign}", entry.path));
                    } else {
                        rest.push(entry);
                    }
                }
            }
        }
        pairs.reordered = !places.is_sorted();
        if faults.is_empty() {
            pairs.by_order(&rest).map_err(|fault| vec![fault])?;
            return Ok(pairs);
        }
        Err(faults)
    }

    fn skip(&mut self, entry: &Entry, why: &str) {
        self.skipped.push(format!("{} is not used: {why}", entry.path));
    }

    /// Gives the elements without a code to the items that are left, in order, if there are as many.
    fn by_order(&mut self, rest: &[&'a Entry]) -> Result<(), String> {
        let open: Vec<usize> = self.without();
        let needed: Vec<usize> =
            open.iter().copied().filter(|place| is_needed(&self.measure.items[*place])).collect();
        let all_needed = self.measure.items.iter().filter(|item| is_needed(item)).count();
        let places = match rest.len() {
            found if found == needed.len() => needed,
            found if found == open.len() => open,
            found => {
                let found = all_needed - needed.len() + found;
                return Err(format!("{found} of {all_needed} items found; nothing can be kept."));
            }
        };
        for (place, entry) in places.into_iter().zip(rest) {
            self.entries.insert(place, (entry, Found::ByOrder));
        }
        Ok(())
    }

    fn of(&self, place: usize) -> Option<(&'a Entry, Found)> {
        self.entries.get(&place).copied()
    }

    /// Places of the items that have no words yet.
    fn without(&self) -> Vec<usize> {
        (0..self.measure.items.len()).filter(|place| !self.entries.contains_key(place)).collect()
    }
}

/// Whether a form is not whole without the item.
fn is_needed(item: &Item) -> bool {
    !item.unscored && !item.optional
}

fn is_total(measure: &Instrument, entry: &Entry) -> bool {
    measure.loinc.as_ref().is_some_and(|loinc| !loinc.total.is_empty() && entry.codes.contains(&loinc.total))
}

/// Says whose code an element has, if it is not this measure's. A measure all of whose items have codes takes no other code.
fn foreign(measures: &Instruments, measure: &Instrument, entry: &Entry) -> Option<String> {
    let other = measures.iter().find_map(|other| Some((other, coded(other, entry)?)));
    if let Some((other, place)) = other {
        let item = &other.items[place];
        return Some(format!(
            "the code {} is {} of {}, not of {}.",
            item.loinc,
            item.name(),
            other.key,
            measure.key
        ));
    }
    let all_coded = measure.items.iter().all(|item| !item.loinc.is_empty());
    let code = entry.codes.first().filter(|_| all_coded)?;
    Some(format!("no item of {} has the code {code}.", measure.key))
}

//! Where the cursor can be in a measure that is typed in, and what is kept of it over a lock.

use super::MeasureScreen;
use super::sheet;
use crate::domain::{ClockTime, HowTaken, Hundredths, Moment, Reply};
use crate::packs::Instrument;
use crate::rules::when::{self, Lean};
use crate::service::api::FormPlace;
use crate::tui::facts::Cx;

/// Where the cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Focus {
    /// The day it was filled in.
    Day,
    /// The time of that day.
    Time,
    /// How the answers were taken.
    How,
    /// Who answered.
    By,
    /// Which form.
    Form,
    /// On this item.
    Item(usize),
    /// On the total, where Enter saves.
    Total,
}

impl MeasureScreen {
    /// Every place in order. The total comes after the last item that counts; items that no scale counts may follow it.
    pub(super) fn places(&self, measure: &Instrument) -> Vec<Focus> {
        let mut places = head(measure);
        let items = sheet::asked(measure, &self.sheet);
        let last = items.iter().rposition(|at| !measure.items[*at].unscored).map_or(0, |last| last + 1);
        places.extend(items[..last].iter().map(|at| Focus::Item(*at)));
        places.push(Focus::Total);
        places.extend(items[last..].iter().map(|at| Focus::Item(*at)));
        places
    }

    /// The first item that counts and was neither answered nor passed on purpose.
    pub(super) fn first_unseen(&self, measure: &Instrument) -> Option<usize> {
        let counts = |at: &usize| !measure.items[*at].unscored && !measure.items[*at].optional;
        sheet::asked(measure, &self.sheet).into_iter().filter(counts).find(|at| !self.seen[*at])
    }

    /// Whether the answer to an item is a critical one that was written down.
    pub(super) fn is_critical(&self, at: usize, cx: &Cx) -> bool {
        let item = cx.measure(&self.sheet.measure).map(|measure| &measure.items[at].id);
        item.is_some_and(|item| self.noticed.iter().any(|(place, _)| place == item))
    }

    /// What is kept of it over a lock: fields by name, as typed.
    pub(super) fn fields_kept(&self) -> Vec<(String, String)> {
        let sheet = &self.sheet;
        let mut fields = vec![
            ("measure".to_owned(), sheet.measure.clone()),
            ("begun".to_owned(), sheet.begun.0.to_string()),
            ("on".to_owned(), sheet.on.to_string()),
            ("time".to_owned(), sheet.time.map(|time| time.to_string()).unwrap_or_default()),
            ("how".to_owned(), sheet.how.words().to_owned()),
            ("by".to_owned(), sheet.answered_by.clone()),
            ("form".to_owned(), sheet.form.clone()),
        ];
        fields.extend(self.noticed.iter().map(|(place, value)| (format!("!{place}"), value.clone())));
        for ((id, reply), _) in sheet.answers.iter().zip(&self.seen).filter(|(_, seen)| **seen) {
            let word = match reply {
                Reply::Blank => "-".to_owned(),
                Reply::Declined => "r".to_owned(),
                Reply::Given(key) => key.to_string(),
            };
            fields.push((format!("={id}"), word));
        }
        fields
    }

    /// Takes back what was kept of it.
    pub(super) fn take_back(&mut self, typed: &FormPlace) {
        let sheet = &mut self.sheet;
        for (name, value) in &typed.fields {
            match name.as_str() {
                "begun" => sheet.begun = value.parse().map_or(sheet.begun, Moment),
                "on" => sheet.on = when::parse(value, sheet.on, Lean::Past).unwrap_or(sheet.on),
                "time" => sheet.time = ClockTime::parse(value),
                "how" => {
                    let how = HowTaken::BY_STAFF.into_iter().find(|how| how.words() == value);
                    sheet.how = how.unwrap_or_default();
                }
                "by" => sheet.answered_by.clone_from(value),
                "form" => sheet.form.clone_from(value),
                _ => {}
            }
            if let Some(place) = name.strip_prefix('!') {
                self.noticed.push((place.to_owned(), value.clone()));
            }
            let Some(id) = name.strip_prefix('=') else { continue };
            let Some(at) = sheet.answers.iter().position(|(item, _)| item == id) else { continue };
            sheet.answers[at].1 = match value.as_str() {
                "-" => Reply::Blank,
                "r" => Reply::Declined,
                number => Hundredths::parse(number).map_or(Reply::Blank, Reply::Given),
            };
            self.seen[at] = true;
        }
        let next = self.seen.iter().position(|seen| !seen);
        (self.focus, self.ends) = (next.map_or(Focus::Total, Focus::Item), false);
    }
}

/// The places above the items.
pub(super) fn head(measure: &Instrument) -> Vec<Focus> {
    let mut head = vec![Focus::Day, Focus::Time, Focus::How];
    head.extend((measure.by.len() > 1).then_some(Focus::By));
    head.extend((measure.forms.len() > 1).then_some(Focus::Form));
    head
}

/// The words that a digit chooses in a place.
pub(super) fn words(focus: Focus, measure: &Instrument) -> Vec<&str> {
    match focus {
        Focus::How => HowTaken::BY_STAFF.iter().map(|how| how.words()).collect(),
        Focus::By => measure.by.iter().map(|by| by.word()).collect(),
        Focus::Form => measure.forms.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

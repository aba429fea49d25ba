//! One field of a form: what it holds and how it reads.

use super::choices::{Choices, Item, by_digit, digits};
use super::form::Form;
use super::line::Line;
use crate::domain::{Birth, ClockTime, Date};
use crate::rules::when::{self, Lean, WhenError};
use crate::tui::facts::birth_typed;

/// What a field holds.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A line of text.
    Text(Line),
    /// A line that is not shown; its text is taken once.
    Secret(Line),
    /// One of a list; the key of the one chosen, empty = none yet.
    Choice {
        /// What there is to choose from.
        items: Vec<Item>,
        /// Key of what is chosen.
        chosen: String,
    },
    /// A date as people type it, leaning that way where the year is left out.
    Date(Line, Lean),
    /// A time of day, `14:00` or `930`.
    Time(Line),
    /// A birth date, `about 35`, a year, or nothing.
    Birth(Line),
    /// Yes or no.
    YesNo(bool),
    /// Text to read, no field: a heading or what follows from the fields.
    Words(String),
}

/// A labelled field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Names it in the program.
    pub id: &'static str,
    /// Stands before it.
    pub label: String,
    /// Stands behind it while it has the focus: what to type, an example.
    pub hint: String,
    /// Must not be empty.
    pub required: bool,
    /// What is said while it is empty; the label says it if this is empty too.
    pub missing: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// A date, time, figure or offer that was there when the field got the focus: the first typed character takes its place.
    pub selected: bool,
    /// It is not asked just now: what it is about does not arise.
    pub hidden: bool,
    /// When it is asked, by what the other fields of the form hold; without it, always.
    pub(super) asked: Option<fn(&Form) -> bool>,
    /// A choice whose keys are one character each lists them below it while it has the focus.
    pub listed: bool,
    /// A figure (minutes, `+24h`) or what the program offers: what is there gives way to what is typed.
    offered: bool,
    /// A choice that was empty when the form was made: it may be so again.
    optional: bool,
}

/// What a field can be chosen from.
#[derive(Debug)]
pub struct FieldList {
    /// What the field is called.
    pub title: String,
    pub choices: Choices,
    /// Index of the field.
    pub at: usize,
}

impl Field {
    fn new(id: &'static str, label: &str, kind: Kind) -> Self {
        Self {
            id,
            label: label.to_owned(),
            hint: String::new(),
            required: false,
            missing: "",
            kind,
            selected: false,
            hidden: false,
            asked: None,
            listed: false,
            offered: false,
            optional: false,
        }
    }

    /// One of a list whose keys are one character each: the key chooses, and what there is to choose is below it.
    pub fn keyed(id: &'static str, label: &str, mut items: Vec<Item>, chosen: &str) -> Self {
        for item in &mut items {
            item.digit = Some(&item.key).filter(|key| key.len() == 1).and_then(|key| key.chars().next());
        }
        Self { listed: true, ..Self::choice(id, label, items, chosen) }
    }

    /// A line of text that holds this.
    pub fn text(id: &'static str, label: &str, value: &str) -> Self {
        Self::new(id, label, Kind::Text(Line::new(value)))
    }

    /// A figure (minutes, `+24h`) or what the program offers: what is there gives way to what is typed.
    pub fn offered(id: &'static str, label: &str, value: &str) -> Self {
        Self { selected: !value.is_empty(), offered: true, ..Self::text(id, label, value) }
    }

    /// A passphrase.
    pub fn secret(id: &'static str, label: &str) -> Self {
        Self::new(id, label, Kind::Secret(Line::secret()))
    }

    /// One of a list.
    pub fn choice(id: &'static str, label: &str, items: Vec<Item>, chosen: &str) -> Self {
        let optional = chosen.is_empty();
        Self { optional, ..Self::new(id, label, Kind::Choice { items, chosen: chosen.to_owned() }) }
    }

    /// A date; shown as it is recorded.
    pub fn date(id: &'static str, label: &str, value: Option<Date>, lean: Lean) -> Self {
        let text = value.map(|date| date.to_string()).unwrap_or_default();
        let selected = !text.is_empty();
        Self { selected, ..Self::new(id, label, Kind::Date(Line::new(&text), lean)) }
    }

    /// A time of day, as it is typed.
    pub fn time(id: &'static str, label: &str, value: &str) -> Self {
        Self { selected: !value.is_empty(), ..Self::new(id, label, Kind::Time(Line::new(value))) }
    }

    /// It gets the focus: a date, time, figure or offer that is there gives way to what is typed, and so does a blank.
    pub fn take_up(&mut self) {
        self.go_to_blank();
        let gives_way = self.offered || matches!(&self.kind, Kind::Date(..) | Kind::Time(_));
        self.selected = gives_way && self.line().is_some_and(|line| !line.is_empty());
    }

    /// Types into it; what was there beforehand gives way. False if nothing can be typed here.
    pub fn type_in(&mut self, typed: &str) -> bool {
        let selected = std::mem::take(&mut self.selected);
        self.clear_blank();
        let Some(line) = self.line_mut() else { return false };
        if selected {
            line.set("");
        }
        line.insert(typed);
        true
    }

    /// A birth date.
    pub fn birth(id: &'static str, label: &str, value: Birth) -> Self {
        Self::new(id, label, Kind::Birth(Line::new(&birth_typed(value))))
    }

    /// Yes or no.
    pub fn yes_no(id: &'static str, label: &str, value: bool) -> Self {
        Self::new(id, label, Kind::YesNo(value))
    }

    /// Words to read.
    pub fn words(label: &str, text: &str) -> Self {
        Self::new("", label, Kind::Words(text.to_owned()))
    }

    /// Words to read that change with what is filled in, found by this name.
    pub fn named_words(id: &'static str, label: &str) -> Self {
        Self::new(id, label, Kind::Words(String::new()))
    }

    /// With a hint behind it.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        hint.clone_into(&mut self.hint);
        self
    }

    /// That must not be empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// That is asked only where the other fields call for it.
    #[must_use]
    pub fn only_if(mut self, asked: fn(&Form) -> bool) -> Self {
        self.asked = Some(asked);
        self
    }

    /// That must not be empty, and what is said while it is.
    #[must_use]
    pub fn required_or(mut self, missing: &'static str) -> Self {
        self.missing = missing;
        self.required()
    }

    /// The key of what a character chooses, where it is a choice: the digit that its list has beside the line.
    pub fn offered_by(&self, typed: &str) -> Option<String> {
        let Kind::Choice { items, .. } = &self.kind else { return None };
        by_digit(items, typed).map(|at| items[at].key.clone())
    }

    /// The first and the last digit that choose in it.
    pub fn digits(&self) -> Option<(char, char)> {
        let Kind::Choice { items, .. } = &self.kind else { return None };
        let mut digits = digits(items).into_iter().flatten();
        let first = digits.next()?;
        Some((first, digits.last().unwrap_or(first)))
    }

    /// Whether it is a choice that need not be made and whose list has no line for that.
    pub fn may_be_emptied(&self) -> bool {
        self.optional
            && !self.required
            && matches!(&self.kind, Kind::Choice { items, .. } if items.iter().all(|item| !item.key.is_empty()))
    }

    /// Takes back what was chosen, where nothing need be; says whether something was.
    pub fn empty_choice(&mut self) -> bool {
        let Kind::Choice { items, chosen } = &mut self.kind else { return false };
        let may = !self.required && (self.optional || items.iter().any(|item| item.key.is_empty()));
        may && !std::mem::take(chosen).is_empty()
    }

    /// The list of a choice, with what is chosen highlighted; `at` is the field's place in its form.
    pub fn list(&self, at: usize) -> Option<FieldList> {
        let Kind::Choice { items, chosen } = &self.kind else { return None };
        let mut items = items.clone();
        if self.may_be_emptied() && !chosen.is_empty() {
            items.push(Item::new("", "leave it empty", ""));
        }
        let mut choices = Choices::one(items);
        choices.highlight(chosen);
        Some(FieldList { title: self.label.clone(), choices, at })
    }

    /// Whether it can have the focus.
    pub fn is_open(&self) -> bool {
        !self.hidden && !matches!(self.kind, Kind::Words(_))
    }

    /// Whether it holds a passphrase.
    pub fn is_secret(&self) -> bool {
        matches!(self.kind, Kind::Secret(_))
    }

    /// The line in it, if it is typed.
    pub fn line(&self) -> Option<&Line> {
        match &self.kind {
            Kind::Text(line)
            | Kind::Secret(line)
            | Kind::Date(line, _)
            | Kind::Time(line)
            | Kind::Birth(line) => Some(line),
            _ => None,
        }
    }

    /// The line in it, to change.
    pub fn line_mut(&mut self) -> Option<&mut Line> {
        match &mut self.kind {
            Kind::Text(line)
            | Kind::Secret(line)
            | Kind::Date(line, _)
            | Kind::Time(line)
            | Kind::Birth(line) => Some(line),
            _ => None,
        }
    }

    /// What it holds as one text, to be kept over a lock; `None` for passphrases, which are never kept, and for words.
    pub fn kept(&self) -> Option<String> {
        match &self.kind {
            Kind::Text(line) | Kind::Date(line, _) | Kind::Time(line) | Kind::Birth(line) => {
                Some(line.value().to_owned())
            }
            Kind::Choice { chosen, .. } => Some(chosen.clone()),
            Kind::YesNo(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            Kind::Secret(_) | Kind::Words(_) => None,
        }
    }

    /// Puts back what [`Field::kept`] gave; a choice that is not offered any more stays as it is.
    pub fn put_back(&mut self, text: &str) {
        self.selected = false;
        match &mut self.kind {
            Kind::Text(line) | Kind::Date(line, _) | Kind::Time(line) | Kind::Birth(line) => line.set(text),
            Kind::Choice { items, chosen } if items.iter().any(|item| item.key == text) => {
                text.clone_into(chosen);
            }
            Kind::YesNo(yes) => *yes = text == "yes",
            Kind::Choice { .. } | Kind::Secret(_) | Kind::Words(_) => {}
        }
    }

    /// Whether nothing was given yet.
    pub fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Choice { chosen, .. } => chosen.is_empty(),
            Kind::YesNo(_) | Kind::Words(_) => false,
            _ => self.line().is_none_or(|line| line.value().trim().is_empty()),
        }
    }

    /// Whether it is needed and still empty.
    pub fn is_missing(&self) -> bool {
        self.required && !self.hidden && self.is_empty()
    }

    /// What it holds, to see whether that has changed: of a passphrase only how long it is.
    pub fn held(&self) -> String {
        let length = || self.line().map_or(0, |line| line.value().chars().count()).to_string();
        self.kept().unwrap_or_else(length)
    }

    /// What was understood of what was typed, to stand beside it; an error says what to type instead.
    pub fn read_back(&self, today: Date) -> Result<String, String> {
        match &self.kind {
            Kind::Date(line, lean) if !line.is_empty() => match when::parse(line.value(), today, *lean) {
                Ok(date) => Ok(spelled(date)),
                Err(why) => Err(why.to_string()),
            },
            Kind::Time(line) if !line.value().trim().is_empty() => match ClockTime::parse(line.value()) {
                Some(time) => Ok(time.to_string()),
                None => Err("This is not a time of day. Try 14:00, 930 or 2:30 pm.".to_owned()),
            },
            Kind::Birth(line) if !line.is_empty() => {
                read_birth(line.value(), today).map(|birth| match birth {
                    Birth::On(date) => format!("{}, {} years", spelled(date), today.years_since(date)),
                    Birth::Partly { year, .. } => format!("born {year}"),
                    Birth::About { age, .. } => format!("about {age}, estimated today"),
                    Birth::Unknown => "not known".to_owned(),
                })
            }
            _ => Ok(String::new()),
        }
    }
}

/// `Sat 21 Nov 2026`.
pub fn spelled(date: Date) -> String {
    date.naive().format("%a %-d %b %Y").to_string()
}

/// Reads a birth date as typed: a date, `1991`, `1991-04`, `about 35`. That it is not known is no answer (`product.md`, Register).
pub fn read_birth(text: &str, today: Date) -> Result<Birth, String> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(Birth::Unknown);
    }
    if text == "unknown" || text == "?" {
        return Err("Type a year, or an age: about 35.".to_owned());
    }
    if let Some(age) = text.strip_prefix("about").or_else(|| text.strip_prefix('~')) {
        let age: u8 = age.trim().parse().map_err(|_| "Type the age in years: about 35.".to_owned())?;
        return Ok(Birth::About { age, on: today });
    }
    let mut parts = text.split('-');
    if let (Some(year), month, None) = (parts.next().filter(|y| y.len() == 4), parts.next(), parts.next())
        && let Ok(year) = year.parse::<i16>()
        && (1850..2200).contains(&year)
    {
        return match month.map(str::parse::<u8>) {
            None => Ok(Birth::Partly { year, month: None }),
            Some(Ok(month @ 1..=12)) => Ok(Birth::Partly { year, month: Some(month) }),
            Some(_) => Err("The month is a number from 1 to 12.".to_owned()),
        };
    }
    when::parse_birth(&text, today).map(Birth::On).map_err(|why| match why {
        WhenError::Unclear => "Not a birth date. Try 4/12/91, 12 apr 1991, 1991 or about 35.".to_owned(),
        other => other.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_gives_way_in_dates_times_and_figures() {
        let typed = |mut field: Field| {
            field.take_up();
            field.type_in("5");
            field.line().map(|line| line.value().to_owned()).unwrap_or_default()
        };
        assert_eq!(typed(Field::offered("minutes", "Minutes", "45")), "5");
        assert_eq!(typed(Field::offered("again", "Look again", "+24h")), "5");
        assert_eq!(typed(Field::time("start", "Began at", "10:00")), "5");
        assert_eq!(typed(Field::text("phone", "Phone", "555 014")), "555 0145");
    }

    #[test]
    fn births_are_read_as_people_know_them() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        assert_eq!(read_birth("about 35", today), Ok(Birth::About { age: 35, on: today }));
        assert_eq!(read_birth("1991", today), Ok(Birth::Partly { year: 1991, month: None }));
        assert_eq!(read_birth("1991-04", today), Ok(Birth::Partly { year: 1991, month: Some(4) }));
        assert_eq!(read_birth("", today), Ok(Birth::Unknown));
        assert_eq!(read_birth("1991-04-12", today), Ok(Birth::On(Date::from_ymd(1991, 4, 12).unwrap())));
        assert!(read_birth("1991-13", today).is_err());
        assert!(
            read_birth("unknown", today).is_err(),
            "what would be refused is not read as if it were taken"
        );
        assert!(read_birth("soon", today).unwrap_err().contains("about 35"));
    }

    #[test]
    fn a_shown_birth_reads_back_as_itself() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        for birth in [Birth::Unknown, Birth::Partly { year: 1950, month: Some(2) }, Birth::On(Date(3000))] {
            assert_eq!(read_birth(&birth_typed(birth), today), Ok(birth));
        }
    }

    #[test]
    fn a_time_reads_back_and_what_was_filled_in_gives_way_to_what_is_typed() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        let mut field = Field::time("at", "At", "14:05");
        assert!(field.selected && field.type_in("9") && field.type_in("30"));
        assert_eq!(field.read_back(today), Ok("09:30".to_owned()));
        assert!(field.type_in("0") && field.read_back(today).is_err());
        field.take_up();
        assert!(field.type_in("4pm"));
        assert_eq!(field.read_back(today), Ok("16:00".to_owned()), "come back to, it is typed anew");
        let mut text = Field::text("place", "Where", "room 2");
        text.take_up();
        assert!(text.type_in("1") && !text.selected, "sentences are never replaced");
    }

    #[test]
    fn the_date_that_was_understood_stands_beside_it() {
        let today = Date::from_ymd(2026, 11, 21).unwrap();
        let mut field = Field::date("on", "Date", None, Lean::Past);
        assert!(field.is_empty());
        field.line_mut().unwrap().insert("T-1");
        assert_eq!(field.read_back(today), Ok("Fri 20 Nov 2026".to_owned()));
        field.line_mut().unwrap().insert("x");
        assert!(field.read_back(today).is_err());
    }
}

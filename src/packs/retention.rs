//! How long records are kept: classes that ship, and an agency's own in their place.

use super::load::{PackError, Place};
use serde::Deserialize;
use std::sync::OnceLock;
use toml::Spanned;

const SHIPPED: &str = include_str!("retention.toml");

/// The classes of records, the one for every program without its own last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    classes: Vec<RetentionClass>,
    usual: RetentionClass,
}

/// One class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RetentionClass {
    pub name: String,
    /// Years after the last service.
    pub years: u8,
    /// For who was younger at the last service the years begin at this birthday; 0 = they begin then all the same.
    pub minors_from: u8,
    programs: Vec<String>,
    pub source: String,
    /// Somebody compared it with its source.
    pub checked: bool,
}

/// What ships.
impl Default for Retention {
    fn default() -> Self {
        static READ: OnceLock<Retention> = OnceLock::new();
        let bare = || Self {
            classes: Vec::new(),
            usual: RetentionClass { years: 100, ..RetentionClass::default() },
        };
        READ.get_or_init(|| read_retention("retention.toml", SHIPPED).unwrap_or_else(|_| bare())).clone()
    }
}

impl Retention {
    /// Returns the class of the stays in a program.
    pub fn class(&self, program: &str) -> &RetentionClass {
        let own = self.classes.iter().find(|class| class.programs.iter().any(|one| one == program));
        own.unwrap_or(&self.usual)
    }

    /// Returns the fewest years of any class: nothing is over before that.
    pub fn fewest_years(&self) -> u8 {
        self.classes.iter().map(|class| class.years).chain([self.usual.years]).min().unwrap_or(0)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    class: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    key: Spanned<String>,
    name: String,
    years: Spanned<u8>,
    #[serde(default)]
    minors_from: u8,
    #[serde(default)]
    programs: Vec<String>,
    source: Spanned<String>,
    #[serde(default)]
    checked: bool,
}

/// Reads the classes of an agency.
pub fn read_retention(file: &str, text: &str) -> Result<Retention, Vec<PackError>> {
    let place = Place { file, text };
    let read: File = place.parse()?;
    let mut errors = Vec::new();
    let (mut classes, mut usual) = (Vec::new(), Vec::new());
    for row in read.class {
        if !(1..=100).contains(row.years.get_ref()) {
            errors.push(place.error(Some(&row.years.span()), "years is a number from 1 to 100".to_owned()));
        }
        if row.source.get_ref().trim().is_empty() {
            let why = "source is empty: write where the rule stands".to_owned();
            errors.push(place.error(Some(&row.source.span()), why));
        }
        let at = row.key.span();
        let class = RetentionClass {
            name: row.name,
            years: *row.years.get_ref(),
            minors_from: row.minors_from,
            programs: row.programs,
            source: row.source.into_inner(),
            checked: row.checked,
        };
        if class.programs.is_empty() { usual.push((at, class)) } else { classes.push(class) }
    }
    if let [_, (at, _), ..] = usual.as_slice() {
        let why = "only one class has no programs: it is for all others".to_owned();
        errors.push(place.error(Some(at), why));
    }
    match usual.pop() {
        Some((_, usual)) if errors.is_empty() => Ok(Retention { classes, usual }),
        Some(_) => Err(errors),
        None => {
            errors.push(place.error(
                None,
                "one class has no programs: it is for all that have no class of their own".to_owned(),
            ));
            Err(errors)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_keeps_seven_years_and_says_where_that_stands() {
        let class = Retention::default().class("Outpatient").clone();
        assert_eq!((class.years, class.minors_from, class.checked), (7, 18, false));
        assert!(class.source.contains("148F"));
    }

    #[test]
    fn an_agency_gives_a_program_a_class_of_its_own() {
        let own = "[[class]]\nkey = \"a\"\nname = \"Detox\"\nyears = 10\nprograms = [\"Detox\"]\nsource = \"contract\"\n\
                   [[class]]\nkey = \"b\"\nname = \"All\"\nyears = 7\nsource = \"law\"\nchecked = true\n";
        let read = read_retention("own.toml", own).unwrap();
        assert_eq!((read.class("Detox").years, read.class("IOP").years, read.fewest_years()), (10, 7, 7));
        for (from, to, says) in [
            ("years = 10", "years = 0", "from 1 to 100"),
            ("source = \"contract\"", "source = \" \"", "where the rule stands"),
            ("programs = [\"Detox\"]\n", "", "only one class"),
            ("checked = true", "programs = [\"IOP\"]", "one class has no programs"),
        ] {
            let wrong = read_retention("own.toml", &own.replace(from, to)).unwrap_err();
            assert!(wrong.iter().any(|error| error.to_string().contains(says)), "{wrong:?}");
        }
    }
}

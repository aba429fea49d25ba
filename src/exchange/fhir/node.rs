//! One element of a resource, read with its path, so that whatever is wrong can be named.
//!
//! Owns types and text limits. A single value where a list is due, or a list of one where it is not, is read as it was
//! meant: versions of FHIR differ in that. A value that does not read is left away and remarked; every reader answers
//! `Err` where an element is of another kind altogether, and "nothing" for an absent one.

use super::super::clean;
use super::Doubted;
use super::dates::{PartDate, parse_date};
use super::stream::{Piece, inside};
use crate::domain::{Date, Identifier};
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

/// Longest text of one element, in bytes.
pub const MAX_TEXT: usize = 10_000;
/// Largest resource that is read into a chart, in bytes (others may have the size of an entry).
pub const MAX_RESOURCE: usize = 8 << 20;

/// What is wrong, and where in the resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) path: String,
    pub(super) what: &'static str,
}

/// What is remarked while a resource is read, and stops nothing.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    /// Texts out of which something was taken.
    pub(super) cleaned: Cell<usize>,
    /// Values that do not read and are left away: where, and what is wrong with them.
    pub(super) doubts: RefCell<Vec<Wrong>>,
    /// Other versions of FHIR by whose rules something was written.
    pub(super) versions: RefCell<BTreeSet<&'static str>>,
    /// Words are what counts: a number is no text, and nothing is left away.
    pub(super) exact: bool,
    /// Today: what ends later has not ended. Nothing = whatever has an end is over.
    pub(super) today: Option<Date>,
}

impl Remarks {
    /// Remarks of a resource that is read on that day.
    pub(super) fn on(today: Option<Date>) -> Self {
        Self { today, ..Self::default() }
    }

    /// Something is written as in another version.
    pub(super) fn version(&self, name: &'static str) {
        self.versions.borrow_mut().insert(name);
    }

    /// The doubts as they are told, of that resource.
    pub(super) fn told(&self, piece: &Piece<'_>) -> Vec<Doubted> {
        let told = |wrong: &Wrong| Doubted {
            place: piece.name(),
            line: piece.place(locate(piece.raw, &wrong.path)).0,
            what: format!("{} {}", wrong.path, wrong.what),
        };
        self.doubts.borrow().iter().map(told).collect()
    }
}

/// An object in a resource.
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
    remarks: &'a Remarks,
}

/// A coded thing: its words, and its first code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Concept {
    pub(super) words: String,
    pub(super) code: Option<(String, String)>,
}

/// A reference: to where, what it is called there, and the number it may give instead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) to: String,
    pub(super) kind: String,
    pub(super) display: String,
    pub(super) identifier: Identifier,
}

impl<'a> Node<'a> {
    pub(super) fn root(value: &'a Value, remarks: &'a Remarks) -> Self {
        Self { value, path: String::new(), remarks }
    }

    /// What is remarked of the resource.
    pub(super) fn remarks(&self) -> &'a Remarks {
        self.remarks
    }

    pub(super) fn wrong(&self, key: &str, what: &'static str) -> Wrong {
        let dot = if self.path.is_empty() || key.is_empty() { "" } else { "." };
        Wrong { path: format!("{}{dot}{key}", self.path), what }
    }

    fn get(&self, key: &str) -> Option<&'a Value> {
        self.value.get(key).filter(|v| !v.is_null())
    }

    /// Where it is in the resource.
    pub(super) fn place(&self) -> &str {
        &self.path
    }

    /// Whether the element is there at all.
    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether the element is there and is a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.get(key).is_some_and(Value::is_array)
    }

    /// Whether the element is there and is a bare text.
    pub(super) fn is_text(&self, key: &str) -> bool {
        self.get(key).is_some_and(Value::is_string)
    }

    pub(super) fn object(&self, key: &str) -> Result<Option<Node<'a>>, Wrong> {
        match self.get(key) {
            None => Ok(None),
            Some(value) if value.is_object() => {
                Ok(Some(Node { value, path: self.wrong(key, "").path, remarks: self.remarks }))
            }
            Some(Value::Array(list)) if list.len() < 2 => Ok(self.objects(key)?.pop()),
            Some(_) => Err(self.wrong(key, "must be an object")),
        }
    }

    pub(super) fn objects(&self, key: &str) -> Result<Vec<Node<'a>>, Wrong> {
        let list = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(value) if value.is_object() => {
                let path = self.wrong(key, "").path;
                return Ok(vec![Node { value, path, remarks: self.remarks }]);
            }
            Some(_) => return Err(self.wrong(key, "must be a list")),
        };
        let base = self.wrong(key, "").path;
        let node = |(at, value): (usize, &'a Value)| {
            let path = format!("{base}[{at}]");
            if value.is_object() {
                Ok(Node { value, path, remarks: self.remarks })
            } else {
                Err(Wrong { path, what: "must be an object" })
            }
        };
        list.iter().enumerate().filter(|(_, value)| !value.is_null()).map(node).collect()
    }

    /// Text for one line, cleaned; empty if absent.
    pub(super) fn text(&self, key: &str) -> Result<String, Wrong> {
        self.get(key).map_or(Ok(String::new()), |value| self.line(value, || self.wrong(key, "").path))
    }

    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, Wrong> {
        let list = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(value) if value.is_string() => return Ok(vec![self.text(key)?]),
            Some(_) => return Err(self.wrong(key, "must be a list")),
        };
        let base = self.wrong(key, "").path;
        let present = list.iter().enumerate().filter(|(_, v)| !v.is_null());
        present.map(|(at, value)| self.line(value, || format!("{base}[{at}]"))).collect()
    }

    fn line(&self, value: &Value, path: impl Fn() -> String) -> Result<String, Wrong> {
        let wrong = |what: &'static str| {
            let wrong = Wrong { path: path(), what };
            if self.remarks.exact {
                return Err(wrong);
            }
            self.doubt(wrong);
            Ok(String::new())
        };
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) if !self.remarks.exact => return Ok(number.to_string()),
            _ => return wrong("must be text"),
        };
        if text.len() > MAX_TEXT {
            return wrong("is longer than 10,000 bytes, the most one field may have");
        }
        let (text, changed) = clean::line(text);
        self.remarks.cleaned.set(self.remarks.cleaned.get() + usize::from(changed));
        Ok(text)
    }

    /// Something that does not read is left away and remarked: the rest of the resource is as right as it was.
    pub(super) fn doubt(&self, wrong: Wrong) {
        self.remarks.doubts.borrow_mut().push(wrong);
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(word) if word.eq_ignore_ascii_case("true") => Some(true),
            Value::String(word) if word.eq_ignore_ascii_case("false") => Some(false),
            _ => {
                self.doubt(self.wrong(key, "must be true or false"));
                None
            }
        }
    }

    /// A number as it is written; empty if absent.
    pub(super) fn number(&self, key: &str) -> Result<String, Wrong> {
        match self.get(key) {
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(_) if self.remarks.exact => Err(self.wrong(key, "must be a number")),
            _ => self.text(key),
        }
    }

    /// A date, or the date part of an instant as it was written there. One that is none is left away and remarked.
    pub(super) fn date(&self, key: &str) -> Option<PartDate> {
        let what = match self.get(key)? {
            Value::String(text) => match parse_date(text) {
                Ok(date) => return Some(date),
                Err(what) => what,
            },
            _ => "must be a date in quotes",
        };
        self.doubt(self.wrong(key, what));
        None
    }

    /// A concept; a bare word, as STU3 writes some, is its code.
    pub(super) fn concept(&self, key: &str) -> Result<Concept, Wrong> {
        if self.is_text(key) {
            self.remarks.version("STU3");
            let words = self.text(key)?;
            return Ok(Concept { code: Some((String::new(), words.clone())), words });
        }
        self.object(key)?.map_or(Ok(Concept::default()), |node| node.as_concept())
    }

    pub(super) fn concepts(&self, key: &str) -> Result<Vec<Concept>, Wrong> {
        self.objects(key)?.iter().map(Node::as_concept).collect()
    }

    /// Words: the text, else the first display, else the first code.
    pub(super) fn as_concept(&self) -> Result<Concept, Wrong> {
        let mut words = self.text("text")?;
        let (mut code, mut bare) = (None, String::new());
        for coding in self.objects("coding")? {
            let (system, value) = (coding.text("system")?, coding.text("code")?);
            let display = coding.text("display")?;
            if words.is_empty() {
                words = display;
            }
            if code.is_none() && !value.is_empty() {
                bare.clone_from(&value);
                code = Some((system, value));
            }
        }
        if words.is_empty() {
            words = bare;
        }
        Ok(Concept { words, code })
    }

    pub(super) fn reference(&self, key: &str) -> Result<Option<Reference>, Wrong> {
        if self.is_text(key) {
            return Ok(Some(Reference { to: self.text(key)?, ..Reference::default() }));
        }
        self.object(key)?.map(|node| node.as_reference()).transpose()
    }

    pub(super) fn as_reference(&self) -> Result<Reference, Wrong> {
        let identifier = self.object("identifier")?;
        Ok(Reference {
            to: self.text("reference")?,
            kind: self.text("type")?,
            display: self.text("display")?,
            identifier: identifier.map_or(Ok(Identifier::default()), |node| node.as_identifier())?,
        })
    }

    pub(super) fn as_identifier(&self) -> Result<Identifier, Wrong> {
        Ok(Identifier { system: self.text("system")?, value: self.text("value")? })
    }

    /// The resource's number there: its first identifier, else its type and id.
    pub(super) fn source(&self) -> Result<Identifier, Wrong> {
        for identifier in self.objects("identifier")? {
            let identifier = identifier.as_identifier()?;
            if !identifier.value.is_empty() {
                return Ok(identifier);
            }
        }
        Ok(Identifier { system: self.text("resourceType")?, value: self.text("id")? })
    }

    /// Whether the period of this object is over, and since when, as it was written.
    pub(super) fn ended(&self) -> Result<(bool, String), Wrong> {
        let end = match self.object("period")? {
            Some(period) => period.date("end"),
            None => None,
        };
        let over = |end: &PartDate| self.remarks.today.is_none_or(|today| end.latest() < today);
        let end = end.filter(over);
        Ok((end.is_some(), end.map(PartDate::written).unwrap_or_default()))
    }

    /// Keys of this object.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.value.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str))
    }
}

/// Where the element of that path begins in the resource's text, as far as the path can be followed.
pub(super) fn locate(raw: &str, path: &str) -> usize {
    let mut here = raw;
    for step in path.split(['.', '[']).filter(|s| !s.is_empty()) {
        let next = if let Some(index) = step.strip_suffix(']') {
            let list: Vec<&RawValue> = serde_json::from_str(here).unwrap_or_default();
            index.parse::<usize>().ok().and_then(|at| list.get(at).map(|v| v.get()))
        } else {
            let object: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(here).unwrap_or_default();
            object.get(step).map(|v| v.get())
        };
        let Some(next) = next else { break };
        here = next;
    }
    inside(raw, here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_in_the_text() {
        let raw = r#"{ "name": [ {"family": "A"}, {"family": 5} ] }"#;
        assert_eq!(&raw[locate(raw, "name[1].family")..][..1], "5");
        assert_eq!(&raw[locate(raw, "name[1].given")..][..1], "{");
        assert_eq!(locate(raw, ""), 0);
    }
}

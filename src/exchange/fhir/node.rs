//! One element of a resource, read with its path, so that whatever is wrong can be named.
//!
//! Owns types and text limits. Every reader answers `Err` for a wrong type and "nothing" for an absent element.

use super::super::clean;
use super::dates::{PartDate, parse_date};
use super::stream::inside;
use crate::domain::Identifier;
use serde_json::Value;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

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

/// An object in a resource.
pub(super) struct Node<'a> {
    value: &'a Value,
    path: String,
    cleaned: &'a Cell<usize>,
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
    pub(super) fn root(value: &'a Value, cleaned: &'a Cell<usize>) -> Self {
        Self { value, path: String::new(), cleaned }
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

    pub(super) fn object(&self, key: &str) -> Result<Option<Node<'a>>, Wrong> {
        match self.get(key) {
            None => Ok(None),
            Some(value) if value.is_object() => {
                Ok(Some(Node { value, path: self.wrong(key, "").path, cleaned: self.cleaned }))
            }
            Some(_) => Err(self.wrong(key, "must be an object")),
        }
    }

    pub(super) fn objects(&self, key: &str) -> Result<Vec<Node<'a>>, Wrong> {
        let list = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(self.wrong(key, "must be a list")),
        };
        let base = self.wrong(key, "").path;
        let node = |(at, value): (usize, &'a Value)| {
            let path = format!("{base}[{at}]");
            if value.is_object() {
                Ok(Node { value, path, cleaned: self.cleaned })
            } else {
                Err(Wrong { path, what: "must be an object" })
            }
        };
        list.iter().enumerate().map(node).collect()
    }

    /// Text for one line, cleaned; empty if absent.
    pub(super) fn text(&self, key: &str) -> Result<String, Wrong> {
        self.get(key).map_or(Ok(String::new()), |value| self.line(value, || self.wrong(key, "").path))
    }

    pub(super) fn texts(&self, key: &str) -> Result<Vec<String>, Wrong> {
        let list = match self.get(key) {
            None => return Ok(Vec::new()),
            Some(Value::Array(list)) => list,
            Some(_) => return Err(self.wrong(key, "must be a list")),
        };
        let base = self.wrong(key, "").path;
        let present = list.iter().enumerate().filter(|(_, v)| !v.is_null());
        present.map(|(at, value)| self.line(value, || format!("{base}[{at}]"))).collect()
    }

    fn line(&self, value: &Value, path: impl Fn() -> String) -> Result<String, Wrong> {
        let Value::String(text) = value else { return Err(Wrong { path: path(), what: "must be text" }) };
        if text.len() > MAX_TEXT {
            return Err(Wrong {
                path: path(),
                what: "is longer than 10,000 bytes, the most one field may have",
            });
        }
        let (text, changed) = clean::line(text);
        self.cleaned.set(self.cleaned.get() + usize::from(changed));
        Ok(text)
    }

    pub(super) fn flag(&self, key: &str) -> Result<Option<bool>, Wrong> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(self.wrong(key, "must be true or false")),
        }
    }

    /// A number as it is written; empty if absent.
    pub(super) fn number(&self, key: &str) -> Result<String, Wrong> {
        match self.get(key) {
            None => Ok(String::new()),
            Some(Value::Number(number)) => Ok(number.to_string()),
            Some(_) => Err(self.wrong(key, "must be a number")),
        }
    }

    /// A date, or the date part of an instant as it was written there.
    pub(super) fn date(&self, key: &str) -> Result<Option<PartDate>, Wrong> {
        match self.get(key) {
            None => Ok(None),
            Some(Value::String(text)) => parse_date(text).map(Some).map_err(|what| self.wrong(key, what)),
            Some(_) => Err(self.wrong(key, "must be a date in quotes")),
        }
    }

    pub(super) fn concept(&self, key: &str) -> Result<Concept, Wrong> {
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

//! What entries, bundles and resources say of themselves, before anything of their content is read.

use super::gauge::{Gauge, Position};
use super::stream::inside;
use super::types;
use crate::exchange::ImportFault;
use serde_json::value::RawValue;
use std::borrow::Cow;

pub(super) const NOT_R4: &str = "resourceType must be the name of a FHIR R4 resource";

#[derive(serde::Deserialize)]
pub(super) struct Entry<'a> {
    #[serde(borrow, rename = "fullUrl")]
    pub(super) full_url: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) resource: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) request: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) response: Option<&'a RawValue>,
    /// It is a resource itself, without the entry that belongs around it.
    #[serde(borrow, rename = "resourceType")]
    pub(super) kind: Option<&'a RawValue>,
}

/// What a server answered: where it keeps the resource.
#[derive(serde::Deserialize)]
pub(super) struct Response<'a> {
    #[serde(borrow)]
    pub(super) location: Option<&'a RawValue>,
}

/// Resources handed over as the parts of an answer.
#[derive(serde::Deserialize)]
pub(super) struct Parameters<'a> {
    #[serde(borrow)]
    pub(super) parameter: Option<Vec<Parameter<'a>>>,
}

#[derive(serde::Deserialize)]
pub(super) struct Parameter<'a> {
    #[serde(borrow)]
    pub(super) resource: Option<&'a RawValue>,
}

#[derive(serde::Deserialize)]
pub(super) struct Request<'a> {
    #[serde(borrow)]
    pub(super) method: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) url: Option<&'a RawValue>,
}

#[derive(serde::Deserialize)]
pub(super) struct Relation<'a> {
    #[serde(borrow)]
    pub(super) relation: Option<&'a RawValue>,
}

/// A bundle that is in memory.
#[derive(serde::Deserialize)]
pub(super) struct Inner<'a> {
    #[serde(borrow)]
    pub(super) entry: Option<Vec<&'a RawValue>>,
}

/// What every resource says of itself.
pub(super) struct Head {
    pub(super) kind: &'static str,
    pub(super) id: String,
}

#[derive(serde::Deserialize)]
struct RawHead<'a> {
    #[serde(borrow, rename = "resourceType")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

impl Head {
    pub(super) fn of(file: &str, raw: &str, start: Position, path: &str) -> Result<Self, ImportFault> {
        let wrong = |part: &str, what: &str| {
            let at = start.after(&raw[..inside(raw, part)]);
            let at = Some((at.line, at.column));
            ImportFault { at, path: path.to_owned(), ..ImportFault::of_file(file, what) }
        };
        if !raw.starts_with('{') {
            return Err(wrong(raw, "a resource must be an object"));
        }
        let head: RawHead<'_> = serde_json::from_str(raw)
            .map_err(|_| wrong(raw, "a resource has the same key twice or a broken one"))?;
        let named = head.kind.ok_or_else(|| wrong(raw, "a resource must say its resourceType"))?;
        let kind =
            short(named).and_then(|name| types::known(&name)).ok_or_else(|| wrong(named.get(), NOT_R4))?;
        let id = match head.id {
            None => String::new(),
            Some(id) => short(id).ok_or_else(|| wrong(id.get(), "id must be a short text"))?,
        };
        Ok(Self { kind, id })
    }
}

/// A text of at most 1,000 bytes.
pub(super) fn short(raw: &RawValue) -> Option<String> {
    let text: Cow<'_, str> = serde_json::from_str(raw.get()).map(Cow::<str>::Owned).ok()?;
    (text.len() <= 1000).then(|| text.into_owned())
}

/// What is wrong with the JSON itself, and where.
pub(super) fn syntax(file: &str, gauge: &Gauge, error: &serde_json::Error, listed: bool) -> ImportFault {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Eof => "ends in the middle: the file is not complete".to_owned(),
        Category::Io => match gauge.trouble() {
            Some(trouble) => trouble.to_owned(),
            None => format!(
                "cannot be read ({})",
                error.io_error_kind().map_or("broken".into(), |k| k.to_string())
            ),
        },
        Category::Data if listed => "entry must be a list of entries".to_owned(),
        Category::Data => "must hold one JSON object, a FHIR resource".to_owned(),
        // serde_json's own words for broken syntax are fixed texts; they quote nothing.
        Category::Syntax => {
            let said = error.to_string();
            let said = said.split(" at line ").next().unwrap_or_default();
            let helps =
                if said == "invalid unicode code point" { " (no UTF-8; save it as UTF-8)" } else { "" };
            format!("is not JSON here: {said}{helps}")
        }
    };
    let here = gauge.position();
    let at = Some((here.line, here.column.saturating_sub(1).max(1)));
    ImportFault { at, ..ImportFault::of_file(file, what) }
}

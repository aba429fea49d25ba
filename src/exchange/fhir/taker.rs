//! What a file holds, handed on resource by resource: entries of bundles, parts of answers, lists, bundles inside bundles.

use super::gauge::{Gauge, Position};
use super::head::{Entry, Head, Inner, Parameters, Request, Response, short};
use super::links::percent_decoded;
use super::stream::{OnPiece, Piece, Whole, inside};
use super::types;
use crate::exchange::ImportFault;
use serde_json::value::RawValue;

/// What an entry says of its resource beside it.
#[derive(Default)]
pub(super) struct Named {
    full_url: String,
    /// `Patient/p1`, where a transaction says under which name it is to be kept.
    url: String,
}

/// Hands on the resources of a file, those of bundles inside a bundle too.
pub(super) struct Taker<'a, 'f> {
    pub(super) file: &'a str,
    pub(super) gauge: &'a Gauge,
    pub(super) on: &'a mut OnPiece<'f>,
    pub(super) whole: Whole,
}

impl Taker<'_, '_> {
    pub(super) fn fault(&self, position: Position, path: &str, what: &str) -> ImportFault {
        let at = Some((position.line, position.column));
        ImportFault { at, path: path.to_owned(), ..ImportFault::of_file(self.file, what) }
    }

    /// One resource, or a list of them.
    pub(super) fn value(&mut self, raw: &str, start: Position, path: String) -> Result<(), ImportFault> {
        if !raw.starts_with('[') {
            return self.resource(raw, start, Named::default(), path);
        }
        let list: Vec<&RawValue> = serde_json::from_str(raw).unwrap_or_default();
        if list.is_empty() {
            return Err(self.fault(
                start,
                &path,
                "must hold one JSON object, a FHIR resource, or a list of them",
            ));
        }
        for (at, one) in list.into_iter().enumerate() {
            let here = start.after(raw.get(..inside(raw, one.get())).unwrap_or_default());
            self.resource(one.get(), here, Named::default(), format!("{path}[{at}]"))?;
        }
        Ok(())
    }

    /// One entry of a bundle that stands at `path`.
    pub(super) fn entry(&mut self, raw: &str, start: Position, path: &str) -> Result<(), ImportFault> {
        let at = |at: usize| start.after(raw.get(..at).unwrap_or_default());
        if !raw.starts_with('{') {
            return Err(self.fault(start, path, "an entry must be an object"));
        }
        let entry: Entry<'_> = serde_json::from_str(raw)
            .map_err(|_| self.fault(start, path, "an entry has the same key twice or a broken one"))?;
        let full_url = match entry.full_url {
            None => String::new(),
            Some(text) => short(text).ok_or_else(|| {
                self.fault(at(inside(raw, text.get())), path, "fullUrl must be a short text")
            })?,
        };
        let request = entry.request.and_then(|raw| serde_json::from_str::<Request<'_>>(raw.get()).ok());
        let (method, url) = request.map_or((None, None), |request| (request.method, request.url));
        let answer = entry.response.and_then(|raw| serde_json::from_str::<Response<'_>>(raw.get()).ok());
        let location = answer.and_then(|answer| answer.location).and_then(short).unwrap_or_default();
        let url = url.and_then(short).filter(|url| !url.is_empty()).unwrap_or(location);
        if entry.resource.is_none() && entry.kind.is_some() {
            return self.resource(raw, start, Named { full_url, url }, path.to_owned());
        }
        let Some(resource) = entry.resource else {
            self.whole.bare += 1;
            let deleted = method.and_then(short).is_some_and(|method| method == "DELETE");
            return if deleted { self.deleted(raw, start, path, &full_url, &url) } else { Ok(()) };
        };
        let start = at(inside(raw, resource.get()));
        self.resource(resource.get(), start, Named { full_url, url }, format!("{path}.resource"))
    }

    /// An entry that says that a resource was deleted.
    fn deleted(
        &mut self,
        raw: &str,
        start: Position,
        path: &str,
        full_url: &str,
        url: &str,
    ) -> Result<(), ImportFault> {
        let mut parts = url.rsplit('/');
        let (id, kind) = (parts.next().unwrap_or_default(), parts.next().and_then(types::known));
        let Some(kind) = kind else { return Ok(()) };
        let (path, full_url, id, read) =
            (path.to_owned(), full_url.to_owned(), id.to_owned(), self.gauge.read());
        (self.on)(&Piece { path, full_url, kind, id, raw, read, deleted: true, start })
    }

    pub(super) fn resource(
        &mut self,
        raw: &str,
        start: Position,
        named: Named,
        path: String,
    ) -> Result<(), ImportFault> {
        let head = Head::of(self.file, raw, start, &path)?;
        if head.kind == "Bundle" {
            return self.nested(raw, start, &path);
        }
        if head.kind == "Parameters" && self.parts(raw, start, &path)? {
            return Ok(());
        }
        let (mut id, mut full_url) = (head.id, named.full_url);
        let url = named.url.split("/_history/").next().unwrap_or_default();
        let mut parts = url.rsplit('/');
        if let (true, Some(said), Some(kind)) = (id.is_empty(), parts.next(), parts.next())
            && kind == head.kind
        {
            said.clone_into(&mut id);
        } else if full_url.is_empty() && url.contains("?identifier=") {
            // Named by a number of theirs, as a reference to it is.
            full_url = percent_decoded(url);
        }
        let read = self.gauge.read();
        (self.on)(&Piece { path, full_url, kind: head.kind, id, raw, read, deleted: false, start })
    }

    /// The resources among the parts of an answer; whether there is one.
    fn parts(&mut self, raw: &str, start: Position, path: &str) -> Result<bool, ImportFault> {
        let parts = serde_json::from_str::<Parameters<'_>>(raw).ok().and_then(|all| all.parameter);
        let mut found = false;
        for (at, part) in parts.unwrap_or_default().into_iter().enumerate() {
            let Some(resource) = part.resource else { continue };
            let start = start.after(raw.get(..inside(raw, resource.get())).unwrap_or_default());
            self.resource(
                resource.get(),
                start,
                Named::default(),
                format!("{path}.parameter[{at}].resource"),
            )?;
            found = true;
        }
        Ok(found)
    }

    /// A bundle inside a bundle, or on a line.
    fn nested(&mut self, raw: &str, start: Position, path: &str) -> Result<(), ImportFault> {
        let inner: Inner<'_> = serde_json::from_str(raw)
            .map_err(|_| self.fault(start, path, "a bundle has the same key twice or a broken one"))?;
        for (at, entry) in inner.entry.unwrap_or_default().iter().enumerate() {
            let start = start.after(raw.get(..inside(raw, entry.get())).unwrap_or_default());
            self.entry(entry.get(), start, &format!("{path}.entry[{at}]"))?;
        }
        Ok(())
    }
}

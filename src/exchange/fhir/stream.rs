//! One file as a stream of resources, in memory bounded by the largest of them.
//!
//! Owns syntax, the limits on size and depth, and places (line, column). Must not know what a resource means.

use super::super::{ImportFault, kinds};
use super::ReadSeek;
use super::gauge::{Gauge, Metered, Position};
use super::head::{NOT_R4, Relation, short, syntax};
use super::taker::Taker;
use super::types;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::rc::Rc;

/// One resource of a file.
pub(super) struct Piece<'a> {
    /// Where it stands: `entry[12].resource`, `line 4`; empty for a file that is one resource.
    pub(super) path: String,
    /// Where the bundle says it lives; may be empty.
    pub(super) full_url: String,
    /// Its type, a name from R4.
    pub(super) kind: &'static str,
    /// Its id; may be empty.
    pub(super) id: String,
    /// The JSON text of the resource.
    pub(super) raw: &'a str,
    /// Bytes of the file read so far.
    pub(super) read: u64,
    /// Its system says that it is deleted; there is nothing else of it.
    pub(super) deleted: bool,
    pub(super) start: Position,
}

impl Piece<'_> {
    /// `entry[12].resource (Condition)` or `Condition`.
    pub(super) fn name(&self) -> String {
        if self.path.is_empty() { self.kind.to_owned() } else { format!("{} ({})", self.path, self.kind) }
    }

    /// Line and column of a byte of `raw`.
    pub(super) fn place(&self, offset: usize) -> (u64, u64) {
        let at = self.start.after(self.raw.get(..offset).unwrap_or(self.raw));
        (at.line, at.column)
    }
}

/// What a whole file was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Whole {
    /// Entries of the bundle, or lines.
    pub(super) entries: usize,
    /// Entries that hold no resource (deletions, bare answers).
    pub(super) bare: usize,
    /// It is one page of a list, and names the next one.
    pub(super) goes_on: bool,
    /// Length in bytes and a sum over them, to see that a second pass read the same file.
    pub(super) sum: (u64, u64),
}

/// Takes each resource.
pub(super) type OnPiece<'a> = dyn FnMut(&Piece<'_>) -> Result<(), ImportFault> + 'a;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Bundle,
    Single,
    /// A resource a line (NDJSON).
    Lines,
}

/// How a file is laid out: by its name, else by the type of what it holds.
pub(super) fn shape(file: &str, input: &mut dyn ReadSeek) -> Result<Shape, ImportFault> {
    let named = file.to_lowercase();
    if [".ndjson", ".jsonl"].iter().any(|end| named.ends_with(end)) {
        return Ok(Shape::Lines);
    }
    if begins_a_list(input) {
        return Ok(Shape::Single);
    }
    super::rewind(file, input)?;
    match bundle(file, input, &mut |_| Ok(()), true)? {
        (Some("Bundle"), _) => Ok(Shape::Bundle),
        (Some(_), _) => Ok(Shape::Single),
        (None, _) => {
            Err(ImportFault::of_file(file, "is JSON but not a FHIR resource: it has no resourceType"))
        }
    }
}

/// Whether the file is a list of resources, without a bundle around them.
fn begins_a_list(input: &mut dyn ReadSeek) -> bool {
    let mut start = Vec::new();
    let read = input.take(256).read_to_end(&mut start);
    let start = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&start);
    read.is_ok() && start.trim_ascii_start().starts_with(b"[")
}

/// Reads a file of that shape from its beginning, handing each resource to `on`.
pub(super) fn read(
    file: &str,
    input: &mut dyn ReadSeek,
    shape: Shape,
    on: &mut OnPiece<'_>,
) -> Result<Whole, ImportFault> {
    super::rewind(file, input)?;
    match shape {
        Shape::Bundle => bundle(file, input, on, false).map(|(_, whole)| whole),
        Shape::Single | Shape::Lines => values(file, input, shape == Shape::Lines, on),
    }
}

/// Reads a file that is to be one resource, from where `input` stands.
pub(super) fn single<R: Read>(file: &str, input: R, on: &mut OnPiece<'_>) -> Result<Whole, ImportFault> {
    values(file, input, false, on)
}

/// Reads a bundle; `only_kind` stops at its type.
fn bundle<R: Read>(
    file: &str,
    input: R,
    on: &mut OnPiece<'_>,
    only_kind: bool,
) -> Result<(Option<&'static str>, Whole), ImportFault> {
    let (gauge, mut json) = open(file, input)?;
    let taker = Taker { file, gauge: &gauge, on, whole: Whole::default() };
    let mut top = Top { taker, kind: None, entries: None, only_kind, halt: None };
    let outcome = json.deserialize_map(&mut top).and_then(|()| json.end());
    let (kind, halt, mut whole, listed) = (top.kind, top.halt, top.taker.whole, top.entries.is_some());
    match (outcome, halt) {
        (_, Some(Halt::Fault(fault))) => return Err(fault),
        (_, Some(Halt::Kind)) | (Ok(()), None) => {}
        (Err(error), None) => return Err(syntax(file, &gauge, &error, listed)),
    }
    whole.sum = gauge.sum();
    Ok((kind, whole))
}

/// Reads a file that is one resource, or one a line.
fn values<R: Read>(file: &str, input: R, lines: bool, on: &mut OnPiece<'_>) -> Result<Whole, ImportFault> {
    let (gauge, json) = open(file, input)?;
    let mut taker = Taker { file, gauge: &gauge, on, whole: Whole::default() };
    let mut json = json.into_iter::<Box<RawValue>>();
    let mut last = 0;
    loop {
        gauge.mark();
        let Some(parsed) = json.next() else { break };
        let start = parsed.as_ref().ok().map(|raw| gauge.start_of(raw.get(), 1));
        // A resource a line, whatever the file is called; anything else behind the first is a fault.
        let next_line = |start: &Position| lines || taker.whole.entries == 0 || start.line > last;
        if taker.whole.entries > 0 && !lines && !start.as_ref().is_some_and(next_line) {
            return Err(taker.fault(gauge.position(), "", "is not JSON here: trailing characters"));
        }
        let raw = parsed.map_err(|e| {
            let fault = syntax(file, &gauge, &e, false);
            // Of a broken line the place is its own, not where the next one made it plain.
            if lines { ImportFault { at: Some((gauge.top().line, 1)), ..fault } } else { fault }
        })?;
        let start = gauge.start_of(raw.get(), 1);
        last = start.after(raw.get()).line;
        taker.whole.entries += 1;
        let path =
            if lines || taker.whole.entries > 1 { format!("line {}", start.line) } else { String::new() };
        taker.value(raw.get(), start, path)?;
    }
    if taker.whole.entries == 0 {
        return Err(ImportFault::of_file(file, "is empty"));
    }
    let mut whole = taker.whole;
    whole.sum = gauge.sum();
    Ok(whole)
}

type Json<R> = serde_json::Deserializer<serde_json::de::IoRead<Metered<R>>>;

fn open<R: Read>(file: &str, input: R) -> Result<(Rc<Gauge>, Json<R>), ImportFault> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let gauge = Rc::new(Gauge::default());
    let start =
        input.fill_buf().map_err(|e| ImportFault::of_file(file, format!("cannot be read ({})", e.kind())))?;
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(ImportFault::of_file(file, "is not UTF-8 text; save it as UTF-8"));
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    if let Some(what) = kinds::no_text(input.fill_buf().unwrap_or_default()) {
        return Err(ImportFault::of_file(file, what));
    }
    if input.fill_buf().unwrap_or_default().iter().all(u8::is_ascii_whitespace) {
        return Err(ImportFault::of_file(file, "is empty"));
    }
    let start = input.fill_buf().unwrap_or_default();
    if let Some(what) = kinds::no_json(&String::from_utf8_lossy(start.get(..1_000).unwrap_or(start))) {
        return Err(ImportFault::of_file(file, what));
    }
    let json = serde_json::Deserializer::from_reader(Metered::new(input, Rc::clone(&gauge)));
    Ok((gauge, json))
}

enum Halt {
    Fault(ImportFault),
    /// The type is known, and nothing else was asked.
    Kind,
}

struct Top<'a, 'f> {
    taker: Taker<'a, 'f>,
    kind: Option<&'static str>,
    entries: Option<()>,
    only_kind: bool,
    halt: Option<Halt>,
}

impl Top<'_, '_> {
    fn halt<E: serde::de::Error>(&mut self, halt: Halt) -> E {
        self.halt = Some(halt);
        E::custom("stopped")
    }

    fn fault(&self, position: Position, path: &str, what: &str) -> Halt {
        Halt::Fault(self.taker.fault(position, path, what))
    }

    fn entry(&mut self, raw: &str) -> Result<(), ImportFault> {
        let index = self.taker.whole.entries;
        self.taker.whole.entries += 1;
        if self.only_kind {
            return Ok(());
        }
        let start = self.taker.gauge.start_of(raw, 3);
        self.taker.entry(raw, start, &format!("entry[{index}]"))
    }
}

impl<'de> Visitor<'de> for &mut Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        loop {
            self.taker.gauge.mark();
            let Some(key) = map.next_key::<String>()? else { return Ok(()) };
            match key.as_str() {
                "resourceType" => {
                    let raw: Box<RawValue> = map.next_value()?;
                    let place = self.taker.gauge.start_of(raw.get(), 2);
                    match (self.kind, short(&raw).and_then(|name| types::known(&name))) {
                        (Some(_), _) => {
                            return Err(self.halt(self.fault(place, "resourceType", "is there twice")));
                        }
                        (None, None) => {
                            return Err(self.halt(self.fault(place, "resourceType", NOT_R4)));
                        }
                        (None, Some(kind)) => self.kind = Some(kind),
                    }
                    if self.only_kind {
                        return Err(self.halt(Halt::Kind));
                    }
                }
                "link" => {
                    let raw: Box<RawValue> = map.next_value()?;
                    let links: Vec<Relation<'_>> = serde_json::from_str(raw.get()).unwrap_or_default();
                    let next =
                        |link: Relation<'_>| link.relation.and_then(short).is_some_and(|said| said == "next");
                    self.taker.whole.goes_on |= links.into_iter().any(next);
                }
                "entry" => {
                    if self.entries.replace(()).is_some() {
                        return Err(self.halt(self.fault(
                            self.taker.gauge.position(),
                            "entry",
                            "is there twice",
                        )));
                    }
                    map.next_value_seed(Entries(self))?;
                }
                _ => {
                    map.next_value::<Box<RawValue>>()?;
                }
            }
        }
    }
}

struct Entries<'t, 'a, 'f>(&'t mut Top<'a, 'f>);

impl<'de> DeserializeSeed<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        loop {
            self.0.taker.gauge.mark();
            let Some(raw) = seq.next_element::<Box<RawValue>>()? else { return Ok(()) };
            if let Err(fault) = self.0.entry(raw.get()) {
                return Err(self.0.halt(Halt::Fault(fault)));
            }
        }
    }
}

/// Where `part`, a slice of `whole`, begins in it.
pub(super) fn inside(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize).min(whole.len())
}

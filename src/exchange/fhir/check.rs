//! First pass: is all of the file right, what is in it, and who is it about.

use super::chart::{self, Item, KINDS};
use super::directory::{Directory, Key, Slot, medication_name};
use super::node::{self, MAX_RESOURCE, Node, Wrong};
use super::stream::{Piece, Whole};
use super::{Checked, FileReport, ImportFault, person};
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

/// Resources about somebody, before it is known whom.
#[derive(Clone, Copy, Default)]
struct Touch {
    last: u32,
    counts: [u32; 4],
}

pub(super) struct Checker {
    report: FileReport,
    directory: Directory,
    last: Vec<u32>,
    touched: HashMap<Key, Touch>,
    unnamed: [usize; 4],
    cleaned: Cell<usize>,
    contacts: HashMap<Key, usize>,
}

impl Checker {
    pub(super) fn new(file: &str) -> Self {
        Self {
            report: FileReport { file: crate::exchange::clean::line(file).0, ..FileReport::default() },
            directory: Directory::default(),
            last: Vec::new(),
            touched: HashMap::new(),
            unnamed: [0; 4],
            cleaned: Cell::new(0),
            contacts: HashMap::new(),
        }
    }

    /// Checks one resource and enters it.
    pub(super) fn take(&mut self, piece: &Piece<'_>) -> Result<(), ImportFault> {
        let chart = KINDS.iter().position(|kind| *kind == piece.kind);
        let outcome = match (chart, piece.kind) {
            (None, "Patient" | "Practitioner" | "Medication" | "Organization") | (Some(_), _) => {
                let value = parse(&self.report.file, piece)?;
                self.read(piece, &value, chart)
            }
            _ => {
                self.unplaced(piece.kind);
                self.enter(piece, Slot::Other, &[])
            }
        };
        self.report.resources += 1;
        outcome.map_err(|wrong| fault(&self.report.file, piece, &wrong))
    }

    fn unplaced(&mut self, kind: &str) {
        *self.report.unplaced.entry(kind.to_owned()).or_default() += 1;
    }

    fn enter(
        &mut self,
        piece: &Piece<'_>,
        slot: Slot,
        ids: &[crate::domain::Identifier],
    ) -> Result<(), Wrong> {
        self.directory.enter(piece, slot, ids).map_err(|what| Wrong { path: String::new(), what })
    }

    fn read(&mut self, piece: &Piece<'_>, value: &Value, chart: Option<usize>) -> Result<(), Wrong> {
        let cleaned = Cell::new(0);
        let node = Node::root(value, &cleaned);
        let entry = piece.index.unwrap_or_default() as u32;
        if let Some(kind) = chart {
            self.chart(entry, kind, &node)?;
            self.enter(piece, Slot::Other, &[])?;
        } else if piece.kind == "Patient" {
            let read = person::client(&node, &piece.full_url)?;
            let (_, pictures) = person::as_recorded(&node, piece.raw)?;
            self.report.pictures += usize::from(pictures);
            self.report.people += 1;
            self.report.deceased += usize::from(read.deceased);
            self.report.nameless += usize::from(read.nameless);
            self.enter(piece, Slot::Person(self.last.len() as u32), &read.client.identifiers)?;
            self.last.push(entry);
        } else if piece.kind == "Practitioner" {
            let contact = person::contact(&node)?;
            let ids =
                node.objects("identifier")?.iter().map(Node::as_identifier).collect::<Result<Vec<_>, _>>()?;
            *self.contacts.entry(self.directory.contact_key(&contact)).or_default() += 1;
            self.report.practitioners += 1;
            let slot = self.directory.add_contact(&contact);
            self.enter(piece, slot, &ids)?;
        } else {
            let organization = piece.kind == "Organization";
            let name = if organization { node.text("name")? } else { medication_name(&node)? };
            let ids =
                node.objects("identifier")?.iter().map(Node::as_identifier).collect::<Result<Vec<_>, _>>()?;
            let slot =
                self.directory.add_name(name, if organization { Slot::Place } else { Slot::Medication });
            self.unplaced(piece.kind);
            self.enter(piece, slot, &ids)?;
        }
        self.cleaned.set(self.cleaned.get() + cleaned.get());
        Ok(())
    }

    fn chart(&mut self, entry: u32, kind: usize, node: &Node<'_>) -> Result<(), Wrong> {
        let read = chart::read(kind, node, &self.directory)?;
        if matches!(read.item, Item::InError) {
            self.unplaced(&in_error(kind));
        } else if let Some(subject) = read.subject {
            let touch = self.touched.entry(self.directory.key_of(&subject, "Patient")).or_default();
            touch.last = entry;
            touch.counts[kind] += 1;
        } else {
            self.unnamed[kind] += 1;
        }
        Ok(())
    }

    /// Puts together who is whose, and what is nobody's.
    pub(super) fn finish(mut self, whole: &Whole, one: bool) -> Checked {
        let (mut placed, mut nobodys) = ([0; 4], self.unnamed);
        for (key, touch) in &self.touched {
            let person = match self.directory.slot(*key) {
                Some(Slot::Person(at)) => self.last.get_mut(at as usize),
                _ => None,
            };
            let sums = if let Some(last) = person {
                *last = touch.last.max(*last);
                &mut placed
            } else {
                &mut nobodys
            };
            for (sum, count) in sums.iter_mut().zip(touch.counts) {
                *sum += count as usize;
            }
        }
        let report = &mut self.report;
        [report.conditions, report.allergies, report.medications, report.encounters] = placed;
        report.without_person = KINDS
            .iter()
            .zip(nobodys)
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| ((*kind).to_owned(), count))
            .collect::<BTreeMap<_, _>>();
        report.bare_entries = whole.bare;
        report.cleaned = self.cleaned.get();
        Checked {
            report: self.report,
            directory: self.directory,
            last: self.last,
            sum: whole.sum,
            one,
            contacts: self.contacts,
        }
    }
}

/// What resources of `KINDS[kind]` that were taken back are counted as.
pub(super) fn in_error(kind: usize) -> String {
    format!("{} entered in error", KINDS[kind])
}

/// The resource as a tree, if it is not larger than a chart can take.
pub(super) fn parse(file: &str, piece: &Piece<'_>) -> Result<Value, ImportFault> {
    let here = |what: &'static str| fault(file, piece, &Wrong { path: String::new(), what });
    if piece.raw.len() > MAX_RESOURCE {
        return Err(here("is larger than 8 MB, the most a resource with a place in a chart may have"));
    }
    serde_json::from_str(piece.raw).map_err(|_| here("holds broken text or a number that is too large"))
}

/// A wrong element, with its place in the file.
pub(super) fn fault(file: &str, piece: &Piece<'_>, wrong: &Wrong) -> ImportFault {
    let dot = if wrong.path.is_empty() { "" } else { "." };
    ImportFault {
        at: Some(piece.place(node::locate(piece.raw, &wrong.path))),
        path: format!("{}{dot}{}", piece.name(), wrong.path),
        ..ImportFault::of_file(file, wrong.what)
    }
}

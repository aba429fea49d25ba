//! First pass: is all of the file right, what is in it, and who is it about.

use super::chart::{self, Item, KINDS};
use super::directory::{Directory, Key, Slot, Target, medication_name};
use super::node::{self, MAX_RESOURCE, Node, Remarks, Wrong};
use super::stream::Piece;
use super::{FileReport, ImportFault, person};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Kinds that are counted one by one.
const COUNTED: usize = KINDS.len();

/// Types that others refer to as to somebody who acts, and that have no place here.
const ACTORS: [&str; 5] = ["PractitionerRole", "CareTeam", "Device", "RelatedPerson", "HealthcareService"];

/// Resources about somebody, before it is known whom.
#[derive(Clone, Copy, Default)]
struct Touch {
    last: u32,
    counts: [u32; COUNTED],
}

pub(super) struct Checker {
    report: FileReport,
    directory: Directory,
    /// Number of the next resource, over all files.
    next: u32,
    /// Resources that were read before, word for word.
    again: HashSet<u32>,
    last: Vec<u32>,
    touched: HashMap<Target, Touch>,
    unnamed: [usize; COUNTED],
    contacts: HashMap<Key, usize>,
}

/// What the first pass knows.
pub(super) struct Known {
    pub(super) report: FileReport,
    pub(super) directory: Directory,
    pub(super) again: HashSet<u32>,
    pub(super) last: Vec<u32>,
    pub(super) contacts: HashMap<Key, usize>,
}

impl Checker {
    pub(super) fn new(name: &str) -> Self {
        Self {
            report: FileReport { file: crate::exchange::clean::line(name).0, ..FileReport::default() },
            directory: Directory::default(),
            next: 0,
            again: HashSet::new(),
            last: Vec::new(),
            touched: HashMap::new(),
            unnamed: [0; COUNTED],
            contacts: HashMap::new(),
        }
    }

    /// The next file begins.
    pub(super) fn begin(&mut self, number: usize, of: usize) {
        self.directory.begin(number, of);
    }

    /// Entries of a file that hold no resource.
    pub(super) fn bare(&mut self, entries: usize) {
        self.report.bare_entries += entries;
    }

    /// Checks one resource of `file` and enters it.
    pub(super) fn take(&mut self, file: &str, piece: &Piece<'_>) -> Result<(), ImportFault> {
        let entry = self.next;
        self.next += 1;
        let chart = KINDS.iter().position(|kind| *kind == piece.kind);
        let told = ["Patient", "Practitioner", "Medication", "Organization"].contains(&piece.kind);
        let placed = chart.is_some() || told;
        let again = self.directory.again(piece, placed);
        let again = again.map_err(|what| fault(file, piece, &Wrong { path: String::new(), what }))?;
        if again {
            self.again.insert(entry);
            self.report.twice += 1;
            return Ok(());
        }
        self.report.resources += 1;
        if placed {
            let value = parse(file, piece)?;
            return self.read(entry, piece, &value, chart).map_err(|wrong| fault(file, piece, &wrong));
        }
        self.unplaced(piece.kind);
        if ACTORS.contains(&piece.kind) {
            self.directory.enter(piece, Slot::Actor, &[]);
        }
        Ok(())
    }

    fn unplaced(&mut self, kind: &str) {
        *self.report.unplaced.entry(kind.to_owned()).or_default() += 1;
    }

    fn read(
        &mut self,
        entry: u32,
        piece: &Piece<'_>,
        value: &Value,
        chart: Option<usize>,
    ) -> Result<(), Wrong> {
        let remarks = Remarks::default();
        let node = Node::root(value, &remarks);
        if let Some(kind) = chart {
            self.chart(entry, kind, &node)?;
        } else if piece.kind == "Patient" {
            self.patient(entry, piece, &node)?;
        } else if piece.kind == "Practitioner" {
            let contact = person::contact(&node)?;
            *self.contacts.entry(self.directory.contact_key(&contact)).or_default() += 1;
            self.report.practitioners += 1;
            let slot = self.directory.add_contact(&contact);
            self.directory.enter(piece, slot, &numbers(&node)?);
        } else {
            let organization = piece.kind == "Organization";
            let name = if organization { node.text("name")? } else { medication_name(&node)? };
            let slot =
                self.directory.add_name(name, if organization { Slot::Place } else { Slot::Medication });
            self.unplaced(piece.kind);
            self.directory.enter(piece, slot, &numbers(&node)?);
        }
        self.report.cleaned += remarks.cleaned.get();
        self.report.versions.append(&mut remarks.versions.borrow_mut());
        Ok(())
    }

    fn patient(&mut self, entry: u32, piece: &Piece<'_>, node: &Node<'_>) -> Result<(), Wrong> {
        let read = person::client(node, &piece.full_url)?;
        let (_, pictures) = person::as_recorded(node, piece.raw)?;
        if let Some(by) = person::replaced_by(node)? {
            self.report.merged += 1;
            let slot = self.directory.add_replaced(&by);
            self.directory.enter(piece, slot, &[]);
            return Ok(());
        }
        self.report.pictures += usize::from(pictures);
        self.report.people += 1;
        self.report.deceased += usize::from(read.deceased);
        self.report.nameless += usize::from(read.nameless);
        self.directory.enter(piece, Slot::Person(self.last.len() as u32), &read.client.identifiers);
        self.last.push(entry);
        Ok(())
    }

    fn chart(&mut self, entry: u32, kind: usize, node: &Node<'_>) -> Result<(), Wrong> {
        let read = chart::read(kind, node, &self.directory)?;
        if let Item::Apart(word) = read.item {
            self.unplaced(&apart(kind, word));
        } else if let Some(subject) = read.subject {
            let touch = self.touched.entry(self.directory.target(&subject, "Patient")).or_default();
            touch.last = entry;
            touch.counts[kind] += 1;
        } else {
            self.unnamed[kind] += 1;
        }
        Ok(())
    }

    /// Puts together who is whose, and what is nobody's.
    pub(super) fn finish(mut self) -> Known {
        let (mut placed, mut nobodys) = ([0; COUNTED], self.unnamed);
        for (target, touch) in &self.touched {
            let person = match self.directory.slot(target) {
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
        let [conditions, allergies, ordered, encounters, stated] = placed;
        [report.conditions, report.allergies, report.medications, report.encounters] =
            [conditions, allergies, ordered + stated, encounters];
        report.without_person = KINDS
            .iter()
            .zip(nobodys)
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| ((*kind).to_owned(), count))
            .collect::<BTreeMap<_, _>>();
        Known {
            report: self.report,
            directory: self.directory,
            again: self.again,
            last: self.last,
            contacts: self.contacts,
        }
    }
}

fn numbers(node: &Node<'_>) -> Result<Vec<crate::domain::Identifier>, Wrong> {
    node.objects("identifier")?.iter().map(Node::as_identifier).collect()
}

/// What resources of `KINDS[kind]` that were taken back, or refuted, are counted as.
fn apart(kind: usize, word: &str) -> String {
    format!("{} {word}", KINDS[kind])
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

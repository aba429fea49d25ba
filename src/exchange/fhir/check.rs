//! First pass: is all of the file right, what is in it, and who is it about.

use super::chart::{self, Item, KINDS};
use super::directory::{Before, Directory, Key, Slot, Target, Version, medication_name};
use super::node::{self, MAX_RESOURCE, Node, Remarks, Wrong};
use super::stream::Piece;
use super::{FileReport, ImportFault, person, types};
use crate::domain::Date;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Kinds that are counted one by one.
const COUNTED: usize = KINDS.len();

/// Types that others refer to as to somebody who acts, and that have no place here.
const ACTORS: [&str; 4] = ["PractitionerRole", "CareTeam", "Device", "HealthcareService"];

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
    /// By person: has died, has no name, has a picture.
    known: Vec<(bool, bool, bool)>,
    touched: HashMap<Target, Touch>,
    unnamed: [usize; COUNTED],
    contacts: HashMap<Key, usize>,
    /// How people are one with others: a person, the other record, and whether that is used instead.
    links: Vec<(u32, Target, bool)>,
    today: Option<Date>,
    /// Resources of which a newer version comes later in their file.
    stale: HashSet<u32>,
}

/// What the first pass knows.
pub(super) struct Known {
    pub(super) report: FileReport,
    pub(super) directory: Directory,
    pub(super) again: HashSet<u32>,
    pub(super) last: Vec<u32>,
    pub(super) contacts: HashMap<Key, usize>,
    /// People whose record another has replaced that is not in the files.
    pub(super) lost: Vec<u32>,
}

impl Checker {
    /// `stale`: the resources of which it is known that a newer version comes later.
    pub(super) fn new(name: &str, today: Option<Date>, stale: HashSet<u32>) -> Self {
        Self {
            report: FileReport { file: crate::exchange::clean::line(name).0, ..FileReport::default() },
            directory: Directory::default(),
            next: 0,
            again: HashSet::new(),
            last: Vec::new(),
            known: Vec::new(),
            touched: HashMap::new(),
            unnamed: [0; COUNTED],
            contacts: HashMap::new(),
            links: Vec::new(),
            today,
            stale,
        }
    }

    /// Of which resources a newer version came later, all that are known now.
    pub(super) fn stale(&self) -> &HashSet<u32> {
        &self.stale
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
        if piece.deleted {
            self.directory.delete(piece);
            return Ok(());
        }
        let entry = self.next;
        self.next += 1;
        if self.stale.contains(&entry) {
            self.report.older += 1;
            self.again.insert(entry);
            return Ok(());
        }
        let chart = chart::kind_of(piece.kind);
        let told = ["Patient", "Practitioner", "Medication", "Organization"].contains(&piece.kind);
        let placed = chart.is_some() || told;
        let value = if placed { Some(parse(file, piece)?) } else { None };
        let (content, version) = what_it_says(piece, value.as_ref());
        let before = self.directory.before(piece, (&content, version), (entry, placed));
        let count = match before.map_err(|what| fault(file, piece, &Wrong { path: String::new(), what }))? {
            Before::New => None,
            Before::Newer(stale) => {
                self.stale.insert(stale);
                None
            }
            Before::Again { older: false } => Some(&mut self.report.twice),
            Before::Again { older: true } => Some(&mut self.report.older),
            Before::Deleted => Some(&mut self.report.deleted),
        };
        if let Some(count) = count {
            *count += 1;
            self.again.insert(entry);
            return Ok(());
        }
        self.report.resources += 1;
        self.directory.at(piece);
        if let Some(value) = value {
            if let Err(wrong) = self.read(entry, piece, &value, chart) {
                self.again.insert(entry);
                self.report.leave_out(fault(file, piece, &wrong));
            }
            return Ok(());
        }
        self.report.versions.extend(types::version(piece.kind));
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
        let remarks = Remarks::on(self.today);
        let node = Node::root(value, &remarks);
        self.report.versions.extend(types::version(piece.kind));
        if let Some(kind) = chart {
            self.chart(entry, kind, &node)?;
            // Others refer to them as to somebody who acts.
            if piece.kind == chart::RELATED {
                self.directory.enter(piece, Slot::Actor, &[]);
            }
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
        let links = person::links(node)?;
        // The numbers of a record that is not used any more are those of the other.
        let replaced = links.iter().any(|link| link.replaced);
        let numbers = if replaced { &[][..] } else { &read.client.identifiers };
        let number = self.last.len() as u32;
        for link in &links {
            self.links.push((number, self.directory.target(&link.other, "Patient"), link.replaced));
        }
        self.directory.enter(piece, Slot::Person(number), numbers);
        self.last.push(entry);
        self.known.push((read.deceased, read.nameless, pictures));
        Ok(())
    }

    fn chart(&mut self, entry: u32, kind: usize, node: &Node<'_>) -> Result<(), Wrong> {
        let read = chart::read(kind, node, &self.directory)?;
        if let Item::Apart(word) = read.item {
            self.unplaced(&apart(kind, word));
            // Whoever had it before is to hear of it.
            if let Some(subject) = read.subject {
                let touch = self.touched.entry(self.directory.target(&subject, "Patient")).or_default();
                touch.last = entry;
            }
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
        // What only tells which resources are the same is not needed any more.
        let Directory { in_file, deleted, before, .. } = &mut self.directory;
        (*in_file, *deleted, *before) = Default::default();
        let lost = self.directory.put_together(&self.links);
        for (person, (deceased, nameless, picture)) in self.known.iter().enumerate() {
            let report = &mut self.report;
            if self.directory.is_replaced(person as u32) {
                report.merged += 1;
                continue;
            }
            report.people += 1;
            report.deceased += usize::from(*deceased);
            report.nameless += usize::from(*nameless);
            report.pictures += usize::from(*picture);
        }
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
        let [conditions, allergies, ordered, encounters, stated, related] = placed;
        report.related = related;
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
            lost,
        }
    }
}

/// A text that is the same for two resources that say the same, and which version it is. What only tells when and where it
/// was sent says nothing of it, nor does the page that was made of it for reading.
fn what_it_says(piece: &Piece<'_>, value: Option<&Value>) -> (String, Version) {
    let Some(Value::Object(value)) = value else {
        let mut text = String::new();
        person::compact(piece.raw, &mut text);
        return (text, Version::default());
    };
    let mut text = String::new();
    for (key, value) in value.iter().filter(|(key, _)| !["meta", "text"].contains(&key.as_str())) {
        text.push_str(key);
        text.push_str(&value.to_string());
    }
    let meta =
        |key| value.get("meta").and_then(|meta| meta.get(key)).and_then(Value::as_str).unwrap_or_default();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).take(14).collect::<String>();
    let number = |text: &str| digits(text).parse().unwrap_or_default();
    (text, (number(meta("lastUpdated")), number(meta("versionId"))))
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

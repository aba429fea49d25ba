//! Second pass: everybody with what is theirs, handed over once the last of it has been read.

use super::chart::{self, Item};
use super::check::{fault, parse};
use super::directory::{Key, Slot};
use super::node::{Node, Remarks, Wrong};
use super::stream::Piece;
use super::{Checked, Doubted, FileReport, ImportFault, PersonPlan, person};
use crate::domain::{Client, OutsideContact};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

#[derive(Default)]
struct Waiting {
    plan: PersonPlan,
    known: HashSet<Key>,
}

pub(super) struct Gatherer<'a> {
    checked: &'a Checked,
    /// Number of the next resource, over all files.
    next: u32,
    seen: u32,
    waiting: HashMap<u32, Waiting>,
    /// After which entry who is complete, the last first.
    due: Vec<(u32, u32)>,
    named: HashSet<Key>,
    contacts: usize,
}

impl<'a> Gatherer<'a> {
    pub(super) fn new(checked: &'a Checked) -> Self {
        let own = |(person, _): &(usize, &u32)| !checked.directory.is_replaced(*person as u32);
        let people = checked.last.iter().enumerate().filter(own);
        let mut due: Vec<(u32, u32)> = people.map(|(person, last)| (*last, person as u32)).collect();
        due.sort_unstable_by_key(|(last, person)| Reverse((*last, *person)));
        Self { checked, next: 0, seen: 0, waiting: HashMap::new(), due, named: HashSet::new(), contacts: 0 }
    }

    /// The next file begins.
    pub(super) fn begin(&self, number: usize) {
        self.checked.directory.file(number);
    }

    /// Takes one resource of `file`; answers the people who are complete with it.
    pub(super) fn take(&mut self, file: &str, piece: &Piece<'_>) -> Result<Vec<PersonPlan>, ImportFault> {
        if piece.deleted {
            return Ok(Vec::new());
        }
        let entry = self.next;
        self.next += 1;
        if self.checked.again.contains(&entry) {
            return Ok(Vec::new());
        }
        let chart = chart::kind_of(piece.kind);
        if chart.is_some() || piece.kind == "Patient" {
            let value = parse(file, piece)?;
            self.checked.directory.at(piece);
            let remarks = Remarks::on(self.checked.today);
            let node = Node::root(&value, &remarks);
            let outcome = match chart {
                Some(kind) => self.chart(kind, piece, &node),
                None => self.patient(file, piece, &node),
            };
            outcome.map_err(|wrong| fault(file, piece, &wrong))?;
        }
        let mut complete = Vec::new();
        while let Some((_, person)) = self.due.pop_if(|(last, _)| *last <= entry) {
            complete.extend(self.waiting.remove(&person).map(finished));
        }
        Ok(complete)
    }

    fn patient(&mut self, file: &str, piece: &Piece<'_>, node: &Node<'_>) -> Result<(), Wrong> {
        let number = self.seen;
        self.seen += 1;
        if self.checked.directory.is_replaced(number) {
            return Ok(());
        }
        let read = person::client(node, &piece.full_url)?;
        let (recorded, _) = person::as_recorded(node, piece.raw)?;
        let mut people = Vec::new();
        for reference in &read.known_to {
            people.extend(self.checked.directory.practitioner(node, reference)?);
        }
        let plan = &mut self.waiting.entry(number).or_default().plan;
        // Those around them may have come first.
        let circle = std::mem::take(&mut plan.client.circle);
        plan.client = Client { circle, ..read.client };
        plan.deceased = read.deceased;
        plan.place = piece.name();
        plan.line = piece.place(0).0;
        file.clone_into(&mut plan.file);
        plan.doubts.extend(node.remarks().told(piece));
        for (is, what) in [
            (read.nameless, "no name is recorded"),
            (
                self.checked.lost.contains(&number),
                "says that another record is to be used instead, which is not there: came in as a person of their own",
            ),
        ] {
            if is {
                let (place, line) = (plan.place.clone(), plan.line);
                plan.doubts.push(Doubted { place, line, what: what.to_owned() });
            }
        }
        plan.imported.as_recorded.extend(recorded.map(|text| ("Patient".to_owned(), text)));
        self.know(number, people);
        Ok(())
    }

    fn chart(&mut self, kind: usize, piece: &Piece<'_>, node: &Node<'_>) -> Result<(), Wrong> {
        let directory = &self.checked.directory;
        let read = chart::read(kind, node, directory)?;
        let Some(Slot::Person(number)) =
            read.subject.and_then(|subject| directory.slot(&directory.target(&subject, "Patient")))
        else {
            return Ok(());
        };
        if let Item::Apart(word) = read.item {
            if kind == 0 {
                let plan = &mut self.waiting.entry(number).or_default().plan;
                plan.taken_back.push((node.source()?, word.to_owned()));
            }
            return Ok(());
        }
        let plan = &mut self.waiting.entry(number).or_default().plan;
        plan.doubts.extend(node.remarks().told(piece));
        let imported = &mut plan.imported;
        match read.item {
            Item::Condition(proposal) => imported.proposals.push(proposal),
            Item::Allergy(allergy) => imported.allergies.push(allergy),
            Item::Medication(medication) => imported.medications.push(medication),
            Item::Encounter(encounter) => imported.encounters.push(encounter),
            Item::Around(one) => plan.client.circle.push(one),
            Item::Apart(_) => {}
        }
        self.know(number, read.people);
        Ok(())
    }

    /// Adds contacts a person does not have yet.
    fn know(&mut self, number: u32, people: Vec<OutsideContact>) {
        for contact in people {
            let key = self.checked.directory.contact_key(&contact);
            self.named.insert(key);
            let waiting = self.waiting.entry(number).or_default();
            if waiting.known.insert(key) {
                waiting.plan.imported.contacts.push(contact);
                self.contacts += 1;
            }
        }
    }

    /// The report, now with what only this pass can count.
    pub(super) fn finish(self) -> FileReport {
        let mut report = self.checked.report.clone();
        let in_file = report.practitioners;
        report.practitioners = self.named.iter().filter_map(|key| self.checked.contacts.get(key)).sum();
        report.contacts = self.contacts;
        if in_file > report.practitioners {
            report.unplaced.insert("Practitioner".to_owned(), in_file - report.practitioners);
        }
        report
    }
}

fn finished(waiting: Waiting) -> PersonPlan {
    let mut plan = waiting.plan;
    for (at, proposal) in plan.imported.proposals.iter_mut().enumerate() {
        proposal.number = at as u32 + 1;
    }
    plan.imported.encounters.sort_by_key(|encounter| Reverse(encounter.on));
    plan
}

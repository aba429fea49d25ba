//! Two charts of one person: where a link is, what may be said next, and how the person is on lists.
//!
//! Owns what follows from the entries of a [`SamePerson`]. Nothing of it is stored: taking a link back leaves nothing behind.

use super::find::squeeze;
use crate::domain::{ClientId, Moment, SamePerson, SameSaid, SameWhat, StaffId, Summary};
use std::collections::HashMap;

#[cfg(test)]
mod tests;

/// Where a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameStands {
    /// Somebody asked to link the charts; a second person decides.
    Asked,
    Linked,
    /// Somebody asked to unlink the charts; they are linked until a second person agrees.
    UnlinkAsked,
    /// Never linked, or not any more.
    Over,
}

impl SameStands {
    /// Returns where a link is after everything that was said.
    pub fn of(same: &SamePerson) -> Self {
        match same.said.last().map(|said| said.what) {
            Some(SameWhat::AskedToLink) => Self::Asked,
            Some(SameWhat::Linked | SameWhat::StayLinked) => Self::Linked,
            Some(SameWhat::AskedToUnlink) => Self::UnlinkAsked,
            Some(SameWhat::NotLinked | SameWhat::Unlinked) | None => Self::Over,
        }
    }

    /// Whether the two charts are one person's now.
    pub fn holds(self) -> bool {
        matches!(self, Self::Linked | Self::UnlinkAsked)
    }

    /// Whether a second person has to decide.
    pub fn waits(self) -> bool {
        matches!(self, Self::Asked | Self::UnlinkAsked)
    }
}

/// Returns the entry that a decision adds, or why it cannot be made. Nobody agrees to what they asked for themselves;
/// declining it takes it back.
pub fn decided(same: &SamePerson, by: StaffId, agrees: bool) -> Result<SameWhat, &'static str> {
    let asked_by = same.said.last().map(|said| said.by);
    if agrees && SameStands::of(same).waits() && asked_by == Some(by) {
        return Err(
            "You asked for this yourself, so somebody else has to agree. A supervisor or an admin can.",
        );
    }
    match (SameStands::of(same), agrees) {
        (SameStands::Asked, true) => Ok(SameWhat::Linked),
        (SameStands::Asked, false) => Ok(SameWhat::NotLinked),
        (SameStands::UnlinkAsked, true) => Ok(SameWhat::Unlinked),
        (SameStands::UnlinkAsked, false) => Ok(SameWhat::StayLinked),
        (SameStands::Linked | SameStands::Over, _) => Err("This was decided already. Open the chart again."),
    }
}

/// Returns why two charts cannot be linked like this; `None` if they can.
pub fn hinders(all: &[&SamePerson], leads: &Summary, other: &Summary) -> Option<String> {
    let (lead, beside) = (leads.client, other.client);
    if lead == beside {
        return Some("This is the chart you are in. Type the record number of the other chart.".to_owned());
    }
    let open = |same: &&&SamePerson| SameStands::of(same) != SameStands::Over;
    if all.iter().filter(open).any(|same| same.has(lead) && same.has(beside)) {
        return Some(format!(
            "{} and {} are linked already, or somebody asked for it.",
            leads.record_no, other.record_no
        ));
    }
    // One level only: a chart that leads is no part of another, and no chart is a part of two.
    if all.iter().filter(open).any(|same| same.other == lead || same.has(beside)) {
        return Some(format!(
            "{} or {} is linked with another chart. Link that one, or unlink it first.",
            leads.record_no, other.record_no
        ));
    }
    (leads.episode.is_none() && other.episode.is_some()).then(|| {
        format!(
            "{} is admitted and {} is not, and new entries need an admission. Let {} lead.",
            other.record_no, leads.record_no, other.record_no
        )
    })
}

/// Adds what somebody says to what was said before.
pub fn say(same: &mut SamePerson, what: SameWhat, by: StaffId, at: Moment, why: String) {
    same.said.push(SameSaid { what, by, at, why });
}

/// The links that hold now, by chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The leading chart of each chart that does not lead.
    leading: HashMap<ClientId, ClientId>,
    /// The other charts of each chart that leads, in the order in which they were linked.
    others: HashMap<ClientId, Vec<ClientId>>,
}

impl Links {
    /// Returns the links that hold.
    pub fn of<'a>(all: impl IntoIterator<Item = &'a SamePerson>) -> Self {
        let mut links = Self::default();
        for same in all.into_iter().filter(|same| SameStands::of(same).holds()) {
            links.leading.insert(same.other, same.leads);
            links.others.entry(same.leads).or_default().push(same.other);
        }
        links
    }

    /// Returns the chart that leads this one; `None` if it leads itself.
    pub fn leading(&self, client: ClientId) -> Option<ClientId> {
        self.leading.get(&client).copied()
    }

    /// Returns the charts that this one leads.
    pub fn others(&self, client: ClientId) -> &[ClientId] {
        self.others.get(&client).map_or(&[], Vec::as_slice)
    }

    /// Returns every chart of the person whose chart this is, the leading one first.
    pub fn charts(&self, client: ClientId) -> Vec<ClientId> {
        let leads = self.leading(client).unwrap_or(client);
        [&[leads], self.others(leads)].concat()
    }
}

/// Returns the one line of a person on lists: the leading chart, with everything of the others that has to be found or
/// that waits for somebody.
pub fn one_line<'a>(leads: &Summary, others: impl IntoIterator<Item = &'a Summary>) -> Summary {
    let mut line = leads.clone();
    let mut find = line.find.to_string();
    for other in others {
        find = found_by(&find, other);
        line.needs.extend(other.needs.iter().cloned());
        line.drafts.extend(other.drafts.iter().cloned());
        line.waiting.extend(other.waiting.iter().cloned());
        line.days.sessions.extend(other.days.sessions.iter().cloned());
        line.days.met = line.days.met.max(other.days.met);
        line.last_contact = line.last_contact.max(other.last_contact);
        line.notes += other.notes;
        line.proposals += other.proposals;
        line.deceased |= other.deceased;
    }
    line.days.sessions.sort_by_key(|session| (session.date, session.start));
    line.find = find.into();
    line
}

/// What a person is found by, with the names and numbers of another chart of theirs.
fn found_by(find: &str, other: &Summary) -> String {
    let (words, numbers) = find.split_once('\t').unwrap_or((find, ""));
    let (more_words, more_numbers) = other.find.split_once('\t').unwrap_or((&other.find, ""));
    let joined = |one: &str, more: &str| format!("{one} {more}").trim().to_owned();
    let numbers = joined(&joined(numbers, more_numbers), &squeeze(&other.record_no));
    format!("{}\t{numbers}", joined(words, more_words))
}

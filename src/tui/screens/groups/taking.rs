//! What the service answers, taken over: what was typed meanwhile stays.

use super::part::{Part, Writing};
use super::session::GroupSessionScreen;
use crate::domain::ClientId;
use crate::service::api::{GroupMember, GroupSessionView};

impl GroupSessionScreen {
    pub(super) fn take(&mut self, view: &GroupSessionView) {
        let mut parts = Vec::new();
        for member in &view.members {
            let Some(part) = member.part.as_ref().filter(|part| part.by.is_none()) else { continue };
            let client = member.entry.client;
            let kept = self.parts.iter().position(|one| one.client == client && one.number == part.number);
            match kept.map(|at| self.parts.swap_remove(at)).filter(|one| one.edits > one.saved) {
                Some(unsaved) => parts.push(unsaved),
                None => parts.push(Part {
                    client,
                    number: part.number,
                    note: part.note.clone(),
                    edits: 0,
                    saved: 0,
                }),
            }
        }
        self.parts = parts;
        self.at = self.at.min(view.members.len());
        self.view = Some(Box::new(view.clone()));
        let gone = |writing: &Writing| writing.client.is_some_and(|one| self.part_of(one).is_none());
        if self.writing.as_ref().is_some_and(gone) {
            self.writing = None;
        }
    }

    /// What a part carries of the shared words stays on the screen when the part goes.
    fn shared_goes_on(&mut self, client: ClientId) {
        if self.carrier().is_none_or(|part| part.client != client) {
            return;
        }
        let shared = self.shared().to_owned();
        if let Some(view) = &mut self.view {
            view.shared = shared;
        }
    }

    pub(super) fn took(&mut self, marked: &GroupMember) {
        // One that was asked in a window is not on the screen yet.
        let in_a_window = self.asked == 0;
        self.asked = self.asked.saturating_sub(1);
        let client = marked.entry.client;
        let own = marked.part.as_ref().filter(|part| part.by.is_none());
        if own.is_none() {
            self.shared_goes_on(client);
        }
        match own {
            None => self.parts.retain(|part| part.client != client),
            Some(part) if self.part_of(client).is_none_or(|known| known.number != part.number) => {
                self.parts.retain(|part| part.client != client);
                let (number, note) = (part.number, part.note.clone());
                self.parts.push(Part { client, number, note, edits: 0, saved: 0 });
                let order: Vec<ClientId> = self.members().iter().map(|one| one.entry.client).collect();
                self.parts.sort_by_key(|part| order.iter().position(|one| *one == part.client));
            }
            Some(_) => {}
        }
        let last = self.asked == 0;
        if let Some(member) = self.member_mut(client) {
            let entry = if last { marked.entry.clone() } else { member.entry.clone() };
            *member = GroupMember { entry, ..marked.clone() };
        }
        if last && let Some(view) = &mut self.view {
            let entries = view.members.iter().map(|member| member.entry.clone()).collect();
            view.session.entries = entries;
        }
        if in_a_window {
            self.checked = None;
            self.go_on();
        }
    }
}

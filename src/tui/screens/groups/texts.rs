//! Writing: into a part, on to the next one, back; every key's words go into the draft that is saved.

use super::part::{PART, SHARED, Writing};
use super::session::GroupSessionScreen;
use crate::domain::{ClientId, Section};
use crate::tui::editor::{Editor, EditorCommand, Motion};
use crate::tui::facts::{Clip, Cx};
use crate::tui::screen::Step;
use crate::tui::screens::chart::notes::passages;

impl GroupSessionScreen {
    /// Goes into a text: the highlighted member's part, or the shared one.
    pub(super) fn write(&mut self) -> Vec<Step> {
        if self.at == 0 {
            if self.parts.is_empty() {
                let why = "Say first who was there: the shared part is written into their parts.";
                return vec![Step::Say(why.to_owned())];
            }
            let text = self.shared().to_owned();
            return self.put_into_text(None, &Section { key: SHARED.to_owned(), text, ..Section::default() });
        }
        let Some(member) = self.here() else { return Vec::new() };
        let (client, signed) = (member.entry.client, member.entry.note > 0);
        match self.part_of(client).map(|part| part.section(PART)) {
            Some(section) => self.put_into_text(Some(client), &section),
            None if signed => {
                vec![Step::Say("This part is signed. It can be amended in the chart.".to_owned())]
            }
            None => {
                vec![Step::Say("Say first that they were there; whoever was not has no part.".to_owned())]
            }
        }
    }

    fn put_into_text(&mut self, client: Option<ClientId>, section: &Section) -> Vec<Step> {
        let mut editor = Editor::new(&section.text);
        let copied = client.and_then(|client| self.part_of(client)).map(|part| part.note.copied.as_slice());
        let copied = copied.unwrap_or_default();
        passages::take_up(std::slice::from_ref(section), copied, std::slice::from_mut(&mut editor));
        editor.apply(EditorCommand::Move(Motion::TextEnd));
        self.writing = Some(Writing { client, key: section.key.clone(), editor });
        self.checked = None;
        Vec::new()
    }

    /// What was typed goes into its part at each key, so that a save finds it there.
    fn typed(&mut self) -> Vec<Step> {
        let Some(writing) = &self.writing else { return Vec::new() };
        let client = writing.client.or_else(|| self.carrier().map(|part| part.client));
        if let Some(part) = self.parts.iter_mut().find(|part| Some(part.client) == client) {
            part.put(&writing.key, &writing.editor);
            part.note.group.carries |= writing.client.is_none();
        }
        vec![Step::Unsaved]
    }

    pub(super) fn apply(&mut self, command: EditorCommand, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.editor.at_time(cx.now.moment.0);
        writing.editor.set_clipboard(cx.clip.text());
        let effect = writing.editor.apply(command);
        let mut steps = if effect.changed { self.typed() } else { Vec::new() };
        if let Some(text) = effect.clipboard {
            steps.push(Step::Clip(Clip::of(&text)));
        }
        steps
    }

    /// The next section; behind the last one the next part without words; behind the last of those the list.
    pub(super) fn next_text(&mut self) -> Vec<Step> {
        let Some(writing) = self.writing.take() else { return Vec::new() };
        let client = writing.client;
        if let Some(part) = client.and_then(|client| self.part_of(client)) {
            let own: Vec<&str> =
                part.note.sections.iter().map(|one| one.key.as_str()).filter(|key| *key != SHARED).collect();
            let next = own.iter().position(|key| *key == writing.key).and_then(|at| own.get(at + 1));
            if let Some(section) = next.map(|key| part.section(key)) {
                return self.put_into_text(client, &section);
            }
        }
        self.next_unwritten(true)
    }

    /// To the next member whose part has no words yet, behind the highlighted one first.
    pub(super) fn next_unwritten(&mut self, into: bool) -> Vec<Step> {
        let count = self.members().len();
        let open = |at: &usize| {
            let member = &self.members()[*at];
            self.part_of(member.entry.client).is_some_and(|part| !part.is_written())
        };
        let next = (self.at..count).chain(0..self.at.min(count)).find(open);
        match next {
            Some(at) => {
                self.at = at + 1;
                if into { self.write() } else { Vec::new() }
            }
            None => vec![Step::Say("Every part has words. [key:sign] signs them.".to_owned())],
        }
    }

    pub(super) fn back_text(&mut self) -> Vec<Step> {
        let Some(writing) = self.writing.take() else { return Vec::new() };
        if writing.key != PART && writing.key != SHARED {
            return self.write();
        }
        self.at = self.at.saturating_sub(1);
        if self.at > 0 && self.here().is_some_and(|one| self.part_of(one.entry.client).is_some()) {
            return self.write();
        }
        Vec::new()
    }
}

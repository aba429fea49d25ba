//! A draft in another format: every text moves to where it belongs there, and what belongs nowhere stays below.
//!
//! Owns that no word is lost by it.

use super::passages;
use super::writing::Writing;
use crate::domain::{NoteDraft, NoteField, Section};
use crate::packs::Format;
use crate::tui::editor::{Editor, Passage, Texts};

/// One section being moved.
struct Moving {
    section: Section,
    editor: Option<Editor>,
}

impl Writing {
    /// Puts the draft into another format. Texts go to the section of their key, or to one that takes them; what neither is
    /// stays as its own section at the end, under its old title. Back in a format without having written since, it
    /// is as it was there.
    pub(super) fn reformat(&mut self, format: &Format) {
        let before = self.edits();
        if before != self.reformatted_at {
            self.earlier_formats.clear();
        }
        let earlier = self.earlier_formats.iter().position(|note| note.format == format.key);
        self.earlier_formats.push(self.note());
        match earlier.map(|at| self.earlier_formats.swap_remove(at)) {
            Some(note) => self.stand_again(note),
            None => self.rearrange(format),
        }
        self.changed_by(before);
        self.reformatted_at = self.edits();
        self.turn(self.editors.iter().position(Editor::is_empty).unwrap_or(0));
        self.scroll = 0;
    }

    fn stand_again(&mut self, mut note: NoteDraft) {
        let mut editors = Texts::new(note.sections.iter().map(|section| &section.text));
        passages::take_up(&note.sections, &std::mem::take(&mut note.copied), &mut editors);
        note.sections.iter_mut().for_each(|section| section.text.clear());
        self.frame = note;
        self.editors = editors;
    }

    fn rearrange(&mut self, format: &Format) {
        let was_held = self.frame.service.minutes > 0;
        let sections = std::mem::take(&mut self.frame.sections);
        let editors = std::mem::take(&mut self.editors).into_editors();
        let mut old: Vec<Moving> = sections
            .into_iter()
            .zip(editors)
            .map(|(section, editor)| Moving { section, editor: Some(editor) })
            .collect();
        let wanted: Vec<(Section, Vec<Editor>)> = format
            .sections
            .iter()
            .map(|section| {
                let takes = |one: &Moving| one.section.key == section.key;
                let named =
                    Section { key: section.key.clone(), title: section.title.clone(), text: String::new() };
                (named, taken(&mut old, takes))
            })
            .collect();
        let mut moved = Vec::new();
        for (section, mut editors) in wanted {
            let takes = format.section(&section.key).map(|one| one.takes.as_slice()).unwrap_or_default();
            editors.extend(taken(&mut old, |one| takes.contains(&one.section.key)));
            self.frame.sections.push(section);
            moved.push(joined(editors));
        }
        for one in old {
            if let Some(editor) = one.editor.filter(|editor| !editor.is_empty()) {
                self.frame.sections.push(one.section);
                moved.push(editor);
            }
        }
        self.frame.format.clone_from(&format.key);
        self.frame.fields = fields(format, &self.frame.fields);
        self.retime(format, was_held);
        self.editors = Texts::of(moved);
    }

    /// What the format says of the service, and minutes where a session now took place, or now did not.
    fn retime(&mut self, format: &Format, was_held: bool) {
        const USUAL: u16 = 50;
        let (service, usual) = (&mut self.frame.service, &format.service);
        service.modality = usual.modality.or(service.modality);
        service.kind = usual.kind.clone().unwrap_or_else(|| std::mem::take(&mut service.kind));
        match (format.held, was_held) {
            (false, true) => (service.minutes, service.pause) = (0, 0),
            (true, false) => service.minutes = usual.minutes.unwrap_or(USUAL),
            _ => {}
        }
    }
}

/// Takes the written texts of some sections out.
fn taken(old: &mut [Moving], of: impl Fn(&Moving) -> bool) -> Vec<Editor> {
    let mut out = Vec::new();
    for one in old.iter_mut().filter(|one| of(one)) {
        if one.editor.as_ref().is_some_and(|editor| !editor.is_empty()) {
            out.extend(one.editor.take());
        }
    }
    out
}

/// Several texts as one, a line between them. A single one stays what it is, with its undo.
fn joined(mut editors: Vec<Editor>) -> Editor {
    if editors.len() <= 1 {
        return editors.pop().unwrap_or_default();
    }
    let mut text = String::new();
    let mut marks: Vec<(usize, usize, Passage)> = Vec::new();
    for editor in &mut editors {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        for passage in editor.passages() {
            let (from, to) = (editor.offset(passage.from), editor.offset(passage.to));
            marks.push((start + from, start + to, *passage));
        }
        text.push_str(&editor.text());
        editor.wipe();
    }
    let mut one = Editor::new(&text);
    for (from, to, passage) in marks {
        passages::mark(&mut one, from..to, passage.tag, passage.about);
    }
    one
}

/// The short answers of the new format, with what was answered; answers it does not ask stay if they say something.
fn fields(format: &Format, given: &[NoteField]) -> Vec<NoteField> {
    let of = |key: &str| given.iter().find(|one| one.key == key);
    let mut out: Vec<NoteField> = format
        .fields
        .iter()
        .map(|field| NoteField {
            key: field.key.clone(),
            title: field.title.clone(),
            value: of(&field.key).map(|one| one.value.clone()).unwrap_or_default(),
        })
        .collect();
    let kept = given.iter().filter(|one| !one.value.is_empty() && out.iter().all(|new| new.key != one.key));
    let kept: Vec<NoteField> = kept.cloned().collect();
    out.extend(kept);
    out
}

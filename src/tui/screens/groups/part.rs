//! One's own part of a member as it is on the screen, and the text that is written just now.

use crate::domain::{ClientId, NoteDraft, Number, Section};
use crate::service::api::{DraftBody, DraftSave};
use crate::tui::editor::Editor;
use crate::tui::screens::chart::notes::passages;

/// Section of a part that everybody's has in common.
pub(super) const SHARED: &str = "shared";
/// Section that a part has to have words in.
pub(super) const PART: &str = "part";

/// What a digit says in the highlighted row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Column {
    #[default]
    Here,
    TookPart,
    Progress,
    /// What a member answered on their own slip.
    Slip,
}

/// One's own part of a member, as it is on the screen.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) client: ClientId,
    pub(super) number: Number,
    pub(super) note: NoteDraft,
    pub(super) edits: u64,
    pub(super) saved: u64,
}

impl Part {
    /// The words of a section.
    pub(super) fn text(&self, key: &str) -> &str {
        self.note.sections.iter().find(|one| one.key == key).map_or("", |one| one.text.as_str())
    }

    /// The section with its words; one without words if there is none of this key.
    pub(super) fn section(&self, key: &str) -> Section {
        let found = self.note.sections.iter().find(|one| one.key == key);
        found.cloned().unwrap_or_else(|| Section { key: key.to_owned(), ..Section::default() })
    }

    /// Puts what an editor holds into a section, with what of it is as it was copied.
    pub(super) fn put(&mut self, key: &str, editor: &Editor) {
        let mut here = self.section(key);
        here.text = editor.text();
        self.note.copied.retain(|one| one.section != key);
        self.note.copied.extend(passages::copied(std::slice::from_ref(&here), std::slice::from_ref(editor)));
        if let Some(section) = self.note.sections.iter_mut().find(|one| one.key == key) {
            *section = here;
        }
        self.edits += 1;
    }

    /// Whether a section has words that were put into several parts and that nobody has changed.
    pub(super) fn is_copied(&self, key: &str) -> bool {
        self.note.copied.iter().any(|one| one.in_common && one.section == key)
    }

    /// Whether it has the words it needs.
    pub(super) fn is_written(&self) -> bool {
        !self.text(PART).trim().is_empty()
    }

    pub(super) fn save(&self) -> DraftSave {
        let body = DraftBody::Note(self.note.clone());
        DraftSave { client: self.client, number: self.number, edits: self.edits, body }
    }
}

/// Where the keys write.
#[derive(Debug)]
pub(super) struct Writing {
    /// Whose part; `None` = the shared one.
    pub(super) client: Option<ClientId>,
    /// Which section.
    pub(super) key: String,
    pub(super) editor: Editor,
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.editor.wipe();
    }
}

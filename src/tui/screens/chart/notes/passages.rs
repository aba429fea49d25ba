//! Passages of a note being written: blanks to fill, what was copied or filled in and not edited since.
//!
//! Owns how they come from a draft into the editors and back, how one goes from blank to blank, and how a filled phrase
//! is put in as one step.

use super::writing::Writing;
use crate::domain::{Copied, Section};
use crate::rules::phrases::{self, Filled, Mark};
use crate::tui::editor::{Editor, Pos, Tag};
use crate::tui::facts::Cx;
use std::ops::Range;

/// Puts a tag on bytes of an editor's text.
pub(super) fn mark(editor: &mut Editor, range: Range<usize>, tag: Tag, about: u32) {
    let (from, to) = (editor.at_offset(range.start), editor.at_offset(range.end));
    editor.tag(from, to, tag, about);
}

/// Takes up the passages of a draft: what is marked as copied, and every blank in the text. A copy of no note is one of another
/// part of the same group session.
pub(in crate::tui::screens) fn take_up(sections: &[Section], copied: &[Copied], editors: &mut [Editor]) {
    for (section, editor) in sections.iter().zip(editors.iter_mut()) {
        let text = editor.text();
        for blank in phrases::blanks(&text) {
            mark(editor, blank, Tag::Blank, 0);
        }
        for passage in copied.iter().filter(|passage| passage.section == section.key) {
            let tag = if passage.is_copy() { Tag::Copied } else { Tag::Filled };
            mark(editor, passage.start as usize..passage.end as usize, tag, passage.from);
        }
    }
}

/// What is in the editors as it came from elsewhere.
pub(in crate::tui::screens) fn copied(sections: &[Section], editors: &[Editor]) -> Vec<Copied> {
    let mut out = Vec::new();
    for (section, editor) in sections.iter().zip(editors) {
        for passage in editor.passages().iter().filter(|one| one.tag != Tag::Blank) {
            out.push(Copied {
                section: section.key.clone(),
                start: editor.offset(passage.from) as u32,
                end: editor.offset(passage.to) as u32,
                from: if passage.tag == Tag::Copied { passage.about } else { 0 },
                in_common: passage.tag == Tag::Copied && passage.about == 0,
            });
        }
    }
    out
}

/// A filled phrase as an editor takes it.
fn tagged(filled: &Filled) -> Vec<(Range<usize>, Tag, u32)> {
    let tag = |mark: Mark| match mark {
        Mark::Blank => (Tag::Blank, 0),
        Mark::Filled => (Tag::Filled, 0),
        Mark::Copied(note) => (Tag::Copied, note),
    };
    filled
        .marks
        .iter()
        .map(|(range, mark)| {
            let (tag, about) = tag(*mark);
            (range.clone(), tag, about)
        })
        .collect()
}

impl Writing {
    /// Blanks that are left.
    pub(super) fn blanks(&self) -> usize {
        let of = |editor: &Editor| editor.passages().iter().filter(|one| one.tag == Tag::Blank).count();
        self.editors.iter().map(of).sum()
    }

    /// Passages copied from other notes that nobody has edited.
    pub(super) fn copies(&self) -> usize {
        let of = |editor: &Editor| editor.passages().iter().filter(|one| one.tag == Tag::Copied).count();
        self.editors.iter().map(of).sum()
    }

    /// What should be known before signing: blanks, copies, other services at the same time.
    pub(super) fn left_open(&self) -> Vec<String> {
        let mut lines = Vec::new();
        match self.blanks() {
            0 => {}
            1 => lines.push("1 blank is left. Esc, then Tab goes to it.".to_owned()),
            many => lines.push(format!("{many} blanks are left. Esc, then Tab goes to the next.")),
        }
        match self.copies() {
            0 => {}
            1 => lines.push("1 passage is as it was copied. It is signed with that mark.".to_owned()),
            many => lines
                .push(format!("{many} passages are as they were copied. They are signed with that mark.")),
        }
        lines.extend(self.overlaps.iter().map(|other| format!("At the same time: {other}.")));
        lines
    }

    /// Selects the next blank of the note, so that typing fills it; says whether there is one.
    pub(super) fn next_blank(&mut self, back: bool, cx: &Cx) -> bool {
        self.fit(cx);
        let count = self.editors.len();
        let here = self.focus().min(count - 1);
        // The rest of this section first, then the others in order, then this one from its other end.
        for step in 0..=count {
            let at = if back { (here + 2 * count - step) % count } else { (here + step) % count };
            let ahead = step > 0 || self.is_blank_ahead(at, back);
            if !ahead || !self.has_blank(at) {
                continue;
            }
            if at != here || step > 0 {
                self.turn(at);
                let editor = self.here();
                let end = editor.at_offset(usize::MAX);
                editor.go_to_place(if back { end } else { Pos::default() });
            }
            let found = self.here().select_passage(Tag::Blank, back);
            self.show(cx);
            return found;
        }
        false
    }

    fn has_blank(&self, at: usize) -> bool {
        self.editors[at].passages().iter().any(|one| one.tag == Tag::Blank)
    }

    /// Whether a blank of this section is beyond the cursor.
    fn is_blank_ahead(&self, at: usize, back: bool) -> bool {
        let editor = &self.editors[at];
        let selected = editor.selection();
        let here = selected.map_or(editor.cursor(), |(from, _)| from);
        editor.passages().iter().filter(|one| one.tag == Tag::Blank).any(|one| {
            let is_it = selected == Some((one.from, one.to));
            !is_it && if back { one.from < here } else { one.from >= here }
        })
    }

    /// Puts a filled phrase in at the cursor as one step; the first blank of it is selected.
    pub(super) fn put_in(&mut self, filled: &Filled, cx: &Cx) -> bool {
        self.put_over(None, filled, cx)
    }

    /// The same, in the place of what is between two places.
    pub(super) fn put_over(&mut self, place: Option<(Pos, Pos)>, filled: &Filled, cx: &Cx) -> bool {
        let changed = self.put_step(place, filled, cx);
        self.editors.settle();
        changed
    }

    /// The same, as a part of a step that goes on.
    pub(super) fn put_step(&mut self, place: Option<(Pos, Pos)>, filled: &Filled, cx: &Cx) -> bool {
        self.fit(cx);
        let tags = tagged(filled);
        let editor = self.here();
        editor.at_time(cx.now.moment.0);
        let start = place.map(|(from, _)| from).or(editor.selection().map(|(from, _)| from));
        let start = start.unwrap_or(editor.cursor());
        let effect = match place {
            Some((from, to)) => editor.replace_tagged(from, to, &filled.text, &tags),
            None => editor.insert_step(&filled.text, &tags),
        };
        if filled.marks.iter().any(|(_, mark)| *mark == Mark::Blank) {
            let end = editor.cursor();
            editor.go_to_place(start);
            if !editor.select_passage(Tag::Blank, false) {
                editor.go_to_place(end);
            }
        }
        self.show(cx);
        effect.changed
    }
}

//! A note being written: one editor per section, stacked on one page, with the header beside them.
//!
//! Owns the text while it is written, where the cursor is, and how much of it the service has on disk. The text is in
//! the editors alone and is overwritten when the draft is closed.

use super::beside::Beside;
use super::marks::{Mark, Repeats};
use super::{page, passages};
use crate::domain::{ClientId, HeaderAnswers, LocalTime, NoteDraft, NoteText, Number, Section};
use crate::rules::amended::changed;
use crate::rules::content;
use crate::rules::note;
use crate::rules::when;
use crate::service::api::{DocAsk, DraftBody, DraftSave, DraftView, KeptFor, PageSpot, RemarkView};
use crate::tui::editor::{Acted, Editor, EditorCommand, Motion, Place, Pos, Texts};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;
use ratatui::layout::{Position, Rect};

/// An open draft of one's own.
#[derive(Debug)]
pub(super) struct Writing {
    pub(super) client: ClientId,
    pub(super) number: Number,
    /// Header and section names; the texts in it are empty, they are in the editors.
    pub(super) frame: NoteDraft,
    pub(super) editors: Texts,
    pub(super) scroll: usize,
    /// Changes to what is no section's text: header, links, format.
    other_edits: u64,
    saved_edits: u64,
    pub(super) saved: LocalTime,
    /// It was found after the desk had stopped without a lock, and nothing was saved since.
    pub(super) recovered: bool,
    /// The service has nothing of it but how it began: it was never saved with a change.
    never_saved: bool,
    /// What the author wrote elsewhere.
    pub(super) repeats: Repeats,
    /// Why the last save did not go through.
    pub(super) trouble: Option<String>,
    /// What else was at the time of the service, as the service said.
    pub(super) overlaps: Vec<String>,
    /// The chart beside the note, when the keys go there.
    pub(super) beside: Option<Beside>,
    /// How it was in the formats it was in, while nothing has changed since.
    pub(super) earlier_formats: Vec<NoteDraft>,
    /// Edits when the format was changed last.
    pub(super) reformatted_at: u64,
    /// The note that it amends, as it was signed.
    amended: Option<Box<NoteText>>,
    /// What the co-signer said who returned the note that it amends or adds to.
    pub(super) returned: Option<Box<RemarkView>>,
}

impl Writing {
    /// Takes up a draft: the cursor goes behind what was written last, or to the first section.
    pub(super) fn new(view: &DraftView) -> Option<Self> {
        let DraftBody::Note(note) = &view.body else { return None };
        let mut frame = note.clone();
        if frame.sections.is_empty() {
            frame.sections.push(Section::default());
        }
        let mut editors = Texts::new(frame.sections.iter().map(|section| &section.text));
        passages::take_up(&frame.sections, &std::mem::take(&mut frame.copied), &mut editors);
        for (section, editor) in frame.sections.iter_mut().zip(editors.iter_mut()) {
            section.text.clear();
            editor.apply(EditorCommand::Move(Motion::TextEnd));
        }
        editors.turn(editors.iter().rposition(|editor| !editor.is_empty()).unwrap_or(0));
        Some(Self {
            client: view.client,
            number: view.number,
            frame,
            editors,
            scroll: 0,
            // What the screen held and the disk does not have counts as an edit.
            other_edits: u64::from(view.unsaved),
            saved_edits: 0,
            saved: view.saved,
            recovered: view.recovered,
            never_saved: view
                .chart
                .drafts
                .iter()
                .any(|one| one.number == view.number && one.since == one.saved),
            repeats: Repeats::default(),
            trouble: None,
            overlaps: Vec::new(),
            beside: None,
            earlier_formats: Vec::new(),
            reformatted_at: 0,
            amended: view.amended.clone(),
            returned: view.returned.clone(),
        })
    }

    /// `Returned 18 Nov by Mara Okoye LADC: say what was agreed.`, where the note was.
    pub(super) fn returned_words(&self, cx: &Cx) -> Option<String> {
        let told = self.returned.as_deref()?;
        let day = when::short(told.at.date, cx.today());
        Some(format!("Returned {day} by {}: {}", told.remark.by_name, told.remark.text.trim()))
    }

    /// Changes since the draft was taken up.
    pub(super) fn edits(&self) -> u64 {
        self.other_edits + self.editors.edits()
    }

    pub(super) fn is_saved(&self) -> bool {
        self.edits() == self.saved_edits
    }

    /// The note as it is on the screen.
    pub(super) fn note(&self) -> NoteDraft {
        let mut note = self.frame.clone();
        for (section, editor) in note.sections.iter_mut().zip(self.editors.iter()) {
            section.text = editor.text();
        }
        note.copied = passages::copied(&note.sections, &self.editors);
        note
    }

    /// What it changes against the signed note that it amends, a line each; `None` if it amends none.
    pub(super) fn amends_what(&self, cx: &Cx) -> Option<Vec<String>> {
        let signed = self.amended.as_deref()?;
        let note = self.note();
        // Of what only the signature adds nothing is compared.
        let before = NoteText {
            client_name: String::new(),
            links: signed.links.iter().map(|(link, _)| (*link, String::new())).collect(),
            lines: signed.lines.iter().map(|(line, _)| (line.clone(), String::new())).collect(),
            copied: Vec::new(),
            ..signed.clone()
        };
        let now = NoteText {
            links: note.links.iter().map(|link| (*link, String::new())).collect(),
            lines: note.lines.iter().map(|line| (line.clone(), String::new())).collect(),
            copied: Vec::new(),
            ..note.text()
        };
        let (format, today) = (cx.format_name(&note.format), cx.today());
        let named = NoteText { format_name: String::new(), ..before };
        Some(changed(&content::note(&named, format, today), &content::note(&now, format, today)))
    }

    /// Turns to the first section that keeps the note from being signed, where one does.
    pub(super) fn turn_to_what_is_short(&mut self, cx: &Cx) {
        let note = self.note();
        let short = cx.format(&note.format).and_then(|format| note::short_section(&note, format));
        if let Some(at) = short.and_then(|key| note.sections.iter().position(|section| section.key == key)) {
            self.editors.turn(at);
            self.show(cx);
        }
    }

    /// The draft as the service takes it.
    pub(super) fn save(&self) -> DraftSave {
        DraftSave {
            client: self.client,
            number: self.number,
            edits: self.edits(),
            body: DraftBody::Note(self.note()),
        }
    }

    /// The service has this many edits on disk.
    pub(super) fn saved_up_to(&mut self, edits: u64, at: LocalTime) {
        if edits < self.saved_edits {
            return;
        }
        (self.saved_edits, self.saved, self.trouble, self.recovered) = (edits, at, None, false);
        self.repeats.look(&self.editors);
    }

    pub(super) fn words(&self) -> usize {
        self.editors.word_count()
    }

    pub(super) fn is_blank(&self) -> bool {
        self.editors.iter().all(Editor::is_empty)
    }

    /// Nothing was ever written in it: no text, no answer, no link.
    pub(super) fn is_untouched(&self) -> bool {
        let note = &self.frame;
        let linked = !(note.links.is_empty() && note.lines.is_empty() && note.serves_nothing.is_empty());
        // What it adds to is about the same service and problems as its note.
        let linked = linked && note.addendum_to == 0;
        let answered = note.answers != HeaderAnswers::default()
            || note.fields.iter().any(|field| !field.value.trim().is_empty());
        self.never_saved && self.edits() == 0 && self.is_blank() && !linked && !answered
    }

    /// Changes header or links.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut NoteDraft)) {
        change(&mut self.frame);
        self.other_edits += 1;
    }

    /// Counts a change that is in no editor, or whose editor has gone: the sum never falls back.
    pub(super) fn changed_by(&mut self, before: u64) {
        self.other_edits += before + 1;
    }

    /// Keeps the draft as it is, before something large happens to it. It goes to the service ahead of that.
    pub(super) fn keep(&self, why: KeptFor) -> Vec<Step> {
        if self.is_blank() {
            return Vec::new();
        }
        vec![Step::Ask(DocAsk::Keep { save: self.save(), why }.into())]
    }

    /// Takes over the text of an earlier version: in each section one step that can be undone.
    pub(super) fn put_back(&mut self, note: &NoteDraft, cx: &Cx) {
        self.fit(cx);
        let same = self
            .frame
            .sections
            .iter()
            .map(|section| &section.key)
            .eq(note.sections.iter().map(|section| &section.key));
        if !same {
            self.other_edits = self.edits();
            self.editors = Texts::new(note.sections.iter().map(|_| ""));
        }
        let sections = note.sections.iter().map(|section| Section { text: String::new(), ..section.clone() });
        self.frame = NoteDraft { sections: sections.collect(), ..note.clone() };
        for (editor, section) in self.editors.iter_mut().zip(&note.sections) {
            if editor.text() != section.text {
                editor.apply(EditorCommand::SelectAll);
                editor.apply(EditorCommand::InsertText(section.text.clone()));
            }
        }
        let copied = std::mem::take(&mut self.frame.copied);
        passages::take_up(&note.sections, &copied, &mut self.editors);
        self.editors.settle();
        self.other_edits += 1;
        self.show(cx);
    }

    /// Goes to a mark and selects it while a question about it is open. Returns what is marked.
    pub(super) fn go_to(&mut self, section: usize, mark: &Mark, cx: &Cx) -> String {
        self.turn(section);
        self.fit(cx);
        let place = |byte| Pos { paragraph: mark.paragraph, byte };
        self.here().select(place(mark.range.start), place(mark.range.end));
        self.show(cx);
        self.selected()
    }

    /// What is selected, or the word at the cursor.
    pub(super) fn selected(&mut self) -> String {
        let editor = self.here();
        match editor.selection() {
            Some((from, to)) => editor.slice(from, to),
            None => editor.word_at_cursor().map(|(_, _, word)| word.to_owned()).unwrap_or_default(),
        }
    }

    /// The section with the cursor, to change.
    pub(super) fn here(&mut self) -> &mut Editor {
        self.editors.here_mut()
    }

    /// Which section has the cursor.
    pub(super) fn focus(&self) -> usize {
        self.editors.at()
    }

    /// Turns to a section; its cursor is where it was left.
    pub(super) fn turn(&mut self, section: usize) {
        self.editors.turn(section);
    }

    /// Where the cursor is, to be found again after a lock.
    pub(super) fn spot(&self) -> PageSpot {
        let editor = self.editors.here();
        let cursor = u32::try_from(editor.offset(editor.cursor())).unwrap_or_default();
        let section = self.frame.sections.get(self.focus());
        PageSpot {
            row: section.map(|one| one.key.clone()).unwrap_or_default(),
            cursor,
            ..PageSpot::default()
        }
    }

    /// Puts the cursor where it was.
    pub(super) fn come_back(&mut self, spot: &PageSpot) {
        let Some(section) = self.frame.sections.iter().position(|one| one.key == spot.row) else { return };
        self.turn(section);
        let editor = self.here();
        let at = editor.at_offset(spot.cursor as usize);
        editor.go_to_place(at);
    }

    /// Runs a command in the section with the cursor.
    pub(super) fn apply(&mut self, command: EditorCommand, cx: &Cx) -> Acted {
        self.on_page(cx, |editors| editors.apply(command))
    }

    /// Does something to the texts as they are on the page, and keeps the cursor in sight.
    pub(super) fn on_page<T>(&mut self, cx: &Cx, act: impl FnOnce(&mut Texts) -> T) -> T {
        self.fit(cx);
        self.editors.at_time(cx.now.moment.0);
        let done = act(&mut self.editors);
        self.show(cx);
        done
    }

    /// The editors work in the columns that are shown.
    pub(super) fn fit(&mut self, cx: &Cx) {
        let page = page::text_area(cx.content(), self.beside.is_some());
        self.editors.resize(page.width, page.height);
    }

    /// Keeps the cursor in sight.
    pub(super) fn show(&mut self, cx: &Cx) {
        self.scroll = page::scroll(self, page::text_area(cx.content(), self.beside.is_some()));
    }

    /// A click on the page puts the cursor there.
    pub(super) fn click(&mut self, at: Position, area: Rect, cx: &Cx) {
        self.fit(cx);
        let text = page::text_area(area, self.beside.is_some());
        if !text.contains(at) {
            return;
        }
        let row = usize::from(at.y - text.y) + page::scroll(self, text);
        let tops = page::tops(self, text.width);
        let section = tops.iter().rposition(|top| *top <= row).unwrap_or(0);
        let place = Place { row: row.saturating_sub(tops[section] + 1), column: usize::from(at.x - text.x) };
        self.on_page(cx, |editors| editors.click(section, place));
    }
}

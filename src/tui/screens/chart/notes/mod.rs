//! The notes of a chart: the list, a note to read, a note being written.
//!
//! Owns which of the three is shown and what was asked of the service. Text that was typed stays here until the service
//! has said that it has it: leaving, signing and deleting close the draft on their answer, never on the key.

mod answers;
mod beside;
mod fields;
mod finding;
mod header;
mod insert;
pub(in crate::tui::screens) mod keys;
mod leaving;
mod life;
mod linking;
mod list;
mod marks;
mod moving;
pub(in crate::tui::screens) mod page;
pub(in crate::tui::screens) mod passages;
pub(in crate::tui::screens) mod reading;
mod reformat;
pub(in crate::tui::screens) mod signing;
mod sought;
mod spelling;
mod steps;
mod thread;
mod told;
mod turned;
mod versions;
mod words;
mod writing;

#[cfg(test)]
mod tests;

use super::texts::WithTexts;
use super::{Room, paper, texts, turning};
use crate::domain::{Date, DocKind, Number, Paper, Section, Session};
use crate::service::api::{Answer, ChartView, DocAsk, DraftSave, Kept, KeptFor, PageSpot};
use crate::service::fault::{Fault, FaultKind};
use crate::tui::action::{Action, Scope};
use crate::tui::editor::{EditorCommand, Mode, Texts};
use crate::tui::facts::Cx;
use crate::tui::screen::{News, Step};
use crate::tui::screens::days;
use beside::View;
use finding::Hits;
pub(in crate::tui::screens::chart) use life::is_of_life;
use list::{Entry, Id, List};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use reading::{Reading, What};
use versions::Versions;
use writing::Writing;

/// The last signed note, for what is beside the one being written.
#[derive(Debug)]
struct LastNote {
    number: Number,
    date: Date,
    sections: Vec<Section>,
}

/// Keys of the sections that say what was planned, in the formats that have one.
const PLANS: [&str; 3] = ["plan", "follow-up", "evaluation"];

impl LastNote {
    /// Its sections with words in them.
    fn written(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| !section.text.trim().is_empty())
    }

    /// What was planned in it.
    fn plan(&self) -> Option<&Section> {
        PLANS.iter().find_map(|key| self.written().find(|section| section.key == *key))
    }
}

/// The notes whose text is at hand: the newest, and the newest with a plan if that is another.
#[derive(Debug, Default)]
struct Earlier {
    notes: Vec<LastNote>,
    /// The note that the open draft amends, which is no earlier one; 0 = none.
    without: Number,
}

impl Earlier {
    fn others(&self) -> impl Iterator<Item = &LastNote> {
        self.notes.iter().filter(|note| note.number != self.without)
    }

    /// The newest note.
    fn last(&self) -> Option<&LastNote> {
        self.others().max_by_key(|note| (note.date, note.number))
    }

    /// What was planned last, and in which note.
    fn plan(&self) -> Option<(&LastNote, &Section)> {
        let with = self.others().filter_map(|note| Some((note, note.plan()?)));
        with.max_by_key(|(note, _)| (note.date, note.number))
    }
}

/// What the service was asked and has not answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Asked {
    #[default]
    Nothing,
    /// A signed note, to be read, then to do this.
    Read(Number, Option<Action>),
    /// To take up a draft, then to do this.
    Open(Option<Action>),
    /// To leave the draft with so many edits; then, if so, to begin a new note.
    Leave { edits: u64, new: bool },
    /// To sign the draft; `saving` while the save asked just before has no answer.
    Sign { saving: bool },
    /// To delete a draft.
    Delete(Number),
    /// To co-sign or return the note that is read.
    CoSign,
    /// Something else about the note that is read.
    Life,
    /// To move the draft to another chart.
    Move,
}

/// The state of this room.
#[derive(Debug, Default)]
pub struct Notes {
    list: List,
    reading: Option<Reading>,
    writing: Option<Writing>,
    /// The earlier versions of the open draft, while they are looked at.
    versions: Option<Versions>,
    earlier: Earlier,
    asked: Asked,
    /// What is open lies over something else: Esc leaves the chart at once.
    over: bool,
    /// The key that turns the screen was pressed once, for this note.
    turning: Option<Number>,
    /// What is read was opened from a line of the plan: Esc goes back there.
    from_plan: bool,
    /// What was found last in the signed notes.
    hits: Option<Hits>,
    /// What is read was opened from what was found: Esc goes back there.
    from_hits: bool,
    /// Where the cursor was when the desk was locked, until the draft is here again.
    cursor_was: Option<PageSpot>,
}

impl Notes {
    /// Text changed or may have: the app asks for it within a second.
    fn edited(changed: bool) -> Vec<Step> {
        if changed { vec![Step::Unsaved] } else { Vec::new() }
    }

    /// What is asked about the text with an overlay, else what the texts themselves do.
    fn edit(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let titles = writing.frame.sections.iter().map(|section| section.title.as_str());
        if let Some(step) = texts::ask::<Self>(action, &writing.editors, titles) {
            return vec![step];
        }
        let acted = writing.on_page(cx, |editors| texts::act(editors, action, &cx.clip));
        acted.unwrap_or_default()
    }

    /// While it is being signed nothing can be typed: the text that is signed is the one on the screen.
    fn is_signing(&self) -> bool {
        matches!(self.asked, Asked::Sign { .. })
    }

    /// Acts on the list and on a note being read.
    fn act_list(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match action {
            Action::Addendum => return self.addendum(chart, cx),
            Action::FindInNotes => return vec![finding::question(chart)],
            Action::Open if self.leads_to_plan() => return self.to_plan(chart),
            Action::MakePage => {
                let number = self.signed_here(chart, cx);
                return vec![
                    number.map_or_else(|step| *step, |number| paper::of_document(number, chart, cx)),
                ];
            }
            Action::TurnScreenIn => {
                let choose = |number| turning::choose(Paper::Document(number), chart, cx);
                return vec![self.signed_here(chart, cx).map_or_else(|step| *step, choose)];
            }
            Action::NoteFormat if chart.may_write => {
                // On a draft it is that draft's format; anywhere else it begins a note.
                return match self.list.here(chart, cx.me()) {
                    Some(Entry::Draft(draft)) if self.reading.is_none() && Some(draft.by) == cx.me() => {
                        let number = draft.number;
                        self.open(Id::Draft(number), Some(action), chart)
                    }
                    _ => vec![header::format_picker("", cx)],
                };
            }
            _ => {}
        }
        if action == Action::ShowHidden && self.reading.is_none() {
            return vec![Step::Say(self.list.show_hidden().to_owned())];
        }
        let action = self.meant(action, chart, cx);
        if let Some(steps) = self.act_on_life(action, chart, cx) {
            return steps;
        }
        if let Some(reading) = &mut self.reading {
            reading.act(action, cx);
            return Vec::new();
        }
        if let Some(steps) = self.list.act(action, chart, cx) {
            return steps;
        }
        match (action, self.list.here(chart, cx.me())) {
            (Action::Open, Some(entry)) => {
                let id = entry.id();
                self.open(id, None, chart)
            }
            (
                Action::Sign
                | Action::EditHeader
                | Action::HeaderKeys
                | Action::LinkProblems
                | Action::DeleteDraft,
                Some(Entry::Draft(draft)),
            ) if Some(draft.by) == cx.me() => {
                let number = draft.number;
                if action == Action::DeleteDraft {
                    return vec![signing::delete(number, &draft.about, chart)];
                }
                self.open(Id::Draft(number), Some(action), chart)
            }
            (
                Action::Sign
                | Action::EditHeader
                | Action::HeaderKeys
                | Action::LinkProblems
                | Action::DeleteDraft,
                _,
            ) => {
                vec![Step::Say("Highlight a draft of yours first.".to_owned())]
            }
            _ => Vec::new(),
        }
    }

    /// What an act means where one is. The key that changes a signed note by an amended version changes the header of a draft,
    /// and the key that agrees to something signed links a draft.
    fn meant(&self, action: Action, chart: &ChartView, cx: &Cx) -> Action {
        let draft = self.reading.is_none() && matches!(self.list.here(chart, cx.me()), Some(Entry::Draft(_)));
        match action {
            Action::Amend if draft => Action::EditHeader,
            Action::AgreeInError if draft => Action::LinkProblems,
            _ => action,
        }
    }

    /// Opens a line of the list.
    fn open(&mut self, id: Id, then: Option<Action>, chart: &ChartView) -> Vec<Step> {
        let client = chart.client.value.id;
        self.list.on = Some(id);
        (self.over, self.from_plan, self.from_hits) = (false, false, false);
        match id {
            Id::Draft(number) => {
                self.asked = Asked::Open(then);
                vec![Step::Ask(DocAsk::Open { client, number }.into())]
            }
            Id::Note(number) => {
                self.asked = Asked::Read(number, None);
                vec![Step::Ask(DocAsk::Read { client, number }.into())]
            }
        }
    }

    /// Begins an addendum to the note that is read or highlighted.
    fn addendum(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let to = match (&self.reading, self.list.here(chart, cx.me())) {
            (Some(Reading { what: What::Signed(view), .. }), _) if view.part.kind == DocKind::Note => {
                Some((view.part.number, view.part.adds_to))
            }
            (None, Some(Entry::Note { head, .. })) => Some((head.number, head.addendum_to)),
            _ => None,
        };
        let Some((number, adds_to)) = to else {
            return vec![Step::Say("Highlight or open a signed note first.".to_owned())];
        };
        if !chart.may_write {
            return vec![Step::Warn(
                "You can read this chart, not write in it: you are not on this person's team.".to_owned(),
            )];
        }
        // An addendum to an addendum adds to the note itself.
        let addendum_to = if adds_to > 0 { adds_to } else { number };
        let client = chart.client.value.id;
        vec![Step::Ask(DocAsk::NewNote { client, format: String::new(), addendum_to }.into())]
    }

    /// Back to the list, with the highlight there.
    fn close(&mut self, on: Option<Id>) {
        self.asked = Asked::Nothing;
        self.writing = None;
        self.versions = None;
        self.reading = None;
        self.list.on = on;
    }
}

/// Pasted text as long as this is worth a version of what was before it, characters.
const LONG_PASTE: usize = 80;

impl WithTexts for Notes {
    fn edit_texts(&mut self, act: impl FnOnce(&mut Texts) -> Vec<Step>, cx: &Cx) -> Vec<Step> {
        self.writing.as_mut().map(|writing| writing.on_page(cx, act)).unwrap_or_default()
    }

    fn keep_texts(&self) -> Vec<Step> {
        self.writing.as_ref().map(|writing| writing.keep(KeptFor::Replace)).unwrap_or_default()
    }
}

impl Room for Notes {
    fn scopes(&self) -> Vec<Scope> {
        vec![match &self.writing {
            Some(_) if self.versions.is_some() => Scope::Versions,
            Some(writing) if writing.beside.is_some() => Scope::Beside,
            Some(_) => Scope::NoteText,
            None => Scope::Notes,
        }]
    }

    fn lines(&self, chart: &ChartView, cx: &Cx) -> Option<usize> {
        Some(self.list.lines(chart, cx))
    }

    fn text_mode(&self, modal: bool) -> Mode {
        self.writing.as_ref().map_or(Mode::Insert, |writing| writing.editors.mode(modal))
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let turning = self.turning.take();
        if let Some(versions) = &mut self.versions {
            if action == Action::PutBack {
                return self.put_back(cx);
            }
            versions.act(action, cx);
            Vec::new()
        } else if self.writing.is_some() {
            self.act_writing(action, chart, cx)
        } else if action == Action::TurnScreen {
            self.turn(turning, chart, cx)
        } else {
            self.act_list(action, chart, cx)
        }
    }

    fn next_session(&self, chart: &ChartView, cx: &Cx) -> Option<Kept<Session>> {
        let client = chart.client.value.id;
        if let Some(writing) = &self.writing {
            let note = writing.note();
            return Some(days::next_session(client, &note.service, &note.answers.next, cx));
        }
        match self.list.here(chart, cx.me())? {
            Entry::Note { head, .. } => {
                Some(days::next_session(client, &head.facts.service, &head.facts.next, cx))
            }
            Entry::Draft(_) => None,
        }
    }

    fn claims(&self, action: Action) -> bool {
        self.writing.is_some() && matches!(action, Action::Undo | Action::Redo | Action::NewNote)
    }

    fn offers(&self, action: Action, _chart: &ChartView) -> bool {
        self.offers_life(action)
            && self.writing.as_ref().is_none_or(|writing| texts::offers(&writing.editors, action))
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let is_signing = self.is_signing();
        let Some(writing) = self.writing.as_mut().filter(|_| !is_signing) else { return Vec::new() };
        let mut changed = false;
        for c in text.chars() {
            changed |= writing.apply(EditorCommand::InsertChar(c), cx).changed;
        }
        Self::edited(changed)
    }

    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let is_signing = self.is_signing();
        let Some(writing) = self.writing.as_mut().filter(|_| !is_signing) else { return Vec::new() };
        let long = text.chars().nth(LONG_PASTE).is_some();
        let mut steps = if long { writing.keep(KeptFor::Paste) } else { Vec::new() };
        steps.extend(Self::edited(writing.apply(EditorCommand::InsertText(text.to_owned()), cx).changed));
        steps
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(versions) = &mut self.versions {
            versions.click(at, area);
        } else if self.writing.is_some() {
            self.click_writing(at, area, chart, cx);
        } else if self.reading.is_none() && self.list.click(at, area, chart, cx) {
            return self.act_list(Action::Open, chart, cx);
        }
        Vec::new()
    }

    fn back(&mut self, _chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        self.step_back(cx)
    }

    fn is_outermost(&self) -> bool {
        self.writing.is_none() && (self.reading.is_none() || self.over)
    }

    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        let steps = self.ask_leave(false);
        self.close(None);
        steps
    }

    fn spot(&self) -> Option<PageSpot> {
        self.writing.as_ref().map(Writing::spot)
    }

    fn come_back(&mut self, spot: &PageSpot) {
        self.cursor_was = Some(spot.clone());
    }

    fn reply(&mut self, answer: &Answer, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Draft(view) => return self.draft_arrived(view, chart, cx),
            Answer::DraftSaved { client, number, edits, at } => {
                if let Some(writing) = &mut self.writing
                    && (writing.client, writing.number) == (*client, *number)
                {
                    writing.saved_up_to(*edits, *at);
                    if let Asked::Sign { saving } = &mut self.asked {
                        *saving = false;
                    }
                }
            }
            Answer::Versions { client, number, versions } => {
                let writing = self.writing.as_ref();
                if writing.is_some_and(|writing| (writing.client, writing.number) == (*client, *number)) {
                    self.versions = Some(Versions::new(versions));
                }
            }
            Answer::OwnNotes { client, notes } => {
                if let Some(writing) = self.writing.as_mut().filter(|writing| writing.client == *client) {
                    writing.repeats.take(notes, self.earlier.without);
                    writing.repeats.look(&writing.editors);
                }
            }
            Answer::Document(view) => return self.note_arrived(view, chart, cx),
            Answer::NotesFound { client, words, of, found } => {
                let hits = Hits::new(*client, words, *of, found);
                return vec![self.hits.insert(hits).list(cx)];
            }
            Answer::Overlaps { client, draft, found } => return self.overlaps(*client, *draft, found),
            Answer::OlderNotes { client, notes, lives, more } if *client == chart.client.value.id => {
                self.list.older(notes, lives, *more);
            }
            Answer::Done(done) => return self.done(done, chart, cx),
            _ => {}
        }
        Vec::new()
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        match news {
            News::Chart(_) => self.list.changed(chart),
            News::Suggested(word, words) => {
                // If something was typed meanwhile, nothing opens over it.
                let still = self.writing.as_mut().is_some_and(|writing| writing.selected() == *word);
                return if still { vec![spelling::picker(word, words)] } else { Vec::new() };
            }
            _ => {}
        }
        Vec::new()
    }

    fn failed(&mut self, fault: &Fault, _cx: &Cx) -> Vec<Step> {
        let asked = std::mem::take(&mut self.asked);
        if asked == (Asked::Sign { saving: true }) {
            self.asked = Asked::Sign { saving: false };
        }
        self.list.loading = false;
        let Some(writing) = &mut self.writing else { return Vec::new() };
        if writing.is_saved() {
            // All of it is on disk: a refused leave keeps nobody here.
            if let Asked::Leave { .. } = asked {
                let number = writing.number;
                self.close(Some(Id::Draft(number)));
            }
            return Vec::new();
        }
        let of_disk = matches!(fault.kind, FaultKind::Storage | FaultKind::Internal | FaultKind::Conflict);
        if of_disk || asked == Asked::Nothing {
            writing.trouble = Some(fault.what.clone());
        }
        // What the disk refused may go through in a second; what a person must change will not.
        Self::edited(of_disk)
    }

    fn unsaved(&self) -> Option<DraftSave> {
        let writing = self.writing.as_ref().filter(|_| !self.is_signing())?;
        (!writing.is_saved()).then(|| writing.save())
    }

    fn draft(&self) -> Option<Number> {
        self.writing.as_ref().map(|writing| writing.number)
    }

    fn is_untouched(&self) -> bool {
        self.writing.as_ref().is_some_and(Writing::is_untouched)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        match (&self.writing, &self.reading) {
            (Some(writing), _) => {
                if let Some(versions) = &self.versions {
                    return versions.draw(writing, frame, area, cx);
                }
                page::draw(&View { writing, earlier: &self.earlier, chart, cx }, frame, area);
            }
            (None, Some(reading)) => reading.draw(frame, area, cx),
            (None, None) => self.list.draw(frame, area, chart, cx),
        }
    }
}

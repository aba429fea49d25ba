//! What came back: drafts and notes from the service, what was done, what questions were answered with.
//!
//! Owns when a draft opens and when it closes: on the service's answer, never on the key that asked.

use super::list::Id;
use super::reading::Reading;
use super::writing::Writing;
use super::{Asked, LastNote, Notes, PLANS, linking, steps};
use crate::domain::{NoteHead, Number, Service};
use crate::rules::plan::tree::Node;
use crate::service::api::{ChartView, Command, DocAsk, DocView, Done, DraftView, KeptFor, Secret, WordsAsk};
use crate::tui::facts::Cx;
use crate::tui::screen::Step;

impl Notes {
    pub(super) fn draft_arrived(&mut self, view: &DraftView, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(steps) = self.moved(view, chart.client.value.id) {
            return steps;
        }
        let then = match std::mem::take(&mut self.asked) {
            Asked::Open(then) => then,
            _ => None,
        };
        self.list.on = Some(Id::Draft(view.number));
        if view.read_only {
            self.reading = Some(Reading::draft(view, cx));
            return Vec::new();
        }
        self.reading = None;
        self.writing = Writing::new(view);
        if let (Some(writing), Some(spot)) = (&mut self.writing, self.cursor_was.take()) {
            writing.come_back(&spot);
        }
        self.earlier.without = self.writing.as_ref().map_or(0, |writing| writing.frame.amends);
        let returned = self.writing.as_ref().and_then(|writing| writing.returned_words(cx));
        let mut steps: Vec<Step> = returned.map(Step::Say).into_iter().collect();
        steps.extend(self.writing.as_ref().map(Self::ask_overlaps).unwrap_or_default());
        steps.push(Step::Ask(Command::Words(WordsAsk::Own(view.client))));
        steps.extend(self.ask_last_plan(chart, cx));
        steps.extend(then.map(|action| self.act_writing(action, chart, cx)).unwrap_or_default());
        steps
    }

    /// The last note and the last plan are beside the note: they are read, and so audited, like any note that is shown.
    pub(super) fn ask_last_plan(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        // A note that is amended is no earlier one.
        let earlier = |head: &NoteHead| head.number != self.earlier.without;
        let has_plan = |head: &NoteHead| {
            let format = cx.format(&head.format);
            earlier(head)
                && format.is_some_and(|format| PLANS.iter().any(|key| format.section(key).is_some()))
        };
        let mut wanted: Vec<Number> =
            self.list.latest(has_plan).map(|head| head.number).into_iter().collect();
        wanted
            .extend(self.list.latest(earlier).map(|head| head.number).filter(|last| !wanted.contains(last)));
        wanted.retain(|number| self.earlier.notes.iter().all(|note| note.number != *number));
        let client = chart.client.value.id;
        let read = |number| Step::Ask(DocAsk::Read { client, number }.into());
        wanted.into_iter().map(read).collect()
    }

    pub(super) fn note_arrived(&mut self, view: &DocView, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let (number, date) = (view.part.number, view.part.on);
        if let Some(text) = view.note.as_ref().filter(|_| view.part.adds_to == 0)
            && self.earlier.notes.iter().all(|note| note.number != number)
        {
            // Reading an old note is no reason to call it the last one.
            let newest = self.list.latest(|_| true).is_some_and(|head| head.number == number);
            if newest || !matches!(self.asked, Asked::Read(asked, _) if asked == number) {
                self.earlier.notes.push(LastNote { number, date, sections: text.sections.clone() });
            }
        }
        let Asked::Read(number, then) = self.asked else { return Vec::new() };
        // What was asked for may have a newer version by now.
        if number != view.part.number && !view.versions.iter().any(|version| version.number == number) {
            return Vec::new();
        }
        self.asked = Asked::Nothing;
        if self.writing.is_some() {
            return Vec::new();
        }
        let reading = Reading::signed(view);
        self.reading = Some(match self.sought() {
            Some(words) => reading.sought(words, cx),
            None => reading,
        });
        then.and_then(|action| self.act_on_life(action, chart, cx)).unwrap_or_default()
    }

    /// Something was written: if it is what this room asked for, the draft closes.
    pub(super) fn done(&mut self, done: &Done, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(after) = &done.chart else { return Vec::new() };
        let is_open = |number: Number| after.drafts.iter().any(|draft| draft.number == number);
        let open = self.writing.as_ref().map(|writing| writing.number);
        let edits = self.writing.as_ref().map_or(0, Writing::edits);
        match (self.asked, open) {
            // Typed on since: it stays open.
            (Asked::Leave { edits: left, .. }, _) if left != edits => self.asked = Asked::Nothing,
            (Asked::Leave { new, .. }, Some(number)) if is_open(number) => {
                self.close(Some(Id::Draft(number)));
                if new {
                    let client = chart.client.value.id;
                    let ask = DocAsk::NewNote { client, format: String::new(), addendum_to: 0 };
                    return vec![Step::Ask(ask.into())];
                }
            }
            (Asked::Sign { .. }, Some(number)) if !is_open(number) => {
                let signed = after.notes.iter().map(|head| head.number).max();
                self.close(signed.map(Id::Note));
            }
            (Asked::Life, None) => {
                let on = self.list.on;
                self.close(on);
            }
            (Asked::CoSign, None) => {
                let on = self.list.on;
                self.close(on);
                return super::life::next_to_cosign(&done.said, cx);
            }
            (Asked::Delete(number), _) if !is_open(number) => {
                if open == Some(number) {
                    self.close(None);
                } else {
                    self.asked = Asked::Nothing;
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// Takes the service that was filled in.
    pub(super) fn take_service(&mut self, service: Service, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.change(|note| (note.service, note.guessed) = (service, false));
        let mut steps = vec![Step::Say(steps::said(writing, cx)), Step::Unsaved];
        steps.extend(Self::ask_overlaps(writing));
        steps
    }

    /// Links a problem or takes the link away; the list stays, for the next one.
    pub(super) fn take_link(&mut self, number: Number, chart: &ChartView) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let linked = writing.link(number);
        let said = if linked { "linked" } else { "no longer linked" };
        vec![
            Step::Unsaved,
            Step::Say(format!("P{number} is {said}.")),
            linking::window(&writing.frame, Some(Node::Problem(number)), chart),
        ]
    }

    pub(super) fn take_format(&mut self, key: &str, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(format) = cx.format(key) else { return Vec::new() };
        match &mut self.writing {
            Some(writing) if writing.frame.format == format.key => Vec::new(),
            Some(writing) => {
                let mut steps = writing.keep(KeptFor::Format);
                writing.reformat(format);
                writing.show(cx);
                steps
                    .extend([Step::Say(format!("Now in {}; the text is kept.", format.name)), Step::Unsaved]);
                steps
            }
            None => {
                let client = chart.client.value.id;
                let ask = DocAsk::NewNote { client, format: format.key.clone(), addendum_to: 0 };
                vec![Step::Ask(ask.into())]
            }
        }
    }

    /// Signs the open draft.
    pub(super) fn sign(&mut self, passphrase: Secret) -> Vec<Step> {
        let Some(writing) = &self.writing else { return Vec::new() };
        let saving = !writing.is_saved();
        self.asked = Asked::Sign { saving };
        let save = writing.save();
        // Saved first: should signing be refused and the desk lock at that moment, nothing typed is missing.
        let first = saving.then(|| Step::Ask(DocAsk::Save(save.clone()).into()));
        first.into_iter().chain([Step::Ask(DocAsk::Sign { save, passphrase }.into())]).collect()
    }

    /// Deletes a draft.
    pub(super) fn delete(&mut self, number: Number, chart: &ChartView) -> Vec<Step> {
        self.asked = Asked::Delete(number);
        let client = chart.client.value.id;
        vec![Step::Ask(DocAsk::Delete { client, number }.into())]
    }
}

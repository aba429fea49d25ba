//! Acts of a note being written, besides those of the text itself: header, links, format, what is put in, the chart beside.
//!
//! Owns which of them asks first and which is done at once.

use super::beside::{Beside, View};
use super::insert::{self, Around};
use super::writing::Writing;
use super::{Notes, header, keys, linking, page, signing, words};
use crate::domain::{ClientId, HeaderAnswers, LineRef, NoteField, Number, PhraseKind, Served};
use crate::packs;
use crate::rules::header::must_say_why;
use crate::rules::plan::tree::Node;
use crate::service::api::{ChartView, Command, KeptFor, WritingAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::editor::{Editor, EditorCommand};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::screens::chart::plan::problem;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;
use ratatui::layout::{Position, Rect};

/// The item of the list of reasons that asks for other words.
const OTHER: &str = "other";
/// The item that adds a problem before the note is signed.
const ADD: &str = "add";

impl Notes {
    /// Acts of a note being written.
    pub(super) fn act_writing(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if self.is_signing() {
            return vec![Step::Say("One moment, the note is being signed.".to_owned())];
        }
        if let Some(steps) = self.act_words(action, chart, cx) {
            return steps;
        }
        if let Some(steps) = self.act_on_draft(action, chart, cx) {
            return steps;
        }
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let addendum = writing.frame.addendum_to > 0;
        match action {
            Action::Sign => {
                // What is said to be missing is where the cursor is when the message is closed.
                writing.turn_to_what_is_short(cx);
                vec![sign(writing, chart, cx)]
            }
            Action::EditHeader | Action::HeaderKeys | Action::NoteFormat if addendum => {
                vec![Step::Say(
                    "An addendum is about the same service as its note, so it has no header of its own."
                        .to_owned(),
                )]
            }
            Action::EditHeader => {
                let held = cx.format(&writing.frame.format).is_none_or(|format| format.held);
                vec![header::ask_service(&writing.frame.service, held)]
            }
            Action::HeaderKeys => vec![keys::ask(&writing.frame, chart, cx)],
            Action::NoteFormat => vec![header::format_picker(&writing.frame.format, cx)],
            Action::DeleteDraft => {
                let about = crate::rules::when::short(writing.frame.service.date, cx.today());
                let about = format!("{} note, {about}", cx.format_name(&writing.frame.format));
                vec![signing::delete(writing.number, &about, chart)]
            }
            Action::NewNote => self.ask_leave(true),
            _ if writing.beside.is_some() => self.act_beside(action, chart, cx),
            Action::LinkProblems => vec![linking::window(&writing.frame, None, chart)],
            Action::ChartBeside => {
                writing.beside = Some(Beside::default());
                writing.show(cx);
                Vec::new()
            }
            Action::InsertPhrase => {
                let around = Around { earlier: &self.earlier, chart, cx };
                vec![insert::picker(writing, around)]
            }
            Action::TakeAgenda => self.take_agenda(chart, cx),
            Action::InsertPlan | Action::CopyForward => self.copy_forward(action, cx),
            Action::TabOn => self.tab(chart, cx),
            Action::TabBack if writing.blanks() > 0 => {
                writing.next_blank(true, cx);
                Vec::new()
            }
            Action::TabBack => self.edit(Action::PrevSection, cx),
            Action::NextBlank => {
                let found = writing.next_blank(false, cx);
                let none = || vec![Step::Say("There is no blank left in this note.".to_owned())];
                if found { Vec::new() } else { none() }
            }
            Action::LeaveText => self.ask_leave(false),
            _ => self.edit(action, cx),
        }
    }

    /// Tab: a short name expands, else the next blank, else the next section.
    fn tab(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let around = Around { earlier: &self.earlier, chart, cx };
        match writing.expand(around) {
            Some(Ok(changed)) => Self::edited(changed),
            Some(Err(why)) => {
                let key = cx.key(Action::InsertPhrase, Scope::NoteText);
                vec![Step::Warn(format!("{why} {key} lists them."))]
            }
            None if writing.next_blank(false, cx) => Vec::new(),
            None => self.edit(Action::NextSection, cx),
        }
    }

    /// Puts in what the plan has for today, where the cursor is.
    fn take_agenda(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let around = Around { earlier: &self.earlier, chart, cx };
        if writing.agenda(around).is_empty() {
            return vec![Step::Say("The plan has nothing for today yet.".to_owned())];
        }
        let filled = writing.filled("{plan.agenda}", around);
        Self::edited(writing.put_in(&filled, cx))
    }

    /// Puts in what was planned last, or the section of the last note that stands where the cursor is; marked as copied.
    fn copy_forward(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let Some(last) = self.earlier.last() else {
            return vec![Step::Say("There is no signed note to copy from in this chart.".to_owned())];
        };
        let key = writing.frame.sections.get(writing.focus()).map_or("", |section| section.key.as_str());
        let found = if action == Action::InsertPlan {
            self.earlier.plan()
        } else {
            last.written().find(|section| section.key == key).map(|section| (last, section))
        };
        let Some((last, section)) = found else {
            return vec![Step::Say(
                "The last note has no such section. Press [key:chart-beside] to see all of it.".to_owned(),
            )];
        };
        let filled = insert::copied(&section.text, last.number);
        let mut steps = Self::edited(writing.put_in(&filled, cx));
        steps.push(Step::Say(
            "Copied from an earlier note. It is marked as copied until you edit it.".to_owned(),
        ));
        steps
    }

    /// Keys in the chart beside the note.
    fn act_beside(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let earlier = &self.earlier;
        let Some(writing) = &mut self.writing else { return Vec::new() };
        let view = View { writing, earlier, chart, cx };
        if let Some(moved) = view.moved(action) {
            writing.beside = Some(moved);
            return Vec::new();
        }
        match (action, view.here()) {
            (Action::ChartBeside, _) => {
                writing.beside = None;
                writing.show(cx);
                Vec::new()
            }
            (Action::Open, Some((text, _))) => {
                writing.beside = None;
                Self::edited(writing.put_in(&text, cx))
            }
            (Action::LinkProblems, Some((_, Some(Node::Problem(problem))))) => {
                writing.link(problem);
                vec![Step::Unsaved]
            }
            (Action::LinkProblems, Some((_, Some(Node::Line(name))))) => self.choose_line(name, chart, cx),
            (Action::LinkProblems, _) => {
                vec![Step::Say(
                    "Highlight a problem or a line of the plan to link the note to it.".to_owned(),
                )]
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn click_writing(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) {
        let earlier = &self.earlier;
        let Some(writing) = &mut self.writing else { return };
        let view = View { writing, earlier, chart, cx };
        let place = page::chart_area(area, writing.beside.is_some()).filter(|place| place.contains(at));
        match place.map(|place| view.hit(at, place)) {
            Some(Some(row)) => writing.beside = Some(Beside::on(row)),
            Some(None) => {}
            None => {
                writing.beside = None;
                writing.click(at, area, cx);
            }
        }
    }

    /// What else was at the time of the service of a draft.
    pub(super) fn overlaps(&mut self, client: ClientId, draft: Number, found: &[String]) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        if (writing.client, writing.number) != (client, draft) {
            return Vec::new();
        }
        writing.overlaps = found.to_vec();
        let told = found.first().map(|first| Step::Warn(format!("At the same time: {first}.")));
        told.into_iter().collect()
    }

    pub(super) fn ask_overlaps(writing: &Writing) -> Vec<Step> {
        if writing.frame.addendum_to > 0 || writing.frame.amends > 0 {
            return Vec::new();
        }
        let service = Box::new(writing.frame.service.clone());
        let ask = WritingAsk::Overlaps { client: writing.client, draft: writing.number, service };
        vec![Step::Ask(Command::Writing(ask))]
    }

    pub(super) fn take_keys(&mut self, answers: HeaderAnswers, fields: Vec<NoteField>) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.change(|note| (note.answers, note.fields) = (answers, fields));
        vec![Step::Unsaved]
    }

    pub(super) fn take_phrase(&mut self, at: usize, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let (Some(writing), Some(line)) = (&mut self.writing, cx.phrases().get(at)) else {
            return Vec::new();
        };
        let around = Around { earlier: &self.earlier, chart, cx };
        let mut steps = match line.phrase.kind {
            PhraseKind::Template => writing.keep(KeptFor::Template),
            PhraseKind::Snippet => Vec::new(),
        };
        steps.extend(Self::edited(writing.put_phrase(&line.phrase, around)));
        steps
    }

    /// Goes on to the passphrase, after what was asked about.
    pub(super) fn sign_as_it_is(&mut self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.writing.as_ref().map(|writing| signing::passphrase(writing, chart, cx)).into_iter().collect()
    }

    /// Takes why the note serves nothing, and asks for the problem first.
    fn add_issue(&mut self, reason: String, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.change(|note| note.serves_nothing = reason);
        vec![Step::Unsaved, problem::new(chart, cx)]
    }

    /// Takes why the note serves nothing, and goes on to signing.
    fn take_reason(&mut self, reason: String, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let Some(writing) = &mut self.writing else { return Vec::new() };
        writing.change(|note| note.serves_nothing = reason);
        vec![Step::Unsaved, signing::prompt(writing, chart, cx)]
    }
}

/// Signing, or first the question why the note serves nothing.
fn sign(writing: &Writing, chart: &ChartView, cx: &Cx) -> Step {
    let note = writing.note();
    let planned = chart.person.summary.plan.made.is_some();
    let asks = cx.format(&note.format).is_some_and(|format| must_say_why(&note, format, planned));
    // What is missing altogether is said before.
    if !asks || signing::is_unfinished(&note, cx) {
        return signing::prompt(writing, chart, cx);
    }
    let mut items = Item::words(&packs::lists().off_plan_reasons);
    items.push(Item::new(OTHER, "something else, in your words", ""));
    Question::pick("The note works on nothing on the plan. Why?", items, |key, _| match key {
        OTHER => vec![ask_reason()],
        key if key == packs::lists().new_issue => vec![new_issue(key)],
        key => because(key.to_owned()),
    })
    .without_letters()
    .open()
}

/// A new issue came up: it can be put on the problem list at once. The note stays open, so that it can be linked.
fn new_issue(reason: &str) -> Step {
    let items = vec![
        Item::new(ADD, "add it to the problem list now", "the note waits, unsigned"),
        Item::new("sign", "sign the note", "the problem list stays as it is"),
    ];
    let reason = reason.to_owned();
    Question::pick("A new issue: put it on the problem list?", items, move |key, _| {
        let (add, reason) = (key == ADD, reason.clone());
        if !add {
            return because(reason);
        }
        to_room(move |notes: &mut Notes, chart, cx| notes.add_issue(reason, chart, cx))
    })
    .without_letters()
    .open()
}

fn ask_reason() -> Step {
    let form = Form::new("Go on to signing", vec![Field::text("reason", "Because", "").required()]);
    Question::form("Write why the note works on nothing on the plan.", form, |form, _| {
        Ok(because(form.typed("reason")))
    })
    .open()
}

fn because(reason: String) -> Vec<Step> {
    to_room(|notes: &mut Notes, chart, cx| notes.take_reason(reason, chart, cx))
}

impl Writing {
    /// Links the note to a line of the plan.
    pub(super) fn serve(&mut self, served: Served) {
        self.change(|note| {
            note.lines.retain(|one| one.line != served.line);
            note.lines.push(served);
            note.serves_nothing.clear();
        });
    }

    /// A note that begins with its goal begins with these words of it, while nothing stands there.
    pub(super) fn begin_with_goal(&mut self, words: &str, cx: &Cx) {
        let goal = self.frame.sections.iter().position(|section| section.key == "goal");
        let Some(goal) = goal.filter(|at| self.editors.get(*at).is_some_and(Editor::is_empty)) else {
            return;
        };
        let here = self.focus();
        self.turn(goal);
        self.apply(EditorCommand::InsertText(words.to_owned()), cx);
        self.turn(here);
    }

    /// Takes the link to a line away.
    pub(super) fn unserve(&mut self, line: LineRef) {
        self.change(|note| note.lines.retain(|one| one.line != line));
    }

    /// Links the note to a problem, or takes the link away; says whether it is linked now.
    pub(super) fn link(&mut self, problem: Number) -> bool {
        self.change(|note| {
            if note.links.contains(&problem) {
                note.links.retain(|link| *link != problem);
            } else {
                note.links.push(problem);
                note.links.sort_unstable();
                note.serves_nothing.clear();
            }
        });
        self.frame.links.contains(&problem)
    }
}

/// What a service is called on the message line after it was edited.
pub(super) fn said(writing: &Writing, cx: &Cx) -> String {
    format!("Service: {}.", words::service(&writing.frame.service, cx.today()))
}

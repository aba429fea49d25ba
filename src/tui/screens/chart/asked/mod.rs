//! A document that is a page of rows, each with a digit that opens it, and answered from a list and in words: a review of the plan, a
//! discharge summary, a safety plan.
//!
//! Owns the highlight, the open draft and the words being written. What is known of the span is read from the chart at every
//! frame, so that it is never older than the chart. What the rows are and ask is the document's ([`Asked`]).

mod acts;
mod kind;
mod view;

pub(super) use kind::Asked;
pub(super) use view::{INDENTED, beside, labelled, quoted, styled, under};

use super::blocks::Spot;
use super::sheet::Sheet;
use super::texts::WithTexts;
use super::written::Written;
use super::{Room, texts, words as said};
use crate::domain::Number;
use crate::service::api::{Answer, ChartView, DocAsk, DraftSave};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Scope};
use crate::tui::editor::{Mode, Texts};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Message, Overlay, Question};
use crate::tui::screen::{News, Step};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};

/// The words of a row being written.
#[derive(Debug)]
struct Words<D: Asked> {
    item: D::Item,
    /// The document before anything was typed, for one step of undo.
    before: Box<D>,
    pane: Written,
}

/// The state of such a page.
#[derive(Debug)]
pub(super) struct Page<D: Asked> {
    pub(super) sheet: Option<Sheet<D>>,
    spot: Spot<D::Item>,
    words: Option<Words<D>>,
    /// The draft was signed or deleted just now: the page behind is shown next.
    over: bool,
}

impl<D: Asked> Default for Page<D> {
    fn default() -> Self {
        Self { sheet: None, spot: Spot::new(0), words: None, over: false }
    }
}

/// The draft with what is known of its span.
pub(super) struct Shown<'a, D: Asked> {
    pub sheet: &'a Sheet<D>,
    pub known: D::Known,
    pub items: Vec<D::Item>,
    /// Answers that are still missing.
    pub lacks: Vec<(D::Item, String)>,
}

impl<D: Asked> Page<D> {
    fn shown<'a>(&'a self, chart: &ChartView, cx: &Cx) -> Option<Shown<'a, D>> {
        let sheet = self.sheet.as_ref()?;
        let known = sheet.body.known(chart, cx);
        let items = sheet.body.items(&known);
        let lacks = sheet.body.lacks(&known);
        Some(Shown { sheet, known, items, lacks })
    }

    /// Whether the words of a row are being written.
    pub(super) fn is_in_words(&self) -> bool {
        self.words.is_some()
    }

    /// The row that is highlighted of these.
    pub(super) fn highlighted(&self, items: &[D::Item]) -> Option<D::Item> {
        self.spot.on(items)
    }

    /// Opens the words of a row, to go on behind them.
    pub(super) fn write(&mut self, item: D::Item, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        self.open_next(Some(item), chart, cx)
    }

    fn items(&self, chart: &ChartView, cx: &Cx) -> Vec<D::Item> {
        self.shown(chart, cx).map(|shown| shown.items).unwrap_or_default()
    }

    fn here(&self, chart: &ChartView, cx: &Cx) -> Option<D::Item> {
        let shown = self.shown(chart, cx)?;
        self.words.as_ref().map(|words| words.item).or_else(|| self.spot.on(&shown.items))
    }

    /// The open draft, if it may be written in now; else what to do instead.
    fn writable(&mut self, cx: &Cx) -> Result<&mut Sheet<D>, String> {
        match &mut self.sheet {
            None => Err(D::teach(cx)),
            Some(sheet) if sheet.read_only => {
                Err(format!("You can only read this draft of {}.", cx.staff_name(sheet.by)))
            }
            Some(sheet) if sheet.ending => Err("One moment: the draft is being signed.".to_owned()),
            Some(sheet) => Ok(sheet),
        }
    }

    pub(super) fn changed(&mut self, change: impl FnOnce(&mut D)) -> Vec<Step> {
        let changed = self.sheet.as_mut().is_some_and(|sheet| sheet.change(change));
        if changed { vec![Step::Unsaved] } else { Vec::new() }
    }

    /// What is known of the highlighted row, whole.
    fn why(&self, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let (Some(shown), Some(item)) = (self.shown(chart, cx), self.here(chart, cx)) else {
            return Vec::new();
        };
        let mut lines = D::details(item, &shown, chart, cx);
        if lines.is_empty() {
            lines.push("Nothing more is known of this.".to_owned());
        }
        vec![Step::Over(Overlay::Message(Message::new(&D::name_of(item, &shown), lines)))]
    }

    fn in_rows(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, String> {
        if let Some(shown) = self.shown(chart, cx) {
            let items = shown.items;
            if self.spot.act(action, &items, cx.page() / 2) {
                return Ok(Vec::new());
            }
        }
        if let Some(digit) = action.mark() {
            return self.digit(digit, chart, cx);
        }
        match action {
            Action::Unmark => return self.unanswer(chart, cx),
            Action::AcceptProposal => return self.accept(chart, cx),
            Action::Open | Action::EditWords => return self.enter(chart, cx),
            Action::NextLeaf => return Ok(self.next_empty(true, chart, cx)),
            Action::PrevLeaf => return Ok(self.next_empty(false, chart, cx)),
            Action::Unfold => return Ok(self.why(chart, cx)),
            Action::Sign | Action::Complete => return self.sign_question(chart, cx),
            Action::DeleteDraft => {
                self.writable(cx)?;
                return Ok(vec![delete_question::<D>(chart)]);
            }
            Action::Undo | Action::Redo => {
                let sheet = self.writable(cx)?;
                let done = if action == Action::Redo { sheet.redo() } else { sheet.undo() };
                let word = if action == Action::Redo { "redo" } else { "undo" };
                return Ok(vec![if done {
                    Step::Unsaved
                } else {
                    Step::Say(format!("There is nothing to {word} in this draft."))
                }]);
            }
            _ => {}
        }
        Ok(Vec::new())
    }

    /// What the words being written did goes into the draft at once.
    fn wrote(&mut self, steps: Vec<Step>) -> Vec<Step> {
        let (Some(words), Some(sheet)) = (&self.words, &mut self.sheet) else { return Vec::new() };
        if steps.iter().any(|step| matches!(step, Step::Unsaved)) {
            sheet.type_in(|body| {
                for (text, editor) in body.texts(words.item).into_iter().zip(words.pane.editors.iter()) {
                    *text = editor.text();
                }
            });
        }
        steps
    }

    /// Back from the words to the rows: one step of undo there.
    pub(super) fn close_words(&mut self) -> Vec<Step> {
        if let (Some(words), Some(sheet)) = (self.words.take(), &mut self.sheet) {
            sheet.remember(*words.before);
        }
        Vec::new()
    }

    /// Closes a draft in which nothing was ever written: it is not kept.
    pub(super) fn drop_untouched(&mut self, cx: &Cx) -> Vec<Step> {
        if !self.is_untouched() {
            return Vec::new();
        }
        let steps = self.leave(cx);
        (self.sheet, self.words) = (None, None);
        steps
    }

    fn delete(&mut self) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        sheet.end();
        let (client, number) = (sheet.body.client(), sheet.number);
        vec![Step::Ask(DocAsk::Delete { client, number }.into())]
    }

    /// The draft on disk as it is, then what signs it: should signing be refused and the desk lock, nothing is lost.
    pub(super) fn signing(&mut self, ask: impl FnOnce(DraftSave, &D) -> Step) -> Vec<Step> {
        let Some(sheet) = &mut self.sheet else { return Vec::new() };
        let save = sheet.save();
        let mut steps: Vec<Step> =
            sheet.unsaved().map(|save| Step::Ask(DocAsk::Save(save).into())).into_iter().collect();
        steps.push(ask(save, &sheet.body));
        sheet.end();
        steps.extend(self.close_words());
        steps
    }

    /// What to do where no such document is open.
    fn taught(chart: &ChartView, cx: &Cx) -> String {
        said::no_writing(chart, cx).unwrap_or_else(|| D::teach(cx))
    }
}

/// Whether the draft may go.
fn delete_question<D: Asked>(chart: &ChartView) -> Step {
    let client = &chart.client.value;
    let lines = vec![
        format!("{}, {}.", client.header_name(), client.record_no),
        format!("The answers and words of this {} will be gone. {}", D::NAME, D::deleted()),
    ];
    let delete = |_: &Cx| super::asking::to_room(|room: &mut Page<D>, _, _| room.delete());
    Question::confirm(format!("Delete this draft of a {}?", D::NAME), lines, "delete the draft", delete)
        .open()
}

impl<D: Asked> WithTexts for Page<D> {
    fn edit_texts(&mut self, act: impl FnOnce(&mut Texts) -> Vec<Step>, cx: &Cx) -> Vec<Step> {
        let Some(words) = &mut self.words else { return Vec::new() };
        let steps = words.pane.on_page(cx, act);
        self.wrote(steps)
    }
}

impl<D: Asked> Room for Page<D> {
    fn scopes(&self) -> Vec<Scope> {
        if self.words.is_some() { vec![Scope::CellText] } else { vec![D::SCOPE] }
    }

    fn text_mode(&self, modal: bool) -> Mode {
        self.words.as_ref().map_or(Mode::Insert, |words| words.pane.editors.mode(modal))
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        let of_the_draft = matches!(action, Action::Sign | Action::Complete | Action::DeleteDraft);
        let mut steps = match &mut self.words {
            Some(_) if action == Action::LeaveText => return self.close_words(),
            Some(words) if words.pane.leaves(action) => {
                return self.next_words(action == Action::TabOn, chart, cx);
            }
            Some(words) if !of_the_draft => {
                let titles = D::titles(words.item).iter().map(|(title, _)| *title);
                if let Some(step) = texts::ask::<Self>(action, &words.pane.editors, titles) {
                    return vec![step];
                }
                let steps = words.pane.on_page(cx, |editors| texts::act(editors, action, &cx.clip));
                self.wrote(steps.unwrap_or_default())
            }
            _ => self.in_rows(action, chart, cx).unwrap_or_else(|why| vec![Step::Warn(why)]),
        };
        if self.sheet.as_ref().is_some_and(|sheet| sheet.failed) {
            steps.push(Step::Unsaved);
        }
        steps
    }

    fn claims(&self, action: Action) -> bool {
        let own = self.sheet.as_ref().is_some_and(|sheet| !sheet.read_only);
        matches!(action, Action::Undo | Action::Redo) && own
    }

    fn offers(&self, action: Action, _chart: &ChartView) -> bool {
        let own = self.sheet.as_ref().is_some_and(|sheet| !sheet.read_only);
        match action {
            Action::Sign | Action::DeleteDraft | Action::AcceptProposal | Action::Unmark => own,
            // The page of a note and the grid have these; the words of an answer are neither.
            Action::Complete
            | Action::EditAssessment
            | Action::NoteFormat
            | Action::LinkProblems
            | Action::EditHeader => false,
            _ if action.mark().is_some() => own,
            _ if super::notes::is_of_life(action) => false,
            _ => self.words.as_ref().is_none_or(|words| texts::offers(&words.pane.editors, action)),
        }
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        let Some(words) = &mut self.words else { return Vec::new() };
        let changed = words.pane.text(text, cx);
        self.wrote(changed.then_some(Step::Unsaved).into_iter().collect())
    }

    fn click(&mut self, at: Position, area: Rect, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if let Some(pane) = view::pane_area(self, area) {
            if let Some(words) = &mut self.words {
                words.pane.click(at, pane, cx);
            }
            return Vec::new();
        }
        let Some(item) = view::hit(self, at, area, chart, cx) else { return Vec::new() };
        if self.here(chart, cx) == Some(item) {
            return self.act(Action::Open, chart, cx);
        }
        let items = self.items(chart, cx);
        self.spot.put(item, &items);
        Vec::new()
    }

    fn back(&mut self, _chart: &ChartView, cx: &Cx) -> Option<Vec<Step>> {
        let modal = cx.keymap.is_modal();
        let Some(words) = self.words.as_mut() else {
            // The draft stays open behind that page, unless nobody wrote in it.
            let mut steps = self.drop_untouched(cx);
            steps.push(Step::Run(D::BEHIND));
            return Some(steps);
        };
        Some(match words.pane.on_page(cx, |editors| editors.escape(modal)) {
            Some(acted) => texts::steps(acted),
            None => self.close_words(),
        })
    }

    fn is_outermost(&self) -> bool {
        false
    }

    fn leave(&mut self, _cx: &Cx) -> Vec<Step> {
        let own = self.sheet.as_ref().filter(|sheet| !sheet.read_only && !sheet.ending);
        own.map(|sheet| {
            let (client, number) = (sheet.body.client(), sheet.number);
            let leave = DocAsk::Leave(sheet.save());
            Step::Ask(if sheet.is_untouched() { DocAsk::Drop { client, number } } else { leave }.into())
        })
        .into_iter()
        .collect()
    }

    fn is_untouched(&self) -> bool {
        self.sheet.as_ref().is_some_and(Sheet::is_untouched)
    }

    fn reply(&mut self, answer: &Answer, _chart: &ChartView, cx: &Cx) -> Vec<Step> {
        match answer {
            Answer::Draft(draft) => {
                let Some(sheet) = Sheet::of(draft) else { return Vec::new() };
                let said = if sheet.read_only {
                    format!("You can only read this draft of {}.", cx.staff_name(sheet.by))
                } else {
                    let (next, sign) = (cx.key(Action::NextLeaf, D::SCOPE), cx.key(Action::Sign, D::SCOPE));
                    format!("The {} is open. {next} goes to what is missing, {sign} signs it.", D::NAME)
                };
                (self.sheet, self.words, self.over) = (Some(sheet), None, false);
                vec![Step::Say(said)]
            }
            Answer::DraftSaved { client, number, edits, at } => {
                if let Some(sheet) = &mut self.sheet
                    && (sheet.number, sheet.body.client()) == (*number, *client)
                {
                    sheet.saved(*edits, *at);
                }
                Vec::new()
            }
            Answer::Done(_) if std::mem::take(&mut self.over) => vec![Step::Run(D::BEHIND)],
            _ => Vec::new(),
        }
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        let Some(sheet) = self.sheet.as_mut().filter(|sheet| !sheet.read_only) else { return Vec::new() };
        let again = sheet.ending;
        sheet.refused();
        if again { vec![Step::Unsaved] } else { Vec::new() }
    }

    fn hears(&mut self, news: &News<'_>, chart: &ChartView, _cx: &Cx) -> Vec<Step> {
        if !matches!(news, News::Chart(_)) {
            return Vec::new();
        }
        let gone = |sheet: &Sheet<D>| {
            sheet.handed_in && !chart.drafts.iter().any(|draft| draft.number == sheet.number)
        };
        if self.sheet.as_ref().is_some_and(gone) {
            (self.sheet, self.words, self.over) = (None, None, true);
        }
        Vec::new()
    }

    fn unsaved(&self) -> Option<DraftSave> {
        self.sheet.as_ref().and_then(Sheet::unsaved)
    }

    fn draft(&self) -> Option<Number> {
        self.sheet.as_ref().map(|sheet| sheet.number)
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        view::draw(self, frame, area, chart, cx);
    }
}

//! Writing a snippet or template: a few fields and a text.
//!
//! Owns what is typed until the service has it. What a phrase may hold is checked by the service.

use super::may_here;
use crate::domain::{Phrase, PhraseKind};
use crate::rules::access::Capability;
use crate::rules::phrases::FIELDS;
use crate::service::api::{Answer, Command, FormKind, FormPlace, Origin, PhraseLine, Place, WritingAsk};
use crate::service::fault::Fault;
use crate::tui::action::{Action, Kind, Scope};
use crate::tui::editor::{Editor, EditorCommand, Look, Place as At};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question, wait};
use crate::tui::screen::{Filled, Step, Tell, View};
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, FormStep};
use crate::tui::widgets::frame::{Header, rule};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::Span;

/// Longest row of the text.
const PROSE: u16 = 77;

/// A phrase being written.
#[derive(Debug)]
pub struct PhraseForm {
    /// As it was; number 0 = new.
    was: Phrase,
    agency: bool,
    rev: u32,
    form: Form,
    editor: Editor,
    /// The keys are in the text.
    in_text: bool,
    busy: bool,
}

impl Drop for PhraseForm {
    fn drop(&mut self) {
        self.editor.wipe();
    }
}

impl PhraseForm {
    /// A new one.
    pub fn new(cx: &Cx) -> Self {
        Self::with(Phrase::default(), None, 0, cx)
    }

    /// One that is there: changed if it is one's own or the agency's, the beginning of one's own if it ships.
    pub fn of(line: &PhraseLine, cx: &Cx) -> Self {
        match line.origin {
            Origin::Shipped => Self::with(Phrase { number: 0, ..line.phrase.clone() }, None, 0, cx),
            origin => Self::with(line.phrase.clone(), Some(origin == Origin::Agency), line.rev, cx),
        }
    }

    /// `agency`: whose it is; `None` = may be chosen.
    fn with(was: Phrase, agency: Option<bool>, rev: u32, cx: &Cx) -> Self {
        let kinds = [PhraseKind::Snippet, PhraseKind::Template]
            .map(|kind| Item::new(kind.word(), kind.word(), ""))
            .to_vec();
        let mut formats = vec![Item::new("", "any format", "")];
        if let Some(session) = &cx.signed_in {
            formats
                .extend(session.formats.iter().map(|one| Item::new(one.key.clone(), one.name.clone(), "")));
        }
        let mut fields = vec![
            Field::choice("kind", "What it is", kinds, was.kind.word()),
            Field::text("name", "Short name", &was.name).hint("cbt: typed as .cbt and Tab").required(),
            Field::text("title", "What it is for", &was.title).hint("a few words, for the list").required(),
            Field::choice("format", "Template for", formats, &was.format),
        ];
        let (own, ours) =
            (may_here(Capability::KeepPhrases, cx), may_here(Capability::ChangeAgencyPhrases, cx));
        if agency.is_none() && own && ours {
            let items = vec![Item::new("mine", "yours", ""), Item::new("agency", "the agency's", "")];
            fields.push(Field::choice("whose", "Whose", items, "mine"));
        }
        let mut form = Form::new("Save", fields).text_below();
        form.focus_on("name");
        let agency = agency.unwrap_or(!own && ours);
        let editor = Editor::new(&was.text);
        Self { was, agency, rev, form, editor, in_text: false, busy: false }
    }

    /// Which snippet or template it is, with nothing typed.
    fn place_of(&self) -> FormPlace {
        let kind = FormKind::Phrase { agency: self.agency, number: self.was.number };
        FormPlace { kind, ..FormPlace::default() }
    }

    /// The form of a place kept over a lock; a new one where the phrase is gone.
    pub fn reopened(agency: bool, number: u32, cx: &Cx) -> Self {
        let origin = if agency { Origin::Agency } else { Origin::Mine };
        let line = cx.phrases().iter().find(|line| line.origin == origin && line.phrase.number == number);
        line.map_or_else(|| Self::new(cx), |line| Self::of(line, cx))
    }

    fn save(&mut self, cx: &Cx) -> Vec<Step> {
        if let Err(wrong) = self.form.check(cx) {
            self.in_text = false;
            return vec![Step::Warn(wrong.why)];
        }
        let template = self.form.chosen("kind") == PhraseKind::Template.word();
        let phrase = Phrase {
            kind: if template { PhraseKind::Template } else { PhraseKind::Snippet },
            name: self.form.typed("name"),
            title: self.form.typed("title"),
            format: if template { self.form.chosen("format").to_owned() } else { String::new() },
            text: self.editor.text(),
            ..self.was.clone()
        };
        let agency = match self.form.chosen("whose") {
            "" => self.agency,
            whose => whose == "agency",
        };
        self.busy = true;
        let (phrase, rev) = (Box::new(phrase), self.rev);
        vec![Step::Ask(Command::Writing(WritingAsk::SavePhrase { phrase, agency, rev }))]
    }

    fn act_text(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        self.fit(cx);
        match action {
            Action::TabOn => self.in_text = false,
            Action::TabBack => {
                self.in_text = false;
                return self.act_form(Action::PrevField, cx);
            }
            Action::TextUp | Action::Up if self.editor.at_top() && !self.editor.is_marking() => {
                self.in_text = false;
            }
            Action::InsertPhrase => return vec![fields()],
            _ => {
                if let Some(command) = EditorCommand::of(action) {
                    self.editor.at_time(cx.now.moment.0);
                    self.editor.apply(command);
                }
            }
        }
        Vec::new()
    }

    fn act_form(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        // The text is between the last field and the line that saves.
        let last = self.form.focus().is_empty();
        match self.form.act(action, cx) {
            FormStep::Nothing => {
                let on = !matches!(action, Action::PrevField | Action::PrevLeaf | Action::Up);
                self.in_text = on && !last && self.form.focus().is_empty();
                Vec::new()
            }
            FormStep::List(list) => vec![Question::field(*list).open()],
            FormStep::Submit => self.save(cx),
            FormStep::Cancel => vec![Step::Close],
        }
    }

    fn text_area(&self, area: Rect) -> Rect {
        let above = (self.form.height(area.width.saturating_sub(2)) + 2).min(area.height);
        Rect {
            x: area.x + 1,
            y: area.y + above,
            width: area.width.saturating_sub(2).min(PROSE),
            height: area.height - above,
        }
    }

    fn fit(&mut self, cx: &Cx) {
        let area = self.text_area(cx.content());
        self.editor.resize(area.width, area.height);
    }
}

/// The picker of fields.
fn fields() -> Step {
    let items = FIELDS.iter().map(|(path, says)| Item::new(*path, format!("{{{path}}}"), *says)).collect();
    let title = "Put in a field: it fills from the chart";
    let put_in = |path: &str, _: &Cx| {
        let field = format!("{{{path}}}");
        vec![Tell::to(move |form: &mut PhraseForm, _| {
            form.editor.insert_step(&field, &[]);
            Vec::new()
        })]
    };
    Question::pick(title, items, put_in).open()
}

impl View for PhraseForm {
    fn scopes(&self) -> Vec<Scope> {
        if self.in_text {
            vec![Scope::PhraseText]
        } else if self.form.is_typing() {
            vec![Scope::FieldText, Scope::Form]
        } else {
            vec![Scope::Form]
        }
    }

    fn header(&self, cx: &Cx) -> Header {
        let what = if self.was.number == 0 { "New snippet or template" } else { "Change a phrase" };
        Header::desk(cx, vec![(what.to_owned(), Role::Focus)])
    }

    fn offers(&self, action: Action, _cx: &Cx) -> bool {
        if action == Action::ClearLine {
            return self.form.can_be_cleared();
        }
        // The acts of a note have nothing to act on here.
        !self.in_text
            || action == Action::InsertPhrase
            || matches!(action.kind(), Kind::Text | Kind::System)
            || matches!(action, Action::Undo | Action::Redo)
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        match action {
            Action::SaveNow | Action::Submit => self.save(cx),
            Action::Undo | Action::Redo if !self.in_text => Vec::new(),
            _ if self.in_text => self.act_text(action, cx),
            _ => self.act_form(action, cx),
        }
    }

    fn claims(&self, action: Action) -> bool {
        matches!(action, Action::SaveNow | Action::Submit | Action::Undo | Action::Redo)
    }

    fn text(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        if self.busy {
            return wait();
        }
        if self.in_text {
            self.editor.at_time(cx.now.moment.0);
            for c in text.chars() {
                self.editor.apply(EditorCommand::InsertChar(c));
            }
        } else if let FormStep::List(list) = self.form.text(text) {
            return vec![Question::field(*list).open()];
        }
        Vec::new()
    }

    fn paste(&mut self, text: &str, cx: &Cx) -> Vec<Step> {
        if self.in_text && !self.busy {
            self.editor.apply(EditorCommand::InsertText(text.to_owned()));
            return Vec::new();
        }
        self.text(text, cx)
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let text = self.text_area(area);
        if text.contains(at) {
            self.fit(cx);
            self.in_text = true;
            let row = usize::from(at.y - text.y) + self.editor.scroll();
            self.editor.click(At { row, column: usize::from(at.x - text.x) }, false);
            return Vec::new();
        }
        self.in_text = false;
        match self.form.click(at, Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }) {
            FormStep::List(list) => vec![Question::field(*list).open()],
            FormStep::Submit => self.save(cx),
            FormStep::Cancel => vec![Step::Close],
            FormStep::Nothing => Vec::new(),
        }
    }

    fn filled(&self) -> Option<&dyn Filled> {
        Some(self)
    }

    fn filled_mut(&mut self) -> Option<&mut dyn Filled> {
        Some(self)
    }

    fn place(&self, place: &mut Place) {
        if !self.is_changed() {
            return;
        }
        let mut fields = self.form.typed_so_far();
        fields.push(("text".to_owned(), self.editor.text()));
        let focus = self.form.focus().to_owned();
        place.typed.push(FormPlace { open: true, focus, fields, ..self.place_of() });
    }

    fn reply(&mut self, answer: &Answer, _cx: &Cx) -> Vec<Step> {
        self.busy = false;
        if matches!(answer, Answer::Writing(_)) { vec![Step::Close] } else { Vec::new() }
    }

    fn failed(&mut self, _fault: &Fault, _cx: &Cx) -> Vec<Step> {
        self.busy = false;
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let fields = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
        let height = self.form.height(fields.width).min(area.height);
        self.form.draw(frame, Rect { height, ..fields }, cx);
        let text = self.text_area(area);
        let line = Rect { y: text.y.saturating_sub(1), height: 1, ..area };
        frame.render_widget(rule(area.width, cx), line);
        let key = cx.key(Action::InsertPhrase, Scope::PhraseText);
        let words = format!(" Text: {{field}} fills ({key}), [[blank]] is left, # Section in a template ");
        let width = crate::tui::text::width(&words) as u16;
        frame.render_widget(
            Span::styled(words, cx.theme.style(if self.in_text { Role::Focus } else { Role::Dim })),
            Rect { x: line.x + 2, width, ..line }.intersection(area),
        );
        let look = Look { text: cx.theme.style(Role::Normal), selection: cx.theme.style(Role::Selected) };
        let cursor = self.editor.draw(text, frame.buffer_mut(), look);
        if let Some(cursor) = cursor.filter(|_| self.in_text) {
            frame.set_cursor_position(cursor);
        }
    }
}

impl Filled for PhraseForm {
    fn which(&self) -> Option<FormPlace> {
        Some(self.place_of())
    }

    fn put_back(&mut self, typed: &FormPlace) {
        self.form.put_back(&typed.fields, &typed.focus);
        if let Some((_, text)) = typed.fields.iter().find(|(id, _)| id == "text") {
            self.editor.set_text("");
            self.editor.apply(EditorCommand::InsertText(text.clone()));
        }
    }

    fn is_changed(&self) -> bool {
        self.form.is_changed() || self.editor.edits() > 0
    }

    fn fields(&mut self) -> Option<&mut Form> {
        Some(&mut self.form)
    }

    fn form(&self) -> Option<&Form> {
        (!self.in_text).then_some(&self.form)
    }
}

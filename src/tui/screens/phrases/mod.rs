//! Snippets and templates: the list with search and preview, and the way to what every note must hold.
//!
//! Owns the find line and the highlight. Writing one is [`edit`]'s; the phrases themselves are the session's.

pub mod edit;
mod rules;

#[cfg(test)]
mod tests;

use crate::domain::PhraseKind;
use crate::rules::access::{Capability, Relation, may};
use crate::service::api::{Answer, Command, Origin, PhraseLine, Place, WritingAsk};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::{News, Step, View};
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, rule};
use crate::tui::widgets::list::{List, NOTHING_FOUND};
use crate::tui::widgets::table::{Cell, Column};
use crate::tui::widgets::window;
use edit::PhraseForm;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

#[derive(Debug, Default)]
pub struct PhrasesScreen {
    list: List,
}

#[derive(Clone, Copy, Debug)]
enum Col {
    Name,
    Title,
    Format,
    Whose,
}

/// Rows of the preview on a narrow terminal.
const PREVIEW: u16 = 8;
/// From this width on the preview is beside the list.
const WIDE: u16 = 120;

fn columns() -> [Column<Col>; 4] {
    [
        Column::left(Col::Name, "Name", 14),
        Column::left(Col::Title, "What it is for", 0),
        Column::left(Col::Format, "Format", 10),
        Column::left(Col::Whose, "Whose", 8),
    ]
}

/// Whether the person may do this in the agency.
fn may_here(capability: Capability, cx: &Cx) -> bool {
    cx.signed_in.as_ref().is_some_and(|session| may(&session.staff.roles, capability, Relation::Agency))
}

/// Whose a phrase is, in a word.
fn whose(origin: Origin) -> &'static str {
    match origin {
        Origin::Mine => "yours",
        Origin::Agency => "agency",
        Origin::Shipped => "shipped",
    }
}

/// What each phrase is found by besides name and title.
fn rest(cx: &Cx) -> Vec<String> {
    let of = |line: &PhraseLine| {
        format!("{} {} {}", line.phrase.text, line.phrase.kind.word(), whose(line.origin))
    };
    cx.phrases().iter().map(of).collect()
}

/// What the phrases are found by.
fn texts<'a>(rest: &'a [String], cx: &'a Cx) -> impl Iterator<Item = [&'a str; 3]> {
    cx.phrases().iter().zip(rest).map(|(line, rest)| [&*line.phrase.name, &*line.phrase.title, rest])
}

impl PhrasesScreen {
    /// The phrases that the find line leaves.
    fn shown<'a>(&self, cx: &'a Cx) -> Vec<&'a PhraseLine> {
        let (all, rest) = (cx.phrases(), rest(cx));
        self.list.shown(texts(&rest, cx)).into_iter().map(|at| &all[at]).collect()
    }

    fn here<'a>(&self, cx: &'a Cx) -> Option<&'a PhraseLine> {
        self.shown(cx).get(self.list.cursor.at).copied()
    }

    fn edit(&self, cx: &Cx) -> Option<Step> {
        let line = self.here(cx)?;
        Some(match line.origin {
            Origin::Agency if !may_here(Capability::ChangeAgencyPhrases, cx) => Step::Warn(
                "This one is the agency's. Press [key:add-phrase] to begin your own; if two share a name, yours is used."
                    .to_owned(),
            ),
            _ => push(PhraseForm::of(line, cx)),
        })
    }

    fn remove(&self, cx: &Cx) -> Option<Step> {
        let line = self.here(cx)?;
        let agency = line.origin == Origin::Agency;
        if line.origin == Origin::Shipped {
            return Some(Step::Say(
                "This one came with the program. If you add your own with the same name, yours is used."
                    .to_owned(),
            ));
        }
        if agency && !may_here(Capability::ChangeAgencyPhrases, cx) {
            return Some(Step::Warn(
                "This one is the agency's. A supervisor or admin can change it.".to_owned(),
            ));
        }
        let phrase = &line.phrase;
        let ask = WritingAsk::RemovePhrase { number: phrase.number, agency, rev: line.rev };
        let lines = vec![phrase.title.clone(), "Notes written with it stay as they are.".to_owned()];
        let title = format!("Delete the {} {}?", phrase.kind.word(), phrase.name);
        let remove = move |_: &Cx| vec![Step::Ask(Command::Writing(ask.clone()))];
        Some(Question::confirm(title, lines, "delete it", remove).open())
    }

    /// The find line, the list, the preview.
    fn areas(area: Rect) -> (Rect, Rect, Rect) {
        let find = Rect { height: 1, ..area };
        let rest = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        if area.width >= WIDE {
            let list = Rect { width: area.width / 2, ..rest };
            let x = list.right() + 2;
            return (find, list, Rect { x, width: area.right().saturating_sub(x + 1), ..rest });
        }
        let height = rest.height.saturating_sub(PREVIEW);
        let list = Rect { height, ..rest };
        (
            find,
            list,
            Rect { x: rest.x + 1, y: list.bottom(), width: rest.width.saturating_sub(2), height: PREVIEW },
        )
    }
}

fn push(form: PhraseForm) -> Step {
    Step::Push(Box::new(form))
}

impl View for PhrasesScreen {
    fn scopes(&self) -> Vec<Scope> {
        self.list.scopes(Scope::Phrases)
    }

    fn place(&self, place: &mut Place) {
        Action::Phrases.name().clone_into(&mut place.over);
    }

    fn header(&self, cx: &Cx) -> Header {
        Header::desk(cx, vec![("Snippets and templates".to_owned(), Role::Focus)])
    }

    fn act(&mut self, action: Action, cx: &Cx) -> Vec<Step> {
        if self.list.act(action, texts(&rest(cx), cx), cx.page()) {
            return Vec::new();
        }
        let step = match action {
            Action::AddPhrase if may_here(Capability::KeepPhrases, cx) => Some(push(PhraseForm::new(cx))),
            Action::AddPhrase if may_here(Capability::ChangeAgencyPhrases, cx) => {
                Some(push(PhraseForm::new(cx)))
            }
            Action::AddPhrase => Some(Step::Warn(
                "Your roles do not write notes, so you have no snippets or templates.".to_owned(),
            )),
            Action::EditPhrase | Action::Open => self.edit(cx),
            Action::RemovePhrase => self.remove(cx),
            Action::NoteRules if may_here(Capability::ChangeSettings, cx) => Some(rules::prompt(cx)),
            Action::NoteRules => {
                Some(Step::Warn("Only an admin can set what every note must contain.".to_owned()))
            }
            _ => None,
        };
        step.into_iter().collect()
    }

    fn text(&mut self, text: &str, _cx: &Cx) -> Vec<Step> {
        self.list.text(text);
        Vec::new()
    }

    fn click(&mut self, at: Position, area: Rect, cx: &Cx) -> Vec<Step> {
        let (_, list, _) = Self::areas(area);
        let shown = self.shown(cx).len();
        let Some(row) = self.list.table(&columns(), shown).hit(at, list) else { return Vec::new() };
        if self.list.clicked(row) { self.act(Action::Open, cx) } else { Vec::new() }
    }

    fn back(&mut self, cx: &Cx) -> Option<Vec<Step>> {
        self.list.back(texts(&rest(cx), cx)).then(Vec::new)
    }

    /// The list is others' answer too: what was written in a form over it has changed it.
    fn hears(&mut self, news: &News<'_>, cx: &Cx) -> Vec<Step> {
        if matches!(news, News::OnTop) {
            self.list.put_on(None, texts(&rest(cx), cx));
        }
        Vec::new()
    }

    fn reply(&mut self, answer: &Answer, cx: &Cx) -> Vec<Step> {
        if matches!(answer, Answer::Writing(_)) {
            self.list.put_on(None, texts(&rest(cx), cx));
        }
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let (find, list, beside) = Self::areas(area);
        let shown = self.shown(cx);
        if self.list.is_narrowed() {
            self.list.draw_find(frame, find, cx);
        } else {
            let key = cx.key(Action::AddPhrase, Scope::Phrases);
            let words = format!(" {} in all; letters find, {key} adds one of your own", shown.len());
            frame.render_widget(Span::styled(words, cx.theme.style(Role::Dim)), find);
        }
        self.list.table(&columns(), shown.len()).draw(frame, list, cx, |at, col| cell(shown[at], col, cx));
        if let Some(line) = shown.get(self.list.cursor.at) {
            preview(line, frame, beside, cx);
        } else if self.list.is_narrowed() {
            frame.render_widget(Line::from(format!(" {NOTHING_FOUND}")), beside);
        }
    }
}

fn cell(line: &PhraseLine, col: Col, cx: &Cx) -> Cell {
    let phrase = &line.phrase;
    let role = if line.origin == Origin::Shipped { Role::Normal } else { Role::Now };
    let text = match col {
        Col::Name if phrase.kind == PhraseKind::Snippet => format!(".{}", phrase.name),
        Col::Name => phrase.name.clone(),
        Col::Title => phrase.title.clone(),
        Col::Format if phrase.kind == PhraseKind::Snippet => String::new(),
        Col::Format if phrase.format.is_empty() => "any".to_owned(),
        Col::Format => cx.format_name(&phrase.format).to_owned(),
        Col::Whose => whose(line.origin).to_owned(),
    };
    let role = if matches!(col, Col::Whose | Col::Format) { Role::Dim } else { role };
    vec![Span::styled(text, cx.theme.style(role))]
}

fn preview(line: &PhraseLine, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
    let below = area.width < WIDE / 2 || area.x < 3;
    if below {
        let width = area.width + 2;
        let place = Rect { x: area.x.saturating_sub(1), height: 1, width, ..area };
        frame.render_widget(rule(width, cx), place.intersection(frame.area()));
    }
    let text = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let paragraphs: Vec<String> = line.phrase.text.lines().map(str::to_owned).collect();
    let rows = window::wrapped(&paragraphs, usize::from(text.width.min(76)));
    window::lines(frame, text, rows.into_iter().map(Line::from).collect());
}

//! What notes and the words of a cell ask of their texts alike: find and replace, another section, the clipboard, the mode in words.
//!
//! Owns the questions and how matches look. The texts themselves are the editor's, what is kept is the room's.

use super::Room;
use super::asking::to_room;
use crate::domain::counted;
use crate::tui::action::Action;
use crate::tui::editor::{Acted, Decoration, Editor, EditorCommand, Mode, Query, Texts};
use crate::tui::facts::{Clip, Cx};
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// A room that has texts open.
pub(super) trait WithTexts: Room {
    /// Does something to the texts as they are on the page.
    fn edit_texts(&mut self, act: impl FnOnce(&mut Texts) -> Vec<Step>, cx: &Cx) -> Vec<Step>;

    /// What comes before something is replaced.
    fn keep_texts(&self) -> Vec<Step> {
        Vec::new()
    }
}

/// The question that an action opens over the texts of a room, if it opens one. `titles`: what the texts are called.
pub(super) fn ask<'a, R: WithTexts>(
    action: Action,
    texts: &Texts,
    titles: impl Iterator<Item = &'a str>,
) -> Option<Step> {
    let (query, with) = texts.last_sought();
    let again = |action| matches!(action, Action::ReplaceOne | Action::ReplaceAll) && with.is_none();
    match action {
        Action::FindText => Some(find::<R>(query)),
        Action::FindNext | Action::FindPrev if query.is_empty() => Some(find::<R>(query)),
        Action::ReplaceText => Some(replace::<R>(query, with.unwrap_or_default())),
        _ if again(action) => Some(replace::<R>(query, "")),
        Action::GoToSection => {
            let items: Vec<Item> = titles
                .zip(texts.iter())
                .enumerate()
                .map(|(at, (title, editor))| {
                    let words = editor.word_count();
                    let detail = counted(words, "word", "words");
                    Item::new(at.to_string(), text::line(title).into_owned(), detail)
                })
                .collect();
            let turn = |key: &str, _: &Cx| {
                let at = key.parse().unwrap_or(0);
                let turn = move |texts: &mut Texts| {
                    texts.turn(at);
                    Vec::new()
                };
                to_room(move |room: &mut R, _, cx| room.edit_texts(turn, cx))
            };
            Some(Question::pick("Go to a section", items, turn).at(&texts.at().to_string()).open())
        }
        _ => None,
    }
}

fn sought(query: &str) -> Field {
    Field::text("sought", "Find", query).hint("case and accents do not matter").required()
}

/// In a keymap with modes a match is where the cursor goes, not what is selected: the next command is about what follows.
fn find<R: WithTexts>(query: &str) -> Step {
    Question::form("Find in this draft", Form::new("Find", vec![sought(query)]), |form, cx| {
        let Some(query) = Query::new(&form.typed("sought")) else { return Ok(Vec::new()) };
        let is_modal = cx.keymap.is_modal();
        let seek = move |texts: &mut Texts| {
            let found = texts.seek(query, None);
            if is_modal {
                texts.apply(EditorCommand::UnselectToStart);
            }
            steps(found)
        };
        Ok(to_room(move |room: &mut R, _, cx| room.edit_texts(seek, cx)))
    })
    .open()
}

fn replace<R: WithTexts>(query: &str, with: &str) -> Step {
    let fields =
        vec![sought(query), Field::text("with", "Put in its place", with).hint("empty takes it out")];
    let line = "The first match is shown; then each is replaced by itself, or all at once.".to_owned();
    Question::form("Replace in this draft", Form::new("Find", fields), |form, _| {
        let Some(query) = Query::new(&form.typed("sought")) else { return Ok(Vec::new()) };
        let with = form.typed("with");
        Ok(to_room(move |room: &mut R, _, cx| {
            let mut all = room.keep_texts();
            all.extend(room.edit_texts(|texts| steps(texts.seek(query, Some(with))), cx));
            all
        }))
    })
    .lines(vec![line])
    .open()
}

/// Whether an act on texts has something to act on just now: a search, a selection, another text.
pub(super) fn offers(texts: &Texts, action: Action) -> bool {
    let (query, with) = texts.last_sought();
    match action {
        Action::FindNext | Action::FindPrev => !query.is_empty(),
        Action::ReplaceOne | Action::ReplaceAll => with.is_some(),
        Action::Cut | Action::Copy => texts.here().selection().is_some(),
        Action::GoToSection | Action::NextSection | Action::PrevSection => texts.len() > 1,
        _ => true,
    }
}

/// Does an editing action with the program's clipboard; `None` when it is about something else than the texts.
pub(super) fn act(texts: &mut Texts, action: Action, clip: &Clip) -> Option<Vec<Step>> {
    if matches!(action, Action::Paste | Action::PasteBehind | Action::PasteBefore) {
        texts.set_clipboard(clip.text());
    }
    let acted = texts.act(action)?;
    let mut steps = steps(acted);
    if matches!(action, Action::Cut | Action::Copy | Action::CutToParagraphEnd)
        && texts.clipboard() != clip.text()
    {
        steps.push(Step::Clip(Clip::of(texts.clipboard())));
    }
    Some(steps)
}

/// What was done, as steps.
pub(super) fn steps(acted: Acted) -> Vec<Step> {
    let changed = acted.changed.then_some(Step::Unsaved);
    changed.into_iter().chain(acted.said.map(Step::Say)).collect()
}

/// The mode and whether something is selected, in words before a count; empty while one simply writes.
pub(super) fn mode_words(texts: &Texts, cx: &Cx) -> String {
    let modal = cx.keymap.is_modal();
    match (modal, texts.mode(modal)) {
        (true, mode @ (Mode::Normal | Mode::Visual)) => format!("{}, ", mode.word()),
        (true, Mode::Insert) => format!("{}, ", Mode::Insert.word()),
        (false, _) if texts.is_selecting() => "selecting, ".to_owned(),
        _ => String::new(),
    }
}

/// The matches of a search in the rows that are drawn, `rows` from the first on.
pub(super) fn found_in(
    editor: &Editor,
    query: Option<&Query>,
    (first, rows): (usize, usize),
    width: u16,
    cx: &Cx,
) -> Vec<Decoration> {
    let Some(query) = query else { return Vec::new() };
    let style = cx.theme.style(Role::Found);
    let mut found = Vec::new();
    for seen in editor.seen(first, rows, width) {
        let here = editor.find_seen(&seen, query).into_iter();
        found.extend(here.map(|range| Decoration { paragraph: seen.paragraph, range, style }));
    }
    found
}

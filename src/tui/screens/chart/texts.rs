//! What notes and the words of a cell ask of their texts alike: find and replace, another section, the clipboard, the mode in words.
//!
//! Owns the prompts and how matches look. The texts themselves are the editor's, what is kept is the room's.

use crate::tui::action::Action;
use crate::tui::editor::{Acted, Decoration, Editor, EditorCommand, Mode, Query, Texts};
use crate::tui::facts::{Clip, Cx};
use crate::tui::overlay::{Given, Item, Overlay, Picker, Prompt, Then};
use crate::tui::screen::Step;
use crate::tui::screens::Purpose;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

/// What was asked about texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// What to find.
    Find,
    /// What to find, and what to put in its place.
    Replace,
    /// Which section to go to.
    Section,
}

/// The overlay that an action opens over texts, if it opens one. `titles`: what the texts are called.
pub(super) fn ask<'a>(
    action: Action,
    texts: &Texts,
    titles: impl Iterator<Item = &'a str>,
    purpose: impl FnOnce(Wanted) -> Purpose,
) -> Option<Step> {
    let (query, with) = texts.last_sought();
    let again = |action| matches!(action, Action::ReplaceOne | Action::ReplaceAll) && with.is_none();
    match action {
        Action::FindText => Some(find_prompt(query, None, purpose(Wanted::Find))),
        Action::FindNext | Action::FindPrev if query.is_empty() => {
            Some(find_prompt(query, None, purpose(Wanted::Find)))
        }
        Action::ReplaceText => {
            Some(find_prompt(query, Some(with.unwrap_or_default()), purpose(Wanted::Replace)))
        }
        _ if again(action) => Some(find_prompt(query, Some(""), purpose(Wanted::Replace))),
        Action::GoToSection => {
            let items: Vec<Item> = titles
                .zip(texts.iter())
                .enumerate()
                .map(|(at, (title, editor))| {
                    let words = editor.word_count();
                    let detail = if words == 1 { "1 word".to_owned() } else { format!("{words} words") };
                    Item::new(at.to_string(), text::line(title).into_owned(), detail)
                })
                .collect();
            let picker = Picker::one("Go to a section", items, Then::Screen(purpose(Wanted::Section)));
            Some(Step::Over(Overlay::Picker(picker.at(&texts.at().to_string()))))
        }
        _ => None,
    }
}

fn find_prompt(query: &str, with: Option<&str>, purpose: Purpose) -> Step {
    let mut fields =
        vec![Field::text("sought", "Find", query).hint("case and accents do not matter").required()];
    let mut lines = Vec::new();
    if let Some(with) = with {
        fields.push(Field::text("with", "Put in its place", with).hint("empty takes it out"));
        lines.push("The first match is shown; then each is replaced by itself, or all at once.".to_owned());
    }
    Step::Over(Overlay::Prompt(Prompt {
        title: if with.is_some() { "Replace in this draft" } else { "Find in this draft" }.to_owned(),
        lines,
        form: Form::new("Find", fields),
        then: Then::Screen(purpose),
    }))
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

/// Takes the answer of such an overlay.
/// In a keymap with modes a match is where the cursor goes, not what is selected: the next command is about what follows.
pub(super) fn answered(texts: &mut Texts, wanted: Wanted, given: &Given, cx: &Cx) -> Vec<Step> {
    match (wanted, given) {
        (Wanted::Section, Given::Picked(keys)) => {
            if let Some(at) = keys.first().and_then(|key| key.parse().ok()) {
                texts.turn(at);
            }
            Vec::new()
        }
        (_, Given::Filled(form)) => {
            let Some(query) = Query::new(&form.typed("sought")) else { return Vec::new() };
            let with = (wanted == Wanted::Replace).then(|| form.typed("with"));
            let found = texts.seek(query, with);
            if cx.keymap.is_modal() && wanted == Wanted::Find {
                texts.apply(EditorCommand::UnselectToStart);
            }
            steps(found)
        }
        _ => Vec::new(),
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
    let style = cx.theme.style(Role::Now);
    let mut found = Vec::new();
    for seen in editor.seen(first, rows, width) {
        let here = editor.find_seen(&seen, query).into_iter();
        found.extend(here.map(|range| Decoration { paragraph: seen.paragraph, range, style }));
    }
    found
}

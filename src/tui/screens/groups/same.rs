//! Same words for several: what was written for one member, or a snippet, put into the parts of others and marked as copied.

use super::part::{PART, Part};
use super::session::GroupSessionScreen;
use crate::domain::{ClientId, NoteDraft, PhraseKind, counted};
use crate::rules::group::same_words;
use crate::rules::phrases;
use crate::service::api::PhraseLine;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell};
use crate::tui::screens::days;

/// A part as it was before the same words were put in.
#[derive(Debug)]
pub(super) struct Before {
    client: ClientId,
    /// Its edits right after the words were put in: a part that was changed since is not taken back.
    edits: u64,
    note: NoteDraft,
}

impl GroupSessionScreen {
    /// Asks into whose parts the words of the highlighted member go; without words, which snippet.
    pub(super) fn same_words(&mut self, cx: &Cx) -> Vec<Step> {
        let say = |words: &str| vec![Step::Say(words.to_owned())];
        let Some(member) = self.here() else {
            return say("The shared part is in every note already.");
        };
        let client = member.entry.client;
        let Some(part) = self.part_of(client) else {
            return say("Highlight a member whose part you write: its words go into the others.");
        };
        let (key, words) = match &self.writing {
            Some(writing) => {
                let chosen = writing.editor.selection().map(|(from, to)| writing.editor.slice(from, to));
                (writing.key.clone(), chosen.unwrap_or_else(|| writing.editor.text()))
            }
            None => (PART.to_owned(), part.text(PART).to_owned()),
        };
        if !words.trim().is_empty() {
            return self.whose(Some(client), key, words, cx);
        }
        self.writing = None;
        snippets(key, cx)
    }

    /// Asks whose parts the words go into. Those that have none yet are marked.
    fn whose(&self, from: Option<ClientId>, key: String, words: String, cx: &Cx) -> Vec<Step> {
        let others = self.parts.iter().filter(|part| Some(part.client) != from);
        let items: Vec<Item> = others.map(|part| self.item(part, &key, cx)).collect();
        if items.is_empty() {
            return vec![Step::Say("Nobody else has a part that you write.".to_owned())];
        }
        let gist: String = words.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
        let lines = vec![
            format!("\"{gist}\""),
            "They are marked as copied until you change them. What is so for everybody goes into the shared part."
                .to_owned(),
        ];
        let question =
            Question::several("Same words for: Right marks, Enter puts them in", items, move |keys, _| {
                let (key, words, keys) = (key.clone(), words.clone(), keys.to_vec());
                Ok(vec![Tell::to(move |screen: &mut GroupSessionScreen, _| {
                    screen.put_same(&key, &words, &keys)
                })])
            });
        vec![question.lines(lines).open()]
    }

    fn item(&self, part: &Part, key: &str, cx: &Cx) -> Item {
        let member = self.members().iter().find(|one| one.entry.client == part.client);
        let name = member.map(|one| cx.listed(&one.name).into_owned()).unwrap_or_default();
        let empty = part.text(key).trim().is_empty();
        let detail = if empty { "" } else { "has words, they stay above" };
        Item { marked: empty, ..Item::new(days::key(part.client.0), name, detail) }
    }

    fn put_same(&mut self, key: &str, words: &str, whose: &[String]) -> Vec<Step> {
        let mut before = Vec::new();
        for part in self.parts.iter_mut().filter(|part| whose.contains(&days::key(part.client.0))) {
            let note = part.note.clone();
            if same_words::put_in(&mut part.note, key, words) {
                part.edits += 1;
                before.push(Before { client: part.client, edits: part.edits, note });
            }
        }
        if before.is_empty() {
            return vec![Step::Say("No part was changed: the words are there already.".to_owned())];
        }
        let count = counted(before.len(), "part", "parts");
        self.same = before;
        self.checked = None;
        let said = format!(
            "The words are in {count}, marked as copied until you change them. [key:undo] takes them out."
        );
        vec![Step::Unsaved, Step::Say(said)]
    }

    /// Takes the same words out again where nobody wrote since.
    pub(super) fn undo_same(&mut self) -> Vec<Step> {
        let mut out = 0;
        for before in std::mem::take(&mut self.same) {
            let untouched = |part: &&mut Part| (part.client, part.edits) == (before.client, before.edits);
            if let Some(part) = self.parts.iter_mut().find(untouched) {
                part.note = before.note;
                part.edits += 1;
                out += 1;
            }
        }
        self.checked = None;
        let said = format!("Undone: the same words are out of {}.", counted(out, "part", "parts"));
        vec![Step::Unsaved, Step::Say(said)]
    }

    /// Whether the last thing done here was to put the same words into parts.
    pub(super) fn can_undo_same(&self) -> bool {
        self.writing.is_none() && !self.same.is_empty()
    }
}

/// The snippets to choose words from. What only one chart knows becomes a blank.
fn snippets(key: String, cx: &Cx) -> Vec<Step> {
    let snippet = |line: &&PhraseLine| line.phrase.kind == PhraseKind::Snippet;
    let text = |line: &PhraseLine| phrases::fill(&line.phrase.text, |_| None).text;
    let items: Vec<Item> = cx
        .phrases()
        .iter()
        .filter(snippet)
        .enumerate()
        .map(|(at, line)| {
            let label = format!(".{:<10} {}", line.phrase.name, line.phrase.title);
            Item::new(at.to_string(), label, "").preview(&text(line))
        })
        .collect();
    if items.is_empty() {
        let why = "Write one member's part first. Its words can then be put into the others.";
        return vec![Step::Say(why.to_owned())];
    }
    let pick = Question::pick("Same words for several: which snippet", items, move |chosen, cx| {
        let at = chosen.parse().unwrap_or(usize::MAX);
        let found = cx.phrases().iter().filter(|line| line.phrase.kind == PhraseKind::Snippet).nth(at);
        let Some(words) = found.map(|line| phrases::fill(&line.phrase.text, |_| None).text) else {
            return Vec::new();
        };
        let key = key.clone();
        vec![Tell::to(move |screen: &mut GroupSessionScreen, cx| screen.whose(None, key, words, cx))]
    });
    vec![pick.open()]
}

//! What an amended document changes against the version that was signed, in few lines: for whoever signs it.
//!
//! Owns the choice of what is shown of each change. What a change is, is [`changes`](super::changes)'.

use super::changes::{Change, Run, runs};
use crate::domain::{Block, Content};

/// Words that are shown before a change and after it, so that its place is seen.
const AROUND: usize = 3;

/// The changes from the signed version to the new one, a line each: `Data: came [-late-] {+on time+} for the`. Empty if nothing
/// is changed.
pub fn changed(signed: &Content, now: &Content) -> Vec<String> {
    let mut lines = in_text("", &signed.title, &now.title);
    let (old, new) = (fronts(signed), fronts(now));
    lines.extend(old.iter().filter(|words| !new.contains(words)).map(|words| format!("[-{words}-]")));
    lines.extend(new.iter().filter(|words| !old.contains(words)).map(|words| format!("{{+{words}+}}")));
    let (old, new) = (signed.parts(), now.parts());
    for (key, title, blocks) in &new {
        let before = old.iter().find(|(of, ..)| of == key);
        let (was_called, was) =
            before.map_or((*title, String::new()), |(_, words, blocks)| (*words, words_of(blocks)));
        lines.extend(in_text("", was_called, title));
        lines.extend(in_text(&format!("{title}: "), &was, &words_of(blocks)));
    }
    let gone = old.iter().filter(|(key, ..)| new.iter().all(|(of, ..)| of != key));
    lines.extend(gone.map(|(_, title, blocks)| format!("{title}: [-{}-]", one_line(&words_of(blocks)))));
    lines
}

/// What stands before the text, without what only a signature puts there.
fn fronts(content: &Content) -> Vec<String> {
    content.front().iter().map(Block::words).collect()
}

fn words_of(blocks: &[Block]) -> String {
    blocks.iter().map(Block::words).collect::<Vec<_>>().join("\n")
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The changes within one text, each after `before`.
fn in_text(before: &str, old: &str, new: &str) -> Vec<String> {
    let runs = runs(old, new);
    let mut lines = Vec::new();
    let mut at = 0;
    while at < runs.len() {
        if runs[at].change == Change::Same {
            at += 1;
            continue;
        }
        let end =
            runs[at..].iter().position(|run| run.change == Change::Same).map_or(runs.len(), |to| at + to);
        lines.extend(line(&runs, at, end).map(|words| format!("{before}{words}")));
        at = end;
    }
    lines
}

/// The change of these runs with the words around it; `None` if only blanks changed.
fn line(runs: &[Run], from: usize, to: usize) -> Option<String> {
    let mut pieces = Vec::new();
    for run in &runs[from..to] {
        let words = one_line(&run.text);
        match run.change {
            _ if words.is_empty() => {}
            Change::Gone => pieces.push(format!("[-{words}-]")),
            _ => pieces.push(format!("{{+{words}+}}")),
        }
    }
    if pieces.is_empty() {
        return None;
    }
    let around =
        |at: Option<usize>| at.and_then(|at| runs.get(at)).map(|run| run.text.as_str()).unwrap_or_default();
    let before: Vec<&str> = around(from.checked_sub(1)).split_whitespace().collect();
    let after: Vec<&str> = around(Some(to)).split_whitespace().collect();
    let first = before[before.len().saturating_sub(AROUND)..].iter().map(|word| (*word).to_owned());
    let last = after[..after.len().min(AROUND)].iter().map(|word| (*word).to_owned());
    Some(first.chain(pieces).chain(last).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(title: &str, answer: &str, data: &str, plan: &str) -> Content {
        let heading = |key: &str| Block::Heading { key: key.to_lowercase(), words: key.to_owned() };
        let prose = |text: &str| Block::Prose(text.to_owned());
        let risk = Block::Answer { label: "Risk".into(), words: answer.to_owned() };
        let blocks = vec![risk, heading("Data"), prose(data), heading("Plan"), prose(plan)];
        Content { title: title.to_owned(), blocks }
    }

    #[test]
    fn each_change_is_a_line_with_old_and_new_and_its_place() {
        let signed =
            content("DAP  20 Nov 13:00", "none", "She came late and left in a hurry, she said.", "Call her.");
        let now = content(
            "DAP  20 Nov 14:00",
            "denied",
            "She came on time and left in a hurry, she said.",
            "Call her.",
        );
        assert_eq!(
            changed(&signed, &now),
            [
                "DAP 20 Nov [-13:00-] {+14:00+}",
                "[-Risk: none-]",
                "{+Risk: denied+}",
                "Data: She came [-late-] {+on time+} and left in",
            ]
        );
        assert!(changed(&signed, &signed).is_empty());
        let gone = Content { blocks: signed.blocks[..3].to_vec(), ..signed.clone() };
        assert_eq!(changed(&signed, &gone), ["Plan: [-Call her.-]"]);
        assert_eq!(changed(&gone, &signed), ["Plan: {+Call her.+}"]);
    }
}

//! What became of a note, in words: above its text, under its signature, and what changed since the version before.
//!
//! Owns the wording. What a person may know of it was decided by the service.

use super::page::PROSE;
use super::words;
use crate::domain::{Block, Content, Life, LifeState};
use crate::rules::changes::{Change, runs};
use crate::rules::plan::version;
use crate::service::api::DocView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use ratatui::text::{Line, Span};

type Lines = Vec<Line<'static>>;

fn say(words: &str, role: Role, cx: &Cx, out: &mut Lines) {
    for row in words::prose(words, cx.prose(usize::from(PROSE))) {
        out.push(Line::from(vec![Span::raw(" "), Span::styled(row, cx.theme.style(role))]));
    }
}

fn life_of(view: &DocView, number: u32) -> Option<&Life> {
    view.lives.iter().find(|life| life.number == number)
}

/// Above the text: remarks between co-signer and author, AMENDED with its reason, entered in error.
pub(super) fn above(view: &DocView, keys: bool, cx: &Cx, out: &mut Lines) {
    if keys {
        to_do(view, cx, out);
    }
    let waits = view
        .lives
        .iter()
        .any(|life| matches!(life.state, LifeState::AwaitsCosign | LifeState::Returned) && life.stands());
    // What was said stays in sight while it matters.
    if waits {
        for told in &view.remarks {
            let words = format!("Returned {} by {}: {}", told.at, told.remark.by_name, told.remark.text);
            say(&words, Role::Now, cx, out);
        }
        if !view.remarks.is_empty() {
            say(
                "Only the author and the co-signer see this. It is not part of the record.",
                Role::Dim,
                cx,
                out,
            );
            out.push(Line::default());
        }
    }
    let error = life_of(view, view.part.number).and_then(|life| life.error.as_ref());
    if let Some(error) = error {
        let reason = ended(&error.said.reason);
        let words = match &error.agreed {
            Some((second, _)) => {
                format!("ENTERED IN ERROR: {reason} Called so by {}, agreed by {second}.", error.said.by_name)
            }
            None => format!(
                "Called entered in error by {}: {reason} It waits for a second person.",
                error.said.by_name
            ),
        };
        say(&words, Role::Overdue, cx, out);
    }
    amended(view, cx, out);
}

/// A reason as a sentence that ends.
fn ended(reason: &str) -> String {
    let reason = reason.trim();
    if reason.ends_with(['.', '!', '?']) { reason.to_owned() } else { format!("{reason}.") }
}

/// `AMENDED 2026-11-21 14:03: reason`, and the key to the version before.
fn amended(view: &DocView, cx: &Cx, out: &mut Lines) {
    if view.part.amends == 0 {
        return;
    }
    say(&format!("AMENDED {}: {}", view.part.signed, view.part.reason), Role::Overdue, cx, out);
    if let Some(before) = view.versions.first() {
        let key = cx.key(Action::EarlierVersion, Scope::Notes);
        say(&format!("The version of {} is kept. Press {key} to see it.", before.signed), Role::Dim, cx, out);
    }
}

/// Under a signature: that it waits for a co-signature, or who gave it.
pub(super) fn under_signature(view: &DocView, number: u32, cx: &Cx, out: &mut Lines) {
    for one in view.co_signed.iter().filter(|one| one.number == number) {
        let (holds, role) = if one.holds {
            ("The co-signature is valid.", Role::Dim)
        } else {
            ("A CO-SIGNATURE HERE DOES NOT MATCH THE TEXT.", Role::Error)
        };
        let who = format!(" Co-signed {} by {}. ", one.at, one.name);
        out.push(Line::from(vec![
            Span::raw(crate::tui::text::line(&who).into_owned()),
            Span::styled(holds, cx.theme.style(role)),
        ]));
    }
    let Some(life) = life_of(view, number) else { return };
    match life.state {
        LifeState::AwaitsCosign => say("Signed, awaiting co-signature.", Role::Now, cx, out),
        LifeState::Returned => say("Signed, returned to its author.", Role::Now, cx, out),
        LifeState::Signed | LifeState::CoSigned => {}
    }
    for one in &life.attested {
        let words = format!("{} Recorded by {}.", version::answer_words(&one.what, cx.today()), one.by_name);
        say(&words, Role::Normal, cx, out);
    }
}

/// What waits for this person, with the keys that do it: before anything else, in sight without scrolling.
fn to_do(view: &DocView, cx: &Cx, out: &mut Lines) {
    let key = |action| cx.key(action, Scope::Notes);
    let returned = life_of(view, view.part.number).is_some_and(|life| life.state == LifeState::Returned);
    let words = if view.may.co_sign {
        format!(
            "Waits for your co-signature. Press {} to co-sign, {} to return it with a comment.",
            key(Action::Sign),
            key(Action::ReturnNote)
        )
    } else if returned && view.may.amend && view.may.add {
        format!(
            "Returned to you. Press {} to write an amended version or {} to add an addendum. Either goes \
             back to the co-signer.",
            key(Action::Amend),
            key(Action::Addendum)
        )
    } else if returned && view.may.amend {
        format!(
            "Returned to you. Press {} to write an amended version, which goes back to the co-signer.",
            key(Action::Amend)
        )
    } else if view.may.agree_in_error {
        format!(
            "You are the second person. Press {} to agree that it was entered in error.",
            key(Action::AgreeInError)
        )
    } else {
        return;
    };
    say(&words, Role::Now, cx, out);
}

/// At the end: what a signed note can still be given.
pub(super) fn keys(view: &DocView, cx: &Cx, out: &mut Lines) {
    if view.addenda.is_empty() && view.may.add {
        let key = cx.key(Action::Addendum, Scope::Notes);
        let amend = if view.may.amend {
            format!(", {} amends it in a new version", cx.key(Action::Amend, Scope::Notes))
        } else {
            String::new()
        };
        out.push(Line::default());
        say(&format!("A signed note never changes. {key} adds an addendum{amend}."), Role::Dim, cx, out);
    }
    if super::thread::works_on(view) {
        let key = cx.key(Action::Open, Scope::Notes);
        say(&format!("{key} goes to what it works on, on the plan."), Role::Dim, cx, out);
    }
}

/// The text with what changed since the version before: what is gone in brackets, what is new in braces.
pub(super) fn changes(before: &Content, now: &Content, cx: &Cx, out: &mut Lines) {
    let (old, new) = (before.parts(), now.parts());
    let words = |blocks: &[Block]| {
        let all: Vec<String> = blocks.iter().map(Block::words).collect();
        all.join("\n")
    };
    let find = |parts: &[(&str, &str, &[Block])], key: &str| {
        parts
            .iter()
            .find(|(of, ..)| *of == key)
            .map(|(_, title, blocks)| ((*title).to_owned(), words(blocks)))
    };
    let mut same = true;
    for (key, title, blocks) in &new {
        let (old_title, old) = find(&old, key).unwrap_or_default();
        let now = words(blocks);
        same &= old == now && (old_title == *title || old_title.is_empty());
        out.push(Line::default());
        if old_title.is_empty() || old_title == *title {
            say(title, Role::Dim, cx, out);
        } else {
            marked_text(&old_title, title, cx, out);
        }
        marked_text(&old, &now, cx, out);
    }
    for (_, title, blocks) in old.iter().filter(|(key, ..)| find(&new, key).is_none()) {
        out.push(Line::default());
        say(title, Role::Dim, cx, out);
        marked_text(&words(blocks), "", cx, out);
        same = false;
    }
    if same {
        out.push(Line::default());
        say("The text is the same. The header or the links differ.", Role::Dim, cx, out);
    }
}

const GONE: (&str, &str) = ("[-", "-]");
const NEW: (&str, &str) = ("{+", "+}");

/// One section's text with its changes, wrapped like prose.
fn marked_text(old: &str, new: &str, cx: &Cx, out: &mut Lines) {
    let mut text = String::new();
    for run in runs(old, new) {
        match run.change {
            Change::Same => text.push_str(&run.text),
            Change::Gone => wrap_run(&mut text, &run.text, GONE),
            Change::New => wrap_run(&mut text, &run.text, NEW),
        }
    }
    if text.trim().is_empty() {
        say(cx.theme.glyphs.none, Role::Dim, cx, out);
        return;
    }
    let mut role = Role::Normal;
    for row in words::prose(&text, cx.prose(usize::from(PROSE))) {
        let mut spans = vec![Span::raw(" ")];
        let mut rest = row.as_str();
        while !rest.is_empty() {
            let ends = [
                (GONE.0, Role::Dim, false),
                (NEW.0, Role::Now, false),
                (GONE.1, Role::Normal, true),
                (NEW.1, Role::Normal, true),
            ];
            let next = ends
                .iter()
                .filter_map(|(mark, role, closes)| rest.find(mark).map(|at| (at, mark.len(), *role, *closes)))
                .min_by_key(|(at, ..)| *at);
            let Some((at, length, turns, closes)) = next else {
                spans.push(Span::styled(rest.to_owned(), cx.theme.style(role)));
                break;
            };
            // A mark belongs to what it encloses.
            let cut = if closes { at + length } else { at };
            if cut > 0 {
                spans.push(Span::styled(rest[..cut].to_owned(), cx.theme.style(role)));
            }
            if !closes {
                spans.push(Span::styled(rest[at..at + length].to_owned(), cx.theme.style(turns)));
            }
            role = turns;
            rest = &rest[at + length..];
        }
        out.push(Line::from(spans));
    }
}

/// Marks are tight around the words; line ends and spaces stay outside, so that paragraphs stay paragraphs.
fn wrap_run(text: &mut String, run: &str, (open, close): (&str, &str)) {
    let words = run.trim();
    if words.is_empty() {
        if close == NEW.1 {
            text.push_str(run);
        }
        return;
    }
    let start = run.find(words).unwrap_or(0);
    text.push_str(&run[..start]);
    text.push_str(open);
    text.push_str(words);
    text.push_str(close);
    text.push_str(&run[start + words.len()..]);
}

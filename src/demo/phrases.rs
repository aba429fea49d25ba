//! Sentences that carry a life's own words, and how the words get in.

use std::sync::LazyLock;

/// Sentences by kind.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    pub assess: Vec<&'static str>,
    pub next: Vec<&'static str>,
    pub follow: Vec<&'static str>,
    pub beside: Vec<&'static str>,
    pub talk: Vec<&'static str>,
    pub call: Vec<&'static str>,
    pub missed: Vec<&'static str>,
    pub using: Vec<&'static str>,
}

/// Names to combine, where there are more people than lives.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub she: Vec<&'static str>,
    pub he: Vec<&'static str>,
    pub they: Vec<&'static str>,
    pub family: Vec<&'static str>,
    pub street: Vec<&'static str>,
    pub reach: Vec<&'static str>,
}

pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
        let mut all = Phrases::default();
        for line in include_str!("phrases.txt").lines() {
            let Some((kind, sentence)) = line.split_once(' ') else { continue };
            match kind {
                "a" => all.assess.push(sentence),
                "n" => all.next.push(sentence),
                "f" => all.follow.push(sentence),
                "s" => all.beside.push(sentence),
                "t" => all.talk.push(sentence),
                "c" => all.call.push(sentence),
                "m" => all.missed.push(sentence),
                "u" => all.using.push(sentence),
                _ => {}
            }
        }
        all
    });
    &PHRASES
}

pub(super) fn names() -> &'static Names {
    static NAMES: LazyLock<Names> = LazyLock::new(|| {
        let mut all = Names::default();
        for line in include_str!("names.txt").lines() {
            let Some((kind, rest)) = line.split_once(' ') else { continue };
            let words = || rest.split_whitespace().collect();
            match kind {
                "she" => all.she = words(),
                "he" => all.he = words(),
                "they" => all.they = words(),
                "family" => all.family = words(),
                "street" => all.street = rest.split('|').collect(),
                "reach" => all.reach = rest.split('|').collect(),
                _ => {}
            }
        }
        all
    });
    &NAMES
}

/// What goes into a sentence's gaps.
pub(super) struct Gaps<'a> {
    pub name: &'a str,
    pub topic: &'a str,
    pub step: &'a str,
    pub date: &'a str,
    pub day: &'a str,
    pub thread: &'a str,
    pub close: &'a str,
    pub stage: &'a str,
    pub using: &'a str,
    pub k: i32,
}

/// The sentence with its gaps filled. `{Topic}` and the like begin with a capital; so does the sentence.
pub(super) fn fill(pattern: &str, gaps: &Gaps<'_>) -> String {
    let mut out = String::with_capacity(pattern.len() + 80);
    let mut rest = pattern;
    while let Some(at) = rest.find(['%', '{']) {
        out.push_str(&rest[..at]);
        if rest[at..].starts_with('%') {
            out.push_str(gaps.name);
            rest = &rest[at + 1..];
            continue;
        }
        let Some(end) = rest[at..].find('}') else { break };
        let key = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        match key {
            "topic" => out.push_str(gaps.topic),
            "Topic" => capital(gaps.topic, &mut out),
            "step" => push_named(gaps.step, gaps.name, &mut out),
            "date" => out.push_str(gaps.date),
            "day" => out.push_str(gaps.day),
            "thread" => out.push_str(gaps.thread),
            "Thread" => capital(gaps.thread, &mut out),
            "close" => out.push_str(gaps.close),
            "Close" => capital(gaps.close, &mut out),
            "stage" => out.push_str(gaps.stage),
            "use" => out.push_str(gaps.using),
            "k" => out.push_str(&gaps.k.to_string()),
            _ => {}
        }
    }
    out.push_str(rest);
    if out.starts_with(char::is_lowercase) {
        let mut text = String::with_capacity(out.len());
        capital(&out, &mut text);
        return text;
    }
    out
}

/// Material with the name put in.
pub(super) fn named(text: &str, name: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    push_named(text, name, &mut out);
    out
}

fn push_named(text: &str, name: &str, out: &mut String) {
    let mut parts = text.split('%');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push_str(name);
        out.push_str(part);
    }
}

fn capital(text: &str, out: &mut String) {
    let mut letters = text.chars();
    out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(letters.as_str());
}

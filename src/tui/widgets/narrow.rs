//! How letters narrow a list: every word that was typed must be found, and word beginnings come before the middles of words.
//!
//! Owns that rule for every list that letters narrow. What a person is found by is the rule of `rules/find.rs`.

/// How well a line fits what was typed. The best comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// A name begins with it.
    Start,
    /// Every word that was typed begins a word of one name.
    Words,
    /// Every word that was typed begins a word of some text.
    Elsewhere,
    /// Some word that was typed is found only within a word.
    Within,
}

/// How well these texts fit what was typed: what names the line first, then other names for it with semicolons between them, then
/// what else is said of it. `None` if a word is not found at all.
pub fn fit(typed: &str, texts: [&str; 3]) -> Option<Fit> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Some(Fit::Start);
    }
    let texts = texts.map(str::to_lowercase);
    // What stands in brackets or before a comma is a word like any other.
    let bare = |word: &'_ str| word.trim_matches(|c| "(),;".contains(c)).to_owned();
    let words: Vec<String> = typed.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let mut names = std::iter::once(texts[0].as_str()).chain(texts[1].split(';').map(str::trim));
    let all_begin = |text: &str| words.iter().all(|word| begins_a_word(text, word));
    if names.clone().any(|name| name.starts_with(&typed)) {
        Some(Fit::Start)
    } else if names.any(all_begin) {
        Some(Fit::Words)
    } else if words.iter().all(|word| texts.iter().any(|text| begins_a_word(text, word))) {
        Some(Fit::Elsewhere)
    } else {
        words.iter().all(|word| texts.iter().any(|text| text.contains(word))).then_some(Fit::Within)
    }
}

/// Whether every word that was typed is a whole word of this name.
pub fn is_called(typed: &str, name: &str) -> bool {
    let (typed, name) = (typed.to_lowercase(), name.to_lowercase());
    let has = |word: &str| name.split(|c: char| !c.is_alphanumeric()).any(|part| part == word);
    typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(has)
}

/// Those that fit, the best first; those that fit equally well stay in their order.
pub fn sorted<T, F: Ord + Copy>(all: impl Iterator<Item = T>, fit: impl Fn(&T) -> Option<F>) -> Vec<T> {
    let mut found: Vec<(F, T)> = all.filter_map(|one| fit(&one).map(|fit| (fit, one))).collect();
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().map(|(_, one)| one).collect()
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::{Fit, fit, is_called, sorted};

    #[test]
    fn a_name_is_what_is_typed_by_whole_words() {
        let name = "Change the agency's rules: Help now, lock, programs";
        assert!(is_called("rules", name) && is_called("lock Rules", name));
        assert!(!is_called("rule", name) && !is_called("rules late", name));
    }

    #[test]
    fn the_beginning_of_a_word_comes_before_its_middle() {
        let stages = ["precontemplation", "contemplation", "preparation", "action", "maintenance"];
        let found = |typed: &str| sorted(stages.into_iter(), |stage| fit(typed, [stage, "", ""]));
        assert_eq!(found("con"), ["contemplation", "precontemplation"]);
        assert_eq!(found("pre"), ["precontemplation", "preparation"], "equals stay in their order");
        assert_eq!(found(""), stages);
        assert_eq!(found("x"), [""; 0]);
    }

    #[test]
    fn every_word_must_be_found() {
        let line = ["Set a PIN for this desk", "", "six digits"];
        assert_eq!(fit("set a", line), Some(Fit::Start));
        assert_eq!(fit("desk pin", line), Some(Fit::Words));
        assert_eq!(fit("pin dig", line), Some(Fit::Elsewhere));
        assert_eq!(fit("pin gits", line), Some(Fit::Within));
        assert_eq!(fit("pin lock", line), None);
        assert_eq!(fit("(desk), pin", line), Some(Fit::Words), "signs around a word are not the word");
    }

    #[test]
    fn another_name_counts_as_much_as_the_first() {
        let line = ["F43.10 Post-traumatic stress disorder", "F4310; PTSD; trauma", ""];
        assert_eq!((fit("ptsd", line), fit("f431", line)), (Some(Fit::Start), Some(Fit::Start)));
        assert_eq!(fit("ptsd trauma", line), Some(Fit::Elsewhere), "each name stands for itself");
    }
}

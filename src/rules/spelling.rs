//! How a name may be spelled: without its marks, with umlauts written out, and in Latin letters.
//!
//! Owns folding, so that everything that compares names compares the same letters. Must not know people.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text as it is compared: compatibility-decomposed, marks stripped, lower case, letters that do not decompose written in
/// plain ones (ł ø đ ß æ œ and their kin), runs of blanks as one.
pub fn fold_for_find(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            '’' | '‘' | 'ʼ' | '`' => folded.push('\''),
            '‐' | '‑' | '–' => folded.push('-'),
            // Lower-casing can give its own mark (İ); control characters never help to find anybody.
            c if is_combining_mark(c) || (c.is_control() && !c.is_whitespace()) => {}
            c if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => match plain(c) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(c),
            },
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Latin letters that do not decompose, in plain ones.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// Letters that some write with two plain ones where others leave the mark away, or with a vowel where others write nothing.
fn written_out(c: char) -> Option<&'static str> {
    Some(match c {
        'ä' => "ae",
        'ö' | 'ø' => "oe",
        'ü' => "ue",
        'å' => "aa",
        'ع' => "a",
        _ => return None,
    })
}

/// Every spelling of one word, the plain one first: letters and digits only, lower case. `Müller` is `muller` and
/// `mueller`, `Петров` is itself and `petrov`. Empty if there is no letter or digit in it.
pub fn spellings(word: &str) -> Vec<String> {
    if word.is_ascii() {
        let plain: String = word.chars().filter(char::is_ascii_alphanumeric).collect();
        return if plain.is_empty() { Vec::new() } else { vec![plain.to_ascii_lowercase()] };
    }
    let own: String = fold_for_find(word).chars().filter(|c| c.is_alphanumeric()).collect();
    let mut all = Vec::new();
    for one in [own, latin(word, |_| None), latin(word, written_out)] {
        if !one.is_empty() && !all.contains(&one) {
            all.push(one);
        }
    }
    all
}

/// A word in Latin letters; `first` says how a letter is written, where it has a wish.
fn latin(word: &str, first: fn(char) -> Option<&'static str>) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfc().flat_map(char::to_lowercase) {
        if let Some(letters) = first(c).or_else(|| plain(c)) {
            out.push_str(letters);
            continue;
        }
        let base = std::iter::once(c).nfkd().next().unwrap_or(c);
        if base.is_ascii() {
            out.extend(base.is_ascii_alphanumeric().then_some(base));
        } else if !is_combining_mark(c) || !is_combining_mark(base) {
            out.push_str(deunicode::deunicode_char(c).unwrap_or_default());
        }
    }
    out.retain(|c| c.is_ascii_alphanumeric());
    out.to_ascii_lowercase()
}

/// The words by which a part of a name is found, each in every spelling: the words as they are, the parts of those with
/// hyphens or apostrophes, and words that some write as one (`De La Cruz`, `Mc Donald`, `Anne-Marie`).
pub fn words_of(part: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut add = |text: &str| {
        for one in spellings(text) {
            if !words.contains(&one) {
                words.push(one);
            }
        }
    };
    let tokens: Vec<&str> = part.split(is_gap).filter(|token| !token.is_empty()).collect();
    for token in &tokens {
        add(token);
        for piece in pieces(token) {
            add(piece);
            let parts = piece.split(is_apostrophe).filter(|part| part.chars().count() > 1);
            parts.for_each(&mut add);
        }
    }
    if (2..=3).contains(&tokens.len()) {
        add(&tokens.concat());
    }
    words
}

/// What parts one word from the next.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '/' | '(' | ')' | '"' | '“' | '”' | '„' | '.')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`')
}

/// The parts of a word that are between its hyphens; one part where there is none.
pub fn pieces(word: &str) -> impl Iterator<Item = &str> {
    word.split(['-', '‐', '‑', '–']).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_marks_case_and_odd_letters_away() {
        assert_eq!(fold_for_find("  Zoë   MÜLLER\t"), "zoe muller");
        assert_eq!(fold_for_find("Łukasz Sørensen-Đorđević"), "lukasz sorensen-dordevic");
        assert_eq!(fold_for_find("Weiß Æsop Œuvre İstanbul"), "weiss aesop oeuvre istanbul");
        assert_eq!(fold_for_find("O’Brien\u{1b}[31m"), "o'brien[31m");
        assert_eq!(fold_for_find("ﬁn ①"), "fin 1");
    }

    #[test]
    fn a_word_has_every_spelling_that_people_use_for_it() {
        for (word, want) in [
            ("Smith", &["smith"][..]),
            ("O'Neil", &["oneil"]),
            ("Müller", &["muller", "mueller"]),
            ("Mu\u{308}ller", &["muller", "mueller"]),
            ("ÅSE", &["ase", "aase"]),
            ("Sørensen", &["sorensen", "soerensen"]),
            ("Weiß", &["weiss"]),
            ("Łukasz", &["lukasz"]),
            ("İbrahim", &["ibrahim"]),
            ("Nguyễn", &["nguyen"]),
            ("Петров", &["петров", "petrov"]),
            ("Γιώργος", &["γιωργος", "giorgos"]),
            ("王", &["王", "wang"]),
            ("محمد", &["محمد", "mhmd"]),
            ("שלום", &["שלום", "shlvm"]),
            ("김", &["\u{1100}\u{1175}\u{11b7}", "gim"]),
            ("...", &[]),
        ] {
            assert_eq!(spellings(word), want, "{word}");
        }
    }

    #[test]
    fn names_of_several_words_are_found_by_each_and_as_one() {
        assert_eq!(words_of("De La Cruz"), ["de", "la", "cruz", "delacruz"]);
        assert_eq!(words_of("Anne-Marie"), ["annemarie", "anne", "marie"]);
        assert_eq!(words_of("O’Neil-Smith"), ["oneilsmith", "oneil", "neil", "smith"]);
        assert_eq!(words_of("D'Angelo"), ["dangelo", "angelo"]);
        assert_eq!(
            words_of("Müller (geb. Groß)"),
            ["muller", "mueller", "geb", "gross", "mullergebgross", "muellergebgross"]
        );
        assert!(words_of(" - ").is_empty());
    }
}

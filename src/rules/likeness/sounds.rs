//! How near two words of a name are: by their letters, and by how they sound.

/// How near a word that was typed, or one of a name, is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Near {
    /// Nothing in common.
    Apart,
    /// Written or spoken almost alike.
    Close,
    /// The other begins with it.
    Begins,
    /// The same word.
    Same,
}

/// How near `word` is to `other`. Both are spellings as [`spellings`](crate::rules::spelling::spellings) gives them.
pub fn near(word: &str, other: &str) -> Near {
    if word == other {
        Near::Same
    } else if other.starts_with(word) {
        Near::Begins
    } else if close(word, other) {
        Near::Close
    } else {
        Near::Apart
    }
}

/// Shortest word that can be close to another.
pub(super) const SHORTEST: usize = 3;

/// Whether two words are almost written alike, or are spoken alike: they begin with the same sound, and one letter in a word
/// of four, two in one of eight, or more where the sounds are the same, tell them apart.
pub(super) fn close(one: &str, other: &str) -> bool {
    let (shorter, longer) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    // A figure in a name (`Ward 3`, `Test 12`) is there to tell it from others.
    if has_figure(one) || has_figure(other) {
        return false;
    }
    if shorter.len() < SHORTEST
        || longer.len() > shorter.len() * 2 + 2
        || !one.is_ascii()
        || !other.is_ascii()
    {
        return false;
    }
    let (sound, other_sound) = (sound(one), sound(other));
    if sound.as_bytes().first() != other_sound.as_bytes().first() {
        return false;
    }
    let same_sound = sound == other_sound && sound.len() > 1;
    // Arabic and Hebrew leave their vowels out.
    if same_sound && (!one.contains(is_vowel) || !other.contains(is_vowel)) {
        return true;
    }
    let most = match shorter.len() {
        ..4 => 0,
        4..8 => 1,
        8.. => 2,
    };
    let most = if same_sound { (shorter.len() / 2).clamp(most.max(1), 3) } else { most };
    longer.len() - shorter.len() <= most && apart(one, other) <= most
}

pub(super) fn has_figure(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

/// How many letters are to be changed, added, taken away or exchanged with their neighbour to come from one to the other.
pub(super) fn apart(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// How a word sounds, roughly: its consonants, those that are written in several ways in one way, and a vowel where it
/// begins with one. Of plain letters.
pub(super) fn sound(word: &str) -> String {
    const GROUPS: &[(&str, &str)] = &[
        ("sch", "s"),
        ("tsch", "s"),
        ("ph", "f"),
        ("th", "t"),
        ("sh", "s"),
        ("ch", "k"),
        ("ck", "k"),
        ("gh", "g"),
        ("dt", "t"),
        ("tz", "s"),
        ("ts", "s"),
        ("qu", "k"),
        ("x", "ks"),
        ("c", "k"),
        ("q", "k"),
        ("z", "s"),
        ("v", "f"),
        ("w", "f"),
    ];
    let mut out = String::new();
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let start = rest.len() == word.len();
        let group = GROUPS.iter().find(|(letters, _)| rest.starts_with(letters));
        let soft = first == 'c' && rest[1..].starts_with(['e', 'i', 'y']);
        let (heard, used) = match (group, first) {
            (_, 'c') if soft => ("s", 1),
            (Some((letters, heard)), _) => (*heard, letters.len()),
            (None, 'y' | 'j') if start => ("j", 1),
            (None, 'h') => (if start { "h" } else { "" }, 1),
            (None, c) if is_vowel(c) => (if start { "a" } else { "" }, 1),
            (None, c) => (rest.get(..c.len_utf8()).unwrap_or_default(), c.len_utf8()),
        };
        // A sound that is written twice is heard once.
        for c in heard.chars() {
            if !out.ends_with(c) {
                out.push(c);
            }
        }
        rest = rest.get(used..).unwrap_or_default();
    }
    if out.len() > 1 && out.ends_with('d') {
        out.pop();
        if !out.ends_with('t') {
            out.push('t');
        }
    }
    out
}

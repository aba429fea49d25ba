//! In which encoding a file is written: by what its letters look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// The likeliest encoding. UTF-16 without a mark shows by its zeros; the rest is letter statistics.
pub(super) fn guess(start: &[u8], all: bool) -> &'static Encoding {
    let zeros = |parity: usize| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = start.len() / 4;
    if odd > half && even < odd / 8 {
        return UTF_16LE;
    }
    if even > half && odd < even / 8 {
        return UTF_16BE;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let ascii = !detector.feed(start, all);
    if ascii {
        return UTF_8;
    }
    let likely = detector.guess(None, Utf8Detection::Allow);
    if likely != UTF_8 && oddities(start, MACINTOSH) < oddities(start, likely) { MACINTOSH } else { likely }
}

/// Letters that no name has where they are, if the bytes are of this encoding: a capital or a sign in the middle of a
/// word. Only bytes beyond ASCII count.
fn oddities(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let (text, _, broken) = encoding.decode(bytes);
    let letters: Vec<char> = text.chars().collect();
    let around = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        (before, letters.get(at + 1).copied().unwrap_or(' '))
    };
    let odd = |at: usize, c: char| {
        let (before, after) = around(at);
        let within = before.is_alphabetic() && after.is_alphabetic();
        // An apostrophe and a hyphen have their place between letters; what is no quotation mark, dash or blank has none
        // at a letter at all.
        let sign = !c.is_alphabetic() && !matches!(c, '\u{2019}' | '\u{2010}' | '\u{2011}');
        let punctuation =
            matches!(c, '\u{2000}'..='\u{206f}' | '\u{a0}' | '\u{ab}' | '\u{bb}' | '\u{300}'..='\u{36f}');
        let symbol =
            !c.is_alphanumeric() && !punctuation && (before.is_alphabetic() || after.is_alphabetic());
        let capital = c.is_uppercase() && before.is_alphabetic();
        sign && within
            || symbol
            || c.is_control()
            || capital && (before.is_lowercase() || after.is_lowercase())
    };
    let count = letters.iter().enumerate().filter(|(at, c)| !c.is_ascii() && odd(*at, **c)).count();
    count + usize::from(broken) * letters.len()
}

/// Why no letter of a file should be believed, read in the encoding that is the likeliest; `None` if they look right.
pub(super) fn spoiled(bytes: &[u8], text: &str, encoding: &'static Encoding) -> Option<&'static str> {
    if encoding == UTF_8 {
        if text.contains('\u{fffd}') && bytes.windows(3).any(|three| three == "\u{fffd}".as_bytes()) {
            return Some(
                "holds \u{fffd} where letters were lost before it was made; ask for it again, saved as UTF-8 \
                 (--encoding utf-8 takes it as it is)",
            );
        }
        if from_another(text) {
            return Some(
                "was written on a Mac and saved as UTF-8 by a program that took it for Windows: a name such as Jos\u{e9} \
                 stands there as Jos\u{17d}; ask for it again (--encoding utf-8 takes it as it is)",
            );
        }
        return twice_encoded(text).then_some(
            "was saved as UTF-8 twice: a name such as Jos\u{e9} stands there as Jos\u{c3}\u{a9}; ask for it again, or save \
             it anew (--encoding utf-8 takes it as it is)",
        );
    }
    if [UTF_16LE, UTF_16BE].contains(&encoding) {
        return None;
    }
    let (odd, of) = (oddities(bytes, encoding), bytes.iter().filter(|byte| !byte.is_ascii()).count());
    if odd * 10 <= of {
        return None;
    }
    Some(if is_dos(bytes) {
        "is written in an old DOS encoding (code page 850 or 437); save it as UTF-8"
    } else {
        "has letters that look wrong in every encoding; save it as UTF-8, or say in what it is written with --encoding"
    })
}

/// Whether letters of a Mac were taken for those of Windows and written as UTF-8: letters look wrong as they are, and none
/// does where they are read as a Mac's.
fn from_another(text: &str) -> bool {
    let (bytes, _, lost) = WINDOWS_1252.encode(text);
    let beyond = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let odd = oddities(text.as_bytes(), UTF_8);
    !lost && odd * 2 > beyond && oddities(&bytes, MACINTOSH) == 0
}

/// Whether what was UTF-8 was taken for Windows-1252 and written as UTF-8 once more. One such name is enough: no name is
/// spelled like this.
fn twice_encoded(text: &str) -> bool {
    let beyond = |c: char| !c.is_ascii();
    text.split(|c: char| c.is_ascii()).filter(|run| run.chars().count() > 1 && run.chars().all(beyond)).any(
        |run| {
            let (bytes, _, lost) = WINDOWS_1252.encode(run);
            let leads = run.starts_with(['\u{c2}', '\u{c3}', '\u{c4}', '\u{c5}']);
            leads && !lost && std::str::from_utf8(&bytes).is_ok()
        },
    )
}

/// The letters of DOS from 0x80 on; what is no letter there is a blank.
const DOS: &str = "\u{c7}\u{fc}\u{e9}\u{e2}\u{e4}\u{e0}\u{e5}\u{e7}\u{ea}\u{eb}\u{e8}\u{ef}\u{ee}\u{ec}\u{c4}\u{c5}\
    \u{c9}\u{e6}\u{c6}\u{f4}\u{f6}\u{f2}\u{fb}\u{f9}\u{ff}\u{d6}\u{dc}\u{f8} \u{d8}  \u{e1}\u{ed}\u{f3}\u{fa}\u{f1}\u{d1}";

/// Whether every byte beyond ASCII is a letter where DOS has it, of the case that fits its word.
fn is_dos(bytes: &[u8]) -> bool {
    let letter = |byte: u8| match byte {
        0xe1 => Some('\u{df}'),
        0x80.. => DOS.chars().nth(usize::from(byte - 0x80)).filter(|c| c.is_alphabetic()),
        _ => Some(char::from(byte)),
    };
    let mut before = ' ';
    bytes.iter().all(|byte| {
        let Some(c) = letter(*byte) else { return false };
        let fits = byte.is_ascii() || !(c.is_uppercase() && before.is_lowercase());
        before = c;
        fits
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_cannot_be_right_are_seen_before_anything_is_written() {
        let said = |bytes: &[u8]| {
            let encoding = guess(bytes, true);
            spoiled(bytes, &encoding.decode(bytes).0, encoding)
        };
        for (bytes, words) in [
            // "Jürgen Müller, Öst" as DOS writes it.
            (&b"Vorname;Nachname\nJ\x81rgen;M\x81ller\nZo\x89;\x99st\n"[..], "DOS encoding"),
            ("First,Last\nJos\u{c3}\u{a9},Pe\u{c3}\u{b1}a\n".as_bytes(), "UTF-8 twice"),
            ("First,Last\nJos\u{fffd},Pe\u{fffd}a\n".as_bytes(), "were lost"),
        ] {
            assert!(said(bytes).is_some_and(|what| what.contains(words)), "{words}: {:?}", said(bytes));
        }
        for bytes in [
            &b"First,Last\nJos\xe9,Pe\xf1a\nO\x92Neil,M\xfcller\n"[..],
            b"First,Last\rJos\x8e,Pe\x96a\rZo\x91,M\x9fller\r",
            "First,Last\nJos\u{e9},Pe\u{f1}a\n\u{c1}ngel,\u{d6}st\n".as_bytes(),
            b"First,Last\nAda,North\n",
        ] {
            assert_eq!(said(bytes), None, "{}", String::from_utf8_lossy(bytes));
        }
    }
}

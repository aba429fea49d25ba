//! A first look at a file: which encoding it is written in, and what is between its fields.

use super::letters::{guess, spoiled};
use super::{ImportFault, Wanted, rewind};
use crate::exchange::kinds::{no_rows, no_text};
use encoding_rs::Encoding;
use std::fmt;
use std::io::{Read, Seek};

/// Bytes that are looked at.
const LOOK: u64 = 256 * 1024;
/// Rows by which a delimiter is judged.
const ROWS: usize = 30;

/// What is between fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    Tab,
    /// `|`
    Pipe,
    /// Another sign.
    Sign(u8),
}

impl Delimiter {
    /// Every delimiter, the likeliest first.
    pub const ALL: [Self; 6] =
        [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe, Self::Sign(b'^'), Self::Sign(b'~')];

    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
            Self::Sign(sign) => sign,
        }
    }

    /// The delimiter as people write it on a command line: the sign, or its name.
    pub fn named(text: &str) -> Option<Self> {
        Some(match text {
            "," | "comma" => Self::Comma,
            ";" | "semicolon" => Self::Semicolon,
            "\t" | "\\t" | "tab" => Self::Tab,
            "|" | "pipe" => Self::Pipe,
            _ => match text.as_bytes() {
                [sign] if sign.is_ascii_punctuation() && *sign != b'"' => Self::Sign(*sign),
                _ => return None,
            },
        })
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Comma => "commas",
            Self::Semicolon => "semicolons",
            Self::Tab => "tabs",
            Self::Pipe => "bars (|)",
            Self::Sign(sign) => return write!(f, "signs ({})", char::from(*sign)),
        })
    }
}

/// The encoding of a label (`windows-1252`, `latin1`, `utf-16le`), if it is one that is read.
pub fn encoding_named(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.trim().as_bytes())
}

/// What the first look found.
pub(super) struct Seen {
    pub(super) encoding: &'static Encoding,
    pub(super) marked: bool,
    pub(super) delimiter: Delimiter,
    /// The first line says the delimiter (`sep=;`) and nothing else.
    pub(super) says_delimiter: bool,
}

pub(super) fn look<R: Read + Seek>(file: &str, input: &mut R, wanted: &Wanted) -> Result<Seen, ImportFault> {
    rewind(file, input)?;
    let mut start = Vec::new();
    let whole = input
        .by_ref()
        .take(LOOK)
        .read_to_end(&mut start)
        .map_err(|error| ImportFault::of_file(file, format!("cannot be read ({})", error.kind())))?;
    if start.is_empty() {
        return Err(ImportFault::of_file(file, "is empty"));
    }
    if let Some(what) = no_text(&start) {
        return Err(ImportFault::of_file(file, what));
    }
    let all = (whole as u64) < LOOK;
    let mark = Encoding::for_bom(&start).map(|(encoding, _)| encoding);
    let later = if start.is_ascii() && !all { later(file, input)? } else { None };
    let encoding = wanted.encoding.or(mark).unwrap_or_else(|| match &later {
        Some((piece, end)) => guess(piece, *end),
        None => guess(&start, all),
    });
    if let Some((piece, _)) = later.filter(|_| wanted.encoding.is_none())
        && let Some(what) = spoiled(&piece, &encoding.decode(&piece).0, encoding)
    {
        return Err(ImportFault::of_file(file, what));
    }
    let (text, _, _) = encoding.decode(&start);
    if let Some(what) = no_rows(&text) {
        return Err(ImportFault::of_file(file, what));
    }
    if wanted.encoding.is_none()
        && let Some(what) = spoiled(&start, &text, encoding)
    {
        return Err(ImportFault::of_file(file, what));
    }
    let said = said_delimiter(&text);
    let delimiter = wanted.delimiter.or(said).unwrap_or_else(|| delimiter(&text, all));
    Ok(Seen { encoding, marked: mark.is_some(), delimiter, says_delimiter: said.is_some() })
}

/// Pieces of the rest of a file that are looked at for letters.
const PIECES: usize = 100;

/// The first piece of the rest of a file that is not ASCII, and whether the file ends with it.
fn later<R: Read>(file: &str, input: &mut R) -> Result<Option<(Vec<u8>, bool)>, ImportFault> {
    for _ in 0..PIECES {
        let mut piece = Vec::new();
        let read = input
            .by_ref()
            .take(LOOK)
            .read_to_end(&mut piece)
            .map_err(|error| ImportFault::of_file(file, format!("cannot be read ({})", error.kind())))?;
        let end = (read as u64) < LOOK;
        if !piece.is_ascii() {
            return Ok(Some((piece, end)));
        }
        if end {
            break;
        }
    }
    Ok(None)
}

/// What Excel writes ahead of a file: `sep=;`.
fn said_delimiter(text: &str) -> Option<Delimiter> {
    let line = text.lines().next()?.trim_end_matches(['\r', ' ']);
    let (word, sign) = line.trim_start_matches(['"', '\u{feff}']).split_once('=')?;
    let (word, sign) = (word.trim_end(), if sign.len() > 1 { sign.trim_start_matches(' ') } else { sign });
    if !word.eq_ignore_ascii_case("sep") {
        return None;
    }
    // Behind the sign there may be as many delimiters as there are columns.
    let sign = sign.trim_end_matches('"');
    let all_the_same = sign.chars().all(|c| sign.starts_with(c));
    Delimiter::named(if all_the_same { sign.get(..1)? } else { sign })
}

/// The delimiter that parts the first rows into the same number of fields, more than one; most fields win.
fn delimiter(text: &str, all: bool) -> Delimiter {
    let text = match text.rfind('\n') {
        // The last row may be cut.
        Some(end) if !all => &text[..=end],
        _ => text,
    };
    let score = |delimiter: &Delimiter| {
        let mut reader = csv::ReaderBuilder::new();
        let reader = reader.delimiter(delimiter.byte()).has_headers(false).flexible(true);
        let counts: Vec<usize> =
            reader.from_reader(text.as_bytes()).records().take(ROWS).flatten().map(|row| row.len()).collect();
        let fields = counts.first().copied().unwrap_or(0);
        let same = counts.iter().filter(|count| **count == fields).count();
        if fields < 2 { (0, 0) } else { (same * 100 / counts.len().max(1), fields) }
    };
    let best = Delimiter::ALL.into_iter().rev().max_by_key(score);
    best.unwrap_or(Delimiter::Comma)
}

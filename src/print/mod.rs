//! Documents on paper: a [`Content`] as the bytes of a PDF, or as plain text.
//!
//! Owns the page: lines, breaks, fonts, footers. The only room that names krilla (which writes the PDF) and harfrust (which says
//! which signs of the font a text takes). The same content, look and day give the same bytes. It must not touch a file or a
//! printer, and knows nobody: what stands on the page is handed in.

mod font;
mod lines;
mod pages;
mod paint;
mod text;

use crate::domain::{Content, Date, PaperSize};
use std::fmt;

pub use text::text;

#[cfg(test)]
mod tests;

/// How a document looks on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// A card for the pocket: a narrow column, with a line around it to cut along.
    pub card: bool,
    /// Letters of 18 points instead of 11.
    pub large: bool,
    /// The size of the paper.
    pub size: PaperSize,
    /// The line above the title: who hands the page out, and when. Empty for a neutral head.
    pub head: String,
    /// What every page says at its foot, beside its number.
    pub foot: String,
    /// `Page {n} of {m}`, in the language of the page.
    pub page: String,
    /// The language of the page, as `en`.
    pub language: String,
    /// The day it is made.
    pub made: Date,
}

/// A line with signs that the fonts do not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The line as it was written.
    pub line: String,
    /// The signs.
    pub signs: String,
}

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// The fonts do not have every sign of these lines.
    Signs(Vec<Missing>),
    /// The page could not be written; that is a fault of the program.
    Broken,
}

impl fmt::Display for NoPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const FIRST: usize = 3;
        let Self::Signs(lines) = self else { return f.write_str("The page could not be written.") };
        let told: Vec<String> =
            lines.iter().take(FIRST).map(|one| format!("{} in \"{}\"", one.signs, one.line)).collect();
        write!(f, "The fonts for paper do not have {}", told.join("; "))?;
        match lines.len().saturating_sub(FIRST) {
            0 => f.write_str("."),
            1 => f.write_str("; and in 1 more line."),
            more => write!(f, "; and in {more} more lines."),
        }
    }
}

impl std::error::Error for NoPage {}

/// The package that writes the PDF refused.
struct Broken;

/// Returns a document as a PDF.
///
/// # Errors
/// The fonts lack a sign of it: nothing is left out and nothing is replaced, so there is no page.
pub fn pdf(content: &Content, look: &Look) -> Result<Vec<u8>, NoPage> {
    let fonts = font::Fonts::new().ok_or(NoPage::Broken)?;
    let pages = pages::lay(content, look, &fonts).map_err(NoPage::Signs)?;
    paint::paint(&pages, &content.title, look, &fonts).map_err(|Broken| NoPage::Broken)
}

//! Which line is where on which page.
//!
//! Owns sizes, spaces and page breaks: a heading is never the last line of a page, no line of a paragraph is alone on one, and
//! what was signed stays on one page with the two lines before it. Lengths are in points, from the top left corner.

use super::font::{Fonts, Shaped, Style};
use super::lines::break_lines;
use super::{Look, Missing};
use crate::domain::{Block, Content, Date, PaperSize};
use std::ops::Range;

/// Width and height of a page.
pub(super) fn sheet(size: PaperSize) -> (f32, f32) {
    match size {
        PaperSize::Letter => (612.0, 792.0),
        PaperSize::A4 => (595.0, 842.0),
    }
}

const MARGIN: f32 = 60.0;
/// Width of the words on a card, and the space between them and the line to cut along. Folded once, the card fits a wallet.
const CARD: f32 = 230.0;
const CARD_SPACE: f32 = 12.0;
/// From the top of the line to its letters' feet, and to the next line, in parts of the letters' size.
const ASCENT: f32 = 1.07;
const LEADING: f32 = 1.36;

/// The heading below which the signatures are: that part is not broken.
const SIGNED: &str = "signed";

/// What a block is to somebody who has the page read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Heading,
    Paragraph,
    Item,
    /// Foot and head of the page: no part of the document.
    Around,
}

/// A line of one text, set at a place.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The text it is of.
    pub of: usize,
    /// Its signs in that text.
    pub signs: Range<usize>,
    pub x: f32,
    /// Where the letters' feet are.
    pub y: f32,
    pub size: f32,
}

/// A text that was shaped, and what it is.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub shaped: Shaped,
    pub part: Part,
}

/// All pages, with the texts their lines are of.
#[derive(Clone, Debug, Default)]
pub(super) struct Pages {
    pub texts: Vec<Text>,
    pub pages: Vec<Vec<Line>>,
}

/// A line before it has a place.
struct Set {
    line: Line,
    /// The sign before it, on the same line.
    bullet: Option<Line>,
    /// Space above it, unless it is the first of its page.
    above: f32,
    /// The next line is on the same page.
    keep: bool,
}

/// The usual sizes of letters, the one that is wanted first, and the large one.
const USUAL: [f32; 3] = [11.0, 10.0, 9.5];
const LARGE: f32 = 18.0;
/// Letters of a card, usual and large.
const ON_CARD: [f32; 2] = [9.0, 12.0];
/// Pages that somebody takes home and reads. What goes a little beyond is set in smaller letters, what goes far beyond is not.
const SHEET: usize = 2;

/// Puts a document on pages.
///
/// # Errors
/// Lines with signs that the fonts do not have.
pub(super) fn lay(content: &Content, look: &Look, fonts: &Fonts) -> Result<Pages, Vec<Missing>> {
    if look.card {
        return set(content, look, ON_CARD[usize::from(look.large)], fonts);
    }
    if look.large {
        return set(content, look, LARGE, fonts);
    }
    let [usual, smaller @ ..] = USUAL;
    let pages = set(content, look, usual, fonts)?;
    if pages.pages.len() != SHEET + 1 {
        return Ok(pages);
    }
    for size in smaller {
        let fitting = set(content, look, size, fonts)?;
        if fitting.pages.len() <= SHEET {
            return Ok(fitting);
        }
    }
    Ok(pages)
}

fn set(content: &Content, look: &Look, size: f32, fonts: &Fonts) -> Result<Pages, Vec<Missing>> {
    let (width, height) = sheet(look.size);
    let width = if look.card { 2.0 * MARGIN + CARD } else { width };
    let mut setter = Setter::new(size, width, fonts);
    setter.head(&look.head);
    setter.title(&content.title);
    let mut signed = None;
    for block in &content.blocks {
        if let Block::Heading { key, .. } = block {
            setter.keep_since(signed.take());
            signed = (key == SIGNED).then_some(setter.sets.len());
        }
        setter.block(block);
    }
    setter.keep_since(signed);
    let (foot, _) = setter.text(&[(look.foot.as_str(), DIM)], Part::Around);
    if !setter.missing.is_empty() {
        return Err(setter.missing);
    }
    let rows = foot_rows(&setter.texts[foot].shaped, look, fonts);
    let room = rows.len().saturating_sub(1) as f32 * foot_size(look) * LEADING;
    let mut pages = Pages { texts: setter.texts, pages: placed(setter.sets, setter.size, height - room) };
    feet(&mut pages, (foot, &rows), look, fonts);
    Ok(pages)
}

const PLAIN: Style = Style { bold: false, dim: false };
const BOLD: Style = Style { bold: true, dim: false };
const DIM: Style = Style { bold: false, dim: true };

struct Setter<'a> {
    fonts: &'a Fonts,
    size: f32,
    /// Width of the page.
    width: f32,
    texts: Vec<Text>,
    sets: Vec<Set>,
    missing: Vec<Missing>,
}

impl<'a> Setter<'a> {
    fn new(size: f32, width: f32, fonts: &'a Fonts) -> Self {
        Self { fonts, size, width, texts: Vec::new(), sets: Vec::new(), missing: Vec::new() }
    }

    fn text(&mut self, spans: &[(&str, Style)], part: Part) -> (usize, &Shaped) {
        let shaped = self.fonts.shape(spans);
        if !shaped.missing.is_empty() {
            self.missing.push(Missing { line: shaped.text.clone(), signs: shaped.missing.clone() });
        }
        self.texts.push(Text { shaped, part });
        let at = self.texts.len() - 1;
        (at, &self.texts[at].shaped)
    }

    fn head(&mut self, head: &str) {
        if !head.trim().is_empty() {
            self.paragraph(&[(head, DIM)], Part::Around, Place { size: 0.85, ..Place::default() });
        }
    }

    fn title(&mut self, title: &str) {
        self.paragraph(
            &[(title, BOLD)],
            Part::Title,
            Place { size: 1.5, above: 0.3, keep: true, ..Place::default() },
        );
    }

    fn block(&mut self, block: &Block) {
        let body = Place { above: 0.35, ..Place::default() };
        match block {
            Block::About(words) => self.paragraphs(words, DIM, Part::Paragraph, body),
            Block::Prose(words) => self.paragraphs(words, PLAIN, Part::Paragraph, body),
            Block::Item(words) => self.item(words),
            Block::Heading { words, .. } => self.paragraph(
                &[(words, BOLD)],
                Part::Heading,
                Place { size: 1.15, above: 0.95, keep: true, ..Place::default() },
            ),
            Block::Answer { label, words } => {
                let label = format!("{label}  ");
                self.paragraph(&[(&label, BOLD), (&one_line(words), PLAIN)], Part::Paragraph, body);
            }
            Block::Quote { words, on } => {
                let quoted = format!("“{}”", one_line(words).trim());
                let on = on.map(|on| format!("  {}", day(on))).unwrap_or_default();
                let place = Place { indent: 1.2, ..body };
                self.paragraph(&[(&quoted, PLAIN), (&on, DIM)], Part::Paragraph, place);
            }
        }
    }

    /// One paragraph for each line that was written.
    fn paragraphs(&mut self, words: &str, style: Style, part: Part, place: Place) {
        for line in words.lines().filter(|line| !line.trim().is_empty()) {
            self.paragraph(&[(line.trim(), style)], part, place);
        }
    }

    fn item(&mut self, words: &str) {
        let first = self.sets.len();
        let place = Place { indent: 1.2, above: 0.3, ..Place::default() };
        self.paragraph(&[(&one_line(words), PLAIN)], Part::Item, place);
        let size = self.size;
        let (of, shaped) = self.text(&[("•", PLAIN)], Part::Around);
        let bullet = Line { of, signs: 0..shaped.signs.len(), x: MARGIN + 0.4 * size, y: 0.0, size };
        if let Some(set) = self.sets.get_mut(first) {
            set.bullet = Some(bullet);
        }
    }

    fn paragraph(&mut self, spans: &[(&str, Style)], part: Part, place: Place) {
        let size = self.size * place.size;
        let indent = place.indent * self.size;
        let wide = (self.width - 2.0 * MARGIN - indent) / size;
        let (of, shaped) = self.text(spans, part);
        let lines = break_lines(shaped, wide);
        let last = lines.len().saturating_sub(1);
        for (at, signs) in lines.into_iter().enumerate() {
            let above = if at == 0 { place.above * self.size } else { 0.0 };
            // Neither the first nor the last line of a paragraph is alone on a page.
            let keep = place.keep || (last > 0 && (at == 0 || at + 1 == last) && at != last);
            let line = Line { of, signs, x: MARGIN + indent, y: 0.0, size };
            self.sets.push(Set { line, bullet: None, above, keep });
        }
    }

    /// What follows a line of the document stays on one page, with the two lines before it.
    fn keep_since(&mut self, start: Option<usize>) {
        let Some(start) = start else { return };
        let end = self.sets.len().saturating_sub(1);
        for set in &mut self.sets[start.saturating_sub(2)..end] {
            set.keep = true;
        }
    }
}

/// How a paragraph is set; lengths are in parts of the size of the text.
#[derive(Clone, Copy)]
struct Place {
    size: f32,
    above: f32,
    indent: f32,
    keep: bool,
}

impl Default for Place {
    fn default() -> Self {
        Self { size: 1.0, above: 0.0, indent: 0.0, keep: false }
    }
}

pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `9 Dec 2026`.
pub(super) fn day(on: Date) -> String {
    on.naive().format("%-d %b %Y").to_string()
}

/// Gives every line its page and its place.
fn placed(sets: Vec<Set>, size: f32, tall: f32) -> Vec<Vec<Line>> {
    let bottom = tall - MARGIN - size * LEADING;
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let mut page: Vec<Line> = Vec::new();
    let mut y = MARGIN;
    let mut sets = sets.into_iter().peekable();
    while sets.peek().is_some() {
        let mut group: Vec<Set> = Vec::new();
        for set in sets.by_ref() {
            let keep = set.keep;
            group.push(set);
            if !keep {
                break;
            }
        }
        let tall: f32 = group.iter().map(height).sum();
        if y + tall > bottom && !page.is_empty() {
            pages.push(std::mem::take(&mut page));
            y = MARGIN;
        }
        for set in group {
            if y + height(&set) > bottom && !page.is_empty() {
                pages.push(std::mem::take(&mut page));
                y = MARGIN;
            }
            let above = if page.is_empty() { 0.0 } else { set.above };
            let feet = y + above + set.line.size * ASCENT;
            y += above + set.line.size * LEADING;
            page.extend(set.bullet.map(|bullet| Line { y: feet, ..bullet }));
            page.push(Line { y: feet, ..set.line });
        }
    }
    pages.push(page);
    pages
}

fn height(set: &Set) -> f32 {
    set.above + set.line.size * LEADING
}

/// The line to cut along around the words of a card, from the lines of its page: left, top, right, bottom.
pub(super) fn cut_line(lines: &[Line]) -> (f32, f32, f32, f32) {
    // The foot of the page is its last two lines and is not on the card.
    let words = &lines[..lines.len().saturating_sub(2)];
    let bottom = words.iter().map(|line| line.y).fold(MARGIN, f32::max);
    (MARGIN - CARD_SPACE, MARGIN - CARD_SPACE, MARGIN + CARD + CARD_SPACE, bottom + CARD_SPACE)
}

fn foot_size(look: &Look) -> f32 {
    if look.large { 13.0 } else { 9.0 }
}

/// The lines at the foot: as many as its words take beside the number of the page.
fn foot_rows(words: &Shaped, look: &Look, fonts: &Fonts) -> Vec<Range<usize>> {
    let number = fonts.shape(&[(&look.page.replace("{n}", "99").replace("{m}", "99"), DIM)]);
    let number: f32 = number.signs.iter().map(|sign| sign.advance).sum();
    let wide = (sheet(look.size).0 - 2.0 * MARGIN) / foot_size(look);
    break_lines(words, wide - number - 2.0)
}

/// Writes what is at the foot of each page: the words at the left, its number at the right.
fn feet(pages: &mut Pages, (foot, rows): (usize, &[Range<usize>]), look: &Look, fonts: &Fonts) {
    let size = foot_size(look);
    let (width, height) = sheet(look.size);
    let y = height - MARGIN * 0.7;
    let count = pages.pages.len();
    for at in 0..count {
        let number = look.page.replace("{n}", &(at + 1).to_string()).replace("{m}", &count.to_string());
        let number = fonts.shape(&[(&number, DIM)]);
        let wide: f32 = number.signs.iter().map(|sign| sign.advance * size).sum();
        let end = number.signs.len();
        pages.texts.push(Text { shaped: number, part: Part::Around });
        let of = pages.texts.len() - 1;
        let lines = rows.iter().rev().zip(0_u16..).map(|(signs, up)| {
            let y = y - f32::from(up) * size * LEADING;
            Line { of: foot, signs: signs.clone(), x: MARGIN, y, size }
        });
        pages.pages[at].extend(lines.collect::<Vec<_>>().into_iter().rev());
        let right = Line { of, signs: 0..end, x: width - MARGIN - wide, y, size };
        pages.pages[at].push(right);
    }
}

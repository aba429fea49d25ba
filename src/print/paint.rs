//! Pages as the bytes of a PDF, with what each line is for whoever has it read aloud.

use super::font::{Fonts, Shaped, Sign, Style};
use super::pages::{Line, Pages, Part, Text, cut_line, sheet};
use super::{Broken, Look};
use chrono::Datelike;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::Artifact;
use krilla::tagging::{
    ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, Tag, TagGroup, TagTree,
};
use krilla::text::{GlyphId, KrillaGlyph};
use std::num::NonZeroU16;

/// Writes the pages.
///
/// # Errors
/// The package that writes the PDF refuses.
pub(super) fn paint(pages: &Pages, title: &str, look: &Look, fonts: &Fonts) -> Result<Vec<u8>, Broken> {
    let mut document = Document::new();
    document.set_metadata(metadata(title, look));
    let mut tags: Vec<Vec<Identifier>> = vec![Vec::new(); pages.texts.len()];
    let (width, height) = sheet(look.size);
    for lines in &pages.pages {
        let settings = PageSettings::from_wh(width, height).ok_or(Broken)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for line in lines {
            let text = &pages.texts[line.of];
            let id = surface.start_tagged(tag_of(text.part));
            line_of(&mut surface, line, &text.shaped, fonts);
            surface.end_tagged();
            if text.part != Part::Around {
                tags[line.of].push(id);
            }
        }
        if look.card {
            draw_cut_line(&mut surface, lines);
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(&pages.texts, tags, look));
    document.finish().map_err(|_| Broken)
}

fn metadata(title: &str, look: &Look) -> Metadata {
    let on = look.made.naive();
    let year = u16::try_from(on.year()).unwrap_or_default();
    let made = DateTime::new(year).month(on.month() as u8).day(on.day() as u8);
    Metadata::new().title(title.to_owned()).language(look.language.clone()).creation_date(made)
}

fn tag_of(part: Part) -> ContentTag<'static> {
    match part {
        Part::Around => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
        _ => ContentTag::Span(SpanTag::empty()),
    }
}

/// Draws a line: one piece for each run of one style.
fn line_of(surface: &mut Surface<'_>, line: &Line, shaped: &Shaped, fonts: &Fonts) {
    let mut x = line.x;
    for run in shaped.signs[line.signs.clone()].chunk_by(|one, next| one.style == next.style) {
        let style = run[0].style;
        let glyphs: Vec<KrillaGlyph> = run.iter().map(glyph).collect();
        surface.set_fill(Some(Fill { paint: ink(style).into(), ..Fill::default() }));
        let at = Point::from_xy(x, line.y);
        surface.draw_glyphs(at, &glyphs, fonts.font(style), &shaped.text, line.size, false);
        x += run.iter().map(|sign| sign.advance * line.size).sum::<f32>();
    }
}

/// Draws the line to cut a card out along.
fn draw_cut_line(surface: &mut Surface<'_>, lines: &[Line]) {
    let (left, top, right, bottom) = cut_line(lines);
    let Some(rect) = Rect::from_ltrb(left, top, right, bottom) else { return };
    let mut builder = PathBuilder::new();
    builder.push_rect(rect);
    let Some(path) = builder.finish() else { return };
    surface.start_tagged(tag_of(Part::Around));
    surface.set_fill(None);
    let dash = Some(StrokeDash { array: vec![3.0, 3.0], offset: 0.0 });
    let ink = ink(Style { bold: false, dim: true });
    surface.set_stroke(Some(Stroke { paint: ink.into(), width: 0.5, dash, ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
    surface.end_tagged();
}

fn glyph(sign: &Sign) -> KrillaGlyph {
    let (x, y) = sign.shift;
    KrillaGlyph::new(GlyphId::new(sign.id), sign.advance, x, y, 0.0, sign.of.clone(), None)
}

fn ink(style: Style) -> rgb::Color {
    // Grey enough to step back, dark enough for weak eyes and weak printers.
    const GREY: u8 = 85;
    if style.dim { rgb::Color::new(GREY, GREY, GREY) } else { rgb::Color::new(0, 0, 0) }
}

/// What each text is, in reading order.
fn tree(texts: &[Text], tags: Vec<Vec<Identifier>>, look: &Look) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(look.language.clone()));
    let mut list: Vec<Node> = Vec::new();
    for (text, ids) in texts.iter().zip(tags) {
        let nodes: Vec<Node> = ids.into_iter().map(Node::from).collect();
        if nodes.is_empty() {
            continue;
        }
        if text.part == Part::Item {
            let body = TagGroup::with_children(Tag::LBody, nodes);
            list.push(TagGroup::with_children(Tag::LI, vec![body.into()]).into());
            continue;
        }
        close(&mut tree, &mut list);
        let level = |number: u16| NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN);
        tree.push(match text.part {
            Part::Title => TagGroup::with_children(Tag::Hn(level(1), None), nodes),
            Part::Heading => TagGroup::with_children(Tag::Hn(level(2), None), nodes),
            _ => TagGroup::with_children(Tag::P, nodes),
        });
    }
    close(&mut tree, &mut list);
    tree
}

fn close(tree: &mut TagTree, list: &mut Vec<Node>) {
    if !list.is_empty() {
        let items = std::mem::take(list);
        tree.push(TagGroup::with_children(Tag::L(ListNumbering::Disc), items));
    }
}

//! The two fonts, and what a text takes of them: signs, widths, and what they cannot write.

use harfrust::{FontRef, ShapeOptions, Shaper, ShaperData, UnicodeBuffer};
use krilla::text::Font;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const REGULAR: &[u8] = include_bytes!("fonts/NotoSans-Regular.ttf");
const BOLD: &[u8] = include_bytes!("fonts/NotoSans-Bold.ttf");

static REGULAR_DATA: LazyLock<Option<ShaperData>> = LazyLock::new(|| data(REGULAR));
static BOLD_DATA: LazyLock<Option<ShaperData>> = LazyLock::new(|| data(BOLD));

fn data(bytes: &'static [u8]) -> Option<ShaperData> {
    FontRef::new(bytes).ok().map(|font| ShaperData::new(&font))
}

/// How words are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub bold: bool,
    /// Grey: what is beside the text.
    pub dim: bool,
}

/// The fonts, ready to measure and to be written.
pub(super) struct Fonts {
    regular: Face,
    bold: Face,
}

struct Face {
    shaper: Shaper<'static>,
    font: Font,
}

impl Face {
    fn new(bytes: &'static [u8], data: Option<&'static ShaperData>) -> Option<Self> {
        let shaper = data?.shaper(&FontRef::new(bytes).ok()?).build();
        Some(Self { shaper, font: Font::new(bytes.into(), 0)? })
    }
}

/// A sign of a font, with what it stands for. Lengths are in parts of the size of the letters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sign {
    pub id: u32,
    /// The bytes of the text it stands for.
    pub of: Range<usize>,
    pub advance: f32,
    pub shift: (f32, f32),
    pub style: Style,
}

/// A text as signs of the fonts.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Shaped {
    pub text: String,
    pub signs: Vec<Sign>,
    /// Signs that the fonts do not have.
    pub missing: String,
}

impl Fonts {
    /// The fonts of this program; `None` only if they are no fonts.
    pub(super) fn new() -> Option<Self> {
        Some(Self {
            regular: Face::new(REGULAR, REGULAR_DATA.as_ref())?,
            bold: Face::new(BOLD, BOLD_DATA.as_ref())?,
        })
    }

    fn face(&self, style: Style) -> &Face {
        if style.bold { &self.bold } else { &self.regular }
    }

    /// The font as the PDF embeds it.
    pub(super) fn font(&self, style: Style) -> Font {
        self.face(style).font.clone()
    }

    /// Returns words of several styles as one text. Letters with marks are composed first: a mark that has no composed form
    /// could be drawn, but would be other letters when somebody copies it from the page, so it counts as missing.
    pub(super) fn shape(&self, spans: &[(&str, Style)]) -> Shaped {
        let mut shaped = Shaped::default();
        for (words, style) in spans {
            let words: String = words.nfc().map(|sign| if sign == '\t' { ' ' } else { sign }).collect();
            self.shape_span(&words, *style, &mut shaped);
        }
        shaped
    }

    fn shape_span(&self, words: &str, style: Style, into: &mut Shaped) {
        let start = into.text.len();
        into.text.push_str(words);
        into.missing.extend(words.chars().filter(|sign| is_combining_mark(*sign) || sign.is_control()));
        let shaper = &self.face(style).shaper;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(words);
        buffer.guess_segment_properties();
        // A run of right-to-left letters would come out backwards; the fonts have none, and it is reported as missing.
        buffer.set_direction(harfrust::Direction::LeftToRight);
        let glyphs = shaper.shape(buffer, ShapeOptions::new());
        let em = shaper.units_per_em() as f32;
        let infos = glyphs.glyph_infos();
        for (at, (info, place)) in infos.iter().zip(glyphs.glyph_positions()).enumerate() {
            let from = info.cluster as usize;
            let later = infos[at + 1..].iter().map(|next| next.cluster as usize).find(|next| *next > from);
            let to = later.unwrap_or(words.len());
            if info.glyph_id == 0 {
                into.missing.push_str(&words[from..to]);
            }
            into.signs.push(Sign {
                id: info.glyph_id,
                of: start + from..start + to,
                advance: place.x_advance as f32 / em,
                shift: (place.x_offset as f32 / em, place.y_offset as f32 / em),
                style,
            });
        }
    }
}

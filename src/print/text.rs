//! A document as plain text: what the PDF says, in lines of a terminal's width.

use super::Look;
use super::pages::{day, one_line};
use crate::domain::{Block, Content};
use unicode_linebreak::linebreaks;
use unicode_width::UnicodeWidthStr;

const WIDTH: usize = 76;
/// Of a card.
const CARD: usize = 44;

/// Returns a document as plain text. It has every sign that was written.
pub fn text(content: &Content, look: &Look) -> String {
    let width = if look.card { CARD } else { WIDTH };
    let mut out = Out { text: String::new(), width };
    let mut below_heading = false;
    for line in [look.head.trim(), content.title.trim()].into_iter().filter(|line| !line.is_empty()) {
        out.push("", line);
    }
    for block in &content.blocks {
        match block {
            Block::About(words) | Block::Prose(words) => {
                if !below_heading {
                    out.text.push('\n');
                }
                for line in words.lines().filter(|line| !line.trim().is_empty()) {
                    out.push("", line.trim());
                }
            }
            Block::Item(words) => out.push("- ", &one_line(words)),
            Block::Heading { words, .. } => {
                out.text.push('\n');
                out.push("", words);
                out.push("", &"-".repeat(words.width().min(width)));
            }
            Block::Answer { label, words } => out.push("", &format!("{label}: {}", one_line(words))),
            Block::Quote { words, on } => {
                let on = on.map(|on| format!("  {}", day(on))).unwrap_or_default();
                out.push("  ", &format!("\"{}\"{on}", one_line(words)));
            }
        }
        below_heading = matches!(block, Block::Heading { .. });
    }
    if !look.foot.is_empty() {
        out.text.push('\n');
        out.push("", &look.foot);
    }
    out.text
}

/// Plain text of a width.
struct Out {
    text: String,
    width: usize,
}

impl Out {
    /// Writes words in lines: the first one behind the mark, the others below its words.
    fn push(&mut self, mark: &str, words: &str) {
        let wide = self.width - mark.len();
        let out = &mut self.text;
        let (mut line, mut first) = (String::new(), true);
        let mut start = 0;
        let mut end_line = |line: &mut String| {
            out.push_str(if first { mark } else { &"  "[..mark.len()] });
            out.push_str(line.trim_end());
            out.push('\n');
            first = false;
            line.clear();
        };
        for (end, _) in linebreaks(words) {
            let piece = &words[start..end];
            if !line.is_empty() && line.width() + piece.trim_end().width() > wide {
                end_line(&mut line);
            }
            line.push_str(piece);
            start = end;
        }
        if !line.is_empty() {
            end_line(&mut line);
        }
    }
}

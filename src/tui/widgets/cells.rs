//! The cells that lists share: a severity with its trend, the client's words.

use crate::domain::{RatingFacts, Severity};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::text::Span;

/// How a rating stands to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Higher than before.
    Worse,
    /// Lower than before.
    Better,
    /// As before, or not rated now.
    Same,
    /// There is no earlier one to compare.
    First,
}

/// The trend of a rating against the one before it.
pub fn trend(now: Option<Severity>, before: Option<Severity>) -> Trend {
    match (now, before) {
        (None, _) => Trend::Same,
        (Some(_), None) => Trend::First,
        (Some(now), Some(before)) if now > before => Trend::Worse,
        (Some(now), Some(before)) if now < before => Trend::Better,
        _ => Trend::Same,
    }
}

/// Digit and trend mark, two cells: `3▲`, `2 `, `– `.
pub fn severity(now: Option<Severity>, trend: Trend, cx: &Cx) -> Vec<Span<'static>> {
    let digit = now.map_or(cx.theme.glyphs.none.to_owned(), |severity| severity.digit().to_string());
    let mark = match trend {
        Trend::Worse => cx.theme.glyphs.worse,
        Trend::Better => cx.theme.glyphs.better,
        Trend::First => "?",
        Trend::Same => " ",
    };
    let role = if trend == Trend::First { Role::Dim } else { Role::Normal };
    vec![
        Span::styled(digit, cx.theme.style(Role::Severity(now.map(Severity::digit)))),
        Span::styled(mark.to_owned(), cx.theme.style(role)),
    ]
}

/// A rating of a summary as [`severity`] shows it.
pub fn rating(rating: &RatingFacts, cx: &Cx) -> Vec<Span<'static>> {
    let before = rating.was.first().copied().flatten();
    severity(rating.now, trend(rating.now, before), cx)
}

/// The client's words between quotation marks, cut to so many cells.
pub fn quote(words: &str, cells: usize, cx: &Cx) -> Span<'static> {
    let glyphs = &cx.theme.glyphs;
    let words = text::line(words);
    let words = text::cut(&words, cells.saturating_sub(2), glyphs.ellipsis);
    Span::styled(format!("{}{words}{}", glyphs.quote_open, glyphs.quote_close), cx.theme.style(Role::Quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trend_needs_an_earlier_rating() {
        let (two, three) = (Some(Severity::Moderate), Some(Severity::Serious));
        assert_eq!(trend(three, two), Trend::Worse);
        assert_eq!(trend(two, three), Trend::Better);
        assert_eq!(trend(two, two), Trend::Same);
        assert_eq!(trend(two, None), Trend::First);
        assert_eq!(trend(None, two), Trend::Same);
    }
}

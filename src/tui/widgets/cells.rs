//! The cells that lists share: a severity with its trend, the client's words.

use crate::domain::{RatingFacts, Severity};
use crate::rules::caseload::Column;
use crate::rules::priority::Trend;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::text::Span;

/// The trend of a rating against the one before it; `None` if unrated.
pub fn trend(now: Option<Severity>, before: Option<Severity>) -> Option<Trend> {
    Some(match (now?, before) {
        (_, None) => Trend::Unknown,
        (now, Some(before)) if now > before => Trend::Worse,
        (now, Some(before)) if now < before => Trend::Better,
        _ => Trend::Same,
    })
}

/// Digit and trend mark, two cells: `3▲`, `2 `, `– `.
pub fn severity(now: Option<Severity>, trend: Option<Trend>, cx: &Cx) -> Vec<Span<'static>> {
    let digit = now.map_or(cx.theme.glyphs.none.to_owned(), |severity| severity.digit().to_string());
    let mark = match trend {
        Some(Trend::Worse) => cx.theme.glyphs.worse,
        Some(Trend::Better) => cx.theme.glyphs.better,
        Some(Trend::Unknown) => "*",
        Some(Trend::Same) | None => " ",
    };
    let role = if trend == Some(Trend::Unknown) { Role::Dim } else { Role::Normal };
    vec![
        Span::styled(digit, cx.theme.style(Role::Severity(now.map(Severity::digit)))),
        Span::styled(mark.to_owned(), cx.theme.style(role)),
    ]
}

/// A rating of a list's line: brought here from another set it is dim and marked `'` instead of its trend.
pub fn column(column: &Column, cx: &Cx) -> Vec<Span<'static>> {
    if !column.foreign {
        return severity(column.value, column.trend, cx);
    }
    let digit = column.value.map_or(cx.theme.glyphs.none.to_owned(), |value| value.digit().to_string());
    vec![Span::styled(format!("{digit}'"), cx.theme.style(Role::Dim))]
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
        assert_eq!(trend(three, two), Some(Trend::Worse));
        assert_eq!(trend(two, three), Some(Trend::Better));
        assert_eq!(trend(two, two), Some(Trend::Same));
        assert_eq!(trend(two, None), Some(Trend::Unknown));
        assert_eq!(trend(None, two), None);
    }
}

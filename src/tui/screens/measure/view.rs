//! How a measure looks while it is typed in: the answers of last time dim beside today's, and the total when it may be shown.

use super::places::{self, Focus};
use super::{MeasureScreen, sheet};
use crate::domain::{Administration, Reply};
use crate::packs::{AnswerSet, Instrument, Item};
use crate::rules::scoring::{Change, Finding, NoScore, ScaleScore, Scored, change};
use crate::rules::{measured, when};
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

/// Cells of pointer and number, and of a column of answers.
const LEAD: usize = 7;
const ANSWER: usize = 8;
/// Cells kept for what an answer means.
const MEANING: usize = 17;
/// Earlier answers are shown from this width on.
const BESIDE: usize = 72;

type Lines = Vec<(Option<Focus>, Line<'static>)>;

/// A space at which no line ends.
const UNBROKEN: char = '\u{a0}';

/// The answers in words, each key on the line of its words: `2 more than half the days` is never torn.
fn whole(answers: &AnswerSet) -> String {
    answers.choices.iter().fold(answers.to_string(), |said, choice| {
        let one = format!("{} {}", choice.key, choice.words);
        said.replace(&one, &one.replace(' ', &UNBROKEN.to_string()))
    })
}

impl MeasureScreen {
    /// Those that were filled in before, the newest two, oldest first.
    fn earlier<'a>(&self, cx: &'a Cx) -> Vec<&'a Administration> {
        let all = cx.chart(self.client).map_or(&[][..], |chart| &chart.measures);
        let mut series = measured::series(all.iter().map(|kept| &kept.value), &self.sheet);
        let now = (self.sheet.on, self.sheet.time);
        series.retain(|one| (one.on, one.time) <= now || one.on == self.sheet.on);
        series.split_off(series.len().saturating_sub(2))
    }

    /// Lines of the screen, and for each where a click puts the cursor.
    fn lines(&self, width: usize, cx: &Cx) -> Lines {
        let Some(measure) = self.measure(cx) else { return Vec::new() };
        let dim = cx.theme.style(Role::Dim);
        let earlier = if width >= BESIDE { self.earlier(cx) } else { Vec::new() };
        let label = self.label_width(measure, width.saturating_sub(LEAD + ANSWER * (earlier.len() + 1)));
        let mut lines = self.head_lines(measure, width, cx);
        let mut days = " ".repeat(LEAD + label);
        for one in &earlier {
            days.push_str(&text::right(&when::day_month(one.on), ANSWER, ""));
        }
        days.push_str(&text::right("now", ANSWER, ""));
        lines.push((None, Line::styled(days, dim)));
        let scored = sheet::scored(measure, &self.sheet);
        for place in self.places(measure) {
            match place {
                Focus::Item(at) => {
                    lines.push((Some(place), self.item(at, measure, &earlier, (label, width), cx)));
                }
                Focus::Total => {
                    lines.push((None, Line::default()));
                    let mut line = self.total(measure, scored.as_ref(), &earlier, label, cx);
                    let words = self.named(measure, scored.as_ref());
                    let fits = line.width() + 2 + text::width(&words) < width;
                    if fits {
                        line.push_span(Span::raw(format!("  {words}")));
                    }
                    lines.push((Some(place), line));
                    let words = if fits {
                        Vec::new()
                    } else {
                        window::wrapped(&[words], width.saturating_sub(LEAD + 1))
                    };
                    lines.extend(
                        words
                            .into_iter()
                            .map(|words| (Some(place), Line::raw(format!("{}{words}", " ".repeat(LEAD))))),
                    );
                }
                _ => {}
            }
        }
        let below = scored.map(|scored| self.below(measure, &scored, cx)).unwrap_or_default();
        lines.push((None, Line::default()));
        for line in window::wrapped(&below, width.saturating_sub(2)) {
            lines.push((None, Line::styled(format!(" {line}"), dim)));
        }
        lines
    }

    /// What the measure is, and the places above its items in one line.
    fn head_lines(&self, measure: &Instrument, width: usize, cx: &Cx) -> Lines {
        let value = |focus: Focus| match focus {
            Focus::Day if self.focus != focus => {
                format!("filled in on {}", when::short(self.sheet.on, cx.today()))
            }
            Focus::Day => format!("filled in on {}_", self.typed.value()),
            Focus::Time if self.focus == focus => format!("at {}_", self.typed.value()),
            Focus::Time => {
                self.sheet.time.map_or_else(|| "time not known".to_owned(), |time| format!("at {time}"))
            }
            Focus::How => self.sheet.how.words().to_owned(),
            Focus::By => format!("by {}", self.sheet.answered_by),
            _ => format!("form {}", self.sheet.form),
        };
        let mut rows: Vec<Vec<Span<'static>>> =
            vec![vec![Span::styled(format!(" {}  ", measure.key), cx.theme.style(Role::Now))]];
        let mut first = None;
        for focus in places::head(measure) {
            let words = value(focus);
            let used: usize = rows.last().map_or(0, |row| row.iter().map(Span::width).sum());
            if used + text::width(&words) + 3 > width {
                rows.push(vec![Span::raw("   ")]);
            }
            let role = if self.focus == focus { Role::Focus } else { Role::Dim };
            if self.focus == focus {
                first = Some(focus);
            }
            let mark = if self.focus == focus { cx.theme.glyphs.pointer } else { " " };
            if let Some(row) = rows.last_mut() {
                row.push(Span::styled(format!("{mark} {words} "), cx.theme.style(role)));
            }
        }
        let mut lines: Lines = rows.into_iter().map(|row| (first, Line::from(row))).collect();
        let source = if measure.licence.is_free() { "Labels are ours." } else { "Items by number." };
        let here = match self.focus {
            Focus::Item(at) => {
                format!(" This one: {}; - if it is missing.", whole(measure.answers_of(&measure.items[at])))
            }
            Focus::Total => " Enter saves it.".to_owned(),
            focus => {
                let words = places::words(focus, measure);
                let digits = words.iter().enumerate().map(|(at, word)| format!("{} {word}", at + 1));
                digits.fold(String::new(), |line, one| format!("{line} {one}"))
            }
        };
        for line in window::wrapped(&[format!("{source}{here}")], width.saturating_sub(2)) {
            let line = line.replace(UNBROKEN, " ");
            lines.push((None, Line::styled(format!(" {line}"), cx.theme.style(Role::Dim))));
        }
        lines
    }

    /// Cells of the labels: as many as the longest needs, where some are left for what an answer means.
    fn label_width(&self, measure: &Instrument, room: usize) -> usize {
        let longest = measure.items.iter().map(|item| text::width(self.label(item))).max().unwrap_or(0);
        room.saturating_sub(MEANING).min(longest).max(12)
    }

    fn label<'a>(&self, item: &'a Item) -> &'a str {
        item.labels.get(&self.sheet.form).unwrap_or(&item.label)
    }

    fn item(
        &self,
        at: usize,
        measure: &Instrument,
        earlier: &[&Administration],
        (label, width): (usize, usize),
        cx: &Cx,
    ) -> Line<'static> {
        let item = &measure.items[at];
        let here = self.focus == Focus::Item(at);
        let glyphs = &cx.theme.glyphs;
        let mark = if here { glyphs.pointer } else { " " };
        let words = self.label(item);
        let style = cx.theme.style(if here { Role::Focus } else { Role::Normal });
        let mut spans = vec![
            Span::styled(format!("{mark} {:<4} ", number(&item.id)), style),
            Span::styled(text::left(words, label, glyphs.ellipsis), style),
        ];
        for one in earlier {
            let shown = shown(one.reply(&item.id), true, cx);
            spans.push(Span::styled(text::right(&shown, ANSWER, ""), cx.theme.style(Role::Dim)));
        }
        let typing = here && !self.typed.is_empty();
        let answer = if typing {
            format!("{}_", self.typed.value())
        } else {
            shown(self.sheet.answers[at].1, self.seen[at], cx)
        };
        let answer = if here && answer.is_empty() { "_".to_owned() } else { answer };
        spans.push(Span::styled(text::right(&answer, ANSWER, ""), style));
        let (behind, role) = self.behind(at, measure.answers_of(item), cx);
        let used: usize = spans.iter().map(Span::width).sum();
        let behind = text::cut(&behind, width.saturating_sub(used + 3), glyphs.ellipsis);
        spans.push(Span::styled(format!("  {behind}"), cx.theme.style(role)));
        Line::from(spans)
    }

    /// What stands behind an answer: danger, why it is missing, or what it means.
    fn behind(&self, at: usize, set: &AnswerSet, cx: &Cx) -> (String, Role) {
        if self.is_critical(at, cx) {
            return ("danger, act on it".to_owned(), Role::TierNow);
        }
        match self.sheet.answers[at].1 {
            Reply::Declined => ("rather not say".to_owned(), Role::Dim),
            Reply::Blank if self.seen[at] => ("missing".to_owned(), Role::Dim),
            Reply::Blank => (String::new(), Role::Dim),
            Reply::Given(key) => {
                let choice = set.choices.iter().find(|choice| choice.key == key);
                (choice.map_or(String::new(), |choice| choice.words.clone()), Role::Dim)
            }
        }
    }

    fn total(
        &self,
        measure: &Instrument,
        scored: Option<&Scored<'_>>,
        earlier: &[&Administration],
        label: usize,
        cx: &Cx,
    ) -> Line<'static> {
        let here = self.focus == Focus::Total;
        let mark = if here { cx.theme.glyphs.pointer } else { " " };
        let style = cx.theme.style(if here { Role::Focus } else { Role::Now });
        let Some(scale) = measured::main_scale(measure) else {
            return Line::styled(format!("{mark}      Save"), style);
        };
        let (lowest, highest) = measure.bounds(scale);
        let (lowest, highest) = (lowest.shown(lowest.decimals()), highest.shown(highest.decimals()));
        let name = format!("{}, {lowest} to {highest}", scale.name);
        let mut spans = vec![
            Span::styled(format!("{mark}      "), style),
            Span::styled(text::left(&name, label, cx.theme.glyphs.ellipsis), style),
        ];
        for one in earlier {
            let score = measured::stored(measure, scale, one).shown().unwrap_or_default();
            spans.push(Span::styled(text::right(&score, ANSWER, ""), cx.theme.style(Role::Dim)));
        }
        let score = scored.and_then(|scored| scored.scales.iter().find(|one| one.scale.key == scale.key));
        let shown = score.and_then(ScaleScore::shown).unwrap_or_else(|| cx.theme.glyphs.none.to_owned());
        spans.push(Span::styled(text::right(&shown, ANSWER, ""), style));
        Line::from(spans)
    }

    /// What the total is called, or why there is none.
    fn named(&self, measure: &Instrument, scored: Option<&Scored<'_>>) -> String {
        let scale = measured::main_scale(measure);
        let score = scored.and_then(|scored| {
            scored.scales.iter().find(|one| Some(&one.scale.key) == scale.map(|scale| &scale.key))
        });
        let open = self.first_unseen(measure).is_some();
        score.map(|score| total_words(measure, score, open)).unwrap_or_default()
    }

    /// What the answers so far come to besides the total.
    fn below(&self, measure: &Instrument, scored: &Scored<'_>, cx: &Cx) -> Vec<String> {
        let mut out = Vec::new();
        let others: Vec<String> = scored
            .scales
            .iter()
            .filter(|one| measured::main_scale(measure).is_none_or(|main| main.key != one.scale.key))
            .filter_map(|one| Some(format!("{} {}", one.scale.name, one.shown()?)))
            .collect();
        if !others.is_empty() {
            out.push(others.join("   "));
        }
        let main = measured::main_scale(measure);
        let now = main.and_then(|main| scored.scales.iter().find(|one| one.scale.key == main.key));
        if let (Some(now), Some(before)) = (now, self.earlier(cx).last()) {
            let first = measured::stored(measure, now.scale, before);
            if let Some(found) = change(measure, &first, now, &measured::facts(&self.sheet)) {
                let since = when::short(before.on, cx.today());
                out.push(format!("Since {since}: {}", change_words(&found, now)));
            }
        }
        out.extend(scored.finding.iter().flat_map(Finding::lines));
        for place in &scored.aside {
            let name = measure.items[*place].name();
            out.push(format!("{name} has an answer although an earlier answer leaves it out: ask about it."));
        }
        if !measure.remark.is_empty() {
            out.push(measure.remark.clone());
        }
        out
    }

    fn top(&self, lines: &Lines, height: usize) -> usize {
        let at = lines.iter().position(|(focus, _)| *focus == Some(self.focus)).unwrap_or(0);
        let below = if self.focus == Focus::Total { lines.len() } else { at + 2 };
        below.min(lines.len()).saturating_sub(height).min(at)
    }

    /// Where a click puts the cursor.
    pub(super) fn hit(&self, at: Position, area: Rect, cx: &Cx) -> Option<Focus> {
        let lines = self.lines(usize::from(area.width), cx);
        let list = window::list(area, lines.len());
        let top = self.top(&lines, usize::from(list.height));
        let row = usize::from(at.y.saturating_sub(list.y)) + top;
        lines.get(row).filter(|_| list.contains(at)).and_then(|line| line.0)
    }

    /// Draws it.
    pub(super) fn show(&self, frame: &mut Frame<'_>, area: Rect, cx: &Cx) {
        let lines = self.lines(usize::from(area.width), cx);
        let (list, count) = (window::list(area, lines.len()), lines.len());
        let top = self.top(&lines, usize::from(list.height));
        let shown = lines.into_iter().skip(top).map(|(_, line)| line).collect();
        window::lines(frame, list, shown);
        window::sign(frame, list, &(top..count.min(top + usize::from(list.height))), count, cx);
    }
}

/// The number of an item; a name that is none stands in its label.
fn number(id: &str) -> &str {
    if id.starts_with(|sign: char| sign.is_ascii_digit()) { id } else { "" }
}

/// An answer as it is shown. What was passed on purpose has a sign, what nobody came to has none.
pub(in crate::tui::screens) fn shown(reply: Reply, seen: bool, cx: &Cx) -> String {
    match reply {
        Reply::Given(key) => key.to_string(),
        Reply::Declined => "r".to_owned(),
        Reply::Blank if seen => cx.theme.glyphs.none.to_owned(),
        Reply::Blank => String::new(),
    }
}

/// What stands behind the total: its name, or why there is none.
fn total_words(measure: &Instrument, score: &ScaleScore<'_>, open: bool) -> String {
    match score.score {
        Ok(_) => {
            let mut words: Vec<String> = score.band.iter().map(|band| band.band.words.clone()).collect();
            if score.is_prorated() {
                words.push(format!("prorated, {} not answered", score.missing));
            }
            let verify = score.band.as_ref().is_some_and(|band| band.verify)
                || score.is_prorated() && score.scale.missing.as_ref().is_some_and(|missing| missing.verify);
            if verify {
                words.push("verify".to_owned());
            }
            let lacks: Vec<&str> = score.lacks.iter().map(|fact| fact.words()).collect();
            if !lacks.is_empty() {
                words.push(format!("not known: {}", lacks.join(", ")));
            }
            words.join(", ")
        }
        Err(_) if open => String::new(),
        Err(NoScore::CriticalBlank(at)) => {
            format!("no total: item {} is not answered: ask", measure.items[at].id)
        }
        Err(NoScore::Missing) => {
            format!("no total: {} of {} not answered", score.missing, score.scale.items.len())
        }
        Err(NoScore::NotTaken) => "not taken".to_owned(),
    }
}

/// `4 more: a change of this size can be chance (6 is needed)`.
pub(in crate::tui::screens) fn change_words(change: &Change, now: &ScaleScore<'_>) -> String {
    let decimals = change.difference.decimals().min(now.decimals().max(1));
    let size = change.difference.shown(decimals);
    let amount = match size.strip_prefix('-') {
        Some(size) => format!("{size} fewer"),
        None if change.difference.is_positive() => format!("{size} more"),
        None => return "no change".to_owned(),
    };
    let step = now.scale.reliable.first();
    let verify = step.filter(|step| step.verify).map_or("", |_| "; verify");
    match (change.class, change.reliable, step) {
        (Some(class), Some(true), _) => format!("{amount}: {}, more than chance explains", class.word()),
        (_, Some(false), Some(step)) => {
            let by = step.by;
            format!("{amount}: a change of this size can be chance ({by} is needed{verify})")
        }
        _ => format!("{amount}: change not classed"),
    }
}

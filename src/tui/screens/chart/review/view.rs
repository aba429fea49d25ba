//! The rows of a review as they are drawn.
//!
//! Owns where things are. It changes nothing.

use super::answers::{choices, titles};
use super::{Shown, ask, line_of};
use crate::domain::{LineKind, LineRef, Number, Progress, ReviewLine, ReviewRating};
use crate::rules::plan::mandated;
use crate::rules::plan::often::held_words;
use crate::rules::plan::review::{Item, offered};
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::legend::assent_sign;
use crate::tui::screens::chart::asked::{INDENTED, beside, labelled, quoted, styled, under};
use crate::tui::screens::chart::blocks::{Blocks, INDENT};
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::table::{Cell, NARROW};
use ratatui::text::Span;

/// Cells of what was said before, of what notes say, and of the answer.
const BEFORE: usize = 7;
const NOTES: usize = 11;
const NOW: usize = 7;

/// `Review of plan 2, 13 Oct to 21 Nov`.
pub(super) fn title(shown: &Shown<'_>, cx: &Cx) -> String {
    let known = &shown.known;
    let of = if known.version > 0 { format!(" of plan {}", known.version) } else { String::new() };
    let short = |on| when::short(on, cx.today());
    format!("Review{of}, {} to {}", short(known.from), short(known.until))
}

/// What the highlighted row is called.
pub(super) fn name_of(item: Item, shown: &Shown<'_>) -> String {
    let line = |name: LineRef| {
        line_of(&shown.known, name).map_or(name.to_string(), |line| format!("{name} {}", line.wording))
    };
    match item {
        Item::Wants => "What the client wants".to_owned(),
        Item::Method(number) => match shown.known.methods.iter().find(|one| one.method == number) {
            Some(method) => format!("M{number} {}", method.wording),
            None => format!("M{number}"),
        },
        Item::Line(name) => line(name),
        Item::Change(number) => format!("{}: what changes?", line(LineRef::goal(number))),
        Item::View => "The client says".to_owned(),
        Item::TookPart => "How the client took part".to_owned(),
        Item::Level => "Level of care".to_owned(),
        Item::Why => "Why this level of care".to_owned(),
        Item::NewLevel => "Level of care from now on".to_owned(),
        Item::Agrees => "Does the client agree?".to_owned(),
        Item::Next => "Next review".to_owned(),
    }
}

/// What Enter and the key of what is offered do on a row.
pub(super) fn does(item: Item, shown: &Shown<'_>, cx: &Cx) -> String {
    let open = cx.key(Action::Open, Scope::Review);
    let does = match item {
        Item::NewLevel => format!("{open} chooses from the list."),
        Item::Next => format!("{open} writes the day; empty leaves it to the rules."),
        _ if titles(item).is_empty() || !choices(item).is_empty() => String::new(),
        _ => format!("{open} writes the words."),
    };
    let take = match item {
        Item::Line(name) => line_of(&shown.known, name).and_then(offered).map(|progress| {
            let key = cx.key(Action::AcceptProposal, Scope::Review);
            format!(" {key} takes {} over from the notes.", progress.word())
        }),
        _ => None,
    };
    format!("{does}{}", take.unwrap_or_default())
}

/// Every row with its lines.
pub(super) fn blocks(shown: &Shown<'_>, chart: &ChartView, cx: &Cx, width: usize) -> Blocks<Item> {
    let mut blocks = Blocks::new();
    wants(&mut blocks, shown, cx, width);
    for line in ratings(shown, cx, width) {
        blocks.line(line);
    }
    for (label, words) in mandated::of_review(&shown.sheet.body, &shown.known) {
        for line in beside(label, &words, Role::Normal, cx, width) {
            blocks.line(line);
        }
    }
    for form in &shown.known.forms {
        for line in beside(&form.form, &form.words, Role::Normal, cx, width) {
            blocks.line(line);
        }
    }
    for method in &shown.known.methods {
        method_row(&mut blocks, method.method, shown, cx, width);
    }
    let narrow = width < usize::from(NARROW);
    let notes = if narrow { 0 } else { NOTES };
    let head = text::left("Goals", width.saturating_sub(INDENT + BEFORE + notes + NOW + 1), "");
    let mut titles =
        vec![styled(head, Role::Dim, cx), styled(text::left("before", BEFORE, ""), Role::Dim, cx)];
    if !narrow {
        titles.push(styled(text::left("notes", NOTES, ""), Role::Dim, cx));
    }
    titles.push(styled(text::left("now", NOW, ""), Role::Dim, cx));
    blocks.line(titles);
    for line in &shown.known.lines {
        line_row(&mut blocks, line, shown, chart, cx, width);
    }
    rest(&mut blocks, shown, chart, cx, width);
    blocks
}

fn wants(blocks: &mut Blocks<Item>, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let review = &shown.sheet.body;
    let answer = review.wants.map_or("not asked yet", |answer| answer.word());
    let day = if shown.known.wants.wants.is_empty() {
        String::new()
    } else {
        format!(" {}", when::short(shown.known.wants.on, cx.today()))
    };
    let room = width.saturating_sub(INDENT + INDENTED + text::width(&day) + text::width(answer) + 4);
    let words = quoted(&shown.known.wants.wants, cx);
    let words = text::left(&words, room, cx.theme.glyphs.ellipsis);
    let cell = labelled(
        "Wants",
        vec![styled(words, Role::Quote, cx), styled(day, Role::Dim, cx), Span::raw(format!("  {answer}"))],
        cx,
    );
    let mut lines = vec![cell];
    lines.extend(under(&quoted(&review.wants_words, cx), INDENTED, Role::Quote, cx, width));
    blocks.row(Item::Wants, lines);
}

/// `D1 2 1▼   D2 0 0`: as many on a line as fit.
fn ratings(shown: &Shown<'_>, cx: &Cx, width: usize) -> Vec<Cell> {
    let cells = |rating: &ReviewRating| {
        let mut cell = vec![styled(format!("D{} ", rating.dimension), Role::Dim, cx)];
        cell.extend(cells::severity(rating.then, None, cx));
        cell.extend(cells::severity(rating.now, cells::trend(rating.now, rating.then), cx));
        cell.push(Span::raw("  "));
        cell
    };
    let each = 9;
    let fit = (width.saturating_sub(INDENT + INDENTED + 1) / each).max(1);
    let rows: Vec<&[ReviewRating]> = shown.known.ratings.chunks(fit).collect();
    if rows.is_empty() {
        return vec![labelled("Then, now", vec![styled("nothing is rated", Role::Dim, cx)], cx)];
    }
    let label = |at: usize| if at == 0 { "Then, now" } else { "" };
    let row =
        |(at, row): (usize, &&[ReviewRating])| labelled(label(at), row.iter().flat_map(cells).collect(), cx);
    rows.iter().enumerate().map(row).collect()
}

fn method_row(blocks: &mut Blocks<Item>, number: Number, shown: &Shown<'_>, cx: &Cx, width: usize) {
    let Some(method) = shown.known.methods.iter().find(|one| one.method == number) else { return };
    let help = shown.sheet.body.help(number);
    let helped = help.and_then(|help| help.helped).map_or("did it help?", |one| one.word());
    let held = held_words(method.held, method.planned);
    let right =
        format!("  {}  {}", text::left(&held, text::width(&held).max(13), ""), text::left(helped, 17, ""));
    let name = format!("  {} {}", text::left(&format!("M{number}"), 3, ""), method.wording);
    let name =
        text::left(&name, width.saturating_sub(INDENT + text::width(&right) + 1), cx.theme.glyphs.ellipsis);
    let role = if help.is_some_and(|help| help.helped.is_some()) { Role::Normal } else { Role::Dim };
    let mut lines = vec![vec![Span::raw(name), styled(right, role, cx)]];
    lines.extend(help.map(|help| under(&help.words, 6, Role::Normal, cx, width)).unwrap_or_default());
    blocks.row(Item::Method(number), lines);
}

fn line_row(
    blocks: &mut Blocks<Item>,
    line: &ReviewLine,
    shown: &Shown<'_>,
    chart: &ChartView,
    cx: &Cx,
    width: usize,
) {
    let narrow = width < usize::from(NARROW);
    let goal = line.line.kind == LineKind::Goal;
    let (indent, plan) = (if goal { 2 } else { 4 }, &chart.plan.plan);
    let assent = plan.line(line.line).map(|line| plan.answered(line).assent()).unwrap_or_default();
    let mark = shown.sheet.body.mark(line.line);
    let now = mark.map_or(Progress::Unsaid, |mark| mark.progress);
    let notes = if narrow { 0 } else { NOTES };
    let name = text::left(&line.line.to_string(), 4, "");
    let name =
        format!("{}{name}{} {}", " ".repeat(indent), assent_sign(assent, &cx.theme.glyphs), line.wording);
    let room = width.saturating_sub(INDENT + BEFORE + notes + NOW + 1);
    let mut cell = vec![
        Span::raw(text::left(&name, room.saturating_sub(1), cx.theme.glyphs.ellipsis) + " "),
        styled(text::left(line.before.sign(), BEFORE, ""), Role::Dim, cx),
    ];
    if !narrow {
        let said: Vec<&str> = line.notes.iter().rev().take(3).rev().map(|(_, one)| one.sign()).collect();
        cell.push(styled(text::left(&said.join(" "), NOTES, ""), Role::Dim, cx));
    }
    cell.push(styled(text::left(now.sign(), NOW, ""), Role::Now, cx));
    let mut lines = vec![cell];
    if !line.log.is_empty() {
        lines.extend(under(&format!("Log: {}", line.log), indent + 5, Role::Dim, cx, width));
    }
    if let Some(mark) = mark {
        let done = match (mark.done.trim(), line.amount.trim()) {
            ("", _) => String::new(),
            (done, "") => format!("Done: {done}. "),
            (done, amount) => format!("Done: {done} of {amount}. "),
        };
        let said = format!("{done}{}", mark.sentence.trim());
        lines.extend(under(&said, indent + 5, Role::Normal, cx, width));
    }
    blocks.row(Item::Line(line.line), lines);
    if shown.items.contains(&Item::Change(line.line.number)) && goal {
        let change = mark.and_then(|mark| mark.change).map_or("not chosen yet", |change| change.word());
        let row = vec![
            styled(format!("{}What changes?  ", " ".repeat(indent + 5)), Role::Dim, cx),
            Span::raw(change),
        ];
        let mut lines = vec![row];
        let words = mark.map_or("", |mark| mark.change_words.as_str());
        lines.extend(under(words, indent + 5, Role::Normal, cx, width));
        blocks.row(Item::Change(line.line.number), lines);
    }
}

/// The rows below the goals.
fn rest(blocks: &mut Blocks<Item>, shown: &Shown<'_>, chart: &ChartView, cx: &Cx, width: usize) {
    let review = &shown.sheet.body;
    let none = || "not answered yet".to_owned();
    blocks.row(Item::View, beside("Client says", &quoted(&review.view, cx), Role::Quote, cx, width));
    let mut row = |item: Item, label: &str, first: String, words: &str, role: Role| {
        let mut lines = vec![labelled(label, vec![Span::raw(first)], cx)];
        lines.extend(under(words, INDENTED, role, cx, width));
        blocks.row(item, lines);
    };
    let took = review.took_part.map_or_else(none, |one| one.word().to_owned());
    row(Item::TookPart, "Took part", took, &review.participants, Role::Normal);
    let levels: Vec<String> = [(&shown.known.indicated, "indicated"), (&shown.known.actual, "actual")]
        .into_iter()
        .filter(|(level, _)| !level.is_empty())
        .map(|(level, word)| format!("{level} {word}"))
        .collect();
    let choice = review.choice.map_or_else(none, |one| one.word().to_owned());
    let level = if levels.is_empty() { choice } else { format!("{}   {choice}", levels.join(", ")) };
    row(Item::Level, "Level", level, "", Role::Normal);
    let why = review.why.map_or_else(none, |one| one.word().to_owned());
    row(Item::Why, "Why", why, &review.level_words, Role::Normal);
    if shown.items.contains(&Item::NewLevel) {
        let level = if review.new_level.is_empty() { none() } else { review.new_level.clone() };
        row(Item::NewLevel, "From now on", level, "", Role::Normal);
    }
    let agrees = match review.agrees {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not asked yet",
    };
    row(Item::Agrees, "Client agrees", agrees.to_owned(), "", Role::Normal);
    let next = review.next.map(|on| when::short(on, cx.today()));
    let rule = ask::by_rule(chart, cx).map(|on| format!("as the rules say, {}", when::short(on, cx.today())));
    let next = next.or(rule).unwrap_or_else(|| "no rule asks for one".to_owned());
    row(Item::Next, "Next review", next, "", Role::Normal);
}

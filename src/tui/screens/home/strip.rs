//! The strip on top of home's leaves: what calls, the most pressing first, and the keys that lead to it.

use crate::rules::deadline;
use crate::service::api::LastBackup;
use crate::tui::action::{Action, Scope};
use crate::tui::calls::Calls;
use crate::tui::facts::Cx;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::table::Cell;
use ratatui::text::{Line, Span};

/// What calls: NOW first. Only counts that exist.
pub(super) fn of(cx: &Cx) -> Line<'static> {
    let Calls {
        now,
        recheck,
        unsigned,
        returned,
        to_cosign,
        to_agree,
        second,
        missing,
        late,
        over,
        watch,
        look_alikes,
    } = cx.calls;
    let dim = cx.theme.style(Role::Dim);
    let mut spans = vec![Span::raw(" ")];
    if now > 0 {
        spans.push(Span::styled(format!("{now} NOW"), cx.theme.style(Role::TierNow)));
        if let Some(at) = recheck {
            let words = format!("recheck {}", deadline::until(at, cx.now.moment));
            spans.push(Span::styled(format!(", {words}"), dim));
        }
        spans.push(Span::raw("   "));
    }
    let counts = [
        (watch, "for supervision", "for supervision"),
        (unsigned, "unsigned", "unsigned"),
        (to_cosign, "to co-sign", "to co-sign"),
        (late, "overdue", "overdue"),
        (returned, "returned", "returned"),
        (missing, "note due", "notes due"),
        (to_agree, "in error?", "in error?"),
        (second, "request to agree to", "requests to agree to"),
        (over, "review overdue", "reviews overdue"),
        (look_alikes, "look-alike to decide", "look-alikes to decide"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| {
        let word = if count == 1 { one } else { many };
        vec![
            Span::styled(count.to_string(), cx.theme.style(Role::Now)),
            Span::styled(format!(" {word}"), dim),
        ]
    });
    let mismatch = cx.signed_in.as_ref().is_some_and(|session| session.mismatches > 0);
    let mismatch =
        mismatch.then(|| vec![Span::styled("stored files do not match", cx.theme.style(Role::Now))]);
    let mut pieces: Vec<Cell> = mismatch.into_iter().chain(counts).collect();
    if pieces.is_empty() && now == 0 {
        let theirs = cx.owed().iter().filter(|line| !line.mine).count();
        let whose = if cx.owed().iter().any(|line| line.agencys) { "in the agency" } else { "for your team" };
        let words = match theirs {
            0 => "Nothing is due.".to_owned(),
            many => format!("Nothing of yours is due; {many} {whose}."),
        };
        pieces.push(vec![Span::styled(words, dim)]);
    }
    pieces.extend(backup_age(cx).map(|age| vec![age]));
    let owes = now + unsigned + returned + to_cosign + missing + to_agree + second > 0;
    let next = owes.then(|| format!("{} next", cx.key(Action::NextUnfinished, Scope::Home)));
    calling(spans, pieces, next.as_deref(), cx)
}

/// The strip with as many whole pieces as fit, the first ones before the others, and what leads to them at its right.
fn calling(mut spans: Cell, pieces: Vec<Cell>, next: Option<&str>, cx: &Cx) -> Line<'static> {
    const GAP: usize = 3;
    let all = cx.key(Action::WorkList, Scope::Home);
    // Where a piece is left out, how many the list has that it leads to.
    let mine = cx.owed().iter().filter(|line| line.mine).count();
    let lead = |left_out: usize| match (next, left_out) {
        (Some(next), 0) => format!("{next}, {all} all "),
        (Some(next), _) => format!("{next}, {all} all {mine} "),
        (None, 0) => String::new(),
        (None, _) => format!("{all} all {mine} "),
    };
    let cells = usize::from(cx.size.width);
    let width = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    let mut used = width(&spans);
    let whole = used + pieces.iter().map(|piece| width(piece) + GAP).sum::<usize>() + text::width(&lead(0));
    // What is left out is counted at the right, which takes room of its own.
    let room = cells.saturating_sub(text::width(&lead(usize::from(whole > cells))));
    let mut left_out = 0;
    for piece in pieces {
        if used + width(&piece) + 1 < room {
            used += width(&piece) + GAP;
            spans.extend(piece);
            spans.push(Span::raw(" ".repeat(GAP)));
        } else {
            left_out += 1;
        }
    }
    let lead = lead(left_out);
    let fill = cells.saturating_sub(used + text::width(&lead));
    spans.push(Span::styled(format!("{}{lead}", " ".repeat(fill)), cx.theme.style(Role::Dim)));
    Line::from(spans)
}

/// How old the last backup is; told aloud once it is older than a week.
fn backup_age(cx: &Cx) -> Option<Span<'static>> {
    let told = cx.theme.style(Role::Now);
    let dim = cx.theme.style(Role::Dim);
    if let Some(backing) = cx.backing.as_ref().filter(|_| cx.may_do(Action::BackUp)) {
        return Some(Span::styled(backing.words(), told));
    }
    match cx.signed_in.as_ref()?.people.last_backup {
        LastBackup::NotNeeded => None,
        LastBackup::Never => Some(Span::styled("no backup yet", told)),
        LastBackup::Days(0) => Some(Span::styled("backup today", dim)),
        LastBackup::Days(days) => {
            Some(Span::styled(format!("backup {days} d ago"), if days > 7 { told } else { dim }))
        }
    }
}

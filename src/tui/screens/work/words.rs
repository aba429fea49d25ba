//! What is owed, in words. Every list says a thing in these.

use crate::domain::{ClockTime, Date, DocKind};
use crate::rules::due::About;
use crate::rules::owed::Duty;
use crate::rules::when;
use crate::service::api::OwedLine;
use crate::tui::facts::Cx;
use crate::tui::theme::Role;
use crate::tui::widgets::table::Cell;
use ratatui::text::Span;

/// What is to be done, in a word or two.
pub fn word(duty: Duty) -> &'static str {
    match duty {
        Duty::Returned => "returned",
        Duty::Unsigned(
            DocKind::Note | DocKind::Plan | DocKind::Review | DocKind::Discharge | DocKind::Safety,
        ) => "sign",
        Duty::Unsigned(DocKind::Assessment) => "complete",
        Duty::Unsigned(DocKind::Answers) => "client's answers",
        Duty::MissingNote => "no note",
        Duty::CoSign => "co-sign",
        Duty::Agree => "in error?",
        Duty::Need => "immediate need",
        Duty::Triage => "triage",
        Duty::Ask => "ask",
        Duty::Alert => "alert",
        Duty::Contact => "contact",
        Duty::TestResult => "test result",
        Duty::State => "session",
        Duty::SafetyPlan => "safety plan",
        Duty::Assessment => "first assessment",
        Duty::Review => "review",
        Duty::PlanReview => "plan review",
        Duty::InitialPlan => "initial plan",
        Duty::Plan => "first plan",
        Duty::PlanCalled => "look at the plan",
        Duty::Task => "task",
        Duty::Second(_) => "agree to",
    }
}

/// Until when it is owed, or how long it has waited where no limit is set: the same words on every list.
pub fn when_words(line: &OwedLine, cx: &Cx) -> String {
    match line.owed.deadline {
        Some(deadline) => deadline.words(cx.now.moment, cx.today()),
        // Nothing sets a time: how long it has waited already, said so that nobody reads it as days that are left.
        None => match cx.today().days_since(line.owed.since) {
            days @ 1.. => format!("waits {days} d"),
            _ => when::ago(line.owed.since, cx.today()),
        },
    }
}

/// What it is, with what else is known of it.
pub fn what(line: &OwedLine, cx: &Cx) -> Cell {
    let mut spans = match line.owed.duty {
        Duty::Need => need(line, cx),
        _ => vec![Span::raw(plain(line, cx))],
    };
    if let Some(rule) = &line.rule {
        if let Some(planned) = rule.planned {
            let words = format!(", planned {}", when::coming(planned, cx.today()));
            spans.push(Span::styled(words, cx.theme.style(Role::Dim)));
        } else if rule.reason_asked {
            spans.push(Span::styled(", reason asked", cx.theme.style(Role::Now)));
        }
    }
    spans
}

fn plain(line: &OwedLine, cx: &Cx) -> String {
    let of = |(date, start): (Date, ClockTime)| {
        let year = if when::is_year(date, cx.today()) { "%a %-d %b" } else { "%a %-d %b %Y" };
        format!(" of {} {start}", date.naive().format(year))
    };
    let session = line.session.map(of).unwrap_or_default();
    let review = matches!(&line.rule, Some(rule) if rule.duty == crate::packs::Duty::Review);
    match line.owed.duty {
        Duty::Task => line.about.clone(),
        Duty::State => format!("session{session}: what became of it?"),
        Duty::MissingNote => format!("note{session}"),
        Duty::Unsigned(DocKind::Note) if !session.is_empty() => format!("note{session}, to sign"),
        Duty::Unsigned(DocKind::Assessment) if line.rule.is_some() && review => {
            "review, assessment begun".to_owned()
        }
        Duty::Unsigned(DocKind::Assessment) if line.rule.is_some() => "first assessment, begun".to_owned(),
        Duty::Assessment => "first assessment".to_owned(),
        Duty::Review => "review".to_owned(),
        Duty::Unsigned(DocKind::Review) if line.rule.is_some() => "plan review, begun".to_owned(),
        Duty::Unsigned(DocKind::Safety) if line.rule.is_some() => "safety plan, begun".to_owned(),
        Duty::InitialPlan | Duty::Plan | Duty::PlanReview | Duty::SafetyPlan => {
            word(line.owed.duty).to_owned()
        }
        Duty::Ask => "a critical item was not answered: ask about it".to_owned(),
        Duty::Alert => format!("alert, {}: what was done about it?", line.about),
        Duty::TestResult => {
            format!("test of {}: no result yet", when::short(line.owed.since, cx.today()))
        }
        Duty::Contact => format!("contact {} days after the discharge", line.owed.number),
        Duty::Triage => line.rule.as_ref().map(|rule| rule.how.clone()).unwrap_or_default(),
        Duty::Second(_) => format!("{} {}?", word(line.owed.duty), line.about),
        duty => format!("{}: {}", word(duty), line.about),
    }
}

/// `NOW D3, to decide`.
fn need(line: &OwedLine, cx: &Cx) -> Cell {
    let how = line.rule.as_ref().map_or("", |rule| rule.how.as_str());
    let dimension = line.need.as_ref().map(|need| format!(" D{}", need.dimension));
    vec![
        Span::styled("NOW", cx.theme.style(Role::TierNow)),
        Span::raw(format!("{}, {how}", dimension.unwrap_or_default())),
    ]
}

/// How the day was reckoned and where the rule comes from, or whose it is and how long it has waited.
pub(super) fn why(line: &OwedLine, cx: &Cx) -> String {
    let since = when::short(line.owed.since, cx.today());
    if let Some(kept) = &line.task {
        let from = cx.staff_name(kept.value.created_by);
        let handed = match kept.value.handed.last() {
            Some((who, _)) => format!(", handed on by {}", cx.staff_name(*who)),
            None => String::new(),
        };
        return format!("Due {}. Written down by {from}{handed}.", when::short(kept.value.due, cx.today()));
    }
    if line.owed.duty == Duty::PlanCalled {
        return format!(
            "{since}: {}. Look at the plan; then say that it still fits, or change it.",
            line.about
        );
    }
    if matches!(line.owed.duty, Duty::Second(_)) {
        return format!("{} asked for it {since}. A second person decides: you can.", line.author);
    }
    let Some(rule) = &line.rule else {
        let late =
            if line.owed.is_over(cx.now.moment, cx.today()) { ", over the agency's limit" } else { "" };
        return format!("By {}, waiting since {since}{late}.", line.author);
    };
    let expected = if rule.expected { " as planned now" } else { "" };
    let supervisor = if rule.supervisor { " Goes to the supervisor." } else { "" };
    match rule.about {
        About::Need(_) => {
            let words = line.need.as_ref().map_or("", |need| &need.words);
            let words = if words.is_empty() { String::new() } else { format!("{words}. ") };
            format!("{words}Raised {since}, {}: {}.{supervisor}", rule.how, rule.source)
        }
        About::State(_) | About::Triage => format!("{}, since {since}. {}.", rule.how, rule.source),
        // The agency's own limit comes first where it ends earlier than the rule.
        About::Session(_) if rule.deadline.on < rule.due => {
            let hours = cx.caseload().map_or(0, |context| context.late_after_hours);
            let due = when::short(rule.due, cx.today());
            let limit = format!("The agency wants notes within {hours} h, and that counts here.");
            format!(
                "{limit} The rule alone allows until {due}{expected}: {}. Source: {}.",
                rule.how, rule.source
            )
        }
        _ => format!(
            "Due {}{expected}: {}. Source: {}.",
            when::short(rule.due, cx.today()),
            rule.how,
            rule.source
        ),
    }
}

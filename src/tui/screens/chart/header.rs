//! The line on top of every chart screen: whose chart this is. The name gives way first, then the line is cut from its end;
//! what tells people apart and NOW stay.

use super::{safety, same};
use crate::domain::Birth;
use crate::domain::{ImmediateNeed, NeedState};
use crate::rules::deadline::{left, minutes_until};
use crate::rules::safety::asked_by;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::service::api::Kept;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::facts::birth_typed;
use crate::tui::theme::Role;
use crate::tui::widgets::frame::{Header, Piece};

/// Name, birth date and age, record number, NOW; then what must be known, level, day of episode, pronouns.
pub(super) fn of(chart: &ChartView, cx: &Cx) -> Header {
    let client = &chart.client.value;
    // Danger counts from every chart of the person.
    let needs = || chart.needs.iter().chain(chart.also.iter().flat_map(|other| &other.needs));
    let mut now: Vec<u8> =
        needs().filter(|need| need.value.state.open()).map(|need| need.value.dimension.number).collect();
    now.sort_unstable();
    now.dedup();
    let dimensions: Vec<String> = now.iter().map(|number| format!("D{number}")).collect();
    let decided =
        |need: &Kept<ImmediateNeed>| need.value.state.open() && need.value.state != NeedState::Proposed;
    let word = if needs().any(decided) { "NOW" } else { "NOW?" };
    let now = if now.is_empty() { String::new() } else { format!("{word} {}", dimensions.join(" ")) };
    let demo = cx.is_demo();
    let name = if demo { format!("DEMO {}", client.header_name()) } else { client.header_name() };
    let mut left: Vec<Piece> = vec![
        (name, Role::Now),
        (born(client.birth, cx), Role::Normal),
        (client.record_no.clone(), Role::Normal),
        same::piece(chart),
        (now, Role::TierNow),
        safety_piece(chart, cx),
        no_safety_plan(chart, cx),
        recheck(chart, cx),
        (alert(chart).to_owned(), Role::Overdue),
        (if chart.namesakes.is_empty() { "" } else { "namesake" }.to_owned(), Role::Overdue),
    ];
    let episode = chart.open_episode();
    let minor = client.birth.age(cx.today()).is_some_and(|age| age < 18);
    for (flag, word) in [
        (client.deceased.is_some(), "deceased"),
        (minor, "minor"),
        (client.may_leave_message == Some(false), "no-msg"),
        (client.interpreter, "interp"),
        (episode.is_some_and(|episode| episode.mandated), "mandated"),
    ] {
        if flag {
            left.push((word.to_owned(), Role::Dim));
        }
    }
    if let Some(episode) = episode {
        let level = chart.level().map_or(cx.theme.glyphs.none, |level| level.actual.as_str());
        left.push((format!("LOC {level}"), Role::Normal));
        // With two open stays it has to be said which one is worked on.
        if chart.also_open().next().is_some() {
            left.push((episode.program.clone(), Role::Now));
        }
        let day = cx.today().days_since(episode.admitted) + 1;
        left.push((format!("day {day}"), Role::Dim));
    } else if cx.names_only() {
        left.retain(|(piece, _)| piece != "born ?");
    } else {
        let ended = chart.last_stay().and_then(|stay| stay.discharged);
        let words = ended.map(|(on, _)| format!("ended {}", when::short(on, cx.today())));
        left.push((words.unwrap_or_else(|| "not admitted".to_owned()), Role::Dim));
    }
    left.push((client.pronouns.clone(), Role::Dim));
    // Up to the alert.
    Header { left, keep: 5, danger: 9, right: String::new() }
}

/// That a critical item was left blank, or that something was heard which nobody has answered.
fn alert(chart: &ChartView) -> &'static str {
    let blank = chart.measures.iter().any(|kept| kept.value.is_to_be_asked());
    match (blank, chart.alerts.iter().any(|kept| kept.value.is_open())) {
        (true, _) => "blank, ask",
        (false, true) => "alert",
        (false, false) => "",
    }
}

/// That there is a safety plan, with its age; one of an earlier episode, or one that is to be looked at again by now, stands out.
fn safety_piece(chart: &ChartView, cx: &Cx) -> Piece {
    let Some((of, plan)) = safety::shown(chart) else { return (String::new(), Role::Dim) };
    let open = of.open_episode().map(|episode| episode.number);
    let due = cx.caseload().and_then(|context| context.due().safety(&of.person.summary, None));
    let over = due.is_some_and(|reckoned| reckoned.on < cx.today()) || plan.from_earlier(open).is_some();
    (plan.flag(open, cx.today()), if over { Role::Overdue } else { Role::Normal })
}

/// That there is no safety plan, where a danger asks for one, and the key that begins it.
fn no_safety_plan(chart: &ChartView, cx: &Cx) -> Piece {
    let asked = asked_by(&chart.person.summary.needs).is_some() && safety::shown(chart).is_none();
    let key = cx.key(Action::SafetyPlan, Scope::Chart);
    (if asked { format!("no safety plan, {key}") } else { String::new() }, Role::Overdue)
}

/// When a need in hand is to be looked at again: the earliest of them.
fn recheck(chart: &ChartView, cx: &Cx) -> Piece {
    let needs = chart.needs.iter().chain(chart.also.iter().flat_map(|other| &other.needs));
    let at = needs.filter_map(|need| match need.value.state {
        NeedState::InHand { recheck_at, .. } => Some(recheck_at),
        _ => None,
    });
    match at.min().map(|at| minutes_until(at, cx.now.moment)) {
        None => (String::new(), Role::Dim),
        Some(minutes) => {
            (format!("recheck {}", left(minutes)), if minutes > 0 { Role::Normal } else { Role::Overdue })
        }
    }
}

/// `12 Apr 1991 (35)`, `about 35`, `1991`, `born ?`.
pub(in crate::tui::screens) fn born(birth: Birth, cx: &Cx) -> String {
    let date = match birth {
        Birth::On(date) => date.naive().format("%-d %b %Y").to_string(),
        Birth::Unknown => return "born ?".to_owned(),
        other => return birth_typed(other),
    };
    match birth.age(cx.today()) {
        Some(age) => format!("{date} ({age})"),
        None => date,
    }
}

//! The overview: who this is, how they stand, what is open, what is known from elsewhere.
//!
//! Owns the first line in sight. Everything shown is the chart's.

use super::words::{at, quoted};
use super::{Room, beside, circle, paper, particulars, stays};
use crate::domain::{Client, Episode, NeedState, SessionStands};
use crate::packs;
use crate::rules::deadline::until;
use crate::rules::plan::mandated;
use crate::rules::when;
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::opening::RoomName;
use crate::tui::screen::Step;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::cells;
use crate::tui::widgets::cursor::Cursor;
use crate::tui::widgets::window;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

/// The state of this room.
#[derive(Debug, Default)]
pub struct Overview {
    top: Cursor,
}

const LABEL: usize = 16;
/// Longest line of prose.
const PROSE: usize = 78;

impl Room for Overview {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Overview]
    }

    fn act(&mut self, action: Action, chart: &ChartView, cx: &Cx) -> Vec<Step> {
        if action == Action::Open {
            let open = chart.needs.iter().any(|kept| kept.value.state.open());
            let decides = super::needs::act(Action::AnswerNeed, chart, cx).filter(|_| open);
            let nothing = "There is nothing to open on this page. A letter turns to another page.";
            let opened = decides.or_else(|| stays::open(chart, cx));
            return opened.unwrap_or_else(|| vec![Step::Say(nothing.to_owned())]);
        }
        if action == Action::MakePage {
            return vec![stays::page(chart, cx).unwrap_or_else(|| paper::of_plan(chart, None, None))];
        }
        let scroll = window::places(lines(chart, cx).len(), cx.content());
        self.top.act(action, scroll, cx.page());
        Vec::new()
    }

    fn draw(&self, frame: &mut Frame<'_>, area: Rect, chart: &ChartView, cx: &Cx) {
        window::scrolled(frame, area, lines(chart, cx), self.top.at, cx);
    }
}

fn lines(chart: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
    let mut out = Vec::new();
    needs(chart, cx, &mut out);
    dangers(&chart.client.value, cx, &mut out);
    if !cx.names_only() {
        episode(chart, cx, &mut out);
    }
    if chart.may_answer && chart.client.value.deceased.is_none() {
        triage(chart, cx, &mut out);
    }
    if chart.may_read {
        standing(chart, cx, &mut out);
        open_work(chart, cx, &mut out);
    }
    expected(chart, cx, &mut out);
    particulars::person(chart, cx, &mut out);
    elsewhere(chart, cx, &mut out);
    let linked = beside::lines(RoomName::Overview, chart, cx);
    if !linked.is_empty() {
        out.push(Line::default());
        out.extend(linked);
    }
    out
}

/// What the overview of a linked chart says, without what can be done there.
pub(super) fn of_linked(other: &ChartView, cx: &Cx) -> Vec<Line<'static>> {
    let mut out = Vec::new();
    needs(other, cx, &mut out);
    dangers(&other.client.value, cx, &mut out);
    if let Some(episode) = other.open_episode() {
        in_care(episode, other, cx, &mut out);
    }
    for session in &other.person.summary.days.sessions {
        let words = format!("{} {}", when::short(session.date, cx.today()), session.start);
        row("Session", &words, cx, &mut out);
    }
    if other.may_read {
        if !other.person.summary.ratings.is_empty() || other.wants.is_some() {
            standing(other, cx, &mut out);
        }
        open_work(other, cx, &mut out);
    }
    particulars::person(other, cx, &mut out);
    elsewhere(other, cx, &mut out);
    out
}

/// A labelled line, wrapped under itself; nothing if there is nothing to say.
pub(super) fn row(label: &str, value: &str, cx: &Cx, out: &mut Vec<Line<'static>>) {
    if value.trim().is_empty() {
        return;
    }
    for (n, line) in window::wrapped(&[value.to_owned()], cx.prose(PROSE) - LABEL - 2).into_iter().enumerate()
    {
        let label = text::left(if n == 0 { label } else { "" }, LABEL, cx.theme.glyphs.ellipsis);
        out.push(Line::from(vec![
            Span::styled(format!(" {label} "), cx.theme.style(Role::Dim)),
            Span::raw(line),
        ]));
    }
}

pub(super) fn heading(title: &str, cx: &Cx, out: &mut Vec<Line<'static>>) {
    if !out.is_empty() {
        out.push(Line::default());
    }
    out.push(Line::styled(format!(" {title}"), cx.theme.style(Role::Now)));
}

fn needs(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    for need in chart.needs.iter().map(|kept| &kept.value).filter(|need| need.state.open()) {
        let state = match &need.state {
            NeedState::Proposed => "proposed, nobody has decided".to_owned(),
            NeedState::Confirmed => "confirmed, no action yet".to_owned(),
            NeedState::InHand { action, owner, recheck_at } => {
                let again = until(*recheck_at, cx.now.moment);
                format!("in hand, {}: {action}; recheck {again}", cx.staff_name(*owner))
            }
            NeedState::Resolved { .. } | NeedState::Dismissed { .. } => continue,
        };
        let raised = at(need.raised_at, chart, cx);
        // Enter is about the first of them.
        let first = chart.needs.iter().find(|kept| kept.value.state.open());
        let enters = chart.may_answer && first.is_some_and(|kept| kept.value.number == need.number);
        let key = if enters { "; Enter decides" } else { "" };
        let words =
            format!("D{}  {}  ({state}{key}; open since {raised})", need.dimension.number, need.reason);
        for (n, line) in window::wrapped(&[words], cx.prose(PROSE) - 6).into_iter().enumerate() {
            let mark = if n == 0 { " NOW  " } else { "      " };
            out.push(Line::from(vec![Span::styled(mark, cx.theme.style(Role::TierNow)), Span::raw(line)]));
        }
    }
}

fn episode(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let Some(episode) = chart.open_episode() else {
        let name = chart.client.value.display_name();
        let key = cx.key(Action::Admit, Scope::Overview);
        let words = if chart.client.value.deceased.is_some() {
            format!("{name} has died. You can read the record.")
        } else if chart.last_stay().is_some() {
            format!("{name} is not in care now. Press {key} to admit again.")
        } else {
            format!("{name} is not admitted yet. Press {key} to admit.")
        };
        out.push(Line::raw(format!(" {words}")));
        ended(chart, cx, out);
        return;
    };
    if !out.is_empty() {
        out.push(Line::default());
    }
    in_care(episode, chart, cx, out);
    ended(chart, cx, out);
}

fn ended(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    for (label, words) in stays::told(chart, cx) {
        row(label, &words, cx, out);
    }
}

/// When danger was last asked about, and what was found.
fn triage(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let words = match &chart.triage {
        None => {
            format!(
                "not asked yet; press {} to ask about danger now",
                cx.key(Action::Triage, Scope::Overview)
            )
        }
        Some(triage) => {
            // What was not asked is never called no danger.
            let found = if triage.dangers.is_empty() && triage.unasked.is_empty() {
                "no danger now".to_owned()
            } else if triage.dangers.is_empty() {
                "not asked yet in full".to_owned()
            } else {
                let dangers: Vec<String> = triage.dangers.iter().map(|number| format!("D{number}")).collect();
                format!("danger in {}", dangers.join(", "))
            };
            let unasked: Vec<String> = triage.unasked.iter().map(|number| format!("D{number}")).collect();
            let waits = if unasked.is_empty() {
                String::new()
            } else {
                let key = cx.key(Action::Triage, Scope::Overview);
                format!("; not asked yet: {} ({key} asks)", unasked.join(", "))
            };
            let on = when::short(triage.at.date, cx.today());
            format!("{found}{waits}, {on} {}, {}", triage.at.time, triage.by)
        }
    };
    row("Triage", &words, cx, out);
}

fn in_care(episode: &Episode, chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let summary = &chart.person.summary;
    let since = format!("{}, since {}", episode.program, when::short(episode.admitted, cx.today()));
    row("Program", &since, cx, out);
    for other in chart.also_open() {
        let since = when::short(other.admitted, cx.today());
        let key = cx.key(Action::ReadDischarge, Scope::Overview);
        let words = format!("{}, since {since}; {key} goes there", other.program);
        row("Also open", &words, cx, out);
    }
    row("Counselor", cx.staff_name(episode.counselor), cx, out);
    if let Some(level) = chart.level() {
        row("Level of care", &super::background::level_words(level), cx, out);
    }
    row("Referred by", &episode.referral, cx, out);
    if episode.mandated {
        let words = if episode.mandate.is_empty() { "yes" } else { &episode.mandate };
        row("Mandate", words, cx, out);
        let plan = &chart.plan;
        let told = mandated::columns(episode, &summary.days, &plan.plan, (&plan.versions, &plan.reviews));
        let told = mandated::Columns { unplanned: chart.unplanned, ..told };
        for (name, words) in told.lines(cx.today()) {
            row(name, &words, cx, out);
        }
    }
    if episode.review_days > 0 {
        row("Review", &format!("every {} days", episode.review_days), cx, out);
    } else if let Some(review) = cx.caseload().and_then(|context| context.due().review(summary, cx.today())) {
        let due = when::short(review.on, cx.today());
        row("Review", &format!("due {due}, {}: {}", review.how(), review.source()), cx, out);
    }
}

fn standing(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    if let Some(wants) = chart.wants.as_ref().map(|kept| &kept.value).filter(|wants| !wants.wants.is_empty())
    {
        heading("Wants", cx, out);
        let on = when::short(wants.on, cx.today());
        let width = usize::from(cx.size.width);
        out.extend(quoted(&wants.wants, &on, 1, width, cx).into_iter().map(Line::from));
    }
    let summary = &chart.person.summary;
    heading("Ratings", cx, out);
    if summary.ratings.is_empty() {
        let key = cx.key(Action::RoomGrid, Scope::Overview);
        row("", &format!("Not assessed yet. Press {key} to go to the assessment grid."), cx, out);
        return;
    }
    let set = packs::set(&summary.set);
    for rating in &summary.ratings {
        let name = set.and_then(|set| set.dimension(rating.dimension)).map_or("", |d| d.short.as_str());
        let label = text::left(&format!("{} {name}", rating.dimension), LABEL, cx.theme.glyphs.ellipsis);
        let mut spans = vec![Span::styled(format!(" {label} "), cx.theme.style(Role::Dim))];
        spans.extend(cells::rating(rating, cx));
        if !rating.words.is_empty() {
            spans.push(Span::raw("  "));
            spans.push(cells::quote(&rating.words, usize::from(cx.size.width).saturating_sub(LABEL + 8), cx));
        }
        out.push(Line::from(spans));
    }
}

fn open_work(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let active = chart.problems.iter().filter(|problem| problem.value.status.is_active()).count();
    let proposals = chart.imported.proposals.iter().filter(|proposal| proposal.accepted.is_none()).count();
    heading("Open", cx, out);
    let proposed =
        if proposals == 0 { String::new() } else { format!(", {proposals} proposed from elsewhere") };
    row("Problems", &format!("{active} active{proposed}"), cx, out);
    for draft in &chart.drafts {
        let kind = draft.kind.title();
        row(
            "Draft",
            &format!(
                "{kind}, {}, {}, saved {}",
                draft.about,
                draft.by_name,
                when::at(draft.saved, cx.today())
            ),
            cx,
            out,
        );
    }
    match chart.notes.first() {
        Some(head) => row(
            "Last note",
            &format!("{}, {}", when::short(head.service.date, cx.today()), head.signature.name),
            cx,
            out,
        ),
        None => row("Last note", "none yet", cx, out),
    }
}

/// When they come next, and to whom.
fn expected(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    const SHOWN: usize = 3;
    let today = cx.today();
    let sessions = chart.person.summary.days.sessions.iter();
    let to_come = sessions.filter(|one| one.stands == SessionStands::Planned && one.date >= today);
    let words: Vec<String> = to_come
        .take(SHOWN)
        .map(|one| {
            let day = one.date.naive().format("%a %-d %b");
            format!("{day} {}, {}", one.start, cx.staff_name(one.staff))
        })
        .collect();
    if words.is_empty() && !cx.names_only() {
        return;
    }
    heading("Next", cx, out);
    if words.is_empty() {
        row("Sessions", "none planned", cx, out);
    }
    for (at, words) in words.iter().enumerate() {
        row(if at == 0 { "Sessions" } else { "" }, words, cx, out);
    }
}

/// Who must not come together with the client, before anything else about them.
fn dangers(client: &Client, cx: &Cx, out: &mut Vec<Line<'static>>) {
    for (label, words) in circle::told(client, true) {
        row(label, &words, cx, out);
    }
}

fn elsewhere(chart: &ChartView, cx: &Cx, out: &mut Vec<Line<'static>>) {
    let imported = &chart.imported;
    let day = |on: Option<crate::domain::Date>| on.map(|on| when::short(on, cx.today()));
    let date = |on| day(on).map(|on| format!("  {on}")).unwrap_or_default();
    if !imported.allergies.is_empty() {
        heading("Allergies, as known", cx, out);
        for one in &imported.allergies {
            row("", &format!("{} {} {}", one.substance, one.criticality, one.status), cx, out);
        }
    }
    if !imported.medications.is_empty() {
        heading("Medications, as known", cx, out);
        for one in &imported.medications {
            row(&one.status, &format!("{}{}  {}", one.name, date(one.on), one.prescriber), cx, out);
        }
    }
    if !imported.contacts.is_empty() {
        heading("Contacts outside", cx, out);
        for one in &imported.contacts {
            row(&one.role, &format!("{}  {}", one.name, one.reach.join(", ")), cx, out);
        }
    }
    if !imported.encounters.is_empty() {
        heading("Seen elsewhere", cx, out);
        for one in &imported.encounters {
            row(&day(one.on).unwrap_or_default(), &format!("{}  {}", one.what, one.with), cx, out);
        }
    }
    if !imported.as_recorded.is_empty() {
        heading("Kept from elsewhere, as it was recorded", cx, out);
        for (what, text) in &imported.as_recorded {
            row(what, text, cx, out);
        }
    }
}

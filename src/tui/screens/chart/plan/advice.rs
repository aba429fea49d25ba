//! Hints beside the lines they are about, and the list of all of them. They advise; nothing here stops a person.

use super::rows::Row;
use super::{Plan, Shown};
use crate::domain::{Asked, Diagnosis, ImmediateNeed};
use crate::packs;
use crate::rules::caseload::dimension_facts;
use crate::rules::plan::hints::{About, Around, Hint, Mend, hints};
use crate::rules::plan::version::SignedVersion;
use crate::rules::priority::{Tier, rank};
use crate::service::api::ChartView;
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;

/// Below this age a level may ask for fewer hours.
const ADULT: i32 = 18;

/// Every hint about the plan of a chart.
pub(super) fn all(chart: &ChartView, cx: &Cx) -> Vec<Hint> {
    if chart.open_episode().is_none() {
        return Vec::new();
    }
    let diagnoses: Vec<Diagnosis> = chart.diagnoses.iter().map(|kept| kept.value.clone()).collect();
    let needs: Vec<ImmediateNeed> = chart.needs.iter().map(|kept| kept.value.clone()).collect();
    let (bare, practice) = (bare(chart, cx), cx.practice());
    let version = chart.open_episode().and_then(|episode| chart.plan.newest(episode.number));
    let around = Around {
        today: cx.today(),
        now: cx.now.moment,
        bare: &bare,
        level: chart.level(),
        least_hours: least_hours(chart, cx),
        diagnoses: &diagnoses,
        needs: &needs,
        safe: chart.has_safety_plan(),
        risk: chart.notes.first().is_some_and(|note| note.facts.risk == Asked::Present),
        rules: &practice.rules,
        library: &practice.library,
        alike: &chart.plan.alike,
        review_over: review_over(version, chart, cx),
        version,
        better: cx.spelling.hints(),
    };
    hints(&chart.plan.plan, around)
}

/// Days since a review was due: by the rules on reviews, or by the day written on the newest version if that was earlier.
fn review_over(version: Option<&SignedVersion>, chart: &ChartView, cx: &Cx) -> Option<i32> {
    let by_rule = chart.person.standing.review_over_days;
    let by_version = version.and_then(|one| one.facts.look_again).map_or(0, |on| cx.today().days_since(on));
    Some(by_rule.max(by_version)).filter(|days| *days > 0)
}

/// Dimensions in NOW or PLAN that have no open problem.
fn bare(chart: &ChartView, cx: &Cx) -> Vec<u8> {
    let Some(context) = cx.caseload() else { return Vec::new() };
    let facts = dimension_facts(&chart.person.summary, cx.today(), cx.now.moment, &context);
    let high = rank(&facts).into_iter().filter(|row| matches!(row.tier, Tier::Now | Tier::Plan));
    high.filter(|row| row.facts.open_problems == 0 && row.facts.dimension > 0)
        .map(|row| row.facts.dimension)
        .collect()
}

/// The least hours a week of the level given.
fn least_hours(chart: &ChartView, cx: &Cx) -> Option<u16> {
    let session = cx.signed_in.as_ref()?;
    let code = &chart.level()?.actual;
    let level = packs::levels(&session.settings.set).into_iter().find(|level| level.code == *code)?;
    let minor = chart.client.value.birth.age(cx.today()).is_some_and(|age| age < ADULT);
    level.least_hours_minor.filter(|_| minor).or(level.least_hours)
}

/// The row that a hint is about.
fn row_of(about: About) -> Row {
    match about {
        About::Plan => Row::Basics,
        About::Problem(number) => Row::Problem(number),
        About::Line(name) => Row::Line(name),
    }
}

/// The sentence with the key that mends it.
pub(super) fn words(hint: &Hint, cx: &Cx) -> String {
    let key = match hint.mend {
        Mend::Change => cx.key(Action::EditLine, Scope::Plan),
        Mend::Add => cx.key(Action::AddBelow, Scope::Plan),
        Mend::Agree => cx.key(Action::AskAgreement, Scope::Plan),
        Mend::State => cx.key(Action::SetState, Scope::Plan),
        Mend::Basics => cx.key(Action::Open, Scope::Plan),
        Mend::Background => cx.key(Action::RoomBackground, Scope::Chart),
        Mend::Review => cx.key(Action::ReviewPlan, Scope::Plan),
        Mend::Assess => cx.key(Action::RoomGrid, Scope::Chart),
        Mend::Sign => cx.key(Action::Sign, Scope::Plan),
        Mend::Safety => cx.key(Action::SafetyPlan, Scope::Chart),
    };
    let does = match hint.mend {
        Mend::Change => "changes it",
        Mend::Add => "adds one",
        Mend::Agree => "asks",
        Mend::State => "says what became of it",
        Mend::Basics => "unfolds what belongs to the plan",
        Mend::Background => "goes to the level of care",
        Mend::Review => "begins the review, or goes on with it",
        Mend::Assess => "goes to the assessment",
        Mend::Sign => "signs it again or records how they answered",
        Mend::Safety => "opens the safety plan",
    };
    format!("{} {key} {does}.", hint.words)
}

/// The hints about one row, the first lines of what is known of it.
pub(super) fn of(row: Row, shown: &Shown<'_>, cx: &Cx) -> Vec<String> {
    // Whoever is asking just now needs no hint to ask.
    let asks = |hint: &&Hint| hint.mend == Mend::Agree && shown.walk.is_some();
    let here = shown.hints.iter().filter(|hint| row_of(hint.about) == row && !asks(hint));
    here.map(|hint| words(hint, cx)).collect()
}

/// The list of all hints; the one that is chosen goes to its line.
pub(super) fn question(all: &[Hint], cx: &Cx) -> Vec<Step> {
    if all.is_empty() {
        return vec![Step::Say("There is no hint about this plan.".to_owned())];
    }
    let item = |(at, hint): (usize, &Hint)| {
        Item::new(at.to_string(), hint.words.clone(), "").preview(&words(hint, cx))
    };
    let items = all.iter().enumerate().map(item).collect();
    let rows: Vec<Row> = all.iter().map(|hint| row_of(hint.about)).collect();
    let question = Question::pick("Hints: what a reader of this plan would ask", items, move |key, _| {
        let Some(row) = key.parse::<usize>().ok().and_then(|at| rows.get(at)).copied() else {
            return Vec::new();
        };
        to_room(move |room: &mut Plan, chart, _| {
            room.go_to(row, chart);
            Vec::new()
        })
    });
    vec![question.open()]
}

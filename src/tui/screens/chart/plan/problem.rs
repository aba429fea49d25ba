//! The questions of problems, and how their answers read.

use super::rows::Row;
use super::{Plan, adding, rulers};
use crate::domain::{DimensionRef, Finding, Number, Problem, ProblemStatus, ReferralKept, Severity, Stage};
use crate::packs;
use crate::rules::problem::alike;
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartAsk, ChartView, Kept};
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks, to_room};
use crate::tui::screens::chart::{needs, words};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

const DATES: &str = "T, T-3, mon, 4/25/26";

/// Whose chart it is, and what it is about.
pub(super) fn lines(line: impl Into<String>, chart: &ChartView) -> Vec<String> {
    let client = &chart.client.value;
    let who = format!("{}, {}.", client.header_name(), client.record_no);
    [who, line.into()].into_iter().filter(|line| !line.is_empty()).collect()
}

/// Where a problem can be put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    Active,
    Deferred,
    /// Somebody else's work.
    Referred,
    Resolved,
    /// Should never have been here.
    EnteredInError,
}

fn problem(number: Number, chart: &ChartView) -> Option<&Kept<Problem>> {
    chart.problems.iter().find(|kept| kept.value.number == number)
}

/// What a problem is called by: the clinician's wording, else the client's between quotation marks.
pub(super) fn line(problem: &Problem) -> String {
    if problem.wording.is_empty() { format!("\"{}\"", problem.words) } else { problem.wording.clone() }
}

/// The question the state of a problem, each status with what it needs.
pub(super) fn status(kept: &Kept<Problem>, chart: &ChartView) -> Step {
    let details = ["worked on", "why, and when to look again", "to whom", "what changed", "why"];
    let mut items: Vec<Item> =
        ALL.into_iter().zip(details).map(|(to, detail)| Item::new(word(to), word(to), detail)).collect();
    items.push(Item::new("stage", "stage of change", "as it was asked today"));
    items.push(Item::new("rulers", "importance, confidence, readiness", "0-10, as the client says"));
    let (client, number) = (chart.client.value.id, kept.value.number);
    Question::pick(format!("P{number}: which state?"), items, move |key, cx| {
        let Some(chart) = cx.chart(client) else { return Vec::new() };
        let Some(kept) = problem(number, chart) else { return Vec::new() };
        match (key, ALL.into_iter().find(|to| word(*to) == key)) {
            ("stage", _) => vec![stage(kept, chart, cx)],
            ("rulers", _) => vec![rulers::question(kept, chart)],
            (_, Some(To::Active)) => activate(kept),
            (_, Some(to)) => vec![status_words(to, kept, chart)],
            (_, None) => Vec::new(),
        }
    })
    .at(kept.value.status.word())
    .open()
}

/// What a status needs to know.
fn status_words(to: To, kept: &Kept<Problem>, chart: &ChartView) -> Step {
    let number = kept.value.number;
    let form = status_form(to, &kept.value.status);
    ask(chart, format!("P{number}: {}", word(to)), form, move |form, chart, cx| {
        let kept = found(number, "reason", chart)?;
        let status = read_status(to, form, cx)?;
        Ok(save(Problem { status, ..kept.value.clone() }, kept.rev))
    })
    .lines(lines(line(&kept.value), chart))
    .open()
}

const ALL: [To; 5] = [To::Active, To::Deferred, To::Referred, To::Resolved, To::EnteredInError];

fn word(to: To) -> &'static str {
    match to {
        To::Active => "active",
        To::Deferred => "deferred",
        To::Referred => "referred",
        To::Resolved => "resolved",
        To::EnteredInError => "entered in error",
    }
}

/// Puts a problem back to work: nothing more to ask.
fn activate(kept: &Kept<Problem>) -> Vec<Step> {
    if kept.value.status.is_active() {
        return vec![Step::Say(format!("P{} is active already.", kept.value.number))];
    }
    save(Problem { status: ProblemStatus::Active, ..kept.value.clone() }, kept.rev)
}

pub(super) fn save(problem: Problem, rev: u32) -> Vec<Step> {
    asks(ChartAsk::SaveProblem { problem: Box::new(problem), rev })
}

fn stages(first: Option<&str>) -> Vec<Item> {
    let none = first.map(|words| Item::new("", words, ""));
    none.into_iter()
        .chain(Stage::ALL.map(|stage| Item::new(stage.word(), stage.word(), meaning(stage))))
        .collect()
}

/// How a stage is recognised (`clinical.md` 3.1).
fn meaning(stage: Stage) -> &'static str {
    match stage {
        Stage::Precontemplation => "no problem seen, here because of others",
        Stage::Contemplation => "maybe; sees two sides",
        Stage::Preparation => "intends soon, asks how",
        Stage::Action => "changing, under 6 months",
        Stage::Maintenance => "sustained, 6 months or more",
        Stage::Recurrence => "use or problem returned",
    }
}

fn stage_named(name: &str) -> Option<Stage> {
    Stage::ALL.into_iter().find(|stage| stage.word() == name)
}

/// The number of a dimension in the agency's set, as a key; empty if it has no counterpart there.
fn dimension_key(of: &DimensionRef, cx: &Cx) -> String {
    packs::crosswalk(of, cx.set_key()).map(|number| number.to_string()).unwrap_or_default()
}

/// The question of a problem's stage of change, with the day it was asked.
fn stage(kept: &Kept<Problem>, chart: &ChartView, cx: &Cx) -> Step {
    let (number, now) = (kept.value.number, kept.value.stage().map_or("", Stage::word));
    let fields = vec![
        Field::choice("stage", "Stage of change", stages(None), now).required(),
        Field::date("on", "Asked on", Some(cx.today()), Lean::Past).hint(DATES).required(),
    ];
    let title = format!("Stage of change of P{number}");
    ask(chart, title, Form::new("Set it", fields), move |form, chart, cx| {
        let kept = found(number, "stage", chart)?;
        let mut problem = kept.value.clone();
        let stage =
            stage_named(form.chosen("stage")).ok_or_else(|| Wrong::new("stage", "Choose a stage."))?;
        ask_stage(&mut problem, stage, form, cx)?;
        Ok(save(problem, kept.rev))
    })
    .lines(lines(line(&kept.value), chart))
    .open()
}

/// The question with which a proposal becomes a problem.
pub(super) fn accept(proposal: Number, chart: &ChartView, cx: &Cx) -> Step {
    let fields = vec![
        Field::choice("dimension", "Dimension", needs::dimension_items(cx), "").required(),
        Field::text("words", "The client's words", ""),
        Field::choice("stage", "Stage of change", stages(Some("not asked yet")), ""),
    ];
    let found = chart.imported.proposals.iter().find(|one| one.number == proposal);
    let wording = found.map(|one| one.wording.clone()).unwrap_or_default();
    let form = Form::new("Accept it", fields);
    ask(chart, "Accept the proposed problem", form, move |form, chart, cx| {
        Ok(asks(ChartAsk::AcceptProposal {
            client: chart.client.value.id,
            proposal,
            dimension: dimension(form, "dimension", None, cx)
                .ok_or_else(|| Wrong::new("dimension", IN_ONE_DIMENSION))?,
            words: form.typed("words"),
            stage: stage_named(form.chosen("stage")),
        }))
    })
    .lines(lines(wording, chart))
    .open()
}

const IN_ONE_DIMENSION: &str = "\"Dimension\" is empty. Choose the one that the problem belongs to.";

/// The question of a problem that begins with a rating: with the words of its dimension, and the link kept.
pub(in crate::tui::screens::chart) fn from_rating(dimension: u8, chart: &ChartView, cx: &Cx) -> Step {
    let assessment = chart.assessments.last();
    let cell = assessment.and_then(|one| one.cells.iter().find(|cell| cell.dimension == dimension));
    let mut problem = empty(chart, cx);
    problem.dimension.number = dimension;
    if let Some((assessment, cell)) = assessment.zip(cell) {
        problem.words.clone_from(&cell.words);
        let rating = cell.severity.map(Severity::digit);
        problem.finding = Some(Finding { assessment: assessment.number, on: assessment.date, rating });
    }
    begun(problem, chart, cx)
}

/// The question of a new problem.
pub(in crate::tui::screens::chart) fn new(chart: &ChartView, cx: &Cx) -> Step {
    begun(empty(chart, cx), chart, cx)
}

/// The question of a whole problem: a new one, or one that is on the list.
pub(super) fn whole(kept: Option<&Kept<Problem>>, chart: &ChartView, cx: &Cx) -> Step {
    let Some(kept) = kept else { return begun(empty(chart, cx), chart, cx) };
    let number = kept.value.number;
    ask(chart, format!("Change P{number}"), whole_form(&kept.value, cx), move |form, chart, cx| {
        let kept = found(number, "wording", chart)?;
        written(form, kept.value.clone(), kept.rev, chart, cx)
    })
    .lines(lines("", chart))
    .then_below(A_GOAL, move || adding::then_below(Some(Row::Problem(number))))
    .open()
}

/// `the rating of 21 Nov, D6 3`.
pub(super) fn finding(from: &Finding, problem: &Problem, cx: &Cx) -> String {
    let rating = from.rating.map_or("not rated".to_owned(), |rating| rating.to_string());
    format!("the rating of {}, D{} {rating}", when::short(from.on, cx.today()), problem.dimension.number)
}

/// What is added below a problem at once.
const A_GOAL: &str = "a goal below";

/// The question of a new problem that begins with this.
fn begun(begin: Problem, chart: &ChartView, cx: &Cx) -> Step {
    const WHAT: &str = "Write a fact or their words, not a label. What is between them and what they want?";
    let mut above = lines(WHAT, chart);
    above.extend(begin.finding.as_ref().map(|from| format!("From {}.", finding(from, &begin, cx))));
    ask(chart, "Add a problem", whole_form(&begin, cx), move |form, chart, cx| {
        written(form, begin.clone(), 0, chart, cx)
    })
    .lines(above)
    .then_below(A_GOAL, || adding::then_below(None))
    .open()
}

/// What the form makes of a problem.
fn written(form: &Form, before: Problem, rev: u32, chart: &ChartView, cx: &Cx) -> Result<Vec<Step>, Wrong> {
    let problem = read_whole(form, before, cx)?;
    let list = chart.problems.iter().map(|kept| &kept.value);
    let like = alike(problem.number, &problem.wording, &problem.words, list).map(|like| like.number);
    let mut steps = to_room(move |room: &mut Plan, _, _| {
        room.like = like;
        room.expect_new(rev == 0);
        Vec::new()
    });
    steps.extend(save(problem, rev));
    Ok(steps)
}

fn whole_form(problem: &Problem, cx: &Cx) -> Form {
    let dimensions = needs::dimension_items(cx);
    let mut second = vec![Item::new("", "none", "")];
    second.extend(dimensions.iter().cloned());
    let text = |of: fn(&Problem) -> String| of(problem);
    let chosen = dimension_key(&problem.dimension, cx);
    let also = problem.second.as_ref().map(|of| dimension_key(of, cx)).unwrap_or_default();
    let stage = problem.stage().map_or("", Stage::word);
    Form::new(
        if problem.number > 0 { "Save" } else { "Add it" },
        vec![
            Field::text("wording", "Problem", &text(|p| p.wording.clone())).hint("your wording"),
            Field::text("words", "The client's words", &text(|p| p.words.clone())).hint("as they say it"),
            Field::choice("dimension", "Dimension", dimensions, &chosen).required(),
            Field::choice("second", "Touches too", second, &also),
            Field::choice("stage", "Stage of change", stages(Some("not asked yet")), stage),
            Field::date("on", "Asked on", Some(cx.today()), Lean::Past).hint(DATES),
            Field::text("explanation", "Their explanation", &text(|p| p.explanation.clone()))
                .hint("how they explain it"),
            Field::text("code", "Code", &text(|p| p.code.as_ref().map(code_typed).unwrap_or_default()))
                .hint("system and code, if any"),
        ],
    )
}

fn code_typed((system, code): &(String, String)) -> String {
    format!("{system} {code}").trim().to_owned()
}

/// `ICD-10-CM F10.20`: the last word is the code, what stands before it the system.
fn code_read(typed: &str) -> Option<(String, String)> {
    let typed = typed.trim();
    let (system, code) = typed.rsplit_once(' ').unwrap_or(("", typed));
    (!code.is_empty()).then(|| (system.trim().to_owned(), code.to_owned()))
}

fn status_form(to: To, now: &ProblemStatus) -> Form {
    let fields = match (to, now) {
        (To::Deferred, ProblemStatus::Deferred { reason, revisit }) => deferred(reason, Some(*revisit)),
        (To::Deferred, _) => deferred("", None),
        (To::Referred, ProblemStatus::Referred { to, kept, look_again }) => referred(to, *kept, *look_again),
        (To::Referred, _) => referred("", ReferralKept::Made, None),
        (To::Resolved, _) => vec![Field::text("note", "What changed", "").required()],
        _ => vec![Field::text("reason", "Why", "").required()],
    };
    Form::new("Set it", fields)
}

fn referred(to: &str, kept: ReferralKept, again: Option<crate::domain::Date>) -> Vec<Field> {
    let outcomes = ReferralKept::ALL.map(|kept| Item::new(kept.word(), kept.word(), ""));
    vec![
        Field::text("to", "To whom", to).required(),
        Field::choice("kept", "What came of it", outcomes.to_vec(), kept.word()),
        Field::date("again", "Look again on", again, Lean::Future).hint("T+30, mon, 4/25/26"),
    ]
}

fn deferred(reason: &str, revisit: Option<crate::domain::Date>) -> Vec<Field> {
    vec![
        Field::text("reason", "Why not now", reason).required(),
        Field::date("revisit", "Look again on", revisit, Lean::Future).hint("T+30, mon, 4/25/26").required(),
    ]
}

pub(super) fn found<'a>(
    number: Number,
    field: &'static str,
    chart: &'a ChartView,
) -> Result<&'a Kept<Problem>, Wrong> {
    problem(number, chart).ok_or_else(|| Wrong::new(field, format!("P{number} is no longer on the list.")))
}

/// The dimension chosen; one of another set stays what it was while its counterpart is still chosen.
fn dimension(form: &Form, id: &str, before: Option<&DimensionRef>, cx: &Cx) -> Option<DimensionRef> {
    let number: u8 = form.chosen(id).parse().ok()?;
    let same = before.filter(|of| dimension_key(of, cx) == number.to_string());
    Some(same.cloned().unwrap_or_else(|| DimensionRef { set: cx.set_key().to_owned(), number }))
}

/// Adds an answer to the stages, kept in the order of their days; asked twice on a day, the later answer holds.
fn ask_stage(problem: &mut Problem, stage: Stage, form: &Form, cx: &Cx) -> Result<(), Wrong> {
    let on = form
        .date("on", cx.today())
        .ok_or_else(|| Wrong::new("on", "\"Asked on\" is empty. Type the day, such as T for today."))?;
    if words::is_ahead(on, cx) {
        return Err(Wrong::new("on", "\"Asked on\" is in the future. Use today or an earlier day."));
    }
    problem.stages.retain(|(day, _)| *day != on);
    problem.stages.push((on, stage));
    problem.stages.sort_by_key(|(day, _)| *day);
    Ok(())
}

fn read_status(to: To, form: &Form, cx: &Cx) -> Result<ProblemStatus, Wrong> {
    Ok(match to {
        To::Active => ProblemStatus::Active,
        To::Deferred => {
            let revisit = form.date("revisit", cx.today());
            let revisit = revisit.ok_or_else(|| {
                Wrong::new("revisit", "\"Look again on\" is empty. Type a day, such as T+30.")
            })?;
            if revisit < cx.today() {
                return Err(Wrong::new(
                    "revisit",
                    "\"Look again on\" is in the past. Use today or a later day, such as T+30.",
                ));
            }
            ProblemStatus::Deferred { reason: form.typed("reason"), revisit }
        }
        To::Referred => ProblemStatus::Referred {
            to: form.typed("to"),
            kept: ReferralKept::ALL
                .into_iter()
                .find(|one| one.word() == form.chosen("kept"))
                .unwrap_or_default(),
            look_again: form.date("again", cx.today()),
        },
        To::Resolved => ProblemStatus::Resolved { note: form.typed("note") },
        To::EnteredInError => ProblemStatus::EnteredInError { reason: form.typed("reason") },
    })
}

fn read_whole(form: &Form, before: Problem, cx: &Cx) -> Result<Problem, Wrong> {
    let mut problem = before;
    let (first, second) = (problem.dimension.clone(), problem.second.clone());
    problem.wording = form.typed("wording");
    problem.words = form.typed("words");
    if problem.wording.is_empty() && problem.words.is_empty() {
        return Err(Wrong::new("wording", "A problem needs a wording: yours, the client's, or both."));
    }
    problem.dimension = dimension(form, "dimension", Some(&first), cx)
        .ok_or_else(|| Wrong::new("dimension", IN_ONE_DIMENSION))?;
    problem.second = dimension(form, "second", second.as_ref(), cx);
    if problem.second.as_ref() == Some(&problem.dimension) {
        return Err(Wrong::new(
            "second",
            "\"Touches too\" is the dimension of the problem itself. Choose another one, or none.",
        ));
    }
    match stage_named(form.chosen("stage")) {
        Some(stage) if problem.stage() != Some(stage) => ask_stage(&mut problem, stage, form, cx)?,
        _ => {}
    }
    problem.explanation = form.typed("explanation");
    problem.code = code_read(&form.typed("code"));
    Ok(problem)
}

/// What the service fills in is at nothing.
fn empty(chart: &ChartView, cx: &Cx) -> Problem {
    Problem {
        client: chart.client.value.id,
        number: 0,
        wording: String::new(),
        words: String::new(),
        dimension: DimensionRef { set: cx.set_key().to_owned(), number: 0 },
        second: None,
        stages: Vec::new(),
        status: ProblemStatus::Active,
        status_on: cx.today(),
        rank: 0,
        code: None,
        added_at: cx.now.moment,
        added_by: cx.me().unwrap_or_default(),
        added_by_name: String::new(),
        changed_at: cx.now.moment,
        changed_by: cx.me().unwrap_or_default(),
        ..Problem::default()
    }
}

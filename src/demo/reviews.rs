//! Signed reviews of a story's plan: about six weeks after it was signed, and again six weeks later.

use super::Written;
use super::background::Background;
use super::plans::Agreed;
use super::story::{Story, working_day};
use super::versions::Version;
use crate::domain::{
    Assessment, Date, Helped, LevelChoice, LevelWhy, LineKind, LineRef, Moment, Number, Progress,
    ReviewFacts, Session, StaffId, StillWanted, TookPart, Trail, Wants, WhatChanges,
};
use crate::rules::plan::review::{Around, SignedReview, asks_change, facts, known, offered, sessions};
use crate::rules::plan::{AnyLine, Plan, trail};

/// Days between reviews.
const EVERY: i32 = 42;
/// Reviews of a story.
const MOST: usize = 12;

/// What clients say of their plan.
const VIEWS: [&str; 4] = [
    "I like the group. Paydays are not talked about enough.",
    "It helps that we look at the week before it begins.",
    "I did not think I would still come. I do.",
    "Some of it is too much at once.",
];

/// A review to be signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub review: crate::domain::Review,
    pub by: StaffId,
    pub on: Date,
    pub signed_at: Moment,
    pub episode: Number,
}

/// What a review is made of besides the lines.
pub(super) struct Beside<'a> {
    pub versions: &'a [Version],
    pub assessments: &'a [(Assessment, Moment)],
    pub notes: &'a [Written],
    pub sessions: &'a [Session],
    pub wants: &'a Wants,
    pub background: &'a Background,
}

/// The reviews of a plan. Some lives are too new for one, and of some the review is owed.
pub(super) fn of(story: &Story<'_>, agreed: &Agreed, beside: &Beside<'_>) -> Vec<Review> {
    let Some(first) = beside.versions.first() else { return Vec::new() };
    let mut reviews: Vec<Review> = Vec::new();
    let mut before: Option<SignedReview> = None;
    let mut on = working_day(first.on.plus_days(EVERY));
    while on < story.plan.today && reviews.len() < MOST {
        let Some(review) = review(story, agreed, beside, before.as_ref(), on) else { break };
        before = Some(SignedReview { on, facts: facts_of(&review), stands: true, ..SignedReview::default() });
        reviews.push(Review {
            review,
            by: story.counselor.id,
            on,
            signed_at: story.at(on, 16, 20),
            episode: story.stay,
        });
        on = working_day(on.plus_days(EVERY));
    }
    reviews
}

fn facts_of(review: &crate::domain::Review) -> ReviewFacts {
    review.known.as_deref().map(|known| facts(review, known)).unwrap_or_default()
}

fn review(
    story: &Story<'_>,
    agreed: &Agreed,
    beside: &Beside<'_>,
    before: Option<&SignedReview>,
    on: Date,
) -> Option<crate::domain::Review> {
    let moment = story.at(on, 16, 20);
    let plan = plan_on(agreed, beside.notes, moment, on);
    let assessments: Vec<Assessment> =
        beside.assessments.iter().filter(|(_, at)| *at <= moment).map(|(one, _)| one.clone()).collect();
    let signed: Vec<&Version> = beside.versions.iter().filter(|version| version.on <= on).collect();
    let versions = signed.first().zip(signed.last());
    let around = Around {
        plan: &plan,
        before,
        versions: versions.map(|(first, newest)| (first.on, newest.text.facts.version)),
        admitted: story.admitted,
        assessments: &assessments,
        level: beside.background.levels.iter().rfind(|level| level.on <= on),
        wants: Some(beside.wants),
        episode: 1,
        short: &[],
        mandated: story.life.flag("mandate").is_some(),
    };
    let sums = sessions(beside.sessions.iter(), around.from(), on);
    let known = known(&around, sums, on);
    if !known.lines.iter().any(|line| line.line.kind == LineKind::Goal) {
        return None;
    }
    let mut review = crate::domain::Review {
        client: story.id,
        episode: story.stay,
        on,
        wants: Some(StillWanted::Yes),
        view: VIEWS[on.0.unsigned_abs() as usize % VIEWS.len()].to_owned(),
        took_part: Some(TookPart::Together),
        choice: Some(LevelChoice::Continue),
        agrees: Some(true),
        ..crate::domain::Review::default()
    };
    let mut stuck = false;
    for line in &known.lines {
        // A goal has come as far as the steps that notes spoke of.
        let of_steps = known.lines.iter().filter(|one| goal_of(&plan, one.line) == Some(line.line.number));
        let newest = of_steps.filter_map(offered).next_back();
        let progress = match line.line.kind {
            LineKind::Goal => newest.unwrap_or(Progress::None),
            _ => offered(line).unwrap_or_default(),
        };
        if line.line.kind != LineKind::Goal && progress == Progress::Unsaid {
            continue;
        }
        let changes = asks_change(line, progress);
        stuck |= changes;
        let mark = review.mark_mut(line.line);
        mark.progress = progress;
        sentence(progress).clone_into(&mut mark.sentence);
        if changes {
            mark.change = Some(WhatChanges::SmallerStep);
            "One evening a week first, then the second.".clone_into(&mut mark.change_words);
        }
    }
    for method in &known.methods {
        let helped = if method.held > 0 { Helped::Yes } else { Helped::TooEarly };
        review.help_mut(method.method).helped = Some(helped);
    }
    review.why = Some(if stuck { LevelWhy::Able } else { LevelWhy::Progress });
    review.known = Some(Box::new(known));
    Some(review)
}

/// The goal of an objective.
fn goal_of(plan: &Plan, line: LineRef) -> Option<Number> {
    (line.kind == LineKind::Objective).then(|| plan.line(line)).flatten().map(AnyLine::goal)
}

fn sentence(progress: Progress) -> &'static str {
    match progress {
        Progress::Unsaid | Progress::None => "Nothing has moved yet; the first step was too big.",
        Progress::Some => "Some weeks it works, in others it does not.",
        Progress::Substantial => "Most of the steps are taken, and it shows.",
        Progress::Met => "Done, and it has lasted for a month.",
        Progress::Worse => "It was harder than before.",
    }
}

/// The plan as it was at that moment, with what the notes until then say of it.
fn plan_on(agreed: &Agreed, notes: &[Written], moment: Moment, on: Date) -> Plan {
    let mut trails: Vec<Trail> = Vec::new();
    for (number, note) in (1..).zip(notes) {
        let day = note.note.service.date;
        for served in note.note.lines.iter().filter(|_| day <= on) {
            let mark = trail::mark(number, day, served);
            let at = trails.iter().position(|trail| trail.line == served.line);
            let known = at.map(|at| trails.swap_remove(at));
            let known = known.unwrap_or_else(|| Trail { line: served.line, ..Trail::default() });
            trails.push(trail::with(known, mark));
        }
    }
    Plan {
        goals: agreed.goals.iter().filter(|one| one.line.changed_at <= moment).cloned().collect(),
        objectives: agreed.objectives.iter().filter(|one| one.line.changed_at <= moment).cloned().collect(),
        methods: agreed.methods.iter().filter(|one| one.line.changed_at <= moment).cloned().collect(),
        trails,
        ..Plan::default()
    }
}

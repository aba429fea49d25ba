//! What a review asks in windows: the new level of care, the day of the next review, the signature, the draft's end.
//!
//! Nothing of how the client signs is filled in, and whether what changed of the plan is signed along is asked each time.

use super::{Review, Shown};
use crate::domain::{Attested, Date, Party, Review as Record, SignedHow, VersionKind, WhyChanged};
use crate::rules::plan::review::{Item, decided};
use crate::rules::plan::signing::{attested_lacks, level_lacks};
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, DocAsk, PlanAsk, PlanSigning, Secret, Seen};
use crate::tui::facts::Cx;
use crate::tui::overlay::Question;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, to_room};
use crate::tui::screens::chart::background::level;
use crate::tui::screens::chart::plan::signing::{
    along, attested, field_of, is_their_name, keyed, of_answer, sentence, shape, whose,
};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// The level of care from now on.
pub(super) fn new_level(review: &Record, cx: &Cx) -> Step {
    let items = level::items(false, "not chosen", cx);
    Question::pick("Level of care from now on", items, |key, _| {
        let level = key.to_owned();
        to_room(|room: &mut Review, chart, cx| {
            room.set(Item::NewLevel, |review| review.new_level = level, chart, cx)
        })
    })
    .at(&review.new_level)
    .open()
}

/// The day of the next review; empty leaves it to the rules.
pub(super) fn next(review: &Record, chart: &ChartView, cx: &Cx) -> Step {
    let field = Field::date("next", "Look again", review.next, Lean::Future)
        .hint("T+30, 4/25/26; empty: as the rules say");
    let mut lines =
        vec!["The review is due on this day, or on the day of the rules if that is earlier.".to_owned()];
    lines.extend(
        by_rule(chart, cx)
            .map(|on| format!("The rules alone, counted from today: {}.", when::short(on, cx.today()))),
    );
    ask(chart, "Next review", Form::new("Save", vec![field]), |form, _, cx| {
        let typed = form.typed("next");
        let on = form.date("next", cx.today());
        if on.is_none() && !typed.trim().is_empty() {
            return Err(Wrong::new("next", "This is not a date. Type it like 2026-04-25, 4/25/26 or T+30."));
        }
        if on.is_some_and(|on| on < cx.today()) {
            return Err(Wrong::new("next", "Use today or a later day, such as T+30."));
        }
        Ok(to_room(move |room: &mut Review, chart, cx| {
            room.set(Item::Next, |review| review.next = on, chart, cx)
        }))
    })
    .lines(lines)
    .open()
}

/// The day the rules alone ask for, if the review were signed today.
pub(super) fn by_rule(chart: &ChartView, cx: &Cx) -> Option<Date> {
    let mut summary = (*chart.person.summary).clone();
    (summary.plan.reviewed, summary.plan.look_again) = (Some(cx.today()), None);
    cx.caseload()?.due().review(&summary, cx.today()).map(|reckoned| reckoned.on)
}

/// Whose review it is, what changed of the plan, and the secret.
pub(super) fn sign(shown: &Shown<'_>, chart: &ChartView, cx: &Cx) -> Step {
    let amends = shown.sheet.body.amends > 0;
    let mut lines = vec![whose(chart, cx), super::view::title(shown, cx)];
    let changes = along(chart, cx).filter(|_| !amends);
    if amends {
        lines.push(format!("It replaces the earlier version: {}", shown.sheet.body.reason));
    }
    let mut fields = Vec::new();
    if let Some(changes) = &changes {
        lines.extend(changes.iter().cloned());
        let answers = keyed(["sign the new version with it", "leave the plan for later"]);
        fields.push(Field::keyed("along", "The plan", answers, "").required());
        fields.extend(of_answer(
            &SignedHow::ALL,
            "Client signs",
            chart.client.value.guardian_name(),
            &Attested::default(),
        ));
        fields
            .push(Field::text("interpreter", "Interpreter", "").hint("language and name, if there was one"));
    } else {
        fields.push(Field::secret("secret", "Passphrase or PIN").required());
    }
    lines.push("Once you sign, the review never changes.".to_owned());
    let (seen, with_plan) = (chart.seen(), changes.is_some());
    let level = decided(&shown.sheet.body, chart.level());
    let question =
        ask(chart, "Sign the review", Form::new("Sign", fields).to_missing(), move |form, chart, cx| {
            let signing = (with_plan && form.chosen("along") == "1").then(|| {
                let attested = attested(form, &SignedHow::ALL, Party::Client, cx);
                let client = chart.client.value.id;
                (
                    PlanSigning { client, kind: VersionKind::Review, attested, ..PlanSigning::default() },
                    seen.clone(),
                )
            });
            let blocks = cx.practice().rules.blocks;
            if signing.is_some()
                && let Some(why) = level_lacks(level.as_ref().or(chart.level()), blocks)
            {
                return Err(Wrong::new("along", sentence(why)));
            }
            if let Some((signing, _)) = &signing
                && let Some((field, why)) = attested_lacks(&signing.attested, cx.today())
            {
                return Err(Wrong::new(field_of(field, signing.attested.how), sentence(why)));
            }
            if let Some((signing, _)) = &signing {
                is_their_name(form, &signing.attested, chart)?;
            }
            let passphrase = form.secret("secret");
            Ok(to_room(move |room: &mut Review, _, cx| room.sign(signing, passphrase, cx)))
        })
        .lines(lines);
    if with_plan {
        return question.shaped(|form, _| shape_along(form), cx).open();
    }
    question.open()
}

/// How the client signs is asked only where the plan is signed along.
fn shape_along(form: &mut Form) {
    let along = form.chosen("along") == "1";
    form.hide("how", !along);
    form.hide("interpreter", !along);
    shape(form, if along { &SignedHow::ALL } else { &[] }, along);
}

impl Review {
    /// Signs the open draft, and the plan along if its answers are here.
    fn sign(&mut self, signing: Option<(PlanSigning, Seen)>, passphrase: Secret, cx: &Cx) -> Vec<Step> {
        let today = cx.today();
        if let Some(sheet) = self.sheet.as_mut().filter(|sheet| sheet.body.amends == 0) {
            sheet.change(|review| review.on = today);
        }
        self.signing(move |save, body| {
            Step::Ask(match signing {
                Some((signing, seen)) => {
                    let signing = Box::new(PlanSigning {
                        why: Some(WhyChanged::Review),
                        took_part: body.took_part,
                        participants: body.participants.trim().to_owned(),
                        look_again: body.next,
                        ..signing
                    });
                    PlanAsk::SignReview { save: Box::new(save), signing, seen, passphrase }.into()
                }
                None => DocAsk::Sign { save, passphrase }.into(),
            })
        })
    }
}

//! Taking over what a client marked: their answers become answers to lines of the plan, and their name an answer to the version
//! they signed. The counselor leaves out what was pressed by mistake, with a reason; she changes nothing.

use super::super::api::{Answer, ChartView, DraftBody, TakeOver};
use super::super::chart;
use super::super::desk::Desk;
use super::super::documents::entries::Lives;
use super::super::documents::{self, draft};
use super::super::door::check_again;
use super::super::fault::Fault;
use super::super::plan;
use super::super::unit::{KeptDraft, Unit};
use super::form;
use crate::domain::{
    Act, Agreement, Assent, Attested, ClientAnswers, ClientId, Date, LifeWhat, Marked, Number, Paper, counted,
};
use crate::rules::access::Capability;
use crate::rules::plan::Plan;
use crate::rules::plan::agreed::standing;
use crate::rules::turned::attested;
use crate::store::DocHead;

/// Takes over what a client marked.
pub(super) fn take_over(desk: &mut Desk, take: TakeOver) -> Result<Answer, Fault> {
    let TakeOver { client, number, left_out, copy, passphrase } = take;
    desk.permit(Capability::WriteChart, Some(client))?;
    let (kept, answers) = answers(desk, client, number)?;
    if answers.is_blank() {
        return draft::delete(desk, client, number, "Nothing was marked, so nothing is kept.");
    }
    if answers.what == Paper::Form {
        return form::take_over(desk, client, &kept, &answers);
    }
    check(&answers, &left_out)?;
    let chart = chart::view(desk, client)?;
    let given = desk.clock.local(kept.head.saved).date;
    let signed = match (attested(&answers, copy, given), answers.version) {
        (Some(attested), version) if version > 0 => {
            let head = answered(desk, &chart, &answers, &attested)?;
            check_again(desk, &passphrase)?;
            Some((head, attested))
        }
        _ => None,
    };
    let first = desk.books().next_number::<Agreement>(client)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::AnswersTakenOver, Some(client), first)?;
    let mut taken = 0;
    for (place, line) in answers.lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        let why = left_out.iter().find(|(at, _)| *at == place).map(|(_, why)| why.trim());
        let one = agreement(desk, (client, first + taken), line, why, given, &chart.plan.plan, &answers)?;
        unit.put(&one, client, one.number, 0);
        taken += 1;
    }
    unit.set_count(taken.max(1));
    if let Some((head, attested)) = &signed {
        let mut lives = Lives::default();
        lives.add(desk, head, LifeWhat::Attested(Box::new(attested.clone())))?;
        lives.put(&mut unit);
        unit.also(desk.permit(Capability::WriteChart, Some(client))?, Act::DocumentAttested, head.number);
    }
    // What the client said about signing waits for a version that reads as the page they saw.
    let waits = answers.said_about_signing().is_some() && signed.is_none();
    let said = said(taken, left_out.len(), signed.is_some(), waits);
    keep_or_delete(&mut unit, &kept, answers, waits);
    desk.commit(unit)?;
    if !waits {
        desk.draft_forgotten(client, number);
    }
    desk.seat_mut()?.forget_steps(client);
    desk.done_for_good(client, said)
}

/// The document that the client answered, if it still can be answered.
fn answered(
    desk: &Desk,
    chart: &ChartView,
    answers: &ClientAnswers,
    attested: &Attested,
) -> Result<DocHead, Fault> {
    let (client, number) = (chart.client.value.id, answers.version);
    if answers.what == Paper::ClientPage {
        plan::check_attested(desk, chart, number, attested)?;
        return plan::head(desk, client, number);
    }
    documents::standing(desk, client, number)
}

fn keep_or_delete(unit: &mut Unit, kept: &KeptDraft, mut answers: ClientAnswers, waits: bool) {
    if !waits {
        unit.delete_draft(kept);
        return;
    }
    for line in &mut answers.lines {
        (line.answer, line.words) = (Assent::NotAsked, String::new());
    }
    let body = DraftBody::Answers(answers);
    let about = draft::about(&body);
    unit.put_draft_over(kept, body, about);
}

/// One's own open answers of a client.
fn answers(desk: &Desk, client: ClientId, number: Number) -> Result<(KeptDraft, ClientAnswers), Fault> {
    let kept = draft::find_own(desk, client, number)?;
    match kept.body.clone() {
        DraftBody::Answers(answers) => Ok((kept, answers)),
        _ => Err(Fault::user("This draft is not what a client marked.")),
    }
}

fn check(answers: &ClientAnswers, left_out: &[(usize, String)]) -> Result<(), Fault> {
    for (place, why) in left_out {
        if answers.lines.get(*place).is_none_or(Marked::is_blank) {
            return Err(Fault::internal("an answer is left out that is not there"));
        }
        if why.trim().is_empty() {
            return Err(Fault::user("Write why the answer is left out. The client gave it."));
        }
    }
    Ok(())
}

/// A line as the client answered it. Words without a mark leave the answer that holds as it is.
fn agreement(
    desk: &Desk,
    (client, number): (ClientId, Number),
    line: &Marked,
    left_out: Option<&str>,
    given: Date,
    plan: &Plan,
    answers: &ClientAnswers,
) -> Result<Agreement, Fault> {
    let staff = desk.staff()?;
    let whose = answers.whose();
    let held = standing(&plan.agreements, line.about, &whose, &line.to).assent();
    Ok(Agreement {
        client,
        number,
        episode: answers.episode,
        about: line.about,
        whose,
        answer: if line.answer == Assent::NotAsked { held } else { line.answer },
        words: line.words.trim().to_owned(),
        to: line.to.clone(),
        given,
        typed_at: desk.moment(),
        by: staff.id,
        by_name: staff.signature_name(),
        by_client: true,
        left_out: left_out.unwrap_or_default().to_owned(),
        ..Agreement::default()
    })
}

fn said(taken: u32, left_out: usize, signed: bool, waits: bool) -> String {
    let kept = taken.saturating_sub(u32::try_from(left_out).unwrap_or(taken));
    let mut said = Vec::new();
    if kept > 0 || left_out > 0 {
        said.push(format!("{} taken over.", counted(kept, "answer is", "answers are")));
    }
    if left_out > 0 {
        said.push(format!("{} left out, with the reason.", counted(left_out, "is", "are")));
    }
    if signed {
        said.push("What they said about signing is recorded.".to_owned());
    } else if waits {
        said.push("What they said about signing is in the question of [key:sign].".to_owned());
    }
    if said.is_empty() {
        return "Taken over: no line was answered, and nothing was said about signing.".to_owned();
    }
    said.join(" ")
}

/// Whether a version that is being signed says what the client said about signing. Refuses if the plan reads otherwise by now, or if
/// somebody changed what they said.
pub(in crate::service) fn signed_at_the_screen(
    desk: &Desk,
    client: ClientId,
    number: Number,
    plan: &Plan,
    typed: &Attested,
) -> Result<(), Fault> {
    let (kept, answers) = answers(desk, client, number)?;
    let same =
        answers.lines.iter().all(|line| plan.line(line.about).is_some_and(|now| now.terms() == line.to));
    let all = plan
        .lines()
        .filter(|line| plan.counts(*line))
        .all(|line| answers.lines.iter().any(|one| one.about == line.name()));
    if !same || !all || answers.version > 0 {
        return Err(Fault::user("The plan has changed since the client signed it at the screen.")
            .hint("Turn the screen to them again, or choose another way of signing."));
    }
    let given = desk.clock.local(kept.head.saved).date;
    let theirs = attested(&answers, typed.copy, given).unwrap_or_default();
    if (theirs.how, &theirs.name, &theirs.words) != (typed.how, &typed.name, &typed.words) {
        return Err(Fault::denied("What the client typed at the screen stays as they typed it.")
            .hint("To record another answer, choose another way of signing."));
    }
    Ok(())
}

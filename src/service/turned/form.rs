//! A form at the turned screen: what is turned, what is critical in it, and what becomes of the answers.
//!
//! A critical answer is a record of its own, written by the service at the save that brings it and before that save, so that neither
//! a lock nor a kill nor an empty room keeps it from the people who act on it. Nothing of that is told to the turned screen.

use super::super::api::{Answer, ChartView, DraftBody, DraftSave};
use super::super::desk::Desk;
use super::super::documents::draft;
use super::super::fault::Fault;
use super::super::unit::KeptDraft;
use super::super::{checkins, heard};
use crate::domain::{
    Act, Administration, CheckIn, ClientAnswers, ClientId, Date, HowTaken, TurnedForm, TurnedPage, Wording,
    counted,
};
use crate::packs::{Instrument, Licence, PageWords, Respondent, page_languages};
use crate::rules::access::Capability;
use crate::rules::alliance::CHECK_IN;
use crate::rules::measured;
use crate::rules::turned_form::{Around, form_page, wording_of};
use crate::store::Owner;

fn measure(desk: &Desk, key: &str) -> Result<Instrument, Fault> {
    desk.measures.find(key).cloned().ok_or_else(|| {
        Fault::user(format!("The measure \"{key}\" is not on this computer."))
            .hint("Ask your admin for its file, or choose another measure.")
    })
}

/// The official words of a measure, where it is not our own.
fn wording(desk: &Desk, measure: &Instrument) -> Result<Option<Wording>, Fault> {
    if measure.licence == Licence::Own {
        return Ok(None);
    }
    let all: Vec<Wording> =
        desk.books().list::<Wording>(Owner::AGENCY)?.into_iter().map(|kept| kept.value).collect();
    Ok(wording_of(measure, &all).cloned())
}

/// The language of what is around a form: that of its words, where there is one; else the one that was chosen.
pub(super) fn language(desk: &Desk, key: &str, chosen: &str) -> Result<String, Fault> {
    let measure = measure(desk, key)?;
    let wording = wording(desk, &measure)?;
    let of_words = wording.map_or(measure.language, |wording| wording.language);
    let is_it = |words: &&PageWords| of_words.split(['-', '_']).next() == Some(words.language.as_str());
    Ok(page_languages().iter().find(is_it).map_or_else(|| chosen.to_owned(), |words| words.language.clone()))
}

/// The form as it is turned.
pub(super) fn page(
    desk: &Desk,
    chart: &ChartView,
    key: &str,
    words: &PageWords,
) -> Result<(TurnedPage, TurnedForm), Fault> {
    let measure = measure(desk, key)?;
    let on = desk.now().local.date;
    let around = Around {
        age: measured::age_on(chart.client.value.birth, on),
        counselor: &desk.staff()?.name,
        help_now: &desk.front.help_now,
        on,
        begun: desk.moment(),
    };
    let wording = wording(desk, &measure)?;
    form_page(&measure, wording.as_ref(), &around, words).map_err(Fault::user)
}

/// Goes on with the answers of a form that was turned before, where its questions are the same.
pub(super) fn go_on(before: &TurnedForm, fresh: &mut TurnedForm) {
    let asks =
        |form: &TurnedForm| -> Vec<String> { form.answers.iter().map(|(item, _)| item.clone()).collect() };
    let same = (&before.measure, before.version, &before.form, before.wording)
        == (&fresh.measure, fresh.version, &fresh.form, fresh.wording);
    if same && asks(before) == asks(fresh) {
        *fresh = before.clone();
    }
}

/// What a client filled in, as it is recorded.
fn administration(client: ClientId, form: &TurnedForm, on: Date) -> Administration {
    Administration {
        client,
        measure: form.measure.clone(),
        form: form.form.clone(),
        on,
        answered_by: Respondent::Client.word().to_owned(),
        how: HowTaken::Screen,
        answers: form.answers.clone(),
        begun: form.begun,
        wording: form.wording,
        ..Administration::default()
    }
}

/// Writes down what is critical among the answers of a form, if this is what the screen is turned for.
pub(super) fn notice(desk: &mut Desk, save: &DraftSave) -> Result<(), Fault> {
    let DraftBody::Answers(answers) = &save.body else { return Ok(()) };
    if answers.form.measure.is_empty() || answers.form.measure == CHECK_IN {
        return Ok(());
    }
    // Only what this client could have answered at this screen.
    let kept = draft::find_own(desk, save.client, save.number)?;
    super::check(desk, save, &kept.body)?;
    let on = desk.clock.local(answers.form.begun).date;
    heard::notice(desk, administration(save.client, &answers.form, on)).map(drop)
}

/// Takes a form over: its answers become a filled-in measure or a check-in, as the client gave them.
pub(super) fn take_over(
    desk: &mut Desk,
    client: ClientId,
    kept: &KeptDraft,
    answers: &ClientAnswers,
) -> Result<Answer, Fault> {
    let (form, number) = (&answers.form, kept.head.number);
    let nothing = form.answered() == 0 && form.words.trim().is_empty();
    let on = desk.clock.local(form.begun).date;
    let mut unit = desk.unit(Capability::WriteChart, Act::AnswersTakenOver, Some(client), number)?;
    let said = if form.measure == CHECK_IN && nothing {
        "They would rather not say, so there is no check-in.".to_owned()
    } else if form.measure == CHECK_IN {
        let checkin = CheckIn {
            client,
            on,
            answered_by: Respondent::Client.word().to_owned(),
            form: form.form.clone(),
            how: HowTaken::Screen,
            answers: form.answers.clone(),
            question: form.question.clone(),
            words: form.words.trim().to_owned(),
            ..CheckIn::default()
        };
        checkins::put(desk, &mut unit, checkin)?;
        "The check-in is saved.".to_owned()
    } else {
        heard::put(desk, &mut unit, administration(client, form, on))?
    };
    unit.delete_draft(kept);
    desk.commit(unit)?;
    desk.draft_forgotten(client, number);
    desk.seat_mut()?.forget_steps(client);
    let missing = form.answers.len() - form.answered();
    let left = if missing == 0 {
        String::new()
    } else {
        format!(" {} not answered.", counted(missing, "question was", "questions were"))
    };
    desk.done_for_good(client, format!("{said}{left}"))
}

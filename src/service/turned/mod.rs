//! The turned screen on this side of the thread: while it is turned, nothing is answered and nothing is done but what the person
//! it is turned to may see and do.
//!
//! Owns that state of the seat. What the client marks is a draft of whoever turned the screen; it becomes part of the record when
//! she takes it over ([`take_over`]).

mod form;
mod take_over;

use super::api::{
    Answer, ChartView, DraftBody, DraftLine, DraftSave, OpenAnswers, Secret, TurnAsk, TurnedBack, TurnedView,
};
use super::chart;
use super::circle;
use super::desk::Desk;
use super::documents::{self, draft, read};
use super::door::check_again;
use super::fault::{Fault, FaultKind};
use super::leaving;
use super::pin;
use super::seat::TurnedTo;
use super::unit::KeptDraft;
use crate::domain::{
    Act, ClientAnswers, ClientId, DocKind, Guardianship, Marked, Number, Paper, Recipient, TurnedForm,
    TurnedPage,
};
use crate::packs::{PageWords, fill};
use crate::rules::access::Capability;
use crate::rules::own_line;
use crate::rules::plan::change::between;
use crate::rules::plan::review_page::review_page;
use crate::rules::safety;
use crate::rules::turned::note_page;
use crate::store::{DraftDoc, DraftHead};

pub(super) use take_over::signed_at_the_screen;

/// Wrong secrets after which nothing but a lock ends it.
const TRIES: u8 = 5;
/// So long after the turn a PIN is enough to turn back, ms.
const PIN_MS: u64 = 2 * 60_000;
/// So long without a key it locks, ms.
const IDLE_MS: u64 = 15 * 60_000;
/// Bytes that a client can write to one line.
const LONGEST: usize = 2_000;

/// Routes what concerns the turned screen.
pub(super) fn handle(desk: &mut Desk, ask: TurnAsk) -> Result<Answer, Fault> {
    match ask {
        TurnAsk::Turn { client, what, language, to, form } => {
            turn(desk, client, (what, &form), &to, &language)
        }
        TurnAsk::Save(save) => saved(desk, &save),
        TurnAsk::Back { save, secret } => back(desk, save, &secret),
        TurnAsk::TakeOver(take) => take_over::take_over(desk, *take),
    }
}

/// Leaves of an answer what may be told while the screen is turned.
pub(super) fn only_turned(result: Result<Answer, Fault>) -> Result<Answer, Fault> {
    match result {
        Ok(answer @ (Answer::DraftSaved { .. } | Answer::TurnedBack(_))) => Ok(answer),
        Ok(_) => Err(Fault::internal("an answer that is not for the turned screen")),
        // What happened may be told by its kind, not in words: they may name somebody.
        Err(fault) => Err(Fault::new(fault.kind, "Not done.")),
    }
}

/// What everything else is answered with.
pub(super) fn refusal() -> Fault {
    Fault::denied("The screen is turned to the client.")
}

/// Saves what was marked. What is critical in it is written down before anything else, in a record of its own.
fn saved(desk: &mut Desk, save: &DraftSave) -> Result<Answer, Fault> {
    form::notice(desk, save)?;
    draft::autosave(desk, save)
}

/// Writes down what is critical in what was marked last, before a lock takes the keys.
pub(super) fn notice_at_lock(desk: &mut Desk, save: &DraftSave) -> Result<(), Fault> {
    form::notice(desk, save)
}

/// What is turned: the page, what of it can be answered, and the document that a name under it answers, 0 = none.
struct Made {
    page: TurnedPage,
    lines: Vec<Marked>,
    version: Number,
    form: TurnedForm,
}

impl Made {
    fn of(page: TurnedPage, lines: Vec<Marked>, version: Number) -> Self {
        Self { page, lines, version, form: TurnedForm::default() }
    }
}

/// Makes the page that is turned.
fn page_of(
    desk: &mut Desk,
    chart: &ChartView,
    (what, to): (Paper, &Recipient),
    episode: Number,
    words: &PageWords,
) -> Result<Made, Fault> {
    match what {
        Paper::ClientPage => {
            let (mut page, lines) = leaving::turned(desk, chart, to, words)?;
            if lines.is_empty() {
                return Err(Fault::user("There is nothing to turn to the client yet: the plan has no goal."));
            }
            let plan = &chart.plan.plan;
            let same = chart.plan.last.as_ref().is_some_and(|last| between(last, plan).count() == 0);
            let version = chart.plan.newest(episode).filter(|_| same);
            let version = version.map_or(0, |version| version.doc);
            if matches!(to, Recipient::Guardian(_)) && version == 0 {
                // A guardian answers what the counselor signed.
                page.signs = false;
                page.about = format!("{} {}", page.about, words.guardian_not_yet());
            }
            Ok(Made::of(page, lines, version))
        }
        Paper::Document(number)
            if matches!(DocKind::of(number), Some(DocKind::Note | DocKind::Review | DocKind::Safety)) =>
        {
            Ok(Made::of(document_page(desk, chart, number, words)?, Vec::new(), number))
        }
        Paper::OwnLine => {
            let page = leaving::own_line(desk, chart, |around| own_line::turned(around, words))?;
            Ok(Made::of(page, Vec::new(), 0))
        }
        _ => Err(Fault::user(
            "Only the client's own plan, their own line, signed notes, reviews and safety plans, and forms can be turned to them.",
        )),
    }
}

/// A signed note or review, as it is turned.
fn document_page(
    desk: &mut Desk,
    chart: &ChartView,
    number: Number,
    words: &PageWords,
) -> Result<TurnedPage, Fault> {
    let (client, name) = (chart.client.value.id, leaving::called(chart));
    let view = read::read(desk, client, number)?;
    let counts = view.lives.iter().any(|life| life.number == number && life.stands());
    if !counts || !view.part.intact {
        let kind = view.part.kind.word();
        return Err(Fault::user(format!(
            "This {kind} does not count any more, so it is not turned to the client."
        )));
    }
    if let Some(note) = view.note {
        return Ok(note_page(&note, note.service.date, name, words));
    }
    if view.part.kind == DocKind::Safety {
        let (text, on) = leaving::safety_text(desk, chart, number)?;
        return Ok(safety::turned(&text, on, name, words));
    }
    let head = documents::standing(desk, client, number)?;
    let text = read::text(desk.books(), &head)?.review()?;
    Ok(review_page(&text, view.part.on, name, words))
}

fn turn(
    desk: &mut Desk,
    client: ClientId,
    (what, form): (Paper, &str),
    to: &Recipient,
    language: &str,
) -> Result<Answer, Fault> {
    // What is refused must not tell what is in the chart.
    desk.permit(Capability::WriteChart, Some(client))?;
    let chart = chart::view(desk, client)?;
    let Some(episode) = chart.open_episode().map(|episode| episode.number) else {
        return Err(Fault::user(
            "The screen is turned to the client in an open episode. Admit the person first.",
        ));
    };
    let at = desk.moment();
    let language =
        if what == Paper::Form { form::language(desk, form, language)? } else { language.to_owned() };
    let words = &leaving::words_for(to, &language, leaving::called(&chart));
    let Made { page, lines, version, form } = if what == Paper::Form {
        let (page, form) = form::page(desk, &chart, form, words)?;
        Made { page, lines: Vec::new(), version: 0, form }
    } else {
        page_of(desk, &chart, (what, to), episode, words)?
    };
    if matches!(to, Recipient::Guardian(_)) {
        let says = page.parts.iter().flat_map(|part| &part.says).map(|one| one.words.as_str());
        circle::deny_not_shared(desk, client, &says.collect::<Vec<_>>().join("\n"))?;
    }
    let guardian = if let Recipient::Guardian(to) = to { to.is.clone() } else { Guardianship::default() };
    let fresh = ClientAnswers {
        what,
        episode,
        at,
        language: words.language.clone(),
        lines,
        version,
        guardian,
        form,
        ..ClientAnswers::default()
    };
    let other = |open: &OpenAnswers| !open.answers.is_same_page(&fresh) && !open.answers.is_blank();
    if chart.answers.as_deref().is_some_and(other) {
        return Err(Fault::user("Something else that the client marked is not taken over yet.")
            .hint("Take it over on the plan, with [key:accept-proposal]. Then turn this."));
    }
    let leaving = leaving::to_turn(desk, client, (what, to), episode, at)?;
    let begun = begin(desk, client, fresh);
    leaving::turned_to(desk, leaving, begun.is_ok())?;
    let (number, answers) = begun?;
    let since = (at, desk.clock.monotonic_ms());
    let counselor = desk.staff()?.name.clone();
    let day = words.day(desk.now().local.date);
    let demo = if desk.seat()?.settings.value.demo { "DEMO, " } else { "" };
    let head = format!("{demo}{}", fill(&words.head, &[("agency", &desk.front.name), ("day", &day)]));
    desk.seat_mut()?.turned = Some(TurnedTo { client, number, since, wrong: 0 });
    desk.epoch += 1;
    let (epoch, idle_ms) = (desk.epoch, IDLE_MS);
    let view = TurnedView { epoch, client, number, page, answers, head, counselor, idle_ms };
    Ok(Answer::Turned(Box::new(view)))
}

/// One's own answers of a client that are not taken over.
fn own(desk: &Desk, client: ClientId) -> Result<Option<KeptDraft>, Fault> {
    let me = desk.staff()?.id;
    let is_it = |head: &DraftHead| head.kind == DocKind::Answers && head.by == me;
    let head = desk.books().drafts(client)?.into_iter().find(is_it);
    head.map(|head| draft::find_own(desk, client, head.number)).transpose()
}

/// One's own answers of a client among the drafts of their chart, as the chart shows them.
pub(super) fn open_answers(
    desk: &Desk,
    client: ClientId,
    drafts: &[DraftLine],
) -> Result<Option<Box<OpenAnswers>>, Fault> {
    let me = desk.staff()?.id;
    let Some(line) = drafts.iter().find(|line| line.kind == DocKind::Answers && line.by == me) else {
        return Ok(None);
    };
    let kept = draft::find_own(desk, client, line.number)?;
    let DraftBody::Answers(answers) = kept.body else { return Ok(None) };
    Ok(Some(Box::new(OpenAnswers { number: line.number, saved: line.saved, answers })))
}

/// Begins the draft of the client's answers, or takes up the one that is not taken over.
fn begin(desk: &mut Desk, client: ClientId, fresh: ClientAnswers) -> Result<(Number, ClientAnswers), Fault> {
    let now = desk.moment();
    if let Some(kept) = own(desk, client)? {
        let number = kept.head.number;
        desk.check_nothing_waits(client, number)?;
        let answers = match &kept.body {
            DraftBody::Answers(before) if before.is_same_page(&fresh) => go_on(before, fresh),
            _ => fresh,
        };
        let mut unit = desk.autosave_unit(&kept.head)?;
        let body = DraftBody::Answers(answers.clone());
        unit.put(&kept, &body, draft::about(&body), now);
        desk.books_mut().commit_draft(&unit)?;
        return Ok((number, answers));
    }
    let number = desk.books().drafts(client)?.iter().map(|draft| draft.number).max().unwrap_or(0) + 1;
    let mut doc = DraftDoc::new(client, number, desk.staff()?.id, now, DraftBody::Answers(fresh.clone()));
    doc.head.meta = draft::about(&doc.body).into_bytes();
    let mut unit = desk.unit(Capability::WriteChart, Act::DraftOpened, Some(client), number)?;
    unit.put_draft(&doc);
    desk.commit(unit)?;
    Ok((number, fresh))
}

/// The page anew, with what was answered on the page before. What was answered to another wording is kept behind it. A name is
/// typed again where the page is another one.
fn go_on(before: &ClientAnswers, mut fresh: ClientAnswers) -> ClientAnswers {
    let mut rest: Vec<Marked> = Vec::new();
    for line in before.marked() {
        match fresh.lines.iter_mut().find(|one| (one.about, &one.to) == (line.about, &line.to)) {
            Some(one) => *one = line.clone(),
            None => rest.push(line.clone()),
        }
    }
    let same = (before.version, before.episode) == (fresh.version, fresh.episode) && rest.is_empty();
    fresh.lines.append(&mut rest);
    if same {
        fresh.signs = before.signs;
        fresh.name.clone_from(&before.name);
        fresh.why.clone_from(&before.why);
    }
    fresh.copy = before.copy;
    form::go_on(&before.form, &mut fresh.form);
    fresh
}

/// A client's answers are written by the client alone: while the screen is turned, and only as marks, words and a name.
pub(super) fn check(desk: &Desk, save: &DraftSave, stored: &DraftBody) -> Result<(), Fault> {
    let (DraftBody::Answers(now), DraftBody::Answers(before)) = (&save.body, stored) else { return Ok(()) };
    let turned = desk.seat()?.turned.as_ref();
    let is_it = turned.is_some_and(|turned| (turned.client, turned.number) == (save.client, save.number));
    if !is_it {
        return Err(Fault::denied(
            "Only the client changes what they marked. Turn the screen to them again.",
        ));
    }
    let long = |words: &str| words.len() > LONGEST;
    if !before.can_become(now) || long(&now.name) || long(&now.why) || long(&now.form.words) {
        return Err(Fault::internal("the turned screen saves marks and words alone"));
    }
    if now.lines.iter().any(|line| long(&line.words)) {
        return Err(Fault::internal("words that are longer than the turned screen takes"));
    }
    Ok(())
}

fn back(desk: &mut Desk, save: Option<DraftSave>, secret: &Secret) -> Result<Answer, Fault> {
    let now = (desk.moment(), desk.clock.monotonic_ms());
    let turned = desk.seat()?.turned.clone();
    let turned = turned.ok_or_else(|| Fault::user("The screen is not turned."))?;
    if turned.wrong >= TRIES {
        return Err(Fault::new(FaultKind::Locked, "Five wrong tries: only a lock ends this."));
    }
    // The client's words come first: with them in memory alone nobody turns back.
    if let Some(save) = save {
        saved(desk, &save)?;
    }
    if desk.doorkeeper.check(&desk.clock).is_err() {
        return Ok(Answer::TurnedBack(TurnedBack::Wait));
    }
    if pin::is_the_kind(desk, secret) && turned.for_ms(now) > PIN_MS {
        return Ok(Answer::TurnedBack(TurnedBack::PinOver));
    }
    match check_again(desk, secret) {
        Ok(()) => {}
        Err(fault) if fault.kind == FaultKind::Denied => {
            let wrong = turned.wrong + 1;
            desk.seat_mut()?.turned = Some(TurnedTo { wrong, ..turned });
            return Ok(Answer::TurnedBack(TurnedBack::Wrong { left: TRIES - wrong }));
        }
        Err(fault) => return Err(fault),
    }
    let TurnedTo { client, number, .. } = turned;
    let kept = draft::find_own(desk, client, number)?;
    desk.seat_mut()?.turned = None;
    desk.epoch += 1;
    let unit = desk.draft_unit(Capability::WriteDraft, Act::TurnedBack, &kept.head, number)?;
    if draft::is_blank(&kept.body) {
        let mut gone = desk.draft_unit(Capability::WriteDraft, Act::TurnedBack, &kept.head, number)?;
        gone.delete_draft(&kept);
        match desk.commit(gone) {
            Ok(_) => desk.draft_forgotten(client, number),
            // An empty draft that stays harms nobody; the counselor gets the screen back.
            Err(fault) if fault.kind == FaultKind::Storage => desk.record(unit)?,
            Err(fault) => return Err(fault),
        }
    } else {
        desk.draft_speaks(client, number, &kept.body);
        desk.record(unit)?;
    }
    let chart = Box::new(chart::view(desk, client)?);
    desk.seat_mut()?.work.tell();
    Ok(Answer::TurnedBack(TurnedBack::Back { epoch: desk.epoch, chart }))
}

/// One's own draft in which only what the client said about signing their plan is left: it goes with the next version.
pub(super) fn waiting(desk: &Desk, client: ClientId) -> Result<Option<KeptDraft>, Fault> {
    let waits = |kept: &KeptDraft| matches!(&kept.body, DraftBody::Answers(one) if one.waits_for_a_version());
    Ok(own(desk, client)?.filter(waits))
}

impl Desk {
    /// Whether the screen is turned to a client.
    pub(super) fn is_turned(&self) -> bool {
        self.seat().is_ok_and(|seat| seat.turned.is_some())
    }
}

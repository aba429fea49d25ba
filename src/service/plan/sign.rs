//! Signing a plan as its next version, and the answers of those who hold no key.
//!
//! What is signed is what was on the screen: a piece that somebody changed since is named, with whose change it was and when.

use super::super::api::{Answer, ChartView, DraftBody, DraftSave, Piece, PlanSigning, Secret, Seen};
use super::super::chart;
use super::super::desk::Desk;
use super::super::documents::draft::find_own;
use super::super::documents::entries::Lives;
use super::super::documents::kind::{self, Around, Document, Known};
use super::super::documents::sign::{facts, put, sign_with};
use super::super::door::check_again;
use super::super::fault::{Fault, FaultKind};
use super::super::turned;
use super::super::unit::Unit;
use super::history;
use crate::domain::{
    Act, Attested, ClientId, Date, DocKind, LevelDecision, LifeWhat, Moment, Number, OwnFacts, Party,
    PlanText, SignedHow, VersionFacts, counted,
};
use crate::rules::access::Capability;
use crate::rules::plan::change::between;
use crate::rules::plan::review::decided;
use crate::rules::plan::signing::{attested_lacks, level_lacks, signing_lacks};
use crate::rules::plan::version::{OfAge, VersionState, states, waits_for};
use crate::rules::when;
use crate::store::{DocHead, DocText, StoreError};

/// A version while it is signed.
pub(in crate::service) struct Version {
    pub text: PlanText,
    pub on: Date,
}

impl Document for Version {
    fn amends(&self) -> Number {
        0
    }

    fn reason(&self) -> &str {
        &self.text.facts.why_words
    }

    fn on(&self) -> Date {
        self.on
    }

    fn check(&self, _desk: &mut Desk) -> Result<(), Fault> {
        Ok(())
    }

    fn freeze(&self, _around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        Ok((OwnFacts::Plan(self.text.facts.clone()), DocText::of_plan(&self.text)?))
    }

    fn about(&self) -> String {
        format!("version {} of the plan", self.text.facts.version)
    }

    fn is_blank(&self) -> bool {
        false
    }

    fn signed_words(&self, _late: bool) -> &'static str {
        "The plan is signed."
    }

    fn next_words(&self) -> &'static str {
        "Its next version holds what changes from now on."
    }
}

/// Signs the plan of the open episode as its next version.
pub(super) fn sign(
    desk: &mut Desk,
    signing: PlanSigning,
    seen: &Seen,
    passphrase: &Secret,
) -> Result<Answer, Fault> {
    let client = signing.client;
    let chart = chart::view(desk, client)?;
    as_on_the_screen(desk, &chart, seen)?;
    check(desk, &chart, &signing, chart.level())?;
    if signing.at_screen > 0 {
        let plan = &chart.plan.plan;
        turned::signed_at_the_screen(desk, client, signing.at_screen, plan, &signing.attested)?;
    }
    // What the client said at the screen is used, or the signer chose another way.
    let at_screen = turned::waiting(desk, client)?;
    check_again(desk, passphrase)?;
    let number = next_version(desk, client)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::DocumentSigned, Some(client), number)?;
    let version = put_version(desk, &mut unit, &chart, signing, number)?;
    if let Some(draft) = &at_screen {
        unit.delete_draft(draft);
    }
    desk.commit(unit)?;
    let said = said_of_signing(desk, client, version)?;
    desk.seat_mut()?.forget_steps(client);
    desk.done_for_good(client, said)
}

/// Signs a review, and what changed of the plan as its next version: one signature makes both, in one act.
pub(super) fn with_review(
    desk: &mut Desk,
    save: &DraftSave,
    signing: PlanSigning,
    seen: &Seen,
    passphrase: &Secret,
) -> Result<Answer, Fault> {
    let client = signing.client;
    if save.client != client {
        return Err(Fault::internal("a review is signed with the plan of the same chart"));
    }
    let chart = chart::view(desk, client)?;
    as_on_the_screen(desk, &chart, seen)?;
    find_own(desk, client, save.number)?;
    kind::of(&save.body).check(desk)?;
    let level = match &save.body {
        DraftBody::Review(review) => decided(review, chart.level()),
        _ => None,
    };
    check(desk, &chart, &signing, level.as_ref().or(chart.level()))?;
    check_again(desk, passphrase)?;
    let mut version = 0;
    let review = sign_with(desk, save, |desk, unit| {
        let number = next_version(desk, client)?;
        unit.also(desk.permit(Capability::WriteChart, Some(client))?, Act::DocumentSigned, number);
        version = put_version(desk, unit, &chart, signing, number)?;
        Ok(())
    })?;
    let said = said_of_signing(desk, client, version)?;
    desk.done_for_good(client, format!("{review} {said}"))
}

/// What is signed is what was on the screen.
fn as_on_the_screen(desk: &Desk, chart: &ChartView, seen: &Seen) -> Result<(), Fault> {
    let now = chart.seen();
    let Some(piece) = now.keys().chain(seen.keys()).find(|piece| now.get(piece) != seen.get(piece)).copied()
    else {
        return Ok(());
    };
    let (what, by, at) = newest_change(desk, chart, piece)?;
    let at = desk.clock.local(at);
    let when = if at.date == desk.now().local.date {
        format!("at {}", at.time)
    } else {
        format!("on {}", when::short(at.date, desk.now().local.date))
    };
    let by = if by.is_empty() { "another person".to_owned() } else { by };
    Err(Fault::new(FaultKind::Conflict, format!("Not signed: {what} was changed by {by} {when}."))
        .hint("Look at it again, then sign."))
}

/// Who changed a piece last, and when.
fn newest_change(desk: &Desk, chart: &ChartView, piece: Piece) -> Result<(String, String, Moment), Fault> {
    let seat = desk.seat()?;
    let plan = &chart.plan.plan;
    Ok(match piece {
        Piece::Line(name) => {
            let line = plan.line(name).map(|line| line.line().clone()).unwrap_or_default();
            (name.to_string(), line.changed_by_name, line.changed_at)
        }
        Piece::Problem(number) => {
            let problem = plan.problem(number).cloned().unwrap_or_default();
            (format!("P{number}"), seat.name_of(problem.changed_by), problem.changed_at)
        }
        Piece::Basics => {
            let basics = &plan.basics;
            let what = "what belongs to the plan besides its lines";
            (what.to_owned(), seat.name_of(basics.changed_by), basics.changed_at)
        }
        Piece::Answers => {
            let newest = plan.agreements.iter().max_by_key(|one| one.number).cloned().unwrap_or_default();
            (format!("the answer to {}", newest.about), newest.by_name, newest.typed_at)
        }
        Piece::Contract => ("the contract".to_owned(), String::new(), chart.plan.contract.changed_at),
        Piece::Wants => ("what the client wants".to_owned(), String::new(), desk.moment()),
        Piece::Diagnosis(_) => ("a diagnosis".to_owned(), String::new(), desk.moment()),
        Piece::Level(_) => ("the level of care".to_owned(), String::new(), desk.moment()),
    })
}

/// What keeps a plan from being signed, before any passphrase is asked; with the level of care that holds once it is.
fn check(
    desk: &Desk,
    chart: &ChartView,
    signing: &PlanSigning,
    level: Option<&LevelDecision>,
) -> Result<(), Fault> {
    let today = desk.now().local.date;
    let Some(episode) = chart.open_episode() else {
        return Err(Fault::user("Not signed: a plan belongs to an open episode. Admit the person first."));
    };
    let plan = &chart.plan.plan;
    if !plan.lines().any(|line| line.line().state.is_open()) {
        return Err(Fault::user(
            "Not signed: the plan has no goal yet. Add one with [key:add-below] on a problem.",
        ));
    }
    let newest = chart.plan.newest(episode.number);
    if let (Some(newest), Some(last)) = (newest, &chart.plan.last)
        && between(last, plan).count() == 0
    {
        let day = when::short(newest.signed, today);
        return Err(Fault::user(format!("Nothing changed since version {} ({day}).", newest.facts.version)));
    }
    let blocks = desk.practice.rules.blocks;
    if let Some(why) = level_lacks(level, blocks) {
        return Err(Fault::user(format!("Not signed: {why}"))
            .hint("Write the reason beside the level, on the page of diagnoses and level of care."));
    }
    let answers = signing.answers(newest.is_none());
    match signing_lacks(answers, blocks, today).or_else(|| attested_lacks(&signing.attested, today)) {
        Some((_, lacks)) => Err(Fault::user(format!("Not signed: {lacks}"))),
        None => Ok(()),
    }
}

/// The number of the document that the next version of the plan will be.
fn next_version(desk: &Desk, client: ClientId) -> Result<Number, Fault> {
    desk.books().next_in::<DocHead>(client, &DocKind::Plan.numbers())
}

/// Puts the next version of the plan into a unit, under a number of its own; answers which version it is.
fn put_version(
    desk: &mut Desk,
    unit: &mut Unit,
    chart: &ChartView,
    signing: PlanSigning,
    number: Number,
) -> Result<u32, Fault> {
    let client = signing.client;
    let (at, today) = (desk.moment(), desk.now().local.date);
    let version = Version { text: text(desk, chart, &signing)?, on: today };
    let of_plan = version.text.facts.version;
    let person = &chart.client.value;
    let around = Around {
        client: person,
        problems: &[],
        lines: &[],
        formats: &desk.formats,
        author: desk.staff()?,
        at,
        begun: at,
        late: false,
        contact: false,
        number,
        known: Known::Nothing,
    };
    let doc_facts = facts(desk, client, &version, &around)?;
    let keys = &desk.books().keys()?.keys;
    let head = put(unit, &desk.books().store_id(), &version, doc_facts, &around, keys)?;
    let attested = signing.attested;
    if attested.how.is_some() {
        let mut lives = Lives::default();
        lives.add(desk, &head, LifeWhat::Attested(Box::new(attested)))?;
        lives.put(unit);
    }
    Ok(of_plan)
}

/// What is frozen: the plan as it is in the chart.
fn text(desk: &Desk, chart: &ChartView, signing: &PlanSigning) -> Result<PlanText, Fault> {
    let plan = &chart.plan.plan;
    let author = desk.staff()?;
    let lines = plan.lines().filter(|line| line.line().state.is_open()).count();
    let newest = chart.plan.versions.iter().map(|one| one.facts.version).max().unwrap_or(0);
    let episode = chart.open_episode();
    let facts = VersionFacts {
        version: newest + 1,
        kind: signing.kind,
        why: signing.why,
        why_words: signing.why_words.trim().to_owned(),
        took_part: signing.took_part,
        took_part_words: signing.took_part_words.trim().to_owned(),
        participants: signing.participants.trim().to_owned(),
        look_again: signing.look_again,
        asks: desk.practice.parties.clone(),
        lines: u16::try_from(lines).unwrap_or(u16::MAX),
    };
    let holds =
        |one: &&crate::domain::Diagnosis| one.kind.holds() && one.in_error.is_empty() && one.until.is_none();
    Ok(PlanText {
        client_name: chart.client.value.legal_name(),
        record_no: chart.client.value.record_no.clone(),
        author: author.signature_name(),
        problems: plan.problems.clone(),
        goals: plan.goals.clone(),
        objectives: plan.objectives.clone(),
        methods: plan.methods.clone(),
        agreements: plan.agreements.clone(),
        basics: plan.basics.clone(),
        contract: chart.plan.contract.clone(),
        diagnoses: chart.diagnoses.iter().map(|kept| &kept.value).filter(holds).cloned().collect(),
        wants: chart.wants.as_ref().map(|kept| kept.value.clone()).unwrap_or_default(),
        level: chart.level().cloned().unwrap_or_default(),
        required: episode.filter(|one| one.mandated).map(|one| one.mandate.clone()).unwrap_or_default(),
        facts,
    })
}

/// What is shown after a version was signed or answered: whether it is in force, else what is missing.
fn said(desk: &mut Desk, client: ClientId, version: u32) -> Result<String, Fault> {
    let chart = chart::view(desk, client)?;
    let today = desk.now().local.date;
    let of = OfAge::of(&chart.client.value);
    let ended = |number| chart.has_ended(number);
    let all = states(&chart.plan.versions, of, ended, today);
    let state = chart.plan.versions.iter().zip(all).find(|(one, _)| one.facts.version == version);
    Ok(match state.map(|(_, state)| state) {
        Some(VersionState::Active(day)) if day == today => format!("Plan {version} is signed and in force."),
        Some(VersionState::Active(day)) => {
            format!("Plan {version} is in force since {}.", when::short(day, today))
        }
        Some(VersionState::Proposed(missing)) => {
            format!("Plan {version} is signed by you. It {}.", waits_for(&missing))
        }
        _ => format!("Recorded for plan {version}."),
    })
}

/// As [`said`], with what was signed without the client's answer to it.
fn said_of_signing(desk: &mut Desk, client: ClientId, version: u32) -> Result<String, Fault> {
    let unasked = not_asked(&chart::view(desk, client)?);
    Ok(format!("{}{unasked}", said(desk, client, version)?))
}

/// How many lines nobody asked about, and the key that asks; empty where all was asked.
fn not_asked(chart: &ChartView) -> String {
    match usize::from(chart.plan.plan.agreed().unasked) {
        0 => String::new(),
        lines => {
            let lines = counted(lines, "line was", "lines were");
            format!(" {lines} not asked yet: [key:ask-agreement] on Wants asks the client.")
        }
    }
}

/// What keeps an answer to a version that is signed from being recorded. Answers its number among the versions.
pub(in crate::service) fn check_attested(
    desk: &Desk,
    chart: &ChartView,
    number: Number,
    attested: &Attested,
) -> Result<u32, Fault> {
    let today = desk.now().local.date;
    let of = OfAge::of(&chart.client.value);
    let all = states(&chart.plan.versions, of, |number| chart.has_ended(number), today);
    let found = chart.plan.versions.iter().zip(all).find(|(one, _)| one.doc == number);
    let Some((version, state)) = found else { return Err(Fault::user("This version is not in the chart.")) };
    if !matches!(state, VersionState::Active(_) | VersionState::Proposed(_)) {
        return Err(Fault::user("Not recorded: this version is over. Only the newest one is answered."));
    }
    let by_client = attested.whose == Party::Client;
    if !by_client && attested.how == Some(SignedHow::Guardian) {
        return Err(Fault::internal("a guardian signs for the client"));
    }
    if attested.how.is_none() {
        return Err(Fault::user("Not recorded: choose how it was answered."));
    }
    if attested.given < version.signed {
        return Err(Fault::user("Not recorded: \"Given on\" is before the day this version was signed."));
    }
    match attested_lacks(attested, today) {
        Some((_, lacks)) => Err(Fault::user(format!("Not recorded: {lacks}"))),
        None => Ok(version.facts.version),
    }
}

/// Records how the client or a guardian answered a version that is signed already.
pub(super) fn attest(
    desk: &mut Desk,
    client: ClientId,
    number: Number,
    attested: Attested,
    passphrase: &Secret,
) -> Result<Answer, Fault> {
    let chart = chart::view(desk, client)?;
    let version = check_attested(desk, &chart, number, &attested)?;
    check_again(desk, passphrase)?;
    let head = history::head(desk, client, number)?;
    let mut unit = desk.unit(Capability::WriteChart, Act::DocumentAttested, Some(client), number)?;
    let mut lives = Lives::default();
    lives.add(desk, &head, LifeWhat::Attested(Box::new(attested)))?;
    lives.put(&mut unit);
    desk.commit(unit)?;
    let said = said(desk, client, version)?;
    desk.seat_mut()?.forget_steps(client);
    desk.done_for_good(client, said)
}

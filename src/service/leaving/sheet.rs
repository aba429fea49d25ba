//! The pages themselves: what each says, with its head and its foot.

use super::super::api::{ChartView, DocPart, DocView, LeaveRequest, Sheet};
use super::super::chart;
use super::super::desk::Desk;
use super::super::documents::{self, read};
use super::super::fault::Fault;
use super::super::groups;
use super::super::plan;
use crate::domain::{
    Administration, Block, CheckIn, ClientId, ClockTime, Content, Date, LifeState, Marked, Number, Paper,
    Recipient, SafetyText, Session, SessionState, TurnedPage,
};
use crate::packs::{PageWords, fill, page_words};
use crate::rules::discharge::page::page;
use crate::rules::leaving::usual_paper;
use crate::rules::own_line;
use crate::rules::plan::change::between;
use crate::rules::plan::changes_page::changes_page;
use crate::rules::plan::client_page::{Around, Reader, client_page, unfilled};
use crate::rules::plan::log_page::log_page;
use crate::rules::plan::page_signed::PageSigned;
use crate::rules::plan::staff_page::{self, plan_page, thread};
use crate::rules::plan::turned_page::turned_page;
use crate::rules::plan::version::answer_words;
use crate::rules::safety::card;
use crate::rules::when::{self, with_year};

/// Makes a page, and says of which episode its plan is.
pub(super) fn make(desk: &mut Desk, request: &LeaveRequest) -> Result<(Sheet, Number), Fault> {
    let chart = chart::view(desk, request.client)?;
    let today = desk.now().local.date;
    let words = &words_for(&request.to, &request.language, called(&chart));
    let content = content(desk, request, &chart, words)?;
    let for_client = matches!(
        request.paper,
        Paper::ClientPage
            | Paper::Changes
            | Paper::Leaving(_)
            | Paper::SafetyCard(_)
            | Paper::LogSheet(_)
            | Paper::OwnLine
    );
    if for_client {
        refuse_blanks(&content)?;
    }
    let client = &chart.client.value;
    let day = words.day(today);
    let head = fill(&words.head, &[("agency", &desk.front.name), ("day", &day)]);
    let version = version(request.paper, &chart);
    let foot = if for_client {
        let (sentence, version) = match version {
            None => (&words.foot, 0),
            Some(Printed::Unsigned) => (&words.foot_unsigned, 0),
            Some(Printed::Changed(version)) => (&words.foot_changed, version),
            Some(Printed::Plan(version)) => (&words.foot_plan, version),
        };
        fill(sentence, &[("name", called(&chart)), ("day", &day), ("version", &version.to_string())])
    } else {
        let by = desk.staff()?.signature_name();
        let version = version.map(Printed::staff_words).unwrap_or_default();
        let (no, name) = (&client.record_no, client.legal_name());
        format!("{no} {name}{version}, printed {} by {by}", with_year(today))
    };
    let demo = if desk.seat()?.settings.value.demo { "DEMO, invented. " } else { "" };
    let sheet = Sheet {
        content,
        card: matches!(request.paper, Paper::SafetyCard(_)),
        large: request.large,
        size: desk.seat()?.house.rules.paper.unwrap_or_else(|| usual_paper(&desk.front.zone)),
        head: if request.neutral { String::new() } else { head },
        foot: format!("{demo}{foot}"),
        page: words.page.clone(),
        language: words.language.clone(),
        made: today,
        file: format!("{}-{today}", file_name(request.paper, &request.to)),
    };
    let episode = chart.episodes.first().map_or(0, |kept| kept.value.number);
    let episode = chart.open_episode().map_or(episode, |episode| episode.number);
    Ok((sheet, episode))
}

/// Which version of a plan a page is of.
#[derive(Clone, Copy)]
enum Printed {
    Unsigned,
    /// The plan was changed since this one.
    Changed(u32),
    /// It reads as this one.
    Plan(u32),
}

impl Printed {
    /// What stands behind the name on paper for staff.
    fn staff_words(self) -> String {
        match self {
            Self::Unsigned => ", plan not signed".to_owned(),
            Self::Changed(version) => format!(", changed since plan {version}"),
            Self::Plan(version) => format!(", plan {version}"),
        }
    }
}

/// Which version of the plan a page is of; `None` where it is of no plan (case N22: every page says it).
fn version(paper: Paper, chart: &ChartView) -> Option<Printed> {
    match paper {
        Paper::Leaving(_) | Paper::SafetyCard(_) | Paper::Form | Paper::LogSheet(_) | Paper::OwnLine => None,
        Paper::Document(number) => {
            let signed = chart.plan.versions.iter().find(|version| version.doc == number)?;
            Some(Printed::Plan(signed.facts.version))
        }
        Paper::ClientPage | Paper::Changes | Paper::Plan | Paper::Problem(_) => {
            let newest = chart.open_episode().and_then(|episode| chart.plan.newest(episode.number));
            Some(newest.map_or(Printed::Unsigned, |newest| {
                let version = newest.facts.version;
                if reads_as_signed(chart) { Printed::Plan(version) } else { Printed::Changed(version) }
            }))
        }
    }
}

/// Whether the plan still reads as its newest version.
fn reads_as_signed(chart: &ChartView) -> bool {
    chart.plan.last.as_ref().is_some_and(|last| between(last, &chart.plan.plan).count() == 0)
}

fn file_name(paper: Paper, to: &Recipient) -> &'static str {
    match paper {
        Paper::ClientPage if matches!(to, Recipient::Guardian(_)) => "plan-for-guardian",
        Paper::ClientPage => "my-plan",
        Paper::Changes => "my-plan-new",
        Paper::Plan => "plan",
        Paper::Problem(_) => "problem",
        Paper::Document(_) => "document",
        Paper::Leaving(_) => "what-comes-next",
        // Nobody who sees the name of the file learns what is in it.
        Paper::SafetyCard(_) => "my-card",
        Paper::Form => "form",
        Paper::LogSheet(_) => "my-log",
        Paper::OwnLine => "my-line",
    }
}

/// A page with a blank is nobody's own words yet.
fn refuse_blanks(content: &Content) -> Result<(), Fault> {
    match unfilled(content).first() {
        None => Ok(()),
        Some(line) => Err(Fault::user(format!("A line has a blank that is not filled in: {line}"))
            .hint("Press [key:edit-line] on it and write what belongs there.")),
    }
}

fn content(
    desk: &mut Desk,
    request: &LeaveRequest,
    chart: &ChartView,
    words: &PageWords,
) -> Result<Content, Fault> {
    let today = desk.now().local.date;
    let client = &chart.client.value;
    let view = &chart.plan;
    let wants = chart.wants.as_ref().map(|kept| &kept.value);
    let birth = client.birth.date().map(|on| format!("born {}", with_year(on))).unwrap_or_default();
    let of = [client.legal_name().as_str(), &client.record_no, &birth].map(str::to_owned);
    let of: Vec<String> = of.into_iter().filter(|part| !part.is_empty()).collect();
    let around = staff_page::Around { of: &of.join(", "), wants, today };
    match request.paper {
        Paper::ClientPage => {
            around_client(desk, chart, reader(&request.to), |around| client_page(&view.plan, around, words))
        }
        Paper::Changes => {
            let (shown, then) = plan::since_seen(desk, client.id)?;
            let since = desk.clock.local(shown.at).date;
            Ok(changes_page(&then, &view.plan, since, called(chart), words))
        }
        Paper::Plan => Ok(plan_page(&view.plan, &around)),
        Paper::Problem(number) => thread(&view.plan, number, &around)
            .ok_or_else(|| Fault::user(format!("P{number} is no longer on the list of problems."))),
        Paper::Document(number) => {
            let view = read::read(desk, client.id, number)?;
            let added = view.addenda.iter().map(|part| part.number);
            groups::check_page(desk, client.id, &[number].into_iter().chain(added).collect::<Vec<_>>())?;
            Ok(document(&view, &of.join(", "), today))
        }
        Paper::Leaving(number) => leaving(desk, chart, number, words),
        Paper::SafetyCard(number) => safety_card(desk, chart, number, words),
        Paper::LogSheet(number) => log_sheet(chart, number, today, words),
        Paper::OwnLine => own_line(desk, chart, |around| own_line::content(around, words)),
        Paper::Form => {
            Err(Fault::user("A form is filled in at the turned screen: [key:turn-screen] on its page."))
        }
    }
}

/// Makes something of what the client answered over time.
pub(in crate::service) fn own_line<T>(
    desk: &Desk,
    chart: &ChartView,
    make: impl FnOnce(&own_line::Around<'_>) -> Option<T>,
) -> Result<T, Fault> {
    let checkins: Vec<&CheckIn> = chart.checkins.iter().map(|kept| &kept.value).collect();
    let measures: Vec<&Administration> = chart.measures.iter().map(|kept| &kept.value).collect();
    let file = |key: &str| desk.measures.find(key).filter(|one| !one.private);
    let around =
        own_line::Around { name: called(chart), checkins: &checkins, measures: &measures, file: &file };
    make(&around).ok_or_else(|| {
        Fault::user("There is nothing to show yet: no check-in and no score of this client's own.")
            .hint("Take a check-in or a measure first.")
    })
}

/// What comes next for the client, as a discharge summary that counts says it. The summary is read for that, and so recorded.
fn leaving(desk: &mut Desk, chart: &ChartView, number: Number, words: &PageWords) -> Result<Content, Fault> {
    let client = chart.client.value.id;
    if !chart.discharges.iter().any(|one| one.doc == number && one.stands) {
        return Err(Fault::user("This discharge summary does not count any more. Open the newest one."));
    }
    read::read(desk, client, number)?;
    let text = documents::text(desk, client, number)?.discharge()?;
    let page = page(&text.discharge, called(chart), &desk.front.help_now, words);
    page.ok_or_else(|| {
        Fault::user("This summary says nothing of what comes next, so there is no page to make.")
    })
}

/// The client's pocket card, from a safety plan that counts. The plan is read for that, and so recorded.
fn safety_card(
    desk: &mut Desk,
    chart: &ChartView,
    number: Number,
    words: &PageWords,
) -> Result<Content, Fault> {
    let (text, on) = safety_text(desk, chart, number)?;
    Ok(card(&text, called(chart), on, &desk.front.help_now, words))
}

/// A safety plan that counts, and the day it was signed.
pub(in crate::service) fn safety_text(
    desk: &mut Desk,
    chart: &ChartView,
    number: Number,
) -> Result<(SafetyText, Date), Fault> {
    let client = chart.client.value.id;
    let found = chart.safeties.iter().find(|one| one.doc == number && one.stands);
    let Some(on) = found.map(|one| one.on) else {
        return Err(Fault::user("This safety plan does not count any more. Open the newest one."));
    };
    read::read(desk, client, number)?;
    Ok((documents::text(desk, client, number)?.safety()?, on))
}

/// A blank sheet for the log of an objective, while that is open.
fn log_sheet(chart: &ChartView, number: Number, today: Date, words: &PageWords) -> Result<Content, Fault> {
    let plan = &chart.plan.plan;
    let (Some(log), Some(objective)) = (plan.log(number), plan.objective(number)) else {
        return Err(Fault::user(format!("O{number} has no log, so there is no sheet to make.")));
    };
    match log.closed(objective) {
        Some(_) => Err(Fault::user(format!("The log of O{number} is closed, so there is no sheet to make."))),
        None => Ok(log_page(&log.log, called(chart), today, words)),
    }
}

/// Who reads a page.
fn reader(to: &Recipient) -> Reader<'_> {
    match to {
        Recipient::Client | Recipient::Staff => Reader::Client,
        Recipient::Guardian(to) => Reader::Guardian(&to.is.name, &to.left_off),
    }
}

/// The words around a page, for whoever reads it.
pub(in crate::service) fn words_for(to: &Recipient, language: &str, client: &str) -> PageWords {
    let words = page_words(language);
    match to {
        Recipient::Client | Recipient::Staff => words.clone(),
        Recipient::Guardian(_) => words.for_guardian(client),
    }
}

/// Makes something of the client's plan with what is around it.
fn around_client<T>(
    desk: &Desk,
    chart: &ChartView,
    reader: Reader<'_>,
    make: impl FnOnce(&Around<'_>) -> T,
) -> Result<T, Fault> {
    let today = desk.now().local.date;
    let counselor = chart.open_episode().map(|episode| episode.counselor);
    let counselor = counselor.map(|id| desk.seat().map(|seat| seat.name_of(id))).transpose()?;
    let review = desk.caseload_context()?.due().review(&chart.person.summary, today);
    Ok(make(&Around {
        name: called(chart),
        wants: chart.wants.as_ref().map(|kept| &kept.value),
        contract: &chart.plan.contract,
        counselor: &counselor.unwrap_or_default(),
        sessions: &coming(desk, chart.client.value.id)?,
        review: review.map(|review| review.on),
        help_now: &desk.front.help_now,
        signed: last_signed(chart),
        today,
        reader,
    }))
}

/// The client's plan as it is turned to them, and the lines they can answer.
pub(in crate::service) fn turned(
    desk: &Desk,
    chart: &ChartView,
    to: &Recipient,
    words: &PageWords,
) -> Result<(TurnedPage, Vec<Marked>), Fault> {
    around_client(desk, chart, reader(to), |around| {
        refuse_blanks(&client_page(&chart.plan.plan, around, words))?;
        Ok(turned_page(&chart.plan.plan, around, words))
    })?
}

/// How the newest version of the open episode was signed, and whether the plan still reads so.
fn last_signed(chart: &ChartView) -> Option<PageSigned<'_>> {
    let newest = chart.plan.newest(chart.open_episode()?.number)?;
    Some(PageSigned::of(newest, reads_as_signed(chart)))
}

/// What the client is called.
pub(in crate::service) fn called(chart: &ChartView) -> &str {
    let client = &chart.client.value;
    if client.preferred.trim().is_empty() { &client.name.given } else { client.preferred.trim() }
}

/// The sessions of a client that are to come.
fn coming(desk: &Desk, client: ClientId) -> Result<Vec<(Date, ClockTime)>, Fault> {
    let now = desk.now().local;
    let mut found: Vec<(Date, ClockTime)> = Vec::new();
    for kept in desk.books().list::<Session>(client)? {
        let session = kept.value;
        if session.state == SessionState::Planned && (session.date, session.start) >= (now.date, now.time) {
            found.push((session.date, session.start));
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// A signed document with its signatures, and with what was added to it.
fn document(view: &DocView, of: &str, today: Date) -> Content {
    let mut blocks = vec![Block::About(of.to_owned())];
    for life in view.lives.iter().filter(|life| life.number == view.part.number && !life.stands()) {
        let state =
            if life.superseded_by > 0 { "An amended version took its place." } else { "Entered in error." };
        blocks.push(Block::About(format!(
            "This document does not count any more. {state} {}",
            with_year(today)
        )));
    }
    blocks.extend(view.part.content.blocks.iter().cloned());
    for added in &view.addenda {
        blocks.push(Block::Heading {
            key: String::new(),
            words: format!("Added {}", when::at(added.signed, today)),
        });
        blocks.extend(added.content.blocks.iter().cloned());
        blocks.push(signed(added, today));
    }
    blocks.push(Block::Heading { key: "signed".to_owned(), words: "Signed".to_owned() });
    blocks.push(signed(&view.part, today));
    for one in view.co_signed.iter().filter(|one| one.number == view.part.number) {
        let words = format!("{}, {}", one.name, when::at(one.at, today));
        blocks.push(Block::Answer { label: "Co-signed by".to_owned(), words });
    }
    let life = view.lives.iter().find(|life| life.number == view.part.number);
    let waits = life.is_some_and(|life| matches!(life.state, LifeState::AwaitsCosign | LifeState::Returned));
    if waits {
        let words = "not yet: it waits for a co-signature.".to_owned();
        blocks.push(Block::Answer { label: "Co-signed by".to_owned(), words });
    }
    for one in life.iter().flat_map(|life| &life.attested) {
        let words = format!("{} Recorded by {}.", answer_words(&one.what, today), one.by_name);
        blocks.push(Block::Answer { label: "Answered".to_owned(), words });
    }
    Content { title: view.part.content.title.clone(), blocks }
}

fn signed(part: &DocPart, today: Date) -> Block {
    let holds = if part.intact { "" } else { ". The signature is NOT valid" };
    let words = format!("{}, {}{holds}", part.by, when::at(part.signed, today));
    Block::Answer { label: "Signed by".to_owned(), words }
}

//! A life as a chart: episode, assessments, needs, wants, problems. Notes stand in `notes`.

use super::days;
use super::dice::Dice;
use super::lives::{CellWords, Life, ProblemWords};
use super::notes;
use super::people::{self, Part};
use super::phrases::named;
use super::{Chart, PROGRAM, Plan, SET, background, forms, heard};
use super::{left, plans, reviews, safety, versions, work};
use crate::domain::{
    Assessment, Cell, Client, ClientId, ClockTime, Date, DimensionRef, Episode, ImmediateNeed, Moment,
    NeedSource, NeedState, Number, Problem, ProblemStatus, Purpose, ReferralKept, Severity, Staff, StaffId,
    Stage, Wants,
};
use crate::rules::need::story::{Acting, decided, raised};

/// What the parts of one story share.
pub(super) struct Story<'a> {
    pub plan: &'a Plan<'a>,
    pub life: &'static Life,
    pub id: ClientId,
    /// What they are called.
    pub name: String,
    pub counselor: &'a Staff,
    pub admitted: Date,
    /// Days since admission.
    pub since: i32,
    /// Which stay it is: the first, or the second of somebody who came back.
    pub stay: Number,
}

impl Story<'_> {
    pub(super) fn at(&self, date: Date, hour: u16, minute: u16) -> Moment {
        (self.plan.instant)(date, ClockTime(hour * 60 + minute))
    }

    pub(super) fn said(&self, text: &str) -> String {
        named(text, &self.name)
    }
}

pub(super) fn chart(plan: &Plan<'_>, staff: &[Staff], index: u32) -> Chart {
    let mut dice = Dice::new(plan.seed, u64::from(index));
    let part = people::part(index);
    let life = match part {
        Part::Own(life) | Part::Like(life) => Some(life),
        Part::None => None,
    };
    let own = matches!(part, Part::Own(_));
    let counselor = counselor(staff, life.filter(|_| own), &mut dice);
    let by = counselor.map(|staff| staff.id).unwrap_or_default();
    let client = people::client(plan, index, &part, by, &mut dice);
    match (life, counselor) {
        (Some(life), Some(counselor)) => told(plan, staff, (index, life), own, client, counselor, &mut dice),
        _ if [left::LEFT, left::PAST_ITS_TIME].contains(&index) => left::gone(plan, staff, client, index),
        _ => bare(client),
    }
}

fn bare(client: Client) -> Chart {
    Chart { client, ..Chart::default() }
}

fn counselor<'a>(staff: &'a [Staff], life: Option<&Life>, dice: &mut Dice) -> Option<&'a Staff> {
    let login = match life {
        Some(life) => life.counselor,
        None => dice.pick(&["rosa", "malik", "june", "teo", "rosa"]),
    };
    staff.iter().find(|staff| staff.login == login)
}

fn told(
    plan: &Plan<'_>,
    staff: &[Staff],
    (index, life): (u32, &'static Life),
    own: bool,
    mut client: Client,
    counselor: &Staff,
    dice: &mut Dice,
) -> Chart {
    let since = match (own, life.since) {
        (true, since) if since < 15 => since,
        (true, since) => since - dice.between(0, since / 12),
        (false, _) => dice.between(8, 360),
    };
    let name = if client.preferred.is_empty() { &client.name.given } else { &client.preferred };
    let left = left::before(plan, life.flag("back").filter(|_| own), client.id, counselor);
    let story = Story {
        plan,
        life,
        id: client.id,
        name: name.clone(),
        counselor,
        admitted: plan.today.plus_days(-since),
        since,
        stay: if left.is_some() { 2 } else { 1 },
    };
    let begun_before = left.as_ref().map(|left| left.episode.admitted.plus_days(4));
    let begun = left.as_ref().map_or(story.admitted, |left| left.episode.admitted);
    client.created = story.at(begun, 9, 0);
    let episode = episode(&story, staff, dice);
    let mut notes = notes::notes(&story, dice);
    let sessions = days::sessions(&story, index, &mut notes);
    let assessments = assessments(&story, &episode, dice);
    let problems: Vec<Problem> =
        life.problems.iter().enumerate().map(|(at, it)| problem(&story, at, it)).collect();
    let agreed = plans::plan(&story, &problems);
    plans::serve(&agreed, &mut notes);
    let (wants, background) = (wants(&story), background::of(&story));
    let around =
        versions::Around { client: &client, problems: &problems, wants: &wants, background: &background };
    let versions = versions::of(&story, &agreed, &around);
    let beside = reviews::Beside {
        versions: &versions,
        assessments: &assessments,
        notes: &notes,
        sessions: &sessions,
        wants: &wants,
        background: &background,
    };
    let reviews = reviews::of(&story, &agreed, &beside);
    let needs = if own || dice.one_in(8) { needs(&story, &assessments) } else { Vec::new() };
    let (checkins, measures) = if own { heard::of(&story, staff, &assessments) } else { Default::default() };
    Chart {
        wants: Some(wants),
        problems,
        agreed,
        versions,
        reviews,
        left,
        safety: own.then(|| safety::of(&story)).flatten(),
        background,
        alerts: heard::alerts(&story, &checkins, &measures),
        ways: if own { work::ways(&story) } else { None },
        ruptures: if own { work::ruptures(&story) } else { Vec::new() },
        short: if own { forms::of(&story, begun_before) } else { Vec::new() },
        checkins,
        measures,
        drafts: if own { notes::draft(&story) } else { Vec::new() },
        client,
        episodes: vec![episode],
        assessments,
        needs,
        notes,
        sessions,
    }
}

fn episode(story: &Story<'_>, staff: &[Staff], dice: &mut Dice) -> Episode {
    let life = story.life;
    let team = if dice.one_in(9) {
        staff.iter().filter(|s| s.login == "june" && s.id != story.counselor.id).map(|s| s.id).collect()
    } else {
        Vec::new()
    };
    Episode {
        client: story.id,
        number: story.stay,
        program: PROGRAM.to_owned(),
        admitted: story.admitted,
        discharged: None,
        referral: life.referral.to_owned(),
        mandated: life.flag("mandate").is_some(),
        mandate: life.flag("mandate").unwrap_or_default().to_owned(),
        counselor: story.counselor.id,
        team,
        review_days: review_days(story),
        created: story.at(story.admitted, 9, 20),
        created_by: story.counselor.id,
        chosen: 0,
    }
}

/// Whose review is over, so that not everybody is in time.
fn review_over(story: &Story<'_>) -> bool {
    story.since > 60 && (story.life.given.len() + story.life.family.len()) % 5 == 3
}

fn review_days(story: &Story<'_>) -> u16 {
    match story.life.level {
        "2.1" | "2.5" => 30,
        _ if review_over(story) => 30,
        "OTP" => 60,
        _ => 90,
    }
}

/// The days of the completed assessments, oldest first.
fn assessment_days(story: &Story<'_>, dice: &mut Dice) -> Vec<Date> {
    let count = story.life.ratings.len() as i32;
    let first = (story.since / 4).min(5);
    let ago = match story.since {
        since if review_over(story) => 33 + since % 5,
        since if since > 60 => dice.between(4, 24),
        since => dice.between(1, (since / 6).max(1)),
    };
    let last = (story.since - ago).max(first);
    (0..count)
        .map(|at| {
            let day = if count == 1 { first } else { first + (last - first) * at / (count - 1) };
            weekday(story.admitted.plus_days(day), story.plan.today)
        })
        .collect()
}

/// The nearest working day that is not after yesterday.
pub(super) fn weekday(date: Date, today: Date) -> Date {
    working_day(date).min(today.plus_days(-1))
}

/// The day itself, or the working day beside it.
pub(super) fn working_day(date: Date) -> Date {
    use chrono::{Datelike, Weekday};
    match date.naive().weekday() {
        Weekday::Sat => date.plus_days(-1),
        Weekday::Sun => date.plus_days(1),
        _ => date,
    }
}

fn assessments(story: &Story<'_>, episode: &Episode, dice: &mut Dice) -> Vec<(Assessment, Moment)> {
    let days = assessment_days(story, dice);
    let mut made = Vec::with_capacity(days.len());
    for (at, (row, day)) in story.life.ratings.iter().zip(&days).enumerate() {
        let cells =
            row.iter().zip(1..).map(|(severity, n)| cell(story, n, *severity, at, days.len())).collect();
        let assessment = Assessment {
            client: story.id,
            number: at as Number + 1,
            episode: episode.number,
            set: SET.to_owned(),
            purpose: if at == 0 { Purpose::TreatmentPlanning } else { Purpose::Reassessment },
            date: *day,
            by: story.counselor.id,
            sources: sources(story, at),
            cells,
            amends: 0,
            reason: String::new(),
        };
        made.push((assessment, story.at(*day, 17, 5 + at as u16)));
    }
    made
}

fn sources(story: &Story<'_>, at: usize) -> String {
    match story.life.close.first() {
        Some(close) if at == 0 => format!("{} in person; {close} by phone, consent on file", story.name),
        _ => format!("{} in person; notes since the last assessment", story.name),
    }
}

/// One cell: at intake as the life tells it, later from what happened in that dimension since.
fn cell(story: &Story<'_>, dimension: u8, severity: Option<Severity>, at: usize, of: usize) -> Cell {
    let life = story.life;
    let mut cell = Cell { dimension, severity, ..Cell::default() };
    if severity.is_none() {
        return cell;
    }
    let known: Option<&CellWords> = life.cells.iter().find(|words| words.dimension == dimension);
    if let Some(known) = known {
        cell.history = story.said(known.history);
        cell.strengths = story.said(known.strengths);
    }
    let problem = life.problems.iter().find(|problem| problem.dimension == dimension);
    let mine: Vec<_> = life.events.iter().filter(|event| event.dimension == dimension).collect();
    let event =
        if at == 0 { None } else { mine.get((mine.len() * at).div_ceil(of.max(1)).saturating_sub(1)) };
    match (event, known, problem) {
        (Some(event), _, _) => {
            cell.here_and_now = story.said(first_sentence(event.data));
            cell.words = quote(event.data).map(|said| story.said(said)).unwrap_or_default();
        }
        (None, Some(known), _) => {
            cell.here_and_now = story.said(known.now);
            if at == 0 {
                cell.words = story.said(known.words);
            }
        }
        (None, None, Some(problem)) => {
            cell.here_and_now = story.said(problem.wording);
            if at == 0 {
                cell.words = story.said(problem.words);
            }
        }
        _ => {}
    }
    cell
}

fn first_sentence(text: &str) -> &str {
    match text.split_once(". ") {
        Some((first, _)) if !first.contains('"') => first,
        _ => text,
    }
}

/// What stands in quotation marks, if it is long enough to be a saying.
fn quote(text: &str) -> Option<&str> {
    let inside = text.split('"').nth(1)?;
    (inside.len() > 12).then(|| inside.trim_end_matches(','))
}

fn dimension(number: u8) -> DimensionRef {
    DimensionRef { set: SET.to_owned(), number }
}

fn needs(story: &Story<'_>, assessments: &[(Assessment, Moment)]) -> Vec<ImmediateNeed> {
    let mut needs = Vec::new();
    let by = story.counselor.id;
    let mut add = |number: u8, raised_at, reason: &str, source, state: Option<NeedState>| {
        let acting = Acting { by, at: raised_at };
        let key = (story.id, needs.len() as Number + 1);
        let mut need = raised(key, dimension(number), &story.said(reason), source, acting);
        if let Some(state) = state {
            // The demo's own states follow one from another.
            let _ = decided(&mut need, state, acting);
        }
        needs.push(need);
    };
    if let Some((number, words)) = story.life.flag("now").and_then(|rest| rest.split_once('|')) {
        let mut fields = words.split('|').map(str::trim);
        let reason = fields.next().unwrap_or_default();
        let state = fields.next().map(|action| NeedState::InHand {
            action: story.said(action),
            owner: by,
            recheck_at: next_hour(story.plan.now.plus_ms(2 * Moment::HOUR)),
        });
        let raised = story.at(weekday(story.plan.today.plus_days(-1), story.plan.today), 15, 40);
        add(number.trim().parse().unwrap_or(3), raised, reason, NeedSource::Clinician, state);
    }
    if let Some((number, reason)) = story.life.flag("ask").and_then(|rest| rest.split_once('|')) {
        let raised = assessments.last().map_or(story.plan.now, |(_, signed)| *signed);
        let number = number.trim().parse().unwrap_or(1);
        add(number, raised, reason.trim(), NeedSource::Rating, None);
    }
    needs
}

fn next_hour(at: Moment) -> Moment {
    Moment(at.0.div_euclid(Moment::HOUR) * Moment::HOUR + Moment::HOUR)
}

fn wants(story: &Story<'_>) -> Wants {
    Wants {
        wants: story.said(story.life.wants),
        why_now: story.said(story.life.why_now),
        first: story.life.first.clone(),
        set: SET.to_owned(),
        words: String::new(),
        on: weekday(story.admitted.plus_days(story.since / 20), story.plan.today),
        by: story.counselor.id,
        barriers: String::new(),
        preferences: String::new(),
    }
}

fn problem(story: &Story<'_>, at: usize, words: &ProblemWords) -> Problem {
    let today = story.plan.today;
    let day = |part: i32, of: i32| {
        weekday(story.admitted.plus_days(story.since * part / of.max(1)), today).max(story.admitted)
    };
    let added = day(at as i32, 8);
    let (status, status_on) = status(story, words.status, added);
    let changed = story.at(status_on.max(added), 16, 30);
    Problem {
        client: story.id,
        number: at as Number + 1,
        wording: story.said(words.wording),
        words: story.said(words.words),
        dimension: dimension(words.dimension),
        second: None,
        stages: stages(words, added, &day),
        status,
        status_on,
        rank: at as u32 + 1,
        code: None,
        added_at: story.at(added, 11, 15),
        added_by: story.counselor.id,
        added_by_name: story.counselor.signature_name(),
        changed_at: changed,
        changed_by: story.counselor.id,
        episode: story.stay,
        ..Problem::default()
    }
}

fn stages(words: &ProblemWords, added: Date, day: &dyn Fn(i32, i32) -> Date) -> Vec<(Date, Stage)> {
    let count = words.stages.len() as i32;
    let dated = |(at, stage): (i32, &Stage)| (day(at, count).max(added), *stage);
    (0..count).zip(&words.stages).map(dated).collect()
}

fn status(story: &Story<'_>, text: &str, added: Date) -> (ProblemStatus, Date) {
    let today = story.plan.today;
    let lately = |days: i32| weekday(today.plus_days(-days.min(story.since / 2)), today).max(added);
    match text.split_once(':') {
        Some(("D", rest)) => {
            let (reason, days) = rest.rsplit_once(':').unwrap_or((rest, "30"));
            let revisit = today.plus_days(days.trim().parse().unwrap_or(30));
            (ProblemStatus::Deferred { reason: reason.to_owned(), revisit }, lately(12))
        }
        Some(("R", to)) => (
            ProblemStatus::Referred {
                to: to.to_owned(),
                kept: ReferralKept::Made,
                look_again: Some(today.plus_days(21)),
            },
            lately(25),
        ),
        Some(("S", note)) => (ProblemStatus::Resolved { note: note.to_owned() }, lately(40)),
        _ => (ProblemStatus::Active, added),
    }
}

/// Who a note is signed by: the counselor, always.
pub(super) fn author(story: &Story<'_>) -> StaffId {
    story.counselor.id
}

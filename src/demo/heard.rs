//! Measures that were filled in, a low mood over the weeks along the ratings of its dimension; and check-ins after sessions.

use super::dice::Dice;
use super::story::Story;
use crate::domain::{
    Administration, Alert, AlertAnswer, AlertDone, AlertFact, Assessment, CheckIn, Date, HowTaken,
    Hundredths, Moment, Number, Reply, Severity, Staff,
};
use crate::packs::{self, Instrument};
use crate::rules::alerts::{self as rules, Goes};
use crate::rules::scoring::score;
use crate::rules::{alliance, measured};

/// The dimension whose ratings the measures follow, and from which rating on they were taken.
const DIMENSION: u8 = 3;
const FROM: Severity = Severity::Moderate;
/// Days between two, and how many at most.
const EVERY: i32 = 14;
const MOST: i32 = 12;
/// Items in the order in which a low mood shows: sleep first, the last item never.
const ORDER: [usize; 8] = [2, 3, 1, 0, 6, 4, 5, 7];

/// Check-ins and measures of a life, oldest first, each numbered from 1.
pub(super) fn of(
    story: &Story<'_>,
    staff: &[Staff],
    assessments: &[(Assessment, Moment)],
) -> (Vec<CheckIn>, Vec<Administration>) {
    (checkins(story, staff), measures(story, assessments))
}

/// The measures of a life, oldest first, numbered from 1.
fn measures(story: &Story<'_>, assessments: &[(Assessment, Moment)]) -> Vec<Administration> {
    let Some(measure) = packs::instruments().iter().find(|measure| measure.key == "PHQ-9") else {
        return Vec::new();
    };
    let told = Told::of(story);
    if told.is_none() && rated(assessments, story.admitted.plus_days(7)).is_none_or(|first| first < FROM) {
        return Vec::new();
    }
    // A stream of its own: what else is told of a life stays as it is.
    let mut dice =
        Dice::new(story.plan.seed, u64::from_le_bytes([story.id.0[0], story.id.0[1], 0, 0, 9, 0, 0, 0]));
    let last = (story.since - 1) / EVERY;
    let days = (0..=last).skip(usize::try_from(last - MOST).unwrap_or_default());
    let mut all: Vec<Administration> = Vec::new();
    for (number, day) in (1..).zip(days) {
        let on = story.admitted.plus_days(day * EVERY);
        let severity = rated(assessments, on.plus_days(7)).unwrap_or(FROM);
        let usual = [3, 6, 11, 15, 20][severity as usize] + dice.between(-2, 2);
        let way = (i32::try_from(number).unwrap_or_default() - 1, (last - (last - MOST).max(0)).max(1));
        let total = told.and_then(|told| told.total(way)).unwrap_or(usual);
        let mut one = filled(story, measure, number, on, total);
        if let Ok(scored) = score(measure, &measured::replies(measure, &one), &measured::facts(&one)) {
            one.results = measured::results(&scored);
        }
        let series = measured::series(all.iter().chain([&one]), &one);
        let class = measured::class_of(measure, &series, &one).to_owned();
        one.class = class;
        all.push(one);
    }
    all
}

/// How the series of somebody goes, where their life says so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    /// From the clinical side to the other.
    Recovered,
    /// Worse from month to month.
    Worse,
    /// Full marks in every check-in.
    Perfect,
    /// Check-ins stop after a low one.
    Dropped,
    /// A colleague worked with them first.
    Changed,
}

impl Told {
    fn of(story: &Story<'_>) -> Option<Self> {
        Some(match story.life.flag("heard")? {
            "recovered" => Self::Recovered,
            "worse" => Self::Worse,
            "perfect" => Self::Perfect,
            "dropped" => Self::Dropped,
            _ => Self::Changed,
        })
    }

    /// The total of a sheet by its place among so many.
    fn total(self, (at, of): (i32, i32)) -> Option<i32> {
        match self {
            Self::Recovered => Some(18 - 14 * at / of),
            Self::Worse => Some(8 + 9 * at / of),
            Self::Perfect | Self::Dropped | Self::Changed => None,
        }
    }
}

/// The newest rating by a day.
fn rated(assessments: &[(Assessment, Moment)], by: Date) -> Option<Severity> {
    let before = assessments.iter().filter(|(assessment, _)| assessment.date <= by);
    let newest = before.max_by_key(|(assessment, _)| assessment.date)?;
    newest.0.cells.iter().find(|cell| cell.dimension == DIMENSION)?.severity
}

fn filled(story: &Story<'_>, measure: &Instrument, number: Number, on: Date, total: i32) -> Administration {
    let mut keys = [0_i16; 9];
    for at in 0..usize::try_from(total.clamp(0, 24)).unwrap_or_default() {
        keys[ORDER[at % ORDER.len()]] += 1;
    }
    let reply = |at: usize| keys.get(at).map_or(Reply::Blank, |key| Reply::Given(Hundredths::whole(*key)));
    let items = measure.items.iter().enumerate();
    Administration {
        client: story.id,
        number,
        episode: story.stay,
        measure: measure.key.clone(),
        version: measure.version,
        on,
        answered_by: "client".to_owned(),
        how: HowTaken::Paper,
        answers: items.map(|(at, item)| (item.id.clone(), reply(at))).collect(),
        shown: !number.is_multiple_of(3),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
        at: story.at(on, 16, 20),
        begun: story.at(on, 16, 18),
        ..Administration::default()
    }
}

/// Days between two check-ins, and how many at most.
const WEEK: i32 = 7;
const WEEKS: i32 = 10;
/// Weeks without a check-in of somebody who stopped.
const SILENT: i32 = 4;
/// What was said to the open question; most said nothing.
const SAID: [&str; 10] = [
    "Ask about the week first, then the form.",
    "",
    "It was a lot today.",
    "",
    "",
    "More time for the last part.",
    "",
    "Nothing. It was fine.",
    "",
    "Say it plainer.",
];

/// The check-ins of a life, oldest first, numbered from 1: the counselor guesses a little high, and one week goes worse.
fn checkins(story: &Story<'_>, staff: &[Staff]) -> Vec<CheckIn> {
    let seed = u64::from_le_bytes([story.id.0[2], story.id.0[3], 0, 0, 11, 0, 0, 0]);
    let mut dice = Dice::new(story.plan.seed, seed);
    let last = (story.since - 2).max(0) / WEEK;
    let dip = last - 1 - dice.between(0, 3);
    let weeks = (0..last).skip(usize::try_from(last - WEEKS).unwrap_or_default());
    let told = Told::of(story);
    let before = staff.iter().find(|one| one.login == "june" && one.id != story.counselor.id);
    let mut all = Vec::new();
    for (number, week) in (1..).zip(weeks) {
        if told == Some(Told::Dropped) && week > last - SILENT {
            break;
        }
        let on = story.admitted.plus_days(3 + week * WEEK);
        let usual = 3 + i32::from(week > 2);
        let mut keys = [0_i32; 3].map(|_| (usual + dice.between(0, 1)).min(5));
        if week == dip {
            keys[dice.below(3)] = 2;
        }
        let guess = keys.map(|key| (key + dice.between(0, 1)).clamp(3, 5));
        let mut said = dice.pick(&SAID);
        match told {
            Some(Told::Perfect) => (keys, said) = ([5; 3], "Everything is fine."),
            Some(Told::Dropped) if week == last - SILENT => {
                (keys, said) = ([4, 3, 2], "I do not know what else to say.");
            }
            _ => {}
        }
        let mut one = checkin(story, number, on, (keys, guess, said));
        if let Some(before) = before.filter(|_| told == Some(Told::Changed) && week < last - WEEKS / 2) {
            (one.about, one.about_name) = (before.id, before.signature_name());
            (one.by, one.by_name) = (before.id, before.signature_name());
        }
        all.push(one);
    }
    all
}

fn checkin(
    story: &Story<'_>,
    number: Number,
    on: Date,
    (keys, guess, words): ([i32; 3], [i32; 3], &str),
) -> CheckIn {
    let of = |keys: [i32; 3]| {
        let reply = |key: i32| Reply::Given(Hundredths(key * 100));
        let items = alliance::ITEMS.iter().map(|(item, _)| (*item).to_owned());
        items.zip(keys.map(reply)).collect()
    };
    CheckIn {
        client: story.id,
        number,
        episode: story.stay,
        on,
        about: story.counselor.id,
        about_name: story.counselor.signature_name(),
        answered_by: "client".to_owned(),
        form: "adult".to_owned(),
        version: 1,
        how: HowTaken::Aloud,
        answers: of(keys),
        guess: of(guess),
        question: alliance::QUESTIONS[0].to_owned(),
        words: words.to_owned(),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
        at: story.at(on, 16, 45),
        ..CheckIn::default()
    }
}

/// Days after which an alert of the demo was answered.
const ANSWERED_AFTER: i32 = 5;
/// What was done about alerts, in turn.
const DONE: [(AlertDone, &str); 4] = [
    (AlertDone::Talked, "We had gone too fast. Shorter forms first."),
    (AlertDone::MethodChanged, ""),
    (AlertDone::Consulted, "With Ingrid."),
    (AlertDone::Talked, ""),
];

/// The alerts that check-ins and measures of a life opened, by the rules of their files, numbered from 1. With every
/// second client nobody has answered yet what the newest check-in opened.
pub(super) fn alerts(story: &Story<'_>, checkins: &[CheckIn], measures: &[Administration]) -> Vec<Alert> {
    let mut all: Vec<Alert> = Vec::new();
    let find = |key: &str| packs::instruments().iter().find(|measure| measure.key == key);
    let form = find(alliance::CHECK_IN);
    for (at, one) in checkins.iter().enumerate() {
        let line: Vec<&CheckIn> =
            checkins[..=at].iter().filter(|other| alliance::is_alike(other, one)).collect();
        let heard = form.map(|form| rules::of_check_in(form, &line)).unwrap_or_default();
        let alert = Alert { about: one.about, measure: alliance::CHECK_IN.to_owned(), ..Alert::default() };
        open(story, &mut all, &heard, (alert, one.number, one.on));
    }
    for (at, one) in measures.iter().enumerate() {
        let Some(measure) = find(&one.measure) else { continue };
        let series: Vec<&Administration> = measures[..=at].iter().collect();
        let held = usize::try_from(one.on.days_since(story.admitted) / WEEK).unwrap_or_default();
        let heard = rules::of_measure(measure, &series, held);
        let alert = Alert { measure: one.measure.clone(), ..Alert::default() };
        open(story, &mut all, &heard, (alert, one.number, one.on));
    }
    // Of what was heard in the last check-in some wait, so that there is something to answer.
    let newest = checkins.last().map(|one| one.number).filter(|_| story.id.0[4].is_multiple_of(2));
    let waits = |alert: &Alert| {
        alert.measure == alliance::CHECK_IN && alert.facts.last().map(|fact| fact.source) == newest
    };
    let (waiting, mut rest): (Vec<Alert>, Vec<Alert>) = all.into_iter().partition(waits);
    answer_by(story, &mut rest, story.admitted.plus_days(story.since));
    rest.extend(waiting);
    rest.sort_by_key(|alert| alert.number);
    rest
}

/// Answers what was open for some days by then.
fn answer_by(story: &Story<'_>, all: &mut [Alert], day: Date) {
    for alert in all.iter_mut().filter(|alert| alert.is_open()) {
        let on = alert.since().plus_days(ANSWERED_AFTER);
        if on < day {
            let (done, words) = DONE[alert.number as usize % DONE.len()];
            alert.answer = Some(answer(story, done, words, on));
        }
    }
}

/// Puts what was heard where it goes, with what was answered by that day.
fn open(
    story: &Story<'_>,
    all: &mut Vec<Alert>,
    heard: &[rules::Heard],
    (alert, source, on): (Alert, Number, Date),
) {
    answer_by(story, all, on);
    for one in heard.iter().filter(|one| !one.hint) {
        let at = story.at(on, 16, 45);
        let fact = AlertFact { source, on, words: one.words.clone(), at, in_error: false };
        let line = all.iter().filter(|there| (&there.measure, there.about) == (&alert.measure, alert.about));
        match rules::goes(one.kind, line) {
            Goes::Nowhere => {}
            Goes::Into(open) => {
                all.iter_mut()
                    .filter(|there| there.number == open)
                    .for_each(|there| there.facts.push(fact.clone()));
            }
            Goes::New => all.push(Alert {
                client: story.id,
                number: all.len() as Number + 1,
                episode: 1,
                kind: one.kind,
                version: 1,
                answered_by: "client".to_owned(),
                facts: vec![fact],
                ..alert.clone()
            }),
        }
    }
}

fn answer(story: &Story<'_>, done: AlertDone, words: &str, on: Date) -> AlertAnswer {
    AlertAnswer {
        done,
        words: words.to_owned(),
        by: story.counselor.id,
        by_name: story.counselor.signature_name(),
        at: story.at(on, 17, 5),
        on,
    }
}

//! What a check-in or a filled-in measure says that asks for an answer, by the rules of its file (`alliance.md` 2 and 5).
//!
//! Owns which rules are true of the newest of a line. Critical answers are not among them: they propose an immediate need
//! (`service/heard.rs`). A missing answer is passed and never counts as 0. What lies before a later one opens nothing.

use super::{alliance, measured, scoring};
use crate::domain::{Administration, Alert, AlertKind, CheckIn, Date, Hundredths, Number, Score, Summary};
use crate::packs::{self, AlertKind as Rule, AlertRule, Better, Instrument, Scale};

#[cfg(test)]
mod tests;

/// Days for which an answered alert is still told of.
pub const TOLD_FOR: i32 = 14;
/// Days after which an alert that nobody answered is over.
pub const ANSWER_WITHIN: i32 = 7;

/// Something that was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub kind: AlertKind,
    /// It needs no answer.
    pub hint: bool,
    /// What was heard: `bond fell from 5 to 3`.
    pub words: String,
}

/// The scores of one sheet, by the places of the scales in the file.
type Row = Vec<Option<Score>>;

/// What the newest check-in of a line says. `line` is in the order in which they were taken.
pub fn of_check_in(form: &Instrument, line: &[&CheckIn]) -> Vec<Heard> {
    let row = |one: &&CheckIn| {
        let score = |scale: &Scale| one.reply(&scale.key).key().map(Score::from);
        form.scales.iter().map(score).collect()
    };
    let rows: Vec<Row> = line.iter().map(row).collect();
    by_scores(form, &rows)
}

/// What the newest of a series says. `series` is in the order in which they were filled in; `held` is the number of sessions
/// held in the stay by then.
pub fn of_measure(measure: &Instrument, series: &[&Administration], held: usize) -> Vec<Heard> {
    let row = |one: &&Administration| {
        let score = |scale: &Scale| one.result(&scale.key).and_then(|result| result.score);
        measure.scales.iter().map(score).collect()
    };
    let rows: Vec<Row> = series.iter().map(row).collect();
    let mut heard = by_scores(measure, &rows);
    heard.extend(measure.alerts.iter().filter_map(|rule| by_change(measure, rule, series, held)));
    heard
}

/// Low scores and falls. An alert about a scale leaves out its hints, and each scale is said once.
fn by_scores(measure: &Instrument, rows: &[Row]) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    for (at, scale) in measure.scales.iter().enumerate() {
        let looks = |rule: &&AlertRule| rule.scales.is_empty() || rule.scales.contains(&scale.key);
        let fired: Vec<&AlertRule> =
            measure.alerts.iter().filter(looks).filter(|rule| is_true(rule, scale, rows, at)).collect();
        let Some(rule) = fired.iter().find(|rule| !rule.hint).or(fired.first()) else { continue };
        let words = format!("{}{}", name(measure, scale), score_words(scale, rows, at));
        heard.push(Heard { kind: AlertKind::Alliance, hint: rule.hint, words });
    }
    heard.extend(full_marks(measure, rows));
    heard
}

/// `bond`, `WAI-SR goal`, `SRS`.
fn name(measure: &Instrument, scale: &Scale) -> String {
    let scale_name = scale.name.to_lowercase();
    match (measure.key == alliance::CHECK_IN, scale.key == "total") {
        (true, _) => scale_name,
        (false, true) => measure.key.clone(),
        (false, false) => format!("{} {scale_name}", measure.key),
    }
}

fn at(rows: &[Row], scale: usize) -> Option<Score> {
    rows.last()?.get(scale).copied().flatten()
}

/// The score before the newest one; a gap is passed.
fn before(rows: &[Row], scale: usize) -> Option<Score> {
    rows.iter().rev().skip(1).find_map(|row| row.get(scale).copied().flatten())
}

/// How far the second is worse than the first.
fn loss(scale: &Scale, before: Score, now: Score) -> Score {
    if scale.better == Better::Lower { now.minus(before) } else { before.minus(now) }
}

fn is_true(rule: &AlertRule, scale: &Scale, rows: &[Row], place: usize) -> bool {
    let Some(now) = at(rows, place) else { return false };
    let fell = |from: Option<Score>| {
        from.zip(rule.by).is_some_and(|(from, by)| loss(scale, from, now) >= Score::from(by))
    };
    match rule.rule {
        Rule::Below => rule.at.is_some_and(|least| now <= Score::from(least)),
        Rule::DropFromLast => fell(before(rows, place)),
        Rule::DropFromBaseline => {
            let first = rows[..rows.len() - 1].iter().find_map(|row| row.get(place).copied().flatten());
            fell(first)
        }
        _ => false,
    }
}

/// ` fell from 5 to 3`, ` is 3`.
fn score_words(scale: &Scale, rows: &[Row], place: usize) -> String {
    let Some(now) = at(rows, place) else { return String::new() };
    let shown = |score: Score| score.shown(score.decimals().max(scale.decimals));
    match before(rows, place).filter(|before| loss(scale, *before, now).is_positive()) {
        Some(before) => {
            let verb = if before > now { "fell" } else { "rose" };
            format!(" {verb} from {} to {}", shown(before), shown(now))
        }
        None => format!(" is {}", shown(now)),
    }
}

/// The same full marks again and again are no news about the work.
fn full_marks(measure: &Instrument, rows: &[Row]) -> Option<Heard> {
    let rule = measure.alerts.iter().find(|rule| rule.rule == Rule::FullMarks)?;
    let count = usize::from(rule.count?);
    let most = measure.items.first().map(|item| Score::from(measure.answers_of(item).bounds().1))?;
    let full = |row: &Row| {
        let mut given = row.iter().flatten().peekable();
        given.peek().is_some() && given.all(|score| *score >= most)
    };
    let newest = rows.len().checked_sub(count).and_then(|from| rows.get(from..))?;
    (count > 0 && newest.iter().all(full)).then(|| Heard {
        kind: AlertKind::Alliance,
        hint: rule.hint,
        words: format!("full marks {count} times in a row: ask what would be harder to say"),
    })
}

/// What two people in one room answered far apart about the newest session: it needs no answer.
pub fn split(form: &Instrument, all: &[&CheckIn]) -> Option<String> {
    let rule = form.alerts.iter().find(|rule| rule.rule == Rule::Split)?;
    let by = rule.by?;
    // A slip of a group is of another room.
    let told = || all.iter().filter(|one| one.in_error.is_empty() && !alliance::is_of_group(one));
    let newest = told().max_by_key(|one| one.taken())?;
    let room: Vec<&&CheckIn> =
        told().filter(|one| (one.on, one.about) == (newest.on, newest.about)).collect();
    let of_scale = |scale: &Scale| {
        let mut said: Vec<(Hundredths, &str)> = Vec::new();
        for one in &room {
            let who = if one.name.is_empty() { one.answered_by.as_str() } else { one.name.as_str() };
            if let Some(key) = one.reply(&scale.key).key() {
                // The newest of each person counts.
                said.retain(|(_, before)| *before != who);
                said.push((key, who));
            }
        }
        let (low, high) = (said.iter().min()?, said.iter().max()?);
        (high.0.0 - low.0.0 >= by.0)
            .then(|| format!("{} {}, {} {}", low.1, low.0, high.1, high.0))
            .map(|who| format!("split on {}: {who}", scale.name.to_lowercase()))
    };
    let splits: Vec<String> = form.scales.iter().filter_map(of_scale).collect();
    (!splits.is_empty()).then(|| splits.join("; "))
}

/// Worse than at first, or no better by the session by which it is looked for.
fn by_change(
    measure: &Instrument,
    rule: &AlertRule,
    series: &[&Administration],
    held: usize,
) -> Option<Heard> {
    let now = *series.last()?;
    let scale = measured::main_scale(measure)?;
    let first = measured::baseline(series, scale, now.episode).filter(|first| first.taken() < now.taken())?;
    let class = measured::change_of(measure, first, now)?.class?;
    let shown = |one: &Administration| measured::stored(measure, scale, one).shown();
    let (from, to) = (shown(first)?, shown(now)?);
    let (kind, words) = match (rule.rule, class) {
        (Rule::ReliableLoss, scoring::ChangeClass::Worse) => {
            (AlertKind::Worse, format!("{} is worse, from {from} to {to}", measure.key))
        }
        (Rule::NoReliableGain, scoring::ChangeClass::Unchanged) => {
            let by = rule.count?;
            let clinical = measured::stored(measure, scale, first).is_clinical() == Some(true);
            if held < usize::from(by) || !clinical {
                return None;
            }
            let words =
                format!("{} shows no reliable gain by session {by}: {from} at first, {to} now", measure.key);
            (AlertKind::NoGain, words)
        }
        _ => return None,
    };
    Some(Heard { kind, hint: rule.hint, words })
}

/// Where something newly heard goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// It opens an alert.
    New,
    /// It is a further fact of this open one.
    Into(Number),
    /// It was answered already: that there is no gain is looked for once in a stay, not at each sheet.
    Nowhere,
}

/// Where something of a kind goes, given the alerts of its line in its stay.
pub fn goes<'a>(kind: AlertKind, line: impl Iterator<Item = &'a Alert>) -> Goes {
    let (mut open, mut answered) = (None, false);
    for alert in line.filter(|alert| alert.kind == kind) {
        match &alert.answer {
            None => open = Some(alert.number),
            Some(answer) => answered |= answer.done.is_answer(),
        }
    }
    match open {
        Some(number) => Goes::Into(number),
        None if answered && kind == AlertKind::NoGain => Goes::Nowhere,
        None => Goes::New,
    }
}

/// Whether an alert is about this line of check-ins.
pub fn is_of_check_in(alert: &Alert, checkin: &CheckIn) -> bool {
    (alert.measure.as_str(), alert.about, &alert.answered_by, &alert.name)
        == (alliance::CHECK_IN, checkin.about, &checkin.answered_by, &checkin.name)
}

/// Whether an alert is about this series of filled-in measures.
pub fn is_of_measure(alert: &Alert, filled: &Administration) -> bool {
    (&alert.measure, &alert.answered_by, &alert.name) == (&filled.measure, &filled.answered_by, &filled.name)
}

/// What is open in what was heard of a client, as lists show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signal {
    /// The open alert that presses most.
    pub open: Option<AlertKind>,
    /// An alert that was answered in the last two weeks.
    pub answered: Option<AlertKind>,
    /// Sessions held since the client was last asked how the work goes, where that is too many or too long ago.
    pub unasked: Option<u8>,
}

impl Signal {
    /// What is so of a client on a day.
    pub fn of(summary: &Summary, today: Date) -> Self {
        let alerts = || summary.heard.alerts.iter();
        let told = |on: Date| today.days_since(on) <= TOLD_FOR;
        Self {
            open: alerts().filter(|alert| alert.answered.is_none()).map(|alert| alert.kind).min(),
            answered: alerts().filter(|alert| alert.answered.is_some_and(told)).map(|alert| alert.kind).min(),
            unasked: no_feedback(summary, today),
        }
    }

    /// The letter of the list: of an open alert, else `f` for no feedback asked.
    pub fn letter(self) -> Option<char> {
        self.open.map(AlertKind::letter).or(self.unasked.map(|_| 'f'))
    }

    /// What is said of it beside other reasons, in a few words each.
    pub fn words(self) -> impl Iterator<Item = String> {
        let open = self.open.map(|kind| format!("open alert: {}", kind.words()));
        let answered = self.answered.map(|kind| format!("alert answered: {}", kind.words()));
        let unasked = self.unasked.map(|held| format!("no feedback asked in {held} sessions"));
        [open, answered, unasked].into_iter().flatten()
    }
}

/// Sessions held, alone or with the family, since the client was last asked, where that is too many, or some were held and the first is too long ago.
fn no_feedback(summary: &Summary, today: Date) -> Option<u8> {
    let (count, days) = feedback_limit()?;
    let episode = summary.episode.as_ref()?;
    let asked = summary.heard.fed.unwrap_or(episode.admitted.plus_days(-1));
    let held: Vec<Date> = summary.days.apart.iter().copied().filter(|day| *day > asked).collect();
    let long = held.first().is_some_and(|first| today.days_since(*first) >= days);
    (held.len() >= count || long && held.len() > 1).then_some(held.len().min(usize::from(u8::MAX)) as u8)
}

/// Held sessions and days without feedback after which a hint says so, as the form of the check-in has it.
fn feedback_limit() -> Option<(usize, i32)> {
    let form = packs::instruments().iter().find(|form| form.key == alliance::CHECK_IN)?;
    let rule = form.alerts.iter().find(|rule| rule.rule == Rule::NoFeedback)?;
    Some((usize::from(rule.count?), i32::from(rule.days?)))
}

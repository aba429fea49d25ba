//! The notes of a story: what happened, week by week, in the life's own words.

use super::dice::Dice;
use super::lives::ProblemWords;
use super::phrases::{Gaps, fill, phrases};
use super::story::{Story, author, weekday};
use super::{Begun, Written};
use crate::domain::{ClockTime, Date, Modality, Mode, NoteDraft, Number, Section, Service};

/// Something a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beat {
    /// An event of the life.
    Event(usize),
    /// What became of the step agreed then.
    Follow(usize),
    /// What they like to speak of.
    Talk(usize),
    /// A call with somebody close.
    Call(usize),
    /// They did not come.
    Missed,
}

/// The signed notes, oldest first.
pub(super) fn notes(story: &Story<'_>, dice: &mut Dice) -> Vec<Written> {
    let beats = beats(story, dice);
    let days = days(story, beats.len(), dice);
    let turn = dice.below(1000);
    let hour = 9 + dice.below(8) as u16;
    let mut teller = Teller { story, turn, agreed: story.admitted };
    beats
        .iter()
        .zip(days)
        .map(|(beat, day)| {
            let mut note = teller.note(*beat, day, hour, dice);
            if let Some(plan) = note.sections.get_mut(2) {
                let next = weekday(day.plus_days(7), story.plan.today.plus_days(30));
                plan.text = format!("{} Next appointment {}.", plan.text, spoken(next));
            }
            let ended = note.service.start.0 + note.service.minutes;
            let signed_at =
                (story.plan.instant)(day, ClockTime((ended + 4 + dice.below(40) as u16).min(23 * 60 + 59)));
            Written { note, by: author(story), signed_at, episode: story.stay }
        })
        .collect()
}

/// How many notes the life's own pace gives.
fn pace(story: &Story<'_>) -> usize {
    let every = if story.life.level.starts_with('2') { 4 } else { 9 };
    let life = story.life;
    let told = 2 * (life.events.len() + life.threads.len() + life.close.len()) + 2;
    (story.since / every + 2).clamp(1, told as i32) as usize
}

fn beats(story: &Story<'_>, dice: &mut Dice) -> Vec<Beat> {
    let life = story.life;
    let wanted = story.plan.notes().map_or_else(|| pace(story), |notes| notes as usize);
    let events = life.events.len().min(wanted);
    let mut left = wanted - events;
    let mut groups: Vec<Vec<Beat>> = Vec::with_capacity(wanted);
    for at in 0..events {
        groups.push(vec![Beat::Event(at)]);
    }
    // Follow-ups first, oldest event first; the newest event's is still to come.
    for group in groups.iter_mut().take(events.saturating_sub(1)) {
        if left == 0 {
            break;
        }
        if let Some(Beat::Event(at)) = group.first().copied() {
            group.push(Beat::Follow(at));
            left -= 1;
        }
    }
    let mut extra = 0;
    while left > 0 {
        let beat = match extra % 4 {
            1 if !life.close.is_empty() => Beat::Call(extra / 4 % life.close.len()),
            3 if story.since > 40 => Beat::Missed,
            _ => Beat::Talk(extra % life.threads.len().max(1)),
        };
        let at = 1 + dice.below(groups.len());
        groups.insert(at.min(groups.len()), vec![beat]);
        extra += 1;
        left -= 1;
    }
    groups.concat()
}

/// So many days between admission and yesterday, in order.
fn days(story: &Story<'_>, count: usize, dice: &mut Dice) -> Vec<Date> {
    let today = story.plan.today;
    let ago = if story.since > 30 { dice.between(1, 11) } else { 1 };
    let span = (story.since - ago).max(1);
    let step = span / (count as i32).max(1);
    let mut last = story.admitted;
    (0..count as i32)
        .map(|at| {
            let even = if count == 1 { span } else { span * at / (count as i32 - 1) };
            let shaken = even + if step > 3 && at > 0 { dice.between(-step / 3, step / 3) } else { 0 };
            let day = weekday(story.admitted.plus_days(shaken.clamp(0, span)), today);
            last = day.max(last).max(story.admitted);
            last.min(today.plus_days(-1)).max(story.admitted)
        })
        .collect()
}

/// Tells beats in order; remembers when the last step was agreed.
struct Teller<'a> {
    story: &'a Story<'a>,
    turn: usize,
    agreed: Date,
}

impl Teller<'_> {
    fn note(&mut self, beat: Beat, day: Date, hour: u16, dice: &mut Dice) -> NoteDraft {
        let life = self.story.life;
        self.turn += 1;
        let event = match beat {
            Beat::Event(at) | Beat::Follow(at) => life.events.get(at),
            _ => None,
        };
        let (number, problem) = self.problem(event.map(|event| event.dimension));
        let (date, today) = (spoken(self.agreed), spoken(day));
        let close = match beat {
            Beat::Call(at) => life.close.get(at).copied().unwrap_or_default(),
            _ => "",
        };
        let gaps = Gaps {
            name: &self.story.name,
            topic: problem.map(|problem| problem.topic).unwrap_or_default(),
            step: event.map(|event| event.step).unwrap_or_default(),
            date: &date,
            day: &today,
            thread: pick(&life.threads, self.thread(beat)),
            close,
            stage: stage_word(problem, day, self.story),
            using: pick(&phrases().using, self.turn),
            k: dice.between(2, 6),
        };
        let (format, texts) = self.texts(beat, &gaps);
        if matches!(beat, Beat::Event(_)) {
            self.agreed = day;
        }
        let (kind, modality, mode) = match beat {
            Beat::Call(_) => ("case management", Modality::Collateral, Mode::Phone),
            Beat::Missed => ("case management", Modality::Individual, Mode::Phone),
            Beat::Event(0) if self.turn.is_multiple_of(3) => {
                ("assessment", Modality::Individual, Mode::Person)
            }
            _ => ("counseling", Modality::Individual, Mode::Person),
        };
        let minutes = match beat {
            Beat::Missed => 0,
            Beat::Call(_) => 10 + dice.below(3) as u16 * 5,
            _ => 45 + dice.below(3) as u16 * 5,
        };
        let start = ClockTime(hour * 60 + dice.below(4) as u16 * 15);
        NoteDraft {
            format: format.to_owned(),
            service: Service {
                modality: Some(modality),
                mode: Some(mode),
                ..Service::new(day, start, minutes, kind)
            },
            links: vec![number].into_iter().filter(|number| *number > 0).collect(),
            sections: sections(format, texts),
            ..NoteDraft::default()
        }
    }

    fn thread(&self, beat: Beat) -> usize {
        if let Beat::Talk(at) = beat { at } else { self.turn }
    }

    fn problem(&self, dimension: Option<u8>) -> (Number, Option<&'static ProblemWords>) {
        let problems = &self.story.life.problems;
        let found = problems.iter().position(|problem| Some(problem.dimension) == dimension);
        let at = found.unwrap_or(if problems.is_empty() { 0 } else { self.turn % problems.len() });
        (if problems.is_empty() { 0 } else { at as Number + 1 }, problems.get(at))
    }

    /// The format and the texts of its sections.
    fn texts(&self, beat: Beat, gaps: &Gaps<'_>) -> (&'static str, Vec<String>) {
        let all = phrases();
        let said = |list: &[&'static str], turn: usize| fill(pick(list, turn), gaps);
        let assess = || said(&all.assess, self.turn * 7);
        let beside = || said(&all.beside, self.turn * 5);
        match beat {
            Beat::Event(at) => {
                let mut data = self.story.said(self.story.life.events[at].data);
                if self.turn % 3 == 1 {
                    data = format!("{data} {}", beside());
                }
                ("DAP", vec![data, assess(), said(&all.next, self.turn * 5)])
            }
            Beat::Follow(_) => {
                let data = format!("{} {}", said(&all.follow, self.turn * 5), beside());
                let plan =
                    if self.turn.is_multiple_of(2) { "Keep going as it is." } else { "The same once more." };
                ("DAP", vec![data, assess(), format!("{plan} {}", again(gaps))])
            }
            Beat::Talk(_) => ("DAP", vec![said(&all.talk, self.turn * 3), assess(), again(gaps)]),
            Beat::Call(_) => ("narrative", vec![said(&all.call, self.turn)]),
            Beat::Missed => ("narrative", vec![said(&all.missed, self.turn)]),
        }
    }
}

fn again(gaps: &Gaps<'_>) -> String {
    match gaps.k {
        2 => fill("To bring along: an example of {topic}.", gaps),
        3 => fill("% keeps an eye on {topic} and on what comes just before.", gaps),
        4 => fill("Before the next hour: one person to tell about {topic}.", gaps),
        5 => fill("Make time for {thread}; see what it does to {topic}.", gaps),
        _ => fill("Write down which day was easiest as to {topic}.", gaps),
    }
}

fn pick(list: &[&'static str], at: usize) -> &'static str {
    if list.is_empty() { "" } else { list[at % list.len()] }
}

fn stage_word(problem: Option<&ProblemWords>, day: Date, story: &Story<'_>) -> &'static str {
    let Some(problem) = problem.filter(|problem| !problem.stages.is_empty()) else { return "preparation" };
    let passed = day.days_since(story.admitted).max(0) as usize;
    let at = passed * problem.stages.len() / (story.since.max(1) as usize);
    problem.stages[at.min(problem.stages.len() - 1)].word()
}

/// `4 Nov`, as people write it in a note.
fn spoken(date: Date) -> String {
    date.naive().format("%-d %b").to_string()
}

fn sections(format: &str, texts: Vec<String>) -> Vec<Section> {
    let known = crate::packs::format(format).map(|format| format.sections.as_slice()).unwrap_or_default();
    known
        .iter()
        .zip(texts)
        .map(|(section, text)| Section { key: section.key.clone(), title: section.title.clone(), text })
        .collect()
}

/// The draft the life has lying open, if any.
pub(super) fn draft(story: &Story<'_>) -> Vec<Begun> {
    let Some(text) = story.life.flag("draft") else { return Vec::new() };
    let day = weekday(story.plan.today.plus_days(-1), story.plan.today);
    let note = NoteDraft {
        format: "DAP".to_owned(),
        service: Service {
            modality: Some(Modality::Individual),
            mode: Some(Mode::Person),
            ..Service::new(day, ClockTime(13 * 60), 50, "counseling")
        },
        links: vec![1],
        sections: sections("DAP", vec![text.to_owned(), String::new(), String::new()]),
        ..NoteDraft::default()
    };
    vec![Begun { note, by: author(story), since: story.at(day, 13, 52) }]
}

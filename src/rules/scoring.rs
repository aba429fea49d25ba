//! Scores of filled-in measures: pure, exact, and by the figures of a measure file alone (`alliance.md` 2, `clinical.md` 7.2).
//!
//! A missing answer is never 0. An answer that asks for somebody at once is a fact of the result, whatever else is missing.

mod answers;
mod change;
mod extra;
#[cfg(test)]
mod extremes;
mod figure;
#[cfg(test)]
mod tests;

pub use answers::{WrongAnswers, read_answers};
pub use change::{Change, ChangeClass, change};
pub use extra::{ClusterCount, Finding, State, Triage};
pub use figure::{BandState, CutoffState, Fact, Facts};

use crate::domain::{Hundredths, Reply, Score};
use crate::packs::{Critical, Instrument, Item, Scale};

/// Why answers cannot be scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The item has no such answer.
    NoSuchAnswer {
        /// Place of the item.
        place: usize,
        /// What was given.
        given: Hundredths,
    },
    /// The measure is for people of this age and over.
    TooYoung(u8),
    /// The measure has no such form.
    NoSuchForm,
    /// This person does not fill it in.
    NotBy,
}

impl Refused {
    /// Returns the sentence for people: what is wrong and what would work.
    pub fn sentence(&self, measure: &Instrument) -> String {
        match self {
            Self::NoSuchAnswer { place, given } => {
                let item = &measure.items[*place];
                let answers = measure.answers_of(item);
                format!("{given} is no answer to {}; give {answers}", item.name())
            }
            Self::TooYoung(age) => format!("{} is for people of {age} and over", measure.key),
            Self::NoSuchForm if measure.forms.is_empty() => format!("{} has only one form", measure.key),
            Self::NoSuchForm => {
                format!("there is no such form of {}; there are: {}", measure.key, measure.forms.join(", "))
            }
            Self::NotBy => {
                let by: Vec<&str> = measure.by.iter().map(|by| by.word()).collect();
                format!("{} is filled in by: {}", measure.key, by.join(", "))
            }
        }
    }
}

/// Whether an item is asked, given the answers before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    /// It is asked.
    Yes,
    /// An earlier answer or the form leaves it out.
    No,
    /// The answer that decides about it is missing.
    Open,
}

/// The result of scoring one filled-in measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored<'a> {
    pub measure: &'a Instrument,
    /// How many items that count were answered.
    pub answered: usize,
    /// Places of the items that count and were not answered.
    pub blank: Vec<usize>,
    /// Every scale, in the order of the file.
    pub scales: Vec<ScaleScore<'a>>,
    /// Answers and scores that ask for somebody at once.
    pub critical: Vec<CriticalAnswer<'a>>,
    /// Critical rules about which nothing can be said, because an answer is missing: somebody has to ask.
    pub ask: Vec<&'a Critical>,
    /// Places of items whose answers are worth a word.
    pub notable: Vec<usize>,
    /// Places of items that have an answer although an earlier answer leaves them out. No scale counts them. The lowest answer is
    /// as if the item had not been asked, and is not listed.
    pub aside: Vec<usize>,
    /// Places of items that the form or an earlier answer leaves out.
    pub skipped: Vec<usize>,
    /// What the measure's special rule finds.
    pub finding: Option<Finding>,
}

/// The score of one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScaleScore<'a> {
    pub scale: &'a Scale,
    /// The score, or why there is none.
    pub score: Result<Score, NoScore>,
    /// How many of its items were not answered. With a score, their values are the mean of the others.
    pub missing: usize,
    /// What the score is called.
    pub band: Option<BandState<'a>>,
    /// Cut-offs that hold or could hold for this person.
    pub cutoffs: Vec<CutoffState<'a>>,
    /// Facts about the person that a band or a cut-off needs and that are not known.
    pub lacks: Vec<Fact>,
}

/// Why a scale has no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoScore {
    /// The form does not ask its items, or none of them was answered.
    NotTaken,
    /// More answers are missing than the measure allows.
    Missing,
    /// A critical item, at this place, was not answered; its value is never computed.
    CriticalBlank(usize),
}

/// An answer or a score that asks for somebody at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriticalAnswer<'a> {
    pub rule: &'a Critical,
    /// The answer as it was given, or the score.
    pub value: Score,
    /// Whether the score could still be higher, because answers are missing.
    pub at_least: bool,
}

impl ScaleScore<'_> {
    /// Whether the score is on the clinical side: the first cut-off decides. `None` if nobody knows.
    pub fn is_clinical(&self) -> Option<bool> {
        let words = &self.scale.cutoffs.first()?.words;
        let first = self.cutoffs.iter().find(|state| state.cutoff.words == *words)?;
        first.is_certain.then_some(first.is_met)
    }

    /// Whether missing answers were replaced by the mean of the others.
    pub fn is_prorated(&self) -> bool {
        self.score.is_ok() && self.missing > 0
    }

    /// Returns the score for people: a prorated one has a decimal at least.
    pub fn shown(&self) -> Option<String> {
        self.score.ok().map(|score| score.shown(self.decimals()))
    }

    /// Returns how many decimals it is shown with.
    pub fn decimals(&self) -> usize {
        self.scale.decimals.max(usize::from(self.is_prorated()))
    }
}

impl Scored<'_> {
    /// Whether anything was answered at all. If not, the measure was not taken.
    pub fn is_taken(&self) -> bool {
        self.answered > 0
    }

    /// Returns the total, if the measure has one.
    pub fn total(&self) -> Option<&ScaleScore<'_>> {
        self.scales.iter().find(|scale| scale.scale.key == "total")
    }
}

/// Scores the replies, one for each item of the measure, of a person of whom these facts are known.
pub fn score<'a>(
    measure: &'a Instrument,
    replies: &[Reply],
    facts: &Facts,
) -> Result<Scored<'a>, Vec<Refused>> {
    let sheet = Sheet::read(measure, replies, facts)?;
    let scales: Vec<ScaleScore<'a>> = measure.scales.iter().map(|scale| sheet.scale(scale, facts)).collect();
    let (critical, ask) = sheet.criticals(&scales);
    let counted = |place: &usize| sheet.asked[*place] == Asked::Yes && sheet.counts(*place);
    let (answered, blank): (Vec<usize>, Vec<usize>) =
        (0..measure.items.len()).filter(counted).partition(|place| sheet.worth[*place].is_some());
    let notable = measure.notables.iter().filter(|rule| sheet.worth(rule.place()) >= Some(rule.from));
    let notable = notable.map(crate::packs::Notable::place).collect();
    let aside = (0..measure.items.len()).filter(|place| sheet.is_aside(*place)).collect();
    let skipped = (0..measure.items.len()).filter(|place| sheet.asked[*place] == Asked::No).collect();
    let finding = measure.extra.as_ref().map(|rule| extra::find(rule, &sheet, &scales));
    Ok(Scored {
        measure,
        answered: answered.len(),
        blank,
        scales,
        critical,
        ask,
        notable,
        aside,
        skipped,
        finding: finding.flatten(),
    })
}

/// Returns a score that was reckoned before, with the cut-offs and the band that hold for a person of whom these facts are known.
pub fn stored<'a>(
    measure: &'a Instrument,
    scale: &'a Scale,
    score: Result<Score, NoScore>,
    missing: usize,
    facts: &Facts,
) -> ScaleScore<'a> {
    let (band, cutoffs, lacks) = match score {
        Ok(score) => figure::read(scale, score, measure, facts),
        Err(_) => (None, Vec::new(), Vec::new()),
    };
    ScaleScore { scale, score, missing, band, cutoffs, lacks }
}

/// A filled-in measure while it is scored.
struct Sheet<'a> {
    measure: &'a Instrument,
    /// The key of the answer that was given to each item.
    given: Vec<Option<Hundredths>>,
    /// What it is worth, turned round where the item is; nothing where the item is not asked.
    worth: Vec<Option<Hundredths>>,
    asked: Vec<Asked>,
}

impl<'a> Sheet<'a> {
    fn read(measure: &'a Instrument, replies: &[Reply], facts: &Facts) -> Result<Self, Vec<Refused>> {
        let mut refused = facts.refused(measure);
        let form = facts.form_of(measure);
        let mut sheet = Self { measure, given: Vec::new(), worth: Vec::new(), asked: Vec::new() };
        for (place, item) in measure.items.iter().enumerate() {
            let given = replies.get(place).copied().unwrap_or_default().key();
            let worth = given.and_then(|key| measure.worth(item, key));
            if let (Some(given), None) = (given, worth) {
                refused.push(Refused::NoSuchAnswer { place, given });
            }
            let asked = sheet.asks(item, form);
            sheet.given.push(given);
            sheet.worth.push(worth.filter(|_| asked != Asked::No));
            sheet.asked.push(if asked == Asked::Open && worth.is_some() { Asked::Yes } else { asked });
        }
        if refused.is_empty() { Ok(sheet) } else { Err(refused) }
    }

    /// Whether an item is asked after the items before it.
    fn asks(&self, item: &Item, form: Option<&str>) -> Asked {
        if !item.forms.is_empty() && !form.is_some_and(|form| item.forms.iter().any(|one| one == form)) {
            return Asked::No;
        }
        let Some((before, from)) = item.asked_by() else { return Asked::Yes };
        match (self.asked[before], self.worth[before]) {
            (Asked::No, _) => Asked::No,
            (_, None) => Asked::Open,
            (_, Some(worth)) => {
                if worth >= from {
                    Asked::Yes
                } else {
                    Asked::No
                }
            }
        }
    }

    fn worth(&self, place: usize) -> Option<Hundredths> {
        self.worth[place]
    }

    /// Whether an item says something although it is not asked.
    fn is_aside(&self, place: usize) -> bool {
        let item = &self.measure.items[place];
        let worth = self.given[place].and_then(|key| self.measure.worth(item, key));
        self.asked[place] == Asked::No && worth > Some(self.measure.answers_of(item).bounds().0)
    }

    /// Whether the measure is not whole without the item.
    fn counts(&self, place: usize) -> bool {
        let item = &self.measure.items[place];
        !item.unscored && !item.optional
    }

    fn scale(&self, scale: &'a Scale, facts: &Facts) -> ScaleScore<'a> {
        let asked = || scale.places().iter().filter(|place| self.asked[**place] != Asked::No);
        let missing = asked().filter(|place| self.worth[**place].is_none()).count();
        let score = self.reckon(scale, asked().count(), missing);
        stored(self.measure, scale, score, missing, facts)
    }

    fn reckon(&self, scale: &Scale, asked: usize, missing: usize) -> Result<Score, NoScore> {
        if asked == missing {
            return Err(NoScore::NotTaken);
        }
        let blank = |place: &&usize| self.asked[**place] != Asked::No && self.worth[**place].is_none();
        let critical = |place: &&usize| {
            self.measure.criticals.iter().any(|rule| rule.item.is_some() && rule.place() == **place)
        };
        if let Some(place) = scale.places().iter().filter(blank).find(critical) {
            return Err(NoScore::CriticalBlank(*place));
        }
        if missing > scale.missing.as_ref().map_or(0, |missing| missing.most) {
            return Err(NoScore::Missing);
        }
        let worths = scale.places().iter().filter_map(|place| self.worth[*place]);
        Ok(scale.of_sum(worths.map(|worth| i64::from(worth.0)).sum(), asked - missing))
    }

    /// Critical answers, and the rules that a missing answer leaves open.
    fn criticals(&self, scales: &[ScaleScore<'a>]) -> (Vec<CriticalAnswer<'a>>, Vec<&'a Critical>) {
        let (mut found, mut ask) = (Vec::new(), Vec::new());
        for rule in &self.measure.criticals {
            let (value, at_least) = match &rule.scale {
                None => (self.critical_answer(rule), false),
                Some(_) => self.critical_score(rule, &scales[rule.place()]),
            };
            match value {
                Some(value) => found.push(CriticalAnswer { rule, value, at_least }),
                None if self.is_open(rule, scales) => ask.push(rule),
                None => {}
            }
        }
        (found, ask)
    }

    /// A critical answer counts even where an earlier answer leaves its item out: two answers that contradict each other
    /// are a reason to ask.
    fn critical_answer(&self, rule: &Critical) -> Option<Score> {
        let place = rule.place();
        let given = self.given[place]?;
        let worth = self.measure.worth(&self.measure.items[place], given)?;
        (worth >= rule.from).then(|| given.into())
    }

    /// A critical score. Where answers are missing, the lowest score they could still make decides.
    fn critical_score(&self, rule: &Critical, scale: &ScaleScore<'_>) -> (Option<Score>, bool) {
        let (value, at_least) = match scale.score {
            Ok(score) => (score, false),
            Err(NoScore::NotTaken) => return (None, false),
            Err(_) => (self.edge(scale.scale, |(lowest, _)| lowest), true),
        };
        ((value >= rule.from.into()).then_some(value), at_least)
    }

    /// The score if every missing answer were this end of its answers.
    fn edge(&self, scale: &Scale, end: impl Fn((Hundredths, Hundredths)) -> Hundredths) -> Score {
        let worth = |place: &usize| {
            let answers = self.measure.answers_of(&self.measure.items[*place]);
            i64::from(self.worth[*place].unwrap_or_else(|| end(answers.bounds())).0)
        };
        scale.of_sum(scale.places().iter().map(worth).sum(), scale.places().len())
    }

    /// Whether a rule that did not find anything could still find something.
    fn is_open(&self, rule: &Critical, scales: &[ScaleScore<'_>]) -> bool {
        if rule.scale.is_none() {
            return self.asked[rule.place()] == Asked::Yes && self.given[rule.place()].is_none();
        }
        let scale = &scales[rule.place()];
        scale.score.is_err() && self.edge(scale.scale, |(_, highest)| highest) >= rule.from.into()
    }

    /// Whether a question was answered yes; `None` if that is not known. A question that is not asked is a no.
    fn said_yes(&self, id: &str) -> Option<bool> {
        let place = self.measure.item(id)?;
        match (self.asked[place], self.worth[place]) {
            (Asked::No, _) => Some(false),
            (_, worth) => worth.map(|worth| worth > Hundredths::default()),
        }
    }
}

//! Which band and which cut-offs hold for a person.

use super::Refused;
use crate::domain::Score;
use crate::packs::{Band, Cutoff, Instrument, Respondent, Scale, Sex, Step, When};

/// What is known about a person on the day they filled in a measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Age in years on that day.
    pub age: Option<u8>,
    /// Sex as it is recorded.
    pub sex: Option<Sex>,
    /// Which form; the usual one if nothing is shown.
    pub form: Option<String>,
    pub by: Option<Respondent>,
}

/// A fact on which a figure can depend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// Age on the day.
    Age,
    /// Sex as it is recorded.
    Sex,
    By,
}

impl Fact {
    /// Returns the words shown.
    pub fn words(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Sex => "sex",
            Self::By => "who answered",
        }
    }
}

/// A cut-off and where a score is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutoffState<'a> {
    pub cutoff: &'a Cutoff,
    /// Whether the score meets it.
    pub is_met: bool,
    /// Whether it holds for this person; if not, a fact is missing.
    pub is_certain: bool,
}

/// What a score is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandState<'a> {
    pub band: &'a Band,
    /// Whether its figures still have to be checked.
    pub verify: bool,
}

/// Whether a figure holds for a person.
enum Fit {
    Yes,
    No,
    Unknown(Vec<Fact>),
}

impl Facts {
    /// Returns the form that was filled in: the one named, else the usual one.
    pub(super) fn form_of<'a>(&'a self, measure: &'a Instrument) -> Option<&'a str> {
        self.form.as_deref().or_else(|| measure.forms.first().map(String::as_str))
    }

    /// Returns why a measure cannot be scored for this person.
    pub(super) fn refused(&self, measure: &Instrument) -> Vec<Refused> {
        let youngest = measure.from_age.as_ref().map(|from| from.age);
        let too_young = youngest.filter(|youngest| self.age.is_some_and(|age| age < *youngest));
        let no_form = self.form.as_ref().is_some_and(|form| !measure.forms.contains(form));
        let not_by = self.by.is_some_and(|by| !measure.by.contains(&by));
        [
            too_young.map(Refused::TooYoung),
            no_form.then_some(Refused::NoSuchForm),
            not_by.then_some(Refused::NotBy),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn fits(&self, when: &When, measure: &Instrument) -> Fit {
        let by = self.by.or(match measure.by.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let form = self.form_of(measure);
        let checks = [
            when.age.map(|(from, to)| (Fact::Age, self.age.map(|age| from <= age && age <= to))),
            when.sex.map(|sex| (Fact::Sex, self.sex.map(|this| this == sex))),
            when.by.map(|one| (Fact::By, by.map(|this| this == one))),
        ];
        let checks = || checks.iter().flatten();
        let other_form = when.form.as_deref().is_some_and(|one| form != Some(one));
        if other_form || checks().any(|(_, holds)| *holds == Some(false)) {
            return Fit::No;
        }
        let unknown: Vec<Fact> =
            checks().filter(|(_, holds)| holds.is_none()).map(|(fact, _)| *fact).collect();
        if unknown.is_empty() { Fit::Yes } else { Fit::Unknown(unknown) }
    }

    /// Returns the change that holds for this person, and the facts that are missing to know it.
    pub(super) fn step<'a>(&self, steps: &'a [Step], measure: &Instrument) -> (Option<&'a Step>, Vec<Fact>) {
        let mut lacks = Vec::new();
        for step in steps {
            match self.fits(&step.when, measure) {
                Fit::Yes => return (Some(step), Vec::new()),
                Fit::Unknown(facts) => add(&mut lacks, &facts),
                Fit::No => {}
            }
        }
        (None, lacks)
    }
}

/// Returns the band of a score, the cut-offs that hold or could hold, and the facts that are missing to be sure.
pub(super) fn read<'a>(
    scale: &'a Scale,
    score: Score,
    measure: &Instrument,
    facts: &Facts,
) -> (Option<BandState<'a>>, Vec<CutoffState<'a>>, Vec<Fact>) {
    let (mut band, mut lacks) = (None, Vec::new());
    for bands in &scale.bands {
        match facts.fits(&bands.when, measure) {
            Fit::Yes => {
                let found = bands.steps.iter().rev().find(|band| score >= band.from.into());
                band = found.map(|band| BandState { band, verify: bands.verify });
            }
            Fit::Unknown(facts) => add(&mut lacks, &facts),
            Fit::No => {}
        }
    }
    let mut cutoffs = Vec::new();
    for cutoff in &scale.cutoffs {
        let is_certain = match facts.fits(&cutoff.when, measure) {
            Fit::Yes => true,
            Fit::No => continue,
            Fit::Unknown(facts) => {
                add(&mut lacks, &facts);
                false
            }
        };
        cutoffs.push(CutoffState { cutoff, is_met: cutoff.is_met(score), is_certain });
    }
    (band, cutoffs, lacks)
}

fn add(lacks: &mut Vec<Fact>, facts: &[Fact]) {
    for fact in facts {
        if !lacks.contains(fact) {
            lacks.push(*fact);
        }
    }
}

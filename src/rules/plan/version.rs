//! Where a signed version of a plan is: proposed, in force, overtaken by a later one, closed with its episode.
//!
//! Owns who has to answer a version and on which day it takes effect. Nothing of it is stored: it follows from what was signed,
//! from the answers people gave afterwards, and from the client's age on a day.

use super::Plan;
use crate::domain::{
    AskedParty, Attested, Birth, Client, Custody, Date, Number, Party, PartyRule, PlanText, SignedHow,
    VersionFacts,
};
use crate::rules::when;

/// What is known of a client's age, and who decides about treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfAge {
    pub birth: Birth,
    pub custody: Custody,
}

impl OfAge {
    /// Returns what is known of this client.
    pub fn of(client: &Client) -> Self {
        Self { birth: client.birth, custody: client.custody }
    }

    /// Whether a row of the agency's table asks somebody on a day. An age that nobody knows is taken for that of an adult.
    pub fn asks(self, rule: PartyRule, on: Date) -> bool {
        match (rule.whom, self.custody) {
            (AskedParty::Guardian, Custody::Guardian) => true,
            (AskedParty::Guardian, Custody::Own) => false,
            _ if rule.under == 0 => true,
            _ => self.birth.age(on).is_some_and(|age| age < i32::from(rule.under)),
        }
    }
}

/// A signed version: what lists show of it, and what people said to it afterwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignedVersion {
    /// Number of its document.
    pub doc: Number,
    pub episode: Number,
    pub facts: VersionFacts,
    /// The day its author signed it.
    pub signed: Date,
    /// Name and credential of the author.
    pub by: String,
    /// The author needs a co-signature.
    pub cosign: bool,
    /// The day it was co-signed.
    pub co_signed: Option<Date>,
    /// Answers to it, oldest first: what, and recorded by whom.
    pub attested: Vec<(Attested, String)>,
    /// It was entered in error.
    pub in_error: bool,
}

impl SignedVersion {
    /// Everybody who was to answer it when it was signed, whatever their age is now.
    fn rules(&self) -> impl Iterator<Item = PartyRule> + '_ {
        let cosign = self.cosign.then_some(PartyRule { whom: AskedParty::CoSigner, under: 0 });
        self.facts.asks.iter().copied().filter(|rule| rule.whom != AskedParty::CoSigner).chain(cosign)
    }

    /// The newest answer of a party. A guardian who signs for the client answers for both.
    pub fn answer(&self, whom: AskedParty) -> Option<&Attested> {
        let is_theirs = |one: &&Attested| match whom {
            AskedParty::Client => one.whose == Party::Client,
            AskedParty::Guardian => {
                matches!(one.whose, Party::Guardian(_)) || one.how == Some(SignedHow::Guardian)
            }
            AskedParty::CoSigner => false,
        };
        self.attested.iter().rev().map(|(one, _)| one).find(is_theirs)
    }

    /// The day on which a party had answered first; later answers change nothing about it.
    fn answered(&self, whom: AskedParty) -> Option<Date> {
        if whom == AskedParty::CoSigner {
            return self.co_signed;
        }
        let theirs = |one: &&Attested| match (whom, &one.whose) {
            (AskedParty::Client, Party::Client) => true,
            (AskedParty::Guardian, whose) => {
                matches!(whose, Party::Guardian(_)) || one.how == Some(SignedHow::Guardian)
            }
            _ => false,
        };
        self.attested.iter().map(|(one, _)| one).filter(theirs).map(|one| one.given).min()
    }

    /// The day it takes effect: the newest of the answers, or the day on which the last missing party stopped being asked.
    /// An error names who is missing today.
    pub fn effective(&self, of: OfAge, today: Date) -> Result<Date, Vec<AskedParty>> {
        let (mut effective, mut missing) = (self.signed, Vec::new());
        for rule in self.rules() {
            if !of.asks(rule, self.signed) {
                continue;
            }
            match self.answered(rule.whom) {
                Some(day) => effective = effective.max(day),
                None => match stops(rule, of, self.signed, today) {
                    Some(day) => effective = effective.max(day),
                    None => missing.push(rule.whom),
                },
            }
        }
        if missing.is_empty() { Ok(effective) } else { Err(missing) }
    }

    /// Whose answer can still be recorded: who is missing, and who was unable.
    pub fn open(&self, of: OfAge, today: Date) -> Vec<AskedParty> {
        let asked = self.rules().filter(|rule| rule.whom != AskedParty::CoSigner && of.asks(*rule, today));
        asked
            .map(|rule| rule.whom)
            .filter(|whom| self.answer(*whom).is_none_or(|one| one.how == Some(SignedHow::Unable)))
            .collect()
    }

    /// `signed with client`, `the client declined to sign`, as the top line says it; empty if the client did not answer yet.
    pub fn how(&self) -> String {
        let Some(answer) = self.answer(AskedParty::Client) else { return String::new() };
        match answer.how {
            Some(SignedHow::Screen) => "signed with client".to_owned(),
            Some(SignedHow::Paper) => "signed on paper".to_owned(),
            Some(SignedHow::Spoken) => "agreed to in words".to_owned(),
            Some(SignedHow::Declined) => "the client declined to sign".to_owned(),
            Some(SignedHow::Unable) => "the client was unable to sign".to_owned(),
            Some(SignedHow::Guardian) => format!("signed by guardian {}", answer.name).trim_end().to_owned(),
            None => String::new(),
        }
    }

    /// Whether the client declined to sign it.
    pub fn is_declined(&self) -> bool {
        self.answer(AskedParty::Client).is_some_and(|one| one.how == Some(SignedHow::Declined))
    }
}

/// The day on which somebody who was asked when a version was signed is asked no more because of the client's age, if that day
/// has come.
fn stops(rule: PartyRule, of: OfAge, signed: Date, today: Date) -> Option<Date> {
    if of.asks(rule, today) {
        return None;
    }
    // Asked on the day of the signature and not today: the day lies between, and age only grows.
    let (mut asked, mut free) = (signed, today);
    while free.days_since(asked) > 1 {
        let middle = asked.plus_days(free.days_since(asked) / 2);
        if of.asks(rule, middle) { asked = middle } else { free = middle }
    }
    Some(free)
}

/// Where a version is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionState {
    /// Signed by its author, and somebody did not answer yet.
    Proposed(Vec<AskedParty>),
    /// In force since a day.
    Active(Date),
    /// A later version is in force.
    Superseded,
    /// Its episode has ended.
    Closed,
    InError,
}

/// Returns where each version is, in their order. `ended`: whether an episode has ended.
pub fn states(
    versions: &[SignedVersion],
    of: OfAge,
    ended: impl Fn(Number) -> bool,
    today: Date,
) -> Vec<VersionState> {
    let effective: Vec<Result<Date, Vec<AskedParty>>> =
        versions.iter().map(|version| version.effective(of, today)).collect();
    let overtaken = |at: usize| {
        let of = &versions[at];
        versions.iter().zip(&effective).any(|(later, effective)| {
            later.episode == of.episode
                && later.facts.version > of.facts.version
                && !later.in_error
                && effective.is_ok()
        })
    };
    let state = |at: usize| {
        let version = &versions[at];
        if version.in_error {
            return VersionState::InError;
        }
        if ended(version.episode) {
            return VersionState::Closed;
        }
        if overtaken(at) {
            return VersionState::Superseded;
        }
        match &effective[at] {
            Ok(day) => VersionState::Active(*day),
            Err(missing) => VersionState::Proposed(missing.clone()),
        }
    };
    (0..versions.len()).map(state).collect()
}

/// `Client: on paper, 18 Nov. Kept in the blue folder. Copy: given.`
pub fn answer_words(of: &Attested, today: Date) -> String {
    let whose = match &of.whose {
        Party::Client => "Client".to_owned(),
        Party::Guardian(name) => format!("Guardian {name}").trim_end().to_owned(),
        Party::Participant(name) => name.clone(),
    };
    let how = match of.how {
        Some(SignedHow::Guardian) => format!("signed for by {}, {}", of.name, of.relation),
        Some(SignedHow::Screen) => format!("signed here at the screen as {}", of.name),
        Some(how) => how.word().to_owned(),
        None => "not answered".to_owned(),
    };
    let mut said = vec![format!("{whose}: {how}, {}", when::short(of.given, today))];
    said.push(of.words.trim().trim_end_matches('.').to_owned());
    if !of.heard_by.trim().is_empty() {
        said.push(format!("Heard by {}", of.heard_by.trim()));
    }
    if let Some(on) = of.ask_again {
        said.push(format!("Ask again {}", when::short(on, today)));
    }
    if !of.interpreter.trim().is_empty() {
        said.push(format!("Interpreter: {}", of.interpreter.trim()));
    }
    if let Some(copy) = of.copy {
        said.push(format!("Copy: {}", copy.word()));
    }
    said.retain(|part| !part.is_empty());
    format!("{}.", said.join(". "))
}

/// `waits for client and guardian`.
pub fn waits_for(missing: &[AskedParty]) -> String {
    let words: Vec<&str> = missing.iter().map(|whom| whom.word()).collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => format!("waits for {last}"),
        Some((last, first)) => format!("waits for {} and {last}", first.join(", ")),
    }
}

impl Plan {
    /// Returns the plan that a version froze.
    pub fn frozen(text: &PlanText) -> Self {
        Self {
            problems: text.problems.clone(),
            goals: text.goals.clone(),
            objectives: text.objectives.clone(),
            methods: text.methods.clone(),
            agreements: text.agreements.clone(),
            trails: Vec::new(),
            logs: Vec::new(),
            basics: text.basics.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> Date {
        Date::from_ymd(2026, month, day).unwrap()
    }

    fn asks() -> Vec<PartyRule> {
        vec![
            PartyRule { whom: AskedParty::Client, under: 0 },
            PartyRule { whom: AskedParty::Guardian, under: 18 },
        ]
    }

    fn version(number: u32, signed: Date) -> SignedVersion {
        let facts = VersionFacts { version: number, asks: asks(), ..VersionFacts::default() };
        SignedVersion { doc: number, episode: 1, facts, signed, ..SignedVersion::default() }
    }

    fn answered(how: SignedHow, whose: Party, given: Date) -> (Attested, String) {
        (Attested { whose, how: Some(how), given, ..Attested::default() }, "Rosa".into())
    }

    fn born(year: i32, month: u32, day: u32) -> OfAge {
        OfAge { birth: Birth::On(Date::from_ymd(year, month, day).unwrap()), custody: Custody::ByAge }
    }

    fn state(version: &SignedVersion, of: OfAge, today: Date) -> VersionState {
        states(std::slice::from_ref(version), of, |_| false, today).remove(0)
    }

    #[test]
    fn turning_eighteen_between_two_signatures_puts_a_version_in_force_on_the_birthday() {
        let of = born(2008, 12, 5);
        let mut one = version(1, day(11, 28));
        one.attested.push(answered(SignedHow::Paper, Party::Client, day(11, 28)));
        let waits = VersionState::Proposed(vec![AskedParty::Guardian]);
        assert_eq!(state(&one, of, day(11, 28)), waits);
        assert_eq!(state(&one, of, day(12, 4)), waits);
        assert_eq!(state(&one, of, day(12, 5)), VersionState::Active(day(12, 5)));
        assert_eq!(state(&one, of, day(12, 20)), VersionState::Active(day(12, 5)));
        assert!(one.open(of, day(12, 5)).is_empty());
        // What came into force before the birthday stays as it was.
        one.attested.push(answered(SignedHow::Paper, Party::Guardian("Ana".into()), day(11, 30)));
        assert_eq!(state(&one, of, day(12, 20)), VersionState::Active(day(11, 30)));
    }

    #[test]
    fn declined_and_unable_are_answers_and_a_guardian_may_sign_for_both() {
        let of = born(1991, 4, 12);
        for how in [SignedHow::Declined, SignedHow::Unable] {
            let mut one = version(1, day(11, 18));
            one.attested.push(answered(how, Party::Client, day(11, 19)));
            assert_eq!(state(&one, of, day(11, 20)), VersionState::Active(day(11, 19)));
            assert_eq!(one.open(of, day(11, 20)).is_empty(), how == SignedHow::Declined);
        }
        let mut one = version(1, day(11, 18));
        one.attested.push(answered(SignedHow::Guardian, Party::Client, day(11, 18)));
        assert_eq!(state(&one, born(2010, 1, 1), day(11, 18)), VersionState::Active(day(11, 18)));
    }

    #[test]
    fn custody_goes_before_age() {
        let one = version(1, day(11, 18));
        let missing = |custody, year| {
            let of = OfAge { custody, ..born(year, 1, 1) };
            match state(&one, of, day(11, 18)) {
                VersionState::Proposed(missing) => waits_for(&missing),
                other => format!("{other:?}"),
            }
        };
        assert_eq!(missing(Custody::ByAge, 1991), "waits for client");
        assert_eq!(missing(Custody::Guardian, 1991), "waits for client and guardian");
        assert_eq!(missing(Custody::Own, 2012), "waits for client");
        assert_eq!(missing(Custody::ByAge, 2012), "waits for client and guardian");
    }

    #[test]
    fn one_version_of_an_episode_is_in_force() {
        let of = born(1991, 4, 12);
        let mut all = vec![version(1, day(10, 1)), version(2, day(11, 1)), version(3, day(11, 20))];
        for one in &mut all[..2] {
            let given = one.signed;
            one.attested.push(answered(SignedHow::Screen, Party::Client, given));
        }
        let found = states(&all, of, |_| false, day(11, 21));
        let waits = VersionState::Proposed(vec![AskedParty::Client]);
        assert_eq!(found, [VersionState::Superseded, VersionState::Active(day(11, 1)), waits]);
        all[1].in_error = true;
        let found = states(&all, of, |_| false, day(11, 21));
        assert_eq!(found[..2], [VersionState::Active(day(10, 1)), VersionState::InError]);
        assert!(states(&all, of, |_| true, day(11, 21)).contains(&VersionState::Closed));
        all[2].cosign = true;
        all[2].attested.push(answered(SignedHow::Spoken, Party::Client, day(11, 21)));
        let found = states(&all, of, |_| false, day(11, 21));
        assert_eq!(found[2], VersionState::Proposed(vec![AskedParty::CoSigner]));
    }
}

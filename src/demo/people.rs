//! Who somebody is: particulars of an invented client.

use super::Plan;
use super::dice::Dice;
use super::lives::{Life, lives};
use super::phrases::names;
use crate::domain::{Birth, Client, ClientId, PersonName, StaffId, Telecom};

/// Every so many people one has no episode.
const NO_EPISODE_EVERY: u32 = 14;

/// Which life a client lives.
pub(super) enum Part {
    /// The life as written, under its own name.
    Own(&'static Life),
    /// A life written for somebody else, under another name, at another pace.
    Like(&'static Life),
    /// Registered, no episode.
    None,
}

/// Which part this index plays.
pub(super) fn part(index: u32) -> Part {
    if index % NO_EPISODE_EVERY == NO_EPISODE_EVERY - 3 {
        return Part::None;
    }
    let before = (index + 2) / NO_EPISODE_EVERY;
    let all = lives();
    match all.get((index - before) as usize) {
        Some(life) => Part::Own(life),
        None => Part::Like(&all[index as usize % all.len()]),
    }
}

/// A client's particulars.
pub(super) fn client(plan: &Plan<'_>, index: u32, part: &Part, by: StaffId, dice: &mut Dice) -> Client {
    let pool = names();
    let id = ClientId(dice.bytes());
    let (name, pronouns, gender, birth) = match part {
        Part::Own(life) => (person(life.given, life.family), life.pronouns, life.gender, life.born),
        Part::Like(life) => {
            let given = match life.pronouns.split('/').next() {
                Some("he") => &pool.he,
                Some("they") => &pool.they,
                _ => &pool.she,
            };
            let birth = life.born.plus_days(dice.between(-240, 240));
            // In turn, so that the same life is not lived twice under one given name (below some 900 people).
            let turn = index as usize / lives().len()
                + life.since as usize
                + plan.seed as usize % given.len().max(1);
            let first = given.get(turn % given.len().max(1)).copied().unwrap_or_default();
            (person(first, dice.pick(&pool.family)), life.pronouns, life.gender, birth)
        }
        Part::None => {
            let (given, pronouns, gender) =
                if dice.one_in(2) { (&pool.she, "she/her", "woman") } else { (&pool.he, "he/him", "man") };
            let birth = plan.today.plus_days(-dice.between(19 * 365, 70 * 365));
            (person(dice.pick(given), dice.pick(&pool.family)), pronouns, gender, birth)
        }
    };
    let life = match part {
        Part::Own(life) | Part::Like(life) => Some(*life),
        Part::None => None,
    };
    let flag = |word| life.and_then(|life| life.flag(word));
    let language = flag("interp").unwrap_or("English");
    let own = matches!(part, Part::Own(_));
    Client {
        id,
        record_no: format!("A-{}", 1001 + index),
        preferred: flag("preferred").filter(|_| own).unwrap_or_default().to_owned(),
        name,
        pronouns: pronouns.to_owned(),
        gender: gender.to_owned(),
        birth: Birth::On(birth),
        languages: vec![language.to_owned()],
        interpreter: flag("interp").is_some(),
        phones: vec![Telecom {
            kind: "phone".to_owned(),
            value: format!("(555) 01{:02}-{:03}", dice.below(100), dice.below(1000)),
            usage: "mobile".to_owned(),
        }],
        addresses: vec![format!("{} {}, Lakeside", dice.between(1, 180), dice.pick(&pool.street))],
        reach: dice.pick(&pool.reach).to_owned(),
        may_leave_message: Some(flag("nomsg").is_none() && !dice.one_in(6)),
        emergency_contact: life.and_then(|life| life.close.first()).copied().unwrap_or_default().to_owned(),
        guardian: flag("minor")
            .map(|guardian| if own { guardian } else { "Mother, consent signed" })
            .unwrap_or_default()
            .to_owned(),
        created: (plan.instant)(
            plan.today.plus_days(-life.map_or(20, |life| life.since)),
            crate::domain::ClockTime(9 * 60),
        ),
        created_by: by,
        ..Client::default()
    }
}

fn person(given: &str, family: &str) -> PersonName {
    PersonName { given: given.to_owned(), family: family.to_owned() }
}

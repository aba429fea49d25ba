//! The people around a client, and the stop before one of them who is marked unsafe.
//!
//! Owns [`heed`], which every use case asks that is about to bring somebody together with a client, or to speak to them about the client.
//! A stop is answered with a reason, for one day, and the reason is kept with the client. A page is never made for somebody unsafe.

use super::api::Answer;
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::steps::Said;
use crate::domain::{Act, CirclePerson, CircleRole, Client, ClientId, UnsafeAnswer};
use crate::rules::access::Capability;
use crate::rules::{circle, not_shared};

/// Most reasons that are kept with a person; the oldest go, and stay in the history.
const MOST_ANSWERS: usize = 20;

/// Saves who is around a client. What was answered before stays with whoever has the same name.
pub(super) fn save(
    desk: &mut Desk,
    client: ClientId,
    rev: u32,
    mut people: Vec<CirclePerson>,
) -> Result<Answer, Fault> {
    desk.permit(Capability::ChangeDemographics, Some(client))?;
    let before = desk.books().at::<Client>(client, 1, rev, "this person's record")?;
    for person in &mut people {
        person.roles.sort_unstable();
        person.roles.dedup();
        let known = before.circle.iter().find(|one| one.name == person.name);
        person.answers = known.map(|one| one.answers.clone()).unwrap_or_default();
    }
    if let Some(why) = circle::missing(&people) {
        return Err(Fault::user(why));
    }
    let said =
        Said::new("The people around the client are saved.", "the people around the client are as before.");
    put(desk, &Client { circle: people, ..before }, rev, said)
}

/// Keeps why somebody unsafe takes part today.
pub(super) fn answer(
    desk: &mut Desk,
    client: ClientId,
    rev: u32,
    name: &str,
    reason: &str,
) -> Result<Answer, Fault> {
    desk.permit(Capability::ChangeDemographics, Some(client))?;
    let mut person = desk.books().at::<Client>(client, 1, rev, "this person's record")?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::user("Write why it is right that this person takes part today."));
    }
    let staff = desk.staff()?;
    let answer = UnsafeAnswer {
        on: desk.now().local.date,
        reason: reason.to_owned(),
        by: staff.id,
        by_name: staff.signature_name(),
    };
    let found = person.circle.iter_mut().find(|one| one.name == name && one.is(CircleRole::Unsafe));
    let found = found.ok_or_else(|| Fault::user("This person is not marked unsafe, so nothing stops."))?;
    found.answers.push(answer);
    let over = found.answers.len().saturating_sub(MOST_ANSWERS);
    found.answers.drain(..over);
    let said = Said::new(
        format!("The reason is kept. Until midnight nothing stops for {name}."),
        format!("the reason is gone, and what concerns {name} stops again."),
    );
    put(desk, &person, rev, said)
}

fn put(desk: &mut Desk, client: &Client, rev: u32, said: Said) -> Result<Answer, Fault> {
    let id = client.id;
    let mut unit = desk.unit(Capability::ChangeDemographics, Act::ClientChanged, Some(id), 0)?;
    unit.put(client, id, 1, rev);
    desk.done(unit, id, said)
}

/// Whether anybody is marked unsafe for a client.
fn has_danger(desk: &Desk, client: ClientId) -> Result<bool, Fault> {
    let kept = desk.books().get::<Client>(client, 1)?;
    Ok(kept.is_some_and(|kept| kept.value.circle.iter().any(|one| one.is(CircleRole::Unsafe))))
}

/// Those marked unsafe for a client who are meant by these words.
fn meant(desk: &Desk, client: ClientId, words: &str) -> Result<Vec<CirclePerson>, Fault> {
    let Some(kept) = desk.books().get::<Client>(client, 1)? else { return Ok(Vec::new()) };
    let is_word = |word: &str| desk.is_word(word);
    Ok(circle::unsafe_in(&kept.value, words, &is_word).into_iter().cloned().collect())
}

/// Stops what names somebody who is marked unsafe for the client, until it is answered for today.
pub(super) fn heed(desk: &Desk, client: ClientId, words: &str) -> Result<(), Fault> {
    let today = desk.now().local.date;
    match meant(desk, client, words)?.into_iter().find(|one| !one.is_answered(today)) {
        None => Ok(()),
        Some(one) => Err(stopped(&one).hint(
            "If it is right all the same, [key:circle] on the chart takes the reason, for today. Then do it again.",
        )),
    }
}

/// Refuses what would go to somebody who is marked unsafe for the client. No reason opens this.
pub(super) fn deny(desk: &Desk, client: ClientId, name: &str) -> Result<(), Fault> {
    match meant(desk, client, name)?.first() {
        None => Ok(()),
        Some(one) => Err(Fault { kind: FaultKind::Denied, ..stopped(one) }
            .hint("Nothing about the client goes to this person. If the mark is wrong, [key:circle] on the chart changes it.")),
    }
}

/// Refuses what would leave with an address or a phone that is not to be shared.
pub(super) fn deny_not_shared(desk: &Desk, client: ClientId, text: &str) -> Result<(), Fault> {
    let Some(kept) = desk.books().get::<Client>(client, 1)? else { return Ok(()) };
    match not_shared::found(&kept.value, text) {
        None => Ok(()),
        Some(whose) => Err(Fault::denied(format!(
            "No page is made: it says {whose}, which is not to be shared. Take it out of the words first."
        ))
        .hint("If it may be shared, [key:edit-person] takes the mark off the client, and [key:circle] off somebody around them.")),
    }
}

fn stopped(one: &CirclePerson) -> Fault {
    let about = one.about.trim().trim_end_matches('.');
    Fault::user(format!("Stopped: {} is marked unsafe for this client: {about}.", one.name.trim()))
}

/// Stops two clients from coming together where one is marked unsafe for the other. Says no more of either chart than that.
pub(super) fn heed_together(desk: &Desk, one: ClientId, other: ClientId) -> Result<(), Fault> {
    for (client, beside) in [(one, other), (other, one)] {
        if !has_danger(desk, client)? {
            continue;
        }
        let Some(kept) = desk.books().get::<Client>(beside, 1)? else { continue };
        let names = [kept.value.legal_name(), kept.value.display_name()];
        if names.iter().any(|name| heed(desk, client, name).is_err()) {
            let (name, beside) = (super::days::name_of(desk, client)?, super::days::name_of(desk, beside)?);
            return Err(Fault::user(format!(
                "Stopped: the chart of {name} says that a session together with {beside} is not safe."
            ))
            .hint("If it is right all the same, [key:circle] on that chart takes the reason, for today. Then do it again."));
        }
    }
    Ok(())
}

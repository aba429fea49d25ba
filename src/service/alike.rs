//! Who at this agency looks like somebody: asked before a person is registered or changed, and shown with a chart.
//!
//! Owns nothing of the rule (`rules::likeness`), only where the people come from.

use super::api::LookAlike;
use super::desk::Desk;
use super::fault::Fault;
use crate::domain::{Client, ClientId, Summary};
use crate::rules::access::Capability;
use crate::rules::likeness::{
    Face, Grade, Likeness, compare, may_be_alike, may_be_namesake, namesakes, words_of_client,
};
use std::sync::Arc;

/// People who look like this one, each with what they have in common. Whoever looked like `before` already is left out:
/// what has not changed is not asked about again.
pub(super) fn look_alikes(
    desk: &Desk,
    client: &Client,
    before: Option<&Client>,
) -> Result<Vec<LookAlike>, Fault> {
    let (face, known) = (Face::of(client), before.map(Face::of));
    let mut found: Vec<(Likeness, Arc<Summary>)> = Vec::new();
    for summary in near(desk, client)? {
        let Some(other) = desk.books().get::<Client>(summary.client, 1)? else { continue };
        let other = Face::of(&other.value);
        let was = known.as_ref().and_then(|face| compare(face, &other));
        if let Some(like) = compare(&face, &other).filter(|like| was.is_none_or(|was| was.grade < like.grade))
        {
            found.push((like, summary));
        }
    }
    found.sort_by(|(a, one), (b, other)| {
        b.grade.cmp(&a.grade).then_with(|| one.sort.cmp(&other.sort)).then(one.client.cmp(&other.client))
    });
    let told = |(like, summary): (Likeness, Arc<Summary>)| {
        Ok(LookAlike { summary: desk.person(&summary)?.summary, why: like.why.to_owned() })
    };
    found.into_iter().map(told).collect()
}

/// People whom this one is likely to be, each with what they have in common: nobody comes in beside one of them without
/// somebody having looked.
pub(super) fn likely(desk: &Desk, client: &Client) -> Result<Vec<(ClientId, &'static str)>, Fault> {
    let face = Face::of(client);
    let mut found = Vec::new();
    for summary in near(desk, client)? {
        let Some(other) = desk.books().get::<Client>(summary.client, 1)? else { continue };
        let like = compare(&face, &Face::of(&other.value)).filter(|like| like.grade == Grade::Likely);
        found.extend(like.map(|like| (summary.client, like.why)));
    }
    found.sort_unstable();
    Ok(found)
}

/// The namesakes of somebody whose names the person at the desk may see.
pub(super) fn namesakes_of(desk: &Desk, client: &Client) -> Result<Vec<Arc<Summary>>, Fault> {
    let face = Face::of(client);
    let mut found = Vec::new();
    let own = desk.seat()?.house.links.charts(client.id);
    for summary in desk.seat()?.summaries.values() {
        if own.contains(&summary.client) || !may_be_namesake(&face, &summary.find) {
            continue;
        }
        let Some(other) = desk.books().get::<Client>(summary.client, 1)? else { continue };
        if namesakes(&face, &Face::of(&other.value))
            && desk.permit(Capability::SeeNames, Some(summary.client)).is_ok()
        {
            found.push(desk.person(summary)?.summary);
        }
    }
    found.sort_by(|a, b| a.record_no.cmp(&b.record_no));
    Ok(found)
}

/// Everybody else whose names have a word that is near one of this client's.
fn near(desk: &Desk, client: &Client) -> Result<Vec<Arc<Summary>>, Fault> {
    let words = words_of_client(client);
    let near = |summary: &&Arc<Summary>| summary.client != client.id && may_be_alike(&words, &summary.find);
    Ok(desk.seat()?.summaries.values().filter(near).cloned().collect())
}

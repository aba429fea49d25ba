//! FHIR RelatedPerson: somebody around a client.

use super::dates::PartDate;
use super::node::{Node, Wrong};
use super::person::{NO_NAME, one_name, rank, telecom};
use crate::domain::{CirclePerson, CircleRole, PersonName};

/// Reads a RelatedPerson; `None` if they are around the person no more.
pub(super) fn around(node: &Node<'_>) -> Result<Option<CirclePerson>, Wrong> {
    let (over, _) = node.ended()?;
    if over || node.flag("active") == Some(false) {
        return Ok(None);
    }
    let mut names = node.objects("name")?.iter().map(one_name).collect::<Result<Vec<_>, _>>()?;
    names.retain(|one| one.name != PersonName::default() && !one.former);
    names.sort_by_key(|one| rank(&one.use_));
    let name = names.into_iter().next().map(|one| format!("{} {}", one.name.given, one.name.family));
    let (mut relations, mut roles) = (Vec::new(), Vec::new());
    for relationship in node.concepts("relationship")? {
        let code = relationship.code.map(|(_, code)| code.to_uppercase()).unwrap_or_default();
        let words = relationship.words.trim().to_lowercase();
        roles.extend(role_of(&code, &words).filter(|role| !roles.contains(role)));
        if !words.is_empty() && !relations.contains(&words) {
            relations.push(words);
        }
    }
    roles.sort_unstable();
    let period = node.object("period")?;
    let edge = |key: &str| period.as_ref().and_then(|period| period.date(key)).map(PartDate::written);
    let about: Vec<String> = [("since", edge("start")), ("until", edge("end"))]
        .into_iter()
        .filter_map(|(word, date)| Some(format!("{word} {}", date?)))
        .collect();
    let reach = telecom(node)?.into_iter().filter(|one| one.usage != "old").map(|one| one.value);
    Ok(Some(CirclePerson {
        name: name.map_or_else(|| NO_NAME.to_owned(), |name| name.trim().to_owned()),
        relation: relations.join(", "),
        phone: reach.collect::<Vec<_>>().join(", "),
        roles,
        about: about.join(", "),
        answers: Vec::new(),
    }))
}

/// What somebody is to a client here, by how another system calls it. A relative alone is none of it.
fn role_of(code: &str, words: &str) -> Option<CircleRole> {
    match code {
        "GUARD" | "GUARDIAN" => Some(CircleRole::Guardian),
        "C" | "ECON" => Some(CircleRole::Emergency),
        "SPS" | "HUSB" | "WIFE" | "DOMPART" | "SIGOTHR" => Some(CircleRole::Partner),
        "CAREGIVER" => Some(CircleRole::Caregiver),
        _ if words.contains("guardian") => Some(CircleRole::Guardian),
        _ if words.contains("emergency") => Some(CircleRole::Emergency),
        _ if ["spouse", "husband", "wife", "partner"].iter().any(|one| words.contains(one)) => {
            Some(CircleRole::Partner)
        }
        _ if words.contains("caregiver") => Some(CircleRole::Caregiver),
        _ => None,
    }
}

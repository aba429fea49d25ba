//! What is said about a change of a member of staff: each thing that changed, as it is now and as it was.

use super::seat::Seat;
use super::steps::Said;
use crate::domain::{Role, Staff, StaffId};

/// The sentence of a change, and the sentence of its undoing.
pub(super) fn changed(seat: &Seat, before: &Staff, after: &Staff) -> Said {
    let name_of = |id: StaffId| seat.short_name_of(id);
    Said::new(sentences(before, after, &name_of), sentences(after, before, &name_of))
}

/// Everything that is other than before, a sentence each.
fn sentences(before: &Staff, after: &Staff, name_of: &dyn Fn(StaffId) -> String) -> String {
    let name = &after.name;
    let mut said = Vec::new();
    if before.active != after.active {
        let can = if after.active { "can sign in again" } else { "can no longer sign in" };
        said.push(format!("{name} {can}."));
    }
    if before.signature_name() != after.signature_name() {
        said.push(format!("{} now signs as {}.", before.signature_name(), after.signature_name()));
    }
    if before.login != after.login {
        said.push(format!("{name} now signs in as {} (before: {}).", after.login, before.login));
    }
    said.extend(roles(before, after));
    if before.supervisor != after.supervisor {
        let who = |id: Option<StaffId>| id.map_or_else(|| "nobody".to_owned(), name_of);
        let (now, was) = (who(after.supervisor), who(before.supervisor));
        said.push(format!("{name} is now supervised by {now} (before: {was})."));
    }
    if before.programs != after.programs {
        let (now, was) = (programs(&after.programs), programs(&before.programs));
        said.push(format!("{name} now works in {now} (before: {was})."));
    }
    if before.cosign_needed != after.cosign_needed {
        let need = if after.cosign_needed { "now need" } else { "no longer need" };
        said.push(format!("The notes of {name} {need} a co-signature."));
    }
    said.join(" ")
}

/// The roles somebody has now and had not, and those they had and have no more.
fn roles(before: &Staff, after: &Staff) -> Option<String> {
    let beyond = |of: &Staff, other: &Staff| -> Vec<&'static str> {
        of.roles.iter().filter(|role| !other.has(**role)).map(|role| word(*role)).collect()
    };
    let (given, taken) = (beyond(after, before), beyond(before, after));
    let name = &after.name;
    let stays = after.roles.iter().any(|role| before.has(*role));
    let also = if stays { "also " } else { "" };
    match (given.is_empty(), taken.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("{name} is now {also}{}.", in_a_row(&given))),
        (true, false) => Some(format!("{name} is no longer {}.", in_a_row(&taken))),
        (false, false) => {
            Some(format!("{name} is now {also}{}, and no longer {}.", in_a_row(&given), in_a_row(&taken)))
        }
    }
}

/// A role as a list of staff has it, with a capital.
fn word(role: Role) -> &'static str {
    match role {
        Role::Counselor => "Counselor",
        Role::Supervisor => "Supervisor",
        Role::Admin => "Admin",
        Role::FrontDesk => "Front desk",
        Role::Auditor => "Auditor",
    }
}

fn programs(of: &[String]) -> String {
    if of.is_empty() { "every program".to_owned() } else { of.join(", ") }
}

fn in_a_row(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fay(roles: &[Role]) -> Staff {
        Staff { name: "Fay Okoro".into(), roles: roles.to_vec(), active: true, ..Staff::default() }
    }

    fn said(before: &Staff, after: &Staff) -> String {
        sentences(before, after, &|_| "Rosa Imani".to_owned())
    }

    #[test]
    fn a_role_is_named_as_it_is_now() {
        let (counselor, both) = (fay(&[Role::Counselor]), fay(&[Role::Counselor, Role::Admin]));
        assert_eq!(said(&counselor, &both), "Fay Okoro is now also Admin.");
        assert_eq!(said(&both, &counselor), "Fay Okoro is no longer Admin.");
        let other = fay(&[Role::FrontDesk, Role::Auditor]);
        assert_eq!(
            said(&both, &other),
            "Fay Okoro is now Front desk and Auditor, and no longer Counselor and Admin."
        );
    }

    #[test]
    fn every_field_of_the_form_has_a_sentence_with_old_and_new() {
        let before = fay(&[Role::Counselor]);
        let after = Staff {
            name: "Fay Smith".into(),
            credential: "LADC".into(),
            supervisor: Some(StaffId([1; 16])),
            programs: vec!["Outpatient".into()],
            cosign_needed: true,
            active: false,
            ..before.clone()
        };
        assert_eq!(
            said(&before, &after),
            "Fay Smith can no longer sign in. Fay Okoro now signs as Fay Smith LADC. Fay Smith is now supervised \
             by Rosa Imani (before: nobody). Fay Smith now works in Outpatient (before: every program). The \
             notes of Fay Smith now need a co-signature."
        );
        assert_eq!(said(&before, &before), "");
    }
}

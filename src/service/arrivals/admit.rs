//! Whom a roster admits, with a counselor and a program of this agency. What a triage asks is *not asked yet* for all of
//! them, and stays owed.

use crate::domain::{Client, ClientId, Episode, Staff, ToAdmit, Triage};
use crate::rules::access::counsels;
use crate::rules::spelling::fold_for_find;
use crate::service::books::Books;
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::service::house::not_asked;
use crate::service::unit::Unit;

/// The episode that a roster says, still without a number; else why nobody is admitted, in words that are the same for
/// everybody with the same reason.
pub(in crate::service) fn episode(
    desk: &Desk,
    client: &Client,
    said: &ToAdmit,
) -> Result<Result<Episode, String>, Fault> {
    let (today, seat) = (desk.now().local.date, desk.seat()?);
    let settings = &seat.settings.value;
    if client.deceased.is_some() {
        return Ok(Err("the record says that they have died".to_owned()));
    }
    if client.birth.age(today).is_some_and(|age| age < 18) && client.guardian_name().is_empty() {
        return Ok(Err("they are minors, and no parent or guardian is named".to_owned()));
    }
    if said.on.is_some_and(|on| on > today) {
        return Ok(Err("the date of admission is in the future".to_owned()));
    }
    let counselor = match counselor(&seat.colleagues, &said.counselor) {
        Ok(counselor) => counselor,
        Err(why) => return Ok(Err(why)),
    };
    let program = match program(&settings.programs, &said.program) {
        Ok(program) => program,
        Err(why) => return Ok(Err(why)),
    };
    Ok(Ok(Episode {
        client: client.id,
        program,
        admitted: said.on.unwrap_or(today),
        counselor: counselor.id,
        created: desk.moment(),
        created_by: desk.staff()?.id,
        ..Episode::default()
    }))
}

/// The words of a name: letters and digits, folded, in no order (`Imani, Rosa` is `Rosa Imani`).
fn words(name: &str) -> Vec<String> {
    let folded = fold_for_find(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_owned).collect();
    words.sort();
    words
}

/// The one counselor of that name or login; a credential behind the name makes no difference.
fn counselor<'s>(staff: &'s [Staff], said: &str) -> Result<&'s Staff, String> {
    if said.trim().is_empty() {
        return Err("no counselor is named".to_owned());
    }
    let wanted = words(said);
    let is = |one: &&Staff| {
        let bare = |mut all: Vec<String>| {
            let credential = words(&one.credential);
            all.retain(|word| !credential.contains(word));
            all
        };
        one.login.eq_ignore_ascii_case(said.trim()) || bare(wanted.clone()) == bare(words(&one.name))
    };
    let found: Vec<&Staff> = staff.iter().filter(|one| counsels(one)).filter(is).collect();
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(format!("no counselor here is called \"{}\"", said.trim())),
        _ => Err(format!("several counselors here are called \"{}\"", said.trim())),
    }
}

/// The program of that name; the agency's only one where none is named.
fn program(programs: &[String], said: &str) -> Result<String, String> {
    if let ([only], "") = (programs, said.trim()) {
        return Ok(only.clone());
    }
    if said.trim().is_empty() {
        return Err("no program is named, and the agency has several".to_owned());
    }
    let wanted = fold_for_find(said.trim());
    let found = programs.iter().find(|program| fold_for_find(program) == wanted);
    found.cloned().ok_or_else(|| format!("the agency has no program called \"{}\"", said.trim()))
}

/// Whether somebody who is here has no open episode.
pub(in crate::service) fn is_not_admitted(books: &Books, id: ClientId) -> Result<bool, Fault> {
    Ok(books.list::<Episode>(id)?.iter().all(|kept| kept.value.discharged.is_some()))
}

/// Admits somebody who is here. Whoever was triaged before is not asked again.
pub(in crate::service) fn put_episode(desk: &Desk, unit: &mut Unit, episode: Episode) -> Result<(), Fault> {
    let id = episode.client;
    let number = desk.books().next_number::<Episode>(id)?;
    unit.put(&Episode { number, ..episode }, id, number, 0);
    if desk.books().list::<Triage>(id)?.is_empty() {
        unit.put(&not_asked(desk, id)?, id, 1, 0);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn a_counselor_is_found_by_name_either_way_round_and_by_login() {
        let one = |login: &str, name: &str, role| Staff {
            login: login.into(),
            name: name.into(),
            credential: "LADC".into(),
            roles: vec![role],
            active: true,
            ..Staff::default()
        };
        let staff = [
            one("rosa", "Rosa Imani", Role::Counselor),
            one("dana", "Dana Kim", Role::FrontDesk),
            one("lee", "Lee M\u{fc}ller", Role::Counselor),
        ];
        for said in ["Rosa Imani", "imani, rosa", "Rosa Imani, LADC", " rosa "] {
            assert_eq!(counselor(&staff, said).map(|one| one.login.as_str()), Ok("rosa"), "{said}");
        }
        assert_eq!(counselor(&staff, "Lee Muller").map(|one| one.login.as_str()), Ok("lee"));
        for said in ["Dana Kim", "Imani", "Nobody Known"] {
            assert_eq!(
                counselor(&staff, said).unwrap_err(),
                format!("no counselor here is called \"{said}\"")
            );
        }
        assert!(counselor(&staff, " ").is_err());
    }

    #[test]
    fn the_only_program_need_not_be_named() {
        let (one, two) = (vec!["IOP".to_owned()], vec!["IOP".to_owned(), "Outpatient".to_owned()]);
        assert_eq!(program(&one, ""), Ok("IOP".to_owned()));
        assert_eq!(program(&two, " outpatient "), Ok("Outpatient".to_owned()));
        assert!(program(&two, "").unwrap_err().contains("several"));
        assert!(program(&one, "Detox").unwrap_err().contains("no program called \"Detox\""));
    }
}

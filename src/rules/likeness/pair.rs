//! Two people side by side, and what one chart becomes when both are one person.
//!
//! Owns which facts are compared, and that nothing of the chart that is here is written over: what differs is kept in the
//! words in which it came.

use crate::domain::{Birth, CircleRole, Client, Identifier, Telecom};
use crate::rules::find::same_phone;
use crate::rules::phone::shown as shown_phone;
use crate::rules::spelling::fold_for_find;
use crate::rules::when;
use std::collections::BTreeSet;

/// How one fact of two people compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agrees {
    /// Both say the same.
    Same,
    /// Only one of them says it.
    OneOnly,
    /// They say different things.
    Differs,
}

/// One fact of two people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub label: &'static str,
    /// What the chart here says; empty if nothing.
    pub here: String,
    /// What the import says; empty if nothing.
    pub there: String,
    pub agrees: Agrees,
}

/// Returns the facts of somebody here beside those of somebody who came, those that neither has left out. Without `all`,
/// only who they are and how to reach them, as the front desk sees it.
pub fn side_by_side(here: &Client, there: &Client, all: bool) -> Vec<Beside> {
    let one = |label, of: fn(&Client) -> String| fact(label, of(here), of(there));
    let many = |label, of: fn(&Client) -> Vec<String>| facts(label, &of(here), &of(there));
    let mut rows = vec![
        one("Name", Client::legal_name),
        one("Called", |client| client.preferred.clone()),
        many("Formerly", |client| client.former_names.iter().map(|former| former.name.clone()).collect()),
        many("Other names", |client| client.other_names.clone()),
        one("Born", |client| birth(client.birth)),
        one("Died", |client| client.deceased.map(when::with_year).unwrap_or_default()),
        phones(&here.phones, &there.phones),
        many("Address", |client| client.addresses.clone()),
        many("Language", |client| client.languages.clone()),
        one("Pronouns", |client| client.pronouns.clone()),
    ];
    if all {
        rows.insert(5, many("Numbers", |client| client.identifiers.iter().map(number).collect()));
        rows.push(one("Gender", |client| client.gender.clone()));
        rows.push(one("Guardian", |client| client.guardian.clone()));
        rows.push(one("Emergency", |client| client.emergency_contact.clone()));
    } else {
        rows.insert(5, shared_number(here, there));
    }
    rows.retain(|row| !row.here.is_empty() || !row.there.is_empty());
    rows
}

/// Whether both have a number of another system in common, without the number.
fn shared_number(here: &Client, there: &Client) -> Beside {
    let has = |client: &Client| if client.identifiers.is_empty() { "" } else { "has one" };
    let shared = here.identifiers.iter().any(|one| there.identifiers.contains(one));
    let row = fact("Number", has(here).to_owned(), has(there).to_owned());
    match row.agrees {
        Agrees::Same if shared => Beside { here: "the same".to_owned(), there: "the same".to_owned(), ..row },
        Agrees::Same => {
            Beside { here: "another".to_owned(), there: "another".to_owned(), agrees: Agrees::Differs, ..row }
        }
        _ => row,
    }
}

/// Phones and mail: what is compared is the number, not what it is used for, and one of them in common is enough. A country
/// code or zeros in front that only one of them has make no difference.
fn phones(here: &[Telecom], there: &[Telecom]) -> Beside {
    let shown = |all: &[Telecom]| all.iter().map(phone).collect::<Vec<_>>();
    let row = facts("Phone, mail", &shown(here), &shown(there));
    let shared = here.iter().any(|mine| there.iter().any(|theirs| one_phone(mine, theirs)));
    match row.agrees {
        Agrees::Differs if shared => Beside { agrees: Agrees::Same, ..row },
        _ => row,
    }
}

/// Whether two phones or addresses reach the same, whatever they are used for.
fn one_phone(mine: &Telecom, theirs: &Telecom) -> bool {
    let (mine, theirs) = (says(&mine.value), says(&theirs.value));
    mine == theirs || same_phone(&mine, &theirs)
}

fn fact(label: &'static str, here: String, there: String) -> Beside {
    let agrees = match (here.is_empty(), there.is_empty()) {
        (false, false) if says(&here) == says(&there) => Agrees::Same,
        (false, false) => Agrees::Differs,
        _ => Agrees::OneOnly,
    };
    Beside { label, here, there, agrees }
}

fn facts(label: &'static str, here: &[String], there: &[String]) -> Beside {
    let said = |all: &[String]| all.iter().map(|one| says(one)).collect::<BTreeSet<_>>();
    let (mine, theirs) = (said(here), said(there));
    let agrees = match (mine.is_empty(), theirs.is_empty()) {
        (false, false) if mine.is_disjoint(&theirs) => Agrees::Differs,
        (false, false) => Agrees::Same,
        _ => Agrees::OneOnly,
    };
    Beside { label, here: here.join("; "), there: there.join("; "), agrees }
}

/// Text as it is compared: letters and digits only, so that `555-0001` is `(555) 0001`.
fn says(text: &str) -> String {
    fold_for_find(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn birth(birth: Birth) -> String {
    match birth {
        Birth::On(date) => when::with_year(date),
        Birth::Partly { year, month: Some(month) } => format!("{year}-{month:02}"),
        Birth::Partly { year, month: None } => year.to_string(),
        Birth::About { age, on } => format!("about {age} on {}", when::with_year(on)),
        Birth::Unknown => String::new(),
    }
}

fn phone(phone: &Telecom) -> String {
    let value = if phone.kind == "email" { phone.value.clone() } else { shown_phone(&phone.value) };
    if phone.usage.is_empty() { value } else { format!("{value} {}", phone.usage) }
}

fn number(number: &Identifier) -> String {
    let system = number.system.rsplit(['/', ':']).next().unwrap_or_default();
    format!("{system} {}", number.value)
}

/// Returns the chart that is here with what came added, and what came and could not be added because the chart says
/// something else: by label, in the words in which it came.
pub fn joined(here: &Client, there: &Client) -> (Client, Vec<(String, String)>) {
    let (mut client, mut beside) = (here.clone(), Vec::new());
    let named = std::iter::once(there.legal_name()).chain(there.other_names.iter().cloned());
    let named: Vec<String> = named.chain(called(there)).collect();
    for name in named {
        add_name(&mut client, name);
    }
    for former in &there.former_names {
        let known = client.former_names.iter().any(|one| says(&one.name) == says(&former.name));
        if !known && says(&client.legal_name()) != says(&former.name) {
            client.former_names.push(former.clone());
        }
    }
    add(&mut client.identifiers, &there.identifiers, |one| (one.system.clone(), says(&one.value)));
    let phones = there.phones.iter().filter(|one| !here.phones.iter().any(|known| one_phone(known, one)));
    client.phones.extend(phones.cloned());
    add(&mut client.addresses, &there.addresses, |one| (String::new(), says(one)));
    add(&mut client.languages, &there.languages, |one| (String::new(), says(one)));
    let mut fill = |label: &str, here: &mut String, there: &String| {
        if here.trim().is_empty() {
            here.clone_from(there);
        } else if says(here) != says(there) && !there.trim().is_empty() {
            beside.push((label.to_owned(), there.clone()));
        }
    };
    fill("Suffix", &mut client.suffix, &there.suffix);
    fill("Pronouns", &mut client.pronouns, &there.pronouns);
    fill("Gender", &mut client.gender, &there.gender);
    fill("How to reach them", &mut client.reach, &there.reach);
    fill("Emergency contact", &mut client.emergency_contact, &there.emergency_contact);
    fill("Guardian", &mut client.guardian, &there.guardian);
    for one in &there.circle {
        match client.circle.iter_mut().find(|known| says(&known.name) == says(&one.name)) {
            None => client.circle.push(one.clone()),
            // Somebody who is unsafe in either chart is unsafe.
            Some(known) if one.is(CircleRole::Unsafe) => known.clone_from(one),
            Some(known) if one.is(CircleRole::NotShared) && !known.is(CircleRole::NotShared) => {
                known.roles.push(CircleRole::NotShared);
            }
            Some(_) => {}
        }
    }
    if client.birth == Birth::Unknown {
        client.birth = there.birth;
    } else if there.birth != Birth::Unknown && there.birth != client.birth {
        beside.push(("Birth date".to_owned(), birth(there.birth)));
    }
    // A refusal of messages counts whoever wrote it down.
    client.may_leave_message = match (client.may_leave_message, there.may_leave_message) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (mine, theirs) => mine.or(theirs),
    };
    client.interpreter |= there.interpreter;
    client.private |= there.private;
    (client, beside)
}

/// The name that somebody is called by, whole.
fn called(client: &Client) -> Option<String> {
    (!client.preferred.is_empty()).then(|| client.display_name())
}

/// Adds a name, unless it is one of theirs already.
fn add_name(client: &mut Client, name: String) {
    let mut known = vec![client.legal_name(), client.display_name()];
    known.extend(client.other_names.iter().cloned());
    known.extend(client.former_names.iter().map(|former| former.name.clone()));
    if !says(&name).is_empty() && !known.iter().any(|one| says(one) == says(&name)) {
        client.other_names.push(name);
    }
}

/// Adds what is not there; two things with one key are the same.
fn add<T: Clone>(here: &mut Vec<T>, there: &[T], key: impl Fn(&T) -> (String, String)) {
    for one in there {
        if !here.iter().any(|known| key(known) == key(one)) {
            here.push(one.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Date, PersonName};

    fn person(given: &str, family: &str, day: u32) -> Client {
        Client {
            name: PersonName { given: given.into(), family: family.into() },
            birth: Birth::On(Date::from_ymd(1980, 2, day).unwrap()),
            ..Client::default()
        }
    }

    fn phones(all: &[&str]) -> Vec<Telecom> {
        let phone =
            |value: &&str| Telecom { kind: "phone".into(), value: (*value).into(), ..Telecom::default() };
        all.iter().map(phone).collect()
    }

    #[test]
    fn what_agrees_and_what_differs_is_told_row_by_row() {
        let here =
            Client { phones: phones(&["(555) 0001"]), gender: "female".into(), ..person("Ada", "North", 3) };
        let there = Client { phones: phones(&["555-0001", "555-0009"]), ..person("Ada", "South", 3) };
        let rows = side_by_side(&here, &there, true);
        let told: Vec<_> = rows.iter().map(|row| (row.label, row.agrees)).collect();
        assert_eq!(
            told,
            [
                ("Name", Agrees::Differs),
                ("Born", Agrees::Same),
                ("Phone, mail", Agrees::Same),
                ("Gender", Agrees::OneOnly),
            ]
        );
        assert!(side_by_side(&here, &there, false).iter().all(|row| row.label != "Gender"));
    }

    #[test]
    fn one_phone_is_the_same_whatever_it_is_used_for_and_however_it_is_written() {
        let used = |value: &str, usage: &str| Client {
            phones: vec![Telecom { usage: usage.into(), ..phones(&[value]).remove(0) }],
            ..person("Ada", "North", 3)
        };
        let agrees = |here: &Client, there: &Client| {
            let rows = side_by_side(here, there, true);
            rows.into_iter().find(|row| row.label == "Phone, mail").unwrap().agrees
        };
        let here = used("+1 312 555 0142", "mobile");
        for there in [used("312-555-0142", "home"), used("+13125550142", "")] {
            assert_eq!(agrees(&here, &there), Agrees::Same);
            assert_eq!(joined(&here, &there).0.phones.len(), 1, "it is not added a second time");
        }
        assert_eq!(agrees(&here, &used("312-555-0143", "mobile")), Agrees::Differs);
    }

    #[test]
    fn whoever_may_not_see_numbers_still_learns_whether_one_is_shared() {
        let number = |value: &str| vec![Identifier { system: "urn:mrn".into(), value: value.into() }];
        let with = |value: &str| Client { identifiers: number(value), ..person("Ada", "North", 3) };
        let row = |there: &Client| {
            side_by_side(&with("P1"), there, false).into_iter().find(|row| row.label == "Number").unwrap()
        };
        assert_eq!(row(&with("P1")).here, "the same");
        assert_eq!(row(&with("P2")).agrees, Agrees::Differs);
        assert_eq!(row(&person("Ada", "North", 3)).agrees, Agrees::OneOnly);
        assert!(!format!("{:?}", row(&with("P2"))).contains("P2"));
    }

    #[test]
    fn one_chart_takes_what_is_new_and_keeps_what_it_says() {
        let here = Client { guardian: "Eve North".into(), ..person("Ada", "North", 3) };
        let there = Client {
            phones: phones(&["555-0001"]),
            guardian: "Ben North".into(),
            may_leave_message: Some(false),
            ..person("Ada", "South", 4)
        };
        let (one, beside) = joined(&here, &there);
        assert_eq!(one.legal_name(), "Ada North");
        assert_eq!(one.other_names, ["Ada South"]);
        assert_eq!((one.birth, one.guardian.as_str()), (here.birth, "Eve North"));
        assert_eq!((one.phones.len(), one.may_leave_message), (1, Some(false)));
        let kept: Vec<_> = beside.iter().map(|(label, words)| (label.as_str(), words.as_str())).collect();
        assert_eq!(kept, [("Guardian", "Ben North"), ("Birth date", "4 Feb 1980")]);
        let (again, _) = joined(&one, &there);
        assert_eq!(again, one, "nothing is added twice");
    }
}

//! Setting up an agency: its keys, its first person, its recovery phrase.
//!
//! One random agency key seals everything; it is sealed to the first person and to the recovery key, whose 24 words
//! leave this file once and are stored nowhere.

use super::api::Secret;
use super::books::Books;
use super::fault::Fault;
use super::permit::Permit;
use super::staff_keys;
use crate::clock::{Clock, Ids};
use crate::domain::{
    Act, AgencyFront, AgencySettings, AuditEvent, DeskId, Moment, PersonalSettings, Role, Staff, StaffId,
};
use crate::packs;
use crate::rules::spelling::spellings;
use crate::store::{Cost, Engine, Front, Owner, Roster, RosterChange, Unlocked, recovery};

/// Shortest passphrase accepted, in characters.
pub const MIN_PASSPHRASE: usize = 8;

/// Longest login, in characters.
const MOST_LOGIN: usize = 32;

/// What setting up an agency needs to know.
#[derive(Clone, Debug)]
pub struct Founding {
    /// Agency name, readable before sign-in.
    pub agency: String,
    /// IANA time zone.
    pub zone: String,
    pub program: String,
    /// Dimension set (`ASAM3`).
    pub set: String,
    /// First person's login.
    pub login: String,
    pub name: String,
    /// Their credential, may be empty.
    pub credential: String,
    pub passphrase: Secret,
    /// Whom to call in danger, a line each. Empty: the agency's rules say it later.
    pub help_now: String,
    /// In a demo: the sentence that says who to be. Else empty.
    pub demo_hint: String,
}

impl Founding {
    /// Checks everything at once; the fault names what is missing.
    pub fn check(&self) -> Result<(), Fault> {
        let mut wrong = Vec::new();
        for (what, text) in
            [("the agency's name", &self.agency), ("a program", &self.program), ("your name", &self.name)]
        {
            if text.trim().is_empty() {
                wrong.push(format!("{what} is missing"));
            }
        }
        if let Err(error) = check_login(&self.login) {
            wrong.push(error);
        }
        if let Err(error) = check_passphrase(&self.passphrase) {
            wrong.push(error);
        }
        if packs::set(&self.set).is_none() {
            let known: Vec<&str> = packs::sets().iter().map(|set| set.key.as_str()).collect();
            wrong.push(format!(
                "no dimension set is called \"{}\"; there are {}",
                self.set,
                known.join(", ")
            ));
        }
        if let Err(error) = Clock::system(&self.zone) {
            wrong.push(error.to_string());
        }
        if wrong.is_empty() { Ok(()) } else { Err(Fault::user(format!("Not set up: {}.", wrong.join("; ")))) }
    }
}

/// The names of all time zones an agency can choose, sorted.
pub fn zones() -> Vec<String> {
    crate::clock::zone_names()
}

/// What a new agency of this time zone says to whoever is in danger, until it says it in words of its own: the public
/// numbers there, or nothing where they are not known here. United States: 911, and the 988 Suicide and Crisis Lifeline
/// (National Suicide Hotline Designation Act of 2020). European Union: 112 (Directive 2018/1972, Article 109).
pub fn help_now(zone: &str) -> &'static str {
    const STATES: [&str; 15] = [
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "America/Adak",
        "America/Boise",
        "America/Detroit",
        "America/Juneau",
        "America/Menominee",
        "America/Nome",
        "America/Sitka",
        "America/Yakutat",
        "Pacific/Honolulu",
    ];
    const UNION: [&str; 27] = [
        "Amsterdam",
        "Athens",
        "Berlin",
        "Bratislava",
        "Brussels",
        "Bucharest",
        "Budapest",
        "Copenhagen",
        "Dublin",
        "Helsinki",
        "Lisbon",
        "Ljubljana",
        "Luxembourg",
        "Madrid",
        "Malta",
        "Mariehamn",
        "Paris",
        "Prague",
        "Riga",
        "Rome",
        "Sofia",
        "Stockholm",
        "Tallinn",
        "Vienna",
        "Vilnius",
        "Warsaw",
        "Zagreb",
    ];
    let parts = ["US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/"];
    if STATES.contains(&zone) || parts.iter().any(|part| zone.starts_with(part)) {
        return "In danger: 911. Crisis line, day and night: 988";
    }
    match zone.strip_prefix("Europe/") {
        Some(city) if UNION.contains(&city) => "In danger: 112",
        _ => "",
    }
}

/// A login is a short word without spaces.
pub fn check_login(login: &str) -> Result<(), String> {
    let login = login.trim();
    if login.is_empty() {
        Err("a login is missing".to_owned())
    } else if login.chars().count() > MOST_LOGIN || login.chars().any(|c| c.is_whitespace() || c.is_control())
    {
        Err(format!("a login is one word of at most {MOST_LOGIN} characters"))
    } else {
        Ok(())
    }
}

/// Returns the login that a name suggests: its first word in small Latin letters; empty where it has none.
pub fn suggested_login(name: &str) -> String {
    let mut words = name.split_whitespace().filter(|word| !word.ends_with('.'));
    let latin = |word: &str| spellings(word).into_iter().find(|spelling| spelling.is_ascii());
    words.find_map(latin).unwrap_or_default().chars().take(MOST_LOGIN).collect()
}

/// A passphrase has at least [`MIN_PASSPHRASE`] characters.
pub fn check_passphrase(passphrase: &Secret) -> Result<(), String> {
    let length = passphrase.0.chars().count();
    if length < MIN_PASSPHRASE {
        Err(format!("the passphrase needs at least {MIN_PASSPHRASE} characters"))
    } else {
        Ok(())
    }
}

/// Founds the agency on an empty engine. Returns the 24 words of the recovery phrase.
pub(super) fn found(
    engine: Box<dyn Engine>,
    founding: &Founding,
    clock: &Clock,
    ids: &Ids,
    cost: Cost,
) -> Result<(Books, Vec<&'static str>), Fault> {
    founding.check()?;
    let phrase = recovery::Phrase::generate()?;
    let (front, agency_key, audit) =
        Front::found((ids.fresh(), DeskId(ids.fresh())), front(founding), &phrase)?;
    let mut books = Books::begin(engine, front.clone())?;
    let mut staff = first_person(founding, StaffId(ids.fresh()), clock.now());
    staff.salt = ids.fresh();
    let root = phrase.root_key();
    let named = (staff.id, &*fold_login(&staff.login));
    let (mut login, keys) = books.new_login(&root.public(), named, &founding.passphrase.0, cost)?;
    login.grant(&front.store_id, &keys.receive_public()?, &agency_key, Some(&audit))?;
    // In an invented agency people have signed long before it was made.
    let from = if founding.demo_hint.is_empty() { clock.now() } else { Moment::default() };
    let (receive, sign) = (keys.receive_public()?, keys.sign_public());
    let first = vec![
        RosterChange::Keys { staff: staff.id, receive, sign, from },
        staff_keys::standing(&front.store_id, &staff)?,
    ];
    let (roster, link) = Roster::found(
        &front.store_id,
        (&root, phrase.key_pair().public),
        audit.newest().public()?,
        clock.now(),
        first,
    )?;
    books.take_roster(roster);
    books.unlock(Unlocked { staff: staff.id, agency: agency_key, audit: Some(audit), keys });
    let mut settings = AgencySettings::new(&founding.set, founding.program.trim());
    settings.demo = !founding.demo_hint.is_empty();
    let mut unit =
        books.unit(Permit::own(staff.id), AuditEvent::of(Act::AgencyFounded, clock.now()), ids.fresh());
    unit.put(&front, Owner::AGENCY, 1, 0);
    unit.put(&link, Owner::AGENCY, 1, 0);
    unit.put(&login, staff.id, 1, 0);
    unit.put(&settings, Owner::AGENCY, 1, 0);
    unit.put(&staff, staff.id, 1, 0);
    let written = books.commit(unit);
    books.lock();
    written?;
    Ok((books, phrase.words()))
}

fn front(founding: &Founding) -> AgencyFront {
    AgencyFront {
        name: founding.agency.trim().to_owned(),
        zone: founding.zone.clone(),
        help_now: founding.help_now.clone(),
        lock_after_s: 300,
        demo_hint: founding.demo_hint.clone(),
    }
}

/// The first person is admin, supervisor and counselor.
fn first_person(founding: &Founding, id: StaffId, now: Moment) -> Staff {
    Staff {
        id,
        login: founding.login.trim().to_owned(),
        name: founding.name.trim().to_owned(),
        credential: founding.credential.trim().to_owned(),
        roles: vec![Role::Counselor, Role::Supervisor, Role::Admin],
        supervisor: None,
        cosign_needed: false,
        active: true,
        must_change: false,
        since: now,
        settings: PersonalSettings::default(),
        ..Staff::default()
    }
}

/// A login as it is compared: trimmed, lower case.
pub(super) fn fold_login(login: &str) -> String {
    login.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_in_danger_are_those_of_the_place_or_none() {
        let american = "In danger: 911. Crisis line, day and night: 988";
        for (zone, words) in [
            ("America/Chicago", american),
            ("America/Indiana/Knox", american),
            ("US/Eastern", american),
            ("Europe/Berlin", "In danger: 112"),
            ("Europe/London", ""),
            ("America/Bogota", ""),
            ("UTC", ""),
        ] {
            assert_eq!(help_now(zone), words, "{zone}");
            assert!(zone == "US/Eastern" || zone == "UTC" || zones().iter().any(|one| one == zone), "{zone}");
        }
    }

    #[test]
    fn a_name_suggests_a_login_that_can_be_one() {
        for (name, login) in [
            ("Rosa Imani", "rosa"),
            ("Dr. Zoë Müller", "zoe"),
            ("O'Neil", "oneil"),
            ("Петров Иван", "petrov"),
            ("", ""),
            ("- .", ""),
        ] {
            assert_eq!(suggested_login(name), login, "{name}");
            assert!(login.is_empty() || check_login(login).is_ok());
        }
        assert!(check_login(&suggested_login(&"x".repeat(80))).is_ok());
    }
}

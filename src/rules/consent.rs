//! Who may consent to treatment on a day: by the agency's table, the client's age, and what is known of custody.

use crate::domain::{Client, Custody, Date};
use crate::packs::{ConsentRow, Consents};

/// The rows that hold for somebody of this age in this place; none once they are of age.
pub fn rows<'a>(table: &'a Consents, place: &str, age: u8) -> Vec<&'a ConsentRow> {
    if age >= table.of_age {
        return Vec::new();
    }
    let of = |place: &str| table.rows.iter().filter(|row| row.place == place).collect::<Vec<_>>();
    let mut all = of(place);
    if all.is_empty() {
        all = of("");
    }
    // Of one matter the row with the highest age that is reached counts.
    all.retain(|row| row.from <= age);
    all.sort_by_key(|row| std::cmp::Reverse(row.from));
    let mut held: Vec<&ConsentRow> = Vec::new();
    for row in all {
        if held.iter().all(|one| one.what != row.what) {
            held.push(row);
        }
    }
    held
}

/// The place of a program, by the key of its rules on due dates: `ca` of `ca-outpatient`.
pub fn place_of(due: &str) -> &str {
    due.split_once('-').map_or("", |(place, _)| if place.len() == 2 { place } else { "" })
}

/// What is said of who may consent, one sentence for each matter. Empty for adults, and where custody says who decides.
pub fn words(table: &Consents, place: &str, client: &Client, today: Date) -> Vec<String> {
    if client.custody != Custody::ByAge {
        return Vec::new();
    }
    let age = client.birth.age(today).and_then(|age| u8::try_from(age).ok());
    let Some(age) = age else { return Vec::new() };
    let one = |row: &ConsentRow| {
        let verify = if row.checked { "" } else { "; verify" };
        format!("{}: {} ({}{verify})", row.what, row.who.word(), row.source)
    };
    rows(table, place, age).into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Birth;
    use crate::packs::{WhoConsents, consents};

    #[test]
    fn age_and_place_say_who_consents_and_where_nothing_is_known_somebody_is_asked() {
        use WhoConsents::{Ask, Client, Guardian};
        let table = consents();
        let who = |place: &str, age| rows(&table, place, age).iter().map(|row| row.who).collect::<Vec<_>>();
        assert_eq!(who("ca", 11), [Guardian]);
        assert_eq!(who("ca", 12), [Client]);
        assert_eq!(who("mn", 15), [Client, Guardian]);
        assert_eq!(who("mn", 16), [Client, Client]);
        assert_eq!(who("xx", 16), [Ask]);
        assert_eq!(who("", 17), [Ask]);
        assert!(who("ca", 18).is_empty());
    }

    #[test]
    fn a_row_says_its_source_and_that_nobody_checked_it_and_custody_goes_before_it() {
        let today = Date::from_ymd(2026, 11, 28).unwrap();
        let youth = Client { birth: Birth::On(today.plus_days(-14 * 366)), ..Client::default() };
        let said = words(&consents(), "wa", &youth, today);
        assert_eq!(said.len(), 1);
        assert!(said[0].contains("the client alone") && said[0].ends_with("verify)"), "{said:?}");
        let own = Client { custody: Custody::Own, ..youth };
        assert!(words(&consents(), "wa", &own, today).is_empty());
        assert!(words(&consents(), "wa", &Client::default(), today).is_empty(), "an age nobody knows");
    }

    #[test]
    fn the_place_is_the_beginning_of_the_rules_on_due_dates() {
        assert_eq!((place_of("ca-outpatient"), place_of("outpatient"), place_of("our-own")), ("ca", "", ""));
    }
}

//! What a header says: which field its column is, in which order its dates or names are.

use super::columns::fold;
use super::dates::Order;
use super::fields::Field;

/// What a header says of its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) field: Option<Field>,
    /// The order of dates: `DOB (MM/DD/YYYY)`, `Geburtsdatum TT.MM.JJJJ`.
    pub(super) order: Option<Order>,
    /// The family name is before the given names: `Client (Last First)`.
    pub(super) family_first: bool,
}

/// Whose a column says it is, or where: it says nothing of what is in it.
const OWNERS: &[&str] = &[
    "patienten",
    "patient",
    "klienten",
    "klient",
    "clients",
    "client",
    "person",
    "member",
    "participant",
    "consumer",
    "individual",
    "legal",
    "current",
    "primary",
    "home",
    "mailing",
    "residential",
    "paciente",
    "del paciente",
];

/// Reads a header.
pub(super) fn read(header: &str) -> Said {
    let (rest, order) = without_order(header);
    let bare = fold(&without_brackets(&rest));
    let whole = fold(&rest);
    let both = both_names(&whole);
    let field = both.map(|_| Field::Name).or_else(|| {
        Field::headed(&bare).or_else(|| {
            // The owner as a word of its own, or written as one with the rest: `PatientFirstName`.
            let apart = OWNERS.iter().find_map(|owner| bare.strip_prefix(owner)?.strip_prefix(' '));
            let joined = || OWNERS.iter().find_map(|owner| bare.strip_prefix(owner));
            Field::headed(apart.or_else(joined)?)
        })
    });
    Said { field, order, family_first: both == Some(true) }
}

/// A header without what is in brackets.
fn without_brackets(header: &str) -> String {
    let mut deep = 0_u32;
    let kept = header.chars().filter(|c| match c {
        '(' | '[' => {
            deep += 1;
            false
        }
        ')' | ']' => {
            deep = deep.saturating_sub(1);
            false
        }
        _ => deep == 0,
    });
    kept.collect()
}

/// Whether a header names both parts of a name, and whether the family name is the first.
fn both_names(folded: &str) -> Option<bool> {
    if folded == "name vorname" {
        return Some(true);
    }
    let plain = |word: &&str| {
        !OWNERS.contains(word) && !matches!(*word, "name" | "full" | "and" | "und" | "y" | "et")
    };
    let words: Vec<&str> = folded.split(' ').filter(plain).collect();
    (1..words.len()).find_map(|at| {
        let (first, second) = words.split_at(at);
        match (Field::headed(&first.join(" "))?, Field::headed(&second.join(" "))?) {
            (Field::Family, Field::Given) => Some(true),
            (Field::Given, Field::Family) => Some(false),
            _ => None,
        }
    })
}

/// A header without the form of its dates, and the order that this form says.
fn without_order(header: &str) -> (String, Option<Order>) {
    let mut said = None;
    let rest = header.split_inclusive(|c: char| c.is_whitespace() || "()[]".contains(c)).filter(|piece| {
        let order = order_of(piece.trim_matches(|c: char| c.is_whitespace() || "()[]:".contains(c)));
        said = said.or(order);
        order.is_none()
    });
    let rest: String = rest.collect();
    (rest, said)
}

/// The order that a form of dates says: `MM/DD/YYYY`, `TT.MM.JJJJ`, `JJ/MM/AAAA`, `ddmmyy`.
fn order_of(form: &str) -> Option<Order> {
    let lower = form.to_lowercase();
    let letters: Vec<char> = lower.chars().filter(|c| !"-/.".contains(*c)).collect();
    if letters.len() < 6 && letters.len() == lower.chars().count()
        || !letters.iter().all(|c| "dmyatj".contains(*c))
    {
        return None;
    }
    let mut runs = letters.clone();
    runs.dedup();
    // `J` is a year in German and a day in French.
    let years = if runs.contains(&'t') { ['y', 'a', 'j'] } else { ['y', 'a', 'a'] };
    let part = |c: &char| {
        if years.contains(c) {
            'y'
        } else if *c == 'm' {
            'm'
        } else {
            'd'
        }
    };
    match runs.iter().map(part).collect::<String>().as_str() {
        "mdy" => Some(Order::Mdy),
        "dmy" => Some(Order::Dmy),
        "ymd" => Some(Order::Ymd),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_known_however_they_are_written() {
        for (header, field) in [
            ("First Name", Field::Given),
            ("client_first_name", Field::Given),
            ("PatientFirstName", Field::Given),
            ("Vorname(n)", Field::Given),
            ("Nombre(s)", Field::Given),
            ("Geb.-Datum", Field::Birth),
            ("geb. am", Field::Birth),
            ("Fecha de Nac.", Field::Birth),
            ("D.O.B.", Field::Birth),
            ("Verstorben am", Field::Died),
            ("Fecha de fallecimiento", Field::Died),
            ("Patientennummer", Field::Record),
            ("Patienten-Nr.", Field::Record),
            ("N\u{b0} de expediente", Field::Record),
            ("Client #", Field::Record),
            ("Stra\u{df}e", Field::Address),
            ("Home Address Line 2", Field::Unit),
            ("Home City", Field::City),
            ("Home Phone", Field::Phone),
            ("Tel. mobil", Field::Mobile),
            ("E-Mail-Adresse", Field::Email),
            ("Segundo Apellido", Field::SecondFamily),
            ("Bezugsbetreuer", Field::Counselor),
            ("Merged Into", Field::Merged),
        ] {
            assert_eq!(read(header).field, Some(field), "{header}");
        }
        for header in ["Emergency Phone", "Allergies", "SSN", "Case manager", "", "Notes", "Geburtsname"] {
            assert_eq!(read(header).field, None, "{header}");
        }
    }

    #[test]
    fn the_order_of_dates_and_names_is_read_out_of_a_header() {
        for (header, order) in [
            ("Date of Birth (MM/DD/YYYY)", Some(Order::Mdy)),
            ("DOB [dd/mm/yyyy]", Some(Order::Dmy)),
            ("DOB MM-DD-YYYY", Some(Order::Mdy)),
            ("DOB YYYYMMDD", Some(Order::Ymd)),
            ("Geburtsdatum (TT.MM.JJJJ)", Some(Order::Dmy)),
            ("Date de naissance (JJ/MM/AAAA)", Some(Order::Dmy)),
            ("Fecha de nacimiento DD/MM/AAAA", Some(Order::Dmy)),
            ("Date of Birth (day)", None),
        ] {
            assert_eq!((read(header).field, read(header).order), (Some(Field::Birth), order), "{header}");
        }
        for (header, first) in [
            ("Last, First", true),
            ("Client Name (Last, First)", true),
            ("Last Name, First Name", true),
            ("Nachname, Vorname", true),
            ("Name, Vorname", true),
            ("Apellidos y nombres", true),
            ("First Last", false),
        ] {
            assert_eq!(
                (read(header).field, read(header).family_first),
                (Some(Field::Name), first),
                "{header}"
            );
        }
    }
}

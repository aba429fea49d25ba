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
    "cliente",
];

/// Reads a header.
pub(super) fn read(header: &str) -> Said {
    let (rest, order) = without_order(header);
    let bare = fold(&without_brackets(&rest));
    let whole = fold(&rest);
    let both = both_names(&whole);
    let field = both.map(|_| Field::Name).or_else(|| {
        part_of_birth(&words(&rest)).or_else(|| Field::headed(&bare)).or_else(|| {
            // The owner as a word of its own, or written as one with the rest: `PatientFirstName`.
            let apart = OWNERS.iter().find_map(|owner| bare.strip_prefix(owner)?.strip_prefix(' '));
            let joined = || OWNERS.iter().find_map(|owner| bare.strip_prefix(owner));
            Field::headed(apart.or_else(joined)?)
        })
    });
    let field = field.or_else(|| by_words(&words(&without_brackets(&rest))));
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

/// The words of a header, in small letters, also where they are written as one: `PatientFirstNm` is `patient first name`.
fn words(header: &str) -> Vec<String> {
    let mut apart = String::new();
    let letters: Vec<char> = header.replace("'s ", " ").replace('\u{2019}', "'").chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let after = letters.get(at + 1).copied().unwrap_or(' ');
        let begins =
            c.is_uppercase() && (before.is_lowercase() || before.is_uppercase() && after.is_lowercase());
        if begins || c.is_ascii_digit() && before.is_alphabetic() {
            apart.push(' ');
        }
        apart.push(*c);
    }
    let long = |word: &str| {
        match word {
            "dt" => "date",
            "nm" => "name",
            "nbr" | "num" | "nr" | "no" => "number",
            "addr" | "add" => "address",
            "pt" | "pat" | "clt" | "mbr" => "patient",
            other => other,
        }
        .to_owned()
    };
    fold(&apart).split(' ').filter(|word| *word != "s").map(long).collect()
}

fn all_of(words: &[&str], known: &[&str]) -> bool {
    words.iter().all(|word| known.contains(word))
}

const BIRTH: &[&str] = &[
    "birth",
    "dob",
    "birthdate",
    "birthday",
    "born",
    "geburt",
    "geburts",
    "geb",
    "naissance",
    "nacimiento",
    "nac",
];
/// What stands beside a word for a day and says nothing more.
const FILL: &[&str] = &[
    "date",
    "time",
    "datetime",
    "text",
    "of",
    "on",
    "at",
    "by",
    "is",
    "the",
    "de",
    "del",
    "flag",
    "ind",
    "indicator",
    "yn",
    "y",
    "n",
    "1",
    "record",
    "row",
    "formatted",
    "reported",
];

/// The month or the year of a birth that is in columns of its own: `DOB (month)`, `DOB_MM`.
fn part_of_birth(words: &[String]) -> Option<Field> {
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !OWNERS.contains(word)).collect();
    let (birth, rest): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| BIRTH.contains(word));
    let rest: Vec<&str> =
        rest.into_iter().filter(|word| !["date", "of", "de", "datum"].contains(word)).collect();
    let [part] = rest[..] else { return None };
    if birth.is_empty() {
        return None;
    }
    Some(match part {
        "month" | "mm" | "m" | "mon" | "monat" | "mes" | "mois" => Field::BirthMonth,
        "year" | "yyyy" | "yy" | "yr" | "jahr" | "ano" | "annee" => Field::BirthYear,
        "dd" | "d" | "tag" | "dia" | "jour" => Field::BirthDay,
        _ => return None,
    })
}

/// What a header says by the words it is made of, where it is none of the known ones as a whole.
fn by_words(words: &[String]) -> Option<Field> {
    let owned = words.iter().any(|word| OWNERS.contains(&word.as_str()));
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|word| !OWNERS.contains(word)).collect();
    let is = |core: &[&str], more: &[&str]| {
        let rest: Vec<&str> = words.iter().copied().filter(|word| !core.contains(word)).collect();
        rest.len() < words.len() && all_of(&rest, &[FILL, more].concat())
    };
    if words.is_empty() {
        return None;
    }
    if let Some(field) = Field::headed(&words.join(" ")) {
        return Some(field);
    }
    if is(BIRTH, &[]) {
        return Some(Field::Birth);
    }
    if is(&["death", "deceased", "died", "dead", "dod"], &[]) {
        return Some(Field::Died);
    }
    let deleted = [
        "deleted",
        "delete",
        "deletion",
        "void",
        "voided",
        "purged",
        "obsolete",
        "geloscht",
        "loschdatum",
        "loschung",
    ];
    if is(&deleted, &["marked", "for"]) || words.join(" ") == "entered in error" || words == ["del", "flag"] {
        return Some(Field::Deleted);
    }
    if is(&["merged", "duplicate", "superseded"], &["into", "to", "with", "id", "target"]) {
        return Some(Field::Merged);
    }
    is_a_number(&words, owned).then_some(Field::Record)
}

/// Whether the words are those of somebody's number in some system.
fn is_a_number(words: &[&str], owned: bool) -> bool {
    let number = ["id", "number", "identifier", "key", "code", "uid", "locator"];
    let whose = [
        "medical",
        "med",
        "record",
        "rec",
        "chart",
        "case",
        "file",
        "account",
        "acct",
        "unique",
        "external",
        "ext",
        "internal",
        "legacy",
        "old",
        "source",
        "system",
        "ehr",
        "emr",
        "enterprise",
        "person",
        "personal",
        "registration",
        "reg",
        "hospital",
        "master",
        "universal",
        "resident",
        "student",
        "participant",
        "subject",
        "entity",
        "intake",
        "facesheet",
        "mr",
        "hmis",
        "wits",
        "nhs",
        "consumer",
        "fall",
        "akte",
        "demographic",
    ];
    let alone = ["mrn", "hrn", "urn", "empi", "upi", "uid", "uuid", "guid"];
    let of = |word: &&str| whose.contains(word);
    match words {
        [one] => alone.contains(one) || owned && number.contains(one) || *one == "identifier",
        _ => {
            words.iter().all(|word| number.contains(word) || of(word) || ["del", "de", "of"].contains(word))
                && words.iter().any(|word| number.contains(word))
                && (owned || words.iter().any(of))
        }
    }
}

/// Whether a row says what the columns are to hold: their types, or that they are required.
pub(super) fn is_of_kinds(cells: &[String]) -> bool {
    let kinds = [
        "varchar",
        "nvarchar",
        "char",
        "text",
        "string",
        "date",
        "datetime",
        "timestamp",
        "int",
        "integer",
        "bigint",
        "number",
        "numeric",
        "decimal",
        "bool",
        "boolean",
        "bit",
        "required",
        "optional",
        "mandatory",
    ];
    let mut filled = cells.iter().filter(|cell| !cell.is_empty()).peekable();
    let of_kind = |cell: &String| {
        let bare: String = fold(cell).chars().filter(|c| !c.is_ascii_digit()).collect();
        kinds.contains(&bare.trim()) || without_order(cell).1.is_some()
    };
    filled.peek().is_some() && filled.all(of_kind)
}

/// Whether a group of columns is about somebody else than whom the row is about: `Emergency Contact`, `Insurance`.
pub(super) fn is_of_others(group: &str) -> bool {
    let others = [
        "emergency",
        "guardian",
        "parent",
        "mother",
        "father",
        "spouse",
        "partner",
        "insurance",
        "policy",
        "subscriber",
        "employer",
        "provider",
        "physician",
        "doctor",
        "referral",
        "payer",
        "responsible",
        "guarantor",
        "kin",
        "relative",
        "notfall",
        "notfallkontakt",
        "vormund",
        "versicherung",
        "arzt",
        "urgencia",
        "tutor",
    ];
    fold(group).split(' ').any(|word| others.contains(&word))
}

/// A header without the form of its dates, and the order that this form says.
fn without_order(header: &str) -> (String, Option<Order>) {
    let mut said = None;
    let forms = ["mm_dd_yyyy", "dd_mm_yyyy", "yyyy_mm_dd", "mm dd yyyy", "dd mm yyyy", "yyyy mm dd"];
    let lower = header.to_lowercase();
    let form = forms.iter().find_map(|form| Some((lower.find(form)?, form.len())));
    let header = &match form {
        Some((at, len)) if header.is_char_boundary(at) && lower.len() == header.len() => {
            let form = header[at..at + len].replace(['_', ' '], "/");
            format!("{} {form}{}", &header[..at], &header[at + len..]).replace("_ ", " ")
        }
        _ => header.to_owned(),
    };
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
    let lower = form.to_lowercase().replace("month", "m").replace("day", "d").replace("year", "y");
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

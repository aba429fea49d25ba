//! The fields of a person, for registering and editing.

use crate::domain::{Birth, Client, Custody, PersonName, Telecom};
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::widgets::field::{Field, read_birth};
use crate::tui::widgets::form::{Form, Wrong};

/// Fields that are neither who somebody is nor how to reach them.
pub(super) const NOT_CONTACT: [&str; 4] = ["gender", "emergency", "guardian", "custody"];

/// A person's fields as they are.
pub(super) fn form(client: &Client, done: &str) -> Form {
    let phone =
        |kind: &str| client.phones.iter().find(|one| one.kind == kind).map_or("", |one| one.value.as_str());
    let message = match client.may_leave_message {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let answers =
        vec![Item::new("", "not asked", ""), Item::new("yes", "yes", ""), Item::new("no", "no", "")];
    let birth = Field::birth("birth", "Birth date", client.birth).hint("4/12/91, 1991, about 35");
    // Whoever came from elsewhere without one can be corrected without one.
    let asks_birth = client.created.0 == 0 || client.birth != Birth::Unknown;
    Form::new(
        done,
        vec![
            Field::text("given", "Given names", &client.name.given).hint("or leave both empty: unknown"),
            Field::text("family", "Family name", &client.name.family),
            if asks_birth { birth.required() } else { birth },
            Field::text("preferred", "Wants to be called", &client.preferred).hint("if not the given name"),
            Field::text("pronouns", "Pronouns", &client.pronouns),
            Field::text("gender", "Gender (their word)", &client.gender),
            Field::offered("phone", "Phone", phone("phone")),
            Field::offered("email", "Mail", phone("email")),
            Field::text("reach", "How to reach them", &client.reach).hint("when, and what name to say"),
            Field::choice("message", "May leave a message", answers, message),
            Field::text("address", "Address", client.addresses.first().map_or("", String::as_str)),
            Field::text("language", "Languages", &client.languages.join(", ")).hint("the one to speak first"),
            Field::yes_no("interpreter", "Interpreter needed", client.interpreter),
            Field::text("emergency", "Emergency contact", &client.emergency_contact),
            Field::text("guardian", "Guardian", &client.guardian).hint("needed for a minor"),
            Field::choice(
                "custody",
                "Who decides",
                Item::words(Custody::ALL.map(Custody::word)),
                client.custody.word(),
            )
            .hint("who consents to treatment"),
            Field::text("others", "Other names", &client.other_names.join(", "))
                .hint("earlier, maiden or street names: Ana Gomes, Neni"),
            Field::yes_no("private", "Not to be shared", client.private).hint("address, phones and mail"),
        ],
    )
}

/// Whoever was looked for by these words: `Ana Gomes`, `Gomes, Ana`, with a birth date or without one.
pub(super) fn sought(typed: &str, cx: &Cx) -> Client {
    let (numbers, names): (Vec<&str>, Vec<&str>) =
        typed.split_whitespace().partition(|word| word.contains(|c: char| c.is_ascii_digit()));
    let birth = read_birth(&numbers.join(" "), cx.today()).unwrap_or_default();
    let names = names.join(" ");
    let (given, family) = match names.split_once(',') {
        Some((family, given)) => (given, family),
        // The last word is the family's; one word alone is looked for as that, too.
        None => names.rsplit_once(' ').unwrap_or(("", &names)),
    };
    let name = PersonName { given: as_a_name(given), family: as_a_name(family) };
    Client { name, birth, ..Client::default() }
}

/// A name that was typed in small letters alone begins with capitals.
fn as_a_name(typed: &str) -> String {
    let typed = typed.trim().trim_matches(',');
    if typed.chars().any(char::is_uppercase) {
        return typed.to_owned();
    }
    let mut begins = true;
    let capital = |c: char| {
        let first = std::mem::replace(&mut begins, c == ' ' || c == '-');
        if first { c.to_uppercase().collect::<String>() } else { c.to_string() }
    };
    typed.chars().map(capital).collect()
}

/// The person that the fields say; what has no field stays as it was.
pub(super) fn read(form: &mut Form, mut client: Client, cx: &Cx) -> Result<Client, Wrong> {
    client.name.given = form.typed("given");
    client.name.family = form.typed("family");
    if client.name.given.is_empty() && client.name.family.is_empty() {
        "unknown".clone_into(&mut client.name.family);
    }
    client.preferred = form.typed("preferred");
    client.pronouns = form.typed("pronouns");
    client.gender = form.typed("gender");
    client.birth = form.birth("birth", cx.today());
    if client.birth.date().is_some_and(|date| date > cx.today()) {
        return Err(Wrong::new("birth", "The birth date is in the future. Check the year."));
    }
    if let Some(doubt) = doubt(form).filter(|_| !form.is_meant()) {
        form.doubt();
        return Err(doubt);
    }
    set_phone(&mut client.phones, "phone", form.typed("phone"));
    set_phone(&mut client.phones, "email", form.typed("email"));
    client.reach = form.typed("reach");
    client.may_leave_message = match form.chosen("message") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let address = form.typed("address");
    match (client.addresses.first_mut(), address.is_empty()) {
        (Some(first), false) => *first = address,
        (Some(_), true) => {
            client.addresses.remove(0);
        }
        (None, false) => client.addresses.push(address),
        (None, true) => {}
    }
    client.languages = list(&form.typed("language"));
    client.interpreter = form.yes("interpreter");
    client.emergency_contact = form.typed("emergency");
    client.guardian = form.typed("guardian");
    let custody = Custody::ALL.into_iter().find(|custody| custody.word() == form.chosen("custody"));
    client.custody = custody.unwrap_or_default();
    client.other_names = list(&form.typed("others"));
    client.private = form.yes("private");
    let minor = client.birth.age(cx.today()).is_some_and(|age| age < 18);
    if minor && client.guardian.is_empty() && client.created.0 == 0 {
        return Err(Wrong::new(
            "guardian",
            "This person is a minor. Write their guardian: who decides for them.",
        ));
    }
    Ok(client)
}

/// Most digits of a telephone number (E.164).
const MOST_DIGITS: usize = 15;

/// What is likely a slip: a number typed behind another one, a number where an address is asked.
fn doubt(form: &Form) -> Option<Wrong> {
    let (phone, mail) = (form.typed("phone"), form.typed("email"));
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).count();
    let longest = phone.split([',', ';', '/']).map(digits).max().unwrap_or(0);
    if longest > MOST_DIGITS {
        let why =
            format!("\"Phone\" has {longest} digits, more than any number. Save again to keep it even so.");
        Some(Wrong::new("phone", why))
    } else if !mail.is_empty() && !mail.contains('@') {
        Some(Wrong::new("email", "\"Mail\" has no @, so no mail reaches it. Save again to keep it even so."))
    } else {
        None
    }
}

fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Changes the first of a kind, and leaves the others as they were.
fn set_phone(phones: &mut Vec<Telecom>, kind: &str, value: String) {
    let at = phones.iter().position(|one| one.kind == kind);
    match (at, value.is_empty()) {
        (Some(at), true) => {
            phones.remove(at);
        }
        (Some(at), false) => phones[at].value = value,
        (None, false) => phones.push(Telecom { kind: kind.to_owned(), value, usage: String::new() }),
        (None, true) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::app::rig::Rig;

    #[test]
    fn whoever_was_looked_for_has_a_name_and_maybe_a_birth_date() {
        let rig = Rig::home();
        let sought = |typed: &str| {
            let client = sought(typed, rig.cx());
            (client.name.given, client.name.family, crate::tui::facts::birth_typed(client.birth))
        };
        let of = |given: &str, family: &str, birth: &str| (given.into(), family.into(), birth.into());
        assert_eq!(sought("smythe"), of("", "Smythe", ""));
        assert_eq!(sought("ana maria gomes-diaz"), of("Ana Maria", "Gomes-Diaz", ""));
        assert_eq!(sought("gomes, ana 1991-04-12"), of("Ana", "Gomes", "1991-04-12"));
        assert_eq!(
            sought("Vera deVries A-1004"),
            of("Vera", "deVries", ""),
            "a number of a record is no birth date"
        );
    }

    #[test]
    fn a_number_behind_a_number_and_a_mail_without_an_at_are_asked_about_once() {
        let rig = Rig::home();
        let filled = |phone: &str, mail: &str| {
            let mut form = form(&Client::default(), "Save");
            let typed = [("given", "Jo"), ("phone", phone), ("email", mail)];
            form.put_back(&typed.map(|(id, text)| (id.to_owned(), text.to_owned())), "");
            form
        };
        let wrong = |form: &mut Form| read(form, Client::default(), rig.cx()).err().map(|wrong| wrong.field);
        assert_eq!(wrong(&mut filled("303-555-0147303-555-0174", "")), Some("phone"));
        assert_eq!(wrong(&mut filled("", "303 555 0174")), Some("email"));
        for phone in ["303-555-0147", "+49 5031 123456 ext 12", "303-555-0147, 303-555-0174", "none"] {
            assert_eq!(wrong(&mut filled(phone, "jo@example.org")), None, "{phone}");
        }
        let mut form = filled("303-555-0147303-555-0174", "");
        assert_eq!((wrong(&mut form), wrong(&mut form)), (Some("phone"), None), "saved again it is meant");
    }
}

//! With whom a session is planned, and what that colleague holds on the day.

use super::days::{counselor_items, key, person_of, staff_of};
use crate::domain::{ClientId, Role, StaffId};
use crate::service::api::HoursOf;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::widgets::form::Form;
use std::cell::RefCell;

/// The key of whoever counsels the client.
pub(super) const THEIR_OWN: &str = "own";

/// Whether this person plans for people of their own; else the client's own counselor holds a session unless it is said
/// otherwise. Who that is the front desk is not told on its lists; the service knows.
fn carries(cx: &Cx) -> bool {
    let mut counselors = cx.people().iter().filter_map(|person| person.summary.episode.as_ref());
    cx.roles().contains(&Role::Counselor) || counselors.any(|episode| Some(episode.counselor) == cx.me())
}

/// Who may hold a session.
pub(super) fn items(client: ClientId, cx: &Cx) -> Vec<Item> {
    let own = (!carries(cx)).then(|| Item::new(THEIR_OWN, "their own counselor", ""));
    own.into_iter().chain(counselor_items(Some(client), cx)).collect()
}

/// Who holds it unless it is said otherwise: whoever counsels the client, as far as that is known here; else whoever plans it, if
/// they counsel people.
pub(super) fn usual(client: Option<ClientId>, cx: &Cx) -> String {
    let episode =
        client.and_then(|client| cx.person(client)).and_then(|person| person.summary.episode.as_ref());
    let known = episode.map(|episode| episode.counselor);
    let known = known.filter(|known| cx.counselors().iter().any(|(id, _)| id == known));
    match known.or(cx.me().filter(|_| carries(cx))) {
        Some(id) => key(id.0),
        None => THEIR_OWN.to_owned(),
    }
}

/// Keeps *With* on the counselor of the person who is chosen, until somebody else is chosen there by hand.
pub(super) fn follow(first: String) -> impl Fn(&mut Form, &Cx) {
    let last = RefCell::new(first);
    move |form, cx| {
        let mut last = last.borrow_mut();
        if form.chosen("staff") != *last {
            return;
        }
        let usual = usual(person_of(form.chosen("client"), cx), cx);
        if let Some(field) =
            form.fields.iter_mut().find(|field| field.id == "staff").filter(|_| usual != *last)
        {
            field.put_back(&usual);
            *last = usual;
        }
    }
}

/// Whose hours a form of a session is about, and of which day; `None` for every other form.
pub fn meant(form: &Form, cx: &Cx) -> Option<HoursOf> {
    form.field("start").and(form.field("staff"))?;
    let client = person_of(form.chosen("client"), cx).unwrap_or_default();
    let staff = match form.chosen("staff") {
        THEIR_OWN => StaffId::default(),
        chosen => staff_of(chosen, cx)?,
    };
    let nobody = client == ClientId::default() && staff == StaffId::default();
    let date = form.date("date", cx.today()).filter(|_| !nobody)?;
    Some(HoursOf { client, staff, date })
}

/// What stands below the fields: `Tue 8 Dec, Rosa Imani: 10:00 Noor Haddad, 13:00 Lee Tran.`
pub(super) fn words(form: &Form, cx: &Cx) -> String {
    let of = meant(form, cx);
    let Some(hours) = cx.hours.as_ref().filter(|hours| Some(hours.of) == of && !hours.staff_name.is_empty())
    else {
        return String::new();
    };
    let day = hours.of.date.naive().format("%a %-d %b");
    let line = |(start, name): &(_, Box<str>)| match &**name {
        "" => format!("{start}"),
        name => format!("{start} {}", cx.listed(name)),
    };
    let lines: Vec<String> = hours.lines.iter().map(line).collect();
    if lines.is_empty() {
        return format!("{day}, {}: no session yet.", hours.staff_name);
    }
    let times: Vec<String> = hours.lines.iter().map(|(start, _)| start.to_string()).collect();
    let said = |lines: &[String]| format!("{day}, {}: {}.", hours.staff_name, lines.join(", "));
    // Every session of a long day is there with its hour, the first of them with their names; what is beyond that is counted.
    let named = (0..=lines.len()).rev().map(|names| {
        let mixed: Vec<String> = lines[..names].iter().chain(&times[names..]).cloned().collect();
        said(&mixed)
    });
    let counted = (1..=times.len()).rev().map(|shown| {
        let more = format!("and {} more", times.len() - shown);
        said(&times[..shown].iter().cloned().chain([more]).collect::<Vec<_>>())
    });
    let mut all = named.chain(counted);
    all.find(|sentence| Question::fits_below(sentence, cx)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::domain::{ClockTime, Staff, StaffId};
    use crate::service::api::{Answer, Command, DaysAsk, Hours, HoursOf, Kept, StaffRow};
    use crate::tui::app::rig::{self, Rig};

    const SAM: StaffId = StaffId([8; 16]);

    /// Rosa with a client of her own and one of Sam's, who was added to the staff just now.
    fn with_sam() -> Rig {
        let mut sams = rig::summary(2, "Lee", "Tran");
        sams.episode.as_mut().unwrap().counselor = SAM;
        let mut own = rig::summary(1, "Jo", "Rivera");
        own.episode.as_mut().unwrap().counselor = rig::rosa().id;
        let mut rig = Rig::with(vec![rig::person_of(own), rig::person_of(sams)]);
        let sam = Staff { id: SAM, name: "Sam Lund".into(), ..rig::rosa() };
        let row = |value| StaffRow { staff: Kept { rev: 1, value }, caseload: 0, drafts: 0 };
        // On Today, where the day is asked for.
        rig.keys("tab");
        rig.answer(Answer::Staff {
            rows: vec![row(rig::rosa()), row(sam)],
            said: String::new(),
            undoable: false,
        });
        rig
    }

    fn asked(rig: &Rig) -> HoursOf {
        let found = rig.asked.iter().rev().find_map(|ask| match &ask.command {
            Command::Days(ask) => match ask.as_ref() {
                DaysAsk::Hours(of) => Some(*of),
                _ => None,
            },
            _ => None,
        });
        found.expect("hours were asked for")
    }

    #[test]
    fn with_follows_the_person_until_somebody_else_is_chosen() {
        let mut rig = with_sam();
        rig.keys("ctrl-a").sees("With *               Rosa Imani");
        rig.keys("enter").types("tran").keys("enter");
        rig.sees("With *               Sam Lund");
        assert_eq!(asked(&rig).staff, SAM);
        // Chosen by hand it stays, whoever the person is.
        rig.keys("up enter").types("rivera").keys("enter");
        rig.sees("With *               Rosa Imani");
        rig.keys("down down down down enter").types("sam").keys("enter");
        rig.keys("up up up up up up enter").types("tran").keys("enter");
        rig.sees("With *               Sam Lund");
        rig.keys("up enter").types("rivera").keys("enter");
        rig.sees("Jo Rivera").sees("With *               Sam Lund");
    }

    #[test]
    fn what_the_colleague_holds_that_day_stands_below_the_fields() {
        let mut rig = with_sam();
        rig.keys("ctrl-a enter").types("tran").keys("enter");
        let of = asked(&rig);
        let lines = vec![
            (ClockTime::new(10, 0).unwrap(), "Noor Haddad".into()),
            (ClockTime::new(13, 0).unwrap(), "".into()),
        ];
        rig.answer(Answer::Hours(Box::new(Hours { of, staff_name: "Sam Lund".into(), lines })));
        rig.sees("Sat 21 Nov, Sam Lund: 10:00 Noor Haddad, 13:00.");
        rig.types("T+1");
        rig.sees_not("10:00 Noor");
    }
}

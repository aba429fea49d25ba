//! Who of the staff does something, as a choice: those who work with the client first, then everybody else. Letters find anyone.

use super::days::key;
use crate::domain::{ClientId, StaffId};
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;

/// How somebody works with the client; the nearest first.
fn works_with(client: Option<ClientId>, who: StaffId, cx: &Cx) -> (u8, &'static str) {
    let open = client.and_then(|client| cx.chart(client)).map(|chart| &chart.person);
    let person = open.or_else(|| client.and_then(|client| cx.person(client)));
    match person.and_then(|person| person.summary.episode.as_ref()) {
        Some(episode) if episode.counselor == who => (0, "their counselor"),
        Some(episode) if episode.team.contains(&who) => (1, "on their team"),
        _ => (2, ""),
    }
}

/// These colleagues, those who work with the client first; the rest stays in its order.
pub(super) fn sorted(
    staff: &[(StaffId, String)],
    client: Option<ClientId>,
    cx: &Cx,
) -> Vec<(StaffId, String)> {
    let mut sorted = staff.to_vec();
    sorted.sort_by_key(|(id, _)| works_with(client, *id, cx).0);
    sorted
}

/// These colleagues to choose from, each with how they work with the client.
pub(super) fn items(staff: &[(StaffId, String)], client: Option<ClientId>, cx: &Cx) -> Vec<Item> {
    let item = |(id, name): (StaffId, String)| Item::new(key(id.0), name, works_with(client, id, cx).1);
    sorted(staff, client, cx).into_iter().map(item).collect()
}

/// Whoever sits here, as a choice.
pub(super) fn me(cx: &Cx) -> String {
    cx.me().map(|id| key(id.0)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::domain::{ClientId, StaffId};
    use crate::tui::app::rig::{self, Rig};

    #[test]
    fn those_who_work_with_the_client_come_first() {
        let mut jo = rig::summary(1, "Jo", "Rivera");
        let episode = jo.episode.as_mut().unwrap();
        (episode.counselor, episode.team) = (StaffId([7; 16]), vec![StaffId([5; 16])]);
        let rig = Rig::with(vec![rig::person_of(jo)]);
        let staff: Vec<_> = (4..=7).map(|n| (StaffId([n; 16]), format!("Colleague {n}"))).collect();
        let names = |client| {
            let items = super::items(&staff, client, rig.cx()).into_iter();
            items.map(|item| format!("{} {}", item.label, item.detail)).collect::<Vec<_>>()
        };
        let jo = names(Some(ClientId([1; 16])));
        assert_eq!(
            jo,
            ["Colleague 7 their counselor", "Colleague 5 on their team", "Colleague 4 ", "Colleague 6 "]
        );
        assert_eq!(names(None)[0], "Colleague 4 ");
    }
}

//! Slips: what each member answered on paper about the session, three digits a member, down the list. It goes into that member's
//! chart, and is not shown here again.

use super::session::GroupSessionScreen;
use crate::domain::{ClientId, Hundredths, Reply};
use crate::rules::alliance::ITEMS;
use crate::service::api::{GroupAsk, GroupMember};
use crate::tui::screen::Step;
use crate::tui::theme::Role;

/// What the digits of a slip answer, in their order.
pub(super) const ASKED: &str = "Type the three answers of this member's slip, 1 to 5: what matters to me, the way we worked, \
    open here. Press - for one that is left blank. They go into this member's chart only.";

impl GroupSessionScreen {
    /// A digit of the highlighted member's slip; 0 = left blank. The third one keeps it.
    pub(super) fn slip_digit(&mut self, client: ClientId, digit: usize, name: &str) -> Vec<Step> {
        let reply = match i16::try_from(digit) {
            Ok(digit @ 1..) => Reply::Given(Hundredths::whole(digit)),
            _ => Reply::Declined,
        };
        self.slip.push(reply);
        if self.slip.len() < ITEMS.len() {
            return Vec::new();
        }
        let said = std::mem::take(&mut self.slip);
        self.go_on();
        if said.iter().all(|reply| reply.key().is_none()) {
            return vec![Step::Say(format!("{name} answered nothing, so there is no slip."))];
        }
        let answers = ITEMS.iter().zip(said).map(|((item, _), reply)| ((*item).to_owned(), reply)).collect();
        let (group, session) = (self.group, self.number());
        self.asked += 1;
        vec![Step::Ask(GroupAsk::Slip { group, session, client, answers }.into())]
    }

    /// What a row says of a member's slip: that it is there, never what it says.
    pub(super) fn slip_words(&self, member: &GroupMember) -> (String, Role) {
        let here = self.here().is_some_and(|one| one.entry.client == member.entry.client);
        if here && !self.slip.is_empty() {
            let digit = |reply: &Reply| reply.key().map_or("-".to_owned(), |key| key.to_string());
            let typed: Vec<String> = self.slip.iter().map(digit).collect();
            return (typed.join(" "), Role::Focus);
        }
        match (member.entry.slip, member.entry.here.came()) {
            (1.., _) => ("in chart".to_owned(), Role::Dim),
            (0, true) => ("none yet".to_owned(), Role::Normal),
            (0, false) => (String::new(), Role::Dim),
        }
    }
}

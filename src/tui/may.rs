//! Nobody is offered what their roles never let them do, and who is asked for it learns why before a form is filled. What an act
//! needs stands in its row of [`super::action`].
//!
//! Whether it is permitted for one client is the service's to say, each time.

use super::action::Action;
use super::facts::Cx;
use crate::domain::Role;
use crate::rules::access::{Capability, Relation, may};

/// Rooms say themselves, with the way out, why nothing of them can be read.
fn is_room(action: Action) -> bool {
    use Action as A;
    matches!(
        action,
        A::RoomGrid
            | A::RoomPriorities
            | A::RoomPlan
            | A::RoomContract
            | A::RoomBackground
            | A::RoomAlliance
            | A::RoomMeasures
            | A::RoomForms
            | A::RoomNotes
            | A::RoomHistory
    )
}

/// Whether these roles may ever do one of these, to whomever.
fn ever(roles: &[Role], wanted: &[Capability]) -> bool {
    let somewhere = |one: &Capability| Relation::ALL.iter().any(|relation| may(roles, *one, *relation));
    wanted.is_empty() || wanted.iter().any(somewhere)
}

/// Those who have a role, as a sentence names them.
fn those(role: Role) -> &'static str {
    match role {
        Role::Counselor => "counselors",
        Role::Supervisor => "supervisors",
        Role::Admin => "admins",
        Role::FrontDesk => "the front desk",
        Role::Auditor => "auditors",
    }
}

fn joined(words: &[&str]) -> String {
    match words {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

impl Cx {
    /// Whether an act is one this person may do at all, so that menu, hints, palette and help name it. What has something to
    /// act on just now is the screen's to say; the service refuses what is not permitted either way.
    pub fn may_do(&self, action: Action) -> bool {
        let exists = |number| self.set().is_none_or(|set| set.dimension(number).is_some());
        ever(self.roles(), action.wanted()) && action.dimension().is_none_or(exists)
    }

    /// Why this person may never do an act, in a sentence; `None` if they may.
    pub fn never(&self, action: Action) -> Option<String> {
        let wanted = action.wanted();
        if self.signed_in.is_none() || is_room(action) || ever(self.roles(), wanted) {
            return None;
        }
        let who: Vec<&str> = Role::ALL.into_iter().filter(|role| ever(&[*role], wanted)).map(those).collect();
        Some(format!("Your roles do not include this. It is for {}.", joined(&who)))
    }

    /// Whether this person's roles let them read any chart, so that anybody is ranked for them.
    pub fn reads_charts(&self) -> bool {
        ever(self.roles(), &[Capability::ReadChart])
    }
}

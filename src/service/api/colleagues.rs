//! Who works here, as choices of people are made from it.

use crate::domain::{Staff, StaffId};
use crate::rules::access::{counsels, supervises};
use std::sync::Arc;

/// Members of staff who can sign in: id and name with credential, by name.
#[derive(Clone, Debug, Default)]
pub struct Colleagues {
    pub all: Arc<[(StaffId, String)]>,
    /// Those of them who can be somebody's counselor.
    pub counselors: Arc<[(StaffId, String)]>,
    /// Those of them who can supervise others.
    pub supervisors: Arc<[(StaffId, String)]>,
    /// Who can sign in no more: they are chosen for nothing, and what they did keeps their name.
    pub former: Arc<[(StaffId, String)]>,
}

impl Colleagues {
    /// Of everyone on the list of staff.
    pub fn of<'s>(staff: impl Iterator<Item = &'s Staff> + Clone) -> Self {
        let named = |one: &Staff| (one.id, one.signature_name());
        let former: Vec<_> = staff.clone().filter(|one| !one.active).map(named).collect();
        let mut all: Vec<_> = staff.clone().filter(|one| one.active).map(named).collect();
        let mut counselors: Vec<_> = staff.clone().filter(|one| counsels(one)).map(named).collect();
        let mut supervisors: Vec<_> = staff.filter(|one| supervises(one)).map(named).collect();
        for list in [&mut all, &mut counselors, &mut supervisors] {
            list.sort_by_cached_key(|(id, name)| (name.to_lowercase(), *id));
        }
        Self {
            all: all.into(),
            counselors: counselors.into(),
            supervisors: supervisors.into(),
            former: former.into(),
        }
    }
}

impl Colleagues {
    /// The name of somebody who works here, or did.
    pub fn name_of(&self, id: StaffId) -> Option<&str> {
        self.all.iter().chain(&*self.former).find(|(who, _)| *who == id).map(|(_, name)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Role;

    #[test]
    fn counselors_are_those_who_keep_charts_and_can_sign_in() {
        let one = |n: u8, name: &str, role, active| Staff {
            id: StaffId([n; 16]),
            name: name.into(),
            roles: vec![role],
            active,
            ..Staff::default()
        };
        let staff = [
            one(1, "Sam", Role::Counselor, true),
            one(2, "Fay", Role::FrontDesk, true),
            one(3, "Ingrid", Role::Supervisor, true),
            one(4, "Gone", Role::Counselor, false),
        ];
        let here = Colleagues::of(staff.iter());
        let names =
            |list: &[(StaffId, String)]| list.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&here.all), ["Fay", "Ingrid", "Sam"]);
        assert_eq!(names(&here.counselors), ["Ingrid", "Sam"]);
        assert_eq!(names(&here.supervisors), ["Ingrid"], "neither the front desk nor a counselor");
        assert_eq!(
            (names(&here.former), here.name_of(StaffId([4; 16]))),
            (vec!["Gone".to_owned()], Some("Gone"))
        );
    }
}

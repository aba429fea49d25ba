//! More people for the rig: staff who have chosen their own passphrase.

use crate::rig::Rig;
use concord::domain::{Moment, PersonalSettings, Role, Staff, StaffId};
use concord::service::api::{Answer, Command, Door, Secret, StaffAsk, StaffRow};

/// What an admin types for a new person.
pub const GIVEN: &str = "given by an admin";

/// A member of staff as the form hands them over.
pub fn staff(login: &str, roles: &[Role], supervisor: Option<StaffId>) -> Staff {
    Staff {
        id: StaffId::default(),
        login: login.into(),
        name: format!("{login} Person"),
        credential: String::new(),
        roles: roles.to_vec(),
        supervisor,
        cosign_needed: false,
        active: true,
        must_change: false,
        since: Moment::default(),
        settings: PersonalSettings::default(),
        programs: Vec::new(),
    }
}

impl Rig {
    /// The rows of the staff screen.
    pub fn staff_rows(&mut self, ask: StaffAsk) -> Vec<StaffRow> {
        match self.ok(Command::Staff(ask)) {
            Answer::Staff { rows, .. } => rows,
            other => panic!("no staff: {other:?}"),
        }
    }

    /// Adds a person. They have not signed in yet. An admin must be signed in.
    pub fn add_staff(&mut self, login: &str, roles: &[Role], supervisor: Option<StaffId>) -> StaffId {
        let passphrase = Secret::new(GIVEN.into());
        let staff = Box::new(staff(login, roles, supervisor));
        let rows = self.staff_rows(StaffAsk::Add { staff, passphrase });
        rows.iter().find(|row| row.staff.value.login == login).expect("they are listed").staff.value.id
    }

    /// Adds a person who then chose the rig's passphrase. Rosa is signed in again afterwards.
    pub fn hire(&mut self, login: &str, roles: &[Role], supervisor: Option<StaffId>) -> StaffId {
        let id = self.add_staff(login, roles, supervisor);
        self.lock();
        self.sign_in_as(login, GIVEN);
        self.ok(Command::Door(Door::ChangePassphrase {
            old: Secret::new(GIVEN.into()),
            new: Self::secret(),
        }));
        self.lock();
        self.sign_in("rosa");
        id
    }

    /// Signs in with any passphrase, without keeping the session.
    pub fn sign_in_as(&mut self, login: &str, passphrase: &str) {
        let door = Door::SignIn { login: login.into(), passphrase: Secret::new(passphrase.into()) };
        assert!(matches!(self.ok(Command::Door(door)), Answer::SignedIn(_)));
    }
}

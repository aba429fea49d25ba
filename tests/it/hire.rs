//! More people for the rig: staff who have chosen their own passphrase.

use crate::rig::Rig;
use concord::domain::{Act, Moment, PersonalSettings, Role, Staff, StaffId};
use concord::engine::{Engine, Span};
use concord::service::api::{Answer, Command, Door, Secret, StaffAsk, StaffRow};
use concord::store::{Opening, Store};

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
        salt: [0; 16],
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

    /// As [`Rig::hire`], by whoever is everything and sits here already.
    pub fn hire_beside(&mut self, login: &str, roles: &[Role]) -> StaffId {
        self.hire(login, roles, None)
    }

    /// Acts of the newest events, newest first.
    pub fn newest_acts(&self, count: usize) -> Vec<Act> {
        let Opening::Founded(store, front) = Store::open(Box::new(self.engine.twin())).expect("it opens")
        else {
            panic!("empty")
        };
        let (_, audit) = front.value.recover(&self.recovery()).expect("the phrase opens it");
        let entries = store.audit_read(&audit.with_older(&store), count, None).expect("it reads");
        entries.into_iter().map(|entry| entry.event.expect("it opens").act).collect()
    }

    /// Every key and value of the store.
    pub fn everything_stored(&self) -> Vec<u8> {
        let engine = self.engine.twin();
        let (mut bytes, mut after) = (Vec::new(), None);
        loop {
            let page = engine.page(&Span::all(), after.as_ref(), 500).expect("it reads");
            for stored in &page {
                bytes.extend_from_slice(&stored.key.0);
                bytes.extend_from_slice(&stored.value);
            }
            match page.last() {
                Some(last) => after = Some(last.key),
                None => return bytes,
            }
        }
    }

    /// Signs in with any passphrase, without keeping the session.
    pub fn sign_in_as(&mut self, login: &str, passphrase: &str) {
        let door = Door::SignIn { login: login.into(), passphrase: Secret::new(passphrase.into()) };
        assert!(matches!(self.ok(Command::Door(door)), Answer::SignedIn(_)));
    }
}

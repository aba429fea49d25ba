//! People who work here: who they are, what they may do.

use super::fields::numbered;
use super::{Moment, StaffId};
use serde::{Deserialize, Serialize};

/// What a person does here. Roles are a set per person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Charts of the episodes they are on; register, admit.
    Counselor,
    /// All charts of their programs, drafts of their people.
    Supervisor,
    /// Staff, import, settings, audit; demographics, no chart text.
    Admin,
    /// Names, times, phones.
    FrontDesk,
    /// Read-only, named charts, expires.
    Auditor,
}

impl Role {
    pub const ALL: [Self; 5] =
        [Self::Counselor, Self::Supervisor, Self::Admin, Self::FrontDesk, Self::Auditor];

    /// The word shown and typed.
    pub fn word(self) -> &'static str {
        match self {
            Self::Counselor => "counselor",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
            Self::FrontDesk => "front desk",
            Self::Auditor => "auditor",
        }
    }
}

/// A member of staff (sealed; login and keys are apart, in the store's public records).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    pub id: StaffId,
    /// What they type to sign in.
    pub login: String,
    /// Name as it is under a signature.
    pub name: String,
    /// Credential as it stands behind the name (`LADC`), may be empty.
    pub credential: String,
    /// What they do here.
    pub roles: Vec<Role>,
    /// Who supervises them.
    pub supervisor: Option<StaffId>,
    /// Their notes need a co-signature.
    pub cosign_needed: bool,
    /// May sign in.
    pub active: bool,
    /// Must choose a passphrase at the next sign-in.
    pub must_change: bool,
    pub since: Moment,
    /// What travels with the person.
    pub settings: PersonalSettings,
    /// Programs they work in; empty = every program.
    pub programs: Vec<String>,
    /// Random: keeps the hash of this record on the list of staff keys from being guessed.
    pub salt: [u8; 16],
}

numbered!(Staff {
    1 id, 2 login, 3 name, 4 credential, 5 roles, 6 supervisor, 7 cosign_needed, 8 active, 9 must_change,
    10 since, 11 settings, 12 programs, 13 salt,
});

impl Staff {
    /// Whether one of their roles is this one.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// `Rosa Imani LADC`.
    pub fn signature_name(&self) -> String {
        if self.credential.is_empty() {
            self.name.clone()
        } else {
            format!("{} {}", self.name, self.credential)
        }
    }
}

/// What a person chose for themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonalSettings {
    /// Keymap name; empty = default.
    pub keymap: String,
    /// Theme name; empty = as the terminal suggests.
    pub theme: String,
    /// Lists show initials instead of names; `None` = as the agency decided.
    pub veil: Option<bool>,
    /// How their people are sorted.
    pub sort: PeopleSort,
}

numbered!(PersonalSettings {
    1 keymap, 2 theme, 3 veil, 4 sort,
});

/// How a list of people is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeopleSort {
    /// Most pressing first.
    #[default]
    Pressing,
    /// By family name.
    Name,
    /// Longest without contact first.
    Contact,
}

impl PeopleSort {
    pub const ALL: [Self; 3] = [Self::Pressing, Self::Name, Self::Contact];

    /// The words shown and chosen.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pressing => "most pressing first",
            Self::Name => "by name",
            Self::Contact => "longest without contact first",
        }
    }
}

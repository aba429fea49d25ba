//! The person served.

use super::fields::numbered;
use super::{
    CirclePerson, CircleRole, ClientId, Custody, Date, ImportId, LeaveKind, Moment, Number, StaffId,
};
use serde::{Deserialize, Serialize};

/// A client: who they are and how to reach them. Chart content stands in its own records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Client {
    /// Who.
    pub id: ClientId,
    /// Record number as people say it (`A-1042`).
    pub record_no: String,
    /// Legal name.
    pub name: PersonName,
    /// What to call them, if not the given name.
    pub preferred: String,
    /// Other names they are known by.
    pub other_names: Vec<String>,
    /// Names they had before.
    pub former_names: Vec<FormerName>,
    /// What stands behind the legal name and tells generations apart (`Jr.`, `III`); may be empty.
    pub suffix: String,
    /// Pronouns as they give them.
    pub pronouns: String,
    /// Sex or gender as they give it.
    pub gender: String,
    /// When they were born.
    pub birth: Birth,
    /// Date of death, if known.
    pub deceased: Option<Date>,
    /// Languages, first the one to speak.
    pub languages: Vec<String>,
    /// An interpreter is needed.
    pub interpreter: bool,
    /// Phones and mail.
    pub phones: Vec<Telecom>,
    /// Where they live or get mail.
    pub addresses: Vec<String>,
    /// How and when we may reach them, in their words.
    pub reach: String,
    /// May a message be left.
    pub may_leave_message: Option<bool>,
    /// Who to call in an emergency.
    pub emergency_contact: String,
    /// Parent, guardian or custody arrangement.
    pub guardian: String,
    /// Who decides about treatment.
    pub custody: Custody,
    /// Numbers other systems know them by.
    pub identifiers: Vec<Identifier>,
    /// Where the record came from, if imported.
    pub import: Option<ImportId>,
    /// When and by whom the record was made.
    pub created: Moment,
    /// By whom.
    pub created_by: StaffId,
    /// The people around them.
    pub circle: Vec<CirclePerson>,
    /// Address, phones and mail are not to be shared: they stand on no page, and nothing is sent.
    pub private: bool,
}

numbered!(Client {
    1 id, 2 record_no, 3 name, 4 preferred, 5 other_names, 6 pronouns, 7 gender, 8 birth, 9 deceased,
    10 languages, 11 interpreter, 12 phones, 13 addresses, 14 reach, 15 may_leave_message, 16 emergency_contact,
    17 guardian, 18 identifiers, 19 import, 20 created, 21 created_by, 22 former_names, 23 suffix,
    24 custody, 25 circle, 26 private,
});

/// A name somebody had before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormerName {
    /// The whole name.
    pub name: String,
    /// Until when, as far as it is known (`2015`, `2015-05-01`); may be empty.
    pub until: String,
}

numbered!(FormerName {
    1 name, 2 until,
});

/// A name in the two parts that lists need. Either may be empty, not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Given names.
    pub given: String,
    /// Family name.
    pub family: String,
}

numbered!(PersonName {
    1 given, 2 family,
});

/// A birth date, or what is known instead of one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Birth {
    /// The date.
    On(Date),
    /// The year and perhaps the month, as other systems sometimes only know.
    Partly {
        /// Year.
        year: i16,
        /// Month 1-12, if known.
        month: Option<u8>,
    },
    /// About this old on that date.
    About {
        /// Years.
        age: u8,
        /// When it was estimated.
        on: Date,
    },
    /// Not known.
    #[default]
    Unknown,
}

impl Birth {
    /// Whole years on `today`, as exactly as it is known.
    pub fn age(self, today: Date) -> Option<i32> {
        match self {
            Self::On(date) => Some(today.years_since(date)),
            Self::Partly { year, month } => Date::from_ymd(i32::from(year), u32::from(month.unwrap_or(7)), 1)
                .map(|date| today.years_since(date)),
            Self::About { age, on } => Some(i32::from(age) + today.days_since(on) / 365),
            Self::Unknown => None,
        }
    }

    /// The first day on which they can have been born, as exactly as it is known.
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Partly { year, month } => Date::from_ymd(i32::from(year), u32::from(month.unwrap_or(1)), 1),
            // An estimate may be some years out.
            Self::About { .. } | Self::Unknown => None,
        }
    }

    /// The exact date, if it is known.
    pub fn date(self) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            _ => None,
        }
    }
}

/// A phone number or mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telecom {
    /// `phone`, `email`, ...
    pub kind: String,
    /// The number or address.
    pub value: String,
    /// `home`, `mobile`, ...
    pub usage: String,
}

numbered!(Telecom {
    1 kind, 2 value, 3 usage,
});

/// A number another system knows a person by.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// Whose number (a URI or a short name).
    pub system: String,
    /// The number.
    pub value: String,
}

numbered!(Identifier {
    1 system, 2 value,
});

impl Client {
    /// What to call them: the preferred name, or the given name, with the family name.
    pub fn display_name(&self) -> String {
        let first = if self.preferred.is_empty() { &self.name.given } else { &self.preferred };
        join(&join(first, &self.name.family), &self.suffix)
    }

    /// Who decides beside them, as it is written in their details, else the guardian among the people around them; may be empty.
    pub fn guardian_name(&self) -> &str {
        let around = self.circle.iter().find(|one| one.is(CircleRole::Guardian));
        match self.guardian.trim() {
            "" => around.map_or("", |one| one.name.trim()),
            named => named,
        }
    }

    /// Legal name in order.
    pub fn legal_name(&self) -> String {
        join(&join(&self.name.given, &self.name.family), &self.suffix)
    }

    /// After a change of the legal name: the name before is one they had until `today`; a name that is theirs again is no
    /// former one.
    pub fn renamed_from(&mut self, before: &Self, today: Date) {
        let (now, was) = (self.legal_name(), before.legal_name());
        let known = |name: &str, client: &Self| client.former_names.iter().any(|former| former.name == name);
        if before.name != self.name && !was.is_empty() && !known(&was, self) {
            self.former_names.push(FormerName { name: was, until: today.to_string() });
        }
        self.former_names.retain(|former| former.name != now);
    }

    /// `RIVERA, Jo`: how the chart header says who it is.
    pub fn header_name(&self) -> String {
        let first = if self.preferred.is_empty() { &self.name.given } else { &self.preferred };
        match (self.name.family.is_empty(), first.is_empty()) {
            (true, _) => first.clone(),
            (false, true) => self.name.family.to_uppercase(),
            (false, false) => join(&format!("{}, {first}", self.name.family.to_uppercase()), &self.suffix),
        }
    }
}

fn join(first: &str, last: &str) -> String {
    match (first.is_empty(), last.is_empty()) {
        (true, _) => last.to_owned(),
        (_, true) => first.to_owned(),
        _ => format!("{first} {last}"),
    }
}

/// An episode: admission to discharge in one program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Episode {
    /// Whose.
    pub client: ClientId,
    /// Which of theirs.
    pub number: Number,
    /// Program name.
    pub program: String,
    /// Admitted on.
    pub admitted: Date,
    /// The last day, and how the stay ended; `None` while it is open.
    pub discharged: Option<(Date, LeaveKind)>,
    /// Who sent them.
    pub referral: String,
    /// Here under a mandate.
    pub mandated: bool,
    /// Authority and order, in short.
    pub mandate: String,
    /// The counselor.
    pub counselor: StaffId,
    /// Others on the team.
    pub team: Vec<StaffId>,
    /// Days between reviews.
    pub review_days: u16,
    /// Recorded at.
    pub created: Moment,
    /// By.
    pub created_by: StaffId,
    /// Where several stays are open, the one that was chosen last has the greatest number; 0 = it was never chosen.
    pub chosen: u32,
}

numbered!(Episode {
    1 client, 2 number, 3 program, 4 admitted, 5 discharged, 6 referral, 7 mandated, 8 mandate, 9 counselor, 10 team,
    11 review_days, 12 created, 13 created_by, 14 chosen,
});

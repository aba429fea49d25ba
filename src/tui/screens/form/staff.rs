//! The fields of a member of staff, and of passphrases.

use super::staff_key;
use crate::domain::{PersonalSettings, Role, Staff, StaffId};
use crate::service::api::{Command, Kept, Secret, StaffAsk};
use crate::service::founding::check_passphrase;
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// Field of each role; ids are static, so they are here once.
const ROLES: [(Role, &str); 5] = [
    (Role::Counselor, "role-counselor"),
    (Role::Supervisor, "role-supervisor"),
    (Role::Admin, "role-admin"),
    (Role::FrontDesk, "role-front-desk"),
    (Role::Auditor, "role-auditor"),
];

/// The fields; with a first passphrase for somebody new.
pub(super) fn form(staff: Option<&Staff>, cx: &Cx) -> Form {
    let text = |of: fn(&Staff) -> &str| staff.map_or("", of);
    let mut fields = vec![
        Field::text("name", "Name", text(|one| &one.name)).required(),
        Field::text("credential", "Credential", text(|one| &one.credential))
            .hint("as printed behind the name: LADC"),
    ];
    if staff.is_none() {
        fields.push(Field::text("login", "Login", "").hint("one word, to sign in with").required());
    }
    for (role, id) in ROLES {
        let has = staff.map_or(role == Role::Counselor, |one| one.has(role));
        let field = Field::yes_no(id, &capital(role.word()), has);
        fields.push(if role == Role::Auditor {
            field.hint("reads charts named to them, changes nothing")
        } else {
            field
        });
    }
    let colleagues = cx.colleagues();
    let mut items = vec![Item::new("", "nobody", "")];
    items.extend(colleagues.iter().map(|(id, name)| Item::new(staff_key(*id), name.clone(), "")));
    let supervisor = staff.and_then(|one| one.supervisor).map(staff_key).unwrap_or_default();
    fields.push(Field::choice("supervisor", "Supervised by", items, &supervisor));
    fields.push(
        Field::text("programs", "Programs", &staff.map(|one| one.programs.join(", ")).unwrap_or_default())
            .hint("empty = every program"),
    );
    fields.push(Field::yes_no("cosign", "Needs co-signature", staff.is_some_and(|one| one.cosign_needed)));
    if staff.is_none() {
        fields.extend(passphrases());
    }
    Form::new(if staff.is_none() { "Add" } else { "Save" }, fields)
}

fn passphrases() -> [Field; 2] {
    [
        Field::secret("new", "First passphrase").hint("8 or more; for one sign-in").required(),
        Field::secret("again", "The same again").required(),
    ]
}

/// The fields of a new first passphrase.
pub(super) fn reset_form() -> Form {
    Form::new("Set it", passphrases().into())
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// What is shown when the two passphrases are not the same.
const DIFFER: &str = "The two passphrases are not the same. Type the new one twice.";
/// What is shown when the two PINs are not the same.
pub(super) const PINS_DIFFER: &str = "The two PINs are not the same. Type the new one twice.";

/// A new passphrase that was typed twice and is long enough; both fields are empty afterwards.
pub(super) fn new_passphrase(form: &mut Form) -> Result<Secret, Wrong> {
    let new = twice(form, DIFFER)?;
    check_passphrase(&new).map_err(|why| Wrong::new("new", format!("Not set: {why}. Type it twice.")))?;
    Ok(new)
}

/// What was typed twice; both fields are empty afterwards, every other one stays as it is.
pub(super) fn twice(form: &mut Form, differ: &str) -> Result<Secret, Wrong> {
    let (new, again) = (form.secret("new"), form.secret("again"));
    if new.0 == again.0 {
        return Ok(new);
    }
    Err(Wrong::new("new", differ))
}

fn read(form: &Form, mut staff: Staff, cx: &Cx) -> Result<Staff, Wrong> {
    staff.name = form.typed("name");
    staff.credential = form.typed("credential");
    staff.roles = ROLES.into_iter().filter(|(_, id)| form.yes(id)).map(|(role, _)| role).collect();
    if staff.roles.is_empty() {
        return Err(Wrong::new(
            "role-counselor",
            "No role is chosen. Say yes to at least one: counselor, supervisor, admin, front desk or auditor.",
        ));
    }
    let colleagues = cx.colleagues();
    let supervisor = colleagues.iter().find(|(id, _)| staff_key(*id) == form.chosen("supervisor"));
    staff.supervisor = supervisor.map(|(id, _)| *id);
    staff.cosign_needed = form.yes("cosign");
    staff.programs = crate::tui::screens::house::forms::list(&form.typed("programs"));
    Ok(staff)
}

/// Adds a member of staff.
pub(super) fn add(form: &mut Form, cx: &Cx) -> Result<Command, Wrong> {
    let blank = Staff {
        id: StaffId::default(),
        login: form.typed("login"),
        name: String::new(),
        credential: String::new(),
        roles: Vec::new(),
        supervisor: None,
        cosign_needed: false,
        active: true,
        must_change: true,
        since: cx.now.moment,
        settings: PersonalSettings::default(),
        ..Staff::default()
    };
    let staff = Box::new(read(form, blank, cx)?);
    let passphrase = new_passphrase(form)?;
    Ok(Command::Staff(StaffAsk::Add { staff, passphrase }))
}

/// Changes a member of staff.
pub(super) fn change(form: &Form, kept: &Kept<Staff>, cx: &Cx) -> Result<Command, Wrong> {
    let staff = Box::new(read(form, kept.value.clone(), cx)?);
    Ok(Command::Staff(StaffAsk::Change { staff, rev: kept.rev }))
}

/// Gives a new first passphrase.
pub(super) fn reset(form: &mut Form, id: StaffId) -> Result<Command, Wrong> {
    Ok(Command::Staff(StaffAsk::ResetPassphrase { id, passphrase: new_passphrase(form)? }))
}

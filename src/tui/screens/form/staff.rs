//! The fields of a member of staff, and of passphrases.

use super::{FormScreen, staff_key};
use crate::domain::{PersonalSettings, Role, Staff, StaffId};
use crate::service::api::{Command, FormKind, FormPlace, Kept, Secret, StaffAsk};
use crate::service::founding::check_passphrase;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::{Step, Tell};
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

impl FormScreen {
    /// Adds a person to the staff.
    pub fn add_staff(cx: &Cx) -> Self {
        Self::of_staff("Add to the staff".to_owned(), None, cx)
            .known(FormKind::AddStaff, FormPlace::default())
            .typed_again(|_| &[])
    }

    /// Edits a member of staff.
    pub fn edit_staff(row: &Kept<Staff>, cx: &Cx) -> Self {
        let of = FormPlace { staff: Some(row.value.id), ..FormPlace::default() };
        Self::of_staff(format!("Edit {}", row.value.name), Some(row), cx).known(FormKind::EditStaff, of)
    }

    /// A form of a member of staff; whether somebody is to be an admin is asked before it writes.
    fn of_staff(title: String, kept: Option<&Kept<Staff>>, cx: &Cx) -> Self {
        let (form, before) = (form(kept.map(|kept| &kept.value), cx), kept.cloned());
        let question = Question::form(title, form, move |form, cx| match asks_admin(form, before.as_ref()) {
            Some(asks) => Ok(vec![asks.open()]),
            None => Ok(vec![Step::Ask(write(form, before.as_ref(), cx)?)]),
        });
        Self { staff: kept.cloned(), ..Self::of_question(question.on_a_screen()) }
    }

    /// Writes the member of staff, who is agreed to become an admin.
    fn write_admin(&mut self, cx: &Cx) -> Vec<Step> {
        let Some(form) = self.question.filled_mut() else { return Vec::new() };
        let command = write(form, self.staff.as_ref(), cx);
        self.asks(command)
    }
}

/// The fields; with a first passphrase for somebody new.
fn form(staff: Option<&Staff>, cx: &Cx) -> Form {
    let text = |of: fn(&Staff) -> &str| staff.map_or("", of);
    let mut fields = vec![
        Field::text("name", "Name", text(|one| &one.name)).required(),
        Field::text("credential", "Credential", text(|one| &one.credential))
            .hint("as printed behind the name: LADC"),
    ];
    if staff.is_none() {
        fields.push(Field::offered("login", "Login", "").hint("one word, to sign in with").required());
        fields.extend(passphrases());
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
    let supervisor = staff.and_then(|one| one.supervisor);
    let items = supervisor_items(staff.map(|one| one.id), supervisor, cx);
    let supervisor = supervisor.map(staff_key).unwrap_or_default();
    fields.push(Field::choice("supervisor", "Supervised by", items, &supervisor));
    fields.push(
        Field::text("programs", "Programs", &staff.map(|one| one.programs.join(", ")).unwrap_or_default())
            .hint("empty = every program"),
    );
    fields.push(Field::yes_no("cosign", "Needs co-signature", staff.is_some_and(|one| one.cosign_needed)));
    Form::new(if staff.is_none() { "Add" } else { "Save" }, fields)
}

/// Who can supervise somebody: never themselves. Whoever does now stays a choice, also if their roles do not let them any more.
fn supervisor_items(of: Option<StaffId>, now: Option<StaffId>, cx: &Cx) -> Vec<Item> {
    let can = cx.supervisors().iter().filter(|(id, _)| Some(*id) != of);
    let mut items = vec![Item::new("", "nobody", "")];
    items.extend(can.map(|(id, name)| Item::new(staff_key(*id), name.clone(), "")));
    if let Some(now) = now.filter(|now| !items.iter().any(|item| item.key == staff_key(*now))) {
        items.push(Item::new(staff_key(now), cx.staff_name(now), "has no role to supervise with"));
    }
    items
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

/// The question whether somebody is to be an admin, who is none yet.
fn asks_admin(form: &Form, before: Option<&Kept<Staff>>) -> Option<Question> {
    if !form.yes("role-admin") || before.is_some_and(|kept| kept.value.has(Role::Admin)) {
        return None;
    }
    let name = form.typed("name");
    let lines = vec![
        "An admin adds and changes staff, gives new passphrases, and sets the rules of the agency."
            .to_owned(),
        format!("{name} could also make other people admins. Nothing is saved yet."),
    ];
    let write = |_: &Cx| vec![Tell::to(|screen: &mut FormScreen, cx| screen.write_admin(cx))];
    Some(Question::confirm(format!("Make {name} an admin?"), lines, "make them an admin", write))
}

/// Adds a member of staff, or changes the one it was opened for.
fn write(form: &mut Form, before: Option<&Kept<Staff>>, cx: &Cx) -> Result<Command, Wrong> {
    match before {
        Some(kept) => change(form, kept, cx),
        None => add(form, cx),
    }
}

/// Adds a member of staff.
fn add(form: &mut Form, cx: &Cx) -> Result<Command, Wrong> {
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
fn change(form: &Form, kept: &Kept<Staff>, cx: &Cx) -> Result<Command, Wrong> {
    let staff = Box::new(read(form, kept.value.clone(), cx)?);
    Ok(Command::Staff(StaffAsk::Change { staff, rev: kept.rev }))
}

/// Gives a new first passphrase.
pub(super) fn reset(form: &mut Form, id: StaffId) -> Result<Command, Wrong> {
    Ok(Command::Staff(StaffAsk::ResetPassphrase { id, passphrase: new_passphrase(form)? }))
}

//! What is filled in: cover, teams, the agency's rules, one's own settings, the PIN, a look beyond one's own people.

use super::{key, of_key};
use crate::domain::{AccessReason, Cover, HouseRules, PeopleSort, PersonalSettings, StaffId, Team};
use crate::rules::when::Lean;
use crate::service::api::{Board, Kept, RulesDraft};
use crate::tui::facts::Cx;
use crate::tui::keymap::Keymap;
use crate::tui::overlay::{Item, Picker, Prompt, Then};
use crate::tui::screens::Purpose as Wanted;
use crate::tui::screens::chart::asking::Wrong;
use crate::tui::screens::house::Purpose;
use crate::tui::theme::Name;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::Form;

fn prompt(title: &str, lines: Vec<String>, form: Form, purpose: Purpose) -> Prompt {
    Prompt { title: title.to_owned(), lines, form, then: Then::Screen(Wanted::House(purpose)) }
}

fn colleagues(board: &Board) -> Vec<Item> {
    board.staff.iter().map(|(id, name)| Item::new(key(*id), name.clone(), "")).collect()
}

/// Who is away, who stands in, from when until when.
pub(super) fn cover(kept: Option<&Kept<Cover>>, board: &Board, cx: &Cx) -> Prompt {
    let is = kept.map(|kept| &kept.value);
    let mut fields = Vec::new();
    if let Some(cover) = is {
        fields.push(Field::words("Away", cx.staff_name(cover.away)));
    } else {
        fields.push(Field::choice("away", "Away", colleagues(board), "").required());
    }
    let by = is.map(|cover| key(cover.by)).unwrap_or_default();
    let from = is.map_or(cx.today(), |cover| cover.from);
    fields.extend([
        Field::choice("by", "Stands in", colleagues(board), &by).required(),
        Field::date("from", "First day", Some(from), Lean::Future).hint("T, mon, 4/12/26").required(),
        Field::date("until", "Last day", is.map(|cover| cover.until), Lean::Future).hint("T+2w").required(),
        Field::text("note", "To know", is.map_or("", |cover| &cover.note)).hint("about the work, no client"),
    ]);
    let (cover, rev) = kept.map_or((Cover::default(), 0), |kept| (kept.value.clone(), kept.rev));
    cover_prompt(Form::new("Arrange it", fields), cover, rev)
}

/// The prompt of a cover around these fields.
pub(super) fn cover_prompt(form: Form, cover: Cover, rev: u32) -> Prompt {
    let lines = vec!["Who stands in opens the charts of the one who is away, on these days only.".to_owned()];
    prompt("Cover", lines, form, Purpose::Cover(Box::new(cover), rev))
}

/// The cover as typed.
pub(super) fn read_cover(form: &Form, before: &Cover, board: &Board, cx: &Cx) -> Result<Cover, Wrong> {
    let who = |id: &str| of_key(form.chosen(id), board.staff.iter().map(|(id, _)| id));
    let cover = Cover {
        away: if before.number == 0 { who("away").unwrap_or_default() } else { before.away },
        by: who("by").unwrap_or_default(),
        from: form.date("from", cx.today()).unwrap_or(before.from),
        until: form.date("until", cx.today()).unwrap_or(before.until),
        note: form.typed("note"),
        ..before.clone()
    };
    if cover.by == cover.away {
        return Err(Wrong::new("by", "Nobody stands in for themselves."));
    }
    if cover.until < cover.from {
        return Err(Wrong::new("until", "The last day lies before the first."));
    }
    Ok(cover)
}

/// A team's name, program and whether it shares charts.
pub(super) fn team(kept: Option<&Kept<Team>>, board: &Board) -> Prompt {
    let (team, rev) = kept.map_or_else(
        || (Team { active: true, shares_charts: true, ..Team::default() }, 0),
        |kept| (kept.value.clone(), kept.rev),
    );
    let mut programs = vec![Item::new("", "every program", "")];
    programs.extend(board.programs.iter().map(|name| Item::new(name.clone(), name.clone(), "")));
    let mut fields = vec![
        Field::text("name", "Name", &team.name).required(),
        Field::choice("program", "Program", programs, &team.program),
        Field::yes_no("shares", "Members share charts", team.shares_charts),
    ];
    if rev > 0 {
        fields.push(Field::yes_no("active", "Still exists", team.active));
    }
    let lines =
        vec!["Who shares charts opens those of the other members' clients in the program.".to_owned()];
    prompt("Team", lines, Form::new("Choose the members", fields), Purpose::Team(Box::new(team), rev))
}

/// The team as typed, without its members.
pub(super) fn read_team(form: &Form, before: Team, rev: u32) -> Team {
    Team {
        name: form.typed("name"),
        program: form.chosen("program").to_owned(),
        shares_charts: form.yes("shares"),
        active: rev == 0 || form.yes("active"),
        ..before
    }
}

/// The choice of a team's members.
pub(super) fn members(team: Team, rev: u32, board: &Board) -> Picker {
    let items = board
        .staff
        .iter()
        .map(|(id, name)| Item { marked: team.members.contains(id), ..Item::new(key(*id), name.clone(), "") })
        .collect();
    let title = format!("Members of {}: Right marks, Enter takes them", team.name);
    Picker::several(&title, items, Then::Screen(Wanted::House(Purpose::Members(Box::new(team), rev))))
}

/// The people behind picked keys.
pub(super) fn picked(keys: &[String], board: &Board) -> Vec<StaffId> {
    keys.iter().filter_map(|text| of_key(text, board.staff.iter().map(|(id, _)| id))).collect()
}

/// Lines of the Help-now text.
const HELP: [&str; 4] = ["help1", "help2", "help3", "help4"];

/// The agency's rules.
pub(in crate::tui) fn rules(draft: &RulesDraft) -> Prompt {
    let mut fields = Vec::new();
    let help: Vec<&str> = draft.help_now.splitn(HELP.len(), '\n').collect();
    for (at, id) in HELP.into_iter().enumerate() {
        let label = if at == 0 { "Help now" } else { "" };
        let hint = ["who is on call", "crisis line", "hospital", "never a client"][at];
        fields.push(Field::text(id, label, help.get(at).copied().unwrap_or("")).hint(hint));
    }
    fields.extend([
        Field::text("lock", "Lock after minutes", &(draft.lock_after_s / 60).to_string()).required(),
        Field::yes_no("veil", "Veil lists", draft.rules.veil).hint("initials instead of names"),
        Field::text("access", "Reason opens, hours", &draft.rules.access_hours.to_string())
            .hint("a chart beyond one's own")
            .required(),
        Field::text("programs", "Programs", &draft.programs.join(", "))
            .hint("with commas between")
            .required(),
    ]);
    rules_prompt(Form::new("Save", fields), Box::new(draft.clone()))
}

/// The prompt of the rules around these fields.
pub(in crate::tui) fn rules_prompt(form: Form, draft: Box<RulesDraft>) -> Prompt {
    let lines = vec!["Everyone reads Help now on the lock screen, signed in or not.".to_owned()];
    prompt("The agency's rules", lines, form, Purpose::Rules(draft))
}

/// The rules as typed; an error says what to type instead.
pub(in crate::tui) fn read_rules(form: &Form) -> Result<RulesDraft, Wrong> {
    let wrong = |field, why: &str| Wrong::new(field, why);
    let lock: u32 =
        form.typed("lock").parse().map_err(|_| wrong("lock", "Lock after: type minutes, 1 to 60."))?;
    let hours: u16 =
        form.typed("access").parse().map_err(|_| wrong("access", "Reason opens: type hours, 1 to 168."))?;
    let help: Vec<String> = HELP.iter().map(|id| form.typed(id)).collect();
    Ok(RulesDraft {
        help_now: help.join("\n").trim_end().to_owned(),
        lock_after_s: lock.saturating_mul(60),
        programs: list(&form.typed("programs")),
        rules: HouseRules { veil: form.yes("veil"), access_hours: hours },
    })
}

/// Parts between commas.
pub(in crate::tui) fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// One's own settings: they travel with the person.
pub(in crate::tui) fn personal(then: Then, cx: &Cx) -> Prompt {
    let settings = cx.signed_in.as_ref().map(|session| session.staff.settings.clone()).unwrap_or_default();
    let themes = [
        (Name::Dark, "for a dark background"),
        (Name::Light, "for a light background"),
        (Name::Mono, "no colour"),
    ];
    let themes = themes.into_iter().map(|(name, what)| Item::new(name.name(), name.name(), what)).collect();
    let theme = if settings.theme.is_empty() { cx.theme.name().name() } else { settings.theme.as_str() };
    let veils = [("", "as the agency decided"), ("yes", "initials on lists"), ("no", "names on lists")];
    let veils = veils.into_iter().map(|(key, words)| Item::new(key, words, "")).collect();
    let veil = settings.veil.map_or("", |veil| if veil { "yes" } else { "no" });
    let sorts = PeopleSort::ALL.into_iter().map(|sort| Item::new(sort.words(), sort.words(), "")).collect();
    let form = Form::new(
        "Keep them",
        vec![
            Field::choice("theme", "Theme", themes, theme),
            Field::choice("keymap", "Keymap", keymaps(&settings), &settings.keymap),
            Field::choice("veil", "Veil", veils, veil),
            Field::choice("sort", "People", sorts, settings.sort.words()),
        ],
    );
    let lines = vec!["These are yours, at whichever desk you sign in.".to_owned()];
    Prompt { title: "Your settings".to_owned(), lines, form, then }
}

/// The keymaps to choose from: the desk's, those that ship, and one's own if it is none of them.
fn keymaps(settings: &PersonalSettings) -> Vec<Item> {
    let mut items = vec![Item::new("", "as this desk", "its own, or the default one")];
    items.extend(Keymap::names().map(|(name, what)| Item::new(name, name, what)));
    if items.iter().all(|item| item.key != settings.keymap) {
        items.push(Item::new(settings.keymap.clone(), settings.keymap.clone(), "not known at this desk"));
    }
    items
}

/// One's own settings as chosen.
pub(in crate::tui) fn read_personal(form: &Form, before: &PersonalSettings) -> PersonalSettings {
    PersonalSettings {
        keymap: form.chosen("keymap").to_owned(),
        theme: form.chosen("theme").to_owned(),
        veil: match form.chosen("veil") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        sort: PeopleSort::ALL
            .into_iter()
            .find(|sort| sort.words() == form.chosen("sort"))
            .unwrap_or(before.sort),
    }
}

/// A look beyond one's own people: why, and for whom.
pub(in crate::tui) fn beyond(hidden: usize, find: &str, then: Then) -> Prompt {
    let reasons =
        AccessReason::ALL.into_iter().map(|reason| Item::new(reason.word(), reason.word(), "")).collect();
    let form = Form::new(
        "Look",
        vec![
            Field::choice("reason", "Reason", reasons, "").required(),
            Field::text("words", "In a few words", "").hint("it is kept").required(),
            Field::text("find", "Whom", find).hint("name, record number or birth date").required(),
        ],
    );
    let more = if hidden == 0 { String::new() } else { format!("{hidden} more in the agency. ") };
    let lines = vec![format!("{more}What you look for and open here is recorded, and supervisors see it.")];
    Prompt { title: "Beyond your own people".to_owned(), lines, form, then }
}

/// The reason chosen.
pub(in crate::tui) fn reason(form: &Form) -> AccessReason {
    AccessReason::ALL.into_iter().find(|reason| reason.word() == form.chosen("reason")).unwrap_or_default()
}

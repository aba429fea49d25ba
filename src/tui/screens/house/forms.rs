//! What is filled in: cover, teams, the agency's rules, one's own settings, the PIN.

use super::{key, of_key};
use crate::domain::{Cover, HouseRules, PaperSize, PeopleSort, PersonalSettings, RupturesIn, StaffId, Team};
use crate::rules::when::Lean;
use crate::service::api::{Board, Command, Door, HouseAsk, Kept, RulesDraft};
use crate::tui::action::Action;
use crate::tui::facts::Cx;
use crate::tui::keymap::Keymap;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::theme::Name;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

fn colleagues(board: &Board) -> Vec<Item> {
    board.staff.iter().map(|(id, name)| Item::new(key(*id), name.clone(), "")).collect()
}

/// Who can stand in: whoever keeps charts, because cover opens charts.
fn stand_ins(board: &Board, cx: &Cx) -> Vec<Item> {
    let keeps = |id: StaffId| cx.counselors().iter().any(|(one, _)| *one == id);
    let staff = board.staff.iter().filter(|(id, _)| keeps(*id));
    staff.map(|(id, name)| Item::new(key(*id), name.clone(), "")).collect()
}

/// Who is away, who is in, from when until when.
pub(super) fn cover(kept: Option<&Kept<Cover>>, board: &Board, cx: &Cx) -> Step {
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
        Field::choice("by", "Stands in", stand_ins(board, cx), &by).required(),
        Field::date("from", "First day", Some(from), Lean::Future).hint("T, mon, 4/25/26").required(),
        Field::date("until", "Last day", is.map(|cover| cover.until), Lean::Future).hint("T+2w").required(),
        Field::text("note", "Worth knowing", is.map_or("", |cover| &cover.note))
            .hint("about the work, not about a client"),
    ]);
    let (cover, rev) = kept.map_or((Cover::default(), 0), |kept| (kept.value.clone(), kept.rev));
    let staff: Vec<StaffId> = board.staff.iter().map(|(id, _)| *id).collect();
    let line = "The person who stands in can open the charts of the person who is away, on these days only."
        .to_owned();
    Question::form("Cover", Form::new("Arrange it", fields), move |form, cx| {
        let cover = Box::new(read_cover(form, &cover, &staff, cx)?);
        Ok(vec![Step::Ask(Command::House(HouseAsk::SaveCover { cover, rev }))])
    })
    .lines(vec![line])
    .open()
}

/// The cover as typed.
fn read_cover(form: &Form, before: &Cover, staff: &[StaffId], cx: &Cx) -> Result<Cover, Wrong> {
    let who = |id: &str| of_key(form.chosen(id), staff);
    let cover = Cover {
        away: if before.number == 0 { who("away").unwrap_or_default() } else { before.away },
        by: who("by").unwrap_or_default(),
        from: form.date("from", cx.today()).unwrap_or(before.from),
        until: form.date("until", cx.today()).unwrap_or(before.until),
        note: form.typed("note"),
        ..before.clone()
    };
    if cover.by == cover.away {
        return Err(Wrong::new("by", "Nobody can stand in for themselves. Choose two different people."));
    }
    if cover.until < cover.from {
        return Err(Wrong::new("until", "The last day is before the first day. Change one of the two."));
    }
    Ok(cover)
}

/// A team's name, program and whether it shares charts; its members are chosen next.
pub(super) fn team(kept: Option<&Kept<Team>>, board: &Board) -> Step {
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
    let lines = vec![
        "If charts are shared, each member can open the charts of the others' clients in the program."
            .to_owned(),
    ];
    let board = board.clone();
    let title = if rev > 0 { format!("Team: {}", team.name) } else { "New team".to_owned() };
    Question::form(title, Form::new("Choose the members", fields), move |form, _| {
        Ok(vec![members(read_team(form, team.clone(), rev), rev, &board)])
    })
    .lines(lines)
    .open()
}

/// The team as typed, without its members.
fn read_team(form: &Form, before: Team, rev: u32) -> Team {
    Team {
        name: form.typed("name"),
        program: form.chosen("program").to_owned(),
        shares_charts: form.yes("shares"),
        active: rev == 0 || form.yes("active"),
        ..before
    }
}

/// The choice of a team's members.
fn members(team: Team, rev: u32, board: &Board) -> Step {
    let items = board
        .staff
        .iter()
        .map(|(id, name)| Item { marked: team.members.contains(id), ..Item::new(key(*id), name.clone(), "") })
        .collect();
    let title = format!("Members of {}: Right marks, Enter takes them", team.name);
    let staff: Vec<StaffId> = board.staff.iter().map(|(id, _)| *id).collect();
    Question::several(title, items, move |keys, _| {
        let members: Vec<StaffId> = keys.iter().filter_map(|text| of_key(text, &staff)).collect();
        if team.active && members.len() < 2 {
            return Err(Wrong::new(
                "",
                "A team needs at least two members. Press Right on each one to mark it.",
            ));
        }
        let team = Box::new(Team { members, ..team.clone() });
        Ok(vec![Step::Ask(Command::House(HouseAsk::SaveTeam { team, rev }))])
    })
    .open()
}

/// Lines of the Help-now text.
const HELP: [&str; 4] = ["help1", "help2", "help3", "help4"];

/// The agency's rules, with the cursor in a field, where one is named.
pub(in crate::tui) fn rules(draft: &RulesDraft, at: &str) -> Step {
    let mut fields = Vec::new();
    let help: Vec<&str> = draft.help_now.splitn(HELP.len(), '\n').collect();
    for (at, id) in HELP.into_iter().enumerate() {
        let label = format!("Help now, line {}", at + 1);
        let hint = ["who is on call", "crisis line", "hospital", "never a client"][at];
        fields.push(Field::text(id, &label, help.get(at).copied().unwrap_or("")).hint(hint));
    }
    fields.extend([
        Field::offered("lock", "Lock after minutes", &(draft.lock_after_s / 60).to_string()).required(),
        Field::yes_no("veil", "Hide names", draft.rules.veil).hint("initials instead of names"),
        Field::offered("access", "Reason lasts, hours", &draft.rules.access_hours.to_string())
            .hint("for a chart beyond one's own people")
            .required(),
        Field::choice("paper", "Paper", papers(), draft.rules.paper.map_or("", PaperSize::word)),
        Field::choice("ruptures", "Ruptures are in", rupture_places(), draft.rules.ruptures.word())
            .required(),
        Field::yes_no("apart", "Tell of far guesses", draft.rules.far_apart)
            .hint("the supervisor, never the numbers"),
        Field::text("programs", "Programs", &draft.programs.join(", "))
            .hint("with commas between")
            .required(),
    ]);
    Question::form("The agency's rules", Form::new("Save", fields), |form, _| {
        Ok(vec![Step::Ask(Command::House(HouseAsk::SaveRules(Box::new(read_rules(form)?))))])
    })
    .lines(vec!["Everyone can read Help now on the lock screen, also without signing in.".to_owned()])
    .at(at)
    .open()
}

/// The rules as typed; an error says what to type instead.
fn read_rules(form: &Form) -> Result<RulesDraft, Wrong> {
    let wrong = |field, why: &str| Wrong::new(field, why);
    let lock: u32 = form
        .typed("lock")
        .parse()
        .map_err(|_| wrong("lock", "\"Lock after minutes\" takes a number from 1 to 60."))?;
    let hours: u16 = form
        .typed("access")
        .parse()
        .map_err(|_| wrong("access", "\"Reason lasts, hours\" takes a number from 1 to 168."))?;
    let help: Vec<String> = HELP.iter().map(|id| form.typed(id)).collect();
    Ok(RulesDraft {
        help_now: help.join("\n").trim_end().to_owned(),
        lock_after_s: lock.saturating_mul(60),
        programs: list(&form.typed("programs")),
        rules: HouseRules {
            veil: form.yes("veil"),
            access_hours: hours,
            paper: PaperSize::ALL.into_iter().find(|size| size.word() == form.chosen("paper")),
            ruptures: RupturesIn::ALL
                .into_iter()
                .find(|place| place.word() == form.chosen("ruptures"))
                .unwrap_or_default(),
            far_apart: form.yes("apart"),
        },
    })
}

/// Sizes of paper to choose from.
fn papers() -> Vec<Item> {
    let usual = Item::new("", "as usual in the time zone", "Letter in the Americas, else A4");
    std::iter::once(usual).chain(Item::words(PaperSize::ALL.map(PaperSize::word))).collect()
}

/// Where ruptures may belong, each with what that means.
fn rupture_places() -> Vec<Item> {
    let short = |place| match place {
        RupturesIn::Supervision => "not in the records",
        RupturesIn::Chart => "in the records",
    };
    RupturesIn::ALL.map(|place| Item::new(place.word(), place.word(), short(place))).into()
}

/// Parts between commas.
pub(in crate::tui) fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// One's own settings, which travel with the person; with the cursor in a field, where one is named.
pub(in crate::tui) fn personal(at: &str, cx: &Cx) -> Step {
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
            Field::choice("veil", "Hide names", veils, veil),
            Field::choice("sort", "People", sorts, settings.sort.words()),
        ],
    );
    let lines = vec!["These settings are yours, on every computer where you sign in.".to_owned()];
    Question::form("Your settings", form, |form, cx| Ok(keep_personal(form, cx))).lines(lines).at(at).open()
}

/// The keymaps to choose from: the desk's, those that ship, and one's own if it is none of them.
fn keymaps(settings: &PersonalSettings) -> Vec<Item> {
    let mut items = vec![Item::new("", "as on this computer", "the computer's keymap, or the default one")];
    items.extend(Keymap::names().map(|(name, what)| Item::new(name, name, what)));
    if items.iter().all(|item| item.key != settings.keymap) {
        items.push(Item::new(settings.keymap.clone(), settings.keymap.clone(), "not on this computer"));
    }
    items
}

/// One's own settings as chosen.
fn read_personal(form: &Form, before: &PersonalSettings) -> PersonalSettings {
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

/// Keeps what was chosen, and shows it at once.
fn keep_personal(form: &Form, cx: &Cx) -> Vec<Step> {
    let Some(desk) = &cx.signed_in else { return Vec::new() };
    let settings = read_personal(form, &desk.staff.settings);
    let mut steps = Vec::new();
    if let Some(name) = Name::named(&settings.theme) {
        steps.push(Step::Theme(name));
    }
    if settings.keymap != desk.staff.settings.keymap {
        steps.push(Step::Keymap(settings.keymap.clone()));
    }
    if settings.veil.unwrap_or(desk.rules.veil) != cx.veil {
        steps.push(Step::Run(Action::Veil));
    }
    steps.push(Step::Mine(settings.clone()));
    steps.push(Step::Ask(Command::Door(Door::Personal(settings))));
    // In the order that was chosen; that the settings are kept is what was asked, so nothing else is shown.
    steps.push(Step::RefreshNow);
    steps
}

//! What the agency decided: Help now, the lock, programs, veil and access.

use crate::domain::{Act, HouseRules, PaperSize, counted};
use crate::rules::access::Capability;
use crate::service::api::{Answer, HouseAnswer, Kept, RulesDraft};
use crate::service::desk::Desk;
use crate::service::fault::Fault;
use crate::store::{Front, Owner};

/// Longest Help-now text, in characters: it must fit the lock screen of a small terminal.
const LONGEST_HELP: usize = 600;

/// The rules as they are.
pub(super) fn show(desk: &mut Desk, said: String) -> Result<Answer, Fault> {
    desk.permit(Capability::ChangeSettings, None)?;
    let draft = now(desk)?;
    let settings = Box::new(desk.seat()?.settings.value.clone());
    let front = Box::new(desk.front.clone());
    Ok(Answer::House(HouseAnswer::Rules { draft: Box::new(draft), front, settings, said }))
}

/// Changes them, in one act.
pub(super) fn save(desk: &mut Desk, draft: RulesDraft) -> Result<Answer, Fault> {
    desk.permit(Capability::ChangeSettings, None)?;
    let draft = check(desk, draft)?;
    let before = now(desk)?;
    let public = desk.books().kept_front()?;
    let rules_rev = desk.books().get::<HouseRules>(Owner::AGENCY, 1)?.map_or(0, |kept| kept.rev);
    let Kept { rev, value: mut settings } = desk.seat()?.settings.clone();
    settings.programs.clone_from(&draft.programs);
    let mut front: Front = public.value;
    front.agency.help_now.clone_from(&draft.help_now);
    front.agency.lock_after_s = draft.lock_after_s;
    let mut unit = desk.unit(Capability::ChangeSettings, Act::SettingsChanged, None, 0)?;
    unit.put(&front, Owner::AGENCY, 1, public.rev);
    unit.put(&settings, Owner::AGENCY, 1, rev);
    unit.put(&draft.rules, Owner::AGENCY, 1, rules_rev);
    desk.commit(unit)?;
    desk.take_front(front);
    let seat = desk.seat_mut()?;
    seat.settings = Kept { rev: rev + 1, value: settings };
    seat.house.rules = draft.rules;
    let said = changes(&before, &now(desk)?);
    show(desk, said)
}

/// What is decided now.
fn now(desk: &Desk) -> Result<RulesDraft, Fault> {
    let seat = desk.seat()?;
    let front = &desk.books().front().agency;
    Ok(RulesDraft {
        help_now: front.help_now.clone(),
        lock_after_s: front.lock_after_s,
        programs: seat.settings.value.programs.clone(),
        rules: seat.house.rules.clone(),
    })
}

/// What was changed, each with its value before.
fn changes(before: &RulesDraft, now: &RulesDraft) -> String {
    let help = |draft: &RulesDraft| match draft.help_now.replace('\n', " / ") {
        none if none.is_empty() => "empty".to_owned(),
        some => format!("\"{some}\""),
    };
    let minutes = |draft: &RulesDraft| draft.lock_after_s / 60;
    let veil = |draft: &RulesDraft| if draft.rules.veil { "hidden" } else { "shown" };
    let hours = |draft: &RulesDraft| draft.rules.access_hours;
    let paper = |draft: &RulesDraft| draft.rules.paper.map_or("as usual in the time zone", PaperSize::word);
    let programs = |draft: &RulesDraft| draft.programs.join(", ");
    let lines = [
        (
            before.lock_after_s != now.lock_after_s,
            format!(
                "Locks after {}, before {}.",
                counted(minutes(now) as usize, "minute", "minutes"),
                minutes(before)
            ),
        ),
        (before.help_now != now.help_now, format!("Help now is {}, before {}.", help(now), help(before))),
        (
            before.rules.veil != now.rules.veil,
            format!("Names on lists are {}, before {}.", veil(now), veil(before)),
        ),
        (
            hours(before) != hours(now),
            format!(
                "A reason lasts {}, before {}.",
                counted(usize::from(hours(now)), "hour", "hours"),
                hours(before)
            ),
        ),
        (
            before.rules.paper != now.rules.paper,
            format!("Paper is {}, before {}.", paper(now), paper(before)),
        ),
        (
            before.rules.ruptures != now.rules.ruptures,
            format!(
                "Ruptures belong to {}, before {}: they are {}.",
                now.rules.ruptures.word(),
                before.rules.ruptures.word(),
                now.rules.ruptures.means()
            ),
        ),
        (
            before.rules.far_apart != now.rules.far_apart,
            format!(
                "Supervisors are {} when a guess lies far from the client's answers.",
                if now.rules.far_apart { "told" } else { "no longer told" }
            ),
        ),
        (
            before.programs != now.programs,
            format!("Programs are {}, before {}.", programs(now), programs(before)),
        ),
    ];
    let changed: Vec<String> = lines.into_iter().filter(|(is, _)| *is).map(|(_, words)| words).collect();
    if changed.is_empty() {
        return "Nothing is changed: the agency's rules are as they were.".to_owned();
    }
    changed.join(" ")
}

fn check(desk: &Desk, mut draft: RulesDraft) -> Result<RulesDraft, Fault> {
    draft.help_now.truncate(draft.help_now.trim_end().len());
    if draft.help_now.chars().count() > LONGEST_HELP {
        return Err(Fault::user(format!(
            "\"Help now\" can have at most {LONGEST_HELP} characters, so that it fits on the lock screen."
        )));
    }
    if !(60..=3600).contains(&draft.lock_after_s) {
        return Err(Fault::user("\"Lock after minutes\" takes a number from 1 to 60."));
    }
    if !(1..=168).contains(&draft.rules.access_hours) {
        return Err(Fault::user("\"Reason lasts, hours\" takes a number from 1 to 168."));
    }
    for program in &mut draft.programs {
        *program = program.trim().to_owned();
    }
    draft.programs.retain(|program| !program.is_empty());
    let mut seen = std::collections::HashSet::new();
    if !draft.programs.iter().all(|program| seen.insert(program.to_lowercase())) {
        return Err(Fault::user("\"Programs\" names one program twice. Take one of the two away."));
    }
    let used = |program: &String| {
        let open = |seat: &crate::service::seat::Seat| {
            seat.summaries
                .values()
                .any(|one| one.episode.as_ref().is_some_and(|episode| *episode.program == **program))
        };
        desk.seat().is_ok_and(open)
    };
    let gone = desk
        .seat()?
        .settings
        .value
        .programs
        .iter()
        .find(|program| !draft.programs.contains(program) && used(program));
    if let Some(program) = gone {
        return Err(Fault::user(format!(
            "{program} has people in it. Move them to another program first, then rename it or take it away."
        )));
    }
    if draft.programs.is_empty() {
        return Err(Fault::user("\"Programs\" is empty. The agency needs at least one."));
    }
    Ok(draft)
}

//! What the program knows of a stay: facts in words, each with the records it was read from.

use crate::domain::{
    Administration, Assessment, Cell, Date, Diagnosis, DischargeFact, DischargeKnown, Episode, ImmediateNeed,
    LevelDecision, LineKind, LineRef, MedicationAnswer, Naloxone, NeedState, OpenNeed, Progress, ReviewLine,
    ReviewSessions, ShortEntry, ShortUse, StaffId, Wants, counted,
};
use crate::packs::Instruments;
use crate::rules::plan::mandated::{ATTENDED, Columns, PROGRESS, TOOK_PART};
use crate::rules::plan::review::{SignedReview, logged};
use crate::rules::plan::review_content::sessions_words;
use crate::rules::plan::{AnyLine, Plan, tree, words};
use crate::rules::short_forms::Thread;
use crate::rules::short_forms::told::told;
use crate::rules::when::with_year;
use crate::rules::{diagnosis, level, measured};

/// What is read from sessions, tasks and drafts of a stay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stay {
    /// Sessions from the admission to the last day.
    pub sessions: ReviewSessions,
    /// Types of service, each with the sessions held and their minutes.
    pub services: Vec<(String, u32, u32)>,
    /// The days of the first and the last session held.
    pub held: Option<(Date, Date)>,
    /// Sessions that are planned for the days to come, each with its day and in words.
    pub ahead: Vec<(Date, String)>,
    /// Open tasks about the client, in words.
    pub tasks: Vec<String>,
    /// What is begun and not finished, in words.
    pub owed: Vec<String>,
    /// Groups that are left with the stay, in words.
    pub groups: Vec<String>,
    /// What was had and missed of groups with a curriculum, in words.
    pub hours: Vec<String>,
    /// Alerts nobody has answered, in words. They close with the stay.
    pub alerts: Vec<String>,
    /// What the staff that the facts speak of are called.
    pub names: Vec<(StaffId, String)>,
}

impl Stay {
    fn name_of(&self, id: StaffId) -> &str {
        let found = self.names.iter().find(|(one, _)| *one == id);
        found.map_or("somebody who is no longer here", |(_, name)| name)
    }
}

/// The records that a stay is read from.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    pub episode: &'a Episode,
    pub levels: &'a [&'a LevelDecision],
    /// Signed assessments that count, oldest first.
    pub assessments: &'a [Assessment],
    pub plan: &'a Plan,
    /// The reviews of the episode that stand, oldest first.
    pub reviews: &'a [&'a SignedReview],
    /// Number and day of signing of the newest version of the episode.
    pub version: Option<(u32, Date)>,
    /// Number and day of signing of the safety plan of the episode.
    pub safety: Option<(u32, Date)>,
    pub diagnoses: &'a [&'a Diagnosis],
    pub measures: &'a [&'a Administration],
    pub instruments: &'a Instruments,
    pub wants: Option<&'a Wants>,
    pub needs: &'a [&'a ImmediateNeed],
    pub stay: &'a Stay,
    /// How the client took part and made progress, under a mandate.
    pub mandated: Option<Columns>,
    /// Entries of short forms.
    pub short: &'a [&'a ShortEntry],
    pub today: Date,
}

/// Returns what is known of a stay.
pub fn known(around: &Around<'_>) -> DischargeKnown {
    let Around { episode, stay, .. } = around;
    let now = level::newest(around.levels.iter().copied(), episode.number);
    DischargeKnown {
        program: episode.program.clone(),
        admitted: episode.admitted,
        facts: facts(around),
        lines: lines(around),
        needs: around.needs.iter().filter(|need| need.state.open()).map(|need| open(need, around)).collect(),
        sessions: stay.ahead.iter().map(|(_, words)| words.clone()).collect(),
        tasks: stay.tasks.clone(),
        owed: stay.owed.clone(),
        groups: stay.groups.clone(),
        last_held: stay.held.map(|(_, last)| last),
        level: now.map(|level| level.actual.clone()).unwrap_or_default(),
    }
}

fn fact(label: &str, words: impl Into<String>, source: impl Into<String>) -> DischargeFact {
    DischargeFact { label: label.to_owned(), words: words.into(), source: source.into() }
}

fn facts(around: &Around<'_>) -> Vec<DischargeFact> {
    let mut facts = admission(around);
    facts.extend(services(around.stay, around.mandated.as_ref()));
    facts.extend(
        around
            .diagnoses
            .iter()
            .filter(|one| diagnosis::holds(one, around.today))
            .map(|one| of_diagnosis(one)),
    );
    facts.extend(ratings(around));
    facts.extend(measures(around));
    facts.extend(of_plan(around));
    facts.extend(of_forms(around));
    let alerts = around.stay.alerts.iter();
    facts.extend(alerts.map(|words| fact("Open alert", words.as_str(), "the alerts, not answered by then")));
    facts
}

fn admission(around: &Around<'_>) -> Vec<DischargeFact> {
    let episode = around.episode;
    let referred = match episode.referral.trim() {
        "" => String::new(),
        by => format!(", referred by {by}"),
    };
    let admitted = format!("{} to {}{referred}", with_year(episode.admitted), episode.program);
    let mut facts = vec![fact("Admitted", admitted, "the admission")];
    if episode.mandated {
        let mandate = if episode.mandate.trim().is_empty() { "yes" } else { episode.mandate.trim() };
        facts.push(fact("Mandate", mandate, "the admission"));
    }
    facts.push(fact("Counselor", around.stay.name_of(episode.counselor), "the admission"));
    let mut levels: Vec<&LevelDecision> =
        level::of_episode(around.levels.iter().copied(), episode.number).collect();
    levels.sort_by_key(|one| (one.on, one.number));
    let said = |one: &&LevelDecision| {
        let indicated =
            if level::differs(one) { format!(", indicated {}", one.indicated) } else { String::new() };
        format!("{}{indicated} from {}", one.actual, with_year(one.on))
    };
    if !levels.is_empty() {
        let words: Vec<String> = levels.iter().map(said).collect();
        let source = counted(levels.len(), "decision on the level of care", "decisions on the level of care");
        facts.push(fact("Level of care", words.join("; "), source));
    }
    let wanted = around.wants.filter(|wants| !wants.wants.trim().is_empty());
    facts.extend(wanted.map(|wants| {
        let source = format!("what the client said on {}", with_year(wants.on));
        fact("Wants", format!("\u{201c}{}\u{201d}", wants.wants.trim()), source)
    }));
    facts
}

/// Sessions, told apart from taking part and from progress under a mandate; then the types of service.
fn services(stay: &Stay, mandated: Option<&Columns>) -> Vec<DischargeFact> {
    let days = stay.held.map_or(String::new(), |(first, last)| {
        format!("; first {}, last {}", with_year(first), with_year(last))
    });
    let words = format!("{}{days}", sessions_words(stay.sessions));
    let label = if mandated.is_some() { ATTENDED } else { "Sessions" };
    let mut facts = vec![fact(label, words, "the sessions of the stay")];
    if let Some(columns) = mandated {
        facts.push(fact(TOOK_PART, columns.took(with_year), "the newest signed plan or review"));
        facts.push(fact(PROGRESS, columns.progress(), "the objectives of the plan and the notes on them"));
    }
    let of = |(kind, held, minutes): &(String, u32, u32)| {
        let kind = if kind.trim().is_empty() { "type not said" } else { kind };
        let held = counted(usize::try_from(*held).unwrap_or(usize::MAX), "session", "sessions");
        format!("{kind}: {held}, {minutes} minutes")
    };
    let services: Vec<String> = stay.services.iter().map(of).collect();
    if !services.is_empty() {
        facts.push(fact("Services", services.join("; "), "the sessions held"));
    }
    facts.extend(stay.hours.iter().map(|words| fact("Group", words.as_str(), "the sessions of the group")));
    facts
}

fn of_diagnosis(one: &Diagnosis) -> DischargeFact {
    let code = if one.code.is_empty() { String::new() } else { format!("{} ", one.code) };
    let severity = if one.severity.is_empty() { String::new() } else { format!(", {}", one.severity) };
    let words = format!("{code}{}{severity} ({})", one.wording, one.kind.word());
    fact("Diagnosis", words, format!("the diagnosis made by {} on {}", one.made_by, with_year(one.made_on)))
}

/// Each rated dimension of the newest set, as it was rated first and last in the stay.
fn ratings(around: &Around<'_>) -> Vec<DischargeFact> {
    let episode = around.episode.number;
    let mine: Vec<&Assessment> = around.assessments.iter().filter(|one| one.episode == episode).collect();
    let Some(newest) = mine.last() else { return Vec::new() };
    let same: Vec<&Assessment> = mine.iter().copied().filter(|one| one.set == newest.set).collect();
    let of = |cell: &Cell| {
        let given: Vec<(Date, String)> = same.iter().filter_map(|one| rated(one, cell.dimension)).collect();
        let (first, last) = (given.first()?, given.last()?);
        let word = |(on, digit): &(Date, String)| format!("{digit} ({})", with_year(*on));
        let (words, source) = if first.0 == last.0 {
            (word(first), format!("the assessment of {}", with_year(first.0)))
        } else {
            let source = format!("the assessments of {} and {}", with_year(first.0), with_year(last.0));
            (format!("first {}, last {}", word(first), word(last)), source)
        };
        Some(fact(&format!("D{}", cell.dimension), words, source))
    };
    newest.cells.iter().filter_map(of).collect()
}

/// A rating that somebody gave on that day; one that was carried forward is from the day before.
fn rated(assessment: &Assessment, dimension: u8) -> Option<(Date, String)> {
    let cell = assessment.cell(dimension).filter(|cell| !cell.carried)?;
    cell.severity.map(|severity| (assessment.date, severity.digit().to_string()))
}

/// Each measure as it was filled in first and last in the stay, by whom and on which form it was.
fn measures(around: &Around<'_>) -> Vec<DischargeFact> {
    let episode = around.episode.number;
    let mine: Vec<&Administration> = around
        .measures
        .iter()
        .copied()
        .filter(|one| one.episode == episode && one.in_error.is_empty())
        .collect();
    let mut facts: Vec<DischargeFact> = Vec::new();
    let mut done: Vec<&Administration> = Vec::new();
    for one in &mine {
        if done.iter().any(|before| measured::is_alike(before, one)) {
            continue;
        }
        done.push(one);
        facts.extend(of_measure(around.instruments, &measured::series(mine.iter().copied(), one)));
    }
    facts
}

fn of_measure(instruments: &Instruments, series: &[&Administration]) -> Option<DischargeFact> {
    let (first, last) = (*series.first()?, *series.last()?);
    let measure = instruments.find(&first.measure)?;
    let scale = measured::main_scale(measure)?;
    let word = |one: &Administration| {
        let score = measured::stored(measure, scale, one).shown().unwrap_or_else(|| "no score".to_owned());
        format!("{score} ({})", with_year(one.on))
    };
    if series.len() == 1 {
        return Some(fact(
            &measure.key,
            word(first),
            format!("the measure filled in on {}", with_year(first.on)),
        ));
    }
    let class = match measured::class_of(measure, series, last) {
        "" => String::new(),
        class => format!("; {class}"),
    };
    let words = format!("first {}, last {}{class}", word(first), word(last));
    Some(fact(&measure.key, words, format!("{} filled-in measures of the stay", series.len())))
}

fn of_plan(around: &Around<'_>) -> Vec<DischargeFact> {
    let mut facts = Vec::new();
    if let Some((number, signed)) = around.version {
        let reviews = around.reviews.last().map_or(String::new(), |last| {
            let many = counted(around.reviews.len(), "review", "reviews");
            format!("; {many}, the last one {}", with_year(last.on))
        });
        let words = format!("plan {number}, signed {}{reviews}", with_year(signed));
        facts.push(fact("Plan", words, "the signed versions and reviews"));
    }
    if let Some((number, signed)) = around.safety {
        let words = format!("version {number}, signed {}", with_year(signed));
        facts.push(fact("Safety plan", words, "the signed safety plan"));
    }
    let basics = &around.plan.basics;
    let plan = "the plan";
    if basics.medication != MedicationAnswer::NotAsked {
        let more = match basics.medication_words.words.trim() {
            "" => String::new(),
            words => format!(": {words}"),
        };
        facts.push(fact("Medication", format!("{}{more}", basics.medication.word()), plan));
    }
    if basics.naloxone != Naloxone::NotAsked {
        facts.push(fact("Naloxone", basics.naloxone.word(), plan));
    }
    if !basics.complete_when.is_empty() {
        facts.push(fact("Complete when", basics.complete_when.words.trim(), plan));
    }
    let after = &basics.after;
    if !after.is_empty() {
        let parts = [&after.supports, &after.place, &after.person];
        let said: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
        facts.push(fact("After that", said.join(", "), plan));
    }
    facts
}

/// Medication as it was told, and the newest of each other short form of the stay.
fn of_forms(around: &Around<'_>) -> Vec<DischargeFact> {
    let episode = around.episode.number;
    // Medication of an earlier stay that nobody asked about is told as that.
    let mine = |thread: &Thread<'_>| {
        thread.begun.used_as == ShortUse::Medication || thread.entries().any(|entry| entry.episode == episode)
    };
    let told = told(around.short, episode, mine, &with_year);
    told.into_iter().map(|one| fact(&one.form, one.words, one.source)).collect()
}

/// Active goals in the order of the plan, each followed by its active objectives; then whatever else is still active.
fn lines(around: &Around<'_>) -> Vec<ReviewLine> {
    let plan = around.plan;
    let rows = plan.rows(tree::Show::Plan);
    let mut names: Vec<LineRef> = rows
        .into_iter()
        .filter_map(|row| match row.node {
            tree::Node::Line(name) if name.kind != LineKind::Method => Some(name),
            _ => None,
        })
        .collect();
    let all = plan.goals.iter().map(|one| LineRef::goal(one.line.number));
    for name in all.chain(plan.objectives.iter().map(|one| LineRef::objective(one.line.number))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let active = |line: &AnyLine<'_>| line.line().state.is_active();
    names
        .into_iter()
        .filter_map(|name| plan.line(name).filter(active))
        .map(|line| of_line(line, around))
        .collect()
}

fn of_line(line: AnyLine<'_>, around: &Around<'_>) -> ReviewLine {
    let name = line.name();
    let marks = around.plan.trail(name).map_or(&[][..], |trail| &trail.marks);
    let said = marks.iter().filter(|mark| mark.progress != Progress::Unsaid);
    let reviewed = around.reviews.iter().rev().find_map(|review| {
        review.facts.marks.iter().find(|(of, _)| *of == name).map(|(_, progress)| *progress)
    });
    ReviewLine {
        line: name,
        wording: words::wording(line),
        amount: words::amount(line),
        before: reviewed.unwrap_or_default(),
        notes: said.map(|mark| (mark.on, mark.progress)).collect(),
        // Of the whole stay: the log begins in it.
        log: logged(around.plan, line, around.episode.admitted.plus_days(-1), around.today),
    }
}

fn open(need: &ImmediateNeed, around: &Around<'_>) -> OpenNeed {
    let stands = match &need.state {
        NeedState::InHand { action, owner, .. } => {
            format!("in hand, {}: {action}", around.stay.name_of(*owner))
        }
        NeedState::Confirmed => "confirmed, no action yet".to_owned(),
        _ => "nobody has decided".to_owned(),
    };
    OpenNeed {
        need: need.number,
        words: format!("D{} {}", need.dimension.number, need.reason),
        stands,
        decided: !matches!(need.state, NeedState::Proposed),
    }
}

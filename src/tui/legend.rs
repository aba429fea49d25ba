//! What the marks, letters and words of a page mean, for the help of that page.
//!
//! Owns the table of marks: a mark without its words fails a test (`tests/it/legend.rs`), and a new glyph, tier or answer does not compile.

use super::action::Scope;
use super::facts::Cx;
use super::theme::Glyphs;
use crate::domain::{Assent, DiagnosisKind, Progress, Stage, TestResult};
use crate::rules::priority::{Tier, WorkMode};

/// One line of a legend: the mark as it is drawn, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The mark, letter or word.
    pub sign: String,
    /// What it means, in the field's words.
    pub means: String,
}

/// A family of marks that are drawn together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Severity,
    Dimensions,
    Trend,
    Earlier,
    Carried,
    Need,
    NeedWords,
    NeedFlag,
    Tiers,
    Modes,
    Stages,
    Rank,
    People,
    Session,
    DueItems,
    Duties,
    Plan,
    Lines,
    Answers,
    Progress,
    NoteLife,
    NoteText,
    Versions,
    Attendance,
    Header,
    Difference,
    Diagnoses,
    Measures,
    Alliance,
    Forms,
    Signals,
}

/// Which families a page shows.
fn families(scope: Scope) -> &'static [Family] {
    use Family as F;
    match scope {
        Scope::Home => &[F::People, F::Severity, F::Trend, F::Need, F::Signals, F::Dimensions],
        Scope::Today => &[F::Need, F::Session],
        Scope::Dimension => &[F::Tiers, F::Severity, F::Trend, F::Earlier, F::Rank, F::Modes],
        Scope::Due | Scope::Work | Scope::Several => &[F::Need, F::DueItems, F::Duties],
        Scope::Watch => &[F::Need],
        Scope::Chart => &[F::Header, F::Need],
        Scope::Overview => &[F::Need, F::Severity, F::Trend],
        Scope::Grid => &[F::Severity, F::Trend, F::Carried, F::NeedFlag],
        Scope::Priorities => &[F::Tiers, F::NeedWords, F::Severity, F::Trend, F::Modes, F::Rank],
        Scope::Plan => &[F::Plan, F::Severity, F::Trend, F::Answers, F::Progress, F::Stages],
        Scope::Review => &[F::Lines, F::Severity, F::Trend, F::Answers, F::Progress],
        Scope::Discharge => &[F::Lines, F::Progress],
        Scope::Agree => &[F::Plan, F::Answers],
        Scope::Background => &[F::Diagnoses],
        Scope::Alliance => &[F::Alliance],
        Scope::Measures => &[F::Measures],
        Scope::ShortForms => &[F::Forms],
        Scope::Notes => &[F::NoteLife, F::Difference],
        Scope::NoteText => &[F::NoteText, F::Progress],
        Scope::Beside => &[F::Severity, F::Trend, F::Earlier, F::Need],
        Scope::Versions => &[F::Versions],
        Scope::Group => &[F::Attendance],
        Scope::GroupSession => &[F::Attendance, F::Progress],
        Scope::Everywhere
        | Scope::SignIn
        | Scope::Lock
        | Scope::Setup
        | Scope::Find
        | Scope::Staff
        | Scope::Phrases
        | Scope::Contract
        | Scope::Safety
        | Scope::PhraseText
        | Scope::Groups
        | Scope::GroupText
        | Scope::CellText
        | Scope::TextNormal
        | Scope::TextVisual
        | Scope::Form
        | Scope::FieldText
        | Scope::Prompt
        | Scope::PlanForm
        | Scope::Confirm
        | Scope::Message
        | Scope::List
        | Scope::Menu
        | Scope::Palette
        | Scope::Help
        | Scope::History
        | Scope::Board
        | Scope::Duties
        | Scope::Leaving
        | Scope::LookAlikes
        | Scope::Retention
        | Scope::Week => &[],
    }
}

/// Returns the legend of a page; empty if it shows no marks.
pub fn of(scope: Scope, cx: &Cx) -> Vec<Entry> {
    let mut out = Vec::new();
    for family in families(scope) {
        let before = out.len();
        entries(*family, cx, &mut out);
        debug_assert!(out.len() > before || cx.signed_in.is_none(), "{family:?} has no words");
    }
    out
}

fn say(out: &mut Vec<Entry>, sign: impl Into<String>, means: impl Into<String>) {
    out.push(Entry { sign: sign.into(), means: means.into() });
}

fn all(out: &mut Vec<Entry>, entries: &[(&str, &str)]) {
    for (sign, means) in entries {
        say(out, *sign, *means);
    }
}

fn entries(family: Family, cx: &Cx, out: &mut Vec<Entry>) {
    let glyphs = &cx.theme.glyphs;
    match family {
        Family::Severity => severity(cx, out),
        Family::Diagnoses => {
            for kind in DiagnosisKind::ALL {
                say(out, kind.word(), kind.means());
            }
        }
        Family::Alliance => all(out, ALLIANCE),
        Family::Forms => forms(out),
        Family::Signals => all(out, SIGNALS),
        Family::Measures => all(out, MEASURES),
        Family::Dimensions => dimensions(cx, out),
        Family::Trend => {
            say(out, glyphs.worse, "worse than the rating before it");
            say(out, glyphs.better, "better than the rating before it");
            say(out, "*", "behind a rating: the first one, with no earlier one to compare with");
        }
        Family::Earlier => {
            say(out, "earlier", "earlier ratings: the newest is next to today's, the oldest at the end");
        }
        Family::Carried => say(out, glyphs.carried, "carried forward from an earlier day, not yet confirmed"),
        Family::Need => {
            say(out, Tier::Now.word(), tier_means(Tier::Now));
            all(out, NEED);
        }
        Family::NeedWords => all(out, NEED),
        Family::NeedFlag => say(out, "!", "an immediate need is open in this dimension"),
        Family::Tiers => {
            for tier in Tier::ALL {
                say(out, tier.word(), tier_means(tier));
            }
        }
        Family::Modes => {
            for mode in WorkMode::ALL {
                say(out, mode.word(), mode_means(mode));
            }
        }
        Family::Stages => stages(out),
        Family::Rank => say(out, "#1", "the client put this dimension first; #2, #3 and so on"),
        Family::People => all(out, PEOPLE),
        Family::Session => all(out, SESSION),
        Family::DueItems => all(out, DUE),
        Family::Duties => all(out, DUTIES),
        Family::Plan => {
            all(out, LINES);
            all(out, PLAN);
        }
        Family::Lines => all(out, LINES),
        Family::Answers => answers(glyphs, out),
        Family::Progress => {
            for one in Progress::ALL {
                say(out, one.sign(), progress_means(one));
            }
        }
        Family::NoteLife => all(out, NOTE_LIFE),
        Family::NoteText => all(out, NOTE_TEXT),
        Family::Versions => all(out, VERSIONS),
        Family::Attendance => all(out, ATTENDANCE),
        Family::Header => all(out, HEADER),
        Family::Difference => all(out, DIFFERENCE),
    }
}

/// What became of members of a group, as the grid and the digits say it.
const ATTENDANCE: &[(&str, &str)] = &[
    ("1 p", "present"),
    ("2 l", "came late"),
    ("3 e", "left early"),
    ("4 A", "absent, and had not said so: a session missed, and outreach"),
    ("5 x", "excused: called off by the client"),
    ("- .", "nobody has said"),
];

fn severity(cx: &Cx, out: &mut Vec<Entry>) {
    if let Some(set) = cx.set() {
        let labels: Vec<String> = set
            .labels
            .iter()
            .enumerate()
            .map(|(digit, label)| format!("{digit} {}", label.to_lowercase()))
            .collect();
        say(out, "0 to 4", format!("severity: {}", labels.join(", ")));
    }
    say(out, cx.theme.glyphs.none, "not rated, which is not 0; in other columns: nothing there");
    say(out, "2'", "rated in another dimension set, such as an earlier ASAM edition");
}

fn dimensions(cx: &Cx, out: &mut Vec<Entry>) {
    let Some(set) = cx.set() else { return };
    for dimension in &set.dimensions {
        say(out, format!("column {}", dimension.number), dimension.name.clone());
    }
}

fn tier_means(tier: Tier) -> &'static str {
    match tier {
        Tier::Now => "danger now: act before anything else",
        Tier::Assess => "not rated yet, so nobody knows how severe it is: rate it",
        Tier::Plan => "severe enough that it belongs on the treatment plan",
        Tier::Watch => "moderate, or mild and getting worse: keep an eye on it",
        Tier::Steady => "mild or none: routine",
    }
}

fn mode_means(mode: WorkMode) -> &'static str {
    match mode {
        WorkMode::Engage => "not ready to change yet: the next step is about engagement",
        WorkMode::Change => "ready to change: work on the steps of the plan",
        WorkMode::Keep => "the change is sustained: keep it up",
        WorkMode::ReEngage => "use or the problem returned: engage again",
        WorkMode::AskStage => "no stage of change is known yet: ask for it",
    }
}

fn stages(out: &mut Vec<Entry>) {
    for stage in Stage::ALL {
        say(out, stage.word(), stage_means(stage));
    }
    say(out, WorkMode::AskStage.word(), mode_means(WorkMode::AskStage));
}

fn stage_means(stage: Stage) -> &'static str {
    match stage {
        Stage::Precontemplation => "stage of change: sees no problem, or is here because of others",
        Stage::Contemplation => "stage of change: maybe; sees two sides",
        Stage::Preparation => "stage of change: intends to change soon, asks how",
        Stage::Action => "stage of change: is changing now",
        Stage::Maintenance => "stage of change: sustained for six months or more",
        Stage::Recurrence => "stage of change: use or the problem returned",
    }
}

fn answers(glyphs: &Glyphs, out: &mut Vec<Entry>) {
    for assent in [Assent::Agreed, Assent::Partly, Assent::Declined, Assent::NotAsked] {
        say(out, assent_sign(assent, glyphs), assent_means(assent));
    }
}

/// Returns the mark before a line of the plan that shows what the client answered.
pub fn assent_sign(assent: Assent, glyphs: &Glyphs) -> &'static str {
    match assent {
        Assent::Agreed => glyphs.agreed,
        Assent::Partly => "~",
        Assent::Declined => glyphs.declined,
        Assent::NotAsked | Assent::NotSaid => glyphs.unasked,
    }
}

fn assent_means(assent: Assent) -> &'static str {
    match assent {
        Assent::Agreed => "the client agrees to this line",
        Assent::Partly => "the client agrees in part",
        Assent::Declined => "the client declines",
        Assent::NotAsked | Assent::NotSaid => "not asked yet, or the client would rather not say",
    }
}

fn progress_means(progress: Progress) -> &'static str {
    match progress {
        Progress::Unsaid => "nothing was said about progress",
        Progress::None => "no progress, as a note said",
        Progress::Some => "some progress",
        Progress::Substantial => "substantial progress",
        Progress::Met => "met: this line is reached",
        Progress::Worse => "worse than before",
    }
}

const NEED: &[(&str, &str)] = &[
    ("NOW?", "an immediate need is proposed, and nobody has decided on it"),
    ("recheck", "when the danger has to be looked at again"),
];

const PEOPLE: &[(&str, &str)] = &[
    ("LOC", "level of care that the person gets"),
    ("Why", "why the person is at this place in the list"),
    ("Last", "days since the last contact"),
    ("Next", "day of the next session"),
    ("overdue", "what you owe and is past its time"),
    ("notes due", "sessions that were held and have no note yet"),
];

const SESSION: &[(&str, &str)] = &[
    ("owed", "the session needs a note and has none yet"),
    ("to come", "the session is still to come"),
    ("not here yet", "it has begun, and nobody marked the person as arrived"),
    ("what became", "it is over, and nobody marked what happened"),
    ("came; held?", "the person came; mark whether the session was held"),
    ("missed", "nobody came and nobody called it off; tries to reach them are counted behind it"),
];

const DUE: &[(&str, &str)] = &[
    ("over", "past its date"),
    ("reason asked", "so late that the agency asks why"),
    ("planned", "late, explained, and planned for this day"),
];

const DUTIES: &[(&str, &str)] = &[
    ("sign", "a draft of a note waits for your signature"),
    ("complete", "a draft of an assessment waits to be completed and signed"),
    ("no note", "a session was held and has no note yet"),
    ("returned", "your supervisor returned it with a comment"),
    ("co-sign", "it waits for your co-signature"),
    ("in error?", "somebody called it entered in error; a second person decides"),
];

const LINES: &[(&str, &str)] = &[
    ("G1", "a goal: what the client wants to reach"),
    ("O1", "an objective: a step the client takes"),
    ("M1", "a method: what staff or a service does (payers say intervention)"),
];

const PLAN: &[(&str, &str)] = &[
    ("P1", "a problem"),
    ("D3", "the dimension a problem belongs to, then its rating"),
    ("focus", "one of the few goals that are worked on now"),
    ("undone", "an addition that was undone; its number is never given again"),
    ("copied", "words of the library or of an earlier plan that nobody has changed yet"),
    ("req", "required by somebody else, such as a court"),
    ("safety", "keeps somebody safe"),
    ("no goal", "an active problem that has no goal yet"),
];

const NOTE_LIFE: &[(&str, &str)] = &[
    ("co-sign", "it waits for your co-signature"),
    ("awaits", "signed, and it waits for a co-signature"),
    ("returned", "the supervisor returned it with a comment"),
    ("AMENDED", "a newer version with a reason; the earlier one is kept"),
    ("LATE", "signed later than the agency allows after the service"),
    ("old version", "an amended version took its place"),
    ("in error?", "called entered in error; a second person decides"),
    ("in error", "entered in error, as two people agreed; it counts for nothing"),
    ("addendum", "adds to a signed note"),
];

const NOTE_TEXT: &[(&str, &str)] = &[
    ("«…»", "a blank that is still to be filled: Tab goes to it"),
    ("underlined", "a word that no list knows, a word with a better one, or a repeated passage"),
    ("copied", "words from another note or another part, which nobody has changed yet"),
];

const VERSIONS: &[(&str, &str)] =
    &[("[ ]", "words that are only in this version"), ("bold", "words that were written after it")];

const HEADER: &[(&str, &str)] = &[
    ("LOC", "level of care that the person gets"),
    ("day 34", "day of the episode, counted from admission"),
    ("mandated", "a court or another authority requires the treatment"),
    ("no-msg", "no message may be left"),
    ("interp", "an interpreter is needed"),
    ("minor", "under 18"),
];

/// What results and states of short forms mean. A result has its words here, or it does not compile.
fn forms(out: &mut Vec<Entry>) {
    for result in TestResult::FIRST.into_iter().chain(TestResult::CONFIRMATION) {
        let means = match result {
            TestResult::Open => {
                "a substance without a result (open in the counts); it never counts as negative"
            }
            TestResult::Positive => "found; (screen) stands behind it once a second test says more",
            TestResult::Negative => "not found",
            TestResult::Invalid => "the specimen gave no result that counts; it never counts as negative",
            TestResult::Refused => "the client refused; neither positive nor negative",
            TestResult::Confirmed => "a second test found it, too",
            TestResult::NotConfirmed => "a second test did not find it; the first result stays beside it",
        };
        say(out, result.word(), means);
    }
    all(out, FORMS);
}

const FORMS: &[(&str, &str)] = &[
    ("ask again", "a medication told in an earlier stay: nobody has asked in this one whether it is taken"),
    ("corrected", "an earlier entry was wrong; it stays, and Enter shows what it said"),
    ("in error", "it should never have been here; it stays and counts for nothing"),
];

const ALLIANCE: &[(&str, &str)] = &[
    ("1 to 5", "1 not at all, 2 a little, 3 partly, 4 mostly, 5 very much"),
    ("Goal", "We worked toward what matters to me"),
    ("Task", "The way we worked made sense to me"),
    ("Bond", "I could be open with my counselor"),
    ("My guess", "what you guessed before the answers were known; only you see it"),
    ("not answered", "an alert: low, or fallen by 2 or more; it stays until somebody says what was done"),
    ("fell", "lower than the answer before it, about the same person by the same person"),
];

const SIGNALS: &[(&str, &str)] = &[
    ("a", "before Why: an open alert, the work together was rated low or fell; Right says more"),
    ("w", "an open alert: a measure is worse than at first by more than chance explains"),
    ("n", "an open alert: no reliable gain in a measure by the session by which it is looked for"),
    ("f", "no feedback: nobody has asked for three held sessions, or for 30 days, how the work goes"),
];

const MEASURES: &[(&str, &str)] = &[
    ("due", "it is time to fill it in again, by its own interval"),
    ("first", "the first of its kind here: later ones are compared with it"),
    ("prorated", "missing answers count as the mean of the others"),
    ("verify", "a figure behind it that your agency has not checked yet"),
    ("blank, ask", "a critical item was not answered: ask about it"),
    ("not classed", "the measure does not say which change is more than chance"),
];

const DIFFERENCE: &[(&str, &str)] =
    &[("[- -]", "words that an amendment took out"), ("{+ +}", "words it put in")];

/// Every glyph, so that a new one does not compile before somebody decides whether it is a mark with a meaning.
#[cfg(test)]
fn marks(glyphs: &Glyphs) -> [&'static str; 7] {
    let Glyphs {
        worse,
        better,
        none,
        carried,
        agreed,
        declined,
        unasked,
        // These frame, part, point and count; they mean nothing of a client.
        above: _,
        below: _,
        pointer: _,
        ellipsis: _,
        leaf: _,
        rule: _,
        bar: _,
        quote_open: _,
        quote_close: _,
        border: _,
        ascii: _,
    } = glyphs;
    [worse, better, none, carried, agreed, declined, unasked]
}

#[cfg(test)]
#[path = "legend_tests.rs"]
mod tests;

//! The lives: read once from the embedded material.
//!
//! The material is ours and a test reads all of it, so reading is lenient: what is missing is empty.

use crate::domain::{Date, Severity, Stage};
use std::sync::LazyLock;

/// One life, as written in `lives*.txt`.
#[derive(Debug, Default)]
pub(super) struct Life {
    pub given: &'static str,
    pub family: &'static str,
    pub pronouns: &'static str,
    pub born: Date,
    pub gender: &'static str,
    /// Days since admission.
    pub since: i32,
    pub level: &'static str,
    pub referral: &'static str,
    /// Login of the counselor.
    pub counselor: &'static str,
    /// One row an assessment, oldest first.
    pub ratings: Vec<Vec<Option<Severity>>>,
    pub wants: &'static str,
    pub why_now: &'static str,
    pub first: Vec<u8>,
    pub cells: Vec<CellWords>,
    pub problems: Vec<ProblemWords>,
    pub goals: Vec<GoalWords>,
    /// Rows of the contract: question, client, assessment, agreed.
    pub contract: Vec<Vec<&'static str>>,
    /// What a court or authority wants, and what follows if it is not kept.
    pub authority: Vec<&'static str>,
    /// Code, kind, severity, source.
    pub diagnoses: Vec<Vec<&'static str>>,
    /// Kind, what, where, from, until, how it ended, what helped, what did not, longest time well.
    pub helps: Vec<Vec<&'static str>>,
    /// Strengths, needs, abilities, preferences, complete when, where then, with whom, supports.
    pub person: Vec<&'static str>,
    /// Answer to medication, words, naloxone.
    pub medication: Vec<&'static str>,
    /// The parts of the safety plan, in their order; empty without one.
    pub safety: Vec<&'static str>,
    pub events: Vec<Event>,
    pub threads: Vec<&'static str>,
    pub close: Vec<&'static str>,
    /// Word and rest.
    pub flags: Vec<(&'static str, &'static str)>,
}

/// What is in one dimension at intake.
#[derive(Debug)]
pub(super) struct CellWords {
    pub dimension: u8,
    pub history: &'static str,
    pub now: &'static str,
    pub strengths: &'static str,
    pub words: &'static str,
}

#[derive(Debug)]
pub(super) struct ProblemWords {
    pub dimension: u8,
    pub stages: Vec<Stage>,
    /// `A`, `D:reason:days`, `R:to`, `S:note`.
    pub status: &'static str,
    pub wording: &'static str,
    pub words: &'static str,
    pub topic: &'static str,
}

/// A goal, with its steps.
#[derive(Debug, Default)]
pub(super) struct GoalWords {
    pub dimensions: Vec<u8>,
    /// In the client's words.
    pub words: &'static str,
    pub know: &'static str,
    /// Days from today.
    pub days: i32,
    /// `a`, `p`, `d`; else nobody asked.
    pub answer: &'static str,
    pub steps: Vec<StepWords>,
    /// Methods of the goal itself.
    pub methods: Vec<MethodWords>,
}

/// A step, with its methods.
#[derive(Debug, Default)]
pub(super) struct StepWords {
    /// Follows "I will".
    pub step: &'static str,
    pub amount: &'static str,
    pub days: i32,
    pub see: &'static str,
    /// Empty = the client.
    pub doer: &'static str,
    pub safety: bool,
    pub answer: &'static str,
    pub methods: Vec<MethodWords>,
}

#[derive(Debug)]
pub(super) struct MethodWords {
    pub wording: &'static str,
    pub often: &'static str,
    pub weeks: u16,
    pub minutes: u16,
    pub purpose: &'static str,
    /// The counselor, or `name, organisation`.
    pub who: &'static str,
    pub safety: bool,
    pub answer: &'static str,
}

/// Something that happened in a session.
#[derive(Debug)]
pub(super) struct Event {
    pub dimension: u8,
    pub data: &'static str,
    pub step: &'static str,
}

impl Life {
    /// The rest of a flag, if the life has it.
    pub(super) fn flag(&self, word: &str) -> Option<&'static str> {
        self.flags.iter().find(|(flag, _)| *flag == word).map(|(_, rest)| *rest)
    }
}

/// Every life, in the order written.
pub(super) fn lives() -> &'static [Life] {
    static LIVES: LazyLock<Vec<Life>> = LazyLock::new(|| {
        [
            include_str!("lives1.txt"),
            include_str!("lives2.txt"),
            include_str!("lives3.txt"),
            include_str!("lives4.txt"),
        ]
        .into_iter()
        .flat_map(read)
        .collect()
    });
    &LIVES
}

fn read(text: &'static str) -> Vec<Life> {
    let mut lives: Vec<Life> = Vec::new();
    for line in text.lines() {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        let fields: Vec<&'static str> = rest.split('|').map(str::trim).collect();
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        if word == "who" {
            lives.push(Life {
                given: field(0),
                family: field(1),
                pronouns: field(2),
                born: date(field(3)),
                gender: field(4),
                ..Life::default()
            });
        }
        let Some(life) = lives.last_mut() else { continue };
        match word {
            "in" => {
                life.since = field(0).parse().unwrap_or(30);
                life.level = field(1);
                life.referral = field(2);
                life.counselor = if field(3).is_empty() { "rosa" } else { field(3) };
            }
            "r" => life.ratings = rest.split_whitespace().map(row).collect(),
            "w" => {
                life.wants = field(0);
                life.why_now = field(1);
                life.first = field(2).split_whitespace().filter_map(|n| n.parse().ok()).collect();
            }
            "c" => life.cells.push(CellWords {
                dimension: number(field(0)),
                history: field(1),
                now: field(2),
                strengths: field(3),
                words: field(4),
            }),
            "p" => life.problems.push(ProblemWords {
                dimension: number(field(0)),
                stages: field(1).split_whitespace().filter_map(stage).collect(),
                status: field(2),
                wording: field(3),
                words: field(4),
                topic: field(5),
            }),
            "q" => life.contract.push(fields),
            "j" => life.authority = fields,
            "x" => life.diagnoses.push(fields),
            "b" => life.helps.push(fields),
            "n" => life.person = fields,
            "v" => life.medication = fields,
            "y" => life.safety = fields,
            "g" | "o" | "m" => plan_line(word, &fields, life),
            "e" => {
                life.events.push(Event { dimension: number(field(0)), data: field(1), step: field(2) });
            }
            "t" => life.threads = fields,
            "k" => life.close = fields,
            "f" => life.flags.push(rest.split_once(' ').unwrap_or((rest, ""))),
            _ => {}
        }
    }
    lives
}

/// A goal; a step of the goal above it; a method of the step above it, or of the goal.
fn plan_line(word: &str, fields: &[&'static str], life: &mut Life) {
    let field = |at: usize| fields.get(at).copied().unwrap_or_default();
    if word == "g" {
        life.goals.push(GoalWords {
            dimensions: field(0).split_whitespace().map(number).collect(),
            words: field(1),
            know: field(2),
            days: field(3).parse().unwrap_or(30),
            answer: field(4),
            ..GoalWords::default()
        });
        return;
    }
    let Some(goal) = life.goals.last_mut() else { return };
    if word == "o" {
        goal.steps.push(StepWords {
            step: field(0),
            amount: field(1),
            days: field(2).parse().unwrap_or(14),
            see: field(3),
            doer: field(4),
            safety: field(5) == "s",
            answer: field(6),
            methods: Vec::new(),
        });
        return;
    }
    let methods = goal.steps.last_mut().map_or(&mut goal.methods, |step| &mut step.methods);
    methods.push(MethodWords {
        wording: field(0),
        often: field(1),
        weeks: field(2).parse().unwrap_or_default(),
        minutes: field(3).parse().unwrap_or_default(),
        purpose: field(4),
        who: field(5),
        safety: field(6) == "s",
        answer: field(7),
    });
}

fn number(text: &str) -> u8 {
    text.parse().unwrap_or_default()
}

fn row(digits: &str) -> Vec<Option<Severity>> {
    digits.chars().map(|c| c.to_digit(10).and_then(|digit| Severity::from_digit(digit as u8))).collect()
}

fn date(text: &str) -> Date {
    let mut parts = text.split('-').map(|part| part.parse().unwrap_or_default());
    let mut next = || parts.next().unwrap_or_default();
    let (year, month, day): (i32, i32, i32) = (next(), next(), next());
    Date::from_ymd(year, month as u32, day as u32).unwrap_or_default()
}

fn stage(letter: &str) -> Option<Stage> {
    Some(match letter {
        "p" => Stage::Precontemplation,
        "c" => Stage::Contemplation,
        "r" => Stage::Preparation,
        "a" => Stage::Action,
        "m" => Stage::Maintenance,
        "x" => Stage::Recurrence,
        _ => return None,
    })
}

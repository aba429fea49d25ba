//! What an agency decided about plans and diagnoses, in files of its own: who answers a version, its rules, its library of lines,
//! its list of codes.

use super::library::Library;
use super::load::{PackError, Place};
use super::{Codes, Consents, Retention, codes, consents, parties};
use crate::domain::{PagePart, PartyRule, Role};
use serde::Deserialize;
use std::sync::OnceLock;
use toml::Spanned;

const SHIPPED: &str = include_str!("plan.toml");

/// The newest code of a hint (`clinical.md` 2.7).
const LAST_HINT: u8 = 31;

/// What an agency decided about plans and diagnoses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Who has to answer a version of a plan.
    pub parties: Vec<PartyRule>,
    /// Its rules on plans.
    pub rules: PlanRules,
    /// Its library of lines.
    pub library: Library,
    /// Its own list of codes, in the place of the one that ships.
    pub own_codes: Option<Codes>,
    /// How long records are kept.
    pub retention: Retention,
    /// Who may consent before they are of age.
    pub consents: Consents,
}

/// What ships.
impl Default for Practice {
    fn default() -> Self {
        Self {
            parties: parties(),
            rules: PlanRules::default(),
            library: Library::default(),
            own_codes: None,
            retention: Retention::default(),
            consents: consents(),
        }
    }
}

impl Practice {
    /// Returns the list of codes that diagnoses are chosen from.
    pub fn codes(&self) -> &Codes {
        self.own_codes.as_ref().unwrap_or_else(|| codes())
    }
}

/// An agency's rules on plans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanRules {
    /// Goals in focus at once, at most.
    pub focus: usize,
    /// Codes of the hints that are not shown.
    pub hidden: Vec<u8>,
    /// What keeps a plan from being signed.
    pub blocks: Blocks,
    /// Verbs of a step that nobody can see being done.
    pub unseen_verbs: Vec<String>,
    /// Who makes diagnoses.
    pub diagnosing: Diagnosing,
    /// What is left off a guardian's page; `None` = the counselor chooses for each page.
    pub keep_from_guardian: Option<Vec<PagePart>>,
}

/// What keeps a plan from being signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blocks {
    /// A question of the signature is not answered.
    pub fields: bool,
    /// Nothing says that the client took part (L06).
    pub involvement: bool,
    /// The level of care is not the one indicated, and nobody has said why (L12).
    pub level: bool,
}

/// The rules that ship.
impl Default for PlanRules {
    fn default() -> Self {
        static READ: OnceLock<PlanRules> = OnceLock::new();
        READ.get_or_init(|| {
            read(&Place { file: "plan.toml", text: SHIPPED }, &bare()).unwrap_or_else(|_| bare())
        })
        .clone()
    }
}

/// The rules of an agency that decided nothing.
fn bare() -> PlanRules {
    PlanRules {
        focus: 3,
        hidden: Vec::new(),
        blocks: Blocks::default(),
        unseen_verbs: Vec::new(),
        diagnosing: Diagnosing::default(),
        keep_from_guardian: None,
    }
}

impl PlanRules {
    /// Whether a hint is shown.
    pub fn shows(&self, code: u8) -> bool {
        !self.hidden.contains(&code)
    }
}

/// Who makes diagnoses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnosing {
    /// One of these roles, or any if none is named.
    pub roles: Vec<Role>,
    /// One of these credentials, or any if none is named.
    pub credentials: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    focus: Option<Spanned<usize>>,
    hidden: Option<Vec<Spanned<String>>>,
    blocks: Option<Vec<Spanned<String>>>,
    unseen_verbs: Option<Vec<String>>,
    diagnosing: Option<DiagnosingTable>,
    keep_from_guardian: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DiagnosingTable {
    roles: Option<Vec<Spanned<String>>>,
    credentials: Option<Vec<String>>,
}

/// Reads an agency's rules on plans; what the file leaves out is as it ships.
pub fn read_plan_rules(file: &str, text: &str) -> Result<PlanRules, Vec<PackError>> {
    read(&Place { file, text }, &PlanRules::default())
}

fn read(place: &Place<'_>, shipped: &PlanRules) -> Result<PlanRules, Vec<PackError>> {
    let file: File = place.parse()?;
    let mut rules = shipped.clone();
    let mut errors = Vec::new();
    let mut wrong = |at: &std::ops::Range<usize>, what: String| errors.push(place.error(Some(at), what));
    if let Some(focus) = file.focus {
        rules.focus = *focus.get_ref();
        if !(1..=9).contains(&rules.focus) {
            wrong(&focus.span(), "focus is a number from 1 to 9".to_owned());
        }
    }
    if let Some(codes) = file.hidden {
        rules.hidden.clear();
        for code in codes {
            match hint_code(code.get_ref()) {
                Some(number) => rules.hidden.push(number),
                None => wrong(
                    &code.span(),
                    format!("{:?} is no hint: the codes are L01 to L{LAST_HINT}", code.get_ref()),
                ),
            }
        }
    }
    if let Some(blocks) = file.blocks {
        rules.blocks = Blocks::default();
        for block in blocks {
            match block.get_ref().as_str() {
                "fields" => rules.blocks.fields = true,
                "L06" => rules.blocks.involvement = true,
                "L12" => rules.blocks.level = true,
                other => wrong(
                    &block.span(),
                    format!(
                        "{other:?} cannot keep a plan from being signed: \"fields\", \"L06\" and \"L12\" can"
                    ),
                ),
            }
        }
    }
    if let Some(parts) = file.keep_from_guardian {
        let mut kept = Vec::new();
        for part in parts {
            match PagePart::ALL.into_iter().find(|one| one.word() == part.get_ref()) {
                Some(part) => kept.push(part),
                None => wrong(
                    &part.span(),
                    format!(
                        "{:?} is no part of a page: {}",
                        part.get_ref(),
                        PagePart::ALL.map(PagePart::word).join(", ")
                    ),
                ),
            }
        }
        rules.keep_from_guardian = Some(kept);
    }
    rules.unseen_verbs = file.unseen_verbs.unwrap_or(rules.unseen_verbs);
    if let Some(table) = file.diagnosing {
        rules.diagnosing.credentials = table.credentials.unwrap_or(rules.diagnosing.credentials);
        if let Some(roles) = table.roles {
            rules.diagnosing.roles.clear();
            for role in roles {
                match Role::ALL.into_iter().find(|one| one.word() == role.get_ref()) {
                    Some(role) => rules.diagnosing.roles.push(role),
                    None => wrong(&role.span(), format!("{:?} is no role: {}", role.get_ref(), role_words())),
                }
            }
        }
    }
    if errors.is_empty() { Ok(rules) } else { Err(errors) }
}

fn role_words() -> String {
    Role::ALL.map(Role::word).join(", ")
}

/// `L07` is 7.
fn hint_code(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('L').filter(|digits| digits.len() == 2)?;
    digits.parse().ok().filter(|number| (1..=LAST_HINT).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_that_ship_read() {
        let rules = read(&Place { file: "plan.toml", text: SHIPPED }, &bare()).unwrap();
        assert_eq!(rules, PlanRules::default());
        assert_eq!((rules.focus, rules.hidden.len()), (3, 0));
        assert_eq!(rules.blocks, Blocks { fields: true, involvement: true, level: true });
        assert!(rules.unseen_verbs.iter().any(|verb| verb == "understand"));
    }

    #[test]
    fn an_agency_changes_what_it_names_and_nothing_else() {
        let rules =
            read_plan_rules("plan.toml", "focus = 2\nhidden = [\"L20\"]\nblocks = [\"L12\"]\n").unwrap();
        assert_eq!((rules.focus, rules.shows(20), rules.shows(21)), (2, false, true));
        assert_eq!(rules.blocks, Blocks { level: true, ..Blocks::default() });
        assert_eq!(rules.unseen_verbs, PlanRules::default().unseen_verbs);
    }

    #[test]
    fn only_the_three_named_may_block_and_errors_have_their_place() {
        let wrong = |text: &str| read_plan_rules("plan.toml", text).unwrap_err()[0].to_string();
        let told = wrong("focus = 3\nblocks = [\"L12\", \"L05\"]\n");
        assert!(told.starts_with("plan.toml:2:18: \"L05\" cannot keep"), "{told}");
        assert!(wrong("hidden = [\"L32\"]").contains("L01 to L31"));
        assert!(wrong("hidden = [\"7\"]").contains("1:11"));
        assert!(wrong("focus = 0").contains("1 to 9"));
        assert!(wrong("focal = 3").starts_with("plan.toml:1:1: "));
        assert!(wrong("[diagnosing]\nroles = [\"doctor\"]").contains("counselor, supervisor"));
    }
}

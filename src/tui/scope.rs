//! Where on the screen a key is read: the scopes of the keymap, from the innermost text field to everywhere.
//!
//! Owns names, nesting and whether a scope takes typed characters. It must not know keys or actions.

use std::fmt;

/// Whether printable keys are text in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// Every printable key is a character; none can be bound.
    Text,
    /// Printable keys that are not bound arrive as text and find.
    Seek,
    /// Printable keys that are not bound arrive as text and choose an answer.
    Answer,
    /// Printable keys that are not bound do nothing.
    Never,
}

macro_rules! scopes {
    ($($variant:ident $name:literal $typing:ident $help:literal;)+) => {
        /// A place where keys are read. Screens name their scopes innermost first.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Scope {
            $(#[doc = $help] $variant,)+
        }
        const TABLE: &[(Scope, &str, Typing, &str)] = &[$((Scope::$variant, $name, Typing::$typing, $help),)+];
    };
}

scopes! {
    Everywhere "everywhere" Never "On every page";
    SignIn "sign-in" Text "Sign-in";
    Lock "lock" Text "The lock screen";
    Setup "setup" Text "Setting up an agency";
    Home "home" Seek "People";
    Today "today" Seek "The sessions of a day";
    Week "week" Never "A week of sessions";
    Due "due" Seek "Due";
    Dimension "dimension" Seek "People ranked in one dimension";
    Find "find" Text "The find line";
    Staff "staff" Seek "Staff";
    Work "work" Seek "What is still to be done";
    Several "several" Never "Signing several at once";
    Phrases "phrases" Seek "Snippets and templates";
    PhraseText "phrase-text" Text "The text of a snippet or template";
    Chart "chart" Never "On every page of a chart";
    Overview "overview" Never "Overview";
    Grid "grid" Never "Assessment grid";
    Priorities "priorities" Never "Priorities";
    Plan "plan" Never "The plan";
    Contract "contract" Never "The contract";
    Review "review" Never "The review of the plan";
    Discharge "discharge" Never "The discharge summary";
    Safety "safety" Never "The safety plan";
    Alliance "alliance" Never "The alliance: check-ins";
    Measures "measures" Never "Filled-in measures";
    ShortForms "short-forms" Never "Short forms";
    Background "background" Never "Diagnoses, level of care, earlier help";
    Agree "agree" Never "Asking who agrees";
    Notes "notes" Never "Notes";
    NoteText "note-text" Text "The note editor";
    Beside "beside" Never "The chart beside a note";
    Versions "versions" Never "Earlier versions of a draft";
    CellText "cell-text" Text "The words beside a rating or an answer";
    TextNormal "text-normal" Never "Normal mode in a text, in keymaps that have modes";
    TextVisual "text-visual" Never "Visual mode in a text, in keymaps that have modes";
    Form "form" Answer "A form";
    FieldText "field-text" Text "A line of text";
    Prompt "prompt" Text "A question with a line to fill";
    PlanForm "plan-form" Never "The form of a line of the plan";
    Confirm "confirm" Never "A question of yes or no";
    Message "message" Never "A message";
    List "list" Seek "A list to choose from";
    Menu "menu" Seek "The menu of what can be done";
    Palette "palette" Text "The palette";
    Help "help" Seek "Help";
    History "history" Never "History";
    Board "board" Never "Cover and teams";
    Duties "duties" Seek "Somebody's caseload";
    Leaving "leaving" Never "Leaving or away";
    Watch "watch" Seek "Supervision";
    Retention "retention" Seek "How long records are kept";
    Groups "groups" Seek "Groups";
    Group "group" Never "One group: members and sessions";
    GroupSession "group-session" Answer "A group session";
    GroupText "group-text" Text "The words of a group session";
    LookAlikes "look-alikes" Never "Look-alikes an import left out";
}

impl Scope {
    /// Every scope, in the order in which the keymap is shown.
    pub fn all() -> impl Iterator<Item = Scope> {
        TABLE.iter().map(|row| row.0)
    }

    /// The name of its table in a keymap file.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        TABLE[self as usize].3
    }

    /// The scope of this name, if there is one.
    pub fn named(name: &str) -> Option<Scope> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// Whether printable keys are text here.
    pub fn typing(self) -> Typing {
        TABLE[self as usize].2
    }

    /// The scopes this one always lies within, innermost first, [`Scope::Everywhere`] left out.
    pub fn within(self) -> &'static [Scope] {
        match self {
            Scope::Overview
            | Scope::Grid
            | Scope::Priorities
            | Scope::Plan
            | Scope::Agree
            | Scope::Contract
            | Scope::Review
            | Scope::Discharge
            | Scope::Safety
            | Scope::Background
            | Scope::Alliance
            | Scope::Measures
            | Scope::ShortForms
            | Scope::Notes
            | Scope::History
            | Scope::NoteText
            | Scope::Beside => &[Scope::Chart],
            Scope::PhraseText | Scope::GroupText => &[Scope::NoteText],
            Scope::TextVisual => &[Scope::TextNormal],
            Scope::CellText => &[Scope::NoteText, Scope::Chart],
            Scope::SignIn | Scope::Lock | Scope::Setup | Scope::Prompt | Scope::Palette | Scope::Find => {
                &[Scope::FieldText]
            }
            _ => &[],
        }
    }

    /// Whether plain letters are commands to a text here: the modes of keymaps that have them.
    pub fn is_mode(self) -> bool {
        matches!(self, Scope::TextNormal | Scope::TextVisual)
    }

    /// Whether something is asked here: a printable key is an answer, or nothing, and never an act of the program.
    pub fn asks(self) -> bool {
        matches!(self, Scope::Form | Scope::Prompt | Scope::PlanForm | Scope::Confirm | Scope::List)
    }

    /// Whether it is a list whose lines can have numbers.
    pub fn is_list(self) -> bool {
        matches!(self, Scope::Home | Scope::Today | Scope::Due | Scope::Staff | Scope::Notes | Scope::List)
    }

    /// Whether nobody is signed in here, so that only actions declared for it work.
    pub fn signed_out(self) -> bool {
        matches!(self, Scope::SignIn | Scope::Lock | Scope::Setup)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The scopes in which a key is looked up: each given one (innermost first) followed by those it lies within, then everywhere.
///
/// A find line, prompt, palette or sign-in thus has the editing keys of [`Scope::FieldText`] without naming it.
/// A find line names the list around it: `[Find, Home]`. The keys of that list come before those that edit the line: whoever
/// has found somebody does with them what the list says, by the same key as before.
pub fn chain(scopes: &[Scope]) -> Vec<Scope> {
    let mut chain = Vec::with_capacity(scopes.len() + 3);
    let mut add = |scope: &Scope| {
        if !chain.contains(scope) {
            chain.push(*scope);
        }
    };
    for scope in scopes {
        add(scope);
        if *scope != Scope::Find {
            scope.within().iter().for_each(&mut add);
        }
    }
    if scopes.contains(&Scope::Find) {
        Scope::Find.within().iter().for_each(&mut add);
    }
    chain.retain(|scope| *scope != Scope::Everywhere);
    chain.push(Scope::Everywhere);
    chain
}

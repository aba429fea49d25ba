//! Everything a person can do with a key, declared once: the registry behind the keymap, the hints, the menu, the palette and the help.
//!
//! Owns the [`Action`] table and the [`Kind`] of each act. It must not know a key, a screen or what an action does: keys are the
//! keymap's, doing is the screens'. A letter that is no key is no action: where people are listed it arrives as text
//! ([`Lookup::Text`](crate::tui::keymap::Lookup)) and opens the find line with it, `#` included.

use std::fmt;

pub use super::scope::{Scope, Typing};

/// What running an action may do; the keymap's safety rule rests on it (product.md 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Moves a highlight, a cursor between fields, a leaf, a filter. Writes nothing.
    Move,
    /// Opens or closes a room, an overlay, a prompt. Writes nothing.
    Open,
    /// Writes, or opens the form that writes. Never runs from a plain letter.
    Write,
    /// A key that rates or answers: writes in an open grid draft, or in a walk that asks, on plain digits and signs by the
    /// one exception there is.
    Rate,
    /// Edits or moves in text. Never runs from a key that would type a character.
    Text,
    /// The program itself: lock, quit, help, menu.
    System,
}

/// Whether, and under which letter, an action stands in the `Ctrl-K` menu. The letter moves the highlight, Enter runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Not in the menu: the act is a motion or has a key that every terminal sends.
    No,
    /// Not in the menu, and without a key in the default keymap: what it does is done there in another way. Keymaps that
    /// name it build their commands of it.
    Keymap,
    /// In the menu, without a letter of its own.
    Yes,
    /// In the menu under this letter, unique among the actions of a scope.
    Letter(char),
}

impl Menu {
    /// Whether it stands in the menu.
    pub fn is_listed(self) -> bool {
        matches!(self, Self::Yes | Self::Letter(_))
    }
}

/// One row of the registry.
struct Entry {
    action: Action,
    name: &'static str,
    kind: Kind,
    scopes: &'static [Scope],
    menu: Menu,
    help: &'static str,
}

macro_rules! actions {
    ($($variant:ident $name:literal $kind:ident [$($scope:ident)+] $menu:expr, $help:literal;)+) => {
        /// Something a person can ask for. The help line of each says what; see [`Action::help`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
        }
        const TABLE: &[Entry] = {
            use Menu::{Keymap, Letter, No, Yes};
            &[$(Entry {
                action: Action::$variant,
                name: $name,
                kind: Kind::$kind,
                scopes: &[$(Scope::$scope),+],
                menu: $menu,
                help: $help,
            },)+]
        };
    };
}

// Variant, name, kind, scopes, menu, help line (imperative, plain words, under 60 characters).
actions! {
    // The program. `Everywhere` leaves out set-up, sign-in and lock, which an action must name to work there.
    Quit "quit" System [Everywhere SignIn Lock Setup] Yes, "Close the program";
    Lock "lock" System [Everywhere] Yes, "Lock the desk";
    Help "help" System [Everywhere] Yes, "Show the keys that work here";
    Palette "palette" System [Everywhere] Yes, "Find any act or person by words";
    ActionsMenu "actions-menu" System [Everywhere] No, "Show what can be done here";
    Back "back" System [Everywhere SignIn Lock Setup] No, "Go back, keep what is typed";
    Undo "undo" Write [Everywhere] Yes, "Undo the last act";
    Redo "redo" Write [Everywhere] Yes, "Redo what was undone";
    SaveNow "save-now" System [Everywhere] Yes, "Save now, or say when it was saved";
    NextUnfinished "next-unfinished" Open [Everywhere] Yes, "Go to your next unfinished work";
    WorkList "work-list" Open [Everywhere] Yes, "Show what is still to be done";
    SignSeveral "sign-several" Open [Everywhere] Yes, "Read and sign several at once";
    Settings "settings" Open [Home Today Due] Yes, "Open the settings";
    Staff "staff" Open [Home Today Due] Yes, "Open the list of staff";
    Phrases "phrases" Open [Home NoteText] Yes, "Open snippets and templates";
    Words "words" Open [Home NoteText] Yes, "Show your words and those with a better one";
    ChangePassphrase "change-passphrase" Write [Home] Yes, "Change your own passphrase";
    Veil "veil" Move [Everywhere] Yes, "Show initials instead of names on lists";
    SetPin "set-pin" Write [Everywhere] Yes, "Set a PIN for this desk and this sign-in";
    UseRecovery "use-recovery-phrase" Open [SignIn Lock] No, "Use the recovery phrase";
    OtherPerson "other-person" Open [Lock] No, "Sign in as another person";

    // Motions, the same wherever there is a highlight.
    Up "up" Move [Everywhere] No, "Move up";
    Down "down" Move [Everywhere] No, "Move down";
    Left "left" Move [Everywhere] No, "Move left";
    Right "right" Move [Everywhere] No, "Move right";
    PageUp "page-up" Move [Everywhere] No, "Move up a page";
    PageDown "page-down" Move [Everywhere] No, "Move down a page";
    First "first" Move [Everywhere] No, "Move to the first";
    Last "last" Move [Everywhere] No, "Move to the last";
    Open "open" Open [Everywhere] No, "Open what is highlighted";
    NextLeaf "next-leaf" Move [Everywhere] No, "Turn to the next leaf";
    PrevLeaf "prev-leaf" Move [Everywhere] No, "Turn to the leaf before";
    Unfold "unfold" Move [Home Dimension Overview Grid Priorities Plan Notes Staff List] No, "Show why, or what is folded";
    Fold "fold" Move [Home Dimension Overview Grid Priorities Plan Notes Staff List] No, "Fold it again";

    // People.
    Find "find" Move [Home Today Due Dimension Staff] Yes, "Find a person";
    Dimension1 "dimension-1" Move [Home Dimension] No, "Rank everyone by dimension 1";
    Dimension2 "dimension-2" Move [Home Dimension] No, "Rank everyone by dimension 2";
    Dimension3 "dimension-3" Move [Home Dimension] No, "Rank everyone by dimension 3";
    Dimension4 "dimension-4" Move [Home Dimension] No, "Rank everyone by dimension 4";
    Dimension5 "dimension-5" Move [Home Dimension] No, "Rank everyone by dimension 5";
    Dimension6 "dimension-6" Move [Home Dimension] No, "Rank everyone by dimension 6";
    Dimension7 "dimension-7" Move [Home Dimension] No, "Rank everyone by dimension 7";
    Dimension8 "dimension-8" Move [Home Dimension] No, "Rank everyone by dimension 8";
    Dimension9 "dimension-9" Move [Home Dimension] No, "Rank everyone by dimension 9";
    Whole "whole" Move [Home Dimension] No, "Rank everyone over all dimensions";
    SwitchMineAll "switch-mine-all" Move [Home Today Dimension Work] Letter('m'), "Switch between mine and all people";
    ChooseShown "choose-shown" Open [Home Today] Yes, "Choose what is shown: mine, all, others, a day";
    OthersInAgency "others-in-agency" Open [Home] Letter('o'), "Look beyond your own people, with a reason";
    RegisterPerson "register-person" Write [Home] Letter('r'), "Register a person";
    EditPerson "edit-person" Write [Home Dimension Chart] Letter('e'), "Edit the person's details";
    Admit "admit" Write [Home Dimension Chart] Letter('a'), "Admit the person to a program";
    NewNote "new-note" Write [Home Today Dimension Chart] Letter('n'), "Write a new note for this person";

    // Days: sessions, what is due, tasks.
    NewTask "new-task" Write [Everywhere] Letter('+'), "Write down a task, with a day and a person";
    PlanSession "plan-session" Write [Home Today Chart] Letter('@'), "Plan a session";
    PrevDay "prev-day" Move [Today] No, "Turn to the day before";
    NextDay "next-day" Move [Today] No, "Turn to the next day";
    OtherDay "other-day" Open [Today] Letter('g'), "Turn to another day";
    State "state" Write [Today Due] Yes, "Say what became of it";
    SessionArrived "session-arrived" Write [Today] Letter('r'), "Say that the person has arrived";
    SessionHeld "session-held" Write [Today] Letter('h'), "Say that the session took place";
    SessionMissed "session-missed" Write [Today] Letter('s'), "Say that nobody came";
    SessionCancelled "session-cancelled" Write [Today] Letter('c'), "Say who called the session off";
    MoveSession "move-session" Write [Today] Letter('e'), "Move or change the session, or the task";
    RecordOutreach "record-outreach" Write [Today] Letter('u'), "Write down that you tried to reach them";
    NoNoteNeeded "no-note-needed" Write [Today] Letter('w'), "Say why this session needs no note";
    FinishTask "finish-task" Write [Today Due] Letter('d'), "Tick the task off as done";
    EditTask "edit-task" Write [Due] Letter('e'), "Change the task, or hand it on";
    ExplainMiss "explain-miss" Write [Due] Letter('r'), "Say why it is late, and when it is planned";
    DueRules "due-rules" Write [Due] Letter('l'), "Choose the rules a program follows";
    Supervision "supervision" Open [Home Today Due Staff] Letter('v'), "Open what waits for the supervisor";
    CoverBoard "cover-board" Open [Home Due Staff] Letter('c'), "Open cover and teams";
    AgencyRules "agency-rules" Write [Home] Letter('g'), "Edit Help now, lock, programs and veil";

    // Rooms of a chart.
    RoomOverview "room-overview" Open [Chart] No, "Go to the overview";
    RoomGrid "room-grid" Open [Chart] No, "Go to the assessment grid";
    RoomPriorities "room-priorities" Open [Chart] No, "Go to the priorities";
    RoomPlan "room-plan" Open [Chart] No, "Go to the plan";
    RoomNotes "room-notes" Open [Chart] No, "Go to the notes";
    RoomHistory "room-history" Open [Chart] Yes, "Go to the history: who looked, who changed";
    OlderEvents "older-events" Move [History] Letter('o'), "Show older events";

    // Triage, before and after admission.
    Triage "triage" Write [Chart] Letter('q'), "Answer the triage questions: danger now?";

    // Immediate needs, from any room.
    RaiseNeed "raise-need" Open [Chart] Letter('i'), "Raise an immediate need, with a reason";
    ConfirmNeed "confirm-need" Write [Chart] Letter('c'), "Confirm a suggested immediate need";
    TakeNeedInHand "take-need-in-hand" Write [Chart] Letter('h'), "Take the immediate need in hand";
    ResolveNeed "resolve-need" Write [Chart] Letter('v'), "Mark the immediate need as resolved";
    AnswerNeed "answer-need" Open [Chart] Yes, "Answer an open immediate need, or correct it";
    DismissNeed "dismiss-need" Write [Chart] Letter('d'), "Dismiss the immediate need, with a reason";

    // Assessment grid.
    Rate0 "rate-0" Rate [Grid] No, "Rate 0, none";
    Rate1 "rate-1" Rate [Grid] No, "Rate 1, mild";
    Rate2 "rate-2" Rate [Grid] No, "Rate 2, moderate";
    Rate3 "rate-3" Rate [Grid] No, "Rate 3, serious";
    Rate4 "rate-4" Rate [Grid] No, "Rate 4, severe";
    Unrate "unrate" Rate [Grid] No, "Take the rating away";
    Carry "carry" Rate [Grid] No, "Carry the earlier rating forward";
    EditWords "edit-words" Write [Grid] Letter('w'), "Write the words of this cell, or pick its symbol";
    ConfirmCarried "confirm-carried" Write [Grid] Letter('k'), "Confirm what was carried forward";
    PickSymbol "pick-symbol" Write [Grid] Letter('s'), "Pick the symbol of this subdimension";
    NewAssessment "new-assessment" Write [Grid] Letter('b'), "Begin a new assessment";
    Complete "complete" Write [Grid CellText] Letter('j'), "Complete and sign the assessment";
    EditAssessment "edit-assessment" Write [Grid CellText] Letter('l'), "Edit date, purpose and sources of the assessment";
    DeleteAssessment "delete-assessment-draft" Write [Grid] Letter('x'), "Delete this assessment draft";

    // Priorities.
    ClientWants "client-wants" Write [Priorities] Letter('w'), "Write what the client wants, and why now";
    ClientRank "client-rank" Write [Priorities] Letter('r'), "Set what the client puts first";

    // The plan, and the walk that asks about it.
    AddBelow "add-below" Write [Plan Priorities Grid] Letter('p'), "Add what belongs under the line, or a problem";
    EditLine "edit-line" Write [Plan] Letter('w'), "Change the line or the problem";
    SetState "set-state" Write [Plan] Letter('u'), "Say where it stands: state, stage of change, focus";
    AskAgreement "ask-agreement" Write [Plan] Letter('g'), "Ask who agrees, line by line";
    MoveEarlier "move-earlier" Write [Plan] Letter('<'), "Move it up in the order";
    MoveLater "move-later" Write [Plan] Letter('>'), "Move it down in the order";
    PlanViews "plan-views" Open [Plan] Letter('l'), "Choose what is shown: plan, problems, changes";
    AcceptProposal "accept-proposal" Write [Plan] Letter('k'), "Accept the proposed problem";
    Agreed "agreed" Rate [Agree] No, "They agree";
    Partly "partly" Rate [Agree] No, "They agree in part";
    Declined "declined" Rate [Agree] No, "They decline";
    NotAsked "not-asked" Rate [Agree] No, "Count it as not asked";

    // Notes.
    Addendum "addendum" Write [Notes] Letter('u'), "Add an addendum to the signed note";
    LinkProblems "link-problems" Write [Notes NoteText Beside] Letter('g'), "Link the note to problems";
    NoteFormat "note-format" Write [Notes NoteText] Letter('f'), "Choose the format; the text is kept";
    EditHeader "edit-header" Write [Notes NoteText] Letter('w'), "Edit when, how long, how and where";
    HeaderKeys "header-keys" Write [Notes NoteText] Letter('k'), "Answer the header keys: risk, use, wants, next";
    ChartBeside "chart-beside" Open [NoteText Beside] Letter('b'), "Go to the chart beside the note, or back";
    InsertPhrase "insert-phrase" Write [NoteText] Letter('t'), "Put in a template or snippet";
    NextBlank "next-blank" Text [NoteText] Letter('m'), "Jump to the next blank";
    InsertPlan "insert-plan" Write [NoteText] Letter('p'), "Put in what was planned last";
    CopyForward "copy-forward" Write [NoteText] Yes, "Copy this section of the last note";
    Sign "sign" Write [Notes NoteText Several] Letter('s'), "Sign the note, or co-sign it";
    NextMistake "next-mistake" Open [NoteText] Letter('y'), "Go to the next marked word, with suggestions";
    AddWord "add-word" Write [NoteText] Yes, "Add the word at the cursor to your words";
    IgnoreWord "ignore-word" Text [NoteText] Yes, "Let the word at the cursor pass until the lock";
    SpellingOnOff "spelling-on-off" Write [NoteText] Yes, "Underline spelling and wording, or stop";
    BetterWord "better-word" Write [NoteText] Yes, "Name a better word for the whole agency (admin)";
    DraftVersions "draft-versions" Open [NoteText] Letter('o'), "Look at earlier versions of this draft";
    PutBack "put-back" Write [Versions] Letter('b'), "Put the highlighted version back";
    DeleteDraft "delete-draft" Write [Notes NoteText] Letter('x'), "Delete this draft";

    // What becomes of a note.
    MoveDraft "move-draft" Write [Notes NoteText] Letter('z'), "Move this draft to another person's chart";
    AmendReason "amend-reason" Write [NoteText] Yes, "Say why the note is amended";
    Amend "amend" Write [Notes Grid] Letter('m'), "Write an amended version, with a reason";
    ReturnNote "return-note" Write [Notes Grid] Letter('r'), "Return it to its author, with a comment";
    CallInError "call-in-error" Write [Notes Grid] Letter('t'), "Call it entered in error, with a reason";
    AgreeInError "agree-in-error" Write [Notes Grid] Letter('y'), "Agree that it was entered in error";
    DeclineInError "decline-in-error" Write [Notes Grid] Yes, "Say that it was not entered in error";
    EarlierVersion "earlier-version" Open [Notes Grid] Letter('o'), "Turn to the version before, and back";
    ShowHidden "show-hidden" Move [Notes] Letter('l'), "Show or hide old versions and notes in error";

    // Text: a line (`FieldText`) and the note editor.
    TextLeft "text-left" Text [FieldText NoteText] No, "Move back a character";
    TextRight "text-right" Text [FieldText NoteText] No, "Move on a character";
    TextUp "text-up" Text [NoteText] No, "Move up a line";
    TextDown "text-down" Text [NoteText] No, "Move down a line";
    TextPageUp "text-page-up" Text [NoteText] No, "Move up a page of text";
    TextPageDown "text-page-down" Text [NoteText] No, "Move down a page of text";
    LineStart "line-start" Text [FieldText NoteText] No, "Move to the start of the line";
    LineEnd "line-end" Text [FieldText NoteText] No, "Move to the end of the line";
    WordLeft "word-left" Text [FieldText NoteText] Yes, "Move back a word";
    WordRight "word-right" Text [FieldText NoteText] Yes, "Move on a word";
    TextStart "text-start" Text [NoteText] Yes, "Move to the start of the text";
    TextEnd "text-end" Text [NoteText] Yes, "Move to the end of the text";
    NextSection "next-section" Text [NoteText] Yes, "Move to the next section";
    PrevSection "prev-section" Text [NoteText] Yes, "Move to the section before";
    TabOn "tab-on" Text [NoteText] No, "Expand a short name, else next blank or section";
    TabBack "tab-back" Text [NoteText] No, "Go to the blank or section before";
    SelectMark "select-mark" Text [NoteText] Yes, "Begin or end selecting with the motions";
    SelectAll "select-all" Text [NoteText] Yes, "Select all of the section";
    SelectLeft "select-left" Text [NoteText] No, "Select back a character";
    SelectRight "select-right" Text [NoteText] No, "Select on a character";
    SelectUp "select-up" Text [NoteText] No, "Select up a line";
    SelectDown "select-down" Text [NoteText] No, "Select down a line";
    SelectLineStart "select-line-start" Text [NoteText] No, "Select to the start of the line";
    SelectLineEnd "select-line-end" Text [NoteText] No, "Select to the end of the line";
    SelectWordLeft "select-word-left" Text [NoteText] No, "Select back a word";
    SelectWordRight "select-word-right" Text [NoteText] No, "Select on a word";
    SelectTextStart "select-text-start" Text [NoteText] No, "Select to the start of the text";
    SelectTextEnd "select-text-end" Text [NoteText] No, "Select to the end of the text";
    SelectPageUp "select-page-up" Text [NoteText] No, "Select up a page of text";
    SelectPageDown "select-page-down" Text [NoteText] No, "Select down a page of text";
    DeleteBack "delete-back" Text [FieldText NoteText] No, "Delete the character before";
    DeleteForward "delete-forward" Text [FieldText NoteText] No, "Delete the character after";
    DeleteWordBack "delete-word-back" Text [FieldText NoteText] No, "Delete the word before";
    DeleteWordForward "delete-word-forward" Text [FieldText NoteText] No, "Delete the word after";
    DeleteToLineStart "delete-to-line-start" Text [NoteText] No, "Delete back to the start of the line";
    DeleteToLineEnd "delete-to-line-end" Text [NoteText] No, "Delete on to the end of the line";
    ClearLine "clear-line" Text [FieldText] No, "Empty the line";
    Cut "cut" Text [NoteText] Yes, "Cut what is selected";
    Copy "copy" Text [NoteText] Yes, "Copy what is selected";
    Paste "paste" Text [NoteText] Yes, "Paste what was cut or copied";
    Newline "newline" Text [NoteText] No, "Begin a new line";
    // Words, sentences and paragraphs; keymaps with modes build their commands of these.
    WordEnd "word-end" Text [NoteText] Keymap, "Move to the end of the word";
    SentenceLeft "sentence-left" Text [NoteText] No, "Move to the start of the sentence";
    SentenceRight "sentence-right" Text [NoteText] No, "Move to the next sentence";
    ParagraphStart "paragraph-start" Text [NoteText] Keymap, "Move to the start of the paragraph";
    ParagraphEnd "paragraph-end" Text [NoteText] Keymap, "Move to the end of the paragraph";
    ParagraphUp "paragraph-up" Text [NoteText] No, "Move up a paragraph";
    ParagraphDown "paragraph-down" Text [NoteText] No, "Move down a paragraph";
    SelectWordEnd "select-word-end" Text [NoteText] Keymap, "Select to the end of the word";
    SelectSentenceLeft "select-sentence-left" Text [NoteText] Keymap, "Select to the start of the sentence";
    SelectSentenceRight "select-sentence-right" Text [NoteText] Keymap, "Select to the next sentence";
    SelectParagraphStart "select-paragraph-start" Text [NoteText] Keymap, "Select to the start of the paragraph";
    SelectParagraphEnd "select-paragraph-end" Text [NoteText] Keymap, "Select to the end of the paragraph";
    SelectWord "select-word" Text [NoteText] Keymap, "Select the word";
    SelectWordSpace "select-word-space" Text [NoteText] Keymap, "Select the word and the space behind it";
    SelectSentence "select-sentence" Text [NoteText] Keymap, "Select the sentence";
    SelectSentenceSpace "select-sentence-space" Text [NoteText] Keymap, "Select the sentence and the space behind it";
    SelectParagraph "select-paragraph" Text [NoteText] Yes, "Select the paragraph";
    SelectOtherEnd "select-other-end" Text [NoteText] Keymap, "Go to the other end of the selection";
    Unselect "unselect" Text [NoteText] Keymap, "Give up the selection";
    UnselectToStart "unselect-to-start" Text [NoteText] Keymap, "Give up the selection, go to its start";
    PasteBehind "paste-behind" Text [NoteText] Keymap, "Paste behind the cursor or the paragraph";
    PasteBefore "paste-before" Text [NoteText] Keymap, "Paste before the cursor or the paragraph";
    CutToParagraphEnd "cut-to-paragraph-end" Text [NoteText] Keymap, "Cut to the end of the paragraph";
    JoinLines "join-lines" Text [NoteText] Keymap, "Join this line and the next";
    SwapCase "swap-case" Text [NoteText] Keymap, "Change small letters and capitals";
    InsertMode "insert-mode" Text [NoteText] Keymap, "Write here";
    AppendMode "append-mode" Text [NoteText] Keymap, "Write behind the next character";
    FindText "find-text" Open [NoteText] Yes, "Find words in this draft";
    FindNext "find-next" Text [NoteText] Yes, "Go to the next match";
    FindPrev "find-previous" Text [NoteText] Yes, "Go to the match before";
    ReplaceText "replace-text" Open [NoteText] Yes, "Replace words in this draft";
    ReplaceOne "replace-one" Text [NoteText] Yes, "Replace this match and go on";
    ReplaceAll "replace-all" Text [NoteText] Yes, "Replace every match in this draft";
    GoToSection "go-to-section" Open [NoteText] Yes, "Go to another section";
    LeaveText "leave-text" Open [NoteText] Keymap, "Leave the text, the draft is kept";

    // Forms, prompts and questions.
    NextField "next-field" Move [Form Prompt SignIn Lock Setup] No, "Go to the next field";
    PrevField "prev-field" Move [Form Prompt SignIn Lock Setup] No, "Go to the field before";
    Choose "choose" Open [Form Confirm] No, "Choose, or go on to the next field";
    Submit "submit" Write [Form Prompt SignIn Lock Setup] Yes, "Save the form, or go on";
    Cancel "cancel" System [Form Prompt Confirm] Yes, "Leave without saving the form";
    Agree "agree" Write [Confirm] No, "Say yes to the question";

    // Snippets and templates.
    AddPhrase "add-phrase" Write [Phrases] Letter('a'), "Add a snippet or template";
    EditPhrase "edit-phrase" Write [Phrases] Letter('e'), "Change it, or begin your own from it";
    RemovePhrase "remove-phrase" Write [Phrases] Letter('d'), "Take it away";
    NoteRules "note-rules" Write [Phrases] Letter('r'), "Decide what every note must hold";

    // Staff.
    AddStaff "add-staff" Write [Staff] Letter('a'), "Add a person to the staff";
    EditStaff "edit-staff" Write [Staff] Letter('e'), "Edit name, credential, roles and supervisor";
    ResetPassphrase "reset-passphrase" Write [Staff] Letter('p'), "Give a new passphrase";
    DisableStaff "disable-staff" Write [Staff] Letter('d'), "End or give back the right to sign in";
    ShowDuties "show-duties" Open [Staff] Letter('w'), "Show what they carry, to hand it over";

    // Cover, teams, caseloads, supervision.
    AddCover "add-cover" Write [Board] Letter('a'), "Arrange cover for somebody who is away";
    AddTeam "add-team" Write [Board] Letter('t'), "Make a team";
    EditEntry "edit-entry" Write [Board] Letter('e'), "Change the cover or the team";
    MarkPerson "mark-person" Move [Duties] Letter('k'), "Mark the person for handing over, or take the mark away";
    MarkAll "mark-all" Move [Duties] Letter('l'), "Mark everyone, or nobody";
    HandOver "hand-over" Write [Duties] Letter('h'), "Hand the marked people to a colleague";
    SeenAccess "seen-access" Write [Watch] Letter('s'), "Say that you have looked at this access";
}

impl Action {
    fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// Every action, in the order of the registry (the order of menus and of help).
    pub fn all() -> impl Iterator<Item = Action> {
        TABLE.iter().map(|entry| entry.action)
    }

    /// The kebab-case name used in keymap files.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The action of this name, if there is one.
    pub fn named(name: &str) -> Option<Action> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.action)
    }

    /// What running it may do.
    pub fn kind(self) -> Kind {
        self.entry().kind
    }

    /// The scopes it is declared for.
    pub fn scopes(self) -> &'static [Scope] {
        self.entry().scopes
    }

    /// Its place in the `Ctrl-K` menu.
    pub fn menu(self) -> Menu {
        self.entry().menu
    }

    /// One line of help: imperative, under 60 characters, no full stop.
    pub fn help(self) -> &'static str {
        self.entry().help
    }

    /// Whether it may be bound and run in this scope: declared for it, for a scope it lies within, or for everywhere.
    pub fn allowed_in(self, scope: Scope) -> bool {
        let scopes = self.scopes();
        scopes.contains(&scope)
            // The modes lie over any text.
            || (scope.is_mode() && scopes.contains(&Scope::NoteText))
            || scope.within().iter().any(|outer| scopes.contains(outer))
            || (!scope.signed_out() && scopes.contains(&Scope::Everywhere))
    }

    /// Whether it runs in a scope where nobody is signed in: it must name that scope, or be a motion or the editing of a line.
    pub fn allowed_signed_out(self, scope: Scope) -> bool {
        let named = self.scopes().contains(&scope) || self.scopes().contains(&Scope::FieldText);
        named || self.kind() == Kind::Move || self == Action::Open
    }

    /// The dimension number 1 to 9 of a `dimension-n` action.
    pub fn dimension(self) -> Option<u8> {
        self.name().strip_prefix("dimension-").and_then(|digit| digit.parse().ok())
    }

    /// The severity 0 to 4 of a `rate-n` action.
    pub fn severity(self) -> Option<u8> {
        self.name().strip_prefix("rate-").and_then(|digit| digit.parse().ok())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What the `Ctrl-K` menu lists for these scopes (innermost first): the innermost scope's own acts first, the program's last.
/// Empty while nobody is signed in.
pub fn menu_of(scopes: &[Scope]) -> Vec<Action> {
    let mut found = Vec::new();
    for scope in super::scope::chain(scopes) {
        // What people reach for daily has a letter and stands first.
        for lettered in [true, false] {
            for action in Action::all() {
                let listed = action.menu().is_listed() && action.scopes().contains(&scope);
                if listed && lettered == matches!(action.menu(), Menu::Letter(_)) && !found.contains(&action)
                {
                    found.push(action);
                }
            }
        }
    }
    // Editing of a text has its keys at hand; it stands behind the acts of the place, before those of the program.
    found.sort_by_key(|action| match action {
        _ if action.scopes().contains(&Scope::Everywhere) => 2,
        _ if action.scopes().contains(&Scope::NoteText) && action.kind() == Kind::Text => 1,
        _ => 0,
    });
    if scopes.iter().any(|scope| scope.signed_out()) { Vec::new() } else { found }
}

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;

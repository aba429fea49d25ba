//! What can be asked around the turned screen, and what of everything there is can be asked while it is turned.

use super::{ChartView, ClientId, Command, DraftSave, Epoch, LocalTime, Number, Secret};
use crate::domain::{ClientAnswers, CopyGiven, Paper, Recipient, TurnedPage};

/// Turning the screen to a client, and what is done while it is turned and afterwards.
#[derive(Clone, Debug)]
pub enum TurnAsk {
    /// Turn the screen to the client. Answer: [`Answer::Turned`](super::Answer::Turned).
    Turn {
        client: ClientId,
        /// What is turned to them.
        what: Paper,
        /// In which language, as its file names it.
        language: String,
        /// Who sees it: the client, or a guardian.
        to: Recipient,
        /// Key of the measure, where a form is turned.
        form: String,
    },
    /// Autosave of what the client marked. Answer: [`Answer::DraftSaved`](super::Answer::DraftSaved).
    Save(DraftSave),
    /// Turn the screen back. Answer: [`Answer::TurnedBack`](super::Answer::TurnedBack).
    Back {
        /// What the client marked, if it is not on disk yet.
        save: Option<DraftSave>,
        /// Passphrase or PIN of whoever turned it.
        secret: Secret,
    },
    /// Take over what the client marked. Answer: [`Answer::Done`](super::Answer::Done).
    TakeOver(Box<TakeOver>),
}

/// What a counselor takes over of a client's answers.
#[derive(Clone, Debug)]
pub struct TakeOver {
    pub client: ClientId,
    /// The draft of the answers.
    pub number: Number,
    /// Answers that are left out, by their places, and why.
    pub left_out: Vec<(usize, String)>,
    /// What became of the copy, where the client answered a version of their plan.
    pub copy: Option<CopyGiven>,
    /// Signs that the client answered a version; not asked for where they did not.
    pub passphrase: Secret,
}

/// The screen is turned: everything that may be drawn from now on.
#[derive(Clone, Debug)]
pub struct TurnedView {
    pub epoch: Epoch,
    pub client: ClientId,
    /// The draft that the client's answers are in.
    pub number: Number,
    pub page: TurnedPage,
    /// What was marked on an earlier page and still holds.
    pub answers: ClientAnswers,
    /// The line on top: agency and day.
    pub head: String,
    /// Whom the screen goes back to.
    pub counselor: String,
    /// Milliseconds without a key until it locks.
    pub idle_ms: u64,
}

/// What came of turning back.
#[derive(Clone, Debug)]
pub enum TurnedBack {
    /// It is turned back.
    Back { epoch: Epoch, chart: Box<ChartView> },
    /// The secret is wrong; so many tries are left.
    Wrong { left: u8 },
    /// Too many tries: it has to be waited for a little.
    Wait,
    /// The PIN is not enough any more.
    PinOver,
}

/// What a client marked, until it is taken over: whoever turned the screen finds it in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAnswers {
    /// The draft.
    pub number: Number,
    pub saved: LocalTime,
    pub answers: ClientAnswers,
}

impl Command {
    /// Returns whether the command may be asked while the screen is turned to a client: only what the turned screen does.
    pub fn while_turned(&self) -> bool {
        use super::Door;
        match self {
            Self::Turn(ask) => match ask.as_ref() {
                TurnAsk::Save(_) | TurnAsk::Back { .. } => true,
                TurnAsk::Turn { .. } | TurnAsk::TakeOver(_) => false,
            },
            Self::Door(door) => match door {
                Door::Lock { .. } => true,
                Door::Found(_)
                | Door::SignIn { .. }
                | Door::ByThisClock { .. }
                | Door::Recover { .. }
                | Door::ChangePassphrase { .. }
                | Door::Personal(_)
                | Door::KeepTyped(_)
                | Door::SetPin { .. }
                | Door::Resume { .. } => false,
            },
            Self::People(_)
            | Self::Chart(_)
            | Self::Document(_)
            | Self::Plan(_)
            | Self::Background(_)
            | Self::Short(_)
            | Self::Staff(_)
            | Self::Words(_)
            | Self::Writing(_)
            | Self::Days(_)
            | Self::House(_)
            | Self::Leave(_)
            | Self::Group(_)
            | Self::Heard(_)
            | Self::Undo
            | Self::Redo => false,
        }
    }
}

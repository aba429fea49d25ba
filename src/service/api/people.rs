//! What can be asked about people: the list, registering, admitting, and danger that is passed on.

use super::{CirclePerson, Client, ClientId, DangerSaid, Episode, LevelDecision, Number, Whose};

/// The list of people, register, admit.
#[derive(Clone, Debug)]
pub enum People {
    /// The list. Answer: [`Answer::People`](super::Answer::People).
    List { whose: Whose },
    /// Register a person; look-alikes refuse it with [`Answer::LookAlikes`](super::Answer::LookAlikes) unless seen. Answer: [`Answer::Done`](super::Answer::Done) with the chart.
    Register {
        /// As typed; id and record number are given by the service.
        client: Box<Client>,
        /// The person at the desk has looked at the look-alikes.
        seen: bool,
    },
    /// Change a person's particulars; look-alikes that there were none of before refuse it with [`Answer::LookAlikes`](super::Answer::LookAlikes)
    /// unless seen. Answer: [`Answer::Done`](super::Answer::Done).
    Change {
        /// As changed.
        client: Box<Client>,
        /// The revision it was read at.
        rev: u32,
        /// The person at the desk has looked at the look-alikes.
        seen: bool,
    },
    /// Admit a person. Answer: [`Answer::Done`](super::Answer::Done) with the chart.
    Admit {
        /// As typed; number and author are given by the service.
        episode: Box<Episode>,
        /// The level of care they get, as typed; its day is that of the admission.
        level: Box<LevelDecision>,
    },
    /// Change the open episode, and with it the level of care where that is another one. Answer: [`Answer::Done`](super::Answer::Done).
    ChangeEpisode {
        /// As changed.
        episode: Box<Episode>,
        /// The revision it was read at.
        rev: u32,
        /// The decision on the level of care that goes with it; `None` = it stays.
        level: Option<Box<LevelDecision>>,
        /// Planned sessions of the counselor before go to the new one.
        sessions: bool,
    },
    /// Save who is around a person, as read at this revision. Answer: [`Answer::Done`](super::Answer::Done).
    Circle { client: ClientId, rev: u32, people: Vec<CirclePerson> },
    /// Say why somebody of this name who is marked unsafe takes part today. Answer: [`Answer::Done`](super::Answer::Done).
    AnswerUnsafe { client: ClientId, rev: u32, name: String, reason: String },
    /// Pass on danger that was said of a person: it is proposed in their chart. Answer: [`Answer::Done`](super::Answer::Done).
    TellDanger(Box<DangerSaid>),
    /// Correct the words of danger that this person passed on. Answer: [`Answer::Done`](super::Answer::Done).
    CorrectTold {
        client: ClientId,
        /// In which immediate need.
        need: Number,
        /// Which entry of its history.
        entry: usize,
        /// The words as they should be.
        words: String,
    },
    /// Work in another open stay of a person. Answer: [`Answer::Done`](super::Answer::Done).
    WorkIn { client: ClientId, episode: Number },
}

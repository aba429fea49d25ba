//! The reference: plain lists, and the access table a second time, in the words of the specification.

use super::Step;
use concord::domain::{Act, ClientId, StaffId};
use concord::service::fault::FaultKind;

/// Three people with one role each. Kim supervises Sam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Counselor.
    Sam,
    /// Supervisor.
    Kim,
    /// Admin.
    Ada,
}

impl Who {
    pub fn login(self) -> &'static str {
        match self {
            Self::Sam => "sam",
            Self::Kim => "kim",
            Self::Ada => "ada",
        }
    }
}

/// What should come of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Refused so; nothing changes.
    Refused(FaultKind),
    /// Done, with this one event (none for an autosave).
    Done(Option<Act>),
}

/// The part of a chart that can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undoable {
    pub preferred: String,
    /// In list order.
    pub problems: Vec<(u32, String)>,
    pub wants: Option<String>,
}

/// One person served.
#[derive(Clone, Debug)]
pub struct Known {
    pub id: ClientId,
    pub counselor: Option<StaffId>,
    pub now: Undoable,
    /// The highest number a problem was ever given: undoing gives none back.
    pub numbers: u32,
    /// Open or not, by number.
    pub needs: Vec<bool>,
    /// Number, author, text.
    pub drafts: Vec<(u32, StaffId, String)>,
    pub notes: Vec<String>,
}

/// How somebody stands to a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    Theirs,
    SameProgram,
    NobodysYet,
}

/// An act that can be taken back: whose chart, before, after, particulars only.
type Turn = (usize, Undoable, Undoable, bool);

/// The agency as plain lists.
pub struct Naive {
    ids: [StaffId; 3],
    pub who: Who,
    pub clients: Vec<Known>,
    turns: Vec<Turn>,
    undone: Vec<Turn>,
}

use Expected::{Done, Refused};
use FaultKind::{Conflict, Denied, User};

impl Naive {
    pub fn new(ids: [StaffId; 3]) -> Self {
        Self { ids, who: Who::Sam, clients: Vec::new(), turns: Vec::new(), undone: Vec::new() }
    }

    pub fn id(&self, who: Who) -> StaffId {
        self.ids[who as usize]
    }

    pub fn me(&self) -> StaffId {
        self.id(self.who)
    }

    pub fn sign_in(&mut self, who: Who) {
        self.who = who;
        self.turns.clear();
        self.undone.clear();
    }

    fn stands(&self, client: usize) -> Stands {
        match self.clients[client].counselor {
            None => Stands::NobodysYet,
            Some(counselor) if counselor == self.me() => Stands::Theirs,
            Some(_) => Stands::SameProgram,
        }
    }

    // The table: counselors their own charts, supervisors all of the program, admins particulars and no chart.

    fn may_see(&self, client: usize) -> bool {
        match self.who {
            Who::Sam => self.stands(client) != Stands::SameProgram,
            Who::Kim | Who::Ada => true,
        }
    }

    fn may_write(&self, client: usize) -> bool {
        match self.who {
            Who::Sam => self.stands(client) == Stands::Theirs,
            Who::Kim => self.stands(client) != Stands::NobodysYet,
            Who::Ada => false,
        }
    }

    /// Danger is answered before admission too.
    fn may_answer(&self, client: usize) -> bool {
        match self.who {
            Who::Sam => self.stands(client) != Stands::SameProgram,
            Who::Kim => true,
            Who::Ada => false,
        }
    }

    fn may_read_draft(&self, by: StaffId) -> bool {
        match self.who {
            Who::Sam => by == self.id(Who::Sam),
            Who::Kim => by == self.id(Who::Kim) || by == self.id(Who::Sam),
            Who::Ada => false,
        }
    }

    fn author(&self, client: usize, draft: u32) -> Option<StaffId> {
        self.clients[client].drafts.iter().find(|(number, ..)| *number == draft).map(|(_, by, _)| *by)
    }

    /// A draft is written, signed, deleted by its author alone.
    fn own_draft(&self, client: usize, draft: u32, done: Option<Act>) -> Expected {
        match self.author(client, draft) {
            None => Refused(User),
            Some(by) if by != self.me() => Refused(Denied),
            Some(_) => Done(done),
        }
    }

    /// A write in a chart: permission first, then whether it was read at the revision that stands.
    fn write(&self, client: usize, stale: bool, act: Act) -> Expected {
        Self::write_if(self.may_write(client), stale, act)
    }

    fn write_if(may: bool, stale: bool, act: Act) -> Expected {
        if !may {
            Refused(Denied)
        } else if stale {
            Refused(Conflict)
        } else {
            Done(Some(act))
        }
    }

    /// What should come of a step on what stands now.
    pub fn expect(&self, step: &Step) -> Expected {
        match *step {
            Step::SignIn(_) => Done(Some(Act::SignedIn)),
            Step::Register => Done(Some(Act::ClientRegistered)),
            Step::Rename { client, .. } if !self.may_see(client) => Refused(Denied),
            Step::Rename { stale: true, .. } => Refused(Conflict),
            Step::Rename { .. } => Done(Some(Act::ClientChanged)),
            Step::Admit { client, to } => {
                if !self.may_see(client) {
                    Refused(Denied)
                } else if self.clients[client].counselor.is_some() {
                    Refused(User)
                } else if self.who == Who::Ada {
                    Refused(Denied)
                } else if to == Who::Ada {
                    // An admin keeps no charts, so she is nobody's counselor.
                    Refused(User)
                } else {
                    Done(Some(Act::ClientAdmitted))
                }
            }
            Step::OpenChart { client } if !self.may_see(client) => Refused(Denied),
            Step::OpenChart { .. } => Done(Some(Act::ChartOpened)),
            Step::AddProblem { client } => self.write(client, false, Act::ProblemAdded),
            Step::ChangeProblem { client, stale, .. } => self.write(client, stale, Act::ProblemChanged),
            Step::MoveProblem { client, problem, up } => {
                let last = self.clients[client].now.problems.len() - 1;
                let edge = if up { problem == 0 } else { problem == last };
                if edge && self.may_write(client) {
                    Refused(User)
                } else {
                    self.write(client, false, Act::ProblemChanged)
                }
            }
            Step::Wants { client, stale } => self.write(client, stale, Act::WantsRecorded),
            Step::Raise { client } => Self::write_if(self.may_answer(client), false, Act::NeedRaised),
            Step::Decide { client, need, stale, .. } => {
                let closed = !self.clients[client].needs[need];
                let expected = Self::write_if(self.may_answer(client), stale, Act::NeedChanged);
                if closed && matches!(expected, Done(_)) { Refused(User) } else { expected }
            }
            Step::NewNote { client } => self.write(client, false, Act::DraftOpened),
            Step::SaveNote { client, draft } => self.own_draft(client, draft, None),
            Step::OpenNote { client, draft } => match self.author(client, draft) {
                None => Refused(User),
                Some(by) if self.may_read_draft(by) => Done(Some(Act::DraftOpened)),
                Some(_) => Refused(Denied),
            },
            Step::DeleteNote { client, draft } => self.own_draft(client, draft, Some(Act::DraftDeleted)),
            Step::SignNote { client, draft } => self.own_draft(client, draft, Some(Act::DocumentSigned)),
            Step::Undo => self.expect_turn(self.turns.last()),
            Step::Redo => self.expect_turn(self.undone.last()),
        }
    }

    fn expect_turn(&self, turn: Option<&Turn>) -> Expected {
        match turn {
            None => Refused(User),
            Some((client, _, _, particulars)) => {
                let may = if *particulars { self.may_see(*client) } else { self.may_write(*client) };
                if may { Done(Some(Act::Undone)) } else { Refused(Denied) }
            }
        }
    }

    /// Does the step to the lists.
    pub fn apply(&mut self, step: &Step, expected: &Expected, words: &str, id: Option<ClientId>) {
        if let Step::Undo | Step::Redo = step {
            return self.turn(matches!(step, Step::Redo), matches!(expected, Done(_)));
        }
        if matches!(expected, Refused(_)) {
            return;
        }
        let me = self.me();
        match *step {
            Step::Register => self.clients.push(Known {
                id: id.expect("a new client is in the store"),
                counselor: None,
                now: Undoable::default(),
                numbers: 0,
                needs: Vec::new(),
                drafts: Vec::new(),
                notes: Vec::new(),
            }),
            Step::Admit { client, to } => self.clients[client].counselor = Some(self.id(to)),
            Step::Rename { client, .. } => self.change(client, true, |now| now.preferred = words.into()),
            Step::AddProblem { client } => {
                self.clients[client].numbers += 1;
                let number = self.clients[client].numbers;
                self.change(client, false, |now| now.problems.push((number, words.into())));
            }
            Step::ChangeProblem { client, problem, .. } => {
                self.change(client, false, |now| now.problems[problem].1 = words.into());
            }
            Step::MoveProblem { client, problem, up } => self.change(client, false, |now| {
                now.problems.swap(problem, if up { problem - 1 } else { problem + 1 });
            }),
            Step::Wants { client, .. } => self.change(client, false, |now| now.wants = Some(words.into())),
            // Where one is open in the dimension, the words extend it.
            Step::Raise { client } => {
                let needs = &mut self.clients[client].needs;
                if !needs.contains(&true) {
                    needs.push(true);
                }
            }
            Step::Decide { client, need, resolve, .. } => self.clients[client].needs[need] = !resolve,
            Step::NewNote { client } => {
                let drafts = &mut self.clients[client].drafts;
                let number = drafts.iter().map(|(number, ..)| *number).max().unwrap_or(0) + 1;
                drafts.push((number, me, String::new()));
            }
            Step::SaveNote { client, draft } => {
                let found = self.clients[client].drafts.iter_mut().find(|(number, ..)| *number == draft);
                found.expect("the draft is there").2 = words.into();
            }
            Step::DeleteNote { client, draft } => {
                self.clients[client].drafts.retain(|(number, ..)| *number != draft);
            }
            Step::SignNote { client, draft } => {
                self.clients[client].drafts.retain(|(number, ..)| *number != draft);
                self.clients[client].notes.push(words.into());
                self.turns.retain(|(of, ..)| *of != client);
                self.undone.retain(|(of, ..)| *of != client);
            }
            _ => {}
        }
    }

    fn change(&mut self, client: usize, particulars: bool, change: impl FnOnce(&mut Undoable)) {
        let before = self.clients[client].now.clone();
        change(&mut self.clients[client].now);
        self.turns.push((client, before, self.clients[client].now.clone(), particulars));
        self.undone.clear();
    }

    /// Takes back or does again; a turn that was refused is gone.
    fn turn(&mut self, redo: bool, done: bool) {
        let from = if redo { &mut self.undone } else { &mut self.turns };
        let Some(turn) = from.pop() else { return };
        if !done {
            return;
        }
        self.clients[turn.0].now = if redo { turn.2.clone() } else { turn.1.clone() };
        if redo { self.turns.push(turn) } else { self.undone.push(turn) }
    }
}

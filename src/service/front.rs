//! Every command's way to its use case.

use super::api::{Answer, Ask, ChartAsk, Command, Door, People, Reply};
use super::desk::Desk;
use super::fault::{Fault, FaultKind};
use super::{
    background, chart, circle, days, documents, door, groups, heard, house, leaving, needs, people, plan,
    problems, short_forms, staff, told, turned, undo, words, writing,
};
use crate::domain::ClientId;
use crate::rules::access::Capability;

impl Desk {
    /// Answers an ask.
    pub fn answer(&mut self, ask: Ask) -> Reply {
        let Ask { ticket, epoch, command } = ask;
        // These belong to nobody's seat, or end one.
        let at_the_door = matches!(
            command,
            Command::Door(
                Door::SignIn { .. }
                    | Door::Recover { .. }
                    | Door::Resume { .. }
                    | Door::ByThisClock { .. }
                    | Door::Lock { .. }
            )
        ) || matches!(&command, Command::Leave(ask) if ask.is_end());
        let result = if epoch != self.epoch && !at_the_door {
            Err(Fault::new(FaultKind::Locked, "Concord was locked in between, so nothing was done."))
        } else {
            self.handle(command)
        };
        // What is owed names other people: while the screen is turned nobody is told.
        let owed = if self.is_turned() { None } else { self.owed_news() };
        Reply { ticket, epoch, result, owed }
    }

    /// Does what a command asks; while the screen is turned to a client, only what that screen may do.
    pub fn handle(&mut self, command: Command) -> Result<Answer, Fault> {
        if !self.is_turned() {
            return self.at_the_desk(command);
        }
        if !command.while_turned() {
            return Err(turned::refusal());
        }
        let result = self.at_the_desk(command);
        if self.is_turned() { turned::only_turned(result) } else { result }
    }

    fn at_the_desk(&mut self, command: Command) -> Result<Answer, Fault> {
        // Text of the last lock comes before anything that reads the draft it belongs to.
        if self.has_waiting() {
            self.retry_waiting();
        }
        let is_end = matches!(&command, Command::Leave(ask) if ask.is_end());
        if !matches!(command, Command::Door(_)) && !is_end {
            self.check_passphrase_chosen()?;
            leaving::settle_all(self)?;
        }
        door::catch_up(self)?;
        house::refuse_beside(self, &command)?;
        let written = command.client().filter(|_| command.writes());
        match command {
            Command::Door(ask) => door::handle(self, ask),
            Command::People(ask) => self.people(ask),
            Command::Chart(ask) => self.chart(ask, written),
            Command::Document(ask) => documents::handle(self, *ask),
            Command::Plan(ask) => plan::handle(self, *ask, written),
            Command::Background(ask) => background::handle(self, *ask, written),
            Command::Short(entry) => short_forms::save(self, *entry),
            Command::Heard(ask) => heard::handle(self, ask, written),
            Command::Staff(ask) => {
                let answer = staff::handle(self, ask);
                self.seat_mut()?.work.changed();
                answer
            }
            Command::Words(ask) => words::handle(self, ask),
            Command::Writing(ask) => {
                let answer = writing::handle(self, ask);
                self.seat_mut()?.work.changed();
                answer
            }
            Command::Days(ask) => days::handle(self, *ask),
            Command::House(ask) => {
                let answer = house::handle(self, ask);
                self.seat_mut()?.work.changed();
                answer
            }
            Command::Group(ask) => groups::handle(self, *ask),
            Command::Leave(ask) => leaving::handle(self, *ask),
            Command::Turn(ask) => turned::handle(self, *ask),
            Command::Undo => undo::take_back(self, false),
            Command::Redo => undo::take_back(self, true),
        }
    }

    fn people(&mut self, ask: People) -> Result<Answer, Fault> {
        match ask {
            People::List { whose } => Ok(Answer::People(people::list(self, whose)?)),
            People::Register { client, seen } => people::register(self, *client, seen),
            People::Change { client, rev, seen } => people::change(self, *client, rev, seen),
            People::Admit { episode, level } => people::admit(self, *episode, *level),
            People::ChangeEpisode { episode, rev, level, sessions } => {
                people::change_episode(self, *episode, rev, level.map(|level| *level), sessions)
            }
            People::Circle { client, rev, people } => circle::save(self, client, rev, people),
            People::AnswerUnsafe { client, rev, name, reason } => {
                circle::answer(self, client, rev, &name, &reason)
            }
            People::TellDanger(said) => told::tell(self, &said),
            People::CorrectTold { client, need, entry, words } => {
                told::correct(self, client, need, entry, &words)
            }
            People::WorkIn { client, episode } => people::work_in(self, client, episode),
        }
    }

    /// `written`: whose chart it writes in, if it writes.
    fn chart(&mut self, ask: ChartAsk, written: Option<ClientId>) -> Result<Answer, Fault> {
        // Before anything is read: what a refusal says must not tell what stands in the chart.
        if let Some(client) = written {
            let danger = ask.is_about_danger();
            let capability = if danger { Capability::AnswerDanger } else { Capability::WriteChart };
            self.permit(capability, Some(client))?;
        }
        match ask {
            ChartAsk::SaveProblem { .. } | ChartAsk::MoveProblem { .. } | ChartAsk::AcceptProposal { .. } => {
                problems::handle(self, ask)
            }
            ask if ask.is_about_danger() => needs::handle(self, ask),
            other => chart::handle(self, other),
        }
    }
}

//! The end of the client's page: their dates, how it ends here and goes on, and whom to call.

use super::AnyLine;
use super::client_page::{Page, ended_after, item, say};
use super::words::first_upper;
use crate::domain::{Block, ClockTime, Date};
use crate::packs::fill;

/// Sessions that the page lists by their day.
const SESSIONS: usize = 5;

impl Page<'_> {
    /// Sessions, appointments, days by which something is done, and the next review, in the order of their days.
    pub(super) fn dates(&self) -> Vec<Block> {
        let sentences = &self.words.sentences;
        let mut dates: Vec<(Date, Option<ClockTime>, String)> = Vec::new();
        let at = |on: Date, time: ClockTime| {
            fill(&sentences.session, &[("day", &self.words.day(on)), ("time", &time.to_string())])
        };
        let next = self.around.sessions.iter().take(SESSIONS);
        dates.extend(next.map(|(on, time)| (*on, Some(*time), at(*on, *time))));
        let methods = self.methods().into_iter().filter(|method| self.shows(AnyLine::Method(method)));
        for referral in methods.filter_map(|method| method.referral.as_ref()) {
            let Some((on, time)) = referral.appointment else { continue };
            let day = time.map_or_else(|| self.words.day(on), |time| at(on, time));
            let to = referral.to.trim();
            let said = if to.is_empty() { day } else { fill(&sentences.due, &[("day", &day), ("what", to)]) };
            dates.push((on, time, said));
        }
        let due = |on: Date, what: &str| {
            let day = fill(&sentences.by, &[("day", &self.words.day(on))]);
            (on, None, fill(&sentences.due, &[("day", &first_upper(&day)), ("what", what)]))
        };
        let goals = self.goals().into_iter().map(AnyLine::Goal);
        let lines = goals.chain(self.objectives().into_iter().map(AnyLine::Objective));
        let lines = lines.filter(|line| self.shows(*line));
        dates.extend(lines.filter_map(|line| Some(due(super::words::due(line)?, &self.wording(line)?))));
        let review = self.around.review.filter(|on| *on >= self.around.today);
        dates.extend(review.map(|on| (on, None, fill(&sentences.review, &[("day", &self.words.day(on))]))));
        dates.sort_by_key(|(on, time, _)| (*on, *time));
        let more = (self.around.sessions.len() > SESSIONS).then(|| sentences.more_sessions.clone());
        dates.into_iter().map(|(_, _, said)| said).chain(more).map(|said| item(ended_after(&said))).collect()
    }

    pub(super) fn after(&self) -> Vec<Block> {
        let (basics, sentences) = (&self.plan.basics, &self.words.sentences);
        let mut found = Vec::new();
        if !basics.complete_when.is_empty() {
            found.push(item(say(&sentences.complete, &[("words", basics.complete_when.words.trim())])));
        }
        if !basics.after.is_empty() {
            let after = &basics.after;
            let on = after.on.map(|on| fill(&sentences.from, &[("day", &self.words.day(on))]));
            let parts = [&after.supports, &after.place, &after.person].map(|part| part.trim().to_owned());
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).chain(on).collect();
            found.push(item(say(&sentences.after, &[("words", &parts.join(", "))])));
        }
        found
    }

    pub(super) fn call(&self) -> Vec<Block> {
        let sentences = &self.words.sentences;
        let mut found = Vec::new();
        if !self.around.counselor.is_empty() {
            found.push(item(say(&sentences.counselor, &[("name", self.around.counselor)])));
        }
        let lines = self.around.help_now.lines().map(str::trim).filter(|line| !line.is_empty());
        found.extend(lines.map(item));
        if self.around.help_now.trim().is_empty() {
            found.push(item(sentences.nobody_to_call.clone()));
        }
        found
    }
}

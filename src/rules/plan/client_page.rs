//! The client's page: the plan in plain words, as the client reads it and takes it home (`agreement.md` 3).
//!
//! Owns what is on it and under which heading. No number of the record, no code, no rating and no sign of the screen is on it:
//! nothing of that is read here. A line that was not agreed on says so, so that no heading promises what nobody said. The
//! contract's *agreed* answers are left out: they repeat the plan, and *where* names a level of care. What stands around the
//! words is the language file's (`packs::page_words`).

use super::words::{ended, first_upper, wording};
use super::{AnyLine, Plan};
use crate::domain::{
    Assent, Block, ClockTime, Content, Contract, Date, Doer, Goal, LineState, Method, Objective, Wants, Who,
};
use crate::packs::{PageWords, fill};
use crate::rules::plan::agreed::Standing;
use crate::rules::plan::page_signed::{PageSigned, how_signed};

/// What the page says besides the plan.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What the client is called.
    pub name: &'a str,
    pub wants: Option<&'a Wants>,
    pub contract: &'a Contract,
    /// The counselor of the episode; empty if there is none.
    pub counselor: &'a str,
    /// Sessions to come.
    pub sessions: &'a [(Date, ClockTime)],
    /// The next review.
    pub review: Option<Date>,
    /// Whom to call, as the agency wrote it.
    pub help_now: &'a str,
    /// How the newest version was signed; `None` = there is none.
    pub signed: Option<PageSigned<'a>>,
    pub today: Date,
}

/// Returns the client's page.
pub fn client_page(plan: &Plan, around: &Around<'_>, words: &PageWords) -> Content {
    let page = Page { plan, around, words };
    let mut blocks = vec![Block::About(how_signed(around, words))];
    for Part { key, heading, says } in parts(&page) {
        blocks.push(Block::Heading { key: key.to_owned(), words: heading.to_owned() });
        blocks.extend(says.into_iter().map(|said| page.with_answer(said)));
    }
    Content { title: fill(&words.title, &[("name", around.name)]), blocks }
}

/// What stands under one heading of the page.
pub(super) struct Part<'a> {
    key: &'static str,
    pub(super) heading: &'a str,
    pub(super) says: Vec<Said<'a>>,
}

/// Something the page says, and the line of the plan that it is.
pub(super) struct Said<'a> {
    pub(super) block: Block,
    pub(super) line: Option<AnyLine<'a>>,
}

impl From<Block> for Said<'_> {
    fn from(block: Block) -> Self {
        Self { block, line: None }
    }
}

/// Everything the page says, under its headings. What there is nothing to say of has none.
pub(super) fn parts<'a>(page: &Page<'a>) -> Vec<Part<'a>> {
    let headings = &page.words.headings;
    let said = |blocks: Vec<Block>| blocks.into_iter().map(Said::from).collect::<Vec<_>>();
    let all = [
        ("want", &headings.want, said(page.want())),
        ("why", &headings.why, said(page.why())),
        ("agreed", &headings.agreed, page.agreed()),
        ("me", &headings.me, page.me()),
        ("counselor", &headings.counselor, page.counselor()),
        ("others", &headings.others, page.others()),
        ("barriers", &headings.barriers, said(page.barriers())),
        ("know", &headings.know, said(page.know())),
        ("dates", &headings.dates, said(page.dates())),
        ("after", &headings.after, said(page.after())),
        ("call", &headings.call, said(page.call())),
    ];
    let parts = all.into_iter().map(|(key, heading, says)| Part { key, heading, says });
    parts.filter(|part| !part.says.is_empty()).collect()
}

/// Returns the lines of a page that hold a blank nobody filled in. Such a page is not handed out.
pub fn unfilled(page: &Content) -> Vec<String> {
    let lines = page.blocks.iter().map(Block::words);
    lines.filter(|words| words.contains(['«', '»'])).collect()
}

pub(super) struct Page<'a> {
    pub(super) plan: &'a Plan,
    pub(super) around: &'a Around<'a>,
    pub(super) words: &'a PageWords,
}

/// Whether a line is on the page: it is worked on, or was suggested.
pub(super) fn is_on(state: LineState) -> bool {
    matches!(state, LineState::Active | LineState::Proposed)
}

fn item(words: impl Into<String>) -> Block {
    Block::Item(words.into())
}

fn quote(words: &str, on: Option<Date>) -> Option<Block> {
    let words = words.trim();
    (!words.is_empty()).then(|| Block::Quote { words: words.to_owned(), on })
}

impl<'a> Page<'a> {
    /// Goals, those that are worked on first at the top.
    fn goals(&self) -> Vec<&'a Goal> {
        let mut goals: Vec<&Goal> = self.plan.goals.iter().filter(|goal| is_on(goal.line.state)).collect();
        goals.sort_by_key(|goal| (!goal.focus, goal.line.rank, goal.line.number));
        goals
    }

    fn objectives(&self) -> Vec<&'a Objective> {
        let mut found: Vec<&Objective> = Vec::new();
        for goal in self.goals() {
            let mut mine: Vec<&Objective> = self.plan.objectives.iter().collect();
            mine.retain(|one| one.goal == goal.line.number && is_on(one.line.state));
            mine.sort_by_key(|one| (one.line.rank, one.line.number));
            found.extend(mine);
        }
        found
    }

    fn methods(&self) -> Vec<&'a Method> {
        let mut found: Vec<&Method> = Vec::new();
        for goal in self.goals() {
            let mut mine: Vec<&Method> = self.plan.methods.iter().collect();
            mine.retain(|one| one.goal == goal.line.number && is_on(one.line.state));
            mine.sort_by_key(|one| (one.line.rank, one.line.number));
            found.extend(mine);
        }
        found
    }

    fn want(&self) -> Vec<Block> {
        let Some(wants) = self.around.wants else { return Vec::new() };
        quote(&wants.wants, Some(wants.on)).into_iter().collect()
    }

    fn why(&self) -> Vec<Block> {
        let sentences = &self.words.sentences;
        let mut found: Vec<Block> = Vec::new();
        found.extend(self.around.wants.and_then(|wants| quote(&wants.why_now, None)));
        for goal in self.goals() {
            let matters = goal.matters.trim();
            found.extend((!matters.is_empty()).then(|| item(ended(&first_upper(matters)))));
        }
        let contract = self.around.contract;
        for (sentence, written) in [
            (&sentences.authority, &contract.authority_wants),
            (&sentences.if_not_kept, &contract.if_not_kept),
        ] {
            if !written.is_empty() {
                found.push(item(say(sentence, &[("words", written.words.trim())])));
            }
        }
        found
    }

    fn agreed(&self) -> Vec<Said<'a>> {
        let line = |goal: &'a Goal| {
            let line = AnyLine::Goal(goal);
            let by = goal.by.map(|by| fill(&self.words.sentences.by, &[("day", &self.words.day(by))]));
            let said: Vec<String> = [wording(line)].into_iter().chain(by).collect();
            self.said(ended_after(&said.join(", ")), line)
        };
        self.goals().into_iter().map(line).collect()
    }

    fn me(&self) -> Vec<Said<'a>> {
        let mine = self.objectives().into_iter().filter(|one| !matches!(one.doer, Doer::Other(_)));
        mine.map(|one| self.objective(one)).collect()
    }

    fn counselor(&self) -> Vec<Said<'a>> {
        let ours = self.methods().into_iter().filter(|one| !matches!(one.who, Who::Outside { .. }));
        let mut found: Vec<Said<'a>> = ours.map(|one| self.method(one)).collect();
        let works = self.plan.basics.works_for.words.trim();
        if !works.is_empty() {
            found.push(item(say(&self.words.sentences.works_for, &[("what", works)])).into());
        }
        found
    }

    fn others(&self) -> Vec<Said<'a>> {
        let others = self.objectives().into_iter().filter(|one| matches!(one.doer, Doer::Other(_)));
        let mut found: Vec<Said<'a>> = others.map(|one| self.objective(one)).collect();
        let outside = self.methods().into_iter().filter(|one| matches!(one.who, Who::Outside { .. }));
        found.extend(outside.map(|one| self.method(one)));
        for support in &self.plan.basics.supports.people {
            let what: Vec<&str> = [support.relation.trim(), support.does.trim()]
                .into_iter()
                .filter(|said| !said.is_empty())
                .collect();
            if what.is_empty() {
                found.push(item(ended(support.name.trim())).into());
            } else {
                let with = [("name", support.name.trim()), ("what", &what.join(": "))];
                found.push(item(say(&self.words.sentences.support, &with)).into());
            }
        }
        found
    }

    fn barriers(&self) -> Vec<Block> {
        let with = self.objectives().into_iter().filter(|one| !one.barrier.trim().is_empty());
        with.map(|one| {
            let then = one.then.trim();
            if then.is_empty() {
                return item(ended(&first_upper(one.barrier.trim())));
            }
            item(say(&self.words.sentences.barrier, &[("what", one.barrier.trim()), ("words", then)]))
        })
        .collect()
    }

    fn know(&self) -> Vec<Block> {
        let goals = self.goals();
        let known = goals.iter().map(|goal| goal.know.trim()).filter(|know| !know.is_empty());
        known.map(|know| item(ended(&first_upper(know)))).collect()
    }

    /// Sessions, appointments, days by which something is done, and the next review, in the order of their days.
    fn dates(&self) -> Vec<Block> {
        let sentences = &self.words.sentences;
        let mut dates: Vec<(Date, Option<ClockTime>, String)> = Vec::new();
        let at = |on: Date, time: ClockTime| {
            fill(&sentences.session, &[("day", &self.words.day(on)), ("time", &time.to_string())])
        };
        dates.extend(self.around.sessions.iter().map(|(on, time)| (*on, Some(*time), at(*on, *time))));
        for referral in self.methods().iter().filter_map(|method| method.referral.as_ref()) {
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
        dates.extend(lines.filter_map(|line| Some(due(super::words::due(line)?, &wording(line)))));
        let review = self.around.review.filter(|on| *on >= self.around.today);
        dates.extend(review.map(|on| (on, None, fill(&sentences.review, &[("day", &self.words.day(on))]))));
        dates.sort_by_key(|(on, time, _)| (*on, *time));
        dates.into_iter().map(|(_, _, said)| item(ended_after(&said))).collect()
    }

    fn after(&self) -> Vec<Block> {
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

    fn call(&self) -> Vec<Block> {
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

    fn objective(&self, one: &'a Objective) -> Said<'a> {
        let sentences = &self.words.sentences;
        let step = one.step.trim();
        let first = match &one.doer {
            Doer::Client | Doer::Nobody => fill(&sentences.i_will, &[("what", step)]),
            Doer::Other(name) => fill(&sentences.will, &[("name", name), ("what", step)]),
        };
        let by = one.by.map(|by| fill(&sentences.by, &[("day", &self.words.day(by))])).unwrap_or_default();
        let mut said = joined(&[&first, one.amount.trim(), &by]);
        let see = one.see.trim();
        if !see.is_empty() {
            said.push(' ');
            said.push_str(&say(&sentences.see, &[("what", see)]));
        }
        self.said(said, AnyLine::Objective(one))
    }

    fn method(&self, one: &'a Method) -> Said<'a> {
        let sentences = &self.words.sentences;
        let who = super::words::who(&one.who);
        let with = if who.is_empty() { String::new() } else { fill(&sentences.with, &[("name", &who)]) };
        let until = one.until.map(|on| fill(&sentences.until, &[("day", &self.words.day(on))]));
        let line = AnyLine::Method(one);
        let dose = self.words.dose(one.modality, &one.dose);
        let mut said = joined(&[&first_upper(&wording(line)), &dose, &with, &until.unwrap_or_default()]);
        let purpose = one.purpose.trim();
        if !purpose.is_empty() {
            said.push(' ');
            said.push_str(&say(&sentences.purpose, &[("what", purpose)]));
        }
        self.said(said, line)
    }

    /// A line with who requires it.
    fn said(&self, said: String, line: AnyLine<'a>) -> Said<'a> {
        let sentences = &self.words.sentences;
        let mut parts = vec![said];
        let by = line.line().required_by.trim();
        if !by.is_empty() {
            parts.push(say(&sentences.required, &[("name", by)]));
        }
        if line.line().state == LineState::Proposed {
            parts.push(sentences.proposed.clone());
        }
        Said { block: item(parts.join(" ")), line: Some(line) }
    }

    /// What is said, with what the client answered to it as it reads now. *Agreed* needs no word: the headings say it.
    fn with_answer(&self, said: Said<'_>) -> Block {
        let sentences = &self.words.sentences;
        let Said { block, line: Some(line) } = said else { return said.block };
        let mut parts = vec![block.words()];
        let answered = self.plan.answered(line);
        match answered.assent() {
            Assent::Agreed => {}
            Assent::Partly => parts.push(sentences.partly.clone()),
            Assent::Declined => parts.push(sentences.declined.clone()),
            Assent::NotSaid => parts.push(sentences.not_said.clone()),
            Assent::NotAsked => parts.push(sentences.not_asked.clone()),
        }
        if let Standing::Given(answer) = answered
            && !answer.words.trim().is_empty()
        {
            parts.push(fill(&sentences.in_my_words, &[("words", answer.words.trim())]));
        }
        item(parts.join(" "))
    }
}

fn say(sentence: &str, with: &[(&str, &str)]) -> String {
    ended(&fill(sentence, with))
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    ended(&parts.join(", "))
}

/// A sentence with its full stop; none behind a quotation that has its own.
fn ended_after(words: &str) -> String {
    let before = words.trim_end_matches('”');
    if before.len() < words.len() && before.ends_with(['.', '!', '?']) {
        words.to_owned()
    } else {
        ended(words)
    }
}

#[cfg(test)]
#[path = "client_page_tests.rs"]
mod tests;

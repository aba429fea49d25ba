//! The client's page: the plan in plain words, as the client reads it and takes it home (`agreement.md` 3).
//!
//! Owns what is on it and under which heading. No number of the record, no code, no rating and no sign of the screen is on it:
//! nothing of that is read here. A line that was not agreed on says so, so that no heading promises what nobody said. The
//! contract's *agreed* answers are left out: they repeat the plan, and *where* names a level of care. What stands around the
//! words is the language file's (`packs::page_words`).

use super::words::{ended, first_upper, wording};
use super::{AnyLine, Plan};
use crate::domain::{
    Assent, Block, ClockTime, Content, Contract, Date, Doer, Goal, LineState, Method, Objective, PagePart,
    Party, Wants, Who,
};
use crate::packs::{PageWords, fill};
use crate::rules::plan::agreed::{Standing, standing};
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
    /// Who reads it.
    pub reader: Reader<'a>,
}

/// Who reads the page.
#[derive(Clone, Copy, Debug, Default)]
pub enum Reader<'a> {
    #[default]
    Client,
    /// A guardian by name, and what is left off their page.
    Guardian(&'a str, &'a [PagePart]),
}

impl Reader<'_> {
    /// Whose answers to its lines are theirs.
    pub fn party(self) -> Party {
        match self {
            Self::Client => Party::Client,
            Self::Guardian(name, _) => Party::Guardian(name.trim().to_owned()),
        }
    }

    fn is_guardian(self) -> bool {
        matches!(self, Self::Guardian(..))
    }

    /// Whether a part is left off.
    pub fn is_off(self, part: PagePart) -> bool {
        matches!(self, Self::Guardian(_, left_off) if left_off.contains(&part))
    }
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
        (Some(PagePart::Want), "want", &headings.want, said(page.want())),
        (Some(PagePart::Why), "why", &headings.why, said(page.why())),
        (Some(PagePart::Goals), "agreed", &headings.agreed, page.agreed()),
        (Some(PagePart::Steps), "me", &headings.me, page.me()),
        (Some(PagePart::Methods), "counselor", &headings.counselor, page.counselor()),
        (Some(PagePart::Others), "others", &headings.others, page.others()),
        (Some(PagePart::Barriers), "barriers", &headings.barriers, said(page.barriers())),
        (Some(PagePart::Know), "know", &headings.know, said(page.know())),
        (Some(PagePart::Dates), "dates", &headings.dates, said(page.dates())),
        (Some(PagePart::After), "after", &headings.after, said(page.after())),
        (None, "call", &headings.call, said(page.call())),
    ];
    let reader = page.around.reader;
    all.into_iter()
        .filter(|(part, ..)| part.is_none_or(|part| !reader.is_off(part)))
        .map(|(_, key, heading, says)| Part { key, heading, says })
        .filter(|part| !part.says.is_empty())
        .collect()
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

pub(super) fn item(words: impl Into<String>) -> Block {
    Block::Item(words.into())
}

fn quote(words: &str, on: Option<Date>) -> Option<Block> {
    let words = words.trim();
    (!words.is_empty()).then(|| Block::Quote { words: words.to_owned(), on })
}

impl<'a> Page<'a> {
    /// Goals, those that are worked on first at the top.
    pub(super) fn goals(&self) -> Vec<&'a Goal> {
        let mut goals: Vec<&Goal> = self.plan.goals.iter().filter(|goal| is_on(goal.line.state)).collect();
        goals.sort_by_key(|goal| (!goal.focus, goal.line.rank, goal.line.number));
        goals
    }

    pub(super) fn objectives(&self) -> Vec<&'a Objective> {
        let mut found: Vec<&Objective> = Vec::new();
        for goal in self.goals() {
            let mut mine: Vec<&Objective> = self.plan.objectives.iter().collect();
            mine.retain(|one| one.goal == goal.line.number && is_on(one.line.state));
            mine.sort_by_key(|one| (one.line.rank, one.line.number));
            found.extend(mine);
        }
        found
    }

    pub(super) fn methods(&self) -> Vec<&'a Method> {
        let mut found: Vec<&Method> = Vec::new();
        for goal in self.goals() {
            let mut mine: Vec<&Method> = self.plan.methods.iter().collect();
            mine.retain(|one| one.goal == goal.line.number && is_on(one.line.state));
            mine.sort_by_key(|one| (one.line.rank, one.line.number));
            found.extend(mine);
        }
        found
    }

    /// Whether what the client said themselves is on the page.
    fn has_own_words(&self) -> bool {
        !self.around.reader.is_off(PagePart::OwnWords)
    }

    /// What a line is called; `None` where only the client's own words call it so, and they are left off.
    pub(super) fn wording(&self, line: AnyLine<'_>) -> Option<String> {
        let AnyLine::Goal(goal) = line else { return Some(wording(line)) };
        if self.has_own_words() {
            return Some(wording(line));
        }
        let plain = goal.wording.trim();
        (!plain.is_empty()).then(|| plain.to_owned())
    }

    /// Whether a line stands on the page.
    pub(super) fn shows(&self, line: AnyLine<'_>) -> bool {
        let part = match line {
            AnyLine::Goal(_) => PagePart::Goals,
            AnyLine::Objective(one) if matches!(one.doer, Doer::Other(_)) => PagePart::Others,
            AnyLine::Objective(_) => PagePart::Steps,
            AnyLine::Method(one) if matches!(one.who, Who::Outside { .. }) => PagePart::Others,
            AnyLine::Method(_) => PagePart::Methods,
        };
        !self.around.reader.is_off(part)
    }

    fn want(&self) -> Vec<Block> {
        let Some(wants) = self.around.wants.filter(|_| self.has_own_words()) else { return Vec::new() };
        quote(&wants.wants, Some(wants.on)).into_iter().collect()
    }

    fn why(&self) -> Vec<Block> {
        let sentences = &self.words.sentences;
        let mut found: Vec<Block> = Vec::new();
        let own = self.has_own_words();
        found.extend(self.around.wants.filter(|_| own).and_then(|wants| quote(&wants.why_now, None)));
        for goal in self.goals().into_iter().filter(|_| own) {
            let matters = goal.matters.trim();
            found.extend((!matters.is_empty()).then(|| item(ended(&first_upper(matters)))));
        }
        let contract = self.around.contract;
        for (sentence, written, told) in [
            (&sentences.authority, &contract.authority_wants, true),
            (&sentences.if_not_kept, &contract.if_not_kept, own),
        ] {
            if told && !written.is_empty() {
                found.push(item(say(sentence, &[("words", written.words.trim())])));
            }
        }
        found
    }

    fn agreed(&self) -> Vec<Said<'a>> {
        let line = |goal: &'a Goal| {
            let line = AnyLine::Goal(goal);
            let by = goal.by.map(|by| fill(&self.words.sentences.by, &[("day", &self.words.day(by))]));
            let said: Vec<String> = [self.wording(line)?].into_iter().chain(by).collect();
            Some(self.said(ended_after(&said.join(", ")), line))
        };
        self.goals().into_iter().filter_map(line).collect()
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
            let barrier = self.within(&one.barrier);
            item(say(&self.words.sentences.barrier, &[("what", &barrier), ("words", then)]))
        })
        .collect()
    }

    fn know(&self) -> Vec<Block> {
        let goals = self.goals();
        let known = goals.iter().map(|goal| goal.know.trim()).filter(|know| !know.is_empty());
        known.map(|know| item(ended(&first_upper(know)))).collect()
    }

    fn objective(&self, one: &'a Objective) -> Said<'a> {
        let sentences = &self.words.sentences;
        let step = &self.within(&one.step);
        let first = match &one.doer {
            Doer::Client | Doer::Nobody => fill(&sentences.i_will, &[("what", step)]),
            Doer::Other(name) => fill(&sentences.will, &[("name", name), ("what", step)]),
        };
        let by = one.by.map(|by| fill(&sentences.by, &[("day", &self.words.day(by))])).unwrap_or_default();
        let mut said = joined(&[&first, one.amount.trim(), &by]);
        let see = one.see.trim();
        if !see.is_empty() {
            said.push(' ');
            said.push_str(&say(&sentences.see, &[("what", &self.within(see))]));
        }
        self.said(said, AnyLine::Objective(one))
    }

    /// A phrase of the plan within a sentence of the page: it begins in lower case, unless with the name of somebody the plan knows.
    fn within(&self, phrase: &str) -> String {
        let supports = self.plan.basics.supports.people.iter().map(|one| one.name.as_str());
        let doers = self.plan.objectives.iter().map(|one| super::words::doer(&one.doer));
        let whos = self.plan.methods.iter().map(|one| super::words::name_of(&one.who));
        let around = [self.around.name, self.around.counselor];
        let names: Vec<&str> = supports.chain(doers).chain(whos).chain(around).collect();
        super::words::within_a_sentence(phrase.trim(), &names)
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

    /// How the reader answered a line.
    pub(super) fn answered(&self, line: AnyLine<'_>) -> Standing<'a> {
        standing(&self.plan.agreements, line.name(), &self.around.reader.party(), &line.terms())
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
        let answered = self.answered(line);
        match answered.assent() {
            Assent::Agreed => {}
            Assent::Partly => parts.push(sentences.partly.clone()),
            Assent::Declined => parts.push(sentences.declined.clone()),
            Assent::NotSaid => parts.push(sentences.not_said.clone()),
            // A guardian is asked about the plan as a whole; nobody says to them what the client did not agree to.
            Assent::NotAsked if self.around.reader.is_guardian() => {}
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

pub(super) fn say(sentence: &str, with: &[(&str, &str)]) -> String {
    ended(&fill(sentence, with))
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    ended(&parts.join(", "))
}

/// A sentence with its full stop; none behind a quotation that has its own.
pub(super) fn ended_after(words: &str) -> String {
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

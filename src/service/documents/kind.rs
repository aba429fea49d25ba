//! What differs between kinds of document: what keeps one from being signed, what of it is signed, what follows.
//!
//! A new kind of document implements [`Document`], has a number in [`DocKind`](crate::domain::DocKind) and a body in [`DraftBody`]; drafting,
//! signing, reading and its whole life come with it.

use super::super::api::{ChartView, DraftBody};
use super::super::desk::Desk;
use super::super::fault::Fault;
use super::super::unit::Unit;
use super::sessions;
use crate::clock::Clock;
use crate::domain::{
    Assessment, Cell, Client, ClientAnswers, ClientId, Content, Date, DischargeKnown, LineRef, Moment,
    NoteDraft, NoteFacts, Number, OwnFacts, Problem, ReviewKnown, Served, Staff, StaffId, counted,
};
use crate::packs::Formats;
use crate::rules::sketch::sketch;
use crate::rules::{content, discharge, header, note, plan, safety};
use crate::store::{DocHead, DocText, Kind, StoreError};

/// What surrounds a document that is being signed: whatever its facts and its text take from elsewhere.
pub(in crate::service) struct Around<'a> {
    pub client: &'a Client,
    /// Problems of the chart.
    pub problems: &'a [Problem],
    /// The lines it works on, with their wording now.
    pub lines: &'a [(LineRef, String)],
    /// The formats of this desk.
    pub formats: &'a Formats,
    pub author: &'a Staff,
    pub at: Moment,
    /// When the writing began.
    pub begun: Moment,
    /// It is signed late.
    pub late: bool,
    /// It speaks of a contact with the client.
    pub contact: bool,
    pub number: Number,
    /// What is known of the span it looks back on.
    pub known: Known,
}

impl Around<'_> {
    /// The wording of a line it works on; empty if the line is not on the plan.
    fn wording(&self, line: LineRef) -> String {
        let found = self.lines.iter().find(|(name, _)| *name == line);
        found.map(|(_, words)| words.clone()).unwrap_or_default()
    }
}

/// What is known of the span that a document looks back on.
#[derive(Default)]
pub(in crate::service) enum Known {
    /// It looks back on none.
    #[default]
    Nothing,
    Review(Box<ReviewKnown>),
    Discharge(Box<DischargeKnown>),
}

/// A kind of document while it is written.
pub(in crate::service) trait Document {
    /// The signed document it adds to, 0 = none.
    fn adds_to(&self) -> Number {
        0
    }

    /// The signed document it takes the place of, 0 = none.
    fn amends(&self) -> Number;

    /// Why it does.
    fn reason(&self) -> &str;

    /// The day it speaks of.
    fn on(&self) -> Date;

    /// What keeps it from being signed, as one sentence.
    fn check(&self, desk: &mut Desk) -> Result<(), Fault>;

    /// When what it speaks of was over, if it can be late.
    fn ended(&self, _clock: &Clock) -> Option<Moment> {
        None
    }

    /// The lines of the plan it works on.
    fn lines(&self) -> &[Served] {
        &[]
    }

    /// The episode it belongs to; 0 = that of its day.
    fn episode(&self) -> Number {
        0
    }

    /// What is known of the span it looks back on.
    fn known(&self, _chart: &ChartView, _desk: &Desk) -> Known {
        Known::Nothing
    }

    /// Writes what follows from its signing; answers whether it speaks of a contact with the client.
    fn follow(
        &self,
        _desk: &mut Desk,
        _unit: &mut Unit,
        _client: ClientId,
        _number: Number,
        _by: StaffId,
    ) -> Result<bool, Fault> {
        Ok(false)
    }

    /// What of it is signed: what lists show, and its text.
    fn freeze(&self, around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError>;

    /// What it is, for lists: nobody's words.
    fn about(&self) -> String;

    /// Whether nothing was written in it yet.
    fn is_blank(&self) -> bool;

    /// What is shown when it is signed.
    fn signed_words(&self, late: bool) -> &'static str;

    /// What can be done once it is signed and waits for nobody, as a sentence.
    fn next_words(&self) -> &'static str;
}

/// The document in a draft.
pub(in crate::service) fn of(body: &DraftBody) -> &dyn Document {
    match body {
        DraftBody::Note(note) => note,
        DraftBody::Assessment(grid) => grid,
        DraftBody::Answers(answers) => answers,
        DraftBody::Review(review) => review.as_ref(),
        DraftBody::Discharge(discharge) => discharge.as_ref(),
        DraftBody::Safety(plan) => plan.as_ref(),
    }
}

/// What a signed document says.
pub(super) fn content_of(head: &DocHead, text: &DocText, desk: &Desk) -> Result<Content, Fault> {
    let today = desk.now().local.date;
    match &head.facts().own {
        OwnFacts::Note(own) => Ok(content::note(&text.note()?, desk.formats.name(&own.format), today)),
        OwnFacts::Assessment(own) => Ok(content::assessment(own, today)),
        OwnFacts::Plan(_) => Ok(plan::content::version(&text.plan()?, today)),
        OwnFacts::Review(_) => Ok(plan::review_content::review(&text.review()?, today)),
        OwnFacts::Discharge(_) => Ok(discharge::content::summary(&text.discharge()?, today)),
        OwnFacts::Safety(_) => Ok(safety::content(&text.safety()?, today)),
    }
}

/// Words in a signed document.
pub(super) fn words_of(head: &DocHead) -> u32 {
    match &head.facts().own {
        OwnFacts::Note(own) => own.words,
        OwnFacts::Assessment(own) => own.words(),
        OwnFacts::Plan(own) => own.lines.into(),
        OwnFacts::Review(own) => own.words,
        OwnFacts::Discharge(own) => own.words,
        OwnFacts::Safety(own) => own.words,
    }
}

/// When what a document speaks of was, in words; empty if only its day counts.
pub(super) fn times_of(head: &DocHead) -> String {
    match &head.facts().own {
        OwnFacts::Note(own) => {
            format!("{} {}", own.service.date, content::times_words(&own.service))
        }
        OwnFacts::Assessment(_)
        | OwnFacts::Plan(_)
        | OwnFacts::Review(_)
        | OwnFacts::Discharge(_)
        | OwnFacts::Safety(_) => String::new(),
    }
}

impl Document for NoteDraft {
    fn adds_to(&self) -> Number {
        self.addendum_to
    }

    fn amends(&self) -> Number {
        self.amends
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn on(&self) -> Date {
        self.service.date
    }

    fn check(&self, desk: &mut Desk) -> Result<(), Fault> {
        let format = desk.format(&self.format)?;
        let starts = desk.clock.instant(self.service.date, self.service.start);
        let required = &desk.seat()?.settings.value.notes.required;
        note::missing(self, format, starts, desk.moment())
            .or_else(|| header::missing(self, format, required))
            .map_or(Ok(()), |missing| Err(Fault::user(missing)))
    }

    fn lines(&self) -> &[Served] {
        &self.lines
    }

    fn ended(&self, clock: &Clock) -> Option<Moment> {
        let starts = clock.instant(self.service.date, self.service.start);
        (self.addendum_to == 0).then(|| starts.plus_ms(i64::from(self.service.span()) * 60_000))
    }

    fn follow(
        &self,
        desk: &mut Desk,
        unit: &mut Unit,
        client: ClientId,
        number: Number,
        by: StaffId,
    ) -> Result<bool, Fault> {
        let speaks = sessions::spoken_of(desk, client, self, by)?;
        let met = sessions::note_signed(desk, unit, client, speaks, number)?;
        Ok(met && header::is_contact(&self.service))
    }

    fn freeze(&self, around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        let wording = |number: &Number| {
            let problem = around.problems.iter().find(|problem| problem.number == *number)?;
            let words = if problem.wording.is_empty() { &problem.words } else { &problem.wording };
            Some((*number, words.clone()))
        };
        let text = crate::domain::NoteText {
            client_name: around.client.legal_name(),
            record_no: around.client.record_no.clone(),
            links: self.links.iter().filter_map(wording).collect(),
            lines: self.lines.iter().map(|served| (served.clone(), around.wording(served.line))).collect(),
            author: around.author.signature_name(),
            signed_at: around.at,
            format_name: around.formats.name(&self.format).to_owned(),
            begun: around.begun,
            late: around.late,
            ..self.text()
        };
        let facts = NoteFacts {
            format: self.format.clone(),
            service: self.service.clone(),
            links: self.links.clone(),
            words: note::words(self),
            gist: note::gist(self),
            lines: self.lines.clone(),
            off_plan: !self.serves_nothing.is_empty(),
            risk: self.answers.risk,
            used: self.answers.used,
            next: self.answers.next.clone(),
            session: self.session,
            sketch: sketch(self.sections.iter().map(|section| section.text.as_str())),
            contact: around.contact,
            group: self.group,
        };
        Ok((OwnFacts::Note(facts), DocText::of_note(&text)?))
    }

    fn about(&self) -> String {
        if self.addendum_to > 0 {
            format!("addendum to the note of {}", self.service.date)
        } else if self.amends > 0 {
            format!("amendment of the note of {}", self.service.date)
        } else {
            format!("{} note, {}", self.format, self.service.date)
        }
    }

    fn is_blank(&self) -> bool {
        self.sections.iter().all(|section| section.text.trim().is_empty())
    }

    fn signed_words(&self, late: bool) -> &'static str {
        match (self.amends > 0, late) {
            (true, _) => "The amended version is signed.",
            (false, true) => "The note is signed as a LATE ENTRY.",
            (false, false) => "Note signed.",
        }
    }

    fn next_words(&self) -> &'static str {
        "It can be corrected in a new version, and added to."
    }
}

impl Document for Assessment {
    fn amends(&self) -> Number {
        self.amends
    }

    fn reason(&self) -> &str {
        &self.reason
    }

    fn on(&self) -> Date {
        self.date
    }

    fn episode(&self) -> Number {
        self.episode
    }

    /// Something must be rated, and the date must not lie ahead. Cells still carried keep their earlier value and date:
    /// that is how one dimension is re-rated alone.
    fn check(&self, desk: &mut Desk) -> Result<(), Fault> {
        if !self.cells.iter().any(|cell| cell.severity.is_some() && !cell.carried) {
            return Err(Fault::user(
                "Nothing is rated yet. Rate with 0 to 4, or press = to confirm a rating that was carried \
                 forward.",
            ));
        }
        if self.date > desk.now().local.date {
            return Err(Fault::user(
                "The date of the assessment is in the future. Use today or an earlier day.",
            ));
        }
        Ok(())
    }

    fn freeze(&self, around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        let (client, by, number) = (around.client.id, around.author.id, around.number);
        let signed = Self { client, number, by, ..self.clone() };
        Ok((OwnFacts::Assessment(signed), DocText::none()))
    }

    fn about(&self) -> String {
        let what = if self.amends > 0 { "amendment of the assessment" } else { "assessment" };
        format!("{what} {}, {}", self.set, self.date)
    }

    fn is_blank(&self) -> bool {
        let said = |cell: &Cell| !cell.here_and_now.is_empty() || !cell.words.is_empty();
        self.cells.iter().all(|cell| (cell.carried || cell.severity.is_none()) && !said(cell))
    }

    fn signed_words(&self, _late: bool) -> &'static str {
        if self.amends > 0 { "The amended assessment is signed." } else { "The assessment is signed." }
    }

    fn next_words(&self) -> &'static str {
        "The page of priorities (r) shows what follows."
    }
}

/// What a client marked. It is taken over and never signed itself.
impl Document for ClientAnswers {
    fn amends(&self) -> Number {
        0
    }

    fn reason(&self) -> &'static str {
        ""
    }

    fn on(&self) -> Date {
        Date::default()
    }

    fn check(&self, _desk: &mut Desk) -> Result<(), Fault> {
        Err(Fault::user(
            "What a client marked is not signed. Take it over on the plan, with [key:accept-proposal].",
        ))
    }

    fn freeze(&self, _around: &Around<'_>) -> Result<(OwnFacts, DocText), StoreError> {
        Err(StoreError::Malformed { kind: Kind::DocHead })
    }

    fn about(&self) -> String {
        if !self.form.measure.is_empty() {
            let (answered, all) = (self.form.answered(), self.form.answers.len());
            return format!("{}, {answered} of {all} answered", self.form.measure);
        }
        let marked = self.marked().count();
        let signed = if self.signs.is_some() { " and an answer about signing" } else { "" };
        format!("{}{signed}", counted(marked, "line marked", "lines marked"))
    }

    fn is_blank(&self) -> bool {
        Self::is_blank(self)
    }

    fn signed_words(&self, _late: bool) -> &'static str {
        ""
    }

    fn next_words(&self) -> &'static str {
        ""
    }
}

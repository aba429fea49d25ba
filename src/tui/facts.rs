//! What every screen may look at and none may change: theme, keymap, the clock's last reading, who is signed in.
//!
//! Owns [`Cx`]. It must not hold the state of any screen; the app alone writes it.

use super::action::{Action, Scope};
use super::calls::Calls;
use super::keymap::Keymap;
use super::spelling::Spelling;
use super::theme::Theme;
use crate::domain::{Birth, Client, ClientId, Date, HeaderKey, Role, StaffId, Summary};
use crate::packs::{self, DimensionSet, Format, Instrument, Practice, ShortForm};
use crate::rules;
use crate::rules::access::{Capability, Relation, may};
use crate::rules::caseload::CaseloadContext;
use crate::rules::find::{Candidate, Hits};
use crate::service::api::{
    Absence, BackupTicket, ChartView, FrontView, Hours, Now, OwedLine, Person, PhraseLine, SignedIn, Whose,
};
use ratatui::layout::{Rect, Size};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroizing;

/// What was cut or copied in this program, by the person who is signed in. It never leaves it and is overwritten at the lock.
#[derive(Clone, Default)]
pub struct Clip(Zeroizing<String>);

impl fmt::Debug for Clip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clip({} bytes)", self.0.len())
    }
}

impl Clip {
    /// A clipboard with this text.
    pub fn of(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// What is on it.
    pub fn text(&self) -> &str {
        &self.0
    }
}

/// Where a backup is.
#[derive(Clone, Debug)]
pub enum Backing {
    /// It is being written; so many records and changes are.
    Goes { ticket: BackupTicket, done: u64 },
    /// It was not made.
    Failed(String),
}

impl Backing {
    /// What the strip says of it.
    pub fn words(&self) -> String {
        match self {
            Self::Goes { ticket, done } => {
                let percent = (done.saturating_mul(100) / ticket.records().max(1)).min(99);
                format!("backing up, {percent} %")
            }
            Self::Failed(_) => "backup not made".to_owned(),
        }
    }
}

/// The facts, handed to every screen, overlay and widget.
#[derive(Clone, Debug)]
pub struct Cx {
    /// Styles by role, glyphs.
    pub theme: Theme,
    /// Which key means what.
    pub keymap: Keymap,
    /// The clock as it stood when the message came.
    pub now: Now,
    /// Columns and rows of the terminal.
    pub size: Size,
    /// What may be known before sign-in.
    pub front: FrontView,
    /// Who is signed in, and their people. `None` while the desk is locked.
    pub signed_in: Option<SignedIn>,
    /// The charts that are open, as they were told last.
    pub charts: BTreeMap<ClientId, Box<ChartView>>,
    /// What a colleague holds on the day of the session that is being planned.
    pub hours: Option<Box<Hours>>,
    /// Who leaves or is away from when until when, as was answered since the sign-in.
    pub absences: BTreeMap<StaffId, Absence>,
    /// What calls among their people, as counted when the list last changed.
    pub calls: Calls,
    /// What was cut or copied; empty while locked.
    pub clip: Clip,
    /// What is known about words.
    pub spelling: Spelling,
    /// The backup that is being written, or why the last one was not made.
    pub backing: Option<Backing>,
    /// Lists show initials instead of names.
    pub veil: bool,
    /// Lines that what was said last takes up; one while nothing is said.
    pub said_rows: u16,
}

/// `J. R.` of `Jo Rivera`.
fn initials(name: &str) -> String {
    let firsts = name.split([' ', '-']).filter_map(|word| word.graphemes(true).next());
    firsts.map(|first| format!("{}.", first.to_uppercase())).collect::<Vec<_>>().join(" ")
}

/// A birth date as it is typed: the date, the year, `about 35`, or nothing.
pub fn birth_typed(birth: Birth) -> String {
    match birth {
        Birth::On(date) => date.to_string(),
        Birth::Partly { year, month: Some(month) } => format!("{year}-{month:02}"),
        Birth::Partly { year, month: None } => year.to_string(),
        Birth::About { age, .. } => format!("about {age}"),
        Birth::Unknown => String::new(),
    }
}

/// Lines above the content: header and rule.
pub const ABOVE: u16 = 2;
/// Lines below the message: the hints.
const HINTS: u16 = 2;
/// The smallest terminal there is a layout for.
pub const SMALLEST: (u16, u16) = (60, 20);

/// There is no layout for a terminal of this size.
pub fn too_small(size: Size) -> bool {
    size.width < SMALLEST.0 || size.height < SMALLEST.1
}

impl Cx {
    /// The facts at a desk nobody has signed in to.
    pub fn new(theme: Theme, keymap: Keymap, size: Size, front: FrontView, now: Now) -> Self {
        Self {
            theme,
            keymap,
            now,
            size,
            front,
            signed_in: None,
            charts: BTreeMap::new(),
            hours: None,
            absences: BTreeMap::new(),
            calls: Calls::default(),
            clip: Clip::default(),
            spelling: Spelling::default(),
            backing: None,
            veil: false,
            said_rows: 1,
        }
    }

    /// Forgets everything of whoever was signed in. The dictionary stays: it is nobody's.
    pub fn forget(&mut self, theme: Theme, keymap: Keymap) {
        let mut spelling = std::mem::take(&mut self.spelling);
        spelling.forget();
        let front = self.front.clone();
        *self = Self { spelling, ..Self::new(theme, keymap, self.size, front, self.now) };
    }

    /// The key of an action in a scope as people read it, for texts that teach it.
    pub fn key(&self, action: Action, scope: Scope) -> String {
        let key = self.keymap.keys_for(action, &[scope]).into_iter().next();
        let menu = || self.keymap.keys_for(Action::ActionsMenu, &[Scope::Everywhere]).into_iter().next();
        key.or_else(menu).unwrap_or_default()
    }

    /// When this colleague is away or leaves, if it was answered since the sign-in.
    pub fn absence_of(&self, staff: StaffId) -> Option<Absence> {
        self.absences.get(&staff).copied()
    }

    /// Today, on the agency's calendar.
    pub fn today(&self) -> Date {
        self.now.local.date
    }

    /// There is no layout for a terminal of this size: nothing is drawn.
    pub fn is_too_small(&self) -> bool {
        too_small(self.size)
    }

    /// The area between header and message.
    pub fn content(&self) -> Rect {
        self.content_of(self.size.into())
    }

    /// As [`Self::content`], of this frame.
    pub fn content_of(&self, frame: Rect) -> Rect {
        let height = frame.height.saturating_sub(ABOVE + self.said_rows + HINTS);
        Rect { y: frame.y + ABOVE, height, ..frame }
    }

    /// Cells for prose: as many as it may have at most, and no more than there are.
    pub fn prose(&self, most: usize) -> usize {
        most.min(usize::from(self.size.width).saturating_sub(2))
    }

    /// What a page key moves by: no more than any list has rows, so that no row is passed unseen.
    pub fn page(&self) -> usize {
        usize::from(self.content().height).saturating_sub(6).max(1)
    }

    /// The people on the list, in caseload order; none while locked.
    pub fn people(&self) -> &[Person] {
        self.signed_in.as_ref().map_or(&[], |session| &session.people.rows)
    }

    /// What this person owes, and what their people owe.
    pub fn owed(&self) -> &[OwedLine] {
        self.signed_in.as_ref().map_or(&[], |session| &session.owed)
    }

    /// Whose people are on the list.
    pub fn whose(&self) -> Whose {
        self.signed_in.as_ref().map(|desk| desk.people.whose).unwrap_or_default()
    }

    /// All people are on the list (else one's own, or one's team's).
    pub fn shows_all(&self) -> bool {
        self.whose() == Whose::All
    }

    /// The roles of whoever is signed in; none while locked.
    pub fn roles(&self) -> &[Role] {
        self.signed_in.as_ref().map_or(&[], |desk| &desk.staff.roles)
    }

    /// Active members of staff: id and name with credential.
    pub fn colleagues(&self) -> &[(StaffId, String)] {
        self.signed_in.as_ref().map_or(&[], |desk| &desk.colleagues.all)
    }

    /// Those of them who can be somebody's counselor.
    pub fn counselors(&self) -> &[(StaffId, String)] {
        self.signed_in.as_ref().map_or(&[], |desk| &desk.colleagues.counselors)
    }

    /// Those of them who can supervise others.
    pub fn supervisors(&self) -> &[(StaffId, String)] {
        self.signed_in.as_ref().map_or(&[], |desk| &desk.colleagues.supervisors)
    }

    /// The key of the agency's dimension set; empty while locked.
    pub fn set_key(&self) -> &str {
        self.signed_in.as_ref().map_or("", |desk| desk.settings.set.as_str())
    }

    /// The agency's dimension set.
    pub fn set(&self) -> Option<&'static DimensionSet> {
        packs::set(self.set_key())
    }

    /// It is the invented agency.
    pub fn is_demo(&self) -> bool {
        self.signed_in.as_ref().is_some_and(|desk| desk.settings.demo)
    }

    /// The measures of this computer; none while locked.
    pub fn measures(&self) -> impl Iterator<Item = &Instrument> {
        self.signed_in.iter().flat_map(|desk| desk.measures.iter())
    }

    /// The measure of a key.
    pub fn measure(&self, key: &str) -> Option<&Instrument> {
        self.measures().find(|measure| measure.key == key)
    }

    /// The short forms of this computer; none while locked.
    pub fn forms(&self) -> impl Iterator<Item = &ShortForm> {
        self.signed_in.iter().flat_map(|desk| desk.forms.iter())
    }

    /// The short form of a key.
    pub fn form(&self, key: &str) -> Option<&ShortForm> {
        self.forms().find(|form| form.key == key)
    }

    /// Header keys that every note must answer.
    pub fn required_keys(&self) -> &[HeaderKey] {
        self.signed_in.as_ref().map_or(&[], |desk| &desk.settings.notes.required)
    }

    /// Hours after a service from which its note is a late entry.
    pub fn late_after_hours(&self) -> u16 {
        self.signed_in.as_ref().map_or(24, |desk| desk.settings.late_after_hours)
    }

    /// A chart that is open, as it is now.
    pub fn chart(&self, client: ClientId) -> Option<&ChartView> {
        self.charts.get(&client).map(AsRef::as_ref)
    }

    /// One person on the list.
    pub fn person(&self, client: ClientId) -> Option<&Person> {
        self.people().iter().find(|person| person.summary.client == client)
    }

    /// What is known of somebody: of the chart that is open, of the list, or of those beyond it whom one may see.
    pub fn summary(&self, client: ClientId) -> Option<&Summary> {
        let chart = self.chart(client).map(|chart| &*chart.person.summary);
        let beyond = || self.signed_in.as_ref()?.people.beyond.iter().find(|one| one.client == client);
        chart
            .or_else(|| self.person(client).map(|person| &*person.summary))
            .or_else(|| beyond().map(|summary| &**summary))
    }

    /// What due dates and ranks are reckoned with, in the agency's set.
    pub fn caseload(&self) -> Option<CaseloadContext<'_>> {
        let session = self.signed_in.as_ref()?;
        let settings = &session.settings;
        Some(CaseloadContext {
            set: packs::set(&settings.set)?,
            first_assessment_days: settings.first_assessment_days,
            review_days: settings.review_days,
            late_after_hours: settings.late_after_hours,
            choice: &session.due,
        })
    }

    /// Where the people are on the list who are called what was typed, the nearest first, and those whose names are only close; all of
    /// them while nothing is typed.
    pub fn find_people(&self, typed: &str) -> Hits {
        let candidates = self.people().iter().map(|person| Candidate::from(&*person.summary));
        rules::find::find(candidates, typed)
    }

    /// What somebody was found by, where it is not what lists show: `formerly Ana Gomes`, `number 312-555-0142`. Else empty.
    pub fn found_as(&self, summary: &Summary, typed: &str) -> String {
        let (name, legal, former) = (&*summary.name, &*summary.legal, &*summary.former);
        let by = |shown: &[&str]| rules::find::other_name(typed, &summary.find, shown);
        match (by(&[name]), by(&[name, legal]), by(&[name, legal, former])) {
            (None, ..) => rules::find::number_found(typed, &summary.find, &summary.record_no, summary.birth)
                .map_or_else(String::new, |number| format!("number {number}")),
            (Some(_), None, _) => self.listed(legal).into_owned(),
            (_, Some(_), None) => format!("formerly {}", self.listed(former)),
            (.., Some(other)) => format!("also {}", self.listed(&other)),
        }
    }

    /// Whoever is here sees names and phones, and nothing else of anyone.
    pub fn names_only(&self) -> bool {
        self.signed_in.is_some()
            && !Relation::ALL.iter().any(|one| may(self.roles(), Capability::SeeDemographics, *one))
    }

    /// What a list calls a person: the name, or behind the veil the initials.
    pub fn listed<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.veil { Cow::Owned(initials(name)) } else { Cow::Borrowed(name) }
    }

    /// A birth date as lists show it; behind the veil nothing.
    pub fn listed_birth(&self, birth: Birth) -> String {
        if self.veil { String::new() } else { birth_typed(birth) }
    }

    /// What the message line says of a person, by the name that lists give them.
    pub fn listed_in(&self, said: &str, name: &str) -> String {
        if self.veil && !name.is_empty() { said.replace(name, &initials(name)) } else { said.to_owned() }
    }

    /// Who is signed in.
    pub fn me(&self) -> Option<StaffId> {
        self.signed_in.as_ref().map(|session| session.staff.id)
    }

    /// Who may consent for somebody who is not of age, by the agency's table and the place of their program.
    pub fn may_consent(&self, client: &Client, program: Option<&str>) -> Vec<String> {
        let Some(session) = &self.signed_in else { return Vec::new() };
        let chosen = session.due.programs.iter().find(|(name, _)| Some(name.as_str()) == program);
        let place = chosen.map_or("", |(_, due)| rules::consent::place_of(due));
        rules::consent::words(&session.practice.consents, place, client, self.today())
    }

    /// What the agency decided about plans and diagnoses; what ships while nobody is signed in.
    pub fn practice(&self) -> Arc<Practice> {
        self.signed_in.as_ref().map(|session| Arc::clone(&session.practice)).unwrap_or_default()
    }

    /// The note format of a key, shipped or the agency's own.
    pub fn format(&self, key: &str) -> Option<&Format> {
        self.signed_in.as_ref().and_then(|session| session.formats.get(key))
    }

    /// The name of a note format; its key if it is not here any more.
    pub fn format_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.format(key).map_or(key, |format| format.name.as_str())
    }

    /// Snippets and templates by name; of one name the nearest to the person first.
    pub fn phrases(&self) -> &[PhraseLine] {
        self.signed_in.as_ref().map_or(&[], |session| &session.phrases)
    }

    /// Name with credential of a member of staff, as far as they are known here.
    pub fn staff_name(&self, id: StaffId) -> &str {
        let found = self.signed_in.as_ref().and_then(|session| session.colleagues.name_of(id));
        found.unwrap_or("somebody not known here")
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn the_veil_leaves_initials() {
        for (name, veiled) in [("Jo Rivera", "J. R."), ("Zoë Öz-Ahn", "Z. Ö. A."), ("", ""), ("  Kim ", "K.")]
        {
            assert_eq!(initials(name), veiled);
        }
    }
}

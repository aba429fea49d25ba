//! What the page says of one filled-in measure: its change, where it came from, its items.

use super::rows;
use crate::domain::{Administration, CriticalWaiting, Reply, Wording};
use crate::packs::{Instrument, Item};
use crate::rules::plan::words::first_upper;
use crate::rules::scoring::{CutoffState, Fact, score};
use crate::rules::{measured, when};
use crate::service::api::{ChartView, Kept};
use crate::tui::action::{Action, Scope};
use crate::tui::facts::Cx;
use crate::tui::screens::chart::words::at;
use crate::tui::screens::measure::{change_words, shown};
use crate::tui::text;
use crate::tui::theme::Role;
use ratatui::text::{Line, Span};

/// All that is shown of a measure in this chart.
pub(super) struct Page<'a> {
    pub measure: Option<&'a Instrument>,
    /// Its rows, newest first, those in error too.
    pub all: Vec<&'a Kept<Administration>>,
    pub chart: &'a ChartView,
}

impl<'a> Page<'a> {
    pub(super) fn of(key: &str, chart: &'a ChartView, cx: &'a Cx) -> Self {
        Self { measure: cx.measure(key), all: rows::of(key, chart), chart }
    }

    /// Those that are compared with one, in the order of their days.
    fn series(&self, one: &Administration) -> Vec<&'a Administration> {
        let all: Vec<&'a Administration> = self.all.iter().map(|kept| &kept.value).collect();
        measured::series(all.into_iter(), one)
    }

    /// The one before it in its series.
    fn before(&self, one: &Administration) -> Option<&'a Administration> {
        let series = self.series(one);
        let place = series.iter().position(|other| other.number == one.number)?;
        series.get(place.checked_sub(1)?).copied()
    }

    /// The change since the time before, in a few words.
    pub(super) fn row_words(&self, one: &Administration, cx: &Cx) -> String {
        if !one.in_error.is_empty() {
            return "in error".to_owned();
        }
        let Some((measure, scale)) = self.measure.and_then(|it| Some((it, measured::main_scale(it)?))) else {
            return one.findings.first().cloned().unwrap_or_default();
        };
        let now = measured::stored(measure, scale, one);
        if now.score.is_err() {
            return no_total(one);
        }
        let Some(before) = self.before(one) else { return "first".to_owned() };
        let prorated = if now.is_prorated() { ", prorated" } else { "" };
        let change = measured::change_of(measure, before, one);
        let words =
            change.map_or_else(|| cx.theme.glyphs.none.to_owned(), |change| change_words(&change, &now));
        let short = words.split(':').next().unwrap_or_default().to_owned();
        let worded = if other_words(before, one) { ", other wording" } else { "" };
        format!("{short}{prorated}{worded}")
    }

    /// Everything there is to say about one.
    pub(super) fn said(&self, one: &Administration, cx: &Cx) -> Vec<String> {
        if !one.in_error.is_empty() {
            return vec![format!("Entered in error: {}", one.in_error)];
        }
        let mut out = self.scored(one, cx);
        out.extend(one.findings.iter().map(|line| line.trim().to_owned()));
        out.extend(self.taken_back(one, cx));
        if measured::age_on(self.chart.client.value.birth, one.on) != one.age && self.reckons_with_age() {
            out.push("Reckoned with another birth date than the chart has now.".to_owned());
        }
        if one.is_to_be_asked() {
            let key = cx.key(Action::SetState, Scope::Measures);
            out.push(format!(
                "Item {} is not answered: ask. {key} says what came of it.",
                one.ask.join(", ")
            ));
        } else if !one.asked.is_empty() {
            out.push(format!("Asked about item {}: {}", one.ask.join(", "), one.asked));
        }
        if self.before(one).is_some_and(|before| other_words(before, one)) {
            out.push("The form had other words than the time before.".to_owned());
        }
        let by =
            if one.answered_by == "client" { String::new() } else { format!(" by the {}", one.answered_by) };
        out.push(format!("Filled in{by} {}, typed by {}.", one.how.words(), one.by_name));
        out.push(if one.shown { "Shown to the client." } else { "Not shown to the client." }.to_owned());
        out
    }

    /// What the score is called, and its change since the first.
    fn scored(&self, one: &Administration, cx: &Cx) -> Vec<String> {
        let Some((measure, scale)) = self.measure.and_then(|it| Some((it, measured::main_scale(it)?))) else {
            return Vec::new();
        };
        let on = |day| when::short(day, cx.today());
        let mut out = Vec::new();
        let result = one.result(&scale.key);
        if let Some(band) = result.map(|result| &result.band).filter(|band| !band.is_empty()) {
            let verify = if result.is_some_and(|result| result.verify) { " (verify)" } else { "" };
            out.push(format!("{}: {band}{verify}.", on(one.on)));
        }
        let now = measured::stored(measure, scale, one);
        out.extend(now.cutoffs.iter().map(cutoff_words));
        out.extend(now.lacks.iter().map(|fact| lacks_words(*fact).to_owned()));
        let series = self.series(one);
        let first =
            measured::baseline(&series, scale, one.episode).filter(|first| first.taken() < one.taken());
        if let Some((first, change)) =
            first.and_then(|first| Some((first, measured::change_of(measure, first, one)?)))
        {
            out.push(format!("Since {}: {}.", on(first.on), change_words(&change, &now)));
        }
        let class = measured::class_of(measure, &series, one);
        if class != one.class {
            let was = if one.class.is_empty() { "not classed" } else { &one.class };
            out.push(format!(
                "When it was saved it was {was}: an earlier form came in, or its file changed."
            ));
        }
        out
    }

    /// Whether a band, a cut-off or a change of the measure depends on the age.
    fn reckons_with_age(&self) -> bool {
        let depends = |scale: &crate::packs::Scale| {
            let bands = scale.bands.iter().any(|band| band.when.age.is_some());
            bands || scale.cutoffs.iter().any(|cutoff| cutoff.when.age.is_some())
        };
        self.measure.is_some_and(|measure| measure.scales.iter().any(depends))
    }

    /// Critical answers of its sitting that were changed afterwards, or left out by an earlier answer.
    fn taken_back(&self, one: &Administration, cx: &Cx) -> Vec<String> {
        let Some(measure) = self.measure else { return Vec::new() };
        let of_sitting = |kept: &&Kept<CriticalWaiting>| {
            kept.value.measure == one.measure && kept.value.begun == one.begun
        };
        let aside = aside(measure, one);
        let words = |waiting: &CriticalWaiting| {
            let place = measure.item(&waiting.item)?;
            let first = waiting.entries.first()?;
            let now = waiting.entries.last().map_or("", |entry| entry.value.as_str());
            let left_out = aside.contains(&place);
            let name = format!("item {}", waiting.item);
            let is_changed = now != first.value;
            (left_out || is_changed).then(|| {
                let then = match (left_out, now) {
                    (true, _) => "then left out by an earlier answer".to_owned(),
                    (false, "") => "taken back".to_owned(),
                    (false, now) => format!("taken back: {}", answer_words(measure, place, now)),
                };
                let was = answer_words(measure, place, &first.value);
                let when = at(first.at, self.chart, cx);
                format!("The answer to {name} was {was}, {when}, and was {then}.")
            })
        };
        self.chart.criticals.iter().filter(of_sitting).filter_map(|kept| words(&kept.value)).collect()
    }

    /// The items of one, each with its answer and that of the time before.
    pub(super) fn items(&self, one: &Administration, width: usize, cx: &Cx) -> Vec<Line<'static>> {
        let before = self.before(one);
        let wording = self.chart.wordings.iter().find(|words| words.number == one.wording);
        let cells = width.saturating_sub(24).clamp(16, 50);
        let line = |(id, reply): &(String, Reply)| {
            let was = before.map(|before| shown(before.reply(id), true, cx)).unwrap_or_default();
            let changed = before.is_some_and(|before| before.reply(id) != *reply);
            let role = if changed { Role::Normal } else { Role::Dim };
            let now = shown(*reply, true, cx);
            let label = label(self.measure, wording, id);
            let words = format!(
                "      {}{}{}",
                text::left(&label, cells, cx.theme.glyphs.ellipsis),
                text::right(&was, 6, ""),
                text::right(&now, 6, "")
            );
            Line::from(Span::styled(words, cx.theme.style(role)))
        };
        one.answers.iter().map(line).collect()
    }
}

/// `Clinical range, 28 or less for age 13 to 17: yes (verify).`
fn cutoff_words(state: &CutoffState<'_>) -> String {
    let cutoff = state.cutoff;
    let who = cutoff.when.to_string();
    let who = if who.is_empty() { who } else { format!(" for {who}") };
    let met = if state.is_met { "yes" } else { "no" };
    let verify = if cutoff.verify { " (verify)" } else { "" };
    first_upper(&format!("{}, {}{who}: {met}{verify}.", cutoff.words, cutoff.scores()))
}

/// What has to be known to say more of a score.
fn lacks_words(fact: Fact) -> &'static str {
    match fact {
        Fact::Age => "The birth date is missing, so the cut-off for the age is not known.",
        Fact::Sex => "Which of them holds depends on the sex, which no record here says.",
        Fact::By => "Which of them holds depends on who answered.",
    }
}

/// Whether two were asked in different official words.
fn other_words(before: &Administration, one: &Administration) -> bool {
    before.wording > 0 && one.wording > 0 && before.wording != one.wording
}

/// An item in the words in which it was asked, else as the measure calls it.
fn label(measure: Option<&Instrument>, wording: Option<&Wording>, id: &str) -> String {
    if let Some(item) = wording.and_then(|words| words.items.iter().find(|item| item.item == id)) {
        return item.words.clone();
    }
    let item = measure.and_then(|measure| measure.item(id).map(|place| &measure.items[place]));
    item.map_or_else(|| format!("item {id}"), Item::name)
}

/// Places of items that have an answer although an earlier answer leaves them out.
fn aside(measure: &Instrument, one: &Administration) -> Vec<usize> {
    let replies = measured::replies(measure, one);
    score(measure, &replies, &measured::facts(one)).map(|scored| scored.aside).unwrap_or_default()
}

/// An answer in its words: `yes` for 1 where the item has them.
fn answer_words(measure: &Instrument, place: usize, value: &str) -> String {
    let choices = &measure.answers_of(&measure.items[place]).choices;
    let found = choices.iter().find(|choice| choice.key.to_string() == value);
    found.map_or_else(|| value.to_owned(), |choice| choice.words.clone())
}

fn no_total(one: &Administration) -> String {
    match one.ask.as_slice() {
        [] => {
            let missing = one.results.iter().map(|result| result.missing).max().unwrap_or(0);
            format!("no total, {missing} missing")
        }
        asked if one.asked.is_empty() => format!("item {} blank, ask", asked.join(", ")),
        asked => format!("item {} was blank", asked.join(", ")),
    }
}

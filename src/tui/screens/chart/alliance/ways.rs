//! Ways of working on this page: what a client expects, prefers and finds hard, and what stands in the way.

use super::Row;
use crate::domain::{Barrier, RelationStage, WaysOfWorking, counted};
use crate::packs;
use crate::rules::plan::words::first_upper;
use crate::rules::when::{self, Lean};
use crate::service::api::{ChartView, HeardAsk};
use crate::tui::facts::Cx;
use crate::tui::overlay::Item;
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::{ask, asks};
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};

/// What is written down; nothing yet is as good as an empty record.
fn now(chart: &ChartView) -> (WaysOfWorking, u32) {
    let kept = chart.ways.as_ref().map(|kept| (kept.value.clone(), kept.rev));
    kept.unwrap_or_else(|| (WaysOfWorking { client: chart.client.value.id, ..WaysOfWorking::default() }, 0))
}

/// The rows: what is written, then each barrier. None while nothing is written.
pub(super) fn keys(chart: &ChartView) -> Vec<Row> {
    let Some(kept) = &chart.ways else { return Vec::new() };
    std::iter::once(Row::Ways).chain((0..kept.value.barriers.len()).map(Row::Barrier)).collect()
}

/// The heading, with the stage of the relationship.
pub(super) fn heading(ways: &WaysOfWorking, cx: &Cx) -> String {
    let stage = ways.stage.map(|stage| {
        let on =
            ways.stage_on.map(|on| format!(" since {}", when::short(on, cx.today()))).unwrap_or_default();
        format!("   stage: {}{on}", stage.word())
    });
    format!("   Ways of working{}", stage.unwrap_or_default())
}

/// What is written of the work, in one sentence after the other.
pub(super) fn told(ways: &WaysOfWorking, cx: &Cx) -> String {
    let glyphs = &cx.theme.glyphs;
    let part = |name: &str, words: &str| {
        if words.is_empty() { None } else { Some(format!("{name} {}", words.trim_end_matches('.'))) }
    };
    let comfort = ways.comfort.map(|comfort| {
        let hinders = part(", in the way:", &ways.hinders).unwrap_or_default();
        format!("comfort with saying what does not fit: {comfort} of 5{hinders}")
    });
    let differences = part("", &ways.differences)
        .map(|words| format!("{}{}{}", glyphs.quote_open, words.trim(), glyphs.quote_close));
    let parts = [part("prefers", &ways.prefers), part("expects", &ways.expects), comfort, differences];
    let said: Vec<String> = parts.into_iter().flatten().collect();
    if said.is_empty() { "Nothing else is written yet".to_owned() } else { first_upper(&said.join("; ")) }
}

/// `Transport: no bus on Sundays`.
pub(super) fn barrier(barrier: &Barrier) -> String {
    let words = if barrier.words.is_empty() { String::new() } else { format!(": {}", barrier.words) };
    format!("Barrier, {}{words}", barrier.kind)
}

/// What is done about it.
pub(super) fn became(barrier: &Barrier) -> String {
    match (barrier.over, barrier.done.as_str()) {
        (true, "") => "over".to_owned(),
        (true, done) => format!("over: {done}"),
        (false, "") => "nothing is done yet".to_owned(),
        (false, done) => done.to_owned(),
    }
}

/// What the next note has to know, if anything: that it is hard to say, and what nothing is done about.
pub(in crate::tui::screens) fn hint(chart: &ChartView) -> Option<String> {
    let ways = &chart.ways.as_ref()?.value;
    let hard = ways.is_hard_to_say().then(|| "it is hard for them to say what does not fit: ask".to_owned());
    let open = match ways.open_barriers() {
        0 => None,
        many => Some(format!("{} with nothing done yet", counted(many, "barrier", "barriers"))),
    };
    let parts: Vec<String> = hard.into_iter().chain(open).collect();
    (!parts.is_empty()).then(|| first_upper(&parts.join("; ")))
}

fn chosen_stage(form: &Form) -> Option<RelationStage> {
    RelationStage::ALL.into_iter().find(|stage| stage.word() == form.chosen("stage"))
}

/// Writes down how one works with the client, or changes it.
pub(in crate::tui::screens) fn question(chart: &ChartView) -> Vec<Step> {
    let (ways, rev) = now(chart);
    let comfort = ["1", "2", "3", "4", "5"].map(|key| {
        let more = match key {
            "1" => "hard",
            "5" => "easy",
            _ => "",
        };
        Item::new(key, key, more)
    });
    let stages = RelationStage::ALL.map(|stage| Item::new(stage.word(), stage.word(), ""));
    let form = Form::new(
        "Save",
        vec![
            Field::text("prefers", "Prefers", &ways.prefers).hint("pace, language, style, with whom, where"),
            Field::text("expects", "Expects", &ways.expects).hint("of the work and of you"),
            Field::keyed("comfort", "Says what does not fit", comfort.into(), &comfort_key(&ways)),
            Field::text("hinders", "What gets in the way", &ways.hinders),
            Field::text("differences", "Differences", &ways.differences)
                .hint("and identity that matter here, in their words"),
            Field::choice("stage", "Stage", stages.into(), ways.stage.map_or("", RelationStage::word)),
            Field::date("on", "Since", ways.stage_on, Lean::Past),
        ],
    );
    let question = ask(chart, "Ways of working", form, move |form, chart, cx| {
        let (before, _) = now(chart);
        let stage = chosen_stage(form);
        let on = form.date("on", cx.today());
        if on.is_some_and(|on| on > cx.today()) {
            return Err(Wrong::new("on", "The day of the stage is not over yet."));
        }
        let changed = WaysOfWorking {
            prefers: form.typed("prefers"),
            expects: form.typed("expects"),
            comfort: form.chosen("comfort").parse().ok(),
            hinders: form.typed("hinders"),
            differences: form.typed("differences"),
            stage,
            // A new stage begins on the day that was typed for it, else today.
            stage_on: if stage == before.stage {
                on.or(before.stage_on)
            } else {
                on.filter(|on| Some(*on) != before.stage_on)
            },
            ..before.clone()
        };
        if changed == before {
            return Err(Wrong::new("prefers", "Nothing is changed. Press Esc to leave it so."));
        }
        Ok(asks(HeardAsk::Ways { ways: Box::new(changed), rev }))
    });
    vec![question.open()]
}

fn comfort_key(ways: &WaysOfWorking) -> String {
    ways.comfort.map(|comfort| comfort.to_string()).unwrap_or_default()
}

/// What stands in the way, by the agency's list.
fn kinds() -> Vec<Item> {
    let keys = ('1'..='9').chain('a'..='z');
    keys.zip(&packs::lists().barriers)
        .map(|(key, word)| Item::new(key.to_string(), word.clone(), ""))
        .collect()
}

/// Writes down a barrier.
pub(in crate::tui::screens) fn add_barrier(chart: &ChartView) -> Vec<Step> {
    let rev = now(chart).1;
    let form = Form::new(
        "Write it down",
        vec![
            Field::keyed("kind", "What stands in the way", kinds(), "").required(),
            Field::text("words", "In a few words", ""),
            Field::text("done", "What is done about it", "").hint("leave it empty while nothing is"),
        ],
    );
    let question = ask(chart, "A barrier", form, move |form, chart, _| {
        let (mut ways, _) = now(chart);
        let kind = kinds().into_iter().find(|item| item.key == form.chosen("kind")).map(|item| item.label);
        let kind = kind.ok_or_else(|| Wrong::new("kind", "Choose what stands in the way."))?;
        ways.barriers.push(Barrier {
            kind,
            words: form.typed("words"),
            done: form.typed("done"),
            over: false,
        });
        Ok(asks(HeardAsk::Ways { ways: Box::new(ways), rev }))
    });
    vec![question.open()]
}

/// What is done about a barrier, and whether it is over.
pub(super) fn barrier_question(place: usize, chart: &ChartView) -> Vec<Step> {
    let (ways, rev) = now(chart);
    let Some(one) = ways.barriers.get(place).cloned() else { return Vec::new() };
    let states = vec![
        Item::new("1", "still there", ""),
        Item::new("2", "over", "it stays in the chart"),
        Item::new("3", "written by mistake", "it is taken off the list"),
    ];
    let state = if one.over { "2" } else { "1" };
    let form = Form::new(
        "Save",
        vec![
            Field::keyed("state", "It is", states, state).required(),
            Field::text("done", "What is done about it", &one.done),
        ],
    );
    let lines = vec![format!("{}.", barrier(&one))];
    let question = ask(chart, "What is done about it?", form, move |form, chart, _| {
        let (mut ways, _) = now(chart);
        let Some(barrier) = ways.barriers.get_mut(place) else {
            return Err(Wrong::new("", "This barrier is not in the chart any more."));
        };
        barrier.done = form.typed("done");
        barrier.over = form.chosen("state") == "2";
        if form.chosen("state") == "3" {
            ways.barriers.remove(place);
        }
        Ok(asks(HeardAsk::Ways { ways: Box::new(ways), rev }))
    });
    vec![question.lines(lines).open()]
}

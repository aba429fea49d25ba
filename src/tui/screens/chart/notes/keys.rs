//! The header keys of a note: what it answers in a word, and the short answers of its format.
//!
//! Owns the question and how the answers stand on the page. Which keys are asked is the format's to say, which are required
//! the agency's; the others can be answered all the same.

use super::header::{chosen, words_of};
use super::{Notes, words};
use crate::domain::{
    Asked, HeaderAnswers, HeaderKey, NextSession, NoteDraft, NoteField, Number, Reviewed, Stage, WantsCheck,
};
use crate::packs::{Format, FormatField};
use crate::rules::header::{answer_words, is_answered};
use crate::rules::when::Lean;
use crate::service::api::ChartView;
use crate::tui::facts::Cx;
use crate::tui::overlay::{Item, Question};
use crate::tui::screen::Step;
use crate::tui::screens::chart::asking::to_room;
use crate::tui::text;
use crate::tui::theme::Role;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::form::{Form, Wrong};
use ratatui::text::{Line, Span};

/// Ids of the fields of stages and of a format's answers: they are static, so they stand here once.
const STAGES: [&str; 6] = ["stage-1", "stage-2", "stage-3", "stage-4", "stage-5", "stage-6"];
const FIELDS: [&str; 8] =
    ["field-1", "field-2", "field-3", "field-4", "field-5", "field-6", "field-7", "field-8"];

const ASKED: [Asked; 3] = [Asked::NotAsked, Asked::NoneReported, Asked::Present];
const WANTS: [WantsCheck; 2] = [WantsCheck::Same, WantsCheck::Changed];
const REVIEWED: [Reviewed; 3] = [Reviewed::Yes, Reviewed::No, Reviewed::Declined];

/// The label of a key on the page: shorter than in the prompt, so that the answers have room.
fn short(key: HeaderKey) -> &'static str {
    match key {
        HeaderKey::Use => "Use",
        HeaderKey::Wants => "Wants",
        HeaderKey::Next => "Next",
        HeaderKey::View => "View",
        HeaderKey::Risk | HeaderKey::Reviewed | HeaderKey::Stage => key.word(),
    }
}

/// The keys in the order of the prompt: those the format asks, then the others.
fn order(format: Option<&Format>) -> Vec<HeaderKey> {
    let asks = format.map(|format| format.asks.as_slice()).unwrap_or_default();
    let others = HeaderKey::ALL.iter().filter(|key| !asks.contains(key));
    asks.iter().chain(others).copied().collect()
}

/// The question for the answers.
pub(super) fn ask(note: &NoteDraft, chart: &ChartView, cx: &Cx) -> Step {
    let format = cx.format(&note.format);
    let mut fields: Vec<Field> = note
        .fields
        .iter()
        .zip(FIELDS)
        .map(|(given, id)| {
            let asked = format.and_then(|format| format.fields.iter().find(|one| one.key == given.key));
            short_answer(id, given, asked)
        })
        .collect();
    for key in order(format) {
        fields.extend(fields_of(key, note, chart, cx));
    }
    let (links, given) = (note.links.clone(), note.fields.clone());
    Question::form("What this note answers", Form::new("Take over", fields), move |form, cx| {
        let mut fields = given.clone();
        let answers = read(form, &links, &mut fields, cx)?;
        Ok(to_room(|notes: &mut Notes, _, _| notes.take_keys(answers, fields)))
    })
    .open()
}

fn short_answer(id: &'static str, given: &NoteField, asked: Option<&FormatField>) -> Field {
    let prompt = asked.map_or("", |field| field.prompt.as_str());
    match asked.map(|field| field.choices.as_slice()).filter(|choices| !choices.is_empty()) {
        Some(choices) => {
            let items = choices.iter().map(|one| Item::new(one.clone(), one.clone(), "")).collect();
            Field::choice(id, &given.title, items, &given.value)
        }
        None => Field::text(id, &given.title, &given.value).hint(prompt),
    }
}

fn fields_of(key: HeaderKey, note: &NoteDraft, chart: &ChartView, cx: &Cx) -> Vec<Field> {
    if key != HeaderKey::Stage {
        return fields_for(key, &note.answers);
    }
    let field = |(link, id): (&Number, &'static str)| {
        let said = note.answers.stages.iter().find(|(problem, _)| problem == link);
        let label = format!("Stage of {}", words::problem_words(*link, chart));
        let label = text::cut(&label, 20, cx.theme.glyphs.ellipsis).into_owned();
        let now = said.map_or("", |(_, stage)| stage.word());
        Field::choice(id, &label, words_of(&Stage::ALL, Stage::word), now)
    };
    note.links.iter().zip(STAGES).map(field).collect()
}

/// The fields of a key that needs nothing of the chart: each but the stages.
pub(in crate::tui::screens) fn fields_for(key: HeaderKey, answers: &HeaderAnswers) -> Vec<Field> {
    let label = key.word();
    match key {
        HeaderKey::Risk => vec![
            Field::choice("risk", label, words_of(&ASKED, Asked::word), answers.risk.word()),
            Field::text("risk-detail", "  if present, what", &answers.risk_detail)
                .hint("thoughts, plan, means, who else"),
        ],
        HeaderKey::Use => vec![
            Field::choice("use", label, words_of(&ASKED, Asked::word), answers.used.word()),
            Field::text("use-detail", "  if present, what", &answers.used_detail)
                .hint("what, how much, when"),
        ],
        HeaderKey::Wants => vec![
            Field::choice("wants", label, words_of(&WANTS, WantsCheck::word), answers.wants.word()),
            Field::text("wants-detail", "  what now", &answers.wants_detail).hint("in their words"),
        ],
        HeaderKey::Next => vec![
            Field::date("next", label, answers.next.date, Lean::Future).hint("mon, T+1w, 12/4"),
            Field::time("next-time", "  at", &time_typed(answers)).hint("14:00"),
            Field::text("next-words", "  or in words", &answers.next.words).hint("will call"),
        ],
        HeaderKey::View => {
            vec![Field::text("view", label, &answers.view).hint("of the session, in their words")]
        }
        HeaderKey::Reviewed => {
            vec![Field::choice(
                "reviewed",
                label,
                words_of(&REVIEWED, Reviewed::word),
                answers.reviewed.word(),
            )]
        }
        HeaderKey::Stage => Vec::new(),
    }
}

fn time_typed(answers: &HeaderAnswers) -> String {
    answers.next.time.map(|time| time.to_string()).unwrap_or_default()
}

/// What was filled in, checked; an error says what to type instead and names the field.
pub(in crate::tui::screens) fn read(
    form: &Form,
    links: &[Number],
    fields: &mut [NoteField],
    cx: &Cx,
) -> Result<HeaderAnswers, Wrong> {
    let next_time = form.typed("next-time");
    let time = crate::domain::ClockTime::parse(&next_time);
    if !next_time.is_empty() && time.is_none() {
        return Err(Wrong::new("next-time", "\"At\" is not a time of day. Type it like 14:00 or 2 pm."));
    }
    let date = form.date("next", cx.today());
    if date.is_some_and(|date| date < cx.today()) {
        return Err(Wrong::new(
            "next",
            "The next session is in the past. Use today or a later day, such as T+7.",
        ));
    }
    for (asks, detail) in [("risk", "risk-detail"), ("use", "use-detail")] {
        if chosen(&ASKED, Asked::word, form.chosen(asks)) == Some(Asked::NoneReported)
            && !form.typed(detail).is_empty()
        {
            let why = "Risk says \"none reported\", but there are words about it. Choose \"present\", or \
             take the words away.";
            return Err(Wrong::new(detail, why));
        }
    }
    for (given, id) in fields.iter_mut().zip(FIELDS) {
        let picked = form.chosen(id);
        given.value = if picked.is_empty() { form.typed(id) } else { picked.to_owned() };
    }
    let stage = |(link, id): (&Number, &str)| {
        chosen(&Stage::ALL, Stage::word, form.chosen(id)).map(|stage| (*link, stage))
    };
    Ok(HeaderAnswers {
        risk: chosen(&ASKED, Asked::word, form.chosen("risk")).unwrap_or_default(),
        risk_detail: form.typed("risk-detail"),
        used: chosen(&ASKED, Asked::word, form.chosen("use")).unwrap_or_default(),
        used_detail: form.typed("use-detail"),
        wants: chosen(&WANTS, WantsCheck::word, form.chosen("wants")).unwrap_or_default(),
        wants_detail: form.typed("wants-detail"),
        next: NextSession { date, time, words: form.typed("next-words") },
        view: form.typed("view"),
        reviewed: chosen(&REVIEWED, Reviewed::word, form.chosen("reviewed")).unwrap_or_default(),
        stages: links.iter().zip(STAGES).filter_map(stage).collect(),
    })
}

/// The keys the format asks, on one line of the page: answered ones in ink, an unanswered one that is required stands out.
pub(super) fn line(note: &NoteDraft, cells: usize, cx: &Cx) -> Line<'static> {
    let Some(format) = cx.format(&note.format).filter(|_| note.addendum_to == 0) else {
        return Line::default();
    };
    let required = cx.signed_in.as_ref().map(|session| session.settings.notes.required.as_slice());
    let required = required.unwrap_or_default();
    let open = |field: &&FormatField| {
        let given = note.fields.iter().find(|given| given.key == field.key);
        field.required && given.is_none_or(|given| given.value.trim().is_empty())
    };
    let mut parts: Vec<(String, String, bool)> = Vec::new();
    let missing = format.fields.iter().filter(open).count();
    if missing > 0 {
        let first = format.fields.iter().find(open).map(|field| field.title.clone()).unwrap_or_default();
        let more = if missing > 1 { format!(" and {} more", missing - 1) } else { String::new() };
        parts.push((format!("{first}{more}"), String::new(), true));
    }
    for key in format.asks.iter().filter(|key| **key != HeaderKey::Stage || !note.links.is_empty()) {
        let answered = is_answered(*key, &note.answers, &note.links);
        let said = if answered { answer_words(*key, &note.answers, cx.today()) } else { String::new() };
        parts.push((short(*key).to_owned(), said, !answered && required.contains(key)));
    }
    fitted(&parts, cells, cx)
}

/// Cells for each answer: what it needs, and where the line is too short an equal share of what the short ones leave.
fn shares(needs: &[usize], room: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..needs.len()).collect();
    order.sort_by_key(|at| needs[*at]);
    let (mut left, mut out) = (room, vec![0; needs.len()]);
    for (done, at) in order.into_iter().enumerate() {
        let share = left / (needs.len() - done);
        out[at] = needs[at].min(share);
        left -= out[at];
    }
    out
}

/// Label and answer of each part, long answers cut.
fn fitted(parts: &[(String, String, bool)], cells: usize, cx: &Cx) -> Line<'static> {
    let none = cx.theme.glyphs.none;
    let labels: usize = parts.iter().map(|(label, ..)| text::width(label) + 4).sum();
    let needs: Vec<usize> = parts.iter().map(|(_, said, _)| text::width(&text::line(said)).max(1)).collect();
    let shares = shares(&needs, cells.saturating_sub(labels + 1));
    let mut spans = Vec::new();
    let mut used = 0;
    for ((label, said, calls), share) in parts.iter().zip(shares) {
        let said = text::line(said);
        let said = if said.is_empty() { none.to_owned() } else { said.into_owned() };
        let said = text::cut(&said, share.max(3), cx.theme.glyphs.ellipsis).into_owned();
        let wide = text::width(label) + text::width(&said) + 2;
        if used + wide + 1 > cells {
            break;
        }
        used += wide + 2;
        let role = if *calls { Role::Overdue } else { Role::Dim };
        spans.push(Span::styled(format!(" {label} "), cx.theme.style(role)));
        spans.push(Span::raw(format!("{said}  ")));
    }
    Line::from(spans)
}

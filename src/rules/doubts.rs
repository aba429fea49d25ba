//! What is asked about before a note is signed: what it says about danger does not fit, or its day and hour hardly can be.
//!
//! Owns the questions. Nothing is decided here: the author may sign it as it is.

use super::bounds;
use super::deadline::until;
use crate::domain::{Asked, Date, HeaderKey, Moment, NeedFacts, NeedStands, NoteDraft};
use crate::packs::Format;

/// What of the chart a note is held against.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// Admission and discharge of every stay.
    pub stays: &'a [(Date, Option<Date>)],
    /// The needs of the summary.
    pub needs: &'a [NeedFacts],
    /// When the service ended.
    pub ended: Moment,
    /// Now.
    pub now: Moment,
}

/// Words that speak of danger to life. They are only asked about where the header says otherwise.
const DANGER: [&str; 22] = [
    "suicid",
    "passive wish",
    "wish to be dead",
    "wish to die",
    "wishes to die",
    "wants to die",
    "wanted to die",
    "want to die",
    "wants to be dead",
    "not be alive",
    "not wake up",
    "end his life",
    "end her life",
    "end their life",
    "end my life",
    "kill himself",
    "kill herself",
    "kill themsel",
    "kill myself",
    "better off dead",
    "self-harm",
    "homicid",
];

/// Words before a danger that say there is none.
const DENIED: [&str; 9] =
    ["no", "not", "denies", "denied", "denying", "without", "never", "negative", "neither"];

/// Words looked at before a danger for one that denies it.
const BEFORE: usize = 4;

/// Everything to be asked, danger first.
pub fn of_note(note: &NoteDraft, format: &Format, around: &Around<'_>) -> Vec<String> {
    let mut doubts = danger(note, format, around.needs);
    if note.addendum_to > 0 {
        return doubts;
    }
    if around.ended > around.now {
        let left = until(around.ended, around.now);
        doubts.push(format!("The session ends {left}: it is not over yet."));
    }
    doubts.extend(bounds::asked(note.service.date, around.stays));
    doubts
}

/// Where the key Risk does not fit what is written.
pub fn of_danger(note: &NoteDraft, format: &Format) -> Vec<String> {
    danger(note, format, &[])
}

/// Where the key Risk does not fit what is written, or what is open in the chart.
fn danger(note: &NoteDraft, format: &Format, needs: &[NeedFacts]) -> Vec<String> {
    let risk = note.answers.risk;
    if risk == Asked::Present || !format.asks.contains(&HeaderKey::Risk) {
        return Vec::new();
    }
    let says = match risk.word() {
        "" => "is not answered".to_owned(),
        word => format!("says \"{word}\""),
    };
    let mut doubts = Vec::new();
    let detail = note.answers.risk_detail.trim();
    let texts = note.sections.iter().map(|section| section.text.as_str()).chain([detail]);
    if let Some(words) = texts.into_iter().find_map(found) {
        doubts.push(format!("The note speaks of \"{words}\", and Risk {says}."));
    } else if risk == Asked::NotAsked && !detail.is_empty() {
        doubts.push(format!("Risk says \"not asked\" and has words too: \"{detail}\"."));
    }
    let open = needs.iter().filter(|need| !matches!(need.stands, NeedStands::Resolved { .. }));
    let open: Vec<String> = open.map(|need| format!("D{}", need.dimension)).collect();
    if !open.is_empty() && note.addendum_to == 0 {
        doubts.push(format!("An immediate need is open in {}, and Risk {says}.", open.join(", ")));
    }
    doubts
}

/// The first words about danger in a text that nothing right before them denies.
fn found(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    let stands = |phrase: &&&str| {
        text.match_indices(**phrase).any(|(at, _)| {
            let clause = text[..at].rsplit(['.', ';', '!', '?', '\n']).next().unwrap_or_default();
            let words = clause.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            !words.rev().take(BEFORE).any(|word| DENIED.contains(&word))
        })
    };
    DANGER.iter().find(|phrase| stands(phrase)).map(|phrase| match *phrase {
        "suicid" => "suicide",
        "kill themsel" => "kill themselves",
        "homicid" => "homicide",
        whole => whole,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Section;
    use crate::packs;

    fn note(risk: Asked, detail: &str, text: &str) -> NoteDraft {
        let mut note = NoteDraft::default();
        (note.answers.risk, note.answers.risk_detail) = (risk, detail.into());
        note.sections.push(Section { key: "data".into(), title: "Data".into(), text: text.into() });
        note.service.date = Date(20_000);
        note
    }

    fn doubts(note: &NoteDraft, needs: &[NeedFacts]) -> Vec<String> {
        let stays = [(Date(19_000), None)];
        let around = Around { stays: &stays, needs, ended: Moment(0), now: Moment(0) };
        of_note(note, packs::format("DAP").unwrap(), &around)
    }

    #[test]
    fn danger_in_words_and_another_answer_in_the_header_are_asked_about() {
        let asked = doubts(&note(Asked::NotAsked, "passive wish, no plan", "Came on time."), &[]);
        assert_eq!(asked, ["The note speaks of \"passive wish\", and Risk says \"not asked\"."]);
        let asked = doubts(&note(Asked::NoneReported, "", "She said she wants to die."), &[]);
        assert_eq!(asked, ["The note speaks of \"wants to die\", and Risk says \"none reported\"."]);
        let asked = doubts(&note(Asked::Unsaid, "", "Suicidal thoughts at night."), &[]);
        assert_eq!(asked, ["The note speaks of \"suicide\", and Risk is not answered."]);
        assert!(doubts(&note(Asked::Present, "wish to die", "Suicidal."), &[]).is_empty());
        assert!(doubts(&note(Asked::NoneReported, "", "Denies any suicidal thoughts."), &[]).is_empty());
        assert!(!doubts(&note(Asked::NoneReported, "", "Not tired. Suicidal."), &[]).is_empty());
        let asked = doubts(&note(Asked::NotAsked, "was tired", ""), &[]);
        assert_eq!(asked, ["Risk says \"not asked\" and has words too: \"was tired\"."]);
    }

    #[test]
    fn an_open_need_and_a_header_that_does_not_speak_of_it_are_asked_about() {
        let need = |stands| NeedFacts { dimension: 3, stands, ..NeedFacts::default() };
        let open = [need(NeedStands::Confirmed)];
        let asked = doubts(&note(Asked::NotAsked, "", "Came."), &open);
        assert_eq!(asked, ["An immediate need is open in D3, and Risk says \"not asked\"."]);
        assert!(doubts(&note(Asked::Present, "the same", "Came."), &open).is_empty());
        let over = [need(NeedStands::Resolved { on: Date(1) })];
        assert!(doubts(&note(Asked::NotAsked, "", "Came."), &over).is_empty());
    }

    #[test]
    fn an_hour_that_is_not_over_and_a_day_outside_care_are_asked_about() {
        let stays = [(Date(19_999), Some(Date(20_001)))];
        let mut note = note(Asked::NoneReported, "", "Came.");
        let now = Moment(0);
        let around = Around { stays: &stays, needs: &[], ended: Moment(20 * 60_000 - 1), now };
        let format = packs::format("DAP").unwrap();
        assert_eq!(of_note(&note, format, &around), ["The session ends in 20 min: it is not over yet."]);
        let around = Around { ended: now, ..around };
        assert!(of_note(&note, format, &around).is_empty());
        note.service.date = Date(19_998);
        assert!(of_note(&note, format, &around)[0].contains("before the admission"));
        note.service.date = Date(20_002);
        assert!(of_note(&note, format, &around)[0].contains("after the discharge"));
    }
}

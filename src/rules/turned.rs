//! The turned screen beside the plan: a note as it is turned to the client, and what they said about signing, as it is recorded.

use crate::domain::{
    Attested, ClientAnswers, ClientSigns, CopyGiven, Date, NoteText, SignedHow, TurnedPage, TurnedPart,
    TurnedSaid,
};
use crate::packs::{PageWords, fill, page_words};

/// Returns a signed note as it is turned to the client: the day, who signed it and what was written under each heading. What is
/// around it (lines of the plan by number, risk, what was copied) is left out.
pub fn note_page(text: &NoteText, on: Date, name: &str, words: &PageWords) -> TurnedPage {
    let written = text.sections.iter().filter(|section| !section.text.trim().is_empty());
    let parts = written.map(|section| {
        let paragraphs = section.text.split('\n').map(str::trim).filter(|words| !words.is_empty());
        let says = paragraphs.map(|words| TurnedSaid { words: words.to_owned(), ..TurnedSaid::default() });
        TurnedPart { heading: section.title.clone(), says: says.collect() }
    });
    let turned = &words.turned;
    TurnedPage {
        title: fill(&turned.note_title, &[("name", name)]),
        about: fill(&turned.note_about, &[("day", &words.day(on)), ("by", &text.author)]),
        parts: parts.collect(),
        signs: true,
        items: Vec::new(),
    }
}

/// Returns how the client, or a guardian, answered a version, as they said it at the screen; `None` if they said nothing about signing.
pub fn attested(answers: &ClientAnswers, copy: Option<CopyGiven>, given: Date) -> Option<Attested> {
    let words = &page_words(&answers.language).turned;
    let (how, said) = match answers.said_about_signing()? {
        ClientSigns::Signs => (SignedHow::Screen, String::new()),
        ClientSigns::Disagrees => (SignedHow::Declined, words.disagrees.clone()),
        ClientSigns::Declines => (SignedHow::Declined, words.declines.clone()),
    };
    let why = answers.why.trim();
    let why = if why.is_empty() || how == SignedHow::Screen { String::new() } else { format!("“{why}”") };
    let name = if how == SignedHow::Screen { answers.name.trim().to_owned() } else { String::new() };
    let words: Vec<String> = [said, why].into_iter().filter(|part| !part.is_empty()).collect();
    Some(Attested {
        whose: answers.whose(),
        how: Some(how),
        name,
        relation: answers.guardian.relation.trim().to_owned(),
        words: words.join(" "),
        copy,
        given,
        ..Attested::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_turned_without_what_is_around_it() {
        let section = |title: &str, text: &str| crate::domain::Section {
            key: title.to_lowercase(),
            title: title.into(),
            text: text.into(),
        };
        let text = NoteText {
            client_name: "Jo Rivera".into(),
            record_no: "A-1001".into(),
            author: "Rosa Imani LADC".into(),
            links: vec![(1, "low mood".into())],
            sections: vec![section("Data", "Came on time.\n\nSlept."), section("Plan", " ")],
            ..NoteText::default()
        };
        let on = Date::from_ymd(2026, 11, 21).unwrap();
        let page = note_page(&text, on, "Jo", page_words("en"));
        assert_eq!((page.title.as_str(), page.signs), ("What we wrote, Jo", true));
        assert_eq!(page.about, "This is the note of Saturday 21 November 2026. Rosa Imani LADC signed it.");
        let said: Vec<&str> = page.parts[0].says.iter().map(|said| said.words.as_str()).collect();
        assert_eq!((page.parts.len(), said), (1, vec!["Came on time.", "Slept."]));
        let all = format!("{page:?}");
        assert!(!all.contains("low mood") && !all.contains("A-1001"), "{all}");
    }

    #[test]
    fn no_is_recorded_in_the_words_that_were_on_the_page() {
        let said = |signs, language: &str| {
            let answers = ClientAnswers {
                signs,
                language: language.into(),
                name: "Jo".into(),
                why: "Not the Thursdays.".into(),
                ..ClientAnswers::default()
            };
            attested(&answers, None, Date(20_000)).map(|one| (one.how, one.name, one.words))
        };
        assert_eq!(said(None, "en"), None, "nothing is said for a client who said nothing");
        let signed = Some((Some(SignedHow::Screen), "Jo".to_owned(), String::new()));
        assert_eq!(said(Some(ClientSigns::Signs), "en"), signed);
        let no = |words: &str| Some((Some(SignedHow::Declined), String::new(), words.to_owned()));
        assert_eq!(said(Some(ClientSigns::Disagrees), "en"), no("I do not agree. “Not the Thursdays.”"));
        assert_eq!(said(Some(ClientSigns::Declines), "es"), no("Prefiero no firmar. “Not the Thursdays.”"));
    }
}

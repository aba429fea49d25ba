//! A measure or a check-in as it is turned to a client: in its official words or our own, and in no others.

use super::alliance::{CHECK_IN, form_for};
use crate::domain::{
    Date, Hundredths, Moment, Reply, TurnedForm, TurnedItem, TurnedPage, TurnedPart, TurnedSaid, WordedItem,
    Wording,
};
use crate::packs::{Instrument, Item, Licence, PageWords, Respondent, fill};

/// What stands around a form.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// The age of the client, if it is known.
    pub age: Option<u8>,
    /// Whom to tell, and whom the screen goes back to.
    pub counselor: &'a str,
    /// Whom to call, as the agency wrote it.
    pub help_now: &'a str,
    /// The open question of a check-in.
    pub question: &'a str,
    pub on: Date,
    pub begun: Moment,
}

/// Returns the newest official words of a measure that the agency brought in.
pub fn wording_of<'a>(measure: &Instrument, all: &'a [Wording]) -> Option<&'a Wording> {
    all.iter().filter(|one| measure.is_called(&one.measure)).max_by_key(|one| one.number)
}

/// Returns the form as it is turned, and the answers to it, all of them blank.
///
/// # Errors
/// It must not be shown to a client, and why.
pub fn form_page(
    measure: &Instrument,
    wording: Option<&Wording>,
    around: &Around<'_>,
    words: &PageWords,
) -> Result<(TurnedPage, TurnedForm), String> {
    let key = &measure.key;
    measure.may_be_drawn().map_err(|why| format!("{key} is not turned to a client. {why}"))?;
    if measure.private || !measure.by.contains(&Respondent::Client) {
        return Err(format!("{key} is not filled in by the client."));
    }
    if let (Some(from), Some(age)) = (&measure.from_age, around.age)
        && age < from.age
    {
        return Err(format!("{key} is not for people under {}.", from.age));
    }
    let ours = measure.licence == Licence::Own;
    let wording = wording.filter(|_| !ours);
    if !ours && wording.is_none() {
        return Err(format!(
            "The official words of {key} are not here, and a client is shown no others. Your admin brings them in with \
             `concord import questionnaire`. Until then, type it from paper."
        ));
    }
    let form = form_of(measure, around.age);
    let items: Vec<usize> = asked(measure, &form);
    let said: Vec<(String, TurnedItem)> =
        items.iter().map(|at| question(measure, *at, &items, &form, wording)).collect::<Result<_, _>>()?;
    let question = if *key == CHECK_IN { around.question } else { "" };
    let filled = TurnedForm {
        measure: key.clone(),
        version: measure.version,
        form,
        wording: wording.map_or(0, |wording| wording.number),
        begun: around.begun,
        question: question.to_owned(),
        answers: items.iter().map(|at| (measure.items[*at].id.clone(), Reply::Blank)).collect(),
        words: String::new(),
    };
    let title = wording.map_or(&measure.title, |wording| &wording.title);
    let (says, items): (Vec<String>, Vec<TurnedItem>) = said.into_iter().unzip();
    let says = says.into_iter().enumerate().map(|(at, words)| TurnedSaid {
        words,
        item: Some(at),
        ..TurnedSaid::default()
    });
    let open = (!question.is_empty()).then(|| TurnedSaid {
        words: question.to_owned(),
        open: true,
        ..TurnedSaid::default()
    });
    let heading = instructions(wording, words);
    let parts = vec![
        TurnedPart { heading, says: says.chain(open).collect() },
        last(around, wording.map_or(measure.copyright.as_str(), |wording| &wording.copyright), words),
    ];
    let about = fill(&words.form.about, &[("day", &words.day(around.on))]);
    Ok((TurnedPage { title: title.clone(), about, parts, signs: false, items }, filled))
}

/// Which form of a measure somebody of this age fills in.
fn form_of(measure: &Instrument, age: Option<u8>) -> String {
    if measure.key == CHECK_IN {
        return form_for(measure, age);
    }
    measure.forms.first().cloned().unwrap_or_default()
}

/// Places of the items that a form has.
fn asked(measure: &Instrument, form: &String) -> Vec<usize> {
    let has = |item: &Item| item.forms.is_empty() || item.forms.contains(form);
    (0..measure.items.len()).filter(|at| has(&measure.items[*at])).collect()
}

/// What an item asks, and its answers.
fn question(
    measure: &Instrument,
    at: usize,
    items: &[usize],
    form: &str,
    wording: Option<&Wording>,
) -> Result<(String, TurnedItem), String> {
    let item = &measure.items[at];
    let worded = wording.map(|wording| {
        let found = wording.items.iter().find(|one| one.item == item.id);
        found.ok_or_else(|| {
            format!(
                "The official words of {} have none for {}, so it is not shown.",
                measure.key,
                item.name()
            )
        })
    });
    let worded = worded.transpose()?;
    let asks = worded.map_or_else(|| item.labels.get(form).unwrap_or(&item.label), |one| &one.words);
    let not_after = item.asked_by().and_then(|(earlier, from)| {
        let place = items.iter().position(|one| *one == earlier)?;
        let before = &measure.items[earlier];
        let less = |key: &Hundredths| measure.worth(before, *key).is_some_and(|worth| worth < from);
        Some((place, keys(measure, before).into_iter().filter(less).collect()))
    });
    let words_of = |key: Hundredths| answer_words(measure, item, worded, key);
    let choices = keys(measure, item).into_iter().map(|key| (key, words_of(key))).collect();
    Ok((asks.clone(), TurnedItem { choices, not_after }))
}

fn answer_words(measure: &Instrument, item: &Item, worded: Option<&WordedItem>, key: Hundredths) -> String {
    match worded {
        Some(worded) => worded.answers.iter().find(|one| one.key == key).map(|one| one.words.clone()),
        None => {
            measure.answers_of(item).choices.iter().find(|one| one.key == key).map(|one| one.words.clone())
        }
    }
    .unwrap_or_default()
}

/// Every answer an item may have, by what is typed.
fn keys(measure: &Instrument, item: &Item) -> Vec<Hundredths> {
    let set = measure.answers_of(item);
    match &set.range {
        None => set.choices.iter().map(|choice| choice.key).collect(),
        Some(range) => {
            let step = usize::try_from(range.step.0.max(1)).unwrap_or(1);
            (range.lowest.0..=range.highest.0).step_by(step).map(Hundredths).collect()
        }
    }
}

/// What is above the questions.
fn instructions(wording: Option<&Wording>, words: &PageWords) -> String {
    let said = wording.map(|wording| wording.instructions.join(" ")).unwrap_or_default();
    if said.trim().is_empty() { words.form.heading.clone() } else { said }
}

/// The last page, which is the same for everybody: whom to tell if one is not safe, and that the screen goes back.
fn last(around: &Around<'_>, copyright: &str, words: &PageWords) -> TurnedPart {
    let form = &words.form;
    let help: Vec<&str> = around.help_now.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let help = if help.is_empty() { vec![words.sentences.nobody_to_call.as_str()] } else { help };
    let tell = fill(&form.tell, &[("name", around.counselor)]);
    let says = [tell.as_str()].into_iter().chain(help).chain([form.thanks.as_str(), copyright]);
    let says = says.filter(|words| !words.trim().is_empty());
    let says = says.map(|words| TurnedSaid { words: words.to_owned(), ..TurnedSaid::default() }).collect();
    TurnedPart { heading: form.end.clone(), says }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::WordedAnswer;
    use crate::packs::{instruments, page_words};
    use crate::rules::alliance::QUESTIONS;

    fn measure(key: &str) -> &'static Instrument {
        instruments().iter().find(|one| one.key == key).unwrap()
    }

    fn around(age: u8) -> Around<'static> {
        Around {
            age: Some(age),
            counselor: "Rosa Imani",
            help_now: "988, any time",
            question: QUESTIONS[0],
            on: Date::from_ymd(2026, 11, 21).unwrap(),
            begun: Moment(5),
        }
    }

    /// Official words for every item of a measure.
    fn worded(measure: &Instrument) -> Wording {
        let item = |item: &Item| WordedItem {
            item: item.id.clone(),
            words: format!("official {}", item.id),
            answers: keys(measure, item)
                .into_iter()
                .map(|key| WordedAnswer { key, words: format!("answer {key}") })
                .collect(),
        };
        Wording {
            number: 3,
            measure: measure.key.clone(),
            title: "The official title".into(),
            copyright: "(c) its owner".into(),
            items: measure.items.iter().map(item).collect(),
            ..Wording::default()
        }
    }

    #[test]
    fn only_official_words_or_our_own_form_are_shown() {
        let en = page_words("en");
        for one in instruments() {
            let bare = form_page(one, None, &around(40), en);
            assert_eq!(bare.is_ok(), one.licence == Licence::Own && !one.private, "{}", one.key);
            let official = worded(one);
            let Ok((page, form)) = form_page(one, Some(&official), &around(40), en) else {
                let by_client = one.by.contains(&Respondent::Client) && !one.private;
                assert!(one.may_be_drawn().is_err() || !by_client, "{}", one.key);
                continue;
            };
            let labels = one.items.iter().map(|item| &item.label).filter(|label| label.len() > 3);
            let told = format!("{page:?}");
            for label in labels.filter(|_| one.licence != Licence::Own) {
                assert!(!told.contains(label.as_str()), "{}: {label}", one.key);
            }
            assert_eq!(page.items.len(), form.answers.len());
        }
        let mut official = worded(measure("PHQ-9"));
        official.items.remove(4);
        let why = form_page(measure("PHQ-9"), Some(&official), &around(40), en).unwrap_err();
        assert!(why.contains("item 5"), "{why}");
    }

    #[test]
    fn a_youth_reads_their_own_words_in_a_check_in() {
        let en = page_words("en");
        let said = |age| {
            let (page, form) = form_page(measure("check-in"), None, &around(age), en).unwrap();
            assert_eq!((page.items.len(), page.items[0].choices.len()), (3, 5));
            assert!(page.parts[0].says[3].open && form.question == QUESTIONS[0]);
            page.parts[0].says[0].words.clone()
        };
        assert_eq!(said(40), "We worked toward what matters to me");
        assert_eq!(said(15), "We worked on what I care about");
    }

    #[test]
    fn the_last_page_is_the_same_for_everybody() {
        let en = page_words("en");
        let official = worded(measure("PHQ-9"));
        let (page, _) = form_page(measure("PHQ-9"), Some(&official), &around(40), en).unwrap();
        let last: Vec<&str> = page.parts[1].says.iter().map(|said| said.words.as_str()).collect();
        assert_eq!(last.len(), 4);
        assert!(last[0].contains("Rosa Imani") && last[1] == "988, any time" && last[3] == "(c) its owner");
        assert!(last[2].contains("turn the screen back"), "{}", last[2]);
    }

    #[test]
    fn a_question_is_left_out_after_an_answer_that_says_so_and_asked_while_nobody_knows() {
        let screener = measure("C-SSRS screener");
        let official = worded(screener);
        let (page, mut form) = form_page(screener, Some(&official), &around(40), page_words("en")).unwrap();
        let place = |id: &str| form.answers.iter().position(|(item, _)| item == id).unwrap();
        let (two, three) = (place("2"), place("3"));
        assert!(page.is_asked(three, &form.answers), "nobody knows yet");
        let keys: Vec<Hundredths> = page.items[two].choices.iter().map(|(key, _)| *key).collect();
        for key in keys {
            form.answers[two].1 = Reply::Given(key);
            let worth = screener.worth(&screener.items[1], key).unwrap();
            assert_eq!(page.is_asked(three, &form.answers), worth >= Hundredths::whole(1), "{key}");
        }
        form.answers[two].1 = Reply::Declined;
        assert!(page.is_asked(three, &form.answers));
    }
}

//! What a signature under a plan still needs: what its author has to answer, and what every answer of another person has to say.
//!
//! The agency decides what of it keeps a plan from being signed (`packs::Blocks`); what an answer has to say is never left out.

use crate::domain::{Attested, Client, Date, LevelDecision, Party, SignedHow, TookPart, WhyChanged};
use crate::packs::Blocks;
use crate::rules::level::is_unexplained;
use crate::rules::likeness::words_of_client;
use crate::rules::spelling::fold_for_find;

/// What a signer answered so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Answers {
    /// It is the first version of an episode.
    pub first: bool,
    pub why: Option<WhyChanged>,
    pub took_part: Option<TookPart>,
    /// The client's answer is recorded with the signature.
    pub answered: bool,
    pub look_again: Option<Date>,
}

/// Returns what a signer did not answer, by the field it belongs to; `None` if nothing is missing.
pub fn signing_lacks(of: Answers, blocks: Blocks, today: Date) -> Option<(&'static str, &'static str)> {
    if blocks.fields && !of.first && of.why.is_none() {
        return Some(("why", "choose why the plan changed."));
    }
    if blocks.fields && of.took_part.is_none() {
        return Some(("took", "choose how the client took part."));
    }
    if blocks.involvement && of.took_part.is_none() && !of.answered {
        return Some(("took", "choose how the client took part, or record how they signed."));
    }
    of.look_again
        .is_some_and(|on| on < today)
        .then_some(("again", "\"Look again\" is in the past. Use today or a later day, such as T+30."))
}

/// Says that the level of care keeps a plan from being signed; `None` if it does not.
pub fn level_lacks(level: Option<&LevelDecision>, blocks: Blocks) -> Option<&'static str> {
    level
        .filter(|level| blocks.level && is_unexplained(level))
        .map(|_| "the level of care is not the one indicated, and nobody has said why.")
}

/// Returns what an answer to a version lacks, by the field it belongs to; `None` if nothing is missing.
pub fn attested_lacks(of: &Attested, today: Date) -> Option<(&'static str, &'static str)> {
    let empty = |text: &str| text.trim().is_empty();
    let reason = empty(&of.words);
    let lacks = match of.how? {
        SignedHow::Screen if empty(&of.name) => {
            ("name", "the client types their name, or signs another way.")
        }
        // A digit that was meant for a choice is no part of anybody's name.
        SignedHow::Screen if of.name.chars().any(|sign| sign.is_ascii_digit()) => {
            ("name", "a name has no digits: type it as the client writes it.")
        }
        SignedHow::Paper if reason => ("words", "write where the paper is kept."),
        SignedHow::Spoken if reason => ("words", "write why it was spoken and not signed."),
        SignedHow::Spoken if empty(&of.heard_by) => ("heard", "write who heard it."),
        SignedHow::Declined if reason => ("words", "write the reason they gave, or that they gave none."),
        SignedHow::Unable if reason => ("words", "write why they were unable."),
        SignedHow::Unable if of.ask_again.is_none_or(|on| on < today) => {
            ("ask-again", "choose a day to ask again that is not in the past.")
        }
        SignedHow::Guardian if empty(&of.name) => ("name", "write the name of the guardian."),
        SignedHow::Guardian if empty(&of.relation) => {
            ("relation", "write how the guardian is related to the client.")
        }
        _ if of.given > today => ("given", "\"Given on\" is in the future. Use today or an earlier day."),
        _ => match &of.whose {
            Party::Guardian(name) | Party::Participant(name) if empty(name) => {
                ("whose", "write the name of the guardian.")
            }
            _ => return None,
        },
    };
    Some(lacks)
}

/// Whether a typed name has a word of one of this client's names, or the beginning of one.
pub fn is_of_theirs(typed: &str, client: &Client) -> bool {
    let known = words_of_client(client);
    let typed = fold_for_find(typed);
    let mut typed = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    known.is_empty() || typed.any(|word| known.iter().any(|name| name.starts_with(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::PersonName;

    const ALL: Blocks = Blocks { fields: true, involvement: true, level: true };
    const NONE: Blocks = Blocks { fields: false, involvement: false, level: false };

    #[test]
    fn only_what_the_agency_names_keeps_a_plan_from_being_signed() {
        let today = Date(20_000);
        let lacks = |of: Answers, blocks| signing_lacks(of, blocks, today).map(|(field, _)| field);
        let nothing = Answers::default();
        assert_eq!(lacks(nothing, ALL), Some("why"));
        assert_eq!(lacks(Answers { first: true, ..nothing }, ALL), Some("took"));
        let l06 = Blocks { involvement: true, ..NONE };
        assert_eq!(lacks(nothing, l06), Some("took"));
        assert_eq!(lacks(Answers { answered: true, ..nothing }, l06), None, "a signature says it, too");
        assert_eq!(lacks(Answers { took_part: Some(TookPart::Absent), ..nothing }, l06), None);
        assert_eq!(lacks(nothing, NONE), None);
        let past = Answers { look_again: Some(Date(19_999)), ..nothing };
        assert_eq!(lacks(past, NONE), Some("again"), "a day that is over is a slip, whatever is asked");
    }

    #[test]
    fn a_name_of_theirs_has_a_word_of_one_of_their_names() {
        let client = Client {
            name: PersonName { given: "José".into(), family: "Rivera-Núñez".into() },
            preferred: "Jo".into(),
            ..Client::default()
        };
        for name in ["Jo", "jose rivera", "J. Nunez", "NÚÑEZ", "Jo R."] {
            assert!(is_of_theirs(name, &client), "{name}");
        }
        for name in ["lakeside demo", "correct horse", "Sam"] {
            assert!(!is_of_theirs(name, &client), "{name}");
        }
        assert!(is_of_theirs("anybody", &Client::default()), "nobody's name is known");
    }

    #[test]
    fn a_name_at_the_screen_has_letters_and_no_digits() {
        let today = Date(20_000);
        let lacks = |name: &str| {
            let of = Attested { how: Some(SignedHow::Screen), name: name.into(), ..Attested::default() };
            attested_lacks(&of, today).map(|(field, _)| field)
        };
        assert_eq!((lacks(" "), lacks("1Sam Okafor")), (Some("name"), Some("name")));
        assert_eq!((lacks("Sam Okafor"), lacks("Zoë Ødegård")), (None, None));
    }

    #[test]
    fn a_level_nobody_explained_blocks_while_the_agency_wants_it() {
        let gap = LevelDecision { indicated: "3.5".into(), actual: "2.1".into(), ..LevelDecision::default() };
        assert!(level_lacks(Some(&gap), ALL).is_some());
        assert!(level_lacks(Some(&gap), NONE).is_none() && level_lacks(None, ALL).is_none());
        let said = LevelDecision { reason: "waiting list".into(), ..gap };
        assert!(level_lacks(Some(&said), ALL).is_none());
    }
}

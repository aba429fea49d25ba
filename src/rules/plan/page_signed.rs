//! How what stands on the client's page was signed: by the counselor, and by the client or a guardian.

use super::client_page::{Around, Reader};
use super::version::SignedVersion;
use crate::domain::{AskedParty, Attested, Date, SignedHow};
use crate::packs::{PageWords, fill};

/// The signatures of the newest version of a plan.
#[derive(Clone, Copy, Debug)]
pub struct PageSigned<'a> {
    /// The day the counselor signed it.
    pub on: Date,
    /// The plan still reads as it did then.
    pub same: bool,
    /// What the client answered to it last.
    pub client: Option<&'a Attested>,
    /// What a guardian answered to it last, where it is not the same answer.
    pub guardian: Option<&'a Attested>,
}

impl<'a> PageSigned<'a> {
    /// The signatures of a version, which the plan reads like or not.
    pub fn of(version: &'a SignedVersion, same: bool) -> Self {
        let client = version.answer(AskedParty::Client);
        let guardian = version.answer(AskedParty::Guardian);
        let guardian = guardian.filter(|one| one.how != Some(SignedHow::Guardian) || client.is_none());
        Self { on: version.signed, same, client, guardian }
    }
}

/// Whether what stands on the page is signed, and by whom (case N13: a changed plan names no signature as its own).
pub(super) fn how_signed(around: &Around<'_>, words: &PageWords) -> String {
    let sentences = &words.sentences;
    let day = words.day(around.today);
    let with = |sentence: &str, signed: String| fill(sentence, &[("day", &day), ("signed", &signed)]);
    match around.signed {
        None => with(&sentences.not_signed, String::new()),
        Some(signed) if !signed.same => with(&sentences.changed, words.day(signed.on)),
        Some(signed) => {
            let counselor = with(&sentences.signed, words.day(signed.on));
            let answers = [
                signed.client.filter(|one| tells(around.reader, one)).and_then(|one| by_client(one, words)),
                signed.guardian.and_then(|one| by_guardian(one, words)),
            ];
            [counselor].into_iter().chain(answers.into_iter().flatten()).collect::<Vec<_>>().join(" ")
        }
    }
}

/// Whether the reader is told of the client's answer: a guardian is not told that the client did not sign.
fn tells(reader: Reader<'_>, answer: &Attested) -> bool {
    matches!(reader, Reader::Client) || answer.how != Some(SignedHow::Declined)
}

/// How the client answered, as they would say it; `None` where they could not be asked.
fn by_client(answer: &Attested, words: &PageWords) -> Option<String> {
    let sentences = &words.sentences;
    let sentence = match answer.how? {
        SignedHow::Screen | SignedHow::Paper => &sentences.i_signed,
        SignedHow::Spoken => &sentences.i_said_yes,
        SignedHow::Declined => &sentences.i_did_not_sign,
        SignedHow::Guardian => return by_guardian(answer, words),
        SignedHow::Unable => return None,
    };
    Some(fill(sentence, &[("day", &words.day(answer.given))]))
}

/// The signature of a guardian; that they did not sign is not the client's to carry home.
fn by_guardian(answer: &Attested, words: &PageWords) -> Option<String> {
    let signs =
        matches!(answer.how?, SignedHow::Screen | SignedHow::Paper | SignedHow::Spoken | SignedHow::Guardian);
    let name = match (&answer.whose, answer.name.trim()) {
        (crate::domain::Party::Guardian(name), "") => name.trim(),
        (_, typed) => typed,
    };
    let with = [("name", name), ("day", &words.day(answer.given))];
    (signs && !name.is_empty()).then(|| fill(&words.sentences.guardian_signed, &with))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Contract, Party};
    use crate::packs::page_words;

    fn day(day: u32) -> Date {
        Date::from_ymd(2026, 12, day).unwrap()
    }

    fn said(signed: Option<PageSigned<'_>>, language: &str) -> String {
        let around = Around {
            name: "Jo",
            wants: None,
            contract: &Contract::default(),
            counselor: "",
            sessions: &[],
            review: None,
            help_now: "",
            signed,
            today: day(3),
            reader: Reader::Client,
        };
        how_signed(&around, page_words(language))
    }

    fn answered(how: SignedHow, name: &str) -> Attested {
        Attested { how: Some(how), name: name.into(), given: day(2), ..Attested::default() }
    }

    #[test]
    fn a_changed_plan_names_no_signature_as_its_own() {
        let signed = answered(SignedHow::Screen, "Jo Rivera");
        let by = |same| Some(PageSigned { on: day(1), same, client: Some(&signed), guardian: None });
        assert!(said(None, "en").ends_with("It is not signed."));
        let changed = said(by(false), "en");
        assert!(changed.ends_with("and the changes are not signed."), "{changed}");
        assert!(!changed.contains("I signed"), "{changed}");
    }

    #[test]
    fn the_client_reads_how_they_answered_themselves() {
        for (how, words) in [
            (SignedHow::Screen, " I signed it on Wednesday 2 December 2026."),
            (SignedHow::Paper, " I signed it on Wednesday 2 December 2026."),
            (SignedHow::Spoken, " I said yes to it on Wednesday 2 December 2026."),
            (SignedHow::Declined, " I did not sign it."),
            (SignedHow::Guardian, " Ana Rivera signed it for me on Wednesday 2 December 2026."),
            (SignedHow::Unable, ""),
        ] {
            let client = answered(how, "Ana Rivera");
            let by = PageSigned { on: day(1), same: true, client: Some(&client), guardian: None };
            let counselor = "My counselor signed it on Tuesday 1 December 2026.";
            assert_eq!(
                said(Some(by), "en"),
                format!("This is how my plan reads on Thursday 3 December 2026. {counselor}{words}")
            );
        }
    }

    #[test]
    fn a_guardians_signature_stands_beside_the_clients_and_is_told_once() {
        let mut version = SignedVersion { signed: day(1), ..SignedVersion::default() };
        version.attested.push((answered(SignedHow::Screen, "Jo Rivera"), "Rosa Imani LADC".into()));
        let mother =
            Attested { whose: Party::Guardian("Ana Rivera".into()), ..answered(SignedHow::Paper, "") };
        version.attested.push((mother, "Rosa Imani LADC".into()));
        let both = said(Some(PageSigned::of(&version, true)), "es");
        assert!(both.contains("Lo firmé el ") && both.contains("Ana Rivera lo firmó por mí el "), "{both}");
        version.attested = vec![(answered(SignedHow::Guardian, "Ana Rivera"), String::new())];
        let once = said(Some(PageSigned::of(&version, true)), "en");
        assert_eq!(once.matches("Ana Rivera").count(), 1, "{once}");
    }
}

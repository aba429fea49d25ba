//! The client's page as a guardian reads it: their own headings and sentences, in the third person.

use super::client_page::PageWords;
use serde::Deserialize;

/// What is said otherwise to a guardian. In `{client}` is what the client is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuardianWords {
    title: String,
    headings: GuardianHeadings,
    sentences: GuardianSentences,
    turned: GuardianTurned,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardianHeadings {
    want: String,
    why: String,
    agreed: String,
    me: String,
    counselor: String,
    others: String,
    barriers: String,
    know: String,
    dates: String,
    after: String,
    call: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardianSentences {
    not_signed: String,
    signed: String,
    changed: String,
    i_signed: String,
    i_said_yes: String,
    guardian_signed: String,
    if_not_kept: String,
    i_will: String,
    works_for: String,
    complete: String,
    counselor: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuardianTurned {
    declined: String,
    key_declined: [String; 2],
    sign: String,
    not_yet: String,
}

impl PageWords {
    /// Returns the words as they are said to a guardian of somebody who is called so.
    #[must_use]
    pub fn for_guardian(&self, client: &str) -> Self {
        // A name is never read as a place where something is put in.
        let client = client.replace(['{', '}'], "");
        let told = |words: &str| words.replace("{client}", &client);
        let mut out = self.clone();
        let own = &self.guardian;
        out.title = told(&own.title);
        let (to, from) = (&mut out.headings, &own.headings);
        for (to, from) in [
            (&mut to.want, &from.want),
            (&mut to.why, &from.why),
            (&mut to.agreed, &from.agreed),
            (&mut to.me, &from.me),
            (&mut to.counselor, &from.counselor),
            (&mut to.others, &from.others),
            (&mut to.barriers, &from.barriers),
            (&mut to.know, &from.know),
            (&mut to.dates, &from.dates),
            (&mut to.after, &from.after),
            (&mut to.call, &from.call),
        ] {
            *to = told(from);
        }
        let (to, from) = (&mut out.sentences, &own.sentences);
        for (to, from) in [
            (&mut to.not_signed, &from.not_signed),
            (&mut to.signed, &from.signed),
            (&mut to.changed, &from.changed),
            (&mut to.i_signed, &from.i_signed),
            (&mut to.i_said_yes, &from.i_said_yes),
            (&mut to.guardian_signed, &from.guardian_signed),
            (&mut to.if_not_kept, &from.if_not_kept),
            (&mut to.i_will, &from.i_will),
            (&mut to.works_for, &from.works_for),
            (&mut to.complete, &from.complete),
            (&mut to.counselor, &from.counselor),
        ] {
            *to = told(from);
        }
        out.turned.declined = told(&own.turned.declined);
        out.turned.key_declined = own.turned.key_declined.each_ref().map(|words| told(words));
        out.turned.sign = told(&own.turned.sign);
        out
    }

    /// Returns what a guardian reads on a page they cannot sign yet.
    pub fn guardian_not_yet(&self) -> &str {
        &self.guardian.turned.not_yet
    }
}

#[cfg(test)]
mod tests {
    use crate::packs::page_languages;

    /// A guardian is not addressed as the client, in any language.
    #[test]
    fn a_guardian_has_their_own_headings_and_sentences_in_every_language() {
        for words in page_languages() {
            let told = words.for_guardian("Jo {day}");
            assert!(told.title.contains("Jo day"), "{}", told.title);
            let all = format!("{:?} {:?}", told.headings, told.sentences);
            assert!(!all.contains("{client}"), "{all}");
            for (mine, theirs) in [
                (&words.headings.want, &told.headings.want),
                (&words.headings.me, &told.headings.me),
                (&words.headings.counselor, &told.headings.counselor),
                (&words.headings.dates, &told.headings.dates),
                (&words.sentences.i_signed, &told.sentences.i_signed),
                (&words.sentences.i_will, &told.sentences.i_will),
                (&words.sentences.signed, &told.sentences.signed),
                (&words.turned.sign, &told.turned.sign),
            ] {
                assert!(mine != theirs, "{theirs}");
            }
        }
    }
}

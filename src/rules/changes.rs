//! What changed between two versions of a text, word by word.
//!
//! Owns the comparison; the only file that names the diff package. How a change looks is the screen's.

use similar::{ChangeTag, TextDiff};

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both versions.
    Same,
    /// In the older one only.
    Gone,
    /// In the newer one only.
    New,
}

/// A run of words and what became of it. The runs that are not gone make the newer text, those not new the older.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub change: Change,
    /// The words, with the spaces and line ends that are with them.
    pub text: String,
}

/// The runs from the older text to the newer.
pub fn runs(older: &str, newer: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for part in TextDiff::from_words(older, newer).iter_all_changes() {
        let change = match part.tag() {
            ChangeTag::Equal => Change::Same,
            ChangeTag::Delete => Change::Gone,
            ChangeTag::Insert => Change::New,
        };
        match runs.last_mut().filter(|run| run.change == change) {
            Some(run) => run.text.push_str(part.value()),
            None => runs.push(Run { change, text: part.value().to_owned() }),
        }
    }
    join_over_spaces(&runs)
}

/// A space that stayed between two changed words says nothing: the changes around it are one change.
fn join_over_spaces(runs: &[Run]) -> Vec<Run> {
    let between = |at: usize| {
        at > 0
            && at + 1 < runs.len()
            && runs[at].change == Change::Same
            && !runs[at].text.contains('\n')
            && runs[at].text.trim().is_empty()
    };
    let (mut out, mut gone, mut new): (Vec<Run>, String, String) = (Vec::new(), String::new(), String::new());
    let flush = |out: &mut Vec<Run>, gone: &mut String, new: &mut String| {
        for (change, text) in [(Change::Gone, gone), (Change::New, new)] {
            if !text.is_empty() {
                out.push(Run { change, text: std::mem::take(text) });
            }
        }
    };
    for (at, run) in runs.iter().enumerate() {
        match run.change {
            Change::Gone => gone.push_str(&run.text),
            Change::New => new.push_str(&run.text),
            Change::Same if between(at) => {
                gone.push_str(&run.text);
                new.push_str(&run.text);
            }
            Change::Same => {
                flush(&mut out, &mut gone, &mut new);
                out.push(run.clone());
            }
        }
    }
    flush(&mut out, &mut gone, &mut new);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(runs: &[Run], without: Change) -> String {
        runs.iter().filter(|run| run.change != without).map(|run| run.text.as_str()).collect()
    }

    fn shown(runs: &[Run]) -> String {
        let show = |run: &Run| match run.change {
            Change::Same => run.text.clone(),
            Change::Gone => format!("[-{}-]", run.text),
            Change::New => format!("{{+{}+}}", run.text),
        };
        runs.iter().map(show).collect()
    }

    #[test]
    fn changed_words_stand_out_and_the_rest_stays() {
        assert_eq!(shown(&runs("Came on time.", "Came on time.")), "Came on time.");
        assert_eq!(shown(&runs("Came on time.", "Came late.")), "Came [-on time.-]{+late.+}");
        assert_eq!(shown(&runs("", "New.")), "{+New.+}");
        assert_eq!(shown(&runs("Gone.", "")), "[-Gone.-]");
        let both = runs("One.\nTwo.\n", "One.\nTwo.\nThree.\n");
        assert_eq!(both.last().unwrap(), &Run { change: Change::New, text: "Three.\n".into() });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn both_versions_can_be_read_from_the_runs(older in "[a-c \né]{0,60}", newer in "[a-c \né]{0,60}") {
            let runs = runs(&older, &newer);
            prop_assert_eq!(text(&runs, Change::New), older);
            prop_assert_eq!(text(&runs, Change::Gone), newer);
        }
    }
}

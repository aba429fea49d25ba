//! Samples of safety plans.

use super::samples::{JO, s};
use concord::domain::*;
use concord::store::DocText;

pub fn plan() -> SafetyPlan {
    SafetyPlan {
        client: JO,
        episode: 2,
        on: Date(20_050),
        signs: s("The radiator starts."),
        coping: s("radio on"),
        company: s("the laundromat"),
        help: s("Lidia 555-0117"),
        services: s("988"),
        place: s("tablets are at Lidia's"),
        worth: s("Fridays"),
        look_again: Some(Date(20_080)),
        took_part: Some(TookPart::Together),
        participants: s("L., sister"),
        from: 6 << 24 | 1,
        amends: 6 << 24 | 2,
        reason: s("wrong number"),
    }
}

pub fn facts() -> SafetyFacts {
    SafetyFacts { look_again: Some(Date(20_080)), took_part: Some(TookPart::Distance), from: 3, words: 14 }
}

pub fn text() -> DocText {
    let text = SafetyText {
        client_name: s("Jo Rivera"),
        record_no: s("A-1001"),
        author: s("Rosa Imani LADC"),
        plan: plan(),
    };
    DocText::of_safety(&text).unwrap()
}

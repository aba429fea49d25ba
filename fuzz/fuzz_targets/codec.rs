//! Payloads of every kind of record, as a damaged seal can never let them through and a bug might: no panic, no huge
//! allocation, and what decodes encodes again to something that decodes to the same.
#![no_main]

use concord::domain::{
    Access, AgencySettings, Client, Cover, DueChoice, Episode, HandOver, HouseRules, ImmediateNeed, ImportRun, Imported,
    Lexicon, Miss, NoteHead, NoteLife, Phrase, Problem, Remark, Session, Staff, Summary, Task, TaskDone, Team, Triage,
    Wants,
};
use concord::store::{Anchor, AuditRecord, DraftHead, Front, Login, Place, Record};
use libfuzzer_sys::fuzz_target;

fn one<R: Record>(schema: u8, payload: &[u8]) {
    let Ok(record) = R::decode(schema, payload) else { return };
    let bytes = record.encode().expect("what was read can be written");
    let again = R::decode(R::SCHEMA, &bytes).expect("what was written can be read");
    assert_eq!(bytes, again.encode().expect("and written again"));
}

fuzz_target!(|input: &[u8]| {
    let [kind, schema, payload @ ..] = input else { return };
    let read: [fn(u8, &[u8]); 32] = [
        one::<AgencySettings>,
        one::<Client>,
        one::<Episode>,
        one::<ImmediateNeed>,
        one::<ImportRun>,
        one::<Imported>,
        one::<NoteHead>,
        one::<Problem>,
        one::<Staff>,
        one::<Summary>,
        one::<Wants>,
        one::<Anchor>,
        one::<AuditRecord>,
        one::<DraftHead>,
        one::<Front>,
        one::<Login>,
        one::<Place>,
        one::<Access>,
        one::<Cover>,
        one::<DueChoice>,
        one::<HandOver>,
        one::<HouseRules>,
        one::<Lexicon>,
        one::<Miss>,
        one::<NoteLife>,
        one::<Phrase>,
        one::<Remark>,
        one::<Session>,
        one::<Task>,
        one::<TaskDone>,
        one::<Team>,
        one::<Triage>,
    ];
    read[usize::from(*kind) % read.len()](schema % 4, payload);
});

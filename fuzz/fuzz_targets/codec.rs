//! Payloads of every kind of record, as a damaged seal can never let them through and a bug might: no panic, no huge
//! allocation, and what decodes encodes again to something that decodes to the same.
#![no_main]

use concord::store::{ForKind, Kind, Record};
use libfuzzer_sys::fuzz_target;

struct ReadAndWrite<'a>(&'a [u8]);

impl ForKind for ReadAndWrite<'_> {
    type Out = ();

    fn with<R: Record>(self) {
        let Ok(record) = R::decode(self.0) else { return };
        let bytes = record.encode().expect("what was read can be written");
        let again = R::decode(&bytes).expect("what was written can be read");
        assert_eq!(bytes, again.encode().expect("and written again"));
    }
}

fuzz_target!(|input: &[u8]| {
    let [kind, payload @ ..] = input else { return };
    Kind::ALL[usize::from(*kind) % Kind::ALL.len()].with(ReadAndWrite(payload));
});

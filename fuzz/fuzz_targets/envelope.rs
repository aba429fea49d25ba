//! Sealed values as they come from a disk: only what was sealed opens, and only in its own place.
#![no_main]

use concord::vault::{Envelope, SymKey, open, seal};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let key = SymKey::from_bytes([7; 32]);
    let _ = Envelope::read(input);
    assert!(open(&key, b"its place", input).is_err(), "bytes from nowhere opened");
    let [at, change, plain @ ..] = input else { return };
    let mut sealed = seal(&key, 1, 2, b"its place", plain).expect("sealed");
    assert_eq!(open(&key, b"its place", &sealed).expect("opens").plain.as_slice(), plain);
    assert!(open(&key, b"another place", &sealed).is_err());
    let at = usize::from(*at) % sealed.len();
    sealed[at] ^= change;
    assert_eq!(open(&key, b"its place", &sealed).is_ok(), *change == 0);
    sealed.truncate(at);
    assert!(open(&key, b"its place", &sealed).is_err());
});

//! Bytes: passphrases, key pairs, sealing.

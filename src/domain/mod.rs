//! What counselors talk about: pure types.

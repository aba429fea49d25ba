//! What follows from the domain: pure functions.

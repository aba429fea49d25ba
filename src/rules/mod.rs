//! What follows from the domain: pure functions.

pub mod caseload;

//! The order of the caseload (being written on its own branch; this is the type that crosses the desk).

/// What follows from a client's summary today.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// Why the client stands where they stand, short.
    pub why: String,
}

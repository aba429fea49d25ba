//! Progress: what notes say of a line.

use super::super::fields::numbered;
use super::super::header::Progress;
use super::super::{ClientId, Date, Number};
use super::line::LineRef;

/// A line that a note works on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Served {
    pub line: LineRef,
    /// How far it has come; for a method it says nothing.
    pub progress: Progress,
    /// The same in a sentence.
    pub sentence: String,
    /// Minutes of a method that shared the session with others, 0 = all of the session.
    pub minutes: u16,
}

numbered!(Served { 1 line, 2 progress, 3 sentence, 4 minutes });

/// What one note says of a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrailMark {
    pub note: Number,
    /// The day of its service.
    pub on: Date,
    /// How far the line has come.
    pub progress: Progress,
    /// The same in a sentence; kept for the newest ones only.
    pub sentence: String,
    /// Minutes, for a method.
    pub minutes: u16,
}

numbered!(TrailMark { 1 note, 2 on, 3 progress, 4 sentence, 5 minutes });

/// The progress of a line. It is derived from signed notes that count, in the unit that changes one. Its number is
/// [`LineRef::key`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    pub client: ClientId,
    pub line: LineRef,
    /// What the newest notes say, oldest first.
    pub marks: Vec<TrailMark>,
    /// How many notes work on the line in all.
    pub count: u32,
}

numbered!(Trail { 1 client, 2 line, 3 marks, 4 count });

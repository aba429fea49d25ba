use super::Rounds;
use super::table::Line;
pub(crate) fn desk(_: &Rounds, _: &mut Vec<Line>) {}
pub(crate) fn echo(_: &Rounds, _: &mut Vec<Line>) {}

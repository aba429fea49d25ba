//! A computer's clock that fell back: asked about before anybody signs in, so that nothing is dated by it unseen.
//!
//! A battery that is empty puts a clock to 1970 or 2020. What is signed then carries that day for good.

use super::api::{Answer, Door};
use super::books::is_behind;
use super::desk::{ClockSaid, Desk};
use super::door;
use super::fault::Fault;
use crate::domain::{Act, Moment};

/// Signs in or comes back by a clock that is behind.
pub(super) fn by_this_clock(desk: &mut Desk, is_right: bool, door: Door) -> Result<Answer, Fault> {
    if !matches!(door, Door::SignIn { .. } | Door::Resume { .. }) {
        return Err(Fault::internal("only signing in is asked about the clock"));
    }
    desk.clock_said = Some(if is_right { ClockSaid::Right } else { ClockSaid::GoOn });
    let answer = door::handle(desk, door);
    desk.clock_said = None;
    answer
}

/// Asks about the clock if it is behind and nobody has said anything about it. The keys must be here.
pub(super) fn question(desk: &Desk) -> Option<Answer> {
    let newest = behind(desk)?;
    desk.clock_said.is_none().then(|| Answer::ClockBehind { newest: desk.clock.local(newest) })
}

/// Records what was said about a clock that is behind, before anything else is.
pub(super) fn record(desk: &mut Desk) -> Result<(), Fault> {
    let (Some(_), Some(said)) = (behind(desk), desk.clock_said) else { return Ok(()) };
    let act = match said {
        ClockSaid::Right => Act::ClockTrusted,
        ClockSaid::GoOn => Act::ClockBehind,
    };
    if said == ClockSaid::Right {
        let now = desk.moment();
        desk.books_mut().newest = now;
    }
    let unit = desk.own_unit(act)?;
    desk.record(unit)
}

/// The moment of the last entry, if the clock is before it.
pub(super) fn behind(desk: &Desk) -> Option<Moment> {
    let newest = desk.books().newest;
    is_behind(desk.moment(), newest).then_some(newest)
}

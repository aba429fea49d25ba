//! Opening the desk of an engine, or founding an agency on an empty one. Entered by boot.

use super::books::Books;
use super::desk::Desk;
use super::fault::Fault;
use super::founding::{Founding, found};
use crate::clock::{Clock, Ids};
use crate::store::{Cost, Engine};

/// What an engine held.
pub enum Opened {
    /// An agency: its desk.
    Desk(Box<Desk>),
    Empty,
}

/// Opens the desk of the agency on this engine, if there is one.
pub fn open(engine: Box<dyn Engine>, clock: &Clock, ids: &Ids) -> Result<Opened, Fault> {
    Ok(match Books::open(engine)? {
        Ok(books) => Opened::Desk(Box::new(Desk::new(books, clock, ids.clone())?)),
        Err(_) => Opened::Empty,
    })
}

/// Founds an agency on an empty engine. Returns its desk, nobody signed in, and the 24 words of the recovery phrase.
pub fn begin(
    engine: Box<dyn Engine>,
    founding: &Founding,
    clock: &Clock,
    ids: &Ids,
    cost: Cost,
) -> Result<(Desk, String), Fault> {
    let (books, words) = found(engine, founding, clock, ids, cost)?;
    Ok((Desk::new(books, clock, ids.clone())?, words.join(" ")))
}

/// The cheapest derivation the store allows, for tests and the demo.
pub fn cheapest_cost() -> Cost {
    Cost::FLOOR
}

/// A derivation of about half a second on this machine, for a real agency. Takes a second or two.
pub fn calibrated_cost() -> Cost {
    crate::store::passphrase::calibrate()
}

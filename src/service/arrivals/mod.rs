//! Those who come from another system: what is added to a chart that is here, whom a roster admits, and who somebody is whom an
//! import left out because they look like somebody here. The import itself is in the room above.

pub(super) mod admit;
mod look_alikes;
pub(super) mod more;

pub(super) use look_alikes::{count, decide, load, reload, show};

//! The front desk: the only door to the store.

pub mod api;
pub mod fault;

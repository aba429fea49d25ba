//! The front desk: the only door to the store.

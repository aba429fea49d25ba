//! Typed records = domain + engine + vault.

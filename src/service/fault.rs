//! What went wrong, for whom, and what to do about it.

use std::fmt;

/// The kinds of fault; one place maps each to how it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The person asked for something that cannot be done as asked; nothing changed.
    User,
    /// It can be done, but is likely a slip; nothing changed. Asked again with `even_so` it is done.
    Doubt,
    /// They may not.
    Denied,
    /// The record changed since they looked; nothing was overwritten.
    Conflict,
    /// The desk is locked or nobody is signed in.
    Locked,
    /// A settings file or option is wrong.
    Config,
    /// The disk or the store refused.
    Storage,
    /// The store does not answer while it is opened, and will not in this process.
    Stuck,
    Internal,
}

/// A fault: what happened in one sentence, and what to do next. Never a client's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Fault {
    /// For presentation and exit codes.
    pub kind: FaultKind,
    pub what: String,
    /// What to do next, if there is something.
    pub hints: Vec<String>,
    /// The piece of what was asked that it is about, by its name in the record; empty if it is about the whole.
    pub about: &'static str,
}

impl Fault {
    /// A fault of a kind.
    pub fn new(kind: FaultKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), hints: Vec::new(), about: "" }
    }

    /// The person asked for something that cannot be done as asked.
    pub fn user(what: impl Into<String>) -> Self {
        Self::new(FaultKind::User, what)
    }

    /// They may not.
    pub fn denied(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Denied, what)
    }

    /// The disk or the store refused.
    pub fn storage(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Storage, what)
    }

    /// Stored files that do not match, and in what.
    pub fn mismatch(what: &str) -> Self {
        Self::storage(format!("Something in the stored files does not match: {what}. Tell your admin."))
    }

    /// A record that somebody else changed meanwhile; `what` names it.
    pub fn changed(what: &str) -> Self {
        let what = format!("Somebody changed {what} after you opened it, so nothing was saved.");
        Self::new(FaultKind::Conflict, what)
    }

    pub fn internal(what: impl Into<String>) -> Self {
        Self::new(FaultKind::Internal, what)
    }

    /// With its sentences worded by this.
    #[must_use]
    pub fn worded(self, word: impl Fn(&str) -> String) -> Self {
        let hints = self.hints.iter().map(|hint| word(hint)).collect();
        Self { what: word(&self.what), hints, ..self }
    }

    /// About this piece of what was asked: a form puts the cursor there.
    #[must_use]
    pub fn about(self, piece: &'static str) -> Self {
        Self { about: piece, ..self }
    }

    /// With something to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        for hint in &self.hints {
            write!(f, " {hint}")?;
        }
        Ok(())
    }
}

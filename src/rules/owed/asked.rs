//! What a second person decides on.

/// What somebody can ask for that a second person decides, besides what is said of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// To remove every record of a chart whose time is over.
    Purge,
    /// To link two charts as one person's.
    Link,
    /// To unlink two charts again.
    Unlink,
}

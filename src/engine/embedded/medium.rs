//! What the journal writes on: a file, or in tests a file whose refusals are ordered.
//!
//! Owns the seam between the journal and the disk, so that a full disk, a short write and a failed sync can be shown.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// A file as far as the journal changes it.
pub(super) trait Medium: Send {
    /// Writes all of it at this place.
    fn write(&mut self, bytes: &[u8], at: u64) -> io::Result<()>;
    /// Makes the content durable.
    fn sync(&mut self) -> io::Result<()>;
    /// Makes content and length durable, after the file has grown or was cut.
    fn sync_length(&mut self) -> io::Result<()>;
    /// Cuts the file.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Medium for File {
    fn write(&mut self, bytes: &[u8], at: u64) -> io::Result<()> {
        self.write_all_at(bytes, at)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn sync_length(&mut self) -> io::Result<()> {
        self.sync_all()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }
}

/// The file itself, unless a test ordered one that refuses.
pub(super) fn of(file: File) -> Box<dyn Medium> {
    #[cfg(test)]
    return faulty::make(file);
    #[cfg(not(test))]
    Box::new(file)
}

#[cfg(test)]
pub(super) mod faulty {
    //! Refusals ordered by a test, on this thread.

    use super::{File, FileExt, Medium, io};
    use std::cell::Cell;

    /// What the medium refuses from now on.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub(in crate::engine::embedded) struct Orders {
        /// Writes stop with "no space left" after so many bytes.
        pub(in crate::engine::embedded) room: Option<u64>,
        /// So many syncs fail.
        pub(in crate::engine::embedded) failing_syncs: u32,
        pub(in crate::engine::embedded) no_cut: bool,
    }

    thread_local! {
        static ORDERS: Cell<Orders> = const { Cell::new(Orders { room: None, failing_syncs: 0, no_cut: false }) };
    }

    /// Gives the orders for this thread.
    pub(in crate::engine::embedded) fn order(orders: Orders) {
        ORDERS.set(orders);
    }

    struct Faulty(File);

    /// A medium that obeys the orders of the thread that uses it.
    pub(super) fn make(file: File) -> Box<dyn Medium> {
        Box::new(Faulty(file))
    }

    impl Medium for Faulty {
        fn write(&mut self, bytes: &[u8], at: u64) -> io::Result<()> {
            let orders = ORDERS.get();
            match orders.room {
                Some(room) if room < bytes.len() as u64 => {
                    // A short write: what fits is written, the rest is refused.
                    self.0.write_all_at(&bytes[..room as usize], at)?;
                    ORDERS.set(Orders { room: Some(0), ..orders });
                    Err(io::ErrorKind::StorageFull.into())
                }
                Some(room) => {
                    ORDERS.set(Orders { room: Some(room - bytes.len() as u64), ..orders });
                    self.0.write_all_at(bytes, at)
                }
                None => self.0.write_all_at(bytes, at),
            }
        }

        fn sync(&mut self) -> io::Result<()> {
            sync_fails()?;
            self.0.sync_data()
        }

        fn sync_length(&mut self) -> io::Result<()> {
            sync_fails()?;
            self.0.sync_all()
        }

        fn cut(&mut self, length: u64) -> io::Result<()> {
            if ORDERS.get().no_cut { Err(io::Error::from_raw_os_error(5)) } else { self.0.set_len(length) }
        }
    }

    fn sync_fails() -> io::Result<()> {
        let orders = ORDERS.get();
        match orders.failing_syncs.checked_sub(1) {
            Some(failing_syncs) => {
                ORDERS.set(Orders { failing_syncs, ..orders });
                Err(io::Error::from_raw_os_error(5))
            }
            None => Ok(()),
        }
    }
}

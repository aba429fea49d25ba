//! The steps of one commit: room, journal, image.

use std::sync::PoisonError;

use super::journal::NotAppended;
use super::{Batch, EmbeddedEngine, Engine, Key, Outcome, Stands, State, files, frame};
use crate::engine::core::CoreSum;

impl EmbeddedEngine {
    /// Refuses a batch that would eat into the reserve.
    pub(super) fn check_room(&self, batch: &Batch) -> Result<(), String> {
        if self.options.reserve_bytes == 0 {
            return Ok(());
        }
        let bytes: usize = batch.puts.iter().map(|put| Key::LEN + 4 + put.value.len()).sum();
        // Journal and image together take about five times what goes in.
        let needed = self.options.reserve_bytes.saturating_add(5 * bytes as u64);
        match files::bytes_free(&self.dir) {
            Some(free) if free < needed && batch.deletes.len() < batch.puts.len().max(1) => Err(format!(
                "the disk is nearly full ({} MiB free); nothing was saved. Make room and try again.",
                free >> 20
            )),
            _ => Ok(()),
        }
    }

    /// Journal first, then the image. What the image refuses is saved all the same.
    pub(super) fn write(&mut self, batch: &Batch, frame: &frame::Frame, core: &CoreSum) -> Outcome {
        let appended =
            self.with_files(|files| Ok(files.journal.append(frame).map(|()| files.journal.tip().hash)));
        let hash = match appended {
            Ok(Ok(hash)) => hash,
            Ok(Err(NotAppended::NotSaved(error))) => {
                return Outcome::NotSaved(format!("{} Nothing was saved.", files::refusal(error.kind())));
            }
            Ok(Err(NotAppended::Unknown(error))) => {
                self.state.replace(State::Down);
                let said = files::refusal(error.kind()).to_owned();
                return match self.settled(&batch.id) {
                    Ok(false) => Outcome::NotSaved(said),
                    // It is there, but a disk that has just failed a sync is not believed at once.
                    Ok(true) | Err(_) => Outcome::Unknown(said),
                };
            }
            Err(error) => return Outcome::NotSaved(error.to_string()),
        };
        self.head.set(frame.tally.head);
        self.stands.set(Stands { core: core.core(), hash });
        // An image that fails is opened again, or built again, by the next call; one that does not answer is given up.
        let applied = self.with_files(|files| {
            files.live.apply((frame, core), hash, files.journal.place())?;
            Ok(files.live.meta().clone())
        });
        if let Ok(meta) = applied {
            *self.acknowledged.lock().unwrap_or_else(PoisonError::into_inner) = meta;
        }
        Outcome::Ok
    }
}

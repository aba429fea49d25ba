//! The service thread: owns the desk, answers asks in order.

use super::api::{Ask, Reply};
use super::desk::Desk;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How long the desk waits before it tries again to write what a lock sealed and the disk refused.
const RETRY: Duration = Duration::from_secs(2);

/// Starts the thread. It ends, and drops the desk (the clean stop), when the asking side hangs up.
pub fn spawn(
    mut desk: Desk,
    asks: Receiver<Ask>,
    reply: impl Fn(Reply) + Send + 'static,
) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("service".to_owned()).spawn(move || {
        loop {
            let next = if desk.has_waiting() {
                asks.recv_timeout(RETRY)
            } else {
                asks.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match next {
                Ok(ask) => reply(desk.answer(ask)),
                Err(RecvTimeoutError::Timeout) => desk.retry_waiting(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        desk.retry_waiting();
    })
}

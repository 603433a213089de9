//! The wish to stop, as a future. What waits for it takes any future, so that a test needs no signal.

use std::io;

/// Resolves when the process is asked to stop: SIGTERM (container engines, service managers) or SIGINT (Ctrl-C).
///
/// # Errors
/// When the handlers cannot be installed; PID 1 without one would ignore the signal and be killed later.
pub fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut stops = stops()?;
    Ok(async move {
        stops.recv().await;
        tracing::info!("asked to stop");
    })
}

#[cfg(unix)]
struct Stops {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
fn stops() -> io::Result<Stops> {
    use tokio::signal::unix::{SignalKind, signal};
    Ok(Stops { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
}

#[cfg(unix)]
impl Stops {
    async fn recv(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Stops;

#[cfg(not(unix))]
fn stops() -> io::Result<Stops> {
    Ok(Stops)
}

#[cfg(not(unix))]
impl Stops {
    async fn recv(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            // Nobody can ask: run on.
            std::future::pending::<()>().await;
        }
    }
}

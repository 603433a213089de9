//! The listener's connections: few at once, each for a short while, so that nobody who can reach the port holds the
//! process's files and memory by sending slowly, not reading, or doing nothing.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Sleep, sleep};

/// A probe, a scrape and a person or two, with room.
const AT_ONCE: usize = 32;
/// From the first byte of the first header to the last of the last answer. Prometheus connects anew after it.
const LONGEST: Duration = Duration::from_secs(10);

/// Takes connections, and no more than there is room for; others wait in the system's queue.
pub(super) struct Connections {
    listener: TcpListener,
    room: Arc<Semaphore>,
    longest: Duration,
}

/// A connection that ends in time.
pub(super) struct Connection {
    stream: TcpStream,
    end: Pin<Box<Sleep>>,
    _room: Option<OwnedSemaphorePermit>,
}

impl Connections {
    pub(super) fn new(listener: TcpListener) -> Self {
        Self::within(listener, AT_ONCE, LONGEST)
    }

    fn within(listener: TcpListener, at_once: usize, longest: Duration) -> Self {
        Self { listener, room: Arc::new(Semaphore::new(at_once)), longest }
    }
}

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        // Nobody closes the semaphore.
        let room = Arc::clone(&self.room).acquire_owned().await.ok();
        let (stream, from) = Listener::accept(&mut self.listener).await;
        (Connection { stream, end: Box::pin(sleep(self.longest)), _room: room }, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connection {
    /// `done`, unless it waits and the time is over.
    fn in_time<T>(&mut self, cx: &mut Context<'_>, done: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        match done {
            Poll::Pending => self.end.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into())),
            done => done,
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_read(cx, into);
        self.in_time(cx, done)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.in_time(cx, done)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_flush(cx);
        self.in_time(cx, done)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let done = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.in_time(cx, done)
    }
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use tokio::io::AsyncReadExt;
    use tokio::io::AsyncWriteExt;
    use tokio::time::timeout;

    use super::*;

    async fn both(at_once: usize) -> (Connections, [TcpStream; 2]) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let streams = [TcpStream::connect(at).await.unwrap(), TcpStream::connect(at).await.unwrap()];
        (Connections::within(listener, at_once, Duration::from_millis(50)), streams)
    }

    #[tokio::test]
    async fn the_next_waits_until_one_is_gone() {
        let (mut one_place, _streams) = both(1).await;
        let (first, _) = one_place.accept().await;
        assert!(timeout(Duration::from_millis(100), one_place.accept()).await.is_err(), "no room");
        drop(first);
        assert!(timeout(Duration::from_secs(15), one_place.accept()).await.is_ok());
        let (mut two_places, _streams) = both(2).await;
        let (_first, _) = two_places.accept().await;
        assert!(timeout(Duration::from_secs(15), two_places.accept()).await.is_ok());
    }

    #[tokio::test]
    async fn who_says_nothing_and_who_reads_nothing_is_cut_off() {
        let (mut connections, _streams) = both(2).await;
        let (mut silent, _) = connections.accept().await;
        let read = timeout(Duration::from_secs(15), silent.read_u8()).await.unwrap();
        assert_eq!(read.unwrap_err().kind(), ErrorKind::TimedOut);
        let (mut unread, _) = connections.accept().await;
        // More than any socket's buffer.
        let written = timeout(Duration::from_secs(15), unread.write_all(&vec![0; 64 << 20])).await.unwrap();
        assert_eq!(written.unwrap_err().kind(), ErrorKind::TimedOut);
    }
}

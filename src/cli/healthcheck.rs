//! `healthcheck`: asks the running bot's listener over loopback, for containers without a shell.
//!
//! A plain socket with a deadline: one request line, one status line, no HTTP client and no runtime.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use super::exit::{Exit, Fault};
use super::record::stripped;
use crate::config::Config;

/// Below the 5 s that container engines are told to wait.
const DEADLINE: Duration = Duration::from_secs(3);
/// More than the status line and the word in the body need.
const LONGEST_ANSWER: usize = 4096;

/// Exit 0 when the bot is healthy, 1 when it is not, 2 when the listener is off.
pub(super) fn run(config: &Config, out: &mut dyn Write) -> Result<Exit, Fault> {
    let Some(at) = config.listen else {
        return Err(Fault::User("the listener is off (service.listen): there is nobody to ask".to_owned()));
    };
    let (said, exit) = match ask(reachable(at)) {
        Ok(answer) => match answer.split_whitespace().nth(1) {
            Some("200") => ("healthy".to_owned(), Exit::Done),
            _ => (format!("unhealthy: {}", answer.lines().last().unwrap_or_default()), Exit::NotFound),
        },
        Err(error) => (format!("unhealthy: nobody answers at {at}: {error}"), Exit::NotFound),
    };
    writeln!(out, "{said}")?;
    Ok(exit)
}

fn ask(at: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&at, DEADLINE)?;
    stream.set_read_timeout(Some(DEADLINE))?;
    stream.set_write_timeout(Some(DEADLINE))?;
    stream.write_all(format!("GET /readyz HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let started = Instant::now();
    let mut answer = Vec::new();
    let mut part = [0; 512];
    // A deadline for the whole answer, not for each of its bytes.
    while started.elapsed() < DEADLINE && answer.len() < LONGEST_ANSWER {
        match stream.read(&mut part)? {
            0 => return Ok(stripped(&String::from_utf8_lossy(&answer))),
            n => answer.extend_from_slice(part.get(..n).unwrap_or_default()),
        }
    }
    Err(io::Error::from(io::ErrorKind::TimedOut))
}

/// Whoever listens everywhere is asked on loopback.
fn reachable(at: SocketAddr) -> SocketAddr {
    let ip = match at.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, at.port())
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;
    use crate::config::Env;

    fn asked(listen: &str) -> (Result<Exit, Fault>, String) {
        let text = format!("[service]\nlisten = \"{listen}\"");
        let config = Config::from_text("test", &text, &Env::new()).unwrap();
        let mut out = Vec::new();
        let exit = run(&config, &mut out);
        (exit, String::from_utf8(out).unwrap())
    }

    /// A listener that gives one answer.
    fn answering(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap().to_string();
        std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 1024];
            let read = stream.read(&mut request).unwrap();
            assert!(request[..read].starts_with(b"GET /readyz HTTP/1.1\r\n"));
            stream.write_all(answer.as_bytes()).unwrap();
        });
        at
    }

    #[test]
    fn exit_codes() {
        let rows = [
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", Exit::Done, "healthy\n"),
            ("HTTP/1.1 503 Service Unavailable\r\n\r\ndisconnected", Exit::NotFound, "unhealthy: disconnected\n"),
            ("", Exit::NotFound, "unhealthy: \n"),
        ];
        for (answer, want, said) in rows {
            let (exit, out) = asked(&answering(answer));
            assert_eq!((exit.unwrap(), out.as_str()), (want, said));
        }
    }

    #[test]
    fn nobody_there() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (exit, out) = asked(&free.to_string());
        assert_eq!(exit.unwrap(), Exit::NotFound);
        assert!(out.starts_with("unhealthy: nobody answers at 127.0.0.1:"), "{out}");
        assert!(matches!(asked("off").0, Err(Fault::User(_))));
    }
}

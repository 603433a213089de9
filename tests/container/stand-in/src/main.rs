//! Discord and a name server for container.sh, on loopback: the sandbox behind a line protocol.
//!
//! First it prints `api URL`, `token TOKEN`, and `dns ADDRESS PORT` or `dns none WHY`; then it answers every line of
//! standard input with a line, and ends with its input.

use std::error::Error;
use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use discord_sandbox::{Clock, Sandbox, World, small};
use tokio::runtime::Runtime;

/// On Linux all of 127/8 is loopback, and hardly anything else sits on port 53 of this address.
const NAME_SERVER: Ipv4Addr = Ipv4Addr::new(127, 0, 53, 53);

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Runtime::new()?;
    let sandbox = Arc::new(runtime.block_on(Sandbox::start(World::small(), Clock::new()))?);
    say(&format!("api {}", sandbox.api_base()))?;
    say(&format!("token {}", small::TOKEN))?;
    let visited = Arc::new(AtomicBool::new(false));
    match serve_names(&visited) {
        Ok(port) => say(&format!("dns {NAME_SERVER} {port}"))?,
        Err(error) => say(&format!("dns none {error}"))?,
    }
    for line in io::stdin().lines() {
        let line = line?;
        let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match command {
            "mention" => mention(&runtime, &sandbox, rest),
            "requests" => sandbox.requests().len().to_string(),
            "visited" => visited.load(Ordering::SeqCst).to_string(),
            "violations" => {
                let all: Vec<String> = sandbox.violations().iter().map(ToString::to_string).collect();
                format!("{} {}", all.len(), all.join("; ").replace('\n', " "))
            }
            _ => format!("unknown command {command}"),
        };
        say(&answer)?;
    }
    Ok(())
}

fn say(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// A person mentions the bot with a question: the body of its answer, or `none`.
fn mention(runtime: &Runtime, sandbox: &Arc<Sandbox>, question: &str) -> String {
    let message = sandbox.mention(small::GENERAL, small::ADA, question);
    let waiting = Arc::clone(sandbox);
    // The sandbox panics where nothing comes: in a task that is a value.
    let answer = runtime.block_on(runtime.spawn(async move { waiting.answer_to(message).await }));
    answer.map_or_else(|_| "none".to_owned(), |sent| sent.body.to_string())
}

/// Answers every question for a name with the address of a listener, and notes who comes there: proof that a name was
/// looked up and the answer understood. Gives the listener's port.
fn serve_names(visited: &Arc<AtomicBool>) -> io::Result<u16> {
    let socket = UdpSocket::bind((NAME_SERVER, 53))?;
    let listener = TcpListener::bind((NAME_SERVER, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        let mut query = [0; 512];
        while let Ok((length, from)) = socket.recv_from(&mut query) {
            let Some(answer) = query.get(..length).and_then(answered) else { continue };
            // A lost answer is asked for again.
            let _ = socket.send_to(&answer, from);
        }
    });
    let visited = Arc::clone(visited);
    thread::spawn(move || {
        for _ in listener.incoming().flatten() {
            visited.store(true, Ordering::SeqCst);
        }
    });
    Ok(port)
}

/// RFC 1035: the question again, with one A record; none for other types, so that IPv6 is not waited for.
fn answered(query: &[u8]) -> Option<Vec<u8>> {
    let name = query.get(12..)?.iter().position(|byte| *byte == 0)?;
    let question = query.get(12..12 + name + 5)?;
    let is_a = question.get(name + 1..name + 3)? == [0, 1];
    let mut answer = query.get(..2)?.to_vec();
    answer.extend([0x81, 0x80, 0, 1, 0, u8::from(is_a), 0, 0, 0, 0]);
    answer.extend(question);
    if is_a {
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
        answer.extend(NAME_SERVER.octets());
    }
    Some(answer)
}

//! `ask --batch`: a question a line in, a JSON record a line out, in order. A bad line is a record too, never the end.

use std::io::{BufRead, Read, Write};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::context::scope;
use super::exit::{Exit, Fault};
use super::record::{ErrorRecord, Record};
use crate::answer::{Asker, Engine, Sessions};

/// A longer line is no question; reading on would only fill the memory.
const LONGEST_LINE: u64 = 64 * 1024;

/// Some editors begin a file with it; it is no part of the question.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A line that starts with `{`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Option<Value>,
    q: String,
    story: Option<String>,
    /// Lines with one value are one conversation, in order; without one a line stands alone.
    session: Option<Value>,
}

/// Answers every line of `input`.
pub(super) fn run(
    engine: &Engine,
    everything: Asker,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> Result<Exit, Fault> {
    let mut exit = Exit::Done;
    let mut number = 0;
    let mut sessions = Sessions::default();
    let started = Instant::now();
    while let Some(line) = next_line(input)? {
        number += 1;
        let parsed = line.map_err(|error| (None, None, error)).and_then(|text| parse(&text));
        let answered =
            parsed.and_then(|line| answer(engine, everything, line, (&mut sessions, started.elapsed()), out));
        match answered {
            Ok(written) => written?,
            Err((id, q, error)) => {
                exit = Exit::Failed;
                let error = format!("line {number}: {error}");
                print(&ErrorRecord::new(id, q.as_deref(), error), out)?;
            }
        }
        out.flush()?;
    }
    Ok(exit)
}

type Bad = (Option<Value>, Option<String>, String);

fn answer(
    engine: &Engine,
    everything: Asker,
    line: Line,
    (sessions, now): (&mut Sessions, Duration),
    out: &mut dyn Write,
) -> Result<Result<(), Fault>, Bad> {
    let scope = match &line.story {
        None => everything.scope,
        some => match scope(engine, some.as_deref()) {
            Ok(scope) => scope,
            Err(error) => return Err((line.id, Some(line.q), error)),
        },
    };
    let started = Instant::now();
    let session = line.session.as_ref().filter(|session| !session.is_null()).map(Value::to_string);
    let state = session.as_ref().map(|key| sessions.get(key, now)).unwrap_or_default();
    let (reply, state) = engine.talk_as(Asker { scope, ..everything }, &line.q, &state);
    if let Some(key) = session {
        sessions.put(&key, now, state);
    }
    let us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    Ok(print(&Record::new(line.id, &line.q, &reply, us), out))
}

/// The next line without its end, or why it is no text; None at the end of the input.
fn next_line(input: &mut dyn BufRead) -> Result<Option<Result<String, String>>, Fault> {
    let mut bytes = Vec::new();
    let read = input.take(LONGEST_LINE + 1).read_until(b'\n', &mut bytes).map_err(Fault::Input)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() as u64 > LONGEST_LINE {
        skip_line(input)?;
        return Ok(Some(Err(format!("a question has at most {LONGEST_LINE} bytes"))));
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(Some(String::from_utf8(bytes).map_err(|_| "the line is not UTF-8 text".to_owned())))
}

fn skip_line(input: &mut dyn BufRead) -> Result<(), Fault> {
    loop {
        let buffer = input.fill_buf().map_err(Fault::Input)?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|b| *b == b'\n');
        let used = end.map_or(buffer.len(), |at| at + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

fn parse(text: &str) -> Result<Line, Bad> {
    let text = text.trim_end_matches('\r');
    if !text.trim_start().starts_with('{') {
        return Ok(Line { id: None, q: text.to_owned(), story: None, session: None });
    }
    serde_json::from_str(text).map_err(|e| {
        let said = e.to_string();
        let cause = said.split(" at line ").next().unwrap_or(&said);
        let error =
            format!("not a question in JSON, column {}: {cause}; write {{\"id\": 1, \"q\": \"...\"}}", e.column());
        // JSON of the wrong shape still says whose line it is.
        let id = serde_json::from_str::<Value>(text).ok().and_then(|line| line.get("id").cloned());
        (id, None, error)
    })
}

fn print(record: &impl Serialize, out: &mut dyn Write) -> Result<(), Fault> {
    let text = serde_json::to_string(record).map_err(std::io::Error::from)?;
    writeln!(out, "{text}").map_err(Fault::from)
}

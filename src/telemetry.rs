//! Logging set-up: people's lines on a terminal, JSON otherwise, on standard error.
//!
//! Never message text, never a token: what this program logs is ids, counts and causes, and the libraries below it are
//! held at errors, because serenity 0.12.5 prints whole payloads in a warning (`gateway/ws.rs`, "Err deserializing").

use std::io::{self, IsTerminal};

use thiserror::Error;
use tracing::Subscriber;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::config::{Format, Log};

/// The set-up is done already.
#[derive(Debug, Error)]
#[error("logging is set up already")]
pub struct Twice;

/// Sets logging up for the whole process; `no_color` is whether `NO_COLOR` is set.
///
/// # Errors
/// When it was done before.
pub fn start(log: &Log, no_color: bool) -> Result<(), Twice> {
    let terminal = io::stderr().is_terminal();
    subscriber(log, terminal, no_color, io::stderr).try_init().map_err(|_| Twice)
}

/// Everything that a log line goes through, for any writer.
fn subscriber<W>(log: &Log, terminal: bool, no_color: bool, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let json = match log.format {
        Format::Auto => !terminal,
        Format::Human => false,
        Format::Json => true,
    };
    let lines = fmt::layer().with_writer(writer);
    let lines = match json {
        true => lines.json().flatten_event(true).with_span_list(false).boxed(),
        false => lines.with_ansi(terminal && !no_color).boxed(),
    };
    registry().with(lines.with_filter(targets(log)))
}

fn targets(log: &Log) -> Targets {
    let own = env!("CARGO_PKG_NAME");
    let rooms = log.rooms.iter().map(|(room, level)| (format!("{own}::{room}"), *level));
    Targets::new().with_default(log.level.min(LevelFilter::ERROR)).with_target(own, log.level).with_targets(rooms)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(log: &Log) -> String {
        let kept = Kept::default();
        let writer = kept.clone();
        tracing::subscriber::with_default(subscriber(log, false, true, move || writer.clone()), || {
            tracing::info!(target: "onrecord::answer", "room");
            tracing::debug!(target: "onrecord::discord", guild = 7, "turned up");
            tracing::warn!(target: "serenity::gateway::ws", "text: a secret");
            tracing::error!(target: "serenity::gateway::shard", "broken");
        });
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn rooms_have_levels_and_libraries_stay_quiet() {
        let rooms = vec![("discord", LevelFilter::DEBUG)];
        let log = Log { level: LevelFilter::INFO, rooms, format: Format::Auto, text: false };
        let text = logged(&log);
        let lines: Vec<serde_json::Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        let said: Vec<&str> = lines.iter().filter_map(|l| l["message"].as_str()).collect();
        assert_eq!(said, ["room", "turned up", "broken"]);
        assert_eq!(lines[1]["guild"], 7);
        let human = logged(&Log { format: Format::Human, ..log });
        assert!(human.contains("onrecord::discord: turned up guild=7") && !human.contains('\u{1b}'), "{human}");
    }
}

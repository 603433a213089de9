//! The configuration: defaults < onrecord.toml < environment, validated once into types that cannot be wrong.
//!
//! `keys` is the one table of what can be set; `endpoint`, `log` and `token` hold the values that need rules. The
//! environment comes in as a value, so that a test needs no process. No secret is ever part of a `Config`.

mod endpoint;
mod keys;
mod log;
mod token;

use std::collections::HashMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use config::{ConfigError, File, FileFormat, Map, Source, Value, ValueKind};
use serde::Deserialize;
use thiserror::Error;

pub use endpoint::Endpoint;
pub use keys::{reference, shown};
pub use log::{Format, Log};
pub use token::{NoToken, Token};

use crate::answer::Thresholds;

/// The environment: names and values.
pub type Env = HashMap<String, String>;

/// Read where no other file is named; it need not exist.
pub const DEFAULT_FILE: &str = "onrecord.toml";

/// Variables that set keys look like `ONRECORD__SERVICE__LISTEN`.
const PREFIX: &str = "ONRECORD";
const SEPARATOR: &str = "__";

/// Everything that can be set, valid.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The folder with the story files.
    pub knowledge: PathBuf,
    /// Where "answer" and "nearest" begin.
    pub thresholds: Thresholds,
    /// Which server the bot talks to.
    pub endpoint: Endpoint,
    /// Where health is asked; None: nowhere.
    pub listen: Option<SocketAddr>,
    /// What is logged, and how.
    pub log: Log,
}

/// What is wrong with a configuration, a line a problem.
#[derive(Debug, Error)]
#[error("{}", .0.join("\n"))]
pub struct Faulty(Vec<String>);

/// The process's environment, without what is not UTF-8: no key of ours is.
pub fn environment() -> Env {
    std::env::vars_os().filter_map(|(k, v)| Some((k.into_string().ok()?, v.into_string().ok()?))).collect()
}

impl Config {
    /// Reads `file` (None: `onrecord.toml`, if there is one) and `env`.
    ///
    /// # Errors
    /// When a named file cannot be read, and for every key that does not exist or has no valid value.
    pub fn load(file: Option<&Path>, env: &Env) -> Result<Self, Faulty> {
        let path = file.unwrap_or_else(|| Path::new(DEFAULT_FILE));
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && file.is_none() => String::new(),
            Err(e) => return Err(Faulty(vec![format!("cannot read the configuration {}: {e}", path.display())])),
        };
        Self::from_text(&path.display().to_string(), &text, env)
    }

    /// Reads `text`, which errors call `name`, and `env`.
    ///
    /// # Errors
    /// As for [`Config::load`].
    pub fn from_text(name: &str, text: &str, env: &Env) -> Result<Self, Faulty> {
        let layers = layers(name, text, env)?;
        let unknown = keys::unknown(&layers, name);
        if !unknown.is_empty() {
            return Err(Faulty(unknown));
        }
        let typed = Value::new(None, ValueKind::Table(layers)).try_deserialize::<Typed>();
        typed.map_err(|e| Faulty(vec![wrong_type(&e, name)]))?.validated()
    }
}

/// Defaults, file and environment, one over the other.
fn layers(name: &str, text: &str, env: &Env) -> Result<Map<String, Value>, Faulty> {
    // An empty variable is how compose files write "not set".
    let env: Map<String, String> =
        env.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.clone(), v.clone())).collect();
    let env =
        config::Environment::with_prefix(PREFIX).prefix_separator(SEPARATOR).separator(SEPARATOR).source(Some(env));
    let file = File::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text), FileFormat::Toml);
    let defaults = File::from_str(&reference(), FileFormat::Toml);
    let built = config::Config::builder().add_source(defaults).add_source(file).add_source(env).build();
    built.and_then(|built| built.collect()).map_err(|e| Faulty(vec![format!("{name}: {}", one_line(&e.to_string()))]))
}

/// The TOML parser draws a picture over several lines: the first says where, the last says what.
fn one_line(message: &str) -> String {
    let mut lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    lines.next_back().map_or_else(|| first.to_owned(), |last| format!("{first}: {last}"))
}

fn wrong_type(error: &ConfigError, name: &str) -> String {
    let (key, origin, found) = match error {
        ConfigError::Type { key, origin, unexpected, .. } => (key, origin, Some(unexpected)),
        ConfigError::At { key, origin, .. } => (key, origin, None),
        other => return format!("{name}: {}", one_line(&other.to_string())),
    };
    let place = origin.as_deref().unwrap_or(name);
    let key = key.as_deref().unwrap_or_default();
    let found = found.map_or_else(|| "has the wrong type".to_owned(), |found| format!("is {found}"));
    format!("{place}: `{key}` {found}; it should be {}", keys::expected(key))
}

/// The keys with their types, as they stand in the three layers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    knowledge: KnowledgeKeys,
    answer: AnswerKeys,
    discord: DiscordKeys,
    service: ServiceKeys,
    log: LogKeys,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnowledgeKeys {
    dir: PathBuf,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerKeys {
    answer_at: f32,
    nearest_at: f32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DiscordKeys {
    api_base: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceKeys {
    listen: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LogKeys {
    level: String,
    format: String,
}

impl Typed {
    fn validated(self) -> Result<Config, Faulty> {
        let mut problems = Vec::new();
        let mut keep = |key: &str, problem: String| {
            problems.push(format!("`{key}` {problem}; it should be {}", keys::expected(key)));
        };
        if self.knowledge.dir.as_os_str().is_empty() {
            keep("knowledge.dir", "is empty".to_owned());
        }
        let thresholds = Thresholds { answer_at: self.answer.answer_at, nearest_at: self.answer.nearest_at };
        for (key, value) in [("answer.answer_at", thresholds.answer_at), ("answer.nearest_at", thresholds.nearest_at)] {
            if !(0.0..=1.0).contains(&value) {
                keep(key, format!("is {value}"));
            }
        }
        if thresholds.nearest_at > thresholds.answer_at {
            keep("answer.nearest_at", format!("is above `answer.answer_at` ({})", thresholds.answer_at));
        }
        let endpoint = self.discord.api_base.as_deref().map_or(Ok(Endpoint::Discord), Endpoint::parse);
        let endpoint = endpoint.map_err(|problem| keep("discord.api_base", problem)).ok();
        let listen = listen(&self.service.listen).map_err(|problem| keep("service.listen", problem)).ok();
        let log = Log::parse(&self.log.level, &self.log.format);
        let log = log.map_err(|(key, problem)| keep(key, problem)).ok();
        match (endpoint, listen, log) {
            (Some(endpoint), Some(listen), Some(log)) if problems.is_empty() => {
                Ok(Config { knowledge: self.knowledge.dir, thresholds, endpoint, listen, log })
            }
            _ => Err(Faulty(problems)),
        }
    }
}

fn listen(typed: &str) -> Result<Option<SocketAddr>, String> {
    if typed == "off" {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|_| format!("is {typed:?}"))
}

#[cfg(test)]
mod tests;

//! The configuration: defaults < onrecord.toml < environment, validated once into types that cannot be wrong.
//!
//! `keys` is the one table of what can be set; `endpoint`, `log` and `token` hold the values that need rules. The
//! environment comes in as a value, so that a test needs no process. No secret is ever part of a `Config`.

mod endpoint;
mod keys;
mod log;
mod owners;
mod schema;
mod shards;
mod token;
mod variables;

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
pub use schema::schema;
pub use shards::{ShardRange, Shards};
pub use token::{NoToken, Token};

use token::hidden;
use variables::{Places, Variable};

use crate::answer::Thresholds;

/// The environment: names and values.
pub type Env = HashMap<String, String>;

/// Read where no other file is named; it need not exist.
pub const DEFAULT_FILE: &str = "onrecord.toml";

/// Everything that can be set, valid.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The folder with the story files.
    pub knowledge: PathBuf,
    /// How changed story files are noticed.
    pub watch: Watch,
    /// Where "answer" and "nearest" begin.
    pub thresholds: Thresholds,
    /// Which server the bot talks to.
    pub endpoint: Endpoint,
    /// Whether message text is asked for, which listening in plain channels needs.
    pub message_content: bool,
    /// Which of the bot's shards run in this process.
    pub shards: Shards,
    /// Who may reload and see the status: ids of users.
    pub owners: Vec<u64>,
    /// The file of what outlives a restart; None: nothing does.
    pub store: Option<PathBuf>,
    /// Where health is asked; None: nowhere.
    pub listen: Option<SocketAddr>,
    /// What is logged, and how.
    pub log: Log,
}

/// How changed story files are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watch {
    /// By the system's notices, and a look every second.
    Notify,
    /// By a look every second: for network mounts.
    Poll,
    /// Not at all.
    Off,
}

impl Watch {
    const ALL: [Self; 3] = [Self::Notify, Self::Poll, Self::Off];

    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Notify => "notify",
            Self::Poll => "poll",
            Self::Off => "off",
        }
    }
}

/// What is wrong with a configuration, a line a problem.
#[derive(Debug, Error)]
#[error("{}", hidden(&.0.join("\n")))]
pub struct Faulty(Vec<String>);

/// The process's environment.
///
/// # Errors
/// When a variable of this program is not UTF-8.
pub fn environment() -> Result<Env, Faulty> {
    variables::texts(std::env::vars_os())
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
        let variables = variables::variables(env);
        let layers = layers(name, text, &variables)?;
        let places = Places { file: name, variables: &variables };
        let typed = Value::new(None, ValueKind::Table(layers)).try_deserialize::<Typed>();
        typed.map_err(|e| Faulty(vec![wrong_type(&e, places)]))?.validated(places)
    }
}

/// Defaults, file and environment, one over the other.
fn layers(name: &str, text: &str, variables: &[Variable<'_>]) -> Result<Map<String, Value>, Faulty> {
    let no_toml = |e: ConfigError| Faulty(vec![format!("{name}: {}", one_line(&e.to_string()))]);
    let file = File::from_str(text.strip_prefix('\u{FEFF}').unwrap_or(text), FileFormat::Toml);
    let file = config::Config::builder().add_source(file).build().map_err(no_toml)?;
    let mut unknown = keys::unknown(&file.collect().map_err(no_toml)?, name);
    unknown.extend(variables.iter().filter_map(keys::unknown_variable));
    if !unknown.is_empty() {
        return Err(Faulty(unknown));
    }
    let defaults = File::from_str(&reference(), FileFormat::Toml);
    let layers = config::Config::builder().add_source(defaults).add_source(file);
    let built = layers.add_source(variables::layer(variables)).build();
    built.and_then(|built| built.collect()).map_err(no_toml)
}

/// The TOML parser draws a picture over several lines: the first says where, the last says what.
fn one_line(message: &str) -> String {
    let mut lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    lines.next_back().map_or_else(|| first.to_owned(), |last| format!("{first}: {last}"))
}

fn wrong_type(error: &ConfigError, places: Places<'_>) -> String {
    let (key, found) = match error {
        ConfigError::Type { key, unexpected, .. } => (key, Some(unexpected)),
        ConfigError::At { key, .. } => (key, None),
        other => return format!("{}: {}", places.file, one_line(&other.to_string())),
    };
    let key = key.as_deref().unwrap_or_default();
    let found = found.map_or_else(|| "has the wrong type".to_owned(), |found| format!("is {found}"));
    format!("{}: `{key}` {found}; it should be {}", places.of(&[key]), keys::expected(key))
}

/// The keys with their types, as they stand in the three layers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    knowledge: KnowledgeKeys,
    answer: AnswerKeys,
    discord: DiscordKeys,
    store: StoreKeys,
    service: ServiceKeys,
    log: LogKeys,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct KnowledgeKeys {
    dir: PathBuf,
    watch: String,
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
    message_content: bool,
    /// A number is taken as its digits.
    shards: String,
    owners: owners::Typed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreKeys {
    file: PathBuf,
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
    text: bool,
}

impl Typed {
    fn validated(self, places: Places<'_>) -> Result<Config, Faulty> {
        let mut problems = Vec::new();
        let mut keep = |key: &str, problem: String| {
            // Of the two thresholds either may be the one to mend.
            let place = match key {
                "answer.nearest_at" => places.of(&[key, "answer.answer_at"]),
                _ => places.of(&[key]),
            };
            problems.push(format!("{place}: `{key}` {problem}; it should be {}", keys::expected(key)));
        };
        if self.knowledge.dir.as_os_str().is_empty() {
            keep("knowledge.dir", "is empty".to_owned());
        }
        let watch = Watch::ALL.iter().find(|watch| watch.as_str() == self.knowledge.watch).copied();
        if watch.is_none() {
            keep("knowledge.watch", format!("is {:?}", self.knowledge.watch));
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
        let shards = Shards::parse(&self.discord.shards).map_err(|problem| keep("discord.shards", problem)).ok();
        let owners = self.discord.owners.ids().map_err(|problem| keep("discord.owners", problem)).ok();
        if self.store.file.as_os_str().is_empty() {
            keep("store.file", "is empty".to_owned());
        }
        let store = Some(self.store.file).filter(|file| file.as_os_str() != "off");
        let listen = listen(&self.service.listen).map_err(|problem| keep("service.listen", problem)).ok();
        let log = Log::parse(&self.log.level, &self.log.format, self.log.text);
        let log = log.map_err(|(key, problem)| keep(key, problem)).ok();
        match (watch, endpoint, shards, owners, listen, log) {
            (Some(watch), Some(endpoint), Some(shards), Some(owners), Some(listen), Some(log))
                if problems.is_empty() =>
            {
                Ok(Config {
                    knowledge: self.knowledge.dir,
                    watch,
                    thresholds,
                    endpoint,
                    message_content: self.discord.message_content,
                    shards,
                    owners,
                    store,
                    listen,
                    log,
                })
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

//! What is logged and how: one level for the whole program, others for single rooms.
//!
//! Only rooms of this program can be turned up. What the Discord library logs below an error can hold whole payloads
//! with message text, so that no setting reaches it.

use serde_json::Value;
use serde_json::json;
use tracing_subscriber::filter::LevelFilter;

/// How lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Human on a terminal, JSON otherwise.
    Auto,
    /// For people.
    Human,
    /// One JSON object a line.
    Json,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Log {
    /// Of every room without a level of its own.
    pub level: LevelFilter,
    /// Rooms with a level of their own.
    pub rooms: Vec<(&'static str, LevelFilter)>,
    /// How lines look.
    pub format: Format,
    /// Whether they may hold what is asked.
    pub text: bool,
}

/// Rooms whose level can be set.
const ROOMS: &[&str] = &["knowledge", "matcher", "answer", "discord", "service", "cli"];

const LEVELS: &[&str] = &["off", "error", "warn", "info", "debug", "trace"];

impl Format {
    /// All there are.
    pub(super) const ALL: [Self; 3] = [Self::Auto, Self::Human, Self::Json];

    /// The word in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Human => "human",
            Self::Json => "json",
        }
    }
}

impl Log {
    /// Reads `log.level` and `log.format`.
    ///
    /// # Errors
    /// The key and what is wrong with it.
    pub(super) fn parse(level: &str, format: &str, text: bool) -> Result<Self, (&'static str, String)> {
        let bad = |part: &str| ("log.level", format!("has {part:?}"));
        let mut parts = level.split(',').map(str::trim);
        let first = parts.next().unwrap_or_default();
        let mut log =
            Self { level: level_of(first).ok_or_else(|| bad(first))?, rooms: Vec::new(), format: Format::Auto, text };
        for part in parts {
            let (room, level) = part.split_once('=').ok_or_else(|| bad(part))?;
            let Some(room) = ROOMS.iter().find(|known| **known == room) else {
                return Err(("log.level", format!("has the room {room:?} (there are {})", ROOMS.join(", "))));
            };
            log.rooms.push((room, level_of(level).ok_or_else(|| bad(part))?));
        }
        let known = Format::ALL.iter().find(|known| known.as_str() == format);
        log.format = *known.ok_or_else(|| ("log.format", format!("is {format:?}")))?;
        Ok(log)
    }

    /// What `parse` takes for a level, as JSON Schema; in small letters only, which is how it is shown.
    pub(super) fn level_shape() -> Value {
        let (level, room) = (LEVELS.join("|"), ROOMS.join("|"));
        json!({ "type": "string", "pattern": format!("^({level})( *, *({room})=({level}))* *$") })
    }

    /// `log.level` as it would be written.
    pub(super) fn level_text(&self) -> String {
        let rooms = self.rooms.iter().map(|(room, level)| format!(",{room}={level}"));
        std::iter::once(self.level.to_string()).chain(rooms).collect()
    }
}

/// A level by its word; the parser would also take numbers and nothing at all, which say nothing to people.
fn level_of(word: &str) -> Option<LevelFilter> {
    LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word)).then(|| word.parse().ok()).flatten()
}

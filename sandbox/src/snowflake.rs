//! The ids of everything on the platform. Nothing here gives one out: that is the state's work,
//! because an id carries the time at which it was made.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// The id of a guild, channel, user, message, interaction, application or command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snowflake(pub u64);

impl Snowflake {
    /// Reads an id as Discord writes it, a string of digits.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok().map(Self)
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl From<Snowflake> for Value {
    fn from(id: Snowflake) -> Self {
        Self::String(id.to_string())
    }
}

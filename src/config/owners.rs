//! Ids of the people who run the bot: a list of texts in a file, one text with commas in a variable.
//!
//! An id is a number of 64 bits that Discord writes as text; 0 is nobody's.

use serde::Deserialize;

/// As typed.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Typed {
    List(Vec<String>),
    Line(String),
}

impl Typed {
    /// The ids without repetitions, in the order they were typed; else what is wrong.
    pub(super) fn ids(&self) -> Result<Vec<u64>, String> {
        let typed: Vec<&str> = match self {
            Self::List(list) => list.iter().map(|id| id.trim()).collect(),
            Self::Line(line) => line.split(',').map(str::trim).filter(|id| !id.is_empty()).collect(),
        };
        let mut ids = Vec::with_capacity(typed.len());
        for id in typed {
            let parsed = id.parse().ok().filter(|parsed| *parsed > 0 && id.bytes().all(|b| b.is_ascii_digit()));
            let parsed = parsed.ok_or_else(|| format!("has {id:?}"))?;
            if !ids.contains(&parsed) {
                ids.push(parsed);
            }
        }
        Ok(ids)
    }
}

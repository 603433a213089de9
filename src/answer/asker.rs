//! What a reply depends on besides the message: which stories may answer, and in which language the bot speaks.

use super::phrases::{self, Phrases};
use crate::matcher::Scope;

/// Who asks, as far as it matters.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The stories that may answer.
    pub scope: Scope,
    /// What the bot says in the asker's language.
    pub said: &'static Phrases,
}

impl Asker {
    /// Somebody with a locale such as `de` or `en-GB`; English where there is no table.
    pub fn new(scope: Scope, locale: &str) -> Self {
        Self { scope, said: phrases::of(locale) }
    }
}

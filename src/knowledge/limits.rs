//! How long each text of a story file may be, in characters.
//!
//! Chosen so that a reply with one fact, one quote and its source always fits Discord: an embed description holds 4,096
//! characters and escaping doubles a text at the most, so 2 x (500 + 1,000) leaves room for label and speaker.

/// `statement` of a fact.
pub const STATEMENT: usize = 500;
/// `exact` of a quote.
pub const EXACT: usize = 1000;
/// `title` of a story.
pub const TITLE: usize = 120;
/// `summary` of a story.
pub const SUMMARY: usize = 300;
/// `headline` of a source.
pub const HEADLINE: usize = 250;
/// `name` of a person or topic.
pub const NAME: usize = 80;
/// `role` and `kind` of a person.
pub const ROLE: usize = 120;
/// A sample question or a `not_for` line.
pub const QUESTION: usize = 200;
/// A keyword, topic term, alias, author or publisher.
pub const TERM: usize = 80;
/// `by_text` and `via` of a fact.
pub const CLAIMANT: usize = 120;
/// `text` of a correction.
pub const CORRECTION: usize = 300;
/// `exact`, `prefix` and `suffix` of a source reference.
pub const ANCHOR: usize = 200;
/// `url` of a source.
pub const URL: usize = 500;
/// An id of a story, source, person, topic, fact or quote.
pub const ID: usize = 32;
/// A story file, in bytes.
pub const FILE_BYTES: u64 = 8 * 1024 * 1024;

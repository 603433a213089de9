//! Facts and questions to measure with: real sentences from a folder, or invented ones from a seed.
//!
//! `source` reads, `invented` invents; `base` makes a base of any size of either, with sample questions, and each
//! question also with the errors of `typing`. Everything follows from a seed.

mod base;
mod english;
mod invented;
mod random;
mod source;
mod typing;

pub use base::{Base, Fact, Question};
pub use random::Random;
pub use source::{DataError, Known, Source};

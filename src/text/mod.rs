//! What a word is: folding, words, stems, stop words.
//!
//! Everything here is pure: no clock, no randomness, no input or output. Both sides of every comparison
//! (facts and questions) go through the same functions, so a fold may be crude as long as it is one fold.

mod background;
mod fold;
mod guess;
mod language;
mod letters;
mod stopwords;
mod tags;
mod verbatim;
mod word;

pub use background::share as background_share;
pub use fold::fold;
pub use guess::guess;
pub use language::Language;
pub use letters::LetterSet;
pub use tags::without_between;
pub use tags::without_tags;
pub use verbatim::canonical;
pub use word::{RawWords, Speller, Word, is_pronoun_us, key, visible, words, words_with};

//! Every sentence that is not from the base. `label` words claims, and a platform adds only what its own limits call for.

use super::reply::Cited;
use crate::matcher::Asked;

/// In front of a fact of medium confidence.
pub(super) const CLOSEST: &str = "The closest the story has is:";
/// Where nothing fits.
pub(super) const UNKNOWN: &str = "The story doesn't say.";
/// Where the message holds no question.
pub(super) const NO_QUESTION: &str = "I can't find a question in that.";
/// Where several stories are loaded and none fits.
pub(super) const UNKNOWN_SEVERAL: &str = "None of the stories says.";
/// Where facts of two stories fit.
pub(super) const TWO_STORIES: &str = "Two stories fit; which one do you mean?";
/// In front of suggestions.
pub const ASK: &str = "You could ask:";
/// Behind a speaker the text does not name.
pub(super) const INFERRED: &str = "(speaker inferred)";
/// In place of a speaker.
pub(super) const NO_SPEAKER: &str = "speaker not named";
/// In front of a source.
pub const SOURCE: &str = "Source:";
/// Where the article's author is not known.
pub(super) const NO_AUTHOR: &str = "The story file doesn't name an author.";
/// Where the date of publication is not known.
pub(super) const NO_DATE: &str = "The source gives no date of publication.";

/// Answers a greeting.
pub(super) const GREETING: &str =
    "Hello! Ask me about the story; I answer with sentences and quotes that are on the record.";
/// Answers thanks.
pub(super) const THANKS: &str = "You're welcome.";
/// Answers "are you a bot".
pub(super) const BOT: &str = "I'm onrecord, a bot without a language model: I look questions up in a fact base that an \
    editor derived from the article, and say so when it has no answer.";
/// Answers "help".
pub(super) const HELP: &str = "Ask a question in plain words. I answer with a sourced sentence and the verbatim quote \
    where there is one, offer the nearest I have, or say that the story doesn't say.";
/// Answers "what can you answer".
pub(super) const CAPABLE: &str = "I can answer about:";

/// Where the story knows the thing but not what was asked of it.
pub(super) fn lacks(asked: Asked) -> &'static str {
    match asked {
        Asked::When => "The story doesn't say when. It does say:",
        Asked::Who => "The story doesn't say who. It does say:",
        Asked::Where => "The story doesn't say where. It does say:",
        Asked::HowMany => "The story doesn't say how many or how much. It does say:",
        Asked::Why => "The story doesn't say why. It does say:",
    }
}

/// Names the author.
pub(super) fn written_by(authors: &str) -> String {
    format!("The article was written by {authors}.")
}

/// Names the date of publication.
pub(super) fn published_on(date: time::Date) -> String {
    format!("The article was published on {date}.")
}

/// Names the source.
pub(super) fn from_source(headline: &str, publisher: Option<&str>, link: &str) -> String {
    match publisher {
        Some(publisher) => format!("It is from “{headline}”, {publisher}.{link}"),
        None => format!("It is from “{headline}”.{link}"),
    }
}

/// When a statement was true.
pub fn as_of(date: Option<time::Date>) -> String {
    date.map(|date| format!(" (as of {date})")).unwrap_or_default()
}

/// What was put right later; `text` is the editor's, as the platform writes it.
pub fn corrected(date: time::Date, text: &str) -> String {
    format!("Corrected on {date}: {text}")
}

/// Where in the article something stands, if the file says so.
pub fn place(cited: &Cited) -> Option<String> {
    cited.paragraph.map(|n| format!("paragraph {n}")).or_else(|| cited.part.map(str::to_owned))
}

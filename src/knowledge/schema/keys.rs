//! The one table of the keys of a story file, with what an editor shows beside each.
//!
//! The shapes that are read stand in `file`; a test compares the two in both directions, key by key and kind by kind.

use serde_json::Value;
use serde_json::json;

use crate::knowledge::limits::{ANCHOR, CLAIMANT, CORRECTION, EXACT, HEADLINE, NAME, QUESTION};
use crate::knowledge::limits::{ROLE, STATEMENT, SUMMARY, TERM, TITLE};

/// What may stand for a key; numbers are characters.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Id,
    Ids,
    /// A text on one line.
    Line(usize),
    /// A text that may have several.
    Lines(usize),
    /// A list of texts on one line each.
    List(usize),
    Language,
    Address,
    Digest,
    Day,
    Flag,
    Number,
    Numbers,
    Claim,
    Part,
    Places,
}

/// One key of a table.
pub(super) struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    pub about: &'static str,
}

/// One table of a story file.
pub(super) struct Table {
    pub name: &'static str,
    /// `[[name]]` and not `[name]`.
    pub many: bool,
    pub about: &'static str,
    pub keys: &'static [Key],
    /// What holds between keys, as keywords of the schema.
    pub rules: fn() -> Vec<(&'static str, Value)>,
}

/// The table in braces that `source` of facts and quotes takes.
pub(super) const PLACE: &str = "place";

pub(super) const TABLES: &[Table] = &[
    Table { name: "story", many: false, about: "The story itself, once.", keys: STORY, rules: Vec::new },
    Table { name: "source", many: true, about: "An article.", keys: SOURCE, rules: Vec::new },
    Table { name: "person", many: true, about: "A person, company, government.", keys: PERSON, rules: Vec::new },
    Table { name: "topic", many: true, about: "What facts and quotes are about.", keys: TOPIC, rules: Vec::new },
    Table { name: "fact", many: true, about: "One sentence on record.", keys: FACT, rules: one_claimant },
    Table { name: "quote", many: true, about: "Somebody's words, verbatim.", keys: QUOTE, rules: a_speaker_to_infer },
    Table { name: "correction", many: true, about: "What was put right.", keys: CORRECTED, rules: Vec::new },
    Table { name: PLACE, many: false, about: "Where it stands.", keys: CITED, rules: one_place },
];

const fn must(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: true, about }
}

const fn may(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: false, about }
}

const STORY: &[Key] = &[
    must("id", Kind::Id, "The file's name without .toml."),
    must("title", Kind::Line(TITLE), "The story in a few words of your own."),
    may("summary", Kind::Line(SUMMARY), "The story in two or three sentences of your own."),
    may("language", Kind::Language, "Language of statements and questions, like en, de or pt-BR."),
    may("aliases", Kind::List(TERM), "What people call the story when several are loaded."),
    may("featured", Kind::Ids, "Facts and quotes offered to a newcomer."),
];

const SOURCE: &[Key] = &[
    must("id", Kind::Id, "Name of the source inside this file."),
    must("headline", Kind::Line(HEADLINE), "The article's headline as printed."),
    may("author", Kind::List(TERM), "Its authors."),
    may("publisher", Kind::Line(TERM), "The newspaper or website."),
    may("url", Kind::Address, "Its address, http or https, without a password."),
    may("published", Kind::Day, "Date of publication, without quotation marks; never guessed."),
    may("body", Kind::Numbers, "Which blocks of the article's text are paragraphs 1, 2, 3; without it every one."),
    may("sha256", Kind::Digest, "Fingerprint of the article's text; `onrecord verify --pin` writes it."),
];

const PERSON: &[Key] = &[
    must("id", Kind::Id, "Name inside this file."),
    may("kind", Kind::Line(ROLE), "person, organisation, government or another word; person if left out."),
    must("name", Kind::Line(NAME), "Full name as shown."),
    may("role", Kind::Line(ROLE), "Who that is, in your own words."),
    may("aliases", Kind::List(TERM), "Other names that people use."),
];

const TOPIC: &[Key] = &[
    must("id", Kind::Id, "Name inside this file."),
    must("name", Kind::Line(NAME), "The topic as shown; keep it below 60 characters."),
    may("terms", Kind::List(TERM), "Words that mean the same here."),
];

const FACT: &[Key] = &[
    must("id", Kind::Id, "Name inside this file, shared with quotes."),
    must("statement", Kind::Line(STATEMENT), "One sentence of your own, true when read alone; aim at 200 characters."),
    may("claim", Kind::Claim, "How sure it is: who says it is told with everything but `reported`."),
    may("by", Kind::Id, "The person whose claim it is."),
    may("by_text", Kind::Line(CLAIMANT), "The same in words, for people without an entry."),
    may("via", Kind::Line(CLAIMANT), "Who passed the claim on."),
    may("topics", Kind::Ids, "Topics it belongs to."),
    may("keywords", Kind::List(TERM), "Words people may use that the statement lacks."),
    may("questions", Kind::List(QUESTION), "Sample questions; aim at 80 characters."),
    may("not_for", Kind::List(QUESTION), "Questions that it must not answer."),
    may("quotes", Kind::Ids, "Quotes that support it."),
    may("with", Kind::Ids, "Facts always shown with it, like an allegation's denial."),
    may("related", Kind::Ids, "What to ask next: facts and quotes."),
    may("as_of", Kind::Day, "The day on which it was true."),
    may("review_by", Kind::Day, "The day by which to look at it again."),
    must("source", Kind::Places, "Where it stands: one place or a list."),
];

const QUOTE: &[Key] = &[
    must("id", Kind::Id, "Name inside this file, shared with facts."),
    must("exact", Kind::Lines(EXACT), "The words, letter by letter, without quotation marks around them."),
    may("speaker", Kind::Id, "The person who speaks."),
    may("speaker_inferred", Kind::Flag, "true if the article does not name the speaker."),
    may("topics", Kind::Ids, "Topics it belongs to."),
    may("keywords", Kind::List(TERM), "Words people may use that the quote lacks."),
    may("questions", Kind::List(QUESTION), "Sample questions; aim at 80 characters."),
    may("not_for", Kind::List(QUESTION), "Questions that it must not answer."),
    may("related", Kind::Ids, "What to ask next: facts and quotes."),
    must("source", Kind::Places, "Where it stands: one place or a list."),
];

const CORRECTED: &[Key] = &[
    must("of", Kind::Id, "The fact or quote that was wrong."),
    must("date", Kind::Day, "When it was put right."),
    must("text", Kind::Line(CORRECTION), "What was wrong, in one sentence."),
];

const CITED: &[Key] = &[
    must("id", Kind::Id, "A source of this file."),
    may("paragraph", Kind::Number, "Number of the paragraph, counted by `body`."),
    may("part", Kind::Part, "Instead of `paragraph` for what is not body text."),
    may("exact", Kind::Lines(ANCHOR), "The anchor: two to six words, letter by letter."),
    may("prefix", Kind::Line(ANCHOR), "The words right before, if the anchor occurs twice."),
    may("suffix", Kind::Line(ANCHOR), "The words right after, if the anchor occurs twice."),
];

fn one_claimant() -> Vec<(&'static str, Value)> {
    vec![("not", json!({ "required": ["by", "by_text"] }))]
}

fn one_place() -> Vec<(&'static str, Value)> {
    vec![("not", json!({ "required": ["part", "paragraph"] }))]
}

fn a_speaker_to_infer() -> Vec<(&'static str, Value)> {
    let inferred = json!({ "required": ["speaker_inferred"], "properties": { "speaker_inferred": { "const": true } } });
    vec![("if", inferred), ("then", json!({ "required": ["speaker"] }))]
}

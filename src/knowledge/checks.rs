//! Rules for what passed as TOML of the right shape: one table, one function and one row each.
//!
//! Ids and references are not here: `resolve` cannot build a story without settling them. A rule reports and never
//! repairs. Errors keep the story out; warnings are about quality.

use std::collections::HashMap;

use time::Date;
use toml::Spanned;

use super::diagnostic::Sink;
use super::file::{FactTable, OneOrMany, QuoteTable, RawStory, SourceRef, Text};
use super::limits;
use super::model::Claim;
use crate::text::{Language, key};

/// What a rule may know besides the story.
pub(super) struct Context<'a> {
    /// The file's name without `.toml`.
    pub stem: &'a str,
    /// Passed in, because this room has no clock.
    pub today: Date,
    /// Picks the stemmer for comparing questions.
    pub language: &'a Language,
}

type Check = fn(&RawStory, &Context<'_>, &mut Sink<'_>);

const CHECKS: &[Check] = &[
    texts,
    one_line,
    findable,
    story_has_content,
    story_id_is_file_stem,
    known_language,
    addresses,
    digests,
    paragraphs,
    one_claimant,
    quotation_marks,
    tag_comma,
    same_question_twice,
    review_by,
    claim_without_claimant,
    inferred_without_speaker,
    no_anchor,
];

/// Runs every rule.
pub(super) fn run(raw: &RawStory, context: &Context<'_>, sink: &mut Sink<'_>) {
    for check in CHECKS {
        check(raw, context, sink);
    }
}

/// Texts of one key with the most characters they may have.
type Texts<'a> = (&'static str, usize, Vec<&'a Text>);

fn all_texts(raw: &RawStory) -> Vec<Texts<'_>> {
    let mut out = Vec::new();
    if let Some(story) = &raw.story {
        out.push(("title", limits::TITLE, vec![&story.title]));
        out.push(("summary", limits::SUMMARY, story.summary.iter().collect()));
        out.push(("aliases", limits::TERM, story.aliases.iter().collect()));
    }
    for source in raw.sources.iter().map(Spanned::get_ref) {
        out.push(("headline", limits::HEADLINE, vec![&source.headline]));
        out.push(("author", limits::TERM, source.author.iter().collect()));
        out.push(("publisher", limits::TERM, source.publisher.iter().collect()));
        out.push(("url", limits::URL, source.url.iter().collect()));
    }
    for person in raw.people.iter().map(Spanned::get_ref) {
        out.push(("kind", limits::ROLE, person.kind.iter().collect()));
        out.push(("name", limits::NAME, vec![&person.name]));
        out.push(("role", limits::ROLE, person.role.iter().collect()));
        out.push(("aliases", limits::TERM, person.aliases.iter().collect()));
    }
    for topic in raw.topics.iter().map(Spanned::get_ref) {
        out.push(("name", limits::NAME, vec![&topic.name]));
        out.push(("terms", limits::TERM, topic.terms.iter().collect()));
    }
    raw.facts.iter().for_each(|fact| out.extend(fact_texts(fact.get_ref())));
    raw.quotes.iter().for_each(|quote| out.extend(quote_texts(quote.get_ref())));
    for correction in raw.corrections.iter().map(Spanned::get_ref) {
        out.push(("text", limits::CORRECTION, vec![&correction.text]));
    }
    out
}

fn fact_texts(fact: &FactTable) -> Vec<Texts<'_>> {
    let mut out = vec![
        ("statement", limits::STATEMENT, vec![&fact.statement]),
        ("by_text", limits::CLAIMANT, fact.by_text.iter().collect()),
        ("via", limits::CLAIMANT, fact.via.iter().collect()),
        ("keywords", limits::TERM, fact.keywords.iter().collect()),
        ("questions", limits::QUESTION, fact.questions.iter().collect()),
        ("not_for", limits::QUESTION, fact.not_for.iter().collect()),
    ];
    out.extend(reference_texts(&fact.source));
    out
}

fn quote_texts(quote: &QuoteTable) -> Vec<Texts<'_>> {
    let mut out = vec![
        ("exact", limits::EXACT, vec![&quote.exact]),
        ("keywords", limits::TERM, quote.keywords.iter().collect()),
        ("questions", limits::QUESTION, quote.questions.iter().collect()),
        ("not_for", limits::QUESTION, quote.not_for.iter().collect()),
    ];
    out.extend(reference_texts(&quote.source));
    out
}

fn reference_texts(refs: &Spanned<OneOrMany>) -> impl Iterator<Item = Texts<'_>> {
    refs.get_ref().0.iter().flat_map(|r| {
        [("exact", &r.exact), ("prefix", &r.prefix), ("suffix", &r.suffix)]
            .map(|(name, text)| (name, limits::ANCHOR, text.iter().collect()))
    })
}

/// The source references of all facts and quotes.
fn references(raw: &RawStory) -> impl Iterator<Item = &SourceRef> {
    let facts = raw.facts.iter().map(|f| &f.get_ref().source);
    let quotes = raw.quotes.iter().map(|q| &q.get_ref().source);
    facts.chain(quotes).flat_map(|refs| &refs.get_ref().0)
}

fn texts(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for (name, limit, texts) in all_texts(raw) {
        for text in texts {
            let value = text.get_ref();
            let length = value.chars().count();
            if value.trim().is_empty() {
                sink.error(text.span(), format!("`{name}` is empty; write a text or leave the key out"));
            }
            if length > limit {
                sink.error(text.span(), format!("`{name}` has {length} characters; at most {limit} fit into a reply"));
            }
            if let Some(c) = value.chars().find(|c| is_forbidden(*c)) {
                sink.error(
                    text.span(),
                    format!("`{name}` holds the invisible character U+{:04X}; take it out", u32::from(c)),
                );
            }
        }
    }
}

/// Control characters, and those that turn the direction of what follows: they could make a text look like another.
fn is_forbidden(c: char) -> bool {
    let turns = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// A line break could forge the line of a source.
fn one_line(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for (name, _, texts) in all_texts(raw).into_iter().filter(|(name, ..)| *name != "exact") {
        for text in texts.into_iter().filter(|t| t.get_ref().contains('\n')) {
            sink.error(text.span(), format!("`{name}` has a line break; write it on one line"));
        }
    }
}

fn findable(raw: &RawStory, context: &Context<'_>, sink: &mut Sink<'_>) {
    let statements = raw.facts.iter().map(|f| ("statement", &f.get_ref().statement));
    let quotes = raw.quotes.iter().map(|q| ("exact", &q.get_ref().exact));
    for (name, text) in statements.chain(quotes) {
        if !text.get_ref().trim().is_empty() && key(text.get_ref(), context.language).is_empty() {
            sink.error(text.span(), format!("`{name}` has no word; nobody could find it"));
        }
    }
}

fn story_has_content(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    if raw.story.is_none() && !sink.has_errors() {
        sink.error(0..0, "there is no [story] table; a story file starts with [story], an id and a title");
    }
    if raw.facts.is_empty() && raw.quotes.is_empty() && !sink.has_errors() {
        sink.error(0..0, "there is no [[fact]] and no [[quote]]; a story needs at least one to answer with");
    }
}

fn story_id_is_file_stem(raw: &RawStory, context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(id) = raw.story.as_ref().map(|s| &s.id) else { return };
    if id.get_ref() != context.stem {
        let (id_text, stem) = (id.get_ref(), context.stem);
        sink.warning(
            id.span(),
            format!("the story is `{id_text}` but its file `{stem}.toml`; name both alike to find it again"),
        );
    }
}

fn known_language(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(tag) = raw.story.as_ref().and_then(|s| s.language.as_ref()) else { return };
    match Language::from_tag(tag.get_ref()) {
        None => {
            sink.error(tag.span(), format!("`{}` is no language tag; write one such as en, de or pt-BR", tag.get_ref()))
        }
        Some(language) if !language.is_stemmed() => {
            let known: Vec<&str> = Language::stemmed_codes().collect();
            let known = known.join(", ");
            sink.warning(
                tag.span(),
                format!(
                    "no stemmer for `{}`: words match only as they are spelled; stemmed are {known}",
                    tag.get_ref()
                ),
            );
        }
        Some(_) => {}
    }
}

fn addresses(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for url in raw.sources.iter().filter_map(|s| s.get_ref().url.as_ref()) {
        let is_web = url::Url::parse(url.get_ref()).is_ok_and(|u| {
            matches!(u.scheme(), "http" | "https") && u.has_host() && u.username().is_empty() && u.password().is_none()
        });
        if !is_web {
            sink.error(
                url.span(),
                "`url` is no web address; it should start with https:// and name a site, without a password",
            );
        }
    }
}

fn digests(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for digest in raw.sources.iter().filter_map(|s| s.get_ref().sha256.as_ref()) {
        let value = digest.get_ref();
        if value.len() != 64 || !value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            sink.error(digest.span(), "`sha256` should be 64 digits 0-9 a-f; `onrecord verify --pin` writes it");
        }
    }
}

fn paragraphs(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for body in raw.sources.iter().filter_map(|s| s.get_ref().body.as_ref()) {
        if let Some(zero) = body.get_ref().iter().find(|n| *n.get_ref() == 0) {
            sink.error(zero.span(), "blocks of `body` are counted from 1");
        }
    }
    for reference in references(raw) {
        let Some(paragraph) = &reference.paragraph else { continue };
        let number = *paragraph.get_ref();
        let source = raw.sources.iter().map(Spanned::get_ref).find(|s| s.id.get_ref() == reference.id.get_ref());
        let last = source.and_then(|s| s.body.as_ref()).map(|b| b.get_ref().len());
        match last {
            _ if number == 0 => sink.error(paragraph.span(), "paragraphs are counted from 1"),
            Some(last) if number as usize > last => {
                sink.error(
                    paragraph.span(),
                    format!("there is no paragraph {number}; `body` of the source names {last}"),
                );
            }
            _ => {}
        }
        if let Some(part) = &reference.part {
            sink.error(part.span(), "`part` and `paragraph` exclude each other; keep one");
        }
    }
}

fn one_claimant(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for fact in raw.facts.iter().map(Spanned::get_ref) {
        if let (Some(_), Some(by_text)) = (&fact.by, &fact.by_text) {
            sink.error(
                by_text.span(),
                "`by` and `by_text` exclude each other; keep `by` where the claimant has a [[person]]",
            );
        }
    }
}

fn quotation_marks(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    const MARKS: [char; 7] = ['"', '“', '”', '„', '«', '»', '‟'];
    for exact in raw.quotes.iter().map(|q| &q.get_ref().exact) {
        let text = exact.get_ref().trim();
        if text.starts_with(MARKS) || text.ends_with(MARKS) {
            sink.warning(
                exact.span(),
                "`exact` has quotation marks around it; they are added when it is shown, leave them out",
            );
        }
    }
}

fn tag_comma(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for exact in raw.quotes.iter().map(|q| &q.get_ref().exact) {
        if exact.get_ref().trim_end_matches(['"', '”', ' ']).ends_with(',') {
            sink.warning(exact.span(), "`exact` ends in a comma, which belongs to \"he said\"; leave it out");
        }
    }
}

fn same_question_twice(raw: &RawStory, context: &Context<'_>, sink: &mut Sink<'_>) {
    let facts = raw.facts.iter().map(Spanned::get_ref).map(|f| (f.id.get_ref(), &f.questions));
    let quotes = raw.quotes.iter().map(Spanned::get_ref).map(|q| (q.id.get_ref(), &q.questions));
    let mut first: HashMap<String, &String> = HashMap::new();
    for (id, question) in facts.chain(quotes).flat_map(|(id, questions)| questions.iter().map(move |q| (id, q))) {
        let earlier = *first.entry(key(question.get_ref(), context.language)).or_insert(id);
        if earlier != id {
            sink.warning(
                question.span(),
                format!("`{earlier}` has the same sample question; only one of the two can be found by it"),
            );
        }
    }
}

fn review_by(raw: &RawStory, context: &Context<'_>, sink: &mut Sink<'_>) {
    for due in raw.facts.iter().filter_map(|f| f.get_ref().review_by.as_ref()) {
        let date = due.get_ref().0;
        if date < context.today {
            sink.warning(due.span(), format!("`review_by` {date} is past; check the fact and set a new date"));
        }
    }
}

fn claim_without_claimant(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for fact in raw.facts.iter().map(Spanned::get_ref) {
        let Some(claim) = fact.claim.as_ref().filter(|c| *c.get_ref() != Claim::Reported) else { continue };
        if fact.by.is_none() && fact.by_text.is_none() {
            let word = claim.get_ref().as_str();
            sink.warning(claim.span(), format!("a claim that is {word} should say whose it is: add `by` or `by_text`"));
        }
    }
}

fn inferred_without_speaker(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for quote in raw.quotes.iter().map(Spanned::get_ref) {
        if quote.speaker_inferred && quote.speaker.is_none() {
            sink.error(
                quote.id.span(),
                "`speaker_inferred` without `speaker`; name who is inferred, or leave both out",
            );
        }
    }
}

fn no_anchor(raw: &RawStory, _: &Context<'_>, sink: &mut Sink<'_>) {
    for reference in raw.facts.iter().flat_map(|f| &f.get_ref().source.get_ref().0) {
        if reference.exact.is_none() {
            sink.warning(
                reference.id.span(),
                "no anchor: add `exact` with a few verbatim words, so that the link opens there",
            );
        }
    }
}

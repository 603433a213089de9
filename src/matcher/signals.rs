//! The signals: what speaks for and against an entry.
//!
//! A signal is one function here and one row in `table`; `--explain` shows it by name. All shares are of the question's idf mass, so that
//! they lie in 0..1 and one threshold holds in every base. An entry whose author wrote sample questions is judged by how
//! like them the question is, any other by its words and what stands around it: hence two weights, on one scale.

use super::asks::{Asked, Detail};
use super::pair::Pair;
use super::table::{MOST_UNASKED, SENTENCE, SIGNALS, Signal, UNASKED, UNASKED_LONG};

/// The weighted sum of all signals: the logarithm of the odds that the entry answers the question; finite. An entry with
/// sample questions has it from them or from its text, whichever says more.
pub(super) fn score(pair: &Pair<'_>) -> f32 {
    let (plain, sampled) = sums(pair);
    if pair.is_sampled() { sampled.max(plain - discount(pair)) } else { plain }
}

/// Which column of weights the score has come from.
pub(super) fn weights(pair: &Pair<'_>) -> fn(&Signal) -> f32 {
    let (plain, sampled) = sums(pair);
    if pair.is_sampled() && sampled > plain - discount(pair) { |s| s.sampled } else { |s| s.plain }
}

/// What an entry with sample questions loses that scores by its text all the same; 0 for others.
pub(super) fn unasked(pair: &Pair<'_>) -> f32 {
    let (plain, sampled) = sums(pair);
    if pair.is_sampled() && sampled <= plain - discount(pair) { discount(pair) } else { 0.0 }
}

/// An entry whose author thought of questions, none of which is like this one, is less likely meant by its words alone:
/// the more so the more questions, and the longer its text is than the sentences that the plain weights are for.
fn discount(pair: &Pair<'_>) -> f32 {
    let unasked = UNASKED * pair.samples.saturating_sub(1) as f32;
    let length = pair.index.forward.length(pair.entry) / SENTENCE;
    unasked.min(MOST_UNASKED) + UNASKED_LONG * length.ln().max(0.0)
}

fn sums(pair: &Pair<'_>) -> (f32, f32) {
    let (mut plain, mut sampled) = (0.0, 0.0);
    for signal in SIGNALS.iter().filter(|s| s.plain != 0.0 || pair.is_sampled()) {
        let value = (signal.value)(pair);
        plain += signal.plain * value;
        sampled += signal.sampled * value;
    }
    (plain, sampled)
}

pub(super) fn around_of_the_best(pair: &Pair<'_>) -> f32 {
    if pair.rivals.around > 0.0 { pair.shares.around / pair.rivals.around } else { 0.0 }
}

/// "It", "this company": the text is about what the one before says.
pub(super) fn pronoun(pair: &Pair<'_>) -> f32 {
    let opens = pair.text.first().is_some_and(|t| pair.index.lexicon.pronouns.contains(&t.term()));
    if opens { pair.shares.before } else { 0.0 }
}

pub(super) fn opens_paragraph(pair: &Pair<'_>) -> f32 {
    if pair.opens { 1.0 } else { 0.0 }
}

/// Words that the text opens with.
pub(super) fn subject(pair: &Pair<'_>) -> f32 {
    const OPENING: u16 = 4;
    /// A mere root does not count.
    const MET: f32 = 0.3;
    let opening = pair.own.hits.iter().take_while(|h| h.at < OPENING);
    let slots = opening.filter(|h| h.weight >= MET).fold(0u64, |slots, h| slots | 1 << h.slot);
    let met = pair.query.idf.iter().zip(pair.own.met).enumerate().filter(|(slot, _)| slots >> slot & 1 == 1);
    pair.query.share(met.map(|(_, (idf, met))| idf * met).sum())
}

/// Small words in common settle ties between alike facts.
pub(super) fn small_words(pair: &Pair<'_>) -> f32 {
    let small = pair.own.met.get(pair.query.content..).unwrap_or_default();
    if small.is_empty() { 0.0 } else { small.iter().sum::<f32>() / small.len() as f32 }
}

/// A long text meets words by chance.
pub(super) fn length(pair: &Pair<'_>) -> f32 {
    pair.index.forward.length(pair.entry).ln()
}

/// Words with content that the question does not have.
pub(super) fn other_words(pair: &Pair<'_>) -> f32 {
    pair.marks.other_count / pair.index.forward.length(pair.entry)
}

/// A word that could be the answer, or a sample question of the same kind that asks the same thing.
pub(super) fn kind_of_answer(pair: &Pair<'_>) -> f32 {
    /// From here on two questions of one kind ask the same thing.
    const SAME_QUESTION: f32 = 0.55;
    if pair.alike.of_kind >= SAME_QUESTION { 1.0 } else { pair.answers }
}

/// Whether the entry holds the kind of answer that was asked for, in a word that could be it or because its author wrote
/// a question like this one. True where the question asks for no kind.
pub(super) fn holds_answer(pair: &Pair<'_>) -> bool {
    /// Half-sure words, such as any name for "where", do not count as the answer itself.
    const SURE: f32 = 0.6;
    (pair.query.asked.is_none() || kind_of_answer(pair) >= SURE) && has_what_exactly(pair)
}

/// "Which year", "how long", "what are their names": not any time, number or word will do. A day may be told by other words.
fn has_what_exactly(pair: &Pair<'_>) -> bool {
    let Some(detail) = pair.query.detail else { return true };
    let is_asked = pair.query.asked.is_some() || detail == Detail::Name;
    detail == Detail::Day || !is_asked || pair.has_detail(detail)
}

/// "Which agency banned it?" wants an agency's name: a text that has agencies and no name beside them holds none. True where
/// the author thought of a question after which, and like it.
pub(super) fn names_which(pair: &Pair<'_>) -> bool {
    // "Bruck and Lamm, two firms", but not "banks from Russian hackers".
    const BEFORE: usize = 2;
    const BEHIND: usize = 1;
    const LIKE_A_SAMPLE: f32 = 0.65;
    let Some(head) = pair.query.head.filter(|_| pair.query.which) else { return true };
    let mut heads = pair.own.hits.iter().filter(|hit| usize::from(hit.slot) == head).peekable();
    let is_told = heads.peek().is_none() || pair.alike.of_which >= LIKE_A_SAMPLE;
    is_told || heads.any(|hit| pair.marks.names.are_around(usize::from(hit.at), BEFORE, BEHIND))
}

pub(super) fn somebody(pair: &Pair<'_>) -> f32 {
    if pair.query.asked == Some(Asked::Who) { pair.answers } else { 0.0 }
}

/// The fewer candidates hold the kind of answer, the more it tells.
pub(super) fn rare_kind(pair: &Pair<'_>) -> f32 {
    if pair.query.asked == Some(Asked::Why) { 0.0 } else { pair.answers * (1.0 - pair.rivals.answers) }
}

/// Whoever acts stands anywhere in a sentence.
pub(super) fn near_somebody(pair: &Pair<'_>) -> f32 {
    if pair.query.asked == Some(Asked::Who) { pair.near_the_answer } else { 0.0 }
}

/// A "what" is answered by something that the question does not say.
pub(super) fn anything_new(pair: &Pair<'_>) -> f32 {
    if pair.query.asked.is_some() { 0.0 } else { pair.marks.other_count.ln_1p() }
}

pub(super) fn detail(pair: &Pair<'_>, detail: Detail) -> f32 {
    if pair.query.detail == Some(detail) && pair.has_detail(detail) { 1.0 } else { 0.0 }
}

/// A number in a text that has what is to be counted.
pub(super) fn what_is_counted(pair: &Pair<'_>) -> f32 {
    match (pair.query.asked, pair.query.head) {
        (Some(Asked::HowMany), Some(head)) => pair.answers * pair.met(head),
        _ => 0.0,
    }
}

/// The word of whom the question names: "what did the baker say" wants his, not one about him.
pub(super) fn voice(pair: &Pair<'_>) -> f32 {
    if pair.query.voice.is_some() && pair.voiced { 1.0 } else { 0.0 }
}

/// Grows from 0 where the closest `not_for` is as far as the closest sample question, or hardly alike at all.
pub(super) fn not_for(pair: &Pair<'_>) -> f32 {
    const ALIKE: f32 = 0.5;
    let closest = pair.alike.not_for;
    if closest <= pair.alike.sample || closest < ALIKE { 0.0 } else { closest }
}

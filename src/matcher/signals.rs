//! The signals: what speaks for and against an entry.
//!
//! A signal is one function here and one row in `table`; `--explain` shows it by name. All shares are of the question's idf mass, so that
//! they lie in 0..1 and one threshold holds in every base. An entry whose author wrote sample questions is judged by how
//! like them the question is, any other by its words and what stands around it: hence two weights, on one scale.

use super::asks::{Asked, Detail};
use super::mend::MOST_WORDS;
use super::pair::Pair;
use super::table::{SIGNALS, Signal, UNASKED};

/// A name that a topic or claimant brings counts as met; one that merely shares a root does not.
const HALF_MET: f32 = 0.4;

/// The weighted sum of all signals: the logarithm of the odds that the entry answers the question; finite. An entry with
/// sample questions has it from them or from its text, whichever says more.
pub(super) fn score(pair: &Pair<'_>) -> f32 {
    let (plain, sampled) = sums(pair);
    if pair.sampled { sampled.max(plain - UNASKED) } else { plain }
}

/// Which column of weights the score has come from.
pub(super) fn weights(pair: &Pair<'_>) -> fn(&Signal) -> f32 {
    let (plain, sampled) = sums(pair);
    if pair.sampled && sampled > plain - UNASKED { |s| s.sampled } else { |s| s.plain }
}

/// 1 for an entry with sample questions that scores by its text all the same.
pub(super) fn unasked(pair: &Pair<'_>) -> f32 {
    let (plain, sampled) = sums(pair);
    if pair.sampled && sampled <= plain - UNASKED { 1.0 } else { 0.0 }
}

fn sums(pair: &Pair<'_>) -> (f32, f32) {
    let (mut plain, mut sampled) = (0.0, 0.0);
    for signal in SIGNALS.iter().filter(|s| s.plain != 0.0 || pair.sampled) {
        let value = (signal.value)(pair);
        plain += signal.plain * value;
        sampled += signal.sampled * value;
    }
    (plain, sampled)
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

pub(super) fn around(pair: &Pair<'_>) -> f32 {
    pair.share_of(|slot| pair.met_around(slot))
}

pub(super) fn around_of_the_best(pair: &Pair<'_>) -> f32 {
    ratio(around(pair), pair.rivals.around)
}

/// The same, words counting for more the fewer entries have them.
pub(super) fn rare_around(pair: &Pair<'_>) -> f32 {
    let weighed = pair.terms().map(|(slot, word)| (word.idf * word.rarity, pair.met_around(slot)));
    let (part, whole) = weighed.fold((0.0, 0.0), |(part, whole), (weight, met)| (part + weight * met, whole + weight));
    ratio(part, whole)
}

/// Share of the words that the title does not say anyway.
pub(super) fn beyond_the_title(pair: &Pair<'_>) -> f32 {
    let rest = |(slot, idf): (usize, f32)| idf * (1.0 - pair.in_title(slot));
    let words = || pair.terms().map(|(slot, word)| (slot, word.idf));
    let whole: f32 = words().map(rest).sum();
    match whole > 0.0 {
        true => words().map(|(slot, idf)| rest((slot, idf)) * pair.met(slot)).sum::<f32>() / whole,
        false => fields(pair),
    }
}

pub(super) fn paragraph(pair: &Pair<'_>) -> f32 {
    pair.share_of(|slot| pair.paragraph.get(slot).copied().unwrap_or(0.0))
}

/// Names and numbers that stand neither in the entry nor around it.
pub(super) fn foreign_around(pair: &Pair<'_>) -> f32 {
    let names = pair.terms().filter(|(_, word)| word.entity);
    pair.query.share(names.map(|(slot, word)| word.idf * (1.0 - pair.met_around(slot))).sum())
}

/// The rarest word of the question is most likely what it is about.
pub(super) fn rarest(pair: &Pair<'_>) -> f32 {
    of_the_heaviest(pair, |slot| pair.met(slot))
}

pub(super) fn worst_gap(pair: &Pair<'_>) -> f32 {
    of_the_heaviest(pair, |slot| 1.0 - pair.met_around(slot))
}

fn of_the_heaviest(pair: &Pair<'_>, value: impl Fn(usize) -> f32) -> f32 {
    let heaviest = pair.terms().map(|(_, word)| word.idf).fold(0.0, f32::max);
    ratio(pair.terms().map(|(slot, word)| word.idf * value(slot)).fold(0.0, f32::max), heaviest)
}

pub(super) fn title(pair: &Pair<'_>) -> f32 {
    pair.share_of(|slot| pair.in_title(slot) * (1.0 - pair.met(slot)))
}

/// What the text lacks and the one before has.
fn before(pair: &Pair<'_>, slot: usize) -> f32 {
    pair.before.map_or(0.0, |text| text.met(slot)) * (1.0 - pair.met(slot))
}

pub(super) fn names_before(pair: &Pair<'_>) -> f32 {
    let names = pair.terms().filter(|(_, word)| word.entity);
    pair.query.share(names.map(|(slot, word)| word.idf * before(pair, slot)).sum())
}

/// What the text and the one before lack and the first of the paragraph has.
pub(super) fn opener(pair: &Pair<'_>) -> f32 {
    let lacks = |slot| (1.0 - pair.met(slot)) * (1.0 - pair.before.map_or(0.0, |text| text.met(slot)));
    pair.share_of(|slot| pair.opener.met(slot) * lacks(slot))
}

/// "It", "this company": the text is about what the one before says.
pub(super) fn pronoun(pair: &Pair<'_>) -> f32 {
    let opens = pair.text.first().is_some_and(|t| pair.index.lexicon.pronouns.contains(&t.term()));
    if opens { pair.share_of(|slot| before(pair, slot)) } else { 0.0 }
}

pub(super) fn opens_paragraph(pair: &Pair<'_>) -> f32 {
    if pair.opens { 1.0 } else { 0.0 }
}

pub(super) fn two_in_a_row(pair: &Pair<'_>) -> f32 {
    in_a_row::<2>(pair)
}

pub(super) fn three_in_a_row(pair: &Pair<'_>) -> f32 {
    in_a_row::<3>(pair)
}

/// Mean weight of each run of words of the question, small ones included, that the text has in the same order.
fn in_a_row<const N: usize>(pair: &Pair<'_>) -> f32 {
    /// What a small word weighs, in nats.
    const SMALL: f32 = 1.0;
    if pair.own.hits.len() < N {
        return 0.0;
    }
    let weight = |slot: u8| match pair.query.words.get(usize::from(slot)) {
        Some(word) if usize::from(slot) < pair.query.content => word.idf,
        _ => SMALL,
    };
    let has = |slot: u8, at: u16| pair.own.hits.iter().any(|h| h.slot == slot && h.at == at && h.weight >= 1.0);
    let in_text = |run: &[u8]| {
        let Some((first, rest)) = run.split_first() else { return false };
        let starts = pair.own.hits.iter().filter(|h| h.slot == *first && h.weight >= 1.0);
        starts.into_iter().any(|start| (1u16..).zip(rest).all(|(n, slot)| has(*slot, start.at + n)))
    };
    let runs = pair.query.order.windows(N).filter(|run| in_text(run));
    let of_run = |run: &[u8]| run.iter().map(|slot| weight(*slot)).sum::<f32>() / N as f32;
    pair.query.share(runs.map(of_run).sum())
}

/// Words that the text opens with.
pub(super) fn subject(pair: &Pair<'_>) -> f32 {
    const OPENING: u16 = 4;
    /// A mere root does not count.
    const MET: f32 = 0.3;
    let opening = |slot| pair.hits().any(|h| usize::from(h.slot) == slot && h.at < OPENING && h.weight >= MET);
    pair.share_of(|slot| if opening(slot) { pair.own.met(slot) } else { 0.0 })
}

/// Small words in common settle ties between alike facts.
pub(super) fn small_words(pair: &Pair<'_>) -> f32 {
    let small = pair.query.content..pair.query.words.len();
    let met: f32 = small.clone().map(|slot| pair.own.met(slot)).sum();
    ratio(met, small.len() as f32)
}

/// A long text meets words by chance.
pub(super) fn length(pair: &Pair<'_>) -> f32 {
    pair.index.forward.length(pair.entry).ln()
}

/// Words with content that the question does not have.
fn others(pair: &Pair<'_>) -> f32 {
    pair.text.iter().enumerate().filter(|(at, t)| !t.is_stop() && pair.is_other(*at)).count() as f32
}

pub(super) fn other_words(pair: &Pair<'_>) -> f32 {
    others(pair) / pair.index.forward.length(pair.entry)
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
    pair.query.asked.is_none() || kind_of_answer(pair) >= SURE
}

pub(super) fn somebody(pair: &Pair<'_>) -> f32 {
    if pair.query.asked == Some(Asked::Who) { pair.answers } else { 0.0 }
}

/// The fewer candidates hold the kind of answer, the more it tells.
pub(super) fn rare_kind(pair: &Pair<'_>) -> f32 {
    if pair.query.asked == Some(Asked::Why) { 0.0 } else { pair.answers * (1.0 - pair.rivals.answers) }
}

/// What a word near the answer keeps with each word between, e^(-1/6), and where anything may be the answer, e^(-1/4).
static FADING: [f32; REACH] = fading(0.846_481_7);
static FADING_FAST: [f32; REACH] = fading(0.778_800_8);
/// At this distance less than a hundredth is left.
const REACH: usize = 32;

const fn fading(keeps: f32) -> [f32; REACH] {
    let mut table = [1.0; REACH];
    let mut n = 2;
    while n < REACH {
        table[n] = table[n - 1] * keeps;
        n += 1;
    }
    table
}

/// The most of the question's weight that stands near one of `places`.
fn nearness(pair: &Pair<'_>, places: impl Iterator<Item = usize>, fading: &[f32; REACH]) -> f32 {
    let mut most = 0.0f32;
    for place in places {
        // Best worth of each word that stands near, added up as it rises.
        let mut best = [0.0f32; MOST_WORDS];
        let mut sum = 0.0;
        for hit in pair.hits().filter(|h| usize::from(h.at) != place) {
            let slot = usize::from(hit.slot);
            let kept = fading.get(usize::from(hit.at).abs_diff(place)).copied().unwrap_or(0.0);
            if let (Some(best), Some(word)) = (best.get_mut(slot), pair.query.words.get(slot)) {
                let rise = (hit.weight * kept - *best).max(0.0);
                *best += rise;
                sum += word.idf * rise;
            }
        }
        most = most.max(sum);
    }
    pair.query.share(most)
}

pub(super) fn near_the_answer(pair: &Pair<'_>) -> f32 {
    pair.query.asked.map_or(0.0, |asked| nearness(pair, pair.answer_places(asked), &FADING))
}

/// Whoever acts stands anywhere in a sentence.
pub(super) fn near_somebody(pair: &Pair<'_>) -> f32 {
    if pair.query.asked == Some(Asked::Who) { near_the_answer(pair) } else { 0.0 }
}

pub(super) fn near_anything(pair: &Pair<'_>) -> f32 {
    if pair.query.asked.is_some() {
        return 0.0;
    }
    let others = pair.text.iter().enumerate().filter(|(at, t)| !t.is_stop() && pair.is_other(*at));
    nearness(pair, others.map(|(at, _)| at), &FADING_FAST)
}

pub(super) fn near_a_name(pair: &Pair<'_>) -> f32 {
    if pair.query.asked.is_some() {
        return 0.0;
    }
    let names = pair.text.iter().enumerate().filter(|(at, t)| t.answers().is_name() && pair.is_other(*at));
    nearness(pair, names.map(|(at, _)| at), &FADING)
}

/// A "what" is answered by something that the question does not say.
pub(super) fn anything_new(pair: &Pair<'_>) -> f32 {
    if pair.query.asked.is_some() { 0.0 } else { others(pair).ln_1p() }
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

pub(super) fn many_words(pair: &Pair<'_>) -> f32 {
    (pair.query.content.max(1) as f32).ln()
}

pub(super) fn asks_for_the_title(pair: &Pair<'_>) -> f32 {
    pair.share_of(|slot| pair.in_title(slot))
}

fn fields(pair: &Pair<'_>) -> f32 {
    pair.share_of(|slot| pair.met(slot))
}

/// A name or number of the question that the entry lacks: it is about something else.
pub(super) fn foreign_name(pair: &Pair<'_>) -> f32 {
    let unmet = pair.terms().filter(|(slot, word)| word.entity && pair.met(*slot) < HALF_MET);
    pair.query.share(unmet.map(|(slot, word)| word.idf * (1.0 - pair.met(slot))).sum())
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

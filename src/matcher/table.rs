//! The weights of the signals, one row each, with the reason why it is asked.
//!
//! The column `plain` was fitted on public questions about articles, `sampled` on public sample questions; BENCHMARKS.md says how,
//! and what that is worth on others.

use super::asks::Detail;
use super::pair::Pair;
use super::signals;

/// One signal: its name, its weights in the sum, and its value for a question and an entry.
pub(super) struct Signal {
    pub name: &'static str,
    /// For an entry without sample questions.
    pub plain: f32,
    /// For one that has some.
    pub sampled: f32,
    pub value: fn(&Pair<'_>) -> f32,
}

const fn row(name: &'static str, plain: f32, sampled: f32, value: fn(&Pair<'_>) -> f32) -> Signal {
    Signal { name, plain, sampled, value }
}

pub(super) const SIGNALS: &[Signal] = &[
    // The score at which an answer is as likely right as wrong is 0.
    row("even odds", -6.10, -8.4, |_| 1.0),
    // What neither the entry nor what stands around it mentions is not told here.
    row("around", 3.46, 0.0, |pair| pair.shares.around),
    // Another entry that has much more is the better bet, whatever the sum.
    row("around, of the best", 1.12, 0.0, signals::around_of_the_best),
    // A word of three entries singles one out, a word of thirty does not.
    row("rare words around", 3.06, 0.0, |pair| pair.shares.rare_around),
    // Words of the title are in every entry, spoken or not.
    row("beyond the title", 1.27, 0.0, |pair| pair.shares.beyond_the_title),
    // An article stays with its subject for a paragraph.
    row("paragraph", 2.26, 0.0, |pair| pair.shares.paragraph),
    // A name or number that stands nowhere near: it is about something else.
    row("foreign around", -4.98, 0.0, |pair| pair.shares.foreign_around),
    // The rarest word is most likely what the question is about.
    row("rarest", 0.22, 1.5, |pair| pair.shares.rarest),
    // Makes up for names that `foreign around` counts twice, hence its sign.
    row("worst gap", 1.16, 0.0, |pair| pair.shares.worst_gap),
    // A sentence leaves out what the title says.
    row("title", 2.60, 0.0, |pair| pair.shares.title),
    // "He" and "the company" stand for a name in the sentence before.
    row("names before", 1.62, 0.0, |pair| pair.shares.names_before),
    // A paragraph's first sentence names its subject.
    row("opener", 1.54, 0.0, |pair| pair.shares.opener),
    // A sentence that opens with "it" is about what the one before says.
    row("pronoun", 1.75, 0.0, signals::pronoun),
    // First sentences tell what is asked for more often.
    row("opens paragraph", 0.42, 0.0, signals::opens_paragraph),
    // "Board of directors" is more than its words.
    row("two in a row", 1.40, 0.0, |pair| pair.two_in_a_row),
    // The same, rarer and surer.
    row("three in a row", 0.96, 0.0, |pair| pair.three_in_a_row),
    // A sentence is about what it opens with.
    row("subject", 1.62, 0.0, signals::subject),
    // They settle ties between alike facts.
    row("small words", 1.29, 0.0, signals::small_words),
    // A long text meets words by chance.
    row("length", -0.61, 0.0, signals::length),
    // A text mostly about other things answers less often.
    row("other words", -1.95, 0.0, signals::other_words),
    // "When" wants a time.
    row("kind of answer", 1.07, 0.6, signals::kind_of_answer),
    // "Who" wants a name, and most sentences lack a full one.
    row("somebody", 0.67, 0.0, signals::somebody),
    // A number tells more where few candidates have one.
    row("rare kind", 0.81, 0.0, signals::rare_kind),
    // The answer stands near the words that ask for it.
    row("near the answer", 2.64, 0.0, |pair| pair.near_the_answer),
    // But whoever acts stands anywhere in a sentence.
    row("near somebody", -2.00, 0.0, signals::near_somebody),
    // "What" is answered by something near the question's words.
    row("near anything", 1.69, 0.0, |pair| pair.near_anything),
    // And often by a name.
    row("near a name", 1.12, 0.0, |pair| pair.near_a_name),
    // A text that only repeats the question answers nothing.
    row("anything new", 0.43, 0.0, signals::anything_new),
    // "Which year" wants four digits.
    row("year", 0.93, 0.0, |pair| signals::detail(pair, Detail::Year)),
    // "Which day" wants more than a year.
    row("day", 1.34, 0.0, |pair| signals::detail(pair, Detail::Day)),
    // "How long" wants a number of hours or years.
    row("duration", 1.67, 0.0, |pair| signals::detail(pair, Detail::Duration)),
    // "How much" wants a number of dollars.
    row("money", 1.55, 0.0, |pair| signals::detail(pair, Detail::Money)),
    // "How many boats" wants a number where boats are.
    row("what is counted", 1.00, 0.0, signals::what_is_counted),
    // A long question meets less of everything in a right answer.
    row("many words", 1.23, 0.0, |pair| pair.query.log_content),
    // What every entry is about says nothing for this one.
    row("asks for the title", -2.97, 0.0, |pair| pair.shares.in_title),
    // Words that nothing in the story resembles: it is about something else.
    row("strange words", -2.25, 0.0, |pair| pair.strange),
    // Like what all its ways of putting it have in common: the best evidence.
    row("like the middle", 0.0, 10.0, |pair| pair.alike.middle),
    // Like one of them very much.
    row("like the best", 0.0, 4.0, |pair| pair.alike.best),
    // No word of the question is left over.
    row("covered", 0.0, 3.0, |pair| pair.alike.cover),
    // What is left over is in the keywords, which its author wrote for that.
    row("foreseen", 0.0, 5.0, |pair| pair.alike.foreseen),
    // Its words are likelier here than in the base as a whole.
    row("language model", 0.0, 2.0, |pair| pair.alike.model),
    // The same by letters, through endings and compounds.
    row("letters of the middle", 0.0, 4.0, |pair| pair.letters.middle),
    // The same for the best of them.
    row("letters of the best", 0.0, 2.0, |pair| pair.letters.best),
    // "What did the baker say" wants his word, not one about him.
    row("voice", 0.0, 1.4, signals::voice),
    // The author says so: outweighs everything else.
    row("not for", NOT_FOR, NOT_FOR, signals::not_for),
];

/// The most that the two signals by letters add.
pub(super) const BY_LETTERS: f32 = 6.0;

/// What a question loses an entry whose author wrote it as one that the entry must not answer: more than all else can bring.
pub(super) const NOT_FOR: f32 = -20.0;

/// What the text of an entry loses against its sample questions: for each beyond the first, and at most; and for each
/// e-fold of the length of an ordinary sentence, in content words. From public sample questions, from bases half of whose
/// entries have some, and from the totals of the gold questions, both halves.
pub(super) const UNASKED: f32 = 0.5;
pub(super) const MOST_UNASKED: f32 = 2.0;
pub(super) const UNASKED_LONG: f32 = 2.0;
pub(super) const SENTENCE: f32 = 12.0;

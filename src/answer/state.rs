//! What a conversation leaves behind for the next message: small, and able to travel in a button's id.
//!
//! Items are kept by a hash of their names, so that a state outlives a restart and a reload; an item that is gone by then
//! is simply no longer known.

use super::reply::{Outcome, Reply};

/// More shown items than an answer or a page has are not needed; offered ones are at most three.
const MOST_SHOWN: usize = 6;
/// Items that "more" need not show again.
const MOST_SEEN: usize = 100;
/// The most characters of a button's id (Discord, message components).
const TOKEN: usize = 100;
const VERSION: &str = "1";
/// 30 bits in five letters: among a thousand items two are alike once in two thousand bases.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const KEY_LETTERS: usize = 5;

/// The name of an item or person, as short as can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key(u32);

impl Key {
    /// Of a story's item or person.
    pub(super) fn of(story: &str, id: &str) -> Self {
        // FNV-1a, 32 bits (Fowler, Noll, Vo), folded to 30.
        let bytes = story.bytes().chain([b'/']).chain(id.bytes());
        let hash = bytes.fold(0x811c_9dc5u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Self((hash >> 30) ^ (hash & 0x3fff_ffff))
    }

    pub(super) fn written(self) -> String {
        let digit = |n: usize| DIGITS.get((self.0 >> (6 * n)) as usize & 63).map(|b| char::from(*b));
        (0..KEY_LETTERS).rev().filter_map(digit).collect()
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let digits = text.bytes().map(|b| DIGITS.iter().position(|d| *d == b));
        let number = digits.into_iter().try_fold(0u32, |number, digit| Some(number << 6 | u32::try_from(digit?).ok()?));
        number.filter(|_| text.len() == KEY_LETTERS).map(Self)
    }

    fn list(keys: &[Self]) -> String {
        keys.iter().map(|key| key.written()).collect()
    }

    fn read_list(text: &str) -> Option<Vec<Self>> {
        let letters: Vec<char> = text.chars().collect();
        letters.chunks(KEY_LETTERS).map(|key| Self::read(&key.iter().collect::<String>())).collect()
    }
}

/// What a list is of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ListOf {
    /// Whose word.
    pub(super) by: Option<Key>,
    /// About what, in words of the asker.
    pub(super) about: String,
    /// Verbatim words only.
    pub(super) quotes: bool,
    /// Only what is claimed in this way, as the format names it.
    pub(super) claim: Option<String>,
    /// Of one story only, as its key without an item.
    pub(super) story: Option<Key>,
}

impl ListOf {
    pub(super) fn written(&self) -> String {
        let key = |key: Option<Key>| key.map(Key::written).unwrap_or_default();
        let claim = self.claim.as_deref().unwrap_or_default();
        format!("{}~{}~{}~{claim}~{}", key(self.by), key(self.story), u8::from(self.quotes), self.about)
    }

    pub(super) fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(5, '~');
        let by = optional(parts.next()?)?;
        let story = optional(parts.next()?)?;
        let quotes = parts.next()? == "1";
        let claim = parts.next().filter(|claim| !claim.is_empty()).map(str::to_owned);
        Some(Self { by, about: parts.next()?.to_owned(), quotes, claim, story })
    }
}

/// What was shown and asked last. Starts empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub(super) shown: Vec<Key>,
    pub(super) seen: Vec<Key>,
    pub(super) offered: Vec<Key>,
    /// The best of each of two stories, where the asker must say which is meant; no part of the token.
    pub(super) choices: Vec<Key>,
    /// A list that has more, and how many of it have been shown; 0 where each page begins anew with what was not seen.
    pub(super) list: Option<(ListOf, usize)>,
    /// The last question in full. It stays in memory and is no part of the token.
    pub(super) asked: String,
}

/// The name of an item in five letters that outlive a restart and a reload; [`super::Engine`] finds the item by it.
pub fn item_key(story: &str, id: &str) -> String {
    Key::of(story, id).written()
}

impl State {
    /// After `reply` to the question `asked`, which `self` came before.
    pub(super) fn after(&self, asked: &str, reply: &Reply, list: Option<(ListOf, usize)>) -> Self {
        let facts = reply.facts.iter().map(|f| Key::of(&f.story, &f.id));
        let quotes = reply.quotes.iter().map(|q| Key::of(&q.story, &q.id));
        let mut shown: Vec<Key> = facts.chain(quotes).collect();
        let list = list.or_else(|| self.list.clone().filter(|_| shown.is_empty()));
        let offered = reply.suggestions.iter().map(|s| Key::of(&s.story, &s.id)).collect();
        if shown.is_empty() && reply.suggestions.is_empty() {
            // Thanks: what it was about is still what it is about.
            return self.clone();
        }
        let is_choice = reply.outcome == Outcome::Clarify;
        let mut choices: Vec<Key> = Vec::new();
        let mut stories: Vec<&str> = Vec::new();
        for fact in reply.facts.iter().filter(|_| is_choice) {
            if !stories.contains(&fact.story.as_str()) {
                stories.push(&fact.story);
                choices.push(Key::of(&fact.story, &fact.id));
            }
        }
        let mut seen = self.seen.clone();
        seen.extend(shown.iter().filter(|key| !self.seen.contains(key)));
        seen.drain(..seen.len().saturating_sub(MOST_SEEN));
        // What the story does not say is nothing to ask on about; small talk changes nothing.
        if shown.is_empty() && reply.outcome == Outcome::Meta {
            shown = self.shown.clone();
        }
        shown.truncate(MOST_SHOWN);
        Self { shown, seen, offered, choices, list, asked: asked.to_owned() }
    }

    /// Whether the item of this key is what was shown last.
    pub fn shows(&self, key: &str) -> bool {
        Key::read(key).is_some_and(|key| self.shown.contains(&key))
    }

    /// The last question, where what it was answered with is the item of this key; its text is in memory only.
    pub fn question_behind(&self, key: &str) -> Option<String> {
        (self.shows(key) && !self.asked.is_empty()).then(|| self.asked.clone())
    }

    /// The state in at most 100 characters of an id; what does not fit is left out, the last question always.
    pub fn token(&self) -> String {
        let list = self.list.as_ref().map(|(of, next)| format!("{next}~{}", of.written()));
        let head = format!("{VERSION}~{}~{}", Key::list(&self.shown), Key::list(&self.offered));
        let whole = list.map(|list| format!("{head}~{list}")).filter(|token| token.chars().count() <= TOKEN);
        whole.unwrap_or(head)
    }

    /// The state that `token` wrote; None where it did not.
    pub fn from_token(token: &str) -> Option<Self> {
        let mut parts = token.splitn(5, '~');
        parts.next().filter(|version| *version == VERSION)?;
        let shown = Key::read_list(parts.next()?)?;
        let offered = Key::read_list(parts.next()?)?;
        let list = match parts.next() {
            None => None,
            Some(next) => Some((ListOf::read(parts.next()?)?, next.parse().ok()?)),
        };
        Some(Self { seen: shown.clone(), shown, offered, list, ..Self::default() })
    }
}

/// A key or nothing; None where it is neither.
fn optional(text: &str) -> Option<Option<Key>> {
    if text.is_empty() { Some(None) } else { Key::read(text).map(Some) }
}

#[cfg(test)]
mod tests {
    use super::{Key, ListOf, State};

    proptest::proptest! {
        #[test]
        fn a_token_comes_back(
            shown in proptest::collection::vec("[a-z-]{1,32}", 0..7),
            offered in proptest::collection::vec("[a-z-]{1,32}", 0..4),
            list in proptest::option::of(("\\PC{0,60}", 0usize..500, proptest::bool::ANY)),
        ) {
            let keys = |ids: &[String]| ids.iter().map(|id| Key::of("story", id)).collect::<Vec<_>>();
            let list = list.map(|(about, next, quotes)| {
                (ListOf { by: Some(Key::of("story", "somebody")), about, quotes, ..ListOf::default() }, next)
            });
            let state = State { shown: keys(&shown), seen: keys(&shown), offered: keys(&offered), list, ..State::default() };
            let token = state.token();
            proptest::prop_assert!(token.chars().count() <= 100, "{}", token);
            let back = State::from_token(&token).unwrap();
            proptest::prop_assert_eq!((&back.shown, &back.offered), (&state.shown, &state.offered));
            proptest::prop_assert!(back.list.is_none() || back.list == state.list);
        }

        #[test]
        fn no_token_panics(token in "\\PC*") {
            let _ = State::from_token(&token);
        }
    }
}

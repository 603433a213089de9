//! Questions to ask next: what the author relates, then what else was near.

use super::label::label;
use super::phrases;
use super::reply::Suggestion;
use crate::knowledge::{Fact, ItemIx, Quote, Story};
use crate::matcher::Found;

/// More would bury the reply.
pub(super) const MOST: usize = 3;

/// Shown where an item has no sample question; what fits on a button.
const BUTTON: usize = 80;
/// What is shown of a quote's words there, beside its speaker.
const QUOTED: usize = 45;

/// One suggestion a row, without doubles and without what is shown already; at most `MOST`.
pub(super) fn suggestions(stories: &[Story], shown: &[Found], wanted: impl Iterator<Item = Found>) -> Vec<Suggestion> {
    let mut out: Vec<Suggestion> = Vec::new();
    for found in wanted.filter(|f| !shown.contains(f)) {
        let Some(suggestion) = suggestion(stories, found) else { continue };
        if !out.iter().any(|s| s.text == suggestion.text || (s.story == suggestion.story && s.id == suggestion.id)) {
            out.push(suggestion);
        }
        if out.len() == MOST {
            break;
        }
    }
    out
}

/// The question that `found` answers best.
pub(super) fn suggestion(stories: &[Story], found: Found) -> Option<Suggestion> {
    let story = stories.get(found.story)?;
    let (id, questions, text) = match found.item {
        ItemIx::Fact(n) => story.facts.get(n).map(|f| (&f.id, &f.questions, labelled(f, story)))?,
        ItemIx::Quote(n) => story.quotes.get(n).map(|q| (&q.id, &q.questions, spoken(q)))?,
    };
    let text = questions.first().map_or_else(|| shortened(&text, BUTTON), |q| q.text.clone());
    Some(Suggestion { story: story.id.to_string(), id: id.to_string(), text })
}

/// The beginning of a quote, marked as one, with whose it is.
fn spoken(quote: &Quote) -> String {
    let speaker = quote.speaker.as_ref().map(|speaker| format!(" — {}", speaker.name)).unwrap_or_default();
    format!("“{}”{speaker}", shortened(&quote.exact, QUOTED))
}

/// The statement behind its label: an allegation is none less for being a suggestion.
fn labelled(fact: &Fact, story: &Story) -> String {
    match label(fact, &story.language, phrases::of(story.language.code())) {
        Some(label) => format!("{label} {}", fact.statement),
        None => fact.statement.clone(),
    }
}

/// `text` in at most `most` characters, cut between words where it is too long, with an ellipsis.
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let kept = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(before, _)| before);
    format!("{}…", kept.trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn cut_between_words() {
        let rows = [
            ("short", 80, "short"),
            ("one two three", 9, "one two…"),
            ("one, two", 6, "one…"),
            ("ééééé", 3, "éé…"),
            ("", 3, ""),
        ];
        for (text, most, want) in rows {
            assert_eq!(shortened(text, most), want);
        }
    }

    proptest::proptest! {
        #[test]
        fn never_longer(text in "\\PC*", most in 1usize..100) {
            proptest::prop_assert!(shortened(&text, most).chars().count() <= most);
        }
    }
}

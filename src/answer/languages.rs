//! Questions in a language that no story in scope is in: names and numbers may still lead to a fact.

use super::asker::Asker;
use super::decide::Decision;
use super::engine::{Engine, LOOKED_AT};
use super::phrases::filled;
use super::reply::{Outcome, Reply};
use crate::text::Word;
use crate::text::guess;

impl Engine {
    /// The reply to a question that is plainly in another language than the stories; None where it is not.
    pub(super) fn in_another_language(&self, asker: Asker, message: &str, said: &[Word]) -> Option<Reply> {
        // Latin words with a few letters of another alphabet are disguised, not foreign.
        let has_other_letters = message.chars().any(|c| c.is_alphabetic() && c > '\u{24F}');
        let plain = said.iter().filter(|w| w.folded.is_ascii()).count();
        if has_other_letters && plain * 2 > said.len() {
            return None;
        }
        let code = guess(message)?;
        let mut languages = self.in_scope(asker.scope).map(|(_, story)| &story.language);
        if languages.any(|language| language.code() == code) {
            return None;
        }
        let own = self.in_scope(asker.scope).next().map(|(_, story)| story.language.clone()).unwrap_or_default();
        let lead = filled(asker.said.other_language, own.name());
        let named: Vec<&str> =
            said.iter().filter(|w| w.name || (w.capital && !w.opens) || w.number).map(|w| w.folded.as_str()).collect();
        let ranking = self.index.rank(&named.join(" "), asker.scope, LOOKED_AT);
        let near = ranking
            .candidates
            .first()
            .filter(|c| !named.is_empty() && c.confidence.get() >= self.thresholds.nearest_at);
        Some(match near {
            Some(best) => {
                Reply { lead: Some(lead), ..self.worded(asker, &Decision::Nearest(vec![best]), &ranking.candidates) }
            }
            None => self.bare(asker, Outcome::Unknown, &lead, self.featured(asker.scope)),
        })
    }
}

//! Self-retrieval: a sample question that does not find its own fact first is a weak spot of the file.

use crate::answer::Engine;
use crate::knowledge::{Diagnostic, Question, Severity, Story};

/// Asks every sample question of every story within its story; a warning for each that finds something else first.
pub fn not_found_first(engine: &Engine) -> Vec<Diagnostic> {
    engine.stories().iter().flat_map(|story| of_story(engine, story)).collect()
}

fn of_story(engine: &Engine, story: &Story) -> Vec<Diagnostic> {
    let Some(scope) = engine.scope_of(story.id.as_str()) else { return Vec::new() };
    let facts = story.facts.iter().map(|f| (f.id.as_str(), &f.questions));
    let quotes = story.quotes.iter().map(|q| (q.id.as_str(), &q.questions));
    let mut out = Vec::new();
    for (id, question) in facts.chain(quotes).flat_map(|(id, all)| all.iter().map(move |q| (id, q))) {
        let first = engine.ranked(&question.text, scope, 1).into_iter().next();
        if first.as_ref().is_none_or(|f| f.id.as_str() != id) {
            let other = first.map_or_else(|| "nothing".to_owned(), |f| format!("`{}` before it", f.id));
            out.push(not_first(story, id, question, &other));
        }
    }
    out
}

fn not_first(story: &Story, id: &str, question: &Question, other: &str) -> Diagnostic {
    let message = format!("this sample question of `{id}` finds {other}; reword it or add keywords");
    Diagnostic { file: story.file.clone(), at: question.at, severity: Severity::Warning, message }
}

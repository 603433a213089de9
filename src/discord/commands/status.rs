//! `/facts reload` and `/facts status`, for the people who run the bot.

use crate::discord::escape::escape;
use crate::discord::interactions::Asking;
use crate::discord::outgoing::{Body, Outgoing};
use crate::discord::phrases::filled;
use crate::discord::render::{CONTENT, lines_within};
use crate::service::Outcome;

/// Reads the story files anew, for everybody.
pub(super) async fn reload(asking: &Asking<'_>) -> Outgoing {
    Outgoing::notice(lines_within(&brought(asking, asking.shared.reload.now().await), CONTENT))
}

fn brought(asking: &Asking<'_>, outcome: Outcome) -> String {
    match outcome {
        Ok(done) => filled(asking.said.reloaded, &[&done.stories.to_string(), &done.items().to_string()]),
        Err(problems) => listed(asking.said.not_reloaded, &problems),
    }
}

fn listed(head: &str, problems: &[String]) -> String {
    let rows = problems.iter().map(|problem| format!("\n- {}", escape(problem)));
    std::iter::once(head.to_owned()).chain(rows).collect()
}

/// Version, stories, age, what the last reload brought; nothing of what anybody asked.
pub(super) async fn status(asking: &Asking<'_>) -> Outgoing {
    let engine = asking.shared.engines.base();
    let age = asking.shared.now().duration_since(asking.shared.started).unwrap_or_default().as_secs();
    let head = format!("**onrecord {}**, {} h {} min", env!("CARGO_PKG_VERSION"), age / 3600, age / 60 % 60);
    let story = |story: &crate::knowledge::Story| {
        let counts = [story.facts.len().to_string(), story.quotes.len().to_string()];
        let [facts, quotes] = &counts;
        format!("- `{}`: {}", story.id, filled(asking.said.facts_and_quotes, &[facts, quotes]))
    };
    // In front of the stories, of which there may be more than fit.
    let last = asking.shared.reload.last().map(|outcome| brought(asking, outcome));
    let left_out = Some(asking.shared.reload.left_out()).filter(|problems| !problems.is_empty());
    let left_out = left_out.map(|problems| listed(asking.said.not_loaded, problems));
    let rows: Vec<String> =
        std::iter::once(head).chain(last).chain(left_out).chain(engine.stories().iter().map(story)).collect();
    Outgoing { body: Body::Text(lines_within(&rows.join("\n"), CONTENT)), rows: Vec::new(), private: true }
}

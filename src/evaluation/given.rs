//! What was given for a message: the reply, and the further pages of a list as somebody gets them who says "more".

use crate::answer::{Engine, Reply, State, plain};
use crate::matcher::Scope;

/// A reply with its further pages.
#[derive(Clone, Debug)]
pub struct Given {
    /// What was replied.
    pub reply: Reply,
    /// What "more" brought after it.
    pub further: Vec<Reply>,
}

impl Given {
    /// Says `message`, and "more" as long as a list goes on. The state is the one after `message`: whoever asks for
    /// more here does so aside, and the conversation goes on from the first page.
    pub(super) fn to(engine: &Engine, message: &str, scope: Scope, state: &State) -> (Self, State) {
        let (reply, state) = engine.talk(message, scope, state);
        let further = further(&reply, state.clone(), |state| engine.talk("more", scope, state));
        (Self { reply, further }, state)
    }

    /// Story and id of everything shown, once each, in the order shown.
    pub fn shown(&self) -> Vec<(&str, &str)> {
        let mut out = Vec::new();
        for item in std::iter::once(&self.reply).chain(&self.further).flat_map(items) {
            if !out.contains(&item) {
                out.push(item);
            }
        }
        out
    }

    /// What is said, as text, without what could be asked next: a name in a suggestion tells nobody anything.
    pub(super) fn text(&self) -> String {
        plain(&Reply { suggestions: Vec::new(), ..self.reply.clone() })
    }

    /// The same without the source lines: most headlines name somebody.
    pub(super) fn text_without_sources(&self) -> String {
        let mut reply = Reply { suggestions: Vec::new(), ..self.reply.clone() };
        let cited = reply.facts.iter_mut().map(|f| &mut f.cited).chain(reply.quotes.iter_mut().map(|q| &mut q.cited));
        for cited in cited {
            cited.headline.clear();
            cited.authors.clear();
            cited.publisher = None;
            cited.url = None;
        }
        plain(&reply)
    }
}

/// Story and id of what one reply shows.
pub(super) fn items(reply: &Reply) -> impl Iterator<Item = (&str, &str)> {
    let facts = reply.facts.iter().map(|f| (f.story.as_str(), f.id.as_str()));
    facts.chain(reply.quotes.iter().map(|q| (q.story.as_str(), q.id.as_str())))
}

/// The pages after `first`. Ends where a page does not go on, so that no engine can keep it turning.
pub(super) fn further(first: &Reply, mut state: State, mut more: impl FnMut(&State) -> (Reply, State)) -> Vec<Reply> {
    let mut out = Vec::new();
    let mut page = first.page.clone();
    while let Some(before) = page.filter(|p| p.last < p.all) {
        let (reply, next) = more(&state);
        if reply.page.as_ref().is_none_or(|p| p.last <= before.last) {
            break;
        }
        (page, state) = (reply.page.clone(), next);
        out.push(reply);
    }
    out
}
